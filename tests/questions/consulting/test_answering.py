"""What binds whom in given situations: from texts and a condition to what is told, printed and as data."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.cli import main
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.core.expressions import Formula, IsIn
from cbm.finding import Exit, Misuse, RuleId
from cbm.outcomes.answers import Answer, BearerAnswer, IdleClauses
from cbm.questions.consulting.answering import SituationQuestion, consultation
from cbm.questions.consulting.narrowing import narrowed
from cbm.render import ANSWER_RENDERERS
from cbm.render.answers.answer_page import fact_question
from cbm.report import Report
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Answer as Solved
from cbm.smt.solve import Solver, Unknown
from cbm.translation.speech import speaking

VOCABULARY = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | tug
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  damaged : flag
shared
  fog : flag
  range : length from 0 m to 10,000 m
axiom "two sides" own.party is not other.party
types by own.craft
topic manoeuvre
act call "calls the other unit" topic manoeuvre
act turn "turns away" topic manoeuvre
act signal topic manoeuvre
act aim "aims at the other unit" topic manoeuvre
act flee topic manoeuvre
result separation "closest distance" : length from 0 m to 10,000 m topic manoeuvre
never turn with aim
"""
DRAFT = """\
draft code "Code"
  uses strait
  between CN, JP
  rank political
  proposed 2020-01-01
clause 1 "Distance" a frigate meeting a tanker must keep separation >= 1,852 m unless fog
  source "A paper" seen text
clause 2 every unit when range < 1,000 m should call
clause 3 every unit when fog must turn or signal
clause 4 a tug may aim
clause 5 every unit must not aim unless own.damaged
clause 6 every unit when own.aim must call
  otherwise must signal
clause 7 every unit when own.damaged must not signal
clause 8 every unit when own.damaged and fog must signal in place of 3
  subject to 7
"""


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "code.cbm").write_text(f"{VOCABULARY}\n{DRAFT}", encoding="utf-8")
    return "code.cbm"


def own(answer: Answer, role: str = "own") -> BearerAnswer:
    return next(bearer for bearer in answer.bearers if bearer.role == role)


def marks(bearer: BearerAnswer, name: str) -> dict[str, tuple[str, ...]]:
    """The marks of an act or a result, each with its conditions; none: always."""
    known = (one for one in bearer.conduct if one.name == name)
    return {mark.mark: mark.where.words for one in known for mark in one.marks}


def standings(bearer: BearerAnswer, clause: str) -> dict[str, tuple[str, ...]]:
    return {one.standing: one.where.words for one in bearer.clauses if one.clause == clause}


# ---- what is told


def test_acts_results_and_clauses_are_told_with_what_they_depend_on(code: str) -> None:
    told = own(cbm.ask([code], given="own.craft is frigate and other.craft is tanker"))
    assert marks(told, "separation") == {"must": ("it is not so that fog",)}
    assert marks(told, "aim")["must not"] == ("own unit is not damaged",)
    assert marks(told, "turn") == {TIED_TO: ("own unit is not damaged and fog",)}
    assert marks(told, "call")["should"] == ("range is under 1,000 m",)
    assert standings(told, "3") == {
        "binds": ("own unit is not damaged and fog",),
        "displaced": ("own unit is damaged and fog",),
    }
    assert standings(told, "8") == dict.fromkeys(("binds", "yields"), ("own unit is damaged and fog",))
    assert told.never == (IdleClauses("code", ("4",)),)
    assert told.unspoken == ("flee",)
    (first,) = (one for one in told.clauses if one.clause == "1")
    assert (first.demand, first.sources[0].mark) == ("must keep separation >= 1,852 m", "seen text")


def test_the_way_in_which_an_act_is_barred_or_permitted_is_told(code: str) -> None:
    vocabulary = VOCABULARY.replace("axiom", 'moments contact "first contact"\naxiom', 1)
    text = """draft code "Code"
  uses strait
clause 1 every unit may call until contact
clause 2 every unit must not call within 1 h after contact
clause 3 every unit should not turn until contact
"""
    Path(code).write_text(f"{vocabulary}\n{text}", encoding="utf-8")
    told = own(cbm.ask([code], given="contact occurs"))
    assert {(mark.words, one.clause, one.how) for act in told.conduct for mark in act.marks for one in mark.by} == {
        ("may call other unit", "1", "until contact"),
        ("must not call other unit in some ways", "2", "within 1 h after contact"),
        ("should not turn away in some ways", "3", "until contact"),
    }


def test_who_is_taken_to_meet_is_told_for_each_stretch_of_days(code: str) -> None:
    vocabulary = VOCABULARY.replace('party JP "Japan"', 'party JP "Japan"\nparty US "United States"')
    text = 'draft code "Code"\n  uses strait\n  between CN, JP until 2024-12-31, US from 2025-01-01\n'
    Path(code).write_text(f"{vocabulary}\n{text}clause 1 every unit must call\n", encoding="utf-8")
    meeting = "own unit and other unit are each of"
    assert cbm.ask([code], given="fog", as_of=date(2024, 11, 1), until=date(2026, 1, 1)).assumed == (
        f"{meeting} China or Japan (from 2024-11-01 to 2024-12-31)",
        f"{meeting} China or United States (from 2025-01-01 to 2026-01-01)",
    )
    assert cbm.ask([code], given="fog", as_of=date(2025, 1, 1)).assumed == (f"{meeting} China or United States",)


def test_the_verb_of_a_result_stands_behind_its_title(code: str) -> None:
    vocabulary = VOCABULARY.replace('"closest distance"', '"distance that is closest"')
    text = """draft code "Code"
  uses strait
open term near "near" : length from 500 m to 2 km
clause 1 every unit must keep separation >= near
clause 2 every unit must keep separation <= 3 km
"""
    Path(code).write_text(f"{vocabulary}\n{text}", encoding="utf-8")
    marked = [mark for one in own(cbm.ask([code], given="fog")).conduct for mark in one.marks]
    assert [one.words for one in marked] == [
        "distance that is closest must be at least near",
        "distance that is closest must be at most 3 km",
    ]


def test_a_situation_that_is_known_leaves_no_if(code: str) -> None:
    told = cbm.ask([code], given=f"{KNOWN} and own.damaged and fog", party="CN")
    assert not own(told).depends
    assert ANSWER_RENDERERS["text"](told).endswith("\nNothing here depends on what is not given.\n")
    assert marks(own(told), "signal") == {"must not": ()}


TIED_TO = "tied: to be left undone only with other things"
KNOWN = "own.craft is frigate and other.craft is tanker and range = 20 m and not other.damaged and own.party is CN"


def test_what_else_complies_with_a_duty_is_told_with_it_and_where(code: str) -> None:
    deeming = (
        "clause 9 a frigate when fog is deemed to comply with 10 if it does turn\nclause 10 every unit must call\n"
    )
    Path(code).write_text(f"{VOCABULARY}\n{DRAFT}{deeming}", encoding="utf-8")
    (told,) = (one for one in own(cbm.ask([code], given="own.craft is frigate")).clauses if one.clause == "10")
    (other,) = told.substitutes
    assert (other.clause, other.conduct, other.where.words) == ("9", "turn", ("fog",))
    (told,) = (one for one in own(cbm.ask([code], given="own.craft is tug")).clauses if one.clause == "10")
    assert not told.substitutes
    answer = cbm.ask([code], given="own.craft is frigate and fog", party="CN")
    assert "deemed to comply by clause 9: turn\n" in ANSWER_RENDERERS["text"](answer)
    with speaking("ja"):
        answer = cbm.ask([code], given="own.craft is frigate", party="CN")
        assert "条項9により（条件：fog）、次の行為が遵守とみなされる：" in ANSWER_RENDERERS["text"](answer)
    (known,) = (
        one
        for one in json.loads(ANSWER_RENDERERS["json"](answer))["periods"][0]["bearers"][0]["clauses"]
        if one["clause"] == "10"
    )
    assert known["substitutes"][0]["where"]["words"] == ["fog"]


def test_permissions_tell_whether_they_can_be_used(code: str) -> None:
    told = own(cbm.ask([code], given="own.craft is tug"))
    assert marks(told, "aim") == {
        "may": ("own unit is damaged",),
        "may, but cannot be used": ("own unit is not damaged",),
        "must not": ("own unit is not damaged",),
        "tied: to be done only with other things": ("own unit is damaged",),
    }


def test_what_is_given_of_conduct_may_be_a_breach(code: str) -> None:
    told = cbm.ask([code], given="own.aim and not own.damaged")
    assert [(clash.clauses, clash.breach) for clash in own(told).clashes] == [(("5",), True)]
    assert marks(own(told), "call") == {"must": ()}
    assert own(told).done == "own unit aims at other unit"
    assert not own(told, "other").clashes
    page = ANSWER_RENDERERS["text"](told)
    assert "what is given is itself a breach" in page
    assert "owed then: must signal" in " ".join(page.split())


def test_what_no_clause_speaks_of_breaches_nothing(code: str) -> None:
    told = cbm.ask([code], given="own.flee and own.craft is tug")
    assert own(told).done == "own unit does `flee`"
    page = ANSWER_RENDERERS["text"](told)
    assert "  given of what it does: own unit does `flee`\n    breaches no duty here\n" in page


def test_what_the_vocabulary_ties_to_a_duty_is_not_free_though_no_clause_speaks_of_it(tmp_path: Path) -> None:
    closer = "act look, come topic manoeuvre\nlook requires separation <= 300 m\ncome requires own.look\n"
    draft = "draft far\n  uses strait\nclause 1 a tug must keep separation >= 1,852 m\nclause 2 every unit may call\n"
    (tmp_path / "far.cbm").write_text(f"{VOCABULARY}{closer}{draft}", encoding="utf-8")
    told = own(cbm.ask([tmp_path / "far.cbm"], given="not own.damaged"))
    assert marks(told, "look") == marks(told, "come") == {"must not": ("own unit is a tug",)}
    assert not {"look", "come"}.intersection(told.unspoken)
    assert {"turn", "flee"} < set(told.unspoken)


def test_units_that_are_given_alike_are_told_once(code: str) -> None:
    assert [(b.role, b.same_for) for b in cbm.ask([code], given="fog").bearers] == [("own", ("other unit",))]
    assert [b.role for b in cbm.ask([code], given="own.damaged").bearers] == ["own", "other"]
    told = cbm.ask([code], given="own.party is CN and own.damaged", party="JP")
    assert [(b.role, b.party) for b in told.bearers] == [("other", "Japan")]
    assert told.assumed == ("other unit is of China or Japan",)


def test_of_several_days_it_is_told_from_which_on(code: str) -> None:
    agreed = (
        "instrument pact uses strait between CN, JP rank treaty adopted 2021-03-01\nclause 1 every unit must flee\n"
    )
    path = Path(code)
    path.write_text(
        f"{path.read_text()}\n{agreed}".replace("  proposed", "  beside pact\n  proposed"), encoding="utf-8"
    )
    told = cbm.ask([code], text="code", as_of=date(2021, 1, 1), until=date(2021, 12, 31))
    assert [(p.first, p.last) for p in told.periods] == [("2021-01-01", "2021-02-28"), ("2021-03-01", "2021-12-31")]
    assert [marks(p.bearers[0], "flee") for p in told.periods] == [{}, {"must": ()}]
    assert "From 2021-03-01 to 2021-12-31" in ANSWER_RENDERERS["text"](told)


THREE = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party US "United States"
situation encounter "Encounter"
fixed roles caller, called, ally
each party : party
axiom "the ally is of the United States" ally.party is US
axiom "two sides" caller.party is not called.party
topic talk
act call, answer topic talk
draft code "A code"
  uses strait
  between CN, JP
clause 1 caller must call
clause 2 called must answer
"""


def test_of_three_units_two_are_taken_to_be_of_parties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third one, of a State that is no party, is there by an axiom; it was told that no situation meets that."""
    monkeypatch.chdir(tmp_path)
    Path("three.cbm").write_text(THREE, encoding="utf-8")
    told = cbm.ask(["three.cbm"])
    assert told.assumed == ("two of caller, called and ally are each of China or Japan",)
    assert [marks(bearer, act) for bearer, act in zip(told.bearers, ("call", "answer"), strict=True)] == [
        {"must": ()},
        {"must": ()},
    ]
    assert cbm.ask(["three.cbm"], given="caller.party is CN and called.party is JP").assumed == ()


def test_of_three_units_it_is_told_whose_have_to_be_of_parties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What binds towards a role was said to bind whosever that is; where it is of a third State, it does not."""
    monkeypatch.chdir(tmp_path)
    apart = "not called.party and caller.party is not ally.party and called.party is not ally.party"
    code = THREE.replace('axiom "the ally is of the United States" ally.party is US\n', "")
    code = code.replace("not called.party", apart).replace("called must", "called when caller.call must")
    Path("three.cbm").write_text(code, encoding="utf-8")
    told = cbm.ask(["three.cbm"], given="called.party is JP").bearers[1]
    assert marks(told, "answer") == {"must": ("caller is not of United States and caller does `call`",)}
    given = "called.party is JP and caller.party is US and ally.party is CN and caller.call"
    assert marks(cbm.ask(["three.cbm"], given=given).bearers[1], "answer") == {}


WATERS = """\
vocabulary sea
party US "United States"
party SU "Soviet Union"
party RU "Russia"
party RU continues SU from 1991-12-26
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
act ram topic manoeuvre
instrument waters "Waters" uses sea between US until 1999-12-31, SU in force 1972-05-25
clause 1 every unit must not ram
"""


def test_parties_are_those_of_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("waters.cbm").write_text(WATERS, encoding="utf-8")
    told = cbm.ask(["waters.cbm"], party="RU", as_of=date(1995, 1, 1))
    assert marks(told.bearers[0], "ram") == {"must not": ()}
    assert told.assumed == ("own unit and other unit are each of United States or Russia",)
    with pytest.raises(Misuse, match="no `SU` on 1995-01-01: RU continues SU from 1991-12-26 on"):
        cbm.ask(["waters.cbm"], party="SU", as_of=date(1995, 1, 1))
    with pytest.raises(Misuse, match="there is no `SU` on 1995-01-01: `RU` continues it"):
        cbm.ask(["waters.cbm"], given="own.party is SU", as_of=date(1995, 1, 1))
    told = cbm.ask(["waters.cbm"], as_of=date(1991, 1, 1), until=date(2000, 12, 31))
    assert [p.first for p in told.periods] == ["1991-01-01", "1991-12-26", "2000-01-01"]


@pytest.mark.parametrize(
    ("acts", "hows"),
    [
        ("call", ["within 5 min after contact"]),
        ('"calls the other unit"', ["within 5 min after contact"]),
        ("call, turn", ["within 5 min after contact"] * 2),
        ('turn, "calls the other unit"', ["within 5 min after contact"] * 2),
    ],
)
def test_by_when_it_is_due_is_told_of_each_act_however_it_is_written(acts: str, hows: list[str], code: str) -> None:
    path, meet = Path(code), "moments contact\naxiom"
    clause = f"clause 9 every unit must {acts} within 5 min after contact\n"
    path.write_text(path.read_text().replace("axiom", meet, 1) + clause, encoding="utf-8")
    told = own(cbm.ask([code], given="contact occurs and not fog"))
    due = [
        by.how
        for one in told.conduct
        for mark in one.marks
        if mark.mark == "must"
        for by in mark.by
        if by.clause == "9"
    ]
    assert due == hows


def test_each_clause_that_asks_for_an_act_is_named_with_what_it_asks_for(code: str) -> None:
    path = Path(code)
    clauses = "clause 9 every unit must call stating place\nclause 10 every unit when fog must call to JP\n"
    stating = path.read_text().replace('calls the other unit"', 'calls the other unit" stating place', 1)
    path.write_text(stating + clauses, encoding="utf-8")
    told = own(cbm.ask([code], given="own.party is CN and other.party is JP and fog"))
    (call,) = (one for one in told.conduct if one.name == "call")
    (must,) = (mark for mark in call.marks if mark.mark == "must")
    assert {(by.clause, by.how) for by in must.by} >= {("9", "stating place"), ("10", "to JP")}


def test_a_text_that_is_not_in_force_is_named_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("waters.cbm").write_text(WATERS, encoding="utf-8")
    told = cbm.ask(["waters.cbm"], as_of=date(1960, 1, 1))
    assert told.left_open == (
        "waters (Waters) binds nobody here: it is in force from 1972-05-25 on, and asked about is 1960-01-01",
    )
    assert cbm.ask(["waters.cbm"], as_of=date(1995, 1, 1)).left_open == ()


def test_of_a_text_with_brackets_it_is_told_on_which_option_it_depends(code: str) -> None:
    path = Path(code)
    path.write_text(path.read_text().replace("1,852 m unless", "[CN: 500 m | JP: 900 m] unless"), encoding="utf-8")
    told = cbm.ask([code], given="own.craft is frigate and other.craft is tanker and not fog")
    (kept,) = (one for one in own(told).conduct if one.name == "separation")
    assert [(mark.words, mark.where.words) for mark in kept.marks] == [
        ("closest distance must be at least 500 m", ()),
        ("closest distance must be at least 900 m", ("JP's “900 m” is taken in 1",)),
    ]
    assert [(c.demand, c.where.words) for c in own(told).clauses if c.clause == "1"] == [
        ("must keep separation >= 500 m", ("CN's “500 m” is taken in 1",)),
        ("must keep separation >= 900 m", ("JP's “900 m” is taken in 1",)),
    ]
    told = cbm.ask([code], given="own.craft is frigate and other.craft is tanker and not fog", take=["1=JP"])
    (kept,) = (one for one in own(told).conduct if one.name == "separation")
    assert [mark.words for mark in kept.marks] == ["closest distance must be at least 900 m"]


def test_all_ways_in_which_a_clause_with_brackets_may_ask_for_an_act_are_told(code: str) -> None:
    path, meet = Path(code), "moments contact\naxiom"
    clause = "clause 9 every unit must flee within [5 | 10] min after contact\n"
    clause += "clause 10 every unit must signal [within 1 h after contact]\n"
    path.write_text(path.read_text().replace("axiom", meet, 1) + clause, encoding="utf-8")
    told = own(cbm.ask([code], given="contact occurs and not fog and not own.damaged"))
    by = {one.name: mark.by[0].how for one in told.conduct for mark in one.marks if mark.mark == "must" and mark.by}
    assert by["flee"] == "within 5 min after contact or within 10 min after contact"
    assert by["signal"] == "within 1 h after contact or without that"


def test_an_act_more_that_stands_in_brackets_says_nothing_of_the_way_of_the_first(code: str) -> None:
    path = Path(code)
    path.write_text(path.read_text() + "clause 9 every unit must not signal [JP: , flee]\n", encoding="utf-8")
    told = own(cbm.ask([code], given="not fog and not own.damaged"))
    by = {one.name: mark.by for one in told.conduct for mark in one.marks if mark.mark == "must not"}
    assert [(one.clause, one.how) for name in ("signal", "flee") for one in by[name]] == [("9", ""), ("9", "")]
    demands = {one.clause: one.demand for one in told.clauses if one.clause.startswith("9")}
    assert demands == {"9": "must not signal, flee", "9 (`signal`)": "must not signal"}


def test_wordings_of_a_clause_that_say_the_same_are_told_as_one(code: str) -> None:
    path = Path(code)
    clause = (
        "clause 9 every unit when range < [CN: 500 m | JP: 900 m] must flee [JP: unless fog]\n"
        "  otherwise must [turn | signal]\n"
        "clause 10 a tug is deemed to comply with 9 if it does [call | signal]\n"
    )
    path.write_text(path.read_text() + clause, encoding="utf-8")
    told = own(cbm.ask([code], given="own.craft is tug and range < 100 m and fog"))
    nine = [one for one in told.clauses if one.clause == "9"]
    left_out = "JP's “unless fog” is left out of bracket 2 of 9"
    assert [(one.where.words, one.otherwise) for one in nine] == [
        ((f"{left_out} and “turn” is taken in bracket 3 of 9",), ("must turn",)),
        ((f"{left_out} and “signal” is taken in bracket 3 of 9",), ("must signal",)),
    ]
    assert [(s.clause, s.conduct) for s in nine[0].substitutes] == [("10", "call"), ("10", "signal")]
    assert all("9" not in idle.clauses for idle in told.never)
    page = ANSWER_RENDERERS["text"](cbm.ask([code], given="own.craft is tug and range < 100 m and fog"))
    assert "owed if it is breached: must turn" in " ".join(page.split())


def test_several_texts_are_read_together(code: str, tmp_path: Path) -> None:
    rules = "instrument rules uses strait rank treaty adopted 2000-01-01\nclause 1 every unit must flee\n"
    (tmp_path / "rules.cbm").write_text(rules, encoding="utf-8")
    told = cbm.ask([code, "rules.cbm"], given="fog")
    assert told.beside == ("rules",)
    assert standings(own(told), "1 of rules") == {"binds": ()}


def test_what_goes_on_for_ever_is_undecided_and_hides_nothing_else(code: str) -> None:
    circle = "clause 9 every unit must flee at least 1 h after own.flee within 2 h after own.flee\n"
    Path(code).write_text(f"{VOCABULARY}\n{DRAFT}{circle}", encoding="utf-8")
    told = cbm.ask([code], given="own.craft is frigate and other.craft is tanker")
    assert "whether 9 can be kept: each of these acts calls for the next one" in own(told).undecided[0]
    assert marks(own(told), "separation") == {"must": ("it is not so that fog",)}
    assert told.exit == 3


def give_up_where(function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked by a function of this name, or for it, has no answer."""
    ask = Solver.ask

    def asking(solver: Solver, *assumed: Formula) -> Solved:
        asks = any(info.function == function for info in inspect.stack(0))
        return Unknown("it was too hard") if asks else ask(solver, *assumed)

    monkeypatch.setattr(Solver, "ask", asking)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        ("_resting_on", "on which clauses it rests (closest distance must be at least 1,852 m): it was too hard"),
        ("_tied", "on which clauses it rests (cannot always do alone: aim at other unit): it was too hard"),
        ("_asked_whether_they_bind", "whether 5 binds it: it was too hard"),
        ("_party", "whose unit it is: it was too hard"),
    ],
)
def test_what_is_given_up_of_an_answer_is_told(
    function: str, told: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clauses that something rests on, or the party, were left out without a word, with exit code 0."""
    given = "own.craft is frigate and own.party is JP"
    assert cbm.ask([code], given=given).exit is Exit.FINE
    give_up_where(function, monkeypatch)
    answer = cbm.ask([code], given=given)
    assert any(told in words for words in own(answer).undecided), own(answer).undecided
    assert answer.exit is Exit.UNDECIDED


# ---- what cannot be asked


@pytest.mark.parametrize(
    ("given", "said"),
    {
        "own.craft is frigat": "no value of `craft` is called `frigat`\n --> given:1:14\n",
        "own.damaged and": "expected a condition after `and`\n --> given:1:13\n",
        "own.craft is tug and own.craft is frigate": "no situation meets all of these\n --> given:1:1\n",
        "own.party is CN and fog and other.party is CN": "no situation meets all of these, by the axiom “two sides”",
        "fog\nexpect fog": "what is given is one condition",
        "own.party is CN and range > 20,000 m": "no situation meets this\n --> given:1:21\n",
    }.items(),
)
def test_what_cannot_be_given_is_said_at_its_place(code: str, given: str, said: str) -> None:
    with pytest.raises(Misuse) as refused:
        cbm.ask([code], given=given)
    assert str(refused.value).startswith(said)


def test_a_party_that_no_unit_of_the_text_has_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "code.cbm"
    words = VOCABULARY.replace('party JP "Japan"\n', 'party JP "Japan"\nparty US "United States"\n')
    file.write_text(
        f"{words}\ndraft code\n  uses strait\n  between CN, JP\nclause 1 every unit must call\n", encoding="utf-8"
    )
    with pytest.raises(Misuse) as refused:
        cbm.ask([file], given="fog", party="US")
    assert str(refused.value).count("two units of its parties meet") == 1


def test_parties_and_days_that_do_not_exist_are_refused(code: str) -> None:
    with pytest.raises(Misuse, match="no party is called `JN`; known are CN, JP"):
        cbm.ask([code], party="JN")
    with pytest.raises(Misuse, match="no situation meets all of these, where a unit is of Japan"):
        cbm.ask([code], given="own.party is CN and not other.party is JP", party="JP")
    with pytest.raises(Misuse, match="the last day comes before the first one"):
        cbm.ask([code], as_of=date(2021, 1, 1), until=date(2020, 1, 1))


def test_exit_codes(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", code, "--given", "fog"]) == 0
    assert main(["ask", code, "--given", "frog"]) == 2
    assert "did you mean `fog`" in capsys.readouterr().err
    assert main(["ask", code, "--as-of", "2020-01-01.."]) == 2
    capsys.readouterr()
    assert main(["ask", code, "--given", "fog", "--steps", "1"]) == 3
    assert (
        "undecided\n    - whether 2, 3, 5, 6, 7 and 8 can be kept together: the question was" in capsys.readouterr().out
    )
    assert main(["ask", code, "--as-of", "2020-01-01..2020-02-01"]) == 0
    Path(code).write_text(f"{VOCABULARY}\n{DRAFT}".replace("must turn", "must trun"), encoding="utf-8")
    assert main(["ask", code]) == 1


def test_the_json_is_as_the_schema_says(code: str) -> None:
    shipped = Path(cbm.__file__).parent / "render" / "schema-ask-1.json"
    told = cbm.ask([code], given="own.aim", narrowing=True)
    page = json.loads(ANSWER_RENDERERS["json"](told))
    Draft202012Validator(json.loads(shipped.read_text(encoding="utf-8"))).validate(page)
    assert {one["condition"] for one in page["next_fact"]["options"]} == {"own.damaged", "not own.damaged"}


# ---- a dialogue


def test_a_dialogue_asks_for_what_settles_most(code: str) -> None:
    question = SituationQuestion((code,), "own.craft is tug and other.craft is tug")
    read = consultation(question)
    assert not isinstance(read, Report)
    put, said = list[str](), iter(["2", "", "fgo", "fog", "q"])

    def answered(words: str) -> str:
        put.append(words)
        return next(said)

    told = narrowed(read, question, answered, fact_question)
    assert told.given == "own.craft is tug and other.craft is tug and not own.damaged and fog"
    assert put[0].splitlines()[0] == "Is it so that own unit is damaged?"
    assert "did you mean `fog`" in put[3]


def test_the_command_reads_answers_from_the_terminal(
    code: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("2\n"))
    assert main(["ask", code, "--given", "own.craft is tug", "--interactive"]) == 0
    shown = capsys.readouterr()
    assert "Is it so that own unit is damaged?" in shown.err
    assert "  given: own.craft is tug and not own.damaged\n" in shown.out


def test_a_dialogue_ends_where_nothing_is_open(code: str) -> None:
    question = SituationQuestion((code,), f"{KNOWN} and fog")
    read = consultation(question)
    assert not isinstance(read, Report)
    told = narrowed(read, question, lambda _: "1", fact_question)
    assert told.next_fact is None
    assert told.given.startswith(f"{KNOWN} and fog and ")


BRACKETED = """\
draft code "Code"
  uses encounters
  between CN, JP
options away "Least distance" one of CN, JP
clause 1 a fighter meeting a warship must keep separation >= [away CN: 500 m | JP: 1,000 m]
[JP: clause 2 a fighter meeting a warship must call | CN: delete]
clause 3 a fighter meeting a warship [CN: must | JP: should] not lase
"""


def test_a_dialogue_asks_what_is_taken_of_a_bracket(tmp_path: Path) -> None:
    path = tmp_path / "bracketed.cbm"
    path.write_text(BRACKETED, encoding="utf-8")
    question = SituationQuestion((str(path),), MEETING, party="JP")
    read = consultation(question)
    assert not isinstance(read, Report)
    put: list[str] = []
    answers = {"Which option is taken for Least distance?": "JP", "Which option is taken in 2?": "left out"}

    def answered(words: str) -> str:
        put.append(words)
        asked = words.splitlines()
        wanted = answers.get(asked[0])
        return "" if wanted is None else next(line.split()[0] for line in asked[1:] if wanted in line)

    told = narrowed(read, question, answered, fact_question)
    assert {words.splitlines()[0] for words in put} == {*answers, "Which option is taken in 3?"}
    assert told.given == MEETING
    assert told.taken == "JP's “1,000 m” is taken for Least distance and 2 is left out"
    page = ANSWER_RENDERERS["text"](told)
    assert f"  only in packages in which {told.taken}\n" in page
    assert " 500 m" not in page
    assert "is taken in 3" in page  # which nobody knew


def test_what_is_taken_is_offered_as_it_is_written_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "bracketed.cbm"
    path.write_text(BRACKETED, encoding="utf-8")
    told = cbm.ask([path], given=MEETING, party="JP", narrowing=True, take=["away=JP", "2=delete"])
    assert told.next_fact is not None
    assert [(one.words, one.condition, one.take) for one in told.next_fact.options] == [
        ("CN's “must”", "", "3=CN"),
        ("JP's “should”", "", "3=JP"),
    ]
    for option in told.next_fact.options:
        further = cbm.ask([path], given=MEETING, party="JP", narrowing=True, take=["away=JP", "2=delete", option.take])
        assert further.next_fact is None


def test_an_option_that_a_tie_excludes_is_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "bracketed.cbm"
    path.write_text(f"{BRACKETED}tie 3 is CN only if away is CN\n", encoding="utf-8")
    told = cbm.ask([path], given=MEETING, party="JP", narrowing=True, take=["away=JP", "2=delete"])
    assert told.next_fact is None


CLOSER = """\
draft code "Code"
  uses encounters
  between CN, JP
clause 1 a fighter meeting a warship when calls_unanswered must keep separation <= 500 m
clause 2 a warship meeting a fighter must keep separation >= 1,000 m
"""
MEETING = "own.craft is fighter and other.craft is warship"


def together(answer: Answer) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """The duties that cannot be kept together, where, and by what some of them yield."""
    (period,) = answer.periods
    return [(tuple(f"{d.clause} {d.unit}" for d in o.duties), o.where.words, o.settled_by) for o in period.deadlocks]


@pytest.fixture
def closer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> str:
        Path("closer.cbm").write_text(text, encoding="utf-8")
        return "closer.cbm"

    return write


def test_what_units_cannot_do_together_is_told(closer: Callable[[str], str]) -> None:
    """One unit was told to come within 500 m, and the other one to keep 1,000 m, without a word more."""
    path = closer(CLOSER)
    duties = ("1 own unit", "2 other unit")
    assert together(cbm.ask([path], given=MEETING)) == [(duties, ("calls stay unanswered",), ())]
    known = cbm.ask([path], given=f"{MEETING} and calls_unanswered", party="CN")
    assert [(told, where) for told, where, _ in together(known)] == [(duties, ())]
    assert known.periods[0].deadlocks[0].where.always
    assert together(cbm.ask([path], given=f"{MEETING} and not calls_unanswered")) == []
    page = ANSWER_RENDERERS["text"](cbm.ask([path], given=f"{MEETING} and calls_unanswered"))
    assert "ALL UNITS TOGETHER\n  duties of several units that cannot all be kept" in page
    assert "      - 1 (own unit) and 2 (other unit)\n" in page


def test_units_that_change_places_are_told_once(closer: Callable[[str], str]) -> None:
    path = closer(CLOSER)
    where = ("a fighter meets a warship and calls stay unanswered",)
    assert together(cbm.ask([path])) == [(("1 own unit", "2 other unit"), where, ())]
    assert "ALL UNITS TOGETHER (and the same with the roles changed)" in ANSWER_RENDERERS["text"](cbm.ask([path]))
    turned = cbm.ask([path], given="other.craft is fighter and own.craft is warship")
    assert [told for told, _, _ in together(turned)] == [("2 own unit", "1 other unit")]
    either = f"({MEETING}) or (other.craft is fighter and own.craft is warship and calls_unanswered)"
    told = [duties for duties, _, _ in together(cbm.ask([path], given=either))]
    assert told == [("1 own unit", "2 other unit"), ("2 own unit", "1 other unit")]


def test_what_yields_between_units_is_told_with_what_prevails(closer: Callable[[str], str]) -> None:
    text = CLOSER.replace("<= 500 m", "<= 500 m subject to 2")
    ((_, _, settled),) = together(cbm.ask([closer(text)], given=MEETING))
    assert settled == ("1 yields to 2",)
    heading = "duties of several units that cannot all be kept, settled by precedence"
    assert heading in ANSWER_RENDERERS["text"](cbm.ask(["closer.cbm"], given=MEETING))


def test_a_duty_that_yields_to_another_one_of_its_unit_is_in_no_deadlock_there(closer: Callable[[str], str]) -> None:
    """It was told there that both cannot be kept, and below that the one yields."""
    text = CLOSER.replace(
        "when calls_unanswered must keep separation <= 500 m", "must keep separation <= 500 m subject to 3"
    )
    path = closer(text + "clause 3 a fighter meeting a warship when calls_unanswered must keep separation >= 800 m\n")
    assert together(cbm.ask([path], given=MEETING)) == [
        (("1 own unit", "2 other unit"), ("no call stays unanswered",), ())
    ]
    assert together(cbm.ask([path], given=f"{MEETING} and calls_unanswered")) == []
    (told,) = together(cbm.ask([path]))
    assert told[1] == ("a fighter meets a warship and no call stays unanswered",)


def test_where_it_is_not_known_what_yields_no_deadlock_is_told(
    closer: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = Undecided(TOGETHER, "it is too much", (), RuleId.CONFLICT)
    monkeypatch.setattr("cbm.wording.answers.answer_words.given_world", lambda *_: left)
    answer = cbm.ask([closer(CLOSER.replace("<= 500 m", "<= 500 m subject to 2"))], given=MEETING)
    assert (together(answer), answer.exit) == ([], 3)
    reason = "it is not known of each of them where its duties yield"
    assert answer.periods[0].undecided == (f"whether all units can comply at once: {reason}",)


def test_an_encounter_that_is_not_known_is_undecided(
    closer: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was left out, as where nobody can comply."""
    monkeypatch.setattr("cbm.wording.answers.answer_words._example", lambda *_: Unknown("it is too much"))
    answer = cbm.ask([closer(CLOSER)], given=MEETING)
    left = "an encounter of this kind in which all is complied with: it is too much"
    assert (own(answer).example, own(answer).undecided, answer.exit) == (None, (left,), 3)


def test_what_one_unit_cannot_do_alone_is_not_told_again(closer: Callable[[str], str]) -> None:
    text = CLOSER.replace("a warship meeting a fighter", "a fighter meeting a warship")
    answer = cbm.ask([closer(text)], given=MEETING)
    assert together(answer) == []
    assert [clash.clauses for clash in answer.bearers[0].clashes] == [("1", "2")]


def test_that_it_is_not_known_whether_units_can_comply_together_is_undecided(closer: Callable[[str], str]) -> None:
    stop = Event()

    def progress(_: str, done: int, of: int) -> None:
        if done == of:
            stop.set()

    answer = cbm.ask([closer(CLOSER)], given=MEETING, progress=progress, cancel=stop)
    assert answer.exit == 3
    assert answer.periods[0].undecided == ("whether 1 and 2 can be kept together: it was cancelled",)
    assert "ALL UNITS TOGETHER\n  undecided\n" in ANSWER_RENDERERS["text"](answer)


def test_a_line_that_does_not_run_between_those_who_meet_is_told_not_to_serve(tmp_path: Path) -> None:
    line = "channel line between CN, JP for manoeuvre operational from 2019-01-01\n"
    vocabulary = VOCABULARY.replace('party JP "Japan"\n', f'party JP "Japan"\nparty KR "Korea"\n{line}')
    head = "draft code\n  uses strait\n  between CN, JP, KR\n  proposed 2020-01-01\n"
    path = tmp_path / "code.cbm"
    path.write_text(f"{vocabulary}{head}clause 1 each party must signal through line\n")
    for other, notes in (("KR", ("`line` is a line between CN and JP only",)), ("JP", ())):
        told = cbm.ask([path], given=f"own.party is CN and other.party is {other}")
        assert [clause.notes for bearer in told.bearers for clause in bearer.clauses] == [notes] * 2


def test_a_line_of_which_it_is_not_known_whether_it_runs_between_those_who_meet_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told as one that serves."""
    line = "channel line between CN, JP for manoeuvre operational from 2019-01-01\n"
    vocabulary = VOCABULARY.replace('party JP "Japan"\n', f'party JP "Japan"\nparty KR "Korea"\n{line}')
    head = "draft code\n  uses strait\n  between CN, JP, KR\n  proposed 2020-01-01\n"
    path = tmp_path / "code.cbm"
    path.write_text(f"{vocabulary}{head}clause 1 each party must signal through line\n")
    given_up = {"line": Unknown("it was too hard")}
    monkeypatch.setattr("cbm.wording.answers.answer_words._connected", lambda *_: given_up)
    told = cbm.ask([path], given="own.party is CN and other.party is KR")
    assert [bearer.undecided for bearer in told.bearers] == [
        ("whether `line` runs between those who meet: it was too hard",)
    ] * 2
    assert told.exit == 3


def test_a_unit_is_not_said_to_be_of_the_only_party_of_which_that_is_known(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Solver.ask

    def not_of_japan(solver: Solver, *assumed: Formula) -> Solved:
        of_japan = len(assumed) == 1 and isinstance(assumed[0], IsIn) and assumed[0].members == ("JP",)
        return Unknown("it was too hard") if of_japan else ask(solver, *assumed)

    monkeypatch.setattr(Solver, "ask", not_of_japan)
    assert {bearer.party for bearer in cbm.ask([code], given="own.craft is frigate").bearers} == {""}
