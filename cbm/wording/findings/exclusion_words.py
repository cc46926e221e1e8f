"""Why something is so nowhere, in words: the conditions that exclude each other, with the axioms by which they do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from cbm.core.episodes import Axiom
from cbm.core.expressions import Formula, IsIn, Not
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.core.substitution import conjuncts
from cbm.finding import Finding, Label
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.exclusion import ExclusionSearch, LeastExclusion
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, say
from cbm.wording.axiom_words import axiom_sentences
from cbm.wording.clause_names import axiom_label
from cbm.wording.condition_words import literal_words
from cbm.wording.phrases import role_words

# What is so, or not, under conditions that a bearer finds; these are in words already.
Told = Callable[[Ground, Sequence[str]], str]


def wherever(what: str) -> Told:
    """That it is so under the conditions, or in every encounter."""

    def told(_: Ground, words: Sequence[str]) -> str:
        if not words:
            return say("{what} in every encounter", what=what)
        return say("{what} wherever {conditions}", what=what, conditions=listed(words, of="sentences"))

    return told


def where_breached(what: str) -> Told:
    """That it is so in every encounter in which the clause could be breached, under the conditions."""

    def told(_: Ground, words: Sequence[str]) -> str:
        if not words:
            return say("{what} wherever it could be breached", what=what)
        conditions = listed(words, of="sentences")
        return say("{what} wherever it could be breached and {conditions}", what=what, conditions=conditions)

    return told


class WhyNowhere(Record):
    """What one bearer can never find together, and why."""

    about: Ground
    exclusion: LeastExclusion
    unknown: Unknown | None = None  # nothing of it was found out

    def names(self, *formulas: Formula) -> bool:
        """Whether some conjunct of these is one of the conditions."""
        return any(part in self.exclusion.conditions for formula in formulas for part in conjuncts(formula))

    def without(self, formulas: Iterable[Formula]) -> WhyNowhere:
        """The same where other words tell what these say."""
        told = {part for formula in formulas for part in conjuncts(formula)}
        rest = tuple(part for part in self.exclusion.conditions if part not in told)
        return replace(self, exclusion=replace(self.exclusion, conditions=rest))


def because(
    about: Ground, conditions: Sequence[Formula], given: Sequence[Formula] = (), without: Collection[Axiom] = ()
) -> list[WhyNowhere]:
    """The reason of one bearer, if there is one: nothing of it is told that is not needed."""
    found = ExclusionSearch(about).least([part for c in conditions for part in conjuncts(c)], given, without)
    if isinstance(found, Unknown):
        return [WhyNowhere(about, LeastExclusion((), ()), found)]
    return [] if found is None else [WhyNowhere(about, found)]


def all_of_this(about: Ground, words: Sequence[str]) -> str:
    """`no encounter has all of this: the zone is port and own unit is submerged`."""
    del about
    conditions = listed(words, of="sentences")
    if len(words) > 1:
        return say("no encounter has all of this: {conditions}", conditions=conditions)
    return say("no encounter has this: {condition}", condition=conditions) if words else ""


def among_its_parties(about: Ground, words: Sequence[str]) -> str:
    """The same where only units of the parties of the text are looked at."""
    del about
    conditions = listed(words, of="sentences")
    if len(words) > 1:
        return say("no encounter between its parties has all of this: {conditions}", conditions=conditions)
    return say("no encounter between its parties has this: {condition}", condition=conditions) if words else ""


def _not_found_out(unknown: Unknown) -> str:
    return say("why it is so was not found out: {reason}", reason=say(unknown.reason))


def _literals(system: NormSystem, conditions: Sequence[Formula]) -> tuple[str, ...]:
    """Each once: of several doings the same can be said."""
    return tuple(dict.fromkeys(literal_words(system, condition) for condition in conditions))


def with_reasons(finding: Finding, reasons: Sequence[WhyNowhere], told: Told = all_of_this) -> Finding:
    """The finding with the reasons of its bearers: notes, the places of axioms, and the conditions as its extent."""
    fresh = [one for i, one in enumerate(reasons) if not any(_is_same(other, one) for other in reasons[:i])]
    notes, extent, labels, ties = [], [], list(finding.related), dict[str, None]()
    known_extent = []
    for one in fresh:
        system = one.about.system
        conditions = [c for c in one.exclusion.conditions if not _is_of_its_parties(system, c)]
        words = _literals(system, conditions)
        note = told(one.about, words) if one.unknown is None else _not_found_out(one.unknown)
        role = role_words(system, one.about.bearer)
        notes.append(say("for {role}: {note}", role=role, note=note) if note and len(fresh) > 1 else note)
        extent.append(words)
        known_extent.append(english(partial(_literals, system, conditions)))
        labels += [label for label in axioms_told(system, one.exclusion) if label not in labels]
        ties |= dict.fromkeys(axiom_sentences(system, one.exclusion.axioms))
    return replace(
        finding,
        related=tuple(labels),
        extent=tuple(dict.fromkeys(words for words in extent if words)),
        known_extent=tuple(dict.fromkeys(words for words in known_extent if words)),
        notes=(*finding.notes, *dict.fromkeys(note for note in notes if note)),
        why=tuple(dict.fromkeys((*filter(None, notes), *ties))),
    )


def axioms_told(system: NormSystem, exclusion: LeastExclusion) -> list[Label]:
    """The places of the axioms by which the conditions exclude each other."""
    labels = [axiom_label(system, axiom) for axiom in exclusion.axioms if axiom.span is not None]
    return [replace(label, text=label.text or say("holds in every encounter")) for label in labels]


def _is_of_its_parties(system: NormSystem, literal: Formula) -> bool:
    """Whether it says only that a unit belongs to the parties of the text under check."""
    text = system.texts[system.subject]
    core = literal.operand if isinstance(literal, Not) else literal
    if not isinstance(core, IsIn) or not system.situation.tells_party(core.variable) or text.parties is None:
        return False
    among = frozenset(core.members)
    return not text.binding and (among.isdisjoint(text.parties) if core is not literal else text.parties <= among)


def _is_same(one: WhyNowhere, other: WhyNowhere) -> bool:
    """Whether the two differ only by who takes which role."""
    step, roles = other.about.bearer - one.about.bearer, len(one.about.system.situation.roles)
    turned = {rotate(literal, step, roles) for literal in one.exclusion.conditions}
    if one.unknown != other.unknown:
        return False
    return turned == set(other.exclusion.conditions) and one.exclusion.axioms == other.exclusion.axioms
