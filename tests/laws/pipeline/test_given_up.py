"""Laws: one question that is given up makes no finding, takes none away without a word, and turns no run green.

Which question it is, or which place in the code asks it, is drawn: of the texts that document the rules.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cbm
from cbm.checks import RULES
from cbm.core.expressions import Formula
from cbm.finding import Exit, RuleId
from cbm.process.budget import WorkSpent, current_work
from cbm.report import Report
from cbm.smt.solve import Answer, Solver, Unknown
from tests.laws.sparing import sparingly

TEXTS = [(rule.id, text) for rule in RULES.values() for text in (rule.failing, rule.passing)]
ROOM = Path(cbm.__file__).parent
# What only passes questions on; and what asks them for whoever wants to know.
_PASSING_ON, _SEARCHING = ("smt/", "inquiry.py", "search/kept_answers.py"), ("search/",)

GiveUp = Callable[[], Answer]


def too_hard() -> Answer:
    return Unknown("the question was too hard")


def too_much() -> Answer:
    """The work that a check may take ends with it, where anybody counts."""
    if current_work() is not None:
        raise WorkSpent("it was too much work")
    return too_hard()


def place() -> tuple[str, ...]:
    """Who asks: the functions of the search, and the one that wants to know."""
    asking: list[str] = []
    frame = sys._getframe(2)
    while frame.f_back is not None:
        frame = frame.f_back
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(ROOM):
            continue
        name = path.relative_to(ROOM).as_posix()
        if not name.startswith(_PASSING_ON):
            asking.append(f"{name}:{frame.f_code.co_name}")
            if not name.startswith(_SEARCHING):
                break
    return tuple(dict.fromkeys(asking))


@contextmanager
def given_up(is_it: Callable[[int, tuple[str, ...]], bool], give_up: GiveUp) -> Iterator[list[tuple[str, ...]]]:
    """Questions of which that is said, by their number and place, have no answer; all places are noted in turn."""
    ask, asked = Solver.ask, list[tuple[str, ...]]()

    def asking(solver: Solver, *assumed: Formula) -> Answer:
        asked.append(place())
        return give_up() if is_it(len(asked) - 1, asked[-1]) else ask(solver, *assumed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "ask", asking)
        yield asked


@cache
def decided(text: str) -> tuple[tuple[Report, ...], tuple[tuple[str, ...], ...]]:
    """What is found in the texts of a file where everything is answered, and who asked each question."""
    systems, _ = cbm.load_text(text)
    with given_up(lambda *_: False, too_hard) as asked:
        reports = tuple(cbm.check(system) for system in systems)
    return reports, tuple(asked)


def found(report: Report) -> Counter[tuple[str, str]]:
    """What is found, whichever clauses are named with it."""
    return Counter((f.rule.value, f.message) for f in report.findings if f.rule is not RuleId.UNDECIDED)


@example((RuleId.IMPOSSIBLE, RULES[RuleId.IMPOSSIBLE].failing), 896, True, too_hard)  # the example
@example((RuleId.NEVER_REACHED, RULES[RuleId.NEVER_REACHED].failing), 851, True, too_much)  # who shuts it out
@sparingly(2)
@given(
    of=st.sampled_from(TEXTS),
    where=st.integers(0, 999),
    everywhere=st.booleans(),
    give_up=st.sampled_from((too_hard, too_much)),
)
def test_what_is_given_up_is_told(of: tuple[RuleId, str], where: int, everywhere: bool, give_up: GiveUp) -> None:
    """`everywhere`: every question that is asked there."""
    _, text = of
    known, asked = decided(text)
    if not asked:
        return
    number = where * len(asked) // 1000
    systems, _ = cbm.load_text(text)
    with given_up(lambda at, who: who == asked[number] if everywhere else at == number, give_up):
        reports = [cbm.check(system) for system in systems]
    for before, after in zip(known, reports, strict=True):
        open_ones = {f.message for f in after.undecided} - {f.message for f in before.undecided}
        if open_ones:
            assert after.exit is not Exit.FINE
            assert {rule for rule, _ in found(after)} <= {rule for rule, _ in found(before)} | _WEAKER
        elif not (everywhere or give_up is too_much) or not _told_less(found(before), found(after)):
            assert found(after) == found(before)
            assert after.exit is before.exit


# Found in the same clauses, where something that says more of them is not known.
_WEAKER = frozenset((RuleId.CONFLICT.value, RuleId.REDUNDANCY.value))


def _told_less(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> bool:
    """Whether all that is found is told of as many things, in other words."""
    return Counter(rule for rule, _ in before.elements()) == Counter(rule for rule, _ in after.elements())
