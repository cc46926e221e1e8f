"""Clauses of one text to norms, edges, deeming axioms and promises, each with the place it is written at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial

from cbm.core.episodes import Axiom
from cbm.core.expressions import TRUE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import (
    Citation,
    Coverage,
    Displacement,
    Guard,
    Norm,
    Omission,
    Precedence,
    Reserve,
    Secondary,
    by_clause,
)
from cbm.core.quotations import Quotation, QuotedClause
from cbm.core.variables import Attribute
from cbm.finding import Finding, RuleId
from cbm.records import Record, Struct, field, replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.fallbacks import needs_of
from cbm.resolve.faults import Fault, undefined, wrong_type
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex, Places, clauses_taken, exclude_each_other, full_label, label_span
from cbm.resolve.left_open.open_choices import condition_of
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.resolve.provisions.bearers import all_belong_to, bearer_of
from cbm.resolve.provisions.deemed_compliance import ConductReading, deemed_targets
from cbm.resolve.provisions.demands import demand_content, named_by, through_of, topics_of, zones_of
from cbm.resolve.provisions.exception_clauses import ExceptionReading, edges_between, exceptions_by_norm
from cbm.resolve.provisions.named_roles import require_plain
from cbm.resolve.provisions.reach import reach_of
from cbm.resolve.provisions.text_terms import name_of
from cbm.resolve.provisions.timing import counted_from, happening
from cbm.resolve.severance import is_about, meeting, norms_of, severed
from cbm.resolve.time.one_doing import OneDoing, one_doing
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.ast import Modality
from cbm.syntax.taking import words_with
from cbm.translation.saying import mark, say

# What leaves the bearer free, and cannot be breached.
_FREEDOMS = (Modality.PERMISSION, Modality.EXEMPTION)
_OTHER = mark("name another one, with its full label, or leave this out")


class _Edge(StrEnum):
    """What a clause, or a text, cannot be to itself."""

    IN_PLACE_OF = mark("{who} cannot stand in place of itself")
    YIELD_TO = mark("{who} cannot yield to itself")
    PREVAIL_OVER = mark("{who} cannot prevail over itself")
    RESTATE = mark("{who} cannot restate itself")
    EXCEPT_FROM = mark("{who} cannot be an exception to itself")


def harvest_text(
    document: ast.Document, indexes: Mapping[str, LabelIndex], party: Attribute | None, harvest: Harvest
) -> None:
    """Adds the norms of one text; `party` says whose unit role 0 is."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    restated = None if header.restates is None else header.restates.text
    name = name_of(document)
    if restated == name and header.restates is not None:
        with harvest.attempt():
            raise wrong_type(header.restates.span, say("`{name}` cannot restate itself", name=name), say(_OTHER))
    reader = _ClauseReader(name, harvest.scopes[name], indexes, party, harvest, restated)
    reader.header(header)
    reader.clauses(document)


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
    restated: str | None = None
    scopes: list[Guard] = field(default_factory=list)
    _scoped: list[tuple[ast.Expression, Guard]] = field(default_factory=list)  # the same with how each is written
    _with: Formula = TRUE  # that the options are taken with which the statement at hand stands
    _in_words: Callable[[int, int], str] | None = None  # what stands between two offsets with these options
    _stated: list[_StatedNorm] = field(default_factory=list)
    _deemed: list[tuple[ast.DeemedCompliance, Places, tuple[Guard, ...]]] = field(default_factory=list)

    def header(self, header: ast.TextHeader) -> None:
        own = frozenset(self.indexes[self.document].norms)
        places = Places(self.indexes, self.document)
        for reference in header.subject_to:
            with self.harvest.attempt():
                self._yields(own, frozenset(places.norms(reference)), reference)
        for reference in header.notwithstanding:
            with self.harvest.attempt():
                self._prevails(own, frozenset(places.norms(reference)), reference)

    def clauses(self, document: ast.Document) -> None:
        article = ""
        for number, statement in enumerate(document.statements):
            taken = document.stands_with(number)
            self._with = condition_of(taken, self.harvest.choices[self.document])
            self._in_words = partial(words_with, document, dict(taken)) if taken else None
            with self.harvest.attempt():
                match statement:
                    case ast.ArticleHeading(label):
                        article, self.scopes, self._scoped = label, [], []
                    case ast.PromiseNode():
                        self._promise(statement)
                    case ast.LeftOut():
                        self._leave_out(article, statement)
                    case (
                        ast.NormClause()
                        | ast.ScopeClause()
                        | ast.ExceptionClause()
                        | ast.DeemingClause()
                        | ast.DeemedCompliance()
                        | ast.WithoutPrejudice()
                        | ast.ReserveNode()
                    ):
                        self._clause(article, statement)
                    case _:
                        pass
        self._with, self._in_words = TRUE, None
        self._exceptions(document)
        for stated in self._stated:
            with self.harvest.attempt():
                self._tie(stated)
        self._deemed_compliance()

    def _clause(self, article: str, clause: ast.Clause) -> None:
        places = Places(self.indexes, self.document, article)
        resolver = Resolver(self.scope, places)
        if clause.texts and isinstance(
            clause, ast.ScopeClause | ast.ExceptionClause | ast.DeemingClause | ast.DeemedCompliance
        ):
            quoted = QuotedClause(full_label(article, clause.label), clause.span, _quoted(clause.texts))
            self.harvest.quoted.setdefault(self.document, []).append(quoted)
        match clause:
            case ast.NormClause():
                entry = self.indexes[self.document].entry_of(clause)
                if entry is not None:  # a label that stands twice was reported where labels are indexed
                    identity = NormId(self.document, entry.label, wording=entry.wording)
                    for act, one in severed(clause):
                        self._norm(replace(identity, act=act), one, clause, places)
                    self._yielding(clause, identity, places)
            case ast.ScopeClause():
                condition = disjunction(negation(self._with), resolver.condition(clause.condition))
                self.scopes.append(Guard(condition, full_label(article, clause.label), clause.condition.span))
                self._scoped.append((clause.condition, self.scopes[-1]))
            case ast.DeemingClause():
                self._deem(article, clause, resolver)
            case ast.WithoutPrejudice():
                words = title_of(clause.titles, "")
                label = full_label(article, clause.label)
                self.harvest.prejudices.setdefault(self.document, []).append((label, words))
            case ast.ReserveNode():
                self._reserve(article, clause, resolver)
            case ast.ExceptionClause():
                pass  # second pass: its targets must be known
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
            for noun in (*clause.bearer.nouns, *clause.bearer.meeting):
                yield partial(bearer_of, ast.NounBearer((noun,), (), span=noun.span), resolver, self.party)
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
            restates=(*self._restated(clause, identity, places), *self._counterpart(identity)),
            citations=_cited(clause.citations),
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
        self._edges(clause, whole, identity, places)

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
        points = counted_from(Resolver(self.scope, places, reader=norm.bearer), clause.demand)
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

    def _restated(self, clause: ast.NormClause, identity: NormId, places: Places) -> Iterator[NormId]:
        for reference in clause.restates:
            named = places.norms_of_one(reference)
            _refuse_itself(identity, named, reference, _Edge.RESTATE)
            yield from (norm for norm in named if norm.clause != identity.clause)

    def _counterpart(self, identity: NormId) -> Iterator[NormId]:
        """The clause of the same label in the text that this one restates as a whole."""
        if self.restated is not None:
            index = self.indexes[self.restated]
            yield from index.norms_at(identity.label)

    def _edges(self, clause: ast.NormClause, whole: ast.NormClause, identity: NormId, places: Places) -> None:
        for displacement in clause.displacements:
            for reference in displacement.references:
                named = places.norms(reference)
                if identity in named:
                    _refuse_itself(identity, (identity,), reference, _Edge.IN_PLACE_OF)
                for target in self._displaced(identity, whole, named, reference):
                    edge = Displacement(identity, target, displacement.both, displacement.span)
                    self.harvest.displacements.append(edge)

    def _yielding(self, clause: ast.NormClause, identity: NormId, places: Places) -> None:
        """What prevails over a clause, or yields to it: of all that it lists, what clashes."""
        own = frozenset(norms_of(self.document, identity.label, clause, identity.wording))
        for reference in clause.subject_to:
            self._yields(own, frozenset(places.norms(reference)), reference, identity)
        for reference in clause.notwithstanding:
            self._prevails(own, frozenset(places.norms(reference)), reference, identity)

    def _displaced(
        self, identity: NormId, whole: ast.NormClause, named: Sequence[NormId], reference: ast.Reference
    ) -> Iterator[NormId]:
        """Of the norms named, those that this one stands in place of: in each clause those that it meets."""
        own = {replace(identity, act=act): self._speaks_of(one) for act, one in severed(whole)}
        for several in self._in_clauses(named):
            theirs = {norm: acts for clause in by_clause(several) for norm, acts in self._spoken_of(clause)}
            pairs = list(meeting(own, theirs))
            met = {lower: None for _, lower in pairs}
            for lower in several:
                if (identity, lower) in pairs or (lower not in met and self._stands_without(lower, met, reference)):
                    yield lower

    def _in_clauses(self, named: Iterable[NormId]) -> Iterable[Sequence[NormId]]:
        """Norms by the clauses they stand in: what is one wording of a clause, or all sentences of one."""
        found: dict[NormId, list[NormId]] = {}
        for norm in named:
            entry = self.indexes[norm.document].worded(norm)
            clause = norm.clause if entry.whole == entry.label else NormId(norm.document, entry.whole)
            found.setdefault(clause, []).append(norm)
        return found.values()

    def _spoken_of(self, clause: NormId) -> Iterator[tuple[NormId, frozenset[str]]]:
        """What each norm of a clause, or of a sentence, speaks of."""
        other = self.indexes[clause.document].worded(clause).clause
        assert isinstance(other, ast.NormClause), "norms stand in clauses that are norms"
        yield from ((replace(clause, act=act), self._speaks_of(one)) for act, one in severed(other))

    def _stands_without(self, lower: NormId, met: Iterable[NormId], reference: ast.Reference) -> bool:
        """Whether a sentence, which is not met itself, never stands beside one that is: then it is all there is.

        Fault where that depends on what is taken.
        """
        index = self.indexes[lower.document]
        own = index.worded(lower)
        beside = [one for norm in met if not exclude_each_other((one := index.worded(norm)).taken, own.taken)]
        if beside and not any(set(one.taken) <= set(own.taken) for one in beside):
            message = say("which sentence of `{label}` is meant depends on what is taken", label=reference.span.text)
            remedy = say("name the sentence: `{label}`", label=own.label)
            raise wrong_type(reference.span, message, remedy)
        return not beside

    def _speaks_of(self, clause: ast.NormClause) -> frozenset[str]:
        """The acts and results that a clause asks for, forbids or leaves free."""
        return frozenset(name for item in clause.demand.items for name in named_by(self.scope, item))

    def _yields(
        self, own: frozenset[NormId], named: frozenset[NormId], reference: ast.Reference, by: NormId | None = None
    ) -> None:
        """These norms yield to those that are named: those of clause `by`, or of the whole text."""
        _refuse_itself(by or self.document, named, reference, _Edge.YIELD_TO)
        lower, upper = by.label if by else self.document, reference.span.text
        self._precede(own, named - own, (lower, upper), reference, by)

    def _prevails(
        self, own: frozenset[NormId], named: frozenset[NormId], reference: ast.Reference, by: NormId | None = None
    ) -> None:
        """These norms prevail over those that are named; `by` as with `_yields`."""
        _refuse_itself(by or self.document, named, reference, _Edge.PREVAIL_OVER)
        lower, upper = reference.span.text, by.label if by else self.document
        self._precede(named - own, own, (lower, upper), reference, by)

    def _precede(
        self,
        yielding: frozenset[NormId],
        prevailing: frozenset[NormId],
        names: tuple[str, str],
        reference: ast.Reference,
        by: NormId | None,
    ) -> None:
        lower, upper = names
        words = say("{lower} yields to {upper}", lower=lower, upper=upper)
        of_text = reference.label is None
        self.harvest.precedences.append(Precedence(yielding, prevailing, words, by, of_text, reference.span))

    def _deem(self, article: str, clause: ast.DeemingClause, resolver: Resolver) -> None:
        deemed = resolver.condition(clause.deemed)
        given = TRUE if clause.condition is None else resolver.condition(clause.condition)
        given = conjunction(self._with, given)
        label = full_label(article, clause.label)
        meaning = disjunction(negation(given), deemed)
        turns = self.scope.interchangeable
        self.harvest.axioms.append(Axiom(label, meaning, turns, self.document, given, span=label_span(clause)))

    def _leave_out(self, article: str, statement: ast.LeftOut) -> None:
        label = full_label(article, statement.label) if statement.label else ""
        title, cited = title_of(statement.titles, ""), _cited(statement.citations)
        self.harvest.omissions.setdefault(self.document, []).append(Omission(label, title, statement.reason, cited))

    def _reserve(self, article: str, reserve: ast.ReserveNode, resolver: Resolver) -> None:
        label, topics = full_label(article, reserve.label), self._topics(reserve.topics)
        citations = _cited(reserve.citations)
        condition = conjunction(self._with, resolver.condition(reserve.condition))
        title = title_of(reserve.titles, "")
        self.harvest.reserves.append(
            Reserve(
                document=self.document,
                label=label,
                title=title,
                condition=condition,
                topics=topics,
                until=reserve.until,
                citations=citations,
                span=label_span(reserve),
            )
        )

    def _topics(self, topics: tuple[ast.Name, ...]) -> tuple[str, ...]:
        for topic in topics:
            if topic.text not in self.scope.topics:
                raise undefined(say("topic"), topic.text, topic.span, self.scope.topics)
        return tuple(dict.fromkeys(topic.text for topic in topics))

    def _exceptions(self, document: ast.Document) -> None:
        readings: dict[NormId, ExceptionReading] = {}
        for article, clause, taken in clauses_taken(document):
            if isinstance(clause, ast.ExceptionClause):
                self._with = condition_of(taken, self.harvest.choices[self.document])
                with self.harvest.attempt():
                    reading = self._exception(article, clause)
                    readings.setdefault(reading.identity, reading)
        self._with = TRUE
        self.harvest.exception_edges.update(edges_between(readings))
        self.harvest.exception_places.update((identity, reading.place) for identity, reading in readings.items())
        with self.harvest.attempt():
            for target, guard in exceptions_by_norm(readings):
                norm = self.harvest.norms.get(target)
                if norm is not None:
                    concerning = self._concerning(target, (guard,), norm.bearer)
                    self.harvest.norms[target] = replace(norm, exceptions=(*norm.exceptions, *concerning))

    def _deemed_compliance(self) -> None:
        """What is deemed to comply with duties is added to them, once nothing else is added to them any more."""
        for clause, places, taken in self._deemed:
            with self.harvest.attempt():
                for target, reference in deemed_targets(clause, places):
                    norm = self.harvest.norms.get(target)
                    if norm is not None:
                        read = ConductReading(self.scope, places, self.party, taken)
                        self.harvest.norms[target] = read.added(clause, reference, norm)

    def _exception(self, article: str, clause: ast.ExceptionClause) -> ExceptionReading:
        places = Places(self.indexes, self.document, article)
        entry = self.indexes[self.document].entry_of(clause)
        identity = NormId(
            self.document, full_label(article, clause.label), wording=0 if entry is None else entry.wording
        )
        condition = conjunction(self._with, Resolver(self.scope, places).condition(clause.condition))
        norms: list[NormId] = []
        exceptions: list[NormId] = []
        for reference in clause.targets:
            named = places.clauses(reference)
            if len({one.label for one in named}) == 1 and _is_of(reference, self.document):
                others = [one for one in named if isinstance(one.clause, ast.ExceptionClause)]
                meant = [NormId(self.document, one.label, wording=one.wording) for one in others]
                if meant:
                    _refuse_itself(identity, meant, reference, _Edge.EXCEPT_FROM)
                    exceptions += [exception for exception in meant if exception != identity]
                if len(others) == len(named):
                    continue
            for target in places.norms(reference):
                if target.document != self.document:
                    raise wrong_type(
                        reference.span,
                        say("an exception can be made only to a clause of the same text"),
                        say(
                            "write a clause that stands `in place of` it, or let the text prevail with "
                            "`notwithstanding`"
                        ),
                    )  # fmt: skip
                norms.append(target)
        for stated in self._stated:
            if stated.identity in norms and self.harvest.norms[stated.identity].rotates:
                require_plain(self.scope, stated.clause.bearer.span, clause.condition, condition)
        guard = Guard(condition, identity.label, clause.condition.span)
        return ExceptionReading(
            identity=identity,
            guard=guard,
            norms=tuple(norms),
            exceptions=tuple(exceptions),
            stands=self._with,
            place=label_span(clause),
        )

    def _promise(self, promise: ast.PromiseNode) -> None:
        if promise.situation.text not in (self.scope.situation, "encounter"):
            known = [self.scope.situation] if self.scope.situation else []
            raise undefined(say("situation"), promise.situation.text, promise.situation.span, known)
        topics = self._topics(promise.topics)
        for act in promise.acts:
            if act.text not in self.scope.acts:
                raise undefined(say("act"), act.text, act.span, self.scope.acts)
        places = Places(self.indexes, self.document)
        condition = TRUE if promise.condition is None else Resolver(self.scope, places).condition(promise.condition)
        where = conjunction(self._with, condition, *all_belong_to(self.scope, promise.between, self.party))
        acts = tuple(name.text for name in promise.acts)
        self.harvest.coverage.append(Coverage(self.document, where, topics, acts, promise.span))


def _is_of(reference: ast.Reference, document: str) -> bool:
    """Whether a reference from within this text is to one of its own clauses."""
    return reference.document is None or reference.document.text == document


def _refuse_itself(own: NormId | str, named: Iterable[NormId], reference: ast.Reference, edge: _Edge) -> None:
    """What a clause or a text says of nothing but itself says nothing."""
    if isinstance(own, NormId) and {norm.clause for norm in named} == {own.clause}:
        who = say("clause {label}", label=own.label)
    elif reference.label is None and reference.document is not None and reference.document.text == own:
        who = f"`{own}`"
    else:
        return
    raise wrong_type(reference.span, say(edge.value, who=who), say(_OTHER))


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


def _cited(citations: Iterable[ast.CitationNode]) -> tuple[Citation, ...]:
    return tuple(Citation(c.text, c.mark) for c in citations)
