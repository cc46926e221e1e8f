"""What became of what is open in a text: ties between choices, and who proposes which option."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.comparison.possible_packages import TOO_MANY
from cbm.comparison.ties import excluded_by_ties, in_common
from cbm.comparison.two_texts import TwoTexts
from cbm.core.packages.choices import ProposedOption
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.outcomes.difference import DeclaredChange
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import box_words, shortened


def tie_changes(both: TwoTexts) -> Iterator[DeclaredChange | Unknown]:
    """The packages that the ties of both texts exclude, once for the same choices, where these are not the same."""
    negotiation = in_common(both)
    told: dict[str, dict[str, list[str]]] = {}
    differing: set[str] = set()
    try:
        for whose, box, alone in excluded_by_ties(both):
            places = listed([negotiation.choices[choice].name for choice in sorted(box)])
            told.setdefault(places, {}).setdefault(whose, []).append(box_words(negotiation, box))
            differing.update((places,) if alone else ())
    except TooManyBoxes:
        yield TOO_MANY
    for places, sides in ((places, sides) for places, sides in told.items() if places in differing):
        old, new = (_excludes(sides.get(whose, ())) for whose in ("old", "new"))
        yield DeclaredChange(mark("tie"), places, old, new)


def _excludes(packages: list[str] | tuple[()]) -> str:
    return say("no package if {packages}", packages=say(", or if ").join(dict.fromkeys(packages))) if packages else ""


def position_changes(both: TwoTexts) -> Iterator[DeclaredChange]:
    """Options that both texts have and others propose now."""
    before = {(choice.name, option.number): option for choice in both.old.choices for option in choice.options}
    for choice in both.new.choices:
        for option in choice.options:
            was = before.get((choice.name, option.number))
            if was is not None and set(was.proposers) != set(option.proposers):
                name = say("{option} in {place}", option=_option_words(option), place=choice.name)
                yield DeclaredChange(mark("option"), name, listed(was.proposers), listed(option.proposers))


def _option_words(option: ProposedOption) -> str:
    return say("left out") if option.out else say("“{words}”", words=shortened(option.words))
