"""Outcomes by what they rest on: a system, what was asked of it, how far, by which code, and who is told.

What a run has found that was stopped is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from cbm.cache.byte_store import ByteStore
from cbm.cache.code_version import code_version
from cbm.cache.fingerprints import NoFingerprint, fingerprint
from cbm.cache.outcome_form import packed, unpacked
from cbm.cache.title_places import Tell, TitlePlaces, writes_marks
from cbm.checking.selection import Selection
from cbm.core.norms import NormSystem
from cbm.finding import Outcome
from cbm.process.budget import current_budget
from cbm.translation.speech import spoken
from cbm.wording.findings.quoted_differences import quoted_differences


class Examine(Protocol):
    """Looks at a system; `tell` hears of each finding as it comes."""

    def __call__(self, system: NormSystem, /, *, tell: Tell | None = None) -> Outcome: ...


def remembered(
    folder: Path, system: NormSystem, selection: Selection, examine: Examine, tell: Tell | None = None
) -> Outcome:
    """What was found in the same system before, or else what is found now; that is kept in the folder."""
    terms = (code_version(), spoken(), str(current_budget().steps), *sorted(selection.rules))
    places = TitlePlaces.of(system)
    wording = tuple(finding for _, found in quoted_differences(places.system) for finding in found)
    try:
        known = fingerprint(places.system, terms, wording)
    except NoFingerprint:
        return _asked(folder, partial(examine, system, tell=tell))
    if any(map(writes_marks, known.places.sources)):
        return _asked(folder, partial(examine, system, tell=tell))
    store = _store(folder)
    kept = _decoded(store.get(known.digest))
    told = None if kept is None else unpacked(kept, known, places.told)
    if told is not None:
        return told
    outcome = _asked(folder, partial(examine, places.system, tell=places.hearing(tell)))
    if not current_budget().stopped:
        with suppress(NoFingerprint):  # something may be told at a place of its own making
            store.put(known.digest, encode(packed(outcome, known)))
    return places.told_in(outcome)


def _asked(folder: Path, examine: Callable[[], Outcome]) -> Outcome:
    from cbm.cache.answer_file import answers_kept_in  # not needed where nothing is asked

    with answers_kept_in(folder):
        return examine()


def _decoded(content: bytes | None) -> object:
    try:
        return None if content is None else decode(content)
    except MsgspecError:
        return None


@lru_cache(maxsize=4)
def _store(folder: Path) -> ByteStore:
    return ByteStore(folder)
