"""What findings mean for packages: both solvers say which options are left, and contradict who says otherwise."""

from __future__ import annotations

from collections import Counter

import pytest

from cbm.certify.certificates import certified_text
from cbm.certify.rows import CarriedBy
from cbm.certify.verdict_kinds import clean_packages
from cbm.checks import dead_option, no_clean_package
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.finding import PackageReach, RuleId
from cbm.negotiation import outlook
from cbm.negotiation.reaches import boxes_in
from cbm.report import Ending
from tests.certify.solved import contradictions, upheld
from tests.certify.strait import STRAIT
from tests.laws.timed import system_of

CODE = f"""\
{STRAIT}topic manoeuvre
act turn, call topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic manoeuvre

draft code "A code"
  uses strait
  between CN, JP
"""
# 2,000 m clashes with 1, 1,000 m does not.
DEAD = f"""{CODE}\
clause 1 every unit must keep separation <= 1,500 m
clause 2 every unit must keep separation >= [CN: 1,000 m | JP: 2,000 m]
"""
NONE_CLEAN = f"""{CODE}\
clause 1 every unit must keep separation >= 500 m
clause 2 every unit must keep separation <= 1,500 m
clause 3 every unit must keep separation [CN: <= 200 m | JP: >= 2,000 m]
"""
# Two clashes that have a choice in common: the clean packages fall into several boxes.
HANGING = f"""{CODE}\
clause 1 every unit must keep separation <= [1,500 m | 3,000 m]
clause 2 every unit must keep separation >= [CN: 1,000 m | JP: 2,000 m]
clause 3 every unit must [CN: turn | JP: call]
clause 4 every unit must not [CN: turn | JP: call]
"""
PACKAGES = (RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE)


def found(text: str, rule: RuleId) -> Counter[CarriedBy]:
    rows = certified_text(system_of(text)).rows
    return Counter(row.carried_by for row in rows if row.rule is rule and row.ending is Ending.FOUND)


def test_both_solvers_say_which_options_are_left() -> None:
    assert found(DEAD, RuleId.DEAD_OPTION) == {CarriedBy.OTHERS: 1}
    assert upheld(DEAD, RuleId.DEAD_OPTION) == {Ending.CLEAR: 1 + 2}  # of the other one; of this, and of the finding
    assert found(NONE_CLEAN, RuleId.NO_CLEAN_PACKAGE) == {CarriedBy.OTHERS: 1}
    assert upheld(NONE_CLEAN, RuleId.NO_CLEAN_PACKAGE) == {Ending.CLEAR: 1 + 2}


def test_where_nothing_depends_on_the_package_one_is_clean_by_definition() -> None:
    rows = certified_text(system_of(f"{CODE}clause 1 every unit must [CN: turn | JP: call]\n")).rows
    assert [row.carried_by for row in rows if row.rule in PACKAGES] == [CarriedBy.DEFINITION]


@pytest.mark.parametrize(
    ("check", "text", "rule"),
    [(dead_option, DEAD, RuleId.DEAD_OPTION), (no_clean_package, NONE_CLEAN, RuleId.NO_CLEAN_PACKAGE)],
    ids=["dead", "none clean"],
)
def test_what_is_overlooked_is_contradicted(
    check: object, text: str, rule: RuleId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "check", lambda _: iter(()))
    assert contradictions(text, rule)


def test_a_finding_that_is_told_of_too_many_packages_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clash is told of 1,000 m too."""

    def wider(negotiation: Negotiation, reach: PackageReach, *, surely: bool = False) -> tuple[Box, ...]:
        return tuple(dict.fromkeys(box, 3) for box in boxes_in(negotiation, reach, surely=surely))

    monkeypatch.setattr(outlook, "boxes_in", wider)
    assert contradictions(DEAD, RuleId.NO_CLEAN_PACKAGE)


def test_what_is_undecided_of_packages_has_a_row_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.core.packages.package_boxes.MOST_BOXES", 1)
    rows = [row for row in certified_text(system_of(HANGING)).rows if row.rule in PACKAGES]
    assert [(row.rule, row.ending, row.carried_by) for row in rows] == [
        (RuleId.NO_CLEAN_PACKAGE, Ending.UNDECIDED, CarriedBy.NOTHING)
    ]


def test_what_is_too_much_for_the_certificate_alone_is_told_as_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(*_: object) -> object:
        raise TooManyBoxes

    monkeypatch.setattr(clean_packages._Packages, "verdicts", too_many)
    for text, told in (
        (DEAD, [(RuleId.DEAD_OPTION, Ending.FOUND), (RuleId.NO_CLEAN_PACKAGE, Ending.CLEAR)]),
        (NONE_CLEAN, [(RuleId.NO_CLEAN_PACKAGE, Ending.FOUND)]),
    ):
        rows = [row for row in certified_text(system_of(text)).rows if row.rule in PACKAGES]
        assert [(row.rule, row.ending) for row in rows] == told
        assert {row.carried_by for row in rows} == {CarriedBy.SEARCH}
