"""`cbm export` at the command line: what is written, what is refused, and that nothing is left half done."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

import cbm
from cbm.cli import main
from cbm.finding import Exit
from cbm.translation.saying import say
from cbm.translation.speech import speaking

HEAD = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
FINE = HEAD + "clause 1 a warship must not aim_weapons\n"
MISSPELT = HEAD + "clause 1 a warship must not aim_wepons\n"
UNREADABLE = HEAD + "clause 1 a warship must must aim_weapons\n"
CASE = 'cases "C" for nothing\ncase "x"\n  given own.distress\n  expect conflict\n'


class Shell:
    """Runs the command in a folder of its own and keeps what it printed."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        code = main(["export", "--search", *arguments])
        self.out, self.err = self.capture.readouterr()
        return code


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    Path("fine.cbm").write_text(FINE, encoding="utf-8")
    return Shell(capsys)


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.mark.parametrize("folder", ["out", "a/b/out", "empty"])
def test_a_new_or_empty_folder_is_filled(shell: Shell, folder: str) -> None:
    Path("empty").mkdir()
    assert shell("--smt2", folder, "fine.cbm") == Exit.FINE
    assert shell.err == ""
    count = len(names(folder)) - 1
    assert f" in {count} files (" in shell.out
    assert shell.out.startswith("Wrote ")
    assert shell.out.endswith(f"; see {folder}/index.tsv\n")
    assert names(folder)[-1] == "index.tsv"
    assert names(folder)[0] == "0001-inconsistent-vocabulary.smt2"
    assert all(name.endswith(".smt2") for name in names(folder)[:-1])


def test_a_folder_that_holds_something_is_refused(shell: Shell) -> None:
    Path("out").mkdir()
    Path("out/notes.txt").write_text("mine", encoding="utf-8")
    assert shell("--smt2", "out", "fine.cbm") == Exit.MISUSE
    message = "Error: cannot write into `out`: it holds `notes.txt`; name a new or an empty folder\n"
    assert (shell.out, shell.err) == ("", message)
    assert names("out") == ["notes.txt"]


def test_an_earlier_export_is_not_mixed_with_a_later_one(shell: Shell) -> None:
    shell("--smt2", "out", "fine.cbm")
    before = names("out")
    assert shell("--smt2", "out", "fine.cbm") == Exit.MISUSE
    assert f"it holds `{before[0]}` and {len(before) - 1} more; name a new or an empty folder" in shell.err
    assert names("out") == before


@pytest.mark.parametrize(("folder", "why"), [("fine.cbm", "it is not a folder"), ("fine.cbm/x", "not a directory")])
def test_what_is_no_folder_is_refused(shell: Shell, folder: str, why: str) -> None:
    assert shell("--smt2", folder, "fine.cbm") == Exit.MISUSE
    assert shell.err == f"Error: cannot write into `{folder}`: {why}\n"
    assert Path("fine.cbm").read_text(encoding="utf-8") == FINE


@pytest.mark.parametrize("arguments", [["fine.cbm"], ["--smt2", "out"], ["--smt2", "out", "fine.cbm", "--as-of", "x"]])
def test_usage_is_told_on_stderr(shell: Shell, arguments: list[str]) -> None:
    assert shell(*arguments) == Exit.MISUSE
    assert "Usage: cbm export" in shell.err
    assert not Path("out").exists()


def test_a_missing_file_is_a_misuse(shell: Shell) -> None:
    assert shell("--smt2", "out", "nowhere.cbm") == Exit.MISUSE
    assert shell.err == "Error: nowhere.cbm does not exist\n"
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("text", "rule"), [(MISSPELT, "undefined"), (UNREADABLE, "syntax"), (FINE + CASE, "undefined")],
    ids=["misspelt", "unreadable", "lost case"],
)  # fmt: skip
def test_of_texts_that_are_not_understood_nothing_is_claimed(shell: Shell, text: str, rule: str) -> None:
    Path("faulty.cbm").write_text(text.replace("draft code", "draft faulty"), encoding="utf-8")
    assert shell("--smt2", "out", "fine.cbm", "faulty.cbm") == Exit.FINDINGS
    assert f"error[{rule}]" in shell.out
    assert "no question asked" in shell.out
    assert shell.err == "Nothing was written: something in these texts could not be understood.\n"
    assert not Path("out").exists()


def test_findings_do_not_stand_in_the_way(shell: Shell) -> None:
    Path("clashing.cbm").write_text(FINE + "clause 2 a warship must aim_weapons\n", encoding="utf-8")
    assert shell("--smt2", "out", "clashing.cbm") == Exit.FINE
    assert "0003-" in "".join(names("out"))


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize("existed", [True, False])
def test_half_a_set_is_never_left(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, step: str, existed: bool
) -> None:
    if existed:
        Path("a/out").mkdir(parents=True)
    real, calls = getattr(Path, step), []

    def third_time_unlucky(path: Path, content: object) -> object:
        calls.append(path)
        if len(calls) == 3:
            raise trouble
        return real(path, content)

    monkeypatch.setattr(Path, step, third_time_unlucky)
    code = shell("--smt2", "a/out", "fine.cbm")
    assert len(calls) == 3
    if isinstance(trouble, OSError):
        assert (code, shell.err) == (Exit.MISUSE, "Error: cannot write into `a/out`: no space left on device\n")
    assert code != Exit.FINE
    assert Path("a").exists() == existed
    assert not existed or names("a/out") == []


@pytest.mark.parametrize("search", [True, False])
@pytest.mark.usefixtures("shell")
def test_what_was_given_up_is_undecided(search: bool) -> None:
    assert main(["export", *["--search"] * search, "--smt2", "out", "fine.cbm", "--steps", "1"]) == Exit.UNDECIDED
    cancel = Event()
    for stop in (cancel.clear, cancel.set):
        shutil.rmtree("out")
        stop()
        written = cbm.export(["fine.cbm"], "out", search=search, cancel=cancel)
        assert written.exit == (Exit.UNDECIDED if cancel.is_set() else Exit.FINE)


@pytest.mark.parametrize("search", [True, False])
@pytest.mark.usefixtures("shell")
def test_how_far_it_is_is_told_in_the_language_of_who_waits(search: bool) -> None:
    heard: dict[str, list[tuple[int, int]]] = {}

    def hear(doing: str, done: int, of: int) -> None:
        heard.setdefault(say(doing), []).append((done, of))

    with speaking("ja"):
        written = cbm.export(["fine.cbm"], "out", search=search, progress=hear)
        assert say("findings") in heard
        if isinstance(written, cbm.Certified):
            assert heard[say("files")] == [(done, written.files) for done in range(1, written.files + 1)]


@pytest.mark.parametrize("search", [True, False])
@pytest.mark.usefixtures("shell")
def test_a_terminal_sees_how_far_it_is(search: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    @contextmanager
    def shown(_: object) -> Iterator[Callable[[str, int, int], None]]:
        yield lambda doing, *_: heard.append(doing)

    monkeypatch.setattr("cbm.cli.progress_line.progress_on", shown)
    assert main(["export", *["--search"] * search, "--smt2", "out", "fine.cbm"]) == Exit.FINE
    assert "findings" in heard


def test_what_holds_on_another_date_is_asked(shell: Shell) -> None:
    assert shell("--smt2", "out", "fine.cbm", "--as-of", "2019-10-01") == Exit.FINE
    assert "; Text: code, as of 2019-10-01\n" in Path("out", names("out")[0]).read_text(encoding="utf-8")
