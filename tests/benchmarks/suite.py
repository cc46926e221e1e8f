"""All rows in their order, at sizes of one's choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import Row


@dataclass(frozen=True, slots=True)
class Size:
    """A body of law with so many norms, measured so often, and the target for its ratio to plain Z3."""

    norms: int
    rounds: int
    target: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the texts are, and how often each comparison is made.

    Conflicts are looked for in bodies of law of three sizes, growing. `read` is how many norms the shorter of two texts
    has that are read, `shared` how many that has which two processes check; `moments` how many there are on a time line
    with three times as many alternatives, `windows` how many clauses have one.
    """

    laws: tuple[Size, Size, Size]
    drafts: tuple[Path, ...]
    read: int
    shared: int
    moments: int
    windows: int
    starts: int
    rounds: int


DRAFTS = tuple(sorted((Path(__file__).parents[2] / "specs" / "drafts").glob("*.cbm")))
FULL = Sizes(
    (Size(500, 9, 3), Size(5_000, 5, 1), Size(20_000, 3, 0.5)),
    DRAFTS,
    read=1_850,
    shared=400,
    moments=200,
    windows=60,
    starts=15,
    rounds=3,
)


def rows(sizes: Sizes) -> Iterator[Row]:
    """Peaks come first: they are told right only as long as this process is small, so nothing heavy is imported."""
    from tests.benchmarks.processes import memory, start_up, two_processes

    middle = sizes.laws[1]
    yield memory(middle.norms)
    yield from start_up(sizes.starts)

    from tests.benchmarks.conflicts import against_plain, growth, questions, shared, taken
    from tests.benchmarks.schedules import alternatives, units
    from tests.benchmarks.texts import reading, shipped

    found = []
    for size in sizes.laws:
        found.append(taken(size.norms, size.rounds))
        yield against_plain(found[-1], size.target)
    yield growth(found[0], found[1])
    yield questions(found[1])
    yield from shipped(sizes.drafts, sizes.rounds)
    yield reading(sizes.read, sizes.rounds)
    yield alternatives(sizes.moments, 3 * sizes.moments, sizes.rounds)
    yield units(sizes.windows, sizes.rounds)
    yield two_processes(shared(sizes.shared), f"the check of one text of {sizes.shared:,} norms", sizes.rounds)
