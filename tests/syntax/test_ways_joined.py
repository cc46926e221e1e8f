"""Several ways to do what is asked, joined by `or`: nobody is told to ask for all of them."""

from __future__ import annotations

import pytest

from cbm.pipeline import load_text
from tests.syntax.reading import mended, said, told_once, told_without_a_change

HEAD = "draft notices uses activities, channels between CN, JP proposed 2024-01-01\nclause 1 organiser "
OWN = "`or` joins acts with the same times and channels, and `reply` has others"
DEEMED = "write in a clause of its own: `… is deemed to comply with 1 if it does reply …`"


@pytest.mark.parametrize(
    ("first", "joined"),
    [
        ("must notify within 24 h after incident", " or reply within 48 h after incident"),
        ("must notify within 24 h after incident", ", or reply within 48 h after incident"),
        ("must notify within 24 h after incident", " or must reply within 48 h after incident"),
        ("must notify through diplomatic_note", " or reply through navigational_warning"),
        ("must notify through diplomatic_note", ", or reply through navigational_warning"),
        ("must notify through diplomatic_note", " or else reply through navigational_warning"),
        ("should notify upon incident", " or reply upon end"),
        ("must notify within 24 h after incident through diplomatic_note", " or reply within 48 h after incident"),
    ],
)
def test_another_way_with_a_time_or_a_channel_of_its_own_takes_a_clause_of_its_own(first: str, joined: str) -> None:
    """`; must reply …` was advised: what asks for one of two would have asked for both."""
    assert told_without_a_change(f"{HEAD}{first}{joined}\n") == f"{OWN} → {DEEMED}"
    manner = joined[joined.index("reply") :]
    advised = f"{HEAD}{first}\nclause 2 organiser is deemed to comply with 1 if it does {manner}\n"
    assert load_text(advised)[1] == ()


def test_what_may_be_a_moment_is_told_as_one_too() -> None:
    told = told_without_a_change(f"{HEAD}must notify within 24 h after incident or reply through diplomatic_note\n")
    assert told == f"{OWN} → {DEEMED} → or declare a moment for whichever comes first, if `reply` is a moment"


def test_another_time_of_the_same_act_is_another_way() -> None:
    told = told_without_a_change(f"{HEAD}must notify within 24 h after incident or 48 h after end\n")
    assert told == (
        "a time of a clause counts from one point: what may be done at another takes a clause of its own → "
        "write in a clause of its own: `… is deemed to comply with 1 if it does notify within 48 h after …`"
    )
    way = "clause 2 organiser is deemed to comply with 1 if it does notify within 48 h after end\n"
    assert load_text(f"{HEAD}must notify within 24 h after incident\n{way}")[1] == ()


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        (
            "must not notify through diplomatic_note or reply through navigational_warning",
            "a further sentence of a clause stands behind a semicolon: write `; must not reply …`",
            "must not notify through diplomatic_note; must not reply through navigational_warning",
        ),
        (
            "may notify through diplomatic_note, or reply through navigational_warning",
            "a further sentence of a clause stands behind a semicolon: write `; may reply …`",
            "may notify through diplomatic_note; may reply through navigational_warning",
        ),
        (
            "need not notify within 24 h after incident or reply within 48 h after incident",
            "a further sentence of a clause stands behind a semicolon: write `; need not reply …`",
            "need not notify within 24 h after incident; need not reply within 48 h after incident",
        ),
        (
            "must notify or must reply",
            "`must` stands once for all that `or` joins: leave the second one out",
            "must notify or reply",
        ),
        (
            "must notify through diplomatic_note or alternatively through navigational_warning",
            "`or` does not join the parts of a list: write `,`",
            "must notify through diplomatic_note, navigational_warning",
        ),
        (
            "must notify through diplomatic_note or, failing that, through navigational_warning",
            "`or` does not join the parts of a list: write `,`",
            "must notify through diplomatic_note, navigational_warning",
        ),
        (
            "must notify within 24 h after incident through diplomatic_note or navigational_warning",
            "`or` does not join the parts of a list: write `,`",
            "must notify within 24 h after incident through diplomatic_note, navigational_warning",
        ),
        (
            "must notify through diplomatic_note or navigational_warning within 24 h after incident",
            "`or` does not join the parts of a list: write `,`",
            "must notify through diplomatic_note, navigational_warning within 24 h after incident",
        ),
    ],
)
def test_what_else_is_joined_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    assert told_once(f"{HEAD}{written}\n").partition(" → ")[0] == message
    assert " ".join(mended(f"{HEAD}{written}\n").split()) == " ".join(f"{HEAD}{meant}\n".split())


def test_either_is_left_out() -> None:
    text = f"{HEAD}must either notify within 24 h after incident or reply within 48 h after incident\n"
    either, way = said(text)
    assert either.endswith("`or` alone says that one of them is enough: leave `either` out")
    assert way.endswith(DEEMED)


def test_what_may_be_an_act_or_a_point_is_told_as_both() -> None:
    told = told_without_a_change(f"{HEAD}must notify within 24 h after incident or reply\n")
    assert told == (
        "a time of a clause counts from one point: what is asked at several takes a sentence for each → "
        "write `; must notify within 24 h after reply …`, if `reply` is a moment → "
        "or `notify or reply …`, if `reply` is another act that is enough"
    )
    assert load_text(f"{HEAD}must notify or reply within 24 h after incident\n")[1] == ()


@pytest.mark.parametrize(
    ("label", "first", "named"),
    [("3 bis", "", "3 bis"), ("17(a)", "", "17(a)"), ("1", "must warn_mariners; ", "1 sentence 2")],
)
def test_another_way_is_one_to_comply_with_the_sentence_that_is_read(label: str, first: str, named: str) -> None:
    """Of two sentences both would have been complied with."""
    text = f"{HEAD.replace('clause 1', f'clause {label}')}{first}must notify within 24 h after incident"
    told = told_without_a_change(f"{text} or reply within 48 h after incident\n")
    way = f"is deemed to comply with {named} if it does reply"
    assert told == f"{OWN} → write in a clause of its own: `… {way} …`"
    assert load_text(f"{text}\nclause 20 organiser {way} within 48 h after incident\n")[1] == ()


def test_nothing_is_deemed_to_comply_with_what_recurs() -> None:
    text = f"{HEAD}must notify every 2 days from start until end"
    told = told_without_a_change(f"{text} or reply within 1 h after start\n")
    assert told == f"{OWN} → write in a clause of its own: `exception to 1 when …`, with what is enough instead"
    assert load_text(f"{text}\nclause 2 exception to 1 when organiser.reply\n")[1] == ()


@pytest.mark.parametrize("modal", ["may", "must not"])
def test_another_time_of_what_is_no_duty_is_no_way_to_comply(modal: str) -> None:
    told = told_once(f"{HEAD}{modal} notify within 24 h after incident or 48 h after end\n")
    assert "deemed" not in told
    assert "must 48" not in told
