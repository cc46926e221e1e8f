"""Which rules are reported, and which are asked for that; what is left out is known by name.

And what else a run is to go by: the date asked about and when it fails, by its caller or by configuration files.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cbm.arguments import day_of, require, several, severity_of
from cbm.core.norms import WITH_EXTENT, FindingExpected, NormSystem, expectations
from cbm.finding import ALWAYS, ALWAYS_TOLD, Misuse, RuleId, Severity
from cbm.project.configuration.configurations import Configurations, isolated
from cbm.project.idle_patterns import idle_patterns
from cbm.records import Record, replace
from cbm.report import Report
from cbm.translation.listing import listed
from cbm.translation.saying import say


class Selection(Record):
    """The rules that are reported, beside those that always are."""

    rules: frozenset[RuleId] = frozenset(RuleId)

    @staticmethod
    def of(select: Iterable[str], ignore: Iterable[str]) -> Selection:
        """Those selected (all, if none is) and not ignored; Misuse where one does not exist, or none is left."""
        selected, ignored = _selected_and_ignored(select, ignore)
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


class RunTerms(Record):
    """What a run asks and how it is told, as its caller says; where he says nothing, configurations may."""

    as_of: date | None
    select: frozenset[RuleId]
    ignore: frozenset[RuleId]
    level: Severity | None
    configurations: Configurations

    @staticmethod
    def of(
        as_of: object,
        select: Iterable[str],
        ignore: Iterable[str],
        fail_level: object,
        configurations: Configurations | None = None,
    ) -> RunTerms:
        """Misuse where something is not what it has to be, or no rule is left."""
        selected, ignored = _selected_and_ignored(select, ignore)
        is_what = say("is what `nearest()` of `cbm.project.configuration` gives")
        require(isinstance(configurations, Configurations | None), "configurations", is_what, configurations)
        level = None if fail_level is None else severity_of("fail_level", fail_level)
        return RunTerms(day_of("as_of", as_of), selected, ignored, level, configurations or isolated())

    @property
    def selection(self) -> Selection:
        """Rules that are selected are all that is told; else what files leave out and what is ignored is not."""
        if self.select:
            return Selection(self.select - self.ignore)
        return Selection(self.configurations.rules(self.ignore))

    @property
    def day(self) -> date | None:
        return self.as_of or self.configurations.agreed_date()

    @property
    def fail_level(self) -> Severity:
        return self.level or self.configurations.agreed_level() or Severity.ERROR

    def told(self, report: Report, excluded: tuple[str, ...], read: Iterable[Path] = ()) -> Report:
        """The report on what was read without what configurations hide, and with a word on that."""
        told = self.configurations.applied(report, excluded, selected=bool(self.select), ignore=self.ignore)
        return replace(told, hidden=replace(told.hidden, idle=idle_patterns(self.configurations, read=read)))

    def graded(self, report: Report, excluded: tuple[str, ...]) -> Report:
        """The report with all that is in it, as grave as configurations want it."""
        return self.configurations.graded(report, excluded)


def _selected_and_ignored(select: Iterable[str], ignore: Iterable[str]) -> tuple[frozenset[RuleId], frozenset[RuleId]]:
    selected, ignored = _rules("select", select), _rules("ignore", ignore)
    if not (selected or frozenset(RuleId)) - ignored:
        rules = listed([f"`{rule}`" for rule in RuleId if rule in selected])
        if not selected:
            raise Misuse(say("every rule is ignored: nothing would be asked"))
        raise Misuse(say("all that is selected is ignored as well ({rules}): nothing would be asked", rules=rules))
    for rule in sorted(ignored & ALWAYS):
        raise Misuse(say(ALWAYS_TOLD, rule=rule))
    return selected, ignored


def _rules(option: str, names: Iterable[str]) -> frozenset[RuleId]:
    return frozenset(RuleId.named(str(name)) for name in several(option, names, "['gap', 'seam']"))


EVERY_RULE = Selection()
