"""Law: what is found of times in a whole check is what trying every situation and every report finds."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import assume, given

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.core.expressions import NormId
from cbm.core.norms import Norm, NormSystem
from cbm.finding import RuleId
from cbm.syntax.ast import Strength
from tests.laws.checks.test_findings import AT_A_BOUND, clauses_of
from tests.laws.sparing import sparingly
from tests.laws.timed import Ways, all_clashes, drafts, reports_in, situations, system_of, ways_of_keeping

RULES = Selection(
    frozenset((RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY, RuleId.SEAM, RuleId.REDUNDANCY))
)


@sparingly(16)
@given(drafts())
def test_clashes_and_needless_clauses_about_times_are_those_of_enumeration(text: str) -> None:
    # Two reports may find the units at two distances, and only one distance is tried at a time.
    assume("distance at own.report" not in text)
    system = system_of(text)
    findings = examine(system, RULES, showing=False).findings
    worlds = list(situations(system))
    bounds = tuple(f for f in findings if f.rule is RuleId.SEAM and AT_A_BOUND in f.message)
    told = clauses_of(findings, "conflict", "impossible-duty") + clauses_of(bounds, "seam")
    expected = {clash for _, clashing in all_clashes(system, worlds) for clash in clashing}
    assert sorted(map(sorted, told)) == sorted(sorted(map(str, clash)) for clash in expected)
    reported = {f.clauses[0] for f in findings if f.rule is RuleId.REDUNDANCY}
    assert reported == set(map(str, needless(system, [ways for _, ways in ways_of_keeping(system, worlds)])))


def needless(system: NormSystem, everywhere: list[Ways]) -> Iterator[NormId]:
    """The duties that others at least as strong imply, in source order; what is implied implies nothing further."""
    reports = frozenset(range(len(reports_in(system))))
    implied: set[NormId] = set()

    def breached(norm: Norm, others: set[NormId]) -> bool:
        """Whether it can be breached somewhere by who keeps the others."""
        return any(breaching(norm.id, others, ways, reports) for ways in everywhere if norm.id in ways)

    def bound(norm: Norm, others: set[NormId]) -> bool:
        return any(norm.id in ways and allowed(ways, others, reports) is not None for ways in everywhere)

    for norm in system.norms.values():
        strong = {o.id for o in system.norms.values() if o.strength in (Strength.MUST, norm.strength)}
        others = strong - implied - {norm.id}
        if norm.demands and bound(norm, others) and not breached(norm, others):
            implied.add(norm.id)
            if breached(norm, set()):  # else nothing has to imply it
                yield norm.id


def breaching(norm: NormId, others: set[NormId], ways: Ways, reports: frozenset[int]) -> bool:
    """Whether some reports keep the others and not this one."""
    silent, by = ways[norm]
    free = allowed(ways, others, reports)
    if free is None:
        return False
    if silent:  # a ban is breached by one report too many
        return bool(free - by)
    return all(ways[other][1] & (free - by) for other in others if other in ways and not ways[other][0])


def allowed(ways: Ways, others: set[NormId], reports: frozenset[int]) -> frozenset[int] | None:
    """The reports that these bans allow; None where these duties cannot all be kept by them."""
    owed = [ways[other] for other in others if other in ways]
    free = reports.intersection(*(by for silent, by in owed if silent))
    return free if all(by & free for silent, by in owed if not silent) else None
