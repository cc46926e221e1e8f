"""What newcomers say of what is the case is told with how it is written, and what is advised leaves nothing."""

from __future__ import annotations

import pytest

import cbm
from cbm.source import Source
from cbm.syntax.parse import mends
from tests.syntax.reading import mended, said

DRAFT = 'draft code "Code"\n  uses encounters\n  between CN, JP\n'
FIRST = "clause 1 a warship must call\n"
CASES = f'{DRAFT}{FIRST}cases "Cases"\ncase "one"\n'
END = "expect own must call\n"
NEEDLESS = "`{}` is not needed here: leave it out"
APART = "`{}` is not one name: write `{}` if a word of it is meant"


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("own does not call", "that a unit does not do something is written `not own.call`", "not own.call"),
        (
            "in_sight and own did not lase",
            "that a unit does not do something is written `not own.lase`",
            "in_sight and not own.lase",
        ),
        (
            "1 binds own",
            "that a clause binds is said of who is bound: write `own is bound by (1)`",
            "own is bound by (1)",
        ),
        (
            "own is a warship of CN",
            "whose unit it is, is said apart: write `own is a warship and own.party is CN`",
            "own is a warship and own.party is CN",
        ),
        ("that in_sight", NEEDLESS.format("that"), "in_sight"),
        ("at own.distress", NEEDLESS.format("at"), "own.distress"),
        ("in sight", APART.format("in sight", "in_sight"), "in_sight"),
    ],
)
@pytest.mark.parametrize(
    ("head", "end"), [(f"{CASES}given ", f"\n{END}"), (f"{DRAFT}{FIRST}clause 2 every unit when ", " must call\n")]
)
def test_what_is_told_of_a_condition_and_what_it_becomes(
    written: str, message: str, meant: str, head: str, end: str
) -> None:
    text = f"{head}{written}{end}"
    assert [line.split(" ", 1)[1] for line in said(text)] == [message]
    after = mended(text)
    assert after == f"{head}{meant}{end}"
    assert not said(after)


def test_what_is_so_of_whom_the_bearer_meets_is_a_condition_on_the_other_unit() -> None:
    """`own.distress` was advised: of the unit that is bound."""
    (line,) = said(f"{DRAFT}clause 1 a helicopter meeting a ship in distress must assist\n")
    assert line.endswith("what is so of a unit is a condition: write `ship when other.distress`")
    assert not said(f"{DRAFT}clause 1 a helicopter meeting a ship when other.distress must assist\n")


def test_all_or_none_begins_with_both() -> None:
    (line,) = said(f"{DRAFT}clause 1 a ship when in_sight and own.distress or neither must call\n")
    assert line.endswith("that all hold or none does begins with `both`: write `both a and b or neither`")
    assert not said(f"{DRAFT}clause 1 a ship when both in_sight and own.distress or neither must call\n")


def test_a_case_denies_with_not() -> None:
    assert said(f"{CASES}given no in_sight\n{END}") == ["7:7 `no` does not deny a condition: write `not`"]


def test_how_an_amount_compares_is_said() -> None:
    told = "how `range` compares with `3 nmi` is not said → write `range = 3 nmi`, `range <= 3 nmi` or `range >= 3 nmi`"
    for written in ("range 3 nmi", "range of 3 nmi and in_sight"):
        text = f"{CASES}given {written}\n{END}"
        assert said(text) == [f"7:7 {told}"]
        assert mends(Source("text.cbm", text)) == ()


def test_what_is_the_case_stands_behind_given() -> None:
    told = "what is the case in it stands behind `given`, on a line of its own"
    for lines in ('case "two" when in_sight\n', 'case "two"\nwhen in_sight\n'):
        assert [line.split(" ", 1)[1] for line in said(f"{CASES}{END}{lines}{END}")] == [told]


def test_no_colon_stands_behind_the_first_word_of_a_statement() -> None:
    for word, rest in (("given", " in_sight"), ("expect", " own must call"), ("case", ' "two"')):
        assert f"no `:` stands behind `{word}`: leave it out" in said(f"{CASES}{word}:{rest}\n{END}")[0]
        assert not said(f"{CASES}{word}{rest}\n{END}")


def test_a_flag_is_denied_with_not() -> None:
    for written in ("in_sight is false", "in_sight = false"):
        _, (finding,) = cbm.load_text(f"{CASES}given {written}\n{END}")
        assert finding.remedies == ("write `in_sight` alone, or `not in_sight`",)


def test_a_kind_of_several_words_is_one_name_behind_every_too() -> None:
    assert said(f"{DRAFT}clause 1 every merchant ship must call\n") == [
        "4:16 " + APART.format("merchant ship", "merchant_ship")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "range >= at least 3 nmi",
        "range at least 3 nmi",
        "range is 3 nmi",
    ],
)
def test_other_slips_are_told_as_before(written: str) -> None:
    (line,) = said(f"{CASES}given {written}\n{END}")
    assert "not needed" not in line
    assert "is not said" not in line


@pytest.mark.parametrize(
    "written",
    ["given own is a warship", "\nown is a warship and in_sight", "\nrange < 1 nmi", "\nown.distress"],
)
def test_what_is_the_case_is_told_where_it_stands(written: str) -> None:
    (line, *_) = said(f'{DRAFT}{FIRST}cases "Cases"\ncase "one" {written}\n{END}')
    assert line.split(" ", 1)[1] == "what is the case in it stands behind `given`, on a line of its own"


def test_a_case_is_named_in_quotes_and_expects() -> None:
    (line,) = said(f'{DRAFT}{FIRST}cases "Cases"\ncase Head on\ngiven own is a warship\n{END}')
    assert line.split(" ", 1)[1] == 'a title stands in quotes: write `"Head on"`'
    (line,) = said(f'{DRAFT}{FIRST}cases "Cases"\ncase "one"\ngiven own is a warship\nthen own must call\n')
    assert line.split(" ", 1)[1] == "no statement begins with `then`: did you mean `expect`?"
