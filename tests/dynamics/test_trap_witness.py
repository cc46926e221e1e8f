"""A duty that can be missed by who sends late is told with one episode; the others that it takes are confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm import run
from cbm.dynamics import trap_witness
from cbm.dynamics.trap_search import Trap
from cbm.search.replay import Episode, WitnessRefused
from tests.checks.test_last_moment import TEXT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_is_told_alone_is_made_to_read_well(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clear: list[Trap] = []

    def _clear(trap: Trap, *of: object) -> Episode:
        clear.append(trap)
        return plain(trap, *of)  # type: ignore[arg-type]

    plain = trap_witness._clear
    monkeypatch.setattr(trap_witness, "_clear", _clear)
    assert len(run([path], select=["last-moment"]).findings) == len(clear) > 0


def test_what_is_not_told_is_confirmed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trap_witness, "_kept", lambda *_: False)
    with pytest.raises(WitnessRefused):
        run([path], select=["last-moment"])
