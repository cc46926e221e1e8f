"""Authors of changes to the parties that they speak for: as somebody says, or as their own names tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from cbm.files import read_library, standard_file
from cbm.syntax import ast

_VOCABULARY = "encounters"
# What the head of a proposal says beside whose it is.
_PROPOSAL = re.compile(
    r"(?i:\b(?:proposals?|proposed|text|version|draft|position|delegation|side|option|by|of|from|the)\b|[’']s\b)"
    r"|(?:代表团|代表団)?[の的]?(?:提案|案文|方案|文本|案)?\s*[:：]?$"
)
_HAN = re.compile("[\u4e00-\u9fff]")


@cache
def party_titles() -> tuple[tuple[str, str], ...]:
    """What parties are called in each language, and under which name the standard vocabulary has them."""
    path = standard_file(_VOCABULARY)
    library = read_library([path]) if path else None
    declared = [
        statement
        for document in (library.documents.values() if library else ())
        for statement in document.statements
        if isinstance(statement, ast.PartyDeclaration)
    ]
    titles = tuple((title.text, party.name.text) for party in declared for title in party.titles)
    return (*titles, *_short_forms(titles))


def _short_forms(titles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """`中方`, `日本側`: how Chinese and Japanese speak of a side, where no other party begins alike."""
    by_sign: dict[str, set[str]] = {}
    named = [(title, party) for title, party in titles if _HAN.match(title)]
    for title, party in named:
        by_sign.setdefault(title[0], set()).add(party)
    for title, party in named:
        for side in "方侧側":
            yield f"{title}{side}", party
            if len(by_sign[title[0]]) == 1:
                yield f"{title[0]}{side}", party


class DelegationNames:
    """Which party an author of changes speaks for."""

    def __init__(self, given: Mapping[str, str], titles: Iterable[tuple[str, str]]) -> None:
        self._given = {_folded(author): party for author, party in given.items()}
        self._titles = tuple(titles)
        self.unknown: dict[str, None] = {}  # who was asked about and spoke for nobody known

    def party(self, author: str) -> str:
        """The name of the party; empty where neither somebody said it nor the author is called like just one."""
        if party := self._given.get(_folded(author)):
            return party
        names = {name for _, name in self._titles}
        words: set[str] = set(re.findall(r"[^\W_]+", author))
        found = (words & names) or {name for title, name in self._titles if _folded(title) in _folded(author)}
        if len(found) == 1:
            return next(iter(found))
        self.unknown[author] = None
        return ""

    def proposer(self, head: str) -> str:
        """The party whose proposal stands below a head such as `China`, `Proposal of Japan`; empty where none is named.

        What else a head says (“Remarks by Japan”) makes it another one.
        """
        words = _PROPOSAL.sub(" ", head).split()
        folded = _folded(" ".join(words))
        return self._given.get(folded) or next(
            (name for title, name in self._titles if folded in (_folded(title), name.lower())), ""
        )


def _folded(name: str) -> str:
    return " ".join(name.split()).lower()
