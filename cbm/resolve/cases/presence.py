"""Whether the parties that a question names are there on the date that it asks about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cbm.core.expressions import And, Does, Each, Expr, IsIn, Not, Or
from cbm.core.variables import Attribute
from cbm.finding import RuleId
from cbm.resolve.faults import fault
from cbm.resolve.names.scope import Scope
from cbm.source import Span
from cbm.translation.saying import say


def require_presence(scope: Scope, names: Iterable[str], day: date | None, place: Span) -> None:
    """Refuses a party that there is no more, or not yet: who asks means another one, or another day."""
    if day is None:
        return
    for name in names:
        for known in scope.continuations:
            if known.of == name and known.since <= day:
                message = say(
                    "there is no `{name}` on {day}: `{party}` continues it from {since} on",
                    name=name,
                    day=day,
                    party=known.party,
                    since=known.since,
                )
                advice = say("write `{party}`, or ask about a day before that", party=known.party)
                raise fault(RuleId.UNDEFINED, place, message, remedies=(advice,))
            if known.party == name and day < known.since:
                message = say(
                    "there is no `{name}` on {day}: it continues `{of}` from {since} on",
                    name=name,
                    day=day,
                    of=known.of,
                    since=known.since,
                )
                advice = say("write `{of}`, or ask about that day or a later one", of=known.of)
                raise fault(RuleId.UNDEFINED, place, message, remedies=(advice,))


def parties_in(scope: Scope, condition: Expr) -> Iterator[str]:
    """The parties that a condition names."""
    match condition:
        case IsIn(Attribute() as variable, members):
            yield from members if variable.sort == scope.kinds.get("party") else ()
        case Not(part) | Does(_, _, part) | Each(_, _, part):
            yield from parties_in(scope, part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from parties_in(scope, part)
        case _:
            pass
