"""A law: `cbm test` and `cbm check` say the same of each expectation, whatever is configured.

It fails where the check finds at its place, from the fail level on, that it does not hold; and nothing that the check
tells of it is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

import cbm
from cbm.finding import RuleId, Severity
from cbm.outcomes.suite_report import CaseOutcome
from cbm.project.configuration import nearest
from tests.laws.drafts import CONDITIONS, drafts
from tests.laws.sparing import sparingly

RULES = (RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED, RuleId.VACUITY)
EXPECTED = (
    "own must call", "own may turn", "own must not turn", "own is bound by nothing", "own is bound by (1)",
    "never own.turn", "possible own.call", "conflict", "no conflict 1, 2", "no gap", "redundancy 2", "not night",
)  # fmt: skip
HIDING = ("", 'select = ["gap"]\n', 'ignore = ["expectation", "vacuity"]\n')
LEVELS = tuple(level.value for level in Severity)


@st.composite
def suites(draw: st.DrawFn) -> str:
    """A draft, and cases in which anything may be expected."""
    given_, expected = (
        draw(st.sampled_from(CONDITIONS)),
        draw(st.lists(st.sampled_from(EXPECTED), min_size=1, max_size=3)),
    )
    lines = [
        'cases "What may be" for code',
        f'case "it is so"\n  given {given_}',
        *(f"  expect {one}" for one in expected),
    ]
    return draw(drafts()) + "\n".join(lines) + "\n"


@given(suites(), st.sampled_from(HIDING), st.sampled_from(LEVELS), st.sampled_from(LEVELS))
@sparingly(20)
def test_a_test_and_a_check_say_the_same(text: str, hiding: str, level: str, severity: str) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "code.cbm").write_text(text, encoding="utf-8")
        settings = f'{hiding}fail-level = "{level}"\n[severity]\nexpectation = "{severity}"\n'
        Path(folder, "cbm.toml").write_text(settings, encoding="utf-8")
        compare([Path(folder)])


def compare(paths: Sequence[Path]) -> None:
    tested = cbm.test(paths, configurations=nearest())
    checked = cbm.run(paths, select=RULES, configurations=nearest())
    told = [f for f in checked.findings if f.rule in RULES]
    cyclic = any(f.rule is RuleId.CYCLE for f in checked.findings)  # then nothing can be asked of the text
    for one in tested.results:
        here = {f for f in told if f.primary.span == one.place and f.rule is not RuleId.VACUITY}
        failing = one.outcome is CaseOutcome.FAILED
        assert failing == any(map(checked.fails, here)), one
        assert {f for f in one.findings if f.rule is not RuleId.VACUITY} == here or one.outcome is CaseOutcome.ERROR
        idle = {f for f in told if f.rule is RuleId.VACUITY}
        assert one.outcome is not CaseOutcome.ERROR or idle & {*one.findings} or cyclic
    assert bool(tested.errors) == cyclic
