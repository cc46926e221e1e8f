"""What holds is shown as a file would say it."""

from __future__ import annotations

import tomllib

import pytest

from cbm.cli import main
from cbm.finding import Exit
from cbm.project.configuration.description import described
from cbm.project.configuration.settings import Configuration
from tests.project.configuration.project import settle


def test_what_holds_is_shown_with_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    settle('as-of = 2019-10-01\n\n[severity]\ngap = "note"\n[per-file-ignores]\n"a b/*" = ["seam", "gap"]')
    settle("", "a b/more.cbm")
    assert main(["config", "show", "drafts"]) == Exit.FINE
    page = capsys.readouterr().out
    assert [line.split("  # ")[0].rstrip() for line in page.splitlines() if "cbm.toml" in line] == [
        "as-of = 2019-10-01",
        "[severity]",
        'gap = "note"',
        "[per-file-ignores]",
        '"a b/*" = ["gap", "seam"]',
    ]
    assert [line.split("cbm.toml:")[1] for line in page.splitlines() if "cbm.toml:" in line] == list("13456")
    settle(page)
    assert main(["config", "show"]) == Exit.FINE  # what is shown can be a file again
    assert main(["config", "show", "gone"]) == Exit.MISUSE
    capsys.readouterr()
    assert main(["config", "show", "--isolated"]) == Exit.FINE
    assert "cbm.toml" not in capsys.readouterr().out
    assert tomllib.loads(described(Configuration()))["fail-level"] == "error"
