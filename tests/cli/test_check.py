"""`cbm check`: what it passes on, what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from unittest.mock import ANY

import pytest

from cbm.cli.parameters import FORMATS
from cbm.finding import Exit, Misuse, Severity
from cbm.records import replace
from cbm.render import COLORED, RENDERERS
from cbm.render.summary import summary
from cbm.report import Report, Unread
from tests.cli.conftest import CommandLine
from tests.render.sample import CONFLICT, REDUNDANCY, REPORT, UNDECIDED


def test_by_default_everything_is_asked_and_the_full_page_printed(cbm: CommandLine) -> None:
    cbm("check", "drafts", "a.cbm")
    nothing: frozenset[str] = frozenset()
    options = {
        "as_of": None,
        "select": nothing,
        "ignore": nothing,
        "fail_level": None,
        "configurations": ANY,
        "jobs": 1,
        "progress": None,
        "take": (),
        "text_of": None,
        "as_status": None,
        "unsaved": None,
        "cache": ANY,
    }
    assert cbm.calls == [((Path("drafts"), Path("a.cbm")), options)]
    assert (cbm.out, cbm.err) == (RENDERERS["full"](REPORT), "")


def test_options_are_passed_on(cbm: CommandLine) -> None:
    cbm(
        *("check", "x", "--as-of", "2019-10-01", "--select", "conflict,redundancy", "--select", " conflict"),
        *("--ignore", "redundancy", "--fail-level", "note", "-j", "4"),
    )
    assert cbm.calls[0][1] == {
        "as_of": date(2019, 10, 1),
        "select": frozenset({"conflict", "redundancy"}),
        "ignore": frozenset({"redundancy"}),
        "fail_level": "note",
        "configurations": ANY,
        "jobs": 4,
        "progress": None,
        "take": (),
        "text_of": None,
        "as_status": None,
        "unsaved": None,
        "cache": ANY,
    }


def test_what_is_found_need_not_make_a_run_fail(cbm: CommandLine) -> None:
    assert cbm("check", "x", "--exit-zero", "--output-format", "json") == Exit.UNDECIDED  # that still counts
    assert json.loads(cbm.out)["exit_code"] == Exit.UNDECIDED
    cbm.outcome = Report((CONFLICT,))
    assert cbm("check", "x", "--exit-zero") == Exit.FINE
    assert "1 error." in cbm.out
    cbm.outcome = Report((CONFLICT,), unread=(Unread("a.cbm", "is no plain file"),))
    assert cbm("check", "x", "--exit-zero") == Exit.MISUSE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x.cbm", "--coverage"), "ask for it with `-o html:FILE`"),
        (("x.cbm", "y.cbm", "--coverage", "-o", "html:page.html"), "name its file"),
        ((".", "--coverage", "-o", "html:page.html"), "name its file"),
        (("x.cbm", "--coverage", "-o", "html:page.html", "--as", "status", "treaty"), "as its file has it"),
    ],
)
def test_maps_are_asked_for_with_a_page_of_one_text(cbm: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert cbm("check", *words) == Exit.MISUSE
    assert said in cbm.err


def test_a_long_page_is_told_in_full_where_all_is_wanted(cbm: CommandLine) -> None:
    notes = (replace(CONFLICT, severity=Severity.NOTE, message=f"note {number}") for number in range(20))
    cbm.outcome = Report(tuple(notes))
    cbm("check", "x", "-o", "markdown:brief.md")
    brief = cbm.out
    cbm("check", "x", "--all", "-o", "markdown:all.md")
    assert cbm.out == RENDERERS["full"](replace(cbm.outcome, everything=True)) != brief
    assert len(cbm.out) > 5 * len(brief)
    assert len(Path("all.md").read_text(encoding="utf-8")) > 5 * len(Path("brief.md").read_text(encoding="utf-8"))


def test_findings_alone_are_printed_where_nothing_else_is_wanted(cbm: CommandLine) -> None:
    cbm.outcome = Report((CONFLICT,), background=("code leaves something open",))
    cbm("check", "x", "-q", "-o", "full:page.txt")
    whole = Path("page.txt").read_text(encoding="utf-8")
    assert whole == RENDERERS["full"](cbm.outcome)
    assert cbm.out in whole
    assert cbm("check", "x", "--quiet", "--output-format", "concise") == Exit.FINDINGS
    assert len(cbm.out.splitlines()) == 1
    cbm.outcome = Report((), unread=(Unread("a.cbm", "is no plain file"),))
    for name in ("full", "concise"):
        cbm("check", "x", "--quiet", "--output-format", name)
        assert cbm.out == "not read: a.cbm is no plain file\n"  # that is never fine
    cbm.outcome = Report(())
    assert (cbm("check", "x", "--quiet"), cbm.out) == (Exit.FINE, "")


def test_what_is_found_can_be_counted(cbm: CommandLine) -> None:
    cbm.outcome = Report((REDUNDANCY, *[CONFLICT] * 2, UNDECIDED))
    assert cbm("check", "x", "--statistics") == Exit.FINDINGS
    first, *others = cbm.out.splitlines()
    assert first == "2  error    conflict"
    assert [line.split() for line in others[:-1]] == [["1", "warning", "redundancy"], ["1", "warning", "undecided"]]
    assert others[-1] == summary(cbm.outcome)


@pytest.mark.parametrize(
    "options",
    [("--quiet", "--output-format", "json"), ("--statistics", "--output-format", "junit"), ("--statistics", "--fix")],
)
def test_what_people_read_is_no_machine_format_and_no_diff(cbm: CommandLine, options: tuple[str, ...]) -> None:
    assert cbm("check", "x", *options) == Exit.MISUSE
    assert f"{options[0]}" in cbm.err


def test_what_stands_behind_green_answers_is_printed_on_request(cbm: CommandLine) -> None:
    cbm("check", "x", "--explain-green", "-o", "full:page.txt", "-o", "json:report.json")
    assert cbm.out == RENDERERS["full"](replace(REPORT, explain_green=True)) != RENDERERS["full"](REPORT)
    assert Path("page.txt").read_text(encoding="utf-8") == cbm.out
    assert Path("report.json").read_text(encoding="utf-8") == RENDERERS["json"](REPORT)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report(()), Exit.FINE),
        (Report((REDUNDANCY,)), Exit.FINE),
        (Report((REDUNDANCY,), fail_level=Severity.WARNING), Exit.FINDINGS),
        (Report((CONFLICT, UNDECIDED)), Exit.FINDINGS),
        (Report((REDUNDANCY, UNDECIDED)), Exit.UNDECIDED),
    ],
)
def test_the_exit_code_is_the_one_of_the_report(cbm: CommandLine, report: Report, code: Exit) -> None:
    cbm.outcome = report
    assert cbm("check", "x") == code
    assert cbm.out


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_can_be_printed(cbm: CommandLine, name: str) -> None:
    assert cbm("check", "x", "--output-format", name) == Exit.FINDINGS
    assert cbm.out == RENDERERS[name](REPORT)


def test_the_formats_are_those_there_are_renderers_for() -> None:
    assert list(FORMATS) == list(RENDERERS)


def test_further_formats_go_to_files_as_utf8_with_lf(cbm: CommandLine) -> None:
    assert cbm("check", "x", "-o", "json:report.json", "-o", "full:报告.txt", "--color", "always") == Exit.FINDINGS
    assert Path("report.json").read_bytes() == RENDERERS["json"](REPORT).encode()
    assert Path("报告.txt").read_bytes() == RENDERERS["full"](REPORT).encode()
    assert cbm.out == COLORED["full"](REPORT)


def test_a_file_that_stands_there_is_replaced_and_nothing_else_left(cbm: CommandLine) -> None:
    Path("report.json").write_text("old and longer" * 1_000)
    cbm("check", "x", "-o", "json:report.json")
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["version"] == 1
    assert list(Path().iterdir()) == [Path("report.json")]


def test_a_link_is_written_through(cbm: CommandLine) -> None:
    Path("link").symlink_to("target")
    Path("target").touch()
    cbm("check", "x", "-o", "concise:link")
    assert Path("link").is_symlink()
    assert Path("target").read_text(encoding="utf-8") == RENDERERS["concise"](REPORT)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are of Unix")
def test_what_is_no_regular_file_is_written_to_and_not_replaced(cbm: CommandLine) -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert cbm("check", "x", "-o", "concise:pipe") == Exit.FINDINGS
    assert os.read(reader, 65_536).decode() == RENDERERS["concise"](REPORT)
    os.close(reader)
    assert Path("pipe").is_fifo()


@pytest.mark.parametrize("file", ["missing/report.json", "folder", "file/report.json"])
def test_where_one_file_cannot_be_written_none_is_and_nothing_is_printed(cbm: CommandLine, file: str) -> None:
    Path("folder").mkdir()
    Path("file").touch()
    Path("kept.json").write_text("old")
    assert cbm("check", "x", "-o", "json:kept.json", "-o", f"json:{file}") == Exit.MISUSE
    assert cbm.out == ""
    assert cbm.err.startswith(f"Error: cannot write `{file}`: ")
    assert len(cbm.err.splitlines()) == 1
    assert Path("kept.json").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["file", "folder", "kept.json"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "PATH..."),
        (["x", "--as-of", "1 October 2019"], "`1 October 2019` is not a date; write it like 2019-10-01"),
        (["x", "--as-of", "2019-02-30"], "`2019-02-30` is not a date"),
        (["x", "--select", "conflct"], "unknown rule `conflct`; did you mean `conflict`?"),
        (["x", "--ignore", "conflict,Redundancy"], "unknown rule `Redundancy`; did you mean `redundancy`?"),
        (
            ["x", "--ignore", "gap", "--ignore", "undecided"],
            "'--ignore': `undecided` is always told: without it a text",
        ),
        (["x", "--ignore", "zzz"], "unknown rule `zzz`; `cbm rules` lists them"),
        (["x", "--select", ""], "no rule is named"),
        (["x", "--select", ", ,"], "no rule is named"),
        (["x", "--fail-level", "fatal"], "fatal"),
        (["x", "--output-format", "jason"], "jason"),
        (["x", "-o", "report.json"], "`report.json` is not FORMAT:FILE, such as json:report.json"),
        (["x", "-o", "json:"], "`json:` is not FORMAT:FILE"),
        (["x", "-o", "jsn:a"], "unknown format `jsn`; did you mean `json`?"),
        (["x", "-o", "zzz:a"], "unknown format `zzz`; known are full, concise, json"),
        (["x", "-o", "json:a", "-o", "full:./a"], "`./a` is named twice"),
        (["x", "-o", "json:a", "--write-baseline", "./a"], "`a` is named twice"),
        (["x", "-o", "json:a", "--baseline", "a"], "`a` is named twice"),
        (["x", "-j", "0"], "-j"),
        (["x", "--colour", "always"], "--color"),
    ],
)
def test_misuse_is_told_before_anything_is_checked(cbm: CommandLine, arguments: list[str], words: str) -> None:
    assert cbm("check", *arguments) == Exit.MISUSE
    assert cbm.out == ""
    assert words in cbm.err
    assert cbm.calls == []


@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
def test_a_page_goes_to_another_place_than_what_is_printed(
    cbm: CommandLine, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """Two pages in one file are neither: programs could read none of them."""
    format_ = "sarif:" if option == "-o" else ""
    with Path("page.json").open("w") as printed:
        monkeypatch.setattr(sys, "stdout", printed)
        assert cbm("check", "x", "--output-format", "json", option, f"{format_}page.json") == Exit.MISUSE
        assert "what is printed goes to `page.json` already: name another file" in cbm.err
        assert cbm.calls == []
        cbm("check", "x", "--output-format", "json", option, f"{format_}other.json")
    assert json.loads(Path("page.json").read_text(encoding="utf-8"))["version"]
    with Path(os.devnull).open("w") as printed:
        monkeypatch.setattr(sys, "stdout", printed)
        assert cbm("check", "x", option, f"{format_}{os.devnull}") != Exit.MISUSE


def test_what_the_pipeline_cannot_do_is_told_in_its_sentence(cbm: CommandLine) -> None:
    cbm.outcome = Misuse("no specification was found in `drafts`")
    assert cbm("check", "drafts", "-o", "json:report.json") == Exit.MISUSE
    assert (cbm.out, cbm.err) == ("", "Error: no specification was found in `drafts`\n")
    assert not Path("report.json").exists()


@pytest.mark.parametrize("bug", [ValueError("two\nlines"), RecursionError("too deep"), OSError("disk"), KeyError("k")])
def test_a_bug_is_one_line_and_its_own_exit_code(cbm: CommandLine, bug: Exception) -> None:
    cbm.outcome = bug
    assert cbm("check", "x", "-o", "json:report.json") == Exit.INTERNAL
    assert cbm.out == ""
    assert cbm.err.startswith(f"Internal error of cbm: {type(bug).__name__}: ")
    assert "Please report it" in cbm.err
    assert len(cbm.err.splitlines()) == 1
    assert not Path("report.json").exists()


def test_the_trace_of_a_bug_is_shown_on_request(cbm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CBM_TRACEBACK", "1")
    cbm.outcome = ValueError("odd")
    assert cbm("check", "x") == Exit.INTERNAL
    assert "Traceback (most recent call last)" in cbm.err
    assert cbm.err.splitlines()[-1].startswith("Internal error of cbm: ValueError: odd")


def test_an_interrupt_is_no_bug(cbm: CommandLine) -> None:
    cbm.outcome = KeyboardInterrupt()
    assert cbm("check", "x") == 130
    assert (cbm.out, cbm.err.strip()) == ("", "")


@pytest.mark.parametrize(
    ("choice", "terminal", "environment", "colored"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_colours_are_for_terminals_and_for_who_asks(
    cbm: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    terminal: bool,
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    cbm("check", "x", "--color", choice)
    assert ("\x1b[" in cbm.out) == colored


def test_formats_for_programs_are_never_coloured(cbm: CommandLine) -> None:
    cbm("check", "x", "--output-format", "json", "--color", "always")
    assert cbm.out == RENDERERS["json"](REPORT)


def test_what_has_no_character_is_spelt_out(cbm: CommandLine) -> None:
    cbm.outcome = replace(REPORT, findings=(replace(CONFLICT, message="`\udcff` clashes"),))
    assert cbm("check", "x", "-o", "concise:page.txt") == Exit.FINDINGS
    assert "error[conflict]: `\\udcff` clashes" in cbm.out
    assert b"`\\udcff` clashes" in Path("page.txt").read_bytes()


def test_several_dates_are_asked_at_once_each_once_and_in_order(cbm: CommandLine) -> None:
    cbm("check", "x", "--as-of", "2019-10-01, 2018-01-01,2019-10-01")
    assert cbm.calls[-1][1]["as_of"] == (date(2018, 1, 1), date(2019, 10, 1))
    cbm("check", "x", "--as-of", "2019-10-01,2019-10-01")
    assert cbm.calls[-1][1]["as_of"] == date(2019, 10, 1)
    for option in ("--repairs", "--fix"):
        assert cbm("check", "x", "--as-of", "2019-10-01,2018-01-01", option) == Exit.MISUSE
        assert "--as-of names several dates" in cbm.err
