"""What is advised asks for what was written: no duty is turned round, widened or lost by the change that is offered.

What could mean two things is told without a change. Each of these lost or changed something once.
"""

from __future__ import annotations

import pytest

from tests.syntax.reading import mended, said, told_without_a_change

ENCOUNTERS = "draft coc uses encounters between CN, JP proposed 2024-01-01\nclause 1 "
NOTICES = "draft coc uses activities, channels between CN, JP proposed 2024-01-01\nclause 1 organiser "


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("no warship may not call", "write `every warship must …` or `every warship must not …`"),
        ("neither unit must not call", "write `every unit must …` or `every unit must not …`"),
        ("only warships may lase", "write `every unit must not …` and behind it `unless own is a …`"),
        ("a warship of the State must call", "write `when …` in its place, with a word that `cbm words` finds"),
    ],
)
def test_who_is_bound_is_not_changed_by_what_is_offered(written: str, advice: str) -> None:
    assert told_without_a_change(f"{ENCOUNTERS}{written}\n").endswith(f" → {advice}")


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("must notify by start", "write `through start` for a channel, `not later than start` for a moment"),
        ("must notify on incident", "write `through incident` for a channel, `upon incident` for a moment"),
        ("must notify before the start of the silence", "write `before start`, if that is the moment that is meant"),
    ],
)
def test_a_time_is_not_changed_by_what_is_offered(written: str, advice: str) -> None:
    assert told_without_a_change(f"{NOTICES}{written}\n").endswith(f" → {advice}")


@pytest.mark.parametrize("words", ["the two warships", "both warships"])
def test_two_who_meet_are_bound_where_both_are_what_is_said(words: str) -> None:
    assert mended(f"{ENCOUNTERS}{words} must call\n") == f"{ENCOUNTERS}a warship meeting a warship must call\n"


@pytest.mark.parametrize("words", ["the two units", "both units"])
def test_all_who_meet_are_bound_where_all_are_said(words: str) -> None:
    assert mended(f"{ENCOUNTERS}{words} must call\n") == f"{ENCOUNTERS}every unit must call\n"


@pytest.mark.parametrize("written", ["3 and 7 days before start", "at least 3 and 7 days before start"])
def test_two_notices_are_no_shortest_and_longest_time(written: str) -> None:
    assert not any("a shortest and a longest time" in line for line in said(f"{NOTICES}must notify {written}\n"))


@pytest.mark.parametrize(
    "written",
    [
        "without prejudice to clause 7, a warship must turn",
        "without prejudice to 7 a warship must turn",
        "this code does not affect UNCLOS, and a warship must turn",
    ],
)
def test_a_duty_does_not_become_a_title(written: str) -> None:
    text = f"{ENCOUNTERS}a warship must call\nclause 2 {written}\n"
    assert not any("a reservation of rights" in line for line in said(text))


def test_only_a_prohibition_waits_for_what_is_done_without_it() -> None:
    first = "what has to come first is said with `until`"
    assert first in said(f"{ENCOUNTERS}a warship must not turn without call\n")[0]
    assert first not in said(f"{ENCOUNTERS}a warship must turn without call\n")[0]


@pytest.mark.parametrize("words", ["shall be required to", "may be obliged to", "must have to", "has to", "need"])
def test_who_is_not_obliged_is_not_forbidden_it(words: str) -> None:
    assert mended(f"{ENCOUNTERS}no warship {words} call\n") == f"{ENCOUNTERS}every warship need not call\n"


@pytest.mark.parametrize(
    ("said_so", "meant"),
    [
        ("shall not be required to", "need not"),
        ("is not obliged to", "need not"),
        ("shall be entitled to", "may"),
        ("are permitted to", "may"),
        ("shall be required to", "must"),
        ("is not allowed to", "must not"),
        ("shall be prohibited from", "must not"),
    ],
)
def test_what_treaties_say_in_several_words_is_read_as_a_whole(said_so: str, meant: str) -> None:
    assert mended(f"{ENCOUNTERS}a warship {said_so} call\n") == f"{ENCOUNTERS}a warship {meant} call\n"
