"""Law: where times lie apart one way only, a time line is possible exactly where Bellman and Ford's way finds one."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.checks.inconsistent_vocabulary import empty_worlds
from tests.laws.timed import system_of

MOMENTS = 5
TEXT = """\
vocabulary world
situation episode
roles own, other
moments {moments}
{axioms}
topic notices
act report topic notices
draft code
  uses world
clause 1 every unit must report
"""

# (earlier, later, how many minutes lie between them at least; or more than that, where the last is 1)
Apart = tuple[int, int, tuple[int, int]]
Said = tuple[str, list[Apart]]
LENGTHS = {"10 min": 10, "1 h": 60, "24 h": 1_440, "1 days": 1_440, "3 days": 4_320}


@st.composite
def windows(draw: st.DrawFn) -> list[Said]:
    """What is said of two moments, and that as differences."""
    found = []
    for _ in range(draw(st.integers(1, 9))):
        one, other = draw(st.permutations(range(MOMENTS)))[:2]
        found.append(draw(st.sampled_from(ways(one, other, draw(st.sampled_from(sorted(LENGTHS)))))))
    return found


def ways(one: int, other: int, said: str) -> list[Said]:
    length, names = LENGTHS[said], (f"m{one}", f"m{other}")
    follows = (other, one, (0, 0))
    return [
        (f"{names[0]} is at least {said} after {names[1]}", [(other, one, (length, 0))]),
        (f"{names[0]} is more than {said} after {names[1]}", [(other, one, (length, 1))]),
        (f"{names[0]} is at most {said} after {names[1]}", [(one, other, (-length, 0)), follows]),
        (f"{names[0]} is less than {said} after {names[1]}", [(one, other, (-length, 1)), follows]),
        (f"{names[0]} is at least {said} before {names[1]}", [(one, other, (length, 0))]),
        (f"{names[0]} is after {names[1]}", [(other, one, (0, 1))]),
        (f"{names[0]} is before {names[1]}", [(one, other, (0, 1))]),
    ]


@given(windows())
@example([ways(0, 1, "24 h")[0], ways(0, 1, "1 days")[2]])  # exactly a day
@example([ways(0, 1, "24 h")[1], ways(0, 1, "1 days")[2]])
def test_a_time_line_is_possible_where_no_circle_of_windows_is_too_long(said: list[Said]) -> None:
    moments = ", ".join(f'm{m} "moment {m}"' for m in range(MOMENTS))
    axioms = "\n".join([*(f"axiom m{m} occurs" for m in range(MOMENTS)), *(f"axiom {words}" for words, _ in said)])
    system = system_of(TEXT.format(moments=moments, axioms=axioms))
    assert bool(empty_worlds(system)) == circular([one for _, apart in said for one in apart])


def circular(windows: list[Apart]) -> bool:
    """Whether some circle of differences comes to more than nothing: longest ways, each step of each round."""
    far = dict.fromkeys(range(MOMENTS), (0, 0))
    for _, (earlier, later, (length, more)) in product(range(MOMENTS), windows):
        far[later] = max(far[later], (far[earlier][0] + length, far[earlier][1] + more))
    return any((far[a][0] + length, far[a][1] + more) > far[b] for a, b, (length, more) in windows)
