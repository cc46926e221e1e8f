"""Cards to a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.training_cards import CardDeck
from cbm.render.cards.cards_outline import CardFace, outline
from cbm.render.clause_titles import titled
from cbm.render.columns import padded, page, wrap
from cbm.translation.saying import say


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
    head = titled(face.clause, face.title)
    yield from wrap(say("{clause} ({sort})", clause=head, sort=face.sort) if face.sort else head, rest="  ")
    for one in face.quoted:
        yield from wrap(say("“{words}”", words=one.words), "  ", "   ")
    for part in face.parts:
        for number, text in enumerate(part.texts):
            yield from wrap(text, f"  {padded('' if number else part.name, 12)} ", f"  {'':<12}   ")
