"""What exceptions leave of a clause: the types of encounter it speaks of, and those in which it still binds."""

from __future__ import annotations

from dataclasses import dataclass

from cbm.decide.axes import dividers
from cbm.decide.coverage import types_with
from cbm.decide.grid import Types
from cbm.semantics.core import conjunction, disjunction
from cbm.semantics.ground import Ground, Grounder, GroundNorm
from cbm.smt.solve import Unknown


@dataclass(frozen=True, slots=True)
class Left:
    """`spoken_of`: its conditions are met between units of its parties; `binding`: somewhere no exception applies.

    `whole`: no exception ever applies there.
    """

    spoken_of: Types
    binding: Types
    whole: Types


def left_by_exceptions(about: Ground, n: GroundNorm) -> Left | Unknown:
    """For a clause with exceptions, of which types of encounter it speaks and what is left of them."""
    grounder, axes = Grounder(about.system, (about.bearer,)), dividers(about)
    joined = grounder.joined(about.system.texts[n.norm.id.document])
    met = conjunction(*(grounder.guard(guard, n.norm, about.bearer) for guard in n.norm.guards), *joined)
    excepted = disjunction(*(grounder.guard(exception, n.norm, about.bearer) for exception in n.norm.exceptions))
    spoken_of = types_with(about, axes, met)
    if isinstance(spoken_of, Unknown):
        return spoken_of
    binding = types_with(about, axes, conjunction(n.applicable, *joined), spoken_of)
    touched = types_with(about, axes, conjunction(met, excepted), spoken_of)
    if isinstance(binding, Unknown) or isinstance(touched, Unknown):
        return binding if isinstance(binding, Unknown) else touched  # type: ignore[return-value]  # one of them is
    return Left(spoken_of, binding, spoken_of - touched)
