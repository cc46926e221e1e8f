"""Bodies of norms of any size, drawn by number: the same number, the same text.

They speak of 24 acts and 16 results in 8 topics, of 15 kinds and 8 quantities, under 20 axioms. A norm has 2 to 5
conditions; the first two are on what its act or result hangs on, as in real texts, and every fifth norm has one that
relates two quantities or two units. Of the pairs of norms that ask for opposite things about one in thirty clashes.
`python -m tests.benchmarks.law 5000` prints such a text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from cbm import NormSystem
from tests.benchmarks.loading import system_of


@dataclass(frozen=True, slots=True)
class Matters:
    """How many acts, results and topics there are to speak of."""

    acts: int
    results: int
    topics: int


MATTERS = Matters(24, 16, 8)
KINDS, LENGTHS, COUNTS = 15, 6, 2
MEMBERS = "abcdefghijklmnopqr"
OF_UNITS = 5  # so many of the kinds are said of each unit, the others of the encounter
EVERYTHING = range(KINDS + LENGTHS + COUNTS)
AXIOMS = 20
FEWEST, MOST = 2, 5  # conditions


def law(norms: int, seed: int = 1, relating: int | None = None) -> NormSystem:
    """The system of `law_text`."""
    return system_of(law_text(norms, seed, relating))


def law_text(norms: int, seed: int = 1, relating: int | None = None) -> str:
    """A vocabulary and a draft with so many norms, five lines each or six.

    `relating` is how many conditions of each norm relate two quantities or units; None: one, in every fifth.
    """
    chance = Random(seed)
    return "\n".join([*vocabulary(chance), "", *_norms(norms, relating, chance)])


def vocabulary(chance: Random, members: str = MEMBERS, matters: Matters = MATTERS) -> Iterator[str]:
    """Statements of `vocabulary world`, whose kinds have these members and which has so many acts and results."""
    yield "vocabulary world"
    yield from (f"kind k{k} = {' | '.join(f'k{k}{member}' for member in members)}" for k in range(KINDS))
    yield "situation encounter"
    yield "roles own, other"
    yield "each"
    yield from (f"  k{k} : k{k}" for k in range(OF_UNITS))
    yield "shared"
    yield from (f"  k{k} : k{k}" for k in range(OF_UNITS, KINDS))
    yield from (f"  x{x} : length from 0 m to 10,000 m" for x in range(LENGTHS))
    yield from (f"  x{x} : count from 0 to 100" for x in range(LENGTHS, LENGTHS + COUNTS))
    topics = matters.topics
    yield from (f"topic t{t}" for t in range(topics))
    yield from (f"act act{a} topic t{a % topics}" for a in range(matters.acts))
    yield from (f"result r{r} : length from 0 m to 10,000 m topic t{r % topics}" for r in range(matters.results))
    yield from ("never act0 with act1", "never act2 with act3")
    for number in range(AXIOMS - 2):
        given = condition(_subject(chance.randrange(KINDS), chance), chance, members)
        yield f"axiom {given} implies {_consequence(number, chance, members)}"


def _consequence(number: int, chance: Random, members: str) -> str:
    """Mostly that a kind is not something; now and then a bound on a quantity, or on how two of them relate."""
    if number % 3:
        kind = _subject(chance.randrange(KINDS), chance)
        return f"{kind} is not {_member(kind, chance, members)}"
    one, other = chance.sample(range(LENGTHS), 2)
    return f"x{one} <= {f'x{other} + ' if number % 2 else ''}{chance.randrange(60, 90) * 100} m"


def _norms(count: int, relating: int | None, chance: Random) -> Iterator[str]:
    yield from ("draft law", "  uses world", "")
    decisive = decisive_subjects(chance)
    for number in range(count):
        about = number % len(decisive)
        yield f'clause {number + 1} "Clause {number + 1}"'
        yield from applicability(decisive[about], chance, relating=relating)
        yield f"  {demand(about, chance)}"
        yield '  source "made up"'
        yield ""


def decisive_subjects(chance: Random, matters: Matters = MATTERS) -> list[list[str]]:
    """For each act and each result two subjects that whatever is said of it hangs on."""
    count = matters.acts + matters.results
    return [[_subject(n, chance) for n in chance.sample(range(KINDS), 2)] for _ in range(count)]


def applicability(
    decisive: Sequence[str], chance: Random, members: str = MEMBERS, relating: int | None = None
) -> Iterator[str]:
    """Whom a clause binds, and when: the lines before its demand."""
    wanted = chance.randint(FEWEST, MOST)
    relations = int(chance.random() < 0.2) if relating is None else relating
    subjects = dict.fromkeys([*decisive, *(_subject(n, chance) for n in chance.sample(EVERYTHING, MOST))])
    conditions = [condition(s, chance, members) for s in list(subjects)[: max(FEWEST, wanted - relations)]]
    conditions += [_relation(chance) for _ in range(relations)]
    yield f"  every unit when {' and '.join(conditions[:2])}"
    yield from (f"    and {said}" for said in conditions[2:])


def demand(about: int, chance: Random, acts: int = MATTERS.acts) -> str:
    """What a duty asks for, of the act or result of this number; acts come first."""
    if about < acts:
        return f"{chance.choice(('must', 'must not'))} act{about}"
    return f"must keep r{about - acts} {chance.choice(('>=', '<='))} {chance.randrange(1, 100) * 100} m"


def _subject(number: int, chance: Random) -> str:
    """The kinds, of one unit or of the encounter, and then the quantities."""
    if number >= KINDS:
        return f"x{number - KINDS}"
    return f"{chance.choice(('own', 'other'))}.k{number}" if number < OF_UNITS else f"k{number}"


def condition(subject: str, chance: Random, members: str) -> str:
    """A condition on one subject."""
    if subject.startswith("x"):
        relation, bound = chance.choice(("<", "<=", ">=", ">")), chance.randrange(1, 100)
        value = f"{bound * 100} m" if int(subject[1:]) < LENGTHS else f"{bound}"
        return f"{subject} {relation} {value}"
    shape = chance.random()
    if shape < 0.85:
        return f"{subject} is {_member(subject, chance, members)}"
    if shape < 0.97:
        two = {_member(subject, chance, members), _member(subject, chance, members)}
        return f"{subject} in ({', '.join(sorted(two))})"
    return f"{subject} is not {_member(subject, chance, members)}"


def _member(subject: str, chance: Random, members: str) -> str:
    return subject.rpartition(".")[2] + chance.choice(members)


def _relation(chance: Random) -> str:
    if chance.random() < 0.3:
        kind = chance.randrange(OF_UNITS)
        return f"own.k{kind} {chance.choice(('is', 'is not'))} other.k{kind}"
    one, other = chance.sample(range(LENGTHS), 2)
    return f"x{one} {chance.choice(('<', '<='))} x{other} {chance.choice('+-')} {chance.randrange(1, 50) * 100} m"


if __name__ == "__main__":
    sys.stdout.write(law_text(int(sys.argv[1])))
