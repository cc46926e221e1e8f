"""Laws: which clauses mean the same, and how a clause of the draft stands to the pact, is what enumeration says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.checks import derogation, divergent_restatement, restatement
from cbm.decide.derogation import Derogation
from cbm.decide.derogation import derogation as decided
from cbm.decide.inquiry import inquire
from cbm.semantics.core import (
    TRUE,
    And,
    Axiom,
    Expr,
    Norm,
    NormSystem,
    Or,
    Origin,
    Secondary,
    Variable,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.substitute import variables
from cbm.syntax.ast import Modality, Strength

from .dressed import dressed
from .enumerate import Outcome, outcomes
from .episodes import Conduct, Question, Side
from .grid import Deed, Part, atoms, parts
from .repeating import REPEATED, REPEATING, repeating
from .test_clashes import at
from .test_findings import bearers_of, is_empty
from .tiny import (
    DRAFT,
    NIGHT,
    PACT,
    SEPARATION,
    at_least,
    at_most,
    axiom,
    clause,
    does,
    may,
    must,
    must_not,
    norm,
    system,
    yields,
)


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(repeating(interchangeable=draw(st.booleans())))


def sides(system: NormSystem) -> list[Side]:
    """All episodes from each bearer's side, with what is owed after a breach."""
    return [
        Side(system, role, also=[a for norm in system.norms.values() for a in _owed_later(norm, role, system)])
        for role in bearers_of(system)
    ]


def _owed_later(norm: Norm, role: int, system: NormSystem) -> Iterator[Expr]:
    for secondary in norm.otherwise:
        yield from atoms(secondary.content, role if norm.rotates else 0, system)


# ---- the same meaning


def same(sides: list[Side], one: Norm, other: Norm) -> bool:
    """Whether two clauses have one form, and in every episode the one is kept, or used, as far as the other is."""
    if any(form(a) != form(b) for a, b in zip(said(one), said(other), strict=False)):
        return False
    return all(
        kept(side, one, conduct) == kept(side, other, conduct)
        for side in sides
        for encounter in side.encounters
        for conduct in encounter.conducts
    )


def said(norm: Norm) -> tuple[Norm | Secondary, ...]:
    return (norm, *norm.otherwise)


def form(one: Norm | Secondary) -> tuple[str, str]:
    return one.modality, one.strength


def kept(side: Side, norm: Norm, conduct: Conduct) -> list[bool]:
    """For a duty how far it is kept: at once, or after one breach, after two …; for the rest whether it is used."""
    if norm.id not in side.norms:
        return [norm.demands] * 3
    s = conduct.standing[norm.id]
    used = s.kept if norm.modality is not Modality.EXEMPTION else not s.kept
    levels = [used or not s.applicable if norm.demands else used and s.applicable]
    for secondary in norm.otherwise:
        done = side.condition(secondary.content, side.role if norm.rotates else 0)(conduct.choice)
        levels.append(levels[-1] or done)
    return levels + [True] * (3 - len(levels))


def used(norm: Norm, conduct: Conduct) -> bool:
    """Whether it applies and is kept, or made use of."""
    s = conduct.standing[norm.id]
    return s.applicable and s.kept == (norm.modality is not Modality.EXEMPTION)


@given(anywhere())
def test_a_restatement_diverges_where_some_episode_shows_it(system: NormSystem) -> None:
    if is_empty(system):
        return
    copy = replace(system.norms[REPEATING], restates=(REPEATED,))
    restating = replace(system, norms={**system.norms, REPEATING: copy})
    inquiry = inquire(dressed(restating))
    found = [f.clauses for f in divergent_restatement.check(inquiry)]
    alike = same(sides(system), system.norms[REPEATING], system.norms[REPEATED])
    assert found == ([] if alike else [(str(REPEATING), str(REPEATED))])


@given(anywhere())
def test_what_is_repeated_is_told(system: NormSystem) -> None:
    if not is_empty(system):
        assert told_as_repeated(system) == repeated(system)


def told_as_repeated(system: NormSystem) -> dict[str, tuple[str, ...]]:
    return {f.clauses[0]: f.clauses[1:] for f in restatement.check(inquire(dressed(system)))}


def repeated(system: NormSystem) -> dict[str, tuple[str, ...]]:
    """For each clause of the draft the provisions of the pact that it repeats."""
    known = sides(system)
    pairs = [(n, m) for n in of_draft(system) for m in system.norms.values() if m.id.document != DRAFT]
    expected: dict[str, tuple[str, ...]] = {}
    for n, m in pairs:
        if same(known, n, m) and at_once(known, n, m):
            expected[str(n.id)] = (*expected.get(str(n.id), ()), str(m.id))
    return expected


# ---- less than a duty asks for


@given(anywhere())
def test_derogations_are_told(system: NormSystem) -> None:
    if not is_empty(system):
        assert told_as_derogations(system) == derogations(system)


def told_as_derogations(system: NormSystem) -> set[tuple[str, ...]]:
    return {f.clauses for f in derogation.check(inquire(dressed(system)))}


def derogations(system: NormSystem) -> set[tuple[str, ...]]:
    """The pairs of a clause of the draft and a duty of the pact that it falls short of."""
    known = [Side(system, role) for role in bearers_of(system)]
    return {
        (str(n.id), str(m.id))
        for n in of_draft(system)
        for m in system.norms.values()
        if m.id.document != DRAFT and m.demands and not subject_to(system, n, m)
        if any({n.id, m.id} <= side.norms.keys() and falls_short(side, n, m) for side in known)
    }


@given(anywhere())
def test_under_the_conditions_told_the_clause_falls_short(system: NormSystem) -> None:
    if is_empty(system):
        return
    inquiry = inquire(system)
    for n, m in ((n, m) for n in of_draft(system) for m in system.norms.values() if m.id.document != DRAFT):
        found = decided(inquiry, n, m) if m.demands else None
        if not isinstance(found, Derogation) or any(v.origin is not Origin.SITUATION for v in said_in(found.cube)):
            continue  # told under conditions that conduct brings about
        shown = [side for side in map(partial(Side, system), bearers_of(system)) if short_throughout(side, n, m, found)]
        assert shown, (n.id, m.id)


def said_in(cube: tuple[Expr, ...]) -> list[Variable]:
    return [v for literal in cube for v in variables(literal)]


def short_throughout(side: Side, n: Norm, m: Norm, found: Derogation) -> bool:
    """Whether in every situation under the conditions both stand, and n falls short, whatever else the draft asks."""
    short = False
    for _, done in groupby(outcomes(side, m.strength is Strength.SHOULD), key=lambda outcome: id(outcome.encounter)):
        here = list(done)
        if not at(conjunction(*found.cube), here[0].encounter.world):
            continue
        if not all({n.id, m.id} <= o.standing for o in here):
            return False
        duty = side.condition(matter_of(side, n, m), side.role if m.rotates else 0)
        keeping = [o for o in here if duty(o.conduct.choice)]
        unbound = [replace(o, breached=frozenset()) for o in here]
        if not (
            asks_for_less(n, unbound, [u for u, o in zip(unbound, here, strict=True) if o in keeping])
            if n.demands
            else grants_more(side, n, here, keeping)
        ):
            return False
        short = True
    return short


def subject_to(system: NormSystem, one: Norm, other: Norm) -> bool:
    return any(one.id in edge.yielding and other.id in edge.prevailing for edge in system.precedences)


def falls_short(side: Side, n: Norm, m: Norm) -> bool:
    """Whether in some situation n asks for less than m in what both speak of, or grants what rules that out."""
    matter = matter_of(side, n, m)
    if matter == TRUE:
        return False
    duty = side.condition(matter, side.role if m.rotates else 0)
    advised = m.strength is Strength.SHOULD
    for _, done in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
        both = [o for o in done if {n.id, m.id} <= o.standing]
        keeping = [o for o in both if duty(o.conduct.choice)]
        if keeping and (asks_for_less(n, both, keeping) if n.demands else grants_more(side, n, both, keeping)):
            return True
    return False


def matter_of(side: Side, n: Norm, m: Norm) -> Expr:
    """What m asks for in acts and results that n speaks of."""
    said = m.content.parts if isinstance(m.content, And) else (m.content,)
    view = side.role if m.rotates else 0
    return conjunction(*(part for part in said if speaks_of(side, part, view) & spoken_of(side, n)))


def asks_for_less(n: Norm, both: list[Outcome], keeping: list[Outcome]) -> bool:
    """Whoever keeps the duty keeps n, and some conduct without the one breaches nothing of the draft."""
    implied = all(o.conduct.standing[n.id].kept for o in keeping)
    return implied and any(o not in keeping and not any(b.document == DRAFT for b in o.breached) for o in both)


def grants_more(side: Side, n: Norm, both: list[Outcome], keeping: list[Outcome]) -> bool:
    """Some use of n, with the values it claims, is made, and never while the duty is kept."""
    view, exempts = side.role if n.rotates else 0, n.modality is Modality.EXEMPTION
    split: type[And] | type[Or] = And if exempts else Or
    for alternative in n.content.parts if isinstance(n.content, split) else (n.content,):
        used = side.condition(negation(alternative) if exempts else alternative, view)
        claimed = set[Part]() if exempts else {p for p in speaks_of(side, alternative, view) if not isinstance(p, Deed)}
        places = [i for i, part in enumerate(side.parts) if part in claimed]

        def uses(some: list[Outcome], used: Question[bool] = used, places: list[int] = places) -> set[tuple[int, ...]]:
            return {tuple(o.conduct.choice[i] for i in places) for o in some if used(o.conduct.choice)}

        if uses(both) - uses(keeping):
            return True
    return False


def should(label: str, content: Expr) -> Norm:
    return norm(label, Modality.OBLIGATION, content, document=PACT, strength=Strength.SHOULD)


def of_draft(system: NormSystem) -> list[Norm]:
    return [norm for norm in system.norms.values() if norm.id.document == DRAFT]


def at_once(sides: list[Side], one: Norm, other: Norm) -> bool:
    """Whether both, which speak of one act or result of one bearer, are kept, or used, in some episode."""
    return any(
        used(one, conduct) and used(other, conduct)
        for side in sides
        if {one.id, other.id} <= side.norms.keys() and spoken_of(side, one) & spoken_of(side, other)
        for encounter in side.encounters
        for conduct in encounter.conducts
    )


def spoken_of(side: Side, norm: Norm) -> set[Part]:
    """The acts and results in what a norm says to this bearer."""
    return speaks_of(side, norm.content, side.role if norm.rotates else 0)


def speaks_of(side: Side, content: Expr, view: int) -> set[Part]:
    said = parts(atoms(content, view, side.system))
    return {part for part in said if isinstance(part, Deed) or part.name in side.system.results}


ALWAYS_FAR_AT_NIGHT = axiom(disjunction(negation(NIGHT), at_least(SEPARATION, 2)))


@pytest.mark.parametrize("axioms", [[], [ALWAYS_FAR_AT_NIGHT]], ids=["the draft", "the vocabulary"])
def test_no_condition_is_told_under_which_something_makes_up_for_it(axioms: list[Axiom]) -> None:
    makes_up = [] if axioms else [must("2", at_least(SEPARATION, 2), NIGHT)]
    of = system(
        must("1", at_least(SEPARATION, 1)), *makes_up, must("3", at_least(SEPARATION, 2), document=PACT), axioms=axioms
    )
    found = decided(inquire(of), of.norms[clause("1")], of.norms[clause("3", PACT)])
    assert isinstance(found, Derogation)
    assert found.cube == (negation(NIGHT),)


# ---- what drawn systems show too rarely

EITHER_WAY = conjunction(
    disjunction(negation(does("hold")), does("turn")), disjunction(negation(does("turn")), does("hold"))
)
RARE = {
    "one of two things allowed is forbidden": system(
        may("1", disjunction(does("hold"), does("turn"))), must_not("2", does("turn"), document=PACT)
    ),
    "one of two things that need not be done is owed": system(
        norm("1", Modality.EXEMPTION, conjunction(does("hold"), does("turn"))), must("2", does("turn"), document=PACT)
    ),
    "either of two things that need not be done is enough": system(
        norm("1", Modality.EXEMPTION, does("turn")), must("2", disjunction(does("hold"), does("turn")), document=PACT)
    ),
    "a value of the range is forbidden": system(
        may("1", at_most(SEPARATION, 2)), must("2", at_least(SEPARATION, 1), document=PACT)
    ),
    "the draft makes up for it elsewhere": system(
        must("1", at_least(SEPARATION, 1)), must("2", at_least(SEPARATION, 2), NIGHT),
        must("3", at_least(SEPARATION, 2), NIGHT, document=PACT),
    ),
    "for the sake of advice the clause yields": system(
        must("1", at_least(SEPARATION, 1)), must("2", at_least(SEPARATION, 2), document=PACT),
        should("3", at_most(SEPARATION, 0)), precedences=[yields([clause("1")], [clause("3", PACT)])],
    ),
    "to advice the clause yields where advice is looked at": system(
        must("1", at_least(SEPARATION, 1)), should("2", at_least(SEPARATION, 2)),
        should("3", at_most(SEPARATION, 0)), precedences=[yields([clause("1")], [clause("3", PACT)])],
    ),
    "to a duty the clause yields": system(
        must("1", at_least(SEPARATION, 1)), must("2", at_least(SEPARATION, 2), document=PACT),
        must("3", at_most(SEPARATION, 0), document=PACT), precedences=[yields([clause("1")], [clause("3", PACT)])],
    ),
    "two acts that are always done together are two": system(
        must("1", does("hold")), must("2", does("turn"), document=PACT), axioms=[axiom(EITHER_WAY)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("of", RARE.values(), ids=RARE)
def test_systems_made_by_hand(of: NormSystem) -> None:
    assert told_as_derogations(of) == derogations(of)
    assert told_as_repeated(of) == repeated(of)


def test_they_show_something() -> None:
    assert [len(derogations(of)) for of in RARE.values()] == [1, 1, 0, 1, 0, 1, 0, 0, 0]
