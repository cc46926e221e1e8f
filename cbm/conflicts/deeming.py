"""Deeming clauses that contradict each other: conditions the vocabulary allows and what is deemed leaves nothing of."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import partial
from itertools import count

from cbm.core.episodes import Axiom
from cbm.core.expressions import And, Flag, Formula, Not, Or, Truth, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.core.sorts import FLAG
from cbm.core.substitution import parts_of
from cbm.core.variables import Auxiliary, Purpose
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.possible_episodes import possible
from cbm.evaluate.what_binds import holds
from cbm.ground.all_roles import ground_together
from cbm.ground.grounder import Grounder
from cbm.ground.texts_in_force import in_force
from cbm.records import Record, replace
from cbm.search.kept_answers import remembered
from cbm.search.replay import Episode, joint_episode
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# What the check of the axioms asks.
ENCOUNTER = mark("does any encounter exist")
CONDUCT = mark("is there conduct in every encounter")
DEEMED = mark("does what is deemed leave room where its conditions hold")
# Rounds after which the search is given up; each one settles a set of clauses with all its subsets or supersets.
ROUNDS = 500


class Deemed(Record):
    """One axiom as it speaks of one role; `given` and `meaning` are ground formulas. `number`: how many came before."""

    number: int
    axiom: Axiom
    role: int
    given: Formula
    meaning: Formula


class Contradiction(Record):
    """A minimal set of deeming clauses whose conditions the vocabulary lets hold together, and the text does not.

    `because` are the deeming clauses and axioms of the vocabulary that exclude it, as few as possible.
    """

    clauses: tuple[Deemed, ...]
    because: tuple[Axiom, ...]
    episode: Episode  # possible in the vocabulary, and shut out by what is deemed


def contradictions(system: NormSystem) -> Iterator[Contradiction | Unknown]:
    """Every minimal set once, however the roles are taken; Unknown ends the search."""
    stated = list(each_stated(system))
    everything = tuple(ground_together(system).everything)
    said = tuple((d.axiom.document, d.axiom.title, d.role, d.given, d.meaning) for d in stated)
    numbers = {id(axiom): number for number, axiom in enumerate(system.axioms)}
    asked = (system.situation.roles, said, tuple(numbers[id(d.axiom)] for d in stated), everything)
    search = partial(_contradicting, system, stated, everything)
    for found in remembered("which deeming clauses contradict each other", asked, lambda: list(search())):
        if isinstance(found, Unknown):
            yield found
        else:
            clauses = tuple(stated[number] for number in found[0])
            because = tuple(system.axioms[number] for number in found[1])
            yield Contradiction(clauses, because, _shown(system, whatever_deemed(stated, everything), clauses))


def _contradicting(
    system: NormSystem, stated: list[Deemed], everything: tuple[Formula, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]] | Unknown]:
    """The clauses of each set, and the axioms that exclude it, by number."""
    deeming = [d for d in stated if d.axiom.document is not None]
    conditional = conditions_of(deeming)
    if not conditional:
        return
    told: set[tuple[tuple[str, str, int], ...]] = set()
    allowed = whatever_deemed(stated, everything)
    outer = Solver(
        system.situation.roles, (*allowed, *(disjunction(negation(is_chosen(d)), d.given) for d in conditional))
    )
    inner = Solver(system.situation.roles, (*allowed, *(d.meaning for d in deeming)))
    for _ in range(ROUNDS):
        found = _next(outer, inner, conditional)
        if isinstance(found, Unsat) or found == ():
            return
        if isinstance(found, Unknown):
            yield found
            return
        because = _because(system, found, stated, everything)
        if isinstance(because, Unknown):
            yield because
            return
        name = _whoever(found, deeming, len(system.situation.roles))
        if all(any(d.axiom is axiom for axiom in because) for d in found) and name not in told:
            told.add(name)
            numbers = (i for i, axiom in enumerate(system.axioms) if any(axiom is other for other in because))
            yield tuple(d.number for d in found), tuple(numbers)
        outer.require(negation(conjunction(*map(is_chosen, found))))
    yield Unknown(mark("there are more combinations of deeming clauses than are looked at"))


def each_stated(system: NormSystem) -> Iterator[Deemed]:
    """Every axiom from every role it speaks of; those of a text only while it is in force."""
    roles = len(system.situation.roles)
    grounder, numbers = Grounder(system, tuple(range(roles))), count()
    for axiom in system.axioms:
        if axiom.document is None or in_force(system.texts[axiom.document], system):
            for role in range(roles if axiom.rotates else 1):
                given = grounder.formula(rotate(axiom.given, role, roles))
                yield Deemed(next(numbers), axiom, role, given, grounder.formula(rotate(axiom.condition, role, roles)))


def whatever_deemed(stated: list[Deemed], everything: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """What holds in every episode whatever the texts deem."""
    vocabulary = {part for d in stated if d.axiom.document is None for part in parts_of(d.meaning)}
    deemed = {part for d in stated if d.axiom.document is not None for part in parts_of(d.meaning)} - vocabulary
    return tuple(part for part in everything if part not in deemed)


def conditions_of(deeming: list[Deemed]) -> list[Deemed]:
    """The clauses with a condition, each condition of a clause once."""
    first = {(d.axiom.document, d.axiom.title, _unordered(d.given)): d for d in reversed(deeming)}
    return [d for d in deeming if not isinstance(d.given, Truth) and any(d is kept for kept in first.values())]


def _unordered(formula: Formula) -> Hashable:
    """The same for formulas that differ only in the order of their parts."""
    match formula:
        case And(parts) | Or(parts):
            return type(formula), frozenset(map(_unordered, parts))
        case Not(operand):
            return Not, _unordered(operand)
        case _:
            return formula


def is_chosen(d: Deemed) -> Formula:
    """That the condition is among those looked at together."""
    return Flag(Auxiliary(Purpose.CHOSEN, d.number, FLAG))


def _whoever(found: tuple[Deemed, ...], deeming: list[Deemed], roles: int) -> tuple[tuple[str, str, int], ...]:
    """The same for sets that differ only in which unit takes which role."""

    def named(d: Deemed, step: int) -> tuple[str, str, int]:
        shared = all(_unordered(other.given) == _unordered(d.given) for other in deeming if other.axiom is d.axiom)
        return (d.axiom.document or "", d.axiom.title, -1 if shared else (d.role + step) % roles)

    return min(tuple(sorted(named(d, step) for d in found)) for step in range(roles))


def _next(outer: Solver, inner: Solver, conditional: list[Deemed]) -> tuple[Deemed, ...] | Unsat | Unknown:
    """A minimal set of conditions that hold together in the vocabulary alone; what is settled is learnt by `outer`."""
    for _ in range(ROUNDS):
        answer = outer.ask()
        if not isinstance(answer, Sat):
            return answer
        held = _held(outer, conditional)
        if isinstance(held, Unknown):
            return held
        together = inner.ask(*(d.given for d in held))
        if isinstance(together, Unknown):
            return together
        if isinstance(together, Unsat):
            return _smallest(inner, held)
        outer.require(disjunction(*(is_chosen(d) for d in conditional if d not in held)))
    return Unknown(mark("there are more combinations of deeming clauses than are looked at"))


def _held(outer: Solver, conditional: list[Deemed]) -> list[Deemed] | Unknown:
    """As many conditions as can hold together, in source order."""
    held: list[Deemed] = []
    for d in conditional:
        answer = outer.ask(*map(is_chosen, (*held, d)))
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Sat):
            held.append(d)
    return held


def _smallest(inner: Solver, held: list[Deemed]) -> tuple[Deemed, ...] | Unknown:
    """As few as still exclude each other; what is said of the first unit is kept before what is said of others."""
    kept = list(held)
    for d in sorted(held, key=lambda d: -d.role):
        rest = [other for other in kept if other is not d]
        answer = inner.ask(*(other.given for other in rest))
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Unsat):
            kept = rest
    return tuple(kept)


def _because(
    system: NormSystem, found: tuple[Deemed, ...], stated: list[Deemed], everything: tuple[Formula, ...]
) -> tuple[Axiom, ...] | Unknown:
    """The axioms that exclude these conditions together: those of the set are left out last."""
    own = [axiom for axiom in system.axioms if any(d.axiom is axiom for d in found)]
    others = [axiom for axiom in system.axioms if not any(axiom is a for a in own)]
    stating = {part for d in stated for part in parts_of(d.meaning)}
    ranges = [part for part in everything if part not in stating]
    solver = Solver(system.situation.roles, (*ranges, *(d.given for d in found)))
    kept = [*others, *own]
    for axiom in (*others, *own):
        rest = [other for other in kept if other is not axiom]
        answer = solver.ask(*(d.meaning for d in stated if any(d.axiom is other for other in rest)))
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Unsat):
            kept = rest
    return tuple(axiom for axiom in system.axioms if any(axiom is k for k in kept))


def _shown(system: NormSystem, allowed: tuple[Formula, ...], found: tuple[Deemed, ...]) -> Episode:
    """An episode of the vocabulary in which the conditions hold, and which the evaluator sees to be shut out."""
    roles = len(system.situation.roles)
    vocabulary = replace(system, axioms=tuple(a for a in system.axioms if a.document is None))

    def shut_out(seen: CompleteEpisode) -> bool:
        given = all(holds(rotate(d.axiom.given, d.role, roles), seen, vocabulary) for d in found)
        return given and possible(seen, vocabulary) and not possible(seen, system)

    return joint_episode(vocabulary, allowed, (d.given for d in found), shut_out)
