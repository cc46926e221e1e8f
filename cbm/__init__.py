"""cbm: checks codes of conduct for encounters at sea and in the air, as a library.

`load` reads texts into norm systems, `check` asks every question about one and reports. Both are pure as far as the
texts go: a faulty text gives findings and never an exception, and nothing is printed. `Misuse` is raised where what was
asked for cannot be done, in words. Any of it may be called from several threads at once. Everything is imported when it
is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType

from cbm import public_api
from cbm.version import VERSION

TYPE_CHECKING = False  # type checkers know better; importing the name takes longer than all the rest here

if TYPE_CHECKING:
    from cbm.arguments import speaking as speaking
    from cbm.certify.certificates import Certified as Certified
    from cbm.certify.exporting import export as export
    from cbm.checks import RULES as RULES
    from cbm.core.norms import NormSystem as NormSystem
    from cbm.export.questions import Exported as Exported
    from cbm.finding import Exit as Exit
    from cbm.finding import Finding as Finding
    from cbm.finding import Fix as Fix
    from cbm.finding import Misuse as Misuse
    from cbm.finding import Rule as Rule
    from cbm.finding import RuleId as RuleId
    from cbm.finding import Severity as Severity
    from cbm.finding import StoppedEarly as StoppedEarly
    from cbm.formatting.texts import layout as layout
    from cbm.outcomes.answers import Answer as Answer
    from cbm.outcomes.answers import Illustration as Illustration
    from cbm.outcomes.coverage_map import CoverageMap as CoverageMap
    from cbm.outcomes.difference import Difference as Difference
    from cbm.outcomes.difference import Ledger as Ledger
    from cbm.outcomes.judgement import Judgement as Judgement
    from cbm.outcomes.model_comparison import ModelComparison as ModelComparison
    from cbm.outcomes.model_comparison import ModelReport as ModelReport
    from cbm.outcomes.state_of_play import StateOfPlay as StateOfPlay
    from cbm.outcomes.suite_report import SuiteReport as SuiteReport
    from cbm.outcomes.training_cards import CardDeck as CardDeck
    from cbm.outcomes.word_list import WordList as WordList
    from cbm.papers.laid_out import CommentedDocument as CommentedDocument
    from cbm.papers.laid_out import LaidOutDocument as LaidOutDocument
    from cbm.papers.word_exchange import from_word as from_word
    from cbm.papers.word_exchange import to_word as to_word
    from cbm.pipeline import check as check
    from cbm.pipeline import load as load
    from cbm.pipeline import load_text as load_text
    from cbm.pipeline import run as run
    from cbm.process.budget import Budget as Budget
    from cbm.questions.comparing import compare as compare
    from cbm.questions.consulting.answering import ask as ask
    from cbm.questions.covering import coverage as coverage
    from cbm.questions.dealing import cards as cards
    from cbm.questions.diffing import diff as diff
    from cbm.questions.illustrating import example as example
    from cbm.questions.judging_records import judge as judge
    from cbm.questions.looking_up import words as words
    from cbm.questions.negotiating import options as options
    from cbm.questions.testing import test as test
    from cbm.render.any_page import render as render
    from cbm.repair.mended_texts import repairs as repairs
    from cbm.report import Report as Report

__version__ = VERSION

__all__ = [
    "RULES",
    "Answer",
    "Budget",
    "CardDeck",
    "Certified",
    "CommentedDocument",
    "CoverageMap",
    "Difference",
    "Exit",
    "Exported",
    "Finding",
    "Fix",
    "Illustration",
    "Judgement",
    "LaidOutDocument",
    "Ledger",
    "Misuse",
    "ModelComparison",
    "ModelReport",
    "NormSystem",
    "Report",
    "Rule",
    "RuleId",
    "Severity",
    "StateOfPlay",
    "StoppedEarly",
    "SuiteReport",
    "WordList",
    "__version__",
    "ask",
    "cards",
    "check",
    "compare",
    "coverage",
    "diff",
    "example",
    "export",
    "from_word",
    "judge",
    "layout",
    "load",
    "load_text",
    "options",
    "render",
    "repairs",
    "run",
    "speaking",
    "test",
    "to_word",
    "words",
]

_HOMES = {
    "Answer": "cbm.outcomes.answers",
    "Budget": "cbm.process.budget",
    "CardDeck": "cbm.outcomes.training_cards",
    "Certified": "cbm.certify.certificates",
    "CommentedDocument": "cbm.papers.laid_out",
    "CoverageMap": "cbm.outcomes.coverage_map",
    "Difference": "cbm.outcomes.difference",
    "Exit": "cbm.finding",
    "Exported": "cbm.export.questions",
    "Finding": "cbm.finding",
    "Fix": "cbm.finding",
    "Illustration": "cbm.outcomes.answers",
    "Judgement": "cbm.outcomes.judgement",
    "LaidOutDocument": "cbm.papers.laid_out",
    "Ledger": "cbm.outcomes.difference",
    "Misuse": "cbm.finding",
    "ModelComparison": "cbm.outcomes.model_comparison",
    "ModelReport": "cbm.outcomes.model_comparison",
    "NormSystem": "cbm.core.norms",
    "RULES": "cbm.checks",
    "Report": "cbm.report",
    "Rule": "cbm.finding",
    "RuleId": "cbm.finding",
    "Severity": "cbm.finding",
    "StateOfPlay": "cbm.outcomes.state_of_play",
    "StoppedEarly": "cbm.finding",
    "SuiteReport": "cbm.outcomes.suite_report",
    "WordList": "cbm.outcomes.word_list",
    "ask": "cbm.questions.consulting.answering",
    "cards": "cbm.questions.dealing",
    "check": "cbm.pipeline",
    "compare": "cbm.questions.comparing",
    "coverage": "cbm.questions.covering",
    "diff": "cbm.questions.diffing",
    "example": "cbm.questions.illustrating",
    "export": "cbm.certify.exporting",
    "from_word": "cbm.papers.word_exchange",
    "judge": "cbm.questions.judging_records",
    "layout": "cbm.formatting.texts",
    "load": "cbm.pipeline",
    "load_text": "cbm.pipeline",
    "options": "cbm.questions.negotiating",
    "read_report": "cbm.render.report_reading",  # for `Report.from_json`
    "render": "cbm.render.any_page",
    "repairs": "cbm.repair.mended_texts",
    "run": "cbm.pipeline",
    "speaking": "cbm.arguments",
    "test": "cbm.questions.testing",
    "to_word": "cbm.papers.word_exchange",
    "words": "cbm.questions.looking_up",
}


if not TYPE_CHECKING:  # who checks types knows all names there are

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}{_advice(name)}")
        from importlib import import_module

        found: object = getattr(import_module(_HOMES[name]), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


def _advice(name: str) -> str:
    """The nearest name, for a person: what is asked for with underscores is asked for by programs."""
    if name.startswith("_"):
        return ""
    from difflib import get_close_matches  # only who errs waits for it

    near = get_close_matches(name, __all__, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


class _Front(ModuleType):
    """The package as its callers see it: where a function has the name of a folder, it is the function.

    Python would put the folder there when it is first imported; that is always said as `from cbm.coverage import …`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Front
public_api.library = sys.modules[__name__]
