"""How far a check is: one line on a terminal, changed now and then, wiped away at the end; nothing anywhere else."""

from __future__ import annotations

from io import StringIO

import pytest

from cbm.progress import PACE, PATIENCE, progress_on


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _able_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


def test_a_long_check_is_told_and_wiped_away() -> None:
    screen, clock = Terminal(), Clock()
    with progress_on(screen, clock) as watch:
        assert watch is not None
        watch("findings", 0, 2_000)
        assert screen.getvalue() == ""
        clock.now = PATIENCE
        watch("findings", 1_200, 2_000)
        assert screen.getvalue() == "\r\x1b[Kfindings: 1,201 of 2,000"
        clock.now += PACE / 2
        watch("findings", 1_201, 2_000)
        assert screen.getvalue().count("findings") == 1
        clock.now += PACE
        watch("findings", 2_000, 2_000)
        assert screen.getvalue().endswith("\r\x1b[Kfindings: 2,000 of 2,000")
    assert screen.getvalue().endswith("2,000\r\x1b[K")


def test_a_short_check_leaves_no_trace() -> None:
    screen = Terminal()
    with progress_on(screen, Clock()) as watch:
        assert watch is not None
        watch("findings", 1, 2)
    assert screen.getvalue() == ""


@pytest.mark.parametrize("stream", [None, StringIO()])
def test_nobody_is_told_where_there_is_no_terminal(stream: StringIO | None) -> None:
    with progress_on(stream) as watch:
        assert watch is None


def test_a_terminal_that_cannot_wipe_a_line_is_spared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with progress_on(Terminal()) as watch:
        assert watch is None
