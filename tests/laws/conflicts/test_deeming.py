"""Contradictory deeming clauses: what is found, held against all episodes of a small vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain, combinations, product

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.conflicts.deeming import Contradiction, contradictions
from cbm.core.episodes import Axiom
from cbm.core.expressions import TRUE, Expr, IsIn, Truth, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import holds
from tests.laws.tiny import DRAFT, NIGHT, attribute, distress, episode, system

Spoken = tuple[int, int]  # which axiom, as which role reads it

LITERALS = [*map(distress, (0, 1)), *(IsIn(attribute("craft", role), ("ship",)) for role in (0, 1)), NIGHT]
LITERALS += [negation(literal) for literal in LITERALS]
FEW = (
    st.lists(st.sampled_from(LITERALS), min_size=1, max_size=2)
    .filter(lambda parts: negation(parts[0]) not in parts)
    .map(lambda parts: disjunction(*parts))
)
VOCABULARY = st.builds(lambda meaning: Axiom("", meaning, rotates=True), FEW)


@st.composite
def systems(draw: st.DrawFn) -> NormSystem:
    axioms = draw(st.lists(VOCABULARY, max_size=1))
    for number in range(draw(st.integers(1, 3))):
        when, deemed = draw(FEW | st.just(TRUE)), draw(FEW)
        axioms.append(Axiom(str(number), disjunction(negation(when), deemed), True, DRAFT, when))
    drawn = system(axioms=axioms)
    assume(_some(drawn, (), range(len(axioms))))
    return drawn


@given(systems())
def test_every_contradiction_is_found_and_is_one(of: NormSystem) -> None:
    found = [c for c in contradictions(of) if isinstance(c, Contradiction)]
    told = {_turned(of, frozenset((_index(of, d.axiom), d.role) for d in c.clauses)) for c in found}
    expected, disputed = _contradictions(of)
    assert len(found) == len(told)
    assert expected <= told <= expected | disputed


@given(systems())
def test_the_axioms_told_shut_it_out_and_none_of_them_is_idle(of: NormSystem) -> None:
    for contradiction in contradictions(of):
        assert isinstance(contradiction, Contradiction)
        spoken = [(_index(of, d.axiom), d.role) for d in contradiction.clauses]
        because = [_index(of, axiom) for axiom in contradiction.because]
        assert not _some(of, spoken, because)
        assert all(_some(of, spoken, [b for b in because if b != one]) for one in because)


def _contradictions(of: NormSystem) -> tuple[set[frozenset[Spoken]], set[frozenset[Spoken]]]:
    """Minimal sets that only the clauses in them shut out, and minimal sets that others shut out as well."""
    deeming = [i for i, axiom in enumerate(of.axioms) if axiom.document]
    vocabulary = [i for i, axiom in enumerate(of.axioms) if not axiom.document]
    spoken = [(i, role) for i in deeming for role in (0, 1) if not isinstance(of.axioms[i].given, Truth)]
    sure: set[frozenset[Spoken]] = set()
    disputed: set[frozenset[Spoken]] = set()
    minimal: list[set[Spoken]] = []
    for chosen in chain.from_iterable(combinations(spoken, size) for size in range(1, len(spoken) + 1)):
        if any(smaller <= set(chosen) for smaller in minimal):
            continue
        if _some(of, chosen, vocabulary) and not _some(of, chosen, range(len(of.axioms))):
            minimal.append(set(chosen))
            needed = all(_some(of, chosen, {*range(len(of.axioms))} - {i}) for i, _ in chosen)
            (sure if needed else disputed).add(_turned(of, frozenset(chosen)))
    return sure, disputed


def _turned(of: NormSystem, chosen: frozenset[Spoken]) -> frozenset[Spoken]:
    """One name for what differs only in which unit takes which role."""

    def named(step: int) -> list[Spoken]:
        return sorted((i, -1 if _of_nobody(of.axioms[i].given) else (role + step) % 2) for i, role in chosen)

    return frozenset(min(named(0), named(1)))


def _of_nobody(condition: Expr) -> bool:
    return condition in (NIGHT, negation(NIGHT)) or len({_seen(condition, role) for role in (0, 1)}) == 1


@cache
def _seen(condition: Expr, role: int) -> tuple[bool, ...]:
    """In which of the episodes it holds, as the role reads it; nothing else of a system has a part in it."""
    of = system()
    return tuple(holds(condition, seen, of, role) for seen in _episodes())


def _some(of: NormSystem, chosen: Iterable[Spoken], axioms: Iterable[int]) -> bool:
    """Whether some episode that these axioms allow meets the conditions."""
    met = [_seen(of.axioms[i].given, role) for i, role in chosen]
    kept = [_seen(of.axioms[i].condition, role) for i in axioms for role in (0, 1)]
    return any(map(all, zip([True] * len(_episodes()), *met, *kept, strict=True)))


@cache
def _episodes() -> tuple[CompleteEpisode, ...]:
    of, flags, crafts = system(), (False, True), ("ship", "plane")
    return tuple(
        episode(of, distress=(mine, yours), craft=(own, other), night=night)
        for mine, yours, own, other, night in product(flags, flags, crafts, crafts, flags)
    )


def _index(of: NormSystem, axiom: Axiom) -> int:
    return next(i for i, one in enumerate(of.axioms) if one is axiom)
