"""Stands in for everything behind the command line, so that only the edge is tested."""

from __future__ import annotations

import sys
from collections.abc import Callable, MutableMapping
from contextlib import nullcontext
from types import ModuleType

from cbm.finding import Rule, RuleId, Severity
from cbm.report import Report
from tests.render.sample import REPORT

CONFLICT = Rule(
    RuleId.CONFLICT, Severity.ERROR, "clauses that cannot all be complied with", "There is none.", "fails", "passes"
)
REDUNDANCY = Rule(
    RuleId.REDUNDANCY, Severity.WARNING, "a clause that the others imply", "Others do.", "fails", "passes"
)


def _run(*_: object, **__: object) -> Report:
    return REPORT


def install(run: Callable[..., Report] = _run, modules: MutableMapping[str, ModuleType] = sys.modules) -> None:
    """Puts stubs in the places of the modules that the command line calls."""
    parts: dict[str, dict[str, object]] = {
        "cbm.pipeline": {"run": run, "read_before": nullcontext, "NOTHING": "nothing was asked"},
        "cbm.checks": {"RULES": {rule.id: rule for rule in (REDUNDANCY, CONFLICT)}},
    }
    for name, content in parts.items():
        modules[name] = ModuleType(name)
        vars(modules[name]).update(content)
