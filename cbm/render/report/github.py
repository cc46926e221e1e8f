"""Report to the workflow commands of GitHub Actions: an annotation for each finding, beside the line it is about.

GitHub shows at most ten of each kind, so the worst come first, and the last notice counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.finding import Finding, Report, Severity
from cbm.render.columns import visible
from cbm.render.level_words import level_words
from cbm.render.remarks import lines_alone
from cbm.render.summary import summary
from cbm.render.translated_page import caveat_lines
from cbm.translation.saying import say, say_count

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# So many annotations of a kind are shown.
_SHOWN = 10


def render(report: Report) -> str:
    """A line for each annotation, then the closing line of the report."""
    return "".join(f"{line}\n" for line in (*_annotations(report), summary(report), *caveat_lines()))


def _annotations(report: Report) -> Iterator[str]:
    room = dict.fromkeys(Severity, _SHOWN)
    for file in report.unread:
        room[Severity.ERROR] -= 1
        yield _command("error", {"file": file.path, "title": say("cbm: not read")}, [str(file)])
    if report.stopped:
        room[Severity.ERROR] -= 1
        yield _command("error", {"title": say("cbm: stopped before the end")}, [report.stopped])
    room = {severity: max(left, 0) for severity, left in room.items()}
    if any(len(_of(report, severity)) > left for severity, left in room.items()):
        room[Severity.NOTE] -= 1
    told = [finding for severity in Severity for finding in _of(report, severity)[: room[severity]]]
    for finding in told:
        yield _annotation(finding)
    if rest := len(report.findings) - len(told):
        further = say_count(
            "{count:,} further finding is in the other formats of the report",
            "{count:,} further findings are in the other formats of the report",
            rest,
        )
        yield _command("notice", {"title": say("cbm: not all is shown")}, [further])


def _of(report: Report, severity: Severity) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is severity]


def _annotation(finding: Finding) -> str:
    span = finding.primary.span
    (line, column), (last_line, last_column) = span.begin, span.finish
    properties = {"file": span.source.name, "line": str(line), "endLine": str(last_line), "col": str(column)}
    if line == last_line:
        properties["endColumn"] = str(last_column)  # GitHub takes columns for those of one line
    properties["title"] = f"{level_words(finding.severity)}[{finding.rule}]"
    return _command(_COMMANDS[finding.severity], properties, [finding.message, *lines_alone(finding)])


def _command(name: str, properties: Mapping[str, str], lines: Iterable[str]) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(chr(10).join(map(visible, lines)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
