"""What a map of coverage says: axes, layers of cells, gaps as boxes; plain data for whoever draws, prints or reads it.

A *layer* is about one matter (a topic or an act) and one bearer. Its cells tile the types of encounter: values of an
axis that no cell of the layer tells apart make up one *class*, and there is one cell for each choice of classes.
Numbers of types are exact; shares are exact fractions and are rounded down where they are shown as percentages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from cbm.finding import Exit, Label
from cbm.notebook import framed
from cbm.outcomes.map_parts import Axis, Clash, Clause, Named, Witness
from cbm.translation.speech import Language, spoken

# ---- what is known of a cell


class State(StrEnum):
    """How a matter stands in the encounters of a type. The first that applies is told."""

    IMPOSSIBLE = "impossible"  # the axioms allow no such encounter
    OUTSIDE = "outside the promise"  # the promise speaks of no such encounter
    UNDECIDED = "undecided"
    CONTRADICTORY = "contradictory"  # somewhere, what binds on the matter cannot all be complied with
    DEPENDING = "depends on a reading"  # or a package: whether it is open, or what binds clashes
    SILENT = "silent"  # nothing governs it
    PARTLY = "in part"  # in some encounters of the type nothing governs it
    RESERVED = "reserved"  # the text is silent on purpose
    EXCEPTED = "open by exception"  # in some encounters an exception alone keeps anything from governing it
    SWAYED = "as the unit acts"  # in some encounters the unit's own conduct decides whether anything governs it
    PARTLY_RESERVED = "reserved in part"  # governed wherever the text is not silent on purpose
    NOTIFIED = "notification only"  # nothing but duties to give notice
    GOVERNED = "governed"


class Force(StrEnum):
    """How strongly a matter is governed where it is governed."""

    BINDING = "binding"  # in every encounter by a `must` or `may`
    MIXED = "binding in part"  # in some encounters by advice only
    HORTATORY = "hortatory"  # by advice only


class GovernedBy(StrEnum):
    """Which texts govern a matter in the encounters of a type."""

    SUBJECT = "the text itself"
    BOTH = "the text itself and others"
    OTHERS = "others"


class Hinge(StrEnum):
    """What something turns on that is so in some readings of a text only."""

    READING = "reading"  # how open terms are read
    PACKAGE = "package"  # what is taken of what is open for negotiation


@dataclass(frozen=True, slots=True)
class Cell:
    """One choice of a class on each axis (`place`, in the order of the axes).

    `types` counts the types of encounter in it that the promise speaks of (all possible ones where it speaks of none).
    `clauses` govern the matter in some encounter of each of these types. `reserves` are the reserving clauses in words,
    each with its reason and its end; `readings` say what depends on how open terms are read, or on what is taken.
    """

    place: tuple[int, ...]
    state: State
    types: int
    force: Force | None = None
    origin: GovernedBy | None = None
    clauses: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    reserves: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """Values of an axis, by position, that no cell of the layer tells apart, and what they are called together."""

    values: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A maximal box of types in which nothing governs the matter: altogether, under `conditions`, or on a `reading`.

    `hinges` says what it turns on whether the reading is such a one.

    `sides` has positions of values for each axis. `types` counts the promised types in it; `share` is the part of each
    of them that the conditions make up, None where they cannot be counted; `along` the part of its range that the box
    takes of the one axis that is a quantity, if there is one. `words` says it all in one sentence. `seam`: it lies just
    on a bound, and is governed beside it.
    """

    sides: tuple[tuple[int, ...], ...]
    words: str
    types: int
    conditions: tuple[str, ...] = ()
    reading: str = ""
    hinges: frozenset[Hinge] = frozenset()
    share: Fraction | None = Fraction(1)
    along: Fraction | None = None
    witness: Witness | None = None
    seam: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What the layer is measured against: in words, where it is written, and whether the text only implies it."""

    words: str
    place: Label | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """A box of types that the text under check adds to what is in force, or leaves to it."""

    sides: tuple[tuple[int, ...], ...]
    words: str
    types: int


@dataclass(frozen=True, slots=True)
class Additions:
    """Types that are governed throughout: `first` not without the text, `left` not without the others.

    What nobody governs are the gaps of the layer. `already` counts the types governed throughout without the text.
    """

    first: tuple[Addition, ...]
    left: tuple[Addition, ...]
    already: int


@dataclass(frozen=True, slots=True)
class Due:
    """A clause that asks for something by a time, in its own words, and boxes of the types in which it is owed.

    `when` are its conditions on more than types, as they are written; `packages` those on which it is worded so, in
    words, where something is open in the text.
    """

    clause: str
    name: str
    times: str
    when: str
    where: tuple[str, ...]
    types: int
    packages: str = ""


class Matter(StrEnum):
    """What a layer is about."""

    TOPIC = "topic"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Layer:
    """One matter for one bearer: cells in the order of their places, gaps with the largest first.

    `tally` counts types of encounter by state. `bounded` says what was left out, where not everything was gone through:
    then there are gaps and no cells. `undecided` says why there is no answer at all; `unfinished`: a search for some of
    it was given up, as `bounded` says. `hinges` is what anything in it turns on.
    """

    matter: Matter
    named: Named
    bearer: str
    promise: Promise
    classes: tuple[tuple[Class, ...], ...] = ()
    cells: tuple[Cell, ...] = ()
    tally: Mapping[State, int] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    due: tuple[Due, ...] = ()
    additions: Additions | None = None
    bounded: str = ""
    undecided: str = ""
    unfinished: bool = False
    hinges: frozenset[Hinge] = frozenset()

    @property
    def is_decided(self) -> bool:
        """Whether all of it is known."""
        return not (self.undecided or self.unfinished or self.tally.get(State.UNDECIDED))

    @property
    def promised(self) -> int:
        """How many types the promise speaks of."""
        return sum(count for state, count in self.tally.items() if state not in (State.IMPOSSIBLE, State.OUTSIDE))


# ---- beside the layers


@dataclass(frozen=True, slots=True)
class Excepted:
    """A clause with exceptions: of how many types of encounter it speaks, and in how many it still binds somewhere.

    `whole` counts the types in which no exception ever applies. `kept` is the share in which it still binds when types
    are told apart by what its exceptions ask about as well; None where these would be too many. `packages` are those on
    which it is worded so, in words, where something is open in the text.
    """

    clause: str
    types: int
    binding: int
    whole: int
    kept: Fraction | None
    words: str
    packages: str = ""

    @property
    def share(self) -> Fraction:
        return Fraction(self.binding, self.types)


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """A clause that binds units of one party where no clause would bind a unit of the other to the same.

    `because` is the reason the text declares; empty: it declares none.
    """

    clause: str
    bound: str
    free: str
    words: str
    because: str = ""
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """The map of one text: `beside` are the texts it is read with, in force on the date asked about or not.

    `situation` is what types are of ("encounter").

    `silent_topics` are the topics of the vocabulary on which the text has no clause; `notes` say what was done about
    what was asked, each one sentence; `undecided`: one of them says that something is not known.
    """

    subject: Named
    situation: Named
    beside: tuple[Named, ...]
    as_of: str | None
    axes: tuple[Axis, ...]
    clauses: Mapping[str, Clause]
    layers: tuple[Layer, ...]
    excepted: tuple[Excepted, ...] = ()
    asymmetries: tuple[Asymmetry, ...] = ()
    silent_topics: tuple[Named, ...] = ()
    notes: tuple[str, ...] = ()
    undecided: bool = False
    language: Language = field(default_factory=spoken)  # in which it is told

    def _repr_html_(self) -> str:
        return framed(self)

    @property
    def hinges(self) -> frozenset[Hinge]:
        """What anything in it turns on."""
        return frozenset().union(*(layer.hinges for layer in self.layers))

    @property
    def exit(self) -> Exit:
        """A map finds nothing by itself; what stayed undecided is told."""
        known = not self.undecided and all(layer.is_decided for layer in self.layers)
        return Exit.FINE if known else Exit.UNDECIDED
