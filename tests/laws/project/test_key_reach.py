"""A setting of the configuration asks what the option of its name asks, byte for byte, wherever it is said to hold.

Where it is said not to hold, it changes nothing. What is said is what `cbm config show` tells.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest

from cbm.cli import all_commands, main
from cbm.finding import Exit
from cbm.project.configuration.key_reach import REACH
from cbm.project.configuration.keys import KEYS, TABLES
from tests.project.configuration.project import settle
from tests.small_text import CASES, CODE

DRAFT = "texts/code.cbm"
ONE = ("--text", "code", "--take", "2=CN")
# What is asked, and a day on which something else comes of it than on that of the draft.
ASKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "ask": ("2020-03-01", (DRAFT, "--given", "own.craft is warship", *ONE)),
    "cards": ("2020-03-01", (DRAFT, "--given", "own.party is CN", *ONE)),
    "check": ("2020-03-01", (DRAFT, "--output-format", "json")),
    "compare": ("2021-05-05", (DRAFT, f"{DRAFT}:pact", *ONE)),
    "coverage": ("2020-03-01", (DRAFT, "--text", "code", "--topic", "weapons")),
    "diff": ("2020-03-01", (DRAFT, DRAFT, "--text", "code")),
    "example": ("2020-03-01", (DRAFT, "1 of pact")),
    "export": ("2020-03-01", (DRAFT, "--smt2", "out")),
    "options": ("2020-03-01", (DRAFT, "--text", "code")),
    "test": ("2020-03-01", ("texts",)),
}
# A setting, and the same as an option.
SETTINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "select": ('select = ["redundancy"]', ("--select", "redundancy")),
    "ignore": ('ignore = ["redundancy"]', ("--ignore", "redundancy")),
    "fail-level": ('fail-level = "note"', ("--fail-level", "note")),
    "baseline": ('baseline = "known.json"', ("--baseline", "known.json")),
    "lang": ('lang = "ja"', ("--lang", "ja")),
}
# What stands in both files: an expectation that does not hold is no error where it may yet fail.
BESIDE = '\n[severity]\nexpectation = "warning"\n'
HOLDS = {command: frozenset(keys) for group, keys in REACH for command in group} | {
    "check": frozenset((*KEYS, *TABLES))
}
PAIRS = [(command, "as-of") for command in ASKED if "as-of" in HOLDS[command]]
PAIRS += [(command, key) for command in ("check", "test") for key in SETTINGS if key in HOLDS[command]]
PAIRS += [("options", "lang")]

Told = tuple[int, str, dict[str, bytes]]
Asked = Callable[..., Told]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a draft, its cases, and findings that are known."""
    folder = tmp_path_factory.mktemp("project")
    settle(CODE, str(folder / DRAFT))
    settle(CASES, str(folder / "texts" / "cases.cbm"))
    return folder


@pytest.fixture
def asked(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """What a command says and writes where something is settled, and how it ends."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("CBM_CACHE_DIR", "kept")

    def ask(settings: str, command: str, *words: str) -> Told:
        settle(settings)
        code = main([command, *words])
        written = {path.name: path.read_bytes() for path in sorted(Path("out").glob("*"))}
        for name in written:
            Path("out", name).unlink()
        return code, capsys.readouterr().out, written

    return ask


@pytest.mark.parametrize(("command", "key"), PAIRS)
def test_a_setting_is_the_option_of_its_name(command: str, key: str, asked: Asked) -> None:
    day, words = ASKED[command]
    setting, option = SETTINGS[key] if key != "as-of" else (f"as-of = {day}", ("--as-of", day))
    if key == "baseline":
        asked("", "check", DRAFT, "--select", "redundancy", "--write-baseline", "known.json")
    by_option = asked(BESIDE, command, *words, *option)
    assert by_option[0] in (Exit.FINE, Exit.FINDINGS)
    assert asked(f"{setting}{BESIDE}", command, *words) == by_option
    assert asked(BESIDE, command, *words) != by_option  # it makes a difference here


@pytest.mark.parametrize("command", ["check", "export", "test"])
def test_a_suite_is_its_paths_and_options(command: str, asked: Asked) -> None:
    day, (path, *words) = ASKED[command]
    named = asked(f'[suites.a]\npaths = ["{path}"]\nas-of = {day}', command, "--suite", "a", *words)
    assert named == asked("", command, path, *words, "--as-of", day)


def test_what_is_said_to_hold_nowhere_else_changes_nothing_else(asked: Asked) -> None:
    settings = 'select = ["gap"]\nignore = ["expectation"]\nbaseline = "gone.json"\n'
    hidden = '[per-file-ignores]\n"texts/*" = ["expectation", "redundancy"]\n'
    for command in ("test", "options"):
        words = ASKED[command][1]
        assert asked(settings + hidden, command, *words) == asked("", command, *words), command
    assert asked('[severity]\nconflict = "note"', "options", *ASKED["options"][1]) == asked(
        "", "options", *ASKED["options"][1]
    )


def test_each_command_has_the_options_of_the_keys_that_hold_for_it() -> None:
    for name, command in all_commands.commands.items():
        options = {word for one in command.params if isinstance(one, click.Option) for word in one.opts}
        holds = HOLDS.get(name, frozenset[str]())
        for key, option in {"as-of": "--as-of", "fail-level": "--fail-level", "suites": "--suite"}.items():
            alone = (name, key) == ("judge", "as-of") or name in ("lsp", "serve")  # they have no date; it has its own
            assert alone or (option in options) == (key in holds), (name, key)
        assert not holds or name in ("lsp", "serve") or {"--config", "--isolated"} <= options, name


@pytest.mark.parametrize(
    "words",
    [("words", "--uses", DRAFT), ("judge", "gone.csv", "--texts", DRAFT), *((c, *w) for c, (_, w) in ASKED.items())],
)
def test_a_file_that_cannot_be_understood_is_never_passed_over(words: tuple[str, ...], asked: Asked) -> None:
    assert asked("asof = 2019-10-01", *words) == (Exit.MISUSE, "", {})
