"""Which clauses the encounters of a case bring into play: everywhere, somewhere or nowhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Case
from cbm.given_situations.in_play import clauses_of, excepting
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat


class CaseReach(IntEnum):
    """In how many encounters of a case a clause binds a unit, or applies as an exception."""

    NOWHERE = 0
    SOMEWHERE = 1
    EVERYWHERE = 2


@dataclass(frozen=True, slots=True)
class ExercisedBy:
    """How far a case reaches a clause; or why that is not known."""

    clause: NormId
    case: Case
    reach: CaseReach | Unknown


def exercise(inquiry: Inquiry) -> Iterator[ExercisedBy]:
    """Each clause of the text under check with each case in which something is expected."""
    for case in inquiry.system.cases:
        if not case.expected:
            continue
        dated = inquiry.on(case.as_of)
        whose = disjunction(*dict.fromkeys(expected.whose for expected in case.expected))
        reached: dict[NormId, CaseReach | Unknown] = dict.fromkeys(clauses_of(inquiry.system), CaseReach.NOWHERE)
        for about in map(dated.view_of, range(len(inquiry.system.situation.roles))):
            given = about.grounder.formula(conjunction(case.given, whose))
            for clause, playing in _in_play(about).items():
                reached[clause] = _better(reached[clause], _reach(dated, about, clause, given, playing))
        yield from (ExercisedBy(clause, case, reach) for clause, reach in reached.items())


def _in_play(about: Ground) -> dict[NormId, Formula]:
    """When each clause binds this bearer, and when each exception takes something from what would."""
    system = about.system
    found: dict[NormId, list[Formula]] = {clause: [] for clause in clauses_of(system)}
    for n in about.norms:
        if n.norm.id.document != system.subject:
            continue
        found[n.norm.id.unworded].append(n.binds)
        for guard in n.norm.exceptions:
            if guard.label is not None:
                met = excepting(system, n.norm, guard, about.bearer)
                found[NormId(system.subject, guard.label)].append(about.grounder.formula(met))
    return {clause: disjunction(*formulas) for clause, formulas in found.items()}


def _reach(inquiry: Inquiry, about: Ground, clause: NormId, given: Formula, playing: Formula) -> CaseReach | Unknown:
    if playing == FALSE:
        return CaseReach.NOWHERE
    question = "does it come into play in an encounter of the case"
    with asking(norms=(clause,), question=question, found="the case may exercise it", none="it does not"):
        somewhere = inquiry.ask(about, given, playing)
    if isinstance(somewhere, Unknown | Unsat):
        return somewhere if isinstance(somewhere, Unknown) else CaseReach.NOWHERE
    question = "is there an encounter of the case in which it does not come into play"
    with asking(norms=(clause,), question=question, found="the case exercises it in part", none="it does in full"):
        elsewhere = inquiry.ask(about, given, negation(playing))
    if isinstance(elsewhere, Unknown):
        return elsewhere
    return CaseReach.EVERYWHERE if isinstance(elsewhere, Unsat) else CaseReach.SOMEWHERE


def _better(one: CaseReach | Unknown, other: CaseReach | Unknown) -> CaseReach | Unknown:
    """What is known of a clause that one bearer meets so and another one so."""
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        if CaseReach.EVERYWHERE in (one, other):
            return CaseReach.EVERYWHERE
        return one if isinstance(one, Unknown) else other
    return max(one, other)
