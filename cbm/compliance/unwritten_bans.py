"""Conduct that no duty bars by itself, and that nobody who complies can choose: the duties on who does so clash.

What is asked about is an act of the bearer, or what brings a clause into play that is more than one act (a result, an
act in some manner, several of these), or what brings two clauses into play at once. The situations asked about are
those in which one can comply, and in which each duty alone leaves room for it. There the minimal sets of duties are
found that clash where it is done. A duty by itself counts where it can be kept nowhere that it is brought into play,
and where that hangs on how long messages take.

Of two clauses at once, and of all else that may bring a clause into play (clauses that bind, acts of others that hang
together with own ones), it is asked only where no encounter shows that the clauses are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.compliance.consistency import touching
from cbm.compliance.unavailable_options import OptionQuestion, Shut, duties_of, shut, shut_at, within_reach
from cbm.conflicts.all_conflicts import world_of
from cbm.conflicts.minimal_sets import Search, find_minimal_sets
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.core.expressions import TRUE, Does, Each, Expr, Formula, NormId, conjunction, disjunction
from cbm.core.roles import rotate
from cbm.core.substitution import atoms_of, parts_of, variables
from cbm.core.variables import ChannelOf
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.sending import lines_for
from cbm.records import Record, replace
from cbm.search.world import World, relevant
from cbm.smt.solve import Unknown


class AskedConduct(Record):
    """Conduct of a bearer that is asked about: an act, or else what brings all of these clauses into play.

    `entire`: all conditions of a clause, with its exceptions; else what its conditions say of own conduct.
    """

    act: str = ""
    norms: tuple[NormId, ...] = ()
    entire: bool = False

    @property
    def if_unshown(self) -> bool:
        """Whether it is asked about only where no encounter shows that the clauses are kept."""
        return self.entire or len(self.norms) > 1

    def done(self, about: Ground) -> Formula:
        if self.act:
            return about.grounder.formula(Does(self.act, about.bearer, TRUE))
        if self.entire:
            return conjunction(*(about.norm(norm).live for norm in self.norms))
        return conjunction(*(_trigger(about, norm) for norm in self.norms))

    def parts(self, about: Ground) -> tuple[AskedConduct, ...]:
        """Conduct that is asked about by itself as well, and is a part of this."""
        if self.act:
            return ()
        spoken = set(variables(self.done(about)))
        acts = (a for a in map(AskedConduct, triggering_acts(about)) if spoken.intersection(variables(a.done(about))))
        alone = self.norms if self.if_unshown else ()
        return (*acts, *(AskedConduct(norms=(norm,)) for norm in alone if _trigger(about, norm) != TRUE))


class AskedOf(Record):
    """Whether a bearer who complies, with advice or without, can do what no clause forbids.

    `beside`: it is asked on the readings of open terms on which nothing of this is found.
    """

    conduct: AskedConduct
    bearer: int
    advised: bool
    beside: tuple[AskedOf, ...] = ()


class UnwrittenBan(Record):
    """Conduct, and the duties that leave no room for it; `triggered`: it brings one of them into play."""

    of: AskedConduct
    way: OptionQuestion
    shut: Shut
    triggered: bool

    @property
    def norms(self) -> frozenset[NormId]:
        return frozenset(duty.norm.id for duty in self.shut.by)


def triggering_acts(about: Ground) -> tuple[str, ...]:
    """The acts of the bearer that bring some duty into play."""
    asked = {variable for n in about.demanding for variable in variables(n.binds)}
    return tuple(act for act in about.system.acts if asked.intersection(variables(AskedConduct(act).done(about))))


def conduct_asked_about(about: Ground) -> tuple[AskedConduct, ...]:
    """The acts that bring duties into play, what else does, what brings two of them into play, and any clause."""
    found = [AskedConduct(act) for act in triggering_acts(about)]
    triggers = {n.norm.id: t for n in about.demanding if (t := _trigger(about, n.norm.id)) != TRUE}
    known = {conduct.done(about) for conduct in found}
    for norm, done in triggers.items():
        if done not in known:
            known.add(done)
            found.append(AskedConduct(norms=(norm,)))
    pairs = (pair for pair in touching(about.system, about) if triggers.keys() >= set(pair))
    found += [AskedConduct(norms=(a, b)) for a, b in pairs if triggers[a] != triggers[b]]
    own = (n for n in about.norms if n.norm.id.document == about.system.subject)
    chosen = (n for n in own if not about.conduct.isdisjoint(variables(n.live)) and not _counts_doings(n))
    return (*found, *(AskedConduct(norms=(n.norm.id,), entire=True) for n in chosen))


def brought_into_play(about: Ground, asked: AskedConduct) -> tuple[NormId, ...]:
    """The duties that just this conduct of one's own brings into play."""
    done = asked.done(about)
    return tuple(n.norm.id for n in about.demanding if _trigger(about, n.norm.id) == done)


def alone_at_fault(about: Ground, asked: AskedConduct, advised: bool) -> tuple[NormId, ...]:
    """The duties of the text that are asked about by themselves, if they can be kept nowhere or are of messages."""
    alone = asked.norms if asked.if_unshown else brought_into_play(about, asked)
    own = {duty.norm.id for duty in duties_of(about, advised) if duty.norm.id.document == about.system.subject}
    return tuple(norm for norm in alone if norm in own and (len(alone) == 1 or not asked.if_unshown))


def is_of_messages(about: Ground, norm: NormId) -> bool:
    """Whether a duty asks for what is sent, and nobody who brings it into play knows how long that takes."""
    asked = {v.instance.act for v in variables(about.norm(norm).demand) if isinstance(v, ChannelOf)}
    return any(channel.is_unsure or channel.hours for act in asked for channel in lines_for(about.system, act))


def bringing_into_play(about: Ground, asked: AskedConduct, norm: NormId) -> Formula:
    """The conduct of which it is asked whether the duty by itself leaves room for it."""
    return about.norm(norm).binds if asked.entire else asked.done(about)


def leaving_room(about: Ground, asked: AskedConduct, norm: NormId) -> Formula:
    """What the conduct may come to, if the duty is to leave room for it.

    It does too where its conditions are met and it is done what it asks for, though that is excepted, or puts another
    clause in its place.
    """
    conduct = bringing_into_play(about, asked, norm)
    met = map(about.grounder.formula, _conditions(about, norm))
    return disjunction(conduct, conjunction(*met, about.norm(norm).fulfilled)) if asked.entire else conduct


def barring_anyway(about: Ground, asked: AskedConduct, norm: NormId, advised: bool) -> tuple[GroundNorm, ...]:
    """The other duties that may bar the conduct, whether or not it is chosen: it does not bring them into play."""
    done = bringing_into_play(about, asked, norm)
    chosen = about.conduct.intersection(variables(done))
    _, near = _hanging_together(about, done, duties_of(about, advised))
    return tuple(duty for duty in near if duty.norm.id != norm and chosen.isdisjoint(variables(duty.binds)))


def without_exceptions(about: Ground, asked: AskedConduct, norm: NormId) -> AskedConduct | None:
    """The conduct that is asked about by itself of which this is a part; None where there is none."""
    return AskedConduct(norms=(norm,)) if asked.entire and _trigger(about, norm) != TRUE else None


def unwritten_bans(about: Ground, asked: AskedConduct, advised: bool) -> Iterator[UnwrittenBan | Unknown]:
    """Every minimal set of duties that bars the conduct although none of them does by itself.

    Not those that bar a part of it which is asked about by itself.
    """
    known: set[frozenset[NormId]] | None = None
    for ban in _bans(about, asked, advised):
        if isinstance(ban, UnwrittenBan):
            if known is None:
                told = (one for part in asked.parts(about) for one in _bans(about, part, advised))
                known = {one.norms for one in told if isinstance(one, UnwrittenBan)}
            if ban.norms in known:
                continue
        yield ban


def never_kept(about: Ground, asked: AskedConduct, norm: NormId, advised: bool) -> UnwrittenBan | Unknown | None:
    """A duty that the conduct brings into play, and that by itself can be kept nowhere then, though one can comply.

    Where nobody can do so in any case, or another duty bars it anyway, it is not the duty that leaves no room for it.
    """
    world, done = world_of(about), bringing_into_play(about, asked, norm)
    complying = _complying(world, (duty.demand for duty in duties_of(about, advised)))
    possible = world.some_conduct("possible", (*relevant(world, (done,)), done))
    wanted = leaving_room(about, asked, norm)
    way = OptionQuestion(about, (), (wanted,), (about.norm(norm),), (*complying, *possible))
    found = shut(way)
    if isinstance(found, Shut) and (others := barring_anyway(about, asked, norm, advised)):
        way = replace(way, where=(*way.where, *_each_leaves_room(world, done, others)))
        found = shut(way)
    if isinstance(found, Shut) and (part := without_exceptions(about, asked, norm)) is not None:
        known = never_kept(about, part, norm, advised)
        if known is not None:
            return known if isinstance(known, Unknown) else None  # it is told of that
    found = _where_it_can_be_done(about, done, found) if isinstance(found, Shut) else found
    return UnwrittenBan(asked, way, found, triggered=True) if isinstance(found, Shut) else found


def _where_it_can_be_done(about: Ground, done: Formula, closed: Shut) -> Shut | Unknown:
    """The same under conditions under which the conduct can be chosen, duties aside: elsewhere nothing is forbidden."""
    reached = within_reach(OptionQuestion(about, (), (done,), ()), closed.situation)
    if isinstance(reached, Unknown):
        return reached
    return replace(closed, cube=tuple(dict.fromkeys((*closed.cube, *reached))))


def own_conditions(about: Ground, norm: NormId) -> tuple[Expr, ...]:
    """The conditions of a clause that speak of what the bearer does or brings about, and of nobody else's conduct."""
    conditions = _conditions(about, norm)
    return tuple(part for condition in conditions for part in parts_of(condition) if _is_own(about, part))


def _conditions(about: Ground, norm: NormId) -> Iterator[Expr]:
    """The conditions of a clause as the bearer meets them, its exceptions aside."""
    of = about.norm(norm).norm
    step = about.bearer if of.rotates else 0
    return (rotate(guard.condition, step, about.grounder.roles) for guard in of.guards)


def _is_own(about: Ground, condition: Expr) -> bool:
    if _of_one_doing(condition):
        return False
    chosen = [v for v in variables(about.grounder.formula(condition)) if v in about.conduct]
    return bool(chosen) and all(v.role in (None, about.bearer) for v in chosen)


def _of_one_doing(condition: Expr) -> bool:
    """Whether it speaks of one doing among others: there may be none to spare for it."""
    return any(isinstance(part, Each) for part in atoms_of(condition))


def _counts_doings(n: GroundNorm) -> bool:
    return any(_of_one_doing(guard.condition) for guard in (*n.norm.guards, *n.norm.exceptions))


def _trigger(about: Ground, norm: NormId) -> Formula:
    """What of its own conduct brings a clause into play for the bearer; TRUE where it does so anyway, or never."""
    return conjunction(*map(about.grounder.formula, own_conditions(about, norm)))


def _bans(about: Ground, asked: AskedConduct, advised: bool) -> Iterator[UnwrittenBan | Unknown]:
    done = asked.done(about)
    duties = duties_of(about, advised)
    whole, near = _hanging_together(about, done, duties)
    world = whole.world
    alone = _each_leaves_room(world, done, near)
    where = (*_complying(world, [duty.demand for duty in near]), *alone)
    search = _clashing(world, near, where, done)
    if not (search.sets or search.undecided):
        return  # nor are there any where more is complied with
    if len(near) < len(duties):
        where = (*_complying(world, whole.demands), *alone)
        search = _clashing(world, near, where, done)
    yield from (unknown for _, unknown in search.undecided)
    for found in search.sets:
        by = tuple(near[i] for i in found.members)
        if len(ending(about, by)) < len(by):
            yield Unknown(UNENDING)
            continue
        way = replace(whole, duties=by, where=where)
        closed = shut_at(way, found.situation)
        closed = _where_it_can_be_done(about, done, closed) if isinstance(closed, Shut) else closed
        if isinstance(closed, Unknown):
            yield closed
        else:
            asks = {variable for duty in by for variable in variables(duty.binds)}
            yield UnwrittenBan(asked, way, closed, asked.entire or bool(asks.intersection(variables(done))))


def _hanging_together(
    about: Ground, done: Formula, duties: tuple[GroundNorm, ...]
) -> tuple[OptionQuestion, list[GroundNorm]]:
    """The conduct beside all duties, and those of them that it hangs together with."""
    whole = OptionQuestion(about, (), (done,), duties)
    together = whole.compliance(*whole.demands)
    return whole, [duty for duty in duties if duty.demand in together]


def _each_leaves_room(world: World, done: Formula, duties: Sequence[GroundNorm]) -> list[Formula]:
    """That the conduct can be chosen beside each of these duties alone."""
    return [
        part
        for number, duty in enumerate(duties)
        for part in world.some_conduct(f"alone{number}", (*relevant(world, (done, duty.demand)), done, duty.demand))
    ]


def _complying(world: World, demands: Iterable[Formula]) -> tuple[Formula, ...]:
    return world.some_conduct("complies", (*world.feasible, *demands))


def _clashing(world: World, near: Sequence[GroundNorm], where: tuple[Formula, ...], done: Formula) -> Search:
    """The minimal sets of these duties that clash there where the act is done."""
    feasible = relevant(world, (done, *(duty.demand for duty in near)))
    return find_minimal_sets(replace(world, possible=(*world.possible, *where), feasible=(*feasible, done)), near)
