"""What might imply a duty, as far as a claim has to name it: the other duties that it hangs together with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cbm.certify.standing import StandingNorms
from cbm.core.expressions import Formula, NormId
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import Origin
from cbm.ground.grounding import GroundNorm


def might_imply(view: StandingNorms, norm: NormId, before: Collection[NormId]) -> tuple[Formula, ...] | None:
    """What the duties demand that hang together with this one and might imply it.

    `before` are duties that others imply, told before it: they imply nothing themselves. None where open terms take
    part: on which readings it is so, is more than one claim.
    """
    system, n = view.ground.system, view.ground.norm(norm)
    near = _hanging_together(view, n)
    others = [o for o in near if o is not n and o.norm.id not in before and _may_imply(system, o, n)]
    demands = tuple(o.demand for o in others)
    read = any(v.origin is Origin.READING for part in (n.binds, n.fulfilled, *demands) for v in variables(part))
    return None if read else demands


def _may_imply(system: NormSystem, other: GroundNorm, n: GroundNorm) -> bool:
    """At least as strong, owed to the same or to all, and no restatement of it."""
    here, there = n.norm.id.document, other.norm.id.document
    if n.norm.id in other.norm.restates or not (here == there or system.texts[there].is_owed_to_all):
        return False
    return other.norm.strength is Strength.MUST or n.norm.strength is Strength.SHOULD


def _hanging_together(view: StandingNorms, n: GroundNorm) -> Sequence[GroundNorm]:
    """The duties that share conduct with it, directly or through others and what is feasible."""
    about = view.ground

    def moved(formulas: Iterable[Formula]) -> set[object]:
        return {v for formula in formulas for v in variables(formula) if v in about.conduct}

    said = {id(o): moved((o.demand, o.fulfilled)) for o in about.demanding}
    touched = moved((n.binds, n.fulfilled))
    while True:
        parts = (moved((part,)) for part in about.feasible)
        linked = [more for more in (*parts, *said.values()) if touched & more and not more <= touched]
        if not linked:
            return [o for o in about.demanding if touched & said[id(o)] or o is n]
        touched = touched.union(*linked)
