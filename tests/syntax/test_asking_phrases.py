"""What is asked and how it is done, in words of treaties: what is told, what it becomes, and that it leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from cbm.pipeline import load_text
from tests.syntax.reading import mended, said, told_once, told_without_a_change

ADDED = "what is added to an act stands without a comma: leave `,` out"
EXCEPTED = "up to when it is not forbidden is said with `except before` → write `{}`"
HEAD = "draft notices uses activities, channels between CN, JP proposed 2024-01-01\nclause 1 organiser "


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        (
            "must notify using diplomatic_note at least 3 days before start",
            "by which channel it goes is said with `through`",
            "must notify through diplomatic_note at least 3 days before start",
        ),
        (
            "must notify, unless dangerous",
            "an exception stands without a comma: leave `,` out",
            "must notify unless dangerous",
        ),
        (
            "must not only notify but also reply",
            "what a clause asks for stands in a list",
            "must notify, reply",
        ),
        ("must, when dangerous, notify", "a condition stands before `must`", "when dangerous must notify"),
        (
            "must notify the other party at least 3 days before start",
            "each clause is about the other side already: leave `the other party` out",
            "must notify at least 3 days before start",
        ),
        (
            "must not notify before decision, except through diplomatic_note",
            "an exception stands without a comma: leave `,` out",
            "must not notify before decision except through diplomatic_note",
        ),
        (
            "must notify through diplomatic_note and not through navigational_warning",
            "what is forbidden takes a sentence of its own",
            "must notify through diplomatic_note; must not notify through navigational_warning",
        ),
        (
            "must notify each other at least 3 days before start",
            "each clause is about the other side already: leave `each other` out",
            "must notify at least 3 days before start",
        ),
        (
            "must notify in any case at least 3 days before start",
            "`in any case` adds nothing to it: leave it out",
            "must notify  at least 3 days before start",
        ),
        (
            "must notify and informed must reply",
            "a further sentence of a clause stands behind a semicolon: write `; informed …`",
            "must notify; informed must reply",
        ),
        (
            "must notify, including purpose",
            "what is stated stands behind `stating`, without a comma",
            "must notify stating purpose",
        ),
        ("must notify stating its purpose", "`its` is not needed: leave it out", "must notify stating purpose"),
        (
            "must notify through the diplomatic_note",
            "`the` is not needed: leave it out",
            "must notify through diplomatic_note",
        ),
        ("must also notify", "`also` adds nothing to it: leave it out", "must notify"),
        (
            "must, within 24 h after incident, notify",
            "how and when it is done is said behind the act",
            "must notify within 24 h after incident",
        ),
        (
            "must through diplomatic_note notify",
            "how and when it is done is said behind the act",
            "must notify through diplomatic_note",
        ),
        (
            "must not begin_activity for 48 h after incident",
            "a time that counts from something is said with `within`",
            "must not begin_activity within 48 h after incident",
        ),
    ],
)
def test_what_is_told_of_what_is_asked_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    assert told_once(f"{HEAD}{written}\n").partition(" → ")[0] == message
    assert mended(f"{HEAD}{written}\n") == f"{HEAD}{meant}\n"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "must notify in writing",
            (
                "in which form a message is sent is said by its channel"
                " → write `through` and a channel, which `cbm words` finds"
            ),
        ),
        (
            "must not, unless dangerous, notify",
            "an exception stands behind what is asked → write `must not … unless dangerous`",
        ),
        (
            "must not begin_activity without notify",
            "what has to come first is said with `until` → write `until ROLE.notify`, with the role whose act it is",
        ),
        (
            "may begin_activity only after informed.reply",
            (
                "what may be done only then is forbidden until then"
                " → write `must not begin_activity until informed.reply`"
            ),
        ),
        (
            "may only begin_activity after informed.reply at least 2 h before start",
            (
                "what may be done only then is forbidden until then"
                " → write `must not begin_activity until informed.reply`"
            ),
        ),
        (
            "may begin_activity only if informed.reply",
            (
                "what may be done only then is forbidden otherwise"
                " → write `must not begin_activity unless …`, with the condition"
            ),
        ),
        (
            "must only notify",
            (
                "`only` forbids nothing: a clause says no more than what it asks for or allows"
                " → write `must notify`, and a clause with `must not` for what is not to be done"
            ),
        ),
        (
            "must notify except in emergencies",
            ("an exception is a condition → write `unless` and a word that `cbm words` finds"),
        ),
        (
            "must, as far as possible, notify",
            (
                "`as far as possible` leaves open when it is owed"
                " → write `should` where it is advice, or `unless` and when it is not owed"
            ),
        ),
        (
            "must not begin_activity without having notified",
            (
                "what has to come first is said with `until`"
                " → write `until ROLE.ACT` with the role and the act that are meant"
            ),
        ),
        (
            "must not begin_activity until it has replied",
            (
                "what a unit has done is said by its role and the act, with a dot between them"
                " → write `until ROLE.ACT` with those that are meant, as in `until other.call`"
            ),
        ),
        (
            "must notify only through diplomatic_note",
            (
                "`only` forbids nothing: a clause says no more than what it asks for or allows"
                " → write `must notify through diplomatic_note`, and"
                " `; must not notify except through diplomatic_note` behind it if no other channel is to be used"
            ),
        ),
        (
            "must notify through diplomatic_note only",
            (
                "`only` forbids nothing: a clause says no more than what it asks for or allows"
                " → write `must notify through diplomatic_note`, and"
                " `; must not notify except through diplomatic_note` behind it if no other channel is to be used"
            ),
        ),
        (
            "must notify only if dangerous",
            (
                "`only` forbids nothing: a clause says no more than what it asks for or allows"
                " → write `when … must notify`, and `must not notify unless …` in a clause of its own"
                " if it is forbidden otherwise"
            ),
        ),
        (
            "must not notify later than 3 days before start",
            (
                "to forbid that it is done late does not ask that it is done"
                " → write `must notify at least 3 days before …` if it is owed by then,"
                " `must not notify within 3 days before …` if only this is forbidden"
            ),
        ),
        (
            "must notify at least 21 days before start, or, where dangerous, within 24 h after decision",
            (
                "what is asked in one case only takes a clause of its own"
                " → write in a clause of its own: `… when … must notify … in place of 1`"
            ),
        ),
        (  # another act may be meant
            "must notify, or where fog object, and call",
            (
                "what is asked in one case only takes a clause of its own"
                " → write in a clause of its own: `… when … must … … in place of 1`"
            ),
        ),
        (  # no duty is advised for a ban
            "must notify no troops",
            (
                "`no` does not fit here: the clause could end after `notify`"
                " or go on with `,` or an addition such as `unless`"
            ),
        ),
        (
            "must notify unless otherwise agreed",
            (
                "`unless otherwise agreed` names no fact → leave it out: parties can always agree otherwise;"
                " or declare a fact for it in a vocabulary"
            ),
        ),
        (
            "must immediately notify",
            (
                "`immediately` sets no time of which it could be told whether it was kept"
                " → write `within … after …`, or leave it out"
            ),
        ),
        (
            "must normally notify",
            (
                "`normally` leaves open when it is owed"
                " → write `should` where it is advice, or `unless` and when it is not owed"
            ),
        ),
        (
            "must thereafter reply",
            (
                "`thereafter` does not say what it is counted from"
                " → write `must reply after …`, with a moment or with a role and its act"
            ),
        ),
        (
            "must notify in accordance with article 2",
            (
                "a clause refers to another one where it stands in its place, yields to it or prevails over it"
                " → leave `in accordance with article 2` out: both bind in any case"
            ),
        ),
        (
            "must wait 48 h after informed.reply before begin_activity",
            (
                "what is forbidden until some time after something is said as a condition of each doing"
                " → write `must not begin_activity unless informed.reply is at least 48 h before"
                " organiser.begin_activity`"
                " → or write `must not begin_activity within 48 h after informed.reply`, which forbids it in that time"
                " alone"
            ),
        ),
        (
            "must not begin_activity until three days after organiser.notify",
            (
                "what is forbidden until some time after something is said as a condition of each doing"
                " → write `unless organiser.notify is at least 3 days before organiser.begin_activity`"
                " → or write `within 3 days after organiser.notify`, which forbids it in that time alone"
            ),
        ),
        (
            "must not begin_activity, confer until 3 days after start",
            (
                "what is forbidden until some time after something is said as a condition of each doing"
                " → write `unless … is at least 3 days before organiser.ACT`"
                " → or write `within 3 days after …`, which forbids it in that time alone"
            ),
        ),
        (
            "must notify in advance",
            "`in advance` does not say what it is counted from → write, for example, `at least 3 days before …`",
        ),
    ],
)
def test_what_could_mean_several_things_is_told_without_a_change(written: str, told: str) -> None:
    assert told_without_a_change(f"{HEAD}{written}\n") == told


@pytest.mark.parametrize(
    ("written", "remedy", "meant"),
    [
        ("must notify JP", "write `notify to JP`", "must notify to JP"),
        ("must notify purpose", "write `notify stating purpose`", "must notify stating purpose"),
        (
            "must either notify or warn_mariners",
            "write `notify`: `or` alone says that one of them is enough",
            "must notify or warn_mariners",
        ),
        (
            "must endeavour to notify",
            "write `must` and the act where it is a duty, or `should` where it is advice",
            "must notify",
        ),
        (
            "must notify or else reply",
            "write `otherwise must reply`, without `or`, for what is owed in case of a breach",
            "must notify otherwise must reply",
        ),
        (
            "must ensure that it notifies",
            "write the act itself behind `must`, by its name in the vocabulary",
            "must notify",
        ),
        (
            "must avoid begin_activity",
            "write `must not` and the act, by its name in the vocabulary",
            "must not begin_activity",
        ),
        (
            "must notify annually",
            (
                "`notify` is an act; say `annually` by a condition behind `when`, or with an addition such as "
                "`stating`, `within` or `through`"
            ),
            "must notify every 365 days from start until end",
        ),
    ],
)
def test_an_act_beside_other_words(written: str, remedy: str, meant: str, tmp_path: Path) -> None:
    file = tmp_path / "notices.cbm"
    file.write_text(f"{HEAD}{written}\n", encoding="utf-8")
    (finding,) = cbm.run([file], select=["undefined"]).findings
    assert finding.remedies == (remedy,)
    assert cbm.load_text(f"{HEAD}{meant}\n")[1] == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("must maintain separation >= 500 m", "must keep separation >= 500 m"),
        ("must maintian separation >= 500 m", "must keep separation >= 500 m"),
        ("must preserve a separation from 500 m to 800 m", "must keep separation from 500 m to 800 m"),
        ("must keep separation greater than 500 m", "must keep separation > 500 m"),
        ("must not aim_weapons without own.call", "must not aim_weapons until own.call"),
        ("must keep separation of more than 500 m", "must keep separation > 500 m"),
        ("must not keep separation less than 500 m", "must not keep separation < 500 m"),
    ],
)
def test_a_bound_in_words_becomes_a_sign(written: str, meant: str) -> None:
    after = mended(f"draft code uses encounters\nclause 1 every unit {written}\n")
    assert after == f"draft code uses encounters\nclause 1 every unit {meant}\n"
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("must call, within 5 min after other.call", ADDED, "must call within 5 min after other.call"),
        ("must call, through vhf_16", ADDED, "must call through vhf_16"),
        ("must not lase, until own.call", ADDED, "must not lase until own.call"),
        (
            "must not lase, except until own.call",
            EXCEPTED.format("except before own.call"),
            "must not lase except before own.call",
        ),
        (
            "must not lase except up to other.call",
            EXCEPTED.format("except before other.call"),
            "must not lase except before other.call",
        ),
    ],
)
def test_a_comma_before_an_addition(written: str, message: str, meant: str) -> None:
    head = "draft code uses encounters between CN, JP\nclause 1 every unit "
    assert [line.split(" ", 1)[1] for line in said(f"{head}{written}\n")] == [message]
    assert mended(f"{head}{written}\n") == f"{head}{meant}\n"
    assert cbm.load_text(f"{head}{meant}\n")[1] == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "must not report_incident, except to JP",
            (
                "no exception says to whom something may be done → write to whom it is forbidden: `must not … to …`, "
                "with these parties"
            ),
        ),
        (
            "must not lase, except to identify",
            "an exception is a condition → write `unless` and a word that `cbm words` finds",
        ),
        (
            "must not illuminate_bridge by night",
            (
                "`by night` is no channel and no moment → write it as a condition before `must`, with a fact that a "
                "vocabulary declares"
            ),
        ),
    ],
)
def test_what_no_addition_says(written: str, message: str) -> None:
    text = f"draft code uses encounters between CN, JP\nclause 1 every unit {written}\n"
    assert [line.split(" ", 1)[1] for line in said(text)] == [message]


def test_a_word_that_is_no_party_of_the_text_is_not_taken_for_one() -> None:
    head = "draft code uses encounters between CN, JP\nclause 1 every unit must call"
    assert told_once(f"{head} JP\n").endswith("write `call to JP`")
    assert "to AIS" not in told_once(f"{head} AIS\n")


@pytest.mark.parametrize(
    "clauses",
    [
        "must notify through diplomatic_note; must not notify except through diplomatic_note",
        "when dangerous must notify; must not notify unless dangerous",
        "must notify at least 21 days before start\nclause 2 organiser when dangerous must notify in place of 1",
    ],
)
def test_what_is_advised_there_is_read(clauses: str) -> None:
    assert load_text(f"{HEAD}{clauses}\n")[1] == ()


@pytest.mark.parametrize("joined", ["and not reply", "and not before start"])
def test_what_is_not_to_be_done_is_not_taken_for_a_channel(joined: str) -> None:
    told = said(f"{HEAD}must notify through diplomatic_note {joined}\n")
    assert not any("through reply" in line or "through before" in line for line in told)


def test_a_duty_that_goes_on_is_not_told_to_be_done_within_that_time() -> None:
    assert "within" not in told_once(f"{HEAD}must notify for 48 h after incident\n")


def test_a_bound_is_not_taken_for_another_clause() -> None:
    """`keep … under 500 m` was told to leave `under 500` out."""
    head = "draft code uses encounters between CN, JP\nclause 1 a warship meeting a submarine must keep separation "
    assert told_once(f"{head}under 500 m\n").endswith("write `separation < 500 m`")
    assert mended(f"{head}under 500 m\n") == f"{head}< 500 m\n"
