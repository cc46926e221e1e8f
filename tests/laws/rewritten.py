"""Texts in the language written in another way: every name replaced where it stands, a vocabulary in another order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse

from .changes import mixed, rebuilt

VOCABULARY = Path(__file__).parents[2] / "specs" / "vocabulary" / "encounters.cbm"
# What stands in its place in a vocabulary, since what follows belongs to it.
_PLACED = ast.SituationDeclaration | ast.RolesDeclaration | ast.AttributeBlock | ast.TypesDeclaration


def names_of(*texts: str) -> list[str]:
    """Every name in these texts, in alphabetical order."""
    return sorted({text[start:end] for text in texts for start, end in _places(text)})


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with these names in place of its own."""
    pieces, last = [], 0
    for start, end in _places(text):
        pieces += [text[last:start], names[text[start:end]]]
        last = end
    return "".join((*pieces, text[last:]))


def in_another_order(vocabulary: str, chance: Random) -> str:
    """The vocabulary with its statements shuffled, but for those that others belong to."""
    (document,) = parse(Source("vocabulary.cbm", vocabulary))[0].documents
    placed = [s for s in document.statements if isinstance(s, _PLACED)]
    others = [s for s in document.statements if not isinstance(s, _PLACED)]
    statements = mixed(others, chance)
    somewhere = chance.randrange(len(statements) + 1)
    written = [document.header, *statements[:somewhere], *placed, *statements[somewhere:]]
    return "\n".join(piece.span.text for piece in written) + "\n"


@lru_cache(maxsize=8)
def _places(text: str) -> list[tuple[int, int]]:
    """Where the names stand, in order; what the language itself calls sorts is no name."""
    file, findings = parse(Source("text.cbm", text))
    assert findings == ()
    kinds = {
        s.name.text for document in file.documents for s in document.statements if isinstance(s, ast.KindDeclaration)
    }
    found: set[tuple[int, int]] = set()

    def note(part: object) -> object:
        if isinstance(part, ast.SortSyntax) and part.name.text not in kinds:
            return part
        if isinstance(part, ast.Name):
            found.add((part.span.start, part.span.end))
        return None

    rebuilt(file, note)
    return sorted(found)
