"""Ways out of a clash: what is advised leaves something of the clauses, and is the same whatever is taken elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.core.expressions import Formula
from cbm.finding import Finding
from cbm.pipeline import run
from cbm.smt.solve import Solver, Unknown

SEA = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each
  party : party
  distress : flag
shared
  fog : flag
moments contact, closest, incident
axiom "two sides" own.party is not other.party
topic steering
act report, turn, keep_course topic steering
types by own.distress
never turn with keep_course
draft code
  uses sea
  between CN, JP
"""


def ways_out(folder: Path, clauses: str, text: str = SEA, rule: str = "conflict") -> tuple[str, ...]:
    (folder / "code.cbm").write_text(text + clauses, encoding="utf-8")
    (finding,) = run([folder / "code.cbm"], select=[rule]).findings
    return finding.remedies


def test_no_exception_is_advised_that_leaves_nothing_of_a_clause(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit must report every 30 min from contact until closest
clause 2 every unit must not report within 45 min after contact
"""
    assert ways_out(tmp_path, clauses) == ("let 1, the more special one, stand `in place of 2`",)


def test_a_clause_that_speaks_to_the_other_side_as_well_is_not_advised_away(tmp_path: Path) -> None:
    """It was said that neither binds where the other does not; without the first one the informed is free, too."""
    text = SEA.replace("roles own, other", "fixed roles organiser, informed").replace("own.", "organiser.")
    clauses = """\
clause 1 each party must report within 24 h after incident
clause 2 organiser must not report within 36 h after incident
"""
    ways = ways_out(tmp_path, clauses, text.replace("other.", "informed."))
    assert ways == ("let 2, the more special one, stand `in place of 1`",)


@pytest.mark.parametrize("hours", ["24", "[CN: 24 | JP: 48]"])
def test_clauses_with_options_are_told_by_what_they_are_about(tmp_path: Path, hours: str) -> None:
    clauses = f"""\
clause 1 every unit must report within {hours} h after incident
clause 2 every unit must not report within 36 h after incident
"""
    assert ways_out(tmp_path, clauses) == ("take 1 or 2 out: neither binds where the other does not",)


@pytest.mark.parametrize("exception", ["", "[JP: unless own.distress | CN: delete]"])
def test_the_more_special_clause_is_so_whatever_is_taken(tmp_path: Path, exception: str) -> None:
    clauses = f"""\
clause 1 every unit must keep_course {exception}
clause 2 every unit when own.distress must turn
"""
    special, *_ = ways_out(tmp_path, clauses)
    assert special == "let 2, the more special one, stand `in place of 1`"


def test_it_is_not_advised_to_yield_to_what_is_owed_to_allies_alone(tmp_path: Path) -> None:
    """Whoever wrote it was told so again, and of what is owed to others it is a way out."""
    alliance = """\
instrument alliance
  uses sea
  binding {whom}
clause 1 every unit must report
draft code
"""
    clause = "clause 1 every unit must not report\n"
    allied = SEA.replace("party JP\n", "party JP\nparty US\n").replace("draft code\n", alliance)
    except_it = "except its case: `unless own is bound by (1 of alliance)` in 1"
    prevail = "or write `notwithstanding 1 of alliance` in 1 if the draft is to prevail"
    beside = f"  beside alliance\n{clause}"
    kept, agreed = ways_out(tmp_path, beside, allied.format(whom="JP, US"), "agreement-conflict")
    assert kept == except_it
    assert agreed.startswith("or have US, to whom it is owed too, agree")
    yielding, *others = ways_out(tmp_path, beside, allied.format(whom="JP towards all"), "agreement-conflict")
    assert yielding.startswith("write `subject to alliance`")
    assert others == [f"or {except_it}", prevail]


@pytest.mark.parametrize(("whom", "offered"), [("every unit", False), ("every unit when fog", True)])
def test_no_exception_is_advised_where_the_other_text_always_binds(whom: str, offered: bool, tmp_path: Path) -> None:
    rules = f"instrument rules\n  uses sea\n  between CN, JP\nclause 1 {whom} must not turn\ndraft code\n"
    text = SEA.replace("draft code\n", rules)
    found = ways_out(tmp_path, "  beside rules\nclause 1 every unit may turn\n", text, "derogation")
    assert ("or except its case: `unless own is bound by (1 of rules)` in 1" in found) is offered
    assert found[0].startswith(
        "write `subject to rules`" if offered else "take 1 out: 1 of rules binds wherever it does"
    )
    assert found[-1].startswith("or let 1 stand `in place of 1 of rules`")


METRES = SEA.replace("types by", "result separation : length from 0 m to 60 nmi topic steering\ntypes by")
RULES = """\
instrument rules
  uses sea
  between CN, JP
clause 1 every unit {when} must keep separation >= 1,000 m
draft code
"""


# Of the vocabulary and of what binds one party alone: they are there before and after.
BESIDE = {"unused", "asymmetry"}


def rules_found(folder: Path, text: str) -> set[str]:
    (folder / "code.cbm").write_text(text, encoding="utf-8")
    return {str(finding.rule) for finding in run([folder / "code.cbm"]).findings} - BESIDE


def test_of_a_lesser_duty_that_binds_nowhere_else_it_is_not_advised_to_yield(tmp_path: Path) -> None:
    """Nothing is left of it where it yields, and that is a finding as well: it goes, or asks for as much."""
    clause = "clause 1 every unit must keep separation >= 500 m\n"
    text = METRES.replace("draft code\n", RULES.format(when=""))
    more, out, instead = ways_out(tmp_path, f"  beside rules\n{clause}", text, "derogation")
    assert more == "ask in 1 for as much as 1 of rules does"
    assert out == "or take 1 out: 1 of rules binds wherever it does, and asks for more"
    assert instead.startswith("or let 1 stand `in place of 1 of rules`")
    assert rules_found(tmp_path, f"{text}  beside rules\n") == set()
    assert rules_found(tmp_path, f"{text}  beside rules\n  subject to rules\n{clause}") == {"redundancy"}
    text = METRES.replace("draft code\n", RULES.format(when="when fog"))
    assert ways_out(tmp_path, f"  beside rules\n{clause}", text, "derogation")[1].startswith(
        "or write `subject to rules`"
    )
    assert rules_found(tmp_path, f"{text}  beside rules\n  subject to rules\n{clause}") == set()


CLOSE = """\
clause 1 every unit when own.party is CN {} must keep separation <= {}
clause 2 every unit when own.party is JP must keep separation >= 1 km {}
"""


@pytest.mark.parametrize(
    ("where", "way_out", "exception"),
    [
        ("", "take 1 or 2 out: an exception for these encounters would leave nothing of it", ""),
        ("and fog", "say which unit gives way: make an exception to 2", "unless fog"),
    ],
)
def test_units_that_keep_each_other_from_complying_are_told_which_exception_leaves_something(
    where: str, way_out: str, exception: str, tmp_path: Path
) -> None:
    advised = ways_out(tmp_path, CLOSE.format(where, "500 m", ""), METRES, "deadlock")
    assert advised == (way_out, "bring the bound of 1 to 1 km, that of 2")
    assert rules_found(tmp_path, METRES + CLOSE.format(where, "1 km", "")) == set()
    if exception:
        assert rules_found(tmp_path, METRES + CLOSE.format(where, "500 m", exception)) == set()


@pytest.mark.parametrize(("most", "least"), [("< 500 m", ">= 1 km"), ("<= 500 m", "> 1 km"), ("< 500 m", ">= 500 m")])
def test_a_bound_is_not_brought_to_one_that_leaves_itself_out(most: str, least: str, tmp_path: Path) -> None:
    """Brought to 1 km, `under 1 km` still cannot be kept with `1 km or more`."""
    for rule, others in (("deadlock", CLOSE), ("conflict", CLOSE.replace("own.party is CN {}", "fog {}"))):
        text = others.format("", "500 m", "").replace("<= 500 m", most).replace(">= 1 km", least)
        assert [way for way in ways_out(tmp_path, text, METRES, rule) if "bound" in way] == []


def beside(folder: Path, manual: str, draft: str, status: str = "beside manual") -> list[tuple[str, tuple[str, ...]]]:
    """What is found of a draft of one clause and an instrument of one clause, each with its ways out."""
    head = SEA[: SEA.index("draft code")]
    text = f"{head}instrument manual\n  uses sea\n  between CN, JP\nclause 1 every unit {manual}\n"
    text += f"draft code\n  uses sea\n  between CN, JP\n  {status}\nclause 1 every unit {draft}\n"
    (folder / "code.cbm").write_text(text, encoding="utf-8")
    rules = ["agreement-conflict", "vacuity"]
    return [(f"{f.severity} {f.rule}", f.remedies) for f in run([folder / "code.cbm"], select=rules).findings]


def test_a_clause_of_which_nothing_would_be_left_is_not_to_yield(tmp_path: Path) -> None:
    out = "take 1 out if the draft is to yield to it: nothing would be left of it"
    instead = "or write `notwithstanding 1 of manual` in 1 if the draft is to prevail"
    for manual in ("must not report", "should not report"):
        ((_, ways),) = beside(tmp_path, manual, "must report")
        assert ways == (out, instead)
    yielding = beside(tmp_path, "must not report", "must report", "subject to manual")
    assert [rule for rule, _ in yielding] == ["warning vacuity", "note agreement-conflict"]


def test_a_clause_yields_where_something_is_left_of_it(tmp_path: Path) -> None:
    ((_, (way, *_)),) = beside(tmp_path, "when fog must not report", "must report")
    assert way == "write `subject to manual` in the header if the draft is to yield to it throughout"
    yielding = beside(tmp_path, "when fog must not report", "must report", "subject to manual")
    assert [rule for rule, _ in yielding] == ["note agreement-conflict"]


def test_a_duty_is_not_to_yield_to_advice_but_advice_is(tmp_path: Path) -> None:
    ((_, (way, *_)),) = beside(tmp_path, "when fog should not report", "must report")
    assert way == "write `should` in 1, and `subject to manual` in the header, if its advice is to prevail"
    ((rule, _),) = beside(tmp_path, "when fog should not report", "must report", "subject to manual")
    assert rule == "warning agreement-conflict"  # a duty yields to no advice
    ((rule, _),) = beside(tmp_path, "when fog should not report", "should report", "subject to manual")
    assert rule == "note agreement-conflict"


CODE = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'


def test_of_two_clauses_that_forbid_together_the_special_one_is_to_stand(tmp_path: Path) -> None:
    special = (
        "clause 1 every unit when own.use_active_sonar must call\n"
        "clause 2 a submarine when own.use_active_sonar and restricted_visibility must not call\n"
    )
    ways = ("let 2, the more special one, stand `in place of 1`", "or say in 1 that it does not count there")
    assert ways_out(tmp_path, special, CODE, "unwritten-prohibition") == ways
    mended = special.replace("not call", "not call in place of 1")
    (tmp_path / "code.cbm").write_text(CODE + mended, encoding="utf-8")
    assert run([tmp_path / "code.cbm"], select=["unwritten-prohibition", "vacuity"]).findings == ()


def test_of_two_clauses_that_forbid_together_either_may_stand_where_both_are_about_more(tmp_path: Path) -> None:
    clauses = (
        "clause 1 every unit when own.use_active_sonar must call\n"
        "clause 2 every unit when restricted_visibility must not call\n"
    )
    ways = ("let one of 1 and 2 stand `in place of` the other", "or say in one of them that it does not count there")
    assert ways_out(tmp_path, clauses, CODE, "unwritten-prohibition") == ways


def test_of_three_duties_each_is_named_with_its_act(tmp_path: Path) -> None:
    clauses = "clause 1 every unit must turn unless own.report\nclause 2 every unit must not turn, report\n"
    way = "make an exception to one of 1, 2 (`turn`) or 2 (`report`), or let one stand `in place of` another"
    assert ways_out(tmp_path, clauses) == (way,)


def test_it_is_said_that_a_ban_is_lifted_for_the_sake_of_advice(tmp_path: Path) -> None:
    clauses = "clause 1 every unit must not report\nclause 2 every unit {}should report\n"

    def told(text: str) -> list[Finding]:
        (tmp_path / "code.cbm").write_text(SEA + text, encoding="utf-8")
        return list(run([tmp_path / "code.cbm"], select=["conflict"]).findings)

    (finding,) = told(clauses.format("when fog "))
    first = "to let 2 prevail frees from 1 for the sake of advice: to keep 1 as it is, take 2 out, or say in it"
    assert finding.notes[0].startswith(first)
    assert told(clauses.splitlines()[0] + "\n") == []  # taken out, as advised
    assert [f.notes for f in told(clauses.replace("must not", "should not").format("when fog "))] == [()]


RESCUE = """\
vocabulary sea
party CN
party JP
kind craft = helicopter | warship | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
  patient "with a patient" : flag
  distress "in distress" : flag
  silent "silent" : flag
axiom "two sides" own.party is not other.party
topic rescue
act take, surface, call, answer topic rescue
result apart "distance" : length from 0 m to 10 km topic rescue
result each pace "speed" : speed from 0 kt to 50 kt topic rescue
take requires apart <= 200 m
draft code
  uses sea
  between CN, JP
"""


def clashes(folder: Path, clauses: str) -> list[Finding]:
    (folder / "code.cbm").write_text(f"{RESCUE}{clauses}", encoding="utf-8")
    return list(run([folder / "code.cbm"], select=["conflict", "deadlock", "impossible-duty"]).findings)


def test_an_exception_takes_in_no_more_than_where_the_clauses_clash(tmp_path: Path) -> None:
    """`except from 1 the case that other unit is a tanker` would have let warships take no patient from a tanker."""
    take = "clause 1 a helicopter or warship when other.patient must keep pace <= 5 kt"
    clear = "clause 2 a helicopter meeting a tanker must keep pace >= 10 kt unless other.distress\n"
    (finding,) = clashes(tmp_path, f"{take}\n{clear}")
    assert finding.remedies[1] == (
        "except from 1 the case that craft of own unit is helicopter, craft of other unit is tanker and "
        "other unit is not in distress"
    )
    case = "own.craft is helicopter and other.craft is tanker and not other.distress"
    assert clashes(tmp_path, f"{take} unless {case}\n{clear}") == []


@pytest.mark.parametrize(("first", "second"), [("", " in place of 1 for both"), (" in place of 2 for both", "")])
def test_what_sets_the_units_against_each_other_as_well_is_lifted_for_both(
    first: str, second: str, tmp_path: Path
) -> None:
    """Without `for both`, or with an exception, the other unit is still to keep away: a deadlock came instead."""
    take, clear = (
        "clause 1 a warship when other.patient must take",
        "clause 2 a warship when other.distress must keep apart >= 500 m",
    )
    (finding,) = clashes(tmp_path, f"{take}\n{clear}\n")
    assert finding.remedies == ("let 2 stand `in place of 1 for both`, or 1 `in place of 2 for both`",)
    assert clashes(tmp_path, f"{take}{first}\n{clear}{second}\n") == []
    (deadlock,) = clashes(tmp_path, f"{take}\n{clear} in place of 1\n")
    assert deadlock.rule == "deadlock"


def test_an_exception_that_settles_that_as_well_is_offered(tmp_path: Path) -> None:
    flag = RESCUE.replace("axiom", 'shared rough "the sea is rough" : flag\naxiom', 1)
    clauses = "clause 1 a warship must keep apart <= 200 m\nclause 2 a warship when rough must keep apart >= 500 m\n"
    (tmp_path / "code.cbm").write_text(f"{flag}{clauses}", encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["conflict", "deadlock"]).findings
    assert "except from 1 the case that the sea is rough" in finding.remedies


def test_of_a_clause_of_several_acts_it_is_told_how_the_others_stay(tmp_path: Path) -> None:
    """What is excepted from a clause is excepted from all that it lists."""
    silence = "clause 2 a warship when own.silent must not call\n"
    (finding,) = clashes(tmp_path, f"clause 1 a warship when other.distress must surface, call\n{silence}")
    apart = "where the rest of 1 is to bind all the same, give `call` a sentence of its own first"
    assert finding.remedies[-1] == apart
    parted = "clause 1 a warship when other.distress must surface; must call"
    (finding,) = clashes(tmp_path, f"{parted}\n{silence}")
    assert apart not in finding.remedies
    assert clashes(tmp_path, f"{parted} unless own.silent\n{silence}") == []


def test_an_exception_where_another_text_binds_settles_what_sets_the_units_against_each_other(tmp_path: Path) -> None:
    """An auxiliary that makes way where it is bound itself was still to come near a warship that is to keep away."""
    rules = "instrument rules\n  uses sea\n  between CN, JP\nclause 1 a warship must keep apart >= 1 km\ndraft code\n"
    text = RESCUE.replace("draft code\n", rules)
    near = "  beside rules\nclause 1 a warship or tanker when own.patient must keep apart <= 200 m"
    case = "unless own is bound by (1 of rules) or other is bound by (1 of rules)"
    assert f"or except its case: `{case}` in 1" in ways_out(tmp_path, f"{near}\n", text, "agreement-conflict")

    def left(clause: str) -> list[str]:
        (tmp_path / "code.cbm").write_text(f"{text}{clause}\n", encoding="utf-8")
        return [
            str(one.rule) for one in run([tmp_path / "code.cbm"], select=["agreement-conflict", "deadlock"]).findings
        ]

    assert left(f"{near} unless own is bound by (1 of rules)") == ["deadlock"]
    assert left(f"{near} {case}") == []


def test_where_it_is_not_known_whether_an_exception_settles_that_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(_: Solver, *__: Formula) -> Unknown:
        return Unknown("the question was too hard")

    class Lost(Solver):
        decide = give_up

    monkeypatch.setattr("cbm.wording.findings.between_units.Solver", Lost)
    told = clashes(
        tmp_path,
        "clause 1 a warship when other.patient must take\n"
        "clause 2 a warship when other.distress must keep apart >= 500 m\n",
    )
    assert {"undecided: does an exception to 1 settle it (clause 1)"} <= {one.message for one in told}
    assert {one.remedies for one in told if one.rule == "conflict"} == {
        ("let 2 stand `in place of 1 for both`, or 1 `in place of 2 for both`",)
    }


HEIGHT = f"{RESCUE}".replace(
    "draft code",
    """\
result height "height" : length from 0 m to 10 km topic rescue
axiom "height is part of distance" height <= apart
draft code""",
)


def heights(folder: Path, clauses: str) -> list[Finding]:
    (folder / "code.cbm").write_text(f"{HEIGHT}{clauses}", encoding="utf-8")
    return list(run([folder / "code.cbm"], select=["conflict", "deadlock"]).findings)


def test_what_stands_in_place_of_a_clause_already_is_not_advised_again(tmp_path: Path) -> None:
    """`in place of 1` lifts what is said of the distance, and leaves the height."""
    near = "clause 2 a helicopter when other.patient must keep apart <= 100 m in place of 1"
    clear = "must keep apart >= 300 m, keep height >= 150 m"
    (finding,) = heights(tmp_path, f"clause 1 a helicopter meeting a tanker {clear}\n{near}\n")
    way = "give `keep height >= 150 m` in 1 a sentence of its own, and let 2 stand `in place of` that as well"
    assert finding.remedies[0] == way
    parted = clear.replace(", keep", "; must keep")
    text = f"clause 1 a helicopter meeting a tanker {parted}\n{near} sentence 1, 1 sentence 2\n"
    assert heights(tmp_path, text) == []


def test_of_that_it_is_said_where_it_is_for_both_units(tmp_path: Path) -> None:
    near = "clause 2 a helicopter when other.patient must keep apart <= 100 m in place of 1 for both"
    clear = "clause 1 a helicopter or tanker must keep apart >= 300 m, keep height >= 150 m"
    (finding,) = heights(tmp_path, f"{clear}\n{near}\n")
    assert finding.remedies[0].endswith("let 2 stand `in place of` that as well, `for both`")
    parted = clear.replace(", keep", "; must keep")
    assert heights(tmp_path, f"{parted}\n{near.replace('1 for', '1 sentence 1, 1 sentence 2 for')}\n") == []


def test_of_a_clause_that_is_not_lifted_nothing_is_said_of_its_other_acts(tmp_path: Path) -> None:
    """What is lifted is clause 1: clause 2 stays as it is, with all that it lists."""
    near = "clause 2 a warship when other.distress must surface, keep apart <= 1 km\n"
    found = clashes(tmp_path, f"clause 1 a warship must keep apart >= 5 km\n{near}")
    (finding,) = (f for f in found if f.rule == "conflict")
    assert finding.remedies[0] == "let 2, the more special one, stand `in place of 1 for both`"
    assert not any("sentence of its own" in way for way in finding.remedies)


def test_units_set_against_each_other_by_each_act_of_a_clause_are_told(tmp_path: Path) -> None:
    """Only the first act was told, and its bound as that of all."""
    clear = "clause 1 a helicopter meeting a warship must keep apart >= 2 km, keep height >= 2 km"
    (finding,) = heights(
        tmp_path, f"{clear}\nclause 2 a warship meeting a helicopter must keep apart <= 9 km, keep height <= 500 m\n"
    )
    assert finding.message.startswith(
        "1 (`keep height >= 2 km`) (own unit) and 2 (`keep height <= 500 m`) (other unit)"
    )
    (finding,) = heights(
        tmp_path, f"{clear}\nclause 2 a warship meeting a helicopter must keep apart <= 1 km, keep pace <= 9 kt\n"
    )
    (finding,) = heights(
        tmp_path, f"{clear}\nclause 2 a warship meeting a helicopter must keep apart <= 1 km, keep height <= 500 m\n"
    )
    assert finding.message.startswith("1 (own unit) and 2 (other unit) cannot be complied with together")
    assert finding.remedies[-2:] == (
        "bring the bound of 1 (`keep apart >= 2 km`) to 1 km, that of 2 (`keep apart <= 1 km`)",
        "bring the bound of 1 (`keep height >= 2 km`) to 500 m, that of 2 (`keep height <= 500 m`)",
    )


def test_what_sets_the_units_against_each_other_is_told_beside_a_clash_of_another_act(tmp_path: Path) -> None:
    """It was left out, as if it were told with the clash."""
    clear = "clause 1 a helicopter or tanker must keep apart >= 300 m, keep height >= 150 m"
    near = "clause 2 a helicopter when other.patient must keep apart <= 100 m in place of 1"
    found = [(str(f.rule), f.message) for f in heights(tmp_path, f"{clear}\n{near}\n")]
    assert [rule for rule, _ in found] == ["conflict", "deadlock"]
    assert found[1][1].startswith("1 (`keep apart >= 300 m`) (own unit) and 2 (other unit)")


LINES = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident
axiom "two sides" own.party is not other.party
topic incidents
act report topic incidents
channel desk between CN, JP for incidents operational from 2020-01-01
  open 08:00 to 16:00 Asia/Tokyo Mon to Fri at JP
  open 08:00 to 16:00 Asia/Tokyo Mon to Fri at CN
  falls back to phone
channel phone between CN, JP for incidents operational from 2020-01-01
channel note between CN, JP for incidents operational from 2020-01-01
draft code
  uses lines
  between CN, JP
  proposed 2026-12-01
"""


@pytest.mark.parametrize(
    ("line", "barred"),
    [("note", "note"), ("note, phone", "note`, `phone"), ("desk", "phone")],
)
def test_channels_that_a_ban_does_not_leave_free_are_to_be_named_there(line: str, barred: str, tmp_path: Path) -> None:
    """To let the duty stand in place of the ban frees every channel; `phone` stands in already where `desk` fails."""
    clauses = f"clause 1 every unit must report within 1 h after incident through {line}\n"
    ban = "clause 2 every unit must not report except through {}\n"
    named = f"desk, {barred.replace('`', '')}"
    way = f"leave free in 2 what goes through `{barred.replace('`, `', '` and `')}`, too: `except through {named}`"
    assert ways_out(tmp_path, clauses + ban.format("desk"), LINES)[0] == way
    (tmp_path / "code.cbm").write_text(LINES + clauses + ban.format(named), encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=["conflict", "impossible-duty", "vacuity"]).findings
    assert [finding.message for finding in found] == []


def test_what_stands_in_place_of_a_clause_where_it_is_kept_alone_is_not_to_stand_there_again(tmp_path: Path) -> None:
    """Who turns may not turn, and who does not must: that 2 stands in place of 1 settles nothing."""
    clauses = """\
clause 1 every unit must turn
clause 2 every unit when own.turn must keep_course in place of 1
"""
    assert ways_out(tmp_path, clauses) == ("let 2 depend on what is found, and not on what 1 asks for; or take 2 out",)
    for mended in (clauses.replace("own.turn", "fog"), clauses.splitlines()[0]):
        (tmp_path / "code.cbm").write_text(SEA + mended, encoding="utf-8")
        assert list(run([tmp_path / "code.cbm"], select=["conflict"]).findings) == []
