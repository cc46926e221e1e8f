"""cbm as a program calls it: names, texts in memory, dates, stopping, threads."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any, get_args
from unittest.mock import Mock

import pytest

import cbm
from cbm.checking import passes
from cbm.checking.passes import examine
from cbm.finding import Exit, Misuse
from cbm.pipeline import FEW
from cbm.render.any_page import Outcome as Renderable
from cbm.render.any_page import PageFormat, _formats
from cbm.report import Outcome
from cbm.search.kept_answers import are_kept

NEAR = """\
draft near "Near"
  uses encounters
  between CN, JP
  proposed 2019-10-01

clause 1 every unit must not lase
clause 2 every unit must keep separation >= 1,000 m
"""
FAR = NEAR + "clause 3 every unit must keep separation <= 500 m\n"


def only(text: str, **asked: Any) -> cbm.NormSystem:
    systems, findings = cbm.load_text(text, **asked)
    assert findings == ()
    (system,) = systems
    return system


# ---- names


def test_every_name_is_there_and_listed() -> None:
    assert {"load", "load_text", "check", "coverage", "test", "repairs", "export", "render", "RULES"} <= set(
        cbm.__all__
    )
    assert [name for name in cbm.__all__ if getattr(cbm, name, None) is None] == []
    assert set(cbm.__all__) <= set(dir(cbm))
    assert cbm.__version__ == "0.1.0"


def test_a_name_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'chek'; did you mean 'check'\?"):
        cbm.chek  # type: ignore[attr-defined]  # noqa: B018, that it cannot be read is the point
    assert not hasattr(cbm, "__wrapped__")


def test_a_function_is_no_folder_whatever_is_imported_before() -> None:
    script = (
        "import cbm, cbm.render.report.full, cbm.coverage.gaps, cbm.export.folder\n"
        "assert all(map(callable, (cbm.render, cbm.coverage, cbm.export)))\n"
        "from cbm.coverage import gaps\n"
        "from cbm import coverage\n"
        "assert coverage is cbm.coverage\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(cbm.__file__).parents[1])


def test_rules_bring_their_documentation() -> None:
    assert list(cbm.RULES) == list(cbm.RuleId)
    rule = cbm.RULES[cbm.RuleId.CONFLICT]
    assert "conflict" in rule.failing or rule.explanation
    assert cbm.load_text(rule.failing)[0]


# ---- texts in memory


def test_a_text_needs_no_file() -> None:
    report = cbm.check(only(FAR, name="notes/far.cbm"), select=["conflict"])
    (finding,) = report.findings
    assert (finding.clauses, finding.primary.span.source.name) == (("near:2", "near:3"), "notes/far.cbm")
    assert report.exit is Exit.FINDINGS


def test_it_reads_no_file_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.cbm").write_text("vocabulary mine uses encounters\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for uses, words in ("mine", "no vocabulary is called `mine`"), ('mine from "mine.cbm"', "stands in no file"):
        systems, findings = cbm.load_text(NEAR.replace("encounters", uses))
        assert systems == ()
        assert any(words in finding.message for finding in findings)


def test_what_is_wrong_with_it_is_a_finding_and_what_is_no_text_is_misuse() -> None:
    systems, findings = cbm.load_text("draft near clause must\0\x1b]0;x\n")
    assert systems == ()
    assert findings
    for text, words in ((b"draft", "`text` is a text"), ("\ud800", "half of one"), ("\n# nothing\n", "in this text")):
        with pytest.raises(Misuse, match=words):
            cbm.load_text(text)  # type: ignore[arg-type]  # one of them is none


# ---- what is asked


def test_what_is_wrong_with_a_vocabulary_that_no_text_uses_is_told(tmp_path: Path) -> None:
    words = 'vocabulary sea "Sea"\nparty CN\nparty JP\nsituation crossing\nroles own, other\neach party : partie\n'
    (tmp_path / "sea.cbm").write_text(words, encoding="utf-8")
    for systems, findings in (cbm.load_text(words), cbm.load([tmp_path / "sea.cbm"])):
        assert systems == ()
        assert [finding.message for finding in findings] == ["no kind or dimension is called `partie`"]
    assert cbm.load_text(words.replace("partie", "party")) == ((), ())


def test_another_date_is_asked_about_as_if_it_were_loaded_for_it() -> None:
    text = NEAR.replace("proposed 2019-10-01", "proposed 2019-10-01\n  in force 2020-01-01\n  until 2024-01-01")
    text = text.replace("draft", "instrument").replace("  proposed 2019-10-01\n", "  adopted 2019-10-01\n")
    system = only(text)
    for day in date(2019, 12, 1), date(2021, 1, 1), date(2025, 1, 1):
        page = cbm.render(cbm.check(system, as_of=day), "json")
        assert page == cbm.render(cbm.check(only(text, as_of=day)), "json")
        assert f'"as_of": "{day}"' in page
    assert cbm.check(system).as_of is None


def test_what_many_clauses_ask_is_told_again_without_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def seen(*given: Any, **named: Any) -> Outcome:
        told.append(are_kept())
        return examine(*given, **named)

    monkeypatch.setattr(passes, "examine", seen)
    clauses = [f"clause {n} every unit must aim_weapons\n" for n in range(1, FEW + 2)]
    for some in (clauses[:-1], clauses):
        cbm.check(only('draft code "A code"\n  uses encounters\n' + "".join(some)))
    assert told == [False, True]
    assert not are_kept()


def test_what_is_found_is_kept_in_a_folder(tmp_path: Path) -> None:
    system = only(FAR)
    cold = cbm.check(system, cache=tmp_path / "kept")
    assert any((tmp_path / "kept").iterdir())
    warm = cbm.check(system, cache=str(tmp_path / "kept"), budget=cbm.Budget())
    assert cbm.render(cold, "json") == cbm.render(warm, "json") == cbm.render(cbm.check(system), "json")


def test_progress_is_told_and_may_ask_questions_of_its_own() -> None:
    other = only(NEAR)
    alone = cbm.render(cbm.check(other), "json")
    heard: list[tuple[str, int, int]] = []
    pages: set[str] = set()

    def hear(doing: str, done: int, of: int) -> None:
        heard.append((doing, done, of))
        if len(pages) < 1:
            pages.add(cbm.render(cbm.check(other, progress=lambda *_: None), "json"))

    report = cbm.check(only(FAR), progress=hear)
    assert cbm.render(report, "json") == cbm.render(cbm.check(only(FAR)), "json")
    assert pages == {alone}
    assert heard
    assert all(0 <= done <= of for _, done, of in heard)


def test_a_run_that_is_cancelled_tells_what_it_knows() -> None:
    cancel, system = Event(), only(FAR)
    assert cbm.check(system, cancel=cancel).stopped == ""
    report = cbm.check(system, cancel=cancel, progress=lambda *_: cancel.set(), budget=cbm.Budget())
    assert (report.stopped, report.exit) == ("it was cancelled", Exit.UNDECIDED)
    assert report.undecided
    assert cbm.check(system).stopped == "", "it stopped this run, and no later one"
    with pytest.raises(Misuse, match=r"^`cancel` is an event, such as `threading\.Event\(\)`, and not True$"):
        cbm.check(system, cancel=True)  # type: ignore[arg-type]
    with pytest.raises(Misuse, match=r"^`cancel` is an event, such as `threading\.Event\(\)`, and not "):
        cbm.check(system, cancel=Event)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"progress": 3}, "`progress` is a function of three arguments"),
        ({"cache": 3}, "`cache` is one path"),
        ({"as_of": "2019-10-01"}, "`as_of` is a `date`: write as_of=date(2019, 10, 1)"),
        ({"select": "gap"}, "`select` is a list: write ['gap']"),
        ({"select": ["gapp"]}, "unknown rule `gapp`; did you mean `gap`?"),
        ({"budget": 3}, "`budget` is a `Budget`: write budget=Budget(seconds=3)"),
        ({"executor": object}, "`executor` is an executor of `concurrent.futures`"),
    ],
)
def test_what_is_no_such_argument_is_told(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(Misuse) as refused:
        cbm.check(only(NEAR), **asked)
    assert str(refused.value).startswith(words)


# ---- answers and pages


def test_type_checkers_know_the_formats_of_all_outcomes() -> None:
    outcomes: tuple[type, ...] = get_args(Renderable)
    known = {name for kind in outcomes for name in _formats(Mock(spec=kind))}
    assert set(get_args(PageFormat)) == known


def test_an_answer_becomes_a_page_in_each_of_its_formats(tmp_path: Path) -> None:
    report = cbm.check(only(FAR), select=["conflict"])
    assert cbm.render(report) == cbm.render(report, "full")
    assert "error[conflict]" in cbm.render(report)
    assert cbm.render(report, "html").startswith("<!DOCTYPE html>")
    with pytest.raises(Misuse, match=r"^`Report` has no format `htm`; did you mean `html`\?$"):
        cbm.render(report, "htm")  # type: ignore[arg-type]
    with pytest.raises(Misuse, match=r"^`render` takes a report, a map or another answer"):
        cbm.render("report")  # type: ignore[arg-type]
    (tmp_path / "far.cbm").write_text(FAR, encoding="utf-8")
    drawn = cbm.coverage(tmp_path / "far.cbm", topics=["lase"], by="own.craft")
    assert isinstance(drawn, cbm.CoverageMap)
    assert cbm.render(drawn, "csv").startswith("matter,bearer,own.craft")
    words = cbm.words("lase")
    assert cbm.render(words, "json").startswith("{")


def test_ways_out_and_questions_for_other_solvers(tmp_path: Path) -> None:
    (tmp_path / "far.cbm").write_text(FAR, encoding="utf-8")
    found = cbm.repairs([tmp_path / "far.cbm"], select=["conflict"])
    assert found.findings[0].fixes
    written = cbm.export([str(tmp_path / "far.cbm")], tmp_path / "out")
    assert isinstance(written, cbm.Certified)
    assert written.files == len(list((tmp_path / "out").glob("*.smt2"))) > 0
    with pytest.raises(Misuse, match=r"^cannot write into"):
        cbm.export([tmp_path / "far.cbm"], tmp_path / "out")


# ---- at the same time

SMALL = """\
vocabulary strait
party CN
party JP
situation encounter
roles own, other
each party : party
shared night : flag
act call, turn topic signals
draft code uses strait between CN, JP
clause 1 every unit must call
clause 2 every unit when night must """
TOLD = ("call", "not call", "turn", "not turn")


def test_threads_do_not_hear_each_other() -> None:
    """200 checks in 8 threads: each gets the bytes that it gets alone."""

    def page(number: int) -> str:
        system = only(f"{SMALL}{TOLD[number % len(TOLD)]}\n")
        return cbm.render(cbm.check(system, select=["conflict", "vacuity"]), "json")

    alone = [page(number) for number in range(len(TOLD))]
    with ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(page, range(200)))
    assert [number for number, found in enumerate(pages) if found != alone[number % len(TOLD)]] == []


def test_what_is_wrong_is_told_alike_by_loading_and_by_a_check(tmp_path: Path) -> None:
    """Where one clause could not be read, `load` told nothing of what is wrong in the others."""
    text = tmp_path / "near.cbm"
    text.write_text(
        "draft near uses encounters between CN, JP proposed 2019-10-01\n"
        "clause 1 a warship must stop lase\n"
        "clause 2 a warship mustn't jam\n"
        "clause 3 a warshipp must call\n",
        encoding="utf-8",
    )
    _, loaded = cbm.load([text])
    found = cbm.run([text]).findings
    assert [(one.message, one.remedies) for one in loaded] == [(one.message, one.remedies) for one in found]
    assert [one.primary.span.begin[0] for one in loaded] == [2, 3, 4]


BRACKETS = FAR.replace("<= 500 m", "<= [CN: 500 m | JP: 1,500 m]")


def test_what_is_so_on_some_packages_only_fails_where_that_is_asked(tmp_path: Path) -> None:
    draft = tmp_path / "near.cbm"
    draft.write_text(BRACKETS, encoding="utf-8")
    system = cbm.load([draft])[0][0]
    for ask in partial(cbm.run, [draft]), partial(cbm.check, system):
        told, strict = ask(select=["conflict"]), ask(select=["conflict"], any_package=True)
        assert (told.exit, strict.exit) == (Exit.FINE, Exit.FINDINGS)
        assert told.findings == strict.findings != ()


def test_a_package_is_checked_and_tested_as_it_is_asked_about_elsewhere(tmp_path: Path) -> None:
    draft = tmp_path / "near.cbm"
    case = (
        'cases "x" for near\ncase "y"\n  given own.craft is warship\n  expect other must keep separation >= 1,000 m\n'
    )
    draft.write_text(BRACKETS + case, encoding="utf-8")
    assert cbm.run([draft], select=["conflict"], take=["3=CN"]).exit is Exit.FINDINGS
    assert cbm.run([draft], select=["conflict"], text_of="JP").findings == ()
    with pytest.raises(Misuse, match="there is no choice `9` in near"):
        cbm.test([draft], take=["9=CN"])
    draft.write_text(FAR + case, encoding="utf-8")
    with pytest.raises(Misuse, match="nothing is open in these texts"):
        cbm.test([draft], take=["3=CN"])


def test_a_notebook_shows_whatever_a_question_is_answered_with(tmp_path: Path) -> None:
    """Those without a page of HTML showed thousands of characters of how they are made."""
    draft = tmp_path / "near.cbm"
    draft.write_text(NEAR, encoding="utf-8")
    compared = cbm.diff(draft, draft, findings=False)
    for answer in cbm.run([draft]), cbm.words("call"), cbm.example(draft, "1", near_miss=False), compared:
        shown: str = answer._repr_html_()
        assert shown.startswith(f'<iframe sandbox="" title="{type(answer).__name__}"')
        assert shown.count("<") == 2, "the page itself is quoted"
        assert cbm.render(answer).splitlines()[0].split()[0] in unescape(unescape(shown))


@pytest.mark.parametrize("form", [NEAR, NEAR.replace("\n", "\r\n"), "\ufeff" + NEAR])
def test_a_draft_is_mended_until_nothing_is_found(form: str, tmp_path: Path) -> None:
    draft = tmp_path / "near.cbm"
    clause = "clause 3 every unit must keep separation <= 500 m"
    draft.write_text(form + clause + ("\r\n" if "\r" in form else "\n"), encoding="utf-8", newline="")
    found = cbm.repairs([draft], select=["conflict"])
    while found.findings:
        fix = found.findings[0].fixes[0]
        text = draft.read_bytes().decode()
        again = cbm.Report.from_json(cbm.render(found, "json"))
        assert fix.applied(text) == fix.applied(text, found.sources[0]) == again.findings[0].fixes[0].applied(text)
        draft.write_text(fix.applied(text), encoding="utf-8", newline="")
        found = cbm.repairs([draft], select=["conflict"])
    assert clause in draft.read_bytes().decode(), "it was mended, and not written anew"


def test_a_change_is_made_in_the_text_in_which_it_was_found_alone(tmp_path: Path) -> None:
    draft = tmp_path / "near.cbm"
    draft.write_bytes(FAR.replace("\n", "\r\n").encode())
    fix = cbm.repairs([draft], select=["conflict"]).findings[0].fixes[0]
    assert isinstance(fix, cbm.Fix)
    others: list[Any] = [FAR, "\n" + draft.read_bytes().decode(), "", draft.read_bytes(), None]
    for text in others:
        with pytest.raises(Misuse) as refused:
            fix.applied(text)
        told = "this change was found in another text: hand over what was checked, with its line ends"
        assert str(refused.value) == told
    with pytest.raises(Misuse, match=r"^this change is not of `far.cbm`: it is of .*near.cbm`$"):
        fix.applied(draft.read_bytes().decode(), "far.cbm")
