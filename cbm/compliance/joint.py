"""All units at once: what can happen when every one of them complies."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import suspended_in
from cbm.conflicts.trigger_cycles import UNENDING, circling
from cbm.core.declaration_order import declared
from cbm.core.expressions import FALSE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import Value, variables
from cbm.core.variables import Reading, Variable
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding, holds
from cbm.ground.all_roles import ground_together
from cbm.ground.declared_variables import declared_variables, within_range
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.records import Record, Struct, replace
from cbm.search.blocks import linked
from cbm.search.extent import Cube
from cbm.search.implicants import Point, implicant
from cbm.search.kept_answers import remembered, whether
from cbm.search.open_readings import Openness, ReadingCubes
from cbm.search.replay import Episode, joint_episode, witnessed
from cbm.search.widening import condensed
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat, apart


class Demand(Record):
    """What one norm demands of one role, where it prevails.

    `apart`: the conduct with which it hangs together, where all demands on that can be kept in every situation,
    whatever else is done; None where that is not known.
    """

    norm: NormId
    role: int
    formula: Formula
    suspended: bool  # whether it yields anywhere
    unending: bool  # whether it closes a circle of acts
    apart: frozenset[Variable] | None = None


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

    def can(self, *formulas: Formula) -> Answer:
        """`ask`, and not which episode it is: told as it was where it was asked before."""
        with asking(system=self.system):
            return whether(
                "can it be for all units",
                (self.system.situation.roles, self._axioms, formulas),
                lambda: self._solver.decide(*formulas),
                lambda: self._apart().decide(*formulas),
            )

    def afresh(self) -> Joint:
        """The same, asked nothing yet: which part of what it is asked cannot hold depends on no other question."""
        return replace(self, _solver=self._apart())

    def _apart(self) -> Solver:
        with apart():
            return Solver(self.system.situation.roles, self._axioms)

    def deciding(self, *formulas: Formula) -> tuple[Demand, ...]:
        """The demands that decide whether all units can comply where the formulas hold: those that share conduct with
        them, directly or through others, and those of which it is not known that they can be kept in every situation.
        """
        spoken = frozenset(v for formula in formulas for v in variables(formula))
        return tuple(d for d in self.demands if d.apart is None or not spoken.isdisjoint(d.apart))

    def compliant(self, *formulas: Formula) -> Answer:
        """Whether all units may comply so; nobody knows where only conduct that goes on for ever might."""
        deciding = self.deciding(*formulas)
        answer = self.can(*formulas, *(d.formula for d in deciding))
        ending = [d.formula for d in deciding if not d.unending]
        if not isinstance(answer, Unsat) or len(ending) == len(deciding):
            return answer
        rest = self.can(*formulas, *ending)
        return Unknown(UNENDING) if isinstance(rest, Sat) else rest

    def readings(self, terms: Openness, *formulas: Formula) -> ReadingCubes | Unknown:
        """The readings on which some episode that the axioms allow meets the formulas."""
        with asking(system=self.system):
            return terms.where(*self._axioms, *formulas)

    def readings_reached(self, terms: Openness, *formulas: Formula) -> ReadingCubes | Unknown:
        """The same; that it is every one is seen in one episode where that shows it, without asking."""

        def find() -> ReadingCubes | Unknown:
            answer = self._solver.ask(*formulas)
            if isinstance(answer, Sat) and self._is_so_whatever_is_read(answer, *formulas):
                return ReadingCubes(terms.terms, ((),), every=True)
            return self.readings(terms, *formulas)

        if is_kept():  # who takes notes wants to see each question
            return self.readings(terms, *formulas)
        asked = (self.system.situation.roles, self._axioms, formulas, terms.kept, terms.everything)
        return remembered("on which readings is it so", asked, find, ReadingCubes, given=terms.terms)

    def _is_so_whatever_is_read(self, found: Sat, *formulas: Formula) -> bool:
        """Whether what was found, which meets the formulas, meets them however terms are read.

        It is seen in the one episode: that others do on other readings is not known from it.
        """
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
        formulas = tuple(self.formula(expression) for expression in expressions)
        mentioned = (v for formula in (*self._axioms, *formulas) for v in variables(formula))
        wanted = tuple(dict.fromkeys((*mentioned, *declared_variables(self.system))))

        def find() -> tuple[Value, ...] | Unsat | Unknown:
            answer = self._apart().ask(*formulas)
            return tuple(answer.values(dict.fromkeys(wanted)).values()) if isinstance(answer, Sat) else answer

        asked = (self.system.situation.roles, self._axioms, formulas, wanted)
        values = remembered("which episode do the axioms allow", asked, find, Unsat)
        if isinstance(values, Unsat | Unknown):
            return values
        shown = dict(zip(wanted, values, strict=True))
        return witnessed(self.system, shown, lambda seen: all(holds(e, seen, self.system) for e in expressions))

    def occurring(self, *expressions: Expr) -> Episode:
        """The same where there is known to be one, asked afresh."""
        formulas = map(self.formula, expressions)
        return joint_episode(
            self.system, self._axioms, formulas, lambda seen: all(holds(e, seen, self.system) for e in expressions)
        )

    def conditions(self, formula: Formula, point: Point) -> Cube | Unknown:
        """Conditions, true at the point, under which the formula holds in every episode that the axioms allow."""
        known, literals, outside = declared(self.system), tuple(implicant(formula, point)), negation(formula)
        asked = (self.system.situation.roles, self._axioms, known, literals, outside)
        return remembered(
            "under which conditions is it so", asked, lambda: condensed(self._apart(), known, literals, outside)
        )

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


def joint(system: NormSystem, clashes: Iterable[ConflictSet], clashing: frozenset[NormId] | None = None) -> Joint:
    """The joint system on the date of the system.

    `clashing` are the norms that may clash with others of theirs, or be impossible; None: nobody has looked for them.
    """
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
    if clashing is not None:
        demands = _told_apart(demands, axioms, clashing)
    grounder = Grounder(system, tuple(range(len(system.situation.roles))))
    return Joint(system, tuple(demands), axioms, grounder, Solver(system.situation.roles, axioms))


def _told_apart(demands: list[Demand], axioms: tuple[Formula, ...], clashing: frozenset[NormId]) -> list[Demand]:
    """The same, of which it is known what is apart from what: what hangs together is conduct of one unit alone, and
    none of its norms may clash.
    """
    conduct = [[v for v in variables(f) if v.origin.decided] for f in (*(d.formula for d in demands), *axioms)]
    told = list(demands)
    for places in linked(conduct):
        together = frozenset(v for place in places for v in conduct[place])
        of = [place for place in places if place < len(demands)]
        units = {v.role for v in together if v.role is not None}.union(demands[place].role for place in of)
        kept = not any(demands[place].unending or demands[place].norm in clashing for place in of)
        if together and len(units) == 1 and kept:
            for place in of:
                told[place] = replace(demands[place], apart=together)
    return told


def _is_owed(n: GroundNorm) -> bool:
    return n.norm.demands and n.norm.strength is Strength.MUST
