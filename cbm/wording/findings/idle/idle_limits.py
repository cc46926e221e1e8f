"""Permissions whose limits have no effect: they stand in place of what bars more, and nothing else bars the rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cbm.comparison.idle_edges import counts_advice, meeting_at, saying
from cbm.comparison.meaning import breach
from cbm.core.clause_limits.permission_limits import is_owed, limit_of
from cbm.core.expressions import Expr, NormId, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Displacement, Guard, Modality, NormSystem
from cbm.core.variables import Origin
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding, live
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.search.open_questions import Undecided, some
from cbm.search.replay import episode
from cbm.source import Span
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name, content_label
from cbm.wording.reading_words import found_by_part
from cbm.wording.scenarios import example


def idle_limits(inquiry: Inquiry) -> Iterator[Finding]:
    """Permissions of the text that stand in place of a clause and free more of what it bars than they allow.

    So do those that allow another way or time for what a duty asks for: nothing of it is owed then.
    """
    negotiation, norms = Negotiation(inquiry.system), inquiry.system.norms
    for edge in inquiry.system.displacements:
        upper, lower = norms[edge.by], norms[edge.of]
        place = upper.content_span or upper.span
        limit = limit_of(upper, lower)
        if edge.by.document != inquiry.system.subject or place is None or limit is None:
            continue
        told = partial(_idle, edge=edge, limit=limit, place=place)
        yield from found_by_part(inquiry, negotiation, negotiation.boxes_of((upper, lower)), told, edge.by, edge.of)


def _freed(edge: Displacement, limit: Expr, about: Ground, upheld: Ground) -> Iterator[Sought]:
    """Conduct complies, does what the lower clause bars, and not as the upper one allows it."""
    meeting = meeting_at(edge, about)
    if meeting is None or meeting.upper is None:
        return
    allowed = about.grounder.guard(Guard(limit), meeting.upper.norm, about.bearer)
    given = (meeting.lifted, meeting.upper.binds, breach(meeting.back), negation(allowed))
    yield Sought(given, tuple(saying(meeting, upheld)))


def _idle(inquiry: Inquiry, edge: Displacement, limit: Expr, place: Span) -> Iterator[Finding]:
    """The finding, with an example; the question is recorded."""
    system, norms = inquiry.system, (edge.by, edge.of)
    advised = counts_advice(system.norms[edge.of])
    asked = mark("can what the one bars be done as the other does not allow it, with nothing that bars it")
    if is_owed(system.norms[edge.of]):
        asked = mark("can what the one asks for be left undone where the other allows another time, or way, of it")
    known: list[bool | Undecided] = []
    shown: Finding | None = None
    for about, upheld in zip(inquiry.grounds, inquiry.advised if advised else inquiry.strict, strict=True):
        for sought in _freed(edge, limit, about, upheld):
            answer = inquiry.can_keep(about, sought.duties, norms, asked, *sought.given, found="the finding")
            known.append(answer)
            if answer is True and shown is None:
                shown = _finding(inquiry, edge, place, about, sought)
    found = some(known)
    inquiry.record(
        RuleId.VACUITY,
        partial(_question, system, norms),
        found,
        of=Posed(partial(_freed, edge, limit), norms, advised=advised),
    )
    if shown is not None:
        yield shown


def _question(system: NormSystem, norms: tuple[NormId, NormId]) -> str:
    upper, lower = (clause_name(system, norm) for norm in norms)
    return say("does {upper} free more of what {lower} bars than it allows", upper=upper, lower=lower)


def _finding(inquiry: Inquiry, edge: Displacement, place: Span, about: Ground, sought: Sought) -> Finding:
    system = inquiry.system
    upper, lower = clause_name(system, edge.by), clause_name(system, edge.of)

    def confirmed(seen: CompleteEpisode) -> bool:
        broken = system.norms[edge.of]
        lifted = live(broken, about.bearer, seen, system) and not binding(edge.of, about.bearer, seen, system)
        return lifted and not fulfilled(broken, about.bearer, seen, system)

    seen = episode(about, (*sought.given, *(n.demand for n in sought.duties)), confirmed)
    message = mark("{upper} frees more than it allows: it stands in place of {lower}, and nothing else bars the rest")
    if system.norms[edge.by].modality is Modality.EXEMPTION:
        message = mark(
            "{upper} exempts from more than it names: it stands in place of {lower}, which then need not be done "
            "in any way"
        )
        way = say("write in {upper} with `must` what is owed instead, or after `need not` the act alone", upper=upper)
    elif is_owed(system.norms[edge.of]):
        message = mark(
            "{upper} asks for nothing: it stands in place of {lower}, which then need not be done in any way"
        )
        way = say("write `must` in {upper} if it is owed all the same, or `need not` if it is not", upper=upper)
    elif system.norms[edge.of].modality is not Modality.PROHIBITION:
        way = say("ask for the bound of {upper} in a clause of its own, with `must keep`", upper=upper)
    elif edge.of.document == system.subject:
        way = say("let {lower} bind, and say there with `unless` or `except` what is free", lower=lower)
    else:
        way = say("forbid the rest in a clause of its own")
    return Finding(
        RuleId.VACUITY,
        Severity.WARNING,
        say(message, upper=upper, lower=lower),
        Label(place),
        (content_label(system, system.norms[edge.of], mark("{clause} does not bind there")),),
        (str(edge.by), str(edge.of)),
        witness=example(system, seen, sought.given, Origin.DOING, Origin.RESULT),
        remedies=(way,),
    )
