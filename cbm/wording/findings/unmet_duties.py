"""Why a clause says, or does not say, what a case expects a unit to owe: and what to write where none does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.conflicts.precedence import is_steady
from cbm.core.expressions import FALSE, TRUE, Does, Each, Expr, Formula, NormId, Truth, negation
from cbm.core.norms import DutyExpected, Modality, NormSystem, Strength
from cbm.core.roles import rotate
from cbm.core.substitution import atoms_of, deeds_of, mentioned, parts_of
from cbm.core.variables import ResultValue
from cbm.evaluate.what_binds import binding, holds
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_readings import openness
from cbm.search.replay import Episode
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.translation.speech import spoken
from cbm.wording.clause_names import clause_names, clauses_in_any_wording
from cbm.wording.condition_words import literal_words
from cbm.wording.phrases import is_about_choices, role_words

_ADDED = 3  # so many conditions are advised to be added to what is given


def says_so(
    inquiry: Inquiry, about: Ground, n: GroundNorm, expected: DutyExpected, content: Formula
) -> Formula | Unknown:
    """In which readings the clause, where it binds, asks for (or allows) what is expected: TRUE in all of them."""
    norm = n.norm
    if not expected.may_be_said_by(norm):
        return FALSE
    asked = (n.binds, *((n.fulfilled, negation(content)) if expected.is_owed else (content, negation(n.fulfilled))))
    question = f"does it say something else than `{expected.words}`"
    found, none = "it is not counted as saying so", "where it binds, it says so"
    terms = openness(about.system, asked)
    with asking(system=about.system, bearer=about.bearer, norms=[norm.id], question=question, found=found, none=none):
        if terms is None:
            answer = inquiry.ask(about, *asked)
            return answer if isinstance(answer, Unknown) else Truth(isinstance(answer, Unsat))
        otherwise = terms.where(*about.possible, *about.feasible, *asked)
    return otherwise if isinstance(otherwise, Unknown) else negation(otherwise.formula)


def advising_clause(inquiry: Inquiry, about: Ground, expected: DutyExpected, content: Formula, given: Formula) -> str:
    """The first clause that advises in the case what is expected to be a duty, by its name; empty: none does."""
    if expected.strength is Strength.SHOULD or not expected.is_owed:
        return ""
    advised = replace(expected, strength=Strength.SHOULD)
    for n in about.norms:
        if says_so(inquiry, about, n, advised, content) == TRUE:
            with asking(norms=[n.norm.id], question="is there such an encounter in which it does not bind"):
                everywhere = isinstance(inquiry.ask(about, given, negation(n.binds)), Unsat)
            if everywhere:
                return clauses_in_any_wording(inquiry.system, [n.norm.id])
    return ""


def saying_less(inquiry: Inquiry, about: Ground, expected: DutyExpected, wanted: Expr, given: Formula) -> list[NormId]:
    """The clauses that bind in the case and ask for a part of what is expected, or allow a part of it."""
    content, same = about.grounder.formula(wanted), _spoken_of(wanted)
    return [
        n.norm.id
        for n in about.norms
        if expected.may_be_said_by(n.norm)
        and not same.isdisjoint(_spoken_of(n.norm.content))
        and _says_part(inquiry, about, n, expected, content)
        and isinstance(inquiry.ask(about, given, n.binds), Sat)
    ]


def _says_part(inquiry: Inquiry, about: Ground, n: GroundNorm, expected: DutyExpected, content: Formula) -> bool:
    """Whether what is expected asks for all that the clause asks for, or allows all that it allows."""
    beyond = (content, negation(n.fulfilled)) if expected.is_owed else (n.fulfilled, negation(content))
    with asking(norms=[n.norm.id], question=f"does it say something beside `{expected.words}`"):
        return isinstance(inquiry.ask(about, n.binds, *beyond), Unsat)


def _spoken_of(content: Expr) -> frozenset[str]:
    """The acts and the results that this speaks of."""
    acts = (atom.act for atom in atoms_of(content) if isinstance(atom, Does | Each))
    return frozenset((*acts, *(v.name for v in mentioned(content) if isinstance(v, ResultValue))))


def in_part_expected(system: NormSystem, expected: DutyExpected, wanted: Expr) -> Iterator[str]:
    """What is written of an act that is allowed at times, or in some way: that it can be done."""
    deeds = list(deeds_of(wanted))
    if expected.modality is Modality.PERMISSION and len(deeds) == 1:
        act = f"{system.situation.roles[expected.role]}.{deeds[0].act}"
        yield say("if it is enough that this can be done, write `expect possible {act}`", act=act)


def left_unsaid(
    inquiry: Inquiry, about: Ground, given: Formula, unbound: Formula, norms: Sequence[GroundNorm]
) -> Iterator[str]:
    """What the case leaves open and a clause depends on: added to what is given, it makes the expectation hold."""
    roles = len(about.system.situation.roles)
    for norm in (n.norm for n in norms):
        step = about.bearer if norm.rotates else 0
        stated = (part for guard in norm.guards for part in parts_of(rotate(guard.condition, step, roles)))
        open_left = [
            part
            for part in dict.fromkeys(stated)
            if not isinstance(inquiry.ask(about, given, negation(about.grounder.formula(part))), Unsat)
        ]
        if any(is_about_choices(about.system, part) for part in open_left):
            continue  # what is taken cannot be given
        added = [about.grounder.formula(part) for part in open_left]
        if not 0 < len(added) <= _ADDED or not isinstance(inquiry.ask(about, given, *added), Sat):
            continue
        if isinstance(inquiry.ask(about, given, *added, unbound), Unsat):
            conditions = listed([literal_words(about.system, part) for part in open_left], of="sentences")
            yield say("if it is meant in this case that {conditions}, add that to what is given", conditions=conditions)
            return


def as_worded(about: Ground, norms: Sequence[GroundNorm], shown: Episode) -> list[GroundNorm]:
    """Of a clause of several wordings those that stand in the encounter, if any does; else all."""
    system = about.system
    standing = [
        n
        for n in norms
        if all(
            holds(guard.condition, shown.world, system)
            for guard in n.norm.guards
            if is_about_choices(system, guard.condition)
        )
    ]
    clauses = {n.norm.id.unworded for n in standing}
    return [n for n in norms if n in standing or n.norm.id.unworded not in clauses]


def what_binds(about: Ground, shown: Episode) -> Iterator[str]:
    """Which duties the role has in the encounter that is shown, if none of its clauses yields to others."""
    demanding = [n for n in about.norms if n.norm.demands]
    if all(is_steady(about, n) for n in demanding):
        bound = [n.norm.id for n in demanding if binding(n.norm.id, about.bearer, shown.world, about.system)]
        name = about.system.situation.roles[about.bearer]
        role = name if spoken() == "en" else role_words(about.system, about.bearer)  # the bare name is an English word
        if bound:
            yield say("there {role} is bound by {clauses}", role=role, clauses=clause_names(about.system, bound))
        else:
            yield say("there {role} is bound by nothing", role=role)
