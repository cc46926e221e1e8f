"""Where a negotiation stands, as one HTML file without network or script."""

from __future__ import annotations

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.render.columns import visible
from cbm.render.markup import Markup, joined, tag, words
from cbm.render.options.state_sections import Item, PageSection, heading, sections, verdict
from cbm.render.translated_page import html_document
from cbm.translation.saying import say

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--quiet:#57606a;--line:#d0d7de}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--quiet:#9aa4af;--line:#30363d}}
body{margin:0 auto;max-width:60rem;padding:1.5rem;font:1rem/1.55 system-ui,sans-serif}
body{color:var(--ink);background:var(--paper)}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
.verdict{font-size:1.1rem}ul{padding-left:1.25rem}li{margin:.35rem 0}li ul{color:var(--quiet)}
a.skip{position:absolute;left:-100rem}a.skip:focus{left:1rem}
@media print{body{max-width:none}h2{break-after:avoid}li{break-inside:avoid}}
"""


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """The page, with a line break at its end."""
    return html_document(
        visible(heading(state)),
        _STYLE,
        tag("a", say("To the sections"), href="#sections", class_="skip"),
        tag("header", tag("h1", visible(heading(state))), tag("p", visible(verdict(state)), class_="verdict")),
        tag("main", *(_section(section) for section in sections(state, delegation)), id="sections"),
        policy="default-src 'none'; style-src 'unsafe-inline'",
    )


def _section(section: PageSection) -> Markup:
    listed = tag("ul", *(_item(item) for item in section.items)) if section.items else tag("p", words(section.nothing))
    return tag("section", tag("h2", section.title), listed)


def _item(item: Item) -> Markup:
    below = tag("ul", *(tag("li", words(told)) for told in item.below)) if item.below else Markup("")
    return tag("li", joined(words(item.text), below))
