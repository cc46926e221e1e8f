"""How a rule is found by its name."""

from __future__ import annotations

import pytest

from cbm.finding import Misuse, RuleId


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("conflit", "unknown rule `conflit`; did you mean `conflict`?"),
        ("CONFLICT", "unknown rule `CONFLICT`; did you mean `conflict`?"),
        ("zzz", "unknown rule `zzz`; `cbm rules` lists them"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(name: str, words: str) -> None:
    assert RuleId.named("conflict") is RuleId.CONFLICT
    with pytest.raises(Misuse) as refused:
        RuleId.named(name)
    assert str(refused.value) == words
