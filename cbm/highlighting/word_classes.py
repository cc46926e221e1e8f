"""The words of the language by what they do in a sentence: one list for every program that colours a text.

A phrase has single blanks here; in a text any blanks of one line stand for one. A test holds the lists against the
grammar: they have all of its words, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cbm.syntax.cutting.cut import LONGER_OPENINGS, OPENINGS
from cbm.syntax.signs import UNITS as UNITS

# What a statement begins with, where it stands first on its line.
BEGINNINGS = (*LONGER_OPENINGS, *OPENINGS)
# Of these, what a name is declared with.
DECLARATIONS = (
    "vocabulary", "instrument", "draft", "party", "kind", "situation", "counter", "channel", "language", "topic",
    "open term", "term", "act", "result", "options",
)  # fmt: skip
MODALS = ("must not", "shall not", "should not", "need not", "must", "shall", "should", "may")
# What ties one condition or one clause to another.
CONNECTIVES = (
    "in place of", "notwithstanding", "except when", "except while", "exception to", "subject to", "implies",
    "or neither", "otherwise", "unless", "except", "only if", "restates", "when", "while", "both", "and", "not", "or",
    "if", "then",
)  # fmt: skip
# How a source was read, what a text is and what it has become.
MARKS = (
    "seen secondary", "from memory", "own choice", "seen text", "in force", "not binding", "memorandum", "unilateral",
    "suspended", "political", "proposed", "track1_5", "adopted", "binding", "treaty", "track2",
)  # fmt: skip
OTHER_WORDS = (
    # who is bound, and by what
    "every type of", "for both", "towards all", "each party", "every unit", "meeting", "every", "any", "an", "a",
    "bound by nothing", "bound by", "applies when", "deems",
    "is deemed to comply with", "if it does", "keep", "with", "without", "stating", "acts", "covers",
    # when
    "not later than", "repeating up to", "over time", "not before", "not after", "as of", "up to", "at least",
    "at most", "less than", "more than", "before", "after", "until", "upon", "within", "occurs", "from", "on", "at",
    "of the year before that of", "of the year of", "once", "planned", "counts", "to", "over", "under", "in", "is",
    "by",
    # through which channel
    "falls back to", "acknowledged by", "operational from", "suspended from", "prior consent", "when closed",
    "at level", "or above", "worded in", "through", "messages", "refuses", "holds", "languages", "agreed", "delay",
    "level", "held", "open",
    # what a document and its words are
    "asymmetric because", "at thresholds", "per party", "one of", "continues", "succeeds", "requires", "because",
    "between", "beside", "status", "source", "shared", "delete", "means", "also", "rank", "text", "uses", "each",
    "for", "of", "need", "as",
    # what is expected of a text
    "possible", "never", "but", "no",
)  # fmt: skip
# Of these, what has several words: it is looked for first, since one of them may be of another class by itself.
LONGER_WORDS = tuple(phrase for phrase in OTHER_WORDS if " " in phrase)


def pattern_of(phrases: Iterable[str]) -> str:
    """A regular expression for these phrases as whole words, the longest first."""
    longest = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(r"[ \t]+".join(map(re.escape, phrase.split())) for phrase in longest)
    return rf"(?<![\w.-])(?:{either})(?![\w-])"
