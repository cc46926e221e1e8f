"""Several days of one run: those on which all has the same answers are examined once, and each other one by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cbm import run
from cbm.checking import passes
from cbm.checking.several_dates import over_dates
from cbm.render import RENDERERS

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each
  party : party
topic talk
act call "calls the other unit" topic talk

instrument older "An older text"
  uses strait
  between CN, JP
  in force 2019-01-01
clause 7 every unit must not call

draft code "A code"
  uses strait
  between CN, JP
  beside older
clause 1 every unit must call
"""
DAYS = [date(2017, 1, 1), date(2018, 1, 1), date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The days on which something was asked."""
    days: list[str] = []

    def examine(system: object, *of: object, **terms: object) -> object:
        days.append(date.isoformat(system.as_of))  # type: ignore[attr-defined]
        return plain(system, *of, **terms)  # type: ignore[arg-type]

    plain = passes.examine
    monkeypatch.setattr(passes, "examine", examine)
    return days


def test_days_with_the_same_answers_are_examined_once(path: Path, examined: list[str]) -> None:
    told = run([path], as_of=DAYS)
    # While the older text is not in force the day is named; later nothing is asked but whether it is.
    assert examined == 2 * ["2017-01-01", "2018-01-01", "2020-01-01"]
    assert RENDERERS["json"](told) == RENDERERS["json"](over_dates({day: run([path], as_of=day) for day in DAYS}))
