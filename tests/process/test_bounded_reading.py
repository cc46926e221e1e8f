"""Files that are larger than any text are refused before they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cli import main
from cbm.process.bounded_reading import LARGEST, bounded_bytes, bounded_text


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


@pytest.mark.parametrize("name", ["a.csv", "a.gpx", "a.nmea", "map.toml", "events.csv"])
def test_records_that_are_larger_are_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with Path(name).open("wb") as file:
        file.truncate(LARGEST * 1_000)
    tracks = name if name.startswith("a.") else "b.csv"
    Path("b.csv").write_text("time_utc,unit,latitude_deg,longitude_deg\n2024-05-04T06:00:00Z,A,1,2\n", encoding="utf-8")
    beside = {"map.toml": ["--mapping", name], "events.csv": ["--events", name]}.get(name, [])
    assert main(["judge", tracks, "--texts", "colregs", *beside]) == 2
    assert f"cannot read `{name}`: file too large" in capsys.readouterr().err


def test_lines_are_told_apart_as_in_text_files(tmp_path: Path) -> None:
    (file := tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert bounded_text(file, "utf-8-sig") == file.read_text(encoding="utf-8-sig") == "a\nb\nc\n"
