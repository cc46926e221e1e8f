"""What the axioms of a vocabulary let one conclude from what is known, and which of them the record contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

import numpy as np

from cbm import evaluate
from cbm.core.expressions import And, Does, Expr, Not, Or
from cbm.core.norms import NormSystem
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.variables import Attribute, Variable
from cbm.judging.partial_episode import Known, Mask, PartialEpisode
from cbm.judging.partial_truth import Counting, PartialView

_ROUNDS = 8  # one conclusion may lead to another, never through so many


def infer(episode: PartialEpisode, system: NormSystem) -> None:
    """Leaves out what no situation has: values of attributes under which an axiom would not hold."""
    axioms = list(evaluate.axioms(system))
    for _ in range(_ROUNDS):
        narrowed = [
            _narrow(episode, system, axiom, role, variable)
            for axiom, role in axioms
            for variable in _undetermined(episode, system, axiom, role)
        ]
        if not any(narrowed):
            return


def contradicted(episode: PartialEpisode, system: NormSystem) -> Iterator[tuple[int, int, Mask]]:
    """The axioms of the vocabulary, by number, with the role and the moments at which they do not hold."""
    for number, axiom in enumerate(system.axioms):
        if axiom.document is not None or axiom.dated:
            continue
        for role in range(len(system.situation.roles) if axiom.rotates else 1):
            wrong = _held(
                axiom.condition, {how: PartialView(episode, system, role, counting=how) for how in Counting}
            ).no
            if wrong.any():
                yield number, role, wrong


def _held(condition: Expr, views: Mapping[Counting, PartialView], *, denied: bool = False) -> Known:
    """Where an axiom holds: what it starts from, or shuts out, is done just then; what it asks for was done by then.

    So who answers a call answers one that was made before, and who turned once may hold its course later.
    """
    match condition:
        case Not(operand):
            return ~_held(operand, views, denied=not denied)
        case And(parts):
            return reduce(Known.__and__, (_held(part, views, denied=denied) for part in parts))
        case Or(parts):
            return reduce(Known.__or__, (_held(part, views, denied=denied) for part in parts))
        case Does():
            return views[Counting.GOING_ON if denied else Counting.SO_FAR].truth(condition)
        case _:
            return views[Counting.GOING_ON].truth(condition)


def _undetermined(episode: PartialEpisode, system: NormSystem, axiom: Expr, role: int) -> Iterator[Variable]:
    for own in map(PartialView(episode, system, role).own, axiom.variables):
        if isinstance(own, Attribute) and isinstance(own.sort, FlagSort | KindSort) and not episode.is_known(own).all():
            yield own


def _narrow(episode: PartialEpisode, system: NormSystem, axiom: Expr, role: int, variable: Variable) -> bool:
    """Whether some value of the variable is out of question somewhere where it was not before."""
    before = episode.values.get(variable)

    def excluded(value: bool | str) -> Mask:
        if isinstance(value, bool):
            episode.set_flag(variable, value)
        else:
            episode.set_member(variable, value)
        return PartialView(episode, system, role).truth(axiom).no

    if isinstance(variable.sort, KindSort):
        possible = dict(episode.members(variable))
        left = {name: mask & ~excluded(name) if mask.any() else mask for name, mask in possible.items()}
        _restore(episode, variable, before)
        none = ~np.logical_or.reduce(list(left.values()))  # nothing is concluded from a contradiction
        left = {name: np.where(none, possible[name], mask) for name, mask in left.items()}
        if all((left[name] == possible[name]).all() for name in left):
            return False
        episode.values[variable] = left
        return True
    known = episode.flag(variable)
    without = {value: excluded(value) for value in (True, False)}
    _restore(episode, variable, before)
    open_ = known.open
    found = Known(
        known.yes | (open_ & without[False] & ~without[True]), known.no | (open_ & without[True] & ~without[False])
    )
    if (found.yes == known.yes).all() and (found.no == known.no).all():
        return False
    episode.values[variable] = found
    return True


def _restore(
    episode: PartialEpisode, variable: Variable, before: Known | Mapping[str, Mask] | tuple[object, object] | None
) -> None:
    if before is None:
        episode.values.pop(variable, None)
    else:
        episode.values[variable] = before  # type: ignore[assignment]  # it came from there
