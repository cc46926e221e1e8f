"""Several dates asked about at once: each finding is told once, with the dates on which it is so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cbm import Misuse, run
from cbm.render import RENDERERS

BEFORE, AFTER, LATER = date(2018, 1, 1), date(2020, 1, 1), date(2021, 1, 1)
TEXT = """\
instrument older "An older text"
  uses encounters
  between CN, JP
  in force 2019-01-01
clause 7 a warship must keep separation >= 1 nmi

draft code "A code"
  uses encounters
  between CN, JP
  beside older
clause 1 a warship must keep separation <= 500 m
clause 2 a warship must keep separation >= 600 m
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_is_so_on_some_dates_says_on_which(path: Path) -> None:
    report = run([path], as_of=[LATER, BEFORE, AFTER], select=["conflict", "agreement-conflict"])
    told = {str(finding.rule): finding.message for finding in report.findings}
    assert "(so on" not in told["conflict"]
    assert told["agreement-conflict"].endswith("(so on 2020-01-01 and 2021-01-01, and not on 2018-01-01)")
    assert len(report.findings) == len(told)
    assert json.loads(RENDERERS["json"](report))["as_of"] == "2018-01-01,2020-01-01,2021-01-01"
    for form in ("full", "concise", "github", "markdown"):
        assert "and not on 2018-01-01" in RENDERERS[form](report).replace("\\", "")


@pytest.mark.parametrize("days", [[AFTER], (BEFORE, AFTER)])
def test_it_is_what_is_told_of_each_date_alone(path: Path, days: list[date]) -> None:
    told = run([path], as_of=days).findings
    alone = {day: {(f.rule, f.message) for f in run([path], as_of=day).findings} for day in days}
    for day in days:
        here = {(f.rule, f.message.partition(" (so on")[0]) for f in told if f"not on {day}" not in f.message}
        assert alone[day] <= here
    assert {(f.rule, f.message.partition(" (so on")[0]) for f in told} == set().union(*alone.values())


def test_dates_that_are_none_are_refused_in_words(path: Path) -> None:
    with pytest.raises(Misuse, match="several"):
        run([path], as_of=[])
    with pytest.raises(Misuse, match="write as_of=date"):
        run([path], as_of=["2019-10-01"])  # type: ignore[list-item]
