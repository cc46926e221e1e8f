"""Layout is settled at once, and however a text was set, it says the same afterwards, with the same comments."""

from __future__ import annotations

import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cbm.formatting.line_layout import laid_out
from cbm.records import replace
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.pages.rooms import ROOT

ALL = sorted((path.read_text(encoding="utf-8") for path in ROOT.glob("specs/**/*.cbm")), key=len)
TEXTS = [text for text in ALL if len(text) < 5_000]  # what is longer says nothing else, and takes long to read
PARTS = re.compile(r'("[^"\n]*"|#[^\n]*)')


def set_loosely(text: str, chance: Random) -> str:
    """The same words with other blanks, tabs, blank lines and ends of lines."""
    return "".join(_loose_line(line, chance) for line in text.split("\n"))


def _loose_line(line: str, chance: Random) -> str:
    line = "".join(part if part[:1] in ('"', "#") else _loose_words(part, chance) for part in PARTS.split(line))
    line = chance.choice(("", "", " ", "   ", "\t", "\t  ")) + line.lstrip() + chance.choice(("", "", "  ", "\t"))
    return line + chance.choice(("\n", "\n", "\r\n", "\n\n", "\n \n\n"))


def _loose_words(words: str, chance: Random) -> str:
    words = re.sub(r" (<=|>=|!=|<|>|=) ", lambda found: chance.choice((found[0], found[1])), words)
    words = re.sub(r", (?![0-9])", lambda _: chance.choice((", ", ",", " ,  ")), words)
    words = re.sub(r"\b([0-9]),([0-9]{3}) (?=m\b|nmi\b)", lambda found: f"{found[1]}{found[2]} ", words)
    return re.sub(" ", lambda _: chance.choice((" ", " ", "  ", "\t")), words)


def spoken(text: str) -> object:
    """What a text says; the words of options as they stand in brackets without what layout sets in them."""
    tree, wrong = parse(Source("text.cbm", text))
    assert not wrong, wrong[0].message
    return [replace(document, choices=tuple(map(unset, document.choices))) for document in tree.documents]


def unset(choice: ast.Choice) -> ast.Choice:
    return replace(choice, options=tuple(replace(o, text=re.sub(r"[\s,]+", "", o.text)) for o in choice.options))


def comments(text: str) -> list[str]:
    return ["".join(part[1:].split()) for part in PARTS.findall(text) if part.startswith("#")]


@given(st.sampled_from(TEXTS), st.integers(0, 2**32))
def test_a_text_set_loosely(text: str, seed: int) -> None:
    loose = set_loosely(text, Random(seed))
    after = laid_out("text.cbm", loose)
    assert laid_out("text.cbm", after) == after
    assert spoken(after) == spoken(text)
    assert comments(after) == comments(text)
    assert not re.search(r"[ \t]$|\t|\n\n\n|\r", PARTS.sub("x", after), re.MULTILINE)


def test_sentences_of_a_clause_are_set_apart_by_a_blank_behind_the_semicolon() -> None:
    clause = "clause 1 JP must call ;must turn;  may lase;\n  CN must call"
    assert laid_out("a.cbm", clause) == "clause 1 JP must call; must turn; may lase;\n  CN must call\n"
