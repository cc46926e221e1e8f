"""Exported questions: other solvers answer as cbm did, every file says what it asks, and every breach is noticed."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.core.expressions import Flag
from cbm.core.sorts import FLAG
from cbm.core.variables import Attribute
from cbm.export.question_words import UNSAID, Reader
from cbm.export.questions import INDEX, Exported, asked_of, distinct, export, page
from cbm.files import read_all
from cbm.finding import Exit, Misuse
from cbm.records import replace
from cbm.report import Report
from cbm.smt.journal import Asked, Entry, Journal, Verdict
from cbm.smt.script import Scribe
from cbm.smt.solve import Solver
from cbm.translation.speech import speaking
from tests.second_opinion import answer, plain_answer

DRAFT = Path(__file__).parents[2] / "specs" / "drafts" / "code_of_conduct_2019.cbm"
HEAD = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
CONFLICT = f"""{HEAD}
clause 1 a patrol_aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a warship when calls_unanswered must keep separation <= 500 m
"""
# A little of everything, in a world of 2 × 9 types of encounter, with names that are no simple symbols.
VARIED = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | 潜水艦
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
shared
  night "it is night" : flag
  boats "boats about" : count from 0 to 9
  range "range" : length from 0 nmi to 20 nmi
axiom "two sides" own.party is not other.party
types by own.craft, other.craft, night
topic manoeuvre
topic distance
act hold_course, turn topic manoeuvre
act call stating course, speed topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic distance
never hold_course with turn
turn requires own.craft is not 潜水艦

draft code "A code"
  uses strait
clause 1 a frigate must keep separation >= 500 m
clause 2 exception to 1 when boats >= 3 and range < 1 nmi
clause 3 a tanker must keep separation >= 800 m
  in place of 4
clause 4 every unit should keep separation >= 600 m
clause 5 a frigate may keep separation <= 400 m
clause 6 a frigate must keep separation >= 500 m
  restates 1
clause 7 a 潜水艦 when night must turn
clause 8 a tanker must call stating course
clause 9 a tanker must not call stating speed
clause 10 a tanker must hold_course
clause 11 a tanker when night must turn
clause 12 a tanker when boats > 2 must keep separation >= 700 m
covers distance in every type of encounter when own.craft is frigate
covers manoeuvre in every type of encounter
cases "Cases"
case "frigates"
  given own.craft is frigate and other.craft is frigate and night
  expect own must keep separation >= 400 m by 1
  expect separation >= 0 m
  expect never separation < 400 m
  expect possible separation > 1 km
  expect never own.hold_course and own.turn
  expect gap for manoeuvre
case "tankers"
  given own.craft is tanker and night
  expect conflict 10, 11
"""
PARTS = ("Text", "Rule", "Asked", "sat", "unsat", "Answer")


def exported(folder: Path, text: str) -> dict[str, str]:
    """The files of the export of one text, by name."""
    folder.mkdir()
    source = folder / "code.cbm"
    source.write_text(text, encoding="utf-8")
    assert isinstance(export([source], folder / "out"), Exported)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "out").iterdir())}


def status(text: str) -> str:
    (found,) = re.findall(r"^\(set-info :status (\w+)\)$", text, flags=re.MULTILINE)
    return str(found)


def told(text: str) -> dict[str, str]:
    """What the comments at the head tell, by title; of several askings the last."""
    head = text.split("\n\n")[0]
    return dict(re.findall(r"^; (\w+): (.+)$", head, flags=re.MULTILINE))


@pytest.mark.parametrize("text", [CONFLICT, VARIED], ids=["conflict", "varied"])
def test_other_solvers_answer_as_cbm_did(tmp_path: Path, text: str) -> None:
    files = exported(tmp_path / "a", text)
    del files[INDEX]
    assert {status(content) for content in files.values()} == {"sat", "unsat"}
    wrong = [n for n, content in files.items() if not answer(content) == plain_answer(content) == status(content)]
    assert wrong == []


def test_every_file_says_what_it_asks_and_the_index_lists_it(tmp_path: Path) -> None:
    files = exported(tmp_path / "a", VARIED)
    index = [line.split("\t") for line in files.pop(INDEX).splitlines()]
    assert {len(row) for row in index} == {len(index[0])}
    listed = [dict(zip(index[0], row, strict=True)) for row in index[1:]]
    assert [*dict.fromkeys(row["file"] for row in listed)] == list(files)
    assert [row["question"] for row in listed if row["file"] == "" or not row["rule"] or not row["question"]] == []
    for name, content in files.items():
        words = told(content)
        assert [part for part in PARTS if not words.get(part)] == [], name
        assert words["Answer"] == status(content)
        assert {row["answer"] for row in listed if row["file"] == name} == {status(content)}
    rules = {row["rule"] for row in listed}
    assert rules >= {
        "inconsistent-vocabulary", "conflict", "impossible-duty", "vacuity", "redundancy", "divergent-restatement",
        "gap", "expectation", "impossible", "never-reached", "blocked-permission",
    }  # fmt: skip


SUFFICE = "no conduct complies: the conditions suffice -> they clash there: the finding"


def test_a_conflict_is_told_with_its_clauses_and_what_the_answer_means(tmp_path: Path) -> None:
    files = exported(tmp_path / "a", CONFLICT)
    stuck = next(c for c in files.values() if SUFFICE in c)
    words = told(stuck)
    assert words["Clauses"] == "code:1, code:2"
    assert words["Bearer"] == "own unit"
    assert words["unsat"] == SUFFICE
    assert status(stuck) == "unsat"
    names = [name for name in files if name.endswith("-conflict-1-2.smt2")]
    assert stuck in [files[name] for name in names]


def test_a_lost_assertion_changes_the_answer(tmp_path: Path) -> None:
    files = exported(tmp_path / "a", CONFLICT)
    stuck = next(c for c in files.values() if SUFFICE in c)
    for clause in ("1", "2"):
        said = f"; code:{clause} is kept by the own unit where it binds\n"
        before, assertion = stuck.split(said)
        lost = before + assertion.partition("\n")[2]
        for opinion in (answer, plain_answer):
            with pytest.raises(ValueError, match="sat"):
                opinion(lost)
            assert opinion(lost.replace("(set-info :status unsat)", "")) == "sat"


def test_two_exports_are_the_same_to_the_byte_whatever_the_reader_speaks(tmp_path: Path) -> None:
    one = exported(tmp_path / "a", VARIED)
    with speaking("ja"):
        assert exported(tmp_path / "b", VARIED) == one


def test_the_same_question_is_one_file_with_all_that_was_said(tmp_path: Path) -> None:
    files = exported(tmp_path / "a", CONFLICT)
    del files[INDEX]
    scripts = [content.partition("\n\n")[2] for content in files.values()]
    asserted = [[line for line in script.splitlines() if not line.startswith(";")] for script in scripts]
    assert len({tuple(lines) for lines in asserted}) == len(files)
    assert any(content.count("; Asked: ") > 1 for content in files.values())


def test_a_question_given_up_once_and_answered_once_is_answered() -> None:
    flag = Flag(Attribute("night", None, FLAG))
    lost = Entry(Asked(question="first"), None, ("own",), (flag,), (), Verdict.UNKNOWN)
    found = replace(lost, asked=Asked(question="second"), verdict=Verdict.SAT)
    for journal in (Journal([lost, found]), Journal([found, lost])):
        (question,) = distinct(journal, Scribe())
        assert question.verdict is Verdict.SAT
        assert {asked.question for asked in question.askings} == {"first", "second"}
    with pytest.raises(AssertionError, match="two answers"):
        distinct(Journal([found, replace(found, verdict=Verdict.UNSAT)]), Scribe())


def test_what_was_given_up_has_no_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver.__init__, "__defaults__", ((), 1, None))
    files = exported(tmp_path / "a", CONFLICT)
    del files[INDEX]
    unknown = [content for content in files.values() if status(content) == "unknown"]
    assert unknown
    assert all(told(content)["Answer"].startswith("unknown: cbm gave the question up") for content in unknown)


def test_the_draft_is_told_in_words_and_a_sample_of_it_answered_alike() -> None:
    scribe = Scribe()
    questions = asked_of(read_all([DRAFT]), scribe)
    assert not isinstance(questions, Report)
    for asked in (asked for question in questions for asked in question.askings):
        assert asked.text == "code_of_conduct_2019"
        assert asked.rule
        assert asked.bearer
        assert asked.question != UNSAID, asked
        assert "->" in asked.sat + asked.unsat, asked
    reader = Reader(scribe)
    for verdict in ("sat", "unsat"):
        answered = [question for question in questions if question.verdict == verdict]
        assert len(answered) > 500
        for question in answered[:: len(answered) // 15]:
            text = page(question, scribe, reader)
            assert answer(text) == plain_answer(text) == verdict == status(text)


def test_an_export_that_takes_too_long_writes_what_was_answered_by_then(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "code.cbm").write_text(CONFLICT, encoding="utf-8")
    asked = ["export", "--search", str(tmp_path / "code.cbm"), "--smt2"]
    assert main([*asked, str(tmp_path / "whole")]) == Exit.FINE
    assert main([*asked, str(tmp_path / "part"), "--timeout", "1e-6"]) == Exit.UNDECIDED
    assert capsys.readouterr().err == "Stopped before the end: the 1e-06 s for this run were over.\n"
    whole, part = ({page.name for page in (tmp_path / name).iterdir()} for name in ("whole", "part"))
    assert INDEX in part
    assert len(part) < len(whole)


@pytest.mark.parametrize("day", ["2019-10-01", datetime(2019, 10, 1), 2019])
def test_a_day_that_is_none_is_refused(day: object, tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="`as_of` is a"):
        export([DRAFT], tmp_path / "questions", as_of=day)  # type: ignore[arg-type]
    assert not (tmp_path / "questions").exists()
