"""Cards to one HTML file without network or script, for the screen and for printing on A4."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.training_cards import CardDeck
from cbm.render.cards.cards_outline import CardChapter, CardFace, CardsOutline, FacePart, outline
from cbm.render.cards.cards_stylesheet import CARDS_STYLE
from cbm.render.columns import begun, page, visible
from cbm.render.maps.sketch import drawing, shows_something
from cbm.render.markup import Markup, tag, words
from cbm.render.report.report_html import POLICY
from cbm.render.translated_page import html_document, stopped
from cbm.translation.listing import row
from cbm.translation.saying import mark, say

_SIZES = (("four", mark("four cards to a page")), ("two", mark("two cards to a page")))


def render(deck: CardDeck) -> str:
    """The page, with a line break at its end."""
    told = outline(deck)
    whole = html_document(
        visible(told.title),
        CARDS_STYLE,
        tag("a", say("To the cards"), href="#cards", class_="skip"),
        tag("header", tag("h1", visible(told.title)), *_said(told), _sizes()),
        tag("nav", tag("h2", say("Contents"), id="contents"), *_contents(told), aria_labelledby="contents"),
        tag("main", *map(_chapter, told.chapters), id="cards"),
        policy=POLICY,
    )
    return page(whole.removesuffix("\n").split("\n"))


def _said(told: CardsOutline) -> Iterator[Markup]:
    first, *rest = told.said
    yield tag("p", words(stopped(first)), class_="verdict")
    if rest:
        yield tag("p", words(stopped(begun(row(rest)))), class_="quiet")


def _sizes() -> Markup:
    """How many cards are printed to a page; the style sheet goes by what is chosen."""
    choices = (
        tag(
            "label",
            tag("input", type="radio", name="size", id=name, checked="checked" if name == "four" else None),
            " " + say(said),
        )
        for name, said in _SIZES
    )
    return tag("fieldset", tag("legend", say("On paper (A4)")), *choices)


def _contents(told: CardsOutline) -> Iterator[Markup]:
    for chapter in told.chapters:
        count = len(chapter.faces)
        heading = say("{heading} ({count})", heading=chapter.heading, count=count) if count else chapter.heading
        yield tag("h3", tag("a", heading, href=f"#{chapter.anchor}"))
        if any(face.title for face in chapter.faces):
            yield tag("ol", *map(_listed, chapter.faces), class_="contents")


def _listed(face: CardFace) -> Markup:
    title = f" {face.title}" if face.title else ""
    return tag("li", tag("a", words(f"{face.clause}{title}"), href=f"#{face.anchor}"))


def _chapter(chapter: CardChapter) -> Markup:
    said = [words(stopped(begun(text))) for text in chapter.said]
    below = [tag("ul", *(tag("li", text) for text in said))] if len(said) > 1 else [tag("p", text) for text in said]
    faces = [tag("div", *map(_face, chapter.faces), class_="cards")] if chapter.faces else []
    heading = tag("h2", chapter.heading, id=f"{chapter.anchor}-title")
    kind = "chapter" if chapter.faces else "lists"
    return tag(
        "section", heading, *below, *faces, id=chapter.anchor, class_=kind, aria_labelledby=f"{chapter.anchor}-title"
    )


def _face(face: CardFace) -> Markup:
    title = f" {face.title}" if face.title else ""
    return tag(
        "article",
        *([tag("p", face.sort, class_="kicker")] if face.sort else []),
        tag("h3", words(f"{face.clause}{title}"), id=f"{face.anchor}-title"),
        *(tag("blockquote", tag("p", visible(one.words)), lang=one.language or None) for one in face.quoted),
        tag("dl", *(cell for part in face.parts for cell in _part(part))),
        *_drawing(face),
        tag("p", tag("a", say("Contents"), href="#contents"), class_="back"),
        id=face.anchor,
        aria_labelledby=f"{face.anchor}-title",
    )


def _drawing(face: CardFace) -> Iterator[Markup]:
    """What of the encounter can be drawn: only what matters."""
    sketch = None if face.shown is None else face.shown.sketch
    if sketch is not None and shows_something(sketch):
        yield tag("figure", drawing(sketch, f"{face.anchor}-drawing"), class_="drawing")


def _part(part: FacePart) -> tuple[Markup, Markup]:
    told = [words(begun(text)) for text in part.texts]
    body = tag("ul", *(tag("li", text) for text in told)) if len(told) > 1 else told[0]
    return tag("dt", part.name), tag("dd", body)
