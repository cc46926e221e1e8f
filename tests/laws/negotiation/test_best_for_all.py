"""Law: what is best for all over boxes of packages is what listing the packages finds."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.packages.package_boxes import Box, PackageSpace, Taking
from cbm.negotiation.best_for_all import Wants, best_for_all, spoken_of
from tests.laws.core.packages.test_package_boxes import boxes, lies_in


@st.composite
def negotiated(draw: st.DrawFn) -> tuple[PackageSpace, list[Box], Wants]:
    """A few choices that hang together, the packages of them that are not clean, and what one to three want."""
    sizes = tuple(draw(st.lists(st.integers(2, 3), min_size=1, max_size=3)))
    takings: list[Taking] = [(choice, option) for choice, size in enumerate(sizes) for option in range(size)]
    wants = {who: frozenset(draw(st.lists(st.sampled_from(takings)))) for who in "ABC"[: draw(st.integers(1, 3))]}
    return PackageSpace(sizes), draw(st.lists(boxes(sizes), max_size=4)), wants


# Where one wants what the other wants as well, its other option is not best; two that want different things are even.
@given(negotiated())
@example((PackageSpace((2,)), [], {"A": frozenset({(0, 0), (0, 1)}), "B": frozenset({(0, 1)})}))
@example((PackageSpace((2,)), [], {"A": frozenset({(0, 0)}), "B": frozenset({(0, 1)})}))
@example((PackageSpace((2,)), [], {"A": frozenset({(0, 0), (0, 1)})}))
# What would be better in one choice costs the other one: either package is best.
@example(
    (
        PackageSpace((2, 2)),
        [{0: 1, 1: 1}],
        {"A": frozenset({(0, 0), (1, 0), (1, 1)}), "B": frozenset({(0, 0), (0, 1), (1, 0)})},
    )
)
def test_nobody_can_have_more_unless_another_has_less(drawn: tuple[PackageSpace, list[Box], Wants]) -> None:
    space, unclean, wants = drawn
    everything = range(len(space.sizes))
    clean = space.maximal_outside(unclean)
    spoken = [c for c in everything if all(any((c, o) in w for o in range(space.sizes[c])) for w in wants.values())]
    spoken = [c for c in spoken if all(any((c, o) in w for w in wants.values()) for o in range(space.sizes[c]))]
    spoken = spoken if len(wants) > 1 else []  # where nobody else wants anything nothing is weighed
    assert list(spoken_of(space, wants)) == spoken

    whole = (dict(enumerate(package)) for package in product(*map(range, space.sizes)))
    left = {
        tuple(package[c] for c in spoken)
        for package in whole
        if not any(lies_in(tuple(package.values()), box) for box in unclean)
    }
    had = {
        one: {(who, c) for who in wants for c, o in zip(spoken, one, strict=True) if (c, o) in wants[who]}
        for one in left
    }
    best = {one for one in left if not any(had[one] < had[other] for other in left)}

    told = list(best_for_all(space, [(everything, clean)], wants))
    assert len(told) == (best != left)
    for found in told:
        ways = [dict(zip(spoken, one, strict=True)) for one in product(*(range(space.sizes[c]) for c in spoken))]
        inside = {
            tuple(way.values()) for way in ways if any(all(o >> way[c] & 1 for c, o in b.items()) for b in found.best)
        }
        assert inside == best
