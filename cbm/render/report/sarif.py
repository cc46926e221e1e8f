"""Report to SARIF 2.1.0, for code scanning: results with their places; what is undecided is a notification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import quote

from cbm import public_api
from cbm.finding import Finding, Label, Report, RuleId, Severity
from cbm.render.columns import visible
from cbm.render.identity import identities
from cbm.render.json_page import json_page
from cbm.render.remarks import lines_alone
from cbm.translation.saying import say
from cbm.translation.speech import spoken
from cbm.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "cbm/v1"

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"


def render(report: Report) -> str:
    """The log of one run, indented, with a line break at its end."""
    named = list(zip(report.findings, identities(report.findings), strict=True))
    reasons = {one.finding: one.reason for one in report.suppressed}
    hidden = tuple(reasons)
    named += zip(hidden, identities(hidden), strict=True)
    found = [(finding, name) for finding, name in named if finding.rule is not RuleId.UNDECIDED]
    rules = list(dict.fromkeys(str(finding.rule) for finding, _ in found))
    driver: dict[str, Json] = {"name": "cbm", "version": VERSION, "rules": [_rule(rule) for rule in rules]}
    invocation: dict[str, Json] = {
        "executionSuccessful": not (report.unread or report.stopped),
        "toolExecutionNotifications": list(_notifications(report)),
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, name, rules, reasons.get(finding)) for finding, name in found],
    }
    if spoken() != "en":  # which it is where nothing is said
        run["language"] = spoken()
    log: dict[str, Json] = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_page(log)


def _rule(rule: str) -> Json:
    """What it finds, in one line, and where more is said: code scanning shows up to 1024 characters of either."""
    summary = say(public_api.library.RULES[rule].summary)  # documentation stands with the checks, above this
    more: Json = {"text": say("`cbm rule {rule}` explains it, with an example.", rule=rule)}
    return {
        "id": rule,
        "shortDescription": {"text": summary[:1].upper() + summary[1:]},
        "fullDescription": more,
        "help": more,
    }


def _notifications(report: Report) -> Iterator[Json]:
    for file in report.unread:
        yield {"level": "error", "message": _message(str(file))}
    if report.stopped:
        yield {"level": "error", "message": _message(say("stopped before the end: {why}", why=report.stopped))}
    for finding in report.undecided:
        where: list[Json] = [_location(finding.primary)]
        yield {"level": "warning", "message": _message(_words(finding)), "locations": where}


def _result(finding: Finding, name: str, rules: list[str], reason: str | None) -> Json:
    level = "note" if finding.severity is Severity.NOTE else finding.severity.value
    related: list[Json] = [_location(label, number) for number, label in enumerate(finding.related, start=1)]
    result: dict[str, Json] = {
        "ruleId": str(finding.rule),
        "ruleIndex": rules.index(finding.rule),
        "level": level,
        "message": _message(_words(finding)),
        "locations": [_location(finding.primary)],
        "partialFingerprints": {_FINGERPRINT: name},
    }
    return result | ({"relatedLocations": related} if related else {}) | _suppression(reason)


def _suppression(reason: str | None) -> dict[str, Json]:
    """That a comment in the text hides it, and why."""
    return {} if reason is None else {"suppressions": [{"kind": "inSource", "justification": _plain(reason)}]}


def _words(finding: Finding) -> str:
    return "\n".join((visible(finding.message), *lines_alone(finding)))


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
