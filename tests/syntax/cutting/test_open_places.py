"""Choices of a document: brackets, names that places share, and options headed `option …`."""

from __future__ import annotations

from tests.syntax.reading import documents, said

HEAD = "draft code\n  uses encounters\n\n"


def test_places_of_one_name_are_one_choice_in_the_order_of_its_declaration() -> None:
    (draft,) = documents(
        f"{HEAD}options d one of CN, JP\n"
        "clause 1 every unit must keep x >= [d JP: 2 m | CN: 1 m]\n"
        "clause 2 every unit must keep y >= [d CN: 3 m | JP: 4 m]\n"
    )
    (choice,) = draft.choices
    assert [(option.number, [name.text for name in option.proposers]) for option in choice.options] == [
        (1, ["CN"]),
        (2, ["JP"]),
    ]
    assert [dict(taken) for taken in draft.taken] == [{0: 1}, {0: 2}, {0: 1}, {0: 2}]
    assert len(choice.places) == 2


def test_whole_clauses_of_a_named_choice_may_stand_in_another_order_than_its_declaration() -> None:
    (draft,) = documents(
        f"{HEAD}options d one of CN, JP\n"
        "[d JP: clause 1 every unit must call\n| CN: clause 1 every unit may call]\n"
        "[d JP: clause 2 every unit must call\n| CN: delete]\n"
    )
    assert [dict(taken) for taken in draft.taken] == [{0: 2}, {0: 1}, {0: 2}]


def test_clauses_under_a_heading_stand_with_its_option() -> None:
    (draft,) = documents(
        f"{HEAD}option CN:\nclause 1 every unit must call\noption JP:\nclause 1 every unit may call\n"
        "option KR: delete\nend of options\nclause 2 every unit must call\n"
    )
    assert [dict(taken) for taken in draft.taken] == [{0: 1}, {0: 2}, {}]
    assert [option.out for option in draft.choices[0].options] == [False, False, True]


def test_what_is_wrong_with_choices_is_said_at_its_place() -> None:
    assert said(f"{HEAD}options d one of CN, JP\nclause 1 every unit must keep x >= [d CN: 1 m]\n") == [
        (
            "5:36 what stands here for `JP` is not said, and `options d` lists it"
            " → add `| JP: …`, or `| JP: delete` if nothing is to stand"
        )
    ]
    assert said(f"{HEAD}options d one of CN, JP\nclause 1 every unit must keep x >= [d CN: 1 m | KR: 2 m]\n") == [
        "5:49 `options d` lists no `KR` → name one of CN, JP"
    ]
    assert said(f"{HEAD}option CN:\nclause 1 every unit must call\n") == [
        "4:1 the options that begin here have no end → write `end of options` below the last of them"
    ]
    assert said(f"{HEAD}clause 1 every unit must call\nend of options\n") == [
        "5:1 no `option` stands above this `end of options`"
    ]
    assert said(f"{HEAD}option CN of reach:\nclause 1 every unit must call\nend of options\n") == [
        "4:14 there is no choice `reach` → write `options reach one of …` above"
    ]


def test_brackets_stand_in_clauses_alone() -> None:
    assert said("draft code\n  uses encounters\n  between [CN, JP | CN]\nclause 1 every unit must call\n") == [
        (
            "3:11 square brackets stand in clauses that are still open, not in the header"
            " → write one text for each, or what was agreed"
        )
    ]
    assert said("vocabulary v\nparty [CN | JP]\n") == [
        (
            "2:7 square brackets stand in clauses that are still open, not in a vocabulary"
            " → write one text for each, or what was agreed"
        )
    ]
