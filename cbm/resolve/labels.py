"""Labels of clauses to norms: what a written reference means, from within a text or across texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cbm.core.expressions import NormId
from cbm.core.norms import Sentence
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.records import Record, field, replace
from cbm.resolve.faults import FEW, Fault, fault, listed_names, suggestion, wrong_type
from cbm.resolve.severance import norms_of
from cbm.source import Source, Span
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say


class LabelledClause(Record):
    """A clause, or a sentence of one, at its full label; `article` is that of its article, "" outside any.

    `taken` says with which options it stands; `wording` tells apart what stands at one label, from 1, 0 where that is
    one clause.
    """

    label: str
    article: str
    clause: ast.Clause
    taken: ast.Taken = ()
    wording: int = 0

    @property
    def whole(self) -> str:
        """The full label of the clause that it is, or is a sentence of."""
        return full_label(self.article, clause_label(self.clause))

    def norms(self, document: str) -> tuple[NormId, ...]:
        """The norms that it is in this text; none where it does not bind, forbid or permit anything."""
        if not isinstance(self.clause, ast.NormClause):
            return ()
        return norms_of(document, self.label, self.clause, self.wording)


class LabelIndex(Record):
    """The clauses of one text by full label, in source order; several are wordings of one, under negotiation."""

    document: str
    entries: Mapping[str, tuple[LabelledClause, ...]]
    sentences: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # labels of sentences by that of their clause

    @property
    def norms(self) -> tuple[NormId, ...]:
        return tuple(norm for entry in self.all for norm in entry.norms(self.document))

    def at(self, label: str) -> tuple[LabelledClause, ...]:
        """What stands at a label, in all its wordings: where it is that of a clause of several sentences, all these."""
        labels = (label, *self.sentences.get(label, ()))
        return tuple(entry for known in labels for entry in self.entries.get(known, ()))

    @property
    def parts_of_clauses(self) -> dict[str, Sentence]:
        """The sentences by their labels, where a clause has several."""
        own = ((label, entries[0]) for label, entries in self.entries.items())
        return {
            label: Sentence(entry.whole, entry.clause.sentence.number)
            for label, entry in own
            if isinstance(entry.clause, ast.NormClause) and entry.clause.sentence is not None
        }

    @property
    def clauses(self) -> tuple[str, ...]:
        """The full labels of the clauses, however many sentences these have."""
        return tuple(dict.fromkeys(entry.whole for entry in self.all))

    def norms_at(self, label: str) -> tuple[NormId, ...]:
        """All norms at a label, of all its wordings; none where it is that of several sentences."""
        return tuple(norm for entry in self.entries.get(label, ()) for norm in entry.norms(self.document))

    def parts(self, norm: NormId) -> tuple[NormId, ...]:
        """All norms of the clause in which this one stands, as it is worded; none where there is no such clause."""
        return tuple(one for one in self.norms_at(norm.label) if one.wording == norm.wording)

    def worded(self, clause: NormId) -> LabelledClause:
        """The clause of a norm, as it is worded."""
        return next(entry for entry in self.entries[clause.label] if entry.wording == clause.wording)

    def entry_of(self, article: str, clause: ast.Clause) -> LabelledClause | None:
        """A clause of this article with its full label; None if it stands at the label of another one."""
        known = self.entries.get(full_label(article, clause.label), ())
        return next((entry for entry in known if entry.clause is clause), None)

    @property
    def all(self) -> Iterator[LabelledClause]:
        return (entry for entries in self.entries.values() for entry in entries)


def clause_label(clause: ast.Clause) -> str:
    """The label of a clause as it is written, also of one of its sentences."""
    sentence = clause.sentence if isinstance(clause, ast.NormClause) else None
    return clause.label if sentence is None else sentence.label


def full_label(article: str, label: str) -> str:
    """`2` in article 3 is `3.2`; a label that goes on from its article's stays: `17(a)`, `2.8.1`, `III.6`.

    Under a heading without a label every clause has its full label.
    """
    if not article or label.startswith((f"{article}.", f"{article}(")):
        return label
    return f"{article}.{label}"


def exclude_each_other(one: ast.Taken, other: ast.Taken) -> bool:
    """Whether some choice is to be taken in two ways."""
    known = dict(one)
    return any(known.get(choice, option) != option for choice, option in other)


def index_labels(
    document: ast.Document, apart: Callable[[ast.Taken, ast.Taken], bool] = exclude_each_other
) -> tuple[LabelIndex, tuple[Finding, ...]]:
    """All clauses of a text by full label; a label used twice is a finding, and the first one stands.

    Clauses that never stand together may share a label: they are wordings of one. `apart` says which do not.
    """
    entries: dict[str, list[LabelledClause]] = {}
    findings: list[Finding] = []
    assert isinstance(document.header, ast.TextHeader)
    findings.extend(_repeated_articles(document, apart))
    standing: dict[str, list[LabelledClause]] = {}
    for article, clause, taken in clauses_taken(document):
        entry = LabelledClause(full_label(article, clause.label), article, clause, taken)
        known = next((one for one in standing.get(entry.whole, ()) if _collide(one, entry, apart)), None)
        if known is None:
            standing.setdefault(entry.whole, []).append(entry)
            entries.setdefault(entry.label, []).append(entry)
        elif _is_first(clause):
            place = Label(label_span(clause))
            earlier = Label(label_span(known.clause), say("used here before"))
            message = say("clause `{label}` stands twice", label=entry.whole)
            findings.append(Finding(RuleId.DUPLICATE, Severity.ERROR, message, place, (earlier,)))
    numbered = {label: tuple(_numbered(several)) for label, several in entries.items()}
    sentences: dict[str, tuple[str, ...]] = {}
    for label, several in entries.items():
        if several[0].whole != label:
            sentences[several[0].whole] = (*sentences.get(several[0].whole, ()), label)
    return LabelIndex(document.header.name.text, numbered, sentences), tuple(findings)


def _numbered(entries: list[LabelledClause]) -> Iterator[LabelledClause]:
    for number, entry in enumerate(entries, 1):
        yield entry if len(entries) == 1 else replace(entry, wording=number)


def _collide(known: LabelledClause, other: LabelledClause, apart: Callable[[ast.Taken, ast.Taken], bool]) -> bool:
    """Whether two clauses of one label, or sentences of such clauses, may stand together."""
    if apart(known.taken, other.taken):
        return False
    of = [one.clause.sentence for one in (known, other) if isinstance(one.clause, ast.NormClause)]
    first, second = of if len(of) == 2 else (None, None)
    if first is None or second is None or _begins(first) != _begins(second):
        return True
    return first.number == second.number


def _begins(sentence: ast.SentenceOf) -> tuple[Source, int]:
    """Where the clause of a sentence begins, in whichever wording: what ends it may be left out."""
    return sentence.span.source, sentence.span.start


def _is_first(clause: ast.Clause) -> bool:
    """Whether it is no sentence behind another one."""
    return not isinstance(clause, ast.NormClause) or clause.sentence is None or clause.sentence.number == 1


def _repeated_articles(document: ast.Document, apart: Callable[[ast.Taken, ast.Taken], bool]) -> Iterator[Finding]:
    seen: dict[str, list[tuple[Span, ast.Taken]]] = {}
    for number, statement in enumerate(document.statements):
        if isinstance(statement, ast.ArticleHeading) and statement.label:
            taken, earlier = document.stands_with(number), seen.setdefault(statement.label, [])
            known = next((span for span, other in earlier if not apart(other, taken)), None)
            if known is not None:
                related = (Label(known, say("used here before")),)
                message = say("article `{label}` stands twice", label=statement.label)
                yield Finding(RuleId.DUPLICATE, Severity.ERROR, message, Label(statement.span), related)
            earlier.append((statement.span, taken))


def clauses(document: ast.Document) -> Iterator[tuple[str, ast.Clause]]:
    """The clauses of a text in order, each with the label of its article."""
    return ((article, clause) for article, clause, _ in clauses_taken(document))


def clauses_taken(document: ast.Document) -> Iterator[tuple[str, ast.Clause, ast.Taken]]:
    """The same, and with which options each stands."""
    article = ""
    for number, statement in enumerate(document.statements):
        if isinstance(statement, ast.ArticleHeading):
            article = statement.label
        elif isinstance(statement, ast.Clause):
            yield article, statement, document.stands_with(number)


# So many labels are listed where one was not found; of more, the first and the last.
_LISTED = 40
_OF_A_PART = frozenset(
    "(abcdefghijklmnopqrstuvwxyz"
)  # how what is behind the label of a clause begins, in `9(a)` and `9a`


def _clauses_there_are(index: LabelIndex, label: str) -> tuple[str, ...]:
    """What to write for a label that no clause has: it with other signs, the clause it is a part of, or what there is.

    A label that is only spelt alike is another clause, as `17(d)` is for `17(e)`: it is not advised, and never written.
    """
    there = list(index.entries)
    same = [one for one in there if _figures_and_letters(one) == _figures_and_letters(label)]
    same = same or [one for one in there if label.startswith(one) and label[len(one) :][:1] in _OF_A_PART]
    if len(same) == 1:
        return (say("did you mean `{near}`?", near=same[0]),)
    if len(there) <= FEW:
        return listed_names(there)
    quoted = [f"`{one}`" for one in there]
    if len(there) <= _LISTED:
        return (say("its clauses are {shown}", shown=listed(quoted, ",")),)
    return (say("its clauses are {first} to {last}", first=quoted[0], last=quoted[-1]),)


def _figures_and_letters(label: str) -> list[str]:
    return [sign for sign in label if sign.isalnum()]


def label_span(clause: ast.Clause) -> Span:
    """The place of the first line of a clause, for messages about its label."""
    span = clause.span
    line_end = span.source.text.find("\n", span.start, span.end)
    return span if line_end < 0 else Span(span.source, span.start, line_end)


class Places(Record):
    """Finds norms from within one text (or from cases about it), article by article."""

    indexes: Mapping[str, LabelIndex]
    document: str
    article: str = ""

    def norms(self, reference: ast.Reference) -> tuple[NormId, ...]:
        """The norms meant: one clause, all of an article, or all of a text."""
        return self._norms(reference, self.clauses(reference))

    def clauses(self, reference: ast.Reference) -> tuple[LabelledClause, ...]:
        """The clauses meant, whatever they say."""
        index = self._index(reference)
        if reference.label is None:
            return tuple(index.all)
        found = self._labelled(index, reference, reference.label)
        if not found:
            raise self._unknown(index, reference.label, reference.span)
        return found

    def norms_by_clause(self, reference: ast.Reference) -> tuple[tuple[NormId, ...], ...]:
        """What the clauses meant are, each with its sentences, however these are worded."""
        found = self.clauses(reference)
        self._norms(reference, found)
        document = self._index(reference).document
        clauses: dict[str, dict[NormId, None]] = {}
        for entry in found:
            norms = (norm.unworded for norm in entry.norms(document))
            clauses.setdefault(entry.whole, {}).update(dict.fromkeys(norms))
        return tuple(map(tuple, filter(None, clauses.values())))

    def norms_of_one(self, reference: ast.Reference) -> tuple[NormId, ...]:
        """The norms meant, where one sentence is; Fault where the reference is to a clause of several."""
        found = self.clauses(reference)
        sentences = dict.fromkeys(entry.label for entry in found)
        if len(sentences) > 1 and len({entry.whole for entry in found}) == 1:
            message = say("`{label}` has several sentences, and one of them is meant here", label=reference.span.text)
            shown = listed([f"`{label}`" for label in sentences], ",")
            raise wrong_type(reference.span, message, say("write one of {shown}", shown=shown))
        return self._norms(reference, found)

    def _unknown(self, index: LabelIndex, label: str, span: Span) -> Fault:
        """No such clause; what is meant by `1.1(a)` may be called `1(a)` in article 1, which is a whole label."""
        what = say("clause of `{document}`", document=index.document)
        near = next((entry for entry in index.all if entry.article and f"{entry.article}.{entry.label}" == label), None)
        message = say("no {what} is called `{name}`", what=what, name=label)
        if near is None:
            return fault(RuleId.UNDEFINED, span, message, remedies=_clauses_there_are(index, label))
        advice = say(
            "`{near}` is a whole label, since it begins with `{article}`: write `{label}` there if that is meant",
            near=near.label,
            article=near.article,
            label=label,
        )
        written = Label(label_span(near.clause), say("written here"))
        return fault(RuleId.UNDEFINED, span, message, remedies=[advice], related=[written])

    def _norms(self, reference: ast.Reference, found: tuple[LabelledClause, ...]) -> tuple[NormId, ...]:
        document = self._index(reference).document
        norms = tuple(norm for entry in found for norm in entry.norms(document))
        if not norms and reference.label is not None:
            raise fault(
                RuleId.UNDEFINED,
                reference.span,
                say("`{label}` does not bind, forbid or permit anything", label=reference.label),
                related=[Label(label_span(found[0].clause), say("written here"))],
            )
        return norms

    def of(self, document: str) -> Places:
        """The same from within another text."""
        return Places(self.indexes, document)

    def _index(self, reference: ast.Reference) -> LabelIndex:
        name = self.document if reference.document is None else reference.document.text
        if name in self.indexes:
            return self.indexes[name]
        span = reference.document.span if reference.document is not None else reference.span
        message = say(
            "`{document}` names no text `{name}`, so its clauses are not read with it",
            document=self.document,
            name=name,
        )
        beside = say("write `beside {name}` in the header of `{document}`", name=name, document=self.document)
        raise fault(RuleId.UNDEFINED, span, message, remedies=suggestion(name, self.indexes) or (beside,))

    def _labelled(self, index: LabelIndex, reference: ast.Reference, label: str) -> tuple[LabelledClause, ...]:
        """The clause of this label, in the article where the reference stands or in full; else those of an article."""
        inside = reference.document is None
        labels = dict.fromkeys([full_label(self.article, label), label] if inside else [label])
        named = [found for candidate in labels if (found := index.at(candidate))]
        if len(named) > 1:
            here, elsewhere = (entries[0] for entries in named)
            names = {"here": here.whole, "elsewhere": elsewhere.whole}
            raise fault(
                RuleId.UNDEFINED,
                reference.span,
                say("`{label}` may be clause `{here}` or clause `{elsewhere}`", label=label, **names),
                related=[Label(label_span(entry.clause), entry.whole) for entry in (here, elsewhere)],
                remedies=[say("write `{here}`, or `{elsewhere} of {document}`", document=index.document, **names)],
            )
        if named:
            return named[0]
        return tuple(
            entry
            for full, entries in index.entries.items()
            for entry in entries
            if entry.article == label or full.startswith((f"{label}.", f"{label}("))
        )
