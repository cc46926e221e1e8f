"""Escapes, as questions: can one comply without putting another clause in place of a duty that is not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from cbm.certify.claims import AnyOf, NotSo, SomeConduct
from cbm.certify.rows import BearerCase, VerdictRow, row_for
from cbm.certify.standing import StandingNorms, hanging_together, kept, standing_of
from cbm.certify.verdict_kinds.on_readings import Incident, failing_on_some, happening_on_some
from cbm.compliance.escapes import AskedEscape, switches
from cbm.compliance.unavailable_options import duties_of
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import negation
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words


def escaping(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """W, some conduct complies, and all that does puts a clause in place of a duty that it leaves undone.

    A duty counts where some conduct is bound by it. Not of a text under negotiation, of which parts are told.
    """
    if any(term.choice is not None for term in inquiry.system.open_terms):
        return
    view_of = cache(partial(standing_of, inquiry))
    for question in outcome.questions:
        of = question.of
        every = isinstance(of, AskedOnReadings)
        asked = of.of if isinstance(of, AskedOnReadings) else of
        if isinstance(asked, AskedEscape) and question.verdict is not Ending.UNDECIDED:
            view, beside = view_of(asked.bearer, asked.advised), [_incident(view_of, one) for one in asked.beside]
            incident, found = _incident(view_of, asked), question.verdict is Ending.FOUND
            if every:
                case = failing_on_some([incident], beside)
            else:
                case = happening_on_some([incident], beside) if beside else incident.case
            known = switches(view.ground, asked.advised)
            norms = tuple(dict.fromkeys(norm for switch in known for norm in (switch.edge.by, switch.edge.of)))
            bearer = role_words(inquiry.system, asked.bearer)
            answer = Verdict.SAT if found is not every else Verdict.UNSAT
            yield row_for(
                inquiry,
                question.rule,
                clauses=norms,
                bearer=bearer,
                question=question.subject,
                ending=question.verdict,
                cases=(case,),
                expected=answer,
                meanings=view.meanings,
            )


def _incident(view_of: Callable[[int, bool], StandingNorms], of: AskedEscape) -> Incident:
    view = view_of(of.bearer, of.advised)
    return Incident(view, _caught(view, of))


def _caught(view: StandingNorms, of: AskedEscape) -> BearerCase:
    about, duties = view.ground, duties_of(view.ground, of.advised)
    known = switches(about, of.advised)
    near = hanging_together(about, *(switch.thrown for switch in known))
    unused = (AnyOf((negation(s.thrown), NotSo(kept(about, s.duty.binds)))) for s in known)
    without = (*about.feasible, *(n.demand for n in near if n in duties), *unused)
    return BearerCase(
        about,
        (
            ("one can comply", kept(about, *(n.demand for n in ending(about, duties)))),
            ("not without such a replacement", NotSo(SomeConduct(without, about.conduct))),
        ),
    )
