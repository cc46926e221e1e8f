"""Where a negotiation stands: which packages are clean, which options are in none, and which cannot go together.

A package is clean when no error holds on it but those that hold on every package. Choices that no finding and no tie
names together are looked at apart from each other, so that packages are never listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, Taking, members
from cbm.finding import Finding, RuleId, Severity
from cbm.negotiation.reaches import boxes_in
from cbm.records import Record

_ABOUT_PACKAGES = frozenset((RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE))


def _has(boxes: Iterable[Box], choice: int, option: int) -> bool:
    """Whether some package in the boxes has the option."""
    return any(choice not in box or box[choice] >> option & 1 for box in boxes)


class Flaw(Record):
    """A finding that makes packages unclean, and which."""

    finding: Finding
    boxes: tuple[Box, ...]


class ChoiceGroup(Record, dict=True):  # with room for what is worked out once
    """Choices that hang together, by number, and what makes packages of them unclean."""

    negotiation: Negotiation
    choices: tuple[int, ...]
    flaws: tuple[Flaw, ...]

    @cached_property
    def clean(self) -> tuple[Box, ...]:
        """The maximal boxes of clean packages."""
        return self.negotiation.space.maximal_outside((*self._unclean, *self._excluded))

    @cached_property
    def existing(self) -> tuple[Box, ...]:
        """The maximal boxes of all packages."""
        return self.negotiation.space.maximal_outside(self._excluded)

    @cached_property
    def incompatible(self) -> tuple[tuple[Taking, ...], ...]:
        """The minimal sets of options that no clean package holds, though one does; in order."""
        return tuple(sorted(self.negotiation.space.incompatible(self.clean, self.choices), key=lambda s: (len(s), s)))

    def is_dead(self, choice: int, option: int) -> bool:
        """Whether an option is in no clean package."""
        return not _has(self.clean, choice, option)

    def reasons(self, taken: Iterable[Taking]) -> Iterator[Finding]:
        """Findings that leave no clean package with these options: as few as do, the first ones in their order."""
        box = {choice: 1 << option for choice, option in taken}
        space = self.negotiation.space
        needed = [flaw for flaw in self.flaws if any(space.meets(box, bad) is not None for bad in flaw.boxes)]
        for flaw in reversed(needed):
            rest = [other for other in needed if other is not flaw]
            if not space.minus((box,), (*(bad for other in rest for bad in other.boxes), *space.excluded)):
                needed = rest
        yield from (flaw.finding for flaw in needed)

    @property
    def _unclean(self) -> Iterator[Box]:
        return (box for flaw in self.flaws for box in flaw.boxes)

    @property
    def _excluded(self) -> tuple[Box, ...]:
        known = set(self.choices)
        return tuple(box for box in self.negotiation.space.excluded if set(box) <= known)


class Outlook(Record, dict=True):  # with room for what is worked out once
    """What findings mean for a text under negotiation."""

    negotiation: Negotiation
    findings: tuple[Finding, ...]

    @cached_property
    def everywhere(self) -> tuple[Finding, ...]:
        """The errors on every package: no choice settles them."""
        return tuple(f for f in self._errors if f.reach is None or f.reach.every)

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """The errors on some packages; references to what a package lacks have no effect there, and are none."""
        counted = (f for f in self._errors if f.rule is not RuleId.UNDEFINED)
        some = ((f, f.reach) for f in counted if f.reach is not None and not f.reach.every)
        named = (Flaw(f, boxes_in(self.negotiation, reach, surely=True)) for f, reach in some)
        return tuple(flaw for flaw in named if flaw.boxes)

    @cached_property
    def groups(self) -> tuple[ChoiceGroup, ...]:
        """The choices on which it depends whether a package is clean, in groups that hang together."""
        grouped = self.negotiation.space.groups(self._named_together)
        return tuple(ChoiceGroup(self.negotiation, choices, tuple(self._flaws_of(choices))) for choices in grouped)

    @property
    def _named_together(self) -> Iterator[Box]:
        return (box for flaw in self.flaws for box in flaw.boxes)

    def _flaws_of(self, choices: Sequence[int]) -> Iterator[Flaw]:
        """What makes packages of a group unclean; one finding may do so in several groups, each with its own boxes."""
        for flaw in self.flaws:
            inside = tuple(box for box in flaw.boxes if not set(box).isdisjoint(choices))
            if inside:
                yield Flaw(flaw.finding, inside)

    @property
    def by_reading(self) -> tuple[Finding, ...]:
        """What is no error on any package for sure, but one on some if open terms are read in some way."""
        return tuple(f for f in self.findings if f.readings is not None and not f.readings.every)

    @property
    def by_reading_alone(self) -> tuple[int, ...]:
        """The choices, by number, that hang with no error for sure, and with one if open terms are read in some way."""
        reaches = (f.reach for f in self.by_reading if f.reach is not None)
        named = {choice for reach in reaches for box in boxes_in(self.negotiation, reach) for choice in box}
        return tuple(sorted(named.difference(*(group.choices for group in self.groups))))

    @property
    def has_clean(self) -> bool:
        """Whether any package is clean."""
        return all(group.clean for group in self.groups)

    def dead(self) -> Iterator[tuple[ChoiceGroup, int, int]]:
        """The options that are in no clean package, each with its group, by number; none where no package is clean.

        What is only left out because the check is asked for something else is not among them.
        """
        for group in self.groups if self.has_clean else ():
            for choice in group.choices:
                for option in range(self.negotiation.space.sizes[choice]):
                    if group.is_dead(choice, option) and not self.is_not_asked_for(group, choice, option):
                        yield group, choice, option

    def is_not_asked_for(self, group: ChoiceGroup, choice: int, option: int) -> bool:
        """Whether packages of the texts have the option, and none of those that the check is asked for."""
        written = self.negotiation.as_written
        if written is self.negotiation or _has(group.existing, choice, option):
            return False
        excluded = (box for box in written.space.excluded if not set(box).isdisjoint(group.choices))
        return _has(written.space.maximal_outside(excluded), choice, option)

    def packages(self, *, clean: bool) -> int:
        """How many packages there are, or how many of them are clean."""
        space = self.negotiation.space
        nested = ((choice, *outer) for choice, stands in space.nested for outer in stands)
        counted = space.groups((*self._named_together, *(dict.fromkeys(joined, 0) for joined in nested)))
        alone = set(range(len(space.sizes))).difference(*counted)
        number = prod(space.sizes[choice] for choice in alone)
        for choices in counted:
            inside = [group for group in self.groups if set(group.choices) <= set(choices)]
            number *= space.count(space.in_all([g.clean if clean else g.existing for g in inside]), choices)
        return number

    def first_clean(self) -> dict[int, int]:
        """The clean package that takes the first options, choice by choice; there must be one."""
        taken = dict.fromkeys(range(len(self.negotiation.space.sizes)), 0)
        for group in self.groups:
            whole = self.negotiation.space.whole
            ways = ([(c, members(box.get(c, whole(c)))[0]) for c in group.choices] for box in group.clean)
            taken.update(min(ways))
        return taken

    def lacking_in(self, taken: Mapping[int, int]) -> Iterator[str]:
        """The references of a package to what it does not have, in words; they make it no less clean."""
        box = {choice: 1 << option for choice, option in taken.items()}
        some = ((f, f.reach) for f in self.findings if f.rule is RuleId.UNDEFINED)
        for finding, reach in some:
            lacking = () if reach is None or reach.every else boxes_in(self.negotiation, reach)
            if any(self.negotiation.space.meets(box, one) is not None for one in lacking):
                yield finding.message

    def together(
        self, delegation: str, wished: frozenset[Taking] = frozenset()
    ) -> Iterator[tuple[ChoiceGroup, tuple[tuple[Taking, ...], ...]]]:
        """For each group the largest sets of a delegation's options, and wishes, that stay together in a clean one."""
        for group in self.groups:
            own = tuple(self._options_of(delegation, group.choices, wished))
            whole = self.negotiation.space.whole
            kept = {
                tuple((c, o) for c, o in own if box.get(c, whole(c)) >> o & 1 and _first(own, box, c, o, whole(c)))
                for box in group.clean
            }
            if own:
                yield group, tuple(sorted(one for one in kept if not any(set(one) < set(other) for other in kept)))

    def _options_of(self, delegation: str, choices: Sequence[int], wished: frozenset[Taking]) -> Iterator[Taking]:
        for choice in choices:
            for option, proposed in enumerate(self.negotiation.choices[choice].options):
                if delegation in proposed.proposers or (choice, option) in wished:
                    yield choice, option

    @property
    def _errors(self) -> Iterator[Finding]:
        return (f for f in self.findings if f.severity is Severity.ERROR and f.rule not in _ABOUT_PACKAGES)


def _first(own: Sequence[Taking], box: Box, choice: int, option: int, whole: int) -> bool:
    """Of several options of one choice that a delegation proposes, the first that stands there counts."""
    standing = [o for c, o in own if c == choice and box.get(c, whole) >> o & 1]
    return standing[0] == option


def parties_that_propose(negotiation: Negotiation) -> tuple[str, ...]:
    """Everybody who proposes something, in order."""
    named = (who for choice in negotiation.choices for option in choice.options for who in option.proposers)
    return tuple(dict.fromkeys(named))
