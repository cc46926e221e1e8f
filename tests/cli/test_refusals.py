"""What is told of command lines that cannot be carried out, also in Chinese and Japanese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.translation import catalogue as catalogues
from cbm.translation.speech import Language, speaking, spoken

_REFUSED = [
    (["check", "--fox"], "No such option '--fox'. Did you mean '--fix'?"),
    (["check", "-x"], "No such option '-x'."),
    (["chek"], "No such command 'chek'. (Did you mean one of: 'check', 'schema'?)"),
    (["config", "shw"], "No such command 'shw'. Did you mean 'show'?"),
    (["--"], "Missing command."),
    (["judge", "a.csv"], "Missing option '--texts'."),
    (["judge", "--texts", "a"], "Missing argument 'TRACKS...'."),
    (["check"], "Missing argument 'PATH...'."),
    (["rules", "a", "b"], "Got unexpected extra arguments (a b)"),
    (["check", "--fix=3"], "Option '--fix' does not take a value."),
    (["judge", "--texts"], "Option '--texts' requires an argument."),
    (["check", "--as", "status"], "Option '--as' requires 2 arguments."),
    (["check", "--as", "state", "treaty"], "Invalid value for '--as': 'state' is not 'status'."),
    (["schema", "dif"], "is not one of 'report', 'coverage', 'diff'"),
    (["schema"], "Choose from: report, coverage, diff"),
    (["check", "--steps", "few"], "Invalid value for '--steps': 'few' is not a whole number from 1 on."),
    (["check", "--steps", "0"], "Invalid value for '--steps': '0' is not a whole number from 1 on."),
    (["serve", "--port", "99999"], "Invalid value for '--port': '99999' is not a whole number from 0 to 65535."),
    (["check", "--timeout", "0"], "Invalid value for '--timeout': '0' is not a number of seconds over 0."),
    (["check", "--timeout", "soon"], "Invalid value for '--timeout': 'soon' is not a number of seconds over 0."),
    (["check", "--timeout", "nan"], "Invalid value for '--timeout': 'nan' is not a number of seconds over 0."),
    (["test", "--clauses", "--fail-under", "75.5", "a"], "'75.5' is not a whole number from 0 to 100."),
    (
        ["check", "--as-of", "today", "a"],
        "Invalid value for '--as-of': `today` is not a date; write it like 2019-10-01",
    ),
    (["check", "--cache-dir", __file__, "a"], "Invalid value for '--cache-dir': Directory"),
    (["check", "--select", ",", "a"], "Invalid value for '--select': no rule is named"),
    # what a shell makes of a variable that is not set
    (["check", ""], "Invalid value for 'PATH...': no path is named"),
    (["fmt", ""], "Invalid value for 'PATH...': no path is named"),
    (["check", "--cache-dir", "", "a"], "Invalid value for '--cache-dir': no path is named"),
    (["check", "--write-baseline", "", "a"], "Invalid value for '--write-baseline': no path is named"),
    (["coverage", ""], "there is no file ``, and no text of the standard library is called so"),
    (["options", "a", "--write", "--delegation", "JP"], "--write prints the text of a package: leave --delegation,"),
    (["options", "a", "--write", "--private", "a", "--delegation", "JP"], "--write prints the text of a package:"),
    (["options", "a", "--write", "--output-format", "json"], "--write prints the text of a package:"),
    (["docx", "a.docx", "a.cbm.md", "--delegation", "Li Wei"], "`Li Wei` is not AUTHOR=PARTY, such as 'Li Wei=CN'"),
    (["compare", "a", "cues", "--as", "US"], "`US` is not THEIRS=OURS, such as US=JP"),
    (["compare", "a", "cues", "--as", "US=CN", "--as", "US=JP"], "Invalid value for '--as': `US` is named twice"),
    (["init", "a", "--list"], "--list writes nothing: leave DIR and --example out"),
    (["init", "--list", "--example", "a"], "--list writes nothing: leave DIR and --example out"),
    (["check", "--suite", "a", "--isolated"], "--isolated lets none count: choose one"),
    (["test", "--suite", "a", "--isolated"], "--isolated lets none count: choose one"),
    (["export", "--smt2", "dir", "--suite", "a", "--isolated"], "--isolated lets none count: choose one"),
    (["check", "-o", "json:-", "a"], "Invalid value for '-o': `-` is no file, and this is written to one"),
    (["check", "--fix", "--repairs", "a"], "--fix prints them as a diff: choose one"),
]
# English of a sentence: two words of small letters in a row, which no name of an option or a command is.
_ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize(("arguments", "words"), _REFUSED, ids=lambda one: " ".join(one) if one else "")
def test_a_mistake_is_told(arguments: list[str], words: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capfd.readouterr().err
    assert f"Error: {words}" in told or words in told


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("CBM_CACHE_DIR", __file__, f"Directory '{__file__}' is a file."),
        ("CBM_JOBS", "0", "'0' is not a whole number from 1 on."),
        ("CBM_JOBS", "x", "'x' is not a whole number from 1 on."),
        ("CBM_NO_CACHE", "perhaps", "'perhaps' is not a valid boolean."),
    ],
)
def test_a_mistake_in_a_variable_is_told_as_that(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)
    assert main(["check", "a"]) == 2
    assert f"Error: Invalid value for the environment variable '{variable}': {words}" in capfd.readouterr().err
    with speaking("ja"):
        main(["check", "a"])
    assert f"環境変数'{variable}'" in capfd.readouterr().err


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_mistakes_are_told_in_the_language(language: Language, capfd: pytest.CaptureFixture[str]) -> None:
    with speaking(language):
        for arguments, _ in _REFUSED:
            assert main(arguments) == 2
    for line in capfd.readouterr().err.splitlines():
        usage = line.startswith(("用法：", "使い方：")) or line.lstrip().startswith(("cards", "{"))
        said = re.sub(r"'[^']*'|`[^`]*`|（a b）", "", line)
        assert usage or not _ENGLISH.search(said), line


def test_what_is_wrong_is_told_in_chinese_and_japanese(capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fox", "--lang", "zh"])
    assert capfd.readouterr().err == (
        "用法：cbm check [OPTIONS] PATH...\n"
        "请用'cbm check --help'查看帮助。\n\n"
        "错误：没有选项'--fox'。是否指'--fix'？\n"
    )
    main(["--lang", "ja", "config", "shw"])
    assert capfd.readouterr().err == (
        "使い方：cbm config [OPTIONS] COMMAND [ARGS]...\n"
        "使い方は'cbm config --help'で示される。\n\n"
        "エラー：コマンド'shw'はない。'show'のことか。\n"
    )


def test_a_catalogue_that_cannot_be_used_is_told_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "_ROOM", tmp_path)
    for language in ("zh", "ja"):
        catalogues.catalogue.cache_clear()
        for arguments in (["rules"], ["check", "--fox"], ["check", "nowhere.cbm"], ["--help"]):
            assert main([*arguments, "--lang", language]) == 2
            told = capfd.readouterr()
            assert told.out == ""
            assert told.err.startswith(f"Error: no catalogue in {tmp_path} is there; install cbm anew")
            assert told.err.count("\n") == 1
    assert main(["rules", "--lang", "en"]) == 0


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize(
    "call",
    [
        "check code.cbm -o json:FILE",
        "check code.cbm --write-baseline FILE",
        "test code.cbm --junitxml FILE",
        "coverage code.cbm -o FILE",
        "cards code.cbm -o FILE",
        "options code.cbm -o FILE",
        "weave code.cbm -o FILE",
    ],
)
def test_no_page_takes_the_place_of_a_text(
    call: str, linked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("code.cbm").write_text("draft code\n", encoding="utf-8")
    Path("page").symlink_to("code.cbm")
    named = "page" if linked else "code.cbm"
    assert main(call.replace("FILE", named).split()) == 2
    assert f"`{named}` is a text: a page in its place would delete it" in capsys.readouterr().err
    assert Path("code.cbm").read_text(encoding="utf-8") == "draft code\n"


@pytest.mark.parametrize(
    ("title", "configured", "arguments", "begins"),
    [
        ('zh "准则"', "en", ("--isolated",), "错误："),
        ('en "Code"', "ja", ("--isolated",), "Error: "),
        ('ja "規範"', None, (), "エラー："),
    ],
)
def test_what_a_command_refuses_is_told_in_its_language_throughout(
    title: str,
    configured: str | None,
    arguments: tuple[str, ...],
    begins: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"draft code {title}\n  uses encounters\n  between CN, JP\nclause 1 a warship must call\n"
    Path("code.cbm").write_text(text, encoding="utf-8")
    if configured:
        Path("cbm.toml").write_text(f'lang = "{configured}"\n', encoding="utf-8")
    assert main(["coverage", "code.cbm", "--topic", "frob", *arguments]) == 2
    told = capfd.readouterr().err
    assert told.startswith(begins)
    assert "frob" in told
    assert ("topic" in told) == (begins == "Error: ")
    assert spoken() == "en"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "code.cbm"],
        ["cards", "code.cbm"],
        ["compare", "code.cbm", "cues"],
        ["coverage", "code.cbm"],
        ["diff", "code.cbm", "code.cbm"],
        ["example", "code.cbm", "1"],
        ["judge", "tracks.csv", "--texts", "code.cbm"],
        ["options", "code.cbm"],
    ],
    ids=lambda one: one[0],
)
def test_what_cannot_be_understood_is_no_page_for_programs(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "draft code\n  uses encounters\n  between CN, JP\nclause 1 a warship must frob\n"
    Path("code.cbm").write_text(text, encoding="utf-8")
    Path("tracks.csv").write_text("time_utc,unit,latitude_deg,longitude_deg\n2024-05-04T06:00:00,A,30,125\n")
    assert main([*arguments, "--output-format", "json"]) == 1
    beside = capfd.readouterr()
    assert beside.out == ""
    assert "error[undefined]: no act is called `frob`" in beside.err
    assert main(arguments) == 1
    assert capfd.readouterr().out in beside.err
