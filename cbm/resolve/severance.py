"""A clause that lists several acts, joined by commas, is as many norms: its parts, and what they meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cbm.core.expressions import And, Does, Each, Expr, NormId, Not, Or
from cbm.records import parts, replace
from cbm.syntax import ast


def severed(clause: ast.NormClause) -> tuple[tuple[str, ast.NormClause], ...]:
    """The clause once for each thing it lists, with what the clause calls that; "" where it asks for one thing only."""
    demands = severed_demands(clause.demand)
    if len(demands) == 1:
        return (("", clause),)
    return tuple((act, replace(clause, demand=demand)) for act, demand in demands)


def severed_demands(demand: ast.DemandNode) -> tuple[tuple[str, ast.DemandNode], ...]:
    """The demand once for each thing it lists; of alternatives joined by `or` it is one."""
    if len(demand.items) == 1 or demand.connective is ast.Connective.ANY:
        return (("", demand),)
    listed = {named(item): item for item in demand.items}
    acts = [item.act.text for item in listed.values() if isinstance(item, ast.ActItem)]
    return tuple((name, _alone(demand, item, acts)) for name, item in listed.items())


def named(item: ast.Item) -> str:
    """What a clause calls one of the things that it lists."""
    return item.act.text if isinstance(item, ast.ActItem) else " ".join(item.span.text.split())


def _alone(demand: ast.DemandNode, item: ast.Item, acts: Sequence[str]) -> ast.DemandNode:
    """The demand with this item alone, and what it says of that; `acts` are all that it lists."""
    act = item.act.text if isinstance(item, ast.ActItem) else ""
    others = [one for one in acts if one != act]
    meanwhile = tuple(
        when for when in demand.meanwhile if act in (spoken := frozenset(_named_in(when))) or spoken.isdisjoint(others)
    )
    if acts and not act:  # what a message states, and to whom, is said of acts
        demand = replace(demand, stating=(), recipients=())
    return replace(demand, items=(item,), meanwhile=meanwhile)


def _named_in(node: object) -> Iterator[str]:
    """What the last parts of the paths in a tree are called."""
    if isinstance(node, ast.Path):
        yield node.parts[-1].text
    elif isinstance(node, ast.Node | tuple):
        for part in node if isinstance(node, tuple) else parts(node):
            yield from _named_in(part)


def norms_of(document: str, label: str, clause: ast.NormClause, wording: int = 0) -> tuple[NormId, ...]:
    """The norms that a clause is, as it is worded."""
    return tuple(NormId(document, label, act, wording) for act, _ in severed(clause))


def meeting(
    own: Mapping[NormId, frozenset[str]], named: Mapping[NormId, frozenset[str]]
) -> Iterator[tuple[NormId, NormId]]:
    """What of one clause stands in place of what of another: what speaks of the same act or result.

    Both are given as their norms with the acts and results of each. Clauses that share none of them meet as a whole.
    """
    pairs = [(one, other) for one in own for other in named]
    sharing = [(one, other) for one, other in pairs if own[one] & named[other]]
    return iter(sharing or pairs)


def is_about(condition: Expr, act: str, role: int, others: Sequence[str]) -> bool:
    """Whether an exception concerns this act of a clause: not if it speaks of others of the same clause alone."""
    spoken_of = frozenset(_done_by(condition, role))
    return act in spoken_of or spoken_of.isdisjoint(others)


def _done_by(expression: Expr, role: int) -> Iterator[str]:
    """The acts of the role that an expression speaks of."""
    match expression:
        case Does(act, doer, inner) | Each(act, doer, inner):
            if doer == role:
                yield act
            yield from _done_by(inner, role)
        case Not(operand):
            yield from _done_by(operand, role)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _done_by(part, role)
        case _:
            pass
