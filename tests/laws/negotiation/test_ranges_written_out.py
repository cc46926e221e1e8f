"""Law: of what is allowed a package leaves the range that is told of it; it is what the text of that package leaves.

The duties that are told with it stand in that package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.core.norms import NormSystem
from cbm.finding import Finding, RuleId
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import WORLD, document, holds_on, names_of, packages, understood
from tests.laws.sparing import sparingly

_BOUNDS = tuple(f"keep gap {order} {metres} m" for order in (">=", "<=") for metres in (200, 300, 500))
_RANGE = "of .*, which clause .* allows, only .* can be used( in some encounters)?"
_TOLD = re.compile(f"({_RANGE}|what clause .* allows can never be used)")


@st.composite
def ranging(draw: st.DrawFn) -> str:
    """A permission and duties on one result without conditions, each with one bound, or with several in brackets."""

    def bound(*proposed: str) -> str:
        return draw(st.one_of(st.just(draw(st.sampled_from(_BOUNDS))), st.sampled_from(proposed)))

    either = st.lists(st.sampled_from(_BOUNDS), min_size=2, max_size=3, unique=True).map(" | ".join)
    lines = [f"clause 1 every unit may {bound(f'[{draw(either)}]')}"]
    for number in (2, 3):
        said = bound(
            f"[{draw(either)}]", f"[d A: {draw(st.sampled_from(_BOUNDS))} | B: {draw(st.sampled_from(_BOUNDS))}]"
        )
        modal = draw(st.sampled_from(("must", "must", "should")))
        lines.append(f"clause {number} every unit {modal} {said}")
    lines.append("clause 9 every unit [d A: must call | B: should call]")
    return WORLD + "\n".join(lines) + "\n"


# A duty beside the brackets leaves one range, and some options less; of each only what is left there is told.
_LESS_THAN_BESIDE = f"""{WORLD}clause 1 every unit may keep gap <= 500 m
clause 2 every unit must keep gap >= 100 m
clause 3 every unit must keep gap >= [A: 200 m | B: 300 m | 50 m]
clause 9 every unit [d A: must call | B: should call]
"""
# The same is left by different duties, each on other packages.
_SAME_BY_OTHERS = f"""{WORLD}clause 1 every unit may keep gap >= 200 m
[d A: clause 2 every unit must keep gap <= 500 m | B: delete]
[d B: clause 3 every unit must keep gap <= 500 m | A: delete]
"""
# What is allowed is shut out by one duty on some packages, and by another one on the others.
_BLOCKED_BY_OTHERS = f"""{WORLD}clause 1 every unit may keep gap >= 600 m
[d A: clause 2 every unit must keep gap <= 300 m | B: delete]
[d B: clause 3 every unit must keep gap <= 500 m | A: delete]
"""


@sparingly(20)
@given(ranging())
@example(_BLOCKED_BY_OTHERS)
@example(_LESS_THAN_BESIDE)
@example(_SAME_BY_OTHERS)
def test_ranges_told_of_a_package_are_those_of_its_text(text: str) -> None:
    draft, names = document(text), names_of(text)
    whole = list(_found(understood(text)))
    for taken in packages(draft):
        package = understood(with_taken(text, draft, taken))
        told = [f for f in whole if holds_on(f, taken, names)]
        assert {_range(f) for f in told} == {_range(f) for f in _found(package)}, taken
        standing = {str(norm) for norm in package.norms}
        assert all(standing.issuperset(f.clauses) for f in told), taken


def _found(system: NormSystem) -> Iterator[Finding]:
    found = examine(system, Selection(frozenset((RuleId.BLOCKED_PERMISSION,))), showing=False).findings
    return (finding for finding in found if finding.rule is RuleId.BLOCKED_PERMISSION)


def _range(finding: Finding) -> tuple[str, str]:
    told = _TOLD.match(finding.message)
    assert told is not None, finding.message
    return finding.severity, told[1]
