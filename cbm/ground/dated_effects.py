"""What of a norm system depends on the date asked about: reserves that have not ended, and what binds whom by what."""

from __future__ import annotations

from cbm.core.calendar.meetings import works
from cbm.core.norms import NormSystem
from cbm.ground.members import existing, members
from cbm.ground.texts_in_force import in_force


def reserves_left(system: NormSystem) -> list[str]:
    """The reserves that have not ended."""
    return [reserve.label for reserve in system.reserves if not reserve.has_ended(system.as_of)]


def binding_on_date(system: NormSystem) -> tuple[object, ...]:
    """What else depends on the date: texts in force, who is a party, which parties there are, channels that serve, and
    how clocks go.
    """
    texts = [name for name, text in system.texts.items() if in_force(text, system)]
    channels = [name for name in _alternatives(system) if works(system.channels[name], system.as_of)]
    parties = [members(text, system) for text in system.texts.values()]
    clocks = [axiom for axiom in system.axioms if axiom.dated and axiom.week == system.week]
    return texts, parties, existing(system), channels, clocks


def _alternatives(system: NormSystem) -> dict[str, None]:
    """The channels that stand in for others, or others for them: which of them serves decides which is used."""
    several = (names for norm in system.norms.values() for names in norm.channels if len(names) > 1)
    return dict.fromkeys(name for names in several for name in names)
