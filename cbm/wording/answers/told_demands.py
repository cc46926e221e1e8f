"""What clauses ask for: in the words of the text for readers of English, with titles of acts and results for others.

Where a text says more than is told so, its words stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cbm.core.expressions import TRUE, And, Compare, Does, Expr, Not, Or, Order, States, Through, Worded
from cbm.core.norms import Modality, Norm, NormSystem, Strength, Substitute
from cbm.core.substitution import deeds_of, mentioned, parts_of
from cbm.core.variables import Decision, Origin, ResultValue, SentAt
from cbm.given_situations.conduct_marks import ConductMark
from cbm.translation.listing import Last, listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import spoken
from cbm.translation.verb_forms import infinitive
from cbm.wording.clause_names import act_listed
from cbm.wording.condition_words import literal_words, variable_words
from cbm.wording.phrases import title_of_act

# Acts in a list, each by its name or its title.
_LISTED = re.compile(r"""(?:"[^"]*"|\w+)(?:(?:\s*,\s*|\s+or\s+)(?:"[^"]*"|\w+))*""")
_PARTING = re.compile(r"\s*,\s*|\s+or\s+")
# What is said of an act.
_SAID = {
    ConductMark.MUST: mark("must {deed}"),
    ConductMark.MUST_NOT: mark("must not {deed}"),
    ConductMark.SHOULD: mark("should {deed}"),
    ConductMark.SHOULD_NOT: mark("should not {deed}"),
    ConductMark.MUST_NOT_SO: mark("must not {deed} in some ways"),
    ConductMark.SHOULD_NOT_SO: mark("should not {deed} in some ways"),
    ConductMark.TIED_TO: mark("cannot always leave undone alone: {deed}"),
    ConductMark.TIED_FROM: mark("cannot always do alone: {deed}"),
    ConductMark.MAY: mark("may {deed}"),
    ConductMark.CANNOT_USE: mark("may {deed}, but cannot make use of that"),
    ConductMark.NEED_NOT: mark("need not {deed}"),
    ConductMark.CANNOT: mark("cannot {deed}"),
}
# The same of what is so of a result; in English its verb is `be`.
_SO = {
    ConductMark.MUST: mark("must: {condition}"),
    ConductMark.MUST_NOT: mark("must not: {condition}"),
    ConductMark.SHOULD: mark("should: {condition}"),
    ConductMark.SHOULD_NOT: mark("should not: {condition}"),
    ConductMark.MUST_NOT_SO: mark("must not: {condition}"),
    ConductMark.SHOULD_NOT_SO: mark("should not: {condition}"),
    ConductMark.TIED_TO: mark("tied: to be left undone only with other things: {condition}"),
    ConductMark.TIED_FROM: mark("tied: to be done only with other things: {condition}"),
    ConductMark.MAY: mark("may: {condition}"),
    ConductMark.CANNOT_USE: mark("may: {condition}"),
    ConductMark.NEED_NOT: mark("need not: {condition}"),
    ConductMark.CANNOT: mark("cannot: {condition}"),
}
# How a result lies to something else, by the order and by whether the result is above.
_RELATED = {
    (Order.LESS, False): mark("{quantity} is under {bound}"),
    (Order.LESS, True): mark("{quantity} is over {bound}"),
    (Order.AT_MOST, False): mark("{quantity} is at most {bound}"),
    (Order.AT_MOST, True): mark("{quantity} is at least {bound}"),
}


def as_written() -> bool:
    """Whether readers are told what the text says in its own words."""
    return spoken() == "en"


def told_demands(system: NormSystem, norms: Sequence[Norm], *, whole: bool = True) -> str:
    """All that the norms of a clause say, each thing once; not `whole`: it says more than these."""
    if not as_written():
        return listed(list(dict.fromkeys(_told(system, norm) for norm in norms)), of="sentences")
    if not whole:
        return f"{modal_words(norms[0])} {', '.join(act_listed(system, norm.id) for norm in norms)}"
    return listed(list(dict.fromkeys(map(demand_words, norms))))


def told_substitute(system: NormSystem, deemed: Substitute) -> str:
    """The conduct that is deemed to comply with a clause."""
    if as_written():
        return deemed.said
    done = list(deeds_of(deemed.content)) if _is_all_deeds(deemed.content) else []
    last: Last = "or" if isinstance(deemed.content, Or) else "and"
    told = listed(list(dict.fromkeys(_deed(system, one) for one in done)), last)
    if not done and any(isinstance(variable, ResultValue) for variable in mentioned(deemed.content)):
        told = _related(system, deemed.content)
    if told and _is_told(deemed.content):
        return told
    return say("{demand} (`{written}`)", demand=told, written=deemed.said) if told else f"`{deemed.said}`"


def told_manner(system: NormSystem, norm: Norm, decision: Decision) -> str:
    """When and in which way a clause asks for an act, bars it or permits it."""
    if not decision.is_act:
        return ""
    done = [one for one in deeds_of(norm.own_content) if one.act == decision.name]
    written = _behind_acts(norm, decision.name) if done else ""
    if as_written():
        return written
    told = listed([words for one in done for words in _manner_words(system, one)], of="sentences")
    if _is_all_told(norm) or not written:
        return told
    return say("{demand} (`{written}`)", demand=told, written=written) if told else f"`{written}`"


def _behind_acts(norm: Norm, act: str) -> str:
    """What the text says behind the acts that it lists, by their names or in quotes; of the first of several, the rest.

    That holds of each of them. Nothing where results stand among them.
    """
    said, begins = demand_words(norm), f"{modal_words(norm)} "
    rest = said.removeprefix(begins)
    if not said.startswith(begins) or rest.startswith(f"{act} "):
        return rest.removeprefix(f"{act} ") if said.startswith(begins) else ""
    acts = _LISTED.match(rest)
    if acts is None or "keep" in _PARTING.split(acts[0]):
        return ""
    return rest[acts.end() :].strip()


def demand_words(norm: Norm) -> str:
    """What a clause says, in the words of its text."""
    if norm.said or norm.content_span is None:
        return norm.said or modal_words(norm)
    return " ".join(norm.content_span.text.split())


def modal_words(norm: Norm) -> str:
    return {
        Modality.OBLIGATION: norm.strength.value,
        Modality.PROHIBITION: f"{norm.strength.value} not",
        Modality.PERMISSION: "may",
        Modality.EXEMPTION: "need not",
    }[norm.modality]


def _told(system: NormSystem, norm: Norm) -> str:
    kind = mark_of(norm.modality, norm.strength)
    done = list(deeds_of(norm.own_content)) if _is_all_deeds(norm.own_content) else []
    if done:
        last: Last = "or" if isinstance(norm.own_content, Or) else "and"
        deeds = listed(list(dict.fromkeys(_deed(system, one) for one in done)), last)
        said = said_of_deed(kind, deeds)
    elif any(isinstance(variable, ResultValue) for variable in mentioned(norm.own_content)):
        said = compared_words(system, norm.own_content, kind)
    else:
        return f"`{demand_words(norm)}`"
    return said if _is_all_told(norm) else say("{demand} (`{written}`)", demand=said, written=demand_words(norm))


def _is_all_told(norm: Norm) -> bool:
    return norm.recurrence is None and _is_told(norm.own_content)


def _is_told(content: Expr) -> bool:
    """Whether what is done, with what it states, through what and in what language, is all that is said of it."""
    manner = (part for one in deeds_of(content) for part in _manner(one))
    return all(isinstance(p, States | Through | Worded) or _is_sending(p) for p in manner)


def _is_sending(part: Expr) -> bool:
    """Whether it says no more than when something is sent that goes through a channel."""
    return (
        isinstance(part, Compare) and part.order is Order.EQUAL and any(isinstance(v, SentAt) for v in part.variables)
    )


def mark_of(modality: Modality, strength: Strength) -> ConductMark:
    """What a clause of this kind makes of what it speaks of."""
    match modality, strength:
        case Modality.OBLIGATION, Strength.MUST:
            return ConductMark.MUST
        case Modality.OBLIGATION, _:
            return ConductMark.SHOULD
        case Modality.PROHIBITION, Strength.MUST:
            return ConductMark.MUST_NOT
        case Modality.PROHIBITION, _:
            return ConductMark.SHOULD_NOT
        case Modality.PERMISSION, _:
            return ConductMark.MAY
        case _:
            return ConductMark.NEED_NOT


def _is_all_deeds(content: Expr) -> bool:
    match content:
        case Does() | Not(Does()):
            return True
        case And(parts) | Or(parts):
            return all(map(_is_all_deeds, parts))
        case _:
            return False


def _deed(system: NormSystem, done: Does) -> str:
    """What is done, and how, as far as that is told in words."""
    words = deed_words(system, Decision(done.act, done.role, is_act=True))
    manner = _manner_words(system, done)
    return say("{deed} ({manner})", deed=words, manner=listed(manner, of="sentences")) if manner else words


def _manner_words(system: NormSystem, done: Does) -> list[str]:
    return [literal_words(system, part) for part in _manner(done) if isinstance(part, States | Through | Worded)]


def _manner(done: Does) -> Sequence[Expr]:
    return () if done.manner == TRUE else parts_of(done.manner) or (done.manner,)


# ---- single deeds and results


def said_of_deed(marked: ConductMark, deed: str) -> str:
    """`must call the other unit`."""
    return say(_SAID[marked], deed=deed)


def compared_words(system: NormSystem, what: Expr, marked: ConductMark) -> str:
    """`closest distance must be at least safe distance`: in English what is said of a result begins with it."""
    words = _related(system, what)
    if spoken() != "en" or " is " not in words:
        return said_of_result(marked, words)
    verb = ConductMark.MAY if marked is ConductMark.CANNOT_USE else marked
    titles = (variable_words(system, variable) for variable in mentioned(what))
    subject = max((title for title in titles if words.startswith(f"{title} is ")), key=len, default="")
    return subject + words[len(subject) :].replace(" is ", f" {verb.value} be ", 1)


def said_of_result(marked: ConductMark, condition: str) -> str:
    """What is to be so, or not."""
    return say(_SO[marked], condition=condition)


def _related(system: NormSystem, what: Expr) -> str:
    """A condition of results, beginning with the result where it is compared with something else."""
    match what:
        case Compare(((one, left), (other, right)), Order.LESS | Order.AT_MOST as order, bound) if (
            not bound and abs(one) == abs(other) == 1 and one != other
        ):
            upper, lower = (right, left) if one > 0 else (left, right)  # lower <= upper
            kept, beside = (upper, lower) if upper.origin is Origin.RESULT else (lower, upper)
            told, limit = variable_words(system, kept), variable_words(system, beside)
            return say(_RELATED[order, kept is upper], quantity=told, bound=limit)
        case _:
            return literal_words(system, what)


def deed_words(system: NormSystem, decision: Decision) -> str:
    """`call the other unit`, for what a unit does."""
    title = title_of_act(system, decision.name, decision.role or 0)
    verb = None if title == decision.name else infinitive(title)
    return say("do `{act}`", act=decision.name) if verb is None else verb
