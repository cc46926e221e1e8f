"""To Code Quality of GitLab: a list of places with what is found there, shown beside a merge request."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from cbm.finding import Label, Severity
from cbm.render.json import path_of
from cbm.render.json_page import json_page
from cbm.render.notices.notice import Notice, NoticeLog
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


def render(log: NoticeLog) -> str:
    """The list, indented, with a line break at its end."""
    return json_page(tuple(_issues(log)))


def _issues(log: NoticeLog) -> Iterator[QualityIssue]:
    for file in log.unread:
        yield _unplaced("not-read", str(file), file.path)
    if log.stopped:
        yield _unplaced("stopped", say("stopped before the end: {why}", why=log.stopped), ".")
    yield from map(_issue, log.notices)
    for text in log.unheard:
        yield _unplaced("binds-nobody", text, ".", "info")
    if log.untold:
        yield _unplaced("not-told", log.untold, ".", "info")


def _issue(notice: Notice) -> QualityIssue:
    return QualityIssue(
        description=notice.message,
        check_name=notice.rule,
        fingerprint=notice.name,
        severity=_SEVERITIES[notice.severity],
        location=_location(notice.place),
    )


def _location(label: Label | None) -> QualityPlace:
    """The place; GitLab knows no issue without a file, and the folder stands for all that was asked about."""
    if label is None:
        return QualityPlace(".", LinesObject(1, 1))
    return QualityPlace(path_of(label.span.source.name), LinesObject(label.span.begin[0], label.span.finish[0]))


def _unplaced(name: str, description: str, path: str, severity: str = "blocker") -> QualityIssue:
    """What is about no line; of what does not fail there can be several in one place, told apart by their words."""
    told = path_of(path)
    apart = told if severity == "blocker" else path_of(description)
    return QualityIssue(
        description=path_of(description),
        check_name=name,
        fingerprint=sha256(f"{name}:{apart}".encode()).hexdigest()[:16],
        severity=severity,
        location=QualityPlace(told, LinesObject(1, 1)),
    )
