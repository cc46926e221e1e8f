"""The JSON report: what programs rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cbm.finding import Finding, Label, RuleId, Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.render.identity import identities
from cbm.report import Report
from cbm.source import Source, Span
from tests.render.sample import CONFLICT, REDUNDANCY, REPORT, UNDECIDED, label


def document(report: Report) -> Any:
    return json.loads(RENDERERS["json"](report))


@pytest.mark.parametrize(
    ("findings", "level", "status", "code"),
    [
        ((), Severity.ERROR, "fine", 0),
        ((REDUNDANCY,), Severity.ERROR, "fine", 0),
        ((REDUNDANCY,), Severity.WARNING, "findings", 1),
        ((CONFLICT, UNDECIDED), Severity.ERROR, "findings", 1),
        ((REDUNDANCY, UNDECIDED), Severity.ERROR, "undecided", 3),
    ],
)
def test_status_and_exit_code_agree(findings: tuple[Finding, ...], level: Severity, status: str, code: int) -> None:
    report = document(Report(findings, fail_level=level))
    assert (report["status"], report["exit_code"]) == (status, code)


def test_the_summary_adds_up() -> None:
    summary = document(REPORT)["summary"]
    assert summary["decided"] + summary["undecided"] == summary["questions"] == len(document(REPORT)["questions"])
    counted = summary["errors"] + summary["warnings"] + summary["notes"] + summary["undecided"]
    assert counted == len(document(REPORT)["findings"])


def test_attestations_are_always_there_and_add_up() -> None:
    read = document(REPORT)
    shown = [attestation["shown"] for attestation in read["attestations"]]
    assert (shown.count(True), shown.count(False)) == (read["summary"]["shown"], read["summary"]["not_shown"]) == (2, 2)
    assert all((a["witness"] is not None) == a["shown"] == (a["reason"] == "") for a in read["attestations"])
    assert document(replace(REPORT, explain_green=True)) == read


def test_where_nothing_was_asked_nothing_looks_attested() -> None:
    read = document(Report(()))
    assert (read["attestations"], read["pairs"]) == ([], {"shown": 0, "apart": 0, "not_shown": 0, "on_some": 0})


def test_exact_numbers_are_strings() -> None:
    facts = document(REPORT)["findings"][0]["witness"]["facts"]
    assert {fact["name"]: fact["value"] for fact in facts}["distance"] == "1852/3"


def test_texts_are_kept_as_they_are() -> None:
    message = '`中国` said \u202e "x"\n\t\\ and \x1b'
    assert document(Report((replace(CONFLICT, message=message),)))["findings"][0]["message"] == message


def test_a_file_name_that_is_no_text_is_spelt_out() -> None:
    source = Source(b"\xff.cbm".decode("utf-8", "surrogateescape"), "x")
    report = Report((replace(CONFLICT, primary=label(source, "x")), replace(UNDECIDED, primary=label(source, "x"))))
    assert document(report)["findings"][0]["location"]["path"] == "\\udcff.cbm"


def test_an_identity_survives_lines_that_move() -> None:
    before = Source("a.cbm", "clause 1\n")
    after = Source("a.cbm", "\n# a remark\nclause 1\n")
    moved = [replace(REDUNDANCY, primary=label(source, "clause 1"), clauses=()) for source in (before, after)]
    assert identities(moved[:1]) == identities(moved[1:])


def test_an_identity_does_not_rest_on_the_words_of_the_message_or_the_name_of_the_file() -> None:
    there = label(Source("b/c.cbm", 'clause 3 "Watch"'), "Watch")
    assert identities([REDUNDANCY]) == identities([replace(REDUNDANCY, message="said otherwise", primary=there)])


@pytest.mark.parametrize(
    "other",
    [
        replace(REDUNDANCY, rule=RuleId.VACUITY),
        replace(REDUNDANCY, matter=("night",)),
        replace(REDUNDANCY, clauses=("coc:3.4",)),
        replace(REDUNDANCY, clauses=("coc:3.3", "coc:3.4")),
    ],
)
def test_different_findings_have_different_identities(other: Finding) -> None:
    assert identities([REDUNDANCY]) != identities([other])


def test_findings_without_clauses_are_told_apart_by_the_words_at_their_place() -> None:
    source = Source("a.cbm", "foo bar")
    one, other = (replace(REDUNDANCY, primary=label(source, words), clauses=()) for words in ("foo", "bar"))
    assert identities([one]) != identities([other])


def test_what_is_so_under_other_conditions_keeps_its_identity_in_whichever_order() -> None:
    near, far = (replace(REDUNDANCY, extent=((words, "it is foggy"),)) for words in ("it is near", "it is far"))
    one, other = identities([near, far])
    assert one != other
    assert identities([far, near]) == (other, one)
    assert identities([far, replace(near, extent=(("it is foggy", "it is near"),), message="said otherwise")]) == (
        other,
        one,
    )


def test_identities_are_unique_within_a_report() -> None:
    source = Source("a.cbm", "foo foo foo")
    twins = [replace(REDUNDANCY, primary=Label(Span(source, at, at + 3)), clauses=()) for at in (0, 4, 8)]
    first, second, third = identities(twins)
    assert [second, third] == [f"{first}-2", f"{first}-3"]
