"""From what the grammar recognised to the tree of a statement: one function per rule, from the leaves up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cbm.source import Source, Span
from cbm.syntax import tokens
from cbm.syntax.ast import Statement
from cbm.syntax.mistake import mistaken
from cbm.syntax.statements import (
    case_statements,
    channel_statements,
    day_rules,
    demand_rules,
    expression_rules,
    negotiated_statements,
    open_statements,
    text_statements,
    vocabulary_statements,
)
from cbm.syntax.tables.lalr import Token, Tree
from cbm.syntax.tokens import WORDS
from cbm.translation.saying import say

_MOST_DEPTH = 200

BUILDERS: Mapping[str, Callable[..., object]] = {
    **tokens.BUILDERS,
    **expression_rules.BUILDERS,
    **demand_rules.BUILDERS,
    **day_rules.BUILDERS,
    **vocabulary_statements.BUILDERS,
    **text_statements.BUILDERS,
    **open_statements.BUILDERS,
    **negotiated_statements.BUILDERS,
    **case_statements.BUILDERS,
    **channel_statements.BUILDERS,
}


# What a part of a statement stands for, and where it is written; a part may be there for the reader only.
_Built = tuple[bool, object, int, int]
_NOTHING_WRITTEN = -1


def build(source: Source, offset: int, tree: Tree) -> Statement:
    """The statement a tree stands for; raises Mistaken. The tree was read from `offset` of the source on.

    It does not call itself, so that brackets may be nested as deep as the language allows.
    """
    nodes = _leaves_first(tree)
    if len(nodes) > _MOST_DEPTH:
        _refuse_depth(source, offset, nodes)
    done: list[_Built] = []
    for node in nodes:
        if isinstance(node, Token):
            done.append(_built_word(source, offset, node))
        else:
            first = len(done) - len(node.parts)
            parts = done[first:]
            del done[first:]
            done.append(_built(source, node.rule, parts))
    return done[0][1]  # type: ignore[return-value]  # the start rule of the grammar derives statements only


def _leaves_first(tree: Tree) -> list[Tree | Token]:
    waiting: list[Tree | Token] = [tree]
    order: list[Tree | Token] = []
    while waiting:
        node = waiting.pop()
        order.append(node)
        if isinstance(node, Tree):
            waiting.extend(node.parts)
    order.reverse()
    return order


def _built_word(source: Source, offset: int, token: Token) -> _Built:
    start, end = offset + token.start, offset + token.end
    read = WORDS.get(token.kind)
    if read is None:
        return False, None, start, end
    return True, read(Span(source, start, end), token.text), start, end


def _built(source: Source, rule: str, parts: list[_Built]) -> _Built:
    start = end = _NOTHING_WRITTEN
    if parts:
        start = parts[0][2]
        last = -1
        while parts[last][3] == _NOTHING_WRITTEN:
            last -= 1
        end = parts[last][3]
    values = [part[1] for part in parts if part[0]]
    return True, BUILDERS[rule](Span(source, start, end), *values), start, end


def _refuse_depth(source: Source, offset: int, nodes: list[Tree | Token]) -> None:
    """What comes after reading follows a condition from part to part: it must come to an end soon enough."""
    depths: list[int] = []
    for node in nodes:
        if isinstance(node, Token):
            depths.append(0)
            continue
        first = len(depths) - len(node.parts)
        operations = len(node.parts) // 2 if node.rule in ("sum", "product") else 1
        depth = max(depths[first:], default=0) + operations
        del depths[first:]
        depths.append(depth)
        if depth > _MOST_DEPTH:
            first_word: Tree | Token = node
            while isinstance(first_word, Tree):
                first_word = first_word.parts[0]
            _, _, start, end = _built_word(source, offset, first_word)
            message = say("more than {most} operations build on one another here", most=_MOST_DEPTH)
            raise mistaken(Span(source, start, end), message, say("give a part of them a name with `term`"))
