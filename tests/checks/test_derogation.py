"""What a question about two clauses rests on: duties that have nothing to do with them are not asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.comparison.clause_pairs import derogations
from cbm.core.expressions import Formula
from cbm.finding import Finding, RuleId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.pipeline import run
from cbm.smt.solve import Answer
from tests.laws.bracketed import WORLD, beside_pact, found_by

TEXT = """\
vocabulary tiny
party CN
party JP
kind craft = drone | warship
situation encounter
roles own, other
each
  party : party
  craft : craft
types by own.craft
topic matters
topic distances
{acts}
result separation "distance kept" : length from 0 m to 60 nmi topic distances

instrument pact
  uses tiny
clause 1 a warship must keep separation >= 1,000 m
clause 2 a drone must keep separation >= 2,000 m

draft code
  uses tiny
  beside pact
clause 1 a warship must keep separation >= 500 m
{duties}
"""


def asked_with(duties: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], set[int]]:
    """What is found, and how many formulas are put to a solver for it, of a text with so many other duties."""
    asked: set[int] = set()
    ask = Inquiry.ask_of_any

    def count(self: Inquiry, about: Ground, *formulas: Formula) -> Answer:
        asked.add(len(formulas))
        return ask(self, about, *formulas)

    monkeypatch.setattr(Inquiry, "ask_of_any", count)
    acts = "\n".join(f"act act{i} topic matters" for i in range(duties))
    others = "\n".join(f"clause {i + 2} a warship must act{i}" for i in range(duties))
    path = folder / f"{duties}.cbm"
    path.write_text(TEXT.format(acts=acts, duties=others), encoding="utf-8")
    found = run([path], select=["derogation"]).findings
    return [finding.message for finding in found], asked


def test_duties_that_share_no_conduct_are_not_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, few = asked_with(1, tmp_path, monkeypatch)
    beside, many = asked_with(9, tmp_path, monkeypatch)
    assert alone == beside == ["clause 1 demands less than 1 of pact"]
    assert few == many


def test_an_extent_does_not_speak_of_what_is_taken_in_other_clauses() -> None:
    """The other clauses demand the same of fewer: where they do not apply, it does not matter how strongly they do."""
    text = f"""{WORLD}\
clause 1 every unit when fog [A: must | B: should] call
clause 2 every unit when own.alert [A: must | B: should] call
clause 3 every unit when not other.alert [A: must | B: should] call
"""
    every = found_by(RuleId.DEROGATION, beside_pact(text, f"{WORLD}clause 1 every unit when fog must call\n")) or []
    told = {finding.clauses[0]: finding for finding in every}
    assert len(told) == len(every) == 3
    for finding in every:
        assert finding.reach is not None
        named = [f"taken in {choice}" for choice, _ in finding.reach.boxes[0]]
        ((*words,),) = finding.extent
        assert not [one for one in words if "taken" in one and not any(map(one.endswith, named))]


def test_what_falls_short_whatever_is_taken_elsewhere_is_not_asked_by_package(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"""{WORLD}\
clause 1 every unit must keep gap >= 200 m
clause 2 every unit when fog [A: must | B: should] call
clause 3 every unit must keep gap <= [d A: 700 m | B: 900 m]
"""
    monkeypatch.delattr(derogations, "unanswered")
    every = found_by(RuleId.DEROGATION, beside_pact(text, f"{WORLD}clause 1 every unit must keep gap >= 500 m\n"))
    assert every is not None
    (found,) = every
    assert found.reach is not None
    assert found.reach.every


def test_what_exceptions_that_may_be_taken_leave_standing_is_not_asked_by_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no exception applies, it does not matter whether it is taken."""
    text = f"""{WORLD}\
clause 1 every unit must keep gap >= 200 m
[A: clause 2 exception to 1 when fog | B: delete]
[A: clause 3 applies when own.alert | B: delete]
"""
    monkeypatch.delattr(derogations, "unanswered")
    every = found_by(RuleId.DEROGATION, beside_pact(text, f"{WORLD}clause 1 every unit must keep gap >= 500 m\n"))
    assert every is not None
    (found,) = every
    assert found.reach is not None
    assert found.reach.every


@pytest.mark.parametrize(
    "clause", ["a warship must keep separation >= 500 m", "a warship may keep separation >= 500 m"]
)
def test_what_is_advised_to_prevail_lifts_the_duty(clause: str, tmp_path: Path) -> None:
    """To be `notwithstanding` a duty with which it can be kept lifted nothing, and was told as settled."""
    begin = TEXT.format(acts="", duties="").replace("clause 1 a warship must keep separation >= 500 m\n", "")
    cases = 'cases "x" for code\ncase "near"\n  given own.craft is warship\n  expect possible separation < 600 m\n'

    def found(addition: str) -> dict[str, Finding]:
        path = tmp_path / "code.cbm"
        path.write_text(f"{begin}clause 1 {clause} {addition}\n{cases}", encoding="utf-8")
        return {finding.rule: finding for finding in run([path]).findings}

    plain = found("")
    assert plain["derogation"].remedies[-1].startswith("or let 1 stand `in place of 1 of pact`")
    openly = found("notwithstanding 1 of pact")
    assert openly["derogation"].settled_by == ""
    assert openly["derogation"].remedies[-1].startswith("let 1 stand `in place of 1 of pact`")
    assert any("only where they conflict" in note for note in openly["derogation"].notes)
    assert "never-reached" in plain.keys() & openly.keys()
    assert not found("in place of 1 of pact").keys() & {"derogation", "never-reached"}


def test_what_a_permission_frees_beyond_what_it_allows_is_to_be_barred(tmp_path: Path) -> None:
    """What may be done at one time alone was let stand in place of a ban, and nothing barred it at any other time."""
    begin = TEXT.format(acts="act call topic matters\nact signal topic matters", duties="")
    begin = begin.replace("clause 1 a warship must keep separation >= 500 m\n", "")
    begin = begin.replace("\ndraft code", "clause 3 a drone must not call\n\ndraft code")

    def found(*clauses: str) -> dict[str, Finding]:
        path = tmp_path / "code.cbm"
        path.write_text(begin + "".join(f"clause {clause}\n" for clause in clauses), encoding="utf-8")
        return {finding.rule: finding for finding in run([path], select=("derogation", "vacuity")).findings}

    limited, free = "1 a drone may call after own.signal", "1 a drone may call"
    advised = found(limited)["derogation"].remedies[-1]
    assert "in place of 3 of pact" in advised
    assert advised.endswith("; and bar in a clause of its own what it does not allow")
    assert found(f"{limited} in place of 3 of pact").keys() == {"vacuity"}
    assert not found(
        f"{limited} in place of 3 of pact", "2 a drone must not call unless own.signal is before own.call"
    ).keys()
    assert "bar in a clause" not in found(free)["derogation"].remedies[-1]
    assert not found(f"{free} in place of 3 of pact").keys()


BANS = """\
vocabulary seas
party CN
party JP
situation encounter
roles own, other
each party : party
shared
  fog "it is foggy" : flag
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic matters
act lase, call topic matters
call requires not fog

instrument pact
  uses seas
clause 1 every unit must not lase, call

draft code
  uses seas
  beside pact
clause 1 every unit must not {}
"""


@pytest.mark.parametrize(
    ("ban", "whenever"),
    [
        ("lase within 1 h after incident", ("the incident occurs",)),
        ("call within 1 h after incident", ("it is not so that it is foggy", "the incident occurs")),
    ],
)
def test_it_is_told_where_the_clause_asks_for_something(ban: str, whenever: tuple[str, ...], tmp_path: Path) -> None:
    (path := tmp_path / "code.cbm").write_text(BANS.format(ban), encoding="utf-8")
    (finding,) = run([path], select=["derogation"]).findings
    assert finding.extent == (whenever,)


@pytest.mark.parametrize(
    ("condition", "whenever"),
    [
        ("swell or night", "it is night (not all sets of conditions are listed)"),
        ("night", "it is night"),
    ],
)
def test_conditions_that_are_not_all_are_told_as_such(condition: str, whenever: str, tmp_path: Path) -> None:
    """Whoever mends the text for the night has not mended it for a swell in fog."""
    flags = "\n".join(f'  {flag} "it is {flag}" : flag' for flag in ("fog", "night", "swell"))
    text = TEXT.format(acts="", duties="").replace("types by", f"shared\n{flags}\ntypes by")
    text = text.replace(
        "clause 1 a warship must keep separation >= 1,000 m",
        "clause 1 a warship when fog or night must keep separation >= 1,000 m",
    )
    text = text.replace(
        "clause 1 a warship must keep separation >= 500 m",
        f"clause 1 a warship when {condition} must keep separation >= 500 m",
    )
    (path := tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([path], select=["derogation"]).findings
    assert finding.whenever.endswith(whenever)


def test_an_example_has_round_figures(tmp_path: Path) -> None:
    """It was one of 3,000.001 km."""
    text = TEXT.format(acts="", duties="").replace("types by", "shared away : length from 0 km to 10,000 km\ntypes by")
    text = text.replace(
        "a warship must keep separation >= 1,000 m", "a warship when away > 3,000 km must keep separation >= 1,000 m"
    )
    text = text.replace(
        "a warship must keep separation >= 500 m", "a warship when away > 2,000 km must keep separation >= 500 m"
    )
    (path := tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([path], select=["derogation"]).findings
    assert finding.witness is not None
    assert "away: 4,000 km" in [fact.words for fact in finding.witness.facts]
