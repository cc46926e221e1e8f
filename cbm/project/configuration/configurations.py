"""The configuration of each path, what several have to agree on, and a report as they want it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cbm.finding import ALWAYS, Finding, Misuse, RuleId, Severity
from cbm.process.shown_paths import place_of
from cbm.project.configuration.settings import NOTHING_CONFIGURED, Configuration, Rules
from cbm.project.configuration.toml_file import in_folder, read_file
from cbm.records import replace
from cbm.report import Hidden, Report
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import Language

_MENDED = mark(
    "{problem}; where that is mended by now, let one file count for both states (on the command line: `--config FILE`)"
)


class Configurations:
    """The configuration of each path: the nearest one, or one for all; and those that came into play so far."""

    def __init__(self, everywhere: Configuration | None = None, *, earlier: bool = False) -> None:
        self._everywhere = everywhere
        self._earlier = earlier  # of files as they were, which nobody can mend
        self._known: dict[str, Configuration] = {}
        self.used: dict[Configuration, None] = {}

    def as_they_were(self, here: Path) -> Configurations:
        """What holds for files as they were: what stands beside them, or the one file for all, from `here` on."""
        one = self._everywhere
        return Configurations(replace(one, folder=str(here)) if one is not None and one.folder else one, earlier=True)

    def of(self, path: Path) -> Configuration:
        """What holds for a file or a folder. Misuse where its configuration cannot be understood."""
        whole = os.path.abspath(path)
        return self._everywhere or self._nearest(whole if os.path.isdir(whole) else os.path.dirname(whole))

    def use(self, path: Path) -> Configuration:
        """The same, which is in play from now on."""
        found = self.of(path)
        self.used[found] = None
        return found

    def _nearest(self, folder: str) -> Configuration:
        if folder not in self._known:
            above = os.path.dirname(folder)
            own = self._in_folder(Path(folder))
            self._known[folder] = own or (NOTHING_CONFIGURED if above == folder else self._nearest(above))
        return self._known[folder]

    def _in_folder(self, folder: Path) -> Configuration | None:
        try:
            return in_folder(folder)
        except Misuse as wrong:
            raise Misuse(say(_MENDED, problem=wrong)) if self._earlier else wrong from None

    def agreed_date(self) -> date | None:
        """The date that the files in play ask about; Misuse where they differ."""
        day: date | None = self._agreed("as-of", lambda used: used.as_of)
        return day

    def agreed_level(self) -> Severity | None:
        """The severity from which on the files in play let a run fail; Misuse where they differ."""
        level: Severity | None = self._agreed("fail-level", lambda used: used.fail_level)
        return level

    def agreed_baseline(self) -> Path | None:
        """The file with findings that are known, as the files in play have it; Misuse where they differ."""
        file: Path | None = self._agreed("baseline", lambda used: used.baseline and used.named(used.baseline))
        return None if file is None else Path(os.path.relpath(file))

    def language_of(self, paths: Iterable[Path]) -> Language | None:
        """The language in which readers are told of these paths; None where the files say none, or several.

        A file that cannot be understood, or looked for, says none: that is told where it counts for more.
        """
        try:
            said = {self.of(path).lang for path in paths}
        except (Misuse, OSError):
            return None
        return said.pop() if len(said) == 1 else None

    def _agreed(self, key: str, value: Callable[[Configuration], Any]) -> Any:
        told = {value(used): used.name for used in self.used if value(used) is not None}
        if len(told) > 1:
            said = (say("{file} says {value}", file=name, value=answer) for answer, name in told.items())
            raise Misuse(
                say(
                    "`{key}` holds for a whole run, and {said}: check them one by one, or give --{key}",
                    key=key,
                    said=say(" and ").join(said),
                )
            )
        return next(iter(told), None)

    def rules(self, ignore: Rules) -> Rules:
        """All rules that are told of some file; `ignore` are left out everywhere. Misuse where one tells none."""
        told = {used: _told(used, ignore) for used in self.used or (NOTHING_CONFIGURED,)}
        for used, rules in told.items():
            if not rules:
                selected = listed([f"`{rule}`" for rule in RuleId if rule in used.select])
                words = mark("{file}: all that is selected is ignored as well ({rules}): nothing would be asked")
                raise Misuse(say(words, file=used.name, rules=selected))
        return frozenset[RuleId]().union(*told.values())

    def applied(self, report: Report, excluded: tuple[str, ...], *, selected: bool, ignore: Rules) -> Report:
        """The report as the files want it, and what they hide. `selected`: somebody said which rules to tell."""
        kept, kept_out = list[Finding](), list[Finding]()
        for finding in report.findings:
            here = self._beside(finding)
            told = selected or finding.rule in _told(here, ignore) or finding.rule in ALWAYS
            if told and not here.ignores(place_of(finding.primary.span.source.name), finding.rule):
                kept.append(finding)
            else:
                self.used[here] = None
                kept_out.append(finding)
        shown = replace(report, findings=tuple(kept), kept_out=tuple(kept_out))
        return self.graded(shown, excluded, Counter(finding.rule for finding in kept_out))

    def graded(
        self, report: Report, excluded: tuple[str, ...], hidden: Mapping[RuleId, int] = MappingProxyType({})
    ) -> Report:
        """The report with each finding as grave as the files want it; of each rule so many are `hidden` already."""
        graded, lowered = list[Finding](), Counter[tuple[RuleId, Severity]]()
        for finding in report.findings:
            here = self._beside(finding)
            wanted = dict(here.severity).get(finding.rule, finding.severity)
            if wanted.weight < finding.severity.weight:
                self.used[here] = None
                lowered[finding.rule, wanted] += 1
            graded.append(finding if wanted is finding.severity else replace(finding, severity=wanted))
        told_of = Hidden(
            tuple(used.name for used in self.used if used.name),
            excluded,
            tuple((rule, hidden[rule]) for rule in RuleId if rule in hidden),
            tuple((rule, level, count) for (rule, level), count in sorted(lowered.items())),
        )
        return replace(report, findings=tuple(graded), hidden=told_of)

    def _beside(self, finding: Finding) -> Configuration:
        """The configuration of the text that a finding is in."""
        source = finding.primary.span.source
        return NOTHING_CONFIGURED if source.standard else self.of(place_of(source.name))


def nearest() -> Configurations:
    """For each text the nearest file above it."""
    return Configurations()


def isolated() -> Configurations:
    """No file counts."""
    return Configurations(NOTHING_CONFIGURED)


def from_file(file: Path) -> Configurations:
    """One file for all texts; its patterns are relative to the working folder. Misuse where it cannot be understood."""
    return Configurations(replace(read_file(file), folder=str(Path.cwd())))


def _told(used: Configuration, ignore: Rules) -> Rules:
    return (used.select or frozenset(RuleId)) - used.ignore - ignore
