"""Why clauses clash, in few words: the axioms that tie what they ask for, and the bounds that they set to a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from cbm.core.episodes import Axiom
from cbm.core.expressions import And, Compare, Does, Each, Expr, Not, Or, Order
from cbm.core.norms import NormSystem
from cbm.core.sorts import NumberSort
from cbm.core.substitution import mentioned
from cbm.core.units import show
from cbm.core.variables import ResultValue, Variable
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.translation.verb_forms import fits
from cbm.wording.condition_words import literal_words, variable_words
from cbm.wording.phrases import role_words, unit_of


def axiom_sentences(system: NormSystem, axioms: Iterable[Axiom]) -> tuple[str, ...]:
    """What axioms say, each sentence once; all that one act excludes is in one sentence."""
    excluded: dict[tuple[str, int], list[str]] = {}
    told: dict[str, None] = {}
    for axiom in axioms:
        match axiom.condition:
            case Not(And((Does(one, role), Does(other, same)))) if role == same and axiom.document is None:
                excluded.setdefault((one, role), []).append(other)
            case _:
                told |= {words: None for words in [_sentence(system, axiom)] if words}
    together = dict.fromkeys(_excluded(system, one, others) for (one, _), others in excluded.items())
    return (*together, *told)


def _sentence(system: NormSystem, axiom: Axiom) -> str:
    """What an axiom of a vocabulary says: "a unit that answers also transmits"; nothing of what a text deems."""
    if axiom.document is not None:
        return ""
    return axiom.title or _condition_words(system, axiom.condition)


def _condition_words(system: NormSystem, condition: Expr) -> str:
    """What the condition of an axiom says."""
    match condition:
        case And(parts) if not system.situation.interchangeable and all(isinstance(one, Or | Each) for one in parts):
            return _of_each_role(system, parts)
        case Or() if (needs := _needs(system, condition)) is not None:
            return needs
        case Each(act, role, body) if (
            others := _acts(system, role, body.parts if isinstance(body, Or) else (body,))
        ) is not None:
            deed = _title(system, act)
            if not system.situation.interchangeable:
                unit = role_words(system, role)
                return say(
                    "where {unit} {deed}, it also {others} at the same time", unit=unit, deed=deed, others=others
                )
            return say("a unit that {deed} also {others} at the same time", deed=deed, others=others)
        case _:
            return literal_words(system, condition)


def _of_each_role(system: NormSystem, parts: Sequence[Expr]) -> str:
    """What is said of fixed roles one by one: once, where it is the same of each of them."""
    taken = [_taken(part) for part in parts]
    acts = {first.act for first, _ in taken if first is not None}
    needs = {rest for _, rest in taken}
    if len(parts) == len(system.situation.roles) and len(acts) == len(needs) == 1 and None not in (f for f, _ in taken):
        words = listed([literal_words(system, part) for part in next(iter(needs))], "or", "sentences")
        deed = _title(system, next(iter(acts)))
        return say("a unit that {deed} can do so only where {conditions}", deed=deed, conditions=words)
    return listed(list(dict.fromkeys(_condition_words(system, part) for part in parts)), "and", "sentences")


def _taken(part: Expr) -> tuple[Does | None, tuple[Expr, ...]]:
    """The doing that a condition asks something of, and what it asks; None: it is of another form."""
    parts = part.parts if isinstance(part, Or) else ()
    first = next((one.operand for one in parts if isinstance(one, Not) and isinstance(one.operand, Does)), None)
    return first, () if first is None else tuple(one for one in parts if one != Not(first))


def _excluded(system: NormSystem, act: str, others: Iterable[str]) -> str:
    titles = listed([_title(system, other) for other in others], "or")
    return say("no unit that {deed} ever {others}", deed=_title(system, act), others=titles)


def _needs(system: NormSystem, condition: Expr) -> str | None:
    """What doing something takes: other acts of the same unit, or that something is so; None: nothing of the kind.

    Of units that take the roles in turn it is told of any unit, else of the one in its role.
    """
    first, rest = _taken(condition)
    if first is None:
        return None
    deed = _title(system, first.act)
    others = _acts(system, first.role, rest)
    unit = None if system.situation.interchangeable else role_words(system, first.role)
    if others is not None and unit is not None:
        return say("where {unit} {deed}, it also {others}", unit=unit, deed=deed, others=others)
    if others is not None:
        return say("a unit that {deed} also {others}", deed=deed, others=others)
    words = listed([literal_words(system, part) for part in rest], "or", "sentences")
    if unit is not None:
        return say("{unit} {deed} only where {conditions}", unit=unit, deed=deed, conditions=words)
    return say("a unit that {deed} can do so only where {conditions}", deed=deed, conditions=words)


def _acts(system: NormSystem, role: int, parts: Sequence[Expr]) -> str | None:
    """The acts of the role, one of which is done; None where something else is said as well."""
    acts = [part.act for part in parts if isinstance(part, Does) and part.role == role]
    return listed([_title(system, act) for act in acts], "or") if len(acts) == len(parts) else None


def _title(system: NormSystem, act: str) -> str:
    title = system.words.acts.get(act, system.acts[act].title)
    return title if title != act and fits(title) else say("does `{act}`", act=act)


def bounds_words(system: NormSystem, contents: Iterable[Expr]) -> str:
    """`1,000 m or more, and 300 m or less`, of contents that bound one result; nothing where no two of them do."""
    bounds: dict[Variable, dict[str, None]] = {}
    for content in contents:
        found: dict[Variable, list[Compare]] = {}
        for part in _compared(content):
            found.setdefault(_result_of(part), []).append(part)
        for variable, parts in found.items():
            bounds.setdefault(variable, {})[_range(system, variable, parts)] = None
    told = next((list(words) for words in bounds.values() if len(words) > 1), [])
    if not told:
        return ""
    return say("{bounds}, and {last}", bounds=say(", ").join(told[:-1]), last=told[-1])


def _compared(content: Expr) -> Iterator[Compare]:
    """The bounds of one result that it says or needs, as far as it says nothing else of the result."""
    match content:
        case Compare() if _is_bound(content):
            yield content
        case Not(Compare() as bound) if _is_bound(bound) and bound.order is not Order.EQUAL:
            order = Order.LESS if bound.order is Order.AT_MOST else Order.AT_MOST
            yield Compare(tuple((-c, v) for c, v in bound.terms), order, -bound.bound, bound.unit)
        case And(parts) | Or(parts):
            found = [part for part in parts if isinstance(part, Compare) and _is_bound(part)]
            yield from found if isinstance(content, And) or len(found) == 1 else ()
        case _:
            return


def _is_bound(part: Compare) -> bool:
    """Whether it bounds one result, by a figure or by one other thing."""
    results = [variable for variable in mentioned(part) if isinstance(variable, ResultValue)]
    return len(results) == 1 and len(part.terms) <= 2 and all(abs(c) == 1 for c, _ in part.terms)


def _result_of(part: Compare) -> Variable:
    return next(variable for variable in mentioned(part) if isinstance(variable, ResultValue))


def _range(system: NormSystem, variable: Variable, parts: list[Compare]) -> str:
    signs = sorted(parts, key=lambda part: next(c for c, v in part.terms if v == variable))
    if len(parts) == 2 and all(part.order is Order.AT_MOST and len(part.terms) == 1 for part in parts):
        low, high = (_value(system, variable, part) for part in signs)
        return say("{low} to {high}", low=low, high=high)
    return listed([_bound(system, variable, part) for part in parts])


def _bound(system: NormSystem, variable: Variable, part: Compare) -> str:
    """`1,000 m or more`, `under 300 m`, `safe distance or more`."""
    sign = next(c for c, v in part.terms if v == variable)
    others = [v for _, v in part.terms if v != variable]
    if others and part.bound:
        return literal_words(system, part)
    value = variable_words(system, others[0]) if others else _value(system, variable, part)
    match part.order, sign > 0:
        case Order.EQUAL, _:
            return say("exactly {value}", value=value)
        case Order.LESS, True:
            return say("under {value}", value=value)
        case Order.LESS, False:
            return say("over {value}", value=value)
        case _, True:
            return say("{value} or less", value=value)
        case _:
            return say("{value} or more", value=value)


def _value(system: NormSystem, variable: Variable, part: Compare) -> str:
    """The figure by which it is bound."""
    sign, dimension = next(c for c, v in part.terms if v == variable), cast(NumberSort, variable.sort).dimension
    bound = part.bound if sign > 0 else -part.bound
    return show(bound, part.unit or unit_of(system, variable), dimension)
