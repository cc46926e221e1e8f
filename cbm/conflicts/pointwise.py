"""Minimal sets of norms by search: for norms whose conditions and contents both depend on situation and conduct.

The search proposes a situation together with a selection of norms; where no conduct meets the selection it keeps a
minimal part of it, and forbids that part wherever it still clashes. So a norm that fails alone in one situation
hides no other clash of it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from cbm.core.expressions import Flag, Formula, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Auxiliary, Purpose
from cbm.ground.grounder import GroundNorm
from cbm.process.budget import Work, WorkSpent, charged_to
from cbm.search.blocks import ConductBlock, blocks_of
from cbm.search.exists_forall import Duel, Stuck, duel, fix
from cbm.search.implicants import Point
from cbm.search.open_questions import TOO_MANY_SETS
from cbm.search.situations import are_met_plainly
from cbm.search.unanswered_situations import clashing, parts_met
from cbm.search.world import World, relevant
from cbm.smt.journal import SubQuestion, Verdict, is_kept
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

Members = tuple[int, ...]  # positions of norms, in order

# So many sets of three clauses or more are looked for among norms that hang together; with more, those found by then
# are told, and that there may be more. Pairs, of which there are never as many as there can be of these, are looked for
# so many times as often; and all sets, as a clause may have several wordings and bind several units.
SETS = 32
OF_PAIRS, IN_ALL = 8, 16
# Which of them are selected makes what they ask for longer, and in full it is still said in few rounds.
LARGE = 1_200
# What the search may take among norms that share a block of conduct.
WORK = 100_000_000

_HARMLESS = SubQuestion(
    "does one conduct comply with all of them whatever the situation",
    sat="one does: none of them clash anywhere",
    unsat="none does: it depends on the situation, which is asked next",
    none=Verdict.SAT,
)


def minimal_sets(
    world: World, norms: Sequence[GroundNorm], known: Iterable[Members] = (), most: int = SETS
) -> tuple[list[tuple[Members, Point]], list[tuple[Members, Unknown]]]:
    """The sets of these norms that are minimal in some situation, beside the known ones, each with that situation.

    Also which of them were given up, and why: after so many sets of clauses no more are looked for. Norms that clash do
    so within one block of conduct.
    """
    if _harmless(world, norms):
        return [], []
    feasible = relevant(world, [n.demand for n in norms])
    everything = (*feasible, *(n.demand for n in norms))
    found: dict[Members, Point] = {}
    undecided: list[tuple[Members, Unknown]] = []
    outer = Solver(world.roles, world.situations())
    for block in _unanswered(world, outer, everything):
        search = _PointwiseSearch(world, block, len(feasible), norms, tuple(found), most)
        with outer.scope():  # what holds in all situations is told once
            unknown = search.run(outer, [*known, *found])
        if unknown is not None:
            undecided.append((search.members, unknown))
        for members, situation in search.found:
            demands = [norms[i].demand for i in members]
            where = situation if block.parts == everything else _elsewhere(world, outer, demands, situation)
            if isinstance(where, Unknown):
                undecided.append((members, where))
            elif where is not None:
                found.setdefault(members, where)
    return list(found.items()), undecided


def _unanswered(world: World, outer: Solver, everything: tuple[Formula, ...]) -> Sequence[ConductBlock]:
    """The blocks in which all norms together clash somewhere, or may do: in all others no part of them does.

    One search finds them, whereas each block that is left is searched by itself.
    """
    blocks = blocks_of(everything, world.conduct)
    if len(blocks) == 1 or is_kept():  # who takes notes wants to see the question itself
        return blocks
    with outer.scope():
        game = duel(outer, world.roles, everything, world.conduct)
        found = set[int]()
        try:
            with charged_to(Work(WORK)):
                while isinstance(stuck := game.next(), Stuck):
                    found.add(stuck.block)
                    game.settle(stuck.block)
        except WorkSpent:
            return blocks
        return [block for number, block in enumerate(blocks) if number in found or isinstance(stuck, Unknown)]


class _PointwiseSearch:
    """The sets that are minimal in some situation as far as one block of conduct goes."""

    def __init__(
        self,
        world: World,
        block: ConductBlock,
        feasible: int,
        norms: Sequence[GroundNorm],
        before: tuple[Members, ...],
        most: int,
    ) -> None:
        self._world, self._norms, self._before, self._most = world, norms, before, most
        pieces = list(zip(block.of, block.parts, strict=True))
        self._feasible = tuple(part for of, part in pieces if of < feasible)
        self.members = tuple(dict.fromkeys(of - feasible for of in block.of if of >= feasible))
        self._demands = {i: conjunction(*(part for of, part in pieces if of - feasible == i)) for i in self.members}
        self._selected = {i: Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i in self.members}
        self.found: list[tuple[Members, Point]] = []
        self._forbidden = 0

    def run(self, outer: Solver, known: Iterable[Members]) -> Unknown | None:
        """Finds them, but for the known ones; why that stopped early, if it did."""
        if not self.members:
            return None
        demands = tuple(disjunction(negation(self._selected[i]), self._demands[i]) for i in self.members)
        game = duel(outer, self._world.roles, (*self._feasible, *demands), self._world.conduct)
        game.large = LARGE
        listed = [members for members in known if set(members) <= set(self.members)]
        try:
            with charged_to(Work(WORK)):
                return self._search(outer, game, listed)
        except WorkSpent as spent:
            return Unknown(str(spent))

    def _search(self, outer: Solver, game: Duel, known: Sequence[Members]) -> Unknown | None:
        """First those of which no other one is a part, which takes few words; then those that have one, elsewhere."""
        beside = Flag(Auxiliary(Purpose.BESIDE, 0, FLAG))

        def leave_out(members: Members) -> None:
            outer.require(disjunction(negation(beside), self._not_all(members)))

        if not is_kept():  # who takes notes wants to see the question itself
            for members in known:
                leave_out(members)
            unknown = self._find(game, leave_out, beside)
            if unknown is not None or not self._can_be_exceeded((*known, *(members for members, _ in self.found))):
                return unknown
        for members in (*known, *(members for members, _ in self.found)):
            self._forbid(outer, members)
        return self._find(game, partial(self._forbid, outer))

    def _can_be_exceeded(self, known: Collection[Members]) -> bool:
        """Whether a set of these members may have one of the known ones as a part."""
        return any(len(members) < len(self.members) for members in known)

    def _find(self, game: Duel, forbid: Callable[[Members], None], *assumed: Formula) -> Unknown | None:
        """All sets that are not forbidden; each one found is."""
        while not _are_enough((*self._before, *(members for members, _ in self.found)), self._norms, self._most):
            stuck = game.next(*assumed)
            if isinstance(stuck, Unsat):
                return None
            if isinstance(stuck, Unknown):
                return stuck
            chosen = [i for i in self.members if stuck.values.get(self._selected[i].variable) is True]
            smallest = self._minimised(game, chosen, stuck)
            if isinstance(smallest, Unknown):
                return smallest
            self.found.append((smallest, stuck.values))
            forbid(smallest)
        return Unknown(TOO_MANY_SETS)

    def _forbid(self, outer: Solver, members: Members) -> None:
        """Wherever they still clash, not all of them are selected from now on."""
        self._forbidden += 1
        asked = (*self._feasible, *(self._demands[i] for i in members))
        met = self._world.some_conduct(f"set{self._forbidden}", asked)
        outer.require(disjunction(conjunction(*met), self._not_all(members)))

    def _not_all(self, members: Members) -> Formula:
        return disjunction(*(negation(self._selected[i]) for i in members))

    def _minimised(self, game: Duel, chosen: list[int], stuck: Stuck) -> Members | Unknown:
        """Norms left out one after the other, in source order, as long as the rest still clashes here."""
        here = tuple(fix(v, value) for v, value in stuck.values.items() if not isinstance(v, Auxiliary))
        kept = list(chosen)
        for i in chosen:
            answer = game.inner.ask(*here, *self._feasible, *(self._demands[k] for k in kept if k != i))
            if isinstance(answer, Unknown):
                return answer
            if isinstance(answer, Unsat):
                kept.remove(i)
        return tuple(kept)


def _are_enough(found: Sequence[Members], norms: Sequence[GroundNorm], most: int) -> bool:
    """Whether no more sets are looked for; as one count those of the same clauses in other wordings, of other units."""
    if len(found) < most:
        return False
    clauses = {frozenset(norms[i].norm.id.unworded for i in members) for members in found}
    large = sum(len(one) > 2 for one in clauses)
    return large >= most or len(clauses) >= OF_PAIRS * most or len(found) >= IN_ALL * most


def _elsewhere(world: World, outer: Solver, demands: Sequence[Formula], situation: Point) -> Point | Unknown | None:
    """A situation in which they clash and no part of them does, in whatever block that would be; None if nowhere.

    The given one says of the situation what makes them clash in their block. `outer` knows of all situations.
    """
    near = relevant(world, demands)  # all else is feasible in every situation, whatever they ask for
    here = [fix(v, value) for v, value in situation.items() if not isinstance(v, Auxiliary)]
    with outer.scope():
        outer.require(*parts_met(world, near, demands))
        answer = outer.ask(*here)
        if isinstance(answer, Sat):
            found = (v for part in (*near, *demands) for v in variables(part) if v not in world.conduct)
            return answer.values(dict.fromkeys(found))
    stuck = clashing(world, tuple(demands)).find() if isinstance(answer, Unsat) else answer
    return stuck.values if isinstance(stuck, Stuck) else stuck if isinstance(stuck, Unknown) else None


def _harmless(world: World, norms: Sequence[GroundNorm]) -> bool:
    """Whether one conduct fulfils all of them whatever the situation; then there is nothing to search for."""
    fulfilled = [n.fulfilled for n in norms]
    feasible = relevant(world, fulfilled)
    if any(v not in world.conduct for formula in (*fulfilled, *feasible) for v in variables(formula)):
        return False
    if not is_kept() and are_met_plainly((*feasible, *fulfilled)):
        return True
    solver = Solver(world.roles, (*feasible, *fulfilled))
    answer = solver.ask()
    solver.note(answer, step=_HARMLESS)
    return isinstance(answer, Sat)
