"""Scripts stand alone: Z3 and cvc5, reading nothing else, answer what the solver answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.sorts import FLAG, KindSort
from cbm.core.variables import Attribute, ResultValue
from cbm.smt.encode import Encoder
from cbm.smt.journal import Entry, Verdict, keeping
from cbm.smt.script import Scribe, comment, one_line
from cbm.smt.solve import Solver
from tests.formulas import NIGHT, formulas
from tests.second_opinion import answer, plain_answer

ROLES = ("own", "other")


def noted(required: list[Formula], assumed: list[Formula]) -> Entry:
    with keeping() as journal:
        Solver(ROLES, required).decide(*assumed)
    (entry,) = journal.entries
    return entry


def script(entry: Entry, words: str = "") -> str:
    return Scribe().script(entry, entry.verdict, lambda _: words, lambda _: words)


def test_a_long_term_is_not_kept_with_each_formula_that_it_is_part_of() -> None:
    encoder = Encoder(ROLES)
    long, short = (
        disjunction(*(conjunction(Flag(NIGHT), Flag(Attribute(f"f{i}", None, FLAG))) for i in range(count)))
        for count in (200, 2)
    )
    assert encoder.formula(long) == encoder.formula(long)
    assert encoder.formula(long) is not encoder.formula(long)
    assert encoder.formula(short) is encoder.formula(short)


@given(st.lists(formulas(), max_size=3), st.lists(formulas(), max_size=3))
def test_other_solvers_give_the_same_answer(required: list[Formula], assumed: list[Formula]) -> None:
    entry = noted(required, assumed)
    text = script(entry)
    assert answer(text) == plain_answer(text) == entry.verdict


@pytest.mark.parametrize("name", ["船", "true", "assert", "Bool", "call#1 stating 航向", "speed~rest0", "ÄÖ 'x'"])
@pytest.mark.parametrize("wanted", [True, False])
def test_names_in_any_script_and_those_of_the_format_are_no_trouble(name: str, wanted: bool) -> None:
    sort = KindSort(name, ("舰", name, "not", "a b"))
    kind, flag = Attribute(name, 0, sort), ResultValue(name, None, FLAG)
    outside = IsIn(kind, ("a b",)) if wanted else negation(IsIn(kind, sort.members))
    entry = noted([Flag(flag)], [outside])
    assert entry.verdict is (Verdict.SAT if wanted else Verdict.UNSAT)
    assert answer(script(entry)) == plain_answer(script(entry)) == entry.verdict


def test_words_stay_within_their_line() -> None:
    words = 'one\n(assert false)\r\n(assert\tfalse)\u2028(assert false)\x0b(assert false) ; | " \\'
    text = script(noted([Flag(NIGHT)], []), words)
    assert answer(text) == plain_answer(text) == "sat"
    assert len(comment(words).splitlines()) == 1
    assert one_line(" one\n\ttwo ") == "one two"


def test_a_status_that_is_not_the_answer_is_noticed() -> None:
    text = script(noted([Flag(NIGHT)], []))
    wrong = text.replace("(set-info :status sat)", "(set-info :status unsat)")
    assert wrong != text
    for opinion in (answer, plain_answer):
        with pytest.raises(ValueError, match="unsat"):
            opinion(wrong)


def test_entries_are_the_same_question_if_they_assert_the_same() -> None:
    scribe = Scribe()
    again = [noted([Flag(NIGHT)], []), noted([Flag(NIGHT)], []), noted([], [Flag(NIGHT)])]
    assert len({scribe.assertions(entry) for entry in again}) == 2
