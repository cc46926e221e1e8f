"""A report as what editors and code hosts show beside lines."""

from __future__ import annotations

from functools import partial

from cbm import public_api
from cbm.finding import Finding, RuleId
from cbm.render.columns import visible
from cbm.render.identity import identities
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.render.remarks import lines_alone
from cbm.render.snippet import place
from cbm.render.summary import summary, untold
from cbm.report import Report
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_EXPLAINED = mark("`cbm rule {rule}` explains it, with an example.")


def notice_log(report: Report) -> NoticeLog:
    """The findings, and those that comments in the texts hide, with the questions that were asked."""
    names, hidden = identities(report.findings), [one.finding for one in report.suppressed]
    reasons = [one.reason for one in report.suppressed]
    return NoticeLog(
        tuple(_notice(report, *named) for named in zip(report.findings, names, strict=True)),
        (summary(report),),
        _EXPLAINED,
        tuple(_notice(report, *named) for named in zip(hidden, identities(hidden), reasons, strict=True)),
        report.questions,
        report.unread,
        report.stopped,
        _title,
        report.unheard,
        untold(report),
        partial(_hiding, report),
        report.quiet,
    )


def _hiding(report: Report, rule: str) -> str:
    """What keeps findings of a rule from being told; empty where nothing does."""
    places = dict.fromkeys(place(one.place.span) for one in report.suppressed if one.finding.rule == rule)
    by = [say("by the comment at {place}", place=place) for place in places]
    hidden = report.hidden
    if rule in dict(hidden.findings):
        by += [
            say("by {files}", files=listed(list(map(visible, hidden.by)), ","))
            if hidden.by
            else say("as settled by default")
        ]
    if rule in dict(hidden.known_of):
        by += [say("as known from {file}", file=visible(hidden.baseline))]
    return listed(by)


def _title(rule: str) -> str:
    """What the rule finds: documentation stands with the checks, above this."""
    return say(public_api.library.RULES[rule].summary)


def _notice(report: Report, finding: Finding, name: str, hidden: str | None = None) -> Notice:
    return Notice(
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        place=finding.primary,
        name=name,
        lines=tuple(lines_alone(finding)),
        related=finding.related,
        clauses=finding.clauses,
        fails=report.fails(finding),
        undecided=finding.rule is RuleId.UNDECIDED,
        hidden=hidden,
    )
