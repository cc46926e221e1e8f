"""Which text is meant where a project has one that is called as one of the standard library; and that it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from cbm.files import standard_file

DRAFT = """\
draft code "A code"
  uses consensus
  beside consensus_2014{where}
  between CN, JP
clause 1 each party should resume_dialogue
cases "Dialogue" for code
expect no conflict
"""
FOUND = "consensus_2014 is read from {file}, and says something else than the text of this name that comes with cbm"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cbm.toml").touch()
    for folder in ("drafts", "texts"):
        Path(folder).mkdir()
    Path("drafts/code.cbm").write_text(DRAFT.format(where=""), encoding="utf-8")


def copied(where: str, *, changed: bool = True) -> None:
    shipped = standard_file("consensus_2014")
    assert shipped is not None
    text = shipped.read_text(encoding="utf-8")
    text = text[text.index("instrument consensus_2014") :].split("\ninstrument ")[0].split("\ncases ")[0]
    end = "clause 9 each party must resume_dialogue\n" if changed else "# a remark\n"
    Path(where).write_text(f"{text}\n{end}", encoding="utf-8")


def told(*paths: str) -> list[str]:
    """The same in a check and in a suite."""
    background = cbm.run(paths, select=["conflict"]).background
    found = [words for words in background if "comes with cbm" in words]
    assert [words for words in cbm.test(paths).notes if "comes with cbm" in words] == found
    return found


def test_a_copy_beside_the_draft_or_checked_with_it_counts() -> None:
    copied("texts/consensus_2014.cbm")
    assert told("drafts") == [], "nothing of the draft leads to the folder of the copy"
    assert told("drafts", "texts") == told(".") == [FOUND.format(file="texts/consensus_2014.cbm")]
    copied("drafts/consensus_2014.cbm")
    assert told("drafts/code.cbm") == [FOUND.format(file="drafts/consensus_2014.cbm")]
    assert cbm.run(["drafts"], select=["conflict"]).findings == (), "its vocabulary is that of the standard library"


def test_a_copy_that_is_named_counts_whatever_is_asked_for() -> None:
    copied("texts/consensus_2014.cbm")
    Path("drafts/code.cbm").write_text(DRAFT.format(where=' from "../texts/consensus_2014.cbm"'), encoding="utf-8")
    assert told("drafts/code.cbm") == told(".") == [FOUND.format(file="texts/consensus_2014.cbm")]


def test_a_copy_that_says_the_same_makes_no_difference() -> None:
    copied("drafts/consensus_2014.cbm", changed=False)
    assert told("drafts") == []


def test_a_text_and_cases_of_another_name_are_no_copy() -> None:
    copied("drafts/own.cbm")
    Path("drafts/own.cbm").write_text(
        Path("drafts/own.cbm").read_text(encoding="utf-8").replace("consensus_2014", "own"), encoding="utf-8"
    )
    assert told("drafts") == []


def test_a_file_that_is_named_is_never_passed_over_for_another_one_that_is_checked_with_it() -> None:
    """The other one was taken in silence: what goes against the file that is named was not found."""
    copied("texts/consensus_2014.cbm")
    Path("drafts/code.cbm").write_text(DRAFT.format(where=' from "../texts/consensus_2014.cbm"'), encoding="utf-8")
    assert cbm.run(["drafts"], select=["conflict"]).findings == ()
    copied("drafts/consensus_2014.cbm", changed=False)
    (found,) = cbm.run(["drafts"], select=["conflict"]).findings
    assert found.message == "two documents are called `consensus_2014`"
    places = (found.primary.span.source.name, found.related[0].span.source.name)
    assert places == ("texts/consensus_2014.cbm", "drafts/consensus_2014.cbm")
    Path("drafts/consensus_2014.cbm").unlink()
    Path("drafts/more.cbm").write_text('vocabulary more\n  uses encounters from "gone.cbm"\n', encoding="utf-8")
    assert [f.message for f in cbm.run(["drafts"], select=["conflict"]).findings] == ["there is no file at `gone.cbm`"]
