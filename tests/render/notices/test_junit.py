"""JUnit XML, read back by the library that reads it for others."""

from __future__ import annotations

from junitparser import Error, Failure, JUnitXml

from cbm.finding import Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.report import Ending, Question, Report, Unread
from cbm.source import Source
from tests.render.sample import CONFLICT, REDUNDANCY, REPORT, UNDECIDED, label


def read(report: Report) -> dict[str, dict[str, tuple[type, ...]]]:
    """For each suite its cases by name, with the kinds of their results."""
    document = JUnitXml.fromstring(RENDERERS["junit"](report).encode())
    found = {s.name: {c.name: tuple(map(type, c.result)) for c in s} for s in document}
    assert sum(len(cases) for cases in found.values()) == document.tests == sum(len(list(s)) for s in document)
    return found


def test_what_was_proved_is_a_case_that_passes() -> None:
    assert read(REPORT)["conflict"]["clauses 3.2 and 3.3"] == ()


def test_a_finding_fails_from_the_fail_level_on() -> None:
    name = f"{REDUNDANCY.message} (coc:3.3)"
    assert read(Report((REDUNDANCY,)))["redundancy"][name] == ()
    assert read(Report((REDUNDANCY,), fail_level=Severity.WARNING))["redundancy"][name] == (Failure,)


def test_undecided_is_an_error_as_a_question_and_as_a_finding() -> None:
    told = read(Report((UNDECIDED,), questions=(Question("gap", "weapons", Ending.UNDECIDED),)))
    assert told == {"gap": {"weapons": (Error,)}, "undecided": {UNDECIDED.message: (Error,)}}


def test_no_case_is_lost_among_others_of_its_name() -> None:
    twice = (Question("gap", "weapons", Ending.CLEAR), Question("gap", "weapons", Ending.UNDECIDED))
    assert read(Report((), questions=twice)) == {"gap": {"weapons": (), "weapons (2)": (Error,)}}


def test_what_was_not_read_and_not_asked_is_an_error() -> None:
    told = read(Report((), unread=(Unread("a.cbm", "is no plain file"),), stopped="it took too long"))
    assert told == {"cbm": {"a.cbm is no plain file": (Error,), "stopped before the end": (Error,)}}


def test_a_failure_tells_place_conditions_and_example() -> None:
    (result,) = next(c for s in JUnitXml.fromstring(RENDERERS["junit"](REPORT).encode()) for c in s if c.result).result
    head, *below = result.text.splitlines()
    assert head == f"drafts/code_of_conduct.cbm:7:3: error[conflict] {CONFLICT.message}"
    assert below[1] == f"for example: {CONFLICT.witness.words}" if CONFLICT.witness else False


def test_any_text_of_an_author_is_held() -> None:
    text = "]]></failure> & \x00\x1b\ud800\uffff '\" 照射"
    source = Source(b"\xff&.cbm".decode("utf-8", "surrogateescape"), "x")
    found = replace(CONFLICT, message=text, notes=(text,), primary=label(source, "x"), related=(), fixes=(), clauses=())
    (case,) = read(Report((found,), questions=()))["conflict"]
    assert case == "]]></failure> & ��\\ud800� '\" 照射"
