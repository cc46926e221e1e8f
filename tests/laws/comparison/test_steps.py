"""Law: the steps of a ledger add up over situations and conduct, though not clause by clause."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from cbm.comparison.differences import ChangeKind, MeaningChange, differences
from cbm.comparison.two_texts import read_text, two_texts
from cbm.core.cyclic_dependence import find_cycles
from cbm.core.expressions import Formula, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.records import replace
from cbm.smt.solve import Sat, Solver
from tests.laws.checked import is_empty
from tests.laws.comparison.test_differences import changed_clause
from tests.laws.dressed import dressed
from tests.laws.sparing import sparingly
from tests.laws.systems import systems
from tests.laws.tiny import DRAFT, NIGHT, does, must, system


@st.composite
def rounds(draw: st.DrawFn) -> tuple[NormSystem, NormSystem, NormSystem]:
    """A system, and twice the one before with a clause or two changed."""
    first = draw(systems(interchangeable=draw(st.booleans()), needs=("night", "distress", "hold")))
    own = [norm for norm in first.norms.values() if norm.id.document == DRAFT]
    assume(own and not is_empty(first))
    found = [first]
    for _ in range(2):
        norms = dict(found[-1].norms)
        for norm in draw(st.lists(st.sampled_from(own), min_size=1, max_size=2)):
            norms[norm.id] = draw(changed_clause(norms[norm.id]))
        found.append(replace(first, norms=norms))
        placed = dressed(found[-1])
        assume(not any(find_cycles(placed.norms, placed.displacements, placed.precedences)))
    return found[0], found[1], found[2]


def shown(old: NormSystem, new: NormSystem) -> dict[tuple[int, ChangeKind], Formula]:
    """For each bearer and kind of change the situations and conduct that show it; none where duties clash."""
    both = two_texts(read_text(dressed(old)), read_text(dressed(new)))
    found: dict[tuple[int, ChangeKind], list[Formula]] = {}
    for change in differences(both):
        assert isinstance(change, MeaningChange)
        assume(not change.clashing)
        found.setdefault((change.about.bearer, change.kind), []).append(
            conjunction(*change.about.possible, *change.about.feasible, change.shows)
        )
    return {where: disjunction(*formulas) for where, formulas in found.items()}


_HOLD, _TURN = must("2", does("hold")), does("turn")
_BY_NIGHT, _ALWAYS = system(must("1", _TURN, NIGHT), _HOLD), system(must("1", _TURN), _HOLD)


@sparingly(4)
@given(rounds())
@example((system(_HOLD), _BY_NIGHT, _ALWAYS))  # what is asked for by night, and then by day as well
@example((_ALWAYS, _BY_NIGHT, system(_HOLD)))
def test_what_changed_in_all_changed_in_some_step(texts: tuple[NormSystem, NormSystem, NormSystem]) -> None:
    first, middle, last = texts
    whole, one, other = shown(first, last), shown(first, middle), shown(middle, last)
    for where, formula in whole.items():
        if where[1] in (ChangeKind.TIGHTENED, ChangeKind.RELAXED):
            steps = [negation(step[where]) for step in (one, other) if where in step]
            kinds = [negation(f) for step in (one, other) for (role, kind), f in step.items()
                     if role == where[0] and kind in (ChangeKind.BINDING, ChangeKind.ADVISED)]  # fmt: skip
            solver = Solver(dressed(first).situation.roles, (formula, *steps, *kinds))
            assert not isinstance(solver.decide(), Sat), where
