"""The changes that are offered for each kind of finding, in their words and on the lines they change."""

from __future__ import annotations

import re

import pytest

from cbm.finding import Finding
from cbm.inquiry import inquire
from cbm.repair.footing import footing
from cbm.repair.offers import offered
from cbm.resolve.system import resolve
from cbm.source import Source, hunks
from cbm.syntax.parse import parse
from cbm.translation.speech import Language, speaking
from tests.laws.drafts import STRAIT

HEADER = 'draft code "A code"\n  uses strait\n  between CN, JP\n'
PROMISE = "covers manoeuvre in every type of encounter\n"
REPEATING = (
    f"{HEADER}clause 1 JP must call\nclause 2 CN must turn\nclause 3 JP when night must call\n"
    "clause 4 exception to 1, 3 when range < 1 m\n"
)
# A Japanese unit is to come close, and a frigate of the other side has to keep off.
FRIGATES = f"{HEADER}clause 1 a frigate must keep separation >= 2 m\nclause 3 a frigate must turn\n"
BESIDE = f"{HEADER}  proposed 2019-10-01\n  beside rules\n"


def offers(text: str, rule: str, *, editable: bool = True) -> list[tuple[str, list[str]]]:
    """The fixes of the first finding of a rule: what each says, and the lines it adds."""
    return offers_in(STRAIT + text, rule, editable=editable)


def offers_in(text: str, rule: str, *, editable: bool = True) -> list[tuple[str, list[str]]]:
    """The same of a text with a vocabulary of its own."""
    fixes = first_found(text, rule, editable=editable).fixes
    assert len(fixes) <= 3
    return [(fix.description, [line for hunk in hunks(fix.edits) for line in hunk.added]) for fix in fixes]


def first_found(text: str, rule: str, *, editable: bool = True) -> Finding:
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    system, faults = resolve(documents, "code")
    assert system is not None, faults
    base = footing(documents, frozenset({"code.cbm"} if editable else ()), inquire(system))
    return next(f for f in offered(base, lambda f: f.rule == rule) if f.rule == rule)


@pytest.mark.parametrize(
    ("rule", "text", "words", "added"),
    [
        (
            "conflict",
            f"{HEADER}clause 1 a helicopter must call\nclause 2 a helicopter when night must not call\n",
            "let 2, the more special one, stand `in place of 1`",
            ["clause 2 a helicopter when night must not call in place of 1"],
        ),
        (
            "conflict",
            f"{HEADER}clause 1 a helicopter must call\nclause 2 a helicopter when night must not call\n",
            "except from 1 the case that it is night",
            ["clause 1 a helicopter must call unless night"],
        ),
        (
            "conflict",
            f"{HEADER}clause 1 JP must keep separation >= 2 m\nclause 2 JP when night must keep separation <= 1 m\n",
            "bring the bound of 1 to 1 m, that of 2",
            ["clause 1 JP must keep separation >= 1 m"],
        ),
        (  # of a clause that lists several things, each is a norm
            "conflict",
            f"{HEADER}clause 1 JP must keep separation >= 2 m, call\nclause 2 JP must keep separation <= 1 m, turn\n",
            "bring the bound of 1 to 1 m, that of 2 (`keep separation <= 1 m`)",
            ["clause 1 JP must keep separation >= 1 m, call"],
        ),
        (
            "agreement-conflict",
            f"{BESIDE}clause 1 a helicopter must keep separation <= 1 m\n",
            "except from 1 what 1 of rules governs: `unless own is bound by (1 of rules)`",
            ["clause 1 a helicopter must keep separation <= 1 m unless own is bound by (1 of rules)"],
        ),
        (
            "agreement-conflict",
            f"{BESIDE}clause 1 a helicopter must keep separation <= 1 m\n",
            "let 1, the later text, prevail over 1 of rules where they clash: `notwithstanding 1 of rules`",
            ["clause 1 a helicopter must keep separation <= 1 m notwithstanding 1 of rules"],
        ),
        (
            "deadlock",
            f"{HEADER}clause 1 JP must keep separation >= 2 m\nclause 2 CN when night must keep separation <= 1 m\n",
            "except from 1 the case that it is night",
            ["clause 1 JP must keep separation >= 2 m unless night"],
        ),
        (
            "deadlock",
            f"{FRIGATES}clause 2 JP when own.craft is frigate must keep separation < 2 m in place of 1\n",
            "let 2 stand `in place of 1 for both`",
            ["clause 2 JP when own.craft is frigate must keep separation < 2 m in place of 1 for both"],
        ),
        (
            "deadlock",
            f"{FRIGATES}clause 2 JP when own.craft is frigate must keep separation < 2 m in place of 1, 3\n",
            "let 2 stand `in place of 1 for both`",
            ["clause 2 JP when own.craft is frigate must keep separation < 2 m in place of 3 in place of 1 for both"],
        ),
        (
            "seam",
            f"{HEADER}clause 1 JP when range < 1 m must call\nclause 2 JP when range > 1 m must call\n",
            "let 1 say `range <= 1 m`",
            ["clause 1 JP when range <= 1 m must call"],
        ),
        (
            "seam",
            f"{HEADER}clause 1 JP when range < 1 m must call\nclause 2 JP must call unless range <= 3.3 ft\n",
            "let 2 say `range < 1 m`",
            ["clause 2 JP must call unless range < 1 m"],
        ),
        (
            "seam",
            f"{HEADER}clause 1 JP when range <= 1 m must call\nclause 2 JP when range >= 1 m must not call\n",
            "let 2 say `range > 1 m`",
            ["clause 2 JP when range > 1 m must not call"],
        ),
        (
            "gap",
            f"{HEADER}clause 1 a frigate must call\n{PROMISE}",
            "add a clause, as a proposal: 2",
            ['clause 2 "Proposed" a helicopter must call'],
        ),
        (
            "gap",
            f"{HEADER}clause 1 a frigate must call\nclause 2 a helicopter should call\n{PROMISE}",
            "let 2 bind: `must` for `should`",
            ["clause 2 a helicopter must call"],
        ),
        (
            "gap",
            f"{HEADER}clause 1 a frigate must call\n{PROMISE}",
            "leave it out of the promise that own unit is a helicopter",
            ["covers manoeuvre in every type of encounter when own.craft is not helicopter"],
        ),
        (
            "gap",
            f"{HEADER}clause 1 every unit must not call\nclause 2 exception to 1 when night\n{PROMISE}",
            "add a clause, as a proposal: 3",
            ['clause 3 "Proposed" every unit when night may call'],
        ),
        (
            "gap",
            f"{HEADER}clause 1 every unit shall not call\nclause 2 exception to 1 when night\n{PROMISE}",
            "add a clause, as a proposal: 3",
            ['clause 3 "Proposed" every unit when night may call'],
        ),
        (
            "gap",
            f"{HEADER}clause 1 every unit must call unless night\n{PROMISE}",
            "leave it out of the promise that it is night",
            ["covers manoeuvre in every type of encounter when not night"],
        ),
        (
            "blocked-permission",
            f"{HEADER}clause 1 JP must not call\nclause 2 JP when night may call\n",
            "let 2 stand `in place of 1`",
            ["clause 2 JP when night may call in place of 1"],
        ),
        (
            "redundancy",
            REPEATING,
            "take 3 out",
            ["clause 4 exception to 1 when range < 1 m"],
        ),
    ],
)
def test_what_is_offered(rule: str, text: str, words: str, added: list[str]) -> None:
    assert (words, added) in offers(text, rule)


CLASH = f"{HEADER}clause 1 a helicopter must call\nclause 2 a helicopter when night must not call\n"


def test_a_change_that_brings_something_else_is_not_offered() -> None:
    """An exception to 1, or 2 in place of it, leaves a case without the clause that it names."""
    case = 'cases "C"\ncase "by night"\n  given night and own.party is JP\n  expect own must call by 1\n'
    text = f"{HEADER}clause 1 JP must call\nclause 2 every unit when night must not call\n"
    assert "let 2 stand `in place of 1`" in [words for words, _ in offers(text, "conflict")]
    kept = offers(text + case, "conflict")
    assert kept
    assert not [words for words, _ in kept if "in place of 1" in words or "except from 1" in words]


def test_cases_that_expect_the_finding_follow() -> None:
    text = (
        f'{CLASH}cases "C"\ncase "by night"\n  given night and own.craft is helicopter\n'
        "  expect conflict 1, 2\n  expect own must call by 1\n"
    )
    assert offers(text, "conflict")[0] == (
        "let 2, the more special one, stand `in place of 1`",
        [
            "clause 2 a helicopter when night must not call in place of 1",
            "  expect no conflict 1, 2",
            "  # expect own must call by 1",
        ],
    )


def test_where_nothing_is_proposed_it_is_not_said_that_nothing_was_found() -> None:
    rules = 'instrument rules "Rules"\n  uses strait\n  between CN, JP\nclause 1 a frigate must not turn\n'
    text = f"{rules}{BESIDE}clause 2 a frigate may turn\n"
    found = first_found(STRAIT + text, "blocked-permission")
    assert found.fixes == ()
    assert not any("no change of the text was found" in note for note in found.notes)
    assert any("take 2 out" in remedy for remedy in found.remedies)


def test_what_may_not_be_changed_is_not() -> None:
    assert offers(CLASH, "conflict", editable=False) == []


def test_a_change_that_opens_a_promise_is_not_offered() -> None:
    text = f"{HEADER}clause 1 JP must keep separation >= 2 m\nclause 2 CN when night must keep separation <= 1 m\n"
    words = "except from 1 the case that it is night"
    assert words in [found for found, _ in offers(text, "deadlock")]
    promised = f"{text}covers distance in every type of encounter when own.party is JP\n"
    assert words not in [found for found, _ in offers(promised, "deadlock")]


def test_a_change_that_settles_a_part_only_is_not_offered() -> None:
    text = (
        f"{HEADER}clause 1 a frigate must call\nclause 2 a helicopter when night should not turn\n"
        f"clause 3 a helicopter should call\n{PROMISE}"
    )
    words = [found for found, _ in offers(text, "gap")]
    assert "let 3 bind: `must` for `should`" in words
    assert "let 2 bind: `must` for `should`" not in words


def test_where_much_is_found_the_first_way_out_of_each_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    every = offers(CLASH, "conflict")
    monkeypatch.setattr("cbm.repair.offers.MANY", 0)
    assert len(every) > 1
    assert offers(CLASH, "conflict") == every[:1]


def test_beside_an_open_term_a_clause_is_added() -> None:
    text = f"{HEADER}clause 1 a helicopter must turn\nopen term near : length from 1 m to 2 m\n{PROMISE}"
    assert ("add a clause, as a proposal: 2", ['clause 2 "Proposed" a frigate must turn']) in offers(text, "gap")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "在条款2（较特殊者）中写`in place of 1`"),
        ("ja", "条項2（より特別なもの）に`in place of 1`と書き、これに代わらせる"),
    ],
)
def test_a_change_is_told_in_the_language_of_its_reader(language: Language, words: str) -> None:
    with speaking(language):
        told = offers(
            f"{HEADER}clause 1 a helicopter must call\nclause 2 a helicopter when night must not call\n", "conflict"
        )
    assert words in [description for description, _ in told]
    assert ["clause 2 a helicopter when night must not call in place of 1"] in [added for _, added in told]


@pytest.mark.parametrize(("first", "second"), [("a helicopter", "JP"), ("JP", "JP when night")])
@pytest.mark.parametrize(("language", "one", "other"), [("zh", "1 第2句", "2 第1句"), ("ja", "1 第2文", "2 第1文")])
def test_a_sentence_is_told_in_words_and_written_as_the_text_has_it(
    language: Language, one: str, other: str, first: str, second: str
) -> None:
    text = f"{HEADER}clause 1 {first} must turn; must call\nclause 2 {second} must not call; must turn\n"
    with speaking(language):
        finding = first_found(STRAIT + text, "conflict")
    told = (*finding.remedies, *(fix.description for fix in finding.fixes))
    for spoken in (re.sub("`[^`]*`", "", words) for words in told):
        assert "sentence" not in spoken
        assert one in spoken or other in spoken
    assert "`in place of 1 sentence 2`" in told[0]


def test_a_clause_that_stands_in_place_of_others_lists_one_more() -> None:
    """Two fixes of one clause wrote `in place of 2 in place of 1`."""
    bans = f"{HEADER}clause 1 JP must not call\nclause 2 JP must not turn\n"
    finding = first_found(f"{STRAIT}{bans}clause 3 JP when night must call, turn in place of 1\n", "conflict")
    told = [[line for hunk in hunks(fix.edits) for line in hunk.added] for fix in finding.fixes]
    assert ["clause 3 JP when night must call, turn in place of 1, 2"] in told


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        ("agreement-conflict", "clause 1 every unit must not turn\n"),
        ("blocked-permission", "clause 1 JP need not turn\nclause 2 JP must turn\n"),
    ],
)
def test_what_is_owed_to_others_is_not_set_aside_without_them(rule: str, clause: str) -> None:
    """Vienna Convention on the Law of Treaties, Article 34."""
    alliance = (
        'instrument alliance "An alliance"\n  uses strait\n  between JP, US\n  binding JP, US\nclause 1 JP must turn\n'
    )
    code = alliance + HEADER + "  beside alliance\n" + clause
    asked = STRAIT.replace('party JP "Japan"\n', 'party JP "Japan"\nparty US "United States"\n') + code
    written = [line for _, lines in offers_in(asked, rule) for line in lines]
    assert not any("notwithstanding" in line or "in place of" in line for line in written), written


def test_the_bound_of_one_thing_that_a_clause_lists_is_not_told_as_that_of_another() -> None:
    """300 m is the bound of the distance, and not of the height with which the clause clashes."""
    text = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each
  party : party
  hoisting : flag
topic rescue
result apart : length from 0 m to 10 km topic rescue
result height : length from 0 m to 10 km topic rescue
axiom height <= apart
draft code
  uses sea
clause 1 every unit must keep apart >= 300 m, keep height >= 150 m
clause 2 every unit when own.hoisting must keep apart <= 100 m in place of 1 for both
"""
    assert not any("bring the bound" in words for words, _ in offers_in(text, "conflict"))
