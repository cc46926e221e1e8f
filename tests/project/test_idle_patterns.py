"""Patterns of configuration files that are for no text: told by what goes by them, in pages and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cbm
from cbm.cli import main
from cbm.finding import Exit
from cbm.project.configuration.configurations import isolated, nearest
from cbm.project.idle_patterns import ALL, idle_patterns
from cbm.render import RENDERERS
from cbm.report import IdlePattern, Report
from tests.project.configuration.conftest import project as project
from tests.project.configuration.project import CODE, found, settle

CASES = 'cases "Weapons" for code\nexpect no conflict\n'
SETTLED = """\
include = ["drafts", "textes/**"]
exclude = ["node_modules", "draft/old", "*.cbm.md", ".venv"]
[per-file-ignores]
"drafts/code.cbm" = ["conflict"]
"drafts/old.cbm" = ["gap"]
"""


@pytest.fixture(autouse=True)
def folders(project: Path) -> None:
    assert Path.cwd() == project
    settle(SETTLED)
    for name in ("node_modules/theirs.cbm", ".venv/theirs.cbm", ".hidden/old.cbm", "draft.txt"):
        settle("", name)


def told(*keys: str, path: Path = Path()) -> list[tuple[str, int, str, str]]:
    configurations = nearest()
    configurations.use(path)
    return [(one.key, one.line, one.pattern, one.nearer) for one in idle_patterns(configurations, keys or ALL)]


def test_what_is_for_no_text_is_known_by_key_and_line() -> None:
    """As of a text that was renamed. Folders that are never looked into are there all the same."""
    assert told() == [
        ("include", 1, "textes/**", ""),
        ("per-file-ignores", 5, "drafts/old.cbm", ""),
        ("exclude", 2, "draft/old", ""),
        ("exclude", 2, "*.cbm.md", ""),
    ]
    assert told("include") == [("include", 1, "textes/**", "")]
    settle("", "drafts/old.cbm")
    settle("", "draft/old/more.cbm.md")
    settle("", "textes/more/more.cbm")
    assert told() == []


def test_a_text_that_lies_in_no_file_is_one() -> None:
    unsaved = {Path("drafts/old.cbm"): CODE, Path("textes/new.txt"): CODE.replace("draft code", "draft new")}
    said = cbm.run(unsaved, configurations=nearest(), unsaved=unsaved)
    assert said.hidden.idle == ()


def test_texts_for_which_another_file_counts_are_none() -> None:
    settle('[per-file-ignores]\n"drafts/*" = ["gap"]\n"more/*" = ["gap"]')
    settle("", "drafts/cbm.toml")
    settle(CODE.replace("draft code", "draft more"), "more/more.cbm")
    assert told() == [("per-file-ignores", 2, "drafts/*", "drafts/cbm.toml")]
    settle("nonsense", "drafts/cbm.toml")
    assert told(path=Path("more")) == [], "what cannot be understood is told where it counts"


def test_a_report_tells_it_on_every_page() -> None:
    report = found("drafts")
    assert report.hidden.idle == (
        IdlePattern("cbm.toml", 1, "include", "textes/**"),
        IdlePattern("cbm.toml", 5, "per-file-ignores", "drafts/old.cbm"),
    )
    words = "For no text: `textes/**` of `include` (cbm.toml:1), `drafts/old.cbm` of `per-file-ignores` (cbm.toml:5)."
    for name in ("full", "concise", "sarif", "github", "junit"):
        assert words in RENDERERS[name](report).replace("\n", " "), name
    for name in ("markdown", "html"):
        assert "For no text: " in RENDERERS[name](report), name
    page = RENDERERS["json"](report)
    assert json.loads(page)["configuration"]["idle"][1]["pattern"] == "drafts/old.cbm"
    assert Report.from_json(page).hidden == report.hidden
    assert "For no text" not in RENDERERS["full"](found("drafts", configurations=isolated()))
    settle('[per-file-ignores]\n"drafts/*" = ["gap"]')
    settle("", "drafts/cbm.toml")
    settle(CODE.replace("draft code", "draft more"), "more.cbm")
    words = "For no text: `drafts/*` of `per-file-ignores` (cbm.toml:2), for whose texts drafts/cbm.toml counts."
    assert words in RENDERERS["concise"](found())


def test_a_suite_tells_what_it_goes_by(capsys: pytest.CaptureFixture[str]) -> None:
    settle(CASES, "drafts/cases.cbm")
    suite = cbm.test(["drafts"], configurations=nearest())
    assert suite.notes == ("`textes/**` of `include` (cbm.toml:1) is for no text",)
    assert main(["test", "drafts"]) == Exit.FINDINGS
    assert "is for no text" in capsys.readouterr().out
    assert cbm.test(["drafts"]).notes == ()


def test_the_command_line_tells_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "drafts", "--select", "gap"]) == Exit.FINE
    page = capsys.readouterr()
    assert (page.out.count("drafts/old.cbm"), page.err) == (1, "")
    assert main(["check", "drafts", "--select", "gap", "-q"]) == Exit.FINE
    assert main(["check", "drafts", "--select", "gap", "--isolated"]) == Exit.FINE
    page = capsys.readouterr()
    assert ("drafts/old.cbm" in page.out, page.err) == (False, "")


def test_the_configuration_is_shown_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "drafts"]) == Exit.FINE
    page = capsys.readouterr().out
    assert [line.split("  # ")[1] for line in page.splitlines() if "cbm.toml:" in line] == [
        'cbm.toml:1; for no text: "textes/**"',
        'cbm.toml:2; for no text: "draft/old", "*.cbm.md"',
        "cbm.toml:3",
        "cbm.toml:4",
        'cbm.toml:5; for no text: "drafts/old.cbm"',
    ]
    settle(page)
    assert main(["config", "show"]) == Exit.FINE  # what is shown can be a file again


def test_a_pattern_that_is_called_as_a_key_is_told_apart_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    settle('include = ["drafts", "textes/**"]\n[per-file-ignores]\n"include" = ["gap"]\n')
    settle("", "include/old.cbm")
    assert main(["config", "show"]) == Exit.FINE
    shown = capsys.readouterr().out.splitlines()
    told = [line.partition("  # ")[0].strip() for line in shown if "for no text" in line]
    assert [line for line in told if "textes/**" in line]
    assert len(told) == 1
