"""Outcomes by what they rest on: a system, what was asked of it, how far, by which code, and who is told.

What a run has found that was stopped is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from cbm.cache.byte_store import ByteStore
from cbm.cache.code_version import code_version
from cbm.cache.fingerprints import NoFingerprint, fingerprint
from cbm.cache.meanings_kept import TextsRead
from cbm.cache.outcome_form import packed, unpacked
from cbm.cache.title_places import Tell, TitlePlaces, with_titles, writes_marks
from cbm.checking.selection import Selection
from cbm.core.norms import NormSystem
from cbm.process.budget import current_budget
from cbm.report import Outcome
from cbm.syntax import ast
from cbm.translation.speech import spoken
from cbm.wording.findings.quoted_differences import quoted_differences


class Examine(Protocol):
    """Looks at a system; `tell` hears of each finding as it comes."""

    def __call__(self, system: NormSystem, /, *, tell: Tell | None = None) -> Outcome: ...


def texts_read(
    folder: Path, documents: Mapping[str, ast.Document], subject: str, as_of: date | None, selection: Selection
) -> TextsRead | None:
    """The texts that a system is read from, as they are known in the folder; None where they are not looked up."""
    return TextsRead.of(_store(folder), documents, subject, as_of, _terms(selection))


def told_of_texts(folder: Path, texts: TextsRead) -> Outcome | None:
    """What was found in texts that mean the same; None where that is not known."""
    meaning = texts.meaning()
    kept = None if meaning is None else _decoded(_store(folder).get(meaning.fingerprint.digest))
    if meaning is None or kept is None:
        return None
    return unpacked(kept, meaning.fingerprint, partial(with_titles, meaning.titles))


def remembered(
    folder: Path,
    system: NormSystem,
    selection: Selection,
    examine: Examine,
    tell: Tell | None = None,
    texts: TextsRead | None = None,
) -> Outcome:
    """What was found in the same system before, or else what is found now; that is kept in the folder.

    What the system was read from, its `texts`, is known to mean this from then on.
    """
    terms = _terms(selection)
    places = TitlePlaces.of(system)
    wording = tuple(finding for _, found in quoted_differences(places.system) for finding in found)
    try:
        known = fingerprint(places.system, terms, wording)
    except NoFingerprint:
        return _asked(folder, partial(examine, system, tell=tell))
    if any(map(writes_marks, known.places.sources)):
        return _asked(folder, partial(examine, system, tell=tell))
    if texts is not None:
        with suppress(NoFingerprint, UnicodeError):  # something may be read from another text, or be no text at all
            texts.keep(known, places)
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


def _terms(selection: Selection) -> tuple[str, ...]:
    return (code_version(), spoken(), str(current_budget().steps), *sorted(selection.rules))


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
