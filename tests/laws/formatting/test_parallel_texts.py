"""What is listed as missing is what has to be added, and all of it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cbm.formatting.parallel_texts import MissingText, missing_in
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.translation.speech import Language
from tests.formatting.test_parallel_texts import DRAFT, ROLLING, VOCABULARY
from tests.pages.rooms import ROOT

SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("specs/**/*.cbm"))]
PARTS = re.compile(r'("[^"\n]*"|#[^\n]*)')
WORDS = re.compile(r'(?:(?<!\w)[a-z]{2,3}(?:-\w+)?\s+)?"[^"\n]*"(?:\s*(?:[a-z]{2,3}(?:-\w+)?\s+)?"[^"\n]*")*')
OF_ONE_LANGUAGE = ("source", "because", "case", "from")  # before words that the grammar gives no other language
TEXTS = [DRAFT, ROLLING, VOCABULARY, *(text for text in SHIPPED if len(text) < 5_000)]


def missing(text: str, language: Language) -> tuple[MissingText, ...]:
    file, wrong = parse(Source("text.cbm", text))
    assert not wrong, wrong[0].message
    return missing_in(file.documents, language)


def with_words(text: str, one: MissingText, language: str) -> str:
    """The text with words in this language where they are missing: behind those there are, else as a quoted text."""
    quoted = one.given.endswith('"') and re.fullmatch(r'(?:[\w-]+ )?"[^"]*"', one.given)
    added = f' {language} "…"' if quoted else f'\n  text {language} "…"'
    return f"{text[: one.span.end]}{added}{text[one.span.end :]}"


def without_words(text: str, language: str) -> list[str]:
    """All words in quotes, found by their signs, that do not stand in this language as well, though they could."""
    code = "".join(part for part in PARTS.split(text) if not part.startswith("#"))
    return [
        found[0]
        for found in WORDS.finditer(code)
        if f'{language} "' not in found[0]
        and not code[: found.start()].rstrip().endswith(OF_ONE_LANGUAGE)
        and not code.startswith(":", found.end())  # a remark on an option
    ]


@given(st.sampled_from(TEXTS), st.sampled_from(("zh", "ja")), st.data())
def test_with_what_is_listed_nothing_is_missing(text: str, language: Language, data: st.DataObject) -> None:
    before = missing(text, language)
    added = data.draw(st.lists(st.sampled_from(before), unique_by=id)) if before else []
    for one in sorted(added, key=lambda one: one.span.end, reverse=True):
        text = with_words(text, one, language)
    left = missing(text, language)
    assert sorted(one.message for one in left) == sorted(one.message for one in before if one not in added)
    for one in sorted(left, key=lambda one: one.span.end, reverse=True):
        text = with_words(text, one, language)
    assert missing(text, language) == ()
    assert without_words(text, language) == []
