"""The shape of the JSON of a draft against its models, version 1, and its schema; both change only with the version."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.render.report_document import LocationObject, ReachObject, WitnessObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1

KindOfStance = Literal[
    "contradicted", "permits-breach", "missing", "weaker", "only-advised", "not-granted", "no-verdict", "kept"
]
KindOfProvision = Literal[
    "contradicted",
    "permits-breach",
    "missing",
    "weaker",
    "only-advised",
    "not-granted",
    "no-verdict",
    "kept",
    "undecided",
    "nothing-to-compare",
]
InWhat = Literal[
    "strength",
    "bound",
    "time",
    "channel",
    "language",
    "statement",
    "circumstance",
    "condition",
    "bearer",
    "content",
    "reparation",
]


class FurtherObject(Struct, frozen=True, kw_only=True):
    """In what the draft goes further: some conduct keeps the provision and breaches these duties of the draft."""

    by: tuple[str, ...]
    witness: WitnessObject | None


class StanceObject(Struct, frozen=True, kw_only=True):
    """How the draft stands to a provision, or to some of the acts that it lists, and where."""

    kind: KindOfStance
    acts: Annotated[tuple[str, ...], Meta(description="Acts and results by name; empty: all that it lists.")]
    message: str
    bearer: Annotated[str, Meta(description="The role that it is about.")]
    by: Annotated[
        tuple[str, ...],
        Meta(description="Clauses of the draft that say so; of what is missing, those that ask for it elsewhere."),
    ]
    in_what: tuple[InWhat, ...]
    everywhere: Annotated[bool, Meta(description="Whether it is so wherever the provision can bind.")]
    whenever: str
    extent: Annotated[
        tuple[tuple[str, ...], ...],
        Meta(description="Sets of conditions; each suffices where the provision can bind, for some of the acts."),
    ]
    complete: Annotated[bool, Meta(description="Whether it happens nowhere else.")]
    seen: Annotated[str, Meta(description="What is seen of the example.")]
    witness: WitnessObject
    as_duty: Annotated[bool, Meta(description="The model advises it, and the draft makes it a duty.")]
    reach: Annotated[
        ReachObject | None,
        Meta(description="The packages with which it is so somewhere; null where nothing is open in the draft."),
    ]
    goes_further: FurtherObject | None


class StandingObject(Struct, frozen=True, kw_only=True):
    """Packages of a draft with square brackets, and the kinds of stances that there are on each of them."""

    reach: ReachObject
    kinds: Annotated[tuple[KindOfStance, ...], Meta(description="The gravest first; none: it binds nobody.")]


class ProvisionObject(Struct, frozen=True, kw_only=True):
    """A clause of the model."""

    label: str
    title: str
    force: Annotated[str, Meta(description='What kind of clause it is: "must not", "may".')]
    kind: Annotated[KindOfProvision, Meta(description="The gravest of its stances.")]
    kept_in_part: bool
    location: LocationObject
    stances: Annotated[tuple[StanceObject, ...], Meta(description="Each situation in which it can bind has one.")]
    undecided: tuple[str, ...]
    standings: Annotated[
        tuple[StandingObject, ...],
        Meta(description="All packages of a draft with square brackets; none where nothing is open in it."),
    ]


class ArticleObject(Struct, frozen=True, kw_only=True):
    """An article of the model; `heading` is empty for clauses outside any."""

    heading: str
    provisions: tuple[ProvisionObject, ...]


class ModelObject(Struct, frozen=True, kw_only=True):
    """The draft against one model."""

    model: str
    title: str
    parties: Annotated[tuple[str, ...], Meta(description="Who stands in whose place, and who has none.")]
    only_one: tuple[str, ...]
    articles: tuple[ArticleObject, ...]
    not_compared: tuple[str, ...]
    left_open: tuple[str, ...]


class AddedObject(Struct, frozen=True, kw_only=True):
    """A clause of the draft on a matter on which no model has a clause beside it."""

    label: str
    title: str
    force: str
    acts: Annotated[tuple[str, ...], Meta(description="Those of its acts and results; empty: all that it lists.")]
    location: LocationObject
    reach: Annotated[ReachObject | None, Meta(description="Null where nothing is open in the draft.")]


class ComparisonDocument(Struct, frozen=True, kw_only=True):
    """A draft against its models, and what it has that none of them has."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    draft: str
    models: tuple[ModelObject, ...]
    added: tuple[AddedObject, ...]


def json_schema() -> str:
    """The JSON Schema of a comparison, as shipped in `schema-compare-1.json`."""
    return schema_page(ComparisonDocument, "compare", "Draft against models by cbm", VERSION)
