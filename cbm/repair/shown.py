"""Whether a change leaves something without an encounter to show it that had one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cbm.decide.amendment import Amendment
from cbm.decide.attest import Gallery, touching
from cbm.decide.compiled import compiled
from cbm.decide.coverage import promised_in
from cbm.decide.implicant import Point, known_true_at
from cbm.decide.inquiry import Inquiry
from cbm.finding import Green
from cbm.repair.footing import Footing
from cbm.semantics.core import Coverage, Expr, NormId, Strength, Variable
from cbm.semantics.ground import Ground
from cbm.semantics.substitute import variables
from cbm.smt.solve import Sat, Unsat


@dataclass(frozen=True, slots=True)
class _Hall:
    """What one bearer's gallery shows after the change, and where to ask for more."""

    inquiry: Inquiry
    about: Ground
    duties: tuple[Expr, ...]
    shown: tuple[tuple[Point, frozenset[NormId]], ...]

    def shows(self, norms: Collection[NormId], *conditions: Expr) -> bool:
        """Whether all of the norms bind in some encounter under the conditions in which everything is complied with."""
        found = [self.about.find(norm) for norm in norms]
        binding = [n.binds for n in found if n is not None]
        if len(binding) < len(found):
            return False
        for point, standing in self.shown:
            if standing.issuperset(norms) and all(known_true_at(c, point) for c in conditions):
                return True
        return isinstance(self.inquiry.ask(self.about, *binding, *conditions, *self.duties), Sat)

    def meets(self, norms: Collection[NormId]) -> bool:
        """Whether all of the norms bind in some encounter; what stays undecided counts as if they did."""
        found = [self.about.find(norm) for norm in norms]
        binding = [n.binds for n in found if n is not None]
        return len(binding) == len(found) and not isinstance(self.inquiry.ask(self.about, *binding), Unsat)


def no_longer_shown(footing: Footing, change: Amendment) -> bool:
    """Of a clause, a pair of clauses or a promised topic of which something was shown, or of which it would be now."""
    halls = {
        advised: [_hall(change, *pair, advised) for pair in zip(galleries, views, strict=True)]
        for advised, galleries, views in (
            (False, footing.attested.galleries.strict, change.after.strict),
            (True, footing.attested.galleries.advised, change.after.advised),
        )
    }
    clauses = _clauses(footing, change, halls)
    return any(
        True for lost in (clauses, _pairs(footing, change, halls), _topics(footing, change, halls)) for _ in lost
    )


def _hall(change: Amendment, gallery: Gallery, about: Ground, advised: bool) -> _Hall:
    duties = [n for n in about.demanding if advised or n.norm.strength is Strength.MUST]
    changed = [n for n in about.norms if n.norm.id in change.touched]
    known = set[Variable]().union(*(one.episode.values for one in gallery.seen[:1]))
    if not known.issuperset(v for n in changed for f in (n.binds, n.fulfilled) for v in variables(f)):
        return _Hall(change.after, about, tuple(n.demand for n in duties), ())
    kept = [compiled(n.demand) for n in changed if n in duties]
    binding = {n.norm.id: compiled(n.binds) for n in changed}
    points = ((one.episode.values, one.standing - change.touched) for one in gallery.seen)
    shown = tuple(
        (point, standing | {norm for norm, binds in binding.items() if binds(point)})
        for point, standing in points
        if all(holds(point) for holds in kept)
    )
    return _Hall(change.after, about, tuple(n.demand for n in duties), shown)


Halls = dict[bool, list[_Hall]]


def _of(change: Amendment, halls: Halls, norms: Collection[NormId]) -> list[_Hall]:
    return halls[any(change.after.system.norms[norm].strength is Strength.SHOULD for norm in norms)]


def _clauses(footing: Footing, change: Amendment, halls: Halls) -> Iterator[NormId]:
    """Clauses that were shown to be keepable, or are new."""
    shown = {a.clauses[0] for a in footing.attested.attestations if a.kind is Green.CLAUSE and a.shown}
    for norm in change.after.system.norms:
        own = norm.document == change.after.system.subject
        wanted = own and (str(norm) in shown or norm not in change.before.system.norms)
        if wanted and not any(hall.shows((norm,)) for hall in _of(change, halls, (norm,))):
            yield norm


def _pairs(footing: Footing, change: Amendment, halls: Halls) -> Iterator[tuple[NormId, NormId]]:
    """Pairs without conflict of which a change tells: together they can be kept, or they never bind together."""
    doubtful = {frozenset(a.clauses) for a in footing.attested.attestations if a.kind is Green.PAIR}
    in_conflict = {frozenset(clash.norms) for clash in change.after.clashes}
    for about in change.after.strict:
        for pair in touching(change.after.system, about):
            concerned = bool(change.widened) or not change.touched.isdisjoint(pair)
            known = frozenset(pair) in in_conflict or frozenset(map(str, pair)) in doubtful
            if concerned and not known:
                around = _of(change, halls, pair)
                if not any(hall.shows(pair) for hall in around) and any(hall.meets(pair) for hall in around):
                    yield pair


def _topics(footing: Footing, change: Amendment, halls: Halls) -> Iterator[str]:
    """Topics that were shown to be governed as promised, as far as the change touches them."""
    gaps = {(finding.primary.span, finding.primary.text) for finding in footing.findings if finding.rule == "gap"}
    doubtful = [a.statement for a in footing.attested.attestations if a.kind is Green.TOPIC and not a.shown]
    norms = [
        system.norms[n]
        for system in (change.before.system, change.after.system)
        for n in change.touched
        if n in system.norms
    ]
    touched = {topic for norm in norms for topic in norm.topics}
    for before, promise in zip(change.before.system.coverage, change.after.system.coverage, strict=True):
        for topic in promise.topics:
            known = (before.span, "") in gaps or (before.span, f"promises {topic}") in gaps
            known = known or any(statement.startswith(f"`{topic}`") for statement in doubtful)
            concerned = bool(change.widened) or topic in touched
            if concerned and not known and not any(_governed(hall, promise, topic) for hall in halls[False]):
                yield topic


def _governed(hall: _Hall, promise: Coverage, topic: str) -> bool:
    promised = promised_in(hall.about, promise)
    concerned = [n.norm for n in hall.about.norms if topic in n.norm.topics and n.norm.strength is Strength.MUST]
    return any(hall.shows((norm.id,), promised) for norm in concerned)
