"""cbm: checks codes of conduct for encounters at sea and in the air, as a library.

`load` reads texts into norm systems, `check` asks every question about one and reports. Both are pure as far as the
texts go: a faulty text gives findings and never an exception, and nothing is printed. `Misuse` is raised for paths
that cannot be read. Everything is imported when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know better; importing the name takes longer than all the rest here

if TYPE_CHECKING:
    from cbm.budget import Budget as Budget
    from cbm.core.norms import NormSystem as NormSystem
    from cbm.finding import Exit as Exit
    from cbm.finding import Finding as Finding
    from cbm.finding import Misuse as Misuse
    from cbm.finding import Report as Report
    from cbm.finding import RuleId as RuleId
    from cbm.finding import Severity as Severity
    from cbm.outcomes.answers import Answer as Answer
    from cbm.outcomes.answers import Illustration as Illustration
    from cbm.outcomes.difference import Difference as Difference
    from cbm.outcomes.difference import Ledger as Ledger
    from cbm.outcomes.model_comparison import ModelComparison as ModelComparison
    from cbm.outcomes.model_comparison import ModelReport as ModelReport
    from cbm.outcomes.state_of_play import StateOfPlay as StateOfPlay
    from cbm.outcomes.suite_report import SuiteReport as SuiteReport
    from cbm.outcomes.word_list import WordList as WordList
    from cbm.pipeline import check as check
    from cbm.pipeline import load as load
    from cbm.pipeline import run as run
    from cbm.questions.answering import ask as ask
    from cbm.questions.comparing import compare as compare
    from cbm.questions.diffing import diff as diff
    from cbm.questions.illustrating import example as example
    from cbm.questions.looking_up import words as words
    from cbm.questions.negotiating import options as options
    from cbm.questions.testing import test as test

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
    "SuiteReport",
    "WordList",
    "ask",
    "check",
    "compare",
    "diff",
    "example",
    "load",
    "options",
    "run",
    "test",
    "words",
]

_HOMES = {
    "Answer": "cbm.outcomes.answers",
    "Budget": "cbm.budget",
    "Difference": "cbm.outcomes.difference",
    "Exit": "cbm.finding",
    "Finding": "cbm.finding",
    "Illustration": "cbm.outcomes.answers",
    "Ledger": "cbm.outcomes.difference",
    "Misuse": "cbm.finding",
    "ModelComparison": "cbm.outcomes.model_comparison",
    "ModelReport": "cbm.outcomes.model_comparison",
    "NormSystem": "cbm.core.norms",
    "Report": "cbm.finding",
    "RuleId": "cbm.finding",
    "Severity": "cbm.finding",
    "StateOfPlay": "cbm.outcomes.state_of_play",
    "SuiteReport": "cbm.outcomes.suite_report",
    "WordList": "cbm.outcomes.word_list",
    "ask": "cbm.questions.answering",
    "check": "cbm.pipeline",
    "compare": "cbm.questions.comparing",
    "diff": "cbm.questions.diffing",
    "example": "cbm.questions.illustrating",
    "load": "cbm.pipeline",
    "options": "cbm.questions.negotiating",
    "run": "cbm.pipeline",
    "test": "cbm.questions.testing",
    "words": "cbm.questions.looking_up",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
