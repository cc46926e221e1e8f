"""A text under negotiation: its choices by number, its packages, and what conditions say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from cbm.core.expressions import And, Expr, Formula, IsIn, Not, Or, Truth, conjunction, disjunction, negation
from cbm.core.norms import Coverage, Norm, NormSystem, OpenTerm
from cbm.core.packages.choices import NegotiatedChoice
from cbm.core.packages.package_boxes import Box, PackageSpace, TooManyBoxes, bits, members
from cbm.core.sorts import KindSort
from cbm.core.substitution import Value, parts_of
from cbm.core.variables import Variable
from cbm.core.viewpoints import seen
from cbm.records import Record, replace


class Negotiation(Record, dict=True):  # with room for what is worked out once
    """The choices of all texts that a system holds, in order; a text without any has one package."""

    system: NormSystem

    @cached_property
    def terms(self) -> tuple[OpenTerm, ...]:
        """The choices, as what their formulas speak of."""
        return tuple(term for term in self.system.open_terms if term.choice is not None)

    @cached_property
    def choices(self) -> tuple[NegotiatedChoice, ...]:
        return tuple(term.choice for term in self.terms if term.choice is not None)

    @cached_property
    def space(self) -> PackageSpace:
        """All packages, without those that ties exclude or that mean nothing, and what stands inside of options."""
        sizes = tuple(len(choice.options) for choice in self.choices)
        free = PackageSpace(sizes)
        excluded: list[Box] = []
        for tie in self.system.ties:
            excluded += free.maximal_outside(self.boxes(tie.condition))
        excluded += self.without_meaning
        nested = (
            (number, self.boxes(choice.stands))
            for number, choice in enumerate(self.choices)
            if not isinstance(choice.stands, Truth)
        )
        return PackageSpace(sizes, tuple(excluded), tuple(nested), self.without_meaning)

    @cached_property
    def as_written(self) -> Negotiation:
        """The same with all that can be taken by the texts, whatever the check is asked for."""
        ties = tuple(tie for tie in self.system.ties if not tie.asked)
        return self if ties == self.system.ties else Negotiation(replace(self.system, ties=ties))

    @property
    def without_meaning(self) -> tuple[Box, ...]:
        """The packages whose clauses depend on each other in a circle."""
        return tuple(box for cycle in self.system.open_cycles for box in self.boxes(cycle.holds))

    @cached_property
    def with_cycles(self) -> Negotiation:
        """The same with all packages that ties leave, whether they mean something or not."""
        return Negotiation(replace(self.system, open_cycles=())) if self.system.open_cycles else self

    @cached_property
    def asked_for(self) -> Box:
        """What the check is asked for, of the choices of which something is."""
        ties = [tie for tie in self.system.ties if tie.asked]
        return next(iter(self.boxes(conjunction(*(tie.condition for tie in ties)))), {}) if ties else {}

    @cached_property
    def settled(self) -> Mapping[Variable, Value]:
        """The option of each choice of which the check is asked for that alone."""
        options = ((choice, members(asked)) for choice, asked in self.asked_for.items())
        return {self.terms[c].variable: self._members(c)[taken[0]] for c, taken in options if len(taken) == 1}

    def name(self, choice: int) -> str:
        """What a choice is called: with its text, where that is not the one under check."""
        term = self.terms[choice]
        return term.name if term.document == self.system.subject else f"{term.name} of {term.document}"

    def speaks_of_choices(self, formula: Expr) -> bool:
        """Whether a formula speaks of nothing but what is taken."""
        return all(variable in self._numbers for variable in formula.variables)

    def about_choices(self, expression: Expr) -> Formula | None:
        """What an expression says of what is taken, if it says nothing else."""
        match expression:
            case IsIn(variable) if variable in self._numbers:
                return expression
            case Not(part):
                said = self.about_choices(part)
                return None if said is None else negation(said)
            case And(parts) | Or(parts):
                found = [said for said in map(self.about_choices, parts) if said is not None]
                joined = conjunction if isinstance(expression, And) else disjunction
                return joined(*found) if len(found) == len(parts) else None
            case _:
                return None

    def speaking_of(self, expression: Expr, variable: Variable) -> tuple[Box, ...]:
        """The packages in which what is left of an expression speaks of a variable, as seen from role 0."""
        if all(seen(known, 0) != variable for known in expression.variables):
            return ()
        match expression:
            case Not(operand):
                return self.speaking_of(operand, variable)
            case And(parts) | Or(parts):
                # With these options the whole is so, or is not, whatever else it says.
                about = [part for part in parts if part.variables and self.speaks_of_choices(part)]
                left = self.boxes(conjunction(*about) if isinstance(expression, And) else negation(disjunction(*about)))
                others = (box for part in parts for box in self.speaking_of(part, variable))
                both = (self._free.meets(one, other) for other in others for one in left)
                return tuple(box for box in both if box is not None)
            case _:
                return ({},)

    def is_choice(self, variable: Variable) -> bool:
        """Whether a variable stands for what is taken of a choice."""
        return variable in self._numbers

    def boxes(self, formula: Expr) -> tuple[Box, ...]:
        """The packages that meet a formula, which speaks of nothing but what is taken, as boxes."""
        match formula:
            case Truth(value):
                return ({},) if value else ()
            case IsIn(variable, named):
                choice = self._numbers[variable]
                return ({choice: self._bits(choice, named)},)
            case Not(IsIn(variable, named)):
                choice = self._numbers[variable]
                left = self._all(choice) & ~self._bits(choice, named)
                return ({choice: left},) if left else ()
            case And(parts):
                found: list[Box] = [{}]
                for part in parts:
                    pairs = ((one, other) for one in found for other in self.boxes(part))
                    found = [both for one, other in pairs if (both := self._free.meets(one, other)) is not None]
                return tuple(found)
            case Or(parts):
                return tuple(box for part in parts for box in self.boxes(part))
            case Not(Not(part)):
                return self.boxes(part)
            case Not(And(parts)):
                return tuple(box for part in parts for box in self.boxes(Not(part)))
            case Not(Or(parts)):
                return self.boxes(conjunction(*(Not(part) for part in parts)))
            case _:
                raise AssertionError(f"no formula about choices: {formula}")

    def formula(self, boxes: Iterable[Box]) -> Formula:
        """The condition that a package lies in one of these boxes."""
        return disjunction(*(conjunction(*self._literals(box)) for box in boxes))

    def boxes_of(self, norms: Iterable[Norm]) -> tuple[Box, ...]:
        """The packages in which all of these clauses stand, as they are worded."""
        found: tuple[Box, ...] = ({},)
        for norm in norms:
            for guard in norm.guards:
                if guard.span is None and guard.condition.variables and self.speaks_of_choices(guard.condition):
                    own = self.boxes(guard.condition)
                    both = (self._free.meets(one, other) for one in found for other in own)
                    found = tuple(box for box in both if box is not None)
        return found

    def has(self, norm: Norm) -> bool:
        """Whether some package has the clause as it is worded; of too many to be told, it is taken to have it."""
        return self._is_somewhere(lambda: self.boxes_of([norm]))

    @property
    def promises(self) -> tuple[Coverage, ...]:
        """What the text under check promises on some package."""
        return tuple(promise for promise in self.system.coverage if self.leaves(promise.condition))

    def leaves(self, condition: Expr) -> bool:
        """Whether some package meets what a condition says of nothing but what is taken."""
        taken = (part for part in parts_of(condition) if part.variables and self.speaks_of_choices(part))
        return self._is_somewhere(lambda: self.boxes(conjunction(*taken)))

    def _is_somewhere(self, boxes: Callable[[], Iterable[Box]]) -> bool:
        if not self.terms:
            return True
        try:
            return bool(self.space.minus(boxes(), self.space.excluded))
        except TooManyBoxes:
            return True

    @property
    def _free(self) -> PackageSpace:
        return PackageSpace(tuple(len(choice.options) for choice in self.choices))

    @cached_property
    def _numbers(self) -> dict[object, int]:
        return {term.variable: number for number, term in enumerate(self.terms)}

    def _literals(self, box: Box) -> Iterable[Formula]:
        for choice, options in sorted(box.items()):
            variable = self.terms[choice].variable
            yield IsIn(variable, tuple(self._members(choice)[number] for number in members(options)))

    def _members(self, choice: int) -> Sequence[str]:
        sort = self.terms[choice].variable.sort
        assert isinstance(sort, KindSort)
        return sort.members

    def _bits(self, choice: int, named: Iterable[str]) -> int:
        known = self._members(choice)
        return bits(known.index(member) for member in named)

    def _all(self, choice: int) -> int:
        return (1 << len(self._members(choice))) - 1
