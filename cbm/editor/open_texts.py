"""The texts that are open in an editor, with all that they build on: what is not saved yet stands for its file.

What is read is kept until one of them changes. Where a text cannot be read as it stands, what was read of it last still
says which words there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from cbm.editor.occurrences import CLAUSE, NamedPlace, NamedPlaces, Symbol
from cbm.files import Library, read_library, standard_file
from cbm.finding import Misuse
from cbm.project.configuration.configurations import Configurations
from cbm.project.spec_files import UnreadableFile, find_specs, project_of, read_text
from cbm.source import Source
from cbm.syntax.cutting.cut import HEADERS, TEXT, VOCABULARY, cut


class OpenTexts:
    """What an editor has open, by real path."""

    def __init__(self) -> None:
        self.unsaved: dict[Path, str] = {}
        self._libraries: dict[Path, Library | None] = {}
        self._read: dict[Path, NamedPlaces] = {}
        self._last: dict[Path, NamedPlaces] = {}

    def put(self, path: Path, text: str) -> None:
        """The text of a file, as it is now."""
        self.unsaved[path] = text
        self.forget()

    def drop(self, path: Path) -> None:
        """The file is not open any more: what is saved counts."""
        self.unsaved.pop(path, None)
        self.forget()

    def forget(self) -> None:
        """Something was changed outside: everything is read again."""
        self._libraries.clear()
        self._read.clear()

    def text(self, path: Path) -> str | None:
        """What stands in a file now; None where it cannot be read."""
        if path in self.unsaved:
            return self.unsaved[path]
        try:
            return read_text(path)
        except UnreadableFile:
            return None

    def library(self, path: Path) -> Library | None:
        """A file with all that it builds on; None where nothing of it can be read."""
        if path not in self._libraries:
            try:
                self._libraries[path] = read_library([path], unsaved=self.unsaved)
            except Misuse:
                self._libraries[path] = None
        return self._libraries[path]

    def occurrences(self, path: Path) -> NamedPlaces | None:
        """The names in a file as it is; or, where nothing of it can be read, in the one it was."""
        if path not in self._read:
            library = self.library(path)
            if library is None or not library.asked:
                return self._last.get(path)
            self._read[path] = self._last[path] = NamedPlaces(library.documents)
        return self._read[path]

    def source(self, path: Path) -> Source | None:
        """The text of a file, as its documents know it."""
        library = self.library(path)
        places = {} if library is None else library.files
        return next((source for source, file in places.items() if _real(file) == path), None)

    def at(self, path: Path, offset: int) -> tuple[NamedPlaces, NamedPlace] | None:
        """What is named at a place, among all that its file builds on."""
        occurrences, source = self.occurrences(path), self.source(path)
        found = None if occurrences is None or source is None else occurrences.at(source, offset)
        return None if occurrences is None or found is None else (occurrences, found)

    def everywhere(self, symbol: Symbol, declared_in: Path, near: Path) -> Iterator[tuple[Path, NamedPlace]]:
        """All places in the project of `near` in which a thing is named that a document of the first file declares."""
        word = symbol.document if symbol.sort == CLAUSE else symbol.name
        for path in dict.fromkeys((declared_in, *self.mentioning(word, near))):
            occurrences, library = self.occurrences(path), self.library(path)
            if occurrences is None or library is None or symbol.document not in library.documents:
                continue
            if path_of(library.documents[symbol.document].span.source) != declared_in:
                continue  # another document of this name
            own = [name for name in library.asked if name in library.documents]
            yield from ((path, one) for name in own for one in occurrences.within(name) if one.symbol == symbol)

    def mentioning(self, word: str, near: Path) -> list[Path]:
        """The specifications of the project in which a word stands, `near` first."""
        project = project_of(near)
        try:
            files = [_real(path) for path in find_specs([project], Configurations()).files]
        except Misuse:
            files = []
        every = dict.fromkeys((near, *(path for path in self.unsaved if path.is_relative_to(project)), *files))
        return [path for path in every if word in (self.text(path) or "")]

    def groups(self) -> list[list[Path]]:
        """The open files that are checked together: those of one project, but for texts that share a name."""
        found: list[tuple[Path, set[str], list[Path]]] = []
        for path, text in self.unsaved.items():
            project, names = project_of(path), set(_document_names(text))
            fitting = (one for one in found if one[0] == project and not one[1] & names)
            _, taken, paths = next(fitting, (project, set[str](), list[Path]()))
            if not paths:
                found.append((project, taken, paths))
            taken |= names
            paths.append(path)
        return [paths for _, _, paths in found]

    def texts_with(self, changed: Mapping[Path, str]) -> OpenTexts:
        """The same with other texts in some files, to see what would become of it."""
        other = OpenTexts()
        other.unsaved = {**self.unsaved, **changed}
        return other


def path_of(source: Source) -> Path:
    """The file that a text was read from; of the standard library the one that came with cbm."""
    if source.standard:
        return _real(standard_file(Path(source.name).stem) or Path(source.name))
    return _real(Path(source.name))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _document_names(text: str) -> Iterator[str]:
    """What vocabularies and texts are called in a file, also in one that cannot be read in full."""
    for piece in cut(text, 0, len(text)):
        if HEADERS.get(piece.opening) in (VOCABULARY, TEXT):
            yield from text[piece.opening_end : piece.end].split()[:1]
