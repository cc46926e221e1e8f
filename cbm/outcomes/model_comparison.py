"""How a draft stands to the texts that it takes as its models: plain data for whoever prints or reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cbm.finding import Exit, Label, PackageReach, Scenario
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record
from cbm.translation.saying import say

# How a draft can stand to a provision of a model, the gravest first; all but the last is what `--fail-on` takes.
KINDS = (
    "contradicted",
    "permits-breach",
    "missing",
    "weaker",
    "only-advised",
    "not-granted",
    "no-verdict",
    "kept",
)


# What `--fail-on` takes beside kinds: what is so on some packages of a draft under negotiation makes it fail, too.
ANY_PACKAGE = "any-package"


class PackageStanding(Record):
    """Packages of a draft under negotiation, and which kinds of stances to a provision there are on each of them."""

    reach: PackageReach
    kinds: tuple[str, ...]


class ProvisionStance(Record):
    """How the draft stands to a provision, or to some of the acts that it lists, and where.

    `by` are clauses of the draft by their labels, `in_what` what it is weaker in, or asks for elsewhere only. `extent`
    are conditions, each a tuple of literals in words, that suffice where the provision can bind, for one of the `acts`
    at least; `complete`: it is so nowhere else; `everywhere`: it is so wherever the provision can bind. `seen` says
    what the evaluator sees in the example. `further` are duties of the draft that some conduct breaches which keeps the
    provision, with an example. `reach` are the packages of a draft under negotiation with which it is so somewhere, and
    what is said of conditions is said of these.
    """

    kind: str
    acts: tuple[str, ...]
    message: str
    bearer: str
    by: tuple[str, ...]
    in_what: tuple[str, ...]
    everywhere: bool
    whenever: str
    extent: tuple[tuple[str, ...], ...]
    complete: bool
    seen: str
    witness: Scenario
    as_duty: bool = False
    further: tuple[str, ...] = ()
    further_witness: Scenario | None = None
    reach: PackageReach | None = None  # None: nothing is open in the draft


class ModelProvision(Record):
    """A clause of the model, what kind of clause it is ("must not"), and how the draft stands to it; nowhere if empty.

    A clause without any stance binds nobody in what both texts are about: there is nothing to compare. `standings` part
    the packages of a draft under negotiation. Each sentence of a clause is one; `sentence_of` is that clause.
    """

    label: str
    title: str
    force: str
    place: Label
    stances: tuple[ProvisionStance, ...]
    undecided: tuple[str, ...] = ()
    standings: tuple[PackageStanding, ...] = ()
    sentence_of: str | None = None

    @property
    def kind(self) -> str:
        """The gravest of its stances; "undecided" where one is not known, "nothing-to-compare" where there is none."""
        if self.undecided:
            return "undecided"
        told = {stance.kind for stance in self.stances}
        return next((kind for kind in KINDS if kind in told), "nothing-to-compare")

    @property
    def is_kept_in_part(self) -> bool:
        """Whether it is kept somewhere, or one of the acts it lists, though not wherever it can bind."""
        kinds = {stance.kind for stance in self.stances}
        return not self.undecided and "kept" in kinds and len(kinds) > 1

    @property
    def kept_in_full(self) -> PackageReach | None:
        """The packages of a draft under negotiation that keep it wherever it can bind; None where there are none."""
        return next((one.reach for one in self.standings if one.kinds == ("kept",)), None)

    @property
    def depends(self) -> bool:
        """Whether it depends on what is taken how the draft stands to it."""
        told = {(one.kinds[:1], "kept" in one.kinds) for one in self.standings}
        return not self.undecided and len(told) > 1

    def fails(self, kinds: Collection[str], any_package: bool) -> bool:
        """Whether there is a stance of these kinds; of a draft under negotiation, on every package, or on any."""
        if not self.standings:
            return any(stance.kind in kinds for stance in self.stances)
        there = [not set(kinds).isdisjoint(one.kinds) for one in self.standings]
        return any(there) if any_package else all(there)


class ModelArticle(Record):
    """An article of the model, by its heading."""

    heading: str
    provisions: tuple[ModelProvision, ...]


class ModelComparison(Record):
    """A draft against one model; `parties` says who of the model stands in whose place, in words."""

    model: str
    title: str
    parties: tuple[str, ...]
    articles: tuple[ModelArticle, ...]
    only_one: tuple[str, ...] = ()  # situations and conduct that only one of them knows
    not_compared: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()  # what both leave open, and how far is looked

    @property
    def provisions(self) -> Iterator[ModelProvision]:
        for article in self.articles:
            yield from article.provisions

    @property
    def undecided(self) -> tuple[str, ...]:
        return tuple(
            say("clause {clause}: {reason}", clause=one.label, reason=why)
            for one in self.provisions
            for why in one.undecided
        )


class AddedProvision(Record):
    """A clause of the draft, or some of the acts it lists, on a matter on which no model has a clause beside it."""

    label: str
    title: str
    force: str
    acts: tuple[str, ...]
    place: Label
    reach: PackageReach | None = None  # None: nothing is open in the draft


class ModelReport(SpokenRecord):
    """A draft against its models, in their order, and then what it has that none of them has.

    `fail_on` are kinds of stances; none named: all but `kept`. What is so on some packages of a draft under negotiation
    counts with `any-package` alone.
    """

    draft: str
    models: tuple[ModelComparison, ...]
    added: tuple[AddedProvision, ...] = ()
    fail_on: tuple[str, ...] | None = None

    @property
    def failing(self) -> tuple[str, ...]:
        """The kinds of stances that make it fail."""
        return tuple(kind for kind in self.fail_on or () if kind != ANY_PACKAGE) or KINDS[:-1]

    def fails(self, provision: ModelProvision) -> bool:
        """Whether the draft stands to the provision as it was to fail for."""
        return provision.fails(self.failing, ANY_PACKAGE in (self.fail_on or ()))

    @property
    def exit(self) -> Exit:
        """Findings where something that was to fail is there; then whether all is known."""
        provisions = [one for model in self.models for one in model.provisions]
        if any(map(self.fails, provisions)):
            return Exit.FINDINGS
        unknown = any(one.undecided for one in provisions) or any(model.not_compared for model in self.models)
        return Exit.UNDECIDED if unknown else Exit.FINE
