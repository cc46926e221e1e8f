"""Sets of cases to expectations about one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from cbm.core.expressions import TRUE, Binds, Expr, NormId, conjunction, disjunction, negation
from cbm.core.norms import (
    WITH_EXTENT,
    Case,
    ConditionExpected,
    ConductExpected,
    DutyExpected,
    Expected,
    FindingExpected,
    Norm,
    Text,
)
from cbm.finding import RuleId
from cbm.patterns import pattern
from cbm.records import replace
from cbm.resolve.cases.case_parties import whose_units
from cbm.resolve.cases.presence import parties_in, require_presence
from cbm.resolve.conditions import Resolver
from cbm.resolve.faults import Fault, fault, suggestion, undefined, wrong_type
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex, Places
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.resolve.provisions.demands import demand_content
from cbm.resolve.severance import severed_demands
from cbm.source import Source, Span
from cbm.syntax import ast
from cbm.translation.saying import say

EXPECTING = (ast.ExpectDuty, ast.ExpectCondition, ast.ExpectUnbound, ast.ExpectFinding, ast.ExpectConduct)
_WORD = pattern(r"[^\W\d][\w-]*")
# What newcomers call findings of any kind.
_OF_ANY_KIND = (
    *("error", "errors", "finding", "findings", "issue", "issues", "nothing"),
    *("problem", "problems", "warning", "warnings"),
)


def resolve_cases(
    library: Mapping[str, ast.Document],
    subject: str,
    scope: Scope,
    indexes: Mapping[str, LabelIndex],
    harvest: Harvest,
    text: Text | None,
    day: date | None = None,
) -> tuple[Case, ...]:
    """The cases about a text: those that name it, and unnamed ones written in the same file after it.

    `text` says whose units they are about where they do not (None: it could not be understood), `day` is the date asked
    about where they say none.
    """
    cases: list[Case] = []
    places = Places(indexes, subject)
    for document in about(library.values(), subject):
        for part in _split(document):
            case, of_case = _case(part, scope, places, harvest, day), part[1] or day
            with harvest.attempt():
                cases.append(case if text is None else _about_parties(case, text, scope, of_case))
    return tuple(cases)


def _about_parties(case: Case, text: Text, scope: Scope, day: date | None) -> Case:
    """The case with what is expected in it, of units of the parties to the text where it names no others."""

    def of_them(expected: Expected) -> Expected:
        claimed = isinstance(expected, ConditionExpected)  # what is claimed of the parties does not choose them
        said = case.given if claimed else conjunction(case.given, _condition_of(expected))
        return replace(expected, whose=whose_units(text, scope, day, said, _bound_by(expected, text.name)))

    return replace(case, expected=tuple(map(of_them, case.expected)))


def _bound_by(expected: Expected, text: str) -> int | None:
    """Who is expected to be bound by the text, if not only by others."""
    if not isinstance(expected, DutyExpected) or (expected.by and all(norm.document != text for norm in expected.by)):
        return None
    return expected.role


def dates_of_cases(library: Mapping[str, ast.Document], subject: str) -> Iterator[date]:
    """The dates that cases about a text ask about."""
    for document in about(library.values(), subject):
        for statement in document.statements:
            if isinstance(statement, ast.CaseHeading) and statement.as_of is not None:
                yield statement.as_of


def about(documents: Iterable[ast.Document], subject: str) -> Iterator[ast.Document]:
    """The sets of cases about this text."""
    return (document for document, names in cases_with_subjects(documents) if subject in names)


def cases_with_subjects(documents: Iterable[ast.Document]) -> Iterator[tuple[ast.Document, tuple[str, ...]]]:
    """Each set of cases with the names of the texts that it is about: those it names, else the last before it."""
    latest: dict[Source, str] = {}
    for document in documents:
        header = document.header
        match header:
            case ast.TextHeader():
                latest[document.span.source] = header.name.text
            case ast.CasesHeader(_, named):
                before = latest.get(document.span.source)
                yield document, tuple(name.text for name in named) or (() if before is None else (before,))
            case ast.VocabularyHeader():
                pass


def _split(document: ast.Document) -> Iterator[tuple[str, date | None, Span, list[ast.Statement]]]:
    """The expectations about the whole text, then each case, with its title, its date and its statements."""
    header = document.header
    assert isinstance(header, ast.CasesHeader)
    title, as_of, span = title_of(header.titles, "cases"), None, header.span
    body: list[ast.Statement] = []
    for statement in document.statements:
        if isinstance(statement, ast.CaseHeading):
            if body:
                yield title, as_of, span, body
            title, as_of, span, body = statement.title.text, statement.as_of, statement.span, []
        else:
            body.append(statement)
    yield title, as_of, span, body


def _case(
    part: tuple[str, date | None, Span, list[ast.Statement]],
    scope: Scope,
    places: Places,
    harvest: Harvest,
    day: date | None,
) -> Case:
    """One case; what is wrong with a statement of it hides nothing of the others."""
    title, as_of, span, body = part
    resolver = Resolver(scope, places)
    given: list[Expr] = []
    expected: list[Expected] = []
    for statement in body:
        with harvest.attempt():
            match statement:
                case ast.Given(condition):
                    seen_by = (resolver.seen_by(role).condition(condition) for role in range(len(scope.roles)))
                    given.append(conjunction(*dict.fromkeys(seen_by)))
                    require_presence(scope, parties_in(scope, given[-1]), as_of or day, condition.span)
                case ast.ExpectUnbound():
                    expected.append(_unbound(statement, scope, places, harvest.norms))
                case ast.ExpectDuty() | ast.ExpectCondition() | ast.ExpectFinding() | ast.ExpectConduct():
                    expected.append(_expected(statement, scope, resolver, places, harvest))
                    where = _condition_of(expected[-1])
                    require_presence(scope, parties_in(scope, where), as_of or day, statement.span)
                case _:
                    pass
    return Case(title, as_of, conjunction(*given), tuple(expected), span)


def _expected(
    statement: ast.ExpectDuty | ast.ExpectCondition | ast.ExpectFinding | ast.ExpectConduct,
    scope: Scope,
    resolver: Resolver,
    places: Places,
    harvest: Harvest,
) -> Expected:
    words = " ".join(statement.span.text.split())
    match statement:
        case ast.ExpectDuty(role, demand, by):
            number = _role(scope, role)
            norms: tuple[NormId, ...] | None = None
            with harvest.attempt():  # what is wrong with the clause hides nothing of what is expected
                norms = tuple(norm for reference in by for norm in places.norms(reference))
            contents = tuple(demand_content(scope, places, one, number)[0] for _, one in severed_demands(demand))
            if norms is None:
                raise Fault(None)
            return DutyExpected(
                role=number,
                modality=demand.modality,
                strength=demand.strength,
                contents=contents,
                by=norms,
                words=words,
                span=statement.span,
            )
        case ast.ExpectCondition(condition):
            return ConditionExpected(_held(scope, resolver, condition), words, statement.span)
        case ast.ExpectConduct(never, condition):
            return ConductExpected(never, resolver.condition(condition), words, statement.span)
        case ast.ExpectFinding(name, absent, references, topics, when):
            rule = _rule(scope, name, statement)
            clauses = tuple(clause for reference in references for clause in places.norms_by_clause(reference))
            where = TRUE if when is None else resolver.condition(when)
            names = _topics(scope, topics, acts=True)
            return FindingExpected(
                rule=rule,
                absent=absent,
                clauses=clauses,
                topics=names,
                condition=where,
                words=words,
                span=statement.span,
            )


def _condition_of(expected: Expected) -> Expr:
    """What it says of the situation, beside what it expects there."""
    return TRUE if isinstance(expected, DutyExpected) else expected.condition


def _held(scope: Scope, resolver: Resolver, condition: ast.Expression) -> Expr:
    """The condition; or that no finding is called so, where it is a word alone that seems to name one, or a role."""
    try:
        return resolver.condition(condition)
    except Fault:
        text = condition.span.text
        if _WORD.fullmatch(text) and (text in scope.roles or text in _OF_ANY_KIND or suggestion(text, RuleId)):
            raise _unknown_rule(scope, text, condition.span) from None
        raise


def _rule(scope: Scope, name: ast.Name, statement: ast.ExpectFinding) -> RuleId:
    """The rule of this name; what is said besides must be something that can be said of its findings."""
    if name.text not in set(RuleId):
        raise _unknown_rule(scope, name.text, name.span)
    rule = RuleId(name.text)
    if rule is RuleId.EXPECTATION:
        message = say("no expectation is expected: one that is not met is a finding already")
        raise wrong_type(name.span, message, say("leave this line out"))
    unread = "`for`" if statement.topics and rule is not RuleId.GAP else ""
    unread = "`when`" if statement.condition is not None and rule not in WITH_EXTENT else unread
    if unread:
        message = say(
            "{unread} cannot be said of an expected `{rule}`, which is of the whole text", unread=unread, rule=rule
        )
        raise wrong_type(statement.span, message)
    return rule


def _unknown_rule(scope: Scope, text: str, span: Span) -> Fault:
    if text in scope.roles:
        message = say("`{role}` is a role, and what is expected of it is not said", role=text)
        words = f"expect {text} must …"
        remedies = (say("write `{words}`, and what is owed in place of `…`", words=words),)
        return fault(RuleId.UNDEFINED, span, message, remedies=remedies)
    if text in _OF_ANY_KIND:
        near = [say("name each kind on a line of its own, such as `expect no conflict`; `cbm rules` lists them")]
    else:
        near = [*(suggestion(text, RuleId) or [say("`cbm rules` lists them")])]
    return fault(RuleId.UNDEFINED, span, say("no finding is called `{text}`", text=text), remedies=near)


def _unbound(
    statement: ast.ExpectUnbound, scope: Scope, places: Places, norms: Mapping[NormId, Norm]
) -> ConditionExpected:
    """That one of the clauses of each reference binds the role, and no other duty, or none on these topics."""
    role, topics = _role(scope, statement.role), set(_topics(scope, statement.topics))
    named = [places.norms(reference) for reference in statement.but]
    binding = (disjunction(*(Binds(norm, role) for norm in meant)) for meant in named)
    others = (
        norm.id
        for norm in norms.values()
        if norm.demands
        and (not topics or topics.intersection(norm.topics))
        and not any(norm.id in meant for meant in named)
    )
    condition = conjunction(*binding, *(negation(Binds(norm, role)) for norm in others))
    return ConditionExpected(condition, " ".join(statement.span.text.split()), statement.span)


def _role(scope: Scope, name: ast.Name) -> int:
    number = scope.role(name.text)
    if number is None:
        raise undefined(say("role"), name.text, name.span, scope.roles)
    return number


def _topics(scope: Scope, topics: tuple[ast.Name, ...], *, acts: bool = False) -> tuple[str, ...]:
    """The names; `acts`: acts may stand there as well."""
    for topic in topics:
        if topic.text not in scope.topics and not (acts and topic.text in scope.acts):
            what, known = (say("topic or act"), {*scope.topics, *scope.acts}) if acts else (say("topic"), scope.topics)
            raise undefined(what, topic.text, topic.span, known)
    return tuple(topic.text for topic in topics)
