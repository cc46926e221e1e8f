"""The same finding of several acts of a clause, told once: of "3.2 (`report`)", or of "3.2" where it is of all acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem, by_clause
from cbm.finding import Finding, Label, RuleId
from cbm.records import Record, replace
from cbm.translation.listing import in_brackets
from cbm.translation.saying import in_english, say
from cbm.translation.speech import speaking
from cbm.wording.clause_names import acts_in_brackets, reference

_ACT = "`[^`]+`"


def told_once(system: NormSystem, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those that differ in the act of a clause alone made one; each names a clause once."""
    listing = [Listing.of(system, norms) for norms in by_clause(system.norms).values() if len(norms) > 1]
    known = {str(clause.norm) for clause in listing}
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.rule is RuleId.GAP or known.isdisjoint(finding.clauses):
            groups.setdefault(finding, []).append(finding)
        else:
            one = replace(finding, clauses=tuple(dict.fromkeys(finding.clauses)))
            groups.setdefault(without_acts(listing, one), []).append(one)
    return [group[0] if len(group) == 1 else together(listing, group) for group in groups.values()]


def acts_told(system: NormSystem, finding: Finding, clause: NormId) -> frozenset[str]:
    """The acts of the clause that the finding is about; none where it is about all that the clause asks for."""
    norms = [norm for norm in system.norms if norm.clause == clause]
    return frozenset(Listing.of(system, norms).acts_in(finding.message)) if norms else frozenset()


class Listing(Record):
    """A clause that lists several acts: its name, also in English, and the acts in their order.

    As it is worded, or in all its wordings together.
    """

    norm: NormId
    name: str
    known_as: str
    acts: tuple[str, ...]

    @staticmethod
    def of(system: NormSystem, norms: Sequence[NormId]) -> Listing:
        name = partial(reference, system, norms[0])
        acts = tuple(dict.fromkeys(norm.act for norm in norms if norm.act))
        return Listing(norms[0].clause, name(), in_english(name), acts)

    @property
    def named(self) -> re.Pattern[str]:
        """The clause with some of its acts behind it."""
        acts = f"({_ACT}(?:{re.escape(say(', '))}{_ACT})*)"
        before, behind = map(re.escape, in_brackets("\n").split("\n"))
        return re.compile(rf"(?<![\w.(]){re.escape(self.name)}{before}{acts}{behind}", re.ASCII)

    def acts_in(self, text: str) -> set[str]:
        """Those of its acts that are named behind it."""
        return {act.strip("`") for found in self.named.findall(text) for act in re.findall(_ACT, found)}

    def with_acts(self, text: str, acts: set[str]) -> str:
        """The text with these acts behind the name, in place of those that are; none where they are all."""
        told = [act for act in self.acts if act in acts]
        behind = acts_in_brackets(told) if len(told) < len(self.acts) else ""
        return self.named.sub(lambda _: f"{self.name}{behind}", text)

    def with_acts_in_english(self, text: str, acts: set[str]) -> str:
        """The same of a text that is in English, whatever is spoken."""
        with speaking("en"):
            return replace(self, name=self.known_as).with_acts(text, acts)


def without_acts(listing: Sequence[Listing], finding: Finding) -> object:
    """What a finding has in common with the same of another act."""
    place, readings = (finding.primary.span.source.name, finding.primary.span.start), finding.readings
    conditions = (finding.whenever, *(words for cube in finding.extent for words in cube))
    message, *told = (_without_acts(listing, words) for words in (finding.message, *conditions))
    return (finding.rule, finding.severity, message, tuple(told), finding.clauses, place, readings, finding.reach)


def together(listing: Sequence[Listing], group: Sequence[Finding]) -> Finding:
    """The first of the group, said of all acts that one of the group is about."""
    first = group[0]
    for clause in listing:
        acts = {act for finding in group for act in clause.acts_in(finding.message)}
        if acts:
            first = _said_of(clause, acts, first)
    return replace(first, remedies=tuple(_ways_out(listing, group, first.remedies)))


def _ways_out(listing: Sequence[Listing], group: Sequence[Finding], said: Sequence[str]) -> Iterator[str]:
    """Those that all findings of the group have are `said` of all their acts; each other one is told of its own act."""
    bare = [[_without_acts(listing, way) for way in finding.remedies] for finding in group]
    shared = set(bare[0]).intersection(*bare[1:])
    yield from (way for way, known in zip(said, bare[0], strict=True) if known in shared)
    ways: dict[str, str] = {}
    for names, finding in zip(bare, group, strict=True):
        ways |= zip(names, finding.remedies, strict=True)
    yield from (way for known, way in ways.items() if known not in shared)


def _without_acts(listing: Sequence[Listing], text: str) -> str:
    for clause in listing:
        text = clause.with_acts(text, set(clause.acts))
    return text


def _said_of(clause: Listing, acts: set[str], finding: Finding) -> Finding:
    def said(text: str) -> str:
        return clause.with_acts(text, acts)

    def known(text: str) -> str:
        return clause.with_acts_in_english(text, acts)

    def label(place: Label) -> Label:
        return replace(place, text=said(place.text))

    return replace(
        finding,
        message=said(finding.message),
        on_readings=said(finding.on_readings),
        opposed=tuple(map(said, finding.opposed)),
        primary=label(finding.primary),
        related=tuple(map(label, finding.related)),
        whenever=said(finding.whenever),
        extent=tuple(tuple(map(said, cube)) for cube in finding.extent),
        known_extent=tuple(tuple(map(known, cube)) for cube in finding.known_extent),
        order=known(finding.order),
        remedies=tuple(map(said, finding.remedies)),
        notes=tuple(map(said, finding.notes)),
    )
