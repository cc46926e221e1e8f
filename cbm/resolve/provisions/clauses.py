"""The clauses of one text, one after the other, to norms: guards, exceptions, demands, and what a breach leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from cbm.core.expressions import TRUE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import (
    Guard,
    IdleScope,
    Norm,
    Secondary,
)
from cbm.core.quotations import Quotation, QuotedClause
from cbm.core.variables import Attribute
from cbm.finding import Finding, RuleId
from cbm.records import Record, Struct, field, replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.fallbacks import needs_of
from cbm.resolve.faults import Fault, wrong_type
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex, Places, clauses_taken, full_label
from cbm.resolve.left_open.open_choices import condition_of
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.resolve.provisions.bearers import bearer_of, nouns_apart
from cbm.resolve.provisions.clause_edges import EdgeReading
from cbm.resolve.provisions.deemed_compliance import ConductReading, deemed_targets
from cbm.resolve.provisions.demands import demand_content, through_of, topics_of, zones_of
from cbm.resolve.provisions.exception_clauses import (
    ExceptionReading,
    edges_between,
    exception_reading,
    exceptions_by_norm,
)
from cbm.resolve.provisions.named_roles import require_plain
from cbm.resolve.provisions.reach import reach_of
from cbm.resolve.provisions.text_terms import name_of
from cbm.resolve.provisions.timing import doings_meant, happening
from cbm.resolve.provisions.unbinding_statements import cited, deeming_axiom, omission_of, promise_of, reserve_of
from cbm.resolve.severance import is_about, severed
from cbm.resolve.time.one_doing import OneDoing, one_doing
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.ast import Modality
from cbm.syntax.taking import words_with
from cbm.translation.saying import say

# What leaves the bearer free, and cannot be breached.
_FREEDOMS = (Modality.PERMISSION, Modality.EXEMPTION)

# What the condition of an article is one of.
_SCOPED = (ast.NormClause, ast.DeemedCompliance, ast.ExceptionClause, ast.DeemingClause)


def harvest_text(
    document: ast.Document, indexes: Mapping[str, LabelIndex], party: Attribute | None, harvest: Harvest
) -> None:
    """Adds the norms of one text; `party` says whose unit role 0 is."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    restated = None if header.restates is None else header.restates.text
    name = name_of(document)
    edges = EdgeReading(name, restated, harvest.scopes[name], indexes, harvest)
    edges.add_header(header)
    reader = _ClauseReader(name, harvest.scopes[name], indexes, party, harvest, edges)
    reader.clauses(document)


# The conditions of an article, each as it is written.
_Scoped: TypeAlias = tuple[tuple[ast.Expression, Guard], ...]


class _StatedNorm(Record):
    """A norm that was read, with its clause, and how many conditions that states."""

    identity: NormId
    clause: ast.NormClause
    places: Places
    conditions: int


class _ClauseReader(Struct):
    document: str
    scope: Scope
    indexes: Mapping[str, LabelIndex]
    party: Attribute | None
    harvest: Harvest
    edges: EdgeReading
    scopes: list[Guard] = field(default_factory=list)
    _scoped: list[tuple[ast.Expression, Guard]] = field(default_factory=list)  # the same with how each is written
    _scoped_at: dict[Span, _Scoped] = field(default_factory=dict)  # by the places of exceptions
    _idle: list[IdleScope] = field(default_factory=list)  # those of the article that no clause has followed yet
    _with: Formula = TRUE  # that the options are taken with which the statement at hand stands
    _in_words: Callable[[int, int], str] | None = None  # what stands between two offsets with these options
    _stated: list[_StatedNorm] = field(default_factory=list)
    _deemed: list[tuple[ast.DeemedCompliance, Places, tuple[Guard, ...]]] = field(default_factory=list)

    def clauses(self, document: ast.Document) -> None:
        article = ""
        for number, statement in enumerate(document.statements):
            taken = document.stands_with(number)
            self._with = condition_of(taken, self.harvest.choices[self.document])
            self._in_words = partial(words_with, document, dict(taken)) if taken else None
            with self.harvest.attempt():
                match statement:
                    case ast.ArticleHeading(label):
                        article = label
                        self._end_article()
                    case ast.PromiseNode():
                        places = Places(self.indexes, self.document)
                        promise = promise_of(statement, self.scope, places, self.party, self._with)
                        self.harvest.coverage.append(promise)
                    case ast.LeftOut():
                        omission = omission_of(statement, article)
                        self.harvest.omissions.setdefault(self.document, []).append(omission)
                        self._idle.clear()  # what would have followed
                    case _ if isinstance(statement, ast.Clause):
                        self._clause(article, statement)
                    case _:
                        pass
        self._end_article()
        self._with, self._in_words = TRUE, None
        self._exceptions(document)
        for stated in self._stated:
            with self.harvest.attempt():
                self._tie(stated)
        self._deemed_compliance()

    def _end_article(self) -> None:
        self.harvest.idle_scopes.setdefault(self.document, []).extend(self._idle)
        self.scopes, self._scoped, self._idle = [], [], []

    def _clause(self, article: str, clause: ast.Clause) -> None:
        if isinstance(clause, _SCOPED):
            self._idle.clear()
        places = Places(self.indexes, self.document, article)
        resolver = Resolver(self.scope, places)
        if clause.texts and isinstance(
            clause, ast.ScopeClause | ast.ExceptionClause | ast.DeemingClause | ast.DeemedCompliance
        ):
            quoted = QuotedClause(full_label(article, clause.label), clause.span, _quoted(clause.texts))
            self.harvest.quoted.setdefault(self.document, []).append(quoted)
        match clause:
            case ast.NormClause():
                entry = self.indexes[self.document].entry_of(article, clause)
                if entry is not None:  # a label that stands twice was reported where labels are indexed
                    identity = NormId(self.document, entry.label, wording=entry.wording)
                    for act, one in severed(clause):
                        self._norm(replace(identity, act=act), one, clause, places)
                    self.edges.add_precedences(clause, identity, places)
            case ast.ScopeClause():
                condition = disjunction(negation(self._with), resolver.condition(clause.condition))
                self.scopes.append(Guard(condition, full_label(article, clause.label), clause.condition.span))
                self._scoped.append((clause.condition, self.scopes[-1]))
                label = full_label(article, clause.label)
                self._idle.append(IdleScope(label, article, self._with, clause.condition.span))
            case ast.DeemingClause():
                where = conjunction(self._with, *(one.condition for one in self.scopes))
                self.harvest.axioms.append(deeming_axiom(clause, self.scope, places, where))
            case ast.WithoutPrejudice():
                words = title_of(clause.titles, "")
                label = full_label(article, clause.label)
                self.harvest.prejudices.setdefault(self.document, []).append((label, words))
            case ast.ReserveNode():
                self.harvest.reserves.append(reserve_of(clause, self.scope, places, self._with))
            case ast.ExceptionClause():
                self._scoped_at[clause.span] = tuple(self._scoped)  # second pass: its targets must be known
            case ast.DeemedCompliance():
                self._deemed.append((clause, places, (Guard(self._with), *self.scopes)))

    def _norm(self, identity: NormId, clause: ast.NormClause, whole: ast.NormClause, places: Places) -> None:
        """Adds the norm of a clause for one of the things that the whole of it lists.

        Where it cannot be read, whatever else in it means nothing is told as well.
        """
        try:
            self._read_norm(identity, clause, whole, places)
        except Fault as problem:
            others: list[Finding] = []
            for part in self._parts(clause, places):
                try:
                    part()
                except Fault as other:
                    if other.finding is not None and other.finding.rule is RuleId.UNDEFINED:
                        others.append(other.finding)
            self.harvest.findings += [one for one in dict.fromkeys(others) if one != problem.finding]
            raise

    def _parts(self, clause: ast.NormClause, places: Places) -> Iterator[Callable[[], object]]:
        """The parts of a clause, each to be read by itself, whoever is its bearer."""
        resolver = Resolver(self.scope, places)
        if isinstance(clause.bearer, ast.NounBearer):
            yield from nouns_apart(clause.bearer, resolver, self.party)
        for condition in (*clause.conditions, *clause.exceptions):
            yield partial(resolver.condition, condition)
        for demand in (clause.demand, *clause.otherwise):
            yield partial(demand_content, self.scope, places, demand, 0)

    def _guard(self, condition: Expr, span: Span) -> Guard:
        """What a clause says itself, in its own words where these have square brackets."""
        return Guard(condition, None, span, said=self._said(span))

    def _said(self, span: Span) -> str:
        """What stands there with the options that are taken; nothing where nothing is open."""
        return self._in_words(span.start, span.end) if self._in_words else ""

    def _read_norm(self, identity: NormId, clause: ast.NormClause, whole: ast.NormClause, places: Places) -> None:
        bearer, rotates, noun = bearer_of(clause.bearer, Resolver(self.scope, places), self.party)
        resolver = Resolver(self.scope, places, reader=bearer)
        conditions = [self._guard(resolver.condition(c), c.span) for c in clause.conditions]
        taken = Guard(self._with)
        stated = tuple(g for g in (taken, *noun, *self.scopes, *conditions) if g.condition != TRUE)
        timed = [self._guard(condition, span) for condition, span in happening(resolver, clause.demand)]
        content, recurrence = demand_content(self.scope, places, clause.demand, bearer)
        exceptions = [self._guard(resolver.condition(e), e.span) for e in clause.exceptions]
        if rotates:
            self._require_plain(clause, (*conditions, *exceptions))
        norm = Norm(
            identity,
            bearer,
            rotates,
            clause.demand.modality,
            clause.demand.strength,
            guards=(*stated, *(g for g in timed if g.condition != TRUE)),
            exceptions=self._concerning(identity, exceptions, bearer),
            content=content,
            recurrence=recurrence,
            reach=reach_of(resolver, (clause.demand, *clause.otherwise)),
            topics=topics_of(self.scope, clause.demand),
            otherwise=self._otherwise(clause, places, bearer),
            through=through_of(self.scope, clause.demand),
            needs=needs_of(self.scope, clause.demand),
            restates=self.edges.restated_norms(clause, identity, places),
            citations=cited(clause.citations),
            zones=zones_of(self.scope, (clause.demand, *clause.otherwise)),
            asymmetric=next(iter(clause.asymmetric), None),
            wording=clause.texts[0].text if clause.texts else "",
            quotations=_quoted(clause.texts),
            title=title_of(clause.titles, ""),
            span=clause.span,
            content_span=clause.demand.span,
            said=self._said(clause.demand.span),
        )
        self.harvest.norms[identity] = norm
        self._stated.append(_StatedNorm(identity, clause, places, len(stated)))
        self.edges.add_displacements(clause, whole, identity, places)

    def _require_plain(self, clause: ast.NormClause, guards: Iterable[Guard]) -> None:
        """A clause that binds several sides, and its article, name no role that stays with one of them."""
        written = (*clause.conditions, *clause.exceptions)
        for condition, guard in (*zip(written, guards, strict=True), *self._scoped):
            require_plain(self.scope, clause.bearer.span, condition, guard.condition)
        for demand in (clause.demand, *clause.otherwise):
            require_plain(self.scope, clause.bearer.span, demand)

    def _concerning(self, norm: NormId, exceptions: Iterable[Guard], role: int) -> tuple[Guard, ...]:
        """The exceptions that touch this norm, and not just other acts of its clause."""
        others = [one.act for one in self.indexes[norm.document].parts(norm) if one != norm]
        return tuple(guard for guard in exceptions if is_about(guard.condition, norm.act, role, others))

    def _tie(self, stated: _StatedNorm) -> None:
        """What its conditions, its exceptions and its times say of a doing, they say of the same one."""
        norm, clause, places = self.harvest.norms[stated.identity], stated.clause, stated.places
        points = doings_meant(Resolver(self.scope, places, norm.bearer, norm.bearer), clause.demand)
        said = one_doing(points, norm.guards[: stated.conditions], norm.exceptions)
        if said.says_nothing:
            return
        content, recurrence = demand_content(self.scope, places, clause.demand, norm.bearer, said=said)
        self.harvest.norms[norm.id] = replace(
            norm,
            guards=tuple(said.guards(norm.guards)),
            exceptions=tuple(said.excepted(norm.exceptions, norm.guards)),
            content=content,
            recurrence=recurrence,
            otherwise=self._otherwise(clause, places, norm.bearer, said),
        )

    def _otherwise(
        self, clause: ast.NormClause, places: Places, bearer: int, said: OneDoing | None = None
    ) -> tuple[Secondary, ...]:
        """What is owed after a breach; its time may be counted from the moment at which the one before is breached."""
        found: list[Secondary] = []
        for step, demand in enumerate(clause.otherwise):
            _check_owed(clause, demand)
            breached = (clause.demand, *clause.otherwise[:step])
            content, recurrence = demand_content(self.scope, places, demand, bearer, breached, said)
            through, needs = through_of(self.scope, demand), needs_of(self.scope, demand)
            topics = topics_of(self.scope, demand)
            found.append(
                Secondary(
                    modality=demand.modality,
                    strength=demand.strength,
                    content=content,
                    topics=topics,
                    through=through,
                    needs=needs,
                    recurrence=recurrence,
                    span=demand.span,
                    said=self._said(demand.span),
                )
            )
        return tuple(found)

    def _exceptions(self, document: ast.Document) -> None:
        readings: dict[NormId, ExceptionReading] = {}
        scoped: dict[NormId, _Scoped] = {}
        for article, clause, taken in clauses_taken(document):
            if isinstance(clause, ast.ExceptionClause):
                self._with = condition_of(taken, self.harvest.choices[self.document])
                with self.harvest.attempt():
                    reading = self._exception(article, clause)
                    readings.setdefault(reading.identity, reading)
                    scoped.setdefault(reading.identity, self._scoped_at[clause.span])
        self._with = TRUE
        for identity, reading in readings.items():
            with self.harvest.attempt():
                readings[identity] = self._within_article(reading, scoped)
        self.harvest.exception_edges.update(edges_between(readings))
        self.harvest.exception_places.update((identity, reading.place) for identity, reading in readings.items())
        with self.harvest.attempt():
            for target, guard in exceptions_by_norm(readings):
                norm = self.harvest.norms.get(target)
                if norm is not None:
                    concerning = self._concerning(target, (guard,), norm.bearer)
                    self.harvest.norms[target] = replace(norm, exceptions=(*norm.exceptions, *concerning))

    def _exception(self, article: str, clause: ast.ExceptionClause) -> ExceptionReading:
        places = Places(self.indexes, self.document, article)
        reading = exception_reading(clause, places, self.scope, self._with)
        for stated in self._stated:
            if stated.identity in reading.norms and self.harvest.norms[stated.identity].rotates:
                require_plain(self.scope, stated.clause.bearer.span, clause.condition, reading.guard.condition)
        return reading

    def _within_article(self, reading: ExceptionReading, scoped: Mapping[NormId, _Scoped]) -> ExceptionReading:
        """The exception under the conditions of its article, but for those that whatever it is one to is under too."""
        norms = [stated for stated in self._stated if stated.identity in reading.norms]
        under: list[Sequence[Guard]] = [self.harvest.norms[stated.identity].guards for stated in norms]
        under += [[guard for _, guard in scoped[one]] for one in reading.exceptions if one in scoped]
        beyond = [(written, guard) for written, guard in scoped[reading.identity] if any(guard not in u for u in under)]
        for stated in norms:
            if self.harvest.norms[stated.identity].rotates:
                for written, guard in beyond:
                    require_plain(self.scope, stated.clause.bearer.span, written, guard.condition)
        condition = conjunction(*(guard.condition for _, guard in beyond), reading.guard.condition)
        return replace(reading, guard=replace(reading.guard, condition=condition))

    def _deemed_compliance(self) -> None:
        """What is deemed to comply with duties is added to them, once nothing else is added to them any more."""
        for clause, places, taken in self._deemed:
            with self.harvest.attempt():
                for target, reference in deemed_targets(clause, places):
                    norm = self.harvest.norms.get(target)
                    if norm is not None:
                        read = ConductReading(self.scope, places, self.party, taken)
                        self.harvest.norms[target] = read.added(clause, reference, norm)


def _check_owed(clause: ast.NormClause, demand: ast.DemandNode) -> None:
    """What is owed where the clause is breached is a duty, and that of a duty."""
    if clause.demand.modality in _FREEDOMS:
        message = say("clause {label} is no duty: nobody breaches it, and `otherwise` never comes", label=clause.label)
        raise wrong_type(demand.span, message, say("write a clause of its own, with `when` in front of it"))
    if demand.modality in _FREEDOMS:
        message = say("what follows `otherwise` is owed, and this is no duty")
        raise wrong_type(demand.span, message, say("write `otherwise must …`, or a clause of its own"))


def _quoted(texts: Iterable[ast.Title]) -> tuple[Quotation, ...]:
    return tuple(Quotation(text.language or "en", text.text, text.span) for text in texts)
