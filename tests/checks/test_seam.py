"""What leaves a seam is told with the clauses that bind there, and say only how or when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import cbm
from cbm.checks import seam
from cbm.core.expressions import NormId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry, inquire
from cbm.pipeline import run
from cbm.process.budget import Budget, within
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Unknown
from cbm.translation.saying import Sayable, in_english

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
shared
  range : length from 0 nmi to 20 nmi
moments sighting "the sighting", passing "the passing"
axiom "two sides" own.party is not other.party
topic calls
topic lights
act call topic calls
act whistle topic calls
act light topic lights
draft code "A code"
  uses strait
clause 1 every unit when range < 3 nmi must call
clause 2 every unit when range > 3 nmi must call
"""
HOW = " only how or when something is done, and that leaves it open"


@pytest.mark.parametrize(
    ("further", "notes"),
    [
        ("", ()),
        ("clause 3 every unit must not call until sighting\n", (f"clause 3 says{HOW}",)),
        (
            "clause 3 every unit must not call until sighting\nclause 4 every unit must not call until passing\n",
            (f"clauses 3 and 4 say{HOW}",),
        ),
        # What binds elsewhere only, or on something else, leaves nothing open there.
        ("clause 3 every unit when range < 2 nmi must not call until sighting\n", ()),
        ("clause 3 every unit must not light until sighting\n", ()),
    ],
)
def test_who_says_only_how_is_named_at_a_seam(further: str, notes: tuple[str, ...], tmp_path: Path) -> None:
    """So it is where a promise has a gap."""
    (tmp_path / "code.cbm").write_text(TEXT + further, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["seam"]).findings
    assert finding.notes == notes


def test_a_clause_that_says_how_two_acts_are_done_is_one_clause(tmp_path: Path) -> None:
    text = TEXT.partition("clause 1")[0] + "clause 1 every unit must not call, whistle until sighting\n"
    (tmp_path / "code.cbm").write_text(f"{text}covers calls in every type of encounter\n", encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["gap"]).findings
    assert finding.notes == (f"clause 1 says{HOW}",)


CLAUSES = "clause 1 every unit when range < 3 nmi must call\nclause 2 every unit when range > 3 nmi must call\n"


@pytest.mark.parametrize(
    ("one", "other", "advised", "followed"),
    [
        ("range < 3 nmi", "range > 3 nmi", "`<=` for `<`", "range <= 3 nmi"),
        ("range < 3 nmi", "range from over 3 nmi to 9 nmi", "no `over` or `under` in `from … to …`", ""),
        (
            "sighting is less than 2 h before passing",
            "sighting is more than 2 h before passing",
            "`at most` for `less than`",
            "sighting is at most 2 h before passing",
        ),
    ],
)
def test_a_bound_is_reached_by_what_can_be_written(
    one: str, other: str, advised: str, followed: str, tmp_path: Path
) -> None:
    """It was advised to write `at most` of a quantity, which is refused."""

    def found(one: str, other: str) -> list[str]:
        text = TEXT.replace(CLAUSES, "")
        text += f"clause 1 every unit when {one} must call\nclause 2 every unit when {other} must call\n"
        (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
        return [remedy for f in run([tmp_path / "code.cbm"], select=["seam"]).findings for remedy in f.remedies]

    (remedy,) = found(one, other)
    assert advised in remedy
    assert found(followed or one, other if followed else other.replace("over ", "")) == []


@pytest.mark.parametrize(
    ("first", "second", "whenever"),
    [
        ("fog and range < 3 nmi", "fog and range > 3 nmi", "fog and range is exactly 3 nmi"),
        ("fog and range < 3 nmi", "range > 3 nmi", "fog and range is exactly 3 nmi"),
        ("range < 3 nmi", "range > 3 nmi", ""),
    ],
)
def test_a_seam_is_told_to_be_only_where_clauses_govern_beside_it(
    first: str, second: str, whenever: str, tmp_path: Path
) -> None:
    """It was said of encounters in clear air as well, in which nothing governs just below."""
    text = TEXT.replace("  range :", "  fog : flag\n  range :")
    text = text.replace("when range < 3 nmi", f"when {first}").replace("when range > 3 nmi", f"when {second}")
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["seam"]).findings
    assert finding.whenever == whenever


def test_a_bound_that_two_claim_is_left_by_what_can_be_written(tmp_path: Path) -> None:
    text = TEXT.replace("draft", "never call with light\ndraft").replace(CLAUSES, "")
    for sign, left in ((">=", False), (">", True)):
        one, other = "every unit when range <= 3 nmi must call", f"every unit when range {sign} 3 nmi must light"
        (tmp_path / "code.cbm").write_text(f"{text}clause 1 {one}\nclause 2 {other}\n", encoding="utf-8")
        remedies = [r for f in run([tmp_path / "code.cbm"], select=["seam"]).findings for r in f.remedies]
        assert any("`>` for `>=`" in remedy for remedy in remedies) is not left


BOTH_CLAIM = """\
clause 1 every unit when range <= 3 nmi must call
clause 2 every unit when range >= 3 nmi must not call
"""
MET = "do these clauses clash anywhere but just on a bound"
SHARED = "does one of them end at the bound, and another one begin there"


@pytest.mark.parametrize("given_up", [MET, SHARED])
def test_a_clash_that_may_be_one_at_a_bound_only_is_told_and_left_open(
    given_up: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code.cbm").write_text(TEXT[: TEXT.index("clause 1")] + BOTH_CLAIM, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["seam", "conflict"]).findings
    assert finding.rule == "seam"
    can = Inquiry.can

    def asked(
        inquiry: Inquiry, about: Ground, norms: tuple[NormId, ...], question: Sayable, *rest: Any, **ends: Any
    ) -> bool | Undecided:
        if in_english(question) == given_up:
            return inquiry.leave_open(question, Unknown("it was too hard"), *norms)
        return can(inquiry, about, norms, question, *rest, **ends)

    monkeypatch.setattr(Inquiry, "can", asked)
    found = run([tmp_path / "code.cbm"], select=["seam", "conflict"])
    assert {(one.rule, one.message) for one in found.findings} == {
        ("conflict", "clauses 1 and 2 cannot both be complied with"),
        ("undecided", f"undecided: {given_up} (clauses 1 and 2)"),
    }


def test_what_is_given_up_once_a_clash_was_met_at_a_bound_is_left_open() -> None:
    """A run may be told to stop between the two."""
    (system,), _ = cbm.load_text(TEXT[: TEXT.index("clause 1")] + BOTH_CLAIM)
    inquiry = inquire(system)
    (clash, *_) = seam.pieces(inquiry)
    assert isinstance(clash, int)
    with within(over := Budget()):
        over.stop("it was over")
        assert not list(seam.check(inquiry, [clash]))
    assert [left.question for left in inquiry.undecided] == [MET]
