"""Two vocabularies to what changed between them: what they define and demand, by meaning, and what they declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.comparison.vocabularies.definitions import (
    OpenShift,
    ShiftedMeaning,
    axiom_shifts,
    is_possible,
    shifts,
    synonyms,
)
from cbm.comparison.vocabularies.two_vocabularies import (
    ReadVocabulary,
    TwoVocabularies,
    are_of_one_kind,
    two_vocabularies,
)
from cbm.comparison.vocabularies.vocabulary_declarations import declared_otherwise, titles_told, vocabulary_declarations
from cbm.outcomes.difference import DeclaredChange, DefinitionChange, Difference
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.translation.saying import say
from cbm.wording.answers.definition_words import definition_words, open_words


def vocabulary_difference(old: ReadVocabulary, new: ReadVocabulary) -> Difference:
    """All that differs between two vocabularies, with all that they build on."""
    if old.system is None or new.system is None:  # no conditions without a situation
        return Difference(old.name, new.name, declared=_declared(old, new), names=tuple(_languages(old, new)))
    if not are_of_one_kind(old.system, new.system):
        left_out = say("what terms and axioms say: encounters are not of units in the same roles")
        return Difference(old.name, new.name, declared=_declared(old, new), not_compared=(left_out,))
    both = two_vocabularies(old, new)
    told, undecided = _definitions(shifts(both), both, old, new)
    gone, added = synonyms(both)
    return Difference(
        old.name,
        new.name,
        declared=_declared(old, new, gone, added),
        undecided=undecided,
        not_compared=tuple(_not_compared(both)),
        definitions=told,
        names=(*_called(gone, added), *_languages(old, new)),
    )


def worlds_apart(old: ReadVocabulary, new: ReadVocabulary) -> Difference:
    """What the vocabularies of two texts demand of every encounter and declare, as far as both know of it.

    What their terms say is told of the clauses that speak of them.
    """
    declared = tuple(DeclaredChange(d.what, d.name, d.old, d.new) for d in declared_otherwise(old, new))
    whole = Difference(old.name, new.name, declared=declared)
    demanded = ({(a.condition, a.rotates) for a in one.scope.axioms} for one in (old, new))
    if next(demanded) == next(demanded):
        return whole
    both = two_vocabularies(old, new)
    told, undecided = _definitions(axiom_shifts(both), both, old, new)
    return replace(whole, definitions=told, undecided=undecided)


def _definitions(
    found: Iterable[ShiftedMeaning | OpenShift], both: TwoVocabularies, old: ReadVocabulary, new: ReadVocabulary
) -> tuple[tuple[DefinitionChange, ...], tuple[str, ...]]:
    told: list[DefinitionChange] = []
    undecided: dict[str, None] = {}
    for shift in found:
        if isinstance(shift, OpenShift):
            undecided[open_words(shift)] = None
        else:
            told.append(definition_words(both, old, new, shift))
    return tuple(told), tuple(undecided)


def _declared(
    old: ReadVocabulary, new: ReadVocabulary, gone: dict[str, str] | None = None, added: dict[str, str] | None = None
) -> tuple[DeclaredChange, ...]:
    declared = vocabulary_declarations(old, new, gone or {}, added or {})
    return tuple(DeclaredChange(d.what, d.name, d.old, d.new) for d in declared)


def _not_compared(both: TwoVocabularies) -> Iterator[str]:
    """What nothing was asked about, and why."""
    for name in both.clashing:
        yield say("`{name}` is not the same kind of thing in both; what speaks of it is not compared", name=name)
    for name in both.left_out:
        yield say("what `{name}` says", name=name)
    if both.axioms_left_out:
        yield say("what axioms leave out: some of them speak of these things")
    possible = is_possible(both)
    if isinstance(possible, Unknown):
        yield say("what terms say: {reason}", reason=say(possible.reason))
    elif not possible:
        yield say("what terms say: no encounter is possible in both")


def _called(gone: dict[str, str], added: dict[str, str]) -> Iterator[str]:
    for name, other in gone.items():
        if added.get(other) == name:
            yield say("term `{name}` is called `{other}` now", name=name, other=other)
        else:
            yield say("term `{name}` is gone, and `{other}` says the same", name=name, other=other)
    for name, other in added.items():
        if gone.get(other) != name:
            yield say("term `{name}` is new, and says what `{other}` says", name=name, other=other)


def _languages(old: ReadVocabulary, new: ReadVocabulary) -> Iterator[str]:
    for language, once, now in titles_told(old, new):
        yield say("titles in `{language}`: {once} before, {now} after", language=language, once=once, now=now)
