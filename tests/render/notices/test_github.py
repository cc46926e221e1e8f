"""Annotations, read back as the runner of GitHub reads them."""

from __future__ import annotations

import re

import pytest

from cbm.finding import Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.report import Report, Unread
from cbm.source import Source
from tests.render.sample import CONFLICT, REDUNDANCY, REPORT, label

COMMAND = re.compile(r"::(?P<name>[a-z-]+) (?P<properties>.*?)::(?P<data>.*)")


def unescaped(text: str, *signs: str) -> str:
    for sign in (*signs, "\r", "\n", "%"):  # the runner turns `%25` last
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def read(page: str) -> list[tuple[str, dict[str, str], str]]:
    """Every command: its name, its properties, and what it says."""
    found = []
    for line in page.splitlines()[:-1]:
        parts = COMMAND.fullmatch(line)
        assert parts, line
        pairs = (pair.partition("=") for pair in parts["properties"].split(","))
        told = {key: unescaped(value, ":", ",") for key, _, value in pairs}
        found.append((parts["name"], told, unescaped(parts["data"])))
    return found


def test_an_annotation_has_its_place_its_rule_and_what_is_said() -> None:
    name, told, said = read(RENDERERS["github"](REPORT))[0]
    assert (name, told["title"]) == ("error", "error[conflict]")
    assert (told["file"], told["line"], told["col"]) == ("drafts/code_of_conduct.cbm", "7", "3")
    assert said.splitlines()[0] == CONFLICT.message
    assert f"settle it: {CONFLICT.remedies[0]}" in said.splitlines()


@pytest.mark.parametrize("text", ["100 % :: a, b", "%0A::stop-commands::x", "::stop-commands::x"])
def test_what_authors_write_comes_back_and_commands_nothing(text: str) -> None:
    found = replace(REDUNDANCY, message=text, primary=label(Source(f"{text}.cbm", "x"), "x"), notes=(), clauses=())
    ((name, told, said),) = read(RENDERERS["github"](Report((found,))))
    assert (name, told["file"], said.splitlines()[0]) == ("warning", f"{text}.cbm", text)


def test_an_author_cannot_begin_a_line() -> None:
    page = RENDERERS["github"](Report((replace(REDUNDANCY, message="a\n::stop-commands::x\r\n::error::y"),)))
    assert [line.partition(" ")[0] for line in page.splitlines()] == ["::warning", "Checked"]


@pytest.mark.parametrize(("notes", "rest"), [(10, 6), (9, 5), (0, 5)])
def test_ten_of_a_kind_are_shown_the_worst_first_and_the_rest_is_counted(notes: int, rest: int) -> None:
    report = Report((*[replace(REDUNDANCY, severity=Severity.NOTE)] * notes, *[REDUNDANCY] * 8, *[CONFLICT] * 15))
    commands = read(RENDERERS["github"](report))
    names = [name for name, _, _ in commands]
    assert names == ["error"] * 10 + ["warning"] * 8 + ["notice"] * (min(notes, 9) + 1)
    assert commands[-1][2] == f"{rest} further findings are in the other formats of the report"


def test_what_binds_nobody_is_one_notice() -> None:
    report = Report((*[REDUNDANCY] * 2,), unheard=("old binds nobody here", "late binds nobody"))
    (first, *_) = read(RENDERERS["github"](report))
    assert (first[0], first[2]) == ("notice", "old binds nobody here\nlate binds nobody")
    many = Report(tuple([replace(REDUNDANCY, severity=Severity.NOTE)] * 12), unheard=("old binds nobody here",))
    assert len(read(RENDERERS["github"](many))) == 10


def test_what_was_not_read_and_not_asked_is_an_error() -> None:
    report = Report((), unread=(Unread("a.cbm", "is no plain file"),), stopped="it took too long")
    assert [(name, said) for name, _, said in read(RENDERERS["github"](report))] == [
        ("error", "a.cbm is no plain file"),
        ("error", "it took too long"),
    ]
