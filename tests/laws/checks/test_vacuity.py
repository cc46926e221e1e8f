"""Laws: what swallows a rule is told as a smallest choice, and readings are told that mean one thing, as enumerated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.finding import Finding, RuleId, Severity
from tests.laws.sparing import sparingly
from tests.laws.timed import system_of

VOCABULARY = """\
vocabulary sea
party A
party B
kind zone = port | strait | ocean
situation encounter
roles own, other
each party : party
shared
  zone : zone
  night : flag
  fog : flag
axiom "two sides" own.party is not other.party
axiom "no fog in port" zone is port implies not fog
topic telling
act report topic telling
"""
Seen = tuple[str, bool, bool]  # the zone, night, fog
SEEN = [
    seen for seen in product(("port", "strait", "ocean"), (False, True), (False, True)) if seen[::2] != ("port", True)
]
SAID: dict[str, Callable[[Seen], bool]] = {
    "zone is port": lambda seen: seen[0] == "port",
    "zone is not port": lambda seen: seen[0] != "port",
    "zone is ocean": lambda seen: seen[0] == "ocean",
    "night": lambda seen: seen[1],
    "not night": lambda seen: not seen[1],
    "fog": lambda seen: seen[2],
    "not fog": lambda seen: not seen[2],
}
RULES = Selection(frozenset((RuleId.VACUITY,)))
FEWER = sparingly(2)


@given(
    st.lists(st.sampled_from(sorted(SAID)), min_size=2, max_size=4), st.permutations(sorted(SAID)), st.integers(0, 2)
)
@FEWER
def test_exceptions_that_swallow_a_rule_are_as_few_as_it_takes(said: list[str], more: list[str], whose: int) -> None:
    """One clause deems something: of the draft (1), of another text (2) or of none."""
    clauses = ["clause 1 every unit must report"]
    clauses += [f"clause {number} exception to 1 when {condition}" for number, condition in enumerate(said, 2)]
    deems = f"deems {more[0]} when {more[1]}"
    clauses += [f"clause 9 {deems}"] if whose == 1 else []
    other = ["instrument law", "  uses sea", f"clause 9 {deems}"] if whose == 2 else []
    beside = ["  beside law"] if other else []
    system = system_of("\n".join([f"{VOCABULARY}draft code", "  uses sea", *beside, *clauses, *other, ""]))
    vacuous = examine(system, RULES).findings
    found = next((f for f in vacuous if "is excepted" in f.message), None)
    deemed = [seen for seen in SEEN if not whose or not SAID[more[1]](seen) or SAID[more[0]](seen)]
    if not deemed:
        return  # no encounter is left
    numbered = list(enumerate(said, 2))
    assert (found is not None) == swallowed(numbered, deemed)
    if found is not None:
        named = [(number, condition) for number, condition in numbered if f"from {number}" in labels(found)]
        assert swallowed(named, deemed)
        needed = any(label.startswith("9") for label in labels(found))
        told = deemed if needed else SEEN  # with what is named, and nothing else
        assert not any(swallowed(list(fewer), told) for fewer in combinations(named, len(named) - 1))
        assert needed == (not swallowed(named, SEEN))
        alone = swallowed(numbered, deemed if whose == 1 else SEEN)
        assert (found.severity is Severity.ERROR) == alone


# Conditions as they are told.
TOLD = {
    "zone is port": "zone is port",
    "zone is not port": "zone is not port",
    "zone is ocean": "zone is ocean",
    "night": "night",
    "it is not so that night": "not night",
    "fog": "fog",
    "it is not so that fog": "not fog",
}


@given(st.lists(st.sampled_from(sorted(SAID)), min_size=1, max_size=5))
@FEWER
def test_conditions_that_exclude_each_other_are_as_few_as_it_takes(said: list[str]) -> None:
    """With the axiom by which they do, if they could be met without it."""
    clauses = [f"clause 1 every unit when {' and '.join(said)} must report"]
    system = system_of("\n".join([f"{VOCABULARY}draft code", "  uses sea", *clauses, ""]))
    found = next((f for f in examine(system, RULES).findings if "is met in no encounter" in f.message), None)
    everywhere = list(product(("port", "strait", "ocean"), (False, True), (False, True)))
    assert (found is None) == met(said, SEEN)
    if found is not None:
        (told,) = found.extent
        because = [TOLD[words] for words in told]
        assert set(because) <= set(said)
        assert not met(because, SEEN)
        assert all(met(fewer, SEEN) for fewer in combinations(because, len(because) - 1))
        assert ("no fog in port" in labels(found)) == met(because, everywhere)


def met(conditions: Iterable[str], among: list[Seen]) -> bool:
    listed = list(conditions)
    return any(all(SAID[condition](seen) for condition in listed) for seen in among)


def swallowed(exceptions: list[tuple[int, str]], among: list[Seen]) -> bool:
    return all(any(SAID[condition](seen) for _, condition in exceptions) for seen in among)


def labels(finding: Finding) -> set[str]:
    return {label.text for label in finding.related}


def is_so(said: list[str], seen: Seen) -> bool:
    return any(SAID[condition](seen) for condition in said)


@given(st.lists(st.lists(st.sampled_from(sorted(SAID)), min_size=1, max_size=3), min_size=2, max_size=3))
@FEWER
def test_two_readings_are_told_that_are_so_in_the_same_encounters(readings: list[list[str]]) -> None:
    names = [f"reading{number}" for number in range(len(readings))]
    terms = [f"term {name} means {' or '.join(said)}" for name, said in zip(names, readings, strict=True)]
    opened = f"open term open_one one of {', '.join(names)}"
    clause = "clause 1 every unit when open_one must report"
    system = system_of("\n".join([f"{VOCABULARY}draft code", "  uses sea", *terms, opened, clause, ""]))
    found = {f.message.partition(": ")[2] for f in examine(system, RULES).findings if "mean the same" in f.message}
    alike = (
        (one, other)
        for one, other in combinations(range(len(readings)), 2)
        if all(is_so(readings[one], seen) == is_so(readings[other], seen) for seen in SEEN)
    )
    assert found == {f"`reading{one}` and `reading{other}`" for one, other in alike}
