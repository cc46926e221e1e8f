"""Findings that comments in the texts keep out of a report: they are counted, named where programs read, and not told.

A comment that hides nothing of a rule that it names is a finding, and so is one whose day is over.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from cbm.finding import ALWAYS, Finding, Label, RuleId, Severity
from cbm.records import Record, replace
from cbm.report import Report, Suppressed
from cbm.source import Source, Span
from cbm.syntax.cutting.ignore_comments import IgnoreComment, WrongComment, comments_of
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_EPOCH = "SOURCE_DATE_EPOCH"  # of reproducible builds: the seconds since 1970 that stand for now


class Comments(Record):
    """The files whose comments are looked at, and those of which so much was asked that one may be told as needless."""

    read: tuple[Source, ...] = ()
    asked: frozenset[Source] = frozenset()


NO_COMMENTS = Comments()
_Use = tuple[IgnoreComment, RuleId]  # a comment, and a rule of it by which it hides something


def without_suppressed(report: Report, comments: Comments) -> Report:
    """The report without what comments hide, with a finding for each comment that is of no use."""
    today = _today()
    kept: list[Finding] = []
    hidden: list[Suppressed] = []
    used: set[_Use] = set()
    for finding in report.findings:
        naming = comments_on(finding)
        hiding = [c for c in naming if c.until is None or today <= c.until]
        used.update((comment, finding.rule) for comment in hiding)
        if hiding:
            until = None if hiding[0].until is None else hiding[0].until.isoformat()
            hidden.append(Suppressed(finding, hiding[0].reason, Label(hiding[0].span), until))
        elif RuleId.IGNORE_COMMENT in report.left_out:  # else it is a finding that the day of a comment is over
            kept.append(replace(finding, notes=(*finding.notes, *_over(naming))))
        else:
            kept.append(finding)
    decided = not (report.stopped or report.unread or any(finding.rule in ALWAYS for finding in report.findings))
    asked = comments.asked if decided else frozenset()
    idle = [f for source in comments.read for f in _of_no_use(source, used, today, source in asked, report.left_out)]
    if RuleId.IGNORE_COMMENT in report.left_out:
        idle = []
    return replace(report, findings=(*kept, *idle), suppressed=(*report.suppressed, *hidden))


def comments_on(finding: Finding) -> list[IgnoreComment]:
    """The comments that name its rule, at the statements in which it is placed; whatever the day is."""
    if finding.rule in ALWAYS:
        return []
    places = [finding.primary.span, *(label.span for label in finding.related)]
    return [
        comment
        for source in dict.fromkeys(place.source for place in places)
        for comment in comments_of(source)
        if isinstance(comment, IgnoreComment) and finding.rule in comment.rules and _at(comment, places)
    ]


def _over(comments: Iterable[IgnoreComment]) -> Iterator[str]:
    """That comments hid a finding up to a day that is over; all of these have one."""
    for comment in comments:
        assert comment.until is not None, "what has no day hides still"
        yield say("a comment hid this up to {day}, a day that is over", day=comment.until)


def _at(comment: IgnoreComment, places: Iterable[Span]) -> bool:
    statement = comment.statement
    return any(p.source == statement.source and statement.start <= p.start < statement.end for p in places)


def _of_no_use(
    source: Source, used: set[_Use], today: date, asked: bool, left_out: Collection[RuleId]
) -> Iterator[Finding]:
    for comment in comments_of(source):
        match comment:
            case WrongComment():
                yield _finding(Severity.ERROR, comment.message, comment.span, comment.remedy)
            case IgnoreComment(until=day) if day is not None and day < today:
                message = say("the day is over up to which this comment hides findings: {day}", day=day)
                yield _finding(Severity.WARNING, message, comment.span, say("take it out, or give it a later day"))
            case IgnoreComment(rules=rules):
                idle = [rule for rule in rules if rule not in left_out and (comment, rule) not in used]
                if idle and asked:
                    yield _hiding_none(comment, idle)


def _hiding_none(comment: IgnoreComment, idle: Sequence[RuleId]) -> Finding:
    """That it hides nothing of these rules of it, or nothing at all."""
    names = [f"`{rule}`" for rule in idle]
    if len(idle) == len(comment.rules):
        words, advice = mark("this comment hides nothing: there is no {rules} at its statement"), say("take it out")
    else:
        words = mark("this comment hides no {rules} at its statement")
        advice = say("take {rules} out of it", rules=listed(names))
    return _finding(Severity.WARNING, say(words, rules=listed(names, "or")), comment.span, advice)


def _finding(severity: Severity, message: str, span: Span, remedy: str) -> Finding:
    return Finding(RuleId.IGNORE_COMMENT, severity, message, Label(span), remedies=(remedy,), matter=(span.text,))


def _today() -> date:
    """The day on which cbm is run, and not the one asked about: what is put off is put off for those who work on it."""
    seconds = os.environ.get(_EPOCH, "")
    with suppress(ValueError, OverflowError, OSError):  # what is no number, or a moment beyond all days, says nothing
        return datetime.fromtimestamp(int(seconds), UTC).date()
    return datetime.now(UTC).date()
