"""Clauses that ask nothing which the others do not already ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from cbm.checks.naming import clause_name, clause_names, content_label, listed, unverified
from cbm.checks.scenarios import example
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import episode
from cbm.finding import Finding, Rule, Severity
from cbm.semantics.core import NormId, NormSystem, Strength, negation
from cbm.semantics.evaluate import binding
from cbm.semantics.ground import Ground, GroundNorm

RULE = Rule(
    "redundancy",
    Severity.WARNING,
    "a clause that the others imply",
    """\
Wherever the clause binds, whoever complies with the other clauses of at least the same strength complies with it
too; and there is an encounter in which it binds while all those are kept. The smallest set of clauses that implies
it is named; where one does, it subsumes the clause. A text is read in its own order: a clause found redundant is not
used against a later one. A clause that also stands in place of another is not called deletable. Clauses that say
that they restate another are left out: they mean to repeat it.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a ship must keep separation >= 1,000 m
clause 2 a helicopter meeting a warship must keep separation >= 500 m
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a ship must keep separation >= 1,000 m
clause 2 a helicopter meeting a warship must keep separation >= 1,500 m
""",
)

T = TypeVar("T")

# What follows where it can be breached while the others are kept, and where it cannot.
_NEEDED = "it can be breached while they are kept: they do not imply it"
_IMPLIED = "it cannot be breached while they are kept: they imply it (the finding, if it ever binds then)"


def check(inquiry: Inquiry) -> Iterator[Finding]:
    implying = partial(_implying, inquiry)
    views = list(zip(inquiry.strict, inquiry.advised, strict=True))
    for norm, (core, *_) in reported(inquiry.system, [implied(*view, implying) for view in views]).items():
        if core:
            about = next(strict for strict, _ in views if strict.find(norm) is not None)
            yield _finding(inquiry, about, about.norm(norm), core)


def implied(
    strict: Ground, advised: Ground, implying: Callable[[Ground, GroundNorm, list[GroundNorm]], T | None]
) -> dict[NormId, T | None]:
    """The duties of the text that speak to one bearer, in source order, with what `implying` says of each.

    It is given the clauses that may imply the duty, and says None where they do not; those found implied are not used
    against later ones. Musts are asked about among the musts alone, with what prevails among these; advice among
    everything.
    """
    found: dict[NormId, T | None] = {}
    for norm in (n.norm for n in strict.demanding if n.norm.id.document == strict.system.subject):
        about = strict if norm.strength is Strength.MUST else advised
        n = about.norm(norm.id)
        redundant = [identity for identity, core in found.items() if core is not None]
        others = [o for o in about.demanding if o is not n and o.norm.id not in redundant and _may_imply(o, n)]
        found[norm.id] = None if norm.restates else implying(about, n, others)
    return found


def reported(system: NormSystem, views: Sequence[Mapping[NormId, T | None]]) -> dict[NormId, list[T]]:
    """The duties that are implied for every bearer they speak to."""
    found: dict[NormId, list[T]] = {}
    for norm in system.norms:
        cores = [view[norm] for view in views if norm in view]
        known = [core for core in cores if core is not None]
        if known and len(known) == len(cores):
            found[norm] = known
    return found


def _implying(inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm]) -> list[GroundNorm] | None:
    """A smallest set of the others that implies it; empty if it can never be breached, None if it is not implied."""
    identity, name = (n.norm.id,), clause_names(inquiry.system, (n.norm.id,))
    breach = (n.binds, negation(n.fulfilled))
    question, demands = "is it implied by the others", tuple(o.demand for o in others)
    breached = inquiry.can(about, identity, question, *breach, *demands, found=_NEEDED, none=_IMPLIED)
    question = "does it bind while they are kept"
    binding = inquiry.can(
        about, identity, question, n.binds, *demands, found="it does", none="it never does: no finding"
    )
    open_question = breached is None or binding is None
    implied = breached is False and binding is True
    inquiry.record(RULE.id, name, None if open_question else implied)
    if not implied:
        return None
    kept = list(others)
    for other in reversed(others):
        rest = [o for o in kept if o is not other]
        question, demands = "is it implied by fewer", tuple(o.demand for o in rest)
        if inquiry.can(about, identity, question, *breach, *demands, found=_NEEDED, none=_IMPLIED) is False:
            kept = rest
    return kept


def _may_imply(other: GroundNorm, n: GroundNorm) -> bool:
    """At least as strong, and no mere restatement of it."""
    if n.norm.id in other.norm.restates:
        return False
    return other.norm.strength is Strength.MUST or n.norm.strength is Strength.SHOULD


def _finding(inquiry: Inquiry, about: Ground, n: GroundNorm, core: list[GroundNorm]) -> Finding:
    system = inquiry.system
    names = listed([clause_name(system, o.norm.id) for o in core])
    name = clause_names(system, (n.norm.id,))
    displaced = [e.of for e in system.displacements if e.by == n.norm.id]
    notes = [f"{names} subsumes it"] if len(core) == 1 else []
    if displaced:
        over = listed([clause_name(system, of) for of in displaced])
        notes.append(f"implied, but not deletable: it also stands in place of {over}")
    identity, bearer = n.norm.id, about.bearer
    shown = episode(about, (n.binds, *(o.demand for o in core)), lambda seen: binding(identity, bearer, seen, system))
    return Finding(
        RULE.id,
        RULE.severity,
        f"{name} asks for nothing that {names} {'does' if len(core) == 1 else 'do'} not already ask",
        content_label(system, n.norm, "adds nothing"),
        tuple(content_label(system, o.norm, "already asks for it") for o in core),
        tuple(str(o.norm.id) for o in (n, *core)),
        witness=example(system, shown, [n.live]),
        remedies=() if displaced else ("take the clause out, or make it say what it adds",),
        notes=(*notes, *unverified(system, [n.norm.id, *(o.norm.id for o in core)])),
    )
