"""Records judged as the command judges them, without files: what the laws of this folder start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cbm.judging.judged_pair import JudgedPair, judge_pair
from cbm.judging.recorded_precedence import ClashBook
from cbm.judging.track_basis import TrackBasis
from cbm.questions.recorded_encounters import RecordQuestion, texts_understood
from cbm.tracks.continuity import usable
from cbm.tracks.event_table import read_events
from cbm.tracks.mapping_file import read_mapping
from cbm.tracks.track_table import read_table
from tests.recorded import START, MadeRecord

TEXTS = ("specs/drafts/code_of_conduct_2019.cbm", "cues", "colregs")


_CLASHES: ClashBook = {}


@cache
def texts() -> object:
    return texts_understood(RecordQuestion((), TEXTS), START.date())


def judged(record: MadeRecord, *, step: int = 20, without: tuple[str, ...] = (), swapped: bool = False) -> JudgedPair:
    """The first two units of the record, in its order or the other way round."""
    read = texts()
    assert isinstance(read, tuple)
    with TemporaryDirectory() as folder:
        files = record.write(Path(folder), step, without)
        mapping = read_mapping(files["mapping"])
        events = read_events(files["events"]) if "events" in files else ()
        tracks = [usable(track, mapping)[0] for track in read_table(files["tracks"])]
    system, words, conditions = read
    basis = TrackBasis(system, words, conditions, mapping, events, _CLASHES)
    one, other = (tracks[1], tracks[0]) if swapped else (tracks[0], tracks[1])
    found = judge_pair(basis, (one, other), 0, 10**15)
    assert found is not None
    return found
