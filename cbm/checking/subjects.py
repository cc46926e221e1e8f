"""A library to what is checked in it: texts and vocabularies by name, and which of them lean on what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

from cbm.core.norms import NormSystem
from cbm.files import Library
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.patterns import pattern
from cbm.project.spec_files import standard_names
from cbm.records import Record, replace
from cbm.resolve.cases.expectations import EXPECTING, about, cases_with_subjects
from cbm.resolve.faults import Fault, suggestion
from cbm.resolve.names.titles import title_of
from cbm.resolve.related_documents import related_texts, vocabularies_of
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.cutting.cut import cut
from cbm.syntax.cutting.fenced_blocks import statements_in
from cbm.translation.saying import mark, say

# How a clause begins, with its label.
_LABEL = pattern(r"\s*clause\s+(\S+(?:\s+(?:bis|ter|quater))?)")
_ELSEWHERE = mark("check these cases together with the file of that text, or call it `{name}.cbm`, beside theirs")
_ADVICE = mark('write after `cases "…"` which text they are about, such as `for cues`')


class Subject(Record):
    """A text or a vocabulary to be checked, by name."""

    name: str
    vocabulary: bool


def subjects_of(library: Library) -> list[Subject]:
    """Texts that are asked for, or that cases asked for are about; vocabularies asked for that none of them uses."""
    texts = list(dict.fromkeys((*filter(partial(_is_text, library), library.asked), *_texts_of_cases(library))))
    used: set[str] = set()
    for name in texts:
        with suppress(Fault):  # told when the text itself is resolved
            used |= {_name(d) for d in vocabularies_of(library.documents, related_texts(library.documents, name))}
    loose = [
        n for n in library.asked if isinstance(library.documents[n].header, ast.VocabularyHeader) and n not in used
    ]
    return [*(Subject(n, vocabulary=True) for n in loose), *(Subject(n, vocabulary=False) for n in texts)]


def leans_on_faulty(library: Library, subject: Subject) -> bool:
    """Whether a file could not be read in full that the subject builds on: answers would speak of another text."""
    if not library.faulty:
        return False
    return any(document.span.source in library.faulty for document in _built_on(library, subject))


def faults_below(library: Library, subject: Subject) -> tuple[Finding, ...]:
    """What is wrong with the files that a subject builds on."""
    sources = {document.span.source for document in _built_on(library, subject)}
    return tuple(fault for fault in library.findings if fault.primary.span.source in sources)


def title_in(library: Library, subject: Subject) -> str:
    """What readers call a text, whether or not it can be understood; empty for a vocabulary."""
    header = library.documents[subject.name].header
    return title_of(header.titles, subject.name) if isinstance(header, ast.TextHeader) else ""


def _built_on(library: Library, subject: Subject) -> list[ast.Document]:
    try:
        if subject.vocabulary:
            return [library.documents[subject.name]]
        texts = related_texts(library.documents, subject.name)
        return [*texts, *vocabularies_of(library.documents, texts)]
    except Fault:
        return list(library.documents.values())


def own_faults(library: Library, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Without names that may be missing only because what declares them could not be read.

    A name counts as such if what could not be read may declare it, or all names do if that is a vocabulary.
    """
    unread = [f.primary.span for f in library.findings if f.rule is RuleId.SYNTAX and not _is_read(library, f)]
    words = {word for span in unread for word in _declarable(span)}
    if any(isinstance(_document_at(library, span), ast.VocabularyHeader) for span in unread):
        return tuple(f for f in findings if f.rule is not RuleId.UNDEFINED)
    return tuple(
        f for f in findings if f.rule is not RuleId.UNDEFINED or f.primary.span.text.split(".")[-1] not in words
    )


def _declarable(mistake: Span) -> Iterable[str]:
    """The words that what holds a mistake may declare: of a clause its label, else all on that line."""
    source, start = mistake.source, mistake.start
    ranges = statements_in(source.name, source.text).ranges
    pieces = (piece for first, last in ranges if first <= start <= last for piece in cut(source.text, first, last))
    begin = next((piece.start for piece in pieces if piece.start <= start < piece.end), start)
    label = _LABEL.match(source.text, begin)
    return re.findall(r"[\w.()]+", source.line(mistake.begin[0]) if label is None else label[1])


def _is_read(library: Library, fault: Finding) -> bool:
    """Whether the statement with a mistake could be read as it was advised."""
    place = fault.primary.span
    documents = (one for one in library.documents.values() if one.span.source == place.source)
    return any(part.span.covers(place) for one in documents for part in (one.header, *one.statements))


def lost_cases(library: Library) -> Iterable[Finding]:
    """Cases about a text that is not there, or about none: what they expect was not asked."""
    texts = [name for name in library.documents if _is_text(library, name)]
    for document, named in cases_with_subjects(library.documents.values()):
        header = document.header
        assert isinstance(header, ast.CasesHeader)
        for name in header.documents:
            if name.text not in texts:
                elsewhere = say(_ELSEWHERE, name=name.text)
                remedies = suggestion(name.text, [*texts, *standard_names("instrument")]) or (elsewhere,)
                message = say("no instrument or draft is called `{name}`", name=name.text)
                yield Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(name.span), remedies=remedies)
        if not named and document.span.source not in library.faulty:  # the header before it may be what is faulty
            message, advice = say("these cases are about no text"), say(_ADVICE)
            yield Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(header.span), remedies=(advice,))


def without_unread_cases(library: Library, system: NormSystem) -> tuple[NormSystem, tuple[Finding, ...]]:
    """The system without the cases of files that cannot be read in full: a part of what is given may be missing there.

    With it, for each of these files, that what is expected there is undecided.
    """
    unread = [case for case in system.cases if case.span is not None and case.span.source in library.faulty]
    if not unread:
        return system, ()
    first = {case.span.source: case.span for case in reversed(unread) if case.span is not None}
    note = say("a part of what is given may be missing: mend what cannot be read")
    left = tuple(
        Finding(
            RuleId.UNDECIDED,
            Severity.WARNING,
            say("undecided: what is expected in this file, which cannot be read in full"),
            Label(span),
            notes=(note,),
            matter=(system.subject, "cases"),
        )
        for span in reversed(first.values())
    )
    return replace(system, cases=tuple(case for case in system.cases if case not in unread)), left


class Spared(Record):
    """A library without the expectations in which something means nothing, and what is wrong with each, by place.

    `elsewhere`: what is wrong with the text itself, or with what else it is read with.
    """

    library: Library
    faults: Mapping[Span, tuple[Finding, ...]]
    elsewhere: tuple[Finding, ...]


def without_faulty_cases(library: Library, name: str, findings: Iterable[Finding]) -> Spared:
    """The library but for what these findings leave no meaning in cases about a text.

    Where they are of what is given in a case, all of it is left out.
    """
    left, documents, faults = list(findings), dict(library.documents), dict[Span, tuple[Finding, ...]]()
    sets = {document.span for document in about(library.documents.values(), name)}
    for key, document in library.documents.items():
        if document.span in sets:
            kept: list[ast.Statement] = []
            for heading, case in _by_case(document):
                wrong = {one: [f for f in left if _is_in(f.primary.span, one.span)] for one in case}
                left = [f for f in left if not any(f in found for found in wrong.values())]
                sound, found = _sound(heading, wrong)
                kept += sound
                faults |= found
            documents[key] = replace(document, statements=tuple(kept))
            if not kept and document.statements:
                del documents[key]  # without any, it would be told that nothing is expected
    asked = tuple(key for key in library.asked if key in documents)
    return Spared(replace(library, documents=documents, asked=asked), faults, tuple(left))


def _by_case(document: ast.Document) -> Iterator[tuple[ast.Node, list[ast.Statement]]]:
    """The statements of each case, its heading the first; before them those about the whole text, under the header."""
    heading: ast.Node = document.header
    case: list[ast.Statement] = []
    for statement in document.statements:
        if isinstance(statement, ast.CaseHeading):
            yield heading, case
            heading, case = statement, []
        case.append(statement)
    yield heading, case


def _sound(
    heading: ast.Node, wrong: Mapping[ast.Statement, Sequence[Finding]]
) -> tuple[list[ast.Statement], dict[Span, tuple[Finding, ...]]]:
    """What is left of a case with something wrong with its statements, and what is wrong with each expectation."""
    expected = [one for one in wrong if isinstance(one, EXPECTING)]
    of_all = [f for one, found in wrong.items() if one not in expected for f in found]
    faults = {one.span: (*of_all, *wrong[one]) for one in expected if of_all or wrong[one]}
    if of_all:
        return [], {heading.span: tuple(of_all), **faults}
    if faults and len(faults) == len(expected):
        return [], faults
    return [one for one in wrong if one.span not in faults], faults


def _is_in(place: Span, whole: Span) -> bool:
    return place.source == whole.source and whole.start <= place.start and place.end <= whole.end


def _texts_of_cases(library: Library) -> Iterator[str]:
    """The texts that the cases asked for are about, as far as they are there."""
    asked = {library.documents[name].span for name in library.asked}
    for document, named in cases_with_subjects(library.documents.values()):
        if document.span in asked:
            yield from (name for name in named if _is_text(library, name))


def _is_text(library: Library, name: str) -> bool:
    return name in library.documents and isinstance(library.documents[name].header, ast.TextHeader)


def _document_at(library: Library, place: Span) -> ast.Header | None:
    """The header of the document a place belongs to: the last one that begins before it in the same file."""
    headers = [d.header for d in library.documents.values() if d.header.span.source == place.source]
    before = [header for header in headers if header.span.start <= place.start]
    return max(before, key=lambda header: header.span.start, default=None)


def _name(document: ast.Document) -> str:
    header = document.header
    return "" if isinstance(header, ast.CasesHeader) else header.name.text
