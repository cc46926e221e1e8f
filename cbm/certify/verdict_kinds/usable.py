"""What clauses leave open, as questions: can who complies use it wherever one can comply, with every value of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from cbm.certify.claims import NotSo, anywhere
from cbm.certify.rows import BearerCase, Told, VerdictRow, ended, row_for
from cbm.certify.standing import StandingNorms, hanging_together, kept, standing_of
from cbm.certify.verdict_kinds.on_readings import read_by_parties, reading_first, terms_of
from cbm.compliance.attainable_ranges import as_allowed
from cbm.compliance.unavailable_options import AskedOnReadings, AskedUse, duties_of
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import Formula, negation
from cbm.core.norms import Modality
from cbm.finding import Ending, Outcome, RuleId
from cbm.ground.party_readings import tied
from cbm.inquiry import Inquiry
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words

ON_OTHER_READINGS = "of readings on which no duty blocks it already: the search alone asks about these"
_BLOCKED = "is there a situation in which it binds and one can comply, but not so that it is made use of"
_NARROWED = (
    "is there a situation in which who complies can use it, and not with a value that it allows and that can be "
    "brought about"
)


def usable(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each verdict the question that it comes to, and a row that rests on it where nothing was found."""
    asked = [(q, q.of) for q in outcome.questions if isinstance(q.of, AskedUse)]
    shut = {(of.norm, of.bearer) for q, of in asked if q.verdict is not Ending.CLEAR}
    view_of = cache(partial(standing_of, inquiry))
    for question, of in asked:
        if question.verdict is Ending.UNDECIDED:
            continue
        if question.verdict is Ending.CLEAR and of.advised and (of.norm, of.bearer) in shut:
            yield VerdictRow(question.rule, (), "", "", question.subject, Ending.CLEAR, why=ON_OTHER_READINGS)
            continue
        view = view_of(of.bearer, of.advised)
        told: Told = (RuleId.BLOCKED_PERMISSION, f"{question.subject}: {of.bearer}, {of.advised}")
        words, case = (_BLOCKED, _unused(view, of)) if of.result is None else (_NARROWED, _unattained(view, of))
        bearer = role_words(inquiry.system, of.bearer)
        row = row_for(
            inquiry, question.rule, (of.norm,), bearer, "", words, Ending.CLEAR, (case,), Verdict.UNSAT,
            view.meanings, carries=told,
        )  # fmt: skip
        yield from ended(question, told, [row], "")


def usable_on_readings(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """There is a reading on which it is so in no encounter; what is found and done on it is under quantifiers."""
    system = inquiry.system
    for question in outcome.questions:
        of = question.of
        if isinstance(of, AskedOnReadings) and question.verdict is not Ending.UNDECIDED:
            view = standing_of(inquiry, of.use.bearer, of.use.advised)
            shut = _unused(view, of.use) if of.use.result is None else _unattained(view, of.use)
            claims = (*view.ground.possible, *(claim for _, claim in shut.claims))
            terms = terms_of(view, claims)
            read = read_by_parties(system, terms)
            nowhere = NotSo(anywhere(view.meanings, *tied(system, terms), *claims, but=read))
            case = BearerCase(reading_first(view.ground, terms), (("it is so in no encounter", nowhere),))
            answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
            yield row_for(
                inquiry, question.rule, (of.use.norm,), role_words(system, of.use.bearer), "", question.subject,
                question.verdict, (case,), answer, view.meanings,
            )  # fmt: skip


def _unused(view: StandingNorms, of: AskedUse) -> BearerCase:
    """One can comply where it binds, but not so that it is made use of."""
    about, n = view.ground, view.ground.norm(of.norm)
    use = n.fulfilled if n.norm.modality is Modality.PERMISSION else negation(n.fulfilled)
    return BearerCase(
        about,
        (
            ("one can comply where it binds", kept(about, n.binds, *_ending(view, of))),
            ("not so that it is made use of", NotSo(kept(about, n.binds, use, *_near(view, of, n.binds, use)))),
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
        ),
    )


def _ending(view: StandingNorms, of: AskedUse) -> Iterator[Formula]:
    """What is complied with, but for duties whose acts call for one another without end."""
    return (n.demand for n in ending(view.ground, duties_of(view.ground, of.advised)))


def _near(view: StandingNorms, of: AskedUse, *use: Formula) -> Iterator[Formula]:
    """What is complied with, as far as it shares conduct with the use: all else is kept whatever is used."""
    duties = duties_of(view.ground, of.advised)
    return (n.demand for n in hanging_together(view.ground, *use) if n in duties)
