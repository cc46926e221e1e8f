"""A project with a draft, and what it settles for its checks."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run
from cbm.project.configuration.configurations import Configurations, nearest
from cbm.report import Report

CODE = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
clause 2 a warship must aim_weapons
clause 3 every unit must not lase
clause 4 a warship must not lase
"""


SUITES = """\
[suites.weapons]
paths = ["code.cbm"]
as-of = 2030-05-06
select = ["conflict"]

[suites."all of it"]
paths = ["."]
fail-level = "note"
"""


def settle(text: str, where: str = "cbm.toml") -> None:
    Path(where).parent.mkdir(parents=True, exist_ok=True)
    Path(where).write_text(text, encoding="utf-8")


def found(*paths: str, configurations: Configurations | None = None) -> Report:
    chosen = nearest() if configurations is None else configurations
    return run(paths or ["."], select=(), configurations=chosen)


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in report.findings]
