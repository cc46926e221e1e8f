"""What binds whom to one JSON object for programs, shaped as `schema-ask-1.json` says."""

from __future__ import annotations

from cbm.outcomes.answers import (
    Answer,
    AnswerExtent,
    AnswerPeriod,
    BearerAnswer,
    ClauseAnswer,
    ConductAnswer,
    MarkAnswer,
)
from cbm.render.answers import answer_document as document
from cbm.render.json import location_of, witness_of
from cbm.render.json_page import described_page


def render(answer: Answer) -> str:
    """The object, indented, with a line break at its end."""
    fact = answer.next_fact
    whole = document.AnswerDocument(
        version=document.VERSION,
        exit_code=answer.exit.value,
        text=answer.text,
        title=answer.title,
        beside=answer.beside,
        as_of=answer.as_of,
        given=answer.given,
        assumed=answer.assumed,
        periods=tuple(map(_period, answer.periods)),
        next_fact=None
        if fact is None
        else document.NextFactObject(
            words=fact.words,
            options=tuple(
                document.FactOptionObject(words=o.words, condition=o.condition, take=o.take) for o in fact.options
            ),
            settles=fact.settles,
        ),
        left_open=answer.left_open,
        taken=answer.taken,
    )
    return described_page(whole, "ask", document.VERSION)


def _period(period: AnswerPeriod) -> document.PeriodObject:
    return document.PeriodObject(
        first=period.first,
        last=period.last,
        bearers=tuple(map(_bearer, period.bearers)),
        deadlocks=tuple(
            document.AnsweredDeadlockObject(
                duties=tuple(document.UnitDutyObject(clause=d.clause, unit=d.unit) for d in one.duties),
                where=extent_object(one.where),
                advice=one.advice,
                settled_by=one.settled_by,
                notes=one.notes,
            )
            for one in period.deadlocks
        ),
        undecided=period.undecided,
    )


def _bearer(bearer: BearerAnswer) -> document.BearerObject:
    return document.BearerObject(
        role=bearer.role,
        words=bearer.words,
        party=bearer.party,
        clauses=tuple(map(_clause, bearer.clauses)),
        conduct=tuple(map(_conduct, bearer.conduct)),
        clashes=tuple(
            document.ClashingClausesObject(
                clauses=c.clauses, where=extent_object(c.where), breach=c.breach, advice=c.advice
            )
            for c in bearer.clashes
        ),
        unspoken=bearer.unspoken,
        never=tuple(document.IdleClausesObject(text=n.text, clauses=n.clauses) for n in bearer.never),
        done=bearer.done,
        same_for=bearer.same_for,
        example=None if bearer.example is None else witness_of(bearer.example),
        undecided=bearer.undecided,
    )


def _clause(clause: ClauseAnswer) -> document.BindingClauseObject:
    return document.BindingClauseObject(
        clause=clause.clause,
        text=clause.text,
        title=clause.title,
        demand=clause.demand,
        standing=clause.standing,  # type: ignore[arg-type]  # the values of the marks, which the schema lists
        where=extent_object(clause.where),
        location=location_of(clause.place),
        by=clause.by,
        conduct=clause.swayed.brings_in,
        conduct_against=clause.swayed.keeps_out,
        conduct_either=clause.swayed.either,
        sources=tuple(document.SourceObject(text=s.text, mark=s.mark) for s in clause.sources),
        otherwise=clause.otherwise,
        notes=clause.notes,
        substitutes=tuple(
            document.SubstituteObject(clause=s.clause, conduct=s.conduct, where=extent_object(s.where))
            for s in clause.substitutes
        ),
    )


def _conduct(conduct: ConductAnswer) -> document.ConductObject:
    return document.ConductObject(
        name=conduct.name,
        title=conduct.title,
        is_act=conduct.is_act,
        marks=tuple(map(_mark, conduct.marks)),
    )


def _mark(mark: MarkAnswer) -> document.MarkObject:
    return document.MarkObject(
        mark=mark.mark,  # type: ignore[arg-type]  # the values of the marks, which the schema lists
        words=mark.words,
        deed=mark.deed,
        where=extent_object(mark.where),
        by=tuple(document.ResponsibleClauseObject(clause=c.clause, how=c.how) for c in mark.by),
        beside=mark.beside,
    )


def extent_object(where: AnswerExtent) -> document.ExtentObject:
    """Where something is so, as programs read it."""
    return document.ExtentObject(
        always=where.always,
        conditions=where.cubes,
        words=where.words,
        complete=where.complete,
        undecided=where.undecided,
    )
