"""The shape of the JSON map, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.outcomes.coverage_map import Force, GovernedBy, Matter, State
from cbm.outcomes.map_parts import Scale
from cbm.render.report_document import FactObject, LocationObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1
Share = Annotated[str, Meta(description='An exact fraction: "1/3", "1".')]
Positions = Annotated[tuple[int, ...], Meta(description="Positions of values of an axis, counted from 0.")]


class NamedObject(Struct, frozen=True, kw_only=True):
    """Something with its name in the language and what readers call it."""

    name: str
    words: str
    titles: Annotated[dict[str, str], Meta(description="The same in other languages, by their code.")]


class EndObject(Struct, frozen=True, kw_only=True):
    """One end of a stretch of a quantity."""

    value: Annotated[str, Meta(description="Exact, in the base unit of its dimension.")]
    words: str
    included: bool


class ValueObject(Struct, frozen=True, kw_only=True):
    """A value of an axis; of a quantity with its ends."""

    named: NamedObject
    low: EndObject | None
    high: EndObject | None


class AxisObject(Struct, frozen=True, kw_only=True):
    """What tells types of encounter apart."""

    named: NamedObject
    scale: Scale
    kind: Annotated[str, Meta(description="The kind or dimension of its values.")]
    role: Annotated[str | None, Meta(description="Whose it is, or null for what both units share.")]
    values: tuple[ValueObject, ...]


class ClauseObject(Struct, frozen=True, kw_only=True):
    """A clause that others refer to as `coc:3.2`."""

    reference: str
    name: str
    title: str
    modality: str
    strength: str
    wording: str
    place: LocationObject | None


class ClashObject(Struct, frozen=True, kw_only=True):
    """A finding that says why what binds cannot be complied with."""

    rule: str
    clauses: tuple[str, ...]
    words: str
    reading: Annotated[
        str, Meta(description="How open terms must be read, or what is taken, for it; empty: no matter.")
    ]


class ExampleObject(Struct, frozen=True, kw_only=True):
    """An example: what matters of it, and every attribute and result."""

    shown: WitnessObject
    everything: tuple[FactObject, ...]


class CellObject(Struct, frozen=True, kw_only=True):
    """One choice of a class on each axis."""

    place: Annotated[tuple[int, ...], Meta(description="For each axis the position of the class in the layer.")]
    state: State
    types: int
    force: Force | None
    origin: GovernedBy | None
    clauses: tuple[str, ...]
    clashes: tuple[ClashObject, ...]
    reserves: Annotated[tuple[str, ...], Meta(description="Reserving clauses in words, with reason and end.")]
    readings: Annotated[
        tuple[str, ...], Meta(description="What depends on how open terms are read, or on what is taken.")
    ]
    witness: ExampleObject | None


class ClassObject(Struct, frozen=True, kw_only=True):
    """Values of an axis that no cell of the layer tells apart."""

    values: Positions
    words: str


class GapObject(Struct, frozen=True, kw_only=True):
    """A maximal box of types in which nothing governs the matter: altogether, under conditions, or on a reading."""

    sides: tuple[Positions, ...]
    words: str
    types: int
    conditions: tuple[str, ...]
    reading: Annotated[str, Meta(description="On which readings of open terms, or packages; empty: on every one.")]
    share: Annotated[Share | None, Meta(description="The part of each type that the conditions make up.")]
    along: Annotated[Share | None, Meta(description="The part of its range that the box takes of the one quantity.")]
    witness: ExampleObject | None
    seam: Annotated[bool, Meta(description="It lies just on a bound, and is governed beside it.")]


class DueObject(Struct, frozen=True, kw_only=True):
    """A clause that asks for something by a time."""

    clause: str
    times: Annotated[str, Meta(description="As it is written.")]
    when: Annotated[str, Meta(description="Its conditions on more than types, as they are written; empty without any.")]
    where: Annotated[tuple[str, ...], Meta(description="Boxes of the types in which it is owed, in words.")]
    types: int
    packages: Annotated[str, Meta(description="On which packages it is worded so, in words; empty: on all.")]


class PromiseObject(Struct, frozen=True, kw_only=True):
    """What the layer is measured against."""

    words: str
    implied: Annotated[bool, Meta(description="The text promises nothing; this is the scope of its articles.")]
    place: LocationObject | None


class AdditionObject(Struct, frozen=True, kw_only=True):
    """A box of types."""

    sides: tuple[Positions, ...]
    words: str
    types: int


class AdditionsObject(Struct, frozen=True, kw_only=True):
    """What the text adds to those it is read with."""

    first: Annotated[tuple[AdditionObject, ...], Meta(description="Governed throughout, and not without this text.")]
    left: Annotated[tuple[AdditionObject, ...], Meta(description="Governed throughout, and not by this text alone.")]
    already: Annotated[int, Meta(description="Types governed throughout without this text.")]


class LayerObject(Struct, frozen=True, kw_only=True):
    """One matter for one bearer."""

    matter: Matter
    named: NamedObject
    bearer: str
    promise: PromiseObject
    promised: int
    tally: Annotated[dict[str, int], Meta(description="Numbers of types by state.")]
    classes: tuple[tuple[ClassObject, ...], ...]
    cells: tuple[CellObject, ...]
    gaps: tuple[GapObject, ...]
    due: tuple[DueObject, ...]
    additions: AdditionsObject | None
    bounded: Annotated[str, Meta(description="What was left out; empty if nothing was.")]
    undecided: Annotated[str, Meta(description="Why there is no answer; empty if there is one.")]


class ExceptedObject(Struct, frozen=True, kw_only=True):
    """What exceptions leave of a clause, in types of encounter."""

    clause: str
    types: int
    binding: int
    whole: int
    kept: Annotated[Share | None, Meta(description="The share in which it binds, told apart by its exceptions too.")]
    words: str
    packages: Annotated[str, Meta(description="On which packages it is worded so, in words; empty: on all.")]


class AsymmetryObject(Struct, frozen=True, kw_only=True):
    """A clause that binds units of one party where those of another would not be bound to the same."""

    clause: str
    bound: str
    free: str
    words: str
    because: Annotated[str, Meta(description="The reason the text declares; empty if it declares none.")]
    witness: ExampleObject | None


class MapDocument(Struct, frozen=True, kw_only=True):
    """The map of coverage of one text."""

    version: Annotated[Literal[1], Meta(description="The version of this format, not of the program.")]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    subject: NamedObject
    situation: Annotated[str, Meta(description="What types are of, such as an encounter.")]
    beside: tuple[NamedObject, ...]
    as_of: Annotated[str | None, Meta(description="The date asked about, ISO 8601.")]
    axes: tuple[AxisObject, ...]
    clauses: tuple[ClauseObject, ...]
    layers: tuple[LayerObject, ...]
    excepted: tuple[ExceptedObject, ...]
    asymmetries: tuple[AsymmetryObject, ...]
    silent_topics: tuple[NamedObject, ...]
    notes: tuple[str, ...]


def json_schema() -> str:
    """The JSON Schema of a map, as shipped in `schema-coverage-1.json`."""
    return schema_page(MapDocument, "coverage", "Coverage map of cbm", VERSION)
