"""The shape of the JSON of a suite, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.finding import Severity
from cbm.outcomes.suite_report import CaseOutcome
from cbm.render.report_document import LocationObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class FoundObject(Struct, frozen=True, kw_only=True):
    """What is found where something is expected, or what keeps a text from being read."""

    rule: str
    severity: Severity
    message: str
    location: LocationObject
    clauses: tuple[str, ...]
    witness: Annotated[WitnessObject | None, Meta(description="An encounter in which the expectation fails.")]
    notes: tuple[str, ...]
    remedies: tuple[str, ...]


class ExpectationObject(Struct, frozen=True, kw_only=True):
    """One expectation of one case, about one text."""

    text: str
    suite: Annotated[str, Meta(description="The title of the set of cases.")]
    case: str
    as_of: Annotated[str | None, Meta(description="The date of the case, ISO 8601.")]
    expected: Annotated[str, Meta(description="Its line; empty for a case in which nothing is expected.")]
    outcome: CaseOutcome
    location: LocationObject
    findings: Annotated[tuple[FoundObject, ...], Meta(description="Of one that passed: remarks.")]
    reasons: Annotated[tuple[str, ...], Meta(description="Why it is undecided, was not asked, or passes all the same.")]
    on_some_packages: Annotated[
        bool, Meta(description="Whether it passed, and does not hold on some packages of a text under negotiation.")
    ] = False


class ExercisedClauseObject(Struct, frozen=True, kw_only=True):
    """A clause, and the cases in whose encounters it comes into play: in all of them, or partly in some."""

    text: str
    clause: str
    title: str
    location: LocationObject | None
    cases: tuple[str, ...]
    partly: tuple[str, ...]
    undecided: Annotated[str, Meta(description="Why it is not known of further cases; empty: it is.")]


class ExerciseObject(Struct, frozen=True, kw_only=True):
    """Which clauses the cases exercise; the percentage is rounded down."""

    clauses: tuple[ExercisedClauseObject, ...]
    exercised: int
    percentage: int
    fail_under: int | None


class UnreadFileObject(Struct, frozen=True, kw_only=True):
    """A file that was not read, and why."""

    path: str
    reason: str


class SuiteDocument(Struct, frozen=True, kw_only=True):
    """What came of a suite."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    passed: int
    failed: int
    undecided: int
    errors: int
    deselected: Annotated[int, Meta(description="Expectations that were not asked for.")]
    results: tuple[ExpectationObject, ...]
    faults: Annotated[tuple[FoundObject, ...], Meta(description="What keeps texts or cases from being read.")]
    open_questions: Annotated[tuple[FoundObject, ...], Meta(description="What stays open beside the expectations.")]
    exercise: Annotated[ExerciseObject | None, Meta(description="null: nobody asked.")]
    unread: tuple[UnreadFileObject, ...]
    stopped: Annotated[str, Meta(description="Why not everything was asked; empty: it was.")]
    notes: Annotated[tuple[str, ...], Meta(description="What is to be known of all that was asked.")] = ()


def json_schema() -> str:
    """The JSON Schema of a suite, as shipped in `schema-test-1.json`."""
    return schema_page(SuiteDocument, "test", "What came of a suite of cases, by cbm", VERSION)
