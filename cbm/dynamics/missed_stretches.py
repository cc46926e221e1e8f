"""Which times of a recurring duty cannot be kept in a situation: each of them is asked about alone."""

from __future__ import annotations

from collections.abc import Callable

from cbm.core.expressions import Formula
from cbm.core.norms import Norm
from cbm.core.roles import rotate
from cbm.ground.grounder import Grounder
from cbm.ground.grounding import Ground
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Unknown, Unsat


def missed(about: Ground, norm: Norm, ask: Callable[[Formula], Answer], again: bool = False) -> tuple[int, ...] | None:
    """The numbers (from 0) of those that cannot be kept; None where nothing recurs, or some stay undecided.

    `ask` says whether one can hold, given the situation and whatever else is to be kept there.
    """
    if norm.recurrence is None:
        return None
    grounder, roles = Grounder(about.system, (about.bearer,), again), len(about.system.situation.roles)
    viewpoint = about.bearer if norm.rotates else 0
    numbers: list[int] = []
    for number, stretch in enumerate(norm.recurrence.stretches):
        with asking(
            system=about.system,
            bearer=about.bearer,
            norms=(norm.id,),
            question="can this one of its times be kept in the example",
            found="it can: what fails there is another one, or all of them together",
            none="it cannot: the finding says so",
        ):
            answer = ask(grounder.formula(rotate(stretch, viewpoint, roles)))
        if isinstance(answer, Unknown):
            return None
        if isinstance(answer, Unsat):
            numbers.append(number)
    return tuple(numbers)
