"""What depends on itself, found while names are resolved; and cycles that some packages of a text have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cbm.comparison.possible_packages import TOO_MANY
from cbm.core.dependence.dependence_findings import told_cycle
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.translation.saying import mark, say
from cbm.wording.reading_words import reach_of

RULE = Rule(
    RuleId.CYCLE,
    Severity.ERROR,
    mark("clauses depend on each other in a circle"),
    mark("""\
Whether a clause binds depends, through `in place of` or `is bound by`, on whether it binds; or clauses yield to
each other in a circle; or a term or a vocabulary builds on itself. Such a text has no meaning.

A text with square brackets is checked all the same where only some packages have such a circle. They are not clean, and
everything else is told of the others: of all of them what is said without a condition.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a ship must keep separation >= 1,000 m in place of 2
clause 2 a helicopter meeting a ship must keep separation <= 500 m in place of 1
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a ship must keep separation >= 1,000 m
clause 2 a helicopter meeting a ship must keep separation <= 500 m in place of 1
""",
)

_WHERE = mark("on which packages is it so that {finding}")


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """The cycles that some packages of a text under negotiation have, each once, with these packages."""
    negotiation = Negotiation(inquiry.system).with_cycles
    space = negotiation.space
    for cycle in inquiry.system.open_cycles:
        finding = told_cycle(cycle)
        try:
            boxes = space.told(negotiation.boxes(cycle.holds))
            if boxes:
                note = say("such a package has no meaning; all else is told of the others")
                yield replace(
                    finding,
                    notes=(*finding.notes, note),
                    reach=reach_of(negotiation, boxes, boxes),
                    matter=() if finding.clauses else tuple(map(str, cycle.clauses)),
                )
        except TooManyBoxes:
            told = finding.message
            inquiry.leave_open(partial(say, _WHERE, finding=told), TOO_MANY, at=finding.primary.span)
