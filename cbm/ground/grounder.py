"""Core expressions to ground formulas: when each norm binds, what fulfils it, and which axioms count.

Acts become flags, one set of them for each way in which the texts speak of a doing; binding is unfolded along what
displaces it. Nothing here is shared with evaluate, which says the same of one episode at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from itertools import chain
from typing import assert_never

from cbm.core.calendar.meetings import works
from cbm.core.clause_limits.permission_limits import limits_of_doings
from cbm.core.dependence.clauses_together import clauses_together
from cbm.core.dependence.norm_edges import asked
from cbm.core.dependence.unfolding import Unfolding
from cbm.core.episodes import Axiom
from cbm.core.expressions import (
    FALSE,
    TRUE,
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    Formula,
    IsIn,
    NormId,
    Not,
    Or,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import Displacement, Guard, Norm, NormSystem, Text, packages_meant
from cbm.core.roles import rotate
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import ActInstance, Origin
from cbm.core.written import stated, written
from cbm.ground.act_instances import InstancePool, SpokenOf, doings_of, on_its_day, placed, same_time, without_hand
from cbm.ground.between_parties import BetweenParties
from cbm.ground.members import is_heard, named, of_their_time, told
from cbm.ground.party_readings import read_alike
from cbm.ground.sending import carried
from cbm.ground.texts_in_force import in_force
from cbm.process.budget import SPENT, WorkSpent, require_going_on
from cbm.records import Itself, Record, replace

# So many doings are written out for others that they are done for: with more, what is asked of them takes minutes.
_WAYS = 10_000


class GroundNorm(Record, dict=True):  # with room for what is worked out once
    """A norm for the bearer: `applicable`, `live`, `binds` and `fulfilled` as formulas.

    `kept` says that it is fulfilled by the doings set apart for it: more than is needed, and all that has to be looked
    at where some conduct is looked for that fulfils it. `otherwise` says, step by step, what fulfils what it asks for
    where it is breached; `owed` where it is owed to whom the bearer meets, and does not only bind it.
    """

    norm: Norm
    applicable: Formula
    live: Formula
    binds: Formula
    fulfilled: Formula
    kept: Formula
    otherwise: tuple[Formula, ...] = ()
    owed: Formula = TRUE

    @cached_property
    def demand(self) -> Formula:
        """Where it binds, it is kept; that an act is done is no condition of what is kept where it is not done."""
        said = [part for part in parts_of(self.binds) if not _is_done(part) or not self._is_kept_without(part)]
        return disjunction(negation(conjunction(*said)), self.kept)

    def _is_kept_without(self, doings: Formula) -> bool:
        return substitute(self.kept, dict.fromkeys(variables(doings), False)) == TRUE


def _is_done(part: Formula) -> bool:
    """Whether it says only that an act is done."""
    flags = part.parts if isinstance(part, Or) else (part,)
    return all(isinstance(flag, Flag) and flag.variable.origin is Origin.DOING for flag in flags)


class Grounder:
    """Turns core expressions into ground formulas; remembers what it has unfolded.

    The roles in `acting` may do an act once for each way in which the texts speak of it, all others once at most.
    """

    def __init__(self, system: NormSystem, acting: tuple[int, ...], again: bool = False) -> None:
        self.system = system
        self.acting = acting
        self._again = again
        self.roles = len(system.situation.roles)
        together = clauses_together(Itself(system))
        never = None if together is None else (lambda way: together.never(tuple(norm for norm, _ in way)))
        self._binding = Unfolding[tuple[NormId, int], Formula](FALSE, never)
        self._applying: dict[tuple[NormId, int], Formula] = {}
        # By identity, with the expression, which is held so: asking for equality takes longer.
        self._formulas: dict[tuple[int, bool], tuple[Expr, Formula]] = {}
        self.between = BetweenParties(system)
        self._counting: dict[str, bool] = {}
        self._displacing: dict[NormId, list[Displacement]] = {}
        for edge in system.displacements:
            self._displacing.setdefault(edge.of, []).append(edge)
        self._lower = frozenset(self._displacing)  # the norms in whose place others stand

    def __reduce__(self) -> tuple[type[Grounder], tuple[NormSystem, tuple[int, ...], bool]]:
        return Grounder, (self.system, self.acting, self._again)  # what it remembers is soon found again

    @cached_property
    def _pool(self) -> InstancePool:
        """Counted when an act is first spoken of."""
        said = chain(written(self.system), limits_of_doings(self.system))
        return InstancePool(self.system, self.acting, said, self._again)

    @cached_property
    def asks_what_binds(self) -> bool:
        """Whether something said in the texts depends on whether a norm binds."""
        return any(any(asked(expression)) for expression in stated(self.system))

    def with_edges_of(self, system: NormSystem) -> Grounder:
        """For a system with other displacements and else the same; nothing said there asks what binds."""
        other = Grounder(system, self.acting, self._again)
        other.__dict__["_pool"] = self._pool
        other._applying, other.between, other._formulas = self._applying, self.between, self._formulas
        other._lower = self._lower | other._lower
        return other

    def bound_anew(self, n: GroundNorm, role: int) -> GroundNorm:
        """A norm as it is known under other edges, as it binds under these."""
        return replace(n, binds=self.binds(n.norm.id, role)) if n.norm.id in self._lower else n

    def norms(self, role: int) -> tuple[GroundNorm, ...]:
        """The norms that can bind this role, in source order; WorkSpent where acts call for one another too often."""
        if self._ways_of_doing(role) > _WAYS:
            raise WorkSpent(SPENT)
        return tuple(self._norm(n, role) for n in self.system.norms.values() if n.rotates or n.bearer == role)

    def _ways_of_doing(self, role: int) -> int:
        """How many doings the formulas of this role's norms speak of because acts call for one another.

        A long text of which each clause asks for an act by itself speaks of none.
        """
        norms = (n for n in self.system.norms.values() if n.rotates or n.bearer == role)
        contents = (rotate(n.content, role if n.rotates else 0, self.roles) for n in norms)
        return sum(self._pool.further_ways(does, within) for content in contents for does, within in doings_of(content))

    def _norm(self, norm: Norm, role: int) -> GroundNorm:
        require_going_on()  # many clauses on one act that is done often take long
        viewpoint = role if norm.rotates else 0
        applicable, binds = self._applicable(norm, viewpoint), self.binds(norm.id, role)
        content = rotate(norm.content, viewpoint, self.roles)
        fulfilled = self.formula(content)
        once = all(len(self._pool.of(does.act, does.role)) == 1 for does, _ in doings_of(content))
        return GroundNorm(
            norm=norm,
            applicable=applicable,
            live=self._live(norm, role, applicable) if norm.id in self._displacing else binds,
            binds=binds,
            fulfilled=fulfilled,
            kept=fulfilled if once else self.formula(content, apart=True),  # there is no other doing to set apart
            otherwise=tuple(self.formula(rotate(s.content, viewpoint, self.roles)) for s in norm.otherwise),
            owed=self.between.owed(norm, role),
        )

    def axioms(self) -> Iterable[Formula]:
        """Every axiom from every role it speaks of, those of a text only while it is in force; one reading a party."""
        for axiom in self.system.axioms:
            yield from self.axiom(axiom)
        yield from read_alike(self.system)
        yield from of_their_time(self.system)
        yield from packages_meant(self.system)
        yield from self._places()
        yield from self._messages()

    def axiom(self, axiom: Axiom) -> Iterator[Formula]:
        """One axiom from every role it speaks of, where it counts."""
        if axiom.document is not None and not self._counts(axiom.document):
            return
        if axiom.dated and axiom.week != self.system.week:
            return
        steps = range(self.roles if axiom.rotates else 1)
        apart = axiom.at_any_time is not None  # each doing has one of its own of what it takes
        for turned in dict.fromkeys(rotate(axiom.condition, step, self.roles) for step in steps):
            yield self.formula(turned, apart=apart)  # what it says of all roles alike, it says once

    def _places(self) -> Iterator[Formula]:
        """Where in their weeks doings lie from which hours or days are counted."""
        for role in range(self.roles):
            own = (True, False) if len(self.acting) > 1 else (role in self.acting,)
            for act in dict.fromkeys(
                act for act, by_bearer in sorted(self.system.situation.placed) if by_bearer in own
            ):
                for done, since in self._pool.since(act, role):
                    yield from on_its_day(done, since)

    def _messages(self) -> Iterator[Formula]:
        """How long what the acting roles send is under way."""
        for act in self.system.lines:
            for role in self.acting:
                for done in self._pool.of(act, role):
                    yield from carried(self.system, done)

    def binds(self, identity: NormId, role: int) -> Formula:
        """When the norm binds this role: live, and displaced by nothing that binds."""
        return self._binding.of((identity, role), partial(self._binds, identity, role))

    def _binds(self, identity: NormId, role: int) -> Formula:
        norm = self.system.norms[identity]
        if not norm.rotates and norm.bearer != role:
            return FALSE
        return self.binds_where(norm, role, self._applicable(norm, role if norm.rotates else 0))

    def binds_where(self, norm: Norm, role: int, applicable: Formula) -> Formula:
        """When the norm, if it speaks to this role and applies just there, binds it."""
        displacing = [
            self.displaces(edge, r, role)
            for edge in self._displacing.get(norm.id, ())
            for r in (range(self.roles) if edge.both else (role,))
        ]
        return conjunction(self._live(norm, role, applicable), negation(disjunction(*displacing)))

    def displaces(self, edge: Displacement, by: int, role: int) -> Formula:
        """When the upper norm, which binds the one role, stands in place of what the lower one asks of the other."""
        norms = self.system.norms
        return conjunction(self.binds(edge.by, by), self.between.lifts((norms[edge.by], by), (norms[edge.of], role)))

    def guard(self, guard: Guard, norm: Norm, role: int) -> Formula:
        """One part of a norm's condition, or one exception, for this role."""
        return self.formula(rotate(guard.condition, role if norm.rotates else 0, self.roles))

    def formula(self, expression: Expr, spoken_of: tuple[SpokenOf, ...] = (), apart: bool = False) -> Formula:
        """The ground formula of a core expression whose role numbers are those of the situation.

        `spoken_of` are the doings it speaks of: the innermost last, the one at hand among them inside a manner. With
        `apart`, what is to be done is done by the one doing set apart for it.
        """
        if spoken_of:  # the same is seldom said of the same doings
            return self._formula(expression, spoken_of, apart)
        key = (id(expression), apart)
        known = self._formulas.get(key)
        if known is not None:
            return known[1]
        made = self._formula(expression, (), apart)
        if self._binding.is_whole:
            self._formulas[key] = expression, made
        return made

    def _formula(self, expression: Expr, spoken_of: tuple[SpokenOf, ...], apart: bool) -> Formula:
        def inside(part: Expr) -> Formula:
            return self.formula(part, spoken_of, apart)

        match expression:
            case Truth():
                return expression
            case IsIn() if self.system.situation.tells_party(expression.variable):
                return named(self.system, expression)
            case Flag() | IsIn() | Same() | Compare():
                return (
                    placed(expression, spoken_of, self.system.situation.moments, self.acting)
                    if spoken_of
                    else expression
                )
            case Not(operand):
                return negation(self.formula(operand, spoken_of))
            case And(parts):
                return conjunction(*map(inside, parts))
            case Or(parts):
                return disjunction(*map(inside, parts))
            case Binds(norm, role):
                return self.binds(norm, role)
            case Does(act, role, manner):
                require_going_on()  # one duty may speak of very many doings, as one of every minute does
                instances = self._pool.set_apart(expression, spoken_of) if apart else self._pool.of(act, role)
                before = without_hand(spoken_of)
                ways = (self.formula(manner, (*before, SpokenOf(one, at_hand=True))) for one in instances)
                return disjunction(
                    *(conjunction(Flag(one.performed), way) for one, way in zip(instances, ways, strict=True))
                )
            case Each(act, role, body):
                return conjunction(
                    *(
                        disjunction(
                            negation(Flag(one.performed)), self.formula(body, (*spoken_of, SpokenOf(one)), apart)
                        )
                        for one in self._pool.of(act, role)
                    )
                )
            case States(item):
                return disjunction(*(Flag(_at_hand(spoken_of).states(one)) for one in told(self.system, item)))
            case Through(channel):
                return IsIn(_at_hand(spoken_of).through(self.system.channels), (channel,))
            case Worded(language):
                return IsIn(_at_hand(spoken_of).language(self.system.languages), (language,))
            case Works(channel):
                return Truth(works(self.system.channels[channel], self.system.as_of))
            case _:
                assert_never(expression)

    def doings(self, act: str, role: int) -> tuple[tuple[ActInstance, ...], tuple[ActInstance, ...]]:
        """The doings of the act by the role that the formulas may speak of: those for later, and those set apart.

        Only with `again` some are set apart for what was done before something happened.
        """
        copies = self._pool.of(act, role)
        later = self._pool.later(act) if role in self.acting else len(copies)
        return copies[:later], copies[later:]

    def plain_flag(self, act: str, role: int) -> Iterable[Formula]:
        """Where an act has several flags: the plain one is set when any of them is, and done when one of them is."""
        copies = self._pool.of(act, role)
        if len(copies) > 1:
            whole = ActInstance(act, role)
            for item in (None, *self.system.acts[act].told):
                plain = Flag(whole.performed if item is None else whole.states(item))
                some = disjunction(*(Flag(c.performed if item is None else c.states(item)) for c in copies))
                yield disjunction(negation(plain), some)
                yield disjunction(plain, negation(some))
            if self._pool.timed:
                times = (conjunction(Flag(c.performed), same_time(whole.at, c.at)) for c in copies)
                yield disjunction(negation(Flag(whole.performed)), *times)

    def _applicable(self, norm: Norm, viewpoint: int) -> Formula:
        key = (norm.id, viewpoint)
        if key in self._applying:
            return self._applying[key]
        met = [self.formula(rotate(g.condition, viewpoint, self.roles)) for g in norm.guards]
        excepted = [self.formula(rotate(g.condition, viewpoint, self.roles)) for g in norm.exceptions]
        found = conjunction(*met, negation(disjunction(*excepted)))
        if self._binding.is_whole:
            self._applying[key] = found
        return found

    def _live(self, norm: Norm, role: int, applicable: Formula) -> Formula:
        text = self.system.texts[norm.id.document]
        if not self._counts(text.name) or not is_heard(norm, self.system):
            return FALSE
        return conjunction(applicable, self.between.concerned(text, role, self.between.towards(norm, role)))

    def _counts(self, text: str) -> bool:
        """Whether the text is in force."""
        if text not in self._counting:
            self._counting[text] = in_force(self.system.texts[text], self.system)
        return self._counting[text]

    def joined(
        self, text: Text, bearer: int | None = None, towards: Iterable[int] = (), whose: Expr = TRUE
    ) -> list[Formula]:
        """`BetweenParties.joined`; `whose` says of role 0 that it is of the parties that a promise is narrowed to."""
        narrowed = None if whose == TRUE else (lambda role: self.formula(rotate(whose, role, self.roles)))
        return self.between.joined(text, bearer, towards, narrowed)


def _at_hand(spoken_of: Iterable[SpokenOf]) -> ActInstance:
    return next(spoken.instance for spoken in spoken_of if spoken.at_hand)
