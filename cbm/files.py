"""Paths to parsed documents: the only reader of specs, and their only writer. Finds what they build on, too."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IWUSR

from cbm.finding import Finding, Label, Misuse, RuleId, Severity
from cbm.output import write
from cbm.resolve.system import mentioned
from cbm.source import Source
from cbm.syntax import ast, trees

SUFFIXES = (".cbm", ".cbm.md")
MARKERS = ("cbm.toml", "pyproject.toml", ".git")
_STANDARD = "standard:"  # in front of what is shown of a file of the standard library
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Library:
    """Every document read, by name; which of them were asked for; and what was wrong with the files."""

    documents: Mapping[str, ast.Document]
    asked: tuple[str, ...]
    findings: tuple[Finding, ...]
    faulty: frozenset[Source]  # files in which something could not be read
    files: Mapping[Source, Path]  # of the documents that were asked for


@dataclass(slots=True)
class _Shelf:
    documents: dict[str, ast.Document] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faulty: set[Source] = field(default_factory=set)
    read: dict[Path, Source] = field(default_factory=dict)
    places: dict[Source, Path] = field(default_factory=dict)


def read_library(paths: Sequence[Path]) -> Library:
    """Reads the files asked for and, name by name, all they build on; Misuse where a path cannot be read."""
    shelf = _Shelf()
    for path in find_specs(paths):
        _take(shelf, path, _shown(path), asked=True)
    if not shelf.documents and not shelf.findings:
        raise Misuse(f"no vocabulary, instrument, draft or cases in {_listed(paths)}")
    for name in (waiting := list(shelf.documents)):
        for wanted, where, place in _wanted(shelf.documents[name]):
            if wanted.text not in shelf.documents:
                before = len(shelf.documents)
                _fetch(shelf, wanted, where, shelf.places[place])
                waiting.extend(list(shelf.documents)[before:])
    asked = {shelf.documents[name].span.source for name in shelf.asked}
    files = {source: path for source, path in shelf.places.items() if source in asked}
    return Library(shelf.documents, tuple(shelf.asked), tuple(shelf.findings), frozenset(shelf.faulty), files)


def find_specs(paths: Sequence[Path]) -> list[Path]:
    """The spec files meant by paths, each once, folders searched through, in order; Misuse if there are none."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        try:
            if path.is_dir():
                inside = sorted(_specs_below(path))
                if not inside:
                    raise Misuse(f"no spec found: the folder {path} holds no file that ends in .cbm or .cbm.md")
                found.update(dict.fromkeys(inside))
            elif path.exists():
                found[path] = None
            else:
                raise Misuse(f"{path} does not exist")
        except OSError as problem:
            raise Misuse(f"{problem.filename or path} cannot be read: {problem.strerror}") from None
    if not found:
        raise Misuse("no spec found: name at least one file or folder")
    return list(found)


def rewrite(changes: Sequence[tuple[Path, str, str]]) -> None:
    """Replaces what stands in files: for each its path, its text as it was read, and the new one; all of them or none.

    Misuse where one was changed meanwhile, is protected, or cannot be written.
    """
    for path, before, _ in changes:
        if not path.stat().st_mode & S_IWUSR:
            raise Misuse(f"{path} is read-only, so nothing was written")
        if path.read_bytes() != before.encode():
            raise Misuse(f"{path} was changed meanwhile, so nothing was written: check it again")
    write((path, after) for path, _, after in changes)


def standard_file(name: str) -> Path | None:
    """The file of the standard library that holds the document of this name."""
    for root in (_PACKAGE / "specs", _PACKAGE.parent / "specs"):
        for folder in ("vocabulary", "instruments"):
            path = root / folder / f"{name}.cbm"
            if path.is_file():
                return path
    return None


def _take(shelf: _Shelf, path: Path, shown: str, asked: bool) -> None:
    resolved = path.resolve()
    if resolved in shelf.read:
        return
    source = Source(shown, _text(path))
    shelf.read[resolved] = source
    shelf.places[source] = path
    documents, findings = _documents(source, path)
    shelf.findings.extend(findings)
    if any(f.severity is Severity.ERROR for f in findings):
        shelf.faulty.add(source)
    for number, document in enumerate(documents):
        name = _name(document, shown, number)
        if name in shelf.documents:
            earlier = shelf.documents[name].header.span
            place = Label(document.header.span)
            message = f"two documents are called `{name}`"
            shelf.findings.append(
                Finding(RuleId.DUPLICATE, Severity.ERROR, message, place, (Label(earlier, "the other one"),))
            )
            shelf.faulty.add(source)
            continue
        shelf.documents[name] = document
        if asked:
            shelf.asked.append(name)


def _documents(source: Source, path: Path) -> tuple[tuple[ast.Document, ...], tuple[Finding, ...]]:
    """Parsed; what came with the package was parsed when it was built, if it is still the same."""
    if path.is_relative_to(_PACKAGE):
        known = trees.shipped(path.with_suffix(".tree"), source)
        if known is not None:
            return known, ()
    from cbm.syntax.parse import parse  # brings the parser, which a usage error need not wait for

    file, findings = parse(source)
    return file.documents, findings


def _fetch(shelf: _Shelf, name: ast.Name, path: str | None, beside: Path) -> None:
    """The document of this name: at the path given, beside the file that names it, or in the standard library."""
    if path is not None:
        target = (beside.parent / path).resolve()
        if not target.is_relative_to(_project(beside)):
            message = f"the path `{path}` leads out of the project"
            shelf.findings.append(Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(name.span)))
            return
        if not target.is_file():
            message = f"there is no file at `{path}`"
            shelf.findings.append(Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(name.span)))
            return
        _take(shelf, target, _shown(target), asked=False)
        return
    standard = standard_file(name.text)
    for suffix in SUFFIXES:
        near = beside.parent / f"{name.text}{suffix}"
        if (
            near.is_file()
            and near.resolve() not in shelf.read
            and not (near == standard and _is_standard(shelf, beside))
        ):
            _take(shelf, near, _shown(near), asked=False)
            if name.text in shelf.documents:
                return
    if standard is not None:
        _take(shelf, standard, f"{_STANDARD}{standard.parent.name}/{standard.name}", asked=False)


def _is_standard(shelf: _Shelf, path: Path) -> bool:
    """Whether the file was read as one of the standard library, not as one of the project."""
    return shelf.read[path.resolve()].name.startswith(_STANDARD)


def _wanted(document: ast.Document) -> Iterator[tuple[ast.Name, str | None, Source]]:
    header, source = document.header, document.span.source
    match header:
        case ast.VocabularyHeader(_, _, uses):
            for inclusion in uses:
                yield inclusion.name, inclusion.path, source
        case ast.TextHeader():
            for inclusion in (*header.uses, *header.beside):
                yield inclusion.name, inclusion.path, source
            for name in mentioned(document):
                yield name, None, source
        case ast.CasesHeader(_, documents):
            for name in documents:
                yield name, None, source


def _name(document: ast.Document, shown: str, number: int) -> str:
    header = document.header
    return f"cases {number} of {shown}" if isinstance(header, ast.CasesHeader) else header.name.text


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as problem:
        raise Misuse(f"{path} cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise Misuse(f"{path} is not UTF-8 text (byte {problem.start}): save it as UTF-8") from None


def _specs_below(root: Path) -> Iterator[Path]:
    """The spec files of a folder and of all below it that are not hidden; OSError where one cannot be read."""

    def refuse(problem: OSError) -> None:
        raise problem

    for folder, below, names in os.walk(root, onerror=refuse):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if name.endswith(SUFFIXES) and not name.startswith(".") and path.is_file():
                yield path


def _shown(path: Path) -> str:
    """Relative to the working folder where that is shorter to read, with forward slashes."""
    resolved, here = path.resolve(), Path.cwd()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else resolved).as_posix()


def _project(path: Path) -> Path:
    """The folder a spec may not reach out of: the nearest one above with a project file, else its own."""
    folder = path.resolve().parent
    for candidate in (folder, *folder.parents):
        if any((candidate / marker).exists() for marker in MARKERS):
            return candidate
    return folder


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(map(str, paths))
