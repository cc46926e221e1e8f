"""Regimes of any size, for whole checks: a draft and two agreements that it is read with, drawn by number.

The same number, the same text. A fifth of the clauses stand in a treaty, a fifth in a memorandum, the others in the
draft, which yields to the treaty and has to live with the memorandum. They speak of what `law` speaks of, under the
same axioms; the kinds have fewer members. A tenth of the clauses are permissions. A fifth of the duties refer to an
earlier one about the same act or result, which they stand `in place of` or are `subject to`. Of the pairs of duties
that ask for opposite things about one in fifty clashes. The draft promises to cover four of eight topics.

So the clauses about one act grow with the text, and the clashes with their square. With `new_matters` a longer text has
more to speak of instead: acts, results, topics and promises grow in proportion, of 300 clauses there are as many as
else, and clashes grow as the clauses do. `python -m tests.benchmarks.regime 300` prints such a regime, with
`--new-matters` behind it that of the other kind.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.benchmarks.law import MATTERS, Matters, applicability, decisive_subjects, demand, vocabulary

MEMBERS = "abcdef"
ALIKE = 300  # of so many clauses both kinds of regime are the same
PERMISSIONS = 1 / 6  # of the clauses about acts, which are six of ten
EDGES = 0.2  # of the duties that come after another one about the same act or result
HEADS = {
    "treaty": "instrument treaty",
    "memorandum": "instrument memorandum",
    "draft": "draft code\n  subject to treaty\n  beside memorandum",
}


@dataclass(frozen=True, slots=True)
class _Duty:
    """What later clauses refer to; `bound` is the line that says whom it binds, and on which first conditions."""

    label: int
    bound: str


def regime_text(clauses: int, seed: int = 1, *, new_matters: bool = False) -> str:
    """A vocabulary, two agreements and a draft with so many clauses in all, five lines each or six.

    `new_matters`: a longer text speaks of more acts and results, and not more often of each.
    """
    chance = Random(seed)
    matters = _in_proportion(clauses) if new_matters else MATTERS
    world = vocabulary(chance, MEMBERS, matters)
    return "\n".join([*world, "types by own.k0, other.k0, k5", "", *_texts(clauses, matters, chance)])


def _in_proportion(clauses: int) -> Matters:
    """As many as the clauses; a few at least, which the vocabulary names."""
    acts, results, topics = (n * clauses // ALIKE for n in (MATTERS.acts, MATTERS.results, MATTERS.topics))
    return Matters(max(4, acts), max(1, results), max(4, topics))


def _texts(clauses: int, matters: Matters, chance: Random) -> Iterator[str]:
    decisive = decisive_subjects(chance, matters)
    sizes = {"treaty": clauses // 5, "memorandum": clauses // 5, "draft": clauses - 2 * (clauses // 5)}
    first = 1
    for text, count in sizes.items():
        yield from (HEADS[text], "  uses world", "")
        duties: dict[int, list[_Duty]] = {}  # so far, by what they are about
        for label in range(first, first + count):
            about = label % len(decisive)
            yield f'clause {label} "Clause {label}"'
            yield from _norm(label, about, matters, decisive[about], duties.setdefault(about, []), chance)
            yield '  source "made up"'
            yield ""
        first += count
    yield from _promises(matters.topics)
    yield ""


def _promises(topics: int) -> Iterator[str]:
    """A quarter of the topics are covered everywhere, and another one in some of the cases."""
    names, quarter = [f"t{t}" for t in range(topics)], topics // 4
    yield f"covers {', '.join(names[:quarter])} in every type of encounter"
    yield f"covers {', '.join(names[quarter : 2 * quarter])} in every type of encounter when k6 is k6a"


def _norm(
    label: int, about: int, matters: Matters, decisive: Sequence[str], duties: list[_Duty], chance: Random
) -> Iterator[str]:
    """A permission, or a duty; one that refers to an earlier duty binds in a part of the cases of that one."""
    lines = list(applicability(decisive, chance, MEMBERS))
    if about < matters.acts and chance.random() < PERMISSIONS:
        yield from (*lines, f"  {chance.choice(('may', 'need not'))} act{about}")
        return
    edge = chance.random()
    other = chance.choice(duties) if duties and edge < EDGES else None
    if other is not None:
        lines[0] = other.bound
    duties.append(_Duty(label, lines[0]))
    yield from (*lines, f"  {demand(about, chance, matters.acts)}")
    if other is not None:
        yield f"  {'in place of' if edge < EDGES / 2 else 'subject to'} {other.label}"


if __name__ == "__main__":
    sys.stdout.write(regime_text(int(sys.argv[1]), new_matters="--new-matters" in sys.argv))
