"""Values that a permission claims, and duties of other units leave out while all units comply.

All units are looked at as if one bearer did what they do. What the own duties of who uses the permission leave out is
not looked for: that is asked of the unit alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.compliance.attainable_ranges import Narrowed, claimed, narrowed
from cbm.compliance.unavailable_options import AskedUse, OptionQuestion, Shut
from cbm.conflicts.deadlocks import Duty, Everyone, places_alike
from cbm.conflicts.minimal_sets import components
from cbm.core.expressions import TRUE, Formula, NormId
from cbm.core.norms import Strength
from cbm.core.variables import Variable
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.smt.solve import Unknown


class AskedRangeAcross(Record):
    """Whether a unit that complies can use a permission with every value of a result while the others comply too.

    With every value that its own duties leave it; `bearer` is its role. `advised`: with advice as well. `beside` is
    what was found of the clause before, each on some readings of open terms: it is asked on the others.
    """

    norm: NormId
    bearer: int
    result: Variable
    advised: bool = False
    beside: tuple[AskedUse | AskedRangeAcross, ...] = ()


class RangeAcross(Record):
    """A permission put to use by a unit, the result that it is asked about, and what all units owe."""

    use: Duty
    owed: tuple[Duty, ...]
    way: OptionQuestion

    def narrowed(self, result: Variable, further: Iterable[Formula] = ()) -> Narrowed | Unknown | None:
        """Where other units' duties leave who uses it fewer values, on the readings that are meant by `further`.

        Of the own duties those are kept that share conduct with it: what leaves the others is asked anyway.
        """
        near = set(map(id, self.way.near.duties))
        own = tuple(d.norm.demand for d in self.owed if d.role == self.use.role and id(d.norm) in near)
        about = self.way.about
        on = replace(self.way, about=replace(about, possible=(*about.possible, *further)))
        return narrowed(on, result, own)

    def duties(self, shut: Shut) -> tuple[Duty, ...]:
        """Those that leave the other values out."""
        by = set(map(id, shut.by))
        return tuple(duty for duty in self.owed if id(duty.norm) in by)


def asked_ranges(everyone: Everyone, base: Ground, norm: NormId) -> Iterator[AskedRangeAcross]:
    """A permission with each result of which it claims a range, if duties of another unit have to do with it.

    It is used by each unit in turn; by one alone where the units can change places.
    """
    uses = [duty for duty in everyone.uses(everyone.duties) if duty.norm.norm.id == norm]
    about = _all_units(everyone, base)
    for use in uses[:1] if len(places_alike(everyone.system, TRUE)) > 1 else uses:
        for result in claimed(about, use.norm):
            if _is_bound_by_others(everyone, use):
                yield AskedRangeAcross(norm, use.role, result)


def range_across(everyone: Everyone, base: Ground, asked: AskedRangeAcross) -> RangeAcross:
    """What is asked, of all units at once; `clashing` of the base are norms that may clash as they bind all units."""
    use = next(d for d in everyone.duties if d.norm.norm.id == asked.norm and d.role == asked.bearer)
    owed = tuple(
        d for d in everyone.duties if d.norm.norm.demands and (asked.advised or d.norm.norm.strength is Strength.MUST)
    )
    about = replace(_all_units(everyone, base), norms=tuple(d.norm for d in owed))
    way = OptionQuestion(about, (use.norm.binds, use.norm.fulfilled), (), tuple(d.norm for d in owed))
    return RangeAcross(use, owed, way)


def _all_units(everyone: Everyone, base: Ground) -> Ground:
    """All units as one bearer."""
    world = everyone.world
    return replace(
        base,
        possible=world.possible,
        feasible=world.feasible,
        conduct=world.conduct,
        norms=tuple(d.norm for d in everyone.duties),
    )


def _is_bound_by_others(everyone: Everyone, use: Duty) -> bool:
    """Whether duties of another unit share conduct with the permission, directly or through others."""
    duties = everyone.duties
    groups = components(everyone.world, [duty.norm for duty in duties])
    (group,) = (group for group in groups if any(duties[i] is use for i in group))
    return any(duties[i].role != use.role and duties[i].norm.norm.demands for i in group)
