"""Words without effect: clauses, exceptions and edges that change nothing in any encounter."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks.wording import clause_name, clause_names, content_label
from cbm.decide.clashes import world_of
from cbm.decide.engine import duel
from cbm.decide.extent import relevant
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Label, Rule, Severity
from cbm.semantics.core import Displacement, Expr, Guard, Norm, disjunction, negation
from cbm.semantics.ground import Ground, Grounder, GroundNorm
from cbm.smt.solve import Solver, Unsat

RULE = Rule(
    "vacuity",
    Severity.WARNING,
    "words without effect",
    """\
A clause whose condition no encounter meets; one that is always excepted, or always displaced by another; one that
every possible conduct fulfils anyway; an exception that never comes into play, or that swallows its whole rule; an
`in place of` between clauses that never meet, or that could stand side by side; a case whose `given` describes no
encounter. Such words are usually a slip: a scope that excludes what the clause is about, or a condition turned round.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a submarine when own.submerged_unit and in_sight must answer
clause 2 a fighter must not aerobatics
clause 3 exception to 2 when own.submerged_unit
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a submarine when in_sight must answer
clause 2 a fighter must not aerobatics
clause 3 exception to 2 when own.distress
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for about in inquiry.prevailing:
        for norm in about.norms:
            if norm.norm.id.document == inquiry.system.subject:
                yield from _of_norm(inquiry, about, norm)
    yield from _idle_edges(inquiry)
    yield from _impossible_cases(inquiry)


def _of_norm(inquiry: Inquiry, about: Ground, n: GroundNorm) -> Iterator[Finding]:
    norm, name = n.norm, clause_names(inquiry.system, (n.norm.id,))
    grounder = Grounder(about.system, about.bearer)
    guards = [grounder.guard(g, norm) for g in norm.guards]
    met = _can(inquiry, about, norm, "is its condition ever met", *guards)
    if met is False:
        yield _finding(norm, f"the condition of {name} is met in no encounter", _guard_labels(norm.guards))
        return
    applies = _can(inquiry, about, norm, "does it ever apply", n.applicable)
    if applies is False:
        yield _finding(norm, f"{name} is excepted in every encounter it speaks of", _guard_labels(norm.exceptions))
        return
    yield from _idle_exceptions(inquiry, about, n, grounder)
    if _can(inquiry, about, norm, "is it ever in force between these parties", n.live) is False:
        yield _finding(
            norm, f"{name} binds nobody: no two units in such an encounter belong to the parties of the text"
        )
        return
    if _can(inquiry, about, norm, "does it ever bind", n.binds) is False:
        over = [e for e in inquiry.system.displacements if e.of == norm.id]
        labels = tuple(Label(e.span, f"{e.by.label} stands in its place") for e in over if e.span)
        yield _finding(
            norm, f"{name} never binds: other clauses stand in its place or prevail in every encounter", labels
        )
        return
    if norm.demands and _can(inquiry, about, norm, "can it be breached", n.binds, negation(n.fulfilled)) is False:
        yield _finding(norm, f"{name} asks for nothing: every possible conduct fulfils it")


def _idle_exceptions(inquiry: Inquiry, about: Ground, n: GroundNorm, grounder: Grounder) -> Iterator[Finding]:
    norm = n.norm
    guards = [grounder.guard(g, norm) for g in norm.guards]
    for exception in norm.exceptions:
        condition = grounder.guard(exception, norm)
        acts = _can(inquiry, about, norm, "does its exception ever come into play", *guards, condition)
        if acts is False and exception.span is not None:
            what = f"exception {exception.label}" if exception.label else "the exception"
            message = f"{what} to {norm.id.label} never comes into play"
            yield Finding(
                RULE.id, RULE.severity, message, Label(exception.span), (content_label(inquiry.system, norm, "is the rule"),),
                clauses=(str(norm.id),), remedies=("take the exception out, or correct its condition",),
            )  # fmt: skip


def _idle_edges(inquiry: Inquiry) -> Iterator[Finding]:
    for edge in inquiry.system.displacements:
        if edge.by.document != inquiry.system.subject:
            continue
        meets = [_meets(inquiry, about, edge) for about in inquiry.prevailing]
        if any(m is None for m in meets) or edge.span is None:
            continue
        upper, lower = clause_name(inquiry.system, edge.by), clause_name(inquiry.system, edge.of)
        idle = not any(meets)
        inquiry.record(RULE.id, f"does {upper} ever stand in place of {lower}", idle)
        if idle:
            yield Finding(
                RULE.id, RULE.severity, f"{upper} never stands in place of {lower}: they never meet", Label(edge.span),
                clauses=(str(edge.by), str(edge.of)), remedies=("take `in place of` out, or widen one of the conditions",),
            )  # fmt: skip
        elif all(_compatible(inquiry, about, edge) for about in inquiry.prevailing):
            yield Finding(
                RULE.id, RULE.severity, f"{upper} stands in place of {lower}, which it could stand beside", Label(edge.span),
                clauses=(str(edge.by), str(edge.of)),
                notes=("wherever they meet, one conduct fulfils both",), remedies=("take `in place of` out",),
            )  # fmt: skip


def _meets(inquiry: Inquiry, about: Ground, edge: Displacement) -> bool | None:
    try:
        of = about.norm(edge.of)
    except StopIteration:
        return False
    grounder = Grounder(about.system, about.bearer)
    roles = range(len(about.system.situation.roles)) if edge.both else (about.bearer,)
    above = disjunction(*(grounder.binds(edge.by, role) for role in roles))
    question = "do they ever meet"
    return inquiry.can(about, (edge.by, edge.of), question, above, of.live)


def _compatible(inquiry: Inquiry, about: Ground, edge: Displacement) -> bool:
    """Whether, wherever the two meet, one conduct fulfils both; said only of two demands."""
    if edge.both:
        return False
    by, of = about.norm(edge.by), about.norm(edge.of)
    if not (by.norm.demands and of.norm.demands) or by.norm.strength is not of.norm.strength:
        return False
    world = world_of(about)
    conditional = (*world.some_conduct("meet", (*world.feasible, by.binds, of.live)),)
    outer = Solver(world.roles, (*world.possible, *conditional))
    compliance = (*relevant(world, (by.fulfilled, of.fulfilled)), by.fulfilled, of.fulfilled)
    return isinstance(duel(outer, world.roles, compliance, world.conduct).next(), Unsat)


def _impossible_cases(inquiry: Inquiry) -> Iterator[Finding]:
    for case in inquiry.system.cases:
        about = inquiry.grounds[0]
        given = Grounder(about.system, about.bearer).formula(case.given)
        possible = inquiry.can(about, (), f"does the case `{case.title}` describe an encounter", given)
        inquiry.record(RULE.id, f"case `{case.title}`", None if possible is None else not possible)
        if possible is False and case.span is not None:
            yield Finding(
                RULE.id, RULE.severity, f"what is given in the case `{case.title}` happens in no encounter", Label(case.span),
                remedies=("correct what is given: the axioms of the vocabulary exclude it",),
            )  # fmt: skip


def _can(inquiry: Inquiry, about: Ground, norm: Norm, question: str, *formulas: Expr) -> bool | None:
    answer = inquiry.can(about, (norm.id,), question, *formulas)
    inquiry.record(
        RULE.id, f"{clause_names(inquiry.system, (norm.id,))}: {question}", None if answer is None else not answer
    )
    return answer


def _finding(norm: Norm, message: str, related: tuple[Label, ...] = ()) -> Finding:
    place = norm.content_span or norm.span
    assert place is not None
    remedy = "correct the condition, or take the clause out"
    return Finding(RULE.id, RULE.severity, message, Label(place), related, clauses=(str(norm.id),), remedies=(remedy,))


def _guard_labels(guards: tuple[Guard, ...]) -> tuple[Label, ...]:
    return tuple(Label(g.span, f"from {g.label}" if g.label else "") for g in guards if g.span is not None)
