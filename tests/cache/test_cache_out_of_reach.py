"""A cache that cannot be used: a run goes on without, says so once, and does not wait long."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cbm.cache import byte_store
from cbm.cache.byte_store import LOCKED, ByteStore
from cbm.cli import main
from cbm.process.budget import Budget, within
from cbm.translation.saying import say

KEY = b"k" * 32
TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
topic calls
act call topic calls

draft code "A code"
  uses strait
  between CN, JP
clause 1 every unit must call
"""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is locked is not waited for, and left alone as long as one test takes."""
    monkeypatch.setattr(byte_store, "_BUSY", 0.0)
    monkeypatch.setattr(byte_store, "_left_alone", {})
    monkeypatch.delenv("CBM_NO_CACHE")


def checked(
    folder: Path, cache: Path, capsys: pytest.CaptureFixture[str], text: str = TEXT
) -> tuple[int, str, list[str]]:
    """Exit code, page and notes of a check with this cache."""
    (folder / "code.cbm").write_text(text, encoding="utf-8")
    code = main(["check", "--cache-dir", str(cache), str(folder / "code.cbm")])
    told = capsys.readouterr()
    return code, told.out, [line for line in told.err.splitlines() if line.startswith("Note: ")]


def test_a_cache_that_another_process_holds_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache = tmp_path / "cache"
    free = checked(tmp_path, cache, capsys)
    assert free[2] == []
    held = [sqlite3.connect(file, isolation_level=None) for file in sorted(cache.glob("*.sqlite"))]
    for one in held:
        one.execute("BEGIN EXCLUSIVE")
    assert checked(tmp_path, cache, capsys) == (*free[:2], [f"Note: {say(LOCKED)}."])
    for one in held:
        one.close()


def test_what_was_locked_once_is_left_alone_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ByteStore(tmp_path, "answers").put_all({KEY: b"content"}, ())
    (file,) = tmp_path.glob("*.sqlite")
    held = sqlite3.connect(file, isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    with within(budget := Budget()):
        for name in ("answers", "statements"):
            with ByteStore(tmp_path, name) as store:
                assert store.look_up(KEY) is None
            store.put_all({KEY: b"other"}, ())
        assert ByteStore(tmp_path, "answers").get(KEY) is None
    assert budget.incidents == [LOCKED]
    held.close()
    monkeypatch.setattr(byte_store, "_left_alone", {})
    assert ByteStore(tmp_path, "answers").get(KEY) == b"content"
    assert sorted(one.name for one in tmp_path.iterdir()) == [file.name]


def test_a_folder_that_cannot_be_made_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = tmp_path / "file" / "cache"
    code, page, notes = checked(tmp_path, cache, capsys)
    assert notes == [f"Note: nothing is kept in `{cache}`: not a directory."]
    assert (code, page) == checked(tmp_path, tmp_path / "other", capsys)[:2]


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """All stores are opened as files are that may be read and not written: root may write everywhere."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **given: connect(f"file:{path}?mode=ro", uri=True, **given))


def test_a_cache_that_can_be_read_and_not_written_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = checked(tmp_path, cache, capsys)
    before = {file: file.read_bytes() for file in cache.iterdir()}
    request.getfixturevalue("read_only")
    monkeypatch.setattr("cbm.checking.passes.examine_inquiry", None)  # nobody examines anything again
    assert checked(tmp_path, cache, capsys) == first
    assert {file: file.read_bytes() for file in cache.iterdir()} == before


def test_what_is_not_kept_in_a_cache_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    cache = tmp_path / "cache"
    checked(tmp_path, cache, capsys)
    request.getfixturevalue("read_only")
    edited = checked(tmp_path, cache, capsys, TEXT.replace("must call", "must not call"))
    assert edited[2] == [f"Note: nothing is kept in `{cache}`: permission denied."]


def test_what_is_damaged_and_cannot_be_thrown_away_is_not_told(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    ByteStore(tmp_path).put(KEY, b"content")
    (file,) = tmp_path.glob("*.sqlite")
    with closing(sqlite3.connect(file)) as damaged, damaged:
        damaged.execute("UPDATE kept SET content = x'00'")
    request.getfixturevalue("read_only")
    assert ByteStore(tmp_path).get(KEY) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_and_a_file_that_cannot_be_written_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = checked(tmp_path, cache, capsys)
    for file in cache.iterdir():
        file.chmod(0o400)
    cache.chmod(0o500)
    monkeypatch.setattr("cbm.checking.passes.examine_inquiry", None)
    assert checked(tmp_path, cache, capsys) == first
    cache.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cache := tmp_path / "cache").mkdir(mode=0o500)
    _, _, notes = checked(tmp_path, cache, capsys)
    assert notes == [f"Note: nothing is kept in `{cache}`: a file in it cannot be opened."]
