"""Statements of agreements and drafts: headers, articles, clauses and what a text promises to cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from cbm.records import Record, replace
from cbm.source import Span
from cbm.syntax.ast import (
    SENTENCE,
    ArticleHeading,
    Bearer,
    CitationNode,
    DateKind,
    DeemedCompliance,
    DeemingClause,
    DemandNode,
    DisplacementNode,
    DocumentKind,
    EveryUnit,
    ExceptionClause,
    Expression,
    HeaderDate,
    LeftOut,
    Mark,
    Name,
    NamedBearer,
    NormClause,
    NounBearer,
    Paragraph,
    PartyTo,
    PromiseNode,
    Rank,
    ScopeClause,
    SentenceOf,
    Status,
    StatusSince,
    TextHeader,
    Title,
    WithoutPrejudice,
)
from cbm.syntax.mistake import mistaken
from cbm.syntax.statements.clause_parts import (
    Asymmetric,
    Beside,
    Between,
    Binding,
    BindingTowardsAll,
    Cites,
    Concerns,
    Dated,
    Displaces,
    Excepts,
    HasStatus,
    OfForce,
    OfRank,
    Otherwise,
    Part,
    PartiesTo,
    Prevails,
    Restates,
    RestatesText,
    Uses,
    Value,
    When,
    Wording,
    Yields,
    gathered,
)
from cbm.syntax.statements.demand_rules import with_content
from cbm.syntax.tokens import AuthenticWords, Day, Inclusions, Names, References, Titles, Word
from cbm.translation.saying import say


def _text_header(span: Span, kind: Word, name: Name, titles: Titles, *parts: Part[object]) -> TextHeader:
    _refuse_repetition(parts)
    return TextHeader(
        DocumentKind(kind.text),
        name,
        titles,
        uses=gathered(parts, Uses),
        between=gathered(parts, PartiesTo),
        binding=gathered(parts, Binding) or gathered(parts, BindingTowardsAll),
        towards_all=bool(gathered(parts, BindingTowardsAll)),
        rank=next(iter(gathered(parts, OfRank)), None),
        binds=next(iter(gathered(parts, OfForce)), None),
        status=gathered(parts, HasStatus),
        dates=gathered(parts, Dated),
        subject_to=gathered(parts, Yields),
        notwithstanding=gathered(parts, Prevails),
        beside=gathered(parts, Beside),
        restates=next(iter(gathered(parts, RestatesText)), None),
        citations=gathered(parts, Cites),
        span=span,
    )


def _refuse_repetition(parts: tuple[Part[object], ...]) -> None:
    """What a header says once it says in one place; only sources may be several."""
    seen: dict[str, Span] = {}
    for part in parts:
        words = _opening(part)
        if words in seen and not isinstance(part, Cites):
            raise mistaken(part.span, say("`{word}` stands twice in this header", word=words), say("say it once"))
        seen[words] = part.span


def _opening(part: Part[object]) -> str:
    """The words a part of a header begins with."""
    match part:
        case Dated():
            return part.values[0].kind.value
        case Yields():
            return "subject to"
        case OfForce():
            return "not binding"
        case _:
            return part.span.text.split(maxsplit=1)[0]


def _uses(span: Span, inclusions: Inclusions) -> Uses:
    return Uses(inclusions, span)


def _between(span: Span, names: Names) -> Between:
    return Between(names, span)


def _parties_to(span: Span, *parties: PartyTo) -> PartiesTo:
    return PartiesTo(parties, span)


def _party_to(span: Span, name: Name, *said: Name | Word | Day) -> PartyTo:
    """`UA succeeds SU from 1991-12-05 until 2009-12-05`, of which the name alone has to be said."""
    succeeded = next((part for part in said if isinstance(part, Name)), None)
    last = said[-1] if len(said) > 1 and isinstance(said[-2], Word) else None
    first = next((part for part in said if isinstance(part, Day) and part is not last), None)
    since, until = (day.value if isinstance(day, Day) else None for day in (first, last))
    if since and until and until < since:
        raise mistaken(
            span,
            say(
                "`{party}` is said to leave on {until}, before it joins on {since}",
                party=name.text,
                until=until,
                since=since,
            ),
        )
    return PartyTo(name, succeeded, since, until, span=span)


def _binding(span: Span, names: Names, towards_all: Word | None = None) -> Binding | BindingTowardsAll:
    return Binding(names, span) if towards_all is None else BindingTowardsAll(names, span)


def _rank(span: Span, rank: Word) -> OfRank:
    return OfRank((Rank(rank.text),), span)


def _force(span: Span, words: Word) -> OfForce:
    return OfForce((words.text == "binding",), span)


def _status(span: Span, *entries: StatusSince) -> HasStatus:
    for before, after in pairwise(entries):
        if after.since <= before.since:
            raise mistaken(after.span, say("what a text has become stands in order, the first one first"))
    return HasStatus(entries, span)


def _status_since(span: Span, status: Word, since: Day) -> StatusSince:
    return StatusSince(Status(status.text), since.value, span=span)


def _date(span: Span, kind: Word, day: Day) -> Dated:
    return Dated((HeaderDate(DateKind(kind.text), day.value, span=span),), span)


def _beside(span: Span, inclusions: Inclusions) -> Beside:
    return Beside(inclusions, span)


def _restated(span: Span, name: Name) -> RestatesText:
    return RestatesText((name,), span)


def _yields(span: Span, references: References) -> Yields:
    return Yields(references, span)


def _prevails(span: Span, references: References) -> Prevails:
    return Prevails(references, span)


def _heading(span: Span, first: Title, *others: Title) -> ArticleHeading:
    return ArticleHeading("", (first, *others), span=span)


def _article(span: Span, label: Word, titles: Titles) -> ArticleHeading:
    return ArticleHeading(label.text, titles, span=span)


class _Sentence(Record):
    """A sentence behind the first one: what it says for itself."""

    parts: tuple[Part[object] | Bearer | DemandNode, ...]


_Said = Part[object] | Bearer | DemandNode


def _sentence(_: Span, *parts: _Said) -> _Sentence:
    return _Sentence(parts)


def _norm_clause(span: Span, label: Word, titles: Titles, *parts: _Said | _Sentence) -> NormClause | Paragraph:
    """A clause of one sentence, or a paragraph of several.

    Who is bound, and when, is as in the sentence before where a sentence does not say it.
    """
    first = tuple(part for part in parts if not isinstance(part, _Sentence))
    others = [part.parts for part in parts if isinstance(part, _Sentence)]
    if not others:
        return _one_sentence(span, label.text, titles, first, _bearer(first), gathered(first, When))
    sentences: list[NormClause] = []
    bearer, conditions = _bearer(first), gathered(first, When)
    texts, citations = _of_all((first, *others), Wording), _of_all((first, *others), Cites)
    for number, said in enumerate((first, *others), 1):
        leans = _own_bearer(said) is None
        start, end = span.start if number == 1 else said[0].span.start, said[-1].span.end
        bearer, conditions = _bound(said, bearer, conditions)
        name = f"{label.text}{SENTENCE}{number}"
        one = _one_sentence(Span(span.source, start, end), name, titles, said, bearer, conditions)
        sentences.append(
            replace(
                one,
                texts=texts or one.texts,
                citations=citations or one.citations,
                sentence=SentenceOf(label.text, number, leans, span=span),
            )
        )
    return Paragraph(tuple(sentences), span=span)


def _bearer(said: Iterable[_Said]) -> Bearer:
    bearer = _own_bearer(said)
    assert bearer is not None, "the grammar asks for one"
    return bearer


def _own_bearer(said: Iterable[_Said]) -> Bearer | None:
    return next((part for part in said if isinstance(part, EveryUnit | NounBearer | NamedBearer)), None)


def _bound(
    said: tuple[_Said, ...], bearer: Bearer, conditions: tuple[Expression, ...]
) -> tuple[Bearer, tuple[Expression, ...]]:
    """Who is bound by a sentence, and when; the others are those of the sentence before it."""
    own, when = _own_bearer(said), gathered(said, When)
    if own is not None:
        return own, when
    if when and conditions:
        place = next(part.span for part in said if isinstance(part, When))
        raise mistaken(
            place,
            say("this can be read two ways: with the condition of the sentence before it, or without"),
            say("say who is bound, and all conditions, in this sentence as well"),
        )
    return bearer, when or conditions


def _of_all(sentences: Sequence[tuple[_Said, ...]], kind: type[Part[Value]]) -> tuple[Value, ...]:
    """Texts or sources that are those of all sentences: they stand behind the last one, and no other has its own."""
    *others, last = (gathered(said, kind) for said in sentences)
    return () if any(others) else last


def _one_sentence(
    span: Span,
    label: str,
    titles: Titles,
    said: Sequence[_Said],
    bearer: Bearer,
    conditions: tuple[Expression, ...],
) -> NormClause:
    primary, *secondary = with_content(part for part in said if isinstance(part, DemandNode | Part))
    return NormClause(
        label,
        titles,
        bearer,
        conditions=conditions,
        demand=primary,
        exceptions=gathered(said, Excepts),
        displacements=gathered(said, Displaces),
        notwithstanding=gathered(said, Prevails),
        subject_to=gathered(said, Yields),
        otherwise=tuple(secondary),
        restates=gathered(said, Restates),
        asymmetric=gathered(said, Asymmetric),
        texts=gathered(said, Wording),
        citations=gathered(said, Cites),
        span=span,
    )


def _scope_clause(span: Span, label: Word, titles: Titles, condition: Expression, *notes: Part[object]) -> ScopeClause:
    return ScopeClause(label.text, titles, condition, gathered(notes, Wording), gathered(notes, Cites), span=span)


def _exception_clause(
    span: Span, label: Word, titles: Titles, targets: References, condition: Expression, *notes: Part[object]
) -> ExceptionClause:
    texts, citations = gathered(notes, Wording), gathered(notes, Cites)
    return ExceptionClause(label.text, titles, targets, condition, texts, citations, span=span)


def _deeming_clause(span: Span, label: Word, titles: Titles, deemed: Expression, *parts: Part[object]) -> DeemingClause:
    condition = next(iter(gathered(parts, When)), None)
    texts, citations = gathered(parts, Wording), gathered(parts, Cites)
    return DeemingClause(label.text, titles, deemed, condition, texts, citations, span=span)


def _deemed_compliance(
    span: Span, label: Word, titles: Titles, *parts: Part[object] | Bearer | References | DemandNode
) -> DeemedCompliance:
    bearer = next(part for part in parts if isinstance(part, EveryUnit | NounBearer | NamedBearer))
    targets = next(part for part in parts if isinstance(part, tuple))
    (conduct,) = with_content(part for part in parts if isinstance(part, DemandNode | Part))
    conditions, texts, citations = gathered(parts, When), gathered(parts, Wording), gathered(parts, Cites)
    return DeemedCompliance(label.text, titles, bearer, conditions, targets, conduct, texts, citations, span=span)


def _without_prejudice(span: Span, label: Word, titles: Titles, *notes: Part[object]) -> WithoutPrejudice:
    return WithoutPrejudice(label.text, titles, gathered(notes, Wording), gathered(notes, Cites), span=span)


def _left_out(span: Span, *parts: Word | Titles | AuthenticWords | Part[object]) -> LeftOut:
    """The label is there or not; titles and a reason always are."""
    label = parts[0].text if isinstance(parts[0], Word) else None
    titles, reason, *notes = parts[label is not None :]
    assert isinstance(titles, tuple)
    assert isinstance(reason, AuthenticWords)
    return LeftOut(label, titles, reason.text, gathered(notes, Cites), span=span)


def _promise(span: Span, topics: Names, situation: Name, *parts: Part[object]) -> PromiseNode:
    return _promised(span, (), situation, (Concerns(topics, span), *parts))


def _promise_as_before(span: Span, situation: Name, *parts: Part[object]) -> PromiseNode:
    return _promised(span, (), situation, parts)


def _promise_of_acts(span: Span, acts: Names, situation: Name, *parts: Part[object]) -> PromiseNode:
    return _promised(span, acts, situation, parts)


def _promised(span: Span, acts: Names, situation: Name, parts: tuple[Part[object], ...]) -> PromiseNode:
    conditions = [part for part in parts if isinstance(part, When)]
    if len(conditions) > 1:
        raise mistaken(
            conditions[1].span, say("`when` stands twice in this promise"), say("join both conditions with `and`")
        )
    between = [part for part in parts if isinstance(part, Between)]
    if len(between) > 1:
        raise mistaken(
            between[1].span, say("`between` stands twice in this promise"), say("name all parties in one list")
        )
    condition = next(iter(gathered(conditions, When)), None)
    topics = gathered(parts, Concerns)
    return PromiseNode(situation, condition, topics, acts, gathered(between, Between), span=span)


def _concerning(span: Span, names: Names) -> Concerns:
    return Concerns(names, span)


def _every_unit(span: Span) -> EveryUnit:
    return EveryUnit(span=span)


def _noun_bearer(span: Span, *names: Name | Word) -> NounBearer:
    return NounBearer(_nouns(names), (), span=span)


def _meeting_bearer(span: Span, *names: Name | Word | Names) -> NounBearer:
    *own, others = names
    assert isinstance(others, tuple)
    return NounBearer(_nouns(own), others, span=span)


def _meeting(_: Span, *names: Name | Word) -> Names:
    return _nouns(names)


def _nouns(names: object) -> Names:
    assert isinstance(names, list | tuple)
    return tuple(name for name in names if isinstance(name, Name))


def _named_bearer(span: Span, name: Name) -> NamedBearer:
    return NamedBearer(name, span=span)


def _condition(span: Span, condition: Expression) -> When:
    return When((condition,), span)


def _exception(span: Span, condition: Expression) -> Excepts:
    return Excepts((condition,), span)


def _displacement(span: Span, references: References, both: Word | None = None) -> Displaces:
    return Displaces((DisplacementNode(references, both is not None, span=span),), span)


def _otherwise(span: Span, demand: DemandNode) -> Otherwise:
    return Otherwise((demand,), span)


def _restates(span: Span, references: References) -> Restates:
    return Restates(references, span)


def _asymmetric(span: Span, reason: AuthenticWords) -> Asymmetric:
    return Asymmetric((reason.text,), span)


def _wording(span: Span, *texts: Title) -> Wording:
    return Wording(texts, span)


def _citation(span: Span, text: AuthenticWords, mark: Word | None = None) -> Cites:
    return Cites((CitationNode(text.text, Mark(mark.text) if mark else None, span=span),), span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "text_header": _text_header,
    "uses": _uses,
    "parties_to": _parties_to,
    "party_to": _party_to,
    "between": _between,
    "binding": _binding,
    "rank": _rank,
    "force": _force,
    "status": _status,
    "status_since": _status_since,
    "date": _date,
    "beside": _beside,
    "restated": _restated,
    "yields": _yields,
    "prevails": _prevails,
    "article": _article,
    "heading": _heading,
    "norm_clause": _norm_clause,
    "sentence": _sentence,
    "scope_clause": _scope_clause,
    "exception_clause": _exception_clause,
    "deeming_clause": _deeming_clause,
    "deemed_compliance": _deemed_compliance,
    "without_prejudice": _without_prejudice,
    "left_out": _left_out,
    "promise": _promise,
    "promise_as_before": _promise_as_before,
    "promise_of_acts": _promise_of_acts,
    "concerning": _concerning,
    "every_unit": _every_unit,
    "noun_bearer": _noun_bearer,
    "meeting_bearer": _meeting_bearer,
    "meeting": _meeting,
    "named_bearer": _named_bearer,
    "condition": _condition,
    "exception": _exception,
    "exception_as_before": _exception,
    "displacement": _displacement,
    "otherwise": _otherwise,
    "restates": _restates,
    "asymmetric": _asymmetric,
    "wording": _wording,
    "citation": _citation,
}
