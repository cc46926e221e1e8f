"""The report as Markdown: nothing that authors write is markup."""

from __future__ import annotations

import re

from cbm.records import replace
from cbm.render.report import report_markdown
from cbm.report import Report, Unread
from tests.render.sample import CONFLICT, REDUNDANCY, REPORT


def test_every_finding_is_a_row_and_a_section() -> None:
    lines = report_markdown.render(REPORT).splitlines()
    assert [line.split(" | ")[2] for line in lines if line.startswith("| ")][1:] == [
        "conflict",
        "redundancy",
        "undecided",
    ]
    assert sum(re.match(r"## \d\\. (error|warning): ", line) is not None for line in lines) == len(REPORT.findings)


def test_words_of_authors_begin_no_line_and_are_no_markup() -> None:
    text = "# a | b\n::stop-commands::x\n<img src=x> [a](b) ```"
    page = report_markdown.render(Report((replace(REDUNDANCY, message=text, notes=(text,)),), background=(text,)))
    assert all(not line or line[0] in "#-|N" for line in page.splitlines())
    assert page.count("<") == page.count("\\<")
    assert "\\# a \\| b ::stop\\-commands::x \\<img" in page


def test_what_was_not_read_is_there() -> None:
    page = report_markdown.render(Report((CONFLICT,), unread=(Unread("a.cbm", "is no plain file"),)))
    assert "\n## Not read, so nothing is said of it\n\n- a.cbm is no plain file\n" in page
