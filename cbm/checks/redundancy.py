"""Clauses that ask nothing which the others do not already ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.comparison.deletion import is_asked_about, means_the_same_without, moves_others
from cbm.comparison.derogations import Derogation, derogation
from cbm.comparison.provisions import Alike, alike
from cbm.conflicts.precedence import joining
from cbm.core.expressions import Formula, NormId, negation
from cbm.core.norms import Norm, Strength
from cbm.evaluate import binding
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounding import Ground, GroundNorm
from cbm.inquiry import Inquiry
from cbm.search.open_questions import Undecided, opposite
from cbm.search.replay import episode
from cbm.smt.solve import Unknown
from cbm.wording.clause_names import clause_name, clause_names, content_label, listed, unverified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.REDUNDANCY,
    Severity.WARNING,
    "a clause that the others imply",
    """\
Wherever the clause binds, whoever complies with the other clauses of at least the same strength complies with it too;
and there is an encounter in which it binds while all those are kept. The smallest set of clauses that implies it is
named; where one does, it subsumes the clause. A text is read in its own order: a clause found redundant is not used
against a later one. A clause is implied, but not deletable, where the text would mean something else without it: it
stands in place of another one, or clauses yield where they clash with it, or what implies it cannot always be
kept. So is one that asks for something `otherwise`, and one that a condition asks about (`is bound by`).
Clauses that say that they restate another are left out: they mean to repeat it. So are those that repeat one provision
of an agreement or ask for less than it, which is told as such (see restatement and derogation).
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


# What follows where it can be breached while the others are kept, and where it cannot.
_NEEDED = "it can be breached while they are kept: they do not imply it"
_IMPLIED = "it cannot be breached while they are kept: they imply it (the finding, if it ever binds then)"


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Musts are asked about among the musts alone, with what prevails among these; advice among everything."""
    implied = [_implied(inquiry, *pair) for pair in zip(inquiry.strict, inquiry.advised, strict=True)]
    for norm in inquiry.system.norms.values():
        views = [dict(of_bearer) for of_bearer in implied if any(norm.id == n for n, _ in of_bearer)]
        about = [g for g in inquiry.strict if any(n.norm.id == norm.id for n in g.norms)]
        if norm.id.document != inquiry.system.subject or norm.restates or not views or len(views) < len(about):
            continue
        core = views[0][norm.id]
        if core and not _reported_from_other_text(inquiry, norm, core):
            yield _finding(inquiry, about[0], about[0].norm(norm.id), core)


def _implied(inquiry: Inquiry, strict: Ground, advised: Ground) -> list[tuple[NormId, list[GroundNorm]]]:
    """The duties of one bearer that others imply, in source order, with those that do."""
    found: dict[NormId, list[GroundNorm]] = {}
    for position, norm in enumerate(strict.norms):
        about = strict if norm.norm.strength is Strength.MUST else advised
        n = about.norms[position]
        if n.norm.demands and not n.norm.restates:
            others = [o for o in about.demanding if o is not n and o.norm.id not in found and _may_imply(o, n)]
            core = _implying(inquiry, about, n, others)
            if core is not None:
                found[n.norm.id] = core
    return list(found.items())


def _implying(inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm]) -> list[GroundNorm] | None:
    """A smallest set of the others that implies it; empty if it can never be breached, None if it is not implied."""
    identity, name = (n.norm.id,), clause_names(inquiry.system, (n.norm.id,))
    breach = (n.binds, negation(n.fulfilled))

    def can(question: str, kept: Sequence[GroundNorm], *formulas: Formula, found: str, none: str) -> bool | Undecided:
        return inquiry.can_keep(about, kept, identity, question, *formulas, found=found, none=none)

    breached = can("is it implied by the others", others, *breach, found=_NEEDED, none=_IMPLIED)
    implied = opposite(breached)
    if implied is True:
        question = "does it bind while they are kept"
        implied = can(question, others, n.binds, found="it does", none="it never does: no finding")
    inquiry.record(RULE.id, name, implied)
    if implied is not True:
        return None
    kept = list(others)
    for other in reversed(others):
        rest = [o for o in kept if o is not other]
        if can("is it implied by fewer", rest, *breach, found=_NEEDED, none=_IMPLIED) is False:
            kept = rest
    return kept


def _reported_from_other_text(inquiry: Inquiry, norm: Norm, core: list[GroundNorm]) -> bool:
    """Whether it only repeats a provision of another text, or takes some of it back: the same seen from there."""
    of = core[0].norm
    if len(core) > 1 or of.id.document == norm.id.document:
        return False
    derogates = isinstance(derogation(inquiry, norm, of), Derogation) and not joining(inquiry.system, (norm.id, of.id))
    return derogates or isinstance(alike(inquiry, norm, of), Alike)


def _may_imply(other: GroundNorm, n: GroundNorm) -> bool:
    """At least as strong, and no mere restatement of it."""
    if n.norm.id in other.norm.restates:
        return False
    return other.norm.strength is Strength.MUST or n.norm.strength is Strength.SHOULD


def _finding(inquiry: Inquiry, about: Ground, n: GroundNorm, core: list[GroundNorm]) -> Finding:
    system = inquiry.system
    names = listed([clause_name(system, o.norm.id) for o in core])
    name = clause_names(system, (n.norm.id,))
    needed = list(_needed(inquiry, n.norm, core))
    notes = [*([f"{names} subsumes it"] if len(core) == 1 else []), *needed]
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
        remedies=() if needed else ("take the clause out, or make it say what it adds",),
        notes=(*notes, *unverified(system, [n.norm.id, *(o.norm.id for o in core)])),
    )


def _needed(inquiry: Inquiry, norm: Norm, core: list[GroundNorm]) -> Iterator[str]:
    """Why the text would not mean the same without a clause that others imply."""
    system, name = inquiry.system, clause_name(inquiry.system, norm.id)
    clashing = [o.norm.id for o in core if any(o.norm.id in clash.norms for clash in inquiry.clashes)]
    if norm.otherwise:
        yield "implied, but not deletable: it also says what is owed otherwise"
    if is_asked_about(system, norm.id):
        yield "implied, but not deletable: a condition asks whether it binds"
    elif moves_others(inquiry, norm.id) or clashing:
        yield from _moving(inquiry, norm, name, clashing)


def _moving(inquiry: Inquiry, norm: Norm, name: str, clashing: list[NormId]) -> Iterator[str]:
    """Whether what binds or yields with it and without makes a difference."""
    system = inquiry.system
    displaced = [edge.of for edge in system.displacements if edge.by == norm.id]
    same = means_the_same_without(inquiry, norm.id)
    question = f"can {name} be taken out without a change of what is asked for"
    changed = inquiry.leave_open(question, same, norm.id) if isinstance(same, Unknown) else not same
    inquiry.record(RULE.id, question, changed)
    if same is not True:
        known = "not known to be" if isinstance(same, Unknown) else "not"
        if displaced:
            why = f"it also stands in place of {listed([clause_name(system, of) for of in displaced])}"
        elif moves_others(inquiry, norm.id):
            why = "where others clash with it, one yields"
        else:
            names = listed([clause_name(system, one) for one in clashing])
            why = f"{names} cannot always be kept, and where that is so, it still counts"
        yield f"implied, but {known} deletable: {why}"
