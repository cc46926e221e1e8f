"""Examples are told in UTC and by the clocks at the ends of the channels that clauses name, in words and in JSON."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from cbm import cards, render
from cbm.core.sorts import BEGINNING
from cbm.core.substitution import Value
from cbm.core.variables import ActInstance, Occurrence, Occurs, Variable, time_of_moment
from cbm.finding import Event
from cbm.pipeline import load_text, run
from cbm.records import replace
from cbm.wording.times.time_words import DAYS, days_told, event_words, lasting_words, time_line, time_line_words

TEXT = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic notices
act ask topic notices
channel line between CN, JP for notices operational from 2023-03-31
  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at JP
  delay "a long way" 0 min to 1 day
draft d
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must ask within 3 days after incident through line
"""
_TOLD = re.compile(r"(\w{3}) (\d\d):(\d\d) UTC, (\w{3}) (\d\d):(\d\d) in Asia/Tokyo")
WEEK = 7 * 24 * 60


def minutes(day: str, hour: str, minute: str) -> int:
    return (DAYS.index(day) * 24 + int(hour)) * 60 + int(minute)


def test_events_have_the_time_of_both_ends(tmp_path: Path) -> None:
    (tmp_path / "d.cbm").write_text(TEXT, encoding="utf-8")
    found = [f for f in run([tmp_path / "d.cbm"]).findings if f.witness is not None and f.rule != "asymmetry"]
    assert {f.rule for f in found} == {"impossible-duty"}
    for finding in found:
        assert finding.witness is not None
        told = [_TOLD.search(event.words) for event in finding.witness.events]
        told += [_TOLD.search(fact.words) for fact in finding.witness.facts if "day and time" in fact.words]
        assert told
        for match in told:
            assert match is not None
            *utc, day, hour, minute = match.groups()
            assert (minutes(day, hour, minute) - minutes(utc[0], utc[1], utc[2])) % WEEK == 9 * 60
        assert finding.witness.words.count("UTC") == max(1, len(finding.witness.events))  # nothing is said twice


def test_what_a_unit_does_is_told_as_its_vocabulary_says_it(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "checks" / "examples" / "last_moment.cbm"
    text = example.read_text(encoding="utf-8").replace("act report", 'act report "tells the other unit what it saw"', 1)
    (tmp_path / "d.cbm").write_text(text, encoding="utf-8")
    found = next(f for f in run([tmp_path / "d.cbm"], select=("last-moment",)).findings if f.witness)
    assert found.witness is not None
    assert [event.words for event in found.witness.events] == [
        "the sighting",
        "own unit tells other unit what it saw (sent)",
        "own unit tells other unit what it saw (received)",
    ]


def test_when_a_unit_does_something_is_a_moment_in_words() -> None:
    (system,), _ = load_text(TEXT.replace("act ask", 'act ask "asks the other unit"'))
    assert event_words(system, ActInstance("ask", 0, None)) == "the moment when own unit asks other unit"


def test_what_happens_at_the_end_of_a_day_is_told_of_that_day() -> None:
    ends = 'the incident", year_end "the end of the year" on 31 December of the year of incident in Asia/Tokyo'
    (system,), _ = load_text(TEXT.replace('the incident"', ends, 1))
    incident, year_end = time_of_moment("incident"), time_of_moment("year_end")
    new_year = Fraction((date(2021, 1, 1) - BEGINNING).days * 24 - 9) * 3600
    point: dict[Variable, Value] = {
        incident: new_year,
        year_end: new_year,
        Occurs(Occurrence("incident")): True,
        Occurs(Occurrence("year_end")): True,
    }
    told = time_line(system, point, [incident, year_end])
    assert [event.words for event in told] == ["the incident (2020-12-31)", "the end of the year (2020-12-31)"]
    assert days_told(system, point, [incident, year_end]) == {" (2020-12-31)"}


def test_of_what_happens_at_once_a_message_is_sent_before_it_arrives(tmp_path: Path) -> None:
    text = TEXT.replace("act ask", 'act call "calls" topic notices\nact ask "asks"').replace(
        "incident through", "own.call through"
    )
    (tmp_path / "d.cbm").write_text(text, encoding="utf-8")
    told = render(cards(tmp_path / "d.cbm"))
    assert told.index("(sent)") < told.index("(received)")


def test_a_wait_is_told_in_hours_and_minutes_where_it_is_no_round_figure() -> None:
    told = {719: "11 h 59 min", 90: "1 h 30 min", 60: "60 min", 45: "45 min", 2880: "2,880 min", 4321: "3 days 1 min"}
    assert {minutes: lasting_words(Fraction(60 * minutes), "min") for minutes in told} == told
    assert lasting_words(Fraction(3 * 3600), "h") == "3 h"


def test_what_is_done_several_times_at_once_is_told_once() -> None:
    """A card said “organiser compensates the damage at the same time” twice."""
    doing = Event("organiser", "compensate", "0", "organiser compensates the damage")
    later = replace(doing, after="3600")
    assert time_line_words((doing, doing, later)) == (
        "organiser compensates the damage then organiser compensates the damage 1 h later"
    )
