"""A package that is missing or damaged is told as that, with what to install; a fault of cbm is none of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cbm.finding import Exit
from cbm.process.broken_packages import broken_package

ROOT = Path(__file__).parents[2]
MISSING = "Error: the Python package `{package}`, which cbm needs, is not installed: install `cbm-checker` again"
AT_ONCE = "Error: a Python package that cbm needs is missing or damaged: install `cbm-checker` again, with all that it"
TEXT = """\
draft near
  uses encounters
  between CN, JP
clause 1 a patrol_aircraft meeting a warship must keep separation >= 1,234 m unless own.distress
"""


def refusal(folder: Path, *arguments: str) -> str:
    """What is told where packages of this folder come before those that are installed."""
    (folder / "near.cbm").write_text(TEXT, encoding="utf-8")
    paths = {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), "PATH": os.environ.get("PATH", "")}
    command = [sys.executable, "-m", "cbm", *arguments]
    done = subprocess.run(command, capture_output=True, env=paths, cwd=ROOT, check=False, input=b"")
    assert (done.returncode, done.stdout) == (Exit.MISUSE, b"")
    return done.stderr.decode()


@pytest.mark.parametrize(
    ("package", "code", "told"),
    [
        ("z3", 'raise OSError("libz3.so: no such file")', "(libz3.so: no such file): install `z3-solver` again\n"),
        ("junitparser", "import junitparser.nowhere", "(No module named 'junitparser.nowhere'): install `junitparser`"),
        ("junitparser", "", "from 'junitparser' ("),
    ],
)
def test_a_damaged_package_is_named_with_what_brings_it(tmp_path: Path, package: str, code: str, told: str) -> None:
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text(code, encoding="utf-8")
    said = refusal(tmp_path, "check", str(tmp_path / "near.cbm"), "--no-cache", "--output-format", "junit")
    assert said.startswith(f"Error: the Python package `{package}`, which cbm needs, cannot be loaded (")
    assert told in said


@pytest.mark.parametrize(
    ("package", "told"), [("z3", MISSING), ("junitparser", MISSING), ("click", AT_ONCE), ("msgspec", AT_ONCE)]
)
def test_a_missing_package_is_named(tmp_path: Path, package: str, told: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n", encoding="utf-8")
    said = refusal(tmp_path, "check", str(tmp_path / "near.cbm"), "--no-cache", "--output-format", "junit")
    assert said.startswith(told.format(package=package))


def test_a_damaged_extra_is_not_told_as_one_that_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text("import pygls.nowhere", encoding="utf-8")
    told = "the Python package `pygls`, which cbm needs, cannot be loaded (No module named 'pygls.nowhere')"
    assert told in refusal(tmp_path, "lsp")


def raised(code: str) -> Exception:
    """What this code raises in a module of cbm."""
    try:
        exec(code, {"__name__": "cbm.finding"})
    except Exception as problem:
        return problem
    raise AssertionError(code)


@pytest.mark.parametrize(
    "code",
    ["1 / 0", "import cbm.nowhere", "from cbm.finding import Nothing", "import json; json.loads('')"],
)
def test_a_fault_of_cbm_is_no_broken_package(code: str) -> None:
    assert broken_package(raised(code)) == ""


def test_what_this_python_lacks_is_put_right_by_no_package() -> None:
    assert broken_package(raised("import sqlite3.nowhere")) == ""
