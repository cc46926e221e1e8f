"""Parts of a statement that may stand in any order: what a word such as `unless` or `between` is followed by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Generic, TypeVar

from cbm.records import Record
from cbm.source import Span
from cbm.syntax.ast import (
    At,
    CitationNode,
    DemandNode,
    DisplacementNode,
    Expression,
    HeaderDate,
    Inclusion,
    Level,
    Name,
    PartyTo,
    Rank,
    Reference,
    StatusSince,
    Title,
    While,
    Window,
)

Value = TypeVar("Value", covariant=True)


class Part(Record, Generic[Value]):
    """What follows one word; each word has its class."""

    values: tuple[Value, ...]
    span: Span


class Uses(Part[Inclusion]):
    """`uses encounters, channels`."""


class Between(Part[Name]):
    """`between CN, JP`."""


class PartiesTo(Part[PartyTo]):
    """`between US until 2020-11-22, RU, FR`, said of a text."""


class Binding(Part[Name]):
    """`binding JP, US`: whom the text binds, whomever they meet."""


class BindingTowardsAll(Part[Name]):
    """`binding JP towards all`: the same, and owed to whomever they meet."""


class OfRank(Part[Rank]):
    """`rank treaty`."""


class OfForce(Part[bool]):
    """`binding`, `not binding`, said of a memorandum."""


class HasStatus(Part[StatusSince]):
    """`status track2 from 2019-06-01, political from 2021-01-01`."""


class Dated(Part[HeaderDate]):
    """`in force 1977-07-15`."""


class Beside(Part[Inclusion]):
    """`beside macm, cues`."""


class RestatesText(Part[Name]):
    """`restates coc`, said of a whole text."""


class Yields(Part[Reference]):
    """`subject to colregs`."""


class Prevails(Part[Reference]):
    """`notwithstanding 3.2`."""


class Cites(Part[CitationNode]):
    """`source "…" seen text`."""


class Ends(Part[date]):
    """`until 2030-01-01`, said of a reserve."""


class When(Part[Expression]):
    """`when own.distress`, before or after the bearer."""


class Concerns(Part[Name]):
    """`for weapons, separation`: topics, or the documents a set of cases is about."""


class By(Part[Reference]):
    """`by 5.1`: the clauses an expectation names."""


class StatingPart(Part[Name]):
    """`stating nature, position`, said of the demand before it."""


class Addressed(Part[Name]):
    """`to US`, said of the demand before it."""


class Timed(Part[Window]):
    """`within 60 min after incident`, said of the demand before it."""


class ThroughChannel(Part[Name]):
    """`through ministry_line, embassy`, said of the demand before it: one of them."""


class ExceptThrough(Part[Name]):
    """`except through ministry_line`, said of the prohibition before it."""


class OnLevel(Part[Level]):
    """`at level ministry or above`, said of the demand before it."""


class WordedIn(Part[Name]):
    """`worded in english, french`, said of the demand before it: one of them."""


class ExceptWorded(Part[Name]):
    """`except worded in english`, said of the prohibition before it."""


class Meanwhile(Part[At | While]):
    """`except before contact`, `except while …`, said of the prohibition before it."""


class Excepts(Part[Expression]):
    """`unless …`."""


class Displaces(Part[DisplacementNode]):
    """`in place of 2, 3`."""


class Otherwise(Part[DemandNode]):
    """`otherwise must report`."""


class Restates(Part[Reference]):
    """`restates 3.2`."""


class Asymmetric(Part[str]):
    """`asymmetric because "…"`."""


class Wording(Part[Title]):
    """`text en "…" ja "…"`."""


def gathered(parts: Iterable[object], kind: type[Part[Value]]) -> tuple[Value, ...]:
    """Everything that follows one word, in the order written."""
    return tuple(value for part in parts if isinstance(part, kind) for value in part.values)
