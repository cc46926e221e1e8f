"""Findings to what an editor shows of them: a place, a message with its reasons, and places that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lsprotocol.types import (
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Position,
    Range,
)

from cbm.finding import Finding, RuleId, Severity
from cbm.render.remarks import named, remarks
from cbm.source import Span
from cbm.translation.saying import say

SOURCE = "cbm"
_SEVERITY = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.NOTE: DiagnosticSeverity.Information,
}
_IDLE = (RuleId.REDUNDANCY, RuleId.VACUITY, RuleId.UNUSED, RuleId.DEAD_OPTION)


def diagnostic(finding: Finding, place: Range, locate: Callable[[Span], Location | None]) -> Diagnostic:
    """`place` is where it is now; `locate` says where further places are, if they are in a file."""
    return Diagnostic(
        range=place,
        message="\n".join(_lines(finding)),
        severity=_SEVERITY[finding.severity],
        code=finding.rule.value,
        source=SOURCE,
        related_information=[
            DiagnosticRelatedInformation(location, label.text or say("see here"))
            for label in finding.related
            if (location := locate(label.span)) is not None
        ],
        tags=[DiagnosticTag.Unnecessary] if finding.rule in _IDLE else [],
    )


def not_checked(why: str) -> Diagnostic:
    """That nothing is found in a text has a reason; it stands at the beginning, which every text has."""
    place = Range(Position(0, 0), Position(0, 0))
    words = say("this text is not checked: {reason}", reason=why)
    return Diagnostic(range=place, message=words, severity=DiagnosticSeverity.Error, source=SOURCE)


def _lines(finding: Finding) -> Iterator[str]:
    yield finding.message
    if finding.primary.text:
        yield named(say("here"), finding.primary.text)
    for remark, text, _ in remarks(finding):
        yield named(remark.words, text)
