"""Laws: what a rule tells of a text with brackets on a package is what it tells of that package's text, written out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cbm.finding import Finding, RuleId
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import (
    WORLD,
    beside_a_package,
    beside_pact,
    bracketed,
    document,
    found_by,
    holds_on,
    names_of,
    packages,
)
from tests.laws.sparing import sparingly

_MOST_PACKAGES = 4
_ACTS = re.compile(r" \(`[^)]*`\)")
_TIMED = """\
vocabulary small
party A
party B
situation encounter
roles own, other
each party : party
moments contact, alarm
axiom "two sides" own.party is not other.party
topic telling
act report stating nature topic telling
act ask topic telling
channel line between A, B for telling operational from 2018-06-08
  delay "until it is answered" 0 min to 2 h
channel later between A, B for telling operational from 2030-06-08
channel other for telling operational from 2018-06-08

draft text
  uses small
  between A, B
  proposed 2026-03-01

options d one of A, B
"""
_REPORTS = (
    "every unit must report within [d A: 3 h | B: 1 h] after contact",
    "every unit must report within 3 h after contact [through line]",
    "every unit must report within 6 h after contact through [d A: line | B: other]",
    "every unit must report within 6 h after contact through [d A: later | B: line]",
    "every unit must report upon contact [stating nature]",
)
_OTHERS = (
    "every unit when other.ask is after contact [A: must | B: should] not report within 3 h after other.ask",
    "every unit when contact is after other.ask must not report [within 2 h after other.ask]",
    "every unit must not report from [d A: contact | B: alarm] until alarm",
    "every unit must not report through [d A: line | B: other]",
    "every unit when alarm must [not] report within 1 h after alarm",
)

# Late where it goes through the line, and without a channel where nothing stands in its place.
_WITH_ONE_OPTION = f"""{_TIMED}\
clause 1 every unit must report within 3 h after contact [through line]
clause 2 every unit must ask within 6 h after contact through later
[A: clause 3 every unit must report stating nature in place of 2 | B: delete]
clause 9 every unit should ask [d A: before contact | B: after contact]
"""
# The draft asks for as much as the agreement where both of its clauses stand.
_LESS = f"""{WORLD}\
clause 1 every unit must keep gap >= 300 m
[A: clause 2 every unit must keep gap >= 600 m | B: delete]
clause 9 every unit should [d A: call | B: lamp]
"""
# Where both clauses stand, or neither, nothing is asked of one party alone.
_ALSO = "clause 9 every unit should keep gap >= [d A: 50 m | B: 150 m]\n"
_ONE_FOR_EACH = f"{WORLD}{_ALSO}clause 1 B must call\n[A: clause 2 A must call | B: delete]\n"
_WITH_A_REASON = _ONE_FOR_EACH.replace("B must call", 'B must call [A: asymmetric because "x"]')
_UNLESS = f"{WORLD}{_ALSO}clause 1 A must call\n[B: clause 2 B must call [A: unless fog]\n| A: delete]\n"
# Whoever does not call breaches two clauses at once, but where the one of them says why.
_TWO_AT_ONCE = f'{WORLD}{_ALSO}clause 1 A must call\nclause 2 A [when fog] must call [asymmetric because "x"]\n'
_MORE = f"{WORLD}clause 7 every unit must keep gap >= 500 m\n"


@st.composite
def _in_time(draw: st.DrawFn) -> str:
    """A draft with brackets about reports at some time, through some channel."""
    said = [draw(st.sampled_from(_REPORTS)), *draw(st.lists(st.sampled_from(_OTHERS), min_size=1, max_size=2))]
    clauses = [f"clause {number} {words}" for number, words in enumerate(said, 1)]
    left_out = draw(st.sampled_from((None, *range(len(clauses)))))
    if left_out is not None:
        clauses[left_out] = f"[A: {clauses[left_out]} | B: delete]"
    lines = "\n".join((*clauses, "clause 9 every unit should ask [d A: before contact | B: after contact]"))
    return f"{_TIMED}{lines}\n"


@st.composite
def _with_precedence(draw: st.DrawFn) -> str:
    """A draft with brackets, some of whose clauses yield to others, or are excepted from."""
    text = draw(bracketed())
    more = draw(
        st.sampled_from(
            (
                "",
                "clause 4 every unit must not call [subject to 1]\n",
                "[A: clause 4 every unit must not lamp notwithstanding 1 | B: delete]\n",
                "[A: clause 4 exception to 1 when own.alert | B: delete]\n",
                "clause 4 exception to 1 when [fog | fog and not fog]\n",
            )
        )
    )
    return f"{text}{more}"


@st.composite
def _naming_parties(draw: st.DrawFn) -> str:
    """A draft with brackets, of which some clauses bind one party only."""
    text = draw(bracketed())
    world, separator, clauses = text.partition("options d one of A, B\n")
    for number in draw(st.lists(st.sampled_from((1, 2, 3)), min_size=1, unique=True)):
        clauses = clauses.replace(f"clause {number} every unit", f"clause {number} {draw(st.sampled_from('AB'))}")
    lines = clauses.splitlines()
    reasoned = draw(st.sampled_from((None, *range(len(lines)))))
    if reasoned is not None and lines[reasoned].startswith("clause") and " unless" not in lines[reasoned]:
        lines[reasoned] += draw(st.sampled_from((' asymmetric because "x"', ' [asymmetric because "x"]')))
    return world + separator + "\n".join(lines) + "\n"


@sparingly(16)
@given(_with_precedence())
def test_words_without_effect_on_a_package_are_those_of_its_text(text: str) -> None:
    _told_alike(text, RuleId.VACUITY, _words)


@sparingly(16)
@example((_LESS, _MORE))
@given(beside_a_package())
def test_derogations_on_a_package_are_those_of_its_text(pair: tuple[str, str]) -> None:
    text, agreed = pair
    _told_alike(text, RuleId.DEROGATION, _words, lambda own: beside_pact(own, agreed))


@pytest.mark.parametrize("rule", [RuleId.TRAP, RuleId.LAST_MOMENT, RuleId.UNSERVED_FUNCTION])
@sparingly(100)
@example(text=_WITH_ONE_OPTION)
@given(text=_in_time())
def test_what_comes_too_late_on_a_package_is_that_of_its_text(rule: RuleId, text: str) -> None:
    _told_alike(text, rule, _clauses)


@sparingly(16)
@example(_ONE_FOR_EACH)
@example(_WITH_A_REASON)
@example(_UNLESS)
@example(_TWO_AT_ONCE)
@given(_naming_parties())
def test_what_is_asymmetric_on_a_package_is_so_in_its_text(text: str) -> None:
    _told_alike(text, RuleId.ASYMMETRY, _words)


def _told_alike(
    text: str,
    rule: RuleId,
    known_by: Callable[[Finding], object],
    whole_of: Callable[[str], str] = lambda text: text,
) -> None:
    draft, names = document(text), names_of(text)
    whole = found_by(rule, whole_of(text))
    assume(whole is not None)  # clauses in place of each other in a circle, or of what is not there
    assert whole is not None
    every = list(packages(draft))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        alone = found_by(rule, whole_of(with_taken(text, draft, taken)))
        here = [finding for finding in whole if holds_on(finding, taken, names)]
        assert alone is None or set(map(known_by, here)) == set(map(known_by, alone)), taken


def _words(finding: Finding) -> object:
    """What is told, without the packages, and without the acts of a clause that lists several: these may differ."""
    ending = finding.reach.ending if finding.reach else ""
    return finding.severity, finding.clauses, _ACTS.sub("", finding.message.removesuffix(ending))


def _clauses(finding: Finding) -> object:
    """Its words are about one example among several."""
    return finding.severity, finding.clauses
