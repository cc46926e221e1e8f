"""What a text is so far, what a breach of it is, and what is still to be said of one that is to become a treaty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cbm.core.norms import DocumentKind, NormSystem, Rank, Status, Strength, Text
from cbm.translation.listing import listed
from cbm.wording.clause_names import clause_name

_NAMES = {
    Status.TRACK_2: "a track 2 paper",
    Status.TRACK_1_5: "a track 1.5 paper",
    Status.POLITICAL: "a political commitment",
    Status.TREATY: "a treaty",
}
_RANKS = {Status.POLITICAL: Rank.POLITICAL, Status.TREATY: Rank.TREATY}
_BREACHES = {
    Rank.TREATY: "one of law",
    Rank.POLITICAL: "one of a commitment",
    Rank.UNILATERAL: "one of what it declared itself",
}
# What a treaty has to settle, and by which words of titles it is known that the text speaks of it.
_TO_SETTLE = (
    ("who else has to consent", r"consent|ratif|signature|third (?:part|state)"),
    ("registration and deposit", r"regist|deposit"),
    ("entry into force", r"entr(?:y|ies) into force|enters? into force|in force"),
    ("withdrawal and end", r"withdraw|terminat|denunciat|duration|ends?\b"),
)


def is_committing(text: Text, day: date | None) -> bool:
    """Whether somebody is committed by the text: where it does not say what it is, its rank is taken for that."""
    status = text.status_on(day)
    return status.commits if status is not None else not text.statuses


def status_name(text: Text, day: date | None) -> str:
    """`a track 2 paper`; what was not anything yet is proposed."""
    status = text.status_on(day)
    return "a proposal" if status is None else _NAMES[status]


def breach_words(text: Text, day: date | None) -> str:
    """What a breach of the text is: `a breach of it is one of law`."""
    status = text.status_on(day)
    if not is_committing(text, day):
        meant = _BREACHES.get(text.rank) if text.rank is not None else None
        would_be = f", and would be {meant} if it became what it is meant to be" if meant else ""
        so_far = f"it is {status_name(text, day)}: a breach of it is one of no commitment"
        return f"{so_far}{would_be}"
    rank = text.rank if status is None else _RANKS[status]
    if rank is Rank.MEMORANDUM:
        if text.binds is None:
            return "whether it binds is not said: what a breach of it is stays open"
        return f"a breach of it is {_BREACHES[Rank.TREATY if text.binds else Rank.POLITICAL]}"
    be = "would be" if text.kind is DocumentKind.DRAFT and status is None else "is"
    return "" if rank is None else f"a breach of it {be} {_BREACHES[rank]}"


def as_treaty(system: NormSystem) -> Iterator[str]:
    """Of a text asked about as a treaty: what stands beside its advice, what it has to name, and what it says."""
    text = system.texts[system.subject]
    if text.assumed is not Status.TREATY:
        return
    advice = [n.id for n in system.norms.values() if n.id.document == text.name and n.strength is Strength.SHOULD]
    if advice:
        names = dict.fromkeys(clause_name(system, norm) for norm in advice)
        one = len(names) == 1
        clauses = f"clause {next(iter(names))} only advises" if one else f"clauses {listed(list(names))} only advise"
        yield f"as a treaty, {clauses}, beside what is a duty of law"
    ordered = {norm.document for edge in system.precedences for norm in (*edge.yielding, *edge.prevailing)}
    for other in system.texts.values():
        if other.rank is Rank.TREATY and other.name != text.name and other.name not in ordered:
            yield f"as a treaty, {text.name} does not say whether it or {other.name} ({other.title}) prevails"
    for what, words in _TO_SETTLE:
        places = list(_places(system, text, words))
        said = f"the text says: {listed(places)}" if places else "the text is silent"
        yield f"as a treaty, to be settled: {what}; {said}"


def _places(system: NormSystem, text: Text, words: str) -> Iterator[str]:
    titled = [(n.id.label, n.title) for n in system.norms.values() if n.id.document == text.name]
    titled += [(omission.label, omission.title) for omission in text.omissions]
    titled += [*text.prejudices]
    found = (label for label, title in titled if label and re.search(words, title, re.IGNORECASE))
    yield from dict.fromkeys(found)
