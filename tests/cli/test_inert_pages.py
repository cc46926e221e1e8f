"""Titles that look like commands to a CI server or like markup, in a shipped text: what is printed of them is words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.cli.parameters import CARDS_FORMATS, DIFF_FORMATS, FORMATS, MAP_FORMATS
from cbm.finding import Exit
from tests.shipped import DRAFTS

TITLE = re.compile(r'^(\s*(?:draft|article|clause|act|channel|language|vocabulary)\b[^"\n]*)"', re.MULTILINE)
COMMAND = re.compile(r"\s*::[^:\s]|.*##\w*\[")
OWN = re.compile(r"::(error|warning|notice) (file|title)=")
DRAFT = DRAFTS / "consultations.cbm"
CALLS = (
    "check draft.cbm --explain-green -o concise:a.out -o github:b.out -o markdown:c.out -o html:d.out",
    "coverage draft.cbm",
    "coverage draft.cbm --output-format markdown",
    "coverage draft.cbm --output-format html",
    "coverage draft.cbm --output-format svg",
    "cards draft.cbm --output-format html",
    "weave draft.cbm",
    "ask draft.cbm",
    "example draft.cbm 1",
    "compare draft.cbm other.cbm",
    "diff draft.cbm other.cbm",
    "words --uses draft.cbm",
    "words --uses draft.cbm --output-format markdown",
)


@pytest.mark.parametrize("call", CALLS)
def test_no_line_is_a_command(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    titled, count = TITLE.subn(r'\1"::stop-commands::x ##[group] ', DRAFT.read_text(encoding="utf-8"))
    assert count > 5
    Path(tmp_path, "draft.cbm").write_text(titled, encoding="utf-8")
    Path(tmp_path, "other.cbm").write_text(titled.replace("must", "should", 1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(call.split()) in (Exit.FINE, Exit.FINDINGS, Exit.UNDECIDED)
    lines = capsys.readouterr().out.splitlines()
    assert lines
    lines += (line for file in tmp_path.glob("*.out") for line in file.read_text(encoding="utf-8").splitlines())
    assert [line for line in lines if COMMAND.match(line) and not OWN.match(line)] == []


NAMES = (
    "\x1b]0;x\x07\x1b[31m.cbm",
    "\x9b31m.cbm",
    "\u202egnp.cbm",
    "a\n::stop-commands::x\n##[group].cbm",
    "::error::x.cbm",
    "=cmd|calc.cbm",
    "<script>x()<.cbm",
)
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_steers_anything(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As pages and in the sentences beside them, where it is read, refused, or not there."""
    monkeypatch.chdir(tmp_path)
    try:
        Path(name).write_text("draft code\nclause 1 must must\n", encoding="utf-8")
    except OSError:
        pytest.skip("no file can be called so here")
    printed: list[str] = []
    for call in (
        *(["check", f"./{name}", "--output-format", each] for each in FORMATS if each not in ("full", "html")),
        ["check", f"./{name}", "-o", f"html:{tmp_path / 'page.html'}"],
        ["check", "--select", name, name],
        ["check", f"no{name}"],
        ["check", name, "-o", f"json:none/{name}"],
        ["test", f"./{name}"],
        ["coverage", f"./{name}"],
        ["words", "--uses", f"./{name}"],
    ):
        assert main(call) in (Exit.FINDINGS, Exit.MISUSE)
        printed += capsys.readouterr()
    printed.append(Path("page.html").read_text(encoding="utf-8"))
    assert "<script>" not in printed[-1]
    lines = [line for page in printed for line in page.split("\n")]
    assert [line for line in lines if ACTIVE.search(line)] == []
    assert [line for line in lines if COMMAND.match(line) and not OWN.match(line)] == []


TINY = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
topic signals
act call topic signals
types by own.party
draft code
  uses sea
  between CN, JP
clause 1 every unit must call
covers signals in every type of encounter
"""


def test_no_name_of_a_file_that_is_understood_steers_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\n::stop-commands::x\n##[group]\x1b]0;x\x07\u202e.cbm"
    monkeypatch.chdir(tmp_path)
    try:
        Path(name).write_text(TINY, encoding="utf-8")
    except OSError:
        pytest.skip("no file can be called so here")
    Path("other.cbm").write_text(TINY.replace("must", "should"), encoding="utf-8")
    printed: list[str] = []
    for call in (
        ["check", name, "--explain-green", "--coverage", "-o", "html:page.out"],
        *(["coverage", name, "--output-format", each] for each in MAP_FORMATS),
        ["ask", name],
        ["example", name, "1"],
        *(["diff", name, "other.cbm", "--output-format", each] for each in DIFF_FORMATS),
        *(["compare", name, "other.cbm", "--output-format", each] for each in DIFF_FORMATS),
        *(["cards", name, "--output-format", each] for each in CARDS_FORMATS),
        ["weave", name],
    ):
        assert main(call) in (Exit.FINE, Exit.FINDINGS), call
        printed += capsys.readouterr()
    printed.append(Path("page.out").read_text(encoding="utf-8"))
    lines = [line for page in printed for line in page.split("\n")]
    assert [line for line in lines if ACTIVE.search(line)] == []
    assert [line for line in lines if COMMAND.match(line) and not OWN.match(line)] == []


class Started(HTMLParser):
    """The elements of a page, and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    "call",
    ["check draft.cbm --coverage -o html:page.html", "coverage draft.cbm --output-format html --output-file page.html"],
)
def test_no_title_is_markup(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    titled, _ = TITLE.subn(r'\1"</style></title><script>x()</script><img src=x onerror=x()> ', DRAFT.read_text("utf-8"))
    Path(tmp_path, "draft.cbm").write_text(titled, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(call.split()) in (Exit.FINE, Exit.FINDINGS, Exit.UNDECIDED)
    capsys.readouterr()
    page = Started(Path(tmp_path, "page.html").read_text(encoding="utf-8"))
    assert page.elements.isdisjoint(("script", "img", "iframe", "link", "object"))
    assert not [name for name in page.attributes if name.startswith("on") or name in ("src", "action")]
    assert "<script>x()</script>" in page.words
