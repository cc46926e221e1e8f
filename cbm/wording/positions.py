"""How units lie to each other, told by a term of the vocabulary where the clauses clash throughout what it means."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.expressions import Compare, Formula, Not, conjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.core.substitution import parts_of, variables
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Unsat
from cbm.translation.saying import say
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.phrases import role_words


class ClashCondition(Record):
    """A sufficient condition of a clash: literals, terms that say how a role lies, and all of it as one formula.

    `whole` says that the clauses clash nowhere else.
    """

    literals: tuple[Formula, ...]
    positions: tuple[tuple[str, int], ...]
    formula: Formula
    whole: bool = False


def clash_condition(inquiry: Inquiry, about: Ground, clash: ConflictSet) -> ClashCondition:
    """The first conditions of a clash, with quantities replaced by terms as far as it happens there as well."""
    system = inquiry.system
    result = ClashCondition(clash.extent.cubes[0], (), conjunction(*clash.extent.cubes[0]))
    roles, grounder = len(system.situation.roles), about.grounder
    for name, condition in system.words.positions:
        for role in range(roles if system.situation.interchangeable else 1):
            term = grounder.formula(rotate(condition, role, roles))
            known = set(variables(term))
            rest = tuple(c for c in result.literals if not (_compares(c) and set(variables(c)) <= known))
            if rest == result.literals:
                continue
            wider = conjunction(*rest, term)
            if _covers(inquiry, about, term, result.formula) and _covers(inquiry, about, clash.extent.formula, wider):
                result = ClashCondition(rest, (*result.positions, (name, role)), wider)
    known_everywhere = clash.extent.exact and _covers(inquiry, about, result.formula, clash.extent.formula)
    return replace(result, whole=known_everywhere)


def clash_condition_words(system: NormSystem, shown: ClashCondition) -> str:
    """The conditions as one clause of a sentence."""
    return condition_words(system, shown.literals, _position_words(system, shown))


def further_conditions(
    inquiry: Inquiry, about: Ground, clash: ConflictSet, shown: ClashCondition
) -> tuple[tuple[Formula, ...], ...]:
    """Every further set of conditions that what is told first does not include.

    Where those that depend on the hours of channels are too many, the others.
    """
    others = clash.extent.cubes[: clash.extent.at_all_hours or None][1:]
    return tuple(cube for cube in others if not _covers(inquiry, about, shown.formula, conjunction(*cube)))


def sets_of_conditions(
    system: NormSystem, shown: ClashCondition, further: Sequence[Sequence[Formula]]
) -> tuple[tuple[str, ...], ...]:
    """What is told first, then the further sets."""
    first, *others = (tuple(literal_words(system, literal) for literal in cube) for cube in (shown.literals, *further))
    return ((*first, *_position_words(system, shown)), *others)


def _position_words(system: NormSystem, shown: ClashCondition) -> list[str]:
    return [
        say("{unit} is {state}", unit=role_words(system, role), state=system.words.terms[term])
        for term, role in shown.positions
    ]


def _compares(literal: Formula) -> bool:
    return isinstance(literal.operand if isinstance(literal, Not) else literal, Compare)


def _covers(inquiry: Inquiry, about: Ground, wide: Formula, narrow: Formula) -> bool:
    """Asked for the sake of words alone: what stays open is told as it was found."""
    if not is_kept() and set(parts_of(wide)) <= set(parts_of(narrow)):
        return True
    question = "is there an encounter under the narrower of two descriptions of the clash but not under the wider"
    with asking(question=question, found="the narrower words are kept", none="the wider words say it as well"):
        return isinstance(inquiry.ask(about, narrow, negation(wide)), Unsat)
