"""Words without effect: clauses, exceptions and edges that change nothing in any encounter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import assert_never

from cbm.checks.naming import clause_name, clause_names, content_label
from cbm.decide.clashes import world_of
from cbm.decide.engine import duel
from cbm.decide.extent import relevant
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Label, Rule, Severity
from cbm.semantics.core import Case, Displacement, Expr, Guard, Norm, NormId, conjunction, disjunction, negation
from cbm.semantics.ground import Ground, Grounder, GroundNorm
from cbm.smt.journal import asking
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


@dataclass(frozen=True, slots=True)
class _View:
    """A clause as it stands towards one bearer: as it binds, and with what prevails."""

    about: Ground
    norm: GroundNorm
    standing: GroundNorm
    guards: tuple[Expr, ...]
    exceptions: tuple[Expr, ...]


def pieces(inquiry: Inquiry) -> list[NormId | Displacement | Case]:
    """The clauses of the text, what its clauses stand in place of, and the cases."""
    system = inquiry.system
    norms = (norm for norm in system.norms if norm.document == system.subject)
    edges = (edge for edge in system.displacements if edge.by.document == system.subject)
    return [*norms, *edges, *system.cases]


def check(inquiry: Inquiry, piece: NormId | Displacement | Case) -> Iterator[Finding]:
    match piece:
        case NormId():
            norm = inquiry.system.norms[piece]
            yield from _of_norm(inquiry, norm, list(_views(inquiry, norm)))
        case Displacement():
            yield from _of_edge(inquiry, piece)
        case Case():
            yield from _of_case(inquiry, piece)
        case _:
            assert_never(piece)


def _views(inquiry: Inquiry, norm: Norm) -> Iterator[_View]:
    for about, upheld in zip(inquiry.grounds, inquiry.advised, strict=True):
        grounder = Grounder(about.system, (about.bearer,))
        for n, standing in zip(about.norms, upheld.norms, strict=True):
            if n.norm.id == norm.id:
                guards = tuple(grounder.guard(g, norm, about.bearer) for g in norm.guards)
                exceptions = tuple(grounder.guard(e, norm, about.bearer) for e in norm.exceptions)
                yield _View(about, n, standing, guards, exceptions)


def _of_norm(inquiry: Inquiry, norm: Norm, views: list[_View]) -> Iterator[Finding]:
    """The first thing that is wrong with it, and the exceptions that do nothing."""
    name = clause_names(inquiry.system, (norm.id,))

    def never(question: str, *parts: Callable[[_View], Expr]) -> bool:
        ends = {"found": "it has an effect", "none": "the finding, if it is so for every bearer"}
        answers = [inquiry.can(v.about, (norm.id,), question, *(part(v) for part in parts), **ends) for v in views]
        found = None if True not in answers and None in answers else True not in answers
        inquiry.record(RULE.id, f"{name}: {question}", found)
        return found is True

    if never("is its condition ever met", lambda v: conjunction(*v.guards)):
        yield _finding(norm, f"the condition of {name} is met in no encounter", _guard_labels(norm.guards))
    elif never("does it ever apply", lambda v: v.norm.applicable):
        yield _finding(norm, f"{name} is excepted in every encounter it speaks of", _guard_labels(norm.exceptions))
    else:
        for i, exception in enumerate(norm.exceptions):
            acts = (lambda v, i=i: v.exceptions[i], lambda v: conjunction(*v.guards))
            if never("does its exception ever come into play", *acts):
                yield from _idle_exception(inquiry, norm, exception)
        if never("is it ever in force between these parties", lambda v: v.norm.live):
            message = f"{name} binds nobody: no two units in such an encounter belong to the parties of the text"
            yield _finding(norm, message)
        elif never("does it ever bind", lambda v: v.norm.binds):
            over = [e for e in inquiry.system.displacements if e.of == norm.id]
            labels = tuple(Label(e.span, f"{e.by.label} stands in its place") for e in over if e.span)
            yield _finding(norm, f"{name} never binds: other clauses stand in its place in every encounter", labels)
        elif never("does it ever prevail", lambda v: v.standing.binds):
            yield _finding(norm, f"{name} never prevails: it yields to other clauses in every encounter")
        elif norm.demands and never(
            "can it be breached", lambda v: v.standing.binds, lambda v: negation(v.norm.fulfilled)
        ):
            yield _finding(norm, f"{name} asks for nothing: every possible conduct fulfils it")


def _idle_exception(inquiry: Inquiry, norm: Norm, exception: Guard) -> Iterator[Finding]:
    if exception.span is not None:
        what = f"exception {exception.label}" if exception.label else "the exception"
        yield Finding(
            RULE.id,
            RULE.severity,
            f"{what} to {norm.id.label} never comes into play",
            Label(exception.span),
            (content_label(inquiry.system, norm, "is the rule"),),
            (str(norm.id),),
            remedies=("take the exception out, or correct its condition",),
        )


def _of_edge(inquiry: Inquiry, edge: Displacement) -> Iterator[Finding]:
    meets = [_meets(inquiry, about, edge) for about in inquiry.grounds]
    if any(m is None for m in meets) or edge.span is None:
        return
    upper, lower = clause_name(inquiry.system, edge.by), clause_name(inquiry.system, edge.of)
    idle = not any(meets)
    inquiry.record(RULE.id, f"does {upper} ever stand in place of {lower}", idle)
    if idle:
        message = f"{upper} never stands in place of {lower}: they never meet"
        yield _idle_edge(edge, message, "take `in place of` out, or widen one of the conditions")
    elif all(_compatible(about, edge) for about in inquiry.grounds):
        message = f"{upper} stands in place of {lower}, which it could stand beside"
        yield _idle_edge(edge, message, "take `in place of` out: wherever they meet, one conduct fulfils both")


def _idle_edge(edge: Displacement, message: str, remedy: str) -> Finding:
    assert edge.span is not None
    clauses = (str(edge.by), str(edge.of))
    return Finding(RULE.id, RULE.severity, message, Label(edge.span), clauses=clauses, remedies=(remedy,))


def _meets(inquiry: Inquiry, about: Ground, edge: Displacement) -> bool | None:
    of = about.find(edge.of)
    if of is None:
        return False
    grounder = Grounder(about.system, (about.bearer,))
    roles = range(len(about.system.situation.roles)) if edge.both else (about.bearer,)
    above = disjunction(*(grounder.binds(edge.by, role) for role in roles))
    question = "do they ever meet"
    none = "the one never stands in place of the other: the finding, if it is so for every bearer"
    return inquiry.can(about, (edge.by, edge.of), question, above, of.live, found="they do", none=none)


def _compatible(about: Ground, edge: Displacement) -> bool:
    """Whether, wherever the two meet, one conduct fulfils both; said only of two demands."""
    if edge.both:
        return False
    by, of = about.find(edge.by), about.find(edge.of)
    if by is None or of is None:
        return True
    if not (by.norm.demands and of.norm.demands) or by.norm.strength is not of.norm.strength:
        return False
    world = world_of(about)
    conditional = (*world.some_conduct("meet", (*world.feasible, by.binds, of.live)),)
    outer = Solver(world.roles, (*world.possible, *conditional))
    compliance = (*relevant(world, (by.fulfilled, of.fulfilled)), by.fulfilled, of.fulfilled)
    with asking(
        system=about.system,
        bearer=about.bearer,
        norms=(edge.by, edge.of),
        question="is there a situation in which they meet and no conduct fulfils both",
        found="that the one stands in place of the other has an effect",
        none="it has none: the finding, if it is so for every bearer",
    ):
        return isinstance(duel(outer, world.roles, compliance, world.conduct).next(), Unsat)


def _of_case(inquiry: Inquiry, case: Case) -> Iterator[Finding]:
    about = inquiry.grounds[0]
    given = Grounder(about.system, (about.bearer,)).formula(case.given)
    question = f"does the case `{case.title}` describe an encounter"
    possible = inquiry.can(about, (), question, given, found="it does", none="it describes none: the finding")
    inquiry.record(RULE.id, f"case `{case.title}`", None if possible is None else not possible)
    if possible is False and case.span is not None:
        message = f"what is given in the case `{case.title}` happens in no encounter"
        remedy = "correct what is given: the axioms of the vocabulary exclude it"
        yield Finding(RULE.id, RULE.severity, message, Label(case.span), remedies=(remedy,))


def _finding(norm: Norm, message: str, related: tuple[Label, ...] = ()) -> Finding:
    place = norm.content_span or norm.span
    assert place is not None
    remedy = "correct the condition, or take the clause out"
    return Finding(RULE.id, RULE.severity, message, Label(place), related, clauses=(str(norm.id),), remedies=(remedy,))


def _guard_labels(guards: tuple[Guard, ...]) -> tuple[Label, ...]:
    return tuple(Label(g.span, f"from {g.label}" if g.label else "") for g in guards if g.span is not None)
