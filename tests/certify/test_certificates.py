"""Certificates: an index of all verdicts, and for each that is one question a file that other solvers answer so."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cbm.certify.certificates import COLUMNS, DIGEST, INDEX, NO_FILE, Certified, certify, digest
from cbm.cli import main
from cbm.finding import Exit
from cbm.report import Ending, Report
from cbm.smt.journal import Verdict
from cbm.translation.speech import speaking
from tests.export.test_questions import VARIED
from tests.second_opinion import answer, plain_answer

# A clash that precedence settles, with a pair of which one yields, under an open term; roles that are fixed.
YIELDING = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
fixed roles host, guest
each
  party : party
shared
  night : flag
  boats : count from 0 to 9
axiom "two sides" host.party is not guest.party
topic manoeuvre
topic distance
act turn topic manoeuvre
act call topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic distance

draft code "A code"
  uses strait
clause 1 host when boats > 5 must keep separation >= 500 m
clause 2 host when night must keep separation <= 400 m
  subject to 1
clause 3 guest must turn
clause 4 guest when boats > 3 must not turn
  notwithstanding 3
clause 5 every unit must call
covers manoeuvre in every type of encounter
"""


# A bound that clauses draw, what is owed in time beside what is forbidden in time, and a message that may take long.
IN_TIME = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each
  party : party
shared
  night : flag
  range : length from 0 m to 60 nmi
axiom "two sides" own.party is not other.party
moments sighting "the sighting", silence "the silence"
topic manoeuvre
topic messages
act turn topic manoeuvre
act report topic messages
channel line between CN, JP for messages operational from 2018-06-08
  delay "until it is answered" 0 min to 2 h

draft code "A code"
  uses strait
clause 1 every unit when range < 5 nmi must turn
clause 2 every unit when range >= 5 nmi must turn
clause 3 every unit must report upon sighting
clause 4 every unit when night and silence is after sighting must not report within 1 h after silence
"""


def certificate(folder: Path, text: str, as_of: date | None = None) -> Path:
    folder.mkdir()
    (folder / "code.cbm").write_text(text, encoding="utf-8")
    assert isinstance(certify([folder / "code.cbm"], folder / "out", as_of=as_of), Certified)
    return folder / "out"


def rows_of(folder: Path) -> list[dict[str, str]]:
    head, *lines = (folder / INDEX).read_text(encoding="utf-8").splitlines()
    assert tuple(head.split("\t")) == COLUMNS
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


@pytest.mark.parametrize("text", [VARIED, YIELDING, IN_TIME], ids=["varied", "yielding", "in time"])
def test_two_solvers_answer_every_file_as_the_index_says(tmp_path: Path, text: str) -> None:
    folder = certificate(tmp_path / "a", text)
    rows = rows_of(folder)
    carried = {row["file"]: row for row in rows if row["file"] != NO_FILE}
    assert {path.name for path in folder.iterdir()} == {*carried, INDEX, DIGEST}
    for name, row in carried.items():
        content = (folder / name).read_bytes()
        assert digest(content) == row["sha256"]
        script = content.decode("utf-8")
        assert "false" not in script.split("(check-sat)")[0].split("(assert ")[1:], "it asks nothing"
        assert answer(script) == row["expected"] == told(script)
        if "(exists " not in script or "Int" not in script:  # Z3's plain procedure gives up where counts are chosen
            assert plain_answer(script) == row["expected"]
    assert {row["verdict"] for row in rows} <= set(Ending)
    assert all((row["file"] == NO_FILE) == bool(row["why"] or row["rests on"]) for row in rows)


def told(script: str) -> str:
    (found,) = re.findall(r"^; Answer: (\w+): ", script, flags=re.MULTILINE)
    return str(found)


def test_each_clause_and_each_pair_has_its_row(tmp_path: Path) -> None:
    rows = rows_of(certificate(tmp_path / "a", YIELDING))
    asked = Counter((row["rule"], row["clauses"], row["verdict"]) for row in rows if row["clauses"])
    clauses = [f"code:{n}" for n in range(1, 6)]
    expected = [("impossible-duty", clause, "clear") for clause in clauses]
    expected += [("conflict", "code:1, code:2", "found"), ("conflict", "code:3, code:4", "found")]
    expected += [("conflict", f"code:{n}, code:5", "clear") for n in range(1, 5)]
    expected += [("vacuity", clause, "clear") for clause in clauses]
    expected += [("vacuity", pair, "clear") for pair in ("code:1, code:2", "code:3, code:4")]  # the one yields
    expected += [("attestation", clause, "clear") for clause in clauses]
    hanging = ["code:1, code:2", "code:3, code:4", "code:5", "code:5"]  # the last one for each of the two
    expected += [("trap", clauses, "clear") for clauses in hanging]
    expected += [("redundancy", clause, "clear") for clause in (*clauses, "code:5")]
    expected += [("seam", clause, "clear") for clause in ("code:2", "code:2", "code:3")]  # a bound; where these yield
    expected += [("seam", some, "clear") for some in ("code:1, code:2", "code:3, code:4", "code:3, code:4, code:5")]
    assert asked == Counter(expected)
    gaps = Counter(row["matter"] for row in rows if row["rule"] == "gap" and row["file"] != NO_FILE)
    assert gaps == {"manoeuvre": 4, "turn": 1}  # no clause binds one, or only advice; one act is barred in places


def test_what_takes_several_questions_rests_on_all_of_them(tmp_path: Path) -> None:
    rows = rows_of(certificate(tmp_path / "a", IN_TIME))
    resting = {
        row["question"]: row["rests on"].split() for row in rows if row["rule"] in ("seam", "trap", "last-moment")
    }
    carried = {row["file"]: row for row in rows if row["file"] != NO_FILE}
    bounds = resting["do clauses on manoeuvre leave a boundary out"]
    assert {(row["expected"], row["matter"]) for row in map(carried.__getitem__, bounds)} == {("unsat", "turn")}
    words = (
        "is nothing of it governed just where range is exactly 5 nmi, whatever is done, though beside it something is"
    )
    assert {row["question"] for row in map(carried.__getitem__, bounds)} == {words}
    assert resting["do clauses on messages leave a boundary out"] == ["definition"]
    hanging = resting["can any clauses trap who has complied so far"]
    together = [carried[name]["clauses"] for name in hanging]
    assert sorted(set(together)) == ["code:1, code:2", "code:3, code:4"]
    assert resting["can any duty be missed by who sends late"] == ["definition"]


def test_what_yields_is_defined_in_the_file_itself(tmp_path: Path) -> None:
    folder = certificate(tmp_path / "a", YIELDING)
    name = next(r["file"] for r in rows_of(folder) if (r["rule"], r["clauses"]) == ("attestation", "code:3"))
    script = (folder / name).read_text(encoding="utf-8")
    assert "; code:3 yields\n" in script
    assert plain_answer(script) == answer(script) == Verdict.SAT


def test_two_certificates_are_the_same_to_the_byte_whatever_the_reader_speaks(tmp_path: Path) -> None:
    one = certificate(tmp_path / "a", YIELDING)
    with speaking("zh"):
        other = certificate(tmp_path / "b", YIELDING)
    assert [(p.name, p.read_bytes()) for p in sorted(one.iterdir())] == [
        (p.name, p.read_bytes()) for p in sorted(other.iterdir())
    ]


def test_nothing_is_written_of_what_cannot_be_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "code.cbm"
    file.write_text(YIELDING.replace("must call", "must cal"), encoding="utf-8")
    assert isinstance(certify([file], tmp_path / "out"), Report)
    assert main(["export", "--smt2", str(tmp_path / "out"), str(file)]) == Exit.FINDINGS
    assert "Nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    with speaking("ja"):
        report = certify([file], tmp_path / "out")
    assert isinstance(report, Report)
    assert [fault.message for fault in report.findings] == ["`cal`という行為はない"]


def test_a_world_without_encounters_is_one_verdict(tmp_path: Path) -> None:
    nowhere = YIELDING.replace('axiom "two sides" host.party is not guest.party', 'axiom "none" night and not night')
    rows = rows_of(certificate(tmp_path / "a", nowhere))
    assert [(row["rule"], row["verdict"], row["class"]) for row in rows] == [
        ("inconsistent-vocabulary", "found", "file")
    ]


def test_a_run_that_is_stopped_lists_what_is_known_and_carries_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "code.cbm").write_text(YIELDING, encoding="utf-8")
    asked = ["export", str(tmp_path / "code.cbm"), "--smt2", str(tmp_path / "part"), "--timeout", "1e-6"]
    assert main(asked) == Exit.UNDECIDED
    assert capsys.readouterr().err == "Stopped before the end: the 1e-06 s for this run were over.\n"
    rows = rows_of(tmp_path / "part")
    assert {row["file"] for row in rows} == {NO_FILE}
    assert "undecided" in {row["verdict"] for row in rows}
    assert main(["verify", str(tmp_path / "part")]) == Exit.UNDECIDED


def test_a_vocabulary_alone_has_nothing_to_certify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sea.cbm").write_text("vocabulary sea\nparty CN\n", encoding="utf-8")
    main(["export", str(tmp_path / "sea.cbm"), "--smt2", str(tmp_path / "out")])
    assert capsys.readouterr().out.startswith("No question was asked, so there is nothing to certify; see ")
