"""`pytest --cbm`: the expectations of cases as items, with the options of pytest; and nothing without the option."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml

from tests.questions.test_testing import CASES, CODE, IN_PART, STRAIT

ROOT = Path(__file__).parents[1]
IDLE = """\
import sys

def test_nothing_heavy_is_imported():
    known = {"cbm", "cbm.public_api", "cbm.pytest_plugin", "cbm.version"}
    assert {name for name in sys.modules if name.split(".")[0] in ("cbm", "z3", "lark", "msgspec", "click")} == known
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("strait", STRAIT), ("code", CODE), ("suite", CASES)):
        (tmp_path / f"{name}.cbm").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-p", "cbm.pytest_plugin", "-p", "no:cacheprovider", "-q", *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, env=environment, check=False)


def test_every_expectation_is_an_item(folder: Path) -> None:
    done = run(folder, "--cbm", "--junitxml", "report.xml", "--setup-show")
    assert done.returncode == 1
    assert "1 failed, 3 passed, 1 error" in done.stdout
    assert "expected: own must whistle\nfound: only clause 4 could bind it so, and not here\n" in done.stdout
    assert "note: there own is bound by clauses 1 and 2\n" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    cases = [case for suite in JUnitXml.fromfile(str(folder / "report.xml")) for case in suite]
    assert [tuple(map(type, case.result)) for case in cases] == [(), (Failure,), (), (), (Error,)]


def test_readers_are_told_in_the_language_that_is_configured(folder: Path) -> None:
    (folder / "cbm.toml").write_text('lang = "ja"\n', encoding="utf-8")
    done = run(folder, "--cbm", "-k", "distress or whistle")
    assert "期待" in done.stdout
    assert "expected:" not in done.stdout
    (folder / "suite.cbm").write_text('cases "A" for code\ncase x\n', encoding="utf-8")
    assert "エラー[syntax]" in run(folder, "--cbm", "suite.cbm").stdout


def test_choices_and_exclusions_are_those_of_pytest(folder: Path) -> None:
    (folder / "old").mkdir()
    (folder / "old" / "broken.cbm").write_text("cases nowhere", encoding="utf-8")
    (folder / "cbm.toml").write_text('exclude = ["old"]\n', encoding="utf-8")
    done = run(folder, "--cbm", "-k", "distress and not whistle")
    assert (done.returncode, done.stdout.splitlines()[-1].split(" in ")[0]) == (0, "1 passed, 4 deselected")
    done = run(folder, "--cbm", "old/broken.cbm")
    assert (done.returncode, "error[syntax]" in done.stdout) == (1, True)


@pytest.mark.parametrize(("paths", "code"), [((), 2), (("suite.cbm",), 4)])  # as pytest has it
def test_a_configuration_that_cannot_be_read_is_told_in_words(folder: Path, paths: tuple[str, ...], code: int) -> None:
    (folder / "cbm.toml").write_text('selec = ["gap"]\n', encoding="utf-8")
    done = run(folder, "--cbm", *paths)
    assert done.returncode == code
    assert "\ncbm.toml:1: unknown key `selec`; did you mean `select`?\n" in done.stdout
    assert ".py:" not in done.stdout


def test_what_does_not_hold_on_some_packages_is_a_warning(folder: Path) -> None:
    (folder / "code.cbm").write_text(IN_PART, encoding="utf-8")
    done = run(folder, "--cbm", "-k", "whistle", "code.cbm")
    assert done.returncode == 0
    told = "code.cbm:10: OnSomePackages: the text does not meet `expect own must whistle by 2`, if 2 is left out\n"
    assert told in done.stdout
    assert "1 warning" in done.stdout
    done = run(folder, "--cbm", "-k", "whistle", "-W", "error::cbm.pytest_plugin.OnSomePackages", "code.cbm")
    assert done.returncode == 1
    assert "found: only clause 2 could bind it so, and not here\n" in done.stdout
    assert ".py:" not in done.stdout


def test_what_failed_last_is_run_again_whatever_its_case_is_called(folder: Path) -> None:
    titled = CASES.replace('case "by night"', 'case "[1] by :: night]"')
    for name in ("a", "suite"):
        (folder / f"{name}.cbm").write_text(titled, encoding="utf-8")
    kept = ("--cbm", "-p", "cacheprovider")
    assert "2 failed, 6 passed, " in run(folder, *kept).stdout
    again = run(folder, *kept, "--last-failed", "--junitxml", "report.xml")
    assert "2 failed, " in again.stdout
    names = {case.name for suite in JUnitXml.fromfile(str(folder / "report.xml")) for case in suite}
    assert "Frigates: (1) by : : night): expect own must whistle (code)" in names


def test_without_the_option_nothing_is_imported_and_nothing_collected(folder: Path) -> None:
    (folder / "test_idle.py").write_text(IDLE, encoding="utf-8")
    done = run(folder)
    assert (done.returncode, done.stdout.splitlines()[-1].split(" in ")[0]) == (0, "1 passed")


def test_cases_about_a_text_that_lies_elsewhere_are_told_what_reads_both(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "suite.cbm").rename(folder / "cases" / "suite.cbm")
    together = "pytest reads each file by itself; `cbm test` reads those that it is given together"
    assert together in run(folder, "--cbm", "cases").stdout
    command = [sys.executable, "-m", "cbm", "test", "."]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, env=environment, check=False)
    assert "no instrument or draft is called" not in done.stdout
    (folder / "cases" / "suite.cbm").write_text('cases "A" for code\ncase x\n', encoding="utf-8")
    (folder / "code.cbm").rename(folder / "cases" / "code.cbm")
    assert together not in run(folder, "--cbm", "cases").stdout


@pytest.mark.parametrize("moment", ["pytest_collection_finish(session)", "pytest_runtest_setup(item)"])
def test_a_conftest_that_leads_elsewhere_keeps_nothing_from_being_asked(moment: str, folder: Path) -> None:
    (folder / "away").mkdir()
    (folder / "conftest.py").write_text(
        f"import os\ndef {moment}:\n    os.chdir('{folder / 'away'}')\n", encoding="utf-8"
    )
    done = run(folder, "--cbm")
    assert "1 failed, 3 passed, 1 error" in done.stdout


def test_a_file_that_is_gone_before_its_items_run_is_told_in_words(folder: Path) -> None:
    hook = f"import os\ndef pytest_collection_finish(session):\n    os.remove('{folder / 'suite.cbm'}')\n"
    (folder / "conftest.py").write_text(hook, encoding="utf-8")
    done = run(folder, "--cbm")
    assert done.returncode == 1
    assert "suite.cbm does not exist" in done.stdout
    assert "CallInfo" not in done.stdout


@pytest.mark.parametrize(
    ("edited", "words"),
    [
        ("cases nowhere", "suite.cbm was changed since its expectations were collected: run them again"),
        ("", "no vocabulary"),
        ('draft code "A"\n  between CN, JP\n', "there is nothing to test"),
    ],
)
def test_a_file_that_was_edited_before_its_items_run_is_told_in_words(edited: str, words: str, folder: Path) -> None:
    hook = f"def pytest_collection_finish(session):\n    open('{folder / 'suite.cbm'}', 'w').write({edited!r})\n"
    (folder / "conftest.py").write_text(hook, encoding="utf-8")
    done = run(folder, "--cbm")
    assert done.returncode == 1
    assert words in done.stdout
    assert "CallInfo" not in done.stdout
