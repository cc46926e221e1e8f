"""Pieces of English that sentences are made of: kinds by the fewest nouns, what is not done, indefinite articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cbm.core.expressions import Expr, Order
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.sorts import NumberSort
from cbm.core.substitution import mentioned
from cbm.core.units import show
from cbm.core.variables import Attribute, Occurrence, Occurs, Readers, Reading, ResultValue, ValueAt, Variable
from cbm.core.viewpoints import seen
from cbm.finding import Finding
from cbm.smt.index import Interval
from cbm.translation.listing import listed
from cbm.wording.choice_words import option_words

_IRREGULAR = {"has": "have", "does": "do", "is": "be", "goes": "go"}
_NAMED = re.compile(r"`([^`]+)`")
_VERBS = re.compile(r"[a-z]+s\b(?: (?:and|or) [a-z]+s\b(?= \w))?")


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
    return system.words.members.get(member, member).replace("_", " ")


def role_words(system: NormSystem, role: int) -> str:
    """`own unit` where units take roles in turn, `organiser` where the roles are fixed."""
    name = system.situation.roles[role]
    return f"{name} unit" if system.situation.interchangeable else name


def reading_words(system: NormSystem, variable: Reading) -> str:
    """`safe distance`, or whose reading it is: `safe distance as JP reads it`, `as CN and JP read it`."""
    term = _open_term(system, variable)
    title = variable.term.replace("_", " ") if term is None else term.title
    reader = variable.reader if variable.role is None else role_words(system, variable.role)
    several = isinstance(variable.party, Readers) and variable.party.plural
    return f"{title} as {reader} {'read' if several else 'reads'} it" if reader else title


def read_as(system: NormSystem, variable: Reading, readings: Sequence[str]) -> str:
    """What named readings of an open term are called."""
    term = _open_term(system, variable)
    if term is not None and term.choice is not None:
        return listed([option_words(term.choice.option(reading)) for reading in readings], "or")
    titles = {} if term is None else dict(term.titles)
    return listed([titles.get(reading, reading) for reading in readings], "or")


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
    title = system.situation.moment(occurrence.moment).title
    return title if occurrence.number == 1 else f"{title} (number {occurrence.number})"


def title_of(system: NormSystem, variable: Attribute | ValueAt | ResultValue | Occurs) -> str:
    """What readers call it; nothing where its author gave it no title."""
    if isinstance(variable, Occurs):
        return f"{occurrence_words(system, variable.occurrence)} occurs"
    if isinstance(variable, ValueAt):
        variable = Attribute(variable.attribute, variable.role, variable.sort)
    return system.words.attributes.get(seen(variable, 0), "")


def title_of_act(system: NormSystem, act: str, role: int) -> str:
    """What a unit of the role does when it does so: `calls own unit`."""
    title = system.acts[act].title
    return title.replace("the other unit", role_words(system, 1 - role)) if len(system.situation.roles) == 2 else title


def phrases_in(system: NormSystem, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The acts that findings speak of by their names, each with what its vocabulary calls it."""
    told = (text for finding in findings for text in (finding.message, *finding.notes))
    named = sorted({name for text in told for name in _NAMED.findall(text) if name in system.acts})
    return tuple((name, system.acts[name].title) for name in named if system.acts[name].title != name)


def opposite_of(system: NormSystem, variable: Attribute | Occurs) -> str | None:
    """How it is said that a flag is not set; None where its author gave no words for that."""
    if isinstance(variable, Occurs):
        return f"{occurrence_words(system, variable.occurrence)} does not occur"
    return system.words.negations.get(seen(variable, 0))


def _open_term(system: NormSystem, reading: Reading) -> OpenTerm | None:
    """The open term that is read so, whoever reads it."""
    known = (term for term in system.open_terms if (term.name, term.document) == (reading.term, reading.document))
    return next(known, None)


def sector_words(order: Order, value: str, *, upwards: bool) -> str:
    """An angle bounded on one side: from there up to a full turn, or from the bow on up to there."""
    if upwards:
        return f"from {'over ' if order is Order.LESS else ''}{value} to 360 deg"
    return f"from 0 deg to {'under ' if order is Order.LESS else ''}{value}"


def any_encounter(system: NormSystem) -> str:
    if not system.situation.interchangeable or len(system.situation.roles) != 2:
        return "always"
    text = system.texts[system.subject]
    closed = system.situation.party is not None and text.parties is not None and not text.binding
    return f"two units{' of its parties' if closed else ''} meet"


def range_words(values: Sequence[Interval], variable: Variable, unit: str | None) -> str:
    """Values of a quantity with a range: `500 m to 2,000 m`, `1,000 m and more`, `under 1 nmi or 5 nmi`."""
    return listed([_interval_words(one, variable, unit) for one in values], "or")


def _interval_words(one: Interval, variable: Variable, unit: str | None) -> str:
    sort = variable.sort
    assert isinstance(sort, NumberSort)
    assert one.low is not None, "a range has both ends"
    assert one.high is not None, "a range has both ends"
    low, high = (show(value, unit, sort.dimension) for value, _ in (one.low, one.high))
    over, under = ("over " if one.low[1] else ""), ("under " if one.high[1] else "")
    from_start, to_end = one.low == (sort.low, 0), one.high[0] == sort.high
    if one.low == one.high:
        return low
    if from_start and to_end:
        return "any value"
    if to_end:
        return f"over {low}" if over else f"{low} and more"
    if from_start:
        return f"under {high}" if under else f"{high} and less"
    return f"{over}{low} to {under}{high}"


def with_article(words: str) -> str:
    """The noun with its indefinite article, unless it already has one."""
    if words.split(" ")[0] in ("a", "an", "the"):
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def infinitive(title: str) -> str | None:
    """`call the other unit` for `calls the other unit`; None for a title that does not begin like that."""
    found = _VERBS.match(title)
    if found is None:
        return None
    verbs = re.sub(r"[a-z]+s\b", lambda verb: _infinitive(verb[0]), found[0])
    return f"{verbs}{title[found.end() :]}"


def not_done(title: str) -> str | None:
    """`does not call the other unit` for `calls the other unit`; None for a title that does not begin like that."""
    verb = infinitive(title)
    return None if verb is None else f"does not {verb}"


def _nouns(system: NormSystem, attribute: Variable, members: Sequence[str], kind: Sequence[str]) -> list[str]:
    """Titles of terms and of single values that together mean these values: those that add most are taken first."""
    terms = {choice: title for (known, choice), title in system.words.nouns.items() if known == seen(attribute, 0)}
    fitting = [choice for choice in terms if choice <= set(members)]
    left, found = set(members), list[tuple[int, str]]()
    while best := max(fitting, key=lambda choice: (len(choice & left), -len(choice)), default=None):
        if len(best & left) < min(len(members), 2):
            break
        left -= best
        found.append((min(map(list(kind).index, best)), terms[best]))
    found += [(list(kind).index(member), member_words(system, member)) for member in left]
    return [words for _, words in sorted(found)]


def _infinitive(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies") and len(verb) > len("dies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes")) else verb[:-1]
