"""A draft against its models: from files to what is told of each provision, printed and as data."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.cli import main
from cbm.core.expressions import Formula
from cbm.finding import Exit, PackageReach
from cbm.outcomes.model_comparison import ModelComparison, ModelProvision, ProvisionStance
from cbm.render import COMPARE_RENDERERS
from cbm.smt.solve import Answer, Solver, Unknown

VOCABULARY = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party US "United States"
party KR "Korea"
kind craft = frigate | tanker
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
shared
  fog : flag
moments sighting
axiom "two sides" own.party is not other.party
types by own.craft
topic manoeuvre
act call stating place, course topic manoeuvre
act turn, signal topic manoeuvre
result separation "closest distance" : length from 0 m to 10,000 m topic manoeuvre
language english "English"
channel line "Line" for manoeuvre
  operational from 2010-01-01
channel radio "Radio" for manoeuvre
  operational from 2010-01-01
"""
MODEL = """\
instrument pact "Pact"
  uses strait from "strait.cbm"
  between CN, US
  rank treaty
  adopted 2014-01-01
"""
DRAFT = """\
draft code "Code"
  uses strait from "strait.cbm"
  between CN, JP
  proposed 2019-01-01
"""
TO_JAPAN = {"US": "JP"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    return tmp_path


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def against(
    folder: Path, model: str, draft: str, places: Mapping[str, str] = TO_JAPAN, head: str = MODEL
) -> ModelComparison:
    paths = written(folder, "code.cbm", DRAFT + draft), written(folder, "pact.cbm", head + model)
    return cbm.compare(paths[0], [paths[1]], as_=places).models[0]


def only(compared: ModelComparison) -> ModelProvision:
    [provision] = compared.provisions
    return provision


def kinds(compared: ModelComparison) -> set[str]:
    return {stance.kind for one in compared.provisions for stance in one.stances}


def the(compared: ModelComparison, kind: str) -> ProvisionStance:
    return next(stance for one in compared.provisions for stance in one.stances if stance.kind == kind)


# ---- in what a draft is weaker


WEAKER = {
    "a bound": (("bound",), "must keep separation >= 1,000 m", "must keep separation >= 500 m"),
    "a deadline": (("time",), "must call within 6 h after sighting", "must call within 24 h after sighting"),
    "a deadline that is another": (
        ("time",),
        "must not turn",
        "must not turn within 2 h after sighting",
    ),
    "a channel": (("channel",), "must call through line", "must call through radio"),
    "any channel": (("channel",), "must call through line", "must call"),
    "how not to call": (("channel",), "must not call", "must not call except through line"),
    "what is stated": (("statement",), "must call stating place, course", "must call stating place"),
    "a language": (("language",), "must call worded in english", "must call"),
    "time and statement": (
        ("time", "statement"),
        "must call within 6 h after sighting stating place",
        "must call within 24 h after sighting",
    ),
    "strength and bound": (
        ("strength", "bound"),
        "must keep separation >= 1,000 m",
        "should keep separation >= 500 m",
    ),
    "a condition on what is done": (("condition",), "must call", "when own.turn must call"),
    "a choice": (("content",), "must turn", "must turn or signal"),
}


@pytest.mark.parametrize(("in_what", "model", "draft"), WEAKER.values(), ids=WEAKER)
def test_it_is_told_in_what_the_draft_is_weaker(in_what: tuple[str, ...], model: str, draft: str, folder: Path) -> None:
    compared = against(folder, f"clause 1 every unit {model}\n", f"clause 2 every unit {draft}\n")
    assert only(compared).kind == "weaker"
    assert the(compared, "weaker").in_what == in_what
    assert the(compared, "weaker").by == ("2",)
    assert the(compared, "weaker").witness.words


RECURRING = "clause 1 every unit must call every 2 h after sighting until parting\n"


@pytest.mark.parametrize(
    ("length", "expected"),
    [("1 h", "kept"), ("2 h", "kept"), ("4 h", "missing"), ("119 min", "undecided")],
)
def test_what_recurs_is_looked_at_as_far_in_the_draft_as_in_its_model(length: str, expected: str, folder: Path) -> None:
    with_parting = VOCABULARY.replace("moments sighting", "moments sighting, parting")
    (folder / "strait.cbm").write_text(with_parting, encoding="utf-8")
    compared = against(folder, RECURRING, RECURRING.replace("2 h", length))
    assert only(compared).kind == expected


AFTER_A_BREACH = "clause 1 every unit must call within 2 h after sighting"
OWED_THEN = {
    "nothing": ("", True),
    "the same": ("\n  otherwise must signal within 4 h after sighting", False),
    "more": ("\n  otherwise must signal within 3 h after sighting", False),
    "later": ("\n  otherwise must signal within 6 h after sighting", True),
    "advice": ("\n  otherwise should signal within 4 h after sighting", True),
    "something else": ("\n  otherwise must turn", True),
    "by who never calls": ("\nclause 2 every unit when not own.call must signal within 4 h after sighting", True),
    "in any case": ("\nclause 2 every unit must signal within 4 h after sighting", False),
}


@pytest.mark.parametrize(("owed", "less"), OWED_THEN.values(), ids=OWED_THEN)
def test_a_draft_that_asks_for_less_after_a_breach_is_weaker(owed: str, less: bool, folder: Path) -> None:
    model = f"{AFTER_A_BREACH}\n  otherwise must signal within 4 h after sighting\n"
    compared = against(folder, model, f"{AFTER_A_BREACH}{owed}\n")
    assert only(compared).kind == ("weaker" if less else "kept")
    if less:
        weaker = the(compared, "weaker")
        assert (weaker.in_what, weaker.by) == (("reparation",), ("1",))
        assert weaker.message == "weaker in what is owed after a breach: the draft has 1"
        assert weaker.seen.startswith("1 is breached, and what it asks for then is left undone")


def test_a_model_that_only_advises_something_after_a_breach_is_kept_by_advice(folder: Path) -> None:
    advised = f"{AFTER_A_BREACH}\n  otherwise should signal\n"
    assert only(against(folder, advised, advised)).kind == "kept"
    assert only(against(folder, advised, f"{AFTER_A_BREACH}\n")).kind == "weaker"


def test_less_that_is_sooner_is_weaker_and_goes_further(folder: Path) -> None:
    """Six hours without a position, against a day with one."""
    model = "clause 1 every unit must call within 24 h after sighting stating place\n"
    compared = against(folder, model, "clause 2 every unit must call within 6 h after sighting\n")
    weaker = the(compared, "weaker")
    assert (weaker.in_what, weaker.further) == (("statement",), ("2",))
    assert weaker.further_witness is not None
    assert weaker.message == "weaker in what is stated: the draft has 2, going further"


def test_a_draft_goes_further_on_the_packages_on_which_it_does(folder: Path) -> None:
    model = "clause 1 every unit must keep separation >= 300 m\n"
    provision = only(against(folder, model, "clause 1 every unit must keep separation >= [300 m | 2,000 m]\n"))
    told = {(one.message, one.reach.words if one.reach else "") for one in provision.stances}
    assert told == {
        ("kept by 1, going further", "“2,000 m” is taken in 1"),
        ("kept by 1", "“300 m” is taken in 1"),
    }


def test_what_is_missing_is_told_with_what_is_nearest(folder: Path) -> None:
    model = "clause 1 a frigate must turn\nclause 2 every unit must signal\n"
    compared = against(folder, model, "clause 7 a frigate when fog must turn\n")
    first, second = compared.provisions
    assert [stance.kind for stance in first.stances] == ["missing", "kept"]
    assert first.is_kept_in_part
    assert the(compared, "missing").message == "missing, and asked for elsewhere by 7"
    assert the(compared, "missing").whenever == "it is not so that fog"
    assert second.stances[0].message == "missing, with 7 on the topic"
    assert (
        only(against(folder, "clause 1 every unit must turn\n", "")).stances[0].message
        == "missing, with nothing on the topic"
    )


# ---- parties


def test_parties_stand_in_the_places_of_others(folder: Path) -> None:
    """What is said of the United States is said of Japan, and of nobody else."""
    model = 'clause 1 US must turn\n  asymmetric because "x"\nclause 2 CN must signal\n  asymmetric because "x"\n'
    draft = model.replace("US", "JP")
    compared = against(folder, model, draft)
    assert kinds(compared) == {"kept"}
    assert compared.parties == ("United States stands in the place of Japan",)
    turned = against(folder, model, draft, {"US": "CN", "CN": "JP"})
    assert {one.kind for one in turned.provisions} == {"missing"}


def test_who_is_party_to_both_stays_in_its_place(folder: Path) -> None:
    head = MODEL.replace("CN, US", "CN, JP, US, KR")
    compared = against(
        folder, 'clause 1 JP must turn\n  asymmetric because "x"\n', "clause 1 JP must turn\n", head=head
    )
    assert kinds(compared) == {"kept"}
    assert compared.parties == ("Korea and United States of pact have no place in code",)


def test_what_binds_no_party_of_the_draft_is_missing(folder: Path) -> None:
    head = MODEL.replace("CN, US", "CN, JP, US")
    compared = against(folder, 'clause 1 US must turn\n  asymmetric because "x"\n', "clause 1 JP must turn\n", {}, head)
    assert only(compared).stances[0].message == "missing: it binds nobody who is party to the draft"


WRONG_PLACES: dict[str, tuple[dict[str, str], str]] = {
    "none": (
        {},
        "`US` is party to pact and has no place in code: say whose place it takes (on the command line: `--as US=JP`)",
    ),
    "no party of the draft": ({"US": "KR"}, "`KR` is no party to code, so US cannot take its place"),
    "two in one place": ({"US": "JP", "CN": "JP"}, "US and CN cannot both stand in the place of `JP`"),
    "nothing of this name": ({"US": "JP", "FR": "CN"}, "nothing in the models is called `FR`"),
}


@pytest.mark.parametrize(("places", "problem"), WRONG_PLACES.values(), ids=WRONG_PLACES)
def test_places_that_cannot_be_taken_are_refused(places: dict[str, str], problem: str, folder: Path) -> None:
    with pytest.raises(cbm.Misuse, match=re.escape(problem)):
        against(folder, "clause 1 every unit must turn\n", "", places)


def test_other_things_of_the_model_are_called_as_in_the_draft(folder: Path) -> None:
    written(folder, "other.cbm", VOCABULARY.replace("turn, signal", "veer, signal").replace("strait", "bay"))
    head = MODEL.replace('strait from "strait.cbm"', 'bay from "other.cbm"')
    model, draft = "clause 1 every unit must veer\n", "clause 1 every unit must turn\n"
    unknown = against(folder, model, draft, TO_JAPAN, head)
    assert unknown.only_one == ("only pact knows the act `veer`", "only code knows the act `turn`")
    assert kinds(unknown) == {"missing"}
    assert kinds(against(folder, model, draft, {**TO_JAPAN, "veer": "turn"}, head)) == {"kept"}


def test_a_thing_of_the_model_counts_as_another_one_that_both_know(folder: Path) -> None:
    model, draft = "clause 1 every unit must turn\n", "clause 1 every unit must signal\n"
    assert kinds(against(folder, model, draft)) == {"missing"}
    assert kinds(against(folder, model, draft, {**TO_JAPAN, "turn": "signal"})) == {"kept"}


# ---- what cannot be compared


def test_texts_without_a_common_vocabulary_are_refused(folder: Path) -> None:
    other = VOCABULARY.replace('situation encounter "Encounter"', 'situation talks "Talks"')
    written(folder, "strait.cbm", VOCABULARY)
    written(folder, "other.cbm", other.replace("strait", "bay"))
    head = MODEL.replace('strait from "strait.cbm"', 'bay from "other.cbm"')
    with pytest.raises(cbm.Misuse, match="no vocabulary in common: the one is about `talks`, the other"):
        against(folder, "clause 1 every unit must turn\n", "", head=head)


def test_of_a_file_of_several_texts_those_about_the_same_are_compared(folder: Path) -> None:
    other = VOCABULARY.replace('situation encounter "Encounter"', 'situation talks "Talks"').replace("strait", "bay")
    second = MODEL.replace("pact", "talks_pact").replace('strait from "strait.cbm"', "bay")
    third = MODEL.replace("pact", "second_pact")
    clause = "clause 1 every unit must turn\n"
    draft = written(folder, "code.cbm", DRAFT + clause)
    models = written(folder, "pact.cbm", "\n".join((other, MODEL + clause, second + clause, third + clause)))
    report = cbm.compare(draft, [models], as_=TO_JAPAN)
    assert [model.model for model in report.models] == ["pact", "second_pact"]
    assert "talks_pact, which is in the same file" in report.models[0].not_compared[0]
    assert report.exit is cbm.Exit.UNDECIDED
    one = cbm.compare(draft, [f"{models}:second_pact"], as_=TO_JAPAN)
    assert [model.model for model in one.models] == ["second_pact"]
    assert one.exit is cbm.Exit.FINE
    with pytest.raises(cbm.Misuse, match="holds no text called `third`; it holds"):
        cbm.compare(draft, [f"{models}:third"], as_=TO_JAPAN)


def test_models_of_several_vocabularies_are_compared_each_in_its_own_world(folder: Path) -> None:
    wider = VOCABULARY.replace("frigate | tanker", "ferry | frigate | tanker").replace("strait", "bay")
    written(folder, "other.cbm", wider.replace('party KR "Korea"', 'party FR "France"'))
    clause = "clause 1 a frigate must turn\n"
    written(
        folder,
        "bay_pact.cbm",
        MODEL.replace("pact", "bay_pact").replace('strait from "strait', 'bay from "other') + clause,
    )
    written(folder, "pact.cbm", MODEL + clause)
    draft = written(folder, "code.cbm", DRAFT + clause)
    report = cbm.compare(draft, ["pact.cbm", "bay_pact.cbm", "pact.cbm"], as_=TO_JAPAN)
    assert [kinds(model) for model in report.models] == [{"kept"}] * 3


OPEN = """\
clause 1 every unit [CN: should | JP: must] turn
[JP: clause 2 every unit when fog must call | CN: delete]
clause 3 every unit must not signal
"""
ITS_MODEL = """\
clause 1 every unit must turn
clause 2 every unit must call
clause 3 every unit must not signal
"""


def test_of_a_draft_with_brackets_it_is_told_on_which_packages_a_provision_is_kept(folder: Path) -> None:
    compared = against(folder, ITS_MODEL, OPEN)
    turn, call, signal = compared.provisions
    told = {stance.kind: stance.reach.words for stance in turn.stances if stance.reach}
    assert told == {
        "kept": "JP's “must” is taken in 1",
        "only-advised": "CN's “should” is taken in 1",
    }
    assert turn.kept_in_full is not None
    assert turn.kept_in_full.boxes == ((("1", (2,)),),)
    assert [standing.kinds for standing in call.standings] == [("missing", "kept"), ("missing",)]
    assert call.depends
    assert call.kept_in_full is None
    [left_out] = [stance for stance in call.stances if stance.kind == "missing"]
    assert left_out.reach == PackageReach(every=True, boxes=((),), surely=((),))
    assert left_out.by == ("2",)
    assert [stance.reach.every for stance in signal.stances if stance.reach] == [True]
    assert not signal.depends


def test_a_condition_that_suffices_on_some_packages_says_on_which(folder: Path) -> None:
    draft = "clause 1 every unit [JP: when fog | CN: when other is a frigate] must call\n"
    [call] = against(folder, "clause 1 every unit must call\n", draft).provisions
    missing, kept = call.stances
    assert (missing.kind, kept.kind) == ("missing", "kept")
    assert missing.whenever == "it is not so that fog, if JP's “when fog” is taken in 1"
    assert missing.extent == (
        ("it is not so that fog", "JP's “when fog” is taken in 1"),
        ("other unit is not a frigate", "CN's “when other is a frigate” is taken in 1"),
    )
    draft = "clause 1 every unit [JP: when fog] must call\n"
    [call] = against(folder, "clause 1 every unit must call\n", draft).provisions
    kept = call.stances[1]
    assert kept.extent == (("fog",), ("JP's “when fog” is left out of 1",))


def test_wordings_that_fall_short_in_different_things_are_told_apart(folder: Path) -> None:
    model = "clause 1 every unit must call within 7 min after sighting\n"
    draft = "clause 1 every unit [CN: should | JP: must] call within [10 | 5] min after sighting\n"
    [call] = against(folder, model, draft).provisions
    weaker = [(one.in_what, one.reach and one.reach.words) for one in call.stances if one.kind == "weaker"]
    taken = "{} is taken in bracket 1 of 1 and “10” is taken in bracket 2 of 1"
    assert weaker == [
        (("strength", "time"), taken.format("CN's “should”")),
        (("time",), taken.format("JP's “must”")),
    ]


def test_what_is_left_out_is_asked_for_nowhere_on_its_topic(folder: Path) -> None:
    [call] = against(
        folder, "clause 1 a frigate must call\n", "[JP: clause 2 every unit must call | CN: delete]\n"
    ).provisions
    assert [stance.message for stance in call.stances] == ["missing, with nothing on the topic", "kept by 2"]


def test_what_is_taken_is_no_longer_open(folder: Path) -> None:
    against(folder, ITS_MODEL, OPEN)
    for option, kind in (("CN", "only-advised"), ("JP", "kept")):
        [compared] = cbm.compare("code.cbm", ["pact.cbm"], as_=TO_JAPAN, take=[f"1={option}"]).models
        turn = next(iter(compared.provisions))
        assert [(stance.kind, stance.reach and stance.reach.every) for stance in turn.stances] == [(kind, True)]
    [compared] = cbm.compare("code.cbm", ["pact.cbm"], as_=TO_JAPAN, text_of="JP").models
    assert kinds(compared) == {"kept", "missing"}
    written(folder, "pact.cbm", MODEL + "clause 1 every unit [CN: should | US: must] turn\n")
    with pytest.raises(cbm.Misuse, match="`pact` is under negotiation itself"):
        cbm.compare("code.cbm", ["pact.cbm"], as_=TO_JAPAN, text_of="JP")


def test_what_a_draft_with_brackets_adds_is_told_once_with_its_packages(folder: Path) -> None:
    against(folder, "clause 1 every unit must turn\n", OPEN)
    added = cbm.compare("code.cbm", ["pact.cbm"], as_=TO_JAPAN).added
    assert [(one.label, one.reach and one.reach.ending) for one in added] == [("2", ", if 2 stands"), ("3", "")]


def test_the_page_says_which_packages_keep_a_provision_in_full(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    against(folder, ITS_MODEL, OPEN)
    assert main(["compare", "code.cbm", "pact.cbm", "--as", "US=JP"]) == 1  # 2 is kept in full on no package
    page = capsys.readouterr().out
    assert "kept by 1, if JP's “must” is taken in 1" in page
    assert "kept in full on no package" in page
    assert "1 kept, 2 by package." in page


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [([], 0), (["--fail-on", "any-package"], 1), (["--fail-on", "only-advised,any-package"], 1),
     (["--fail-on", "missing,any-package"], 0)],
)  # fmt: skip
def test_what_is_so_on_some_packages_fails_where_it_is_asked_for(fail_on: list[str], code: int, folder: Path) -> None:
    against(folder, "clause 1 every unit must turn\n", OPEN)
    assert main(["compare", "code.cbm", "pact.cbm", "--as", "US=JP", *fail_on]) == code
    kinds = fail_on[1].split(",") if fail_on else None
    assert cbm.compare("code.cbm", ["pact.cbm"], as_={"US": "JP"}, fail_on=kinds).exit == code


def test_a_clash_that_a_bracket_links_to_a_demand_counts_on_the_packages_that_have_it(folder: Path) -> None:
    """Without 2 nothing links the call to the turn, and it is another matter that nobody can both turn and not."""
    draft = """\
clause 1 every unit must call
[JP: clause 2 every unit must call or turn | CN: delete]
clause 3 every unit must turn
clause 4 every unit must not turn
"""
    [call] = against(folder, "clause 1 every unit must call\n", draft).provisions
    told = {stance.kind: stance.reach.words for stance in call.stances if stance.reach}
    assert told == {"no-verdict": "2 stands", "kept": "2 is left out"}


def test_what_asks_for_nothing_is_no_draft(folder: Path) -> None:
    with pytest.raises(cbm.Misuse, match="`strait` is a vocabulary"):
        cbm.compare("strait.cbm", ["cues"])
    with pytest.raises(cbm.Misuse, match="there is no file `quees`"):
        cbm.compare(written(folder, "code.cbm", DRAFT), ["quees"])
    with pytest.raises(cbm.Misuse, match="`models` is a list"):
        cbm.compare("code.cbm", "cues")
    with pytest.raises(cbm.Misuse, match="name a model"):
        cbm.compare("code.cbm", [])
    with pytest.raises(cbm.Misuse, match="a text cannot be understood"):
        cbm.compare(written(folder, "code.cbm", DRAFT + "clause 1 every unit must fly\n"), ["cues"])


# ---- pages and exit codes


def test_the_page_has_a_table_by_article_and_what_the_draft_adds(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = (
        'article 1 "Acts"\nclause 1 "Turning" every unit must turn\n'
        'article 2 "Distances"\nclause 1 every unit must keep separation >= 1,000 m\n'
        "clause 2 a frigate when fog must signal unless fog\n"
    )
    written(folder, "pact.cbm", MODEL + model)
    draft = (
        "clause 4 every unit must turn\n"
        'clause 5 "Distance" every unit must keep separation >= 500 m\n'
        'clause 6 "Calls" every unit must call\n'
    )
    written(folder, "code.cbm", DRAFT + draft)
    assert main(["compare", "code.cbm", "pact.cbm", "--as", "US=JP"]) == 1
    assert capsys.readouterr().out == PAGE


def test_a_clause_of_several_sentences_is_one_provision(folder: Path) -> None:
    clauses = "clause 1 every unit must call; must turn\nclause 2 every unit must not signal\n"
    paths = written(folder, "code.cbm", DRAFT + clauses), written(folder, "pact.cbm", MODEL + clauses)
    page = cbm.render(cbm.compare(paths[0], [paths[1]], as_=TO_JAPAN))
    assert page.endswith("code against the 2 provisions of pact, in 3 sentences: 3 kept.\n")


PAGE = """\
code against pact: Pact

  = United States stands in the place of Japan

                         kept  weaker  nothing to compare
  article 1 "Acts"          1       ·                   ·
  article 2 "Distances"     ·       1                   1
  in all                    1       1                   1

article 1 "Acts"
  1.1 "Turning" (must): kept by 4

article 2 "Distances"
  2.1 (must): weaker in bound: the draft has 5
      = for example: JP frigate (own) and CN frigate (other); closest distance: 500 m
  2.2 (must): nothing to compare, since it binds nobody in what both are about

code against the 3 provisions of pact: 1 kept, 1 weaker, 1 nothing to compare.

what code has and pact has not:
  6 "Calls" (must)
"""


def test_the_exit_code_is_what_was_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, draft = "clause 1 every unit must turn\n", "clause 1 every unit should turn\n"
    written(folder, "pact.cbm", MODEL + model)
    written(folder, "code.cbm", DRAFT + draft)
    words = ["compare", "code.cbm", "pact.cbm", "--as", "US=JP"]
    assert main(words) == 1
    assert main([*words, "--fail-on", "weaker,contradicted,missing"]) == 0
    assert main([*words, "--fail-on", "only-advised"]) == 1
    assert main([*words, "--fail-on", "wekaer"]) == 2
    assert "did you mean `weaker`" in capsys.readouterr().err
    assert main(["compare", "code.cbm", "pact.cbm", "--as", "US"]) == 2
    written(folder, "code.cbm", DRAFT + model)
    assert main(words) == 0
    written(folder, "code.cbm", DRAFT + "clause 1 every unit must fly\n")
    assert main(words) == 1


def test_what_is_given_up_is_undecided_and_never_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clause = "clause 1 a frigate when fog must turn\n"
    written(folder, "pact.cbm", MODEL + clause)
    written(folder, "code.cbm", DRAFT + clause)
    assert main(["compare", "code.cbm", "pact.cbm", "--as", "US=JP", "--steps", "1"]) == 3
    page = capsys.readouterr().out
    assert "1.1" not in page
    assert "1 (must): undecided: the question was too hard" in page
    assert "kept" not in page


def test_the_json_is_as_the_schema_says(folder: Path) -> None:
    shipped = Path(cbm.__file__).parent / "render" / "schema-compare-1.json"
    written(folder, "pact.cbm", MODEL + "clause 1 every unit must turn, keep separation >= 500 m\n")
    written(folder, "code.cbm", DRAFT + "clause 1 every unit must keep separation >= 600 m, signal\n")
    page = json.loads(COMPARE_RENDERERS["json"](cbm.compare("code.cbm", ["pact.cbm"], as_=TO_JAPAN)))
    Draft202012Validator(json.loads(shipped.read_text(encoding="utf-8"))).validate(page)
    [provision] = page["models"][0]["articles"][0]["provisions"]
    assert [(s["kind"], s["acts"]) for s in provision["stances"]] == [("missing", ["turn"]), ("kept", ["separation"])]
    assert provision["stances"][1]["goes_further"]["by"] == ["1"]
    assert page["added"][0]["acts"] == ["signal"]


def test_pages_in_markdown_and_html_say_what_the_page_for_people_says(folder: Path) -> None:
    written(folder, "pact.cbm", MODEL + 'clause 1 "A <b> | b" every unit must turn, keep separation >= 500 m\n')
    written(folder, "code.cbm", DRAFT + "clause 1 every unit must keep separation >= 600 m; must signal\n")
    report = cbm.compare("code.cbm", ["pact.cbm"], as_=TO_JAPAN)
    assert '1 "A \\<b\\> \\| b" \\(must\\):' in (markdown := cbm.render(report, "markdown"))
    assert "| | in part |\n|---|---:|\n| pact | 1 |\n" in markdown
    assert "\n## what code has and pact has not\n\n- 1 sentence 2 \\(must\\)\n" in markdown
    html = cbm.render(report, "html")
    assert "<li>1 &quot;A &lt;b&gt; | b&quot; (must):" in html.replace('"', "&quot;")
    assert '<tr><th scope="row">pact</th><td>1</td></tr>' in html
    assert "<h2>what code has and pact has not</h2>" in html
    assert "<script" not in html


def test_a_moment_that_only_the_text_without_a_calendar_knows_has_no_place_in_its_week(tmp_path: Path) -> None:
    """Working days are counted in weeks; the vocabulary of the other text has none."""
    words = VOCABULARY.replace("moments sighting\n", "")
    working = "clause 1 every unit must turn within 2 working days in UTC after own.signal\n"
    texts = {
        "draft": f"{words}draft code\n  uses strait\n{working}",
        "model": f"{VOCABULARY}draft code\n  uses strait\nclause 1 every unit must turn within 1 day after sighting\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.cbm").write_text(text, encoding="utf-8")
    draft, model = (tmp_path / f"{name}.cbm" for name in texts)
    (compared,) = cbm.compare(draft, [model]).models
    assert [stance.kind for provision in compared.provisions for stance in provision.stances] == ["weaker"]
    assert [change.kind for change in cbm.diff(draft, model).differences[0].changes] == ["tightened", "relaxed"]


def test_that_it_is_not_known_whether_it_is_so_everywhere_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told under other conditions, without a word."""
    (tmp_path / "strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    (tmp_path / "pact.cbm").write_text(f"{MODEL}clause 1 every unit must call\n", encoding="utf-8")
    (tmp_path / "code.cbm").write_text(f"{DRAFT}clause 1 a frigate must call\n", encoding="utf-8")
    files = tmp_path / "code.cbm", [tmp_path / "pact.cbm"]
    assert cbm.compare(*files, as_=TO_JAPAN).exit is Exit.FINDINGS
    ask = Solver.ask

    def asking(solver: Solver, *assumed: Formula) -> Answer:
        asks = inspect.stack(0)[1].function == "_told_cubes"
        return Unknown("it was too hard") if asks else ask(solver, *assumed)

    monkeypatch.setattr(Solver, "ask", asking)
    assert cbm.compare(*files, as_=TO_JAPAN).exit is Exit.UNDECIDED


def test_what_a_draft_says_nothing_of_is_decided_however_intricate_it_is_where_the_model_binds(tmp_path: Path) -> None:
    """The collision regulations suspend 2.1 and 2.3(a) of the code for unplanned encounters: too many conditions."""
    (tmp_path / "code.cbm").write_text(
        "draft code\n  uses encounters\n  between CN, JP\nclause 1 a warship meeting a warship must not insult\n",
        encoding="utf-8",
    )
    (compared,) = cbm.compare(tmp_path / "code.cbm", ["cues"]).models
    kinds = {one.label: [stance.kind for stance in one.stances] for one in compared.provisions}
    assert kinds["2.1"] == kinds["2.3(a)"] == ["missing"]
    assert not any(one.undecided for one in compared.provisions)
