"""JUnit XML, read back by the library that reads it for others."""

from __future__ import annotations

from junitparser import Error, Failure, JUnitXml, Skipped

from cbm.finding import RuleId, Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.render.snippet import place
from cbm.report import Ending, Hidden, Question, Report, Suppressed, Unread
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


def outputs(report: Report) -> dict[str, str]:
    document = JUnitXml.fromstring(RENDERERS["junit"](report).encode())
    return {c.name: c.system_out or c.result[0].message for s in document for c in s if c.system_out or c.result}


def test_what_no_encounter_shows_is_skipped_with_its_reason() -> None:
    asked = Question("attestation", "2 can be kept", Ending.FOUND, reason="it binds in no encounter")
    report = Report((), questions=(asked,))
    assert read(report) == {"attestation": {"2 can be kept": (Skipped,)}}
    assert outputs(report) == {"2 can be kept": "not shown: it binds in no encounter"}
    assert outputs(Report.from_json(RENDERERS["json"](report))) == outputs(report)


def test_what_is_hidden_is_no_finding_that_stands_there() -> None:
    asked = Question(REDUNDANCY.rule, "clause 3.3", Ending.FOUND)
    known = Hidden(baseline="known.json", known=1, known_of=((REDUNDANCY.rule, 1),))
    set_aside = Hidden(by=("cbm.toml",), findings=((REDUNDANCY.rule, 2),))
    comment = Suppressed(REDUNDANCY, "it is meant", REDUNDANCY.primary)
    where = place(REDUNDANCY.primary.span)
    for report, words in (
        (Report(()), "found; no finding tells it"),
        (Report((REDUNDANCY,)), "found: what it is stands among the findings"),
        (Report((), hidden=known), "found; it is hidden as known from known.json"),
        (Report((), hidden=set_aside), "found; it is hidden by cbm.toml"),
        (Report((), suppressed=(comment,)), f"found; it is hidden by the comment at {where}"),
        (
            Report((REDUNDANCY,), hidden=known),
            "found: it stands among the findings, or it is hidden as known from known.json",
        ),
    ):
        told = replace(report, questions=(asked,))
        assert outputs(told)["clause 3.3"] == words
        assert outputs(Report.from_json(RENDERERS["json"](told)))["clause 3.3"] == words


def test_what_binds_nobody_or_is_not_told_is_skipped() -> None:
    told = read(Report((), unheard=("old binds nobody here",), left_out=(RuleId.SEAM,)))
    assert told == {"cbm": {"each text binds somebody": (Skipped,), "nothing is left out or hidden": (Skipped,)}}


def test_no_case_is_lost_among_others_of_its_name() -> None:
    twice = (Question("gap", "weapons", Ending.CLEAR), Question("gap", "weapons", Ending.UNDECIDED))
    assert read(Report((), questions=twice)) == {"gap": {"weapons": (), "weapons (2)": (Error,)}}


def test_what_was_not_read_and_not_asked_is_an_error() -> None:
    told = read(Report((), unread=(Unread("a.cbm", "is no plain file"),), stopped="it took too long"))
    assert told == {"cbm": {"a.cbm is no plain file": (Error,), "stopped before the end": (Error,)}}


def test_a_failure_tells_place_conditions_and_example() -> None:
    cases = [c for s in JUnitXml.fromstring(RENDERERS["junit"](REPORT).encode()) for c in s]
    (result,) = next(c for c in cases if any(isinstance(one, Failure) for one in c.result)).result
    head, *below = result.text.splitlines()
    assert head == f"drafts/code_of_conduct.cbm:7:3: error[conflict] {CONFLICT.message}"
    assert below[1] == f"for example: {CONFLICT.witness.words}" if CONFLICT.witness else False


def test_any_text_of_an_author_is_held() -> None:
    text = "]]></failure> & \x00\x1b\ud800\uffff '\" 照射"
    source = Source(b"\xff&.cbm".decode("utf-8", "surrogateescape"), "x")
    found = replace(CONFLICT, message=text, notes=(text,), primary=label(source, "x"), related=(), fixes=(), clauses=())
    (case,) = read(Report((found,), questions=()))["conflict"]
    assert case == "]]></failure> & ��\\ud800� '\" 照射"


def test_questions_of_several_texts_are_told_apart_by_the_text() -> None:
    """They were numbered: one text more and each number meant another one."""
    first, second = (Question("vacuity", "clause 1", Ending.CLEAR, text=name) for name in ("code", "rules"))
    again = Question("vacuity", "clause 1", Ending.UNDECIDED, text="rules")  # of another date
    document = JUnitXml.fromstring(RENDERERS["junit"](Report((), questions=(first, second, again))).encode())
    (suite,) = document
    assert [(case.classname, case.name) for case in suite] == [
        ("cbm.vacuity.questions.code", "clause 1"),
        ("cbm.vacuity.questions.rules", "clause 1"),
        ("cbm.vacuity.questions.rules", "clause 1 (2)"),
    ]
    report = Report((), questions=(first, second, again))
    assert Report.from_json(RENDERERS["json"](report)).questions == report.questions
