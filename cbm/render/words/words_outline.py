"""What a list of words is told in, whatever the format: headings, ways to write a word, where it is used, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.outcomes.word_list import ProvisionEntry, TextEntry, WordEntry, WordList
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say, say_count

# So many words are told in full; of more, a line each.
FEW = 12
# So many texts that use a word are named, each with so many clauses; the JSON has all.
_TEXTS, _CLAUSES = 6, 5
_SEVERAL = {
    "party": mark("parties"),
    "role": mark("roles: who meets, or takes part"),
    "value": mark("values of kinds"),
    "attribute": mark("facts of a situation"),
    "act": mark("acts: what units do"),
    "result": mark("results: what units bring about"),
    "channel": mark("channels"),
    "kind": mark("kinds"),
    "topic": mark("topics"),
    "term": mark("terms"),
    "moment": mark("moments"),
    "counter": mark("counters"),
    "open term": mark("open terms"),
    "language": mark("languages"),
}


def heading(sort: str) -> str:
    """What several words of this sort are called."""
    return say(_SEVERAL[sort])


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
    return row(f"{language} {text}".strip() for language, text in word.titles)


def uses(word: WordEntry) -> str:
    """The texts that use a word, and their clauses."""
    if not word.uses:
        return say("in no clause of these texts")
    shown = [f"{use.text} {_some(use.clauses, _CLAUSES)}" for use in word.uses[:_TEXTS]]
    if (more := len(word.uses) - _TEXTS) > 0:
        shown.append(say_count("and {count} more text", "and {count} more texts", more))
    return row(shown)


def about(text: TextEntry) -> Iterator[str]:
    """What its header says."""
    kind = say(text.kind)
    if text.rank:
        kind = listed([kind, say(text.rank)], ",")
    parties = mark("parties {parties}")
    yield row([kind, say(parties, parties=listed(text.parties, ",")) if text.parties else say("open to all")])
    if text.dates:
        yield listed(text.dates, ",")
    if text.vocabularies:
        yield say("uses {vocabularies}", vocabularies=listed(text.vocabularies, ","))
    if text.read_as:
        counts = [say("{count} {mark}", count=count, mark=say(how)) for how, count in text.read_as]
        yield say("its clauses, by the weakest of their sources: {counts}", counts=listed(counts, ","))


def marks(provision: ProvisionEntry) -> str:
    """How its sources were read."""
    return listed(list(dict.fromkeys(say(source.mark) for source in provision.sources if source.mark)), ",")


def closing(told: WordList) -> str:
    """How much was looked through, and what to do next."""
    where = listed(told.uses, ",") or say("the vocabularies and texts that come with cbm")
    if told.exit:
        return say(
            "Nothing in {texts} is called “{word}”, nor nearly so. `cbm words` lists all words there are.",
            texts=where,
            word=told.query,
        )
    if not told.query and len(told.words) > FEW:
        return say(
            "{count} words in {texts}. `cbm words WORD` tells how a word is written and where it is used.",
            count=len(told.words),
            texts=where,
        )
    return say("Looked through {texts}.", texts=where)


def _some(parts: Iterable[str], most: int) -> str:
    several = tuple(parts)
    told = listed(several[:most], ",")
    more = len(several) - most
    return say("{clauses} and {count} more clauses", clauses=told, count=more) if more > 0 else told
