"""What changed between texts: from files to what is told of them, printed and as data."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.checking.passes import examine
from cbm.cli import main
from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.expressions import Formula, IsIn, NormId
from cbm.core.norms import NormSystem
from cbm.files import read_all
from cbm.finding import Exit, Misuse
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.outcomes.difference import Difference, Ledger, TextChange
from cbm.questions import compared_text, diffing
from cbm.records import replace
from cbm.render import DIFF_RENDERERS
from cbm.render.differences.difference_outline import outline
from cbm.render.differences.page_blocks import BlockSection
from cbm.report import Outcome
from cbm.search.parallel import Crew
from cbm.smt.solve import Answer, Solver, Unknown
from tests.render.sample import UNDECIDED

VOCABULARY = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party KR "Korea"
kind craft = frigate | tanker
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  damaged : flag
shared
  fog : flag
  range : length from 0 m to 10,000 m
moments sighting
axiom "two sides" own.party is not other.party
types by own.craft
topic manoeuvre
act call, turn, signal topic manoeuvre
result separation "closest distance" : length from 0 m to 10,000 m topic manoeuvre
result speed "speed" : speed from 0 kt to 60 kt topic manoeuvre
channel line "Line" between CN, JP
  for manoeuvre
  operational from 2019-01-01
  delay "an answer" 0 min to 1 h
term crippled means own.damaged
term close means range < 1,000 m
"""
HEAD = """\
draft code "Code"
  uses strait
  between CN, JP
  rank political
  proposed 2020-01-01
  status track2 from 2020-01-01
"""
OLD = """\
clause 1 a frigate meeting a tanker must keep separation >= 1,852 m unless crippled
clause 2 every unit when close should call
clause 3 every unit when fog must turn, signal
clause 4 every unit need not call
clause 5 every unit when fog must not turn in place of 3
clause 6 every unit must call within 24 h after sighting through line
  otherwise must signal
clause 7 deems own.damaged when fog
reserve 8 "islands" when fog until 2030-01-01
covers manoeuvre in every type of encounter
"""


TIE = "tie 1 is CN only if note is JP\n"
ONE_OF = "options reach one of CN, JP\n"
ROLLING = f"""\
options note one of CN, JP
clause 1 every unit when fog [CN: should | JP: must] call
clause 2 each party must signal within [48 h | 24 h] after sighting through [note CN: line | JP: line]
{TIE}"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, where: str, clauses: str, head: str = HEAD, vocabulary: str = VOCABULARY) -> Path:
    path = folder / where / "code.cbm"
    path.write_text(vocabulary + "\n" + head + clauses, encoding="utf-8")
    return path


def changed(folder: Path, *edits: tuple[str, str], old: str = OLD) -> Difference:
    """What changes where these words of the text (or of its header, or its vocabulary) are others."""
    new, head, vocabulary = old, HEAD, VOCABULARY
    for before, after in edits:
        assert before in new + head + vocabulary
        new, head, vocabulary = (part.replace(before, after) for part in (new, head, vocabulary))
    paths = written(folder, "old", old), written(folder, "new", new, head, vocabulary)
    return cbm.diff(*paths, text="code", findings=False).steps[0]


def told(difference: Difference) -> set[str]:
    return {f"{change.kind} {', '.join(change.clauses)}" for change in difference.changes}


def example_of(change: TextChange) -> str:
    assert change.witness is not None
    return change.witness.words


def declared(difference: Difference) -> set[str]:
    return {f"{d.what} {d.name}".strip() for d in difference.declared}


# ---- on which day


LATER_MEMBER = HEAD.replace("between CN, JP", "between CN, JP, KR from 2021-01-01")


def test_what_time_changes_is_no_change_of_the_text(folder: Path) -> None:
    """Only who is bound was read as of the newer draft's day, what is found and which lines work was not."""
    newer = LATER_MEMBER.replace("proposed 2020-01-01", "proposed 2022-01-01")
    paths = written(folder, "old", OLD, LATER_MEMBER), written(folder, "new", OLD, newer)
    difference = cbm.diff(*paths, text="code").steps[0]
    assert (difference.changes, difference.gone, difference.found) == ((), (), ())
    assert declared(difference) == {"adopted or proposed"}
    words = "the texts were proposed on different days, and are read as of 2022-01-01 (on the command line: `--as-of`)"
    assert words in difference.left_open
    on_that_day = cbm.diff(*paths, text="code", as_of=date(2022, 1, 1)).steps[0]
    assert on_that_day == replace(difference, left_open=on_that_day.left_open)
    assert words not in on_that_day.left_open


def test_who_joins_later_is_bound_later_on_the_day_of_the_newer_draft(folder: Path) -> None:
    newer = LATER_MEMBER.replace("from 2021", "from 2023").replace("proposed 2020", "proposed 2022")
    difference = cbm.diff(
        written(folder, "old", OLD, LATER_MEMBER), written(folder, "new", OLD, newer), text="code"
    ).steps[0]
    assert "relaxed" in {change.kind for change in difference.changes}
    assert {"parties", "adopted or proposed"} == declared(difference)
    assert any("as of 2022-01-01" in note for note in difference.left_open)


def test_a_text_that_means_nothing_on_the_last_day_is_not_compared_on_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else one text would be read on its own day and the other on the last one, with no word on it."""
    faulty = written(folder, "old", "clause 1 every unit must fly\n", LATER_MEMBER)
    wrong = compared_text.understood(read_all([faulty]), "code", None)
    understand = compared_text.understood
    monkeypatch.setattr(diffing, "understood", lambda *of: wrong if of[-1] == date(2022, 1, 1) else understand(*of))
    newer = LATER_MEMBER.replace("proposed 2020-01-01", "proposed 2022-01-01")
    paths = written(folder, "old", OLD, LATER_MEMBER), written(folder, "new", OLD, newer)
    with pytest.raises(Misuse, match=r"a text cannot be understood: .*`fly`"):
        cbm.diff(*paths, text="code")


# ---- what means the same


COSMETIC = {
    "nothing": [],
    "a title": [("clause 1 ", 'clause 1 "Keep away" ')],
    "a unit": [("1,852 m", "1 nmi")],
    "labels": [("clause 1 a", "clause 11 a"), ("clause 3 ", "clause 13 "), ("of 3", "of 13")],
    "a clause in two": [("must turn, signal", "must turn\nclause 3 bis every unit when fog must signal")],
    "a term inlined": [("when close should", "when range < 1,000 m should")],
    "a term of another name": [("crippled", "hurt")],
    "words of another language": [("should call", 'should call\n  text en "It ought to call."')],
    "order": [
        ("clause 2 every unit when close should call\n", ""),
        ("clause 4 every", "clause 2 every unit when close should call\nclause 4 every"),
    ],
    "a condition the other way round": [("clause 2 every unit when close", "clause 2 when close every unit")],
}


@pytest.mark.parametrize("edits", COSMETIC.values(), ids=COSMETIC)
def test_cosmetic_edits_change_nothing(edits: list[tuple[str, str]], folder: Path) -> None:
    difference = changed(folder, *edits)
    assert difference.is_empty, (told(difference), difference.declared, difference.undecided)
    assert "No change in meaning." in DIFF_RENDERERS["text"](cbm.Ledger((difference,)))


def test_beside_the_same_meaning_findings_are_counted(folder: Path) -> None:
    once = "clause 1 every unit must signal\n"
    clash = once + "clause 2 every unit must call\nclause 3 every unit must not call\n"
    paths = written(folder, "old", once), written(folder, "new", clash)
    for pair, counted in ((paths, "1 new"), (paths[::-1], "1 gone")):
        assert cbm.render(cbm.diff(*pair), "text").endswith(f"No change in meaning; findings: {counted}.\n")


IN_PLACE = "clause 1 every unit must call\nclause 2 every unit when fog must signal, turn in place of 1\n"
YIELDING = (
    "clause 1 every unit must keep speed <= 5 kt\n"
    "clause 2 every unit when fog must signal, keep speed >= 9 kt subject to 1\n"
)


@pytest.mark.parametrize(
    ("old", "cut"),
    [
        (IN_PLACE, "signal in place of 1\nclause 3 every unit when fog must turn\n"),
        (IN_PLACE, "turn\nclause 3 every unit when fog must signal in place of 1\n"),
        (IN_PLACE, "signal in place of 1\nclause 3 every unit when fog must turn in place of 1\n"),
        (YIELDING, "signal\nclause 3 every unit when fog must keep speed >= 9 kt subject to 1\n"),
    ],
)
def test_a_clause_that_is_cut_may_say_once_what_it_says_of_others(old: str, cut: str, folder: Path) -> None:
    new = old[: old.index("fog must ") + len("fog must ")] + cut
    for before, after in ((old, new), (new, old)):
        paths = written(folder, "old", before), written(folder, "new", after)
        difference = cbm.diff(*paths, text="code", findings=False).steps[0]
        assert difference.is_empty, (told(difference), difference.declared)


def test_a_clause_that_is_cut_and_says_of_others_what_it_did_not_say_is_told(folder: Path) -> None:
    difference = changed(folder, (" in place of 1", ""), old=IN_PLACE)
    assert [(d.what, d.name) for d in difference.declared] == [("displacement", "2")]
    cut = (", turn in place of 1", "\nclause 3 every unit when fog must turn")
    difference = changed(folder, cut, old=IN_PLACE)
    assert {(d.what, d.name) for d in difference.declared} == {("displacement", "2"), ("displacement", "3")}


# ---- what does not


CHANGES = {
    "a figure": ({"tightened 1"}, [("1,852 m", "2,000 m")]),
    "a looser figure": ({"relaxed 1"}, [("1,852 m", "1,800 m")]),
    "advice alone": ({"advice-relaxed 2"}, [("clause 2 every unit when close should call\n", "")]),
    "a duty is advice": ({"advised 1"}, [("must keep", "should keep")]),
    "what is deemed": ({"tightened 1"}, [("clause 7 deems own.damaged when fog\n", "")]),
    "an exemption": ({"not-exempted 4"}, [("clause 4 every unit need not call\n", "")]),
    "what is owed after a breach": ({"reparation-relaxed 6"}, [("\n  otherwise must signal", "")]),
    "advice after a breach": ({"reparation-relaxed 6"}, [("otherwise must signal", "otherwise should signal")]),
    "an exception": ({"tightened 1"}, [(" unless crippled", "")]),
    "a deadline": ({"relaxed 6"}, [("24 h", "48 h")]),
}


@pytest.mark.parametrize(("expected", "edits"), CHANGES.values(), ids=CHANGES)
def test_no_change_is_missed(expected: set[str], edits: list[tuple[str, str]], folder: Path) -> None:
    difference = changed(folder, *edits)
    assert told(difference) >= expected
    assert {change.kind for change in difference.changes} <= {kind.split()[0] for kind in expected} | {
        "reparation-tightened",  # what is owed after a breach goes with the breach
        "reparation-relaxed",
    }
    assert all(change.witness for change in difference.changes)


AFTER_A_BREACH = "clause 1 every unit must call otherwise must signal otherwise must turn\n"


@pytest.mark.parametrize(
    ("act", "old"),
    [
        ("signal", AFTER_A_BREACH),
        ("turn", AFTER_A_BREACH),
        ("signal", AFTER_A_BREACH.replace("unit must", "unit should")),
        ("turn", AFTER_A_BREACH.replace("must signal", "should signal")),
    ],
    ids=["at once", "in the end", "of advice", "after advice"],
)
def test_a_duty_after_a_breach_that_is_only_advised_now_is_told(act: str, old: str, folder: Path) -> None:
    edit = (f"must {act}", f"should {act}")
    new = old.replace(*edit)
    [change] = changed(folder, edit, old=old).changes
    assert (change.kind, change.clauses) == ("reparation-relaxed", ("1",))
    assert change.message == "after a breach, what clause 1 asked for is only advised now"
    assert change.before == f"what 1 asks for after the breach is owed: `must {act}`"
    assert change.after == "what is asked for after the breach is only advised"
    [change] = changed(folder, edit[::-1], old=new).changes
    assert (change.kind, change.clauses) == ("reparation-tightened", ("1",))
    assert change.message == "after a breach, clause 1 makes a duty of what was advice"
    assert change.why == "what is owed after a breach changed"


def test_an_example_of_what_is_owed_after_a_breach_says_what_is_done_and_what_is_not(folder: Path) -> None:
    old = "clause 1 every unit must call otherwise must signal\n"
    more, less = changed(folder, ("must signal", "must turn"), old=old).changes
    assert (more.kind, less.kind) == ("reparation-tightened", "reparation-relaxed")
    assert more.before == "what 1 asks for after the breach is done: `must signal`"
    assert more.after == "what 1 asks for after the breach is owed: `must turn`"
    assert less.before == "what 1 asks for after the breach is owed: `must signal`"
    assert less.after == "what 1 asks for after the breach is done: `must turn`"
    for change, done, left in ((more, "signal", "turn"), (less, "turn", "signal")):
        assert f"own unit does `{done}`" in example_of(change)
        assert f"own unit does not do this: `{left}`" in example_of(change)
        assert "own unit does not do this: `call`" in example_of(change)


IN_STEPS = (
    "clause 1 every unit must call otherwise must signal within 2 h after sighting"
    " otherwise must turn within 4 h after sighting\n"
)


@pytest.mark.parametrize(
    ("edits", "owed"),
    [
        ([("2 h", "1 h"), ("4 h", "3 h")], ["owed: `must signal within 1 h", "owed: `must turn within 3 h"]),
        ([("2 h", "1 h")], ["owed: `must signal within 1 h"]),
        ([("4 h", "3 h")], ["owed: `must turn within 3 h"]),
        (
            [("must signal within 2 h", "should signal within 1 h"), ("4 h", "3 h")],
            ["owed: `must turn within 3 h", "left undone: `should signal within 1 h"],
        ),
    ],
    ids=["both steps", "the first", "the second", "the first as advice"],
)
def test_each_step_after_a_breach_is_compared_by_itself(
    edits: list[tuple[str, str]], owed: list[str], folder: Path
) -> None:
    told_ = changed(folder, *edits, old=IN_STEPS).changes
    more = [change.after for change in told_ if change.kind == "reparation-tightened"]
    assert more == [f"what 1 asks for after the breach is {step} after sighting`" for step in owed]


def test_what_is_no_breach_of_the_other_text_is_told_as_that(folder: Path) -> None:
    old = "clause 1 every unit must call otherwise must signal\n"
    gone = changed(folder, ("must call", "must turn"), old=old).changes
    change = next(one for one in gone if one.kind == "reparation-relaxed")
    assert (change.before, change.after) == ("what 1 asks for after the breach is owed: `must signal`", "no breach")
    [change] = changed(folder, (" otherwise must signal", ""), old=old).changes
    assert change.after == "nothing further is owed"


def test_an_example_names_the_channel_where_only_that_differs(folder: Path) -> None:
    channel = 'channel radio "Radio" between CN, JP\n  for manoeuvre\n  operational from 2019-01-01\n'
    old, new = (f"clause 1 every unit must call through {name}\n" for name in ("line", "radio"))
    paths = [
        written(folder, where, text, vocabulary=VOCABULARY + channel) for where, text in (("old", old), ("new", new))
    ]
    [more, less] = cbm.diff(*paths, text="code", findings=False).steps[0].changes
    assert "own unit does `call` through `line`" in example_of(more)
    assert "own unit does `call` through `radio`" in example_of(less)


def test_where_a_party_is_gone_the_clauses_are_told_to_be_the_same(folder: Path) -> None:
    paths = [
        written(folder, where, "clause 1 every unit must call\n", HEAD.replace("CN, JP", parties))
        for where, parties in (("old", "CN, JP, KR"), ("new", "CN, JP"))
    ]
    (less,) = cbm.diff(*paths, text="code", findings=False).steps[0].changes
    assert less.why == "the clause is the same: the parties of the text changed"


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (("must not turn, signal", "must not signal"), "`turn` is not listed any more"),
        (("must not turn, signal", "must not turn, call, signal"), "`call` is listed now"),
        (("; must not turn, signal", ""), "the clause is gone"),
    ],
)
@pytest.mark.parametrize("title", ["", '"Acts" '])
def test_of_an_act_that_a_clause_lists_no_more_it_is_not_said_that_the_clause_is_gone(
    title: str, edit: tuple[str, str], why: str, folder: Path
) -> None:
    old = f"clause 1 {title}every unit when fog must keep speed <= 30 kt; must not turn, signal\n"
    assert {change.why for change in changed(folder, edit, old=old).changes} == {why}


def test_clauses_of_a_text_beside_both_are_no_part_of_either(folder: Path) -> None:
    rules = 'instrument rules "Rules"\n  uses strait\n  between CN, JP\n  in force 2010-01-01\n'
    rules += "clause 1 every unit must turn\n\n"
    head = HEAD + "  beside rules\n"
    clause = "clause 1 every unit when own is bound by (1 of rules) must keep speed <= 30 kt{more}\n"
    paths = [
        written(folder, where, clause.format(more=more), head, VOCABULARY + rules)
        for where, more in (("old", "; must not turn, signal"), ("new", ""))
    ]
    changes = cbm.diff(*paths, text="code", findings=False).steps[0].changes
    assert {change.why for change in changes} == {"the clause is gone"}


def test_an_example_says_what_else_makes_its_conduct_free_or_a_breach(folder: Path) -> None:
    keep = "clause 1 every unit when fog must keep separation >= {bound} m\n"
    near = "clause 2 every unit when not other.damaged must keep separation <= 5,000 m in place of 1\n"
    change = changed(folder, (keep.format(bound=1852), keep.format(bound=1851) + near), old=keep.format(bound=1852))
    [less] = [one for one in change.changes if one.kind == "relaxed"]
    assert less.whenever == "fog"  # of some conduct, such as 1,851.5 m
    assert "; fog; other unit is not damaged; closest distance:" in example_of(less)
    [more] = [one for one in change.changes if one.kind == "tightened"]
    assert "fog" not in example_of(more)  # it decides nothing there


def test_advice_after_a_breach_is_told_where_it_is_new(folder: Path) -> None:
    [change] = changed(
        folder, ("must call", "must call otherwise should signal"), old="clause 1 every unit must call\n"
    ).changes
    assert change.message == "after a breach, clause 1 asks for more"


AGAIN_AND_AGAIN = "clause 1 every unit must call every 2 h after sighting until parting\n"


def recurring_changed(folder: Path, before: str, after: str, old: str = AGAIN_AND_AGAIN) -> Difference:
    vocabulary = VOCABULARY.replace("moments sighting", "moments sighting, parting")
    texts = {"old": old, "new": old.replace(before, after)}
    paths = [written(folder, where, text, vocabulary=vocabulary) for where, text in texts.items()]
    return cbm.diff(*paths, text="code", findings=False).steps[0]


@pytest.mark.parametrize(
    ("length", "kinds"),
    [
        ("1 h", ["tightened"]),
        ("4 h", ["relaxed"]),
        ("3 h", ["relaxed"]),
        ("2 h after sighting until parting up to 7", []),
    ],
)
def test_what_recurs_is_looked_at_over_the_same_time(length: str, kinds: list[str], folder: Path) -> None:
    edit = ("2 h after sighting until parting" if "after" in length else "2 h", length)
    difference = recurring_changed(folder, *edit)
    assert [change.kind for change in difference.changes] == kinds
    assert not difference.undecided


def test_of_what_is_not_looked_at_over_the_same_time_nothing_is_said(folder: Path) -> None:
    difference = recurring_changed(folder, "2 h", "119 min")
    words = "the conduct it leaves (1): what recurs is not looked at over the same time in both texts"
    assert (difference.changes, difference.undecided) == ((), (words,))


def test_options_of_one_place_recur_each_by_itself(folder: Path) -> None:
    old = AGAIN_AND_AGAIN.replace("2 h", "[2 h | 3 h]")
    difference = recurring_changed(folder, "[2 h | 3 h]", "[1 h | 3 h]", old=old)
    assert not difference.undecided
    assert {change.kind for change in difference.changes} == {"tightened"}


def test_conduct_that_keeps_only_one_of_two_clashing_duties_is_not_called_free_of_breach(folder: Path) -> None:
    near = "clause 2 every unit must keep separation <= 500 m\n"
    clash = "clause 1 every unit must keep separation >= 900 m\n" + near
    [change] = changed(folder, ("900 m", "1,000 m"), old=clash).changes
    assert change.message == "clauses 1 and 2 rule out what was left to do where not all could be complied with"
    assert (change.before, change.after) == ("breaches only 2, where not all can be kept", "breaches 1 and 2")
    [change] = changed(folder, ("900 m", "800 m"), old=clash).changes
    assert change.message == "what clauses 1 and 2 ruled out is left to do where not all can be complied with"
    assert (change.before, change.after) == ("breaches 1 and 2", "breaches only 2, where not all can be kept")
    [change] = changed(folder, (near, ""), old=clash).changes
    assert (change.before, change.after) == ("breaches only 1, where not all can be kept", "breaches 1")


def test_an_example_lies_apart_from_a_clash_where_it_can(folder: Path) -> None:
    """A lesser distance was told as what is left to do in the fog, in which not all can be complied with."""
    old = "clause 1 every unit must keep separation >= 900 m\n"
    near = "clause 2 every unit when fog must keep separation <= 100 m\n"
    relaxed = [c for c in changed(folder, ("900 m\n", f"800 m\n{near}"), old=old).changes if c.kind == "relaxed"]
    assert [change.message for change in relaxed] == ["what clause 1 made a breach is free"]
    assert (relaxed[0].before, relaxed[0].after) == ("breaches 1", "no breach")


def test_a_clause_that_clashes_elsewhere_is_told_to_have_changed_by_what_became_of_it(folder: Path) -> None:
    """It was told of what cannot be kept there, though all can: the clash is one in fog."""
    old = "clause 1 every unit must turn\nclause 2 every unit when fog must not turn\nclause 3 every unit must signal\n"
    [change] = changed(
        folder, ("every unit must turn", "every unit when fog or own.damaged must turn"), old=old
    ).changes
    assert (change.kind, change.why) == ("relaxed", "its condition was reworded")
    [change] = changed(folder, ("when fog must", "when fog and close must"), old=old).changes
    assert change.clauses == ("1",)
    assert change.why == "duties of one of the texts cannot all be kept there, and what is left to do changed"


def test_clauses_that_changed_together_are_each_told_once_for_a_party(folder: Path) -> None:
    """They stood as "1, 2" beside "1"."""
    old = """\
clause 1 every unit must keep separation >= 900 m
clause 2 every unit when fog must keep separation >= 950 m
"""
    difference = changed(folder, ("900 m", "1,000 m"), ("950 m", "1,000 m"), old=old)
    assert told(difference) == {"tightened 1", "tightened 1, 2"}
    assert {b.less_freedom for b in difference.parties} == {("1", "2")}


def test_which_clauses_make_a_breach_is_undecided_where_fewer_may_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them were named without a word, with exit code 0."""

    class GivenUp(Solver):
        def ask(self, *assumed: Formula) -> Answer:
            return Unknown("it was too hard") if assumed else super().ask()

    monkeypatch.setattr("cbm.comparison.differences.Solver", GivenUp)
    old = """\
clause 1 every unit must keep separation >= 900 m
clause 2 every unit when fog must keep separation >= 950 m
"""
    difference = changed(folder, ("900 m", "1,000 m"), ("950 m", "1,000 m"), old=old)
    assert "tightened 1, 2" in told(difference)
    assert difference.undecided


def test_where_it_is_not_known_where_advice_clashes_duties_are_compared_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Advice on days that clashed under many conditions hid every change in the duties beside it."""

    def meaning(both: TwoTexts, text: OwnText, about: Ground, advised: bool, near: frozenset[NormId]) -> object:
        return Unknown("it is too much") if advised else without_advice(both, text, about, advised, near)

    without_advice = TwoTexts.meaning
    monkeypatch.setattr(TwoTexts, "meaning", meaning)
    advice = "clause 1 every unit when fog or own.damaged should keep separation <= 500 m\n"
    duties = (
        "clause 2 every unit must keep separation >= 900 m\nclause 3 every unit when separation < 950 m must call\n"
    )
    difference = changed(folder, ("900 m", "920 m"), ("must call", "may call"), old=advice + duties)
    assert [(one.kind, one.clauses, one.message) for one in difference.changes] == [
        ("tightened", ("2",), "clause 2 makes a breach of what was none"),
        ("relaxed", ("3",), "what clause 3 made a breach is none any more"),
        ("permitted", ("3",), "clause 3 permits what nothing permitted"),
    ]
    assert difference.undecided == ("the conduct it leaves, with its advice (1, 2, 3): it is too much",)


def test_where_a_clash_is_settled_nothing_has_to_be_breached(folder: Path) -> None:
    settled = """\
clause 1 every unit must keep separation >= 900 m
clause 2 every unit must keep separation <= 500 m in place of 1
"""
    [change] = changed(folder, ("500 m", "400 m"), old=settled).changes
    assert (change.before, change.after) == ("no breach", "breaches 2")


def test_a_change_among_duties_that_clash_anyway_is_told(folder: Path) -> None:
    clash = "clause 1 every unit must turn\nclause 2 every unit must not turn\n"
    difference = changed(folder, ("not turn\n", "not turn\nclause 3 every unit must call\n"), old=clash)
    assert told(difference) == {"tightened 3"}


def test_what_is_declared_is_told_even_where_nothing_turns_on_it(folder: Path) -> None:
    edits = {
        "parties": ("between CN, JP\n  rank", "between CN, JP, KR\n  rank"),
        "parties ": ("between CN, JP\n  rank", "between CN until 2030-12-31, JP\n  rank"),
        "binding whomever they meet": ("between CN, JP\n  rank", "between CN, JP\n  binding JP\n  rank"),
        "binding whomever they meet ": (
            "between CN, JP\n  rank",
            "between CN, JP\n  binding JP towards all\n  rank",
        ),
        "rank": ("rank political", "rank treaty"),
        "adopted or proposed": ("2020-01-01", "2020-02-01"),
        "channel line": ("0 min to 1 h", "0 min to 50 min"),
        "promise manoeuvre": ("covers manoeuvre in every type of encounter\n", ""),
        "displacement 5": (" in place of 3", ""),
    }
    for what, edit in edits.items():
        assert what.strip() in declared(changed(folder, edit)), what
    assert any("reserve" in name for name in declared(changed(folder, ("2030-01-01", "2031-01-01"))))


@pytest.mark.parametrize(
    ("further", "expected"), [((), {"KR"}), (("US", "RU", "PH"), {"others"})], ids=["few others", "many others"]
)
def test_who_is_met_and_no_party_is_protected_as_well(
    further: tuple[str, ...], expected: set[str], folder: Path
) -> None:
    vocabulary = VOCABULARY.replace("kind craft", "".join(f"party {name}\n" for name in further) + "kind craft")
    vocabulary = vocabulary.replace('party KR "Korea"', "party KR")
    heads = HEAD, HEAD.replace("rank", "binding JP towards all\n  rank")
    clause = "clause 1 every unit must call\n"
    paths = [
        written(folder, where, clause, head, vocabulary) for where, head in zip(("old", "new"), heads, strict=True)
    ]
    difference = cbm.diff(*paths, text="code", findings=False).steps[0]
    [change] = difference.changes
    assert (set(change.bound), set(change.owed_to)) == ({"Japan"}, expected)
    protected = {balance.party for balance in difference.parties if balance.more_protection}
    assert protected == expected


def test_a_text_that_is_suspended_is_not_told_as_one_that_ended(folder: Path) -> None:
    def headers(before: str, after: str) -> dict[str, tuple[str, str]]:
        head = 'instrument code "Code"\n  uses strait\n  between CN, JP\n  in force 2020-01-01'
        clauses = "clause 1 every unit must call\n"
        paths = [written(folder, where, clauses, f"{head}{end}\n") for where, end in (("old", before), ("new", after))]
        [step] = cbm.diff(*paths, text="code", findings=False).steps
        return {one.what: (one.old, one.new) for one in step.declared}

    suspended, ended = " suspended 2024-01-01", " until 2024-01-01"
    assert headers("", suspended) == {"suspended": ("no date", "2024-01-01")}
    assert headers(ended, suspended) == {"until": ("2024-01-01", "no end"), "suspended": ("no date", "2024-01-01")}
    assert headers("", ended) == {"until": ("no end", "2024-01-01")}


def test_a_permission_that_becomes_advice_was_no_duty(folder: Path) -> None:
    difference = changed(folder, ("may call", "should call"), old="clause 1 every unit may call\n")
    assert {change.why for change in difference.changes} == {"a permission became an obligation"}


def test_a_promise_covers_encounters_of_the_parties_alone(folder: Path) -> None:
    promise = "covers manoeuvre in every type of encounter"
    for among in ("CN, JP", "CN, JP, KR"):
        assert not declared(changed(folder, (promise, f"{promise} between {among}")))
    assert "promise manoeuvre" in declared(changed(folder, (promise, f"{promise} when fog")))


def test_a_reserve_without_topics_leaves_each_of_them_open(folder: Path) -> None:
    vocabulary = VOCABULARY.replace("topic manoeuvre\n", "topic manoeuvre\ntopic lights\nact shine topic lights\n", 1)
    told_of: dict[str, set[str]] = {
        "for manoeuvre when fog": {"reserve all topics"},
        "for manoeuvre when fog until 2030-01-01": {"reserve all topics"},
        "for manoeuvre, lights when fog": set(),
    }
    for narrowed, expected in told_of.items():
        texts = (f'clause 1 every unit must call\nreserve 2 "x" {words}\n' for words in ("when fog", narrowed))
        paths = [
            written(folder, name, text, HEAD, vocabulary) for name, text in zip(("old", "new"), texts, strict=True)
        ]
        assert declared(cbm.diff(*paths, text="code", findings=False).steps[0]) == expected, narrowed


@pytest.mark.parametrize(
    ("often", "seldom"),
    [("every year", "every 2 years"), ("every 12 months", "every year"), ("every 2 weeks", "every 6 days")],
)
def test_how_often_a_line_is_to_meet_is_told(often: str, seldom: str, folder: Path) -> None:
    meets = "  operational from 2019-01-01\n  meets once {}  held 2019-02-01\n"
    before, after = (
        VOCABULARY.replace("  operational from 2019-01-01\n", meets.format(one)) for one in (often, seldom)
    )
    paths = written(folder, "old", OLD, vocabulary=before), written(folder, "new", OLD, vocabulary=after)
    difference = cbm.diff(*paths, text="code", findings=False).steps[0]
    (told,) = (change for change in difference.declared if change.what == "channel")
    assert f"once {often}" in told.old
    assert f"once {seldom}" in told.new


def test_what_only_one_vocabulary_knows_is_told_first(folder: Path) -> None:
    difference = changed(folder, ("frigate | tanker", "frigate | tanker | ferry"), ("act call,", "act hail, call,"))
    assert difference.only_one == (
        "only the newer text knows the craft `ferry`",
        "only the newer text knows the act `hail`",
    )
    assert not difference.changes


DEMANDED = {
    "an axiom says something else": [("own.party is not other.party", "not fog")],
    "an axiom without a title is gone": [("axiom damaged_in_fog\n", "")],
    "what is never done together": [("never call with turn\n", "")],
    "what an act requires": [("signal requires range <= 200 m", "signal requires range <= 300 m")],
}


@pytest.mark.parametrize("edits", DEMANDED.values(), ids=DEMANDED)
def test_what_the_vocabulary_of_a_text_demands_otherwise_is_told(edits: list[tuple[str, str]], folder: Path) -> None:
    demands = "never call with turn\nsignal requires range <= 200 m\naxiom damaged_in_fog\n"
    before = VOCABULARY + "term damaged_in_fog means fog implies own.damaged\n" + demands
    after = before
    for was, now in edits:
        assert was in after
        after = after.replace(was, now)
    code = "clause 1 a frigate must signal\n"
    paths = written(folder, "old", code, vocabulary=before), written(folder, "new", code, vocabulary=after)
    for pair in (paths, paths[::-1]):
        step = cbm.diff(*pair, text="code", findings=False).steps[0]
        assert {one.what for one in step.definitions} == {"axiom"}
        assert not step.changes
        assert not step.only_one


def test_an_axiom_by_another_title_or_in_other_words_is_no_change(folder: Path) -> None:
    assert changed(
        folder, ('"two sides" own.party is not other.party', '"sides" other.party is not own.party')
    ).is_empty


DECLARED_OTHERWISE = {
    "attribute range": ("range : length from 0 m to 10,000 m", "range : length from 0 m to 5,000 m"),
    "result speed": ("from 0 kt to 60 kt", "from 0 kt to 50 kt"),
    "moment sighting": ("moments sighting", "moments sighting planned"),
    "act signal": ("act call, turn, signal topic", "act signal once topic manoeuvre\nact call, turn topic"),
    "types": ("types by own.craft", "types by own.craft, fog"),
    "title of result speed": ('speed "speed"', 'speed "speed through water"'),
}  # fmt: skip


@pytest.mark.parametrize(("told_as", "edit"), DECLARED_OTHERWISE.items(), ids=DECLARED_OTHERWISE)
def test_what_the_vocabulary_of_a_text_declares_otherwise_is_told(
    told_as: str, edit: tuple[str, str], folder: Path
) -> None:
    assert declared(changed(folder, edit, old="clause 1 a frigate must turn\n")) == {told_as}


def test_of_a_promise_that_covers_less_it_is_told_what_it_covers(folder: Path) -> None:
    promise = "covers manoeuvre in every type of encounter"
    [told] = changed(folder, (promise, f"{promise} when fog and close")).declared
    assert (told.old, told.new) == ("always", "fog and range is under 1,000 m")


def test_renamed_things_are_the_same_where_it_is_said(folder: Path) -> None:
    new = OLD.replace("damaged", "holed").replace("must turn", "must veer").replace("not turn", "not veer")
    vocabulary = VOCABULARY.replace("damaged", "holed").replace("call, turn", "call, veer")
    paths = written(folder, "old", OLD), written(folder, "new", new, vocabulary=vocabulary)
    assert not cbm.diff(*paths, text="code", findings=False).steps[0].is_empty
    names = {"damaged": "holed", "turn": "veer"}
    assert cbm.diff(*paths, text="code", names=names, findings=False).steps[0].is_empty


def test_a_name_of_nothing_in_the_older_text_and_a_bar_for_what_is_not_looked_for_are_refused(folder: Path) -> None:
    """Passed over, the first would compare other things than is meant, and the second would never fail."""
    pair = written(folder, "old", OLD), written(folder, "new", OLD)
    with pytest.raises(cbm.Misuse, match="the older texts is called `warshp`, so it cannot stand for `frigate`"):
        cbm.diff(*pair, names={"warshp": "frigate"})
    with pytest.raises(cbm.Misuse, match="findings are not looked for, so nothing can fail for a new one"):
        cbm.diff(*pair, findings=False, fail_on=["new-finding"])


def test_readings_that_no_text_shares_are_not_compared(folder: Path) -> None:
    term = "open term near : length from 100 m to 200 m\nclause 1 every unit must keep separation >= near\n"
    difference = changed(folder, ("100 m to 200 m", "150 m to 300 m"), old=term)
    assert declared(difference) == {"open term near"}
    with pytest.raises(cbm.Misuse, match="`near` is not the same kind of thing"):
        changed(folder, ("100 m to 200 m", "300 m to 400 m"), old=term)


def test_figures_that_are_open_are_told_in_the_units_of_their_text(folder: Path) -> None:
    """They were told in metres; that a text writes the same in another unit is no change."""
    old = "open term near : length from 1 nmi to 2 nmi\n"
    old += "clause 1 every unit must keep separation >= [berth __ from 2 nmi to 5 nmi]\n"
    told = changed(folder, ("1 nmi to 2", "1.5 nmi to 2"), ("2 nmi to 5 nmi", "3,000 m to 4 km"), old=old).declared
    assert [(one.name, one.old, one.new) for one in told] == [
        ("near", "length from 1 nmi to 2 nmi", "length from 1.5 nmi to 2 nmi"),
        ("berth", "length from 2 nmi to 5 nmi", "length from 3 km to 4 km"),
    ]
    assert not changed(folder, ("1 nmi to 2 nmi", "1,852 m to 3,704 m"), old=old).declared


def test_what_a_party_gains_and_loses_is_told_by_clauses_in_the_order_of_the_new_text(folder: Path) -> None:
    old = "clause 1 every unit may call\nclause 2 every unit may turn\nclause 3 every unit must signal\n"
    new = (
        "clause 1 every unit when fog may call\nclause 2 every unit must turn\nclause 4 every unit must signal, call\n"
    )
    (folder / "old.cbm").write_text(VOCABULARY + HEAD + old)
    (folder / "new.cbm").write_text(VOCABULARY + HEAD + new)
    (difference,) = cbm.diff(folder / "old.cbm", folder / "new.cbm", findings=False).differences
    assert {(b.less_freedom, b.more_freedom) for b in difference.parties} == {(("1", "2", "4"), ())}


def test_parties_are_told_what_they_gain_and_lose(folder: Path) -> None:
    difference = changed(folder, ("clause 2 every unit when close should", "clause 2 CN when close must"))
    balance = {b.party: b for b in difference.parties}
    assert balance["China"].less_freedom == ("2",)
    assert balance["Japan"].more_protection == ("2",)
    assert balance["Japan"].less_freedom == ()


# ---- ledgers, pages


def test_of_one_change_of_a_kind_no_plural_is_told(folder: Path) -> None:
    fog = "clause 1 every unit when fog must turn\n"
    old = written(folder, "old", fog)
    new = written(folder, "new", f"{fog}clause 2 every unit may call\nclause 3 every unit need not turn\n")
    assert "1 permission, 1 exemption." in cbm.render(cbm.diff(old, new, text="code", findings=False))
    strait = folder / "strait.cbm"
    strait.write_text(VOCABULARY, encoding="utf-8")
    later = folder / "later.cbm"
    later.write_text(VOCABULARY.replace("range < 1,000 m", "range < 500 m"), encoding="utf-8")
    assert "Changed in meaning: 1 definition." in cbm.render(cbm.diff(strait, later))


def test_several_rounds_make_a_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rounds = []
    for number, figure in enumerate(("1,000 m", "2,000 m", "1,500 m")):
        (folder / str(number)).mkdir()
        rounds.append(str(written(folder, str(number), f"clause 1 CN must keep separation >= {figure}\n")))
    assert main(["diff", *rounds, "--no-findings"]) == 0
    page = capsys.readouterr().out
    assert "in all, from code (0/code.cbm) to code (2/code.cbm):" in page
    assert page.startswith("code (0/code.cbm) → code (1/code.cbm)\n")
    assert "China:" in page
    ledger = cbm.diff(*rounds, findings=False)
    assert [told(step) for step in ledger.steps] == [{"tightened 1"}, {"relaxed 1"}]
    assert ledger.whole is not None
    assert told(ledger.whole) == {"tightened 1"}


def test_rounds_whose_vocabularies_differ_are_compared_each_in_its_own_world(folder: Path) -> None:
    rounds = []
    for number, kinds in enumerate(("frigate | tanker", "frigate | tanker | ferry", "ferry | frigate")):
        (folder / str(number)).mkdir()
        vocabulary = VOCABULARY.replace("frigate | tanker", kinds)
        rounds.append(written(folder, str(number), "clause 1 a frigate must turn\n", vocabulary=vocabulary))
    ledger = cbm.diff(*rounds, text="code", findings=False)
    assert [told(one) for one in ledger.differences] == [set(), set(), set()]


def test_a_channel_that_the_older_text_alone_names_is_known_to_both(folder: Path) -> None:
    difference = changed(folder, (" through line", ""), old="clause 1 every unit must call through line\n")
    assert told(difference) == {"relaxed 1"}


def test_findings_gone_and_new_are_told_beside_it(folder: Path) -> None:
    clash = "clause 1 every unit must turn\nclause 2 every unit must not turn\n"
    paths = written(folder, "old", clash), written(folder, "new", clash.replace("2 every unit", "2 CN"))
    [step] = cbm.diff(*paths, text="code").steps
    assert [f.rule for f in step.found] == ["asymmetry"]
    assert cbm.diff(paths[0], paths[0], text="code").steps[0].same == 1


def test_of_a_finding_gone_and_one_found_that_are_told_alike_it_is_told_when_each_is_so(folder: Path) -> None:
    """The same line stood under both."""
    silent = "clause 1 a frigate when range < 500 m must turn\nclause 2 a tanker must turn\n"
    silent += "covers manoeuvre in every type of encounter\n"
    paths = written(folder, "old", silent), written(folder, "new", silent.replace("<", "<="))
    [step] = cbm.diff(*paths, text="code").steps
    ((gone,), (found,)) = step.gone, step.found
    told = (
        "`manoeuvre` is governed by no clause, in part: own unit is a frigate (whenever: own unit is a frigate and {})"
    )
    assert gone.message == told.format("range is at least 500 m")
    assert found.message == told.format("range is over 500 m")


@pytest.mark.parametrize(
    ("which", "gone", "found"), [("old", [], ["conflict", "asymmetry"]), ("new", [], []), ("", [], [])]
)
def test_what_was_not_asked_of_one_text_is_neither_gone_nor_known_to_be_new(
    folder: Path, which: str, gone: list[str], found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clash = "clause 1 every unit must turn\nclause 2 every unit must not turn\n"
    paths = written(folder, "old", clash), written(folder, "new", clash.replace("2 every unit", "2 CN"))
    sides = iter(["old", "new"])

    def examined(system: NormSystem, *, crew: Crew) -> Outcome:
        outcome = examine(system, crew=crew)
        return replace(outcome, findings=(UNDECIDED,)) if next(sides) in (which or ("old", "new")) else outcome

    monkeypatch.setattr("cbm.questions.diffing.examine", examined)
    ledger = cbm.diff(*paths, text="code")
    [step] = ledger.steps
    assert ([f.rule for f in step.gone], [f.rule for f in step.found], step.same) == (gone, found, 0)
    said = {
        "old": ("which findings are new: not everything could be asked of the older text",),
        "new": ("which findings are gone: not everything could be asked of the newer text",),
        "": (),  # it is the same that is not known of both
    }
    assert step.undecided == said[which]
    assert ledger.exit is (Exit.UNDECIDED if which else Exit.FINE)


def test_a_finding_is_found_again_whatever_its_text_is_called(folder: Path) -> None:
    """Also where a word of its message is the name of the text."""
    clauses = "clause 1 every unit when fog must turn\ncovers manoeuvre in every type of encounter\n"
    heads = [HEAD.replace("draft code", f"draft {name}") for name in ("manoeuvre", "other")]
    paths = [written(folder, where, clauses, head) for where, head in zip(("old", "new"), heads, strict=True)]
    [step] = cbm.diff(*paths).steps
    assert (step.gone, step.found) == ((), ())
    assert step.same


@pytest.mark.parametrize(("words", "gone", "found"), [("should turn", ["error"], ["warning"]), ("must turn", [], [])])
def test_a_finding_that_is_less_grave_is_another_one(
    folder: Path, words: str, gone: list[str], found: list[str]
) -> None:
    clash = "clause 1 every unit must turn\nclause 2 every unit must not turn\n"
    paths = written(folder, "old", clash), written(folder, "new", clash.replace("must turn", words))
    [step] = cbm.diff(*paths, text="code").steps
    conflicts = [[f.severity for f in several if f.rule == "conflict"] for several in (step.gone, step.found)]
    assert conflicts == [gone, found]


def test_a_program_is_told_the_fault_and_no_note_before_it(folder: Path) -> None:
    paths = written(folder, "old", OLD), written(folder, "new", "clause 1 every unit must wave\n")
    with pytest.raises(cbm.Misuse, match="a text cannot be understood: no act is called `wave`"):
        cbm.diff(*paths, text="code")


HIDDEN = {
    "a comment in the text": ("", "  # cbm: ignore[asymmetry] because Korea has its own rules", 1),
    "a comment about something else": ("", "  # cbm: ignore[gap] because Korea has its own rules", 0),
    "a rule that is ignored": ('ignore = ["asymmetry"]', "", 1),
    "another rule that is ignored": ('ignore = ["gap"]', "", 0),
    "rules that are selected": ('select = ["gap"]', "", 2),
    "a rule that is ignored in some files": ('[per-file-ignores]\n"new/*" = ["asymmetry"]', "", 1),
    "a rule that is ignored in other files": ('[per-file-ignores]\n"old/*" = ["asymmetry"]', "", 0),
}


@pytest.mark.parametrize(("settings", "comment", "hidden"), HIDDEN.values(), ids=HIDDEN)
def test_a_finding_that_no_report_tells_is_no_new_one(
    folder: Path, capsys: pytest.CaptureFixture[str], settings: str, comment: str, hidden: int
) -> None:
    (folder / "cbm.toml").write_text(settings, encoding="utf-8")
    clash = "clause 1 every unit must turn\nclause 2 every unit must not turn\n"
    old = written(folder, "old", clash)
    new = written(folder, "new", clash.replace("2 every unit", "2 CN").replace("must turn", f"must turn{comment}"))
    assert main(["diff", str(old), str(new), "--text", "code", "--fail-on", "new-finding"]) == (0 if hidden else 1)
    page = capsys.readouterr().out
    assert ("findings new" in page) == (hidden == 0)
    assert ("not told, as comments in the text or `cbm.toml` say" in page) == (hidden > 0)
    words = ["diff", str(old), str(new), "--text", "code", "--output-format", "json", "--isolated"]
    assert main(words) == 0
    [step] = json.loads(capsys.readouterr().out)["steps"]
    assert step["findings_hidden"] == (hidden if comment else 0)


def test_what_is_told_again_was_there_before(folder: Path) -> None:
    clash = "clause 1 every unit must turn\nclause 2 CN must not turn\n"
    old = written(
        folder, "old", clash.replace("must turn", "must turn  # cbm: ignore[asymmetry] because Korea has its own rules")
    )
    new = written(folder, "new", clash)
    for pair in ((old, new), (new, old)):
        [step] = cbm.diff(*pair, text="code").steps
        assert not [f for f in (*step.found, *step.gone) if f.rule == "asymmetry"]


def test_what_parties_see_apart_in_one_text_is_seen_by_who_is_bound_in_the_other(tmp_path: Path) -> None:
    code = """draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when zone is not territorial_sea must not lase
"""
    old, new = tmp_path / "old.cbm", tmp_path / "new.cbm"
    old.write_text(code, encoding="utf-8")
    new.write_text(code.replace("encounters", "contested_waters"), encoding="utf-8")
    [step] = cbm.diff(old, new).steps
    assert not step.changes
    assert [(d.what, d.name) for d in step.declared] == [("attribute", "zone"), ("types", "")]


def test_the_json_is_as_the_schema_says(folder: Path) -> None:
    shipped = Path(cbm.__file__).parent / "render" / "schema-diff-1.json"
    page = DIFF_RENDERERS["json"](cbm.Ledger((changed(folder, ("1,852 m", "2,000 m")),)))
    Draft202012Validator(json.loads(shipped.read_text(encoding="utf-8"))).validate(json.loads(page))


# ---- what cannot be compared, and exit codes


@pytest.mark.parametrize("rounds", [2, 3])
def test_pages_in_markdown_and_html_say_what_the_page_for_people_says(rounds: int, folder: Path) -> None:
    titled = OLD.replace("clause 3 every", 'clause 3 "Fog <b> | & _signs_" every')
    edits = (("1,852 m", "1 km"), ("should call", "must call"), ("must turn, signal", "must turn"))
    texts = [titled]
    for edit in edits[: rounds - 1]:
        texts.append(texts[-1].replace(*edit))
    paths = []
    for number, text in enumerate(texts):
        (folder / str(number)).mkdir()
        paths.append(written(folder, str(number), text))
    ledger = cbm.diff(*paths)
    said = " ".join(cbm.render(ledger, "text").split())
    html = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", cbm.render(ledger, "html"), flags=re.DOTALL))
    markdown = re.sub(r"\\(.)", r"\1", cbm.render(ledger, "markdown"))
    sections = [b for chapter in outline(ledger).chapters for b in chapter.blocks if isinstance(b, BlockSection)]
    entries = [entry for section in sections for entry in section.entries]
    notes = [*(note for one in sections for note in one.notes), *(note for one in entries for note in one.notes)]
    for told in (*notes, *(entry.text for entry in entries)):
        assert told in said
        assert told in markdown
        assert told.replace("`", "") in html
    for chapter in outline(ledger).chapters:
        assert chapter.verdict in markdown
        assert chapter.verdict in html
    for together in outline(ledger).together:
        assert together.heading in html
        assert f"## {together.heading}\n" in markdown


def test_texts_without_a_common_vocabulary_are_refused(folder: Path) -> None:
    other = VOCABULARY.replace('situation encounter "Encounter"', 'situation talks "Talks"')
    old, new = written(folder, "old", ""), written(folder, "new", "", vocabulary=other)
    with pytest.raises(cbm.Misuse, match="no vocabulary in common: the one is about `encounter`, the other"):
        cbm.diff(old, new, text="code")


def test_the_exit_code_is_what_was_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    simple = "clause 1 every unit must turn\n"
    old, new = written(folder, "old", simple), written(folder, "new", simple.replace("must", "should"))
    words = ["diff", str(old), str(new), "--no-findings"]
    assert main(words) == 0
    assert main([*words, "--fail-on", "relaxed,advice"]) == 1
    assert main([*words, "--fail-on", "tightened"]) == 0
    assert main([*words, "--fail-on", "tightend"]) == 2
    assert "did you mean `tightened`" in capsys.readouterr().err
    assert main(["diff", str(old)]) == 2
    exits = [cbm.diff(old, new, fail_on=kinds, findings=False).exit for kinds in ([], ["relaxed"], ["tightened"])]
    assert exits == [Exit.FINE, Exit.FINDINGS, Exit.FINE]
    with pytest.raises(cbm.Misuse, match="did you mean `tightened`"):
        cbm.diff(old, new, fail_on=["tightend"])


def test_a_text_is_compared_with_what_it_was(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    simple = "clause 1 every unit must turn\n"
    path = written(folder, "new", simple)

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)

    git("init", "-q", ".")
    git("add", "new")
    git("commit", "-q", "-m", "first")
    path.write_text(path.read_text(encoding="utf-8").replace("must turn", "must call"), encoding="utf-8")
    assert main(["diff", "--against", "git:HEAD", str(path), "--no-findings", "--fail-on", "tightened"]) == 1
    page = capsys.readouterr().out
    assert "tightened: clause 1" in page
    (step,) = cbm.diff(path, against="git:HEAD", findings=False).steps
    assert {change.kind for change in step.changes} == {"tightened", "relaxed"}
    with pytest.raises(cbm.Misuse, match="there is no git reference `v9`"):
        cbm.diff(path, against="git:v9")
    with pytest.raises(cbm.Misuse, match="a difference needs two texts"):
        cbm.diff(path)
    path.write_text(path.read_text(encoding="utf-8").replace(simple.replace("turn", "call"), ""), encoding="utf-8")
    assert main(["diff", "--against", "git:HEAD", str(path), "--no-findings"]) == 0
    assert " --> git:HEAD:new/code.cbm:" in capsys.readouterr().out  # and not where the older text was written out
    for reference, problem in (("git:v9", "no git reference `v9`"), ("v9", "`v9` is no git reference")):
        assert main(["diff", "--against", reference, str(path)]) == 2
        assert problem in capsys.readouterr().err
    later = written(folder, "old", simple)
    assert main(["diff", "--against", "git:HEAD", str(later)]) == 2
    assert "is not there in `HEAD`" in capsys.readouterr().err


def test_what_is_still_in_brackets_is_compared_package_by_package(folder: Path) -> None:
    open_text = "clause 1 every unit must keep separation >= [CN: 500 m | JP: 1,000 m]\n"
    difference = changed(folder, ("[CN: 500 m | JP: 1,000 m]", "1,000 m"), old=open_text)
    assert told(difference) == {"tightened 1"}
    assert declared(difference) == {"choice 1"}
    [change] = difference.changes
    assert change.whenever == "CN's “500 m” is taken in 1 of code (old)"
    assert changed(folder, old=open_text).is_empty


def test_brackets_that_are_gone_are_no_change_of_a_condition(folder: Path) -> None:
    open_text = "clause 1 every unit must call\n[JP: clause 2 every unit when fog must turn]\n"
    difference = changed(folder, ("[JP: clause 2", "clause 2"), ("turn]", "turn"), old=open_text)
    page = DIFF_RENDERERS["text"](cbm.Ledger((difference,)))
    assert "= why: it stands in no brackets any more\n" in page
    assert "= choice 2: one of clause 2 every unit when fog must turn, left out → nothing\n" in page


@pytest.mark.parametrize(
    ("changes", "declares", "edits"),
    [
        pytest.param(set(), set(), [("CN: should | JP: must", "JP: must | CN: should")], id="other-order"),
        pytest.param(set(), set(), [("clause 2", "clause 9")], id="other-number"),
        pytest.param(
            set(),
            set(),
            [("clause 1 ", "clause 3 "), ("clause 2 ", "clause 1 "), ("clause 3 ", "clause 2 "), ("tie 1", "tie 2")],
            id="exchanged-numbers",
        ),
        pytest.param(
            set(),
            set(),
            [("[CN: should", "[reach CN: should"), ("clause 1 ", f"{ONE_OF}clause 1 "), ("tie 1", "tie reach")],
            id="named",
        ),
        pytest.param(set(), {"choice 1"}, [("[CN: should", "[KR: may | CN: should")], id="another-option-in-front"),
        pytest.param({"advice-relaxed 1", "permitted 1"}, {"choice 1"}, [("CN: should", "CN: may")], id="of-the-same"),
        pytest.param({"tightened 2"}, {"choice 2"}, [("[48 h | 24 h]", "24 h")], id="settled-beside-another"),
        pytest.param({"relaxed 2"}, {"choice 2"}, [("[48 h | 24 h]", "[48 h | 96 h]")], id="reworded"),
        pytest.param(set(), {"tie 1 and note"}, [("tie 1 is CN only", "# tie")], id="tie-gone"),
        pytest.param(set(), {"tie 1 and note"}, [("1 is CN only", "1 is JP only")], id="other-tie"),
        pytest.param(set(), set(), [("tie 1 is CN only if note is JP", TIE + TIE)], id="said-twice"),
        pytest.param(
            {"advised 1"},
            {"choice 1", "tie note and 1"},
            [("[CN: should | JP: must]", "should"), ("tie 1 is CN only if note is JP", "")],
            id="tie-gone-with-its-choice",
        ),
    ],
)
def test_a_round_is_compared_package_by_package(
    changes: set[str], declares: set[str], edits: list[tuple[str, str]], folder: Path
) -> None:
    difference = changed(folder, *edits, old=ROLLING)
    assert (told(difference), declared(difference)) == (changes, declares)
    assert not difference.undecided


def test_of_a_tie_that_excludes_more_it_is_told_what_it_excluded_before(folder: Path) -> None:
    third = "options note one of CN, JP, KR\n"
    old = ROLLING.replace("options note one of CN, JP\n", third).replace("JP: line]", "JP: line | KR: line]")
    wider = ("if note is JP", "if note is JP or note is KR")
    (before,) = changed(folder, (wider[1], wider[0]), old=old.replace(*wider)).declared
    (after,) = changed(folder, wider, old=old).declared
    assert (before.old, before.new) == (after.new, after.old)
    assert before.old == "no package if CN's “should” is taken in 1 and CN's “line” is taken for note"
    assert "CN's “line” or KR's “line” is taken for note" in before.new


def test_figures_of_one_name_that_cannot_be_filled_in_alike_are_two(folder: Path) -> None:
    edit = ("[reach __ from 1 m to 5 m]", "[reach __ from 6 m to 9 m]")
    difference = changed(folder, edit, old="clause 1 each party must keep separation >= [reach __ from 1 m to 5 m]\n")
    assert told(difference) == {"tightened 1"}
    (figure,) = difference.declared
    assert (figure.name, figure.old, figure.new) == ("reach", "length from 1 m to 5 m", "length from 6 m to 9 m")


def test_what_is_compared_with_a_figure_is_shown_in_its_own_unit(folder: Path) -> None:
    edit = ("[__ from 5 kt to 10 kt]", "[__ from 12 kt to 20 kt]")
    difference = changed(folder, edit, old="clause 1 each party must keep speed <= [__ from 5 kt to 10 kt]\n")
    (change,) = difference.changes
    assert change.witness is not None
    assert re.search(r"speed: \d+ kt; the empty figure of 1: \d+ kt", change.witness.words)


@pytest.mark.parametrize(
    ("changes", "declares", "edits"),
    [
        (set(), set(), [("clause 1", "clause 5")]),
        ({"tightened 1"}, {"open term empty figure 1 of 1"}, [("[__ from 1 m to 5 m]", "5 m")]),
        (set(), {"open term empty figure 2 of 1"}, [("to 50 m]", "to 60 m]")]),
        (
            set(),
            set(),
            [("separation from [__ from 1 m to 5 m] to", "separation >= [__ from 1 m to 5 m], keep separation <=")],
        ),
        (
            {"tightened 1"},
            {"open term empty figure 1 of 1"},
            [("1 m to 5 m", "6 m to 9 m")],
        ),
    ],
)
def test_an_empty_figure_is_the_same_wherever_it_is_counted(
    changes: set[str], declares: set[str], edits: list[tuple[str, str]], folder: Path
) -> None:
    old = "clause 1 each party must keep separation from [__ from 1 m to 5 m] to [__ from 20 m to 50 m]\n"
    difference = changed(folder, *edits, old=old)
    assert (told(difference), declared(difference)) == (changes, declares)


def test_what_is_found_of_a_clause_is_the_same_under_another_label(folder: Path) -> None:
    clashing = 'clause 1 "Turning" every unit must turn\nclause 2 "Straight on" every unit when fog must not turn\n'
    first, second = ("clause 2", "clause 3"), ("clause 1", "clause 2")
    front = ('clause 2 "Turning"', 'clause 1 "Calls" every unit should call\nclause 2 "Turning"')
    changed(folder, first, second, front, old=clashing)
    (difference,) = cbm.diff(folder / "old" / "code.cbm", folder / "new" / "code.cbm", text="code").steps
    assert (difference.gone, difference.found, difference.same) == ((), (), 1)
    (change,) = difference.changes
    assert (change.clauses, change.why) == (("1",), "the clause is new")
    plain = clashing.replace("must not turn", "must signal")
    reworded = changed(folder, first, second, front, ("when fog must signal", "must signal"), old=plain)
    whys = {change.clauses: change.why for change in reworded.changes}
    assert whys == {("1",): "the clause is new", ("3",): "it was 2; its condition was reworded"}


RENUMBERED = """\
clause 1 every unit must call
clause 2 every unit when fog must keep separation >= 300 m
clause 3 every unit when close must not signal
clause 4 a frigate must turn
"""


def test_a_clause_without_title_is_found_again_under_another_label_where_one_thing_changed(folder: Path) -> None:
    new = """\
clause 1 every unit when close must keep speed <= 20 kt
clause 2 every unit must call
clause 3 every unit when fog must keep separation >= 500 m
clause 4 every unit when close should not signal
clause 5 a tanker must turn
"""
    whys = {"tightened 3": "it was 2; its content was reworded"}
    whys["advised 3"] = "it is 4 now; `must` became `should`"
    whys |= {"tightened 1": "the clause is new", "tightened 5": "it was 4; its condition was reworded"}
    assert _whys(changed(folder, (RENUMBERED, new), old=RENUMBERED)) == whys | {
        "relaxed 4": "it is 5 now; its condition was reworded"
    }


def test_of_several_clauses_that_are_as_near_none_is_taken_for_the_one_that_went(folder: Path) -> None:
    new = "clause 7 every unit when fog must call\nclause 8 every unit when close must call\n"
    difference = changed(folder, ("clause 1 every unit must call\n", new), old=RENUMBERED)
    assert _whys(difference) == {"relaxed 1": "the clause is gone"}


def test_a_clause_that_stays_nearly_the_same_under_its_label_is_no_other_one(folder: Path) -> None:
    edits = ("300 m", "200 m"), ("clause 4 ", "clause 4 every unit when fog must keep separation >= 100 m\nclause 5 ")
    assert _whys(changed(folder, *edits, old=RENUMBERED)) == {"relaxed 2": "its content was reworded"}


def test_what_is_found_of_a_clause_without_title_is_the_same_under_another_label(folder: Path) -> None:
    clashing = "clause 1 every unit must turn\nclause 2 every unit when fog must not turn\n"
    front = ("clause 1 every unit must turn", "clause 1 every unit should call\nclause 2 every unit must turn")
    changed(folder, ("clause 2 every unit when fog", "clause 3 every unit when fog"), front, old=clashing)
    (difference,) = cbm.diff(folder / "old" / "code.cbm", folder / "new" / "code.cbm", text="code").steps
    assert (difference.gone, difference.found, difference.same) == ((), (), 1)


def _whys(difference: Difference) -> dict[str, str]:
    return {f"{change.kind} {', '.join(change.clauses)}": change.why for change in difference.changes}


def test_a_clause_is_compared_with_the_wording_that_is_nearest_to_it(folder: Path) -> None:
    settled = changed(folder, ("[JP: when fog] ", ""), old="clause 1 every unit [JP: when fog] must not call\n")
    assert [change.why for change in settled.changes] == ["it stands in no brackets any more"]
    old = "clause 1 every unit when range < [100 m | 200 m] [must | should] call\n"
    binding = changed(folder, ("[must | should]", "must"), old=old)
    assert {change.why for change in binding.changes} == {"it stands in other brackets"}


def test_what_only_one_of_two_drafts_leaves_open_is_told_as_that(folder: Path) -> None:
    old = "clause 1 every unit [JP: when fog] must not call\nclause 2 every unit should [call | turn]\n"
    left = changed(folder, ("[JP: when fog] ", ""), ("turn]", "signal]"), old=old).left_open
    assert "before: open for negotiation: 1, JP's “when fog” or left out" in left
    assert "before: open for negotiation: 2, “call” or “turn”" in left
    assert "after: open for negotiation: 2, “call” or “signal”" in left
    assert "open for negotiation: 2, “call” or “turn”" in changed(folder, ("[JP: when fog] ", ""), old=old).left_open


TITLED = """\
clause 1 "One" every unit must [CN: call | JP: signal]
[CN: clause 2 "Two" every unit must turn | JP: delete]
[CN: clause 3 "Three" every unit when fog must not turn
| JP: clause 3 "Three" every unit when fog should not turn]
"""


@pytest.mark.parametrize(
    "edits",
    [
        [('"One"', '"Eins" zh "一"')],
        [('"Two"', '"Zwei" zh "二"')],
        [('"Three"', '"Drei"')],
        [('1 "One"', '11 "One"'), ('2 "Two"', '12 "Zwei"'), ('3 "Three"', '13 "Drei"')],
    ],
    ids=["around", "within", "of-each-wording", "with-its-number"],
)
def test_a_choice_is_found_again_under_another_title(edits: list[tuple[str, str]], folder: Path) -> None:
    assert changed(folder, *edits, old=TITLED).is_empty


MEANT = """\
clause 1 "Far" a frigate meeting a tanker must keep separation >= [500 m | 1,000 m]
clause 2 "Near" a frigate meeting a tanker when [JP: crippled] must turn
[CN: clause 3 "Slow" every unit must keep speed <= 10 kt | JP: delete]
"""


@pytest.mark.parametrize(
    "edits",
    [
        [('1 "Far"', '11 "Away"'), ("[500 m | 1,000 m]", "[1 km | 0.5 km]")],
        [('2 "Near"', '12 "Hurt"'), ("[JP: crippled]", "[JP: own.damaged]")],
        [('3 "Slow"', '13 "Calm"'), ("10 kt", "18.52 km/h")],
    ],
    ids=["within", "added", "whole"],
)
def test_a_choice_under_another_number_title_and_in_other_words_is_found_by_what_it_says(
    edits: list[tuple[str, str]], folder: Path
) -> None:
    assert changed(folder, *edits, old=MEANT).is_empty


def test_of_two_choices_that_say_the_same_none_is_taken_for_another(folder: Path) -> None:
    old = (
        "clause 1 every unit must keep speed <= [9 kt | 10 kt]\nclause 2 every unit must keep speed <= [9 kt | 10 kt]\n"
    )
    edits = [("clause 1", "clause 11"), ("clause 2", "clause 12"), ("[9 kt | 10 kt]", "[10 kt | 9.0 kt]")]
    assert changed(folder, *edits, old=old).is_empty


def test_an_option_that_others_propose_now_changes_no_meaning(folder: Path) -> None:
    difference = changed(folder, ("CN: should | JP: must", "CN, JP: should | KR: must"), old=ROLLING)
    assert difference.is_empty
    ledger = cbm.Ledger((difference,))
    page = DIFF_RENDERERS["text"](ledger)
    assert "proposed by others:\n  = option “should” in 1: CN → CN and JP\n" in page
    assert "  = option “must” in 1: JP → KR\n" in page
    (step,) = json.loads(DIFF_RENDERERS["json"](ledger))["steps"]
    assert step["no_change"]
    assert step["positions"][0] == {"what": "option", "name": "“should” in 1", "old": "CN", "new": "CN and JP"}


BLOCKS = {
    "with-delete": "option {one}:\nclause 1 every unit must call\noption {other}: delete\nend of options\n",
    "rival": (
        "option {one}:\nclause 1 every unit must call\noption {other}:\nclause 2 every unit must turn\nend of options\n"
    ),
    "same-label": (
        'option {one} "as before":\nclause 1 "Calls" every unit must call\n'
        'option {other} "new":\nclause 1 "Turns" every unit must turn\nend of options\n'
    ),
    "articles": (
        'option {one}:\narticle 1 "A"\nclause 1 every unit must call\n'
        'option {other}:\narticle 1 "B"\nclause 1 every unit must signal\nend of options\n'
    ),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_blocks_that_others_propose_now_change_no_meaning(block: str, folder: Path) -> None:
    old, new = block.format(one="CN", other="JP"), block.format(one="JP", other="CN")
    difference = changed(folder, (old, new), old=old)
    assert difference.is_empty
    assert [(one.old, one.new) for one in difference.positions] == [("CN", "JP"), ("JP", "CN")]


def test_of_two_rival_blocks_the_one_that_goes_is_no_other_option(folder: Path) -> None:
    old = BLOCKS["rival"].format(one="CN", other="JP")
    difference = changed(folder, ("option JP:\nclause 2 every unit must turn\n", ""), old=old)
    assert (told(difference), declared(difference), difference.positions) == (set(), {"choice 1"}, ())


def test_a_block_that_is_reworded_is_the_option_of_who_proposes_it(folder: Path) -> None:
    old = BLOCKS["rival"].format(one="CN", other="JP")
    difference = changed(folder, ("must turn", "must turn, signal"), old=old)
    assert (told(difference), declared(difference)) == ({"tightened 2"}, {"choice 1"})


def test_a_bracket_that_moves_to_another_clause_is_another_choice(folder: Path) -> None:
    old = "clause 1 every unit [CN: must | JP: should] call\nclause 2 every unit must turn\n"
    difference = changed(
        folder, ("[CN: must | JP: should] call", "must call"), ("must turn", "[CN: must | JP: should] turn"), old=old
    )
    assert told(difference) == {"binding 1", "advised 2"}
    assert declared(difference) == {"choice 1", "choice 2"}


def test_of_packages_that_no_text_shares_nothing_is_compared(folder: Path) -> None:
    both = "clause 1 every unit [CN: must | JP: should] call\nclause 2 every unit [CN: must | JP: should] turn\n"
    old = both + "clause 3 every unit must signal\ntie both 1 is CN and 2 is CN or neither\n"
    difference = changed(folder, ("and 2 is CN", "and 2 is JP"), ("must signal", "should signal"), old=old)
    assert difference.not_compared == ("what the clauses ask for: no situation is possible in both texts",)


def test_a_sentence_that_goes_is_not_taken_for_the_one_behind_it(folder: Path) -> None:
    (change,) = changed(
        folder, ("must signal; ", ""), old="clause 1 every unit must turn; must signal; should call\n"
    ).changes
    assert (change.clauses, change.why) == (("1 sentence 2",), "the clause is gone")


def test_a_sentence_is_named_in_the_language_of_the_page(folder: Path) -> None:
    with cbm.speaking("zh"):
        (change,) = changed(
            folder, ("; should call", ""), old="clause 1 every unit must turn; should call; must signal\n"
        ).changes
    assert change.clauses == ("1 sentence 2",)
    assert "1 第2句" in change.message
    assert "sentence" not in f"{change.message} {change.before} {change.after}"


def test_which_parties_a_change_concerns_is_left_open_where_it_was_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It concerned nobody, then, and the balance of the parties was empty."""
    ask = Inquiry.ask

    def not_of_china(inquiry: Inquiry, about: Ground, *formulas: Formula) -> Answer:
        of_china = any(isinstance(part, IsIn) and part.members == ("CN",) for part in formulas[1:])
        return Unknown("it was too hard") if of_china else ask(inquiry, about, *formulas)

    monkeypatch.setattr(Inquiry, "ask", not_of_china)
    old = "clause 1 every unit must keep separation >= 900 m\n"
    difference = changed(folder, ("900 m", "1,000 m"), old=old)
    assert difference.undecided == ("which parties it concerns (1): it was too hard",)
    assert {party.party for party in difference.parties if party.less_freedom} == {"China", "Japan"}


def test_the_balance_of_each_party_says_that_not_all_of_it_was_decided(folder: Path) -> None:
    """It stood there as if it were all, though changes that were given up count on neither side."""
    old = "clause 1 every unit must keep separation >= 900 m\n"
    known = changed(folder, ("900 m", "1,000 m"), old=old)
    page = cbm.render(Ledger((known,)), "text")
    assert "\nfor each party:\n" in page
    for part in (replace(known, undecided=("too much",)), replace(known, not_compared=("too little",))):
        page = cbm.render(Ledger((part,)), "text")
        assert "\nfor each party, of what was compared and decided:\n" in page
        assert "\nfor each party:\n" not in page
        steps = cbm.render(Ledger((known, part), whole=part), "text")
        assert steps.count(", of what was compared and decided: freedom") == 2 * len(known.parties)
