"""What newcomers write in place of what can be read: `slips.toml` says what is told of each, and how it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cbm.finding import Finding, RuleId
from cbm.pipeline import load, run
from cbm.source import Source
from cbm.syntax.ast import Modality, NormClause
from cbm.syntax.cutting.cut import cut
from cbm.syntax.mistake import Mistake
from cbm.syntax.parse import parse, read
from cbm.translation.speech import Language, speaking

SLIPS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "slips.toml").read_text(encoding="utf-8"))["slip"]
HEADER = 'draft slips "Slips"\n  uses encounters\n  between CN, JP\nclause 1 a warship must call\n'
FIRST = 5  # the line on which the first slip stands
ADVICE = re.compile(r"(?:write|did you mean) `([^`]+)`\??$")
MOST = 12


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(clauses: Sequence[str]) -> Path:
    """One draft with a clause for each."""
    lines = (f"clause {label} {words}\n" for label, words in enumerate(clauses, 2))
    Path("slips.cbm").write_text(HEADER + "".join(lines), encoding="utf-8")
    return Path("slips.cbm")


def told(clauses: Sequence[str]) -> list[list[Finding]]:
    """What is found in each of them."""
    found: list[list[Finding]] = [[] for _ in clauses]
    for finding in run([written(clauses)]).findings:
        found[finding.primary.span.begin[0] - FIRST].append(finding)
    return found


def words(finding: Finding) -> str:
    return " → ".join((finding.message, *finding.remedies))


def test_what_is_told_of_each_slip() -> None:
    assert len(SLIPS) >= 90
    found = told([slip["written"] for slip in SLIPS])
    assert [list(map(words, several)) for several in found] == [slip["says"] for slip in SLIPS]


def test_what_is_meant_is_read_without_a_message() -> None:
    _, findings = load([written([slip["mended"] for slip in SLIPS])])
    assert list(map(words, findings)) == []


def mistakes(clause: str) -> list[Mistake]:
    """What keeps a clause from being read."""
    text = f"{HEADER}clause 2 {clause}"
    *_, piece = cut(text, 0, len(text))
    return [mistake for _, mistake in read(Source("slips.cbm", text), text, piece) if mistake is not None]


@pytest.mark.parametrize("slip", [slip["written"] for slip in SLIPS])
def test_advice_that_is_followed_removes_its_message_and_brings_no_new_one(slip: str) -> None:
    follow(slip)


@pytest.mark.parametrize("language", ["zh", "ja"])
@pytest.mark.parametrize("slip", [slip["written"] for slip in SLIPS[::8]])
def test_advice_is_the_same_in_other_languages(slip: str, language: Language) -> None:
    english = mistakes(slip)
    with speaking(language):
        follow(slip)
        others = mistakes(slip)
    assert [(one.start, one.end, one.mend) for one in others] == [(one.start, one.end, one.mend) for one in english]
    assert all(one.message != other.message for one, other in zip(english, others, strict=True))


def follow(slip: str) -> None:
    """What is replaced, and with what, as long as there is one thing to do."""
    before, clause = mistakes(slip), slip
    for _ in range(MOST):
        if not before or before[0].mend is None:
            return
        mend, first = before[0].mend, len(f"{HEADER}clause 2 ")
        clause = clause[: mend.start - first] + mend.text + clause[mend.end - first :]
        after = mistakes(clause)
        assert [one.message for one in after] == [one.message for one in before[1:]], clause
        before = after
    pytest.fail("it does not come to an end")


DENIALS = (
    "mustn't|mustn’t|mustnt|musn't|musnt|mustnot|must-not|must nto|must no|must never|may not|maynot|can't|cant|cannot|"
    "won't|shall no|shallnot|must refrain from|shouldn't|shouldnt|shuldnt|shouldnot|should never|needn't|neednt|neednot"
)


@pytest.mark.parametrize("denial", DENIALS.split("|"))
def test_no_advice_turns_a_rule_round(denial: str) -> None:
    """What forbids or exempts is read as that, once the advice is followed."""
    file, findings = parse(Source("slips.cbm", f"{HEADER}clause 2 every unit {denial} lase"))
    assert findings
    *_, clause = file.documents[0].statements
    assert isinstance(clause, NormClause)
    assert clause.demand.modality in (Modality.PROHIBITION, Modality.EXEMPTION)


def test_names_that_are_advised_remove_their_messages_and_bring_no_new_ones() -> None:
    clauses = [slip["written"] for slip in SLIPS]
    found, mended = told(clauses), list(clauses)
    advised: list[tuple[int, str]] = []
    for number, several in enumerate(found):
        one = several[0] if len(several) == 1 else None
        if one and one.rule is RuleId.UNDEFINED and one.remedies and (advice := ADVICE.match(one.remedies[0])):
            span, start = one.primary.span, len(f"clause {number + 2} ")
            column = span.begin[1] - 1 - start
            mended[number] = clauses[number][:column] + advice[1] + clauses[number][column + span.end - span.start :]
            advised.append((number, advice[1]))
    assert len(advised) >= 10
    after = told(mended)
    assert [(number, said) for number, said in advised if after[number]] == []


@pytest.mark.parametrize("behind", ["; must not lase", " within 5 min after contact otherwise must report_incident"])
def test_an_exception_is_not_put_behind_what_it_is_not_said_of(behind: str) -> None:
    """It would have been an exception to the second sentence."""
    (mistake, *_) = mistakes(f"every unit unless in_sight must call{behind}")
    assert "comes too early" in mistake.message
    assert mistake.mend is None
