"""A change of meaning to an encounter that shows it, as the evaluator sees it with either text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from cbm.comparison.attainment import Attainment
from cbm.comparison.differences import ChangeKind, MeaningChange
from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Expr, Formula, NormId, conjunction, negation
from cbm.core.norms import Modality, Strength
from cbm.core.substitution import Value, mentioned, substitute, variables
from cbm.core.variables import Timed, Variable
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled, repaired
from cbm.evaluate.what_binds import binding
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.exists_forall import fix
from cbm.search.replay import Episode, NoSuchEpisode, WitnessRefused, episode
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

_PERMISSIONS = (ChangeKind.PERMITTED, ChangeKind.NOT_PERMITTED)
_EXEMPTIONS = (ChangeKind.EXEMPTED, ChangeKind.NOT_EXEMPTED)
_REPARATIONS = (ChangeKind.REPARATION_TIGHTENED, ChangeKind.REPARATION_RELAXED)


def change_episode(both: TwoTexts, change: MeaningChange, *also: Formula) -> Episode:
    """An encounter under the first conditions of the change in which it is seen; WitnessRefused is a bug of cbm.

    One in which the duties of the other text can all be kept, if there is one: there the change is seen as it is.
    """
    theirs = both.old if change.kind.of_new else both.new
    about = change.about

    def confirmed(seen: CompleteEpisode) -> bool:
        worlds = read_by_both(both, about, seen, (change.shows, *also))
        here, there = (worlds[1], worlds[0]) if change.kind.of_new else worlds
        return _breaks(both, change, here) and _keeps(both, theirs, change, there)

    asked = (*change.cubes[0], change.shows, *also)
    clashes = both.clashing(theirs, about, change.kind.of_advice)
    apart = [negation(where) for clash, where in clashes if change.among.issuperset(clash.norms)]
    if apart:
        with suppress(NoSuchEpisode):
            return episode(about, (*asked, *apart), confirmed)
    return episode(about, asked, confirmed)


def hanging_on(both: TwoTexts, change: MeaningChange, shown: Episode, told: Iterable[Expr]) -> tuple[Formula, ...]:
    """What else has to be so for the conduct of the example to show the change, beside what is told of the example.

    The conditions of a change suffice for some conduct; that of the example may need more. Where times count, nearly
    all delays and moments of the example bear on each other, and its time line is told.
    """
    about, values = change.about, shown.values
    if any(isinstance(v, Timed) for v in variables(change.shows)):
        return ()
    known = {v: values[v] for part in told for v in mentioned(part) if v in values}
    facts = {v: value for v, value in known.items() if v not in about.conduct}
    done = (fix(v, value) for v, value in known.items() if v in about.conduct)
    asked = substitute(conjunction(change.shows, *done), facts)
    found = (v for v in variables(asked) if v not in about.conduct)
    needed = Attainment(world_of(about), asked, both.learnt).next(*(fix(v, values[v]) for v in found))
    if needed is None or isinstance(needed, Unknown):
        return ()
    solver = Solver(about.system.situation.roles, (*about.possible, *(fix(v, value) for v, value in facts.items())))
    return tuple(part for part in needed if not isinstance(solver.ask(negation(part)), Unsat))


def unkept_elsewhere(both: TwoTexts, change: MeaningChange, shown: Episode) -> tuple[NormId, ...]:
    """What the example breaches of the other text all the same: duties that clash there, so that some have to give way.

    So conduct that the other text leaves is not always without a breach.
    """
    theirs = both.old if change.kind.of_new else both.new
    worlds = read_by_both(both, change.about, shown.world, (change.shows,))
    seen = worlds[0] if change.kind.of_new else worlds[1]
    known = tuple(fix(variable, value) for variable, value in shown.values.items())
    found: dict[NormId, None] = {}
    for clash, where in both.clashing(theirs, change.about, change.kind.of_advice):
        if change.among.issuperset(clash.norms) and not isinstance(
            both.inquiry.ask(change.about, where, *known), Unsat
        ):
            found |= dict.fromkeys(n for n in clash.norms if _is_breached(both, n, change.about.bearer, seen))
    return tuple(found)


class OwedElsewhere(Record):
    """What the other text says of an example of reparation: which duties are breached, and which steps are done then.

    `done` are clauses with the number of a step, from 0.
    """

    breached: tuple[NormId, ...]
    done: tuple[tuple[NormId, int], ...]


def owed_elsewhere(both: TwoTexts, change: MeaningChange, shown: Episode) -> OwedElsewhere:
    """What the example of a changed reparation breaches of the other text, and what it does after that."""
    theirs = both.old if change.kind.of_new else both.new
    worlds = read_by_both(both, change.about, shown.world, (change.shows,))
    bearer, seen = change.about.bearer, worlds[0] if change.kind.of_new else worlds[1]
    own = (n for n in both.system.norms.values() if n.id.document == theirs.name and n.id in change.among)
    breached = [n for n in own if n.demands and _is_breached(both, n.id, bearer, seen)]
    steps = ((n, step) for n in breached for step in range(min(change.step + 1, len(n.otherwise))))
    done = tuple((n.id, step) for n, step in steps if repaired(n, step, bearer, seen, both.system))
    return OwedElsewhere(tuple(n.id for n in breached), done)


def _is_breached(both: TwoTexts, norm: NormId, bearer: int, seen: CompleteEpisode) -> bool:
    return binding(norm, bearer, seen, both.system) and not fulfilled(
        both.system.norms[norm], bearer, seen, both.system
    )


def read_by_both(
    both: TwoTexts, about: Ground, seen: CompleteEpisode, shown: Iterable[Formula]
) -> tuple[CompleteEpisode, CompleteEpisode]:
    """The same encounter as the old text reads its facts, and as the new one does; these formulas hold in it."""
    readings = both.facts[about.bearer]
    if not readings.old:
        return seen, seen
    asked = (*readings.tied, *shown)
    known = {v: x for v, x in seen.values.items() if any(v in variables(part) for part in asked)}
    solver = Solver(both.system.situation.roles, (*about.possible, *about.feasible, *asked))
    answer = solver.ask(*(fix(v, value) for v, value in known.items()))
    if not isinstance(answer, Sat):
        raise WitnessRefused("the facts are not read so")

    def world(reading: Mapping[Variable, Variable]) -> CompleteEpisode:
        read: Mapping[Variable, Value] = answer.values(tuple(reading.values()))
        return replace(seen, values={**seen.values, **{v: read[copy] for v, copy in reading.items()}})

    return world(readings.old), world(readings.new)


def _breaks(both: TwoTexts, change: MeaningChange, seen: CompleteEpisode) -> bool:
    """Whether the text whose clauses the change names sees it so: they are breached, or made use of."""
    bearer, system = change.about.bearer, both.system
    for clause in change.clauses:
        norm = system.norms[clause]
        kept = fulfilled(norm, bearer, seen, system)
        if not binding(clause, bearer, seen, system):
            return False
        if kept != (change.kind in _PERMISSIONS):
            return False
        if change.kind in _REPARATIONS and any(
            repaired(norm, step, bearer, seen, system) for step in range(change.step + 1)
        ):
            return False
    return True


def _keeps(both: TwoTexts, text: OwnText, change: MeaningChange, seen: CompleteEpisode) -> bool:
    """Whether the other text sees no breach in it, or does not permit it; where clauses clash or yield, it may."""
    bearer, system = change.about.bearer, both.system
    named = text.rewriting.norm
    yielding = {named(n) for edge in text.system.precedences for n in edge.yielding}
    unsteady = yielding.union(*(map(named, clash.norms) for clash in text.clashes))
    for norm in system.norms.values():
        own = norm.id.document == text.name and norm.id in change.among and norm.id not in unsteady
        if not own or not binding(norm.id, bearer, seen, system):
            continue
        kept = fulfilled(norm, bearer, seen, system)
        if change.kind in _PERMISSIONS:
            fine = norm.modality is not Modality.PERMISSION or not kept
        elif change.kind in _EXEMPTIONS:
            fine = norm.modality is not Modality.EXEMPTION or kept
        elif change.kind in _REPARATIONS:
            counts = norm.demands and norm.strength is Strength.MUST and len(norm.otherwise) > change.step
            owed = counts and norm.otherwise[change.step].strength is Strength.MUST
            done = (repaired(norm, step, bearer, seen, system) for step in range(change.step + 1)) if owed else ()
            fine = kept or not owed or any(done)
        else:
            counts = norm.strength is Strength.MUST or change.kind.of_advice
            fine = not norm.demands or not counts or kept
        if not fine:
            return False
    return True
