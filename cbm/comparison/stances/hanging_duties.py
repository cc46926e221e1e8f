"""Which duties hang together with a demand by conduct; of a text under negotiation, on which packages they do.

Two clauses may be linked by a third one alone. On the packages that lack it they have nothing to do with each other,
and a clash of one of them is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cbm.comparison.possible_packages import ALL_PACKAGES, in_common
from cbm.conflicts.all_conflicts import components
from cbm.core.expressions import FALSE, TRUE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.substitution import substitute, variables
from cbm.core.variables import Reading, Variable
from cbm.ground.grounder import GroundNorm
from cbm.search.world import World

# So many conditions of one clause are looked at, as choices are taken one by one.
MOST_WAYS = 1_000
# What a clause asks for or depends on: groups of conduct that is tied together; None for a clause that speaks of none.
Touched = tuple[Variable | None, ...]


@dataclass(frozen=True, slots=True)
class HangingDuties:
    """Duties that hang together with a demand, and where: of those named, on these packages only; of others, always.

    Always is, wherever they stand.
    """

    duties: tuple[GroundNorm, ...]
    only: Mapping[NormId, Formula] = field(default_factory=dict)

    @property
    def kept(self) -> Formula:
        """All of them are kept, where they hang together with it."""
        return conjunction(*(disjunction(negation(self.linked(n.norm.id)), n.demand) for n in self.duties))

    def linked(self, *norms: NormId) -> Formula:
        """Where all of these hang together with it."""
        return conjunction(*(self.only.get(norm, TRUE) for norm in norms))

    @property
    def always(self) -> frozenset[NormId]:
        """Those that hang together with it wherever they stand."""
        return frozenset(n.norm.id for n in self.duties) - self.only.keys()


def hanging_duties(
    world: World, negotiation: Negotiation, own: Sequence[GroundNorm], near: GroundNorm
) -> HangingDuties:
    """Those of these duties that hang together with one that may be among them; TooManyBoxes where that is not told."""
    listed = [*(n for n in own if n.norm.id != near.norm.id), near]
    group = next(group for group in components(world, listed) if near in group)
    duties = tuple(n for n in own if any(n.norm.id == one.norm.id for one in group))
    open_ones = {term.variable for term in negotiation.terms}
    if not any(open_ones.intersection(variables(_said(n))) for n in duties):
        return HangingDuties(duties)
    return HangingDuties(duties, dict(_sometimes(world, negotiation, duties, near)))


def _sometimes(
    world: World, negotiation: Negotiation, duties: Sequence[GroundNorm], near: GroundNorm
) -> Iterator[tuple[NormId, Formula]]:
    """Those that stand on packages on which nothing links them to it, and the packages on which something does."""
    space, tied = negotiation.space, _Tied(world)
    touching = {n.norm.id: [*_touching(tied, negotiation, n)] for n in duties}
    reached = dict.fromkeys(tied.touched(near.binds, near.fulfilled), ALL_PACKAGES)
    while True:
        further: dict[Variable | None, list[Box]] = {}
        for there, touched in (way for ways in touching.values() for way in ways):
            linked = _linked(negotiation, reached, there, touched)
            for conduct in touched:
                further.setdefault(conduct, []).extend(space.minus(linked, reached.get(conduct, ())))
        new = {conduct: told for conduct, boxes in further.items() if (told := space.told(boxes))}
        if not new:
            break
        for conduct, boxes in new.items():
            reached[conduct] = space.told((*reached.get(conduct, ()), *boxes))
    for norm, ways in touching.items():
        stands = [box for there, _ in ways for box in there]
        hanging = [box for there, touched in ways for box in _linked(negotiation, reached, there, touched)]
        if space.told(space.minus(stands, hanging)):
            yield norm, negotiation.formula(space.told(hanging))


def _linked(
    negotiation: Negotiation,
    reached: Mapping[Variable | None, tuple[Box, ...]],
    there: tuple[Box, ...],
    touched: Touched,
) -> tuple[Box, ...]:
    """Of these packages, those on which some of the conduct is reached."""
    return in_common(negotiation, (there, [box for conduct in touched for box in reached.get(conduct, ())]))


def _touching(tied: _Tied, negotiation: Negotiation, n: GroundNorm) -> Iterator[tuple[tuple[Box, ...], Touched]]:
    """What a duty touches, and on which packages, for those on which it can bind at all."""
    found: dict[Touched, list[Box]] = {}
    for box, touched in _Ways(tied, negotiation, n.fulfilled).of(n.binds):
        found.setdefault(touched, []).append(box)
    for touched, boxes in found.items():
        yield negotiation.space.told(boxes), touched


class _Ways:
    """What a duty touches, as choices are taken one by one."""

    def __init__(self, tied: _Tied, negotiation: Negotiation, fulfilled: Formula) -> None:
        self._tied, self._negotiation, self._fulfilled = tied, negotiation, fulfilled
        self._numbers = {term.variable: number for number, term in enumerate(negotiation.terms)}
        self._known: dict[Formula, list[tuple[Box, Touched]]] = {}

    def of(self, binds: Formula) -> list[tuple[Box, Touched]]:
        """Each way to take what is open in this condition, under which it can hold."""
        if binds not in self._known:
            if len(self._known) > MOST_WAYS:
                raise TooManyBoxes
            self._known[binds] = [] if binds == FALSE else self._found(binds)
        return self._known[binds]

    def _found(self, binds: Formula) -> list[tuple[Box, Touched]]:
        touched = self._tied.touched(binds, self._fulfilled)
        variable = next((v for v in variables(binds) if isinstance(v, Reading) and v in self._numbers), None)
        if variable is None or len(touched) == 1:  # what touches one thing alone links nothing else
            return [({}, touched)]
        number = self._numbers[variable]
        options: dict[Formula, int] = {}
        for option, proposed in enumerate(self._negotiation.choices[number].options):
            left = substitute(binds, {variable: proposed.member})
            options[left] = options.get(left, 0) | 1 << option
        return [({**box, number: some}, then) for left, some in options.items() for box, then in self.of(left)]


def _said(n: GroundNorm) -> Formula:
    return conjunction(n.binds, n.fulfilled)


class _Tied:
    """Conduct that what is feasible ties together, each group known by one of it."""

    def __init__(self, world: World) -> None:
        self._conduct = world.conduct
        self._leaders: dict[Variable, Variable] = {}
        groups: list[set[Variable]] = []
        for part in world.feasible:
            own = set(self._acting(part))
            together = [group for group in groups if own & group]
            groups = [group for group in groups if group not in together] + [own.union(*together)]
        for group in groups:
            first = next(iter(group), None)
            self._leaders |= {variable: first for variable in group if first is not None}

    def touched(self, binds: Formula, fulfilled: Formula) -> Touched:
        acting = [] if fulfilled == TRUE else [*self._acting(binds), *self._acting(fulfilled)]
        return tuple(dict.fromkeys(self._leaders.get(variable, variable) for variable in acting)) or (None,)

    def _acting(self, formula: Formula) -> list[Variable]:
        return [v for v in variables(formula) if v in self._conduct]
