"""A suite of cases: how its expectations come out, as a check finds them, and which clauses it exercises."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml

import cbm
from cbm.cli import main
from cbm.finding import Exit, Finding, Label, Misuse, RuleId, Severity
from cbm.outcomes.suite_report import CaseOutcome, ExpectationResult, SuiteReport
from cbm.questions import suite_results
from cbm.questions.announced_cases import Announced
from cbm.records import replace
from cbm.render import SUITE_RENDERERS
from cbm.report import Report
from cbm.source import Source, Span

STRAIT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party SG "Singapore"
kind craft = frigate | tanker | helicopter
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  distress "in distress" : flag
shared
  night "it is night" : flag
axiom "two sides" own.party is not other.party
types by own.craft, other.craft
topic manoeuvre
act turn, call, whistle topic manoeuvre
result separation "closest distance" : length from 0 m to 10 km topic manoeuvre
"""
CODE = """\
draft code "A code"
  uses strait
  between CN, JP
clause 1 "Calls" a frigate when night must call
clause 2 "Distance" a frigate must keep separation >= 500 m
clause 3 exception to 2 when own.distress
clause 4 a tanker must whistle
clause 5 a helicopter should turn
"""
CASES = """\
cases "Frigates" for code
case "by night"
  given own.craft is frigate and night and not own.distress
  expect own must call by 1
  expect own must whistle
  expect never separation < 500 m
case "in distress"
  given own.craft is frigate and own.distress
  expect own is not bound by (2)
case "by day"
  given own.craft is frigate and not night
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("strait", STRAIT), ("code", CODE), ("suite", CASES)):
        (tmp_path / f"{name}.cbm").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ended(report: SuiteReport) -> list[tuple[str, str]]:
    return [(str(one.outcome), one.name) for one in report.results]


@pytest.mark.usefixtures("folder")
def test_each_expectation_passes_or_fails_and_a_case_without_any_is_an_error() -> None:
    report = cbm.test(["suite.cbm"])
    assert ended(report) == [
        ("passed", "by night: expect own must call by 1"),
        ("failed", "by night: expect own must whistle"),
        ("passed", "by night: expect never separation < 500 m"),
        ("passed", "in distress: expect own is not bound by (2)"),
        ("error", "by day: nothing is expected"),
    ]
    assert report.exit is Exit.FINDINGS
    failed = report.results[1].findings[0]
    assert failed.primary.text == "only clause 4 could bind it so, and not here"
    assert failed.notes[-1] == "there own is bound by clauses 1 and 2"
    assert failed.witness is not None
    assert not report.results[0].findings


def test_of_a_clause_of_several_wordings_those_are_told_that_could_bind_and_stand(folder: Path) -> None:
    code = (
        "draft code\n  uses strait\n  between CN, JP\n"
        "clause 1 every unit when [CN: own.distress | JP: night] [should | must] call\n"
        "[CN: clause 2 every unit must turn]\n"
        'cases "Frigates"\ncase "by day"\n  given not night and not own.distress\n  expect own should call\n'
    )
    (folder / "code.cbm").write_text(code, encoding="utf-8")
    (result,) = cbm.test(["code.cbm"]).results
    (failed,) = result.findings
    assert failed.primary.text == "only clause 1 could bind it so, and not here", "2 asks for something else"
    (reason, *_) = failed.notes
    assert sum("does not bind here" in note for note in failed.notes) == 1
    assert reason in (
        "1 does not bind here: own unit is not in distress",
        "1 does not bind here: it is not so that it is night",
    )


@pytest.mark.usefixtures("folder")
def test_one_set_about_two_texts_is_asked_of_each(folder: Path) -> None:
    (folder / "other.cbm").write_text(CODE.replace("draft code", "draft other").replace("must call", "should call"))
    (folder / "both.cbm").write_text(CASES.replace("for code", "for code, other"))
    report = cbm.test(["both.cbm"], keywords="by 1")
    assert [(str(r.outcome), r.text) for r in report.results] == [("passed", "code"), ("failed", "other")]
    assert report.deselected == 8


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (CASES.replace("for code", "for coda"), "there is no text `coda`"),
        (CODE.replace("must whistle", "must whisle") + CASES, "code cannot be understood: no act is called `whisle`"),
        (CASES.replace("given own", "given given own"), "this file cannot be read in full: "),
    ],
)
def test_what_cannot_be_asked_is_an_error_at_its_place(folder: Path, text: str, reason: str) -> None:
    (folder / "suite.cbm").write_text(text)
    report = cbm.test(["suite.cbm"])
    assert {one.outcome for one in report.results} == {CaseOutcome.ERROR}
    assert all(one.reasons[0].startswith(reason) for one in report.results)
    assert report.errors
    assert report.exit is Exit.FINDINGS


@pytest.mark.usefixtures("folder")
def test_each_is_told_what_is_wrong_with_the_text_and_with_itself(folder: Path) -> None:
    slips = CASES.replace("must whistle", "must whisle").replace("and own.distress", "and own.distres")
    (folder / "suite.cbm").write_text(CODE.replace("should turn", "should tern") + slips)
    (folder / "unread.cbm").write_text(
        CODE.replace("draft code", "draft unread").replace("must call", "must must call")
    )
    report = cbm.test(["suite.cbm", "unread.cbm"])
    of_text = "code cannot be understood: no act is called `tern` (suite.cbm:8:30)"
    here = "what is given or expected here cannot be understood: "
    expected = {
        "expect own must call by 1": (of_text,),
        "expect own must whisle": (of_text, f"{here}no act is called `whisle` (suite.cbm:13:19)"),
        "expect never separation < 500 m": (of_text,),
        "expect own is not bound by (2)": (
            of_text,
            f"{here}no attribute, act, result or term is called `distres` (suite.cbm:16:38)",
        ),
        "": (of_text,),
    }
    assert {one.words: one.reasons for one in report.results} == expected


@pytest.mark.usefixtures("folder")
def test_what_means_nothing_in_one_case_leaves_the_others_asked(folder: Path) -> None:
    slips = CASES.replace("must whistle", "must whisle").replace("and own.distress", "and own.distres")
    (folder / "suite.cbm").write_text(slips + "  expect own must call by 1\n  expect own must call by 9\n")
    report = cbm.test(["suite.cbm"], clauses=True)
    assert ended(report) == [
        ("passed", "by night: expect own must call by 1"),
        ("error", "by night: expect own must whisle"),
        ("passed", "by night: expect never separation < 500 m"),
        ("error", "in distress: expect own is not bound by (2)"),
        ("failed", "by day: expect own must call by 1"),
        ("error", "by day: expect own must call by 9"),
    ]
    reasons = [one.reasons[0] for one in report.results if one.outcome is CaseOutcome.ERROR]
    because = "what is given or expected here cannot be understood: "
    assert [one.removeprefix(because) for one in reasons] == [
        "no act is called `whisle` (suite.cbm:5:19)",
        "no attribute, act, result or term is called `distres` (suite.cbm:8:38)",
        "no clause of `code` is called `9` (suite.cbm:13:27)",
    ]
    assert len(report.errors) == 3
    assert report.exit is Exit.FINDINGS


def test_a_case_without_encounters_has_failed_nothing_and_shown_nothing(folder: Path) -> None:
    (folder / "suite.cbm").write_text(CASES.replace("own.craft is frigate and night", "night and not night"))
    report = cbm.test(["suite.cbm"], keywords="by 1")
    assert [str(one.outcome) for one in report.results] == ["error"]
    assert "happens in no encounter" in report.results[0].findings[0].message


@pytest.mark.usefixtures("folder")
def test_of_no_encounter_the_absence_of_a_finding_shows_nothing(folder: Path) -> None:
    absent = ("expect no conflict", "expect no conflict when night", "expect no gap", "expect no seam")
    impossible = "\n".join(('cases "None" for code', 'case "none"', "given night and not night", *absent, ""))
    part = 'case "some"\n  given night\n  expect no conflict\n  expect no conflict when not night\n  expect no gap\n'
    (folder / "suite.cbm").write_text(impossible + part)
    outcomes = [str(one.outcome) for one in cbm.test(["suite.cbm"]).results]
    # whether there is a seam is asked of the whole text, whatever is given
    assert outcomes == ["error", "error", "error", "passed", "passed", "error", "error"]


@pytest.mark.usefixtures("folder")
def test_what_a_comment_leaves_passes_and_says_so(folder: Path) -> None:
    line = "  expect own must whistle"
    (folder / "suite.cbm").write_text(CASES.replace(line, f"{line}  # cbm: ignore[expectation] because it is to come"))
    found = cbm.test(["suite.cbm"], keywords="whistle").results[0]
    assert (str(found.outcome), found.reasons) == ("passed", ("it does not hold, and is left: it is to come",))


IN_PART = """\
draft code
  uses strait
  between CN, JP
clause 1 a frigate [CN: when night | JP: delete] must call
[JP: clause 2 a frigate must whistle | CN: delete]
cases "Frigates"
case "by day"
  given own.craft is frigate and not night
  expect own must call by 1
  expect own must whistle by 2
  expect own must turn
"""


@pytest.mark.usefixtures("folder")
def test_what_does_not_hold_on_some_packages_passes_is_told_and_fails_on_request(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "code.cbm").write_text(IN_PART)
    report = cbm.test(["code.cbm"], keywords="not turn")
    assert [(str(one.outcome), bool(one.lacking)) for one in report.results] == [("passed", True)] * 2
    assert (report.exit, report.let_pass, len(report.lacking)) == (Exit.FINE, 0, 2)
    told = json.loads(SUITE_RENDERERS["json"](report, False))
    assert [one["on_some_packages"] for one in told["results"]] == [True, True]
    strict = cbm.test(["code.cbm"], keywords="not turn", any_package=True)
    assert [(str(one.outcome), bool(one.lacking)) for one in strict.results] == [("failed", False)] * 2
    assert strict.exit is Exit.FINDINGS
    asked = ["test", "code.cbm", "-k", "not turn"]
    assert main(asked) == Exit.FINE
    page = " ".join(capsys.readouterr().out.split())
    assert (
        "2 of 2 expectations passed"
        " passed on some packages: code.cbm:9:3: the text does not meet `expect own must call by 1`, if" in page
    )
    assert "2 passed. 2 that passed do not hold on some packages: see -v, and --fail-on any-package." in page
    assert main([*asked, "-v"]) == Exit.FINE
    page = capsys.readouterr().out
    assert "passed on some packages: by day: expect own must call by 1 (code)\n" in page
    assert "  passed on some packages  by day: expect own must whistle by 2\n" in page
    assert main([*asked, "--fail-on", "any-package"]) == Exit.FINDINGS
    assert main([*asked, "--take", "1=JP,2=JP"]) == Exit.FINE
    assert "do not hold" not in capsys.readouterr().out.rsplit("\n\n", 1)[-1]
    failed = cbm.test(["code.cbm"], keywords="turn").results[0]
    assert (str(failed.outcome), failed.lacking) == ("failed", ())


@pytest.mark.parametrize(
    ("of_case", "day", "told"),
    [
        ("", date(2026, 1, 1), True),
        ("", date(2021, 1, 1), False),
        (" as of 2026-01-01", date(2021, 1, 1), False),  # who writes it means that day
    ],
)
def test_it_is_told_that_a_text_binds_nobody_on_the_day_asked_about(
    folder: Path, of_case: str, day: date, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "near.cbm").write_text(
        "instrument near uses encounters between CN, JP in force 2020-01-01 until 2025-01-01\n"
        "clause 1 a warship must call\n"
        f'cases "x" for near\ncase "a warship"{of_case}\ngiven own.craft is warship\nexpect no conflict\n'
    )
    note = "near binds nobody on 2026-01-01: from 2025-01-01 on it no longer binds, and asked about is 2026-01-01"
    report = cbm.test([folder / "near.cbm"], as_of=day)
    assert report.exit is Exit.FINE
    assert report.notes == ((note,) if told else ())
    assert json.loads(SUITE_RENDERERS["json"](report, False))["notes"] == list(report.notes)
    main(["test", str(folder / "near.cbm"), "--as-of", str(day)])
    assert (f"note: {note}" in " ".join(capsys.readouterr().out.split())) is told


@pytest.mark.usefixtures("folder")
def test_undecided_is_neither_passed_nor_failed() -> None:
    report = cbm.test(["suite.cbm"], keywords="by 1", budget=cbm.Budget(steps=1))
    assert [str(one.outcome) for one in report.results] == ["undecided"]
    assert report.results[0].reasons
    assert report.exit is Exit.UNDECIDED


@pytest.mark.usefixtures("folder")
def test_what_binds_in_a_case_is_undecided_where_the_text_has_a_question_without_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another question than its own: what it is about may decide whether a clause binds."""
    elsewhere = Label(Span(Source("code.cbm", "clause 1 a warship must call\n"), 0, 8))
    open_ = Finding(RuleId.UNDECIDED, Severity.ERROR, "undecided: whether clause 1 can be kept", elsewhere)

    def with_open(
        tested: suite_results.Tested, told: Report, several: Iterable[Announced]
    ) -> Iterator[ExpectationResult]:
        return suite_results.results(tested, replace(told, findings=(*told.findings, open_)), several)

    monkeypatch.setattr("cbm.questions.testing.results", with_open)
    report = cbm.test(["suite.cbm"], keywords="by 1")
    assert [(str(one.outcome), one.reasons) for one in report.results] == [
        ("undecided", ("a question that it rests on has no answer", open_.message))
    ]


@pytest.mark.usefixtures("folder")
def test_no_test_is_no_success() -> None:
    for path, keywords, words in (
        ("code.cbm", "", "there is nothing to test"),
        ("suite.cbm", "submarine", "none of 5 expectations has `submarine` in its file"),
        ("nowhere.cbm", "", "nowhere.cbm does not exist"),
    ):
        with pytest.raises(Misuse, match=words):
            cbm.test([path], keywords=keywords)


@pytest.mark.usefixtures("folder")
def test_a_run_that_is_cancelled_says_nothing_of_what_it_did_not_ask() -> None:
    """Where it was before the text was understood, it was told that there is no such text, and failed."""
    cancel = Event()
    cancel.set()
    report = cbm.test(["suite.cbm"], cancel=cancel)
    assert {one.outcome for one in report.results} == {CaseOutcome.UNDECIDED}
    assert {one.reasons for one in report.results} == {("it was cancelled",)}
    assert report.exit is Exit.UNDECIDED


# ---- which clauses the cases exercise


@pytest.mark.usefixtures("folder")
def test_a_clause_is_exercised_where_it_binds_in_every_encounter_of_a_case() -> None:
    report = cbm.test(["suite.cbm"], clauses=True)
    assert report.clauses is not None
    assert [(c.clause, c.title, c.cases, c.partly) for c in report.clauses] == [
        ("1", "Calls", ("by night",), ("in distress",)),
        ("2", "Distance", ("by night",), ("in distress",)),
        ("3", "", ("in distress",), ("by night",)),
        ("4", "", (), ("by night", "in distress")),
        ("5", "", (), ("by night", "in distress")),
    ]
    assert (report.exercised, report.percentage) == (3, 60)


@pytest.mark.usefixtures("folder")
def test_percentages_are_rounded_down(folder: Path) -> None:
    (folder / "suite.cbm").write_text(
        'cases "Some" for code\ncase "a"\n  given own.craft is frigate and night and not own.distress\n'
        "  expect own must call\n"
    )
    report = cbm.test(["suite.cbm", "code.cbm"], fail_under=40)
    assert (report.percentage, report.exit) == (40, Exit.FINE)
    assert cbm.test(["suite.cbm"], fail_under=41).exit is Exit.FINDINGS


@pytest.mark.usefixtures("folder")
def test_too_few_clauses_are_a_failure_in_junit_as_well() -> None:
    """The run failed, and no case of the page did."""

    def case(fail_under: int | None) -> list[tuple[str, list[str]]]:
        page = SUITE_RENDERERS["junit"](cbm.test(["suite.cbm"], keywords="by 1", fail_under=fail_under), False)
        found = [one for suite in JUnitXml.fromstring(page.partition("\n")[2]) for one in suite]
        return [
            (one.name, [f"{type(r).__name__} {r.message}: {r.text}" for r in one.result])
            for one in found
            if "cl" in one.name
        ]

    enough = "enough clauses are exercised"
    assert case(61) == [(enough, ["Failure 2 of 5 clauses (40%), and 61% are asked for: code: 3\ncode: 4\ncode: 5"])]
    assert case(40) == [(enough, [])]
    assert case(None) == []


@pytest.mark.usefixtures("folder")
def test_a_text_without_cases_counts_where_clauses_are_asked_for(folder: Path) -> None:
    (folder / "more.cbm").write_text(CODE.replace("draft code", "draft more"))
    report = cbm.test(["suite.cbm", "more.cbm"], clauses=True)
    assert report.clauses is not None
    assert [c.cases for c in report.clauses if c.text == "more"] == [()] * 5


# ---- as a check finds it

EXAMPLES = Path(__file__).parents[1] / "checks" / "examples"
RULES = (RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED)


@pytest.mark.parametrize("name", ["expectation", "impossible", "never_reached", "open_terms_in_cases", "case_parties"])
def test_an_expectation_fails_where_a_check_finds_that_it_does_not_hold(name: str) -> None:
    """At every level, and undecided where the check leaves it so."""
    path = EXAMPLES / f"{name}.cbm"
    for level in ("error", "warning"):
        checked = cbm.run([path], select=RULES, fail_level=level)
        tested = cbm.test([path], fail_level=level)
        assert failing(tested) == {f.primary.span for f in checked.findings if checked.fails(f) and f.rule in RULES}
        assert not tested.errors


def failing(report: SuiteReport) -> set[Span]:
    return {one.place for one in report.results if one.outcome is CaseOutcome.FAILED}


@pytest.mark.usefixtures("folder")
def test_threads_and_processes_find_the_same() -> None:
    once = SUITE_RENDERERS["json"](cbm.test(["suite.cbm"], clauses=True), False)
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: _page(["suite.cbm"]), range(8)))
    assert set(pages) == {once}


def _page(paths: Sequence[str]) -> str:
    return SUITE_RENDERERS["json"](cbm.test(paths, clauses=True), False)


# ---- pages


@pytest.mark.usefixtures("folder")
def test_the_json_is_as_the_schema_says() -> None:
    shipped = Path(cbm.__file__).parent / "render" / "schema-test-1.json"
    page = json.loads(_page(["suite.cbm"]))
    Draft202012Validator(json.loads(shipped.read_text(encoding="utf-8"))).validate(page)
    assert (page["passed"], page["failed"], page["errors"], page["exit_code"]) == (3, 1, 1, 1)
    assert page["exercise"]["percentage"] == 60


@pytest.mark.usefixtures("folder")
def test_junit_is_read_back_with_a_case_for_each_expectation() -> None:
    document = JUnitXml.fromstring(SUITE_RENDERERS["junit"](cbm.test(["suite.cbm"]), False).encode())
    found = {case.name: tuple(map(type, case.result)) for suite in document for case in suite}
    assert list(found.values()) == [(), (Failure,), (), (), (Error,)]
    (failure,) = (case.result[0].text for suite in document for case in suite if case.name.endswith("whistle"))
    assert "expected: own must whistle\nfound: only clause 4 could bind it so, and not here\nfor example: " in failure


def test_exercised_sentences_are_counted_beside_their_clauses(folder: Path) -> None:
    text = (folder / "code.cbm").read_text(encoding="utf-8")
    (folder / "code.cbm").write_text(f"{text}clause 9 every unit must call; must whistle\n", encoding="utf-8")
    page = SUITE_RENDERERS["full"](cbm.test(["suite.cbm"], clauses=True), False)
    assert " of 7 sentences of 6 clauses\n" in page


def test_of_a_text_that_is_not_understood_no_share_of_its_clauses_is_told(folder: Path) -> None:
    (folder / "code.cbm").write_text(CODE.replace("must call", "must cal"), encoding="utf-8")
    page = SUITE_RENDERERS["full"](cbm.test(["suite.cbm"], clauses=True), False)
    assert "Which clauses the cases exercise:\n  no clause of the texts could be understood\n" in page
    assert "100%" not in page


@pytest.mark.usefixtures("folder")
def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "suite.cbm", "--clauses", "--fail-under", "61", "--junitxml", "report.xml"]) == Exit.FINDINGS
    page = capsys.readouterr().out
    assert page.startswith("failed: by night: expect own must whistle (code)\n")
    assert "  code: 3 of 5 clauses\n    1 “Calls”: by night\n" in page
    assert "    4: exercised by no case; in a part of the encounters of by night; in distress\n" in page
    assert "  3 of 5 clauses (60%), and 61% are asked for\n" in page
    assert page.endswith(
        "Tested 5 expectations in 3 cases: 3 passed, 1 failed, 1 could not be asked. Too few clauses are exercised.\n"
    )
    assert (folder / "report.xml").read_text().startswith("<?xml")
    assert main(["test", "suite.cbm", "-k", "night and not whistle", "-v"]) == Exit.FINE
    assert "  passed  by night: expect own must call by 1\n" in capsys.readouterr().out
    assert main(["test", "code.cbm"]) == Exit.MISUSE
    assert main(["test", "suite.cbm", "-k", "by 1", "--steps", "1"]) == Exit.UNDECIDED
    assert main(["test", "suite.cbm", "--fail-under", "50"]) == Exit.MISUSE


def test_what_a_stopped_run_left_open_is_counted_and_not_listed() -> None:
    source = Source("suite.cbm", "expect own must call\n")
    open_ = ExpectationResult(
        text="code",
        suite="s",
        case="c",
        words="expect own must call",
        place=Span(source, 0, 20),
        outcome=CaseOutcome.UNDECIDED,
        reasons=("its time was over",),
    )
    report = SuiteReport((open_,), stopped="its time was over")
    assert report.exit is Exit.UNDECIDED
    assert SUITE_RENDERERS["full"](report, False) == (
        "in suite.cbm: 0 of 1 expectation passed\n\n"
        "Tested 1 expectation in 1 case: 0 passed, 1 undecided. Stopped before the end: its time was over.\n"
    )
    assert SUITE_RENDERERS["full"](report, True).startswith("undecided: c: expect own must call (code)\n")


@pytest.mark.usefixtures("folder")
def test_no_line_of_a_page_begins_with_words_of_a_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "suite.cbm").write_text(CASES.replace('"by night"', '"::stop-commands::x"'))
    main(["test", "suite.cbm", "-v", "--clauses"])
    assert not [line for line in capsys.readouterr().out.splitlines() if line.strip().startswith("::")]


def test_what_does_not_hold_on_some_packages_is_counted_and_nothing_taken_is_to_be_given(folder: Path) -> None:
    draft = (
        "draft code\n  uses strait\n  between CN, JP\n"
        "clause 1 every unit must keep separation >= [CN: 500 m | JP: 900 m]\n"
        "[JP: clause 2 every unit must call | CN: delete]\n"
    )
    expected = (
        "own must call by 2",
        "never separation < 900 m",
        "possible separation = 600 m",
        "never separation < 500 m",
    )
    cases = 'cases for code\ncase "any"\ngiven night\n' + "".join(f"expect {words}\n" for words in expected)
    path = folder / "code.cbm"
    path.write_text(f"{STRAIT}{draft}{cases}", encoding="utf-8")
    report = cbm.test([path])
    assert [result.outcome for result in report.results] == [CaseOutcome.PASSED] * 4
    assert (len(report.lacking), report.let_pass) == (3, 0)
    remedies = [words for result in report.results for finding in result.findings for words in finding.remedies]
    assert not any("add that to what is given" in words for words in remedies)
