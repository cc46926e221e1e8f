"""Report to its closing line: what was checked, whether all of it was decided, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import assert_never

from cbm.finding import RuleId, Severity
from cbm.records import replace
from cbm.render.columns import visible
from cbm.render.level_words import counts_of_levels, level_words
from cbm.report import Attestation, Ending, Green, Hidden, Report
from cbm.translation.listing import listed, row, sentences
from cbm.translation.saying import say, say_count

_KEPT = (Green.CLAUSE, Green.PAIR)
# What keeps clauses from being kept.
CLASHES = (RuleId.IMPOSSIBLE_DUTY, RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT)
# What says of a clause why no encounter shows that it can be kept.
_TOLD_BY = (*CLASHES, RuleId.VACUITY)
# So many rules that were left out are named.
_NAMED = 3
_OTHER = (Green.TOPIC, Green.NEVER)


def summary(report: Report) -> str:
    """One sentence or two, the same in every format for people."""
    return sentences(
        (
            _checked(report),
            _stopped(report),
            _unread(report),
            _counts(report),
            _in_part(report),
            _unshown(report),
            untold(report),
        )
    )


def untold(report: Report) -> str:
    """What was not looked for or is not told, and why, or is hidden in vain; empty where there is no such thing."""
    return sentences((_left_out(report), _hidden(report), _idle(report), _baseline(report), _suppressed(report)))


def undecided(report: Report) -> int:
    """How many questions have no answer, counted where more of them show: among questions or findings."""
    return max(sum(question.verdict is Ending.UNDECIDED for question in report.questions), len(report.undecided))


def _checked(report: Report) -> str:
    parts = [
        say_count("{count:,} document", "{count:,} documents", report.documents),
        say_count("{count:,} clause", "{count:,} clauses", report.clauses),
    ]
    if report.questions:
        parts.append(say_count("{count:,} question", "{count:,} questions", len(report.questions)))
    if undecided(report):
        outcome = say("{count:,} undecided", count=undecided(report))
    elif report.questions:
        outcome = say("all decided")
    else:
        outcome = say("no question asked")  # nothing may look as if it had been answered
    if report.as_of:
        return say(
            "Checked {what} as of {date}: {outcome}.", what=listed(parts, ","), date=report.as_of, outcome=outcome
        )
    return say("Checked {what}: {outcome}.", what=listed(parts, ","), outcome=outcome)


def _stopped(report: Report) -> str:
    return say("Stopped before the end: {why}.", why=report.stopped) if report.stopped else ""


def _unread(report: Report) -> str:
    return say_count("{count:,} file not read.", "{count:,} files not read.", n) if (n := len(report.unread)) else ""


def _counts(report: Report) -> str:
    found = counts_of_levels({severity: report.count(severity) for severity in Severity})
    if found:
        return say("{findings}.", findings=listed(found, ","))
    return say("Nothing was found before that.") if report.stopped else say("No findings.")


def _in_part(report: Report) -> str:
    """What would make the run fail if it were so on all packages, where nothing else does."""
    if report.exit_zero or any(map(report.fails, report.findings)):
        return ""
    strict = replace(report, any_package=True)
    if not (count := sum(map(strict.fails, report.findings))):
        return ""
    return say_count(
        "{count:,} of these is so on some packages only, and does not make the run fail: see --fail-on any-package.",
        "{count:,} of these are so on some packages only, and do not make the run fail: see --fail-on any-package.",
        count,
    )


def _unshown(report: Report) -> str:
    """What is called fine for no other reason than that nothing was found: nothing shows it or says why.

    What is found and not told says why all the same: how much of it there is stands beside this.
    """
    found = (*report.findings, *report.kept_out, *(one.finding for one in report.suppressed))
    reasons = [set(f.clauses) for f in found if f.rule in _TOLD_BY and not f.settled]
    unshown = Counter(
        a.kind
        for a in _each_clause_once(report)
        if not a.shown and not (a.clauses and any(reason.issuperset(a.clauses) for reason in reasons))
    )
    kept = [_green(kind, unshown[kind]) for kind in _KEPT if unshown[kind]]
    other = [_green(kind, unshown[kind]) for kind in _OTHER if unshown[kind]]
    partly = sum(a.readings is not None and not a.readings.every for a in _each_clause_once(report))
    some = [_green(Green.CLAUSE, partly)] if partly else []
    some += [_green(Green.PAIR, report.pairs.on_some)] if report.pairs.on_some else []
    return sentences(
        (
            say("{clauses} not shown to be keepable.", clauses=listed(kept)) if kept else "",
            say("{clauses} keepable on some readings only.", clauses=listed(some)) if some else "",
            say("{promises} without an encounter to show it.", promises=listed(other)) if other else "",
        )
    )


def _green(kind: Green, count: int) -> str:
    match kind:
        case Green.CLAUSE:
            return say_count("{count:,} clause", "{count:,} clauses", count)
        case Green.PAIR:
            return say_count("{count:,} pair of clauses", "{count:,} pairs of clauses", count)
        case Green.TOPIC:
            return say_count("{count:,} promised topic", "{count:,} promised topics", count)
        case Green.NEVER:
            return say_count("{count:,} expectation", "{count:,} expectations", count)
        case _:
            assert_never(kind)


def _each_clause_once(report: Report) -> Iterable[Attestation]:
    """The attestations; of those that differ in the act of a clause alone, one."""
    told: dict[object, Attestation] = {}
    for number, a in enumerate(report.attestations):
        same = a.kind in _KEPT and bool(a.clauses)
        told.setdefault((a.kind, a.text, a.clauses, a.shown, a.readings) if same else number, a)
    return told.values()


def _left_out(report: Report) -> str:
    """What was not looked at for its own sake, so that it is not taken for fine."""
    rules = report.left_out
    if len(rules) > _NAMED:
        return say_count("{count:,} rule left out by selection.", "{count:,} rules left out by selection.", len(rules))
    return say("Left out by selection: {rules}.", rules=listed([f"`{rule}`" for rule in rules], ",")) if rules else ""


def _hidden(report: Report) -> str:
    """What configuration files keep from being told, or from being as grave as it is."""
    hidden = report.hidden
    told = [say("{count:,} `{rule}` not told", count=count, rule=rule) for rule, count in hidden.findings]
    told += [
        say("{count:,} `{rule}` told as {level}", count=count, rule=rule, level=level_words(level))
        for rule, level, count in hidden.lowered
    ]
    told += [say("{paths} not looked at", paths=listed(_some(hidden.excluded), ","))] if hidden.excluded else []
    if not told:
        return ""
    by = say("By {files}", files=listed(list(map(visible, hidden.by)), ",")) if hidden.by else say("By default")
    return say("{by}: {what}.", by=by, what=listed(told, ","))


def _idle(report: Report) -> str:
    """What configuration files say of texts that are not there, or for which another file counts."""
    idle = list(map(str, report.hidden.idle))
    return say("For no text: {patterns}.", patterns=listed(_some(idle), ",")) if idle else ""


def _baseline(report: Report) -> str:
    hidden = report.hidden
    if not hidden.baseline:
        return ""
    known = say_count(
        "{count:,} finding known from {file} not told.",
        "{count:,} findings known from {file} not told.",
        hidden.known,
        file=visible(hidden.baseline),
    )
    gone = say("Not found any more: {findings}.", findings=row(_some(hidden.stale))) if hidden.stale else ""
    return sentences((known, _graver(hidden), gone))


def _graver(hidden: Hidden) -> str:
    if not hidden.graver:
        return ""
    return say_count(
        "{count:,} known finding told, as it is graver now: known before {how}.",
        "{count:,} known findings told, as they are graver now: known before {how}.",
        sum(count for _, count in hidden.graver),
        how=listed([_known_as(level) for level, _ in hidden.graver]),
    )


def _known_as(level: Severity | None) -> str:
    match level:
        case None:
            return say("on some packages only")
        case Severity.NOTE:
            return say("as a note")
        case Severity.WARNING:
            return say("as a warning")
        case Severity.ERROR:
            return say("as an error")
        case _:
            assert_never(level)


def _some(names: Sequence[str]) -> list[str]:
    """The first of them, and how many more there are."""
    further = len(names) - _NAMED
    return [*map(visible, names[:_NAMED]), *([say("{count:,} more", count=further)] if further > 0 else [])]


def _suppressed(report: Report) -> str:
    """What comments in the texts keep from being told."""
    rules = Counter(one.finding.rule for one in report.suppressed)
    told = listed([f"{count:,} `{rule}`" for rule, count in rules.items()], ",")
    return say("Not told, as comments in the texts ask: {findings}.", findings=told) if told else ""
