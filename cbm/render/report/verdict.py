"""What a report comes to, in a few sentences: what is wrong, and how much of it; nothing that counts questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cbm.finding import Finding, Report, RuleId, Severity
from cbm.translation.listing import listed

# What errors of a rule are called, one of them and several; others go by the name of the rule.
_CALLED: dict[RuleId, tuple[str, str]] = {
    RuleId.SYNTAX: ("passage that cannot be read", "passages that cannot be read"),
    RuleId.UNDEFINED: ("name that means nothing", "names that mean nothing"),
    RuleId.CONFLICT: ("clash of clauses", "clashes of clauses"),
    RuleId.AGREEMENT_CONFLICT: ("clash with another text", "clashes with other texts"),
    RuleId.IMPOSSIBLE_DUTY: ("impossible duty", "impossible duties"),
    RuleId.UNSERVED_FUNCTION: ("line that is needed and not open", "lines that are needed and not open"),
    RuleId.TRAP: ("trap", "traps"),
    RuleId.DEADLOCK: ("deadlock", "deadlocks"),
    RuleId.VACUITY: ("passage without effect", "passages without effect"),
    RuleId.DEROGATION: ("derogation from another text", "derogations from other texts"),
    RuleId.GAP: ("gap in what is promised", "gaps in what is promised"),
    RuleId.SEAM: ("seam", "seams"),
    RuleId.EXPECTATION: ("expectation that is not met", "expectations that are not met"),
    RuleId.IMPOSSIBLE: ("expectation that is not met", "expectations that are not met"),
    RuleId.WORDING: ("wording that says something else", "wordings that say something else"),
}


def verdict(report: Report) -> str:
    """The paragraph that begins a page."""
    decided = [finding for finding in report.findings if finding.rule is not RuleId.UNDECIDED]
    graver = [finding for finding in decided if finding.severity is Severity.ERROR]
    rest = [finding for finding in decided if finding.severity is not Severity.ERROR]
    sentences = [_of_errors(report, graver) if graver else _without_errors(report, rest)]
    if graver and rest:
        sentences.append(f"Beside that: {_levels(rest)}.")
    if report.undecided:
        count = _count(len(report.undecided), "question stays", "questions stay")
        sentences.append(f"{count} undecided: that is neither found nor fine.")
    if report.unread or report.stopped:
        sentences.append("Not everything was looked at.")
    return " ".join(sentences)


def _of_errors(report: Report, errors: Sequence[Finding]) -> str:
    kinds = Counter(finding.rule for finding in errors)
    told = listed([_count(count, *_called(rule)) for rule, count in kinds.most_common()])
    return f"{_subject(report)} cannot stand as {'they are' if len(report.titles) > 1 else 'it is'}: {told}."


def _without_errors(report: Report, rest: Sequence[Finding]) -> str:
    if rest:
        return f"No error was found in {_subject(report, begins=False)}; {_levels(rest)}."
    if not report.questions:
        return f"Nothing was found in {_subject(report, begins=False)}: no question was asked."
    return f"Nothing was found in {_subject(report, begins=False)}."


def _subject(report: Report, *, begins: bool = True) -> str:
    if len(report.titles) == 1:
        return f"“{report.titles[0]}”"
    told = f"the {len(report.titles):,} texts" if report.titles else "what was checked"
    return told[0].upper() + told[1:] if begins else told


def _levels(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return listed([_count(counts[level], level.value, f"{level.value}s") for level in Severity if counts[level]])


def _called(rule: RuleId) -> tuple[str, str]:
    return _CALLED.get(rule, (f"finding of `{rule}`", f"findings of `{rule}`"))


def _count(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
