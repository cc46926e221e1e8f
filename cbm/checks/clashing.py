"""A clash to a finding: who asks for what, when, an episode that the evaluator confirms, and ways out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from cbm.checks.naming import axiom_labels, clause_name, clause_names, content_label, listed, unverified, wordings
from cbm.checks.positions import Told, sets_of_conditions, told, told_words
from cbm.checks.scenarios import mattering, scenario
from cbm.decide.clashes import Clash, GivenUp, world_of
from cbm.decide.engine import fix
from cbm.decide.extent import relevant
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import episode
from cbm.finding import Finding, Label, Rule, Scenario, Severity
from cbm.semantics.core import Expr, Modality, Norm, NormId, NormSystem, Strength
from cbm.semantics.evaluate import World, binding, fulfilled
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unsat


def clash_finding(inquiry: Inquiry, clash: Clash, rule: Rule) -> Finding:
    """The finding for one minimal set of clauses that clash."""
    system = inquiry.system
    about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
    members = [about.norm(identity) for identity in clash.norms]
    settled = inquiry.settled_by(clash.norms)
    cube, shown = clash.extent.cubes[0], told(inquiry, about, clash)
    with asking(norms=clash.norms):
        example = witness(inquiry, about, members, cube)
    labels = [content_label(system, n.norm, _says(n.norm)) for n in members]
    labels += [replace(tie, text=tie.text or "holds in every encounter") for tie in _ties(about, members, cube)]
    if not clash.extent.exact:
        reason = "its conditions are too many to be listed in full; more were left out"
        inquiry.given_up.append(GivenUp(clash.bearer, clash.norms, "when do they clash", reason))
    return Finding(
        rule.id,
        severity_of(inquiry, clash.norms),
        _message(system, clash) + (f"; settled: {settled[0].words}" if settled else ""),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, clash.norms)),
        whenever=_whenever(inquiry, about, members, clash, shown),
        extent=sets_of_conditions(inquiry, about, clash, shown),
        witness=example,
        remedies=() if settled else tuple(_suggestions(system, clash)),
        notes=(
            *wordings(system, clash.norms),
            *_between_units(inquiry, clash),
            *_among_instruments(system, clash),
            *unverified(system, clash.norms),
        ),
        background=tuple(_standing(system, clash)),
    )


def concerns_subject(inquiry: Inquiry, clash: Clash) -> bool:
    """Whether it is to be told: not if instruments alone clash and have settled it among themselves."""
    inside = any(norm.document == inquiry.system.subject for norm in clash.norms)
    return inside or not inquiry.settled_by(clash.norms)


def rule_of(inquiry: Inquiry, clash: Clash) -> str:
    """Under which rule a clash is reported: alone, among clauses of one text, or with another text."""
    return rule_for(inquiry.system, clash.norms)


def rule_for(system: NormSystem, norms: Collection[NormId]) -> str:
    """The same for norms that clash."""
    documents = {norm.document for norm in norms}
    if len(norms) == 1:
        return "impossible-duty"
    return "agreement-conflict" if len(documents) > 1 and system.subject in documents else "conflict"


def severity_of(inquiry: Inquiry, norms: Collection[NormId]) -> Severity:
    """How grave it is that these clauses cannot all be complied with, by one unit or by several together."""
    system = inquiry.system
    if inquiry.settled_by(norms) or all(n.document != system.subject for n in norms):
        return Severity.NOTE
    return Severity.WARNING if any(system.norms[n].strength is Strength.SHOULD for n in norms) else Severity.ERROR


def witness(inquiry: Inquiry, about: Ground, members: list[GroundNorm], cube: tuple[Expr, ...]) -> Scenario:
    """An encounter in which the clauses clash although each rest of them can be met; replayed by the evaluator."""
    system = inquiry.system
    world = world_of(about)
    last = len(members) - 1
    rests = [(*world.feasible, *_demands(members, i)) for i in range(len(members))]
    elsewhere = [part for i in range(last) for part in world.some_conduct(f"rest{i}", rests[i])]

    def only_breach(broken: GroundNorm, seen: World) -> bool:
        return all(
            (not binding(n.norm.id, about.bearer, seen, system) or fulfilled(n.norm, about.bearer, seen, system))
            == (n is not broken)
            for n in members
        )

    shown = episode(about, (*cube, *elsewhere, *_demands(members, last)), partial(only_breach, members[last]))
    situation = [fix(v, x) for v, x in shown.values.items() if v not in world.conduct]
    for i, member in enumerate(members[:last]):
        episode(about, (*situation, *_demands(members, i)), partial(only_breach, member))
    return scenario(system, shown.values, mattering(cube))


def _message(system: NormSystem, clash: Clash) -> str:
    own = [n for n in clash.norms if n.document == system.subject]
    foreign = [n for n in clash.norms if n.document != system.subject]
    if own and foreign:
        other = listed([clause_name(system, n) for n in foreign])
        return f"{clause_names(system, own)} cannot be complied with together with {other}"
    together = "both" if len(clash.norms) == 2 else "all"
    return f"{clause_names(system, clash.norms)} cannot {together} be complied with"


def _says(norm: Norm) -> str:
    forbids = norm.modality is Modality.PROHIBITION
    if norm.strength is Strength.SHOULD:
        return "advises against this" if forbids else "advises this"
    return "forbids this" if forbids else "asks for this"


def _whenever(inquiry: Inquiry, about: Ground, members: list[GroundNorm], clash: Clash, shown: Told) -> str:
    words = told_words(inquiry, shown)
    meeting, norms = [n.binds for n in members], clash.norms
    met = (*meeting, *(n.fulfilled for n in members))
    together = inquiry.can(about, norms, "can they apply together", *meeting, found="they can", none="they cannot")
    always = "they cannot: the finding says that they clash always when they apply together"
    question = "can they be met where they apply together"
    kept = inquiry.can(about, norms, question, *met, found="they can in some encounters", none=always)
    aside = ["always when these clauses apply together"] if together and kept is False else []
    if not clash.extent.complete and not shown.whole:
        aside.append("there are more sets of conditions than are listed")
    return words + (f" ({'; '.join(aside)})" if aside else "")


def _among_instruments(system: NormSystem, clash: Clash) -> Iterator[str]:
    documents = {norm.document for norm in clash.norms}
    if len(documents) == 1 and system.subject not in documents:
        yield f"none of these clauses is in `{system.subject}`: instruments it lives with clash among themselves"


def _suggestions(system: NormSystem, clash: Clash) -> Iterator[str]:
    """Where to look for ways out."""
    own = listed([n.label for n in clash.norms if n.document == system.subject], "or")
    foreign = listed([clause_name(system, n) for n in clash.norms if n.document != system.subject], "or")
    if own and foreign:
        yield f"say in {own} which of the texts prevails: `subject to {foreign}` or `notwithstanding {foreign}`"
    elif own and len(clash.norms) > 1:
        other = "the other" if len(clash.norms) == 2 else "another"
        yield f"let {own} stand `in place of` {other}, or make an exception to one of them"


def _standing(system: NormSystem, clash: Clash) -> Iterator[str]:
    """What the texts are without prejudice to; their rank and date, where more than one is involved."""
    documents = list(dict.fromkeys(n.document for n in clash.norms))
    for name in documents:
        for label, words in system.texts[name].prejudices:
            yield f"without prejudice ({label} of {name}): {words}"
    for name in documents if len(documents) > 1 else ():
        text = system.texts[name]
        when = text.in_force or text.adopted
        rank = text.rank.value if text.rank else "no rank stated"
        yield f"{name} ({text.title}): {rank}" + (f", {when.isoformat()}" if when else "")


def _between_units(inquiry: Inquiry, clash: Clash) -> Iterator[str]:
    """Whether the same clauses also set one unit against the other."""
    same = [d for d in inquiry.deadlocks() if {duty.norm.norm.id for duty in d.duties} == set(clash.norms)]
    if same:
        if len(clash.norms) == 1:
            yield "it also sets the units against each other where it binds both"
        else:
            yield "these clauses also set the units against each other, where one binds this unit and another that one"


def _ties(about: Ground, members: list[GroundNorm], cube: tuple[Expr, ...]) -> Iterator[Label]:
    """The axioms without which the clauses would not clash under these conditions."""
    world = world_of(about)
    parts = list(relevant(world, [n.demand for n in members]))
    solver = Solver(world.roles, (*about.possible, *cube, *(n.demand for n in members)))
    for part in tuple(parts):
        rest = [other for other in parts if other is not part]
        if isinstance(solver.ask(*rest), Unsat):
            parts = rest
    yield from axiom_labels(about, parts)


def _demands(members: list[GroundNorm], without: int) -> tuple[Expr, ...]:
    return tuple(n.demand for i, n in enumerate(members) if i != without)
