"""What two texts declare, side by side: parties, dates, rank, precedence, promises, reserves, channels, readings.

These are compared as sets, and told even where nothing turns on them today. A promise and a reserve are the situations
that they cover, whatever their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.episodes import Channel
from cbm.core.expressions import Expr, Formula, NormId, disjunction, negation
from cbm.core.norms import NormSystem, OpenTerm, Text
from cbm.core.persons import Membership
from cbm.core.roles import rotate
from cbm.core.sorts import KindSort, NumberSort, Sort
from cbm.core.variables import Attribute
from cbm.ground.grounding import Ground
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Declaration:
    """Something declared under a name, as the old text has it and as the new one does; empty where it has not."""

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
        ("precedence", _precedence),
        ("displacement", _displacements),
        ("without prejudice", _prejudices),
        ("channel", _channels),
        ("open term", _readings),
        ("choice", _choices),
        ("act", _once),
        ("party", _continued),
        ("view", _views),
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
            found["attribute", attribute.name] = None
            if isinstance(attribute.sort, KindSort):
                found.update({(attribute.sort.name, member): None for member in attribute.sort.members})
    found.update({("moment", moment.name): None for moment in system.situation.moments})
    found.update({("act", act): None for act in system.acts})
    found.update({("result", result): None for result in system.results})
    found.update({("axiom", axiom.title): None for axiom in system.axioms if axiom.document is None and axiom.title})
    return found


def covered(both: TwoTexts) -> Iterator[tuple[str, str, str, Formula, Ground] | Unknown]:
    """Promises and reserves that cover other situations now: what, of which matter, and whose ("old", "new").

    With the situations that only that text covers, as a formula.
    """
    for about in both.inquiry.grounds[:1]:
        for what in ("promise", "reserve"):
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
    yield "kind", text.kind.value
    yield "parties", _parties(text)
    yield "rank", text.rank.value if text.rank is not None else "not stated"
    yield "binding", "not stated" if text.binds is None else "yes" if text.binds else "no"
    yield "status", ", ".join(f"{status} from {since}" for status, since in text.statuses) or "not stated"
    yield "adopted or proposed", str(text.adopted or "no date")
    yield "in force", str(text.in_force or "no date")
    yield "until", str(text.until or "no end")
    yield "beside", ", ".join(sorted(text.beside)) or "nothing"
    yield "restates", text.restates or "nothing"


def _parties(text: Text) -> str:
    """Who the parties are, and since and until when; their order says nothing."""
    if text.parties is None:
        return "open to all"
    if not text.memberships:
        return ", ".join(sorted(text.parties))
    return ", ".join(sorted(map(_membership, text.memberships)))


def _membership(one: Membership) -> str:
    said = [one.party, f"in place of {one.seat}" if one.seat != one.party else ""]
    said += [f"{word} {day}" if day else "" for word, day in (("from", one.since), ("until", one.until))]
    return " ".join(filter(None, said))


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
            return f"{clause.label} of {clause.document}"
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
    told = {low: "yields to " + ", ".join(sorted(high)) for low, high in found.items() if high}
    return {**told, **{f"all of {low}": f"yields to {high}" for low, high in _texts_swept(text)}}


def _sweeping(text: _Named) -> dict[str, set[str]]:
    """What clauses yield to because a text as a whole does."""
    found: dict[str, set[str]] = {}
    for edge in (e for e in text.system.precedences if e.sweeping):
        for low in edge.yielding:
            found.setdefault(text.called(low), set()).update(text.called(high) for high in edge.prevailing)
    return found


def _texts_swept(text: _Named) -> Iterator[tuple[str, str]]:
    for edge in (e for e in text.system.precedences if e.sweeping):
        lows, highs = ({_text(text, n.document) for n in side} for side in (edge.yielding, edge.prevailing))
        for low in sorted(lows):
            yield low, ", ".join(sorted(highs))


def _displacements(text: _Named) -> dict[str, str]:
    below: dict[str, set[str]] = {}
    for edge in text.system.displacements:
        if text.system.subject in (edge.by.document, edge.of.document):
            both = " for both" if edge.both else ""
            below.setdefault(text.called(edge.by), set()).add(text.called(edge.of) + both)
    return {by: "in place of " + ", ".join(sorted(of)) for by, of in below.items()}


def _prejudices(text: _Named) -> dict[str, str]:
    return {words: "listed" for _, words in text.system.texts[text.system.subject].prejudices}


def _channels(text: _Named) -> dict[str, str]:
    return {name: _channel(channel) for name, channel in text.system.channels.items()}


def _channel(channel: Channel) -> str:
    """All that is agreed of a channel, in one line."""
    hours = "; ".join(
        f"{h.party} {', '.join(f'{_hour(s.start)} to {_hour(s.end)}' for s in h.shown)} {h.zone}" for h in channel.hours
    )
    delays = ", ".join(f"{d.title} {d.low}–{d.high if d.high is not None else 'never'} s" for d in channel.delays)
    told = [
        f"between {', '.join(channel.parties)}" if channel.parties else "",
        f"level {channel.level}" if channel.level else "",
        f"for {', '.join(channel.topics)}" if channel.topics else "",
        f"agreed {channel.agreed}" if channel.agreed else "",
        f"from {channel.operational}" if channel.operational else "not in operation",
        f"until {channel.until}" if channel.until else "",
        f"open {hours}" if hours else "",
        "" if channel.holds else "refuses messages when closed",
        f"delays: {delays}" if delays else "",
        f"in {', '.join(channel.languages)}" if channel.languages else "",
        f"else {', '.join(channel.fallback)}" if channel.fallback else "",
        f"after consent ({channel.consent})" if channel.consent else "",
        f"acknowledged ({channel.acknowledged})" if channel.acknowledged else "",
        f"suspended {', '.join(f'{a} to {b}' for a, b in channel.suspended)}" if channel.suspended else "",
        f"held {', '.join(map(str, channel.held))}" if channel.held else "",
        f"every {channel.interval.months} months {channel.interval.days} days" if channel.interval else "",
    ]
    return ", ".join(part for part in told if part)


def _hour(seconds: Fraction) -> str:
    day, minutes = divmod(int(seconds) // 60, 24 * 60)
    return f"{DAYS[day % 7]} {minutes // 60:02d}:{minutes % 60:02d}"


def _readings(text: _Named) -> dict[str, str]:
    own = (term for term in _own_terms(text) if term.choice is None)
    return {term.name: _sort(term.variable.sort) + (" for each party" if term.per_party else "") for term in own}


def _choices(text: _Named) -> dict[str, str]:
    """What is still open in the text itself, by the clause that it stands in."""
    choices = (term.choice for term in _own_terms(text) if term.choice is not None)
    return {choice.name: "one of " + ", ".join(option.words for option in choice.options) for choice in choices}


def _own_terms(text: _Named) -> Iterator[OpenTerm]:
    return (term for term in text.system.open_terms if term.document == text.system.subject)


def _sort(sort: Sort) -> str:
    if isinstance(sort, KindSort):
        return "one of " + ", ".join(sort.members)
    if isinstance(sort, NumberSort):
        return f"{sort.dimension.value} from {sort.low} to {sort.high} (base unit)"
    return "yes or no"


def _once(text: _Named) -> dict[str, str]:
    """Acts that may be done once only."""
    return {name: "at most once" for name, act in text.system.acts.items() if act.once}


def _continued(text: _Named) -> dict[str, str]:
    """Parties that are what another one was."""
    return {known.party: f"continues {known.of} from {known.since}" for known in text.system.continuations}


def _text(text: _Named, document: str) -> str:
    return "the text" if document == text.system.subject else document


def _by_matter(text: OwnText, what: str) -> dict[str, tuple[Expr, ...]]:
    system: NormSystem = text.system
    found: dict[str, list[Expr]] = {}
    say = text.rewriting.expression
    if what == "promise":
        for promise in system.coverage:
            for matter in (*promise.topics, *(f"act {act}" for act in promise.acts)):
                found.setdefault(matter, []).append(say(promise.condition))
    else:
        for reserve in system.reserves:
            end = f", until {reserve.until}" if reserve.until else ""
            for topic in reserve.topics or ("all topics",):
                found.setdefault(topic + end, []).append(say(reserve.condition))
    return {matter: tuple(conditions) for matter, conditions in found.items()}


def _ground(about: Ground, conditions: tuple[Expr, ...]) -> Formula:
    roles = len(about.system.situation.roles)
    view = about.bearer if about.system.situation.interchangeable else 0
    return disjunction(*(about.grounder.formula(rotate(condition, view, roles)) for condition in conditions))


def _views(text: _Named) -> dict[str, str]:
    """What parties see apart."""
    return {view.name: "each party has its own view" for view in text.system.situation.views}
