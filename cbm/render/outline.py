"""Report to what a person reads of it, and in which order: what it comes to, what limits it, then one entry a defect.

Pages for people walk this structure; how something is set off is their own affair, what is said and where is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cbm.finding import Finding, Report, RuleId, Severity
from cbm.render.identity import identities
from cbm.render.remarks import asides
from cbm.render.summary import summary

# Headings of the groups of entries, the worst first.
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}
_UNDECIDED = "Undecided"


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One defect as it is listed and told: its title, the finding that is told in full, and a name to link to."""

    title: str
    lead: Finding
    anchor: str


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries of one gravity, in the order of the texts."""

    heading: str
    entries: tuple[ReportEntry, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what stands below it, one sentence or name each."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report in reading order: `limits` is what was not checked or stays open, `beside` what matters of the texts."""

    verdict: str
    limits: tuple[Passage, ...]
    groups: tuple[EntryGroup, ...]
    beside: tuple[Passage, ...]


def outline(report: Report) -> Outline:
    """The structure of the page of a report."""
    passages = tuple(Passage(heading.rstrip(":"), texts) for heading, texts in asides(report))
    limits = tuple(passage for passage in passages if passage.heading.startswith("not read"))
    return Outline(
        summary(report),
        limits,
        tuple(_groups(report.findings)),
        tuple(passage for passage in passages if passage not in limits),
    )


def _groups(findings: Iterable[Finding]) -> Iterator[EntryGroup]:
    """Errors before warnings and notes; what is undecided is none of them. Within each, the order of the report."""
    listed = list(findings)
    named = sorted(zip(listed, identities(listed), strict=True), key=lambda pair: _gravity(pair[0]))
    for _, found in groupby(named, key=lambda pair: _gravity(pair[0])):
        entries = tuple(ReportEntry(finding.message, finding, f"f-{identity}") for finding, identity in found)
        yield EntryGroup(_heading(entries[0].lead), entries)


def _gravity(finding: Finding) -> int:
    return 1 if finding.rule is RuleId.UNDECIDED else -finding.severity.weight


def _heading(finding: Finding) -> str:
    return _UNDECIDED if finding.rule is RuleId.UNDECIDED else _HEADINGS[finding.severity]
