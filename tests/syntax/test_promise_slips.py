"""What newcomers promise is told with how it is written, and what is advised leaves nothing."""

from __future__ import annotations

import pytest

import cbm
from tests.syntax.reading import mended, said, told_once

HEAD = "draft coc uses encounters between CN, JP proposed 2024-01-01\nclause 1 a warship must call\n"
BY_TYPES = "what a promise holds in is said by types: write `every type of encounter`"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("covers separation in all encounters", "covers separation in every type of encounter"),
        (
            "covers separation in any encounter when in_sight",
            "covers separation in every type of encounter when in_sight",
        ),
        ("covers separation in encounters", "covers separation in every type of encounter"),
    ],
)
def test_what_a_promise_holds_in_is_said_by_types(written: str, meant: str) -> None:
    text = f"{HEAD}{written}\n"
    assert told_once(text) == BY_TYPES
    after = mended(text)
    assert after == f"{HEAD}{meant}\n"
    assert cbm.load_text(after)[1] == ()


def test_a_topic_is_promised_as_a_whole() -> None:
    told = "3:8 a topic is promised as a whole: leave `all` out"
    assert said(f"{HEAD}covers all separation in every type of encounter\n") == [told]
    after = mended(f"{HEAD}covers all separation in every type of encounter\n")
    assert after == f"{HEAD}covers separation in every type of encounter\n"


def test_a_promise_names_its_topics() -> None:
    assert said(f"{HEAD}covers all topics in every type of encounter\n") == [
        (
            "3:8 a promise names its topics: `all topics` names none"
            " → write them one by one, as in `covers separation, communication in every type of …`"
        )
    ]


@pytest.mark.parametrize("written", ['reserve 2 "distances"', 'reserve 2 "distances" for separation until 2030-01-01'])
def test_a_topic_that_is_open_as_a_whole_is_told_how_that_is_written(written: str) -> None:
    assert told_once(f"{HEAD}{written}\n") == (
        "a reserve says in which encounters the text is silent, with `when`"
        " → a topic of which nothing is settled yet is left out of what the text `covers`"
        " → or write `reserve … for … when …`"
    )
    assert said(f'{HEAD}reserve 2 "distances" for separation when in_sight\n') == []
