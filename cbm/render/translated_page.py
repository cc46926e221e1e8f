"""What a page in a translation says of it: that no lawyer who speaks the language from childhood has read that yet.

Pages for people say it once, at their end or below their heading; objects for programs name their language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from cbm.render.columns import page, wrap
from cbm.render.markdown_text import plain_words
from cbm.translation.saying import say
from cbm.translation.speech import UNREVIEWED, spoken

Asked = ParamSpec("Asked")
# Chinese and Japanese write many characters each in a shape of its own; the styles of pages name Chinese faces first.
_FACES = {
    "ja": """
body{font-family:system-ui,"Noto Sans","Noto Sans CJK JP",sans-serif}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK JP",monospace}
""",
}


def caveat() -> str:
    """The sentence; nothing where the language needs none."""
    if spoken() not in UNREVIEWED:
        return ""
    return say("This page is a translation that no lawyer who speaks the language from childhood has read yet.")


def caveat_lines() -> list[str]:
    """The same as lines of a terminal."""
    return wrap(caveat()) if caveat() else []


def with_caveat(render: Callable[Asked, str]) -> Callable[Asked, str]:
    """The page for a terminal with the sentence at its end."""

    def rendered(*asked: Asked.args, **more: Asked.kwargs) -> str:
        told = render(*asked, **more)
        return told + page(("", *caveat_lines())) if caveat() else told

    return rendered


def marked_down(render: Callable[Asked, str]) -> Callable[Asked, str]:
    """The page in Markdown with the sentence as its last paragraph."""

    def rendered(*asked: Asked.args, **more: Asked.kwargs) -> str:
        told = render(*asked, **more)
        return told + page(("", f"*{plain_words(caveat())}*")) if caveat() else told

    return rendered


def stopped(words: str) -> str:
    """The words with a full stop."""
    return say("{sentence}.", sentence=words)


def html_document(title: str, style: str, *inside: str, policy: str = "") -> str:
    """A page in HTML in the language that is spoken, with the sentence above what is inside."""
    from cbm.render.markup import Markup, tag  # what pages for a terminal do without

    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        *([tag("meta", http_equiv="Content-Security-Policy", content=policy)] if policy else []),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(f"{style}{_FACES.get(spoken(), '')}")),
    )
    first, *rest = inside
    told = [tag("aside", tag("p", caveat(), class_="quiet"))] if caveat() else []
    body = tag("body", first, *told, *rest)
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=spoken())}\n"
