"""Conduct by which a duty is deemed to be complied with: an alternative in what the duty asks for.

"A ship that has called is deemed to have complied with 3" makes `must report` of clause 3 what `must report or call`
would be, where the conditions of the deeming clause hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import TRUE, Expr, NormId, conjunction, disjunction, negation
from cbm.core.norms import Guard, Modality, Norm, Substitute
from cbm.core.variables import Attribute
from cbm.records import Record, replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.fallbacks import needs_of, serves
from cbm.resolve.faults import wrong_type
from cbm.resolve.labels import Places, full_label, label_span
from cbm.resolve.names.scope import Scope
from cbm.resolve.provisions.bearers import bearer_of
from cbm.resolve.provisions.demands import demand_content, through_of, topics_of, zones_of
from cbm.resolve.provisions.named_roles import require_plain
from cbm.resolve.provisions.reach import reach_of
from cbm.resolve.provisions.timing import counted_from, counts_from_breach, happening, last_moment
from cbm.resolve.time.one_doing import one_doing
from cbm.resolve.time.windows import Limit
from cbm.syntax import ast
from cbm.translation.saying import say


def deemed_targets(clause: ast.DeemedCompliance, places: Places) -> Iterator[tuple[NormId, ast.Reference]]:
    """The norms that the clause names, each with the reference to it; Fault where one is of another text."""
    for reference in clause.targets:
        for norm in places.norms(reference):
            if norm.document != places.document:
                raise wrong_type(
                    reference.span,
                    say("a text says only of its own clauses what complies with them"),
                    say("write a clause that stands `in place of` it"),
                )
            yield norm, reference


class ConductReading(Record):
    """How such clauses are read; `given` is what holds wherever this one counts."""

    scope: Scope
    places: Places
    party: Attribute | None
    given: tuple[Guard, ...]

    def added(self, clause: ast.DeemedCompliance, reference: ast.Reference, norm: Norm) -> Norm:
        """The norm with one more way to comply with it."""
        _require_duty(clause, reference, norm)
        deemed = self._substitute(clause, reference, norm)
        self._require_in_time(clause, norm)
        demands = (clause.conduct,)
        read = replace(
            norm,
            asked=norm.own_content,
            substitutes=(*norm.substitutes, deemed),
            reach=max(norm.reach, reach_of(Resolver(self.scope, self.places, reader=norm.bearer), demands)),
            zones=tuple(dict.fromkeys((*norm.zones, *zones_of(self.scope, demands)))),
        )
        return replace(read, content=self._any_way(read))

    def _any_way(self, norm: Norm) -> Expr:
        """What it asks for itself, or what is deemed to comply with it.

        What needs a channel, and has none that serves, is no way. Where none of them is, all count as if they were:
        that nothing serves them is told by itself.
        """
        own = Substitute("", TRUE, norm.own_content, norm.topics, norm.through, norm.needs)
        ways = [(way, self._served(way)) for way in (own, *norm.substitutes)]
        none = negation(disjunction(*(conjunction(way.condition, served) for way, served in ways)))
        return disjunction(
            *(conjunction(way.condition, way.content, disjunction(served, none)) for way, served in ways)
        )

    def _served(self, way: Substitute) -> Expr:
        if not way.through and not way.needs.levels:
            return TRUE
        channels = (self.scope.channels[name] for name in way.through)
        return disjunction(*(serves(self.scope, channel, way.topics, way.needs) for channel in channels))

    def _substitute(self, clause: ast.DeemedCompliance, reference: ast.Reference, norm: Norm) -> Substitute:
        resolver = Resolver(self.scope, self.places, reader=norm.bearer)
        stated = [*self._bearer(clause, norm), *self.given]
        stated += (Guard(resolver.condition(one), None, one.span) for one in clause.conditions)
        if norm.rotates:
            for written in (*clause.conditions, clause.conduct):
                require_plain(self.scope, clause.bearer.span, written)
        said = one_doing(counted_from(resolver, clause.conduct), stated, ())
        content, _ = demand_content(self.scope, self.places, clause.conduct, norm.bearer, said=said)
        conditions = [guard.condition for guard in said.guards(stated)]
        conditions += (condition for condition, _ in happening(resolver, clause.conduct))
        label = full_label(self.places.article, clause.label)
        return Substitute(
            label=label,
            condition=conjunction(*conditions),
            content=content,
            topics=topics_of(self.scope, clause.conduct),
            through=through_of(self.scope, clause.conduct),
            needs=needs_of(self.scope, clause.conduct),
            span=label_span(clause),
            naming=reference.span,
            said=" ".join(clause.conduct.span.text.split()),
        )

    def _require_in_time(self, clause: ast.DeemedCompliance, norm: Norm) -> None:
        """Where a time counts from the breach of the duty, nothing complies with it after that."""
        duty = self.places.indexes[norm.id.document].worded(norm.id).clause
        assert isinstance(duty, ast.NormClause), "it is no norm otherwise"
        if not any(map(counts_from_breach, duty.otherwise[:1])):
            return
        resolver = Resolver(self.scope, self.places, reader=norm.bearer)
        duty_last, last = (last_moment(resolver, demand) for demand in (duty.demand, clause.conduct))
        if duty_last is None or last is None or not _is_over_by(last, duty_last):
            message = say(
                "this complies with clause {label} after its time is over: it cannot be told when that is breached",
                label=norm.id.label,
            )
            remedy = say("say in clause {label} what the time of its `otherwise` counts from", label=norm.id.label)
            another = say("or give this no more time than clause {label} gives", label=norm.id.label)
            raise wrong_type(clause.conduct.span, message, remedy, another)

    def _bearer(self, clause: ast.DeemedCompliance, norm: Norm) -> tuple[Guard, ...]:
        """What its noun says of the unit; Fault where that is never the one that the norm binds."""
        bearer, rotates, noun = bearer_of(clause.bearer, Resolver(self.scope, self.places), self.party)
        if not isinstance(clause.bearer, ast.EveryUnit) and (bearer, rotates) != (norm.bearer, norm.rotates):
            message = say(
                "clause {label} binds another unit than `{bearer}`", label=norm.id.label, bearer=clause.bearer.span.text
            )
            raise wrong_type(clause.bearer.span, message, say("write `every unit`: whom it binds is said there"))
        return noun


def _is_over_by(one: Limit, other: Limit) -> bool:
    """Whether the one moment is surely not after the other."""
    lengths = one.fixed(), other.fixed()
    if one.point != other.point or lengths[0] is None or lengths[1] is None:
        return one == other
    return lengths[0] <= lengths[1]


def _require_duty(clause: ast.DeemedCompliance, reference: ast.Reference, norm: Norm) -> None:
    if any(isinstance(window, ast.Recurring) for window in clause.conduct.windows):
        message = say("what recurs cannot be the conduct that is deemed to comply")
        raise wrong_type(clause.conduct.span, message, say("say when it has to be done once"))
    if norm.recurrence is not None:
        message = say("clause {label} recurs: it is complied with each time, by what it asks for", label=norm.id.label)
        raise wrong_type(
            reference.span, message, say("write an exception: `exception to {label} when …`", label=norm.id.label)
        )
    if norm.modality is Modality.PROHIBITION:
        message = say(
            "clause {label} forbids: whoever does something else as well breaches it still", label=norm.id.label
        )
        raise wrong_type(
            reference.span, message, say("write an exception: `exception to {label} when …`", label=norm.id.label)
        )
    if not norm.demands:
        message = say("clause {label} is no duty: nobody has to comply with it", label=norm.id.label)
        raise wrong_type(reference.span, message, say("name a clause that says `must` or `should`"))
