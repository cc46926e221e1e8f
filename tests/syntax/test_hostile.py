"""Texts made to deceive a reader or to exhaust the program: refused at their place, in little time, without a crash."""

from __future__ import annotations

import pytest

from cbm.source import Source
from cbm.syntax.parse import parse
from tests.syntax.reading import condition, documents, said

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
UNSEEN = "\x00\x01\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029"
UNSEEN += (
    "\u00ad\u034f\u115f\u180e\u200b\u200c\u200d\u2060\u2064\u3164\ufe0f\ufeff\uffa0\U000e0041\U000e0100"  # ignorable
)


@pytest.mark.parametrize("mark", MARKS, ids=[f"U+{ord(mark):04X}" for mark in MARKS])
@pytest.mark.parametrize("place", ["party C{}N", 'party CN "a{}b"', "party CN # a{}b", "# a{}b\nparty CN"])
def test_direction_marks_are_refused_everywhere(mark: str, place: str) -> None:
    text = "vocabulary v\n" + place.format(mark)
    _, (finding,) = parse(Source("text.cbm", text))
    assert finding.message == (
        f"invisible direction marks such as U+{ord(mark):04X} are not allowed: they change the order words are shown in"
    )
    assert finding.primary.span.text == mark


@pytest.mark.parametrize("character", UNSEEN, ids=[f"U+{ord(character):04X}" for character in UNSEEN])
@pytest.mark.parametrize("place", ["party C{}N", 'party CN "a{}b"', "party CN # a{}b"])
def test_control_characters_are_refused_everywhere(character: str, place: str) -> None:
    _, (finding,) = parse(Source("text.cbm", "vocabulary v\n" + place.format(character)))
    assert finding.message == f"the invisible character U+{ord(character):04X} is not allowed"
    assert finding.primary.span.text == character


@pytest.mark.parametrize("word", ["خانه\u200cها", "क्\u200dष", "葛\U000e0100城", "〆\ufe00切"])
def test_what_a_script_is_spelt_with_is_no_flaw_in_what_readers_are_told(word: str) -> None:
    assert said(f'vocabulary v\nparty CN "{word}" # {word}') == []
    sign = next(sign for sign in word if sign in "\u200c\u200d\ufe00\U000e0100")
    refused = f"the invisible character U+{ord(sign):04X} is not allowed → delete it"
    for text in f"party {word}", f'party CN "{word.replace(sign, sign * 2)}"', f'party CN "aim{sign}not"':
        assert [message.split(" ", 1)[1] for message in said(f"vocabulary v\n{text}")] == [refused]


def test_a_remark_cannot_hide_statements_behind_another_line_end() -> None:
    assert said("vocabulary v # ok\rparty CN") == [
        "1:18 a line ends in a way not all programs show → save the file with ordinary line ends"
    ]
    (document,) = documents("vocabulary v\r\nparty CN # ok\r\nparty JP\r\n")
    assert len(document.statements) == 2


def test_half_characters_are_refused() -> None:
    assert said('vocabulary v "\ud800"') == ["1:15 U+D800 is half a character → save the file as UTF-8"]


def test_a_byte_order_mark_at_the_beginning_is_no_mistake() -> None:
    (document,) = documents("\ufeffvocabulary v\nparty CN")
    assert document.header.span.begin == (1, 2)
    assert document.header.span.text == "vocabulary v"


def test_a_byte_order_mark_elsewhere_is_one() -> None:
    assert said("vocabulary v\n\ufeffparty CN") == ["2:1 the invisible character U+FEFF is not allowed → delete it"]


def test_statements_beside_a_hostile_one_are_read() -> None:
    file, findings = parse(Source("text.cbm", "vocabulary v\nparty CN\nparty J\u202eP\nparty KR\nparty\x00"))
    assert [finding.primary.span.begin for finding in findings] == [(3, 8), (5, 6)]
    assert len(file.documents[0].statements) == 2


# ---- sizes


def test_long_lines() -> None:
    padding = "x" * (10_000 - len('party CN ""'))
    assert said(f'vocabulary v\nparty CN "{padding}"') == []
    assert said(f'vocabulary v\nparty CN "{padding}x"\nparty JP') == [
        "2:1 a line of 10,001 characters; at most 10,000 are read → break the line: a statement may go over several"
    ]


def test_a_long_line_further_down_a_statement_is_told_there() -> None:
    assert said("vocabulary v\nparty CN\n\n  " + "# " + "x" * 10_000)[0].startswith("4:1 a line of 10,004 characters")


def test_long_numbers() -> None:
    condition("9" * 40 + " m")
    assert said("vocabulary v\nterm t means " + "9" * 41) == ["2:14 this number has more than 40 digits"]
    assert said("vocabulary v\nterm t means 0." + "9" * 40) == ["2:14 this number has more than 40 digits"]
    assert said("vocabulary v\nterm t means " + "9" * 9_000) == ["2:14 this number has more than 40 digits"]


def test_deep_brackets() -> None:
    condition("(" * 50 + "p" + ")" * 50)
    condition(" and ".join(["(p)"] * 60))
    condition("(p) and q # ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((\n and (r)")
    assert said("vocabulary v\nterm t means " + "(" * 51 + "p" + ")" * 51) == [
        "2:64 brackets nested more than 50 deep → give a part of the condition a name with `term`"
    ]


def test_long_calculations() -> None:
    condition(" + ".join(["p"] * 150))
    condition(" and\n".join(["p"] * 5_000))
    assert said("vocabulary v\nterm t means " + " + ".join(["p"] * 250)) == [
        "2:14 more than 200 operations build on one another here → give a part of them a name with `term`"
    ]
    nested = "p"
    for _ in range(49):
        nested = f"({nested} + 1 + 1 + 1 + 1 + 1)"
    assert len(said(f"vocabulary v\nterm t means {nested}")) == 1


def test_large_files() -> None:
    assert said("#" * 20_000_001) == ["1:1 this file has 20,000,001 characters; at most 20,000,000 are read → split it"]


MEGABYTE = 1_000_000
HOSTILE = {
    "one word": "x" * MEGABYTE,
    "one statement": "party " + "x" * MEGABYTE,
    "blanks": "party" + " " * MEGABYTE,
    "texts": "vocabulary v\nparty CN " + '"" ' * (MEGABYTE // 3),
    "texts on lines": "vocabulary v\nparty " + '""\n' * (MEGABYTE // 3),
    "quotation marks": "vocabulary v\n" + 'party CN "\n' * 10_000,
    "brackets": "vocabulary v\nterm t means " + "(\n" * (MEGABYTE // 2),
    "not": "vocabulary v\nterm t means " + "not\n" * (MEGABYTE // 4),
    "minus": "vocabulary v\nterm t means " + "-\n" * (MEGABYTE // 2),
    "empty lines": "party" + "\n" * MEGABYTE,
    "remarks": "#\n" * (MEGABYTE // 2),
    "nothing but zeros": "\x00" * MEGABYTE,
    "bad statements": "party when\n" * (MEGABYTE // 11),
    "unknown words": "x\n" * (MEGABYTE // 2),
    "topics": "vocabulary v\nact x\n" + "topic t t\n" * 10_000,
    "fences": "```cbm\n" * (MEGABYTE // 7),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["text.cbm", "text.cbm.md"])
def test_nothing_is_too_much(text: str, name: str) -> None:
    _, findings = parse(Source(name, text))
    assert len(findings) <= 1_002
    for finding in findings[:50]:
        assert 0 <= finding.primary.span.start <= finding.primary.span.end <= len(text)


def test_of_brackets_without_end_only_so_many_are_told() -> None:
    _, findings = parse(Source("text.cbm", "vocabulary v\nparty CN\n" + "[" * 1_500))
    assert 0 < len(findings) <= 1_001
