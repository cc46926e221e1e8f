"""Findings that depend on packages and on readings of open terms: what they leave of either.

A package is workable where on some reading no error is on it. Several errors may leave no reading although each does:
one wants a figure over 2 nmi, another one under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from cbm.core.expressions import Formula, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import OpenTerm
from cbm.core.packages.package_boxes import Box, PackageSpace, TooManyBoxes
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.finding import Finding, Severity
from cbm.records import Record
from cbm.search.open_readings import Openness, ReadingCubes
from cbm.search.projection import projection
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat
from cbm.wording.reading_words import HeldOn


class ReadingFlaw(Record):
    """An error that depends on packages and readings, and where it is."""

    finding: Finding
    held: HeldOn

    @property
    def formula(self) -> Formula:
        return disjunction(*(conjunction(*cube) for cube in self.held.cubes))


class NoReadingLeft(Record):
    """Errors that leave no reading of these terms together."""

    findings: tuple[Finding, ...]
    terms: tuple[OpenTerm, ...]


def reading_flaws(findings: Iterable[Finding]) -> Iterator[ReadingFlaw]:
    """Those of the findings that are errors where they are, and not on each reading of each package they are on.

    What is on every package, and on some of them on each reading, is told of the text: no choice settles it.
    """
    for finding in findings:
        reach = finding.reach
        if reach is not None and reach.every and finding.severity is Severity.ERROR:
            continue
        held = finding.held if reach is None else reach.by_reading
        if isinstance(held, HeldOn) and held.severity is Severity.ERROR:
            yield ReadingFlaw(finding, held)


def shut_everywhere(negotiation: Negotiation, flaws: Sequence[ReadingFlaw]) -> Iterator[NoReadingLeft | Unknown]:
    """Errors of which one is on each reading, whatever package is taken, for each group of terms; as few as that takes.

    Of a text without brackets, which is its one package, as of one with brackets.
    """
    for group in _about_the_same_terms(negotiation, flaws):
        if len(group) == 1:
            continue  # where it is on each reading is told with it
        terms = _openness(negotiation, group)
        solver = Solver(negotiation.system.situation.roles, terms.everything)
        with _asking(negotiation):
            answer = solver.decide(*(negation(flaw.formula) for flaw in group))
        if isinstance(answer, Unknown):
            yield answer
        elif isinstance(answer, Unsat):
            needed = _needed(negotiation, terms, group, {})
            about = dict.fromkeys(t for flaw in needed for t in flaw.held.terms if t.choice is None)
            spoken = {variable for flaw in needed for variable in variables(flaw.formula)}
            named = [term for term in about if term.variable in spoken] or about
            yield NoReadingLeft(tuple(flaw.finding for flaw in needed), tuple(named))


def shut_together(
    negotiation: Negotiation, flaws: Sequence[ReadingFlaw]
) -> Iterator[tuple[tuple[Finding, ...], tuple[Box, ...]]]:
    """Packages on each reading of which some error is, with as few errors as that takes, of which there are several.

    TooManyBoxes where that is not known.
    """
    space = PackageSpace(negotiation.space.sizes)
    for group in _about_the_same_terms(negotiation, flaws):
        if len(group) == 1:
            continue  # where it is on each reading is told with it
        terms = _openness(negotiation, group)
        left = _workable(negotiation, terms, group)
        told: dict[tuple[Finding, ...], list[Box]] = {}
        if space.is_everything(negotiation.space.excluded) or not space.minus(left, negotiation.space.excluded):
            continue  # it is so whatever is taken: no choice settles it
        for box in space.maximal_outside(left):
            needed = _needed(negotiation, terms, group, box)
            if len(needed) > 1:
                told.setdefault(tuple(flaw.finding for flaw in needed), []).append(box)
        yield from ((findings, tuple(boxes)) for findings, boxes in told.items())


def workable_readings(negotiation: Negotiation, flaws: Sequence[ReadingFlaw], box: Box) -> ReadingCubes | None:
    """The readings on which none of the errors is on any package of the box; None where it is not known."""
    terms = _openness(negotiation, flaws)
    of_terms = Openness(negotiation.system, tuple(term for term in terms.terms if term.choice is None))
    with _asking(negotiation):
        bad = projection(
            negotiation.system.situation.roles,
            (*terms.everything, negotiation.formula((box,)), disjunction(*(flaw.formula for flaw in flaws))),
            of_terms.kept,
        )
    if isinstance(bad, Unknown):
        return None
    found = of_terms.where(negation(disjunction(*(conjunction(*cube) for cube in bad))))
    return None if isinstance(found, Unknown) else found


def _workable(negotiation: Negotiation, terms: Openness, group: Sequence[ReadingFlaw]) -> tuple[Box, ...]:
    """The packages with a reading on which none of the errors is."""
    kept = [v for v in terms.kept if negotiation.is_choice(v)]
    free = (negation(flaw.formula) for flaw in group)
    with _asking(negotiation):
        cubes = projection(negotiation.system.situation.roles, (*terms.everything, *free), kept)
    if isinstance(cubes, Unknown):
        raise TooManyBoxes
    return tuple(box for cube in cubes for box in negotiation.boxes(conjunction(*_of(negotiation, cube))))


def _of(negotiation: Negotiation, cube: Iterable[Formula]) -> Iterator[Formula]:
    return (literal for literal in cube if negotiation.speaks_of_choices(literal))


def _needed(negotiation: Negotiation, terms: Openness, group: Sequence[ReadingFlaw], box: Box) -> Sequence[ReadingFlaw]:
    """As few of the errors as leave no reading of any package in the box, the first ones in their order."""
    solver = Solver(negotiation.system.situation.roles, (*terms.everything, negotiation.formula((box,))))
    needed = list(group)
    for flaw in reversed(group):
        rest = [other for other in needed if other is not flaw]
        with _asking(negotiation):
            answer = solver.decide(*(negation(other.formula) for other in rest))
        if isinstance(answer, Unsat):
            needed = rest
    return needed


def _openness(negotiation: Negotiation, flaws: Sequence[ReadingFlaw]) -> Openness:
    """The open terms that the errors depend on, and what is taken."""
    spoken = {variable for flaw in flaws for variable in variables(flaw.formula)}
    about = dict.fromkeys(term for flaw in flaws for term in flaw.held.terms)
    taken = (term for term in negotiation.terms if term.variable in spoken)
    return Openness(negotiation.system, (*about, *taken))


def _about_the_same_terms(negotiation: Negotiation, flaws: Iterable[ReadingFlaw]) -> list[list[ReadingFlaw]]:
    """The errors in groups, those that depend on readings of the same term in one."""
    groups: list[tuple[set[Variable], list[ReadingFlaw]]] = []
    for flaw in flaws:
        read = {v for v in variables(flaw.formula) if not negotiation.is_choice(v)}
        meeting = [group for group in groups if not read.isdisjoint(group[0])]
        groups = [group for group in groups if read.isdisjoint(group[0])]
        joined = [one for _, several in meeting for one in several]
        groups.append((read.union(*(known for known, _ in meeting)), [*joined, flaw]))
    return [several for _, several in groups]


def _asking(negotiation: Negotiation) -> AbstractContextManager[None]:
    return asking(
        system=negotiation.system,
        question="is there a reading of open terms on which none of these errors is on the package",
        found="it is workable",
        none="on each reading one of them is",
    )
