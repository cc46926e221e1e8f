"""Laws: with answers kept from other versions of a text, it is told byte for byte as when everything is asked."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm import run
from cbm.cache.answer_file import answers_kept_in
from cbm.render import RENDERERS

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

HEAD = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | barge
situation encounter
roles own, other
each
  party : party
  craft : craft
  armed "carries weapons" : flag
shared
  fog "it is foggy" otherwise "the air is clear" : flag
  range "distance at first sight" : length from 0 m to 20 nmi
axiom "barges are unarmed" not (own.craft is barge and own.armed)
topic separation
topic talk
result separation "closest distance" : length from 0 m to 20 nmi topic separation
act call "calls the other unit" topic talk
act wave "waves to the other unit" topic talk
"""
OLDER = """
instrument older "An older text"
  uses strait
  between CN, JP
  in force 2010-01-01
clause 7 a frigate when range > 1 nmi must keep separation >= 500 m
"""
OPENING = """
draft code "A code"
  uses strait
  between CN, JP
  beside older
covers separation, talk in every type of encounter
open term berth "a wide berth" : length from 200 m to 2 nmi
"""
CLAUSES = (
    "clause 1 a frigate when fog must keep separation <= 300 m\n",
    "clause 2 a frigate when range < 5 nmi must call\n",
    "clause 3 a tanker when range > 5 nmi must not call, wave\n",
    "clause 4 a barge must keep separation >= berth unless other.armed\n",
    "clause 5 every unit when own.armed may keep separation from 100 m to 400 m\n",
    "clause 6 a frigate when other.call must call\n",
)
CASES = """
cases "Meetings" for code
case "they meet in fog"
  given own.craft is frigate and fog and range > 2 nmi
  expect agreement-conflict 1, 7 of older
  expect never separation > 400 m
  expect possible own.call
"""
TEXT = HEAD + OLDER + OPENING + "".join(CLAUSES) + CASES
# Each can be made of every text in which its words stand.
EDITS = (
    ("500 m\n", "400 m\n"),
    ("300 m\n", "600 m\n"),
    ("5 nmi must call", "6 nmi must call"),
    ("> 5 nmi", ">= 5 nmi"),
    ("must call", "should call"),
    ("not call, wave", "not call"),
    ("a barge must", "a tanker must"),
    ("unless other.armed", "unless fog"),
    ("may keep", "must keep"),
    ("when own.armed", "when own.armed and fog"),
    ("from 200 m to 2 nmi", "from 300 m to 2 nmi"),
    ('axiom "barges are unarmed" not (own.craft is barge and own.armed)\n', ""),
    ("and own.armed)", "and fog)"),
    ("0 m to 20 nmi topic", "50 m to 20 nmi topic"),
    ("frigate | tanker | barge", "tanker | frigate | barge"),
    ("between CN, JP\n  beside", "between JP, CN\n  beside"),
    ("covers separation, talk in", "covers talk in"),
    ("type of encounter\n", "type of encounter when fog\n"),
    ("2010-01-01", "2030-01-01"),
    ("  beside older\n", ""),
    ("and range > 2 nmi", "and range > 6 nmi"),
    ("separation > 400 m", "separation > 500 m"),
    ("A code", "Another code"),
    ("it is foggy", "there is fog"),
    ("when other.call must call", "when other.wave must call"),
)


def page(text: str, cache: Path | None) -> str:
    """The report of the text, wherever it stands."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "code.cbm")
        path.write_text(text, encoding="utf-8")
        with answers_kept_in(cache):
            return RENDERERS["json"](run([path], as_of=None)).replace(path.parent.name, "")


@st.composite
def versions(draw: st.DrawFn) -> str:
    """The text with some words edited, and clauses left out, put elsewhere or said again."""
    clauses = draw(st.lists(st.sampled_from(CLAUSES), unique=True, min_size=3)) if draw(st.booleans()) else CLAUSES
    text = HEAD + OLDER + OPENING + "".join(clauses) + CASES
    for old, new in draw(st.lists(st.sampled_from(EDITS), max_size=2, unique=True)):
        text = text.replace(old, new)
    return text


@settings(max_examples=60 if NIGHTLY else 2)
@given(st.lists(versions(), min_size=2, max_size=4))
def test_whatever_was_asked_before_the_same_is_told(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        for text in texts:
            assert page(text, Path(folder)) == page(text, None)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that knows the text as it stands."""
    folder = tmp_path_factory.mktemp("kept")
    page(TEXT, folder)
    return folder


@pytest.mark.parametrize("edit", EDITS if NIGHTLY else EDITS[::4], ids=str)
def test_an_edit_is_told_as_when_all_is_asked(edit: tuple[str, str], asked: Path) -> None:
    assert edit[0] in TEXT
    text = TEXT.replace(*edit)
    assert page(text, asked) == page(text, None)


def test_where_a_duty_falls_short_rests_on_the_other_duties_of_its_text(tmp_path: Path) -> None:
    both = (
        "clause 1 a frigate must keep separation >= 300 m\n",
        "clause 2 a frigate when fog must keep separation >= 600 m\n",
    )
    text = (HEAD + OLDER + OPENING + "".join(both)).replace("covers separation, talk in every type of encounter\n", "")
    page(text, tmp_path)
    for edited in (text.replace("600 m", "400 m"), text.replace("when fog", "when not fog"), text.replace(both[1], "")):
        assert page(edited, tmp_path) == page(edited, None)


def test_which_axioms_make_a_clash_rests_on_what_can_be_found(tmp_path: Path) -> None:
    armed = 'axiom "all are armed" own.armed\n'
    head = HEAD.replace('axiom "barges are unarmed" not (own.craft is barge and own.armed)\n', armed)
    one, both = "own.call and own.wave", "own.armed and own.call and own.wave"
    axioms = f'axiom "nobody does both" not ({one})\naxiom "nobody armed does both" not ({both})\n'
    clauses = "clause 1 a frigate must call\nclause 2 a frigate must wave\n"
    text = head + axioms + 'draft code "A code"\n  uses strait\n  between CN, JP\n' + clauses
    told = [page(of, tmp_path) for of in (text, text.replace(armed, ""))]
    assert told == [page(of, None) for of in (text, text.replace(armed, ""))]
    assert ["nobody armed does both" in of for of in told] == [True, False]


def test_whether_there_is_any_encounter_rests_on_the_axioms(tmp_path: Path) -> None:
    text = HEAD + 'axiom "near" range < 1 nmi\ndraft code "A code"\n  uses strait\nclause 1 a frigate must call\n'
    told = [page(of, tmp_path) for of in (text, text.replace("draft", 'axiom "far" range > 5 nmi\ndraft'))]
    assert ["no encounter is possible" in of for of in told] == [False, True]


def test_whether_a_ban_applies_anywhere_rests_on_the_axioms(tmp_path: Path) -> None:
    clauses = "clause 1 a frigate must not call\nclause 2 a tanker or barge must not wave\n"
    head = HEAD.replace("axiom", "types by own.craft\naxiom", 1)
    text = head + 'draft code "A code"\n  uses strait\n' + clauses + "covers talk in every type of encounter\n"
    edited = text.replace("draft", 'axiom "no frigates" not (own.craft is frigate)\ndraft', 1)
    told = [page(of, tmp_path) for of in (text, edited)]
    assert told == [page(of, None) for of in (text, edited)]
    assert ["`call` is barred" in of for of in told] == [True, False]


def test_what_is_left_out_at_a_bound_rests_on_the_clauses_of_the_topic(tmp_path: Path) -> None:
    clauses = (
        "clause 1 a frigate when range < 5 nmi must call\nclause 2 a frigate when range > 5 nmi must call\n"
        "clause 3 a frigate when range = 5 nmi must wave\n"
    )
    text = HEAD + 'draft code "A code"\n  uses strait\n  between CN, JP\n' + clauses
    edited = (text, text.replace("= 5 nmi", "= 6 nmi"), text.replace("when range = 5 nmi", "when fog"))
    told = [page(of, tmp_path) for of in edited]
    assert told == [page(of, None) for of in edited]
    assert ["just below" in of for of in told] == [False, True, True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("draft code", 'axiom "barges are close" not (own.craft is barge and separation > 0.5 nmi)\ndraft code'),
        ("separation <= 1 nmi\n", "separation <= 1.5 nmi\n"),
        ("keep separation >= berth unless", "keep separation > berth unless"),
    ],
)
def test_on_which_readings_all_may_comply_rests_on_axioms_and_duties(old: str, new: str, tmp_path: Path) -> None:
    text = f"""\
{HEAD}
draft code "A code"
  uses strait
open term berth "a wide berth" : length from 200 m to 2 nmi
clause 1 a barge must keep separation >= berth unless other.armed
cases "Meetings" for code
case "they meet"
  given own.craft is barge and not other.armed
  expect possible separation <= 1 nmi
"""
    told = [page(of, tmp_path) for of in (text, text.replace(old, new))]
    assert told == [page(of, None) for of in (text, text.replace(old, new))]
    assert told[0] != told[1]


def test_which_clauses_stand_in_for_each_other_rests_on_what_yields_to_what(tmp_path: Path) -> None:
    text = f"""\
{HEAD}
draft code "A code"
  uses strait
clause 1 a frigate must call or wave
clause 2 a frigate when fog must not call
clause 3 a frigate when not fog must not call
clause 4 a frigate when own.armed must not wave
clause 5 a frigate when not own.armed must not wave
"""
    texts = (text, text.replace("own.armed must not wave", "own.armed must not wave subject to 1", 1))
    told = [page(of, tmp_path) for of in texts]
    assert told == [page(of, None) for of in texts]
    assert told[0] != told[1]


@pytest.mark.parametrize("modal", ["possible", "never"])
def test_what_all_may_do_rests_on_the_axioms(modal: str, tmp_path: Path) -> None:
    """What compliance leaves to all units, and what the axioms would leave to them without it."""
    text = f"""\
{HEAD}
draft code "A code"
  uses strait
clause 1 a tanker must call
clause 2 a frigate must {"not wave" if modal == "never" else "wave"}
cases "Meetings" for code
case "they meet"
  given own.craft is frigate
  expect {modal} own.wave
"""
    edited = text.replace("topic separation\n", 'axiom "no frigates" not (own.craft is frigate)\ntopic separation\n', 1)
    told = [page(of, tmp_path) for of in (text, edited)]
    assert told == [page(of, None) for of in (text, edited)]
    assert ["happens in no encounter" in of for of in told] == [False, True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("separation < 2.5 nmi", "separation > 2.5 nmi or separation < 1 nmi"),
        ("separation from 2 nmi to 3 nmi", "separation from 1 nmi to 1.5 nmi"),
        ("shared\n", "shared\n  dusk : flag\n"),
    ],
)
def test_what_confirms_a_deadlock_rests_on_axioms_duties_and_words(old: str, new: str, tmp_path: Path) -> None:
    text = f"""\
{HEAD}
axiom "they come near" separation < 2.5 nmi
draft code "A code"
  uses strait
clause 1 a frigate must keep separation <= 300 m
clause 2 a tanker must keep separation from 2 nmi to 3 nmi
"""
    told = [page(of, tmp_path) for of in (text, text.replace(old, new))]
    assert told == [page(of, None) for of in (text, text.replace(old, new))]
    assert all('"deadlock"' in one for one in told)


@pytest.mark.parametrize(
    ("old", "new"),
    [("axiom", 'axiom "in sight" range < 3 nmi\naxiom'), ("range < 3 nmi", "(range < 3 nmi or range > 2 nmi)")],
)
def test_under_which_conditions_meanings_differ_rests_on_axioms_and_terms(old: str, new: str, tmp_path: Path) -> None:
    text = f"""\
{HEAD}
instrument older "An older text"
  uses strait
  in force 2010-01-01
term near means range < 3 nmi
clause 7 a frigate when near must call
draft code "A code"
  uses strait
  beside older
term near means range < 1 nmi
clause 1 a frigate when near must wave
"""
    told = [page(of, tmp_path) for of in (text, text.replace(old, new))]
    assert told == [page(of, None) for of in (text, text.replace(old, new))]
    assert told[0] != told[1]


def test_the_law_is_about_a_text_of_which_much_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    found = {str(finding.rule) for finding in run([path]).findings}
    assert found >= {"agreement-conflict", "gap", "deadlock", "blocked-permission", "derogation", "never-reached"}
