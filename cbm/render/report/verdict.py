"""What a report comes to, in a few sentences: what is wrong, and how much of it; nothing that counts questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from cbm.finding import Finding, RuleId, Severity
from cbm.render.level_words import counts_of_levels
from cbm.report import Report
from cbm.translation.listing import listed, sentences
from cbm.translation.saying import say, say_count


def _unmet(count: int) -> str:
    return say_count("{count:,} expectation that is not met", "{count:,} expectations that are not met", count)


# What errors of a rule are called, one of them and several; others go by the name of the rule.
_CALLED: dict[RuleId, Callable[[int], str]] = {
    RuleId.SYNTAX: lambda n: say_count(
        "{count:,} passage that cannot be read", "{count:,} passages that cannot be read", n
    ),
    RuleId.UNDEFINED: lambda n: say_count("{count:,} name that means nothing", "{count:,} names that mean nothing", n),
    RuleId.DUPLICATE: lambda n: say_count("{count:,} name given twice", "{count:,} names given twice", n),
    RuleId.CYCLE: lambda n: say_count(
        "{count:,} circle of what depends on itself", "{count:,} circles of what depends on itself", n
    ),
    RuleId.UNIT_MISMATCH: lambda n: say_count(
        "{count:,} quantity of the wrong kind", "{count:,} quantities of the wrong kind", n
    ),
    RuleId.TYPE_MISMATCH: lambda n: say_count(
        "{count:,} word that does not fit its place", "{count:,} words that do not fit their places", n
    ),
    RuleId.INCONSISTENT_VOCABULARY: lambda n: say_count(
        "{count:,} contradiction in the vocabulary", "{count:,} contradictions in the vocabulary", n
    ),
    RuleId.CONFLICT: lambda n: say_count("{count:,} clash of clauses", "{count:,} clashes of clauses", n),
    RuleId.AGREEMENT_CONFLICT: lambda n: say_count(
        "{count:,} clash with another text", "{count:,} clashes with other texts", n
    ),
    RuleId.IMPOSSIBLE_DUTY: lambda n: say_count("{count:,} impossible duty", "{count:,} impossible duties", n),
    RuleId.UNSERVED_FUNCTION: lambda n: say_count(
        "{count:,} line that is needed and not open", "{count:,} lines that are needed and not open", n
    ),
    RuleId.TRAP: lambda n: say_count("{count:,} trap", "{count:,} traps", n),
    RuleId.DEADLOCK: lambda n: say_count("{count:,} deadlock", "{count:,} deadlocks", n),
    RuleId.REPARATION: lambda n: say_count(
        "{count:,} `otherwise` that cannot be kept", "{count:,} `otherwise` that cannot be kept", n
    ),
    RuleId.UNWRITTEN_PROHIBITION: lambda n: say_count(
        "{count:,} prohibition that nobody wrote", "{count:,} prohibitions that nobody wrote", n
    ),
    RuleId.DIVERGENT_RESTATEMENT: lambda n: say_count(
        "{count:,} clause that restates another one wrongly", "{count:,} clauses that restate others wrongly", n
    ),
    RuleId.DEAD_OPTION: lambda n: say_count(
        "{count:,} option that no clean package holds", "{count:,} options that no clean package holds", n
    ),
    RuleId.NO_CLEAN_PACKAGE: lambda n: say_count(
        "{count:,} text without a clean package", "{count:,} texts without a clean package", n
    ),
    RuleId.NO_WORKABLE_READING: lambda n: say_count(
        "{count:,} open term without a reading that is left", "{count:,} open terms without a reading that is left", n
    ),
    RuleId.VACUITY: lambda n: say_count("{count:,} passage without effect", "{count:,} passages without effect", n),
    RuleId.DEROGATION: lambda n: say_count(
        "{count:,} derogation from another text", "{count:,} derogations from other texts", n
    ),
    RuleId.GAP: lambda n: say_count("{count:,} gap in what is promised", "{count:,} gaps in what is promised", n),
    RuleId.SEAM: lambda n: say_count("{count:,} seam", "{count:,} seams", n),
    RuleId.EXPECTATION: _unmet,
    RuleId.IMPOSSIBLE: _unmet,
    RuleId.NEVER_REACHED: _unmet,
    RuleId.WORDING: lambda n: say_count(
        "{count:,} wording that says something else", "{count:,} wordings that say something else", n
    ),
}


def verdict(report: Report) -> str:
    """The paragraph that begins a page."""
    decided = [finding for finding in report.findings if finding.rule is not RuleId.UNDECIDED]
    graver = [finding for finding in decided if finding.severity is Severity.ERROR]
    rest = [finding for finding in decided if finding.severity is not Severity.ERROR]
    told = [_of_errors(report, graver) if graver else _without_errors(report, rest)]
    if graver and rest:
        told.append(say("Beside that: {findings}.", findings=_levels(rest)))
    if report.undecided:
        told.append(
            say_count(
                "{count:,} question stays undecided: that is neither found nor fine.",
                "{count:,} questions stay undecided: that is neither found nor fine.",
                len(report.undecided),
            )
        )
    if report.unread or report.stopped:
        told.append(say("Not everything was looked at."))
    return sentences(told)


def _of_errors(report: Report, errors: Sequence[Finding]) -> str:
    kinds = Counter(_CALLED.get(finding.rule, finding.rule) for finding in errors)
    told = listed([_counted(called, count) for called, count in kinds.most_common()])
    if not any(finding.reach is None or finding.reach.every for finding in errors):
        return say("Some packages of {texts} cannot stand as they are: {errors}.", texts=_subject(report), errors=told)
    # What cannot be read may belong to a text whose header is among it: that one has no title here.
    unread = any(finding.rule is RuleId.SYNTAX for finding in errors)
    match () if unread else report.titles:
        case ():
            return say("What was checked cannot stand as it is: {errors}.", errors=told)
        case (title,):
            return say("“{text}” cannot stand as it is: {errors}.", text=title, errors=told)
        case titles:
            return say(
                "Not all of the {count:,} texts can stand as they are: {errors}.", count=len(titles), errors=told
            )


def _without_errors(report: Report, rest: Sequence[Finding]) -> str:
    if rest:
        return say("No error was found in {texts}; {findings}.", texts=_subject(report), findings=_levels(rest))
    if not report.questions:
        return say("Nothing was found in {texts}: no question was asked.", texts=_subject(report))
    return say("Nothing was found in {texts}.", texts=_subject(report))


def _subject(report: Report) -> str:
    match report.titles:
        case ():
            return say("what was checked")
        case (title,):
            return say("“{words}”", words=title)
        case titles:
            return say("the {count:,} texts", count=len(titles))


def _levels(findings: Iterable[Finding]) -> str:
    return listed(counts_of_levels(Counter(finding.severity for finding in findings)))


def _counted(called: Callable[[int], str] | RuleId, count: int) -> str:
    if isinstance(called, RuleId):
        return say_count("{count:,} finding of `{rule}`", "{count:,} findings of `{rule}`", count, rule=called)
    return called(count)
