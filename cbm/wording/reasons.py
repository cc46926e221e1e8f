"""Why a clause does not bind in an episode, and which parts of a condition fail there, as the evaluator sees it."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import Expr, negation
from cbm.core.norms import Displacement, Guard, Norm, NormSystem
from cbm.core.roles import rotate
from cbm.core.substitution import conjuncts
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.parties_bound import in_force, owed
from cbm.evaluate.what_binds import binding, holds, live
from cbm.records import Record
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.wording.clause_names import clause_name, clause_names
from cbm.wording.condition_words import literal_words


class Reason(Record):
    """One sentence, which ends with `why`, and the expressions it is about, from the viewpoint of the episode."""

    words: str
    why: str
    about: tuple[Expr, ...] = ()


def failing(condition: Expr, seen: CompleteEpisode, system: NormSystem) -> Iterator[Expr]:
    """The conjuncts that are not so in the episode; where the condition denies several things, those that are so."""
    for part in conjuncts(condition):
        if not holds(part, seen, system):
            yield part


def why_not(norm: Norm, role: int, seen: CompleteEpisode, system: NormSystem) -> Reason | None:
    """Why the norm, which can speak to this role, does not bind it in the episode; None where it does."""
    name, step = clause_name(system, norm.id), role if norm.rotates else 0
    if binding(norm.id, role, seen, system):
        return None
    roles = len(system.situation.roles)
    missing = tuple(
        part for guard in norm.guards for part in failing(rotate(guard.condition, step, roles), seen, system)
    )
    if missing:
        told = dict.fromkeys(literal_words(system, negation(part)) for part in missing)
        return _not_here(name, listed(list(told), of="sentences"), missing)
    excepted = [guard for guard in norm.exceptions if holds(guard.condition, seen, system, step)]
    if excepted:
        conditions = tuple(rotate(guard.condition, step, roles) for guard in excepted)
        words = listed([literal_words(system, condition) for condition in conditions], of="sentences")
        return _not_here(name, _excepting(excepted[0], words), conditions)
    if not live(norm, role, seen, system):
        dated = in_force(system.texts[norm.id.document], system)
        why = say("these units are not of its parties") if dated else say("its text is not in force")
        return _not_here(name, why)
    above = [
        (system.norms[edge.by], by)
        for edge in system.displacements
        if edge.of == norm.id
        for by in (range(roles) if edge.both else (role,))
        if _displaces(edge, by, norm, role, seen, system)
    ]
    met = [rotate(guard.condition, by if n.rotates else 0, roles) for n, by in above for guard in n.guards]
    why = say("{clauses} stands in its place", clauses=clause_names(system, [n.id for n, _ in above]))
    return _not_here(name, why, tuple(met))


def _displaces(edge: Displacement, by: int, norm: Norm, role: int, seen: CompleteEpisode, system: NormSystem) -> bool:
    upper = system.norms[edge.by]
    return binding(edge.by, by, seen, system) and (owed(upper, by, seen, system) or not owed(norm, role, seen, system))


def _not_here(clause: str, why: str, about: tuple[Expr, ...] = ()) -> Reason:
    return Reason(say("{clause} does not bind here: {why}", clause=clause, why=why), why, about)


def _excepting(guard: Guard, conditions: str) -> str:
    if guard.label:
        return say("exception {label} applies, since {conditions}", label=guard.label, conditions=conditions)
    return say("its exception applies, since {conditions}", conditions=conditions)
