"""Files that are larger than any text are refused before they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cli import main
from cbm.process.bounded_reading import LARGEST, bounded_bytes


def test_what_is_no_larger_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"")
    assert (bounded_bytes(tmp_path / "a"), bounded_bytes(tmp_path / "b")) == (b"abc", b"")
    with pytest.raises(FileNotFoundError):
        bounded_bytes(tmp_path / "c")


@pytest.mark.parametrize("name", ["a.cbm", "cbm.toml", "known.json"])
def test_what_is_larger_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.cbm").write_text("draft a\n", encoding="utf-8")
    with Path(name).open("wb") as file:
        file.truncate(LARGEST * 1_000)  # takes no room on a disk
    assert main(["check", "a.cbm", *(["--baseline", name] if name == "known.json" else [])]) == 2
    assert f"{name} cannot be read: file too large" in capsys.readouterr().err
