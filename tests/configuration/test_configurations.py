"""What a project settles in its files: found above each text, understood or refused, applied, and never in silence."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.configuration.configurations import Configuration, Configurations, described, from_file, isolated, nearest
from cbm.finding import Exit, Hidden, Misuse, Report, RuleId, Severity
from cbm.pipeline import run
from cbm.render import RENDERERS
from cbm.render.columns import width
from cbm.translation.speech import Language, speaking

CODE = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
clause 2 a warship must aim_weapons
clause 3 every unit must not lase
clause 4 a warship must not lase
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a draft in which a conflict and a redundancy are found."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "code.cbm").write_text(CODE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settle(text: str, where: str = "cbm.toml") -> None:
    Path(where).parent.mkdir(parents=True, exist_ok=True)
    Path(where).write_text(text, encoding="utf-8")


def found(*paths: str, configurations: Configurations | None = None) -> Report:
    chosen = nearest() if configurations is None else configurations
    return run(paths or ["."], select=(), configurations=chosen)


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in report.findings]


def test_the_nearest_file_counts_and_takes_nothing_over(project: Path) -> None:
    settle('ignore = ["gap"]\nfail-level = "note"')
    settle('ignore = ["seam"]', "drafts/cbm.toml")
    settle("[tool.other]\nx = 1", "drafts/deeper/pyproject.toml")  # says nothing to cbm
    of = nearest().of
    assert of(Path("gone.cbm")).ignore == {RuleId.GAP}
    assert of(project / "drafts" / "code.cbm").ignore == of(Path("drafts/deeper")).ignore == {RuleId.SEAM}
    assert of(Path("drafts")).fail_level is None
    assert isolated().of(Path("drafts")) == Configuration()


def test_a_file_of_its_own_counts_before_the_shared_one(project: Path) -> None:
    settle('[tool.cbm]\nignore = ["gap"]', "pyproject.toml")
    assert nearest().of(project).ignore == {RuleId.GAP}
    settle("")
    assert nearest().of(project).ignore == frozenset()


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("£ garbage", "cbm.toml:1:1: this is no TOML: invalid statement"),
        ('\nexlude = ["a"]', "cbm.toml:2: unknown key `exlude`; did you mean `exclude`?"),
        ("as_of = 2019-10-01", "cbm.toml:1: unknown key `as_of`; did you mean `as-of`?"),
        ("[owners]", "cbm.toml:1: unknown key `owners`; known are `include`, `exclude`, `as-of`, "),
        ('exclude = "old"', 'cbm.toml:1: `exclude` is a list: write ["old"]'),
        ("include = [1]", "cbm.toml:1: `include` is a list of texts, such as "),
        ("include = true", 'cbm.toml:1: `include` is a list, such as ["drafts", "*.cbm.md"], and not `true`'),
        ('ignore = [\n  "seam",\n  "gpa",\n]', "cbm.toml:3: unknown rule `gpa`; did you mean `gap`?"),
        ('ignore = ["syntax"]', "cbm.toml:1: `syntax` is always told: without it a text would look fine that was not"),
        ('as-of = "soon"', "cbm.toml:1: `as-of` is a date, such as 2019-10-01, and not `soon`"),
        ("as-of = 2019-10-01T10:00:00", "cbm.toml:1: `as-of` is a day without a time of day: write 2019-10-01"),
        ('fail-level = "warn"', "cbm.toml:1: `fail-level` cannot be `warn`; did you mean `warning`?"),
        ('lang = "fr"', "cbm.toml:1: `lang` cannot be `fr`; it is one of `en`, `zh`, `ja`"),
        ("fail-level = 3", "cbm.toml:1: `fail-level` cannot be `3`; it is one of `error`, `warning`, `note`"),
        ('severity = "note"', "cbm.toml:1: `severity` is a table: write [severity], and below it lines such as"),
        ('[severity]\n\ngap = "grave"', "cbm.toml:3: `gap` cannot be `grave`; it is one of `error`, `warning`, `note`"),
        ('[severity]\nundecided = "note"', "cbm.toml:2: `undecided` keeps its severity: "),
        ('[per-file-ignores]\n"a/*" = "gap"', 'cbm.toml:2: `a/*` is a list: write ["gap"]'),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_line(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    settle(text)
    assert main(["check", str(project)]) == Exit.MISUSE
    assert f"Error: {message}" in capsys.readouterr().err


def test_all_that_is_wrong_is_told_at_once_at_the_lines_of_the_shared_file(project: Path) -> None:
    settle('[project]\nname = "x"\n\n[tool.cbm]\nslect = []\nas-of = 3\n', "pyproject.toml")
    with pytest.raises(Misuse, match=r"(?s)^pyproject\.toml:5: .*`select`\?\npyproject\.toml:6: .*not `3`$"):
        nearest().of(project)
    settle("[tool]\ncbm = 1", "pyproject.toml")
    with pytest.raises(Misuse, match=r"^pyproject\.toml:2: `tool\.cbm` is a table: write \[tool\.cbm\]$"):
        nearest().of(project)


def test_what_is_no_file_is_refused(project: Path) -> None:
    Path("cbm.toml").symlink_to("gone")
    with pytest.raises(Misuse, match=r"^cbm\.toml is no plain file$"):
        nearest().of(project)
    Path("cbm.toml").unlink()
    Path("cbm.toml").write_bytes(b"\xff")
    with pytest.raises(Misuse, match=r"^cbm\.toml is not UTF-8 text \(byte 0\): save it as UTF-8$"):
        nearest().of(project)


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("old", "drafts/old/a.cbm", True),
        ("old", "drafts/older/a.cbm", False),
        ("*.cbm.md", "drafts/a.cbm.md", True),
        ("drafts/old", "drafts/old/deep/a.cbm", True),
        ("drafts/old", "more/drafts/old/a.cbm", False),
        ("./drafts/*.cbm", "drafts/a.cbm", True),
        ("drafts/*.cbm", "drafts/old/a.cbm", False),
        ("drafts/**/a.cbm", "drafts/a.cbm", True),
        ("drafts/**/a.cbm", "drafts/x/y/a.cbm", True),
        ("/old", "drafts/old/a.cbm", False),
        ("old/", "drafts/old/a.cbm", True),
        ("a.cbm", "../a.cbm", False),  # outside the folder of the file
    ],
)
def test_patterns_are_for_names_anywhere_or_for_paths_from_the_file_on(
    tmp_path: Path, pattern: str, path: str, meant: bool
) -> None:
    configuration = Configuration(folder=str(tmp_path), exclude=(pattern,))
    assert configuration.leaves_out(tmp_path / path) is meant


def test_nothing_counts_in_the_library_unless_that_is_asked(project: Path) -> None:
    settle('exclude = ["drafts"]\nignore = ["conflict", "redundancy"]')
    plain = run([project])
    assert told(plain) == [("conflict", "error"), ("redundancy", "warning")]
    assert plain.hidden == Hidden()


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


def test_what_holds_is_shown_with_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    settle('as-of = 2019-10-01\n\n[severity]\ngap = "note"\n[per-file-ignores]\n"a b/*" = ["seam", "gap"]')
    assert main(["config", "show", "drafts"]) == Exit.FINE
    page = capsys.readouterr().out
    assert [line.split("  # ")[0].rstrip() for line in page.splitlines() if "cbm.toml" in line] == [
        "as-of = 2019-10-01",
        "[severity]",
        'gap = "note"',
        "[per-file-ignores]",
        '"a b/*" = ["gap", "seam"]',
    ]
    assert [line.split("cbm.toml:")[1] for line in page.splitlines() if "cbm.toml:" in line] == list("13456")
    settle(page)
    assert main(["config", "show"]) == Exit.FINE  # what is shown can be a file again
    assert main(["config", "show", "gone"]) == Exit.MISUSE
    capsys.readouterr()
    assert main(["config", "show", "--isolated"]) == Exit.FINE
    assert "cbm.toml" not in capsys.readouterr().out
    assert tomllib.loads(described(Configuration()))["fail-level"] == "error"


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
    assert len({width(line.rpartition("  # ")[0]) for line in page.splitlines()}) == 1


def test_a_file_and_none_is_too_much(capsys: pytest.CaptureFixture[str]) -> None:
    settle("garbage")
    assert main(["check", "drafts", "--isolated", "--output-format", "concise"]) == Exit.FINDINGS
    assert main(["check", "drafts", "--isolated", "--config", "cbm.toml"]) == Exit.MISUSE
    assert "--config names a file, and --isolated lets none count: choose one" in capsys.readouterr().err


SUITES = """\
[suites.weapons]
paths = ["code.cbm"]
as-of = 2030-05-06
select = ["conflict"]

[suites."all of it"]
paths = ["."]
fail-level = "note"
"""


def test_a_suite_says_what_is_checked_together(capsys: pytest.CaptureFixture[str]) -> None:
    settle(SUITES, "drafts/cbm.toml")
    assert main(["check", "--suite", "weapons", "--config", "drafts/cbm.toml"]) == Exit.MISUSE  # code.cbm is not here
    assert "code.cbm does not exist" in capsys.readouterr().err
    settle(SUITES.replace("code.cbm", "drafts/code.cbm"))
    assert main(["check", "--suite", "weapons", "--output-format", "json"]) == Exit.FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert ({finding["rule"] for finding in report["findings"]}, report["as_of"]) == ({"conflict"}, "2030-05-06")
    assert main(["check", "--suite", "weapons", "--select", "gap", "--as-of", "2031-01-01"]) == Exit.FINE
    assert "as of 2031-01-01" in capsys.readouterr().out
    assert main(["check", "--suite", "all of it", "--select", "redundancy"]) == Exit.FINDINGS
    assert main(["test", "--suite", "weapons"]) == Exit.MISUSE  # it has no cases
    assert "case" in capsys.readouterr().err


def test_paths_of_a_suite_begin_at_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(SUITES, "drafts/cbm.toml")
    Path("drafts/deeper").mkdir()
    monkeypatch.chdir("drafts/deeper")
    assert main(["check", "--suite", "weapons", "--output-format", "concise"]) == Exit.FINDINGS
    assert "\n../code.cbm:" in "\n" + capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SUITES, "cbm.toml names no suite `weapon`; did you mean `weapons`?"),
        ("", "cbm.toml names no suites: write [suites.weapon] with `paths = [...]` in cbm.toml"),
        ("[suites.weapon]\n", "cbm.toml:1: the suite `weapon` has no `paths`"),
        (
            '[suites.weapon]\npath = ["a"]\n',
            "cbm.toml:2: unknown key `path` of the suite `weapon`; did you mean `paths`?",
        ),
        ('[suites.weapon]\npaths = "a"\n', 'cbm.toml:2: `paths` is a list: write ["a"]'),
        ("suites = 7\n", "cbm.toml:1: `suites` is a table"),
    ],
)
def test_a_suite_that_cannot_be_meant_is_refused(text: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    settle(text)
    assert main(["check", "--suite", "weapon"]) == Exit.MISUSE
    assert problem in capsys.readouterr().err


def test_a_suite_stands_in_place_of_paths(capsys: pytest.CaptureFixture[str]) -> None:
    settle(SUITES)
    assert main(["check", "drafts", "--suite", "weapons"]) == Exit.MISUSE
    assert "leave PATH out, or --suite" in capsys.readouterr().err
    assert main(["check"]) == Exit.MISUSE
    assert "Missing argument 'PATH...'." in capsys.readouterr().err


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


@pytest.mark.parametrize("value", ["3", '""', '["known.json"]'])
def test_a_baseline_is_the_name_of_a_file(value: str) -> None:
    settle(f"baseline = {value}")
    with pytest.raises(Misuse, match=r'`baseline` is the name of a file, such as "known.json"'):
        found("drafts")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", 'cbm.toml:1: `select`是列表：写成["gap"]\ncbm.toml:2: 未知的键`ignroe`；您是指`ignore`吗？'),
        ("ja", 'cbm.toml:1: `select`は一覧である：["gap"]と書く\ncbm.toml:2: 未知のキー`ignroe`；`ignore`のことか？'),
    ],
)
def test_what_is_wrong_is_told_in_the_language_of_the_reader(language: Language, words: str) -> None:
    settle('select = "gap"\nignroe = []')
    with speaking(language), pytest.raises(Misuse) as refused:
        nearest().of(Path("drafts"))
    assert str(refused.value) == words
