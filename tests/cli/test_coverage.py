"""`cbm coverage`: what it passes on, what it prints or writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.cli.parameters import MAP_FORMATS
from cbm.finding import Exit
from tests.render.maps.golden import STRAIT, page

Capture = pytest.CaptureFixture[bytes]
NAME = str(STRAIT.relative_to(Path(__file__).parents[2]))


@pytest.fixture(autouse=True)
def _at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])


def run(capture: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(["coverage", *arguments])
    out, err = capture.readouterr()
    return code, out.decode(), err.decode()


@pytest.mark.parametrize("name", MAP_FORMATS)
def test_each_format_can_be_printed(capsysbinary: Capture, name: str) -> None:
    code, out, err = run(capsysbinary, NAME, "--output-format", name)
    assert (code, out, err) == (Exit.FINE, page(name).read_text(encoding="utf-8"), "")


def test_a_map_can_be_written_to_a_file_and_then_nothing_is_printed(capsysbinary: Capture, tmp_path: Path) -> None:
    file = tmp_path / "map.md"
    code, out, err = run(capsysbinary, NAME, "--output-format", "markdown", "-o", str(file))
    assert (code, out, err) == (Exit.FINE, "", "")
    assert file.read_text(encoding="utf-8") == page("markdown").read_text(encoding="utf-8")


def test_what_is_asked_is_passed_on(capsysbinary: Capture) -> None:
    asked = ("--topic", "talk,fire", "--topic", "talk", "--by", "own.craft, night", "--party", "JP", "--with", "pact")
    code, out, _ = run(capsysbinary, NAME, *asked[:-2], "--as-of", "2031-01-01", "--output-format", "json")
    told = json.loads(out)
    assert code == Exit.FINE
    assert [layer["named"]["name"] for layer in told["layers"]] == ["talk", "fire"]
    assert [axis["named"]["name"] for axis in told["axes"]] == ["own.craft", "night"]
    assert told["as_of"] == "2031-01-01"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.cbm",), "nowhere.cbm does not exist"),
        ((NAME, "--topic", "wepons"), "did you mean `weapons`?"),
        ((NAME, "--topic", " , "), "no topic is named"),
        ((NAME, "--with", ","), "no instrument is named"),
        ((NAME, "--by", " "), "no axis is named"),
        ((NAME, "--by", "own.zorp"), "`zorp`"),
        ((NAME, "--party", "US"), "`US` is no party to strait_code"),
        ((NAME, "--as-of", "soon"), "`soon` is not a date"),
        ((NAME, "--output-format", "docx"), "docx"),
        ((NAME, "--topic", "talk", "--output-file", "nowhere/map.txt"), "cannot write `nowhere/map.txt`"),
        ((), "DRAFT"),
    ],
)
def test_a_request_that_cannot_be_met_ends_with_a_sentence(
    capsysbinary: Capture, arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = run(capsysbinary, *arguments)
    assert (code, out) == (Exit.MISUSE, "")
    assert words in err


def test_what_is_wrong_with_the_texts_is_printed_as_by_a_check(capsysbinary: Capture, tmp_path: Path) -> None:
    file = tmp_path / "a.cbm"
    file.write_text("draft code\n  uses encounters\nclause 1 every unit must zorp\n", encoding="utf-8")
    checked = main(["check", str(file)])
    told, _ = capsysbinary.readouterr()
    assert run(capsysbinary, str(file)) == (checked, told.decode(), "")
    # a program that reads maps is given no page of another kind
    assert run(capsysbinary, str(file), "--output-format", "json") == (Exit.FINDINGS, "", told.decode())


@pytest.mark.parametrize("name", MAP_FORMATS)
def test_a_map_that_takes_too_long_is_drawn_as_far_as_it_is_known(capsysbinary: Capture, name: str) -> None:
    code, out, err = run(capsysbinary, NAME, "--timeout", "1e-6", "--output-format", name)
    assert (code, err) == (Exit.UNDECIDED, "Stopped before the end: the 1e-06 s for this run were over.\n")
    assert out != page(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("seconds", ["0", "nan", "soon"])
def test_a_time_that_is_none_is_refused(capsysbinary: Capture, seconds: str) -> None:
    assert run(capsysbinary, NAME, "--timeout", seconds)[0] == Exit.MISUSE
