"""What `cbm ask` and `cbm example` tell, as plain data for whoever prints or reads it."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Exit, Label, Scenario
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record


class AnswerExtent(Record):
    """In which of the situations asked about something is so.

    `always`, or under each of several sets of conditions, as literals in words and as one clause each (`words`);
    `complete`: nowhere else. `undecided` says why it is not known.
    """

    always: bool = False
    cubes: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    complete: bool = True
    undecided: str = ""


class ClauseSource(Record):
    """What a clause rests on, and how that was read ("seen text", "from memory"; empty: not said)."""

    text: str
    mark: str = ""


class SubstituteAnswer(Record):
    """Conduct that is deemed to comply with a clause: the clause that says so, what is to be done, and where."""

    clause: str
    conduct: str
    where: AnswerExtent


class OwnConduct(Record):
    """What a unit can do that brings a clause into play, or keeps it out; and what does either, as it is done."""

    brings_in: tuple[str, ...] = ()
    keeps_out: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


class ClauseAnswer(Record):
    """How a clause stands towards a unit: one of its standings ("binds", "displaced" …), and where.

    `demand` is what it says, in the words of its text. `by` are clauses that displace it or prevail over it; `swayed`
    says what it hangs on where that is for the unit to decide.
    """

    clause: str
    text: str
    title: str
    demand: str
    standing: str
    where: AnswerExtent
    place: Label
    by: tuple[str, ...] = ()
    swayed: OwnConduct = OwnConduct()
    sources: tuple[ClauseSource, ...] = ()
    otherwise: tuple[str, ...] = ()  # what it says is owed after a breach
    notes: tuple[str, ...] = ()  # why no channel that it names serves it
    substitutes: tuple[SubstituteAnswer, ...] = ()  # what else complies with it


class ResponsibleClause(Record):
    """A clause on which a mark rests; `how` says when and in which way the act is owed, in the words of its text."""

    clause: str
    how: str = ""


class MarkAnswer(Record):
    """What an act or a result is: one of the marks ("must", "may", "tied" …), where, and by which clauses.

    `words` say it in one piece ("must call other unit"), `deed` what it is said of ("call other unit"). `beside` is
    what it is tied to: one or the other is owed, or what is done of the one decides on the other.
    """

    mark: str
    words: str
    deed: str
    where: AnswerExtent
    by: tuple[ResponsibleClause, ...] = ()
    beside: tuple[str, ...] = ()


class ConductAnswer(Record):
    """An act or a result with all that is said of it; where no mark holds it is free."""

    name: str
    title: str
    is_act: bool
    marks: tuple[MarkAnswer, ...] = ()


class ClashAnswer(Record):
    """Clauses that cannot all be kept, and where; `breach`: what is given of conduct is what breaches them.

    `advice`: without the advice among them the rest can be kept.
    """

    clauses: tuple[str, ...]
    where: AnswerExtent
    breach: bool = False
    advice: bool = False


class IdleClauses(Record):
    """Clauses of one text, by their labels."""

    text: str
    clauses: tuple[str, ...]


class BearerAnswer(Record):
    """All that is known of one unit under what is given.

    `done` is what is given of its conduct; it is a breach where a clash is one. `unspoken` are acts that no clause
    which may bind it speaks of: they are free. `never` are clauses that speak to it and bind nowhere. `example` is an
    encounter in which it complies with everything, confirmed by the evaluator.
    """

    role: str
    words: str
    party: str
    clauses: tuple[ClauseAnswer, ...] = ()
    conduct: tuple[ConductAnswer, ...] = ()
    clashes: tuple[ClashAnswer, ...] = ()
    unspoken: tuple[str, ...] = ()
    never: tuple[IdleClauses, ...] = ()
    done: str = ""
    same_for: tuple[str, ...] = ()  # further units of which the same is so, with the roles changed
    example: Scenario | None = None
    undecided: tuple[str, ...] = ()

    def extents(self) -> Iterator[AnswerExtent]:
        """Where each thing said of it is so."""
        yield from (clause.where for clause in self.clauses)
        yield from (deemed.where for clause in self.clauses for deemed in clause.substitutes)
        yield from (mark.where for one in self.conduct for mark in one.marks)
        yield from (clash.where for clash in self.clashes)

    @property
    def depends(self) -> bool:
        """Whether something hangs on what is not given."""
        return any(not where.always and not where.undecided for where in self.extents())


class FactOption(Record):
    """One thing that can be found out: how it is said, and the condition that says so in the language.

    Of what is taken of a bracket there is none: `take` says it, as in `3.2=JP`.
    """

    words: str
    condition: str
    take: str = ""


class NextFact(Record):
    """The fact that decides most of what is open, with what it can be; so many things it settles on the average."""

    words: str
    options: tuple[FactOption, ...]
    settles: int = 0


class UnitDuty(Record):
    """A clause as it binds one unit."""

    clause: str
    unit: str


class DeadlockAnswer(Record):
    """Duties of several units that cannot all be kept, although each unit can keep its own, and where.

    `advice`: some of them are advice. `settled_by` says by what some of them yield. `notes`: what else is known of it.
    """

    duties: tuple[UnitDuty, ...]
    where: AnswerExtent
    advice: bool = False
    settled_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class AnswerPeriod(Record):
    """What is so from one day to another one; no days: the date asked about, or no date at all.

    `undecided`: of which duties of several units it is not known whether they can be kept together.
    """

    bearers: tuple[BearerAnswer, ...]
    first: str = ""
    last: str = ""
    deadlocks: tuple[DeadlockAnswer, ...] = ()
    undecided: tuple[str, ...] = ()

    def extents(self) -> Iterator[AnswerExtent]:
        """Where each thing said of the units is so."""
        yield from (where for bearer in self.bearers for where in bearer.extents())
        yield from (deadlock.where for deadlock in self.deadlocks)


class Answer(SpokenRecord):
    """What binds whom in the situations that meet what is given.

    `assumed` is what was taken for granted beside it, `taken` of which packages alone it is told. `periods` is one,
    unless a stretch of days was asked about.
    """

    text: str
    title: str
    beside: tuple[str, ...]
    as_of: str
    given: str
    periods: tuple[AnswerPeriod, ...]
    assumed: tuple[str, ...] = ()
    next_fact: NextFact | None = None
    left_open: tuple[str, ...] = ()
    taken: str = ""

    @property
    def bearers(self) -> tuple[BearerAnswer, ...]:
        return tuple(bearer for period in self.periods for bearer in period.bearers)

    @property
    def exit(self) -> Exit:
        unknown = any(b.undecided for b in self.bearers) or any(p.undecided for p in self.periods)
        unknown = unknown or any(where.undecided for period in self.periods for where in period.extents())
        return Exit.UNDECIDED if unknown else Exit.FINE


class NearMiss(Record):
    """An encounter that differs in little from one in which a clause binds, and in which it does not bind.

    `changed` says what is otherwise there, `why` why the clause does not bind, and `because` the same without its name.
    """

    changed: tuple[str, ...]
    why: str
    witness: Scenario
    because: str = ""


class Illustration(SpokenRecord):
    """An encounter in which a clause binds, and those nearest to it in which it does not.

    `complied`: the unit that it binds keeps all its duties in it. `why` says why there is none, `undecided` why it is
    not known.
    """

    clause: str
    text: str
    title: str
    demand: str
    place: Label
    given: str = ""
    as_of: str = ""
    assumed: tuple[str, ...] = ()
    witness: Scenario | None = None
    complied: bool = True
    near_misses: tuple[NearMiss, ...] | None = None  # None: not asked for
    why: str = ""
    undecided: str = ""

    @property
    def exit(self) -> Exit:
        return Exit.UNDECIDED if self.undecided else Exit.FINE
