"""The keys that a file can have, and how what each is set to is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cbm.finding import ALWAYS, RuleId, Severity
from cbm.project.configuration.key_values import (
    Wrong,
    day_of,
    file_of,
    hidden_rules_of,
    language_of,
    level_of,
    patterns_of,
    rule_of,
    rules_of,
    table_of,
)
from cbm.project.configuration.near_names import KNOWN, nearest_name
from cbm.project.configuration.settings import Rules, Suite
from cbm.project.configuration.toml_text import quoted_key
from cbm.translation.saying import mark, say


def reader_of(key: str) -> Callable[[object], object]:
    """How what a key is set to is read; Wrong where there is no such key."""
    if key in _READERS:
        return _READERS[key]
    if key == _SHARED_TABLE[0]:
        raise Wrong(say("[tool.cbm] is a table of pyproject.toml: leave the line out here, and write the keys alone"))
    if key == _SHARED_TABLE[1]:
        raise Wrong(say("here keys stand in no table of that name: leave the line out, and write the keys alone"))
    advice = nearest_name(key.lower().replace("_", "-"), _READERS, KNOWN)
    raise Wrong(say("unknown key `{key}`; {advice}", key=key, advice=advice))


_SHARED_TABLE = "tool", "cbm"  # in which pyproject.toml has what cbm is told, beside many other programs


def field_of(key: str) -> str:
    """The field of a record that has what a key is set to."""
    return key.replace("-", "_")


def _severities(value: object) -> tuple[tuple[RuleId, Severity], ...]:
    table = table_of("severity", value, 'gap = "note"')
    found = tuple((rule_of(name), level_of(name)(level)) for name, level in table.items())
    for rule, _ in found:
        if rule in ALWAYS:
            words = mark("`{rule}` keeps its severity: without it a text would look fine that was not checked")
            raise Wrong(say(words, rule=rule), rule)
    return found


def _file_ignores(value: object) -> tuple[tuple[str, Rules], ...]:
    table = table_of("per-file-ignores", value, '"drafts/old/**" = ["gap"]')
    return tuple((pattern, hidden_rules_of(pattern)(rules)) for pattern, rules in table.items())


def _suites(value: object) -> tuple[tuple[str, Suite], ...]:
    named = table_of(SUITES, value, 'treaty = { paths = ["drafts/treaty"] }')
    return tuple((name, _suite(name, said)) for name, said in named.items())


def _suite(name: str, value: object) -> Suite:
    table = table_of(f"suites.{quoted_key(name)}", value, 'paths = ["drafts"]')
    if unknown := [key for key in table if key not in SUITE_KEYS]:
        near = nearest_name(unknown[0].lower().replace("_", "-"), SUITE_KEYS, KNOWN)
        words = say("unknown key `{key}` of the suite `{name}`; {advice}", key=unknown[0], name=name, advice=near)
        raise Wrong(words, unknown[0])
    if not table.get("paths"):
        words = mark('the suite `{name}` has no `paths`: write `paths = ["drafts"]`, from the folder of this file')
        raise Wrong(say(words, name=name), name)
    return Suite(**{field_of(key): SUITE_KEYS[key](said) for key, said in table.items()})


KEYS: Mapping[str, Callable[[object], object]] = {
    "include": patterns_of("include"),
    "exclude": patterns_of("exclude"),
    "as-of": day_of,
    "select": rules_of("select"),
    "ignore": hidden_rules_of("ignore"),
    "fail-level": level_of("fail-level"),
    "baseline": file_of,
    "lang": language_of,
}
SUITES = "suites"
SUITE_KEYS: Mapping[str, Callable[[object], Any]] = {
    "paths": patterns_of("paths"),
    **{key: KEYS[key] for key in ("as-of", "select", "ignore", "fail-level")},
}
TABLES: Mapping[str, Callable[[object], object]] = {
    "severity": _severities,
    "per-file-ignores": _file_ignores,
    SUITES: _suites,
}
_READERS = {**KEYS, **TABLES}
