"""Where a negotiation stands: which packages are clean, which options are in none, and which cannot go together.

A package is clean when no error holds on it, on any reading of open terms, but those that hold on every package. It is
workable when none does on some reading. Choices that no finding and no tie names together are looked at apart from
each other, so that packages are never listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from operator import attrgetter

from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, Taking, members
from cbm.finding import Finding, RuleId, Severity
from cbm.negotiation.reaches import boxes_in
from cbm.negotiation.reading_flaws import reading_flaws, shut_together
from cbm.records import Record

_ABOUT_PACKAGES = frozenset((RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE))


def _has(boxes: Iterable[Box], choice: int, option: int) -> bool:
    """Whether some package in the boxes has the option."""
    return any(choice not in box or box[choice] >> option & 1 for box in boxes)


class Flaw(Record):
    """A finding that makes packages unclean, and which; or several that do so together, one on each reading."""

    findings: tuple[Finding, ...]
    boxes: tuple[Box, ...]


class ChoiceGroup(Record, dict=True):  # with room for what is worked out once
    """Choices that hang together, by number, and what makes packages of them unclean: surely, or on some reading."""

    negotiation: Negotiation
    choices: tuple[int, ...]
    flaws: tuple[Flaw, ...]
    by_reading: tuple[Flaw, ...] = ()

    @cached_property
    def clean(self) -> tuple[Box, ...]:
        """The maximal boxes of clean packages."""
        by_reading = (box for flaw in self.by_reading for box in flaw.boxes)
        return self.negotiation.space.maximal_outside((*self._unclean, *by_reading, *self._excluded))

    @cached_property
    def open(self) -> tuple[Box, ...]:
        """The maximal boxes of packages that are clean or workable."""
        return self.negotiation.space.maximal_outside((*self._unclean, *self._excluded))

    @cached_property
    def workable(self) -> tuple[Box, ...]:
        """The maximal boxes of packages that are workable and not clean."""
        return self.negotiation.space.minus(self.open, self.clean) if self.by_reading else ()

    @cached_property
    def existing(self) -> tuple[Box, ...]:
        """The maximal boxes of all packages."""
        return self.negotiation.space.maximal_outside(self._excluded)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to settle by what the check is asked for: each package that has it is clean."""
        asked = {choice: options for choice, options in self.negotiation.asked_for.items() if choice in self.choices}
        if not asked or len(self.existing) != 1 or self.existing != self.clean:
            return False
        return all(len(members(o)) == 1 or o == asked.get(choice) for choice, o in self.existing[0].items())

    @cached_property
    def incompatible(self) -> tuple[tuple[Taking, ...], ...]:
        """The minimal sets of options that no clean or workable package holds, though one does; in order."""
        return tuple(sorted(self.negotiation.space.incompatible(self.open, self.choices), key=lambda s: (len(s), s)))

    def is_dead(self, choice: int, option: int) -> bool:
        """Whether an option is in no clean or workable package."""
        return not _has(self.open, choice, option)

    def is_clean(self, choice: int, option: int) -> bool:
        """Whether an option is in a clean package."""
        return _has(self.clean, choice, option)

    def reasons(self, taken: Iterable[Taking]) -> Iterator[Finding]:
        """Findings that leave no package open with these options: as few as do, the first ones in their order."""
        box = {choice: 1 << option for choice, option in taken}
        space = self.negotiation.space
        needed = [flaw for flaw in self.flaws if any(space.meets(box, bad) is not None for bad in flaw.boxes)]
        for flaw in reversed(needed):
            rest = [other for other in needed if other is not flaw]
            if not space.minus((box,), (*(bad for other in rest for bad in other.boxes), *space.excluded)):
                needed = rest
        yield from dict.fromkeys(finding for flaw in needed for finding in flaw.findings)

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
        named = [Flaw((f,), boxes_in(self.negotiation, reach, surely=True)) for f, reach in some]
        together = shut_together(self.negotiation, tuple(reading_flaws(self.findings)))
        named += [Flaw(findings, boxes) for findings, boxes in together]
        return tuple(flaw for flaw in named if flaw.boxes)

    @cached_property
    def flaws_by_reading(self) -> tuple[Flaw, ...]:
        """The errors that depend on readings, each with the packages on which it is there on some of them."""
        some = ((one.finding, one.finding.reach) for one in reading_flaws(self.findings))
        named = ((f, boxes_in(self.negotiation, reach)) for f, reach in some if reach is not None and not reach.every)
        return tuple(Flaw((finding,), boxes) for finding, boxes in named)

    @property
    def depends_everywhere(self) -> bool:
        """Whether an error is on every package on some reading of open terms: no choice settles it."""
        reaches = (one.finding.reach for one in reading_flaws(self.findings))
        return any(reach is not None and reach.every for reach in reaches)

    @cached_property
    def groups(self) -> tuple[ChoiceGroup, ...]:
        """The choices on which it depends whether a package is clean, in groups that hang together."""
        grouped = self.negotiation.space.groups(self._named_together)
        both = self.flaws, self.flaws_by_reading
        return tuple(
            ChoiceGroup(self.negotiation, choices, *(tuple(_inside(flaws, choices)) for flaws in both))
            for choices in grouped
        )

    @property
    def _named_together(self) -> Iterator[Box]:
        return (box for flaw in (*self.flaws, *self.flaws_by_reading) for box in flaw.boxes)

    @property
    def by_reading(self) -> tuple[Finding, ...]:
        """What is no error on any package for sure, but one on some if open terms are read in some way."""
        return tuple(f for f in self.findings if f.readings is not None and not f.readings.every)

    @property
    def workable_only(self) -> Iterator[Taking]:
        """The options that are in no clean package, and in a workable one."""
        for group in self.groups:
            for choice in group.choices:
                for option in range(self.negotiation.space.sizes[choice]):
                    if not group.is_dead(choice, option) and not group.is_clean(choice, option):
                        yield choice, option

    @property
    def open_questions(self) -> tuple[Finding, ...]:
        """What stayed undecided and may make packages unclean: what could be no more than a note makes none."""
        return tuple(f for f in self.findings if f.rule is RuleId.UNDECIDED and not f.only_notes)

    @property
    def has_clean(self) -> bool:
        """Whether any package is clean."""
        return all(group.clean for group in self.groups)

    @property
    def has_open(self) -> bool:
        """Whether any package is clean or workable."""
        return all(group.open for group in self.groups)

    def dead(self) -> Iterator[tuple[ChoiceGroup, int, int]]:
        """The options in no clean or workable package, each with its group, by number; none where there is none.

        What is only left out because the check is asked for something else is not among them.
        """
        for group in self.groups if self.has_open else ():
            for choice in group.choices:
                for option in range(self.negotiation.space.sizes[choice]):
                    if group.is_dead(choice, option) and not self.is_not_asked_for(group, choice, option):
                        yield group, choice, option

    def is_left_aside(self, choice: int, option: int) -> bool:
        """The same of a choice of whatever group; where it is in none, all its options are asked about."""
        return any(self.is_not_asked_for(group, choice, option) for group in self.groups if choice in group.choices)

    def is_not_asked_for(self, group: ChoiceGroup, choice: int, option: int) -> bool:
        """Whether packages of the texts have the option, and none of those that the check is asked for."""
        written = self.negotiation.as_written
        if written is self.negotiation or _has(group.existing, choice, option):
            return False
        excluded = (box for box in written.space.excluded if not set(box).isdisjoint(group.choices))
        return _has(written.space.maximal_outside(excluded), choice, option)

    @property
    def packages(self) -> int:
        """How many packages there are."""
        return self._count(attrgetter("existing"))

    @property
    def clean_packages(self) -> int:
        return self._count(attrgetter("clean"))

    @property
    def open_packages(self) -> int:
        """How many packages are clean or workable."""
        return self._count(attrgetter("open"))

    def _count(self, boxes: Callable[[ChoiceGroup], tuple[Box, ...]]) -> int:
        """How many packages lie, group by group, in these boxes."""
        space = self.negotiation.space
        nested = ((choice, *outer) for choice, stands in space.nested for outer in stands)
        counted = space.groups((*self._named_together, *(dict.fromkeys(joined, 0) for joined in nested)))
        alone = set(range(len(space.sizes))).difference(*counted)
        number = prod(space.sizes[choice] for choice in alone)
        for choices in counted:
            inside = [group for group in self.groups if set(group.choices) <= set(choices)]
            number *= space.count(space.in_all([boxes(group) for group in inside]), choices)
        return number

    def first_clean(self) -> dict[int, int]:
        """The clean package that takes the first options, choice by choice; a workable one where none is clean.

        There must be one of these.
        """
        taken = dict.fromkeys(range(len(self.negotiation.space.sizes)), 0)
        for group in self.groups:
            whole = self.negotiation.space.whole
            boxes = group.clean if self.has_clean else group.open
            ways = ([(c, members(box.get(c, whole(c)))[0]) for c in group.choices] for box in boxes)
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
        """For each group the largest sets of a delegation's options, and wishes, that stay together in an open one."""
        for group in self.groups:
            own = tuple(self._options_of(delegation, group.choices, wished))
            whole = self.negotiation.space.whole
            kept = {
                tuple((c, o) for c, o in own if box.get(c, whole(c)) >> o & 1 and _first(own, box, c, o, whole(c)))
                for box in group.open
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


def _inside(flaws: Iterable[Flaw], choices: Sequence[int]) -> Iterator[Flaw]:
    """What makes packages of a group unclean; one finding may do so in several groups, each with its own boxes."""
    for flaw in flaws:
        inside = tuple(box for box in flaw.boxes if not set(box).isdisjoint(choices))
        if inside:
            yield Flaw(flaw.findings, inside)


def _first(own: Sequence[Taking], box: Box, choice: int, option: int, whole: int) -> bool:
    """Of several options of one choice that a delegation proposes, the first that stands there counts."""
    standing = [o for c, o in own if c == choice and box.get(c, whole) >> o & 1]
    return standing[0] == option


def parties_that_propose(negotiation: Negotiation) -> tuple[str, ...]:
    """Everybody who proposes something, in order."""
    named = (who for choice in negotiation.choices for option in choice.options for who in option.proposers)
    return tuple(dict.fromkeys(named))
