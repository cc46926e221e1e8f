"""Which axioms of a vocabulary a record contradicts: at which moments what was recorded cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from cbm.core.expressions import And, Does, Expr, Not, Or
from cbm.core.norms import NormSystem
from cbm.core.substitution import deeds_of
from cbm.judging.partial_episode import Known, Mask
from cbm.judging.partial_truth import Counting
from cbm.judging.recorded_binding import RecordedBinding

# An axiom of the vocabulary by its number, with the role from which it is read.
AxiomRead = tuple[int, int]


def axioms_read(system: NormSystem) -> Iterator[AxiomRead]:
    """All axioms of the vocabulary, with each role from which they are read."""
    for number, axiom in enumerate(system.axioms):
        if axiom.document is None and not axiom.dated:
            yield from ((number, role) for role in range(len(system.situation.roles) if axiom.rotates else 1))


def held(axiom: AxiomRead, binding: RecordedBinding) -> Known:
    """Where the axiom holds."""
    number, role = axiom
    return _held(binding.system.axioms[number].recorded, binding, role)


def contradicted(axioms: Iterable[AxiomRead], binding: RecordedBinding) -> Iterator[tuple[AxiomRead, Mask]]:
    """Those of the axioms that do not hold somewhere, with the moments."""
    for axiom in axioms:
        wrong = held(axiom, binding).no
        if wrong.any():
            yield axiom, wrong


def _held(condition: Expr, binding: RecordedBinding, role: int, *, denied: bool = False) -> Known:
    """What an axiom starts from, or shuts out, is done just then; what it asks for was done by then.

    So who answers a call answers one that was made before, and who turned once may hold its course later.
    """
    if not _speaks_of_deeds(condition):
        return binding.view(role, Counting.GOING_ON).truth(condition)
    match condition:
        case Not(operand):
            return ~_held(operand, binding, role, denied=not denied)
        case And(parts):
            return reduce(Known.__and__, (_held(part, binding, role, denied=denied) for part in parts))
        case Or(parts):
            return reduce(Known.__or__, (_held(part, binding, role, denied=denied) for part in parts))
        case Does():
            return binding.view(role, Counting.GOING_ON if denied else Counting.SO_FAR).truth(condition)
        case _:
            return binding.view(role, Counting.GOING_ON).truth(condition)


def _speaks_of_deeds(condition: Expr) -> bool:
    known: bool | None = condition.kept(_speaks_of_deeds)
    if known is None:
        known = any(True for _ in deeds_of(condition))
        condition.keep(_speaks_of_deeds, known)
    return known
