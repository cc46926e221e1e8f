"""A store gives back what it was given, or nothing: whatever happens to its file, and whoever uses it besides."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from cbm.cache import byte_store
from cbm.cache.byte_store import ByteStore
from cbm.process.budget import Budget, within

KEY, OTHER = b"k" * 32, b"o" * 32


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
    with closing(sqlite3.connect(file_of(tmp_path))) as file, file:
        file.execute(f"UPDATE kept SET {change}")
    assert store.get(KEY) is None
    with closing(sqlite3.connect(file_of(tmp_path))) as file, file:
        assert file.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_content_under_another_key_is_not_taken_for_its_own(tmp_path: Path) -> None:
    store = ByteStore(tmp_path)
    store.put(KEY, b"content")
    with closing(sqlite3.connect(file_of(tmp_path))) as file, file:
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


@pytest.fixture(params=[0, 4_000_000], ids=["row by row", "at once"])
def held(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a store that is read in this way where it is held open."""
    monkeypatch.setattr(byte_store, "_SMALL", request.param)
    ByteStore(tmp_path).put_all({KEY: b"content", OTHER: b"other"}, ())
    return tmp_path


def test_who_holds_it_open_finds_what_was_put_and_nothing_afterwards(held: Path) -> None:
    with ByteStore(held) as store:
        assert [store.look_up(key) for key in (KEY, OTHER, b"none")] == [b"content", b"other", None]
    assert store.look_up(KEY) is None


@pytest.mark.parametrize("change", ["content = x'00'", "digest = x'00'", "content = 'text'", "content = 7"])
def test_who_holds_it_open_finds_nothing_that_does_not_carry_its_digest(held: Path, change: str) -> None:
    with closing(sqlite3.connect(file_of(held))) as file, file:
        file.execute(f"UPDATE kept SET {change} WHERE key = ?", (KEY,))
    with ByteStore(held) as store:
        assert [store.look_up(key) for key in (KEY, OTHER)] == [None, b"other"]


@pytest.fixture(params=["a name that is no text", "another table", "no table"])
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of a store whose file is one of sqlite, and not its own."""
    ByteStore(tmp_path).put_all({KEY: b"content"}, ())
    file = file_of(tmp_path)
    if request.param == "a name that is no text":
        file.write_bytes(
            file.read_bytes().replace(b"tablekept", b"table\xb4ept").replace(b"CREATE TABLE", b"NO TABLE IS")
        )
        return tmp_path
    file.unlink()
    with closing(sqlite3.connect(file)) as other, other:
        if request.param == "another table":
            other.execute("CREATE TABLE kept (other TEXT)")
    return tmp_path


def test_who_holds_open_what_is_broken_finds_nothing_and_keeps_anew(broken: Path) -> None:
    with within(budget := Budget()):
        with ByteStore(broken) as store:
            assert store.look_up(KEY) is None
        for _ in range(2):  # the first one may throw the file away
            store.put_all({KEY: b"content"}, ())
    assert (ByteStore(broken).get(KEY), budget.incidents) == (b"content", [])


@pytest.mark.parametrize("content", [b"no store", b""])
def test_who_holds_open_what_is_no_store_finds_nothing(held: Path, content: bytes) -> None:
    file_of(held).write_bytes(content)
    with ByteStore(held) as store:
        assert store.look_up(KEY) is None
