"""How grave findings are, in words: one level, and so many findings of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from cbm.finding import Severity
from cbm.translation.saying import say_as, say_count


def level_words(severity: Severity) -> str:
    """`error`, `warning` or `note`."""
    match severity:
        case Severity.ERROR:
            return say_as("level", "error")
        case Severity.WARNING:
            return say_as("level", "warning")
        case Severity.NOTE:
            return say_as("level", "note")
        case _:
            assert_never(severity)


def counts_of_levels(counts: Mapping[Severity, int]) -> list[str]:
    """`2 errors`, `1 note`: of each level of which there are some."""
    return [_counted(severity, counts[severity]) for severity in Severity if counts[severity]]


def _counted(severity: Severity, count: int) -> str:
    match severity:
        case Severity.ERROR:
            return say_count("{count:,} error", "{count:,} errors", count)
        case Severity.WARNING:
            return say_count("{count:,} warning", "{count:,} warnings", count)
        case Severity.NOTE:
            return say_count("{count:,} note", "{count:,} notes", count)
        case _:
            assert_never(severity)
