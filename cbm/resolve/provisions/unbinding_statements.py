"""Statements of a text that ask nothing of anybody: what is deemed so, promised, reserved, and left out on purpose."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.core.episodes import Axiom
from cbm.core.expressions import TRUE, Expr, Formula, conjunction, disjunction, negation
from cbm.core.norms import Citation, Coverage, Omission, Reserve
from cbm.core.variables import Attribute
from cbm.finding import RuleId
from cbm.resolve.conditions import Resolver
from cbm.resolve.faults import fault, undefined
from cbm.resolve.labels import Places, full_label, label_span
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.resolve.provisions.bearers import each_belongs_to
from cbm.syntax import ast
from cbm.translation.saying import say


def deeming_axiom(clause: ast.DeemingClause, scope: Scope, places: Places, where: Expr) -> Axiom:
    """What is deemed to be so, as far as its article applies and on the packages on which the clause stands."""
    resolver = Resolver(scope, places)
    deemed = resolver.condition(clause.deemed)
    given = TRUE if clause.condition is None else resolver.condition(clause.condition)
    given = conjunction(where, given)
    meaning = disjunction(negation(given), deemed)
    label = full_label(places.article, clause.label)
    return Axiom(label, meaning, scope.interchangeable, places.document, given, span=label_span(clause))


def omission_of(statement: ast.LeftOut, article: str) -> Omission:
    """What a text leaves out on purpose, and why."""
    label = full_label(article, statement.label) if statement.label else ""
    return Omission(label, title_of(statement.titles, ""), statement.reason, cited(statement.citations))


def reserve_of(reserve: ast.ReserveNode, scope: Scope, places: Places, stands: Formula) -> Reserve:
    """What is reserved to another text, on the packages on which it `stands`."""
    return Reserve(
        document=places.document,
        label=full_label(places.article, reserve.label),
        topics=_topics(reserve.topics, scope),
        condition=conjunction(stands, Resolver(scope, places).condition(reserve.condition)),
        title=title_of(reserve.titles, ""),
        until=reserve.until,
        citations=cited(reserve.citations),
        span=label_span(reserve),
    )


def promise_of(
    promise: ast.PromiseNode, scope: Scope, places: Places, party: Attribute | None, stands: Formula
) -> Coverage:
    """What the text promises to cover, on the packages on which it `stands`; `party` says whose unit role 0 is."""
    if promise.situation.text not in (scope.situation, "encounter"):
        known = [scope.situation] if scope.situation else []
        raise undefined(say("situation"), promise.situation.text, promise.situation.span, known)
    topics = _topics(promise.topics, scope, promised=True)
    for act in promise.acts:
        if act.text not in scope.acts:
            raise undefined(say("act"), act.text, act.span, scope.acts)
    condition = TRUE if promise.condition is None else Resolver(scope, places).condition(promise.condition)
    whose, together = each_belongs_to(scope, promise.between, party), len(scope.roles) <= 2
    where = conjunction(stands, condition, *(whose if together else ()))
    acts = tuple(name.text for name in promise.acts)
    return Coverage(places.document, where, topics, acts, promise.span, TRUE if together or not whose else whose[0])


def cited(citations: Iterable[ast.CitationNode]) -> tuple[Citation, ...]:
    """What a statement rests on, each with how it was read."""
    return tuple(Citation(c.text, c.mark) for c in citations)


def _topics(topics: tuple[ast.Name, ...], scope: Scope, *, promised: bool = False) -> tuple[str, ...]:
    for topic in topics:
        if topic.text not in scope.topics:
            act = topic.span.text.split()[-1]
            if topic.span.text not in (act, f"act {act}") or act not in scope.acts:
                raise undefined(say("topic"), topic.text, topic.span, scope.topics)
            message = say("no {what} is called `{name}`", what=say("topic"), name=topic.span.text)
            its_topic = scope.acts[act].topic
            if promised:
                remedies = [say("an act is promised behind `acts`: write `covers acts {act} in …`", act=act)]
            else:
                remedies = [say("an act is no topic: write `{topic}`", topic=its_topic)] if its_topic else []
            raise fault(RuleId.UNDEFINED, topic.span, message, remedies=remedies)
    return tuple(dict.fromkeys(topic.text for topic in topics))
