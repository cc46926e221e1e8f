"""The suite at small sizes: every ratio is taken and told. How large it is hangs on the machine, and is not tested."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.measure import Row, table
from tests.benchmarks.suite import Size, Sizes, rows

DRAFT = """\
vocabulary world
situation encounter
roles own, other
each
  armed : flag
topic everything
act turn topic everything
draft code "Code"
  uses world
clause 1 every unit when own.armed
  must turn
clause 2 every unit when other.armed
  must not turn
"""


def test_every_row_is_measured(tmp_path: Path) -> None:
    draft = tmp_path / "draft.cbm"
    draft.write_text(DRAFT, encoding="utf-8")
    laws = (Size(60, 1, 3), Size(400, 1, 1), Size(500, 1, 0.5))
    taken = list(rows(Sizes(laws, (draft,), read=20, shared=40, moments=6, windows=4, starts=1, rounds=1)))
    assert all(row.reached is not None and row.reached > 0 for row in taken), taken
    assert len({row.what for row in taken}) == len(taken) == 14
    assert not [row for row in taken if "BUT" in row.seen], "plain Z3 finds other conflicts"
    page = table(taken)
    assert page.count("\n") == len(taken) + 2
    assert all(row.what in page and row.verdict in page for row in taken)


def test_a_row_says_whether_its_target_is_met() -> None:
    assert Row("a", 0.5, 0.5, "").verdict == "met"
    assert Row("a", 0.6, 0.5, "").verdict == "not met"
    assert Row("a", 0.6, 0.85, "", at_least=True).verdict == "not met"
    assert Row("a", 0.9, 0.85, "", at_least=True).verdict == "met"
    assert Row("a", None, 0.5, "not there").verdict == "not measured"
