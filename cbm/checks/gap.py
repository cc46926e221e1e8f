"""Types of encounter in which a promised topic is governed by no clause, or by advice only."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.naming import listed
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words
from cbm.decide.boxes import Box, literal, values_of
from cbm.decide.clashes import GivenUp, world_of
from cbm.decide.coverage import Region, promised_in
from cbm.decide.engine import Stuck
from cbm.decide.extent import widen
from cbm.decide.inquiry import Inquiry
from cbm.decide.openings import Gap, Opening, asking_of
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Coverage, Expr, NormSystem
from cbm.semantics.evaluate import World, binding
from cbm.semantics.ground import Ground
from cbm.semantics.substitute import variables
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


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for about in inquiry.strict:
        for promise in inquiry.system.coverage:
            yield from _of_promise(inquiry, about, promise)


def _of_promise(inquiry: Inquiry, about: Ground, promise: Coverage) -> Iterator[Finding]:
    assert promise.span is not None
    promised = promised_in(about, promise)
    question, ends = "does a promise speak of any encounter", {"found": "it does", "none": "it does not: the finding"}
    if inquiry.can(about, (), question, promised, **ends) is False:
        message = f"the promise to cover {listed(promise.topics)} speaks of no encounter that can happen"
        yield Finding(RULE.id, RULE.severity, message, Label(promise.span), remedies=("correct its condition",))
        return
    for opening in inquiry.openings(about, promise):
        gaps = opening.gaps
        if isinstance(gaps, Unknown):
            inquiry.given_up.append(GivenUp(about.bearer, (), opening.question, gaps.reason))
            inquiry.record(RULE.id, opening.question, None)
            continue
        inquiry.record(RULE.id, opening.question, bool(gaps))
        for gap in gaps:
            yield _finding(inquiry, opening, gap)


def message_of(system: NormSystem, opening: Opening, gap: Gap) -> str:
    """What the finding says of the gap; it tells the gaps of one promise apart."""
    what = "only advised on" if opening.soft else "governed by no clause"
    inside = gap.conditions(opening.region.about)
    where = condition_words(system, inside) if inside else "every type of encounter"
    return f"`{opening.topic}` is {what}{'' if gap.whole else ', in part'}: {where}"


def _finding(inquiry: Inquiry, opening: Opening, gap: Gap) -> Finding:
    system, promise, topic = inquiry.system, opening.promise, opening.topic
    inside = gap.conditions(opening.region.about)
    cube, shown = _example(inquiry, opening.region, gap.box)
    axes = set(system.situation.axes)
    rest = [] if gap.whole else [part for part in cube if not set(variables(part)) <= axes]
    assert promise.span is not None
    return Finding(
        RULE.id,
        Severity.WARNING if opening.soft else RULE.severity,
        message_of(system, opening, gap),
        Label(promise.span, f"promises {topic}"),
        whenever=condition_words(system, (*inside, *rest)) if rest else "",  # else the message says it
        extent=(tuple(literal_words(system, part) for part in (*inside, *rest)),),
        witness=shown,
        remedies=(
            f"add a clause on {topic} for it" + (" that binds" if opening.soft else ""),
            "or leave it out of the promise: `covers every type of … when …`",
        ),
    )


def _example(inquiry: Inquiry, region: Region, box: Box) -> tuple[tuple[Expr, ...], Scenario | None]:
    """The conditions of one open part of the box, and an encounter there."""
    axes, world = inquiry.system.situation.axes, world_of(region.about)
    first = min(box.types, key=lambda cell: [values_of(a).index(v) for a, v in zip(axes, cell, strict=True)])
    cell = [literal(axis, (value,)) for axis, value in zip(axes, first, strict=True)]
    with asking_of(region, "shown as an example", broken=True):
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
