"""The documents that come with the project: what is found in them, and that their cases hold."""

from __future__ import annotations

import os
import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from cbm.files import read_library
from cbm.finding import Exit, Severity
from cbm.pipeline import load, run
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.report import Report
from cbm.source import Source
from cbm.syntax.ast import ChannelDeclaration, CitationNode, LeftOut, Mark, Node, TextHeader
from cbm.syntax.parse import parse
from tests.fields import field_names
from tests.pages.instruments import Instrument, instruments
from tests.shipped import SPECS, report

INSTRUMENTS = sorted((SPECS / "instruments").glob("*.cbm"))

# The tensions the first draft was written to carry (each is also expected by one of its cases).
TENSIONS = {
    ("agreement-conflict", "2.1 17(a)(i)"),
    ("agreement-conflict", "2.2 17(a)(i)"),
    ("agreement-conflict", "2.3 17(a)(i)"),
    ("agreement-conflict", "4.4 3(3)(a)"),
    ("agreement-conflict", "8.2 17(a)(i)"),
    ("conflict", "3.2 3.5"),
    ("conflict", "3.4 3.5"),
    ("conflict", "4.1 4.5"),
    ("conflict", "4.3 4.5"),
    ("conflict", "6.2 6.3"),
    ("conflict", "6.2 6.4"),
    ("conflict", "7.2 9.1"),
    ("impossible-duty", "4.3"),
}


# What agreements in force carry, and rules of one side, which bind nobody else; a case beside them expects it.
CARRIED = {
    "china_us_notices": {("impossible-duty", "1")},
    "national_rules": {("vacuity", "1"), ("vacuity", "2")},
    "vienna_document": {("trap", "VI.47")},
}


@pytest.mark.parametrize("path", INSTRUMENTS, ids=lambda path: path.stem)
def test_instruments_have_cases_in_which_they_bind_and_in_which_they_do_not(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^  expect \w+ (must|should|is bound by \()", text, re.MULTILINE) or "expect vacuity" in text
    assert re.search(r"^  expect \w+ is (not bound by|bound by nothing)|^  expect no ", text, re.MULTILINE)


@pytest.mark.parametrize("path", INSTRUMENTS, ids=lambda path: path.stem)
def test_instruments_are_free_of_other_errors_and_warnings(path: Path) -> None:
    worse = [f for f in report(path).findings if f.severity is not Severity.NOTE]
    carried = CARRIED.get(path.stem, set())
    assert [f for f in worse if (f.rule, " ".join(c.partition(":")[2] for c in f.clauses)) not in carried] == []
    assert report(path).exit is Exit.FINE


def test_the_vocabulary_is_consistent() -> None:
    found = report(SPECS / "vocabulary" / "encounters.cbm")
    assert found.findings == ()
    assert found.clauses == 0


def test_the_first_draft_carries_its_tensions_and_no_others() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019.cbm")
    clashes = {
        (f.rule, " ".join(clause.partition(":")[2] for clause in f.clauses))
        for f in found.findings
        if f.severity is Severity.ERROR and f.rule in ("conflict", "agreement-conflict", "impossible-duty")
    }
    assert clashes == TENSIONS
    assert found.exit is Exit.FINDINGS


def test_every_expectation_of_the_first_draft_holds() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019.cbm").findings
    assert [f.message for f in found if f.rule in ("expectation", "impossible", "never-reached")] == []


def test_the_first_draft_is_told_with_examples_and_ways_out() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019.cbm").findings
    assert found, "nothing is found, so nothing is told"
    for finding in found:
        assert finding.witness is not None, finding.message
        assert finding.remedies or finding.severity is Severity.NOTE, finding.message


def test_the_page_of_the_first_draft_can_be_read_in_one_sitting() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019.cbm")
    assert len(RENDERERS["full"](found).splitlines()) < 250
    told = RENDERERS["full"](replace(found, everything=True))
    assert all(finding.whenever.split(",")[0] in " ".join(told.split()) for finding in found.findings)


def test_the_page_of_the_revision_is_short() -> None:
    assert len(RENDERERS["full"](report(SPECS / "drafts" / "code_of_conduct_2019_rev1.cbm")).splitlines()) < 25


def test_the_revision_is_clean() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019_rev1.cbm")
    assert [f for f in found.findings if f.severity is not Severity.NOTE] == []
    assert found.clauses > 50


def test_every_answer_about_the_revision_is_shown() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019_rev1.cbm")
    assert [a.statement for a in found.attestations if not a.shown] == []
    assert found.pairs.shown > 0
    assert found.pairs.not_shown == 0


@pytest.mark.parametrize("path", sorted(SPECS.rglob("*.cbm")), ids=lambda path: path.stem)
def test_every_clause_says_where_it_comes_from(path: Path) -> None:
    for block in path.read_text(encoding="utf-8").split("\nclause ")[1:]:
        if "applies when" not in block.split("\n\n")[0]:
            assert "source " in block, block[:80]


def statements(path: Path) -> Iterator[Node]:
    file, findings = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert findings == ()
    for document in file.documents:
        yield document.header
        yield from document.statements


def cited(node: object) -> Iterator[CitationNode]:
    """All sources of a statement, wherever they stand in it."""
    if isinstance(node, CitationNode):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from cited(part)
    elif isinstance(node, Node):
        for name in field_names(node):
            if name != "span":
                yield from cited(getattr(node, name))


@pytest.mark.parametrize("path", sorted(SPECS.rglob("*.cbm")), ids=lambda path: path.stem)
def test_every_source_says_how_it_was_read(path: Path) -> None:
    unmarked = [source.text for statement in statements(path) for source in cited(statement) if source.mark is None]
    assert unmarked == []


@pytest.mark.parametrize("path", sorted(SPECS.rglob("*.cbm")), ids=lambda path: path.stem)
def test_every_date_of_a_text_a_line_or_a_meeting_has_its_source(path: Path) -> None:
    for statement in statements(path):
        match statement:
            case TextHeader():
                days = [dated.value for dated in statement.dates]
            case ChannelDeclaration(agreed=agreed, operational=begin, until=end):
                pauses = [day for pause in statement.suspended for day in (pause.start, pause.until)]
                days = [day for day in (agreed, begin, end, *statement.held, *pauses) if day is not None]
            case _:
                continue
        told = " ".join(source.text for source in statement.citations)
        for day in days:
            assert f"{day.day} {month_name[day.month]} {day.year}" in told, (path.name, statement.name.text, day)


# How drafts speak of what they decide by themselves, or take over from a draft before them.
DECIDED = ("A choice of this draft", "First draft, ", "Made up", "Non-paper of ", "Proposal of ", "Proposed ")


@pytest.mark.parametrize("path", sorted((SPECS / "drafts").glob("*.cbm")), ids=lambda path: path.stem)
def test_what_a_draft_decides_is_its_own_choice(path: Path) -> None:
    decided = [s for statement in statements(path) for s in cited(statement) if s.text.startswith(DECIDED)]
    assert decided
    assert {source.mark for source in decided} == {Mark.CHOICE}


def test_few_clauses_of_instruments_are_from_memory() -> None:
    marks = [mark for instrument in instruments() for mark in instrument.marks]
    assert marks.count(Mark.MEMORY) <= len(marks) / 10


@pytest.mark.parametrize("instrument", instruments(), ids=lambda instrument: instrument.header.name.text)
def test_an_instrument_says_what_it_leaves_out_and_how_that_is_known(instrument: Instrument) -> None:
    for statement in instrument.left_out:
        assert statement.citations, statement.reason
        assert statement.titles or statement.label, statement.reason


def test_what_is_told_of_the_lines_between_china_and_japan_is_what_was_found() -> None:
    systems, _ = load([SPECS / "instruments" / "macm_line.cbm"])
    lines = systems[0].channels
    assert (lines["leaders_line"].agreed, lines["leaders_line"].operational) == (date(1998, 11, 26), date(2010, 6, 13))
    assert "incidents" not in lines["leaders_line"].topics  # what it is for in a crisis is not specified
    assert [wait.high for wait in lines["ministry_line"].delays] == [48 * 60 * 60, None]
    assert lines["annual_meeting"].held == lines["specialist_meeting"].held == (date(2018, 12, 27), date(2021, 3, 29))


NOTIFICATION = SPECS / "drafts" / "notification_2019.cbm"


def unserved(found: Report) -> set[str]:
    return {f.clauses[0].partition(":")[2] for f in found.findings if f.rule == "unserved-function"}


def test_the_draft_on_notification_says_which_duties_the_direct_line_can_serve_on_which_date() -> None:
    then, later = (report(NOTIFICATION, day) for day in (date(2019, 10, 1), date(2023, 6, 1)))
    assert unserved(then) == {"2.2", "3.2", "3.3", "3.4", "4.3"}
    assert unserved(later) == {"3.3", "3.4", "4.3"}
    for found in (then, later):
        never_sure = {f.clauses[0].partition(":")[2] for f in found.findings if f.rule == "impossible-duty"}
        assert never_sure == {"2.2", "3.2", "3.4"}


def test_the_two_answers_about_the_direct_line_differ_in_nothing_else() -> None:
    then, later = (
        RENDERERS["concise"](report(NOTIFICATION, day)).splitlines() for day in (date(2019, 10, 1), date(2023, 6, 1))
    )
    dated = {line.replace("2019-10-01", "DAY") for line in then[:-1]}
    gone = dated - {line.replace("2023-06-01", "DAY") for line in later[:-1]}
    come = {line.replace("2023-06-01", "DAY") for line in later[:-1]} - dated
    needs, installed = (
        "needs a channel that does not serve it on DAY: `ministry_line`",
        "is agreed since 2018-05-09, and operational from 2023-03-31 only",
    )
    assert sorted(line.partition("] ")[2] for line in gone) == [
        f"clause 2.2 {needs} {installed}",
        f"clause 3.2 {needs} {installed}",
        f"clause 3.4 {needs} {installed} and is not agreed for notices",
    ]
    assert [line.partition("] ")[2] for line in come] == [f"clause 3.4 {needs} is not agreed for notices"]


def test_the_draft_on_notification_carries_its_tensions_and_its_cases_hold() -> None:
    found = report(NOTIFICATION)
    clashes = {" ".join(c.partition(":")[2] for c in f.clauses) for f in found.findings if f.rule == "conflict"}
    assert clashes == {"1.4 1.5", "1.5 3.4", "2.1 2.3"}
    assert [f for f in found.findings if f.rule == "expectation"] == []
    # Landings and small exercises that endanger nobody: that no notice goes out before the decision says only when.
    gaps = [f for f in found.findings if f.rule == "gap"]
    assert {f.witness.words.partition("sort of activity: ")[2].partition(";")[0] for f in gaps if f.witness} == {
        "",
        "exercise",
        "amphibious landing",
    }
    assert all("clause 1.5 says only how or when" in note for f in gaps for note in f.notes)


# Who trusts that a line takes little time can be late; a case of the revision expects it.
TRUSTING = ["2.2", "3.2", "3.3", "3.4"]


@pytest.mark.parametrize("day", [None, date(2023, 6, 1), date(2025, 12, 6)])
def test_the_revision_on_notification_can_be_kept_on_lines_that_are_answered(day: date | None) -> None:
    found = report(SPECS / "drafts" / "notification_2019_rev1.cbm", day)
    assert labels(found) == [("last-moment", label) for label in TRUSTING]
    assert [a.statement for a in found.attestations if not a.shown] == []


def labels(found: Report) -> list[tuple[str, str]]:
    return [(f.rule, " ".join(c.partition(":")[2] for c in f.clauses)) for f in found.findings]


def test_the_revision_would_not_do_on_the_line_that_there_is(tmp_path: Path) -> None:
    text = (SPECS / "drafts" / "notification_2019_rev1.cbm").read_text(encoding="utf-8")
    (tmp_path / "code.cbm").write_text(text.replace("through duty_line", "through ministry_line"), encoding="utf-8")
    found = run([tmp_path / "code.cbm"], as_of=date(2023, 6, 1), ignore=("last-moment", "expectation"))
    assert labels(found) == [
        ("impossible-duty", "2.2"),
        ("impossible-duty", "3.2"),
        ("impossible-duty", "3.4"),
        ("unserved-function", "3.4"),
    ]


@pytest.mark.parametrize("name", ["channels", "activities", "notifications"])
def test_activities_are_consistent(name: str) -> None:
    assert report(SPECS / "vocabulary" / f"{name}.cbm").findings == ()


def test_what_the_standard_library_builds_on_is_shown_as_part_of_it(tmp_path: Path) -> None:
    draft = tmp_path / "code.cbm"
    draft.write_text("draft code\n  uses encounters\n  subject to colregs\n", encoding="utf-8")
    shown = {document.span.source.name for document in read_library([draft]).documents.values()}
    standard = {"vocabulary/channels.cbm", "vocabulary/encounters.cbm", "instruments/colregs.cbm"}
    assert shown == {Path(os.path.relpath(draft)).as_posix(), *(f"standard:{name}" for name in standard)}


REPLAYS = SPECS / "replays"


@pytest.mark.parametrize("name", ["incidents", "further_incidents", "hotlines", "adiz_2013", "waters_seen_apart"])
def test_what_bound_whom_on_the_day_of_an_incident(name: str) -> None:
    found = report(REPLAYS / f"{name}.cbm")
    said = [f.message for f in found.findings if f.severity is not Severity.NOTE]
    assert [message for message in said if "binds nobody" not in message] == []
    assert found.exit is Exit.FINE


def test_a_declaration_of_one_side_is_found_to_bind_nobody() -> None:
    said = [(f.rule, f.clauses) for f in report(REPLAYS / "adiz_2013.cbm").findings]
    assert said == [("vacuity", ("adiz_2013:2",)), ("vacuity", ("adiz_2013:3",))]


@pytest.mark.parametrize("name", ["incidents", "further_incidents", "hotlines"])
def test_every_replay_has_its_day_and_its_source(name: str) -> None:
    groups = [g for g in (REPLAYS / f"{name}.cbm").read_text(encoding="utf-8").split("\n\n") if "\ncase " in f"\n{g}"]
    assert len(groups) > 6
    for group in groups:
        comment = " ".join(line for line in group.splitlines() if line.startswith("#"))
        assert "secondary sources" in comment or "from memory" in comment or "was read" in comment, group
        for line in group.splitlines():
            assert not line.startswith("case ") or " as of " in line, line


def test_a_replay_fails_on_a_day_on_which_the_code_was_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (REPLAYS / "incidents.cbm").read_text(encoding="utf-8")
    case = text.index('case "radar on JS Yudachi')
    later = text[:case] + text[case:].replace("as of 2013-01-30", "as of 2014-04-22", 1)
    (tmp_path / "specs").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    copytree(SPECS / "instruments", tmp_path / "specs" / "instruments")
    copytree(REPLAYS, tmp_path / "specs" / "replays")
    (tmp_path / "specs" / "replays" / "incidents.cbm").write_text(later, encoding="utf-8")
    found = run([tmp_path / "specs" / "replays" / "incidents.cbm"])
    assert [f.message for f in found.findings if f.severity is Severity.ERROR] == [
        "the text does not meet `expect own is bound by nothing`"
    ]


def test_a_code_for_encounters_names_the_radio_on_the_scene(tmp_path: Path) -> None:
    text = """\
draft radio
  uses encounters
  between CN, JP
  beside cues
clause 1 a warship meeting a warship when not planned must call through vhf_16
clause 2 a patrol_aircraft meeting a warship when not planned must call through vhf_16
clause 3 a warship meeting a submarine must call through ministry_line
"""
    (tmp_path / "radio.cbm").write_text(text, encoding="utf-8")
    found = run([tmp_path / "radio.cbm"])
    assert [(f.rule, *f.clauses) for f in found.findings] == [
        ("agreement-conflict", "radio:2", "cues:3.12(b)"),
        ("impossible-duty", "radio:3"),  # who is asked for consultation first need never answer
        ("agreement-conflict", "radio:3", "cues:3.12(a)"),
        ("unserved-function", "radio:3"),
    ]


def test_meetings_serve_until_they_are_overdue() -> None:
    path = SPECS / "drafts" / "consultations.cbm"
    then, later = (report(path, day) for day in (date(2019, 10, 1), date(2025, 12, 6)))
    assert unserved(then) == set()
    assert unserved(later) == {"1", "2"}
    told = [f.message for f in later.findings if f.rule == "unserved-function"]
    assert all("last held on 2021-03-29" in m and "due by 2022-12-31, 1,071 days overdue" in m for m in told)
    assert any("`maritime_consultation`, last held on 2024-10-23" in line for line in later.background)


def test_what_was_not_found_of_meetings_is_left_out_and_no_line_says_it() -> None:
    """Vice-ministers' talks have no day, and no suspension of 2012 is known: neither is declared."""
    documents = parse(Source("", (SPECS / "drafts" / "consultations.cbm").read_text(encoding="utf-8")))[0].documents
    statements = [statement for document in documents for statement in document.statements]
    assert [s.titles[0].text for s in statements if isinstance(s, LeftOut)] == [
        "Consultations of vice-ministers of defence", "A suspension in 2012",
    ]  # fmt: skip
    lines = [s for s in statements if isinstance(s, ChannelDeclaration)]
    assert not any("vice" in s.name.text or s.suspended for s in lines)


@pytest.mark.parametrize("path", sorted((SPECS / "drafts").glob("*.cbm")), ids=lambda path: path.stem)
def test_every_draft_says_what_it_has_become(path: Path) -> None:
    documents = parse(Source("", path.read_text(encoding="utf-8")))[0].documents
    headers = [document.header for document in documents if isinstance(document.header, TextHeader)]
    assert headers
    assert all(header.status for header in headers)


def test_the_open_questions_on_the_south_china_sea_are_answered_by_reading_and_party() -> None:
    """Its cases hold: whether consent is needed turns on how the organiser reads the code, and on nobody else."""
    found = report(SPECS / "drafts" / "scs_code.cbm")
    assert labels(found) == []
    assert found.exit is Exit.FINE
    on_some = {a.statement for a in found.attestations if "on some readings" in a.statement}
    assert any(s.startswith("2.1(a) can be kept") and "makes good the breach" in s for s in on_some)


def test_what_stands_in_for_a_silent_line_is_asked_about_on_the_date() -> None:
    """While the line is not there its fallback is used at once; who waits for consent on it can be too late."""
    path = SPECS / "drafts" / "silent_line.cbm"
    then, later = (report(path, day) for day in (date(2019, 10, 1), None))
    assert set(labels(later)) == {
        ("conflict", "1.1 1.2"), ("trap", "1.1"), ("impossible-duty", "1.3"), ("impossible-duty", "2.1"),
        ("trap", "2.1"), ("unserved-function", "2.2"),
    }  # fmt: skip
    assert {known for known in labels(then) if known[0] != "expectation"} == {
        ("last-moment", "1.1"),
        ("impossible-duty", "1.3"), ("unserved-function", "1.3"), ("unserved-function", "2.1"),
        ("unserved-function", "2.2"),
    }  # fmt: skip
    conflict = next(f for f in later.findings if f.rule == "conflict")
    assert "`crisis_line` takes messages in Chinese or Japanese" in conflict.notes


def test_waters_that_are_seen_apart_are_asked_about_under_each_view() -> None:
    found = report(SPECS / "drafts" / "contested_waters.cbm")
    assert labels(found) == [("divided-view", "1.2"), ("divided-view", "2.1"), ("reserve", "5.1")]
    whom = ("bound by its own view alone: Japan", "bound by the view of the other side alone: China")
    assert all(f.notes == whom for f in found.findings if f.rule == "divided-view")


def test_a_warning_with_an_allys_data_waits_for_its_consent_and_one_without_does_not() -> None:
    """Both drafts are in one file: the second is the first without what is not one's own."""
    found = report(SPECS / "drafts" / "trilateral_2019.cbm")
    clashes = [("agreement-conflict", "1 2(a)"), ("agreement-conflict", "1 2(b)"), ("agreement-conflict", "2 3")]
    assert labels(found) == clashes
    assert any("1 h later" in str(f.witness and f.witness.words) for f in found.findings)
    # `JP` is now one role and now the other: no exception can name who is bound.
    assert not any("is bound by" in remedy for f in found.findings for remedy in f.remedies)


def test_the_rolling_text_on_the_south_china_sea_has_its_one_quarrel_and_its_cases_hold() -> None:
    """Who may not exercise with outsiders cannot be held to an alliance; `specs/negotiating.md` shows the other."""
    found = report(SPECS / "drafts" / "scs_rolling.cbm")
    # Nobody but the chair has a use for `near_features`.
    assert labels(found) == [("vacuity", ""), ("conflict", "2.3 2.4")]
    assert found.exit is Exit.FINE
