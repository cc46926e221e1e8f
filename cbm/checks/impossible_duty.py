"""One clause that cannot be complied with by itself, whatever else the texts ask."""

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
    RuleId.IMPOSSIBLE_DUTY,
    Severity.ERROR,
    mark("a clause that cannot be complied with"),
    mark("""\
In some encounter the clause binds and nothing the unit can do fulfils it, even if nothing else bound it: what it
asks lies outside what is possible there, or two of the things it asks for exclude each other. Where a message has to
arrive in time through a channel, it is told whether the hours of the channel and its delays leave no time even at best,
or cannot guarantee it, in which part of the week, and how long a message may take. What is told at a meeting waits for
the next one, whose day is not known: no time is sure that is shorter than what may pass until then.

Where clocks change with the season (`Europe/Vienna`), hours mean what the clock at that end shows, week by week: in the
week of the date asked about (`--as-of`, `as of` in a case), else in each week of the year that begins when the text was
proposed or adopted (without a date: 2024). Hours last from when the clock first shows their beginning to when it last
shows their end; of hours that clocks skip the moment of the change is left.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a submarine must call, surface_and_show_flag
clause 2 a submarine when own.submerged_unit must answer
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a submarine when not own.submerged_unit must call, surface_and_show_flag
clause 2 a submarine when not own.submerged_unit must answer
""",
)


def pieces(inquiry: Inquiry) -> list[int | None]:
    return clashes_under(inquiry, RULE.id)


def check(inquiry: Inquiry, among: Sequence[int | None]) -> Iterator[Finding]:
    system = inquiry.system
    for piece in among:
        if piece is None:
            inquiry.record(RULE.id, "every other clause by itself", inquiry.open_sets(RuleId.CONFLICT))
            continue
        clash = inquiry.clashes[piece]
        names = partial(clause_names, system, clash.norms)
        inquiry.record(RULE.id, names, found=True)
        if first_alike(inquiry, clash) is clash:
            yield clash_in_time(inquiry, clash, RULE)
