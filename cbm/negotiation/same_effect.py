"""Options that say something else, and change nothing that the whole text asks for, permits or lets follow.

The rest of the text makes them come to the same, whatever else is taken: another clause asks for as much as either.
Texts are compared as wholes, as for what changed between two of them (`comparison.meaning`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from cbm.comparison.meaning import TextPair, breach, exercise, same_meaning, smallest
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality
from cbm.core.packages.package_boxes import Box, PackageSpace
from cbm.core.substitution import substitute
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry
from cbm.negotiation.not_compared import not_asked_for_effect
from cbm.negotiation.taken_option import OptionTaken, changed_norms, option_taken, text_pairs
from cbm.records import Record, replace
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat


class SameEffect(Record):
    """Two options of a choice, by number, that come to the same in each package.

    `beside` are clauses of which that is so, as few as do; empty where it takes more than what clauses ask for.
    `unknown`: nobody knows whether it is so.
    """

    choice: int
    one: int
    other: int
    beside: tuple[NormId, ...] = ()
    unknown: Unknown | None = None


def same_effects(
    inquiry: Inquiry, negotiation: Negotiation, flaws: Sequence[Sequence[Box]], known: Collection[tuple[int, int, int]]
) -> Iterator[SameEffect]:
    """The options that come to the same beside other clauses, but for those `known` to mean the same by themselves.

    `flaws` are the packages of each error: options of which an error tells one from the other do not come to the same.
    """
    passed_over = not_asked_for_effect(negotiation)
    for choice, open_choice in enumerate(negotiation.choices):
        if choice in passed_over:
            continue
        for one, other in combinations(range(len(open_choice.options)), 2):
            if (choice, one, other) in known or _told_apart(negotiation, choice, one, other, flaws):
                continue
            first, second = (option_taken(negotiation, choice, option) for option in (one, other))
            pairs = tuple(text_pairs(inquiry, first, second))
            same = _come_to_the_same(inquiry, pairs, first, second)
            if isinstance(same, Unknown):
                yield SameEffect(choice, one, other, unknown=same)
            elif same:
                yield SameEffect(choice, one, other, tuple(_beside(inquiry, pairs)))


def _come_to_the_same(
    inquiry: Inquiry, pairs: Sequence[TextPair], one: OptionTaken, other: OptionTaken
) -> bool | Unknown:
    if not pairs or any(_plainly_differ(inquiry, pair) for pair in pairs):
        return False
    before, after = (tuple(_clashes(inquiry.clashes, taken)) for taken in (one, other))
    return same_meaning(inquiry, pairs, after, _norms_of(pairs), before=before)


def _norms_of(pairs: Iterable[TextPair]) -> tuple[NormId, ...]:
    return tuple(dict.fromkeys(norm for pair in pairs for norm in sorted(changed_norms(pair))))


def _clashes(clashes: Iterable[ConflictSet], taken: OptionTaken) -> Iterator[ConflictSet]:
    """The clashes of the packages that have the option."""
    for clash in clashes:
        where = substitute(clash.formula, {taken.variable: taken.value})
        if where != FALSE:
            yield replace(clash, anywhere=where) if clash.exact else clash


def _plainly_differ(inquiry: Inquiry, pair: TextPair) -> bool:
    """Whether conduct that keeps all of the one text breaches a duty of the other that clashes with nothing."""
    changed = changed_norms(pair)
    clashing = {norm for clash in inquiry.clashes for norm in clash.takes_part}
    if not changed.isdisjoint(clashing) or _form(pair) is not Modality.OBLIGATION:
        return False  # a duty that clashes may be one that cannot be kept there
    with asking(
        norms=tuple(sorted(changed)),
        question="is there conduct that keeps the text with the one option and breaches it with the other",
        found="the options do not come to the same",
        none="it is asked next whether they differ in anything else",
    ):
        return isinstance(_seen_with_one(inquiry, pair, _rest(pair)), Sat)


def _form(pair: TextPair) -> Modality | None:
    """The modality of what the choice is about, that of an obligation for every duty; None for several."""
    changed = changed_norms(pair)
    norms = (n.norm for about in (pair.before, pair.after) for n in about.norms if n.norm.id in changed)
    forms = {Modality.OBLIGATION if norm.demands else norm.modality for norm in norms}
    return forms.pop() if len(forms) == 1 else None


def _rest(pair: TextPair) -> list[GroundNorm]:
    """What is of the same form as what the choice is about, and the same in both texts."""
    changed, form = changed_norms(pair), _form(pair)
    alike = (n for n in pair.before.norms if n.norm.id not in changed)
    return [n for n in alike if (Modality.OBLIGATION if n.norm.demands else n.norm.modality) is form]


def _seen_with_one(inquiry: Inquiry, pair: TextPair, beside: Iterable[GroundNorm]) -> Answer:
    """Conduct that shows one of the options, and not the other, where it shows none of these norms beside.

    A duty is shown by a breach of it, a permission or an exemption by use that is made of it.
    """
    changed = changed_norms(pair)
    shown, hidden = (
        [
            tuple(_shown(n) if show else _hidden(n) for n in about.norms if n.norm.id in changed)
            for about in (pair.before, pair.after)
        ]
        for show in (True, False)
    )
    ways = (conjunction(disjunction(*shown[i]), *hidden[1 - i]) for i in (0, 1))
    return inquiry.ask(pair.before, disjunction(*ways), *map(_hidden, beside))


def _shown(n: GroundNorm) -> Formula:
    return breach(n) if n.norm.demands else exercise(n)


def _hidden(n: GroundNorm) -> Formula:
    return n.demand if n.norm.demands else negation(exercise(n))


def _beside(inquiry: Inquiry, pairs: Sequence[TextPair]) -> Iterable[NormId]:
    """Clauses of which it is so that the options come to the same, in the order of the text; as few as do."""
    found: dict[NormId, None] = {}
    with asking(
        norms=_norms_of(pairs),
        question="do the options come to the same beside these clauses",
        found="it takes more clauses",
        none="they do, beside these",
    ):
        for pair in pairs:
            rest = _rest(pair)
            if _form(pair) is None or not isinstance(_seen_with_one(inquiry, pair, rest), Unsat):
                return ()
            needed = smallest(rest, partial(_seen_with_one, inquiry, pair))
            found |= dict.fromkeys(n.norm.id for n in needed)
    return [norm for norm in inquiry.system.norms if norm in found]


def _told_apart(negotiation: Negotiation, choice: int, one: int, other: int, flaws: Iterable[Sequence[Box]]) -> bool:
    """Whether an error holds with one of two options, and not with the other."""
    space = PackageSpace(negotiation.space.sizes)
    for boxes in flaws:
        with_one, with_other = (_rest_of(boxes, choice, option) for option in (one, other))
        if space.minus(with_one, with_other) or space.minus(with_other, with_one):
            return True
    return False


def _rest_of(boxes: Iterable[Box], choice: int, option: int) -> list[Box]:
    """What these packages take of the other choices, those that have the option."""
    having = (box for box in boxes if choice not in box or box[choice] >> option & 1)
    return [{c: options for c, options in box.items() if c != choice} for box in having]
