"""What is asked of a map, from names to texts; what is wrong with the request is said in a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cbm.coverage.types.axes import dividers
from cbm.coverage_maps.named import axis
from cbm.finding import Exit, Misuse
from cbm.inquiry import Inquiry
from cbm.outcomes.coverage_map import CoverageMap, Layer, State
from cbm.questions.covering import Request, answer, coverage
from cbm.render.maps.text import render
from cbm.report import Report
from tests.render.maps.golden import STRAIT

NAME = str(STRAIT)


EMPTY = """\
vocabulary v
party CN
situation encounter
roles own, other
each
  party : party
axiom own.party is CN and own.party is not CN
topic t
act go topic t

draft code
  uses v
clause 1 every unit must go
"""


def drawn(request: Request) -> CoverageMap:
    found = answer(request)
    assert isinstance(found, CoverageMap)
    return found


def tallies(found: CoverageMap) -> dict[str, int]:
    return {layer.named.name: layer.promised for layer in found.layers}


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (Request("nowhere.cbm"), "nowhere.cbm does not exist"),
        (Request("nowhere"), "there is no file `nowhere`, and no text of the standard library is called so"),
        (Request("encounters"), "holds no draft and no instrument, so there is nothing to map"),
        (Request(NAME, ("nowhere",)), "there is no file `nowhere`"),
        (Request(NAME, ("encounters",)), "encounters holds no draft and no instrument, so there is nothing to read"),
        (Request(NAME, by="own.zorp"), "by: no attribute, act, result or term is called `zorp`"),
        (
            Request(NAME, by="own.crat"),
            "by: no attribute, act, result or term is called `crat`; did you mean `craft`",
        ),
        (Request(NAME, by="zone,,night"), "by: `,` is not needed: leave it out"),
        (Request(NAME, by="zone,zone"), "by: the axis `zone` is declared twice"),
        (Request(NAME, by="separation"), "by: `separation` is decided by the units"),
        (Request(NAME, by="zone\ntypes by night"), "by: "),
        (Request(NAME, matters=("wepons",)), "no topic and no act is called `wepons`; did you mean `weapons`?"),
        (
            Request(NAME, matters=("x",)),
            "no topic and no act is called `x`; topics are weapons, talk, distance, lights",
        ),
        (Request(NAME, party="US"), "`US` is no party to strait_code; parties are CN, JP"),
    ],
)
def test_a_request_that_cannot_be_met(request_: Request, words: str) -> None:
    with pytest.raises(Misuse) as refused:
        answer(request_)
    assert words in str(refused.value)


def test_a_file_of_several_texts_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "two.cbm"
    file.write_text("draft code\n  uses encounters\n\ndraft other\n  uses encounters\n", encoding="utf-8")
    with pytest.raises(Misuse, match="holds several texts"):
        answer(Request(str(file)))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("draft code\n  uses encounters\nclause 1 every unit must must report\n", "syntax"),
        ("drift a\n", "syntax"),
        ("draft code\n  uses encounters\nclause 1 every unit must zorp\n", "undefined"),
        ("draft code\n  uses nowhere\n", "undefined"),
        (EMPTY, "inconsistent-vocabulary"),
    ],
)
def test_texts_that_cannot_be_understood_are_told_as_a_check_tells_them(tmp_path: Path, text: str, rule: str) -> None:
    file = tmp_path / "a.cbm"
    file.write_text(text, encoding="utf-8")
    report = answer(Request(str(file)))
    assert isinstance(report, Report)
    assert report.exit is Exit.FINDINGS
    assert rule in {finding.rule for finding in report.findings}


def test_topics_and_acts_are_chosen_by_name_promised_or_not() -> None:
    found = drawn(Request(NAME, matters=("talk", "aim", "lights")))
    assert tallies(found) == {"talk": 22, "aim": 22, "lights": 22}
    promised = {layer.named.name: not layer.promise.implied for layer in found.layers}
    assert promised == {"talk": True, "aim": False, "lights": False}


def test_of_one_party_only_what_binds_its_units_is_mapped() -> None:
    def helicopters(party: str) -> State:
        (talk,) = drawn(Request(NAME, matters=("talk",), party=party, by="own.craft")).layers
        return state(talk, 2)

    assert (helicopters("CN"), helicopters("JP")) == (State.GOVERNED, State.SILENT)


def test_who_is_no_party_on_the_date_is_not_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "code.cbm"
    text = "draft code\n  uses encounters\n  between CN, JP, US from 2025-01-01\nclause 1 every unit must call\n"
    file.write_text(text, encoding="utf-8")
    found = drawn(Request(str(file), as_of=date(2024, 10, 1)))
    assert not found.asymmetries


def state(layer: Layer, value: int) -> State:
    (place,) = (i for i, one in enumerate(layer.classes[0]) if value in one.values)
    return next(cell.state for cell in layer.cells if cell.place == (place,))


def test_other_texts_are_read_with_it_by_name_or_file(tmp_path: Path) -> None:
    alone = tmp_path / "alone.cbm"
    text = STRAIT.read_text(encoding="utf-8")
    alone.write_text(
        text.replace("  beside pact\n", "").replace("instrument pact", "instrument pict"), encoding="utf-8"
    )
    assert [text.name for text in drawn(Request(str(alone))).beside] == []
    more = tmp_path / "more.cbm"
    more.write_text("instrument more\n  uses strait\nclause 1 every unit must not fire\n", encoding="utf-8")
    found = drawn(Request(str(alone), (str(more),), matters=("fire",)))
    assert [text.name for text in found.beside] == ["more"]
    (fire,) = found.layers
    assert set(fire.tally) == {State.GOVERNED, State.IMPOSSIBLE, State.OUTSIDE, State.RESERVED, State.PARTLY_RESERVED}


def test_a_text_of_the_standard_library_is_mapped_by_its_name() -> None:
    found = drawn(Request("macm", matters=("communication",), by="zone"))
    assert (found.subject.name, found.situation.name) == ("macm", "encounter")
    assert [axis.named.name for axis in found.axes] == ["zone"]


def test_types_are_those_of_its_vocabulary_unless_others_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Inquiry] = []
    monkeypatch.setattr("cbm.questions.covering.draw", lambda inquiry, *_: asked.append(inquiry))
    for by in ("", "zone"):
        answer(Request("macm", by=by))
    axes = [[axis(about.system, one).named.name for one in dividers(about.grounds[0])] for about in asked]
    assert axes == [["own.craft", "other.craft", "zone"], ["zone"]]


def test_of_a_standard_file_with_several_texts_the_one_of_the_name_is_meant() -> None:
    assert drawn(Request("incsea", matters=("courtesy",), by="zone")).subject.name == "incsea"
    beside = [text.name for text in drawn(Request("macm", ("incsea",), matters=("language",), by="zone")).beside]
    assert "incsea" in beside
    assert "incsea_protocol" not in beside


def test_of_several_texts_in_a_file_one_is_chosen() -> None:
    found = drawn(Request("incsea", matters=("courtesy",), by="zone", text="incsea_protocol"))
    assert found.subject.name == "incsea_protocol"
    with pytest.raises(Misuse, match=r"choose it \(on the command line: `--text`\)"):
        answer(Request("china_us_encounters"))
    with pytest.raises(Misuse, match=r"incsea holds no text called `incse`; did you mean `incsea`\?"):
        answer(Request("incsea", text="incse"))


def test_the_date_decides_what_is_in_force() -> None:
    found = drawn(Request(NAME, matters=("fire",), as_of=date(1999, 1, 1)))
    assert "pact is not in force on the date asked about and governs nothing" in found.notes
    (fire,) = found.layers
    assert State.PARTLY not in fire.tally
    later = drawn(Request(NAME, matters=("fire",), as_of=date(2031, 1, 1)))
    assert State.RESERVED not in later.layers[0].tally


def test_a_role_that_no_clause_speaks_to_is_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "notice.cbm"
    text = "draft code\n  uses activities\nclause 1 organiser must notify\ncovers notices in every type of activity\n"
    file.write_text(text, encoding="utf-8")
    found = drawn(Request(str(file)))
    assert {layer.bearer for layer in found.layers} == {"organiser"}
    assert "no clause speaks to the informed, so nothing is mapped for it" in found.notes


@pytest.mark.parametrize(
    ("distance", "depends", "gaps"),
    [
        ("range <= near", "on a reading", "on some readings"),
        ("range <= near [CN: or other.distress]", "on a reading", "on some readings"),  # whatever is taken
        (
            "[CN: range <= 2 km | JP: range <= near]",
            "on the package or on a reading",
            "on some readings of some packages",
        ),
    ],
)
def test_what_a_type_depends_on_is_told_for_what_it_is(distance: str, depends: str, gaps: str, tmp_path: Path) -> None:
    text = f"""\
draft code "A code"
  uses encounters
  between CN, JP
open term near "near" : length from 5 km to 10 km
clause 1 every unit when {distance} must not aim_weapons
covers weapons in every type of encounter when range = 6 km
"""
    path = tmp_path / "code.cbm"
    path.write_text(text, encoding="utf-8")
    drawn = coverage(path, by="own.craft")
    assert isinstance(drawn, CoverageMap)
    told = " ".join(render(drawn).split())
    assert f"depends {depends} (" in told
    assert f"depending {depends}" in told
    assert f" {gaps} nothing governs it" in told


NEGOTIATED = """\
draft code "A code"
  uses encounters
  between CN, JP
[JP: clause 1 a warship meeting a warship must not aim_weapons | CN: delete]
clause 2 a warship meeting a warship [CN: should | JP: must] not simulate_attack
"""


@pytest.mark.parametrize("take", [(), ("1=JP",), ("1=CN", "2=CN")])
def test_of_a_text_with_brackets_the_packages_meant_are_mapped(take: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(NEGOTIATED, encoding="utf-8")
    drawn = coverage(path, topics=["aim_weapons"], by="own.craft, other.craft", take=take)
    assert isinstance(drawn, CoverageMap)
    told = " ".join(render(drawn).split())
    assert ("depends on the package" in told) is (not take)
    assert ("depending on the package" in told) is (not take)
    assert "reading" not in told
    assert ("if 1 " in told) is (not take)
    assert ("note: only packages are mapped in which 1 " in told) is bool(take)
