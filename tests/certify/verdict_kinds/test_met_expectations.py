"""What cases expect, as questions: what holds is upheld by both solvers, and what does not is contradicted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cbm.certify import verdicts
from cbm.certify.certificates import certified_text
from cbm.certify.rows import VerdictRow
from cbm.certify.verdict_kinds.met_expectations import CHOSEN, NO_LEAVE
from cbm.checks import divided_view, expectation, redundancy
from cbm.core.norms import Case, ConditionExpected, DutyExpected
from cbm.finding import Finding, RuleId
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending
from tests.certify.solved import clear_without_file, contradictions, upheld
from tests.certify.strait import STRAIT
from tests.laws.timed import system_of

CODE = f"""\
{STRAIT}topic manoeuvre
topic messages
act turn, answer topic manoeuvre
act call topic messages

draft code
  uses strait
open term many : count from 2 to 8
clause 1 every unit must turn
clause 2 every unit when night must not turn
  notwithstanding 1
clause 3 every unit when boats >= 5 must call
clause 4 every unit when boats >= many must answer
clause 5 every unit when boats = 4 must not answer
clause 6 every unit when boats = 2 must call; must not turn
covers messages in every type of encounter
cases "What is expected"
"""
HOLDING = {
    "night": ["conflict 1, 2", "own must not turn by 2", "own is bound by (2)"],
    "not night": ["own must turn", "gap for messages", "no gap for messages when boats > 6"],
    "boats >= 8": ["own must answer by 4", "other must call", "no conflict 4, 5"],
    "boats = 4 and many <= 4": ["conflict 4, 5"],
    "boats = 2": ["conflict 1, 6", "no conflict 6"],
}
WRONG = {
    "night": ["own must turn by 1", "own is bound by (3)"],
    "not night": ["conflict 1, 2", "no gap for messages", "gap for messages when boats > 6"],
    "boats = 3": ["conflict 1, 6"],
    "boats = 7": ["own must answer by 4", "other must not call"],
    "boats = 4": ["conflict 4, 5", "no conflict 5, 4"],  # on some readings, and not on others
}


def written(cases: dict[str, list[str]]) -> str:
    lines = [CODE]
    for given, several in cases.items():
        lines += [f'case "{given}"\n  given {given}\n', *(f"  expect {one}\n" for one in several)]
    return "".join(lines)


def test_what_holds_is_upheld() -> None:
    text = written(HOLDING)
    two_questions = 1  # what is expected to happen is asked on each reading as well
    assert upheld(text, RuleId.EXPECTATION) == {Ending.CLEAR: sum(map(len, HOLDING.values())) + two_questions}


def test_what_the_search_takes_to_hold_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    def met(inquiry: Inquiry, _: Case, expected: DutyExpected | ConditionExpected) -> Iterator[Finding]:
        inquiry.record(RuleId.EXPECTATION, expected.words, False, at=expected.span)
        yield from ()

    monkeypatch.setattr(expectation, "_duty", met)
    monkeypatch.setattr(expectation, "_condition", met)
    monkeypatch.setattr(expectation, "missing", lambda *_: None)
    wrong = {row.matter for row in contradictions(written(WRONG), RuleId.EXPECTATION)}
    assert wrong == {f"expect {one}" for several in WRONG.values() for one in several}


WHOLE = """\
expect no conflict
expect no conflict when night
expect conflict
expect no agreement-conflict
expect no vacuity
expect no trap
expect conflict 1
expect gap for manoeuvre
expect no undecided
"""


PLAIN = CODE.replace("open term many : count from 2 to 8\n", "").replace(">= many", ">= 6").replace("= 4", "= 7")


def test_what_is_expected_of_a_whole_text_rests_on_all_that_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = expected_in(PLAIN + WHOLE)
    assert [row for row in rows.values() if row.known_by is None] == []
    assert {words for words, row in rows.items() if row.plain} == {
        "expect conflict 1",
        "expect gap for manoeuvre",
        "expect no undecided",
    }
    monkeypatch.setattr(verdicts, "trapped", lambda *_: iter(()))  # so that the search alone knows
    assert [words for words, row in expected_in(PLAIN + WHOLE).items() if row.known_by is None] == ["expect no trap"]


def expected_in(text: str) -> dict[str, VerdictRow]:
    rows = certified_text(system_of(text)).rows
    return {row.question: row for row in rows if row.rule == RuleId.EXPECTATION and row.question in WHOLE}


def test_that_no_clash_reaches_a_case_is_contradicted_where_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PLAIN + "".join(WHOLE.splitlines(keepends=True)[:3])
    assert upheld(text, RuleId.EXPECTATION) == {Ending.CLEAR: 1, Ending.FOUND: 2}
    monkeypatch.setattr(expectation, "_concerns", lambda *_: False)
    wrong = {row.matter or row.question for row in contradictions(text, RuleId.EXPECTATION)}
    assert wrong == {"expect no conflict", "expect no conflict when night", "expect conflict"}


def test_a_finding_that_is_expected_rests_on_the_question_that_finds_it() -> None:
    text = CODE.replace("covers messages", "clause 7 every unit when boats >= 6 must call\ncovers messages")
    text += "expect redundancy 7\n"
    (expected,) = (row for row in clear_without_file(text, RuleId.EXPECTATION) if "redundancy" in row.question)
    (found,) = (row for row in certified_text(system_of(text)).rows if (row.carries,) == expected.rests_on)
    assert (found.rule, [norm.label for norm in found.clauses]) == (RuleId.REDUNDANCY, ["7"])
    assert contradictions(text, RuleId.REDUNDANCY) == []


IMPLYING = f"""{STRAIT}topic manoeuvre
act turn, call topic manoeuvre
draft code
  uses strait
clause 1 every unit when night must turn
clause 2 every unit must turn
clause 3 every unit must call
cases "What is expected"
expect redundancy 1, 2
"""


def test_that_just_these_clauses_imply_one_is_contradicted_where_they_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(IMPLYING, RuleId.EXPECTATION) == {Ending.CLEAR: 1}
    find = redundancy._finding
    wrong = {"code:2": "code:3"}

    def mistaken(*asked: Any) -> Finding:
        finding = find(*asked)
        return replace(finding, clauses=tuple(wrong.get(clause, clause) for clause in finding.clauses))

    monkeypatch.setattr(redundancy, "_finding", mistaken)
    text = IMPLYING.replace("redundancy 1, 2", "redundancy 1, 3")
    assert {row.question for row in contradictions(text, RuleId.EXPECTATION)} == {"expect redundancy 1, 3"}


def test_which_of_several_clauses_imply_one_is_told_is_the_choice_of_the_search() -> None:
    text = IMPLYING.replace("redundancy 1, 2", "no redundancy 1, 3")
    (row,) = (row for row in certified_text(system_of(text)).rows if row.rule == RuleId.EXPECTATION)
    assert (row.known_by, row.why) == (None, CHOSEN)


# Both speak of what is seen apart, and the text is silent on purpose on what 2 is about.
SEEN_APART = f"""{STRAIT}views differ on night
topic manoeuvre
topic calls
act turn topic manoeuvre
act call topic calls
draft code
  uses strait
clause 1 every unit when own.night must turn
clause 2 every unit when own.night must call
reserve 3 "calls" for calls when boats >= 0
cases "What is expected"
expect divided-view 1
expect no divided-view 2
"""


def test_of_clauses_with_one_condition_it_is_asked_of_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(SEEN_APART, RuleId.EXPECTATION) == {Ending.CLEAR: 2}
    tell = divided_view._finding

    def of_both(inquiry: Inquiry, _: object) -> Finding:
        every = (one for norm in inquiry.system.norms.values() for one in divided_view._views(inquiry.grounds[0], norm))
        return tell(inquiry, [*every])

    monkeypatch.setattr(divided_view, "_finding", of_both)
    text = SEEN_APART.replace("no divided-view 2", "divided-view 2")
    assert {row.question for row in contradictions(text, RuleId.EXPECTATION)} == {"expect divided-view 2"}


def test_a_text_that_permits_nothing_needs_no_question_of_permissions(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(text: str) -> VerdictRow:
        (row,) = (row for row in certified_text(system_of(text)).rows if row.rule == RuleId.EXPECTATION)
        return row

    text = IMPLYING.replace("redundancy 1, 2", "blocked-permission")
    assert (told(text).why, told(text).plain) == (NO_LEAVE, True)
    monkeypatch.setattr(verdicts, "usable", lambda *_: iter(()))  # so that the search alone knows
    assert told(text.replace("must call", "may call")).known_by is None
