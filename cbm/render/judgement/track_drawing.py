"""The tracks of an encounter as an SVG figure: north up, to one scale, with numbered moments and a scale bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, log10, radians, sin

from cbm.outcomes.judgement import JudgedEncounter
from cbm.render.columns import visible
from cbm.render.judgement.judgement_sections import clock
from cbm.render.markup import Markup, tag
from cbm.translation.listing import listed
from cbm.translation.saying import say

_WIDTH, _MOST, _LEAST, _EDGE = 760.0, 620.0, 220.0, 46.0
_BAR = 140.0  # the scale bar is no longer than this
_KINDS = ("one", "other")
_NAME = 120.0  # names of units are about so wide: nearer ones stand below each other


def track_drawing(encounter: JudgedEncounter) -> Markup:
    """The figure, or nothing where nothing can be drawn."""
    points = [(x, y) for track in encounter.tracks for x, y, _ in track.points if x == x and y == y]
    if not points:
        return Markup("")
    at = _Scale(points)
    shown = [*_tracks(encounter, at), *_moments(encounter, at), *_scale_bar(at)]
    units = listed(encounter.units)
    said = say(
        "Tracks of {units}, north up, to scale. The numbers are those of the moments that matter, below.", units=units
    )
    picture = tag(
        "svg",
        tag("title", visible(say("Tracks of {units}", units=units))),
        *shown,
        viewBox=f"0 0 {_WIDTH:.0f} {at.height:.0f}",
        width=f"{_WIDTH:.0f}",
        height=f"{at.height:.0f}",
        role="img",
        class_="map",
    )
    return tag("figure", picture, tag("figcaption", visible(said)))


class _Scale:
    """Metres to places in the picture."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        east, north = [x for x, _ in points], [y for _, y in points]
        self._left, self._top = min(east), max(north)
        wide, high = max(max(east) - self._left, 1.0), max(self._top - min(north), 1.0)
        self.factor = min((_WIDTH - 2 * _EDGE) / wide, (_MOST - 2 * _EDGE) / high)
        self.height = max(_LEAST, high * self.factor + 2 * _EDGE)
        self._beside = (_WIDTH - wide * self.factor) / 2
        self._above = (self.height - high * self.factor) / 2

    def __call__(self, east: float, north: float) -> tuple[float, float]:
        return self._beside + (east - self._left) * self.factor, self._above + (self._top - north) * self.factor


def _tracks(encounter: JudgedEncounter, at: _Scale) -> Iterator[Markup]:
    named: list[tuple[float, float]] = []
    for kind, track in zip(_KINDS, encounter.tracks, strict=False):
        places = [at(x, y) for x, y, _ in track.points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield tag("polyline", points=line, class_=kind)
        (x, y), before = places[-1], next((p for p in reversed(places) if p != places[-1]), places[-1])
        yield _arrow(before, (x, y), kind)
        x, y = places[0]
        y += 16 + 15 * sum(abs(x - u) < _NAME and abs(y - v) < 15 for u, v in named)
        named.append(places[0])
        yield tag(
            "text",
            visible(listed([track.unit, clock(encounter.start)], ",", "sentences")),
            x=f"{x + 6:.1f}",
            y=f"{y:.1f}",
        )


def _arrow(before: tuple[float, float], tip: tuple[float, float], kind: str) -> Markup:
    """Where the track ends, and in which direction."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-9)
    dx, dy = dx / length, dy / length
    turned = [(dx * cos(a) - dy * sin(a), dx * sin(a) + dy * cos(a)) for a in (radians(155), radians(-155))]
    corners = [tip, *((tip[0] + 10 * x, tip[1] + 10 * y) for x, y in turned)]
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), class_=f"at-{kind}")


def _moments(encounter: JudgedEncounter, at: _Scale) -> Iterator[Markup]:
    taken: list[tuple[float, float]] = []
    for number, key in enumerate(encounter.keys, 1):
        places = [at(x, y) for x, y in key.places if x == x and y == y]
        if len(places) == 2:
            (x, y), (u, v) = places
            yield tag("line", x1=f"{x:.1f}", y1=f"{y:.1f}", x2=f"{u:.1f}", y2=f"{v:.1f}", class_="pair")
        for kind, (x, y) in zip(_KINDS, places, strict=False):
            yield tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4", class_=f"at-{kind}")
            away = 14.0 * (1 + sum(abs(x - a) < 12 and abs(y - b) < 12 for a, b in taken))
            taken.append((x, y))
            yield tag("text", str(number), x=f"{x + away - 6:.1f}", y=f"{y - 6:.1f}")


def _scale_bar(at: _Scale) -> Iterator[Markup]:
    """A round number of metres, or of nautical miles where that is more than one of them."""
    unit, name = (1852.0, "nmi") if _BAR / at.factor > 1852 else (1.0, "m")
    most = _BAR / at.factor / unit
    power = 10 ** int(log10(most)) if most >= 1 else 1
    round_ = max(step * power for step in (1, 2, 5) if step * power <= most) if most >= 1 else 1
    length = round_ * unit * at.factor
    y = at.height - 14
    yield tag("line", x1="14", y1=f"{y:.1f}", x2=f"{14 + length:.1f}", y2=f"{y:.1f}", class_="scale")
    yield tag("text", f"{round_:,} {name}", x="14", y=f"{y - 6:.1f}")
    yield tag("text", say("N ↑"), x=f"{_WIDTH - 34:.0f}", y="22")
