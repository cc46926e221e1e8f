"""A store gives back what it was given, or nothing: whatever happens to its file, and whoever uses it besides."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cbm.cache.byte_store import ByteStore

KEY = b"k" * 32


def file_of(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite")
    return path


def test_what_is_put_is_got(tmp_path: Path) -> None:
    store = ByteStore(tmp_path / "new" / "folder")
    assert store.get(KEY) is None
    store.put(KEY, b"first")
    store.put(KEY, b"second")
    assert ByteStore(tmp_path / "new" / "folder").get(KEY) == b"second"
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "garbage", [b"no store", b"SQLite format 3\0" + bytes(100), b""], ids=["text", "half", "empty"]
)
def test_a_file_that_is_no_store_is_thrown_away(tmp_path: Path, garbage: bytes) -> None:
    store = ByteStore(tmp_path)
    store.put(KEY, b"content")
    file_of(tmp_path).write_bytes(garbage)
    assert store.get(KEY) is None
    store.put(KEY, b"content")
    assert store.get(KEY) == b"content"


@pytest.mark.parametrize("change", ["content = x'00'", "digest = x'00'", "content = 'text'", "content = 7"])
def test_content_that_does_not_carry_its_digest_is_thrown_away(tmp_path: Path, change: str) -> None:
    store = ByteStore(tmp_path)
    store.put(KEY, b"content")
    with sqlite3.connect(file_of(tmp_path)) as file:
        file.execute(f"UPDATE kept SET {change}")
    assert store.get(KEY) is None
    with sqlite3.connect(file_of(tmp_path)) as file:
        assert file.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_content_under_another_key_is_not_taken_for_its_own(tmp_path: Path) -> None:
    store = ByteStore(tmp_path)
    store.put(KEY, b"content")
    with sqlite3.connect(file_of(tmp_path)) as file:
        file.execute("UPDATE kept SET key = ?", (b"o" * 32,))
    assert store.get(b"o" * 32) is None


def test_what_was_longest_not_asked_for_goes_first(tmp_path: Path) -> None:
    store = ByteStore(tmp_path, most=10)
    for key in b"ab":
        store.put(bytes([key]), b"1234")
    assert store.get(b"a") == b"1234"
    store.put(b"c", b"1234")
    assert [store.get(bytes([key])) for key in b"abc"] == [b"1234", None, b"1234"]
    store.put(b"d", b"12345678901")
    assert store.get(b"d") is None


def test_many_write_at_once(tmp_path: Path) -> None:
    def work(number: int) -> bytes | None:
        store = ByteStore(tmp_path)
        store.put(bytes([number]), bytes([number] * 10))
        return store.get(bytes([number]))

    with ThreadPoolExecutor(8) as executor:
        assert list(executor.map(work, range(24))) == [bytes([number] * 10) for number in range(24)]


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = ByteStore(tmp_path / "file")
    store.put(KEY, b"content")
    assert store.get(KEY) is None
