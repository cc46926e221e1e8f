"""Clauses that bind by how one party sees a place, and would not by how another one sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Expr, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem
from cbm.core.substitution import mentioned, substitute
from cbm.core.variables import Attribute, Variable
from cbm.core.viewpoints import seen
from cbm.coverage.governance import left_open_in
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import live
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.extent import Cube
from cbm.search.implicants import Point, implicant
from cbm.search.open_questions import Undecided, some
from cbm.search.replay import episode
from cbm.search.widening import condensed
from cbm.smt.solve import Solver, Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clause_names, content_label
from cbm.wording.condition_words import among_others, condition_words
from cbm.wording.phrases import member_words
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.DIVIDED_VIEW,
    Severity.WARNING,
    mark("whether a clause binds depends on whose view of a place counts"),
    mark("""\
Where `views differ on` something, each unit goes by the view of its own party: a strait that one State calls its
territorial sea can be the high seas to another one. A clause is asked under both views. It is told where it binds a
unit by the view of its own party and would not by the view of the other one, or the other way round: there each side
keeps the text as it reads it, and one expects what the other does not owe. The parties are named of which either can be
so. Clauses with the same condition on what is seen apart are told once.

Nothing is told where the text is silent on purpose (`reserve`) on what the clause is about, or of a clause that says
why it is so (`asymmetric because "…"`).
"""),
    failing="""\
vocabulary waters "Waters that two States see apart"
  uses encounters
situation encounter also
views differ on zone
draft code "A code"
  uses waters
  between CN, JP
clause 1 every unit when zone is not territorial_sea must not lase
""",
    passing="""\
vocabulary waters "Waters that two States see apart"
  uses encounters
situation encounter also
views differ on zone
draft code "A code"
  uses waters
  between CN, JP
clause 1 every unit when own.zone is not territorial_sea and other.zone is not territorial_sea must not lase
""",
)


class _Divided(Record):
    """A norm for a bearer with the view of another role: `here` it binds by its own, `there` by the other one alone."""

    about: Ground
    norm: GroundNorm
    other: int
    here: Formula
    there: Formula


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """In the order of the text, once for each condition."""
    alike: dict[object, list[Norm]] = {}
    for norm in inquiry.system.norms.values():
        if norm.id.document == inquiry.system.subject and norm.asymmetric is None and (key := _key(inquiry, norm)):
            alike.setdefault(key, []).append(norm)
    for norms in alike.values():
        yield from _found(inquiry, norms)


def _key(inquiry: Inquiry, norm: Norm) -> tuple[object, ...]:
    """What it says of what parties see apart; nothing if it says nothing of it."""
    said = [guard.condition for guard in norm.guards if _views_in(inquiry, guard.condition)]
    excepted = [guard.condition for guard in norm.exceptions if _views_in(inquiry, guard.condition)]
    return (norm.bearer, norm.rotates, tuple(said), tuple(excepted)) if said or excepted else ()


def _views_in(inquiry: Inquiry, condition: Expr) -> list[Variable]:
    return [variable for variable in mentioned(condition) if inquiry.system.situation.is_view(variable)]


def _found(inquiry: Inquiry, norms: list[Norm]) -> Iterator[Finding]:
    """One finding on those of the clauses of which it is so."""
    question = mark("does it bind by the view of one party, and not by that of another one")
    divided: list[_Divided] = []
    answers: list[bool | Undecided] = []
    for norm in norms:
        for one in (one for about in inquiry.grounds for one in _views(about, norm)):
            apart = disjunction(one.here, one.there)
            ends = {"found": "the finding", "none": "it binds as either sees it"}
            answer = inquiry.can(one.about, (norm.id,), question, apart, **ends)
            answers.append(answer)
            if answer is True:
                divided.append(one)
    names = partial(clause_names, inquiry.system, [norm.id for norm in norms])
    of = Posed(partial(_apart, norms), tuple(norm.id for norm in norms))
    inquiry.record(RULE.id, lambda: f"do {names()} bind by the view of one party alone", some(answers), of=of)
    if divided:
        yield _finding(inquiry, divided)


def _apart(norms: Sequence[Norm], about: Ground, _: Ground) -> Iterator[Sought]:
    """One of them binds by the one view, and not by the other."""
    for one in (one for norm in norms for one in _views(about, norm)):
        yield Sought((disjunction(one.here, one.there),), about=one.norm.norm.id)


def _views(about: Ground, norm: Norm) -> Iterator[_Divided]:
    """The norm for a bearer with the view of each other role in the place of its own."""
    n = about.find(norm.id)
    for other in range(len(about.system.situation.roles)) if n is not None else ():
        if n is not None and other != about.bearer:
            exchanged = substitute(n.live, _exchange(about.system, about.bearer, other))
            where = _not_on_purpose(about, norm)
            here = conjunction(n.live, negation(exchanged), where)
            yield _Divided(about, n, other, here, conjunction(exchanged, negation(n.live), where))


def _exchange(system: NormSystem, one: int, other: int) -> dict[Variable, Variable]:
    """Each of two roles sees as the other one does."""
    views = system.situation.views
    return {seen(view, a): seen(view, b) for view in views for a, b in ((one, other), (other, one))}


def _not_on_purpose(about: Ground, norm: Norm) -> Formula:
    """Where no reserve leaves open all that the norm is about."""
    system = about.system
    counting = [reserve for reserve in system.reserves if not reserve.has_ended(system.as_of)]
    silent = (r for r in counting if all(map(r.concerns, norm.topics)))
    return negation(disjunction(*(left_open_in(about, reserve) for reserve in silent)))


def _finding(inquiry: Inquiry, divided: list[_Divided]) -> Finding:
    system, first = inquiry.system, divided[0]
    apart = disjunction(first.here, first.there)
    shown = episode(first.about, (apart,), lambda one: _is_divided(inquiry, first, one))
    norms = list(dict.fromkeys(one.norm.norm.id for one in divided))
    views = _spoken_of(inquiry, first.norm.norm)
    names = [f"`{view.name}`" for view in views]
    cube = _conditions(first.about, apart, shown.values)
    labels = list(dict.fromkeys(content_label(system, system.norms[norm], "") for norm in norms))
    both = listed([f"`{role}.{views[0].name}`" for role in system.situation.roles])
    return Finding(
        RULE.id,
        RULE.severity,
        say_count(
            "whether {clauses} binds depends on whose view of {attributes} counts",
            "whether {clauses} bind depends on whose view of {attributes} counts",
            len(norms),
            clauses=clause_names(system, norms),
            attributes=listed(names),
        ),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        whenever=_whenever(inquiry, first, apart, cube),
        witness=example(system, shown, (*cube, apart)),
        notes=tuple(_whom(inquiry, divided)),
        remedies=(
            say("say that both have to see it so, of {attributes}", attributes=both),
            say("or name the waters themselves, whoever sees them how"),
            say('or say why it is to be so, with `asymmetric because "…"`'),
        ),
    )


def _whenever(inquiry: Inquiry, one: _Divided, apart: Formula, cube: Cube) -> str:
    """The conditions of the example, and whether it is so under others than these and these with both views exchanged.

    The latter is not asked of a text under negotiation.
    """
    words = condition_words(inquiry.system, cube)
    if Negotiation(inquiry.system).terms:
        return words
    question = mark("is it so under other conditions than those told")
    ends = {"found": "it is said that these are not all", "none": "these are all"}
    told = conjunction(*cube)
    exchanged = substitute(told, _exchange(inquiry.system, one.about.bearer, one.other))
    others = (apart, negation(told), negation(exchanged))
    more = inquiry.can(one.about, (one.norm.norm.id,), question, *others, **ends) is True
    return among_others(words) if more else words


def _spoken_of(inquiry: Inquiry, norm: Norm) -> list[Attribute]:
    """What parties see apart, as far as its conditions speak of it."""
    said = {seen(v, 0) for guard in (*norm.guards, *norm.exceptions) for v in _views_in(inquiry, guard.condition)}
    return [view for view in inquiry.system.situation.views if view in said]


def _is_divided(inquiry: Inquiry, one: _Divided, shown: CompleteEpisode) -> bool:
    exchange = _exchange(inquiry.system, one.about.bearer, one.other)
    other_way = replace(shown, values={v: shown.values[exchange.get(v, v)] for v in shown.values})
    norm, bearer = one.norm.norm, one.about.bearer
    return live(norm, bearer, shown, inquiry.system) != live(norm, bearer, other_way, inquiry.system)


def _conditions(about: Ground, apart: Formula, point: Point) -> Cube:
    """Conditions of the example that suffice."""
    world, told = world_of(about), implicant(apart, point)
    solver = Solver(world.roles, world.possible)
    cube = condensed(solver, world.declared, told, negation(apart))
    return tuple(told) if isinstance(cube, Unknown) else cube


def _whom(inquiry: Inquiry, divided: list[_Divided]) -> Iterator[str]:
    """The parties that are bound by their own view alone, and those that are by the view of others alone."""
    system = inquiry.system
    party = system.situation.party
    assert party is not None, "views are those of parties"
    own = mark("bound by its own view alone: {parties}")
    for message, side in ((own, True), (mark("bound by the view of the other side alone: {parties}"), False)):
        bound = [
            member_words(system, name)
            for name in system.situation.parties
            if any(_is_so(inquiry, one, one.here if side else one.there, name) for one in divided)
        ]
        if bound:
            yield say(message, parties=listed(bound))


def _is_so(inquiry: Inquiry, one: _Divided, where: Formula, party: str) -> bool:
    attribute = inquiry.system.situation.party
    assert attribute is not None
    of_party = IsIn(seen(attribute, one.about.bearer), (party,))

    def question() -> str:
        return say("is it so of {party}", party=member_words(inquiry.system, party))

    ends = {"found": "it is named in the note", "none": "it is not named"}
    return inquiry.can(one.about, (one.norm.norm.id,), question, where, of_party, **ends) is True
