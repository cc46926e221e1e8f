"""What blocks a permission: all duties in its way are told, and standing in their place opens it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
import z3

from cbm.finding import Finding
from cbm.pipeline import run
from cbm.smt.solve import Solver

SEA = """\
vocabulary sea
party CN
party JP
kind craft = drone | warship
situation encounter
roles own, other
each
  party : party
  craft : craft
  distress : flag
shared night : flag
types by own.craft, other.craft
topic signals
topic distances
act call topic signals
act report topic signals
result separation "distance kept" : length from 0 m to 60 nmi topic distances
draft code
  uses sea
  between CN, JP
"""


NARROWER = "or say with `when` in {} where it is to be so, and let it stand in their place there"
OUT = "or take {} out: nobody who complies could use it"


def blocked(folder: Path, clauses: str) -> list[Finding]:
    (folder / "code.cbm").write_text(SEA + clauses, encoding="utf-8")
    return list(run([folder / "code.cbm"], select=["blocked-permission"]).findings)


def test_all_duties_in_the_way_of_a_permission_are_told_and_its_advice_is_enough(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone meeting a warship must keep separation >= 1,000 m
clause 2 a drone when own.distress must keep separation >= 500 m
clause 3 a drone may keep separation <= 300 m
"""
    finding, beside = blocked(tmp_path, clauses)
    assert finding.notes == ("it cannot be used by who complies with 1 either, there or elsewhere",)
    instead = "let 3 stand `in place of 2, 1 for both`, of which nothing is left then"
    assert finding.remedies == (instead, NARROWER.format(3))
    assert (beside.clauses, beside.remedies[0]) == (("code:3", "code:2"), "let 3 stand `in place of 2 for both`")
    assert blocked(tmp_path, f"{clauses}  in place of 2, 1 for both\n") == []
    assert blocked(tmp_path, f"{clauses}  in place of 2, 1\n") == []  # the other one is a drone as well


APART = ("a drone meeting a drone", "a drone meeting a warship when night", "a drone meeting a warship when not night")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("met", tuple(permutations(APART)))
def test_duties_told_do_not_hang_on_the_situation_found_first(
    met: tuple[str, ...], seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Solver._begun

    def seeded(self: Solver, kind: Callable[..., z3.Solver]) -> z3.Solver:
        solver = begun(self, kind)
        solver.set(random_seed=seed, phase_selection=5)  # it guesses at random
        return solver

    monkeypatch.setattr(Solver, "_begun", seeded)
    duties = "".join(f"clause {number} {unit} must call\n" for number, unit in enumerate(met, start=1))
    finding, *_ = blocked(tmp_path, f"{duties}clause 4 every unit need not call\n")
    assert (finding.clauses, finding.notes) == (
        ("code:4", "code:3"),
        ("who complies with 1 and 2 has to do it too, there or elsewhere",),
    )


def test_all_duties_that_take_an_exemption_back_are_told(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone when night must call
clause 2 a drone when own.distress must call or report
clause 3 a drone when own.distress must not report
clause 4 a drone need not call
"""
    (finding,) = blocked(tmp_path, clauses)
    assert (finding.notes, finding.remedies) == (
        ("who complies with 1 has to do it too, there or elsewhere",),
        ("let 4 stand `in place of 2, 1`, of which nothing is left then", NARROWER.format(4)),
    )
    assert blocked(tmp_path, f"{clauses}  in place of 2, 1\n") == []


def test_one_duty_in_the_way_is_all_there_is_to_tell(tmp_path: Path) -> None:
    (finding,) = blocked(tmp_path, "clause 1 a drone must call\nclause 2 a drone need not call\n")
    assert finding.notes == ()


def test_another_wording_of_a_duty_that_is_told_is_no_further_duty(tmp_path: Path) -> None:
    clauses = "clause 1 every unit [CN: when own.distress] must not call\nclause 2 every unit when night may call\n"
    (finding,) = blocked(tmp_path, clauses)
    assert (finding.notes, finding.remedies) == ((), ("let 2 stand `in place of 1`",))


def test_all_conditions_under_which_the_same_duties_block_it_are_told(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone when night or own.distress must not call
clause 2 a drone when night or own.distress must keep separation >= 1,000 m
clause 3 a drone may call
clause 4 a drone may keep separation >= 300 m
"""
    blocking, narrowing, by_the_other = blocked(tmp_path, clauses)
    assert {frozenset(conditions) for conditions in blocking.extent} == {
        frozenset(("own unit is a drone", "own unit is distress")),
        frozenset(("own unit is a drone", "night")),
    }
    assert len(narrowing.extent) == 2
    assert by_the_other.message.endswith("in compliance with 2 (other unit)")


def test_it_is_said_which_duties_would_ask_for_nothing_any_more(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone must keep separation >= 1,000 m
clause 2 a drone when own.distress must keep separation >= 500 m
clause 3 a drone when own.distress may keep separation <= 300 m
"""
    (finding,) = blocked(tmp_path, clauses)
    assert finding.remedies == (
        "let 3 stand `in place of 2, 1 for both`, and nothing is left of clause 2",
        NARROWER.format(3),
        OUT.format(3),
    )
    assert len(blocked(tmp_path, f"{clauses}  in place of 1, 2\n")) == 1  # the other unit owes it as before
    assert blocked(tmp_path, f"{clauses}  in place of 1, 2 for both\n") == []


def test_where_all_duties_go_on_elsewhere_only_the_place_is_advised(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone must keep separation >= 1,000 m
clause 2 a drone when own.distress may keep separation <= 300 m
"""
    (finding,) = blocked(tmp_path, clauses)
    assert finding.remedies == ("let 2 stand `in place of 1 for both`", OUT.format(2))
    assert blocked(tmp_path, f"{clauses}  in place of 1 for both\n") == []


def test_a_figure_that_is_not_filled_in_is_told_with_all_readings_on_which_some_value_cannot_be_used(
    tmp_path: Path,
) -> None:
    clauses = """\
clause 1 every unit must keep separation <= [__ from 200 m to 900 m]
clause 2 every unit may keep separation <= 500 m
"""
    (finding,) = blocked(tmp_path, clauses)
    on_some = "on some readings: if the empty figure of 1 is under 500 m"
    assert finding.message == f"not every value that clause 2 allows can be used by who complies with 1, {on_some}"
    assert finding.extent == (("the empty figure of 1 is under 500 m",),)
    assert finding.notes == ("in the example only 200 m and less can be used of 500 m and less",)
    assert finding.remedies[-1] == "or say in the text that the empty figure of 1 is at least 500 m"


def test_what_a_figure_leaves_is_told_beside_what_it_blocks(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit must keep separation >= [__ from 50 m to 700 m]
clause 2 every unit may keep separation <= 500 m
"""
    told = dict(finding.message.split(", on some readings: ") for finding in blocked(tmp_path, clauses))
    assert told == {
        "not every value that clause 2 allows can be used by who complies with 1": (
            "if the empty figure of 1 is at most 500 m"
        ),
        "what clause 2 allows can never be used by who complies with 1": "if the empty figure of 1 is over 500 m",
    }


def test_a_range_that_another_figure_has_no_part_in_is_told_as_such(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone must keep separation >= 100 m
clause 2 a drone may keep separation <= 500 m
clause 3 a warship must keep separation >= [__ from 50 m to 400 m]
"""
    finding, by_the_other = blocked(tmp_path, clauses)
    assert (
        finding.message
        == "of 500 m and less, which clause 2 allows, only 100 m to 500 m can be used by who complies with 1"
    )
    assert "3 (other unit)" in by_the_other.message
    assert by_the_other.extent != finding.extent


def test_that_packages_leave_more_ranges_than_are_looked_for_is_undecided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code.cbm").write_text(
        f"""{SEA}options d one of CN, JP
clause 1 every unit may keep separation from 100 m to 900 m
[d CN: clause 2 every unit must keep separation >= 300 m | JP: delete]
[d JP: clause 3 every unit must keep separation <= 500 m | CN: delete]
""",
        encoding="utf-8",
    )

    def told() -> list[tuple[str, tuple[str, ...]]]:
        found = run([tmp_path / "code.cbm"], select=["blocked-permission", "undecided"]).findings
        return [(finding.rule, finding.clauses) for finding in found]

    assert told() == [("blocked-permission", ("code:1", "code:2")), ("blocked-permission", ("code:1", "code:3"))]
    monkeypatch.setattr("cbm.checks.blocked_permission._MOST_RANGES", 1)
    assert ("undecided", ("code:1",)) in told()


LATE = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
shared night : flag
moments contact
topic notices
act report topic notices
channel slow between CN, JP for notices operational from 2000-01-01
  delay "handing over" 1 h to 6 h
draft code
  uses lines
  between CN, JP
"""
UNLESS = "say in 2 with `unless` or `except` what 1 allows"
ANYHOW = "in some encounters nobody could use it, whatever else binds"
SOONER = "give it more time, or name beside `slow` a channel that carries messages in time"


def late(folder: Path, clauses: str) -> list[Finding]:
    (folder / "code.cbm").write_text(LATE + clauses, encoding="utf-8")
    return list(run([folder / "code.cbm"], select=["blocked-permission"]).findings)


def test_duties_in_its_way_are_told_where_nobody_can_use_it_elsewhere(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit may report within 5 h after contact through slow
clause 2 every unit when night must not report
"""
    (finding,) = late(tmp_path, clauses)
    assert finding.message == "what clause 1 allows cannot be used in some encounters by anybody"
    assert finding.notes == ("it cannot be used by who complies with 2 either, there or elsewhere",)
    assert finding.remedies == (SOONER, UNLESS)
    (left,) = late(tmp_path, clauses.replace("slow\n", "slow in place of 2\n", 1))
    assert (left.message, left.notes, left.remedies) == (finding.message, (), (SOONER,))


BOARDING = """\
vocabulary ships
party CN
party JP
situation encounter
roles own, other
each
  party : party
  aground : flag
topic measures
act halt, board topic measures
halt requires own.aground
board requires other.halt
draft code
  uses ships
  between CN, JP
clause 1 every unit {when}may board
"""


def test_what_nobody_can_use_in_some_encounters_has_a_way_out_that_is_enough(tmp_path: Path) -> None:
    def told(when: str) -> list[Finding]:
        (tmp_path / "code.cbm").write_text(BOARDING.format(when=when), encoding="utf-8")
        return list(run([tmp_path / "code.cbm"], select=["blocked-permission"]).findings)

    (finding,) = told("")
    assert finding.message == "what clause 1 allows cannot be used in some encounters by anybody"
    assert finding.remedies == ("say with `when` in 1 where it can be used",)
    assert told("when other.aground ") == []


def test_what_bars_no_more_than_is_allowed_is_named_alone(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit may report through slow
clause 2 every unit when night must not report through slow
"""
    (finding,) = late(tmp_path, clauses)
    assert finding.remedies[0] == "let 1 stand `in place of 2`, of which nothing is left then"


def test_what_can_never_be_used_is_told_with_the_duties_that_see_to_it(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit may report within 5 h after contact through slow
clause 2 every unit must not report
"""
    (finding,) = late(tmp_path, clauses)
    assert finding.message == "what clause 1 allows can never be used by who complies with 2"
    assert (finding.clauses, finding.notes) == (("code:1", "code:2"), (ANYHOW,))
    assert finding.remedies == (UNLESS, OUT.format(1))


def test_what_can_never_be_used_is_told_with_the_duties_of_all_encounters(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit when night must not report
clause 2 every unit when not night must not report
clause 3 every unit may report
"""
    (finding,) = late(tmp_path, clauses)
    assert finding.message == "what clause 3 allows can never be used by who complies with 1 and 2"
    assert (set(finding.clauses), finding.notes) == ({"code:1", "code:2", "code:3"}, ())
    assert finding.remedies[0].startswith("let 3 stand `in place of ")


def test_what_has_to_be_done_ever_is_told_with_the_duties_of_all_encounters(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit when night must report
clause 2 every unit when not night must report
clause 3 every unit need not report
"""
    (finding,) = late(tmp_path, clauses)
    assert finding.message == "what clause 3 exempts from has to be done all the same by who complies with 1 and 2"


def test_no_duty_is_told_of_what_nobody_could_ever_use(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit may report within 30 min after contact through slow
clause 2 every unit when night must not report
"""
    (finding,) = late(tmp_path, clauses)
    assert finding.message == "what clause 1 allows can never be used by anybody"
    assert (finding.notes, finding.remedies) == ((), (SOONER, OUT.format(1)))


LATER = """\
vocabulary calls
party CN
party JP
situation activity
fixed roles host, guest
each party : party
moments decision, start, change
axiom "two sides" host.party is not guest.party
topic notices
act notify, ask, reply topic notices
draft code
  uses calls
  between CN, JP
{}clause 2 host when change occurs must notify within 12 h after change
clause 3 guest may ask within 7 days after host.notify
clause 4 host when guest.ask must reply within 3 working days in Asia/Tokyo after guest.ask
"""


@pytest.mark.parametrize("further", ["", "clause 1 host when start occurs must notify at least 21 days before start\n"])
def test_what_comes_of_a_late_moment_is_counted_from_there(tmp_path: Path, further: str) -> None:
    """Asking was placed by the decision: ten years on, it was said to be blocked, after a search through all weeks."""
    (tmp_path / "code.cbm").write_text(LATER.format(further), encoding="utf-8")
    report = run([tmp_path / "code.cbm"], select=["blocked-permission"])
    assert report.findings == ()
    assert not report.undecided


def test_what_is_counted_from_no_moment_can_be_done_after_any(tmp_path: Path) -> None:
    """It was done within ten years of the first moment alone."""
    text = LATER.format("").replace("may ask within 7 days after host.notify", "may ask")
    case = """\
cases
case "years later"
  given change is at least 5,000 days after decision
  expect possible guest.ask is after change
"""
    (tmp_path / "code.cbm").write_text(text + case, encoding="utf-8")
    assert not [f for f in run([tmp_path / "code.cbm"]).findings if f.rule != "unused"]


def test_what_the_other_unit_does_to_bring_a_permission_into_play_does_not_block_it(tmp_path: Path) -> None:
    clauses = """\
clause 1 a drone meeting a warship must call
clause 2 a warship when other.call may report
clause 3 a warship when night must not report
"""
    (finding,) = blocked(tmp_path, clauses)
    assert finding.clauses == ("code:2", "code:3")


def test_a_role_whose_title_begins_with_an_article_has_one(tmp_path: Path) -> None:
    titled = SEA.replace("roles own, other", 'roles own "the side on duty", other "the side off duty"')
    clauses = """\
clause 1 a drone meeting a warship must keep separation >= 1 km
clause 2 a warship may keep separation <= 300 m
"""
    (tmp_path / "code.cbm").write_text(titled + clauses, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["blocked-permission"]).findings
    allowed = "what clause 2 allows the side on duty cannot be used in some encounters"
    assert finding.message == f"{allowed} in compliance with 1 (the side off duty)"


def test_no_reading_is_advised_on_which_the_permission_is_blocked_altogether(tmp_path: Path) -> None:
    """“At most 300 m, or if the figure is over 800 m”: over 800 m it is of no use at all."""
    clauses = """\
clause 1 every unit must keep separation >= [__ from 200 m to 1,000 m]
clause 2 every unit may keep separation from 300 m to 800 m
"""
    never, narrowed = blocked(tmp_path, clauses)
    assert never.remedies[-1] == "or say in the text that the empty figure of 1 is at most 800 m"
    assert "is from over 300 m to 800 m" in narrowed.message
    assert narrowed.remedies[-1] == "or say in the text that the empty figure of 1 is at most 300 m"


EITHER_IN_FORMATION = """\
draft code
  uses encounters
  between CN, JP
clause 1 a warship when by_night must not call
clause 2 a warship when by_night and ((own.in_formation and own.distress) or (other.in_formation and other.distress))
  may call
"""


def test_the_example_is_one_of_the_conditions_that_are_told(tmp_path: Path) -> None:
    """The permission has two conditions, and either will do."""
    (tmp_path / "code.cbm").write_text(EITHER_IN_FORMATION, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["blocked-permission"]).findings
    assert finding.witness is not None
    assert "own unit is in distress" in finding.extent[0]
    assert "own unit is not in distress" not in {fact.words for fact in finding.witness.facts}


def test_where_it_is_always_so_that_is_said_once(tmp_path: Path) -> None:
    clauses = ("organiser must notify", "organiser must not notify", "informed may reply", "informed must not reply")
    text = "\n".join(f"clause {number} {clause}" for number, clause in enumerate(clauses, 1))
    header = "draft code\n  uses activities\n  between CN, JP\n"
    (tmp_path / "code.cbm").write_text(f"{header}{text}\n", encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=["blocked-permission", "conflict"]).findings
    assert [finding.whenever for finding in found] == ["always", "always"]


def test_readings_of_clauses_that_have_no_part_in_it_are_not_told(tmp_path: Path) -> None:
    """Clauses 3 and 4 clash in distress on some readings; what blocks 2 speaks of none of them."""
    clauses = """\
open term near "near" : length from 1 nmi to 5 nmi
clause 1 a warship must not call
clause 2 a warship when night may call
clause 3 a warship when own.distress must keep separation >= near
clause 4 a warship must keep separation <= 2 nmi
"""
    (finding,) = blocked(tmp_path, clauses)
    assert finding.notes == ()
    assert finding.whenever.endswith("(always when the clause applies)")


LINES = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each
  party : party
moments incident
topic talk
act confer topic talk
channel line "Line" between CN, JP
  for talk
  operational from 2020-01-01
  open 08:00 to 20:00 Asia/Tokyo Mon to Fri at CN
  when closed holds messages
  falls back to radio
channel radio "Radio" between CN, JP
  for talk
  operational from 2020-01-01
draft code
  uses lines
  between CN, JP
  proposed 2024-10-01
clause 1 every unit may confer within {} after incident through {}
"""


def test_what_the_hours_of_a_channel_block_has_a_way_out(tmp_path: Path) -> None:
    """Nothing was advised. A fallback of the channel is none of a permission."""

    def found(time: str, channels: str) -> list[Finding]:
        (tmp_path / "code.cbm").write_text(LINES.format(time, channels), encoding="utf-8")
        return list(run([tmp_path / "code.cbm"], select=["blocked-permission"]).findings)

    (finding,) = found("24 h", "line")
    assert finding.remedies == (SOONER.replace("slow", "line"),)
    assert found("72 h", "line") == found("24 h", "line, radio") == []
