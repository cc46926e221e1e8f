"""What is told of clauses that depend on themselves, or on more others than are followed."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.dependence.clauses_together import clauses_together
from cbm.core.dependence.norm_edges import binding_edges
from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.choices import ClauseCycle, CycleKind
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.records import Itself, replace
from cbm.source import Span
from cbm.translation.saying import mark, say

# A clause may depend on so many others, one through the other (`in place of`, `is bound by`); more are refused.
CHAIN = 60
# So many conditions of clauses come of it when each is written out wherever it is asked about; more are refused.
WRITTEN_OUT = 5_000


def too_deep(system: NormSystem) -> Iterator[Finding]:
    """The first clause that depends on a longer chain of others than is followed, or on more.

    A chain ends where it comes back to one of its own clauses, or where no package has all of it.
    """
    together = clauses_together(Itself(system))
    needs = binding_edges(system, Negotiation(replace(system, open_terms=())))
    for start, norm in system.norms.items():
        depth, size = 0, 0
        ways: list[tuple[NormId, ...]] = [(start,)]
        while ways and depth <= CHAIN and size <= WRITTEN_OUT:
            way = ways.pop()
            depth, size = max(depth, len(way) - 1), size + 1
            further = [(*way, to) for to in needs[way[-1]] if to not in way]
            ways += further if together is None else [one for one in further if not together.never(one)]
        deep = depth > CHAIN
        if (deep or size > WRITTEN_OUT) and norm.span is not None:
            chain = mark("whether clause {clause} binds depends on a chain of more than {number} clauses")
            many = mark(
                "whether clause {clause} binds comes to more than {number:,} conditions when each clause that it "
                "depends on is written out"
            )
            message = say(chain if deep else many, clause=start.label, number=CHAIN if deep else WRITTEN_OUT)
            remedies = (say("name the clauses that matter directly"),)
            yield Finding(RuleId.SYNTAX, Severity.ERROR, message, Label(_first_line(norm.span)), remedies=remedies)
            return


def without_meaning(system: NormSystem) -> tuple[Finding, ...]:
    """The cycles of a text, where each of its packages has one of them; nothing where some package has none."""
    negotiation = Negotiation(system).with_cycles
    space, cycles = negotiation.space, [(cycle, negotiation.boxes(cycle.holds)) for cycle in system.open_cycles]
    if not cycles or not space.is_everything([box for _, boxes in cycles for box in boxes]):
        return ()
    note = say("only some packages have this circle; each of the others has another one that is told")
    found: list[Finding] = []
    for cycle, boxes in cycles:
        told = told_cycle(cycle)
        if space.is_everything(boxes):
            found.append(told)
        elif any(space.minus((box,), space.excluded) for box in boxes):
            found.append(replace(told, notes=(*told.notes, note)))
    return tuple(found)


def told_cycle(cycle: ClauseCycle) -> Finding:
    """What is said of a cycle, whatever packages have it."""
    apart = len({identity.document for identity in cycle.clauses}) > 1
    told = [
        say("{label} of {document}", label=n.label, document=n.document) if apart else n.label for n in cycle.clauses
    ]
    names = " → ".join((*told, told[0]))
    labels = [Label(_first_line(span)) for span in cycle.spans]
    notes: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    if cycle.kind is CycleKind.EXCEPTION:
        head = say("exception {label} goes round in a circle: {names}", label=told[0], names=names)
        remedy = say("take one of these exceptions out")
    else:
        head = say("clause {clause} goes round in a circle: {clauses}", clause=told[0], clauses=names)
        binding = cycle.kind is CycleKind.BINDING
        notes = (say("whether it binds depends on itself") if binding else say("each yields to the next"),)
        remedy, clauses = say("take one of these links out"), tuple(map(str, cycle.clauses))
    return Finding(
        RuleId.CYCLE, Severity.ERROR, head, labels[0], tuple(labels[1:]), clauses, notes=notes, remedies=(remedy,)
    )


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.source, span.start, end)
