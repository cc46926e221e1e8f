"""Cards to Markdown: a heading for each, its parts as a list."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.training_cards import CardDeck
from cbm.render.cards.cards_outline import CardFace, outline
from cbm.render.columns import page
from cbm.render.markdown_text import plain_words
from cbm.translation.saying import say


def render(deck: CardDeck) -> str:
    """The page, with a line break at its end."""
    return page(_lines(deck))


def _lines(deck: CardDeck) -> Iterator[str]:
    told = outline(deck)
    yield f"# {plain_words(told.title)}"
    yield ""
    yield from (f"- {plain_words(text)}" for text in told.said)
    for chapter in told.chapters:
        yield from ("", f"## {chapter.heading}")
        if chapter.said:
            yield ""
            yield from (f"- {plain_words(text)}" for text in chapter.said)
        for face in chapter.faces:
            yield from _face(face)


def _face(face: CardFace) -> Iterator[str]:
    yield from ("", f"### {plain_words(f'{face.clause} {face.title}'.strip())}", "")
    if face.sort:
        yield from (f"*{face.sort}*", "")
    for one in face.quoted:
        yield from (f"> {plain_words(one.words)}", "")
    for part in face.parts:
        heading = say("{heading}:", heading=part.name)
        if len(part.texts) == 1:
            yield f"- **{heading}** {plain_words(part.texts[0])}"
        else:
            yield f"- **{heading}**"
            yield from (f"  - {plain_words(text)}" for text in part.texts)
