"""A text to its articles and clauses: what each is, and what it says with the words of the vocabulary for readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from cbm.finding import Label
from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.word_list import OmittedProvision, ProvisionEntry, TextEntry, WordEntry
from cbm.records import Record
from cbm.resolve.labels import clause_label, full_label
from cbm.resolve.names.titles import title_of
from cbm.syntax import ast
from cbm.translation.saying import mark, say
from cbm.translation.verb_forms import infinitive
from cbm.wording.answers.told_demands import as_written
from cbm.wording.answers.told_provisions import told_provision
from cbm.wording.answers.word_entries import ACT, ATTRIBUTE, CHANNEL, OPEN_TERM, PARTY, RESULT, TERM, VALUE
from cbm.wording.phrases import with_article

# The weakest mark of its sources is that of a clause; what a text decides itself says nothing of how it was read.
WEAKEST = (ast.Mark.MEMORY, ast.Mark.SECONDARY, ast.Mark.TEXT)
# What a clause is, as programs are told; pages say it in the language of their readers.
DUTY, ADVICE, PROHIBITION, ADVICE_AGAINST = mark("duty"), mark("advice"), mark("prohibition"), mark("advice against")
PERMISSION, EXEMPTION, SCOPE, EXCEPTION = mark("permission"), mark("exemption"), mark("scope"), mark("exception")
PRESUMPTION, WITHOUT_PREJUDICE, RESERVE = mark("presumption"), mark("without prejudice"), mark("reserve")
DEEMED_COMPLIANCE = mark("deemed compliance")
_FORCES = {
    (ast.Modality.OBLIGATION, ast.Strength.MUST): DUTY,
    (ast.Modality.OBLIGATION, ast.Strength.SHOULD): ADVICE,
    (ast.Modality.PROHIBITION, ast.Strength.MUST): PROHIBITION,
    (ast.Modality.PROHIBITION, ast.Strength.SHOULD): ADVICE_AGAINST,
}
_COMMENT = re.compile(r'("[^"\n]*")|#[^\n]*')
_QUOTED = re.compile(r'^\s*(?:[a-z]{2,3}\s+)?"[^"\n]*"')
_DATES = {
    ast.DateKind.ADOPTED: mark("adopted {day}"),
    ast.DateKind.PROPOSED: mark("proposed {day}"),
    ast.DateKind.IN_FORCE: mark("in force {day}"),
    ast.DateKind.UNTIL: mark("until {day}"),
    ast.DateKind.SUSPENDED: mark("suspended {day}"),
}
_UNITS = {"own": mark("own unit"), "other": mark("other unit")}
_TOLD_APART = re.compile(r"\s+(?:text|source|asymmetric\s+because)\s*$")


def weakest(citations: Iterable[ast.CitationNode]) -> ast.Mark | None:
    """The weakest mark of these sources; None where none says how it was read."""
    marks = {citation.mark for citation in citations}
    return next((mark for mark in WEAKEST if mark in marks), None)


def text_entry(text: ast.Document, words: Iterable[WordEntry], *, whole: bool) -> TextEntry:
    """A text with its header and, `whole`, with all that stands in it."""
    header = text.header
    assert isinstance(header, ast.TextHeader)
    known = _known(words)
    told = tuple(_provisions(text, known)) if whole else None
    return TextEntry(
        name=header.name.text,
        titles=tuple((title.language or "", title.text) for title in header.titles),
        kind=header.kind.value,
        rank="" if header.rank is None else header.rank.value,
        parties=tuple(_party(party) for party in header.between) or tuple(name.text for name in header.binding),
        dates=tuple(say(_DATES[dated.kind], day=dated.value) for dated in header.dates),
        vocabularies=tuple(used.name.text for used in header.uses),
        place=Label(header.name.span),
        provisions=told,
        left_out=tuple(_omitted(one) for one in text.statements if isinstance(one, ast.LeftOut)) if whole else (),
        read_as=_read_as(text),
    )


def _known(words: Iterable[WordEntry]) -> dict[tuple[str, str], WordEntry]:
    """The words of a text, its own first, then those of its vocabularies: a term of the text stands before theirs."""
    known: dict[tuple[str, str], WordEntry] = {}
    for word in words:
        sorts = (TERM, OPEN_TERM) if word.sort in (TERM, OPEN_TERM) else (word.sort,)
        if not any((sort, word.name) in known for sort in sorts):
            known[word.sort, word.name] = word
    return known


def _party(party: ast.PartyTo) -> str:
    told = party.name.text
    if party.succeeds:
        told = say("{party} in place of {predecessor}", party=told, predecessor=party.succeeds.text)
    if party.since:
        told = say("{party} from {day}", party=told, day=party.since)
    return say("{party} until {day}", party=told, day=party.until) if party.until else told


def _read_as(text: ast.Document) -> tuple[tuple[str, int], ...]:
    """How many clauses rest on what, by their weakest source; what is said of all sentences of one counts once."""
    cited = {
        _citing(one): one
        for one in text.statements
        if isinstance(one, ast.NormClause | ast.ExceptionClause | ast.DeemingClause | ast.DeemedCompliance)
    }
    counted = Counter(mark for one in cited.values() if (mark := weakest(one.citations)) is not None)
    return tuple((mark.value, counted[mark]) for mark in reversed(WEAKEST) if counted[mark])


def _citing(clause: ast.Clause) -> object:
    """The same for the sentences of a clause that share their sources, and for nothing else."""
    sentence = clause.sentence if isinstance(clause, ast.NormClause) else None
    return id(clause) if sentence is None else tuple(one.span for one in clause.citations)


def _omitted(one: ast.LeftOut) -> OmittedProvision:
    return OmittedProvision(one.label or "", _title(one.titles), one.reason, _sources(one.citations))


class SpokenClause(Record):
    """A clause in parts, with words for readers: what it is ("duty"), whom it speaks to, when, and what it says.

    `unless` are its own exceptions, `otherwise` what it asks for after a breach. An exception speaks to whom the
    clauses do from which it excepts.
    """

    what: str
    who: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    demand: str
    otherwise: tuple[str, ...]
    sources: tuple[ClauseSource, ...]
    quoted: tuple[tuple[str, str], ...]  # its authentic text, by language


def spoken_clauses(text: ast.Document, words: Iterable[WordEntry]) -> dict[str, SpokenClause]:
    """The clauses that bind, permit or except, by their full labels.

    Of a text with brackets none: what is taken of it stands in its norms alone.
    """
    known = _known(words)
    articles = () if text.choices else in_articles(text)
    found = ((full_label(article, one.label), _in_parts(one, known)) for article, one in articles)
    return {label: parts for label, parts in found if parts is not None}


def _in_parts(clause: ast.Clause, known: Mapping[tuple[str, str], WordEntry]) -> SpokenClause | None:
    def said(*parts: ast.Node) -> tuple[str, ...]:
        return tuple(_words_between(clause, known, part.span.start, part.span.end) for part in parts)

    if not isinstance(clause, ast.NormClause | ast.ExceptionClause):
        return None
    what, sources = _what(clause), _sources(clause.citations)
    quoted = tuple((title.language or "", title.text) for title in clause.texts)
    if isinstance(clause, ast.ExceptionClause):
        lifted = say("lifts {clauses}", clauses=say(", ").join(target.span.text for target in clause.targets))
        return SpokenClause(
            what=what,
            who="",
            when=said(clause.condition),
            unless=(),
            demand=lifted,
            otherwise=(),
            sources=sources,
            quoted=quoted,
        )
    (who,), (demand,) = said(clause.bearer), said(clause.demand)
    unless, otherwise = said(*clause.exceptions), said(*clause.otherwise)
    return SpokenClause(
        what=what,
        who=who,
        when=said(*clause.conditions),
        unless=unless,
        demand=demand,
        otherwise=otherwise,
        sources=sources,
        quoted=quoted,
    )


def in_articles(text: ast.Document) -> Iterator[tuple[str, ast.Clause]]:
    """Each clause with the label of the article in which it stands."""
    article = ""
    for one in text.statements:
        if isinstance(one, ast.ArticleHeading):
            article = one.label
        elif isinstance(one, ast.Clause):
            yield article, one


def _provisions(text: ast.Document, known: Mapping[tuple[str, str], WordEntry]) -> Iterator[ProvisionEntry]:
    article = ""
    for one in text.statements:
        match one:
            case ast.ArticleHeading(label, titles):
                article = label
                yield ProvisionEntry(label, _title(titles), "article", "", Label(one.span))
            case _ if isinstance(one, ast.Clause):
                yield ProvisionEntry(
                    label=full_label(article, one.label),
                    title=_title(one.titles),
                    what=_what(one),
                    words=""
                    if isinstance(one, ast.WithoutPrejudice)
                    else _said(one, known, is_open=bool(text.choices)),
                    place=Label(one.span),
                    sources=_sources(one.citations),
                    names=tuple(dict.fromkeys(name for name in ast.names_in(one) if any(n == name for _, n in known))),
                )
            case _:
                pass


def force(modality: ast.Modality, strength: ast.Strength) -> str:
    """What a clause is that says so: a duty, advice, a permission …"""
    permitted = PERMISSION if modality is ast.Modality.PERMISSION else EXEMPTION
    return _FORCES.get((modality, strength), permitted)


def _what(clause: ast.Clause) -> str:
    match clause:
        case ast.NormClause(demand=demand):
            return force(demand.modality, demand.strength)
        case ast.ScopeClause():
            return SCOPE
        case ast.ExceptionClause():
            return EXCEPTION
        case ast.DeemingClause():
            return PRESUMPTION
        case ast.DeemedCompliance():
            return DEEMED_COMPLIANCE
        case ast.WithoutPrejudice():
            return WITHOUT_PREJUDICE
        case ast.ReserveNode():
            return RESERVE


def _title(titles: tuple[ast.Title, ...]) -> str:
    return title_of(titles, titles[0].text if titles else "")


def _sources(citations: tuple[ast.CitationNode, ...]) -> tuple[ClauseSource, ...]:
    return tuple(ClauseSource(one.text, "" if one.mark is None else one.mark.value) for one in citations)


def _said(clause: ast.Clause, known: Mapping[tuple[str, str], WordEntry], *, is_open: bool) -> str:
    """What stands between its title and its quoted texts, with words for readers in place of names.

    Of a text with brackets (`is_open`) it is what is written in any language: no tree says what is taken.
    """
    told = None if is_open or as_written() else told_provision(clause, known)
    return told if told is not None else _words_from(clause, known, _start(clause))


def _words_from(clause: ast.Clause, known: Mapping[tuple[str, str], WordEntry], start: int) -> str:
    """What it says from there on."""
    aside = [one.span.start for one in (*clause.texts, *clause.citations)]
    return _words_between(clause, known, start, min([clause.span.end, *(at for at in aside if at > start)]))


def _words_between(clause: ast.Clause, known: Mapping[tuple[str, str], WordEntry], start: int, end: int) -> str:
    source = clause.span.source.text
    pieces, at = list[str](), start
    for place, words in sorted(_spoken(clause, known), key=lambda spoken: spoken[0]):
        if at <= place[0] and place[1] <= end:
            pieces += [source[at : place[0]], words]
            at = place[1]
    said = _COMMENT.sub(lambda found: found[1] or "", "".join([*pieces, source[at:end]]))
    return " ".join(_TOLD_APART.sub("", said).split())


def _start(clause: ast.Clause) -> int:
    """Where what it says begins: behind its label and its titles."""
    if isinstance(clause, ast.NormClause) and clause.sentence is not None and clause.sentence.number > 1:
        return clause.span.start
    if clause.titles:
        return clause.titles[-1].span.end
    label = clause_label(clause)
    begun = clause.span.text.find(label)
    return clause.span.start + max(begun, 0) + len(label)


_Spoken = tuple[tuple[int, int], str]


def _spoken(part: object, known: Mapping[tuple[str, str], WordEntry]) -> Iterator[_Spoken]:
    """Places of names in a clause, each with what readers call the thing."""
    match part:
        case ast.ActItem(act):
            word = known.get((ACT, act.text))
            if word is not None and word.title:
                yield _place(act), infinitive(word.title) or say("do this: {title}", title=word.title)
        case ast.NounBearer(nouns, meeting):
            yield from _called((*nouns, *meeting), known, TERM, VALUE)
        case ast.NamedBearer(name):
            yield from _called((name,), known, PARTY)
        case ast.Path(document=ast.Name()):
            pass  # the words of another text are not known here: it stands as it is written
        case ast.Negation(ast.Path(parts, None)) if len(parts) == 1 and _opposite(parts[0], known):
            yield _place(part), _opposite(parts[0], known)
        case ast.Path(parts):
            yield from _path(part, parts, known)
        case ast.Is(left, right):
            yield from _spoken(left, known)
            yield from _called(right.parts[-1:] if right.document is None else (), known, VALUE, PARTY)
        case ast.IsA(_, noun):
            yield from _called((noun,), known, TERM, VALUE)
        case ast.In(left, members):
            yield from _spoken(left, known)
            yield from _called(members, known, VALUE, PARTY)
        case ast.DemandNode():
            for name in (*part.through, *part.except_through):
                yield from _called((name,), known, CHANNEL)
            for name in part.stating:
                yield _place(name), name.text.replace("_", " ")
            yield from _spoken((part.items, part.windows, part.meanwhile), known)
        case ast.Node():
            for field in part.__struct_fields__:
                if field != "span":
                    yield from _spoken(getattr(part, field), known)
        case tuple():
            for one in part:
                yield from _spoken(one, known)
        case _:
            pass


def _path(
    whole: ast.Path, parts: tuple[ast.Name, ...], known: Mapping[tuple[str, str], WordEntry]
) -> Iterator[_Spoken]:
    """`distance of own unit` for `own.distance`; what is so of a unit, or done by it, stands behind the unit."""
    name = parts[-1].text
    found = next(
        (known[key] for sort in (ATTRIBUTE, TERM, OPEN_TERM, ACT, RESULT) if (key := (sort, name)) in known), None
    )
    title = found.title if found is not None and found.title else name.replace("_", " ")
    if len(parts) == 1:
        if found is not None:
            yield _place(whole), title
        return
    who = say(_UNITS[parts[0].text]) if parts[0].text in _UNITS else parts[0].text
    if found is None or not (found.sort in (ACT, TERM) or found.is_flag):
        yield _place(whole), say("{quantity} of {unit}", quantity=title, unit=who)
    elif found.sort == ACT:
        yield _place(whole), say("{unit} {does}", unit=who, does=title)
    else:
        what = with_article(title) if _is_noun(found) else title
        yield _place(whole), say("{unit} is {what}", unit=who, what=what)


def _opposite(name: ast.Name, known: Mapping[tuple[str, str], WordEntry]) -> str:
    """What readers say where it is not so; nothing where its author does not say that."""
    found = known.get((ATTRIBUTE, name.text))
    return "" if found is None else found.opposite


def _is_noun(word: WordEntry) -> bool:
    """Whether a clause may begin with it, said of who is bound; `meeting …` says how a unit lies, not what it is.

    Of what has no title nobody knows which sort of word it is.
    """
    return word.names_bearer and bool(word.title) and not word.title.split()[0].endswith("ing")


def _called(names: Iterable[ast.Name], known: Mapping[tuple[str, str], WordEntry], *sorts: str) -> Iterator[_Spoken]:
    for name in names:
        found = next((known[sort, name.text] for sort in sorts if (sort, name.text) in known), None)
        if found is not None and found.title:
            yield _place(name), found.title


def _place(node: ast.Node) -> tuple[int, int]:
    return node.span.start, node.span.end
