"""Where a draft stands how to a demand of its model: each stance as a formula over the situation.

For each situation in which the demand can bind, between parties of the draft, the first of these holds that can:
there is no verdict, since duties clash there; whoever complies with the draft keeps the demand, or cannot; the draft
expressly permits its breach; it is kept once advice counts as well; the draft asks for less in the same matter; it asks
for nothing. Only the own duties of each text are counted, and of these the ones that hang together with the demand:
a clash about something else is another matter.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import StrEnum

from cbm.comparison.attainment import Attainment, outside
from cbm.comparison.meaning import breach, exercise, owing, unrepaired
from cbm.comparison.possible_packages import TOO_MANY
from cbm.comparison.stances.hanging_duties import HangingDuties, hanging_duties
from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import FALSE, TRUE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.matters import subjects
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Strength
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.core.substitution import variables
from cbm.core.variables import Origin
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import replace
from cbm.search.exists_forall import Learnt
from cbm.search.extent import Cube
from cbm.search.unanswered_situations import unanswered_in
from cbm.search.world import World, relevant
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Unknown, Unsat, sharing
from cbm.translation.saying import mark

# So many conditions are looked for that together tell exactly where some conduct is there.
CONDITIONS = 60


class Stance(StrEnum):
    """How a draft stands to a demand of its model, in the order in which it is asked."""

    NO_VERDICT = "no-verdict"  # the duties of one of them cannot all be kept there
    KEPT = "kept"
    CONTRADICTED = "contradicted"  # whoever complies with the draft breaches it, or cannot make use of it
    PERMITS_BREACH = "permits-breach"  # the draft permits what it forbids
    ONLY_ADVISED = "only-advised"  # it is a duty, and kept by those alone who follow advice
    WEAKER = "weaker"  # the draft asks for less in the same matter
    MISSING = "missing"  # it asks for nothing in this matter
    NOT_GRANTED = "not-granted"  # what it permits or exempts from is free, and no right


class GivenUp(Exception):
    """The solver gave a question up; without it nothing can be told of the demand."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BearerSide:
    """What is asked of one bearer, prepared once for all demands."""

    def __init__(self, both: TwoTexts, about: Ground) -> None:
        self.both, self.about, self.world = both, about, world_of(about)
        self.negotiation = Negotiation(both.system)
        self.draft, self.model = (
            {advised: both.standing(text, about, advised) for advised in (False, True)} for text in (both.new, both.old)
        )

    def scope(self, m: GroundNorm) -> Formula:
        """Where the units are such that a clause of the draft which speaks of the same roles could bind the bearer."""
        text = self.about.system.texts[self.both.new.name]
        roles = len(self.about.system.situation.roles)
        step = self.about.bearer if m.norm.rotates else 0
        towards = tuple((other + step) % roles for other in m.norm.towards)
        return self.about.grounder.between.concerned(text, self.about.bearer, towards)

    def duties(self, text: OwnText, advised: bool, near: GroundNorm) -> HangingDuties:
        """The own duties of a text that hang together with a demand by conduct, directly or through one another."""
        ground = (self.draft if text is self.both.new else self.model)[advised]
        own = [n for n in ground.demanding if advised or n.norm.strength is Strength.MUST]
        try:
            return hanging_duties(self.world, self.negotiation, own, near)
        except TooManyBoxes:
            raise GivenUp(TOO_MANY.reason) from None

    def ask(self, norms: tuple[NormId, ...], question: str, *formulas: Formula) -> Answer:
        with asking_of(self.both, self.about, norms, question, "there is", "there is none"):
            return self.both.inquiry.ask(self.about, *formulas)


class DemandRegions:
    """One demand of the model against the draft: its duties that hang together with it, and where each stance is."""

    def __init__(self, side: BearerSide, m: GroundNorm, advised: bool) -> None:
        self.side, self.m, self.advised = side, m, advised
        self.both, self.about = side.both, side.about
        self.binds = conjunction(m.binds, side.scope(m))
        self.hanging = side.duties(self.both.new, advised, m)
        self.duties, self.kept = self.hanging.duties, self.hanging.kept
        own = side.draft[True].norms
        self.alike = [n for n in own if subjects(n.norm) & subjects(m.norm)]
        self.among = self.hanging.always | side.duties(self.both.old, advised, m).always
        self.owes_less: Formula = FALSE  # where it is kept, and who breaches it owes less by the draft
        self._learnt = Learnt()
        self.left_undone: Formula = FALSE  # that it is breached, and what it alone asks for then is left undone

    def regions(self) -> dict[Stance, Formula]:
        """Where each stance is; together they tell every situation in which the demand can bind, once.

        GivenUp where that is not known.
        """
        return self._of_duty() if self.m.norm.demands else self._of_permission()

    def same_kind(self) -> list[GroundNorm]:
        """The permissions of the draft, of a permission; its exemptions, of an exemption."""
        return [n for n in self.side.draft[True].norms if n.norm.modality is self.m.norm.modality]

    def _of_duty(self) -> dict[Stance, Formula]:
        m, clash = self.m, self._no_verdict()
        if clash == FALSE and self._is_another_matter():
            return {Stance.MISSING: self.binds}
        bound = self.where(self.binds, TRUE)
        here = conjunction(bound, negation(clash))
        permitted = disjunction(*(conjunction(exercise(n), breach(m)) for n in self.alike if not n.norm.demands))
        unkept = self.where(conjunction(self.kept, breach(m)), here)
        keepable = self.where(conjunction(self.kept, m.binds, m.kept), here, unkept)
        left = conjunction(here, unkept, keepable)
        allowed = self.where(permitted, left)
        left = conjunction(left, negation(allowed))
        advised = FALSE if self.advised or left == FALSE else self._advised(left)
        left = conjunction(left, negation(advised))
        weaker = self.where(disjunction(*(n.binds for n in self.alike if n.norm.demands)), left)
        kept = conjunction(here, negation(unkept))
        if m.norm.otherwise and kept != FALSE:
            self.left_undone = disjunction(*(self._left_undone(step, kept) for step in range(len(m.otherwise))))
            self.owes_less = self.where(self.left_undone, kept)
        return {
            Stance.KEPT: conjunction(kept, negation(self.owes_less)),
            Stance.CONTRADICTED: conjunction(here, unkept, negation(keepable)),
            Stance.PERMITS_BREACH: conjunction(here, unkept, keepable, allowed),
            Stance.ONLY_ADVISED: conjunction(here, unkept, keepable, negation(allowed), advised),
            Stance.WEAKER: conjunction(left, weaker),
            Stance.MISSING: conjunction(left, negation(weaker)),
            Stance.NO_VERDICT: conjunction(bound, clash),
        }

    def _is_another_matter(self) -> bool:
        """Whether it can be kept, and breached, wherever it binds, and no clause of the draft has to do with it.

        Then, if nothing clashes, where it binds need not be told exactly.
        """
        with_advice = self.side.duties(self.both.new, advised=True, near=self.m)
        if with_advice.duties or self.alike:
            return False
        return not any(self._is_barred(*way) for way in ((breach(self.m),), (self.m.binds, self.m.kept)))

    def _is_barred(self, *way: Formula) -> bool:
        """Whether some situation in which it can bind leaves no such conduct; so, too, where that is not known."""
        world = self.side.world
        bound = (*world.situations(), *world.some_conduct("binds", (*world.feasible, self.binds)))
        question = "does it bind where no conduct tells how the draft stands to it"
        with asking_of(self.both, self.about, (self.m.norm.id,), question, "it is told where", "it is so nowhere"):
            return not isinstance(unanswered_in(world, bound, (*relevant(world, way), *way)), Unsat)

    def _left_undone(self, step: int, kept: Formula) -> Formula:
        """It is breached, and so is what it asks for then up to this step, of which the draft asks for less.

        Duties of the draft that speak of that are kept, where they can be, and those that are breached are repaired.
        """
        advice = self.m.norm.otherwise[step].strength is Strength.SHOULD
        own = self.side.draft[self.advised or advice].demanding
        own = tuple(n for n in own if self.advised or advice or n.norm.strength is Strength.MUST)
        undone = frozenset(
            v for part in self.m.otherwise[: step + 1] for v in variables(part) if v in self.about.conduct
        )
        bearing = [n for n in own if undone.intersection(variables(n.fulfilled))]
        keepable = [n for n in bearing if self.where(conjunction(n.demand, breach(self.m)), kept) != FALSE]
        return conjunction(
            unrepaired(self.m, step),
            *(n.demand for n in keepable),
            *(negation(unrepaired(n, step)) for n in owing(own, step, advice)),
        )

    def _advised(self, left: Formula) -> Formula:
        """Where whoever follows the advice of the draft as well keeps it."""
        hanging = self.side.duties(self.both.new, advised=True, near=self.m)
        if len(hanging.duties) == len(self.duties):
            return FALSE
        clash = self._clashing(self.both.new, hanging, advised=True)
        return conjunction(negation(clash), negation(self.where(conjunction(hanging.kept, breach(self.m)), left)))

    def _of_permission(self) -> dict[Stance, Formula]:
        m = self.m
        use = exercise(m)
        bound, clash = self.where(self.binds, TRUE), self._no_verdict()
        here = conjunction(bound, negation(clash))
        uncovered = self.where(conjunction(use, *(negation(exercise(n)) for n in self.same_kind())), here)
        usable = self.where(conjunction(self.kept, use), here)
        narrowed = self._narrowed(use, usable, conjunction(here, negation(uncovered)))
        kept = conjunction(negation(uncovered), negation(narrowed))
        return {
            Stance.CONTRADICTED: conjunction(here, negation(kept), negation(usable)),
            Stance.NOT_GRANTED: conjunction(here, negation(kept), usable),
            Stance.NO_VERDICT: conjunction(bound, clash),
            Stance.KEPT: conjunction(here, kept),
        }

    def _narrowed(self, use: Formula, usable: Formula, here: Formula) -> Formula:
        """Where compliance with the model leaves a use of it that compliance with the draft does not.

        A use is told by the values of the results that are claimed.
        """
        owed = self.side.duties(self.both.old, self.advised, self.m)
        left = conjunction(owed.kept, use)
        claimed = {v for v in variables(self.m.fulfilled) if v.origin is Origin.RESULT}
        if not claimed or self.m.norm.modality is not Modality.PERMISSION:
            return conjunction(self.where(left, here), negation(usable))
        fixed = replace(self.side.world, conduct=self.side.world.conduct - claimed)
        before = self.where(left, here, world=fixed)
        after = self.where(conjunction(self.kept, use), here, before, world=fixed)
        return self.where(conjunction(before, negation(after)), here)

    def _no_verdict(self) -> Formula:
        """Where the duties of the draft cannot all be kept, or this one cannot within the model."""
        clash = self._clashing(self.both.new, self.hanging, self.advised)
        owed = self.side.duties(self.both.old, self.advised, self.m)
        own = (self.m,) if self.m.norm.demands else ()
        return disjunction(clash, self._clashing(self.both.old, owed, self.advised, *own))

    def _clashing(self, text: OwnText, hanging: HangingDuties, advised: bool, *concerned: GroundNorm) -> Formula:
        """Where duties of the text clash among these; with one of those concerned, if any are."""
        listed = {n.norm.id for n in hanging.duties}
        if (doubt := self.both.doubt(text, listed)) is not None:
            raise GivenUp(doubt.reason)
        found = []
        for clash, where in self.both.clashing(text, self.about, advised):
            meant = not concerned or any(n.norm.id in clash.takes_part for n in concerned)
            if meant and listed.issuperset(clash.takes_part) and where != FALSE:
                if not clash.exact:
                    raise GivenUp(mark("there are more conditions than are told"))
                found.append(conjunction(where, hanging.linked(*clash.takes_part)))
        return disjunction(*found)

    def where(self, formula: Formula, *given: Formula, world: World | None = None) -> Formula:
        """Exactly where, of the situations given, some conduct meets the formula."""
        known = conjunction(*given)
        if FALSE in (formula, known):
            return FALSE
        base = world or self.side.world
        if base.conduct.isdisjoint(variables(formula)):
            return formula
        with sharing():  # what is told of it depends on no other question
            return self._attained(Attainment(replace(base, possible=(*base.possible, known)), formula, self._learnt))

    def _attained(self, attainment: Attainment) -> Formula:
        cubes: list[Cube] = []
        question = "is there conduct, where it can bind, that tells how the draft stands to it"
        while len(cubes) <= CONDITIONS:
            with asking_of(self.both, self.about, (self.m.norm.id,), question, "it is told", "it is so nowhere else"):
                cube = attainment.next(*map(outside, cubes))
            if cube is None:
                return disjunction(*(conjunction(*one) for one in cubes))
            if isinstance(cube, Unknown):
                raise GivenUp(cube.reason)
            cubes.append(cube)
        raise GivenUp(mark("there are more conditions than are looked for"))


def asking_of(
    both: TwoTexts, about: Ground, norms: tuple[NormId, ...], question: str, found: str, none: str
) -> AbstractContextManager[None]:
    """What is asked, for the journal."""
    return asking(system=both.system, bearer=about.bearer, norms=norms, question=question, found=found, none=none)
