"""Regimes of any size, for whole checks: a draft and two agreements that it is read with, drawn by number.

The same number, the same text. A fifth of the clauses stand in a treaty, a fifth in a memorandum, the others in the
draft, which yields to the treaty and has to live with the memorandum. They speak of what `law` speaks of, under the
same axioms; the kinds have fewer members. A tenth of the clauses are permissions. A fifth of the duties refer to an
earlier one about the same act or result, which they stand `in place of` or are `subject to`. Of the pairs of duties
that ask for opposite things about one in fifty clashes. The draft promises to cover four of eight topics.
`python -m tests.benchmarks.regime 300` prints such a regime.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.benchmarks.law import ACTS, RESULTS, applicability, decisive_subjects, demand, vocabulary

MEMBERS = "abcdef"
PERMISSIONS = 1 / 6  # of the clauses about acts, which are six of ten
EDGES = 0.2  # of the duties that come after another one about the same act or result
HEADS = {
    "treaty": "instrument treaty",
    "memorandum": "instrument memorandum",
    "draft": "draft code\n  subject to treaty\n  beside memorandum",
}
PROMISES = (
    "covers t0, t1 in every type of encounter",
    "covers t2, t3 in every type of encounter when k6 is k6a",
)


@dataclass(frozen=True, slots=True)
class _Duty:
    """What later clauses refer to; `bound` is the line that says whom it binds, and on which first conditions."""

    label: int
    bound: str


def regime_text(clauses: int, seed: int = 1) -> str:
    """A vocabulary, two agreements and a draft with so many clauses in all, five lines each or six."""
    chance = Random(seed)
    return "\n".join([*vocabulary(chance, MEMBERS), "types by own.k0, other.k0, k5", "", *_texts(clauses, chance)])


def _texts(clauses: int, chance: Random) -> Iterator[str]:
    decisive = decisive_subjects(chance)
    sizes = {"treaty": clauses // 5, "memorandum": clauses // 5, "draft": clauses - 2 * (clauses // 5)}
    first = 1
    for text, count in sizes.items():
        yield from (HEADS[text], "  uses world", "")
        duties: dict[int, list[_Duty]] = {}  # so far, by what they are about
        for label in range(first, first + count):
            about = label % (ACTS + RESULTS)
            yield f'clause {label} "Clause {label}"'
            yield from _norm(label, about, decisive[about], duties.setdefault(about, []), chance)
            yield '  source "made up"'
            yield ""
        first += count
    yield from PROMISES
    yield ""


def _norm(label: int, about: int, decisive: Sequence[str], duties: list[_Duty], chance: Random) -> Iterator[str]:
    """A permission, or a duty; one that refers to an earlier duty binds in a part of the cases of that one."""
    lines = list(applicability(decisive, chance, MEMBERS))
    if about < ACTS and chance.random() < PERMISSIONS:
        yield from (*lines, f"  {chance.choice(('may', 'need not'))} act{about}")
        return
    edge = chance.random()
    other = chance.choice(duties) if duties and edge < EDGES else None
    if other is not None:
        lines[0] = other.bound
    duties.append(_Duty(label, lines[0]))
    yield from (*lines, f"  {demand(about, chance)}")
    if other is not None:
        yield f"  {'in place of' if edge < EDGES / 2 else 'subject to'} {other.label}"


if __name__ == "__main__":
    sys.stdout.write(regime_text(int(sys.argv[1])))
