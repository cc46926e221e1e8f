"""What is advised where a message comes too late: only what helps."""

from __future__ import annotations

import pytest

from cbm.finding import Finding
from cbm.pipeline import check, load_text

LINES = """\
vocabulary lines
party CN "China"
party JP "Japan"
party US "United States"
kind level = desk < silent_desk < command < ministry
situation encounter
roles own, other
each party : party
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic notices
act report topic notices
channel slow "Slow line" between CN, JP for notices operational from 2018-01-01 level command
  delay "consent" 0 min to 4 h
channel silent "Line that may stay silent" between CN, JP for notices operational from 2018-01-01 level ministry
  delay "until it is answered" 0 min to never
channel desk "Desk" between CN, JP for notices operational from 2018-01-01 level desk
  open 09:00 to 17:00 UTC Mon to Fri at CN
  open 09:00 to 17:00 UTC Mon to Fri at JP
channel silent_desk "Desk that may not answer" between CN, JP for notices operational from 2018-01-01 level silent_desk
  open 09:00 to 17:00 UTC Mon to Fri at JP
  delay "until it is answered" 0 min to never
channel others "Line of others" between CN, US for notices operational from 2018-01-01 level ministry
draft code "A code"
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must report within 1 h after incident """
DELAYS = (
    "give it more time, or name a quicker channel as a fallback",
    "or agree with the other side on shorter delays",
)
SILENCE = (
    "name a quicker channel as a fallback",
    "or agree with the other side on an answer within a fixed time",
)
UNANSWERED = (
    "name as a fallback a channel through which a message counts without an answer",
    "or agree with the other side on an answer within a fixed time",
)
HOURS = (
    "give it more time, or name a channel that is open at all hours as a fallback",
    "or agree with the other side on longer hours",
)
BOTH = (
    "name a channel that is open at all hours as a fallback",
    "or agree with the other side on longer hours and on an answer within a fixed time",
)


@pytest.mark.parametrize("waits", ["acknowledged by confirm", "prior consent confirm"])
def test_where_an_answer_is_waited_for_a_channel_without_one_is_named(waits: str) -> None:
    """A quicker one that waits for an answer as well was no way out."""
    telex = f'channel telex "Telex" between CN, JP for notices operational from 2018-01-01\n  {waits}\n'
    lines = f"act confirm topic notices\n{telex}channel phone between CN, JP for notices operational from 2018-01-01\n"
    text = f"{LINES.replace('draft code', f'{lines}draft code')}through telex"

    def found(words: str) -> list[tuple[str, ...]]:
        (system,), _ = load_text(f"{words}\n")
        return [finding.remedies for finding in check(system, select=["impossible-duty"]).findings]

    (ways,) = found(text)
    assert ways == UNANSWERED
    assert found(text.replace(waits, f"{waits}\n  falls back to phone")) == []


@pytest.mark.parametrize(
    ("way", "level", "advice"),
    [
        ("slow", "command", DELAYS),
        ("silent", "ministry", SILENCE),
        ("desk", "desk", HOURS),
        ("silent_desk", "silent_desk", BOTH),
    ],
)
@pytest.mark.parametrize("asked", ["through", "at level"])
def test_what_is_advised_helps(way: str, level: str, advice: tuple[str, ...], asked: str) -> None:
    finding = _only(f"through {way}" if asked == "through" else f"at level {level}")
    assert finding.message.startswith("clause 1 can")
    assert finding.remedies == advice
    assert not finding.whenever


GONE = """\
channel gone "Line that is gone" between CN, JP for notices operational from 2010-01-01 until 2020-01-01 level ministry
channel slower "Slower line" between CN, JP for notices operational from 2018-01-01 level command
  delay "handing over" 0 min to 6 h
"""


@pytest.mark.parametrize(("through", "advice"), [("gone, slow", DELAYS), ("slow, slower", DELAYS[:1])])
def test_more_time_is_advised_of_several_lines(through: str, advice: tuple[str, ...]) -> None:
    text = LINES.replace("draft code", f"{GONE}draft code", 1)
    (system,), _ = load_text(f"{text}through {through}\n")
    (finding,) = check(system, select=["impossible-duty"]).findings
    assert finding.remedies == advice


PHONE = """\
vocabulary lines
  uses encounters
topic talks
moments sighting "the sighting"
act tell, confirm, agree topic talks
channel phone "Phone" between CN, JP for talks operational from 2018-01-01 {hours}
  delay "the talk" 0 min to 10 min
  prior consent agree
  acknowledged by confirm
draft code "A code"
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must tell within 1 h after sighting through phone
clause 2 every unit must confirm {confirming}
"""
IN_TIME = "within 10 min after other.tell\nclause 3 every unit must agree within 5 min after sighting"
OPEN = "open 09:00 to 17:00 UTC Mon to Fri at JP"


@pytest.mark.parametrize(
    ("hours", "confirming", "advice"),
    [
        ("", "", UNANSWERED),
        ("", IN_TIME, UNANSWERED[:1]),
        ("", IN_TIME.partition("\n")[0], UNANSWERED),
        ("", "\nclause 3 every unit must agree", UNANSWERED),
        (OPEN, "", BOTH),
        (OPEN, IN_TIME, (BOTH[0], HOURS[1])),
    ],
)
def test_an_answer_that_is_asked_for_in_time_is_not_advised(
    hours: str, confirming: str, advice: tuple[str, ...]
) -> None:
    (system,), _ = load_text(PHONE.format(hours=hours, confirming=confirming))
    (finding,) = check(system, select=["impossible-duty"]).findings
    assert finding.remedies == advice
    notes = "; ".join(finding.notes)
    assert "before the other end confirm, as is asked of it in 2" in notes
    assert ("before the other end agree, as is asked of it in 3" in notes) == ("agree" in confirming)
    assert ("before the other end agree, which it need never do" in notes) == ("agree" not in confirming)


def _only(asked: str) -> Finding:
    (system,), _ = load_text(f"{LINES}{asked}\n")
    (finding,) = check(system, select=["impossible-duty"]).findings
    return finding


ANYBODYS = LINES.replace('channel slow "Slow line" between CN, JP', 'channel slow "Slow line"')


def test_a_channel_whose_ends_are_not_named_is_told_by_what_it_takes() -> None:
    (system,), _ = load_text(f"{ANYBODYS}through slow\n")
    (finding,) = check(system, select=["impossible-duty"]).findings
    assert finding.message == "clause 1 can never be guaranteed"
    assert finding.notes[:2] == (
        "at best: in time throughout the week; a message arrives at once",
        "at worst: too late throughout the week; a message takes up to 4 h",
    )
    assert finding.remedies[0] == "give it more time, or name a quicker channel as a fallback"


def test_the_latest_sending_is_told_of_a_channel_whose_ends_are_not_named() -> None:
    (system,), _ = load_text(f"{ANYBODYS}through slow\n".replace("within 1 h", "within 6 h"))
    (finding,) = check(system, select=["last-moment"]).findings
    assert finding.message == "clause 1: send within 2 h of the incident; through `slow` it can take 4 h"


OVER = LINES.replace(
    " operational from 2018-01-01 level command", " operational from 2018-01-01 until 2020-01-01 level command"
)
OUT_OF_USE = "a channel that is in use: `slow` is no longer in operation from 2020-01-01 on"


@pytest.mark.parametrize(
    ("asked", "advice"),
    [
        ("through slow", f"name {OUT_OF_USE}"),
        ("\nclause 2 every unit must not report except through slow", f"let 2 leave {OUT_OF_USE}"),
    ],
)
def test_more_time_is_not_advised_for_a_line_that_is_out_of_use(asked: str, advice: str) -> None:
    (system,), _ = load_text(f"{OVER}{asked}\n")
    timely, unserved = check(system, select=["impossible-duty", "conflict", "unserved-function"]).findings
    assert timely.remedies == (advice,)
    assert "or agree on this use of the channel" not in unserved.remedies


QUICK = 'channel quick "Quick line" between CN, JP for notices operational from 2018-01-01 level command\n'
FALLING_BACK = LINES.replace(
    '  delay "consent" 0 min to 4 h\n', '  delay "consent" 0 min to 4 h\n  falls back to quick\n'
)
FALLING_BACK = FALLING_BACK.replace("draft code", f"{QUICK}draft code", 1)


def test_a_fallback_that_a_ban_leaves_no_room_for_is_not_all_that_is_advised() -> None:
    """`name a quicker channel as a fallback` settled nothing: clause 2 bars that one, too."""
    ban = "\nclause 2 every unit must not report except through slow"
    note = "what is named besides `slow` has to be left free by 2, too: `except through …`"
    for line, barred, notes in (
        ("", ban, [True]),
        ("through slow", ban, [True]),
        ("through slow", f"{ban}, quick", []),
    ):
        (system,), _ = load_text(f"{FALLING_BACK if line else LINES}{line}{barred}\n")
        assert [note in finding.notes for finding in check(system, select=["conflict"]).findings] == notes
    assert not any("left free" in one for one in _only("through slow").notes)


@pytest.mark.parametrize(
    ("ban", "told"),
    [
        ("clause 2 every unit must not report except through slow", True),
        ("clause 2 every unit when own.party is CN must not report except through slow", True),
        ("clause 2 every unit must not report through desk", False),
        ("clause 2 every unit should not report except through slow", True),
    ],
)
def test_a_ban_that_leaves_no_other_line_is_named_where_a_duty_alone_comes_too_late(ban: str, told: bool) -> None:
    (system,), _ = load_text(f"{LINES}through slow\n{ban}\n")
    notes = [note for finding in check(system, select=["impossible-duty"]).findings for note in finding.notes]
    assert any("has to be left free by 2" in note for note in notes) is told


def test_a_ban_that_never_binds_with_the_duty_is_not_named() -> None:
    text = LINES.replace("clause 1 every unit must", "clause 1 every unit when own.party is JP must")
    (system,), _ = load_text(f"{text}through slow\nclause 2 CN must not report except through slow\n")
    (finding,) = check(system, select=["impossible-duty"]).findings
    assert not any("left free" in note for note in finding.notes)


@pytest.mark.parametrize(
    ("topics", "message"), [("notices", "can never be guaranteed"), ("talks", "cannot both be complied with")]
)
def test_a_channel_that_does_not_serve_is_not_left_where_another_one_does(topics: str, message: str) -> None:
    """What is forbidden is the one that serves: with more time the clauses would clash all the same."""
    telex = (
        f'topic talks\nchannel telex between CN, JP for {topics} operational from 2018-01-01\n  delay "" 0 min to 4 h\n'
    )
    phone = "channel phone between CN, JP for notices operational from 2018-01-01\n"
    ban = "clause 2 every unit must not report through phone"
    text = f"{LINES.replace('draft code', f'{telex}{phone}draft code')}through telex, phone\n{ban}\n"
    (system,), _ = load_text(text)
    (finding,) = check(system, select=["conflict"]).findings
    assert finding.message == f"clauses 1 and 2 {message}"
    more, _ = load_text(text.replace("1 h after", "5 h after"))
    assert bool(check(more[0], select=["conflict"]).findings) == (topics == "talks")
