"""What all pairs of a record are judged by, with what of it does not hang on any pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cbm.core.expressions import Expr
from cbm.core.norms import NormSystem
from cbm.core.variables import Attribute, Variable
from cbm.core.viewpoints import seen
from cbm.judging.chosen_readings import ChosenReading, readings
from cbm.judging.ends_of_times import ends_of_times
from cbm.judging.recorded_precedence import ClashBook
from cbm.judging.track_deeds import Thresholds
from cbm.tracks.mapping_file import EncounterMapping
from cbm.tracks.recording import RecordedEvent
from cbm.tracks.track_words import TrackWords


@dataclass(frozen=True)  # with room for what is worked out once
class TrackBasis:
    """What all pairs of a record are judged by: the texts, the table of their vocabulary, and the mapping file.

    `conditions` are those of the table, as they are understood. `clashes` remembers which norms clash.
    """

    system: NormSystem
    words: TrackWords
    conditions: Mapping[str, Expr]
    mapping: EncounterMapping
    events: tuple[RecordedEvent, ...]
    clashes: ClashBook = field(default_factory=dict, compare=False)

    @cached_property
    def thresholds(self) -> Thresholds:
        return {name: (round(low * 1000), round(high * 1000)) for name, (low, high) in self.mapping.thresholds.items()}

    @cached_property
    def readings(self) -> tuple[ChosenReading, tuple[ChosenReading, ...]]:
        """All readings of what is left open as one, and single ones."""
        return readings(self.system, self.words, self.thresholds)

    @cached_property
    def ends_of_times(self) -> frozenset[tuple[str, int]]:
        """How long before or after which acts, in ms, the times of norms begin or end."""
        return ends_of_times(self.system)

    @cached_property
    def told_by_events(self) -> frozenset[str]:
        """The acts and attributes of which events tell."""
        return frozenset(event.what for event in self.events)

    @cached_property
    def mentioned_by_flags(self) -> frozenset[Variable]:
        """Everything that conditions of the table mention, of whichever unit."""
        every = {variable for condition in self.conditions.values() for variable in condition.variables}
        roles = range(len(self.system.situation.roles))
        return frozenset(seen(v, role) if v.role is not None else v for v in every for role in roles)

    def attribute(self, name: str, role: int) -> Variable | None:
        """The attribute of this name, as the unit in the role has it."""
        found = self._attributes.get(name)
        return None if found is None else seen(found, role) if found.role is not None else found

    @cached_property
    def _attributes(self) -> Mapping[str, Attribute]:
        known = [one for one in self.system.situation.attributes if isinstance(one, Attribute)]
        return {one.name: one for one in reversed(known)}  # of two of one name the first one is meant
