"""Texts named in a header that bind nobody: by name, with the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cbm.pipeline import run
from cbm.render import RENDERERS

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party US "United States"
party SU "Soviet Union"
party RU "Russia"
party RU continues SU from 2021-01-01
situation encounter
roles own, other
each party : party
shared night : flag
axiom "two sides" own.party is not other.party
act call, answer topic talk

instrument later "An agreement to come"
  uses strait
  in force 2024-01-01
clause 1 every unit must call

instrument over "An agreement that has ended"
  uses strait
  in force 2001-01-01 until 2010-01-01
clause 1 every unit must call

instrument alliance "An alliance"
  uses strait
  between JP, US
clause 1 every unit must call

instrument league "A league"
  uses strait
  between JP until 2015-12-31, SU, US
clause 1 every unit must call

instrument claims "Claims"
  uses strait
without prejudice 1 "what either side claims"

instrument rules "Rules for everybody"
  uses strait
clause 1 every unit must call

instrument left "An agreement that others have left"
  uses strait
  between CN, JP until 2015-12-31, RU from 2030-01-01 until 2035-12-31
  in force 2001-01-01
clause 1 every unit must call

instrument absent "An agreement with another one"
  uses strait
  between CN, JP, RU
  in force 2001-01-01
clause 1 every unit must call

draft code
  uses strait
  between CN, JP
  beside later, over, alliance, league, claims, rules, left, absent
clause 1 every unit must answer
"""

LEAGUE = "Soviet Union and United States; Japan was one up to and on 2015-12-31"
ALONE = "China is its only party on 2019-10-01"


def test_texts_that_bind_nobody_are_named(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    report = run([tmp_path / "code.cbm"], as_of=date(2019, 10, 1))
    assert [line.split(" binds nobody here: ") for line in report.background if "binds nobody" in line] == [
        ["later (An agreement to come)", "it is in force from 2024-01-01 on, and asked about is 2019-10-01"],
        [
            "over (An agreement that has ended)",
            "from 2010-01-01 on it no longer binds, and asked about is 2019-10-01",
        ],
        [
            "alliance (An alliance)",
            "no encounter is between parties to it (Japan and United States) and to code (China and Japan)",
        ],
        [
            "league (A league)",
            f"no encounter is between parties to it ({LEAGUE}) and to code (China and Japan)",
        ],
        ["claims (Claims)", "none of its clauses asks for anything, or leaves it free"],
        [
            "left (An agreement that others have left)",
            f"{ALONE} (Japan was one up to and on 2015-12-31 and Russia is one from 2030-01-01 on)",
        ],
    ]
    named = "absent (An agreement with another one) names parties that are not there yet on 2019-10-01: Russia"
    assert named in report.background
    bind_nobody = [line for line in report.background if "binds nobody" in line or line == named]
    assert sorted(report.unheard) == sorted(bind_nobody)
    for name in ("concise", "github", "gitlab", "sarif", "junit", "markdown"):
        assert "it is in force from 2024" in RENDERERS[name](report).replace("\\", "")


ENDED = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each
  party : party
topic talk
act call topic talk
instrument over "A text that is over"
  uses strait
  between CN, JP
  in force 2010-01-01
  until 2012-01-01
clause 1 every unit must call
clause 2 every unit must not call
"""


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2009, 1, 1), ["over binds nobody on 2009-01-01: it is in force from 2010-01-01 on"]),
        (date(2011, 12, 31), ["clauses 1 and 2 cannot both be complied with"]),
        (date(2012, 1, 1), ["over binds nobody on 2012-01-01: from 2012-01-01 on it no longer binds"]),
        (None, ["clauses 1 and 2 cannot both be complied with"]),
    ],
)
def test_a_text_that_is_not_in_force_is_told_as_that_once(tmp_path: Path, day: date | None, found: list[str]) -> None:
    path = tmp_path / "over.cbm"
    path.write_text(ENDED, encoding="utf-8")
    report = run([path], as_of=day)
    assert [finding.message.split(", and")[0] for finding in report.findings] == found
    over = "over is asked about without a date, and read as in force, though it no longer binds from 2012-01-01 on"
    undated = f"{over} (on the command line: `--as-of`)"
    assert (undated in report.background) is (day is None)


ENDED_LINE = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each party : party
topic calls
act call topic calls
channel line between CN, JP for calls operational from 2010-01-01 until 2012-01-01
draft code "A code"
  uses strait
  between CN, JP
clause 1 every unit must call
clause 2 every unit must not call except through line
"""


@pytest.mark.parametrize("day", [date(2011, 1, 1), None])
def test_a_line_that_is_over_is_told_where_no_date_is_asked_about(tmp_path: Path, day: date | None) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(ENDED_LINE, encoding="utf-8")
    report = run([path], as_of=day)
    assert [f.rule for f in report.findings] == []
    ended = "`line` is read as in operation, though it no longer is from 2012-01-01 on"
    assert (f"no date is asked about: {ended} (on the command line: `--as-of`)" in report.background) is (day is None)


JOINED = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party KR "Korea"
situation encounter
roles own, other
each
  party : party
topic talk
act call topic talk
draft code
  uses strait
  between CN, JP, KR from 2026-03-01 until 2030-12-31
clause 1 every unit must call
"""


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 2, 1), ["left aside: Korea is a party to code from 2026-03-01 on"]),
        (date(2026, 3, 1), []),
        (date(2031, 1, 1), ["left aside: Korea was a party to code up to and on 2030-12-31"]),
        (None, []),
    ],
)
def test_who_is_no_party_to_the_text_under_check_on_the_date_is_told(
    tmp_path: Path, day: date | None, told: list[str]
) -> None:
    (tmp_path / "code.cbm").write_text(JOINED, encoding="utf-8")
    assert list(run([tmp_path / "code.cbm"], as_of=day).unheard) == told
