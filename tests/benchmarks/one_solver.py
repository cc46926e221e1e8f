"""The yardstick for whole drafts: exported questions, asked of one Z3 that reads each distinct assertion once.

This is what somebody would write who wants the answers alone and knows Z3: one context, one incremental solver, each
assertion read by `parse_smt2_string` once and kept as a term, and a `push` and a `pop` for each question. Assumption
literals in place of scopes were tried: they take longer for texts with times, and as long for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import z3

ANSWERS = {z3.Z3_L_TRUE: "sat", z3.Z3_L_FALSE: "unsat", z3.Z3_L_UNDEF: "unknown"}
# A declaration without the comment behind it.
_DECLARED = re.compile(r"\(declare-const (?:\|[^|]*\||\S+) (?:\|[^|]*\||[^\s|)]+)\)|\(declare-datatypes .*\)")


@dataclass(frozen=True, slots=True)
class Asked:
    """One exported question: what it declares and asserts, line by line, and the answer that cbm got."""

    declarations: tuple[str, ...]
    assertions: tuple[str, ...]
    answer: str


def read_folder(folder: Path) -> list[Asked]:
    """The questions in a folder that `cbm export --search` has written, in their order."""
    return [_asked(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.smt2"))]


def _asked(script: str) -> Asked:
    lines = script.splitlines()
    declarations = tuple(found[0] for line in lines if (found := _DECLARED.match(line)))
    assertions = tuple(line for line in lines if line.startswith("(assert "))
    (answer,) = (line.split()[-1].rstrip(")") for line in lines if line.startswith("(set-info :status "))
    return Asked(declarations, assertions, answer)


def write_script(asked: Asked) -> str:
    """The question alone, without the words."""
    return "\n".join([*asked.declarations, *asked.assertions, "(check-sat)"])


def count_distinct(questions: Sequence[Asked]) -> tuple[int, int]:
    """How many assertions there are in all, and how many distinct ones."""
    everything = [assertion for asked in questions for assertion in asked.assertions]
    return len(everything), len(set(everything))


def ask(questions: Sequence[Asked], keep: bool) -> int:
    """How many questions of one draft get another answer than cbm got, or none.

    `keep`: what a question has in common with the one before, from the first assertion on, stays asserted.
    """
    context = z3.Context()
    terms = _read(questions, context)
    solver = z3.SimpleSolver(ctx=context)
    others = 0
    for answer, asked in zip(_answers(questions, terms, solver, keep), questions, strict=True):
        others += answer != asked.answer
    return others


def _read(questions: Sequence[Asked], context: z3.Context) -> dict[str, z3.BoolRef]:
    declarations = dict.fromkeys(d for asked in questions for d in asked.declarations)
    assertions = list(dict.fromkeys(a for asked in questions for a in asked.assertions))
    read = z3.parse_smt2_string("\n".join([*declarations, *assertions]), ctx=context)
    return dict(zip(assertions, read, strict=True))


def _answers(questions: Sequence[Asked], terms: dict[str, z3.BoolRef], solver: z3.Solver, keep: bool) -> Iterator[str]:
    """By the functions below z3py's methods: wrapping each argument costs more than asserting it."""
    reference, handle = solver.ctx.ref(), solver.solver
    handles = {assertion: term.as_ast() for assertion, term in terms.items()}
    asserted: list[str] = []  # with `keep` a scope for each, otherwise in one scope
    for asked in questions:
        common = _count_common(asserted, asked.assertions) if keep else 0
        if asserted:
            z3.Z3_solver_pop(reference, handle, len(asserted) - common if keep else 1)
        del asserted[common:]
        if not keep:
            z3.Z3_solver_push(reference, handle)
        for assertion in asked.assertions[common:]:
            if keep:
                z3.Z3_solver_push(reference, handle)
            z3.Z3_solver_assert(reference, handle, handles[assertion])
            asserted.append(assertion)
        yield ANSWERS[z3.Z3_solver_check(reference, handle)]


def _count_common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
