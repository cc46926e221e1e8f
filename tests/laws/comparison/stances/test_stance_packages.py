"""Law: a draft with brackets stands to a model, on a package, as the text of that package does, written out."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given

from cbm.comparison.stances.model_stances import DemandStance, NotKnown, stances
from cbm.comparison.stances.unmatched_demands import Unmatched, unmatched
from cbm.comparison.two_texts import ReadText, TwoTexts, read_text, two_texts
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box
from cbm.smt.solve import sharing
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import WORLD, beside_a_package, document, packages, understood
from tests.laws.sparing import sparingly

_MOST_PACKAGES = 4
_KIND = tuple[str, frozenset[str]]
Standing = tuple[str, int, _KIND, bool]
# It goes further with the one figure, and with the other it asks for just as much.
_FARTHER = f"{WORLD}clause 1 every unit must keep gap >= [d A: 300 m | B: 600 m]\n"
_LEFT_OUT = f"""{WORLD}clause 1 every unit must keep gap >= 300 m
[A: clause 2 every unit must keep gap >= 600 m | B: delete]
clause 9 every unit should [d A: call | B: lamp]
"""
_MODEL = f"{WORLD}clause 1 every unit must keep gap >= 300 m\n".replace("\noptions d one of A, B\n", "")


@sparingly(12)
@example((_FARTHER, _MODEL))
@example((_LEFT_OUT, _MODEL))
@given(beside_a_package())
def test_stances_on_a_package_are_those_of_its_text(pair: tuple[str, str]) -> None:
    text, model = pair
    draft = document(text)
    theirs, own = _read(model), _read(text)
    both = two_texts(theirs, own)
    negotiation = Negotiation(both.system)
    told, alone = _told(both), _unmatched(both)
    every = list(packages(draft))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        written = two_texts(theirs, _read(with_taken(text, draft, taken)))
        numbers = [[o.number for o in choice.options].index(taken[n]) for n, choice in enumerate(negotiation.choices)]
        here = [one for one in told if _holds(one.packages, numbers)]
        assert _standings(both, here) == _standings(written, _told(written)), taken
        lacking = {_clause(both, one) for one in alone if _holds(one.packages, numbers)}
        assert lacking == {_clause(written, one) for one in _unmatched(written)}, taken


def _told(both: TwoTexts) -> list[DemandStance]:
    with sharing():
        found = [one for told in stances(both) for one in told]
    assert not any(isinstance(one, NotKnown) for one in found)
    return [one for one in found if isinstance(one, DemandStance)]


def _standings(both: TwoTexts, told: Sequence[DemandStance]) -> set[Standing]:
    """Which stances there are to each demand, with what goes further, and whether they are the only ones."""
    kinds: dict[tuple[str, int], list[_KIND]] = {}
    for one in told:
        further = frozenset(both.clause(n).label for n in one.further)
        kinds.setdefault((str(both.old.demand(one.demand)), one.about.bearer), []).append((one.stance.value, further))
    return {(*key, kind, len(several) == 1) for key, several in kinds.items() for kind in several}


def _unmatched(both: TwoTexts) -> list[Unmatched]:
    return [one for one in unmatched(both) if isinstance(one, Unmatched)]


def _clause(both: TwoTexts, one: Unmatched) -> tuple[str, str]:
    norm = both.system.norms[one.demand]
    return both.clause(one.demand).label, f"{norm.modality} {norm.strength} {norm.content}"


def _holds(boxes: Sequence[Box], numbers: Sequence[int]) -> bool:
    return any(all(options >> numbers[choice] & 1 for choice, options in box.items()) for box in boxes)


def _read(text: str) -> ReadText:
    return read_text(understood(text))
