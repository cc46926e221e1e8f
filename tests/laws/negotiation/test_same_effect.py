"""Law: options come to the same exactly where the texts written out with the one and the other do not differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hypothesis import assume, event, example, given

from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.inquiry import inquire
from cbm.negotiation.not_compared import not_asked_for_effect
from cbm.negotiation.same_effect import same_effects
from cbm.negotiation.same_words import like_options
from cbm.smt.solve import sharing
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import WORLD, bracketed, document, names_of, packages, read, understood
from tests.laws.comparison.test_rolling_drafts import changes
from tests.laws.sparing import sparingly

_ALSO = "clause 9 every unit should keep gap >= [d A: 50 m | B: 150 m]\n"
_MORE_ASKED = f"""{WORLD}{_ALSO}\
clause 1 every unit must keep gap >= [100 m | 200 m]
clause 2 every unit must keep gap >= 500 m
"""
# Where they cannot both be kept, the one that is asked less for is left as well.
_CLASHING = f"""{WORLD}{_ALSO}\
clause 1 every unit must keep gap >= [100 m | 400 m]
clause 2 every unit must keep gap >= 500 m
clause 3 every unit when fog must keep gap <= 300 m
"""
_ONLY_ADVISED = f"""{WORLD}{_ALSO}\
clause 1 every unit must keep gap >= [100 m | 200 m]
clause 2 every unit should keep gap >= 500 m
"""
_BESIDE_ANOTHER_CHOICE = f"""{WORLD}{_ALSO}\
clause 1 every unit must keep gap >= [100 m | 200 m]
clause 2 every unit must keep gap >= [150 m | 500 m]
"""
_PERMITTED = f"""{WORLD}{_ALSO}\
clause 1 every unit when fog may [call | lamp]
clause 2 every unit may call, lamp
"""
_LEFT_OUT = f"""{WORLD}{_ALSO}\
[A: clause 1 every unit when fog must call | B: delete]
clause 2 every unit must call
clause 3 every unit when own.alert must not lamp [unless fog]
clause 4 every unit must not lamp
"""
# Who can keep it in no way is bound to nothing by it.
_IMPOSSIBLE = f"""{WORLD}{_ALSO}\
[A: clause 1 every unit when fog must keep gap >= 2,000 m | B: delete]
clause 2 every unit must call
"""
_IMPOSSIBLE_OR_NOT = f"""{WORLD}{_ALSO}\
[A: delete | B: clause 1 every unit when fog must keep gap >= [2,000 m | 900 m]]
clause 2 every unit must keep gap >= 950 m
"""


@sparingly(8)
@example(_MORE_ASKED)
@example(_CLASHING)
@example(_ONLY_ADVISED)
@example(_BESIDE_ANOTHER_CHOICE)
@example(_PERMITTED)
@example(_LEFT_OUT)
@example(_IMPOSSIBLE)
@example(_IMPOSSIBLE_OR_NOT)
@given(bracketed())
def test_options_come_to_the_same_where_the_written_out_texts_do(text: str) -> None:
    system = understood(text)
    negotiation, names = Negotiation(system), names_of(text)
    alike = {
        (one.choice, one.one, one.other)
        for one in like_options(negotiation)
        if one.only_where is None and one.unknown is None
    }
    with sharing():
        found = list(same_effects(inquire(system), negotiation, (), alike))
    assume(not any(one.unknown for one in found))
    told = {(one.choice, one.one, one.other) for one in found}
    for choice, one, other in _compared(negotiation, alike):
        if (choice, one, other) in told:
            event("come to the same")
        options = negotiation.choices[choice].options
        number = names.index(negotiation.name(choice))
        differing = any(changes(*pair) for pair in written(text, number, options[one].number, options[other].number))
        assert differing != ((choice, one, other) in told), (choice, one, other)


def _compared(negotiation: Negotiation, alike: set[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Two options each of the choices that are asked about."""
    passed_over = not_asked_for_effect(negotiation)
    for choice, known in enumerate(negotiation.choices):
        if choice not in passed_over:
            for one, other in combinations(range(len(known.options)), 2):
                if (choice, one, other) not in alike:
                    yield choice, one, other


def written(text: str, choice: int, one: int, other: int) -> Iterator[tuple[NormSystem, NormSystem]]:
    """Each package that has the one option, and the same with the other, where both mean something."""
    draft = document(text)
    every = list(packages(draft))
    for taken in every:
        if taken[choice] == one and (beside := {**taken, choice: other}) in every:
            pair = [read(with_taken(text, draft, some))[0] for some in (taken, beside)]
            if pair[0] is not None and pair[1] is not None:
                yield pair[0], pair[1]
