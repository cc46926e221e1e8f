"""What is asked and how it is done, in words of treaties: what is told, what it becomes, and that it leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from tests.syntax.reading import mended, told_once, told_without_a_change

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
        ("must, when dangerous, notify", "a condition stands before `must`", "when dangerous must notify"),
        (
            "must notify the other party at least 3 days before start",
            "each clause is about the other side already: leave `the other party` out",
            "must notify at least 3 days before start",
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
            "what has to come first is said with `before` → write `before ROLE.notify`, with the role whose act it is",
        ),
        (
            "must, as far as possible, notify",
            (
                "`as far as possible` leaves open when it is owed"
                " → write `should` where it is advice, or `unless` and when it is not owed"
            ),
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
            "must notify annually",
            "`notify` is an act; say `annually` with an addition such as `stating`, `within` or `through`",
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
