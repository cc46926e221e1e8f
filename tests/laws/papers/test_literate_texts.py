"""A text in Markdown and one of statements alone say the same: each is made of the other, and read as it was."""

from __future__ import annotations

import pytest

from cbm.papers.literate_texts import as_markdown, as_statements
from cbm.source import Source
from cbm.syntax.cutting.ignore_comments import comments_of
from cbm.syntax.parse import parse
from tests.pages.rooms import ROOT


@pytest.mark.parametrize("name", ["rolling_2026", "silent_line"])
def test_shipped_drafts(name: str) -> None:
    source = Source("a.cbm", (ROOT / "specs" / "drafts" / f"{name}.cbm").read_text(encoding="utf-8"))
    literate = Source("a.cbm.md", as_markdown(source))
    again = Source("a.cbm", as_statements(literate))
    file, findings = parse(source)
    assert findings == ()
    assert literate.text.count("```cbm") > 5
    for other in (literate, again):
        assert (parse(other)[0].documents, parse(other)[1]) == (file.documents, ())
    assert "\n# **1.1 Reports**\n" in again.text or name != "silent_line"


def test_words_never_become_instructions() -> None:
    for words in ("cbm: ignore[gap] because", "# cbm: ignore the rest", "see # cbm : ignore", "> cbm: ignore"):
        text = as_statements(Source("a.cbm.md", f'{words}\n\n```cbm\ndraft code "A"\n```\n'))
        assert words.split()[-1] in text
        assert comments_of(Source("a.cbm", text)) == ()


def test_comments_to_cbm_stay_where_they_are_meant() -> None:
    source = Source(
        "a.cbm", 'draft code "A"\n\n# cbm: ignore[gap] because it is so\nclause 1 "x" every unit must call\n'
    )
    literate = Source("a.cbm.md", as_markdown(source))
    (one,), (other,) = comments_of(source), comments_of(literate)
    assert one.statement.text.split() == other.statement.text.split()  # type: ignore[union-attr]


def test_what_is_so_already_stays() -> None:
    assert as_markdown(Source("a.cbm.md", "x")) == "x"
    assert as_statements(Source("a.cbm", "x")) == "x"
