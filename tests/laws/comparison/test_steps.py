"""Law: the steps of a ledger add up over situations and conduct, though not clause by clause."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from cbm.comparison.differences import ChangeKind, MeaningChange, differences
from cbm.comparison.two_texts import TwoTexts, read_text, two_texts
from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import Formula, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.substitution import substitute
from cbm.core.variables import ActInstance
from cbm.records import replace
from cbm.smt.solve import Sat, Solver, sharing
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
        assume(not any(find_cycles(placed)))
    return found[0], found[1], found[2]


@dataclass(frozen=True)
class Step:
    """What changed from one text to another, and what is asked for beside it."""

    both: TwoTexts
    changes: tuple[MeaningChange, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        return self.both.inquiry.system.situation.roles

    def shown(self) -> dict[tuple[int, ChangeKind], Formula]:
        """For each bearer and kind of change the situations and conduct that show it."""
        found: dict[tuple[int, ChangeKind], list[Formula]] = {}
        for change in self.changes:
            found.setdefault((change.about.bearer, change.kind), []).append(there(change))
        return {where: disjunction(*formulas) for where, formulas in found.items()}

    def kept(self, role: int, but_for: frozenset[str]) -> Formula:
        """That all duties and advice of both texts are kept but for these clauses."""
        about = next(about for about in self.both.inquiry.grounds if about.bearer == role)
        own = [n for text in (self.both.old, self.both.new) for n in self.both.standing(text, about, True).norms]
        return conjunction(*(n.demand for n in own if n.norm.demands and n.norm.id.label not in but_for))


def there(change: MeaningChange) -> Formula:
    """The situations and conduct that show it."""
    return conjunction(*change.about.possible, *change.about.feasible, change.shows)


def step(old: NormSystem, new: NormSystem) -> Step:
    """What changed; tried only where no duties clash."""
    with sharing():  # as a diff asks
        both = two_texts(read_text(dressed(old)), read_text(dressed(new)))
        found = [change for change in differences(both) if isinstance(change, MeaningChange)]
    assume(not any(change.clashing for change in found))
    return Step(both, tuple(found))


_HOLD, _TURN = must("2", does("hold")), does("turn")
_BY_NIGHT, _ALWAYS = system(must("1", _TURN, NIGHT), _HOLD), system(must("1", _TURN), _HOLD)


_STRICTER = (ChangeKind.TIGHTENED, ChangeKind.BINDING, ChangeKind.ADVICE_TIGHTENED)
_LOOSER = (ChangeKind.RELAXED, ChangeKind.ADVISED, ChangeKind.ADVICE_RELAXED)


@sparingly(4)
@given(rounds())
@example((system(_HOLD), _BY_NIGHT, _ALWAYS))  # what is asked for by night, and then by day as well
@example((_ALWAYS, _BY_NIGHT, system(_HOLD)))
@example((system(_HOLD), _ALWAYS, _BY_NIGHT))  # by day it is asked for, and then is not any more
def test_what_changed_in_all_is_what_changed_in_steps(texts: tuple[NormSystem, NormSystem, NormSystem]) -> None:
    first, middle, last = texts
    whole, steps = step(first, last), (step(first, middle), step(middle, last))
    with sharing():  # all of one vocabulary
        compare_whole(whole, steps)
        if not any(is_one_of_several(change.shows) for one in (whole, *steps) for change in one.changes):
            compare_steps(whole, steps)


def compare_whole(whole: Step, steps: tuple[Step, Step]) -> None:
    """What changed in all changed in some step."""
    for where, formula in whole.shown().items():
        if where[1] in (ChangeKind.TIGHTENED, ChangeKind.RELAXED):
            kinds = (where[1], ChangeKind.BINDING, ChangeKind.ADVISED)
            changed = [f for one in steps for (role, kind), f in one.shown().items()
                       if role == where[0] and kind in kinds]  # fmt: skip
            doings = _doings(formula, *changed)
            solver = Solver(whole.roles, (formula, *(negation(f) for one in changed for f in numbered(one, doings))))
            assert not isinstance(solver.decide(), Sat), where


def compare_steps(whole: Step, steps: tuple[Step, Step]) -> None:
    """What a step changed is in the whole, or undone in the other.

    Told of conduct that breaches no more clauses than the change is seen in: with others it is told of these.
    """
    for one, other in (steps, reversed(steps)):
        for change in one.changes:
            if change.kind in (ChangeKind.TIGHTENED, ChangeKind.RELAXED):
                way, back = (_STRICTER, _LOOSER) if change.kind is ChangeKind.TIGHTENED else (_LOOSER, _STRICTER)
                role, seen_in = change.about.bearer, frozenset(norm.label for norm in change.clauses)
                told = [f for (r, kind), f in whole.shown().items() if r == role and kind in way]
                undone = [f for (r, kind), f in other.shown().items() if r == role and kind in back]
                beside = (one.kept(role, seen_in), other.kept(role, seen_in), *map(negation, (*told, *undone)))
                solver = Solver(whole.roles, (there(change), *beside))
                assert not isinstance(solver.decide(), Sat), (change.kind, role, seen_in)


def numbered(formula: Formula, doings: Collection[ActInstance]) -> Iterator[Formula]:
    """The same with doings of one act exchanged: what each of them can show is said of the first of them alone."""
    acts = [
        [one for one in doings if (one.act, one.role) == act] for act in sorted({(one.act, one.role) for one in doings})
    ]
    for ways in product(*map(permutations, acts)):
        exchanged = {old: new for act, way in zip(acts, ways, strict=True) for old, new in zip(act, way, strict=True)}
        told: list[Any] = [v for v in formula.variables if getattr(v, "instance", None) in exchanged]
        yield substitute(formula, {v: replace(v, instance=exchanged[v.instance]) for v in told})


def _doings(*formulas: Formula) -> list[ActInstance]:
    """Those of acts that are told apart by their numbers, in order."""
    variables = (variable for formula in formulas for variable in formula.variables)
    found = {one for v in variables if (one := getattr(v, "instance", None)) and one.number is not None}
    return sorted(found, key=lambda one: (one.act, one.role, one.number))


def is_one_of_several(formula: Formula) -> bool:
    """Whether it tells doings of one act apart: each pair of texts numbers them in its own way."""
    doings = (getattr(variable, "instance", None) for variable in formula.variables)
    return any(isinstance(one, ActInstance) and one.number is not None for one in doings)
