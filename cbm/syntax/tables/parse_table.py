"""Parser tables: a grammar worked out for reading from left to right, one word ahead; data that a file can hold."""

from __future__ import annotations

from cbm.records import Record


class Terminal(Record):
    """A kind of word: `pattern` is a regular expression.

    Where it is a single word of the language, `among` are the kinds whose patterns match it too: it is found by them.
    """

    name: str
    pattern: str
    word: str | None = None
    among: tuple[str, ...] = ()


class Production(Record):
    """A rule of the grammar, as the parts that it puts together and the node that it makes of them."""

    symbol: str  # what it is one form of
    node: str  # what the node is called
    size: int  # how many parts it has
    opened: tuple[int, ...] = ()  # which of them stand for their own parts
    passed: bool = False  # a part that is alone stands for the node


class ParseTable(Record):
    """What is known of a grammar once it has been compiled.

    `rows` say for each state and each symbol what comes next: a state to go to, or `~number` of the production that is
    complete. Reading begins in the first state and is over in the `end`. A state takes the terminals of its row and
    those that are taken `anywhere`.
    """

    terminals: tuple[Terminal, ...]  # in the order in which they are tried
    anywhere: tuple[str, ...]
    ignored: tuple[str, ...]
    productions: tuple[Production, ...]
    rows: tuple[dict[str, int], ...]
    end: int
