"""A place in a half-written text to the words that can be written there, found by their phrases: titles and synonyms.

What can stand there is what the grammar goes on with. Words of the sort that is asked for there come first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from cbm.editor.occurrences import CHOICE, CLAUSE, DOCUMENT, ROLE, SAID, SITUATION, STATED, NamedPlaces
from cbm.finding import Label, RuleId
from cbm.highlighting.word_classes import MARKS, MODALS
from cbm.outcomes.word_list import WordEntry
from cbm.questions.matching_words import WordQuery
from cbm.records import Record
from cbm.syntax import ast
from cbm.syntax.cutting.assemble import PLACES
from cbm.syntax.cutting.cut import HEADERS, LONGER_OPENINGS, OPENINGS, cut
from cbm.syntax.expected import words_of
from cbm.syntax.quoted_names import QuotedNames
from cbm.syntax.synonyms import synonyms
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tables.lalr import Unexpected
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import mark
from cbm.translation.speech import LANGUAGES
from cbm.wording.answers.word_entries import (
    ACT,
    ATTRIBUTE,
    CHANNEL,
    LANGUAGE,
    MOMENT,
    PARTY,
    RESULT,
    TERM,
    TOPIC,
    VALUE,
)

MOST = 200
_LONGEST = 6  # words of a phrase
_WORD = re.compile(r"[^\W\d][\w-]*$|[0-9][\w.()]*$")
_TAIL = re.compile(r"[^\s.,()\[\]\"#:<>=]+")
LANGUAGE_WORD = mark("word of the language")
# The last word of the language before the place, and what is meant to follow it.
_AFTER: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("must", "shall", "should", "may", "not", "acts", "never", "consent", "by", "does"), (ACT,)),
    "keep": (RESULT,),
    **dict.fromkeys(("through", "back to"), (CHANNEL,)),
    "worded in": (LANGUAGE,),
    "stating": (STATED,),
    **dict.fromkeys(("between", "binding", "to"), (PARTY,)),
    **dict.fromkeys(("for", "topic", "covers"), (TOPIC,)),
    **dict.fromkeys(("is", "in", "level"), (VALUE, PARTY)),
    **dict.fromkeys(("a", "an", "any", "every", "meeting"), (TERM, VALUE)),
    **dict.fromkeys(("after", "before", "upon", "until", "later than", "from", "at"), (MOMENT, ACT)),
    **dict.fromkeys(("uses", "beside", "restates", "of"), (DOCUMENT,)),
    "type of": (SITUATION,),
    **dict.fromkeys(
        ("when", "while", "unless", "if", "and", "both", "given", "means", "implies", "deems", "except"), SAID
    ),
    **dict.fromkeys(("place of", "subject to", "notwithstanding", "exception to", "comply with"), (CLAUSE,)),
}
# What is read as before and written otherwise today, and behind which word; everywhere where that is empty.
_NO_LONGER = {"except when": "", "shall": "", "shall not": "", "not after": "", "every type of": "covers"}
_KEYWORD = re.compile(
    r"(?<![\w.-])(?:" + "|".join(sorted(_AFTER, key=len, reverse=True)).replace(" ", r"\s+") + r")(?!\w)"
)
_NO_WORD = "\0"  # stands in no text that is read
_NAMES = frozenset({"NAME", "LABEL", "ATTRIBUTE"})


class Suggestion(Record):
    """What can be written from `start` to the place: `text`, called `title`; the lower its `rank` the better."""

    text: str
    title: str
    sort: str
    detail: str
    start: int
    rank: int


def suggestions(text: str, offset: int, occurrences: NamedPlaces | None, document: str | None) -> list[Suggestion]:
    """The best first; `document` is the one that is written in. None in remarks and in texts for readers."""
    begin = text.rfind("\n", 0, offset) + 1
    line = text[begin:offset]
    found: list[Suggestion] = []
    aside = _aside(line)
    if aside is not None:
        if line[aside] == '"' and occurrences is not None and document is not None:
            found += _quoted(_Place(text, begin + aside), offset, occurrences, document)
        return _best(found)
    place = _Place(text, offset - len(_last_word(line)))
    if occurrences is not None and document is not None:
        found += _words(place, offset, occurrences, document)
        found += _clauses(place, offset, occurrences, document)
    found += _language(place, text[place.start : offset])
    return _best(found)


def _best(found: Iterable[Suggestion]) -> list[Suggestion]:
    unique = {(one.text, one.sort): one for one in sorted(found, key=lambda one: -one.rank)}
    return sorted(unique.values(), key=lambda one: (one.rank, one.text))[:MOST]


def _aside(line: str) -> int | None:
    """Where the remark or the text in quotes begins in which a line ends."""
    quote: int | None = None
    for place, sign in enumerate(line):
        if sign == '"':
            quote = place if quote is None else None
        elif sign == "#" and quote is None:
            return place
    return quote


class _Place:
    """Where a word begins to be written: what came before it in its statement, and what the grammar takes there."""

    def __init__(self, text: str, start: int) -> None:
        pieces = list(cut(text[:start], 0, start))
        self.text, self.start = text, start
        self.statement = pieces[-1].start if pieces else 0
        kinds = [HEADERS[piece.opening] for piece in pieces if piece.opening in HEADERS]
        self.kind = kinds[-1] if kinds else ""  # of document
        self.line = text.rfind("\n", 0, start) + 1
        self.first = not text[self.line : start].strip()
        self.within = text[:start].endswith(".")  # behind a role

    def takes(self, kinds: Collection[str], at: int) -> bool:
        """Whether the grammar goes on with one of these kinds of words there, as far as can be told."""
        taken = self.taken(at)
        return taken is None or not taken.isdisjoint(kinds)

    def taken(self, at: int) -> frozenset[str] | None:
        """The kinds of words that the grammar goes on with; None where what comes before cannot be read."""
        before = self.text[self.statement : at]
        try:
            grammar().parse(before + _NO_WORD)
        except Unexpected as stop:
            return grammar().acceptable(stop.states) if stop.start >= len(before) else None
        return None

    def wanted(self, at: int) -> tuple[str, ...]:
        """The sorts of words that are asked for at a place of the statement."""
        before = self.text[self.statement : at]
        if before.endswith("."):
            return tuple(sort for sort in SAID if sort not in (ROLE, PARTY, VALUE))
        keywords = [found[0] for found in _KEYWORD.finditer(_without_quotes(before))]
        return _AFTER[" ".join(keywords[-1].split())] if keywords else (PARTY, ROLE, DOCUMENT)


def _without_quotes(text: str) -> str:
    return re.sub(r'"[^"\n]*"|#[^\n]*', lambda found: " " * len(found[0]), text)


def _words(place: _Place, offset: int, occurrences: NamedPlaces, document: str) -> Iterator[Suggestion]:
    """Words of the vocabularies; what each unit has for itself is that of the first role, where no role is written."""
    known = list(_known(occurrences, document))
    own = frozenset(_per_unit(occurrences, document))
    role = next((entry.name for entry in known if entry.sort == ROLE), "")
    for start in _starts(place.text[place.line : offset]):
        at = place.line + start
        if not place.takes(_NAMES, at):
            continue
        phrase, wanted = place.text[at:offset], place.wanted(at)
        query = WordQuery(phrase)
        for entry in known:
            if place.within and entry.sort not in SAID:
                continue
            if phrase.strip():
                if query.rank(entry.name, _phrases(entry), ()) is None:
                    continue
            elif entry.sort not in wanted:
                continue
            bare = role and entry.sort == ATTRIBUTE and entry.name in own and not place.text[:at].endswith(".")
            rank = (0 if entry.sort in wanted else 20) + (0 if " " in phrase else 1)
            written = f"{role}.{entry.name}" if bare else entry.name
            yield Suggestion(written, entry.title, entry.sort, entry.declared_in, at, rank)


def _quoted(place: _Place, offset: int, occurrences: NamedPlaces, document: str) -> Iterator[Suggestion]:
    """What readers call the things that may be named there, for a name in quotes that begins at the place."""
    taken, wanted = place.taken(place.start), place.wanted(place.start)
    if taken is None or "PHRASE" not in taken:
        return
    start, quoted = place.start + 1, QuotedNames(occurrences.documents[document], occurrences.documents)
    said = WordQuery(place.text[start:offset])
    for entry in _known(occurrences, document):
        phrases = [quoted.phrase_for(entry.name, language) for language in LANGUAGES] if entry.sort in wanted else []
        for phrase in dict.fromkeys(phrases):
            if phrase is not None and (start == offset or said.rank(phrase, (), ()) is not None):
                yield Suggestion(phrase, entry.name, entry.sort, entry.declared_in, start, 0)


def _phrases(entry: WordEntry) -> tuple[str, ...]:
    return (*(text for _, text in entry.titles), *synonyms().words.get(entry.name, ()))


def _last_word(line: str) -> str:
    found = _WORD.search(line)
    return found[0] if found else ""


def _starts(line: str) -> Iterator[int]:
    """Where a phrase may begin that ends with the line, the longest first; it begins with no word of the language."""
    words = list(_TAIL.finditer(line))
    tail: list[re.Match[str]] = []
    for found in reversed(words):
        if tail and line[found.end() : tail[-1].start()].strip():
            break
        if tail and line[found.end() : tail[-1].start()] != " ":
            break
        tail.append(found)
    if not line or line[-1] in " \t" or not tail or tail[0].end() != len(line):
        yield len(line)
        return
    for number in range(min(len(tail), _LONGEST) - 1, 0, -1):
        if tail[number][0] not in RESERVED or (tail[number][0] == "keep" and _is_modal(tail, number)):
            yield tail[number].start()
    word = _WORD.search(line)
    yield word.start() if word else len(line)


def _is_modal(tail: list[re.Match[str]], number: int) -> bool:
    """Whether the word before is one behind which an act is expected."""
    return number + 1 < len(tail) and tail[number + 1][0] in ("must", "shall", "should", "may", "not")


def _known(occurrences: NamedPlaces, document: str) -> Iterator[WordEntry]:
    """All words that can be written in a document, and its roles."""
    for name in occurrences.seen_from(document):
        yield from occurrences.lexicon.words(name)
        tree = occurrences.documents[name]
        for word, sorts in occurrences.declared[name].items():
            for sort in sorts:
                if sort in (ROLE, SITUATION, STATED, CHOICE):
                    yield WordEntry(
                        sort=sort,
                        name=word,
                        titles=(),
                        declared_in=name,
                        written=(),
                        needs=(),
                        place=Label(tree.header.span),
                    )


def _per_unit(occurrences: NamedPlaces, document: str) -> Iterable[str]:
    """The attributes that each unit has for itself."""
    for name in occurrences.seen_from(document):
        for block in occurrences.documents[name].statements:
            if isinstance(block, ast.AttributeBlock) and not block.shared:
                yield from (attribute.name.text for attribute in block.attributes)


def _clauses(place: _Place, offset: int, occurrences: NamedPlaces, document: str) -> Iterator[Suggestion]:
    """The clauses of the text that is written, by their labels."""
    if not place.takes({"LABEL"}, place.start) or CLAUSE not in place.wanted(place.start):
        return
    if document not in occurrences.indexes:
        return
    index = occurrences.indexes[document]
    for label in dict.fromkeys(known for entry in index.all for known in (entry.whole, entry.label)):
        if label.startswith(place.text[place.start : offset]):
            titles = index.at(label)[0].clause.titles
            title = next((one.text for one in titles if one.language is None), "")
            yield Suggestion(label, title, CLAUSE, document, place.start, 0)


def _language(place: _Place, word: str) -> Iterator[Suggestion]:
    """Words of the language itself that can stand there."""
    if place.within:
        return
    beginnings = (*OPENINGS, *LONGER_OPENINGS) if place.first else ()
    openings = [word for word in beginnings if word in HEADERS or place.kind in PLACES.get(word, ())]
    further = (phrase for name in place.taken(place.start) or () for phrase in _spellings(name))
    before = place.text[place.statement : place.start].strip()
    for phrase in (*openings, *further):
        if phrase.startswith(word) and phrase != word and _NO_LONGER.get(phrase) not in ("", before):
            yield Suggestion(phrase, "", LANGUAGE_WORD, "", place.start, 10)


def _spellings(terminal: str) -> tuple[str, ...]:
    """How a kind of word is written, if it is one of a few words."""
    pattern = re.compile(grammar().pattern(terminal)) if terminal != "$END" else None
    if pattern is None or terminal in ("NAME", "ATTRIBUTE", "LANGUAGE", "UNKNOWN_RULE", "STRING"):
        return ()
    if terminal == "RULE":
        return tuple(RuleId)
    several = [phrase for phrase in (*MODALS, *MARKS) if pattern.fullmatch(phrase)]
    own = words_of(terminal)
    return tuple(several) or ((own,) if pattern.fullmatch(own) and own[:1].isalpha() else ())
