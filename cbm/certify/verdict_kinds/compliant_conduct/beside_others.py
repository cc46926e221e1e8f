"""Permissions beside the duties of other units, as questions: can one be used while all units comply."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from cbm.certify.all_units import ALL_UNITS, AllUnits, turned, units_together
from cbm.certify.claims import AllOf, AnyOf, Claim, NotSo
from cbm.certify.rows import BearerCase, VerdictRow, row_for
from cbm.certify.standing import StandingNorms, kept, standing_of
from cbm.certify.verdict_kinds.compliant_conduct.usable import incident_of_use
from cbm.certify.verdict_kinds.on_readings import Incident, happening_on_some
from cbm.compliance.attainable_ranges import as_allowed
from cbm.compliance.ranges_beside_others import AskedRangeAcross
from cbm.compliance.unavailable_options import AskedUse
from cbm.conflicts.deadlocks import AskedAcross
from cbm.core.expressions import NormId
from cbm.core.norms import Strength
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict


def usable_beside_others(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each set that was found that its duties leave no use; and that no other permission is blocked so."""
    asked = [question for question in outcome.questions if isinstance(question.of, AskedAcross)]
    if not asked:
        return
    used = inquiry.permissions()
    everyone = units_together(inquiry, used)
    for question in asked:
        assert isinstance(question.of, AskedAcross)
        place, names = question.of.place, tuple[NormId, ...]()
        if place is None:
            claims, expected = _no_other(inquiry, everyone, frozenset(used)), Verdict.UNSAT
        else:
            found = inquiry.blocked_uses().found[place]
            names = tuple(dict.fromkeys(duty.norm.norm.id for duty in found.duties))
            held = [(duty.role, duty.norm.norm.id) for duty in found.duties]
            claims, expected = (("they cannot be kept together", everyone.clash(held)),), Verdict.SAT
        yield row_for(
            inquiry,
            question.rule,
            clauses=names,
            bearer=ALL_UNITS,
            question=question.subject,
            ending=question.verdict,
            cases=(BearerCase(everyone.about, claims),),
            expected=expected,
        )


def wide_beside_others(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each range that a permission claims: does some value of it go with no compliance of all units."""
    asked = [question for question in outcome.questions if isinstance(question.of, AskedRangeAcross)]
    if not asked:
        return
    everyone = units_together(inquiry, inquiry.permissions())
    plain = StandingNorms(everyone.about, everyone.about, {}, {})  # each duty says already where it yields
    view_of = cache(partial(standing_of, inquiry))

    def incident(of: AskedUse | AskedRangeAcross) -> Incident:
        if isinstance(of, AskedUse):
            return incident_of_use(view_of, of)
        return Incident(plain, BearerCase(everyone.about, _narrowed(inquiry, everyone, of)))

    for question in asked:
        assert isinstance(question.of, AskedRangeAcross)
        if question.verdict is not Ending.UNDECIDED:
            one, beside = incident(question.of), [incident(other) for other in question.of.beside]
            yield row_for(
                inquiry,
                question.rule,
                clauses=(question.of.norm,),
                bearer=ALL_UNITS,
                question=question.subject,
                ending=question.verdict,
                cases=(happening_on_some([one], beside) if beside else one.case,),
                expected=Verdict.SAT if question.verdict is Ending.FOUND else Verdict.UNSAT,
            )


def _narrowed(inquiry: Inquiry, everyone: AllUnits, of: AskedRangeAcross) -> tuple[tuple[str, Claim], ...]:
    norms, about, same = inquiry.system.norms, everyone.about, as_allowed(of.result)
    counted = (Strength.MUST, Strength.SHOULD) if of.advised else (Strength.MUST,)
    owed = {
        d: demand for d, demand in everyone.duties.items() if norms[d[1]].demands and norms[d[1]].strength in counted
    }
    own = [demand for (role, _), demand in owed.items() if role == of.bearer]
    used = everyone.uses[of.bearer, of.norm]
    return (
        ("all units can comply while it is used", kept(about, *used, *owed.values())),
        ("its own duties leave who uses it a value", kept(about, *used, same, *own)),
        ("not while all units comply", NotSo(kept(about, *used, same, *owed.values()))),
    )


def _no_other(inquiry: Inquiry, everyone: AllUnits, used: frozenset[NormId]) -> tuple[tuple[str, Claim], ...]:
    """All comply, and some permission could be used by who complies, but not while all do; what is told aside."""
    norms = inquiry.system.norms
    owed = [duty for duty in everyone.duties if norms[duty[1]].demands and norms[duty[1]].strength is Strength.MUST]
    blocked: list[Claim] = []
    for use in (duty for duty in everyone.duties if duty[1] in used):
        own = [everyone.duties[duty] for duty in owed if duty[0] == use[0]]
        left = kept(everyone.about, *everyone.uses[use], *own)
        blocked.append(AllOf((left, NotSo(everyone.kept([use, *owed])))))
    told = dict.fromkeys(held for found in inquiry.blocked_uses().found for held in turned(inquiry, found))
    return (
        ("all units can comply", everyone.kept(owed)),
        *(("what is told can be kept there", everyone.kept(held)) for held in told),
        ("a permission cannot be used", AnyOf(tuple(blocked))),
    )
