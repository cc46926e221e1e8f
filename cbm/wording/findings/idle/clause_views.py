"""A clause as it stands towards one bearer, parts of what it says there, and how it is told that it is of no use."""

from __future__ import annotations

from collections.abc import Callable

from cbm.core.expressions import Formula, conjunction
from cbm.core.norms import Guard, Norm, NormSystem
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record
from cbm.translation.saying import mark, say
from cbm.wording.findings.clauses_gone import taken_out, with_ways


class ClauseView(Record):
    """A clause as it stands towards one bearer: as it binds, and with what prevails."""

    about: Ground
    here: Ground  # the same on the packages at hand
    norm: GroundNorm
    standing: GroundNorm
    guards: tuple[Formula, ...]
    exceptions: tuple[Formula, ...]
    upheld: Ground  # with what prevails, advice too


# Whether such a thing is never so, whoever is bound; what it asks is recorded.
Never = Callable[..., bool]
Part = Callable[[ClauseView], Formula]


def met(view: ClauseView) -> Formula:
    """That all its conditions are so."""
    return conjunction(*view.guards)


def of_no_use(system: NormSystem, norm: Norm, message: str, related: tuple[Label, ...] = ()) -> Finding:
    """The finding that a clause changes nothing, as the message says."""
    place = norm.content_span or norm.span
    assert place is not None
    way = taken_out(system, (norm.id,), mark("correct the condition, or take {clause} out"))
    finding = Finding(RuleId.VACUITY, Severity.WARNING, message, Label(place), related, clauses=(str(norm.id),))
    return with_ways(finding, (way,))


def guard_labels(guards: tuple[Guard, ...]) -> tuple[Label, ...]:
    """Where conditions stand, and in which clause, if in another one."""
    places = ((g.span, say("from {clause}", clause=g.label) if g.label else "") for g in guards if g.span is not None)
    return tuple(Label(span, words) for span, words in places)
