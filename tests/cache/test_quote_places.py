"""Places in a text without what it quotes are those in another text that quotes other words."""

from __future__ import annotations

import pytest

from cbm.cache.fingerprints import NoFingerprint
from cbm.cache.quote_places import Unquoted
from cbm.source import Source, Span
from cbm.syntax.parse import parse

HEAD = 'vocabulary strait "A strait"\nsituation encounter\nroles own, other\n'
TEXT = (
    HEAD
    + """\
draft code "A code"
  uses strait
clause 1 every unit must call
  text en "Units \\n call." ja "呼びかける。"
clause 2 exception to 1 when fog
  text en ""
"""
)


def unquoted(text: str) -> Unquoted:
    source = Source("code.cbm", text)
    file, _ = parse(source)
    return Unquoted.of(source, file.documents)


def test_what_clauses_quote_is_left_out_and_titles_are_not() -> None:
    text = unquoted(TEXT)
    assert text.words == ("Units \\n call.", "呼びかける。", "")
    assert text.text == TEXT.replace("Units \\n call.", "").replace("呼びかける。", "")


def test_a_place_is_found_again_where_other_words_are_quoted() -> None:
    before, after = unquoted(TEXT), unquoted(TEXT.replace("Units", "All the units").replace('en ""', 'en "But not."'))
    assert before.text == after.text
    for word in ("strait", "draft", "text en", "clause 2", "ja", "fog", "\n"):
        place = TEXT.rindex(word)
        there = after.place(before.left(place))
        assert after.source.text[there:].startswith(word)
        assert before.place(before.left(place)) == place


def test_no_place_within_a_quote_is_known() -> None:
    text = unquoted(TEXT)
    for start, end in text.quotes:
        for place in {start, end, (start + end) // 2}:
            with pytest.raises(NoFingerprint):
                text.left(place)
        with pytest.raises(NoFingerprint):
            text.place(text.left(start - 1) + 1)


def test_a_quote_is_known_by_the_place_that_ends_with_it() -> None:
    text = unquoted(TEXT)
    (start, end), *_ = text.quotes
    assert text.quote_at(Span(text.source, start - 4, end + 1)) == 0
    assert text.quote_at(Span(text.source, start - 4, end)) is None
    assert text.quote_at(Span(Source("other.cbm", TEXT), start - 4, end + 1)) is None


def test_what_stands_in_brackets_stays_in_the_text() -> None:
    draft = HEAD + 'draft code "A code"\n  uses strait\nclause 1 every unit must [A: call | B: answer]\n'
    assert unquoted(draft + '  text en "Units [call | answer]."\n').words == ("Units [call | answer].",)
    text = unquoted(draft + '  text en [A: "Units call." | B: "Units answer."]\n')
    assert text.words == ()
    assert text.text == text.source.text
