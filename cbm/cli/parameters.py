"""What several commands take: how it is written, and what it becomes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbm.cli.values import OneOf, PageFile, Place, Seconds, WholeNumber, require_page_file
from cbm.finding import ALWAYS, ALWAYS_TOLD, RuleId
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from cbm.project.configuration.configurations import Configurations
    from cbm.project.configuration.settings import Suite

STATUSES = ("track2", "track1_5", "political", "treaty")
FORMATS = ("full", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "html")
WRITTEN_FORMATS = (*FORMATS, "docx")  # those of `-o`: a Word document is nothing to print
DIFF_FORMATS = ("text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "html")
ASK_FORMATS = ("text", "json")
WORDS_FORMATS = ("text", "json", "markdown")
CARDS_FORMATS = ("text", "markdown", "html", "json")
WEAVE_FORMATS = ("html", "markdown", "literate", "plain")
MAP_FORMATS = ("text", "json", "markdown", "csv", "html", "svg")
# Of an option that takes names and has none, by what its help calls them.
_NOT_NAMED = {
    "RULE,...": mark("no rule is named"),
    "TOPIC,...": mark("no topic is named"),
    "INSTRUMENT,...": mark("no instrument is named"),
    "DOC,...": mark("no doc is named"),
    "KIND,...": mark("no kind is named"),
    "CHOICE=OPTION,...": mark("no choice=option is named"),
}

# What is written of one thing that is called otherwise, or stands for another, by what the help of an option calls it.
_RENAMED = {"OLD=NEW": "patrol=patrol_ship", "THEIRS=OURS": "US=JP", "AUTHOR=PARTY": "'Li Wei=CN'"}


def one_of(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> str | None:
    """What is said once: of two, one alone would count, and nobody would be told of the other."""
    if len(values) > 1:
        raise click.BadParameter(
            say("only one can be named, and these are {count}", count=len(values)), context, parameter
        )
    return values[0] if values else None


def single_day_of(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> date | None:
    return day_of(context, parameter, one_of(context, parameter, values))


def day_of(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            say("`{value}` is not a date; write it like 2019-10-01", value=value), context, parameter
        ) from None


def dates_of(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> date | tuple[date, ...] | None:
    """One date, or several with commas between them, each once."""
    value = ",".join(values) if values else None
    if value is None or "," not in value:
        return day_of(context, parameter, value)
    days = {day_of(context, parameter, part.strip()) for part in value.split(",")}
    several = tuple(sorted(day for day in days if day is not None))
    return several if len(several) > 1 else several[0]


def days_of(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[date | None, date | None]:
    value = one_of(context, parameter, values)
    first, sign, last = (value or "").partition("..")
    if value is not None and sign and not (first and last):
        raise click.BadParameter(
            say("`{value}` is not FIRST..LAST, such as 2018-06-08..2023-03-31", value=value), context, parameter
        )
    return day_of(context, parameter, first or None), day_of(context, parameter, last or None)


def rules_of(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> frozenset[RuleId]:
    return frozenset(map(RuleId.named, sorted(names_of(context, parameter, values))))


def hidden_rules_of(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> frozenset[RuleId]:
    """Rules that are not told; some always are."""
    rules = rules_of(context, parameter, values)
    for rule in sorted(rules & ALWAYS):
        raise click.BadParameter(say(ALWAYS_TOLD, rule=rule), context, parameter)
    return rules


def names_of(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    if values and not names:
        raise click.BadParameter(say(_NOT_NAMED.get(parameter.metavar or "", "no name is named")), context, parameter)
    return tuple(dict.fromkeys(names))


def axes_of(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value is not None and not value.strip():
        raise click.BadParameter(say("no axis is named"), context, parameter)
    return value or ""


def renamed_of(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        old, sign, new = value.partition("=")
        if not (old.strip() and sign and new.strip()):
            form = parameter.metavar or "OLD=NEW"
            words = say("`{value}` is not {form}, such as {example}", value=value, form=form, example=_RENAMED[form])
            raise click.BadParameter(words, context, parameter)
        if found.setdefault(old.strip(), new.strip()) != new.strip():
            raise click.BadParameter(say("`{file}` is named twice", file=old.strip()), context, parameter)
    return found


def outputs_of(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, Path], ...]:
    return _outputs_among(WRITTEN_FORMATS, context, parameter, values)


def diff_outputs_of(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, Path], ...]:
    return _outputs_among(DIFF_FORMATS, context, parameter, values)


def _outputs_among(
    formats: tuple[str, ...], context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, Path], ...]:
    outputs: dict[Path, str] = {}
    for value in values:
        name, _, file = value.partition(":")
        if not file:
            problem = say("`{value}` is not FORMAT:FILE, such as json:report.json", value=value)
        elif name not in formats:
            known = say("known are {names}", names=", ".join(formats))
            advice = suggestion(name, formats, known)
            problem = say("unknown format `{name}`; {advice}", name=name, advice=advice)
        elif os.path.realpath(file) in map(os.path.realpath, outputs):
            problem = say("`{file}` is named twice", file=file)
        else:
            require_page_file(Path(file), parameter, context, beside=True)
            outputs[Path(file)] = name
            continue
        raise click.BadParameter(problem, context, parameter)
    return tuple((name, path) for path, name in outputs.items())


def configurations_of(config_file: Path | None, isolated: bool) -> Configurations:
    from cbm.project.configuration import configurations

    if config_file is not None and isolated:
        raise click.UsageError(say("--config names a file, and --isolated lets none count: choose one"))
    if config_file is not None:
        return configurations.from_file(config_file)
    return configurations.isolated() if isolated else configurations.nearest()


def configurations_for(texts: Iterable[str | Path], config_file: Path | None, isolated: bool) -> Configurations:
    """What holds for texts, each a file or a name in the standard library: of no file, what the working folder says."""
    configurations = configurations_of(config_file, isolated)
    named = [Path(text) for text in texts]
    for file in [path for path in named if os.path.exists(path) or path.suffix] or [Path()]:
        configurations.use(file)
    return configurations


def day_asked(given: date | None, texts: Iterable[str | Path], config_file: Path | None, isolated: bool) -> date | None:
    """The day that is given; else the one that the configuration of the texts says. That is read in any case."""
    configurations = configurations_for(texts, config_file, isolated)
    return given or configurations.agreed_date()


def suite_of(paths: Sequence[Path], name: str | None, configurations: Configurations, isolated: bool) -> Suite:
    """What is asked together: what a suite of the configuration says, or nothing but the paths."""
    from cbm.project.configuration.settings import Suite

    if name is None and not paths:
        raise click.UsageError(say("Missing argument {name}.", name="'PATH...'"))
    if name is None:
        return Suite(tuple(map(str, paths)))
    if paths:
        raise click.UsageError(say("--suite names what is read: leave PATH out, or --suite"))
    if isolated:
        raise click.UsageError(
            say("--suite stands in a configuration file, and --isolated lets none count: choose one")
        )
    return configurations.of(Path()).suite(name)


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), list(known), n=1)
    return say("did you mean `{near}`?", near=near[0]) if near else otherwise


AS_OF = click.option(
    "--as-of",
    metavar="DATE",
    multiple=True,
    callback=single_day_of,
    help="Ask what holds on this date, such as 2019-10-01.",
)
DATES = click.option(
    "as_of",
    "--as-of",
    metavar="DATE,...",
    multiple=True,
    callback=dates_of,
    help="Ask what holds on this date, such as 2019-10-01; on several, each finding says on which of them it is so.",
)
TIMEOUT = click.option(
    "--timeout",
    metavar="SECONDS",
    type=Seconds(),
    help="Stop after so long, and tell what is known by then.",
)
STEPS = click.option(
    "--steps",
    metavar="N",
    type=WholeNumber(min=1),
    help="Give a question up after so many steps of the solver; the same on every machine.",
)
_CACHE = "cbm.cache"


def _noted(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """What a run needs to know, and no command."""
    context.meta[f"{_CACHE}.{parameter.name}"] = value


CACHE_DIR = click.option(
    "--cache-dir",
    metavar="DIR",
    type=Place(file_okay=False),
    envvar="CBM_CACHE_DIR",
    expose_value=False,
    callback=_noted,
    help="Keep here what was found, and tell it again while all it rests on is the same.  [default: a folder of yours]",
)
NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    envvar="CBM_NO_CACHE",
    expose_value=False,
    callback=_noted,
    help="Keep nothing, and ask everything.",
)


def cache_folder() -> Path | None:
    """Where the command that runs keeps what was found: the folder that is named, or one of the user; None: nowhere."""
    said = click.get_current_context().meta
    if said.get(f"{_CACHE}.no_cache", True):
        return None
    folder: Path | None = said.get(f"{_CACHE}.cache_dir")
    if folder:
        return folder
    from platformdirs import user_cache_path  # needed by those alone who named no folder

    return user_cache_path("cbm", appauthor=False)


PATHS = click.argument("paths", nargs=-1, metavar="PATH...", type=Place())
SUITE = click.option(
    "--suite",
    metavar="NAME",
    multiple=True,
    callback=one_of,
    help="In place of PATH: the suite of this name in the nearest configuration file.",
)
CONFIG = click.option(
    "config_file",
    "--config",
    metavar="FILE",
    type=Place(),
    help="Take this file for all paths, in place of the nearest cbm.toml or [tool.cbm] in pyproject.toml above each.",
)
ISOLATED = click.option("--isolated", is_flag=True, help="Let no configuration file count.")
JOBS = click.option(
    "jobs",
    "-j",
    metavar="N",
    type=WholeNumber(min=1),
    envvar="CBM_JOBS",
    help="Processes.  [default: as many as there are processors, for long work]",
)
COLOR = click.option(
    "--color",
    type=OneOf(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; auto: on a terminal, unless NO_COLOR is set.",
)
TAKE = click.option(
    "take",
    "--take",
    metavar="CHOICE=OPTION,...",
    multiple=True,
    callback=names_of,
    help="Of a text with brackets: what is settled, such as 3.2=JP, distance=2 or 'bracket 1 of 2.3=CN'; repeatable.",
)
OUTPUT_FILE = click.option(
    "output_file",
    "-o",
    "--output-file",
    metavar="FILE",
    type=PageFile(),
    help="Write to this file instead.",
)
# The same of a command that writes texts as well as pages.
TEXT_OR_PAGE_FILE = click.option(
    "output_file",
    "-o",
    "--output-file",
    metavar="FILE",
    type=Place(),
    help="Write to this file instead.",
)
TEXT_OF = click.option(
    "--text-of",
    metavar="WHO",
    help="Of a text with brackets: take the options of this delegation wherever it has one.",
)
