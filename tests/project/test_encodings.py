"""Files in other encodings and of other programs: what they are is said, and how they become what can be read."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from cbm.cli import main
from cbm.finding import Exit

CHINESE = 'draft code "海空相遇"\n  uses encounters\n  between CN, JP\nclause 1 "保持距离" a warship must not lase\n'
JAPANESE = (
    'draft code "海空における遭遇の行動規範"\n  uses encounters\n  between CN, JP\nclause 1 "距離を保つ" JP must call\n'
)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (CHINESE, "gb18030", "GB18030"),
        (CHINESE, "gbk", "GB18030"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (CHINESE, "utf-16", "UTF-16"),
        (JAPANESE, "utf-16", "UTF-16"),
        (JAPANESE, "utf-32", "UTF-32"),
    ],
)
def test_an_encoding_is_named_with_how_to_convert_it(
    text: str,
    encoding: str,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    content = text.encode(encoding)
    Path("code.cbm").write_bytes(content)
    assert main(["check", "code.cbm"]) == Exit.MISUSE
    said = capsys.readouterr().err
    assert f"is {name} text, and not UTF-8: save it as UTF-8" in said
    assert f"iconv -f {name} -t UTF-8 code.cbm" in said
    Path("code.cbm").write_bytes(content.decode(name).encode())  # as it is advised
    assert main(["check", "code.cbm"]) in (Exit.FINE, Exit.FINDINGS)
    assert "UTF-8" not in capsys.readouterr().err


def test_a_word_document_is_called_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with ZipFile("draft.docx", "w") as packed:
        packed.writestr("word/document.xml", "<w:document>é</w:document>".encode("latin-1"))
    assert main(["check", "draft.docx"]) == Exit.MISUSE
    advice = "lay it out as one with `cbm docx draft.docx draft.cbm.md`"
    assert f"draft.docx is a Word document, and no text: {advice}" in capsys.readouterr().err
    Path("draft.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert main(["check", "draft.doc"]) == Exit.MISUSE
    assert "is an old Word document" in capsys.readouterr().err
    Path("draft.pdf").write_bytes(b"%PDF-1.7\n\xe2\xe3")
    assert main(["check", "draft.pdf"]) == Exit.MISUSE
    assert "is a PDF" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", ["“Keep clear” – and “Look”", "Schiffe halten größeren Abstand", "réunion créée à l’été", "Señal"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_text_is_not_told_to_be_chinese(
    words: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was, with a command that makes other words of it."""
    monkeypatch.chdir(tmp_path)
    text = f'draft code\n  uses encounters\n  between CN, JP\nclause 1 a warship must not lase\n  text en "{words}"\n'
    Path("code.cbm").write_bytes(text.encode(encoding, "replace" if encoding == "cp1252" else "ignore"))
    main(["check", "code.cbm"])
    assert "iconv" not in capsys.readouterr().err


def test_a_command_that_is_told_names_the_file_as_a_shell_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a code.cbm").write_bytes(CHINESE.encode("gb18030"))
    assert main(["check", "a code.cbm"]) == Exit.MISUSE
    assert "iconv -f GB18030 -t UTF-8 'a code.cbm' > NEW" in capsys.readouterr().err


def test_what_is_not_known_is_told_by_its_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("code.cbm").write_bytes(b"draft \xff")
    assert main(["check", "code.cbm"]) == Exit.MISUSE
    assert "is not UTF-8 text (byte 6): save it as UTF-8" in capsys.readouterr().err
