"""The wheel, installed and used from elsewhere: the grammar, the standard library and the schema are inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from cbm.finding import Exit

ROOT = Path(__file__).parents[1]

FINE = """\
draft small "Small code of conduct"
  uses encounters
  between CN, JP

clause 1 every unit must not lase
"""
CONFLICTING = FINE + "clause 2 every unit must lase\n"
# What is wrong with it stands in the standard library as well.
TWICE = """\
vocabulary mine uses encounters
party CN
draft small "Small code of conduct"
  uses mine
  between CN, JP
clause 1 every unit must not lase
"""
CHECK = "import sys; from cbm.__main__ import main; code = main(); print('lark' in sys.modules); sys.exit(code)"


@dataclass(frozen=True, slots=True)
class Installation:
    """The wheel in an environment of its own, and a folder that has nothing to do with the checkout."""

    wheel: Path
    scripts: Path
    folder: Path

    @property
    def package(self) -> Path:
        """Where it was installed."""
        (package,) = self.scripts.parent.rglob("site-packages/cbm")
        return package

    def call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment in the folder."""
        command: list[str | Path] = [self.scripts / program, *arguments]
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=self.folder, env=environment(), check=False
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    base = tmp_path_factory.mktemp("package")
    folder = base / "elsewhere"
    folder.mkdir()
    build([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", base / "dist"])
    (wheel,) = (base / "dist").iterdir()
    build([sys.executable, "-m", "venv", "--without-pip", base / "venv"])
    paths = sysconfig.get_paths("venv", {"base": str(base / "venv"), "platbase": str(base / "venv")})
    scripts = Path(paths["scripts"])
    build([sys.executable, "-m", "pip", "--python", scripts / "python", "install", "-q", "--no-deps", wheel])
    # What cbm depends on is taken from where the tests run, behind what the wheel brought.
    dependencies = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (Path(paths["purelib"]) / "dependencies.pth").write_text("\n".join(dependencies), encoding="utf-8")
    return Installation(wheel, scripts, folder)


def build(command: Sequence[str | Path]) -> None:
    """Runs one step; what it printed is shown if it fails."""
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(), check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}


def test_everything_needed_is_in_the_wheel_and_nothing_else(installation: Installation) -> None:
    with ZipFile(installation.wheel) as wheel:
        names = set(wheel.namelist())
    standard = {f"cbm/{path.relative_to(ROOT).as_posix()}" for path in standard_library()}
    assert len(standard) >= 2
    assert standard | {f"{name.removesuffix('.cbm')}.tree" for name in standard} <= names
    assert {
        "cbm/grammar/cbm.lark",
        "cbm/grammar/cbm.tables",
        "cbm/render/schema-1.json",
        "cbm/py.typed",
        "cbm/cli/__init__.py",
        "cbm/specs/starter/cbm.toml",
        "cbm/specs/vocabulary/synonyms.toml",
    } <= names
    assert {name.split("/")[0] for name in names} == {"cbm", "cbm_checker-0.1.0.dist-info"}
    drafts = {f"cbm/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "specs" / "drafts").glob("*.cbm")}
    assert drafts <= names, "`cbm init --example` writes them"
    assert not [name for name in names if name.startswith(("cbm/specs/replays/", "cbm/specs/comparisons/"))]


def standard_library() -> list[Path]:
    return [path for folder in ("vocabulary", "instruments") for path in (ROOT / "specs" / folder).rglob("*.cbm")]


def test_the_installed_package_is_used_not_the_checkout(installation: Installation) -> None:
    result = installation.call("python", "-c", "import cbm.cli; print(cbm.cli.__file__)")
    assert Path(result.stdout.strip()).is_relative_to(installation.scripts.parent)


def test_the_version_is_the_one_of_the_distribution(installation: Installation) -> None:
    result = installation.call("cbm", "--version")
    assert (result.returncode, result.stdout, result.stderr) == (Exit.FINE, "cbm 0.1.0\n", "")


def test_the_rules_are_listed(installation: Installation) -> None:
    result = installation.call("cbm", "rules")
    assert (result.returncode, result.stderr) == (Exit.FINE, "")
    assert "conflict" in [line.split()[0] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(("text", "code", "words"), [(FINE, Exit.FINE, "all decided."), (CONFLICTING, 1, "[conflict]")])
def test_a_draft_elsewhere_builds_on_the_standard_vocabulary(
    installation: Installation, text: str, code: int, words: str
) -> None:
    (installation.folder / "small.cbm").write_text(text, encoding="utf-8")
    result = installation.call("cbm", "check", "small.cbm")
    assert (result.returncode, result.stderr) == (code, "")
    assert words in result.stdout


def test_a_suite_that_it_writes_passes_its_own_check(installation: Installation) -> None:
    written = installation.call("cbm", "init", "mine")
    assert (written.returncode, written.stderr) == (Exit.FINE, "")
    assert written.stdout.endswith("\nNext: cbm check mine\n")
    result = installation.call("cbm", "check", "mine")
    assert (result.returncode, result.stderr) == (Exit.FINE, "")
    assert "No findings" in result.stdout
    assert installation.call("cbm", "words", "slows down").stdout.startswith("reduce_speed (act of encounters")


def test_tables_and_trees_are_those_of_the_package(installation: Installation) -> None:
    """Python is told not to write what it compiles: they are there all the same, and nothing is made or kept."""
    before = contents(installation.package)
    (installation.folder / "twice.cbm").write_text(TWICE, encoding="utf-8")
    command = ("-B", "-c", CHECK, "check", "twice.cbm")
    with_them = installation.call("python", *command)
    assert with_them.stdout.endswith("\nFalse\n"), "tables were made"
    assert contents(installation.package) == before

    made = [path for suffix in ("tables", "tree") for path in installation.package.rglob(f"*.{suffix}")]
    known = {path: path.read_bytes() for path in made}
    for path in made:
        path.write_bytes(b"")
    without_them = installation.call("python", *command)
    for path, content in known.items():
        path.write_bytes(content)
    assert without_them.stdout == with_them.stdout.removesuffix("False\n") + "True\n"
    assert "standard:vocabulary/channels.cbm:" in with_them.stdout


def contents(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_trees_are_read_and_not_made_anew(installation: Installation) -> None:
    script = (
        "from cbm.files import standard_file; from cbm.source import Source; from cbm.syntax.trees import shipped\n"
        "for name in sys.argv[1:]:\n"
        "    path = standard_file(name)\n"
        "    assert shipped(path.with_suffix('.tree'), Source('', path.read_bytes().decode())), name"
    )
    result = installation.call("python", "-c", f"import sys; {script}", *(path.stem for path in standard_library()))
    assert (result.returncode, result.stderr) == (0, "")
