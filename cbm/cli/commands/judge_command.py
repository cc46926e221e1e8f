"""`cbm judge`: what bound whom in a recorded encounter, and what came of it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from cbm.cli.pages import print_wanted, tell, told_instead
from cbm.cli.parameters import AS_OF, CONFIG, ISOLATED, JOBS, TIMEOUT, configurations_for, names_of
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, Place
from cbm.finding import Misuse
from cbm.report import Report
from cbm.translation.saying import say


@command()
@click.argument("tracks", nargs=-1, required=True, metavar="TRACKS...", type=Place())
@click.option(
    "texts",
    "--texts",
    metavar="DOC,...",
    multiple=True,
    required=True,
    callback=names_of,
    help="The texts to judge by: files, or texts of the standard library; repeatable.",
)
@click.option("--mapping", metavar="FILE", type=Place(), help="Who the units are, and thresholds.")
@click.option("--events", metavar="FILE", type=Place(), help="What happened beside the tracks.")
@AS_OF
@CONFIG
@ISOLATED
@click.option("--text", metavar="NAME", help="Of several texts in the first DOC, the one of this name.")
@click.option(
    "--output-format",
    type=OneOf(("text", "json", "html")),
    default="text",
    show_default=True,
    help="What is printed.",
)
@JOBS
@TIMEOUT
def judge(
    tracks: tuple[Path, ...],
    texts: tuple[str, ...],
    mapping: Path | None,
    events: Path | None,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    text: str | None,
    output_format: str,
    jobs: int | None,
    timeout: float | None,
) -> int:
    """Show what bound whom at each moment of recorded tracks, and whether it was kept, breached, or cannot be told.

    TRACKS are tables (.csv), GPX or AIS files (.gpx, .nmea), or folders of them; without --as-of the day of their first
    row counts. Exit codes: 0 all duties were kept, 1 some duty was breached or a text cannot be understood, 2 the
    record cannot be read, 3 of some duty it cannot be told, or depends on readings, or a part was not judged.
    """
    from cbm.questions.judging_records import record_libraries

    with record_libraries():
        from cbm.questions.recorded_encounters import NOTHING, RecordQuestion, judgement
    from cbm.checking.executors import crew_of
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.render.judgement import JUDGEMENT_RENDERERS
    from cbm.search.parallel import Crew
    from cbm.tracks.recording import UnreadableRecord

    configurations_for(texts, config_file, isolated)  # none says a day: that of the record counts
    question = RecordQuestion(tracks, texts, mapping, events, as_of, text)
    with within_limits(timeout, None, NOTHING) as run, ExitStack() as stack:
        watch = stack.enter_context(progress_on(sys.stderr))
        executor = stack.enter_context(crew_of(jobs))
        try:
            told = judgement(question, Crew(executor, watch))
        except UnreadableRecord as why:
            for flaw in why.flaws:
                tell(f"{flaw.place}: {flaw.words}")
            raise Misuse(say("nothing is judged before every row can be read")) from None
    if isinstance(told, Report):
        return told_instead(told, output_format)
    print_wanted(JUDGEMENT_RENDERERS[output_format](told))
    return run.exit(told.exit)
