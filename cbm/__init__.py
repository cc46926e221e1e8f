"""cbm: checks codes of conduct for encounters at sea and in the air, as a library.

`load` reads texts into norm systems, `check` asks every question about one and reports. Both are pure as far as the
texts go: a faulty text gives findings and never an exception, and nothing is printed. `Misuse` is raised for paths
that cannot be read. Everything is imported when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know better; importing the name takes longer than all the rest here

if TYPE_CHECKING:
    from cbm.answering import ask as ask
    from cbm.answers import Answer as Answer
    from cbm.answers import Illustration as Illustration
    from cbm.budget import Budget as Budget
    from cbm.comparing import compare as compare
    from cbm.core.norms import NormSystem as NormSystem
    from cbm.difference import Difference as Difference
    from cbm.difference import Ledger as Ledger
    from cbm.diffing import diff as diff
    from cbm.finding import Exit as Exit
    from cbm.finding import Finding as Finding
    from cbm.finding import Misuse as Misuse
    from cbm.finding import Report as Report
    from cbm.finding import RuleId as RuleId
    from cbm.finding import Severity as Severity
    from cbm.illustrating import example as example
    from cbm.model_comparison import ModelComparison as ModelComparison
    from cbm.model_comparison import ModelReport as ModelReport
    from cbm.negotiating import options as options
    from cbm.pipeline import check as check
    from cbm.pipeline import load as load
    from cbm.pipeline import run as run
    from cbm.state_of_play import StateOfPlay as StateOfPlay

__all__ = [
    "Answer",
    "Budget",
    "Difference",
    "Exit",
    "Finding",
    "Illustration",
    "Ledger",
    "Misuse",
    "ModelComparison",
    "ModelReport",
    "NormSystem",
    "Report",
    "RuleId",
    "Severity",
    "StateOfPlay",
    "ask",
    "check",
    "compare",
    "diff",
    "example",
    "load",
    "options",
    "run",
]

_HOMES = {
    "Answer": "cbm.answers",
    "Budget": "cbm.budget",
    "Difference": "cbm.difference",
    "Exit": "cbm.finding",
    "Finding": "cbm.finding",
    "Illustration": "cbm.answers",
    "Ledger": "cbm.difference",
    "Misuse": "cbm.finding",
    "ModelComparison": "cbm.model_comparison",
    "ModelReport": "cbm.model_comparison",
    "NormSystem": "cbm.core.norms",
    "Report": "cbm.finding",
    "RuleId": "cbm.finding",
    "Severity": "cbm.finding",
    "StateOfPlay": "cbm.state_of_play",
    "ask": "cbm.answering",
    "check": "cbm.pipeline",
    "compare": "cbm.comparing",
    "diff": "cbm.diffing",
    "example": "cbm.illustrating",
    "load": "cbm.pipeline",
    "options": "cbm.negotiating",
    "run": "cbm.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
