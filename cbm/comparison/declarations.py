"""What two texts declare, side by side: parties, dates, rank, precedence, promises, reserves, channels, readings.

These are compared as sets, and told even where nothing turns on them today. A promise and a reserve are the situations
that they cover, whatever their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from cbm.comparison.declared_words import channel_words, one_of, several, sort_words
from cbm.comparison.same_places import PlacedChoice, placed_choices
from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, IsIn, NormId, conjunction, disjunction, negation
from cbm.core.norms import DocumentKind, NormSystem, OpenTerm, Rank, Text
from cbm.core.packages.choices import LEFT_OUT
from cbm.core.persons import Membership
from cbm.core.roles import rotate
from cbm.core.sorts import KindSort
from cbm.core.variables import Attribute
from cbm.core.viewpoints import seen
from cbm.ground.grounding import Ground
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown
from cbm.translation.saying import mark, say

AXIOM = mark("axiom")
_KINDS = {DocumentKind.INSTRUMENT: mark("instrument"), DocumentKind.DRAFT: mark("draft")}
_RANKS = {
    Rank.TREATY: mark("treaty"),
    Rank.MEMORANDUM: mark("memorandum"),
    Rank.POLITICAL: mark("political"),
    Rank.UNILATERAL: mark("unilateral"),
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """Something declared under a name, as the old text has it and as the new one does; empty where it has not.

    `what` it is, is told to programs as well, and so in English; pages say it in the language of their readers. What
    has no name of its own is `called` by words that say what it is.
    """

    what: str
    name: str
    old: str
    new: str
    called: str = ""


def header_declarations(old: Text, new: Text) -> Iterator[Declaration]:
    """What the headers say of the texts themselves."""
    before, after = dict(_header(old)), dict(_header(new))
    for what in before:
        if before[what] != after[what]:
            yield Declaration(what, "", before[what], after[what])


def other_declarations(both: TwoTexts) -> Iterator[Declaration]:
    """Precedence, without-prejudice clauses, channels and readings of open terms."""
    sides: list[tuple[str, Callable[[_Named], Mapping[str, str]]]] = [
        (mark("precedence"), _precedence),
        (mark("displacement"), _displacements),
        (mark("without prejudice"), _prejudices),
        (mark("channel"), _channels),
        (mark("party"), _continued),
    ]
    for what, said in sides:
        before, after = said(_Named(both, both.old)), said(_Named(both, both.new))
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                yield Declaration(what, name, before.get(name, ""), after.get(name, ""))
    yield from _readings(_Named(both, both.old), _Named(both, both.new))


def known_by_one(old: NormSystem, new: NormSystem) -> Iterator[tuple[str, str, str]]:
    """Situations and conduct that only one of them knows: whose they are ("old", "new"), what, and its name."""
    before, after = _known(old), _known(new)
    for what, name in before:
        if (what, name) not in after:
            yield "old", what, name
    for what, name in after:
        if (what, name) not in before:
            yield "new", what, name


def _known(system: NormSystem) -> dict[tuple[str, str], None]:
    found: dict[tuple[str, str], None] = {}
    for attribute in system.situation.attributes:
        if isinstance(attribute, Attribute):
            found[mark("attribute"), attribute.name] = None
            if isinstance(attribute.sort, KindSort):
                found.update({(attribute.sort.name, member): None for member in attribute.sort.members})
    found.update({(mark("moment"), moment.name): None for moment in system.situation.moments})
    found.update({(mark("act"), act): None for act in system.acts})
    found.update({(mark("result"), result): None for result in system.results})
    axioms = (axiom for axiom in system.axioms if axiom.document is None and axiom.title)
    found.update({(AXIOM, axiom.title): None for axiom in axioms})
    return found


def covered(both: TwoTexts) -> Iterator[tuple[str, str, Formula, Formula] | Unknown]:
    """Promises and reserves that cover other situations now: what, of which matter, and the situations of both texts.

    Of units that are of no party of either text, none speaks.
    """
    for about in both.inquiry.grounds[:1]:
        for what, covering in ((mark("promise"), _by_promises), (mark("reserve"), _by_reserves)):
            before, after = (covering(both, text) for text in (both.old, both.new))
            for matter in dict.fromkeys((*before, *after)):
                once, now = (_ground(about, some[matter]) if matter in some else FALSE for some in (before, after))
                answers = [
                    _covered_alone(both, about, f"the {whose} text alone covers with a {what}", ours, theirs)
                    for whose, ours, theirs in (("old", once, now), ("new", now, once))
                ]
                yield from (answer for answer in answers if isinstance(answer, Unknown))
                if any(isinstance(answer, Sat) for answer in answers):
                    yield what, matter, once, now


def _covered_alone(both: TwoTexts, about: Ground, covers: str, ours: Formula, theirs: Formula) -> Answer:
    """Whether there is a situation that the one covers and the other does not: Sat of `ours ∧ ¬theirs`."""
    meeting = disjunction(*(_between_parties(about, text) for text in (both.old, both.new)))
    with asking(
        system=both.system,
        bearer=about.bearer,
        question=f"is there a situation that {covers}",
        found="there is: they declare something else",
        none="there is none",
    ):
        return both.inquiry.ask(about, meeting, ours, negation(theirs))


def _between_parties(about: Ground, text: OwnText) -> Formula:
    """That two units are of parties of the text, on whatever date; one is enough if it binds towards all."""
    situation, header = about.system.situation, text.system.texts[text.system.subject]
    if situation.party is None or header.parties is None:
        return TRUE
    known = tuple(sorted({*header.parties, *(one.party for one in header.memberships)}))
    of_party = [IsIn(seen(situation.party, role), known) for role in range(len(situation.roles))]
    if header.towards_all:
        return disjunction(*of_party)
    return disjunction(*(conjunction(*pair) for pair in combinations(of_party, 2)))


def _header(text: Text) -> Iterator[tuple[str, str]]:
    statuses = (say("{status} from {day}", status=status, day=since) for status, since in text.statuses)
    yield mark("kind"), say(_KINDS[text.kind])
    yield mark("parties"), _parties(text)
    yield mark("binding whomever they meet"), _bound_towards_others(text)
    yield mark("rank"), say(_RANKS[text.rank]) if text.rank is not None else say("not stated")
    yield mark("binding"), say("not stated") if text.binds is None else say("yes") if text.binds else say("no")
    yield mark("status"), several(statuses) or say("not stated")
    yield mark("adopted or proposed"), str(text.adopted or say("no date"))
    yield mark("in force"), str(text.in_force or say("no date"))
    ends = None if text.until == text.suspended else text.until
    yield mark("until"), str(ends or say("no end"))
    yield mark("suspended"), str(text.suspended or say("no date"))
    yield mark("beside"), several(sorted(text.beside)) or say("nothing")
    yield mark("restates"), text.restates or say("nothing")


def _bound_towards_others(text: Text) -> str:
    bound = several(sorted(text.binding))
    if not bound:
        return say("nobody")
    return say("{parties}, towards all", parties=bound) if text.towards_all else bound


def _parties(text: Text) -> str:
    """Who the parties are, and since and until when; their order says nothing."""
    if text.parties is None:
        return say("open to all")
    if not text.memberships:
        return several(sorted(text.parties))
    return several(sorted(map(_membership, text.memberships)))


def _membership(one: Membership) -> str:
    told = one.party
    if one.seat != one.party:
        told = say("{party} in place of {predecessor}", party=told, predecessor=one.seat)
    if one.since:
        told = say("{party} from {day}", party=told, day=one.since)
    return say("{party} until {day}", party=told, day=one.until) if one.until else told


@dataclass(frozen=True, slots=True)
class _Named:
    """One of the texts, whose clauses are called as the new text calls those that say the same."""

    both: TwoTexts
    text: OwnText

    @property
    def system(self) -> NormSystem:
        return self.text.system

    def called(self, norm: NormId) -> str:
        clause = self.text.severed.clauses.get(norm, norm)
        if clause.document != self.system.subject:
            return say("{clause} of {text}", clause=clause.label, text=clause.document)
        if self.text is self.both.old and norm in self.system.norms:
            twin = self.both.counterpart(self.text.rewriting.norm(norm))
            return clause.label if twin is None else self.both.clause(twin).label
        return clause.label

    def as_divided(self, said: Callable[[_Named], dict[str, set[str]]]) -> dict[str, set[str]]:
        """What clauses say of others; of one that is cut by now, it is told of the parts that say it still, if any."""
        found = said(self)
        if self.text is self.both.old:
            parts: dict[NormId, set[str]] = {}
            for norm, clause in self.text.severed.clauses.items():
                parts.setdefault(clause.clause, set()).add(self.called(norm))
            now = said(_Named(self.both, self.both.new))
            for names in (names for names in parts.values() if len(names) > 1):
                for name in names:
                    still = (now.get(other, set()) for other in names)
                    found[name] = found.get(name, set()) - (set().union(*still) - now.get(name, set()))
        return {name: of for name, of in found.items() if of}


def _precedence(text: _Named) -> dict[str, str]:
    told = {low: _yields(sorted(high)) for low, high in text.as_divided(_yielding).items()}
    return {**told, **{say("all of {text}", text=low): _yields(high) for low, high in _texts_swept(text)}}


def _yielding(text: _Named) -> dict[str, set[str]]:
    """For each clause that yields somewhere: to which ones."""
    above: dict[str, set[str]] = {}
    for edge in text.system.precedences:
        for low in edge.yielding:
            above.setdefault(text.called(low), set()).update(text.called(high) for high in edge.prevailing)
    own = {text.called(norm) for norm in text.system.norms if norm.document == text.system.subject}
    swept = _sweeping(text)
    found = {low: high - swept.get(low, set()) for low, high in above.items() if low in own}
    return found | {low: high & own for low, high in above.items() if low not in own}


def _yields(to: Iterable[str]) -> str:
    return say("yields to {clauses}", clauses=several(to))


def _sweeping(text: _Named) -> dict[str, set[str]]:
    """What clauses yield to because a text as a whole does."""
    found: dict[str, set[str]] = {}
    for edge in (e for e in text.system.precedences if e.sweeping):
        for low in edge.yielding:
            found.setdefault(text.called(low), set()).update(text.called(high) for high in edge.prevailing)
    return found


def _texts_swept(text: _Named) -> Iterator[tuple[str, list[str]]]:
    for edge in (e for e in text.system.precedences if e.sweeping):
        lows, highs = ({_text(text, n.document) for n in side} for side in (edge.yielding, edge.prevailing))
        for low in sorted(lows):
            yield low, sorted(highs)


def _displacements(text: _Named) -> dict[str, str]:
    below = text.as_divided(_displacing)
    return {by: say("in place of {clauses}", clauses=several(sorted(of))) for by, of in below.items()}


def _displacing(text: _Named) -> dict[str, set[str]]:
    """For each clause in place of others: of which ones."""
    below: dict[str, set[str]] = {}
    for edge in text.system.displacements:
        if text.system.subject in (edge.by.document, edge.of.document):
            of = text.called(edge.of)
            of = say("{clause} for both", clause=of) if edge.both else of
            below.setdefault(text.called(edge.by), set()).add(of)
    return below


def _prejudices(text: _Named) -> dict[str, str]:
    return {words: say("listed") for _, words in text.system.texts[text.system.subject].prejudices}


def _channels(text: _Named) -> dict[str, str]:
    return {name: channel_words(channel) for name, channel in text.system.channels.items()}


def _readings(old: _Named, new: _Named) -> Iterator[Declaration]:
    """How open terms and empty figures can be read; figures that cannot be filled in alike are paired by title."""
    before, after = ({term.name: term for term in _own_terms(text) if term.choice is None} for text in (old, new))
    by_title = {term.title: term for term in after.values() if term.figure and term.name not in before}
    pairs: list[tuple[OpenTerm | None, OpenTerm | None]] = [
        (term, after.get(name) or (by_title.get(term.title) if term.figure else None)) for name, term in before.items()
    ]
    paired = [other for _, other in pairs]
    pairs += ((None, term) for term in after.values() if term not in paired)
    for one, other in pairs:
        was, now = (_reading(term) if term else "" for term in (one, other))
        if (told := other or one) and was != now:
            called = told.title if told.nameless else ""
            written = [_reading(t, by) if t else "" for t, by in ((one, old), (other, new))]
            was, now = written if written[0] != written[1] else (was, now)
            yield Declaration(mark("open term"), told.name, was, now, called)


def _reading(term: OpenTerm, text: _Named | None = None) -> str:
    """How it can be read: in usual units, or in the one in which a text writes it."""
    unit = None if text is None else text.system.words.units.get(term.variable)
    read = sort_words(term.variable.sort, unit)
    return say("{reading} for each party", reading=read) if term.per_party else read


def choice_declarations(both: TwoTexts) -> Iterator[Declaration]:
    """What is still open in the texts themselves, by the clause that it stands in, in the order of the newer text."""
    before, after = ({p.choice.name: p for p in placed_choices(text.severed)} for text in (both.old, both.new))
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or not (old.offers_what(new) and new.offers_what(old)):
            yield Declaration(mark("choice"), name, _offered(old), _offered(new))


def _offered(placed: PlacedChoice | None) -> str:
    if placed is None:
        return ""
    options = sorted(placed.choice.options, key=lambda option: (option.number == LEFT_OUT, option.number))
    return one_of(say("left out") if option.out else option.all_words for option in options)


def _own_terms(text: _Named) -> Iterator[OpenTerm]:
    return (term for term in text.system.open_terms if term.document == text.system.subject)


def _continued(text: _Named) -> dict[str, str]:
    """Parties that are what another one was."""
    return {
        known.party: say("continues {predecessor} from {day}", predecessor=known.of, day=known.since)
        for known in text.system.continuations
    }


def _text(text: _Named, document: str) -> str:
    return say("the text") if document == text.system.subject else document


def _by_promises(_: TwoTexts, text: OwnText) -> dict[str, Expr]:
    """For each topic and act that is promised: where."""
    found: dict[str, list[Expr]] = {}
    for promise in text.system.coverage:
        for matter in (*promise.topics, *(say("act {act}", act=act) for act in promise.acts)):
            where = text.rewriting.expression(conjunction(promise.condition, promise.whose))
            found.setdefault(matter, []).append(where)
    return {matter: disjunction(*conditions) for matter, conditions in found.items()}


def _by_reserves(both: TwoTexts, text: OwnText) -> dict[str, Expr]:
    """For each topic and end of which a reserve of either text speaks, where the text leaves it open at least so long.

    All topics are left open where a reserve names none, or where each of them is.
    """
    named = (r for one in (both.old, both.new) for r in one.system.reserves)
    told = dict.fromkeys((topic, r.until) for r in named for topic in r.topics or (None,))
    every = dict.fromkeys(it.topic for some in (text.system.acts, text.system.results) for it in some.values())

    def left_open(topic: str | None, until: date | None) -> Expr:
        lasting = [r for r in text.system.reserves if r.until is None or (until is not None and r.until >= until)]
        concerning = (r for r in lasting if (not r.topics if topic is None else r.concerns(topic)))
        return disjunction(*(text.rewriting.expression(r.condition) for r in concerning))

    found: dict[str, Expr] = {}
    for topic, until in told:
        where = left_open(topic, until)
        if topic is None and every:
            where = disjunction(where, conjunction(*(left_open(each, until) for each in every)))
        matter = say("all topics") if topic is None else topic
        found[say("{topic}, until {day}", topic=matter, day=until) if until else matter] = where
    return found


def _ground(about: Ground, condition: Expr) -> Formula:
    roles = len(about.system.situation.roles)
    view = about.bearer if about.system.situation.interchangeable else 0
    return about.grounder.formula(rotate(condition, view, roles))
