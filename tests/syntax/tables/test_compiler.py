"""Tables of a grammar: made of the grammar alone, the same whenever they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cbm.syntax.tables.compiler import compile_grammar
from cbm.syntax.tables.lalr import Parser, Token, Tree, Unexpected

ROOT = Path(__file__).parents[3]
SUMS = """\
?statement: sum | _list
?sum: NUMBER | sum "plus" NUMBER
_list: "list" NUMBER ("," NUMBER)*
NAME: /[a-z]+/
NUMBER: /[0-9]+/
WHEN: "when"
%ignore " "
"""
HASHES = """
import hashlib
from cbm.syntax.tables.grammar import make
print(hashlib.sha256(repr(make()).encode()).hexdigest())
"""


def read(text: str) -> Tree:
    return Parser(compile_grammar(SUMS, ("NAME", "WHEN"))).parse(text)


def refused(text: str) -> tuple[int, frozenset[str]]:
    parser = Parser(compile_grammar(SUMS, ("NAME", "WHEN")))
    with pytest.raises(Unexpected) as caught:
        parser.parse(text)
    return caught.value.start, parser.acceptable(caught.value.states)


def test_a_tree_has_its_words_with_their_places() -> None:
    number, plus, other = Token("NUMBER", "1", 0, 1), Token("PLUS", "plus", 2, 6), Token("NUMBER", "22", 7, 9)
    assert read("1 plus 22") == Tree("sum", [number, plus, other])


def test_what_a_rule_repeats_stands_in_one_list() -> None:
    tree = read("list 1 , 2 ,3")
    assert [part.text for part in tree.parts if isinstance(part, Token)] == ["list", "1", ",", "2", ",", "3"]


def test_words_are_read_whole() -> None:
    assert refused("1 plusx 2") == (2, frozenset({"PLUS", "$END"}))
    assert refused("1 when 2") == (2, frozenset({"PLUS", "$END"}))


def test_what_is_no_word_and_what_ends_too_soon_is_refused_in_its_place() -> None:
    assert refused("1 § 2") == (2, frozenset({"PLUS", "$END"}))
    assert refused("1 plus ") == (7, frozenset({"NUMBER"}))


def test_the_same_grammar_gives_the_same_tables() -> None:
    """A package that is built twice is the same to the byte."""

    def made(seed: str) -> str:
        settings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", HASHES]
        return subprocess.run(command, capture_output=True, text=True, env=settings, check=True).stdout

    assert made("1") == made("2") != ""
