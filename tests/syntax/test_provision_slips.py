"""Provisions as treaties number and word them: what is told, what it becomes, and that it leaves nothing to say."""

from __future__ import annotations

import pytest

import cbm
from tests.syntax.reading import mended, said, told_once, told_without_a_change

HEAD = "draft coc uses encounters between CN, JP proposed 2024-01-01\n"
CLAUSE = "clause 1 a warship must call\n"
A_CLAUSE = "a clause begins with `clause` and its label"
EXCEPTION = "a clause that takes another one back is an exception to it"
TERM = "a definition begins with `term`, a name and `means`"
RIGHTS = "a reservation of rights is a statement of its own"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1. a warship must call", "clause 1 …"),
        ("2.3 every unit must call", "clause 2.3 …"),
        ("(b) a warship must call", "clause 1(b) …"),
    ],
)
@pytest.mark.parametrize("above", ["", CLAUSE])
def test_a_numbered_line_is_told_how_a_clause_begins(above: str, written: str, meant: str) -> None:
    (line,) = said(f"{HEAD}{above}{written}\n")
    assert line == f"{2 + bool(above)}:1 {A_CLAUSE} → write `{meant}`"


def test_what_a_text_prevails_over_is_said_by_its_clauses() -> None:
    (line,) = said(f"{HEAD}{CLAUSE}this code prevails over liaison\n")
    told = "each clause says for itself what it prevails over"
    assert line == f"3:1 {told} → write `notwithstanding liaison` at the end of those that are to prevail"


def test_a_line_without_a_label_is_told_how_a_clause_begins() -> None:
    (line,) = said(f"{HEAD}a warship must call\n")
    assert line == f"2:1 {A_CLAUSE} → write `clause 1 a warship must …`, with its number"


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("clause 2 Calls a warship must call", "a title stands in quotes", 'clause 2 "Calls" a warship must call'),
        ("clause 2 (Calls) a warship must call", "a title stands in quotes", 'clause 2 "Calls" a warship must call'),
        (
            "clause 2 Calls at sea every unit must call",
            "a title stands in quotes",
            'clause 2 "Calls at sea" every unit must call',
        ),
        ("clause 2 clause 1 does not apply when in_sight", EXCEPTION, "clause 2 exception to 1 when in_sight"),
        (
            'clause 2 "In sight" ja "視野の内" 1 does not apply when in_sight',
            EXCEPTION,
            'clause 2 "In sight" ja "視野の内" exception to 1 when in_sight',
        ),
        ("clause 2 without prejudice to UNCLOS", RIGHTS, 'without prejudice 2 "UNCLOS"'),
        (
            "clause 2 nothing in this code affects rights under the law of the sea",
            RIGHTS,
            'without prejudice 2 "rights under the law of the sea"',
        ),
        ("term close: range < 1 nmi", TERM, "term close means range < 1 nmi"),
        ("term close means when range < 1 nmi", TERM, "term close means range < 1 nmi"),
    ],
)
def test_what_is_told_of_a_provision_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    assert told_once(f"{HEAD}{CLAUSE}{written}\n").partition(" → ")[0] == message
    after = mended(f"{HEAD}{CLAUSE}{written}\n")
    assert after == f"{HEAD}{CLAUSE}{meant}\n"
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("clause 2 paragraph 1 does not apply to submarines", f"{EXCEPTION} → write `exception to 1 when …`"),
        ("clause 2 JP is not bound by clause 1 when in_sight", f"{EXCEPTION} → write `exception to 1 when …`"),
        ("clause 2 a warship is not bound by 1", f"{EXCEPTION} → write `exception to 1 when own is a …`"),
        ("clause 2 submarines are exempt from clause 1", f"{EXCEPTION} → write `exception to 1 when own is a …`"),
        ('"close" means range < 1 nmi', f"{TERM} → write `term close means …`"),
    ],
)
def test_what_could_be_written_in_several_ways_is_told_without_a_change(written: str, told: str) -> None:
    assert told_without_a_change(f"{HEAD}{CLAUSE}{written}\n") == told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("notwithstanding clause 1, JP must", "JP must … notwithstanding 1"),
        ('"Order" subject to 1 every unit shall not', "every unit shall not … subject to 1"),
        ('"Order" without prejudice to clause 1, organiser when dangerous must', "organiser … must … subject to 1"),
    ],
)
def test_a_clause_that_begins_with_its_order_is_told_where_that_stands(written: str, meant: str) -> None:
    told = "what a clause prevails over, or yields to, stands at its end"
    assert told_without_a_change(f"{HEAD}{CLAUSE}clause 2 {written} call\n") == f"{told} → write `{meant}`"
