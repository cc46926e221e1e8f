"""Trees to the places of names: what each name stands for, where that is declared, and which clauses are referred to.

What a name can stand for follows from where it stands: an act behind `must`, a value behind `is`. It is looked for in
its own document first, then in those that this builds on. A name that nothing declares has no occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from cbm.records import Record
from cbm.resolve.faults import Fault
from cbm.resolve.labels import LabelIndex, LabelledClause, Places, clause_label, clauses, full_label, index_labels
from cbm.source import Source, Span
from cbm.syntax import ast
from cbm.translation.saying import mark
from cbm.wording.answers.word_entries import (
    ACT,
    ATTRIBUTE,
    CHANNEL,
    COUNTER,
    KIND,
    LANGUAGE,
    MOMENT,
    OPEN_TERM,
    PARTY,
    RESULT,
    TERM,
    TOPIC,
    VALUE,
    Lexicon,
)

ROLE, SITUATION, STATED = mark("role"), mark("situation"), mark("what an act states")
CLAUSE, DOCUMENT, CHOICE = mark("clause"), mark("document"), mark("choice")
# What a condition may speak of by one name.
SAID = (TERM, OPEN_TERM, ATTRIBUTE, ACT, RESULT, MOMENT, COUNTER, VALUE, PARTY, ROLE)

# For each kind of node the sorts of its names, field by field; () where a name stands for nothing that texts declare.
SORTS_OF: Mapping[type[ast.Node], Mapping[str, tuple[str, ...]]] = {
    ast.Reference: {"document": (DOCUMENT,)},
    ast.Path: {"parts": SAID, "document": (DOCUMENT,)},
    ast.IsA: {"role": (ROLE,), "noun": (TERM, VALUE)},
    ast.In: {"members": (VALUE, PARTY)},
    ast.BoundBy: {"role": (ROLE,)},
    ast.EmptyFigure: {"name": ()},
    ast.Inclusion: {"name": (DOCUMENT,)},
    ast.ContinuationNode: {"party": (PARTY,), "of": (PARTY,)},
    ast.SortSyntax: {"name": (KIND,)},
    ast.ViewsDiffer: {"names": (ATTRIBUTE,)},
    ast.CalendarDayNode: {"zone": ()},
    ast.HoursDeclaration: {"zone": (), "party": (PARTY,)},
    ast.ChannelDeclaration: {
        "between": (PARTY,),
        "level": (VALUE,),
        "topics": (TOPIC,),
        "languages": (LANGUAGE,),
        "fallback": (CHANNEL,),
        "consent": (ACT,),
        "acknowledged": (ACT,),
    },
    ast.ActDeclaration: {"topic": (TOPIC,)},
    ast.ResultDeclaration: {"topic": (TOPIC,)},
    ast.NeverTogether: {"acts": (ACT,)},
    ast.Requirement: {"act": (ACT,)},
    ast.PartyTo: {"name": (PARTY,), "succeeds": (PARTY,)},
    ast.TextHeader: {"binding": (PARTY,), "restates": (DOCUMENT,)},
    ast.NounBearer: {"nouns": (TERM, VALUE), "meeting": (TERM, VALUE)},
    ast.NamedBearer: {"name": (PARTY, ROLE)},
    ast.ActItem: {"act": (ACT,)},
    ast.DaysNode: {"zone": ()},
    ast.Level: {"name": (VALUE,)},
    ast.DemandNode: {
        "stating": (STATED,),
        "recipients": (PARTY,),
        "through": (CHANNEL,),
        "except_through": (CHANNEL,),
        "languages": (LANGUAGE,),
        "except_languages": (LANGUAGE,),
    },
    ast.TitlesFor: {"of": (DOCUMENT,)},
    ast.TitleEntry: {"name": (), "sort": ()},  # they are declared where the titles are for
    ast.PromiseNode: {"situation": (SITUATION,), "topics": (TOPIC,), "acts": (ACT,), "between": (PARTY,)},
    ast.OpenTermNode: {"readings": SAID},
    ast.ReserveNode: {"topics": (TOPIC,)},
    ast.CasesHeader: {"documents": (DOCUMENT,)},
    ast.ExpectDuty: {"role": (ROLE,)},
    ast.ExpectUnbound: {"role": (ROLE,), "topics": (TOPIC,)},
    ast.ExpectFinding: {"rule": (), "topics": (TOPIC,)},
    ast.Option: {"proposers": (PARTY,)},
    ast.OptionHeading: {"proposers": (PARTY,), "of": (CHOICE,)},
}
# What is declared by a node, where its names declare something.
DECLARED: Mapping[type[ast.Node], Mapping[str, str]] = {
    ast.VocabularyHeader: {"name": DOCUMENT},
    ast.TextHeader: {"name": DOCUMENT},
    ast.PartyDeclaration: {"name": PARTY},
    ast.MemberDeclaration: {"name": VALUE},
    ast.KindDeclaration: {"name": KIND},
    ast.SituationDeclaration: {"name": SITUATION},
    ast.RoleDeclaration: {"name": ROLE},
    ast.AttributeDeclaration: {"name": ATTRIBUTE},
    ast.MomentDeclaration: {"name": MOMENT},
    ast.CounterDeclaration: {"name": COUNTER},
    ast.ChannelDeclaration: {"name": CHANNEL},
    ast.LanguageDeclaration: {"name": LANGUAGE},
    ast.TopicDeclaration: {"name": TOPIC},
    ast.TermDeclaration: {"name": TERM},
    ast.OpenTermNode: {"name": OPEN_TERM},
    ast.ActDeclaration: {"names": ACT, "stating": STATED},
    ast.ResultDeclaration: {"name": RESULT},
    ast.Choice: {"name": CHOICE},
    ast.ChoiceDeclaration: {"name": CHOICE},
}


class Symbol(Record):
    """One thing that has a name: what it is, its name, and the document that declares it; a clause by its label."""

    sort: str
    name: str
    document: str


class NamedPlace(Record):
    """A place where a thing is named; `declares`: it is declared there. `quoted`: by what readers call it."""

    span: Span
    symbol: Symbol
    declares: bool = False
    quoted: bool = False


class NamedPlaces:
    """All places of names in the documents of a library, worked out document by document when they are asked for."""

    def __init__(self, documents: Mapping[str, ast.Document]) -> None:
        self.documents = documents
        self.lexicon = Lexicon(documents)
        self._found: dict[str, tuple[NamedPlace, ...]] = {}

    def within(self, document: str) -> tuple[NamedPlace, ...]:
        """Those in one document, in order of place."""
        if document not in self._found:
            told = dict.fromkeys(_Reading(self, document).occurrences())
            self._found[document] = tuple(sorted(told, key=lambda one: (one.span.start, one.span.end)))
        return self._found[document]

    def at(self, source: Source, offset: int) -> NamedPlace | None:
        """What is named where the cursor stands, or just before it; the narrowest where one lies in another."""
        here = [
            one
            for name in self.documents_in(source)
            for one in self.within(name)
            if one.span.start <= offset <= one.span.end
        ]
        return min(here, key=lambda one: (one.span.end - one.span.start, one.span.end == offset), default=None)

    def of(self, symbol: Symbol) -> tuple[NamedPlace, ...]:
        """Everywhere, in order of documents and place."""
        return tuple(one for name in self.documents for one in self.within(name) if one.symbol == symbol)

    def declarations(self, symbol: Symbol) -> tuple[NamedPlace, ...]:
        """Where it is declared."""
        return tuple(one for one in self.within(symbol.document) if one.symbol == symbol and one.declares)

    def documents_in(self, source: Source) -> tuple[str, ...]:
        """The documents of a file, by name, in order."""
        return tuple(name for name, one in self.documents.items() if one.span.source == source)

    def document_at(self, source: Source, offset: int) -> str | None:
        """The document that a place belongs to: the last one that begins before it, else the first one."""
        names = self.documents_in(source)
        before = [name for name in names if self.documents[name].header.span.start <= offset]
        return before[-1] if before else next(iter(names), None)

    def seen_from(self, document: str) -> tuple[str, ...]:
        """The documents whose words can be written in a document, itself first."""
        header = self.documents[document].header
        roots = [document]
        if isinstance(header, ast.CasesHeader):
            roots += [name for name in self.subjects_of(document) if name in self.documents]
        return tuple(dict.fromkeys(one for root in roots for one in self.lexicon.built_on(root)))

    def subjects_of(self, cases: str) -> tuple[str, ...]:
        """The texts that cases are about: those they name, else the last text before them in their file."""
        document = self.documents[cases]
        assert isinstance(document.header, ast.CasesHeader)
        if document.header.documents:
            return tuple(name.text for name in document.header.documents)
        before = [
            name
            for name in self.documents_in(document.span.source)
            if isinstance(self.documents[name].header, ast.TextHeader)
            and self.documents[name].span.start < document.span.start
        ]
        return tuple(before[-1:])

    @cached_property
    def indexes(self) -> Mapping[str, LabelIndex]:
        """The clauses of each text by their labels."""
        texts = {name: one for name, one in self.documents.items() if isinstance(one.header, ast.TextHeader)}
        return {name: index_labels(one)[0] for name, one in texts.items()}

    @cached_property
    def declared(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each document the names that it declares, each with what they are there."""
        return {name: _declared(document) for name, document in self.documents.items()}


class _Reading:
    """One document, read for what its names stand for."""

    def __init__(self, whole: NamedPlaces, document: str) -> None:
        self._whole = whole
        self._document = document
        self._tree = whole.documents[document]
        self._seen = whole.seen_from(document)
        self._article = ""

    def occurrences(self) -> Iterator[NamedPlace]:
        tree = self._tree
        yield from self._in(tree.header)
        labelled = {id(clause): article for article, clause in clauses(tree)}
        for statement in tree.statements:
            if isinstance(statement, ast.ArticleHeading):
                self._article = statement.label
            elif isinstance(statement, ast.Clause) and id(statement) in labelled:
                yield from self._label(labelled[id(statement)], statement)
            yield from self._in(statement)
        for choice in (*tree.choices, *tree.declared):
            yield from self._in(choice)

    def _label(self, article: str, clause: ast.Clause) -> Iterator[NamedPlace]:
        """The label of a clause, behind the word that it begins with; it stands before the first of its sentences."""
        label, span = clause_label(clause), clause.span
        if isinstance(clause, ast.NormClause) and clause.sentence is not None:
            span = clause.sentence.span
            if clause.sentence.number > 1:
                return
        start = span.source.text.find(label, span.start, span.end)
        if label and start >= 0:
            symbol = Symbol(CLAUSE, full_label(article, label), self._document)
            yield NamedPlace(Span(span.source, start, start + len(label)), symbol, declares=True)

    def _in(self, part: object) -> Iterator[NamedPlace]:
        match part:
            case tuple():
                for one in part:
                    yield from self._in(one)
            case ast.Path():
                yield from self._path(part, SAID)
            case ast.Is(left, right):
                yield from self._in(left)
                yield from self._path(right, (VALUE, PARTY, *SAID))
            case ast.Node():
                if isinstance(part, ast.Reference):
                    yield from self._reference(part)
                if isinstance(part, ast.TitlesFor):
                    yield from self._entries(part)
                yield from self._fields(part)
            case _:
                pass

    def _path(self, path: ast.Path, alone: tuple[str, ...]) -> Iterator[NamedPlace]:
        """What a condition speaks of, with its role and its text; the sorts are those of a name without a role."""
        text = path.document
        seen = self._seen
        if text is not None:  # its names are those of the text that is said
            seen = self._whole.seen_from(text.text) if text.text in self._whole.documents else ()
        *role, name = path.parts
        yield from self._names(tuple(role), (ROLE, PARTY, *SAID), seen)
        yield from self._names(name, SAID if role else alone, seen)
        yield from self._names(text, (DOCUMENT,))

    def _entries(self, titles: ast.TitlesFor) -> Iterator[NamedPlace]:
        """The words of another vocabulary that titles are told of, whether or not they could be written here."""
        declared = self._whole.declared.get(titles.of.text, {})
        for entry in titles.entries:
            if entry.name is not None:
                told = declared.get(entry.name.text, ())
                sort = next((one for one in told if entry.sort is None or one == entry.sort.text), None)
                if sort is not None:
                    yield NamedPlace(entry.name.span, Symbol(sort, entry.name.text, titles.of.text))

    def _fields(self, node: ast.Node) -> Iterator[NamedPlace]:
        sorts, declared = SORTS_OF.get(type(node), {}), _declaring(node)
        for field in node.__struct_fields__:
            value = getattr(node, field)
            if field == "span":
                continue
            if field in declared:
                for name in _listed(value):
                    yield NamedPlace(name.span, Symbol(declared[field], name.text, self._document), declares=True)
            elif field in sorts and _is_names(value):
                yield from self._names(value, sorts[field])
            elif _is_names(value) and field in DECLARED.get(type(node), {}):
                yield from self._names(value, (DECLARED[type(node)][field],))  # it adds to what is declared elsewhere
            else:
                yield from self._in(value)

    def _names(self, names: object, sorts: tuple[str, ...], seen: Sequence[str] | None = None) -> Iterator[NamedPlace]:
        """Names of these sorts, of the documents that are seen from here, or of those that are given."""
        for name in _listed(names):
            symbol = self._symbol(name.text, sorts, self._seen if seen is None else seen)
            if symbol is not None:
                yield NamedPlace(name.span, symbol, quoted=name.quoted)

    def _symbol(self, name: str, sorts: tuple[str, ...], seen: Sequence[str]) -> Symbol | None:
        if sorts == (DOCUMENT,):
            return Symbol(DOCUMENT, name, name) if name in self._whole.documents else None
        for document in seen:
            known = self._whole.declared[document].get(name, ())
            sort = next((one for one in sorts if one in known), None)
            if sort is not None:
                return Symbol(sort, name, document)
        return None

    def _reference(self, reference: ast.Reference) -> Iterator[NamedPlace]:
        """The clause that a label means; one that means several leads to the first of them."""
        if reference.label is None:
            return
        header = self._tree.header
        start = reference.span.start
        texts = self._whole.subjects_of(self._document) if isinstance(header, ast.CasesHeader) else (self._document,)
        for text in texts:
            if text not in self._whole.indexes:
                continue
            with suppress(Fault, StopIteration, KeyError):
                found = Places(self._whole.indexes, text, self._article).clauses(reference)
                document = text if reference.document is None else reference.document.text
                place = Span(reference.span.source, start, start + len(reference.label) - _words_of_sentence(found))
                yield NamedPlace(place, Symbol(CLAUSE, found[0].whole, document))
                return


def _words_of_sentence(meant: Sequence[LabelledClause]) -> int:
    """How much of a label says which sentence is meant; nothing where all of a clause are."""
    one = len({clause.label for clause in meant}) == 1
    return len(meant[0].label) - len(meant[0].whole) if one else 0


def _declaring(node: ast.Node) -> Mapping[str, str]:
    """The fields of a node that declare a name; what adds to something declared elsewhere declares nothing."""
    if isinstance(node, ast.KindDeclaration | ast.SituationDeclaration) and node.adds:
        return {}
    return DECLARED.get(type(node), {})


def _declared(document: ast.Document) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for sort, name in _declarations((document.header, *document.statements, *document.choices, *document.declared)):
        found.setdefault(name, {})[sort] = None
    return {name: tuple(sorts) for name, sorts in found.items()}


def _declarations(part: object) -> Iterator[tuple[str, str]]:
    match part:
        case tuple():
            for one in part:
                yield from _declarations(one)
        case ast.Node():
            for field, sort in _declaring(part).items():
                yield from ((sort, name.text) for name in _listed(getattr(part, field)))
            yield from _declarations(
                tuple(
                    getattr(part, f)
                    for f in part.__struct_fields__
                    if f in ("members", "attributes", "moments", "roles")
                )
            )
        case _:
            pass


def _is_names(value: object) -> bool:
    return isinstance(value, ast.Name) or (
        isinstance(value, tuple) and bool(value) and all(isinstance(one, ast.Name) for one in value)
    )


def _listed(names: object) -> Iterable[ast.Name]:
    match names:
        case ast.Name():
            return (names,)
        case tuple():
            return tuple(one for one in names if isinstance(one, ast.Name))
        case _:
            return ()
