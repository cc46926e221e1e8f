"""Everything that is not markup is escaped, in text and in attributes."""

from __future__ import annotations

from cbm.render.markup import Markup, joined, tag


def test_text_is_escaped_once() -> None:
    inner = tag("b", "a < b & c")
    assert inner == "<b>a &lt; b &amp; c</b>"
    assert tag("p", inner, " <i>") == f"<p>{inner} &lt;i&gt;</p>"
    assert joined("<", Markup("<br>"), '"') == '&lt;<br>"'


def test_attributes_are_escaped_and_named_as_in_html() -> None:
    assert tag("a", class_='x" onclick="', aria_label="to & fro", hidden=None, width=3) == (
        '<a class="x&quot; onclick=&quot;" aria-label="to &amp; fro" width="3"></a>'
    )
    assert tag("svg", viewBox="0 0 1 1", text_anchor="end") == '<svg viewBox="0 0 1 1" text-anchor="end"></svg>'


def test_empty_elements_are_closed_unless_html_has_no_end_for_them() -> None:
    assert [tag(element) for element in ("td", "br", "input")] == ["<td></td>", "<br>", "<input>"]
