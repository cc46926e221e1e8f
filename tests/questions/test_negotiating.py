"""`cbm options`: where the negotiation of a text stands, and the text of a package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.checks import last_moment, trap
from cbm.cli import main
from cbm.core.packages.settled_choices import SettledChoices
from cbm.finding import Exit, Misuse
from cbm.outcomes.state_of_play import StateOfPlay
from cbm.pipeline import run
from cbm.process.budget import Budget, RunStopped
from cbm.questions.negotiating import OpenText, package, take_stock
from cbm.render.options import STATE_RENDERERS, state_document
from cbm.render.schemas import shipped_schema
from cbm.translation.speech import speaking

TEXT = """\
draft code "A code"
  uses encounters
  between CN, JP
  rank political   proposed 2026-03-01

options distance "Least distance" one of CN, JP, chair

clause 1 a military_aircraft meeting a warship
  must keep separation >= [distance CN: 500 m | JP: 1,000 m | chair "non-paper": 750 m]
clause 2 a military_aircraft meeting a warship must keep separation <= [JP: 800 m | CN: 2,000 m]
clause 3 every unit must [CN: illuminate_fire_control | CN: aim_weapons]
clause 4 every unit must not illuminate_fire_control
clause 5 a warship meeting a warship must keep separation >= [1 nmi | 1,852 m]
[JP: clause 6 every unit must listen | CN: delete]
covers communication in every type of encounter
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT)
    return path


def stock(path: Path, *take: str, text_of: str | None = None, delegation: str | None = None) -> StateOfPlay:
    found = take_stock(OpenText(path, None, None, SettledChoices(take, text_of), delegation))
    assert isinstance(found, StateOfPlay)
    return found


def test_a_header_that_cannot_be_read_is_told_as_by_a_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "code.cbm"
    words = 'vocabulary own_words "Words"\n  uses encounters\n'
    path.write_text(words + TEXT.replace("  between CN, JP\n", "  between CN, JP\n  delegations CN\n"))
    assert main(["options", str(path), "--no-cache"]) == 1
    assert main(["compare", str(path), "cues", "--no-cache"]) == 1
    told = capsys.readouterr()
    assert told.out.count("`delegations` does not fit here") == 2
    assert not told.err


def test_packages_are_counted_and_what_is_dead_is_told(draft: Path) -> None:
    state = stock(draft)
    assert (state.packages, state.clean) == (3 * 2 * 2 * 2 * 2, 5 * 2)
    assert [(c.title, o.words or "left out") for c in state.choices for o in c.options if o.dead] == [
        ("3", "illuminate_fire_control"),
        ("6", "delete"),
    ]
    assert state.exit is Exit.FINDINGS


def test_what_differs_inside_of_what_is_not_taken_only_is_one_package(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
options names one of CN, JP
clause 1 every unit must listen
[CN: clause 2 every unit [must | should] call [JP: unless [own.distress | other.distress]] | JP: delete]
option CN of names:
clause 3 every unit [must | should] listen
option JP of names: delete
end of options
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    state = stock(path)
    assert (state.packages, state.clean) == ((1 + 2 * (1 + 2)) * 3, (1 + 1 * (1 + 2)) * 3)  # `must call` under water
    assert [(group.packages, group.clean) for group in state.groups] == [(1 + 2, 1 + 1)]
    assert stock(path, "names=JP").packages == 1 + 2 * (1 + 2)


def test_a_page_tells_ties_and_what_nothing_stands_against(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
without prejudice 1 "claims"
clause 2 every unit [CN: should | JP: must] listen
clause 3 exception to 2 when own.distress
clause 4 every unit [JP: must | CN: must not] illuminate_fire_control
clause 5 every unit must not illuminate_fire_control
clause 6 every unit must keep speed_kept <= [15 kt]
options names one of CN, JP
options more one of CN, JP
clause 7 every unit [names CN: should | JP: must] listen
clause 8 every unit [more CN: should | JP: must] listen
tie names is JP only if more is JP "Both or none"
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    assert main(["options", str(path)]) == Exit.FINDINGS
    page = " ".join(capsys.readouterr().out.split())
    least = "names: “should” more: “should”"
    assert (
        f"Agreed already, in every package - clauses 1, 3, 5 - at least this, whatever is taken: 2: “should” {least} "
        in page
    )
    assert "1 15 kt — nothing else is proposed" in page
    assert '- tie names is JP only if more is JP "Both or none" (' in page
    assert "names, more: 3 packages that ties leave, all of them clean either" in page
    assert "what it proposes in 2: no error and no tie stands against it" in page
    assert "4: 1 finding of 1 on some packages is gone with it" in page


def test_what_is_taken_is_told_and_neither_open_nor_left_to_settle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
clause 1 every unit must not call
clause 2 every unit [CN: must | JP: should | chair: may] call
clause 3 every unit [CN: should | JP: must] listen
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    assert main(["options", str(path), "--take", "2=JP"]) == Exit.FINE
    page = " ".join(capsys.readouterr().out.split())
    assert "What is taken for this question - 2: “should” What is open - 3, " in page
    assert "2 packages" in page
    assert "Ways to settle it Whatever is taken, nothing is wrong." in page
    assert "ties leave" not in page
    assert "nothing that it proposes in 2" in page
    state = stock(path, "2=JP")
    [settled] = [choice for choice in state.choices if choice.taken is not None]
    assert [(o.number, o.left_aside) for o in settled.options] == [(1, True), (2, False), (3, True)]
    table = STATE_RENDERERS["csv"](state, None).splitlines()
    assert [row.rsplit(",", 1)[1] for row in table[1:]] == ["not asked", "yes", "not asked", "yes", "yes"]
    [group] = stock(path).groups
    assert not group.settled
    assert all(choice.taken is None for choice in stock(path).choices)


def test_what_readings_stand_against_takes_nothing_else_from_a_delegation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
clause 1 every unit must keep speed_kept <= [__ from 8 kt to 15 kt]
clause 2 every unit when own.distress must keep speed_kept >= [CN: 10 kt | JP: 5 kt]
clause 3 every unit [CN: should | JP: must] listen
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    assert main(["options", str(path)]) == Exit.FINE
    page = " ".join(capsys.readouterr().out.split())
    assert "what it proposes in 3: no error and no tie stands against it" in page
    assert "what it proposes in 2: that depends on how terms are read" in page


def test_that_ties_exclude_the_text_of_a_party_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
clause 1 every unit [CN: should | JP: must] listen
clause 2 every unit [CN: should | JP: must] call
tie 1 is CN only if 2 is JP
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    with pytest.raises(Misuse, match=r"^`1=CN` and `1=2` are two options of one choice, of which one at most can be"):
        stock(path, "1=CN", "2=JP", "1=2")
    assert stock(path, "1=JP", "1=2").packages == stock(path, "1=JP").packages, "one option, said twice"
    with pytest.raises(Misuse, match=r"^ties exclude the text of CN: tie 1 is CN only if 2 is JP \(.*code\.cbm:8\)$"):
        stock(path, text_of="CN")


def test_a_bracket_without_a_name_is_taken_by_what_pages_call_it(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
options reach "Least distance" one of CN, JP
clause 1 every unit [CN: should | JP: must] listen [CN: unless own.distress | JP: delete]
clause 2 every unit must keep separation >= [reach CN: 500 m | JP: 600 m]
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    assert stock(path, "bracket 1 of 1=CN", "Least distance=JP").packages == 2
    with speaking("zh"):
        called = stock(path).choices[0]
        assert (called.title, called.name) == ("1的第1个方括号", "bracket 1 of 1")
        assert stock(path, f"{called.title}=CN").packages == 4
    with pytest.raises(Misuse, match=r"several brackets: say which is meant, `bracket 1 of 1` or `bracket 2 of 1`$"):
        stock(path, "1=CN")


def test_a_package_written_elsewhere_leads_to_what_it_builds_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("drafts", "words", "out/clean"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "cbm.toml").write_text("")
    (tmp_path / "words" / "terms.cbm").write_text("vocabulary terms\n  uses encounters\n")
    (tmp_path / "drafts" / "near.cbm").write_text("vocabulary near\n  uses encounters\n")
    path, to = tmp_path / "drafts" / "code.cbm", tmp_path / "out" / "clean" / "code.cbm"
    uses = 'uses encounters, near, terms from "../words/terms.cbm"'
    path.write_text(f"draft code\n  {uses}\n  between CN, JP\nclause 1 every unit [should | must] listen\n")
    assert main(["options", "--write", str(path), "-o", str(to)]) == Exit.FINE
    assert 'near from "../../drafts/near.cbm", terms from "../../words/terms.cbm"\n' in to.read_text()
    assert not run([to]).findings
    assert main(["options", "--write", str(path)]) == Exit.FINE
    assert "Note: what it builds on is found from the folder of" in capsys.readouterr().err
    with TemporaryDirectory() as other:
        assert main(["options", "--write", str(path), "-o", f"{other}/code.cbm"]) == Exit.MISUSE
    assert "lies out of the project of" in capsys.readouterr().err


def test_of_several_reasons_it_is_told_that_one_of_them_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
clause 1 a warship meeting a warship [CN: must | JP: should] keep separation >= 1,000 m
[CN: clause 2 a warship meeting a warship must keep separation <= 500 m
| JP: clause 3 a warship meeting a warship must keep separation <= 300 m]
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}")
    assert main(["options", str(path)]) == Exit.FINDINGS
    page = " ".join(capsys.readouterr().out.split())
    assert "- CN's “must” in 1 at least one of these, by what else is taken: conflict: clauses 1 and 2 cannot" in page


def test_what_cannot_go_together_is_told_with_its_reason(draft: Path) -> None:
    pairs = [one for one in stock(draft).incompatible if len(one.options) > 1]
    assert [one.options for one in pairs] == [("JP's “1,000 m” for Least distance", "JP's “800 m” in 2")]
    assert [(r.rule, r.clauses) for r in pairs[0].reasons] == [("conflict", ("code:1", "code:2"))]
    assert pairs[0].proposers == ("JP",)


def test_what_is_in_no_clean_package_is_told_in_the_order_of_the_text(tmp_path: Path) -> None:
    """Clauses 1 and 3 hang together, and clause 2 stands by itself between them."""
    path = tmp_path / "code.cbm"
    path.write_text("""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship [CN: must | chair: should] transmit
clause 2 a warship must not [CN: call | JP: hold_course]
clause 3 a warship must [JP: not transmit | CN: not call]
clause 4 a warship must hold_course
clause 5 a warship must transmit
""")
    state = stock(path)
    assert [found.options for found in state.incompatible] == [
        ("JP's “hold_course” in 2",),
        ("JP's “not transmit” in 3",),
    ]
    assert [one.nowhere for one in state.delegations] == [(), (), ("2", "3")]


def test_brackets_without_difference_are_told(draft: Path) -> None:
    assert [(c.title, c.without_difference) for c in stock(draft).choices if c.without_difference] == [("5", ((1, 2),))]


@pytest.mark.parametrize(
    ("edges", "without_difference"),
    [
        ("[CN: in place of 1 | JP: in place of 1]", True),
        ("[CN: in place of 1 | JP: delete]", False),
        ("[CN: in place of 1 | JP: in place of 3]", False),
        ("[CN: in place of 1 for both | JP: in place of 1]", False),
        ("[CN: subject to 1 | JP: notwithstanding 1]", False),
        ("[CN: subject to 1 | JP: delete]", False),
    ],
)
def test_options_that_stand_above_other_clauses_than_each_other_are_not_without_difference(
    edges: str, without_difference: bool, tmp_path: Path
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\nclause 1 a warship must listen\n"
        f"clause 2 a warship when by_night must keep separation >= 500 m {edges}\n"
        "clause 3 a warship must not illuminate_fire_control\n"
    )
    (choice,) = stock(path).choices
    assert bool(choice.without_difference) == without_difference


_BESIDE = """\
draft code
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a warship must keep separation >= [CN: 500 m | JP: 1,000 m]
clause 2 a military_aircraft meeting a ship must keep separation >= 1,500 m
[JP: clause 3 a helicopter meeting a warship must keep separation >= 300 m | CN: delete]
clause 4 a warship [CN: should | JP: must] listen
clause 5 a warship when in_sight may [CN: call | JP: announce_intentions]
clause 6 a ship may call, announce_intentions
clause 7 a warship [JP: when in_sight] must aim_weapons
clause 8 a warship must aim_weapons
"""


def test_options_that_come_to_the_same_beside_other_clauses_are_told_with_these(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(_BESIDE, encoding="utf-8")
    state = stock(path)
    assert [(c.title, s.clauses) for c in state.choices for s in c.same_beside] == [
        ("1", ("2",)),
        ("3", ("1",)),  # whatever is taken there
        ("5", ("6",)),
        ("7", ("8",)),
    ]
    assert [c.title for c in state.choices if c.is_of_words] == ["1", "3", "5", "7"]
    page = " ".join(STATE_RENDERERS["text"](state, None).split())
    assert "3: “clause 3 a helicopter meeting a warship must keep separation >= 300 m” and leaving it out" in page
    assert "come to the same beside clause 1, whatever else is taken" in page


def test_an_option_that_leaves_one_place_empty_and_speaks_in_another_is_not_left_out(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
options way one of CN, JP
[way CN: clause 1 a warship must listen | JP: delete]
[way JP: clause 2 a naval_ship must listen | CN: delete]
clause 3 a warship must not listen
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}", encoding="utf-8")
    state = stock(path)
    assert [(o.words, o.out) for o in state.choices[0].options] == [
        ("clause 1 a warship must listen", False),
        ("clause 2 a naval_ship must listen", False),
    ]
    page = " ".join(STATE_RENDERERS["text"](state, None).split())
    assert "left out" not in page
    why = "whatever is taken, at least one of these is so: conflict: clauses 1 and 3 cannot both"
    assert f"Why no package is clean - {why}" in page
    assert "conflict: clauses 2 and 3 cannot both be complied with" in page
    assert "all options that can be had go together" not in page
    rows = STATE_RENDERERS["csv"](state, None).splitlines()
    assert [row.rsplit(",", 1)[1] for row in rows] == ["in_a_clean_package", "no", "no"]


def test_an_option_is_told_by_what_it_says_at_each_of_its_places(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    lines = """\
options way "How it is put" one of CN, JP
clause 1 a warship must keep separation >= [way CN: 500 m | JP: 1,000 m]
clause 2 a submarine must keep separation >= [way CN: 500 m | JP: 1,000 m]
clause 3 a warship must listen [way CN: unless own.distress # nobody else
| JP: delete]
[way JP: clause 4 "Calls" a warship must call source "Notes" seen text | CN: delete]
option CN of way: delete
option JP of way "further":
clause 5 a naval_ship must listen
clause 6 a naval_ship must call
end of options
"""
    path.write_text(f"{TEXT[: TEXT.index('options')]}{lines}", encoding="utf-8")
    state = stock(path)
    page = " ".join(STATE_RENDERERS["text"](state, None).split())
    assert (
        '1 CN: 500 m; unless own.distress 2 JP: 1,000 m; clause 4 "Calls" a warship must call; clauses 5 and 6' in page
    )
    assert state.choices[0].options[1].words.count("Notes") == 1
    assert "JP's “1,000 m; clause 4" in " ".join(run([path]).background)
    renamed = tmp_path / "renamed.cbm"
    renamed.write_text(path.read_text(encoding="utf-8").replace("clause 4", "clause 7"), encoding="utf-8")
    (difference,) = cbm.diff(path, renamed).steps
    assert (difference.changes, difference.declared, difference.found, difference.gone) == ((), (), (), ())


def test_what_is_agreed_at_least_in_a_bracket_is_told(draft: Path) -> None:
    found = [(c.title, o.words) for c in stock(draft).choices for o in c.options if o.number == c.at_least]
    assert found == [("Least distance", "500 m"), ("2", "2,000 m"), ("5", "1 nmi")]
    assert "Least distance: “500 m”" in STATE_RENDERERS["text"](stock(draft), None)


_NOT_ASKED = """\
draft code
  uses encounters
  between CN, JP
options way one of CN, JP
[way CN: clause 1 a warship must listen | JP: delete]
clause 2 a warship must keep separation >= [CN: 500 m | JP: 1,000 m]
clause 3 a warship must keep separation >= 100 m [CN: in place of 2]
[JP: clause 4 a warship must keep separation >= [CN: 700 m | JP: 800 m] | CN: delete]
[JP: covers separation in every type of encounter | CN: delete]
clause 5 a warship must keep separation >= [KR: 200 m | JP, KR: 250 m | CN: 300 m]
tie 2 is CN only if way is CN
"""


def test_choices_of_which_it_is_not_asked_what_comes_to_the_same_are_told_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(_NOT_ASKED, encoding="utf-8")
    state = stock(path, text_of="KR")
    tied, elsewhere = "tied to other choices", "promises, reserves or meanings of words change with what is taken"
    some = "the question is about some of the options only"
    assert [(c.title, c.same_not_asked) for c in state.choices if c.same_not_asked] == [
        ("way", tied),
        ("2", tied),
        ("3", "clauses that displace others, or are displaced, change with what is taken"),
        ("a promise", elsewhere),
        ("5", some),
    ]
    assert [(c.title, c.least_not_asked) for c in state.choices if c.least_not_asked] == [
        ("bracket 2 of 4", "within an option of another choice"),
        ("a promise", elsewhere),
        ("5", some),
    ]
    page = " ".join(STATE_RENDERERS["text"](state, None).split())
    assert f"what comes to the same beside other clauses is not asked of way and 2: {tied}" in page
    assert f"what is agreed at least is not asked of a promise: {elsewhere}" in page


def test_of_a_choice_that_is_settled_nothing_is_left_to_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(_NOT_ASKED, encoding="utf-8")
    settled = [c for c in stock(path, "5=CN").choices if c.title == "5"]
    assert [(c.same_not_asked, c.least_not_asked) for c in settled] == [("", "")]


@pytest.mark.parametrize("delete_first", [False, True])
def test_of_options_that_an_error_tells_apart_nobody_says_that_they_come_to_the_same(
    delete_first: bool, tmp_path: Path
) -> None:
    path = tmp_path / "code.cbm"
    options = ["JP: clause 1 a warship must keep separation >= 50,000 nmi", "CN: delete"]
    bracket = "\n| ".join(reversed(options) if delete_first else options)
    lines = f"[{bracket}]\nclause 2 a warship must listen\n"
    path.write_text(f"draft code\n  uses encounters\n  between CN, JP\n{lines}", encoding="utf-8")
    (choice,) = stock(path).choices
    assert [o.dead for o in choice.options] == [not delete_first, delete_first]
    assert choice.same_beside == ()


@pytest.mark.parametrize(
    ("clause", "where"),
    [
        ("a warship must keep separation [>= 500 m | > 500 m]", "closest distance between the units is exactly 500 m"),
        ("a warship when range [< 2 nmi | <= 2 nmi] must listen", "range between the units is exactly 2 nmi"),
        ("a warship must keep separation >= [500 m | 501 m]", ""),
        ("a warship when range < 2 nmi must [listen | illuminate_fire_control]", ""),
        ("a warship when range < 2 nmi [must | should] listen", ""),
        ("a warship [must keep separation >= 500 m | should keep separation > 500 m]", ""),
    ],
)
def test_options_that_differ_in_one_case_alone_are_told_with_it(clause: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"draft code\n  uses encounters\n  between CN, JP\nclause 1 {clause}\n", encoding="utf-8")
    (choice,) = stock(path).choices
    assert choice.without_difference == ()
    assert [(one.options, one.where) for one in choice.in_one_case] == ([((1, 2), where)] if where else [])


@pytest.mark.parametrize(("bounds", "where"), [((500, 500), "gap is exactly 500 m"), ((500, 200), "")])
def test_options_differ_in_one_case_alone_if_it_is_one_for_whoever_is_bound(
    bounds: tuple[int, int], where: str, tmp_path: Path
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"""\
vocabulary small
party A
party B
topic distance
situation encounter
fixed roles hunter, prey
each
  party : party
result gap "gap" : length from 0 m to 1,000 m topic distance
draft code
  uses small
  between A, B
options d one of A, B
clause 1 hunter must keep gap [d A: >= {bounds[0]} m | B: > {bounds[0]} m]
clause 2 prey must keep gap [d A: >= {bounds[1]} m | B: > {bounds[1]} m]
""")
    (choice,) = stock(path).choices
    assert [one.where for one in choice.in_one_case] == ([where] if where else [])


def test_each_delegation_learns_what_of_its_own_stays_together(draft: Path) -> None:
    (japan,) = [one for one in stock(draft).delegations if one.name == "JP"]
    assert japan.proposals == 3
    assert (("JP's “1,000 m” for Least distance",), ("JP's “800 m” in 2",)) in japan.sets


def test_what_is_settled_is_no_longer_open(draft: Path) -> None:
    assert stock(draft, "distance=JP").packages == 2**4
    assert stock(draft, text_of="JP").packages == 4
    assert [one.name for one in stock(draft, delegation="JP").delegations] == ["CN", "JP", "chair"]


@pytest.mark.parametrize(
    ("take", "said"),
    [
        ("distence=JP", "there is no choice `distence` in code; it has distance, 2, 3, 5, 6"),
        ("distance", "`distance` says nothing that can be taken: write `CHOICE=OPTION`, as in `3.2=JP`"),
        ("distance=KR", "distance has no option `KR`: it has CN, JP, chair"),
        ("3=CN", "`CN` proposes several options of 3: write `1` or `2`"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(draft: Path, take: str, said: str) -> None:
    with pytest.raises(Misuse) as refused:
        stock(draft, take)
    assert str(refused.value) == said


def test_a_text_without_brackets_is_no_text_to_negotiate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def examined(*_: object, **__: object) -> None:
        raise AssertionError("that nothing is open is known before")

    monkeypatch.setattr("cbm.questions.negotiating.examine", examined)
    path = tmp_path / "code.cbm"
    for said in ("must listen", "must keep separation >= [__ from 1 nmi to 5 nmi]"):
        path.write_text(f"draft code\n  uses encounters\n  between CN, JP\nclause 1 every unit {said}\n")
        with pytest.raises(Misuse, match="code has no options in square brackets: nothing in it is to be chosen"):
            stock(path)
        with pytest.raises(Misuse, match="code has no options in square brackets: nothing in it is to be chosen"):
            package(OpenText(path))
    path.write_text("draft code\n  uses encounters\n  between CN, JP\nclause 1 every unit must listen\n")
    with pytest.raises(Misuse, match="nothing is open in these texts"):
        run([path], take=["1=CN"])


def test_a_standard_text_is_known_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["options", "colregs"]) == Exit.MISUSE
    assert "colregs has no options in square brackets" in capsys.readouterr().err
    with pytest.raises(Misuse, match="colregs has no options in square brackets"):
        cbm.options("colregs")
    with pytest.raises(Misuse, match="there is no file `colreg`, and no text of the standard library"):
        cbm.options("colreg")


def test_the_text_of_a_package_is_checked_clean(draft: Path, tmp_path: Path) -> None:
    text = package(OpenText(draft, settled=SettledChoices(("distance=JP",)))).text
    assert "[" not in text
    assert "separation >= 1,000 m" in text
    written = tmp_path / "clean.cbm"
    written.write_text(text)
    assert run([written]).exit is Exit.FINE


def test_the_json_is_as_the_schema_says(draft: Path) -> None:
    schema = json.loads(shipped_schema("options"))
    assert schema == json.loads(state_document.json_schema())
    page = json.loads(STATE_RENDERERS["json"](stock(draft), None))
    validator = Draft202012Validator(schema)
    validator.validate(page)
    assert not validator.is_valid({key: value for key, value in page.items() if key != "packages"})


def test_every_format_is_written(draft: Path) -> None:
    state = stock(draft)
    pages = {name: render(state, None) for name, render in STATE_RENDERERS.items()}
    assert json.loads(pages["json"])["clean"] == 10
    assert pages["csv"].splitlines()[0].startswith("choice,called,place,option")
    assert "<script" not in pages["html"]
    assert "<code>distance</code>" in pages["html"]
    assert "\n## Ways to settle it\n" in pages["markdown"]
    assert all(len(line) <= 100 for line in pages["text"].splitlines() if str(draft) not in line)


def test_the_exit_code_is_that_of_every_package(tmp_path: Path) -> None:
    alive = tmp_path / "alive.cbm"
    text = TEXT.replace("[CN: illuminate_fire_control | CN: aim_weapons]", "aim_weapons")
    alive.write_text(
        text.replace("[JP: clause 6 every unit must listen | CN: delete]", "clause 6 every unit must listen")
    )
    assert run([alive]).exit is Exit.FINE
    assert main(["check", str(alive)]) == Exit.FINE
    assert main(["check", "--fail-on", "any-package", str(alive)]) == Exit.FINDINGS
    assert main(["check", "--take", "distance=JP,2=JP", str(alive)]) == Exit.FINDINGS
    assert main(["options", "--delegation", "JP", str(alive)]) == Exit.FINE
    assert main(["options", "--delegation", "US", str(alive)]) == Exit.MISUSE
    assert main(["options", "--write", str(alive)]) == Exit.FINE


def test_what_depends_on_how_terms_are_read_is_told_apart_from_what_is_dead(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\nopen term near : length from 200 m to 2,000 m\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= near\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 100 m | JP: 1,000 m | 3 km]\n"
    )
    state = stock(path)
    assert (state.packages, state.clean, state.workable) == (3, 1, 1)
    assert [o.words for o in state.choices[0].options if o.dead] == ["100 m"]
    assert [o.words for o in state.choices[0].options if o.workable] == ["1,000 m"]
    (group,) = state.groups
    assert [way.words for way in group.ways] == [("“3 km” is taken in 2",)]
    assert [(way.words, way.readings) for way in group.workable_ways] == [
        (("JP's “1,000 m” is taken in 2",), "near is at most 1,000 m")
    ]
    assert [d.by_reading for d in state.delegations] == [(), ("2",)]
    page = " ".join(STATE_RENDERERS["text"](state, None).split())
    assert "1 of them is clean, and 1 more is workable: clean on some readings of open terms." in page
    assert "workable if near is at most 1,000 m: JP's “1,000 m” is taken in 2" in page
    assert state.settling is not None
    assert (state.settling.option, state.settling.settled) == ("“3 km” in 2", 1)  # which leaves a clean package
    rows = [row.rsplit(",", 1)[1] for row in STATE_RENDERERS["csv"](state, None).splitlines()[1:]]
    assert rows == ["no", "on some readings", "yes"]
    assert [one.message for one in state.by_reading] == [
        "clauses 1 and 2 cannot both be complied with, on some readings: if near is over 1,000 m"
    ]


def test_what_goes_together_on_some_readings_is_not_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\nopen term near : length from 50 m to 2,000 m\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= [CN: near | JP: 1,500 m | 10 m]\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 1,000 m | JP: 3,000 m]\n"
    )
    state = stock(path)
    assert (state.packages, state.clean, state.workable) == (6, 4, 1)
    assert [one.options for one in state.incompatible] == [("JP's “1,500 m” in 1", "CN's “1,000 m” in 2")]


_REACH = """\
vocabulary small
party A
party B
topic signals
situation encounter
roles own, other
each
  party : party
shared
  reach : length from 0 m to 5,000 m
act call topic signals
act lamp topic signals
act sound topic signals
"""


def test_what_leaves_no_reading_whatever_is_taken_leaves_packages_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"""{_REACH}draft code
  uses small
  between A, B
open term near : length from 50 m to 2,000 m
clause 1 every unit when reach >= 100 m must call
clause 2 every unit when reach <= near must not call
clause 3 every unit when reach > near must sound
clause 4 every unit when reach <= 100 m must not sound
clause 5 every unit [A: must | B: should] lamp
""")
    state = stock(path)
    assert [one.rule for one in state.everywhere] == ["no-workable-reading"]
    assert (state.packages, state.clean, state.workable) == (2, 2, 0)


@pytest.mark.parametrize("second", ["[A: must | B: should] not call", "[A: should not call | B: should lamp]"])
def test_what_is_only_advised_takes_no_reading_from_a_package(second: str, tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"""{_REACH}draft code
  uses small
  between A, B
open term near : length from 50 m to 2,000 m
clause 1 every unit when reach >= 100 m should call
clause 2 every unit when reach <= near {second}
""")
    state = stock(path)
    assert len(state.by_reading) == 1
    assert (state.packages, state.clean, state.workable, state.by_reading_everywhere) == (2, 2, 0, False)


def test_what_one_option_makes_on_some_readings_and_another_on_all_leaves_the_first_workable(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"""{_REACH}draft code
  uses small
  between A, B
open term near : length from 50 m to 2,000 m
clause 1 every unit must call
clause 2 every unit when reach <= 100 m must not call
[A: clause 3 every unit when reach <= near must lamp in place of 1
| B: clause 3 every unit must lamp in place of 1
| delete]
""")
    state = stock(path)
    assert (state.packages, state.clean, state.workable) == (3, 1, 1)
    assert [(o.out, o.dead, o.workable) for o in state.choices[0].options] == [
        (False, False, True),
        (False, False, False),
        (True, True, False),
    ]
    # Beside what depends on the same term on every package, what is wrong on all readings is one finding all the same.
    path.write_text(
        f"{path.read_text()}clause 4 every unit when reach > near must sound\n"
        "clause 5 every unit when reach >= 1,000 m and reach <= 1,500 m must not sound\n"
    )
    state = stock(path)
    assert (state.packages, state.clean, state.workable) == (3, 1, 1)
    assert state.settling is not None
    assert (state.settling.settled, state.settling.of) == (1, 1)


_CLASHING = """\
draft code
  uses encounters
  between CN, JP
clause 1 a fighter when by_night [CN: must | JP: should not] listen
clause 2 a fighter when by_night must not listen
"""


def test_of_what_was_not_decided_no_package_is_called_clean(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(_CLASHING)
    assert not stock(path).clean_at_most
    state = cbm.options(path, budget=Budget(steps=1))
    assert (state.clean, state.clean_at_most, state.exit) == (2, True, Exit.UNDECIDED)
    page = " ".join(STATE_RENDERERS["text"](state, None).split())
    assert "How many of them are clean is not known: nothing wrong was found in any" in page
    assert "What cannot go together Nothing was found; what stayed undecided may keep options apart." in page
    assert "Nothing was found that depends on what is taken; what stayed undecided may." in page
    assert [row.rsplit(",", 1)[1] for row in STATE_RENDERERS["csv"](state, None).splitlines()[1:]] == ["unknown"] * 2


def test_what_could_be_no_more_than_a_note_leaves_no_doubt_which_packages_are_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> Iterator[object]:
        raise RunStopped("too much work")

    path = tmp_path / "code.cbm"
    path.write_text(_CLASHING + "[JP: clause 3 a fighter must call | CN: delete]\n")
    for rule, doubtful in ((last_moment, False), (trap, True)):
        with monkeypatch.context() as patched:
            patched.setattr(rule, "traps_by_part", stopped)
            state, written = stock(path), package(OpenText(path))
        assert state.undecided == (f"undecided: what else does `{rule.RULE.id}` find",)
        assert (state.clean, state.clean_at_most, state.exit) == (2, doubtful, Exit.FINDINGS)
        page = " ".join(STATE_RENDERERS["text"](state, None).split())
        assert ("in 3: not known, as questions stayed undecided" in page) == doubtful
        assert bool(written.undecided) == doubtful


def test_where_no_package_is_clean_the_readings_are_told_on_which_one_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "clause 1 a warship must keep separation >= [reach __ from 1 nmi to 5 nmi]\n"
        "clause 2 a warship must keep separation <= [CN: 2 nmi | JP: 3 nmi]\n"
    )
    state = stock(path)
    assert (state.packages, state.clean, state.workable, state.exit) == (2, 0, 2, Exit.FINE)
    assert [(way.words, way.readings) for group in state.groups for way in group.workable_ways] == [
        (("CN's “2 nmi” is taken in 2",), "reach is at most 2 nmi"),
        (("JP's “3 nmi” is taken in 2",), "reach is at most 3 nmi"),
    ]
    assert main(["options", "--write", str(path)]) == Exit.FINE
    written = capsys.readouterr()
    assert "keep separation <= 2 nmi" in written.out
    assert "this package is clean on some readings of open terms only" in written.err


def test_words_quoted_beside_what_was_open_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "options away one of CN, JP\n"
        'clause 1 a warship must keep separation >= [away CN: 1 nmi | JP: 2 nmi] text en "a good distance"\n'
        "clause 2 a warship must not [CN: lase | JP: jam]\n"
        "clause 3 a fighter must keep separation >= [away CN: 1 nmi | JP: 2 nmi]\n"
        '  [away CN: text en "one mile" | JP: text en "two miles"]\n'
        'clause 4 a fighter must not lase text en "no lasers"\n'
        '[JP: clause 5 a helicopter must not lase text en "no lasers" | CN: delete]\n'
        'clause 6 a helicopter must not jam; must not call [JP: unless own.distress]\n  text en "quiet"\n'
        '[JP: clause 7 a submarine must not [CN: lase | JP: jam] text en "none" | CN: delete]\n'
        'clause 8 a submarine must keep separation >= [1 nmi] text en "one mile"\n'
    )
    words = "Note: the words quoted beside clauses {} were not adapted to what is taken: compare them.\n"
    for take, clauses in (("7=JP", "1, 6 and 7"), ("7=CN", "1 and 6")):
        choice = take.replace("7=", "bracket 1 of 7=").replace("CN", "delete")
        assert main(["options", "--write", str(path), "--take", choice]) == Exit.FINE
        assert capsys.readouterr().err.count(words.format(clauses)) == 1


def test_a_way_is_workable_on_readings_that_leave_nothing_wrong_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "clause 1 a warship meeting a fighter must keep separation >= [reach __ from 1 nmi to 5 nmi]\n"
        "clause 2 a warship meeting a fighter when by_night must keep separation <= 3 nmi\n"
        "clause 3 a warship meeting a fishing_vessel must keep separation <= [reach __ from 1 nmi to 5 nmi]\n"
        "clause 4 a warship meeting a fishing_vessel when by_night must keep separation >= [CN: 2 nmi | JP: 1 nmi]\n"
    )
    (group,) = stock(path).groups
    assert [(way.words, way.readings) for way in group.workable_ways] == [
        (("CN's “2 nmi” is taken in 4",), "reach is from 2 nmi to 3 nmi")
    ]


def test_too_many_choices_that_hang_together_are_undecided(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.core.packages.package_boxes.MOST_BOXES", 1)
    report = run([draft])
    assert "undecided: which packages are clean" in [finding.message for finding in report.undecided]
    assert report.exit is Exit.FINDINGS  # what nobody could place among packages counts as on all of them


def test_a_run_that_is_stopped_looks_at_no_packages_among_many_ties(
    draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped() -> bool:
        cancel = Event()
        report = run([draft], cancel=cancel, progress=lambda *_: cancel.set())
        assert report.stopped
        return "undecided: which packages are clean" in [finding.message for finding in report.undecided]

    assert not stopped()
    monkeypatch.setattr("cbm.checking.passes._BARRED", -1)
    assert stopped()


def test_that_no_change_is_tried_of_a_text_with_brackets_is_said(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "no change of code was tried, since it has square brackets: settle it first, with `cbm options --write`"
    assert main(["check", "--repairs", str(draft)]) == Exit.FINDINGS
    assert said in " ".join(capsys.readouterr().out.split())
    main(["check", "--fix", str(draft)])
    assert said[1:] in capsys.readouterr().err


def test_what_is_wrong_with_every_package_is_said_of_the_one_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\nclause 1 every unit must listen\n"
        "clause 2 every unit must not listen\nclause 3 every unit [should | must] call\n"
    )
    assert main(["options", "--write", str(path)]) == Exit.FINDINGS
    told = capsys.readouterr()
    assert "clause 3 every unit should call" in told.out
    assert told.err == "Note: 1 error is in every package, and so in this one: see `cbm check`.\n"


def test_a_program_asks_where_a_negotiation_stands(draft: Path, tmp_path: Path) -> None:
    assert cbm.options(draft, take=("distance=JP",)).packages == 2**4
    faulty = tmp_path / "faulty.cbm"
    faulty.write_text("draft code\n  uses encounters\nclause 1 every unit must [listen\n")
    with pytest.raises(Misuse, match="the bracket that opens here is not closed"):
        cbm.options(faulty)


def test_a_package_that_refers_to_what_it_lacks_is_written_with_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        'draft code "A code"\n  uses encounters\n  between CN, JP\n'
        "[JP: delete | CN: clause 1 every unit must listen]\n"
        "clause 2 exception to 1 when own.distress\n"
    )
    state = stock(path)
    assert (state.packages, state.clean) == (2, 2)
    [lacking] = state.lacking
    assert (lacking.message, lacking.packages) == (
        "clause 2 refers to `1`, which is not there, if 1 is left out",
        "1 is left out",
    )
    assert main(["options", str(path)]) == Exit.FINE
    page = " ".join(capsys.readouterr().out.split())
    assert (
        "References to what some packages lack - clause 2 refers to `1`, which is not there, if 1 is left out" in page
    )
    assert lacking.remedies[0] in page
    assert main(["check", str(path)]) == Exit.FINE
    capsys.readouterr()
    assert main(["options", "--write", str(path)]) == Exit.FINDINGS
    assert "Note: clause 2 refers to `1`, which is not there, if 1 is left out; so it is" in capsys.readouterr().err
    assert main(["options", "--write", "--take", "1=CN", str(path)]) == Exit.FINE
    assert main(["check", "--take", "1=JP", str(path)]) == Exit.FINDINGS


def test_what_is_not_taken_because_something_else_is_asked_for_is_not_dead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= [CN: 1,000 m | JP: 500 m]\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 2 km | JP: 800 m]\n"
    )
    for asked in (["--take", "1=CN,2=CN"], ["--text-of", "CN"], ["--take", "1=JP"]):
        assert main(["check", *asked, str(path)]) == Exit.FINE
    assert main(["check", "--take", "2=JP", str(path)]) == Exit.FINDINGS  # no package with it and 1,000 m is clean
    page = " ".join(capsys.readouterr().out.split())
    assert "open for negotiation, and taken for this check: 2, JP's “800 m”" in page
    assert page.count("is in no clean package") == 1


def test_choices_are_settled_where_all_that_is_asked_for_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= [CN: 1,000 m | CN: 500 m | JP: 3 km]\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 2 km | JP: 800 m]\n"
    )

    def settled(*take: str, text_of: str | None = None) -> list[bool]:
        return [group.settled for group in stock(path, *take, text_of=text_of).groups]

    assert settled() == [False]
    assert settled("1=1") == [True, False]  # one of 2 clashes with it
    assert all(settled("1=2"))
    assert all(settled("1=1", "2=CN"))
    assert all(settled(text_of="CN"))  # with either of its options
    path.write_text(path.read_text().replace("CN: 2 km", "JP: 2 km"))
    assert settled(text_of="CN") == [False]  # with one of them either of 2 would do


def test_of_what_stays_together_nothing_is_told_that_more_stays_with(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= [CN: 1,000 m | JP: 100 m]\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 2 km | JP: 500 m]\n"
    )
    cn, jp = stock(path).delegations
    assert cn.sets == ((("CN's “1,000 m” in 1", "CN's “2 km” in 2"),),)
    assert jp.sets == ((("JP's “100 m” in 1", "JP's “500 m” in 2"),),)


def test_of_findings_that_rule_out_options_beside_ties_the_first_is_told(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text("""\
draft code "A code"
  uses encounters
  between CN, JP
options least one of CN, JP
options most one of CN, JP
options further one of CN, JP
clause 1 an aircraft meeting a warship must keep separation >= [least CN: 1,000 m | JP: 100 m]
clause 2 an aircraft meeting a warship must keep separation <= [most CN: 2 km | JP: 500 m]
clause 3 an aircraft meeting a warship must keep separation <= [further CN: 3 km | JP: 600 m]
tie further is JP only if most is JP
""")
    found = stock(path).incompatible
    assert [one.options for one in found] == [
        ("CN's “1,000 m” for least", "JP's “500 m” for most"),
        ("CN's “1,000 m” for least", "JP's “600 m” for further"),
    ]
    messages = [[reason.message for reason in one.reasons] for one in found]
    assert messages == [["clauses 1 and 2 cannot both be complied with"]] * 2


def test_each_set_of_options_that_cannot_go_together_has_an_example_that_takes_them(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text("""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= [CN: 600 m | JP: 700 m | 100 m]
clause 2 an aircraft meeting a warship must keep separation <= [500 m | 900 m]
clause 3 an aircraft meeting a warship [must | should] keep separation >= 200 m
""")
    found = stock(path).incompatible
    assert [one.options for one in found] == [
        ("CN's “600 m” in 1", "“500 m” in 2"),
        ("JP's “700 m” in 1", "“500 m” in 2"),
    ]
    examples = [reason.example for one in found for reason in one.reasons]
    assert all(examples)
    shown = [[word for word in ("600 m", "700 m", "900 m") if word in example] for example in examples]
    assert shown == [["600 m"], ["700 m"]]


_NONE_CLEAN = """\
clause 1 a ship meeting an aircraft must [CN: call | JP: listen]
clause 2 every unit must not call
clause 3 every unit must not listen
"""


def test_the_text_of_the_first_clean_package_is_handed_over(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = cbm.options(draft, take=("2=CN", "3=2"))
    assert found.written is not None
    assert (
        main(["options", str(draft), "--no-cache", "--take", "2=CN", "--take", "3=2", "--write"]) == found.written.exit
    )
    assert capsys.readouterr().out == found.written.text
    assert "[" not in found.written.text
    (draft.parent / "clean.cbm").write_text(found.written.text)
    assert cbm.run([draft.parent / "clean.cbm"]).exit is not Exit.FINDINGS


def test_a_clean_package_is_handed_over_before_one_that_is_clean_on_some_readings(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\nopen term near : length from 200 m to 2,000 m\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= near\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 1,000 m | JP: 3 km]\n"
    )
    found = cbm.options(path)
    assert (found.clean, found.workable) == (1, 1)
    assert found.written is not None
    assert "<= 3 km" in found.written.text


def test_where_no_package_is_clean_the_first_options_that_are_workable_are_handed_over(tmp_path: Path) -> None:
    """Also where another option of some of them would be clean beside all that is settled."""
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n"
        "open term near : length from 200 m to 2,000 m\nopen term far : length from 200 m to 2,000 m\n"
        "clause 1 a military_aircraft meeting a warship must keep separation >= near\n"
        "clause 2 a military_aircraft meeting a warship must keep separation <= [CN: 1,000 m | JP: 3 km]\n"
        "clause 3 a warship meeting a warship must keep separation >= far\n"
        "clause 4 a warship meeting a warship must keep separation <= [CN: 900 m | JP: 1,500 m]\n"
    )
    found = cbm.options(path)
    assert (found.clean, found.workable) == (0, 4)
    assert found.written is not None
    assert "<= 1,000 m" in found.written.text
    assert "<= 900 m" in found.written.text


def test_where_no_package_is_clean_there_is_no_text_of_one(draft: Path) -> None:
    draft.write_text(f"{TEXT[: TEXT.index('options')]}{_NONE_CLEAN}")
    found = cbm.options(draft)
    assert (found.clean, found.written) == (0, None)


def test_of_brackets_with_one_option_that_cannot_be_left_out_it_is_told_that_every_package_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, head = tmp_path / "code.cbm", "draft code\n  uses encounters\n  between CN, JP\n"
    kept, advice = "nothing else is proposed, so every package has it", "brackets around all of a clause"
    for clause, certain in (
        ("clause 1 [JP: every warship must call]", True),
        ("[JP: clause 1 every warship must call]", False),  # as is advised
    ):
        path.write_text(f"{head}{clause}\n", encoding="utf-8")
        for command in ("check", "options"):
            main([command, str(path)])
            page = " ".join(capsys.readouterr().out.split())
            assert (kept in page or "— nothing else is proposed" in page) is certain
            assert (advice in page) is certain
