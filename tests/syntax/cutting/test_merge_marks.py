"""Two versions that git left side by side: told once each, and the first one is read."""

from __future__ import annotations

import pytest

from cbm.syntax.cutting.merge_marks import without_unmerged
from tests.syntax.reading import documents, said

HEAD = "draft code\n  uses encounters\n\n"
OURS, THEIRS = "clause 1 every unit must call\n", "clause 1 every unit may call\n"
LEFT = f"<<<<<<< HEAD\n{OURS}=======\n{THEIRS}>>>>>>> branch\n"
TOLD = (
    "4:1 two versions of this passage stand here, which git could not join → write what is meant, "
    "and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
)


@pytest.mark.parametrize(
    "left",
    [
        LEFT,
        f"<<<<<<< HEAD\n{OURS}||||||| base\n{THEIRS}{THEIRS}=======\n{THEIRS}>>>>>>> branch",
        LEFT.replace("\n", "\r\n"),
        f"<<<<<<<\n{OURS}=======\n>>>>>>>\n",
    ],
)
def test_it_is_told_once_and_what_stands_first_is_read(left: str) -> None:
    assert said(HEAD + left) == [TOLD]


def test_what_stands_around_and_in_the_first_one_is_read_at_its_place() -> None:
    text = f"{HEAD}{LEFT.replace('must call', 'must must call')}clause 2 every unit must must call\n"
    found = said(text)
    assert [one.split()[0] for one in found] == ["4:1", "5:26", "9:26"]
    assert found[0] == TOLD


def test_several_are_told_each_and_all_offsets_stay() -> None:
    text = f"{HEAD}{LEFT}clause 2 every unit must call\n{LEFT.replace('clause 1', 'clause 3')}"
    assert len(said(text)) == 2
    read, _ = without_unmerged(text)
    assert [len(line) for line in read.splitlines()] == [len(line) for line in text.splitlines()]


def test_in_markdown_versions_outside_of_blocks_are_told_as_well() -> None:
    """Both would be read, and all would look fine."""
    text = "# Code\n\n```cbm\ndraft code\n  uses encounters\n```\n{}"
    left = LEFT.replace(OURS, f"```cbm\n{OURS}```\n").replace(THEIRS, f"```cbm\n{THEIRS.replace('1', '2')}```\n")
    found = said(text.format(left), name="code.cbm.md")
    assert [one.split()[0] for one in found] == ["7:1"]
    assert not said(text.format("A heading\n=======\n"), name="code.cbm.md")


def test_single_lines_of_such_marks_are_no_versions() -> None:
    for lines in ("=======\n", ">>>>>>> x\n", "<<<<<<< x\n", "<<<<<<< x\n>>>>>>> y\n"):
        assert TOLD not in said(HEAD + lines)
        assert without_unmerged(lines) == (lines, ())
    assert len(documents(HEAD + "# <<<<<<<\n# =======\n# >>>>>>>\n" + OURS)) == 1


def test_a_text_of_such_marks_alone_takes_no_time() -> None:
    text = "<<<<<<< a\n=======\n" * 100_000
    assert without_unmerged(text) == (text, ())
