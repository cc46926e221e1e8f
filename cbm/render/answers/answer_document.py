"""The shape of the JSON of an answer, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.render.report_document import LocationObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class ExtentObject(Struct, frozen=True, kw_only=True):
    """In which of the situations asked about something is so."""

    always: bool
    conditions: Annotated[tuple[tuple[str, ...], ...], Meta(description="Sets of conditions; each suffices.")]
    words: tuple[str, ...]
    complete: Annotated[bool, Meta(description="It is so nowhere else.")]
    undecided: Annotated[str, Meta(description="Why it is not known; empty: it is.")]


class SourceObject(Struct, frozen=True, kw_only=True):
    """What a clause rests on, and how that was read."""

    text: str
    mark: str


class SubstituteObject(Struct, frozen=True, kw_only=True):
    """Conduct that is deemed to comply with a clause, and where."""

    clause: Annotated[str, Meta(description="The clause that says so.")]
    conduct: Annotated[str, Meta(description="In the words of its text.")]
    where: ExtentObject


class BindingClauseObject(Struct, frozen=True, kw_only=True):
    """How a clause stands towards the unit, and where; a clause may have several standings."""

    clause: str
    text: str
    title: str
    demand: Annotated[str, Meta(description="In the words of its text.")]
    standing: Literal["binds", "binds by own conduct", "displaced", "yields", "breached by what is given"]
    where: ExtentObject
    location: LocationObject
    by: Annotated[tuple[str, ...], Meta(description="Clauses that displace it, or prevail over it.")]
    conduct: Annotated[
        tuple[str, ...], Meta(description="What can bring it into play, if that is for the unit to decide.")
    ]
    conduct_against: Annotated[tuple[str, ...], Meta(description="What can keep it out of play.")]
    conduct_either: Annotated[
        tuple[str, ...], Meta(description="What brings it into play or keeps it out, as it is done.")
    ]
    sources: tuple[SourceObject, ...]
    otherwise: Annotated[tuple[str, ...], Meta(description="What it says is owed after a breach.")]
    notes: Annotated[tuple[str, ...], Meta(description="Why no channel that it names serves it.")]
    substitutes: Annotated[tuple[SubstituteObject, ...], Meta(description="What else complies with it.")]


class ResponsibleClauseObject(Struct, frozen=True, kw_only=True):
    """A clause on which a mark rests."""

    clause: str
    how: Annotated[str, Meta(description="When and in which way, in the words of its text.")]


class MarkObject(Struct, frozen=True, kw_only=True):
    """What an act or a result is, and where."""

    mark: Literal[
        "must",
        "must not",
        "should",
        "should not",
        "must not, in some ways",
        "should not, in some ways",
        "tied: to be left undone only with other things",
        "tied: to be done only with other things",
        "may",
        "may, but cannot be used",
        "need not",
        "cannot",
    ]
    words: str
    where: ExtentObject
    deed: Annotated[str, Meta(description="What the mark is said of.")]
    by: tuple[ResponsibleClauseObject, ...]
    beside: Annotated[tuple[str, ...], Meta(description="What it is tied to.")]


class ConductObject(Struct, frozen=True, kw_only=True):
    """An act or a result; where no mark holds it is free."""

    name: str
    title: str
    is_act: bool
    marks: tuple[MarkObject, ...]


class ClashingClausesObject(Struct, frozen=True, kw_only=True):
    """Clauses that cannot all be kept."""

    clauses: tuple[str, ...]
    where: ExtentObject
    breach: Annotated[bool, Meta(description="What is given of conduct is what breaches them.")]
    advice: bool


class IdleClausesObject(Struct, frozen=True, kw_only=True):
    """Clauses of one text, by their labels."""

    text: str
    clauses: tuple[str, ...]


class BearerObject(Struct, frozen=True, kw_only=True):
    """All that is known of one unit."""

    role: str
    words: str
    party: str
    clauses: tuple[BindingClauseObject, ...]
    conduct: tuple[ConductObject, ...]
    clashes: Annotated[tuple[ClashingClausesObject, ...], Meta(description="Where duties clash nothing else is said.")]
    unspoken: Annotated[tuple[str, ...], Meta(description="Acts that no clause which may bind it speaks of: free.")]
    never: Annotated[
        tuple[IdleClausesObject, ...], Meta(description="Clauses that could bind such a unit, and bind nowhere here.")
    ]
    done: Annotated[str, Meta(description="What is given of its conduct.")]
    same_for: tuple[str, ...]
    example: Annotated[WitnessObject | None, Meta(description="An encounter in which it complies with everything.")]
    undecided: tuple[str, ...]


class FactOptionObject(Struct, frozen=True, kw_only=True):
    """One thing that can be found out."""

    words: str
    condition: Annotated[str, Meta(description="To be added to what is given; empty of what is taken of a bracket.")]
    take: Annotated[str, Meta(description="What is taken of a bracket, as `--take` has it; else empty.")] = ""


class NextFactObject(Struct, frozen=True, kw_only=True):
    """The fact that decides most of what is open."""

    words: str
    options: tuple[FactOptionObject, ...]
    settles: int


class UnitDutyObject(Struct, frozen=True, kw_only=True):
    """A clause as it binds one unit."""

    clause: str
    unit: str


class AnsweredDeadlockObject(Struct, frozen=True, kw_only=True):
    """Duties of several units that cannot all be kept, although each unit can keep its own."""

    duties: tuple[UnitDutyObject, ...]
    where: ExtentObject
    advice: Annotated[bool, Meta(description="Some of them are advice.")]
    settled_by: Annotated[tuple[str, ...], Meta(description="By what some of them yield.")]
    notes: tuple[str, ...]


class PeriodObject(Struct, frozen=True, kw_only=True):
    """What is so from one day to another one; empty: the date asked about."""

    first: str
    last: str
    bearers: tuple[BearerObject, ...]
    deadlocks: tuple[AnsweredDeadlockObject, ...]
    undecided: Annotated[
        tuple[str, ...], Meta(description="Of which duties of several units it is not known whether they can be kept.")
    ]


class AnswerDocument(Struct, frozen=True, kw_only=True):
    """What binds whom in the situations that meet what is given."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    text: str
    title: str
    beside: tuple[str, ...]
    as_of: str
    given: str
    assumed: tuple[str, ...]
    periods: tuple[PeriodObject, ...]
    next_fact: NextFactObject | None
    left_open: tuple[str, ...]
    taken: Annotated[str, Meta(description="Of which packages alone it is told, in words; empty: of all.")] = ""


def json_schema() -> str:
    """The JSON Schema of an answer, as shipped in `schema-ask-1.json`."""
    return schema_page(AnswerDocument, "ask", "What binds whom, by cbm", VERSION)
