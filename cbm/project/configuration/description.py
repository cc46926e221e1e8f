"""A configuration as a file would say it, with where each setting is from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from cbm.finding import Severity
from cbm.project.configuration.key_reach import reach_in_words
from cbm.project.configuration.keys import KEYS, SUITE_KEYS, SUITES, TABLES, field_of
from cbm.project.configuration.settings import Configuration
from cbm.project.configuration.toml_text import quoted_key, quoted_text, written
from cbm.report import IdlePattern
from cbm.translation.listing import listed
from cbm.translation.saying import say


def described(
    configuration: Configuration, width: Callable[[str], int] = len, idle: Collection[IdlePattern] = ()
) -> str:
    """All keys with what holds, as a file would say it, and where each is from; and for which commands.

    `width` says what a line takes. `idle` are the patterns that are for no text.
    """
    lines = dict(configuration.lines)

    def origin(key: str) -> str:
        return f"{configuration.name}:{lines[key]}" if key in lines else say("by default")

    def beside(key: str, table: str = "") -> str:
        """The same, with those of its patterns that are for no text."""
        found = [one for one in idle if ((one.key, one.pattern) == (table, key) if table else one.key == key)]
        where = origin(f"{table}.{key}" if table else key)
        told = [_in_vain(one) for one in found]
        return say("{place}; for no text: {patterns}", place=where, patterns=listed(told, ",")) if told else where

    given = {key: getattr(configuration, field_of(key)) for key in KEYS}
    given["fail-level"] = given["fail-level"] or Severity.ERROR
    rows = [(f"{key} = {written(value)}", beside(key)) for key, value in given.items() if value is not None]
    rows += [] if configuration.as_of else [(say("# as-of = the day on which a text was proposed"), origin("as-of"))]
    rows += [] if configuration.lang else [(say("# lang = that of the texts, or English"), origin("lang"))]
    for table in (table for table in TABLES if table != SUITES):
        entries: Iterable[tuple[str, object]] = getattr(configuration, field_of(table))
        rows += [(f"[{table}]", origin(table) if table in lines else say("by default, nothing"))]
        rows += [(f"{quoted_key(key)} = {written(value)}", beside(key, table)) for key, value in entries]
    for name, suite in configuration.suites:
        rows.append((f"[suites.{quoted_key(name)}]", origin(f"{SUITES}.{name}")))
        said = ((key, getattr(suite, field_of(key))) for key in SUITE_KEYS)
        rows += [(f"{key} = {written(value)}", origin(f"{SUITES}.{name}")) for key, value in said if value]
    columns = max(width(row) for row, _ in rows)
    told = [f"{row}{' ' * (columns - width(row))}  # {where}" for row, where in rows]
    return "".join(f"{line}\n" for line in (*told, "", *(f"# {words}" for words in reach_in_words())))


def _in_vain(idle: IdlePattern) -> str:
    """A pattern that is for no text, and which file counts for those that it would be for, if there are any."""
    pattern = quoted_text(idle.pattern)
    return say("{pattern} ({file} counts there)", pattern=pattern, file=idle.nearer) if idle.nearer else pattern
