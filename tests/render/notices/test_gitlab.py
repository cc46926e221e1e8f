"""Code Quality, as GitLab reads it."""

from __future__ import annotations

import json
from typing import Any

from cbm.finding import RuleId
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.render.identity import identities
from cbm.report import Report, Unread
from cbm.source import Source
from tests.render.sample import CONFLICT, REPORT, label


def read(report: Report) -> list[dict[str, Any]]:
    found = json.loads(RENDERERS["gitlab"](report))
    for issue in found:  # what GitLab asks for, and one of its severities
        assert issue["description"]
        assert issue["check_name"]
        assert issue["fingerprint"]
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1
    assert isinstance(found, list)
    return found


def test_each_finding_is_an_issue_with_its_place_and_its_name() -> None:
    issues = read(REPORT)
    assert [issue["check_name"] for issue in issues] == ["conflict", "redundancy", "undecided", "not-told"]
    assert tuple(issue["fingerprint"] for issue in issues[:-1]) == identities(REPORT.findings)
    assert issues[0]["location"] == {"path": "drafts/code_of_conduct.cbm", "lines": {"begin": 7, "end": 7}}


def test_fingerprints_are_apart() -> None:
    prints = [issue["fingerprint"] for issue in read(Report((CONFLICT, CONFLICT)))]
    assert len(set(prints)) == 2


def test_what_was_not_read_and_not_asked_is_there() -> None:
    issues = read(Report((), unread=(Unread("a.cbm", "is no plain file"),), stopped="it took too long"))
    assert [issue["check_name"] for issue in issues] == ["not-read", "stopped"]


def test_what_binds_nobody_or_is_not_told_is_there() -> None:
    issues = read(Report((), unheard=("old binds nobody here", "late binds nobody"), left_out=(RuleId.SEAM,)))
    told = [(issue["check_name"], issue["description"], issue["severity"]) for issue in issues]
    assert told == [
        ("binds-nobody", "old binds nobody here", "info"),
        ("binds-nobody", "late binds nobody", "info"),
        ("not-told", "Left out by selection: `seam`.", "info"),
    ]
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_a_file_name_that_is_no_text_is_spelt_out() -> None:
    source = Source(b"\xff.cbm".decode("utf-8", "surrogateescape"), "x")
    (issue,) = read(Report((replace(CONFLICT, primary=label(source, "x")),)))
    assert issue["location"]["path"] == "\\udcff.cbm"


def test_where_nothing_is_found_the_list_is_empty() -> None:
    assert read(Report(())) == []
