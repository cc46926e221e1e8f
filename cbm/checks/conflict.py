"""Clauses of one text that no conduct can fulfil together, although each rest of them can be fulfilled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.translation.saying import mark
from cbm.wording.clause_names import clause_names
from cbm.wording.findings.clashes.clash_rules import clashes_under, concerns_subject
from cbm.wording.findings.clashes.clashes_in_time import clash_in_time
from cbm.wording.findings.each_role import first_alike

RULE = Rule(
    RuleId.CONFLICT,
    Severity.ERROR,
    mark("clauses that cannot all be complied with"),
    mark("""\
In some encounter two or more clauses bind the same unit, and nothing it can do fulfils all of them. Every set that
is minimal in some encounter (no part of it clashes there by itself) is reported once, with the conditions under
which it clashes, an example, and ways out. Acts that axioms tie together count too: a duty to keep course and a duty
to alter it clash because no unit can do both.

A clash in which a `should` takes part is a warning: the text then only gives advice that cannot be followed. A clash
that `subject to` or `notwithstanding` settles is a note. Clauses of several texts are reported as
`agreement-conflict`.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a patrol_aircraft meeting a warship
  must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a warship when calls_unanswered
  must keep separation <= 500 m
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a patrol_aircraft meeting a warship
  must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a warship when calls_unanswered
  must keep separation <= 500 m
  in place of 1
""",
)


def pieces(inquiry: Inquiry) -> list[int | None]:
    return clashes_under(inquiry, RULE.id)


def check(inquiry: Inquiry, among: Sequence[int | None]) -> Iterator[Finding]:
    for piece in among:
        clash = None if piece is None else inquiry.clashes[piece]
        if clash is None:
            inquiry.record(RULE.id, "every other set of clauses", inquiry.open_sets(RuleId.CONFLICT))
        elif concerns_subject(inquiry, clash):
            inquiry.record(RULE.id, partial(clause_names, inquiry.system, clash.norms), found=True)
            if first_alike(inquiry, clash) is clash:
                yield clash_in_time(inquiry, clash, RULE)
