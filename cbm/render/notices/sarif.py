"""To SARIF 2.1.0, for code scanning: results with their places; what is undecided or not told: a notification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias
from urllib.parse import quote

from cbm.finding import Label, Severity
from cbm.render.columns import visible
from cbm.render.json_page import json_page
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.translation.saying import say
from cbm.translation.speech import spoken
from cbm.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "cbm/v1"

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"


def render(log: NoticeLog) -> str:
    """The log of one run, indented, with a line break at its end."""
    found = [notice for notice in (*log.notices, *log.hidden) if not notice.undecided]
    rules = list(dict.fromkeys(str(notice.rule) for notice in found))
    driver: dict[str, Json] = {"name": "cbm", "version": VERSION, "rules": [_rule(log, rule) for rule in rules]}
    invocation: dict[str, Json] = {
        "executionSuccessful": not (log.unread or log.stopped),
        "toolExecutionNotifications": list(_notifications(log)),
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(together, rules) for together in _by_line(found)],
    }
    if spoken() != "en":  # which it is where nothing is said
        run["language"] = spoken()
    page: dict[str, Json] = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_page(page)


def _rule(log: NoticeLog, rule: str) -> Json:
    """What it finds, in one line, and where more is said: code scanning shows up to 1024 characters of either."""
    summary = log.title(rule)
    more: Json = {"text": say(log.explained, rule=rule)}
    return {
        "id": rule,
        "shortDescription": {"text": summary[:1].upper() + summary[1:]},
        "fullDescription": more,
        "help": more,
    }


def _notifications(log: NoticeLog) -> Iterator[Json]:
    for file in log.unread:
        yield {"level": "error", "message": _message(str(file))}
    if log.stopped:
        yield {"level": "error", "message": _message(say("stopped before the end: {why}", why=log.stopped))}
    for notice in log.notices:
        if notice.undecided:
            where = {} if notice.place is None else {"locations": [_location(notice.place)]}
            yield {"level": "warning", "message": _message(_words(notice)), **where}
    for text in (*log.unheard, *([log.untold] if log.untold else [])):
        yield {"level": "note", "message": _message(text)}


def _by_line(found: Iterable[Notice]) -> Iterable[list[Notice]]:
    """Those of one rule that begin on one line together: code scanning tells alerts apart by no more than that."""
    results: dict[object, list[Notice]] = {}
    for number, notice in enumerate(found):
        place = notice.place and (notice.place.span.source.name, notice.place.span.begin[0])
        results.setdefault((notice.rule, notice.hidden, place or number), []).append(notice)
    return results.values()


def _result(together: Sequence[Notice], rules: list[str]) -> Json:
    """One result for what is told together, the place of the first one its place, and all others related."""
    first = together[0]
    severity = max((notice.severity for notice in together), key=lambda one: one.weight)
    beside = dict.fromkeys(label for one in together for label in (one.place, *one.related))
    others = (label for label in beside if label is not None and label != first.place)
    related: list[Json] = [_location(label, number) for number, label in enumerate(others, start=1)]
    result: dict[str, Json] = {
        "ruleId": str(first.rule),
        "ruleIndex": rules.index(first.rule),
        "level": "note" if severity is Severity.NOTE else severity.value,
        "message": _message("\n\n".join(map(_words, together))),
        "locations": [] if first.place is None else [_location(first.place)],
        "partialFingerprints": {_FINGERPRINT: "+".join(notice.name for notice in together)},
    }
    return result | ({"relatedLocations": related} if related else {}) | _suppression(first.hidden)


def _suppression(reason: str | None) -> dict[str, Json]:
    """That a comment in the text hides it, and why."""
    return {} if reason is None else {"suppressions": [{"kind": "inSource", "justification": _plain(reason)}]}


def _words(notice: Notice) -> str:
    return "\n".join((visible(notice.message), *notice.lines))


def _plain(words: str) -> str:
    return "\n".join(map(visible, words.split("\n"))).encode("utf-8", "backslashreplace").decode()


def _message(words: str) -> Json:
    """Braces are placeholders in SARIF, and brackets links: both are escaped."""
    shown = _plain(words)
    for sign in "\\[]":
        shown = shown.replace(sign, f"\\{sign}")
    return {"text": shown.replace("{", "{{").replace("}", "}}")}


def _location(label: Label, number: int | None = None) -> Json:
    (line, column), (last_line, last_column) = label.span.begin, label.span.finish
    region: dict[str, Json] = {
        "startLine": line,
        "startColumn": column,
        "endLine": last_line,
        "endColumn": last_column,
    }
    uri = quote(label.span.source.name.encode("utf-8", "surrogateescape"))
    place: dict[str, Json] = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
    numbered: dict[str, Json] = {} if number is None else {"id": number}
    return numbered | place | ({"message": _message(label.text)} if label.text else {})
