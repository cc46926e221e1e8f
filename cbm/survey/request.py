"""What somebody asks to see on a map, to the map: texts are read, names are looked up, and then it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cbm.checks import inconsistent_vocabulary
from cbm.coverage_map import CoverageMap
from cbm.files import Library, Misuse, read_library, standard_file
from cbm.finding import Finding, Report
from cbm.semantics.core import NormSystem
from cbm.semantics.faults import suggestion
from cbm.semantics.matters import Matter
from cbm.semantics.names import members_of
from cbm.semantics.resolve import resolve
from cbm.source import Source
from cbm.survey.maps import Progress, Wanted, draw
from cbm.survey.promises import matter_of
from cbm.syntax import ast

_BY = "--by"


@dataclass(frozen=True, slots=True)
class Request:
    """A text by its file, or by its name in the standard library; what it is read with; and what is asked of it.

    `by` are axes as they are written after `types by`; empty: those of the vocabulary.
    """

    draft: str
    beside: tuple[str, ...] = ()
    by: str = ""
    matters: tuple[str, ...] = ()
    party: str | None = None
    as_of: date | None = None
    examples: bool = False


def answer(request: Request, progress: Progress = lambda *_: None) -> CoverageMap | Report:
    """The map, or what is wrong with the texts; Misuse where a file or a name cannot be found."""
    from cbm.syntax.parse import parse  # brings lark, which a usage error need not wait for

    path = _path(request.draft)
    subject = _subject(read_library([path]), path)
    library = read_library([path, *(_path(name) for name in request.beside)])
    file, mistakes = parse(Source(_BY, f"vocabulary asked\ntypes by {request.by}\n")) if request.by else (None, ())
    _refuse(mistakes)
    axes = [axis for document in file.documents for axis in _axes(document)] if file else []
    also = [name for named in request.beside for name in _texts(library, named)]
    system, findings = resolve(library.documents, subject, request.as_of, also=also, by=axes)
    _refuse(finding for finding in findings if finding.primary.span.source.name == _BY)
    if library.faulty or system is None:
        return Report((*library.findings, *findings))
    empty = inconsistent_vocabulary.empty_worlds(system)
    if empty:
        return Report(empty)
    matters = tuple(_matter(system, name) for name in request.matters)
    return draw(system, Wanted(matters, _party(system, request.party), request.examples), progress)


def _path(named: str) -> Path:
    """A file, or the standard text of this name."""
    if not Path(named).exists() and Path(named).suffix == "":
        return standard_file(named) or _unknown_text(named)
    return Path(named)


def _unknown_text(named: str) -> Path:
    raise Misuse(f"there is no file `{named}`, and no text of the standard library is called so")


def _subject(library: Library, path: Path) -> str:
    texts = [name for name in library.asked if isinstance(library.documents[name].header, ast.TextHeader)]
    drafts = [name for name in texts if _is_draft(library.documents[name])]
    if len(drafts or texts) == 1:
        return (drafts or texts)[0]
    if not texts:
        raise Misuse(f"{path} holds no draft and no instrument")
    several = ", ".join(drafts or texts)
    raise Misuse(f"{path} holds several texts ({several}), and a map is of one: give it a file of its own")


def _is_draft(document: ast.Document) -> bool:
    return isinstance(document.header, ast.TextHeader) and document.header.kind is ast.DocumentKind.DRAFT


def _texts(library: Library, named: str) -> list[str]:
    """The texts in a file, or the one of this name."""
    if named in library.documents:
        return [named]
    place, texts = Path(named).resolve(), library.documents.items()
    inside = ((name, d) for name, d in texts if Path(d.span.source.name).resolve() == place)
    return [name for name, document in inside if isinstance(document.header, ast.TextHeader)]


def _axes(document: ast.Document) -> Sequence[ast.Path | ast.AtThresholds]:
    return [a for s in document.statements if isinstance(s, ast.TypesDeclaration) for a in s.axes]


def _refuse(findings: Iterable[Finding]) -> None:
    """What is wrong with the axes asked for is no fault of the texts."""
    for finding in findings:
        raise Misuse(f"{_BY}: {'; '.join((finding.message, *finding.remedies))}")


def _matter(system: NormSystem, name: str) -> Matter:
    found = matter_of(system, name)
    if found is None:
        known = dict.fromkeys([*system.words.topics, *system.acts])
        near = suggestion(name, known) or (f"topics are {', '.join(system.words.topics)}",)
        raise Misuse(f"no topic and no act is called `{name}`; {near[0]}")
    return found


def _party(system: NormSystem, name: str | None) -> str | None:
    if name is None:
        return None
    parties = system.texts[system.subject].parties
    attribute = next((v for v in system.situation.attributes if v.name == system.situation.party), None)
    everybody = members_of(attribute) if attribute is not None else ()
    known = [party for party in everybody if parties is None or party in parties]
    if name not in known:
        near = suggestion(name, known) or (f"parties are {', '.join(known)}",)
        raise Misuse(f"`{name}` is no party to {system.subject}; {near[0]}")
    return name
