"""What can be written at a place, found by how a drafter says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.editor.completions import Suggestion, suggestions
from cbm.editor.open_texts import OpenTexts

HEADER = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 "Clear"
  a warship meeting a warship
  must keep_out_of_the_way
"""


def suggested(tmp_path: Path, written: str) -> list[Suggestion]:
    """What is suggested at `|`."""
    before, _, after = (HEADER + written).partition("|")
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, HEADER)
    assert texts.occurrences(path) is not None
    texts.put(path, before + after)
    return suggestions(before + after, len(before), texts.occurrences(path), "code")


@pytest.mark.parametrize(
    ("written", "text", "replaced"),
    [
        ("clause 2 every unit must redu|", "reduce_speed", "redu"),
        ("clause 2 every unit must slows do|", "reduce_speed", "slows do"),
        ("clause 2 every unit must 减|", "reduce_speed", "减"),
        ("clause 2 every unit must keeps its course|", "hold_course", "keeps its course"),
        ("clause 2 every unit must keep out of the|", "keep_out_of_the_way", "keep out of the"),
        ("clause 2 a military air|", "military_aircraft", "military air"),
        ('clause 2 every unit must "keep out|', "keep out of the way", "keep out"),
        ('clause 2 every unit must "減|', "減速する", "減"),
        ('clause 2 a "軍艦|', "軍艦", "軍艦"),
        ("clause 2 JP when own.cra|", "craft", "cra"),
        ("clause 2 JP when zone is high s|", "high_seas", "high s"),
        ("clause 2 every unit must keep sep|", "separation", "sep"),
        ("clause 2 every unit must lase in place of |", "1", ""),
        ("clause 2 every unit must lase unl|", "unless", "unl"),
        ("covers weapons in eve|", "every type of", "eve"),
        ("cla|", "clause", "cla"),
        ("clause 2 every unit mus|", "must", "mus"),
        ("expect no conf|", "conflict", "conf"),
    ],
)
def test_the_first_of_its_sort_is_what_is_meant(tmp_path: Path, written: str, text: str, replaced: str) -> None:
    found = suggested(tmp_path, written)
    sort = next(one.sort for one in found if one.text == text)
    meant = next(one for one in found if one.sort == sort)
    assert meant.text == text
    assert (HEADER + written.partition("|")[0])[meant.start :] == replaced


@pytest.mark.parametrize(
    ("written", "sorts"),
    [
        ("clause 2 every unit must |", {"act", "result", "word of the language"}),
        ("clause 2 every unit must call_on_radio to |", {"party"}),
        ("covers |", {"topic", "word of the language"}),
        ('clause 2 "must |', set()),
        ("# must |", set()),
    ],
)
def test_what_is_asked_for_is_all_there_is_where_nothing_is_written(
    tmp_path: Path, written: str, sorts: set[str]
) -> None:
    assert {one.sort for one in suggested(tmp_path, written)} <= sorts


def test_old_forms_are_not_suggested(tmp_path: Path) -> None:
    assert "except when" not in [one.text for one in suggested(tmp_path, "clause 2 every unit must lase exc|")]
    assert [one.text for one in suggested(tmp_path, "clause 2 every unit sha|") if one.text.startswith("shall")] == []
    assert "every type of" not in [one.text for one in suggested(tmp_path, "covers eve|")]


def test_a_draft_begins_no_statement_of_a_vocabulary(tmp_path: Path) -> None:
    assert "article" in [one.text for one in suggested(tmp_path, "a|")]
    assert "act" not in [one.text for one in suggested(tmp_path, "a|")]
    assert "act" in [one.text for one in suggested(tmp_path, "vocabulary v\na|")]


def test_what_a_unit_has_is_that_of_the_first_role(tmp_path: Path) -> None:
    assert "own.distress" in [one.text for one in suggested(tmp_path, "clause 2 every unit must lase when distr|")]


def test_a_text_whose_header_is_broken_still_has_its_words(tmp_path: Path) -> None:
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, HEADER)
    assert texts.occurrences(path) is not None
    broken = HEADER.replace("draft code", "drft code") + "clause 2 every unit must redu"
    texts.put(path, broken)
    assert "reduce_speed" in [one.text for one in suggestions(broken, len(broken), texts.occurrences(path), "code")]


def test_in_quotes_stands_what_readers_call_things_and_nothing_else(tmp_path: Path) -> None:
    found = suggested(tmp_path, 'clause 2 every unit must "|')
    assert {"keep out of the way", "让路", "進路を避ける"} <= {one.text for one in found}
    assert {one.sort for one in found} == {"act"}
    assert not suggested(tmp_path, 'clause 2 "|')
    assert not suggested(tmp_path, "clause 2 every unit must call # |")
