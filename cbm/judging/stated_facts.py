"""What a mapping file or an event states of units and of their meeting, to values of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from cbm.core.sorts import Dimension, FlagSort, KindSort, NumberSort
from cbm.core.units import UNITS
from cbm.core.variables import Attribute, Variable
from cbm.finding import Misuse
from cbm.judging.inferred_facts import infer
from cbm.judging.partial_episode import PartialEpisode
from cbm.judging.track_basis import TrackBasis
from cbm.tracks.mapping_file import Fact
from cbm.translation.saying import mark, say

_NO_QUANTITY = {
    Dimension.LENGTH: mark('`{written}` is no length; write a number and its unit, as in "500 ft"'),
    Dimension.SPEED: mark('`{written}` is no speed; write a number and its unit, as in "500 ft"'),
    Dimension.ANGLE: mark('`{written}` is no angle; write a number and its unit, as in "500 ft"'),
    Dimension.DURATION: mark('`{written}` is no duration; write a number and its unit, as in "500 ft"'),
    Dimension.COUNT: mark('`{written}` is no count; write a number and its unit, as in "500 ft"'),
}


def facts(basis: TrackBasis, units: Sequence[str]) -> PartialEpisode:
    """What the mapping says of these units and of their meeting, and what the vocabulary concludes: as one moment."""
    episode = PartialEpisode(np.zeros(1, np.int64))
    for role, unit in enumerate(units):
        for name, value in basis.mapping.unit(unit).values.items():
            _state(basis, episode, name, role, value, f"units.{unit}.{name}")
    for name, value in basis.mapping.facts.items():
        _state(basis, episode, name, None, value, f"facts.{name}")
    infer(episode, basis.system)
    return episode


def _state(basis: TrackBasis, episode: PartialEpisode, name: str, role: int | None, value: Fact, where: str) -> None:
    variable = basis.attribute(name, role or 0)
    if variable is None:
        known = sorted({v.name for v in basis.system.situation.attributes if isinstance(v, Attribute)})
        no_such = say("the vocabulary has no attribute `{name}`", name=name)
        raise _refused(where, say("{message}; {advice}", message=no_such, advice=_near(name, known)))
    if role is None and variable.role is not None:
        raise _refused(where, say("each unit has a `{name}` of its own; say it under [units.NAME]", name=name))
    if role is not None and variable.role is None:
        raise _refused(where, say("units share `{name}`; say it under [facts]", name=name))
    assign(episode, variable, value, where)


def _refused(where: str, message: str) -> Misuse:
    return Misuse(say("{place}: {message}", place=where, message=message))


def assign(episode: PartialEpisode, variable: Variable, value: Fact, where: str) -> None:
    """The value is so at all moments; Misuse, at this place, where the variable has no such value."""
    match variable.sort:
        case FlagSort():
            if not isinstance(value, bool):
                raise _refused(where, say("this is true or false, and no `{value}`", value=value))
            episode.set_flag(variable, value)
        case KindSort(_, members):
            if value not in members:
                no_such = say("there is no `{value}`", value=value)
                advice = _near(str(value), members)
                raise _refused(where, say("{message}; {advice}", message=no_such, advice=advice))
            episode.set_member(variable, str(value))
        case _:
            thousandths = _quantity(variable, str(value), where)
            episode.set_number(variable, thousandths, thousandths)


def _quantity(variable: Variable, text: str, where: str) -> int:
    """`500 ft` in thousandths of the base unit."""
    assert isinstance(variable.sort, NumberSort)
    number, _, name = text.strip().partition(" ")
    unit = UNITS.get(name.strip())
    try:
        value = Fraction(number.replace(",", ""))
    except ValueError:
        value, unit = Fraction(0), None
    if unit is None or unit.dimension is not variable.sort.dimension:
        raise _refused(where, say(_NO_QUANTITY[variable.sort.dimension], written=text))
    return round(value * unit.factor * 1000)


def _near(name: str, known: Sequence[str]) -> str:
    from cbm.resolve.faults import suggestion

    return next(iter(suggestion(name, known)), say("known are {names}", names=say(", ").join(known)))
