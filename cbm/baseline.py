"""Findings that a project knows of, in a file: what is in it is not told again, and what is found no more is.

Written and read by the ids of findings. What keeps a text from being checked is never among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cbm.finding import ALWAYS, Finding, Misuse, RuleId
from cbm.process.bounded_reading import bounded_bytes
from cbm.process.output import reason
from cbm.records import replace
from cbm.render.identity import identities
from cbm.report import Report
from cbm.translation.saying import say

_VERSION = 1


def baseline_page(report: Report) -> str:
    """The file that holds what is found now."""
    known = [
        {"id": name, "rule": str(finding.rule), "message": finding.message}
        for name, finding in sorted(_named(report.findings), key=lambda pair: (pair[1].rule, pair[0]))
    ]
    return json.dumps({"version": _VERSION, "findings": known}, indent=2, ensure_ascii=False) + "\n"


def without_known(report: Report, file: Path) -> Report:
    """The report without what the file knows of; and with what is in the file and was looked for and not found.

    Misuse where the file cannot be read, or was not written by cbm.
    """
    return _without(report, _read(file), file.as_posix())


def without_earlier(report: Report, earlier: Report, name: str) -> Report:
    """The report without what an earlier one of this name tells as well; and with what is found no more."""
    known = {identity: (finding.rule, finding.message) for identity, finding in _named(earlier.findings)}
    return _without(report, known, name)


def _without(report: Report, known: Mapping[str, tuple[RuleId, str]], name: str) -> Report:
    found = {name: finding for name, finding in _named(report.findings) if name in known}
    hidden = set(found.values())
    decided = not (report.stopped or report.undecided or report.unread)
    gone = [(rule, words) for name, (rule, words) in known.items() if name not in found and rule not in report.left_out]
    told_of = replace(
        report.hidden,
        baseline=name,
        known=len(found),
        stale=tuple(f"`{rule}` {words}" for rule, words in gone) if decided else (),
    )
    return replace(report, findings=tuple(f for f in report.findings if f not in hidden), hidden=told_of)


def _named(findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    listed = list(findings)
    return [pair for pair in zip(identities(listed), listed, strict=True) if pair[1].rule not in ALWAYS]


def _read(file: Path) -> dict[str, tuple[RuleId, str]]:
    try:
        content: Any = json.loads(bounded_bytes(file))
        if content["version"] != _VERSION:
            raise Misuse(
                say("{file} is a baseline of another version of cbm: write it anew with --write-baseline", file=file)
            )
        return {entry["id"]: (RuleId(entry["rule"]), str(entry["message"])) for entry in content["findings"]}
    except OSError as refusal:
        raise Misuse(say("{file} cannot be read: {reason}", file=file, reason=reason(refusal))) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Misuse(say("{file} is no baseline: write one with --write-baseline", file=file)) from None
