"""Places in a text, and what edits make of it."""

from __future__ import annotations

import pickle

import pytest

from cbm.source import Edit, Source, Span, edited, hunks, overlapping

TEXT = "draft code\n  uses strait\r\nclause 1 every unit must call\n"
CODE = Source("code.cbm", TEXT)


def span(words: str, source: Source = CODE) -> Span:
    start = source.text.index(words)
    return Span(source, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "begin", "finish"),
    [
        ("draft", (1, 1), (1, 6)),
        ("strait", (2, 8), (2, 14)),
        ("code\n  uses", (1, 7), (2, 7)),
        ("call\n", (3, 26), (4, 1)),
    ],
)
def test_lines_and_columns_are_counted_from_one(words: str, begin: tuple[int, int], finish: tuple[int, int]) -> None:
    place = span(words)
    assert (place.text, place.begin, place.finish) == (words, begin, finish)


def test_a_line_comes_without_its_break() -> None:
    assert [CODE.line(number) for number in (1, 2, 3, 4)] == [
        *("draft code", "  uses strait", "clause 1 every unit must call", "")
    ]


def test_places_reach_from_one_to_another_and_cover_what_lies_within() -> None:
    line = span("every").to(span("call"))
    assert line.text == "every unit must call" == span("call").to(span("every")).text
    assert line.covers(span("unit"))
    assert not line.covers(span("clause"))
    assert not line.covers(span("unit", Source("other.cbm", TEXT)))


def test_a_source_from_another_process_is_one_source_here() -> None:
    one, two = (pickle.loads(pickle.dumps(span("call"))) for _ in range(2))
    assert one == span("call")
    assert one.source is two.source


def test_edits_are_applied_wherever_they_stand_in_the_list() -> None:
    edits = [Edit(span("call"), "report"), Edit(span("every unit"), "a frigate")]
    assert edited(CODE, edits) == TEXT.replace("call", "report").replace("every unit", "a frigate")
    assert edited(Source("other.cbm", TEXT), edits) == TEXT


def test_what_is_put_in_at_one_place_keeps_the_order_given() -> None:
    end = Span(CODE, len(TEXT), len(TEXT))
    edits = [Edit(end, "clause 2\n"), Edit(end, "clause 3\n")]
    assert edited(CODE, edits) == f"{TEXT}clause 2\nclause 3\n"
    assert not overlapping(edits)


@pytest.mark.parametrize(("one", "other", "both"), [("every unit", "unit must", True), ("every ", "unit", False)])
def test_edits_overlap_where_they_change_the_same_characters(one: str, other: str, both: bool) -> None:
    assert overlapping([Edit(span(other), ""), Edit(span(one), "")]) == both
    elsewhere = Source("other.cbm", TEXT)
    assert not overlapping([Edit(span(one), ""), Edit(span(other, elsewhere), "")])


def test_edits_on_one_line_make_one_hunk_and_lines_that_stay_are_left_out() -> None:
    end = Span(CODE, len(TEXT), len(TEXT))
    edits = [Edit(span("call"), "report"), Edit(span("every unit"), "a frigate"), Edit(end, "clause 2\n")]
    changed, added = hunks(edits)
    assert (changed.line, changed.removed, changed.added) == (
        *(3, ("clause 1 every unit must call",)),
        ("clause 1 a frigate must report",),
    )
    assert (added.line, added.removed, added.added) == (4, (), ("clause 2",))
