"""Statements are read as Lark reads them: the same trees, and where there is none the same place and expectations."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import findall

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lark import Lark
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from cbm.syntax.cutting.cut import cut
from cbm.syntax.tables.grammar import WHOLE, grammar, grammar_text
from cbm.syntax.tables.lalr import END, Parser, Token, Tree, Unexpected

ROOT = Path(__file__).parents[4]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("specs/**/*.cbm"))]
STATEMENTS = [text[piece.start : piece.end] for text in TEXTS for piece in cut(text, 0, len(text))]
WORDS = sorted({word for text in TEXTS for word in findall(r'"[^"\n]*"|\w+|\S', text)})
SIGNS = ["", "\n", " ", "§", "#", '"', "0", ".", "\x00", "５", "é", "中"]


class WholeWords:
    always_accept = WHOLE

    def process(self, stream: Iterator[LarkToken]) -> Iterator[LarkToken]:
        return stream


@cache
def lark() -> Lark:
    return Lark(
        grammar_text(),
        start="statement",
        parser="lalr",
        lexer="contextual",
        keep_all_tokens=True,
        maybe_placeholders=False,
        postlex=WholeWords(),
    )


def outcome(text: str) -> object:
    """The tree as pairs; or how far reading got, and what could have followed."""
    try:
        return _pairs(grammar().parse(text))
    except Unexpected as error:
        return error.start, grammar().acceptable(error.states)


def _pairs(tree: Tree | Token) -> object:
    if isinstance(tree, Token):
        return tree.kind, tree.text, tree.start, tree.end
    return tree.rule, [_pairs(part) for part in tree.parts]


def outcome_by_lark(text: str) -> object:
    try:
        return _pairs_of_lark(lark().parse(text))
    except UnexpectedInput as error:
        at = _place(error, len(text))
    # Once a word is refused, Lark no longer knows all that could have stood in its place: it reads again, up to there.
    reader = lark().parse_interactive(text)
    try:
        for token in reader.iter_parse():
            if (token.start_pos or 0) >= at:
                break
    except UnexpectedInput:
        pass
    return at, reader.accepts()  # type: ignore[no-untyped-call]  # lark gives it no types


def _place(error: UnexpectedInput, end: int) -> int:
    match error:
        case UnexpectedToken(token=token) if token.type != END:
            return token.start_pos or 0
        case UnexpectedCharacters():
            return error.pos_in_stream  # type: ignore[return-value]  # lark says it is None
        case _:
            return end


def _pairs_of_lark(tree: LarkTree[LarkToken] | LarkToken) -> object:
    if isinstance(tree, LarkToken):
        return tree.type, str(tree), tree.start_pos, tree.end_pos
    return str(tree.data), [_pairs_of_lark(part) for part in tree.children]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.split("\n", 1)[0][:40])
def test_shipped_texts(text: str) -> None:
    for piece in cut(text, 0, len(text)):
        statement = text[piece.start : piece.end]
        assert outcome(statement) == outcome_by_lark(statement)


@given(st.sampled_from(STATEMENTS), st.randoms(use_true_random=False), st.integers(1, 3))
@example("clause 3 a must call", random.Random(1), 0)
@example("", random.Random(1), 0)
@example("  # nothing", random.Random(1), 0)
def test_damaged_statements(statement: str, chance: random.Random, damages: int) -> None:
    for _ in range(damages):
        start = chance.randrange(len(statement) + 1)
        word = chance.choice([chance.choice(SIGNS), f" {chance.choice(WORDS)} "])
        statement = statement[:start] + word + statement[start + chance.choice([0, 1, 3, 8]) :]
    assert outcome(statement) == outcome_by_lark(statement)


@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=30).map(" ".join))
def test_any_words(text: str) -> None:
    assert outcome(text) == outcome_by_lark(text)


@pytest.mark.parametrize("text", STATEMENTS[:: len(STATEMENTS) // 60])
def test_a_text_is_read_alike_the_first_time_and_after_many(text: str) -> None:
    """At first one terminal is tried after the other, and later all of them at once."""
    assert _read(Parser(grammar().tables), text) == _read(grammar(), text)


def _read(parser: Parser, text: str) -> Tree | tuple[int, tuple[int, ...]]:
    """The tree, or how far it was read."""
    try:
        return parser.parse(text)
    except Unexpected as end:
        return end.start, end.states


def test_where_much_is_read_all_terminals_are_tried_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parser, compiled, compiling = Parser(grammar().tables), list[str](), re.compile

    def note(expression: str) -> re.Pattern[str]:
        compiled.append(expression)
        return compiling(expression)

    monkeypatch.setattr(re, "compile", note)
    clause = "clause 1 a warship must not lase"
    for _ in range(40):
        parser.parse(clause)
    assert any(")|(?P<" in expression for expression in compiled)
    compiled.clear()
    parser.parse(clause)
    assert compiled == []
