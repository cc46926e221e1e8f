"""What maps are put together from: names in several languages, axes with values, clauses, clashes, and examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from cbm.finding import Fact, Label, RuleId, Scenario


@dataclass(frozen=True, slots=True)
class Named:
    """Something with the name it has in the language, what readers call it, and that in other languages by code."""

    name: str
    words: str
    titles: Mapping[str, str] = field(default_factory=dict)


class Scale(StrEnum):
    """What the values of an axis are."""

    KIND = "kind"  # the values of a kind, in its order
    FLAG = "flag"  # yes and no, of an attribute or of a term
    QUANTITY = "quantity"  # stretches and points of a quantity, from low to high


@dataclass(frozen=True, slots=True)
class End:
    """One end of a stretch: exact in the base unit, in the author's unit, and whether it belongs to the stretch."""

    value: Fraction
    words: str
    included: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an axis. Of a quantity: from `low` to `high`, None where there is no end; a point has equal ends."""

    named: Named
    low: End | None = None
    high: End | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """What tells types of encounter apart: `named.name` as it is written (`own.craft`), `role` whose it is, if any.

    `kind` is the kind or dimension of its values ("craft", "length"); two axes of one kind have the same values.
    """

    named: Named
    scale: Scale
    kind: str
    role: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that cells refer to by `reference` ("coc:3.2"); `name` is how a report calls it ("3.2")."""

    reference: str
    name: str
    title: str
    modality: str
    strength: str
    wording: str
    place: Label | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A finding that says why what binds cannot be complied with: its rule, its clauses, and one line about it.

    `reading` says how open terms must be read for it; empty: however they are read.
    """

    rule: RuleId
    clauses: tuple[str, ...]
    words: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A confirmed example: `shown` tells what matters, `everything` has every attribute."""

    shown: Scenario
    everything: tuple[Fact, ...]
