"""Where a new clause goes in a text, and which label it gets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbm.repair.editable_text import Sheet, line_break, put_in
from cbm.resolve.labels import clause_label, full_label
from cbm.source import Edit
from cbm.syntax import ast

_NUMBER_AT_END = re.compile(r"\d+$")
_FURTHER = (" bis", " ter", " quater")
_INDENT = "  "
# What a clause that cbm adds is called, and the article it is put in if no other one fits.
PROPOSED = "Proposed"


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses under one heading, or before any; `proposed`: the heading is that of an article that was added."""

    article: str
    proposed: bool
    clauses: tuple[ast.Clause, ...]

    @property
    def scoped(self) -> bool:
        """Whether a condition of the article narrows what follows."""
        return any(isinstance(clause, ast.ScopeClause) for clause in self.clauses)


def sections(document: ast.Document) -> Iterator[Section]:
    """The sections of a text that have clauses, in order."""
    article, proposed, found = "", False, list[ast.Clause]()
    for statement in document.statements:
        if isinstance(statement, ast.ArticleHeading):
            if found:
                yield Section(article, proposed, tuple(found))
            proposed = any(title.text == PROPOSED for title in statement.titles)
            article, found = statement.label, []
        elif isinstance(statement, ast.Clause):  # terms, promises, ties and what is left out stand anywhere
            found.append(statement)
    if found:
        yield Section(article, proposed, tuple(found))


def new_clause(sheet: Sheet, section: Section, body: Sequence[str]) -> tuple[str, Edit] | None:
    """A clause behind the last one of the section, with a label that is free; the full label, and the edit."""
    written = _free_label(sheet, section.article, clause_label(section.clauses[-1]))
    if written is None:
        return None
    return full_label(section.article, written), _behind(section.clauses[-1], f"clause {written}", body)


def new_article(sheet: Sheet, body: Sequence[str]) -> tuple[str, Edit]:
    """A clause in an article of its own, behind all others."""
    found = list(sections(sheet.document))
    numbers = [int(label.split(".")[0]) for label in sheet.taken if re.match(r"\d+(\.|$)", label)]
    number = max(numbers, default=0) + 1
    heading = f'article {number} "{PROPOSED}"'
    between = 2 * line_break(sheet.document.span.source)
    return f"{number}.1", _behind(found[-1].clauses[-1], f"{heading}{between}clause {number}.1", body)


def _behind(last: ast.Clause, head: str, body: Sequence[str]) -> Edit:
    """In as many lines as the clause before it takes: all in one, or one for each part."""
    end = line_break(last.span.source)
    on_lines = "\n" in last.span.text
    gap, between = (2 * end, f"{end}{_INDENT}") if on_lines else (end, " ")
    return put_in(last.span, f'{gap}{head} "{PROPOSED}"{between}{between.join(body)}')


def _free_label(sheet: Sheet, article: str, last: str) -> str | None:
    """The label after the last one; None if none is free that would go on in the same way."""
    number = _NUMBER_AT_END.search(last)
    if number is None:
        candidates = (f"{last}{further}" for further in _FURTHER)
    else:
        first = int(number[0]) + 1
        candidates = (f"{last[: number.start()]}{n}" for n in range(first, first + len(sheet.taken) + 1))
    return next((label for label in candidates if full_label(article, label) not in sheet.taken), None)
