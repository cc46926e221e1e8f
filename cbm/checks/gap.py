"""Types of encounter in which a promised topic is governed by no clause, or by advice only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from cbm.checks.wording import condition_words, example, listed, literal_words
from cbm.decide.boxes import Box, Type, boxes, literal, situations, types_in, values_of
from cbm.decide.clashes import GivenUp, world_of
from cbm.decide.engine import Stuck, duel
from cbm.decide.extent import widen
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Coverage, Expr, Strength, Variable, conjunction, disjunction, negation
from cbm.semantics.ground import Ground, Grounder
from cbm.semantics.substitute import Value, variables
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

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
    for about in inquiry.prevailing:
        for promise in inquiry.system.coverage:
            yield from _of_promise(inquiry, about, promise)


def region(about: Ground, promise: Coverage, topic: str, advised: bool) -> tuple[tuple[Expr, ...], Expr]:
    """Where a promise is broken for a topic: formulas that hold there, and what must be impossible for all conduct.

    `advised`: where clauses bind, but none of them is a `must`.
    """
    concerned = [n for n in about.norms if topic in n.norm.topics]
    strict = disjunction(*(n.binds for n in concerned if n.norm.strength is Strength.MUST))
    soft = disjunction(*(n.binds for n in concerned if n.norm.strength is Strength.SHOULD))
    promised = promised_in(about, promise)
    if advised:
        return (promised, *world_of(about).some_conduct("advised", (*about.feasible, soft))), strict
    return (promised,), disjunction(strict, soft)


def promised_in(about: Ground, promise: Coverage) -> Expr:
    """Where the promise speaks: its condition, between units of the parties of its text."""
    grounder = Grounder(about.system, about.bearer)
    joined = grounder.joined(about.system.texts[promise.document])
    return conjunction(grounder.formula(promise.condition), *joined)


def _of_promise(inquiry: Inquiry, about: Ground, promise: Coverage) -> Iterator[Finding]:
    system = inquiry.system
    promised = promised_in(about, promise)
    possible = inquiry.can(about, (), "does a promise speak of any encounter", promised)
    assert promise.span is not None
    if possible is False:
        message = f"the promise to cover {listed(promise.topics)} speaks of no encounter that can happen"
        yield Finding(RULE.id, RULE.severity, message, Label(promise.span), remedies=("correct its condition",))
        return
    axes = system.situation.axes
    real = _types(about, axes, promised, None)
    for topic in promise.topics:
        for advised in (False, True):
            yield from _of_topic(inquiry, about, promise, topic, advised, real)


def _of_topic(
    inquiry: Inquiry, about: Ground, promise: Coverage, topic: str, advised: bool, real: set[Type] | Unknown
) -> Iterator[Finding]:
    formulas, governing = region(about, promise, topic, advised)
    axes = inquiry.system.situation.axes
    subject = f"{topic}: {'advised only' if advised else 'governed'} in every promised encounter"
    broken = _types(about, axes, conjunction(*formulas), governing)
    if isinstance(broken, Unknown) or isinstance(real, Unknown):
        inquiry.record(RULE.id, subject, None)
        reason = broken.reason if isinstance(broken, Unknown) else "the types of encounter stayed undecided"
        inquiry.given_up.append(GivenUp(about.bearer, (), f"is {topic} governed in every promised encounter", reason))
        return
    inquiry.record(RULE.id, subject, bool(broken))
    if not broken:
        return
    impossible = set(product(*map(values_of, axes))) - real
    partly = _types(about, axes, conjunction(*formulas, *_brought_about(about, governing)), None)
    partly = set() if isinstance(partly, Unknown) else partly & broken
    for whole, cells in ((True, broken - partly), (False, partly)):
        for box in boxes(axes, cells, impossible):
            yield _finding(inquiry, about, promise, topic, advised, box, whole, formulas, governing)


def _types(about: Ground, axes: tuple[Variable, ...], condition: Expr, excluded: Expr | None) -> set[Type] | Unknown:
    """The types with a situation that meets the condition and in which no conduct brings `excluded` about."""
    world = world_of(about)
    if excluded is None or world.conduct.isdisjoint(variables(excluded)):
        formulas = (*world.possible, condition, *(() if excluded is None else (negation(excluded),)))
        solver = Solver(world.roles, (*formulas, *world.some_conduct("some", world.feasible)))
        return types_in(axes, situations(solver, formulas, axes), () if _fettered(about) else formulas)
    outer = Solver(world.roles, (*world.situations(), condition))
    game = duel(outer, world.roles, (*about.feasible, excluded), world.conduct)

    def ask(*literals: Expr) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = game.next(*literals)
        return answer.values if isinstance(answer, Stuck) else answer

    return types_in(axes, ask, ())


def _fettered(about: Ground) -> bool:
    """Whether what can be done depends on the situation, so that a moved situation may leave nothing to do."""
    return any(v not in about.conduct for part in about.feasible for v in variables(part))


def _brought_about(about: Ground, governing: Expr) -> tuple[Expr, ...]:
    return world_of(about).some_conduct("governed", (*about.feasible, governing))


def _finding(
    inquiry: Inquiry,
    about: Ground,
    promise: Coverage,
    topic: str,
    advised: bool,
    box: Box,
    whole: bool,
    formulas: tuple[Expr, ...],
    governing: Expr,
) -> Finding:
    system = inquiry.system
    axes = system.situation.axes
    sides = zip(axes, box.sides, strict=True)
    inside = [literal(axis, side) for axis, side in sides if len(side) < len(values_of(axis))]
    cube, shown = _example(inquiry, about, box, formulas, governing)
    rest = [] if whole else [part for part in cube if not set(variables(part)) <= set(axes)]
    where = condition_words(system, inside) if inside else "every type of encounter"
    what = "only advised on" if advised else "governed by no clause"
    assert promise.span is not None
    return Finding(
        RULE.id,
        Severity.WARNING if advised else RULE.severity,
        f"`{topic}` is {what}{'' if whole else ', in part'}: {where}",
        Label(promise.span, f"promises {topic}"),
        whenever=where + (f"; for instance when {condition_words(system, rest)}" if rest else ""),
        extent=(tuple(literal_words(system, part) for part in (*inside, *rest)),),
        witness=shown,
        remedies=(
            f"add a clause on {topic} for it" + (" that binds" if advised else ""),
            "or leave it out of the promise: `covers every type of … when …`",
        ),
    )


def _example(
    inquiry: Inquiry, about: Ground, box: Box, formulas: tuple[Expr, ...], governing: Expr
) -> tuple[tuple[Expr, ...], Scenario | None]:
    """The conditions of one ungoverned part of the box, and an encounter there."""
    world = world_of(about)
    axes = inquiry.system.situation.axes
    first = min(box.types, key=lambda cell: [values_of(a).index(v) for a, v in zip(axes, cell, strict=True)])
    cell = [literal(axis, (value,)) for axis, value in zip(axes, first, strict=True)]
    outer = Solver(world.roles, (*world.situations(), *formulas, *cell))
    compliance = (*about.feasible, governing)
    stuck = duel(outer, world.roles, compliance, world.conduct).next()
    if not isinstance(stuck, Stuck):
        return (), None
    cube = widen(Solver(world.roles, (*world.possible, *compliance)), compliance, stuck.values, world)
    if isinstance(cube, Unknown):
        return (), None
    answer = Solver(world.roles, (*world.situations(), *formulas, *cell, *cube)).ask()
    return cube, example(inquiry.system, answer, cube) if isinstance(answer, Sat) else None
