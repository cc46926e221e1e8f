"""From a text to its parse tree by tables: LALR(1), with a scanner that knows what can follow (a contextual lexer).

The tables are made by Lark, and a text is read as Lark would read it: a law of the tests. Its own parser takes as long
to load as everything else that a check loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from cbm.records import Record
from cbm.syntax.tables.parse_table import ParseTable, Production, Terminal

END = "$END"

_Match = Callable[[str, int], "re.Match[str] | None"]
_ONE_WAY = re.compile(r"[A-Za-z][A-Za-z ]")  # a pattern that is a word, as far as it has no alternatives
_FEW = 24  # places of a text at which terminals are tried one by one
# What is tried in turn at a place of a text, and the terminal of each word that another pattern finds, by that pattern.
_Scanner = tuple[list[_Match], dict[str, dict[str, str]]]


class Token(Record):
    """A word of a text, and what kind of terminal it is."""

    kind: str
    text: str
    start: int
    end: int


class Tree(Record):
    """What a rule of the grammar recognised."""

    rule: str
    parts: list[Tree | Token]


class Unexpected(Exception):
    """Nothing in the grammar goes on with what stands at `start`, which may be the end; `states` is how far it was."""

    def __init__(self, start: int, states: Sequence[int]) -> None:
        super().__init__(start)
        self.start = start
        self.states = tuple(states)


class Parser:
    """Reads texts by the tables of one grammar; what it needs for each state is made when the state is first met."""

    def __init__(self, tables: ParseTable) -> None:
        self.tables = tables
        self._scanners: dict[int, _Scanner] = {}
        self._matches: dict[tuple[str, ...], _Match] = {}
        self._tried: dict[tuple[str, ...], list[tuple[list[_Match], int]]] = {}  # where each of them is tried
        self._alone: dict[str, _Match] = {}

    def parse(self, text: str) -> Tree:
        """The tree of the whole text; raises Unexpected."""
        rows, ignored = self.tables.rows, self.tables.ignored
        states, values = [0], list[Tree | Token]()
        position = 0
        while True:
            state = states[-1]
            matches, words = self._scanners.get(state) or self._scanner(state)
            for match in matches:
                if found := match(text, position):
                    break
            else:
                if position < len(text):
                    raise Unexpected(position, states)
                self._reduce(END, states, values, position)
                (tree,) = values
                assert isinstance(tree, Tree)
                return tree
            kind = found.lastgroup or ""
            if kind in ignored:
                position = found.end()
                continue
            word = found[0]
            if kind in words:
                kind = words[kind].get(word, kind)
            following = rows[state].get(kind)
            if following is None or following < 0:
                following = self._reduce(kind, states, values, position)
            start, position = position, found.end()
            states.append(following)
            values.append(Token(kind, word, start, position))

    def acceptable(self, states: Sequence[int]) -> frozenset[str]:
        """The terminals, and END, that could come next."""
        candidates = {name for name in self.tables.rows[states[-1]] if name == END or name.isupper()}
        return frozenset(name for name in candidates if self._accepts(name, states))

    def pattern(self, terminal: str) -> str:
        """The regular expression of a kind of word."""
        return next(known.pattern for known in self.tables.terminals if known.name == terminal)

    def _reduce(self, kind: str, states: list[int], values: list[Tree | Token], position: int) -> int:
        """Completes what is complete before a word of this kind, and says which state the word leads to."""
        rows, productions = self.tables.rows, self.tables.productions
        before = states.copy()
        while (following := rows[states[-1]].get(kind)) is not None:
            if following >= 0:
                return following
            production = productions[~following]
            first = len(values) - production.size
            parts = values[first:]
            del values[first:]
            del states[len(states) - production.size :]
            values.append(_node(production, parts))
            states.append(rows[states[-1]][production.symbol])
            if kind == END and states[-1] == self.tables.end:
                return self.tables.end
        raise Unexpected(position, before)

    def _accepts(self, kind: str, states: Sequence[int]) -> bool:
        left = list(states)
        while (following := self.tables.rows[left[-1]].get(kind)) is not None:
            if following >= 0:
                return True
            production = self.tables.productions[~following]
            del left[len(left) - production.size :]
            left.append(self.tables.rows[left[-1]][production.symbol])
            if kind == END and left[-1] == self.tables.end:
                return True
        return False

    def _scanner(self, state: int) -> _Scanner:
        row, anywhere = self.tables.rows[state], self.tables.anywhere
        taken = [terminal for terminal in self.tables.terminals if terminal.name in row or terminal.name in anywhere]
        names = {terminal.name for terminal in taken}
        words: dict[str, dict[str, str]] = {}
        for terminal in taken:
            for name in names.intersection(terminal.among):
                words.setdefault(name, {})[terminal.word or ""] = terminal.name
        # What finds many words is a large pattern: it stands alone, so that all states share it.
        groups = groupby(
            (terminal for terminal in taken if names.isdisjoint(terminal.among)),
            lambda terminal: terminal.name if terminal.name in words else "",
        )
        matches: list[_Match] = []
        for _, group in groups:
            self._add(matches, tuple(group))
        made = self._scanners[state] = matches, words
        return made

    def _add(self, matches: list[_Match], terminals: Sequence[Terminal]) -> None:
        """Many states differ only in words that are found as names: they share the rest."""
        key = tuple(terminal.name for terminal in terminals)
        if key not in self._matches:
            self._matches[key] = self._in_turn(key, terminals)
        self._tried.setdefault(key, []).append((matches, len(matches)))
        matches.append(self._matches[key])

    def _in_turn(self, key: tuple[str, ...], terminals: Sequence[Terminal]) -> _Match:
        """Tries one terminal after the other: most texts are short, and one pattern of all of them is slow to compile.

        From some number of places on it is made all the same, and then tried in place of this.
        """
        begins = [(_begins_with(terminal.pattern), terminal) for terminal in terminals]
        tried = 0

        def match(text: str, position: int) -> re.Match[str] | None:
            nonlocal tried
            tried += 1
            if tried > _FEW:
                either = "|".join(f"(?P<{terminal.name}>{terminal.pattern})" for terminal in terminals)
                joined = self._matches[key] = re.compile(either).match
                for matches, place in self._tried[key]:
                    matches[place] = joined
                return joined(text, position)
            for letter, terminal in begins:
                if text.startswith(letter, position) and (found := self._found_alone(terminal)(text, position)):
                    return found
            return None

        return match

    def _found_alone(self, terminal: Terminal) -> _Match:
        known = self._alone.get(terminal.name)
        if known is None:
            known = self._alone[terminal.name] = re.compile(f"(?P<{terminal.name}>{terminal.pattern})").match
        return known


def _begins_with(pattern: str) -> str:
    """The letter that all begins with that a pattern finds; nothing where it cannot be seen at once."""
    return pattern[0] if _ONE_WAY.match(pattern) and "|" not in pattern else ""


def _node(production: Production, parts: list[Tree | Token]) -> Tree | Token:
    if production.opened:
        parts = _opened(parts, production.opened)
    if production.passed and len(parts) == 1:
        return parts[0]
    return Tree(production.node, parts)


def _opened(parts: list[Tree | Token], places: Sequence[int]) -> list[Tree | Token]:
    """With the parts of some in their place; what grows from part to part is one list that is added to."""
    result: list[Tree | Token] = []
    for place, part in enumerate(parts):
        if place not in places:
            result.append(part)
            continue
        assert isinstance(part, Tree)
        if result:
            result.extend(part.parts)
        else:
            result = part.parts
    return result
