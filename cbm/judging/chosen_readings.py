"""What a record leaves open to whoever reads it: thresholds stated as ranges and open terms, on one reading or all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cbm.core.norms import NormSystem
from cbm.core.sorts import KindSort, NumberSort
from cbm.core.variables import Reading, Variable
from cbm.core.viewpoints import seen
from cbm.judging.track_deeds import Thresholds
from cbm.tracks.track_words import TrackWords

_ROLES = (0, 1)
# With so many ranges every choice of their ends is tried.
_FEW = 4


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """Thresholds and open terms on one reading, or (as they are stated) on all of them."""

    thresholds: Thresholds
    terms: Mapping[Variable, Fraction | str]
    words: str = ""


def readings(
    system: NormSystem, words: TrackWords, stated: Thresholds
) -> tuple[ChosenReading, tuple[ChosenReading, ...]]:
    """All readings as one, and single ones at the ends of ranges: all where there are few, else one end at a time."""
    used = set(words.thresholds)
    axes: list[tuple[object, str, tuple[object, ...]]] = [
        (name, name, ends) for name, ends in stated.items() if ends[0] != ends[1] and name in used
    ]
    mentioned = {v for norm in system.norms.values() for v in norm.content.variables} | {
        v for norm in system.norms.values() for g in (*norm.guards, *norm.exceptions) for v in g.condition.variables
    }
    for term in system.open_terms:
        if term.variable not in mentioned:
            continue
        for role in _ROLES if term.variable.role is not None else (0,):
            variable = seen(term.variable, role) if term.variable.role is not None else term.variable
            axes.append((variable, term.name, _ends(variable)))
    if not axes:
        return ChosenReading(stated, {}), ()
    choices: list[dict[object, object]] = []
    if len(axes) <= _FEW:
        choices = [{}]
        for key, _, ends in axes:
            choices = [{**chosen, key: end} for chosen in choices for end in ends]
    else:
        least, most = ({key: ends[i] for key, _, ends in axes} for i in (0, -1))
        choices = [least, most, *({**least, key: ends[-1]} for key, _, ends in axes)]
    return ChosenReading(stated, {}), tuple(_chosen(stated, axes, choice) for choice in choices)


def _ends(variable: Variable) -> tuple[object, ...]:
    match variable.sort:
        case NumberSort(_, low, high) if low is not None and high is not None:
            return (low, high)
        case KindSort(_, members):
            return members
        case _:
            return (Fraction(0),)


def _chosen(
    stated: Thresholds, axes: Sequence[tuple[object, str, tuple[object, ...]]], choice: Mapping[object, object]
) -> ChosenReading:
    thresholds: dict[str, tuple[int, int]] = dict(stated)
    terms: dict[Variable, Fraction | str] = {}
    for key, _, _ in axes:
        value = choice[key]
        if isinstance(key, str):
            assert isinstance(value, int)
            thresholds[key] = (value, value)
        else:
            assert isinstance(key, Reading)
            assert isinstance(value, Fraction | str)
            terms[key] = value
    return ChosenReading(thresholds, terms)
