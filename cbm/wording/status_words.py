"""What a text is so far, what a breach of it is, and what is still to be said of one that is to become a treaty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cbm.core.norms import DocumentKind, NormSystem, Rank, Status, Strength, Text
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name

_NAMES = {
    Status.TRACK_2: mark("a track 2 paper"),
    Status.TRACK_1_5: mark("a track 1.5 paper"),
    Status.POLITICAL: mark("a political commitment"),
    Status.TREATY: mark("a treaty"),
}
_RANKS = {Status.POLITICAL: Rank.POLITICAL, Status.TREATY: Rank.TREATY}
# What a breach of a text is: of one that stands, of a draft of one, and of one that is not yet what it is meant to be.
_BREACHES = {
    Rank.TREATY: mark("a breach of it is one of law"),
    Rank.POLITICAL: mark("a breach of it is one of a commitment"),
    Rank.UNILATERAL: mark("a breach of it is one of what it declared itself"),
}
_OF_A_DRAFT = {
    Rank.TREATY: mark("a breach of it would be one of law"),
    Rank.POLITICAL: mark("a breach of it would be one of a commitment"),
    Rank.UNILATERAL: mark("a breach of it would be one of what it declared itself"),
}
_SO_FAR = mark("it is {status}: a breach of it is one of no commitment")
_IF_IT_BECAME = {
    Rank.TREATY: mark("{so_far}, and would be one of law if it became what it is meant to be"),
    Rank.POLITICAL: mark("{so_far}, and would be one of a commitment if it became what it is meant to be"),
    Rank.UNILATERAL: mark("{so_far}, and would be one of what it declared itself if it became what it is meant to be"),
}
# What a treaty has to settle, and by which words of titles it is known that the text speaks of it, in all languages.
_TO_SETTLE = (
    (
        mark("as a treaty, to be settled: who else has to consent; {said}"),
        r"consent|ratif|signature|third (?:part|state)|同意|批准|签署|署名|第三",
    ),
    (mark("as a treaty, to be settled: registration and deposit; {said}"), r"regist|deposit|登记|交存|登録|寄託"),
    (
        mark("as a treaty, to be settled: entry into force; {said}"),
        r"entr(?:y|ies) into force|enters? into force|in force|生效|発効|効力",
    ),
    (
        mark("as a treaty, to be settled: withdrawal and end; {said}"),
        r"withdraw|terminat|denunciat|duration|ends?\b|退出|终止|期限|脱退|終了|廃棄",
    ),
)


def is_committing(text: Text, day: date | None) -> bool:
    """Whether somebody is committed by the text: where it does not say what it is, its rank is taken for that."""
    status = text.status_on(day)
    return status.commits if status is not None else not text.statuses


def status_name(text: Text, day: date | None) -> str:
    """`a track 2 paper`; what was not anything yet is proposed."""
    status = text.status_on(day)
    return say("a proposal") if status is None else say(_NAMES[status])


def breach_words(text: Text, day: date | None) -> str:
    """What a breach of the text is: `a breach of it is one of law`."""
    status = text.status_on(day)
    if not is_committing(text, day):
        so_far = say(_SO_FAR, status=status_name(text, day))
        return say(_IF_IT_BECAME[text.rank], so_far=so_far) if text.rank in _IF_IT_BECAME else so_far
    rank = text.rank if status is None else _RANKS[status]
    if rank is Rank.MEMORANDUM:
        if text.binds is None:
            return say("whether it binds is not said: what a breach of it is stays open")
        return say(_BREACHES[Rank.TREATY if text.binds else Rank.POLITICAL])
    of_a_draft = text.kind is DocumentKind.DRAFT and status is None
    return "" if rank is None else say(_OF_A_DRAFT[rank] if of_a_draft else _BREACHES[rank])


def as_treaty(system: NormSystem) -> Iterator[str]:
    """Of a text asked about as a treaty: what stands beside its advice, what it has to name, and what it says."""
    text = system.texts[system.subject]
    if text.assumed is not Status.TREATY:
        return
    advice = [n.id for n in system.norms.values() if n.id.document == text.name and n.strength is Strength.SHOULD]
    if advice:
        names = list(dict.fromkeys(clause_name(system, norm) for norm in advice))
        if len(names) == 1:
            yield say("as a treaty, clause {clause} only advises, beside what is a duty of law", clause=names[0])
        else:
            clauses = listed(names)
            yield say("as a treaty, clauses {clauses} only advise, beside what is a duty of law", clauses=clauses)
    ordered = {norm.document for edge in system.precedences for norm in (*edge.yielding, *edge.prevailing)}
    for other in system.texts.values():
        if other.rank is Rank.TREATY and other.name != text.name and other.name not in ordered:
            yield say(
                "as a treaty, {text} does not say whether it or {other} ({title}) prevails",
                text=text.name,
                other=other.name,
                title=other.title,
            )
    for message, words in _TO_SETTLE:
        places = list(_places(system, text, words))
        said = say("the text says: {places}", places=listed(places)) if places else say("the text is silent")
        yield say(message, said=said)


def _places(system: NormSystem, text: Text, words: str) -> Iterator[str]:
    titled = [(n.id.label, n.title) for n in system.norms.values() if n.id.document == text.name]
    titled += [(omission.label, omission.title) for omission in text.omissions]
    titled += [*text.prejudices]
    found = (label for label, title in titled if label and re.search(words, title, re.IGNORECASE))
    yield from dict.fromkeys(found)
