"""How a provision departs from one that it claims to restate, in words: where, which way, and by which of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbm.comparison.departures import Absence, Departure
from cbm.comparison.provisions import DifferenceKind, Provision, Unlike
from cbm.core.norms import Modality, Norm, NormSystem, Secondary, Strength
from cbm.core.roles import rotate
from cbm.finding import Label
from cbm.translation.listing import listed
from cbm.wording.clause_names import reference
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.findings.each_role import same_for
from cbm.wording.findings.exclusion_words import axioms_told

_VERBS = {Modality.PERMISSION: "allows", Modality.EXEMPTION: "exempts from"}
_MODALS = {
    (Modality.OBLIGATION, Strength.MUST): "must",
    (Modality.OBLIGATION, Strength.SHOULD): "should",
    (Modality.PROHIBITION, Strength.MUST): "must not",
    (Modality.PROHIBITION, Strength.SHOULD): "should not",
}
_FREE = {Modality.PERMISSION: "may", Modality.EXEMPTION: "need not"}


@dataclass(frozen=True, slots=True)
class DepartureWords:
    """What is told of all departures: a note for each, and the places of the axioms by which they are so."""

    notes: tuple[str, ...]
    labels: tuple[Label, ...]


def departure_words(
    system: NormSystem, own: Provision, of: Provision, difference: Unlike, found: Sequence[Departure]
) -> DepartureWords:
    """Each once, whichever role finds it."""
    fresh = [one for i, one in enumerate(found) if not any(_is_same(system, other, one) for other in found[:i])]
    several = len({one.about.bearer for one in fresh}) > 1
    notes = []
    for one in fresh:
        whose = f"for `{system.situation.roles[one.about.bearer]}`: " if several else ""
        notes.append(f"{whose}{_way(system, own, of, difference, one)} {_where(system, one)}")
        notes[-1] += "".join(f": {words}" for words in _because(system, own, of, difference, one))
        if others := [other.about.bearer for other in found if _is_same(system, one, other)]:
            notes[-1] += f"; {same_for(system, others, one.cubes[0])}"
    exclusions = [one.because.exclusion for one in fresh if one.because is not None]
    labels = [label for found in exclusions if found is not None for label in axioms_told(system, found)]
    plain = list(_form(system, own, of)) if difference.way is DifferenceKind.FORM and not found else []
    return DepartureWords((*plain, *dict.fromkeys(notes)), tuple(dict.fromkeys(labels)))


def _way(system: NormSystem, own: Provision, of: Provision, difference: Unlike, one: Departure) -> str:
    """`2 asks for less than 1`."""
    name, other = reference(system, own[0].id), reference(system, of[0].id.clause)
    if difference.way is DifferenceKind.FORM:
        return "; ".join(_form(system, own, of))
    more = one.own is not own[0].demands
    after = " after a breach" if one.breaches else ""
    verb = _VERBS.get(own[0].modality, "asks for")
    return f"{name} {verb} {'more' if more else 'less'} than {other}{after}"


def _where(system: NormSystem, one: Departure) -> str:
    further = len(one.cubes) - 1
    more = f" (and under {further:,} further {'set' if further == 1 else 'sets'} of conditions)" if further else ""
    first = f"where {condition_words(system, one.cubes[0])}" if one.cubes[0] else f"in every {system.situation.name}"
    return f"{first}{more}"


def _because(system: NormSystem, own: Provision, of: Provision, difference: Unlike, one: Departure) -> Iterator[str]:
    if difference.way is DifferenceKind.FORM:
        return
    if one.because is not None:
        yield _absence(system, one, one.because)
    else:
        yield listed([_said(system, side[0], one.breaches) for side in (own, of)])


def _said(system: NormSystem, norm: Norm, breaches: int) -> str:
    """What a clause says, at once or after so many breaches, in the words of its author."""
    name = reference(system, norm.id.clause)
    if breaches > len(norm.otherwise):
        return f"{name} asks for nothing then"
    span = norm.otherwise[breaches - 1].span if breaches else norm.content_span
    assert span is not None, "what a text says has its place"
    return f"{name} says `{span.text}`"


def _absence(system: NormSystem, one: Departure, because: Absence) -> str:
    """Why one of the two does not apply there."""
    name, role = reference(system, because.norm.clause), one.about.bearer
    if because.exclusion is None:
        return f"{name} does not speak to `{system.situation.roles[role]}`"
    said = []
    if because.conditions:
        said.append(f"{name} applies only where {listed([literal_words(system, c) for c in because.conditions])}")
    norm, roles = system.norms[because.norm], len(system.situation.roles)
    for exception in because.exceptions:
        met = rotate(exception.condition, role if norm.rotates else 0, roles)
        which = f"exception {exception.label} to {name}" if exception.label else f"the exception to {name}"
        said.append(f"{which} holds where {literal_words(system, met)}")
    return " and ".join(said)


def _form(system: NormSystem, own: Provision, of: Provision) -> Iterator[str]:
    """Which words differ that say what is owed, allowed or advised, at once or after a breach."""
    name, other = reference(system, own[0].id), reference(system, of[0].id.clause)
    said: tuple[list[Norm | Secondary], ...] = tuple([side[0], *side[0].otherwise] for side in (own, of))
    for number, (ours, theirs) in enumerate(zip(*said, strict=False)):
        after = " after a breach" if number else ""
        if _modal(ours) != _modal(theirs):
            yield f"{name} says `{_modal(ours)}`, and {other} `{_modal(theirs)}`{after},"


def _modal(said: Norm | Secondary) -> str:
    return _FREE.get(said.modality) or _MODALS[said.modality, said.strength]


def _is_same(system: NormSystem, one: Departure, other: Departure) -> bool:
    """Whether the two differ only by who takes which role."""
    if one.about.bearer == other.about.bearer or one.own is not other.own:
        return False
    step, roles = other.about.bearer - one.about.bearer, len(system.situation.roles)
    turned = {frozenset(rotate(literal, step, roles) for literal in cube) for cube in one.cubes}
    return turned == {frozenset(cube) for cube in other.cubes}
