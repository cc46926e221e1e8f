"""Two meanings of a term are told as the example tells them."""

from __future__ import annotations

import re
from pathlib import Path

from cbm.pipeline import run

TEXT = """\
instrument rules "Rules agreed before"
  uses encounters
open term near "near" : length from 500 ft to 3 nmi per party
clause 1 a warship must keep separation >= near
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
open term near "near" : length from 200 m to 3 nmi
clause 1 a warship must keep separation >= near
"""


def test_a_figure_has_the_unit_that_it_has_in_the_example(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["divergent-term"]).findings
    assert finding.witness is not None
    told = re.findall(r"near[^;]*: ([^;]+)", finding.witness.words)
    assert finding.notes[0] == "in this encounter it is {} here and {} in rules".format(*told)
