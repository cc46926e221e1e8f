"""The pages stay true: their documents are checked, commands print what is shown, and what they name is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from itertools import chain
from pathlib import Path

import pytest

import cbm
from cbm.cli import main
from cbm.pipeline import run
from cbm.version import VERSION
from tests.pages.rooms import ROOT
from tests.pages.shown import PAGES, REST, Command, Document, as_shown, commands, documents, read

_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
_FROM_TOP = re.compile(r"`((?:cbm|grammar|specs|tests|\.ci|\.github)/[\w./-]*)`")
_FROM_CBM = re.compile(r"`(\w+(?:/\w+)*(?:/|\.py))`")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder beside the specs, in which the commands of a page are run."""
    (tmp_path / "specs").symlink_to(ROOT / "specs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(document: Document | None, folder: Path) -> None:
    for name, text in () if document is None else document.files:
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", commands(), ids=str)
def test_a_command_prints_what_is_shown(command: Command, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(command.after, folder)
    main(shlex.split(command.words))
    wanted, given = command.printed, as_shown(capsys.readouterr().out, folder)
    if command.words.startswith("coverage"):
        wanted, given = without_examples(wanted), without_examples(given)
    if REST in wanted:
        assert re.fullmatch(".*\n".join(map(re.escape, wanted.split(REST))), given, re.DOTALL), given
    else:
        assert given == wanted


def without_examples(page: str) -> str:
    """A map whose examples may be others: which one is shown hangs on the whole vocabulary."""
    return re.sub(r"^ {6}for example .*\n(?: {8}.*\n)*", "", page, flags=re.MULTILINE)


# What is wrong with the others is shown by the command behind them.
CHECKED = {command.after for command in commands() if command.after and command.words.startswith(("check ", "test "))}


@pytest.mark.parametrize("document", [each for each in documents() if each not in CHECKED], ids=str)
def test_nothing_is_found_in_a_document(document: Document, folder: Path) -> None:
    """But that a document shows more words than its clauses need."""
    write(document, folder)
    assert [f"{f.rule}: {f.message}" for f in run([Path(document.name)], ignore=("unused",)).findings] == []


@pytest.mark.usefixtures("folder")
def test_the_page_on_the_library_names_all_that_is_called() -> None:
    page = read("cbm/library.md")
    assert [
        name for name in cbm.__all__ if callable(getattr(cbm, name)) and name[0].islower() and name not in page
    ] == []


def test_the_command_for_tests_is_the_one_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python -m pytest" in read("README.md")
    assert "python -m pytest" in ci


def test_the_changelog_tells_of_this_version() -> None:
    versions = re.findall(r"^## (\S+)(?: – (\d{4}-\d{2}-\d{2}))?$", read("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == ("Unreleased", "") or versions[0][0] == VERSION
    assert next(version for version, day in versions if day) == VERSION


def test_the_first_page_fits_one_screen() -> None:
    assert len(read("README.md").splitlines()) <= 50


@pytest.mark.parametrize(
    "page", [*PAGES, "CHANGELOG.md", *sorted(f".github/{p.name}" for p in ROOT.glob(".github/*.md"))]
)
def test_what_a_page_links_to_is_there(page: str) -> None:
    for path, anchor in _LINK.findall(read(page)):
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), anchor


def anchors(page: str) -> set[str]:
    """What headings can be linked by."""
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    named = _FROM_TOP.findall(read(page))
    named += [f"cbm/{name}" for name in _FROM_CBM.findall(read(page))] if page == "cbm/README.md" else []
    named = [name for name in named if not name.startswith("cbm/tests/")]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_contract_named_is_one() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["name"] for contract in pyproject["tool"]["importlinter"]["contracts"]}
    cells = re.findall(r"contracts? ([^|;]*)", read("cbm/README.md"))
    named = set(chain.from_iterable(re.findall(r'"([^"]+)"', cell) for cell in cells)) - {"inside …"}
    assert len(named) >= 5
    assert named <= contracts
