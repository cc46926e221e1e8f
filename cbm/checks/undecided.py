"""Questions that stayed open: each is told with its reason, and never counted as fine."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.wording.clause_names import clause_names, content_label

RULE = Rule(
    RuleId.UNDECIDED,
    Severity.WARNING,
    "a question could not be answered",
    """\
The search was given up, or the text leaves what can be decided. The question is named with the clauses it is
about. Acts that call for one another in a circle, for instance, have no end. Undecided is not fine: a run in which
nothing worse is found ends with its own exit code, 3.
""",
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
    """To be run last: every check leaves its open questions with the inquiry."""
    system = inquiry.system
    for question in inquiry.left_open():
        if question.norms:
            names = f" ({clause_names(system, question.norms)})"
            place = content_label(system, system.norms[question.norms[0]], "")
        else:
            names = ""
            span = question.span or system.texts[system.subject].span
            assert span is not None
            place = Label(span)
        yield Finding(
            RULE.id,
            RULE.severity,
            f"undecided: {question.question}{names}",
            place,
            clauses=tuple(map(str, question.norms)),
            notes=(question.reason,),
        )
