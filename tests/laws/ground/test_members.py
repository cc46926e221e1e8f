"""Law: whom a text binds on a date, whatever its parties are called then, formulas say as the evaluator does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import assume, example, given
from hypothesis import strategies as st

from cbm.core.expressions import Does, Expr, States, conjunction, disjunction
from cbm.core.norms import Norm, NormSystem, Status
from cbm.core.persons import Continuation, Membership
from cbm.core.variables import Addressee
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.parties_bound import owed
from cbm.evaluate.possible_episodes import possible
from cbm.evaluate.what_binds import binding, live
from cbm.ground.grounding import ground
from cbm.ground.members import of_their_time, standing
from cbm.records import replace
from cbm.search.implicants import true_at
from cbm.syntax.ast import DocumentKind
from tests.laws.ground.test_grounding import formulas_of, point_of, within_copies
from tests.laws.systems import systems, worlds
from tests.laws.tiny import DRAFT, PACT, does, episode, may, must, must_not, need_not, system, text

STATUSES = st.lists(
    st.tuples(st.sampled_from(list(Status)), st.sampled_from([date(1999, 6, 1), date(2001, 6, 1)])),
    min_size=1,
    unique_by=lambda entry: entry[1],
).map(lambda entries: tuple(sorted(entries, key=lambda entry: entry[1])))
DAYS = st.sampled_from([date(2000 + year, 1, 1) for year in range(3)])


@st.composite
def continued(draw: st.DrawFn, parties: tuple[str, ...]) -> tuple[Continuation, ...]:
    """Some of the parties continue those before them in some order, one by one."""
    line = draw(st.permutations(parties))
    pairs = list(zip(line[1:], line, strict=False))[: draw(st.integers(0, 2))]
    days = sorted(draw(st.sets(DAYS, min_size=len(pairs), max_size=len(pairs))))
    return tuple(Continuation(party, of, day) for (party, of), day in zip(pairs, days, strict=True))


@st.composite
def members(draw: st.DrawFn, parties: tuple[str, ...]) -> tuple[Membership, ...]:
    """One to three memberships, each by itself or in the place of a party that stands before it."""
    found: list[Membership] = []
    for _ in range(draw(st.integers(1, 3))):
        party, days = draw(st.sampled_from(parties)), (draw(st.none() | DAYS), draw(st.none() | DAYS))
        seat = draw(st.sampled_from([party, *(one.party for one in found)]))
        found.append(Membership(party, seat, *days))
    return tuple(found)


@st.composite
def dated(draw: st.DrawFn) -> tuple[NormSystem, CompleteEpisode]:
    drawn = draw(systems(interchangeable=draw(st.booleans()), needs=("party",)))
    parties = drawn.situation.parties
    texts = {}
    for name, read in drawn.texts.items():
        joined = draw(members(parties)) if draw(st.booleans()) else ()
        everybody = frozenset(parties) if draw(st.booleans()) else None
        named = frozenset(one.party for one in joined) or everybody
        bound = draw(st.frozensets(st.sampled_from(sorted(named)))) if named else frozenset()
        texts[name] = replace(
            read,
            parties=named,
            memberships=joined,
            binding=bound,
            towards_all=bool(bound) and draw(st.booleans()),
        )
    continuations = draw(continued(parties))
    drawn = replace(drawn, texts=texts, continuations=continuations, as_of=draw(st.none() | DAYS))
    return drawn, draw(worlds(drawn))


@given(dated(), st.integers(0, 1))
def test_formulas_bind_whom_the_evaluator_says_on_that_date(
    reading: tuple[NormSystem, CompleteEpisode], bearer: int
) -> None:
    of, world = reading
    if not within_copies(world, of, bearer):
        return
    point = point_of(world, [*formulas_of(of, bearer), *of_their_time(of)])
    for n in ground(of, bearer).norms:
        assert true_at(n.live, point) == live(n.norm, bearer, world, of)
        assert true_at(n.binds, point) == binding(n.norm.id, bearer, world, of)
        assert true_at(n.fulfilled, point) == fulfilled(n.norm, bearer, world, of)
        assert true_at(n.owed, point) == owed(n.norm, bearer, world, of)
    there = all(true_at(formula, point) for formula in of_their_time(of))
    bare = replace(of, axioms=())  # an axiom that names a party may mean who continues it
    assert possible(world, bare) == (there and possible(world, replace(bare, continuations=())))
    assert there or not possible(world, of)


@given(STATUSES, st.none() | DAYS, st.sampled_from([DRAFT, PACT]))
def test_what_a_text_is_so_far_decides_whether_it_counts_beside_another_one(
    statuses: tuple[tuple[Status, date], ...], day: date | None, name: str
) -> None:
    of = system(must("1", does("hold"), document=name), as_of=day)
    of = replace(of, texts={**of.texts, name: replace(of.texts[name], statuses=statuses)})
    (norm,) = of.norms.values()
    (here,) = ground(of, 0).norms
    assert true_at(here.live, {}) == live(norm, 0, episode(of), of)
    assert name == PACT or live(norm, 0, episode(of), of)  # what is under check counts whatever it is


# It counts from its first day on, and on that of its end no more. Where nothing says that it is in force it is adopted.
@given(*[st.none() | DAYS] * 4, st.sampled_from([DocumentKind.DRAFT, DocumentKind.INSTRUMENT]), st.booleans())
@example(date(2000, 1, 1), None, None, date(2000, 1, 1), DocumentKind.INSTRUMENT, False)
@example(date(2000, 1, 1), date(2001, 1, 1), None, date(2001, 1, 1), DocumentKind.INSTRUMENT, False)
@example(date(2000, 1, 1), date(2002, 1, 1), None, date(2001, 1, 1), DocumentKind.INSTRUMENT, False)
@example(date(2000, 1, 1), None, date(2001, 1, 1), date(2001, 1, 1), DocumentKind.INSTRUMENT, False)
@example(date(2000, 1, 1), None, date(2001, 1, 1), date(2000, 1, 1), DocumentKind.INSTRUMENT, True)
def test_a_text_counts_between_its_dates_with_a_status_or_none(
    adopted: date | None,
    begins: date | None,
    ends: date | None,
    day: date | None,
    kind: DocumentKind,
    is_political: bool,
) -> None:
    statuses = ((Status.POLITICAL, date(1999, 1, 1)),) if is_political else ()
    read = replace(text(PACT, kind, adopted=adopted, in_force=begins, until=ends), statuses=statuses)
    of = system(must("1", does("hold"), document=PACT), pact=read, as_of=day)
    (norm,), (here,) = of.norms.values(), ground(of, 0).norms
    assert true_at(here.live, {}) == live(norm, 0, episode(of), of)


@given(dated())
def test_before_anybody_joins_a_text_binds_nobody(reading: tuple[NormSystem, CompleteEpisode]) -> None:
    of, world = replace(reading[0], as_of=date(1999, 12, 31)), reading[1]
    for norm in of.norms.values():
        joined = of.texts[norm.id.document].memberships
        if joined and all(one.since for one in joined):
            assert not live(norm, 0, world, of)


@given(dated(), st.data(), st.sampled_from([must, must_not, may, need_not]))
def test_a_clause_is_addressed_to_those_who_are_there(
    reading: tuple[NormSystem, CompleteEpisode], data: st.DataObject, of_modality: Callable[[str, Expr], Norm]
) -> None:
    """All of them, or of what is forbidden and of what need not be, any of them; the formula says as the evaluator."""
    of, world = replace(reading[0], as_of=data.draw(st.just(date(1999, 12, 31)) | DAYS)), reading[1]
    named = data.draw(st.permutations(of.situation.parties))[: data.draw(st.integers(1, 3))]
    to = [States(Addressee(party)) for party in named]
    assume(of.acts)
    act = next(iter(of.acts))
    plain = of_modality("97", does(act))
    joined = conjunction(*to) if plain.is_to_all else disjunction(*to)
    addressed = of_modality("97", Does(act, 0, joined))
    there = [bool(standing(of, party)) for party in named]
    heard = all(there) if plain.is_to_all else any(there)
    acts = {name: replace(act, recipients=of.situation.parties) for name, act in of.acts.items()}
    known = replace(of, acts=acts, norms={addressed.id: addressed}, displacements=(), precedences=())
    (n,) = ground(known, 0).norms
    without = replace(known, norms={plain.id: plain})
    expected = heard and live(plain, 0, world, without)
    assert live(addressed, 0, world, known) == expected
    assert true_at(n.live, point_of(world, [n.live])) == expected
