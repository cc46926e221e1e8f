"""Words, and what stands in a text, to the page that a drafter looks up."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.word_list import OmittedProvision, ProvisionEntry, TextEntry, WordEntry, WordList
from cbm.render.columns import page, width, wrap
from cbm.render.words.words_outline import about, by_sort, closing, heading, marks, titles, told_in_full, uses

_WIDEST = 30


def render(told: WordList) -> str:
    """The page: texts that were asked for, then words of the language, then those of vocabularies."""
    return page(_lines(told))


def _lines(told: WordList) -> Iterator[str]:
    if told.near:
        yield from wrap(f"Nothing is called “{told.query}”." + ("" if told.exit else " Spelt nearly so:"))
        yield ""
    for text in told.texts:
        if text.provisions is not None:
            yield from _whole_text(text)
    for phrase in told.phrases:
        yield from wrap(f"for “{phrase.said}” write `{phrase.written}`", rest="  ")
    if told.phrases:
        yield ""
    full, brief = told_in_full(told)
    for word in full:
        yield from _word(word)
        yield ""
    compact = bool(full or told.phrases or any(text.provisions is not None for text in told.texts))
    if compact and told.query and brief:
        yield from wrap(
            f"It also stands in the words of {', '.join(dict.fromkeys(word.name for word in brief))}.", rest="  "
        )
        yield ""
    for sort, several in () if compact and told.query else by_sort(brief):
        yield heading(sort).upper()
        yield from _brief(several)
        yield ""
    others = [text for text in told.texts if text.provisions is None]
    if others:
        yield "TEXTS"
        for text in others:
            yield from wrap(f"{text.name}  {text.title}", "  ", "    ")
        yield ""
    yield from wrap(closing(told), rest="  ")


def _word(word: WordEntry) -> Iterator[str]:
    why = f": {word.found}" if word.found else ""
    yield from wrap(f"{word.name}  ({word.sort} of {word.declared_in}{why})", rest="  ")
    if word.titles:
        yield from wrap(titles(word), "  ", "    ")
    if word.written:
        yield from wrap(" · ".join(f"`{way}`" for way in word.written), "  write  ", "         ")
    for number, need in enumerate(word.needs):
        yield from wrap(need, "  note   " if not number else "         ", "           ")
    yield from wrap(uses(word), "  used   ", "         ")


def _brief(words: list[WordEntry]) -> Iterator[str]:
    columns = min(_WIDEST, max(width(word.name) for word in words))
    for word in words:
        name = word.name + " " * max(columns - width(word.name), 0)
        yield from wrap(f"{word.title}  ({word.declared_in})", f"  {name}  ", " " * (columns + 4))


def _whole_text(text: TextEntry) -> Iterator[str]:
    yield from wrap(f"{text.name}  {text.title}", rest="  ")
    for line in about(text):
        yield from wrap(line, "  ", "    ")
    yield ""
    for provision in text.provisions or ():
        yield from _provision(provision)
    if text.left_out:
        yield ""
        yield "  left out of it here"
        for omitted in text.left_out:
            yield from wrap(_omitted(omitted), "    ", "      ")
    yield ""


def _provision(one: ProvisionEntry) -> Iterator[str]:
    title = f" “{one.title}”" if one.title else ""
    if one.what == "article":
        yield from wrap(f"article {one.label}{title}".replace("article  ", "article "), "  ", "    ")
        return
    said = f": {one.words}" if one.words else ""
    read = f" [{marks(one)}]" if marks(one) else ""
    yield from wrap(f"{one.label}{title} {one.what}{said}{read}", "  ", "    ")


def _omitted(one: OmittedProvision) -> str:
    return f"{f'{one.label} {one.title}'.strip()}: {one.reason}"
