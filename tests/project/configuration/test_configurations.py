"""What holds for each text is found above it, applied, and never in silence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit, Misuse, RuleId, Severity
from cbm.pipeline import run
from cbm.project import configuration
from cbm.project.configuration.configurations import from_file, isolated, nearest
from cbm.project.configuration.settings import Configuration
from cbm.render import RENDERERS
from cbm.render.columns import width
from cbm.report import Hidden
from tests.project.configuration.project import CODE, found, settle, told


def test_the_nearest_file_counts_and_takes_nothing_over(project: Path) -> None:
    settle('ignore = ["gap"]\nfail-level = "note"')
    settle('ignore = ["seam"]', "drafts/cbm.toml")
    settle("[tool.other]\nx = 1", "drafts/deeper/pyproject.toml")  # says nothing to cbm
    of = nearest().of
    assert of(Path("gone.cbm")).ignore == {RuleId.GAP}
    assert of(project / "drafts" / "code.cbm").ignore == of(Path("drafts/deeper")).ignore == {RuleId.SEAM}
    assert of(Path("drafts")).fail_level is None
    assert isolated().of(Path("drafts")) == Configuration()


def test_one_file_can_be_taken_for_all(project: Path) -> None:
    settle('ignore = ["seam"]', "drafts/cbm.toml")
    settle('exclude = ["drafts/old"]', "ci/strict.toml")
    chosen = from_file(Path("ci/strict.toml")).of(Path("drafts"))
    assert chosen.ignore == frozenset()
    assert chosen.leaves_out(project / "drafts" / "old" / "a.cbm")  # patterns are relative to the working folder
    with pytest.raises(Misuse, match=r"^gone\.toml does not exist$"):
        from_file(Path("gone.toml"))
    settle("", "pyproject.toml")
    with pytest.raises(Misuse, match=r"pyproject\.toml has no table \[tool\.cbm\]"):
        from_file(Path("pyproject.toml"))


def test_nothing_counts_in_the_library_unless_that_is_asked(project: Path) -> None:
    settle('exclude = ["drafts"]\nignore = ["conflict", "redundancy"]')
    plain = run([project])
    assert told(plain) == [("conflict", "error"), ("redundancy", "warning")]
    assert plain.hidden == Hidden()
    assert configuration.nearest is nearest  # programs say that it is


@pytest.mark.parametrize(
    ("text", "options"),
    [('select = ["gap"]\nignore = ["gap"]', ()), ('select = ["gap"]', ("--ignore", "gap"))],
)
def test_where_nothing_would_be_asked_nothing_looks_fine(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, options: tuple[str, ...]
) -> None:
    settle(text)
    assert main(["check", str(project), *options]) == Exit.MISUSE
    told = capsys.readouterr().err
    assert "cbm.toml: all that is selected is ignored as well (`gap`): nothing would be asked" in told


@pytest.mark.parametrize("command", ["check", "test", "export"])
def test_of_two_suites_none_is_passed_over(capsys: pytest.CaptureFixture[str], command: str) -> None:
    settle('[suites.a]\npaths = ["drafts"]\n[suites.b]\npaths = ["drafts"]\nselect = ["gap"]')
    further = ("--smt2", "out") if command == "export" else ()
    assert main([command, "--suite", "a", "--suite", "b", *further]) == Exit.MISUSE
    assert "'--suite': only one can be named, and these are 2" in capsys.readouterr().err


def test_days_that_are_named_one_by_one_are_all_asked_about(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(project), "--as-of", "2019-10-01", "--as-of", "2020-10-01"])
    assert "as of 2019-10-01,2020-10-01" in capsys.readouterr().out
    assert main(["export", str(project), "--smt2", "out", *["--as-of", "2019-10-01"] * 2]) == Exit.MISUSE


def test_what_is_ignored_or_less_grave_is_said() -> None:
    settle('[severity]\nconflict = "note"\n[per-file-ignores]\n"drafts/*" = ["redundancy"]')
    report = found()
    assert told(report) == [("conflict", "note")]
    assert report.exit is Exit.FINE
    expected = Hidden(("cbm.toml",), (), ((RuleId.REDUNDANCY, 1),), ((RuleId.CONFLICT, Severity.NOTE, 1),))
    assert report.hidden == expected
    page = RENDERERS["concise"](report)
    assert page.endswith(" By cbm.toml: 1 `redundancy` not told, 1 `conflict` told as note.\n")
    hidden = json.loads(RENDERERS["json"](report))["configuration"]
    assert hidden == {
        "files": ["cbm.toml"],
        "excluded": [],
        "hidden": [
            {"rule": "redundancy", "count": 1, "told_as": None},
            {"rule": "conflict", "count": 1, "told_as": "note"},
        ],
        "baseline": None,
        "known": 0,
        "stale": [],
        "graver": [],
        "known_of": [],
        "idle": [],
    }


def test_each_text_is_told_as_the_file_next_to_it_wants_it() -> None:
    settle('ignore = ["redundancy"]')
    settle('ignore = ["conflict"]\n[severity]\nredundancy = "error"', "other/cbm.toml")
    settle(CODE.replace("draft code", "draft other"), "other/other.cbm")
    report = found()
    assert [(f.rule, f.severity, f.primary.span.source.name) for f in report.findings] == [
        ("conflict", "error", "drafts/code.cbm"),
        ("redundancy", "error", "other/other.cbm"),
    ]
    assert report.hidden.by == ("cbm.toml", "other/cbm.toml")
    assert report.hidden.findings == ((RuleId.CONFLICT, 1), (RuleId.REDUNDANCY, 1))


def test_what_holds_for_the_whole_run_must_agree() -> None:
    settle('as-of = 2019-10-01\nfail-level = "warning"', "drafts/cbm.toml")
    settle("as-of = 2020-10-01", "other/cbm.toml")
    settle(CODE.replace("draft code", "draft other"), "other/other.cbm")
    assert (found("drafts").as_of, found("drafts").fail_level) == ("2019-10-01", Severity.WARNING)
    with pytest.raises(Misuse, match=r"drafts/cbm\.toml says 2019-10-01 and other/cbm\.toml says 2020-10-01: check"):
        found()
    given = run(["."], as_of=date(2021, 1, 1), fail_level="note", configurations=nearest())
    assert (given.as_of, given.fail_level) == ("2021-01-01", Severity.NOTE)


def test_the_command_line_prevails() -> None:
    settle('select = ["gap"]\nignore = ["conflict"]\nfail-level = "note"')
    assert told(found()) == []
    chosen = run(["drafts"], select=["conflict", "redundancy"], ignore=["redundancy"], configurations=nearest())
    assert told(chosen) == [("conflict", "error")]
    settle('ignore = ["conflict"]')
    assert told(run(["drafts"], ignore=["redundancy"], configurations=nearest())) == []


def test_excluded_files_are_passed_over_unless_they_are_named_and_that_is_said() -> None:
    settle(CODE.replace("draft code", "draft old"), "drafts/old/old.cbm")
    settle(CODE.replace("draft code", "draft bought"), "node_modules/bought/bought.cbm")
    settle(CODE.replace("draft code", "draft built"), "env/lib/built.cbm")
    settle("", "env/pyvenv.cfg")
    settle('exclude = ["old"]')
    report = found()
    assert report.hidden.excluded == ("drafts/old/", "env/", "node_modules/")
    assert {finding.primary.span.source.name for finding in report.findings} == {"drafts/code.cbm"}
    assert found("drafts/old/old.cbm", "node_modules").hidden.excluded == ()
    settle('include = ["drafts/old"]')
    assert found().hidden.excluded == ("drafts/code.cbm", "env/", "node_modules/")
    settle('exclude = ["drafts"]')
    with pytest.raises(
        Misuse, match=r"holds no file that ends in \.cbm or \.cbm\.md but for what is excluded: drafts/"
    ):
        found()


def test_what_is_changed_is_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    settle('ignore = ["conflict"]\n[severity]\nredundancy = "note"')
    main(["check", "--repairs", "drafts", "--output-format", "json"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["severity"], bool(finding["fixes"])) == ("redundancy", "note", True)


def test_a_language_is_chosen_by_the_command_line_then_the_file_then_the_texts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def told(*arguments: str) -> str:
        assert main(["check", "drafts", *arguments]) == Exit.FINDINGS
        return capsys.readouterr().out

    assert "Checked" in told()
    settle('lang = "ja"', "drafts/cbm.toml")
    japanese = told()
    assert "検査" in japanese
    assert told("--isolated") == told("--lang", "en") != japanese
    assert told("--lang", "zh") not in (japanese, told("--lang", "en"))
    settle('lang = "zh"')
    assert told() == japanese  # the nearest file counts
    assert told("--config", "cbm.toml") == told("--lang", "zh")
    assert main(["config", "--help"]) == Exit.FINE
    assert "用法：" in capsys.readouterr().out
    assert main(["config", "show", "drafts"]) == Exit.FINE
    page = capsys.readouterr().out
    assert 'lang = "ja"' in page
    assert len({width(line.rpartition("  # ")[0]) for line in page.splitlines() if "  # " in line}) == 1


def test_a_file_and_none_is_too_much(capsys: pytest.CaptureFixture[str]) -> None:
    settle("garbage")
    assert main(["check", "drafts", "--isolated", "--output-format", "concise"]) == Exit.FINDINGS
    assert main(["check", "drafts", "--isolated", "--config", "cbm.toml"]) == Exit.MISUSE
    assert "--config names a file, and --isolated lets none count: choose one" in capsys.readouterr().err


def test_a_baseline_stands_below_the_folder_of_the_file_that_names_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    settle('baseline = "kept/known.json"', "drafts/cbm.toml")
    Path("drafts", "kept").mkdir()
    asked = ("check", "--no-cache", "-j", "1", "--select", "conflict,redundancy")
    assert main([*asked, "drafts", "--write-baseline", "drafts/kept/known.json"]) == Exit.FINDINGS
    capsysbinary.readouterr()
    monkeypatch.chdir(project / "drafts" / "kept")
    assert main([*asked, "../code.cbm"]) == Exit.FINE
    assert b"known.json" in capsysbinary.readouterr().out
    assert main([*asked, "--isolated", "../code.cbm"]) == Exit.FINDINGS
