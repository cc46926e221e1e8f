"""Cards to a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.training_cards import CardDeck
from cbm.render.cards.cards_outline import CardFace, outline
from cbm.render.columns import page, wrap


def render(deck: CardDeck) -> str:
    """The page, with a line break at its end."""
    return page(_lines(deck))


def _lines(deck: CardDeck) -> Iterator[str]:
    told = outline(deck)
    yield from wrap(told.title)
    for text in told.said:
        yield from wrap(text, "  ", "    ")
    for chapter in told.chapters:
        yield from ("", chapter.heading.upper())
        for text in chapter.said:
            yield from wrap(text, "  ", "    ")
        for face in chapter.faces:
            yield ""
            yield from _face(face)


def _face(face: CardFace) -> Iterator[str]:
    title = f" “{face.title}”" if face.title else ""
    sort = f" ({face.sort})" if face.sort else ""
    yield from wrap(f"{face.clause}{title}{sort}", rest="  ")
    for one in face.quoted:
        yield from wrap(f"“{one.words}”", "  ", "   ")
    for part in face.parts:
        for number, text in enumerate(part.texts):
            yield from wrap(text, f"  {'' if number else part.name:<12} ", f"  {'':<12}   ")
