"""Report to one line per finding and a closing line, for editors and for a quick look."""

from __future__ import annotations

from cbm.finding import Finding, Report
from cbm.render.columns import page, visible
from cbm.render.remarks import unread_lines
from cbm.render.snippet import place
from cbm.render.summary import summary
from cbm.render.translated_page import caveat_lines


def render(report: Report) -> str:
    """`path:line:column: severity[rule] message`, in the order of the report; then what was not read."""
    closing = () if report.quiet else (summary(report), *caveat_lines())
    return page((*map(_line, report.findings), *unread_lines(report.unread), *closing))


def _line(finding: Finding) -> str:
    return f"{place(finding.primary.span)}: {finding.severity}[{finding.rule}] {visible(finding.message)}"
