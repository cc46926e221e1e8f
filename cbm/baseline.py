"""Findings that a project knows of, in a file: what is in it is not told again, and what is found no more is.

Written and read by the ids of findings, and by their whole ids: so one is known when others of its kind come or go,
and, while there are none, when its conditions change. What keeps a text from being checked is never among them.
What became graver since, or came to hold on all packages of a text, is told again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cbm.finding import ALWAYS, Finding, Misuse, RuleId, Severity
from cbm.process.bounded_reading import bounded_bytes
from cbm.process.output import reason
from cbm.project.configuration.settings import is_inside
from cbm.records import Record, replace
from cbm.render.identity import identities, whole_identities
from cbm.report import Report
from cbm.translation.saying import mark, say

_VERSION = 1
_NO_BASELINE = mark("{file} is no baseline: write one with --write-baseline")
_UNJOINED = mark(
    "two versions stand in {file}, which git could not join: "
    "take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`, so that what either knew of is known"
)


class _Known(Record):
    """A finding by the id that it has in its report, and by the one that it has whatever else is found there."""

    id: str
    whole_id: str  # empty in a file that was written before there were any
    rule: RuleId
    message: str
    file: str = ""  # where it stands; empty in a file that was written before this was noted
    severity: Severity | None = None  # None in a file that was written before this was noted
    every: bool = True  # whether it is so on all packages of a text under negotiation


def baseline_page(report: Report, file: Path) -> str:
    """What is written into this file: what is found now, with each path from the folder of the file on."""
    known = [
        {
            "id": one.id,
            "whole_id": one.whole_id,
            "rule": str(one.rule),
            "severity": finding.severity.value,
            "every": one.every,
            "message": one.message,
            "file": _from_folder_of(file, one.file),
        }
        for one, finding in sorted(_named(report.findings), key=lambda pair: (pair[0].rule, pair[0].id))
    ]
    return json.dumps({"version": _VERSION, "findings": known}, indent=2, ensure_ascii=False) + "\n"


def without_known(report: Report, file: Path) -> Report:
    """The report without what the file knows of; and with what is in the file and was looked for and not found.

    What stands in a file that was not checked was not looked for, unless that file is there no more. Misuse where the
    file of what is known cannot be read, or was not written by cbm.
    """
    return _without(report, _read(file), file.as_posix(), partial(_was_checked, report, file.parent))


def without_earlier(report: Report, earlier: Report, name: str) -> Report:
    """The report without what an earlier one of this name tells as well; and with what is found no more."""
    return _without(report, [known for known, _ in _named(earlier.findings)], name, lambda _: True)


def _from_folder_of(file: Path, name: str) -> str:
    """The way to what is shown by this name, where both move together: in one project; else the name itself."""
    if not os.path.exists(name) or not is_inside(Path(name), file.parent):
        return name
    return Path(os.path.relpath(name, file.parent)).as_posix()


def _was_checked(report: Report, folder: Path, one: _Known) -> bool:
    """A file that is not there from the folder on may be named as cbm used to: from where it was run."""
    place = next((place for place in (folder / one.file, Path(one.file)) if os.path.exists(place)), None)
    return not one.file or place is None or os.path.realpath(place) in map(os.path.realpath, report.sources)


def _without(report: Report, known: Sequence[_Known], name: str, was_checked: Callable[[_Known], bool]) -> Report:
    by_id, by_whole_id = {one.id: one for one in known}, {one.whole_id: one for one in known}
    named = [(by_id.get(one.id) or by_whole_id.get(one.whole_id), finding) for one, finding in _named(report.findings)]
    graver = [(one, finding) for one, finding in named if one is not None and _is_graver(finding, one)]
    hidden = {finding for one, finding in named if one is not None} - {finding for _, finding in graver}
    everything = [*report.findings, *(one.finding for one in report.suppressed), *report.kept_out]
    found = {by_id.get(one.id) or by_whole_id.get(one.whole_id) for one, _ in _named(everything)}
    found |= {one for one, _ in named}
    faulty = any(finding.rule in ALWAYS for finding in report.findings)  # of a text with faults nothing was asked
    decided = not (report.stopped or report.unread or faulty)
    gone = [one for one in known if one not in found and one.rule not in report.left_out and was_checked(one)]
    told_of = replace(
        report.hidden,
        baseline=name,
        known=sum(finding in hidden for _, finding in named),
        known_of=tuple(Counter(finding.rule for _, finding in named if finding in hidden).items()),
        graver=tuple(Counter(_known_as(finding, one) for one, finding in graver).items()),
        stale=tuple(_gone_words(one, report.sources) for one in gone) if decided else (),
    )
    return replace(
        report,
        findings=tuple(f for f in report.findings if f not in hidden),
        hidden=told_of,
        kept_out=(*report.kept_out, *(f for f in report.findings if f in hidden)),
    )


def _gone_words(known: _Known, sources: Sequence[str]) -> str:
    """A finding that is there no more, and where it was: unless that is the one file that is asked about."""
    words = f"`{known.rule}` {known.message}"
    if not known.file or {Path(name).name for name in sources} <= {Path(known.file).name}:
        return words
    return say("{finding} ({file})", finding=words, file=known.file)


def _is_graver(finding: Finding, known: _Known) -> bool:
    """Whether more is wrong than was known; what was not noted counts as what it is now."""
    return _weighs_more(finding, known) or (_on_every_package(finding) and not known.every)


def _weighs_more(finding: Finding, known: _Known) -> bool:
    return known.severity is not None and finding.severity.weight > known.severity.weight


def _known_as(finding: Finding, known: _Known) -> Severity | None:
    """As what it was known; None: as so on some packages only."""
    return known.severity if _weighs_more(finding, known) else None


def _on_every_package(finding: Finding) -> bool:
    return finding.reach is None or finding.reach.every


def _named(findings: Iterable[Finding]) -> list[tuple[_Known, Finding]]:
    listed = list(findings)
    named = zip(identities(listed), whole_identities(listed), listed, strict=True)
    return [
        (
            _Known(
                name,
                whole,
                one.rule,
                one.message,
                file=one.primary.span.source.name,
                severity=one.severity,
                every=_on_every_package(one),
            ),
            one,
        )
        for name, whole, one in named
        if one.rule not in ALWAYS
    ]


def _read(file: Path) -> list[_Known]:
    written = b""
    try:
        written = bounded_bytes(file)
        content: Any = json.loads(written)
        if content["version"] != _VERSION:
            raise Misuse(
                say("{file} is a baseline of another version of cbm: write it anew with --write-baseline", file=file)
            )
        return list(map(_entry, content["findings"]))
    except FileNotFoundError:
        raise Misuse(say("the baseline {file} does not exist: write it with --write-baseline", file=file)) from None
    except OSError as refusal:
        raise Misuse(say("{file} cannot be read: {reason}", file=file, reason=reason(refusal))) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Misuse(say(_UNJOINED if b"<<<<<<< " in written else _NO_BASELINE, file=file)) from None


def _entry(entry: Any) -> _Known:
    return _Known(
        str(entry["id"]),
        str(entry.get("whole_id", "")),
        RuleId(entry["rule"]),
        str(entry["message"]),
        str(entry.get("file", "")),
        Severity(entry["severity"]) if "severity" in entry else None,
        bool(entry.get("every", True)),
    )
