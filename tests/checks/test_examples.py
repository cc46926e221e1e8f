"""Each rule by example, from the common case to the odd one; and how conditions, encounters and ways out are worded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cbm.dynamics import trap_search
from cbm.finding import Finding
from cbm.pipeline import run
from cbm.source import Source
from tests.examples import load, verify

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.cbm"))
WORLD = """\
vocabulary strait "A strait with three navies"
party CN "China"
party JP "Japan"
party US "United States"
kind craft "kind of unit" = frigate | tanker | helicopter "shipboard helicopter"
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  distress "in distress" : flag
  bearing "bearing" : angle
shared
  night "it is night" : flag
  fog "there is fog" otherwise "the air is clear" : flag
  range "range" : length from 0 nmi to 10 nmi
axiom "two sides" own.party is not other.party
types by own.craft, other.craft
term ahead "ahead of the other unit" means other.bearing from 100 deg to 260 deg
term head_on "meeting head-on" means own.bearing from 350 deg to 10 deg and other.bearing from 350 deg to 10 deg
topic manoeuvre
topic distance
act hold_course "keeps its course" topic manoeuvre
act turn "turns away from the other unit" topic manoeuvre
act call "calls the other unit" topic manoeuvre
act answer "answers" topic manoeuvre
act launch "launches a drone" topic manoeuvre
result separation "closest distance" : length from 0 m to 20 nmi topic distance
result each speed "speed" : speed from 0 kt to 40 kt topic manoeuvre
never hold_course with turn
instrument rules "Rules of the road"
  uses strait
  rank treaty in force 1977-07-15
clause 1 a helicopter meeting a frigate must keep separation >= 1 km
draft code "A code"
  uses strait
  between CN, JP
"""


# What is undecided there after as much work as the search for traps may take is so after an eighth of it.
_LEFT_OPEN = "chosen_hours"


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_example(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if path.stem == _LEFT_OPEN:
        monkeypatch.setattr(trap_search, "WORK", trap_search.WORK // 8)
    verify(load(path), found)


def found(source: Source) -> Sequence[Finding]:
    """What is found in a text that stands by itself in the working folder.

    The vocabularies of examples have more words than each text needs, but for the example that is about this.
    """
    path = Path(source.name)
    path.write_text(source.text, encoding="utf-8")
    return run([path], ignore=() if path.stem == "unused" else ("unused",)).findings


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Only:
    monkeypatch.chdir(tmp_path)
    return Only()


class Only:
    """The one finding of a rule in the code with these clauses."""

    def __call__(self, clauses: str, rule: str = "conflict") -> Finding:
        (finding,) = (f for f in found(Source("code.cbm", WORLD + clauses)) if f.rule == rule)
        return finding


# ---- whenever


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            "a helicopter meeting a frigate must call",
            "a helicopter when night must not call",
            "a shipboard helicopter meets a frigate and it is night (always when these clauses apply together)",
        ),
        (
            "every unit must call",
            "every unit must not call",
            "two units of its parties meet (always when these clauses apply together)",
        ),
        (
            "every unit when own.distress and not night must call",
            "a tanker must not call",
            (
                "own unit is a tanker, own unit is in distress and it is not so that it is night"
                " (always when these clauses apply together)"
            ),
        ),
        (
            "every unit when not fog must call",
            "every unit must not call",
            "the air is clear (always when these clauses apply together)",
        ),
        (
            "a tanker when other.call must answer",
            "every unit must not answer",
            "own unit is a tanker and other unit calls own unit (always when these clauses apply together)",
        ),
        (
            "JP must call",
            "every unit must not call",
            "own unit is of Japan (always when these clauses apply together)",
        ),
        (
            "every unit when own.bearing from 350 deg to under 355 deg must call",
            "a tanker must not call",
            (
                "own unit is a tanker and bearing of own unit is from 350 deg to under 355 deg"
                " (always when these clauses apply together)"
            ),
        ),
        (
            "every unit when own.bearing from 270 deg to 90 deg must call",
            "every unit must not call",
            "bearing of own unit is from 0 deg to 90 deg (always when these clauses apply together)",
        ),
        (
            "every unit when own.ahead must call",
            "a tanker must not call",
            "own unit is a tanker and own unit is ahead of the other unit (always when these clauses apply together)",
        ),
        (
            "every unit when other.bearing from 100 deg to 200 deg must call",
            "every unit must not call",
            "bearing of other unit is from 100 deg to 200 deg (always when these clauses apply together)",
        ),
        (
            "a tanker when own.head_on and night must call",
            "every unit must not call",
            (
                "own unit is a tanker, own unit is meeting head-on and it is night"
                " (always when these clauses apply together)"
            ),
        ),
        (
            "every unit when range >= 5 nmi and range <= 5 nmi must call",
            "every unit must not call",
            "range is exactly 5 nmi (always when these clauses apply together)",
        ),
        (
            "every unit when not (range < 5 nmi) must call",
            "every unit must not call",
            "range is at least 5 nmi (always when these clauses apply together)",
        ),
        (
            "every unit when not other.call must answer",
            "every unit must not answer",
            "other unit does not call own unit (always when these clauses apply together)",
        ),
        (
            "a tanker when range from over 2 nmi to 3 nmi must call",
            "a tanker must not call",
            "own unit is a tanker and range is from over 2 nmi to 3 nmi (always when these clauses apply together)",
        ),
        (
            "a helicopter must keep separation >= 2 * range + 1 nmi",
            "a helicopter must keep separation <= 4 nmi",
            "own unit is a shipboard helicopter and range is over 1.5 nmi",
        ),
    ],
)
def test_whenever(only: Only, first: str, second: str, words: str) -> None:
    assert only(f"clause 1 {first}\nclause 2 {second}\n").whenever == words


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("a naval_ship or helicopter", "own unit is a naval ship or military helicopter"),
        ("a warship or military_aircraft", "own unit is a warship or crewed military aircraft"),
        ("a ship or military_aircraft", "own unit is a ship or crewed military aircraft"),
        ("a coast_guard_ship or uncrewed_craft", "own unit is a coast guard ship or uncrewed craft"),
        ("a state_unit or militia_vessel", "own unit is a State unit or militia vessel"),
        ("a warship or fighter or civil_aircraft", "own unit is a warship, fighter or civil aircraft"),
        (
            "a naval_ship or coast_guard_ship when own.craft not in (warship) and own.status is not submerged",
            "own unit is a naval auxiliary, submarine or coast guard ship and own unit is not a submerged unit",
        ),
        ("a military_unit meeting a ship or patrol_aircraft", "a military unit meets a ship or patrol aircraft"),
    ],
)
def test_kinds_are_told_by_the_nouns_of_the_vocabulary(
    who: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
    text = f"{head}clause 1 {who} must assist\nclause 2 every unit must not assist\n"
    (finding,) = (f for f in found(Source("code.cbm", text)) if f.rule == "conflict")
    assert finding.whenever == f"{words} (always when these clauses apply together)"


@pytest.mark.parametrize(
    ("titled", "words"),
    [
        ("calls the other unit", "other unit does not call own unit"),
        ("crosses ahead", "other unit does not cross ahead"),
        ("surfaces and shows its flag", "other unit does not surface and show its flag"),
        ("fires or drops an object", "other unit does not fire or drop an object"),
        ("carries lights", "other unit does not carry lights"),
        ("has lights", "other unit does not have lights"),
        ("does its duty", "other unit does not do its duty"),
        ("呼叫他方", "other unit does not do this: `ask`"),
        ("", "other unit does not do this: `ask`"),
    ],
)
def test_what_is_not_done(only: Only, monkeypatch: pytest.MonkeyPatch, titled: str, words: str) -> None:
    title = f' "{titled}"' if titled else ""
    monkeypatch.setattr(f"{__name__}.WORLD", WORLD.replace("act launch", f"act ask{title} topic manoeuvre\nact launch"))
    finding = only("clause 1 every unit when not other.ask must call\nclause 2 every unit must not call\n")
    assert finding.whenever == f"{words} (always when these clauses apply together)"


def test_whenever_of_a_duty_that_can_never_be_met(only: Only) -> None:
    finding = only("clause 1 a tanker must turn, hold_course\n", "impossible-duty")
    assert finding.whenever == "own unit is a tanker (always when the clause applies)"


def test_every_set_of_conditions_is_listed(only: Only) -> None:
    finding = only("clause 1 a tanker when own.distress or night must call\nclause 2 every unit must not call\n")
    told = [set(cube) - {"own unit is not of United States", "other unit is not of United States"}
            for cube in finding.extent]  # fmt: skip
    assert sorted(map(sorted, told)) == [
        ["it is night", "own unit is a tanker"],
        ["own unit is a tanker", "own unit is in distress"],
    ]


def test_what_a_term_includes_is_no_further_set_of_conditions(only: Only) -> None:
    finding = only("clause 1 every unit when own.head_on must call\nclause 2 every unit must not call\n")
    assert [cube for cube in finding.extent if "own unit is meeting head-on" in cube] == list(finding.extent)


# ---- for example


def test_an_example_names_the_units_and_what_matters(only: Only) -> None:
    finding = only("clause 1 a tanker meeting a frigate must call\nclause 2 JP when night must not call\n")
    assert finding.witness is not None
    assert finding.witness.words == "JP tanker (own) and CN frigate (other); it is night"
    facts = [(f.subject, f.name, f.value) for f in finding.witness.facts]
    assert facts == [
        ("own", "party", "JP"),
        ("other", "party", "CN"),
        ("own", "craft", "tanker"),
        ("other", "craft", "frigate"),
        (None, "night", "true"),
    ]


def test_an_example_gives_quantities_exactly(only: Only) -> None:
    finding = only(
        "clause 1 a tanker when range = 2.5 nmi must keep separation >= range\n"
        "clause 2 JP when other.craft is frigate must keep separation <= 1 km\n"
    )
    assert finding.witness is not None
    assert finding.witness.words == "JP tanker (own) and CN frigate (other); range: 2.5 nmi"
    assert finding.witness.facts[-1].value == "4630"


# ---- who says what


def test_every_clause_says_what_it_asks(only: Only) -> None:
    finding = only("clause 1 a tanker must hold_course\nclause 2 a tanker should turn\n")
    labels = [(label.span.text, label.text) for label in (finding.primary, *finding.related)]
    assert labels == [
        ("must hold_course", "1 asks for this"),
        ("should turn", "2 advises this"),
        ("never hold_course with turn", "holds in every encounter"),
    ]


def test_a_clause_with_brackets_is_marked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    clauses = (
        "clause 1 a tanker must keep separation >= [CN: 1 nmi | JP: 2 nmi]\n"
        "clause 2 a tanker when night must keep separation >= 1 nmi\n"
    )
    (finding,) = [f for f in found(Source("code.cbm", WORLD + clauses)) if f.rule == "redundancy"]
    assert [(label.span.text, label.text) for label in finding.related] == [
        ("must keep separation >= [CN: 1 nmi | JP: 2 nmi", "1 already asks for it")
    ]


# ---- settle it


def test_the_more_special_clause_is_to_stand_in_place_of_the_other(only: Only) -> None:
    finding = only(
        "clause 1 a helicopter must keep separation >= 1 km\n"
        "clause 2 a helicopter when night must keep separation <= 500 m\n"
    )
    assert finding.remedies == (
        "let 2, the more special one, stand `in place of 1`",
        "except from 1 the case that it is night",
        "bring the bound of 1 to 500 m, that of 2",
    )


def test_wordings_of_a_duty_are_pointed_at_once(only: Only) -> None:
    duty = "clause 1 a helicopter when [fog | range < 1 nmi] must call unless night\n"
    idle = only(f"{duty}clause 2 a helicopter when night is deemed to comply with 1 if it does turn\n", "vacuity")
    assert [label.text for label in idle.related] == ["1 is the duty"]
    assert not any("no encounter has this: never" in words for words in idle.why)


def test_a_clause_that_asks_already_is_pointed_at_once_for_all_its_wordings(only: Only) -> None:
    finding = only("clause 1 a helicopter must call\nclause 2 a helicopter must [turn,] call\n", "redundancy")
    assert [label.text for label in finding.related] == ["2 (`call`) already asks for it"]


def test_no_case_is_taken_out_of_a_clause_that_is_left_with_none(only: Only) -> None:
    always = only("clause 1 a helicopter when night must hold_course, turn\n", "impossible-duty")
    assert always.remedies == ("ask for what can be done there, or take 1 out",)
    sometimes = only("clause 1 a helicopter must keep separation >= 3 * range\n", "impossible-duty")
    assert sometimes.remedies == ("take these encounters out of its condition, or ask for what can be done there",)


def test_no_clause_is_to_stand_in_place_of_one_that_asks_for_nothing_elsewhere(only: Only) -> None:
    same = only("clause 1 a helicopter must call\nclause 2 a helicopter must not call\n")
    assert same.remedies == ("take 1 or 2 out: neither binds where the other does not",)
    ban = "clause 2 a helicopter must not call within 7 h after other.turn\n"
    within = only("clause 1 a helicopter must call within 3 h after other.turn\n" + ban)
    assert within.remedies == ("take 1 or 2 out: neither binds where the other does not",)
    some = only("clause 1 a helicopter when night must call within 3 h after other.turn\n" + ban)
    assert some.remedies == (
        "let 1, the more special one, stand `in place of 2`",
        "except from 2 the case that it is night",
    )


def test_neither_is_more_special(only: Only) -> None:
    finding = only("clause 1 a helicopter must call\nclause 2 every unit when night must not call\n")
    assert finding.remedies == (
        "let 2 stand `in place of 1`, or 1 `in place of 2`",
        "except from 1 the case that it is night",
    )


def test_what_the_text_leaves_free_already_is_to_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exemption written and not heeded was passed over in silence, and an exception offered beside it."""
    monkeypatch.chdir(tmp_path)
    clauses = "clause 1 a tanker must call\nclause 2 a tanker when night must not call\n"
    leave = "clause 3 a tanker when night need not call"
    (clash,) = [f for f in found(Source("code.cbm", f"{WORLD}{clauses}{leave}\n")) if f.rule == "conflict"]
    assert clash.remedies[0] == "let 3, which leaves it free there, stand `in place of 1`"
    assert [f.rule for f in found(Source("code.cbm", f"{WORLD}{clauses}{leave} in place of 1\n"))] == []


def test_a_leave_that_would_take_the_whole_duty_or_part_of_the_clash_is_no_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clauses = "clause 1 a tanker must call\nclause 2 a tanker when night must not call\n"
    for leave in ("clause 3 a tanker may call\n", "clause 3 a tanker when night and own.distress need not call\n"):
        (clash,) = [f for f in found(Source("code.cbm", WORLD + clauses + leave)) if f.rule == "conflict"]
        assert not any("leaves it free" in remedy for remedy in clash.remedies)


def test_clauses_about_the_same_that_clash_somewhere_get_an_exception(only: Only) -> None:
    """Neither is to be taken out: each asks for something wherever they do not clash."""
    finding = only("clause 1 a tanker must keep separation >= range\nclause 2 a tanker must keep separation < 5 nmi\n")
    assert finding.remedies == ("except from 1 the case that range is at least 5 nmi",)


def test_three_clauses(only: Only) -> None:
    finding = only(
        "clause 1 a tanker must call or answer\nclause 2 a tanker must not call\nclause 3 JP must not answer\n"
    )
    assert finding.remedies == ("make an exception to one of 1, 2 or 3, or let one stand `in place of` another",)


def test_with_an_agreement(only: Only) -> None:
    finding = only(
        "  rank political\n  proposed 2019-10-01\n  beside rules\n"
        "clause 1 a helicopter must keep separation <= 500 m\n",
        "agreement-conflict",
    )
    assert finding.remedies == (
        "write `subject to rules` in the header if the draft is to yield to it throughout",
        "or except its case: `unless own is bound by (1 of rules)` in 1",
        "or write `notwithstanding 1 of rules` in 1 if the draft is to prevail",
    )
    assert finding.background == (
        "code (A code): political, 2019-10-01; a breach of it would be one of a commitment",
        "rules (Rules of the road): treaty, 1977-07-15; a breach of it is one of law",
    )


def test_nothing_is_to_be_settled_where_precedence_does(only: Only) -> None:
    finding = only("clause 1 a tanker must turn\nclause 2 a tanker when night must hold_course notwithstanding 1\n")
    assert finding.message == "clauses 1 and 2 cannot both be complied with; settled: 1 yields to 2"
    assert finding.remedies == ()


@pytest.mark.parametrize(
    "remedied",
    [
        (
            "clause 1 a helicopter must keep separation >= 1 km\n"
            "clause 2 a helicopter when night must keep separation <= 500 m in place of 1\n"
        ),
        (
            "clause 1 a helicopter must keep separation >= 1 km unless night\n"
            "clause 2 a helicopter when night must keep separation <= 500 m\n"
        ),
        (
            "clause 1 a helicopter must keep separation >= 500 m\n"
            "clause 2 a helicopter when night must keep separation <= 500 m\n"
        ),
    ],
    ids=["in place of", "except", "bound"],
)
def test_what_is_offered_settles_it(remedied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [f.rule for f in found(Source("code.cbm", WORLD + remedied))] == []


# ---- notes


@pytest.mark.parametrize(("reading", "offered"), [("launch", 0), ("fog", 1)])
def test_a_reading_is_offered_where_the_same_clauses_forbid_nothing_else(
    reading: str, offered: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clauses = (
        f'open term sign "sign" one of turn, {reading}\n'
        "clause 1 every unit when own.sign must call\n"
        "clause 2 every unit must not call\n"
    )
    text = WORLD.replace("shared\n", '  ready "ready" : flag\nshared\n') + clauses.replace("fog", "ready")
    told = [f for f in found(Source("code.cbm", text)) if f.rule == "unwritten-prohibition"]
    assert len(told) == 2 - offered
    assert [any("sign means" in remedy for remedy in finding.remedies) for finding in told] == [bool(offered)] * len(
        told
    )


def test_who_writes_down_what_clauses_forbid_together_is_not_only_told_to_take_it_out(only: Only) -> None:
    """`unwritten-prohibition` asks for it to be written down, and `redundancy` for no more than to take it out."""
    apart = "clause 1 every unit when own.launch must call\nclause 2 every unit when night must not call\n"
    together = only(f"{apart}clause 3 every unit when night must not launch\n", "redundancy")
    assert together.remedies[1:] == (
        "or leave it: it writes down what they forbid only together (see unwritten-prohibition)",
    )
    alone = only("clause 1 a tanker must not launch\nclause 2 every unit must not launch\n", "redundancy")
    assert alone.remedies == ("take 1 out, or make it say what it adds",)


@pytest.mark.parametrize(
    ("clause", "rule", "way_out"),
    [
        ("a tanker must not launch, call", "redundancy", "take 1 (`launch`) out, or make it say what it adds"),
        ("a tanker must turn; must not launch", "redundancy", "take 1 sentence 2 out, or make it say what it adds"),
        (
            "every unit when own.turn must not hold_course, call",
            "vacuity",
            "correct its condition or what it asks for, or take 1 (`hold_course`) out",
        ),
    ],
)
def test_of_a_clause_no_more_is_to_go_than_is_of_no_use(clause: str, rule: str, way_out: str, only: Only) -> None:
    """All of the clause was to be taken out, with what it still asks for."""
    assert only(f"clause 1 {clause}\nclause 2 every unit must not launch\n", rule).remedies == (way_out,)


@pytest.mark.parametrize(
    ("promised", "notes"),
    [
        ("", ()),
        ("covers manoeuvre in every type of encounter\n", ()),
        ("covers distance in every type of encounter\n", ()),
        (
            "covers acts turn in every type of encounter\n",
            ("implied, but not deletable: without it a promise on `turn` is not kept",),
        ),
    ],
)
def test_a_clause_that_others_imply_may_keep_a_promise_that_they_do_not(
    promised: str, notes: tuple[str, ...], only: Only
) -> None:
    """Who holds the course does not turn: so 1 is implied, and `turn` is spoken of by no other clause."""
    clauses = "clause 1 every unit must not turn\nclause 2 every unit must hold_course\n"
    finding = only(clauses + promised, "redundancy")
    assert finding.notes == ("2 subsumes it", *notes)
    assert bool(finding.remedies) is not bool(notes)


def test_what_a_clause_forbids_by_being_impossible_does_not_make_the_written_ban_deletable(only: Only) -> None:
    """The ban was to be taken out, though only a clause that nobody can keep leaves it nothing to add."""
    finding = only(
        "clause 1 every unit must not turn\nclause 2 every unit when own.turn must hold_course\n", "redundancy"
    )
    why = "2 implies it only because nobody can keep 2 once it has come into play; mend that first"
    assert finding.notes == ("2 subsumes it", f"implied, but not deletable: {why}")
    assert not finding.remedies


def test_a_result_that_only_an_impossible_clause_asks_for_is_not_deletable(only: Only) -> None:
    kept = "clause 1 every unit must keep separation >= 500 m\n"
    finding = only(kept + "clause 2 every unit when separation < 500 m must turn, hold_course\n", "redundancy")
    assert not finding.remedies


def test_who_is_a_party_later_is_asked_about_later(only: Only) -> None:
    finding = only("  , US from 2027-01-01\n  proposed 2026-06-01\nclause 1 US must call\n", "vacuity")
    assert finding.remedies == ("ask about that day (on the command line: `--as-of 2027-01-01`)",)
    assert finding.notes == ()


def test_wordings_and_sources_from_memory_are_told(only: Only) -> None:
    finding = only(
        'clause 1 a tanker must call\n  text en "Tankers call."\n  source "Annex II" from memory\n'
        'clause 2 JP must not call\n  source "Annex I" seen text\n'
        'without prejudice 9 "claims on the law of the sea"\n'
    )
    assert finding.notes == (
        "1: “Tankers call.”",
        "1 rests on Annex II, from memory and not verified",
    )
    assert finding.background == ("without prejudice (9 of code): claims on the law of the sea",)


def test_what_is_one_of_several_cases_of_a_clash_is_no_way_out_of_it(only: Only) -> None:
    """An exception for one of the acts that may be meant left the clash where another one is."""
    finding = only(
        "open term hostile one of call, answer\nclause 1 a tanker must keep separation >= 2 km\n"
        "clause 2 a tanker when other.hostile must keep separation <= 1 km\n"
    )
    assert [remedy for remedy in finding.remedies if "except" in remedy] == []
    finding = only(
        "clause 1 a tanker must keep separation >= 2 km\n"
        "clause 2 a tanker when night and (fog or own.distress) must keep separation <= 1 km\n"
    )
    assert "except from 1 the case that it is night" in finding.remedies


def test_a_permission_that_can_never_be_used_is_told_where_it_applies(only: Only) -> None:
    """It was told of whichever two units meet: what keeps it from binding keeps it from being used as well."""
    finding = only(
        "clause 1 a tanker or frigate must not call\nclause 2 a tanker when own.distress may call\n",
        "blocked-permission",
    )
    assert finding.whenever == "own unit is a tanker and own unit is in distress (always when the clause applies)"


def test_an_exemption_that_is_of_no_use_in_part_is_told_for_whom(only: Only) -> None:
    finding = only("clause 1 every unit when night must call\nclause 2 a tanker need not call\n", "blocked-permission")
    assert finding.whenever == "own unit is a tanker and it is night"


# ---- coverage


def test_a_gap_tells_its_box_and_one_open_part_of_it(only: Only) -> None:
    finding = only(
        "clause 1 a tanker must call\nclause 2 a frigate or helicopter when not night must call\n"
        "covers manoeuvre in every type of encounter\n",
        "gap",
    )
    assert finding.message == "`manoeuvre` is governed by no clause, in part: own unit is not a tanker"
    assert finding.whenever == "own unit is not a tanker and it is night"
    assert finding.primary.span.text == "covers manoeuvre in every type of encounter"
    assert finding.remedies == (
        "add a clause on manoeuvre for it",
        "or leave it out of the promise: `covers … in every type of … when …`",
    )


def test_of_a_gap_everywhere_no_condition_of_the_promise_is_advised(only: Only) -> None:
    finding = only("clause 1 every unit should call\ncovers distance in every type of encounter\n", "gap")
    assert finding.message == "`distance` is governed by no clause: every type of encounter"
    assert finding.remedies == ("add a clause on distance for it", "or take distance out of the promise")


# ---- what deems


def test_deeming_clauses_are_named_and_the_encounters_shown(only: Only) -> None:
    finding = only(
        "clause 1 deems night when own.distress\nclause 2 deems not night when own.craft is tanker\n",
        "inconsistent-vocabulary",
    )
    assert [label.text for label in (finding.primary, *finding.related)] == ["1 deems this", "2 deems this"]
    assert finding.whenever == "own unit is a tanker and own unit is in distress"
    assert finding.witness is not None
    assert "tanker (own)" in finding.witness.words


def test_a_deeming_clause_that_leaves_no_encounter_is_named(only: Only) -> None:
    finding = only("clause 1 deems own.party is other.party\n", "inconsistent-vocabulary")
    assert [label.text for label in (finding.primary, *finding.related)] == ["two sides", "1 deems this"]


def test_what_axioms_ask_that_exclude_each_other_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left of the values of one attribute, and the two conditions are of the same unit."""
    monkeypatch.chdir(tmp_path)
    vocabulary = """\
vocabulary harbours "Harbours"
kind craft = frigate | tug
situation passage
roles own, other
each
  craft "craft" : craft
types by own.craft, other.craft
axiom "men-of-war" own.craft is frigate
axiom "tow" other.craft is tug
"""
    (finding,) = found(Source("harbours.cbm", vocabulary))
    assert finding.notes == ("together they ask that other unit is a frigate and other unit is a tug",)


# ---- quantities


@pytest.mark.parametrize(
    ("range_of_values", "asked", "expected", "words"),
    [
        ("speed", "10 kt", "18.52 km/h", "pace: 10 kt"),
        ("speed from 0 km/h to 90 km/h", "10 kt", "10 kt", "pace: 18.52 km/h"),
        ("length", "2 nmi", "3,704 m", "pace: 2 nmi"),
        ("duration", "2 h", "120 min", "pace: 2 h"),
    ],
)
def test_a_result_is_told_in_its_unit_or_in_the_first_one_written(
    range_of_values: str, asked: str, expected: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    world = WORLD.replace(
        "instrument rules", f'result pace "pace" : {range_of_values} topic distance\ninstrument rules'
    )
    text = f'{world}clause 1 JP must keep pace >= {asked}\ncases "Cases"\nexpect never pace = {expected}\n'
    (finding,) = (f for f in found(Source("code.cbm", text)) if f.rule == "impossible")
    assert finding.witness is not None
    assert finding.witness.words.endswith(words)


# ---- expectations


@pytest.mark.parametrize(
    ("clauses", "expectation", "why", "notes", "example"),
    [
        ("clause 1 a tanker when night must call\n", "expect own must call",
         "only clause 1 could bind it so, and not here",
         ("1 does not bind here: own unit is not a tanker and it is not so that it is night",
          "there own is bound by nothing"),
         "JP frigate (own) and CN frigate (other); it is not so that it is night"),
        ("clause 1 every unit must call unless own.distress\n", "expect own must call",
         "only clause 1 could bind it so, and not here",
         ("1 does not bind here: its exception applies, since own unit is in distress",
          "there own is bound by nothing"),
         "JP frigate (own) and CN frigate (other); own unit is in distress"),
        ("clause 1 every unit must call\nclause 2 exception to 1 when fog\n", "expect own must call",
         "only clause 1 could bind it so, and not here",
         ("1 does not bind here: exception 2 applies, since there is fog", "there own is bound by nothing"),
         "JP frigate (own) and CN frigate (other); there is fog"),
        ("clause 1 every unit must call\nclause 2 every unit when night must answer in place of 1\n",
         "expect own must call", "only clause 1 could bind it so, and not here",
         ("1 does not bind here: clause 2 stands in its place", "there own is bound by clause 2"),
         "JP frigate (own) and CN frigate (other); it is night"),
        ("clause 1 every unit must call\n", "expect own must answer", "no clause says so",
         ("there own is bound by clause 1",),
         "JP frigate (own) and CN frigate (other)"),
        ("clause 1 every unit must call\n", "expect own.craft is frigate and not night",
         "in this encounter it is night", (), "JP frigate (own) and CN frigate (other); it is night"),
        ("clause 1 every unit must call\n", "expect range <= 4 nmi", "in this encounter range is over 4 nmi", (),
         "JP frigate (own) and CN frigate (other); range: 5 nmi"),
        ("clause 1 every unit must call\n", "expect own is bound by nothing",
         "in this encounter 1 binds own unit", (), "JP frigate (own) and CN frigate (other)"),
        ("clause 1 a tanker must call\n", "expect own is bound by nothing but (1)",
         "in this encounter 1 does not bind own unit", (),
         "JP frigate (own) and CN frigate (other)"),
        ("article 1\n" + "".join(f"clause {n} a tanker when {way} must call\n" for n, way in enumerate(
            ("night", "fog", "other.distress", "own.distress", "own.craft is tanker", "range < 1 m",
             "range < 2 m"), 1)),
         "expect own is bound by nothing but (1)",
         "in this encounter none of 1.1, 1.2, 1.3, 1.4, 1.5 and 2 more clauses binds own unit", (),
         "JP frigate (own) and CN frigate (other)"),
        ("clause 1 a tanker must call; must answer\nclause 2 every unit must call\n",
         "expect own is bound by nothing but (1)",
         "in this encounter neither 1 sentence 1 nor 1 sentence 2 binds own unit and 2 binds own unit", (),
         "JP frigate (own) and CN frigate (other)"),
        ("clause 1 every unit must call\nclause 2 a frigate must not call\n", "expect no conflict",
         "there is one of clauses 1 and 2", (), None),
        ("clause 1 every unit must call\n", "expect conflict", "there is none", (), None),
        ("clause 1 every unit must call\ncovers distance in every type of encounter\n", "expect no gap",
         "there is one for distance", (), None),
        ("clause 1 every unit must call\nclause 2 a tanker must call\n", "expect no redundancy",
         "there is one “clause 2 asks for nothing that 1 does not already ask”", (), None),
    ],
)  # fmt: skip
def test_a_failed_expectation_says_what_fails(
    only: Only, clauses: str, expectation: str, why: str, notes: tuple[str, ...], example: str | None
) -> None:
    given = "given own.craft is frigate and other.craft is frigate and own.party is JP and other.party is CN"
    finding = only(f'{clauses}cases "Cases"\ncase "two frigates"\n{given}\n{expectation}\n', "expectation")
    assert finding.primary.text == why
    assert finding.notes == notes
    assert (finding.witness.words if finding.witness else None) == example


@pytest.mark.parametrize(
    ("in_place", "notes"),
    [
        ("in place of 1", ("1 binds other unit",)),  # the one is freed, and the other one is not
        ("", ()),
    ],
)
def test_what_shuts_out_is_told_with_another_unit_that_it_binds(
    only: Only, in_place: str, notes: tuple[str, ...]
) -> None:
    clauses = "clause 1 every unit must keep separation >= 2 km\nclause 2 JP must keep separation >= 200 m "
    case = (
        'cases "Cases"\ncase "near"\ngiven own.party is JP and other.party is CN\nexpect possible separation < 1 km\n'
    )
    finding = only(f"{clauses}{in_place}\n{case}", "never-reached")
    assert finding.primary.text == "shut out by clause 1"
    assert finding.notes == notes


@pytest.mark.parametrize(
    ("rule", "clause", "way"),
    [
        ("must call", "must call", "write `restates 1 of rules` in 1, or leave the clause out"),
        ("must call", "must call; must turn", "write `restates 1 of rules` in 1 sentence 1, or leave the sentence out"),
        ("must call, turn", "must call, turn", "write `restates 1 of rules` in 1, or leave the clause out"),
        # `restates` compares whole clauses.
        (
            "must call",
            "must call, turn",
            "leave `call` out of 1, or give it a clause of its own, with `restates 1 of rules`",
        ),
        ("must call, answer", "must call, turn", "leave `call` out of 1"),
        ("must call, answer", "must call", "leave 1 out"),
    ],
)
def test_who_repeats_is_told_to_say_so_where_that_can_be_said(
    rule: str, clause: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    world = WORLD.partition("instrument rules")[0]
    rules = f"instrument rules uses strait\nclause 1 every unit {rule}\n"
    text = f"{world}{rules}draft code uses strait between CN, JP beside rules\nclause 1 every unit {clause}\n"
    told = [f for f in found(Source("code.cbm", text)) if f.rule == "restatement"]
    assert {finding.remedies for finding in told} == {(way,)}
