"""Old forms: where they are found, and what is written for them."""

from __future__ import annotations

import pytest

from cbm.source import Source
from cbm.syntax.old_forms import as_today, old_forms
from cbm.syntax.parse import parse

DRAFT = "draft d\n  uses v\n"


def today(statements: str, name: str = "d.cbm") -> str:
    source = Source(name, DRAFT + statements)
    written = as_today(source)
    assert parse(source)[0].documents == parse(Source(name, written))[0].documents
    return written.removeprefix(DRAFT)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("clause 1 a ship shall  not call except\twhen foggy\n", "clause 1 a ship must  not call unless foggy\n"),
        ("covers every type of e for t\n", "covers t in every type of e\n"),
        ("covers every type of e for t, u when foggy\n", "covers t, u in every type of e when foggy\n"),
        (
            "covers every type of e  # where\n  for t, # what\n    u\n  when foggy",
            "covers t, u in every type of e  # where\n    # what\n    \n  when foggy",
        ),
        ("covers every type of e\n  when foggy\n  for t", "covers t in every type of e\n  when foggy\n  "),
        ("covers every type of e\n  for t  # these\n", "covers t in every type of e\n  # these\n"),
        ('covers every type of e for "on the # sea"\n', 'covers "on the # sea" in every type of e\n'),
        ("reserve 1 when foggy for t until 2030-01-01\n", "reserve 1 for t when foggy until 2030-01-01\n"),
        ("clause 1 a ship must not call before dawn\n", "clause 1 a ship must not call until dawn\n"),
        (
            "clause 1 a ship should not call, wave except after dawn\n",
            "clause 1 a ship should not call, wave until dawn\n",
        ),
        ("clause 1 a ship must not call except after other.call\n", "clause 1 a ship must not call until other.call\n"),
        (
            "clause 1 a ship must not call except # when\n  after dawn\n",
            "clause 1 a ship must not call until # when\n   dawn\n",
        ),
        ("clause 1 a ship must not call not after dawn\n", "clause 1 a ship must not call not later than dawn\n"),
        ("clause 1 a ship must call until dawn\n", "clause 1 a ship must call not later than dawn\n"),
        (
            "clause 1 a ship must not call before dawn otherwise must wave not  after dusk\n",
            "clause 1 a ship must not call until dawn otherwise must wave not later than dusk\n",
        ),
        ("clause 1 a ship may call not after dawn\n", "clause 1 a ship may call until dawn\n"),
        ("clause 1 a ship need not call not later than dawn\n", "clause 1 a ship need not call until dawn\n"),
    ],
)
def test_what_is_written_today(before: str, now: str) -> None:
    assert today(before) == now
    assert today(now) == now


@pytest.mark.parametrize(
    "statement",
    [
        'clause 1 "shall" a ship must call text en "It shall, except when foggy"  # except when, shall\n',
        "clause 1 a ship must call [CN: except when foggy]\n",
        "clause 1 a ship [shall | should] call\n",
        "clause 1 a ship [CN: shall] call\n",
        "[CN: clause 1 a ship shall call except when foggy | JP: delete]\n",
        "covers every type of e for [CN: t | JP: u]\n",
        "clause 1 a ship must call before dawn not later than dusk not before noon\n",
        "clause 1 a ship must not call, wave except after own.wave\n",
        "clause 1 a ship must not call except before dawn\n",
        "clause 1 a ship [must | must not] call until dawn\n",
        "reserve 1 for t when foggy\ncovers t in every type of e\ncovers acts call in every type of e\n",
    ],
)
def test_what_stays(statement: str) -> None:
    assert today(statement) == statement


def test_a_bracket_keeps_nothing_else_of_its_statement_as_it_was() -> None:
    assert today("clause 1 a ship shall call [CN: unless foggy]\n") == "clause 1 a ship must call [CN: unless foggy]\n"
    old = "covers every type of e [CN: when foggy] for t\n"
    assert today(old) == "covers t in every type of e [CN: when foggy]\n"


def test_of_a_statement_with_a_mistake_nothing_is_known() -> None:
    text = f"{DRAFT}clause 1 a ship shall call call\nclause 2 a ship shall call\n"
    assert [form.span.begin[0] for form in old_forms(Source("d.cbm", text))] == [4]


def test_of_a_markdown_file_the_blocks_alone() -> None:
    text = "Ships shall:\n```cbm\ndraft d\nclause 1 a ship shall call\n```\nshall\n"
    assert as_today(Source("d.cbm.md", text)) == text.replace("ship shall", "ship must")
