"""Permissions that compliance with the duties leaves no way to use, always or in some encounters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from cbm.checks.dependence import qualified
from cbm.checks.naming import clause_name, clause_names, content_label, listed
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words
from cbm.decide.clashes import GivenUp, components, world_of
from cbm.decide.engine import Stuck, duel
from cbm.decide.extent import World, relevant, widen
from cbm.decide.inquiry import Inquiry
from cbm.decide.prevailing import is_steady
from cbm.decide.readings import Readings, openness
from cbm.decide.replay import episode
from cbm.finding import Finding, Rule, Scenario, Severity
from cbm.semantics.core import Expr, Modality, Strength, negation
from cbm.semantics.evaluate import World as Seen
from cbm.semantics.evaluate import binding, fulfilled
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat

RULE = Rule(
    "blocked-permission",
    Severity.WARNING,
    "a permission that nobody who complies can use",
    """\
What a clause allows with `may` must remain possible for whoever complies with everything that binds it. The
permission is blocked where compliance is possible and every way of complying leaves it unused: in every encounter in
which the clause applies, or in some. A permission that only advice (`should`) blocks is told as a note.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
  in place of 1
""",
)


@dataclass(frozen=True, slots=True)
class _Blocked:
    """Where a permission cannot be used, by which clauses, an encounter, and in which readings of open terms."""

    cube: tuple[Expr, ...]
    blocking: tuple[GroundNorm, ...]
    always: bool
    shown: Scenario
    on: Readings | Unknown | None


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for strict, advised in zip(inquiry.strict, inquiry.advised, strict=True):
        for n in strict.norms:
            norm = n.norm
            if norm.modality is not Modality.PERMISSION or norm.id.document != inquiry.system.subject:
                continue
            elsewhere: tuple[Expr, ...] = ()
            for view, severity in ((strict, RULE.severity), (advised, Severity.NOTE)):
                about = replace(view, possible=(*view.possible, *elsewhere))
                blocked = _blocked(inquiry, about, about.norm(norm.id), advice=severity is Severity.NOTE)
                inquiry.record(RULE.id, clause_names(inquiry.system, (norm.id,)), blocked is not None)
                if blocked is not None:
                    yield qualified(inquiry, _finding(inquiry, n, blocked, severity), blocked.on)
                    if not isinstance(blocked.on, Readings) or blocked.on.every:
                        break
                    # What advice blocks is told of the readings on which no duty does.
                    elsewhere = (negation(blocked.on.formula), *blocked.on.tied)


def _blocked(inquiry: Inquiry, about: Ground, n: GroundNorm, advice: bool) -> _Blocked | None:
    """The search: some compliant conduct while the clause binds, and none that uses what it allows."""
    duties = [d for d in about.demanding if advice or d.norm.strength is Strength.MUST]
    world = world_of(about)
    linked = next(group for group in components(world, [*duties, n]) if n in group)
    demands = [d for d in linked if d is not n]
    base = (n.binds, *(d.demand for d in demands))
    compliance = (*relevant(world, (*base, n.fulfilled)), *base, n.fulfilled)
    complying = world.some_conduct("complies", (*world.feasible, *base))
    outer = Solver(world.roles, (*world.situations(), *complying))
    with _asking(about, n, found="the clause is blocked there: the finding", none="it can always be used"):
        stuck = duel(outer, world.roles, compliance, world.conduct).next()
    if isinstance(stuck, Unknown):
        question = f"can what {clause_name(inquiry.system, n.norm.id)} allows always be used"
        inquiry.given_up.append(GivenUp(about.bearer, (n.norm.id,), question, stuck.reason))
    if not isinstance(stuck, Stuck):
        return None
    terms = openness(inquiry.system, (*base, n.fulfilled))
    with asking(norms=(n.norm.id,)):
        on = None if terms is None else terms.where_unanswered(world, complying, compliance)
    return _explained(inquiry, about, n, demands, stuck, world, on)


def _asking(about: Ground, n: GroundNorm, **follows: str) -> AbstractContextManager[None]:
    question = "is there a situation in which it binds and one can comply, but not so that what it allows is used"
    return asking(system=about.system, bearer=about.bearer, norms=(n.norm.id,), question=question, **follows)


def _explained(
    inquiry: Inquiry,
    about: Ground,
    n: GroundNorm,
    demands: list[GroundNorm],
    stuck: Stuck,
    world: World,
    on: Readings | Unknown | None,
) -> _Blocked | None:
    wanted = (n.binds, n.fulfilled)
    blocking = list(demands)
    for demand in demands:
        rest = tuple(d.demand for d in blocking if d is not demand)
        compliance = (*relevant(world, (*wanted, *rest)), *wanted, *rest)
        if isinstance(Solver(world.roles, (*stuck.fixed(), *compliance)).ask(), Unsat):
            blocking.remove(demand)
    kept = tuple(d.demand for d in blocking)
    compliance = (*relevant(world, (*wanted, *kept)), *wanted, *kept)
    with _asking(about, n, found="these are the conditions that the finding tells"):
        cube = widen(Solver(world.roles, (*world.possible, *compliance)), compliance, stuck.values, world)
    if isinstance(cube, Unknown):
        return None
    name = (n.norm.id,)
    question, ends = "can it ever be used by who complies", {"found": "it can", "none": "it never can"}
    read = (on.condition,) if isinstance(on, Readings) else ()
    ever = inquiry.can(about, name, question, *wanted, *(d.demand for d in demands), *read, **ends)
    system, bearer = inquiry.system, about.bearer

    steady = [d.norm for d in blocking if is_steady(about, d)]

    def unused(seen: Seen) -> bool:
        complied = all(fulfilled(m, bearer, seen, system) or not binding(m.id, bearer, seen, system) for m in steady)
        return complied and binding(n.norm.id, bearer, seen, system) and not fulfilled(n.norm, bearer, seen, system)

    with _asking(about, n):
        shown = episode(about, (*cube, n.binds, *(d.demand for d in demands)), unused)
    return _Blocked(cube, tuple(blocking), ever is False, example(system, shown, cube), on)


def _finding(inquiry: Inquiry, n: GroundNorm, blocked: _Blocked, severity: Severity) -> Finding:
    system = inquiry.system
    name = clause_names(system, (n.norm.id,))
    names = [clause_name(system, d.norm.id) for d in blocked.blocking]
    how = "can never be used" if blocked.always else "cannot be used in some encounters"
    by = f"who complies with {listed(names)}" if names else "anybody"
    rank = listed(names, "or")
    return Finding(
        RULE.id,
        severity,
        f"what {name} allows {how} by {by}",
        content_label(system, n.norm, "allows this"),
        tuple(content_label(system, d.norm, "leaves no room for it") for d in blocked.blocking),
        (str(n.norm.id), *(str(d.norm.id) for d in blocked.blocking)),
        whenever=condition_words(system, blocked.cube),
        extent=(tuple(literal_words(system, literal) for literal in blocked.cube),),
        witness=blocked.shown,
        remedies=(f"let {n.norm.id.label} stand `in place of {rank}`",) if names else (),
    )
