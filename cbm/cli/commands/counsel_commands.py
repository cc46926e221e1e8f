"""`cbm ask`, `cbm example` and `cbm cards`: what binds whom in a situation, and situations in which clauses bind."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbm.cli.pages import hand_over, named, print_wanted, told_instead
from cbm.cli.parameters import (
    AS_OF,
    ASK_FORMATS,
    CACHE_DIR,
    CARDS_FORMATS,
    CONFIG,
    ISOLATED,
    NO_CACHE,
    OUTPUT_FILE,
    STEPS,
    TAKE,
    TEXT_OF,
    TIMEOUT,
    day_asked,
    days_of,
)
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf
from cbm.core.packages.settled_choices import SettledChoices
from cbm.report import Report
from cbm.translation.saying import say

if TYPE_CHECKING:
    from cbm.outcomes.answers import Answer
    from cbm.questions.consulting.answering import SituationQuestion


@command()
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@click.option(
    "--given", metavar="CONDITION", default="", help="The situations asked about, as after `when` in a clause."
)
@click.option("--party", metavar="PARTY", help="Only units of this party.")
@click.option(
    "days",
    "--as-of",
    metavar="DATE[..DATE]",
    multiple=True,
    callback=days_of,
    help="What holds on this date, or from day to day.",
)
@CONFIG
@ISOLATED
@click.option("--text", metavar="NAME", help="Of several texts in the first DOC, the one of this name.")
@TAKE
@TEXT_OF
@click.option("--interactive", is_flag=True, help="Ask for the fact that decides most, until you have had enough.")
@click.option("--output-format", type=OneOf(ASK_FORMATS), default="text", show_default=True, help="What is printed.")
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
def ask(
    documents: tuple[str, ...],
    given: str,
    party: str | None,
    days: tuple[date | None, date | None],
    config_file: Path | None,
    isolated: bool,
    text: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    interactive: bool,
    output_format: str,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show what binds whom in given situations: what each unit must, must not, should and may do, and by which clause.

    DOC is a file, or the name of a text of the standard library; further ones are read with the first. What depends on
    what is not given is told with its conditions. Of several days it is told from which day on it is so. Exit codes: 0,
    1 where a text cannot be understood, 2 where the condition cannot be or no situation meets it, 3 where something
    stayed undecided.
    """
    from cbm.cli.runs import within_limits
    from cbm.questions.consulting.answering import NOTHING, SituationQuestion
    from cbm.render import ANSWER_RENDERERS

    settled = SettledChoices(take, text_of)
    first, last = days
    day = day_asked(first, documents, config_file, isolated)
    question = SituationQuestion(
        documents=documents,
        given=given,
        party=party,
        as_of=day,
        until=last,
        settled=settled,
        text=text,
        narrowing=output_format == "json",
    )
    with within_limits(timeout, steps, NOTHING) as run:
        told = _answer_in_dialogue(question) if interactive else _answer(question)
    if isinstance(told, Report):
        return told_instead(told, output_format)
    print_wanted(ANSWER_RENDERERS[output_format](told))
    return run.exit(told.exit)


def _answer(question: SituationQuestion) -> Answer | Report:
    from cbm.cli.progress_line import progress_on
    from cbm.questions.consulting.answering import answer

    with progress_on(sys.stderr) as watch:
        return answer(question, watch)


def _answer_in_dialogue(question: SituationQuestion) -> Answer | Report:
    """The same after as many further facts as the user answers."""
    from cbm.questions.consulting.answering import consultation
    from cbm.questions.consulting.narrowing import narrowed
    from cbm.render.answers.answer_page import fact_question

    read = consultation(question)
    return read if isinstance(read, Report) else narrowed(read, question, _answered, fact_question)


def _answered(words: str) -> str:
    """What the user says to a question; to end it, where nobody is there to answer any more."""
    click.echo(f"{words}\n> ", nl=False, err=True)
    said = "" if sys.stdin is None else sys.stdin.readline()
    return said or "q"


@command()
@click.argument("named", nargs=-1, required=True, metavar="[DOC] CLAUSE")
@click.option("--near-miss", is_flag=True, help="Also the nearest encounters in which it does not bind.")
@click.option("--given", metavar="CONDITION", default="", help="Only such situations, as after `when` in a clause.")
@AS_OF
@CONFIG
@ISOLATED
@click.option("--text", metavar="NAME", help="Of several texts in DOC, the one of this name.")
@TAKE
@TEXT_OF
@click.option("--output-format", type=OneOf(ASK_FORMATS), default="text", show_default=True, help="What is printed.")
@TIMEOUT
@STEPS
def example(
    named: tuple[str, ...],
    near_miss: bool,
    given: str,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    text: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    output_format: str,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show an encounter in which a clause binds and, with --near-miss, the nearest ones in which it does not.

    CLAUSE is a label of the text in DOC, such as 3.2, or names its text, as in "17(b) of colregs". Exit codes: 0, 1
    where the text cannot be understood, 2 where there is no such clause, 3 where something stayed undecided.
    """
    from cbm.cli.runs import within_limits
    from cbm.questions.consulting.answering import NOTHING
    from cbm.questions.illustrating import ClauseQuestion, illustration
    from cbm.render import ILLUSTRATION_RENDERERS

    if len(named) > 2:
        raise click.UsageError(say('name one text and one clause, such as `code.cbm 3.2` or `"17(b) of colregs"`'))
    *documents, clause = named
    document = documents[0] if documents else ""
    day = day_asked(as_of, documents, config_file, isolated)
    question = ClauseQuestion(clause, document, given, day, SettledChoices(take, text_of), text, near=near_miss)
    with within_limits(timeout, steps, NOTHING) as run:
        told = illustration(question)
    if isinstance(told, Report):
        return told_instead(told, output_format)
    print_wanted(ILLUSTRATION_RENDERERS[output_format](told))
    return run.exit(told.exit)


@command()
@click.argument("document", metavar="DRAFT")
@click.option("--given", metavar="CONDITION", default="", help="Only such situations, as after `when` in a clause.")
@AS_OF
@CONFIG
@ISOLATED
@click.option("--text", metavar="NAME", help="Of several texts in DRAFT, the one of this name.")
@TAKE
@TEXT_OF
@click.option(
    "--output-format",
    type=OneOf(CARDS_FORMATS),
    default="text",
    show_default=True,
    help="What is printed; `html` is made for printing on A4.",
)
@OUTPUT_FILE
@TIMEOUT
@STEPS
def cards(
    document: str,
    given: str,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    text: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    output_format: str,
    output_file: Path | None,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Make cards to learn a text by, and encounters to exercise it with.

    DRAFT is a file, or the name of a text of the standard library. Each clause that binds or excepts has a card: what
    it says to whom, an encounter in which it binds, and the nearest ones in which it does not. So has each conflict
    that precedence settles. Drills are the fewest encounters that exercise every clause, and some that exercise every
    pair of clauses that can meet. Exit codes: 0, 1 where the text cannot be understood, 2 where no encounter meets
    what is given, 3 where something stayed undecided.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.questions.dealing import NOTHING, CardsQuestion, dealt
    from cbm.render import CARDS_RENDERERS

    day = day_asked(as_of, (document,), config_file, isolated)
    with within_limits(timeout, steps, NOTHING) as run, progress_on(sys.stderr) as watch:
        told = dealt(CardsQuestion(document, given, day, SettledChoices(take, text_of), text), watch)
    if isinstance(told, Report):
        return told_instead(told, output_format, named(output_file))
    hand_over(CARDS_RENDERERS[output_format](told), output_file)
    return run.exit(told.exit)
