"""Two vocabularies over one world: what each of them says by conditions, about the same encounters.

The world is what both declare, with the values that both know, and no axiom of either. What they define or demand is
said over it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from cbm.comparison.common_world import common_variables, in_common, world_of_both
from cbm.core.episodes import Axiom
from cbm.core.expressions import Expr, Formula
from cbm.core.meanings import Meaning
from cbm.core.norms import Case, NormSystem
from cbm.core.rewriting import Rewriting
from cbm.core.substitution import mentioned, parts_of, variables
from cbm.core.variable_order import variable_order
from cbm.core.variables import Attribute, ResultValue, ValueAt, Variable
from cbm.ground.declared_variables import declared_variables, within_range
from cbm.ground.grounder import Grounder
from cbm.records import replace
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import words_of
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import mark

TERM, COUNTER = mark("term"), mark("counter")  # what defines by a condition
# What a vocabulary demands of every encounter.
DemandingStatement = ast.AxiomDeclaration | ast.Requirement | ast.NeverTogether


@dataclass(frozen=True, slots=True)
class ReadVocabulary:
    """All that a vocabulary declares, with those it builds on; `system` None: it describes no situation.

    `demands` are its statements that something is so in every encounter, by their places; `definitions` are its
    declarations of terms and counters, by name.
    """

    name: str
    scope: Scope
    system: NormSystem | None
    demands: Mapping[Span, DemandingStatement]
    definitions: Mapping[str, ast.TermDeclaration | ast.CounterDeclaration]

    @property
    def conditions(self) -> Iterator[Expr]:
        """All that it says by conditions."""
        for meaning in self.scope.terms.values():
            yield from expressions_of(meaning)
        yield from (counter.condition for counter in self.scope.counters.values())
        yield from (axiom.condition for axiom in self.scope.axioms)

    def definition(self, name: str) -> str:
        """What a term says, or what a counter counts, as it is written."""
        statement = self.definitions[name]
        said = statement.condition if isinstance(statement, ast.CounterDeclaration) else statement.meaning
        start = said[0].span.start if isinstance(said, tuple) else said.span.start
        end = said[-1].span.end if isinstance(said, tuple) else said.span.end
        return " ".join(statement.span.source.text[start:end].split())


def read_vocabulary(
    name: str, scope: Scope, system: NormSystem | None, documents: Iterable[ast.Document]
) -> ReadVocabulary:
    """A vocabulary with all that it declares; `documents` are itself and those it builds on."""
    statements = [statement for document in documents for statement in document.statements]
    defined = (s for s in statements if isinstance(s, ast.TermDeclaration | ast.CounterDeclaration))
    demands = {s.span: s for s in statements if isinstance(s, DemandingStatement)}
    return ReadVocabulary(name, scope, system, demands, {s.name.text: s for s in defined})


@dataclass(frozen=True, slots=True)
class DefinedWord:
    """A term, or what a counter counts."""

    what: str
    name: str
    meaning: Meaning
    place: Span


@dataclass(frozen=True, slots=True)
class OwnVocabulary:
    """One of the two: its terms and counters by kind and name, and its axioms, as far as they can be compared."""

    words: Mapping[tuple[str, str], DefinedWord]
    axioms: tuple[Axiom, ...]

    @property
    def terms(self) -> dict[str, Meaning]:
        """What its terms mean, by name."""
        return {name: word.meaning for (what, name), word in self.words.items() if what == TERM}


@dataclass(frozen=True, slots=True)
class TwoVocabularies:
    """The system of both, in which no axiom of either stands, and what each of them says in it.

    `possible` holds in every encounter of either. `clashing` are names that stand for different kinds of things in
    them, and `left_out` are the words that speak of these. With `axioms_left_out` some axiom does.
    """

    system: NormSystem
    grounder: Grounder
    rewriting: Rewriting
    possible: tuple[Formula, ...]
    old: OwnVocabulary
    new: OwnVocabulary
    clashing: tuple[str, ...]
    left_out: tuple[str, ...]
    axioms_left_out: bool

    def formulas(self, axioms: Iterable[Axiom]) -> tuple[Formula, ...]:
        """Axioms from every role they speak of."""
        return tuple(part for axiom in axioms for formula in self.grounder.axiom(axiom) for part in parts_of(formula))

    def under(self, axioms: Iterable[Axiom]) -> NormSystem:
        """The system in which these axioms stand."""
        return replace(self.system, axioms=(*self.system.axioms, *axioms))


def expressions_of(meaning: Meaning) -> Iterator[Expr]:
    """The conditions of a meaning."""
    yield from () if meaning.condition is None else (meaning.condition,)
    yield from (when for when, _ in meaning.rows)


def are_of_one_kind(old: NormSystem, new: NormSystem) -> bool:
    """Whether as many units take part in encounters of both, and take their roles in the same way."""
    one, other = old.situation, new.situation
    return len(one.roles) == len(other.roles) and one.interchangeable == other.interchangeable


def two_vocabularies(before: ReadVocabulary, after: ReadVocabulary) -> TwoVocabularies:
    """Both over one world; each of them describes a situation, and these are of one kind."""
    assert before.system is not None
    assert after.system is not None
    old = replace(before.system, situation=replace(before.system.situation, roles=after.system.situation.roles))
    new = after.system
    common = common_variables(old, new)
    clashing = tuple(dict.fromkeys((*common.clashing, *_unlike(old, new))))
    rewriting = Rewriting(partial(in_common, common, lambda reading: reading))
    one, other = (_Comparable(vocabulary, rewriting, frozenset(clashing)) for vocabulary in (before, after))
    joint = _words_of_both(world_of_both(replace(old, axioms=()), replace(new, axioms=()), common), before, after)
    given = {(a.condition, a.rotates, a.dated): a for a in (*one.given, *other.given)}
    joint = replace(joint, axioms=tuple(given.values()))
    said = (part for side in (one, other) for word in side.words for part in expressions_of(word.meaning))
    asked = tuple(Case("", None, rewriting.expression(part), ()) for part in said)
    spoken_of = replace(joint, axioms=(*joint.axioms, *one.stated, *other.stated), cases=asked)
    grounder = Grounder(spoken_of, tuple(range(len(joint.situation.roles))))
    return TwoVocabularies(
        system=joint,
        grounder=grounder,
        rewriting=rewriting,
        possible=tuple(_possible(joint, grounder)),
        old=one.own,
        new=other.own,
        clashing=clashing,
        left_out=tuple(dict.fromkeys((*one.words_left_out, *other.words_left_out))),
        axioms_left_out=one.leaves_axioms_out or other.leaves_axioms_out,
    )


def _possible(system: NormSystem, grounder: Grounder) -> Iterator[Formula]:
    """What holds in every encounter, whatever the axioms are."""
    said = [part for axiom in system.axioms for formula in grounder.axiom(axiom) for part in parts_of(formula)]
    said += [part for formula in Grounder(replace(system, axioms=()), ()).axioms() for part in parts_of(formula)]
    roles = range(len(system.situation.roles))
    said += [link for act in system.acts for role in roles for link in grounder.plain_flag(act, role)]
    used = {v for part in said for v in variables(part)}.union(declared_variables(system))
    yield from said
    for variable in sorted(used, key=variable_order):
        yield from within_range(variable)


def _words_of_both(system: NormSystem, before: ReadVocabulary, after: ReadVocabulary) -> NormSystem:
    """With what readers call the things of either; what both have is called as in the newer one."""
    old, new = (words_of(one.scope, one.conditions) for one in (before, after))
    return replace(
        system,
        words=replace(
            new,
            attributes={**old.attributes, **new.attributes},
            members={**old.members, **new.members},
            units={**old.units, **new.units},
            negations={**old.negations, **new.negations},
            acts={**old.acts, **new.acts},
            moments={**old.moments, **new.moments},
        ),
    )


def _unlike(old: NormSystem, new: NormSystem) -> Iterator[str]:
    """Names of what each unit has in one of them and all share in the other, or what one alone reads at moments."""
    before, after = (dict(_shapes(system)) for system in (old, new))
    yield from (name for name, shape in before.items() if after.get(name, shape) != shape)


def _shapes(system: NormSystem) -> Iterator[tuple[str, object]]:
    for variable in system.situation.attributes:
        if isinstance(variable, Attribute):
            yield variable.name, ("attribute", variable.role is None, variable in system.situation.views)
        elif isinstance(variable, ValueAt):
            yield variable.attribute, ("over time", variable.role is None)
    for result in system.results.values():
        yield result.name, ("result", result.each)


class _Comparable:
    """What one of the vocabularies says in the world of both; what speaks of a clashing name is left out.

    `given` are axioms that come with what is declared, `stated` those that the vocabulary states.
    """

    def __init__(self, vocabulary: ReadVocabulary, rewriting: Rewriting, clashing: Collection[str]) -> None:
        self._clashing = clashing
        scope = vocabulary.scope
        words = list(_words(scope))
        self.words = [word for word in words if not self._clashes(word.meaning)]
        self.words_left_out = [word.name for word in words if self._clashes(word.meaning)]
        axioms = [axiom for axiom in scope.axioms if not self._names_clash(mentioned(axiom.condition))]
        self.leaves_axioms_out = any(
            axiom.span in vocabulary.demands and self._names_clash(mentioned(axiom.condition)) for axiom in scope.axioms
        )
        said = [replace(axiom, condition=rewriting.expression(axiom.condition)) for axiom in axioms]
        self.stated = tuple(axiom for axiom in said if axiom.span in vocabulary.demands)
        self.given = tuple(axiom for axiom in said if axiom.span not in vocabulary.demands)

    @property
    def own(self) -> OwnVocabulary:
        return OwnVocabulary({(word.what, word.name): word for word in self.words}, self.stated)

    def _clashes(self, meaning: Meaning) -> bool:
        in_sums = (v for _, quantity in meaning.rows for _, v in quantity.sum.terms)
        return self._names_clash((*in_sums, *(v for part in expressions_of(meaning) for v in mentioned(part))))

    def _names_clash(self, said: Iterable[Variable]) -> bool:
        return any(_name_of(variable) in self._clashing for variable in said)


def _words(scope: Scope) -> Iterator[DefinedWord]:
    for name, meaning in scope.terms.items():
        yield DefinedWord(TERM, name, meaning, scope.places["term", name])
    for name, counter in scope.counters.items():
        yield DefinedWord(COUNTER, name, Meaning(counter.condition, ()), scope.places["counter", name])


def _name_of(variable: Variable) -> str:
    match variable:
        case Attribute(name) | ResultValue(name) | ValueAt(name):
            return name
        case _:
            return ""
