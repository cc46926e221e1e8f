"""What texts and clauses say of other clauses: which they restate, stand in place of, yield to or prevail over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from cbm.core.expressions import NormId
from cbm.core.norms import Displacement, Precedence, by_clause
from cbm.records import Record, replace
from cbm.resolve.faults import wrong_type
from cbm.resolve.harvest import Harvest
from cbm.resolve.labels import LabelIndex, Places, exclude_each_other
from cbm.resolve.names.scope import Scope
from cbm.resolve.provisions.demands import named_by
from cbm.resolve.severance import meeting, norms_of, severed
from cbm.syntax import ast
from cbm.translation.saying import mark, say

_OTHER = mark("name another one, with its full label, or leave this out")


class ClauseEdge(StrEnum):
    """What a clause, or a text, cannot be to itself."""

    IN_PLACE_OF = mark("{who} cannot stand in place of itself")
    YIELD_TO = mark("{who} cannot yield to itself")
    PREVAIL_OVER = mark("{who} cannot prevail over itself")
    RESTATE = mark("{who} cannot restate itself")
    EXCEPT_FROM = mark("{who} cannot be an exception to itself")


class EdgeReading(Record):
    """How a text is read for what it says of clauses; `restated` is the text that it restates as a whole."""

    document: str
    restated: str | None
    scope: Scope
    indexes: Mapping[str, LabelIndex]
    harvest: Harvest

    def add_header(self, header: ast.TextHeader) -> None:
        """Adds what the text says as a whole of others."""
        if header.restates is not None and self.restated == self.document:
            with self.harvest.attempt():
                message = say("`{name}` cannot restate itself", name=self.document)
                raise wrong_type(header.restates.span, message, say(_OTHER))
        own = frozenset(self.indexes[self.document].norms)
        places = Places(self.indexes, self.document)
        for reference in header.subject_to:
            with self.harvest.attempt():
                self._yields(own, frozenset(places.norms(reference)), reference)
        for reference in header.notwithstanding:
            with self.harvest.attempt():
                self._prevails(own, frozenset(places.norms(reference)), reference)

    def add_displacements(
        self, clause: ast.NormClause, whole: ast.NormClause, identity: NormId, places: Places
    ) -> None:
        """Adds which norms this one, of one act that its `whole` clause lists, stands in place of."""
        for displacement in clause.displacements:
            for reference in displacement.references:
                named = places.norms(reference)
                if identity in named:
                    refuse_itself(identity, (identity,), reference, ClauseEdge.IN_PLACE_OF)
                for target in self._displaced(identity, whole, named, reference):
                    edge = Displacement(identity, target, displacement.both, displacement.span)
                    self.harvest.displacements.append(edge)

    def add_precedences(self, clause: ast.NormClause, identity: NormId, places: Places) -> None:
        """Adds what prevails over a clause, or yields to it: of all that it lists, what clashes."""
        own = frozenset(norms_of(self.document, identity.label, clause, identity.wording))
        for reference in clause.subject_to:
            self._yields(own, frozenset(places.norms(reference)), reference, identity)
        for reference in clause.notwithstanding:
            self._prevails(own, frozenset(places.norms(reference)), reference, identity)

    def restated_norms(self, clause: ast.NormClause, identity: NormId, places: Places) -> tuple[NormId, ...]:
        """The norms that a clause restates: those it names, and its counterpart in a text restated as a whole."""
        named = list(self._named(clause, identity, places))
        counterpart = () if self.restated is None else self.indexes[self.restated].norms_at(identity.label)
        return (*named, *counterpart)

    def _named(self, clause: ast.NormClause, identity: NormId, places: Places) -> Iterator[NormId]:
        for reference in clause.restates:
            named = places.norms_of_one(reference)
            refuse_itself(identity, named, reference, ClauseEdge.RESTATE)
            yield from (norm for norm in named if norm.clause != identity.clause)

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
        refuse_itself(by or self.document, named, reference, ClauseEdge.YIELD_TO)
        lower, upper = by.label if by else self.document, reference.span.text
        self._precede(own, named - own, (lower, upper), reference, by)

    def _prevails(
        self, own: frozenset[NormId], named: frozenset[NormId], reference: ast.Reference, by: NormId | None = None
    ) -> None:
        """These norms prevail over those that are named; `by` as with `_yields`."""
        refuse_itself(by or self.document, named, reference, ClauseEdge.PREVAIL_OVER)
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


def refuse_itself(own: NormId | str, named: Iterable[NormId], reference: ast.Reference, edge: ClauseEdge) -> None:
    """What a clause or a text says of nothing but itself says nothing."""
    if isinstance(own, NormId) and {norm.clause for norm in named} == {own.clause}:
        who = say("clause {label}", label=own.label)
    elif reference.label is None and reference.document is not None and reference.document.text == own:
        who = f"`{own}`"
    else:
        return
    raise wrong_type(reference.span, say(edge.value, who=who), say(_OTHER))
