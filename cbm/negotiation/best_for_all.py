"""From clean packages and what delegations want to those with which nobody can have more unless another has less.

Only choices count on which every delegation has said what it wants: silence is no indifference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, PackageSpace, Taking, bits, members

Wants = Mapping[str, frozenset[Taking]]  # by delegation: the options that it would have


@dataclass(frozen=True, slots=True)
class BestPackages:
    """Of choices on which all have spoken: the clean packages of them, and those that are best for all, as boxes."""

    choices: tuple[int, ...]
    clean: tuple[Box, ...]
    best: tuple[Box, ...]


def wants_of(negotiation: Negotiation, delegations: Iterable[str], private: Wants) -> Wants:
    """What each delegation proposes, with what a file of its own adds."""
    wanted: dict[str, set[Taking]] = {who: set(private.get(who, ())) for who in delegations}
    for number, choice in enumerate(negotiation.choices):
        for position, option in enumerate(choice.options):
            for who in option.proposers:
                if who in wanted:
                    wanted[who].add((number, position))
    return {who: frozenset(options) for who, options in wanted.items()}


def spoken_of(space: PackageSpace, wants: Wants) -> Mapping[int, Sequence[frozenset[str]]]:
    """The choices on which all delegations have spoken and whose every option somebody wants: who, option by option."""
    found: dict[int, Sequence[frozenset[str]]] = {}
    for choice, size in enumerate(space.sizes):
        by = [frozenset(who for who, options in wants.items() if (choice, o) in options) for o in range(size)]
        if len(wants) > 1 and all(by) and frozenset().union(*by) == set(wants):
            found[choice] = by
    return found


def best_for_all(
    space: PackageSpace, groups: Iterable[tuple[Sequence[int], Sequence[Box]]], wants: Wants
) -> Iterator[BestPackages]:
    """For each group of choices with its clean packages those that are best for all, where that rules any out.

    A delegation has more of a package than of another if it has its wish wherever it has it in the other, and
    somewhere else besides. That can be told group by group: no wish is about two choices.
    """
    spoken = spoken_of(space, wants)
    grouped = [(tuple(c for c in choices if c in spoken), clean) for choices, clean in groups]
    alone = set(spoken).difference(c for choices, _ in grouped for c in choices)
    for choices, clean in (*grouped, *(((c,), ({},)) for c in sorted(alone))):
        here = {choice: spoken[choice] for choice in choices}
        shown = space.union({c: o for c, o in box.items() if c in here} for box in clean)
        best = space.minus(shown, _surpassed(space, shown, here))
        if space.count(best, choices) < space.count(shown, choices):
            yield BestPackages(choices, shown, best)


def _surpassed(
    space: PackageSpace, clean: Iterable[Box], wanted: Mapping[int, Sequence[frozenset[str]]]
) -> Iterator[Box]:
    """The packages than which one in these boxes is better for somebody and worse for nobody."""
    for box in clean:
        there = {c: [wanted[c][o] for o in members(box.get(c, space.whole(c)))] for c in wanted}
        matched = {c: bits(o for o, by in enumerate(wanted[c]) if any(by <= one for one in there[c])) for c in wanted}
        for choice in wanted:
            outdone = bits(o for o, by in enumerate(wanted[choice]) if any(by < one for one in there[choice]))
            if outdone:
                yield {**matched, choice: outdone}
