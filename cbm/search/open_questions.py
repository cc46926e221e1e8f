"""Questions that have no answer, above the solver: what was asked and why it stays open; yes, no and undecided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from cbm.core.expressions import NormId
from cbm.finding import RuleId
from cbm.records import Record
from cbm.source import Span
from cbm.translation.saying import mark, say

# Why a search for sets of clauses ends with what it has found.
TOO_MANY_SETS = mark("too many sets of clauses can be formed to look at all")
TOO_MANY_CONDITIONS = mark("there are more sets of conditions than are looked for")


class Undecided(Record):
    """A question without an answer, in words; the norms it is about, and the rule for whose sake it was asked.

    It is neither yes nor no: to ask whether it is true is a mistake. Question and reason are in English, by which they
    are known; `words` are the question in the language of the reader, where values stand in it.
    """

    question: str  # "can they always be complied with together"
    reason: str
    norms: tuple[NormId, ...] = ()
    rule: RuleId | None = None
    span: Span | None = None  # where it is told, if not at the first of the norms
    words: str = ""
    only_notes: bool = False  # whether its answer could be no more than a note

    def __bool__(self) -> NoReturn:
        raise TypeError(f"neither yes nor no: {self.question}")

    def asked(self) -> str:
        """The question, for readers."""
        return self.words or say(self.question)

    def why(self) -> str:
        """The reason, for readers."""
        return say(self.reason)

    def is_about(self, rule: RuleId, clauses: Iterable[Iterable[NormId]]) -> bool:
        """Whether a finding of the rule about one of each of these may depend on it; about any, if there are none."""
        about = {norm.unworded for norm in self.norms}
        return self.rule is rule and (not about or not any(map(about.isdisjoint, clauses)))


def every(answers: Iterable[bool | Undecided]) -> bool | Undecided:
    """Whether all are yes: no where one is no, and undecided where one is and none is no."""
    listed = list(answers)
    if any(answer is False for answer in listed):
        return False
    return next((answer for answer in listed if isinstance(answer, Undecided)), True)


def some(answers: Iterable[bool | Undecided]) -> bool | Undecided:
    """Whether any is yes: undecided where one is and none is yes."""
    return opposite(every(map(opposite, answers)))


def opposite(answer: bool | Undecided) -> bool | Undecided:
    """No for yes and yes for no; what is undecided stays so."""
    return answer if isinstance(answer, Undecided) else not answer
