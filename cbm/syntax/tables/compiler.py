"""From the text of a grammar to parser tables, by Lark: all that Lark is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from re import match

from lark import Lark, Token
from lark.grammar import NonTerminal, Rule
from lark.lexer import TerminalDef
from lark.parsers.lalr_analysis import IntParseTable, Shift

from cbm.syntax.tables.parse_table import ParseTable, Production, Terminal

_START = "statement"


class _Anywhere:
    """Keeps Lark from leaving out terminals that no rule names."""

    def __init__(self, terminals: Collection[str]) -> None:
        self.always_accept = terminals

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


def compile_grammar(text: str, anywhere: Collection[str]) -> ParseTable:
    """The tables of single statements; the terminals named are taken in any place, whatever can follow."""
    lark = Lark(
        text,
        start=_START,
        parser="lalr",
        lexer="basic",  # it is never asked to read, and takes no time to make
        keep_all_tokens=True,
        maybe_placeholders=False,
        postlex=_Anywhere(anywhere),
    )
    table = lark.parser.parser.parser.parse_table
    states = _reached(table, table.start_states[_START])
    numbers = {state: number for number, state in enumerate(states)}
    productions = {rule: number for number, rule in enumerate(lark.rules)}
    return ParseTable(
        terminals=_terminals(lark.terminals),
        anywhere=tuple(sorted({*anywhere, *lark.ignore_tokens})),
        ignored=tuple(sorted(lark.ignore_tokens)),
        productions=tuple(map(_production, lark.rules)),
        rows=tuple(
            {
                symbol: numbers[following] if action is Shift else ~productions[following]
                for symbol, (action, following) in sorted(table.states[state].items())
            }
            for state in states
        ),
        end=numbers[table.end_states[_START]],
    )


def _reached(table: IntParseTable, start: int) -> list[int]:
    """All states, the first one first, in an order that depends on the grammar alone."""
    states = [start]
    known = {start}
    for state in states:
        for _, (action, following) in sorted(table.states[state].items()):
            if action is Shift and following not in known:
                known.add(following)
                states.append(following)
    return states


def _terminals(terminals: Collection[TerminalDef]) -> tuple[Terminal, ...]:
    """In the order in which Lark tries them."""
    ordered = sorted(terminals, key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name))
    return tuple(
        Terminal(t.name, t.pattern.to_regexp())
        if t.pattern.type == "re"
        else Terminal(t.name, t.pattern.to_regexp(), t.pattern.value, _among(t, ordered))
        for t in ordered
    )


def _among(word: TerminalDef, terminals: Collection[TerminalDef]) -> tuple[str, ...]:
    """The patterns of the same rank that find a word."""
    return tuple(
        t.name for t in terminals if t.pattern.type == "re" and t.priority == word.priority and _finds(t, word)
    )


def _finds(pattern: TerminalDef, word: TerminalDef) -> bool:
    found = match(pattern.pattern.to_regexp(), word.pattern.value)
    return found is not None and found[0] == word.pattern.value


def _production(rule: Rule) -> Production:
    return Production(
        symbol=str(rule.origin.name),
        node=str(rule.alias or rule.origin.name),
        size=len(rule.expansion),
        opened=tuple(
            place
            for place, symbol in enumerate(rule.expansion)
            if isinstance(symbol, NonTerminal) and symbol.name.startswith("_")
        ),
        passed=bool(rule.options.expand1 and not rule.alias),
    )
