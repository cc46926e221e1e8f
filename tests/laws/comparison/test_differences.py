"""Laws: two texts differ exactly where trying every episode shows it, whatever they call and number their clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, groupby, product
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.comparison.change_witness import change_episode
from cbm.comparison.differences import ChangeKind, MeaningChange, differences
from cbm.comparison.mirror_image import mirror_image, parties_told_apart
from cbm.comparison.severed import severed
from cbm.comparison.two_texts import read_text, two_texts
from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.episodes import Axiom
from cbm.core.expressions import Expr, NormId, conjunction, disjunction, negation
from cbm.core.norms import DocumentKind, Guard, Modality, Norm, NormSystem, Strength, Text
from cbm.core.rewriting import Rewriting
from cbm.records import replace
from cbm.smt.solve import sharing
from tests.laws.checked import bearers_of, is_empty
from tests.laws.dressed import dressed
from tests.laws.enumerate import Outcome, outcomes, owed
from tests.laws.episodes import Side
from tests.laws.sparing import sparingly
from tests.laws.standings import counted, standings, with_standing
from tests.laws.systems import systems
from tests.laws.tiny import (
    DRAFT,
    NIGHT,
    PACT,
    SEPARATION,
    at_least,
    attribute,
    clause,
    distress,
    does,
    may,
    must,
    must_not,
    need_not,
    of_party,
    otherwise,
    system,
    yields,
)

# ---- what enumeration says


def means(side: Side, advised: bool) -> Iterator[tuple[object, ...]]:
    """What the draft alone means for each conduct: whether it is left, used as allowed, and what is unrepaired.

    With advice: left by the duties alone and by all of it, and by the duties and the advice each taken alone.
    """
    own = {n for n in side.norms if n.document == DRAFT}
    for _, group in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
        here = list(group)
        duties = {n for n in own if side.norms[n].strength is Strength.MUST}
        least, of_duties, of_advice = (_least(o.breached & some for o in here) for some in (own, duties, own - duties))
        for outcome in here:
            breached = outcome.breached & own
            free = breached & duties in of_duties
            left = (free and breached in least, free and breached - duties in of_advice)
            yield left, _used(side, outcome, own), owed(side, outcome, breached, advised)


def _least(breached: Iterable[frozenset[NormId]]) -> set[frozenset[NormId]]:
    """The sets of which no smaller one is among them."""
    some = set(breached)
    return {one for one in some if not any(fewer < one for fewer in some)}


def _used(side: Side, outcome: Outcome, own: set[NormId]) -> tuple[bool, bool]:
    standing = [
        (side.norms[norm].modality, outcome.conduct.standing[norm].kept) for norm in outcome.standing if norm in own
    ]
    return (Modality.PERMISSION, True) in standing, (Modality.EXEMPTION, False) in standing


def sides(old: NormSystem, new: NormSystem) -> Iterator[tuple[Side, Side]]:
    """Every episode that either of them tells apart, seen with both, each text read as if it were in force."""
    old, new = severed(counted(old)).system, severed(counted(new)).system
    for role in bearers_of(new):
        other = Side(old, role)
        later = Side(new, role, also=other.atoms)
        yield Side(old, role, also=later.atoms), later


def differ(old: NormSystem, new: NormSystem) -> bool:
    """Whether some conduct means something else."""
    return any(
        a != b
        for (one, other), advised in product(sides(old, new), (False, True))
        for a, b in zip(means(one, advised), means(other, advised), strict=True)
    )


# ---- what is found


def changes(old: NormSystem, new: NormSystem) -> list[MeaningChange]:
    with sharing():  # as a diff asks
        found = list(differences(two_texts(read_text(dressed(old)), read_text(dressed(new)))))
    assert all(isinstance(one, MeaningChange) for one in found)
    return [one for one in found if isinstance(one, MeaningChange)]


def kinds(old: NormSystem, new: NormSystem) -> set[str]:
    return {f"{change.kind.value} {' '.join(n.label for n in change.clauses)}" for change in changes(old, new)}


# ---- the law


@st.composite
def revised(draw: st.DrawFn) -> tuple[NormSystem, NormSystem]:
    """A system, and the same with some of its clauses changed, and with another status of the text."""
    old = draw(systems(interchangeable=draw(st.booleans()), needs=("night", "distress", "hold")))
    if draw(st.booleans()):
        old = draw(with_standing(old))
    own = [norm for norm in old.norms.values() if norm.id.document == DRAFT]
    assume(own)
    norms = dict(old.norms)
    for norm in draw(st.lists(st.sampled_from(own), min_size=1, max_size=2)):
        norms[norm.id] = draw(changed_clause(norm))
    new = replace(old, norms=norms, texts={**old.texts, DRAFT: draw(of_another_status(old.texts[DRAFT]))})
    how = draw(st.sampled_from(("clause", "edge", "precedence")))
    if how == "edge" and old.displacements:
        new = replace(new, displacements=old.displacements[1:])
    if how == "precedence" and old.precedences:
        new = replace(new, precedences=old.precedences[1:])
    placed = dressed(new)
    assume(not any(find_cycles(placed)))
    return (old, new) if draw(st.booleans()) else (new, old)


@st.composite
def of_another_status(draw: st.DrawFn, text: Text) -> Text:
    """The text with the status, the dates and the kind of another time; whose it is stays."""
    other = draw(standings(text))
    kind = draw(st.sampled_from((DocumentKind.DRAFT, DocumentKind.INSTRUMENT, DocumentKind.INSTRUMENT)))
    return replace(other, memberships=text.memberships, kind=kind)


@st.composite
def changed_clause(draw: st.DrawFn, norm: Norm) -> Norm:
    how = draw(st.sampled_from(("strength", "guard", "freed", "exception", "otherwise", "forbidden", "same")))
    condition = draw(st.sampled_from((NIGHT, distress(norm.bearer))))
    match how:
        case "strength":
            other = Strength.SHOULD if norm.strength is Strength.MUST else Strength.MUST
            return replace(norm, strength=other)
        case "guard":
            return replace(norm, guards=(*norm.guards[1:], Guard(condition)))
        case "exception":
            return replace(norm, exceptions=(Guard(condition),))
        case "freed":
            return replace(norm, modality=draw(st.sampled_from((Modality.PERMISSION, Modality.EXEMPTION))))
        case "forbidden" if norm.demands:
            return replace(norm, modality=Modality.PROHIBITION, content=negation(norm.content))
        case "otherwise" if norm.demands:
            owed_then = (otherwise(norm, does("hold", norm.bearer)), advised_then(norm, does("hold", norm.bearer)))
            return draw(st.sampled_from(owed_then))
        case _:
            return norm


def advised_then(norm: Norm, content: Expr) -> Norm:
    """The norm, with what should be done where it is breached."""
    steps = otherwise(norm, content).otherwise
    return replace(norm, otherwise=tuple(replace(step, strength=Strength.SHOULD) for step in steps))


@given(revised())
@sparingly(2)
def test_texts_differ_where_enumeration_sees_it(pair: tuple[NormSystem, NormSystem]) -> None:
    old, new = pair
    if not is_empty(old):
        assert bool(changes(old, new)) == differ(old, new)


@given(systems().flatmap(with_standing), st.data())
@sparingly(4)
def test_a_text_does_not_differ_from_itself_whatever_it_has_become(of: NormSystem, data: st.DataObject) -> None:
    if not is_empty(of):
        later = data.draw(of_another_status(of.texts[DRAFT]))
        assert not changes(of, replace(of, texts={**of.texts, DRAFT: later}))


# ---- laws without enumeration


MIRRORED = {
    ChangeKind.TIGHTENED: ChangeKind.RELAXED,
    ChangeKind.BINDING: ChangeKind.ADVISED,
    ChangeKind.ADVICE_TIGHTENED: ChangeKind.ADVICE_RELAXED,
    ChangeKind.PERMITTED: ChangeKind.NOT_PERMITTED,
    ChangeKind.EXEMPTED: ChangeKind.NOT_EXEMPTED,
    ChangeKind.REPARATION_TIGHTENED: ChangeKind.REPARATION_RELAXED,
}


def turned(kind: ChangeKind) -> ChangeKind:
    return MIRRORED.get(kind) or next(one for one, other in MIRRORED.items() if other is kind)


@given(revised())
@sparingly(4)
def test_back_is_the_mirror_of_forth(pair: tuple[NormSystem, NormSystem]) -> None:
    old, new = pair
    if not is_empty(old):
        forth = {(change.kind, labels(change)) for change in changes(old, new)}
        back = {(turned(change.kind), labels(change)) for change in changes(new, old)}
        assert forth == back


def labels(change: MeaningChange) -> tuple[str, ...]:
    return tuple(norm.label for norm in change.clauses)


@given(systems(), st.randoms(use_true_random=False))
@sparingly(4)
def test_order_and_numbers_of_clauses_mean_nothing(of: NormSystem, dice: Random) -> None:
    if is_empty(of):
        return
    order = list(of.norms)
    dice.shuffle(order)
    mixed = {norm: of.norms[norm] for norm in sorted(order, key=lambda n: list(of.texts).index(n.document))}
    assert not changes(of, _numbered_anew(replace(of, norms=mixed)))


def _numbered_anew(system: NormSystem) -> NormSystem:
    class Anew(Rewriting):
        def norm(self, norm: NormId) -> NormId:
            return replace(norm, label=f"{norm.label} bis")

    return Anew().system(system)


@given(systems(needs=("party",)).flatmap(with_standing))
@sparingly(8)
def test_a_text_is_asymmetric_where_enumeration_sees_it(of: NormSystem) -> None:
    """Parties that the text never names are alike, so two of them stand for all."""
    if is_empty(of):
        return
    told_apart = [set(pair) for pair in parties_told_apart(of)]
    text = of.texts[DRAFT]
    members = text.parties or {"A", "B", "C"}
    there = {one.party for one in text.memberships if one.holds(of.as_of)} if text.memberships else members
    for one, other in combinations(sorted(members), 2):
        image = mirror_image(of, one, other)
        assert bool(changes(image, of)) == differ(image, of)
        if {one, other} <= there:  # who is no party on the date is not told apart
            assert image.norms == of.norms or any({one, other} & pair for pair in told_apart)


# ---- by hand


TURN, HOLD = does("turn"), does("hold")
DEEMED = Axiom("9", disjunction(negation(NIGHT), distress(0)), True, DRAFT, NIGHT)
CASES = {
    "nothing changed": (set(), [must("1", TURN, NIGHT)], [must("1", TURN, NIGHT)]),
    "a clause of two acts is two clauses": (
        set(),
        [must("1", conjunction(TURN, HOLD))],
        [must("1", TURN), must("2", HOLD)],
    ),
    "and in a clash it is two as well": (
        set(),
        [must("1", conjunction(TURN, HOLD)), must_not("3", TURN)],
        [must("1", TURN), must("2", HOLD), must_not("3", TURN)],
    ),
    "a permission of two acts is two": (
        set(),
        [may("1", conjunction(TURN, HOLD))],
        [may("1", TURN), may("2", HOLD)],
    ),
    "an exemption from two acts is two": (
        set(),
        [need_not("1", disjunction(TURN, HOLD))],
        [need_not("1", TURN), need_not("2", HOLD)],
    ),
    "a duty is new": ({"tightened 1"}, [], [must("1", TURN)]),
    "a duty is gone": ({"relaxed 1"}, [must("1", TURN)], []),
    "a duty is advice now": (
        {"advised 1"},
        [must("1", TURN)],
        [must("1", TURN, strength=Strength.SHOULD)],
    ),
    "advice is a duty now": (
        {"binding 1"},
        [must("1", TURN, strength=Strength.SHOULD)],
        [must("1", TURN)],
    ),
    "only advice changed": (
        {"advice-tightened 1", "advice-relaxed 1"},
        [must("1", TURN, strength=Strength.SHOULD)],
        [must_not("1", TURN, strength=Strength.SHOULD)],
    ),
    "advice against a duty is new": (
        {"advice-tightened 2"},
        [must("1", at_least(SEPARATION, 2))],
        [must("1", at_least(SEPARATION, 2)), must("2", negation(at_least(SEPARATION, 1)), strength=Strength.SHOULD)],
    ),
    "advice against a duty holds in fewer situations": (
        {"advice-relaxed 2"},
        [must("1", TURN), must_not("2", TURN, strength=Strength.SHOULD)],
        [must("1", TURN), must_not("2", TURN, NIGHT, strength=Strength.SHOULD)],
    ),
    "beside advice that cannot be followed anyway": (
        {"advice-tightened 3"},
        [must("1", TURN), must_not("2", TURN, strength=Strength.SHOULD)],
        [
            must("1", TURN),
            must_not("2", TURN, strength=Strength.SHOULD),
            must("3", HOLD, strength=Strength.SHOULD),
        ],
    ),
    "among duties that clash anyway": (
        {"tightened 3"},
        [must("1", TURN), must_not("2", TURN)],
        [must("1", TURN), must_not("2", TURN), must("3", HOLD)],
    ),
    "one of two duties that clash is gone": (
        {"tightened 2"},
        [must("1", TURN), must_not("2", TURN)],
        [must_not("2", TURN)],
    ),
    "an exception is new": (
        {"relaxed 1"},
        [must("1", TURN)],
        [must("1", TURN, unless=NIGHT)],
    ),
    "an exemption is gone": ({"not-exempted 1"}, [need_not("1", TURN)], []),
    "what is owed after a breach is new": (
        {"reparation-tightened 1"},
        [must("1", TURN)],
        [otherwise(must("1", TURN), HOLD)],
    ),
    "what is owed after a breach is only advised": (
        {"reparation-relaxed 1"},
        [otherwise(must("1", TURN), HOLD)],
        [advised_then(must("1", TURN), HOLD)],
    ),
    "what is advised after advice is owed": (
        {"reparation-tightened 1"},
        [replace(advised_then(must("1", TURN), HOLD), strength=Strength.SHOULD)],
        [replace(otherwise(must("1", TURN), HOLD), strength=Strength.SHOULD)],
    ),
    "a result is asked for more closely": (
        {"tightened 1"},
        [must("1", at_least(SEPARATION, 1))],
        [must("1", at_least(SEPARATION, 2))],
    ),
    "what another clause says anyway": (
        set(),
        [must("1", at_least(SEPARATION, 1)), must("2", at_least(SEPARATION, 2))],
        [must("2", at_least(SEPARATION, 2))],
    ),
}


@pytest.mark.parametrize(("expected", "before", "after"), CASES.values(), ids=CASES)
def test_changes_made_by_hand(expected: set[str], before: list[Norm], after: list[Norm]) -> None:
    old, new = system(*before), system(*after)
    assert kinds(old, new) == expected
    assert differ(old, new) == bool(expected)


def test_what_is_deemed_is_read_with_its_text_and_removes_no_encounter() -> None:
    clauses = [must("1", TURN, distress(0))]
    plain, deeming = system(*clauses), system(*clauses, axioms=[DEEMED])
    assert kinds(plain, deeming) == {"tightened 1"}
    assert kinds(deeming, plain) == {"relaxed 1"}
    assert kinds(deeming, deeming) == set()
    assert kinds(plain, system(axioms=[DEEMED])) == {"relaxed 1"}  # by night as well as by day
    [change] = changes(plain, deeming)
    both = two_texts(read_text(dressed(plain)), read_text(dressed(deeming)))
    [change] = [one for one in differences(both) if isinstance(one, MeaningChange)]
    assert change_episode(both, change).world.values[attribute("night")] is True


def test_what_is_suspended_beside_another_text_is_no_change() -> None:
    treaty = must_not("1", TURN, document=PACT)
    low, high = [clause("1")], [clause("1", PACT)]
    plain = system(must("1", TURN), treaty)
    subject = system(must("1", TURN), treaty, precedences=[yields(low, high)])
    assert kinds(plain, subject) == {"relaxed 1"}
    assert kinds(subject, system(treaty, precedences=[])) == set()


@pytest.mark.parametrize(("expected", "before", "after"), CASES.values(), ids=CASES)
def test_every_change_is_seen_by_the_evaluator(expected: set[str], before: list[Norm], after: list[Norm]) -> None:
    both = two_texts(read_text(dressed(system(*before))), read_text(dressed(system(*after))))
    shown = [change_episode(both, one) for one in differences(both) if isinstance(one, MeaningChange)]
    assert len(shown) == len(expected)


def test_parties_that_change_places_change_what_is_said_of_them() -> None:
    of = system(must("1", TURN, of_party(0, "A")), must("2", HOLD))
    image = mirror_image(of, "A", "B")
    assert kinds(of, image) == {"tightened 1", "relaxed 1"}
    assert kinds(of, mirror_image(of, "B", "C")) == set()
    assert mirror_image(image, "A", "B").norms == of.norms
