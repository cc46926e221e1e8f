"""Types of encounter in which a promised topic is governed by no clause, or by advice only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import product

from cbm.checks.naming import listed
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words
from cbm.decide.boxes import Box, Type, boxes, literal, values_of
from cbm.decide.clashes import GivenUp, world_of
from cbm.decide.coverage import Region, advised_only, promised_in, types_of, types_with, ungoverned
from cbm.decide.engine import Stuck
from cbm.decide.extent import widen
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Coverage, Expr
from cbm.semantics.evaluate import World, binding
from cbm.semantics.substitute import variables
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown

RULE = Rule(
    "gap",
    Severity.ERROR,
    "a promised type of encounter that nothing governs",
    """\
The text promises, with `covers`, that a topic is governed in every encounter (of a kind). A gap is an encounter in
which no clause of that topic binds the unit, whatever it does. Gaps are reported as boxes: all combinations of the
named kinds of unit and places. A box is governed nowhere, or in part, with the conditions of one part that is not.
Where only `should` clauses bind, the topic is advised only, which is a warning. A promise about encounters that
cannot happen is reported too.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a ship must not aim_weapons
clause 2 a military_aircraft must not aim_weapons
covers every type of encounter for weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a ship must not aim_weapons
clause 2 an aircraft must not aim_weapons
covers every type of encounter for weapons
""",
)


def pieces(inquiry: Inquiry) -> list[tuple[int, int]]:
    """Each promise towards each bearer, by position."""
    return list(product(range(len(inquiry.strict)), range(len(inquiry.system.coverage))))


def check(inquiry: Inquiry, piece: tuple[int, int]) -> Iterator[Finding]:
    about, promise = inquiry.strict[piece[0]], inquiry.system.coverage[piece[1]]
    assert promise.span is not None
    promised = promised_in(about, promise)
    question, ends = "does a promise speak of any encounter", {"found": "it does", "none": "it does not: the finding"}
    if inquiry.can(about, (), question, promised, **ends) is False:
        message = f"the promise to cover {listed(promise.topics)} speaks of no encounter that can happen"
        yield Finding(RULE.id, RULE.severity, message, Label(promise.span), remedies=("correct its condition",))
        return
    real = inquiry.real_types(about, promise)
    for topic in promise.topics:
        for region, soft in ((ungoverned(about, promise, topic), False), (advised_only(about, promise, topic), True)):
            question = f"is {topic} {'more than advised on' if soft else 'governed'} in every promised encounter"
            for finding in _of_region(inquiry, region, real, question):
                yield _about_topic(finding, promise, topic, soft)


def _of_region(inquiry: Inquiry, region: Region, real: set[Type] | Unknown, question: str) -> Iterator[Finding]:
    """One finding a box, without its topic: the boxes that are open altogether, then those open in part."""
    about, axes = region.about, inquiry.system.situation.axes
    with _asking(region, question, broken=True):
        broken = types_of(region, axes)
    if isinstance(broken, Unknown) or isinstance(real, Unknown):
        reason = next(r.reason for r in (broken, real) if isinstance(r, Unknown))
        inquiry.given_up.append(GivenUp(about.bearer, (), question, reason))
        inquiry.record(RULE.id, question, None)
        return
    inquiry.record(RULE.id, question, bool(broken))
    if not broken:
        return
    with _asking(region, question, broken=False):
        governed = types_with(about, axes, region.excluded, among=broken)
    partly = set() if isinstance(governed, Unknown) else governed & broken
    impossible = set(product(*map(values_of, axes))) - real
    for whole, types in ((True, broken - partly), (False, partly)):
        for box in boxes(axes, types, impossible):
            yield _finding(inquiry, region, box, whole)


def _asking(region: Region, question: str, broken: bool) -> AbstractContextManager[None]:
    verb = "breaks" if broken else "keeps"
    return asking(
        system=region.about.system,
        bearer=region.about.bearer,
        question=f"is there an encounter of the type given below that {verb} the promise ({question})",
        found="the type is part of a gap" if broken else "the type is no gap, or one in part only",
        none="the type is part of no gap" if broken else "if the type is part of a gap, then altogether",
    )


def _finding(inquiry: Inquiry, region: Region, box: Box, whole: bool) -> Finding:
    system = inquiry.system
    axes = system.situation.axes
    sides = zip(axes, box.sides, strict=True)
    inside = [literal(axis, side) for axis, side in sides if len(side) < len(values_of(axis))]
    cube, shown = _example(inquiry, region, box)
    rest = [] if whole else [part for part in cube if not set(variables(part)) <= set(axes)]
    where = condition_words(system, inside) if inside else "every type of encounter"
    span = system.texts[system.subject].span
    assert span is not None
    return Finding(
        RULE.id,
        RULE.severity,
        f"{'' if whole else ', in part'}: {where}",
        Label(span),
        whenever=condition_words(system, (*inside, *rest)) if rest else "",  # else the message says it
        extent=(tuple(literal_words(system, part) for part in (*inside, *rest)),),
        witness=shown,
    )


def _about_topic(finding: Finding, promise: Coverage, topic: str, soft: bool) -> Finding:
    """The finding said of its topic, at the promise that is broken."""
    assert promise.span is not None
    what = "only advised on" if soft else "governed by no clause"
    return replace(
        finding,
        severity=Severity.WARNING if soft else RULE.severity,
        message=f"`{topic}` is {what}{finding.message}",
        primary=Label(promise.span, f"promises {topic}"),
        remedies=(
            f"add a clause on {topic} for it" + (" that binds" if soft else ""),
            "or leave it out of the promise: `covers every type of … when …`",
        ),
    )


def _example(inquiry: Inquiry, region: Region, box: Box) -> tuple[tuple[Expr, ...], Scenario | None]:
    """The conditions of one open part of the box, and an encounter there."""
    axes, world = inquiry.system.situation.axes, world_of(region.about)
    first = min(box.types, key=lambda cell: [values_of(a).index(v) for a, v in zip(axes, cell, strict=True)])
    cell = [literal(axis, (value,)) for axis, value in zip(axes, first, strict=True)]
    with _asking(region, "shown as an example", broken=True):
        stuck = region.search(*cell).next()
        if not isinstance(stuck, Stuck):
            return (), None
        widener = Solver(world.roles, (*world.possible, *region.compliance))
        cube = widen(widener, region.compliance, stuck.values, world)
    if isinstance(cube, Unknown):
        return (), None
    system, bearer = inquiry.system, region.about.bearer

    def ungoverned_there(seen: World) -> bool:
        return not any(binding(norm, bearer, seen, system) for norm in region.absent)

    shown = episode(region.about, (*region.holding, *cell, *cube), ungoverned_there)
    return cube, example(system, shown, cube)
