"""Rules to the pages that explain them: one rule at length, all of them as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.finding import Rule
from cbm.render.columns import width, wrap


def explanation(rule: Rule) -> str:
    """What the rule is about, a document in which it finds something, and the same document mended."""
    return "\n".join(_explanation(rule)) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """One line per rule: its id, how grave it is, what it finds; sorted by id."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    column = max((width(rule.id) for rule in ordered), default=0)
    rows = (f"{rule.id:<{column}}  {rule.severity.value:<7}  {rule.summary}" for rule in ordered)
    return "".join(f"{row}\n" for row in rows)


def _explanation(rule: Rule) -> Iterator[str]:
    yield f"{rule.id} ({rule.severity}): {rule.summary}"
    for paragraph in rule.explanation.strip().split("\n\n"):
        yield ""
        yield from wrap(paragraph)
    if rule.failing:
        yield from _document("Found here:", rule.failing)
    yield from _document("Mended:" if rule.failing else "Nothing of it here:", rule.passing)


def _document(title: str, text: str) -> Iterator[str]:
    yield from ("", title, "")
    for line in text.strip("\n").splitlines():
        yield f"    {line}".rstrip()
