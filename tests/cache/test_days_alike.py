"""Several days of one run: those on which all has the same answers are read and examined once, and each other one by
itself.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cbm import run
from cbm.cache.days_alike import DaysAlike
from cbm.cache.fingerprints import fingerprint
from cbm.checking import passes
from cbm.checking.several_dates import over_dates
from cbm.checking.subjects import Subject, subjects_of
from cbm.core.norms import NormSystem
from cbm.files import read_library
from cbm.pipeline import understand
from cbm.process.budget import CANCELLED, Budget, within
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.report import Outcome
from cbm.resolve import system as resolving

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
DRAFTS = Path(__file__).parents[2] / "specs" / "drafts"
# Its hours are told by a clock that changes with the season.
HOURS = """\
moments incident "the incident"
channel phone "a line" between CN, JP
  for talk
  operational from 2010-01-01
  open 09:00 to 17:00 Europe/Vienna Mon to Fri at JP
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


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The days for which texts were read."""
    days: list[str] = []

    def resolve(documents: object, subject: str, as_of: date, **also: object) -> object:
        days.append(date.isoformat(as_of))
        return plain(documents, subject, as_of, **also)  # type: ignore[arg-type]

    plain = resolving.resolve
    monkeypatch.setattr(resolving, "resolve", resolve)
    return days


def test_texts_are_read_once(path: Path, read: list[str]) -> None:
    run([path], as_of=DAYS)
    assert read == 2 * ["2017-01-01"]  # of each text


def test_where_clocks_change_texts_are_read_for_each_day(path: Path, read: list[str]) -> None:
    text = TEXT.replace("\ninstrument", HOURS + "\ninstrument")
    must = "clause 1 every unit must call"
    path.write_text(text.replace(must, f"{must} within 3 h after incident through phone"), encoding="utf-8")
    days = [date(2020, 1, 1), date(2020, 7, 1), date(2021, 1, 1)]
    told = run([path], as_of=days)
    assert read == ["2020-01-01", *(date.isoformat(day) for day in days)]  # no clause of the older text has hours
    assert RENDERERS["json"](told) == RENDERERS["json"](over_dates({day: run([path], as_of=day) for day in days}))


def test_what_is_found_by_the_clocks_of_one_season_is_not_told_of_another(path: Path) -> None:
    # The line is open at both ends in winter alone: summer time moves one of them.
    hours = HOURS.replace("09:00 to 17:00 Europe/Vienna Mon to Fri", "16:30 to 17:00 Europe/Vienna Mon to Sun")
    hours += "  open 15:30 to 16:00 UTC Mon to Sun at CN\n  when closed refuses messages\n"
    text, must = TEXT.replace("\ninstrument", hours + "\ninstrument"), "clause 1 every unit must call"
    path.write_text(text.replace(must, f"{must} within 36 h after incident through phone"), encoding="utf-8")
    winter, summer = date(2018, 1, 15), date(2018, 7, 2)
    told = run([path], as_of=[winter, summer], select=["impossible-duty"])
    (never,) = told.findings
    assert "(so on 2018-07-02, and not on 2018-01-15)" in never.message


def test_what_a_stopped_search_found_is_told_of_its_day_alone() -> None:
    library = read_library([DRAFTS / "silent_line.cbm"])
    system, _ = understand(library, subjects_of(library)[0], DAYS[0])
    assert system is not None
    asked: list[date | None] = []

    def examine(dated: NormSystem) -> Outcome:
        asked.append(dated.as_of)
        return Outcome(())

    alike = DaysAlike()
    stopped = Budget()
    stopped.stop(CANCELLED)
    with within(stopped):
        alike.told(system, examine)
    alike.told(replace(system, as_of=DAYS[1], week=DAYS[1]), examine)
    alike.told(replace(system, as_of=DAYS[2], week=DAYS[2]), examine)
    assert asked == DAYS[:2]  # what is found to the end is told of other days, too


def test_what_is_found_in_one_system_is_not_told_of_another() -> None:
    library = read_library([DRAFTS / "silent_line.cbm"])
    system, _ = understand(library, subjects_of(library)[0], DAYS[0])
    assert system is not None
    asked: list[NormSystem] = []

    def examine(dated: NormSystem) -> Outcome:
        asked.append(dated)
        return Outcome((), clauses=len(dated.norms))

    alike, later = DaysAlike(), replace(system, as_of=DAYS[1], week=DAYS[1])
    assert alike.told(system, examine).clauses > 0
    assert alike.told(replace(later, norms={}), examine).clauses == 0
    assert alike.told(later, examine).clauses > 0
    assert len(asked) == 2


@pytest.mark.parametrize("draft", sorted(DRAFTS.glob("*.cbm")), ids=lambda path: path.stem)
def test_what_is_read_for_another_day_is_what_texts_mean_on_this_one(draft: Path) -> None:
    library = read_library([draft])
    for subject in subjects_of(library):

        def plain(day: date | None, subject: Subject = subject) -> tuple[NormSystem | None, Outcome]:
            return understand(library, subject, day)

        alike = DaysAlike()
        for day in DAYS:
            (found, told), (system, outcome) = alike.read(day, plain), plain(day)
            assert found is not None
            assert system is not None
            assert told == outcome
            assert (type(found.as_of), type(told.as_of)) == (date, date)
            assert fingerprint(found, (), ()) == fingerprint(system, (), ())
