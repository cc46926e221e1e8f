"""Acts that a text bars in some promised types of encounter, and on which it says nothing in others.

Duties are not looked at: who is nearer is asked for more, and that is no slip. Only types are compared, so that a ban
under conditions is no ban in some situations only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from cbm.core.expressions import FALSE, TRUE, Formula, conjunction, disjunction
from cbm.core.matters import Settled, bars_outright, matters
from cbm.core.norms import Coverage, Strength
from cbm.coverage.by_exception import MatterRegions, in_types
from cbm.coverage.by_reading import group_by_reading, readings_in
from cbm.coverage.governance import SituationRegion, decided, governing, is_anywhere, owed_in, some_binds, types_of
from cbm.coverage.types.axes import Divider, dividers
from cbm.coverage.types.boxes import Box, boxes
from cbm.coverage.types.grid import Types
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record
from cbm.search.open_readings import ReadingCubes, all_open, beyond
from cbm.smt.solve import Unknown


class UnevenAct(Record):
    """An act that `bans` bar in some promised types of encounter, and a box of types in which nothing is said of it.

    `on`: the readings of open terms on which all that is so; None: no open term plays a part. On each reading on which
    an act is uneven there is one. `region`: where on these
    readings the topic is owed and nothing is said of the act.
    """

    act: str
    bans: tuple[GroundNorm, ...]
    axes: tuple[Divider, ...]
    box: Box
    region: SituationRegion
    on: ReadingCubes | Unknown | None


def uneven_acts(
    about: Ground, promises: Sequence[Coverage], topic: str, real: Types, aside: Collection[str] = ()
) -> Iterator[UnevenAct]:
    """The acts of a topic of which that is so, in the types in which the topic is promised and something is said on it.

    Acts that are left `aside` are not asked about. Raises CoverageUndecided where a question was given up.
    """
    owed, banned = owed_on(about, promises, topic), banned_acts(about, promises, topic)
    banned = {act: bans for act, bans in banned.items() if act not in aside}
    if not banned:
        return
    axes, said = dividers(about), _met(about, but_for_exceptions(about, topic, owed))
    here = decided(types_of(said, axes, real)) & real
    for name, bans in banned.items():
        yield from _uneven(about, name, bans, owed, said, here, real)


def owed_on(about: Ground, promises: Iterable[Coverage], topic: str) -> Formula:
    """Where the topic is promised."""
    return disjunction(*(owed_in(about, promise, topic) for promise in promises if topic in promise.topics))


def banned_acts(about: Ground, promises: Iterable[Coverage], topic: str) -> dict[str, tuple[GroundNorm, ...]]:
    """The acts of a topic that clauses bar outright, with these; not those that are promised by themselves."""
    promised = {matter.act for promise in promises for matter in matters(promise) if isinstance(matter, Settled)}
    return {
        act.name: bans
        for act in about.system.acts.values()
        if act.topic == topic
        and act.name not in promised
        and (bans := tuple(n for n in about.norms if _is_ban(about, n, act.name)))
    }


def barred_in(about: Ground, act: str, bans: tuple[GroundNorm, ...], owed: Formula) -> Formula:
    """Where one of the bans binds, or would but for an exception."""
    return conjunction(owed, disjunction(some_binds(bans), MatterRegions(about, Settled(act), owed, bans).lifted))


def _uneven(
    about: Ground,
    act: str,
    bans: tuple[GroundNorm, ...],
    owed: Formula,
    said: SituationRegion,
    here: Types,
    real: Types,
) -> Iterator[UnevenAct]:
    """The types in which clauses are silent on an act that bans bar in others: a box for each reading of open terms.

    `owed` is where the topic is promised, `said` where something is said on it, and `here` are the types of that.
    """
    axes = dividers(about)
    governed = _met(about, but_for_exceptions(about, Settled(act), owed))
    known = decided(types_of(governed, axes, here)) & here
    open_: list[tuple[Types, Formula]] = [(here - known, TRUE)]
    for types, on in group_by_reading(governed, axes, known) if known else ():
        known_on = decided(on)
        if isinstance(known_on, ReadingCubes) and not known_on.every:
            open_.append((types, known_on.elsewhere))
    where = disjunction(*(conjunction(in_types(axes, types), so) for types, so in open_))
    if where == FALSE:
        return
    silent = said.within(where)
    on = decided(readings_in(silent))
    barred = _met(about, barred_in(about, act, bans, owed))
    barred = barred.within(on.condition) if isinstance(on, ReadingCubes) else barred
    types = decided(types_of(silent, axes, here)) & here
    if not types or not decided(is_anywhere(barred)):
        return
    region = MatterRegions(about, Settled(act), owed, governing(about, Settled(act))).silent
    for box, so in _boxes_by_reading(about, silent, types, real):
        there = barred.within(so)
        if so == TRUE or decided(is_anywhere(there)):
            depends = readings_in(there)
            within = region.within(depends.condition) if isinstance(depends, ReadingCubes) else region
            each = ((ban, _met(about, barred_in(about, act, (ban,), owed)).within(so)) for ban in bans)
            barring = tuple(ban for ban, barred_by_it in each if decided(is_anywhere(barred_by_it)))
            yield UnevenAct(act, barring, axes, box, within, depends)


def _boxes_by_reading(
    about: Ground, silent: SituationRegion, types: Types, real: Types
) -> Iterator[tuple[Box, Formula]]:
    """The largest boxes of these types that are silent together, each with the readings on which all of it is.

    On each reading on which some types are silent, one box is told: of several that are as large, what always is.
    """
    axes, impossible = dividers(about), real.grid.everything - real
    groups = [(group, decided(on)) for group, on in group_by_reading(silent, axes, types)]
    found = [(_largest(axes, _silent_with(about, on, groups), impossible), on) for _, on in groups]
    told: list[ReadingCubes | None] = []
    for box, on in sorted(found, key=lambda one: (-len(one[0].types), one[1] is not None and not one[1].every)):
        elsewhere = beyond(told)
        if elsewhere is not None:
            yield box, conjunction(TRUE if on is None else on.condition, *elsewhere)
            told.append(on)


def _silent_with(about: Ground, on: ReadingCubes | None, groups: Sequence[tuple[Types, ReadingCubes | None]]) -> Types:
    """The types of all groups that are silent on each of these readings."""
    found = groups[0][0].grid.nothing
    for types, known in groups:
        if known == on or known is None or _is_among(about, on, known):
            found |= types
    return found


def _is_among(about: Ground, on: ReadingCubes | None, others: ReadingCubes) -> bool:
    """Whether all of these readings are among the others."""
    if others.every or on is None:
        return others.every
    among = all_open(about.system).among(others, on.condition)
    return not isinstance(among, Unknown) and among.every


def _largest(axes: tuple[Divider, ...], types: Types, impossible: Types) -> Box:
    return max(boxes(axes, types, impossible), key=lambda box: len(box.types))


def _is_ban(about: Ground, n: GroundNorm, act: str) -> bool:
    own = n.norm.id.document == about.system.subject
    return own and n.norm.strength is Strength.MUST and bars_outright(n.norm, act)


def but_for_exceptions(about: Ground, matter: str | Settled, owed: Formula) -> Formula:
    """Where something is said on the matter, or would be but for an exception."""
    norms = governing(about, matter)
    return conjunction(owed, disjunction(some_binds(norms), MatterRegions(about, matter, owed, norms).lifted))


def _met(about: Ground, condition: Formula) -> SituationRegion:
    """The situations in which some conduct meets the condition."""
    return SituationRegion(about, (("met", condition),), FALSE)
