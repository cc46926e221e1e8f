"""Statements of a vocabulary, and the terms a text may declare as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from cbm.patterns import pattern
from cbm.records import Record, replace
from cbm.source import Span
from cbm.syntax.ast import (
    ActDeclaration,
    AtThresholds,
    AttributeBlock,
    AttributeDeclaration,
    AxiomDeclaration,
    CalendarDayNode,
    ContinuationNode,
    CounterDeclaration,
    Expression,
    KindDeclaration,
    MemberDeclaration,
    MomentDeclaration,
    MomentsDeclaration,
    Name,
    NeverTogether,
    PartyDeclaration,
    Path,
    QuantityNode,
    Requirement,
    ResultDeclaration,
    RoleDeclaration,
    RolesDeclaration,
    Row,
    SituationDeclaration,
    SortSyntax,
    TermDeclaration,
    Title,
    TitleEntry,
    TitlesFor,
    TopicDeclaration,
    TypesDeclaration,
    ViewsDiffer,
    VocabularyHeader,
)
from cbm.syntax.mistake import mistaken
from cbm.syntax.statements.clause_parts import Cites, StatingPart, Uses, gathered
from cbm.syntax.tokens import Day, Names, Titles, Word, require_language
from cbm.translation.saying import say

_MOST_PERIODS = 1_000
_PERIOD = pattern(r"per (?:(?P<count>[0-9]{1,3}(?:,?[0-9]{3})*) )?calendar (?P<unit>day|month|year)s?")


class Members(Record):
    """The members of a kind, in order where it has one."""

    members: tuple[MemberDeclaration, ...]
    ordered: bool


def _vocabulary(span: Span, name: Name, titles: Titles, uses: Uses | None = None) -> VocabularyHeader:
    return VocabularyHeader(name, titles, uses.values if uses else (), span=span)


def _party(span: Span, name: Name, titles: Titles) -> PartyDeclaration:
    return PartyDeclaration(name, titles, span=span)


def _continuation(span: Span, party: Name, of: Name, since: Day, *notes: Cites) -> ContinuationNode:
    return ContinuationNode(party, of, since.value, gathered(notes, Cites), span=span)


def _kind(span: Span, name: Name, titles: Titles, members: Members) -> KindDeclaration:
    return KindDeclaration(name, titles, members.members, members.ordered, adds=False, span=span)


def _kind_addition(span: Span, name: Name, members: Members) -> KindDeclaration:
    return KindDeclaration(name, (), members.members, members.ordered, adds=True, span=span)


def _unordered(_: Span, *members: MemberDeclaration) -> Members:
    return Members(members, ordered=False)


def _ordered(_: Span, *members: MemberDeclaration) -> Members:
    return Members(members, ordered=True)


def _member(span: Span, name: Name, titles: Titles) -> MemberDeclaration:
    return MemberDeclaration(name, titles, span=span)


def _situation(span: Span, name: Name, titles: Titles) -> SituationDeclaration:
    return SituationDeclaration(name, titles, adds=False, span=span)


def _situation_addition(span: Span, name: Name) -> SituationDeclaration:
    return SituationDeclaration(name, (), adds=True, span=span)


def _roles(span: Span, how: Word, *roles: RoleDeclaration) -> RolesDeclaration:
    return RolesDeclaration(roles, fixed=how.text == "fixed roles", span=span)


def _role(span: Span, name: Name, titles: Titles) -> RoleDeclaration:
    return RoleDeclaration(name, titles, span=span)


def _attributes(span: Span, how: Word, *attributes: AttributeDeclaration) -> AttributeBlock:
    return AttributeBlock(how.text == "shared", attributes, span=span)


def _views(span: Span, names: Names) -> ViewsDiffer:
    return ViewsDiffer(names, span=span)


def _attribute(
    span: Span, name: Name, titles: Titles, sort: SortSyntax, over_time: Word | None = None
) -> AttributeDeclaration:
    return AttributeDeclaration(name, titles, sort, over_time=over_time is not None, span=span)


def _attribute_or_else(
    span: Span, name: Name, titles: Titles, otherwise: Titles, sort: SortSyntax
) -> AttributeDeclaration:
    if otherwise and sort.name.text != "flag":
        raise mistaken(
            otherwise[0].span,
            say("only of a flag is said what is so otherwise, and `{name}` has values", name=name.text),
        )
    return AttributeDeclaration(name, titles, sort, otherwise, span=span)


def _range_of_values(
    span: Span, name: Name, low: Expression | None = None, high: Expression | None = None
) -> SortSyntax:
    return SortSyntax(name, low, high, span=span)


def _moments(span: Span, *moments: MomentDeclaration) -> MomentsDeclaration:
    return MomentsDeclaration(moments, span=span)


def _moment(span: Span, name: Name, titles: Titles, *said: Word | QuantityNode | CalendarDayNode) -> MomentDeclaration:
    times = next((part for part in said if isinstance(part, QuantityNode)), None)
    on = next((part for part in said if isinstance(part, CalendarDayNode)), None)
    return MomentDeclaration(name, titles, times, on, any(isinstance(part, Word) for part in said), span=span)


def _axiom(span: Span, titles: Titles, condition: Expression) -> AxiomDeclaration:
    return AxiomDeclaration(titles, condition, span=span)


def _counter(
    span: Span, name: Name, titles: Titles, condition: Expression, period: Word, most: Expression | None = None
) -> CounterDeclaration:
    """`per 3 calendar years`: so many whole ones, the one at hand among them."""
    written = _PERIOD.fullmatch(period.text)
    count = int(written["count"].replace(",", "") if written and written["count"] else written is not None)
    if written is None or not 0 < count <= _MOST_PERIODS:
        message = say(
            "a counter looks back over 1 to {most:,} whole calendar days, months or years",
            most=_MOST_PERIODS,
        )
        raise mistaken(period.span, message, say("write, for example, `per calendar year` or `per 3 calendar years`"))
    return CounterDeclaration(name, titles, condition, count, written["unit"], most, span=span)


def _types(span: Span, *axes: Path | AtThresholds) -> TypesDeclaration:
    return TypesDeclaration(axes, span=span)


def _at_thresholds(span: Span, path: Path) -> AtThresholds:
    return AtThresholds(path, span=span)


def _topic(span: Span, name: Name, titles: Titles) -> TopicDeclaration:
    return TopicDeclaration(name, titles, span=span)


def _term(span: Span, name: Name, titles: Titles, meaning: Expression) -> TermDeclaration:
    return TermDeclaration(name, titles, meaning, span=span)


def _table(span: Span, name: Name, titles: Titles, *rows: Row) -> TermDeclaration:
    for row, following in pairwise(rows):
        if row.condition is None:
            raise mistaken(
                following.span,
                say("nothing can follow the row with `otherwise` in the table of `{name}`", name=name.text),
            )
    return TermDeclaration(name, titles, rows, span=span)


def _row(span: Span, value: Expression, condition: Expression) -> Row:
    return Row(value, condition, span=span)


def _last_row(span: Span, value: Expression) -> Row:
    return Row(value, None, span=span)


def _named_act(_span: Span, name: Name, titles: Titles) -> tuple[Name, Titles]:
    return name, titles


def _act(span: Span, *parts: tuple[Name, Titles] | StatingPart | Word | Name) -> ActDeclaration:
    acts = [part for part in parts if isinstance(part, tuple)]
    *others, topic = parts[len(acts) :]
    assert isinstance(topic, Name)
    names, titles = tuple(name for name, _ in acts), tuple(title for _, titles in acts for title in titles)
    if titles and len(acts) > 1:
        several = any(said for _, said in acts[:-1])
        message = say("acts on one line have no texts") if several else say("one text for several acts")
        raise mistaken(titles[0].span, message, say("declare each act on its own line to give it a text"))
    once = any(isinstance(part, Word) for part in others)
    return ActDeclaration(names, titles, gathered(others, StatingPart), topic, once, span=span)


def _result(span: Span, name: Name, titles: Titles, sort: SortSyntax, topic: Name) -> ResultDeclaration:
    return ResultDeclaration(name, titles, each=False, sort=sort, topic=topic, span=span)


def _result_of_each(
    span: Span, _each: Word, name: Name, titles: Titles, sort: SortSyntax, topic: Name
) -> ResultDeclaration:
    return ResultDeclaration(name, titles, each=True, sort=sort, topic=topic, span=span)


def _never(span: Span, _words: Word, act: Name, others: Names) -> NeverTogether:
    return NeverTogether((act, *others), span=span)


def _requirement(span: Span, act: Name, condition: Expression) -> Requirement:
    return Requirement(act, condition, span=span)


def _titles_for(span: Span, language: Name, of: Name, *entries: TitleEntry) -> TitlesFor:
    code = language.text
    require_language(code, language.span)
    told = (
        replace(
            entry,
            title=_in_language(entry.title, code),
            otherwise=entry.otherwise and _in_language(entry.otherwise, code),
        )
        for entry in entries
    )
    return TitlesFor(code, of, tuple(told), span=span)


def _in_language(title: Title, code: str) -> Title:
    return replace(title, language=code)


def _title_entry(span: Span, name: Name, *parts: Name | Title | Word) -> TitleEntry:
    sort = next((part for part in parts if isinstance(part, Name)), None)
    title, *otherwise = (part for part in parts if isinstance(part, Title))
    return TitleEntry(name, "", sort, title, *otherwise, span=span)


def _title_beside(span: Span, beside: Title, title: Title) -> TitleEntry:
    return TitleEntry(None, beside.text, None, title, span=span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "vocabulary": _vocabulary,
    "party": _party,
    "continuation": _continuation,
    "kind": _kind,
    "kind_addition": _kind_addition,
    "unordered": _unordered,
    "ordered": _ordered,
    "member": _member,
    "situation": _situation,
    "situation_addition": _situation_addition,
    "roles": _roles,
    "role": _role,
    "attributes": _attributes,
    "attribute": _attribute,
    "attribute_or_else": _attribute_or_else,
    "views": _views,
    "range_of_values": _range_of_values,
    "moments": _moments,
    "moment": _moment,
    "axiom": _axiom,
    "counter": _counter,
    "types": _types,
    "at_thresholds": _at_thresholds,
    "topic": _topic,
    "term": _term,
    "table": _table,
    "row": _row,
    "last_row": _last_row,
    "named_act": _named_act,
    "act": _act,
    "result": _result,
    "titles_for": _titles_for,
    "title_entry": _title_entry,
    "title_beside": _title_beside,
    "result_of_each": _result_of_each,
    "never": _never,
    "requirement": _requirement,
}
