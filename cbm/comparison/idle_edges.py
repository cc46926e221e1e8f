"""Whether edges between clauses ever act: one in place of another that it meets, or where the two are at odds."""

from __future__ import annotations

from cbm.comparison.derogations import Derogation, derogation
from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, world_of
from cbm.conflicts.precedence import acting_in, settling
from cbm.core.expressions import FALSE, NormId, disjunction
from cbm.core.norms import Displacement, Precedence
from cbm.ground.grounding import Ground, Grounder
from cbm.inquiry import Inquiry
from cbm.search.exists_forall import duel
from cbm.search.extent import relevant
from cbm.search.open_questions import Undecided
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown, Unsat


def meet(inquiry: Inquiry, about: Ground, edge: Displacement) -> bool | Undecided:
    """Whether the one ever binds where the other is live."""
    of = about.find(edge.of)
    if of is None:
        return False
    grounder = Grounder(about.system, (about.bearer,))
    roles = range(len(about.system.situation.roles)) if edge.both else (about.bearer,)
    above = disjunction(*(grounder.binds(edge.by, role) for role in roles))
    question = "do they ever meet"
    none = "the one never stands in place of the other: the finding, if it is so for every bearer"
    return inquiry.can(about, (edge.by, edge.of), question, above, of.live, found="they do", none=none)


def compatible(about: Ground, edge: Displacement) -> bool | Unknown:
    """Whether, wherever the two meet, one conduct fulfils both; said only of two demands."""
    if edge.both:
        return False
    by, of = about.find(edge.by), about.find(edge.of)
    if by is None or of is None:
        return True
    if not (by.norm.demands and of.norm.demands) or by.norm.strength is not of.norm.strength:
        return False
    world = world_of(about)
    conditional = (*world.some_conduct("meet", (*world.feasible, by.binds, of.live)),)
    outer = Solver(world.roles, (*world.possible, *conditional))
    compliance = (*relevant(world, (by.fulfilled, of.fulfilled)), by.fulfilled, of.fulfilled)
    with asking(
        system=about.system,
        bearer=about.bearer,
        norms=(edge.by, edge.of),
        question="is there a situation in which they meet and no conduct fulfils both",
        found="that the one stands in place of the other has an effect",
        none="it has none: the finding, if it is so for every bearer",
    ):
        stuck = duel(outer, world.roles, compliance, world.conduct).next()
    return stuck if isinstance(stuck, Unknown) else isinstance(stuck, Unsat)


def is_idle(inquiry: Inquiry, edge: Precedence) -> bool | Unknown:
    """Whether no clause yields by it in any clash, and neither a deadlock nor a derogation is settled by it."""
    deadlocks = ([duty.norm.norm.id for duty in found.duties] for found in inquiry.deadlocks())
    if any(edge in inquiry.settled_by(norms) for norms in deadlocks):
        return False
    several = (*(_makes_yield(inquiry, about, edge) for about in inquiry.grounds), _derogation(inquiry, edge))
    if True in several:
        return False
    ends = (edge.yielding, edge.prevailing)
    in_doubt = (Unknown(u.reason) for u in inquiry.undecided if u.question == TOGETHER and _joins(u.norms, ends))
    return next((one for one in (*several, *in_doubt) if isinstance(one, Unknown)), True)


def _makes_yield(inquiry: Inquiry, about: Ground, edge: Precedence) -> bool | Unknown:
    """Whether one of its lower clauses yields to a higher one that does not yield itself, with advice or without."""
    system = inquiry.system
    clashes = [c for c in inquiry.clashes if c.bearer == about.bearer and edge in settling(system, c.norms)]
    modes = (acting_in(system, inquiry.clashes, about.bearer, advised, edge) for advised in (False, True))
    where = disjunction(*modes)
    if where == FALSE:
        return False
    with asking(
        norms=sorted({norm for clash in clashes for norm in clash.norms}),
        question="is there a situation in which a clause yields for the sake of one that does not yield itself",
        found="that it prevails has an effect",
        none="it has none: the finding, if it is so for every bearer",
    ):
        answer = inquiry.ask(about, where)
    if isinstance(answer, Unknown):
        return answer
    return isinstance(answer, Sat) or _exactly(clashes)


def _exactly(clashes: list[ConflictSet]) -> bool | Unknown:
    """That nothing yields is known only where the clashes are told in full."""
    return False if all(clash.extent.exact for clash in clashes) else Unknown("there are more conditions than are told")


def _derogation(inquiry: Inquiry, edge: Precedence) -> bool | Unknown:
    """Whether the clause that says so falls short of a duty of another text at the other end."""
    system, by = inquiry.system, edge.by
    if by is None:
        return False
    others = (system.norms[norm] for norm in sorted((edge.yielding | edge.prevailing) - {by}))
    foreign = [norm for norm in others if norm.id.document != by.document and norm.demands]
    answers = [derogation(inquiry, system.norms[by], norm) for norm in foreign]
    if any(isinstance(answer, Derogation) for answer in answers):
        return True
    return next((answer for answer in answers if isinstance(answer, Unknown)), False)


def _joins(norms: tuple[NormId, ...], ends: tuple[frozenset[NormId], frozenset[NormId]]) -> bool:
    return all(end.intersection(norms) for end in ends)
