"""Laws: sets of packages as boxes are what listing every package gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.packages.package_boxes import Box, PackageSpace
from tests.laws.sparing import sparingly

Package = tuple[int, ...]


@st.composite
def spaces(draw: st.DrawFn) -> tuple[PackageSpace, list[Box]]:
    """A few choices, perhaps a tie, and boxes of packages."""
    sizes = tuple(draw(st.lists(st.integers(2, 3), min_size=1, max_size=4)))
    excluded = tuple(draw(st.lists(boxes(sizes), max_size=1)))
    return PackageSpace(sizes, excluded), draw(st.lists(boxes(sizes), max_size=4))


@st.composite
def nested_spaces(draw: st.DrawFn) -> tuple[PackageSpace, list[Box]]:
    """Choices of which some stand inside of options of those before them, perhaps in two places; and boxes."""
    space, bad = draw(spaces())
    stands: dict[int, list[dict[int, int]]] = {0: [{}]}
    for choice in range(1, len(space.sizes)):
        outer = draw(st.lists(st.integers(0, choice - 1), max_size=2))
        places = [
            {**around, one: 1 << draw(st.integers(0, space.sizes[one] - 1))} for one in outer for around in stands[one]
        ]
        stands[choice] = places or [{}]
    nested = tuple((choice, tuple(places)) for choice, places in stands.items() if {} not in places)
    return PackageSpace(space.sizes, space.excluded, nested), bad


def boxes(sizes: Sequence[int]) -> st.SearchStrategy[Box]:
    named = st.lists(st.sampled_from(range(len(sizes))), min_size=1, max_size=len(sizes), unique=True)
    return named.flatmap(
        lambda choices: st.fixed_dictionaries({c: st.integers(1, (1 << sizes[c]) - 2) for c in sorted(choices)})
    )


def packages(space: PackageSpace) -> Iterator[Package]:
    return product(*(range(size) for size in space.sizes))


def lies_in(package: Package, box: Box) -> bool:
    return all(options >> package[choice] & 1 for choice, options in box.items())


def written_out(space: PackageSpace, box: Box) -> tuple[int, ...]:
    return tuple(box.get(choice, space.whole(choice)) for choice in range(len(space.sizes)))


def within(inner: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    return all(one & ~other == 0 for one, other in zip(inner, outer, strict=True))


@sparingly(2)
@given(spaces())
def test_what_lies_outside_is_told_by_all_maximal_boxes(drawn: tuple[PackageSpace, list[Box]]) -> None:
    space, bad = drawn
    clean = space.maximal_outside(bad)
    outside = {package for package in packages(space) if not any(lies_in(package, box) for box in bad)}
    every = product(*(range(1, 1 << size) for size in space.sizes))
    inside = [box for box in every if all(p in outside for p in packages(space) if lies_in(p, dict(enumerate(box))))]
    maximal = {box for box in inside if not any(box != other and within(box, other) for other in inside)}
    assert {written_out(space, box) for box in clean} == maximal
    assert space.count(clean, range(len(space.sizes))) == len(outside)


def test_one_set_of_packages_is_told_by_one_box() -> None:
    assert PackageSpace((2, 2)).maximal_outside([{0: 0, 1: 0}]) == ({0: 3},)


@sparingly(2)
@given(nested_spaces())
def test_packages_that_differ_in_idle_choices_only_are_one(drawn: tuple[PackageSpace, list[Box]]) -> None:
    space, bad = drawn
    stands = dict(space.nested)

    def said(package: Package) -> tuple[int | None, ...]:
        return tuple(
            o if any(lies_in(package, p) for p in stands.get(c, ({},))) else None for c, o in enumerate(package)
        )

    outside = {said(package) for package in packages(space) if not any(lies_in(package, box) for box in bad)}
    assert space.count(space.maximal_outside(bad), range(len(space.sizes))) == len(outside)


@given(spaces())
def test_what_is_told_of_packages_says_which_they_are(drawn: tuple[PackageSpace, list[Box]]) -> None:
    space, bad = drawn
    existing = [package for package in packages(space) if not any(lies_in(package, box) for box in space.excluded)]
    told = space.told(bad)
    for package in existing:
        assert any(lies_in(package, box) for box in told) == any(lies_in(package, box) for box in bad)
    for box in told:
        rest = [other for other in told if other is not box]
        assert any(lies_in(p, box) and not any(lies_in(p, other) for other in rest) for p in existing)
    assert space.is_everything(bad) == all(any(lies_in(package, box) for box in bad) for package in existing)


@given(spaces())
def test_incompatible_options_are_the_minimal_sets_that_no_clean_package_holds(
    drawn: tuple[PackageSpace, list[Box]],
) -> None:
    space, bad = drawn
    choices = range(len(space.sizes))
    clean = space.maximal_outside((*bad, *space.excluded))
    existing = [package for package in packages(space) if not any(lies_in(package, box) for box in space.excluded)]
    fine = [package for package in existing if not any(lies_in(package, box) for box in bad)]
    found: list[dict[int, int]] = []
    for size in range(len(choices) + 1):
        for chosen in combinations(choices, size):
            for options in product(*(range(space.sizes[choice]) for choice in chosen)):
                taken = dict(zip(chosen, options, strict=True))
                holds = [all(p[c] == o for c, o in taken.items()) for p in existing]
                held = any(all(p[c] == o for c, o in taken.items()) for p in fine)
                if any(holds) and not held and not any(one.items() <= taken.items() for one in found):
                    found.append(taken)
    assert {tuple(sorted(one.items())) for one in found} == set(space.incompatible(clean, choices))
