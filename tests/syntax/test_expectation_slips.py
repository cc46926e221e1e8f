"""What newcomers expect in a case is told with how it is written, and the advice, once followed, leaves nothing."""

from __future__ import annotations

import pytest

import cbm
from cbm.source import Source
from cbm.syntax.mistakes.phrases.rewritten import LONGEST
from cbm.syntax.parse import mends
from tests.syntax.reading import mended, said

HEAD = (
    'draft code "Code"\n  uses encounters\n  between CN, JP\n'
    "clause 1 a warship must call\nclause 2 a warship must not lase\n"
    'cases "Cases"\ncase "one"\n'
)
WHO = "an expectation says who is bound, and by what → write `expect {}`"
PLACES = "the clauses of a finding stand behind its name → write `expect {}`"
LISTED = "`is bound by` takes a list in brackets, as in `is bound by (…)` → write `expect {}`"
BY = "the clause that says so stands behind `by` → write `expect {}`"
SAID = "what is expected is said as a clause says it → write `expect {}`"
ALONE = "a finding is expected by its name alone → write `expect {}`"


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ("1 binds own", WHO, "own is bound by (1)"),
        ("clauses 1 and 2 apply to own", WHO, "own is bound by (1, 2)"),
        ("own is bound by 1", LISTED, "own is bound by (1)"),
        ("own is not bound by (1 and 2)", LISTED, "own is not bound by (1, 2)"),
        (
            "own is bound by no clause",
            "that nothing binds a unit is said in one way → write `expect {}`",
            "own is bound by nothing",
        ),
        ("own must call under 1", BY, "own must call by 1"),
        ("own must not lase in accordance with clauses 1 and 2", BY, "own must not lase by 1, 2"),
        ("own is obliged to call", SAID, "own must call"),
        ("own is not allowed to lase", SAID, "own must not lase"),
        ("own is free to call", SAID, "own may call"),
        (
            "own to call",
            "what is expected is a duty: it has `must` or `should` → write `expect {}`",
            "own must call",
        ),
        (
            "own must call within 5 min after start by 1",
            (
                "when something is due is no part of an expectation: leave `within 5 min after start` out"
                " → `cbm ask` tells when it is due"
            ),
            "own must call by 1",
        ),
        (
            "own may lase after start by 1",
            "that something is allowed at some time is expected with `possible` → write `expect {}`",
            "possible own.lase",
        ),
        (
            "own may lase, call after start",
            (
                "when something is due is no part of an expectation: leave `after start` out"
                " → `cbm ask` tells when it is due"
            ),
            "own may lase, call",
        ),
        (
            "impossible own.lase",
            "what nobody who complies does is expected with `never` → write `expect {}`",
            "never own.lase",
        ),
        ("conflict between 1 and 2", PLACES, "conflict 1, 2"),
        ("no conflict of 1 with clause 2", PLACES, "no conflict 1, 2"),
        ("conflict in clauses 1, 2 when in_sight", PLACES, "conflict 1, 2 when in_sight"),
        ("a conflict", ALONE, "conflict"),
        ("no conflict in weapons", ALONE, "no conflict"),
        (
            "no gap in weapons and separation",
            "the topics of a finding stand behind `for` → write `expect {}`",
            "no gap for weapons, separation",
        ),
        ("that own must call", "`that` is not needed here: leave it out", "own must call"),
    ],
)
def test_what_is_told_of_an_expectation_and_what_it_becomes(written: str, message: str, meant: str) -> None:
    text = f"{HEAD}expect {written}\n"
    assert [line.split(" ", 1)[1] for line in said(text)] == [message.format(meant)]
    after = mended(text)
    assert after == f"{HEAD}expect {meant}\n"
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on 2019-01-01", "as of 2019-01-01"),
        ("2019-01-01", "as of 2019-01-01"),
        ("as at 2019-01-01", "as of 2019-01-01"),
        ("on 1 January 2019", "as of 2019-01-01"),
    ],
)
def test_the_day_of_a_case_is_not_taken_into_its_title(written: str, meant: str) -> None:
    """It was advised to write it in quotes: the case was asked of another day then, unsaid."""
    text = f"{HEAD}expect own must call\n".replace('case "one"', f'case "one" {written}')
    (line,) = said(text)
    assert line.split(" ", 1)[1].startswith("the day on which a case is asked stands behind `as of` → write ")
    assert line.endswith(f"`{meant}`")
    if "January" not in written:
        assert f'case "one" {meant}\n' in mended(text)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "1 applies",
            (
                "an expectation says who is bound, and by what"
                " → write `expect ROLE is bound by (1)`, with the role that is meant"
            ),
        ),
        (
            "both must call",
            "an expectation is about one unit → write a line for each role, as in `expect ROLE must call`",
        ),
        (
            "every unit must not lase",
            "an expectation is about one unit → write a line for each role, as in `expect ROLE must not lase`",
        ),
        (
            "own and other must call",
            "an expectation is about one unit → write a line for each role, as in `expect own must call`",
        ),
        (
            "breach of 2",
            (
                "a case expects what is owed, and no breach"
                " → write `expect ROLE must … by 2`, and what is owed in place of `…`"
            ),
        ),
        (
            "no conflict, gap or trap",
            (
                "each finding that is expected has a line of its own"
                " → write `expect no conflict`, `expect no gap` and `expect no trap`, each on a line"
            ),
        ),
        (
            "own breaches 2",
            (
                "a case expects what is owed, and no breach"
                " → write `expect own must … by 2`, and what is owed in place of `…`"
            ),
        ),
    ],
)
def test_what_has_several_meanings_is_told_and_not_changed(written: str, message: str) -> None:
    text = f"{HEAD}expect {written}\n"
    assert [line.split(" ", 1)[1] for line in said(text)] == [message]
    assert mends(Source("text.cbm", text)) == ()


def test_names_are_parted_between_words_alone() -> None:
    told = "7:8 the topics of a finding stand behind `for` → write `expect no gap for coordination, formations`"
    assert said(f"{HEAD}expect no gap in coordination and formations\n") == [told.replace("7:8", "8:8")]


def test_who_writes_a_long_statement_is_told_no_form_of_words() -> None:
    written = f"expect own must call{' ' * 2 * LONGEST}under 1"
    assert "stands behind `by`" in said(f"{HEAD}{written.replace(' ' * 2 * LONGEST, ' ')}\n")[0]
    assert "stands behind `by`" not in said(f"{HEAD}{written}\n")[0]


def test_a_comment_within_an_expectation_is_not_lost() -> None:
    text = f"{HEAD}expect own must call # at once\n under 1\n"
    assert said(text)[0].endswith("write `expect own must call by 1`")
    assert mends(Source("text.cbm", text)) == ()


@pytest.mark.parametrize(
    ("written", "message", "remedy"),
    [
        ("own", "`own` is a role, and what is expected of it is not said", "write `expect own must …`"),
        ("own 1", "`own` is a role, and what is expected of it is not said", "write `expect own must …`"),
        ("nothing", "no finding is called `nothing`", "name each kind on a line of its own"),
        ("no findings", "no finding is called `findings`", "name each kind on a line of its own"),
        ("warning 1", "no finding is called `warning`", "name each kind on a line of its own"),
        ("conflikt", "no finding is called `conflikt`", "did you mean `conflict`?"),
    ],
)
def test_what_is_no_kind_of_finding_is_told(written: str, message: str, remedy: str) -> None:
    _, (finding,) = cbm.load_text(f"{HEAD}expect {written}\n")
    assert finding.message == message
    assert finding.remedies[0].startswith(remedy)


@pytest.mark.parametrize(
    "written",
    ["own must call by 1", "never own.lase", "no conflict 1, 2", "own is bound by nothing but (1, 2)", "not own.lase"],
)
def test_what_can_be_read_is_no_slip(written: str) -> None:
    assert said(f"{HEAD}expect {written}\n") == []


def test_a_breach_under_a_condition_is_told_as_one() -> None:
    """It was told to be a finding, which stands in front of its clauses."""
    (told,) = said(f"{HEAD}expect breach of 1 when own.lase\n")
    assert "a case expects what is owed, and no breach" in told
