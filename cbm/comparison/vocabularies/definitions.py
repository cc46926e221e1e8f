"""Two vocabularies to what their definitions and axioms say otherwise: where, with an encounter that shows it.

A term that both define is asked about in the encounters that both allow. An axiom that one of them states is asked
about in those that the other one allows: does it leave some of them out? So axioms are compared by what all of them
together allow, however they are cut and whatever they are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cbm.comparison.vocabularies.two_vocabularies import DefinedWord, OwnVocabulary, TwoVocabularies
from cbm.core.declaration_order import declared
from cbm.core.episodes import Axiom
from cbm.core.expressions import Expr, Formula, conjunction, negation
from cbm.core.meanings import Meaning
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import holds
from cbm.resolve.quantities.divergence import parting
from cbm.search.extent import CUBES, Cube
from cbm.search.fewer_cubes import fewer
from cbm.search.implicants import implicant
from cbm.search.replay import Episode, joint_episode
from cbm.search.widening import condensed
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat


class ShiftKind(StrEnum):
    """What a definition or an axiom does otherwise."""

    WIDER = "wider"
    NARROWER = "narrower"
    VALUE = "other-value"
    EXCLUDED = "excluded"
    ALLOWED = "allowed"

    @property
    def of_new(self) -> bool:
        """Whether it is seen in what the newer vocabulary says."""
        return self not in (ShiftKind.NARROWER, ShiftKind.ALLOWED)


@dataclass(frozen=True, slots=True)
class ShiftedMeaning:
    """A word that holds (or an axiom that allows) where the other vocabulary's does not; or has another value there.

    Each of the `cubes` suffices; `complete`: it is so nowhere else. `given` holds of the encounters asked about, in
    the `system` in which the axioms stand that they keep. `shows` is that it is so, `shown` the same for the evaluator.
    """

    kind: ShiftKind
    said: DefinedWord | Axiom
    cubes: tuple[Cube, ...]
    complete: bool
    given: tuple[Formula, ...]
    shows: Formula
    shown: Expr
    system: NormSystem


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A word, or an axiom, that could not be compared, and why."""

    said: DefinedWord | Axiom
    reason: str


def shifts(both: TwoVocabularies) -> Iterator[ShiftedMeaning | OpenShift]:
    """All that is defined otherwise, and all that axioms leave out or allow now."""
    yield from _words(both)
    yield from axiom_shifts(both)


def axiom_shifts(both: TwoVocabularies) -> Iterator[ShiftedMeaning | OpenShift]:
    """All that axioms leave out or allow now."""
    if not both.axioms_left_out:
        yield from _axioms(both, both.new, both.old, ShiftKind.EXCLUDED)
        yield from _axioms(both, both.old, both.new, ShiftKind.ALLOWED)


def is_possible(both: TwoVocabularies) -> bool | Unknown:
    """Whether some encounter keeps the axioms of both: in none other are words compared."""
    with asking(
        system=both.system,
        question="is there an encounter that both vocabularies allow",
        found="there is: words can be compared",
        none="no word can be compared",
    ):
        answer = Solver(both.system.situation.roles, _given(both)).decide()
    return answer if isinstance(answer, Unknown) else not isinstance(answer, Unsat)


def synonyms(both: TwoVocabularies) -> tuple[dict[str, str], dict[str, str]]:
    """Terms of one vocabulary alone, with one of the other that says the same: those that are gone, and the new ones.

    Two that are alone are known to say the same where no encounter that both vocabularies allow tells them apart. What
    both have is looked at as it is put.
    """
    old, new = both.old.terms, both.new.terms
    gone, added = ([name for name in one if name not in other] for one, other in ((old, new), (new, old)))
    solver = Solver(both.system.situation.roles, _given(both))
    found: dict[str, str] = {}
    for name in gone:
        twin = next((other for other in added if _say_the_same(both, solver, old[name], new[other])), None)
        alike = twin or next((other for other, meaning in new.items() if meaning == old[name]), None)
        if alike is not None:
            found[name] = alike
    back = {other: name for name, other in reversed(found.items()) if other in added}
    for name in added:
        alike = back.get(name) or next((other for other, meaning in old.items() if meaning == new[name]), None)
        if alike is not None:
            back[name] = alike
    return found, back


def _say_the_same(both: TwoVocabularies, solver: Solver, one: Meaning, other: Meaning) -> bool:
    apart = parting(one, other)
    if apart is None:
        return False
    with asking(
        system=both.system,
        question="is there an encounter in which a term that is gone does not say what a new one says",
        found="they are two terms",
        none="they say the same",
    ):
        return isinstance(solver.decide(both.grounder.formula(both.rewriting.expression(apart))), Unsat)


def _given(both: TwoVocabularies) -> tuple[Formula, ...]:
    """What holds in the encounters that both allow."""
    return (*both.possible, *both.formulas((*both.old.axioms, *both.new.axioms)))


def shift_episode(both: TwoVocabularies, shift: ShiftedMeaning) -> Episode:
    """An encounter under the first conditions in which it is seen; WitnessRefused is a bug of cbm."""

    def confirmed(seen: CompleteEpisode) -> bool:
        roles = (
            range(len(both.system.situation.roles)) if isinstance(shift.said, Axiom) and shift.said.rotates else (0,)
        )
        return any(holds(shift.shown, seen, both.system, role) for role in roles)

    return joint_episode(shift.system, shift.given, (shift.shows, *shift.cubes[0]), confirmed)


# ---- words


def _words(both: TwoVocabularies) -> Iterator[ShiftedMeaning | OpenShift]:
    given, system = _given(both), both.under((*both.old.axioms, *both.new.axioms))
    for before, after in common_words(both):
        for kind, word, apart in _partings(before, after):
            shown = both.rewriting.expression(apart)
            yield from _where(both, kind, word, given, both.grounder.formula(shown), shown, system)


def common_words(both: TwoVocabularies) -> Iterator[tuple[DefinedWord, DefinedWord]]:
    """The words that both define, by condition or by a quantity of one dimension; those put alike left out."""
    for key, after in both.new.words.items():
        before = both.old.words.get(key)
        if (
            before is not None
            and before.meaning != after.meaning
            and parting(before.meaning, after.meaning) is not None
        ):
            yield before, after


def _partings(before: DefinedWord, after: DefinedWord) -> Iterator[tuple[ShiftKind, DefinedWord, Expr]]:
    """Where the two part, for conditions each way by itself."""
    old, new = before.meaning.condition, after.meaning.condition
    if old is not None and new is not None:
        yield ShiftKind.WIDER, after, conjunction(new, negation(old))
        yield ShiftKind.NARROWER, before, conjunction(old, negation(new))
    elif (apart := parting(before.meaning, after.meaning)) is not None:
        yield ShiftKind.VALUE, after, apart


# ---- axioms


def _axioms(
    both: TwoVocabularies, ours: OwnVocabulary, theirs: OwnVocabulary, kind: ShiftKind
) -> Iterator[ShiftedMeaning | OpenShift]:
    """The axioms that leave out what the other vocabulary allows."""
    given, system = (*both.possible, *both.formulas(theirs.axioms)), both.under(theirs.axioms)
    known = {(axiom.condition, axiom.rotates) for axiom in theirs.axioms}
    for axiom in ours.axioms:
        if (axiom.condition, axiom.rotates) not in known:
            turns = list(both.grounder.axiom(axiom))
            # where units take their roles in turn, what is so for one of them is so for the other
            told = turns[:1] if both.system.situation.interchangeable else turns
            broken = negation(conjunction(*told))
            yield from _where(both, kind, axiom, given, broken, negation(axiom.condition), system)


# ---- where it is so


def _where(
    both: TwoVocabularies,
    kind: ShiftKind,
    said: DefinedWord | Axiom,
    given: tuple[Formula, ...],
    shows: Formula,
    shown: Expr,
    system: NormSystem,
) -> Iterator[ShiftedMeaning | OpenShift]:
    """The conditions under which the formula holds, a few of them if there are many; nothing if it never does."""
    solver = Solver(both.system.situation.roles, given)
    wanted = list(dict.fromkeys(v for part in (*given, shows) for v in variables(part)))
    cubes: list[Cube] = []
    known, complete = declared(both.system), False
    while len(cubes) < CUBES:
        with asking(
            system=both.system,
            question=f"is there an encounter in which what is defined or demanded is {kind.value}",
            found="there is: a change in meaning",
            none="there is no further one",
        ):
            answer = solver.decide(shows, *(negation(conjunction(*cube)) for cube in cubes))
        if isinstance(answer, Unsat):
            complete = True
            break
        if isinstance(answer, Unknown):
            yield OpenShift(said, answer.reason)
            break
        cube = condensed(solver, known, implicant(shows, answer.values(wanted)), negation(shows))
        if isinstance(cube, Unknown):
            yield OpenShift(said, cube.reason)
            break
        cubes.append(cube)
    if cubes:
        yield ShiftedMeaning(
            kind=kind,
            said=said,
            cubes=fewer(cubes),
            complete=complete,
            given=given,
            shows=shows,
            shown=shown,
            system=system,
        )
