"""Clauses that ask nothing which the others do not already ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.checks.naming import clause_name, clause_names, content_label, listed, unverified
from cbm.checks.scenarios import example
from cbm.decide.inquiry import Inquiry
from cbm.decide.minimal import fewest
from cbm.decide.needed import IMPLIED, NEEDED, QUESTION, may_imply
from cbm.decide.replay import episode
from cbm.finding import Finding, Rule, Severity
from cbm.semantics.core import Expr, NormId, Strength, negation
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

# A duty with what it demands, put together once.
_Duty = tuple[GroundNorm, Expr]


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Musts are asked about among the musts alone, with what prevails among these; advice among everything."""
    implied = [_implied(inquiry, *pair) for pair in zip(inquiry.strict, inquiry.advised, strict=True)]
    for norm in inquiry.system.norms.values():
        views = [dict(of_bearer) for of_bearer in implied if any(norm.id == n for n, _ in of_bearer)]
        about = [g for g in inquiry.strict if any(n.norm.id == norm.id for n in g.norms)]
        if norm.id.document != inquiry.system.subject or norm.restates or not views or len(views) < len(about):
            continue
        core = views[0][norm.id]
        if core:
            yield _finding(inquiry, about[0], about[0].norm(norm.id), core)


def _implied(inquiry: Inquiry, strict: Ground, advised: Ground) -> list[tuple[NormId, list[GroundNorm]]]:
    """The duties of one bearer that others imply, in source order, with those that do."""
    found: dict[NormId, list[GroundNorm]] = {}
    needed = inquiry.needed(strict.bearer)
    duties = {id(about): [(o, o.demand) for o in about.demanding] for about in (strict, advised)}
    for position, norm in enumerate(strict.norms):
        about = strict if norm.norm.strength is Strength.MUST else advised
        n = about.norms[position]
        if not n.norm.demands or n.norm.restates:
            continue
        if n.norm.id in needed:
            inquiry.record(RULE.id, clause_names(inquiry.system, (n.norm.id,)), found=False)
        else:
            others = [
                o for o in duties[id(about)] if o[0] is not n and o[0].norm.id not in found and may_imply(o[0], n)
            ]
            core = _implying(inquiry, about, n, others)
            if core is not None:
                found[n.norm.id] = core
    return list(found.items())


def _implying(inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[_Duty]) -> list[GroundNorm] | None:
    """A smallest set of the others that implies it; empty if it can never be breached, None if it is not implied."""
    identity, name = (n.norm.id,), clause_names(inquiry.system, (n.norm.id,))
    breach = (n.binds, negation(n.fulfilled))

    def can(question: str, kept: Iterable[_Duty], *formulas: Expr, found: str, none: str) -> bool | None:
        demands = (demand for _, demand in kept)
        return inquiry.can(about, identity, question, *formulas, *demands, found=found, none=none)

    breached = can(QUESTION, others, *breach, found=NEEDED, none=IMPLIED)
    implied: bool | None = False if breached else None
    if breached is False:
        question = "does it bind while they are kept"
        implied = can(question, others, n.binds, found="it does", none="it never does: no finding")
    inquiry.record(RULE.id, name, implied)
    if not implied:
        return None

    def enough(kept: Sequence[_Duty]) -> bool:
        return can("is it implied by fewer", kept, *breach, found=NEEDED, none=IMPLIED) is False

    return [norm for norm, _ in reversed(fewest(others[::-1], enough))]


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
