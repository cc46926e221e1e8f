"""Law: what a change can touch, asked about alone, lets the same changes be offered as the whole text does."""

from __future__ import annotations

import os
from collections.abc import Collection
from itertools import combinations

import pytest

from cbm.core.expressions import NormId
from cbm.coverage.unevenness import UnevenAct
from cbm.finding import Fix, RuleId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry, inquire
from cbm.repair import covered, trial
from cbm.repair.covered import newly_uneven
from cbm.repair.footing import Footing, footing
from cbm.repair.offers import offered
from cbm.repair.touched_clauses import LOCAL, part_of, topics_of, touched_clauses
from cbm.repair.trial import understood
from cbm.resolve.system import resolve
from cbm.source import Edit, Source, Span
from cbm.syntax.parse import parse
from tests.laws.drafts import STRAIT

# A promise that is broken and can be kept for less, and what is expected beside.
PROMISED = """\
covers distance in every type of encounter when night
cases "What is expected"
case "a helicopter by night"
  given own.craft is helicopter and night
  expect own must call
  expect never own.call and own.turn
"""
# Each is a group of clauses that speak of one act or result, some of which are at odds with each other.
CALLS = """\
clause {0}1 a helicopter must call
clause {0}2 a helicopter when night must not call
clause {0}3 JP may call
"""
DISTANCES = """\
clause {0}1 JP must keep separation >= 2 m
clause {0}2 JP when night must keep separation <= 1 m
clause {0}3 a helicopter must keep separation >= 1 m
"""
TURNS = """\
clause {0}1 CN when night must turn
  text en "By night one turns." zh "夜间转向。"
clause {0}2 CN must turn
clause {0}3 CN when range < 5 m must not turn
"""
GROUPS = (CALLS, DISTANCES, TURNS)
NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
WORLD = STRAIT.replace(
    "topic manoeuvre\n", 'term ashore "unit ashore" means own.craft is helicopter\ntopic manoeuvre\n', 1
)
HEADER = 'draft code "A code"\n  uses strait\n  between CN, JP\n'


def base_of(text: str, *, apart: bool | None) -> Footing:
    file, mistakes = parse(Source("code.cbm", WORLD + HEADER + text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    system, faults = resolve(documents, "code")
    assert system is not None, faults
    base = footing(documents, frozenset({"code.cbm"}), inquire(system))
    base.apart = apart
    return base


def fixes(base: Footing) -> list[tuple[str, tuple[Fix, ...]]]:
    """What is offered for the first clash; at night for everything."""
    told = base.findings if NIGHTLY else [f for f in base.findings if f.rule is RuleId.CONFLICT][:1]
    return [(finding.message, finding.fixes) for finding in offered(base, lambda f: f in told)]


@pytest.mark.parametrize(
    "groups", [*combinations(GROUPS, 2), GROUPS] if NIGHTLY else [(CALLS, DISTANCES), (CALLS, TURNS)]
)
def test_the_same_is_offered_as_where_all_is_asked(monkeypatch: pytest.MonkeyPatch, groups: tuple[str, ...]) -> None:
    text = "".join(group.format(number) for number, group in enumerate(groups, start=1))
    found = fixes(base_of(text, apart=None))
    monkeypatch.setattr(trial, "touched_clauses", lambda _before, _after: None)
    assert fixes(base_of(text, apart=None)) == found


def changed(base: Footing, behind: str, edit: str) -> Inquiry:
    """What is asked of the text of the footing with this put in behind the first place of those words."""
    source = base.documents["code"].span.source
    end = source.text.index(behind) + len(behind)
    system = understood(base, base.documents, [Edit(Span(source, end, end), edit)])
    assert system is not None
    return inquire(system)


def test_what_a_promise_does_not_touch_need_not_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = DISTANCES.format(1) + CALLS.format(2) + PROMISED

    def ways() -> list[tuple[Fix, ...]]:
        base = base_of(text, apart=None)
        return [f.fixes for f in offered(base, lambda finding: finding.rule is RuleId.GAP)]

    found = ways()
    assert any(found)
    monkeypatch.setattr(trial, "touched_clauses", lambda _before, _after: None)
    assert ways() == found


@pytest.mark.parametrize(
    ("behind", "edit"), [("every unit", " when own.craft is helicopter"), ("every type of encounter", " when night")]
)
def test_a_topic_is_looked_at_again_where_its_clauses_or_its_promise_changed(behind: str, edit: str) -> None:
    text = """\
clause 1 every unit must not call
clause 2 every unit must turn
clause 3 JP must keep separation >= 1 m
covers manoeuvre in every type of encounter
"""
    base = base_of(text, apart=True)
    after = changed(base, behind, edit)
    touched = touched_clauses(base.inquiry, after)
    assert touched is not None
    topics = topics_of(base.inquiry.system, after.system, touched)
    assert newly_uneven(base.inquiry, after, topics) is newly_uneven(base.inquiry, after, None)
    assert newly_uneven(base.inquiry, after, None) is (behind == "every unit")


def test_a_text_is_asked_about_in_parts_where_its_clauses_have_nothing_to_do_with_each_other() -> None:
    base = base_of("".join(group.format(number) for number, group in enumerate(GROUPS, start=1)), apart=None)
    system = understood(base, base.documents)
    assert system == base.inquiry.system, "where nothing is changed, it means what it meant"
    after = inquire(system)
    part = part_of(base, after, touched_clauses(base.inquiry, after))
    assert base.apart
    assert part is not None
    assert not part.inquiry.system.norms
    assert {finding.rule for finding in part.others} <= LOCAL


def test_a_change_touches_no_clause_that_it_only_moves() -> None:
    base = base_of(CALLS.format(1) + DISTANCES.format(2) + TURNS.format(3), apart=True)
    after = changed(base, "must call", " unless night")
    part = part_of(base, after, touched_clauses(base.inquiry, after))
    assert part is not None
    assert [norm.label for norm in part.inquiry.system.norms] == ["11", "12", "13"]


def test_a_clause_comes_with_those_that_its_conditions_ask_about() -> None:
    text = CALLS.format(1).replace("JP may call\n", "JP when own is bound by (31) may call\n")
    base = base_of(text + DISTANCES.format(2) + TURNS.format(3), apart=True)
    after = changed(base, "must call", " unless night")
    touched = touched_clauses(base.inquiry, after)
    assert part_of(base, after, touched) is None, "that is more than half of the text"


def test_a_change_of_a_promise_touches_no_clause() -> None:
    base = base_of(CALLS.format(1) + "covers manoeuvre in every type of encounter when night\n", apart=True)
    after = changed(base, "encounter when night", " and own.ashore")
    assert [term.name for term in after.system.texts["code"].terms] == ["ashore"]
    assert not base.inquiry.system.texts["code"].terms
    assert touched_clauses(base.inquiry, after) == frozenset()


def test_what_clashes_in_a_part_is_known_of_the_whole() -> None:
    base = base_of(CALLS.format(1) + DISTANCES.format(2) + TURNS.format(3), apart=True)
    after = changed(base, "must turn", " unless night")
    assert after.deadlocks() is not None
    part = part_of(base, after, touched_clauses(base.inquiry, after))
    assert part is not None
    assert part.inquiry.clashes
    known, alone = part.inquiry, inquire(part.inquiry.system)
    assert set(map(id, known.clashes)) <= set(map(id, after.clashes)), "they are not looked for again"
    assert [(c.bearer, c.norms) for c in known.clashes] == [(c.bearer, c.norms) for c in alone.clashes]
    assert set(map(id, known.deadlocks())) <= set(map(id, after.deadlocks()))
    assert [d.takes_part for d in known.deadlocks()] == [d.takes_part for d in alone.deadlocks()]


PACT = """\
instrument pact
  uses strait
term near means range < 1 m
term ashore "unit ashore" means own.craft is frigate
clause 1 a frigate when near must hold_course
"""


@pytest.mark.parametrize(
    ("behind", "edit", "same"),
    [
        ("must call", " unless night", True),
        ("near means range < ", "1", False),
        ("clause 13 JP", " when own.ashore", False),
    ],
)
def test_terms_are_compared_again_where_they_changed(behind: str, edit: str, *, same: bool) -> None:
    text = "  beside pact\nterm near means range < 2 m\n" + CALLS.format(1) + DISTANCES.format(2) + TURNS.format(3)
    base = base_of(text + PACT, apart=True)
    after = changed(base, behind, edit)
    part = part_of(base, after, touched_clauses(base.inquiry, after))
    assert part is not None
    assert part.leaves(RuleId.DIVERGENT_TERM, None) is not same
    found = [finding.rule for finding in part.others]
    assert (RuleId.DIVERGENT_TERM in found) is same


def test_a_topic_is_not_looked_at_again_where_another_one_is_promised_for_less(monkeypatch: pytest.MonkeyPatch) -> None:
    promises = "covers manoeuvre in every type of encounter\ncovers distance in every type of encounter\n"
    base = base_of(
        "clause 1 every unit must not call\nclause 2 JP must keep separation >= 1 m\n" + promises, apart=True
    )
    after = changed(base, "distance in every type of encounter", " when night")
    looked_at: list[str] = []

    def noted(_about: Ground, topic: str, _aside: frozenset[str] = frozenset()) -> frozenset[str]:
        looked_at.append(topic)
        return frozenset()

    monkeypatch.setattr(covered, "_found_uneven", noted)
    assert not newly_uneven(base.inquiry, after, frozenset())
    assert set(looked_at) == {"distance"}


def test_an_act_that_was_uneven_before_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """`call` is barred to helicopters alone, before and after: only that nobody may turn can be new."""
    text = "clause 1 a helicopter must not call\nclause 2 every unit must not turn\n"
    base = base_of(text + "covers manoeuvre in every type of encounter\n", apart=True)
    after = changed(base, "every type of encounter", " when night")
    known = [covered._uneven(about, "manoeuvre") for about in base.inquiry.strict]
    asked: list[Collection[str]] = []

    def noted(_about: Ground, _promises: object, _topic: str, _real: object, aside: Collection[str]) -> list[UnevenAct]:
        asked.append(aside)
        return []

    monkeypatch.setattr(covered, "uneven_acts", noted)
    assert not newly_uneven(base.inquiry, after, frozenset())
    assert asked == known
    assert any("call" in one for one in known)


@pytest.mark.parametrize("edit", [" in place of 11", " notwithstanding 11", " subject to 11", " in place of 21"])
def test_clauses_come_with_those_over_which_they_prevail(edit: str) -> None:
    base = base_of(CALLS.format(1) + DISTANCES.format(2) + TURNS.format(3), apart=True)
    group, other = {"11", "12", "13"}, {"21", "22", "23"} if edit.endswith("21") else set()
    after = changed(base, "must not call", edit)
    assert labels(touched_clauses(base.inquiry, after)) == group | other
    assert labels(touched_clauses(after, base.inquiry)) == group | other


def test_clauses_come_with_those_whose_acts_are_tied_to_theirs() -> None:
    """Nobody turns who holds the course: so the vocabulary has it."""
    holding = "clause 41 JP must hold_course\nclause 42 JP when night may hold_course\n"
    base = base_of(CALLS.format(1) + TURNS.format(3) + holding, apart=True)
    after = changed(base, "41 JP", " when night")
    assert labels(touched_clauses(base.inquiry, after)) == {"31", "32", "33", "41", "42"}


def labels(clauses: Collection[NormId] | None) -> set[str]:
    assert clauses is not None
    return {norm.label for norm in clauses}
