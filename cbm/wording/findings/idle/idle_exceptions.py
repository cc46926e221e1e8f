"""Exceptions that leave nothing of a clause or never come into play, and an `otherwise` that asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.core.episodes import Axiom
from cbm.core.expressions import Formula, conjunction, disjunction, negation
from cbm.core.norms import DocumentKind, Guard, Norm, Strength
from cbm.core.substitution import conjuncts
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.exclusion import ExclusionSearch
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import content_label, reference
from cbm.wording.condition_words import literal_words
from cbm.wording.findings.clauses_gone import with_ways
from cbm.wording.findings.exclusion_words import WhyNowhere, because, wherever, with_reasons
from cbm.wording.findings.idle.clause_views import (
    ClauseView,
    Never,
    Part,
    guard_labels,
    met,
    of_no_use,
)


class _Swallowed(Record):
    """A smallest choice of exceptions that leave nothing of a clause, and of the axioms that it takes.

    `alone`: the draft and its vocabulary make it so, whatever other texts deem and whatever the date.
    """

    exceptions: tuple[Guard, ...]
    unneeded: tuple[Axiom, ...]
    alone: bool


def _swallowed(inquiry: Inquiry, norm: Norm, views: list[ClauseView]) -> _Swallowed:
    system = inquiry.system
    searches = [(view, ExclusionSearch(view.here)) for view in views]

    def swallow(exceptions: Sequence[Guard], without: Sequence[Axiom]) -> bool:
        """Whether these exceptions leave nothing of the clause, whoever is bound, even without some axioms."""
        return all(search.excludes((*v.guards, *_left(v, exceptions)), without) for v, search in searches)

    def is_swallowed_alone() -> bool:
        """Whether they do without what other texts deem, and whatever the date; left open where that is not known."""
        for view, search in searches:
            answer = search.together((*view.guards, *_left(view, norm.exceptions)), foreign, noted=True)
            if isinstance(answer, Unknown):
                inquiry.leave_open(question, answer, norm.id)
            if not isinstance(answer, Unsat):
                return False
        return True

    deeming = [axiom for axiom in system.axioms if axiom.document is not None]
    foreign = [axiom for axiom in system.axioms if axiom.dated or axiom.document not in (None, system.subject)]
    grave = system.texts[system.subject].kind is DocumentKind.DRAFT and norm.strength is Strength.MUST
    question = mark("does the rest of the clause ever apply, whatever other texts deem and whatever the date")
    with asking(rule=RuleId.VACUITY, norms=(norm.id,), question=question, found="a warning", none="an error"):
        alone = grave and is_swallowed_alone()
    unneeded = list(foreign) if alone else []
    for axiom in deeming if alone else (*reversed(foreign), *deeming):
        if axiom not in unneeded and swallow(norm.exceptions, [*unneeded, axiom]):
            unneeded.append(axiom)
    kept = tuple(norm.exceptions)
    for exception in reversed(norm.exceptions):
        rest = tuple(other for other in kept if other is not exception)
        if swallow(rest, unneeded):
            kept = rest
    return _Swallowed(kept, tuple(unneeded), alone)


def excepted(inquiry: Inquiry, norm: Norm, name: str, views: list[ClauseView]) -> Finding:
    """That exceptions swallow the whole rule; an error where the draft and its vocabulary alone make it so."""
    system, swallowed = inquiry.system, _swallowed(inquiry, norm, views)
    kept = swallowed.exceptions
    reasons = [b for v in views for b in because(v.here, v.guards, _left(v, kept), swallowed.unneeded)]
    labels = tuple(label for guard in kept for label in guard_labels((guard,)))
    named = [guard.label for guard in kept if guard.label]
    message = say("{clause} is excepted in every encounter it speaks of", clause=name)
    if len(named) == len(kept):
        by_name = mark("{clause} is excepted in every encounter it speaks of, by {exceptions}")
        message = say(by_name, clause=name, exceptions=listed(named))
    remedy = say("narrow an exception, so that something is left of the rule")
    severity = Severity.ERROR if swallowed.alone else Severity.WARNING
    finding = replace(with_ways(of_no_use(system, norm, message, labels), (remedy,)), severity=severity)

    def told(about: Ground, words: Sequence[str]) -> str:
        conditions = (about.grounder.guard(exception, norm, about.bearer) for exception in kept)
        excepted = [listed([literal_words(system, part) for part in conjuncts(c)], of="sentences") for c in conditions]
        return wherever(listed(excepted, "or", "sentences"))(about, words)

    return with_reasons(finding, reasons, told)


def _left(view: ClauseView, exceptions: Sequence[Guard]) -> list[Formula]:
    """That none of the exceptions holds."""
    return [negation(view.about.grounder.guard(e, view.norm.norm, view.about.bearer)) for e in exceptions]


def idle_otherwise(norm: Norm, name: str, views: list[ClauseView], never: Never) -> Iterator[Finding]:
    """The first `otherwise` that is always kept where it is owed; none that follows it is ever owed."""
    for step, secondary in enumerate(norm.otherwise):
        breached: list[Part] = [_is_breached, *(partial(_unrepaired, i) for i in range(step + 1))]
        asked = partial(say, mark("can its `otherwise` ({step}) be breached"), step=step + 1)
        if secondary.span is not None and never(asked, *breached):
            message = mark("the `otherwise` of {clause} asks for nothing: whoever breaches the clause does so anyway")
            if step + 1 < len(norm.otherwise):
                message = mark(
                    "the `otherwise` of {clause} asks for nothing: whoever breaches the clause does so anyway, and "
                    "what follows is never owed"
                )
            message = say(message, clause=name)
            remedy = say("take the `otherwise` out, or ask for something that is not done anyway")
            clauses = (str(norm.id),)
            finding = Finding(
                RuleId.VACUITY, Severity.WARNING, message, Label(secondary.span), clauses=clauses, remedies=(remedy,)
            )
            reasons = [
                b for v in views for b in because(v.here, [part(v) for part in breached[:-1]], [breached[-1](v)])
            ]
            yield with_reasons(finding, reasons, wherever(say("it is kept anyway")))
            return


def _is_breached(view: ClauseView) -> Formula:
    """Of all that the clause lists something is not kept where it prevails."""
    listed = (n for n in view.upheld.norms if n.norm.id.clause == view.norm.norm.id.clause)
    return disjunction(*(conjunction(n.binds, negation(n.fulfilled)) for n in listed))


def _unrepaired(step: int, view: ClauseView) -> Formula:
    return negation(view.norm.otherwise[step])


def idle_inner(
    inquiry: Inquiry, norm: Norm, exception: Guard, views: list[ClauseView], never: Never
) -> Iterator[Finding]:
    """Exceptions to an exception that never come into play where the clause is spoken of."""
    for inner in (inner for inner in exception.exceptions if inquiry.stands(inner.condition)):
        comes_into_play = partial(_comes_into_play, inner)
        asked = partial(say, mark("does exception {exception} ever come into play"), exception=inner.label)
        if never(asked, comes_into_play, met):
            reasons = [b for v in views for b in because(v.here, (*v.guards, comes_into_play(v)))]
            to = exception.label or reference(inquiry.system, norm.id)
            yield from idle_exception(inquiry, norm, inner, to, reasons)
        else:
            yield from idle_inner(inquiry, norm, inner, views, never)


def _comes_into_play(inner: Guard, view: ClauseView) -> Formula:
    return view.about.grounder.guard(inner, view.norm.norm, view.about.bearer)


def idle_exception(
    inquiry: Inquiry, norm: Norm, exception: Guard, to: str, reasons: list[WhyNowhere]
) -> Iterator[Finding]:
    """That it never comes into play, if it has a place of its own."""
    if exception.span is not None:
        message = say("the exception to {clause} never comes into play", clause=to)
        if exception.label:
            named = mark("exception {exception} to {clause} never comes into play")
            message = say(named, exception=exception.label, clause=to)
        finding = Finding(
            RuleId.VACUITY,
            Severity.WARNING,
            message,
            Label(exception.span),
            (content_label(inquiry.system, norm, mark("{clause} is the rule")),),
            (str(norm.id),),
            remedies=(say("take the exception out, or correct its condition"),),
        )
        yield with_reasons(finding, reasons)
