"""What every question about one bearer starts from: what can happen, what can be done, and what of it is conduct."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import ClassVar

from cbm.core.declaration_order import Declared
from cbm.core.expressions import Formula
from cbm.core.substitution import substitute, variables
from cbm.core.variables import Counterpart, Variable
from cbm.records import Placed, field
from cbm.search.kept_answers import Resting


class World(Placed, Resting):
    """What every question about one bearer starts from, prepared for asking about some of its conduct."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"declared"})

    roles: tuple[str, ...]
    possible: tuple[Formula, ...]
    feasible: tuple[Formula, ...]
    conduct: frozenset[Variable]
    declared: Declared = field(default_factory=dict)

    @property
    def rests_on(self) -> tuple[object, ...]:
        """What a question about it rests on; of conduct, what the axioms speak of."""
        spoken_of = frozenset(v for part in (*self.possible, *self.feasible) for v in variables(part))
        return self.roles, self.possible, self.feasible, self.conduct & spoken_of, self.declared

    def asked(self, formulas: Iterable[Formula]) -> tuple[object, ...]:
        """What a question rests on that puts these formulas to it: they, and which of their variables are conduct."""
        told = tuple(formulas)
        return self, told, self.conduct.intersection(chain.from_iterable(map(variables, told)))

    def situations(self) -> tuple[Formula, ...]:
        """Axioms, and that some conduct is feasible there at all."""
        return (*self.possible, *self.some_conduct("some", self.feasible))

    def some_conduct(self, tag: str, formulas: Iterable[Formula]) -> tuple[Formula, ...]:
        """The formulas said of another conduct, known by its tag, in the same situation."""
        return tuple(_said_of_another(formula, tag, self.conduct) for formula in formulas)


def _said_of_another(formula: Formula, tag: str, conduct: frozenset[Variable]) -> Formula:
    asked = ("another conduct", tag, conduct)
    known: Formula | None = formula.kept(asked)
    if known is None:
        copies = {v: copy_of(v, tag) for v in variables(formula) if v in conduct}
        if not copies:
            return formula
        known = substitute(formula, copies)
        formula.keep(asked, known)
    return known


def copy_of(variable: Variable, tag: str) -> Counterpart:
    """The same variable of another conduct, known by its tag (`World.some_conduct`)."""
    return Counterpart(variable, tag)


def is_copy(variable: Variable) -> bool:
    """Whether it belongs to another conduct in the same situation (`World.some_conduct`)."""
    return isinstance(variable, Counterpart)


def relevant(world: World, demands: Iterable[Formula]) -> tuple[Formula, ...]:
    """The parts of feasibility that share conduct with the demands, directly or through one another."""
    conduct, touched = _conduct_bits(world.conduct), 0
    for demand in demands:
        touched |= conduct.of(demand)
    spoken_of = list(map(conduct.of, world.feasible))
    rest: Sequence[int] = range(len(spoken_of))
    while linked := {place for place in rest if spoken_of[place] & touched}:
        for place in linked:
            touched |= spoken_of[place]
        rest = [place for place in rest if place not in linked]
    left = frozenset(rest)
    return tuple(part for place, part in enumerate(world.feasible) if place not in left)


class _ConductBits:
    """What formulas speak of some conduct, as bits: they are asked for what they have in common, again and again."""

    def __init__(self, conduct: frozenset[Variable]) -> None:
        self._bit = {variable: 1 << number for number, variable in enumerate(conduct)}

    def of(self, formula: Formula) -> int:
        """It is worked out once for each formula, and kept with it."""
        known: int | None = formula.kept(self)
        if known is None:
            known = 0
            for variable in variables(formula):
                known |= self._bit.get(variable, 0)
            formula.keep(self, known)
        return known


@lru_cache(maxsize=64)
def _conduct_bits(conduct: frozenset[Variable]) -> _ConductBits:
    return _ConductBits(conduct)
