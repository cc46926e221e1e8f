"""A row about coverage: all gaps of a draft as boxes, against asking Z3 once whether there is any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import z3

from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer
from tests.benchmarks.measure import Row, compare, run_apart, take_medians

KINDS = 6  # axes of the map
CLAUSES = 20
CONDITIONS = 3  # of each clause, on so many axes
SHARE = 0.7  # of the members that a condition allows


@dataclass(frozen=True, slots=True)
class Draft:
    """Clauses by what they allow on some of the axes: members, by the number of the kind."""

    members: int
    clauses: tuple[dict[int, tuple[int, ...]], ...]


def draw_draft(members: int, seed: int = 1) -> Draft:
    """Kinds with so many members each, so that there are as many types as the sixth power of that."""
    chance, allowed = Random(seed), max(1, round(SHARE * members))
    return Draft(
        members,
        tuple(
            {k: tuple(sorted(chance.sample(range(members), allowed))) for k in chance.sample(range(KINDS), CONDITIONS)}
            for _ in range(CLAUSES)
        ),
    )


def draft_text(draft: Draft) -> str:
    """The draft, and the vocabulary it is written in; it promises to cover everything."""
    return "\n".join(_lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield "vocabulary world"
    yield from (f"kind k{k} = {' | '.join(_member(k, m) for m in range(draft.members))}" for k in range(KINDS))
    yield from ("situation encounter", "roles own, other", "shared")
    yield from (f"  k{k} : k{k}" for k in range(KINDS))
    yield f"types by {', '.join(f'k{k}' for k in range(KINDS))}"
    yield from ("topic everything", "act turn topic everything", "draft code", "  uses world")
    for number, allowed in enumerate(draft.clauses, start=1):
        conditions = (f"k{k} in ({', '.join(_member(k, m) for m in members)})" for k, members in allowed.items())
        yield from (f"clause {number}", f"  every unit when {' and '.join(conditions)}", "  must turn")
    yield from ("covers everything in every type of encounter", "")


def complement_script(draft: Draft) -> str:
    """One question in SMT-LIB: is there a type that no clause allows?"""
    lines = []
    for k in range(KINDS):
        members = " ".join(f"({_member(k, m)})" for m in range(draft.members))
        lines += [f"(declare-datatypes ((kind{k} 0)) (({members})))", f"(declare-const k{k} kind{k})"]
    for allowed in draft.clauses:
        conditions = (_any([f"(= k{k} {_member(k, m)})" for m in members]) for k, members in allowed.items())
        lines.append(f"(assert (not (and {' '.join(conditions)})))")
    return "\n".join([*lines, "(check-sat)"])


def _member(kind: int, member: int) -> str:
    return f"k{kind}m{member}"


def _any(parts: Sequence[str]) -> str:
    return f"(or {' '.join(parts)})"


def boxes(members: int, rounds: int, bound: float) -> Row:
    """The whole map, from text to boxes, over Z3 reading and answering one question."""
    draft = draw_draft(members)
    script = complement_script(draft)
    with TemporaryDirectory() as folder:
        file, small = (Path(folder) / name for name in ("code.cbm", "small.cbm"))
        file.write_text(draft_text(draft), encoding="utf-8")
        small.write_text(draft_text(draw_draft(2)), encoding="utf-8")
        _count_boxes(small)  # what is imported or prepared once is so before the clock runs
        ours, plain = take_medians(
            rounds,
            lambda: run_apart(lambda: _count_boxes(file), bound),
            lambda: run_apart(lambda: _is_open(script), bound),
        )
    found = getattr(ours, "value", None)
    what = f"coverage boxes over {members**KINDS:,} types / one complement check"
    return compare(what, ours, plain, 20, f"{found} boxes")


def _count_boxes(file: Path) -> int:
    drawn = answer(Request(str(file)))
    assert isinstance(drawn, CoverageMap), drawn
    return sum(len(layer.gaps) for layer in drawn.layers)


def _is_open(script: str) -> bool:
    context = z3.Context()
    return bool(z3.Z3_eval_smtlib2_string(context.ref(), script).strip() == "sat")
