"""Seams: what lies just below and just above a boundary is governed, and the boundary itself is not.

So are clashes of clauses that meet only at a boundary, one from below and another one from above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.matters import OF_ACTS, OF_RESULTS, Matter, Settled, SingleMatter
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.coverage.boundaries import SIDES, Boundary, Side, boundaries, movable, tied
from cbm.coverage.governance import SituationRegion, governing, never_suspended, reserved_in, some_binds
from cbm.coverage.types.thresholds import comparisons
from cbm.finding import RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, Struct, field, replace
from cbm.search.exists_forall import Duel, Stuck
from cbm.search.implicants import true_at
from cbm.search.kept_answers import remembered
from cbm.search.world import is_copy
from cbm.smt.index import Interval
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat
from cbm.translation.saying import mark


class Seam(Record):
    """Situations at a boundary in which none of some clauses binds whatever the unit does, though beside it some do.

    `below` and `above` say, of the same situations with the quantity moved, that they can happen and are governed, and
    that no clause on the topic speaks of the boundary alone.
    `advised`: only clauses that are a `must` were counted, and where it lies others may bind.
    """

    region: SituationRegion
    boundary: Boundary
    norms: tuple[GroundNorm, ...]
    below: Formula
    above: Formula
    advised: bool
    seen: Stuck | None = None  # one of the situations, once it was looked for

    @property
    def told(self) -> Formula | None:
        """Where it is, as a formula over situations; None if that asks what other conduct would bring about."""
        parts = (*self.boundary.inside, self.below, self.above, negation(self.region.excluded))
        asking_more = any(is_copy(v) or v in self.region.about.conduct for part in parts for v in variables(part))
        return None if asking_more else conjunction(*parts)


class AskedSeam(Record):
    """Whether a seam is one on every reading of open terms: which one, of what, towards which bearer."""

    name: str
    boundary: Boundary
    advised: bool
    bearer: int


class AskedMeeting(Record):
    """Whether clauses clash nowhere but just on a bound: which clauses of which bearer, and where that is."""

    norms: tuple[NormId, ...]
    bearer: int
    inside: tuple[Formula, ...]


def seams(
    about: Ground,
    norms: Sequence[GroundNorm],
    matter: Matter,
    advised: bool,
    beside: Sequence[GroundNorm] = (),
    each: bool = False,
) -> Iterator[Seam]:
    """Where clauses on a matter may leave one: at each boundary that the text under check draws, points first.

    None is left where one of the clauses `beside` them speaks of the boundary alone. `each`: also at values that
    plainly lie with their neighbours (`boundaries`).
    """
    governed, subject = some_binds(norms), about.system.subject
    parties = about.grounder.joined(about.system.texts[subject], about.bearer)
    owed = conjunction(*parties, negation(reserved_in(about, matter)))
    own = [n.binds for n in norms if n.norm.id.document == subject]
    for boundary in boundaries(about, [n.binds for n in norms], each):
        if any(map(boundary.cut_by, own)):
            below, above = (_governed_beside(about, boundary, side, norms) for side in (-1, 1))
            alone = conjunction(*(negation(_only_there(boundary, n)) for n in beside))
            where = conjunction(owed, *boundary.inside, below, above, alone)
            if where != FALSE:
                absent = never_suspended(about, norms)
                region = SituationRegion(about, (("promised", where),), governed, absent, matter)
                yield Seam(region, boundary, tuple(norms), below, conjunction(above, alone), advised)


def _only_there(boundary: Boundary, n: GroundNorm) -> Formula:
    """The clause compares the quantity itself, and binds at the boundary, but neither just below nor just above it."""
    if not boundary.divided_by(n.binds):
        return FALSE
    there = [boundary.beside(n.binds, side) for side in (-1, 1)]
    if any(is_copy(v) for formula in there for v in variables(formula)):
        return FALSE
    return conjunction(n.binds, *map(negation, there))


def found_on(about: Ground, topic: str | None) -> Iterator[tuple[str, Seam, Unknown | None]]:
    """The seams of each act and result of a topic, and those of the topic beside them; with what is left out there.

    With an Unknown it is one that may be there.
    """
    several, on_topic = list(groups(about, topic)), [n for n in about.norms if topic and topic in n.norm.topics]
    rests_on = (
        world_of(about),
        about.system.subject,
        [_as_asked(about, *group) for group in several],
        _binding(on_topic),
    )
    norms = tuple({id(n): n for _, _, members, _ in several for n in members}.values())
    yield from remembered(
        "which seams are there",
        rests_on,
        lambda: list(_found_in(about, several, on_topic)),
        *(Seam, SituationRegion, Boundary, Interval, Stuck, NormId, Settled),
        given=(about, *norms),
    )


# A name, what it is about, clauses that may share a quantity between them, and whether others may bind beside them.
SeamGroup = tuple[str, Matter, tuple[GroundNorm, ...], bool]


def _as_asked(
    about: Ground, name: str, matter: Matter, norms: tuple[GroundNorm, ...], advised: bool
) -> tuple[object, ...]:
    """What the seams of a group rest on."""
    parties = tuple(about.grounder.joined(about.system.texts[about.system.subject], about.bearer))
    steady = never_suspended(about, norms)
    return name, matter, _binding(norms), advised, parties, reserved_in(about, matter), steady


def _binding(norms: Sequence[GroundNorm]) -> tuple[object, ...]:
    return tuple((n.norm.id, n.binds) for n in norms)


def _found_in(
    about: Ground, several: Sequence[SeamGroup], on_topic: Sequence[GroundNorm]
) -> Iterator[tuple[str, Seam, Unknown | None]]:
    told = _Told()
    for group in several:
        for name, seam, undecided in _found_of(about, group, on_topic, told):
            if undecided is None:
                told.add(seam)
            yield name, seam, undecided


def _found_of(
    about: Ground, group: SeamGroup, on_topic: Sequence[GroundNorm], told: _Told
) -> list[tuple[str, Seam, Unknown | None]]:
    """The seams of a group in none of the places told before: of those beside it the clauses count that speak of a
    quantity that it compares.
    """
    _, matter, norms, advised = group
    compared = {v for n in norms for one in comparisons(n.binds) for v in variables(one)}
    beside = [n for n in on_topic if not compared.isdisjoint(variables(n.binds))]
    asked = world_of(about).asked(n.binds for n in (*norms, *beside))
    rests_on = (*asked, about.system.subject, _as_asked(about, *group), _binding(beside))
    kinds, given = (Seam, SituationRegion, Boundary, Interval, NormId, Settled), (about, *norms)
    candidates = remembered(
        "where may seams be",
        rests_on,
        lambda: list(seams(about, norms, matter, advised, beside)),
        *kinds,
        given=given,
    )
    if not candidates:
        return []
    return remembered(
        "which of these seams are there",
        (*rests_on, told.places, told.whole),
        lambda: list(_searched(about, group, candidates, told.copy())),
        *(*kinds, Stuck),
        given=given,
    )


def _searched(
    about: Ground, group: SeamGroup, candidates: Sequence[Seam], told: _Told
) -> Iterator[tuple[str, Seam, Unknown | None]]:
    name, *_ = group
    game: Duel | None = None
    for seam in candidates:
        if seam.boundary in told.whole:
            continue
        game = game or _anywhere(seam.region)
        found, none = "there is one: the finding", "there is none"
        with asking(system=about.system, bearer=about.bearer, question=left_out(name), found=found, none=none):
            fresh, answer = _beside(seam, game, told)
        if isinstance(answer, Unknown):
            yield name, fresh, answer
        elif isinstance(answer, Stuck):
            told.add(fresh)
            yield name, replace(fresh, seen=answer), None


class _Told(Struct):
    """Where a seam was told before: the places, with what they speak of, and boundaries that are as good as told."""

    places: list[Formula] = field(default_factory=list)
    read: dict[Variable, None] = field(default_factory=dict)
    whole: list[Boundary] = field(default_factory=list)

    def copy(self) -> _Told:
        return _Told([*self.places], {**self.read}, [*self.whole])

    def add(self, seam: Seam) -> None:
        where = seam.told
        if where is None:
            self.whole.append(seam.boundary)
        else:
            self.places.append(where)
            self.read |= dict.fromkeys(variables(where))


def topics(system: NormSystem) -> tuple[str | None, ...]:
    """The topics of acts and results, in order; None for what is of no topic."""
    told = (*(act.topic for act in system.acts.values()), *(result.topic for result in system.results.values()))
    return tuple(dict.fromkeys(told))


def asked_of(topic: str | None) -> str:
    """What is asked of all that is of a topic, for one bearer."""
    return f"do clauses on {topic or 'acts of no topic'} leave a boundary out"


def left_out(name: str) -> str:
    """What is asked of each of them, in words."""
    return f"is there an encounter just on a bound in which {name} is left out, though not beside it"


def at_seams(about: Ground, matter: Matter) -> Formula:
    """Where encounters lie at a seam of the matter or, if that is a topic, of one of its acts."""
    topic = about.system.acts[matter.act].topic if isinstance(matter, Settled) else matter
    seams = (seam for _, seam, undecided in found_on(about, topic) if undecided is None)
    places = (seam.told for seam in seams if matter in (topic, seam.region.matter))
    return disjunction(*(where for where in places if where is not None))


def groups(about: Ground, topic: str | None) -> Iterator[SeamGroup]:
    """Clauses that may share a quantity between them, all of them and then those that are a `must`; each group once."""
    told: set[tuple[GroundNorm, ...]] = {()}
    for name, matter, norms in _alike(about, topic):
        strict = tuple(n for n in norms if n.norm.strength is Strength.MUST)
        for some, advised in ((norms, False), (strict, True)):
            if some not in told and not (advised and len(some) == len(norms)):
                told.add(some)
                yield name, matter, some, advised


def _alike(about: Ground, topic: str | None) -> Iterator[tuple[str, Matter, tuple[GroundNorm, ...]]]:
    """Clauses on a single matter of an act, on the act, on a single matter of a result, on a whole topic."""
    system = about.system
    for act in system.acts.values():
        if act.topic == topic:
            for aspect in OF_ACTS:
                yield act.name, Settled(act.name), governing(about, SingleMatter(act.name, aspect))
            yield act.name, Settled(act.name), governing(about, Settled(act.name))
    for result in system.results.values():
        if result.topic == topic:
            for aspect in OF_RESULTS:
                yield result.name, topic or "", governing(about, SingleMatter(result.name, aspect))
    if topic is not None:
        yield topic, topic, governing(about, topic)


def _anywhere(region: SituationRegion) -> Duel:
    """A search in all situations, for boundaries to share: none of their clauses binds there."""
    certain = region.about.conduct.isdisjoint(variables(region.excluded))  # so without asking what can be done
    return replace(region, ways=()).search(*((negation(region.excluded),) if certain else ()))


def _beside(seam: Seam, game: Duel, told: _Told) -> tuple[Seam, Stuck | Unsat | Unknown]:
    """Whether there is a situation of it in none of the places told before, and the seam without those in the way.

    A place is left out once a situation of the seam lies there, since there are many and few meet.
    """
    places = told.places
    with game.outer.scope():
        game.outer.require(*seam.region.holding)
        while isinstance(answer := game.next(), Stuck):
            point = game.place(told.read)
            there = [where for where in places if true_at(where, point)]
            if not there:
                break
            places = [where for where in places if where not in there]
            elsewhere = negation(disjunction(*there))
            game.outer.require(elsewhere)
            seam = replace(seam, region=seam.region.within(elsewhere))
    return seam, answer


def _governed_beside(about: Ground, boundary: Boundary, side: Side, norms: Sequence[GroundNorm]) -> Formula:
    """The situation with the quantity moved can happen, and there some feasible conduct is governed.

    At the boundary none of the norms binds, whatever the unit does. So those whose condition says nothing of what is
    moved do not bind beside it either, unless moving it changes what can be done.
    """
    _, moved = movable(boundary.terms)
    concerned = {moved, *tied(moved)}
    feasible = any(not concerned.isdisjoint(variables(part)) for part in about.feasible)
    governed = some_binds(n for n in norms if feasible or not concerned.isdisjoint(variables(n.binds)))
    possible = (part for part in about.possible if not concerned.isdisjoint(variables(part)))
    swayed = feasible or not about.conduct.isdisjoint(variables(governed))
    done = world_of(about).some_conduct(SIDES[side], (*about.feasible, governed)) if swayed else (governed,)
    return conjunction(*(boundary.beside(part, side) for part in (*possible, *done)))


def met_at(inquiry: Inquiry, clash: ConflictSet) -> Boundary | None:
    """The boundary at which alone these clauses clash, where one of them ends and another one begins."""
    about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
    members = [about.norm(identity) for identity in clash.norms]
    if len(members) < 2 or clash.classes or not clash.extent.exact or inquiry.settled_by(clash.norms):
        return None
    for boundary in boundaries(about, [n.binds for n in members]):
        if any(map(boundary.bounds, clash.extent.cubes[0])):
            where = (*world_of(about).situations(), clash.extent.formula)
            outside = negation(conjunction(*boundary.inside))
            with asking(system=about.system, rule=RuleId.SEAM):
                question = mark("do these clauses clash anywhere but just on a bound")
                beyond = inquiry.can(about, clash.norms, question, *where, outside, **_ENDS)
                question = mark("does one of them end at the bound, and another one begin there")
                if beyond is False:
                    shared = _shared(boundary, members)
                    if inquiry.can(about, clash.norms, question, *where, shared, **_ENDS) is True:
                        return boundary
    return None


_ENDS = {"found": "they do", "none": "they do not"}


def _shared(boundary: Boundary, members: Sequence[GroundNorm]) -> Formula:
    """One of the clauses binds just below the boundary and not just above it, and another one the other way round."""
    there: dict[tuple[int, Side], Formula] = {
        (i, side): boundary.beside(n.binds, side) for i, n in enumerate(members) for side in SIDES
    }
    if any(is_copy(v) for formula in there.values() for v in variables(formula)):
        return FALSE
    pairs = ((i, j) for i in range(len(members)) for j in range(len(members)) if i != j)
    return disjunction(
        *(conjunction(there[i, -1], there[j, 1], negation(there[i, 1]), negation(there[j, -1])) for i, j in pairs)
    )
