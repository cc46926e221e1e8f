"""What exceptions alone leave open of a promise, against enumeration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hypothesis import given

from cbm.core.expressions import TRUE, Formula, conjunction
from cbm.core.matters import Matter, concerns, matters
from cbm.core.norms import Coverage, NormSystem
from cbm.coverage.by_exception import regions_of
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.finding import RuleId
from cbm.smt.solve import sharing
from cbm.syntax.ast import Strength
from cbm.syntax.taking import with_taken
from cbm.wording.findings.exception_findings import ExceptionPart, opened_by_exception
from tests.laws.bracketed import WORLD, document, found_by, holds_on, names_of, packages
from tests.laws.coverage.test_gap_witness import own
from tests.laws.enumerate import Outcome, outcomes
from tests.laws.episodes import Side, at
from tests.laws.promises import is_excepted
from tests.laws.promising import promised, promising
from tests.laws.sparing import sparingly


@given(promising())
@sparingly(2)
@sharing()
def test_exceptions_leave_open_what_they_say_and_nothing_else(system: NormSystem) -> None:
    known = promised(system)
    if known is None:
        return
    for about in known.inquiry.strict:
        side = Side(known.system, about.bearer)
        for told, promise in zip(known.inquiry.system.coverage, known.system.coverage, strict=True):
            for matter in matters(promise):
                parts = list(opened_by_exception(known.inquiry, told, regions_of(about, told, matter), TRUE))
                seen = list(situations(side, promise, matter))
                for advised in (False, True):
                    compare([part for part in parts if part.advised is advised], seen, advised)


_HOW = ("governed by no clause", "only advised on")
_TWO_STRENGTHS = f"""{WORLD}\
clause 1 every unit [A: must | B: should] call unless fog
clause 2 every unit when own.alert [d A: must | B: should] lamp
covers signals in every type of encounter
"""


def test_what_an_exception_leaves_open_is_told_on_the_packages_on_which_it_is_left_so() -> None:
    draft, names = document(_TWO_STRENGTHS), names_of(_TWO_STRENGTHS)
    whole = found_by(RuleId.GAP, _TWO_STRENGTHS)
    assert whole is not None
    for taken in packages(draft):
        here = [finding for finding in whole if holds_on(finding, taken, names)]
        alone = found_by(RuleId.GAP, with_taken(_TWO_STRENGTHS, draft, taken))
        assert alone is not None
        told, written = ([f.message for f in some if "the exception to clause 1 leaves" in f.message]
                         for some in (here, alone))  # fmt: skip
        assert [any(how in words for words in told) for how in _HOW] == [
            any(how in words for words in written) for how in _HOW
        ]


# A situation: how strong what governs the matter is, whether an exception lifts a norm, and a `must`, and its type.
Seen = tuple[CompleteEpisode, frozenset[Strength], bool, bool, tuple[object, ...]]


def situations(side: Side, promise: Coverage, matter: Matter) -> Iterator[Seen]:
    spoken_of = side.condition(promise.condition, side.view)
    for _, done in groupby(outcomes(side), key=lambda outcome: id(outcome.encounter)):
        here = [outcome for outcome in done if spoken_of(outcome.conduct.choice)]
        if here:
            world = here[0].encounter.world
            strict = is_excepted(side, matter, here, strict=True)
            cell = tuple(world.values[axis] for axis in side.axes)
            yield world, strengths(side, matter, here), is_excepted(side, matter, here), strict, cell


def strengths(side: Side, matter: Matter, here: list[Outcome]) -> frozenset[Strength]:
    binding = frozenset(norm for outcome in here for norm in outcome.standing)
    return frozenset(side.norms[n].strength for n in binding if concerns(side.norms[n], matter))


def compare(parts: list[ExceptionPart], seen: list[Seen], advised: bool) -> None:
    governed = {cell for _, bound, _, _, cell in seen if bound}
    for world, bound, lifted, strict, cell in seen:
        silent = lifted and not bound and cell in governed
        expected = strict and bound == {Strength.SHOULD} if advised else silent
        assert any(at(told(cube, part), world) for part in parts for cube in part.cubes) == expected


def told(cube: tuple[Formula, ...], part: ExceptionPart) -> Formula:
    """What the unit itself does, where only the promise speaks of it, is so in every situation compared."""
    return conjunction(*(literal for literal in cube if not own(literal, part.region)))
