"""Norms that depend on themselves: through what displaces them, what they ask about being bound, or precedence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.core.expressions import And, Binds, Does, Each, Expr, NormId, Not, Or
from cbm.core.norms import Displacement, Norm, Precedence
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.source import Span
from cbm.translation.saying import mark, say

# A clause may depend on so many others, one through the other (`in place of`, `is bound by`); more are refused.
CHAIN = 60
# So many conditions of clauses come of it when each is written out wherever it is asked about; more are refused.
WRITTEN_OUT = 5_000


def find_cycles(
    norms: Mapping[NormId, Norm],
    displacements: Iterable[Displacement],
    precedences: Iterable[Precedence],
) -> Iterator[Finding]:
    """One finding for each way in which whether a norm binds depends on whether it binds, or precedence goes round."""
    needs: dict[NormId, list[NormId]] = {identity: [] for identity in norms}
    for edge in displacements:
        if edge.of in needs and edge.by in norms:
            needs[edge.of].append(edge.by)
    for norm in norms.values():
        for guard in (*norm.guards, *norm.exceptions):
            needs[norm.id].extend(n for n in asked(guard.condition) if n in norms)
    loop = first_cycle(needs)
    if loop is not None:
        yield _finding(loop, norms, say("whether it binds depends on itself"))
    else:
        yield from _too_deep(needs, norms)
    above: dict[NormId, list[NormId]] = {identity: [] for identity in norms}
    for precedence in precedences:
        for low in precedence.yielding & norms.keys():
            above[low].extend(sorted(precedence.prevailing & norms.keys()))
    loop = first_cycle(above)
    if loop is not None:
        yield _finding(loop, norms, say("each yields to the next"))


def _too_deep(needs: Mapping[NormId, list[NormId]], norms: Mapping[NormId, Norm]) -> Iterator[Finding]:
    """The first clause that depends on a longer chain of others than is followed, or on more; there is no cycle."""
    depth: dict[NormId, int] = {}
    size: dict[NormId, int] = {}
    for start in needs:
        stack = [start]
        while stack:
            top = stack[-1]
            open_ones = [n for n in needs[top] if n not in depth]
            if open_ones:
                stack.extend(open_ones)
            else:
                depth[stack.pop()] = max((1 + depth[n] for n in needs[top]), default=0)
                size[top] = 1 + sum(size[n] for n in needs[top])
        span = norms[start].span
        if (depth[start] > CHAIN or size[start] > WRITTEN_OUT) and span is not None:
            chain = mark("whether clause {clause} binds depends on a chain of more than {number} clauses")
            many = mark(
                "whether clause {clause} binds comes to more than {number:,} conditions when each clause that it "
                "depends on is written out"
            )
            deep = depth[start] > CHAIN
            message = say(chain if deep else many, clause=start.label, number=CHAIN if deep else WRITTEN_OUT)
            remedies = (say("name the clauses that matter directly"),)
            yield Finding(RuleId.SYNTAX, Severity.ERROR, message, Label(_first_line(span)), remedies=remedies)
            return


def asked(expression: Expr) -> Iterator[NormId]:
    """The norms an expression asks about."""
    match expression:
        case Binds(norm):
            yield norm
        case Not(operand):
            yield from asked(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from asked(part)
        case Does(_, _, said) | Each(_, _, said):
            yield from asked(said)
        case _:
            pass


def first_cycle(edges: Mapping[NormId, Iterable[NormId]]) -> list[NormId] | None:
    """The first cycle in source order, from its first node back to it; None if there is none. Not recursive."""
    done: set[NormId] = set()
    for start in edges:
        path: dict[NormId, None] = {}  # in order
        stack: list[tuple[NormId, Iterator[NormId]]] = []
        if start not in done:
            path, stack = {start: None}, [(start, iter(edges[start]))]
        while stack:
            following = next(stack[-1][1], None)
            if following is None:
                done.add(stack.pop()[0])
                path.popitem()
            elif following in path:
                walked = list(path)
                return [*walked[walked.index(following) :], following]
            elif following not in done:
                path[following] = None
                stack.append((following, iter(edges[following])))
    return None


def _finding(loop: list[NormId], norms: Mapping[NormId, Norm], why: str) -> Finding:
    apart = len({identity.document for identity in loop}) > 1
    told = [say("{label} of {document}", label=n.label, document=n.document) if apart else n.label for n in loop]
    places = [norms[identity].span for identity in loop[:-1]]
    labels = [Label(_first_line(span)) for span in places if span is not None]
    head = say("clause {clause} goes round in a circle: {clauses}", clause=told[0], clauses=" → ".join(told))
    return Finding(
        RuleId.CYCLE, Severity.ERROR, head, labels[0], tuple(labels[1:]), tuple(map(str, loop[:-1])),
        notes=(why,), remedies=(say("take one of these links out"),),
    )  # fmt: skip


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.source, span.start, end)
