"""Laws: a draft in brackets is compared package by package, however its clauses and options are counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.comparison.differences import differences
from cbm.comparison.same_places import same_choices
from cbm.comparison.two_texts import as_written, read_text, two_texts
from cbm.core.expressions import IsIn, conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.choices import ChoiceTie
from cbm.records import replace
from cbm.smt.solve import sharing
from cbm.syntax.ast import Document
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import bracketed, document, names_of, read, understood
from tests.laws.sparing import sparingly


def changes(old: NormSystem, new: NormSystem) -> list[object]:
    """What is told to have changed, or not to be known, from one text to the other."""
    with sharing():
        return list(differences(two_texts(read_text(old), read_text(new))))


def assume_each_is_known(old: NormSystem, new: NormSystem) -> None:
    """Leaves out drafts of which a choice was not found in the older one."""
    assume(
        len(same_choices(as_written(old), as_written(new))) == sum(term.choice is not None for term in new.open_terms)
    )


def exchanged(text: str, draft: Document, dice: Random) -> str:
    """The draft with the options of some brackets in another order; of those that hold others, these stay."""
    spans = [place.span for choice in draft.choices for place in choice.places if dice.random() < 0.7]
    for span in sorted(spans, key=lambda span: -span.start):
        if text[span.start] == "[" and "[" not in (inner := text[span.start + 1 : span.end - 1]):
            name = named[0] if (named := re.match(r"\w+ (?=\w+:)", inner)) else ""
            first, *others = (option.strip() for option in inner.removeprefix(name).split("|"))
            text = f"{text[: span.start]}[{name}{' | '.join((*others, first))}]{text[span.end :]}"
    return text


def renumbered(text: str) -> str:
    """The draft whose clauses have other numbers, and refer to each other by these."""
    text = re.sub(r"clause (\d)", lambda found: f"clause {40 + int(found[1])}", text)
    return re.sub(r"(in place of|restates) (\d)", lambda found: f"{found[1]} {40 + int(found[2])}", text)


def reworded(text: str) -> str:
    """The draft with its distances in other words; the vocabulary stays."""
    world, separator, draft = text.partition("draft text\n")
    return world + separator + re.sub(r"(\d+) m\b", lambda found: f"{int(found[1]) / 1000:.3f} km", draft)


@given(bracketed(), st.randoms(use_true_random=False))
@sparingly(8)
def test_the_order_and_words_of_options_and_the_numbers_of_clauses_mean_nothing(text: str, dice: Random) -> None:
    draft = document(text)
    changed = exchanged(text, draft, dice)
    old, new = understood(text), understood(renumbered(reworded(changed) if dice.random() < 0.5 else changed))
    assume_each_is_known(old, new)  # a clause in brackets that refers to another one may not be, if it has no title
    assert changes(old, new) == []
    assert changes(new, old) == []


@given(bracketed(), st.data())
@sparingly(8)
def test_brackets_that_are_settled_change_nothing_on_what_is_left(text: str, data: st.DataObject) -> None:
    draft, old = document(text), understood(text)
    free = [number for number, choice in enumerate(draft.choices) if not choice.name]
    assume(free)
    settled = data.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
    options = {n: [o.number for o in draft.choices[n].options] + [0] * draft.choices[n].optional for n in settled}
    taken = {number: data.draw(st.sampled_from(some)) for number, some in options.items()}
    new, _ = read(with_taken(text, draft, taken))
    assume(new is not None)
    assert new is not None
    assume_each_is_known(old, new)
    narrowed = replace(old, ties=(*old.ties, _taken(old, names_of(text), taken.items())))
    assume(Negotiation(narrowed).space.minus(({},), Negotiation(narrowed).space.excluded))
    assert changes(narrowed, new) == []
    assert changes(new, narrowed) == []


def _taken(system: NormSystem, names: tuple[str, ...], taken: Iterable[tuple[int, int]]) -> ChoiceTie:
    """That these options are taken, of choices by number."""
    variables = {term.name: term.variable for term in system.open_terms if term.choice is not None}
    return ChoiceTie(conjunction(*(IsIn(variables[names[number]], (str(option),)) for number, option in taken)), "")
