"""What a report comes down to when words, examples and the order in which things are told are left aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from cbm.decide.clashes import world_of
from cbm.decide.deadlocks import Deadlock
from cbm.decide.inquiry import inquire
from cbm.finding import Finding, Green, Report, Scenario
from cbm.semantics.core import Expr, NormSystem, conjunction, disjunction, negation
from cbm.semantics.rotate import rotate
from cbm.smt.solve import Solver, Unsat
from cbm.source import Span

Place = Callable[[Span], Hashable]  # what one place has in common with the same place written elsewhere


def offset(span: Span) -> int:
    return span.start


def gist(finding: Finding, place: Place = offset) -> Hashable:
    """The rule, how grave it is, and what it is about, but for what depends on which of several ways is told.

    Of a permission that is blocked: the permission, not who blocks it; of a condition that nothing reaches: the
    condition, not who shuts it out; of a clause that others imply: the clause; of axioms: not which of them.
    """
    clauses = frozenset(finding.clauses)
    about: Hashable
    match finding.rule:
        case "conflict" | "agreement-conflict" | "impossible-duty" | "deadlock":
            about = (clauses, "(always" in finding.whenever)
        case "blocked-permission":
            about = (finding.clauses[0], "never" in finding.message)
        case "redundancy":
            about = finding.clauses[0]
        case "never-reached":
            about = (finding.message, place(finding.primary.span))
        case "inconsistent-vocabulary":
            about = (finding.message, clauses)
        case _:
            about = (finding.message, clauses, place(finding.primary.span))
    return (finding.rule, finding.severity, about)


def assert_implied_in_order(one: Report, order: Sequence[str], other: Report, changed: Sequence[str]) -> None:
    """A clause is told as implied by others in one order and not in another only where others were told before it."""
    before, after = _implied(one.findings), _implied(other.findings)
    for clause in before ^ after:
        assert _asked_first(clause, before, order) != _asked_first(clause, after, changed), clause


def _implied(findings: Iterable[Finding]) -> set[str]:
    """The clauses that are told as implied by others."""
    return {f.clauses[0] for f in findings if f.rule == "redundancy"}


def _asked_first(clause: str, implied: set[str], order: Sequence[str]) -> set[str]:
    """Those of them that were asked about before this one."""
    return set(order[: order.index(clause)]) & implied


def gists(findings: Iterable[Finding], *without: str, place: Place = offset) -> Counter[Hashable]:
    """The gist of each finding, but of those by the rules named, however often it is found."""
    listed = list(findings)
    assert not [f for f in listed if f.rule == "undecided"]
    return Counter(gist(f, place) for f in listed if f.rule not in without)


def without_examples(report: Report) -> Report:
    """The report but for which encounters are shown, and what is said of these alone."""
    some = Scenario((), "an encounter")
    findings = [replace(f, witness=f.witness and some) for f in report.findings]
    attestations = [replace(a, witness=a.witness and some) for a in report.attestations]
    plain = [
        replace(f, primary=replace(f.primary, text=""), notes=()) if f.rule == "expectation" else f for f in findings
    ]
    return replace(report, findings=tuple(plain), attestations=tuple(attestations))


def shown(report: Report) -> Counter[Hashable]:
    """What is attested and what is not, however it is told, with the count of pairs."""
    found: Counter[Hashable] = Counter([report.pairs])
    for a in report.attestations:
        by_clauses = a.kind in (Green.CLAUSE, Green.PAIR)
        statement = a.statement.partition(", for instance by ")[0]
        found[a.kind, frozenset(a.clauses) if by_clauses else statement, a.shown] += 1
    return found


# ---- extents


@dataclass(frozen=True, slots=True)
class Region:
    """Where some clauses clash, among the situations that meet all of `world`."""

    world: tuple[Expr, ...]
    where: Expr


def regions(system: NormSystem) -> dict[Hashable, Region]:
    """Where each set of clauses clashes, if that is known exactly; by bearer and clauses.

    A deadlock goes by who is bound to what; two that differ only by a change of places have the same name.
    """
    inquiry = inquire(system)
    worlds = {about.bearer: world_of(about).situations() for about in inquiry.grounds}
    found: dict[Hashable, Region] = {
        (clash.bearer, frozenset(map(str, clash.norms))): Region(worlds[clash.bearer], clash.extent.formula)
        for clash in inquiry.clashes
        if clash.extent.exact
    }
    for deadlock in inquiry.deadlocks():
        if deadlock.extent.exact:
            name, where = _told_by_either(system, deadlock)
            found[name] = Region(deadlock.world.situations(), where)
    return found


def _told_by_either(system: NormSystem, deadlock: Deadlock) -> tuple[Hashable, Expr]:
    """The deadlock as told by the unit that gives it the lesser name; by both, if they give it the same."""
    named = [
        (tuple(sorted((str(d.norm.norm.id), (d.role + step) % 2) for d in deadlock.duties)), step)
        for step in ((0, 1) if system.situation.interchangeable else (0,))
    ]
    name = min(named)[0]
    return name, disjunction(*(rotate(deadlock.extent.formula, step, 2) for told, step in named if told == name))


def same_place(one: Region, other: Region, roles: tuple[str, ...]) -> bool:
    """Whether both hold in the same situations of the first one's world."""
    apart = disjunction(conjunction(one.where, negation(other.where)), conjunction(other.where, negation(one.where)))
    return isinstance(Solver(roles, one.world).ask(apart), Unsat)
