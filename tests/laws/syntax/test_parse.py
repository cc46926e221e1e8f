"""Whatever is written, reading it ends with a tree and findings whose places lie within the text."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cbm.finding import Finding, Severity
from cbm.source import Source
from cbm.syntax.ast import File
from cbm.syntax.cutting.cut import cut
from cbm.syntax.parse import parse

PAGE = Path(__file__).parents[3] / "grammar" / "README.md"
SAMPLES = [part.split("```")[0] for part in PAGE.read_text(encoding="utf-8").split("```cbm\n")[1:]]
WORDS = sorted({word for sample in SAMPLES for word in sample.split()})
SIGNS = [
    "\n",
    " ",
    '"',
    "(",
    ")",
    ",",
    "#",
    "\r",
    "\x00",
    "\u202e",
    "，",
    "５",
    "é",
    "中",
    "`",
    ":",
    "\ufeff",
    "½",
    "```cbm\n",
]

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=60).map(" ".join),
    st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=60).map("\n".join),
)


def read(text: str, name: str = "text.cbm") -> tuple[File, tuple[Finding, ...]]:
    """Read, with all that holds whatever the text is."""
    source = Source(name, text)
    file, findings = parse(source)
    assert file.source is source
    for finding in findings:
        assert (finding.rule, finding.severity) == ("syntax", Severity.ERROR)
        assert finding.message
        assert "\n" not in finding.message
        for label in (finding.primary, *finding.related):
            assert label.span.source is source
            assert 0 <= label.span.start <= label.span.end <= len(text)
    assert list(findings) == sorted(findings, key=lambda finding: finding.primary.span.start)
    for document in file.documents:
        assert document.span.text
        for one, other in pairwise((document.header, *document.statements)):
            assert one.span.end <= other.span.start or one.span.start == other.span.start  # wordings of one statement
    return file, findings


@given(texts, st.sampled_from(["text.cbm", "text.cbm.md"]))
def test_reading_always_ends_well(text: str, name: str) -> None:
    read(text, name)


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 20), texts), max_size=4))
def test_so_it_does_for_texts_that_were_damaged(sample: str, damages: list[tuple[int, int, str]]) -> None:
    text = sample
    for start, length, replacement in damages:
        at = start % (len(text) + 1)
        text = text[:at] + replacement + text[at + length :]
    read(text)


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False))
def test_so_it_does_for_texts_whose_words_were_mixed(sample: str, chance: random.Random) -> None:
    words = sample.split(" ")
    for _ in range(5):
        one, other = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    read(" ".join(words))


@given(st.sampled_from(SAMPLES), st.integers(0, 2_000), st.sampled_from(WORDS))
def test_one_word_too_many_gives_two_messages_at_most(sample: str, position: int, word: str) -> None:
    """The statement it stands in may be cut in two by it, or a header be lost."""
    lines = sample.splitlines(keepends=True)
    at = position % len(lines)
    lines[at] = lines[at].rstrip("\n") + f" {word}\n"
    _, findings = read("".join(lines))
    assert len(findings) <= 2


@given(st.sampled_from(SAMPLES), st.sampled_from(["\n", "\r\n", " # a remark\n", ' # "open (\n', "\t\n\n"]))
def test_line_ends_and_remarks_change_nothing(sample: str, line_end: str) -> None:
    plain, none = read(sample)
    assert none == ()
    other, still_none = read(sample.replace("\n", line_end))
    assert still_none == ()
    assert other.documents == plain.documents


@given(st.sampled_from(SAMPLES))
def test_reading_twice_gives_the_same(sample: str) -> None:
    assert read(sample)[0].documents == read(sample)[0].documents


@given(texts)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    pieces = list(cut(text, 0, len(text)))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.start <= piece.opening_end <= piece.end for piece in pieces)
