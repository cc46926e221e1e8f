"""`cbm export` and `cbm verify`: verdicts as questions, and what solvers answer to them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbm.cli.pages import inert, print_page, print_wanted, tell
from cbm.cli.parameters import AS_OF, CONFIG, ISOLATED, JOBS, PATHS, STEPS, SUITE, TIMEOUT, configurations_of, suite_of
from cbm.cli.spoken_help import command
from cbm.cli.values import OneOf, Place, Seconds
from cbm.finding import Exit, Misuse
from cbm.report import Report
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_count

if TYPE_CHECKING:
    from cbm.certify.certificates import Certified
    from cbm.export.questions import Exported
    from cbm.project.configuration.configurations import Configurations
    from cbm.search.parallel import Watch


@command()
@PATHS
@SUITE
@click.option(
    "folder",
    "--smt2",
    metavar="DIR",
    required=True,
    type=Place(),
    help="Write SMT-LIB 2 files into this folder, which must be new or empty.",
)
@click.option(
    "--search",
    is_flag=True,
    help="Write every question that the search asks on its way, not one for each verdict.",
)
@click.option(
    "--fail-on",
    type=OneOf(["uncertified"]),
    help="Exit with 3 where the search of cbm alone stands behind a verdict.",
)
@AS_OF
@CONFIG
@ISOLATED
@TIMEOUT
@STEPS
def export(
    paths: tuple[Path, ...],
    suite: str | None,
    folder: Path,
    search: bool,
    fail_on: str | None,
    as_of: date | None,
    config_file: Path | None,
    isolated: bool,
    timeout: float | None,
    steps: int | None,
) -> int:
    """Write the verdicts of the check of these paths as questions that other solvers read.

    For each clause, each pair of clauses and each promise a file asks, by itself and by definition, what the verdict
    answers; `index.tsv` lists all verdicts with the answers that they come to, and with what carries each (`class`).
    `cbm verify` holds them against solvers.
    After --timeout, Ctrl-C or SIGTERM the verdicts known by then are listed, and with --search the questions that were
    answered by then are written.
    """
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits
    from cbm.export.questions import NOTHING
    from cbm.render import RENDERERS

    if fail_on and search:
        raise Misuse(say("`--fail-on` is about verdicts: leave `--search` out"))
    configurations = configurations_of(config_file, isolated)
    asked = suite_of(paths, suite, configurations, isolated)
    write_it = _searched if search else _certified
    with within_limits(timeout, steps, NOTHING) as run, progress_on(sys.stderr) as watch:
        outcome, line = write_it(asked.paths, folder, as_of or asked.as_of, configurations, watch)
    if isinstance(outcome, Report):
        print_page(RENDERERS["full"](outcome))
        tell(say("Nothing was written: something in these texts could not be understood."))
        return Exit.FINDINGS
    print_page(f"{line}\n")
    if outcome.excluded:
        tell(say("Not looked at: {paths}.", paths=listed(outcome.excluded, ",")))
    return run.exit(Exit.UNDECIDED if fail_on and _is_uncertified(outcome) else outcome.exit)


def _is_uncertified(outcome: Certified | Exported) -> bool:
    from cbm.certify.certificates import Certified

    return isinstance(outcome, Certified) and bool(outcome.uncertified)


def _certified(
    paths: Sequence[str], folder: Path, as_of: date | None, configurations: Configurations, watch: Watch | None
) -> tuple[Certified | Report, str]:
    from cbm.certify.certificate_words import describe_certificate
    from cbm.certify.certificates import INDEX, certify

    outcome = certify(paths, folder, as_of=as_of, configurations=configurations, progress=watch)
    return outcome, "" if isinstance(outcome, Report) else describe_certificate(outcome, str(folder / INDEX))


def _searched(
    paths: Sequence[str], folder: Path, as_of: date | None, configurations: Configurations, watch: Watch | None
) -> tuple[Exported | Report, str]:
    from cbm.export.questions import INDEX, export

    outcome = export(paths, folder, as_of=as_of, configurations=configurations, progress=watch)
    if isinstance(outcome, Report):
        return outcome, ""
    answers = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(outcome.files.items()))
    return outcome, say(
        "Wrote {questions} in {files} ({answers}); see {index}",
        questions=say_count("{count:,} question", "{count:,} questions", outcome.questions),
        files=say_count("{count:,} file", "{count:,} files", outcome.files.total()),
        answers=answers,
        index=folder / INDEX,
    )


@command()
@click.argument("folder", metavar="DIR", type=Place())
@click.option(
    "--limit",
    metavar="SECONDS",
    type=Seconds(),
    help="Let a solver give a question up after so long, not after as many steps as everywhere.",
)
@click.option(
    "--signature",
    metavar="FILE",
    type=Place(),
    help="Check proofs by this definition of their calculus, Cpc.eo of cvc5's sources.",
)
@JOBS
@TIMEOUT
def verify(folder: Path, limit: float | None, signature: Path | None, jobs: int | None, timeout: float | None) -> int:
    """Ask Z3 and cvc5 what `cbm export --smt2 DIR` wrote, and compare their answers with the report.

    Where ethos is at hand, it checks the proofs that cvc5 gives. What has no answer after --timeout, Ctrl-C or SIGTERM
    is undecided.

    Exit codes: 0 both solvers answer every question as the report says, and every clear verdict rests on one; 2 there
    is nothing to verify; 3 one solver only (cvc5 is not installed, or a solver gave a question up), a proof that was
    not accepted, a verdict that is undecided, or a clear one that the search of cbm alone stands behind; 4 a solver
    answers otherwise, or a file is not the one that was written.
    """
    from cbm.certify.certificate_words import describe_verification
    from cbm.certify.verification import NOTHING, verify
    from cbm.cli.progress_line import progress_on
    from cbm.cli.runs import within_limits

    with within_limits(timeout, None, NOTHING) as run, progress_on(sys.stderr) as watch:
        verified = verify(folder, seconds=limit, signature=signature, jobs=jobs, progress=watch)
    print_wanted("".join(f"{inert(line)}\n" for line in describe_verification(verified)))
    stopped = run.exit(verified.exit)
    return run.signalled or (verified.exit if verified.contradicted else stopped)
