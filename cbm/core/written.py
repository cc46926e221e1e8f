"""Every expression that a norm system holds, in source order."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import Expr, conjunction
from cbm.core.norms import DutyExpected, Norm, NormSystem


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
    for _, expression in stated_by(system):
        yield expression


def stated_by(system: NormSystem) -> Iterator[tuple[Norm | None, Expr]]:
    """The same, each with the norm that says it; what no norm says has the options with which it stands within it."""
    for norm in system.norms.values():
        yield norm, norm.content
        yield from ((norm, guard.condition) for guard in (*norm.guards, *norm.exceptions))
        yield from ((norm, secondary.content) for secondary in norm.otherwise)
    yield from ((None, axiom.condition) for axiom in system.axioms)
    yield from ((None, conjunction(promise.condition, promise.whose)) for promise in system.coverage)
    yield from ((None, reserve.condition) for reserve in system.reserves)
