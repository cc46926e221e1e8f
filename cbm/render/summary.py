"""Report to its closing line: what was checked, whether all of it was decided, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cbm.finding import Attestation, Ending, Green, Report, RuleId, Severity
from cbm.render.columns import visible

_KEPT = {Green.CLAUSE: "clause", Green.PAIR: "pair of clauses"}
_PLURAL = {"pair of clauses": "pairs of clauses"}
# What keeps clauses from being kept.
CLASHES = (RuleId.IMPOSSIBLE_DUTY, RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT)
# What says of a clause why no encounter shows that it can be kept.
_TOLD_BY = (*CLASHES, RuleId.VACUITY)
# So many rules that were left out are named.
_NAMED = 3
_OTHER = {Green.TOPIC: "promised topic", Green.NEVER: "expectation"}


def summary(report: Report) -> str:
    """One sentence or two, the same in every format for people."""
    return " ".join(
        filter(
            None,
            (
                _checked(report),
                _stopped(report),
                _unread(report),
                _counts(report),
                _unshown(report),
                _left_out(report),
                _hidden(report),
                _baseline(report),
                _suppressed(report),
            ),
        )
    )


def undecided(report: Report) -> int:
    """How many questions have no answer, counted where more of them show: among questions or findings."""
    return max(sum(question.verdict is Ending.UNDECIDED for question in report.questions), len(report.undecided))


def _checked(report: Report) -> str:
    parts = [_count(report.documents, "document"), _count(report.clauses, "clause")]
    date = f" as of {report.as_of}" if report.as_of else ""
    if report.questions:
        parts.append(_count(len(report.questions), "question"))
        outcome = f"{undecided(report):,} undecided" if undecided(report) else "all decided"
    else:
        # Nothing was asked, so nothing may look as if it had been answered.
        outcome = f"{undecided(report):,} undecided" if undecided(report) else "no question asked"
    return f"Checked {', '.join(parts)}{date}: {outcome}."


def _stopped(report: Report) -> str:
    return f"Stopped before the end: {report.stopped}." if report.stopped else ""


def _unread(report: Report) -> str:
    return f"{_count(len(report.unread), 'file')} not read." if report.unread else ""


def _counts(report: Report) -> str:
    counts = [(severity.value, report.count(severity)) for severity in Severity]
    found = ", ".join(_count(count, word) for word, count in counts if count)
    return f"{found or 'No findings'}."


def _unshown(report: Report) -> str:
    """What is called fine for no other reason than that nothing was found: nothing shows it or says why."""
    reasons = [set(f.clauses) for f in report.findings if f.rule in _TOLD_BY and not f.settled]
    unshown = Counter(
        a.kind
        for a in _each_clause_once(report)
        if not a.shown and not (a.clauses and any(reason.issuperset(a.clauses) for reason in reasons))
    )
    kept = [_count(unshown[kind], word) for kind, word in _KEPT.items() if unshown[kind]]
    other = [_count(unshown[kind], word) for kind, word in _OTHER.items() if unshown[kind]]
    partly = sum(a.readings is not None and not a.readings.every for a in _each_clause_once(report))
    some = [_count(partly, "clause")] if partly else []
    some += [_count(report.pairs.on_some, "pair of clauses")] if report.pairs.on_some else []
    sentences = (
        (kept, "not shown to be keepable"),
        (some, "keepable on some readings only"),
        (other, "without an encounter to show it"),
    )
    return " ".join(f"{' and '.join(counts)} {words}." for counts, words in sentences if counts)


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
        return f"{_count(len(rules), 'rule')} left out by selection."
    return f"Left out by selection: {', '.join(f'`{rule}`' for rule in rules)}." if rules else ""


def _hidden(report: Report) -> str:
    """What configuration files keep from being told, or from being as grave as it is."""
    hidden = report.hidden
    excluded = list(map(visible, hidden.excluded[:_NAMED]))
    if further := len(hidden.excluded) - len(excluded):
        excluded.append(f"{further:,} more")
    told = [f"{count:,} `{rule}` not told" for rule, count in hidden.findings]
    told += [f"{count:,} `{rule}` told as {level}" for rule, level, count in hidden.lowered]
    told += [f"{', '.join(excluded)} not looked at"] if excluded else []
    by = f"By {', '.join(map(visible, hidden.by))}" if hidden.by else "By default"
    return f"{by}: {', '.join(told)}." if told else ""


def _baseline(report: Report) -> str:
    hidden = report.hidden
    if not hidden.baseline:
        return ""
    stale = list(map(visible, hidden.stale[:_NAMED]))
    if further := len(hidden.stale) - len(stale):
        stale.append(f"{further:,} more")
    gone = f" Not found any more: {'; '.join(stale)}." if stale else ""
    return f"{_count(hidden.known, 'finding')} known from {visible(hidden.baseline)} not told.{gone}"


def _suppressed(report: Report) -> str:
    """What comments in the texts keep from being told."""
    rules = Counter(one.finding.rule for one in report.suppressed)
    told = ", ".join(f"{count:,} `{rule}`" for rule, count in rules.items())
    return f"Not told, as comments in the texts ask: {told}." if told else ""


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {_PLURAL.get(word, f'{word}s')}"
