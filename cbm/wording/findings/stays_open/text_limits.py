"""Clauses whose times reach past the day on which their text begins or ends, or one of its parties joins or leaves.

One episode has one date: what such a clause asks for on the other side of that day is told, and not decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cbm.core.norms import DocumentKind, Norm, NormSystem, Text
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.wording.clause_names import clause_name
from cbm.wording.phrases import member_words

_DAY = 24 * 60 * 60


def crossed_limits(system: NormSystem) -> Iterator[str]:
    """One line for each text and date asked about, with the clauses and the nearest of such days."""
    for text in system.texts.values():
        norms = [n for n in system.norms.values() if n.id.document == text.name and n.reach >= _DAY]
        limits = tuple(_limits(system, text)) if norms else ()
        for day in _days(system) if limits else ():
            yield from _crossed(system, norms, limits, day)


def _days(system: NormSystem) -> list[date]:
    """The dates asked about, each once: compared, and not looked up, so that nothing else is asked of them."""
    days: list[date] = []
    for day in (system.as_of, *(case.as_of for case in system.cases)):
        if day is not None and day not in days:
            days.append(day)
    return days


def _crossed(system: NormSystem, norms: list[Norm], limits: tuple[tuple[date, str], ...], day: date) -> Iterator[str]:
    """`limits` are first days, each with what begins or is over on it."""
    for first, words in limits:
        reaching = [norm for norm in norms if first - _reach(norm) <= day < first + _reach(norm)]
        if reaching:
            names = list(dict.fromkeys(clause_name(system, norm.id) for norm in reaching))
            one = len(names) == 1
            yield say(
                "{clauses}, asked about on {day}: {words}, and what is owed within {longest:,} days may lie on both "
                "sides of that; it is asked about as on that date alone",
                clauses=say("clause {clause}", clause=names[0])
                if one
                else say("clauses {clauses}", clauses=listed(names)),
                day=day,
                words=words,
                longest=max(map(_reach, reaching)).days,
            )


def _reach(norm: Norm) -> timedelta:
    return timedelta(days=int(norm.reach // _DAY))


def _limits(system: NormSystem, text: Text) -> Iterator[tuple[date, str]]:
    start, day_after = text.in_force or text.adopted, timedelta(days=1)
    if text.name != system.subject or text.kind is not DocumentKind.DRAFT:
        if start is not None:
            yield start, say("{text} begins on {day}", text=text.name, day=start)
        if text.until is not None:
            yield text.until, say("{text} ends on {day}", text=text.name, day=text.until)
    for one in text.memberships:
        party = member_words(system, one.party)
        if one.since is not None:
            since = say("{party} is a party to {text} from {day} on", party=party, text=text.name, day=one.since)
            yield one.since, since
        if one.until is not None:
            until = say("{party} is a party to {text} up to and on {day}", party=party, text=text.name, day=one.until)
            yield one.until + day_after, until
