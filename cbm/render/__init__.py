"""Report to page: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from cbm.render.translated_page import marked_down, with_caveat
from cbm.report import Report
from cbm.translation.speech import speaking

if TYPE_CHECKING:
    from cbm.outcomes.answers import Answer, Illustration
    from cbm.outcomes.coverage_map import CoverageMap
    from cbm.outcomes.difference import Ledger
    from cbm.outcomes.model_comparison import ModelReport
    from cbm.outcomes.suite_report import SuiteReport
    from cbm.outcomes.training_cards import CardDeck
    from cbm.outcomes.word_list import WordList


def _told(render: Callable[[Report], str]) -> Callable[[Report], str]:
    """The page in the language of its report, whichever is spoken where it is asked for."""

    def rendered(report: Report) -> str:
        with speaking(report.language):
            return render(report)

    return rendered


def _of(module: str, function: str = "render") -> Callable[..., str]:
    """What renders one format, imported with its first page: a command has one page, of one format."""

    def render(*told: object, **more: object) -> str:
        page: str = getattr(import_module(f"cbm.render.{module}"), function)(*told, **more)
        return page

    return render


def _noticed(name: str, of: str = "report.report_notices") -> Callable[..., str]:
    """One format of what is shown beside lines; the module that says what that is of an outcome."""
    page, log = _of(f"notices.{name}"), _of(of, "notice_log")
    return lambda outcome: page(log(outcome))


# The formats of what is shown beside lines.
_NOTICED = ("concise", "sarif", "junit", "github", "gitlab")


def html_page(report: Report, drawn: CoverageMap | None = None) -> str:
    """The page of findings, with a chapter on a map of what a text governs."""
    from cbm.render.report import report_html  # its style sheet is long, and not every page needs it

    with speaking(report.language):
        return report_html.render(report, drawn)


RENDERERS: dict[str, Callable[[Report], str]] = {
    "full": _told(_of("report.full")),
    "concise": _told(_noticed("concise")),
    "json": _told(_of("json")),
    "sarif": _told(_noticed("sarif")),
    "junit": _told(_noticed("junit")),
    "github": _told(_noticed("github")),
    "gitlab": _told(_noticed("gitlab")),
    "markdown": _told(marked_down(_of("report.report_markdown"))),
    "html": html_page,
}

# The formats that have a variant for a terminal with colours.
COLORED: dict[str, Callable[[Report], str]] = {
    "full": _told(_of("report.full", "colored")),
}

# Pages of what changed between texts.
DIFF_RENDERERS: dict[str, Callable[[Ledger], str]] = {
    "text": with_caveat(_of("differences.difference_page")),
    "json": _of("differences.difference_json"),
    "markdown": marked_down(_of("differences.difference_page", "markdown")),
    "html": _of("differences.difference_page", "html"),
    **{name: _noticed(name, "differences.difference_notices") for name in _NOTICED},
}

# Pages of what binds whom.
ANSWER_RENDERERS: dict[str, Callable[[Answer], str]] = {
    "text": with_caveat(_of("answers.answer_page")),
    "json": _of("answers.answer_json"),
}

# Pages of single clauses with an encounter.
ILLUSTRATION_RENDERERS: dict[str, Callable[[Illustration], str]] = {
    "text": with_caveat(_of("answers.illustration_page")),
    "json": _of("answers.illustration_json"),
}

# Pages of cards to learn a text by.
CARDS_RENDERERS: dict[str, Callable[[CardDeck], str]] = {
    "text": with_caveat(_of("cards.cards_page")),
    "markdown": marked_down(_of("cards.cards_markdown")),
    "html": _of("cards.cards_html"),
    "json": _of("cards.cards_json"),
}

# Pages of how a draft stands to its models.
COMPARE_RENDERERS: dict[str, Callable[[ModelReport], str]] = {
    "text": with_caveat(_of("differences.comparison_page")),
    "json": _of("differences.comparison_json"),
    "markdown": marked_down(_of("differences.comparison_page", "markdown")),
    "html": _of("differences.comparison_page", "html"),
    **{name: _noticed(name, "differences.comparison_notices") for name in _NOTICED},
}

# Pages of words that can be written.
WORDS_RENDERERS: dict[str, Callable[[WordList], str]] = {
    "text": with_caveat(_of("words.words_page")),
    "json": _of("words.words_json"),
    "markdown": marked_down(_of("words.words_markdown")),
}

# Pages of what came of a suite of cases; the second argument: whether each expectation that passed is shown.
SUITE_RENDERERS: dict[str, Callable[[SuiteReport, bool], str]] = {
    "full": with_caveat(lambda report, every: _of("suites.suite_page")(report, every=every)),
    "json": lambda report, _: _of("suites.suite_json")(report),
    "junit": lambda report, _: _of("suites.suite_junit")(report),
}
COLORED_SUITE: dict[str, Callable[[SuiteReport, bool], str]] = {
    "full": with_caveat(lambda report, every: _of("suites.suite_page", "colored")(report, every=every)),
}
