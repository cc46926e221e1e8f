"""What is advised is what other clauses leave: where they forbid that moment, it is said where."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.checks import last_moment
from cbm.dynamics.traps import CAN_BE_MISSED, IN_GOOD_TIME
from cbm.finding import Exit, RuleId
from cbm.inquiry import Inquiry
from cbm.pipeline import run
from cbm.smt.solve import Unknown

TEXT = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting", start "the start"
axiom "two sides" own.party is not other.party
topic calls
act report topic calls
channel line "Direct line" between CN, JP for calls operational from 2020-01-01
  delay "waiting" 0 min to 2 h
draft code "A code"
  uses watch
clause 1 every unit must report within 1 day after sighting through line
clause 2 every unit when start occurs must not report until start
"""


def test_where_another_clause_forbids_the_moment_is_told(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message.startswith("clause 1: send within 22 h of the sighting")
    assert finding.notes[0] == ("clause 2 forbids to send then where the sighting is more than 22 h before the start")


CLOSED = "where the sender's end of `line` is closed then, nothing can be sent: send before it closes"
NOT_OPEN = "where the sender's end of `line` is closed then, nothing can be sent through it before it opens"
HOURS = "  open 08:00 to 18:00 UTC Mon to Fri at CN\n  open 08:00 to 18:00 UTC Mon to Fri at JP\ndraft"


def test_where_the_channel_is_closed_at_that_moment_no_clause_is_said_to_forbid_it(tmp_path: Path) -> None:
    closed = TEXT[: TEXT.index("clause 2")].replace("within 1 day", "within 10 days").replace("draft", HOURS)
    (tmp_path / "code.cbm").write_text(closed, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message.startswith("clause 1: send within 7 days 8 h of the sighting")
    assert [note for note in finding.notes if "forbid" in note] == []
    assert finding.notes[0] == CLOSED


REFUSING = """\
vocabulary lines
party CN
party JP
topic notices
situation encounter
fixed roles organiser, informed
each party : party
moments incident
act report topic notices
channel low between CN, JP for notices operational from 2024-01-01
  delay "operator" 0 min to 20 min
channel mid between CN, JP for notices operational from 2024-01-01
  open 09:00 to 17:00 Asia/Tokyo Mon to Fri at JP
  when closed refuses messages
  falls back to low
draft code
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 each party must report within 24 h after incident through mid
"""


def test_a_line_that_refuses_messages_is_closed_for_who_sends_where_the_other_end_is(tmp_path: Path) -> None:
    """It was told of the sender's end, which of a Chinese message has no hours here."""
    (tmp_path / "code.cbm").write_text(REFUSING, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert (
        finding.notes[0] == "where `mid` is closed then at either end, nothing can be sent through it before it opens"
    )


def test_a_line_without_hours_is_not_told_to_be_closed(tmp_path: Path) -> None:
    """Of what another line falls back to it is said when it stands in."""
    high = 'channel high between CN, JP for notices operational from 2024-01-01\n  delay "free" 1 h to never\n'
    text = REFUSING.replace("draft code", f"{high}  falls back to mid, low\ndraft code")
    text = text.replace("24 h after incident through mid", "4 h after incident through high")
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert "through `low` it can take 20 min" in finding.message
    assert not any("is closed then" in note for note in finding.notes)
    assert finding.notes[0].startswith("nothing can be sent through `low` then where ")


def test_where_nothing_is_under_way_in_the_example_it_is_told_when_it_was_sent(tmp_path: Path) -> None:
    """Of a line with hours: whoever sends late through it trusts that it can still be taken."""
    closed = TEXT[: TEXT.index("clause 2")].replace("within 1 day", "within 10 days").replace("draft", HOURS)
    (tmp_path / "code.cbm").write_text(closed, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.witness is not None
    assert [event.words for event in finding.witness.events if "report" in event.words] == []
    told = finding.notes[-1]
    assert told.startswith("who sent it so late complied if it took less (the delay “waiting” of Direct line: ")
    assert "): the sighting (" in told
    assert "report of own unit (" in told


def test_of_what_is_to_be_sent_at_once_it_is_not_advised_to_send_before(tmp_path: Path) -> None:
    """The end may be closed when the units sight each other, and nobody foresees that."""
    closed = TEXT[: TEXT.index("clause 2")].replace("within 1 day", "within 64 h").replace("draft", HOURS)
    (tmp_path / "code.cbm").write_text(closed, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message.startswith("clause 1: send at once, upon the sighting")
    assert finding.notes[0] == NOT_OPEN


def test_what_takes_less_than_it_may_and_comes_too_early_is_not_said_to_be_impossible_to_send(tmp_path: Path) -> None:
    """It can be sent then, whatever the delay is; and arrives before it is to arrive."""
    text = TEXT[: TEXT.index("clause 1")] + (
        "clause 1 every unit must report at least 3 h after sighting within 4 h after sighting through line\n"
    )
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message.startswith("clause 1: send within 2 h of the sighting")
    assert finding.notes[0] == (
        "what is sent through `line` then arrives too early where the delay “waiting” of Direct line is under 1 h"
    )


@pytest.mark.parametrize(
    ("delay", "asked"),
    [("0 min to 2 h", IN_GOOD_TIME), ("2 h to 2 h", CAN_BE_MISSED)],
    ids=["may be late", "takes as long always"],
)
def test_of_what_is_never_sure_to_be_in_time_it_is_still_asked_whether_it_can_be_missed(
    tmp_path: Path, delay: str, asked: str
) -> None:
    """Nothing would be told of it, so it is passed over, and asked about when nothing else is found."""
    short = TEXT.replace("within 1 day after", "within 1 h after").replace("0 min to 2 h", delay)
    (tmp_path / "code.cbm").write_text(short, encoding="utf-8")
    report = run([tmp_path / "code.cbm"], select=["last-moment"])
    assert not [f for f in report.findings if f.rule == "last-moment"]
    assert [q.subject for q in report.questions if q.rule == "last-moment"] == [asked]


def test_of_a_duty_that_leaves_no_room_it_is_not_said_that_it_forbids(tmp_path: Path) -> None:
    text = TEXT[: TEXT.index("clause 2")].replace("act report", "act report once")
    text = text.replace('sighting "the sighting",', 'sighting "the sighting" planned,')
    text = text.replace("each party : party", "each\n  party : party\n  hurry : flag")
    text += "clause 2 every unit when own.hurry must report within 10 h after sighting through line\n"
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    finding, _ = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.notes[0] == "beside clause 2 it cannot be sent then where own unit is hurry"


def test_hours_that_leave_nothing_are_no_matter_of_another_duty(tmp_path: Path) -> None:
    """It was told that it cannot be sent “beside clause 2”: another message was taken for the one that is owed."""
    phone = 'channel phone between CN, JP for calls operational from 2020-01-01\n  delay "ringing" 0 min to 1 h\ndraft'
    text = TEXT[: TEXT.index("clause 2")].replace(
        "draft", f"{HOURS.removesuffix('draft')}  falls back to phone\n{phone}"
    )
    text += "clause 2 every unit when start occurs must report within 2 h after start through phone\n"
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    finding, *others = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert len(others) == 1
    assert finding.notes[0] == NOT_OPEN


def test_where_it_cannot_be_sent_then_is_told_as_undecided_if_nobody_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note was left out, as if it could always be sent then."""
    monkeypatch.setattr("cbm.checks.last_moment._shut", lambda *_: Unknown("too hard"))
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    report = run([tmp_path / "code.cbm"], select=["last-moment"])
    undecided, finding = report.findings
    assert finding.notes[0] == "where nothing can be sent then stayed undecided"
    assert undecided.rule == "undecided"
    assert report.exit == Exit.UNDECIDED


OPEN = """\
options which one of CN, JP
clause 1 every unit must report within [which CN: 1 day | JP: 20 h] after sighting through line
clause 2 every unit must not call [which CN: until start | JP: delete]
"""
LATEST = {"CN": "clause 1: send within 22 h of the sighting", "JP": "clause 1: send within 18 h of the sighting"}


@pytest.mark.parametrize("rule", ["last-moment", "trap"])
@pytest.mark.parametrize("tied", ["", "tie which is JP only if 3 is JP\n"])
def test_of_what_is_taken_it_is_known_that_nothing_is_open(tmp_path: Path, rule: str, tied: str) -> None:
    """A choice of which ties leave one option was settled again and again, until the work was too much."""
    text = TEXT.replace("act report topic calls", "act report, call topic calls")
    code = text[: text.index("clause 1")] + OPEN + "clause 3 every unit must [CN: call | JP: report]\n" + tied
    (tmp_path / "code.cbm").write_text(code, encoding="utf-8")
    for who, latest in LATEST.items():
        report = run([tmp_path / "code.cbm"], select=[rule, "undecided"], take=[f"which={who}"])
        assert report.undecided == ()
        assert any(f.message.startswith(latest) for f in report.findings) == (rule == "last-moment")


def test_of_messages_through_several_channels_it_is_told_which_goes_through_which(tmp_path: Path) -> None:
    """The example of `line` has a message through `note` as well; nobody could tell them apart."""
    note = (
        'channel note between CN, JP for calls operational from 2020-01-01\n  delay "handing over" 2 h to 36 h\ndraft'
    )
    text = TEXT[: TEXT.index("clause 2")].replace("draft", note).replace("within 1 day", "within 3 h")
    text += "clause 2 every unit must report within 48 h after sighting through note\n"
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    for finding in run([tmp_path / "code.cbm"], select=["last-moment"]).findings:
        assert finding.witness is not None
        told = [event.words for event in finding.witness.events if "report" in event.words]
        assert len(told) == 4
        assert all(words.endswith(("through `line`)", "through `note`)")) for words in told)
        assert finding.notes[-1].startswith("who sent it then complied")


IN_ONE_LANGUAGE = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
axiom "two sides" own.party is not other.party
topic calls
language chinese "Chinese"
language english "English"
act report topic calls
act tell topic calls
channel line "Direct line" between CN, JP for calls operational from 2020-01-01
  delay "waiting" 0 min to 2 h
  languages chinese
channel telex "Telex" between CN, JP for calls operational from 2020-01-01
  delay "typing" 0 min to 3 h
draft code "A code"
  uses watch
clause 1 every unit must report within 1 day after sighting through line, telex
clause 2 every unit must not report except worded in english
"""


def test_the_next_channel_is_told_where_a_clause_leaves_the_surest_one_no_language(tmp_path: Path) -> None:
    """Nothing was told, and that was called decided: on the line, which leaves most time, nobody speaks English."""
    (tmp_path / "code.cbm").write_text(IN_ONE_LANGUAGE, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message == (
        "clause 1: send within 21 h of the sighting; what is sent later is forbidden by 2 or may be late: "
        "through `telex` it can take 3 h"
    )


def test_so_it_is_where_clauses_on_something_else_clash(tmp_path: Path) -> None:
    """The line was told, as nobody can comply with everything anyway."""
    clash = "clause 3 every unit must not tell\nclause 4 every unit must tell\n"
    (tmp_path / "code.cbm").write_text(IN_ONE_LANGUAGE + clash, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message == "clause 1: send within 21 h of the sighting; through `telex` it can take 3 h"


def test_what_is_not_known_of_the_surest_channel_leaves_the_next_one_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not told as the last moment where an earlier sending on the line may leave more time."""
    (tmp_path / "code.cbm").write_text(IN_ONE_LANGUAGE, encoding="utf-8")
    monkeypatch.setattr(last_moment, "_shut", lambda _inquiry, _way: Unknown("canceled"))
    report = run([tmp_path / "code.cbm"], select=["last-moment"])
    assert [finding.rule for finding in report.findings] == [RuleId.UNDECIDED]


def test_a_moment_is_not_advised_as_known_where_it_was_given_up_whether_it_is_barred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is advised all the same, for nothing is known to bar it; and that nobody knows it is told once."""
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    monkeypatch.setattr(Inquiry, "ask", lambda *_: Unknown("too hard"))
    report = run([tmp_path / "code.cbm"], select=["last-moment"])
    about_it = [f.message for f in report.undecided if "sent at the latest moment" in f.message]
    assert about_it == [
        "undecided: can it always be sent at the latest moment that is sure to be in time (clause 1)",
    ]
    assert finding.message in [f.message for f in report.findings]
    assert report.exit is Exit.UNDECIDED


def test_delays_of_lines_that_the_clause_does_not_go_through_are_not_told(tmp_path: Path) -> None:
    """All that differed was told, also of a line that only another clause names."""
    slow = 'channel slow between CN, JP for calls operational from 2020-01-01\n  delay "handing over" 1 h to 3 h\n'
    text = TEXT[: TEXT.index("clause 2")].replace("draft code", f"{slow}draft code", 1)
    text += "clause 2 every unit must report within 2 days after start through slow\n"
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    told = {f.clauses: f.notes for f in run([tmp_path / "code.cbm"], select=["last-moment"]).findings}
    for clause, other in (("code:1", "handing over"), ("code:2", "waiting")):
        (note,) = (note for note in told[clause,] if "it took less" in note)
        assert other not in note
