"""From what the grammar recognised to the tree of a statement: one function per rule, from the leaves up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from lark import Token, Tree

from cbm.source import Source, Span
from cbm.syntax import cases, demands, expressions, texts, vocabularies, words
from cbm.syntax.ast import Statement

BUILDERS: Mapping[str, Callable[..., object]] = {
    **words.BUILDERS,
    **expressions.BUILDERS,
    **demands.BUILDERS,
    **vocabularies.BUILDERS,
    **texts.BUILDERS,
    **cases.BUILDERS,
}


class _Built(NamedTuple):
    """What a part of a statement stands for, and where it is written; a word may be there for the reader only."""

    telling: bool
    value: object
    start: int
    end: int


def build(source: Source, tree: Tree[Token]) -> Statement:
    """The statement a tree stands for; raises Mistaken. Offsets of the tree are those of the source.

    It does not call itself, so that brackets may be nested as deep as the language allows.
    """
    done: list[_Built] = []
    for node in _leaves_first(tree):
        if isinstance(node, Token):
            done.append(_built_word(source, node))
        else:
            first = len(done) - len(node.children)
            parts = done[first:]
            del done[first:]
            done.append(_built(source, node.data, parts))
    return done[0].value  # type: ignore[return-value]  # the start rule of the grammar derives statements only


def _leaves_first(tree: Tree[Token]) -> Iterable[Tree[Token] | Token]:
    waiting: list[Tree[Token] | Token] = [tree]
    order: list[Tree[Token] | Token] = []
    while waiting:
        node = waiting.pop()
        order.append(node)
        if isinstance(node, Tree):
            waiting.extend(node.children)
    return reversed(order)


def _built_word(source: Source, token: Token) -> _Built:
    start, end = token.start_pos or 0, token.end_pos or 0
    read = words.WORDS.get(token.type)
    if read is None:
        return _Built(False, None, start, end)
    return _Built(True, read(Span(source, start, end), token.value), start, end)


def _built(source: Source, rule: str, parts: list[_Built]) -> _Built:
    start, end = -1, -1
    for part in parts:
        if part.start >= 0:
            start = part.start if start < 0 else start
            end = part.end
    values = [part.value for part in parts if part.telling]
    return _Built(True, BUILDERS[rule](Span(source, start, end), *values), start, end)
