"""A row of the index: how one verdict ended, and the question that carries it or what it rests on instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cbm.certify.claims import AllOf, AnyOf, Claim, ClosedQuestion
from cbm.core.expressions import Flag, NormId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Question
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words

OPEN = "undecided"
_FOUND = ""  # what every encounter meets needs no words
# A verdict that others carry, by the rule and what is asked in the report.
Told = tuple[str, str]


class CarriedBy(StrEnum):
    """How a verdict is known to others than cbm."""

    FILE = "file"  # a question of its own
    OTHERS = "others"  # the questions of several rows
    DEFINITION = "definition"  # it is so without a question
    TEXT = "text"  # what the texts say is compared, and that is no question for a solver
    SEARCH = "search"  # the search of cbm alone stands behind it
    NOTHING = "nothing"  # it is undecided


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """How one question of the report ended. `asked` None: no file carries it, and `why` says why not.

    `expected` is what the ending comes to as an answer to what is asked. `carries` is a verdict without a file that is
    so if this and all else is that carries it; `rests_on` is what such a verdict is known by. `plain`: it is so by
    definition. `of_words`: it is told by what the texts say, and is no question for a solver.
    """

    rule: str
    clauses: tuple[NormId, ...]
    bearer: str
    matter: str
    question: str
    ending: Ending
    expected: Verdict = Verdict.UNKNOWN
    asked: ClosedQuestion | None = None
    why: str = ""
    carries: Told | None = None
    rests_on: tuple[Told, ...] = ()
    plain: bool = False
    of_words: bool = False

    @property
    def itself(self) -> Told:
        """By which it is known to what rests on it."""
        words = (self.ending, joined(self.clauses), self.bearer, self.matter, self.question)
        return self.carries or (self.rule, ": ".join(words))

    @property
    def known_by(self) -> tuple[Told, ...] | None:
        """What carries it: nothing where definitions or what texts say do; None where the search alone does."""
        if self.asked is not None or self.rests_on:
            return self.rests_on or (self.itself,)
        return () if self.plain or self.of_words else None

    @property
    def carried_by(self) -> CarriedBy:
        if self.asked is not None:
            return CarriedBy.FILE
        if self.rests_on:
            return CarriedBy.OTHERS
        if self.plain or self.of_words:
            return CarriedBy.DEFINITION if self.plain else CarriedBy.TEXT
        return CarriedBy.NOTHING if self.ending is Ending.UNDECIDED else CarriedBy.SEARCH


@dataclass(frozen=True, slots=True)
class BearerCase:
    """For one bearer: what has to hold together for the answer to be yes; the situation comes first."""

    about: Ground
    claims: tuple[tuple[str, Claim], ...]


def row_for(
    inquiry: Inquiry,
    rule: str,
    *,
    question: str,
    ending: Ending,
    cases: Sequence[BearerCase],
    expected: Verdict,
    clauses: tuple[NormId, ...] = (),
    bearer: str = "",
    matter: str = "",
    meanings: Mapping[Flag, tuple[str, Claim]] | None = None,
    carries: Told | None = None,
) -> VerdictRow:
    """The row with what is asked: whether one of the cases is so, each in the situations of its bearer."""
    if ending is Ending.UNDECIDED:
        return VerdictRow(rule, clauses, bearer, matter, question, ending, why=OPEN)
    if len(cases) == 1:
        (case,) = cases
        claims: tuple[tuple[str, Claim], ...] = (*((_FOUND, part) for part in case.about.possible), *case.claims)
    else:
        words = " ".join(dict.fromkeys(said for case in cases for said, _ in case.claims))
        one = AnyOf(tuple(AllOf((*c.about.possible, *(claim for _, claim in c.claims))) for c in cases))
        claims = ((f"one of these is so: {words}", one),)
    asked = ClosedQuestion(inquiry.system.situation.roles, claims, meanings or {})
    return VerdictRow(rule, clauses, bearer, matter, question, ending, expected, asked, carries=carries)


def ended(question: Question, told: Told, rows: Sequence[VerdictRow], plain: str) -> Iterator[VerdictRow]:
    """The rows of a verdict that is clear if none of these questions has an answer, and has found something if one has.

    Where there is none it is clear by definition: why.
    """
    if question.verdict is Ending.FOUND:
        yield from (_found_among(question, rows),) if rows else ()
    else:
        yield from rows
        yield replace(resting(told, rows, plain), question=question.subject)


def _found_among(question: Question, rows: Sequence[VerdictRow]) -> VerdictRow:
    """One question of all these: one of them has an answer."""
    asked = [row.asked for row in rows if row.asked is not None]
    claims = tuple(AllOf(tuple(claim for _, claim in one.claims)) for one in asked)
    several = (("one of these is so", AnyOf(claims)),)
    whole = ClosedQuestion(
        asked[0].roles,
        asked[0].claims if len(asked) == 1 else several,
        {flag: meaning for one in asked for flag, meaning in one.meanings.items()},
    )
    norms = tuple(dict.fromkeys(norm for row in rows for norm in row.clauses))
    bearers = ", ".join(dict.fromkeys(row.bearer for row in rows if row.bearer))
    return VerdictRow(
        question.rule, norms, bearers, "", question.subject, Ending.FOUND, expected=Verdict.SAT, asked=whole
    )  # fmt: skip


def resting(told: Told, rows: Sequence[VerdictRow], plain: str) -> VerdictRow:
    """The row of a clear verdict that rests on all of these; where there is none it is so by definition: why."""
    rule, subject = told
    if rows:
        return VerdictRow(rule, (), "", "", subject, Ending.CLEAR, rests_on=(told,))
    return VerdictRow(rule, (), "", "", subject, Ending.CLEAR, why=plain, plain=True)


def ended_key(rule: str, norms: Iterable[NormId], ending: Ending, day: date | None = None) -> Told:
    """By which it is known that something was found of these norms, or nothing, on the date of the check or another."""
    return rule, f"{ending}: {joined(norms)}: {day or ''}"


def bearer_words(inquiry: Inquiry, views: Iterable[Ground]) -> str:
    return ", ".join(role_words(inquiry.system, about.bearer) for about in views)


def joined(norms: Iterable[NormId]) -> str:
    return ", ".join(dict.fromkeys(map(str, norms)))
