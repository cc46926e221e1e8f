"""Who is bound, as treaties say it, is told with how it is written; what is advised leaves nothing to say."""

from __future__ import annotations

import pytest

import cbm
from cbm.pipeline import load_text
from tests.syntax.reading import mended, said, told_once, told_without_a_change

HEAD = "draft notices uses activities between CN, JP proposed 2024-01-01\n"
ASKED = "notify at least 3 days before start\n"


@pytest.mark.parametrize(
    "written",
    ["each of the parties", "each contracting party", "the two governments", "the parties", "both sides", "each State"],
)
def test_all_parties_are_each_party(written: str) -> None:
    text = f"{HEAD}clause 1 {written} must {ASKED}"
    assert said(text) == [f"2:10 `{written}` is not how it is written: write `each party`"]
    assert cbm.load_text(mended(text))[1] == ()


@pytest.mark.parametrize("written", ["every party", "a party", "any party", "every State", "States", "parties"])
def test_words_that_could_be_a_noun_are_told_once_it_is_known_that_they_are_none(written: str) -> None:
    _, (finding,) = cbm.load_text(f"{HEAD}clause 1 {written} must {ASKED}")
    assert finding.remedies == ("write `each party`",)
    assert finding.primary.span.text == written


@pytest.mark.parametrize("written", ["every organiser", "an organiser"])
def test_a_role_stands_alone(written: str) -> None:
    _, (finding,) = cbm.load_text(f"{HEAD}clause 1 {written} must {ASKED}")
    assert finding.message == "`organiser` is a role of the situation, and no kind of unit"
    assert finding.remedies == ("write `organiser` alone",)
    assert cbm.load_text(f"{HEAD}clause 1 organiser must {ASKED}")[1] == ()


@pytest.mark.parametrize("written", ["the organiser", "each organiser", "all organisers"])
def test_what_is_told_of_a_role_with_an_article_comes_to_the_role_alone(written: str) -> None:
    _, (first, second) = cbm.load_text(f"{HEAD}clause 1 {written} must {ASKED}")
    assert first.remedies[0].endswith("`organiser` alone for a role")
    assert second.remedies == ("write `organiser` alone",)
    assert second.primary.span.text == written


@pytest.mark.parametrize("condition", ["when dangerous", "when sort_of_activity is live_firing", "when own.x"])
def test_a_condition_is_no_part_of_who_is_bound(condition: str) -> None:
    (line, *_) = said(f"{HEAD}clause 1 the organiser {condition} must {ASKED}")
    assert "`organiser` alone for a role" in line


@pytest.mark.parametrize("written", ["the organiser and the informed", "an organiser or informed"])
def test_roles_that_are_joined_are_all_parties_or_take_a_clause_each(written: str) -> None:
    _, (finding,) = cbm.load_text(f"{HEAD}clause 1 {written} must confer\n")
    assert finding.message == "`organiser` is a role of the situation, and no kind of unit"
    assert finding.remedies == ("write a clause for each role, or `each party` where all are meant",)
    assert cbm.load_text(f"{HEAD}clause 1 each party must confer\n")[1] == ()


def test_kinds_that_are_joined_without_an_article_are_told_of_it() -> None:
    _, (finding,) = cbm.load_text("draft d uses encounters between CN, JP\nclause 1 warships and fighters must call\n")
    assert finding.remedies[1] == "kinds of unit have one article: write `a warship or fighter` for these"
    _, (parties,) = cbm.load_text("draft d uses encounters between CN, JP\nclause 1 CN and JP must call\n")
    assert len(parties.remedies) == 1


@pytest.mark.parametrize("modal", ["may", "must", "shall"])
@pytest.mark.parametrize("none", ["no", "neither", "None of the", "neither of the two"])
def test_what_nobody_may_is_forbidden_to_each(none: str, modal: str) -> None:
    text = f"{HEAD}clause 1 {none} party {modal} {ASKED}"
    after = mended(text)
    assert after == f"{HEAD}clause 1 each party must not {ASKED}"
    assert cbm.load_text(after)[1] == ()


def test_what_only_ought_not_to_be_is_not_forbidden() -> None:
    assert "every warship should not" in mended("draft d uses encounters\nclause 1 no warship should lase\n")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("the Chinese side", "CN"),
        ("the Japanese side", "JP"),
        ("only each party", "each party"),
        ("each party (when dangerous)", "each party when dangerous"),
    ],
)
def test_a_phrase_with_one_meaning_becomes_it(written: str, meant: str) -> None:
    after = mended(f"{HEAD}clause 1 {written} must {ASKED}")
    assert after == f"{HEAD}clause 1 {meant} must {ASKED}"
    assert cbm.load_text(after)[1] == ()


@pytest.mark.parametrize(
    "written", ["the notifying party", "the other party", "each party in danger", "in danger a party"]
)
def test_what_has_several_meanings_is_told_without_a_change(written: str) -> None:
    assert " → write " in told_without_a_change(f"{HEAD}clause 1 {written} must {ASKED}")


def test_the_one_that_is_met_is_named_by_no_clause() -> None:
    (line,) = said(f"{HEAD}clause 1 the other party must {ASKED}")
    assert "`the other party` is the one that it meets → write `each party`, which binds that one as well" in line


ENCOUNTERS = "draft code uses encounters\nclause 1 "


@pytest.mark.parametrize(
    ("written", "remedy", "meant"),
    [
        (
            "neither a warship nor a fighter may call",
            "write a clause with `must not` for each",
            "a warship must not call\nclause 2 a fighter must not call",
        ),
        ("a warship never lases", "write `a warship must not …`", "a warship must not lase"),
        (
            "a warship calls",
            "write `a warship must …` for a duty, `should …` for advice, `may …` for a permission",
            "a warship must call",
        ),
    ],
)
def test_who_is_bound_in_other_words_is_told_what_to_write(written: str, remedy: str, meant: str) -> None:
    assert told_without_a_change(f"{ENCOUNTERS}{written}\n").partition(" → ")[2] == remedy
    assert cbm.load_text(f"{ENCOUNTERS}{meant}\n")[1] == ()


def test_a_kind_that_meets_another_one_is_told_so() -> None:
    assert "a warship meeting a ship must call" in mended(f"{ENCOUNTERS}a warship meets a ship must call\n")


def test_kinds_are_joined_by_or() -> None:
    after = mended(f"{ENCOUNTERS}a warship, a fighter and a submarine must call\n")
    assert after == f"{ENCOUNTERS}a warship or fighter or submarine must call\n"
    assert cbm.load_text(after)[1] == ()
    either = mended(f"{ENCOUNTERS}either a warship or fighter must call\n")
    assert either == f"{ENCOUNTERS}a warship or fighter must call\n"


@pytest.mark.parametrize(
    ("time", "bearer"),
    [
        ("at least 21 days before start", "organiser"),
        ("within 24 h after incident,", "each party"),
        ("not later than 2 days after organiser.notify", "informed"),
    ],
)
def test_a_time_in_front_of_who_is_bound_is_told_where_it_stands(time: str, bearer: str) -> None:
    """Of a role by its name, and of `at least …`, it was said what a clause looks like."""
    told = "who is bound stands first, and when it is to be done at the end"
    line = told_without_a_change(f"{HEAD}clause 1 {time} {bearer} must notify\n")
    assert line == f"{told} → write `{bearer} must … {time.rstrip(',')}`"


def test_a_moment_in_a_condition_has_no_article() -> None:
    """It was told to be said of a role, as a kind of unit is."""
    written = f"{HEAD}clause 1 organiser when an incident occurs must notify\n"
    assert told_once(written) == "a moment stands by its name alone → write `incident occurs`"
    assert mended(written) == written.replace("an incident", "incident")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("when dangerous, organiser must notify", "when dangerous organiser must notify"),
        ("when troops > 9,000, each party must notify", "when troops > 9,000 each party must notify"),
        ("when dangerous, JP must notify", "when dangerous JP must notify"),
    ],
)
def test_who_is_bound_behind_a_condition_is_no_further_condition(written: str, meant: str) -> None:
    """`when dangerous and organiser must` was advised, which binds nobody."""
    text = f"{HEAD}clause 1 {written}\n"
    assert told_once(text) == "no comma stands behind a condition: leave it out"
    assert mended(text) == f"{HEAD}clause 1 {meant}\n"
    assert load_text(mended(text))[1] == ()


def test_conditions_behind_who_is_bound_are_joined_still() -> None:
    told = told_once(f"{HEAD}clause 1 organiser when dangerous, incident occurs must notify\n")
    assert told == "conditions are joined with `and`, not with a comma: write `and`"


@pytest.mark.parametrize("article", ["the", "an"])
def test_a_fact_in_a_condition_has_no_article(article: str) -> None:
    """`is` was taken for the beginning of `is deemed to comply with`."""
    text = f"{HEAD}clause 1 when {article} incident, organiser must notify\n"
    first, second = said(text)
    assert first.endswith(f"`{article}` is not needed: leave it out")
    assert second.endswith("no comma stands behind a condition: leave it out")
    (told, *_) = said(f"{HEAD}clause 1 when the activity is dangerous organiser must notify\n")
    assert told.endswith("`the` is not needed: leave it out")


def test_a_role_to_which_something_is_told_is_left_out() -> None:
    _, (finding,) = cbm.load_text(f"{HEAD}clause 1 organiser must notify informed at least 3 days before start\n")
    assert finding.remedies == ("write `notify`: a clause is about the other side already",)
    _, (article, role) = cbm.load_text(f"{HEAD}clause 1 informed must reply to the organiser\n")
    assert article.message == "`the` is not needed: leave it out"
    assert role.remedies == ("name a party, or leave `to` out",)
    assert cbm.load_text(f"{HEAD}clause 1 informed must reply\n")[1] == ()


def test_a_party_has_no_article_and_is_no_kind_of_unit() -> None:
    """`a CN must call` was advised, and `when other is a JP`."""
    head = "draft d\n  uses encounters\n  between CN, JP\n"
    assert told_once(f"{head}clause 1 the CN must call\n") == "`the` is not needed: leave it out"
    assert mended(f"{head}clause 1 the CN must call\n") == f"{head}clause 1 CN must call\n"
    message, *_ = told_once(f"{head}clause 1 CN must not lase a JP ship\n").split(" → ")
    assert message == "what an act is about is a condition, and stands before `must`"
