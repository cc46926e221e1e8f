"""What newcomers declare in a vocabulary is told with how it is written, and what is advised leaves nothing."""

from __future__ import annotations

import pytest

import cbm
from tests.syntax.reading import mended, said, told_once

HEAD = """\
vocabulary sea "Meetings"
party A
party B
situation crossing
roles own, other
each party : party
shared range "range" : length from 0 nmi to 10 nmi
shared night "it is night" : flag
topic talk "talk"
"""


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("each armed : yes/no", "what is so or is not so is a `flag`", "each armed : flag"),
        (
            "each pace : 0 kt to 30 kt",
            "what is measured stands in front of its range",
            "each pace : speed from 0 kt to 30 kt",
        ),
        (
            "shared sea_state : 0-9",
            "what is measured stands in front of its range",
            "shared sea_state : count from 0 to 9",
        ),
        (
            "each height : 0 to 30,000 ft",
            "what is measured stands in front of its range",
            "each height : length from 0 ft to 30,000 ft",
        ),
        (
            'each armed "is armed" : flag not "is unarmed"',
            "how readers say that it is not so stands in front of the colon",
            'each armed "is armed" otherwise "is unarmed" : flag',
        ),
        ('act hail "hails" about talk', "what an act is about is its `topic`", 'act hail "hails" topic talk'),
        ('act hail "hails" topic talk once', "`once` stands before `topic`", 'act hail "hails" once topic talk'),
        (
            'act give "gives" (name, course) topic talk',
            "what is stated in an act stands behind `stating`",
            'act give "gives" stating name, course topic talk',
        ),
        (
            "channel line between A, B for talk in operation since 2020-01-01",
            "since when a channel works is said in one way",
            "channel line between A, B for talk operational from 2020-01-01",
        ),
        (
            "channel line between A, B for talk open 24/7",
            "a channel without hours is open at all times: leave `open …` out",
            "channel line between A, B for talk",
        ),
        (
            "channel line between A, B for talk\n  open at all hours",
            "a channel without hours is open at all times: leave `open …` out",
            "channel line between A, B for talk",
        ),
        (
            "channel line between A, B for talk\n  works since 2020-01-01",
            "since when a channel works is said in one way",
            "channel line between A, B for talk\n  operational from 2020-01-01",
        ),
        ("moments start of exercise", "a moment has a name of one word", "moments start_of_exercise"),
        ("moments the start", "a moment has a name of one word", "moments start"),
        (
            'axiom "fog" if night then range < 5 nmi',
            "what follows from what is said with `implies`",
            'axiom "fog" night implies range < 5 nmi',
        ),
        (
            'term near "near" is range < 5 nmi',
            "a condition that a term stands for is behind `means`",
            'term near "near" means range < 5 nmi',
        ),
    ],
)
def test_what_is_told_of_a_declaration_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    text = f"{HEAD}{written}\n"
    assert told_once(text).partition(" → ")[0] == message
    after = mended(text)
    assert after == f"{HEAD}{meant}\n"
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "party C, D and E",
            "each `party` is declared by itself → write `party C`, `party D` and `party E`, each on a line",
        ),
        (
            "topic fire, move",
            "each `topic` is declared by itself → write `topic fire` and `topic move`, each on a line",
        ),
        (
            "shared sky : one of clear, grey",
            "named values are those of a kind → write `kind NAME = clear | grey` above, and its name here",
        ),
        (
            'act hail "hails" topic talk, night',
            "an act has one topic → leave the others out, or declare an act of its own for each of them",
        ),
        (
            "channel line between A, B for talk\n  answers within 1 h",
            (
                "how long a channel takes is said with `delay`"
                ' → write, for example, `delay "until it is answered" 0 min to 1 h`'
            ),
        ),
        (
            "channel line between A, B for talk\n  not yet operational",
            (
                "a channel is in use from the day that is written: leave `not yet operational` out"
                " → write `agreed DATE` alone where it was agreed and is not in use"
            ),
        ),
        (
            "shared sky : clear | grey",
            "named values are those of a kind → write `kind NAME = clear | grey` above, and its name here",
        ),
        (
            "shared fog",
            (
                "what it is stands behind a colon"
                " → write `shared fog : flag`, or a kind or `length from … to …` in place of `flag`"
            ),
        ),
        *(
            (
                f"channel line between A, B for talk\n  open 08:30 to 17:30 {zone} Mon to Fri at A",
                (
                    f"`{zone}` is no time zone here: a zone is that of a place, whose clocks are known"
                    " → write, for example, `Asia/Tokyo`, or `UTC`"
                ),
            )
            for zone in ("UTC+9", "UTC +05:30", "GMT-5")
        ),
        *(
            (
                f"channel line between A, B for talk {hours}",
                (
                    "hours are written in one way: the times, the time zone, the days, and at whose end"
                    f" → write `open {meant}`, with what is not said yet in place of `…`"
                ),
            )
            for hours, meant in (
                ("open Mon-Fri 08:00-17:00", "08:00 to 17:00 … Mon to Fri at …"),
                ("open Mon to Fri 09:00 to 17:00 UTC", "09:00 to 17:00 UTC Mon to Fri at …"),
                ("open 09:00 to 17:00 on weekdays", "09:00 to 17:00 … Mon to Fri at …"),
                ("open 9-17 Monday to Friday", "09:00 to 17:00 … Mon to Fri at …"),
                ("hours 9 to 17", "09:00 to 17:00 … … at …"),
                ("open 9am to 5.30pm at A", "09:00 to 17:30 … … at A"),
            )
        ),
        (
            "channel line between A, B for talk open 9am to 5.30pm JST at A",
            (
                "hours are written in one way: the times, the time zone, the days, and at whose end"
                " → write `open 09:00 to 17:30 Asia/Tokyo Mon to Sun at A` if these are its hours on every day,"
                " else those days in place of `Mon to Sun`"
            ),
        ),
        (
            "channel line between A, B for talk open 09:00 to 17:00 Asia/Tokyo Mon to Fri at both ends",
            (
                "hours are those of one end of a channel → write `open 09:00 to 17:00 Asia/Tokyo Mon to Fri at A`,"
                " and `open 09:00 to 17:00 Asia/Tokyo Mon to Fri at B`"
            ),
        ),
        (
            "channel line between A, B for talk open 09:00 to 17:00 Asia/Tokyo Mon to Fri except holidays at A",
            "of which days are holidays nothing is known: leave them out of the hours",
        ),
        (
            "channel line between A, B for talk open when somebody is there",
            (
                "hours are written in one way: the times, the time zone, the days, and at whose end"
                " → write it as in `open 08:30 to 17:15 Asia/Tokyo Mon to Fri at JP`"
            ),
        ),
        *(
            (
                f'{word} armed{whose} "is armed"',
                (
                    f"no statement begins with `{word}`: what is said of each unit is declared under `each`, of the"
                    ' encounter under `shared` → write `each armed "is armed" : flag`'
                ),
            )
            for word, whose in (("flag", " of each"), ("attribute", ""), ("boolean", ""))
        ),
        (
            'speed pace "pace"',
            (
                "no statement begins with `speed`: what is said of each unit is declared under `each`, of the encounter"
                ' under `shared` → write it as in `each pace "pace" : speed from 0 kt to 40 kt`'
            ),
        ),
        (
            "subject pact",
            "no statement begins with `subject`, and the topic above it does not go on with it",
        ),
        (
            "channel line between A, B for talk open 08:30 to 17:15 JST Mon to Fri at A",
            "no time zone is called `JST` → write `Asia/Tokyo`",
        ),
        (
            "channel line between A, B for talk open 08:30 to 17:15 Nagoya Mon to Fri at A",
            "expected a time zone such as `Asia/Tokyo` or `,` after `17:15`, not `Nagoya`",
        ),
        (
            "channel line between A, B for talk delay up to 10 min",
            (
                "a delay has words for readers, a shortest and a longest time"
                ' → write, for example, `delay "until it is read" 0 min to 10 min`'
            ),
        ),
        ("parties C", "no statement begins with `parties`: did you mean `party`?"),
        ("event start", "no statement begins with `event`: did you mean `moments`?"),
    ],
)
def test_what_is_told_of_a_declaration_that_is_written_anew(written: str, message: str) -> None:
    assert told_once(f"{HEAD}{written}\n") == message


@pytest.mark.parametrize(
    ("called", "meant"), [("boolean", "flag"), ("number", "count"), ("height", "length"), ("time", "duration")]
)
def test_what_programmers_call_a_sort_of_value_is_known(called: str, meant: str) -> None:
    _, (finding,) = cbm.load_text(f"{HEAD}each thing : {called}\n")
    assert finding.message == f"no kind or dimension is called `{called}`"
    assert finding.remedies == (f"write `{meant}`",)


@pytest.mark.parametrize(
    "written",
    [
        'each armed "is armed" otherwise "is unarmed" : flag',
        "channel line between A, B for talk operational from 2020-01-01 open 08:30 to 17:00 UTC Mon to Fri at A",
        'channel line between A, B for talk delay "until it is read" 0 min to 10 min',
        "shared fog : flag",
        "kind sky = clear | grey",
    ],
)
def test_what_can_be_read_is_no_slip(written: str) -> None:
    assert said(f"{HEAD}{written}\n") == []
