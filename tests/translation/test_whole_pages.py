"""No sentence for a reader stands outside the catalogues.

Pages are made in a language that is made up: each message is written in Greek letters, and only what stands in its
places, or in backquotes, in Latin ones. What is left of Latin words one after the other is what the text itself says,
or a sentence that nobody can translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.translation import saying
from cbm.translation.speech import speaking
from tests.catalogues import ROOT

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GREEK = "αβψδεφγηιξκλμνοπψρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΨΡΣΤΘΩΣΧΥΖ"
_KEPT = re.compile(r"(\{[^{}]*\}|`[^`]*`)")
_QUOTED = re.compile(r"^ *\d* \|.*$", re.MULTILINE)
_WORDS = re.compile(r"\b[A-Za-z]+(?: [A-Za-z]+)+")
EXAMPLES = ROOT / "tests" / "checks" / "examples"
DRAFTS = ROOT / "specs" / "drafts"


class _MadeUp:
    """A catalogue that has each message."""

    def get(self, key: str, message: str) -> str:
        del key
        table = str.maketrans(_LATIN, _GREEK)
        return "".join(part if part[:1] in "{`" else part.translate(table) for part in _KEPT.split(message))


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(saying, "catalogue", lambda _: _MadeUp())
    with speaking("zh"):
        yield


def left(page: str, *texts: Path) -> list[str]:
    """Words of a page that stand in no text; a party and what it has are told without a message between them."""
    read = [path.read_text(encoding="utf-8") for path in texts]
    known = " ".join(" ".join(text.split()) for text in read)
    titles = {title for text in read for title in re.findall(r'"([^"\n]* [^"\n]*)"', text)}
    # Lines of the text, whose comments may hold a single backquote, are marked by a bar.
    flat = " ".join(_QUOTED.sub("|", page).split())
    # Commands are named in backquotes, and what a text says in signs of quotation; paths end with a place.
    told = re.sub(r"`[^`]*`|cbm \w+( [A-Z]+)?|clause \S+ \"[^\"]*\"|\S+\.cbm:\d+", "|", flat)
    for title in sorted(titles, key=len, reverse=True):
        told = told.replace(title, "|")
    return [words for words in _WORDS.findall(told) if words not in known and not re.fullmatch(r"[A-Z]{2} \w+", words)]


def page_of(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capfd.readouterr()
    main([*map(str, arguments)])
    told = capfd.readouterr()
    return f"{told.out}\n{told.err}"


@pytest.mark.parametrize(
    "name", ["conflict", "expectation", "impossible", "last_moment", "reserve", "undefined", "vacuity"]
)
def test_of_a_check(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLES / f"{name}.cbm"
    assert left(page_of(capfd, "check", "--all", text), text) == []


@pytest.mark.parametrize("output_format", ["concise", "markdown", "html"])
def test_of_other_formats(output_format: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLES / "asymmetry.cbm"
    page = page_of(capfd, "check", "--output-format", output_format, text)
    page = re.sub(r"<(style|script|code|pre)\b.*?</\1>|<[^>]*>", "|", page, flags=re.DOTALL)
    assert left(page, text) == []


def test_of_what_holds(capfd: pytest.CaptureFixture[str]) -> None:
    text = DRAFTS / "silent_line.cbm"
    known = (text, *sorted((ROOT / "specs" / "vocabulary").glob("*.cbm")))
    assert left(page_of(capfd, "check", "--explain-green", text), *known) == []


@pytest.mark.parametrize("command", ["test", "options", "words"])
def test_of_other_answers(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = DRAFTS / ("scs_rolling.cbm" if command == "options" else "silent_line.cbm")
    known = (text, *sorted((ROOT / "specs" / "vocabulary").glob("*.cbm")))
    assert left(page_of(capfd, command, text), *known) == []


def test_of_a_map(capfd: pytest.CaptureFixture[str]) -> None:
    text = DRAFTS / "silent_line.cbm"
    page = page_of(capfd, "coverage", text).replace(" A B C", "|")  # the columns of an axis
    assert left(page, text, *sorted((ROOT / "specs" / "vocabulary").glob("*.cbm"))) == []


@pytest.mark.parametrize("arguments", [("rules",), ("rule", "gap"), ("rule", "trap"), ("config", "show")])
def test_of_what_there_is_to_look_up(arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    page = page_of(capfd, *arguments)
    assert left(re.sub(r"(?m)^ {2,}.*$", "", page) if arguments[0] == "rule" else page) == []


@pytest.mark.parametrize(
    "command", ["ask", "cards", "check", "compare", "coverage", "diff", "example", "export", "fmt", "judge", "options"]
)
def test_of_help(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    page = re.sub(r"cbm \w+|--?[\w-]+|\b[A-Z]{2,}\w*|\[[^]]*\]", "|", page_of(capfd, command, "--help"))
    assert left(page) == []


@pytest.mark.parametrize(
    "clause",
    ["1 a ship must fly", "1 a ship mustn't call", "1 a ship must keep separation >= 3 kg", "covers acts", "wibble"],
)
def test_of_mistakes(clause: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "code.cbm"
    text.write_text(f'draft code "A"\n  uses encounters\n  between CN, JP\nclause {clause}\n', encoding="utf-8")
    assert left(page_of(capfd, "check", text), text) == []


def test_a_sentence_in_latin_letters_is_seen() -> None:
    assert left("this is told to a reader") == ["this is told to a reader"]
    assert left("`must call` σθψη: CN frigate") == []
