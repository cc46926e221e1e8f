"""What `cbm check` asks, once configuration and standard input are known, and what is found then."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cbm.arguments import FailLevel, budget_of
from cbm.cli.commands.check_options import CheckOptions
from cbm.cli.commands.exclusions import require_together_of
from cbm.cli.commands.fix_dialogue import fixed
from cbm.cli.pages import tell
from cbm.cli.parameters import cache_folder, configurations_of, suite_of
from cbm.cli.runs import Run, tell_incidents
from cbm.cli.standard_input import STDIN, text_from_stdin
from cbm.finding import ALWAYS, Misuse, RuleId
from cbm.process.budget import Budget, told_or_stopped, within
from cbm.process.interruption import Interruption, stopped_by_signals
from cbm.project.configuration.configurations import Configurations
from cbm.project.spec_files import AllExcluded, find_specs
from cbm.questions.question_run import kept_for
from cbm.records import Record
from cbm.report import Report
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from cbm.outcomes.coverage_map import CoverageMap


class CheckRun(Record, kw_only=True):
    """What is asked of which texts."""

    options: CheckOptions
    configurations: Configurations
    named: tuple[Path, ...]  # `-` stands in them for standard input
    paths: tuple[Path, ...]  # the same with a file in its place
    unsaved: Mapping[Path, str] | None  # the text of that file
    as_of: date | tuple[date, ...] | None
    select: frozenset[RuleId]
    ignore: frozenset[RuleId]
    fail_level: FailLevel | None

    def terms(self, configurations: Configurations) -> dict[str, Any]:
        """What everything that is asked goes by."""
        return {
            "as_of": self.as_of,
            "select": self.select,
            "ignore": self.ignore,
            "fail_level": self.fail_level,
            "configurations": configurations,
        }


class CheckOutcome(Record):
    """What was found, the map of it if one was asked for, and the exit code of a run that a signal stopped, else 0."""

    report: Report
    drawn: CoverageMap | None
    signalled: int


def run_of(options: CheckOptions) -> CheckRun:
    """What the options ask: they prevail over the suite that they name, and this over configuration files.

    UsageError where they do not go together with what is read. Standard input is read here.
    """
    configurations = configurations_of(options.config_file, options.isolated)
    suite = suite_of(options.paths, options.suite, configurations, options.isolated)
    named = tuple(map(Path, suite.paths))
    require_together_of(options, named)
    paths, unsaved = _with_stdin(named, options.stdin_filename, options.fix or options.repairs)
    return CheckRun(
        options=options,
        configurations=configurations,
        named=named,
        paths=paths,
        unsaved=unsaved,
        as_of=options.as_of or suite.as_of,
        select=options.select or suite.select,
        ignore=options.ignore | suite.ignore,
        fail_level=options.fail_level or suite.fail_level,
    )


def outcome_of(run: CheckRun) -> CheckOutcome:
    """Asks all of it within its limits, and tells what went amiss on the way."""
    from cbm.pipeline import NOTHING  # brings what a usage error need not wait for

    options, cache = run.options, cache_folder()
    budget_of(budget := Budget(options.timeout, options.steps))
    trying = options.fix or options.repairs or options.coverage  # a run asks for what is kept itself, if it has to ask
    with (
        within(budget),
        kept_for(cache if trying else None),
        nullcontext(Interruption()) if options.fix else stopped_by_signals(budget) as came,
        told_or_stopped(NOTHING),
    ):
        report = _fixed(run) if options.fix else _found(run, cache)
        drawn = _drawn(run) if options.coverage else None
        if options.against is not None:
            report = _without_earlier(report, run, options.against, cache)
    tell_incidents(budget)
    return CheckOutcome(report, drawn, Run(budget, came).signalled)


def _with_stdin(
    paths: tuple[Path, ...], file: Path | None, changing: bool
) -> tuple[tuple[Path, ...], dict[Path, str] | None]:
    """The paths with a file in the place of `-`, and the text of that file as it comes from standard input."""
    if STDIN not in paths:
        if file is not None:
            raise click.UsageError(say("--stdin-filename goes with `-` as a PATH, which stands for standard input"))
        return paths, None
    if changing:
        raise click.UsageError(say("changes are tried of files: save the text, and name its file in place of `-`"))
    named = file or Path("<stdin>")
    if os.path.isdir(named):
        raise Misuse(say("{file} is a folder: --stdin-filename is the file that the text is of", file=named))
    text = text_from_stdin()
    return tuple(named if path == STDIN else path for path in paths), {named: text}


def _fixed(run: CheckRun) -> Report:
    options = run.options
    terms = run.terms(run.configurations)
    return fixed(run.paths, terms, unsafe=options.unsafe_fixes, yes=options.yes, shown=options.only_diff)


def _found(run: CheckRun, cache: Path | None) -> Report:
    from cbm.cli.progress_line import progress_on

    options, terms = run.options, run.terms(run.configurations)
    with nullcontext() if options.quiet else progress_on(sys.stderr) as watch:
        if options.repairs:
            from cbm.repair.mended_texts import repairs

            return repairs(run.paths, **terms, progress=watch)
        from cbm.pipeline import run as check

        return check(
            run.paths,
            **terms,
            jobs=options.jobs,
            progress=watch,
            take=options.settled.take,
            text_of=options.settled.text_of,
            as_status=options.as_status,
            unsaved=run.unsaved,
            cache=cache,
        )


def _drawn(run: CheckRun) -> CoverageMap | None:
    """The map of the one text; None where it cannot be understood, which the findings tell."""
    from cbm.cli.progress_line import progress_on
    from cbm.questions.covering import Request, answer

    assert not isinstance(run.as_of, tuple), "a map is of one date"
    with nullcontext() if run.options.quiet else progress_on(sys.stderr) as watch:
        found = answer(Request(str(run.paths[0]), as_of=run.as_of, examples=True), watch)
    return None if isinstance(found, Report) else found


def _holds_any(path: Path, configurations: Configurations) -> bool:
    """Whether anything below a path that is there is checked."""
    try:
        return bool(find_specs([path], configurations))
    except AllExcluded:
        return False


def _without_earlier(report: Report, run: CheckRun, reference: str, cache: Path | None) -> Report:
    """The report without what was found in the same paths as they were in a git reference."""
    from tempfile import TemporaryDirectory

    from cbm.baseline import without_earlier
    from cbm.pipeline import run as check
    from cbm.process.shown_paths import standing_in
    from cbm.project.git_history import reference_of, written_out

    options = run.options
    with TemporaryDirectory() as place, standing_in(folder := Path(place).resolve(), reference):
        as_they_were = written_out(run.named, reference_of(reference), folder)
        configurations = run.configurations.as_they_were(as_they_were.here)
        terms = run.terms(configurations)
        older = [path for path in as_they_were.paths if path is not None and _holds_any(path, configurations)]
        earlier = check(older, **terms, jobs=options.jobs, cache=cache) if older else Report(())
    for path, was in zip(run.named, as_they_were.paths, strict=True):
        if was is None:
            words = mark("Note: {path} was not there in {reference}, so all that is found in it is told.")
            tell(say(words, path=path, reference=reference))
    faulty = any(finding.rule in ALWAYS for finding in earlier.findings)
    if as_they_were.missing or earlier.unread or earlier.undecided or faulty:
        words = mark("Note: not everything could be asked of {reference}, so what is told may be there as well.")
        tell(say(words, reference=reference))
    return without_earlier(report, earlier, reference)
