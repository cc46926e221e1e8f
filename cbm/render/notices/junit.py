"""To JUnit XML: a suite for each rule, with a case for each question and each thing told.

What was proved is there as well: as a case that passed. What makes nothing fail passes, and says what it is; what no
encounter shows is skipped, and so is what binds nobody or is told nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from cbm.render.junit_cases import Error, Failure, PlacedCase, Skipped, document, inert, named_case, unread_cases
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.render.snippet import place
from cbm.report import Ending, Question
from cbm.translation.saying import say


def render(log: NoticeLog) -> str:
    """The document, on one line for each case."""
    return document("cbm", _cases(log))


def _cases(log: NoticeLog) -> Iterator[tuple[str, PlacedCase]]:
    yield from (("cbm", case) for case in unread_cases(log.unread, log.stopped))
    for text in log.unheard:
        case = named_case(say("each text binds somebody"), "cbm")
        case.result = [Skipped(inert(text), "binds-nobody")]
        yield "cbm", case
    if log.untold:
        case = named_case(say("nothing is left out or hidden"), "cbm")
        case.result = [Skipped(inert(log.untold), "not-told")]
        yield "cbm", case
    told = {notice.rule for notice in log.notices}
    for question in log.questions:
        yield question.rule, _asked(question, log.hiding(question.rule), is_told=question.rule in told)
    for notice in log.notices:
        yield notice.rule, _found(notice)


def _asked(question: Question, hiding: str, *, is_told: bool) -> PlacedCase:
    """`hiding`: what hides findings of its rule, of which some are told or none."""
    of_text = f".{question.text}" if question.text else ""  # by which cases of several texts are told apart
    case = named_case(question.subject, f"cbm.{question.rule}.questions{of_text}")
    if question.verdict is Ending.UNDECIDED:
        case.result = [Error(say("undecided"), "undecided")]
    elif question.verdict is Ending.FOUND and question.reason:
        case.result = [Skipped(inert(say("not shown: {why}", why=question.reason)), "not-shown")]
    elif question.verdict is Ending.FOUND:
        case.system_out = inert(_found_where(hiding, is_told=is_told))
    return case


def _found_where(hiding: str, *, is_told: bool) -> str:
    if not hiding:
        return say("found: what it is stands among the findings") if is_told else say("found; no finding tells it")
    if is_told:
        return say("found: it stands among the findings, or it is hidden {how}", how=hiding)
    return say("found; it is hidden {how}", how=hiding)


def _found(notice: Notice) -> PlacedCase:
    about = f" ({', '.join(notice.clauses)})" if notice.clauses else ""
    case = named_case(f"{notice.message}{about}", f"cbm.{notice.rule}.findings")
    head = f"{notice.severity}[{notice.rule}] {notice.message}"
    if notice.place is not None:
        case.file = inert(notice.place.span.source.name)
        head = f"{place(notice.place.span)}: {head}"
    told = "\n".join(map(inert, (head, *notice.lines)))
    if notice.fails or notice.undecided:
        kind = Failure if notice.fails else Error
        result = kind(inert(notice.message), str(notice.rule))
        result.text = told
        case.result = [result]
    else:
        case.system_out = told
    return case
