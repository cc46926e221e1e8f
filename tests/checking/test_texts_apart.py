"""What a draft is not held against is told, where a reader may think that it is: both texts are given to one run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cbm.checking.texts_apart import texts_apart
from cbm.files import read_all
from cbm.finding import RuleId
from cbm.pipeline import run

_PACT = """\
instrument pact "Pact"
  uses encounters
  between CN, JP
  in force 2010-01-01
clause 1 a warship must listen
"""
_DRAFT = """\
draft code "Code"
  uses encounters
  between CN, JP
clause 1 a warship must not listen
"""


def told(folder: Path, *texts: str) -> list[str]:
    for number, text in enumerate(texts):
        (folder / f"{number}.cbm").write_text(text, encoding="utf-8")
    return list(texts_apart(read_all([folder]), None))


def test_a_text_that_the_draft_does_not_name_is_told_with_how_to_name_it(tmp_path: Path) -> None:
    apart = "code is not held against pact: `beside pact` in its header has clashes with pact looked for"
    assert told(tmp_path, _PACT, _DRAFT) == [apart]
    report = run([tmp_path])
    assert not report.findings
    assert apart in report.background


def test_what_is_advised_takes_the_note_away_and_finds_the_clash(tmp_path: Path) -> None:
    assert told(tmp_path, _PACT, _DRAFT.replace("CN, JP\n", "CN, JP\n  beside pact\n")) == []
    assert [f.rule for f in run([tmp_path]).findings] == [RuleId.AGREEMENT_CONFLICT]


@pytest.mark.parametrize(
    ("change", "into"),
    [
        ("between CN, JP", "between CN, US"),  # no encounter concerns the parties of both
        ("2010-01-01", "2010-01-01 until 2015-01-01"),
        ("clause 1 a warship must listen", "clause 1 a warship must listen in place of 1 of code"),
    ],
)
def test_nothing_is_told_of_a_text_that_cannot_bind_the_same_units_or_names_the_draft(
    change: str, into: str, tmp_path: Path
) -> None:
    for number, text in enumerate((_PACT.replace(change, into), _DRAFT)):
        (tmp_path / f"{number}.cbm").write_text(text, encoding="utf-8")
    library = read_all([tmp_path])
    assert not library.findings
    assert list(texts_apart(library, date(2019, 1, 1))) == []


def test_one_that_binds_a_party_whomever_it_meets_is_told(tmp_path: Path) -> None:
    assert len(told(tmp_path, _PACT.replace("between CN, JP", "binding JP, US"), _DRAFT)) == 1


def test_of_drafts_those_of_one_file_are_told_once(tmp_path: Path) -> None:
    other = _DRAFT.replace("draft code", "draft other")
    assert len(told(tmp_path, _DRAFT + other)) == 1


def test_an_earlier_round_in_another_file_is_not_told(tmp_path: Path) -> None:
    assert told(tmp_path, _DRAFT, _DRAFT.replace("draft code", "draft other")) == []


def test_of_many_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    pacts = [_PACT.replace("pact", f"pact_{number}") for number in range(5)]
    (line,) = told(tmp_path, *pacts, _DRAFT)
    assert line.startswith("code is not held against pact_0, pact_1, pact_2 and 2 more: `beside pact_0`")
