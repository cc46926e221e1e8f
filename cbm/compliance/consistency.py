"""Encounters in which norms bind while every duty is complied with: one shows many norms, and pairs of them, at once.

Each is confirmed by the evaluator. Where there is none it is told apart whether the norms ever bind together.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from cbm.conflicts.all_conflicts import doubtful, world_of
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.core.expressions import Flag, Formula, IsIn, NormId, Not, conjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.sorts import KindSort
from cbm.core.substitution import Value, parts_of, variables
from cbm.core.variables import Reading, Variable
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.declared_variables import declared_variables, within_range
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, touched
from cbm.ground.party_readings import is_of_party
from cbm.records import Record, Struct, field, replace
from cbm.search.compiled import Holds, compiled
from cbm.search.extent import Cube
from cbm.search.implicants import Point, implicant, linked, project, speaking, true_at
from cbm.search.kept_answers import remembered
from cbm.search.open_questions import TOO_MANY_CONDITIONS
from cbm.search.open_readings import Openness, ReadingCubes, openness, readable
from cbm.search.replay import WitnessRefused, witnessed
from cbm.smt.index import Index, bits, box_at, box_of
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, sharing

# So many sets of readings are looked for: each is shown by an encounter of its own.
READINGS = 200


class Shown(Record):
    """An encounter in which all duties are kept, and the norms that bind there and are not suspended."""

    about: Ground
    values: Point
    standing: frozenset[NormId]


class BindNowhereTogether(Record):
    """The norms asked about bind nowhere together; `suspended`: not counting where they yield to others."""

    suspended: bool = False


class Unkeepable(Record):
    """They bind together, and wherever they do these duties, a smallest set of them, cannot all be kept."""

    duties: tuple[NormId, ...]


Sight = Shown | BindNowhereTogether | Unkeepable | Unknown


class _Live:
    """Which of many norms are live at a point, sooner seen than by the evaluator."""

    def __init__(self, norms: Sequence[GroundNorm]) -> None:
        self._norms = norms
        self._index = Index([box_of(n.live) for n in norms])
        self._holds: dict[int, Holds] = {}

    def at(self, point: Point) -> Iterator[NormId]:
        for number in bits(self._index.meeting(box_at(point))):
            if number not in self._holds:
                self._holds[number] = compiled(self._norms[number].live)
            if self._holds[number](point):
                yield self._norms[number].norm.id


class Gallery(Struct):
    """The encounters shown so far for one bearer, its norms as they prevail; grows with what is asked for.

    Its answers depend on the questions put to itself only.
    """

    about: Ground
    norms: Mapping[NormId, GroundNorm]
    duties: Mapping[NormId, Formula]  # what each demands where it binds
    _live: _Live
    _complies: Formula
    _choices: Mapping[NormId, Mapping[Variable, frozenset[Value]]]  # values left to a variable where the norm binds
    _yielding: frozenset[NormId]  # the norms that are suspended somewhere
    _unending: frozenset[NormId]  # the duties whose acts call for one another without end
    _mentioned: tuple[Variable, ...]
    _terms: Openness | None
    _linked: frozenset[Variable]  # by which it can matter how terms are read
    _ranges: frozenset[Formula]  # of the readings that parties have
    _of_readings: tuple[Formula, ...]  # what is required, units read as their parties do aside, and speaks of these
    _solver: Solver
    _seen: list[Shown] = field(default_factory=list)
    _told: dict[frozenset[Cube], ReadingCubes | Unknown] = field(default_factory=dict)
    _known: dict[int, Cube] = field(default_factory=dict)  # by the identity of what is shown, which is kept

    def show(self, wanted: Collection[NormId], *conditions: Formula) -> Sight:
        """An encounter in which all of these norms bind under the conditions, or why there is none."""
        if not all(norm in self.norms for norm in wanted) or self._exclude_each_other(wanted):
            return self._apart(wanted)
        for shown in self._seen:
            if shown.standing.issuperset(wanted) and _meets(shown, conditions):
                return shown
        binds = (*(self.norms[norm].binds for norm in wanted), *conditions)
        answer = self._solver.ask(*binds, self._complies)
        if isinstance(answer, Sat):
            self._seen.append(self._shown(answer, wanted, conditions))
            return self._seen[-1]
        if isinstance(answer, Unsat):
            return self._why_not(wanted, binds) if self._complies in answer.core else self._apart(wanted)
        return answer

    def readings(self, wanted: Collection[NormId], *conditions: Formula) -> ReadingCubes | Unknown | None:
        """The readings of open terms on which there is such an encounter, where there is one; None: none plays a part.

        What an encounter shows in one reading it shows in all those in which the same conduct still complies.
        """
        if self._terms is None:
            return None
        binds = (*(self.norms[norm].binds for norm in wanted), *conditions)
        showing = [s for s in self._seen if s.standing.issuperset(wanted) and _meets(s, conditions)]
        on = None if conditions else self._in(frozenset(map(self._all_same, showing)))
        if isinstance(on, ReadingCubes) and on.every:
            return on
        same = [self._same(shown, binds) for shown in showing]
        for _ in range(READINGS):
            answer = self._solver.ask(*binds, self._complies, *(negation(conjunction(*cube)) for cube in same))
            if isinstance(answer, Sat):
                self._seen.append(self._shown(answer, wanted, conditions))
                same.append(self._same(self._seen[-1], binds))
                continue
            on = self._in(frozenset(same))
            if isinstance(on, Unknown) or on.every:
                return on
            known = Unknown(UNENDING) if self._unending else on
            return known if isinstance(answer, Unsat) else answer
        return Unknown(TOO_MANY_CONDITIONS)

    def _in(self, cubes: frozenset[Cube]) -> ReadingCubes | Unknown:
        assert self._terms is not None
        if cubes not in self._told:
            self._told[cubes] = self._terms.of(sorted(cubes, key=str))
        return self._told[cubes]

    def _all_same(self, shown: Shown) -> Cube:
        """The readings in which all that stands in the encounter still does: fewer, but the same for all of it."""
        if id(shown) not in self._known:
            binds = tuple(self.norms[norm].binds for norm in sorted(shown.standing))
            self._known[id(shown)] = self._same(shown, binds)
        return self._known[id(shown)]

    def _same(self, shown: Shown, binds: tuple[Formula, ...]) -> Cube:
        """The readings in which what binds and complies in the encounter still does.

        Units read as their parties do; how a unit reads what plays no part there is left out.
        """
        assert self._terms is not None
        point, tied = shown.values, self._terms.tied
        readings = frozenset(v for v in point if isinstance(v, Reading))
        said = (*self._of_readings, *speaking(binds, self._linked))
        literals = [literal for formula in said for literal in implicant(formula, point, readings)]
        in_play = {v for literal in literals for v in variables(literal) if v in readings}
        of_units = (f for f in tied if not in_play.isdisjoint(v for v in variables(f) if not is_of_party(v)))
        literals += (literal for formula in of_units for literal in implicant(formula, point, readings))
        kept = frozenset(self._terms.kept)
        if all(literal in self._ranges or kept.isdisjoint(variables(literal)) for literal in literals):
            return ()  # it does whatever they read
        return project(literals, point, [v for v in point if v not in kept])

    def _apart(self, wanted: Collection[NormId]) -> BindNowhereTogether:
        return BindNowhereTogether(not self._yielding.isdisjoint(wanted))

    def _exclude_each_other(self, wanted: Collection[NormId]) -> bool:
        """Whether one condition of the norms rules another out, which is seen without asking."""
        left: dict[Variable, frozenset[Value]] = {}
        for norm in wanted:
            for variable, values in self._choices[norm].items():
                left[variable] = left.get(variable, values) & values
        return not all(left.values())

    def _shown(self, answer: Sat, wanted: Collection[NormId], conditions: Sequence[Formula]) -> Shown:
        system, bearer = self.about.system, self.about.bearer
        mentioned = (v for condition in conditions for v in variables(condition))
        values = answer.values(dict.fromkeys((*self._mentioned, *mentioned)))
        found = witnessed(system, values, lambda seen: all(binding(n, bearer, seen, system) for n in wanted))
        bound = {norm for norm in self._live.at(values) if binding(norm, bearer, found.world, system)}
        standing = bound - {n for n in bound & self._yielding if not true_at(self.norms[n].binds, values)}
        if not all(fulfilled(system.norms[d], bearer, found.world, system) for d in self.duties if d in standing):
            raise WitnessRefused("the evaluator sees a duty breached")
        return Shown(self.about, values, frozenset(standing))

    def _why_not(
        self, wanted: Collection[NormId], binds: tuple[Formula, ...]
    ) -> BindNowhereTogether | Unkeepable | Unknown:
        answer = self._solver.ask(*binds)
        if isinstance(answer, Unsat):
            return self._apart(wanted)
        if isinstance(answer, Unknown):
            return answer
        kept = tuple((duty, demand) for duty, demand in self.duties.items() if duty not in self._unending)
        answer = self._solver.ask(*binds, *(demand for _, demand in kept))
        if self._unending and not isinstance(answer, Unsat):
            return answer if isinstance(answer, Unknown) else Unknown(UNENDING)
        if isinstance(answer, Unsat):
            refused = set(map(id, answer.core))  # they are these very formulas: equality of large ones is slow
            kept = tuple((duty, demand) for duty, demand in kept if id(demand) in refused)
        for pair in kept:
            rest = tuple(other for other in kept if other is not pair)
            if isinstance(self._solver.ask(*binds, *(demand for _, demand in rest)), Unsat):
                kept = rest
        return Unkeepable(tuple(duty for duty, _ in kept))


def gallery(plain: Ground, about: Ground, advised: bool) -> Gallery:
    """An empty gallery: `about` has the norms as they prevail, `plain` as they bind; `advised`: advice is kept too.

    Of all norms those are enough that decide about what will be asked (`deciding`), and these.
    """
    owed = _owed(about, advised)
    duties = {n.norm.id: n.demand for n in owed}
    unending = frozenset(duties).difference(n.norm.id for n in ending(about, owed))
    norms = {n.norm.id: n for n in about.norms}
    yielding = (n.norm.id for n, p in zip(about.norms, plain.norms, strict=True) if n.binds != p.binds)
    formulas = [*about.possible, *about.feasible, *(f for n in about.norms for f in (n.binds, n.live, n.fulfilled))]
    mentioned = dict.fromkeys(v for formula in formulas for v in variables(formula))
    mentioned |= dict.fromkeys(declared_variables(about.system))
    complies = conjunction(*duties.values())
    terms = openness(about.system, (complies, *(n.binds for n in about.norms)), of_choices=False)
    required = (*about.possible, *about.feasible, *(() if terms is None else terms.everything))
    mentioned |= dict.fromkeys(() if terms is None else terms.kept)
    with sharing():
        solver = Solver(about.system.situation.roles, required)
    choices = {n.norm.id: _choices(n.binds) for n in about.norms}
    read = {(v.document, v.term) for v in (term.variable for term in (terms.terms if terms else ()))}  # and no choices
    readings = [v for v in mentioned if isinstance(v, Reading) and (v.document, v.term) in read]
    of_parties = set() if terms is None else set(map(id, terms.tied))  # they are these very formulas
    said = (*(f for f in required if id(f) not in of_parties), complies)
    joined = linked(readings, (*said, *(n.binds for n in about.norms))) if terms is not None else frozenset[Variable]()
    return Gallery(
        about=about,
        norms=norms,
        duties=duties,
        _live=_Live(about.norms),
        _complies=complies,
        _choices=choices,
        _yielding=frozenset(yielding),
        _unending=unending,
        _mentioned=tuple(mentioned),
        _terms=terms,
        _linked=joined,
        _ranges=frozenset(part for v in (terms.kept if terms else ()) for part in within_range(v)),
        _of_readings=tuple(speaking(said, joined)),
        _solver=solver,
    )


def rests_on(plain: Ground, about: Ground, advised: bool) -> tuple[object, ...]:
    """What the answers of a gallery rest on beside the questions; the evaluator sees norms as these formulas do."""
    owed, system = _owed(about, advised), about.system
    norms = [(n.norm.id, n.live, n.binds, n.fulfilled, p.binds) for n, p in zip(about.norms, plain.norms, strict=True)]
    demands = [(n.norm.id, n.demand) for n in owed]
    in_the_end = [n.norm.id for n in ending(about, owed)]
    return world_of(about), norms, demands, in_the_end, tuple(declared_variables(system)), readable(system)


def unkept(
    plain: Ground, about: Ground, wanted: Sequence[tuple[NormId, ...]], advised: bool
) -> Mapping[tuple[NormId, ...], Unkeepable | Unknown]:
    """Those of several groups of norms that cannot be kept where they bind together, or of which nobody knows.

    It rests on what decides about them, and on nothing else.
    """
    norms = tuple(chain.from_iterable(wanted))
    part = only(plain, looked_at := deciding(about, norms).union(norms)), only(about, looked_at)

    def find() -> list[tuple[tuple[NormId, ...], Unkeepable | Unknown]]:
        shown = gallery(*part, advised)
        sights = [(some, shown.show(some)) for some in wanted]
        return [(some, sight) for some, sight in sights if isinstance(sight, Unkeepable | Unknown)]

    return dict(remembered("which of them cannot be kept", (*rests_on(*part, advised), wanted), find, Unkeepable))


def deciding(about: Ground, wanted: Iterable[NormId]) -> frozenset[NormId]:
    """The duties that decide whether an encounter shows these norms: those that share conduct with them, directly or
    through others, and those that may clash.

    All others can be kept in every situation, whatever is done beside what they share conduct with.
    """
    norms = [n for n in map(about.find, wanted) if n is not None]
    said = (formula for n in norms for formula in ((n.binds, n.demand) if n.norm.demands else (n.binds,)))
    near = _linked_with(about)
    linked = (near.get(v, frozenset()) for formula in said for v in variables(formula))
    return doubtful(about).union(*linked, (n.norm.id for n in norms if n.norm.demands))


def only(about: Ground, norms: Collection[NormId]) -> Ground:
    """The bearer in the same world, with some of the norms."""
    part = replace(about, norms=tuple(n for n in about.norms if n.norm.id in norms))
    part.worked_out["world"] = world_of(about)
    return part


def _linked_with(about: Ground) -> Mapping[Variable, frozenset[NormId]]:
    """For what is done, the duties that are linked with it, directly or through what is feasible and other duties."""
    known: Mapping[Variable, frozenset[NormId]] | None = about.worked_out.get("linked with")
    if known is None:
        said: list[tuple[NormId | None, Formula]] = [(None, part) for part in about.feasible]
        said += [(n.norm.id, n.demand) for n in about.demanding]
        conduct = [[v for v in variables(formula) if v in about.conduct] for _, formula in said]
        speaking_of: dict[Variable, list[int]] = {}
        for place, mentioned in enumerate(conduct):
            for variable in mentioned:
                speaking_of.setdefault(variable, []).append(place)
        known = {}
        for variable in speaking_of:
            if variable not in known:
                places, reached, left = set[int](), {variable}, [variable]
                while left:
                    further = set(speaking_of[left.pop()]) - places
                    places |= further
                    fresh = {v for place in further for v in conduct[place]} - reached
                    reached |= fresh
                    left += fresh
                duties = frozenset(norm for norm, _ in (said[place] for place in places) if norm is not None)
                known |= dict.fromkeys(reached, duties)
        about.worked_out["linked with"] = known
    return known


def _owed(about: Ground, advised: bool) -> list[GroundNorm]:
    return [n for n in about.demanding if advised or n.norm.strength is Strength.MUST]


def best(sights: Sequence[Sight]) -> Sight:
    """What is known when any bearer will do: what one of them shows, or else what is worst."""
    for kind in (Shown, Unknown, Unkeepable):
        for sight in sights:
            if isinstance(sight, kind):
                return sight
    return BindNowhereTogether(any(isinstance(sight, BindNowhereTogether) and sight.suspended for sight in sights))


def touching(system: NormSystem, about: Ground) -> list[tuple[NormId, NormId]]:
    """The pairs of duties, at least one of the text under check, that speak of one act or result."""
    conduct = {n.norm.id: touched(n.fulfilled) for n in about.demanding}
    norms = list(conduct)
    earlier: dict[Hashable, list[int]] = {}  # by the act or result that they speak of
    pairs: set[tuple[int, int]] = set()
    for place, norm in enumerate(norms):
        for spoken_of in conduct[norm]:
            pairs.update((other, place) for other in earlier.get(spoken_of, ()))
            earlier.setdefault(spoken_of, []).append(place)
    between = ((norms[i], norms[j]) for i, j in sorted(pairs))
    return [(one, other) for one, other in between if system.subject in (one.document, other.document)]


def _choices(condition: Formula) -> dict[Variable, frozenset[Value]]:
    """The values that the conjuncts of a condition leave to flags and named values, each by itself."""
    left: dict[Variable, frozenset[Value]] = {}
    for part in parts_of(condition):
        match part:
            case Flag(variable):
                values = frozenset[Value]({True})
            case Not(Flag(variable)):
                values = frozenset[Value]({False})
            case IsIn(variable, members):
                values = frozenset[Value](members)
            case Not(IsIn(variable, members)) if isinstance(variable.sort, KindSort):
                values = frozenset[Value](m for m in variable.sort.members if m not in members)
            case _:
                continue
        left[variable] = left.get(variable, values) & values
    return left


def _meets(shown: Shown, conditions: Sequence[Formula]) -> bool:
    return all(all(v in shown.values for v in variables(c)) and true_at(c, shown.values) for c in conditions)
