"""What a small norm system promises and is expected to bring about, answered by trying every episode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, groupby, product
from typing import assert_never

from cbm.core.expressions import TRUE, Expr, IsIn, NormId, conjunction
from cbm.core.matters import Matter, concerns, matters
from cbm.core.norms import Case, ConductExpected, Norm, NormSystem, Text
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.variables import Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.what_binds import binding
from cbm.records import replace
from cbm.syntax.ast import Strength
from tests.laws.enumerate import Outcome, duties, outcomes, suspended
from tests.laws.episodes import Side, Standing
from tests.laws.grid import atoms, parts, said

# ---- promises of coverage


class Cover(StrEnum):
    """How a topic or act is governed in one situation; `advised only` and `by conduct` may come together."""

    GAP = "gap"  # by no norm, whatever is done
    ADVISED = "advised only"  # by nothing but a `should`
    BY_CONDUCT = "by conduct"  # by some norm, but not whatever is done
    COVERED = "covered"


Type = tuple[Value, ...]  # the values of the axes, in their order


def coverage(
    side: Side, advised: bool = False
) -> dict[tuple[int, Matter, Type], dict[Cover, tuple[CompleteEpisode, ...]]]:
    """For each promise, topic or act and type of encounter: the situations, by how they are governed, if any occur.

    A promise speaks of encounters between parties of its text.
    """
    system = side.system
    found: dict[tuple[int, Matter, Type], dict[Cover, list[CompleteEpisode]]] = {}
    for number, promise in enumerate(system.coverage):
        spoken_of = conjunction(promise.condition, _between(system.texts[promise.document], system))
        promised = side.condition(spoken_of, side.view)
        for matter in matters(promise):
            cells = {
                cell: defaultdict[Cover, list[CompleteEpisode]](list) for cell in product(*map(_members, side.axes))
            }
            for _, done in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
                here = list(done)
                world = here[0].encounter.world
                for cover in _covers([_governing(side, o, matter) for o in here if promised(o.conduct.choice)]):
                    cells[tuple(world.values[axis] for axis in side.axes)][cover].append(world)
            found |= {(number, matter, cell): worlds for cell, worlds in cells.items()}
    return {key: {cover: tuple(some) for cover, some in worlds.items()} for key, worlds in found.items()}


def _governing(side: Side, outcome: Outcome, matter: Matter) -> frozenset[Strength]:
    return frozenset(side.norms[n].strength for n in outcome.standing if concerns(side.norms[n], matter))


def is_excepted(
    side: Side, matter: Matter, here: Sequence[Outcome], strict: bool = False, only: NormId | None = None
) -> bool:
    """Whether a norm of the matter would bind somewhere here, were it not for its exceptions on what is found."""
    norms = (norm for norm in side.norms.values() if not strict or norm.strength is Strength.MUST)
    norms = (norm for norm in norms if only is None or norm.id == only)
    return any(concerns(norm, matter) and _binds_but_for_exceptions(side, norm, here) for norm in norms)


def _binds_but_for_exceptions(side: Side, norm: Norm, here: Iterable[Outcome]) -> bool:
    system, view = side.system, side.role if norm.rotates else 0
    decided = side.parts[side.found :]
    on_conduct = tuple(e for e in norm.exceptions if not parts(atoms(e.condition, view, system)).isdisjoint(decided))
    if len(on_conduct) == len(norm.exceptions):
        return False
    others = replace(system, norms={**system.norms, norm.id: replace(norm, exceptions=on_conduct)})
    return any(binding(norm.id, side.role, side.world(o.conduct.choice), others) for o in here)


def _covers(bound: Sequence[frozenset[Strength]]) -> Iterator[Cover]:
    """From the strengths of what governs it under each conduct that the promise speaks of."""
    if not bound:
        return  # the promise does not speak of this situation
    if not any(bound):
        yield Cover.GAP
        return
    advised_only = not any(Strength.MUST in strengths for strengths in bound)
    if advised_only:
        yield Cover.ADVISED
    if not all(bound):
        yield Cover.BY_CONDUCT
    elif not advised_only:
        yield Cover.COVERED


def _between(text: Text, system: NormSystem) -> Expr:
    if system.situation.party is None or text.parties is None:
        return TRUE
    party = system.situation.party
    roles = range(len(system.situation.roles))
    return conjunction(*(IsIn(replace(party, role=role), tuple(sorted(text.parties))) for role in roles))


def _members(axis: Variable) -> tuple[Value, ...]:
    match axis.sort:
        case FlagSort():
            return (False, True)
        case KindSort(_, members):
            return members
        case NumberSort():
            raise ValueError(f"{axis} has no types")
        case _:
            assert_never(axis.sort)


# ---- what compliant conduct may lead to


def reachable(
    system: NormSystem,
    condition: Expr,
    given: Expr = TRUE,
    complying: Iterable[int] | None = None,
    advised: bool = False,
) -> CompleteEpisode | None:
    """Some episode that meets both conditions in which these roles (None: all) breach no duty; None if there is none.

    With nobody complying it asks what the axioms alone allow.
    """
    roles = range(len(system.situation.roles)) if complying is None else tuple(complying)
    spoken = frozenset(
        chain(atoms(condition, 0, system), atoms(given, 0, system), *(said(system, r) for r in {0, *roles}))
    )
    # Role 0 goes through the episodes; whoever else looks at one needs room for conduct around what role 0 does.
    everyone = {r: Side(system, r, spoken, often=True, finer=1 if r == 0 else 4) for r in {0, *roles}}
    wanted = [everyone[0].condition(expression, 0) for expression in (condition, given)]
    for encounter in everyone[0].each():
        for conduct in encounter.conducts:
            if all(ask(conduct.choice) for ask in wanted):
                broken = _broken(everyone[0], conduct.standing, advised) if 0 in roles else []
                if broken and not suspended(everyone[0], encounter, advised).issuperset(broken):
                    continue
                world = everyone[0].world(conduct.choice)
                if all(complies(everyone[role], world, advised) for role in roles if role != 0):
                    return world
    return None


def complies(side: Side, world: CompleteEpisode, advised: bool = False) -> bool:
    """Whether the bearer breaches no duty that is not suspended."""
    broken = _broken(side, side.standing(world), advised)
    return not broken or (bool(side.system.precedences) and suspended(side, side.at(world), advised).issuperset(broken))


def _broken(side: Side, standing: Mapping[NormId, Standing], advised: bool) -> list[NormId]:
    return [norm for norm in duties(side, advised) if standing[norm].binding and not standing[norm].kept]


def met(system: NormSystem, case: Case, expected: ConductExpected, advised: bool = False) -> bool:
    """Whether an expectation about what compliant conduct leads to is met, on the date of its case."""
    dated = system if case.as_of is None else replace(system, as_of=case.as_of)
    return (reachable(dated, expected.condition, case.given, advised=advised) is None) is expected.never
