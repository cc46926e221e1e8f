"""All rows by name, in their order, at sizes of one's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cbm import Report, check
from tests.benchmarks import boxes, conflicts, options, processes, schedules, selection, texts, whole
from tests.benchmarks.law import law
from tests.benchmarks.measure import Done, Row, run_apart

DRAFTS = tuple(sorted((Path(__file__).parents[2] / "specs" / "drafts").glob("*.cbm")))


@dataclass(frozen=True, slots=True)
class Size:
    """A body of law with so many norms, measured so often, and the target for its ratio to plain Z3."""

    norms: int
    rounds: int
    target: float | None


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the texts are, and how often each comparison is made.

    `laws` are searched for conflicts and `regimes` checked as a whole; both grow. `regimes` gives the rounds for each
    number of clauses. `draft` is asked about one rule and about several dates. `members` says how many values each of
    the six axes of a map has. `read` is how many norms the shorter of two texts has that are read, `shared` how many
    that has which two processes check; `moments` how many there are on a time line with three times as many
    alternatives, `windows` how many clauses have one. `turns` is how long the loop is that a work is compared to where
    there is no other yardstick.
    """

    laws: tuple[Size, ...]
    regimes: Mapping[int, int]
    drafts: tuple[Path, ...]
    draft: Path
    members: int
    read: int
    shared: int
    moments: int
    windows: int
    starts: int
    turns: int
    rounds: int
    few: int  # rounds of what takes minutes
    beyond: int  # clauses of a text that is checked only when its row is asked for by name


FULL = Sizes(
    laws=(Size(500, 9, 2), Size(5_000, 3, 0.5), Size(20_000, 1, 0.25)),
    regimes={100: 3, 300: 2, 1_000: 1},
    drafts=DRAFTS,
    draft=next(draft for draft in DRAFTS if draft.stem == "code_of_conduct_2019"),
    members=10,
    read=1_850,
    shared=400,
    moments=200,
    windows=60,
    starts=9,
    turns=20_000_000,
    rounds=3,
    few=1,
    beyond=3_000,
)
# Takes minutes. The targets are for the sizes of the full suite, and are told of these for comparison.
QUICK = Sizes(
    laws=(Size(500, 3, 2), Size(2_000, 1, None)),
    regimes={50: 1, 100: 1, 150: 1},
    drafts=tuple(draft for draft in DRAFTS if draft.stem in ("consultations", "silent_line", "notification_2019")),
    draft=next(draft for draft in DRAFTS if draft.stem == "notification_2019"),
    members=5,
    read=400,
    shared=100,
    moments=50,
    windows=20,
    starts=3,
    turns=10_000_000,
    rounds=1,
    few=1,
    beyond=200,
)

# A row that is taken only when it is asked for: it takes longer than all others together.
BEYOND = "beyond"

Rows = dict[str, Callable[[], Row]]


def list_rows(sizes: Sizes, bound: float) -> Rows:
    """What takes each row, by name; what several rows rest on is measured once.

    The bound is in seconds of CPU time, for each work in each round.
    """
    return {
        **_conflicts(sizes, bound),
        **_whole(sizes, bound),
        **_texts(sizes, bound),
        **_processes(sizes, bound),
        "time-line": partial(
            _apart, partial(schedules.alternatives, sizes.moments, 3 * sizes.moments, sizes.rounds, bound)
        ),
        "units-of-time": partial(_apart, partial(schedules.units, sizes.windows, sizes.rounds, bound)),
    }


def _conflicts(sizes: Sizes, bound: float) -> Rows:
    rounds = {size.norms: size.rounds for size in sizes.laws}
    small, middle = (size.norms for size in sizes.laws[:2])
    return {
        "conflicts-memory": partial(conflicts.memory, middle, bound),
        **{
            f"conflicts-{size.norms}": partial(conflicts.against_plain, size.norms, size.rounds, size.target, bound)
            for size in sizes.laws
        },
        "conflicts-growth": partial(conflicts.growth, small, middle, rounds, bound),
        "conflicts-questions": partial(conflicts.questions, middle, bound),
    }


def _whole(sizes: Sizes, bound: float) -> Rows:
    *_, before, last = sizes.regimes
    control = (bound, sizes.turns)
    start = 300 if 300 in sizes.regimes else before
    return {
        **{f"whole-{n}": partial(whole.seconds, n, rounds, *control) for n, rounds in sizes.regimes.items()},
        "whole-growth": partial(whole.growth, start, last, sizes.regimes, *control),
        "whole-matters": partial(
            whole.growth, start, last, {n: sizes.regimes[n] for n in (start, last)}, *control, new_matters=True
        ),
        "whole-memory": partial(whole.memory, last, sizes.regimes[last], *control),
        BEYOND: partial(whole.seconds, sizes.beyond, 1, *control),
    }


def _texts(sizes: Sizes, bound: float) -> Rows:
    drafts = (sizes.drafts, sizes.few, bound)
    return {
        "drafts": partial(texts.shipped, *drafts),
        "drafts-kept": partial(texts.shipped_kept, *drafts),
        "second-solver": partial(_apart, partial(texts.second_solver, *drafts)),
        "select": partial(selection.one_rule, sizes.draft, sizes.rounds, bound),
        "dates": partial(selection.several_dates, sizes.draft, sizes.few, bound),
        "options": partial(options.many_choices, sizes.draft, options.BRACKETS, sizes.few, bound),
        "options-modality": partial(options.many_choices, sizes.draft, (options.MODALITY,), sizes.few, bound),
        "again-clause": partial(selection.edited_clause, sizes.draft, sizes.rounds, bound),
        "again-words": partial(selection.edited_words, sizes.draft, sizes.rounds, bound),
        "parsing": partial(_apart, partial(texts.reading, sizes.read, sizes.rounds, bound)),
        "boxes": partial(_apart, partial(boxes.boxes, sizes.members, sizes.rounds, bound)),
    }


def _processes(sizes: Sizes, bound: float) -> Rows:
    return {
        "version": partial(processes.version, sizes.starts),
        "one-clause": partial(processes.one_clause, sizes.starts),
        "one-clause-read-only": partial(processes.read_only, sizes.rounds),
        "syntax-error": partial(processes.syntax_error, sizes.starts),
        "two-processes": partial(_apart, partial(_two_processes, sizes.shared, sizes.turns, sizes.rounds, bound)),
    }


def _two_processes(norms: int, turns: int, rounds: int, bound: float) -> Row:
    system = law(norms)

    def work(executor: Executor | None) -> Report:
        return check(system, executor=executor)

    return processes.two_processes(work, f"the check of one text of {norms:,} norms", turns, rounds, bound)


def _apart(take: Callable[[], Row]) -> Row:
    """In a copy of this process, so that this one stays small: peaks of others are told right as long as it is."""
    outcome = run_apart(take)
    assert isinstance(outcome, Done)
    assert isinstance(outcome.value, Row)
    return outcome.value


def choose(rows: Rows, wanted: Sequence[str]) -> Rows:
    """The rows of these names; a name stands for all that begin with it and a hyphen, too. None: all but `beyond`."""
    asked = wanted or [name for name in rows if name != BEYOND]
    chosen = [name for name in rows for w in asked if name == w or name.startswith(f"{w}-")]
    return {name: rows[name] for name in dict.fromkeys(chosen)}


def take_rows(rows: Rows) -> Iterator[tuple[str, Row]]:
    """Each row by its name, as soon as it is measured."""
    for name, take in rows.items():
        yield name, take()
