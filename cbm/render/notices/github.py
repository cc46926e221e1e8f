"""To the workflow commands of GitHub Actions: an annotation for each thing told, beside the line it is about.

GitHub shows at most ten of each kind, so the worst come first, and the last notice counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.finding import Label, Severity
from cbm.render.columns import page, visible
from cbm.render.level_words import level_words
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.render.translated_page import caveat_lines
from cbm.translation.saying import say, say_count

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# So many annotations of a kind are shown.
_SHOWN = 10


def render(log: NoticeLog) -> str:
    """A line for each annotation, then the closing ones."""
    return "".join(f"{line}\n" for line in _annotations(log)) + page((*log.closing, *caveat_lines()))


def _annotations(log: NoticeLog) -> Iterator[str]:
    room = dict.fromkeys(Severity, _SHOWN)
    for file in log.unread:
        room[Severity.ERROR] -= 1
        yield _command("error", {"file": file.path, "title": say("cbm: not read")}, [str(file)])
    if log.stopped:
        room[Severity.ERROR] -= 1
        yield _command("error", {"title": say("cbm: stopped before the end")}, [log.stopped])
    room = {severity: max(left, 0) for severity, left in room.items()}
    if log.unheard:
        room[Severity.NOTE] -= 1
        yield _command("notice", {"title": say("cbm: not all texts bind somebody")}, log.unheard)
    if any(len(_of(log, severity)) > left for severity, left in room.items()):
        room[Severity.NOTE] -= 1
    told = [notice for severity in Severity for notice in _of(log, severity)[: room[severity]]]
    for notice in told:
        yield _annotation(notice)
    if rest := len(log.notices) - len(told):
        further = say_count(
            "{count:,} further finding is in the other formats of the report",
            "{count:,} further findings are in the other formats of the report",
            rest,
        )
        yield _command("notice", {"title": say("cbm: not all is shown")}, [further])


def _of(log: NoticeLog, severity: Severity) -> list[Notice]:
    return [notice for notice in log.notices if notice.severity is severity]


def _annotation(notice: Notice) -> str:
    properties = {} if notice.place is None else _where(notice.place)
    properties["title"] = f"{level_words(notice.severity)}[{notice.rule}]"
    return _command(_COMMANDS[notice.severity], properties, [notice.message, *notice.lines])


def _where(label: Label) -> dict[str, str]:
    span = label.span
    (line, column), (last_line, last_column) = span.begin, span.finish
    place = {"file": span.source.name, "line": str(line), "endLine": str(last_line), "col": str(column)}
    if line == last_line:
        place["endColumn"] = str(last_column)  # GitHub takes columns for those of one line
    return place


def _command(name: str, properties: Mapping[str, str], lines: Iterable[str]) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(chr(10).join(map(visible, lines)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
