"""The page of a woven text: what it shows, and that nothing in a text does anything on it."""

from __future__ import annotations

from cbm.outcomes.woven_text import ColouredWords, WovenRow, WovenText
from cbm.render.woven import WOVEN_RENDERERS
from cbm.render.woven.woven_html import render

TOLD = WovenText(
    "A <code>",
    (
        WovenRow("# A code"),
        WovenRow(
            "**1.** Keep *away* [CN: 1 km].\n\n| a | b |\n|---|---|\n| c | d |",
            (ColouredWords("word", "clause"), ColouredWords("", " 1 "), ColouredWords("quoted", '"</pre><b>"')),
        ),
    ),
)


def test_words_and_clauses() -> None:
    page = render(TOLD)
    assert '<section class="row whole"><div class="prose"><h1>A code</h1>' in page
    assert "<p><strong>1.</strong> Keep <em>away</em> [CN: 1 km].</p>" in page
    assert "<td>c</td>" in page
    assert '<pre class="clauses"><code><span class="word">clause</span> 1 <span class="quoted">' in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')


def test_nothing_runs_and_nothing_is_fetched() -> None:
    hostile = "<script>x</script> ![a](http://b/c.png) [d](javascript:e) <img src=f onerror=g>\n\u202eturned\x1b[31m"
    page = render(WovenText("x", (WovenRow(hostile, (ColouredWords("", hostile),)),)))
    assert "default-src &#x27;none&#x27;" in page
    for sign in ("<script", "<img", 'href="javascript', "\u202e", "\x1b"):
        assert sign not in page


def test_markdown_for_readers() -> None:
    page = WOVEN_RENDERERS["markdown"](TOLD)
    assert page.startswith("# A code\n\n**1.** Keep")
    assert page.endswith('\n\n```text\nclause 1 "</pre><b>"\n```\n')
