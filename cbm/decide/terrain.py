"""How one matter stands for one bearer: types of encounter that are promised, open, governed, and by which clauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cbm.decide.axes import Divider, dividers
from cbm.decide.clashes import Clash
from cbm.decide.coverage import Region, advised, governing, types_of, types_with, uncovered
from cbm.decide.grid import Grid, Types
from cbm.decide.inquiry import Inquiry
from cbm.decide.prevailing import minimal_extent
from cbm.semantics.core import (
    And,
    Does,
    Expr,
    Modality,
    Norm,
    NormId,
    NormSystem,
    Or,
    Strength,
    conjunction,
)
from cbm.semantics.ground import Ground, GroundNorm
from cbm.semantics.matters import Matter, Settled
from cbm.smt.solve import Unknown

T = TypeVar("T")


class Undecided(Exception):
    """A question of a map was given up; the reason is told instead of the map."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a map of one matter is drawn of: where it is promised, and the norms that govern it where they bind.

    `between` says whose units meet: what no such encounter shows is impossible.
    """

    about: Ground
    matter: Matter
    promised: Expr
    between: Expr
    norms: tuple[GroundNorm, ...]
    axes: tuple[Divider, ...]

    @property
    def open(self) -> Region:
        """Where it is promised and nothing governs it."""
        return uncovered(self.about, self.promised, self.norms)


@dataclass(frozen=True, slots=True)
class Clashing:
    """Duties that cannot all be complied with: in which situations, and in which types there is one."""

    clash: Clash
    where: Expr
    types: Types


@dataclass(frozen=True, slots=True)
class Terrain:
    """Sets of types: `real` ones can happen, `spoken` ones are promised.

    `open`: in some encounter nothing governs the matter; `governed`: in some encounter something does; `soft`: in some
    encounter only advice does; `firm`: in some encounter a `must` or `may` does; `heeded`: in some encounter something
    does that is more than a duty to give notice.
    """

    field: Field
    real: Types
    spoken: Types
    open: Types
    governed: Types
    soft: Types
    firm: Types
    heeded: Types
    clauses: Mapping[NormId, Types]
    clashing: tuple[Clashing, ...]

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


def field_of(about: Ground, matter: Matter, promised: Expr, between: Expr) -> Field:
    return Field(about, matter, promised, between, governing(about, matter), dividers(about))


def survey(inquiry: Inquiry, field: Field, step: Callable[[], None] = lambda: None) -> Terrain:
    """Finds the sets; Undecided where one cannot be found. `step` is called now and then."""
    about, axes = field.about, field.axes

    real = decided(types_with(about, axes, field.between))
    spoken = decided(types_with(about, axes, field.promised, real))

    def where(condition: Expr) -> Types:
        step()
        return decided(types_with(about, axes, conjunction(field.promised, condition), spoken))

    step()
    open_ = decided(types_of(field.open, axes, spoken))
    step()
    soft = decided(types_of(advised(about, field.promised, field.norms), axes, spoken))
    clauses = {n.norm.id: where(n.binds) for n in field.norms}
    firm = _union(spoken, [clauses[n.norm.id] for n in field.norms if n.norm.strength is Strength.MUST])
    heeded = _heeded(about.system, field, clauses, spoken)
    extents = ((clash, minimal_extent(clash, inquiry.clashes)) for clash in _clashes(inquiry, field))
    clashing = [Clashing(clash, extent, where(extent)) for clash, extent in extents]
    governed = _union(spoken, list(clauses.values()))
    return Terrain(
        field, real, spoken, open_, governed, soft, firm, heeded, clauses, tuple(c for c in clashing if c.types)
    )


def decided(answer: T | Unknown) -> T:
    if isinstance(answer, Unknown):
        raise Undecided(answer.reason)
    return answer


def is_notice(norm: Norm, system: NormSystem) -> bool:
    """Whether it is a duty that only asks for acts with which something is stated."""
    return norm.modality is Modality.OBLIGATION and _notices(norm.content, system)


def _heeded(system: NormSystem, field: Field, clauses: Mapping[NormId, Types], spoken: Types) -> Types:
    """A matter of notices alone is not told apart: there, a duty to give notice is all that can be asked."""
    if not _has_more_than_notices(system, field.matter):
        return _union(spoken, list(clauses.values()))
    return _union(spoken, [clauses[n.norm.id] for n in field.norms if not is_notice(n.norm, system)])


def _has_more_than_notices(system: NormSystem, matter: Matter) -> bool:
    if isinstance(matter, Settled):
        return False
    acts = any(act.topic == matter and not act.states for act in system.acts.values())
    return acts or any(result.topic == matter for result in system.results.values())


def _clashes(inquiry: Inquiry, field: Field) -> list[Clash]:
    """What stays unsettled between duties, at least one of them on the matter."""
    concerned = {n.norm.id for n in field.norms}
    strength = {n.norm.id: n.norm.strength for n in field.about.norms}
    return [
        clash
        for clash in inquiry.clashes
        if clash.bearer == field.about.bearer
        and not concerned.isdisjoint(clash.norms)
        and all(strength[norm] is Strength.MUST for norm in clash.norms)
        and not inquiry.settled_by(clash.norms)
    ]


def _union(spoken: Types, several: Sequence[Types]) -> Types:
    found = spoken.grid.nothing
    for one in several:
        found |= one
    return found & spoken


def _notices(content: Expr, system: NormSystem) -> bool:
    match content:
        case Does(act):
            return bool(system.acts[act].states)
        case And(parts) | Or(parts):
            return all(_notices(part, system) for part in parts)
        case _:
            return False
