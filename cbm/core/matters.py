"""What a promise of coverage is about, and where a clause settles it: that an act is owed or barred, a result kept.

A *matter* is an act that is owed, an act that is barred, a result from below, or a result from above. A duty settles
that its act is owed, alone or as one of several, and so does a clause on what need not be done. A ban settles that its
act is barred, and so does a clause on what may be done. What only says how, or in what order, settles nothing. A ban
for a time settles no act, but says something on its topic.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import assert_never

from cbm.core.expressions import (
    FALSE,
    TRUE,
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Not,
    Or,
    Order,
    States,
    Through,
    Worded,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import Coverage, Modality, Norm, NormSystem, Reserve
from cbm.core.substitution import atoms_of, deeds_of, mentioned, parts_of
from cbm.core.variables import (
    ActInstance,
    AtHand,
    ClockOffset,
    OtherTimes,
    ResultValue,
    ValueAt,
    Variable,
    WeekNumber,
)
from cbm.records import Record


class Settled(Record):
    """An act of which it is asked whether some matter of it is settled."""

    act: str


# A topic is told by its name: it is governed where some matter of it is settled, or something is barred for a time.
Matter = str | Settled


class Aspect(StrEnum):
    """One question about an act or a result.

    Two are no matters: what is owed with no other act in its place, and what bans for a time have in common.
    """

    OWED = "owed"
    OWED_ALONE = "owed, and no other act in its place"
    BARRED = "barred"
    FOR_A_TIME = "barred for a time"
    FROM_BELOW = "kept from below"
    FROM_ABOVE = "kept from above"


OF_ACTS = (Aspect.OWED, Aspect.OWED_ALONE, Aspect.BARRED, Aspect.FOR_A_TIME)
_OWED = (Aspect.OWED, Aspect.OWED_ALONE)
OF_RESULTS = (Aspect.FROM_BELOW, Aspect.FROM_ABOVE)


class SingleMatter(Record):
    """An act or a result in one aspect."""

    name: str
    aspect: Aspect


def matters(promise: Coverage) -> tuple[Matter, ...]:
    """Everything that is promised, in order."""
    return (*promise.topics, *map(Settled, promise.acts))


def promised(system: NormSystem, names: Collection[str]) -> list[tuple[Coverage, Matter]]:
    """What is promised of these topics and acts, and of the acts of these topics; without names all that is."""
    every = [(promise, matter) for promise in system.coverage for matter in matters(promise)]
    return [one for one in every if not names or not {name_of(one[1]), topic_of(one[1], system)}.isdisjoint(names)]


def name_of(matter: Matter) -> str:
    return matter.act if isinstance(matter, Settled) else matter


def is_left_open(reserve: Reserve, matter: Matter, system: NormSystem) -> bool:
    """Whether the reserve is about the matter; who is silent on a topic is silent on the acts declared with it."""
    return not reserve.topics or topic_of(matter, system) in reserve.topics


def topic_of(matter: Matter, system: NormSystem) -> str | None:
    """Of an act the one that it is declared with."""
    return system.acts[matter.act].topic if isinstance(matter, Settled) else matter


def concerns(norm: Norm, matter: Matter | SingleMatter) -> bool:
    """Whether the matter is governed somewhere where the norm binds."""
    return where_governed(norm, matter) != FALSE


def where_governed(norm: Norm, matter: Matter | SingleMatter) -> Expr:
    """Where the norm governs the matter if it binds, as the bearer sees it: mostly everywhere or nowhere."""
    match matter:
        case str():
            deemed = (one.condition for one in norm.substitutes if matter in one.topics)
            return _of_topic(norm) if matter in norm.topics else disjunction(*deemed)
        case Settled(act):
            return disjunction(*(_of_act(norm, act, aspect) for aspect in (Aspect.OWED, Aspect.BARRED)))
        case SingleMatter(name, aspect) if aspect in OF_ACTS:
            return _of_act(norm, name, aspect)
        case SingleMatter(name, aspect):
            bounded = _bounded(norm.content, name)
            return TRUE if aspect in bounded or (bounded and not norm.demands) else FALSE
        case _:
            assert_never(matter)


def names_governed(norm: Norm) -> frozenset[str] | None:
    """The acts, results and topics of which it may govern any (`where_governed`); None: perhaps of all."""
    if norm.modality is Modality.OBLIGATION and _leaves_a_choice(norm.content):
        return None
    acts = {done.act for done in deeds_of(norm.content)}
    results = {v.name for v in mentioned(norm.content) if isinstance(v, ResultValue)}
    return frozenset((*acts, *results, *norm.topics, *(topic for one in norm.substitutes for topic in one.topics)))


def bars_outright(norm: Norm, act: str) -> bool:
    """Whether it bars the act in whatever manner."""
    barred = _barred(norm.content) if norm.modality is Modality.PROHIBITION else ()
    return any(done.act == act and done.role == norm.bearer and done.manner == TRUE for done in barred)


def lifted_by_others(norm: Norm, matter: Matter) -> Expr:
    """Where a ban that would govern the matter is lifted by what others do, as with `until other.call`."""
    if norm.modality is not Modality.PROHIBITION or (isinstance(matter, str) and matter not in norm.topics):
        return FALSE
    barred = (done for done in _barred(norm.content) if not isinstance(matter, Settled) or done.act == matter.act)
    return disjunction(*(_lifted(done.manner, norm.bearer) for done in barred if done.role == norm.bearer))


def speaks_of(norm: Norm, matter: Matter) -> bool:
    """Whether it says anything on what the matter is about, and be it only how, when or in what order."""
    if isinstance(matter, Settled):
        return any((done.act, done.role) == (matter.act, norm.bearer) for done in deeds_of(norm.content))
    return matter in norm.topics or any(matter in deemed.topics for deemed in norm.substitutes)


def subjects(norm: Norm) -> frozenset[SingleMatter]:
    """What the norm is about, however it binds there: an act as owed or as barred, a result from either side.

    A norm that says only how, when or in what order is about the act as well.
    """
    owed = norm.modality in (Modality.OBLIGATION, Modality.EXEMPTION)
    acts = {done.act for done in deeds_of(norm.content) if done.role == norm.bearer}
    results = {v.name for v in mentioned(norm.content) if isinstance(v, ResultValue)}
    found = {SingleMatter(act, Aspect.OWED if owed else Aspect.BARRED) for act in acts}
    for name in results:
        bounded = _bounded(norm.content, name)
        found |= {SingleMatter(name, aspect) for aspect in (bounded if norm.demands or not bounded else OF_RESULTS)}
    return frozenset(found)


# ---- acts


def _of_act(norm: Norm, act: str, aspect: Aspect) -> Expr:
    own = [done for done in deeds_of(norm.content) if (done.act, done.role) == (act, norm.bearer)]
    match norm.modality:
        case Modality.OBLIGATION:
            if aspect not in _OWED:
                return FALSE
            if norm.recurrence is not None and own:
                return TRUE
            return _asked(norm.content, act, norm.bearer, alone=aspect is Aspect.OWED_ALONE)
        case Modality.EXEMPTION:
            return TRUE if aspect in _OWED and not all(_tells_how(done.manner) for done in own) else FALSE
        case Modality.PERMISSION:
            return TRUE if aspect is Aspect.BARRED and any(done.manner == TRUE for done in own) else FALSE
        case Modality.PROHIBITION:
            barred = [done.manner for done in _barred(norm.content) if done in own]
            if aspect is Aspect.BARRED:
                return disjunction(*(_in_any_manner(manner, norm.bearer) for manner in barred))
            for_a_time = any(_is_for_a_time(manner, norm.bearer) for manner in barred)
            return TRUE if aspect is Aspect.FOR_A_TIME and for_a_time else FALSE
        case _:
            assert_never(norm.modality)


def _of_topic(norm: Norm) -> Expr:
    """Where it says something on its topics: not where all that it says of acts is how, or in what order."""
    if norm.modality is Modality.OBLIGATION:
        return TRUE
    deeds = _barred(norm.content) if norm.modality is Modality.PROHIBITION else tuple(deeds_of(norm.content))
    if not deeds or any(isinstance(v, ResultValue) for v in mentioned(norm.content)):
        return TRUE
    return disjunction(*(_said_on_topic(done.manner, norm) for done in deeds))


def _said_on_topic(manner: Expr, norm: Norm) -> Expr:
    """Where it says something on the topic of an act that the act in this manner is barred, free, or not owed."""
    if _tells_how(manner):
        return FALSE
    if norm.modality is not Modality.PROHIBITION:
        return FALSE if norm.modality is Modality.PERMISSION and _is_order(manner) else TRUE
    if _is_found(manner):
        return manner
    orders = _orders(manner, norm.bearer)
    # Barred until the other side does something: where it does, that is an exception; all else is order.
    if all(isinstance(part, Each) and part.role != norm.bearer for part in orders):
        return conjunction(*(_in_any_manner(part, norm.bearer) for part in orders))
    return FALSE


def _asked(content: Expr, act: str, bearer: int, alone: bool) -> Expr:
    """Where the act is one of those that are asked for, whatever the manner; `alone`: none will do in its place."""
    match content:
        case Does(done, role):
            return TRUE if (done, role) == (act, bearer) else FALSE
        case Each(_, _, body):
            return _asked(body, act, bearer, alone)
        case And(parts):
            # Where something has to be found for it to be an alternative, as with deemed compliance, only there.
            asked = disjunction(*(_asked(part, act, bearer, alone) for part in parts))
            return conjunction(asked, *filter(_is_found, parts))
        case Or(parts):
            # What is found and makes it needless, as that a moment never comes, is no choice.
            found = [part for part in parts if _is_found(part)]
            choices = [_chosen(part, act, bearer, alone) for part in parts if part not in found]
            chosen = conjunction(*choices) if alone and choices else disjunction(*choices)
            return conjunction(chosen, *map(negation, found))
        case _:
            return FALSE


def _leaves_a_choice(content: Expr) -> bool:
    match content:
        case Each(_, _, body):
            return _leaves_a_choice(body)
        case And(parts):
            return any(map(_leaves_a_choice, parts))
        case _:
            return isinstance(content, Or)


def _chosen(part: Expr, act: str, bearer: int, alone: bool) -> Expr:
    """Where the act is asked for by one of several choices; `alone`: or where this one is none."""
    asked = _asked(part, act, bearer, alone)
    unless = negation(conjunction(*filter(_is_found, part.parts))) if alone and isinstance(part, And) else FALSE
    return disjunction(asked, unless)


def _barred(content: Expr) -> tuple[Does, ...]:
    """What nobody does who fulfils the content, each in its manner."""
    match content:
        case Not(Does() as done):
            return (done,)
        case And(parts):
            return tuple(done for part in parts for done in _barred(part))
        case _:
            return ()


# ---- manners


def _tells_how(manner: Expr) -> bool:
    """Whether it says through what, in what language, or stating what the act is done."""
    return any(isinstance(atom, States | Through | Worded) for atom in atoms_of(manner))


def _orders(manner: Expr, bearer: int) -> list[Expr]:
    """The parts that say before what the act is done: no such part bars it for longer than up to something."""
    return [
        part
        for part in parts_of(manner)
        if not _is_found(part) and (isinstance(part, Each) or _in_any_manner(part, bearer) != FALSE)
    ]


def _lifted(manner: Expr, bearer: int) -> Expr:
    """Where a ban of an act in this manner is lifted by others: nowhere if it says anything else of how it is done."""
    orders = [part for part in parts_of(manner) if isinstance(part, Each) and part.role != bearer]
    found = [part for part in parts_of(manner) if _is_found(part)]
    if not orders or len(orders) + len(found) < len(parts_of(manner)):
        return FALSE
    return conjunction(*found, negation(conjunction(*(_in_any_manner(part, bearer) for part in orders))))


def _is_for_a_time(manner: Expr, bearer: int) -> bool:
    """Whether the doing at hand lies in a time or in circumstances of its own."""
    return not (_tells_how(manner) or _is_found(manner) or _orders(manner, bearer))


def _is_order(manner: Expr) -> bool:
    """Whether it says that the doing comes before something, or after it, and no more."""
    times = [atom for atom in atoms_of(manner) if isinstance(atom, Compare) and any(map(_of_doing, atom.variables))]
    later = {sum(factor for factor, v in atom.terms if _of_doing(v)) > 0 for atom in times}
    return len(later) == 1 and not any(atom.order is Order.EQUAL for atom in times)


def _in_any_manner(manner: Expr, bearer: int) -> Expr:
    """Where every doing of the act is in this manner, as far as what is found tells that."""
    match manner:
        case And(parts):
            return conjunction(*(_in_any_manner(part, bearer) for part in parts))
        case Or(parts):
            return disjunction(*(_in_any_manner(part, bearer) for part in parts))
        case Each(act, role) if role != bearer:
            return negation(Does(act, role))  # where it is never done, so is each
        case _:
            return manner if _is_found(manner) else FALSE


def _is_found(part: Expr) -> bool:
    """Whether it says nothing of what is done or brought about, nor of the doing at hand."""
    said = any(isinstance(atom, Does | Each | States | Through | Worded | Binds) for atom in atoms_of(part))
    return not said and not any(map(_of_doing, mentioned(part)))


def _of_doing(variable: Variable) -> bool:
    """Whether it is part of what is done or brought about, or of when that is."""
    match variable:
        case ValueAt(at=AtHand() | ActInstance() | OtherTimes()):
            return True
        case WeekNumber(event) | ClockOffset(event):
            return isinstance(event, AtHand | ActInstance)
        case _:
            return variable.origin.decided


# ---- results


def _bounded(content: Expr, name: str, kept: bool = True) -> frozenset[Aspect]:
    """From which sides a result is bounded where the content is kept, or not."""
    match content:
        case Not(operand):
            return _bounded(operand, name, not kept)
        case And(parts) | Or(parts):
            return frozenset[Aspect]().union(*(_bounded(part, name, kept) for part in parts))
        case Compare(terms, order):
            factors = [factor for factor, v in terms if isinstance(v, ResultValue) and v.name == name]
            if factors and order is Order.EQUAL:
                return frozenset(OF_RESULTS)
            return frozenset(Aspect.FROM_ABOVE if (f > 0) is kept else Aspect.FROM_BELOW for f in factors)
        case _:
            return frozenset()
