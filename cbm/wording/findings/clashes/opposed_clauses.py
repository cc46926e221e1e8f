"""Clauses that stand against each other: their message, what each of them says, and the texts they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.expressions import NormId
from cbm.core.norms import Modality, Norm, NormSystem, Rank, Strength
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_names, names_of
from cbm.wording.status_words import breach_words, is_committing

_RANKS = {
    None: mark("no rank stated"),
    Rank.TREATY: mark("treaty"),
    Rank.MEMORANDUM: mark("memorandum"),
    Rank.POLITICAL: mark("political"),
    Rank.UNILATERAL: mark("unilateral"),
}


def clash_message(system: NormSystem, clash: ConflictSet) -> str:
    own = [n for n in clash.norms if n.document == system.subject]
    foreign = [n for n in clash.norms if n.document != system.subject]
    if own and foreign:
        other = listed(names_of(system, foreign))
        text = system.texts[system.subject]
        together = mark("{clauses} could not be complied with together with {others}")
        if is_committing(text, system.as_of):
            together = mark("{clauses} cannot be complied with together with {others}")
        return say(together, clauses=clause_names(system, own), others=other)
    names = clause_names(system, clash.norms)
    match len({norm.clause for norm in clash.norms}):
        case 1:
            return say("{clause} cannot be complied with", clause=names)
        case 2:
            return say("{clauses} cannot both be complied with", clauses=names)
        case _:
            return say("{clauses} cannot all be complied with", clauses=names)


def opposed(system: NormSystem, norms: Collection[NormId]) -> tuple[str, ...]:
    """How a message names one clause of the text and one of another text; nothing where they are others or more."""
    own = [n for n in norms if n.document == system.subject]
    foreign = [n for n in norms if n.document != system.subject]
    if len({n.clause for n in own}) != 1 or len({n.clause for n in foreign}) != 1:
        return ()
    return clause_names(system, own), *names_of(system, foreign)


def says(norm: Norm) -> str:
    """What a duty does: the message at its place."""
    forbids = norm.modality is Modality.PROHIBITION
    if norm.strength is Strength.SHOULD:
        return mark("{clause} advises against this") if forbids else mark("{clause} advises this")
    return mark("{clause} forbids this") if forbids else mark("{clause} asks for this")


def standing(system: NormSystem, norms: Iterable[NormId]) -> Iterator[str]:
    """What the texts are without prejudice to; their rank and date, where more than one is involved."""
    documents = list(dict.fromkeys(n.document for n in norms))
    for name in documents:
        for label, words in system.texts[name].prejudices:
            yield say("without prejudice ({label} of {text}): {words}", label=label, text=name, words=words)
    for name in documents if len(documents) > 1 else ():
        text = system.texts[name]
        when = text.in_force or text.adopted
        told = say("{name} ({title}): {rank}", name=name, title=text.title, rank=say(_RANKS[text.rank]))
        if when:
            told = say("{statement}, {day}", statement=told, day=when.isoformat())
        if breach := breach_words(text, system.as_of):
            told = say("{statement}; {addition}", statement=told, addition=breach)
        yield told
