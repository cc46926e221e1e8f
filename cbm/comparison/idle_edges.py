"""What edges between clauses come to: one in place of another, and one that prevails where the two are in conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto

from cbm.comparison.clause_pairs.derogations import Derogation, derogation
from cbm.comparison.meaning import all_clashes, breach, changed, differs_where_kept, exercise, same_meaning, smallest
from cbm.compliance.unavailable_options import duties_of
from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, world_of
from cbm.conflicts.precedence import acting_in, minimal_extent, settling
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Displacement, Modality, Norm, NormSystem, Precedence, Strength
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.ground.grounding import Ground, with_edges_of
from cbm.inquiry import Inquiry
from cbm.records import Record, Thing, replace
from cbm.search.world import relevant
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat
from cbm.translation.saying import mark


class Effect(Enum):
    """What comes of a clause standing in place of another one."""

    NONE = auto()  # the two never meet
    IDLE = auto()  # the same without it: who keeps the upper clause keeps the lower one, or it permits what cannot be
    UNDONE = auto()  # the text means the same without it: other clauses say what the lower one says
    SHARED = auto()  # the text means the same without it: others stand in place of the lower one there as well
    ACTS = auto()  # it changes what the text means


class EdgeOutcome(Record):
    """The effect of an edge; where it is undone, the clauses that still say what the lower one says.

    Where it is shared, those that stand in place of the lower one as well.

    `eases`: some conduct complies, and would breach the lower clause if the upper one did not stand in its place.
    """

    effect: Effect
    still: tuple[NormId, ...] = ()
    eases: bool = False


class AskedEdge(Record):
    """Whether the text would mean something else without an edge, or what it lifts would clash."""

    edge: Displacement


class EdgeMeeting(Record):
    """The two clauses of an edge for one bearer.

    `lifted`: where the upper one stands in place of the lower one; `back`: the lower one as it binds without the edge.
    """

    about: Ground
    upper: GroundNorm | None
    lower: GroundNorm
    lifted: Formula
    back: GroundNorm


def outcome_of(inquiry: Inquiry, edge: Displacement) -> EdgeOutcome | Unknown:
    """What comes of the edge, for all bearers; unknown where a question that decides it has no answer.

    A clause that lists several acts stands in place of another one with each of them: these edges are one.
    """
    meetings = [m for about in inquiry.grounds if (m := meeting_at(edge, about))]
    answers = [_meet(inquiry, edge, m) for m in meetings]
    if not any(isinstance(answer, Sat) for answer in answers):
        return _unknown(answers) or EdgeOutcome(Effect.NONE)
    eased = [_ease(inquiry, edge, m) for m in meetings]  # the quick way: nearly every edge lifts something
    if any(isinstance(answer, Sat) for answer in eased):
        return EdgeOutcome(Effect.ACTS, eases=True)
    same = _means_the_same(inquiry, edge, meetings)
    if same is not True:
        return same if isinstance(same, Unknown) else EdgeOutcome(Effect.ACTS)
    implied = [_exceed(inquiry, edge, m) for m in meetings]
    if not any(isinstance(answer, Sat) for answer in implied):
        return _unknown([*eased, *implied]) or EdgeOutcome(Effect.IDLE)
    still: dict[NormId, None] = {}
    for m in meetings:
        others = _still(inquiry, edge, m)
        if isinstance(others, Unknown):
            return others
        still |= dict.fromkeys(n.norm.id for n in others)
    if still:
        return EdgeOutcome(Effect.UNDONE, tuple(n for n in inquiry.system.norms if n in still))
    for m in meetings:
        beside = _beside(inquiry, edge, m)
        if isinstance(beside, Unknown):
            return beside
        still |= dict.fromkeys(other.by for other in beside)
    return EdgeOutcome(Effect.SHARED, tuple(n for n in inquiry.system.norms if n in still))


def _unknown(answers: Iterable[Answer]) -> Unknown | None:
    return next((answer for answer in answers if isinstance(answer, Unknown)), None)


def _without(system: NormSystem, edge: Displacement) -> NormSystem:
    edges = tuple(e for e in system.displacements if (e.by.clause, e.of) != (edge.by.clause, edge.of))
    return replace(system, displacements=edges)


def meeting_at(edge: Displacement, about: Ground) -> EdgeMeeting | None:
    """The clauses of the edge towards a bearer; None where the lower one never speaks to it."""
    lower = about.find(edge.of)
    if lower is None:
        return None
    grounder = about.grounder
    above = disjunction(*(grounder.displaces(edge, role, about.bearer) for role in _roles(edge, about)))
    without = Grounder(_without(about.system, edge), (about.bearer,))
    back = replace(lower, binds=without.binds(edge.of, about.bearer))
    return EdgeMeeting(about, about.find(edge.by), lower, conjunction(above, lower.live), back)


def _roles(edge: Displacement, about: Ground) -> Iterable[int]:
    """Whom the upper clause may bind where it stands in place of what the lower one asks of the bearer."""
    return range(len(about.system.situation.roles)) if edge.both else (about.bearer,)


def _meet(inquiry: Inquiry, edge: Displacement, m: EdgeMeeting) -> Answer:
    """Whether the one ever binds where the other is live."""
    none = "the one never stands in place of the other: the finding, if it is so for every bearer"
    with asking(norms=(edge.by, edge.of), question="do they ever meet", found="they do", none=none):
        return inquiry.ask(m.about, m.lifted)


def _ease(inquiry: Inquiry, edge: Displacement, m: EdgeMeeting) -> Answer:
    """Whether some conduct complies, and would breach the lower clause if the upper one did not stand in its place."""
    if not m.lower.norm.demands:
        return Unsat()
    with asking(
        norms=(edge.by, edge.of),
        question="is there conduct that complies and would breach the lower one, were it not for the upper one",
        found="that the one stands in place of the other has an effect",
        none="it is asked next whether the text means the same without it",
    ):
        return inquiry.ask(m.about, m.lifted, breach(m.back), *(duty.demand for duty in _saying(inquiry, m)))


def _means_the_same(inquiry: Inquiry, edge: Displacement, meetings: list[EdgeMeeting]) -> bool | Unknown:
    """Whether the text means the same without the edge, and brings no further clash."""
    pairs = changed(inquiry, grounds_without_edge(inquiry, edge))
    if differs_where_kept(inquiry, pairs, (edge.by, edge.of)):
        return False
    clashes = all_clashes(pair.after for pair in pairs)
    if isinstance(clashes, Unknown):
        return clashes
    same = same_meaning(inquiry, pairs, clashes, (edge.by, edge.of))
    if same is not True:
        return same
    for m in meetings:
        anew = [*_anew(tuple(inquiry.clashes), clashes, m.about.bearer, edge.of)]
        with asking(
            norms=(edge.by, edge.of),
            question="would the lower one clash with others if the upper did not stand in its place",
            found="that the one stands in place of the other has an effect",
            none="it changes no conflict",
        ):
            answer = inquiry.ask(m.about, m.lifted, disjunction(*anew)) if anew else Unsat()
        if not isinstance(answer, Unsat):
            return answer if isinstance(answer, Unknown) else False
    return True


def _anew(
    before: tuple[ConflictSet, ...], after: tuple[ConflictSet, ...], bearer: int, norm: NormId
) -> Iterator[Formula]:
    """Where the clause is one of several that clash, and these did not clash there before."""
    for clash in after:
        if clash.bearer == bearer and norm in clash.takes_part:
            same = (c for c in before if c.bearer == bearer and set(c.takes_part) == set(clash.takes_part))
            known = disjunction(*(minimal_extent(c, before) for c in same))
            yield conjunction(minimal_extent(clash, after), negation(known))


def grounds_without_edge(inquiry: Inquiry, edge: Displacement) -> tuple[Ground, ...]:
    """Each bearer when the one clause does not stand in place of the other."""
    rest = _without(inquiry.system, edge)
    return tuple(with_edges_of(about, rest) for about in inquiry.grounds)


def _exceed(inquiry: Inquiry, edge: Displacement, m: EdgeMeeting) -> Answer:
    """Whether some conduct, where both are live, keeps the upper clause and breaches the lower one.

    Of advice in place of a duty it is enough that the lower one can be breached; of a permission and an exemption, that
    they can be made use of.
    """
    lower, upper = m.lower.norm, m.upper
    keeps: tuple[Formula, ...] = ()
    if lower.demands and upper is not None and upper.norm.demands and not _advises_only(upper.norm, lower):
        keeps = (disjunction(negation(upper.binds), upper.fulfilled),)
    with asking(
        norms=(edge.by, edge.of),
        question="where both apply, is there conduct that keeps the upper one and breaches the lower one",
        found="the lower one asks for more than the upper: other clauses still say it",
        none="the upper one asks for at least as much: harmless words",
    ):
        return inquiry.ask(m.about, m.lifted, *keeps, _felt(m.lower))


def _felt(n: GroundNorm) -> Formula:
    """Conduct of which it matters whether the clause binds: a duty is breached, a permission is made use of."""
    return n.fulfilled if n.norm.modality is Modality.PERMISSION else negation(n.fulfilled)


def _advises_only(upper: Norm, lower: Norm) -> bool:
    return upper.strength is Strength.SHOULD and lower.strength is Strength.MUST


def _still(inquiry: Inquiry, edge: Displacement, m: EdgeMeeting) -> list[GroundNorm] | Unknown:
    """A smallest choice of other clauses that say, where it is lifted, what the lower one says; first ones kept."""
    back, saying = m.back, _saying(inquiry, m)
    among = sorted(saying, key=lambda n: n.norm.id != edge.by)  # the upper clause says it first, if it does

    def ask(kept: list[GroundNorm]) -> Answer:
        if back.norm.demands:
            return inquiry.ask(m.about, m.lifted, breach(back), *(n.demand for n in kept))
        return inquiry.ask(m.about, m.lifted, exercise(back), *(negation(exercise(n)) for n in kept))

    with asking(
        norms=(edge.by, edge.of),
        question="do these clauses say all that the lower one says where the upper one stands in its place",
        found="they do not",
        none="they do: the upper one stands in its place without effect",
    ):
        return _fewest(among, ask, mark("what still says it cannot be told"))


def _beside(inquiry: Inquiry, edge: Displacement, m: EdgeMeeting) -> list[Displacement] | Unknown:
    """A smallest choice of other edges that lift the lower one wherever this one does; first ones kept."""
    among = [e for e in m.about.system.displacements if e.of == edge.of and e.by.clause != edge.by.clause]

    def ask(kept: list[Displacement]) -> Answer:
        displacing = (m.about.grounder.displaces(e, role, m.about.bearer) for e in kept for role in _roles(e, m.about))
        return inquiry.ask(m.about, m.lifted, negation(disjunction(*displacing)), _felt(m.lower))

    with asking(
        norms=(edge.by, edge.of),
        question="do others stand in place of the lower one wherever the upper one does",
        found="they do not",
        none="they do: the upper one stands in its place without effect",
    ):
        return _fewest(among, ask, mark("what else lifts it cannot be told"))


def _fewest(among: list[Thing], refutes: Callable[[list[Thing]], Answer], unless: str) -> list[Thing] | Unknown:
    """As few of these as leave the question without an answer; unknown, for this reason, where not even all do."""
    answer = refutes(among)
    if isinstance(answer, Unsat):
        return smallest(among, refutes)
    return answer if isinstance(answer, Unknown) else Unknown(unless)


def counts_advice(lower: Norm) -> bool:
    """Whether what is said beside the lower clause is said by advice as well."""
    return lower.strength is not Strength.MUST or not lower.demands


def _saying(inquiry: Inquiry, m: EdgeMeeting) -> list[GroundNorm]:
    standing = inquiry.advised if counts_advice(m.lower.norm) else inquiry.strict
    return saying(m, next(one for one in standing if one.bearer == m.about.bearer))


def saying(m: EdgeMeeting, about: Ground) -> list[GroundNorm]:
    """The clauses, as they prevail, that can say what the lower one says: duties as strong that hang together with it,
    or those of its own modality.
    """
    lower = m.lower.norm
    advised = lower.strength is not Strength.MUST
    if not lower.demands:
        return [n for n in about.norms if n.norm.modality is lower.modality]
    duties, world = duties_of(about, advised), world_of(about)
    demands = [duty.demand for duty in duties]
    linked = set(relevant(replace(world, feasible=(*world.feasible, *demands)), (breach(m.back),)))
    return [duty for duty, demand in zip(duties, demands, strict=True) if demand in linked]


class AskedPrecedence(Record):
    """Whether some clause yields by the edge; `in_a_clash`: it does, in a clash of one bearer's clauses.

    `packages`: what those have in common of which it was asked, of a text under negotiation.
    """

    edge: Precedence
    in_a_clash: bool
    packages: tuple[Formula, ...] = ()


def acts_in_a_clash(inquiry: Inquiry, edge: Precedence) -> bool:
    """Whether some clause yields by it in a clash of one bearer's clauses, and that is known."""
    return any(_makes_yield(inquiry, about, edge) is True for about in inquiry.grounds)


def is_idle(inquiry: Inquiry, edge: Precedence) -> bool | Unknown:
    """Whether no clause yields by it in any clash, and neither a deadlock nor a derogation is settled by it."""
    yields = [_makes_yield(inquiry, about, edge) for about in inquiry.grounds]
    if True in yields:
        return False
    if any(inquiry.stand(norms) for norms in settled_deadlocks(inquiry, edge)):
        return False
    several = (*yields, _derogation(inquiry, edge))
    if True in several:
        return False
    ends = (edge.yielding, edge.prevailing)
    in_doubt = (Unknown(u.reason) for u in inquiry.undecided if u.question == TOGETHER and _joins(u.norms, ends))
    return next((one for one in (*several, *in_doubt) if isinstance(one, Unknown)), True)


def settled_deadlocks(inquiry: Inquiry, edge: Precedence) -> Iterator[tuple[NormId, ...]]:
    """The norms of each deadlock that the edge settles."""
    for found in inquiry.deadlocks():
        norms = tuple(duty.norm.norm.id for duty in found.duties)
        if edge in inquiry.settled_by(norms):
            yield norms


def might_derogate(system: NormSystem, edge: Precedence) -> list[tuple[Norm, Norm]]:
    """The clauses that say so, each with a duty of another text at the other end."""
    by = edge.by
    if by is None:
        return []
    ends = [system.norms[norm] for norm in sorted(edge.yielding | edge.prevailing)]
    own = [norm for norm in ends if norm.id.clause == by]
    foreign = [norm for norm in ends if norm.id.document != by.document and norm.demands]
    return [(norm, other) for norm in own for other in foreign]


def _makes_yield(inquiry: Inquiry, about: Ground, edge: Precedence) -> bool | Unknown:
    """Whether one of its lower clauses yields to a higher one that does not yield itself, with advice or without."""
    system = inquiry.system
    joined = inquiry.clashes_with(min(edge.yielding, edge.prevailing, key=len))
    clashes = [c for c in joined if c.bearer == about.bearer and edge in settling(system, c.norms)]
    modes = (acting_in(system, inquiry.clashes, about.bearer, advised, edge) for advised in (False, True))
    where = disjunction(*modes)
    if where == FALSE:
        return False
    with asking(
        norms=sorted({norm for clash in clashes for norm in clash.takes_part}),
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
    return False if all(clash.exact for clash in clashes) else Unknown(mark("there are more conditions than are told"))


def _derogation(inquiry: Inquiry, edge: Precedence) -> bool | Unknown:
    """Whether the clause that says so falls short of a duty of another text at the other end."""
    answers = [derogation(inquiry, norm, other) for norm, other in might_derogate(inquiry.system, edge)]
    if any(isinstance(answer, Derogation) for answer in answers):
        return True
    return next((answer for answer in answers if isinstance(answer, Unknown)), False)


def _joins(norms: tuple[NormId, ...], ends: tuple[frozenset[NormId], frozenset[NormId]]) -> bool:
    return all(end.intersection(norms) for end in ends)
