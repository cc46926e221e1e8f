"""Several days of one run: what texts mean and what is found in them on one day holds on the next, as long as all that
was asked of the day has the same answers on it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cbm.cache.fingerprints import NoFingerprint, fingerprint
from cbm.core.calendar.asked_day import AskedDay, DayNotes, noting
from cbm.core.norms import NormSystem
from cbm.process.budget import current_budget
from cbm.records import parts, replace
from cbm.report import Outcome

# A system as it is read on a day, and what is wrong with its texts.
Reading = tuple[NormSystem | None, Outcome]


class DaysAlike:
    """What was read and found of one subject in this run, each with what was asked of the day on the way."""

    def __init__(self) -> None:
        self._read: list[tuple[DayNotes, NormSystem, Outcome]] = []
        self._found: list[tuple[DayNotes, NormSystem, Outcome]] = []

    def read(self, day: date | None, read: Callable[[date | None], Reading]) -> Reading:
        """What the texts mean on a day that is like this one, or else what they mean now."""
        if day is None:
            return read(None)
        for asked, system, outcome in self._read:
            if asked.same_on(day):
                return _on(day, system), replace(outcome, as_of=day)
        with noting() as asked:
            known, outcome = read(AskedDay.of(day))
        if known is None:
            return None, outcome
        if not asked.taken and not outcome.findings:
            self._read.append((asked, known, outcome))
        return _on(day, known), replace(outcome, as_of=day)

    def told(self, system: NormSystem, examine: Callable[[NormSystem], Outcome]) -> Outcome:
        """What was found in the system on a day that is like this one, or else what is found now."""
        day = system.as_of
        if day is None:
            return examine(system)
        for asked, known, outcome in self._found:
            if asked.same_on(day) and _are_the_same(known, system):
                return replace(outcome, as_of=day)
        with noting() as asked:
            outcome = replace(examine(_on(AskedDay.of(day), system)), as_of=day)
        if not asked.taken and not current_budget().stopped:
            self._found.append((asked, system, outcome))
        return outcome


def _on(day: date | None, system: NormSystem) -> NormSystem:
    return replace(system, as_of=day, week=day)


def _are_the_same(one: NormSystem, other: NormSystem) -> bool:
    """Whether two systems are one, apart from the day; most were read as one."""
    one, other = _on(None, one), _on(None, other)
    if all(mine is its for mine, its in zip(parts(one), parts(other), strict=True)):
        return True
    try:
        return fingerprint(one, (), ()) == fingerprint(other, (), ())
    except NoFingerprint:
        return False
