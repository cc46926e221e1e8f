"""An illustration of a clause to one JSON object for programs, shaped as `schema-example-1.json` says."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.outcomes.answers import Illustration, NearMiss
from cbm.render.json import location_of, witness_of
from cbm.render.json_page import described_page
from cbm.render.report_document import LocationObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class NearMissObject(Struct, frozen=True, kw_only=True):
    """An encounter in which the clause does not bind, though little is otherwise."""

    changed: tuple[str, ...]
    why: str
    witness: WitnessObject


class IllustrationDocument(Struct, frozen=True, kw_only=True):
    """An encounter in which a clause binds, and the nearest ones in which it does not."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    clause: str
    text: str
    title: str
    demand: str
    location: LocationObject
    given: str
    as_of: str
    assumed: tuple[str, ...]
    witness: Annotated[WitnessObject | None, Meta(description="None: it binds in no such encounter.")]
    complied: Annotated[bool, Meta(description="All duties of the unit that it binds are kept in it.")]
    near_misses: Annotated[tuple[NearMissObject, ...] | None, Meta(description="None: not asked for.")]
    why: str
    undecided: str


def render(told: Illustration) -> str:
    """The object, indented, with a line break at its end."""
    misses = told.near_misses
    whole = IllustrationDocument(
        version=VERSION,
        exit_code=told.exit.value,
        clause=told.clause,
        text=told.text,
        title=told.title,
        demand=told.demand,
        location=location_of(told.place),
        given=told.given,
        as_of=told.as_of,
        assumed=told.assumed,
        witness=None if told.witness is None else witness_of(told.witness),
        complied=told.complied,
        near_misses=None if misses is None else tuple(map(near_miss, misses)),
        why=told.why,
        undecided=told.undecided,
    )
    return described_page(whole, "example", VERSION)


def near_miss(one: NearMiss) -> NearMissObject:
    """A near miss as programs read it."""
    return NearMissObject(changed=one.changed, why=one.why, witness=witness_of(one.witness))


def json_schema() -> str:
    """The JSON Schema of an illustration, as shipped in `schema-example-1.json`."""
    return schema_page(IllustrationDocument, "example", "An encounter in which a clause binds, by cbm", VERSION)
