"""Texts that are read and bind nobody in the situations asked about, each with the reason: nothing is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cbm.core.expressions import IsIn
from cbm.core.norms import DocumentKind, Norm, NormSystem, Text
from cbm.core.persons import Membership
from cbm.core.substitution import parts_of
from cbm.core.variables import Attribute, Variable
from cbm.core.viewpoints import seen
from cbm.finding import Finding
from cbm.ground.members import absent, is_heard, members, standing
from cbm.ground.texts_in_force import has_lapsed, in_force
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clause_name
from cbm.wording.phrases import member_words
from cbm.wording.situation_words import situation_words
from cbm.wording.status_words import is_committing, status_name

# What exported questions say they were asked for.
ASKED_FOR = "text that binds nobody"


def unheard_texts(inquiry: Inquiry) -> Iterator[str]:
    """One line for each text that the one under check is read with, and whose clauses can bind no unit beside it.

    Of the one under check, if that is a draft, who is no party to it on the date asked about.
    """
    for text in inquiry.system.texts.values():
        if text.name == inquiry.system.subject:
            yield from _not_asked_about(inquiry.system, text)
            continue
        named = say("{name} ({title})", name=text.name, title=text.title)
        reason = _reason(inquiry, text)
        if isinstance(reason, Unknown):
            yield say("whether {text} binds anybody here is undecided: {reason}", text=named, reason=say(reason.reason))
        elif reason:
            yield say("{text} binds nobody here: {reason}", text=named, reason=reason)
        elif there := absent(text, inquiry.system):
            yield say(
                "{text} names parties that are not there yet on {day}: {parties}",
                text=named,
                day=inquiry.system.as_of,
                parties=listed([member_words(inquiry.system, party) for party in there]),
            )
        if not reason:
            yield from _unheard_clauses(inquiry.system, text)


def _not_asked_about(system: NormSystem, text: Text) -> Iterator[str]:
    there = members(text, system)
    away = [one for one in text.memberships if one.party not in there and not one.holds(system.as_of)]
    if away and text.kind is DocumentKind.DRAFT and not has_lapsed(text, system):
        yield say("left aside: {statement}", statement=_away_words(system, text.name, away))


def texts_out_of_force(system: NormSystem) -> Iterator[str]:
    """One line for each text, the one under check among them, that counts for nobody on the date asked about."""
    for text in system.texts.values():
        if not in_force(text, system):
            named = say("{name} ({title})", name=text.name, title=text.title)
            yield say("{text} binds nobody here: {reason}", text=named, reason=_why_not_in_force(system, text))


def _unheard_clauses(system: NormSystem, text: Text) -> Iterator[str]:
    """One line for each clause that is addressed to somebody who is not there."""
    for norm in system.norms.values():
        if norm.id.document == text.name and not is_heard(norm, system):
            yield say(
                "{clause} binds nobody on {day}: {why}",
                clause=clause_name(system, norm.id),
                day=system.as_of,
                why=unheard_words(system, norm),
            )


def unheard_words(system: NormSystem, norm: Norm) -> str:
    """To whom a clause is addressed who is not there."""
    gone = [member_words(system, party) for party in _not_there(system, norm)]
    return say_count(
        "{parties}, to whom it is addressed, is not there yet",
        "{parties}, to whom it is addressed, are not there yet",
        len(gone),
        parties=listed(gone),
    )


def ways_to_be_heard(system: NormSystem, norm: Norm) -> Iterator[str]:
    """Whom to name instead: who was there before stands for who continues it."""
    for party in _not_there(system, norm):
        known = next(c for c in system.continuations if c.party == party)
        yield say("write `{name}`, which means `{party}` from {day} on", name=known.of, party=party, day=known.since)


def parties_away(system: NormSystem, norm: Norm) -> tuple[Membership, ...]:
    """When those are parties to the text whom a clause names, where none of them is one on the date asked about."""
    party, known = system.situation.party, system.texts[norm.id.document].memberships
    for part in (part for guard in norm.guards for part in parts_of(guard.condition)):
        if party is not None and isinstance(part, IsIn) and part.variable in _units_of(system, party):
            named = tuple(one for one in known if one.party in part.members)
            if {one.party for one in named} == set(part.members) and not any(one.holds(system.as_of) for one in named):
                return named
    return ()


def away_words(system: NormSystem, norm: Norm, away: Iterable[Membership]) -> str:
    """From when on each is a party, or until when it was one."""
    return _away_words(system, norm.id.document, away)


def _away_words(system: NormSystem, text: str, away: Iterable[Membership]) -> str:
    day, said = system.as_of, list[str]()
    for one in away:
        party, to_come = member_words(system, one.party), one.since is not None and day is not None and day < one.since
        words = (
            mark("{party} is a party to {text} from {day} on")
            if to_come
            else mark("{party} was a party to {text} up to and on {day}")
        )
        said.append(say(words, party=party, text=text, day=one.since if to_come else one.until))
    return listed(said, of="sentences")


def ways_to_be_party(system: NormSystem, away: Iterable[Membership]) -> Iterator[str]:
    """A day to ask about, where one of them is a party from then on; nothing is wrong with a text before it."""
    day = system.as_of
    coming = [one.since for one in away if one.since is not None and day is not None and day < one.since]
    if coming:
        yield say("ask about that day (on the command line: `--as-of {day}`)", day=min(coming))


def out_of_force(system: NormSystem) -> str:
    """Why the text under check counts for nobody on the date asked about; empty where it is in force."""
    text = system.texts[system.subject]
    if in_force(text, system) or system.as_of is None:
        return ""
    return _lapsed(system, text) if has_lapsed(text, system) else _not_in_force(text, system.as_of)


def with_force_on(system: NormSystem, day: date | None, finding: Finding) -> Finding:
    """The finding, with a note where the text under check counts for nobody on the day of its case."""
    note = of_no_force(system if day is None else replace(system, as_of=day))
    return replace(finding, notes=(*finding.notes, note)) if note else finding


def of_no_force(system: NormSystem) -> str:
    """That the text under check counts for nobody on the date asked about; empty where it is in force."""
    why = out_of_force(system)
    return say("{text} binds nobody on {day}: {why}", text=system.subject, day=system.as_of, why=why) if why else ""


def _units_of(system: NormSystem, party: Attribute) -> tuple[Variable, ...]:
    return tuple(seen(party, role) for role in range(len(system.situation.roles)))


def _not_there(system: NormSystem, norm: Norm) -> list[str]:
    return [party for party in norm.recipients if not standing(system, party)]


def _reason(inquiry: Inquiry, text: Text) -> str | Unknown:
    """Empty where it can bind somebody."""
    system = inquiry.system
    if not in_force(text, system):
        return _why_not_in_force(system, text)
    subject = system.texts[system.subject]
    question = f"do units meet whom {text.name} and {subject.name} bind"
    found, none = "the clauses of the first can bind there", "they bind nobody, which is told"
    with asking(rule=ASKED_FOR, question=question, found=found, none=none):
        bound = ((g, g.grounder.between) for g in inquiry.grounds)
        answers = [inquiry.ask(g, between.somebody(text), between.somebody(subject)) for g, between in bound]
    if not any(isinstance(answer, Sat) for answer in answers):
        unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
        return unknown or _never_meet(system, text, subject)
    speaking = any(n.norm.id.document == text.name for about in inquiry.grounds for n in about.norms)
    return (
        "" if speaking or _is_deemed(system, text) else say("none of its clauses asks for anything, or leaves it free")
    )


def _why_not_in_force(system: NormSystem, text: Text) -> str:
    """Why a text counts for nobody on the date asked about, whoever meets."""
    if not is_committing(text, system.as_of):
        status = status_name(text, system.as_of)
        if system.as_of is None:
            return say("it is {status}, by which nobody is committed", status=status)
        return say("it is {status} on {day}, by which nobody is committed", status=status, day=system.as_of)
    assert system.as_of is not None, "without a date everything is in force"
    return _lapsed(system, text) if has_lapsed(text, system) else _not_in_force(text, system.as_of)


def _never_meet(system: NormSystem, text: Text, subject: Text) -> str:
    encounter, parties = situation_words(system), _parties(system, text)
    if not subject.parties:
        return say("no {encounter} is between parties to it ({parties})", encounter=encounter, parties=parties)
    return say(
        "no {encounter} is between parties to it ({parties}) and to {other} ({others})",
        encounter=encounter,
        parties=parties,
        other=subject.name,
        others=_parties(system, subject),
    )


def _is_deemed(system: NormSystem, text: Text) -> bool:
    """Whether it says what counts as what: that speaks to everybody."""
    return any(axiom.document == text.name for axiom in system.axioms)


def _lapsed(system: NormSystem, text: Text) -> str:
    """Who is left of its parties; one by itself is bound to nobody."""
    left = [member_words(system, party) for party in members(text, system)]
    others = list(_not_members(system, text))
    if left:
        whose = say("{party} is its only party on {day}", party=left[0], day=system.as_of)
    else:
        whose = say("it has no party on {day}", day=system.as_of)
    if not others:
        return whose
    return say("{statement} ({others})", statement=whose, others=listed(others, of="sentences"))


def _not_members(system: NormSystem, text: Text) -> Iterator[str]:
    """Who was a party before the date, and who is one later."""
    day = system.as_of
    away = [one for one in text.memberships if not one.holds(day)]
    before = [one for one in away if one.until and day and one.until < day]
    for one in before:
        yield say("{party} was one up to and on {day}", party=member_words(system, one.party), day=one.until)
    for one in (one for one in away if one not in before):
        yield say("{party} is one from {day} on", party=member_words(system, one.party), day=one.since)


def _not_in_force(text: Text, day: date) -> str:
    if text.until is not None and text.until <= day:
        until = text.until.isoformat()
        return say("from {until} on it no longer binds, and asked about is {day}", until=until, day=day.isoformat())
    start = text.in_force or text.adopted
    assert start is not None, "it has not begun, or it has ended"
    return say("it is in force from {since} on, and asked about is {day}", since=start.isoformat(), day=day.isoformat())


def _parties(system: NormSystem, text: Text) -> str:
    """Its parties on the date, and since or until when others are."""
    there = {one.party for one in text.memberships if one.holds(system.as_of)} if text.memberships else text.parties
    named = listed([system.words.members.get(party, party) for party in sorted(there or ())])
    return row((named, *_not_members(system, text)))
