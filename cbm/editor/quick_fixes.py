"""Findings at a place to changes that settle them: what their messages advise, and names that are nearly so.

Each was tried: the finding is gone after it, and nothing is wrong with the text that was not wrong before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from cbm.checking.old_form_notes import forms_of, old_form_note
from cbm.editor.occurrences import NamedPlaces
from cbm.editor.open_texts import OpenTexts
from cbm.files import read_library
from cbm.finding import Finding, Fix, RuleId
from cbm.questions.matching_words import NAME, SAID, TITLE, WordQuery
from cbm.records import Record
from cbm.repair.respelling import description, still_wrong, without_slips, wrong_names
from cbm.source import Edit, Source, Span, edited
from cbm.syntax.parse import mends, parse
from cbm.syntax.synonyms import synonyms
from cbm.translation.saying import say_count

# What is wrong with the form and the names of a text: no other change is looked for.
OF_FORM = frozenset((RuleId.SYNTAX, RuleId.UNDEFINED))
_MOST = 3  # so many names are tried
_TRIED = 20  # so many mistakes are tried to be mended, from the first one on: for each the text is read again


class QuickFix(Record):
    """A change that settles what is found at a place; `safe`: nothing of what is meant is guessed."""

    finding: Finding
    fix: Fix
    safe: bool


class RespeltText(Record):
    """A text without its slips of spelling, and how many there were."""

    text: str
    count: int


def respelt(texts: OpenTexts, path: Path) -> RespeltText | None:
    """A file without all slips that are safe to mend; None where it has none."""
    if texts.library(path) is None:
        return None
    done = without_slips(lambda changed: read_library([path], unsaved={**texts.unsaved, **changed}), lambda _: True)
    return RespeltText(done.texts[path], len(done.fixes)) if done.fixes else None


def mending_of(count: int) -> str:
    """How the change that mends so many slips is called."""
    return say_count(
        "Mend the {count} slip of spelling in this text", "Mend the {count} slips of spelling in this text", count
    )


def quick_fixes(texts: OpenTexts, path: Path, start: int, end: int) -> tuple[QuickFix, ...]:
    """What settles what is wrong with the form and the names of a file between two places, and writes it as today."""
    source = texts.source(path)
    if source is None:
        return ()
    library = texts.library(path)
    wrong = () if library is None else tuple(f for f in wrong_names(library) if f.primary.span.source == source)
    names = _of_names(texts, path, source, start, end)
    form = _of_form(source, start, end, {finding.primary.span for finding in wrong})
    return (*form, *names, *_of_old_forms(source, start, end))


def _of_form(source: Source, start: int, end: int, unknown: Collection[Span]) -> Iterator[QuickFix]:
    """Nothing for words that mean nothing, written so either: something is wrong with them at the `unknown` places."""
    spans = ((advised, advised.finding.primary.span) for advised in mends(source))
    near = (a for a, place in spans if place.start <= end and start <= place.end)
    here = [a for a in near if not still_wrong(a.finding, unknown)]
    before = _messages(parse(source)[1]) if here else Counter()
    for advised in here[:_TRIED]:
        finding, edit = advised.finding, advised.edit
        after = _messages(parse(Source(source.name, edited(source, [edit])))[1])
        if after <= before and after[finding.message] < before[finding.message]:
            yield QuickFix(finding, Fix(description(edit), (edit,)), advised.lexical)


def _of_old_forms(source: Source, start: int, end: int) -> Iterator[QuickFix]:
    """All places of a form that stands between the two are written as today."""
    for forms in forms_of(source):
        if any(form.span.start <= end and start <= form.span.end for form in forms):
            note = old_form_note(forms)
            yield from (QuickFix(note, fix, safe=True) for fix in note.fixes)


def _of_names(texts: OpenTexts, path: Path, source: Source, start: int, end: int) -> Iterator[QuickFix]:
    library, occurrences = texts.library(path), texts.occurrences(path)
    if library is None or occurrences is None:
        return
    found = wrong_names(library)
    unknown = ((f, f.primary.span) for f in found if f.rule is RuleId.UNDEFINED and f.primary.span.source == source)
    here = ((f, place) for f, place in unknown if place.start <= end and start <= place.end)
    for finding, place in islice(here, _TRIED):
        for name in _meant(occurrences, source, finding):
            edit = Edit(place, name)
            after = texts.texts_with({path: edited(source, [edit])}).library(path)
            if after is None or not _messages(after.findings) <= _messages(library.findings):
                continue
            left, known = _messages(wrong_names(after)), _messages(found)
            if left <= known and left[finding.message] < known[finding.message]:
                yield QuickFix(finding, Fix(description(edit), (edit,)), name == finding.meant)


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
