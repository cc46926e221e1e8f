"""The plan of the rooms as a picture: one floor above the other, with an arrow for each step down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from tests.pages.rooms import Plan
from tests.pages.sheet import sheet

PITCH, HIGH, LETTER, PAD, GAP, LANE, MARGIN = 50, 26, 8, 12, 18, 8, 16
STYLE = """
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;text-anchor:middle;fill:#1b1f24}
.folder{fill:#cfe3f7;stroke:#2f6690}
.module{fill:#fff;stroke:#8a939c}
.step{fill:none;stroke:#5b6670;stroke-width:1.2}
""".strip()

# A room, or the place where a step passes a floor: from, to, and the floor.
Place = str | tuple[str, str, int]


def draw(plan: Plan) -> str:
    """The picture, with a line break at its end."""
    floors = lifted(plan)
    rows, neighbours = routed(plan, floors)
    order(rows, neighbours)
    middle = spread(rows, neighbours)
    wide = round(max(middle[p] + width(p) / 2 for row in rows for p in row)) + MARGIN
    high = MARGIN * 2 + PITCH * (len(rows) - 1) + HIGH
    top = {name: MARGIN + PITCH * (len(rows) - 1 - floor) for name, floor in floors.items()}
    tip = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"'
    lines = [
        f'<marker id="tip" {tip}><path d="M0 0L8 4L0 8z" fill="#5b6670"/></marker>',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for name, others in sorted(plan.steps.items()):
        for other in sorted(others):
            passed = [(name, other, floor) for floor in range(floors[name] - 1, floors[other], -1)]
            at = [
                (middle[place], MARGIN + PITCH * (len(rows) - 1 - place[2]) + edge)
                for place in passed
                for edge in (0, HIGH)
            ]
            points = [(middle[name], top[name] + HIGH), *at, (middle[other], top[other] - 1)]
            lines.append(f'<path class="step" d={quoteattr(curve(points))} marker-end="url(#tip)"/>')
    for room in plan.rooms:
        x, y = middle[room.name] - width(room.name) / 2, top[room.name]
        kind = "folder" if room.is_folder else "module"
        rounded = 5 if room.is_folder else 0
        lines.append(
            f'<rect class="{kind}" x="{x:g}" y="{y}" width="{width(room.name)}" height="{HIGH}" rx="{rounded}"/>'
        )
        lines.append(f'<text x="{middle[room.name]:g}" y="{y + 17}">{escape(room.name)}</text>')
    return sheet(wide, high, "The folders and modules of cbm, each above those that it imports", STYLE, lines)


def width(place: Place) -> int:
    return LANE if isinstance(place, tuple) else LETTER * len(place) + 2 * PAD


def lifted(plan: Plan) -> dict[str, int]:
    """The floor of each room; who is imported by more rooms than it imports stands right below these."""
    floors = dict(plan.floors)
    above: dict[str, list[str]] = defaultdict(list)
    for name, others in plan.steps.items():
        for other in others:
            above[other].append(name)
    for name in sorted(floors, key=lambda name: (-floors[name], name)):
        if len(above[name]) > len(plan.steps[name]):
            floors[name] = min(floors[other] for other in above[name]) - 1
    return floors


def routed(plan: Plan, floors: Mapping[str, int]) -> tuple[list[list[Place]], dict[Place, list[Place]]]:
    """Each floor, from the ground up, with its rooms and the steps that pass it; and what is next to what."""
    rows: list[list[Place]] = [[] for _ in range(max(floors.values()) + 1)]
    neighbours: dict[Place, list[Place]] = defaultdict(list)
    for name in sorted(floors):
        rows[floors[name]].append(name)
    for name, others in sorted(plan.steps.items()):
        for other in sorted(others):
            chain: list[Place] = [name, *((name, other, f) for f in range(floors[name] - 1, floors[other], -1)), other]
            for place in chain[1:-1]:
                assert isinstance(place, tuple)
                rows[place[2]].append(place)
            for upper, lower in pairwise(chain):
                neighbours[upper].append(lower)
                neighbours[lower].append(upper)
    return rows, neighbours


def order(rows: list[list[Place]], neighbours: Mapping[Place, Sequence[Place]]) -> None:
    """Puts the places of each floor in an order with few crossings: each near what it is connected with."""
    for sweep in range(40):
        sequence = rows if sweep % 2 else rows[::-1]
        for fixed, moving in pairwise(sequence):
            at = {place: index / max(1, len(fixed) - 1) for index, place in enumerate(fixed)}
            own = {place: index / max(1, len(moving) - 1) for index, place in enumerate(moving)}

            def centre(place: Place, at: dict[Place, float] = at, own: dict[Place, float] = own) -> float:
                linked = [at[other] for other in neighbours[place] if other in at]
                return sum(linked) / len(linked) if linked else own[place]

            moving.sort(key=centre)


def spread(rows: Sequence[Sequence[Place]], neighbours: Mapping[Place, Sequence[Place]]) -> dict[Place, float]:
    """Where the middle of each place lies: as near to its neighbours as the others on the floor let it."""
    middle: dict[Place, float] = {}
    for row in rows:
        x = 0.0
        for place in row:
            middle[place] = x + width(place) / 2
            x += width(place) + GAP
    for _ in range(3000):
        for row in rows:
            wanted: list[tuple[float, float]] = []
            for place in row:
                pulls = [(weight(place, other), middle[other]) for other in neighbours[place]] or [(1, middle[place])]
                total = sum(pull for pull, _ in pulls)
                wanted.append((sum(pull * x for pull, x in pulls) / total, total))
            middle |= dict(zip(row, settled(row, wanted), strict=True))
    left = min(middle[place] - width(place) / 2 for row in rows for place in row)
    return {place: round(x - left + MARGIN, 1) for place, x in middle.items()}


def weight(place: Place, other: Place) -> float:
    """How strongly two places pull at each other: long steps are to be straight."""
    passing = isinstance(place, tuple) + isinstance(other, tuple)
    return (1, 1, 60)[passing]


def settled(row: Sequence[Place], wanted: Sequence[tuple[float, float]]) -> list[float]:
    """The positions nearest to those wanted at which nothing overlaps: neighbours that would, move as one block."""
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + (width(left) + width(right)) / 2 + GAP)
    blocks: list[tuple[float, float, int]] = []  # the weighted sum of where it would begin, its weight, its places
    for (want, pull), offset in zip(wanted, offsets, strict=True):
        blocks.append(((want - offset) * pull, pull, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, pulls, count = blocks.pop()
            blocks[-1] = (blocks[-1][0] + total, blocks[-1][1] + pulls, blocks[-1][2] + count)
    begins = [total / pulls for total, pulls, count in blocks for _ in range(count)]
    return [begin + offset for begin, offset in zip(begins, offsets, strict=True)]


def curve(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points that leaves and arrives upright."""
    (x, y), *others = points
    path = f"M{x:g} {y:g}"
    for next_x, next_y in others:
        half = (y + next_y) / 2
        path += f"L{x:g} {next_y:g}" if x == next_x else f"C{x:g} {half:g} {next_x:g} {half:g} {next_x:g} {next_y:g}"
        x, y = next_x, next_y
    return path
