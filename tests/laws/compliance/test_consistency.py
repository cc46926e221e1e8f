"""Laws: what is attested is what some episode shows, and what is called not shown no episode does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given

from cbm.compliance.consistency import BindNowhereTogether, Shown, Unkeepable, best, deciding, gallery, only
from cbm.core.expressions import And, Compare, Does, Expr, Flag, IsIn, NormId, Not, Or, Same, disjunction, negation
from cbm.core.norms import ConductExpected, NormSystem, Strength
from cbm.core.roles import rotate
from cbm.core.variables import ResultValue, Variable
from cbm.evaluate.what_binds import governs
from cbm.inquiry import Inquiry, inquire
from cbm.report import Attestation, Green, Pairs
from cbm.search.implicants import true_at
from cbm.smt.solve import Unknown, sharing
from cbm.wording.findings.attestations import Attested, attest
from tests.laws.checked import bearers_of, is_empty
from tests.laws.conflicts.test_rare import SYSTEMS, chain
from tests.laws.dressed import dressed
from tests.laws.enumerate import conflict_sets, facts, outcomes
from tests.laws.episodes import Side
from tests.laws.promises import reachable
from tests.laws.promising import between_its_parties, expecting, promising
from tests.laws.sparing import sparingly
from tests.laws.tiny import (
    NIGHT,
    PACT,
    SEPARATION,
    at_least,
    at_most,
    attribute,
    axiom,
    clause,
    distress,
    does,
    may,
    must,
    must_not,
    system,
    yields,
)

DAY = Not(NIGHT)
NEAR = IsIn(attribute("zone"), ("near",))

HANDMADE = {
    **SYSTEMS,
    "a chain of suspensions": chain(("1", "2"), ("2", "3")),
    "a duty that only clashes": system(must("1", does("hold"), NIGHT), must_not("2", does("hold"))),
    "advice that can be followed only against a duty": system(
        must("1", does("hold")), must_not("2", does("hold"), strength=Strength.SHOULD)
    ),
    "a permission where nothing can be complied with": system(
        must("1", does("hold"), NIGHT), must_not("2", does("hold"), NIGHT), may("3", does("turn"), NIGHT)
    ),
    "a pair that meets only where a third is in the way": system(
        must("1", at_least(SEPARATION, 1), NIGHT),
        must("2", at_least(SEPARATION, 2), distress(0)),
        must("3", at_most(SEPARATION, 0), NIGHT, unless=Not(distress(0))),
    ),
    "a pair that never meets": system(must("1", does("hold"), NIGHT), must("2", does("hold"), DAY)),
    "a pair that meets where a breach is made impossible by others": system(
        must("1", does("hold"), NIGHT),
        must_not("2", does("turn")),
        must("3", does("turn"), NIGHT, distress(0)),
        must_not("4", does("hold"), DAY),
        must("5", does("hold"), NIGHT, distress(0)),
    ),
    "a pair that meets where a zone is not another": system(
        must("1", does("hold"), Not(NEAR)), must("2", does("hold"), IsIn(attribute("zone"), ("mid",)))
    ),
    "a pair that meets by day": system(must("1", does("hold"), DAY), must("2", does("hold"), DAY, distress(0))),
    "what own and other do are two things": system(must("1", does("hold")), must("2", does("hold", 1))),
    "a permission is no part of a pair": system(must("1", does("hold")), may("2", does("hold"))),
    "a draft and two norms of a pact": system(
        must("1", does("hold"), document=PACT), must("2", does("hold")), must("3", does("hold"), document=PACT)
    ),
    "a duty and advice that meet where a duty is in the way of the advice": system(
        must("1", at_least(SEPARATION, 1), NIGHT),
        must("2", at_least(SEPARATION, 1), distress(0), strength=Strength.SHOULD),
        must_not("3", does("turn")),
        must("4", does("turn"), NIGHT, distress(0), strength=Strength.SHOULD),
    ),
    "a duty that binds only where another one is breached": system(
        must_not("1", does("hold")), must("2", does("turn"), does("hold"))
    ),
    "a duty that binds only where an axiom lets another one be breached": system(
        must_not("1", does("hold")),
        must("2", does("log"), does("turn")),
        axioms=[axiom(disjunction(negation(does("turn")), does("hold")))],
    ),
    "a suspended duty": system(
        must("1", does("hold")), must_not("2", does("hold")), precedences=[yields([clause("1")], [clause("2")])]
    ),
}


@sharing()
def attested(of: NormSystem) -> tuple[Inquiry, Attested] | None:
    """What is attested; None where the regions in which something is suspended are not known exactly."""
    inquiry = inquire(dressed(of))
    if not all(clash.extent.exact for clash in inquiry.clashes):
        return None
    found = attest(inquiry, ())
    assert not inquiry.undecided
    return inquiry, found


def of_kind(found: Attested, kind: Green) -> list[Attestation]:
    return [a for a in found.attestations if a.kind is kind]


def compare(of: NormSystem) -> tuple[set[str], Pairs]:
    """Holds clauses and pairs against enumeration, and promised topics; the clauses that are shown, and the pairs."""
    read = attested(of)
    if read is None:
        return set(), Pairs()
    clauses = {a.clauses[0]: a for a in of_kind(read[1], Green.CLAUSE)}
    assert set(clauses) == {str(norm) for norm in of.norms if norm.document == of.subject}
    sides = [Side(of, bearer) for bearer in bearers_of(of)]
    for advised in (False, True):
        tables = [facts(side, advised) for side in sides]
        for norm in of.norms.values():
            if norm.id.document == of.subject and (norm.strength is Strength.SHOULD) == advised:
                seen = [table[norm.id] for table in tables if norm.id in table]
                said = clauses[str(norm.id)]
                assert said.shown == any(f.attested for f in seen), norm.id
                assert (said.reason.startswith("it binds in no encounter")) == (not any(f.stands for f in seen)), (
                    norm.id
                )
    compare_pairs(of, sides, read[1])
    compare_topics(of, sides, read[1])
    return {name for name, a in clauses.items() if a.shown}, read[1].pairs


def compare_pairs(of: NormSystem, sides: list[Side], found: Attested) -> None:
    meeting: dict[bool, tuple[set[frozenset[NormId]], set[frozenset[NormId]]]] = {}
    for advised in (False, True):
        together, kept = meeting[advised] = (set(), set())
        for side in sides:
            for standing, breached in {(o.standing, o.breached) for o in outcomes(side, advised)}:
                pairs = {frozenset(pair) for pair in combinations(standing, 2)}
                together |= pairs
                kept |= set() if breached else pairs
    clashing = {clash for side in sides for clash in conflict_sets(side, advised=True)}
    shown, apart, doubtful = 0, 0, set()
    for pair in pairs_of(of, sides) - clashing:
        together, kept = meeting[any(of.norms[norm].strength is Strength.SHOULD for norm in pair)]
        if pair in kept:
            shown += 1
        elif pair not in together:
            apart += 1
        else:
            doubtful.add(frozenset(map(str, pair)))
    assert {frozenset(a.clauses) for a in of_kind(found, Green.PAIR)} == doubtful
    assert found.pairs == Pairs(shown, apart, len(doubtful))


def pairs_of(of: NormSystem, sides: list[Side]) -> set[frozenset[NormId]]:
    """The pairs of duties, one at least of the draft, that speak of one act or result of one bearer's encounters."""
    pairs = set()
    for side in sides:
        owed = [n for n in side.norms.values() if n.demands]
        told = {n.id: set(_told(rotate(n.content, side.role if n.rotates else 0, 2))) for n in owed}
        for one, other in combinations(told, 2):
            if told[one] & told[other] and of.subject in (one.document, other.document):
                pairs.add(frozenset((one, other)))
    return pairs


def _told(content: Expr) -> Iterator[tuple[str, int | None]]:
    match content:
        case Does(act, role):
            yield act, role
        case Not(operand):
            yield from _told(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _told(part)
        case Compare(terms):
            yield from _results([v for _, v in terms])
        case Same(left, right):
            yield from _results([left, right])
        case Flag(variable) | IsIn(variable):
            yield from _results([variable])
        case _:
            return


def _results(mentioned: list[Variable]) -> Iterator[tuple[str, int | None]]:
    yield from ((v.name, v.role) for v in mentioned if isinstance(v, ResultValue))


@pytest.mark.parametrize("of", HANDMADE.values(), ids=HANDMADE)
def test_systems_made_by_hand(of: NormSystem) -> None:
    compare(of)


def test_the_systems_made_by_hand_show_something() -> None:
    shown = {name: compare(of) for name, of in HANDMADE.items()}
    labels = {name: {n.partition(":")[2] for n in clauses} for name, (clauses, _) in shown.items()}
    assert labels["a duty that only clashes"] == {"2"}
    assert labels["advice that can be followed only against a duty"] == {"1"}
    assert labels["a permission where nothing can be complied with"] == set()
    assert labels["a duty that binds only where another one is breached"] == {"1"}
    assert labels["a duty that binds only where an axiom lets another one be breached"] == {"1"}
    assert labels["a suspended duty"] == {"2"}
    pairs = {name: counts for name, (_, counts) in shown.items()}
    assert pairs["a pair that never meets"] == Pairs(apart=1)
    assert pairs["a pair that meets where a zone is not another"] == pairs["a pair that meets by day"] == Pairs(shown=1)
    assert pairs["what own and other do are two things"] == Pairs()
    assert pairs["a permission is no part of a pair"] == Pairs()
    assert pairs["a draft and two norms of a pact"] == Pairs(shown=2)
    assert pairs["a duty and advice that meet where a duty is in the way of the advice"].not_shown == 1
    assert pairs["a pair that meets only where a third is in the way"].not_shown == 1
    assert pairs["a pair that meets where a breach is made impossible by others"].not_shown == 1


def test_what_decides_shows_what_everything_shows() -> None:
    kinds = set()
    for of in HANDMADE.values():
        inquiry = inquire(dressed(of))
        for plain, about in zip(inquiry.grounds, inquiry.strict, strict=True):
            whole, norms = gallery(plain, about, advised=False), [n.norm.id for n in about.norms]
            for wanted in (*((norm,) for norm in norms), *combinations(norms, 2)):
                looked_at = deciding(about, wanted).union(wanted)
                near = gallery(only(plain, looked_at), only(about, looked_at), advised=False)
                seen = type(whole.show(wanted))
                assert type(near.show(wanted)) is seen, wanted
                kinds.add((seen, len(looked_at) < len(norms)))
    assert kinds >= {(Shown, True), (Shown, False), (Unkeepable, False), (BindNowhereTogether, True)}


def test_what_nobody_knows_of_one_bearer_is_known_of_none_where_others_show_nothing() -> None:
    unknown, unkeepable, nowhere = Unknown("given up"), Unkeepable((clause("1"),)), BindNowhereTogether(suspended=True)
    assert best([unkeepable, unknown, nowhere]) == unknown
    assert best([nowhere, unkeepable]) == unkeepable
    assert best([BindNowhereTogether(), nowhere]) == nowhere


def test_what_was_shown_before_shows_nothing_where_its_conditions_do_not_hold() -> None:
    inquiry = inquire(dressed(system(must("1", does("hold")))))
    shown = gallery(inquiry.grounds[0], inquiry.strict[0], advised=False)
    for condition in (NIGHT, DAY, disjunction(NIGHT, DAY)):
        where = shown.about.grounder.formula(condition)
        sight = shown.show([clause("1")], where)
        assert isinstance(sight, Shown)
        assert true_at(where, sight.values)


@given(expecting())
def test_what_holds_only_because_of_the_axioms_is_not_shown(of: NormSystem) -> None:
    read = None if is_empty(of) else attested(of)
    if read is None:
        return
    said = iter(of_kind(read[1], Green.NEVER))
    for case in of.cases:
        for expected in case.expected:
            if isinstance(expected, ConductExpected) and expected.never:
                possible = reachable(of, expected.condition, case.given, complying=()) is not None
                assert next(said).shown == possible


@sparingly(2)
@given(promising())
def test_clauses_pairs_and_promised_topics_are_attested_where_enumeration_sees_them(of: NormSystem) -> None:
    of = between_its_parties(of)
    if not is_empty(of):
        compare(of)


def compare_topics(of: NormSystem, sides: list[Side], found: Attested) -> None:
    """A promised topic is shown by a clause that governs it."""
    said = iter(of_kind(found, Green.TOPIC))
    for promise in of.coverage:
        for topic in promise.topics:
            governing: set[str] = set()
            for side in sides:
                promised = side.condition(promise.condition, side.view)
                strict = {n for n in side.norms if topic in side.norms[n].topics and is_strict(side, n)}
                for o in outcomes(side):
                    if not o.breached and promised(o.conduct.choice):
                        world = side.world(o.conduct.choice)
                        settling = (n for n in o.standing & strict if governs(n, topic, side.role, world, of))
                        governing |= set(map(str, settling))
            attestation = next(said)
            assert attestation.shown == bool(governing)
            assert set(attestation.clauses) <= governing


def is_strict(side: Side, norm: NormId) -> bool:
    return side.norms[norm].strength is Strength.MUST
