"""Documents to a norm system: one text under check, the texts it lives with, and the vocabularies they use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, partial

from cbm.core.dependence.cyclic_dependence import find_cycles, first_cycles
from cbm.core.dependence.dependence_findings import told_cycle, too_deep, without_meaning
from cbm.core.episodes import Axis, Situation, Words
from cbm.core.norms import Case, Norm, NormSystem, Text
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.core.roles import roles_in
from cbm.core.written import written
from cbm.finding import Finding
from cbm.records import Struct, field, replace
from cbm.resolve.cases.expectations import dates_of_cases, resolve_cases
from cbm.resolve.clocks import weeks_asked
from cbm.resolve.declarations.declared_axes import resolve_axes
from cbm.resolve.declarations.vocabulary import build_scope
from cbm.resolve.fallbacks import channels_of, ways_of
from cbm.resolve.faults import Fault, wrong_type
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex, Places, index_labels
from cbm.resolve.left_open.open_choices import apart_by_ties, open_choices, require_a_package, ties
from cbm.resolve.left_open.open_references import open_references
from cbm.resolve.names.look_alikes import look_alikes
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import languages_of, title_of, words_of
from cbm.resolve.needs import at_their_times
from cbm.resolve.provisions.clauses import harvest_text
from cbm.resolve.provisions.text_terms import harvest_terms, name_of
from cbm.resolve.related_documents import Library, related_texts, vocabularies_in_order, vocabularies_of
from cbm.resolve.text_headers import described_text, require_parties
from cbm.resolve.time.timeline import add_clocks
from cbm.syntax import ast
from cbm.syntax.ast import DateKind
from cbm.translation.saying import say

_BEGINNINGS = (DateKind.ADOPTED, DateKind.PROPOSED)


def resolve(
    library: Library,
    subject: str,
    as_of: date | None = None,
    *,
    also: Sequence[str] = (),
    by: Sequence[ast.Path | ast.AtThresholds] = (),
) -> tuple[NormSystem | None, tuple[Finding, ...]]:
    """The system in which `subject` is checked; None, with at least one error, where the texts cannot be understood.

    `library` holds documents by name; cases are found there too. `as_of` None: the date the draft was proposed,
    or no date at all for an instrument, which then counts as in force with all it lives with. `also` are texts that
    it is read with though it does not name them; `by` are axes in place of those of the vocabulary.
    """
    findings: list[Finding] = []
    try:
        texts = related_texts(library, subject, also)
        vocabularies = vocabularies_of(library, texts)
    except Fault as problem:
        return None, (problem.finding,) if problem.finding else ()
    scope, faults = build_scope(vocabularies, _days(texts))
    findings.extend(faults)
    if not findings:
        findings.extend(_describes_situation(scope, texts[0]))
    if findings or scope.situation is None or not scope.roles:
        return None, tuple(findings)
    return _JointReading(
        library=library, subject=subject, texts=texts, vocabularies=vocabularies, scope=scope, as_of=as_of, by=by
    ).system()


def resolve_vocabulary(library: Library, name: str) -> tuple[NormSystem | None, tuple[Finding, ...]]:
    """A vocabulary by itself, or those of a text, as a system without clauses.

    None if it is faulty, or describes no situation.
    """
    known, findings = vocabulary_scope(library, name)
    if known is None:
        return None, findings
    scope, used = known
    header = library[name].header
    assert isinstance(header, ast.VocabularyHeader | ast.TextHeader)
    if scope.situation is None:
        return None, ()
    text = Text(
        name=name,
        title=title_of(header.titles, name),
        kind=ast.DocumentKind.DRAFT,
        parties=None,
        rank=None,
        adopted=None,
        in_force=None,
        until=None,
        is_vocabulary=True,
        span=header.span,
    )
    system = NormSystem(
        subject=name,
        situation=_situation(scope),
        acts=scope.acts,
        results=scope.results,
        axioms=tuple(scope.axioms),
        texts={name: text},
        norms={},
        displacements=(),
        precedences=(),
        coverage=(),
        cases=(),
        words=words_of(scope, (axiom.condition for axiom in scope.axioms)),
        continuations=tuple(scope.continuations),
        look_alikes=look_alikes(used),
    )
    return system, ()


def vocabulary_scope(
    library: Library, name: str
) -> tuple[tuple[Scope, tuple[ast.Document, ...]] | None, tuple[Finding, ...]]:
    """All that a vocabulary declares with those it builds on, and these, itself the last; None if that is faulty.

    Of a text, all that those declare which it uses.
    """
    header = library[name].header
    assert isinstance(header, ast.VocabularyHeader | ast.TextHeader)
    itself = ast.Inclusion(header.name, None, span=header.name.span)
    try:
        used = vocabularies_in_order(library, header.uses if isinstance(header, ast.TextHeader) else (itself,))
    except Fault as problem:
        return None, (problem.finding,) if problem.finding else ()
    scope, findings = build_scope(used)
    return (None, findings) if findings else ((scope, used), ())


class _JointReading(Struct):
    """The texts read together, step by step: each adds to the harvest, and may need what those before it found."""

    library: Library
    subject: str
    texts: tuple[ast.Document, ...]  # the subject first
    vocabularies: tuple[ast.Document, ...]
    scope: Scope
    as_of: date | None
    by: Sequence[ast.Path | ast.AtThresholds]
    indexes: dict[str, LabelIndex] = field(default_factory=dict)
    harvest: Harvest = field(default_factory=Harvest)

    def system(self) -> tuple[NormSystem | None, tuple[Finding, ...]]:
        """The norm system; None, with all that is wrong, where something is."""
        self._index_labels()
        self.scope.clocks.asked = cache(partial(_weeks_asked, self.library, self.subject, self.texts[0], self.as_of))
        if not self._read_choices():
            return None, tuple(self.harvest.findings)
        harvest_terms(self.texts, self.scope, self.indexes, self.harvest)
        _add_lines(self.scope, self.texts)
        described = self._read_texts()
        head = described.get(self.subject)
        day = self.as_of or (head.adopted if head is not None and head.kind is ast.DocumentKind.DRAFT else None)
        with self.harvest.attempt():
            require_parties(self.scope, self.texts[0], day)
        own = self.harvest.scopes[self.subject]
        cases = resolve_cases(self.library, self.subject, own, self.indexes, self.harvest, head, day)
        axes = self._axes()
        if not self.harvest.findings:
            add_clocks(self.scope)
        system = at_their_times(self._put_together(described, cases, axes, day), self.scope.needs)
        with self.harvest.attempt():
            require_a_package(system)
        system = self._with_cycles(system)
        if self.harvest.findings:
            return None, tuple(self.harvest.findings)
        return replace(system, words=words_of(own, written(system), system.open_terms)), ()

    def _with_cycles(self, system: NormSystem) -> NormSystem:
        """With the cycles that only some packages have; those that leave no package are told."""
        edges, places = self.harvest.exception_edges, self.harvest.exception_places
        known = system
        try:
            known = replace(system, open_cycles=find_cycles(system, edges, places))
            found = without_meaning(known)
        except TooManyBoxes:
            found = tuple(map(told_cycle, first_cycles(system, edges, places)))
        self.harvest.findings.extend(found)
        if not found:
            self.harvest.findings.extend(too_deep(system))
        return known

    def _index_labels(self) -> None:
        for document in self.texts:
            index, faults = index_labels(document)
            if faults and any(isinstance(statement, ast.Tie) for statement in document.statements):
                with suppress(Fault):  # told where choices are read
                    index, faults = index_labels(document, apart_by_ties(document, self.scope))
            self.indexes[index.document] = index
            self.harvest.findings.extend(faults)

    def _read_choices(self) -> bool:
        """What is open in each text; False where something is wrong with it, on which all else rests.

        Labels that stand twice hide nothing else.
        """
        slips = len(self.harvest.findings)
        for document in self.texts:
            name = name_of(document)
            with self.harvest.attempt():
                self.harvest.choices[name] = ()
                self.harvest.choices[name] = open_choices(document, self.indexes[name], self.scope)
                self.harvest.ties.extend(ties(document, self.harvest.choices[name]))
        return len(self.harvest.findings) == slips

    def _read_texts(self) -> dict[str, Text]:
        """The clauses of all texts, and by its name what each text is; one that is faulty is left out."""
        described: dict[str, Text] = {}
        for document in self.texts:
            harvest_text(document, self.indexes, self.scope.party, self.harvest)
            with self.harvest.attempt():
                described.update(described_text(document, self.scope, self.indexes, self.harvest))
        return described

    def _axes(self) -> tuple[Axis, ...]:
        """The axes asked for, else those of the vocabulary."""
        with self.harvest.attempt():
            if self.by:
                places = Places(self.indexes, self.subject)
                return resolve_axes(self.harvest.scopes[self.subject], self.by, places, cut=True)
        return self.scope.axes

    def _put_together(
        self, described: dict[str, Text], cases: tuple[Case, ...], axes: tuple[Axis, ...], day: date | None
    ) -> NormSystem:
        """All that was found, without the words for it."""
        scope, harvest, subject = self.scope, self.harvest, self.subject
        return NormSystem(
            subject=subject,
            # with what the clauses needed of the calendar
            situation=replace(_situation(scope), axes=axes, usual=scope.axes if self.by else ()),
            acts={name: replace(act, recipients=_recipients(scope, name)) for name, act in scope.acts.items()},
            results=scope.results,
            axioms=(*scope.axioms, *harvest.axioms),
            texts={
                name: replace(
                    text,
                    prejudices=tuple(harvest.prejudices.get(name, ())),
                    quoted=tuple(harvest.quoted.get(name, ())),
                    omissions=tuple(harvest.omissions.get(name, ())),
                    idle_scopes=tuple(harvest.idle_scopes.get(name, ())),
                )
                for name, text in described.items()
            },
            norms={name: replace(norm, towards=_towards(norm)) for name, norm in harvest.norms.items()},
            displacements=tuple(harvest.displacements),
            precedences=tuple(harvest.precedences),
            coverage=tuple(promise for promise in harvest.coverage if promise.document == subject),
            cases=cases,
            words=Words(),
            as_of=day,
            week=self.as_of,
            open_terms=(
                *(opened.term for local in harvest.scopes.values() for opened in local.open_terms.values()),
                *(choice for choices in harvest.choices.values() for choice in choices),
            ),
            ties=tuple(harvest.ties),
            open_references=tuple(open_references(self.texts[0], self.indexes, harvest.choices)),
            reserves=tuple(reserve for reserve in harvest.reserves if reserve.document == subject),
            channels=scope.channels,
            lines={act: tuple(names) for act, names in scope.lines.items() if act in scope.acts},
            languages=languages_of(scope),
            continuations=tuple(scope.continuations),
            look_alikes=look_alikes((*self.vocabularies, *self.texts)),
        )


def _add_lines(scope: Scope, texts: Iterable[ast.Document]) -> None:
    """The channels that clauses of all texts name for acts: a message takes as long, whatever it is sent for.

    The situation says how long with these alone: with others it would be the same whatever they take.
    """
    for demands in (_demands(statement) for text in texts for statement in text.statements):
        for demand in demands:
            with suppress(Fault):  # told where the clause is read
                named = [c.name for way in ways_of(scope, demand) for c in way]
                named += [channel.name for channel in channels_of(scope, demand.except_through)]
                for item in demand.items if named else ():
                    if isinstance(item, ast.ActItem):
                        scope.lines.setdefault(item.act.text, {}).update(dict.fromkeys(named))
    used = frozenset(name for names in scope.lines.values() for name in names)
    scope.found |= dict.fromkeys(wait for c in scope.channels.values() if c.name in used for wait in c.waits)


def _days(texts: Iterable[ast.Document]) -> Iterator[ast.CalendarDayNode]:
    """The days of the calendar by which something is owed."""
    for demands in (_demands(statement) for text in texts for statement in text.statements):
        for window in (w for demand in demands for w in demand.windows):
            if isinstance(window, ast.NotLater):
                yield window.day


def _demands(statement: ast.Statement) -> tuple[ast.DemandNode, ...]:
    """All that a clause asks for, in the first place or otherwise, and what is as good as that."""
    match statement:
        case ast.NormClause(demand=demand, otherwise=otherwise):
            return demand, *otherwise
        case ast.DeemedCompliance(conduct=conduct):
            return (conduct,)
        case _:
            return ()


def _weeks_asked(
    library: Library, subject: str, document: ast.Document, as_of: date | None
) -> dict[date | None, range]:
    """The year that begins when the text was adopted or proposed, and the week of each date that is asked about."""
    header = document.header
    assert isinstance(header, ast.TextHeader)
    adopted = next((entry.value for entry in header.dates if entry.kind in _BEGINNINGS), None)
    days = (day for day in (as_of, *dates_of_cases(library, subject)) if day is not None)
    return {None: weeks_asked(adopted, alone=False), **{day: weeks_asked(day, alone=True) for day in days}}


def _describes_situation(scope: Scope, document: ast.Document) -> Iterator[Finding]:
    if scope.situation is None and "situation" not in scope.unread:
        header = document.header
        problem = wrong_type(
            header.span,
            say("the vocabularies used here describe no situation"),
            say("add `situation` and `roles` to one of them"),
        )
        assert problem.finding is not None
        yield problem.finding


def _situation(scope: Scope) -> Situation:
    assert scope.situation is not None
    attributes = tuple(scope.found)
    return Situation(
        name=scope.situation,
        roles=scope.roles,
        interchangeable=scope.interchangeable,
        attributes=attributes,
        axes=scope.axes,
        party=scope.party,
        moments=tuple(scope.moments.values()),
        counters=tuple(scope.counters.values()),
        placed=frozenset(scope.placed),
        views=tuple(scope.views.values()),
    )


def _recipients(scope: Scope, act: str) -> tuple[str, ...]:
    """The parties that texts name as those an act is done to, and those that continue them, as they are declared."""
    to = scope.in_turn(party for addressed, party in scope.addressed if addressed == act)
    return tuple(party for party in scope.parties if party in to)


def _towards(norm: Norm) -> tuple[int, ...]:
    """The roles that a clause speaks of, beside its bearer."""
    guards = (*norm.guards, *norm.exceptions)
    said = (norm.content, *(guard.condition for guard in guards), *(owed.content for owed in norm.otherwise))
    return tuple(sorted(frozenset().union(*map(roles_in, said)) - {norm.bearer}))
