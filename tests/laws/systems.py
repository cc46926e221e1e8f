"""Strategies for small norm systems: built in the core language, finite, and small enough to try every episode."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import assert_never

from hypothesis import strategies as st

from cbm.core.episodes import Axiom, Situation, Words
from cbm.core.expressions import TRUE, Does, Expr, NormId, Same, conjunction, disjunction, negation
from cbm.core.norms import Case, ConductExpected, Coverage, Displacement, Guard, Norm, NormSystem, Precedence, Text
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.variables import Attribute
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.possible_episodes import variables
from cbm.syntax.ast import DocumentKind, Modality, Strength
from tests.laws.expressions import (
    Item,
    Vocabulary,
    both,
    conditions,
    contents,
    items,
    kept,
    literals,
    one_of,
    vocabularies,
)
from tests.laws.tiny import DRAFT, PACT, TREATY, text

TEXTS = (DRAFT, PACT, TREATY)  # in source order
DATES = (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))
FEW = st.sampled_from((0, 0, 1, 1, 2))


@st.composite
def systems(draw: st.DrawFn, interchangeable: bool = True, needs: Sequence[str] = ()) -> NormSystem:
    """A draft, a pact and a treaty of 2 to 6 norms in all, over a part of the small vocabulary, two roles."""
    vocabulary = draw(vocabularies(needs))
    norms = draw(_norms(vocabulary, interchangeable))
    written = sorted(draw(st.permutations(norms)), key=lambda norm: TEXTS.index(norm.id.document))
    return NormSystem(
        DRAFT,
        draw(_situations(vocabulary, interchangeable)),
        {act.name: act for act in vocabulary.acts},
        {result.name: result for result in vocabulary.results},
        draw(_axioms(vocabulary, interchangeable)),
        draw(_texts(vocabulary)),
        {norm.id: norm for norm in written},
        draw(_displacements([norm.id for norm in norms])),
        draw(_precedences([norm.id for norm in norms])),
        draw(_coverage(vocabulary)),
        draw(_cases(vocabulary)),
        Words(),
        draw(st.sampled_from((None, None, None, *DATES))),
    )


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    """The same, with roles that both sides take or with fixed ones."""
    return draw(systems(interchangeable=draw(st.booleans())))


@cache
def numbers(sort: NumberSort) -> st.SearchStrategy[Fraction]:
    """Values of a bounded quantity: its ends, and halves, thirds and quarters of the way between them."""
    low, high = sort.low or Fraction(0), sort.high or Fraction(0)
    if sort.whole:
        return st.integers(int(low), int(high)).map(Fraction)
    return st.integers(0, 12).map(lambda twelfths: low + (high - low) * Fraction(twelfths, 12))


@st.composite
def worlds(draw: st.DrawFn, system: NormSystem) -> CompleteEpisode:
    """An episode of the system; it need not be one that the axioms allow."""
    values = {variable: draw(_values(variable.sort)) for variable in variables(system)}
    doings = [
        Doing(act.name, role, draw(st.frozensets(st.sampled_from(act.states))) if act.states else frozenset())
        for act in system.acts.values()
        for role in (0, 1)
        for _ in range(draw(FEW))
    ]
    return CompleteEpisode(values, frozenset(doings))


def _values(sort: Sort) -> st.SearchStrategy[Value]:
    match sort:
        case FlagSort():
            return st.booleans()
        case KindSort(_, members):
            return st.sampled_from(members)
        case NumberSort():
            return numbers(sort)
        case _:
            assert_never(sort)


# ---- norms


@st.composite
def _norms(draw: st.DrawFn, vocabulary: Vocabulary, interchangeable: bool) -> list[Norm]:
    """Norms in an order in which each asks only about those before it."""
    norms: list[Norm] = []
    said: tuple[list[tuple[Item, ...]], ...] = ([], [])  # what was asked of each role so far
    for label in range(1, draw(st.sampled_from((4, 5, 3, 6, 2))) + 1):
        identity = NormId(draw(st.sampled_from((DRAFT, DRAFT, PACT, PACT, TREATY))), str(label))
        rotates = interchangeable or draw(st.booleans())
        own = 0 if rotates else draw(st.integers(0, 1))
        again = len(said[own]) > 0 and draw(st.sampled_from((False, True, True)))
        asked = draw(_again(said[own]) if again else items(vocabulary, own))
        said[own].append(asked)
        norms.append(draw(_norm(vocabulary, identity, own, rotates, asked, [norm.id for norm in norms])))
    return norms


@st.composite
def _again(draw: st.DrawFn, said: list[tuple[Item, ...]]) -> tuple[Item, ...]:
    """What an earlier norm asks for, or a part of it."""
    asked = draw(st.sampled_from(said))
    return draw(st.sampled_from((asked, asked[:1], asked[-1:])))


@st.composite
def _norm(
    draw: st.DrawFn, vocabulary: Vocabulary, identity: NormId, own: int, rotates: bool, asked: tuple[Item, ...],
    asks: Sequence[NormId],
) -> Norm:  # fmt: skip
    modality = draw(st.sampled_from((*[Modality.OBLIGATION, Modality.PROHIBITION] * 4, *Modality)))
    demands = modality in (Modality.OBLIGATION, Modality.PROHIBITION)  # only these can be advice
    strength = draw(st.sampled_from((*[Strength.MUST] * 3, Strength.SHOULD))) if demands else Strength.MUST
    said = conditions(vocabulary, asks, own)
    guards = tuple(Guard(draw(said)) for _ in range(draw(FEW)))
    exceptions = tuple(Guard(draw(said)) for _ in range(draw(st.sampled_from((0, 0, 0, 1)))))
    content = draw(contents(asked, modality is Modality.PROHIBITION))
    topics = tuple(dict.fromkeys(topic for _, topic in asked if topic is not None))
    return Norm(identity, own, rotates, modality, strength, guards, exceptions, content, topics)


@st.composite
def _displacements(draw: st.DrawFn, order: Sequence[NormId]) -> tuple[Displacement, ...]:
    """Edges from norms to later ones, so that nothing displaces itself; often one behind the other."""
    pairs = [(by, of) for i, of in enumerate(order) for by in order[:i]]
    edges = [draw(st.sampled_from(pairs)) for _ in range(draw(st.sampled_from((0, 1, 1, 2, 3))))]
    if draw(st.sampled_from((False, False, True))):
        edges += pairwise(draw(_chains(order)))
    return tuple(Displacement(by, of, draw(st.booleans())) for by, of in dict.fromkeys(edges))


@st.composite
def _precedences(draw: st.DrawFn, order: Sequence[NormId]) -> tuple[Precedence, ...]:
    """Texts as a whole under others, or single norms under others; often in a row, never round in a circle."""
    ranks = draw(st.permutations(TEXTS))  # from what prevails to what yields
    ranked = sorted(order, key=lambda norm: ranks.index(norm.document))
    texts = [some for name in ranks if (some := frozenset(n for n in order if n.document == name))]
    edges = [(frozenset({one}), frozenset({two})) for i, one in enumerate(ranked) for two in ranked[:i]]
    if len(texts) > 1:
        whole = [(low, high) for i, low in enumerate(texts) for high in texts[:i]]
        edges = [*whole, *edges] if draw(st.booleans()) else whole
    chosen = [draw(st.sampled_from(edges)) for _ in range(draw(FEW))]
    if draw(st.sampled_from((False, False, True))):
        chosen += [(frozenset({low}), frozenset({high})) for high, low in pairwise(draw(_chains(ranked)))]
    return tuple(_said(draw(st.booleans()), *edge) for edge in dict.fromkeys(chosen))


def _said(below: bool, low: frozenset[NormId], high: frozenset[NormId]) -> Precedence:
    """Between single norms one of the two says so, else a header."""
    by = next(iter(low if below else high)) if len(low) == len(high) == 1 else None
    return Precedence(low, high, "the one yields to the other", by)


def _chains(order: Sequence[NormId]) -> st.SearchStrategy[list[NormId]]:
    """Some norms, three if there are as many, in this order."""
    size = min(len(order), 3)
    places = st.lists(st.sampled_from(range(len(order))), min_size=size, max_size=size, unique=True)
    return places.map(lambda some: [order[i] for i in sorted(some)])


# ---- what stands around them


@st.composite
def _texts(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, Text]:
    known = any(attribute.name == "party" for attribute in vocabulary.attributes)
    groups = st.sampled_from((None, None, None, "A", "AB", "BC", "ABC") if known else (None,))
    dates = st.sampled_from((None, None, None, *DATES))
    instruments = {
        name: text(name, DocumentKind.INSTRUMENT, draw(groups), draw(dates), draw(dates), draw(dates))
        for name in (PACT, TREATY)
    }
    return {DRAFT: text(DRAFT, DocumentKind.DRAFT, draw(groups), draw(dates)), **instruments}


@st.composite
def _situations(draw: st.DrawFn, vocabulary: Vocabulary, interchangeable: bool) -> Situation:
    cut = [
        variable
        for variable in vocabulary.found()
        if isinstance(variable, Attribute) and not isinstance(variable.sort, NumberSort)
    ]
    axes = draw(st.lists(st.sampled_from(cut), max_size=2, unique=True)) if cut else []
    party = next((a for a in vocabulary.attributes if a.name == "party"), None)
    return Situation("encounter", ("own", "other"), interchangeable, vocabulary.attributes, tuple(axes), party)


@st.composite
def _axioms(draw: st.DrawFn, vocabulary: Vocabulary, interchangeable: bool) -> tuple[Axiom, ...]:
    """At most two sides, one about the situation, two about conduct, one that the pact deems."""
    rotates = interchangeable or draw(st.booleans())
    found = conditions(vocabulary, conduct=False)
    chosen: list[Axiom] = []
    sides = [a for a in vocabulary.attributes if a.name == "party"]
    if len(sides) > 0 and draw(st.booleans()):
        chosen.append(Axiom("two sides", negation(Same(*both(sides[0]))), rotates))
    if len(vocabulary.attributes) > 0 and draw(st.booleans()):
        chosen.append(Axiom("", disjunction(draw(literals(vocabulary, conduct=False)), draw(found)), rotates))
    chosen += [Axiom("", draw(_about_conduct(vocabulary)), rotates) for _ in range(draw(FEW))]
    if len(vocabulary.attributes) > 0 and draw(st.sampled_from((False, False, True))):
        deemed = disjunction(draw(literals(vocabulary, conduct=False)), draw(found))
        chosen.append(Axiom("deemed", deemed, rotates, PACT))
    return tuple(axiom for axiom in chosen if axiom.condition != TRUE)


@st.composite
def _about_conduct(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    """Acts that are never done together, an act that requires something, or a bound on a result."""
    acts = draw(st.permutations([Does(act.name, 0) for act in vocabulary.acts]))
    ways = ["condition", *["requires"] * 2 * (len(acts) > 0), *["never"] * (len(acts) > 1)]
    match draw(st.sampled_from([*ways, *["kept"] * len(vocabulary.results)])):
        case "requires":
            return disjunction(negation(acts[0]), draw(literals(vocabulary)))
        case "never":
            return negation(conjunction(*acts[:2]))
        case "kept":
            return draw(one_of(draw(one_of(kept(vocabulary, 0)))()))
        case _:
            return draw(conditions(vocabulary))


@st.composite
def _coverage(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[Coverage, ...]:
    touched = [act.topic for act in vocabulary.acts] + [result.topic for result in vocabulary.results]
    topics = sorted({topic for topic in touched if topic is not None})
    if not draw(st.booleans()):
        return ()
    condition = draw(conditions(vocabulary, conduct=False)) if draw(st.booleans()) else TRUE
    return (Coverage(DRAFT, condition, tuple(draw(st.lists(st.sampled_from(topics), min_size=1, unique=True)))),)


@st.composite
def _cases(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[Case, ...]:
    if not draw(st.booleans()):
        return ()
    given = draw(conditions(vocabulary, conduct=False)) if draw(st.booleans()) else TRUE
    expected = ConductExpected(draw(st.booleans()), draw(conditions(vocabulary)), "as drawn")
    return (Case("", None, given, (expected,)),)
