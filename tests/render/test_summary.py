"""The closing line: nothing in it may look better than it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from cbm.finding import Dependence, Exit, Finding, PackageReach, RuleId, Severity
from cbm.records import replace
from cbm.render.report.verdict import verdict
from cbm.render.summary import summary
from cbm.report import Ending, Green, Pairs, Question, Report, Suppressed, Unread
from cbm.source import Source
from cbm.translation.speech import speaking
from tests.render.sample import NOT_SHOWN, SHOWN, label

PLACE = label(Source("a.cbm", "x"), "x")
CLASH = Finding(RuleId.CONFLICT, Severity.ERROR, "m", PLACE, clauses=("coc:1", "coc:2"))
CLEAR = Report((), documents=5, clauses=84, questions=(Question(RuleId.CONFLICT, "3.2", Ending.CLEAR),) * 1_210)


def found(*severities: Severity, rule: RuleId = RuleId.CONFLICT) -> tuple[Finding, ...]:
    return tuple(Finding(rule, severity, "m", PLACE) for severity in severities)


def test_all_decided_and_nothing_found() -> None:
    assert summary(CLEAR) == "Checked 5 documents, 84 clauses, 1,210 questions: all decided. No findings."


def test_findings_are_counted_by_severity_worst_first() -> None:
    report = replace(CLEAR, findings=found(Severity.NOTE, Severity.WARNING, Severity.ERROR, Severity.WARNING))
    assert summary(report).endswith("all decided. 1 error, 2 warnings, 1 note.")


def test_the_date_asked_about_is_told() -> None:
    report = replace(CLEAR, as_of="2019-10-01")
    assert "1,210 questions as of 2019-10-01: all decided." in summary(report)


def test_undecided_is_never_called_decided() -> None:
    report = replace(CLEAR, findings=found(*[Severity.WARNING] * 3, rule=RuleId.UNDECIDED))
    assert summary(report).endswith("questions: 3 undecided. No findings.")


def test_of_a_run_that_was_stopped_it_is_not_said_that_there_are_no_findings() -> None:
    stopped = summary(replace(CLEAR, stopped="it took too long"))
    assert stopped.endswith("Stopped before the end: it took too long. Nothing was found before that.")
    assert summary(replace(CLEAR, stopped="it took too long", findings=found(Severity.NOTE))).endswith(" 1 note.")


def test_an_undecided_question_is_told_even_without_a_finding() -> None:
    report = replace(CLEAR, questions=(Question(RuleId.CONFLICT, "3.2", Ending.UNDECIDED),))
    assert summary(report) == "Checked 5 documents, 84 clauses, 1 question: 1 undecided. No findings."


def test_without_a_question_nothing_is_called_decided() -> None:
    report = Report(found(Severity.ERROR, rule=RuleId.SYNTAX), documents=1, clauses=1)
    assert summary(report) == "Checked 1 document, 1 clause: no question asked. 1 error."


def test_what_was_left_out_is_told() -> None:
    assert summary(replace(CLEAR, left_out=(RuleId.GAP,))).endswith("No findings. Left out by selection: `gap`.")
    few, many = tuple(RuleId)[-3:], tuple(RuleId)[-4:]
    assert summary(replace(CLEAR, left_out=few)).endswith("selection: `impossible`, `never-reached`, `undecided`.")
    assert summary(replace(CLEAR, left_out=many)).endswith("No findings. 4 rules left out by selection.")


def attested(*kinds: Green) -> Report:
    not_shown = (replace(NOT_SHOWN, kind=kind, clauses=(f"coc:{i}",)) for i, kind in enumerate(kinds, 1))
    return replace(CLEAR, attestations=(SHOWN, *not_shown))


def test_a_clause_is_counted_once_for_all_its_acts() -> None:
    said = (f"2 (`{act}`) can be kept" for act in ("call", "turn"))
    acts = tuple(replace(NOT_SHOWN, statement=words, clauses=("coc:2",)) for words in said)
    assert summary(replace(CLEAR, attestations=acts)).endswith("1 clause not shown to be keepable.")


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((), "No findings."),
        ([Green.CLAUSE], "No findings. 1 clause not shown to be keepable."),
        ([Green.PAIR] * 2, "No findings. 2 pairs of clauses not shown to be keepable."),
        ([Green.PAIR, *[Green.CLAUSE] * 2], "No findings. 2 clauses and 1 pair of clauses not shown to be keepable."),
        (
            [Green.NEVER, Green.TOPIC],
            "No findings. 1 promised topic and 1 expectation without an encounter to show it.",
        ),
    ],
)
def test_what_no_encounter_shows_is_told(kinds: Sequence[Green], words: str) -> None:
    assert summary(attested(*kinds)).endswith(f"all decided. {words}")


@pytest.mark.parametrize("hidden", [{"kept_out": (CLASH,)}, {"suppressed": (Suppressed(CLASH, "", PLACE),)}])
def test_a_finding_that_is_not_told_says_why_a_clause_is_not_shown(hidden: dict[str, Any]) -> None:
    some = replace(attested(Green.CLAUSE), **hidden)
    assert "keepable" not in summary(some)


def test_what_is_keepable_on_some_readings_only_is_told_apart() -> None:
    some, every = Dependence(("near",), every=False, words="near is over 1 m"), Dependence(("near",), every=True)
    report = replace(CLEAR, attestations=(replace(SHOWN, readings=some), replace(SHOWN, readings=every), SHOWN))
    assert summary(report).endswith("No findings. 1 clause keepable on some readings only.")
    pairs = replace(report, pairs=Pairs(shown=3, on_some=2))
    assert summary(pairs).endswith("No findings. 1 clause and 2 pairs of clauses keepable on some readings only.")


def test_what_does_not_fail_because_it_is_so_on_some_packages_only_is_told() -> None:
    found = Finding(RuleId.CONFLICT, Severity.ERROR, "m", PLACE, reach=PackageReach(every=False, words="2 stands"))
    report = replace(CLEAR, findings=(found, found, replace(found, severity=Severity.NOTE)))
    told = "2 of these are so on some packages only, and do not make the run fail: see --fail-on any-package."
    assert (report.exit, summary(report).endswith(f"2 errors, 1 note. {told}")) == (Exit.FINE, True)
    assert "1 of these is so on some packages only" in summary(replace(report, findings=report.findings[1:]))
    assert "3 of these" in summary(replace(report, fail_level=Severity.NOTE))
    others: tuple[dict[str, Any], ...] = (
        {"any_package": True},
        {"exit_zero": True},
        {"findings": (found, replace(found, reach=None))},
        {"findings": report.findings[2:]},
    )
    for other in others:
        assert "packages" not in summary(replace(report, **other))


def test_what_a_clash_keeps_from_being_shown_needs_no_second_mention() -> None:
    report = replace(CLEAR, attestations=(NOT_SHOWN,))
    clash = Finding(RuleId.CONFLICT, Severity.ERROR, "m", PLACE, clauses=("coc:3.2", "coc:3.5"))
    assert "1 clause not shown to be keepable." in summary(report)
    assert "not shown" not in summary(replace(report, findings=(clash,)))
    for other in (replace(clash, settled_by="3.5 yields"), replace(clash, clauses=("coc:3.2", "coc:3.4"))):
        assert "1 clause not shown to be keepable." in summary(replace(report, findings=(other,)))


def test_a_report_is_summed_up_in_the_language_that_is_spoken() -> None:
    with speaking("zh"):
        assert summary(CLEAR) == "已检查5份文件、84个条款、1,210个问题：全部已定。未发现问题。"
        assert verdict(CLEAR) == "在所检查的内容中没有任何发现。"
    with speaking("ja"):
        assert summary(replace(CLEAR, unread=(Unread("a.cbm", "…"),))).endswith("未読取のファイル1件。指摘なし。")
        clash = Finding(RuleId.CONFLICT, Severity.ERROR, "m", PLACE)
        assert verdict(Report((clash,), titles=("案",))) == "「案」は、このままでは成り立たない：条項の抵触1件。"
