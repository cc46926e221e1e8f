"""What a list of words is told in, whatever the format: headings, ways to write a word, where it is used, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.outcomes.word_list import ProvisionEntry, TextEntry, WordEntry, WordList

# So many words are told in full; of more, a line each.
FEW = 12
# So many texts that use a word are named, each with so many clauses; the JSON has all.
_TEXTS, _CLAUSES = 6, 5
_SEVERAL = {
    "party": "parties",
    "value": "values of kinds",
    "attribute": "facts of a situation",
    "act": "acts: what units do",
    "result": "results: what units bring about",
    "channel": "channels",
}


def heading(sort: str) -> str:
    """What several words of this sort are called."""
    return _SEVERAL.get(sort, f"{sort}s")


def by_sort(words: Sequence[WordEntry]) -> Iterator[tuple[str, list[WordEntry]]]:
    """The words of each sort, in their order."""
    for sort in dict.fromkeys(word.sort for word in words):
        yield sort, [word for word in words if word.sort == sort]


def told_in_full(told: WordList) -> tuple[list[WordEntry], list[WordEntry]]:
    """The words that answer the query, and those in whose words it only stands; of many, none is told in full."""
    if not told.query:
        return [], list(told.words)
    elsewhere = bool(told.phrases) or any(text.provisions is not None for text in told.texts)
    direct = [word for word in told.words if not word.aside] or ([] if elsewhere else list(told.words))
    if len(direct) > FEW:
        return [], list(told.words)
    return direct, [word for word in told.words if word not in direct]


def titles(word: WordEntry) -> str:
    """`reduces speed; zh 减速; ja 減速する`."""
    return "; ".join(f"{language} {text}".strip() for language, text in word.titles)


def uses(word: WordEntry) -> str:
    """The texts that use a word, and their clauses."""
    if not word.uses:
        return "in no clause of these texts"
    shown = [f"{use.text} {_some(use.clauses, _CLAUSES, 'clauses')}" for use in word.uses[:_TEXTS]]
    more = len(word.uses) - _TEXTS
    return "; ".join(shown) + (f"; and {more} more {'text' if more == 1 else 'texts'}" if more > 0 else "")


def about(text: TextEntry) -> Iterator[str]:
    """What its header says."""
    yield f"{text.kind}{f', {text.rank}' if text.rank else ''}; " + (
        f"parties {', '.join(text.parties)}" if text.parties else "open to all"
    )
    if text.dates:
        yield ", ".join(text.dates)
    if text.vocabularies:
        yield f"uses {', '.join(text.vocabularies)}"
    if text.read_as:
        yield "its clauses, by the weakest of their sources: " + ", ".join(f"{n} {mark}" for mark, n in text.read_as)


def marks(provision: ProvisionEntry) -> str:
    """How its sources were read."""
    return ", ".join(dict.fromkeys(source.mark for source in provision.sources if source.mark))


def closing(told: WordList) -> str:
    """How much was looked through, and what to do next."""
    where = ", ".join(told.uses) or "the vocabularies and texts that come with cbm"
    if told.exit:
        return f"Nothing in {where} is called “{told.query}”, nor nearly so. `cbm words` lists all words there are."
    if not told.query and len(told.words) > FEW:
        return f"{len(told.words)} words in {where}. `cbm words WORD` tells how a word is written and where it is used."
    return f"Looked through {where}."


def _some(parts: Iterable[str], most: int, what: str) -> str:
    several = tuple(parts)
    more = f" and {len(several) - most} more {what}" if len(several) > most else ""
    return ", ".join(several[:most]) + more
