"""A text to the documents that it is read with: texts that it names, and vocabularies after those they build on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cbm.finding import Label, RuleId
from cbm.project.spec_files import SUFFIXES, standard_names
from cbm.resolve.declarations.vocabulary import two_situations
from cbm.resolve.faults import Fault, fault, listed_names, suggestion, wrong_type
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

Library = Mapping[str, ast.Document]


def related_texts(library: Library, subject: str, also: Sequence[str] = ()) -> tuple[ast.Document, ...]:
    """The subject, then texts read with it as well, then every text that one of these names, in order of mention."""
    order = list(dict.fromkeys([subject, *also]))
    for name in order:
        document = library[name]
        for wanted in mentioned(document):
            if wanted.text not in library or not isinstance(library[wanted.text].header, ast.TextHeader):
                known = [n for n, d in library.items() if isinstance(d.header, ast.TextHeader)]
                path = next((i.path for i in _beside(document) if i.name is wanted), None)
                names = [*known, *standard_names("instrument")]
                raise _unknown(library, say("instrument or draft"), wanted, names, path)
            if wanted.text not in order:
                order.append(wanted.text)
    return tuple(library[name] for name in order)


def _beside(document: ast.Document) -> tuple[ast.Inclusion, ...]:
    return document.header.beside if isinstance(document.header, ast.TextHeader) else ()


def mentioned(document: ast.Document) -> Iterator[ast.Name]:
    """The names of other texts in the header of a text, and in what it says, in order."""
    header = document.header
    if not isinstance(header, ast.TextHeader):
        return
    for reference in (*header.subject_to, *header.notwithstanding):
        if reference.document is not None:
            yield reference.document
    for inclusion in header.beside:
        yield inclusion.name
    if header.restates is not None:
        yield header.restates
    for statement in document.statements:
        for reference in _references(statement):
            if reference.document is not None:
                yield reference.document


def vocabularies_of(library: Library, texts: tuple[ast.Document, ...]) -> tuple[ast.Document, ...]:
    """The vocabularies the texts use, each after those it builds on."""
    wanted: list[ast.Inclusion] = []
    for document in texts:
        header = document.header
        assert isinstance(header, ast.TextHeader)
        if not header.uses:
            message = say("`{text}` uses no vocabulary", text=header.name.text)
            raise wrong_type(header.name.span, message, say("write `uses encounters` in its header"))
        wanted.extend(header.uses)
    _require_one_situation(library, texts)
    return vocabularies_in_order(library, wanted)


def _require_one_situation(library: Library, texts: tuple[ast.Document, ...]) -> None:
    """Refuses a text that is about another situation than the first one, where it is named."""
    subject, *others = (_name_and_situation(library, text) for text in texts)
    for name, situation in others:
        if subject[1] is not None and situation is not None and situation != subject[1]:
            named = next((n for text in texts for n in mentioned(text) if n.text == name.text), name)
            message = mark("`{text}` is about `{situation}`, and `{subject}` about another situation, `{own}`")
            advice = mark("do not name it here: a text of its own about `{situation}` can stand beside it")
            told = say(message, text=name.text, situation=situation, subject=subject[0].text, own=subject[1])
            raise wrong_type(named.span, told, say(advice, situation=situation))


def _name_and_situation(library: Library, text: ast.Document) -> tuple[ast.Name, str | None]:
    """A text by its name, and which situation its vocabularies describe."""
    assert isinstance(text.header, ast.TextHeader)
    used = [document.header for document in vocabularies_in_order(library, text.header.uses)]
    names = [header.name.text for header in used if isinstance(header, ast.VocabularyHeader)]
    return text.header.name, next(iter(_situations(library, names)), None)


def vocabularies_in_order(library: Library, wanted: Iterable[ast.Inclusion]) -> tuple[ast.Document, ...]:
    """The vocabularies that are wanted and all that they build on, each after those it builds on itself."""
    order: list[str] = []
    path: list[str] = []

    def visit(inclusion: ast.Inclusion) -> None:
        name = inclusion.name
        if name.text in path:
            circle = " → ".join([*path, name.text])
            raise fault(
                RuleId.CYCLE,
                name.span,
                say("the vocabulary `{text}` builds on itself: {circle}", text=name.text, circle=circle),
            )
        if name.text in order:
            return
        document = library.get(name.text)
        if document is None or not isinstance(document.header, ast.VocabularyHeader):
            known = [n for n, d in library.items() if isinstance(d.header, ast.VocabularyHeader)]
            raise _unknown(library, say("vocabulary"), name, [*known, *standard_names("vocabulary")], inclusion.path)
        path.append(name.text)
        visit_all(document.header.uses)
        path.pop()
        order.append(name.text)

    def visit_all(inclusions: Iterable[ast.Inclusion]) -> None:
        for inclusion in inclusions:
            before = len(order)
            visit(inclusion)
            first, other = _situations(library, order[:before]), _situations(library, order[before:])
            if first and len(other) == 1 and other[0] not in first:
                raise two_situations(inclusion.name.span, first[0], other[0])

    visit_all(wanted)
    return tuple(library[name] for name in order)


def _unknown(library: Library, what: str, name: ast.Name, known: Iterable[str], path: str | None) -> Fault:
    """What is said of a document that is neither read nor comes with cbm, nor stands at the path that is named."""
    names = set(known)
    remedies = suggestion(name.text, names)
    if path is None and (held := _held_in(library, [f"{name.text}{suffix}" for suffix in SUFFIXES], names)):
        file = mark("a file is called so: it holds {texts}")
        remedies = (say(file, texts=listed([f"`{one}`" for one in held], "and")),)
    if path is not None and name.text not in library:
        message = say("no {what} in `{path}` is called `{name}`", what=what, path=path, name=name.text)
        held = _held_in(library, [Path(path).name], names)
        return fault(RuleId.UNDEFINED, name.span, message, remedies=remedies or listed_names(held))
    if not remedies and name.text not in library:
        advice = mark(
            '`cbm words` lists what comes with cbm; a header names a file of your own as `{name} from "FILE.cbm"`'
        )
        remedies = (say(advice, name=name.text),)
    message = say("no {what} is called `{name}`", what=what, name=name.text)
    if name.text in library:
        message = say("`{name}` is no {what}: another document has this name", name=name.text, what=what)
        other = Label(library[name.text].header.span, say("the other document"))
        remedies = (say("give one of the two another name"),) if path is not None else ()
        return fault(RuleId.UNDEFINED, name.span, message, remedies=remedies, related=[other])
    return fault(RuleId.UNDEFINED, name.span, message, remedies=remedies)


def _held_in(library: Library, files: Collection[str], names: Collection[str]) -> list[str]:
    """The documents of these names that stand in a file called so."""
    return [name for name, one in library.items() if name in names and Path(one.span.source.name).name in files]


def _situations(library: Library, names: Iterable[str]) -> tuple[str, ...]:
    """The situations that these vocabularies describe, in order."""
    declared = (
        statement.name.text
        for name in names
        for statement in library[name].statements
        if isinstance(statement, ast.SituationDeclaration) and not statement.adds
    )
    return tuple(dict.fromkeys(declared))


def _references(statement: ast.Statement) -> Iterator[ast.Reference]:
    match statement:
        case ast.NormClause():
            for displacement in statement.displacements:
                yield from displacement.references
            yield from (*statement.notwithstanding, *statement.subject_to, *statement.restates)
            for condition in (*statement.conditions, *statement.exceptions):
                yield from _bound_by(condition)
        case ast.ScopeClause(_, _, condition):
            yield from _bound_by(condition)
        case ast.ExceptionClause(_, _, targets, condition):
            yield from targets
            yield from _bound_by(condition)
        case ast.DeemingClause(_, _, deemed, given):
            yield from _bound_by(deemed)
            if given is not None:
                yield from _bound_by(given)
        case ast.DeemedCompliance(conditions=conditions, targets=targets):
            yield from targets
            for condition in conditions:
                yield from _bound_by(condition)
        case ast.TermDeclaration(_, _, meaning):
            for row in meaning if isinstance(meaning, tuple) else ():
                yield from () if row.condition is None else _bound_by(row.condition)
            if not isinstance(meaning, tuple):
                yield from _bound_by(meaning)
        case ast.PromiseNode(_, when):
            yield from () if when is None else _bound_by(when)
        case ast.ReserveNode(_, _, _, condition):
            yield from _bound_by(condition)
        case _:
            pass


def _bound_by(expression: ast.Expression) -> Iterator[ast.Reference]:
    match expression:
        case ast.BoundBy(_, references):
            yield from references
        case ast.Both(parts) | ast.Either(parts):
            for part in parts:
                yield from _bound_by(part)
        case ast.Negation(operand):
            yield from _bound_by(operand)
        case ast.Implication(left, right):
            yield from _bound_by(left)
            yield from _bound_by(right)
        case _:
            pass
