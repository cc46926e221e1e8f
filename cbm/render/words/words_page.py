"""Words, and what stands in a text, to the page that a drafter looks up."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.word_list import OmittedProvision, ProvisionEntry, TextEntry, WordEntry, WordList
from cbm.render.clause_titles import titled
from cbm.render.columns import padded, page, width, wrap
from cbm.render.remarks import named
from cbm.render.words.words_outline import about, by_sort, closing, heading, marks, titles, told_in_full, uses
from cbm.translation.listing import listed, sentences
from cbm.translation.saying import say, say_as

_WIDEST = 30


def render(told: WordList) -> str:
    """The page: texts that were asked for, then words of the language, then those of vocabularies."""
    return page(_lines(told))


def _lines(told: WordList) -> Iterator[str]:
    if told.near:
        nothing = say("Nothing is called “{word}”.", word=told.query)
        yield from wrap(sentences((nothing, "" if told.exit else say("Spelt nearly so:"))))
        yield ""
    for text in told.texts:
        if text.provisions is not None:
            yield from _whole_text(text)
    for phrase in told.phrases:
        yield from wrap(say("for “{said}” write `{written}`", said=phrase.said, written=phrase.written), rest="  ")
    if told.phrases:
        yield ""
    full, brief = told_in_full(told)
    for word in full:
        yield from _word(word)
        yield ""
    compact = bool(full or told.phrases or any(text.provisions is not None for text in told.texts))
    if compact and told.query and brief:
        names = listed(list(dict.fromkeys(word.name for word in brief)), ",")
        yield from wrap(say("It also stands in the words of {words}.", words=names), rest="  ")
        yield ""
    for sort, several in () if compact and told.query else by_sort(brief):
        yield heading(sort).upper()
        yield from _brief(several)
        yield ""
    others = [text for text in told.texts if text.provisions is None]
    if others:
        yield say("texts").upper()
        for text in others:
            yield from wrap(f"{text.name}  {text.title}", "  ", "    ")
        yield ""
    yield from wrap(closing(told), rest="  ")


def _word(word: WordEntry) -> Iterator[str]:
    of = say("{sort} of {vocabulary}", sort=say(word.sort), vocabulary=word.declared_in)
    is_a = named(of, word.found) if word.found else of
    yield from wrap(say("{word}  ({is_a})", word=word.name, is_a=is_a), rest="  ")
    if word.titles:
        yield from wrap(titles(word), "  ", "    ")
    if word.written:
        yield from wrap(" · ".join(f"`{way}`" for way in word.written), _label(say("write")), "         ")
    for number, need in enumerate(word.needs):
        yield from wrap(need, _label("" if number else say_as("remark", "note")), "           ")
    yield from wrap(uses(word), _label(say("used")), "         ")


def _label(words: str) -> str:
    return f"  {padded(words, 5)}  "


def _brief(words: list[WordEntry]) -> Iterator[str]:
    columns = min(_WIDEST, max(width(word.name) for word in words))
    for word in words:
        name = word.name + " " * max(columns - width(word.name), 0)
        called = say("{word}  ({is_a})", word=word.title, is_a=word.declared_in)
        yield from wrap(called, f"  {name}  ", " " * (columns + 4))


def _whole_text(text: TextEntry) -> Iterator[str]:
    yield from wrap(f"{text.name}  {text.title}", rest="  ")
    for line in about(text):
        yield from wrap(line, "  ", "    ")
    yield ""
    for provision in text.provisions or ():
        yield from _provision(provision)
    if text.left_out:
        yield ""
        yield "  " + say("left out of it here")
        for omitted in text.left_out:
            yield from wrap(_omitted(omitted), "    ", "      ")
    yield ""


def _provision(one: ProvisionEntry) -> Iterator[str]:
    if one.what == "article":
        called = say("article {label}", label=one.label) if one.label else say("article")
        yield from wrap(titled(called, one.title), "  ", "    ")
        return
    head = f"{titled(one.label, one.title)} {say(one.what)}"
    said = named(head, one.words) if one.words else head
    yield from wrap(f"{said} [{marks(one)}]" if marks(one) else said, "  ", "    ")


def _omitted(one: OmittedProvision) -> str:
    return named(f"{one.label} {one.title}".strip(), one.reason)
