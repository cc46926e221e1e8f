"""Proposals for a broken promise: a clause for what is open, advice that binds, or less of a promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.core.expressions import Expr, Formula, IsIn, negation
from cbm.core.matters import Matter, concerns
from cbm.core.norms import Coverage, Modality, Norm, Strength
from cbm.core.substitution import parts_of
from cbm.coverage.by_exception import OpenedByException
from cbm.coverage.gaps import BrokenPromise
from cbm.ground.grounder import Grounder
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.repair.editable_text import Proposal, Sheet, put_in
from cbm.repair.proposing.sections import Section, new_article, new_clause, sections
from cbm.resolve.labels import full_label
from cbm.smt.solve import Unsat
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.translation.saying import say
from cbm.wording.condition_words import condition_words
from cbm.wording.phrases import with_article

# So many of the demands that clauses make on the topic are proposed for what is open.
DEMANDS = 2
# What leaves open what is demanded, and how many words say that it is: `must`, `shall not`.
_FREEDOM = {Modality.PROHIBITION: ("may", 2), Modality.OBLIGATION: ("need not", 1)}


def adding(inquiry: Inquiry, sheet: Sheet, opening: BrokenPromise) -> Iterator[Proposal]:
    """A clause for all of the box that the promise speaks of, for each demand made on it elsewhere."""
    models = [n.norm for n in opening.region.about.norms if _is_model(sheet, opening.region.matter, n.norm)]
    demands: dict[str, Norm] = {}
    for model in models:
        demands.setdefault(" ".join(sheet.clause(model.id).demand.span.text.split()), model)
    who = _who(inquiry, sheet, opening.region.about, opening.promise, opening.conditions, opening.alike)
    if who is None:
        return
    for demand, model in list(demands.items())[:DEMANDS]:
        yield from _added(sheet, model, (*who, demand))


def freeing(inquiry: Inquiry, sheet: Sheet, opening: OpenedByException) -> Iterator[Proposal]:
    """A clause that says where an exception comes into play that what is barred is free, and what is owed is not."""
    who = _who(inquiry, sheet, opening.about, opening.promise, opening.conditions, opening.alike)
    if who is None:
        return
    lifted = (n.norm for one in opening.opened for n in one.lifting.norms)
    models = [norm for norm in dict.fromkeys(lifted) if norm.demands and norm.id.clause in sheet.clauses]
    said: dict[str, Norm] = {}
    for model in models:
        demand = sheet.clause(model.id).demand
        free, modal_words = _FREEDOM[demand.modality]
        said.setdefault(" ".join((free, *demand.span.text.split()[modal_words:])), model)
    for freedom, model in list(said.items())[:DEMANDS]:
        yield from _added(sheet, model, (*who, freedom))


def _added(sheet: Sheet, model: Norm, body: tuple[str, ...]) -> Iterator[Proposal]:
    """A clause beside one of the same kind, or in an article of its own."""
    if any("#" in line for line in body):
        return
    found = list(sections(sheet.document))
    section = next(s for s in found if _holds(s, model.id.label))
    if section.scoped and found[-1].proposed:
        section = found[-1]
    added = None if section.scoped else new_clause(sheet, section, body)
    label, edit = added or new_article(sheet, body)
    yield Proposal(say("add a clause, as a proposal: {label}", label=label), (edit,))


def strengthening(inquiry: Inquiry, sheet: Sheet, opening: BrokenPromise) -> Iterator[Proposal]:
    """Advice on it that is given in the box becomes a duty."""
    about = opening.region.about
    for n in about.norms:
        own = n.norm.id.document == sheet.system.subject and n.norm.id in sheet.clauses
        advice = own and n.norm.strength is Strength.SHOULD
        if advice and concerns(n.norm, opening.region.matter):
            if isinstance(inquiry.ask(about, n.binds, *opening.conditions), Unsat):
                continue
            span = sheet.clause(n.norm.id).demand.span
            modal = Span(span.source, span.start, span.start + len("should"))
            assert modal.text == "should", "advice is given with this word"
            words = say("let {clause} bind: `must` for `should`", clause=sheet.called(n.norm.id))
            yield Proposal(words, (Edit(modal, "must"),))


def narrowing(inquiry: Inquiry, sheet: Sheet, promised: Coverage, conditions: tuple[Formula, ...]) -> Proposal | None:
    """The promise leaves out where all these hold."""
    inside = sheet.pen.all(conditions)
    number = inquiry.system.coverage.index(promised)
    promise = [s for s in sheet.document.statements if isinstance(s, ast.PromiseNode)][number]
    if inside is None:
        return None
    left_out = sheet.pen.condition(negation(conditions[0])) if len(conditions) == 1 else f"not ({inside})"
    said = condition_words(sheet.system, conditions)
    words = say("leave it out of the promise that {condition}", condition=said)
    condition = promise.condition
    if condition is None:
        return Proposal(words, (put_in(promise.situation.span, f" when {left_out}"),))
    behind = put_in(condition.span, f" and {left_out}")
    if not isinstance(condition, ast.Either | ast.Implication):
        return Proposal(words, (behind,))
    before = Edit(Span(condition.span.source, condition.span.start, condition.span.start), "(")
    return Proposal(words, (before, Edit(behind.span, f"){behind.replacement}")))


def _is_model(sheet: Sheet, matter: Matter, norm: Norm) -> bool:
    own = norm.id.document == sheet.system.subject and norm.id in sheet.clauses
    return own and norm.demands and norm.strength is Strength.MUST and concerns(norm, matter)


def _holds(section: Section, label: str) -> bool:
    return any(full_label(section.article, clause.label) == label for clause in section.clauses)


def _who(
    inquiry: Inquiry,
    sheet: Sheet,
    about: Ground,
    promise: Coverage,
    conditions: tuple[Formula, ...],
    alike: tuple[int, ...] = (),
) -> tuple[str, ...] | None:
    """Whom a clause binds, and when: where all these hold and the promise speaks; None if it cannot be written.

    For the bearers that are `alike` it is so in turn.
    """
    system = sheet.system
    nouns: dict[int, list[str]] = {}
    rest: list[Expr] = []
    for condition in conditions:
        named = _nouns(sheet, condition) if system.situation.interchangeable else None
        if named is None or named[0] in nouns:
            rest.append(condition)
        else:
            nouns[named[0]] = named[1]
    grounder = Grounder(system, (about.bearer,))
    promised = parts_of(grounder.formula(promise.condition))
    rest += [part for part in promised if not isinstance(inquiry.ask(about, *conditions, negation(part)), Unsat)]
    if 0 not in nouns and 1 in nouns:
        rest = [condition for condition in conditions if _nouns(sheet, condition) is not None] + rest
    when = sheet.pen.all(rest) if rest else ""
    if when is None:
        return None
    who = _bearer(sheet, nouns, (about.bearer, *alike))
    if who is None:
        return None
    return (who, f"when {when}") if when else (who,)


def _nouns(sheet: Sheet, condition: Expr) -> tuple[int, list[str]] | None:
    """The role, and what a unit in it is called, if the condition says nothing but that."""
    if not isinstance(condition, IsIn) or condition.variable.role is None:
        return None
    named = sheet.pen.units(condition.variable, condition.members)
    return None if named is None else (condition.variable.role, named)


def _bearer(sheet: Sheet, nouns: dict[int, list[str]], roles: Sequence[int]) -> str | None:
    """Whom it binds: a role, or all of them, for whom what is said of the first one holds in turn."""
    situation = sheet.system.situation
    if not situation.interchangeable and len(roles) == 1:
        return situation.roles[roles[0]]
    if not situation.interchangeable:
        return "every unit" if roles[0] == 0 and len(roles) == len(situation.roles) else None
    if 0 not in nouns:
        return "every unit"
    own, *meeting = [with_article(" or ".join(nouns[r])) for r in sorted(nouns) if r < 2]
    return f"{own} meeting {meeting[0]}" if meeting else own
