"""Cards to one JSON object for programs, shaped as `schema-cards-1.json` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.outcomes.training_cards import CardClause, CardDeck, ClauseCard, ConflictCard, DrillEncounter
from cbm.render.answers.answer_document import ExtentObject, SourceObject
from cbm.render.answers.answer_json import extent_object
from cbm.render.answers.illustration_json import NearMissObject, near_miss
from cbm.render.json import location_of, witness_of
from cbm.render.json_page import described_page
from cbm.render.report_document import LocationObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class QuotedTextObject(Struct, frozen=True, kw_only=True):
    """Words of the authentic text in one language; `language` empty: it is not said which."""

    language: str
    words: str


class ClauseCardObject(Struct, frozen=True, kw_only=True):
    """A clause with an encounter in which it binds, or comes into play as an exception."""

    clause: str
    title: str
    kind: Annotated[str, Meta(description="What it is, as `duty`, `advice`, `permission` or `exception`.")]
    quoted: tuple[QuotedTextObject, ...]
    who: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    demand: str
    otherwise: Annotated[tuple[str, ...], Meta(description="What it asks for after a breach.")]
    displaced: Annotated[tuple[str, ...], Meta(description="The clauses in whose place it stands.")]
    sources: tuple[SourceObject, ...]
    location: LocationObject
    witness: Annotated[WitnessObject | None, Meta(description="None: there is no such encounter, or nobody knows.")]
    complied: Annotated[bool, Meta(description="All duties of the unit that it binds are kept in it.")]
    yields: Annotated[bool, Meta(description="Other clauses prevail over it there, as wherever it binds.")]
    always: Annotated[bool, Meta(description="It binds in every such encounter.")]
    near_misses: tuple[NearMissObject, ...]
    why: Annotated[str, Meta(description="Why there is no encounter.")]
    undecided: str


class CardClauseObject(Struct, frozen=True, kw_only=True):
    """A clause that takes part in a conflict."""

    clause: str
    title: str
    demand: str


class ConflictCardObject(Struct, frozen=True, kw_only=True):
    """A conflict that precedence settles."""

    prevailing: tuple[CardClauseObject, ...]
    yielding: tuple[CardClauseObject, ...]
    by: str
    where: ExtentObject
    location: LocationObject
    witness: WitnessObject | None
    kept: Annotated[bool, Meta(description="All that prevails is kept in the encounter.")]
    undecided: str


class DrilledUnitObject(Struct, frozen=True, kw_only=True):
    """A unit of an encounter, and the clauses that are in play for it."""

    role: str
    words: str
    clauses: tuple[str, ...]


class DrillEncounterObject(Struct, frozen=True, kw_only=True):
    """An encounter with what it exercises."""

    units: tuple[DrilledUnitObject, ...]
    witness: WitnessObject
    kept: Annotated[bool, Meta(description="All units keep all duties in it.")]
    undecided: str


class DrillSetsObject(Struct, frozen=True, kw_only=True):
    """Encounters that exercise each clause, and such as exercise each pair of clauses that can meet."""

    each: tuple[DrillEncounterObject, ...]
    doubt: Annotated[str, Meta(description="Why it is not proved that no fewer exercise each clause; empty: it is.")]
    pairs: Annotated[tuple[DrillEncounterObject, ...], Meta(description="Fewer may do.")]
    pairs_met: int
    pairs_apart: int
    undecided: tuple[str, ...]


class CardsDocument(Struct, frozen=True, kw_only=True):
    """All cards of a text, and its drills."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    text: str
    title: str
    beside: tuple[str, ...]
    as_of: str
    given: str
    assumed: tuple[str, ...]
    clauses: tuple[ClauseCardObject, ...]
    conflicts: tuple[ConflictCardObject, ...]
    unsettled: Annotated[tuple[tuple[str, ...], ...], Meta(description="Conflicts that no clause settles.")]
    drills: DrillSetsObject
    left_open: tuple[str, ...]
    undecided: tuple[str, ...]


def render(deck: CardDeck) -> str:
    """The object, indented, with a line break at its end."""
    drills = deck.drills
    whole = CardsDocument(
        version=VERSION,
        exit_code=deck.exit.value,
        text=deck.text,
        title=deck.title,
        beside=deck.beside,
        as_of=deck.as_of,
        given=deck.given,
        assumed=deck.assumed,
        clauses=tuple(map(_clause, deck.clauses)),
        conflicts=tuple(map(_conflict, deck.conflicts)),
        unsettled=deck.unsettled,
        drills=DrillSetsObject(
            each=tuple(map(_drill, drills.each)),
            doubt=drills.doubt,
            pairs=tuple(map(_drill, drills.pairs)),
            pairs_met=drills.met,
            pairs_apart=drills.apart,
            undecided=drills.undecided,
        ),
        left_open=deck.left_open,
        undecided=deck.undecided,
    )
    return described_page(whole, "cards", VERSION)


def _clause(card: ClauseCard) -> ClauseCardObject:
    told = card.illustration
    return ClauseCardObject(
        clause=told.clause,
        title=told.title,
        kind=card.kind,
        quoted=tuple(QuotedTextObject(language=one.language, words=one.words) for one in card.quoted),
        who=card.who,
        when=card.when,
        unless=card.unless,
        demand=card.demand,
        otherwise=card.otherwise,
        displaced=card.displaced,
        sources=tuple(SourceObject(text=source.text, mark=source.mark) for source in card.sources),
        location=location_of(told.place),
        witness=None if told.witness is None else witness_of(told.witness),
        complied=told.complied,
        yields=card.yields,
        always=card.always,
        near_misses=tuple(map(near_miss, told.near_misses or ())),
        why=told.why,
        undecided=told.undecided,
    )


def _conflict(card: ConflictCard) -> ConflictCardObject:
    return ConflictCardObject(
        prevailing=_members(card.prevailing),
        yielding=_members(card.yielding),
        by=card.by,
        where=extent_object(card.where),
        location=location_of(card.place),
        witness=None if card.witness is None else witness_of(card.witness),
        kept=card.kept,
        undecided=card.undecided,
    )


def _members(clauses: Iterable[CardClause]) -> tuple[CardClauseObject, ...]:
    return tuple(CardClauseObject(clause=one.clause, title=one.title, demand=one.demand) for one in clauses)


def _drill(one: DrillEncounter) -> DrillEncounterObject:
    return DrillEncounterObject(
        units=tuple(DrilledUnitObject(role=u.role, words=u.words, clauses=u.clauses) for u in one.units),
        witness=witness_of(one.witness),
        kept=one.kept,
        undecided=one.undecided,
    )


def json_schema() -> str:
    """The JSON Schema of cards, as shipped in `schema-cards-1.json`."""
    return schema_page(CardsDocument, "cards", "Cards of a text, by cbm", VERSION)
