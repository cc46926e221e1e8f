"""`cbm check`: findings as pages, or changes as a diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cbm.cli.exclusions import SEVERAL_DATES, require_together
from cbm.cli.pages import is_terminal, print_page, tell, wants_color
from cbm.cli.parameters import (
    CACHE_DIR,
    COLOR,
    CONFIG,
    DATES,
    FORMATS,
    ISOLATED,
    JOBS,
    NO_CACHE,
    PATHS,
    STATUSES,
    STEPS,
    SUITE,
    TAKE,
    TEXT_OF,
    TIMEOUT,
    cache_folder,
    configurations_of,
    outputs_of,
    rules_of,
    suite_of,
)
from cbm.cli.spoken_help import command
from cbm.cli.standard_input import STDIN, text_from_stdin
from cbm.cli.values import OneOf
from cbm.finding import ALWAYS, Misuse, Report, RuleId, Severity
from cbm.output import write
from cbm.records import replace
from cbm.settled import NOTHING_SETTLED, SettledChoices
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from cbm.outcomes.coverage_map import CoverageMap

_OWN_WORDS = mark("these changes alter what the text means; `--unsafe-fixes` writes them")
_NOBODY = mark("`--yes` accepts these changes where nobody can be asked")


@command()
@PATHS
@SUITE
@DATES
@click.option("--select", metavar="RULE,...", multiple=True, callback=rules_of, help="Report these rules only.")
@click.option("--ignore", metavar="RULE,...", multiple=True, callback=rules_of, help="Leave these rules out.")
@click.option(
    "--fail-level",
    type=OneOf([severity.value for severity in Severity]),
    help="Exit with 1 from this severity on.  [default: error]",
)
@click.option(
    "--baseline",
    "baseline_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Do not tell what is known from this file, and tell what is in it and found no more.",
)
@click.option(
    "--write-baseline",
    "written_baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write what is found into this file, for --baseline.",
)
@click.option("--against", metavar="git:REF", help="Tell only what was not found in these paths as they were there.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; what is undecided still counts.")
@click.option(
    "--statistics", is_flag=True, help="Print how many findings there are of each rule, and not the findings."
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only: no progress, no remarks, no closing line.")
@click.option(
    "--stdin-filename",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With `-` as a PATH: the file whose text comes from standard input, whatever is saved there.",
)
@CONFIG
@ISOLATED
@click.option(
    "--explain-green",
    is_flag=True,
    help="On the full page, also show for each clause an encounter in which it binds and everything is complied with.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="On a long page, tell each finding in full, and not only the errors.",
)
@click.option(
    "--coverage", is_flag=True, help="On the HTML page of one text, also draw how its promises are kept, as maps."
)
@click.option(
    "--repairs",
    is_flag=True,
    help="Also try changes of the drafts, and show with each finding at most three that settle it. Takes far longer.",
)
@click.option("--fix", is_flag=True, help="Print as a diff what settles the findings, one on top of the other.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: write it, as far as you accept each change of meaning.")
@click.option("--yes", is_flag=True, help="With --unsafe-fixes: accept every change, and ask nothing.")
@click.option("--diff", "only_diff", is_flag=True, help="With --fix: print the diff only, and write nothing.")
@click.option("--output-format", type=OneOf(FORMATS), default="full", show_default=True, help="What is printed.")
@click.option(
    "outputs",
    "-o",
    metavar="FORMAT:FILE",
    multiple=True,
    callback=outputs_of,
    help="Also write a file; repeatable.",
)
@click.option(
    "as_if",
    "--as",
    metavar="status STATUS",
    type=(OneOf(["status"]), OneOf(STATUSES)),
    help="Ask about drafts as if they had become: track2, track1_5, political or treaty.",
)
@TAKE
@TEXT_OF
@click.option(
    "--fail-on",
    type=OneOf(["any-package"]),
    help="Of a text with brackets: exit with 1 also where a finding holds on some packages only.",
)
@CACHE_DIR
@NO_CACHE
@TIMEOUT
@STEPS
@JOBS
@COLOR
def check(
    paths: Sequence[Path],
    suite: str | None,
    as_of: date | tuple[date, ...] | None,
    select: frozenset[RuleId],
    ignore: frozenset[RuleId],
    fail_level: str | None,
    baseline_file: Path | None,
    written_baseline: Path | None,
    against: str | None,
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    stdin_filename: Path | None,
    config_file: Path | None,
    isolated: bool,
    explain_green: bool,
    everything: bool,
    coverage: bool,
    repairs: bool,
    fix: bool,
    unsafe_fixes: bool,
    yes: bool,
    only_diff: bool,
    output_format: str,
    outputs: Sequence[tuple[str, Path]],
    as_if: tuple[str, str] | None,
    take: tuple[str, ...],
    text_of: str | None,
    fail_on: str | None,
    timeout: float | None,
    steps: int | None,
    jobs: int | None,
    color: str,
) -> int:
    """Check specifications: files, or folders with all below them; `-` stands for standard input.

    With --fix a diff is printed instead of findings, and with --unsafe-fixes as well it is applied to the files.
    After --timeout, Ctrl-C or SIGTERM what was found by then is reported, and the rest is undecided.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, within
    from cbm.cli.runs import kept_for
    from cbm.interruption import BY_SIGNAL, stopped_by_signals
    from cbm.render import COLORED, RENDERERS, html_page
    from cbm.render.report import rule_counts

    settled = SettledChoices(take, text_of)
    given = {
        "--fix": fix,
        "--repairs": repairs,
        "--baseline": baseline_file is not None,
        "--write-baseline": written_baseline is not None,
        "--statistics": statistics,
        "--quiet": quiet,
        "--against": against is not None,
        "--coverage": coverage,
        "--take, --text-of": settled != NOTHING_SETTLED,
        "--as": as_if is not None,
        "-": STDIN in paths,
    }
    _require_fix(fix, output_format, {"--unsafe-fixes": unsafe_fixes, "--yes": yes, "--diff": only_diff})
    _require_page_for_people(statistics, quiet, output_format)
    require_together(name for name, is_given in given.items() if is_given)
    configurations = configurations_of(config_file, isolated)
    named = suite_of(paths, suite, configurations)
    paths, as_of = tuple(map(Path, named.paths)), as_of or named.as_of
    asked: dict[str, Any] = {
        "as_of": as_of,
        "select": select or named.select,
        "ignore": ignore | named.ignore,
        "fail_level": fail_level or named.fail_level,
        "configurations": configurations,
    }
    if isinstance(as_of, tuple):
        require_together((SEVERAL_DATES, *(name for name, is_given in given.items() if is_given)))
    if coverage:
        _require_one_page(paths, ["" if fix else output_format, *(name for name, _ in outputs)])
    paths, unsaved = _with_stdin(named_paths := tuple(paths), stdin_filename, fix or repairs)
    cache = cache_folder()
    budget_of(budget := Budget(timeout, steps))
    trying = fix or repairs or coverage  # a run asks for what is kept itself, if it has to ask at all
    with (
        within(budget),
        kept_for(cache if trying else None),
        nullcontext() if fix else stopped_by_signals(budget) as came,
    ):
        report = (
            _fixed(paths, asked, unsafe_fixes and not only_diff, yes)
            if fix
            else _watched(
                paths,
                asked,
                repairs,
                jobs,
                settled,
                None if as_if is None else as_if[1],
                unsaved,
                cache,
                quiet=quiet,
            )
        )
        drawn = _drawn(paths[0], as_of, quiet=quiet) if coverage and not isinstance(as_of, tuple) else None
        if against is not None:
            fresh = {**asked, "configurations": configurations_of(config_file, isolated)}
            report = _against(report, against, named_paths, fresh, jobs, cache)
    for incident in budget.incidents:
        tell(say("Note: {incident}.", incident=say(incident)))
    if baseline_file is None and written_baseline is None and against is None and not fix:
        baseline_file = configurations.agreed_baseline()
    baselines = [] if written_baseline is None else [(written_baseline, _baseline_page(report))]
    report = report if baseline_file is None else _without_known(report, baseline_file)
    any_package = fail_on is not None
    report = replace(report, explain_green=explain_green, any_package=any_package, exit_zero=exit_zero)
    report = replace(report, everything=everything)
    renderers: dict[str, Callable[[Report], str]] = {**RENDERERS, "html": partial(html_page, drawn=drawn)}
    shown = {**renderers, **COLORED} if wants_color(color) else renderers
    render = rule_counts.render if statistics else shown[output_format]
    page = "" if fix else render(replace(report, quiet=quiet))  # the diff is printed by now
    write([*((path, renderers[name](report)) for name, path in outputs), *baselines])
    print_page(page)
    return BY_SIGNAL + came.signal if came is not None and came.signal else report.exit


def _watched(
    paths: Sequence[Path],
    asked: dict[str, Any],
    repairs: bool,
    jobs: int | None,
    settled: SettledChoices,
    as_status: str | None = None,
    unsaved: Mapping[Path, str] | None = None,
    cache: Path | None = None,
    *,
    quiet: bool = False,
) -> Report:
    from cbm.progress import progress_on

    with nullcontext() if quiet else progress_on(sys.stderr) as watch:
        if repairs:
            from cbm.mend import repairs as ways_out

            return ways_out(paths, **asked, progress=watch)
        from cbm.pipeline import run

        return run(
            paths,
            **asked,
            jobs=jobs,
            progress=watch,
            settled=settled,
            as_status=as_status,
            unsaved=unsaved,
            cache=cache,
        )


def _against(
    report: Report,
    against: str,
    paths: Sequence[Path],
    asked: dict[str, Any],
    jobs: int | None,
    cache: Path | None,
) -> Report:
    """The report without what was found in the same paths as they were in a git reference."""
    from tempfile import TemporaryDirectory

    from cbm.baseline import without_earlier
    from cbm.git_history import reference_of, written_out
    from cbm.pipeline import run

    with TemporaryDirectory() as folder:
        older = written_out(paths, reference_of(against), Path(folder).resolve())
        earlier = run(older, **asked, jobs=jobs, cache=cache) if older else Report(())
    if earlier.unread or earlier.undecided or any(finding.rule in ALWAYS for finding in earlier.findings):
        words = mark("Note: not everything could be asked of {reference}, so what is told may be there as well.")
        tell(say(words, reference=against))
    return without_earlier(report, earlier, against)


def _baseline_page(report: Report) -> str:
    from cbm.baseline import baseline_page

    return baseline_page(report)


def _without_known(report: Report, file: Path) -> Report:
    from cbm.baseline import without_known

    return without_known(report, file)


def _require_page_for_people(statistics: bool, quiet: bool, output_format: str) -> None:
    if (statistics or quiet) and output_format not in ("full", "concise"):
        words = mark(
            "{option} is for pages that people read: leave --output-format out, "
            "and let other reports be written with `-o FORMAT:FILE`"
        )
        raise click.UsageError(say(words, option="--statistics" if statistics else "--quiet"))


def _require_one_page(paths: Sequence[Path], formats: Sequence[str]) -> None:
    """Maps are a chapter of one page, on one text."""
    if "html" not in formats:
        raise click.UsageError(say("--coverage adds maps to the HTML page: ask for it with `-o html:FILE`"))
    if len(paths) != 1 or paths[0].is_dir():
        raise click.UsageError(say("--coverage draws one text: name its file"))


def _drawn(path: Path, as_of: date | None, *, quiet: bool) -> CoverageMap | None:
    """The map of the text in the file; None where it cannot be understood, which the findings tell."""
    from cbm.progress import progress_on
    from cbm.questions.covering import Request, answer

    with nullcontext() if quiet else progress_on(sys.stderr) as watch:
        found = answer(Request(str(path), as_of=as_of, examples=True), watch)
    return None if isinstance(found, Report) else found


def _with_stdin(
    paths: Sequence[Path], file: Path | None, changing: bool
) -> tuple[tuple[Path, ...], dict[Path, str] | None]:
    """The paths with a file in the place of `-`, and the text of that file as it comes from standard input."""
    if STDIN not in paths:
        if file is not None:
            raise click.UsageError(say("--stdin-filename goes with `-` as a PATH, which stands for standard input"))
        return tuple(paths), None
    if changing:
        raise click.UsageError(say("changes are tried of files: save the text, and name its file in place of `-`"))
    named = file or Path("<stdin>")
    if os.path.isdir(named):
        raise Misuse(say("{file} is a folder: --stdin-filename is the file that the text is of", file=named))
    text = text_from_stdin()
    return tuple(named if path == STDIN else path for path in paths), {named: text}


def _fixed(paths: Sequence[Path], asked: dict[str, Any], unsafe: bool, yes: bool) -> Report:
    """Prints what settles the findings, and writes it where that is accepted; what is found in the files then."""
    from cbm.files import rewrite
    from cbm.fixing import Dialogue, describe_changes, diff
    from cbm.mend import mend
    from cbm.progress import progress_on

    asks = unsafe and not yes and is_terminal(sys.stdin) and is_terminal(sys.stdout)
    with nullcontext() if asks else progress_on(sys.stderr) as watch:
        mended = mend(paths, Dialogue(print_page, _answer, None if asks else True).accepts, **asked, watch=watch)
    if not asks:
        print_page(diff(mended.changes))
    written = unsafe and (yes or asks) and bool(mended.changes)
    if written:
        rewrite([(change.path, change.before, change.after) for change in mended.changes])
    for line in describe_changes(mended, written, say(_NOBODY if unsafe else _OWN_WORDS)):
        tell(line)
    if mended.before.stopped:
        tell(say("Stopped before the end: {why}.", why=say(mended.before.stopped)))
    for file in mended.before.unread:
        tell(say("Not read: {file}", file=file))
    return mended.after if written else mended.before


def _answer(question: str) -> str:
    """One of the answers that there are; whoever says anything else is asked again."""
    from cbm.fixing import ANSWERS

    known = OneOf(ANSWERS)
    while True:
        said = str(click.prompt(f"{question} ({', '.join(ANSWERS)})", default="n", err=True))
        if said in ANSWERS:
            return said
        tell(say("Error: {message}", message=known.get_invalid_choice_message(said, None)))


def _require_fix(fix: bool, output_format: str, given: dict[str, bool]) -> None:
    for option, wanted in given.items():
        if wanted and not fix:
            raise click.UsageError(say("{option} goes with {other}", option=option, other="--fix"))
    if given["--yes"] and not given["--unsafe-fixes"]:
        raise click.UsageError(say("{option} goes with {other}", option="--yes", other="--unsafe-fixes"))
    if fix and output_format != "full":
        raise click.UsageError(say("--fix prints a diff: let reports be written with `-o FORMAT:FILE`"))
