"""What the difference between two texts says: plain data for whoever prints or reads it."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Exit, Label, Scenario
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record

# What `--fail-on` takes: groups of changes, what is declared, and findings.
GROUPS = (
    "tightened",
    "relaxed",
    "advice",
    "permissions",
    "exemptions",
    "reparation",
    "definitions",
    "declared",
    "new-finding",
)


class TextChange(Record):
    """One change of what a text asks for, permits or leaves, seen in one clause or in several that hang together.

    `kind` is its name ("tightened"), `group` the one of `GROUPS` that it belongs to. `clauses` are labels of the text
    that `place` lies in. `why` says what became of the clause. `extent` are conditions that suffice, each a tuple of
    literals in words; `complete`: it happens nowhere else. `before` and `after` say what the evaluator sees in the
    example with either text. `bound` are the parties whose freedom it concerns, `owed_to` those that it is owed to.
    """

    kind: str
    group: str
    clauses: tuple[str, ...]
    message: str
    place: Label
    bearer: str
    why: str
    whenever: str
    extent: tuple[tuple[str, ...], ...]
    complete: bool
    before: str
    after: str
    witness: Scenario | None = None
    bound: tuple[str, ...] = ()
    owed_to: tuple[str, ...] = ()


class DefinitionChange(Record):
    """A term, a counter or an axiom of a vocabulary that says something else.

    `what` it is ("term"), and its `name`; of an axiom its title, or its words. `kind` is "wider" or "narrower" (it
    holds where it did not, or the other way round), "other-value", "excluded" or "allowed" (an axiom leaves encounters
    out that were possible, or left them out). All else is as for `TextChange`.
    """

    what: str
    name: str
    kind: str
    message: str
    place: Label
    why: str
    whenever: str
    extent: tuple[tuple[str, ...], ...]
    complete: bool
    before: str
    after: str
    witness: Scenario | None = None


class DeclaredChange(Record):
    """Something that a text or its vocabulary declares: `old` or `new` is empty where it is not there."""

    what: str  # "precedence", "party", "promise"
    name: str
    old: str
    new: str
    called: str = ""  # in place of both, where it has no name of its own


class PartyBalance(Record):
    """What a party gains and loses: by clauses, those that bind it more or less, and those owed to it more or less."""

    party: str
    less_freedom: tuple[str, ...] = ()
    more_freedom: tuple[str, ...] = ()
    more_protection: tuple[str, ...] = ()
    less_protection: tuple[str, ...] = ()


class FindingChange(Record):
    """A finding that only one of the texts has."""

    rule: str
    severity: str
    message: str


class Difference(Record):
    """All that differs between an old text, or vocabulary, and a new one.

    `undecided` and `not_compared` say what is not known.
    """

    old: str
    new: str
    changes: tuple[TextChange, ...] = ()
    declared: tuple[DeclaredChange, ...] = ()
    only_one: tuple[str, ...] = ()  # situations and conduct that only one of them knows
    parties: tuple[PartyBalance, ...] = ()
    gone: tuple[FindingChange, ...] = ()
    found: tuple[FindingChange, ...] = ()
    same: int = 0  # findings that both have
    undecided: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()  # what the texts leave open, and how far is looked
    definitions: tuple[DefinitionChange, ...] = ()
    names: tuple[str, ...] = ()  # what is called otherwise and says the same
    hidden: int = 0  # findings of the new one that comments in it or configurations keep out of a report
    positions: tuple[DeclaredChange, ...] = ()  # options that others propose now, which changes no meaning
    files: tuple[str, ...] = ()  # where the old one and the new one stand, if they are called alike

    @property
    def is_empty(self) -> bool:
        """Whether they mean the same, and it is known that they do. Findings and names of terms decide nothing."""
        differs = self.changes or self.definitions or self.declared or self.only_one
        return not (differs or self.is_partial)

    @property
    def is_partial(self) -> bool:
        """Whether more may differ than is told."""
        return bool(self.undecided or self.not_compared)

    def groups(self) -> Iterator[str]:
        """The groups of which there is something."""
        yield from dict.fromkeys(change.group for change in self.changes)
        if self.definitions:
            yield "definitions"
        if self.declared or self.only_one:
            yield "declared"
        if self.found:
            yield "new-finding"


class Ledger(SpokenRecord):
    """The differences from each text to the next one and, where there are several, from the first to the last one."""

    steps: tuple[Difference, ...]
    whole: Difference | None = None
    fail_on: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        return (*self.steps, *(() if self.whole is None else (self.whole,)))

    @property
    def exit(self) -> Exit:
        """Findings where something that was to fail is there; then whether all is known."""
        last = self.whole or self.steps[0]
        if set(self.fail_on).intersection(last.groups()):
            return Exit.FINDINGS
        unknown = any(one.is_partial for one in self.differences)
        return Exit.UNDECIDED if unknown else Exit.FINE
