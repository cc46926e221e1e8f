"""A text of which statements are known is read as if none were: every node, every value, every place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.cache.statement_file import statements_kept_in
from cbm.finding import Finding
from cbm.source import Source
from cbm.syntax.ast import Document
from cbm.syntax.known_statements import StatementData, statements_kept
from cbm.syntax.parse import headers, parse
from tests.laws.sparing import sparingly
from tests.syntax.test_places import nodes
from tests.syntax.test_reference import PAGE

DRAFTS = Path(__file__).parents[2] / "specs" / "drafts"
LINES = """\
# A remark.
draft code "A code" zh "准则"
  uses encounters
  between CN, JP
clause 1 a frigate when fog must call
clause 1 a frigate when fog must call
clause 2 a unit must [1: call / answer]
options 1 "what is done"
option 1 of 1 "call"
end of options
clause 3 when fog a unit must
clause 4 a frigate must keep separation >= 500 m  # a remark
  text en "500 metres away"
clause 5 a frigate must keep separation >= 500 n
covers separation in every type of encounter
vocabulary strait
each
  party : party
  craft "the craft" : craft
cases "Meetings" for code
case "they meet" as of 2020-01-01
  given own.craft is frigate and (fog or not fog)
  expect conflict 1, 4
""".splitlines(keepends=True)


class Memory:
    """What is known of texts in this process."""

    def __init__(self) -> None:
        self.known: dict[str, StatementData] = {}
        self.writes = 0

    def get(self, name: str) -> StatementData | None:
        return self.known.get(name)

    def put(self, name: str, data: StatementData) -> None:
        self.known[name] = data
        self.writes += 1


def read(text: str, memory: Memory, name: str = "code.cbm") -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    with statements_kept(memory):
        file, findings = parse(Source(name, text))
    return file.documents, findings


def alike(text: str, memory: Memory, name: str = "code.cbm") -> bool:
    """Whether the text is read as it is without anything known."""
    (documents, findings), (file, others) = read(text, memory, name), parse(Source(name, text))
    assert all(span.source.text is text for _, span in nodes(documents))
    there, here = nodes(file.documents), nodes(documents)
    same = [(type(node), span) for node, span in here] == [(type(node), span) for node, span in there]
    return same and repr(documents) == repr(file.documents) and findings == others


@pytest.mark.parametrize("path", [DRAFTS / "scs_code.cbm", DRAFTS / "silent_line.cbm"], ids=lambda path: path.stem)
def test_a_text_that_is_known_stands_elsewhere(path: Path) -> None:
    text, memory = path.read_text(encoding="utf-8"), Memory()
    read(text, memory)
    assert alike(f"# A remark.\n\n{text}", memory)
    assert alike(text.replace("must", "should", 1), memory)


def test_every_kind_of_node_is_known_again() -> None:
    memory = Memory()
    read(PAGE, memory, "page.cbm.md")
    assert alike(f"\n{PAGE}", memory, "page.cbm.md")


@sparingly(10)
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=30), min_size=2, max_size=3))
def test_whatever_was_read_before(texts: list[list[str]]) -> None:
    memory = Memory()
    for lines in texts:
        assert alike("".join(lines), memory)


def test_what_is_known_is_not_written_again() -> None:
    memory, text = Memory(), "".join(LINES)
    read(text, memory)
    read(f"\n{text}", memory)
    assert memory.writes == 2, "by where it stands, and by how it begins"
    read(text.replace("clause 1 ", "clause 9 "), memory)
    assert memory.writes == 4
    assert not any("clause 1 " in words for words in memory.known["code.cbm"].statements), "what is gone is forgotten"


def test_a_text_is_known_from_whichever_folder_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, texts = Memory(), ["".join(LINES[:5]), "".join((*LINES[:4], LINES[6]))]
    for name, text in zip(("drafts/code.cbm", "older/code.cbm"), texts, strict=True):
        read(text, memory, name)
    monkeypatch.setattr("cbm.syntax.parse.grammar", lambda: pytest.fail("a statement was read again"))
    for name, text in zip(("drafts/code.cbm", "older/code.cbm"), texts, strict=True):
        read(text, memory, name)
    read(texts[-1], memory, "code.cbm")


def test_statements_are_kept_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("code.cbm", "".join(LINES[:5]))
    with statements_kept_in(tmp_path):
        before = parse(source)
    with monkeypatch.context() as asked:
        asked.setattr("cbm.syntax.parse.grammar", lambda: pytest.fail("a statement was read again"))
        with statements_kept_in(tmp_path):
            assert parse(source) == before


@pytest.mark.parametrize("changed", ["code_version", "grammar_text"])
def test_by_other_code_or_another_grammar_they_are_read_again(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source("code.cbm", "".join(LINES[:5]))
    with statements_kept_in(tmp_path):
        before = parse(source)
    read_again: list[str] = []
    monkeypatch.setattr(f"cbm.cache.statement_file.{changed}", lambda: "another one")
    monkeypatch.setattr("cbm.syntax.parse.keep_statement", lambda _, words, __: read_again.append(words))
    with statements_kept_in(tmp_path):
        assert parse(source) == before
    assert len(read_again) == 2


def test_headers_are_read_alone() -> None:
    source = Source("code.cbm", "".join(LINES))
    assert headers(source) == tuple(document.header for document in parse(source)[0].documents)


def test_headers_are_known_and_nothing_is_forgotten_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, source = Memory(), Source("code.cbm", "".join(LINES[:5]))
    with statements_kept(memory):
        headers(source)
        assert not memory.known
        parse(source)
        monkeypatch.setattr("cbm.syntax.parse.grammar", lambda: pytest.fail("a statement was read again"))
        assert headers(source)
        parse(source)
    assert memory.writes == 2
