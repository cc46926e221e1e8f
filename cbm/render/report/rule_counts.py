"""Report to a table of what was found: how many findings of which rule, the most frequent first."""

from __future__ import annotations

from collections import Counter

from cbm.finding import Severity
from cbm.render.columns import padded, page, width
from cbm.render.level_words import level_words
from cbm.render.remarks import unread_lines
from cbm.render.summary import summary
from cbm.render.translated_page import caveat_lines
from cbm.report import Report


def render(report: Report) -> str:
    """One line for each rule and severity; what was not read is told below."""
    counts = Counter((finding.severity, finding.rule) for finding in report.findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], -row[0][0].weight, row[0][1]))
    figures = max((len(f"{count:,}") for count in counts.values()), default=0)
    words = max(width(level_words(severity)) for severity in Severity)
    lines = [f"{count:>{figures},}  {padded(level_words(severity), words)}  {rule}" for (severity, rule), count in rows]
    lines += unread_lines(report.unread)
    lines += [] if report.quiet else [summary(report), *caveat_lines()]
    return page(lines)
