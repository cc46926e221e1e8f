"""Questions that stayed open: each is told with its reason, and never counted as fine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.process.budget import current_budget
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clauses_in_any_wording, content_label

RULE = Rule(
    RuleId.UNDECIDED,
    Severity.WARNING,
    mark("a question could not be answered"),
    mark("""\
The search was given up, or the text leaves what can be decided. The question is named with the clauses it is
about. Acts that call for one another in a circle, for instance, have no end. Undecided is not fine: a run in which
nothing worse is found ends with its own exit code, 3.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must announce_intentions within 5 min after own.call
clause 2 a warship must call within 5 min after own.announce_intentions
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must announce_intentions within 5 min after own.call
clause 2 a warship must answer within 5 min after other.call
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """To be run last: every check leaves its open questions with the inquiry.

    What a run left open that was told to stop is told once a rule, but for what somebody expects.
    """
    system = inquiry.system
    open_questions = list(inquiry.left_open())
    # Other processes may have seen before this one that the run was to stop.
    stopped = current_budget().why() if open_questions else ""
    left: dict[RuleId | None, list[Undecided]] = {}
    told: dict[Undecided, Undecided] = {}  # each question once, whichever rules it was asked for
    for question in open_questions:
        if stopped and question.reason == stopped and question.span is None:
            left.setdefault(question.rule, []).append(question)
            continue
        known = told.get(same := replace(question, rule=None, only_notes=False))
        told[same] = question if known is None or known.only_notes else known
    for question in told.values():
        if question.norms:
            asked = mark("undecided: {question} ({clauses})")
            message = say(asked, question=question.asked(), clauses=clauses_in_any_wording(system, question.norms))
            place = content_label(system, system.norms[question.norms[0]], "")
        else:
            message = say("undecided: {question}", question=question.asked())
            span = question.span or system.texts[system.subject].span
            assert span is not None
            place = Label(span)
        yield Finding(
            RULE.id,
            RULE.severity,
            message,
            place,
            clauses=tuple(map(str, question.norms)),
            notes=(question.why(),),
            matter=(inquiry.system.subject, question.question),
            only_notes=question.only_notes,
        )
    for rule, questions in left.items():
        yield _of_stopped_run(inquiry, rule, questions)


def of_packages(inquiry: Inquiry) -> Finding:
    """That the choices which hang together are too many to say of which packages a text is free of errors."""
    span = inquiry.system.texts[inquiry.system.subject].span
    assert span is not None
    note = say("too many choices hang together: settle some of them (on the command line: `--take`)")
    return Finding(RULE.id, RULE.severity, say("undecided: which packages are clean"), Label(span), notes=(note,))


def _of_stopped_run(inquiry: Inquiry, rule: RuleId | None, questions: Sequence[Undecided]) -> Finding:
    span = inquiry.system.texts[inquiry.system.subject].span
    assert span is not None
    count = len(questions)
    message = say_count(
        "undecided: {count:,} question without an answer", "undecided: {count:,} questions without an answer", count
    )
    if rule:
        message = say_count(
            "undecided: {count:,} question of `{rule}` without an answer",
            "undecided: {count:,} questions of `{rule}` without an answer",
            count,
            rule=rule,
        )
    norms = dict.fromkeys(norm for question in questions for norm in question.norms)
    note = say(
        "{reason}; the first that was not answered: {question}",
        reason=questions[0].why(),
        question=questions[0].asked(),
    )
    return Finding(
        RULE.id,
        RULE.severity,
        message,
        Label(span),
        clauses=tuple(map(str, norms)),
        notes=(note,),
        only_notes=all(question.only_notes for question in questions),
    )
