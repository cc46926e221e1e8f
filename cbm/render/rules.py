"""Rules to the pages that explain them: one rule at length, all of them as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.finding import Rule, Severity
from cbm.render.columns import padded, width, wrap
from cbm.render.level_words import level_words
from cbm.render.translated_page import caveat, caveat_lines
from cbm.translation.saying import say


def explanation(rule: Rule) -> str:
    """What the rule is about, a document in which it finds something, and the same document mended."""
    return "\n".join(_explanation(rule)) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """One line per rule: its id, how grave it is, what it finds; sorted by id."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    column = max((width(rule.id) for rule in ordered), default=0)
    level = max(width(level_words(severity)) for severity in Severity)
    rows = (
        f"{rule.id:<{column}}  {padded(level_words(rule.severity), level)}  {say(rule.summary)}" for rule in ordered
    )
    return "".join(f"{row}\n" for row in (*rows, *caveat_lines()))


def _explanation(rule: Rule) -> Iterator[str]:
    summary = say(rule.summary)
    yield say("{rule} ({level}): {summary}", rule=rule.id, level=level_words(rule.severity), summary=summary)
    for paragraph in say(rule.explanation).strip().split("\n\n"):
        yield ""
        yield from wrap(paragraph)
    if rule.failing:
        yield from _document(say("Found here:"), rule.failing)
    yield from _document(say("Mended:") if rule.failing else say("Nothing of it here:"), rule.passing)
    if caveat():
        yield ""
        yield from caveat_lines()


def _document(title: str, text: str) -> Iterator[str]:
    yield from ("", title, "")
    for line in text.strip("\n").splitlines():
        yield f"    {line}".rstrip()
