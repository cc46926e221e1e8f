"""No reader is told where a project lies on the machine: paths are told from the working folder on."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from cbm.finding import Misuse
from cbm.process.shown_paths import place_of, shown_path, standing_in
from cbm.project.configuration import nearest
from tests.small_text import CODE


def test_a_path_is_told_from_the_working_folder_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    paths = [tmp_path / "here" / "a.cbm", tmp_path / "there" / "a.cbm", Path("deeper/../a.cbm")]
    assert [shown_path(path) for path in paths] == ["a.cbm", "../there/a.cbm", "a.cbm"]


def test_what_stands_for_another_place_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with standing_in(tmp_path / "written", "git:v1"):
        assert shown_path(tmp_path / "written" / "specs" / "a.cbm") == "git:v1:specs/a.cbm"
        assert shown_path(tmp_path / "a.cbm") == "a.cbm"
        assert place_of("git:v1:specs/a.cbm") == tmp_path / "written" / "specs" / "a.cbm"
        assert place_of("a.cbm") == Path("a.cbm")
    assert shown_path(tmp_path / "written" / "a.cbm") == "written/a.cbm"


def test_no_page_tells_where_another_project_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
    file = tmp_path / "there" / "code.cbm"
    file.write_text(CODE.replace("must call", "must cal"), encoding="utf-8")
    (tmp_path / "there" / "old.cbm").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "there" / "cbm.toml").write_text('ignore = ["wording"]', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    report = cbm.run([tmp_path / "there"], configurations=nearest())
    assert {finding.primary.span.source.name for finding in report.findings} == {"../there/code.cbm"}
    for page in ("full", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"):
        assert str(tmp_path) not in cbm.render(report, page)
    (tmp_path / "there" / "cbm.toml").write_text("ignored = 1", encoding="utf-8")
    with pytest.raises(Misuse, match=r"^\.\./there/cbm\.toml:1: unknown key"):
        nearest().of(file)
