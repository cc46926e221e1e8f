"""The fact that decides most of what is still open: which one to find out next, and what it can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cbm.core.expressions import Formula, IsIn, Not, conjunction, negation
from cbm.core.sorts import KindSort
from cbm.core.substitution import variables
from cbm.core.variables import Origin, Variable
from cbm.given_situations.claim_extents import ClaimExtent
from cbm.search.world import World
from cbm.smt.index import values_of
from cbm.smt.solve import Sat, Solver, Unsat

# So many facts are tried, those first that most of what is open speaks of.
TRIED = 6
_OF_VALUES = (Origin.SITUATION, Origin.READING)


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact with each thing it can be, as a condition; `settles`: of so much it would be known whether it is so."""

    variables: tuple[Variable, ...]
    options: tuple[Formula, ...]
    settles: int


def next_fact(
    world: World, extents: Iterable[ClaimExtent], can_be_said: Callable[[Sequence[Formula]], bool]
) -> OpenFact | None:
    """The fact that settles most on the average, of those that can be asked about; None: there is none."""
    open_ones = [one for one in extents if one.cubes and not one.everywhere]
    solver = Solver(world.roles, world.situations())
    best: OpenFact | None = None
    for options in _candidates(solver, open_ones, can_be_said):
        settled = sum(_is_settled(solver, option, one) for option in options for one in open_ones) // len(options)
        found = OpenFact(tuple(dict.fromkeys(v for o in options for v in variables(o))), options, settled)
        if settled and (best is None or settled > best.settles):
            best = found
    return best


def _candidates(
    solver: Solver, open_ones: Sequence[ClaimExtent], can_be_said: Callable[[Sequence[Formula]], bool]
) -> Iterator[tuple[Formula, ...]]:
    """What can be asked: of a kind which value it is, of brackets what is taken, of all else whether it is so."""
    spoken: Counter[tuple[Formula, ...]] = Counter()
    for one in open_ones:
        spoken.update(list(dict.fromkeys(_asked(literal) for cube in one.cubes for literal in cube)))
    told = (options for options, _ in spoken.most_common())
    able = (tuple(o for o in options if isinstance(solver.ask(o), Sat)) for options in told)
    several = (options for options in able if len(options) > 1 and can_be_said(options))
    for _, options in zip(range(TRIED), several, strict=False):
        yield options


def _asked(literal: Formula) -> tuple[Formula, ...]:
    core = literal.operand if isinstance(literal, Not) else literal
    if isinstance(core, IsIn) and isinstance(core.variable.sort, KindSort) and core.variable.origin in _OF_VALUES:
        return tuple(IsIn(core.variable, (str(member),)) for member in values_of(core.variable))
    return (core, negation(core))


def _is_settled(solver: Solver, option: Formula, one: ClaimExtent) -> bool:
    """Whether it is known, if the fact is so, that the claim holds, or that it does not."""
    inside = [cube for cube in one.cubes if isinstance(solver.ask(option, *cube), Sat)]
    if not inside:
        return one.complete
    outside = (negation(conjunction(*cube)) for cube in inside)
    return isinstance(solver.ask(option, *outside), Unsat)
