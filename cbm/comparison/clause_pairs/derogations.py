"""Where a clause grants, or asks for, less than a duty of another text: with the conditions, and an encounter.

A permission grants what the duty forbids where some use of it leaves no way to keep the duty. A use is one of the
alternatives that are allowed, with the values it gives to the results it speaks of: a `may` claims every value of its
range. A duty asks for less where it asks for something, keeping the other duty always keeps it too, and all duties of
its text can be kept while the other one is breached. Of a duty to do several things only those count that the clause
speaks of as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress

from cbm.comparison.clause_pairs.acts_apart import acts_apart
from cbm.comparison.clause_pairs.provisions import use
from cbm.conflicts.all_conflicts import components, doubtful, world_of
from cbm.conflicts.precedence import is_steady
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.core.expressions import FALSE, TRUE, Formula, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, NormSystem, Strength
from cbm.core.roles import rotate
from cbm.core.substitution import disjuncts, parts_of, variables
from cbm.core.variables import Origin, Variable
from cbm.evaluate.complete_episode import CompleteEpisode as Seen
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, touched
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.exists_forall import Duel, Stuck, duel, fix
from cbm.search.extent import Cube
from cbm.search.implicants import Point, implicant, project, true_at
from cbm.search.kept_answers import remembered, whether
from cbm.search.projection import unanswered
from cbm.search.replay import Episode, NoSuchEpisode, episode
from cbm.search.unanswered_situations import unanswered_beside, unanswered_in
from cbm.search.widening import condensed, widen
from cbm.search.world import World, relevant
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat, solver_for_verdicts

_NOWHERE = "the one does not derogate from the other"
_TOLD = "these are the conditions that the finding tells"
# By whether the clause that may fall short is a duty.
_SHORT = {
    True: "is there a situation in which whoever keeps the other keeps the one, though not the other way round",
    False: "is there a situation in which what the one grants leaves no way to keep the other, which could be kept",
}


class Derogation(Record):
    """Conditions under which a clause falls short of the duty, and an encounter in which the duty is breached.

    `told` are the formulas that the encounter is about.
    """

    question: ShortQuestion
    cube: Cube
    shown: Episode
    told: tuple[Formula, ...]


class ShortQuestion(Record):
    """Where does some conduct keep what is `owed` and do what is `sought`, and none what is `excluded`?

    `duty` is what the other asks for in the matter: it is left out where it cannot be kept at all. What the one asks
    for counts only where some conduct does what is `missed`. In `world` the results whose values belong to what is
    granted are nobody's choice.
    """

    about: Ground
    one: GroundNorm
    other: GroundNorm
    duty: Formula
    owed: tuple[GroundNorm, ...]
    sought: tuple[Formula, ...]
    excluded: tuple[Formula, ...]
    world: World
    missed: tuple[Formula, ...] = ()

    @property
    def binds(self) -> tuple[Formula, Formula]:
        return self.one.binds, self.other.binds

    @property
    def reached(self) -> tuple[Formula, ...]:
        return (*(d.demand for d in self.owed), *self.sought)

    @property
    def apart(self) -> _OwedApart:
        """What is demanded, told apart by whether it has conduct in common with what is asked."""
        if not self.owed:
            return _OwedApart((), ())
        acting = frozenset(v for part in self.sought for v in variables(part) if v in self.world.conduct)
        known: dict[object, _OwedApart] = self.about.worked_out.setdefault("apart", {})
        key = id(self.owed), acting  # the duties are the same ones each time (`_owed`)
        if key not in known:
            known[key] = self._told_apart()
        return known[key]

    def _told_apart(self) -> _OwedApart:
        demands, world = tuple(d.demand for d in self.owed), self.world
        linked = set(relevant(replace(world, feasible=(*world.feasible, *demands)), self.sought))
        in_doubt = doubtful(self.about)
        far = (d.demand for d in self.owed if d.demand not in linked and d.norm.id in in_doubt)
        return _OwedApart(tuple(d for d in demands if d in linked), tuple(far))


class _OwedApart(Record):
    """What has conduct in common with what is asked, and what else may be impossible to meet, duty by duty."""

    near: tuple[Formula, ...]
    far: tuple[Formula, ...]


def derogation(inquiry: Inquiry, one: Norm, other: Norm) -> Derogation | Unknown | None:
    """Where the one falls short of the other, which is a duty about the same act or result; None if nowhere."""
    for about in inquiry.strict if other.strength is Strength.MUST else inquiry.advised:
        for question in short_questions(about, one, other):
            here = replace(question, world=replace(question.world, possible=inquiry.here(about).possible))
            stuck = _search(inquiry, here)
            if isinstance(stuck, Unknown):
                return stuck
            if isinstance(stuck, Stuck):
                return _explained(here, stuck)
    return None


def falls_short_elsewhere(inquiry: Inquiry, found: Derogation) -> bool:
    """Whether the one is known to fall short, in this or another way, where the conditions found do not hold.

    Of a text under negotiation that is not asked: it would have to be so on each of the packages at hand.
    """
    first, outside = found.question, negation(conjunction(*found.cube))
    if outside == FALSE or Negotiation(inquiry.system).terms:
        return False
    several = short_questions(first.about, first.one.norm, first.other.norm)
    possible = (*first.world.possible, outside)
    asked = (replace(question, world=replace(question.world, possible=possible)) for question in several)
    return any(isinstance(_search(inquiry, question), Stuck) for question in asked)


def takes_back_openly(system: NormSystem, one: Norm, other: Norm) -> bool:
    """Whether the text itself says that the other prevails, or that the one restates it."""
    yields = any(one.id in edge.yielding and other.id in edge.prevailing for edge in system.precedences)
    return yields or other.id in one.restates


def short_questions(about: Ground, one: Norm, other: Norm) -> Iterator[ShortQuestion]:
    """The ways in which the one might fall short of the other; none unless they are about one act or result."""
    n, m = about.find(one.id), about.find(other.id)
    duty = _matter(n, m) if n and m else TRUE
    if n is not None and m is not None and duty != TRUE:
        yield from _lesser_duty(about, n, m, duty) if one.demands else _uses(about, n, m, duty)


def _matter(n: GroundNorm, m: GroundNorm) -> Formula:
    """What the duty m asks for in acts and results that n speaks of, and of which it does not ask something else."""
    apart = acts_apart(n.norm, m.norm)
    spoken = frozenset(d for d in touched(n.fulfilled) if not (d.is_act and d.name in apart))
    return conjunction(*(part for part in parts_of(m.fulfilled) if not spoken.isdisjoint(touched(part))))


def _lesser_duty(about: Ground, n: GroundNorm, m: GroundNorm, duty: Formula) -> Iterator[ShortQuestion]:
    owed = _owed(about, n.norm.id.document, m.norm.strength)
    binds, world = (n.binds, m.binds), world_of(about)
    excluded = (*binds, duty, negation(n.fulfilled))
    yield ShortQuestion(
        about=about,
        one=n,
        other=m,
        duty=duty,
        owed=owed,
        sought=(*binds, negation(duty)),
        excluded=excluded,
        world=world,
        missed=(n.binds, negation(n.fulfilled)),
    )


def _owed(about: Ground, document: str, strength: Strength) -> tuple[GroundNorm, ...]:
    """The duties of the text that are as strong; the same ones each time they are asked for."""
    key = f"owed by {document} as {strength}"
    known: tuple[GroundNorm, ...] | None = about.worked_out.get(key)
    if known is None:
        own = (d for d in about.demanding if d.norm.id.document == document)
        known = tuple(d for d in own if d.norm.strength in (Strength.MUST, strength))
        about.worked_out[key] = known
    return known


def _uses(about: Ground, n: GroundNorm, m: GroundNorm, duty: Formula) -> Iterator[ShortQuestion]:
    """One question for each alternative that is allowed, or that need not be done."""
    world, grounder, binds = world_of(about), about.grounder, (n.binds, m.binds)
    view, roles = about.bearer if n.norm.rotates else 0, len(about.system.situation.roles)
    for alternative in disjuncts(use(n.norm, n.norm.content)):
        used = grounder.formula(rotate(alternative, view, roles))
        claims = n.norm.modality is Modality.PERMISSION
        claimed = {v for v in variables(used) if claims and v.origin is Origin.RESULT}
        left = replace(world, conduct=world.conduct - claimed) if claimed else world
        yield ShortQuestion(
            about=about,
            one=n,
            other=m,
            duty=duty,
            owed=(),
            sought=(*binds, used),
            excluded=(*binds, used, duty),
            world=left,
        )


def _search(inquiry: Inquiry, question: ShortQuestion) -> Stuck | Unsat | Unknown:
    """A situation in which the clause falls short, if there is one."""
    about, world = question.about, question.world
    words = "is there a situation in which both bind and the one can be complied with so that the other is breached"
    with _asking(question, words, found="the next question is asked", none=_NOWHERE):
        owed = question.apart  # all else can be complied with wherever these are
        first = _reached(inquiry, question)
    if not isinstance(first, Sat):
        return _circles_aside(inquiry, question, first)
    short = world.some_conduct("short", (*world.feasible, *owed.near, *question.sought))
    kept = world_of(about).some_conduct("kept", (*world.feasible, *question.binds, question.duty))
    if question.missed:
        kept = (*kept, *world.some_conduct("missed", _compliance(world, question.missed)))
    with _asking(
        question, _SHORT[question.one.norm.demands], found="the one falls short there: the finding", none=_NOWHERE
    ):
        compliance = _compliance(world, question.excluded)
        beside = world.some_conduct("short", owed.far)
        whatever = _whatever_else(inquiry, question, kept, compliance)
        found = whatever or unanswered_beside(world, (*world.possible, *short, *kept), beside, compliance)
        if not isinstance(found, Stuck):
            return _if_reached(inquiry, question, found)
        holding = (*short, *beside, *kept)
        if _is_silent_on_packages(inquiry, world, (*kept, *compliance, *(() if whatever else holding))):
            return found
        if _is_so_whatever_is_taken(inquiry, world, found, holding, compliance):
            return found
        return inquiry.alike(lambda among: unanswered(world, holding, compliance, among)) or found


def _reached(inquiry: Inquiry, question: ShortQuestion) -> Answer:
    """Whether what is sought can be done by who keeps the duties that have conduct in common with it.

    Few pairs bind together, whatever the duties are: so that is asked first. Of all other duties nothing is asked here:
    where it falls short, and all of them can be kept, it is reached.
    """
    owed, about = question.apart, question.about
    if is_kept():  # who takes notes wants to see the question itself
        return inquiry.ask_of_any(about, *owed.near, *owed.far, *question.sought)
    first = inquiry.ask_of_any(about, *question.sought)
    return (
        first if isinstance(first, Unsat) or not owed.near else inquiry.ask_of_any(about, *owed.near, *question.sought)
    )


def _if_reached(inquiry: Inquiry, question: ShortQuestion, known: Unsat | Unknown) -> Unsat | Unknown:
    """The answer that is known, where who keeps all duties can do what is sought; it matters for those without end."""
    if is_kept() or (isinstance(known, Unsat) and len(ending(question.about, question.owed)) == len(question.owed)):
        return known
    owed = question.apart
    reached = inquiry.ask_of_any(question.about, *owed.near, *owed.far, *question.sought)
    return known if isinstance(reached, Sat) else _circles_aside(inquiry, question, reached)


def _is_silent_on_packages(inquiry: Inquiry, world: World, formulas: tuple[Formula, ...]) -> bool:
    """Whether formulas, and all else that such a situation meets, say the same on each of the packages at hand.

    What speaks of nothing but what is taken only says which packages there are.
    """
    negotiation = Negotiation(inquiry.system)
    said = (*world.possible, *world.feasible, *formulas)
    mixed = (part for part in said if not negotiation.speaks_of_choices(part))
    return not inquiry.is_open(frozenset(v for part in mixed for v in variables(part)))


def _is_so_whatever_is_taken(
    inquiry: Inquiry, world: World, found: Stuck, holding: tuple[Formula, ...], compliance: tuple[Formula, ...]
) -> bool:
    """Whether what was found in a situation is so in a situation like it on each of the packages at hand.

    There what holds must be so with each word on what is taken as adverse as can be, and nothing may comply though each
    is as mild. Else nothing is known.
    """
    if is_kept():  # who takes notes wants to see where it is so, and where it is not
        return False
    negotiation = Negotiation(inquiry.system)
    there = tuple(fix(v, value) for v, value in found.values.items() if not negotiation.is_choice(v))
    packages = tuple(one for one in world.possible if negotiation.speaks_of_choices(one))
    mixed = tuple(one for one in world.possible if not negotiation.speaks_of_choices(one))
    met = (*packages, *inquiry.whatever_is_taken((*mixed, *holding)))
    if not isinstance(_asked_there(inquiry, world, (*met, *there)), Sat):
        return False
    return isinstance(_asked_there(inquiry, world, (*inquiry.if_any_is_taken(compliance), *there)), Unsat)


def _asked_there(inquiry: Inquiry, world: World, formulas: tuple[Formula, ...]) -> Answer:
    roles, asked = world.roles, tuple(dict.fromkeys(one for one in formulas if one != TRUE))
    return whether(
        "can it be there whatever is taken",
        (roles, asked),
        lambda: solver_for_verdicts(inquiry.system, roles).ask(*asked),
        lambda: Solver(roles, asked).ask(),
    )


def _whatever_else(
    inquiry: Inquiry, question: ShortQuestion, kept: tuple[Formula, ...], compliance: tuple[Formula, ...]
) -> Stuck | None:
    """A situation in which it falls short whatever is taken in other clauses: its conditions do not speak of them."""
    owed, world = question.apart, question.world
    said = (*owed.near, *question.sought, *owed.far)
    whatever = inquiry.whatever_is_taken(said)
    if whatever == said or is_kept():  # who takes notes wants to see the question itself
        return None
    short = world.some_conduct("short", (*world.feasible, *whatever))
    found = unanswered_in(world, (*world.possible, *short, *kept), compliance)
    return found if isinstance(found, Stuck) else None


def _circles_aside(inquiry: Inquiry, question: ShortQuestion, known: Unsat | Unknown) -> Unsat | Unknown:
    """The same answer, unless conduct that goes on for ever might reach what no other conduct does."""
    left = replace(question, owed=ending(question.about, question.owed))
    if isinstance(known, Unknown) or len(left.owed) == len(question.owed):
        return known
    with _asking(question, "is it so that both bind, circles of acts aside"):
        reached = inquiry.ask(question.about, *left.reached)
    return Unknown(UNENDING) if isinstance(reached, Sat) else reached


def _explained(question: ShortQuestion, stuck: Stuck) -> Derogation | Unknown:
    """The situation as an encounter, and as conditions that suffice."""
    about = question.about
    with _asking(question, _SHORT[question.one.norm.demands]):
        shown = episode(about, (*stuck.fixed(), *question.reached), lambda seen: _falls_short(question, seen))
    cube = remembered(
        "under which conditions does it fall short",
        _conditions_rest_on(question, shown.values),
        lambda: _conditions(question, shown.values),
    )
    if isinstance(cube, Unknown):
        return cube
    further = _asking_something(question, stuck, cube)
    if isinstance(further, Unknown):
        return further
    cube = (*cube, *further)
    return Derogation(question, cube, _readable(question, cube, shown), (*cube, question.one.fulfilled, question.duty))


def _readable(question: ShortQuestion, cube: Cube, shown: Episode) -> Episode:
    """An encounter under these conditions with round figures, if there is one: what was found first is any."""
    choices = (term.variable for term in Negotiation(question.about.system).terms)
    taken = (fix(v, shown.values[v]) for v in choices if v in shown.values)
    with suppress(NoSuchEpisode):
        return episode(question.about, (*taken, *cube, *question.reached), lambda seen: _falls_short(question, seen))
    return shown


def _asking_something(question: ShortQuestion, stuck: Stuck, cube: Cube) -> Cube | Unknown:
    """What it takes besides for the one to ask for something: that some conduct does not keep it."""
    world, about = question.world, question.about
    if not question.missed:
        return ()
    with _asking(question, "is there conduct that the one rules out", found=_TOLD):
        missing = episode(about, (*stuck.fixed(), *question.missed), lambda seen: _is_missed(question, seen))
        wanted = conjunction(*_compliance(world, question.missed))
        conduct = [v for v in variables(wanted) if v in world.conduct]
        literals = project(implicant(wanted, missing.values, _choices(question)), missing.values, conduct)
        possible = Solver(world.roles, world.possible)
        return condensed(possible, world.declared, literals, *cube, negation(conjunction(*literals)))


def _is_missed(question: ShortQuestion, seen: Seen) -> bool:
    about, norm = question.about, question.one.norm
    binds = binding(norm.id, about.bearer, seen, about.system)
    return binds and not fulfilled(norm, about.bearer, seen, about.system)


def _conditions_rest_on(question: ShortQuestion, point: Point) -> tuple[object, ...]:
    """What is excluded, what is linked with it, and the point, as far as these and what is possible speak of it."""
    said = question.binds, question.excluded, _linked(question)
    world, told = question.world, tuple(formula for formulas in said for formula in formulas)
    spoken_of = dict.fromkeys(v for f in (*world.possible, *world.feasible, *told) for v in variables(f))
    return (*world.asked(told), said, [point.get(v) for v in spoken_of])


def _falls_short(question: ShortQuestion, seen: Seen) -> bool:
    """Whether the evaluator sees both bind, the duty breached, and the clause complied with or made use of."""
    about, one, other = question.about, question.one.norm, question.other.norm
    system, bearer = about.system, about.bearer

    def kept(norm: Norm) -> bool:
        return fulfilled(norm, bearer, seen, system)

    if not (binding(one.id, bearer, seen, system) and binding(other.id, bearer, seen, system)) or kept(other):
        return False
    if not one.demands:
        return kept(one) != (one.modality is Modality.EXEMPTION)
    owed = [d.norm for d in question.owed if is_steady(about, d)]
    return all(kept(norm) or not binding(norm.id, bearer, seen, system) for norm in owed)


def _conditions(question: ShortQuestion, point: Point) -> Cube | Unknown:
    """Conditions, true at the point, under which both bind, what is excluded cannot be, and what is reached can be."""
    world, both = question.world, conjunction(*question.binds)
    excluded = _compliance(world, question.excluded)
    with _asking(question, _SHORT[question.one.norm.demands], found=_TOLD):
        cube = widen(Solver(world.roles, (*world.possible, *excluded)), excluded, point, world)
    if isinstance(cube, Unknown):
        return cube
    way_out = disjunction(negation(both), conjunction(*question.excluded))
    outside = Solver(world.roles, (*world.possible, *world.feasible, way_out))
    kept = condensed(outside, world.declared, (*implicant(both, point, _choices(question)), *cube))
    return kept if isinstance(kept, Unknown) else _reaching(question, point, kept, outside)


def _reaching(question: ShortQuestion, point: Point, cube: Cube, outside: Solver) -> Cube | Unknown:
    """The conditions, and as many more of those at the point as it takes for conduct to reach what it does there.

    Duties of the text that have nothing to do with it are left out; where they cannot be kept is told elsewhere.
    """
    world = question.world
    wanted = _compliance(world, (*_linked(question), *cube))
    conduct = [v for v in dict.fromkeys(v for part in wanted for v in variables(part)) if v in world.conduct]
    further = project(implicant(conjunction(*wanted), point, _choices(question)), point, conduct)
    situations = Solver(world.roles, (*world.possible, *world.some_conduct("there", world.feasible)))
    search, kept = duel(situations, world.roles, wanted, world.conduct), cube
    with _asking_what_is_missed(question):
        while isinstance(missed := search.next(*world.some_conduct("there", kept)), Stuck):
            kept = (*kept, next(c for c in further if not true_at(c, missed.values)))
        if isinstance(missed, Unknown):
            return missed
        return kept if kept == cube else _shortened(world, search, kept, outside)


def _choices(question: ShortQuestion) -> frozenset[Variable]:
    """What is taken of a text under negotiation: of several conditions one that is silent on it is told."""
    return frozenset(term.variable for term in Negotiation(question.about.system).terms)


def _shortened(world: World, search: Duel, cube: Cube, outside: Solver) -> Cube:
    """Without the conditions that the others make needless; the search is for situations in which they do not."""
    kept = cube
    for condition in cube:
        rest = tuple(other for other in kept if other is not condition)
        if not isinstance(outside.ask(*rest), Unsat):
            continue
        missed = search.next(*world.some_conduct("there", rest))
        kept = rest if isinstance(missed, Unsat) else kept
    return kept


def _linked(question: ShortQuestion) -> tuple[Formula, ...]:
    """What is to be reached, without duties that have no conduct in common with it."""
    norms = [question.one, question.other, *(d for d in question.owed if d is not question.one)]
    groups = ({id(n) for n in group} for group in components(question.world, norms))
    near = next(group for group in groups if id(question.one) in group)  # these very norms: equality is slow
    return (*(d.demand for d in question.owed if id(d) in near), *question.sought)


def _asking_what_is_missed(question: ShortQuestion) -> AbstractContextManager[None]:
    words = "is there a situation under the conditions told in which the one does not fall short of the other"
    return _asking(question, words, found="one more condition is told", none="the conditions suffice")


def _compliance(world: World, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """The formulas with everything feasible that bears on them."""
    return (*relevant(world, formulas), *formulas)


def _asking(question: ShortQuestion, words: str, found: str = "", none: str = "") -> AbstractContextManager[None]:
    about, norms = question.about, (question.one.norm.id, question.other.norm.id)
    return asking(system=about.system, bearer=about.bearer, norms=norms, question=words, found=found, none=none)
