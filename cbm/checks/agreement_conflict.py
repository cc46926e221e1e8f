"""Clauses of the text under check that cannot be complied with together with an instrument it lives with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.translation.saying import mark
from cbm.wording.clause_names import clause_names
from cbm.wording.findings.clashes.clash_rules import clashes_under
from cbm.wording.findings.clashes.clashes_in_time import clash_in_time
from cbm.wording.findings.each_role import first_alike

RULE = Rule(
    RuleId.AGREEMENT_CONFLICT,
    Severity.ERROR,
    mark("a clause conflicts with an agreement"),
    mark("""\
A clash that needs clauses of the text under check and clauses of an instrument named in its header (`beside`,
`subject to`, `notwithstanding`) or in one of its clauses. The report tells the rank and the date of the texts. No
precedence is ever assumed, neither of the later nor of the more special text: say `subject to` or `notwithstanding`
where one is meant, and the clash becomes a note.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
  beside colregs
clause 1 a ship meeting a ship
  must not sound_danger_signal
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
  subject to colregs
clause 1 a ship meeting a ship
  must not sound_danger_signal
""",
)


def pieces(inquiry: Inquiry) -> list[int | None]:
    return clashes_under(inquiry, RULE.id)


def check(inquiry: Inquiry, among: Sequence[int | None]) -> Iterator[Finding]:
    system = inquiry.system
    for piece in among:
        if piece is None:
            left = inquiry.open_sets(RuleId.CONFLICT)
            for name in system.texts:
                if name != system.subject:
                    inquiry.record(RULE.id, f"every other set of clauses with {name}", left)
        else:
            clash = inquiry.clashes[piece]
            inquiry.record(RULE.id, partial(clause_names, system, clash.norms), found=True)
            if first_alike(inquiry, clash) is clash:
                yield clash_in_time(inquiry, clash, RULE)
