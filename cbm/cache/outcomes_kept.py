"""Outcomes by what they rest on: a system, what was asked of it, how far, and by which code.

What a run has found that was stopped is not kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from cbm.budget import current_budget
from cbm.cache.byte_store import ByteStore
from cbm.cache.fingerprints import NoFingerprint, fingerprint
from cbm.cache.outcome_form import packed, unpacked
from cbm.core.norms import NormSystem
from cbm.finding import Outcome
from cbm.selection import Selection
from cbm.version import VERSION
from cbm.wording.findings.quoted_differences import quoted_differences

_PACKAGE = Path(__file__).resolve().parent.parent


def remembered(folder: Path, system: NormSystem, selection: Selection, examine: Callable[[], Outcome]) -> Outcome:
    """What was found in the same system before, or else what is found now; that is kept in the folder."""
    terms = (_code(), str(current_budget().steps), *sorted(selection.rules))
    wording = tuple(finding for _, found in quoted_differences(system) for finding in found)
    try:
        known = fingerprint(system, terms, wording)
    except NoFingerprint:
        return examine()
    store = _store(folder)
    kept = _decoded(store.get(known.digest))
    outcome = None if kept is None else unpacked(kept, known)
    if outcome is not None:
        return outcome
    outcome = examine()
    if not current_budget().stopped:
        with suppress(NoFingerprint):  # something may be told at a place of its own making
            store.put(known.digest, encode(packed(outcome, known)))
    return outcome


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""  # it is on the path all the same


def _decoded(content: bytes | None) -> object:
    try:
        return None if content is None else decode(content)
    except MsgspecError:
        return None


@lru_cache(maxsize=4)
def _store(folder: Path) -> ByteStore:
    return ByteStore(folder)


@cache
def _code() -> str:
    """What answers: cbm as it lies here, file by file, the solver, and the rules of clocks."""
    found = sha256(" ".join((VERSION, _version("z3-solver"), _version("tzdata"))).encode())
    for clocks in map(Path, TZPATH):
        if clocks.is_dir():
            found.update(f"{clocks} {clocks.stat().st_mtime_ns}".encode())
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(file for file in files if file.endswith(".py")):
            path = Path(folder, name)
            state = path.stat()
            found.update(f"{path.relative_to(_PACKAGE)} {state.st_size} {state.st_mtime_ns}".encode())
    return found.hexdigest()
