"""Core expressions and clauses in a legal officer's words: conditions, episodes, places and ways of naming."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from cbm.decide.implicant import Point
from cbm.decide.replay import Episode
from cbm.finding import Fact, Label, Scenario
from cbm.semantics.core import (
    And,
    Binds,
    Compare,
    Does,
    Expr,
    Flag,
    FlagSort,
    IsIn,
    KindSort,
    Norm,
    NormId,
    NormSystem,
    Not,
    NumberSort,
    Or,
    Order,
    Origin,
    Same,
    States,
    Truth,
    Variable,
)
from cbm.semantics.ground import Ground, Grounder
from cbm.semantics.rotate import rotate
from cbm.semantics.substitute import Value, parts_of, variables
from cbm.semantics.units import number_words, show
from cbm.syntax.ast import Mark


def clause_name(system: NormSystem, norm: NormId) -> str:
    """`3.2`, or `17(b) of colregs` for a clause of another text."""
    return norm.label if norm.document == system.subject else f"{norm.label} of {norm.document}"


def clause_names(system: NormSystem, norms: Sequence[NormId]) -> str:
    """`clause 3.2`, `clauses 3.2, 3.5 and 4.1`."""
    names = [clause_name(system, norm) for norm in norms]
    return f"clause {names[0]}" if len(names) == 1 else f"clauses {listed(names)}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def content_label(system: NormSystem, norm: Norm, text: str) -> Label:
    """The place where the clause says what it demands."""
    span = norm.content_span or norm.span
    assert span is not None, "norms of a text carry their place"
    return Label(span, f"{clause_name(system, norm.id)} {text}" if text else "")


def axiom_labels(about: Ground, parts: Collection[Expr]) -> Iterator[Label]:
    """The places of the axioms that these parts of what is possible or feasible come from, each once."""
    grounder = Grounder(about.system, (about.bearer,))
    roles = len(about.system.situation.roles)
    for axiom in about.system.axioms:
        steps = range(roles if axiom.rotates else 1)
        formulas = [f for s in steps for f in parts_of(grounder.formula(rotate(axiom.condition, s, roles)))]
        if axiom.span is not None and any(formula in parts for formula in formulas):
            yield Label(axiom.span, axiom.title)


def wordings(system: NormSystem, norms: Iterable[NormId]) -> tuple[str, ...]:
    """What the clauses say in their source language, for those that quote it."""
    quoted = [(clause_name(system, n), system.norms[n].wording) for n in norms]
    return tuple(f"{name}: “{words}”" for name, words in quoted if words)


def unverified(system: NormSystem, norms: Iterable[NormId]) -> tuple[str, ...]:
    """A warning for each clause whose source was recalled and not read."""
    notes = {
        f"{clause_name(system, identity)} rests on {citation.text}, from memory and not verified": None
        for identity in norms
        for citation in system.norms[identity].citations
        if citation.mark is Mark.MEMORY
    }
    return tuple(notes)


def demand_words(norm: Norm) -> str:
    """What the clause says from its modal on, on one line."""
    assert norm.content_span is not None
    return " ".join(norm.content_span.text.split())


def condition_words(system: NormSystem, literals: Iterable[Expr]) -> str:
    """Conditions as one clause of a sentence: `own unit is a warship, the zone is eez, and calls stay unanswered`."""
    told = [literal for literal in literals if not _goes_without_saying(system, literal)]
    ordered = _in_reading_order(system, told)
    parts: list[str] = []
    units = [_kind_of_unit(system, literal) for literal in ordered[:2]]
    if len(units) == 2 and units[0] and units[1] and len(system.situation.roles) == 2:
        parts.append(f"{units[0]} meets {units[1]}")
        ordered = ordered[2:]
    while ordered:
        first = ordered.pop(0)
        other = next((o for o in ordered if _is_range(first, o)), None)
        if other is None:
            parts.append(literal_words(system, first))
        else:
            ordered.remove(other)
            parts.append(_range(system, first, other))
    return listed(parts) if parts else "always between units of its parties"


def literal_words(system: NormSystem, literal: Expr) -> str:
    """One condition in words."""
    match literal:
        case Truth(value):
            return "always" if value else "never"
        case Flag(variable):
            return _flag(system, variable, True)
        case Not(Flag(variable)):
            return _flag(system, variable, False)
        case IsIn(variable, members):
            return _membership(system, variable, members, True)
        case Not(IsIn(variable, members)):
            return _membership(system, variable, members, False)
        case Same(left, right):
            return f"{variable_words(system, left)} is {variable_words(system, right)}"
        case Not(Same(left, right)):
            return f"{variable_words(system, left)} is not {variable_words(system, right)}"
        case Compare():
            return _comparison(system, literal)
        case Not(Compare() as compared):
            return f"not so that {_comparison(system, compared)}"
        case And(parts):
            return listed([literal_words(system, part) for part in parts])
        case Or(parts):
            return listed([literal_words(system, part) for part in parts], "or")
        case Not(operand):
            return f"not so that {literal_words(system, operand)}"
        case Does(act, role):
            return f"{role_words(system, role)} does `{act}`"
        case Binds(norm, role):
            return f"{clause_name(system, norm)} binds the {role_words(system, role)}"
        case States(item):
            return f"states `{item}`"
        case _:
            assert_never(literal)


def role_words(system: NormSystem, role: int) -> str:
    """`own unit` where units take roles in turn, `organiser` where the roles are fixed."""
    name = system.situation.roles[role]
    return f"{name} unit" if system.situation.interchangeable else name


def variable_words(system: NormSystem, variable: Variable) -> str:
    """`range between the units`, `craft of own unit`."""
    title = system.words.attributes.get(variable.name) or variable.name.replace("_", " ")
    return title if variable.role is None else f"{title} of {role_words(system, variable.role)}"


def member_words(system: NormSystem, member: str) -> str:
    return system.words.members.get(member, member).replace("_", " ")


def scenario(system: NormSystem, point: Point, mattering: Iterable[Variable]) -> Scenario:
    """An example that tells only what matters: whose units of what kind, and the variables named."""
    told = [v for v in _identity(system) if v in point]
    told += [v for v in dict.fromkeys(mattering) if v in point and v not in told]
    facts = [_fact(system, variable, point[variable]) for variable in told]
    units = [_unit_words(system, role, point) for role in range(len(system.situation.roles))]
    rest = [f.words for v, f in zip(told, facts, strict=True) if v not in _identity(system)]
    return Scenario(tuple(facts), "; ".join([listed([u for u in units if u]), *rest]).strip("; "))


def example(system: NormSystem, shown: Episode, formulas: Iterable[Expr], *also: Origin) -> Scenario:
    """A confirmed episode, told by the situation variables of these formulas (and those of other origins)."""
    told = [v for v in mattering(formulas) if v.origin in (Origin.SITUATION, *also)]
    return scenario(system, shown.values, told)


def mattering(literals: Iterable[Expr]) -> list[Variable]:
    """The variables of conditions, in order."""
    return list(dict.fromkeys(v for literal in literals for v in variables(literal)))


def value_words(system: NormSystem, variable: Variable, value: Value) -> str:
    """A value in the author's unit."""
    sort = variable.sort
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return member_words(system, value)
        case Fraction():
            if isinstance(sort, NumberSort):
                return show(value, system.words.units.get(variable.name), sort.dimension)
            return number_words(value)
        case _:
            assert_never(value)


def _identity(system: NormSystem) -> list[Variable]:
    """What says which units meet: their party, and the axes that every unit has."""
    names = [system.situation.party] if system.situation.party else []
    names += [axis.name for axis in system.situation.axes if axis.role is not None]
    attributes = {v.name: v for v in system.situation.attributes}
    return [
        Variable(name, role, attributes[name].sort)
        for name in dict.fromkeys(names)
        for role in range(len(system.situation.roles))
        if name in attributes
    ]


def _unit_words(system: NormSystem, role: int, point: Point) -> str:
    values = [point[v] for v in _identity(system) if v.role == role and v in point]
    words = [
        value if isinstance(value, str) and value in _parties(system) else member_words(system, str(value))
        for value in values
    ]
    return f"{' '.join(words)} ({system.situation.roles[role]})" if words else ""


def _parties(system: NormSystem) -> tuple[str, ...]:
    for variable in system.situation.attributes:
        if variable.name == system.situation.party and isinstance(variable.sort, KindSort):
            return variable.sort.members
    return ()


def _fact(system: NormSystem, variable: Variable, value: Value) -> Fact:
    subject = None if variable.role is None else system.situation.roles[variable.role]
    exact = ("true" if value else "false") if isinstance(value, bool) else str(value)
    if isinstance(variable.sort, FlagSort):
        words = _flag(system, variable, value is True)
    else:
        words = f"{variable_words(system, variable)}: {value_words(system, variable, value)}"
    return Fact(subject, variable.name, exact, words)


def _flag(system: NormSystem, variable: Variable, positive: bool) -> str:
    if variable.origin is Origin.DOING:
        act = variable.name.split("#")[0].split(" ")[0]
        title = system.acts[act].title if act in system.acts else act
        role = variable.role or 0
        who = role_words(system, role)
        if len(system.situation.roles) == 2:
            title = title.replace("the other unit", role_words(system, 1 - role))
        if positive:
            return f"{who} {title}" if title != act else f"{who} does `{act}`"
        return f"{who} does not do this: `{act}`"
    title = system.words.attributes.get(variable.name) or variable.name.replace("_", " ")
    if variable.role is None:
        return title if positive else f"it is not so that {title}"
    who = role_words(system, variable.role)
    return f"{who} is {title}" if positive else f"{who} is not {title}"


def _membership(system: NormSystem, variable: Variable, members: Sequence[str], positive: bool) -> str:
    sort = variable.sort
    assert isinstance(sort, KindSort)
    others = tuple(member for member in sort.members if member not in members)
    nouns, verb = system.words.nouns, "is" if positive else "is not"
    name = nouns.get((variable.name, frozenset(members)))
    if name is None and (opposite := nouns.get((variable.name, frozenset(others)))) is not None:
        name, verb = opposite, "is not" if positive else "is"
    if name is None and len(members) > 1 and len(others) < len(members):
        members, verb = others, "is not" if positive else "is"
    words = name or listed([member_words(system, member) for member in members], "or")
    if variable.role is None or (variable not in _identity(system) and name is None):
        return f"{variable_words(system, variable)} {verb} {words}"
    if variable.name == system.situation.party:
        return f"{role_words(system, variable.role)} {verb} of {words}"
    return f"{role_words(system, variable.role)} {verb} {_article(words)}"


def _article(words: str) -> str:
    """The noun with its indefinite article, unless it already has one."""
    if words.split(" ")[0] in ("a", "an", "the"):
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _comparison(system: NormSystem, compared: Compare) -> str:
    terms, bound, order = list(compared.terms), compared.bound, compared.order
    dimension = terms[0][1].sort.dimension if isinstance(terms[0][1].sort, NumberSort) else None
    assert dimension is not None
    if len(terms) == 1:
        coefficient, variable = terms[0]
        words = {Order.LESS: "under", Order.AT_MOST: "at most", Order.EQUAL: "exactly"}
        if coefficient < 0:
            words |= {Order.LESS: "over", Order.AT_MOST: "at least"}
        unit = compared.unit or system.words.units.get(variable.name)
        return f"{variable_words(system, variable)} is {words[order]} {show(bound / coefficient, unit, dimension)}"
    left = " + ".join(_term(system, c, v) for c, v in terms if c > 0)
    right = [_term(system, -c, v) for c, v in terms if c < 0]
    if bound or not right:
        right.append(show(bound, compared.unit, dimension))
    relation = {Order.LESS: "is less than", Order.AT_MOST: "is at most", Order.EQUAL: "equals"}[order]
    return f"{left or '0'} {relation} {' + '.join(right)}"


def _goes_without_saying(system: NormSystem, literal: Expr) -> bool:
    """That units belong to the parties of the text under check."""
    parties = system.texts[system.subject].parties
    return (
        isinstance(literal, IsIn)
        and literal.variable.name == system.situation.party
        and parties is not None
        and parties <= frozenset(literal.members)
    )


def _kind_of_unit(system: NormSystem, literal: Expr) -> str | None:
    """`a warship`, if the literal says only which kind of unit a role is."""
    if not isinstance(literal, IsIn) or literal.variable.role is None or literal.variable not in _identity(system):
        return None
    if literal.variable.name == system.situation.party:
        return None
    words = literal_words(system, literal)
    prefix = f"{role_words(system, literal.variable.role)} is "
    return words.removeprefix(prefix) if not words.startswith(f"{prefix}not ") else None


def _is_range(one: Expr, other: Expr) -> bool:
    """Whether the two bound one quantity from both sides."""
    if not isinstance(one, Compare) or not isinstance(other, Compare) or Order.EQUAL in (one.order, other.order):
        return False
    return [v for _, v in one.terms] == [v for _, v in other.terms] and len(one.terms) == 1 and one.terms != other.terms


def _range(system: NormSystem, one: Expr, other: Expr) -> str:
    """`bearing of own unit is from over 112.5 deg to under 247.5 deg`."""
    assert isinstance(one, Compare)
    assert isinstance(other, Compare)
    low, high = (one, other) if one.terms[0][0] < 0 else (other, one)
    variable = low.terms[0][1]
    assert isinstance(variable.sort, NumberSort)
    unit = low.unit or high.unit or system.words.units.get(variable.name)
    start = show(low.bound / low.terms[0][0], unit, variable.sort.dimension)
    end = show(high.bound / high.terms[0][0], unit, variable.sort.dimension)
    over, under = ("over " if low.order is Order.LESS else ""), ("under " if high.order is Order.LESS else "")
    return f"{variable_words(system, variable)} is from {over}{start} to {under}{end}"


def _term(system: NormSystem, coefficient: Fraction, variable: Variable) -> str:
    name = variable_words(system, variable)
    return name if coefficient == 1 else f"{number_words(coefficient)} × {name}"


def _in_reading_order(system: NormSystem, literals: Iterable[Expr]) -> list[Expr]:
    """Whose units of what kind first, own before other, then places, then the rest."""
    identity = _identity(system)
    axes = list(system.situation.axes)

    def key(literal: Expr) -> tuple[int, int, str]:
        first = next(iter(variables(literal)), None)
        if first is None:
            return (3, 0, "")
        if first in identity:
            return (0, identity.index(first), "")
        return (1, axes.index(first), "") if first in axes else (2, 0, str(first.name))

    return sorted(literals, key=key)
