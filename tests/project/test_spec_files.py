"""Which files are read: plain ones inside the project. What else looks like a specification is told with its reason."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.files import read_library, standard_file
from cbm.finding import Exit, Misuse
from cbm.pipeline import load, run
from cbm.process.shown_paths import shown_path
from cbm.project.configuration.configurations import nearest
from cbm.project.spec_files import find_specs, standard_documents, standard_names
from cbm.render import RENDERERS
from cbm.report import Unread
from cbm.translation.speech import Language, speaking

CODE = 'draft code "A code"\n  uses encounters\n  between CN, JP\nclause 1 a warship must not aim_weapons\n'
FAULTY = CODE.replace("draft code", "draft other").replace("aim_weapons", "aim_weapon")
NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and sockets are of Unix")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a project file, in which one draft can be read; a secret lies beside it."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "cbm.toml").touch()
    (folder / "code.cbm").write_text(CODE, encoding="utf-8")
    (tmp_path / "secret.cbm").write_text("the secret", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def found(folder: Path) -> tuple[list[str], list[Unread]]:
    specs = find_specs([folder])
    return [path.relative_to(folder).as_posix() for path in specs.files], list(specs.unread)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _socket(path: Path) -> None:
    os.chdir(path.parent)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)


@NOT_ON_WINDOWS
@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("gone.cbm", _link("missing.cbm"), "leads to nothing"),
        ("self.cbm", _link("self.cbm"), "leads to nothing"),
        ("drafts", _link("not_mounted"), "leads to nothing"),
        ("out.cbm", _link("../secret.cbm"), "leads out of the project"),
        ("folder", _link(".."), "leads out of the project"),
        ("pipe.cbm", os.mkfifo, "is no plain file"),
        ("call.cbm", _socket, "is no plain file"),
        ("BAD.CBM", Path.touch, "does not end in .cbm or .cbm.md, in small letters"),
        ("notes.cbm.MD", Path.touch, "does not end in .cbm or .cbm.md, in small letters"),
        ("empty.cbm", Path.touch, "holds no vocabulary, instrument, draft or cases"),
        (
            "remark.cbm",
            lambda path: path.write_text("# to be written\n"),
            "holds no vocabulary, instrument, draft or cases",
        ),
        ("closed.cbm", lambda path: path.write_bytes(b"\xff\xfe"), "is not UTF-8 text (byte 0): save it as UTF-8"),
    ],
)
def test_what_looks_like_a_specification_and_is_not_read_is_told(
    project: Path, name: str, make: Callable[[Path], object], reason: str
) -> None:
    make(project / name)
    report = run([project])
    assert report.unread == (Unread(name, reason),)
    assert (report.exit, report.clauses) == (Exit.MISUSE, 1)
    for format_, render in RENDERERS.items():
        assert reason in render(report).replace("\\", ""), format_  # Markdown puts them before brackets
        assert "secret" not in render(report)
    with pytest.raises(Misuse, match="^" + name):
        load([project])


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "BAD.CBM：不以小写的.cbm或.cbm.md结尾；closed.cbm：不是UTF-8文本（第0字节）：请以UTF-8保存"),
        (
            "ja",
            "BAD.CBM：小文字の.cbm又は.cbm.mdで終わらない；closed.cbm：UTF-8のテキストではない（0バイト目）：UTF-8で保存する",
        ),
    ],
)
def test_the_reason_is_told_in_the_language_of_the_reader(project: Path, language: Language, told: str) -> None:
    (project / "BAD.CBM").touch()
    (project / "closed.cbm").write_bytes(b"\xff\xfe")
    with speaking(language), pytest.raises(Misuse) as refused:
        load([project])
    assert str(refused.value) == told


def test_one_unreadable_file_hides_nothing_of_the_others(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("first", "second"):
        (project / f"{name}.cbm").write_bytes(b"\xff")
    (project / "other.cbm").write_text(FAULTY, encoding="utf-8")
    for paths in ["."], ["first.cbm", "other.cbm", "second.cbm"]:
        assert main(["check", *paths, "--output-format", "concise"]) == Exit.MISUSE
        page = capsys.readouterr().out
        assert "other.cbm:4:29: error[undefined]" in page
        assert page.splitlines()[-3:-1] == [
            "not read: first.cbm is not UTF-8 text (byte 0): save it as UTF-8",
            "not read: second.cbm is not UTF-8 text (byte 0): save it as UTF-8",
        ]
        assert "2 files not read." in page


def test_a_command_that_is_advised_works_where_cbm_is_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "deep").mkdir()
    (project / "deep" / "old.cbm").write_bytes("draft".encode("utf-16"))
    place = os.path.relpath(project / "deep" / "old.cbm")
    assert main(["check", str(project / "deep")]) == Exit.MISUSE
    assert f"`iconv -f UTF-16 -t UTF-8 {place} > NEW`" in capsys.readouterr().err


def test_where_nothing_can_be_read_all_reasons_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "code.cbm").write_bytes(b"\xff")
    (project / "SECOND.CBM").touch()
    assert main(["check", "."]) == Exit.MISUSE
    told = capsys.readouterr().err
    assert "code.cbm is not UTF-8" in told
    assert "SECOND.CBM does not end in" in told


def test_a_folder_that_cannot_be_read_is_never_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("open", "closed", ".hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "code.cbm").write_text(CODE, encoding="utf-8")
    listing = os.scandir

    def forbidding(path: str) -> object:
        if Path(path).name in ("closed", ".hidden"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", forbidding)
    (tmp_path / "open" / "other.cbm").write_text(FAULTY, encoding="utf-8")
    assert main(["check", str(tmp_path), "--output-format", "concise"]) == Exit.MISUSE
    page = capsys.readouterr().out
    assert f"not read: {shown_path(tmp_path / 'closed')} cannot be read: permission denied" in page
    assert "error[undefined]" in page
    assert main(["check", str(tmp_path / "open" / "code.cbm")]) == Exit.FINE


@NOT_ON_WINDOWS
def test_links_inside_the_project_are_followed_and_each_file_is_read_once(project: Path) -> None:
    (project / "drafts" / "deep").mkdir(parents=True)
    (project / "drafts" / "deep" / "other.cbm").write_text(FAULTY, encoding="utf-8")
    (project / "again.cbm").symlink_to("code.cbm")
    (project / "texts").symlink_to("drafts")
    (project / "drafts" / "deep" / "circle").symlink_to("..")
    (project / "notes.txt").symlink_to("nowhere")
    assert found(project) == (["again.cbm", "drafts/deep/other.cbm"], [])
    assert [f.rule for f in run([project]).findings] == ["undefined"]
    (project / "drafts" / "cbm.toml").touch()
    assert found(project / "texts") == (["deep/other.cbm"], [])  # a folder that is named is searched wherever it is


@NOT_ON_WINDOWS
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("pipe.cbm", "pipe.cbm is no plain file"),
        ("/dev/null", "/dev/null is no plain file"),
        ("out.cbm", "out.cbm leads out of the project: name the file that is meant itself"),
        ("gone.cbm", "gone.cbm leads to nothing"),
        ("missing.cbm", "missing.cbm does not exist"),
        (
            "git:HEAD",
            "git:HEAD does not exist; how texts were in git is asked on the command line, with `--against git:HEAD`",
        ),
    ],
)
def test_a_path_that_may_not_be_read_is_refused(
    project: Path, path: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(project / "pipe.cbm")
    (project / "out.cbm").symlink_to("../secret.cbm")
    (project / "gone.cbm").symlink_to("missing.cbm")
    assert main(["check", "code.cbm", path]) == Exit.MISUSE
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"Error: {words}\n")


def test_the_file_that_is_meant_can_be_named_itself(project: Path) -> None:
    (project.parent / "secret.cbm").write_text(CODE, encoding="utf-8")
    assert run([Path("../secret.cbm")]).exit is Exit.FINE


@NOT_ON_WINDOWS
@pytest.mark.parametrize("by_name", [True, False])
def test_what_a_text_builds_on_is_read_by_the_same_rule(project: Path, by_name: bool) -> None:
    (project / "small.cbm").symlink_to("../secret.cbm")
    path = "" if by_name else ' from "small.cbm"'
    (project / "code.cbm").write_text(f"draft code\n  uses small{path}\nclause 1 every unit must answer\n")
    report = run([project / "code.cbm"])
    assert {f.rule for f in report.findings} == {"undefined"}
    assert report.unread == ((Unread("small.cbm", "leads out of the project"),) if by_name else ())
    assert report.exit is (Exit.MISUSE if by_name else Exit.FINDINGS)


@NOT_ON_WINDOWS
def test_what_lies_beside_is_not_replaced_by_a_standard_text_in_silence(project: Path) -> None:
    (project / "encounters.cbm").symlink_to("nowhere")
    report = run([project / "code.cbm"])
    assert report.unread == (Unread("encounters.cbm", "leads to nothing"),)
    assert [f.message for f in report.findings] == ["no vocabulary is called `encounters`"]


def test_what_comes_with_cbm_is_read_where_no_project_is_about_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is installed: no project file stands above the standard library."""
    monkeypatch.setattr("cbm.project.spec_files.MARKERS", ("none.toml",))
    beside = "asean_china_2016, doc_2002, japan_russia_1993, netherlands_ussr_1990, norway_ussr_1990"
    (project / "code.cbm").write_text(
        CODE.replace("between CN, JP", f"between CN, JP\n  beside {beside}"), encoding="utf-8"
    )
    library = read_library([project / "code.cbm"])
    assert [f.message for f in library.findings] == []
    read = {document.span.source.name for document in library.documents.values()}
    assert {name for name in read if not name.startswith("standard:")} == {"code.cbm"}
    asked = standard_file("doc_2002")
    assert asked is not None
    assert [f.message for f in read_library([asked]).findings] == []


def test_each_text_that_comes_with_cbm_is_found_by_its_name(project: Path) -> None:
    """Wherever it stands: `cbm words` lists all of them, and a header names one as it is called."""
    assert standard_names("instrument") == [
        match.group(1)
        for path in standard_documents()
        for match in re.finditer(r"(?m)^instrument (\w+)", path.read_text(encoding="utf-8"))
    ]
    beside = "crises_2015, airspace_1991"
    (project / "code.cbm").write_text(
        CODE.replace("between CN, JP", f"between CN, JP\n  beside {beside}"), encoding="utf-8"
    )
    assert {"crises_2015", "airspace_1991"} <= set(read_library([project / "code.cbm"]).documents)
    wrong = CODE.replace("between CN, JP", "between CN, JP\n  beside crises_2105")
    (project / "code.cbm").write_text(wrong, encoding="utf-8")
    assert [f.remedies for f in run([project / "code.cbm"]).findings] == [("did you mean `crises_2015`?",)]


@pytest.mark.usefixtures("project")
def test_a_text_that_comes_with_cbm_is_told_by_no_way_to_where_cbm_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Servers show places inside the project, and pages are the same on each machine."""
    asked = standard_file("macm")
    assert asked is not None
    assert main(["example", "macm", "3(3)(a)"]) == Exit.FINE
    assert "--> standard:instruments/macm.cbm:" in capsys.readouterr().out
    monkeypatch.chdir(asked.parents[2])  # who works on it names it as any other text
    assert {source.name for source in read_library([asked]).files} == {"specs/instruments/macm.cbm"}
    monkeypatch.setattr("cbm.files._PACKAGE", asked.parents[2])  # as where it is installed in the project
    assert {source.name for source in read_library([asked]).files} == {"standard:instruments/macm.cbm"}


def test_what_was_not_read_is_told_with_a_diff_as_well(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "BAD.CBM").touch()
    assert main(["check", ".", "--fix"]) == Exit.MISUSE
    assert "BAD.CBM does not end in" in capsys.readouterr().err


def test_nothing_is_exported_or_drawn_of_less_than_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "BAD.CBM").touch()
    (project / "closed.cbm").write_bytes(b"\xff")
    assert main(["export", ".", "--smt2", "questions"]) == Exit.MISUSE
    assert not Path("questions").exists()
    assert main(["coverage", "closed.cbm"]) == Exit.MISUSE
    assert capsys.readouterr().out == ""


def test_a_submodule_that_is_not_checked_out_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of a repository has an empty folder in its place."""
    for name in ("common/agreed", "empty", "other"):
        (project / name).mkdir(parents=True)
    (project / "other/notes.md").touch()
    (project / ".git").mkdir()
    listing = '[submodule "a"]\n\tpath = common/agreed\n\turl = ../a.git\n[submodule "b"]\n\tpath = "other"\n'
    (project / ".gitmodules").write_text(listing, encoding="utf-8")
    not_there = (
        Unread(
            "common/agreed", "is a submodule of git that is not checked out: fetch it, or let `exclude` leave it out"
        ),
    )
    assert find_specs([Path()]).unread == not_there
    assert find_specs([Path("common/agreed")]).unread == not_there
    assert main(["check", "."]) == Exit.MISUSE
    assert "common/agreed is a submodule of git that is not checked out" in capsys.readouterr().out
    (project / "cbm.toml").write_text('exclude = ["common"]', encoding="utf-8")
    assert find_specs([Path()], nearest()).unread == ()
