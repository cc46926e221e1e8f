"""Proposals that take out of a clause exactly the encounters in which something is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cbm.core.expressions import Expr, NormId, negation
from cbm.core.roles import rotate
from cbm.ground.grounder import GroundNorm
from cbm.repair.editable_text import Proposal, Sheet
from cbm.search.extent import Cube, Extent
from cbm.smt.solve import Answer, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_as
from cbm.wording.clause_names import clause_name
from cbm.wording.condition_words import condition_words

Ask = Callable[..., Answer]


def excepting(sheet: Sheet, n: GroundNorm, role: int, extent: Extent, ask: Ask) -> Proposal | None:
    """The conditions of the extent, as far as the clause does not imply them; `role` is the one it binds there.

    None where they are not known in full, or cannot be written, or leave nothing of the clause.
    """
    if not extent.complete or not extent.cubes:
        return None
    roles = len(sheet.system.situation.roles)
    shortened = [_shortened(cube, n.live, extent.formula, ask) for cube in extent.cubes]
    seen_from_clause = [
        tuple(rotate(literal, -role if n.norm.rotates else 0, roles) for literal in reversed(cube))
        for cube in _widest(shortened)
    ]
    written = sheet.pen.either(seen_from_clause) if all(seen_from_clause) else None
    if written is None:
        return None
    conditions = (condition_words(sheet.system, cube) for cube in seen_from_clause)
    cases = listed(
        [say_as("case", "that {condition}", condition=condition) for condition in conditions], "or", "sentences"
    )
    words = say("except from {clause} the case {cases}", clause=sheet.called(n.norm.id), cases=cases)
    return Proposal(words, (sheet.added(n.norm.id, f"unless {written}"),))


def excepting_bound(sheet: Sheet, norm: NormId, by: NormId) -> Proposal:
    """A clause makes way wherever a clause of an agreement binds the unit."""
    written = f"unless {sheet.system.situation.roles[0]} is bound by ({sheet.name(by)})"
    other = clause_name(sheet.system, by)
    words = say(
        "except from {clause} what {other} governs: `{written}`",
        clause=sheet.called(norm),
        other=other,
        written=written,
    )
    return Proposal(words, (sheet.added(norm, written),))


def _shortened(cube: Cube, live: Expr, extent: Expr, ask: Ask) -> Cube:
    """Without the conditions that hold there anyway where the clause applies."""
    kept = list(cube)
    for literal in reversed(cube):
        rest = [other for other in kept if other is not literal]
        if isinstance(ask(live, *rest, negation(extent)), Unsat):
            kept = rest
    return tuple(kept)


def _widest(cubes: Iterable[Cube]) -> list[Cube]:
    """Without cubes that say the same as another one, or more."""
    distinct = list(dict.fromkeys(cubes))
    return [cube for cube in distinct if not any(set(other) < set(cube) for other in distinct)]
