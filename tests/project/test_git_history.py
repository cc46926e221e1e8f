"""`--against git:REF` tells what a change brought; what was there is not told again, wherever it stands now."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.checking.test_suppression import HEADER, VOCABULARY

CLASH = "clause 1 a frigate must call\nclause 2 a frigate must not call\n"
NEW = "clause 3 a tanker must answer\nclause 4 a tanker must not answer\n"


def git(*words: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one clash in it."""
    folder = tmp_path / "project"
    (folder / "texts").mkdir(parents=True)
    monkeypatch.chdir(folder)
    Path("strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    Path("texts/code.cbm").write_text(HEADER.replace("strait", 'strait from "../strait.cbm"') + CLASH, encoding="utf-8")
    git("init", "-q", ".")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return folder


def append(words: str, file: str = "texts/code.cbm") -> None:
    path = Path(file)
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    code = main(["check", "texts", "--against", "git:HEAD", "--output-format", "concise", *arguments])
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    return code, [line.split(" ", 1)[1] for line in lines if "error[" in line], f"{lines[-1]}\n{captured.err}"


def test_what_was_there_is_not_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts/code.cbm").rename("texts/another.cbm")
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINE, [])
    assert "1 finding known from git:HEAD not told." in closing


def test_what_a_change_brings_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    append(NEW)
    code, lines, _ = told(capsys)
    assert (code, lines) == (Exit.FINDINGS, ["error[conflict] clauses 3 and 4 cannot both be complied with"])


def test_a_change_of_what_texts_build_on_counts(capsys: pytest.CaptureFixture[str]) -> None:
    append("never call with answer\n", "strait.cbm")
    append("clause 5 a tanker must call, answer\n")
    code, lines, _ = told(capsys)
    assert (code, len(lines)) == (Exit.FINDINGS, 1)


def test_what_is_mended_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("texts/code.cbm")
    path.write_text(path.read_text(encoding="utf-8").replace("must not call", "may answer"), encoding="utf-8")
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINE, [])
    assert "Not found any more: `conflict` clauses 1 and 2 cannot both be complied with." in closing


def test_of_several_files_it_is_told_in_which_something_is_found_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("texts/code.cbm")
    text = path.read_text(encoding="utf-8")
    Path("texts/other.cbm").write_text(text.replace("draft code", "draft other"), encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "second")
    Path("texts/other.cbm").write_text(
        text.replace("draft code", "draft other").replace("must not call", "may answer"), encoding="utf-8"
    )
    _, _, closing = told(capsys)
    assert (
        "Not found any more: `conflict` clauses 1 and 2 cannot both be complied with (git:HEAD:texts/other.cbm)."
        in closing
    )


def test_a_new_file_is_new_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    Path("more").mkdir()
    Path("more/code.cbm").write_text(
        HEADER.replace("code", "more").replace("strait", 'strait from "../strait.cbm"') + CLASH, encoding="utf-8"
    )
    assert main(["check", "more", "--against", "git:HEAD"]) == Exit.FINDINGS
    shown = capsys.readouterr()
    assert "clauses 1 and 2" in shown.out
    assert "Note: more was not there in git:HEAD, so all that is found in it is told." in shown.err


def test_a_text_that_could_not_be_read_then_hides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    append("clause 7 a frigate mustt call\n")
    git("commit", "-q", "-a", "-m", "broken")
    path = Path("texts/code.cbm")
    path.write_text(path.read_text(encoding="utf-8").replace("mustt", "should"), encoding="utf-8")
    code, lines, closing = told(capsys)
    assert (code, any("clauses 1 and 2" in line for line in lines)) == (Exit.FINDINGS, True)
    assert "not everything could be asked of git:HEAD" in closing


@pytest.mark.parametrize("reference", ["git:main...", "git:main...topic", "git:topic...main"])
def test_of_branches_that_parted_the_commit_where_they_did_can_be_meant(
    reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the other branch mended since then is not what this one brought."""
    git("branch", "-M", "main")
    git("checkout", "-q", "-b", "topic")
    append(NEW)
    git("commit", "-q", "-a", "-m", "new")
    git("checkout", "-q", "main")
    Path("texts/code.cbm").write_text(Path("texts/code.cbm").read_text(encoding="utf-8").replace(CLASH, CLASH[:29]))
    git("commit", "-q", "-a", "-m", "mended")
    git("checkout", "-q", "topic")
    brought = ["error[conflict] clauses 3 and 4 cannot both be complied with"]
    assert told(capsys, "--against", reference)[:2] == (Exit.FINDINGS, brought)
    assert len(told(capsys, "--against", "git:main")[1]) == 2


def test_where_branches_never_parted_there_is_nothing_to_compare_with(capsys: pytest.CaptureFixture[str]) -> None:
    git("branch", "-M", "main")
    git("checkout", "-q", "--orphan", "alone")
    git("commit", "-q", "-m", "alone")
    assert main(["check", "texts", "--against", "git:main..."]) == Exit.MISUSE
    assert "the two sides of `main...` go back to no commit in common" in capsys.readouterr().err
    assert main(["check", "texts", "--against", "git:nope..."]) == Exit.MISUSE
    assert "there is no git reference `nope`" in capsys.readouterr().err


def test_what_archives_leave_out_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitattributes").write_text("texts export-ignore\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "attributes")
    assert told(capsys)[:2] == (Exit.FINE, [])


def test_what_links_lead_to_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    Path("real").mkdir()
    Path("texts/code.cbm").rename("real/code.cbm")
    Path("texts/code.cbm").symlink_to("../real/code.cbm")
    git("add", ".")
    git("commit", "-q", "-m", "a link")
    assert told(capsys)[:2] == (Exit.FINE, [])


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/more.cbm").write_text("never read", encoding="utf-8")
    Path("texts/more.cbm").symlink_to(tmp_path / "elsewhere/more.cbm")
    git("add", ".")
    git("commit", "-q", "-m", "a link")
    Path("texts/more.cbm").unlink()
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINE, [])
    assert "not everything could be asked of git:HEAD" in closing


def with_submodule(tmp_path: Path) -> None:
    """The text and what it builds on are moved into a repository of their own, which the project holds."""
    other = tmp_path / "other"
    other.mkdir()
    for name in ("strait.cbm", "texts/code.cbm"):
        Path(name).rename(other / Path(name).name)
    text = other / "code.cbm"
    text.write_text(text.read_text(encoding="utf-8").replace("../", ""), encoding="utf-8")
    for words in (["init", "-q", "."], ["add", "."], ["commit", "-q", "-m", "first"]):
        git("-C", str(other), *words)
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "texts/inner")
    git("commit", "-q", "-a", "-m", "a submodule")


def test_a_submodule_is_read_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_submodule(tmp_path)
    assert told(capsys)[:2] == (Exit.FINE, [])
    append(NEW, "texts/inner/code.cbm")
    assert told(capsys)[1] == ["error[conflict] clauses 3 and 4 cannot both be complied with"]


def test_a_submodule_whose_state_then_is_not_here_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_submodule(tmp_path)
    shutil.copytree("texts/inner", "texts/copy", ignore=shutil.ignore_patterns(".git"))
    shutil.rmtree("texts/inner")
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINDINGS, ["error[conflict] clauses 1 and 2 cannot both be complied with"])
    assert "not everything could be asked of git:HEAD" in closing


def test_a_folder_of_which_nothing_was_looked_at_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    Path("more").mkdir()
    Path("more/cbm.toml").write_text('exclude = ["*.cbm"]', encoding="utf-8")
    header = HEADER.replace("code", "more").replace("strait", 'strait from "../strait.cbm"')
    Path("more/code.cbm").write_text(header + CLASH, encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "a folder")
    Path("more/cbm.toml").unlink()
    assert main(["check", "more", "--against", "git:HEAD"]) == Exit.FINDINGS
    assert "clauses 1 and 2" in capsys.readouterr().out


def test_what_a_configuration_hid_then_is_told_when_it_hides_it_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cbm.toml").write_text('[per-file-ignores]\n"texts/code.cbm" = ["conflict"]\n', encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "ignored")
    assert told(capsys)[:2] == (Exit.FINE, [])
    Path("texts/code.cbm").rename("texts/another.cbm")
    code, lines, _ = told(capsys)
    assert (code, lines) == (Exit.FINDINGS, ["error[conflict] clauses 1 and 2 cannot both be complied with"])


def test_what_a_configuration_made_less_grave_then_is_told_as_it_is_now(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cbm.toml").write_text('[severity]\nconflict = "note"\n', encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "less grave")
    Path("cbm.toml").unlink()
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINDINGS, ["error[conflict] clauses 1 and 2 cannot both be complied with"])
    assert "1 known finding told, as it is graver now: known before as a note." in closing


@pytest.mark.parametrize("within", [".", "texts"])
def test_one_file_for_all_counts_for_what_was_there(
    within: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(within)
    file = "code.cbm" if within == "texts" else "texts/code.cbm"
    Path("ci.toml").write_text(f'include = ["{file}"]\n[per-file-ignores]\n"{file}" = ["conflict"]', encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "a file")
    arguments = ["check", ".", "--against", "git:HEAD", "--config", "ci.toml"]
    assert main(arguments) == Exit.FINE
    Path("ci.toml").write_text(f'include = ["{file}"]', encoding="utf-8")
    capsys.readouterr()
    assert main(arguments) == Exit.FINE
    assert "1 finding known from git:HEAD not told." in capsys.readouterr().out


def test_a_configuration_that_is_mended_by_now_is_told_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cbm.toml").write_text('ignor = ["gap"]', encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "a slip")
    Path("cbm.toml").write_text('ignore = ["gap"]', encoding="utf-8")
    assert main(["check", "texts", "--against", "git:HEAD"]) == Exit.MISUSE
    problem = capsys.readouterr().err
    assert "git:HEAD:cbm.toml:1: unknown key `ignor`" in problem
    assert "let one file count for both states (on the command line: `--config FILE`)" in problem
    assert told(capsys, "--config", "cbm.toml")[:2] == (Exit.FINE, [])


def test_a_repository_without_texts_was_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    git("rm", "-q", "-r", "--cached", ".")
    git("commit", "-q", "-m", "no texts yet")
    assert main(["check", ".", "--against", "git:HEAD"]) == Exit.FINDINGS
    shown = capsys.readouterr()
    assert "clauses 1 and 2" in shown.out
    assert "Note: . was not there in git:HEAD, so all that is found in it is told." in shown.err


def test_in_a_hook_the_repository_is_that_of_the_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git("worktree", "add", "-q", str(tmp_path / "beside"), "-b", "beside")
    monkeypatch.setenv("GIT_DIR", str(Path(".git/worktrees/beside").resolve()))  # as git does for hooks of a worktree
    monkeypatch.chdir(tmp_path / "beside")
    assert main(["check", "texts/code.cbm", "--against", "git:HEAD"]) == Exit.FINE
    assert "1 finding known from git:HEAD not told." in capsys.readouterr().out


def test_it_is_told_why_git_reads_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert main(["check", "texts", "--against", "git:HEAD"]) == Exit.MISUSE
    problem = capsys.readouterr().err
    assert "git does not read the repository of texts: detected dubious ownership" in problem


@pytest.mark.parametrize("named", ["HEAD:texts", "HEAD:texts/code.cbm"])
def test_a_repository_that_lacks_something_is_told(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = subprocess.run(["git", "rev-parse", named], check=True, capture_output=True, text=True).stdout.strip()
    kept = Path(".git/objects", asked[:2], asked[2:])
    kept.chmod(0o600)
    kept.unlink()
    assert main(["check", "texts", "--against", "git:HEAD"]) == Exit.MISUSE
    assert "Error: git does not read the repository of" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--against", "HEAD"], "`HEAD` is no git reference: write `git:HEAD`"),
        (["--against", "git:v9"], "there is no git reference `v9`"),
        (["--against", "git:HEAD", "-"], "--against tells what is new"),
        (["--against", "git:HEAD", "--fix"], "--against tells what is new"),
        (["--against", "git:HEAD", "--take", "1=a"], "--against compares texts as they are written"),
        (["--against", "git:HEAD", "--baseline", "known.json"], "--against tells what is new"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "texts", *arguments]) == Exit.MISUSE
    assert problem in capsys.readouterr().err


def test_a_copy_with_the_newest_commits_only_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So servers fetch it, unless they are told otherwise."""
    git("commit", "-q", "--allow-empty", "-m", "more")
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), str(tmp_path / "copy"))
    monkeypatch.chdir(tmp_path / "copy")
    assert main(["check", "texts", "--against", "git:HEAD~1"]) == Exit.MISUSE
    assert "this copy of the repository holds the newest commits only: fetch the others" in capsys.readouterr().err
    git("fetch", "-q", "--unshallow")  # what is advised
    assert main(["check", "texts", "--against", "git:HEAD~1"]) != Exit.MISUSE
    assert main(["check", "texts", "--against", "git:v9"]) == Exit.MISUSE
    assert "newest commits" not in capsys.readouterr().err


def test_paths_without_a_repository_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "strait.cbm"
    outside.write_text(VOCABULARY, encoding="utf-8")
    assert main(["check", str(outside), "--against", "git:HEAD"]) == Exit.MISUSE
    assert "lies in no git repository" in capsys.readouterr().err


@pytest.mark.parametrize("moved", [("texts/code.cbm", "texts/another.cbm"), ("texts", "rules"), ("texts", "a/b")])
@pytest.mark.parametrize("committed", [True, False])
def test_what_was_called_otherwise_is_told_as_what_it_was(
    moved: tuple[str, str], committed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = moved
    Path("a").mkdir()
    Path("a/strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    git("mv", old, new)
    if committed:
        git("commit", "-q", "-a", "-m", "second")
    append(NEW, new if new.endswith("cbm") else f"{new}/code.cbm")
    code = main(["check", new, "--against", "git:HEAD~1" if committed else "git:HEAD", "--output-format", "concise"])
    captured = capsys.readouterr()
    assert (code, captured.out.count("error[")) == (Exit.FINDINGS, 1)
    assert "clauses 3 and 4" in captured.out
    assert "1 finding known from" in captured.out
    assert captured.err == ""


def test_what_comes_from_several_places_was_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path("texts/code.cbm").read_text(encoding="utf-8")
    for folder in ("more", "further"):
        Path(folder).mkdir()
        Path(folder, "other.cbm").write_text(text.replace("draft code", f"draft {folder}") + NEW, encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "second")
    Path("all").mkdir()
    git("mv", "more/other.cbm", "all/one.cbm")
    git("mv", "further/other.cbm", "all/two.cbm")
    code = main(["check", "all", "--against", "git:HEAD", "--output-format", "concise"])
    assert code == Exit.FINDINGS
    assert "Note: all was not there in git:HEAD, so all that is found in it is told." in capsys.readouterr().err
