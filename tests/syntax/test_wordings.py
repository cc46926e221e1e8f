"""Brackets are read by filling in; what is meant by them is said where it cannot be."""

from __future__ import annotations

import pytest

from cbm.syntax.ast import NormClause
from tests.syntax.reading import documents, said

HEAD = "draft code\n  uses encounters\n\n"


def wordings(text: str) -> list[tuple[str, dict[int, int]]]:
    """What each clause asks for, and with which options."""
    (draft,) = documents(HEAD + text)
    norms = [(n, s) for n, s in enumerate(draft.statements) if isinstance(s, NormClause)]
    return [(f"{s.demand.strength} {s.demand.modality}", dict(draft.stands_with(n))) for n, s in norms]


def test_a_bracket_with_a_bar_is_one_of_its_options() -> None:
    assert wordings("clause 1 every unit [CN: should | JP: must] call") == [
        ("should obligation", {0: 1}),
        ("must obligation", {0: 2}),
    ]


def test_a_bracket_with_one_option_may_be_left_out_where_the_rest_can_be_read() -> None:
    assert wordings("clause 1 every unit must [not] call") == [
        ("must prohibition", {0: 1}),
        ("must obligation", {0: 0}),
    ]
    assert wordings("clause 1 every unit [must] call") == [("must obligation", {0: 1})]


def test_brackets_may_stand_in_brackets() -> None:
    found = wordings("clause 1 every unit must call [within [24 | 48] h after start]")
    assert [taken for _, taken in found] == [{0: 1, 1: 1}, {0: 1, 1: 2}, {0: 0}]


def test_a_bracket_stands_first_or_last_inside_of_another_one() -> None:
    found = wordings("clause 1 every unit must keep x >= [CN: [1 | 2] m | JP: 3 m]")
    assert [taken for _, taken in found] == [{0: 1, 1: 1}, {0: 1, 1: 2}, {0: 2}]
    found = wordings("clause 1 every unit must call [CN: unless fog [and night]]")
    assert [taken for _, taken in found] == [{0: 1, 1: 1}, {0: 1, 1: 0}, {0: 0}]


@pytest.mark.parametrize(
    "bracketed",
    [
        "must keep separation >= 2 [nmi | km]",
        "must call within [24 | 48] h before start",
        "must call [within 1 h after start | at least 2 h before start]",
        "must call [, answer]",
        "must call stating position [, course]",
        "must call through [CN: embassy | JP: line]",
        "must call [JP: unless own.distress | CN: delete]",
        "must keep separation [<= | >=] 500 m",
        'must call [text en "one" | text en "two"]',
    ],
)
def test_anything_in_a_clause_may_be_open(bracketed: str) -> None:
    assert len(wordings(f"clause 1 every unit {bracketed}")) == 2


def test_brackets_in_quotes_and_comments_are_none() -> None:
    assert wordings('clause 1 "of [all]" every unit must call  # [A | B]') == [("must obligation", {})]


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        (
            "every unit must call [CN: unless fog] [JP: unless night] ]",
            "4:67 `]` closes no bracket",
        ),
        (
            "every unit [should] [must] call",
            (
                "4:21 brackets side by side are two choices, and both cannot stand here"
                " → for one choice write one bracket: `[should | must]`"
            ),
        ),
        (
            "every unit must call within [24 / 48] h after start",
            "4:41 `/` does not part options → write `|` between what is proposed, in one bracket",
        ),
        (
            "every unit must keep separation >= 2 * [CN: 3 | JP: 1 + 2] m",
            (
                "4:62 `1 + 2` is not read as one thing here: it joins with the words around it"
                " → take into the bracket what it joins with"
            ),
        ),
        (
            "every unit must keep separation >= 2 * [CN: 3 m | JP: 1 m + 2 m]",
            (
                "4:64 `1 m + 2 m` is not read as one thing here: it joins with the words around it"
                " → put it in round brackets"
            ),
        ),
        (
            "every unit should [undertake to] call",
            (
                "4:29 `undertake to` is not read as one thing here: it joins with the words around it"
                " → take into the bracket what it joins with"
            ),
        ),
        (
            "every unit must call [CN proposes: unless fog]",
            (
                "4:43 only who proposes an option stands in front of its colon"
                ' → write `CN: …`, `CN, KR: …` or `CN "a remark": …`'
            ),
        ),
        (
            "every unit must call []",
            "4:31 nothing stands in this bracket → an empty figure is written `[__ from 1 nmi to 5 nmi]`",
        ),
        (
            "every unit must keep separation >= [__]",
            (
                "4:45 the range in which this figure will lie is missing"
                " → write the lowest and the highest that is thought of, such as `[__ from 1 nmi to 5 nmi]`"
            ),
        ),
        (
            "every unit must keep separation >= [CN: __ from 1 nmi to 5 nmi | JP: 500 m]",
            (
                "4:50 an empty figure has square brackets of its own"
                " → write `[__ from 1 nmi to 5 nmi]` in place of `__ from 1 nmi to 5 nmi`"
            ),
        ),
        (
            "every unit must keep separation >= [__ from 1 nmi to 5 nmi | JP: 500 m]",
            (
                "4:46 an empty figure has square brackets of its own"
                " → write `[__ from 1 nmi to 5 nmi]` in place of `__ from 1 nmi to 5 nmi`"
            ),
        ),
        (
            "every unit must call [unless fog | deleted]",
            "4:45 `deleted` does not say that nothing is to stand here: did you mean `delete`? → write `delete`",
        ),
        ("every unit must call [delete]", "4:31 nothing stands in this bracket but `delete`"),
        (
            "every unit [must | CN: delete] call",
            (
                "4:33 `delete` leaves nothing where something has to stand"
                " → write what is to stand there instead, or leave this out"
            ),
        ),
        (
            "every unit must call [unless fog",
            (
                "4:31 the bracket that opens here is not closed"
                " → write `]` where it ends; for several clauses `option …:` above each and `end of options` below"
            ),
        ),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_place(clause: str, message: str) -> None:
    assert said(f"{HEAD}clause 1 {clause}") == [message]


def test_each_mistake_is_told_once_however_many_wordings_have_it() -> None:
    lines = said(f"{HEAD}clause 1 every unit must [not] call [within | at least] 1 h aftr start")
    assert len(lines) == len(set(lines)) <= 2


def test_a_statement_with_too_many_wordings_is_refused() -> None:
    many = " ".join(f"[unless a{number}]" for number in range(7))
    (line,) = said(f"{HEAD}clause 1 every unit must call {many}")
    assert line.endswith("has more than 64 wordings → split it into several clauses")


def test_a_sentence_stands_with_the_options_that_its_own_words_depend_on() -> None:
    assert wordings("clause 1 [CN: a warship | JP: every unit] must call; must [not] lase; a drone should call") == [
        ("must obligation", {0: 1}),
        ("must obligation", {0: 2}),
        ("must prohibition", {0: 1, 1: 1}),
        ("must obligation", {0: 1, 1: 0}),
        ("must prohibition", {0: 2, 1: 1}),
        ("must obligation", {0: 2, 1: 0}),
        ("should obligation", {}),
    ]


@pytest.mark.parametrize(
    ("clause", "taken"),
    [
        ("every unit must call; must report [unless fog]", [{}, {0: 1}, {0: 0}]),
        ("every unit must call [unless fog | delete]; must report", [{0: 1}, {0: 2}, {}]),
        ("a tanker must call; [when fog] a tanker must report", [{}, {0: 1}, {0: 0}]),
        ("a warship [or tanker] must call; must report", [{0: 1}, {0: 0}, {0: 1}, {0: 0}]),
        ("a warship when fog [and night] must call; a tanker must report", [{0: 1}, {0: 0}, {}]),
    ],
)
def test_a_sentence_stands_with_what_may_be_left_out_at_its_edges(clause: str, taken: list[dict[int, int]]) -> None:
    (draft,) = documents(f"{HEAD}clause 1 {clause}")
    found = [(n, s) for n, s in enumerate(draft.statements) if isinstance(s, NormClause)]
    assert [dict(draft.stands_with(n)) for n, _ in found] == taken


def test_a_sentence_that_may_be_left_out_counts_those_behind_it_anew() -> None:
    (draft,) = documents(HEAD + "clause 1 every unit must call [; must not lase]; should answer")
    found = [
        (s.label, s.span.text, dict(draft.stands_with(n)))
        for n, s in enumerate(draft.statements)
        if isinstance(s, NormClause)
    ]
    assert found == [
        ("1 sentence 1", "clause 1 every unit must call", {}),
        ("1 sentence 2", "must not lase", {0: 1}),
        ("1 sentence 2", "should answer", {0: 0}),
        ("1 sentence 3", "should answer", {0: 1}),
    ]


@pytest.mark.parametrize(
    "clause",
    [
        "every unit must call [; must not lase]",
        "every unit must call; must answer [; must not lase]",
        "every unit must call; must answer [JP: ; must not lase]",
        "every unit must call; must answer [; must not lase [unless fog]]",
        "every unit must call; must answer [; must not lase] [; a tanker should report]",
    ],
)
def test_the_last_sentence_may_be_left_out_whatever_stands_before_it(clause: str) -> None:
    (draft,) = documents(f"{HEAD}clause 1 {clause}")
    assert all(choice.optional for choice in draft.choices)
    assert {dict(draft.stands_with(n)).get(0) for n, s in enumerate(draft.statements)} >= {1}


def test_a_first_sentence_in_brackets_is_told_where_else_it_can_stand() -> None:
    (told,) = said(HEAD + "clause 1 [every unit must call;] a tanker must answer")
    assert told.startswith("4:11 `every unit must call;` is not read as one thing here")
    assert told.endswith("put what may be left out behind another sentence, with the `;` before it: `[; …]`")
    assert documents(HEAD + "clause 1 a tanker must answer [; every unit must call]")
