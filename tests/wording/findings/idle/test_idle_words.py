"""What is advised where a clause says how it stands to one that asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import cbm

TEXT = """\
vocabulary tiny
party CN
party JP
kind craft = drone | warship
situation encounter
roles own, other
each
  party : party
  craft : craft
types by own.craft
topic matters
act call topic matters
act turn topic matters

{texts}"""


ONE = """\
draft code
  uses tiny
  between CN, JP
clause 1 a warship when other.craft is drone {free}
clause 2 a warship {duty}
"""
TWO = """\
instrument pact
  uses tiny
  between CN, JP
clause 1 a warship when other.craft is drone {free}

draft code
  uses tiny
  between CN, JP
  beside pact
clause 2 a warship {duty}
"""
FREE_AND_OWED = [("may call", "must not call"), ("need not call", "must call")]


def told(texts: str, free: str, duty: str) -> Mapping[str, Sequence[str]]:
    """The ways out of what is found in the last of the texts, by rule."""
    systems, faults = cbm.load_text(TEXT.format(texts=texts.format(free=free, duty=duty)))
    assert not faults
    return {finding.rule: finding.remedies for finding in cbm.check(systems[-1]).findings}


@pytest.mark.parametrize(("free", "duty"), FREE_AND_OWED)
def test_who_prevails_over_a_clause_of_another_text_that_is_no_duty_can_stand_in_its_place(
    free: str, duty: str
) -> None:
    """To correct a condition was advised, and changed nothing: such a clause conflicts with no duty anywhere."""
    above = told(TWO, free, f"{duty} notwithstanding 1 of pact")
    assert above["vacuity"] == (
        "write `in place of 1 of pact` if nobody is to use it where 2 binds",
        "or take it out",
    )
    assert told(TWO, free, f"{duty} in place of 1 of pact") == {}
    assert "vacuity" not in told(TWO, free, duty)


@pytest.mark.parametrize(("free", "duty"), FREE_AND_OWED)
def test_in_one_text_it_can_only_go(free: str, duty: str) -> None:
    """In place of what the same text leaves open it would be the other clause that never binds."""
    assert told(ONE, free, f"{duty} notwithstanding 1")["vacuity"] == ("take it out",)
    assert "vacuity" not in told(ONE, free, duty)


@pytest.mark.parametrize(("free", "duty"), FREE_AND_OWED)
@pytest.mark.parametrize(("texts", "clause"), [(ONE, "1"), (TWO, "1 of pact")])
def test_who_yields_to_a_clause_that_is_no_duty_can_except_what_it_leaves_open(
    texts: str, clause: str, free: str, duty: str
) -> None:
    below = told(texts, free, f"{duty} subject to {clause}")
    assert below["vacuity"] == (
        f"say in 2 with `unless` or `except` what {clause} leaves open if that is to stay open",
        "or take it out",
    )
    assert told(texts, free, f"{duty} unless other.craft is drone") == {}


@pytest.mark.parametrize("word", ["notwithstanding", "subject to"])
def test_of_clauses_about_other_conduct_the_words_can_only_go(word: str) -> None:
    assert told(ONE, "may call", f"must turn {word} 1") == {"vacuity": ("take it out",)}
    assert told(ONE, "may call", "must turn") == {}


def test_a_clause_in_an_article_is_named_by_its_full_label() -> None:
    """It was named as it is written there, which of a reader who looks it up may be another clause, or an article."""
    clauses = "article 2\nclause 1 a warship must call\nclause 2 a drone must not call notwithstanding {}\n"
    for written, said in (("1", "2.1"), ("2.1", "2.1")):
        text = f"draft code\n  uses tiny\n  between CN, JP\n{clauses.format(written)}"
        (system,), _ = cbm.load_text(TEXT.format(texts=text))
        (finding,) = (one for one in cbm.check(system).findings if one.rule == "vacuity")
        assert finding.message.startswith(f"2.2 prevails over {said} in no encounter"), written
