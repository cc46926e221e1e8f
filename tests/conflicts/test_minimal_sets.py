"""Sets of many clauses: it is asked which known sets are parts of them, and not of each part that there could be."""

from __future__ import annotations

from pathlib import Path

from cbm.conflicts.minimal_sets import MinimalSet
from cbm.core.expressions import FALSE
from cbm.finding import RuleId
from cbm.ground.grounding import ground
from cbm.pipeline import run
from tests.laws.timed import system_of

LONG = 40
VOCABULARY = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
topic deeds
"""


def chain(length: int) -> str:
    """Whoever does the first act has to do the next one, and so on; the first is owed, and the last is forbidden."""
    acts = "".join(f"act a{i} topic deeds\n" for i in range(length + 1))
    steps = "".join(f"clause {i + 1} every unit when own.a{i} must a{i + 1}\n" for i in range(length))
    ends = f"clause {length + 1} every unit must a0\nclause {length + 2} every unit must not a{length}\n"
    return f"{VOCABULARY}{acts}draft code\n  uses sea\n{steps}{ends}"


def test_a_clash_of_forty_clauses_is_told_as_one(tmp_path: Path) -> None:
    """It has more parts than can be looked at one by one."""
    (tmp_path / "code.cbm").write_text(chain(LONG), encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["conflict"]).findings
    assert finding.rule is RuleId.CONFLICT
    assert len(finding.clauses) == LONG + 2


def test_conduct_has_to_bring_about_what_a_part_leaves_open() -> None:
    about = ground(system_of(chain(2)), 0)
    norms, conduct = about.demanding, about.conduct
    whole = MinimalSet((0, 1, 2, 3), {}, FALSE)
    assert whole.brought(norms, conduct, [(0, 1, 2, 3), (0, 4)]) == ()
    brought = whole.brought(norms, conduct, [(1, 3)])
    assert brought == tuple(norms[i].binds for i in (0, 1))
    assert whole.brought(norms, conduct, [(1, 3), *((i, i + 1) for i in range(4, 30))]) == brought
