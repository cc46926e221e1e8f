"""A clause with an encounter in which it binds and the nearest in which it does not, printed and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.cli import main
from cbm.finding import Exit, Misuse
from cbm.given_situations import near_miss
from cbm.given_situations.near_miss import MissedEncounter, Play
from cbm.ground.grounding import Ground
from cbm.render import ILLUSTRATION_RENDERERS
from cbm.search.replay import Episode
from cbm.smt.solve import Unknown
from cbm.translation.speech import Language, speaking
from cbm.wording.answers import illustration_words
from tests.questions.consulting.test_answering import DRAFT, VOCABULARY
from tests.questions.test_dealing import give_up_where


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "code.cbm").write_text(f"{VOCABULARY}\n{DRAFT}", encoding="utf-8")
    return "code.cbm"


def test_near_misses_change_one_fact_each(code: str) -> None:
    told = cbm.example(code, "1", given="other.craft is not tug")
    assert told.witness is not None
    assert "frigate (own) and" in told.witness.words
    assert told.complied
    assert told.near_misses is not None
    assert {one.changed for one in told.near_misses} == {
        ("craft of own unit: tanker",),
        ("craft of other unit: frigate",),
        ("fog",),
    }
    assert "1 does not bind here" in told.near_misses[0].why


def test_a_quantity_misses_by_as_little_as_can_be(code: str) -> None:
    told = cbm.example(code, "2", given="range >= 990 m")
    assert told.near_misses is not None
    assert [one.changed for one in told.near_misses] == [("range: 1,000 m",)]


def test_what_never_binds_is_said(code: str) -> None:
    told = cbm.example(code, "7", given="not own.damaged")
    assert told.why == "clause 7 binds in no such encounter"
    assert "binds in no such encounter" in ILLUSTRATION_RENDERERS["text"](told)


def test_a_clause_that_is_not_there_is_refused(code: str) -> None:
    with pytest.raises(Misuse, match=r"code has no clause `9` that asks for something; clauses that bind are 1, 2, 3"):
        cbm.example(code, "9")
    with pytest.raises(Misuse, match="no text called `cod` is read here; did you mean `code`"):
        cbm.example(code, "1 of cod")


def test_of_a_clause_of_several_sentences_each_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"{VOCABULARY}\n{DRAFT}clause 30 every unit must turn; must signal\n", encoding="utf-8")
    wanted = r"^clause 30 has several sentences: write `30 sentence 1` or `30 sentence 2`$"
    with pytest.raises(Misuse, match=wanted):
        cbm.example(path, "30")
    assert cbm.example(path, "30 sentence 2", near_miss=False).demand == "must signal"


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["example", "1 of cues"]) == 2
    assert main(["example", "2.6 of cues", "--near-miss"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("2.6 “Safe distance” (cues): should keep separation >= safe_distance\n --> ")
    assert "It does not bind in the nearest encounter" in page
    assert main(["example", "3"]) == 2
    assert "say of which text `3` is a clause" in capsys.readouterr().err


def test_the_json_is_as_the_schema_says(code: str) -> None:
    shipped = Path(cbm.__file__).parent / "render" / "schema-example-1.json"
    page = json.loads(ILLUSTRATION_RENDERERS["json"](cbm.example(code, "3")))
    Draft202012Validator(json.loads(shipped.read_text(encoding="utf-8"))).validate(page)
    assert page["near_misses"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "the decision is exactly 13 days 23 h 59 min 59 s before the start"),
        ("zh", "决定恰在开始之前13天 23 h 59 min 59 s"),
        ("ja", "決定が開始のちょうど13日 23 h 59 min 59 s前である"),
    ],
)
def test_a_time_that_misses_is_told_by_how_far_it_lies_from_another(
    language: Language, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("late.cbm").write_text(
        'vocabulary v\nparty CN\nparty JP\nsituation drill "drill"\nfixed roles host, guest\neach party : party\n'
        'moments decision "the decision" zh "决定" ja "決定", start "the start" zh "开始" ja "開始"\n'
        'axiom "both" decision occurs and start occurs\nact tell topic t\ntopic t\n'
        "draft late\n  uses v\nclause 1 host when decision is at least 14 days before start must tell\n",
        encoding="utf-8",
    )
    with speaking(language):
        found = cbm.example("late.cbm", "1")
    assert found.near_misses is not None
    assert (told,) in [one.changed for one in found.near_misses]
    assert not [words for one in found.near_misses for words in one.changed if ":" in words or "：" in words]


def test_of_a_text_with_brackets_packages_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "clause 1 an aircraft meeting a warship must keep separation >= [CN: 500 m | JP: 1,000 m]\n"
    )
    demands = [cbm.example(tmp_path / "code.cbm", "1", take=[f"1={who}"]).demand for who in ("CN", "JP")]
    demands += [cbm.example(tmp_path / "code.cbm", "1", text_of="JP").demand]
    assert demands == [f"must keep separation >= {least} m" for least in ("500", "1,000", "1,000")]
    with pytest.raises(cbm.Misuse, match="`take` is a list"):
        cbm.example(tmp_path / "code.cbm", "1", take="1=CN")


@pytest.mark.parametrize(
    ("clause", "misses"),
    [
        pytest.param("clause 1 a frigate [CN: should | JP: must] call", {("craft of own unit: tanker",)}, id="force"),
        pytest.param(
            "clause 1 a frigate when [fog | own.damaged] must call",
            {("1: “own.damaged”",), ("it is not so that fog",), ("craft of own unit: tanker",)},
            id="condition",
        ),
        pytest.param(
            "[CN: clause 1 a frigate must call\n| JP: clause 1 a frigate must turn\n| chair: delete]",
            {("1: left out (chair)",), ("craft of own unit: tanker",)},
            id="clause",
        ),
        pytest.param(
            "clause 1 a frigate when fog must [call | turn]",
            {("craft of own unit: tanker",), ("it is not so that fog",)},
            id="act",
        ),
    ],
)
def test_a_clause_does_not_bind_where_no_wording_of_it_does(clause: str, misses: set[tuple[str]], code: str) -> None:
    Path(code).write_text(f"{VOCABULARY}\ndraft code\n  uses strait\n  between CN, JP\n{clause}\n", encoding="utf-8")
    told = cbm.example(code, "1")
    assert told.near_misses is not None
    assert {one.changed for one in told.near_misses} == misses


def test_a_clause_whose_first_wording_never_binds_is_shown_as_another_one_has_it(code: str) -> None:
    clause = "clause 1 a frigate when [CN: fog and not fog | JP: fog] must call"
    Path(code).write_text(f"{VOCABULARY}\ndraft code\n  uses strait\n  between CN, JP\n{clause}\n", encoding="utf-8")
    told = cbm.example(code, "1", near_miss=False)
    assert told.witness is not None
    assert "1: JP's “fog”" in told.witness.words


@pytest.mark.parametrize(
    ("advised", "duty", "followed"),
    [
        ("keep separation >= 1,000 m", "keep separation <= 3 km", "closest distance between the units: 1,000 m"),
        ("not illuminate_bridge", "call", "own unit does not light up the bridge or cockpit of other unit"),
        ("call", "answer", "own unit calls other unit"),
        # what is advised is barred: what is owed counts
        ("call", "not call", "own unit does not call other unit"),
    ],
)
def test_of_advice_an_encounter_is_shown_in_which_it_is_followed_if_duties_let_it(
    tmp_path: Path, advised: str, duty: str, followed: str
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        f"clause 1 a warship should {advised}\nclause 2 a warship must {duty}\n"
    )
    told = cbm.example(path, "1", near_miss=False)
    assert told.witness is not None
    assert told.complied
    assert followed in told.witness.words


@pytest.mark.parametrize("found_first", [0, 1])
def test_that_no_encounter_nearby_is_known_is_not_told_as_none(
    found_first: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed = near_miss.missed

    def given_up(about: Ground, play: Play, base: Episode) -> Iterator[MissedEncounter | Unknown]:
        yield from islice(missed(about, play, base), found_first)
        yield Unknown("it was too hard")

    assert cbm.example(code, "2").exit is Exit.FINE
    monkeypatch.setattr(illustration_words, "missed", given_up)
    told = cbm.example(code, "2")
    assert (told.undecided, told.exit) == ("it was too hard", Exit.UNDECIDED)
    assert told.witness is not None
    assert len(told.near_misses or ()) == found_first
    assert "No encounter" not in ILLUSTRATION_RENDERERS["text"](told)


@pytest.mark.parametrize("function", ["bound", "missed"])
def test_what_is_too_much_work_to_show_is_undecided(function: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was told, not even the encounter that was found."""
    give_up_where(function, monkeypatch)
    told = cbm.example(code, "1")
    assert (told.undecided, told.exit) == ("it was too hard", Exit.UNDECIDED)
    assert (told.witness is None) == (function == "bound")
