"""Laws: views that never differ change nothing; where they do, the clauses are told that bind by one view alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.core.norms import NormSystem
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.variables import Attribute
from cbm.core.viewpoints import seen
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.possible_episodes import possible, variables
from cbm.evaluate.what_binds import holds, live
from cbm.finding import RuleId
from cbm.records import replace
from tests.laws.drafts import drafts
from tests.laws.pipeline.test_rewritten import kinds
from tests.laws.sparing import sparingly
from tests.laws.timed import system_of

NEVER = """\
views differ on night, range
axiom "all see the same" own.range = other.range and (own.night implies other.night) and (other.night implies own.night)
"""
VOCABULARY = """\
vocabulary sea
party A
party B
kind zone = port | sea
situation encounter
roles own, other
each party : party
shared
  zone : zone
  night : flag
views differ on zone, night
axiom "two sides" own.party is not other.party
topic telling
act report topic telling
"""
AXIOMS = ("", "axiom not night\n", "axiom own.party is A implies own.zone is sea\n", "axiom own.zone is other.zone\n")
CONDITIONS = (
    "zone is port", "night", "not night", "own.zone is port and other.zone is port", "other.night",
    "zone is port and other.night", "own.party is A", "zone is port or night", "own.night implies other.night",
)  # fmt: skip
RULES = Selection(frozenset((RuleId.DIVIDED_VIEW,)))


@given(drafts())
@sparingly(10)
def test_views_that_never_differ_change_nothing(text: str) -> None:
    before = 'axiom "two sides"'
    assert told_of(text.replace(before, NEVER + before, 1)) == told_of(text)


def told_of(text: str) -> list[tuple[str, ...]]:
    """Rules, clauses and severities; words differ where a view is spoken of."""
    return [tuple(part.partition(": ")[0] for part in kind) for kind in kinds(text)]


@given(
    st.sampled_from(AXIOMS),
    st.lists(st.tuples(st.sampled_from(CONDITIONS), st.sampled_from(CONDITIONS)), min_size=1, max_size=2),
    st.sampled_from(("", *CONDITIONS)),
)
@sparingly(2)
def test_a_clause_is_told_where_it_binds_by_one_view_alone(
    axiom: str, clauses: list[tuple[str, str]], silence: str
) -> None:
    written = [f"clause {n} every unit when {w} must report unless {u}" for n, (w, u) in enumerate(clauses, 1)]
    reserve = [f"reserve 9 for telling when {silence}"] if silence else []
    system = system_of("\n".join((VOCABULARY + axiom + "draft code", "  uses sea", *written, *reserve, "")))
    told = {clause for finding in examine(system, RULES).findings for clause in finding.clauses}
    assert told == set(divided(system))


def divided(system: NormSystem) -> Iterator[str]:
    """The clauses that bind role 0 in some encounter, and not with the views of the two roles exchanged."""
    worlds = [world for world in episodes(system) if possible(world, system)]
    silent = [reserve.condition for reserve in system.reserves]
    for norm in system.norms.values():
        for world in worlds:
            other = exchanged(world, system)
            divides = live(norm, 0, world, system) != live(norm, 0, other, system)
            if divides and not any(holds(condition, world, system) for condition in silent):
                yield str(norm.id)


def exchanged(world: CompleteEpisode, system: NormSystem) -> CompleteEpisode:
    pairs = [(seen(view, 0), seen(view, 1)) for view in system.situation.views]
    new = {a: world.values[b] for pair in pairs for a, b in (pair, pair[::-1])}
    return replace(world, values={**world.values, **new})


def episodes(system: NormSystem) -> Iterator[CompleteEpisode]:
    known = [v for v in variables(system) if isinstance(v, Attribute)]
    for values in product(*(options(v) for v in known)):
        yield CompleteEpisode(dict(zip(known, values, strict=True)))


def options(variable: Attribute) -> tuple[Value, ...]:
    match variable.sort:
        case FlagSort():
            return (False, True)
        case KindSort(_, members):
            return members
        case _:
            raise AssertionError("nothing else is declared here")
