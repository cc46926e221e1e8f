"""Examples around a change of clocks say which offset is that before, and which that after it."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run

EXAMPLES = Path(__file__).parents[1] / "checks" / "examples"


def test_an_example_says_when_clocks_change_and_what_they_show_before_and_after(tmp_path: Path) -> None:
    (tmp_path / "clocks.cbm").write_text((EXAMPLES / "clocks.cbm").read_text(encoding="utf-8"), encoding="utf-8")
    found = run([tmp_path / "clocks.cbm"], select=frozenset(("impossible-duty",))).findings
    told = [f.witness.words for f in found if f.witness is not None]
    assert len(told) == 2
    for words in told:
        assert "clocks in Europe/Vienna: UTC+2, before they change on 2024-10-27" in words
        assert "clocks in Europe/Vienna: UTC+1, after they change on 2024-10-27" in words
