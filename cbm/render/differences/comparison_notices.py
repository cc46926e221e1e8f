"""How a draft stands to its models as what editors and code hosts show beside lines: those of the provisions."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Severity
from cbm.outcomes.model_comparison import ModelComparison, ModelProvision, ModelReport
from cbm.render.differences.comparison_outline import (
    addition_words,
    provision_head,
    stance_details,
    stance_line,
    verdict,
)
from cbm.render.notices.names import with_names
from cbm.render.notices.notice import Notice, NoticeLog
from cbm.render.remarks import named
from cbm.report import Ending, Question
from cbm.translation.saying import mark, say

_EXPLAINED = mark("`cbm compare --help` lists the kinds of stances.")


def notice_log(report: ModelReport) -> NoticeLog:
    """Each stance but what is kept, an error where it makes the command fail; what is kept passes."""
    told = [one for model in report.models for one in _of_model(report, model)]
    for added in report.added:
        words = say("no model has {provision}", provision=addition_words(added))
        told.append(Notice("added", Severity.NOTE, words, added.place, report.draft, clauses=(added.label,)))
    kept = (one for model in report.models for one in _kept(model))
    closing = tuple(verdict(report.draft, model) for model in report.models)
    return NoticeLog(with_names(told), closing, _EXPLAINED, questions=tuple(kept))


def _of_model(report: ModelReport, model: ModelComparison) -> Iterator[Notice]:
    for provision in model.provisions:
        yield from _of_provision(report, model, provision)
    for words in model.only_one:
        known = say("known to one of them only: {what}", what=words)
        yield Notice("declared", Severity.NOTE, known, None, f"{report.draft}: {model.model}")
    for words in model.not_compared:
        yield Notice("not-compared", Severity.WARNING, words, None, f"{report.draft}: {model.model}", undecided=True)


def _of_provision(report: ModelReport, model: ModelComparison, provision: ModelProvision) -> Iterator[Notice]:
    head = _head(model, provision)
    several = len({stance.bearer for stance in provision.stances}) > 1
    name = f"{report.draft}: {model.model}"
    for stance in provision.stances:
        if stance.kind != "kept":
            fails = stance.kind in report.failing and report.fails(provision)
            yield Notice(
                rule=stance.kind,
                severity=Severity.ERROR if fails else Severity.NOTE,
                message=named(head, stance_line(stance, elsewhere=False, roles=several)),
                place=provision.place,
                name=name,
                lines=stance_details(stance, None),
                clauses=(provision.label,),
                fails=fails,
            )
    for why in provision.undecided:
        words = named(head, say("undecided: {why}", why=why))
        place, clauses = provision.place, (provision.label,)
        yield Notice("undecided", Severity.WARNING, words, place, name, clauses=clauses, undecided=True)


def _kept(model: ModelComparison) -> Iterator[Question]:
    """The provisions of which nothing else is told, as questions that passed."""
    for provision in model.provisions:
        if provision.kind in ("kept", "nothing-to-compare"):
            yield Question(provision.kind, _head(model, provision), Ending.CLEAR)


def _head(model: ModelComparison, provision: ModelProvision) -> str:
    head = provision_head(provision.label, provision.title, provision.force)
    return say("{provision} of {model}", provision=head, model=model.model)
