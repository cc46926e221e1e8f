"""Norms as encounters show them: many at once, by what decides about them, and kept as other answers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from cbm.compliance.consistency import (
    BindNowhereTogether,
    Gallery,
    Shown,
    Sight,
    Unkeepable,
    best,
    deciding,
    gallery,
    only,
    rests_on,
)
from cbm.conflicts.all_conflicts import doubtful
from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem, Strength
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, Struct, field
from cbm.search.kept_answers import remembered
from cbm.search.open_readings import ReadingCubes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown

# Questions of this kind belong to no finding: they ask for what is to be seen where nothing was found.
ASKED_FOR = "attestation"
# Topics are put together until so many norms are shown at once: more topics would be looked at anew after an edit.
_ENOUGH = 32


class NormGalleries:
    """The encounters of every bearer, for the `must`s alone or with the advice added; made when they are asked for."""

    def __init__(self, inquiry: Inquiry, wanted: ShownTogether | None = None) -> None:
        """`wanted`: all that will be asked of them, so that they look at what decides that; None: at everything."""
        self._system, self._plain, self._wanted = inquiry.system, inquiry.grounds, wanted
        self._about = {False: inquiry.strict, True: inquiry.advised}
        self._grounds: dict[bool, list[tuple[Ground, Ground]]] = {}

    def of(self, *norms: NormId) -> tuple[Gallery, ...]:
        return self.advised if _is_advised(self._system, norms) else self.strict

    @cached_property
    def strict(self) -> tuple[Gallery, ...]:
        return tuple(gallery(*pair, advised=False) for pair in self.grounds(advised=False))

    @cached_property
    def advised(self) -> tuple[Gallery, ...]:
        return tuple(gallery(*pair, advised=True) for pair in self.grounds(advised=True))

    def grounds(self, advised: bool) -> list[tuple[Ground, Ground]]:
        """Of every bearer the norms as they bind and as they prevail."""
        if advised not in self._grounds:
            whole = list(zip(self._plain, self._about[advised], strict=True))
            if self._wanted is not None:
                looked_at = zip(whole, self._wanted.deciding, strict=True)
                whole = [(only(plain, norms), only(about, norms)) for (plain, about), norms in looked_at]
            self._grounds[advised] = whole
        return self._grounds[advised]


class ShownTogether(Struct):
    """Pairs and clauses that are shown together; by bearer the norms that decide about them, and they themselves."""

    advised: bool
    deciding: list[frozenset[NormId]]
    pairs: list[tuple[NormId, NormId]] = field(default_factory=list)
    clauses: list[tuple[NormId, ...]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many norms are shown."""
        return len({norm for norms in (*self.pairs, *self.clauses) for norm in norms})

    def add(self, other: ShownTogether) -> None:
        """Has what the other one shows shown with this."""
        self.deciding = [some | more for some, more in zip(self.deciding, other.deciding, strict=True)]
        self.pairs += other.pairs
        self.clauses += other.clauses


class NormSights(Record):
    """What the galleries of all bearers show of some norms: binding, and kept with everything else.

    A permission binds while everything is kept. `readings`: on which readings each of them shows it, of those that do.
    """

    norms: tuple[NormId, ...]
    sights: tuple[Sight, ...]
    readings: tuple[ReadingCubes | Unknown | None, ...] = ()

    @property
    def sight(self) -> Sight:
        return best(self.sights)


# A share of the work: pairs, and the norms of clauses. What is seen of either; a clause may be seen act by act.
NormShare: TypeAlias = tuple[Sequence[tuple[NormId, NormId]], Sequence[tuple[NormId, ...]]]
_Seen: TypeAlias = tuple[list[NormSights], list[list[NormSights]]]


def parted(inquiry: Inquiry, share: NormShare) -> Iterable[ShownTogether]:
    """The pairs and clauses by what decides about them: what may clash alone, or also what is near, topic by topic.

    So an edited clause that may not clash leaves what is shown of other topics as it is. Topics of which few clauses
    are shown are put together: one encounter shows many.
    """
    parts: dict[tuple[bool, tuple[str, ...] | None], ShownTogether] = {}

    def part_of(norms: tuple[NormId, ...]) -> ShownTogether:
        advised = _is_advised(inquiry.system, norms)
        views = inquiry.advised if advised else inquiry.strict
        duties = [deciding(about, norms) for about in views]
        apart = any(not some <= doubtful(about) for some, about in zip(duties, views, strict=True))
        key = advised, inquiry.system.norms[norms[0]].topics if apart else None
        part = parts.setdefault(key, ShownTogether(advised, [frozenset(norms) for _ in views]))
        part.deciding = [known.union(some, norms) for known, some in zip(part.deciding, duties, strict=True)]
        return part

    pairs, clauses = share
    for pair in pairs:
        part_of(pair).pairs.append(pair)
    for norms in clauses:
        part_of(norms).clauses.append(norms)
    return _put_together(parts)


def _put_together(parts: Mapping[tuple[bool, tuple[str, ...] | None], ShownTogether]) -> Iterable[ShownTogether]:
    """With parts of few clauses joined, unless they are of what may clash, or advice is kept in one of them alone."""
    joined: list[ShownTogether] = []
    growing: dict[bool, ShownTogether] = {}
    for (advised, topics), part in parts.items():
        if topics is None or advised not in growing:
            joined.append(part)
        else:
            growing[advised].add(part)
        if topics is not None and growing.setdefault(advised, part).size >= _ENOUGH:
            del growing[advised]
    return joined


def seen_of(inquiry: Inquiry, wanted: ShownTogether) -> _Seen:
    """What is shown of them; words rest on more, and are found each time."""
    galleries = NormGalleries(inquiry, wanted)
    strict, advised = galleries.grounds(advised=False), galleries.grounds(advised=True) if wanted.advised else []
    of_galleries = [rests_on(*pair, advised=False) for pair in strict]
    of_galleries += [rests_on(*pair, advised=True) for pair in advised]
    strengths = [inquiry.system.norms[n].strength for norms in (*wanted.pairs, *wanted.clauses) for n in norms]
    return remembered(
        "which encounters show them",
        (of_galleries, wanted.pairs, wanted.clauses, strengths),
        lambda: (
            [_view(galleries, pair) for pair in wanted.pairs],
            [_views(galleries, norms) for norms in wanted.clauses],
        ),
        *(NormSights, Shown, BindNowhereTogether, Unkeepable, ReadingCubes),
        given=(*(about for _, about in (*strict, *advised)), *inquiry.system.open_terms),
    )


def _views(galleries: NormGalleries, norms: tuple[NormId, ...]) -> list[NormSights]:
    return [_view(galleries, one) for one in _told_apart(galleries, norms)]


def _view(galleries: NormGalleries, norms: tuple[NormId, ...]) -> NormSights:
    asked = galleries.of(*norms)
    sights = tuple(g.show(norms) for g in asked)
    with asking(rule=ASKED_FOR, norms=norms):
        readings = tuple(g.readings(norms) for g, s in zip(asked, sights, strict=True) if isinstance(s, Shown))
    return NormSights(norms, sights, readings)


def _is_advised(system: NormSystem, norms: Iterable[NormId]) -> bool:
    """Whether advice is kept as well where these are shown."""
    return any(system.norms[norm].strength is Strength.SHOULD for norm in norms)


def _told_apart(galleries: NormGalleries, norms: tuple[NormId, ...]) -> Sequence[tuple[NormId, ...]]:
    """A clause, or its acts one by one, where encounters show some of them and none shows all."""
    acts = [(norm,) for norm in norms]
    apart = not _is_shown(galleries, norms) and any(_is_shown(galleries, act) for act in acts)
    return acts if apart else [norms]


def _is_shown(galleries: NormGalleries, norms: tuple[NormId, ...]) -> bool:
    return any(isinstance(g.show(norms), Shown) for g in galleries.of(*norms))
