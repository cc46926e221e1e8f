"""What changed between texts as what editors and code hosts show beside lines: of several texts, what did in all."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Severity
from cbm.outcomes.difference import Difference, Ledger
from cbm.records import replace
from cbm.render.differences.difference_outline import (
    change_entry,
    declared_lines,
    definition_entry,
    ordered_changes,
    step_words,
    verdict,
)
from cbm.render.level_words import level_words
from cbm.render.notices.names import with_names
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.report import Ending, Question
from cbm.translation.saying import mark, say

_EXPLAINED = mark("`cbm diff --help` lists the kinds of changes.")


def notice_log(ledger: Ledger) -> NoticeLog:
    """Each change, an error where it makes the command fail, and of each step what is not known.

    A step that changes no meaning is a question that passed.
    """
    last = ledger.whole or ledger.steps[0]
    told = [*_changes(last, ledger.fail_on), *(one for step in ledger.differences for one in _unknown(step))]
    closing = {step: f"{step_words(step)}: {verdict(step)}" for step in ledger.differences}
    same = (Question("diff", closing[step], Ending.CLEAR) for step in ledger.differences if step.is_empty)
    return NoticeLog(with_names(told), tuple(closing.values()), _EXPLAINED, questions=tuple(same))


def _changes(difference: Difference, fail_on: tuple[str, ...]) -> Iterator[Notice]:
    def notice(rule: str, group: str, message: str, name: str) -> Notice:
        fails = group in fail_on
        severity = Severity.ERROR if fails else Severity.NOTE
        return Notice(rule, severity, message, None, f"{difference.new}: {name}", fails=fails)

    for change in ordered_changes(difference):
        told = notice(change.kind, change.group, change.message, "")
        yield replace(told, place=change.place, lines=change_entry(change).notes, clauses=change.clauses)
    for changed in difference.definitions:
        told = notice(changed.kind, "definitions", changed.message, f"{changed.what} {changed.name}")
        yield replace(told, place=changed.place, lines=definition_entry(changed).notes)
    for words in difference.only_one:
        yield notice("declared", "declared", say("known to one of them only: {what}", what=words), "")
    for one, words in zip(difference.declared, declared_lines(difference.declared), strict=True):
        yield notice("declared", "declared", words, f"{one.what} {one.name}")
    for finding in difference.found:
        found = f"{level_words(Severity(finding.severity))}[{finding.rule}] {finding.message}"
        yield notice("new-finding", "new-finding", say("a new finding: {finding}", finding=found), finding.rule)
    for finding in difference.gone:
        found = f"{level_words(Severity(finding.severity))}[{finding.rule}] {finding.message}"
        yield notice("finding-gone", "", say("a finding that is gone: {finding}", finding=found), finding.rule)


def _unknown(difference: Difference) -> Iterator[Notice]:
    for rule, some in (("undecided", difference.undecided), ("not-compared", difference.not_compared)):
        for words in some:
            yield Notice(rule, Severity.WARNING, words, None, difference.new, undecided=True)
