"""Report to page: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cbm.finding import Report
from cbm.render.answers import answer_page, illustration_page
from cbm.render.cards import cards_markdown, cards_page
from cbm.render.differences import comparison_page, difference_page
from cbm.render.report import concise, full, github, report_markdown
from cbm.render.suites import suite_page
from cbm.render.translated_page import marked_down, with_caveat
from cbm.render.words import words_markdown, words_page
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


def _json(report: Report) -> str:
    from cbm.render import json  # what writes it is heavy, and not every page needs it

    return json.render(report)


def _junit(report: Report) -> str:
    from cbm.render.report import junit  # what writes it is heavy, and not every page needs it

    return junit.render(report)


def _sarif(report: Report) -> str:
    from cbm.render.report import sarif  # what writes it is heavy, and not every page needs it

    return sarif.render(report)


def _gitlab(report: Report) -> str:
    from cbm.render.report import gitlab  # what writes it is heavy, and not every page needs it

    return gitlab.render(report)


def _suite_json(report: SuiteReport) -> str:
    from cbm.render.suites import suite_json  # what writes it is heavy, and not every page needs it

    return suite_json.render(report)


def _suite_junit(report: SuiteReport) -> str:
    from cbm.render.suites import suite_junit  # what writes it is heavy, and not every page needs it

    return suite_junit.render(report)


def _diff_json(ledger: Ledger) -> str:
    from cbm.render.differences import difference_json  # what writes it is heavy, and not every page needs it

    return difference_json.render(ledger)


def _answer_json(answer: Answer) -> str:
    from cbm.render.answers import answer_json  # what writes it is heavy, and not every page needs it

    return answer_json.render(answer)


def _illustration_json(told: Illustration) -> str:
    from cbm.render.answers import illustration_json  # what writes it is heavy, and not every page needs it

    return illustration_json.render(told)


def _cards_json(deck: CardDeck) -> str:
    from cbm.render.cards import cards_json  # what writes it is heavy, and not every page needs it

    return cards_json.render(deck)


def _cards_html(deck: CardDeck) -> str:
    from cbm.render.cards import cards_html  # its style sheet is long, and not every page needs it

    return cards_html.render(deck)


def _compare_json(report: ModelReport) -> str:
    from cbm.render.differences import comparison_json  # what writes it is heavy, and not every page needs it

    return comparison_json.render(report)


def _words_json(told: WordList) -> str:
    from cbm.render.words import words_json  # what writes it is heavy, and not every page needs it

    return words_json.render(told)


def html_page(report: Report, drawn: CoverageMap | None = None) -> str:
    """The page of findings, with a chapter on a map of what a text governs."""
    from cbm.render.report import report_html  # its style sheet is long, and not every page needs it

    with speaking(report.language):
        return report_html.render(report, drawn)


RENDERERS: dict[str, Callable[[Report], str]] = {
    "full": _told(full.render),
    "concise": _told(concise.render),
    "json": _told(_json),
    "sarif": _told(_sarif),
    "junit": _told(_junit),
    "github": _told(github.render),
    "gitlab": _told(_gitlab),
    "markdown": _told(marked_down(report_markdown.render)),
    "html": html_page,
}

# The formats that have a variant for a terminal with colours.
COLORED: dict[str, Callable[[Report], str]] = {
    "full": _told(full.colored),
}

# Pages of what changed between texts.
DIFF_RENDERERS: dict[str, Callable[[Ledger], str]] = {
    "text": with_caveat(difference_page.render),
    "json": _diff_json,
}

# Pages of what binds whom.
ANSWER_RENDERERS: dict[str, Callable[[Answer], str]] = {
    "text": with_caveat(answer_page.render),
    "json": _answer_json,
}

# Pages of single clauses with an encounter.
ILLUSTRATION_RENDERERS: dict[str, Callable[[Illustration], str]] = {
    "text": with_caveat(illustration_page.render),
    "json": _illustration_json,
}

# Pages of cards to learn a text by.
CARDS_RENDERERS: dict[str, Callable[[CardDeck], str]] = {
    "text": with_caveat(cards_page.render),
    "markdown": marked_down(cards_markdown.render),
    "html": _cards_html,
    "json": _cards_json,
}

# Pages of how a draft stands to its models.
COMPARE_RENDERERS: dict[str, Callable[[ModelReport], str]] = {
    "text": with_caveat(comparison_page.render),
    "json": _compare_json,
}

# Pages of words that can be written.
WORDS_RENDERERS: dict[str, Callable[[WordList], str]] = {
    "text": with_caveat(words_page.render),
    "json": _words_json,
    "markdown": marked_down(words_markdown.render),
}

# Pages of what came of a suite of cases; the second argument: whether each expectation that passed is shown.
SUITE_RENDERERS: dict[str, Callable[[SuiteReport, bool], str]] = {
    "full": with_caveat(lambda report, every: suite_page.render(report, every=every)),
    "json": lambda report, _: _suite_json(report),
    "junit": lambda report, _: _suite_junit(report),
}
COLORED_SUITE: dict[str, Callable[[SuiteReport, bool], str]] = {
    "full": with_caveat(lambda report, every: suite_page.colored(report, every=every)),
}
