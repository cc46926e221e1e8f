"""The shape of the JSON of a difference, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.render.report_document import LocationObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class TextChangeObject(Struct, frozen=True, kw_only=True):
    """One change of what a text asks for, permits or leaves."""

    kind: str
    group: Annotated[str, Meta(description="What `--fail-on` takes.")]
    clauses: Annotated[tuple[str, ...], Meta(description="Labels, of the text that `location` lies in.")]
    message: str
    location: LocationObject
    bearer: Annotated[str, Meta(description="The role that it is about.")]
    why: str
    whenever: str
    extent: Annotated[tuple[tuple[str, ...], ...], Meta(description="Sets of conditions; each suffices.")]
    complete: Annotated[bool, Meta(description="Whether it happens nowhere else.")]
    before: Annotated[str, Meta(description="What is seen of the example with the old text.")]
    after: Annotated[str, Meta(description="The same with the new text.")]
    witness: WitnessObject | None
    bound: Annotated[tuple[str, ...], Meta(description="The parties whose freedom it concerns.")]
    owed_to: tuple[str, ...]


class DefinitionChangeObject(Struct, frozen=True, kw_only=True):
    """A term, a counter or an axiom of a vocabulary that says something else."""

    what: str
    name: Annotated[str, Meta(description="Of an axiom its title, or its words.")]
    kind: Annotated[str, Meta(description="wider, narrower, other-value, excluded or allowed.")]
    message: str
    location: LocationObject
    why: str
    whenever: str
    extent: Annotated[tuple[tuple[str, ...], ...], Meta(description="Sets of conditions; each suffices.")]
    complete: Annotated[bool, Meta(description="Whether it happens nowhere else.")]
    before: Annotated[str, Meta(description="What is seen of the example with the old vocabulary.")]
    after: Annotated[str, Meta(description="The same with the new vocabulary.")]
    witness: WitnessObject | None


class DeclaredChangeObject(Struct, frozen=True, kw_only=True):
    """Something declared; `old` or `new` is empty where it is not there."""

    what: str
    name: str
    old: str
    new: str


class PartyBalanceObject(Struct, frozen=True, kw_only=True):
    """What a party gains and loses, by clauses."""

    party: str
    less_freedom: tuple[str, ...]
    more_freedom: tuple[str, ...]
    more_protection: tuple[str, ...]
    less_protection: tuple[str, ...]


class FindingChangeObject(Struct, frozen=True, kw_only=True):
    """A finding that only one of the texts has."""

    rule: str
    severity: str
    message: str


class DifferenceObject(Struct, frozen=True, kw_only=True):
    """All that differs between an old text and a new one."""

    old: str
    new: str
    no_change: Annotated[bool, Meta(description="They mean the same, and it is known that they do.")]
    changes: tuple[TextChangeObject, ...]
    declared: tuple[DeclaredChangeObject, ...]
    only_one: tuple[str, ...]
    parties: tuple[PartyBalanceObject, ...]
    findings_gone: tuple[FindingChangeObject, ...]
    findings_new: tuple[FindingChangeObject, ...]
    findings_same: int
    undecided: tuple[str, ...]
    not_compared: tuple[str, ...]
    left_open: tuple[str, ...]
    definitions: Annotated[
        tuple[DefinitionChangeObject, ...], Meta(description="Of vocabularies; axioms also of those of texts.")
    ] = ()
    names: Annotated[tuple[str, ...], Meta(description="What is called otherwise and says the same.")] = ()
    findings_hidden: Annotated[int, Meta(description="Of the new text, by comments in it or by configurations.")] = 0
    positions: Annotated[
        tuple[DeclaredChangeObject, ...],
        Meta(description="Options of both texts that others propose now, which changes no meaning."),
    ] = ()


class LedgerDocument(Struct, frozen=True, kw_only=True):
    """The differences from each text to the next one, and in all where there are several."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    steps: tuple[DifferenceObject, ...]
    whole: DifferenceObject | None


def json_schema() -> str:
    """The JSON Schema of a ledger, as shipped in `schema-diff-1.json`."""
    return schema_page(LedgerDocument, "diff", "Difference of texts by cbm", VERSION)
