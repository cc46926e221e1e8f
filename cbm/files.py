"""Paths to parsed documents: the only reader of specs, and their only writer. Finds what they build on, too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import lru_cache
from pathlib import Path
from stat import S_IWUSR

from cbm.arguments import paths_in, texts_by_path
from cbm.finding import Finding, Label, Misuse, RuleId, Severity
from cbm.process.budget import broken_off
from cbm.process.output import write
from cbm.process.shown_paths import shown_path
from cbm.project.configuration.configurations import Configurations
from cbm.project.spec_files import SUFFIXES, UnreadableFile, find_specs, project_of, read_text, standard_file_of, unread
from cbm.records import Record, Struct, field
from cbm.report import Unread
from cbm.resolve.names.added_titles import with_added_titles
from cbm.resolve.related_documents import mentioned
from cbm.source import Source
from cbm.syntax import ast, trees
from cbm.syntax.quoted_names import with_names
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import LANGUAGES, Language, spoken

_STANDARD = "standard:"  # in front of what is shown of a file of the standard library
_PACKAGE = Path(__file__).resolve().parent
EMPTY = mark("holds no vocabulary, instrument, draft or cases")  # what is said of such a file


class NothingWritten(Misuse):
    """What is read holds no document, and nothing that is wrong."""


class Library(Record):
    """Every document read, by name; which of them were asked for; and what was wrong with the files."""

    documents: Mapping[str, ast.Document]
    asked: tuple[str, ...]
    findings: tuple[Finding, ...]
    faulty: frozenset[Source]  # files in which something could not be read
    files: Mapping[Source, Path]  # those that were asked for
    unread: tuple[Unread, ...] = ()  # what looks like a spec, was asked for or is built on, and could not be read
    excluded: tuple[str, ...] = ()  # paths that were passed over


class _Shelf(Struct):
    documents: dict[str, ast.Document] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    asked_files: set[Source] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    faulty: set[Source] = field(default_factory=set)
    read: dict[Path, Source] = field(default_factory=dict)
    places: dict[Source, Path] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    empty: list[Source] = field(default_factory=list)  # files that are asked for and say nothing
    unsaved: Mapping[Path, str] = field(default_factory=dict)  # by real path


def read_library(
    paths: Iterable[str | os.PathLike[str]],
    configurations: Configurations | None = None,
    unsaved: Mapping[Path, str] | None = None,
) -> Library:
    """Reads the files asked for and, name by name, all they build on; of `unsaved` ones the text that is given.

    What cannot be read is listed. Misuse where a path is no file, or nothing at all can be read.
    """
    named = paths_in(paths)
    texts = texts_by_path("unsaved", unsaved)
    shelf = _Shelf(unsaved={Path(os.path.realpath(path)): text for path, text in texts.items()})
    specs = find_specs(named, configurations, shelf.unsaved)
    shelf.unread.extend(specs.unread)
    for path in specs.files:
        if path == standard_file(path.stem) and not _is_here(path):
            _take_standard(shelf, path, asked=True)
        else:
            _take(shelf, path, _shown(path), asked=True)
    if not shelf.documents and not shelf.findings:
        missing = say("no vocabulary, instrument, draft or cases in {paths}", paths=listed(list(map(str, named)), ","))
        if shelf.unread:
            raise Misuse(_unread(shelf.unread))
        raise NothingWritten(missing)
    shelf.unread.extend(unread(shelf.places[source], say(EMPTY)) for source in shelf.empty)
    _fetch_what_is_wanted(shelf)
    return _library(shelf, specs.excluded)


def read_all(
    paths: Iterable[str | os.PathLike[str]],
    unsaved: Mapping[Path, str] | None = None,
    configurations: Configurations | None = None,
) -> Library:
    """The same, for whoever can do nothing with a part of it: Misuse where anything cannot be read."""
    library = read_library(paths, configurations, unsaved)
    if library.unread:
        raise Misuse(_unread(library.unread))
    return library


def _unread(files: Sequence[Unread]) -> str:
    told = ""
    for file in map(str, files):
        told = say("{before}; {after}", before=told, after=file) if told else file
    return told


def read_given(text: str, name: str) -> Library:
    """A text that stands in no file, by the name that readers know it by, with the standard texts that it builds on.

    No other file is looked for. Misuse where it holds nothing at all.
    """
    shelf = _Shelf()
    _shelve(shelf, Source(name, text), None, asked=True)
    if not shelf.documents and not shelf.findings:
        raise NothingWritten(say("no vocabulary, instrument, draft or cases in this text"))
    _fetch_what_is_wanted(shelf)
    return _library(shelf)


def language_of(
    paths: Iterable[str | os.PathLike[str]], read_before: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Language:
    """The language of texts: the one that the titles of all of them are in; English where there is no such one.

    A title that does not say its language is in none of these. Of a folder all texts count that are checked with it.
    What is parsed `read_before` is parsed within that; it is not begun where nothing is parsed.
    """
    found: set[Language] = set()
    with ExitStack() as kept:
        begin = lru_cache(lambda: kept.enter_context(read_before()))
        for path in _files_of(map(Path, paths)):
            try:
                text = read_text(path) if os.path.isfile(path) else ""
            except UnreadableFile:
                text = ""
            named = [_language_of(header) for header in _titled(Source(str(path), text), begin)]
            found.update(language or "en" for language in named or [None])
            if len(found) > 1 or "en" in found:
                return "en"
    return found.pop() if found else "en"


def _files_of(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        try:
            yield from find_specs([path], Configurations()).files if os.path.isdir(path) else (path,)
        except Misuse:  # there are none; whoever reads them says so
            continue


def _titled(source: Source, begin: Callable[[], None]) -> tuple[ast.Header, ...]:
    """The headers of a text in which some title says that it is in another language than English, read once begun."""
    if not any(f'{language} "' in source.text for language in LANGUAGES if language != "en"):
        return ()
    from cbm.syntax.parse import headers  # brings the parser, which not every text needs

    begin()
    return headers(source)


def _language_of(header: ast.Header) -> Language | None:
    said = {title.language for title in header.titles}
    return next((language for language in LANGUAGES if said == {language}), None)


def rewrite(changes: Sequence[tuple[Path, str, str]]) -> None:
    """Replaces what stands in files: for each its path, its text as it was read, and the new one; all of them or none.

    Misuse where one was changed meanwhile, is protected, or cannot be written.
    """
    for path, before, _ in changes:
        if not path.stat().st_mode & S_IWUSR:
            raise Misuse(say("{path} is read-only, so nothing was written", path=path))
        if path.read_bytes() != before.encode():
            raise Misuse(say("{path} was changed meanwhile, so nothing was written: check it again", path=path))
    write((path, after) for path, _, after in changes)


class Inclusions(Record):
    """What the texts of a file build on that lies in files of their own, and how that is written in another place.

    `found` says that there is something; `places` are those to change, from where to where, with what to write there.
    """

    found: tuple[Path, ...]
    places: tuple[tuple[int, int, str], ...] = ()


def inclusions_from(library: Library, source: Source, beside: Path, to: Path | None) -> Inclusions:
    """What the texts of a file build on, as it has to be written in the file `to`; None: that is not known.

    Misuse where something of it lies out of the project of that file.
    """
    here, found, places = Path(os.path.realpath(beside)).parent, dict[Path, None](), list[tuple[int, int, str]]()
    for document in library.documents.values():
        for name, path, place in _wanted(document) if document.span.source == source else ():
            target = _target(library, source, name, path, here)
            if target is None:
                continue
            found[target] = None
            if to is not None and Path(os.path.realpath(to)).parent != here:
                if not target.is_relative_to(project_of(to)):
                    words = mark(
                        "{file}, on which the text builds, lies out of the project of {to}: write to that of {draft}"
                    )
                    raise Misuse(say(words, file=_shown(target), to=to, draft=beside))
                led = Path(os.path.relpath(target, Path(os.path.realpath(to)).parent)).as_posix()
                if path is None:
                    places.append((name.span.end, name.span.end, f' from "{led}"'))
                else:
                    at = place.text.index(f'"{path}"', name.span.end)
                    places.append((at, at + len(path) + 2, f'"{led}"'))
    return Inclusions(tuple(found), tuple(dict.fromkeys(places)))


def _target(library: Library, source: Source, name: ast.Name, path: str | None, here: Path) -> Path | None:
    """The file by its own in which a document stands; None where that is the same one, or the standard library."""
    if path is not None:
        return (here / path).resolve()
    named = library.documents.get(name.text)
    if named is None or named.span.source in (source, None):
        return None
    beside = (here / f"{name.text}{suffix}" for suffix in SUFFIXES)
    return next(
        (one.resolve() for one in beside if os.path.exists(one) and _shown(one) == named.span.source.name), None
    )


def standard_file(name: str) -> Path | None:
    """The file of the standard library that holds the document of this name."""
    for root in (_PACKAGE / "specs", _PACKAGE.parent / "specs"):
        for folder in ("vocabulary", "instruments"):
            path = root / folder / f"{name}.cbm"
            if os.path.isfile(path):  # a name may be longer than any file can have
                return path
    return standard_file_of(name)


def example_folder(name: str) -> Path:
    """A folder of texts that come with cbm and are no part of the standard library, such as `drafts`."""
    places = [root / name for root in (_PACKAGE / "specs", _PACKAGE.parent / "specs")]
    return next((place for place in places if place.is_dir()), places[0])


def _take(shelf: _Shelf, path: Path, shown: str, *, asked: bool = False, standard: bool = False) -> None:
    resolved = Path(os.path.realpath(path))
    if resolved in shelf.read:
        return
    try:
        text = shelf.unsaved.get(resolved)
        project = resolved.parent if standard else None  # whoever installed the package may have used links
        source = Source(shown, read_text(path, project) if text is None else text, standard)
    except UnreadableFile as problem:
        shelf.unread.append(unread(path, str(problem)))
        return
    shelf.read[resolved] = source
    shelf.places[source] = path
    if asked:
        shelf.asked_files.add(source)
    _shelve(shelf, source, path, asked=asked)


def _shelve(shelf: _Shelf, source: Source, path: Path | None, *, asked: bool) -> None:
    """Puts the documents of a text where they are found by name."""
    shown = source.name
    documents, findings = _documents(source, path)
    shelf.findings.extend(findings)
    if asked and not documents and not findings:
        shelf.empty.append(source)
    if any(f.severity is Severity.ERROR for f in findings):
        shelf.faulty.add(source)
    for number, document in enumerate(documents):
        name = _name(document, shown, number)
        if name in shelf.documents:
            earlier = shelf.documents[name].header.span
            if source.standard and not earlier.source.standard:
                continue  # it stands in a file with others that are wanted: the one of the project counts
            if earlier.source.standard and not source.standard and earlier.source not in shelf.asked_files:
                shelf.documents[name] = document
                continue
            place = Label(document.header.span)
            message = say("two documents are called `{name}`", name=name)
            shelf.findings.append(
                Finding(RuleId.DUPLICATE, Severity.ERROR, message, place, (Label(earlier, say("the other one")),))
            )
            shelf.faulty.add(source)
            continue
        shelf.documents[name] = document
        if asked:
            shelf.asked.append(name)


def _fetch_what_is_wanted(shelf: _Shelf) -> None:
    """All that the documents build on, and what that builds on."""
    for name in (waiting := list(shelf.documents)):
        for wanted, where, place in _wanted(shelf.documents[name]):
            beside, known = shelf.places.get(place), dict(shelf.documents)
            if _is_elsewhere(shelf, known.get(wanted.text), where, beside):
                _fetch(shelf, wanted, where, beside)
            waiting.extend(one for one, document in shelf.documents.items() if known.get(one) is not document)


def _is_elsewhere(shelf: _Shelf, known: ast.Document | None, path: str | None, beside: Path | None) -> bool:
    """Whether what is meant by a name is not the document `known` by it, if there is any: a file has to be read.

    So it is where another file is named, and there; and it may be so where a text of the standard library was read
    only since another one stands in its file.
    """
    if known is None or beside is None:
        return known is None
    if path is not None:
        target = (beside.parent / path).resolve()
        is_there = os.path.isfile(target) or target in shelf.unsaved
        return is_there and target not in shelf.read and target.is_relative_to(project_of(beside))
    return known.span.source.standard and not _is_standard(shelf, beside) and known.span.source not in shelf.asked_files


def _library(shelf: _Shelf, excluded: tuple[str, ...] = ()) -> Library:
    documents, findings = with_added_titles(shelf.documents)
    return Library(
        documents=with_names(documents),
        asked=tuple(shelf.asked),
        findings=(*shelf.findings, *findings),
        faulty=frozenset(shelf.faulty),
        files={source: path for source, path in shelf.places.items() if source in shelf.asked_files},
        unread=tuple(dict.fromkeys(shelf.unread)),
        excluded=excluded,
    )


def _documents(source: Source, path: Path | None) -> tuple[tuple[ast.Document, ...], tuple[Finding, ...]]:
    """Parsed; what came with the package was parsed when it was built, if it is still the same."""
    if path is not None and path.is_relative_to(_PACKAGE):
        known = trees.shipped(path.with_suffix(".tree"), source)
        if known is not None:
            return known, ()
    if path is not None and Path(os.path.realpath(path)) == standard_file(path.stem):
        return _parsed_once(source, spoken())
    return _parsed(source)


@lru_cache(maxsize=64)
def _parsed_once(source: Source, _: Language) -> tuple[tuple[ast.Document, ...], tuple[Finding, ...]]:
    """What all texts build on is parsed once in a process, for as long as it is the same."""
    return _parsed(source)


def _parsed(source: Source) -> tuple[tuple[ast.Document, ...], tuple[Finding, ...]]:
    from cbm.syntax.parse import parse  # brings the parser, which a usage error need not wait for

    with broken_off():
        file, findings = parse(source)
    return file.documents, findings


def _fetch(shelf: _Shelf, name: ast.Name, path: str | None, beside: Path | None) -> None:
    """The document of this name: at the path given, beside the file that names it, or in the standard library.

    `beside` None: what names it stands in no file.
    """
    if path is None:
        _fetch_by_name(shelf, name, beside)
    elif beside is None:
        message = say("this text stands in no file, so nothing can be read from the path `{path}`", path=path)
        shelf.findings.append(Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(name.span)))
    elif (problem := _fetch_at(shelf, path, beside)) is not None:
        shelf.findings.append(Finding(RuleId.UNDEFINED, Severity.ERROR, problem, Label(name.span)))


def _fetch_at(shelf: _Shelf, path: str, beside: Path) -> str | None:
    """What stands at the path, as the file beside which it is named has it; or why nothing is read there."""
    target = (beside.parent / path).resolve()
    inside = target.is_relative_to(project_of(beside))
    if (_is_standard(shelf, beside) or not inside) and (other := _from_library(beside, path)) is not None:
        _take_standard(shelf, other)
    elif not inside:
        return say("the path `{path}` leads out of the project", path=path)
    elif not os.path.isfile(target) and target not in shelf.unsaved:
        return say("there is no file at `{path}`", path=path)
    else:
        _take(shelf, target, _shown(target))
    return None


def _fetch_by_name(shelf: _Shelf, name: ast.Name, beside: Path | None) -> None:
    standard = standard_file(name.text)
    if beside is not None and _take_near(shelf, name.text, beside, standard):
        return
    if standard is not None and name.text not in shelf.documents:
        _take_standard(shelf, standard)


def _take_near(shelf: _Shelf, name: str, beside: Path, standard: Path | None) -> bool:
    """Whether a file of this name stands beside the other one, and holds the document or cannot be read.

    What cannot be read is not replaced by a standard text in silence.
    """
    for suffix in SUFFIXES:
        near = beside.parent / f"{name}{suffix}"
        if (
            (os.path.lexists(near) or Path(os.path.realpath(near)) in shelf.unsaved)
            and Path(os.path.realpath(near)) not in shelf.read
            and not (near == standard and _is_standard(shelf, beside))
        ):
            refused = len(shelf.unread)
            _take(shelf, near, _shown(near))
            if name in shelf.documents or len(shelf.unread) > refused:
                return True
    return False


def _take_standard(shelf: _Shelf, standard: Path, *, asked: bool = False) -> None:
    shown = f"{_STANDARD}{standard.parent.name}/{standard.name}"
    _take(shelf, standard, shown, asked=asked, standard=True)


def _is_here(path: Path) -> bool:
    """Whether a file lies in the working folder, and was not installed there with cbm."""
    return path.is_relative_to(os.getcwd()) and not path.is_relative_to(_PACKAGE)


def _from_library(beside: Path, path: str) -> Path | None:
    """The text of the standard library at a path that another one of it names, whatever project it is installed in."""
    target = Path(os.path.normpath(beside.parent / path))
    both = beside == standard_file(beside.stem) and target == standard_file(target.stem)
    return target if both else None


def _is_standard(shelf: _Shelf, path: Path) -> bool:
    """Whether the file was read as one of the standard library, not as one of the project."""
    source = shelf.read.get(path.resolve())
    return source is not None and source.standard


def _wanted(document: ast.Document) -> Iterator[tuple[ast.Name, str | None, Source]]:
    header, source = document.header, document.span.source
    match header:
        case ast.VocabularyHeader(_, _, uses):
            for inclusion in uses:
                yield inclusion.name, inclusion.path, source
            for statement in document.statements:
                if isinstance(statement, ast.TitlesFor):
                    yield statement.of, None, source
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


def _shown(path: Path) -> str:
    return shown_path(path.resolve())
