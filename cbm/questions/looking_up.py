"""What somebody looks for, to the words that can be written for it: those of vocabularies, texts and the language."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from cbm.arguments import several, several_words, words_of
from cbm.files import Library, read_library
from cbm.finding import Misuse
from cbm.outcomes.word_list import LanguagePhrase, TextEntry, WordEntry, WordList
from cbm.project.spec_files import standard_documents
from cbm.questions.matching_words import IN_TITLE, NAME, SAID, TITLE, WordQuery, phrases_for
from cbm.questions.named_texts import path_of
from cbm.records import replace
from cbm.resolve.faults import suggestion
from cbm.syntax import ast
from cbm.syntax.synonyms import synonyms
from cbm.translation.saying import mark, say
from cbm.wording.answers.provision_words import text_entry
from cbm.wording.answers.word_entries import SORTS, Lexicon

_FOUND = {TITLE: mark("its title is “{words}”"), SAID: mark("said for “{words}”")}


def words(query: str = "", *, uses: Iterable[str | os.PathLike[str]] = ()) -> WordList:
    """The words that clauses can use and that answer a query; all of them without one.

    `uses`: vocabularies and texts by standard name or file, with what they build on; without any, all that come with
    cbm. A text that is named, here or by the query, comes with its articles and clauses. Misuse where a text cannot be
    read.
    """
    such_as = "['cues']"
    given = several("uses", uses, such_as)
    named = several_words("uses", [os.fspath(one) if isinstance(one, os.PathLike) else one for one in given], such_as)
    return look_up(words_of("query", query), named)


def look_up(query: str, named: Sequence[str]) -> WordList:
    """The same, of arguments that are what they should be."""
    library, asked = _read(named)
    lexicon = Lexicon(library.documents)
    texts = [name for name in asked if isinstance(library.documents[name].header, ast.TextHeader)]
    places = dict.fromkeys(one for name in asked for one in lexicon.built_on(name)) if named else dict.fromkeys(asked)
    lexicon = Lexicon(library.documents, places) if named else lexicon
    known = sorted((word for place in places for word in lexicon.words(place)), key=lambda word: SORTS.index(word.sort))
    whole = set(texts) if named and not query else {query.strip()}
    told = [_text(library, lexicon, name, whole=name in whole) for name in texts]
    if not query.strip():
        return WordList("", tuple(named), tuple(places), tuple(known), tuple(told))
    wanted = WordQuery(query)
    phrases = tuple(LanguagePhrase(said, written) for said, written in phrases_for(wanted, synonyms().language.items()))
    found, found_texts = list(_words_for(wanted, known)), list(_texts_for(wanted, told))
    near = not (found or found_texts or phrases)
    if near:
        found, found_texts = (
            _nearest(wanted, known),
            [one for one in told if one.name in wanted.nearest(t.name for t in told)],
        )
    return WordList(
        query=" ".join(query.split()),
        uses=tuple(named),
        documents=tuple(places),
        words=tuple(found),
        texts=tuple(found_texts),
        phrases=phrases,
        near=near,
    )


def _read(named: Sequence[str]) -> tuple[Library, list[str]]:
    """All documents that are asked for, and those that speak of their words; Misuse where one cannot be read."""
    standard = standard_documents()
    own = [path_of(_in_reach(one)) for one in named]
    library = read_library([*own, *(path for path in standard if path not in own)])
    if library.unread:
        raise Misuse(say("; ").join(map(str, library.unread)))
    faults = [f for f in library.findings if f.primary.span.source in {s for s, p in library.files.items() if p in own}]
    if faults:
        span = faults[0].primary.span
        place, words = f"{span.source.name}:{span.begin[0]}", mark("{place}: {fault}; `cbm check` tells all of it")
        raise Misuse(say(words, place=place, fault=faults[0].message))
    documents = [name for name in library.asked if not isinstance(library.documents[name].header, ast.CasesHeader)]
    if not named:
        return library, documents
    places = {path.resolve() for path in own}
    inside = [n for n in documents if library.files[library.documents[n].span.source].resolve() in places]
    return library, [n for n in inside if n in named] or inside


def _in_reach(named: str) -> str:
    """A name that can be looked for; Misuse, with the nearest, where nothing is called so."""
    try:
        path_of(named)
    except Misuse:
        near = suggestion(named, (path.stem for path in standard_documents()))
        words = say("there is no file, vocabulary or text called `{named}`", named=named)
        raise Misuse(say("{message}; {advice}", message=words, advice=near[0]) if near else words) from None
    return named


def _text(library: Library, lexicon: Lexicon, name: str, *, whole: bool) -> TextEntry:
    known = (word for place in lexicon.built_on(name) for word in lexicon.words(place)) if whole else ()
    return text_entry(library.documents[name], known, whole=whole)


def _words_for(wanted: WordQuery, known: Sequence[WordEntry]) -> Iterator[WordEntry]:
    """Those that answer, the best first."""
    said = synonyms().words
    ranked = []
    for word in known:
        answer = wanted.rank(word.name, (text for _, text in word.titles), said.get(word.name, ()))
        if answer is not None:
            rank, by = answer
            found = say(_FOUND[rank], words=by) if rank in _FOUND else ""
            ranked.append((rank, replace(word, found=found, aside=rank == IN_TITLE)))
    yield from (word for _, word in sorted(ranked, key=lambda one: one[0]))


def _texts_for(wanted: WordQuery, told: Sequence[TextEntry]) -> Iterator[TextEntry]:
    ranked = [(answer[0], text) for text in told if (answer := wanted.rank(text.name, (t for _, t in text.titles), ()))]
    best = [text for rank, text in ranked if rank == NAME]
    yield from best or (text for _, text in sorted(ranked, key=lambda one: one[0]))


def _nearest(wanted: WordQuery, known: Sequence[WordEntry]) -> list[WordEntry]:
    """Words of which the name, a title or what is said for it is spelt nearly so."""
    said = synonyms().words
    by_spelling: dict[str, list[WordEntry]] = {}
    for word in known:
        for spelling in (word.name, *(text for _, text in word.titles), *said.get(word.name, ())):
            by_spelling.setdefault(spelling, []).append(word)
    near = [(spelling, word) for spelling in wanted.nearest(by_spelling) for word in by_spelling[spelling]]
    return list(
        {
            word: replace(word, found=say("nearly “{words}”", words=spelling)) for spelling, word in reversed(near)
        }.values()
    )[::-1]
