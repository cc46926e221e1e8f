"""Two provisions side by side: whether they say the same, or how they differ and in which encounter.

Their wording is compared: parties, dates and what stands in place of what are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import zip_longest
from typing import TypeAlias

from cbm.core.expressions import FALSE, TRUE, Formula, Kind, Truth, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, NormSystem, Secondary, Strength
from cbm.core.roles import rotate
from cbm.core.variables import Decision
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import applicable, holds
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, touched
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.smt.index import keep_apart
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown

_ELSE = "they mean something else: a finding if the one says that it restates the other, and no restatement"


class DifferenceKind(Enum):
    """In what two provisions differ."""

    FORM = auto()  # modality or strength, of what is said or of what follows a breach
    BEARER = auto()  # one of them never speaks to the bearer
    CONTENT = auto()  # one is kept, or made use of, and the other is not
    BREACH = auto()  # what is owed when both are breached


class Unlike(Record):
    """How two provisions differ; for all but the form, the bearer and formulas of encounters that show it."""

    way: DifferenceKind
    about: Ground | None = None
    formulas: tuple[Formula, ...] = ()


# A clause is as many norms as it lists acts; they differ in nothing else.
Provision: TypeAlias = Sequence[Norm]


def unlike(inquiry: Inquiry, one: Provision, other: Provision) -> Unlike | Unknown | None:
    """The first difference between two provisions, towards whichever bearer; None if they mean the same.

    It is one between parties of the text under check, if there is such a one.
    """
    difference = _difference(inquiry, one, other)
    if not isinstance(difference, Unlike) or difference.about is None:
        return difference
    return replace(difference, formulas=at_home(inquiry, difference.about, *difference.formulas))


def _difference(inquiry: Inquiry, one: Provision, other: Provision) -> Unlike | Unknown | None:
    if stand_together(inquiry.system, one, other) == FALSE:
        return None
    if not _are_of_one_form(one, other):
        return Unlike(DifferenceKind.FORM)
    for about in inquiry.grounds:
        here = about.find(one[0].id), about.find(other[0].id)
        for stage, differ in enumerate(differences(about, one, other)):
            answer = _differ(inquiry, about, differ, one, other) if differ != FALSE else None
            if isinstance(answer, Unknown):
                return answer
            if isinstance(answer, Sat):
                way = (
                    DifferenceKind.BREACH
                    if stage
                    else DifferenceKind.BEARER
                    if None in here
                    else DifferenceKind.CONTENT
                )
                return Unlike(way, about, (differ,))
    return None


class Alike(Record):
    """Provisions that say the same, and the formulas of the encounters in which both are kept, or made use of."""

    about: Ground
    formulas: tuple[Formula, ...]


class Neighbours:
    """Norms by the acts and results that they are about: a clause is compared with those that share one with it."""

    def __init__(self, grounds: Sequence[Ground], norms: Sequence[Norm]) -> None:
        self._grounds, self._norms = grounds, norms
        self._places: dict[Decision, list[int]] = {}
        for place, norm in enumerate(norms):
            for decision in self._about(norm):
                self._places.setdefault(decision, []).append(place)

    def of(self, norm: Norm) -> list[Norm]:
        """Those that are about an act or result of this one, for some bearer; in order."""
        places = {place for decision in self._about(norm) for place in self._places.get(decision, ())}
        return [self._norms[place] for place in sorted(places)]

    def _about(self, norm: Norm) -> set[Decision]:
        return {decision for about in self._grounds if (n := about.find(norm.id)) for decision in touched(n.fulfilled)}


def alike(inquiry: Inquiry, one: Norm, other: Norm) -> Alike | Unknown | None:
    """Whether two provisions about one act or result say the same, and can both be kept, or made use of, at once."""
    # Most pairs never apply at once, which is seen sooner than how they differ.
    comparable = [at_once for at_once in used_together(inquiry.grounds, one, other) if not keep_apart(at_once[1])]
    difference = _difference(inquiry, (one,), (other,)) if comparable else None
    if difference is not None:
        return difference if isinstance(difference, Unknown) else None
    for about, formulas in comparable:
        question, found = "is there an encounter in which both apply and are kept, or made use of", "the one repeats it"
        with asking(norms=(one.id, other.id), question=question, found=found, none="neither is ever kept there"):
            answer = inquiry.ask(about, *formulas)
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Sat):
            return Alike(about, at_home(inquiry, about, *formulas))
    return None


def used_together(grounds: Sequence[Ground], one: Norm, other: Norm) -> list[tuple[Ground, tuple[Formula, ...]]]:
    """For whom two provisions of one form are about one act or result; and that both apply and are kept, or used."""
    if not _are_of_one_form((one,), (other,)):
        return []
    pairs = ((about, about.find(one.id), about.find(other.id)) for about in grounds)
    return [
        (about, (n.applicable, use(one, n.fulfilled), m.applicable, use(other, m.fulfilled)))
        for about, n, m in pairs
        if n and m and not touched(n.fulfilled).isdisjoint(touched(m.fulfilled))
    ]


def seen_unlike(about: Ground, one: Provision, other: Provision, seen: CompleteEpisode) -> bool:
    """Whether the evaluator sees a difference between the two in an episode."""
    claims = zip_longest(_seen(about, one, seen), _seen(about, other, seen), fillvalue=True)
    return any(first != second for first, second in claims)


def seen_used(about: Ground, norm: Norm, seen: CompleteEpisode) -> bool:
    """Whether the evaluator sees in an episode that the norm applies and is kept, or made use of."""
    used = fulfilled(norm, about.bearer, seen, about.system) != (norm.modality is Modality.EXEMPTION)
    return used and applicable(norm, about.bearer, seen, about.system)


def use(norm: Norm, content: Kind) -> Kind:
    """What makes use of a permission, or of an exemption; of a duty, what keeps it."""
    return negation(content) if norm.modality is Modality.EXEMPTION else content


def claims(about: Ground, one: Provision, other: Provision) -> Iterator[tuple[Formula, Formula]]:
    """What each of two provisions claims, first of all, and then after each breach."""
    return zip_longest(_claims(about, one), _claims(about, other), fillvalue=TRUE)


def differences(about: Ground, one: Provision, other: Provision) -> Iterator[Formula]:
    """That what the one claims is so, and what the other claims is not, or the other way round; for each stage.

    Of wordings that are open: where both stand.
    """
    standing = stand_together(about.system, one, other)
    for first, second in claims(about, one, other):
        either = disjunction(conjunction(first, negation(second)), conjunction(negation(first), second))
        yield conjunction(standing, either)


def stand_together(system: NormSystem, one: Provision, other: Provision) -> Formula:
    """That both provisions are in the package, as they are worded."""
    if not any(term.choice is not None for term in system.open_terms):
        return TRUE
    negotiation = Negotiation(system)
    boxes = negotiation.boxes_of((one[0], other[0]))
    return TRUE if boxes == ({},) else negotiation.formula(boxes)


def at_home(inquiry: Inquiry, about: Ground, *formulas: Formula) -> tuple[Formula, ...]:
    """The formulas, said of units of the parties of the text under check if there are such encounters."""
    parties = about.grounder.joined(about.system.texts[about.system.subject], about.bearer)
    with asking(question="is there such an encounter between the parties of the text", found="the example is one"):
        there_are = isinstance(inquiry.ask(about, *formulas, *parties), Sat)
    return (*formulas, *parties) if there_are else formulas


def _differ(inquiry: Inquiry, about: Ground, differ: Formula, one: Provision, other: Provision) -> Answer:
    question = "is there an encounter in which one of the two is kept, or made use of, and the other is not"
    norms = tuple(norm.id for norm in (*one, *other))
    with asking(norms=norms, question=question, found=_ELSE, none="they mean the same for this bearer"):
        return inquiry.ask(about, differ)


def _are_of_one_form(one: Provision, other: Provision) -> bool:
    return all(_form(a) == _form(b) for a, b in zip(_steps(one), _steps(other), strict=False))


def _steps(provision: Provision) -> tuple[Norm | Secondary, ...]:
    return (provision[0], *provision[0].otherwise)


def _form(said: Norm | Secondary) -> tuple[Modality, Strength]:
    return said.modality, said.strength


def _claims(about: Ground, provision: Provision) -> Sequence[Formula]:
    """That all it asks for is kept where it applies, or that all it permits is made use of where it applies.

    Then, for each thing owed after a breach, that it is done at the latest.
    """
    claims = [_norm_claims(about, about.find(norm.id), norm) for norm in provision]
    return [conjunction(*stage) for stage in zip(*claims, strict=True)]


def _norm_claims(about: Ground, n: GroundNorm | None, norm: Norm) -> Sequence[Formula]:
    if n is None:
        return (Truth(norm.demands),)
    done = use(norm, n.fulfilled)
    claims = [disjunction(negation(n.applicable), done) if norm.demands else conjunction(n.applicable, done)]
    grounder, view = about.grounder, about.bearer if norm.rotates else 0
    for secondary in norm.otherwise:
        content = grounder.formula(rotate(secondary.content, view, len(about.system.situation.roles)))
        claims.append(disjunction(claims[-1], content))
    return claims


def _seen(about: Ground, provision: Provision, seen: CompleteEpisode) -> Sequence[bool]:
    """The same claims as the evaluator sees them in one episode."""
    claims = [_norm_seen(about, norm, seen) for norm in provision]
    return [all(stage) for stage in zip(*claims, strict=True)]


def _norm_seen(about: Ground, norm: Norm, seen: CompleteEpisode) -> Sequence[bool]:
    system, bearer = about.system, about.bearer
    if not norm.rotates and norm.bearer != bearer:
        return (norm.demands,)
    used = seen_used(about, norm, seen)
    claims = [used or not applicable(norm, bearer, seen, system) if norm.demands else used]
    for secondary in norm.otherwise:
        claims.append(claims[-1] or holds(secondary.content, seen, system, bearer if norm.rotates else 0))
    return claims
