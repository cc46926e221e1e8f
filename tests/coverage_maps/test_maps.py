"""What a map says: each way in which a matter can stand, on a small text; gaps, exceptions, parties, and notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import NoReturn

import pytest

import cbm
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.core.expressions import NormId
from cbm.coverage import regions
from cbm.coverage.governance import CoverageUndecided
from cbm.coverage.types import maximal_boxes
from cbm.coverage_maps import large_layers
from cbm.finding import Exit, RuleId
from cbm.outcomes.coverage_map import Cell, CoverageMap, Force, GovernedBy, Layer, State
from cbm.outcomes.map_parts import Scale
from cbm.process.budget import WorkSpent
from cbm.questions.covering import Request, answer
from cbm.render.maps.text import render
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Unknown
from cbm.translation.speech import Language, speaking
from tests.render.maps.golden import STRAIT, strait

GOVERNED_IN_PART = """\
vocabulary sea
party CN
party JP
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
shared fog : flag
types by own.craft
axiom "two sides" own.party is not other.party
topic signals
act call, lamp topic signals

instrument pact
  uses sea
  between CN, JP
  rank memorandum
clause 1 every unit when fog must call
clause 2 a frigate must call

draft code
  uses sea
  between CN, JP
  beside pact
clause 1 every unit when not fog must call
clause 2 a tanker must lamp
covers signals in every type of encounter
"""


def layer(name: str, drawn: CoverageMap | None = None) -> Layer:
    return next(one for one in (drawn or strait()).layers if one.named.name == name)


def cell(of: Layer, *kind: str, drawn: CoverageMap | None = None) -> Cell:
    """The cell that a type of encounter is in."""
    axes = (drawn or strait()).axes
    for found in of.cells:
        classes = [rows[place].values for rows, place in zip(of.classes, found.place, strict=True)]
        names = [{axis.values[p].named.name for p in values} for axis, values in zip(axes, classes, strict=True)]
        if all(value in known for value, known in zip(kind, names, strict=True)):
            return found
    raise AssertionError(f"no cell for {kind}")


@pytest.mark.parametrize(
    ("matter", "kind", "state"),
    [
        ("weapons", ("helicopter", "tanker", "port"), State.IMPOSSIBLE),
        ("weapons", ("tanker", "frigate", "sea"), State.GOVERNED),
        ("weapons", ("frigate", "tanker", "sea"), State.EXCEPTED),
        ("weapons", ("helicopter", "tanker", "roads"), State.SILENT),
        ("weapons", ("helicopter", "tanker", "sea"), State.RESERVED),
        ("weapons", ("tanker", "tanker", "sea"), State.PARTLY_RESERVED),
        ("talk", ("frigate", "frigate", "sea"), State.GOVERNED),
        ("talk", ("frigate", "tanker", "sea"), State.NOTIFIED),
        ("talk", ("tanker", "tanker", "sea"), State.SWAYED),
        ("talk", ("helicopter", "tanker", "sea"), State.PARTLY),
        ("distance", ("frigate", "frigate", "port"), State.OUTSIDE),
        ("distance", ("frigate", "frigate", "sea"), State.CONTRADICTORY),
        ("distance", ("frigate", "tanker", "sea"), State.DEPENDING),
        ("distance", ("tanker", "tanker", "sea"), State.DEPENDING),
        ("fire", ("tanker", "tanker", "sea"), State.SILENT),
        ("fire", ("helicopter", "tanker", "sea"), State.RESERVED),
    ],
)
def test_each_way_in_which_a_matter_can_stand(matter: str, kind: tuple[str, ...], state: State) -> None:
    assert cell(layer(matter), *kind).state is state


def test_who_governs_and_how_strongly() -> None:
    both = cell(layer("weapons"), "tanker", "frigate", "sea")
    assert (both.force, both.origin) == (Force.MIXED, GovernedBy.BOTH)
    assert both.clauses == ("strait_code:1.2", "pact:1")
    alone = cell(layer("talk"), "frigate", "frigate", "sea")
    assert (alone.force, alone.origin, alone.clauses) == (Force.BINDING, GovernedBy.SUBJECT, ("strait_code:2.2",))
    others = cell(layer("fire"), "frigate", "tanker", "sea")
    assert (others.force, others.origin, others.clauses) == (Force.BINDING, GovernedBy.OTHERS, ("pact:1",))


def test_what_is_reserved_says_why_and_until_when() -> None:
    found = cell(layer("weapons"), "helicopter", "tanker", "sea")
    assert found.reserves == ("reserve 1.5: helicopters over the open sea, until 2030-01-01",)


def test_a_contradiction_leads_to_its_clauses_and_one_on_some_readings_says_on_which() -> None:
    always = cell(layer("distance"), "frigate", "frigate", "sea").clashes
    assert [(c.rule, c.clauses, c.reading) for c in always] == [
        ("conflict", ("strait_code:3.3", "strait_code:3.4"), "")
    ]
    sometimes = cell(layer("distance"), "frigate", "tanker", "sea")
    assert [c.reading for c in sometimes.clashes] == ["wide berth is over 300 m"]
    assert sometimes.readings == ("clauses 3.1 and 3.2 cannot both be complied with if wide berth is over 300 m",)
    assert cell(layer("distance"), "tanker", "tanker", "sea").readings == (
        "nothing governs it if wide berth is under 600 m",
    )


def test_gaps_are_boxes_in_words_with_the_part_of_each_type_that_is_open() -> None:
    told = [(gap.words, gap.types, gap.share, gap.reading) for gap in layer("distance").gaps]
    assert told == [
        ("a frigate meets a helicopter", 2, Fraction(1), ""),
        ("own unit is a helicopter and range between the units is over 5 nmi", 6, Fraction(3, 4), ""),
        ("own unit is a tanker and zone is not port", 6, None, "wide berth is under 600 m"),
    ]
    assert all(gap.witness is not None for gap in layer("distance").gaps)


def test_what_the_text_adds_to_the_others_and_what_it_leaves_to_them() -> None:
    added = layer("talk").additions
    assert added is not None
    assert ([box.types for box in added.first], added.left, added.already) == ([6], (), 0)


def test_what_another_text_governs_in_part_is_not_said_to_be_governed_by_this_one_first(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(GOVERNED_IN_PART, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm")))
    assert isinstance(drawn, CoverageMap)
    page = render(drawn)
    assert "governed throughout with this text, and not by pact alone:\n    - own unit is a tanker (1 type)" in page
    assert "governed throughout with pact, and not by this text alone:\n    - own unit is a frigate (1 type)" in page


def test_a_share_is_one_of_what_axioms_leave(tmp_path: Path) -> None:
    text = GOVERNED_IN_PART.replace("shared fog : flag\n", 'shared waters : sea\naxiom "no port" waters is not port\n')
    text = text.replace("kind craft", "kind sea = port | roads | open_sea\nkind craft").replace(
        "when fog", "when waters is roads"
    )
    text = text.replace("clause 1 every unit when not fog must call\n", "").replace(
        "clause 2 a frigate must call\n", ""
    )
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "code.cbm")))
    assert isinstance(drawn, CoverageMap)
    (gap,) = drawn.layers[0].gaps
    assert (gap.conditions, gap.share) == (("waters is not roads",), Fraction(1, 2))


def test_what_exceptions_leave_of_a_clause() -> None:
    (left,) = strait().excepted
    assert (left.clause, left.share, left.whole, left.kept) == ("strait_code:1.1", Fraction(1), 0, Fraction(1, 2))


def test_every_asymmetry_is_told_declared_or_not() -> None:
    told = [(a.clause, a.bound, a.free, a.because) for a in strait().asymmetries]
    assert told == [
        ("strait_code:2.4", "CN", "JP", "only China flies here"),
        ("strait_code:2.5", "CN", "JP", ""),
    ]


HOURS = """\
vocabulary desks "Two desks"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
axiom "two sides" own.party is not other.party
topic calls
act report "reports" topic calls
act ask "asks" topic calls
channel line between CN, JP for calls operational from 2020-01-01
  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at JP
  open 08:30 to 17:00 Asia/Shanghai Mon to Fri at CN
draft hours "Hours"
  uses desks
  between CN, JP
clause 1 every unit must report within 4 days after sighting through line
clause 2 JP must ask within 4 days after sighting through line
covers calls in every type of encounter when sighting occurs
"""


def test_a_clause_that_differs_by_the_hours_of_its_channel_alone_binds_both_parties(tmp_path: Path) -> None:
    (tmp_path / "hours.cbm").write_text(HOURS, encoding="utf-8")
    drawn = answer(Request(str(tmp_path / "hours.cbm")))
    assert isinstance(drawn, CoverageMap)
    assert [(a.clause, a.bound, a.free) for a in drawn.asymmetries] == [("hours:2", "JP", "CN")]


def test_examples_show_a_confirmed_encounter_in_every_cell_that_can_happen() -> None:
    layers = strait(examples=True).layers
    assert all(one.cells for one in layers)
    for one in layers:
        assert [c for c in one.cells if (c.witness is None) != (c.state is State.IMPOSSIBLE)] == []


def test_an_example_of_a_contradiction_may_show_only_some_of_its_clauses_binding(tmp_path: Path) -> None:
    """Clause 3 lifts clause 1 from who sees for itself: whatever a unit does, it leaves one of the others undone."""
    file = tmp_path / "lifting.cbm"
    file.write_text(LIFTING, encoding="utf-8")
    found = answer(Request(str(file), examples=True))
    assert isinstance(found, CoverageMap)
    (one,) = layer("talk", found).cells
    assert one.state is State.CONTRADICTORY
    assert one.witness is not None


LIFTING = """\
vocabulary harbour
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each
  party : party
axiom "two sides" own.party is not other.party
topic talk
act call, answer, look topic talk
never call with look

draft lifting
  uses harbour
  between CN, JP
clause 1 every unit must call
clause 2 every unit must look
clause 3 every unit when own.look must answer in place of 1
clause 4 every unit must not answer
covers talk in every type of encounter
"""


# ---- other axes


def drawn(by: str) -> CoverageMap:
    return strait(by=by)


def test_a_quantity_is_cut_where_the_texts_cut_it() -> None:
    (axis,) = drawn("range").axes
    assert (axis.scale, [value.named.words for value in axis.values]) == (
        Scale.QUANTITY,
        ["up to 5 nmi", "over 5 nmi"],
    )
    assert axis.values[0].high is not None
    assert (axis.values[0].high.value, axis.values[0].high.included) == (Fraction(9260), True)
    helicopters = next(gap for gap in layer("distance", drawn("range, own.craft")).gaps if gap.along != 1)
    assert helicopters.along == Fraction(3, 4)


def test_a_quantity_that_nothing_cuts_is_noted() -> None:
    told = drawn("own.bearing").notes
    assert "`own.bearing` tells no encounter apart from another: no clause or promise compares it with a bound" in told


def test_a_kind_whose_values_nothing_names_is_noted_as_such(tmp_path: Path) -> None:
    text = (
        'draft code "A code"\n  uses activities\n  between CN, JP\n'
        "clause 1 organiser must notify before start\n"
        "covers notices in every type of activity when start occurs\n"
    )
    file = tmp_path / "code.cbm"
    file.write_text(text, encoding="utf-8")
    told = answer(Request(str(file)))
    assert isinstance(told, CoverageMap)
    assert "`severity` tells no activity apart from another: no clause or promise names one of its values" in told.notes


@pytest.mark.parametrize(("language", "word"), [("en", "encounter"), ("zh", "相遇"), ("ja", "遭遇")])
@pytest.mark.parametrize(
    "promise",
    [
        "notices in every type of activity when start occurs",
        "consulting in every type of activity when dangerous and not dangerous",
    ],
)
def test_a_map_of_activities_speaks_of_no_encounters(
    language: Language, word: str, promise: str, tmp_path: Path
) -> None:
    file = tmp_path / "code.cbm"
    file.write_text(
        f"draft code uses activities between CN, JP\nclause 1 organiser must notify before start\ncovers {promise}\n",
        encoding="utf-8",
    )
    with speaking(language):
        for by in ("", "severity, near_the_other"):
            told = answer(Request(str(file), by=by))
            assert isinstance(told, CoverageMap)
            for form in ("text", "markdown", "html"):
                assert word not in re.sub("<style>.*?</style>", "", cbm.render(told, form), flags=re.DOTALL), form


def test_values_that_nothing_tells_apart_are_counted_and_named_one_by_one(tmp_path: Path) -> None:
    text = STRAIT.read_text(encoding="utf-8")
    text = text.replace('  | sea   "the open sea"', '  | bay "the bay"\n  | cove "the cove"\n  | sea   "the open sea"')
    file = tmp_path / "wider.cbm"
    file.write_text(text, encoding="utf-8")
    found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    assert [value.named.name for value in found.axes[2].values] == ["port", "roads", "bay", "cove", "sea"]
    weapons = layer("weapons", found)
    assert sum(one.types for one in weapons.cells) == 3 * 3 * 5
    assert cell(weapons, "helicopter", "tanker", "cove", drawn=found).state is State.SILENT


def test_what_is_reserved_does_not_weaken_what_governs_the_rest(tmp_path: Path) -> None:
    text = STRAIT.read_text(encoding="utf-8")
    text = text.replace(
        "a tanker meeting a tanker must not aim", "a tanker meeting a tanker when not night must not aim"
    )
    text = text.replace("tanker should not aim\nreserve", "tanker when night should not aim\nreserve")
    file = tmp_path / "night.cbm"
    file.write_text(
        text.replace("a ship when night must not fire", "a frigate when night must not fire"), encoding="utf-8"
    )
    found = answer(Request(str(file), matters=("weapons",)))
    assert isinstance(found, CoverageMap)
    tankers = cell(found.layers[0], "tanker", "tanker", "sea", drawn=found)
    assert (tankers.state, tankers.force, tankers.clauses) == (
        State.PARTLY_RESERVED,
        Force.BINDING,
        ("strait_code:1.3",),
    )


def test_a_clause_of_several_acts_is_named_whole(tmp_path: Path) -> None:
    """It went by the last of its acts, also on a topic that this one is not about."""
    text = STRAIT.read_text(encoding="utf-8").replace(
        "meeting a tanker must not aim", "meeting a tanker must not aim, look"
    )
    file = tmp_path / "several.cbm"
    file.write_text(text, encoding="utf-8")
    found = answer(Request(str(file), matters=("weapons",)))
    assert isinstance(found, CoverageMap)
    assert {clause.name for clause in found.clauses.values() if clause.title == "Both ways"} == {"1.3"}


def test_a_text_that_promises_nothing_is_measured_against_its_scope_and_that_is_noted(tmp_path: Path) -> None:
    text = STRAIT.read_text(encoding="utf-8")
    file = tmp_path / "silent.cbm"
    file.write_text(text[: text.index("\ncovers ") + 1], encoding="utf-8")
    found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    assert {one.named.name for one in found.layers} == {"weapons", "talk", "distance", "lights"}
    assert all(one.promise.implied for one in found.layers)
    assert found.notes[-1] == "the text promises to cover nothing; it is measured against the scope of its own articles"
    with speaking("ja"):
        told = answer(Request(str(file), matters=("weapons",)))
    assert isinstance(told, CoverageMap)
    assert told.notes[-1] == "文書は何も網羅すると約束していない；それ自身の条の適用範囲で測る"


NOWHERE = """\
vocabulary strait
situation encounter
roles own, other
shared
  night : flag
types by night
topic talk
act call topic talk
draft code
  uses strait
clause 1 every unit must call
covers talk in every type of encounter when night and not night
"""


def test_a_promise_of_an_encounter_that_cannot_be_is_drawn_without_types(tmp_path: Path) -> None:
    """Its table has no line; that was an internal error."""
    file = tmp_path / "nowhere.cbm"
    file.write_text(NOWHERE, encoding="utf-8")
    found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    assert "no such encounter can happen" in render(found)


# ---- too many types


def many_types(kinds: int = 12, values: int = 10) -> str:
    """A text with 10^12 types, of which all are told apart and two are forgotten."""
    names = range(kinds)
    declared = [f"kind k{i} = {' | '.join(f'v{i}_{j}' for j in range(values))}" for i in names]
    clauses = [f"when k{i} is v{i}_{j}" for i in names for j in range(values - 2)]
    clauses += [f"when k{i} is v{i}_8 and k{(i + 1) % kinds} is v{(i + 1) % kinds}_9" for i in names]
    lines = [
        *("vocabulary v", "party CN", "party JP", *declared, "situation encounter", "roles own, other"),
        *("each", "  party : party", "shared", *(f"  k{i} : k{i}" for i in names)),
        *(f"types by {', '.join(f'k{i}' for i in names)}", "topic t", "act go topic t"),
        *("draft code", "  uses v", *(f"clause {n} every unit {c} must go" for n, c in enumerate(clauses, start=1))),
        "covers t in every type of encounter",
    ]
    return "\n".join(lines) + "\n"


def test_of_too_many_types_only_boxes_are_told_and_what_was_left_out_is_said(tmp_path: Path) -> None:
    file = tmp_path / "many.cbm"
    file.write_text(many_types(), encoding="utf-8")
    found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    (one,) = found.layers
    assert [gap.types for gap in one.gaps] == [1, 1]
    assert not one.cells
    assert one.bounded.startswith("there are 1,000,000,000,000 types, and at most 10,000,000 are told apart one by one")
    page = render(found)
    assert "2 gaps found" in page
    assert "1,000,000,000,000 types" in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "clause 1 cannot be complied with"),
        ("zh", "条款1无法得到遵守"),
        ("ja", "条項1を遵守することはできない"),
    ],
)
def test_one_clause_that_asks_for_what_excludes_itself_is_told_as_one(
    language: Language, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "one.cbm"
    file.write_text(
        'vocabulary v\nparty CN\nparty JP\nsituation encounter "encounter"\nroles own, other\neach party : party\n'
        "types by own.party\ntopic t\nact stay topic t\nact turn topic t\nnever stay with turn\n"
        "draft code\n  uses v\nclause 1 every unit must stay, turn\ncovers t in every type of encounter\n",
        encoding="utf-8",
    )
    with speaking(language):
        found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    assert {clash.words for one in found.layers[0].cells for clash in one.clashes} == {told}


def test_how_much_of_a_type_is_open_is_told_of_what_is_promised(tmp_path: Path) -> None:
    text = tmp_path / "code.cbm"
    text.write_text(
        'draft code "A code"\n  uses encounters\n  between CN, JP\n'
        "clause 1 a warship must call\n"
        "covers communication in every type of encounter when own.craft in (warship, fighter, helicopter)\n",
        encoding="utf-8",
    )
    drawn = answer(Request(str(text), by="zone"))
    assert isinstance(drawn, CoverageMap)
    [gap] = drawn.layers[0].gaps
    assert gap.words == "own unit is not a warship"
    assert gap.share == Fraction(2, 3)  # of three kinds, not of all


def test_a_clash_in_a_part_of_its_types_is_not_told_of_all_of_them(tmp_path: Path) -> None:
    text = tmp_path / "code.cbm"
    text.write_text(
        'draft code "A code"\n  uses encounters\n  between CN, JP\n'
        "clause 1 a warship meeting a warship must keep separation >= 1,000 m\n"
        "clause 2 a warship meeting a warship when other.distress must keep separation <= 500 m\n"
        "covers separation in every type of encounter when own.craft is warship and other.craft is warship\n",
        encoding="utf-8",
    )
    drawn = answer(Request(str(text)))
    assert isinstance(drawn, CoverageMap)
    assert "! clauses 1 and 2 cannot both be complied with (somewhere in each of 4 types)" in " ".join(
        render(drawn).split()
    )


TOO_HARD = Unknown("it was too hard")


def clash_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    norms = NormId("strait_code", "3.3"), NormId("strait_code", "3.4")
    left = Undecided(TOGETHER, TOO_HARD.reason, norms, RuleId.CONFLICT)
    monkeypatch.setattr("cbm.inquiry.find_clashes", lambda about, _: ((), (left,) if about.bearer == 0 else ()))


def parties_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.coverage_maps.maps.one_sided", lambda _: [TOO_HARD])


def exceptions_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> NoReturn:
        raise CoverageUndecided(TOO_HARD.reason)

    monkeypatch.setattr("cbm.coverage_maps.exceptions_left._on_packages", give_up)


def examples_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.coverage_maps.witnesses.OpenWitnesses.of", lambda *_: None)


@pytest.mark.parametrize(
    ("give_up", "note"),
    [
        (
            clash_given_up,
            "undecided: can they always be complied with together (clauses 3.3 and 3.4): it was too hard",
        ),
        (parties_given_up, "whether the parties are bound alike stayed undecided: it was too hard"),
        (exceptions_given_up, "what the exceptions leave of 1.1 stayed undecided: it was too hard"),
        (examples_given_up, "the search for 2 examples on talking was given up"),
    ],
)
def test_what_is_given_up_is_noted_and_the_map_is_undecided(
    give_up: Callable[[pytest.MonkeyPatch], None], note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (strait().undecided, strait().exit) == (False, Exit.FINE)
    give_up(monkeypatch)
    drawn = answer(Request(str(STRAIT)))
    assert isinstance(drawn, CoverageMap)
    assert note in drawn.notes
    assert (drawn.undecided, drawn.exit) == (True, Exit.UNDECIDED)


def test_a_clash_that_was_given_up_on_other_matters_leaves_nothing_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    clash_given_up(monkeypatch)
    drawn = answer(Request(str(STRAIT), matters=("talk",)))
    assert isinstance(drawn, CoverageMap)
    assert (drawn.undecided, drawn.exit) == (False, Exit.FINE)


def test_a_type_of_which_it_is_not_known_makes_the_map_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "_by_reading", lambda _, types: (types.grid.nothing, (), types))
    drawn = answer(Request(str(STRAIT)))
    assert isinstance(drawn, CoverageMap)
    assert layer("distance", drawn).tally[State.UNDECIDED]
    assert (drawn.undecided, drawn.exit) == (False, Exit.UNDECIDED)


def test_a_search_for_boxes_that_was_given_up_makes_the_map_undecided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "many.cbm"
    file.write_text(many_types(), encoding="utf-8")
    found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    assert found.exit is Exit.FINE
    boxes = maximal_boxes.maximal_boxes
    monkeypatch.setattr(large_layers, "maximal_boxes", lambda cover: (*islice(boxes(cover), 1), TOO_HARD))
    found = answer(Request(str(file)))
    assert isinstance(found, CoverageMap)
    assert "the search ended after 1: it was too hard" in found.layers[0].bounded
    assert found.exit is Exit.UNDECIDED


def test_an_example_that_is_too_much_work_takes_nothing_away_from_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(*_: object) -> NoReturn:
        raise WorkSpent(TOO_HARD.reason)

    monkeypatch.setattr("cbm.search.replay.Episodes.find", too_much)
    drawn = answer(Request(str(STRAIT), matters=("talk",)))
    assert isinstance(drawn, CoverageMap)
    assert "whether the parties are bound alike stayed undecided: it was too hard" in drawn.notes
    told, shown = layer("talk", drawn), layer("talk")
    assert [gap.words for gap in told.gaps] == [gap.words for gap in shown.gaps]
    assert all(gap.witness is not None for gap in shown.gaps)
    assert all(gap.witness is None for gap in told.gaps)
