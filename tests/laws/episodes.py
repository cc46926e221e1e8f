"""A small norm system and one bearer to every episode there can be: what is found, and what can be done then.

The *situation* is what the bearer finds: the attributes, what the others bring about by themselves, and their acts,
each done at most once. The *conduct* is what it decides: its acts, as often and stating what it likes, its results and
the shared ones, and those acts and results of the others that an axiom ties to any of these. What nothing speaks of
keeps one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from operator import itemgetter
from typing import TypeVar, assert_never

from cbm.core.expressions import And, Expr, Formula, NormId
from cbm.core.norms import Norm, NormSystem
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.substitution import mentioned
from cbm.core.variables import Origin, Performed, ResultValue, Stating, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import axioms, is_of_its_time, variables
from cbm.evaluate.what_binds import applicable, binding, holds, live
from cbm.records import replace
from cbm.search.implicants import true_at
from tests.laws.grid import Deed, Part, asked, atoms, doings, grid, parts, said

T = TypeVar("T")
Choice = tuple[int, ...]  # for each part of an episode, which of its values
Question = Callable[[Choice], T]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one norm stands towards the bearer in one episode."""

    met: bool  # its condition holds, exceptions aside
    applicable: bool
    live: bool
    binding: bool
    kept: bool  # what it describes is the case
    repaired: tuple[bool, ...]  # what it asks for otherwise is the case, step by step


@dataclass(frozen=True, slots=True)
class Conduct:
    """One feasible conduct in one situation, and how the norms stand then."""

    choice: Choice
    standing: Mapping[NormId, Standing]


@dataclass(frozen=True, slots=True)
class Encounter:
    """One situation that the axioms allow, without what is decided in it, and every feasible conduct.

    `clashes` keeps what was found to clash in it, by whether advice counts.
    """

    world: CompleteEpisode
    conducts: tuple[Conduct, ...]
    clashes: dict[bool, frozenset[frozenset[NormId]]] = field(default_factory=dict, compare=False, repr=False)


class Side:
    """All episodes of a system from one bearer's side, each looked at once.

    `also` are further atoms that matter; `often`: the others too may do an act more than once; `finer`: see grid.
    """

    def __init__(
        self, system: NormSystem, role: int, also: Iterable[Expr] = (), often: bool = False, finer: int = 1
    ) -> None:
        self.system, self.role, self.finer = system, role, finer
        self.norms = {n.id: n for n in system.norms.values() if n.rotates or n.bearer == role}
        self.atoms = said(system, role) | frozenset(also)
        claims = [(claim, view) for axiom, view in axioms(system) for claim in _claims(axiom)]
        self._axioms = [(claim, view, parts(atoms(claim, view, system))) for claim, view in claims]
        spoken = parts(self.atoms) | set(self.axes if system.coverage else ()) | set(self._parties)
        tied = self._tied()
        own = [part for part in _ordered(spoken, system) if self._own(part) or part in tied]
        self.parts = [*(part for part in _ordered(spoken, system) if part not in own), *own]
        self.found = len(self.parts) - len(own)  # so many parts are found; the rest are decided
        self.choices = self._choices(often, finer)
        self._places = [{value: place for place, value in enumerate(options)} for options in self.choices]
        self._blank = {variable: _first(variable) for variable in variables(system)}
        self._latest: tuple[Choice, Encounter] | None = None

    @property
    def view(self) -> int:
        """The role that promises and types of encounter are read from."""
        return self.role if self.system.situation.interchangeable else 0

    @property
    def axes(self) -> tuple[Variable, ...]:
        """What tells types of encounter apart, as this bearer sees it."""
        roles = len(self.system.situation.roles)
        known = (axis for axis in self.system.situation.axes if isinstance(axis, Variable))
        return tuple(a if a.role is None else replace(a, role=(a.role + self.view) % roles) for a in known)

    @property
    def _parties(self) -> tuple[Variable, ...]:
        """Whose each unit is, where that may be one person under two names: it meets nobody then."""
        situation = self.system.situation
        if situation.party is None or not self.system.continuations:
            return ()
        return tuple(replace(situation.party, role=role) for role in range(len(situation.roles)))

    def conduct_of(self, norm: NormId) -> frozenset[Part]:
        """What is decided that the norm speaks of, in its content or in what decides whether it binds."""
        known = self.norms[norm]
        view = self.role if known.rotates else 0
        said = (*asked(norm, self.role, self.system), *atoms(known.content, view, self.system))
        return parts(said).intersection(self.parts[self.found :])

    def tied_conduct(self) -> Iterator[frozenset[Part]]:
        """What is decided and stands in one axiom."""
        return (about.intersection(self.parts[self.found :]) for _, _, about in self._axioms)

    # ---- episodes

    @cached_property
    def encounters(self) -> tuple[Encounter, ...]:
        """The situations in which there is feasible conduct."""
        return tuple(self.each())

    def each(self) -> Iterator[Encounter]:
        """The same one by one, for who may not need them all."""
        return (encounter for encounter in self._each() if encounter.conducts)

    @cached_property
    def stranded(self) -> tuple[CompleteEpisode, ...]:
        """The situations without feasible conduct."""
        return tuple(encounter.world for encounter in self._each() if not encounter.conducts)

    def at(self, world: CompleteEpisode) -> Encounter:
        """The encounter that an episode belongs to."""
        choice = self._choice(world)[: self.found]
        if self._latest is None or self._latest[0] != choice:  # episodes of one encounter follow one another
            self._latest = choice, self._encounter(choice)
        return self._latest[1]

    def standing(self, world: CompleteEpisode) -> Mapping[NormId, Standing]:
        """How the norms stand in an episode."""
        choice = self._choice(world)
        return {norm: ask(choice) for norm, ask in self._standing.items()}

    def _choice(self, world: CompleteEpisode) -> Choice:
        return tuple(places[self._value(world, part)] for part, places in zip(self.parts, self._places, strict=True))

    def world(self, choice: Choice) -> CompleteEpisode:
        """The episode of a choice; what is not chosen yet has its first value, and is not done."""
        values: dict[Variable, Value] = dict(self._blank)
        done: frozenset[Doing] = frozenset()
        for part, place, options in zip(self.parts, choice, self.choices, strict=False):
            value = options[place]
            if isinstance(part, Deed):
                assert isinstance(value, frozenset)
                done |= value
            else:
                assert not isinstance(value, frozenset)
                values[part] = value
        return CompleteEpisode(values, done)

    def question(self, answer: Callable[[CompleteEpisode], T], about: Iterable[Part]) -> Question[T]:
        """The answer for each choice, worked out once for all choices that agree on what it is about."""
        places = sorted(self.parts.index(part) for part in about)
        those: Callable[[Choice], object] = itemgetter(*places) if places else lambda _: None
        known: dict[object, T] = {}

        def ask(choice: Choice) -> T:
            key = those(choice)
            if key not in known:
                known[key] = answer(self.world(choice))
            return known[key]

        return ask

    def condition(self, expression: Expr, view: int) -> Question[bool]:
        """Whether an expression holds, read from a role."""
        about = parts(atoms(expression, view, self.system))
        return self.question(lambda world: holds(expression, world, self.system, view), about)

    # ---- what is found and what is decided

    def _own(self, part: Part) -> bool:
        return self._made(part) and part.role in (None, self.role)

    def _made(self, part: Part) -> bool:
        return isinstance(part, Deed | ResultValue)

    def _tied(self) -> set[Part]:
        """What the others do or bring about and an axiom ties to what the bearer does or brings about."""
        linked = [about for _, _, about in self._axioms if any(map(self._own, about))]
        return {part for about in linked for part in about if self._made(part)}

    def _choices(self, often: bool, finer: int) -> list[tuple[Value | frozenset[Doing], ...]]:
        numbers = grid(self.atoms, self.parts[self.found :], finer)
        choices: list[tuple[Value | frozenset[Doing], ...]] = []
        for part in self.parts:
            if isinstance(part, Deed):
                choices.append(doings(part, self.atoms, often or part.role == self.role))
            else:
                choices.append(_values(part, numbers))
        return choices

    # ---- going through them

    def _each(self) -> Iterator[Encounter]:
        ranges = [range(len(options)) for options in self.choices[: self.found]]
        allowed = [self.condition(a, view) for a, view, about in self._axioms if not self._decided(about)]
        if self._parties:
            allowed.append(self.question(lambda world: is_of_its_time(world, self.system), self._parties))
        return (self._encounter(found) for found in product(*ranges) if all(ask(found) for ask in allowed))

    def _encounter(self, found: Choice) -> Encounter:
        ranges = [range(len(options)) for options in self.choices[self.found :]]
        conducts = []
        for decided in product(*ranges):
            choice = found + decided
            if all(ask(choice) for ask in self._feasible):
                conducts.append(Conduct(choice, {norm: ask(choice) for norm, ask in self._standing.items()}))
        return Encounter(self.world(found), tuple(conducts))

    @cached_property
    def _feasible(self) -> list[Question[bool]]:
        return [self.condition(a, view) for a, view, about in self._axioms if self._decided(about)]

    @cached_property
    def _standing(self) -> dict[NormId, Question[Standing]]:
        return {norm.id: self._stands(norm) for norm in self.norms.values()}

    def _stands(self, norm: Norm) -> Question[Standing]:
        """How a norm stands: one record for all choices in which it stands alike."""
        system, role = self.system, self.role
        view = role if norm.rotates else 0

        def whether_bound(world: CompleteEpisode) -> tuple[bool, bool, bool, bool]:
            """Each of these implies the one before it (tests/laws/evaluate), so what follows a no is not asked."""
            met = all(holds(guard.condition, world, system, view) for guard in norm.guards)
            applies = met and applicable(norm, role, world, system)
            lives = applies and live(norm, role, world, system)
            return met, applies, lives, lives and binding(norm.id, role, world, system)

        def whether_done(world: CompleteEpisode) -> tuple[bool, tuple[bool, ...]]:
            repaired = tuple(holds(step.content, world, system, view) for step in norm.otherwise)
            return fulfilled(norm, role, world, system), repaired

        contents = (norm.content, *(step.content for step in norm.otherwise))
        said = (atom for content in contents for atom in atoms(content, view, system))
        bound = self.question(whether_bound, parts(asked(norm.id, role, system)))
        done = self.question(whether_done, parts(said))
        known: dict[object, Standing] = {}

        def ask(choice: Choice) -> Standing:
            key = bound(choice), done(choice)
            if key not in known:
                known[key] = Standing(*key[0], *key[1])
            return known[key]

        return ask

    def _decided(self, about: Iterable[Part]) -> bool:
        return any(part in self.parts[self.found :] for part in about)

    def _value(self, world: CompleteEpisode, part: Part) -> Value | frozenset[Doing]:
        if isinstance(part, Deed):
            return frozenset(doing for doing in world.doings if (doing.act, doing.role) == (part.act, part.role))
        return world.values[part]


def at(formula: Formula, world: CompleteEpisode) -> bool:
    """Whether a ground formula over the situation holds in a world; acts of others are their plain flags."""
    point: dict[Variable, Value] = {}
    for variable in mentioned(formula):
        if variable.origin is Origin.DOING:
            assert isinstance(variable, Performed | Stating)
            item = variable.item if isinstance(variable, Stating) else None
            done = [d for d in world.doings if (d.act, d.role) == (variable.instance.act, variable.role)]
            point[variable] = any(item is None or item in d.states for d in done)
        else:
            point[variable] = world.values[variable]
    return true_at(formula, point)


def _claims(axiom: Expr) -> tuple[Expr, ...]:
    """What an axiom claims, taken apart: two claims in one axiom tie nothing together."""
    return axiom.parts if isinstance(axiom, And) else (axiom,)


def _ordered(spoken: Iterable[Part], system: NormSystem) -> list[Part]:
    """The parts in the order of the vocabulary."""
    roles = range(len(system.situation.roles))
    known: list[Part] = [*variables(system), *(Deed(act, role) for act in system.acts for role in roles)]
    return [part for part in known if part in spoken]


def _values(variable: Variable, numbers: Mapping[Variable, tuple[Fraction, ...]]) -> tuple[Value, ...]:
    match variable.sort:
        case FlagSort():
            return (False, True)
        case KindSort(_, members):
            return members
        case NumberSort():
            return numbers[variable]
        case _:
            assert_never(variable.sort)


def _first(variable: Variable) -> Value:
    match variable.sort:
        case NumberSort(_, low, _):
            return low or Fraction(0)
        case _:
            return _values(variable, {})[0]
