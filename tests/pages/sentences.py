"""What became of each sentence that is known of an instrument: rendered by clauses, not operative, or left out."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cbm.resolve.labels import full_label
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse

SPECS = Path(__file__).parents[2] / "specs"
LEFT_OUT, NOT_OPERATIVE, TIED = "left out", "not operative", "tied"


@dataclass(frozen=True)
class Ledger:
    """The sentences of texts that render one instrument, or several of one kind, with what is said of each."""

    texts: tuple[str, ...]
    sentences: Mapping[str, str]

    def fates(self) -> Iterator[tuple[str, str]]:
        """Each sentence with what became of it; a ValueError where the texts do not say so."""
        for sentence, said in self.sentences.items():
            if said == NOT_OPERATIVE:
                yield sentence, NOT_OPERATIVE
            elif said.startswith(LEFT_OUT):
                if not self._is_left_out(said.removeprefix(LEFT_OUT).strip()):
                    raise ValueError(f"{self.texts[0]}, {sentence}: nothing is {said}")
                yield sentence, LEFT_OUT
            else:
                for clause in said.split(", "):
                    if not list(self._clauses(clause)):
                        raise ValueError(f"{self.texts[0]}, {sentence}: no clause {clause}")
                yield sentence, TIED

    def share(self) -> str:
        """`24 of 31`: how many of those that ask or grant something are rendered."""
        known = Counter(fate for _, fate in self.fates())
        return f"{known[TIED]} of {known[TIED] + known[LEFT_OUT]}"

    def _is_left_out(self, name: str) -> bool:
        return any((True, name) in provisions()[text] for text in self.texts)

    def without_a_sentence(self) -> list[str]:
        """The clauses that render no sentence that is known."""
        saying = [said for said in self.sentences.values() if said != NOT_OPERATIVE and not said.startswith(LEFT_OUT)]
        tied = {clause for said in saying for each in said.split(", ") for clause in self._clauses(each)}
        return [f"{name} of {text}" for text in self.texts for name in _clauses_of(text) if (text, name) not in tied]

    def _clauses(self, said: str) -> Iterator[tuple[str, str]]:
        """The clauses of this label, or parts of it, with their texts: of the text that is named, or of all."""
        label, _, text = said.partition(" of ")
        parts = (f"{label}(", f"{label}.", f"{label} bis")
        for one in (text,) if text else self.texts:
            yield from ((one, name) for name in _clauses_of(one) if name == label or name.startswith(parts))


@cache
def ledgers() -> tuple[Ledger, ...]:
    """All that is known, in the order of the file."""
    known = tomllib.loads((SPECS / "sentences.toml").read_text(encoding="utf-8"))
    return tuple(Ledger(tuple(entry.pop("texts")), entry) for entry in known.values())


@cache
def provisions() -> Mapping[str, tuple[tuple[bool, str], ...]]:
    """By the name of each text that comes with cbm: whether a provision is left out, and what it is called."""
    found: dict[str, tuple[tuple[bool, str], ...]] = {}
    for path in sorted(SPECS.rglob("*.cbm")):
        file, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
        for document in file.documents:
            if isinstance(document.header, ast.TextHeader):
                found[document.header.name.text] = tuple(_provisions(document))
    return found


def _clauses_of(text: str) -> list[str]:
    return [name for left_out, name in provisions()[text] if not left_out]


def _provisions(document: ast.Document) -> Iterator[tuple[bool, str]]:
    article = ""
    for statement in document.statements:
        match statement:
            case ast.ArticleHeading(label):
                article = label
            case ast.LeftOut(label, titles):
                yield from ((True, name) for name in (label, *(title.text for title in titles)) if name)
            case ast.NormClause() | ast.ScopeClause() | ast.ExceptionClause() | ast.DeemingClause():
                yield False, full_label(article, statement.label)
            case ast.WithoutPrejudice():
                yield False, full_label(article, statement.label)
            case _:
                pass
