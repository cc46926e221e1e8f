"""Duties of both units that cannot be kept together, although each unit can keep its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.checks.clashing import severity_of
from cbm.checks.naming import clause_name, content_label, listed, unverified, wordings
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words, role_words
from cbm.decide.deadlocks import Deadlock, Duty
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import Episode, joint_episode
from cbm.finding import Finding, Rule, Severity
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


def check(inquiry: Inquiry) -> Iterator[Finding]:
    system = inquiry.system
    for found in inquiry.deadlocks():
        norms = tuple(dict.fromkeys(duty.norm.norm.id for duty in found.duties))
        inside = any(norm.document == system.subject for norm in norms)
        if inquiry.clashes_of(norms):
            continue  # told with the clash that these clauses already are for one unit
        if inside or not inquiry.settled_by(norms):
            inquiry.record(RULE.id, listed([clause_name(system, norm) for norm in norms]), True)
            yield _finding(inquiry, found)
    inquiry.record(RULE.id, "every other set of duties of several units", False)


def message_of(inquiry: Inquiry, duties: Sequence[Duty]) -> str:
    """What the finding says; it tells deadlocks apart."""
    system = inquiry.system
    names = [f"{clause_name(system, d.norm.norm.id)} ({role_words(system, d.role)})" for d in duties]
    settled = inquiry.settled_by([d.norm.norm.id for d in duties])
    found = f"{listed(names)} cannot be complied with together, though each unit can comply by itself"
    return found + (f"; settled: {settled[0].words}" if settled else "")


def _finding(inquiry: Inquiry, found: Deadlock) -> Finding:
    system = inquiry.system
    norms = tuple(dict.fromkeys(duty.norm.norm.id for duty in found.duties))
    settled = inquiry.settled_by(norms)
    labels = [content_label(system, d.norm.norm, f"binds the {role_words(system, d.role)}") for d in found.duties]
    cube = found.extent.cubes[0]
    return Finding(
        RULE.id,
        severity_of(inquiry, norms),
        message_of(inquiry, found.duties),
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

    shown: Episode | None = None
    for broken in found.duties:
        rest = [duty.norm.demand for duty in found.duties if duty is not broken]
        axioms = (*world.possible, *world.feasible)
        shown = joint_episode(system, axioms, (*found.extent.cubes[0], *rest), partial(only_breach, broken))
    assert shown is not None
    return shown


def _kept(inquiry: Inquiry, duty: Duty, seen: World) -> bool:
    norm = duty.norm.norm
    owed = binding(norm.id, duty.role, seen, inquiry.system)
    return not owed or fulfilled(norm, duty.role, seen, inquiry.system)
