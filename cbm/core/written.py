"""Every expression that a norm system holds, in source order."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import Expr
from cbm.core.norms import DutyExpected, NormSystem


def written(system: NormSystem) -> Iterator[Expr]:
    """Every expression of a system, the norms first."""
    yield from stated(system)
    for case in system.cases:
        yield case.given
        for expected in case.expected:
            yield expected.whose
            if isinstance(expected, DutyExpected):
                yield from expected.contents
            else:
                yield expected.condition


def stated(system: NormSystem) -> Iterator[Expr]:
    """Every expression of the texts, without what cases expect of them."""
    for norm in system.norms.values():
        yield norm.content
        yield from (guard.condition for guard in (*norm.guards, *norm.exceptions))
        yield from (secondary.content for secondary in norm.otherwise)
    yield from (axiom.condition for axiom in system.axioms)
    yield from (part for promise in system.coverage for part in (promise.condition, promise.whose))
    yield from (reserve.condition for reserve in system.reserves)
