"""How a provision departs from one that it claims to restate, in words: where, which way, and by which of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from cbm.comparison.clause_pairs.departures import Absence, Departure
from cbm.comparison.clause_pairs.provisions import DifferenceKind, Provision, Unlike
from cbm.core.norms import Modality, Norm, NormSystem, Secondary, Strength
from cbm.core.roles import rotate
from cbm.finding import Label
from cbm.records import Record
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import reference
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.findings.each_role import same_for
from cbm.wording.findings.exclusion_words import axioms_told
from cbm.wording.situation_words import situation_words

_MODALS = {
    (Modality.OBLIGATION, Strength.MUST): "must",
    (Modality.OBLIGATION, Strength.SHOULD): "should",
    (Modality.PROHIBITION, Strength.MUST): "must not",
    (Modality.PROHIBITION, Strength.SHOULD): "should not",
}
_FREE = {Modality.PERMISSION: "may", Modality.EXEMPTION: "need not"}


class DepartureWords(Record):
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
        note = _there(system, one, _way(system, own, of, difference, one), difference.way is DifferenceKind.FORM)
        if reason := _because(system, own, of, difference, one):
            note = say("{statement}: {reason}", statement=note, reason=reason)
        if others := [other.about.bearer for other in found if _is_same(system, one, other)]:
            note = say("{statement}; {addition}", statement=note, addition=same_for(system, others, one.cubes[0]))
        role = system.situation.roles[one.about.bearer]
        notes.append(say("for `{role}`: {note}", role=role, note=note) if several else note)
    exclusions = [one.because.exclusion for one in fresh if one.because is not None]
    labels = [label for found in exclusions if found is not None for label in axioms_told(system, found)]
    plain = list(_form(system, own, of)) if difference.way is DifferenceKind.FORM and not found else []
    return DepartureWords((*plain, *dict.fromkeys(notes)), tuple(dict.fromkeys(labels)))


def _way(system: NormSystem, own: Provision, of: Provision, difference: Unlike, one: Departure) -> str:
    """`2 asks for less than 1`."""
    name, other = reference(system, own[0].id), reference(system, of[0].id.clause)
    if difference.way is DifferenceKind.FORM:
        first, *others = _form(system, own, of)
        return reduce(lambda said, other: say("{statement}; {addition}", statement=said, addition=other), others, first)
    more = one.own is not own[0].demands
    match own[0].modality:
        case Modality.PERMISSION:
            way = mark("{clause} allows more than {other}") if more else mark("{clause} allows less than {other}")
        case Modality.EXEMPTION if more:
            way = mark("{clause} exempts from more than {other}")
        case Modality.EXEMPTION:
            way = mark("{clause} exempts from less than {other}")
        case _ if one.breaches and more:
            way = mark("{clause} asks for more than {other} after a breach")
        case _ if one.breaches:
            way = mark("{clause} asks for less than {other} after a breach")
        case _:
            way = mark("{clause} asks for more than {other}") if more else mark("{clause} asks for less than {other}")
    return say(way, clause=name, other=other)


def _there(system: NormSystem, one: Departure, way: str, is_form: bool) -> str:
    """Under which conditions it departs that way; what is quoted is set off."""
    if one.cubes[0]:
        where = mark("{statement}, where {condition}") if is_form else mark("{statement} where {condition}")
        told = say(where, statement=way, condition=condition_words(system, one.cubes[0]))
    else:
        everywhere = mark("{statement}, in every {encounter}") if is_form else mark("{statement} in every {encounter}")
        told = say(everywhere, statement=way, encounter=situation_words(system))
    further = len(one.cubes) - 1
    if not further:
        return told
    return told + say_count(
        " (and under {count:,} further set of conditions)",
        " (and under {count:,} further sets of conditions)",
        further,
    )


def _because(system: NormSystem, own: Provision, of: Provision, difference: Unlike, one: Departure) -> str:
    if difference.way is DifferenceKind.FORM:
        return ""
    if one.because is not None:
        return _absence(system, one, one.because)
    return listed([_said(system, side[0], one.breaches) for side in (own, of)], of="sentences")


def _said(system: NormSystem, norm: Norm, breaches: int) -> str:
    """What a clause says, at once or after so many breaches, in the words of its author."""
    name = reference(system, norm.id.clause)
    if breaches > len(norm.otherwise):
        return say("{clause} asks for nothing then", clause=name)
    span = norm.otherwise[breaches - 1].span if breaches else norm.content_span
    assert span is not None, "what a text says has its place"
    return say("{clause} says `{words}`", clause=name, words=span.text)


def _absence(system: NormSystem, one: Departure, because: Absence) -> str:
    """Why one of the two does not apply there."""
    name, role = reference(system, because.norm.clause), one.about.bearer
    if because.exclusion is None:
        return say("{clause} does not speak to `{role}`", clause=name, role=system.situation.roles[role])
    said = []
    if because.conditions:
        conditions = listed([literal_words(system, c) for c in because.conditions], of="sentences")
        said.append(say("{clause} applies only where {condition}", clause=name, condition=conditions))
    norm, roles = system.norms[because.norm], len(system.situation.roles)
    for exception in because.exceptions:
        met = rotate(exception.condition, role if norm.rotates else 0, roles)
        where = literal_words(system, met)
        if exception.label:
            of_label = mark("exception {label} to {clause} holds where {condition}")
            said.append(say(of_label, label=exception.label, clause=name, condition=where))
        else:
            said.append(say("the exception to {clause} holds where {condition}", clause=name, condition=where))
    return listed(said, of="sentences")


def _form(system: NormSystem, own: Provision, of: Provision) -> Iterator[str]:
    """Which words differ that say what is owed, allowed or advised, at once or after a breach."""
    name, other = reference(system, own[0].id), reference(system, of[0].id.clause)
    said: tuple[list[Norm | Secondary], ...] = tuple([side[0], *side[0].otherwise] for side in (own, of))
    for number, (ours, theirs) in enumerate(zip(*said, strict=False)):
        if _modal(ours) != _modal(theirs):
            after = mark("{clause} says `{modal}`, and {other} `{different}` after a breach")
            form = after if number else mark("{clause} says `{modal}`, and {other} `{different}`")
            yield say(form, clause=name, modal=_modal(ours), other=other, different=_modal(theirs))


def _modal(said: Norm | Secondary) -> str:
    return _FREE.get(said.modality) or _MODALS[said.modality, said.strength]


def _is_same(system: NormSystem, one: Departure, other: Departure) -> bool:
    """Whether the two differ only by who takes which role."""
    if one.about.bearer == other.about.bearer or one.own is not other.own:
        return False
    step, roles = other.about.bearer - one.about.bearer, len(system.situation.roles)
    turned = {frozenset(rotate(literal, step, roles) for literal in cube) for cube in one.cubes}
    return turned == {frozenset(cube) for cube in other.cubes}
