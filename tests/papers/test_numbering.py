"""The numbers that Word shows: levels, what begins anew, other scripts, lists that styles name."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.papers.number_forms import han, han_value, letters, roman, roman_value, written
from cbm.papers.word_document import open_document, read_paper
from tests.papers.written import MAIN, Written, level_xml


def numbers(document: Written, folder: Path) -> list[str]:
    paper = read_paper(open_document(document.save(folder / "a.docx")), "a")
    return [one.number for one in paper.paragraphs]


def test_levels_count_below_each_other(tmp_path: Path) -> None:
    document = Written()
    document.add_list(
        "805", level_xml(0, "decimal", "%1.") + level_xml(1, "decimal", "%1.%2") + level_xml(2, "bullet", "-")
    )
    for level in (0, 1, 1, 2, 0, 1):
        document.paragraph("x", level, of="805")
    document.paragraph("no number")
    assert numbers(document, tmp_path) == ["1.", "1.1", "1.2", "•", "2.", "2.1", ""]


def test_a_level_can_go_on_or_begin_anew(tmp_path: Path) -> None:
    document = Written()
    never = level_xml(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    document.add_list("805", level_xml(0, "upperRoman", "%1") + never)
    anew = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'
    document.add_list("806", "", anew, of="805")
    for level, name in ((0, "805"), (1, "805"), (0, "805"), (1, "805"), (1, "806"), (1, "806"), (1, "805")):
        document.paragraph("x", level, of=name)
    assert numbers(document, tmp_path) == ["I", "1.", "II", "2.", "7.", "8.", "9."]


def test_counts_above_are_shown_in_digits_where_a_level_says_so(tmp_path: Path) -> None:
    document = Written()
    document.add_list("805", level_xml(0, "upperRoman", "%1") + level_xml(1, "decimal", "%1.%2", "<w:isLgl/>"))
    for level in (0, 0, 1):
        document.paragraph("x", level, of="805")
    assert numbers(document, tmp_path) == ["I", "II", "2.1"]


def test_a_style_can_name_the_list_and_a_paragraph_leave_it(tmp_path: Path) -> None:
    document = Written()
    document.add_list("805", level_xml(0, "japaneseCounting", "第%1条"))
    style = document.document.styles["Heading 2"].element
    from docx.oxml import parse_xml

    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {MAIN}><w:numId w:val="805"/></w:numPr>'))
    document.paragraph("x", style="Heading 2")
    document.paragraph("x", 0, of="0", style="Heading 2")
    document.paragraph("x", style="Heading 2")
    assert numbers(document, tmp_path) == ["第一条", "", "第二条"]


def test_a_form_that_is_not_known_is_told(tmp_path: Path) -> None:
    document = Written()
    document.add_list("805", level_xml(0, "hebrew1", "%1."))
    document.paragraph("x", 0, of="805")
    paper = read_paper(open_document(document.save(tmp_path / "a.docx")), "a")
    assert [(one.number, one.unread) for one in paper.paragraphs] == [("1.", ("a number of the form hebrew1",))]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimalZero", "03 12"),
        ("decimalFullWidth", "３ １２"),
        ("decimalEnclosedCircle", "③ ⑫"),
        ("upperLetter", "C L"),
        ("lowerRoman", "iii xii"),
        ("chineseCounting", "三 十二"),
        ("ideographDigital", "三 一二"),
        ("aiueoFullWidth", "ウ シ"),
        ("irohaFullWidth", "ハ ヲ"),
        ("none", " "),
    ],
)
def test_forms(form: str, shown: str) -> None:
    assert f"{written(3, form)} {written(12, form)}" == shown


def test_numerals_are_read_as_they_are_written() -> None:
    assert [roman_value(roman(count)) for count in range(1, 60)] == list(range(1, 60))
    assert [han_value(han(count)) for count in range(1, 100)] == list(range(1, 100))
    assert (letters(26), letters(27), roman_value("iiii"), han_value("条")) == ("z", "aa", 0, 0)
