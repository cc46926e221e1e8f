"""Types of encounter to examples, each confirmed by the evaluator: what matters, and everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from cbm.core.expressions import Formula, NormId, conjunction, negation
from cbm.core.norms import Norm, NormSystem
from cbm.core.sorts import NumberSort
from cbm.core.substitution import variables
from cbm.core.variables import Origin
from cbm.coverage.gap_witness import Broken, broken_in, compared_moments, none_governs
from cbm.coverage.governance import SituationRegion
from cbm.coverage.types.axes import Divider, literal
from cbm.coverage.types.grid import Type
from cbm.coverage_maps.sketches import preferences
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import Fact
from cbm.ground.declared_variables import declared_variables
from cbm.ground.grounding import Ground
from cbm.outcomes.map_parts import Witness
from cbm.process.budget import WorkSpent
from cbm.search.exists_forall import Stuck
from cbm.search.replay import Episode, episode, witnessed
from cbm.search.situations import Situations, claim
from cbm.search.world import is_copy
from cbm.smt.index import box_of
from cbm.smt.solve import Sat, Solver, Unknown
from cbm.wording.scenarios import example, fact_of

Confirmed = Callable[[CompleteEpisode], bool]


class OpenWitnesses:
    """Examples of types in which nothing governs: one that was found is moved to other types as far as that goes.

    An example that is moved keeps its figures, and is evaluated like any other. It is the same each time the same types
    are asked for in the same order.
    """

    def __init__(self, axes: Sequence[Divider]) -> None:
        self._axes = axes
        self._found: dict[tuple[object, ...], _Movable | None] = {}

    def of(self, region: SituationRegion, cell: Type, conditions: Sequence[Formula] = ()) -> Witness | None:
        """An encounter of the type in which the conditions hold and none of the clauses binds.

        None where the search was given up, as it is when a run is told to stop.
        """
        here, about = (*of_type(self._axes, cell), *conditions), region.about
        key = (about.bearer, region.ways, region.excluded)
        known = self._found.get(key)
        shown = None if known is None else known.moved(here)
        if shown is None:
            more = _first_met(region, here, compared_moments(conditions))
            if more is None:
                return None
            try:
                shown = _found(region, (*here, *more[0]), more[1])
            except WorkSpent:
                return None
            if key not in self._found and more[0] == preferences(about.system)[0]:
                self._found[key] = _Movable(region, shown) if _is_plain(region) else None
        return told(about.system, shown, here)


class _Movable:
    """An example that is drawn as well as can be, of a region that is a matter of the situation alone."""

    def __init__(self, region: SituationRegion, shown: Episode) -> None:
        about = region.about
        (_, promised) = region.ways[-1]
        required = (*about.possible, *about.feasible, promised, negation(region.excluded))
        self._region, self._shown = region, shown
        self._best = preferences(about.system)[0]
        self._situations = Situations(about.system.situation.roles, required, ())

    def moved(self, here: Sequence[Formula]) -> Episode | None:
        """The same with what is asked for here, and with other figures nowhere; None where that is not found."""
        box, before = box_of(conjunction(*here)), self._shown.values
        if box is None:
            return None
        after = self._situations.near(before, box, map(claim, (*here, *self._best)))
        if after is None or any(after[v] != value for v, value in before.items() if isinstance(v.sort, NumberSort)):
            return None
        return witnessed(self._region.about.system, after, partial(none_governs, self._region))


def _is_plain(region: SituationRegion) -> bool:
    """Whether it does not hang on conduct that some formula leaves out."""
    return not region.by_choice and region.about.conduct.isdisjoint(variables(region.excluded))


def _first_met(
    region: SituationRegion, here: Sequence[Formula], occurring: tuple[Formula, ...]
) -> tuple[tuple[Formula, ...], Stuck] | None:
    """The first of the preferences that can be met, with the situation; None where the search was given up."""
    given_up, wanted = False, preferences(region.about.system)
    for more in (*((*some, *occurring) for some in wanted), *(wanted if occurring else ())):
        stuck = region.search(*here, *more).next()
        if isinstance(stuck, Stuck):
            return more, stuck
        given_up = given_up or isinstance(stuck, Unknown)
    assert given_up, "the type was found to be open under the conditions"
    return None


def _found(region: SituationRegion, here: Sequence[Formula], stuck: Stuck) -> Episode:
    (_, promised) = region.ways[-1]
    formulas = (*region.holding, *here, *stuck.fixed(), promised)
    return episode(region.about, formulas, partial(none_governs, region))


def swayed_witness(region: SituationRegion | None, axes: Sequence[Divider], cell: Type) -> Witness | None:
    """An encounter of the type in which the unit escapes what would bind it if it acted otherwise."""
    found = None if region is None else broken_in(region, of_type(axes, cell))
    if region is None or not isinstance(found, Broken):
        return None
    system, formulas = region.about.system, (*of_type(axes, cell), *found.cube, *found.escape)
    return told(system, found.shown, formulas, Origin.DOING, Origin.RESULT)


class Witnesses:
    """Examples of one kind for many types: the formulas are stated once."""

    def __init__(self, about: Ground, formulas: Iterable[Formula], confirmed: Confirmed) -> None:
        self._about, self._confirmed = about, confirmed
        everything = (*about.possible, *about.feasible, *formulas)
        self._solver = Solver(about.system.situation.roles, everything)
        mentioned = (v for formula in everything for v in variables(formula) if not is_copy(v))
        self._mentioned = list(dict.fromkeys((*mentioned, *declared_variables(about.system))))

    def of(self, axes: Sequence[Divider], cell: Type) -> Witness | None:
        here = of_type(axes, cell)
        tried = (self._solver.ask(*here, *more) for more in preferences(self._about.system))
        answer = next((found for found in tried if isinstance(found, Sat)), None)
        if answer is None:
            return None
        shown = witnessed(self._about.system, answer.values(self._mentioned), self._confirmed)
        return told(self._about.system, shown, here)


def any_binds(about: Ground, norms: Sequence[NormId]) -> Confirmed:
    return lambda seen: any(binding(norm, about.bearer, seen, about.system) for norm in norms)


def some_breached(about: Ground, norms: Sequence[NormId]) -> Confirmed:
    """What is left undone binds there; whether the others bind may hang on what the unit does."""
    held = [about.system.norms[norm] for norm in norms]

    def breached(norm: Norm, seen: CompleteEpisode) -> bool:
        bound = binding(norm.id, about.bearer, seen, about.system)
        return bound and not fulfilled(norm, about.bearer, seen, about.system)

    return lambda seen: any(breached(norm, seen) for norm in held)


def of_type(axes: Sequence[Divider], cell: Type) -> tuple[Formula, ...]:
    """That an encounter is of the type."""
    return tuple(literal(axis, (value,)) for axis, value in zip(axes, cell, strict=True))


def told(system: NormSystem, shown: Episode, formulas: Iterable[Formula], *also: Origin) -> Witness:
    """An episode as an example, by what these formulas mention, and in full."""
    return Witness(example(system, shown, formulas, *also), tuple(everything(system, shown)))


def everything(system: NormSystem, shown: Episode) -> Iterable[Fact]:
    """Every attribute and result of an episode."""
    for variable in declared_variables(system):
        if variable in shown.values:
            yield fact_of(system, variable, shown.values[variable])
