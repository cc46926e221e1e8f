"""Findings at a place to changes that settle them: what their messages advise, and names that are nearly so.

Each was tried: the finding is gone after it, and nothing is wrong with the text that was not wrong before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from cbm.checking.selection import RunTerms
from cbm.checking.subjects import subjects_of
from cbm.editor.occurrences import NamedPlaces
from cbm.editor.open_texts import OpenTexts
from cbm.files import Library
from cbm.finding import Finding, Fix, RuleId
from cbm.pipeline import understand
from cbm.project.configuration.configurations import Configurations
from cbm.questions.matching_words import NAME, SAID, TITLE, WordQuery
from cbm.source import Edit, Source, edited
from cbm.synonyms import synonyms
from cbm.syntax.parse import mends, parse
from cbm.translation.saying import say

_MOST = 3  # so many names are tried


def quick_fixes(texts: OpenTexts, path: Path, start: int, end: int) -> tuple[tuple[Finding, Fix], ...]:
    """What settles what is wrong with the form and the names of a file between two places."""
    source = texts.source(path)
    if source is None:
        return ()
    return (*_of_form(source, start, end), *_of_names(texts, path, source, start, end))


def _of_form(source: Source, start: int, end: int) -> Iterator[tuple[Finding, Fix]]:
    before: Counter[str] | None = None
    for finding, edit in mends(source):
        place = finding.primary.span
        if place.start > end or place.end < start:
            continue
        before = before or _messages(parse(source)[1])
        after = _messages(parse(Source(source.name, edited(source, [edit])))[1])
        if after <= before and after[finding.message] < before[finding.message]:
            yield finding, Fix(_description(edit), (edit,))


def _description(edit: Edit) -> str:
    old, new = edit.span.text.strip(), edit.replacement.strip()
    if not new:
        return say("leave `{old}` out", old=old)
    return say("write `{new}` here", new=new) if not old else say("write `{new}` for `{old}`", new=new, old=old)


def _of_names(texts: OpenTexts, path: Path, source: Source, start: int, end: int) -> Iterator[tuple[Finding, Fix]]:
    library, occurrences = texts.library(path), texts.occurrences(path)
    if library is None or occurrences is None:
        return
    found = _wrong_names(library)
    here = [f for f in found if f.primary.span.source == source]
    for finding in here:
        place = finding.primary.span
        if finding.rule is not RuleId.UNDEFINED or place.start > end or place.end < start:
            continue
        for name in _meant(occurrences, source, finding):
            edit = Edit(place, name)
            after = texts.texts_with({path: edited(source, [edit])}).library(path)
            if after is None or after.faulty - library.faulty:
                continue
            left, known = _messages(_wrong_names(after)), _messages(found)
            if left <= known and left[finding.message] < known[finding.message]:
                yield finding, Fix(_description(edit), (edit,))


def _wrong_names(library: Library) -> list[Finding]:
    """What is wrong with the names and kinds in a file."""
    terms = RunTerms.of(None, (), (), None, Configurations())
    return [f for subject in subjects_of(library) for f in understand(library, subject, terms.day)[1].findings]


def _meant(occurrences: NamedPlaces, source: Source, finding: Finding) -> list[str]:
    """Names that are spelt nearly so, or whose title or synonym it is; a role before it stays."""
    written = finding.primary.span.text
    role, dot, name = written.rpartition(".")
    document = occurrences.document_at(source, finding.primary.span.start)
    if document is None:
        return []
    words = [word for seen in occurrences.seen_from(document) for word in occurrences.lexicon.words(seen)]
    query, said = WordQuery(name.replace("_", " ")), synonyms().words
    ranked = [
        (answer[0], word.name)
        for word in words
        if (answer := query.rank(word.name, (title for _, title in word.titles), said.get(word.name, ())))
        if answer[0] in (NAME, TITLE, SAID)
    ]
    known = dict.fromkeys([*(word.name for word in words), *occurrences.declared[document]])
    near = get_close_matches(name, list(known), n=_MOST, cutoff=0.6)
    names = dict.fromkeys([*(one for _, one in sorted(ranked)), *near])
    return [f"{role}{dot}{one}" for one in names if one != name][:_MOST]


def _messages(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(one.message for one in findings)
