"""Encounters of other packages in which clauses clash: a finding of all packages shows one of one of them."""

from __future__ import annotations

from contextlib import suppress

from cbm.core.expressions import Formula
from cbm.finding import Finding
from cbm.inquiry import Inquiry
from cbm.process.budget import RunStopped
from cbm.smt.solve import Sat
from cbm.wording.findings.clashes.clash_rules import severity_of
from cbm.wording.findings.clashes.conflict_findings import witness


def clash_shown_on(inquiry: Inquiry, finding: Finding, packages: Formula) -> str:
    """An encounter of one of these packages in which the clauses of a finding clash; nothing where none is known."""
    named = {str(norm.unworded): norm.unworded for norm in inquiry.system.norms}
    if not all(clause in named for clause in finding.clauses):
        return ""
    for clash in inquiry.clashes_in_wordings([named[clause] for clause in finding.clauses]):
        about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
        members = [about.norm(norm) for norm in clash.norms]
        for cube in clash.extent.cubes if severity_of(inquiry, clash.norms) is finding.severity else ():
            there = (*cube, packages)
            if isinstance(inquiry.ask(about, *there), Sat):
                with suppress(RunStopped):
                    return witness(inquiry, about, members, there)[0].words
    return ""
