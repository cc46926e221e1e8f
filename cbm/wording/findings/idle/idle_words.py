"""Words beside clauses that change nothing: edges, precedence, reserves, open terms and their readings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import combinations, product
from typing import assert_never

from cbm.comparison.idle_edges import (
    AskedEdge,
    AskedPrecedence,
    EdgeOutcome,
    Effect,
    acts_in_a_clash,
    counts_advice,
    is_idle,
    meeting_at,
    outcome_of,
    saying,
)
from cbm.comparison.meaning import breach
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY
from cbm.conflicts.precedence import joining, settling
from cbm.core.expressions import Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.linear import compare
from cbm.core.meanings import Meaning
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Displacement, NormSystem, OpenTerm, Precedence, Reserve, by_clause
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.substitution import parts_of, variables
from cbm.core.written import stated_by
from cbm.coverage.governance import left_open_in
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_questions import opposite
from cbm.smt.solve import Unknown
from cbm.source import Span
from cbm.syntax.ast import Relation
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, mark, say, say_count
from cbm.wording.choice_words import term_words
from cbm.wording.clause_names import clause_name, content_label, names_of, reference, written_reference
from cbm.wording.findings.exclusion_words import because, with_reasons
from cbm.wording.phrases import read_as
from cbm.wording.reading_words import found_by_part, told_on

_SEVERITY = Severity.WARNING


def idle_edges(inquiry: Inquiry) -> Iterator[Finding]:
    """Clauses of the text that stand `in place of` another one without effect."""
    negotiation = Negotiation(inquiry.system)
    for edge in inquiry.system.displacements:
        if edge.by.document == inquiry.system.subject and edge.span is not None:
            ends = negotiation.boxes_of(inquiry.system.norms[norm] for norm in (edge.by, edge.of))
            told = partial(_idle_displacement, edge=edge, span=edge.span)
            yield from found_by_part(inquiry, negotiation, ends, told, edge.by, edge.of)


def _idle_displacement(inquiry: Inquiry, edge: Displacement, span: Span) -> Iterator[Finding]:
    """What is told of words that give precedence, by what they change; the question is recorded."""
    norms, outcome = (edge.by, edge.of), outcome_of(inquiry, edge)

    def question() -> str:
        upper, lower = (clause_name(inquiry.system, norm) for norm in norms)
        return say("does it matter that {upper} stands in place of {lower}", upper=upper, lower=lower)

    if isinstance(outcome, Unknown):
        inquiry.record(RuleId.VACUITY, question, inquiry.leave_open(question, outcome, *norms))
        return
    inquiry.record(
        RuleId.VACUITY, question, outcome.effect is not Effect.ACTS, of=_asked_of(inquiry.system, edge, outcome)
    )
    match outcome.effect:
        case Effect.NONE:
            yield _never_meeting(inquiry, edge, span)
        case Effect.UNDONE:
            yield _undone(inquiry.system, edge, span, outcome.still)
        case Effect.IDLE:
            upper, lower = (clause_name(inquiry.system, norm) for norm in norms)
            message = say(
                "{upper} asks for at least as much as {lower}, in whose place it stands: harmless words",
                upper=upper,
                lower=lower,
            )
            yield replace(_idle_edge(span, norms, message), severity=Severity.NOTE)
        case Effect.SHARED:
            yield _shared(inquiry.system, edge, span, outcome.still)
        case Effect.ACTS:
            return
        case _:
            assert_never(outcome.effect)


def _asked_of(system: NormSystem, edge: Displacement, outcome: EdgeOutcome) -> Posed | AskedEdge:
    """What it comes to: that it lifts something, that the two never meet, or that the text means something else."""
    norms = (edge.by, edge.of)
    if outcome.effect is Effect.NONE:
        return Posed(partial(_meeting_at, edge), norms, clears=True)
    if not outcome.eases:
        return AskedEdge(edge)
    return Posed(partial(_eased_by, edge), norms, advised=counts_advice(system.norms[edge.of]), clears=True)


def _meeting_at(edge: Displacement, about: Ground, _: Ground) -> Iterator[Sought]:
    meeting = meeting_at(edge, about)
    if meeting is not None:
        yield Sought((meeting.lifted,))


def _eased_by(edge: Displacement, about: Ground, upheld: Ground) -> Iterator[Sought]:
    """Conduct complies, and would breach the lower clause if the upper one did not stand in its place."""
    meeting = meeting_at(edge, about)
    if meeting is not None and meeting.lower.norm.demands:
        duties = saying(meeting, upheld)
        yield Sought((meeting.lifted, breach(meeting.back)), tuple(duties))


def _never_meeting(inquiry: Inquiry, edge: Displacement, span: Span) -> Finding:
    """That the two never bind together, and why; or that between allies nothing is lifted."""
    system, norms = inquiry.system, (edge.by, edge.of)
    upper, lower = (clause_name(system, norm) for norm in norms)
    take_out = say("take `in place of` out, or widen one of the conditions")
    if not system.texts[edge.by.document].is_owed_to_all and edge.by.document != edge.of.document:
        owed = mark(
            "{upper} never stands in place of {lower}: what {text} asks for is owed to its parties alone, and "
            "lifts nothing owed to others"
        )
        message = say(owed, upper=upper, lower=lower, text=edge.by.document)
        return with_reasons(_idle_edge(span, norms, message, take_out), [])
    message = say("{upper} never stands in place of {lower}: they never meet", upper=upper, lower=lower)
    meeting = ((g, g.find(edge.of)) for g in inquiry.grounds)
    reasons = [b for g, n in meeting if n is not None for b in because(inquiry.here(g), (lifting(g, edge), n.live))]
    return with_reasons(_idle_edge(span, norms, message, take_out), reasons)


def _shared(system: NormSystem, edge: Displacement, span: Span, beside: Sequence[NormId]) -> Finding:
    """That others lift the lower clause wherever this one does: one of them may go, and not all."""
    upper, lower = (clause_name(system, norm) for norm in (edge.by, edge.of))
    message = say_count(
        "{upper} stands in place of {lower} only where {clauses} does so as well: harmless words",
        "{upper} stands in place of {lower} only where {clauses} do so as well: harmless words",
        len(beside),
        upper=upper,
        lower=lower,
        clauses=listed(names_of(system, beside)),
    )
    finding = _idle_edge(span, tuple(dict.fromkeys((edge.by, edge.of, *beside))), message)
    return replace(finding, severity=Severity.NOTE)


def _undone(system: NormSystem, edge: Displacement, span: Span, still: Sequence[NormId]) -> Finding:
    """That other clauses ask for what was to be lifted, so that nothing is."""
    upper, lower = (clause_name(system, norm) for norm in (edge.by, edge.of))
    message = say_count(
        "{upper} stands in place of {lower} without effect: {clauses} says the same there",
        "{upper} stands in place of {lower} without effect: {clauses} say the same there",
        len(still),
        upper=upper,
        lower=lower,
        clauses=listed(names_of(system, still)),
    )
    others = ", ".join(dict.fromkeys(written_reference(system, n) for n in still if n.clause != edge.by.clause))
    clauses = f"{edge.of.label}, {others}"
    lift = [say("write `in place of {clauses}` if that is not to hold there", clauses=clauses)] if others else []
    take_out = say("or take `in place of` out") if lift else say("take `in place of` out")
    finding = _idle_edge(span, tuple(dict.fromkeys((edge.by, edge.of, *still))), message, *lift, take_out)
    labels = (content_label(system, system.norms[norm], mark("{clause} still says it")) for norm in still)
    return replace(finding, related=tuple(labels))


def idle_precedences(inquiry: Inquiry) -> Iterator[Finding]:
    """What a clause says of its precedence, where it never has to; a duty may provide for whatever a text will say."""
    system, negotiation = inquiry.system, Negotiation(inquiry.system)
    place = {norm: number for number, norm in enumerate(system.norms)}
    for edge in system.precedences:
        if edge.by is None or edge.by.document != system.subject or edge.span is None:
            continue
        above = any(norm.clause == edge.by for norm in edge.prevailing)
        own, others = (edge.prevailing, edge.yielding) if above else (edge.yielding, edge.prevailing)
        free = not any(system.norms[norm].demands for norm in own)
        if edge.sweeping and not free:
            continue
        norms = (*sorted(own, key=place.__getitem__), *sorted(others, key=place.__getitem__))
        pairs = product(own, others) if negotiation.terms else ()
        ends = [box for pair in pairs for box in negotiation.boxes_of(system.norms[norm] for norm in pair)]
        told = partial(_idle_precedence, edge=edge, span=edge.span, norms=norms, above=above, free=free)
        yield from found_by_part(inquiry, negotiation, ends, told, *norms)


def _idle_precedence(
    inquiry: Inquiry, edge: Precedence, span: Span, norms: tuple[NormId, ...], above: bool, free: bool
) -> Iterator[Finding]:
    system = inquiry.system
    assert edge.by is not None, "a clause says so"
    beside = edge.yielding if above else edge.prevailing
    name, other = reference(system, edge.by), _named(system, beside, span)
    only_free = not (free or any(system.norms[norm].demands for norm in beside))
    question = partial(_never_prevails if above else _never_yields, system, edge.by, other)
    idle = is_idle(inquiry, edge)
    of = AskedPrecedence(edge, idle is False and acts_in_a_clash(inquiry, edge), inquiry.packages)
    if not _all_true(inquiry, norms, question, [idle], of):
        return
    if free:
        why = say("it is no duty, and conflicts with none")
    else:
        why = (
            say("{others} is no duty, and conflicts with none", others=other) if only_free else _why_idle(inquiry, edge)
        )
    if above:
        message = say("{clause} prevails over {others} in no encounter: {why}", clause=name, others=other, why=why)
    else:
        message = say("{clause} yields to {others} in no encounter: {why}", clause=name, others=other, why=why)
    instead = say("write `in place of {others}` if that is not to bind where {clause} does", others=other, clause=name)
    if free and above:
        remedies: tuple[str, ...] = (instead, say("or take it out"))
    elif only_free and _of_same_conduct(inquiry, edge) and not (above and _is_of_this_text(system, beside)):
        freed = mark("write `in place of {others}` if nobody is to use it where {clause} binds")
        kept = mark("say in {clause} with `unless` or `except` what {others} leaves open if that is to stay open")
        remedies = (say(freed if above else kept, others=other, clause=name), say("or take it out"))
    elif only_free:
        remedies = (say("take it out"),)
    else:
        remedies = (say("take it out, or correct a condition"),)
    yield _idle_edge(span, norms, message, *remedies)


def _named(system: NormSystem, norms: Collection[NormId], span: Span) -> str:
    """One clause by its full label, since in its article it may be called as another one; all else as it is written."""
    named = {written_reference(system, clause) for clause in by_clause(norms)}
    return named.pop() if len(named) == 1 and span.text not in system.texts else span.text


def _is_of_this_text(system: NormSystem, norms: Collection[NormId]) -> bool:
    """Whether they are all of the text under check, which can as well not say what nobody is to use."""
    return all(norm.document == system.subject for norm in norms)


def _of_same_conduct(inquiry: Inquiry, edge: Precedence) -> bool:
    """Whether clauses on both sides say something of the same conduct of one unit."""
    for about in inquiry.grounds:
        above, below = (
            {v for n in about.norms if n.norm.id in side for v in variables(n.fulfilled)}
            for side in (edge.prevailing, edge.yielding)
        )
        if not above.isdisjoint(below):
            return True
    return False


def _never_prevails(system: NormSystem, clause: NormId, others: str) -> str:
    return say("does {clause} never prevail over {others}", clause=reference(system, clause), others=others)


def _never_yields(system: NormSystem, clause: NormId, others: str) -> str:
    return say("does {clause} never yield to {others}", clause=reference(system, clause), others=others)


def _why_idle(inquiry: Inquiry, edge: Precedence) -> str:
    concerned = inquiry.clashes_with(min(edge.yielding, edge.prevailing, key=len))
    joined = [clash for clash in concerned if edge in joining(inquiry.system, clash.norms)]
    clashes = [clash for clash in joined if inquiry.stand(clash.norms)]
    if any(edge in inquiry.settled_by(clash.norms) for clash in clashes):
        return say("where they are in conflict, what prevails yields itself")
    if any(edge in settling(inquiry.system, clash.norms) for clash in clashes):
        return say("what it asks for is owed to its parties alone, and lifts nothing owed to others")
    if clashes:
        return say("where they are in conflict, only advice stands against a duty, which yields to none")
    return say("they are never in conflict")


def _all_true(
    inquiry: Inquiry,
    norms: tuple[NormId, ...],
    question: Sayable,
    answers: list[bool | Unknown],
    of: AskedPrecedence,
) -> bool:
    """Whether every answer is yes; noted as undecided where none is no and some are unknown."""
    unknown = next((a for a in answers if isinstance(a, Unknown)), None) if False not in answers else None
    found = False not in answers if unknown is None else inquiry.leave_open(question, unknown, *norms)
    inquiry.record(RuleId.VACUITY, question, found, of=of)
    return found is True


def _idle_edge(span: Span, norms: tuple[NormId, ...], message: str, *remedies: str) -> Finding:
    return Finding(RuleId.VACUITY, _SEVERITY, message, Label(span), clauses=tuple(map(str, norms)), remedies=remedies)


def idle_reserves(inquiry: Inquiry) -> Iterator[Finding]:
    """Reserves that no encounter meets."""
    negotiation = Negotiation(inquiry.system)
    for reserve in inquiry.system.reserves:
        known = parts_of(reserve.condition)
        parts = (part for part in known if part.variables and negotiation.speaks_of_choices(part))
        stands = negotiation.boxes(conjunction(*parts))
        yield from found_by_part(inquiry, negotiation, stands, partial(_idle_reserve, reserve=reserve))


def _idle_reserve(inquiry: Inquiry, reserve: Reserve) -> Iterator[Finding]:
    about = inquiry.grounds[0]
    where = left_open_in(about, reserve)
    question = partial(_speaks, reserve.label)
    speaks = inquiry.can(about, (), question, where, found="it does", none="it does not: the finding")
    of = Posed(partial(_left_open_at, reserve), bearer=about.bearer, clears=True)
    inquiry.record(RuleId.VACUITY, question, opposite(speaks), of=of)
    if speaks is False and reserve.span is not None:
        message = say("reserve {label} leaves nothing open: no encounter meets its condition", label=reserve.label)
        remedy = say("correct its condition, or take it out")
        finding = Finding(RuleId.VACUITY, _SEVERITY, message, Label(reserve.span), remedies=(remedy,))
        yield with_reasons(finding, because(inquiry.here(about), (where,)))


def _left_open_at(reserve: Reserve, about: Ground, _: Ground) -> Iterator[Sought]:
    yield Sought((left_open_in(about, reserve),))


def _speaks(label: str) -> str:
    return say("does reserve {label} speak of any encounter", label=label)


def idle_scopes(inquiry: Inquiry) -> Iterator[Finding]:
    """Conditions of articles, and of the text, that no clause follows."""
    negotiation = Negotiation(inquiry.system)
    for scope in inquiry.system.texts[inquiry.system.subject].idle_scopes:
        inquiry.record(RuleId.VACUITY, partial(_limits, scope.label), found=True, of_words=True)
        message = (
            say("clause {label} limits nothing: no clause follows it in its article", label=scope.label)
            if scope.article
            else say("clause {label} limits nothing: no clause follows it in the text", label=scope.label)
        )
        remedies = (
            say("say it at the beginning of each article that it is for"),
            say("or in the clauses themselves, with `when`"),
        )
        finding = Finding(RuleId.VACUITY, _SEVERITY, message, Label(scope.span), remedies=remedies)
        yield told_on(negotiation, finding, negotiation.boxes(scope.stands))


def _limits(label: str) -> str:
    return say("does clause {label} limit any clause", label=label)


def unused_terms(inquiry: Inquiry) -> Iterator[Finding]:
    """Open terms of the text that nothing in it reads, on all packages or on some."""
    system, negotiation = inquiry.system, Negotiation(inquiry.system)
    for term in system.open_terms:
        if term.document != system.subject or term.span is None or term.choice is not None:
            continue
        question = partial(_is_used, term.name)
        try:
            unused = _not_reading(negotiation, term)
        except TooManyBoxes:
            inquiry.leave_open(question, TOO_MANY)
            continue
        inquiry.record(RuleId.VACUITY, question, bool(unused), of_words=True)
        if unused:
            on_all = negotiation.space.is_everything(unused)
            yield told_on(negotiation, _unused(term, term.span, on_all=on_all), unused)


def _is_used(term: str) -> str:
    return say("is the open term `{term}` used", term=term)


def _not_reading(negotiation: Negotiation, term: OpenTerm) -> Sequence[Box]:
    """The packages in which nothing reads the term; an empty figure stands in no others than those that read it."""
    space, reading = negotiation.space, list[Box]()
    for norm, expression in stated_by(negotiation.system):
        found = negotiation.speaking_of(expression, term.variable)
        stands = negotiation.boxes_of((norm,)) if norm is not None and found else ALL_PACKAGES
        reading += space.in_all((found, stands))
    if {} in reading or (term.figure and reading):
        return ()
    return space.told(space.minus(ALL_PACKAGES, (*reading, *space.excluded)))


def _unused(term: OpenTerm, span: Span, *, on_all: bool) -> Finding:
    message = say(
        "the open term `{term}` is used nowhere in the text, so nothing depends on its reading", term=term.name
    )
    remedy = (
        say("use it in a clause, or take it out")
        if on_all
        else say("use it in a clause that stands there too, or take it out once such a package is agreed")
    )
    return Finding(RuleId.VACUITY, _SEVERITY, message, Label(span), remedies=(remedy,))


def readings_alike(inquiry: Inquiry) -> Iterator[Finding]:
    """Two readings of an open term that mean one thing: which of them is taken changes nothing."""
    about, system = inquiry.grounds[0], inquiry.system
    for term in system.open_terms:
        for (one, first), (other, second) in combinations(term.meanings, 2):
            if term.document != system.subject or term.span is None:
                continue
            question = partial(_differ, system, term, one, other)
            pair = _differing(first, second)
            differing = about.grounder.formula(pair)
            differ = inquiry.can(about, (), question, differing, found="they do", none="they do not: the finding")
            of = Posed(partial(_so, pair), bearer=about.bearer, clears=True)
            inquiry.record(RuleId.VACUITY, question, opposite(differ), of=of)
            if differ is False:
                message = say(
                    "two readings of `{term}` mean the same: `{first}` and `{second}`",
                    term=term_words(system, term),
                    first=read_as(system, term.variable, (one,)),
                    second=read_as(system, term.variable, (other,)),
                )
                remedy = say("correct one of them, or take it out")
                yield Finding(RuleId.VACUITY, _SEVERITY, message, Label(term.span), remedies=(remedy,))


def _so(condition: Expr, about: Ground, _: Ground) -> Iterator[Sought]:
    yield Sought((about.grounder.formula(condition),))


def _differ(system: NormSystem, term: OpenTerm, one: str, other: str) -> str:
    return say(
        "do the readings `{first}` and `{second}` of `{term}` ever differ",
        first=read_as(system, term.variable, (one,)),
        second=read_as(system, term.variable, (other,)),
        term=term_words(system, term),
    )


def _differing(one: Meaning, other: Meaning) -> Expr:
    """That the one holds and not the other, or that the quantities are not the same."""
    if one.condition is not None and other.condition is not None:
        there = conjunction(one.condition, negation(other.condition))
        return disjunction(there, conjunction(other.condition, negation(one.condition)))
    return disjunction(
        *(
            conjunction(when, then, compare(a.sum, Relation.UNEQUAL, b.sum))
            for when, a in one.rows
            for then, b in other.rows
        )
    )


def lifting(about: Ground, edge: Displacement) -> Formula:
    """That the displacing clause lifts the other one from the bearer."""
    roles = range(len(about.system.situation.roles)) if edge.both else (about.bearer,)
    return disjunction(*(about.grounder.displaces(edge, role, about.bearer) for role in roles))
