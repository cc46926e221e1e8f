"""The clashes of a changed text from those of the text before: only sets that hold a changed norm are looked at again.

Their extents are told by regions where these are known, and not by cubes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cbm.decide.clashes import TOGETHER, Clash, GivenUp, world_of
from cbm.decide.extent import Extent, find_extent
from cbm.decide.prevailing import minimal_extent
from cbm.decide.sets import components, find_minimal_sets
from cbm.semantics.core import Expr, NormId, conjunction
from cbm.semantics.ground import Ground
from cbm.semantics.substitute import variables
from cbm.smt.solve import Answer, Unknown, Unsat

Ask = Callable[..., Answer]


def refind(
    ground: Ground, earlier: Iterable[Clash], changed: frozenset[NormId], widened: frozenset[NormId], ask: Ask
) -> Iterator[Clash | GivenUp]:
    """`earlier` are the clashes before the change of these norms; the `widened` ones may clash with anything anew."""
    world, norms = world_of(ground), ground.demanding
    groups = components(world, norms)
    near = sorted(i for group in groups if any(norms[i].norm.id in widened for i in group) for i in group)
    anew = {norms[i].norm.id for i in near}
    there = {n.norm.id for n in norms}
    known = [c for c in earlier if c.bearer == ground.bearer and there.issuperset(c.norms)]
    for clash in known:
        if changed.isdisjoint(clash.norms):
            yield clash
        elif anew.isdisjoint(clash.norms):
            yield from _narrowed(ground, clash, known, changed, ask)
    search = find_minimal_sets(world, [norms[i] for i in near])
    for members, reason in search.given_up:
        yield GivenUp(ground.bearer, tuple(norms[near[i]].norm.id for i in members), TOGETHER, reason)
    for one in search.sets:
        names = tuple(norms[near[i]].norm.id for i in one.members)
        if not changed.isdisjoint(names):
            yield from _extended(ground, names, one.region)


def _narrowed(
    ground: Ground, clash: Clash, known: Sequence[Clash], changed: frozenset[NormId], ask: Ask
) -> Iterator[Clash | GivenUp]:
    """What is left of a clash of norms that only bind less than they did: no further set of them clashes anywhere.

    Where all of its members still bind they ask for what they asked for, and clash as they did.
    """
    binding = [n.binds for n in ground.norms if n.norm.id in changed and n.norm.id in clash.norms]
    if not clash.extent.exact or not all(ground.conduct.isdisjoint(variables(binds)) for binds in binding):
        yield from _extended(ground, clash.norms, None)
        return
    where = conjunction(minimal_extent(clash, tuple(known)), *binding)
    answer = ask(ground, where)
    if isinstance(answer, Unknown):
        yield GivenUp(ground.bearer, clash.norms, TOGETHER, answer.reason)
    elif not isinstance(answer, Unsat):
        yield from _extended(ground, clash.norms, where)


def _extended(ground: Ground, names: tuple[NormId, ...], region: Expr | None) -> Iterator[Clash | GivenUp]:
    if region is not None:
        yield Clash(ground.bearer, names, Extent((), {}, complete=True, region=region))
        return
    found = find_extent(world_of(ground), tuple(ground.norm(name).demand for name in names))
    if isinstance(found, Extent):
        yield Clash(ground.bearer, names, found)
    elif isinstance(found, Unknown):
        yield GivenUp(ground.bearer, names, TOGETHER, found.reason)
