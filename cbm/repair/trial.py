"""A change of the text tried out in memory: read, understood and asked about again, as far as it makes a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cbm.decide.amendment import Amendment, amendment
from cbm.repair.cases import following
from cbm.repair.footing import Footing
from cbm.repair.matters import Goal, persists
from cbm.repair.novel import finds_more
from cbm.semantics.core import NormSystem
from cbm.semantics.resolve import resolve
from cbm.source import Edit, Source, edited, overlapping
from cbm.syntax import ast
from cbm.syntax.amend import amended

Documents = Mapping[str, ast.Document]


def tried(
    footing: Footing, documents: Documents, edits: Sequence[Edit], goals: Sequence[Goal]
) -> tuple[Edit, ...] | None:
    """The edits, with those of cases that follow; None if they do not settle all goals, or bring something else.

    `documents` are the texts that are edited: those of the footing, or what they have become.
    """
    if not all(edit.span.source.name in footing.editable for edit in edits):
        return None
    system = understood(footing, documents, edits)
    if system is None:
        return None
    with footing.inquiry.aside():
        change = amendment(footing.inquiry, system)
        if change is None or not _settles(footing, change, goals) or finds_more(footing, change):
            return None
        follow = following(footing, change, goals)
    if follow is None or not all(edit.span.source.name in footing.editable for edit in follow):
        return None
    whole = (*edits, *follow)
    return whole if not follow or changed_documents(documents, whole) is not None else None


def left_of(footing: Footing, documents: Documents, goals: Sequence[Goal]) -> list[Goal]:
    """The goals that what the documents have become does not settle."""
    system = understood(footing, documents)
    if system is None:
        return list(goals)
    with footing.inquiry.aside():
        change = amendment(footing.inquiry, system)
        return [goal for goal in goals if change is None or not _settles(footing, change, (goal,))]


def changed_documents(documents: Documents, edits: Sequence[Edit]) -> Documents | None:
    """The documents after the edits; None if one of them can no longer be read. Names must stay what they were."""
    if overlapping(edits):
        return None
    result = dict(documents)
    for source in dict.fromkeys(edit.span.source for edit in edits):
        names = [name for name, document in documents.items() if document.span.source == source]
        found = amended([documents[name] for name in names], Source(source.name, edited(source, edits)))
        if found is None or len(found) != len(names):
            return None
        result.update(zip(names, found, strict=True))
    return result


def understood(footing: Footing, documents: Documents, edits: Sequence[Edit] = ()) -> NormSystem | None:
    """What the documents mean after the edits; None if they can no longer be read or understood."""
    changed = changed_documents(documents, edits)
    if changed is None:
        return None
    before = footing.inquiry.system
    system, faults = resolve(changed, before.subject, before.as_of)
    return None if faults else system


def _settles(footing: Footing, change: Amendment, goals: Sequence[Goal]) -> bool:
    return not any(persists(change, goal.matter, footing.breaches()) for goal in reversed(goals))
