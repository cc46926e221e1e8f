"""How one matter stands for one bearer: types of encounter that are promised, open, governed, and by which clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import minimal_extent
from cbm.core.expressions import FALSE, TRUE, And, Does, Expr, Formula, NormId, Or, conjunction, disjunction, negation
from cbm.core.matters import Matter, Settled, is_left_open
from cbm.core.norms import Coverage, Modality, Norm, NormSystem, Reserve, Strength
from cbm.core.substitution import variables
from cbm.coverage.by_exception import MatterRegions, regions_of
from cbm.coverage.by_reading import group_by_reading
from cbm.coverage.governance import (
    SituationRegion,
    advised,
    decided,
    governing,
    left_open_in,
    reserved_in,
    swayed,
    type_search,
    types_of,
    types_with,
)
from cbm.coverage.types.axes import Divider, dividers
from cbm.coverage.types.grid import Grid, Types
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.search.kept_answers import remembered
from cbm.search.open_readings import ReadingCubes
from cbm.smt.solve import Unknown


@dataclass(frozen=True)  # with room for what is worked out once
class PromisedMatter:
    """What a map of one matter is drawn of: where it is promised, and the norms that govern it where they bind.

    `between` says whose units meet: what no such encounter shows is impossible. `promises` are those that speak of it,
    none where the text only implies it; `of_party` is what is asked of the unit beside what they say.
    """

    about: Ground
    matter: Matter
    promised: Formula
    between: Formula
    norms: tuple[GroundNorm, ...]
    axes: tuple[Divider, ...]
    promises: tuple[Coverage, ...] = ()
    of_party: Formula = TRUE

    @property
    def reserved(self) -> Formula:
        """Where it is promised and the text is silent on purpose."""
        return conjunction(self.promised, reserved_in(self.about, self.matter))

    @property
    def owed(self) -> Formula:
        """Where the promise has to be kept."""
        return conjunction(self.promised, negation(reserved_in(self.about, self.matter)))

    @cached_property
    def regions(self) -> MatterRegions:
        """Where it has to be kept and nothing governs the matter, exceptions aside or not."""
        return MatterRegions(self.about, self.matter, self.owed, self.norms)

    @cached_property
    def _of_promises(self) -> tuple[MatterRegions, ...]:
        return tuple(regions_of(self.about, promise, self.matter) for promise in self.promises) or (self.regions,)

    @cached_property
    def open(self) -> SituationRegion:
        """Where it has to be kept and nothing governs the matter, exceptions aside; as in `broken`, together."""
        left_out = (conjunction(one.owed, one.left_out) for one in self._of_promises)
        return self.regions.without_exceptions(disjunction(*left_out) if self.regions.liftings else FALSE)

    @property
    def broken(self) -> tuple[SituationRegion, ...]:
        """Where each of the promises has to be kept and nothing governs the matter, exceptions aside."""
        return tuple(one.unsettled.within(self.of_party) for one in self._of_promises)

    @property
    def swayed(self) -> SituationRegion | None:
        """Where it is for the unit's own conduct whether something governs it; None if it is so nowhere."""
        return swayed(self.about, self.owed, self.norms, self.matter)


@dataclass(frozen=True, slots=True)
class ClashTypes:
    """Duties that cannot all be complied with: where, and types in which it happens, all on the same readings."""

    clash: ConflictSet
    where: Formula
    types: Types
    on: ReadingCubes | None = None

    @property
    def always(self) -> bool:
        """Whether it is so on every reading of the open terms."""
        return self.on is None or self.on.every


@dataclass(frozen=True, slots=True)
class ReservedTypes:
    """The types with encounters that a reserve leaves open."""

    reserve: Reserve
    types: Types


@dataclass(frozen=True, slots=True)
class MatterTypes:
    """Sets of types: `real` ones can happen, `spoken` ones are promised, and in `owed` ones that is not all reserved.

    What follows is said of encounters that are not reserved. `open`: in some of them nothing governs the matter, on
    every reading; `depending`: the same on some readings only, which are told; `doubtful`: it is not known on which;
    `governed`: in some of them something does; `excepted`: in some of them an exception alone keeps anything from doing
    so; `swayed`: in some of them the unit's conduct decides whether something
    does; `soft`: in some of them only advice does; `firm`: in some of them a `must` or `may` does; `heeded`: in some
    of them something does that is more than a duty to give notice.
    """

    field: PromisedMatter
    real: Types
    spoken: Types
    owed: Types
    reserved: tuple[ReservedTypes, ...]
    open: Types
    depending: tuple[tuple[Types, ReadingCubes], ...]
    doubtful: Types
    governed: Types
    excepted: Types
    swayed: Types
    soft: Types
    firm: Types
    heeded: Types
    clauses: Mapping[NormId, Types]
    clashing: tuple[ClashTypes, ...]

    @property
    def grid(self) -> Grid:
        return self.real.grid

    @property
    def impossible(self) -> Types:
        return self.grid.everything - self.real

    @property
    def silent(self) -> Types:
        return self.open - self.governed

    @property
    def partly(self) -> Types:
        return self.open & self.governed

    @property
    def covered(self) -> Types:
        """The types in which something governs the matter throughout, however terms are read and the unit acts."""
        some = (self.open, self.doubtful, self.excepted, self.swayed, *(types for types, _ in self.depending))
        return self.owed - union(self.grid, some)

    @property
    def left_open(self) -> Types:
        """The types in which some encounter is reserved."""
        return union(self.grid, (one.types for one in self.reserved))


def promised_matter(
    about: Ground,
    matter: Matter,
    promised: Formula,
    between: Formula,
    promises: tuple[Coverage, ...] = (),
    of_party: Formula = TRUE,
) -> PromisedMatter:
    norms, axes = governing(about, matter), dividers(about)
    return PromisedMatter(
        about=about,
        matter=matter,
        promised=promised,
        between=between,
        norms=norms,
        axes=axes,
        promises=promises,
        of_party=of_party,
    )


def classify(inquiry: Inquiry, field: PromisedMatter) -> MatterTypes:
    """Finds the sets; Undecided where one cannot be found."""
    about, axes, owed = field.about, field.axes, field.owed
    real = decided(types_with(about, axes, field.between))
    spoken = decided(types_with(about, axes, field.promised, real)) & real
    kept = decided(types_with(about, axes, owed, spoken)) & spoken

    def where(condition: Formula, among: Types = kept) -> Types:
        return decided(types_with(about, axes, condition, among)) & among

    open_, depending, doubtful = _by_reading(field, decided(types_of(field.open, axes, kept)) & kept)
    soft = decided(types_of(advised(about, owed, field.norms, field.matter), axes, kept)) & kept
    sways = field.swayed
    clauses = _where_bound(field, kept)
    binding = (clauses[n.norm.id] for n in field.norms if n.norm.strength is Strength.MUST)
    return MatterTypes(
        field=field,
        real=real,
        spoken=spoken,
        owed=kept,
        reserved=_reserved(field, lambda condition: where(condition, spoken)),
        open=open_,
        depending=depending,
        doubtful=doubtful,
        governed=union(real.grid, clauses.values()),
        excepted=decided(types_of(field.regions.excepted, axes, kept)) & kept
        if field.regions.liftings
        else real.grid.nothing,
        swayed=real.grid.nothing if sways is None else decided(types_of(sways, axes, kept)) & kept,
        soft=soft,
        firm=union(real.grid, binding),
        heeded=_heeded(about.system, field, clauses, real.grid),
        clauses=clauses,
        clashing=tuple(_clashing(inquiry, field, where)),
    )


def _where_bound(field: PromisedMatter, among: Types) -> Mapping[NormId, Types]:
    """For each of the norms the types, of these, in which the matter is owed and it binds in some encounter.

    One search is asked about all that bind or not whatever anyone does: what shows one may show the others.
    """
    about, axes, owed = field.about, field.axes, field.owed
    plain = [n for n in field.norms if about.conduct.isdisjoint(variables(n.binds))]
    asked = tuple(n.binds for n in plain)
    region = SituationRegion(about, (("met", owed),), FALSE)

    def find() -> list[Types | Unknown]:
        search = type_search(region, axes, (v for binds in asked for v in variables(binds)))
        return [search.under((binds,), among) for binds in asked]

    found = remembered("in which types do they bind", (region, asked, axes, among), find, Types, Grid)
    known = {n.norm.id: decided(types) & among for n, types in zip(plain, found, strict=True)}
    return {
        n.norm.id: known[n.norm.id]
        if n.norm.id in known
        else decided(types_with(about, axes, conjunction(owed, n.binds), among)) & among
        for n in field.norms
    }


def is_notice(norm: Norm, system: NormSystem) -> bool:
    """Whether it is a duty that only asks for acts with which something is stated."""
    return norm.modality is Modality.OBLIGATION and _notices(norm.content, system)


def union(grid: Grid, several: Iterable[Types]) -> Types:
    """All types of several sets."""
    found = grid.nothing
    for one in several:
        found |= one
    return found


def _by_reading(field: PromisedMatter, types: Types) -> tuple[Types, tuple[tuple[Types, ReadingCubes], ...], Types]:
    """Types of the open region: those on every reading, those on some with the readings, those not known."""
    always, some, doubtful = types.grid.nothing, list[tuple[Types, ReadingCubes]](), types.grid.nothing
    for group, on in group_by_reading(field.open, field.axes, types) if types else ():
        if isinstance(on, Unknown):
            doubtful |= group
        elif on is None or on.every:
            always |= group
        else:
            some.append((group, on))
    return always, tuple(some), doubtful


def _reserved(field: PromisedMatter, where: Callable[[Formula], Types]) -> tuple[ReservedTypes, ...]:
    system = field.about.system
    counting = (r for r in system.reserves if is_left_open(r, field.matter, system) and not r.has_ended(system.as_of))
    found = (ReservedTypes(r, where(conjunction(field.promised, left_open_in(field.about, r)))) for r in counting)
    return tuple(one for one in found if one.types)


def _heeded(system: NormSystem, field: PromisedMatter, clauses: Mapping[NormId, Types], grid: Grid) -> Types:
    """A matter of notices alone is not told apart: there, a duty to give notice is all that can be asked."""
    if not _has_more_than_notices(system, field.matter):
        return union(grid, clauses.values())
    return union(grid, (clauses[n.norm.id] for n in field.norms if not is_notice(n.norm, system)))


def _has_more_than_notices(system: NormSystem, matter: Matter) -> bool:
    if isinstance(matter, Settled):
        return False
    acts = any(act.topic == matter and not act.states for act in system.acts.values())
    return acts or any(result.topic == matter for result in system.results.values())


def _clashing(inquiry: Inquiry, field: PromisedMatter, where: Callable[[Formula], Types]) -> Iterator[ClashTypes]:
    """What stays unsettled between duties, at least one of them on the matter, in types where it happens."""
    about, concerned = field.about, {n.norm.id for n in field.norms}
    strength = {n.norm.id: n.norm.strength for n in about.norms}
    for clash in inquiry.clashes:
        if clash.bearer != about.bearer or concerned.isdisjoint(clash.takes_part) or inquiry.settled_by(clash.norms):
            continue
        if any(strength[norm] is not Strength.MUST for norm in clash.norms):
            continue
        extent = conjunction(field.owed, minimal_extent(clash, inquiry.clashes))
        region = SituationRegion(about, (("clashing", extent),), FALSE)
        for types, on in group_by_reading(region, field.axes, where(extent)):
            if types:
                yield ClashTypes(clash, extent, types, decided(on))


def _notices(content: Expr, system: NormSystem) -> bool:
    match content:
        case Does(act):
            return bool(system.acts[act].states)
        case And(parts) | Or(parts):
            return all(_notices(part, system) for part in parts)
        case _:
            return False
