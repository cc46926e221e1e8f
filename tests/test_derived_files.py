"""What is kept in a file is read as long as it is what would be made now; otherwise it is as if it were not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.msgpack import encode

from cbm.derived_files import keep, read
from cbm.records import Record


class Table(Record):
    name: str
    rows: tuple[dict[str, int], ...]


TABLE = Table("one", ({"a": 1}, {}))
SOURCES = ("1.0", "the source")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "below" / "table"
    keep(path, SOURCES, TABLE)
    return path


def test_what_was_kept_is_read(kept: Path) -> None:
    assert read(kept, SOURCES, Table) == TABLE
    assert list(kept.parent.iterdir()) == [kept], "nothing else is left behind"


@pytest.mark.parametrize("sources", [("1.1", "the source"), ("1.0", "the Source"), ("1.0",), (*SOURCES, "")])
def test_what_was_made_of_something_else_is_not(kept: Path, sources: tuple[str, ...]) -> None:
    assert read(kept, sources, Table) is None


def test_what_is_kept_again_replaces_it(kept: Path) -> None:
    keep(kept, ("1.1",), TABLE)
    assert read(kept, SOURCES, Table) is None
    assert read(kept, ("1.1",), Table) == TABLE


def test_what_is_not_there_is_not_read(tmp_path: Path) -> None:
    assert read(tmp_path / "nothing", SOURCES, Table) is None
    assert read(tmp_path, SOURCES, Table) is None


def test_damaged_files_are_not_read(kept: Path) -> None:
    whole = kept.read_bytes()
    for length in range(len(whole)):
        kept.write_bytes(whole[:length])
        assert read(kept, SOURCES, Table) is None
    kept.write_bytes(b"\x80\x04N.")  # a pickle
    assert read(kept, SOURCES, Table) is None


def test_content_of_another_shape_is_not_read(kept: Path) -> None:
    keep(kept, SOURCES, {"name": "one", "rows": "none"})
    assert read(kept, SOURCES, Table) is None
    kept.write_bytes(encode({"sources": SOURCES}))
    assert read(kept, SOURCES, Table) is None


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "table").mkdir()
    with pytest.raises(OSError, match="table"):
        keep(tmp_path / "table", SOURCES, TABLE)
    assert [path.name for path in tmp_path.iterdir()] == ["table"]
