"""Where a negotiation stands: what `cbm options` tells, as plain data for whoever prints or reads it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cbm.finding import Exit
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_count


class OptionStanding(Record):
    """One option: its number, who proposes it, its words; `dead`: no clean package holds it, nor a workable one.

    `workable`: it is in packages that are clean on some readings of open terms, and in none that is on every one.
    `left_aside`: it is in packages of the text, and in none of those that are asked about.
    """

    number: int
    proposers: tuple[str, ...]
    words: str
    remark: str = ""
    out: bool = False
    dead: bool = False
    workable: bool = False
    left_aside: bool = False


class OneCase(Record):
    """Two options, by number, that differ in one case alone, and which, in words."""

    options: tuple[int, int]
    where: str


class SameBeside(Record):
    """Two options, by number, that come to the same in the whole text, and beside which clauses.

    No clauses: it takes more than what clauses ask for.
    """

    options: tuple[int, int]
    clauses: tuple[str, ...] = ()


class ChoiceStanding(Record):
    """One choice with its options; `name` is what `--take` calls it.

    `at_least` is the option, by number, that is agreed at least: whatever is taken, the text has what it says with it.
    `same_not_asked` and `least_not_asked` say why `same_beside` or `at_least` was not asked; empty where it was.
    """

    title: str
    name: str
    place: str  # where it stands first: "rolling.cbm:12"
    options: tuple[OptionStanding, ...]
    without_difference: tuple[tuple[int, int], ...] = ()  # pairs of options, by number, that mean the same
    in_one_case: tuple[OneCase, ...] = ()
    same_beside: tuple[SameBeside, ...] = ()
    at_least: int | None = None
    same_not_asked: str = ""
    least_not_asked: str = ""

    @property
    def taken(self) -> int | None:
        """The option, by number, that is left by what is taken for the question; None where more than one is."""
        left = [option.number for option in self.options if not option.left_aside]
        return left[0] if len(left) == 1 < len(self.options) else None

    @property
    def is_of_words(self) -> bool:
        """Whether it comes to the same whatever is taken."""
        same = {*self.without_difference, *(one.options for one in self.same_beside)}
        numbers = [option.number for option in self.options]
        return len(numbers) > 1 and all(pair in same for pair in combinations(numbers, 2))


class Obstacle(Record):
    """A finding that makes packages unclean."""

    rule: str
    message: str
    clauses: tuple[str, ...]
    place: str
    example: str = ""


class LackingReference(Record):
    """A reference to a clause that some packages lack: with what that is so, and what to write instead.

    There it has no effect; it makes no package unclean and no option dead.
    """

    message: str
    packages: str  # in words; empty: whatever is taken
    place: str
    remedies: tuple[str, ...]


class TiedOptions(Record):
    """A tie, in the words of the text: packages that break it do not exist."""

    words: str
    place: str


class Incompatible(Record):
    """Options, at most one of each choice, that no clean or workable package holds together, and why.

    `by_reading`: some of the reasons are there on some readings of open terms, one at least on each.
    """

    options: tuple[str, ...]  # "JP's “1,000 m” in 3.1"
    proposers: tuple[str, ...]
    reasons: tuple[Obstacle, ...]
    by_reading: bool = False


class CleanBox(Record):
    """One way to settle the choices of a group: for each that is not free, what may be taken."""

    words: tuple[str, ...]


class WorkableBox(Record):
    """One way that is clean on some readings of open terms: on which, in words.

    Empty: each of its packages on some of its own, or it is not known.
    """

    words: tuple[str, ...]
    readings: str


class GroupStanding(Record):
    """Choices that hang together: the ways to settle them so that nothing is wrong, on every reading or on some.

    `settled`: by what is taken for the question; nothing of them is left to settle.
    """

    choices: tuple[str, ...]
    packages: int
    clean: int
    ways: tuple[CleanBox, ...]
    workable: int = 0  # and not clean
    workable_ways: tuple[WorkableBox, ...] = ()
    settled: bool = False


class Delegation(Record):
    """For each group of choices the largest sets of a delegation's own options that stay together.

    `nowhere`: choices of which no clean package has an option of its own, nor of those that hang together with them.
    `by_reading`: choices on which it proposes something, of which it depends on readings whether an error is there.
    """

    name: str
    proposals: int
    sets: tuple[tuple[tuple[str, ...], ...], ...]
    nowhere: tuple[str, ...] = ()
    by_reading: tuple[str, ...] = ()


class Settling(Record):
    """An option, and how many of the findings on some packages are gone once it is taken."""

    option: str
    settled: int
    of: int


class BestForAll(Record):
    """Of choices on which all have spoken: the clean packages with which nobody has more unless another has less."""

    choices: tuple[str, ...]
    clean: int
    best: int
    ways: tuple[CleanBox, ...]


class PrivateStanding(Record):
    """What a delegation's own file comes to, and nothing that stands in it.

    `clean`: the packages that are clean and meet all that it expects; `sets` as of any delegation, its wishes included.
    """

    delegation: str
    expected: int
    missed_everywhere: int
    missed_on_some: int
    by_reading: int  # whether these are met depends on how terms are read: they are left out of the packages
    undecided: int
    wishes: int
    clean: int
    groups: tuple[GroupStanding, ...]
    sets: tuple[tuple[tuple[str, ...], ...], ...]


class WrittenPackage(Record):
    """The text of a package, how many errors it shares with every other one, and what may be wrong and is undecided.

    `lacking`: it refers to clauses that it does not have, in words. `quoted`: clauses beside which words are quoted
    that stand in no bracket, while something of the clause does.
    """

    text: str
    everywhere: int
    undecided: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    stays_beside: str = ""  # the draft beside which it has to stand, for what it builds on to be found
    workable: bool = False  # no package is clean, and this one is on some readings of open terms
    quoted: tuple[str, ...] = ()

    def warnings(self) -> Iterator[str]:
        """Why the text may be less than clean, in sentences."""
        if self.everywhere:
            yield say_count(
                "Note: 1 error is in every package, and so in this one: see `cbm check`.",
                "Note: {count} errors are in every package, and so in this one: see `cbm check`.",
                self.everywhere,
            )
        if self.workable:
            yield say("Note: this package is clean on some readings of open terms only: see `cbm options`.")
        if self.stays_beside:
            yield say(
                "Note: what it builds on is found from the folder of {path}: keep it there, or use `-o FILE`.",
                path=self.stays_beside,
            )
        if self.quoted:
            yield say_count(
                "Note: the words quoted beside clause {clauses} were not adapted to what is taken: compare them.",
                "Note: the words quoted beside clauses {clauses} were not adapted to what is taken: compare them.",
                len(self.quoted),
                clauses=listed(self.quoted),
            )
        for message in self.lacking:
            yield say("Note: {message}; so it is in this package. See `cbm check`.", message=message)
        if self.undecided:
            yield say_count(
                "Note: 1 question stayed undecided, so this package may not be clean: see `cbm check`.",
                "Note: {count} questions stayed undecided, so this package may not be clean: see `cbm check`.",
                len(self.undecided),
            )

    @property
    def exit(self) -> Exit:
        return Exit.FINDINGS if self.everywhere or self.lacking else Exit.UNDECIDED if self.undecided else Exit.FINE


class StateOfPlay(SpokenRecord):
    """Everything; numbers of packages are exact, but for those of clean ones where questions stayed `undecided`.

    What could not be decided may make packages unclean: `clean_at_most` says that it may.
    """

    text: str
    title: str
    as_of: str | None
    choices: tuple[ChoiceStanding, ...]
    packages: int
    clean: int
    agreed: tuple[str, ...]  # clauses that stand in every package, as they are worded
    everywhere: tuple[Obstacle, ...]  # what no choice settles
    incompatible: tuple[Incompatible, ...]
    groups: tuple[GroupStanding, ...]
    delegations: tuple[Delegation, ...]
    settling: Settling | None
    opened: tuple[Obstacle, ...]  # gaps on some packages: by what is left out there, or promised
    by_reading: tuple[Obstacle, ...]  # what is wrong with some packages if terms are read in some way
    undecided: tuple[str, ...]
    notes: tuple[str, ...]
    best_for_all: tuple[BestForAll, ...] = ()  # where it rules out any package that is clean
    unspoken: tuple[str, ...] = ()  # choices on which not all have said what they want; not told where nothing is best
    private: PrivateStanding | None = None
    lacking: tuple[LackingReference, ...] = ()
    ties: tuple[TiedOptions, ...] = ()
    written: WrittenPackage | None = None  # the first clean package, as `--write` prints it; None where none is clean
    by_reading_everywhere: bool = False  # on every package some error depends on how terms are read
    workable: int = 0  # packages that are clean on some readings of open terms, and not on every one
    clean_at_most: bool = False  # in the packages counted as clean nothing wrong was found, and not all was decided

    @property
    def exit(self) -> Exit:
        if self.everywhere or not (self.clean or self.workable) or any(o.dead for c in self.choices for o in c.options):
            return Exit.FINDINGS
        return Exit.UNDECIDED if self.undecided else Exit.FINE
