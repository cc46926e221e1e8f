"""The order of a page for people, and what is told as one: the same for each format that walks the outline."""

from __future__ import annotations

import re

import pytest

from cbm.finding import ClauseWords, Dependence, Finding, PackageReach, RuleId, Severity
from cbm.records import replace
from cbm.render.report import full, report_markdown
from cbm.render.report.outline import Outline, brief_lines, further_lines, outline
from cbm.report import Report
from cbm.source import Source
from cbm.translation.speech import Language, speaking
from tests.render.sample import NOT_SHOWN, label

SOURCE = Source("code.cbm", "\n".join(f"clause {number} must act" for number in range(1, 20)))
QUOTED = (
    *(ClauseWords(f"coc:{number}", f"{number}", words=f"Words of {number}.") for number in range(1, 20)),
    *(ClauseWords(f"sea:{name}", f"{name} of sea", words=f"Rule {name}.") for name in ("15", "16", "17(a)(i)")),
    ClauseWords("air:2", "2 of air"),
)


def told(*findings: Finding, quoted: tuple[ClauseWords, ...] = QUOTED) -> Outline:
    return outline(Report(findings, quoted=quoted))


def titles(page: Outline) -> list[str]:
    return [entry.title for group in page.groups for entry in group.entries]


def clash(*clauses: str, rule: RuleId = RuleId.CONFLICT, severity: Severity = Severity.ERROR) -> Finding:
    names = [clause.removeprefix("coc:") for clause in clauses]
    place = label(SOURCE, f"clause {names[0]} ")
    return Finding(rule, severity, f"{' and '.join(names)} clash", place, clauses=clauses)


def against(own: int, other: str, severity: Severity = Severity.ERROR) -> Finding:
    opposed = f"clause {own}", f"{other.split(':')[1]} of {other.split(':')[0]}"
    message = f"{opposed[0]} cannot be complied with together with {opposed[1]}"
    place = label(SOURCE, f"clause {own} ")
    clauses = (f"coc:{own}", other)
    return Finding(RuleId.AGREEMENT_CONFLICT, severity, message, place, clauses=clauses, opposed=opposed)


def test_errors_come_before_warnings_and_notes_each_in_the_order_of_the_report() -> None:
    note, warning, error = (clash("coc:1", severity=level) for level in reversed(Severity))
    page = told(note, warning, error, clash("coc:2"))
    assert [group.heading for group in page.groups] == ["Errors", "Warnings", "Notes"]
    assert [entry.lead.severity.value for group in page.groups for entry in group.entries] == [
        "error",
        "error",
        "warning",
        "note",
    ]
    assert [entry.number for group in page.groups for entry in group.entries] == [1, 2, 3, 4]


def test_one_clause_against_several_of_an_instrument_is_one_entry_with_a_line_each() -> None:
    page = told(against(3, "sea:15"), against(3, "air:2"), against(3, "sea:16"), against(3, "sea:17(a)(i)"))
    assert titles(page) == [
        "clause 3 cannot be complied with together with each of 15, 16 and 17(a)(i) of sea",
        "clause 3 cannot be complied with together with 2 of air",
    ]
    assert [one.words for one in page.groups[0].entries[0].further] == [
        "16 of sea: “Rule 16.”",
        "17(a)(i) of sea: “Rule 17(a)(i).”",
    ]


def test_several_clauses_against_one_of_an_instrument_are_one_entry() -> None:
    weaker = against(5, "sea:15", Severity.WARNING)
    page = told(against(1, "sea:15"), against(2, "sea:15"), against(13, "sea:15"), weaker)
    assert titles(page) == [
        "each of clauses 1, 2 and 13 cannot be complied with together with 15 of sea",
        "clause 5 cannot be complied with together with 15 of sea",
    ]
    assert page.groups[0].entries[0].further[1].words == "13: “Words of 13.”"


def test_clashes_that_say_other_things_are_not_told_as_one() -> None:
    other = replace(against(2, "sea:15"), message="clause 2 is lifted by 15 of sea")
    assert len(titles(told(against(1, "sea:15"), other))) == 2


def test_on_which_readings_a_clash_is_one_is_told_on_its_line() -> None:
    on_some = {own: Dependence(("near",), every=False, words=f"near is over {own} m") for own in (1, 2)}
    read = [against(own, "sea:15").on_some_readings(on) for own, on in on_some.items()]
    assert read[0].message == f"{against(1, 'sea:15').message}, on some readings: if near is over 1 m"
    (entry,) = told(*read).groups[0].entries
    assert entry.title == "each of clauses 1 and 2 cannot be complied with together with 15 of sea"
    assert entry.further[0].words == "2: “Words of 2.”, on some readings: if near is over 2 m"
    assert told(read[0]).groups[0].entries[0].listing.endswith("15 of sea, on some readings")


def test_a_list_tells_on_which_packages_it_is_so_on_some_readings() -> None:
    near = Dependence(("near",), every=False, words="near is over 1 m")
    found = [
        replace(
            clash("coc:1", "coc:2").on_some_readings(near), reach=PackageReach(every=False, words=taken)
        ).on_some_packages()
        for taken in ("JP's “500 m” is taken in 1", "CN's “1 m” is taken in 1")
    ]
    assert [entry.listing for entry in told(*found).groups[0].entries] == [
        "1 and 2 clash, on some readings, if JP's “500 m” is taken in 1",
        "1 and 2 clash, on some readings, if CN's “1 m” is taken in 1",
    ]


@pytest.mark.parametrize("rule", [RuleId.CONFLICT, RuleId.IMPOSSIBLE_DUTY])
def test_what_follows_from_a_clash_stands_with_it(rule: RuleId) -> None:
    cause = clash("coc:2", "coc:3", rule=rule)
    follows = replace(clash("coc:1", "coc:2", "coc:3", rule=RuleId.DEADLOCK), follows=("coc:2", "coc:3"))
    page = told(follows, cause)
    assert titles(page) == [cause.message]
    assert page.groups[0].entries[0].further[0].words == f"and so {follows.message}"


def test_what_follows_from_nothing_that_is_told_or_from_less_stands_by_itself() -> None:
    follows = replace(clash("coc:1", "coc:2", rule=RuleId.DEADLOCK), follows=("coc:2",))
    milder = clash("coc:2", rule=RuleId.IMPOSSIBLE_DUTY, severity=Severity.WARNING)
    settled = clash("coc:2", rule=RuleId.IMPOSSIBLE_DUTY).prevailed("1 yields")
    for other in (clash("coc:3"), milder, settled):
        assert follows.message in titles(told(other, follows))


def gap(where: str, severity: Severity = Severity.ERROR) -> Finding:
    place = label(SOURCE, "clause 9 ")
    under_topic = f"governed by no clause: {where}"
    message = f"`weapons` is {under_topic}"
    return Finding(RuleId.GAP, severity, message, place, topic="weapons", under_topic=under_topic)


def test_all_that_is_open_of_a_matter_is_one_entry_of_the_worst_gravity() -> None:
    page = told(gap("at night", Severity.WARNING), gap("by day"), replace(gap("at dawn"), topic="notices"))
    counts = "1 gap and 1 weaker spot"
    assert titles(page) == [
        f"`weapons` is not governed everywhere it is promised: {counts}; shown here: governed by no clause: by day",
        "`weapons` is governed by no clause: at dawn",
    ]
    entry = page.groups[0].entries[0]
    assert entry.lead.message.endswith("by day")
    assert [one.words for one in entry.further] == ["governed by no clause: at night"]


@pytest.mark.parametrize(("spots", "lines", "left"), [(2, 1, 0), (10, 9, 0), (11, 8, 2), (45, 8, 36)])
def test_of_many_spots_of_one_matter_some_have_a_line(spots: int, lines: int, left: int) -> None:
    """A promise that is broken in dozens of ways told hundreds of lines before what else was found."""
    found = tuple(gap(f"by night in zone {number}") for number in range(spots))
    last = [f"and {left} more of this kind"] if left else []
    (entry,) = told(*found).groups[0].entries
    further = [words for _, words in further_lines(entry)]
    assert (len(further) - len(last), further[lines:]) == (lines, last)
    report = Report(found)
    for page in (full.render(report), report_markdown.render(report)):
        assert {f"in zone {number}" for number in range(lines + 1)} == set(re.findall(r"in zone \d+", page))
        assert ("more of this kind" in page) == bool(left)
    for page in (
        full.render(replace(report, everything=True)),
        report_markdown.render(replace(report, everything=True)),
    ):
        assert {f"in zone {number}" for number in range(spots)} <= set(re.findall(r"in zone \d+", page))


def test_what_the_texts_settle_comes_last_in_a_line_each() -> None:
    settled = [replace(clash(f"coc:{n}", "coc:9"), message="they clash").prevailed(f"{n} yields") for n in (1, 2)]
    page = told(*settled, *(clash(f"coc:{n}", severity=Severity.WARNING) for n in (3, 4)))
    assert [group.heading for group in page.groups] == ["Warnings", "Settled by the texts themselves"]
    assert [entry.listing for entry in page.groups[1].entries] == ["1 and 9: 1 yields", "2 and 9: 2 yields"]
    assert [group.heading for group in page.told] == ["Warnings"]


def test_figures_that_go_against_each_other_stand_in_the_title() -> None:
    figures = "1,000 m or more, and 300 m or less"
    plain = replace(clash("coc:1", "coc:2"), message="clauses 1 and 2 (`keep separation <= 300 m`) clash")
    assert titles(told(replace(plain, figures=figures))) == [f"clauses 1 and 2 clash: {figures}"]
    assert titles(told(plain)) == [plain.message]


def test_what_limits_the_report_is_told_at_its_beginning() -> None:
    undecided = Finding(RuleId.UNDECIDED, Severity.WARNING, "nobody knows", label(SOURCE, "clause 1 "))
    recalled = ClauseWords("coc:1", "1", recalled=("a talk of 1990", "a letter"))
    page = outline(Report((undecided,), quoted=(recalled, *QUOTED), stopped="it took too long"))
    assert [(passage.heading, passage.texts) for passage in page.limits] == [
        ("not everything was asked", ("it took too long",)),
        ("what stays undecided", ("nobody knows",)),
        ("resting on what was written down from memory, and not verified", ("1",)),
    ]


def test_a_page_of_notes_alone_is_a_list() -> None:
    notes = [clash(f"coc:{n}", severity=Severity.NOTE) for n in range(1, 5)]
    page = told(*notes)
    assert page.brief
    assert page.told == ()
    assert outline(Report(tuple(notes), everything=True)).told != ()
    assert told(*notes[:3]).told != ()


def test_an_entry_in_few_lines_has_the_words_of_its_clauses_and_the_first_way_out() -> None:
    found = replace(
        clash("coc:1", "coc:2"), why=("a", "b"), whenever="it is dark", remedies=("this", "or that"), notes=("aside",)
    )
    (entry,) = told(found).groups[0].entries
    assert list(brief_lines(entry)) == [
        ("1", "“Words of 1.”"),
        ("2", "“Words of 2.”"),
        ("why", "a; b"),
        ("whenever", "it is dark"),
        ("settle it", "this"),
    ]


def test_every_finding_is_in_the_outline_once() -> None:
    findings = (against(1, "sea:15"), against(2, "sea:15"), gap("a"), gap("b"), clash("coc:4", "coc:5"))
    page = outline(Report(findings, quoted=QUOTED, attestations=(NOT_SHOWN,)))
    found = [
        f for group in page.groups for entry in group.entries for f in (entry.lead, *(o.finding for o in entry.further))
    ]
    assert sorted(map(id, found)) == sorted(map(id, findings))


def test_acts_go_by_their_phrase_and_what_is_to_be_written_stays_as_it_is() -> None:
    found = replace(clash("coc:1"), message="clause 1 (`call`) and `in place of 2`", remedies=("write `call`",))
    (entry,) = outline(Report((found,), phrases=(("call", "calls the other unit"),))).groups[0].entries
    assert entry.title == "clause 1 (“calls the other unit”) and `in place of 2`"
    assert ("settle it", "write `call`") in brief_lines(entry)
    with speaking("ja"):
        (entry,) = outline(Report((found,), phrases=(("call", "相手を呼び出す"),))).groups[0].entries
    assert entry.title == "clause 1 (「相手を呼び出す」) and `in place of 2`"


def test_what_is_told_of_names_shows_them_as_they_are_written() -> None:
    phrases = (("call", "calls the other unit"),)
    for rule in (RuleId.LOOK_ALIKE, RuleId.UNUSED):
        named = Finding(rule, Severity.WARNING, "`ca11` looks like `call`", label(SOURCE, "clause 1 "))
        (entry,) = outline(Report((named,), phrases=phrases)).groups[0].entries
        assert entry.title == "`ca11` looks like `call`"


def test_clauses_are_told_together_in_each_language_and_what_is_settled_by_what_prevails() -> None:
    with speaking("zh"):
        opposed = [(f"条款{own}", "sea的15") for own in (1, 13)]
        told_apart = [
            replace(against(own, "sea:15"), message=f"{names[1]}与{names[0]}无法同时遵守", opposed=names)
            for own, names in zip((1, 13), opposed, strict=True)
        ]
        quoted = (ClauseWords("coc:1", "1"), ClauseWords("coc:13", "13"), ClauseWords("sea:15", "sea的15"))
        settled = replace(clash("coc:1", "coc:13"), message="冲突").prevailed("1让位于13")
        page = told(*told_apart, settled, quoted=quoted)
        assert [entry.listing for group in page.groups for entry in group.entries] == [
            "sea的15与条款1和13各条无法同时遵守",
            "条款1和13：1让位于13",
        ]
        assert [group.heading for group in page.groups] == ["错误", "已由文本自身解决"]
        assert settled.message == "冲突；已定：1让位于13"
    with speaking("ja"):
        on_some = Dependence(("near",), every=False, words="近い距離が300 mを超える")
        read = replace(against(3, "sea:15").on_some_readings(on_some), figures="300 m以下")
        (entry,) = told(read).groups[0].entries
        said = against(3, "sea:15").message
        assert entry.title == f"{said}：300 m以下（一部の解釈による：近い距離が300 mを超える場合）"
        assert entry.listing == f"{said}：300 m以下（一部の解釈による）"


@pytest.mark.parametrize(
    ("language", "name", "of_sea", "title"),
    [
        ("en", "3 sentence 1", "{} of sea", "clause 3 sentence 1 and each of 15 and 16 of sea"),
        ("zh", "3 第1句", "{}（sea）", "clause 3 第1句 and 15和16（sea）各条"),
        ("ja", "3 第1文", "{}（sea）", "clause 3 第1文 and 15及び16（sea）の各条項"),
    ],
)
def test_a_sentence_is_of_the_text_under_check_in_every_language(
    language: Language, name: str, of_sea: str, title: str
) -> None:
    others = [(label, of_sea.format(label)) for label in ("15", "16")]
    quoted = ClauseWords("coc:3 sentence 1", name), *(ClauseWords(f"sea:{label}", said) for label, said in others)
    found = [
        replace(
            against(3, f"sea:{label}"),
            message=f"clause {name} and {said}",
            clauses=("coc:3 sentence 1", f"sea:{label}"),
            opposed=(f"clause {name}", said),
        )
        for label, said in others
    ]
    with speaking(language):
        assert titles(told(*found, quoted=quoted)) == [title]
