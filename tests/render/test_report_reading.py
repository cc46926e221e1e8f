"""What was written as JSON is read back: rendered again it is the same, and pages of it tell the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import cbm
from cbm.finding import Dates, Dependence, Finding, Label, Misuse, PackageReach, RuleId, Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.report import Hidden, Report, Suppressed, Unread
from cbm.source import Source, Span
from cbm.translation.speech import Language, speaking
from tests.checks.test_examples import EXAMPLES
from tests.render.sample import CODE, CONFLICT, REDUNDANCY, REPORT, label

HIDING = Hidden(
    ("cbm.toml",), ("old/",), ((RuleId.GAP, 2),), ((RuleId.SEAM, Severity.NOTE, 1),), "base.json", 3, ("x",)
)
STRICT = Report((replace(CONFLICT, matter=("near",), topic="weapons"), REDUNDANCY), fail_level=Severity.NOTE)


@pytest.mark.parametrize(
    "report",
    [
        REPORT,
        STRICT,
        Report(()),
        replace(STRICT, exit_zero=True, any_package=True, hidden=HIDING, stopped="it was cancelled"),
        replace(REPORT, unread=(Unread("a.cbm", "is no plain file"),), phrases=(("call", "calls"),)),
        Report((), suppressed=(Suppressed(CONFLICT, "known", Label(label(CODE, "clause 2").span), "2027-01-01"),)),
    ],
)
def test_a_report_is_read_back(report: Report) -> None:
    page = RENDERERS["json"](report)
    read = Report.from_json(page)
    assert RENDERERS["json"](read) == page
    assert read.exit == report.exit
    for name in ("concise", "sarif", "github", "gitlab", "junit"):
        assert RENDERERS[name](read) == RENDERERS[name](report)


def test_earlier_versions_said_less_of_what_comments_hide() -> None:
    hidden = Suppressed(CONFLICT, "known", Label(label(CODE, "clause 2").span), None)
    page = RENDERERS["json"](Report((), suppressed=(hidden,)))
    said = json.loads(page)
    (whole,) = Report.from_json(page).suppressed
    del said["suppressed"][0]["finding"]
    (read,) = Report.from_json(json.dumps(said)).suppressed
    assert whole.finding.whenever == CONFLICT.whenever != read.finding.whenever
    assert (read.finding.message, read.reason) == (CONFLICT.message, "known")


@pytest.mark.parametrize("behind", ["", " (so on one day)"])
@pytest.mark.parametrize("settled", ["", "3 yields to 2"])
@pytest.mark.parametrize("words", ["", "2 stands"])
@pytest.mark.parametrize("reading", ["", "near is over 300 m"])
def test_what_a_message_ends_with_is_read_back(reading: str, words: str, settled: str, behind: str) -> None:
    found = replace(CONFLICT, readings=None, reach=PackageReach(every=not words, words=words))
    found = found.on_some_readings(Dependence(("near",), every=False, words=reading)) if reading else found
    found = (found.prevailed(settled) if settled else found).on_some_packages()
    found = found.ending(behind) if behind else found
    (read,) = Report.from_json(RENDERERS["json"](Report((found,)))).findings
    assert (read.message, read.on_readings, read.on_packages) == (found.message, found.on_readings, found.on_packages)


@pytest.mark.parametrize("name", ["conflict", "gap", "look_alike"])
def test_what_is_found_is_read_back_with_the_lines_it_is_found_on(name: str) -> None:
    (path,) = (path for path in EXAMPLES if path.stem == name)
    report = cbm.run([path], select=[name.replace("_", "-")])
    read = Report.from_json(RENDERERS["json"](report).encode())
    assert RENDERERS["json"](read) == RENDERERS["json"](report)
    spans = [finding.primary.span for finding in report.findings]
    assert [finding.primary.span.text for finding in read.findings] == [span.text for span in spans]


def test_lines_between_two_places_are_read_back_as_pages_show_them() -> None:
    between = Source("a.cbm", "clause 1\n# between\nclause 3\n")
    finding = replace(CONFLICT, primary=Label(Span(between, 0, 8), "x"), related=(Label(Span(between, 19, 27), "y"),))
    report = Report((finding,))
    page = RENDERERS["full"](report)
    assert "2 | # between\n" in page
    assert RENDERERS["full"](Report.from_json(RENDERERS["json"](report))) == page


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_what_only_its_conditions_tell_apart_keeps_its_name_in_each_language(language: Language) -> None:
    (path,) = (path for path in EXAMPLES if path.stem == "each_role")
    with speaking(language):
        report = cbm.run([path], select=["conflict", "gap"])
        page = RENDERERS["json"](report)
    read = Report.from_json(page)
    assert RENDERERS["json"](read) == page
    assert [known(finding) for finding in read.findings] == [known(finding) for finding in report.findings]
    assert any(any(known(finding)) for finding in read.findings)


def test_what_only_its_words_tell_apart_keeps_its_name() -> None:
    """The page holds the first and the last lines of a long place, and so not all of these words."""
    source = Source("a.cbm", "".join(f"line {number}\n" for number in range(100)))
    place = Label(Span(source, 0, len(source.text) - 1), "x")
    report = Report((replace(REDUNDANCY, primary=place, clauses=(), matter=()),))
    page = RENDERERS["json"](report)
    read = Report.from_json(page)
    assert read.findings[0].primary.span.text != place.span.text
    assert RENDERERS["json"](read) == page
    assert RENDERERS["sarif"](read) == RENDERERS["sarif"](report)


def known(finding: Finding) -> tuple[object, ...]:
    """What is kept of it in English."""
    return finding.order, finding.known_extent, finding.known_figures


def test_what_does_not_say_its_language_is_english_whoever_reads_it() -> None:
    said = json.loads(RENDERERS["json"](REPORT))
    del said["language"]  # earlier versions did not write it
    with speaking("zh"):
        assert Report.from_json(json.dumps(said)).language == "en"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("", "it is no JSON, or not all of it$"),
        ('{"version": 1', "it is no JSON, or not all of it$"),
        (b"\xff", "it is no JSON, or not all of it$"),
        ("[]", "it is not an object$"),
        ("{}", "it has no `version`$"),
        ('{"version": 2}', "this version of cbm writes `version` otherwise$"),
        (None, "NoneType"),
        (Path("report.json"), r"what is read is a text or bytes, and not a \w*Path"),
        (
            '{"schema": "urn:cbm:answer:1", "version": 1}',
            "its `schema` is `urn:cbm:answer:1`, and not `urn:cbm:report:1`",
        ),
        ('{"a": ' * 100_000, "it is nested too deeply$"),
    ],
)
def test_what_is_no_report_is_refused_in_words(page: Any, words: str) -> None:
    with pytest.raises(Misuse, match=f"^this is no report in the JSON of cbm: .*{words}"):
        Report.from_json(page)


@pytest.mark.parametrize("schema", ["urn:cbm:coverage:1", "urn:cbm:report:2", "", 3, None])
def test_an_object_of_another_schema_is_refused_even_where_its_fields_fit(schema: object) -> None:
    said = json.loads(RENDERERS["json"](REPORT)) | {"schema": schema}
    with pytest.raises(Misuse, match=r"^this is no report in the JSON of cbm: .*schema"):
        Report.from_json(json.dumps(said))
    del said["schema"]  # as early versions wrote it
    assert Report.from_json(json.dumps(said)) == Report.from_json(RENDERERS["json"](REPORT))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_page_is_read_as_editors_and_shells_write_it(encoding: str) -> None:
    page = RENDERERS["json"](REPORT)
    assert RENDERERS["json"](Report.from_json(page.encode(encoding))) == page
    assert RENDERERS["json"](Report.from_json("\ufeff" + page)) == page


@pytest.mark.parametrize(
    ("report", "emptied", "code"),
    [
        (STRICT, {"findings": []}, 1),
        (STRICT, {"exit_zero": True}, 1),
        (Report((), unread=(Unread("a.cbm", "is no plain file"),)), {"unread": []}, 2),
    ],
)
def test_what_was_taken_out_of_a_report_does_not_make_it_fine(
    report: Report, emptied: dict[str, Any], code: int
) -> None:
    said = json.loads(RENDERERS["json"](report))
    with pytest.raises(Misuse, match=f"it ended with exit code {code}, and what it holds gives no reason for that$"):
        Report.from_json(json.dumps(said | emptied))


def test_an_object_may_say_anything() -> None:
    said = json.loads(RENDERERS["json"](STRICT))
    for change, words in (
        (lambda: said["excerpts"][0]["lines"][0].update(offset=10**12), "not in order"),
        (said["excerpts"].clear, "nothing is said of line"),
    ):
        change()
        with pytest.raises(Misuse, match=words):
            Report.from_json(json.dumps(said))


DATED = replace(REPORT, findings=(replace(CONFLICT, dates=Dates(("2019-10-01",), ("2020-01-01",))),), hidden=HIDING)


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("findings[0].rule", "gapp", "this version has no rule `gapp` (`findings[0].rule`)"),
        ("summary.left_out", ["gap", "gapp"], "this version has no rule `gapp` (`summary.left_out[1]`)"),
        ("configuration.hidden[1].rule", 7, "this version of cbm writes `configuration.hidden[1].rule` otherwise"),
        ("configuration.hidden[1].rule", "", "this version has no rule `` (`configuration.hidden[1].rule`)"),
        ("configuration.known_of", [["no", 1]], "this version has no rule `no` (`configuration.known_of[0][0]`)"),
        ("suppressed[0].rule", "gapp", "this version has no rule `gapp` (`suppressed[0].rule`)"),
        ("suppressed[0].finding.rule", "gapp", "this version has no rule `gapp` (`suppressed[0].finding.rule`)"),
        ("suppressed[0].until", "soon", "this version of cbm writes `suppressed[0].until` otherwise"),
        ("questions[0].verdict", "fine", "this version of cbm writes `questions[0].verdict` otherwise"),
        ("as_of", "yesterday", "this version of cbm writes `as_of` otherwise"),
        ("as_of", "2019-10-01,20200101", "this version of cbm writes `as_of` otherwise"),
        ("findings[0].dates.not_so[0]", "never", "this version of cbm writes `findings[0].dates.not_so[0]` otherwise"),
        ("findings[0].severity", "grave", "this version of cbm writes `findings[0].severity` otherwise"),
        ("findings[0].message", None, "this version of cbm writes `findings[0].message` otherwise"),
    ],
)
def test_what_another_version_wrote_is_refused_with_its_place(place: str, value: object, words: str) -> None:
    hidden = Suppressed(CONFLICT, "known", Label(label(CODE, "clause 2").span), "2027-01-01")
    said = json.loads(RENDERERS["json"](replace(DATED, suppressed=(hidden,))))
    *folders, last = [int(part) if part.isdigit() else part for part in re.findall(r"\w+", place)]
    holder = said
    for part in folders:
        holder = holder[part]
    holder[last] = value
    with pytest.raises(Misuse) as refused:
        Report.from_json(json.dumps(said))
    assert str(refused.value) == f"this is no report in the JSON of cbm: {words}"


def test_several_days_are_read_back() -> None:
    page = RENDERERS["json"](replace(DATED, as_of="2019-10-01,2020-01-01"))
    assert RENDERERS["json"](Report.from_json(page)) == page


def test_a_notebook_shows_the_page_in_a_frame_that_runs_nothing() -> None:
    shown = REPORT._repr_html_()
    assert shown.startswith('<iframe sandbox="" title="Report"')
    assert shown.count("<") == 2, "the page itself is quoted"


def test_a_prompt_shows_a_report_in_a_line() -> None:
    counts = {severity: REPORT.count(severity) for severity in Severity if REPORT.count(severity)}
    shown = repr(REPORT)
    assert shown.startswith("<Report: ")
    assert shown.endswith(f", {len(REPORT.questions)} questions, exit {int(REPORT.exit)}>")
    assert all(f"{count} {severity.value}" in shown for severity, count in counts.items())
    assert repr(Report(())) == "<Report: no findings, 0 questions, exit 0>"
