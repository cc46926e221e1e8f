"""What is known is not told again, what is found no more is, and nothing hides that a text was not checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cbm.baseline import baseline_page, without_earlier, without_known
from cbm.cli import main
from cbm.finding import Exit, Misuse, PackageReach, RuleId, Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.render.summary import summary
from cbm.report import Report
from tests.render.sample import CONFLICT, REDUNDANCY, UNDECIDED

FAULTY = replace(CONFLICT, rule=RuleId.SYNTAX)


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that knows of a conflict and of a redundancy."""
    monkeypatch.chdir(tmp_path)
    file = Path("known.json")
    file.write_text(baseline_page(Report((CONFLICT, REDUNDANCY)), file), encoding="utf-8")
    return file


def test_what_is_known_is_not_told_and_what_is_new_is(known: Path) -> None:
    told = without_known(Report((CONFLICT, REDUNDANCY)), known)
    assert (told.findings, told.exit) == ((), Exit.FINE)
    assert summary(told).endswith(" 2 findings known from known.json not told.")
    assert told.kept_out == (CONFLICT, REDUNDANCY)  # they say why a clause is not shown to be keepable
    new = replace(CONFLICT, clauses=("coc:9.9",))
    assert without_known(Report((CONFLICT, new, REDUNDANCY)), known).findings == (new,)
    assert json.loads(RENDERERS["json"](told))["configuration"]["known"] == 2


def test_what_is_known_stays_known_when_one_of_its_kind_comes_or_goes(known: Path) -> None:
    """Their ids in a report change then: a report does not tell which of two was there before."""
    near, far = (replace(CONFLICT, extent=((words,),), known_extent=((words,),)) for words in ("near", "far"))
    known.write_text(baseline_page(Report((near,)), known), encoding="utf-8")
    for both in ((near, far), (far, near)):
        assert without_known(Report(both), known).findings == (far,)
        assert without_earlier(Report(both), Report((near,)), "HEAD").findings == (far,)
    known.write_text(baseline_page(Report((near, far)), known), encoding="utf-8")
    told = without_known(Report((far,)), known)
    assert (told.findings, told.hidden.known, len(told.hidden.stale)) == ((), 1, 1)


@pytest.mark.parametrize(
    ("before", "now", "how"),
    [
        ({"severity": Severity.NOTE}, {}, "as a note"),
        ({"severity": Severity.WARNING}, {}, "as a warning"),
        ({"reach": PackageReach(every=False)}, {}, "on some packages only"),
        ({"reach": PackageReach(every=False)}, {"reach": PackageReach(every=True)}, "on some packages only"),
        ({"reach": PackageReach(every=False), "severity": Severity.NOTE}, {}, "as a note"),
    ],
)
def test_what_became_graver_is_told_again(known: Path, before: Any, now: Any, how: str) -> None:
    was, found = replace(CONFLICT, **before), replace(CONFLICT, **now)
    known.write_text(baseline_page(Report((was, REDUNDANCY)), known), encoding="utf-8")
    for told in (
        without_known(Report((found, REDUNDANCY)), known),
        without_earlier(Report((found, REDUNDANCY)), Report((was, REDUNDANCY)), "HEAD"),
    ):
        assert (told.findings, told.hidden.known, told.hidden.stale, told.exit) == ((found,), 1, (), Exit.FINDINGS)
        assert f"1 known finding told, as it is graver now: known before {how}." in summary(told)
        assert Report.from_json(RENDERERS["json"](told)).hidden.graver == told.hidden.graver
    known.write_text(baseline_page(Report((found, REDUNDANCY)), known), encoding="utf-8")
    assert without_known(Report((was, REDUNDANCY)), known).findings == ()  # what became less grave is no news


def test_a_baseline_that_says_nothing_of_severities_hides_what_it_did(known: Path) -> None:
    content = json.loads(known.read_text(encoding="utf-8"))
    for entry in content["findings"]:
        del entry["severity"], entry["every"]
    known.write_text(json.dumps(content), encoding="utf-8")
    assert without_known(Report((CONFLICT, REDUNDANCY)), known).findings == ()


def test_a_clash_that_is_settled_no_more_is_told(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
    clauses = "clause 1 a warship must not lase {}\nclause 2 a warship must lase\n"
    Path("code.cbm").write_text(head + clauses.format("subject to 2"), encoding="utf-8")
    assert main(["check", "code.cbm", "--write-baseline", str(known)]) == Exit.FINE
    Path("code.cbm").write_text(head + clauses.format(""), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "code.cbm", "--baseline", str(known)]) == Exit.FINDINGS
    assert "1 known finding told, as it is graver now: known before as a note." in capsys.readouterr().out


def test_a_baseline_of_ids_alone_is_read(known: Path) -> None:
    content = json.loads(known.read_text(encoding="utf-8"))
    for entry in content["findings"]:
        del entry["whole_id"]
    known.write_text(json.dumps(content), encoding="utf-8")
    assert without_known(Report((CONFLICT, REDUNDANCY)), known).findings == ()


def test_what_is_found_no_more_is_told_if_it_was_looked_for(known: Path) -> None:
    told = without_known(Report((CONFLICT,)), known)
    assert told.hidden.stale == (f"`redundancy` {REDUNDANCY.message}",)
    assert f"Not found any more: `redundancy` {REDUNDANCY.message}." in summary(told)
    assert without_known(Report((CONFLICT,), left_out=(RuleId.REDUNDANCY,)), known).hidden.stale == ()
    assert without_known(Report((CONFLICT, UNDECIDED)), known).hidden.stale == ()
    assert without_known(Report((), stopped="it took too long"), known).hidden.stale == ()
    assert without_known(Report((FAULTY,)), known).hidden.stale == ()  # nothing was asked of a text with faults


def test_what_stands_in_a_file_that_was_not_checked_is_not_told_as_found_no_more(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clauses = "  uses encounters\n  between CN, JP\nclause 1 a warship must not lase\nclause 2 a warship must lase\n"
    for name in ("one", "two"):
        Path(f"{name}.cbm").write_text(f'draft {name} "A code"\n{clauses}', encoding="utf-8")
    main(["check", ".", "--write-baseline", str(known)])
    capsys.readouterr()
    assert main(["check", "one.cbm", "--baseline", str(known)]) == Exit.FINE
    assert "Not found any more" not in capsys.readouterr().out
    Path("two.cbm").unlink()
    assert main(["check", ".", "--baseline", str(known)]) == Exit.FINE
    gone = "Not found any more: `conflict` clauses 1 and 2 cannot both be complied with (two.cbm)."
    assert gone in capsys.readouterr().out


def test_files_are_meant_from_the_folder_of_the_baseline_on_wherever_cbm_runs(
    known: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clauses = "  uses encounters\n  between CN, JP\nclause 1 a warship must not lase\nclause 2 a warship must lase\n"
    Path("inner").mkdir()
    for name in ("one", "inner/one"):
        Path(f"{name}.cbm").write_text(f'draft {Path(name).parent.name}x "A code"\n{clauses}', encoding="utf-8")
    main(["check", ".", "--write-baseline", str(known)])
    monkeypatch.chdir("inner")
    capsys.readouterr()
    assert main(["check", ".", "--baseline", "../known.json"]) == Exit.FINE  # ../one.cbm is not looked at
    assert "Not found any more" not in capsys.readouterr().out
    content = Path("../known.json").read_text(encoding="utf-8")
    Path("known.json").write_text(content.replace("inner/one", "gone"), encoding="utf-8")
    assert main(["check", ".", "--baseline", "known.json"]) == Exit.FINE
    assert "Not found any more" in capsys.readouterr().out


def test_of_a_baseline_out_of_the_project_files_are_meant_from_where_cbm_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be kept on another machine, or in another folder of it."""
    clauses = "  uses encounters\n  between CN, JP\nclause 1 a warship must not lase\nclause 2 a warship must lase\n"
    for folder in ("here", "there", "kept", "kept/on"):
        (tmp_path / folder).mkdir()
    for name in ("here/one", "here/two", "there/one", "there/two"):
        (tmp_path / f"{name}.cbm").write_text(f'draft {Path(name).name} "A code"\n{clauses}', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    main(["check", ".", "--write-baseline", "../kept/known.json"])
    (tmp_path / "kept/known.json").rename(tmp_path / "kept/on/known.json")
    monkeypatch.chdir(tmp_path / "there")
    shutil.rmtree(tmp_path / "here")
    capsys.readouterr()
    assert main(["check", "one.cbm", "--baseline", "../kept/on/known.json"]) == Exit.FINE
    assert "Not found any more" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("comment", "settings"),
    [
        ("# cbm: ignore[conflict] because it is known\n", ""),
        ("", 'per-file-ignores = {"one.cbm" = ["conflict"]}\n'),
    ],
)
def test_what_is_found_and_hidden_is_not_told_as_found_no_more(
    known: Path, comment: str, settings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clauses = "clause 1 a warship must not lase\nclause 2 a warship must lase\n"
    header = 'draft one "A code"\n  uses encounters\n  between CN, JP\n'
    Path("one.cbm").write_text(header + clauses, encoding="utf-8")
    main(["check", ".", "--write-baseline", str(known)])
    capsys.readouterr()
    Path("one.cbm").write_text(header + comment + clauses, encoding="utf-8")
    Path("cbm.toml").write_text(settings, encoding="utf-8")
    assert main(["check", ".", "--baseline", str(known)]) == Exit.FINE
    assert "Not found any more" not in capsys.readouterr().out
    Path("one.cbm").write_text(header + clauses.replace("not", ""), encoding="utf-8")
    main(["check", ".", "--baseline", str(known)])
    assert "Not found any more: `conflict` clauses 1 and 2 cannot both be complied with." in capsys.readouterr().out


def test_what_keeps_a_text_from_being_checked_is_never_known(known: Path) -> None:
    known.write_text(baseline_page(Report((FAULTY, UNDECIDED)), known), encoding="utf-8")
    assert json.loads(known.read_text(encoding="utf-8")) == {"version": 1, "findings": []}
    assert without_known(Report((FAULTY, UNDECIDED)), known).findings == (FAULTY, UNDECIDED)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1, "findings": ["id"]}', "is no baseline: write one with --write-baseline"),
        ("garbage", "is no baseline: write one with --write-baseline"),
        ("[" * 100_000, "is no baseline: write one with --write-baseline"),
        ('{"findings": []}', "is no baseline: write one with --write-baseline"),
        ('{"version": 2}', "is a baseline of another version of cbm"),
    ],
)
def test_what_is_no_baseline_is_refused(known: Path, text: str, message: str) -> None:
    known.write_text(text, encoding="utf-8")
    with pytest.raises(Misuse, match=message):
        without_known(Report(()), known)
    known.unlink()
    with pytest.raises(Misuse, match=r"^the baseline known\.json does not exist: write it with --write-baseline$"):
        without_known(Report(()), known)


def test_two_versions_that_git_could_not_join_are_told_and_the_advice_settles_it(known: Path) -> None:
    lines = known.read_text(encoding="utf-8").splitlines()
    at = lines.index("    },") + 1
    marked = (*lines[:3], "<<<<<<< HEAD", *lines[3:at], "=======", *lines[at:-2], ">>>>>>> other", *lines[-2:])
    known.write_text("\n".join(marked), encoding="utf-8")
    with pytest.raises(Misuse, match=r"^two versions stand in known\.json, which git could not join: take out"):
        without_known(Report(()), known)
    kept = [line for line in known.read_text(encoding="utf-8").splitlines() if line[:7] not in _MARKS]
    known.write_text("\n".join(kept), encoding="utf-8")
    assert without_known(Report((CONFLICT, REDUNDANCY)), known).findings == ()


_MARKS = ("<" * 7, "=" * 7, ">" * 7)


def test_a_file_of_which_it_cannot_be_told_whether_it_is_there_is_no_bug(known: Path) -> None:
    """As one in a folder that may not be looked into."""
    content = json.loads(known.read_text(encoding="utf-8"))
    for one in content["findings"]:
        one["file"] = "a" * 5_000
    known.write_text(json.dumps(content), encoding="utf-8")
    assert len(without_known(Report(()), known).hidden.stale) == 2


def test_a_project_starts_from_what_it_has(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
    Path("code.cbm").write_text(
        f"{head}clause 1 a warship must not lase\nclause 2 a warship must lase\n", encoding="utf-8"
    )
    assert main(["check", "code.cbm", "--write-baseline", str(known)]) == Exit.FINDINGS
    moved = f"# moved\n\n{head}clause 1 a warship must  not lase\n\nclause 2 a warship must lase\n"
    Path("code.cbm").write_text(moved, encoding="utf-8")
    assert main(["check", "code.cbm", "--baseline", str(known)]) == Exit.FINE
    assert "1 finding known from known.json not told." in capsys.readouterr().out
    Path("code.cbm").write_text(f"{moved}clause 3 a warship must not lase\n", encoding="utf-8")
    assert main(["check", "code.cbm", "--baseline", str(known)]) == Exit.FINDINGS
