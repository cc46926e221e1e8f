"""Cards to learn a text by, and encounters to exercise it with, as plain data for whoever prints or reads them."""

from __future__ import annotations

from cbm.finding import Exit, Label, Scenario
from cbm.outcomes.answers import AnswerExtent, ClauseSource, Illustration
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record


class CardQuotation(Record):
    """Words of the authentic text in one language ("en"; empty: not said which)."""

    language: str
    words: str


class ClauseCard(Record):
    """A clause with an encounter in which it binds, or comes into play as an exception.

    `kind` is what it is ("duty", "exception" …); `who` it speaks to and whom that meets; `when` it does so, and
    `unless` what, part by part; `demand` what it then says, and `otherwise` what after a breach; `displaced` are the
    clauses in whose place it stands. `yields`: others prevail over it in the encounter, as wherever it binds. `always`:
    it binds in every such encounter. `advice`: it only advises.
    """

    kind: str
    who: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    demand: str
    otherwise: tuple[str, ...]
    displaced: tuple[str, ...]
    illustration: Illustration
    yields: bool = False
    always: bool = False
    advice: bool = False
    quoted: tuple[CardQuotation, ...] = ()
    sources: tuple[ClauseSource, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether there is an encounter to show."""
        return self.illustration.witness is not None


class CardClause(Record):
    """A clause that takes part in a conflict, and what it says."""

    clause: str
    title: str
    demand: str


class ConflictCard(Record):
    """A conflict that precedence settles: which clauses prevail, which yield to them, by what, where, and an encounter.

    `kept`: all that prevails is kept in the encounter. `undecided` says why there is none.
    """

    prevailing: tuple[CardClause, ...]
    yielding: tuple[CardClause, ...]
    by: str
    where: AnswerExtent
    place: Label
    witness: Scenario | None = None
    kept: bool = True
    undecided: str = ""


class DrilledUnit(Record):
    """A unit of an encounter, and the clauses that bind it there, or except from what would."""

    role: str
    words: str
    clauses: tuple[str, ...]


class DrillEncounter(Record):
    """An encounter with what it exercises; `kept`: all keep all duties in it; `undecided`: whether they can."""

    units: tuple[DrilledUnit, ...]
    witness: Scenario
    kept: bool = True
    undecided: str = ""

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for unit in self.units for clause in unit.clauses))


class DrillSets(Record):
    """Encounters that exercise each clause, and encounters that exercise each pair of clauses that can meet.

    `doubt`: why it is not proved that no fewer exercise each clause. `met` and `apart` count the pairs that can be in
    play together and those that cannot. `undecided` are clauses and pairs of which that is not known, and why.
    """

    each: tuple[DrillEncounter, ...] = ()
    pairs: tuple[DrillEncounter, ...] = ()
    doubt: str = ""
    met: int = 0
    apart: int = 0
    undecided: tuple[str, ...] = ()


class CardDeck(SpokenRecord):
    """All cards of a text: those of its clauses, also of such as have no encounter, and those of settled conflicts.

    Each sentence of a clause has a card of its own; `whole` counts the clauses.
    `unsettled` are conflicts that nothing settles, by their clauses: they are no cards, and a check tells them.
    `undecided` says what else is not known.
    """

    text: str
    title: str
    beside: tuple[str, ...]
    as_of: str
    given: str
    assumed: tuple[str, ...]
    clauses: tuple[ClauseCard, ...]
    whole: int
    conflicts: tuple[ConflictCard, ...]
    drills: DrillSets
    unsettled: tuple[tuple[str, ...], ...] = ()
    left_open: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def made(self) -> tuple[ClauseCard, ...]:
        """The cards with an encounter."""
        return tuple(card for card in self.clauses if card.is_made)

    @property
    def missing(self) -> tuple[ClauseCard, ...]:
        """The clauses without one."""
        return tuple(card for card in self.clauses if not card.is_made)

    @property
    def exit(self) -> Exit:
        drilled = (*self.drills.each, *self.drills.pairs)
        unknown = (
            *self.undecided,
            *self.drills.undecided,
            *(card.illustration.undecided for card in self.clauses),
            *(words for card in self.conflicts for words in (card.undecided, card.where.undecided)),
            *(one.undecided for one in drilled),
        )
        return Exit.UNDECIDED if any(unknown) else Exit.FINE
