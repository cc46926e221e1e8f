"""What two texts declare, side by side: parties, dates, rank, precedence, promises, reserves, channels, readings.

These are compared as sets, and told even where nothing turns on them today. A promise and a reserve are the situations
that they cover, whatever their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.episodes import Channel, Hours
from cbm.core.expressions import Expr, Formula, NormId, disjunction, negation
from cbm.core.meetings import how_often
from cbm.core.norms import DocumentKind, NormSystem, OpenTerm, Rank, Text
from cbm.core.persons import Membership
from cbm.core.roles import rotate
from cbm.core.sorts import Dimension, KindSort, NumberSort, Sort
from cbm.core.variables import Attribute
from cbm.ground.grounding import Ground
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown
from cbm.translation.saying import mark, say

DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
_KINDS = {DocumentKind.INSTRUMENT: mark("instrument"), DocumentKind.DRAFT: mark("draft")}
_DIMENSIONS = {
    Dimension.LENGTH: mark("length"),
    Dimension.SPEED: mark("speed"),
    Dimension.ANGLE: mark("angle"),
    Dimension.DURATION: mark("duration"),
    Dimension.COUNT: mark("count"),
}
_RANKS = {
    Rank.TREATY: mark("treaty"),
    Rank.MEMORANDUM: mark("memorandum"),
    Rank.POLITICAL: mark("political"),
    Rank.UNILATERAL: mark("unilateral"),
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """Something declared under a name, as the old text has it and as the new one does; empty where it has not.

    `what` it is, is told to programs as well, and so in English; pages say it in the language of their readers.
    """

    what: str
    name: str
    old: str
    new: str


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
        (mark("open term"), _readings),
        (mark("choice"), _choices),
        (mark("act"), _once),
        (mark("party"), _continued),
        (mark("view"), _views),
    ]
    for what, said in sides:
        before, after = said(_Named(both, both.old)), said(_Named(both, both.new))
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                yield Declaration(what, name, before.get(name, ""), after.get(name, ""))


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
    found.update({(mark("axiom"), axiom.title): None for axiom in axioms})
    return found


def covered(both: TwoTexts) -> Iterator[tuple[str, str, str, Formula, Ground] | Unknown]:
    """Promises and reserves that cover other situations now: what, of which matter, and whose ("old", "new").

    With the situations that only that text covers, as a formula.
    """
    for about in both.inquiry.grounds[:1]:
        for what in (mark("promise"), mark("reserve")):
            before, after = (_by_matter(text, what) for text in (both.old, both.new))
            for matter in dict.fromkeys((*before, *after)):
                once, now = _ground(about, before.get(matter, ())), _ground(about, after.get(matter, ()))
                for whose, ours, theirs in (("old", once, now), ("new", now, once)):
                    only = (ours, negation(theirs))
                    with asking(
                        system=both.system,
                        bearer=about.bearer,
                        question=f"is there a situation that the {whose} text alone covers with a {what}",
                        found="there is: they declare something else",
                        none="there is none",
                    ):
                        answer = both.inquiry.ask(about, *only)
                    if isinstance(answer, Unknown):
                        yield answer
                    if isinstance(answer, Sat):
                        yield what, matter, whose, ours, about


def _header(text: Text) -> Iterator[tuple[str, str]]:
    statuses = (say("{status} from {day}", status=status, day=since) for status, since in text.statuses)
    yield mark("kind"), say(_KINDS[text.kind])
    yield mark("parties"), _parties(text)
    yield mark("rank"), say(_RANKS[text.rank]) if text.rank is not None else say("not stated")
    yield mark("binding"), say("not stated") if text.binds is None else say("yes") if text.binds else say("no")
    yield mark("status"), _several(statuses) or say("not stated")
    yield mark("adopted or proposed"), str(text.adopted or say("no date"))
    yield mark("in force"), str(text.in_force or say("no date"))
    yield mark("until"), str(text.until or say("no end"))
    yield mark("beside"), _several(sorted(text.beside)) or say("nothing")
    yield mark("restates"), text.restates or say("nothing")


def _several(words: Iterable[str]) -> str:
    return say(", ").join(words)


def _parties(text: Text) -> str:
    """Who the parties are, and since and until when; their order says nothing."""
    if text.parties is None:
        return say("open to all")
    if not text.memberships:
        return _several(sorted(text.parties))
    return _several(sorted(map(_membership, text.memberships)))


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


def _precedence(text: _Named) -> dict[str, str]:
    """For each clause that yields somewhere: to which ones."""
    above: dict[str, set[str]] = {}
    for edge in text.system.precedences:
        for low in edge.yielding:
            above.setdefault(text.called(low), set()).update(text.called(high) for high in edge.prevailing)
    own = {text.called(norm) for norm in text.system.norms if norm.document == text.system.subject}
    swept = _sweeping(text)
    found = {low: high - swept.get(low, set()) for low, high in above.items() if low in own}
    found |= {low: high & own for low, high in above.items() if low not in own}
    told = {low: _yields(sorted(high)) for low, high in found.items() if high}
    return {**told, **{say("all of {text}", text=low): _yields(high) for low, high in _texts_swept(text)}}


def _yields(to: Iterable[str]) -> str:
    return say("yields to {clauses}", clauses=_several(to))


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
    below: dict[str, set[str]] = {}
    for edge in text.system.displacements:
        if text.system.subject in (edge.by.document, edge.of.document):
            of = text.called(edge.of)
            of = say("{clause} for both", clause=of) if edge.both else of
            below.setdefault(text.called(edge.by), set()).add(of)
    return {by: say("in place of {clauses}", clauses=_several(sorted(of))) for by, of in below.items()}


def _prejudices(text: _Named) -> dict[str, str]:
    return {words: say("listed") for _, words in text.system.texts[text.system.subject].prejudices}


def _channels(text: _Named) -> dict[str, str]:
    return {name: _channel(channel) for name, channel in text.system.channels.items()}


def _channel(channel: Channel) -> str:
    """All that is agreed of a channel, in one line."""
    hours = say("; ").join(map(_hours, channel.hours))
    delays = _several(
        say("{delay} {low}–{high} s", delay=d.title, low=d.low, high=say("never") if d.high is None else d.high)
        for d in channel.delays
    )
    suspended = _several(say("{low} to {high}", low=a, high=b) for a, b in channel.suspended)
    told = [
        say("between {parties}", parties=_several(channel.parties)) if channel.parties else "",
        say("level {level}", level=channel.level) if channel.level else "",
        say("for {topics}", topics=_several(channel.topics)) if channel.topics else "",
        say("agreed {day}", day=channel.agreed) if channel.agreed else "",
        say("from {day}", day=channel.operational) if channel.operational else say("not in operation"),
        say("until {day}", day=channel.until) if channel.until else "",
        say("open {hours}", hours=hours) if hours else "",
        "" if channel.holds else say("refuses messages when closed"),
        say("delays: {delays}", delays=delays) if delays else "",
        say("in {languages}", languages=_several(channel.languages)) if channel.languages else "",
        say("else {channels}", channels=_several(channel.fallback)) if channel.fallback else "",
        say("after consent ({consent})", consent=channel.consent) if channel.consent else "",
        say("acknowledged ({acknowledged})", acknowledged=channel.acknowledged) if channel.acknowledged else "",
        say("suspended {days}", days=suspended) if suspended else "",
        say("held {days}", days=_several(map(str, channel.held))) if channel.held else "",
        how_often(channel.interval) if channel.interval else "",
    ]
    return _several(part for part in told if part)


def _hours(hours: Hours) -> str:
    spans = _several(say("{low} to {high}", low=_hour(s.start), high=_hour(s.end)) for s in hours.shown)
    return f"{hours.party} {spans} {hours.zone}"


def _hour(seconds: Fraction) -> str:
    day, minutes = divmod(int(seconds) // 60, 24 * 60)
    return f"{say(DAYS[day % 7])} {minutes // 60:02d}:{minutes % 60:02d}"


def _readings(text: _Named) -> dict[str, str]:
    own = (term for term in _own_terms(text) if term.choice is None)
    return {term.name: _reading(term) for term in own}


def _reading(term: OpenTerm) -> str:
    read = _sort(term.variable.sort)
    return say("{reading} for each party", reading=read) if term.per_party else read


def _choices(text: _Named) -> dict[str, str]:
    """What is still open in the text itself, by the clause that it stands in."""
    choices = (term.choice for term in _own_terms(text) if term.choice is not None)
    return {choice.name: _one_of(option.words for option in choice.options) for choice in choices}


def _own_terms(text: _Named) -> Iterator[OpenTerm]:
    return (term for term in text.system.open_terms if term.document == text.system.subject)


def _sort(sort: Sort) -> str:
    if isinstance(sort, KindSort):
        return _one_of(sort.members)
    if isinstance(sort, NumberSort):
        return say(
            "{quantity} from {low} to {high} (base unit)",
            quantity=say(_DIMENSIONS[sort.dimension]),
            low=sort.low,
            high=sort.high,
        )
    return say("yes or no")


def _one_of(members: Iterable[str]) -> str:
    return say("one of {values}", values=_several(members))


def _once(text: _Named) -> dict[str, str]:
    """Acts that may be done once only."""
    return {name: say("at most once") for name, act in text.system.acts.items() if act.once}


def _continued(text: _Named) -> dict[str, str]:
    """Parties that are what another one was."""
    return {
        known.party: say("continues {predecessor} from {day}", predecessor=known.of, day=known.since)
        for known in text.system.continuations
    }


def _text(text: _Named, document: str) -> str:
    return say("the text") if document == text.system.subject else document


def _by_matter(text: OwnText, what: str) -> dict[str, tuple[Expr, ...]]:
    system: NormSystem = text.system
    found: dict[str, list[Expr]] = {}
    rewritten = text.rewriting.expression
    if what == "promise":
        for promise in system.coverage:
            for matter in (*promise.topics, *(say("act {act}", act=act) for act in promise.acts)):
                found.setdefault(matter, []).append(rewritten(promise.condition))
    else:
        for reserve in system.reserves:
            for topic in reserve.topics or (say("all topics"),):
                matter = say("{topic}, until {day}", topic=topic, day=reserve.until) if reserve.until else topic
                found.setdefault(matter, []).append(rewritten(reserve.condition))
    return {matter: tuple(conditions) for matter, conditions in found.items()}


def _ground(about: Ground, conditions: tuple[Expr, ...]) -> Formula:
    roles = len(about.system.situation.roles)
    view = about.bearer if about.system.situation.interchangeable else 0
    return disjunction(*(about.grounder.formula(rotate(condition, view, roles)) for condition in conditions))


def _views(text: _Named) -> dict[str, str]:
    """What parties see apart."""
    return {view.name: say("each party has its own view") for view in text.system.situation.views}
