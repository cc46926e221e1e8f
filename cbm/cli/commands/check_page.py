"""What `cbm check` prints and writes of a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.cli.commands.check_options import CheckOptions
from cbm.cli.commands.word_files import FORMAT, commented
from cbm.cli.pages import print_page, wants_color
from cbm.process.output import write
from cbm.project.configuration.configurations import Configurations
from cbm.records import replace
from cbm.render import COLORED, RENDERERS, html_page
from cbm.render.report import rule_counts
from cbm.report import Report

if TYPE_CHECKING:
    from cbm.outcomes.coverage_map import CoverageMap


def tell_report(
    report: Report,
    options: CheckOptions,
    configurations: Configurations,
    drawn: CoverageMap | None,
    document: Path | None = None,
) -> int:
    """Prints the page and writes the files; the exit code of what is told in them.

    `document` is the Word document that findings are written into, where that is asked for.
    """
    known = _known_file(options, configurations)
    noted = options.written_baseline
    baselines = [] if noted is None else [(noted, _baseline_page(report, noted))]
    report = replace(
        report if known is None else _without_known(report, known),
        explain_green=options.explain_green,
        everything=options.everything,
        any_package=options.fail_on is not None,
        exit_zero=options.exit_zero,
    )
    renderers: dict[str, Callable[[Report], str]] = {**RENDERERS, "html": partial(html_page, drawn=drawn)}
    written: dict[str, Callable[[Report], str | bytes]] = {**renderers}
    if document is not None:
        written[FORMAT] = partial(commented, document=document)
    page = "" if options.fix else _render(options, renderers)(replace(report, quiet=options.quiet))
    write([*((path, written[name](report)) for name, path in options.outputs), *baselines])
    print_page(page)
    return report.exit


def _known_file(options: CheckOptions, configurations: Configurations) -> Path | None:
    """The file with findings that are known: the one that is named, or that of the configuration files."""
    if options.written_baseline is not None or options.against is not None or options.fix:
        return options.baseline_file
    return configurations.agreed_baseline() if options.baseline_file is None else options.baseline_file


def _render(options: CheckOptions, renderers: dict[str, Callable[[Report], str]]) -> Callable[[Report], str]:
    """What makes the page that is printed."""
    if options.statistics:
        return rule_counts.render
    return {**renderers, **(COLORED if wants_color(options.color) else {})}[options.output_format]


def _baseline_page(report: Report, file: Path) -> str:
    from cbm.baseline import baseline_page

    return baseline_page(report, file)


def _without_known(report: Report, file: Path) -> Report:
    from cbm.baseline import without_known

    return without_known(report, file)
