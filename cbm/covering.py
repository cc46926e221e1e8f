"""What somebody asks to see on a map, to the map: texts are read, names are looked up, and then it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cbm.core.matters import Matter
from cbm.core.norms import NormSystem
from cbm.coverage_map import CoverageMap
from cbm.files import Library, read_all, standard_file
from cbm.finding import Finding, Misuse, Outcome, Report
from cbm.passes import open_inquiry
from cbm.pipeline import understand
from cbm.records import replace
from cbm.reporting import unreadable
from cbm.resolve.faults import suggestion
from cbm.search.parallel import Crew
from cbm.source import Source
from cbm.subjects import Subject
from cbm.survey.maps import Progress, Wanted, draw
from cbm.survey.yardstick import declared_topics, matter_of
from cbm.syntax import ast

_BY = "--by"


@dataclass(frozen=True, slots=True)
class Request:
    """A text by its file, or by its name in the standard library; what it is read with; and what is asked of it.

    `by` are axes as they are written after `types by`; empty: those of the vocabulary. `matters` are names of topics
    and acts; none: those that are promised. `examples`: each cell is to show one. `text` is the name of the
    text meant where a file holds several.
    """

    draft: str
    beside: tuple[str, ...] = ()
    by: str = ""
    matters: tuple[str, ...] = ()
    party: str | None = None
    as_of: date | None = None
    examples: bool = False
    text: str | None = None


def answer(request: Request, progress: Progress | None = None) -> CoverageMap | Report:
    """The map, or what is wrong with the texts; Misuse where a file or a name cannot be found."""
    path = _path(request.draft)
    alone = read_all([path])
    subject = _subject(alone, request.draft, request.text)
    if subject is None:
        return unreadable(alone, [])
    library = read_all([path, *map(_path, request.beside)])
    also = [name for named in request.beside for name in _texts(library, named)]
    text = Subject(subject, vocabulary=False)
    system, outcome = understand(library, text, request.as_of, also=also, by=_axes(request.by))
    _refuse(finding for finding in outcome.findings if finding.primary.span.source.name == _BY)
    if system is None or library.faulty:
        return unreadable(library, [outcome])
    inquiry = open_inquiry(system, Crew(None, progress))
    if isinstance(inquiry, Outcome):
        return unreadable(library, [replace(inquiry, findings=(*outcome.findings, *inquiry.findings))])
    matters = tuple(_matter(system, name) for name in request.matters)
    return draw(inquiry, Wanted(matters, _party(system, request.party), request.examples), progress)


def _path(named: str) -> Path:
    """A file, or the standard text of this name."""
    path = Path(named)
    if path.exists() or path.suffix:
        return path
    found = standard_file(named) if path.name == named else None
    if found is None:
        raise Misuse(f"there is no file `{named}`, and no text of the standard library is called so")
    return found


def _subject(library: Library, named: str, chosen: str | None) -> str | None:
    """The name of the text to be mapped: the chosen one, or the one of this name, or the only one, or the only draft.

    None where it cannot be told, since something could not be read.
    """
    texts = [name for name in library.asked if isinstance(library.documents[name].header, ast.TextHeader)]
    drafts = [name for name in texts if _is_draft(library.documents[name])]
    if chosen is not None and chosen not in texts and not library.faulty:
        near = suggestion(chosen, texts) or (f"it holds {_names(texts) or 'none'}",)
        raise Misuse(f"{named} holds no text called `{chosen}`; {near[0]}")
    if (chosen or named) in texts:
        return chosen or named
    if len(drafts or texts) == 1:
        return (drafts or texts)[0]
    if library.faulty:
        return None
    if not texts:
        raise Misuse(f"{named} holds no draft and no instrument, so there is nothing to map")
    raise Misuse(f"{named} holds several texts ({_names(drafts or texts)}), and a map is of one: choose it with --text")


def _names(texts: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in texts)


def _is_draft(document: ast.Document) -> bool:
    return isinstance(document.header, ast.TextHeader) and document.header.kind is ast.DocumentKind.DRAFT


def _texts(library: Library, named: str) -> list[str]:
    """The texts in a file, or the one of this name."""
    place = _path(named).resolve()
    inside = [name for name in library.asked if library.files[library.documents[name].span.source].resolve() == place]
    texts = [name for name in inside if isinstance(library.documents[name].header, ast.TextHeader)]
    if named in texts:
        return [named]
    if not texts and not library.faulty:
        raise Misuse(f"{named} holds no draft and no instrument, so there is nothing to read with")
    return texts


def _axes(by: str) -> Sequence[ast.Path | ast.AtThresholds]:
    from cbm.syntax.parse import parse  # brings lark, which a usage error need not wait for

    if not by:
        return ()
    file, mistakes = parse(Source(_BY, f"vocabulary asked\ntypes by {' '.join(by.split())}\n"))
    _refuse(mistakes)
    said = (statement for document in file.documents for statement in document.statements)
    return [axis for s in said if isinstance(s, ast.TypesDeclaration) for axis in s.axes]


def _refuse(findings: Iterable[Finding]) -> None:
    """What is wrong with the axes asked for is no fault of the texts."""
    for finding in findings:
        raise Misuse(f"{_BY}: {'; '.join((finding.message, *finding.remedies))}")


def _matter(system: NormSystem, name: str) -> Matter:
    found = matter_of(system, name)
    if found is None:
        topics = dict.fromkeys([*system.words.topics, *declared_topics(system)])
        near = suggestion(name, [*topics, *system.acts]) or (f"topics are {', '.join(topics)}",)
        raise Misuse(f"no topic and no act is called `{name}`; {near[0]}")
    return found


def _party(system: NormSystem, name: str | None) -> str | None:
    if name is None:
        return None
    parties = system.texts[system.subject].parties
    known = [party for party in system.situation.parties if parties is None or party in parties]
    if name not in known:
        near = suggestion(name, known) or (f"parties are {', '.join(known)}",)
        raise Misuse(f"`{name}` is no party to {system.subject}; {near[0]}")
    return name
