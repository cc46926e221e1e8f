"""What a finding is called does not depend on who reads it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cbm import run
from cbm.finding import Finding, RuleId
from cbm.render.identity import identities
from cbm.smt.journal import keeping
from cbm.translation.speech import LANGUAGES, speaking
from tests.catalogues import ROOT

# Two clashes of the same clauses, which nothing but their conditions tells apart.
ALIKE = ROOT / "tests" / "checks" / "examples" / "each_role.cbm"
# Clashes at one place, one of which is told once of several acts.
BESIDE = """\
vocabulary watch
party CN "China"
party JP "Japan"
situation encounter "encounter"
roles own, other
each
  party : party
shared
  night "it is night" : flag
topic calls
act call, flash, wave topic calls
draft rules
  uses watch
  between CN, JP
clause 1 every unit must call, flash, wave
clause 2 every unit when night must not call, flash
clause 3 every unit must not wave
"""


def test_findings_that_only_their_conditions_tell_apart_have_the_same_ids() -> None:
    names: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        with speaking(language):
            names[language] = identities(run([ALIKE], select={"conflict"}).findings)
    assert any(re.search(r"-[0-9a-f]{6}$", name) for name in names["en"]), "none of them needs its conditions"
    assert names["zh"] == names["en"] == names["ja"]


SEA = """
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | helicopter
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  speed "speed" : speed from 0 kt to 30 kt
shared
  fog "there is fog" : flag
  haze "there is haze" : flag
axiom "two sides" own.party is not other.party
term fast "fast" zh "高速航行的" ja "高速のもの" means own.speed >= 20 kt
types by own.craft
topic distance
topic signals
act call topic signals
result separation "closest distance" : length from 0 m to 20 km topic distance
"""
POSITIONS = """
draft positions
  uses strait
clause 1 when own.fast every unit must keep separation <= 1,500 m
clause 2 when own.speed > 15 kt every unit must keep separation >= 2,000 m
"""
BRACKETS = """
draft brackets
  uses strait
  between CN, JP
clause 1 every unit must keep separation <= 1,500 m
clause 2 when own.craft is [CN: frigate | JP: helicopter] every unit must keep separation >= [CN: 1,000 m | JP: 2,000 m]
"""
NAMED = """
draft named "Named"
  uses strait
  between CN, JP
options reach "the reach" zh "最短距离" ja "最短距離" one of CN, JP
clause 1 every unit must keep separation <= 1,500 m
clause 2 every unit must keep separation >= [reach CN: 1,000 m | JP: 2,000 m]
"""
READINGS = """
draft readings "Readings"
  uses strait
term dark "darkness" zh "夜间" ja "夜間" means fog
term dim "poor light" zh "昏暗" ja "薄暗がり" means fog and haze
open term unseen "unseen" zh "不可见" ja "見えない" one of dark, dim
clause 1 when not unseen every unit must call
covers signals in every type of encounter
"""


def _told(tmp_path: Path, text: str) -> tuple[dict[str, list[Finding]], dict[str, int]]:
    """What is found in each language, and how many questions that took."""
    path = tmp_path / "text.cbm"
    path.write_text(SEA + text, "utf-8")
    found, asked = dict[str, list[Finding]](), dict[str, int]()
    for language in LANGUAGES:
        with speaking(language), keeping() as journal:
            found[language] = list(run([path]).findings)
            asked[language] = len(journal.entries)
    return found, asked


def test_terms_of_positions_are_known_in_english_and_nothing_is_asked_again(tmp_path: Path) -> None:
    found, asked = _told(tmp_path, POSITIONS)
    told = {language: next(f for f in several if f.rule is RuleId.CONFLICT) for language, several in found.items()}
    assert "own unit is fast" in told["en"].extent[0]
    assert told["zh"].known_extent == told["en"].extent == told["ja"].known_extent
    assert asked["zh"] == asked["en"] == asked["ja"]


@pytest.mark.parametrize("text", [BRACKETS, NAMED, READINGS])
def test_what_is_open_is_known_in_english(tmp_path: Path, text: str) -> None:
    found, _ = _told(tmp_path, text)
    assert all(any(f.matter for f in several) for several in found.values())
    assert [f.matter for f in found["zh"]] == [f.matter for f in found["en"]] == [f.matter for f in found["ja"]]


def test_findings_of_one_place_stand_in_one_order(tmp_path: Path) -> None:
    text = tmp_path / "beside.cbm"
    text.write_text(BESIDE, encoding="utf-8")
    told: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        with speaking(language):
            found = run([text], select={"conflict"}).findings
            told[language] = [(name, f.order or f.message) for name, f in zip(identities(found), found, strict=True)]
    assert [words for _, words in told["en"]] == [
        "clauses 1 (`call`, `flash`) and 2 cannot both be complied with",
        "clauses 1 (`wave`) and 3 cannot both be complied with",
    ]
    assert told["zh"] == told["en"] == told["ja"]


def test_whoever_tells_conditions_tells_them_in_english_too() -> None:
    calls = [
        (path.relative_to(ROOT).as_posix(), node.lineno, {keyword.arg for keyword in node.keywords})
        for path in sorted((ROOT / "cbm").rglob("*.py"))
        if re.search("extent=|figures=", text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and _makes_a_finding(node)
    ]
    for told, known in (("extent", "known_extent"), ("figures", "known_figures")):
        assert any(told in given for *_, given in calls)
        assert [place for *place, given in calls if told in given and known not in given] == []


def _makes_a_finding(call: ast.Call) -> bool:
    match call:
        case ast.Call(ast.Name("Finding")) | ast.Call(ast.Name("replace"), [ast.Name("finding"), *_]):
            return True
        case _:
            return False
