"""Situations in which no conduct complies, and in which what is far from what is asked can be met as well."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeAlias

from cbm.core.expressions import Formula
from cbm.records import Record
from cbm.search.exists_forall import Stuck, duel
from cbm.search.kept_answers import remembered, whether
from cbm.search.world import World, relevant
from cbm.smt.index import surely_holds
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat

# What was far and stood in the way, in the order in which it was found to do so.
Stood: TypeAlias = dict[Formula, None]


def unanswered_in(
    world: World, required: tuple[Formula, ...], compliance: tuple[Formula, ...], met: Collection[Formula] = ()
) -> Stuck | Unsat | Unknown:
    """A situation that meets what is required and in which no conduct complies.

    What is `met` by some conduct wherever that is required, all of it together, is asked about only as far as it shares
    conduct with the rest.
    """
    known = frozenset(met)
    settled = [part in known for part in compliance]

    def find() -> Stuck | Unsat | Unknown:
        game = duel(Solver(world.roles, required), world.roles, compliance, world.conduct)
        for number, (_, block) in enumerate(game.blocks):
            if all(settled[of] for of in block.of):
                game.settle(number)
        return game.next()

    asked = (*world.asked((*required, *compliance)), len(required), settled)
    return remembered("which situation has no answer", asked, find, Stuck, Unsat)


def unanswered_beside(
    world: World,
    required: tuple[Formula, ...],
    far: tuple[Formula, ...],
    compliance: tuple[Formula, ...],
    stood: Stood | None = None,
    met: Collection[Formula] = (),
) -> Stuck | Unsat | Unknown:
    """The same where what is `far` can be met as well, which shares with the rest of it nothing but the situation.

    So where there is none without it, there is none; and what is found without it is asked whether it can be met there.
    Where it cannot be, so much of it is required as stands in the way there: of many duties that is little. What
    `stood` in the way of questions before is required at once, and what does so now is added to it.
    """
    stood = Stood() if stood is None else stood
    required, far = (*required, *(part for part in far if part in stood)), tuple(p for p in far if p not in stood)
    found = unanswered_in(world, required, compliance, met)
    while far and not isinstance(found, Unsat):
        barred = barred_there(world, required, far, found) if isinstance(found, Stuck) else far
        if not barred:
            break
        if isinstance(found, Stuck):
            stood.update(dict.fromkeys(barred))
        required, far = (*required, *barred), tuple(part for part in far if part not in barred)
        found = unanswered_in(world, required, compliance, met)
    return found


def barred_there(
    world: World, required: tuple[Formula, ...], far: tuple[Formula, ...], there: Stuck
) -> tuple[Formula, ...]:
    """What of all that is far cannot be met together in a situation such as was found; nothing if all of it can be."""
    open_ = tuple(part for part in far if not surely_holds(part, there.values))
    if not open_ or _is_met(world, (*required, *open_, *there.fixed())):
        return ()

    def find() -> tuple[Formula, ...]:
        answer = Solver(world.roles, (*required, *there.fixed())).ask(*open_)
        return (isinstance(answer, Unsat) and answer.core) or open_

    return remembered("what cannot be met there", (*world.asked((*required, *open_)), len(required), there), find)


def _is_met(world: World, asked: tuple[Formula, ...]) -> bool:
    """Whether so much can be met; of many duties few bind in one situation, and nothing is asked of the others."""

    def ask() -> Answer:  # what is asked of others has little in common with it
        return Solver(world.roles, asked).ask()

    return isinstance(whether("can it be met there", world.asked(asked), ask, ask), Sat)


class ClashingExtent(Record):
    """Situations, told by what is holding there, in which no conduct complies though some meets each part of it."""

    world: World
    holding: tuple[Formula, ...]
    compliance: tuple[Formula, ...]

    def outer(self) -> Solver:
        """Proposes situations in which each part can be met."""
        return Solver(self.world.roles, (*self.world.situations(), *self.holding))

    def find(self) -> Stuck | Unsat | Unknown:
        return unanswered_in(self.world, (*self.world.situations(), *self.holding), self.compliance)


def clashing(world: World, demands: tuple[Formula, ...], *where: Formula) -> ClashingExtent:
    """Where these conditions hold and not all demands can be met together, though without any one the rest can."""
    holding = parts_met(world, world.feasible, demands)
    return ClashingExtent(world, (*holding, *where), (*relevant(world, demands), *demands))


def parts_met(world: World, feasible: Sequence[Formula], demands: Sequence[Formula]) -> list[Formula]:
    """Without any one of the demands the rest can be met together with what is feasible."""
    return [
        part
        for i in range(len(demands))
        for part in world.some_conduct(f"without{i}", (*feasible, *demands[:i], *demands[i + 1 :]))
    ]
