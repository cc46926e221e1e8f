"""Whole statements and whole texts as drafters write them: what is told of each, and what it becomes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import cbm
from cbm.source import Source
from cbm.syntax.parse import mends, parse
from cbm.translation.speech import Language, speaking
from tests.syntax.reading import said

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "wholes.toml").read_text(encoding="utf-8"))
SLIPS: list[dict[str, Any]] = TABLE["slip"]
MOST = 40


def within(slip: dict[str, Any], statement: str) -> str:
    """A statement with what stands before and behind it."""
    around = TABLE["heads"][slip["head"]]
    return f"{around['head']}{statement}\n{around['tail']}"


def told(text: str) -> list[str]:
    return [" → ".join((finding.message, *finding.remedies)) for finding in parse(Source("text.cbm", text))[1]]


def after_all(text: str) -> str:
    """A text once all that is advised as one change is done."""
    for _ in range(MOST):
        changes = mends(Source("text.cbm", text))
        if not changes:
            return text
        span = changes[0].edit.span
        text = f"{text[: span.start]}{changes[0].edit.replacement}{text[span.end :]}"
    pytest.fail("it does not come to an end")


@pytest.mark.parametrize("slip", SLIPS, ids=[slip["written"] for slip in SLIPS])
def test_what_is_told_and_what_it_becomes(slip: dict[str, Any]) -> None:
    text = within(slip, slip["written"])
    assert told(text) == slip["says"]
    after = after_all(text)
    assert [line.split() for line in after.splitlines()] == [
        line.split() for line in within(slip, slip["mended"]).splitlines()
    ]
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_advice_is_the_same_in_other_languages(language: Language) -> None:
    with speaking(language):
        assert [after_all(within(slip, slip["written"])) for slip in SLIPS[::9]] == [
            after_all(within(slip, slip["mended"])) for slip in SLIPS[::9]
        ]


DRAFT = "draft code uses encounters between CN, JP\n"
VOCABULARY = 'vocabulary lines "Lines"\nparty CN\nparty JP\nparty KR\ntopic notices "notices"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # Which day is meant only who wrote it knows.
        (
            "draft code uses encounters proposed 1/5/2027\n",
            "1:28 a date is written as year, month and day in figures → write `proposed 2027-05-01 / 2027-01-05`",
        ),
        (
            f"{VOCABULARY}channel hotline between CN, JP for notices agreed 1/5/2027\n",
            (
                "6:51 a date is written as year, month and day in figures"
                " → write `2027-05-01` or `2027-01-05`, whichever day is meant"
            ),
        ),
        # A longest time may be what it takes at most, or always.
        (
            f'{VOCABULARY}channel hotline between CN, JP for notices delay "answer" 30 min\n',
            (
                '6:44 a delay has a shortest and a longest time → write `delay "answer" 0 min to 30 min`'
                ' or `delay "answer" 30 min to 30 min`, whichever is meant'
            ),
        ),
        # A line that is suspended until a day serves again; one that is suspended and ends does not.
        (
            f"{VOCABULARY}channel hotline between CN, JP for notices suspended from 2020-02-01 until 2021-06-01\n",
            (
                "6:70 `until` ends a channel for good, and not a time in which it is suspended"
                " → write `suspended from 2020-02-01 to 2021-06-01` where it serves again"
                " → or put `until 2021-06-01` in front of `suspended` where it does not"
            ),
        ),
        # One that continues another is no successor.
        (
            f"{VOCABULARY}party RU successor of SU from 1991-12-26\n",
            (
                "6:1 a State that goes on under another name is not one that takes the place of another"
                " → write `party RU continues SU from DATE` here for the first, and `between US, RU succeeds SU`"
                " in the header of a text for the second"
            ),
        ),
    ],
)
def test_what_can_mean_several_things_is_not_changed(text: str, message: str) -> None:
    assert said(text) == [message]
    assert mends(Source("text.cbm", text)) == ()


def test_other_hours_on_other_days_are_not_made_one() -> None:
    hours = "open weekdays 9 to 17, weekends 10 to 12 JST at JP"
    text = f"{VOCABULARY}channel hotline between CN, JP for notices {hours}\n"
    assert "other hours on other days are said by themselves" in said(text)[0]
    assert mends(Source("text.cbm", text)) == ()


def test_days_that_are_joined_are_no_days_in_between() -> None:
    written = f"{VOCABULARY}channel hotline between CN, JP for notices open 9 to 17 JST Mon and Fri at JP\n"
    assert after_all(written).endswith("open 09:00 to 17:00 Asia/Tokyo Mon, Fri at JP\n")


def test_what_ends_a_text_is_not_made_the_end_of_its_last_party() -> None:
    text = after_all(f"instrument pact uses encounters between CN, JP, KR expires 2030-12-31\n{CLAUSE}")
    assert text == f"instrument pact uses encounters until 2030-12-31 between CN, JP, KR\n{CLAUSE}"
    assert cbm.load_text(text)[1] == ()


CLAUSE = "clause 1 a warship must call\n"


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ("in force 2028-05-01 until 2027-05-01", "it ends on 2027-05-01, before it begins on 2028-05-01"),
        ("in force 2028-05-01 suspended 2027-05-01", "it ends on 2027-05-01, before it begins on 2028-05-01"),
        (
            "suspended 2020-02-01 until 2021-06-01",
            "`until` ends a text for good, and not a time in which it is suspended",
        ),
    ],
)
def test_a_text_that_could_never_bind_as_it_is_meant_is_told(dates: str, message: str) -> None:
    _, findings = cbm.load_text(f"instrument pact uses encounters between CN, JP {dates}\n{CLAUSE}")
    assert [finding.message for finding in findings] == [message]


def test_a_text_that_is_suspended_and_ends_binds_no_more_from_the_first_of_the_two_days() -> None:
    dates = "in force 2018-01-01 until 2021-06-01 suspended 2020-02-01"
    systems, findings = cbm.load_text(f"instrument pact uses encounters between CN, JP {dates}\n{CLAUSE}")
    assert findings == ()
    assert str(systems[0].texts["pact"].until) == "2020-02-01"


def test_a_word_in_a_title_is_no_word_of_the_language() -> None:
    text = 'vocabulary sea\ntopic talks "talks of States" twice\n'
    assert "each party" not in said(text)[0]
    assert mends(Source("text.cbm", text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        f"{DRAFT}covers the act lase in every type of encounter\n",
        f"{DRAFT}clause 1 a warship must or call\n",
        f"{DRAFT}clause 1 a warship [should or must] call\n",
    ],
)
def test_nothing_breaks_off(text: str) -> None:
    assert said(text)


SEA = """\
Draft sea_code "Code of conduct at sea" cn "海上行为准则"
  uses encounters
  Contracting Parties: CN and JP
  rank MoU, proposed 1.5.2027
  subject to the colregs
Article 1 "Scope"
clause 1 this code applies when zone is not territorial_sea
clause 2 without prejudice to "claims on the law of the sea"
Article 2: Keeping clear
clause 1 "Distance" a warship meeting a warship must keep separation >= 1,000 m unless own.distress
clause 2 "Calls" a warship meeting a warship must call and answer
clause 3 derogation from 1 when other.distress
Article 2 bis "Weapons"
clause 1 "Aim" every unit must not aim_weapons, lase
clause 2 "Silence" a warship need not call in place of Article 2, clause 2
covers separation in all types of encounter unless own.distress
reserve 9 "drones" for separation when own is an uncrewed_vessel until further notice
Cases for sea_code:
case 1 "two warships" as at 1 June 2027
  given own.craft is warship, other.craft is warship
  expect own must keep separation >= 1,000 m by clause 2.1
"""
SEA_MENDED = """\
draft sea_code "Code of conduct at sea" zh "海上行为准则"
  uses encounters
  between CN, JP
  rank memorandum proposed 2027-05-01
  subject to colregs
article 1 "Scope"
clause 1 applies when zone is not territorial_sea
without prejudice 2 "claims on the law of the sea"
article 2 "Keeping clear"
clause 1 "Distance" a warship meeting a warship must keep separation >= 1,000 m unless own.distress
clause 2 "Calls" a warship meeting a warship must call , answer
clause 3 exception to 1 when other.distress
article 2 bis "Weapons"
clause 1 "Aim" every unit must not aim_weapons, lase
clause 2 "Silence" a warship need not call in place of 2.2
covers separation in every type of encounter when not (own.distress)
reserve 9 "drones" for separation when own is an uncrewed_vessel
cases for sea_code
case "two warships" as of 2027-06-01
  given own.craft is warship and other.craft is warship
  expect own must keep separation >= 1,000 m by 2.1
"""
LINES = """\
vocabulary lines-2027 "Lines"
party CN "China"
party JP "Japan"
topic notices "notices"
topic incidents "incidents"
kind level "level": command < ministry
language english English
hotline defence_line "Direct line" between CN and JP
  ministry level on notices and incidents
  agreed on 9 May 2018, in operation since 31.3.2023
  open Mon-Fri 9 to 17 JST at JP
  open 8:30-17:30 Beijing time on weekdays at CN
  when closed stores messages
  delay "until answered" up to 30 minutes
  working language english
  suspended 2024-01-01 to 2024-06-01
channel yearly_talks "Talks" between CN, JP for notices
  works from 1 June 2018
  meets annually held 27 December 2018 and 26 December 2019
"""
LINES_MENDED = """\
vocabulary lines_2027 "Lines"
party CN "China"
party JP "Japan"
topic notices "notices"
topic incidents "incidents"
kind level "level" = command < ministry
language english "English"
channel defence_line "Direct line" between CN , JP
  level ministry for notices, incidents
  agreed 2018-05-09 operational from 2023-03-31
  open 09:00 to 17:00 Asia/Tokyo Mon to Fri at JP
  open 08:30 to 17:30 Asia/Shanghai Mon to Fri at CN
  when closed holds messages
  delay "until answered" 0 min to 30 min
  languages english
  suspended from 2024-01-01 to 2024-06-01
channel yearly_talks "Talks" between CN, JP for notices
  operational from 2018-06-01
  meets once every year held 2018-12-27 , 2019-12-26
"""
ROLLING = """\
draft rolling "Rolling text"
  uses encounters
  between CN, JP
  status track 1.5 from 2027-03-01
options reach "Least distance": CN, JP
clause 1 every unit must keep separation >= [reach CN: 500 m | JP: 1,000 m]
clause 2 a warship [should/must] call within [24 or 48] h after encounter_begins
Option CN "as in 2014":
clause 7 a warship must not insult
alternative JP: delete
end of option
tie reach is CN if 2 is 1
cases rolling
case "radar"
  expect own must answer
"""


@pytest.mark.parametrize(("written", "meant"), [(SEA, SEA_MENDED), (LINES, LINES_MENDED)], ids=["sea", "lines"])
def test_messages_on_a_whole_text_lead_to_what_was_meant(written: str, meant: str) -> None:
    after = after_all(written)
    assert [line.split() for line in after.splitlines()] == [line.split() for line in meant.splitlines()]
    assert cbm.load_text(after)[1] == ()


def test_a_mistake_hides_none_that_stands_further_down() -> None:
    lines = [int(line.split(":")[0]) for line in said(SEA)]
    assert [n for n in (1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21) if n not in lines] == []
    lines = [int(line.split(":")[0]) for line in said(ROLLING)]
    assert [n for n in (4, 5, 7, 8, 10, 11, 12, 13) if n not in lines] == []


def test_a_tie_is_not_told_to_speak_of_what_could_not_be_read() -> None:
    _, findings = cbm.load_text(ROLLING)
    assert [finding.message for finding in findings if "there is no choice" in finding.message] == []
