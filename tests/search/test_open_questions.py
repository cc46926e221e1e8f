"""What is undecided is neither yes nor no, alone and among other answers."""

from __future__ import annotations

from itertools import product

import pytest

from cbm.core.expressions import NormId
from cbm.finding import RuleId
from cbm.search.open_questions import Undecided, every, opposite, some

OPEN = Undecided("is it so", "it was given up", (NormId("a", "1"), NormId("a", "2")), RuleId.TRAP)


def test_it_is_no_truth_value() -> None:
    with pytest.raises(TypeError, match="neither yes nor no: is it so"):
        bool(OPEN)


@pytest.mark.parametrize("answers", list(product((True, False, OPEN), repeat=3)))
def test_an_answer_stands_if_it_stands_however_the_open_question_would_be_answered(
    answers: tuple[bool | Undecided, ...],
) -> None:
    settled = [[either if isinstance(a, Undecided) else a for a in answers] for either in (True, False)]
    for combined, plain in ((every, all), (some, any)):
        possible = {plain(each) for each in settled}
        assert combined(answers) == (possible.pop() if len(possible) == 1 else OPEN)


def test_nothing_at_all() -> None:
    assert every(()) is True
    assert some(()) is False


def test_the_opposite() -> None:
    assert [opposite(answer) for answer in (True, False, OPEN)] == [False, True, OPEN]


def test_what_may_depend_on_it() -> None:
    (first, second), third = OPEN.norms, NormId("b", "1")
    assert OPEN.is_about(RuleId.TRAP, ())
    assert OPEN.is_about(RuleId.TRAP, [(second,), (third, first)])
    assert not OPEN.is_about(RuleId.TRAP, [(first,), (third,)])
    assert not OPEN.is_about(RuleId.GAP, [(first,)])
    assert Undecided("is it so", "it was given up", rule=RuleId.GAP).is_about(RuleId.GAP, [(third,)])
