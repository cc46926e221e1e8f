"""The questions that verdicts rest on, noted where they are answered: formulas, answer, and in words what is asked.

Nothing is noted, and hardly anything computed, unless a journal is kept (`keeping`). A journal belongs to the thread
and task that keeps it; one kept within another takes the notes until it is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from cbm.core.expressions import Formula, NormId
from cbm.core.norms import NormSystem
from cbm.records import Record, Struct, field


class Verdict(StrEnum):
    """An answer as SMT-LIB calls it."""

    SAT = "sat"
    UNSAT = "unsat"
    UNKNOWN = "unknown"


class Asked(Record):
    """What a question is about, as far as those who asked it said.

    `bearer` None: no one role. `question` is a sentence about some situation or encounter; `found` says what follows
    if there is one, `none` what follows if there is none.
    """

    system: NormSystem | None = None
    rule: str = ""
    bearer: int | None = None
    norms: tuple[NormId, ...] = ()
    question: str = ""
    found: str = ""
    none: str = ""


class SubQuestion(Record):
    """What one of several questions contributes to the one asked: in words, and what its answers mean.

    `found` is the answer that settles the question asked with yes, `none` the one that settles it with no; None where
    the other answer only lets the search go on.
    """

    question: str
    sat: str
    unsat: str
    found: Verdict | None = None
    none: Verdict | None = None


class Entry(Record):
    """One question: can everything required hold together with what is assumed?"""

    asked: Asked
    step: SubQuestion | None
    roles: tuple[str, ...]
    required: tuple[Formula, ...]
    assumed: tuple[Formula, ...]
    verdict: Verdict


class Journal(Struct):
    """The entries in the order in which the questions were answered."""

    entries: list[Entry] = field(default_factory=list)


_kept: ContextVar[Journal | None] = ContextVar("_kept", default=None)
_asked: ContextVar[Asked] = ContextVar("_asked", default=Asked())  # noqa: B039, it is frozen


@contextmanager
def keeping() -> Iterator[Journal]:
    """Keeps a journal of everything answered within."""
    journal = Journal()
    token = _kept.set(journal)
    try:
        yield journal
    finally:
        _kept.reset(token)


def is_kept() -> bool:
    """Whether anybody takes notes."""
    return _kept.get() is not None


@contextmanager
def asking(
    *,
    system: NormSystem | None = None,
    rule: str | None = None,
    bearer: int | None = None,
    norms: Sequence[NormId] | None = None,
    question: str | None = None,
    found: str | None = None,
    none: str | None = None,
) -> Iterator[None]:
    """Says what is asked within; what is left out stays as it was said further out.

    A new question does not inherit what follows from an older one. Not to be held over a `yield` of a generator.
    """
    if _kept.get() is None:
        yield
        return
    outer = _asked.get()
    renewed = question is not None
    token = _asked.set(
        Asked(
            system=system or outer.system,
            rule=outer.rule if rule is None else rule,
            bearer=outer.bearer if bearer is None else bearer,
            norms=outer.norms if norms is None else tuple(norms),
            question=outer.question if question is None else question,
            found=("" if renewed else outer.found) if found is None else found,
            none=("" if renewed else outer.none) if none is None else none,
        )
    )
    try:
        yield
    finally:
        _asked.reset(token)


def note(
    roles: tuple[str, ...],
    required: Sequence[Formula],
    assumed: Sequence[Formula],
    verdict: Verdict,
    step: SubQuestion | None,
) -> None:
    """Notes a question with its answer, if a journal is kept."""
    journal = _kept.get()
    if journal is not None:
        journal.entries.append(Entry(_asked.get(), step, roles, tuple(required), tuple(assumed), verdict))
