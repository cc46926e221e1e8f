"""What the extent of a gap says: in each of its situations the promise is broken, whatever the type."""

from __future__ import annotations

from pathlib import Path

from cbm.core.packages.settled_choices import SettledChoices
from cbm.finding import RuleId
from cbm.outcomes.coverage_map import CoverageMap
from cbm.pipeline import run
from cbm.questions.covering import Request, answer
from cbm.render.identity import identities
from cbm.translation.speech import LANGUAGES, speaking
from tests.laws.bracketed import WORLD, found_by

TEXT = """\
vocabulary notices
party CN
party JP
kind sort_of_activity = exercise | live_firing | missile_launch | landing
situation activity
fixed roles organiser, informed
each party : party
shared
  sort_of_activity "sort of activity" : sort_of_activity
  troops "troops" : count from 0 to 500,000
  dangerous "it is dangerous" : flag
moments start
types by sort_of_activity
axiom "two sides" organiser.party is not informed.party
topic notices
act notify stating area topic notices

draft short
  uses notices
clause 1 organiser when sort_of_activity is exercise and troops >= 9,000 must notify at least 14 days before start
clause 2 organiser when dangerous must notify at least 3 days before start
clause 3 organiser when sort_of_activity in (missile_launch, live_firing) must notify at least 1 day before start
covers notices in every type of activity when start occurs
"""
SAFE = "it is not so that it is dangerous"


def test_an_extent_calls_no_covered_situation_open(tmp_path: Path) -> None:
    """A landing is open at any size, an exercise below 9,000; a box of both has the conditions of both."""
    (tmp_path / "short.cbm").write_text(TEXT, encoding="utf-8")
    found = {finding.extent for finding in run([tmp_path / "short.cbm"]).findings if finding.rule == "gap"}
    assert found == {
        (("sort of activity is landing", SAFE),),
        (("sort of activity is exercise or landing", SAFE, "troops is under 9,000"),),
    }


BOXES = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting an aircraft must not aim_weapons
clause 2 a warship should not aim_weapons
clause 3 an aircraft meeting a warship must not aim_weapons unless own.distress
covers weapons in every type of encounter
"""


def test_gaps_have_the_same_names_in_the_same_order_whatever_is_spoken(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(BOXES, encoding="utf-8")
    names = []
    for language in LANGUAGES:
        with speaking(language):
            names.append(identities(run([tmp_path / "code.cbm"], select=["gap"]).findings))
    assert len(names[0]) > 2
    assert names[0] == names[1] == names[2]


def test_conditions_on_what_is_taken_are_told_as_packages() -> None:
    """In fog all is advice only where both clauses are; else only for those who are not alert."""
    text = f"""{WORLD}\
clause 1 every unit when own.alert [A: must | B: should] call
clause 2 every unit when fog [A: must | B: should] lamp
covers signals in every type of encounter when fog
"""
    found = found_by(RuleId.GAP, text)
    assert found is not None
    told = {finding.message.partition(": ")[2]: finding.reach for finding in found}
    reached = {where: reach.boxes for where, reach in told.items() if reach is not None}
    assert reached == {
        "fog, if B's “should” is taken in 1 and B's “should” is taken in 2": ((("1", (2,)), ("2", (2,))),),
        "fog, where own unit is not alert, if B's “should” is taken in 2": ((("2", (2,)),),),
    }


def test_where_nothing_is_asked_of_one_role_it_is_advised_to_say_so(tmp_path: Path) -> None:
    """A promise cannot be narrowed to one of two fixed roles, as was advised."""
    path, reply = tmp_path / "short.cbm", "clause 4 informed when dangerous must answer\n"
    clause = "clause 1 organiser must notify at least 14 days before start\n"
    text = TEXT[: TEXT.index("clause 1")].replace("\ndraft", "topic answers\nact answer topic answers\n\ndraft")
    promise = "covers notices in every type of activity when start occurs\n"
    path.write_text(text + clause + reply + promise, encoding="utf-8")
    (finding,) = run([path], select=["gap"]).findings
    assert finding.message.startswith("`notices` is governed by no clause for `informed`")
    assert "or say that nothing is asked of it there: `informed need not …`" in finding.remedies
    path.write_text(text + clause + reply + "clause 5 informed need not notify\n" + promise, encoding="utf-8")
    assert not run([path], select=["gap"]).findings


def test_moments_that_the_conditions_compare_occur_in_the_example(tmp_path: Path) -> None:
    path = tmp_path / "late.cbm"
    path.write_text(
        'draft late "Late notices"\n  uses activities\n  between CN, JP\n'
        "clause 1 organiser when decision is less than 21 days before start must notify within 24 h after decision\n"
        "covers acts notify in every type of activity\n",
        encoding="utf-8",
    )
    late = "the decision to hold the activity is at least 21 days before the start of the activity"
    times = "in time: the decision to hold the activity then the start of the activity 21 days later"
    [shown] = [f.witness for f in run([path]).findings if f.rule == "gap" and (late,) in f.extent]
    assert shown is not None
    assert shown.words.endswith(times)
    drawn = answer(Request(str(path)))
    assert isinstance(drawn, CoverageMap)
    [drawn_shown] = [gap.witness for layer in drawn.layers for gap in layer.gaps if gap.conditions == (late,)]
    assert drawn_shown is not None
    assert drawn_shown.shown.words.endswith(times)


_PROMISED = """\
draft code
  uses encounters
  between CN, JP
options which one of CN, JP, chair
clause 1 a fighter must not call
clause 2 every unit must listen
[which JP: covers communication in every type of encounter
| CN: covers communication in every type of encounter when by_night
| chair: delete]
[which JP: reserve 3 "at sea" for weapons when own.craft is warship
| CN: delete
| chair: delete]
"""


def test_a_promise_or_a_reserve_that_no_package_has_is_not_told_to_speak_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(_PROMISED)
    for who, uneven in (("JP", 1), ("CN", 1), ("chair", 0)):
        report = run([path], take=[f"which={who}"])
        assert [f.message for f in report.findings if "speaks of no encounter" in f.message] == []
        assert [a.statement for a in report.attestations if not a.shown] == []
        assert sum("is uneven" in f.message for f in report.findings) == uneven
        assert any("promises to cover nothing" in line for line in report.background) == (who == "chair")
        assert any("reserve 3" in line for line in report.background) == (who == "JP")
        drawn = answer(Request(str(path), settled=SettledChoices((f"which={who}",))))
        assert isinstance(drawn, CoverageMap)
        assert not any("never" in layer.promise.words for layer in drawn.layers)


_COAST_GUARDS = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a coast_guard_ship meeting a coast_guard_ship must not block_passage
clause 2 a coast_guard_ship meeting a fishing_vessel must not use_water_cannon
clause 3 a fishing_vessel meeting a coast_guard_ship must not block_passage
covers coercion in every type of encounter
  when own.craft is coast_guard_ship and other.craft in (coast_guard_ship, fishing_vessel)
"""


def test_what_bars_an_act_where_nothing_is_promised_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(_COAST_GUARDS, encoding="utf-8")
    (finding,) = (f for f in run([path], select=["gap"]).findings if "is uneven" in f.message)
    assert sorted(label.text for label in finding.related) == ["1 bars it", "2 bars it"]


BY_ONE_SIDE = """\
vocabulary sea
party CN
party JP
kind craft = ship | plane
situation encounter
fixed roles first, second
each party : party
each craft : craft
types by first.craft
topic telling
act report topic telling

draft code
  uses sea
  between CN, JP
clause 1 every ship meeting a ship must report
covers telling in every type of encounter
"""


def test_a_gap_in_a_box_told_apart_by_one_side_is_told_of_each_bearer(tmp_path: Path) -> None:
    """Types are told apart by the first ship alone, so with the roles exchanged a box is not the same one."""
    (tmp_path / "code.cbm").write_text(BY_ONE_SIDE, encoding="utf-8")
    gaps = [finding.message for finding in run([tmp_path / "code.cbm"]).findings if finding.rule == "gap"]
    assert len(gaps) == 4
    assert all(sum(f"for `{role}`" in message for message in gaps) == 2 for role in ("first", "second"))
