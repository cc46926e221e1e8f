"""A text under negotiation of which no package is clean: there is no way out among what is proposed."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.negotiation.outlook import Outlook
from cbm.translation.saying import mark, say

RULE = Rule(
    RuleId.NO_CLEAN_PACKAGE,
    Severity.ERROR,
    mark("a text under negotiation of which no package is clean"),
    mark("""\
A text with square brackets means its packages: each takes one option of every choice. A package is clean when nothing
is wrong with it but what is wrong with all of them. Where no package is clean, nor any on some readings of open terms,
whatever is agreed among what is proposed has something wrong: one side's figure clashes with one clause, the other
side's with another. That can be so though each finding by itself holds on some packages only.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a warship must keep separation >= 500 m
clause 2 a military_aircraft meeting a warship must keep separation <= 1,500 m
clause 3 a military_aircraft meeting a warship must keep separation [CN: <= 200 m | JP: >= 2,000 m]
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a warship must keep separation >= 500 m
clause 2 a military_aircraft meeting a warship must keep separation <= 1,500 m
clause 3 a military_aircraft meeting a fishing_vessel must keep separation [CN: <= 200 m | JP: >= 2,000 m]
""",
)


def check(outlook: Outlook) -> Iterator[Finding]:
    """To be run last: it follows from what everything else finds."""
    if outlook.has_open:
        return
    group = next(group for group in outlook.groups if not group.open)
    found = tuple(dict.fromkeys(finding for flaw in group.flaws for finding in flaw.findings))
    negotiation = outlook.negotiation
    names = [negotiation.name(choice) for choice in group.choices]
    span = negotiation.choices[group.choices[0]].span
    assert span is not None
    yield Finding(
        RULE.id,
        RULE.severity,
        say("no package is clean: whatever is taken in {choices}, something is wrong", choices=say(", ").join(names)),
        Label(span),
        clauses=tuple(dict.fromkeys(clause for finding in found for clause in finding.clauses)),
        notes=tuple(say("{rule}: {found}", rule=finding.rule, found=finding.message) for finding in found),
        remedies=(say("mend one of these, or propose something else"),),
    )
