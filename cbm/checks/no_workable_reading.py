"""Open terms of which no reading leaves a text without an error, though each error is on some readings only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.comparison.possible_packages import ALL_PACKAGES
from cbm.core.negotiation import Negotiation
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.negotiation.reading_flaws import NoReadingLeft, reading_flaws, shut_everywhere
from cbm.negotiation.wordings_merged import merged_findings
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.reading_words import told_on

RULE = Rule(
    RuleId.NO_WORKABLE_READING,
    Severity.ERROR,
    mark("an open term of which no reading is left"),
    mark("""\
An error that depends on how an open term is read is a warning: the term can be read otherwise. Where several of them
leave no reading together, one wants a figure over 2 nmi and another one under it, something is wrong however the term
is read, and that is an error.

In a text under negotiation it is told where it is so whatever is taken. Where it is so with some options only, these
are in no clean and no workable package (`dead-option`).
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
open term safe "safe distance" : length from 200 m to 5,000 m
clause 1 a military_aircraft meeting a warship must keep separation >= safe
clause 2 a military_aircraft meeting a warship must keep separation <= 1,500 m
clause 3 a military_aircraft meeting a submarine must keep separation >= 2,000 m
clause 4 a military_aircraft meeting a submarine must keep separation <= safe
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
open term safe "safe distance" : length from 200 m to 1,500 m
clause 1 a military_aircraft meeting a warship must keep separation >= safe
clause 2 a military_aircraft meeting a warship must keep separation <= 1,500 m
""",
)

_OF_CASES = frozenset((RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED))


def check(inquiry: Inquiry, found: Sequence[Finding]) -> Iterator[Finding]:
    """To be run last: it follows from what everything else finds, what cases expect of that aside."""
    found = [finding for finding in found if finding.rule not in _OF_CASES]
    if not any(reading_flaws(found)):
        return
    negotiation = Negotiation(inquiry.system)
    told = merged_findings(inquiry.system, found) if negotiation.terms else found
    for shut in shut_everywhere(negotiation, tuple(reading_flaws(told))):
        if isinstance(shut, Unknown):
            inquiry.leave_open(mark("is there a reading of open terms on which nothing is wrong"), shut)
        else:
            yield told_on(negotiation, _finding(shut), ALL_PACKAGES)


def _finding(shut: NoReadingLeft) -> Finding:
    first, *others = shut.findings
    names = listed([term.title for term in shut.terms])
    return Finding(
        RULE.id,
        RULE.severity,
        say("however {terms} is read, something is wrong", terms=names),
        replace(first.primary, text=first.plain),
        related=tuple(replace(finding.primary, text=finding.plain) for finding in others),
        clauses=tuple(dict.fromkeys(clause for finding in shut.findings for clause in finding.clauses)),
        notes=tuple(say("{rule}: {found}", rule=finding.rule, found=finding.message) for finding in shut.findings),
        remedies=(say("mend one of these, so that a reading is left"),),
        matter=tuple(term.name for term in shut.terms),
    )
