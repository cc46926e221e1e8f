"""What the options of `cbm check` were given as."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cbm.arguments import FailLevel
from cbm.core.packages.settled_choices import SettledChoices
from cbm.finding import RuleId
from cbm.records import Record


class CheckOptions(Record, kw_only=True):
    """One field for each option, of the name that the command has for it."""

    paths: tuple[Path, ...]
    suite: str | None
    as_of: date | tuple[date, ...] | None
    select: frozenset[RuleId]
    ignore: frozenset[RuleId]
    fail_level: FailLevel | None
    baseline_file: Path | None
    written_baseline: Path | None
    against: str | None
    exit_zero: bool
    statistics: bool
    quiet: bool
    stdin_filename: Path | None
    config_file: Path | None
    isolated: bool
    explain_green: bool
    everything: bool
    coverage: bool
    repairs: bool
    fix: bool
    unsafe_fixes: bool
    yes: bool
    only_diff: bool
    output_format: str
    document: Path | None
    outputs: tuple[tuple[str, Path], ...]
    as_if: tuple[str, str] | None
    take: tuple[str, ...]
    text_of: str | None
    fail_on: str | None
    timeout: float | None
    steps: int | None
    jobs: int | None
    color: str

    @property
    def settled(self) -> SettledChoices:
        return SettledChoices(self.take, self.text_of)

    @property
    def as_status(self) -> str | None:
        """The status that drafts are taken to have."""
        return None if self.as_if is None else self.as_if[1]
