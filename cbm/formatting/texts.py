"""Files to their texts in the layout of all texts; what a text says is compared before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path
from re import compile as pattern

from cbm.arguments import paths_in, text_of, words_of
from cbm.files import EMPTY, Library, read_library
from cbm.finding import Finding, Misuse
from cbm.formatting.act_words import in_words
from cbm.formatting.line_layout import laid_out
from cbm.formatting.parallel_texts import MissingText, missing_in
from cbm.project.configuration.configurations import Configurations
from cbm.project.spec_files import UnreadableFile, find_specs, read_text, unread
from cbm.records import Record, replace
from cbm.repair.mended_texts import Change
from cbm.report import Unread
from cbm.source import Source, edited
from cbm.syntax import ast
from cbm.syntax.old_forms import as_today
from cbm.syntax.parse import headers, parse
from cbm.syntax.quoted_names import with_names
from cbm.syntax.renamed import with_each_name
from cbm.translation.saying import say
from cbm.translation.speech import Language

_SET = pattern(r"[\s,]+")
_COMMENT = pattern(r'"[^"\n]*"|(#[^\n]*)')


class LaidOut(Record):
    """What became of the texts asked for.

    `changes`: files that are laid out otherwise. `same`: how many are not. `faults`: what is wrong with the form of the
    others, of which nothing is changed. `unread`: files that could not be read, or hold no text.
    """

    changes: tuple[Change, ...]
    same: int
    faults: tuple[Finding, ...]
    unread: tuple[Unread, ...] = ()


class Untranslated(Record):
    """What has no words in a language in some texts; of those with `faults`, and of `unread`, nothing is told."""

    missing: tuple[MissingText, ...]
    faults: tuple[Finding, ...]
    unread: tuple[Unread, ...] = ()


def lay_out(paths: Iterable[str | PathLike[str]], configurations: Configurations | None = None) -> LaidOut:
    """The texts of files and folders in the layout of all texts; nothing is written.

    Misuse where a path is no file, or there is no text at all.
    """
    sources, lost = _sources(paths, configurations)
    changes: list[Change] = []
    faults: list[Finding] = []
    same = 0
    for path, source in sources:
        before = source.text
        wrong = parse(source)[1]
        after = before if wrong else _same_meaning(source)
        faults.extend(wrong)
        if after != before:
            changes.append(Change(source.name, path, before, after))
        elif not wrong:
            same += 1
    return LaidOut(tuple(changes), same, tuple(faults), lost)


def write_acts(
    paths: Iterable[str | PathLike[str]], language: Language | None, configurations: Configurations | None = None
) -> LaidOut:
    """The texts with their acts in the words of a language, or by their names where that is None, and laid out.

    Nothing is written. What they say stays. Misuse as above, also where something that they build on cannot be read.
    """
    library = read_library(paths, configurations)
    changes: list[Change] = []
    faults = [f for f in library.findings if f.primary.span.source in library.files]
    sound = {source: path for source, path in library.files.items() if source not in library.faulty}
    for source, path in sound.items():
        edits = in_words(source, library.documents, language)
        changed = Source(source.name, edited(source, edits))
        _require_the_same_acts(source, changed, library)
        after = _same_meaning(changed)
        if after != source.text:
            changes.append(Change(source.name, path, source.text, after))
    return LaidOut(tuple(changes), len(sound) - len(changes), tuple(faults), library.unread)


def _require_the_same_acts(before: Source, after: Source, library: Library) -> None:
    """An AssertionError where the texts of a file say something else by other words for acts."""
    file, wrong = parse(after)
    assert not wrong, f"{before.name}: with other words for acts, it cannot be read"
    told = {name: document for name, document in library.documents.items() if document.span.source == before}
    again = with_names({**library.documents, **dict(zip(told, file.documents, strict=True))})
    assert all(_unquoted(again[name]) == _unquoted(told[name]) for name in told), f"{before.name}: other acts are meant"


def _unquoted(document: ast.Document) -> ast.Document:
    return with_each_name(document, lambda name: replace(name, quoted=False))


def untranslated(
    paths: Iterable[str | PathLike[str]], language: Language, configurations: Configurations | None = None
) -> Untranslated:
    """What has no words in a language in files and folders. Misuse as above."""
    asked = tuple(paths_in(paths))
    sources, lost = _sources(asked, configurations)
    entitled: Mapping[str, ast.Document] = {}
    with suppress(Misuse):  # that nothing can be read is told below
        entitled = read_library(asked, configurations).documents
    return replace(untranslated_in((source for _, source in sources), language, entitled), unread=lost)


def untranslated_in(
    sources: Iterable[Source], language: Language, entitled: Mapping[str, ast.Document] | None = None
) -> Untranslated:
    """What has no words in a language in some sources.

    `entitled` are documents by name, the vocabularies among them with the titles that stand in files of their own.
    """
    missing: list[MissingText] = []
    faults: list[Finding] = []
    for source in sources:
        file, wrong = parse(source)
        faults.extend(wrong)
        if not wrong:
            missing.extend(missing_in((_entitled(one, entitled or {}) for one in file.documents), language))
    return Untranslated(tuple(missing), tuple(faults))


def _entitled(document: ast.Document, known: Mapping[str, ast.Document]) -> ast.Document:
    """A vocabulary with all its titles."""
    header = document.header
    found = known.get(header.name.text) if isinstance(header, ast.VocabularyHeader) else None
    return document if found is None or found.span.source.text != document.span.source.text else found


def _sources(
    paths: Iterable[str | PathLike[str]], configurations: Configurations | None
) -> tuple[list[tuple[Path, Source]], tuple[Unread, ...]]:
    """The texts of files and folders; what could not be read, and files that hold none."""
    specs = find_specs(paths_in(paths), configurations)
    sources: list[tuple[Path, Source]] = []
    lost = list(specs.unread)
    for path in specs.files:
        try:
            source = Source(path.as_posix(), read_text(path))
        except UnreadableFile as refusal:
            lost.append(unread(path, str(refusal)))
        else:
            if _says_anything(source):
                sources.append((path, source))
            else:
                lost.append(unread(path, say(EMPTY)))
    return sources, tuple(lost)


def _says_anything(source: Source) -> bool:
    """Whether a document stands there, or what may have been meant as a part of one."""
    return bool(headers(source) or parse(source)[1])


def layout(text: str, *, name: str = "text.cbm") -> str:
    """The text in the layout of all texts: what it says and its comments stay as they are.

    `name` is that of its file: of one that ends in `.cbm.md` the blocks alone are laid out. Where all lines end in
    CRLF, as in a checkout on Windows, they do so afterwards. Misuse where the text has a mistake of form: then nothing
    is known of where its statements begin.
    """
    source = Source(words_of("name", name), text_of("text", text))
    wrong = parse(source)[1]
    if wrong:
        place = wrong[0].primary.span.begin
        raise Misuse(
            say(
                "line {line}: {problem}; a text is laid out once it can be read",
                line=place[0],
                problem=wrong[0].message,
            )
        )
    return _same_meaning(source)


def _same_meaning(source: Source) -> str:
    """The text of a source as it is written today, and laid out.

    An AssertionError where that changed what it says, or a comment.
    """
    after = laid_out(source.name, as_today(source))
    tree, wrong = parse(Source(source.name, after))
    assert not wrong, f"{source.name}: laid out, it cannot be read"
    said = [list(map(_said, read.documents)) for read in (tree, parse(source)[0])]
    assert said[0] == said[1], f"{source.name}: layout changed what is said"
    assert _comments(after) == _comments(source.text), f"{source.name}: layout changed a comment"
    in_crlf = 0 < source.text.count("\n") == source.text.count("\r\n")
    return after.replace("\r\n", "\n").replace("\n", "\r\n") if in_crlf else after


def _said(document: ast.Document) -> ast.Document:
    """Without the blanks and commas in what options have in words: layout sets them."""
    choices = tuple(
        replace(choice, options=tuple(replace(option, text=_SET.sub("", option.text)) for option in choice.options))
        for choice in document.choices
    )
    return replace(document, choices=choices)


def _comments(text: str) -> list[str]:
    """What the comments of a text say, in their order."""
    return ["".join(found[1][1:].split()) for found in _COMMENT.finditer(text) if found[1]]
