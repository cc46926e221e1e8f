"""One clause that cannot be complied with by itself, whatever else the texts ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cbm.checks.clashing import clash_finding, clashes_under
from cbm.checks.naming import clause_names
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Rule, Severity

RULE = Rule(
    "impossible-duty",
    Severity.ERROR,
    "a clause that cannot be complied with",
    """\
In some encounter the clause binds and nothing the unit can do fulfils it, even if nothing else bound it: what it
asks lies outside what is possible there, or two of the things it asks for exclude each other.
""",
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


def check(inquiry: Inquiry, piece: int | None) -> Iterator[Finding]:
    if piece is None:
        inquiry.record(RULE.id, "every other clause by itself", found=False)
        return
    clash = inquiry.clashes[piece]
    name = clause_names(inquiry.system, clash.norms)
    inquiry.record(RULE.id, name, found=True)
    finding = clash_finding(inquiry, clash, RULE)
    always = "(always when" in finding.whenever
    how = "can never be complied with" if always else "cannot be complied with in some encounters"
    remedy = "take these encounters out of its condition, or ask for something that is possible there"
    yield replace(
        finding,
        message=f"{name} {how}",
        whenever=finding.whenever.replace("these clauses apply together", "the clause applies"),
        remedies=(remedy,),
    )
