"""Units of measurement to exact factors in base units, and back to the words of the author.

Base units: metre, second, degree, one. 1 nmi = 1852 m, 1 ft = 0.3048 m, 1 yd = 0.9144 m (international
definitions of 1929 and 1959); 1 kt = 1852/3600 m/s; a flight level counts hundreds of feet.
"""

from __future__ import annotations

from fractions import Fraction

from cbm.core.sorts import Dimension
from cbm.records import Record
from cbm.translation.saying import mark, say
from cbm.translation.speech import speaking

# Powers of (metre, second, degree); a bare number and a count have none.
Powers = tuple[int, int, int]
BARE: Powers = (0, 0, 0)

DIMENSION_POWERS: dict[Dimension, Powers] = {
    Dimension.LENGTH: (1, 0, 0),
    Dimension.SPEED: (1, -1, 0),
    Dimension.DURATION: (0, 1, 0),
    Dimension.ANGLE: (0, 0, 1),
    Dimension.COUNT: BARE,
}


class Unit(Record):
    """`factor` base units make one of it."""

    name: str
    factor: Fraction
    dimension: Dimension

    @property
    def powers(self) -> Powers:
        return DIMENSION_POWERS[self.dimension]


def _units(*rows: tuple[str, str, Dimension]) -> dict[str, Unit]:
    return {name: Unit(name, Fraction(factor), dimension) for name, factor, dimension in rows}


UNITS: dict[str, Unit] = _units(
    ("m", "1", Dimension.LENGTH),
    ("km", "1000", Dimension.LENGTH),
    ("nmi", "1852", Dimension.LENGTH),
    ("ft", "0.3048", Dimension.LENGTH),
    ("yd", "0.9144", Dimension.LENGTH),
    ("FL", "30.48", Dimension.LENGTH),
    ("m/s", "1", Dimension.SPEED),
    ("kt", "1852/3600", Dimension.SPEED),
    ("km/h", "1000/3600", Dimension.SPEED),
    ("deg", "1", Dimension.ANGLE),
    ("s", "1", Dimension.DURATION),
    ("min", "60", Dimension.DURATION),
    ("h", "3600", Dimension.DURATION),
    ("day", "86400", Dimension.DURATION),
    ("days", "86400", Dimension.DURATION),
)


# What quantities are told in where their author named no unit, or one that does not fit: larger ones first.
_USUAL: dict[Dimension, tuple[str, ...]] = {
    Dimension.LENGTH: ("m",),
    Dimension.SPEED: ("kt", "m/s"),
    Dimension.DURATION: ("days", "h", "min", "s"),
    Dimension.ANGLE: ("deg",),
}
# How many digits a rounded number keeps, and how many places any number has at most.
_DIGITS, _PLACES = 4, 6
_ROUND = 3  # so many digits are a round figure


def dimension_words(powers: Powers) -> str:
    """What a reader calls a quantity of these powers: "a length", "a bare number"."""
    names = {
        (1, 0, 0): mark("a length"),
        (1, -1, 0): mark("a speed"),
        (0, 1, 0): mark("a duration"),
        (0, 0, 1): mark("an angle"),
        BARE: mark("a bare number"),
    }
    return say(names[powers]) if powers in names else say("a compound quantity")


def show(value: Fraction, unit: str | None, dimension: Dimension) -> str:
    """A quantity in the author's unit, or in a usual one where that is missing or would need a fraction.

    1852 m with unit "nmi" reads "1 nmi"; with thousands separators: "1,000 m", "112.5 deg". What no decimal writes
    exactly is rounded, and says so: "about 0.3333 m".
    """
    shown, chosen = _in_unit(value, unit, dimension)
    words = number_words(shown) if is_decimal(shown) else _about(shown)
    if chosen is None:
        return words
    if chosen.name not in ("day", "days"):
        return f"{words} {chosen.name}"
    return say("{number} day", number=words) if shown == 1 else say("{number} days", number=words)


def _in_unit(value: Fraction, unit: str | None, dimension: Dimension) -> tuple[Fraction, Unit | None]:
    """The number that is shown, and its unit: the author's, or a usual one; none of a count."""
    if dimension is Dimension.COUNT:
        return value, None
    usual = [UNITS[name] for name in _USUAL[dimension]]
    if not value and dimension is Dimension.DURATION:
        usual = [UNITS["min"]]
    own = UNITS.get(unit or "")
    units = [own, *usual] if own is not None and own.dimension is dimension else usual
    exact = [known for known in units if is_decimal(value / known.factor)]
    whole = [known for known in exact if known is own or (value / known.factor).denominator == 1]
    chosen = next(iter([*whole, *reversed(exact)]), units[0])
    return value / chosen.factor, chosen


def telling_unit(value: Fraction, unit: str | None) -> str | None:
    """The unit in which a length is a round figure where it is none in the author's unit: 3,704 m are 2 nmi."""
    if _figures(value / UNITS[unit or "m"].factor) <= _ROUND:
        return unit
    others = (u.name for u in UNITS.values() if u.dimension is Dimension.LENGTH and u.name != "FL")
    return next((name for name in others if _figures(value / UNITS[name].factor) < _ROUND), unit)


def _figures(value: Fraction) -> int:
    """How many digits a number has without zeros at its ends; more than any where no decimal writes it."""
    if not is_decimal(value):
        return _PLACES * 10
    return len(str(abs(int(value * 10**_PLACES))).strip("0"))


def written(value: Fraction, unit: str | None, dimension: Dimension) -> str | None:
    """The same as texts write it; None of what no decimal writes exactly."""
    if not is_decimal(_in_unit(value, unit, dimension)[0]):
        return None
    with speaking("en"):
        return show(value, unit, dimension)


def number_words(value: Fraction) -> str:
    """Exact: a decimal where one exists, else a fraction; thousands separated by commas."""
    if not is_decimal(value):
        return f"{value.numerator:,}/{value.denominator:,}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, part = divmod(abs(value * 10**digits).numerator, 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole:,}" + (f".{part:0{digits}d}" if digits else "")


def is_decimal(value: Fraction) -> bool:
    """Whether at most six decimal places write it exactly."""
    return bool((value * 10**_PLACES).denominator == 1)


def _about(value: Fraction) -> str:
    places = 0
    while places < _PLACES and abs(value) * 10**places < 10 ** (_DIGITS - 1):
        places += 1
    rounded = round(value, places)
    return say("about {number}", number=number_words(rounded)) if rounded else say("almost 0")
