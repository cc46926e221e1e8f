"""Report to its closing line: what was checked, whether all of it was decided, and what was found."""

from __future__ import annotations

from cbm.finding import Report, Severity


def summary(report: Report) -> str:
    """One sentence or two, the same in every format for people."""
    return " ".join(filter(None, (_checked(report), _found(report), _left_out(report))))


def undecided(report: Report) -> int:
    """How many questions have no answer, counted where more of them show: among questions or findings."""
    return max(sum(question.verdict == "undecided" for question in report.questions), len(report.undecided))


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


def _found(report: Report) -> str:
    counts = [(severity.value, report.count(severity)) for severity in Severity]
    found = ", ".join(_count(count, word) for word, count in counts if count)
    return f"{found or 'No findings'}."


def _left_out(report: Report) -> str:
    return f"{_count(report.ignored, 'finding')} left out by selection." if report.ignored else ""


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
