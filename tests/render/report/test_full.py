"""The page a drafter reads, from the common case to the odd one."""

from __future__ import annotations

import re

import pytest

from cbm.finding import Finding, Label, RuleId, Scenario, Severity
from cbm.records import replace
from cbm.render.columns import width
from cbm.render.report import full
from cbm.render.summary import summary
from cbm.report import Ending, Pairs, Question, Report
from cbm.source import Source, Span
from tests.render.sample import CHINESE_SHOWN, NOT_SHOWN, REPORT, SHOWN, label


def finding(*labels: Label, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(RuleId.CONFLICT, severity, "they clash", labels[0], related=labels[1:])


def lines(found: Finding) -> list[str]:
    """What is told of one finding."""
    return full.render(Report((found,), quiet=True)).splitlines()


def test_the_place_is_shown_with_what_is_to_be_said_about_it() -> None:
    source = Source("a.cbm", "clause 1\n  must report\n")
    assert lines(finding(label(source, "must report", "asked here"))) == [
        "error[conflict]: they clash",
        " --> a.cbm:2:3",
        "  |",
        "2 |   must report",
        "  |   ^^^^^^^^^^^ asked here",
    ]


def test_places_far_apart_are_shown_in_pieces_and_the_frame_fits_the_longest_number() -> None:
    source = Source("a.cbm", "first\n" + "\n" * 10 + "last\n")
    assert lines(finding(label(source, "last", "here"), label(source, "first", "and here")))[1:] == [
        "  --> a.cbm:12:1",
        "   |",
        "12 | last",
        "   | ^^^^ here",
        "  ::: a.cbm:1:1",
        " 1 | first",
        "   | ----- and here",
    ]


def test_near_places_are_shown_together_in_the_order_of_the_text() -> None:
    source = Source("a.cbm", "one\ntwo\nthree\n\n\nsix\n\n\n\nten\n")
    assert lines(finding(label(source, "three"), label(source, "one"), label(source, "six"), label(source, "ten")))[
        1:
    ] == [
        "  --> a.cbm:3:1",
        "   |",
        " 1 | one",
        "   | ---",
        " 2 | two",
        " 3 | three",
        "   | ^^^^^",
        " 4 |",
        " 5 |",
        " 6 | six",
        "   | ---",
        "  ::: a.cbm:10:1",
        "10 | ten",
        "   | ---",
    ]


def test_a_further_piece_is_introduced_by_the_place_that_is_spoken_of_first() -> None:
    source = Source("a.cbm", "one" + "\n" * 10 + "two\nthree")
    assert lines(finding(label(source, "one"), label(source, "three"), label(source, "two")))[5:] == [
        "  ::: a.cbm:12:1",
        "11 | two",
        "   | ---",
        "12 | three",
        "   | -----",
    ]


def test_two_places_on_one_line_are_underlined_one_below_the_other() -> None:
    source = Source("a.cbm", "must report, stop")
    assert lines(finding(label(source, "stop", "this"), label(source, "report", "that")))[3:] == [
        "1 | must report, stop",
        "  |              ^^^^ this",
        "  |      ------ that",
    ]


def test_equal_lines_of_two_files_are_two_pieces() -> None:
    here, there = Source("a.cbm", "same"), Source("b.cbm", "same")
    assert lines(finding(label(here, "same"), label(there, "same")))[1:] == [
        " --> a.cbm:1:1",
        "  |",
        "1 | same",
        "  | ^^^^",
        " ::: b.cbm:1:1",
        "1 | same",
        "  | ----",
    ]


def test_of_a_place_of_several_lines_the_first_is_underlined_to_its_end() -> None:
    source = Source("a.cbm", "clause 1 when dark  \n  must")
    assert lines(finding(Label(Span(source, 9, len(source.text)))))[3:] == [
        "1 | clause 1 when dark",
        "  |          ^^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("text", "start", "place"),
    [("", 0, "a.cbm:1:1"), ("end", 3, "a.cbm:1:4"), ("end\n", 4, "a.cbm:2:1"), ("end\n", 3, "a.cbm:1:4")],
)
def test_an_empty_place_is_still_pointed_at(text: str, start: int, place: str) -> None:
    shown = lines(finding(Label(Span(Source("a.cbm", text), start, start), "something is missing here")))
    assert shown[1] == f" --> {place}"
    assert shown[-1].endswith("^ something is missing here")
    assert shown[-1].index("^") == len("1 | ") + int(place.rsplit(":", 1)[1]) - 1


@pytest.mark.parametrize(
    "line",
    [
        "must 照射",
        "每个单位 照射",
        "\t照射",
        "ab\tc\t照射",
        "e\u0301e\u0301 照射",
        "ｶﾅ 照射",
        "カナ、照射",
        "\x1b[31m照射",
    ],
)
def test_the_underline_stands_below_what_it_underlines(line: str) -> None:
    *_, shown, underline = lines(finding(label(Source("a.cbm", line), "照射")))
    assert width(shown[: shown.index("照射")]) == underline.index("^")
    assert underline.count("^") == width("照射") == 4


def test_of_a_very_long_line_the_part_around_the_place_is_shown() -> None:
    source = Source("long.cbm", f"{'a' * 5_000}must{'b' * 5_000}must\n")
    here, end = (Label(Span(source, at, at + 4), "here") for at in (5_000, 10_004))
    _, _, _, shown, mark, far = lines(finding(here, end))
    assert shown == f"1 | …{'a' * 80}must{'b' * 316}…"
    assert (mark.index("^"), mark.count("^")) == (shown.index("must"), 4)
    assert len(far) < 500
    _, _, _, whole, *_ = lines(finding(Label(Span(source, 0, 10_008))))
    assert whole == f"1 | {'a' * 400}…"


def test_a_source_cannot_steer_the_terminal() -> None:
    source = Source("a\x1b.cbm", "must \x1b[2J\u202e report \u2066")
    page = full.render(
        Report((Finding(RuleId.CONFLICT, Severity.ERROR, "`\x1b[2J\n`", label(source, "report", "\x07")),))
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page)
    assert page.splitlines()[2] == "error[conflict]: `\ufffd[2J\ufffd`"


MORE = "`cbm rule NAME` explains a kind of finding; its name stands in brackets."


def test_the_verdict_comes_first_then_the_findings_and_the_summary_last() -> None:
    found = finding(label(Source("a.cbm", "x"), "x"))
    other = finding(label(Source("b.cbm", "x"), "x"))
    assert full.render(Report((found, other))).splitlines() == [
        "What was checked cannot stand as it is: 2 clashes of clauses.",
        "",
        *lines(found),
        "",
        *lines(other),
        "",
        MORE,
        "Checked 0 documents, 0 clauses: no question asked. 2 errors.",
    ]


def many(count: int, severity: Severity) -> tuple[Finding, ...]:
    """Findings that nothing but their places tells apart."""
    return tuple(finding(label(Source(f"{n:02}.cbm", "x"), "x"), severity=severity) for n in range(count))


def test_more_than_three_are_listed_with_numbers_before_they_are_told() -> None:
    page = full.render(Report((*many(3, Severity.NOTE), *many(1, Severity.ERROR)))).splitlines()
    start = page.index("errors:")
    assert page[start : start + 6] == ["errors:", "  1. they clash", "", "notes:", "  2. they clash", "  3. they clash"]
    assert [line for line in page if "conflict]: " in line] == [
        "1. error[conflict]: they clash",
        *(f"{n}. note[conflict]: they clash" for n in (2, 3, 4)),
    ]


def test_of_very_many_only_errors_are_told_unless_all_are_wanted() -> None:
    report = Report((*many(2, Severity.ERROR), *many(11, Severity.NOTE)))
    page = full.render(report).splitlines()
    assert sum("conflict]: " in line for line in page) == 2
    assert "  3. they clash [conflict]" in page
    assert "`--all` tells everything in full, the 11 entries that are only listed among them." in page
    everything = full.render(replace(report, everything=True))
    assert everything.count("[conflict]: ") == 13
    assert "--all" not in everything


def test_one_entry_that_is_only_listed_is_one() -> None:
    page = full.render(Report((*many(12, Severity.ERROR), *many(1, Severity.NOTE)))).splitlines()
    assert "`--all` tells everything in full, also the 1 entry that is only listed." in page


def test_what_matters_of_the_texts_as_a_whole_is_said_once() -> None:
    place = label(Source("a.cbm", "x"), "x")
    found = Finding(RuleId.CONFLICT, Severity.ERROR, "m", place, background=("a treaty of 1977", "without prejudice"))
    other = Finding(RuleId.GAP, Severity.ERROR, "n", place, background=("without prejudice", "a memorandum"))
    page = full.render(Report((found, other))).splitlines()
    assert page[-7:-2] == [
        "background to these findings:",
        " = a treaty of 1977",
        " = without prejudice",
        " = a memorandum",
        "",
    ]
    assert page.count("  = note: without prejudice") == 0


def test_an_example_of_which_nothing_matters_is_left_out() -> None:
    found = Finding(RuleId.GAP, Severity.ERROR, "m", label(Source("a.cbm", "x"), "x"), witness=Scenario((), ""))
    assert "for example" not in full.render(Report((found,)))


def test_without_findings_there_is_only_the_summary() -> None:
    assert full.render(Report(())) == "Checked 0 documents, 0 clauses: no question asked. No findings.\n"


def test_remarks_are_wrapped_at_100_columns_behind_their_name() -> None:
    found = Finding(
        RuleId.GAP, Severity.NOTE, "m", label(Source("a.cbm", "x"), "x"), notes=("word " * 50, "第一条" * 50)
    )
    remarks = lines(found)[5:]
    assert all(width(line) <= 100 for line in remarks)
    assert [line for line in remarks if not line.startswith("    ")] == [
        "  = note: " + " ".join(["word"] * 18),
        "  = note: " + "第一条" * 15,
    ]
    assert "".join(line.strip() for line in remarks if "条" in line) == "= note: " + "第一条" * 50


def test_a_word_longer_than_the_line_stays_whole() -> None:
    found = Finding(RuleId.GAP, Severity.NOTE, "m", label(Source("a.cbm", "x"), "x"), notes=("short " + "x" * 120,))
    assert lines(found)[5:] == ["  = note: short", "    " + "x" * 120]


@pytest.mark.parametrize(
    ("cubes", "remark"),
    [
        (0, "  = whenever: it is dark"),
        (1, "  = whenever: it is dark"),
        (2, "  = whenever: it is dark (and under 1 further set of conditions)"),
        (1_235, "  = whenever: it is dark (and under 1,234 further sets of conditions)"),
    ],
)
def test_the_first_conditions_are_shown_and_the_others_counted(cubes: int, remark: str) -> None:
    place = label(Source("a.cbm", "x"), "x")
    found = Finding(
        RuleId.CONFLICT, Severity.ERROR, "m", place, whenever="it is dark", extent=(("visibility < 1 nmi",),) * cubes
    )
    assert lines(found)[5] == remark


def test_colours_change_nothing_but_colours() -> None:
    colored = full.colored(REPORT)
    assert colored != full.render(REPORT)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == full.render(REPORT)


def test_only_the_sign_before_a_remark_is_part_of_the_frame() -> None:
    place = label(Source("a.cbm", "x"), "x")
    page = full.colored(Report((Finding(RuleId.GAP, Severity.NOTE, "m", place, notes=("keep separation >= 500 m",)),)))
    assert "\x1b[1;34m=\x1b[0m note: keep separation >= 500 m" in page


def test_each_severity_has_its_own_colour() -> None:
    place = label(Source("a.cbm", "x"), "x")
    pages = {
        full.colored(Report((finding(place, severity=severity),), quiet=True)).split("m")[0] for severity in Severity
    }
    assert len(pages) == 3


def test_what_stands_behind_green_answers_is_shown_on_request_only() -> None:
    asked = full.render(replace(REPORT, explain_green=True))
    assert "3.2 can be kept" in asked
    assert "3.2 can be kept" not in full.render(REPORT)


def test_clauses_come_one_by_one_before_the_summary_with_those_not_shown_among_them() -> None:
    report = Report((), attestations=(NOT_SHOWN, CHINESE_SHOWN), pairs=Pairs(apart=2), explain_green=True)
    assert full.render(report).splitlines() == [
        "What encounters show of coc:",
        "  not shown: 3.5 can be kept; wherever it binds, clause 3.2 cannot be complied with",
        "What encounters show of 准则:",
        "  1 can be kept (on some readings: if 安全距离 is at most 300 m): 日本的巡逻机和中国的军舰",
        "Pairs of clauses on one act or result without conflict: 2 never bind together.",
        "",
        summary(report),
    ]


def test_what_encounters_show_is_parted_from_the_findings() -> None:
    found = finding(label(Source("a.cbm", "x"), "x"))
    page = full.render(Report((found,), attestations=(SHOWN,), explain_green=True)).splitlines()
    assert page[page.index("What encounters show of coc:") - 1] == ""


def test_where_nothing_was_asked_nothing_looks_attested() -> None:
    assert full.render(Report((), explain_green=True)).splitlines()[0] == "Nothing is shown: no question was asked."
    asked = Report((), questions=(Question(RuleId.CONFLICT, "3.2", Ending.CLEAR),), explain_green=True)
    assert full.render(asked).splitlines()[0] == "Nothing is shown: there is no clause."


def test_a_text_cannot_steer_the_terminal_by_its_name() -> None:
    page = full.render(Report((), attestations=(replace(SHOWN, text="\x1b[2J", statement="\x07"),), explain_green=True))
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", page)


def test_what_a_rendering_leaves_out_is_told_to_who_asks() -> None:
    report = Report((), omissions=("2.9 of cues: only its heading was seen",))
    told = ["left out of what is rendered here:", " = 2.9 of cues: only its heading was seen", ""]
    assert full.render(replace(report, explain_green=True)).splitlines()[:3] == told
    assert "left out" not in full.render(report)


def test_what_texts_leave_open_is_told_whatever_was_found() -> None:
    page = full.render(Report((), background=("open term of coc: near, read as from 1 m to 2 m",))).splitlines()
    assert page[:3] == ["left open in these texts:", " = open term of coc: near, read as from 1 m to 2 m", ""]
