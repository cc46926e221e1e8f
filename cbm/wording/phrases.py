"""Pieces that sentences are made of: kinds by the fewest nouns, units, moments, acts, ranges and articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cbm.core.expressions import Expr, Order
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.sorts import NumberSort
from cbm.core.substitution import mentioned
from cbm.core.units import show
from cbm.core.variables import (
    NO_CHANNEL,
    NO_LANGUAGE,
    Attribute,
    Occurrence,
    Occurs,
    Readers,
    Reading,
    ResultValue,
    ValueAt,
    Variable,
)
from cbm.core.viewpoints import seen
from cbm.finding import Finding
from cbm.records import LATEST, Itself
from cbm.smt.index import Interval
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import Language, spoken
from cbm.wording.choice_words import option_words, term_words
from cbm.wording.clause_names import topic_words

# What titles of acts call the other unit, where that is no beginning of another word: `相手方` is the other side.
_OTHER_UNIT: dict[Language, re.Pattern[str]] = {
    "en": re.compile("the other unit"),
    "zh": re.compile("他方"),
    "ja": re.compile("相手(?![方側])"),
}
_NAMED = re.compile(r"`([^`]+)`")
# From where to where a quantity lies, by whether it is over the one end, and under the other.
_FROM_TO = {
    (True, True): mark("from over {low} to under {high}"),
    (True, False): mark("from over {low} to {high}"),
    (False, True): mark("from {low} to under {high}"),
    (False, False): mark("from {low} to {high}"),
}
# The same of the values that it has.
_BETWEEN = {
    (True, True): mark("over {low} to under {high}"),
    (True, False): mark("over {low} to {high}"),
    (False, True): mark("{low} to under {high}"),
    (False, False): mark("{low} to {high}"),
}


def choice_words(
    system: NormSystem, attribute: Variable, members: Sequence[str], kind: Sequence[str]
) -> tuple[str, bool]:
    """`naval ship or naval aircraft` and True, or what it is not and False, whichever takes fewer nouns."""
    others = [member for member in kind if member not in members]
    told, excepted = _nouns(system, attribute, members, kind), _nouns(system, attribute, others, kind)
    positive = not others or len(told) <= len(excepted)
    return listed(told if positive else excepted, "or"), positive


def member_words(system: NormSystem, member: str) -> str:
    """What one value of a kind is called."""
    if member in (NO_CHANNEL, NO_LANGUAGE):
        return say(member)
    return system.words.members.get(member, member).replace("_", " ")


def role_words(system: NormSystem, role: int) -> str:
    """`own unit` where units take roles in turn, `organiser` where the roles are fixed; or what its author calls it."""
    name = system.situation.roles[role]
    title = system.words.roles.get(name, name)
    if title != name or not system.situation.interchangeable:
        return title
    match name:
        case "own":
            return say("own unit")
        case "other":
            return say("other unit")
        case _:
            return say("{role} unit", role=name)


def role_after_article(system: NormSystem, role: int) -> str:
    """The same behind `the`, which a title may begin with: `side on duty`."""
    return role_words(system, role).removeprefix("the ")


def role_name(system: NormSystem, role: int) -> str:
    """What a role is called beside a unit: `own`, `other`, `organiser`."""
    name = system.situation.roles[role]
    match name:
        case "own" | "other" if name == system.words.roles.get(name, name):
            return say("own") if name == "own" else say("other")
        case _:
            return system.words.roles.get(name, name)


def reading_words(system: NormSystem, variable: Reading) -> str:
    """`safe distance`, or whose reading it is: `safe distance as JP reads it`, `as CN and JP read it`."""
    term = _open_term(system, variable)
    title = variable.term.replace("_", " ") if term is None else term_words(system, term)
    reader = variable.reader if variable.role is None else role_words(system, variable.role)
    if not reader:
        return title
    if isinstance(variable.party, Readers) and variable.party.plural:
        return say("{term} as {readers} read it", term=title, readers=reader)
    return say("{term} as {reader} reads it", term=title, reader=reader)


def read_as(system: NormSystem, variable: Reading, readings: Sequence[str]) -> str:
    """What named readings of an open term are called."""
    term = _open_term(system, variable)
    if term is not None and term.choice is not None:
        return listed([option_words(term.choice.option(reading)) for reading in readings], "or")
    known, own = system.words.readings, variable if term is None else term.variable
    return listed([known.get((own, reading), reading) for reading in readings], "or")


def is_about_choices(system: NormSystem, literal: Expr) -> bool:
    """Whether a condition speaks of nothing but what is taken of what is open in a text."""
    spoken_of = mentioned(literal)
    return bool(spoken_of) and all(isinstance(v, Reading) and is_choice(system, v) for v in spoken_of)


def is_choice(system: NormSystem, variable: Reading) -> bool:
    """Whether it is what is taken of what is open in a text, and no reading of a term."""
    term = _open_term(system, variable)
    return term is not None and term.choice is not None


def unit_of(system: NormSystem, variable: Variable) -> str | None:
    """The unit in which its author, or the author of its range, measures it."""
    if isinstance(variable, Reading):
        term = _open_term(system, variable)
        variable = variable if term is None else term.variable
    return system.words.units.get(seen(variable, 0))


def occurrence_words(system: NormSystem, occurrence: Occurrence) -> str:
    """What a moment is called, with its number where it occurs again."""
    moment = system.situation.moment(occurrence.moment)
    title = system.words.moments.get(moment.name, moment.title)
    if occurrence.number == 1:
        return title
    return say("{moment} (number {number})", moment=title, number=occurrence.number)


def title_of(system: NormSystem, variable: Attribute | ValueAt | ResultValue | Occurs) -> str:
    """What readers call it; nothing where its author gave it no title."""
    if isinstance(variable, Occurs):
        return say("{moment} occurs", moment=occurrence_words(system, variable.occurrence))
    if isinstance(variable, ValueAt):
        variable = Attribute(variable.attribute, variable.role, variable.sort)
    return system.words.attributes.get(seen(variable, 0), "")


def title_of_act(system: NormSystem, act: str, role: int) -> str:
    """What a unit of the role does when it does so: `calls own unit`."""
    title = system.words.acts.get(act, system.acts[act].title)
    if len(system.situation.roles) != 2:
        return title
    return _OTHER_UNIT[spoken()].sub(role_words(system, 1 - role), title)


def phrases_in(system: NormSystem, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The acts that findings speak of by their names, each with what its vocabulary calls it.

    For readers of other languages than English so are topics, channels and roles.
    """
    told = (text for finding in findings for text in (finding.message, *finding.notes))
    named = sorted({name for text in told for name in _NAMED.findall(text)})
    called = ((name, _called(system, name)) for name in named)
    return tuple((name, title) for name, title in called if title != name)


def _called(system: NormSystem, name: str) -> str:
    if name in system.acts:
        return system.acts[name].title
    if spoken() == "en":
        return name
    if name in system.channels:
        return system.channels[name].title
    return system.words.roles[name] if name in system.words.roles else topic_words(system, name)


def opposite_of(system: NormSystem, variable: Attribute | Occurs) -> str | None:
    """How it is said that a flag is not set; None where its author gave no words for that."""
    if isinstance(variable, Occurs):
        return say("{moment} does not occur", moment=occurrence_words(system, variable.occurrence))
    return system.words.negations.get(seen(variable, 0))


def _open_term(system: NormSystem, reading: Reading) -> OpenTerm | None:
    """The open term that is read so, whoever reads it."""
    known = (term for term in system.open_terms if (term.name, term.document) == (reading.term, reading.document))
    return next(known, None)


def sector_words(order: Order, value: str, *, upwards: bool) -> str:
    """An angle bounded on one side: from there up to a full turn, or from the bow on up to there."""
    strict = order is Order.LESS
    if upwards:
        return span_words(value, "360 deg", over=strict)
    return span_words("0 deg", value, under=strict)


def span_words(low: str, high: str, *, over: bool = False, under: bool = False) -> str:
    """`from over 112.5 deg to under 247.5 deg`: which values a quantity has; `over` and `under` leave the ends out."""
    return say(_FROM_TO[over, under], low=low, high=high)


# Where no conditions are told; nothing is added to it.
ALWAYS = mark("always")


def any_encounter(system: NormSystem) -> str:
    if not system.situation.interchangeable or len(system.situation.roles) != 2:
        return say(ALWAYS)
    text = system.texts[system.subject]
    closed = system.situation.party is not None and text.parties is not None and not text.binding
    return say("two units of its parties meet") if closed else say("two units meet")


def range_words(values: Sequence[Interval], variable: Variable, unit: str | None) -> str:
    """Values of a quantity: `500 m to 2,000 m`, `1,000 m and more`, `under 1 nmi or 5 nmi`."""
    return listed([_interval_words(one, variable, unit) for one in values], "or")


def _interval_words(one: Interval, variable: Variable, unit: str | None) -> str:
    sort = variable.sort
    assert isinstance(sort, NumberSort)
    low, high = ("" if edge is None else show(edge[0], unit, sort.dimension) for edge in (one.low, one.high))
    over, under = (edge is not None and edge[1] != 0 for edge in (one.low, one.high))
    from_start, to_end = one.low in (None, (sort.low, 0)), one.high is None or one.high[0] == sort.high
    if one.low is not None and one.low == one.high:
        return low
    if from_start and to_end:
        return say("any value")
    if to_end:
        return say("over {value}", value=low) if over else say("{value} and more", value=low)
    if from_start:
        return say("under {value}", value=high) if under else say("{value} and less", value=high)
    return say(_BETWEEN[over, under], low=low, high=high)


def with_article(words: str) -> str:
    """The noun with its indefinite article, unless it already has one, or the language has none."""
    if spoken() != "en" or words.split(" ")[0] in ("a", "an", "the"):
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


@lru_cache(maxsize=LATEST)
def _choices_named(of: Itself[NormSystem]) -> dict[Variable, list[frozenset[str]]]:
    """The values that terms stand for, by attribute."""
    named: dict[Variable, list[frozenset[str]]] = {}
    for attribute, choice in of.thing.words.nouns:
        named.setdefault(attribute, []).append(choice)
    return named


def _nouns(system: NormSystem, attribute: Variable, members: Sequence[str], kind: Sequence[str]) -> tuple[str, ...]:
    """Titles of terms and of single values that together mean these values: those that add most are taken first."""
    known, asked = _nouns_told(Itself(system)), (spoken(), attribute, tuple(members), tuple(kind))
    if asked not in known:
        known[asked] = _nouns_of(system, attribute, members, kind)
    return known[asked]


@lru_cache(maxsize=LATEST)
def _nouns_told(of: Itself[NormSystem]) -> dict[tuple[object, ...], tuple[str, ...]]:
    """What was told of a system: the same values are spoken of again and again."""
    del of
    return {}


def _nouns_of(system: NormSystem, attribute: Variable, members: Sequence[str], kind: Sequence[str]) -> tuple[str, ...]:
    own, nouns = seen(attribute, 0), system.words.nouns
    left, found = set(members), list[tuple[int, str]]()
    fitting = [choice for choice in _choices_named(Itself(system)).get(own, ()) if choice <= left]
    while best := max(fitting, key=lambda choice: (len(choice & left), -len(choice)), default=None):
        if len(best & left) < min(len(members), 2):
            break
        left -= best
        found.append((min(map(list(kind).index, best)), nouns[own, best]))
    found += [(list(kind).index(member), member_words(system, member)) for member in left]
    return tuple(words for _, words in sorted(found))
