"""Words, and what stands in a text, to Markdown: a table for each sort of word, and a list for each text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.outcomes.word_list import TextEntry, WordEntry, WordList
from cbm.render.columns import page
from cbm.render.markdown_text import plain_words
from cbm.render.remarks import named
from cbm.render.words.words_outline import about, by_sort, closing, heading, marks, titles, uses
from cbm.translation.listing import row
from cbm.translation.saying import say, say_as


def render(told: WordList) -> str:
    """The page, with a line break at its end."""
    title = say("Words for “{word}”", word=plain_words(told.query)) if told.query else say("Words")
    lines = [f"# {title}", "", plain_words(closing(told))]
    if told.phrases:
        language = say("words of the language")
        lines += ["", f"## {language}", "", _row_of((say("said"), say("written"))), "|---|---|"]
        lines += [f"| {plain_words(one.said)} | {plain_words(one.written)} |" for one in told.phrases]
    for sort, several in by_sort(told.words):
        lines += [
            "",
            f"## {heading(sort)}",
            "",
            _row_of(_heads()),
            "|---|---|---|---|---|---|",
        ]
        lines += map(_row, several)
    for text in told.texts:
        lines += ["", *_text(text)]
    return page(lines)


def _row(word: WordEntry) -> str:
    cells = (word.name, titles(word), word.declared_in, " · ".join(word.written), row(word.needs), uses(word))
    return _row_of(map(plain_words, cells))


def _heads() -> tuple[str, ...]:
    return (
        say("word"),
        say("called"),
        say_as("table", "of"),
        say("written"),
        say_as("remark", "note"),
        say("used"),
    )


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: TextEntry) -> Iterator[str]:
    yield f"## {named(plain_words(text.name), plain_words(text.title))}"
    yield ""
    yield from (f"- {plain_words(line)}" for line in about(text))
    if text.provisions is None:
        return
    heads = say("clause"), say("title"), say("is a"), say_as("table", "says"), say_as("table", "read")
    yield from ("", _row_of(heads), "|---|---|---|---|---|")
    for one in text.provisions:
        yield _row_of(map(plain_words, (one.label, one.title, say(one.what), one.words, marks(one))))
    for omitted in text.left_out:
        if omitted is text.left_out[0]:
            yield from ("", say("Left out of it here:"), "")
        what = f"{omitted.label} {omitted.title}".strip()
        yield f"- {named(plain_words(what), plain_words(omitted.reason))}"
