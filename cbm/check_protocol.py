"""What the pipeline knows of a check: its rule, what it builds on, what its pieces cost, and how they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar, cast

from cbm.finding import Finding, Rule
from cbm.inquiry import Inquiry
from cbm.records import Record

Piece = TypeVar("Piece")


class Basis(Enum):
    """What is found once for all checks that build on it, before they are asked."""

    CONFLICTS = "which duties of a unit conflict, and so which norms prevail"
    DEADLOCKS = "which duties of several units cannot be kept together"
    OWN_SEARCH = "what clashes in another text, or where a case needs to know: the check itself looks for it"


EVERYTHING = frozenset((Basis.CONFLICTS, Basis.DEADLOCKS))
CONFLICTS = frozenset((Basis.CONFLICTS,))
OWN_SEARCH = frozenset((Basis.OWN_SEARCH,))
NOTHING: frozenset[Basis] = frozenset()  # no search for clashes takes part: it is asked before there is one


class Check(Protocol):
    """What is asked for the sake of a rule, in pieces that do not depend on each other."""

    @property
    def rule(self) -> Rule:
        """The rule whose findings it makes."""

    @property
    def basis(self) -> frozenset[Basis]:
        """What has been found before; what is left out here and needed all the same is found when it is needed."""

    def pieces(self, inquiry: Inquiry, /) -> Sequence[object]:
        """What it can be asked of, one by one."""

    def cost(self, inquiry: Inquiry, /) -> int:
        """How many milliseconds a piece takes as a rule. 0: it uses what is ready here, and is not sent elsewhere."""

    def find(self, inquiry: Inquiry, among: Sequence[object], /) -> Iterator[Finding]:
        """What it finds in some of its pieces."""


class Whole(Record):
    """A check that is asked at once; `each` is what it costs for each norm of the system."""

    rule: Rule
    check: Callable[[Inquiry], Iterator[Finding]]
    each: int
    basis: frozenset[Basis] = EVERYTHING

    def pieces(self, inquiry: Inquiry, /) -> Sequence[object]:
        del inquiry
        return (None,)

    def cost(self, inquiry: Inquiry, /) -> int:
        return self.each * len(inquiry.system.norms)

    def find(self, inquiry: Inquiry, among: Sequence[object], /) -> Iterator[Finding]:
        assert list(among) == [None], "there is one piece"
        return self.check(inquiry)


class Divided(Record, Generic[Piece]):
    """A check of pieces; `each` is what one of them costs, and `of_norm` what each norm of the system adds to that."""

    rule: Rule
    cut: Callable[[Inquiry], Sequence[Piece]]
    check: Callable[[Inquiry, Sequence[Piece]], Iterator[Finding]]
    each: int
    basis: frozenset[Basis] = EVERYTHING
    of_norm: float = 0

    def pieces(self, inquiry: Inquiry, /) -> Sequence[object]:
        return self.cut(inquiry)

    def cost(self, inquiry: Inquiry, /) -> int:
        return self.each + int(self.of_norm * len(inquiry.system.norms))

    def find(self, inquiry: Inquiry, among: Sequence[object], /) -> Iterator[Finding]:
        return self.check(inquiry, cast("Sequence[Piece]", among))  # they are some of those that `cut` made
