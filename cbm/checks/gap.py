"""Types of encounter in which a promised topic is governed by no clause, or by advice only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import product

from cbm.checks.naming import listed
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words
from cbm.decide.boxes import Box, Type, boxes, literal, values_of
from cbm.decide.clashes import GivenUp, world_of
from cbm.decide.coverage import (
    Region,
    advised_only,
    by_conduct,
    kept,
    parties_of,
    promised_in,
    types_of,
    types_with,
    ungoverned,
)
from cbm.decide.engine import Stuck, fix
from cbm.decide.extent import attained, widen
from cbm.decide.implicant import implicant
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Coverage, Expr, Origin
from cbm.semantics.evaluate import World, binding
from cbm.semantics.ground import Ground
from cbm.semantics.substitute import variables
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown

RULE = Rule(
    "gap",
    Severity.ERROR,
    "a promised type of encounter that nothing governs",
    """\
The text promises, with `covers`, that a topic is governed in every encounter (of a kind). A gap is an encounter in
which no clause of that topic binds the unit, whatever it does; a `may` or `need not` is a clause of its topic too,
since the text does not pass over what it leaves free. Gaps are reported as boxes: all combinations of the named kinds
of unit and places. A box is governed nowhere, or in part, with the conditions of one part that is not. Two things
are a warning: that only `should` clauses bind, so that the topic is advised on only; and, where there is no gap in the
same types of encounter, that the unit's own conduct decides whether any clause binds. A promise about encounters that
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


class _Kind(Enum):
    """How a promise is broken: what the topic is in words, as asked and as told."""

    GAP = ("governed", "governed by no clause")
    ADVISED = ("more than advised on", "only advised on")
    BY_CONDUCT = ("governed whatever the unit does", "governed or not by what the unit does")

    @property
    def severity(self) -> Severity:
        return RULE.severity if self is _Kind.GAP else Severity.WARNING


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for about in inquiry.strict:
        real: dict[Expr, set[Type] | Unknown] = {}
        for promise in inquiry.system.coverage:
            yield from _of_promise(inquiry, about, promise, real)


def _of_promise(
    inquiry: Inquiry, about: Ground, promise: Coverage, real: dict[Expr, set[Type] | Unknown]
) -> Iterator[Finding]:
    """`real` remembers, for the parties of each promise, the types of encounter that can happen between them."""
    assert promise.span is not None
    promised = promised_in(about, promise)
    question, ends = "does a promise speak of any encounter", {"found": "it does", "none": "it does not: the finding"}
    if inquiry.can(about, (), question, promised, **ends) is False:
        message = f"the promise to cover {listed(promise.topics)} speaks of no encounter that can happen"
        yield Finding(RULE.id, RULE.severity, message, Label(promise.span), remedies=("correct its condition",))
        return
    axes = inquiry.system.situation.axes
    between = parties_of(about, promise)
    if between not in real:
        question = "is there an encounter of the type given below, between units of parties to the text"
        found, none = "the type is real", "it happens nowhere: it may be told as part of any box"
        with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
            real[between] = types_with(about, axes, between)
    for topic in promise.topics:
        gaps = set[Type]()
        for kind, region in _regions(about, promise, topic):
            question = f"is {topic} {kind.value[0]} in every promised encounter"
            told = gaps if kind is _Kind.BY_CONDUCT else set[Type]()
            broken = _broken(inquiry, region, question, real[between], told)
            if kind is _Kind.GAP:
                gaps = broken
            for finding in _boxes(inquiry, region, kept(region, promise), question, broken, real[between]):
                yield _about_topic(finding, promise, topic, kind)


def _regions(about: Ground, promise: Coverage, topic: str) -> Iterator[tuple[_Kind, Region]]:
    yield _Kind.GAP, ungoverned(about, promise, topic)
    yield _Kind.ADVISED, advised_only(about, promise, topic)
    swayed = by_conduct(about, promise, topic)
    if swayed is not None:
        yield _Kind.BY_CONDUCT, swayed


def _broken(inquiry: Inquiry, region: Region, question: str, real: set[Type] | Unknown, told: set[Type]) -> set[Type]:
    """The types of encounter in which the promise is broken in this way, without those told before."""
    with _asking(region, question, broken=True):
        broken = types_of(region, inquiry.system.situation.axes)
    if isinstance(broken, Unknown) or isinstance(real, Unknown):
        reason = next(r.reason for r in (broken, real) if isinstance(r, Unknown))
        inquiry.given_up.append(GivenUp(region.about.bearer, (), question, reason))
        inquiry.record(RULE.id, question, None)
        return set()
    inquiry.record(RULE.id, question, bool(broken - told))
    return broken - told


def _boxes(
    inquiry: Inquiry, region: Region, keeping: Region, question: str, broken: set[Type], real: set[Type] | Unknown
) -> Iterator[Finding]:
    """One finding a box, without its topic: the boxes that are open altogether, then those open in part."""
    axes = inquiry.system.situation.axes
    if not broken or isinstance(real, Unknown):
        return
    with _asking(region, question, broken=False):
        governed = types_of(keeping, axes, among=broken)
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
    shown = _example(inquiry, region, box)
    rest = [] if whole else [part for part in shown.cube if not set(variables(part)) <= set(axes)]
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
        witness=shown.scenario,
        notes=(f"no clause governs it if {shown.escape}",) if shown.escape else (),
    )


def _about_topic(finding: Finding, promise: Coverage, topic: str, kind: _Kind) -> Finding:
    """The finding said of its topic, at the promise that is broken."""
    assert promise.span is not None
    lacking = {_Kind.GAP: "", _Kind.ADVISED: " that binds", _Kind.BY_CONDUCT: " that binds whatever the unit does"}
    return replace(
        finding,
        severity=kind.severity,
        message=f"`{topic}` is {kind.value[1]}{finding.message}",
        primary=Label(promise.span, f"promises {topic}"),
        remedies=(
            f"add a clause on {topic} for it{lacking[kind]}",
            "or leave it out of the promise: `covers every type of … when …`",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """The conditions of one open part of a box, an encounter there, and by what conduct it escapes, if by any."""

    cube: tuple[Expr, ...] = ()
    scenario: Scenario | None = None
    escape: str = ""


def _example(inquiry: Inquiry, region: Region, box: Box) -> _Shown:
    axes, world = inquiry.system.situation.axes, world_of(region.about)
    first = min(box.types, key=lambda cell: [values_of(a).index(v) for a, v in zip(axes, cell, strict=True)])
    cell = [literal(axis, (value,)) for axis, value in zip(axes, first, strict=True)]
    with _asking(region, "shown as an example", broken=True):
        if region.by_choice:
            return _swayed(inquiry, region, cell)
        stuck = region.search(*cell).next()
        if not isinstance(stuck, Stuck):
            return _Shown()
        widener = Solver(world.roles, (*world.possible, *region.compliance))
        cube = widen(widener, region.compliance, stuck.values, world)
    if isinstance(cube, Unknown):
        return _Shown()
    shown = episode(region.about, (*region.holding, *cell, *cube), partial(_none_binds, region))
    return _Shown(cube, example(inquiry.system, shown, cube))


def _swayed(inquiry: Inquiry, region: Region, cell: list[Expr]) -> _Shown:
    """The same where conduct decides: the unit escapes in the encounter shown, and other conduct there is governed."""
    system, about, world = inquiry.system, region.about, world_of(region.about)
    holding = (*region.holding, *cell)
    answer = Solver(world.roles, (*world.possible, *holding)).decide()
    if not isinstance(answer, Sat):
        return _Shown()
    point = answer.values(dict.fromkeys(v for formula in holding for v in variables(formula)))
    cube = attained(world, region.met, point, *cell)
    if isinstance(cube, Unknown):
        return _Shown()
    (_, governed), (_, escaped) = region.met
    shown = episode(about, (*holding, *cube, escaped), partial(_none_binds, region))
    here = tuple(fix(v, value) for v, value in shown.values.items() if v not in world.conduct)
    episode(about, (*here, governed), lambda seen: any(binding(n, about.bearer, seen, system) for n in region.clauses))
    way = [part for part in implicant(escaped, shown.values) if not world.conduct.isdisjoint(variables(part))]
    words = dict.fromkeys(literal_words(system, part) for part in way)
    return _Shown(cube, example(system, shown, (*cube, *way), Origin.DOING, Origin.RESULT), listed(list(words)))


def _none_binds(region: Region, seen: World) -> bool:
    """The evaluator's view of a gap, as far as no clause is ever suspended."""
    return not any(binding(norm, region.about.bearer, seen, region.about.system) for norm in region.absent)
