"""A norm system to the ends of its times: how long before or after something is done they begin or end."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import Compare, Does, Expr
from cbm.core.norms import NormSystem
from cbm.core.substitution import atoms_of
from cbm.core.variables import ActInstance, AtHand, TimeOf


def ends_of_times(system: NormSystem) -> frozenset[tuple[str, int]]:
    """The acts from which times count, each with so many ms before (below 0) or after it."""
    return frozenset(one for norm in system.norms.values() if norm.demands for one in _counted(norm.content))


def _counted(content: Expr) -> Iterator[tuple[str, int]]:
    for atom in atoms_of(content):
        match atom:
            case Does(_, _, manner):
                yield from _counted(manner)
            case Compare(((one, TimeOf(first)), (other, TimeOf(second)))) if one == -other:
                for factor, at_hand, act in ((one, first, second), (other, second, first)):
                    if isinstance(at_hand, AtHand) and isinstance(act, ActInstance):
                        yield act.act, round(atom.bound / factor * 1000)
            case _:
                pass
