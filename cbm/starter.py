"""A folder to begin in: a draft, its cases and what holds for checks, written from the texts that come with cbm."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from cbm.baseline import baseline_page
from cbm.files import example_folder
from cbm.finding import Misuse
from cbm.pipeline import run
from cbm.process.output import reason, write
from cbm.project.spec_files import read_text
from cbm.records import Record
from cbm.resolve.faults import suggestion
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.translation.speech import spoken

STARTER = "starter"  # the folder of what is written where no example is named
_SETTINGS = "cbm.toml"
_KNOWN = "known.json"
_TRANSLATIONS = "translations.toml"
_TITLE = re.compile(r'^((?:draft|article|clause) \S+ |cases | +text )(?:en )?"([^"]*)"', re.MULTILINE)
_QUOTED = re.compile(r'^(case | +source )"([^"]*)"', re.MULTILINE)
_COMMENT = re.compile(r"# (.+)")


class NewSuite(Record):
    """What is to be written: the folder, and each file of it by name with its text."""

    folder: Path
    files: tuple[tuple[str, str], ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(self.folder / name for name, _ in self.files)


def examples() -> tuple[str, ...]:
    """The drafts that a suite can begin with, by name."""
    return tuple(path.stem for path in sorted(example_folder("drafts").glob("*.cbm")))


def new_suite(folder: Path, example: str | None = None) -> NewSuite:
    """A small code with its cases in the language that is spoken, or a draft that comes with cbm.

    Misuse where there is no such draft.
    """
    starter = example_folder(STARTER)
    if example is None:
        words = _translations(starter)
        paths = (path for path in sorted(starter.iterdir()) if path.name != _TRANSLATIONS)
        return NewSuite(folder, tuple((path.name, _in_words(read_text(path), words)) for path in paths))
    if example not in examples():
        near = suggestion(example, examples())
        advice = near[0] if near else say("there are {names}", names=listed(examples(), ","))
        raise Misuse(say("no draft that comes with cbm is called `{name}`; {advice}", name=example, advice=advice))
    draft = example_folder("drafts") / f"{example}.cbm"
    texts = dict(_with_what_it_names(draft))
    return NewSuite(folder, ((_SETTINGS, read_text(starter / _SETTINGS)), *texts.items()))


def _translations(starter: Path) -> Mapping[str, str]:
    """What stands in the starter for readers to the same in the language that is spoken; empty in English."""
    told = tomllib.loads(read_text(starter / _TRANSLATIONS))
    return {} if spoken() == "en" else {words: said[spoken()] for words, said in told.items()}


def _in_words(text: str, words: Mapping[str, str]) -> str:
    """The text with these words for its titles, quoted texts and comments, each marked with the language spoken."""
    if not words:
        return text
    text = _TITLE.sub(lambda found: f'{found[1]}{spoken()} "{words[found[2]]}"', text)
    text = _QUOTED.sub(lambda found: f'{found[1]}"{words[found[2]]}"', text)
    return _COMMENT.sub(lambda found: f"# {words[found[1]]}", text)


def write_suite(suite: NewSuite) -> None:
    """Writes all files of it, or none: Misuse where one of them is there already, or cannot be written."""
    there = [path for path in suite.paths if os.path.lexists(path)]
    if there:
        raise Misuse(say("{path} is there already, so nothing was written: name another folder", path=there[0]))
    try:
        suite.folder.mkdir(parents=True, exist_ok=True)
    except OSError as refusal:
        words = say("the folder {folder} cannot be made: {reason}", folder=suite.folder, reason=reason(refusal))
        raise Misuse(words) from None
    write(zip(suite.paths, (text for _, text in suite.files), strict=True))


def note_what_is_found(suite: NewSuite) -> tuple[Path, ...]:
    """The file of what a check finds in it, so that only what is changed shows; none where nothing is found."""
    report = run([suite.folder])
    if not report.findings:
        return ()
    known = suite.folder / _KNOWN
    write([(known, baseline_page(report, known))])
    return (known,)


def _with_what_it_names(path: Path) -> Iterator[tuple[str, str]]:
    """A text and the files that it names by their paths, all of them side by side."""
    text = read_text(path)
    file, _ = parse(Source(path.name, text))
    for inclusion in (one for document in file.documents for one in _inclusions(document) if one.path is not None):
        assert inclusion.path is not None
        target = path.parent / inclusion.path
        text = text.replace(f'"{inclusion.path}"', f'"{target.name}"')
        yield target.name, read_text(target.resolve(), target.resolve().parent)
    yield path.name, text


def _inclusions(document: ast.Document) -> tuple[ast.Inclusion, ...]:
    match document.header:
        case ast.TextHeader(uses=uses, beside=beside):
            return (*uses, *beside)
        case ast.VocabularyHeader(uses=uses):
            return uses
        case _:
            return ()
