"""A clause that asks for several things at once as so many clauses: each is kept, breached and displaced by itself.

What a text says does not change by it, and how it is divided into clauses does not matter any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cbm.core.expressions import And, Binds, Does, Each, Expr, NormId, Not, Or, conjunction, disjunction, negation
from cbm.core.norms import Displacement, Guard, Modality, Norm, NormSystem, Precedence
from cbm.records import Record, replace


class Severed(Record):
    """The system of single demands, and the clause that each of them stands in."""

    system: NormSystem
    clauses: Mapping[NormId, NormId]


def severed(system: NormSystem) -> Severed:
    """Each clause of the text itself in as many as it has demands; what it asks for again and again stays one."""
    parts = {n: _parts(norm) if n.document == system.subject else [norm] for n, norm in system.norms.items()}
    clauses = {part.id: norm for norm, several in parts.items() for part in several}
    several = {norm: tuple(p.id for p in found) for norm, found in parts.items() if len(found) > 1}
    if not several:
        return Severed(system, clauses)

    def named(norms: Iterable[NormId]) -> frozenset[NormId]:
        return frozenset(part for norm in norms for part in several.get(norm, (norm,)))

    def edges(edge: Displacement) -> Iterable[Displacement]:
        above, below = several.get(edge.by, (edge.by,)), several.get(edge.of, (edge.of,))
        return (replace(edge, by=by, of=of) for by in above for of in below)

    def precedence(edge: Precedence) -> Precedence:
        by = None if edge.by is None else several.get(edge.by, (edge.by,))[0]
        return replace(edge, yielding=named(edge.yielding), prevailing=named(edge.prevailing), by=by)

    whole = replace(
        system,
        norms={part.id: _asking(part, several) for found in parts.values() for part in found},
        displacements=tuple(one for edge in system.displacements for one in edges(edge)),
        precedences=tuple(map(precedence, system.precedences)),
        cases=(),
    )
    return Severed(whole, clauses)


def _parts(norm: Norm) -> list[Norm]:
    contents = [norm.content] if norm.recurrence is not None else list(_demands(norm.modality, norm.content))
    if len(contents) < 2:
        return [norm]
    numbered = enumerate(contents, 1)
    return [replace(norm, id=replace(norm.id, label=f"{norm.id.label}, part {i}"), content=c) for i, c in numbered]


def _demands(modality: Modality, content: Expr) -> tuple[Expr, ...]:
    """What is asked for one by one; of a permission and an exemption, what may be done or left undone by itself."""
    if modality is Modality.EXEMPTION:
        return content.parts if isinstance(content, Or) and all(map(_is_of_act, content.parts)) else (content,)
    found = tuple(_conjuncts(content))
    return found if modality is not Modality.PERMISSION or all(map(_is_of_act, found)) else (content,)


def _conjuncts(content: Expr) -> Iterable[Expr]:
    """Parts that hold together exactly where the content does, as far as they lie open."""
    match content:
        case And(parts):
            for part in parts:
                yield from _conjuncts(part)
        case Not(Or(parts)):
            for part in parts:
                yield from _conjuncts(negation(part))
        case Or(parts) if sum(isinstance(part, And) for part in parts) == 1 and not any(map(_is_of_act, _plain(parts))):
            several = next(part for part in parts if isinstance(part, And))
            yield from (disjunction(*_plain(parts), part) for part in _conjuncts(several))
        case _:
            yield content


def _plain(parts: Iterable[Expr]) -> list[Expr]:
    return [part for part in parts if not isinstance(part, And)]


def _is_of_act(expression: Expr) -> bool:
    match expression:
        case Does() | Each():
            return True
        case Not(operand):
            return _is_of_act(operand)
        case And(parts) | Or(parts):
            return any(map(_is_of_act, parts))
        case _:
            return False


def _asking(norm: Norm, several: Mapping[NormId, tuple[NormId, ...]]) -> Norm:
    """What asks whether a clause binds asks whether any part of it does."""

    def said(expression: Expr) -> Expr:
        match expression:
            case Binds(of, role):
                return disjunction(*(Binds(part, role) for part in several.get(of, (of,))))
            case Not(operand):
                return negation(said(operand))
            case And(parts):
                return conjunction(*map(said, parts))
            case Or(parts):
                return disjunction(*map(said, parts))
            case _:
                return expression

    def guard(known: Guard) -> Guard:
        return replace(known, condition=said(known.condition))

    return replace(norm, guards=tuple(map(guard, norm.guards)), exceptions=tuple(map(guard, norm.exceptions)))
