"""`cbm fmt` and `cbm.layout`: files, standard input, what cannot be read, and what is shipped."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import cbm
from cbm.cli import main
from cbm.finding import Exit, Misuse
from cbm.formatting.texts import lay_out, layout
from tests.pages.rooms import ROOT

LOOSE = """\
draft near "Near ships"  \r
    uses encounters
\tbetween CN,JP


  clause 1 "Apart"   #why: nobody knows
a warship meeting a ship
      when range<2 nmi and zone is eez
 must keep separation>=1000 m
  text en "Ships,if near,keep  1000 m apart # at least"

"""
LAID_OUT = """\
draft near "Near ships"
    uses encounters
  between CN, JP

clause 1 "Apart"   # why: nobody knows
  a warship meeting a ship
      when range < 2 nmi and zone is eez
  must keep separation >= 1,000 m
  text en "Ships,if near,keep  1000 m apart # at least"
"""
WRONG = 'draft near "Near ships"\n  uses encounters\n\nclause 1 must must\n'


def test_a_text_is_laid_out() -> None:
    assert cbm.layout(LOOSE) == LAID_OUT
    assert cbm.layout(LAID_OUT) == LAID_OUT


def test_old_forms_are_written_as_today() -> None:
    old = LAID_OUT.replace("must", "shall").replace("= 1,000 m", "= 1,000 m except when own.distress")
    assert cbm.layout(old) == LAID_OUT.replace("= 1,000 m", "= 1,000 m unless own.distress")


def test_figures_in_brackets_are_grouped() -> None:
    text = "draft near\n  uses encounters\n\nclause 1 a ship must keep separation >= [CN: 1000 m | JP: 2000 m]\n"
    assert cbm.layout(text).endswith("[CN: 1,000 m | JP: 2,000 m]\n")


def test_a_byte_order_mark_goes() -> None:
    assert cbm.layout(f"\ufeff{LOOSE}") == LAID_OUT


def test_of_a_markdown_file_the_blocks_alone() -> None:
    around = "# Near   ships\n\n```cbm\n{}```\n\nNothing here,is   changed \n"
    assert cbm.layout(around.format(LOOSE), name="near.cbm.md") == around.format(LAID_OUT)


def test_a_text_that_cannot_be_read_is_refused_at_its_line() -> None:
    with pytest.raises(Misuse, match=r"^line 4: .*; a text is laid out once it can be read$"):
        cbm.layout(WRONG)


def test_files_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loose.cbm").write_bytes(LOOSE.encode())
    (tmp_path / "same.cbm").write_bytes(LAID_OUT.encode())
    assert main(["fmt", ".", "--check"]) == Exit.FINDINGS
    assert capsys.readouterr() == ("would lay out loose.cbm\n", "1 file would be changed, 1 as they should be.\n")
    assert main(["fmt", ".", "--diff"]) == Exit.FINDINGS
    assert "-a warship meeting a ship\n" in capsys.readouterr().out
    assert (tmp_path / "loose.cbm").read_bytes() == LOOSE.encode()
    assert main(["fmt", "."]) == Exit.FINE
    assert capsys.readouterr() == ("laid out loose.cbm\n", "1 file changed, 1 as they should be.\n")
    assert (tmp_path / "loose.cbm").read_bytes() == LAID_OUT.encode()
    assert main(["fmt", ".", "--check"]) == Exit.FINE


def test_what_cannot_be_read_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.cbm").write_text(WRONG, encoding="utf-8")
    (tmp_path / "bytes.cbm").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "loose.cbm").write_bytes(LOOSE.encode())
    assert main(["fmt", "."]) == Exit.MISUSE
    told = capsys.readouterr()
    assert "wrong.cbm:4:" in told.out
    assert "Checked" not in told.out
    assert "Not read: bytes.cbm" in told.err
    assert told.err.endswith("1 file changed, 0 as they should be, 2 cannot be read and were left alone.\n")
    assert (tmp_path / "wrong.cbm").read_text(encoding="utf-8") == WRONG


@pytest.mark.parametrize("option", ["--check", "--diff", "--texts=en", "--acts=en"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("bytes.cbm", b"\xff\xfe\x00"), ("empty.cbm", b""), ("remark.cbm", b"#  to be written\n"), ("a.cbm.md", b"# A\n")],
)
def test_what_is_no_text_ends_as_a_check_of_it_does(
    name: str,
    content: bytes,
    option: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With 2, alone and beside others: of it nothing was looked at. A mistake of form beside it is no more than 1."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)
    assert main(["check", "."]) == main(["fmt", ".", option]) == Exit.MISUSE
    assert name in capsys.readouterr().err or option == "--acts=en"
    (tmp_path / "wrong.cbm").write_text(WRONG, encoding="utf-8")
    assert main(["check", "."]) == main(["fmt", ".", option]) == Exit.MISUSE
    assert f"Not read: {name} " in capsys.readouterr().err
    assert main(["fmt", "wrong.cbm", option]) == Exit.FINDINGS
    assert (tmp_path / name).read_bytes() == content


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LOOSE.encode())))
    assert main(["fmt", "-"]) == Exit.FINE
    assert capsys.readouterr().out == LAID_OUT
    assert main(["fmt", "-", "--check"]) == Exit.MISUSE
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"# caf\u00e9\n{LOOSE}".encode("latin-1"))))
    assert main(["fmt", "-"]) == Exit.MISUSE
    assert "standard input is not UTF-8 text (byte 5)" in capsys.readouterr().err
    assert main(["fmt"]) == Exit.MISUSE


def test_what_is_shipped_is_laid_out() -> None:
    told = lay_out([ROOT / "specs"])
    assert ([change.name for change in told.changes], told.faults, told.unread) == ([], (), ())


@pytest.mark.parametrize("name", ["text.cbm", "text.cbm.md"])
def test_line_ends_stay_those_of_the_text(name: str) -> None:
    """A checkout on Windows is laid out as it was when it was committed; mixed line ends become one kind."""
    text = "draft near\n  uses encounters\nclause 1 a ship must call  \n"
    if name.endswith(".md"):
        text = f"# Near\n\n```cbm\n{text}```\n"
    after = layout(text, name=name)
    assert after != text
    assert "\r" not in after
    windows = text.replace("\n", "\r\n")
    assert layout(windows, name=name) == after.replace("\n", "\r\n")
    assert layout(layout(windows, name=name), name=name) == layout(windows, name=name)
    mixed = windows.replace("\r\n", "\n", 1)
    assert layout(mixed, name=name) == layout(mixed.replace("\r\n", "\n"), name=name) or name.endswith(".md")


def test_a_text_in_crlf_can_be_laid_out_already(tmp_path: Path) -> None:
    path = tmp_path / "near.cbm"
    path.write_bytes(b"draft near\r\n  uses encounters\r\n\r\nclause 1 a ship must call\r\n")
    assert main(["fmt", "--check", str(path)]) == Exit.FINE
    path.write_bytes(path.read_bytes().replace(b"call", b"call  "))
    assert main(["fmt", "--check", str(path)]) == 1
    assert main(["fmt", str(path)]) == Exit.FINE
    assert path.read_bytes() == b"draft near\r\n  uses encounters\r\n\r\nclause 1 a ship must call\r\n"
