"""A sketch of an encounter to SVG: both units with their headings, bearings and range to scale, and the zone.

The first unit heads up. Each bearing is an arc from a bow to the line that joins the units. Zones of the law of the sea
are drawn on a line from the baseline outwards, to a scale of their own.
"""

from __future__ import annotations

from fractions import Fraction
from math import cos, pi, radians, sin

from cbm.finding import Sketch
from cbm.render.markup import Markup, tag
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say

WIDTH, HEIGHT = 320, 350
# Where the bar of the scale begins, below the units, and where the line of the zones does.
_BAR, _ZONES = 262, 306
# Where zones begin and end in nautical miles from the baseline: Convention on the Law of the Sea, articles 3, 33, 57.
BREADTHS: dict[str, tuple[int, int]] = {
    "territorial_sea": (0, 12),
    "contiguous_zone": (12, 24),
    "eez": (12, 200),
    "high_seas": (200, 230),
}
_RADIUS, _CENTRE = 75, (160.0, 132.0)
_ROUND = (1, 2, 5)


def drawing(sketch: Sketch, name: str) -> Markup:
    """One drawing; `name` is unique on its page and names the elements that describe it."""
    top = 0 if _meet(sketch) else _ZONES - 8  # the miles stand above the line
    below = HEIGHT if sketch.place else _BAR if sketch.distance is None else _ZONES
    return tag(
        "svg",
        tag("title", description(sketch), id=f"{name}-title"),
        *parts(sketch),
        viewBox=f"0 {top} {WIDTH} {below - top}",
        width=WIDTH,
        height=below - top,
        role="img",
        aria_labelledby=f"{name}-title",
        xmlns="http://www.w3.org/2000/svg",
    )


def description(sketch: Sketch) -> str:
    """The same in a sentence, for those who do not see it."""
    first, second = sketch.units
    ahead, back = (None if bearing is None else _degrees(bearing) for bearing in sketch.bearings)
    bearing = mark("{unit} has {other} at {angle} deg from its bow")
    told = []
    if ahead is not None and back is not None:
        both = mark("{unit} has {other} at {angle} deg from its bow, and is at {back} deg from the bow of that unit")
        told.append(say(both, unit=first, other=second, angle=ahead, back=back))
    elif ahead is not None:
        told.append(say(bearing, unit=first, other=second, angle=ahead))
    elif back is not None:
        told.append(say(bearing, unit=second, other=first, angle=back))
    if sketch.distance is not None:
        apart = sketch.distance_words
        if told:
            told.append(say("they are {distance} apart", distance=apart))
        else:
            told.append(say("{units} are {distance} apart", units=listed([first, second]), distance=apart))
    meeting = row(told) if told else listed([first, second])
    return row([meeting, sketch.place_words]) if sketch.place else meeting


def parts(sketch: Sketch) -> list[Markup]:
    """What is drawn, in the order in which it lies on top of each other."""
    return [*(_meeting(sketch) if _meet(sketch) else ()), *_zones(sketch)]


def shows_something(sketch: Sketch) -> bool:
    """Whether there is more to see than a name: units towards each other, or a zone on the line from the baseline."""
    return _meet(sketch) or sketch.place in BREADTHS


def _meet(sketch: Sketch) -> bool:
    """Whether it matters where the units are towards each other."""
    return sketch.distance is not None or any(bearing is not None for bearing in sketch.bearings)


def _meeting(sketch: Sketch) -> list[Markup]:
    own, other = positions(sketch)
    turns = (0.0 if sketch.bearings[0] is not None else None, heading(sketch))
    bows = [
        part
        for at, turn, bearing in zip((own, other), turns, sketch.bearings, strict=True)
        if turn is not None and bearing is not None
        for part in _bow(at, turn, float(bearing))
    ]
    return [
        tag("line", x1=_at(own[0]), y1=_at(own[1]), x2=_at(other[0]), y2=_at(other[1]), class_="range"),
        *bows,
        _unit(own, turns[0], "first"),
        _unit(other, turns[1], "second"),
        *_labels(sketch, own, other),
        *_scale_bar(sketch),
    ]


def positions(sketch: Sketch) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the units are drawn: with their middle in the centre, apart by the distance to scale where it matters."""
    angle = radians(_direction(sketch))
    length = 1.5 * _RADIUS if sketch.distance is None else float(sketch.distance) * scale(sketch)
    across, up = sin(angle) * length / 2, cos(angle) * length / 2
    x, y = _CENTRE
    return (x - across, y + up), (x + across, y - up)


def _direction(sketch: Sketch) -> float:
    """From the first unit to the second, in degrees from up; side by side where no bearing matters.

    The first unit heads up if its bearing matters, else the second one does.
    """
    first, second = sketch.bearings
    if first is not None:
        return float(first)
    return 90.0 if second is None else float(second) + 180


def scale(sketch: Sketch) -> float:
    """How many units of the drawing a metre takes."""
    return 0.0 if not sketch.distance else 2 * _RADIUS / float(_reach(sketch.distance))


def heading(sketch: Sketch) -> float | None:
    """Where the second unit heads, in degrees from up, clockwise: so that the first one is where its bearing says.

    None: it does not matter.
    """
    second = sketch.bearings[1]
    return None if second is None else (_direction(sketch) + 180 - float(second)) % 360


def _reach(distance: Fraction) -> Fraction:
    """The next round length that holds the distance."""
    power = Fraction(1)
    while power * 10 < distance:
        power *= 10
    while power > distance:
        power /= 10
    return next(power * n for n in (*_ROUND, 10) if power * n >= distance)


def _unit(at: tuple[float, float], turn: float | None, kind: str) -> Markup:
    """A hull that heads somewhere, or a spot where it does not matter where."""
    x, y = at
    if turn is None:
        return tag("circle", cx=_at(x), cy=_at(y), r=8, class_=f"unit {kind}")
    place = f"translate({_at(x)} {_at(y)}) rotate({_at(turn)})"
    return tag("path", d="M0 -11 L6 -2 L6 10 L-6 10 L-6 -2 Z", transform=place, class_=f"unit {kind}")


def _bow(at: tuple[float, float], turn: float, bearing: float) -> list[Markup]:
    """The line ahead of a unit, and the arc from there to the bearing, clockwise."""
    radius = 26.0
    ahead, there = _away(at, turn, radius), _away(at, turn + bearing, radius)
    large = 1 if bearing % 360 > 180 else 0
    arc = f"M{_at(ahead[0])} {_at(ahead[1])} A{_at(radius)} {_at(radius)} 0 {large} 1 {_at(there[0])} {_at(there[1])}"
    far = _away(at, turn, radius + 12)
    line = tag("line", x1=_at(at[0]), y1=_at(at[1]), x2=_at(far[0]), y2=_at(far[1]), class_="bow")
    return [line, *([tag("path", d=arc, class_="arc")] if bearing % 360 else [])]


def _away(at: tuple[float, float], turn: float, length: float) -> tuple[float, float]:
    angle = turn * pi / 180
    return at[0] + sin(angle) * length, at[1] - cos(angle) * length


def _labels(sketch: Sketch, own: tuple[float, float], other: tuple[float, float]) -> list[Markup]:
    told = []
    lower_first = own[1] >= other[1]
    for (x, y), name, bearing, below in (
        (own, sketch.units[0], sketch.bearings[0], lower_first),
        (other, sketch.units[1], sketch.bearings[1], not lower_first),
    ):
        anchor = min(max(x, 78.0), WIDTH - 78.0)
        rows = [name] if bearing is None else [name, say("{angle} deg from the bow", angle=_degrees(bearing))]
        start = y + 52 if below else y - 52
        told += [_text(anchor, start + 12 * row, words, "middle") for row, words in enumerate(rows)]
    return told


def _scale_bar(sketch: Sketch) -> list[Markup]:
    if sketch.distance is None:
        return []
    if not sketch.distance:
        return [_text(12, 300, say("at one place"), "start")]
    length = float(sketch.distance) * scale(sketch)
    return [
        tag("path", d=f"M12 282 v6 h{_at(length)} v-6", class_="bar"),
        _text(12, 302, say("{distance} apart", distance=sketch.distance_words), "start"),
    ]


def _zones(sketch: Sketch) -> list[Markup]:
    """The line from the baseline outwards, with the zone marked on it."""
    if not sketch.place:
        return []
    words = _text(12, 342, sketch.place_words, "start")
    if sketch.place not in BREADTHS:
        return [words]
    start, end = BREADTHS[sketch.place]
    left, per_mile = 150.0, 150.0 / 230
    told = [
        tag("rect", x=_at(left), y=316, width=_at(150.0), height=8, class_="sea"),
        tag(
            "rect", x=_at(left + start * per_mile), y=316, width=_at((end - start) * per_mile), height=8, class_="zone"
        ),
    ]
    for mile in (0, 12, 24, 200):
        x = _at(left + mile * per_mile)
        told.append(tag("line", x1=x, y1=313, x2=x, y2=327, class_="bar"))
    told += [_text(left + mile * per_mile, 310, str(mile), "middle", "small") for mile in (0, 24, 200)]
    return [*told, _text(12, 324, say("nmi from the baseline"), "start", "small"), words]


def _text(x: float, y: float, words: str, anchor: str, kind: str = "words") -> Markup:
    return tag("text", words, x=_at(x), y=_at(y), text_anchor=anchor, class_=kind)


def _degrees(angle: Fraction) -> str:
    return _at(float(angle))


def _at(number: float) -> str:
    """A length of the drawing, to a hundredth."""
    told = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told
