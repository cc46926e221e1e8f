"""How often what recurs is looked at in two texts, so that both are looked at over the same time."""

from __future__ import annotations

import pytest

from cbm.comparison.common_stretches import common_stretches
from cbm.core.norms import NormSystem
from cbm.pipeline import load_text

VOCABULARY = """\
vocabulary strait "A strait"
situation encounter "Encounter"
roles own, other
each
  armed : flag
moments contact, clear
topic calls
act call, turn, signal topic calls
"""


def read(clauses: str) -> NormSystem:
    text = "\n".join(f"clause {number} every unit must {line}" for number, line in enumerate(clauses.splitlines(), 1))
    (system,), mistakes = load_text(f'{VOCABULARY}\ndraft code "Code"\n  uses strait\n{text}\n')
    assert not mistakes
    return system


def times(old: str, new: str) -> tuple[list[int], list[int]]:
    common = common_stretches(read(old), read(new))
    assert not common.unequal
    return [*common.old.values()], [*common.new.values()]


SPAN = "from contact until clear"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2 h", "1 h", ([3], [6])),
        ("1 h", "2 h", ([6], [3])),
        ("3 h", "2 h", ([4], [6])),
        ("40 min", "1 h", ([6], [4])),
        ("24 h", "1 h", ([1], [24])),
        ("1 h", "1 h", ([], [])),
        ("1 min", "24 h", None),
        ("31 min", "30 min", None),
    ],
)
def test_both_are_looked_at_as_far_as_the_one_that_is_looked_at_further(
    old: str, new: str, expected: tuple[list[int], list[int]] | None
) -> None:
    before, after = (f"call every {length} {SPAN}" for length in (old, new))
    if expected is None:
        common = common_stretches(read(before), read(after))
        assert (common.old, common.new) == ({}, {})
        assert {str(norm) for norm in common.unequal} == {"code:1"}
    else:
        assert times(before, after) == expected


def test_how_often_a_text_says_that_it_is_looked_at_is_no_part_of_it() -> None:
    assert times(f"call every 1 h {SPAN} up to 5", f"call every 1 h {SPAN} up to 2") == ([5], [5])


def test_what_is_owed_again_and_again_after_a_breach_is_as_well() -> None:
    owed = f"turn otherwise must call every 2 h {SPAN}"
    assert times(owed, owed.replace("2 h", "1 h")) == ([3], [6])


def test_other_acts_are_looked_at_by_themselves() -> None:
    other = f"turn every 7 min {SPAN}"
    assert times(f"call every 2 h {SPAN}\n{other}", f"call every 1 h {SPAN}\n{other}") == ([3], [6])


def test_acts_that_are_asked_for_together_are_looked_at_alike() -> None:
    other = f"call or turn every 4 h {SPAN}\nturn every 3 h {SPAN}"
    assert times(f"call every 2 h {SPAN}\n{other}", f"call every 1 h {SPAN}\n{other}") == ([6, 3, 4], [12, 3, 4])
    alone = f"signal every 2 h {SPAN}\n{other}"
    assert times(alone, alone.replace("4 h", "3 h")) == ([3, 4], [4, 4])


def test_what_both_texts_say_is_looked_at_as_they_say() -> None:
    both = f"call every 7 min {SPAN}\ncall every 2 h {SPAN}"
    assert times(both, f"{both}\nturn every 1 h {SPAN}") == ([], [])
