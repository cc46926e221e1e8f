"""Texts under other names: every name that an author chose becomes a word that the code itself uses.

The words are read from the code: its identifiers, and the words in its strings. A program that tells things apart by
how their names are spelt gives itself away on such a text.
"""

from __future__ import annotations

import ast as python
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from random import Random

import cbm
from cbm.checking.subjects import Subject, subjects_of
from cbm.core.sorts import Dimension
from cbm.core.variables import Purpose
from cbm.files import read_library
from cbm.finding import Finding, RuleId
from cbm.pipeline import check_subject
from cbm.source import Source
from cbm.syntax.ast import Name
from tests.trees import parts_of_tree

_CODE = Path(cbm.__file__).parent
_WORD = re.compile(r"[A-Za-z][A-Za-z_]*")
# Names that the language itself gives.
_GIVEN = frozenset(("party", "flag", *(d.value for d in Dimension), *(rule.value for rule in RuleId)))


@cache
def code_words() -> tuple[str, ...]:
    """Every word of the code that a text may take for a name, those of its searches first."""
    found: dict[str, None] = {purpose.value: None for purpose in Purpose}
    for path in sorted(_CODE.rglob("*.py")):
        for node in python.walk(python.parse(path.read_text(encoding="utf-8"))):
            found |= dict.fromkeys(_words_in(node))
    grammar = (_CODE.parent / "grammar" / "cbm.lark").read_text(encoding="utf-8")
    taken = set(_WORD.findall(grammar))
    usable = (word for word in found if word not in taken and word.lower() not in taken and len(word) > 1)
    # `of_advice` and `advice` in one text would leave open which is meant by "1 of advice".
    return tuple(word for word in usable if not word.startswith("of_"))


def _words_in(node: python.AST) -> Iterator[str]:
    match node:
        case python.Name(name) | python.FunctionDef(name) | python.ClassDef(name) | python.arg(name):
            yield name.strip("_")
        case python.Attribute(attr=name):
            yield name.strip("_")
        case python.Constant(str() as text) if len(text) < 80:
            # The class of characters `[^\\W_]` would give the word `W_`, whose end is shown as a space.
            yield from (word.strip("_") for word in _WORD.findall(text))
        case _:
            return


@dataclass(frozen=True, slots=True)
class Renamed:
    """Files with texts and all that these are read with, under other names; `names` are the new ones by the old."""

    files: tuple[Path, ...]
    subjects: tuple[str, ...]
    names: Mapping[str, str]


def rename(text: Path, folder: Path, words: Iterable[str], seed: int) -> tuple[Renamed, Renamed]:
    """The text as it is and the text renamed, each with what it is read with, in folders of their own."""
    library = read_library([text])
    places = list(_names(library.documents.values()))
    sources: dict[Source, list[Name]] = {}
    for name in places:
        sources.setdefault(name.span.source, []).append(name)
    known = dict.fromkeys(name.text for name in places if _is_chosen(name.text))
    usable = [word for word in words if word not in _GIVEN]
    first, rest = usable[: len(Purpose)], usable[len(Purpose) :]
    picked = [*first, *Random(seed).sample(rest, len(known))]
    order = list(known)
    Random(seed).shuffle(order)
    names = dict(zip(order, picked, strict=False))
    subjects = tuple(known.name for known in subjects_of(library) if not known.vocabulary)
    plain = Renamed(_written(folder / "plain", sources, {}), subjects, {name: name for name in known})
    others = tuple(names.get(subject, subject) for subject in subjects)
    return plain, Renamed(_written(folder / "renamed", sources, names), others, names)


def _names(trees: Iterable[object]) -> Iterator[Name]:
    for tree in trees:
        yield from (part for part in parts_of_tree(tree) if isinstance(part, Name))


def _is_chosen(name: str) -> bool:
    """Whether an author chose it: not the language, and not those who keep the time zones."""
    return name not in _GIVEN and "/" not in name and name != "UTC"


def _written(folder: Path, sources: Mapping[Source, list[Name]], names: Mapping[str, str]) -> tuple[Path, ...]:
    folder.mkdir()
    files: list[Path] = []
    for number, (source, found) in enumerate(sources.items()):
        text = source.text
        spans = {(name.span.start, name.span.end): name.text for name in found}
        for (start, end), name in sorted(spans.items(), reverse=True):
            text = text[:start] + names.get(name, name) + text[end:]
        suffix = ".cbm.md" if source.name.endswith(".md") else ".cbm"
        path = folder / f"text{number}{suffix}"
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return tuple(files)


def found_in(renamed: Renamed, *, beside: Renamed) -> list[tuple[object, ...]]:
    """What is found in it: rules, severities, clauses, places and sentences, each name of either text as a dot."""
    library = read_library(list(renamed.files))
    subjects = [Subject(name, vocabulary=False) for name in renamed.subjects]
    findings = [f for subject in subjects for f in check_subject(library, subject, as_of=None).findings]
    names = {*renamed.names.values(), *beside.names.values()}
    dotted = re.compile(_either(names))
    # In the order of their places, as reports have them; of what stands at one place, in that of clauses and of words.
    return sorted((_without_names(finding, dotted) for finding in findings), key=itemgetter(3, 0, 2, 4))


# `a` or `an` is for the name behind it to say; and `is_a` is a word of the code.
_ARTICLE = re.compile(r"\ban? ")


def _either(names: Iterable[str]) -> str:
    """One name or several next to each other, as written or with spaces for `_`, without articles."""
    shown = {*names, *(_ARTICLE.sub("", name.replace("_", " ")) for name in names)}
    one = "|".join(map(re.escape, sorted(shown, key=len, reverse=True)))
    return rf"\b(?:{one})\b(?: (?:{one})\b)*"


def _without_names(finding: Finding, dotted: re.Pattern[str]) -> tuple[object, ...]:
    labels = (finding.primary, *finding.related)
    # A trap is told by an example: which of several events shows it is up to the solver.
    message = "" if finding.rule is RuleId.TRAP else finding.message
    sentences = (message, *(label.text for label in labels), *finding.remedies)
    return (
        finding.rule,
        finding.severity,
        [clause.partition(":")[2] for clause in finding.clauses],
        [label.span.begin[0] for label in labels],
        [dotted.sub("•", _ARTICLE.sub("", sentence or "")) for sentence in sentences],
        len(finding.notes),
        finding.witness is not None,
    )
