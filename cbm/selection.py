"""Which rules are reported, and which are asked for that; what is left out is known by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cbm.arguments import several
from cbm.core.norms import WITH_EXTENT, FindingExpected, NormSystem, expectations
from cbm.finding import RuleId

# What keeps questions from being asked or answered is shown whatever is selected: without it a text would look fine.
ALWAYS = frozenset(
    (
        RuleId.SYNTAX,
        RuleId.UNDEFINED,
        RuleId.DUPLICATE,
        RuleId.CYCLE,
        RuleId.UNIT_MISMATCH,
        RuleId.TYPE_MISMATCH,
        RuleId.INCONSISTENT_VOCABULARY,
        RuleId.UNDECIDED,
    )
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that are reported, beside those that always are."""

    rules: frozenset[RuleId] = frozenset(RuleId)

    @staticmethod
    def of(select: Iterable[str], ignore: Iterable[str]) -> Selection:
        """Those that are selected (all, if none is) and not ignored; Misuse where one of them does not exist."""
        selected, ignored = _rules("select", select), _rules("ignore", ignore)
        return Selection((selected or frozenset(RuleId)) - ignored)

    def reports(self, rule: RuleId) -> bool:
        return rule in self.rules or rule in ALWAYS

    @property
    def left_out(self) -> tuple[RuleId, ...]:
        """What is not reported, in the order of the rules."""
        return tuple(rule for rule in RuleId if not self.reports(rule))

    def asked(self, system: NormSystem) -> frozenset[RuleId]:
        """What is asked of a system: what is reported, and what its cases expect of a text as a whole."""
        reported = frozenset(filter(self.reports, RuleId))
        if RuleId.EXPECTATION not in reported:
            return reported
        expected = (e.rule for _, e in expectations(system) if isinstance(e, FindingExpected))
        return reported.union(rule for rule in expected if rule not in WITH_EXTENT)


def _rules(option: str, names: Iterable[str]) -> frozenset[RuleId]:
    return frozenset(RuleId.named(str(name)) for name in several(option, names, "['gap', 'seam']"))


EVERY_RULE = Selection()
