"""Types of encounter in which a promised topic is governed by no clause, or by advice only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from cbm.checks.wording import condition_words, listed, literal_words, mattering, scenario
from cbm.decide.boxes import Ask, Box, Type, boxes, literal, situations, types_in, values_of
from cbm.decide.clashes import world_of
from cbm.decide.engine import Stuck, duel
from cbm.decide.extent import widen
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Coverage, Expr, Strength, Variable, conjunction, disjunction, negation
from cbm.semantics.ground import Ground, Grounder
from cbm.semantics.substitute import variables
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


def region(about: Ground, condition: Expr, topic: str, advised: bool) -> tuple[tuple[Expr, ...], Expr]:
    """Where a promise is broken for a topic: formulas that hold there, and what must be impossible for all conduct.

    `advised`: where clauses bind, but none of them is a `must`.
    """
    grounder = Grounder(about.system, about.bearer)
    concerned = [n for n in about.norms if topic in n.norm.topics]
    strict = disjunction(*(n.binds for n in concerned if n.norm.strength is Strength.MUST))
    soft = disjunction(*(n.binds for n in concerned if n.norm.strength is Strength.SHOULD))
    promised = grounder.formula(condition)
    if advised:
        return (promised, *world_of(about).some_conduct("advised", (*about.feasible, soft))), strict
    return (promised,), disjunction(strict, soft)


def _of_promise(inquiry: Inquiry, about: Ground, promise: Coverage) -> Iterator[Finding]:
    system = inquiry.system
    promised = Grounder(system, about.bearer).formula(promise.condition)
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
    formulas, governing = region(about, promise.condition, topic, advised)
    axes = inquiry.system.situation.axes
    subject = f"{topic}: {'advised only' if advised else 'governed'} in every promised encounter"
    broken = _types(about, axes, conjunction(*formulas), governing)
    if isinstance(broken, Unknown) or isinstance(real, Unknown):
        inquiry.record(RULE.id, subject, None)
        from cbm.decide.clashes import GivenUp

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
    ask: Ask
    if excluded is None or world.conduct.isdisjoint(variables(excluded)):
        formulas = (*world.possible, condition, *(() if excluded is None else (negation(excluded),)))
        solver = Solver(world.roles, (*formulas, *world.some_conduct("some", world.feasible)))
        told = formulas if not _fettered(about) else ()
        return types_in(axes, situations(solver, formulas, axes), told)
    outer = Solver(world.roles, (*world.situations(), condition))
    game = duel(outer, world.roles, (*about.feasible, excluded), world.conduct)

    def ask(*literals: Expr) -> dict[Variable, object] | Unsat | Unknown:  # type: ignore[no-redef]
        answer = game.next(*literals)
        return answer.values if isinstance(answer, Stuck) else answer  # type: ignore[return-value]

    return types_in(axes, ask, ())


def _fettered(about: Ground) -> bool:
    """Whether what can be done depends on the situation, so that a moved situation may leave nothing to do."""
    return any(v not in about.conduct for part in about.feasible for v in variables(part))


def _brought_about(about: Ground, governing: Expr) -> tuple[Expr, ...]:
    return world_of(about).some_conduct("governed", (*about.feasible, governing))


def _finding(
    inquiry: Inquiry, about: Ground, promise: Coverage, topic: str, advised: bool, box: Box, whole: bool,
    formulas: tuple[Expr, ...], governing: Expr,
) -> Finding:  # fmt: skip
    system = inquiry.system
    axes = system.situation.axes
    inside = _inside(axes, box)
    cube, witness = _example(inquiry, about, box, formulas, governing)
    where = condition_words(system, inside) if inside else "in every type of encounter"
    rest = [part for part in cube if not set(variables(part)) <= set(axes)]
    what = "is only advised on" if advised else "is governed by no clause"
    title = system_topic(system, topic)
    part = "" if whole else ", in part"
    assert promise.span is not None
    return Finding(
        RULE.id,
        Severity.WARNING if advised else RULE.severity,
        f"{title} {what}{part}: {_short(system, inside)}",
        Label(promise.span, f"promises {topic}"),
        whenever=where + (f"; for instance when {condition_words(system, rest)}" if rest and not whole else ""),
        extent=(tuple(literal_words(system, part) for part in (*inside, *(() if whole else rest))),),
        witness=witness,
        remedies=(
            f"add a clause on {topic} for it" + (" that binds" if advised else ""),
            "or leave it out of the promise: `covers every type of … when …`",
        ),
    )


def _inside(axes: tuple[Variable, ...], box: Box) -> list[Expr]:
    return [literal(axis, side) for axis, side in zip(axes, box.sides, strict=True) if len(side) < len(values_of(axis))]


def _example(
    inquiry: Inquiry, about: Ground, box: Box, formulas: tuple[Expr, ...], governing: Expr
) -> tuple[tuple[Expr, ...], Scenario | None]:
    """The conditions of one ungoverned part of the box, and an encounter there."""
    world = world_of(about)
    axes = inquiry.system.situation.axes
    chosen = min(box.types, key=lambda cell: [values_of(a).index(v) for a, v in zip(axes, cell, strict=True)])
    cell = [literal(axis, (value,)) for axis, value in zip(axes, chosen, strict=True)]
    outer = Solver(world.roles, (*world.situations(), *formulas, *cell))
    if world.conduct.isdisjoint(variables(governing)):
        outer.require(negation(governing))
    game = duel(outer, world.roles, (*about.feasible, governing), world.conduct)
    stuck = game.next()
    if not isinstance(stuck, Stuck):
        return (), None
    cube = widen(
        Solver(world.roles, (*world.possible, *about.feasible, governing)),
        (*about.feasible, governing),
        stuck.values,
        world,
    )
    if isinstance(cube, Unknown):
        return (), None
    answer = Solver(world.roles, (*world.situations(), *formulas, *cell, *cube)).ask()
    if not isinstance(answer, Sat):
        return cube, None
    told = mattering(cube)
    party = inquiry.system.situation.party
    identity = [
        Variable(party, r, v.sort)
        for v in inquiry.system.situation.attributes
        if v.name == party
        for r in range(len(world.roles))
    ]
    return cube, scenario(inquiry.system, answer.values([*identity, *axes, *told]), told)


def system_topic(system: object, topic: str) -> str:
    return f"`{topic}`"


def _short(system: object, inside: list[Expr]) -> str:
    return condition_words(system, inside) if inside else "in every type of encounter"  # type: ignore[arg-type]
