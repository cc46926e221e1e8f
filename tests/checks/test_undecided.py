"""What the solver gives up is told as undecided, with its own exit code, and never counted as fine."""

from __future__ import annotations

import ast
from itertools import count
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any, NoReturn

import pytest

import cbm
from cbm.checks import RULES, gap, inconsistent_vocabulary, redundancy, seam
from cbm.comparison.clause_pairs import alike_packages, departures, provisions
from cbm.compliance.joint import Joint
from cbm.core.expressions import Expr, Formula
from cbm.coverage import gap_witness
from cbm.finding import Exit, Rule, RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.pipeline import run
from cbm.process.budget import WorkSpent, current_work
from cbm.report import Report
from cbm.search.exclusion import ExclusionSearch
from cbm.search.open_readings import Openness
from cbm.search.situations import Situations
from cbm.smt.solve import Answer, Solver, Unknown
from cbm.wording.findings import exception_findings, uneven_findings

CODE = Path(cbm.__file__).parent
TEXT = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must keep separation >= 500 m
clause 2 a warship when in_sight must keep separation <= 900 m
clause 3 a warship may aim_weapons
covers separation in every type of encounter when own.craft is warship
cases "Cases"
case "warships"
  given own.craft is warship and own.party is JP and other.party is CN
  expect own must keep separation >= 400 m by 1
  expect never separation < 400 m
"""


def report(folder: Path) -> Report:
    path = folder / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    return run([path])


def test_the_text_is_fine_when_everything_is_decided(tmp_path: Path) -> None:
    assert report(tmp_path).exit is Exit.FINE


def test_nothing_is_fine_when_nothing_is_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_: Solver, *__: Expr) -> Unknown:
        return Unknown("the question was too hard")

    monkeypatch.setattr(Solver, "ask", give_up)
    monkeypatch.setattr(Situations, "show", lambda *_: False)  # nor is anything seen without a solver
    found = report(tmp_path)
    assert {f.rule for f in found.findings} == {"undecided"}
    assert found.exit is Exit.UNDECIDED
    told = ("redundancy", "gap", "expectation", "impossible", "blocked-permission")
    assert {q.rule for q in found.questions} >= set(told)
    assert all(q.verdict != "clear" for q in found.questions if q.rule in told)


def test_a_tiny_number_of_steps_is_not_a_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver.__init__, "__defaults__", ((), 1, None))
    found = report(tmp_path)
    assert found.exit is Exit.UNDECIDED
    assert {f.rule for f in found.findings} == {"undecided"}
    assert any("steps" in note for f in found.findings for note in f.notes)


CIRCLE = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when in_sight must call
clause 2 every unit must call at least 10 min after own.call within 1 h after own.call
"""


def test_what_is_undecided_without_advice_is_undecided_with_it(tmp_path: Path) -> None:
    """Whether a circle of acts can be kept is left open once, and each question that rests on it says so."""
    (tmp_path / "code.cbm").write_text(CIRCLE, encoding="utf-8")
    asked = [q for q in run([tmp_path / "code.cbm"]).questions if q.rule == "unwritten-prohibition"]
    assert [q.verdict for q in asked] == ["undecided"] * 3


def test_a_clause_with_several_wordings_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(CIRCLE.replace("must", "[CN: should | JP: must]"), encoding="utf-8")
    told = {found.message for found in run([tmp_path / "code.cbm"], select=["conflict"]).findings}
    assert "undecided: can they always be complied with together (clause 2)" in told
    assert not any("1, 1" in message or "2 and 2" in message for message in told)


EDGES = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must keep separation >= 500 m
clause 2 a warship when in_sight must keep separation <= 900 m notwithstanding 1
clause 3 a fighter must hold_course
clause 4 a fighter when in_sight must alter_course in place of 3
"""


def test_edges_are_undecided_at_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_: Solver, *__: Expr) -> Unknown:
        return Unknown("the question was too hard")

    monkeypatch.setattr(Solver, "ask", give_up)
    path = tmp_path / "code.cbm"
    path.write_text(EDGES, encoding="utf-8")
    open_ones = {f.message: f.clauses for f in run([path]).findings}
    assert open_ones["undecided: does 2 never prevail over 1 (clauses 2 and 1)"] == ("code:2", "code:1")
    assert open_ones["undecided: does it matter that 4 stands in place of 3 (clauses 4 and 3)"] == ("code:4", "code:3")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_question_without_an_answer_counts_as_yes_or_no(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(_: Solver, *__: Expr) -> Unknown:
        return Unknown("the question was too hard")

    monkeypatch.setattr(Solver, "ask", give_up)
    path = tmp_path / "code.cbm"
    path.write_text(rule.failing, encoding="utf-8")
    found = run([path])
    assert found.exit is not Exit.FINE
    assert {f.rule for f in found.findings} <= {rule.id, "undecided"}


DATED = """\
instrument line "A line"
  uses encounters
  between CN, JP
  adopted 2019-01-01 in force 2020-01-01
clause 1 a warship must keep separation >= 500 m
draft code "A code"
  uses encounters
  between CN, JP
  beside line
  proposed 2019-10-01
clause 1 a warship must hold_course
cases "Cases"
case "later" as of 2021-01-01
  given own.craft is warship and own.party is JP and other.party is CN
  expect own must keep separation >= 400 m by 1 of line
"""


def test_what_stays_open_on_the_date_of_a_case_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(DATED, encoding="utf-8")
    assert [f for f in run([path]).findings if f.primary.span.text.startswith("expect")] == []

    def give_up(_: Solver, *__: Expr) -> Unknown:
        return Unknown("the question was too hard")

    monkeypatch.setattr(Solver, "ask", give_up)
    (told,) = (f for f in run([path]).findings if f.primary.span.text.startswith("expect"))
    assert (told.rule, told.message) == (
        "undecided",
        "undecided: does `expect own must keep separation >= 400 m by 1 of line` hold",
    )


GIVEN_UP_AFTER = (0, 1, 3, 6, 10)  # questions


@pytest.mark.parametrize("rule", [RuleId.ASYMMETRY, RuleId.INCONSISTENT_VOCABULARY, RuleId.TRAP])
@pytest.mark.parametrize("most", GIVEN_UP_AFTER)
def test_what_is_given_up_halfway_is_told(
    rule: RuleId, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever question is the first one without an answer, the finding is there or something is undecided."""
    answers, number = Solver.ask, count(1)

    def ask(solver: Solver, *assumed: Formula) -> Answer:
        return answers(solver, *assumed) if next(number) <= most else Unknown("the question was too hard")

    monkeypatch.setattr(Solver, "ask", ask)
    path = tmp_path / "code.cbm"
    path.write_text(RULES[rule].failing, encoding="utf-8")
    found = run([path], select=[rule])
    assert {f.rule for f in found.findings} <= {rule, RuleId.UNDECIDED}
    assert found.findings


def test_a_question_that_is_left_open_names_what_it_is_about() -> None:
    """Nothing fills a place such as `{clause}` later: whoever leaves it open says whose it is."""
    named: list[str] = []
    calls = (node for path in CODE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    for call in calls:
        match call:
            case ast.Call(
                ast.Attribute(attr="leave_open"), [ast.Call(ast.Name("mark"), [ast.Constant(str(words))], keys), *_]
            ):
                places = {place for _, place, _, _ in Formatter().parse(words) if place}
                assert places == {key.arg for key in keys}, words
                named += places
            case _:
                pass
    assert named


UNSHOWN = [
    (RuleId.EXPECTATION, "cbm.search.replay.Episodes.find"),
    (RuleId.IMPOSSIBLE, "cbm.search.replay.Episodes.find"),
    (RuleId.NEVER_REACHED, "cbm.compliance.joint.Joint.ask"),
]


@pytest.mark.parametrize(("rule", "shows"), UNSHOWN, ids=[rule for rule, _ in UNSHOWN])
def test_an_expectation_that_is_not_met_does_not_pass_where_no_example_is_found(
    rule: RuleId, shows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it fails was known, and what tells it was too much work: it is left open, not forgotten."""

    def too_much(*_: object) -> NoReturn:
        raise WorkSpent("it was too hard")

    path = tmp_path / "code.cbm"
    path.write_text(RULES[rule].failing, encoding="utf-8")
    (missed,) = run([path], select=[rule]).findings
    assert missed.rule is rule
    monkeypatch.setattr(shows, too_much)
    found = run([path], select=[rule])
    assert [(one.rule, one.primary.span) for one in found.findings] == [(RuleId.UNDECIDED, missed.primary.span)]
    assert [q.verdict for q in found.questions if q.at == missed.primary.span] == ["undecided"]
    assert found.exit is Exit.UNDECIDED


def test_axioms_are_not_blamed_where_it_is_given_up_which_clauses_shut_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(RULES[RuleId.NEVER_REACHED].failing, encoding="utf-8")
    (told,) = run([path], select=["never-reached"]).findings
    monkeypatch.setattr(Joint, "ask", lambda *_: Unknown("it was too hard"))
    (found,) = run([path], select=["never-reached"]).findings
    assert (found.clauses, found.primary.text) == (told.clauses, told.primary.text)


SWALLOWED = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must call unless own.craft is warship
"""


def test_a_clause_that_exceptions_swallow_is_no_slighter_finding_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its own text alone makes it so, which is an error, was given up: it was a warning, with exit code 0."""
    (tmp_path / "code.cbm").write_text(SWALLOWED, encoding="utf-8")
    asked = ["vacuity"]
    assert [(f.rule, f.severity) for f in run([tmp_path / "code.cbm"], select=asked).findings] == [("vacuity", "error")]
    monkeypatch.setattr(ExclusionSearch, "together", lambda *_, **__: Unknown("it was too hard"))
    report = run([tmp_path / "code.cbm"], select=asked)
    assert {(f.rule, f.severity) for f in report.findings} == {("vacuity", "warning"), ("undecided", "warning")}
    assert report.exit is Exit.UNDECIDED


REPEATED = """\
instrument pact "A pact"
  uses encounters
clause 1 a warship must call
draft code "A code"
  uses encounters
  between CN, JP
  beside pact
[CN: clause 2 a warship must hold_course]
clause 1 a warship must call
"""


def test_which_packages_a_clause_is_implied_on_is_left_open_where_it_was_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There may be none, and then there is no example of it."""
    (tmp_path / "code.cbm").write_text(REPEATED, encoding="utf-8")
    monkeypatch.setattr(redundancy, "_told_elsewhere", lambda *_: ({},))
    monkeypatch.setattr(redundancy, "_on_these", lambda *_: Unknown("it was too hard"))
    (found,) = run([tmp_path / "code.cbm"], select=["redundancy"]).findings
    assert found.message == "undecided: on which readings do the others imply 1 (clause 1)"


NEAR = """\
draft code "A code"
  uses encounters
  between CN, JP
open term near "near" : length from 200 m to 1,000 m
clause 1 a fighter must keep separation >= near
clause 2 a fighter meeting a warship must keep separation <= 300 m
"""


def test_a_finding_weighs_as_much_as_it_does_on_the_readings_that_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it is so on every reading, which is an error, was given up: it was one, with exit code 1."""
    (tmp_path / "code.cbm").write_text(NEAR, encoding="utf-8")
    (told,) = run([tmp_path / "code.cbm"], select=["conflict"]).findings
    assert (told.severity, told.message.endswith("if near is over 300 m")) == ("warning", True)
    monkeypatch.setattr(Openness, "where", lambda *_: Unknown("it was too hard"))
    report = run([tmp_path / "code.cbm"], select=["conflict"])
    assert {(f.rule, f.severity) for f in report.findings} == {("conflict", "warning"), ("undecided", "warning")}
    (found,) = (f for f in report.findings if f.rule is RuleId.CONFLICT)
    assert "whether it is so on every reading of the open terms stayed undecided" in found.notes
    assert report.exit is Exit.UNDECIDED


def test_where_no_term_is_open_a_finding_on_some_packages_weighs_as_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = NEAR.replace("separation >= near", "separation >= [CN: 500 m | JP: 1,000 m]")
    (tmp_path / "code.cbm").write_text(text.replace("open term", "# open term"), encoding="utf-8")
    monkeypatch.setattr(Openness, "where", lambda *_: Unknown("it was too hard"))
    found = run([tmp_path / "code.cbm"], select=["conflict"]).findings
    assert {(f.rule, f.severity) for f in found} == {("conflict", "error"), ("undecided", "warning")}


BOUND_BESIDE = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship when range < 3 nmi and in_sight must call
clause 2 a warship meeting a warship when range > 3 nmi must call
"""
NOTHING_BEYOND = """\
vocabulary strait "A strait"
situation passage
roles own, other
shared
  range "range" : length from 0 m to 10 km
result separation "closest distance" : length from 0 m to 10 km topic distance
axiom "no farther" separation <= 5 km
axiom "not nearer" separation >= range
draft code "A code"
  uses strait
clause 1 every unit must keep separation >= 1 km
"""
WIDENED = [
    (RuleId.SEAM, RULES[RuleId.SEAM].failing, gap_witness, "widen"),
    (RuleId.SEAM, BOUND_BESIDE, seam, "attained"),
    (RuleId.INCONSISTENT_VOCABULARY, NOTHING_BEYOND, inconsistent_vocabulary, "widen"),
    (RuleId.DIVERGENT_RESTATEMENT, RULES[RuleId.DIVERGENT_RESTATEMENT].failing, departures, "_asked"),
]


@pytest.mark.parametrize(("rule", "text", "module", "widens"), WIDENED)
def test_a_finding_says_that_its_conditions_are_not_known(
    rule: RuleId, text: str, module: ModuleType, widens: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(text, encoding="utf-8")
    (told,) = run([path], select=[rule]).findings
    monkeypatch.setattr(module, widens, lambda *_, **__: Unknown("it was too hard"))
    known, left = run([path], select=[rule]).findings
    assert (known.rule, known.message, left.rule) == (told.rule, told.message, RuleId.UNDECIDED)
    assert "the conditions under which it is so are not known in full" in known.notes


BY_EXCEPTION = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must call unless own.distress
covers acts call in every type of encounter when own.craft is warship
"""
UNEVEN = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a fighter must not call
clause 2 every unit must listen
covers communication in every type of encounter
"""
EXAMPLES = [
    (RULES[RuleId.GAP].failing, gap),
    (BY_EXCEPTION, exception_findings),
    (UNEVEN, uneven_findings),
]


@pytest.mark.parametrize(("text", "module"), EXAMPLES, ids=["gap", "by exception", "uneven"])
def test_a_finding_says_that_its_example_was_given_up(
    text: str, module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was left out in silence, and with exit code 0 where no finding is an error."""
    path = tmp_path / "code.cbm"
    path.write_text(text, encoding="utf-8")
    (told,) = run([path], select=["gap"]).findings
    assert told.witness is not None
    monkeypatch.setattr(module, "broken_in", lambda *_, **__: Unknown("it was too hard"))
    report = run([path], select=["gap"])
    known, left = report.findings
    assert (known.rule, known.message, known.witness) == (told.rule, told.message, None)
    assert "the search for an example was given up: none is shown" in known.notes
    assert left.message == f"undecided: what is an example of it that {told.message}"
    assert report.exit is (Exit.FINDINGS if told.severity == "error" else Exit.UNDECIDED)


def test_a_clause_without_effect_says_that_the_reason_was_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was left out in silence."""
    path = tmp_path / "code.cbm"
    path.write_text(RULES[RuleId.VACUITY].failing, encoding="utf-8")
    told = run([path], select=["vacuity"]).findings
    assert any("no encounter has all of this" in note for one in told for note in one.notes)
    monkeypatch.setattr(ExclusionSearch, "together", lambda *_, **__: Unknown("it was too hard"))
    known = run([path], select=["vacuity"]).findings
    assert [one.message for one in known] == [one.message for one in told]
    assert all("why it is so was not found out: it was too hard" in one.notes for one in known)


def test_what_is_so_in_no_encounter_says_that_there_may_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The axioms exclude each other; only the condition of a clause was called wrong, for certain."""
    (tmp_path / "code.cbm").write_text(RULES[RuleId.INCONSISTENT_VOCABULARY].failing, encoding="utf-8")
    monkeypatch.setattr(inconsistent_vocabulary, "_any_encounter", lambda _: Unknown("it was too hard"))
    report = run([tmp_path / "code.cbm"])
    (known,) = (f for f in report.findings if f.rule is RuleId.VACUITY)
    assert "whether any encounter exists stayed undecided: if none does, the axioms are at fault" in known.notes
    assert report.exit is Exit.UNDECIDED


LIFTED = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must call unless own.distress
clause 2 a fighter must call
covers acts call in every type of encounter when own.craft in (warship, fighter) and own.distress
"""


def test_an_exception_is_not_said_to_leave_a_gap_open_where_that_was_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was given up was told as a fact."""
    (tmp_path / "code.cbm").write_text(LIFTED, encoding="utf-8")
    (told,) = run([tmp_path / "code.cbm"], select=["gap"]).findings
    assert told.notes == ("the exception to clause 1 leaves it open",)
    monkeypatch.setattr(Inquiry, "_answer", lambda *_: Unknown("it was too hard"))
    found = run([tmp_path / "code.cbm"], select=["gap"]).findings
    assert not any("leaves it open" in note for one in found for note in one.notes)
    question = "does an exception alone keep a clause from binding in the gap"
    assert f"undecided: {question} (clause 1)" in {one.message for one in found}


BESIDE_A_PACT = """\
instrument pact "A pact"
  uses encounters
clause 1 a warship must call
draft code "A code"
  uses encounters
  between CN, JP
  beside pact
clause 1 a warship must call
clause 2 a fighter must keep separation >= 500 m
clause 3 a fighter must keep separation >= 400 m
"""


@pytest.mark.parametrize("bracket", ["", "[CN: clause 9 a warship must hold_course]\n"])
def test_where_it_is_not_known_whether_a_clause_repeats_another_that_is_told_once(
    bracket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is implied in any case; that it may be told as a repetition instead was left out, or told by each rule."""
    (tmp_path / "code.cbm").write_text(BESIDE_A_PACT + bracket, encoding="utf-8")
    asked = ["redundancy", "restatement"]
    assert {f.rule: f.clauses[0] for f in run([tmp_path / "code.cbm"], select=asked).findings} == {
        "redundancy": "code:3",
        "restatement": "code:1",
    }
    monkeypatch.setattr(provisions, "_difference", lambda *_: Unknown("it was too hard"))
    monkeypatch.setattr(alike_packages, "_anywhere", lambda *_: Unknown("it was too hard"))
    report = run([tmp_path / "code.cbm"], select=asked)
    told = [f.message for f in report.findings if f.rule is RuleId.UNDECIDED]
    assert told == ["undecided: does the one repeat the other (clauses 1 and 1 of pact)"]
    assert [f.clauses[0] for f in report.findings if f.rule is RuleId.REDUNDANCY] == ["code:1", "code:3"]
    assert report.exit is Exit.UNDECIDED
    assert run([tmp_path / "code.cbm"], select=["redundancy"]).exit is Exit.UNDECIDED


def test_what_was_found_redundant_stays_where_the_rest_is_too_much_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = "clause 4 a destroyer must keep separation >= 500 m\nclause 5 a destroyer must keep separation >= 400 m\n"
    (tmp_path / "code.cbm").write_text(BESIDE_A_PACT + later.replace("destroyer", "submarine"), encoding="utf-8")
    implying = redundancy._implying

    def until_the_last(inquiry: Inquiry, about: Ground, n: GroundNorm, *rest: Any) -> Any:
        if n.norm.id.label == "5":
            work = current_work()
            assert work is not None
            work.left = -1
            work.require()
        return implying(inquiry, about, n, *rest)

    monkeypatch.setattr(redundancy, "_implying", until_the_last)
    found = run([tmp_path / "code.cbm"], select=["redundancy"]).findings
    assert [(f.rule, f.clauses[:1]) for f in found] == [("undecided", ()), ("redundancy", ("code:3",))]
