"""A condition that somebody gives, to a case about a text; its faults are told at their place in what was given."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.core.expressions import Expr, Formula, conjunction
from cbm.core.norms import NormSystem
from cbm.core.substitution import parts_of
from cbm.finding import Finding, Label, Misuse, RuleId, Severity
from cbm.ground.grounding import ground
from cbm.records import replace
from cbm.render.snippet import snippet
from cbm.render.style import plain as unpainted
from cbm.smt.solve import Solver, Unsat
from cbm.source import Source, Span
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say

GIVEN = "given"


def given_case(given: str, subject: str) -> ast.Document:
    """What is given as a case about the text; Misuse, at its place, where it is no condition."""
    from cbm.syntax.parse import parse  # brings lark, which a usage error need not wait for

    file, mistakes = parse(Source(GIVEN, f'cases "asked" for {subject}\ncase "asked"\ngiven {given}\n'))
    for mistake in mistakes:
        raise Misuse(pointed(mistake))
    (document,) = file.documents if len(file.documents) == 1 else (None,)
    if document is None or [type(s) for s in document.statements] != [ast.CaseHeading, ast.Given]:
        raise Misuse(say("what is given is one condition, such as `own.craft is warship and other.distress`"))
    return document


def condition_in(document: ast.Document) -> ast.Expression:
    """The condition of the case."""
    return next(s.condition for s in document.statements if isinstance(s, ast.Given))


def conjuncts(condition: ast.Expression) -> list[Span]:
    """The places of what is said together."""
    if isinstance(condition, ast.Both):
        return [span for part in condition.parts for span in conjuncts(part)]
    return [condition.span]


def pointed(finding: Finding) -> str:
    """What is wrong with what is given, with its place in the user's own words."""
    shown = replace(
        finding,
        primary=Label(shifted(finding.primary.span), finding.primary.text),
        related=tuple(Label(shifted(label.span), label.text) for label in finding.related),
    )
    help_ = [f"  = {say('help: {advice}', advice=remedy)}" for remedy in finding.remedies]
    return "\n".join((finding.message, *snippet(shown, unpainted), *help_))


def shifted(span: Span) -> Span:
    """The place in what the user wrote, of a place in the case that was made of it."""
    if span.source.name != GIVEN or not span.source.text.startswith("cases "):
        return span
    before = span.source.text.index("\ngiven ") + len("\ngiven ")
    own = Source(GIVEN, span.source.text[before:].rstrip("\n"))
    start, end = (min(max(place - before, 0), len(own.text)) for place in (span.start, span.end))
    return Span(own, start, end)


def exclusion(system: NormSystem, items: Sequence[tuple[str, Span | None, Expr]]) -> str:
    """That some of these exclude each other, alone or with axioms: a smallest choice of them."""
    about = ground(system, 0)
    axioms = [(axiom, conjunction(*about.grounder.axiom(axiom))) for axiom in system.axioms]
    known = {part for _, formula in axioms for part in parts_of(formula)}
    rest = [part for part in (*about.possible, *about.feasible) if part not in known]
    asked: list[Formula] = [about.grounder.formula(expression) for _, _, expression in items]
    solver = Solver(system.situation.roles, rest)
    kept = [*(formula for _, formula in axioms), *asked]
    for one in tuple(kept):
        fewer = [other for other in kept if other is not one]
        if isinstance(solver.ask(*fewer), Unsat):
            kept = fewer
    needed = [item for item, formula in zip(items, asked, strict=True) if any(formula is k for k in kept)]
    titles = [axiom.title for axiom, formula in axioms if any(formula is k for k in kept)]
    places = [span for _, span, _ in needed if span is not None]
    aside = list(dict.fromkeys(words for words, span, _ in needed if span is None))  # several say that parties meet
    message = say("no situation meets this") if len(places) < 2 else say("no situation meets all of these")
    if aside:
        message = say("{message}, where {conditions}", message=message, conditions=listed(aside, of="sentences"))
    if titles:
        named = [say("the axiom “{title}”", title=title) if title else say("an axiom") for title in titles]
        message = say("{message}, by {axioms}", message=message, axioms=listed(named))
    if not places:
        return message
    first, *others = (Label(span) for span in places)
    return pointed(Finding(RuleId.VACUITY, Severity.ERROR, message, first, tuple(others)))
