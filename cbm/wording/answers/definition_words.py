"""Definitions and axioms that say something else, in a negotiator's words."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.comparison.vocabularies.definitions import OpenShift, ShiftedMeaning, ShiftKind, shift_episode
from cbm.comparison.vocabularies.two_vocabularies import (
    COUNTER,
    DefinedWord,
    DemandingStatement,
    ReadVocabulary,
    TwoVocabularies,
)
from cbm.core.episodes import Axiom
from cbm.core.meanings import Meaning
from cbm.core.units import DIMENSION_POWERS, number_words, show
from cbm.core.variables import Origin
from cbm.evaluate.what_binds import holds
from cbm.finding import Label
from cbm.outcomes.difference import DefinitionChange
from cbm.search.implicants import value_of
from cbm.search.replay import Episode
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import mark, say
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.scenarios import example

_K = ShiftKind
_SAYS = {
    _K.WIDER: mark("{what} `{name}` holds where it did not"),
    _K.NARROWER: mark("{what} `{name}` does not hold any more where it did"),
    _K.VALUE: mark("{what} `{name}` has another value"),
    _K.EXCLUDED: mark("{what} `{name}` leaves out encounters that were possible"),
    _K.ALLOWED: mark("encounters are possible now that the {what} `{name}` left out"),
}
# What a counter counts is no condition of the encounter at hand.
_COUNTS = {
    _K.WIDER: mark("counter `{name}` counts what it did not count"),
    _K.NARROWER: mark("counter `{name}` does not count any more what it counted"),
}
_APPLIES, _DOES_NOT_APPLY = mark("it applies"), mark("it does not apply")
_POSSIBLE, _LEFT_OUT = mark("it is possible"), mark("it is left out")
_SEEN = {
    _K.WIDER: (_DOES_NOT_APPLY, _APPLIES),
    _K.NARROWER: (_APPLIES, _DOES_NOT_APPLY),
    _K.EXCLUDED: (_POSSIBLE, _LEFT_OUT),
    _K.ALLOWED: (_LEFT_OUT, _POSSIBLE),
}
AXIOM = mark("axiom")


def definition_words(
    both: TwoVocabularies, old: ReadVocabulary, new: ReadVocabulary, shift: ShiftedMeaning
) -> DefinitionChange:
    """What is defined or demanded otherwise, with conditions, an example, and what it was and is."""
    what, name = said_words(shift.said)
    shown = shift_episode(both, shift)
    says = _COUNTS.get(shift.kind, _SAYS[shift.kind]) if what == COUNTER else _SAYS[shift.kind]
    own = new if shift.kind.of_new else old
    before, after = _seen(both, shift, shown)
    return DefinitionChange(
        what=what,
        name=name,
        kind=shift.kind.value,
        message=say(says, what=say(what), name=name),
        place=Label(_place(own, shift.said)),
        why=_why(old, new, shift.said),
        whenever=condition_words(both.system, shift.cubes[0]),
        extent=tuple(tuple(literal_words(both.system, literal) for literal in cube) for cube in shift.cubes),
        complete=shift.complete,
        before=before,
        after=after,
        witness=example(both.system, shown, (*shift.cubes[0], shift.shown), Origin.DOING, Origin.RESULT),
    )


def said_words(said: DefinedWord | Axiom) -> tuple[str, str]:
    """What kind of thing it is, and its name; an axiom without a title is called by its words."""
    if isinstance(said, DefinedWord):
        return said.what, said.name
    return AXIOM, said.title or ("" if said.span is None else _words(said.span))


def open_words(shift: OpenShift) -> str:
    """What could not be compared, and why."""
    what, name = said_words(shift.said)
    return say("{what} `{name}`: {reason}", what=say(what), name=name, reason=say(shift.reason))


def _place(own: ReadVocabulary, said: DefinedWord | Axiom) -> Span:
    if isinstance(said, DefinedWord):
        return own.definitions[said.name].span
    assert said.span is not None, "what is stated stands somewhere"
    return said.span


def _why(old: ReadVocabulary, new: ReadVocabulary, said: DefinedWord | Axiom) -> str:
    """What became of its words."""
    if isinstance(said, DefinedWord):
        return _became(old.definition(said.name), new.definition(said.name))
    was, now = (_stated(vocabulary, (old, new), said) for vocabulary in (old, new))
    if was and now:
        return _became(was, now)
    return say("it is new") if now else say("it is gone")


def _stated(vocabulary: ReadVocabulary, both: Iterable[ReadVocabulary], axiom: Axiom) -> str:
    """How a vocabulary states the axiom: that of the same words, title or acts."""
    own = next(one.demands[axiom.span] for one in both if axiom.span is not None and axiom.span in one.demands)
    candidates = list(vocabulary.demands.values())
    worded = (known for known in candidates if _words(known.span) == _words(own.span))
    named = (known for known in candidates if _subject(known) and _subject(known) == _subject(own))
    found = next(worded, None) or next(named, None)
    return "" if found is None else _words(found.span)


def _subject(statement: DemandingStatement) -> object:
    """What the statement goes by, whatever it says; nothing where that is its words alone."""
    match statement:
        case ast.AxiomDeclaration(titles):
            return titles
        case ast.Requirement(act):
            return act
        case ast.NeverTogether(acts):
            return frozenset(acts)


def _became(was: str, now: str) -> str:
    if was == now:
        return say("its words are the same, and what they build on changed")
    return say("it was `{was}` and is `{now}`", was=was, now=now)


def _words(span: Span) -> str:
    return " ".join(span.text.split())


def _seen(both: TwoVocabularies, shift: ShiftedMeaning, shown: Episode) -> tuple[str, str]:
    """What is seen of the example with the vocabulary before, and with the one after."""
    if shift.kind is not _K.VALUE:
        before, after = _SEEN[shift.kind]
        return say(before), say(after)
    assert isinstance(shift.said, DefinedWord)
    key = (shift.said.what, shift.said.name)
    once, now = (_value(both, side.words[key].meaning, shown) for side in (both.old, both.new))
    return say("it is {value}", value=once), say("it is {value}", value=now)


def _value(both: TwoVocabularies, meaning: Meaning, shown: Episode) -> str:
    """The value of a quantity in an encounter, in the unit of its author."""
    conditions = ((both.rewriting.expression(when), quantity) for when, quantity in meaning.rows)
    quantity = next(q for when, q in conditions if holds(when, shown.world, both.system))
    value = value_of(quantity.sum, shown.values)
    dimension = next((d for d, powers in DIMENSION_POWERS.items() if powers == quantity.powers), None)
    return number_words(value) if dimension is None else show(value, quantity.unit, dimension)
