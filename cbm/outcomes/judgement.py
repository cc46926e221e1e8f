"""What `cbm judge` tells of a record, as plain data: encounters, what bound whom in them, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from cbm.finding import Exit
from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record


class DutyVerdict(StrEnum):
    """What came of a duty for a while."""

    KEPT = "kept"
    BREACHED = "breached"
    DEPENDS = "depends"  # on how thresholds and open terms are read
    UNTOLD = "not to be told"  # from this record
    YIELDS = "yields"  # to another clause, with which it clashes
    FREE = "free"  # it permits something, and asks for nothing


class RecordAnswer(StrEnum):
    """Whether something is so for a while, as far as a record tells."""

    YES = "yes"
    DEPENDS = "depends"  # on how thresholds and open terms are read
    UNTOLD = "not to be told"


_GRAVEST_FIRST = (
    DutyVerdict.BREACHED,
    DutyVerdict.DEPENDS,
    DutyVerdict.UNTOLD,
    DutyVerdict.KEPT,
    DutyVerdict.YIELDS,
    DutyVerdict.FREE,
)


class DutyStretch(Record):
    """A while in which the same is so of a clause; times are ISO 8601 in UTC.

    `bound` says whether it binds. `words` say what came of it, and by how much; `missing` what the record would have to
    say to tell it. `breached` is from when on it is breached: what is to be done in time is so when its time is over.
    """

    start: str
    end: str
    bound: RecordAnswer
    verdict: DutyVerdict
    words: str = ""
    missing: tuple[str, ...] = ()
    breached: str = ""


class RecordedDuty(Record):
    """A clause for one unit towards another one, over the time of their encounter."""

    unit: str
    towards: str
    clause: str
    text: str
    title: str
    demand: str
    advice: bool
    place: str  # `colregs.cbm:57:3`
    stretches: tuple[DutyStretch, ...]
    sources: tuple[ClauseSource, ...] = ()
    why: str = ""  # the words of its condition, where it has one
    wording: str = ""  # what the agreement says, in the first language given

    @property
    def since(self) -> str:
        """From when on it binds for certain, or may."""
        return next((s.start for s in self.stretches if s.bound is RecordAnswer.YES), self.stretches[0].start)

    @property
    def verdict(self) -> DutyVerdict:
        """The gravest one."""
        told = {stretch.verdict for stretch in self.stretches}
        return next(one for one in _GRAVEST_FIRST if one in told)


class Setback(StrEnum):
    """How it comes that a clause is not owed, or cannot be kept with others, where its condition holds."""

    EXCEPTED = "excepted"
    DISPLACED = "displaced"
    YIELDS = "yields"
    CLASHES = "clashes"  # and no precedence settles it
    UNDECIDED = "undecided"  # whether they clash


class RecordedSetback(Record):
    """Clauses for one unit towards another one that are set back for a while; `by` are the clauses that do so.

    `told` says whether it is so; `words` name the exception or the rule of precedence.
    """

    start: str
    end: str
    unit: str
    towards: str
    how: Setback
    clauses: tuple[str, ...]
    told: RecordAnswer
    by: tuple[str, ...] = ()
    words: str = ""


class KeyMoment(Record):
    """A moment that matters: when, what happened, and where both units were (metres east and north of the start)."""

    time: str
    words: str
    places: tuple[tuple[float, float], ...] = ()


class DrawnTrack(Record):
    """Where a unit went, in metres east and north of one point, with seconds since the beginning."""

    unit: str
    points: tuple[tuple[float, float, float], ...]


class JudgedEncounter(Record):
    """Two units from when to when: the least range, what bound them, the moments that matter, and their tracks."""

    units: tuple[str, str]
    start: str
    end: str
    moments: int
    closest: str
    duties: tuple[RecordedDuty, ...]
    keys: tuple[KeyMoment, ...] = ()
    tracks: tuple[DrawnTrack, ...] = ()
    setbacks: tuple[RecordedSetback, ...] = ()

    def of(self, verdict: DutyVerdict) -> Iterator[RecordedDuty]:
        """The duties, without advice, of this verdict."""
        return (duty for duty in self.duties if duty.verdict is verdict and not duty.advice)


class Overlap(Record):
    """What a unit owes several others at once, from when to when: by other unit, the clauses."""

    unit: str
    start: str
    end: str
    owed: tuple[tuple[str, tuple[str, ...]], ...]


class ImpossibleSample(Record):
    """A finding against a vocabulary: a recorded moment that one of its axioms calls impossible."""

    axiom: str
    place: str
    units: tuple[str, str]
    time: str
    moments: int  # so many in all
    sample: tuple[str, ...]


class RecordNote(Record):
    """What is wrong with the record, where."""

    place: str
    kind: str
    words: str


class Judgement(SpokenRecord):
    """All that is told of a record under texts of a date."""

    text: str
    title: str
    beside: tuple[str, ...]
    as_of: str
    record: str
    source: str
    reconstruction: bool
    units: tuple[tuple[str, str], ...]  # name, and who it is
    thresholds: tuple[tuple[str, str], ...]
    encounters: tuple[JudgedEncounter, ...]
    overlaps: tuple[Overlap, ...] = ()
    impossible: tuple[ImpossibleSample, ...] = ()
    notes: tuple[RecordNote, ...] = ()
    apart: tuple[str, ...] = ()  # pairs that are no encounter, and why

    @property
    def duties(self) -> Iterator[RecordedDuty]:
        return (duty for encounter in self.encounters for duty in encounter.duties)

    @property
    def exit(self) -> Exit:
        """Findings where a duty is breached; undecided where that depends, cannot be told or was not judged in part.

        Who disregards advice may owe something otherwise, and that is not judged.
        """
        if any(duty.verdict is DutyVerdict.BREACHED and not duty.advice for duty in self.duties) or self.impossible:
            return Exit.FINDINGS
        open_ = (DutyVerdict.DEPENDS, DutyVerdict.UNTOLD)
        left = self.notes or any(duty.verdict in open_ and not duty.advice for duty in self.duties)
        left = left or any(s.missing for d in self.duties for s in d.stretches if s.verdict is DutyVerdict.BREACHED)
        left = left or any(s.how is Setback.UNDECIDED for encounter in self.encounters for s in encounter.setbacks)
        return Exit.UNDECIDED if left else Exit.FINE
