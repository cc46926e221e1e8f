"""Clauses to encounters that exercise them: each clause binds one of the units that meet, or excepts there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbm.compliance.joint import Joint
from cbm.core.expressions import Expr, Formula, NormId, disjunction
from cbm.core.norms import NormSystem
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import holds
from cbm.given_situations.in_play import playing
from cbm.process.budget import RunStopped
from cbm.search.meeting_sets import Cover, MeetingSearch, Members, fewest, pairwise
from cbm.search.replay import Episode
from cbm.smt.solve import Sat, Solver, Unknown, sharing


@dataclass(frozen=True, slots=True)
class Drill:
    """An encounter, and the clauses that are in play in it for each unit; `kept`: all duties are kept in it."""

    episode: Episode
    exercised: tuple[tuple[NormId, ...], ...]  # by role
    kept: bool | Unknown

    @property
    def clauses(self) -> frozenset[NormId]:
        return frozenset(clause for some in self.exercised for clause in some)


@dataclass(frozen=True, slots=True)
class Drills:
    """Encounters that exercise each clause, with a doubt that there are no fewer; and such as exercise each pair.

    `met` and `apart` count pairs that can be in play together and such as cannot. `open_pairs` and `unknown` are pairs
    and clauses of which nobody knows that, and why. `unshown` are clauses that one encounter exercises and that was too
    much to find, and why.
    """

    each: tuple[Drill, ...]
    pairs: tuple[Drill, ...]
    doubt: str = ""
    met: int = 0
    apart: int = 0
    open_pairs: tuple[tuple[tuple[NormId, NormId], str], ...] = ()
    unknown: tuple[tuple[NormId, str], ...] = ()
    unshown: tuple[tuple[tuple[NormId, ...], str], ...] = ()


def drills(everyone: Joint, clauses: Sequence[NormId], given: Expr) -> Drills:
    """The drills of these clauses in the situations that meet what is given."""
    search = _DrillSearch(everyone, given)
    able, unknown = [], []
    for clause in clauses:
        answer = search.solver.ask(search.formula(clause))
        if isinstance(answer, Sat):
            able.append(clause)
        elif isinstance(answer, Unknown):
            unknown.append((clause, answer.reason))
    meetings = MeetingSearch(search.solver, [search.formula(clause) for clause in able])
    cover: Cover = fewest(meetings)
    pairs = list(meetings.pairs())
    each, paired = tuple(search.drills(able, cover.sets)), tuple(search.drills(able, pairwise(meetings)))
    return Drills(
        each=tuple(one for one in each if isinstance(one, Drill)),
        pairs=tuple(one for one in paired if isinstance(one, Drill)),
        doubt=cover.doubt,
        met=sum(can is True for _, can in pairs),
        apart=sum(can is False for _, can in pairs),
        open_pairs=tuple((_named(able, pair), can.reason) for pair, can in pairs if isinstance(can, Unknown)),
        unknown=tuple(unknown),
        unshown=tuple(one for one in (*each, *paired) if not isinstance(one, Drill)),
    )


def _named(clauses: Sequence[NormId], pair: Members) -> tuple[NormId, NormId]:
    one, other = sorted(pair)
    return clauses[one], clauses[other]


class _DrillSearch:
    def __init__(self, everyone: Joint, given: Expr) -> None:
        self._everyone, self._system, self._given = everyone, everyone.system, given
        self._formulas: dict[NormId, Formula] = {}
        self.solver = Solver(self._system.situation.roles, (*everyone.axioms, everyone.formula(given)))

    def formula(self, clause: NormId) -> Formula:
        if clause not in self._formulas:
            self._formulas[clause] = self._everyone.formula(in_play_for_some(self._system, clause))
        return self._formulas[clause]

    def drills(
        self, clauses: Sequence[NormId], sets: Sequence[Members]
    ) -> Iterator[Drill | tuple[tuple[NormId, ...], str]]:
        """An encounter for each set, or why none was found."""
        for members in sets:
            wanted = [clauses[one] for one in sorted(members)]
            said = (self._given, *(in_play_for_some(self._system, clause) for clause in wanted))
            answer = self._everyone.compliant(*map(self._everyone.formula, said))
            kept = answer if isinstance(answer, Unknown) else isinstance(answer, Sat)
            try:
                with sharing():  # which encounter is shown depends on no other drill
                    shown = self._everyone.episode(*said) if kept is True else self._everyone.occurring(*said)
            except RunStopped as why:
                yield tuple(wanted), str(why)
                continue
            yield Drill(shown, exercised_in(self._system, clauses, shown.world), kept)


def in_play_for_some(system: NormSystem, clause: NormId) -> Expr:
    """That the clause is in play for some unit."""
    return disjunction(*(playing(system, clause, role) for role in range(len(system.situation.roles))))


def exercised_in(
    system: NormSystem, clauses: Sequence[NormId], seen: CompleteEpisode
) -> tuple[tuple[NormId, ...], ...]:
    """For each role the clauses that are in play for it in the episode, as the evaluator sees it."""
    return tuple(
        tuple(clause for clause in clauses if holds(playing(system, clause, role), seen, system))
        for role in range(len(system.situation.roles))
    )
