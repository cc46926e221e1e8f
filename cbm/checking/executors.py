"""Who does the work of a run, and how it is shared out: whole texts where there are many, parts of a text else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from cbm.arguments import count_of, require
from cbm.checking.subjects import Subject
from cbm.process.budget import RUNS, RunStopped
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from types import TracebackType

    from cbm.search.parallel import Watch

Found = TypeVar("Found")
FoundBy = TypeVar("FoundBy", covariant=True)
Result = TypeVar("Result")

# Of fewer texts than the first, one after the other is shared; more go away whole, in so many shares at most.
_MANY, _SHARES = 16, 64


class SubjectWork(Protocol[FoundBy]):
    """What is done with each subject of a run, perhaps in shares."""

    def __call__(
        self, subject: Subject, /, *, executor: Executor | None = None, watch: Watch | None = None
    ) -> FoundBy: ...


def crew_of(jobs: object, executor: object = None) -> AbstractContextManager[Executor | None]:
    """Who shares the work of a run: the executor that is given, or so many processes that end with it; or nobody.

    `jobs` None: as many as there are processors. Misuse where one of them is not what it has to be.
    """
    if executor is not None:
        from concurrent.futures import Executor  # not needed by who does all the work

        from cbm.process.workers import Borrowed

        require(isinstance(executor, Executor), "executor", say("is an executor of `concurrent.futures`"), executor)
        return nullcontext(Borrowed(cast("Executor", executor)))
    count = processors() if jobs is None else count_of("jobs", jobs)
    return nullcontext() if count == 1 else _WhenNeeded(count)


def processors() -> int:
    """How many processors this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def are_own_processes(executor: Executor | None) -> bool:
    """Whether those who share the work are processes that the run itself starts, on this machine."""
    return isinstance(executor, _WhenNeeded)


def of_each(
    work: SubjectWork[Found], subjects: Sequence[Subject], executor: Executor | None, watch: Watch | None
) -> list[Found]:
    """What the work makes of each subject: of many several at a time, of few one after the other in shares."""
    found: list[Found] = []
    if executor is not None and len(subjects) >= _MANY:
        from cbm.search.parallel import Crew, shares_of  # all that questions are asked with

        shares = shares_of(subjects, -(-len(subjects) // _SHARES))
        with suppress(RunStopped):  # what does not come by then is told below, as undecided
            for several in Crew(executor, watch).each(mark("texts"), _one_after_the_other, work, shares):
                found += several
    found += [work(subject, executor=executor, watch=watch) for subject in subjects[len(found) :]]
    return found


def _one_after_the_other(work: SubjectWork[Found], subjects: Sequence[Subject]) -> list[Found]:
    return [work(subject) for subject in subjects]


class _WhenNeeded:
    """Processes that are started once there is work for them: what is little is done here, and waits for none.

    So is all of it while a run goes on in another thread, for processes are copies of this one.

    It is no `Executor` by its class, since that alone takes longer to load than a small text to check.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._started: Executor | None = None

    def __enter__(self) -> Executor:
        return cast("Executor", self)

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._started is not None:
            self._started.shutdown()

    def map(self, work: Callable[..., Result], *iterables: Iterable[Any]) -> Iterator[Result]:
        if self._started is not None:
            return self._started.map(work, *iterables)
        from cbm.process.workers import Workers

        with RUNS.none_elsewhere() as alone:
            if not alone:
                return map(work, *iterables)
            self._started = Workers(self._count)
            return self._started.map(work, *iterables)  # which starts them
