"""Axioms that leave no encounter at all, or encounters in which nothing can be done; asked before anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.conflicts.deeming import CONDUCT, DEEMED, ENCOUNTER, Contradiction, contradictions
from cbm.core.declaration_order import declared
from cbm.core.episodes import Axiom
from cbm.core.expressions import TRUE, Formula, NormId
from cbm.core.norms import DocumentKind, NormSystem
from cbm.core.substitution import Replacement, parts_of, substitute, variables
from cbm.core.variables import Variable
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.all_roles import ground_together
from cbm.ground.grounding import Ground, bearers, ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.exists_forall import Stuck
from cbm.search.kept_answers import whether
from cbm.search.open_questions import Undecided
from cbm.search.situations import are_met_plainly
from cbm.search.unanswered_situations import unanswered_in
from cbm.search.widening import widen
from cbm.search.world import World
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat, any_value
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import axiom_label, axiom_labels, clause_names
from cbm.wording.condition_words import condition_words
from cbm.wording.conditions_unknown import with_conditions_unknown
from cbm.wording.scenarios import example, mattering, scenario

RULE = Rule(
    RuleId.INCONSISTENT_VOCABULARY,
    Severity.ERROR,
    mark("the axioms leave no encounter, or no conduct in one"),
    mark("""\
The axioms of the vocabularies and the deeming clauses of the texts exclude each other, so that no encounter exists;
or there are encounters in which nothing a unit can do is possible. Every further answer would be empty, so in the
first case nothing else is checked; in the second such encounters are left out of everything else.

Told as well is where deeming clauses of the text contradict each other, or one contradicts an axiom: encounters that
the vocabulary allows are then left out although no clause says so. It is an error where the condition of a clause can
no longer hold at all, else a warning, and a note in a text that is already agreed. That `deems X when Y` by itself
leaves out what has Y and not X is its meaning.
"""),
    failing="""\
vocabulary tides "A vocabulary that contradicts itself"
kind craft = warship | tug
situation passage
roles own, other
each
  craft : craft
shared
  depth : length from 0 m to 100 m
axiom "deep water" depth >= 60 m
axiom "shallow water" depth <= 40 m
act anchor "anchors" topic manoeuvre
draft code "A code"
  uses tides
clause 1 a warship when depth < 20 m must not anchor
""",
    passing="""\
vocabulary tides "A vocabulary"
kind craft = warship | tug
situation passage
roles own, other
each
  craft : craft
shared
  depth : length from 0 m to 100 m
axiom "navigable water" depth >= 10 m
act anchor "anchors" topic manoeuvre
draft code "A code"
  uses tides
clause 1 a warship when depth < 20 m must not anchor
""",
)


# What they tell is that something is so in no encounter, or in each.
_OF_NO_ENCOUNTER = frozenset((RuleId.VACUITY, RuleId.REDUNDANCY))


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Encounters without conduct; whether some encounter exists was asked before (`emptiness`)."""
    inquiry.record(RULE.id, ENCOUNTER, next((left for left in inquiry.undecided if left.question == ENCOUNTER), False))
    yield from _no_conduct(inquiry)
    yield from _deemed(inquiry)


def with_worlds_unknown(inquiry: Inquiry, found: Iterable[Finding]) -> list[Finding]:
    """The findings; of those that are so in a world without encounters anyway, that nobody knows whether it is one."""
    if not any(left.question == ENCOUNTER for left in inquiry.undecided):
        return list(found)
    note = say("whether any encounter exists stayed undecided: if none does, the axioms are at fault")
    return [replace(one, notes=(*one.notes, note)) if one.rule in _OF_NO_ENCOUNTER else one for one in found]


def empty_worlds(system: NormSystem) -> tuple[Finding, ...]:
    """That the axioms leave no encounter at all; nothing where they leave one, or nobody knows."""
    found = emptiness(system)
    return () if isinstance(found, Undecided) else found


def emptiness(system: NormSystem) -> tuple[Finding, ...] | Undecided:
    """The same, or that it is not known; asked first, for of a world without encounters nothing can be said."""
    left: Undecided | tuple[Finding, ...] = ()
    for about in (ground(system, bearer) for bearer in bearers(system) or (0,)):
        answer = _any_encounter(about)
        if isinstance(answer, Unsat):
            return (_no_situation(about),)
        if isinstance(answer, Unknown):
            left = Undecided(ENCOUNTER, answer.reason, rule=RULE.id)
    return left


def _any_encounter(about: Ground) -> Answer:
    if not is_kept() and are_met_plainly(about.possible):
        return Sat()
    question = "is there any encounter at all"
    found, none = "all other questions are asked", "the axioms exclude each other: the finding"
    roles, possible = about.system.situation.roles, about.possible
    with asking(rule=RULE.id, bearer=about.bearer, question=question, found=found, none=none):
        solver = Solver(roles, possible, quick=True)
        answer = whether(question, (roles, possible), solver.ask, lambda: Solver(roles, possible).ask())
        solver.note(answer)
    return answer


def _no_situation(about: Ground) -> Finding:
    """The axioms that exclude each other, found by leaving out one after the other."""
    kept = list(about.possible)
    for part in about.possible:
        rest = [other for other in kept if other is not part]
        if isinstance(Solver(about.system.situation.roles, rest).ask(), Unsat):
            kept = rest
    labels = _labels(about, kept)
    words = condition_words(about.system, kept)
    return Finding(
        RULE.id,
        RULE.severity,
        say("no encounter is possible: the axioms exclude each other"),
        labels[0],
        tuple(labels[1:]),
        notes=(say("together they ask that {conditions}", conditions=words),),
        remedies=(say("weaken one of these axioms, or give it a condition"),),
    )


def _no_conduct(inquiry: Inquiry) -> Iterator[Finding]:
    """Asked of all units together: what one of them could not do would only seem to be no encounter to the other."""
    system = inquiry.system
    roles = system.situation.roles
    axioms = ground_together(system).everything
    conduct = frozenset(v for axiom in axioms for v in variables(axiom) if v.origin.decided)
    possible = tuple(a for a in axioms if conduct.isdisjoint(variables(a)))
    feasible = tuple(a for a in axioms if not conduct.isdisjoint(variables(a)))
    question = "is there an encounter in which nothing that the units can do is possible"
    world = World(roles, possible, feasible, conduct, declared(system))
    with asking(rule=RULE.id, question=question, found="the finding", none="in every encounter something can be done"):
        stuck = Unsat() if _can_do_nothing(world) else unanswered_in(world, possible, feasible)
    found = inquiry.leave_open(CONDUCT, stuck) if isinstance(stuck, Unknown) else isinstance(stuck, Stuck)
    inquiry.record(RULE.id, CONDUCT, found)
    if not isinstance(stuck, Stuck):
        return
    kept = list(feasible)
    for part in feasible:
        rest = [other for other in kept if other is not part]
        if isinstance(Solver(roles, (*stuck.fixed(), *rest)).ask(), Unsat):
            kept = rest
    excluding = tuple(kept)
    with asking(rule=RULE.id, question=question, found="these are the conditions that the finding tells"):
        told = replace(world, feasible=excluding)
        cube = widen(Solver(roles, (*possible, *excluding)), excluding, stuck.values, told)
    labels = _labels(inquiry.grounds[0], kept)
    finding = Finding(
        RULE.id,
        RULE.severity,
        say("in some encounters nothing that a unit can do is possible"),
        labels[0],
        tuple(labels[1:]),
        whenever="" if isinstance(cube, Unknown) else condition_words(system, cube),
        witness=None if isinstance(cube, Unknown) else scenario(system, stuck.values, mattering(cube)),
        remedies=(say("weaken one of these axioms, or exclude the encounter by an axiom of its own"),),
    )
    yield with_conditions_unknown(inquiry, finding, cube) if isinstance(cube, Unknown) else finding


def _can_do_nothing(world: World) -> bool:
    """Whether it is seen without a solver that units may leave everything undone, whatever the encounter."""
    idle: dict[Variable, Replacement] = {variable: any_value(variable.sort) for variable in world.conduct}
    return not is_kept() and all(substitute(part, idle) == TRUE for part in world.feasible)


def _deemed(inquiry: Inquiry) -> Iterator[Finding]:
    """Contradictions in which a deeming clause of the text under check takes part."""
    system = inquiry.system
    told: dict[str, Finding] = {}
    for contradiction in contradictions(system):
        if isinstance(contradiction, Unknown):
            inquiry.record(RULE.id, DEEMED, inquiry.leave_open(DEEMED, contradiction))
            return
        if any(axiom.document == system.subject for axiom in contradiction.because):
            finding = _contradicting(system, contradiction)
            told.setdefault(finding.message, finding)
    if any(axiom.document is not None for axiom in system.axioms):
        inquiry.record(RULE.id, DEEMED, bool(told))
    yield from told.values()


def _contradicting(system: NormSystem, contradiction: Contradiction) -> Finding:
    whole = len(contradiction.clauses) == 1
    deeming = [axiom for axiom in contradiction.because if axiom.document is not None]
    conditions = [axiom for axiom in deeming if any(axiom.given == d.axiom.given for d in contradiction.clauses)]
    own = [axiom for axiom in (*conditions, *deeming) if axiom.document == system.subject]
    given = [part for d in contradiction.clauses for part in parts_of(d.given)]
    agreed = system.texts[system.subject].kind is DocumentKind.INSTRUMENT
    return Finding(
        RULE.id,
        RULE.severity if whole else Severity.NOTE if agreed else Severity.WARNING,
        say_count(
            "{clauses} deems what cannot be the case {where}",
            "{clauses} deem what cannot be the case together {where}",
            len(deeming),
            clauses=clause_names(system, _clauses(deeming)),
            where=_where(system, deeming, conditions, whole),
        ),
        axiom_label(system, own[0]),
        tuple(axiom_label(system, a) for a in contradiction.because if a is not own[0] and a.span is not None),
        tuple(map(str, _clauses(deeming))),
        whenever=condition_words(system, given),
        witness=example(system, contradiction.episode, given),
        remedies=(
            say("correct what is deemed, or narrow a condition: such encounters are left out of all other answers"),
        ),
    )


def _where(system: NormSystem, deeming: list[Axiom], conditions: list[Axiom], whole: bool) -> str:
    """Under which of their conditions the clauses contradict each other."""
    names = clause_names(system, _clauses(conditions))
    if not whole and len(conditions) == 1:
        return say("where its condition holds for both units")
    if len(deeming) > len(conditions):
        if whole:
            return say("where the condition of {clauses} holds", clauses=names)
        return say("where the conditions of {clauses} hold", clauses=names)
    if not whole:
        return say("where both conditions hold") if len(conditions) == 2 else say("where all conditions hold")
    return say("under its condition") if len(conditions) == 1 else say("under their condition")


def _clauses(axioms: Iterable[Axiom]) -> tuple[NormId, ...]:
    return tuple(dict.fromkeys(NormId(axiom.document or "", axiom.title) for axiom in axioms))


def _labels(about: Ground, parts: list[Formula]) -> list[Label]:
    """The places of the axioms these formulas come from; the subject's header if they are ranges only."""
    head = about.system.texts[about.system.subject].span
    assert head is not None
    return list(axiom_labels(about, parts)) or [Label(head)]
