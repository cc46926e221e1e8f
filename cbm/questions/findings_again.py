"""Which findings of a text were there in the one before it: by rule, gravity, clauses and matter, never by words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from cbm.finding import Finding


class LabelledFinding(NamedTuple):
    """A finding of a text, with the labels that its clauses have in the newer text."""

    finding: Finding
    text: str
    labels: tuple[str, ...]

    @property
    def place(self) -> Hashable:
        """Rule, gravity and clauses."""
        return self.finding.rule, self.finding.severity, self.labels

    @property
    def conditions(self) -> frozenset[frozenset[str]]:
        """When it is so."""
        return frozenset(map(frozenset, self.finding.known_extent or self.finding.extent))

    @property
    def matter(self) -> tuple[str, ...]:
        """What it is about beside clauses; where there is neither, the words at its place tell."""
        if self.labels or self.finding.matter:
            return self.finding.matter
        return tuple(self.finding.primary.span.text.split())


def known(findings: Iterable[Finding], text: str, anew: Mapping[str, str]) -> list[LabelledFinding]:
    """The findings of a text; `anew` are the labels that clauses of it have by now, where these are others."""

    def label(clause: str) -> str:
        own = clause.removeprefix(f"{text}:")
        return anew.get(own, own)

    return [LabelledFinding(one, text, tuple(sorted(map(label, one.clauses)))) for one in findings]


def without_counterpart(some: Iterable[LabelledFinding], others: Iterable[LabelledFinding]) -> tuple[Finding, ...]:
    """Those of some findings that are not among the others, in their order.

    One that is so under the same conditions is found first; of the rest each is found once, whatever its conditions.
    """
    left, free = _left_over(
        some, others, lambda one, other: _is_same(one, other) and one.conditions == other.conditions
    )
    return tuple(one.finding for one in _left_over(left, free, _is_same)[0])


def _left_over(
    some: Iterable[LabelledFinding],
    others: Iterable[LabelledFinding],
    is_same: Callable[[LabelledFinding, LabelledFinding], bool],
) -> tuple[list[LabelledFinding], list[LabelledFinding]]:
    """What is left of both, once each has been put beside one that is the same."""
    left, free = list[LabelledFinding](), dict[Hashable, list[LabelledFinding]]()
    for other in others:
        free.setdefault(other.place, []).append(other)
    for one in some:
        there = free.get(one.place, [])
        number = next((number for number, other in enumerate(there) if is_same(one, other)), None)
        if number is None:
            left.append(one)
        else:
            del there[number]
    return left, [other for there in free.values() for other in there]


def _is_same(one: LabelledFinding, other: LabelledFinding) -> bool:
    """Whether two of one place are one finding, whatever their texts are called."""
    called = one.text, other.text
    return len(one.matter) == len(other.matter) and all(
        pair[0] == pair[1] or pair == called for pair in zip(one.matter, other.matter, strict=True)
    )
