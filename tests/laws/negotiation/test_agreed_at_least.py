"""Law: an option is agreed at least exactly where each other one, written out, leaves no more and permits no less."""

from __future__ import annotations

from hypothesis import event, example, given

from cbm.comparison.differences import ChangeKind, MeaningChange
from cbm.core.negotiation import Negotiation
from cbm.inquiry import inquire
from cbm.negotiation.agreed_at_least import agreed_at_least
from cbm.negotiation.not_compared import not_asked_for_least
from cbm.smt.solve import sharing
from tests.laws.bracketed import WORLD, names_of, one_clause, understood
from tests.laws.comparison.test_rolling_drafts import changes
from tests.laws.negotiation.test_same_effect import written
from tests.laws.sparing import sparingly

# What may become of a text when it asks for less, or permits less.
_LESS = frozenset(
    (
        *(ChangeKind.RELAXED, ChangeKind.ADVISED, ChangeKind.ADVICE_RELAXED, ChangeKind.REPARATION_RELAXED),
        *(ChangeKind.NOT_PERMITTED, ChangeKind.NOT_EXEMPTED),
    )
)


@sparingly(8)
@example(f"{WORLD}clause 1 every unit must keep gap >= [d A: 100 m | B: 200 m]\n")
@example(f"{WORLD}clause 1 every unit [A: must | B: should] keep gap >= [d A: 100 m | B: 200 m]\n")
@example(f"{WORLD}clause 1 every unit when fog [d A: and own.alert | B: delete] may call\n")
@example(f"{WORLD}clause 1 every unit may call [d A: unless fog | B: delete]\n")
@example(f"{WORLD}clause 1 every unit must [d A: call | B: call, lamp] otherwise must shoot\n")
@example(f"{WORLD}clause 1 every unit must call [d A: otherwise must shoot | B: delete]\n")
@example(f"{WORLD}clause 1 every unit must call otherwise must [d A: shoot | B: shoot, lamp]\n")
@example(f"{WORLD}clause 1 every unit need not [d A: call | B: lamp]\n")
@example(f"{WORLD}clause 1 every unit need not [d A: call | B: call, lamp]\n")
# What another clause says is nothing that the option says which leaves this one out.
@example(f"{WORLD}[d A: clause 1 every unit must call | B: delete]\nclause 2 every unit when fog must call, lamp\n")
@given(one_clause())
def test_what_is_agreed_at_least_is_what_every_package_has(text: str) -> None:
    system = understood(text)
    negotiation, names = Negotiation(system), names_of(text)
    passed_over = not_asked_for_least(negotiation)
    with sharing():
        inquiry = inquire(system)
        told = {one.choice: one.option for one in agreed_at_least(inquiry, negotiation)}
    for choice, known in enumerate(negotiation.choices):
        if choice in passed_over:
            assert choice not in told
            continue
        number = names.index(negotiation.name(choice))
        numbers = [option.number for option in known.options]
        saying = [o for o, option in enumerate(known.options) if not (option.out and known.whole)]
        least = [option for option in saying if _is_less_than_any(text, number, numbers, option)]
        event(f"of {len(numbers)} options {len(least)} agreed at least")
        assert told.get(choice) == next(iter(least), None), choice


def _is_less_than_any(text: str, choice: int, numbers: list[int], option: int) -> bool:
    others = (other for other in numbers if other != numbers[option])
    pairs = (pair for other in others for pair in written(text, choice, other, numbers[option]))
    return all(isinstance(c, MeaningChange) and c.kind in _LESS for pair in pairs for c in changes(*pair))
