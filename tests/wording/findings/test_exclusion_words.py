"""Why words are without effect: no more conditions, terms, exceptions, clauses and axioms than it takes."""

from __future__ import annotations

from pathlib import Path

from cbm.finding import Finding
from cbm.pipeline import run

TEXT = """\
vocabulary watch
party CN
party JP
kind craft = warship | tanker | submarine
situation encounter
roles own, other
each
  party : party
  craft : craft
  dived "dived" : flag
shared
  visibility "visibility" : length from 0 nmi to 20 nmi
  range "range" : length from 0 nmi to 20 nmi
  night "it is night" : flag
types by own.craft, other.craft
axiom "two sides" own.party is not other.party
axiom "only submarines dive" own.dived implies own.craft is submarine
term near means range <= 1 nmi
term unseen means range > visibility
topic calls
act call, answer, turn topic calls
result separation "closest distance" : length from 0 m to 10 nmi topic calls
call requires own.craft is not tanker
draft rules
  uses watch
  between CN, JP
"""


def vacuous(folder: Path, *clauses: str) -> Finding:
    (folder / "rules.cbm").write_text(TEXT + "\n".join(clauses), encoding="utf-8")
    return run([folder / "rules.cbm"], select=frozenset({"vacuity", "undecided"})).findings[0]


def test_terms_are_told_by_what_they_mean_and_what_is_innocent_is_left_out(tmp_path: Path) -> None:
    clause = "clause 1 a warship when night and visibility >= 2 nmi and near and unseen must turn"
    found = vacuous(tmp_path, clause)
    because = ("visibility is at least 2 nmi", "range is at most 1 nmi", "visibility is less than range")
    assert set(found.extent[0]) == set(because)
    assert found.notes == (f"no encounter has all of this: {found.extent[0][0]}, {' and '.join(found.extent[0][1:])}",)
    assert [label.span.text for label in found.related] == [clause.removesuffix(" must turn").split("when ")[1]]


def test_the_axiom_is_named_by_which_conditions_exclude_each_other(tmp_path: Path) -> None:
    found = vacuous(tmp_path, "clause 1 a tanker when night and own.dived must turn")
    assert found.notes == ("no encounter has all of this: own unit is a tanker and own unit is dived",)
    assert "only submarines dive" in [label.text for label in found.related]
    assert "two sides" not in [label.text for label in found.related]


def test_exceptions_leave_nothing_only_where_the_rule_speaks(tmp_path: Path) -> None:
    found = vacuous(
        tmp_path,
        "clause 1 a tanker when night and range < 5 nmi must turn",
        "clause 2 exception to 1 when range <= 3 nmi",
        "clause 3 exception to 1 when own.dived",
        "clause 4 exception to 1 when range > 2 nmi",
    )
    assert found.message == "clause 1 is excepted in every encounter it speaks of, by 2 and 4"
    assert found.notes == ("range is at most 3 nmi or range is over 2 nmi in every encounter",)


def test_an_exception_names_the_condition_that_leaves_no_room_for_it(tmp_path: Path) -> None:
    found = vacuous(
        tmp_path,
        "clause 1 a warship when night and range < 5 nmi must turn",
        "clause 2 exception to 1 when range > 9 nmi",
    )
    assert found.notes == ("no encounter has all of this: range is under 5 nmi and range is over 9 nmi",)


def test_of_several_clauses_those_are_named_that_it_takes(tmp_path: Path) -> None:
    found = vacuous(
        tmp_path,
        "clause 1 a warship when range < 5 nmi must turn",
        "clause 2 a warship when range < 6 nmi must answer in place of 1",
        "clause 3 a warship when night must call in place of 1",
    )
    assert [label.text for label in found.related] == ["2 stands in its place", "1 is named here", "1 is named here"]
    assert found.notes == ("2 stands in its place wherever own unit is a warship and range is under 5 nmi",)


def test_what_is_kept_anyway_says_where_and_by_which_rule_of_the_vocabulary(tmp_path: Path) -> None:
    found = vacuous(tmp_path, "clause 1 a tanker when night must not call")
    assert found.notes == ("it is kept wherever own unit is a tanker, whatever is done",)
    assert [label.span.text for label in found.related] == ["call requires own.craft is not tanker"]
    plain = vacuous(tmp_path, "clause 1 a tanker when night must keep separation >= 0 m")
    assert (plain.notes, plain.extent) == (
        ("closest distance is at least 0 m in every encounter, whatever is done",),
        (),
    )


def test_who_yields_is_told_to_whom_it_yields(tmp_path: Path) -> None:
    found = vacuous(
        tmp_path,
        "clause 1 a warship when night must turn subject to 2, 3, 4",
        "clause 2 every unit must not turn",
        "clause 3 a warship when night must not turn",
        "clause 4 a tanker must not turn",
    )
    assert found.message.startswith("clause 1 never prevails")
    assert [label.text for label in found.related] == ["2 prevails over it"]


def test_what_is_displaced_where_it_could_be_breached_says_so(tmp_path: Path) -> None:
    found = vacuous(
        tmp_path,
        "clause 1 every unit must not call",
        "clause 2 a warship may call in place of 1",
        "clause 3 a submarine may call in place of 1",
        "clause 4 a tanker when night may turn in place of 1",
    )
    assert found.message.startswith("clause 1 never binds where it could be breached")
    assert found.notes == ("2 or 3 stands in its place wherever it could be breached",)
    assert [label.text for label in found.related][:2] == ["2 stands in its place", "3 stands in its place"]


def test_what_never_meets_says_why(tmp_path: Path) -> None:
    found = vacuous(
        tmp_path,
        "clause 1 a warship when night must turn",
        "clause 2 a warship when not night must not turn in place of 1",
    )
    assert found.notes in {
        (f"no encounter has all of this: {first} and {second}",)
        for first, second in (
            ("it is night", "it is not so that it is night"),
            ("it is not so that it is night", "it is night"),
        )
    }
