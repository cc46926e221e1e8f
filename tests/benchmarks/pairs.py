"""What plain Z3 is given: the choices of norms with contents that exclude one another, and conditions that may meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import z3

from cbm.conflicts.all_conflicts import world_of
from cbm.conflicts.exclusive_contents import exclusions, terms_of
from cbm.conflicts.minimal_sets import components
from cbm.core.expressions import TRUE, Formula
from cbm.core.substitution import variables
from cbm.ground.grounding import Ground
from cbm.smt.encode import Encoder
from cbm.smt.index import Box, box_of, meet

Members = tuple[int, ...]  # positions of norms, in order

# So many of them are asked about in one script. Longer ones take longer for each.
SCRIPT = 1_000


def candidates(about: Ground) -> Iterator[Members]:
    """Norms whose contents exclude one another, whatever their conditions."""
    world, norms = world_of(about), about.demanding
    for group in components(world, norms):
        sides: dict[Formula, list[int]] = {}
        for i in group:
            sides.setdefault(norms[i].fulfilled, []).append(i)
        terms = terms_of(world, list(sides))
        assert terms is not None
        excluding = exclusions(world, list(sides), terms)
        assert excluding.missing is None
        for exclusion in excluding.found:
            assert exclusion.alone == TRUE, "the situation decides what is feasible: a pair is more than two conditions"
            contents = list(sides.values())
            yield from (tuple(sorted(m)) for m in product(*(contents[c] for c in exclusion.contents)))


def surviving(about: Ground) -> list[Members]:
    """Those whose conditions are not kept apart by the values of a single variable."""
    boxes = [box_of(n.binds) for n in about.demanding]

    def meets(members: Members) -> bool:
        box: Box | None = {}
        for i in members:
            box = meet(box, boxes[i])
        return box is not None

    return [members for members in candidates(about) if meets(members)]


def scripts(about: Ground, choices: Sequence[Members]) -> list[str]:
    """SMT-LIB texts that ask about the conditions of each choice in turn: the quickest way found to ask."""
    return [_script(about, choices[i : i + SCRIPT]) for i in range(0, len(choices), SCRIPT)]


def _script(about: Ground, choices: Sequence[Members]) -> str:
    encoder, norms = Encoder(about.system.situation.roles), about.demanding
    required = world_of(about).situations()
    conditions = {i: norms[i].binds for members in choices for i in members}
    spoken_of = dict.fromkeys(v for formula in (*required, *conditions.values()) for v in variables(formula))
    written = {i: encoder.formula(condition) for i, condition in conditions.items()}
    lines = [encoder.declarations(spoken_of), *(f"(assert {encoder.formula(part)})" for part in required)]
    for members in choices:
        lines += ["(push 1)", *(f"(assert {written[i]})" for i in members), "(check-sat)", "(pop 1)"]
    return "\n".join(lines)


def answers(context: z3.Context, script: str) -> list[str]:
    """What plain Z3 answers to a script, question by question."""
    found = z3.Z3_eval_smtlib2_string(context.ref(), script).split()
    assert set(found) <= {"sat", "unsat", "unknown"}, found[:5]
    return list(found)
