"""Report to Code Quality of GitLab: a list of places with what is found there, shown beside a merge request."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from cbm.finding import Finding, Report, Severity
from cbm.render.identity import identities
from cbm.render.json import path_of
from cbm.render.json_page import json_page
from cbm.translation.saying import say

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


class LinesObject(Struct, frozen=True):
    begin: int
    end: int


class QualityPlace(Struct, frozen=True):
    path: str
    lines: LinesObject


class QualityIssue(Struct, frozen=True, kw_only=True):
    """One entry; GitLab tells old ones from new ones by their fingerprints."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: QualityPlace


def render(report: Report) -> str:
    """The list, indented, with a line break at its end."""
    return json_page(tuple(_issues(report)))


def _issues(report: Report) -> Iterator[QualityIssue]:
    for file in report.unread:
        yield _unplaced("not-read", str(file), file.path)
    if report.stopped:
        # GitLab knows no issue without a file; the folder stands for all that was asked about.
        yield _unplaced("stopped", say("stopped before the end: {why}", why=report.stopped), ".")
    yield from map(_issue, report.findings, identities(report.findings))


def _issue(finding: Finding, name: str) -> QualityIssue:
    span = finding.primary.span
    return QualityIssue(
        description=finding.message,
        check_name=finding.rule,
        fingerprint=name,
        severity=_SEVERITIES[finding.severity],
        location=QualityPlace(path_of(span.source.name), LinesObject(span.begin[0], span.finish[0])),
    )


def _unplaced(name: str, description: str, path: str) -> QualityIssue:
    told = path_of(path)
    return QualityIssue(
        description=path_of(description),
        check_name=name,
        fingerprint=sha256(f"{name}:{told}".encode()).hexdigest()[:16],
        severity="blocker",
        location=QualityPlace(told, LinesObject(1, 1)),
    )
