"""Witnesses to fully known episodes, and their replay by the evaluator: nothing is shown that it does not confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property, partial

from cbm.core.expressions import TRUE, Formula, IsIn
from cbm.core.linear import Sum, compare, of_variable, within
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.sorts import WEEK, Dimension, NumberSort
from cbm.core.substitution import Value, parts_of, substitute, variables
from cbm.core.variables import (
    NO_CHANNEL,
    NO_LANGUAGE,
    ActInstance,
    Auxiliary,
    Origin,
    Performed,
    Purpose,
    TurnOf,
    Variable,
    time_of_moment,
)
from cbm.core.viewpoints import seen
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.evaluate.possible_episodes import possible
from cbm.ground.declared_variables import declared_variables, within_range
from cbm.ground.grounding import Ground
from cbm.ground.party_readings import is_of_party
from cbm.process.budget import RunStopped, WorkSpent, current_budget
from cbm.records import Record, replace
from cbm.search.kept_answers import example, remembered
from cbm.search.round_figures import with_round_figures
from cbm.search.round_times import with_round_times
from cbm.search.world import is_copy
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, solver_for_verdicts
from cbm.syntax.ast import Relation

MINUTE = Fraction(60)
_NEAR = 8 * 52 * WEEK  # every sort of year is among them


class WitnessRefused(Exception):
    """The evaluator does not confirm what the solver found: a bug in cbm, never a fault of the text."""


class NoSuchEpisode(WitnessRefused):
    """The solver finds none; who asks for one that reads better may do without."""


class Episode(Record):
    """One episode as values of ground variables, and as the evaluator sees it."""

    values: Mapping[Variable, Value]
    world: CompleteEpisode


class Episodes:
    """Complete episodes, situation and conduct, in which some formulas hold; asked of one solver of their own.

    So the first one does not depend on any question before it. Every episode is confirmed: `confirmed` is the
    evaluator's own view of what it is to show.
    """

    def __init__(self, system: NormSystem, formulas: Iterable[Formula]) -> None:
        self._system = system
        self._common = tuple(formulas)
        self._declared = declared_variables(system)
        self._mentioned = dict.fromkeys(v for formula in self._common for v in variables(formula))
        ranges = (part for v in self._declared if v not in self._mentioned for part in within_range(v))
        self._required = (*self._common, *ranges)

    def find(self, formulas: Iterable[Formula], confirmed: Callable[[CompleteEpisode], bool]) -> Episode:
        """One in which these hold as well; they must be satisfiable together."""
        episode, _ = self.find_beside(formulas, confirmed)
        return episode

    def find_beside(
        self, formulas: Iterable[Formula], confirmed: Callable[[CompleteEpisode], bool]
    ) -> tuple[Episode, Mapping[Variable, Value]]:
        """The same, and what other conduct does in its situation, of which the formulas speak as well."""
        named = tuple(formulas)
        needed = self._mentioned | dict.fromkeys(v for formula in named for v in variables(formula))
        everything = dict.fromkeys((*(v for v in needed if not is_copy(v)), *self._declared))
        taken = self._options_taken(named)  # so that it is asked once of wordings that differ in these alone
        required, listed = _where_taken(self._required, taken), _where_taken(named, taken)
        wanted = dict.fromkeys(v for v in everything if v not in taken)
        beside = tuple(v for v in needed if is_copy(v))
        with asking(
            system=self._system,
            question="is there an encounter such as the finding shows",
            found="there is: the example is taken from it",
            none="there is not, which would be an error of cbm: the finding was made before",
        ):
            found = remembered(
                "which encounter shows it",
                (
                    self._system.situation.roles,
                    required,
                    listed,
                    tuple(wanted),
                    self._near,
                    tuple(self._ranged_in.items()),
                ),
                partial(self._values, required, listed, wanted, beside),
            )
        if found is None and (why := current_budget().stopped):
            raise RunStopped(why)
        if found is None:
            raise NoSuchEpisode("the situation was not found again")
        values = {**taken, **dict(zip((*wanted, *beside), found, strict=True))}
        return witnessed(self._system, {v: values[v] for v in everything}, confirmed), {v: values[v] for v in beside}

    def confirm(self, formulas: Iterable[Formula], confirmed: Callable[[CompleteEpisode], bool]) -> None:
        """That there is one in which these hold as well; it is not shown, so it does not matter who finds it.

        The formulas speak of no other conduct.
        """
        listed, system = tuple(formulas), self._system
        if not is_kept():  # who takes notes wants to see the question itself
            spoken_of = self._mentioned | dict.fromkeys(v for formula in listed for v in variables(formula))
            wanted = tuple(spoken_of | dict.fromkeys(self._declared))
            rests_on = (system.situation.roles, self._required, listed, wanted)
            values = example("does some encounter show it", rests_on, partial(self._soon, listed, wanted))
            if values is not None:
                witnessed(system, dict(zip(wanted, values, strict=True)), confirmed)
                return
        self.find(listed, confirmed)

    def _soon(self, formulas: tuple[Formula, ...], wanted: tuple[Variable, ...]) -> tuple[Value, ...] | None:
        """The values of what is wanted in some encounter, of a solver that was asked other questions before."""
        roles = self._system.situation.roles
        answer = solver_for_verdicts(self._system, roles).ask(*self._required, *formulas)
        return tuple(answer.values(dict.fromkeys(wanted)).values()) if isinstance(answer, Sat) else None

    def _options_taken(self, formulas: Iterable[Formula]) -> dict[Variable, Value]:
        """The choices of which what has to hold leaves one option."""
        negotiation = Negotiation(self._system)
        if not negotiation.terms:
            return {}
        said = (part for formula in (*self._common, *formulas) for part in parts_of(formula))
        named = (part for part in said if isinstance(part, IsIn) and len(part.members) == 1)
        return {part.variable: part.members[0] for part in named if negotiation.is_choice(part.variable)}

    def _values(
        self,
        required: tuple[Formula, ...],
        formulas: tuple[Formula, ...],
        wanted: Mapping[Variable, None],
        beside: tuple[Variable, ...],
    ) -> tuple[Value, ...] | None:
        """Of what is wanted and of what is beside it; figures are made rounder as far as all formulas still hold."""
        answer = self._answer(Solver(self._system.situation.roles, required), formulas, wanted)
        if isinstance(answer, Unknown):  # what is seen without a solver may be too hard for one
            raise WorkSpent(answer.reason)
        if not isinstance(answer, Sat):
            return None
        values = answer.values({**wanted, **dict.fromkeys(beside)})
        all_that_holds = (*required, *formulas)
        figures = with_round_figures(values, all_that_holds, self._ranged_in)
        rounder = with_round_times(figures, all_that_holds)
        return tuple(rounder[variable] for variable in (*wanted, *beside))

    def _answer(self, solver: Solver, formulas: tuple[Formula, ...], wanted: Iterable[Variable]) -> Answer:
        """One with all times in whole minutes and days in years near to us, if there is one: people read examples."""
        whole, near = [in_minutes(v) for v in wanted if _is_length_of_time(v)], self._near
        for readable in ([*whole, *near], whole) if near else (whole,):
            if readable:
                answer = solver.ask(*formulas, *readable)
                if isinstance(answer, Sat):
                    solver.note(answer, *formulas)
                    return answer
        return solver.decide(*formulas)

    @cached_property
    def _ranged_in(self) -> dict[Variable, str]:
        """The units in which the ranges of quantities are written, of those that are spoken of."""
        units = self._system.words.units
        ranged = ((variable, units.get(seen(variable, 0))) for variable in self._mentioned)
        roles = range(len(self._system.situation.roles))
        terms = ((seen(term.variable, role), term.unit) for term in self._system.open_terms for role in roles)
        return {variable: unit for variable, unit in (*terms, *ranged) if unit is not None}

    @cached_property
    def _near(self) -> tuple[Formula, ...]:
        return tuple(near_years(self._system))


def _where_taken(formulas: tuple[Formula, ...], taken: Mapping[Variable, Value]) -> tuple[Formula, ...]:
    """What the formulas say where these options are taken."""
    if not taken:
        return formulas
    return tuple(said for formula in formulas if (said := substitute(formula, taken)) != TRUE)


def near_years(system: NormSystem) -> Iterator[Formula]:
    """That moments lie near the beginning of times where days of their year are named."""
    for name in dict.fromkeys(moment.on.of for moment in system.situation.moments if moment.on and moment.on.of):
        at = of_variable(time_of_moment(name))
        yield within(at, Sum(), Sum((), _NEAR))


def _is_length_of_time(v: Variable) -> bool:
    return isinstance(v.sort, NumberSort) and v.sort.dimension is Dimension.DURATION and v.origin is not Origin.READING


def in_minutes(v: Variable) -> Formula:
    """A length or a point of time is a whole number of minutes."""
    minutes = Auxiliary(Purpose.MINUTES, v, NumberSort(Dimension.COUNT))
    return compare(of_variable(v), Relation.EQUAL, of_variable(minutes).times(MINUTE))


def episode(about: Ground, formulas: Iterable[Formula], confirmed: Callable[[CompleteEpisode], bool]) -> Episode:
    """One episode of this bearer."""
    with asking(bearer=about.bearer):
        return joint_episode(about.system, (*about.possible, *about.feasible), formulas, confirmed)


def confirm(about: Ground, formulas: Iterable[Formula], confirmed: Callable[[CompleteEpisode], bool]) -> None:
    """That there is one of this bearer, which is not shown."""
    with asking(bearer=about.bearer):
        Episodes(about.system, (*about.possible, *about.feasible, *formulas)).confirm((), confirmed)


def joint_episode(
    system: NormSystem,
    axioms: Iterable[Formula],
    formulas: Iterable[Formula],
    confirmed: Callable[[CompleteEpisode], bool],
) -> Episode:
    """One of all units together."""
    return Episodes(system, (*axioms, *formulas)).find((), confirmed)


def witnessed(
    system: NormSystem, values: Mapping[Variable, Value], confirmed: Callable[[CompleteEpisode], bool]
) -> Episode:
    """The episode of an answer to a question that kept to the axioms; every declared variable has a value."""
    seen = world(system, values)
    if not confirmed(seen):
        raise WitnessRefused("the evaluator sees it otherwise")
    return Episode(values, seen)


def world(system: NormSystem, values: Mapping[Variable, Value]) -> CompleteEpisode:
    """Values of ground variables as an episode: flags of doings become doings. Its axioms are checked."""
    plain = {v: value for v, value in values.items() if v.origin is not Origin.DOING and not is_of_party(v)}
    doings: set[Doing] = set()
    for variable, value in values.items():
        if isinstance(variable, Performed) and value is True:
            done = variable.instance
            if done.number is None and replace(done, number=1).performed in values:
                continue  # only says that one of the instances of the act is done
            doings.add(_doing(system, done, values))
    result = CompleteEpisode(plain, frozenset(doings))
    if not possible(result, system):
        raise WitnessRefused("the witness breaks an axiom")
    return result


def _doing(system: NormSystem, done: ActInstance, values: Mapping[Variable, Value]) -> Doing:
    stated = (item for item in system.acts[done.act].told if values.get(done.states(item)) is True)
    at = values.get(done.at, Fraction(0))
    sent, through = values.get(done.sent, at), values.get(done.through(system.channels))
    assert isinstance(at, Fraction)
    assert isinstance(sent, Fraction)
    channel = through if isinstance(through, str) and through != NO_CHANNEL else None
    worded = values.get(done.language(system.languages))
    language = worded if isinstance(worded, str) and worded != NO_LANGUAGE else None
    turn = values.get(TurnOf(done), Fraction(0))
    assert isinstance(turn, Fraction)
    return Doing(
        act=done.act,
        role=done.role,
        states=frozenset(stated),
        at=at,
        through=channel,
        sent=sent,
        language=language,
        turn=turn,
    )
