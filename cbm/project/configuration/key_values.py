"""What a key is set to, as data: lists, rules, a day, a language; `Wrong` where it is nothing that it can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from cbm.finding import ALWAYS, ALWAYS_TOLD, Misuse, RuleId, Severity
from cbm.project.configuration.near_names import ONE_OF, nearest_name
from cbm.project.configuration.path_patterns import Patterns
from cbm.project.configuration.settings import Rules
from cbm.project.configuration.toml_text import quoted_text
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import LANGUAGES, Language


class Wrong(Exception):
    """Something that a key cannot be; `word` is what to look for in its lines."""

    def __init__(self, message: str, word: str = "") -> None:
        super().__init__(message)
        self.word = word


def patterns_of(key: str) -> Callable[[object], Patterns]:
    return lambda value: tuple(_texts(key, value, '["drafts", "*.cbm.md"]'))


def file_of(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        words = say('`baseline` is the name of a file, such as "known.json", and not {given}', given=_said(value))
        raise Wrong(words, "baseline")
    return value


def _texts(key: str, value: object, such_as: str) -> list[str]:
    if isinstance(value, str):
        raise Wrong(say("`{key}` is a list: write {list}", key=key, list=f"[{quoted_text(value)}]"), key)
    if not isinstance(value, list):
        raise Wrong(
            say("`{key}` is a list, such as {example}, and not {given}", key=key, example=such_as, given=_said(value)),
            key,
        )
    for one in value:
        if not isinstance(one, str) or not one.strip():
            words = mark("`{key}` is a list of texts, such as {example}, and has {given} in it")
            raise Wrong(say(words, key=key, example=such_as, given=_said(one)), key)
    return value


def rules_of(key: str) -> Callable[[object], Rules]:
    return lambda value: frozenset(rule_of(name) for name in _texts(key, value, '["gap", "seam"]'))


def hidden_rules_of(key: str) -> Callable[[object], Rules]:
    """Rules that are not told; some always are."""

    def read(value: object) -> Rules:
        rules = rules_of(key)(value)
        for rule in sorted(rules & ALWAYS):
            raise Wrong(say(ALWAYS_TOLD, rule=rule), rule)
        return rules

    return read


def rule_of(name: str) -> RuleId:
    try:
        return RuleId.named(name)
    except Misuse as unknown:
        raise Wrong(str(unknown), name) from None


def day_of(value: object) -> date:
    if isinstance(value, datetime):
        raise Wrong(say("`as-of` is a day without a time of day: write {day}", day=value.date()))
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Wrong(say("`as-of` is a date, such as 2019-10-01, and not {given}", given=_said(value)))


def language_of(value: object) -> Language:
    for language in LANGUAGES:
        if value == language:
            return language
    names = listed([f"`{language}`" for language in LANGUAGES], ",")
    words = say(
        "`{name}` cannot be {given}; {advice}", name="lang", given=_said(value), advice=say(ONE_OF, names=names)
    )
    raise Wrong(words, "lang")


def level_of(key: str) -> Callable[[object], Severity]:
    def read(value: object) -> Severity:
        if isinstance(value, str) and value in set(Severity):
            return Severity(value)
        advice = nearest_name(value.lower() if isinstance(value, str) else "", list(Severity), ONE_OF)
        words = say("`{name}` cannot be {given}; {advice}", name=key, given=_said(value), advice=advice)
        raise Wrong(words, value if isinstance(value, str) else "")

    return read


def table_of(key: str, value: object, such_as: str) -> dict[str, object]:
    if not isinstance(value, dict):
        words = mark("`{key}` is a table: write [{key}], and below it lines such as {example}")
        raise Wrong(say(words, key=key, example=such_as))
    return value


def _said(value: object) -> str:
    """A value in words, as far as it is short."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return say("a table")
    if isinstance(value, list):
        return say("a list")
    written = " ".join(str(value).split())
    return f"`{written}`" if len(written) <= 40 else say("something else")
