"""The examples of the pages on the library run, and print what they should."""

from __future__ import annotations

import pytest

from cbm import RULES
from cbm.finding import RuleId
from tests.pages.shown import blocks


def test_the_example_of_the_library_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("cbm/README.md", "python")
    exec(compile(example, "cbm/README.md", "exec"), {})
    assert "unserved-function" in capsys.readouterr().out


def test_the_examples_of_the_page_on_the_library_run_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    printed = []
    for example in blocks("cbm/library.md", "python"):
        exec(compile(example, "cbm/library.md", "exec", dont_inherit=True), names)
        printed.append(capsys.readouterr().out)
    assert "error conflict clauses 1 and 2 cannot both be complied with" in printed[0]
    assert printed[1:3] == ["it was cancelled 3 True\n", f"True\n{RULES[RuleId.CONFLICT].summary}\n"]
    assert "条項の抵触1件" in printed[3]
    assert printed[4].startswith("matter,bearer,own.craft,")
    assert printed[4].endswith("Certified\n")
    assert printed[5] == "1 ()\n0 0\n"
