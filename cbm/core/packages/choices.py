"""What is open in a text under negotiation: choices of options, and ties between them.

A package takes one option of each choice. The text means its packages: package p has the clauses that p leaves.
"""

from __future__ import annotations

from enum import Enum, auto

from cbm.core.expressions import Formula, NormId, Truth
from cbm.records import Placed
from cbm.source import Span

CHAIR = "chair"  # whoever holds the pen, and is no party
LEFT_OUT = 0  # the number of the option that nothing stands there, where no option says so


class ProposedOption(Placed):
    """What may stand there: its number, who proposes it, a remark, its words; `out`: nothing is to stand there.

    Its words are those of the first place where it says something, `further` those of other places where it says
    something else. `one_by_one` is what it says at each of several places, and what each clause below a heading says:
    the words name these alone.
    """

    number: int
    proposers: tuple[str, ...]
    remark: str
    words: str
    out: bool
    span: Span | None = None
    further: tuple[str, ...] = ()
    one_by_one: tuple[str, ...] = ()

    @property
    def all_words(self) -> str:
        """What it says at all its places."""
        return "; ".join((self.words, *self.further))

    @property
    def member(self) -> str:
        """Its name among the values of the choice."""
        return str(self.number)


class NegotiatedChoice(Placed):
    """A choice: what it is called (its own name, or the clause it stands in), and its options by number.

    `titled`: it has a name of its own. `spoken_of`: its name leads to it alone, so that ties and users can speak of it.
    `whole`: its options are whole clauses. `clause` is the label of the clause in which it stands first. `stands`: with
    which options of others it stands in the text; without them it is idle.
    """

    name: str
    options: tuple[ProposedOption, ...]
    titled: bool
    spoken_of: bool
    whole: bool = False
    clause: str = ""
    stands: Formula = Truth(True)
    span: Span | None = None

    def option(self, member: str) -> ProposedOption:
        """The option with this name among the values of the choice."""
        return next(option for option in self.options if option.member == member)


class ChoiceTie(Placed):
    """What choices have to agree in: packages that do not meet the condition do not exist."""

    condition: Formula
    words: str
    span: Span | None = None
    asked: bool = False  # by who has the text checked, and not by the text itself


class Referral(Enum):
    """How a clause comes to speak of another one: what has to be in a bracket where that one is."""

    EDGE = auto()  # `subject to 1`, `in place of 1`: words at the end of a clause
    EXCEPTION = auto()  # the clause is an exception to it, and to nothing else
    EXCEPTION_TO_SEVERAL = auto()
    CONDITION = auto()  # something is so, or is not, where somebody is bound by it
    HEADER = auto()


class OpenReference(Placed):
    """A reference to what some package lacks.

    `by` is what it stands in, in words; in all languages alike that is known by its `origin`, and a clause by its own
    label. `words` say how it refers, `label` to what, and `elsewhere` is the other text that this stands in, if it
    does. It is `written` in some packages, and in some what it means `stands`.
    """

    by: str
    origin: str
    clause: str
    referral: Referral
    words: str
    label: str
    elsewhere: str
    written: Formula
    stands: Formula
    span: Span | None = None


class CycleKind(Enum):
    """How clauses depend on each other: on what binds, on what prevails in clashes, or as exceptions."""

    BINDING = auto()
    PRECEDENCE = auto()
    EXCEPTION = auto()


class ClauseCycle(Placed):
    """Clauses that depend on each other in a circle, in order, with their places: packages that have it mean nothing.

    `holds` on those packages; of a text in which nothing is open, without more.
    """

    ASIDE = frozenset({"spans"})

    kind: CycleKind
    clauses: tuple[NormId, ...]
    holds: Formula
    spans: tuple[Span, ...]
