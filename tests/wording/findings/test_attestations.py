"""What stands behind green answers, from the common case to the odd one: documents and what is shown of them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from cbm.compliance.consistency import Gallery, Sight
from cbm.core.expressions import Formula, NormId
from cbm.finding import Exit
from cbm.pipeline import check, load, run
from cbm.render import RENDERERS
from cbm.report import Attestation, Ending, Green, Pairs, Report
from cbm.search.kept_answers import answers_remembered
from cbm.smt.solve import Answer, Solver, Unknown
from cbm.wording.findings.norm_galleries import ASKED_FOR

HEAD = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'


def report(folder: Path, clauses: str) -> Report:
    """The report, of which each question for an encounter that is not shown has the reason that is told."""
    path = folder / "code.cbm"
    path.write_text(HEAD + clauses, encoding="utf-8")
    found = run([path])
    reasons = {a.reason for a in found.attestations if not a.shown}
    assert {q.reason for q in found.questions} - {""} <= reasons
    assert all(q.reason for q in found.questions if q.rule == ASKED_FOR and q.verdict is not Ending.CLEAR)
    return found


def told(found: Report, kind: Green = Green.CLAUSE) -> dict[str, str]:
    """Each statement with its encounter, or with why there is none."""
    return {a.statement: _words(a) for a in found.attestations if a.kind is kind}


def _words(attestation: Attestation) -> str:
    return f"not shown, {attestation.reason}" if attestation.witness is None else attestation.witness.words


def test_each_clause_is_shown_by_its_own_conditions_alone(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a helicopter meeting a warship when in_sight must keep separation >= 500 m
clause 2 a fighter must not aerobatics
clause 3 a submarine meeting a submarine may aim_weapons
""",
    )
    shown = told(found)
    assert list(shown) == ["1 can be kept", "2 can be kept", "3 can come into play"]
    first, *conditions = shown["1 can be kept"].split("; ")
    assert "helicopter (own)" in first
    assert "warship (other)" in first
    assert conditions == ["the units are in sight of each other"]
    assert "submarine (own)" in shown["3 can come into play"]
    assert "shown" not in RENDERERS["concise"](found)


def test_of_alternatives_only_the_one_at_hand_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, "clause 1 a fighter when own.distress or in_sight or incident must not aerobatics\n")
    assert told(found)["1 can be kept"].count(";") == 1


def test_wordings_that_are_not_taken_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    clauses = """\
clause 1 JP must identify_visually [CN: asymmetric because "it has the camera"]
[CN: clause 2 CN must identify_visually | JP: delete]
"""
    path.write_text(HEAD + clauses, encoding="utf-8")
    settled = run([path], select=["conflict"], take=["1=0", "2=JP"])
    assert [(a.statement, a.shown) for a in settled.attestations if a.kind is Green.CLAUSE] == [("1 can be kept", True)]


def test_a_clause_that_never_binds_is_not_shown(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter when in_sight must not aerobatics
clause 2 a fighter must not aerobatics
  in place of 1
""",
    )
    assert told(found)["1 can be kept"] == "not shown, it binds in no encounter"
    assert "not shown" not in RENDERERS["full"](found)


def test_a_clause_that_cannot_be_kept_where_it_binds_is_not_shown_and_what_is_in_the_way_is_named(
    tmp_path: Path,
) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter meeting a warship must keep separation >= 1,000 m
clause 2 a fighter meeting a warship when in_sight must keep separation <= 500 m
clause 3 a fighter when in_sight may aerobatics
""",
    )
    shown = told(found)
    assert shown["2 can be kept"] == "not shown, wherever it binds, clauses 1 and 2 cannot all be complied with"
    assert not shown["1 can be kept"].startswith("not shown")
    assert not shown["3 can come into play"].startswith("not shown")
    assert found.pairs == Pairs(), "a pair in conflict is not fine, and not counted"


def test_a_duty_that_no_conduct_fulfils_is_not_shown(tmp_path: Path) -> None:
    found = report(tmp_path, "clause 1 a fighter must keep separation <= 100 m, keep separation >= 200 m\n")
    assert told(found)["1 can be kept"] == "not shown, it cannot be complied with in any encounter in which it binds"


def test_a_clause_that_yields_wherever_it_binds_is_not_shown(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter must keep separation >= 1,000 m  subject to 2
clause 2 a fighter must keep separation <= 500 m
""",
    )
    expected = "not shown, it binds in no encounter without yielding to other clauses"
    assert told(found)["1 can be kept"] == expected


def test_pairs_are_counted_by_how_they_meet(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter must keep separation >= 500 m
clause 2 an aircraft must keep separation >= 400 m
clause 3 a ship must keep separation >= 300 m
clause 4 a fighter must not aerobatics
""",
    )
    assert found.pairs == Pairs(shown=1, apart=2)
    assert told(found, Green.PAIR) == {}


def test_a_pair_that_meets_only_where_something_else_fails_is_named(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter when in_sight must keep separation >= 500 m
clause 2 an aircraft when own.distress must keep separation >= 400 m
clause 3 a fighter when in_sight and own.distress must hold_course
clause 4 a fighter when in_sight and own.distress must not hold_course
""",
    )
    assert told(found, Green.PAIR) == {
        "1 and 2 can be kept together": "not shown, wherever they bind together, clauses 3 and 4 cannot all be "
        "complied with"
    }
    assert found.pairs == Pairs(not_shown=1)
    assert "1 pair of clauses not shown to be keepable." in RENDERERS["full"](found)


def test_advice_is_shown_where_it_is_followed_with_everything_else(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter must keep separation >= 1,000 m
clause 2 a fighter when in_sight should keep separation <= 500 m
""",
    )
    shown = told(found)
    assert not shown["1 can be kept"].startswith("not shown")
    assert shown["2 can be kept"].startswith("not shown, wherever it binds, clauses 1 and 2")


def test_a_promised_topic_is_shown_unless_it_has_gaps(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit must not aim_weapons
clause 2 a fighter must keep separation >= 500 m
covers weapons, separation in every type of encounter
"""
    shown = told(report(tmp_path, clauses), Green.TOPIC)
    assert list(shown) == ["`weapons` is governed as promised, for instance by 1"]


def test_a_promised_topic_is_shown_where_it_is_promised_and_by_what_is_more_than_advice(tmp_path: Path) -> None:
    clauses = """\
clause 1 a fighter must not aim_weapons
clause 2 a warship should not aim_weapons
clause 3 every unit must not aim_weapons
covers weapons in every type of encounter when own.craft is warship and in_sight
"""
    ((statement, words),) = told(report(tmp_path, clauses), Green.TOPIC).items()
    assert statement == "`weapons` is governed as promised, for instance by 3"
    assert "warship (own)" in words
    assert words.endswith("; the units are in sight of each other")


def test_of_duties_in_the_way_no_more_are_named_than_needed(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """\
clause 1 a fighter may aerobatics
clause 2 a fighter must hold_course
clause 3 a fighter must not hold_course
clause 4 a fighter must not hold_course
""",
    )
    assert told(found)["1 can come into play"].endswith("clauses 2 and 4 cannot all be complied with")


CASES = """\
clause 1 a fighter must keep separation >= 1,000 m
cases "Cases"
case "a fighter"
  given own.craft is fighter and own.party is JP and other.party is CN
"""


def test_what_never_happens_is_shown_as_what_the_axioms_alone_allow(tmp_path: Path) -> None:
    (statement, words), *others = told(
        report(tmp_path, f"{CASES}  expect never separation < 1,000 m\n"), Green.NEVER
    ).items()
    assert statement == "`separation < 1,000 m` could happen if it were not for the text"
    assert words.startswith("JP fighter (own)")
    assert not others


def test_what_the_axioms_exclude_is_not_shown(tmp_path: Path) -> None:
    found = report(tmp_path, f"{CASES}  expect never other.party is JP\n")
    assert list(told(found, Green.NEVER).values()) == ["not shown, the axioms alone exclude it"]
    assert "1 expectation without an encounter to show it." in RENDERERS["full"](found)


def test_what_does_happen_is_a_finding_and_nothing_is_shown_for_it(tmp_path: Path) -> None:
    assert told(report(tmp_path, f"{CASES}  expect never separation > 1,000 m\n"), Green.NEVER) == {}


@pytest.mark.parametrize(
    "clauses", ["clause 1 a fighter must not", "clause 1 a fightr must not aerobatics\n", "clause 1 a fighter\n"]
)
def test_where_nothing_could_be_asked_nothing_is_attested(tmp_path: Path, clauses: str) -> None:
    found = report(tmp_path, clauses)
    assert found.exit is Exit.FINDINGS
    assert (found.attestations, found.pairs) == ((), Pairs())


def test_what_is_given_up_is_not_shown_and_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Solver.ask

    def give_up(solver: Solver, *formulas: Formula) -> Answer:
        return ask(solver, *formulas) if solver.asked > 0 or len(formulas) != 2 else Unknown("it was too hard")

    monkeypatch.setattr(Solver, "ask", give_up)
    found = report(tmp_path, "clause 1 a fighter must not aerobatics\n")
    assert told(found) == {"1 can be kept": "not shown, undecided: it was too hard"}
    question = "undecided: is there an encounter in which it binds and all is complied with (clause 1)"
    assert [(f.message, f.notes) for f in found.undecided] == [(question, ("it was too hard",))]
    assert found.exit is Exit.UNDECIDED


def test_a_system_checked_from_a_program_is_attested_too(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(f"{HEAD}clause 1 a fighter must not aerobatics\n", encoding="utf-8")
    (system,), _ = load([path])
    assert check(system).attestations == run([path]).attestations != ()


def test_two_texts_are_told_apart(tmp_path: Path) -> None:
    clause = "clause 1 a fighter must not aerobatics\nclause 2 an aircraft must not aerobatics\n"
    (tmp_path / "b.cbm").write_text(HEAD.replace("code", "second") + clause, encoding="utf-8")
    found = report(tmp_path, clause)
    both = run([tmp_path])
    assert [a.text for a in both.attestations] == ["second", "second", "code", "code"]
    assert both.attestations[2:] == found.attestations
    assert (found.pairs, both.pairs) == (Pairs(shown=1), Pairs(shown=2))
    assert run([tmp_path], jobs=2).attestations == both.attestations


def test_no_matter_of_a_finding_is_told_as_governed(tmp_path: Path) -> None:
    """One finding tells of both matters that an exception leaves open."""
    found = report(
        tmp_path,
        """\
clause 1 every unit must not aim_weapons
clause 2 every unit must not cross_ahead
clause 3 exception to 1, 2 when own.distress
covers weapons, manoeuvre in every type of encounter
""",
    )
    gaps = [finding for finding in found.findings if finding.rule == "gap"]
    assert any("leaves `weapons` and `manoeuvre` governed by no clause" in gap.message for gap in gaps)
    assert told(found, Green.TOPIC) == {}


@pytest.mark.parametrize(
    ("edit", "searched"),
    [
        (("clause 1 a", "# a remark\nclause 1 a"), False),
        (("in_sight", "not in_sight"), True),
        (("500 m", "700 m"), True),
        (("must keep", "should keep"), True),
    ],
)
def test_encounters_are_told_again_as_long_as_all_they_rest_on_is_the_same(
    edit: tuple[str, str], searched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clauses = (
        "clause 1 a helicopter when in_sight must keep separation >= 500 m\nclause 2 a fighter must not aerobatics\n"
    )
    afresh = report(tmp_path, clauses.replace(*edit))
    plain, asked = Gallery.show, list[Collection[NormId]]()

    def show(self: Gallery, wanted: Collection[NormId], *conditions: Formula) -> Sight:
        asked.append(wanted)
        return plain(self, wanted, *conditions)

    monkeypatch.setattr(Gallery, "show", show)
    with answers_remembered():
        report(tmp_path, clauses)
        before = len(asked)
        assert report(tmp_path, clauses.replace(*edit)) == afresh
    assert before > 0
    assert (len(asked) > before) is searched
