"""Duties of both units that cannot be kept together, although each unit can keep its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from cbm.checks.naming import clause_name, content_label, listed, unverified, wordings
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words, role_words
from cbm.decide.deadlocks import Deadlock, Duty
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import Episode, Episodes
from cbm.finding import Finding, Rule, Severity
from cbm.semantics.core import NormId, Strength
from cbm.semantics.evaluate import World, binding, fulfilled

RULE = Rule(
    "deadlock",
    Severity.ERROR,
    "duties of both units that cannot be kept together",
    """\
In some encounter each unit can keep its own duties, but not both units theirs: what the one has to bring about the
other has to prevent. Every smallest set of such duties is reported once, however the units change places. Where the
same clauses also clash for one unit alone, that finding comes first and says so in a note; the deadlock is told when
the clash is gone.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship when calls_unanswered must keep separation <= 500 m
clause 2 a warship meeting an aircraft must keep separation >= 1,000 m
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship when calls_unanswered must keep separation <= 500 m
clause 2 a warship meeting an aircraft when not calls_unanswered must keep separation >= 1,000 m
""",
)


def pieces(inquiry: Inquiry) -> list[int | None]:
    """The positions of those to be told; None: that there is no other."""
    clashing = {frozenset(clash.norms) for clash in inquiry.clashes}
    told: list[int | None] = []
    for i, found in enumerate(inquiry.deadlocks()):
        norms = _norms(found)
        if frozenset(norms) in clashing:
            continue  # told with the clash that these clauses already are for one unit
        if _is_inside(inquiry, norms) or not inquiry.settled_by(norms):
            told.append(i)
    return [*told, None]


def check(inquiry: Inquiry, piece: int | None) -> Iterator[Finding]:
    if piece is None:
        inquiry.record(RULE.id, "every other set of duties of several units", False)
    else:
        found = inquiry.deadlocks()[piece]
        norms = _norms(found)
        inquiry.record(RULE.id, listed([clause_name(inquiry.system, norm) for norm in norms]), True)
        yield _finding(inquiry, found, _is_inside(inquiry, norms))


def _norms(found: Deadlock) -> tuple[NormId, ...]:
    return tuple(dict.fromkeys(duty.norm.norm.id for duty in found.duties))


def _is_inside(inquiry: Inquiry, norms: Iterable[NormId]) -> bool:
    return any(norm.document == inquiry.system.subject for norm in norms)


def _finding(inquiry: Inquiry, found: Deadlock, inside: bool) -> Finding:
    system = inquiry.system
    norms = _norms(found)
    settled = inquiry.settled_by(norms)
    advised = any(system.norms[norm].strength is Strength.SHOULD for norm in norms)
    severity = Severity.NOTE if settled or not inside else Severity.WARNING if advised else RULE.severity
    names = [f"{clause_name(system, d.norm.norm.id)} ({role_words(system, d.role)})" for d in found.duties]
    labels = [content_label(system, d.norm.norm, f"binds the {role_words(system, d.role)}") for d in found.duties]
    cube = found.extent.cubes[0]
    return Finding(
        RULE.id,
        severity,
        f"{listed(names)} cannot be complied with together, though each unit can comply by itself"
        + (f"; settled: {settled[0].words}" if settled else ""),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        whenever=condition_words(system, cube),
        extent=tuple(tuple(literal_words(system, literal) for literal in c) for c in found.extent.cubes),
        witness=example(system, _episode(inquiry, found), cube),
        remedies=() if settled else ("say which unit gives way: make an exception to one of these clauses",),
        notes=(*wordings(system, norms), *unverified(system, norms)),
    )


def _episode(inquiry: Inquiry, found: Deadlock) -> Episode:
    """An encounter in which all but the last of the duties are kept; each other one can be left out as well."""
    system, world = inquiry.system, found.world

    def only_breach(broken: Duty, seen: World) -> bool:
        return all(_kept(inquiry, duty, seen) == (duty is not broken) for duty in found.duties)

    episodes = Episodes(system, (*world.possible, *world.feasible, *found.extent.cubes[0]))
    shown, *_ = (
        episodes.find((d.norm.demand for d in found.duties if d is not broken), partial(only_breach, broken))
        for broken in reversed(found.duties)
    )
    return shown


def _kept(inquiry: Inquiry, duty: Duty, seen: World) -> bool:
    norm = duty.norm.norm
    owed = binding(norm.id, duty.role, seen, inquiry.system)
    return not owed or fulfilled(norm, duty.role, seen, inquiry.system)
