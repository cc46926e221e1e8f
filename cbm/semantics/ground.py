"""A norm system as plain formulas for one bearer: what it finds, what it can do, when each norm binds, what fulfils it.

Acts become flags, one set of them for each way in which the texts speak of a doing; binding is unfolded along what
displaces it. Nothing here is shared with evaluate, which says the same of one episode at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from cbm.semantics.core import (
    FALSE,
    FLAG,
    And,
    Binds,
    Compare,
    Dimension,
    Does,
    DutyExpected,
    Expr,
    Flag,
    Guard,
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
    Text,
    Truth,
    Variable,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.linear import Sum, at_zero, of_variable
from cbm.semantics.rotate import rotate
from cbm.semantics.substitute import parts_of, variables
from cbm.syntax.ast import DocumentKind


@dataclass(frozen=True, slots=True)
class GroundNorm:
    """A norm for the bearer: `applicable`, `live`, `binds` and `fulfilled` as formulas."""

    norm: Norm
    applicable: Expr
    live: Expr
    binds: Expr
    fulfilled: Expr

    @property
    def demand(self) -> Expr:
        """Where it binds, it is fulfilled."""
        return disjunction(negation(self.binds), self.fulfilled)


@dataclass(frozen=True, slots=True)
class Ground:
    """All questions about one bearer are put over these formulas.

    `possible` speaks of the situation alone (with the ranges of its quantities), `feasible` of conduct too;
    `conduct` are the variables the bearer decides or that are free because an axiom ties them to those.
    """

    system: NormSystem
    bearer: int
    possible: tuple[Expr, ...]
    feasible: tuple[Expr, ...]
    conduct: frozenset[Variable]
    norms: tuple[GroundNorm, ...]

    def norm(self, identity: NormId) -> GroundNorm:
        """The norm of this label, which can bind this bearer."""
        return next(n for n in self.norms if n.norm.id == identity)

    def find(self, identity: NormId) -> GroundNorm | None:
        """The same; None if it never speaks to this bearer."""
        return next((n for n in self.norms if n.norm.id == identity), None)

    @property
    def demanding(self) -> tuple[GroundNorm, ...]:
        """The obligations and prohibitions."""
        return tuple(n for n in self.norms if n.norm.demands)


def ground(system: NormSystem, bearer: int) -> Ground:
    """The formulas for the unit in this role."""
    grounder = Grounder(system, (bearer,))
    norms = grounder.norms(bearer)
    axioms = [part for axiom in grounder.axioms() for part in parts_of(axiom)]
    conduct = _conduct(axioms, [f for n in norms for f in (n.binds, n.fulfilled)], bearer)
    used = {v for f in axioms for v in variables(f)} | {
        v for n in norms for f in (n.live, n.fulfilled) for v in variables(f)
    }
    used.update(declared_variables(system))
    axioms += [part for v in sorted(used, key=_key) for part in within_range(v)]
    possible = tuple(a for a in axioms if conduct.isdisjoint(variables(a)))
    feasible = tuple(a for a in axioms if not conduct.isdisjoint(variables(a)))
    return Ground(system, bearer, possible, feasible, conduct, norms)


def bearers(system: NormSystem) -> tuple[int, ...]:
    """The roles to ask about: one is enough where units take the roles in turn."""
    if system.situation.interchangeable:
        return (0,)
    return tuple(
        role
        for role in range(len(system.situation.roles))
        if any(n.rotates or n.bearer == role for n in system.norms.values())
    )


class Grounder:
    """Turns core expressions into ground formulas; remembers what it has unfolded.

    The roles in `acting` may do an act once for each way in which the texts speak of it, all others once at most.
    """

    def __init__(self, system: NormSystem, acting: tuple[int, ...]) -> None:
        self.system = system
        self.acting = acting
        self.roles = len(system.situation.roles)
        self._binding: dict[tuple[NormId, int], Expr] = {}
        self._applying: dict[tuple[NormId, int], Expr] = {}
        self._displacing: dict[NormId, list[tuple[NormId, bool]]] = {}
        for edge in system.displacements:
            self._displacing.setdefault(edge.of, []).append((edge.by, edge.both))
        self._manners: dict[str, int] | None = None  # counted when an act is first spoken of

    def norms(self, role: int) -> tuple[GroundNorm, ...]:
        """The norms that can bind this role, in source order."""
        return tuple(self._norm(n, role) for n in self.system.norms.values() if n.rotates or n.bearer == role)

    def _norm(self, norm: Norm, role: int) -> GroundNorm:
        viewpoint = role if norm.rotates else 0
        applicable = self._applicable(norm, viewpoint)
        return GroundNorm(
            norm,
            applicable,
            self._live(norm, applicable),
            self.binds(norm.id, role),
            self.formula(rotate(norm.content, viewpoint, self.roles)),
        )

    def axioms(self) -> Iterable[Expr]:
        """Every axiom from every role it speaks of; those of a text only while it is in force."""
        for axiom in self.system.axioms:
            if axiom.document is not None and not in_force(self.system.texts[axiom.document], self.system):
                continue
            for step in range(self.roles if axiom.rotates else 1):
                yield self.formula(rotate(axiom.condition, step, self.roles))

    def binds(self, identity: NormId, role: int) -> Expr:
        """When the norm binds this role: live, and displaced by nothing that binds."""
        key = (identity, role)
        if key not in self._binding:
            norm = self.system.norms[identity]
            if not norm.rotates and norm.bearer != role:
                self._binding[key] = FALSE
            else:
                live = self._live(norm, self._applicable(norm, role if norm.rotates else 0))
                displacing = [
                    self.binds(by, r)
                    for by, both in self._displacing.get(identity, ())
                    for r in (range(self.roles) if both else (role,))
                ]
                self._binding[key] = conjunction(live, negation(disjunction(*displacing)))
        return self._binding[key]

    def guard(self, guard: Guard, norm: Norm, role: int) -> Expr:
        """One part of a norm's condition, or one exception, for this role."""
        return self.formula(rotate(guard.condition, role if norm.rotates else 0, self.roles))

    def formula(self, expression: Expr) -> Expr:
        """The ground formula of a core expression whose role numbers are those of the situation."""
        match expression:
            case Truth() | Flag() | IsIn() | Same() | Compare():
                return expression
            case Not(operand):
                return negation(self.formula(operand))
            case And(parts):
                return conjunction(*map(self.formula, parts))
            case Or(parts):
                return disjunction(*map(self.formula, parts))
            case Binds(norm, role):
                return self.binds(norm, role)
            case Does(act, role, manner):
                copies = self._copies(act, role)
                return disjunction(*(self._doing(role, manner, copy) for copy in copies))
            case States():
                raise TypeError("an item is stated by a doing only")
            case _:
                assert_never(expression)

    def plain_flag(self, act: str, role: int) -> Iterable[Expr]:
        """Where an act has several flags: the plain one is set when any of them is."""
        copies = self._copies(act, role)
        if len(copies) > 1:
            for aspect in ("", *(f" stating {item}" for item in self.system.acts[act].states)):
                plain = Flag(Variable(act + aspect, role, FLAG, Origin.DOING))
                some = disjunction(*(Flag(Variable(copy + aspect, role, FLAG, Origin.DOING)) for copy in copies))
                yield disjunction(negation(plain), some)
                yield disjunction(plain, negation(some))

    def _applicable(self, norm: Norm, viewpoint: int) -> Expr:
        key = (norm.id, viewpoint)
        if key not in self._applying:
            met = [self.formula(rotate(g.condition, viewpoint, self.roles)) for g in norm.guards]
            excepted = [self.formula(rotate(g.condition, viewpoint, self.roles)) for g in norm.exceptions]
            self._applying[key] = conjunction(*met, negation(disjunction(*excepted)))
        return self._applying[key]

    def _live(self, norm: Norm, applicable: Expr) -> Expr:
        text = self.system.texts[norm.id.document]
        if not in_force(text, self.system):
            return FALSE
        return conjunction(applicable, *self.joined(text))

    def joined(self, text: Text) -> list[Expr]:
        """The parties of all roles have joined the text."""
        name = self.system.situation.party
        if name is None or text.parties is None:
            return []
        attribute = next(v for v in self.system.situation.attributes if v.name == name)
        assert isinstance(attribute.sort, KindSort)
        members = tuple(m for m in attribute.sort.members if m in text.parties)
        return [IsIn(Variable(name, role, attribute.sort), members) for role in range(self.roles)]

    def _count_manners(self) -> dict[str, int]:
        """How many doings of an act an episode needs at most: one for each way in which the texts speak of it."""
        spoken: dict[str, set[Expr]] = {}
        for expression in written(self.system):
            for does in _doings(expression):
                spoken.setdefault(does.act, set()).add(does.manner)
        return {act: len(manners) for act, manners in spoken.items()}

    def _copies(self, act: str, role: int) -> tuple[str, ...]:
        if self._manners is None:
            self._manners = self._count_manners()
        count = self._manners.get(act, 1) if role in self.acting else 1
        return (act,) if count == 1 else tuple(f"{act}#{i + 1}" for i in range(count))

    def _doing(self, role: int, manner: Expr, copy: str) -> Expr:
        done = Flag(Variable(copy, role, FLAG, Origin.DOING))
        return conjunction(done, self._manner(manner, copy, role))

    def _manner(self, manner: Expr, copy: str, role: int) -> Expr:
        match manner:
            case States(item):
                return Flag(Variable(f"{copy} stating {item}", role, FLAG, Origin.DOING))
            case Not(operand):
                return negation(self._manner(operand, copy, role))
            case And(parts):
                return conjunction(*(self._manner(part, copy, role) for part in parts))
            case Or(parts):
                return disjunction(*(self._manner(part, copy, role) for part in parts))
            case _:
                return self.formula(manner)


@dataclass(frozen=True, slots=True)
class Together:
    """What all units find and do together: the axioms, and the norms of each role."""

    axioms: tuple[Expr, ...]
    norms: tuple[tuple[GroundNorm, ...], ...]  # by role


def ground_together(system: NormSystem) -> Together:
    """The formulas for all units at once; an act done in any of its ways is also the plain flag of the act."""
    roles = range(len(system.situation.roles))
    grounder = Grounder(system, tuple(roles))
    axioms = [part for axiom in grounder.axioms() for part in parts_of(axiom)]
    norms = tuple(grounder.norms(role) for role in roles)
    axioms += [link for act in system.acts for role in roles for link in grounder.plain_flag(act, role)]
    used = {v for f in axioms for v in variables(f)}
    used |= {v for group in norms for n in group for f in (n.live, n.fulfilled) for v in variables(f)}
    used.update(declared_variables(system))
    axioms += [part for v in sorted(used, key=_key) for part in within_range(v)]
    return Together(tuple(axioms), norms)


def in_force(text: Text, system: NormSystem) -> bool:
    """A draft is read as if in force; an instrument from its date on, before it ends; without a date asked, always."""
    if text.kind is DocumentKind.DRAFT or system.as_of is None:
        return True
    start = text.in_force or text.adopted
    return (start is None or start <= system.as_of) and (text.until is None or system.as_of < text.until)


def within_range(variable: Variable) -> tuple[Expr, ...]:
    """The declared range of a quantity; an angle stays below a full turn."""
    sort = variable.sort
    if not isinstance(sort, NumberSort):
        return ()
    total, bounds = of_variable(variable), []
    if sort.low is not None:
        bounds.append(at_zero(Sum((), sort.low).plus(total, -1), Order.AT_MOST))
    if sort.high is not None:
        order = Order.LESS if sort.dimension is Dimension.ANGLE else Order.AT_MOST
        bounds.append(at_zero(total.plus(Sum((), sort.high), -1), order))
    return tuple(bounds)


def declared_variables(system: NormSystem) -> Iterator[Variable]:
    """Every attribute and result: cases and promises may speak of one that no norm mentions."""
    roles = range(len(system.situation.roles))
    for attribute in system.situation.attributes:
        for role in (None,) if attribute.role is None else roles:
            yield Variable(attribute.name, role, attribute.sort)
    for result in system.results.values():
        for role in roles if result.each else (None,):
            yield Variable(result.name, role, result.sort, Origin.RESULT)


def written(system: NormSystem) -> Iterator[Expr]:
    """Every expression of a system, the norms first."""
    for norm in system.norms.values():
        yield norm.content
        yield from (guard.condition for guard in (*norm.guards, *norm.exceptions))
        yield from (secondary.content for secondary in norm.otherwise)
    yield from (axiom.condition for axiom in system.axioms)
    yield from (promise.condition for promise in system.coverage)
    for case in system.cases:
        yield case.given
        for expected in case.expected:
            yield expected.content if isinstance(expected, DutyExpected) else expected.condition


def _conduct(axioms: Iterable[Expr], formulas: Iterable[Expr], bearer: int) -> frozenset[Variable]:
    """What the bearer decides, and what an axiom ties to that.

    Own acts and results, and results that the units share; then the acts and results of others that stand in one
    axiom with any of these.
    """
    everything = [frozenset(variables(a)) for a in axioms]
    mentioned = frozenset().union(*everything, *(variables(f) for f in formulas))
    made = {v for v in mentioned if v.origin is not Origin.SITUATION}
    own = {v for v in made if v.role is None or v.role == bearer}
    tied = {v for axiom in everything if not own.isdisjoint(axiom) for v in axiom & made}
    return frozenset(own | tied)


def _doings(expression: Expr) -> Iterator[Does]:
    match expression:
        case Does():
            yield expression
        case Not(operand):
            yield from _doings(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _doings(part)
        case _:
            return


def _key(variable: Variable) -> tuple[str, int]:
    return (variable.name, -1 if variable.role is None else variable.role)
