"""What the axioms of a vocabulary let one conclude from what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cbm.core.expressions import Expr
from cbm.core.norms import NormSystem
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.variables import Attribute, Variable
from cbm.evaluate import possible_episodes
from cbm.judging.partial_episode import Known, Mask, PartialEpisode
from cbm.judging.partial_truth import PartialView

_ROUNDS = 8  # one conclusion may lead to another, never through so many


def infer(episode: PartialEpisode, system: NormSystem) -> None:
    """Leaves out what no situation has: values of attributes under which an axiom would not hold."""
    recorded = {axiom.condition: axiom.recorded for axiom in system.axioms}
    axioms = [(recorded.get(axiom, axiom), role) for axiom, role in possible_episodes.axioms(system)]
    for _ in range(_ROUNDS):
        narrowed = [
            _narrow(episode, system, axiom, role, variable)
            for axiom, role in axioms
            for variable in _undetermined(episode, system, axiom, role)
        ]
        if not any(narrowed):
            return


def _undetermined(episode: PartialEpisode, system: NormSystem, axiom: Expr, role: int) -> Iterator[Variable]:
    """The attributes of which the axiom might exclude a value; of one that holds anyhow there are none."""
    view = PartialView(episode, system, role)
    if view.truth(axiom).yes.all():
        return
    for own in map(view.own, axiom.variables):
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
