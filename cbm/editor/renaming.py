"""A thing with a name and another name for it, to changes of all texts of the project; or the reason why not.

A name is changed only where every name in every text that the change touches stands for the same thing before and
after, no text has a mistake in its form that it had not, and none of what cannot be read may speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from cbm.editor.occurrences import CLAUSE, DOCUMENT, NamedPlace, NamedPlaces, Symbol
from cbm.editor.open_texts import OpenTexts, path_of
from cbm.finding import Finding, RuleId
from cbm.records import Record
from cbm.source import Edit, Span, edited
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import mark, say
from cbm.translation.speech import spoken
from cbm.wording.answers.word_entries import VALUE
from cbm.wording.phrases import with_article


class Refused(Exception):
    """Why a name is not changed, in a sentence for the drafter."""


class Renaming(Record):
    """What is put in the place of the name, file by file, and what each of them says afterwards."""

    edits: tuple[tuple[Path, tuple[Edit, ...]], ...]
    texts: tuple[tuple[Path, str], ...]


def named_at(texts: OpenTexts, path: Path, offset: int) -> NamedPlace:
    """What would get another name at a place; Refused where that cannot be."""
    found = texts.at(path, offset)
    if found is None:
        raise Refused(say("there is no name here that a text or a vocabulary declares"))
    occurrences, occurrence = found
    symbol = occurrence.symbol
    if symbol.sort == CLAUSE:
        words = mark("a clause is called by its number: write another one, and `cbm check` tells who refers to it")
        raise Refused(say(words))
    if symbol.sort == DOCUMENT:
        words = mark("`{name}` is the name of a text, by which its file is found: rename both by hand")
        raise Refused(say(words, name=symbol.name))
    if occurrences.documents[symbol.document].span.source.standard:
        words = mark("`{name}` comes with cbm, in `{text}`: its name is the same for everybody")
        raise Refused(say(words, name=symbol.name, text=symbol.document))
    if symbol.sort == VALUE and len(occurrences.declarations(symbol)) > 1:
        raise Refused(say("`{name}` is a value of several kinds: rename each by hand", name=symbol.name))
    return occurrence


def renamed(texts: OpenTexts, path: Path, offset: int, name: str) -> Renaming:
    """The changes that give what stands at a place another name. Refused where that is not safe."""
    symbol = named_at(texts, path, offset).symbol
    if name == symbol.name:
        return Renaming((), ())
    _require_name(name)
    occurrences = texts.occurrences(path)
    assert occurrences is not None
    home = path_of(occurrences.documents[symbol.document].span.source)
    places: dict[Path, list[Span]] = {}
    for file, one in texts.everywhere(symbol, home, path):
        if not one.quoted:
            places.setdefault(file, []).append(one.span)
    if home not in places:
        raise Refused(say("{file} cannot be read as it stands: mend it first", file=home.name))
    edits = {file: tuple(Edit(span, name) for span in dict.fromkeys(spans)) for file, spans in places.items()}
    changed = {file: edited(several[0].span.source, several) for file, several in edits.items()}
    _require_the_same(texts, path, changed, symbol, name)
    return Renaming(tuple(edits.items()), tuple(changed.items()))


def _require_name(name: str) -> None:
    if name in RESERVED:
        raise Refused(say("`{name}` is a word of the language", name=name))
    if not re.fullmatch(grammar().pattern("NAME"), name):
        words = mark("`{name}` is no name: a name begins with a letter and has letters, digits and `_` in it")
        raise Refused(say(words, name=name))


def _require_the_same(texts: OpenTexts, near: Path, changed: Mapping[Path, str], symbol: Symbol, name: str) -> None:
    """Every text that speaks of either name has, after the change, the same names at the same places."""
    after = texts.texts_with(changed)
    for file in dict.fromkeys(
        (*changed, *(one for word in (name, symbol.name) for one in texts.mentioning(word, near)))
    ):
        library, later = texts.library(file), after.library(file)
        if library is None or later is None:
            raise Refused(say("{file} cannot be read as it stands: mend it first", file=file.name))
        old, new = _forms(library.findings), _forms(later.findings)
        if new != old:
            words = mark("with the name `{name}`, {file} could not be read any more as it is now")
            raise Refused(say(words, name=name, file=file.name))
        if symbol.document in library.documents and _is_left(later.findings, after.text(file) or "", file, symbol.name):
            words = mark("`{name}` stands in {file} where it cannot be read as it stands: mend it first")
            raise Refused(say(words, name=symbol.name, file=file.name))
        before, now = NamedPlaces(library.documents), NamedPlaces(later.documents)
        _require_free(before, symbol, name, file)
        if _meanings(before, library.asked, symbol, name) != _meanings(now, later.asked, symbol, name):
            words = mark("`{name}` would stand for something else at some place in {file}")
            raise Refused(say(words, name=name, file=file.name))


def _is_left(findings: Iterable[Finding], text: str, file: Path, name: str) -> bool:
    """Whether a name may stand in what cannot be read of a text; in comments and quotations it is none."""
    slips = (one for one in findings if one.rule is RuleId.SYNTAX)
    if all(path_of(one.primary.span.source) != file for one in slips):
        return False
    words = re.sub(r'"[^"\n]*"|#.*', "", text)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _require_free(occurrences: NamedPlaces, symbol: Symbol, name: str, file: Path) -> None:
    """Nothing is called so in any document that knows the thing, nor in one that such a document knows."""
    knowing = [one for one in occurrences.documents if symbol.document in occurrences.seen_from(one)]
    for document in dict.fromkeys(seen for one in knowing for seen in occurrences.seen_from(one)):
        if sorts := occurrences.declared[document].get(name, ()):
            sort = with_article(sorts[0]) if spoken() == "en" else say(sorts[0])
            words = mark("`{name}` is used already: in `{text}` it is {sort} ({file})")
            raise Refused(say(words, name=name, text=document, sort=sort, file=file.name))


def _forms(findings: Iterable[Finding]) -> list[tuple[RuleId, str]]:
    return [(one.rule, one.message) for one in findings]


def _meanings(
    occurrences: NamedPlaces, asked: tuple[str, ...], symbol: Symbol, name: str
) -> list[tuple[int, str, str, str, bool]]:
    """What each name of these texts stands for, by number, as it is called after the change."""
    told = []
    for document in asked:
        for number, one in enumerate(occurrences.within(document)):
            is_it = one.symbol == symbol
            told.append(
                (number, one.symbol.sort, name if is_it else one.symbol.name, one.symbol.document, one.declares)
            )
    return told
