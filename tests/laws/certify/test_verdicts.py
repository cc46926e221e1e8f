"""Laws: a certificate says what was found, another solver answers it so, and nothing that was asked is missing."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cbm.certify.certificates import CertifiedText, certified, certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion
from cbm.certify.rows import CarriedBy
from cbm.certify.verdicts import OF_A_PAIR
from cbm.checks import seam as seam_check
from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.dynamics import trap_parts
from cbm.files import read_all
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.process.budget import Budget, within
from cbm.report import Ending, Report
from cbm.smt.journal import Verdict
from cbm.wording.findings.norm_galleries import ASKED_FOR
from tests.checks.test_last_moment import TEXT as LATE
from tests.laws.checked import is_empty
from tests.laws.checks.test_readings import expecting
from tests.laws.coverage.test_seams import VOCABULARY as BOUNDED
from tests.laws.coverage.test_seams import drafts as bounded_drafts
from tests.laws.dressed import dressed
from tests.laws.readings import Opened, opened
from tests.laws.sparing import SHORT, sparingly
from tests.laws.systems import anywhere
from tests.laws.timed import VOCABULARY as IN_TIME
from tests.laws.timed import drafts as timed_drafts
from tests.laws.timed import system_of
from tests.laws.tiny import PACT, SEPARATION, at_least, at_most, does, must, must_not
from tests.laws.tiny import system as small_system

CLASH = (RuleId.IMPOSSIBLE_DUTY, RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT)
COMPARED = (RuleId.SEAM, RuleId.TRAP, RuleId.LAST_MOMENT)
CARRIED = (
    RuleId.IMPOSSIBLE,
    RuleId.NEVER_REACHED,
    RuleId.REDUNDANCY,
    RuleId.DIVERGENT_RESTATEMENT,
)  # by a question, or told to be searched
# That a package lacks what is referred to stands in the text; what findings mean for packages has rows, no questions.
PACKAGES = (RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE, RuleId.NO_WORKABLE_READING)
UNASKED = (RuleId.UNDECIDED, RuleId.UNDEFINED, *PACKAGES)
OWN = (*CLASH, *PACKAGES, RuleId.DEADLOCK, RuleId.INCONSISTENT_VOCABULARY, ASKED_FOR)


# What a clause of another text forbids by itself is told where that text is checked.
FOREIGN = small_system(
    must("1", at_most(SEPARATION, 1), at_least(SEPARATION, 2), document=PACT), must("2", does("report"))
)

# What cannot be kept where an act brings it into play forbids nothing that is forbidden in words.
UNWRITTEN = must_not("1", does("turn"), does("turn"))
WRITTEN = must_not("2", does("turn"))


@sparingly(20)
@example(small_system(UNWRITTEN, WRITTEN))
@example(small_system(UNWRITTEN))
@example(FOREIGN)
@given(anywhere())
def test_another_solver_answers_every_question_as_the_report_says(system: NormSystem) -> None:
    for row in certified_text(dressed(system)).rows:
        if row.asked is not None:
            text = script(row.asked, row.expected)
            assert cvc5_opinion(text) == row.expected, (row, text)


EXAMPLES = Path(__file__).parents[2] / "checks" / "examples"
ASKED = (
    ["several_acts.cbm", "told_as_one.cbm", "undecided.cbm"]
    if settings().max_examples <= SHORT
    else sorted(path.name for path in EXAMPLES.glob("*.cbm"))
)


@pytest.mark.parametrize("example", ASKED)
def test_another_solver_answers_so_of_the_examples(example: str) -> None:
    texts = certified(read_all([EXAMPLES / example]))
    if isinstance(texts, Report):
        return  # examples of what cannot be understood
    for text in texts:
        if not is_empty(text.system):
            add_up(text)
        assert [row for row in text.rows if row.carried_by is CarriedBy.SEARCH] == []
    for row in (row for text in texts for row in text.rows if row.asked is not None):
        assert row.asked is not None
        # What compares situations is much for a solver, and a busy machine must not decide whether this holds.
        answers = (row.expected, Verdict.UNKNOWN) if row.rule in COMPARED else (row.expected,)
        assert cvc5_opinion(script(row.asked, row.expected)) in answers, row


# A trap of two clauses together with a time that is left, and a bound that none of two clauses has.
TRAPPING = f"""{IN_TIME}\
draft code
  uses sea
clause 1 every unit must report within 2 h after contact
clause 2 every unit when other.ask is after contact must not report within 3 h after other.ask
"""
LEFT_OUT = f"""{BOUNDED}\
draft code
  uses sea
clause 1 every unit when range < 40 m must call
clause 2 every unit when range > 40 m must call
"""


@sparingly(10)
@example(LEFT_OUT)
@example(TRAPPING)
@given(st.one_of(bounded_drafts(), timed_drafts()))
def test_another_solver_answers_so_of_bounds_and_of_moments(text: str) -> None:
    checked = certified_text(system_of(text))
    add_up(checked)
    for row in checked.rows:
        if row.asked is not None and row.rule in COMPARED:
            assert cvc5_opinion(script(row.asked, row.expected)) in (row.expected, Verdict.UNKNOWN), row


@pytest.mark.parametrize(
    ("text", "rule"),
    [(LEFT_OUT, RuleId.SEAM), (TRAPPING, RuleId.TRAP), (LATE, RuleId.LAST_MOMENT)],
    ids=["seam", "trap", "late"],
)
def test_what_the_search_overlooks_is_contradicted(text: str, rule: RuleId, monkeypatch: pytest.MonkeyPatch) -> None:
    """The questions are not the search's own: where that tells of nothing, they still find it."""
    monkeypatch.setattr(trap_parts, "traps", lambda *_: iter(()))
    monkeypatch.setattr(trap_parts, "late_messages", lambda *_: iter(()))
    monkeypatch.setattr(seam_check, "found_on", lambda *_: iter(()))
    checked = certified_text(system_of(text))
    asked = [(row.asked, row.expected) for row in checked.rows if row.rule is rule and row.asked is not None]
    assert Verdict.SAT in {cvc5_opinion(script(question, expected)) for question, expected in asked}


@sparingly(14)
@given(anywhere())
def test_every_question_ends_as_found_clear_or_undecided(system: NormSystem) -> None:
    if not is_empty(system):
        add_up(certified_text(dressed(system)))


@sparingly(30)
@given(st.tuples(st.booleans(), st.booleans()).flatmap(lambda t: opened(expecting(t[1]), named=t[0], per_party=t[1])))
def test_with_an_open_term_the_same_is_so(drawn: Opened) -> None:
    text = certified_text(dressed(drawn.system))
    add_up(text)
    for row in text.rows:
        if row.asked is not None:
            assert cvc5_opinion(script(row.asked, row.expected)) == row.expected, row


@sparingly(20)
@given(anywhere())
def test_what_was_given_up_is_undecided_in_the_account_too(system: NormSystem) -> None:
    if not is_empty(system):
        with within(Budget(steps=1)):
            text = certified_text(dressed(system))
        add_up(text)


def add_up(text: CertifiedText) -> None:
    outcome, rows = text.outcome, text.rows
    ended = {rule: Counter(q.verdict for q in outcome.questions if q.rule == rule) for rule in (*RuleId, ASKED_FOR)}
    asked = {rule: {q.subject for q in outcome.questions if q.rule == rule} for rule in ended}
    for finding in outcome.findings:
        if finding.rule not in UNASKED:
            assert ended[finding.rule][Ending.FOUND], finding
    left = any(f.rule is RuleId.UNDECIDED for f in outcome.findings)
    assert left == any(row.ending is Ending.UNDECIDED for row in rows)
    for rule in ended:
        if rule not in OWN:  # one row a question
            told = (
                row.ending
                for row in rows
                if row.rule == rule and (rule in CARRIED or row.asked is None or row.question in asked[rule])
            )
            assert Counter(told) == ended[rule], rule
    of_world = RuleId.INCONSISTENT_VOCABULARY
    told_of_world = {(row.question, row.ending) for row in rows if row.rule == of_world}
    assert told_of_world.issuperset((q.subject, q.verdict) for q in outcome.questions if q.rule == of_world)
    shown = Counter(row.ending for row in rows if row.rule == ASKED_FOR)
    assert shown == ended[ASKED_FOR]
    pairs = [row for row in rows if row.question == OF_A_PAIR]
    assert len(pairs) == outcome.pairs.shown + outcome.pairs.apart + outcome.pairs.not_shown + outcome.pairs.on_some
    told_of_packages = Counter(finding.rule for finding in outcome.findings)
    for rule in PACKAGES:
        assert sum(row.rule == rule and row.ending is Ending.FOUND for row in rows) == told_of_packages[rule]
    clashes_add_up(text)


def clashes_add_up(text: CertifiedText) -> None:
    """Each duty of the text and each pair that can bind one unit is asked about once, and what was found is told so."""
    rows = [row for row in text.rows if row.rule in CLASH and row.clauses]
    assert max(Counter(row.clauses for row in rows).values(), default=1) == 1
    subject = text.system.subject
    for about in inquire(text.system).grounds:
        duties = [n.norm.id for n in about.demanding]
        wanted: list[tuple[NormId, ...]] = [(norm,) for norm in duties if norm.document == subject]
        wanted += [pair for pair in combinations(duties, 2) if subject in (pair[0].document, pair[1].document)]
        assert {row.clauses for row in rows}.issuperset(wanted)
    found = {tuple(dict.fromkeys(str(n.unworded) for n in row.clauses)) for row in rows if row.ending is Ending.FOUND}
    assert found.issuperset(f.clauses for f in text.outcome.findings if f.rule in CLASH)
