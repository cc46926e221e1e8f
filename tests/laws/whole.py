"""Small norm systems that say everything a text can say: restating, deeming, promises and every kind of expectation."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from cbm.checks.expectation import WITH_EXTENT
from cbm.semantics.core import (
    TRUE,
    Axiom,
    Case,
    ConditionExpected,
    ConductExpected,
    Coverage,
    DutyExpected,
    Expected,
    FindingExpected,
    Norm,
    NormId,
    NormSystem,
    disjunction,
    negation,
)
from cbm.semantics.rotate import rotate
from cbm.syntax.ast import Modality, Strength

from .expressions import Vocabulary, conditions, contents, items, literals, vocabularies
from .systems import DATES, systems_over
from .tiny import DRAFT

RULES = (*WITH_EXTENT, "deadlock", "blocked-permission", "vacuity", "redundancy", "divergent-restatement")


@st.composite
def whole_systems(draw: st.DrawFn, interchangeable: bool | None = None) -> NormSystem:
    """A system as drawn for the other laws, with more in it."""
    vocabulary = draw(vocabularies())
    in_turn = draw(st.booleans()) if interchangeable is None else interchangeable
    system = draw(systems_over(vocabulary, in_turn))
    return replace(
        system,
        norms=draw(_restating(system)),
        axioms=(*system.axioms, *draw(_deeming(vocabulary, in_turn))),
        coverage=system.coverage or draw(_promises(system)),
        cases=(*system.cases, *draw(_cases(vocabulary, list(system.norms.values())))),
    )


@st.composite
def _restating(draw: st.DrawFn, system: NormSystem) -> dict[NormId, Norm]:
    """The norms, one of which may say that it means the same as another."""
    norms, ids = dict(system.norms), st.sampled_from(list(system.norms))
    one, other = draw(ids), draw(ids)
    if one != other and draw(st.booleans()):
        norms[one] = replace(norms[one], restates=(other,))
    return norms


@st.composite
def _deeming(draw: st.DrawFn, vocabulary: Vocabulary, in_turn: bool) -> tuple[Axiom, ...]:
    axioms = []
    for number in range(draw(st.sampled_from((0, 0, 1, 2))) if vocabulary.attributes else 0):
        given, deemed = (draw(literals(vocabulary, conduct=False)) for _ in range(2))
        condition = disjunction(negation(given), deemed)
        if condition != TRUE:
            axioms.append(Axiom(f"d{number}", condition, in_turn or draw(st.booleans()), DRAFT, given))
    return tuple(axioms)


@st.composite
def _promises(draw: st.DrawFn, system: NormSystem) -> tuple[Coverage, ...]:
    topics = tuple(dict.fromkeys(topic for norm in system.norms.values() for topic in norm.topics))
    return (Coverage(DRAFT, TRUE, topics),) if draw(st.booleans()) else ()


@st.composite
def _cases(draw: st.DrawFn, vocabulary: Vocabulary, norms: list[Norm]) -> tuple[Case, ...]:
    """At most two cases, with what they expect in words that tell one expectation from another."""
    cases = []
    for number in range(draw(st.sampled_from((0, 1, 1, 2)))):
        given = draw(conditions(vocabulary, conduct=False)) if draw(st.booleans()) else TRUE
        expected = tuple(
            draw(_expectations(vocabulary, norms, f"expectation {number}.{place}"))
            for place in range(draw(st.integers(1, 3)))
        )
        cases.append(Case(f"case {number}", draw(st.sampled_from((None, None, *DATES))), given, expected))
    return tuple(cases)


@st.composite
def _expectations(draw: st.DrawFn, vocabulary: Vocabulary, norms: list[Norm], words: str) -> Expected:
    match draw(st.sampled_from((DutyExpected, DutyExpected, ConditionExpected, FindingExpected, ConductExpected))):
        case kind if kind is DutyExpected:
            return draw(_duties(vocabulary, norms, words))
        case kind if kind is ConditionExpected:
            return ConditionExpected(draw(conditions(vocabulary)), words)
        case kind if kind is ConductExpected:
            return ConductExpected(draw(st.booleans()), draw(conditions(vocabulary)), words)
        case _:
            rule, named = (
                draw(st.sampled_from(RULES)),
                draw(st.lists(st.sampled_from(norms), max_size=2, unique_by=lambda n: n.id)),
            )
            narrowed = rule in WITH_EXTENT and draw(st.booleans())
            condition = draw(conditions(vocabulary, conduct=False)) if narrowed else TRUE
            return FindingExpected(rule, draw(st.booleans()), tuple(named), (), condition, words)


@st.composite
def _duties(draw: st.DrawFn, vocabulary: Vocabulary, norms: list[Norm], words: str) -> DutyExpected:
    """What a norm asks of either role, or something that may be asked by none."""
    role = draw(st.integers(0, 1))
    if draw(st.booleans()):
        norm = draw(st.sampled_from(norms))
        content = rotate(norm.content, role, 2) if norm.rotates else norm.content
        return DutyExpected(role, norm.modality, norm.strength, content, draw(st.sampled_from(((), (norm.id,)))), words)
    modality = draw(st.sampled_from(Modality))
    content = draw(contents(draw(items(vocabulary, role)), modality is Modality.PROHIBITION))
    return DutyExpected(role, modality, draw(st.sampled_from(Strength)), content, (), words)
