"""Law: what a change can touch, asked about alone, lets the same changes be offered as the whole text does."""

from __future__ import annotations

import os
from itertools import combinations

import pytest

from cbm.finding import Fix, RuleId
from cbm.inquiry import inquire
from cbm.repair.footing import Footing, footing
from cbm.repair.offers import offered
from cbm.repair.touched_clauses import LOCAL, part_of
from cbm.repair.trial import understood
from cbm.resolve.system import resolve
from cbm.source import Edit, Source, Span
from cbm.syntax.parse import parse
from tests.laws.drafts import STRAIT

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
HEADER = 'draft code "A code"\n  uses strait\n  between CN, JP\n'


def base_of(text: str, *, apart: bool | None) -> Footing:
    file, mistakes = parse(Source("code.cbm", STRAIT + HEADER + text))
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
def test_the_same_is_offered_as_where_all_is_asked(groups: tuple[str, ...]) -> None:
    text = "".join(group.format(number) for number, group in enumerate(groups, start=1))
    assert fixes(base_of(text, apart=None)) == fixes(base_of(text, apart=False))


def test_a_text_is_asked_about_in_parts_where_its_clauses_have_nothing_to_do_with_each_other() -> None:
    base = base_of("".join(group.format(number) for number, group in enumerate(GROUPS, start=1)), apart=None)
    system = understood(base, base.documents)
    assert system == base.inquiry.system, "where nothing is changed, it means what it meant"
    part = part_of(base, inquire(system))
    assert base.apart
    assert part is not None
    assert not part.inquiry.system.norms
    assert {finding.rule for finding in part.others} <= LOCAL


def test_a_change_touches_no_clause_that_it_only_moves() -> None:
    base = base_of(CALLS.format(1) + DISTANCES.format(2) + TURNS.format(3), apart=True)
    source = base.documents["code"].span.source
    end = source.text.index("must call\n") + len("must call")
    system = understood(base, base.documents, [Edit(Span(source, end, end), " unless night")])
    assert system is not None
    part = part_of(base, inquire(system))
    assert part is not None
    assert [norm.label for norm in part.inquiry.system.norms] == ["11", "12", "13"]


def test_a_clause_comes_with_those_that_its_conditions_ask_about() -> None:
    text = CALLS.format(1).replace("JP may call\n", "JP when own is bound by (31) may call\n")
    base = base_of(text + DISTANCES.format(2) + TURNS.format(3), apart=True)
    source = base.documents["code"].span.source
    end = source.text.index("must call\n") + len("must call")
    system = understood(base, base.documents, [Edit(Span(source, end, end), " unless night")])
    assert system is not None
    assert part_of(base, inquire(system)) is None, "that is more than half of the text"
