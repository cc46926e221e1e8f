"""The map in Markdown: each row says what it counts."""

from __future__ import annotations

from pathlib import Path

from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer
from cbm.render.maps import markdown

TEXT = """draft notices_only "Notices"
  uses activities
  between CN, JP
clause 1 organiser when sort_of_activity is missile_launch must notify
clause 2 informed when sort_of_activity is missile_launch must reply
covers notices in every type of activity
"""


def test_the_rows_of_the_summary_say_for_whom_they_count(tmp_path: Path) -> None:
    text = tmp_path / "notices_only.cbm"
    text.write_text(TEXT, encoding="utf-8")
    found = answer(Request(str(text)))
    assert isinstance(found, CoverageMap)
    rows = [line.split("|")[1].strip() for line in markdown.render(found).split("\n## ")[0].splitlines() if "|" in line]
    assert rows[2:] == ["notices and reports (organiser)", "notices and reports (informed)"]
