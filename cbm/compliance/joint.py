"""All units at once: what can happen when every one of them complies."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import suspended_in
from cbm.conflicts.trigger_cycles import UNENDING, circling
from cbm.core.declaration_order import declared
from cbm.core.expressions import FALSE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import Reading
from cbm.evaluate import CompleteEpisode, binding, fulfilled, holds
from cbm.ground.all_roles import ground_together
from cbm.ground.grounding import Grounder, GroundNorm, declared_variables, within_range
from cbm.records import Record, Struct
from cbm.search.extent import Cube, condensed
from cbm.search.implicants import Point, implicant
from cbm.search.open_readings import Openness, ReadingCubes
from cbm.search.replay import Episode, joint_episode, witnessed
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat


class Demand(Record):
    """What one norm demands of one role, where it prevails."""

    norm: NormId
    role: int
    formula: Formula
    suspended: bool  # whether it yields anywhere
    unending: bool  # whether it closes a circle of acts


class Joint(Struct):
    """Questions about all units; `demands` are the `must`s of every role."""

    system: NormSystem
    demands: tuple[Demand, ...]
    _axioms: tuple[Formula, ...]
    _grounder: Grounder
    _solver: Solver

    @property
    def axioms(self) -> tuple[Formula, ...]:
        """What holds in every episode."""
        return self._axioms

    def formula(self, expression: Expr) -> Formula:
        """An expression written from role 0, over everything all units do."""
        return self._grounder.formula(expression)

    def ask(self, *formulas: Formula) -> Answer:
        """Whether some episode that the axioms allow meets the formulas."""
        with asking(system=self.system):
            return self._solver.decide(*formulas)

    @property
    def ending(self) -> tuple[Demand, ...]:
        """The demands without those whose acts call for one another without end."""
        return tuple(d for d in self.demands if not d.unending)

    def compliant(self, *formulas: Formula) -> Answer:
        """Whether all units may comply so; nobody knows where only conduct that goes on for ever might."""
        answer = self.ask(*formulas, *(d.formula for d in self.demands))
        if not isinstance(answer, Unsat) or len(self.ending) == len(self.demands):
            return answer
        rest = self.ask(*formulas, *(d.formula for d in self.ending))
        return Unknown(UNENDING) if isinstance(rest, Sat) else rest

    def readings(self, terms: Openness, *formulas: Formula) -> ReadingCubes | Unknown:
        """The readings on which some episode that the axioms allow meets the formulas."""
        with asking(system=self.system):
            return terms.where(*self._axioms, *formulas)

    def is_so_whatever_is_read(self, found: Sat, *formulas: Formula) -> bool:
        """Whether what was found, which meets the formulas, meets them however terms are read.

        It is seen in the one episode, without asking: that others do on other readings is not known from it. Where
        notes are taken it is asked.
        """
        if is_kept():
            return False
        said = [f for f in (*self._axioms, *formulas) if any(isinstance(v, Reading) for v in variables(f))]
        point = found.values(dict.fromkeys(v for formula in said for v in variables(formula)))
        readings = frozenset(v for v in point if isinstance(v, Reading))
        ranges = frozenset(part for v in readings for part in within_range(v))  # each reading is in them
        told = (formula for formula in said if formula not in ranges)
        literals = (literal for formula in told for literal in implicant(formula, point, readings))
        return all(readings.isdisjoint(variables(literal)) for literal in literals)

    def among(self, terms: Openness, on: ReadingCubes | Unknown, *formulas: Formula) -> ReadingCubes | Unknown:
        """The same readings, called every one if they are all on which the axioms allow what meets the formulas."""
        with asking(system=self.system):
            return terms.among(on, *self._axioms, *formulas)

    def allowed(self, *expressions: Expr) -> Episode | Unsat | Unknown:
        """An episode that the axioms alone allow, whoever complies or not, in which the expressions hold; confirmed."""
        formulas = [self.formula(expression) for expression in expressions]
        answer = self._solver.ask(*formulas)
        if not isinstance(answer, Sat):
            return answer
        mentioned = (v for formula in (*self._axioms, *formulas) for v in variables(formula))
        values = answer.values(dict.fromkeys((*mentioned, *declared_variables(self.system))))
        return witnessed(self.system, values, lambda seen: all(holds(e, seen, self.system) for e in expressions))

    def occurring(self, *expressions: Expr) -> Episode:
        """The same where there is known to be one, asked afresh."""
        formulas = map(self.formula, expressions)
        return joint_episode(
            self.system, self._axioms, formulas, lambda seen: all(holds(e, seen, self.system) for e in expressions)
        )

    def conditions(self, formula: Formula, point: Point) -> Cube | Unknown:
        """Conditions, true at the point, under which the formula holds in every episode that the axioms allow."""
        return condensed(self._solver, declared(self.system), implicant(formula, point), negation(formula))

    def episode(self, *expressions: Expr) -> Episode:
        """An episode in which the expressions, written from role 0, hold and every unit complies; confirmed."""
        steady = [d for d in self.demands if not d.suspended]

        def complied_with(seen: CompleteEpisode) -> bool:
            kept = (
                not binding(d.norm, d.role, seen, self.system)
                or fulfilled(self.system.norms[d.norm], d.role, seen, self.system)
                for d in steady
            )
            return all(holds(e, seen, self.system) for e in expressions) and all(kept)

        formulas = (*map(self.formula, expressions), *(d.formula for d in self.demands))
        return joint_episode(self.system, self._axioms, formulas, complied_with)


def joint(system: NormSystem, clashes: Iterable[ConflictSet]) -> Joint:
    """The joint system on the date of the system."""
    everyone = ground_together(system)
    axioms = everyone.everything
    found = tuple(clashes)
    owed = [(n, role) for role, norms in enumerate(everyone.norms) for n in norms if _is_owed(n)]
    around = circling(system, [(n.norm, role) for n, role in owed], range(len(everyone.norms)))
    suspended = [suspended_in(system, found, role, advised=False) for role in range(len(everyone.norms))]
    demands: list[Demand] = []
    for place, (n, role) in enumerate(owed):
        yields = suspended[role].get(n.norm.id, FALSE)
        demand = disjunction(negation(conjunction(n.binds, negation(yields))), n.fulfilled)
        demands.append(Demand(n.norm.id, role, demand, n.norm.id in suspended[role], place in around))
    grounder = Grounder(system, tuple(range(len(system.situation.roles))))
    return Joint(system, tuple(demands), axioms, grounder, Solver(system.situation.roles, axioms))


def _is_owed(n: GroundNorm) -> bool:
    return n.norm.demands and n.norm.strength is Strength.MUST
