"""Whatever a question is answered with to a page in a format that is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from cbm.arguments import require, words_of
from cbm.finding import Misuse
from cbm.outcomes.answers import Answer, Illustration
from cbm.outcomes.coverage_map import CoverageMap
from cbm.outcomes.difference import Ledger
from cbm.outcomes.judgement import Judgement
from cbm.outcomes.model_comparison import ModelReport
from cbm.outcomes.state_of_play import StateOfPlay
from cbm.outcomes.suite_report import SuiteReport
from cbm.outcomes.training_cards import CardDeck
from cbm.outcomes.word_list import WordList
from cbm.render import (
    ANSWER_RENDERERS,
    CARDS_RENDERERS,
    COMPARE_RENDERERS,
    DIFF_RENDERERS,
    ILLUSTRATION_RENDERERS,
    RENDERERS,
    SUITE_RENDERERS,
    WORDS_RENDERERS,
)
from cbm.report import Report
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.translation.speech import speaking

Outcome = (
    Report
    | CoverageMap
    | Ledger
    | Answer
    | Illustration
    | CardDeck
    | Judgement
    | ModelReport
    | StateOfPlay
    | SuiteReport
    | WordList
)
# The formats of all outcomes, as callers write them: type checkers tell a word that is none.
PageFormat: TypeAlias = Literal[
    "full", "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "html", "csv", "svg"
]


def render(outcome: Outcome, format: PageFormat | None = None) -> str:  # noqa: A002, it is what callers know it by
    """The page as the command of that kind prints it, without colours; it ends with a line break.

    It is in the language of the outcome, whatever is spoken where it is asked for.

    `format` is one of those that the command has in `--output-format`, for a report `full`, `concise`, `json`, `sarif`,
    `junit`, `github`, `gitlab`, `markdown` or `html`; None: the page for people.

    Misuse where what is given is nothing that a question is answered with, or has no such format.
    """
    known = _formats(outcome)
    require(bool(known), "render", say("takes a report, a map or another answer of this library"), outcome)
    chosen = words_of("format", format) or next(iter(known))
    if chosen not in known:
        from difflib import get_close_matches  # only who errs waits for it

        near = get_close_matches(chosen.lower(), known, n=1)
        kind = type(outcome).__name__
        if near:
            raise Misuse(
                say("`{kind}` has no format `{format}`; did you mean `{near}`?", kind=kind, format=chosen, near=near[0])
            )
        formats = listed(list(known), ",")
        raise Misuse(
            say("`{kind}` has no format `{format}`; known are {formats}", kind=kind, format=chosen, formats=formats)
        )
    with speaking(outcome.language):
        return known[chosen](outcome)


def _formats(outcome: object) -> Mapping[str, Callable[[Any], str]]:
    """The formats of what is given, the page for people first; none where it is no outcome."""
    match outcome:
        case Report():
            return RENDERERS
        case CoverageMap():
            from cbm.render.maps import MAP_RENDERERS  # not every page needs them

            return MAP_RENDERERS
        case StateOfPlay():
            from cbm.render.options import STATE_RENDERERS

            return {name: _of_nobody(page) for name, page in STATE_RENDERERS.items()}
        case SuiteReport():
            return {name: _in_short(page) for name, page in SUITE_RENDERERS.items()}
        case Ledger():
            return DIFF_RENDERERS
        case Answer():
            return ANSWER_RENDERERS
        case Illustration():
            return ILLUSTRATION_RENDERERS
        case CardDeck():
            return CARDS_RENDERERS
        case Judgement():
            from cbm.render.judgement import JUDGEMENT_RENDERERS

            return JUDGEMENT_RENDERERS
        case ModelReport():
            return COMPARE_RENDERERS
        case WordList():
            return WORDS_RENDERERS
        case _:
            return {}


def _of_nobody(page: Callable[[StateOfPlay, str | None], str]) -> Callable[[StateOfPlay], str]:
    """The page as no delegation in particular sees it."""
    return lambda state: page(state, None)


def _in_short(page: Callable[[SuiteReport, bool], str]) -> Callable[[SuiteReport], str]:
    """The page without the expectations that passed."""
    every = False
    return lambda suite: page(suite, every)
