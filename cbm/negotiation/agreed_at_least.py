"""What is agreed in a bracket: the option with which the text asks for, or permits, no more than with any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.comparison.meaning import TextPair, breach, exercise
from cbm.core.expressions import FALSE, TRUE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Strength
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry
from cbm.negotiation.not_compared import not_asked_for_least
from cbm.negotiation.taken_option import changed_norms, option_taken, text_pairs
from cbm.records import Record
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown


class AgreedAtLeast(Record):
    """Of a choice, by number, the first option that is agreed at least: whatever is taken, the text has what it says.

    `unknown`: nobody knows whether it is agreed, or only one that comes after it.
    """

    choice: int
    option: int
    unknown: Unknown | None = None


def agreed_at_least(inquiry: Inquiry, negotiation: Negotiation) -> Iterator[AgreedAtLeast]:
    """For each choice the option that is agreed at least, if one is, or the first of which it is not known.

    Where a choice has but one option, nothing is to be agreed.
    """
    passed_over = not_asked_for_least(negotiation)
    for choice, known in enumerate(negotiation.choices):
        if choice in passed_over or len(known.options) == 1:
            continue
        for option in range(len(known.options)):
            agreed = _is_agreed(inquiry, negotiation, choice, option)
            if agreed is not False:
                yield AgreedAtLeast(choice, option, agreed if isinstance(agreed, Unknown) else None)
                break


def _is_agreed(inquiry: Inquiry, negotiation: Negotiation, choice: int, option: int) -> bool | Unknown:
    """Whether the text has, with each other option, all that it has with this one; and with this one something."""
    least, said = option_taken(negotiation, choice, option), False
    unknown: Unknown | None = None
    for other in range(len(negotiation.choices[choice].options)):
        if other == option:
            continue
        for pair in text_pairs(inquiry, option_taken(negotiation, choice, other), least):
            changed = changed_norms(pair)
            said = said or any(n.binds != FALSE for n in pair.after.norms if n.norm.id in changed)
            includes = _includes(inquiry, pair, changed)
            if includes is False:
                return False
            unknown = unknown or (includes if isinstance(includes, Unknown) else None)
    return said and (unknown or True)


def _includes(inquiry: Inquiry, pair: TextPair, changed: frozenset[NormId]) -> bool | Unknown:
    """Whether what has changed in the one text includes what it says in the other."""
    with asking(
        norms=tuple(sorted(changed)),
        question="is there conduct that has all that is said with the one option, and not what is said with the other",
        found="the other one is not agreed at least",
        none="the one includes the other",
    ):
        asked = [(kept, missed) for kept, missed in _questions(pair, changed) if missed != FALSE]
        answers = [inquiry.ask(pair.before, *kept, missed) for kept, missed in asked]
    if any(isinstance(answer, Sat) for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def _questions(pair: TextPair, changed: frozenset[NormId]) -> Iterator[tuple[list[Formula], Formula]]:
    """What is kept of the one, and that something of the other is missed: of each form and each step after a breach."""
    more, less = ([n for n in about.norms if n.norm.id in changed] for about in (pair.before, pair.after))
    for advised in (False, True):
        stronger, weaker = _demanding(more, advised), _demanding(less, advised)
        steps = max((len(n.otherwise) for n in (*stronger, *weaker)), default=0)
        for step in range(steps + 1):
            kept = [_claim(n, n.demand, step) for n in stronger]
            yield kept, negation(conjunction(*(_claim(n, negation(breach(n)), step) for n in weaker)))
    for modality in (Modality.PERMISSION, Modality.EXEMPTION):
        used, granted = (disjunction(*_exercises(norms, modality)) for norms in (more, less))
        yield [negation(used)], granted


def _demanding(norms: Iterable[GroundNorm], advised: bool) -> list[GroundNorm]:
    return [n for n in norms if n.norm.demands and (advised or n.norm.strength is Strength.MUST)]


def _claim(n: GroundNorm, kept: Formula, step: int) -> Formula:
    """It is kept, or made good by as many steps; where nothing so late is asked for, nothing is claimed."""
    return TRUE if step > len(n.otherwise) else disjunction(kept, *n.otherwise[:step])


def _exercises(norms: Iterable[GroundNorm], modality: Modality) -> Iterator[Formula]:
    return (exercise(n) for n in norms if n.norm.modality is modality)
