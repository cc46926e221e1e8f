"""What clauses leave open, as questions: can who complies use it wherever one can comply, with every value of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from cbm.certify.claims import Claim, NotSo
from cbm.certify.rows import BearerCase, Told, VerdictRow, ended, row_for
from cbm.certify.standing import StandingNorms, hanging_together, kept, standing_of
from cbm.certify.verdict_kinds.on_readings import Incident, failing_on_some, happening_on_some
from cbm.compliance.attainable_ranges import as_allowed
from cbm.compliance.unavailable_options import AskedUse, duties_of, owed_besides, standing_against
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import Formula, negation
from cbm.core.norms import Modality
from cbm.finding import RuleId
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words

_ON_OTHERS = "is there a reading on which no duty blocks or narrows it, and what is complied with beside them does"
_BLOCKED = "is there a situation in which it binds and one can comply, but not so that it is made use of"
_NARROWED = (
    "is there a situation in which who complies can use it, and not with a value that it allows and that can be "
    "brought about"
)


def usable(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each verdict the question that it comes to, and a row that rests on it where nothing was found."""
    view_of = cache(partial(standing_of, inquiry))
    for question in outcome.questions:
        of = question.of
        if not isinstance(of, AskedUse) or question.verdict is Ending.UNDECIDED:
            continue
        view, incident = view_of(of.bearer, of.advised), incident_of_use(view_of, of)
        told: Told = (RuleId.BLOCKED_PERMISSION, f"{question.subject}: {of.bearer}, {of.advised}")
        words, case = _BLOCKED if of.result is None else _NARROWED, incident.case
        if of.beside:
            words, case = (
                _ON_OTHERS,
                happening_on_some([incident], [incident_of_use(view_of, one) for one in of.beside]),
            )
        bearer = role_words(inquiry.system, of.bearer)
        row = row_for(
            inquiry,
            question.rule,
            clauses=(of.norm,),
            bearer=bearer,
            question=words,
            ending=Ending.CLEAR,
            cases=(case,),
            expected=Verdict.UNSAT,
            meanings=view.meanings,
            carries=told,
        )
        yield from ended(question, told, [row], "")


def usable_on_readings(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """There is a reading on which it is so in no encounter; what is found and done on it is under quantifiers."""
    view_of = cache(partial(standing_of, inquiry))
    for question in outcome.questions:
        if isinstance(question.of, AskedOnReadings) and isinstance(use := question.of.of, AskedUse):
            case = failing_on_some(
                [incident_of_use(view_of, use)], [incident_of_use(view_of, one) for one in use.beside]
            )
            answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
            yield row_for(
                inquiry,
                question.rule,
                clauses=(use.norm,),
                bearer=role_words(inquiry.system, use.bearer),
                question=question.subject,
                ending=question.verdict,
                cases=(case,),
                expected=answer,
            )


def incident_of_use(view_of: Callable[[int, bool], StandingNorms], of: AskedUse) -> Incident:
    """That it is blocked or narrowed in some encounter."""
    view = view_of(of.bearer, of.advised)
    return Incident(view, (_unused if of.result is None else _unattained)(view, of))


def _unused(view: StandingNorms, of: AskedUse) -> BearerCase:
    """One can comply where it binds, but not so that it is made use of."""
    about, n = view.ground, view.ground.norm(of.norm)
    use = n.fulfilled if n.norm.modality is Modality.PERMISSION else negation(n.fulfilled)
    return BearerCase(
        about,
        (
            ("one can comply where it binds", kept(about, n.binds, *_ending(view, of))),
            ("not so that it is made use of", NotSo(kept(about, n.binds, use, *_near(view, of, n.binds, use)))),
            *_free_besides(view, of, n.binds, use),
        ),
    )


def _unattained(view: StandingNorms, of: AskedUse) -> BearerCase:
    """One can comply and use it, and it allows a value with which who complies cannot use it."""
    assert of.result is not None
    about, n, same = view.ground, view.ground.norm(of.norm), as_allowed(of.result)
    used = (n.binds, n.fulfilled)
    return BearerCase(
        about,
        (
            ("one can comply and use it", kept(about, *used, *_ending(view, of))),
            ("it allows a value that can be brought about", kept(about, *used, same)),
            ("not by who complies", NotSo(kept(about, *used, same, *_near(view, of, *used)))),
            *_free_besides(view, of, *used, same),
        ),
    )


def _free_besides(view: StandingNorms, of: AskedUse, *use: Formula) -> Iterator[tuple[str, Claim]]:
    """That the duties of other texts leave the use of a clause that is of one of them."""
    about = view.ground
    others = owed_besides(about, about.norm(of.norm), duties_of(about, of.advised))
    if others is not None:
        demands = (n.demand for n in ending(about, others))
        yield "it can be made use of beside other texts", kept(about, *use, *demands)


def _ending(view: StandingNorms, of: AskedUse) -> Iterator[Formula]:
    """What is complied with, but for duties whose acts call for one another without end."""
    return (n.demand for n in ending(view.ground, duties_of(view.ground, of.advised)))


def _near(view: StandingNorms, of: AskedUse, *use: Formula) -> Iterator[Formula]:
    """What is complied with, as far as it shares conduct with the use: all else is kept whatever is used."""
    about = view.ground
    duties = standing_against(about, about.norm(of.norm), duties_of(about, of.advised))
    return (n.demand for n in hanging_together(view.ground, *use) if n in duties)
