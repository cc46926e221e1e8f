"""The command line: arguments become a call, a report becomes pages and an exit code; nothing is decided here.

Whatever is heavy is imported by the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from errno import EBADF, EDQUOT, EIO, ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from cbm.finding import Exit, Misuse, Report, RuleId, Severity
from cbm.output import prepare, reason, show, write
from cbm.records import replace
from cbm.settled import NOTHING_SETTLED, SettledChoices

if TYPE_CHECKING:
    from cbm.budget import Budget
    from cbm.configuration import Configurations
    from cbm.interruption import Interruption

STATUSES = ("track2", "track1_5", "political", "treaty")
FORMATS = ("full", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown")
DIFF_FORMATS = ("text", "json")
MAP_FORMATS = ("text", "json", "markdown", "csv", "html", "svg")
_OWN_WORDS = "these changes alter what the text means; `--unsafe-fixes` writes them"
_NOBODY = "`--yes` accepts these changes where nobody can be asked"

_NOWHERE = "there is nowhere to print to: the output is closed"
_STDIN = Path("-")
_INTERRUPTED = 130  # what shells expect after Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; every failure ends in a sentence on stderr."""
    prepare(sys.stdout)
    prepare(sys.stderr)
    try:
        if sys.stdout is None and {"-h", "--help"}.intersection(sys.argv[1:] if arguments is None else arguments):
            raise Misuse(_NOWHERE)
        return int(commands.main(arguments, prog_name="cbm", standalone_mode=False))
    except click.Abort:
        return _INTERRUPTED
    except click.ClickException as refusal:
        refusal.show()
        return Exit.MISUSE
    except Misuse as misuse:
        click.ClickException(str(misuse)).show()
        return Exit.MISUSE
    except Exception as bug:
        if refused := _refusal(bug):
            click.ClickException(refused).show()
            return Exit.MISUSE
        _confess(bug)
        return Exit.INTERNAL


def _show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    del parameter
    if wanted:
        from cbm.version import VERSION

        _print_only(f"cbm {VERSION}\n")
        context.exit()


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"`{value}` is not a date; write it like 2019-10-01", context, parameter) from None


def _days(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[date | None, date | None]:
    first, sign, last = (value or "").partition("..")
    if value is not None and sign and not (first and last):
        raise click.BadParameter(f"`{value}` is not FIRST..LAST, such as 2018-06-08..2023-03-31", context, parameter)
    return _date(context, parameter, first or None), _date(context, parameter, last or None)


def _rules(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> frozenset[RuleId]:
    return frozenset(map(RuleId.named, sorted(_names(context, parameter, values))))


def _names(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    if values and not names:
        what = (parameter.metavar or "name").split(",")[0].lower()
        raise click.BadParameter(f"no {what} is named", context, parameter)
    return tuple(dict.fromkeys(names))


def _axes(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value is not None and not value.strip():
        raise click.BadParameter("no axis is named", context, parameter)
    return value or ""


def _renamed(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        old, sign, new = value.partition("=")
        if not (old.strip() and sign and new.strip()):
            raise click.BadParameter(f"`{value}` is not OLD=NEW, such as patrol=patrol_ship", context, parameter)
        found[old.strip()] = new.strip()
    return found


def _outputs(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    outputs: dict[Path, str] = {}
    for value in values:
        name, _, file = value.partition(":")
        if not file:
            problem = f"`{value}` is not FORMAT:FILE, such as json:report.json"
        elif name not in FORMATS:
            problem = f"unknown format `{name}`; {_suggestion(name, FORMATS, 'known are ' + ', '.join(FORMATS))}"
        elif os.path.realpath(file) in map(os.path.realpath, outputs):
            problem = f"`{file}` is named twice"
        else:
            outputs[Path(file)] = name
            continue
        raise click.BadParameter(problem, context, parameter)
    return tuple((name, path) for path, name in outputs.items())


_TIMEOUT = click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="Stop after so long, and tell what is known by then.",
)
_STEPS = click.option(
    "--steps",
    metavar="N",
    type=click.IntRange(min=1),
    help="Give a question up after so many steps of the solver; the same on every machine.",
)
_CONFIG = click.option(
    "config_file",
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take this file for all paths, in place of the nearest cbm.toml or [tool.cbm] in pyproject.toml above each.",
)
_ISOLATED = click.option("--isolated", is_flag=True, help="Let no configuration file count.")
_TAKE = click.option(
    "take",
    "--take",
    metavar="CHOICE=OPTION,...",
    multiple=True,
    callback=_names,
    help="Of a text with brackets: what is settled, such as 3.2=JP or distance=2; repeatable.",
)
_TEXT_OF = click.option(
    "--text-of", metavar="WHO", help="Of a text with brackets: take the options of this delegation wherever it has one."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def commands() -> None:
    """Checks codes of conduct for encounters at sea and in the air.

    Exit codes: 0 nothing found at or above the fail level, 1 findings, 2 the request could not be carried out,
    3 something stayed undecided, 4 what is to be verified is contradicted, 70 an error of cbm itself.
    """


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@click.option("--select", metavar="RULE,...", multiple=True, callback=_rules, help="Report these rules only.")
@click.option("--ignore", metavar="RULE,...", multiple=True, callback=_rules, help="Leave these rules out.")
@click.option(
    "--fail-level",
    type=click.Choice([severity.value for severity in Severity]),
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
@_CONFIG
@_ISOLATED
@click.option(
    "--explain-green",
    is_flag=True,
    help="On the full page, also show for each clause an encounter in which it binds and everything is complied with.",
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
@click.option("--output-format", type=click.Choice(FORMATS), default="full", show_default=True, help="What is printed.")
@click.option(
    "outputs", "-o", metavar="FORMAT:FILE", multiple=True, callback=_outputs, help="Also write a file; repeatable."
)
@click.option(
    "as_if",
    "--as",
    metavar="status STATUS",
    type=(click.Choice(["status"]), click.Choice(STATUSES)),
    help="Ask about drafts as if they had become: track2, track1_5, political or treaty.",
)
@_TAKE
@_TEXT_OF
@click.option(
    "--fail-on",
    type=click.Choice(["any-package"]),
    help="Of a text with brackets: exit with 1 also where a finding holds on some packages only.",
)
@_TIMEOUT
@_STEPS
@click.option("jobs", "-j", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; auto: on a terminal, unless NO_COLOR is set.",
)
def check(
    paths: Sequence[Path],
    as_of: date | None,
    select: frozenset[RuleId],
    ignore: frozenset[RuleId],
    fail_level: str | None,
    baseline_file: Path | None,
    written_baseline: Path | None,
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    stdin_filename: Path | None,
    config_file: Path | None,
    isolated: bool,
    explain_green: bool,
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
    jobs: int,
    color: str,
) -> int:
    """Check specifications: files, or folders with all below them; `-` stands for standard input.

    With --fix a diff is printed instead of findings, and with --unsafe-fixes as well it is applied to the files.
    After --timeout, Ctrl-C or SIGTERM what was found by then is reported, and the rest is undecided.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, within
    from cbm.interruption import BY_SIGNAL, stopped_by_signals
    from cbm.render import COLORED, RENDERERS, rule_counts

    if fix and repairs:
        raise click.UsageError("--repairs shows changes with the findings, --fix prints them as a diff: choose one")
    _require_fix(fix, output_format, {"--unsafe-fixes": unsafe_fixes, "--yes": yes, "--diff": only_diff})
    if (statistics or quiet) and output_format not in ("full", "concise"):
        raise click.UsageError(
            f"{'--statistics' if statistics else '--quiet'} is for pages that people read: leave --output-format out, "
            "and let other reports be written with `-o FORMAT:FILE`"
        )
    if fix and (baseline_file or written_baseline):
        raise click.UsageError("--fix prints a diff: leave --baseline and --write-baseline out")
    if fix and (statistics or quiet):
        raise click.UsageError("--fix prints a diff: leave --statistics and --quiet out")
    asked: dict[str, Any] = {
        "as_of": as_of,
        "select": select,
        "ignore": ignore,
        "fail_level": fail_level,
        "configurations": _configurations(config_file, isolated),
    }
    settled = SettledChoices(take, text_of)
    if (settled != NOTHING_SETTLED or as_if is not None) and (fix or repairs):
        raise click.UsageError("changes are tried of a text as it is written: leave --take, --text-of and --as out")
    paths, unsaved = _with_stdin(paths, stdin_filename, fix or repairs)
    budget_of(budget := Budget(timeout, steps))
    with within(budget), nullcontext() if fix else stopped_by_signals(budget) as came:
        report = (
            _fixed(paths, asked, unsafe_fixes and not only_diff, yes)
            if fix
            else _watched(
                paths, asked, repairs, jobs, settled, None if as_if is None else as_if[1], unsaved, quiet=quiet
            )
        )
    for incident in budget.incidents:
        click.echo(f"Note: {incident}.", err=True)
    baselines: list[tuple[Path, str]] = []
    if written_baseline is not None:
        from cbm.baseline import baseline_page

        baselines.append((written_baseline, baseline_page(report)))
    if baseline_file is not None:
        from cbm.baseline import without_known

        report = without_known(report, baseline_file)
    any_package = fail_on is not None
    report = replace(report, explain_green=explain_green, any_package=any_package, exit_zero=exit_zero)
    render = COLORED.get(output_format, RENDERERS[output_format]) if _wants_color(color) else RENDERERS[output_format]
    render = rule_counts.render if statistics else render
    page = "" if fix else render(replace(report, quiet=quiet))  # the diff is printed by now
    write([*((path, RENDERERS[name](report)) for name, path in outputs), *baselines])
    _print(page)
    return BY_SIGNAL + came.signal if came is not None and came.signal else report.exit


def _watched(
    paths: Sequence[Path],
    asked: dict[str, Any],
    repairs: bool,
    jobs: int,
    settled: SettledChoices,
    as_status: str | None = None,
    unsaved: Mapping[Path, str] | None = None,
    *,
    quiet: bool = False,
) -> Report:
    from cbm.progress import progress_on

    with nullcontext() if quiet else progress_on(sys.stderr) as watch:
        if repairs:
            from cbm.mend import offer

            return offer(paths, **asked, watch=watch)
        from cbm.pipeline import run

        return run(paths, **asked, jobs=jobs, watch=watch, settled=settled, as_status=as_status, unsaved=unsaved)


def _with_stdin(
    paths: Sequence[Path], file: Path | None, changing: bool
) -> tuple[tuple[Path, ...], dict[Path, str] | None]:
    """The paths with a file in the place of `-`, and the text of that file as it comes from standard input."""
    if _STDIN not in paths:
        if file is not None:
            raise click.UsageError("--stdin-filename goes with `-` as a PATH, which stands for standard input")
        return tuple(paths), None
    if changing:
        raise click.UsageError("changes are tried of files: save the text, and name its file in place of `-`")
    if sys.stdin is None:
        raise Misuse("there is nothing to read from: standard input is closed")
    named = file or Path("<stdin>")
    if os.path.isdir(named):
        raise Misuse(f"{named} is a folder: --stdin-filename is the file that the text is of")
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as refusal:
        raise Misuse(f"standard input is not UTF-8 text (byte {refusal.start}): save it as UTF-8") from None
    return tuple(named if path == _STDIN else path for path in paths), {named: text}


def _fixed(paths: Sequence[Path], asked: dict[str, Any], unsafe: bool, yes: bool) -> Report:
    """Prints what settles the findings, and writes it where that is accepted; what is found in the files then."""
    from cbm.files import rewrite
    from cbm.fixing import ANSWERS, Dialogue, describe_changes, diff
    from cbm.mend import mend
    from cbm.progress import progress_on

    def ask(question: str) -> str:
        return str(click.prompt(question, type=click.Choice(ANSWERS), default="n", err=True))

    asks = unsafe and not yes and _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    with nullcontext() if asks else progress_on(sys.stderr) as watch:
        mended = mend(paths, Dialogue(_print, ask, None if asks else True).accepts, **asked, watch=watch)
    if not asks:
        _print(diff(mended.changes))
    written = unsafe and (yes or asks) and bool(mended.changes)
    if written:
        rewrite([(change.path, change.before, change.after) for change in mended.changes])
    for line in describe_changes(mended, written, _NOBODY if unsafe else _OWN_WORDS):
        click.echo(line, err=True)
    if mended.before.stopped:
        click.echo(f"Stopped before the end: {mended.before.stopped}.", err=True)
    for file in mended.before.unread:
        click.echo(f"Not read: {file}", err=True)
    return mended.after if written else mended.before


def _require_fix(fix: bool, output_format: str, given: dict[str, bool]) -> None:
    for option, wanted in given.items():
        if wanted and not fix:
            raise click.UsageError(f"{option} goes with --fix")
    if given["--yes"] and not given["--unsafe-fixes"]:
        raise click.UsageError("--yes goes with --unsafe-fixes")
    if fix and output_format != "full":
        raise click.UsageError("--fix prints a diff: let reports be written with `-o FORMAT:FILE`")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "folder",
    "--smt2",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Write SMT-LIB 2 files into this folder, which must be new or empty.",
)
@click.option(
    "--search", is_flag=True, help="Write every question that the search asks on its way, not one for each verdict."
)
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@_TIMEOUT
@_STEPS
def export(
    paths: Sequence[Path],
    folder: Path,
    search: bool,
    as_of: date | None,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Write the verdicts of the check of these paths as questions that other solvers read.

    For each clause, each pair of clauses and each promise a file asks, by itself and by definition, what the verdict
    answers; `index.tsv` lists all verdicts with the answers that they come to. `cbm verify` holds them against solvers.
    After --timeout, Ctrl-C or SIGTERM the verdicts known by then are listed, and with --search the questions that were
    answered by then are written.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, within
    from cbm.interruption import stopped_by_signals
    from cbm.render import RENDERERS

    budget_of(budget := Budget(timeout, steps))
    with within(budget), stopped_by_signals(budget) as came:
        outcome, line = _searched(paths, folder, as_of) if search else _certified(paths, folder, as_of)
    if isinstance(outcome, Report):
        _print(RENDERERS["full"](outcome))
        click.echo("Nothing was written: something in these texts could not be understood.", err=True)
        return Exit.FINDINGS
    _print(f"{line}\n")
    return _ended(budget, came, Exit.FINE)


def _certified(paths: Sequence[Path], folder: Path, as_of: date | None) -> tuple[object, str]:
    from cbm.certify.certificate_words import describe_certificate
    from cbm.certify.certificates import INDEX, certify

    outcome = certify(paths, folder, as_of=as_of)
    return outcome, "" if isinstance(outcome, Report) else describe_certificate(outcome, str(folder / INDEX))


def _searched(paths: Sequence[Path], folder: Path, as_of: date | None) -> tuple[object, str]:
    from cbm.export.questions import INDEX, export

    outcome = export(paths, folder, as_of=as_of)
    if isinstance(outcome, Report):
        return outcome, ""
    answers = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(outcome.files.items()))
    written = f"{_count(outcome.questions, 'question')} in {_count(outcome.files.total(), 'file')}"
    return outcome, f"Wrote {written} ({answers}); see {folder / INDEX}"


@commands.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--limit",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=10,
    show_default=True,
    help="Let a solver give a question up after so long.",
)
@click.option(
    "--signature",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Check proofs by this definition of their calculus, Cpc.eo of cvc5's sources.",
)
def verify(folder: Path, limit: float, signature: Path | None) -> Exit:
    """Ask Z3 and cvc5 what `cbm export --smt2 DIR` wrote, and compare their answers with the report.

    Where ethos is at hand, it checks the proofs that cvc5 gives.

    Exit codes: 0 both solvers answer every question as the report says; 2 there is nothing to verify; 3 one solver
    only (cvc5 is not installed, or a solver gave a question up), a proof that was not accepted, or a verdict that is
    undecided; 4 a solver answers otherwise, or a file is not the one that was written.
    """
    from cbm.certify.certificate_words import describe_verification
    from cbm.certify.verification import verify

    verified = verify(folder, seconds=limit, signature=signature)
    _print_only("".join(f"{line}\n" for line in describe_verification(verified)))
    return verified.exit


@commands.command()
@click.argument("draft", metavar="DRAFT")
@click.option("--text", metavar="NAME", help="Of several texts in the file, the one of this name.")
@click.option("--by", metavar="AXIS,...", callback=_axes, help="Tell types of encounter apart by these, not as usual.")
@click.option(
    "--topic", "topics", metavar="TOPIC,...", multiple=True, callback=_names, help="Only these topics or acts."
)
@click.option("--party", metavar="PARTY", help="Only what binds units of this party.")
@click.option(
    "--with", "beside", metavar="INSTRUMENT,...", multiple=True, callback=_names, help="Read these with it as well."
)
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@click.option(
    "--output-format", type=click.Choice(MAP_FORMATS), default="text", show_default=True, help="What is printed."
)
@click.option(
    "--output-file", metavar="FILE", type=click.Path(path_type=Path), help="Write the map here and print nothing."
)
@_TIMEOUT
@_STEPS
def coverage(
    draft: str,
    text: str | None,
    by: str,
    topics: tuple[str, ...],
    party: str | None,
    beside: tuple[str, ...],
    as_of: date | None,
    output_format: str,
    output_file: Path | None,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show which types of encounter a draft governs, topic by topic, and which it forgets.

    DRAFT is a file, or the name of a text of the standard library. A map judges nothing: the exit code is 0, or 3
    where something stayed undecided, and 1 where the texts cannot be understood. After --timeout, Ctrl-C or SIGTERM
    what is not known by then is undecided.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, RunStopped, within
    from cbm.covering import Request, answer
    from cbm.interruption import stopped_by_signals
    from cbm.progress import progress_on
    from cbm.render import RENDERERS
    from cbm.render.maps import MAP_RENDERERS, WITH_EXAMPLES

    request = Request(draft, beside, by, topics, party, as_of, examples=output_format in WITH_EXAMPLES, text=text)
    budget_of(budget := Budget(timeout, steps))
    with within(budget), stopped_by_signals(budget) as came, progress_on(sys.stderr) as watch:
        try:
            drawn = answer(request, watch)
        except RunStopped as why:
            raise Misuse(f"nothing was drawn: {why}") from None
    if isinstance(drawn, Report):
        _print(RENDERERS["full"](drawn))
        return drawn.exit
    page = MAP_RENDERERS[output_format](drawn)
    if output_file is None:
        _print_only(page)
    else:
        write([(output_file, page)])
    return _ended(budget, came, drawn.exit)


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="OLD NEW...", type=click.Path(path_type=Path))
@click.option("--against", metavar="git:REF", default="", help="The only file as it was there, in place of OLD.")
@click.option("--text", metavar="NAME", help="Of several texts in a file, the one of this name.")
@click.option(
    "--as", "renamed", metavar="OLD=NEW", multiple=True, callback=_renamed, help="What older texts call NEW otherwise."
)
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@click.option(
    "--fail-on", metavar="KIND,...", multiple=True, callback=_names, help="Exit with 1 where there is such a change."
)
@click.option("--no-findings", is_flag=True, help="Do not check the texts by themselves as well.")
@click.option(
    "--output-format", type=click.Choice(DIFF_FORMATS), default="text", show_default=True, help="What is printed."
)
@_TIMEOUT
@_STEPS
def diff(
    paths: tuple[Path, ...],
    against: str,
    text: str | None,
    renamed: dict[str, str],
    as_of: date | None,
    fail_on: tuple[str, ...],
    no_findings: bool,
    output_format: str,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show what changed in meaning from one text to the next, with an encounter that shows it.

    Texts are named from the oldest to the newest; of more than two, each step is told and then all of them together.
    KIND is tightened, relaxed, advice, permissions, exemptions, reparation, declared or new-finding. Exit codes: 0, or
    1 for --fail-on and where a text cannot be understood, 3 where something is undecided or could not be compared.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, RunStopped, within
    from cbm.diffing import DiffRequest, answer
    from cbm.finding import Report
    from cbm.interruption import stopped_by_signals
    from cbm.render import DIFF_RENDERERS, RENDERERS

    request = DiffRequest(paths, against, text, renamed, as_of, fail_on, findings=not no_findings)
    budget_of(budget := Budget(timeout, steps))
    with within(budget), stopped_by_signals(budget) as came:
        try:
            outcome = answer(request)
        except RunStopped as why:
            raise Misuse(f"nothing was compared: {why}") from None
    if isinstance(outcome, Report):
        _print(RENDERERS["full"](outcome))
        return outcome.exit
    _print_only(DIFF_RENDERERS[output_format](outcome))
    return _ended(budget, came, outcome.exit)


@commands.command()
@click.argument("draft", metavar="DRAFT")
@click.argument("models", nargs=-1, required=True, metavar="MODEL...")
@click.option(
    "--as",
    "names",
    metavar="THEIRS=OURS",
    multiple=True,
    callback=_renamed,
    help="In whose place a party of a model stands, such as US=JP; or what the draft calls something of a model.",
)
@click.option("--text", metavar="NAME", help="Of several texts in the file of the draft, the one of this name.")
@_TAKE
@_TEXT_OF
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@click.option(
    "--fail-on",
    metavar="KIND,...",
    multiple=True,
    callback=_names,
    help="Exit with 1 for these alone; left out: for all but what is kept.",
)
@click.option(
    "--output-format", type=click.Choice(DIFF_FORMATS), default="text", show_default=True, help="What is printed."
)
@_TIMEOUT
@_STEPS
def compare(
    draft: str,
    models: tuple[str, ...],
    names: dict[str, str],
    text: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    as_of: date | None,
    fail_on: tuple[str, ...],
    output_format: str,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show how a draft stands to each provision of the texts that it takes as its models.

    A MODEL is a file (of several texts in it, FILE:TEXT is one), or a text of the standard library by its name. Where a
    provision can bind parties of the draft, the draft keeps it, contradicts it, permits what it forbids
    (permits-breach), only advises it (only-advised), asks for less (weaker) or for nothing (missing); a permission may
    be not-granted; where duties clash there is no-verdict. These are the KINDs. Then comes what no model has. Exit
    codes: 0 where all is kept, 1 for --fail-on and where a text cannot be understood, 3 where something is undecided or
    could not be compared.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, RunStopped, within
    from cbm.comparing import CompareRequest, answer
    from cbm.interruption import stopped_by_signals
    from cbm.render import COMPARE_RENDERERS, RENDERERS

    settled = SettledChoices(take, text_of)
    request = CompareRequest(draft, models, names, text, as_of, settled, fail_on or None)
    budget_of(budget := Budget(timeout, steps))
    with within(budget), stopped_by_signals(budget) as came:
        try:
            outcome = answer(request)
        except RunStopped as why:
            raise Misuse(f"nothing was compared: {why}") from None
    if isinstance(outcome, Report):
        _print(RENDERERS["full"](outcome))
        return outcome.exit
    _print_only(COMPARE_RENDERERS[output_format](outcome))
    return _ended(budget, came, outcome.exit)


def _ended(budget: Budget, came: Interruption, otherwise: int) -> int:
    """The exit code of a run that tells no report; that it was stopped is said here."""
    from cbm.interruption import BY_SIGNAL

    if not budget.stopped:
        return otherwise
    click.echo(f"Stopped before the end: {budget.stopped}.", err=True)
    return BY_SIGNAL + came.signal if came.signal else Exit.UNDECIDED


@commands.command()
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@click.option("--text", metavar="NAME", help="Of several texts in the file, the one of this name.")
@click.option("--delegation", metavar="WHO", help="What this delegation can keep, first of all.")
@_TAKE
@_TEXT_OF
@click.option("written", "--write", is_flag=True, help="Print the text of the first clean package, without brackets.")
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "html", "markdown", "csv"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@click.option("output_file", "-o", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file instead.")
@_TIMEOUT
@_STEPS
def options(
    draft: Path,
    text: str | None,
    delegation: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    written: bool,
    as_of: date | None,
    output_format: str,
    output_file: Path | None,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Show where the negotiation of a text with square brackets stands.

    A package takes one option of each choice. What is told: what is agreed, which options no clean package holds,
    which cannot go together and why, brackets without difference, ways to settle it, and what each delegation can
    keep. The exit code is 1 where something is wrong with every package or an option is in no clean one, and 3 where
    something stayed undecided.
    """
    from cbm.arguments import budget_of
    from cbm.budget import Budget, RunStopped, within
    from cbm.interruption import BY_SIGNAL, stopped_by_signals
    from cbm.negotiating import OpenText, WrittenPackage, package, take_stock
    from cbm.progress import progress_on
    from cbm.render import RENDERERS
    from cbm.render.options import STATE_RENDERERS

    asked = OpenText(draft, text, as_of, SettledChoices(take, text_of), delegation)
    budget_of(budget := Budget(timeout, steps))
    with within(budget), stopped_by_signals(budget) as came, progress_on(sys.stderr) as watch:
        try:
            found = package(asked, watch) if written else take_stock(asked, watch)
        except RunStopped as why:
            raise Misuse(f"nothing is known: {why}") from None
    if isinstance(found, Report):
        _print(RENDERERS["full"](found))
        return found.exit
    page = found.text if isinstance(found, WrittenPackage) else STATE_RENDERERS[output_format](found, delegation)
    if output_file is None:
        _print_only(page)
    else:
        write([(output_file, page)])
    if isinstance(found, WrittenPackage):
        for words in found.warnings():
            click.echo(words, err=True)
    return BY_SIGNAL + came.signal if came.signal else found.exit


@commands.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@click.option(
    "--given", metavar="CONDITION", default="", help="The situations asked about, as after `when` in a clause."
)
@click.option("--party", metavar="PARTY", help="Only units of this party.")
@click.option(
    "days", "--as-of", metavar="DATE[..DATE]", callback=_days, help="What holds on this date, or from day to day."
)
@click.option("--text", metavar="NAME", help="Of several texts in the first DOC, the one of this name.")
@_TAKE
@_TEXT_OF
@click.option("--interactive", is_flag=True, help="Ask for the fact that decides most, until you have had enough.")
@click.option(
    "--output-format", type=click.Choice(DIFF_FORMATS), default="text", show_default=True, help="What is printed."
)
@_TIMEOUT
@_STEPS
def ask(
    documents: tuple[str, ...],
    given: str,
    party: str | None,
    days: tuple[date | None, date | None],
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
    from cbm.answering import SituationQuestion, answer, consultation, narrowed
    from cbm.arguments import budget_of
    from cbm.budget import Budget, RunStopped, within
    from cbm.interruption import stopped_by_signals
    from cbm.render import ANSWER_RENDERERS, RENDERERS
    from cbm.render.answer_page import fact_question

    settled = SettledChoices(take, text_of)
    question = SituationQuestion(documents, given, party, *days, settled, text, narrowing=output_format == "json")

    def put(words: str) -> str:
        click.echo(f"{words}\n> ", nl=False, err=True)
        said = "" if sys.stdin is None else sys.stdin.readline()
        return said or "q"  # nobody is there to answer any more

    budget_of(budget := Budget(timeout, steps))
    with within(budget), stopped_by_signals(budget) as came:
        try:
            if interactive:
                read = consultation(question)
                told = read if isinstance(read, Report) else narrowed(read, question, put, fact_question)
            else:
                told = answer(question)
        except RunStopped as why:
            raise Misuse(f"nothing is known: {why}") from None
    if isinstance(told, Report):
        _print(RENDERERS["full"](told))
        return told.exit
    _print_only(ANSWER_RENDERERS[output_format](told))
    return _ended(budget, came, told.exit)


@commands.command()
@click.argument("named", nargs=-1, required=True, metavar="[DOC] CLAUSE")
@click.option("--near-miss", is_flag=True, help="Also the nearest encounters in which it does not bind.")
@click.option("--given", metavar="CONDITION", default="", help="Only such situations, as after `when` in a clause.")
@click.option("--as-of", metavar="DATE", callback=_date, help="Ask what holds on this date, such as 2019-10-01.")
@click.option("--text", metavar="NAME", help="Of several texts in DOC, the one of this name.")
@_TAKE
@_TEXT_OF
@click.option(
    "--output-format", type=click.Choice(DIFF_FORMATS), default="text", show_default=True, help="What is printed."
)
def example(
    named: tuple[str, ...],
    near_miss: bool,
    given: str,
    as_of: date | None,
    text: str | None,
    take: tuple[str, ...],
    text_of: str | None,
    output_format: str,
) -> int:
    """Show an encounter in which a clause binds and, with --near-miss, the nearest ones in which it does not.

    CLAUSE is a label of the text in DOC, such as 3.2, or names its text, as in "17(b) of colregs".
    """
    from cbm.illustrating import ClauseQuestion, illustration
    from cbm.render import ILLUSTRATION_RENDERERS, RENDERERS

    if len(named) > 2:
        raise click.UsageError('name one text and one clause, such as `code.cbm 3.2` or `"17(b) of colregs"`')
    *documents, clause = named
    document = documents[0] if documents else ""
    told = illustration(
        ClauseQuestion(clause, document, given, as_of, SettledChoices(take, text_of), text, near=near_miss)
    )
    if isinstance(told, Report):
        _print(RENDERERS["full"](told))
        return told.exit
    _print_only(ILLUSTRATION_RENDERERS[output_format](told))
    return told.exit


@commands.group()
def config() -> None:
    """What configuration files say: cbm.toml, or [tool.cbm] in pyproject.toml."""


@config.command(name="show")
@click.argument("path", default=".", metavar="[PATH]", type=click.Path(path_type=Path))
@_CONFIG
@_ISOLATED
def show_config(path: Path, config_file: Path | None, isolated: bool) -> Exit:
    """Show what holds for a file or a folder, and where each setting stands."""
    from cbm.configuration import described

    if not os.path.lexists(path):
        raise Misuse(f"{path} does not exist")
    _print_only(described(_configurations(config_file, isolated).of(path)))
    return Exit.FINE


def _configurations(config_file: Path | None, isolated: bool) -> Configurations:
    from cbm import configuration

    if config_file is not None and isolated:
        raise click.UsageError("--config names a file, and --isolated lets none count: choose one")
    if config_file is not None:
        return configuration.from_file(config_file)
    return configuration.isolated() if isolated else configuration.nearest()


@commands.command()
@click.argument("name")
def rule(name: str) -> Exit:
    """Explain a rule, with an example and its mended form."""
    from cbm.checks import RULES
    from cbm.render.rules import explanation

    _print_only(explanation(RULES[RuleId.named(name)]))
    return Exit.FINE


@commands.command()
@click.argument("page", type=click.Choice(("report", "coverage", "diff", "compare", "options", "ask", "example")))
def schema(page: str) -> Exit:
    """Print the JSON Schema of what a command prints as JSON; `report` is that of `cbm check`."""
    from cbm.render.schemas import shipped_schema

    _print_only(shipped_schema(page))
    return Exit.FINE


@commands.command()
def rules() -> Exit:
    """List all rules."""
    from cbm.checks import RULES
    from cbm.render.rules import table

    _print_only(table(RULES.values()))
    return Exit.FINE


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else otherwise


def _wants_color(choice: str) -> bool:
    if choice == "auto":
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return not plain and _is_terminal(sys.stdout)
    return choice == "always"


def _print_only(page: str) -> None:
    """Prints what the command is there for."""
    if sys.stdout is None:
        raise Misuse(_NOWHERE)
    _print(page)


def _print(page: str) -> None:
    show(page, sys.stdout)


def _refusal(problem: Exception) -> str:
    """What the system refused to anybody; nothing where cbm may be at fault."""
    if not isinstance(problem, OSError):
        return ""
    try:
        os.getcwd()
    except OSError:
        return "the working folder does not exist any more: change into another one"
    if problem.errno in (ENOSPC, EDQUOT, EIO, EBADF):
        return f"cannot write: {reason(problem)}"
    return ""


def _confess(bug: Exception) -> None:
    if os.environ.get("CBM_TRACEBACK") == "1":
        from traceback import print_exception

        print_exception(bug)
    what = " ".join(f"{type(bug).__name__}: {bug}".split())
    click.echo(f"Internal error of cbm: {what}. Please report it; CBM_TRACEBACK=1 shows where it happened.", err=True)
