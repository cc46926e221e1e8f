"""Law: what is told of several days at once is what asking about each of them by itself gives, put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from cbm import load, run
from cbm.checking.several_dates import over_dates
from cbm.render import RENDERERS
from tests.laws.sparing import sparingly

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party KR "Korea"
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
topic talk
act call "calls the other unit" topic talk
channel phone "a line" between CN, JP
  for talk
  agreed 2017-05-01  operational from 2018-06-01
  suspended from 2020-02-01 to 2021-01-01
channel table "a meeting" between CN, JP
  for talk
  operational from 2018-01-01  meets once every 12 months  held 2018-01-01, 2019-02-01

instrument older "An older text"
  uses strait
  between CN, JP
  in force 2019-01-01
clause 7 every unit must not call

draft code "A code"
  uses strait
  between CN, JP
  beside older
covers talk in every type of encounter
clause 1 a frigate must call
clause 2 a tanker may call
cases "Later" for code
case "in 2020" as of 2020-06-01
  given own.craft is frigate
  expect possible own.call
"""
EDITS = (
    ("  in force 2019-01-01\n", "  in force 2019-01-01 until 2021-01-01\n"),
    ("between CN, JP\n  in force", "between CN, JP, KR from 2020-01-01\n  in force"),
    ("clause 1 a frigate must call\n", "clause 1 a frigate must call through phone\n"),
    ("clause 1 a frigate must call\n", "clause 1 a frigate must call through table, phone\n"),
    ("clause 2", 'reserve 2 "tankers" for talk when own.craft is tanker until 2019-12-31\nclause 3'),
    ("must not call\n", "should call\n"),
    ("  beside older\n", ""),
)
DAYS = [date(2018, 1, 1), date(2018, 7, 1), date(2019, 6, 1), date(2020, 3, 1), date(2020, 6, 1), date(2021, 6, 1)]


@sparingly(25)
@given(
    st.lists(st.sampled_from(EDITS), unique=True, max_size=3),
    st.lists(st.sampled_from(DAYS), unique=True, min_size=2, max_size=4),
)
def test_several_days_are_told_as_one_by_one(edits: list[tuple[str, str]], days: list[date]) -> None:
    text = TEXT
    for old, new in edits:
        text = text.replace(old, new)
    with TemporaryDirectory() as folder:
        path = Path(folder, "code.cbm")
        path.write_text(text, encoding="utf-8")
        one_by_one = over_dates({day: run([path], as_of=day) for day in days})
        assert RENDERERS["json"](run([path], as_of=days)) == RENDERERS["json"](one_by_one)


def test_the_edits_are_read(tmp_path: Path) -> None:
    for old, new in EDITS:
        assert old in TEXT
        path = tmp_path / "code.cbm"
        path.write_text(TEXT.replace(old, new), encoding="utf-8")
        assert [str(one) for one in load([path])[1]] == []
