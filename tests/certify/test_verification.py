"""`cbm verify`: what was written holds, a flipped bit is refused, and one solver alone is told as one."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
import z3

from cbm.certify import opinions, verdicts, verification
from cbm.certify.certificate_words import describe_verification
from cbm.certify.certificates import DIGEST, INDEX, digest
from cbm.certify.opinions import Garbled, cvc5_opinion, cvc5_proof, z3_opinion
from cbm.certify.rows import CarriedBy
from cbm.certify.verification import verify
from cbm.cli import main
from cbm.finding import Exit, Misuse
from cbm.process.budget import Budget, within
from cbm.smt.journal import Verdict
from tests.certify.test_certificates import IN_TIME, certificate, rows_of


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate") / "a", IN_TIME)


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "out"))


def page(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    code = main(["verify", str(folder), *options])
    return code, capsys.readouterr().out


def test_both_solvers_answer_as_the_report_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = page(folder, capsys)
    count = sum(row["file"] != "-" for row in rows_of(folder))
    assert code == Exit.FINE
    assert said.startswith(f"Asked Z3 and cvc5: both answer {count} questions as the report says.\n")
    assert "more verdicts rest on these, or are so by definition.\n" in said
    assert "Not certified" not in said


def test_what_rests_on_a_file_that_does_not_stand_is_not_counted_as_resting_on_answers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resting = [row["rests on"].split() for row in rows_of(folder) if row["file"] == "-" and row["class"] != "text"]
    name = next(file for files in resting for file in files if (folder / file).is_file())
    lost = sum(any(file.strip(",;") == name for file in files) for files in resting)
    assert lost
    flip(folder / name)
    code, said = page(folder, capsys)
    assert code == Exit.CONTRADICTED
    assert f"{len([files for files in resting if files]) - lost} more verdicts rest on these" in said


def leave_to_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written of traps and of what can be missed."""
    for kind in ("trapped", "caught_late"):
        monkeypatch.setattr(verdicts, kind, lambda *_: iter(()))


def test_what_the_search_alone_stands_behind_is_not_certified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_to_the_search(monkeypatch)
    folder = certificate(tmp_path / "a", IN_TIME)
    code, said = page(folder, capsys)
    assert code == Exit.UNDECIDED
    clear = sum((row["file"], row["rests on"], row["verdict"]) == ("-", "", "clear") for row in rows_of(folder))
    assert clear
    assert f"Not certified: {clear} clear verdicts that the search of cbm alone stands behind; " in said


@pytest.mark.parametrize(("asked", "code"), [(False, Exit.UNDECIDED), (True, Exit.FINE)])
def test_a_run_may_fail_where_something_is_not_certified(
    asked: bool, code: Exit, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not asked:
        leave_to_the_search(monkeypatch)
    (tmp_path / "code.cbm").write_text(IN_TIME, encoding="utf-8")
    assert (
        main(["export", str(tmp_path / "code.cbm"), "--smt2", str(tmp_path / "out"), "--fail-on", "uncertified"])
        == code
    )
    said, classes = capsys.readouterr().out, Counter(row["class"] for row in rows_of(tmp_path / "out"))
    assert set(classes) <= set(CarriedBy)
    assert f": {classes['file']:,} with a file, {classes['others']:,} resting on files of others, " in said
    assert (f", {classes['search']} not certified; see" in said) == (code == Exit.UNDECIDED)


def test_what_the_search_asks_on_its_way_is_no_verdict_to_fail_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["export", "nowhere.cbm", "--smt2", str(tmp_path / "out"), "--search", "--fail-on", "uncertified"]
    assert main(asked) == Exit.MISUSE
    assert "leave `--search` out" in capsys.readouterr().err


def test_what_compares_texts_is_no_question_for_a_solver(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = certificate(tmp_path / "a", IN_TIME + '  text en "Every unit shall report."\n')
    code, said = page(folder, capsys)
    assert code == Exit.FINE
    assert "No question for a solver: 1 verdict that compares what the texts say, in words and figures.\n" in said
    told = [(row["rests on"], row["why"]) for row in rows_of(folder) if row["rule"] == "wording"]
    assert told == [("text", "no question for a solver: what the texts say is compared, whatever is found and done")]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def first(folder: Path, answer: str) -> Path:
    return folder / next(row["file"] for row in rows_of(folder) if row["expected"] == answer)


def stamp_again(folder: Path) -> None:
    """As somebody would who wants nobody to notice."""
    (folder / DIGEST).write_text(f"{digest((folder / INDEX).read_bytes())}  {INDEX}\n", encoding="utf-8")


def replace_question(folder: Path, name: str, content: bytes) -> None:
    """Another question under the name of one, and nobody to notice."""
    index = folder / INDEX
    index.write_text(index.read_text("utf-8").replace(digest((folder / name).read_bytes()), digest(content)), "utf-8")
    (folder / name).write_bytes(content)
    stamp_again(folder)


def say_the_opposite(folder: Path) -> None:
    index = folder / INDEX
    text = index.read_text(encoding="utf-8")
    name = first(folder, "unsat").name
    index.write_text(text.replace(f"{name}\tunsat\t", f"{name}\tsat\t"), encoding="utf-8")
    stamp_again(folder)


def rest_on_nothing(folder: Path) -> None:
    index = folder / INDEX
    text = index.read_text(encoding="utf-8")
    name = next(row["rests on"] for row in rows_of(folder) if row["rule"] == "trap" and row["file"] == "-")
    index.write_text(text.replace(f"-\t{name}\t", "-\t0999-trap.smt2\t"), encoding="utf-8")
    stamp_again(folder)


def flip_a_seam(folder: Path) -> None:
    flip(folder / next(row["file"] for row in rows_of(folder) if row["rule"] == "seam" and row["file"] != "-"))


def weaken(folder: Path) -> None:
    file = first(folder, "unsat")
    before = digest(file.read_bytes())
    file.write_text("(declare-const a Bool)\n(assert a)\n(check-sat)\n", encoding="utf-8")
    index = folder / INDEX
    index.write_text(index.read_text(encoding="utf-8").replace(before, digest(file.read_bytes())), encoding="utf-8")
    stamp_again(folder)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda folder: flip(first(folder, "sat")), "is not the file that was written: its SHA-256 differs"),
        (lambda folder: flip(folder / DIGEST), f"`{INDEX}` is not the index that was written"),
        (lambda folder: first(folder, "unsat").unlink(), "cannot be read"),
        (lambda folder: (folder / "0999.smt2").write_text("(check-sat)"), "`0999.smt2` is not in the index"),
        (say_the_opposite, "Z3 answers unsat, and the report says clear (inconsistent-vocabulary: "),
        (flip_a_seam, "is not the file that was written: its SHA-256 differs"),
        (rest_on_nothing, "rests a verdict on `0999-trap.smt2`, which it does not list"),
        (weaken, "cvc5 answers sat, and the report says clear (inconsistent-vocabulary: "),
    ],
    ids=[
        "flipped bit",
        "flipped digest",
        "lost",
        "added",
        "opposite answer",
        "flipped seam",
        "rests on nothing",
        "weaker question",
    ],
)
def test_what_was_changed_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], object], told: str
) -> None:
    change(folder)
    code, said = page(folder, capsys)
    assert code == Exit.CONTRADICTED
    assert said.startswith("error: ")
    assert told in said


def test_one_solver_alone_is_never_silently_green(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "has_cvc5", lambda: False)
    code, said = page(folder, capsys)
    assert code == Exit.UNDECIDED
    assert "Checked by one solver only: cvc5 is not installed (`pip install 'cbm-checker[certify]'`).\n" in said


@pytest.mark.parametrize(
    ("module", "why"),
    [
        (
            "raise ImportError('libcvc5.so.1: cannot open shared object file')",
            "libcvc5.so.1: cannot open shared object",
        ),
        ("raise RuntimeError", "RuntimeError"),
        ("", "module 'cvc5' has no attribute 'Solver'"),
    ],
)
def test_a_second_solver_that_cannot_be_used_is_told_as_one_that_is_not_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, why: str
) -> None:
    broken = tmp_path / "broken" / "cvc5" / "__init__.py"
    broken.parent.mkdir(parents=True)
    broken.write_text(module, encoding="utf-8")
    for name in [name for name in sys.modules if name.partition(".")[0] == "cvc5"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(broken.parents[1])
    verified = verify(folder)
    said = list(describe_verification(verified))
    assert verified.exit is Exit.UNDECIDED
    assert verified.doubtful == ()
    assert said[0] == f"Asked Z3: it answers {verified.answered} questions as the report says."
    assert said[1].startswith(f"Checked by one solver only: cvc5 cannot be used: {why}")


class OutOfMemory:
    """Stands for the parser of cvc5, whose commands ask."""

    def __init__(self, _: object) -> None: ...

    def setStringInput(self, *_: object) -> None:  # noqa: N802  cvc5 calls it so
        raise MemoryError


def test_a_solver_that_runs_out_of_memory_has_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvc5.InputParser", OutOfMemory)
    assert cvc5_opinion("(check-sat)\n") is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ('(set-option :regular-output-channel "{file}")\n', "sets an option of its solver, as no certificate does"),
        ('( set-option :diagnostic-output-channel "{file}")\n', "sets an option of its solver"),
        ("; \udcff\n", "cannot be read: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_a_certificate_of_others_has_nothing_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, told: str
) -> None:
    file, name = tmp_path / "written", first(folder, "sat").name
    content = (before.replace("{file}", str(file))).encode("utf-8", "surrogateescape") + (folder / name).read_bytes()
    replace_question(folder, name, content)
    code, said = page(folder, capsys)
    assert (code, file.exists()) == (Exit.CONTRADICTED, False)
    assert f"error: `{name}` {told}" in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_nested_deeper_than_solvers_can_read_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    name = first(folder, "sat").name
    written = (folder / name).read_bytes()
    shallow = f"\n; {'(' * 3000}\n(declare-const |{'(' * 3000}| Bool)\n(check-sat)".encode()
    replace_question(folder, name, written.replace(b"\n(check-sat)", shallow))
    assert page(folder, capsys)[0] == Exit.FINE
    deep = "(assert " + "(not " * 200_000 + "true" + ")" * 200_000 + ")\n"
    replace_question(folder, name, f"(set-logic ALL)\n{deep}(check-sat)\n".encode())
    assert main(["verify", str(folder), "-j", jobs]) == Exit.MISUSE
    printed, said = capsys.readouterr()
    assert printed == ""
    assert said == f"Error: `{name}` nests brackets more than 2000 deep, as no certificate does\n"


def test_what_a_solver_says_of_a_text_is_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = first(folder, "sat").name
    replace_question(folder, name, b"(((")
    code, said = page(folder, capsys)
    assert code == Exit.CONTRADICTED
    assert f"`{name}`: Z3 cannot read it: (error" in said


@pytest.mark.parametrize("seconds", ["1e10", "1e300", "inf"])
def test_more_time_than_solvers_can_count_is_enough(
    folder: Path, capsys: pytest.CaptureFixture[str], seconds: str
) -> None:
    assert page(folder, capsys, "--timeout", seconds)[0] == Exit.FINE


def test_where_nothing_is_listed_nothing_is_verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = folder / INDEX
    index.write_text(index.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    stamp_again(folder)
    assert main(["verify", str(folder)]) == Exit.MISUSE
    assert f"`{INDEX}` lists no verdict; `cbm export --smt2` writes what it reads" in capsys.readouterr().err


def test_a_certificate_of_others_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = folder / INDEX
    index.write_text(index.read_text("utf-8").replace("\tsat\t", "\tunsat\t").replace("does an", "\x1b[31m"), "utf-8")
    stamp_again(folder)
    code, said = page(folder, capsys)
    assert code == Exit.CONTRADICTED
    assert "\x1b" not in said
    assert "\ufffd[31m" in said


def test_what_one_solver_gives_up_is_told_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = first(folder, "sat").name
    lost = (folder / name).read_text(encoding="utf-8")

    def opinion(text: str, seconds: float | None = None) -> opinions.Opinion:
        return Verdict.UNKNOWN if text == lost else z3_opinion(text, seconds)

    monkeypatch.setattr(verification, "z3_opinion", opinion)
    verified = verify(folder)
    assert verified.doubtful == ((name, "cvc5 alone"),)
    assert verified.exit is Exit.UNDECIDED


@pytest.mark.parametrize("before", ["nothing", "a file"])
def test_a_folder_without_a_certificate_is_misuse(tmp_path: Path, before: str) -> None:
    if before == "a file":
        (tmp_path / INDEX).write_text("file\tanswer\n", encoding="utf-8")
        stamp_again(tmp_path)
    with pytest.raises(Misuse, match="cbm export --smt2"):
        verify(tmp_path)


def test_what_makes_a_folder_no_certificate_is_named(tmp_path: Path) -> None:
    without = "cbm export --smt2` has written, and not `cbm export --search`"
    with pytest.raises(Misuse, match=f"it has no `{INDEX}`, .*{without}"):
        verify(tmp_path)
    draft, searched = tmp_path / "code.cbm", tmp_path / "searched"
    draft.write_text(
        "draft code\n  uses encounters\n  between CN, JP\nclause 1 a warship must call\n", encoding="utf-8"
    )
    assert main(["export", "--smt2", str(searched), "--search", str(draft)]) == 0
    with pytest.raises(Misuse, match=f"it has no `{DIGEST}`, .*{without}"):
        verify(searched)
    with pytest.raises(Misuse, match="no such file or directory"):
        verify(tmp_path / "nowhere")


def test_a_signature_that_is_not_there_is_misuse(folder: Path) -> None:
    with pytest.raises(Misuse, match=r"no signature `nowhere\.eo`"):
        verify(folder, signature=Path("nowhere.eo"))


ETHOS = """\
#!{python}
import sys
proof = open(sys.argv[1], encoding="utf-8").read()
assert proof.startswith('(include "') and ":rule" in proof
print("{verdict}")
"""


@pytest.mark.parametrize(("verdict", "accepted"), [("correct", True), ("incomplete", False)])
def test_proofs_are_checked_where_the_checker_is_at_hand(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    verdict: str,
    accepted: bool,
) -> None:
    ethos, signature = tmp_path / "bin" / "ethos", tmp_path / "Cpc.eo"
    ethos.parent.mkdir()
    ethos.write_text(ETHOS.format(python=sys.executable, verdict=verdict), encoding="utf-8")
    ethos.chmod(0o755)
    signature.touch()
    monkeypatch.setenv("PATH", str(ethos.parent))
    code, said = page(folder, capsys, "--signature", str(signature))
    unsat = sum(row["expected"] == "unsat" for row in rows_of(folder))
    assert code == (Exit.FINE if accepted else Exit.UNDECIDED)
    assert f"ethos accepts {unsat if accepted else 0} proofs of cvc5." in said
    assert said.count("refused proof: ") == (0 if accepted else min(unsat, 10) + (unsat > 10))


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (b"#!/bin/sh\nprintf '\\377 garbage'\n", "\ufffd garbage"),
        (b"#!/bin/sh\nexit 1\n", "exit code 1"),
        (b"\x01\x02", "ethos cannot be run: "),
        (b"#!/bin/sh\nexec sleep 60\n", "ethos gave no answer in time"),
    ],
)
def test_a_checker_that_does_not_work_refuses_a_proof(tmp_path: Path, program: bytes, why: str) -> None:
    ethos, signature = tmp_path / "ethos", tmp_path / "Cpc.eo"
    ethos.write_bytes(program)
    ethos.chmod(0o755)
    signature.touch()
    assert opinions.ProofChecker(ethos, signature).refusal("proof", 0.3).startswith(why)


def test_a_checker_may_stand_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: "/ethos")
    assert opinions.proof_checker() is None


def test_a_proof_of_cvc5_leaves_no_step_to_trust(folder: Path) -> None:
    proof = cvc5_proof(first(folder, "unsat").read_text(encoding="utf-8"), 10)
    assert ":rule" in proof
    assert ":rule trust" not in proof
    assert cvc5_proof(first(folder, "sat").read_text(encoding="utf-8"), 10) == ""


@pytest.mark.parametrize("seconds", [None, 0.001])
def test_how_long_z3_may_try_holds_for_no_text_behind(seconds: float | None) -> None:
    """Z3 keeps options of a text for the whole process: other tests had their questions given up by it."""
    z3_opinion("(declare-const a Int)\n(assert (> a 1))\n(check-sat)\n", seconds)
    assert [z3.get_param(limit) for limit in ("rlimit", "timeout")] == ["0", str(2**32 - 1)]


def test_a_text_that_no_solver_reads_is_no_answer() -> None:
    for opinion in (z3_opinion, cvc5_opinion):
        assert isinstance(opinion("(assert nobody)\n(check-sat)\n", 1), Garbled)
        assert opinion("(declare-const a Bool)\n(assert a)\n(check-sat)\n", 1) == Verdict.SAT


PIGEONS = 12
# So many pigeons and a hole less: easily written, and long to be seen.
HARD = "\n".join(
    [
        "(set-logic ALL)",
        *(f"(declare-const p{i}-{hole} Bool)" for i in range(PIGEONS) for hole in range(PIGEONS - 1)),
        *(f"(assert (or {' '.join(f'p{i}-{hole}' for hole in range(PIGEONS - 1))}))" for i in range(PIGEONS)),
        *(
            f"(assert (not (and p{i}-{hole} p{k}-{hole})))"
            for hole in range(PIGEONS - 1)
            for i in range(PIGEONS)
            for k in range(i)
        ),
        "(check-sat)\n",
    ]
)


def test_a_question_that_is_given_up_is_no_text_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions, "_CVC5_STEPS", 1_000)
    assert cvc5_opinion(HARD) is Verdict.UNKNOWN
    assert cvc5_opinion(HARD, 0.01) is Verdict.UNKNOWN
    for steps in ("_Z3_MOMENT", "_Z3_FIRST", "_Z3_STEPS"):
        monkeypatch.setattr(opinions, steps, 1_000)
    assert z3_opinion(HARD) is Verdict.UNKNOWN
    assert z3_opinion(HARD, 0.01) is Verdict.UNKNOWN


def test_several_processes_tell_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = page(folder, capsys, "-j", "1")
    assert page(folder, capsys, "-j", "2") == alone
    flip(first(folder, "sat"))
    changed = page(folder, capsys, "-j", "1")
    assert changed[0] == Exit.CONTRADICTED
    assert page(folder, capsys, "-j", "2") == changed


@pytest.mark.parametrize("jobs", [1, 2])
def test_who_waits_hears_of_how_many_questions_it_is_done(folder: Path, jobs: int) -> None:
    heard = list[tuple[str, int, int]]()
    verify(folder, jobs=jobs, progress=lambda *told: heard.append(told))
    count = sum(row["file"] != "-" for row in rows_of(folder))
    assert heard == [("questions to solvers", done, count) for done in range(count)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_left_when_the_time_is_over_nobody_has_decided(
    folder: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    asked = ("-j", jobs, "--timeout", "1e-6")
    assert main(["verify", str(folder), *asked]) == Exit.UNDECIDED
    said = capsys.readouterr()
    count = sum(row["file"] != "-" for row in rows_of(folder))
    assert f"decided by … and {count - 10:,} more\n" in said.out
    assert "both answer 0 questions as the report says" in said.out
    assert said.err == "Stopped before the end: the 1e-06 s for this run were over.\n"
    flip(first(folder, "sat"))
    assert main(["verify", str(folder), *asked]) == Exit.CONTRADICTED  # what was changed is known without a solver


def test_a_run_that_is_stopped_breaks_off_the_question_that_is_asked() -> None:
    budget = Budget()
    Timer(0.2, budget.stop, ["it was cancelled"]).start()
    with within(budget):
        assert z3_opinion(HARD) is Verdict.UNKNOWN
