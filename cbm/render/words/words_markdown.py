"""Words, and what stands in a text, to Markdown: a table for each sort of word, and a list for each text."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.word_list import TextEntry, WordEntry, WordList
from cbm.render.columns import page
from cbm.render.markdown_text import plain_words
from cbm.render.words.words_outline import about, by_sort, closing, heading, marks, titles, uses


def render(told: WordList) -> str:
    """The page, with a line break at its end."""
    lines = [f"# Words{f' for “{plain_words(told.query)}”' if told.query else ''}", "", plain_words(closing(told))]
    if told.phrases:
        lines += ["", "## words of the language", "", "| said | written |", "|---|---|"]
        lines += [f"| {plain_words(one.said)} | {plain_words(one.written)} |" for one in told.phrases]
    for sort, several in by_sort(told.words):
        lines += [
            "",
            f"## {heading(sort)}",
            "",
            "| word | called | of | written | note | used |",
            "|---|---|---|---|---|---|",
        ]
        lines += map(_row, several)
    for text in told.texts:
        lines += ["", *_text(text)]
    return page(lines)


def _row(word: WordEntry) -> str:
    cells = (word.name, titles(word), word.declared_in, " · ".join(word.written), "; ".join(word.needs), uses(word))
    return f"| {' | '.join(map(plain_words, cells))} |"


def _text(text: TextEntry) -> Iterator[str]:
    yield f"## {plain_words(text.name)}: {plain_words(text.title)}"
    yield ""
    yield from (f"- {plain_words(line)}" for line in about(text))
    if text.provisions is None:
        return
    yield from ("", "| clause | title | is a | says | read |", "|---|---|---|---|---|")
    for one in text.provisions:
        yield f"| {' | '.join(map(plain_words, (one.label, one.title, one.what, one.words, marks(one))))} |"
    for omitted in text.left_out:
        if omitted is text.left_out[0]:
            yield from ("", "Left out of it here:", "")
        yield f"- {plain_words(f'{omitted.label} {omitted.title}'.strip())}: {plain_words(omitted.reason)}"
