"""What is not selected is not asked, what is expected of it is, and the report says what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from cbm.check_protocol import Check
from cbm.checking.selection import EVERY_RULE, RunTerms, Selection
from cbm.checks import CHECKS
from cbm.finding import ALWAYS, Finding, Misuse, RuleId
from cbm.inquiry import Inquiry
from cbm.pipeline import check, load, run
from cbm.render.summary import summary
from cbm.report import Report

HEAD = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
TEXT = f"""\
{HEAD}clause 1 a warship must keep separation >= 500 m
clause 2 a warship must hold_course
clause 3 a warship must keep separation >= 300 m
clause 4 a warship when in_sight must alter_course
clause 5 a warship may aim_weapons
clause 6 a submarine when own.call must answer
covers weapons in every type of encounter
"""


def report(folder: Path, text: str, **selected: Sequence[str]) -> Report:
    path = folder / "code.cbm"
    path.write_text(text, encoding="utf-8")
    return run([path], **selected)  # type: ignore[arg-type]  # the names of the lists are those of the options


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """What is asked within: rules whose checks run, and what is found before them."""
    asked: set[str] = set()

    class Watching:
        def __init__(self, of: Check) -> None:
            self.of, self.rule, self.basis, self.pieces, self.cost = of, of.rule, of.basis, of.pieces, of.cost

        def find(self, inquiry: Inquiry, among: Sequence[object], /) -> Iterator[Finding]:
            asked.add(self.rule.id)
            return self.of.find(inquiry, among)

    def noted(name: str) -> None:
        real = getattr(Inquiry, name)

        def find(inquiry: Inquiry) -> object:
            asked.add(name)
            return real(inquiry)

        patch.setattr(Inquiry, name, find)

    with monkeypatch.context() as patch:
        patch.setattr("cbm.checking.check_shares.CHECKS", tuple(map(Watching, CHECKS)))
        noted("standing")
        noted("deadlocks")
        yield asked


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("selection")


@pytest.fixture(scope="module")
def everything(folder: Path) -> Report:
    """What is found where all rules are asked."""
    return report(folder, TEXT)


@pytest.mark.parametrize("rule", [check.rule.id for check in CHECKS])
def test_a_rule_that_is_selected_is_asked_alone_and_finds_what_it_finds_among_others(
    rule: RuleId, folder: Path, everything: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(monkeypatch) as asked:
        selected = report(folder, TEXT, select=[rule])
    assert asked - {"standing", "deadlocks"} == {rule}
    assert selected.findings == tuple(f for f in everything.findings if f.rule is rule or f.rule in ALWAYS)
    assert {question.rule for question in selected.questions} <= {rule, RuleId.INCONSISTENT_VOCABULARY, "attestation"}


@pytest.mark.parametrize(
    ("rule", "found"),
    [("restatement", set()), ("trap", {"standing"}), ("vacuity", {"standing", "deadlocks"}), ("expectation", set())],
)
def test_what_only_others_build_on_is_not_looked_for(
    rule: str, found: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(monkeypatch) as asked:
        report(tmp_path, TEXT, select=[rule])
    assert asked == {rule, *found}


def test_what_is_ignored_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(monkeypatch) as asked:
        found = report(tmp_path, TEXT, ignore=["gap", "redundancy"])
    assert asked == {check.rule.id for check in CHECKS} - {"gap", "redundancy"} | {"standing", "deadlocks"}
    assert found.left_out == (RuleId.REDUNDANCY, RuleId.GAP)
    assert summary(found).endswith("Left out by selection: `redundancy`, `gap`.")


def test_nothing_is_shown_for_what_was_not_asked(tmp_path: Path) -> None:
    assert {a.kind for a in report(tmp_path, TEXT).attestations} >= {"clause"}
    assert report(tmp_path, TEXT, select=["redundancy"]).attestations == ()
    kept = f"{HEAD}clause 1 a ship must not aim_weapons\nclause 2 an aircraft must not aim_weapons\n"
    promising = f"{kept}covers weapons in every type of encounter\n"
    assert {a.kind for a in report(tmp_path, promising, select=["gap"]).attestations} == {"topic"}


CASES = f'{TEXT}cases "Expected"\n'


@pytest.mark.parametrize(
    ("expected", "asked", "holds"),
    [
        ("expect redundancy 3", "redundancy", True),
        ("expect no redundancy 3", "redundancy", False),
        ("expect no trap", "trap", True),
        ("expect vacuity", "vacuity", False),
    ],
)
def test_what_a_case_expects_is_asked_though_it_is_not_selected(
    expected: str, asked: str, holds: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(monkeypatch) as computed:
        found = report(tmp_path, f"{CASES}{expected}\n", select=["expectation"])
    assert computed - {"standing", "deadlocks"} == {"expectation", asked}
    assert [f.rule for f in found.findings] == ([] if holds else ["expectation"])
    assert found.ignored == ("redundancy" in expected)


def test_what_a_case_expects_is_not_asked_where_cases_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(monkeypatch) as asked:
        report(tmp_path, f"{CASES}expect no redundancy\n", select=["trap"])
    assert asked == {"trap", "standing"}


def test_a_rule_that_does_not_exist_is_misuse_in_the_library_too(tmp_path: Path) -> None:
    for selected in ({"select": ["conflct"]}, {"ignore": ["conflct"]}):
        with pytest.raises(Misuse, match=r"unknown rule `conflct`; did you mean `conflict`\?"):
            report(tmp_path, TEXT, **selected)


def test_one_system_is_checked_for_what_is_selected(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (system,), _ = load([tmp_path / "code.cbm"])
    found = check(system, select=["redundancy"])
    assert {f.rule for f in found.findings} == {"redundancy"}
    assert len(found.left_out) == len(RuleId) - len(ALWAYS) - 1
    with pytest.raises(Misuse):
        check(system, ignore=["subsumption"])


def test_what_keeps_questions_from_being_asked_is_always_reported() -> None:
    nothing = Selection(frozenset())
    assert {rule for rule in RuleId if nothing.reports(rule)} == ALWAYS
    assert EVERY_RULE.left_out == ()
    assert set(nothing.left_out) == set(RuleId) - ALWAYS


@pytest.mark.parametrize(
    ("select", "ignore", "words"),
    [
        (("gap", "seam"), ("seam", "gap"), r"^all that is selected is ignored as well \(`gap` and `seam`\): nothing"),
        ((), tuple(RuleId), r"^every rule is ignored: nothing would be asked$"),
    ],
)
def test_a_run_that_could_tell_nothing_is_refused(select: tuple[str, ...], ignore: tuple[str, ...], words: str) -> None:
    with pytest.raises(Misuse, match=words):
        RunTerms.of(None, select, ignore, None)
    with pytest.raises(Misuse, match=words):
        Selection.of(select, ignore)
