"""Why something happens nowhere: a smallest choice of conditions and axioms that exclude each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cbm.core.episodes import Axiom
from cbm.core.expressions import Formula
from cbm.core.substitution import parts_of
from cbm.ground.grounding import Ground
from cbm.records import Record
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Solver, Unknown, Unsat


class LeastExclusion(Record):
    """Conditions that no situation and no feasible conduct meets together, by these axioms; none can be left out."""

    conditions: tuple[Formula, ...]
    axioms: tuple[Axiom, ...]


class ExclusionSearch:
    """Asks of one bearer what excludes what, with all axioms or without some."""

    def __init__(self, about: Ground) -> None:
        self._bearer, self._axioms = about.bearer, about.system.axioms
        self._stated = [[p for f in about.grounder.axiom(axiom) for p in parts_of(f)] for axiom in self._axioms]
        said = {part for parts in self._stated for part in parts}
        self._known = frozenset((*about.possible, *about.feasible))
        always = (part for part in (*about.possible, *about.feasible) if part not in said)
        self._solver = Solver(about.system.situation.roles, always)

    def excludes(self, formulas: Iterable[Formula], without: Collection[Axiom] = (), noted: bool = False) -> bool:
        """Whether these are known not to hold together, even without some axioms; `noted`: for the export as well."""
        return isinstance(self.together(formulas, without, noted), Unsat)

    def together(self, formulas: Iterable[Formula], without: Collection[Axiom] = (), noted: bool = False) -> Answer:
        """Whether these can hold together."""
        asked = (*self._parts(without), *formulas)
        with asking(bearer=self._bearer):
            return self._solver.decide(*asked) if noted else self._solver.ask(*asked)

    def least(
        self, conditions: Sequence[Formula], given: Sequence[Formula] = (), without: Collection[Axiom] = ()
    ) -> LeastExclusion | Unknown | None:
        """As few of the axioms, then of the conditions, as exclude each other beside what is given.

        The last ones are tried first, so that what stands first is told. None where they do not exclude each other.
        """
        answer = self.together((*conditions, *given), without)
        if not isinstance(answer, Unsat):
            return answer if isinstance(answer, Unknown) else None
        dropped = list(without)
        if self.excludes((*conditions, *given), self._axioms):
            dropped = list(self._axioms)
        for axiom in reversed(self._axioms):
            if axiom not in dropped and self.excludes((*conditions, *given), [*dropped, axiom]):
                dropped.append(axiom)
        kept = tuple(dict.fromkeys(conditions))
        for condition in reversed(kept):
            rest = tuple(other for other in kept if other is not condition)
            if self.excludes((*rest, *given), dropped):
                kept = rest
        return LeastExclusion(kept, tuple(axiom for axiom in self._axioms if axiom not in dropped))

    def _parts(self, without: Collection[Axiom]) -> list[Formula]:
        counted = (p for a, parts in zip(self._axioms, self._stated, strict=True) if a not in without for p in parts)
        return [part for part in dict.fromkeys(counted) if part in self._known]
