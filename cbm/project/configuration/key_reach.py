"""For which commands each key holds, beside `cbm check`, which goes by all of them."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_TEXTS = ("include", "exclude", "as-of")
# Commands that go by the same keys; `lang` holds for each command there is.
REACH: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("test",), (*_TEXTS, "fail-level", "severity", "suites")),
    (("export",), (*_TEXTS, "suites")),
    (("lsp", "serve"), (*_TEXTS, "select", "ignore", "severity", "per-file-ignores")),
    (("diff",), ("as-of", "select", "ignore", "severity", "per-file-ignores")),
    (("fmt",), ("include", "exclude")),
    (("ask", "cards", "compare", "coverage", "example", "options"), ("as-of",)),
)
_ALL = mark("All of it holds for `cbm check`, and `lang` for every command. What else holds:")
_WHY_NOT = (
    mark("`cbm judge` asks about the day of its record, whatever `as-of` says."),
    mark("`cbm test` asks each expectation, whatever rules are ignored."),
    mark("`cbm options` tells findings of every rule, as grave as they are."),
)


def reach_in_words() -> Iterator[str]:
    """For which commands each key holds, in sentences and lists, a line each."""
    yield say(_ALL)
    for commands, keys in REACH:
        yield f"  {listed([f'`cbm {command}`' for command in commands], ',')}: {listed(keys, ',')}"
    yield from map(say, _WHY_NOT)
