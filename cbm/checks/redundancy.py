"""Clauses that ask nothing which the others do not already ask."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.wording import clause_name, clause_names, content_label, example, listed, unverified
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Rule, Severity
from cbm.semantics.core import NormId, Strength, negation
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.solve import Sat

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


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for about in inquiry.prevailing:
        gone: set[NormId] = set()
        for n in about.demanding:
            if n.norm.id.document != inquiry.system.subject or n.norm.restates:
                continue
            others = [o for o in about.demanding if o is not n and o.norm.id not in gone and _may_imply(o, n)]
            core = _implying(inquiry, about, n, others)
            inquiry.record(RULE.id, clause_names(inquiry.system, (n.norm.id,)), bool(core))
            if core:
                gone.add(n.norm.id)
                yield _finding(inquiry, about, n, core)


def _implying(inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm]) -> list[GroundNorm]:
    """A smallest set of the others that implies it, in source order; empty if they do not."""
    identity = (n.norm.id,)
    breach = (n.binds, negation(n.fulfilled))
    if inquiry.can(about, identity, "is it implied by the others", *breach, *(o.demand for o in others)) is not False:
        return []
    alone = "does it bind while the others are kept"
    if inquiry.can(about, identity, alone, n.binds, *(o.demand for o in others)) is not True:
        return []
    kept = list(others)
    for other in reversed(others):
        rest = [o for o in kept if o is not other]
        if inquiry.can(about, identity, "is it implied by fewer", *breach, *(o.demand for o in rest)) is False:
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
    answer = inquiry.ask(about, n.binds, *(o.binds for o in core), *(o.demand for o in about.demanding))
    witness = example(system, answer, [n.live]) if isinstance(answer, Sat) else None
    return Finding(
        RULE.id,
        RULE.severity,
        f"{name} asks for nothing that {names} {'does' if len(core) == 1 else 'do'} not already ask",
        content_label(system, n.norm, "adds nothing"),
        tuple(content_label(system, o.norm, "already asks for it") for o in core),
        tuple(str(o.norm.id) for o in (n, *core)),
        witness=witness,
        remedies=() if displaced else ("take the clause out, or make it say what it adds",),
        notes=(*notes, *unverified(system, [n.norm.id, *(o.norm.id for o in core)])),
    )
