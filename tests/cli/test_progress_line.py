"""How far a check is: one line on a terminal, changed now and then, wiped away at the end; nothing anywhere else."""

from __future__ import annotations

from io import StringIO

import pytest

from cbm.cli.progress_line import PACE, PATIENCE, progress_on


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


@pytest.mark.parametrize(
    ("seconds", "done", "left"),
    [
        (PATIENCE, 10, ""),  # too little was seen
        (10, 10, ", about 2 min left"),
        (10, 50, ", about 10 s left"),
        (10, 90, ""),  # it will be over by then
        (60, 10, ", about 9 min left"),
    ],
)
def test_how_long_it_takes_is_told_once_enough_was_seen(seconds: float, done: int, left: str) -> None:
    screen, clock = Terminal(), Clock()
    with progress_on(screen, clock) as watch:
        assert watch is not None
        watch("conflicts", 9, 10)
        clock.now = 100
        watch("findings", 0, 100)  # the rest is told of this kind of work alone
        clock.now += seconds
        watch("findings", done, 100)
        assert screen.getvalue().endswith(f"\r\x1b[Kfindings: {done + 1} of 100{left}")


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
