"""The text of a package: no bracket is left, and comments and layout stay."""

from __future__ import annotations

from cbm.syntax.taking import with_taken
from tests.syntax.reading import documents

TEXT = """\
draft code
  uses encounters

# what we know
options d one of CN, JP
clause 1 every unit must keep x >= [d CN: 1 m | JP: 2 m]  # as agreed
clause 2 every unit when fog [JP: and night] must [not] call [within [1 | 2] h after start]
[JP: clause 3 every unit must call | CN: delete]
option CN:
clause 4 every unit must answer
option JP: delete
end of options
tie 3 is JP only if d is JP
clause 5 every unit may call
"""


def text_with(**taken: int) -> str:
    (draft,) = documents(TEXT)
    return with_taken(TEXT, draft, {int(number[1:]): option for number, option in taken.items()})


def test_a_whole_package_has_no_brackets() -> None:
    assert text_with(_0=2, _1=1, _2=0, _3=1, _4=2, _5=1, _6=1) == (
        "draft code\n  uses encounters\n\n# what we know\n"
        "clause 1 every unit must keep x >= 2 m  # as agreed\n"
        "clause 2 every unit when fog and night must call within 2 h after start\n"
        "clause 3 every unit must call\n"
        "clause 4 every unit must answer\n"
        "clause 5 every unit may call\n"
    )


def test_what_is_left_out_leaves_no_trace() -> None:
    assert text_with(_0=1, _1=0, _2=1, _3=0, _5=2, _6=2, _4=1) == (
        "draft code\n  uses encounters\n\n# what we know\n"
        "clause 1 every unit must keep x >= 1 m  # as agreed\n"
        "clause 2 every unit when fog must not call\n"
        "clause 5 every unit may call\n"
    )


def test_what_is_not_taken_stays_open() -> None:
    told = text_with(_1=1)
    assert "every unit when fog and night must [not] call [within [1 | 2] h after start]" in told
    assert "[d CN: 1 m | JP: 2 m]" in told
    assert "tie 3 is JP" in told


def test_no_blank_is_left_before_what_parts_sentences() -> None:
    text = (
        "draft code\nclause 1 every unit must call [within 2 h after start]; must [not] turn [; must wait]; must aim\n"
    )
    (draft,) = documents(text)
    for taken, left in (
        (0, "must call; must turn; must aim"),
        (1, "must call within 2 h after start; must not turn; must wait; must aim"),
    ):
        assert with_taken(text, draft, dict.fromkeys(range(3), taken)).endswith(f"\nclause 1 every unit {left}\n")
