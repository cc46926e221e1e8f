"""One line for each thing told and the closing ones, for editors and for a quick look."""

from __future__ import annotations

from cbm.render.columns import page, visible
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.render.remarks import unread_lines
from cbm.render.snippet import place
from cbm.render.translated_page import caveat_lines


def render(log: NoticeLog) -> str:
    """`path:line:column: severity[rule] message`, in order; then what was not read, and what binds nobody."""
    closing = () if log.quiet else (*map(visible, log.unheard), *log.closing, *caveat_lines())
    return page((*map(_line, log.notices), *unread_lines(log.unread), *closing))


def _line(notice: Notice) -> str:
    told = f"{notice.severity}[{notice.rule}] {visible(notice.message)}"
    return told if notice.place is None else f"{place(notice.place.span)}: {told}"
