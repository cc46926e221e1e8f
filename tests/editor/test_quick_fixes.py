"""What settles a slip: it is gone afterwards, and nothing else came."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.editor.open_texts import OpenTexts
from cbm.editor.quick_fixes import quick_fixes
from cbm.repair.mended_texts import mend
from cbm.source import Source, edited
from cbm.syntax.parse import parse

HEADER = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("clause 1 every unit must keep separation ≥ 500 m", "clause 1 every unit must keep separation >= 500 m"),
        ("clause 1 “Clear” every unit must lase", 'clause 1 "Clear" every unit must lase'),
        ("clause 1 every unit must keep separation >= 500 metres", "clause 1 every unit must keep separation >= 500 m"),
        ("clause 1 every unit mustnt lase", "clause 1 every unit must not lase"),
        ("clause 1 every unit must lase.", "clause 1 every unit must lase"),
        ("clause 1 every unit must reduce_sped", "clause 1 every unit must reduce_speed"),
        ("clause 1 Japan must lase", "clause 1 JP must lase"),
        ("clause 1 every unit shall lase unless own.distress", "clause 1 every unit must lase unless own.distress"),
        ("covers every type of encounter for weapons", "covers weapons in every type of encounter"),
        ("clause 1 every unit when own.distres must lase", "clause 1 every unit when own.distress must lase"),
    ],
)
def test_the_first_way_out_is_what_was_meant(tmp_path: Path, written: str, mended: str) -> None:
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, text := HEADER + written + "\n")
    found = quick_fixes(texts, path, len(HEADER), len(text))
    source = texts.source(path)
    assert source is not None
    assert found
    assert edited(source, found[0].fix.edits) == HEADER + mended + "\n"


def test_of_several_slips_each_has_its_own_way_out(tmp_path: Path) -> None:
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, text := HEADER + "clause 1 every unit mustnt keep separation ≥ 500 metres\n")
    found = quick_fixes(texts, path, 0, len(text))
    source = texts.source(path)
    assert source is not None
    edits = [edit for one in found for edit in one.fix.edits]
    assert edited(source, edits) == HEADER + "clause 1 every unit must not keep separation >= 500 m\n"


def test_a_name_is_mended_in_a_text_that_cannot_be_read_elsewhere(tmp_path: Path) -> None:
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    slip = HEADER + "clause 1 every unit must reduce_sped\n"
    texts.put(path, text := slip + "clause 2 every unit must\n")
    (found,) = quick_fixes(texts, path, len(HEADER), len(slip) - 1)
    source = texts.source(path)
    assert source is not None
    assert edited(source, found.fix.edits) == text.replace("reduce_sped", "reduce_speed")


def test_nothing_is_offered_for_what_lies_elsewhere(tmp_path: Path) -> None:
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, HEADER + "clause 1 every unit mustnt lase\n")
    assert quick_fixes(texts, path, 0, 5) == ()


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("must be call", "call"),
        ("meeting a submarine by_night must call", "submarine"),
        ("must hold course", "hold_course"),
    ],
)
def test_words_are_offered_as_one_name_where_there_is_such_a_name(tmp_path: Path, written: str, offered: str) -> None:
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, text := f"{HEADER}clause 1 a warship {written}\n")
    assert [one.fix.edits[0].replacement for one in quick_fixes(texts, path, 0, len(text))] == [offered]


@pytest.mark.parametrize("written", ["the organiser", "this organiser", "each organiser", "all organisers"])
def test_no_article_is_written_before_a_role(tmp_path: Path, written: str) -> None:
    text = f"draft code uses activities between CN, JP\nclause 1 {written} must confer\n"
    texts, path = OpenTexts(), (tmp_path / "code.cbm").resolve()
    texts.put(path, text)
    assert [one.fix.edits[0].replacement for one in quick_fixes(texts, path, 0, len(text))] == ["organiser"]
    path.write_text(text, encoding="utf-8")
    assert mend([path], lambda *_: True).changes == ()
    path.write_text(f"{HEADER}clause 1 {written.replace('organiser', 'warship')} must call\n", encoding="utf-8")
    (change,) = mend([path], lambda *_: True).changes
    assert "warship must call" in change.after


def test_however_many_slips_there_are_the_text_is_read_again_for_the_first_of_them_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, path, read = OpenTexts(), (tmp_path / "code.cbm").resolve(), list[str]()
    texts.put(path, text := HEADER + "".join(f"clause {i} every unit mustnt lase\n" for i in range(1, 31)))

    def counted(source: Source) -> object:
        read.append(source.text)
        return parse(source)

    monkeypatch.setattr("cbm.editor.quick_fixes.parse", counted)
    assert len(quick_fixes(texts, path, 0, len(text))) == 20
    assert len(read) == 21
