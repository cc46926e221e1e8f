"""What changed between vocabularies: definitions and axioms by meaning, everything else as it is declared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.cli import main
from cbm.outcomes.difference import Difference
from tests.shipped import SPECS

STRAIT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party KR "Korea"
kind craft "kind of unit" = frigate "frigate" | tanker "tanker" zh "油轮"
kind level = scene < command < ministry
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  damaged "is damaged" : flag
shared
  fog "there is fog" : flag
  range "range" : length from 0 m to 10,000 m
  chart : flag
moments sighting "the sighting"
axiom "two sides" own.party is not other.party
axiom "a chart in fog" fog implies chart
types by own.craft, near_in_fog
topic manoeuvre "manoeuvre"
topic telling "telling"
act turn "turns" topic manoeuvre
act signal topic manoeuvre
act call "calls" stating nature, position topic telling
turn requires not fog
never call with signal
counter delays "delays" counts fog per 3 calendar years up to 9
result separation "closest distance" : length from 0 m to 10,000 m topic manoeuvre
channel line "Line" between CN, JP
  for manoeuvre, telling
  operational from 2019-01-01
term crippled means own.damaged
term close means range < 1,000 m
term near_in_fog means close and fog
term limit is 500 m when close, 1 km otherwise
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changed(
    folder: Path, *edits: tuple[str, str], vocabulary: str = STRAIT, names: dict[str, str] | None = None
) -> Difference:
    """What changes where these words of the vocabulary are others."""
    new = vocabulary
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    paths = folder / "old/strait.cbm", folder / "new/strait.cbm"
    for path, text in zip(paths, (vocabulary, new), strict=True):
        path.write_text(text, encoding="utf-8")
    return cbm.diff(*paths, names=names, findings=False).steps[0]


def defined(difference: Difference) -> list[str]:
    return [f"{change.kind} {change.what} {change.name}" for change in difference.definitions]


def declared(difference: Difference) -> list[tuple[str, str, str]]:
    return [(f"{d.what} {d.name}".strip(), d.old, d.new) for d in difference.declared]


COSMETIC: dict[str, list[tuple[str, str]]] = {
    "nothing": [],
    "units": [("10,000 m", "10 km"), ("< 1,000 m", "< 1 km"), ("500 m when", "0.5 km when")],
    "order": [
        ("term crippled means own.damaged\n", ""),
        ("term near_in_fog", "term crippled means own.damaged\nterm near_in_fog"),
        ('frigate "frigate" | tanker "tanker" zh "油轮"', 'tanker "tanker" zh "油轮" | frigate "frigate"'),
        ("own.craft, near_in_fog", "near_in_fog, own.craft"),
        ("between CN, JP", "between JP, CN"),
        ("for manoeuvre, telling", "for telling, manoeuvre"),
        ("stating nature, position", "stating position, nature"),
        ("never call with signal", "never signal with call"),
    ],
    "a term inlined": [("means close and fog", "means range < 1,000 m and fog")],
    "a term put otherwise": [("means close and fog", "means not (not fog or range >= 1,000 m)")],
    "a term of another name": [("near_in_fog", "lost")],
    "the title of a term": [("term close means", 'term close "close by" means')],
    "an axiom without its title": [('axiom "two sides" own', "axiom own")],
    "an axiom put otherwise": [("fog implies chart", "chart or not fog")],
    "an axiom in two": [("fog implies chart", "fog implies chart\naxiom (fog and close) implies (chart and close)")],
    "comments and spaces": [("term close", "# how near is near\n\nterm   close")],
}


@pytest.mark.parametrize("edits", COSMETIC.values(), ids=COSMETIC)
def test_what_means_the_same_is_no_change(folder: Path, edits: list[tuple[str, str]]) -> None:
    difference = changed(folder, *edits)
    assert defined(difference) == []
    assert declared(difference) == []
    assert difference.is_empty


DEFINED = {
    "a term is wider, and so is what it builds": (
        [("< 1,000 m", "< 2,000 m")],
        ["wider term close", "wider term near_in_fog", "other-value term limit"],
    ),
    "a term is wider and narrower": (
        [("means own.damaged", "means other.damaged")],
        ["wider term crippled", "narrower term crippled"],
    ),
    "a quantity": ([("1 km otherwise", "2 km otherwise")], ["other-value term limit"]),
    "an axiom is gone": ([('axiom "a chart in fog" fog implies chart\n', "")], ["allowed axiom a chart in fog"]),
    "an axiom says less and more": (
        [("fog implies chart", "chart implies fog")],
        ["excluded axiom a chart in fog", "allowed axiom a chart in fog"],
    ),
    "what an act requires": (
        [("requires not fog", "requires not close")],
        ["excluded axiom turn requires not close", "allowed axiom turn requires not fog"],
    ),
    "acts that go together": ([("never call with signal\n", "")], ["allowed axiom never call with signal"]),
    "what is counted": ([("counts fog", "counts chart")], ["wider counter delays"]),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), DEFINED.values(), ids=DEFINED)
def test_definitions_and_axioms_are_compared_by_what_they_say(
    folder: Path, edits: list[tuple[str, str]], expected: list[str]
) -> None:
    difference = changed(folder, *edits)
    assert defined(difference) == expected
    assert declared(difference) == []
    assert all(change.witness and change.extent and change.complete for change in difference.definitions)


def test_what_an_act_takes_of_fixed_roles_is_one_change(folder: Path) -> None:
    """Each role that may do it was told by itself, as if several statements had changed."""
    fixed = STRAIT.replace("roles own, other", "fixed roles host, guest").replace("own.", "host.")
    fixed = fixed.replace("other.party", "guest.party").replace("requires not fog", "requires host.damaged")
    difference = changed(folder, ("turn requires host.damaged", "turn requires guest.damaged"), vocabulary=fixed)
    said = ["excluded axiom turn requires guest.damaged", "allowed axiom turn requires host.damaged"]
    assert defined(difference) == said


DECLARED = {
    "a range": ("range\" : length from 0 m to 10,000 m", "range\" : length from 0 m to 20 km", [
        ("attribute range", "shared, length from 0 m to 10,000 m", "shared, length from 0 km to 20 km")]),
    "a value more": ("| tanker", "| ferry | tanker", [("value ferry (craft)", "", "declared")]),
    "an order": ("scene < command", "command < scene", [
        ("kind level", "scene < command < ministry", "command < scene < ministry")]),
    "a party": ('party KR "Korea"', 'party US "States"', [("party KR", "declared", ""), ("party US", "", "declared")]),
    "a topic": ("turn \"turns\" topic manoeuvre", "turn \"turns\" topic telling", [
        ("act turn", "topic manoeuvre", "topic telling")]),
    "what is stated": ("nature, position", "nature", [
        ("act call", "topic telling, states nature, position", "topic telling, states nature")]),
    "an act more": ("act turn", "act hail topic telling\nact turn", [("act hail", "", "topic telling")]),
    "a moment": ("the sighting\"", "the sighting\" repeating up to 2", [
        ("moment sighting", "at most once", "up to 2 times")]),
    "a result": ("result separation", "result each separation", [
        ("result separation", "shared, length from 0 m to 10,000 m, topic manoeuvre",
         "of each unit, length from 0 m to 10,000 m, topic manoeuvre")]),
    "how far is counted": ("per 3 calendar", "per 2 calendar", [
        ("counter delays", "within 3 calendar years before, up to 9", "within 2 calendar years before, up to 9")]),
    "a channel": ("between CN, JP", "between CN, KR", [
        ("channel line", "between CN, JP, for manoeuvre, telling, from 2019-01-01",
         "between CN, KR, for manoeuvre, telling, from 2019-01-01")]),
    "types of encounter": ("types by own.craft, near_in_fog", "types by own.craft", [
        ("types", "near_in_fog, own.craft", "own.craft")]),
    "what an act is called": ("\"turns\"", "\"veers\"", [("title of act turn", "turns", "veers")]),
    "a title in another language": ("油轮", "渡轮", [("title of value tanker (zh)", "油轮", "渡轮")]),
    "a term that says what no other says": ("term limit", "term far means range > 2 km\nterm limit", [
        ("term far", "", "range > 2 km")]),
    "a term that is a quantity now": ("crippled means own.damaged", "crippled is 1 km when fog, 2 km otherwise", [
        ("term crippled", "own.damaged", "1 km when fog, 2 km otherwise")]),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), DECLARED.values(), ids=DECLARED)
def test_everything_else_is_compared_as_it_is_declared(
    folder: Path, before: str, after: str, expected: list[tuple[str, str, str]]
) -> None:
    difference = changed(folder, (before, after))
    assert declared(difference) == expected
    assert defined(difference) == []


def test_both_sides_of_a_change_are_shown_as_the_evaluator_sees_them(folder: Path) -> None:
    wider, narrower = changed(folder, ("means own.damaged", "means other.damaged")).definitions
    assert (wider.before, wider.after) == ("it does not apply", "it applies")
    assert (narrower.before, narrower.after) == ("it applies", "it does not apply")
    assert wider.why == "it was `own.damaged` and is `other.damaged`"
    assert wider.witness is not None
    assert {(f.subject, f.name, f.value) for f in wider.witness.facts} >= {
        ("own", "damaged", "false"),
        ("other", "damaged", "true"),
    }


def test_names_are_told_beside_it_and_decide_nothing(folder: Path) -> None:
    assert changed(folder, ("crippled", "hurt")).names == ("term `crippled` is called `hurt` now",)
    synonym = changed(folder, ("term limit", "term hurt means own.damaged\nterm limit"))
    assert synonym.names == ("term `hurt` is new, and says what `crippled` says",)
    translated = changed(folder, ('"frigate"', '"frigate" zh "护卫舰"'))
    assert translated.names == ("titles in `zh`: 1 before, 2 after",)
    assert synonym.is_empty
    assert translated.is_empty


def test_renamed_things_are_the_same_where_it_is_said(folder: Path) -> None:
    assert not changed(folder, ("chart", "map")).is_empty
    assert changed(folder, ("chart", "map"), names={"chart": "map"}).is_empty


def test_what_cannot_be_compared_is_said_and_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    difference = changed(
        folder,
        ('"there is fog" : flag', '"there is fog" : craft'),
        ("fog implies chart", "fog is tanker implies chart"),
        ("requires not fog", "requires fog is not tanker"),
        ("close and fog", "close and fog is tanker"),
        ("counts fog", "counts fog is tanker"),
    )
    assert difference.not_compared == (
        "`fog` is not the same kind of thing in both; what speaks of it is not compared",
        "what `near_in_fog` says",
        "what `delays` says",
        "what axioms leave out: some of them speak of these things",
    )
    assert main(["diff", "old/strait.cbm", "new/strait.cbm", "--no-findings"]) == 3
    assert "No change in meaning" not in capsys.readouterr().out


def test_nothing_is_compared_where_no_encounter_is_possible_in_both(folder: Path) -> None:
    vocabulary = STRAIT + 'axiom "seen" sighting occurs\n'
    difference = changed(folder, ("sighting occurs", "not sighting occurs"), vocabulary=vocabulary)
    assert "what terms say: no encounter is possible in both" in difference.not_compared
    assert defined(difference) == ["excluded axiom seen", "allowed axiom seen"]


def test_encounters_of_other_units_are_not_compared(folder: Path) -> None:
    difference = changed(folder, ("roles own, other", "fixed roles own, other"))
    assert declared(difference)[0] == ("situation encounter", "own, other, taken in turn", "own, other, each fixed")
    assert difference.not_compared


def test_what_both_build_on_belongs_to_it(folder: Path) -> None:
    for where, figure in (("old", "1,000 m"), ("new", "3,000 m")):
        base = STRAIT.replace("vocabulary strait", "vocabulary base").replace("1,000 m", figure)
        (folder / where / "base.cbm").write_text(base, encoding="utf-8")
        text = 'vocabulary strait "A strait"\n  uses base from "base.cbm"\n'
        (folder / where / "strait.cbm").write_text(text, encoding="utf-8")
    [step] = cbm.diff("old/strait.cbm", "new/strait.cbm").steps
    assert defined(step)[0] == "wider term close"


def test_a_vocabulary_without_a_situation_is_compared_as_declared(folder: Path) -> None:
    channels = (SPECS / "vocabulary/channels.cbm").read_text(encoding="utf-8")
    assert changed(folder, vocabulary=channels).is_empty
    difference = changed(folder, ("2018-06-08", "2018-07-08"), vocabulary=channels)
    assert {name for name, _, _ in declared(difference)} >= {"channel annual_meeting", "channel specialist_meeting"}


def test_a_shipped_vocabulary_is_read_as_a_negotiator_does(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vocabulary = (SPECS / "vocabulary/encounters.cbm").read_text(encoding="utf-8")
    figure = "own.bearing from 354 deg to 6 deg and other.bearing from 354 deg to 6 deg"
    difference = changed(folder, (figure, figure.replace("354", "350")), vocabulary=vocabulary)
    assert "wider term bow_to_bow" in defined(difference)
    assert "narrower term course_crossed" in defined(difference)
    assert difference.declared == ()
    assert main(["diff", "old/strait.cbm", "new/strait.cbm", "--no-findings", "--fail-on", "definitions"]) == 1
    assert "term `bow_to_bow` holds where it did not" in capsys.readouterr().out
    assert main(["diff", "old/strait.cbm", "new/strait.cbm", "--no-findings", "--output-format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    schema = json.loads((Path(cbm.__file__).parent / "render/schema-diff-1.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(told)
    assert told["steps"][0]["definitions"][0]["kind"] == "wider"


def test_findings_of_vocabularies_are_told_beside_it(folder: Path) -> None:
    axiom = 'axiom "no deep water" range < 10 m\naxiom "no shallow water" range > 20 m\n'
    for where, more in (("old", ""), ("new", axiom)):
        (folder / where / "strait.cbm").write_text(STRAIT + more, encoding="utf-8")
    [step] = cbm.diff("old/strait.cbm", "new/strait.cbm").steps
    assert [f.rule for f in step.found] == ["inconsistent-vocabulary"]
