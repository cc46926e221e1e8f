"""Ways out where a clause and another text disagree: which of them is to prevail, and what that leaves of either."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cbm.conflicts.precedence import lifts
from cbm.core.clause_limits.permission_limits import is_owed, limit_of
from cbm.core.expressions import NormId, negation
from cbm.core.norms import Guard, Norm, NormSystem, Strength
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.search.extent import Extent
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import reference, written_reference
from cbm.wording.findings.between_units import clashes_between_units, is_settled_by
from cbm.wording.findings.clauses_gone import TakenOut, Way
from cbm.wording.findings.stays_open.third_parties import third_party_names


def may_yield(inquiry: Inquiry, about: Ground, extent: Extent, own: NormId, foreign: NormId) -> bool:
    """Whether the one can yield to the other wherever they clash: what is owed to allies alone lifts nothing."""
    lifted = lifts(inquiry.system, about.bearer, foreign, own)
    question = mark("do they clash where what the other text asks for is owed to others")
    ends = {"found": "to yield to it settles nothing there", "none": "to yield to it is offered as a way out"}
    return inquiry.can(about, (own, foreign), question, extent.formula, negation(lifted), **ends) is False


def is_left_yielding(inquiry: Inquiry, own: NormId, foreign: NormId) -> bool:
    """Whether anything is left of the one if it yields to the other: does it bind where they do not clash?"""
    question = mark("is anything left of a clause if it yields to the one of another text")
    ends = {"found": "to yield to it is offered as a way out", "none": "nothing would be left of it"}
    pair = (own, foreign)
    for about in inquiry.strict:
        if (n := about.find(own)) is not None:
            clashes = [c for c in inquiry.clashes if c.bearer == about.bearer and set(c.norms) == set(pair)]
            elsewhere = (n.binds, *(negation(clash.extent.formula) for clash in clashes))
            if inquiry.can(about, pair, question, *elsewhere, **ends) is not False:
                return True
    return False


def ranking(
    inquiry: Inquiry,
    own: NormId,
    foreign: NormId,
    may_yield: bool = True,
    *,
    clashing: bool = True,
    further: bool = False,
    leaves: bool = True,
) -> Iterator[Way]:
    """How a clause may yield to a clause of another text, or prevail over it.

    `clashing`: they cannot both be kept; `further`: other ways out were told before; `leaves`: something is left of
    the clause if it yields.
    """
    system = inquiry.system
    name, clause = written_reference(system, foreign), reference(system, own)
    remains = _binds_without(inquiry, own, foreign)
    if not clashing and not remains:
        yield _taken_out(system, own, name, clause, further)
        yield standing_instead(inquiry, own, foreign, further=True)
        return
    if may_yield:
        advised = clashing and _meets_advice(system, own, foreign)  # to which no duty yields
        yield _yielding(system, own, foreign, leaves, advised, further)
    norm, situation = system.norms[own], system.situation
    one_name = situation.interchangeable or not norm.rotates  # of who is bound
    excepted = one_name and remains
    bound = _whom_it_binds(inquiry, own, foreign) if excepted and clashing else [norm.bearer]
    if excepted:
        yield say(
            mark("or except its case: `unless {condition}` in {own}")
            if may_yield
            else mark("except its case: `unless {condition}` in {own}"),
            condition=" or ".join(f"{situation.roles[role]} is bound by ({name})" for role in bound),
            own=clause,
        )
    if clashing:
        yield _prevailing(name, clause, third_party_names(system, foreign.document), may_yield or excepted)
    else:
        yield standing_instead(inquiry, own, foreign, may_yield or excepted)


def _yielding(system: NormSystem, own: NormId, foreign: NormId, leaves: bool, advised: bool, further: bool) -> Way:
    """How the draft yields to the other text; `advised`: the one is a duty, and the other one advice."""
    clause = reference(system, own)
    if not leaves:
        taken = mark("take {own} out if the draft is to yield to it: nothing would be left of it")
        return TakenOut(say(taken, own=clause), (own,))
    if advised:
        words = mark("write `should` in {own}, and `subject to {text}` in the header, if its advice is to prevail")
        return say(words, own=clause, text=foreign.document)
    return say(
        mark("or write `subject to {text}` in the header if the draft is to yield to it throughout")
        if further
        else mark("write `subject to {text}` in the header if the draft is to yield to it throughout"),
        text=foreign.document,
    )


def _whom_it_binds(inquiry: Inquiry, own: NormId, foreign: NormId) -> list[int]:
    """The roles of which one of another text is not to bind any, so that an exception settles all that is found."""
    system, between = inquiry.system, clashes_between_units(inquiry, (own, foreign))
    bearer = system.norms[own].bearer
    grounds = ((about, about.find(own), about.find(foreign)) for about in (inquiry.strict if between else ()))
    pairs = ((about, n, other) for about, n, other in grounds if n is not None and other is not None)
    if all(is_settled_by(inquiry, about, n, other.binds, between) for about, n, other in pairs):
        return [bearer]
    return [bearer, *(role for role in range(len(system.situation.roles)) if role != bearer)]


def _meets_advice(system: NormSystem, own: NormId, foreign: NormId) -> bool:
    return system.norms[own].strength is not Strength.SHOULD and system.norms[foreign].strength is Strength.SHOULD


def _taken_out(system: NormSystem, own: NormId, foreign: str, clause: str, further: bool) -> TakenOut:
    """That a clause goes which binds nowhere else: where it yields, nothing is left of it."""
    asks_for_less = system.norms[own].demands
    if further:
        way = mark("or take {own} out: {clause} binds wherever it does")
        less = mark("or take {own} out: {clause} binds wherever it does, and asks for more")
    else:
        way = mark("take {own} out: {clause} binds wherever it does")
        less = mark("take {own} out: {clause} binds wherever it does, and asks for more")
    return TakenOut(say(less if asks_for_less else way, own=clause, clause=foreign), (own,))


def frees_more(inquiry: Inquiry, about: Ground, permission: GroundNorm, barring: GroundNorm) -> bool:
    """Whether a permission, where it stands in place of a clause, frees more of what that bars than it allows."""
    limit = limit_of(permission.norm, barring.norm)
    if limit is None:
        return False
    norms = (permission.norm.id, barring.norm.id)
    question = mark("does the one clause bar more than the other allows")
    ends = {"found": "the rest is to be barred as well", "none": "the one allows all that the other bars"}
    allowed = about.grounder.guard(Guard(limit), permission.norm, about.bearer)
    beyond = (permission.binds, barring.binds, negation(barring.fulfilled), negation(allowed))
    return inquiry.can(about, norms, question, *beyond, **ends) is not False


def with_the_rest(way: str, beyond: Collection[Norm]) -> str:
    """The way out, and what it takes besides where of these more is freed than is allowed."""
    if any(map(is_owed, beyond)):
        return say("{way}; and ask with `must`, in a clause of its own, for what is owed all the same", way=way)
    return say("{way}; and bar in a clause of its own what it does not allow", way=way) if beyond else way


def standing_instead(inquiry: Inquiry, own: NormId, foreign: NormId, further: bool = False) -> str:
    """How a clause lifts one of another text with which it can be kept; `further`: other ways out were told before.

    A permission bars nothing: what it does not allow of what it lifts is to be barred by itself.
    """
    system = inquiry.system
    grounds = ((about, about.find(own), about.find(foreign)) for about in inquiry.strict)
    pairs = ((about, n, other) for about, n, other in grounds if n is not None and other is not None)
    beyond = [system.norms[foreign]] if any(frees_more(inquiry, *pair) for pair in pairs) else []
    others = third_party_names(system, foreign.document)
    if others:
        way = (
            mark("or have {others}, to whom it is owed too, agree, and let {own} stand `in place of {clause}`")
            if further
            else mark("have {others}, to whom it is owed too, agree, and let {own} stand `in place of {clause}`")
        )
    else:
        way = (
            mark("or let {own} stand `in place of {clause}`, if that is not to bind where it does")
            if further
            else mark("let {own} stand `in place of {clause}`, if that is not to bind where it does")
        )
    told = say(way, others=others, own=reference(system, own), clause=written_reference(system, foreign))
    return with_the_rest(told, beyond)


def _prevailing(foreign: str, own: str, others: str, further: bool) -> str:
    """How a clause prevails over one of another text; `further`: other ways out were told before."""
    if others:
        consent = (
            mark(
                "or have {others}, to whom it is owed too, agree that {clause} yields, and write "
                "`notwithstanding {clause}` in {own}"
            )
            if further
            else mark(
                "have {others}, to whom it is owed too, agree that {clause} yields, and write "
                "`notwithstanding {clause}` in {own}"
            )
        )
        return say(consent, others=others, clause=foreign, own=own)
    return say(
        mark("or write `notwithstanding {clause}` in {own} if the draft is to prevail")
        if further
        else mark("write `notwithstanding {clause}` in {own} if the draft is to prevail"),
        clause=foreign,
        own=own,
    )


def _binds_without(inquiry: Inquiry, own: NormId, foreign: NormId) -> bool:
    """Whether the clause binds somewhere where the one of another text does not: else an exception leaves nothing."""
    question = mark("does a clause bind where the one of another text does not")
    ends = {"found": "its case is offered as an exception", "none": "such an exception would leave nothing of it"}
    for about in inquiry.strict:
        n, other = about.find(own), about.find(foreign)
        if n is None:
            continue
        if (
            other is None
            or inquiry.can(about, (own, foreign), question, n.binds, negation(other.binds), **ends) is not False
        ):
            return True
    return False
