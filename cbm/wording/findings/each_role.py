"""What is found of several fixed roles: told once where it differs only by who takes which role."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.core.expressions import And, Formula, Not, Or, negation
from cbm.core.norms import NormSystem
from cbm.core.roles import roles_in, rotate
from cbm.core.substitution import variables
from cbm.coverage.governance import SituationRegion
from cbm.finding import Finding
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.process.budget import RunStopped
from cbm.records import Record, replace
from cbm.search.extent import Cube
from cbm.search.world import relevant
from cbm.smt.journal import asking
from cbm.smt.solve import Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import say


class RoleFinding(Record):
    """What is found of one bearer, told: that it is so under these conditions, by what was asked.

    Findings of one `subject` say the same, whoever is bound and under whatever conditions.
    """

    about: Ground
    subject: Hashable
    finding: Finding
    where: Cube
    asked: tuple[Formula, ...]


def deciding(region: SituationRegion) -> tuple[Formula, ...]:
    """Everything that decides where a promise is broken."""
    formulas = (*(formula for _, formula in region.ways), region.excluded)
    return (*relevant(world_of(region.about), formulas), *formulas)


def once(inquiry: Inquiry, told: Iterable[RoleFinding]) -> Iterator[Finding]:
    """Each finding once, with the roles of which it is so; what differs in more is told of each."""
    return (finding for finding, _ in with_roles(inquiry, told))


def with_roles(
    inquiry: Inquiry, told: Iterable[RoleFinding], named: bool = False
) -> Iterator[tuple[Finding, tuple[RoleFinding, ...]]]:
    """The same with what was found of each role; `named`: messages say already of which one."""
    if len(inquiry.grounds) == 1:
        yield from ((one.finding, (one,)) for one in told)
        return
    alike: list[list[RoleFinding]] = []
    stopped: RunStopped | None = None
    try:
        for one in told:
            known = next((group for group in alike if _is_same(group[0], one)), None)
            if known is None:
                alike.append([one])
            else:
                known.append(one)
    except RunStopped as why:  # what is found stays in any case
        stopped = why
    for group in alike:
        first = group[0]
        notes = _notes(inquiry, group, [g for g in alike if g[0].subject == first.subject and not named])
        yield replace(first.finding, notes=(*first.finding.notes, *notes)), tuple(group)
    if stopped is not None:
        raise stopped


def _is_same(one: RoleFinding, other: RoleFinding) -> bool:
    return (
        one.subject == other.subject
        and one.about.bearer != other.about.bearer
        and one.finding.severity is other.finding.severity
        and one.finding.readings == other.finding.readings
        and _seen_by(other.about.bearer, one.about, one.asked) == _seen_by(other.about.bearer, other.about, other.asked)
    )


def _notes(inquiry: Inquiry, group: Sequence[RoleFinding], groups: Sequence[Sequence[RoleFinding]]) -> Iterator[str]:
    bearers = [one.about.bearer for one in group]
    if len(group) > 1:
        yield same_for(inquiry.system, bearers[1:], group[0].where)
    if any(one.about.bearer not in bearers for other in groups for one in other):
        yield told_of(inquiry, bearers)


def first_alike(inquiry: Inquiry, clash: ConflictSet) -> ConflictSet:
    """The first clash of the same clauses that differs from this one only by who takes which role."""
    return next(other for other in _of_these_clauses(inquiry, clash) if _is_same_clash(inquiry, other, clash))


def bearers_alike(inquiry: Inquiry, clash: ConflictSet) -> frozenset[int]:
    """The roles for which the same clauses clash, and it is told once."""
    return frozenset(c.bearer for c in _of_these_clauses(inquiry, clash) if _is_same_clash(inquiry, clash, c))


def notes_on_roles(inquiry: Inquiry, clash: ConflictSet) -> Iterator[str]:
    """Of which roles a clash is told, where the same clauses clash for several."""
    several = _of_these_clauses(inquiry, clash)
    same = [other for other in several if _is_same_clash(inquiry, clash, other)]
    if len(same) > 1:
        yield same_for(inquiry.system, [other.bearer for other in same if other is not clash], clash.extent.cubes[0])
    if len(same) < len(several):
        yield told_of(inquiry, [other.bearer for other in same])


def same_for(system: NormSystem, bearers: Iterable[int], where: Cube) -> str:
    """That it is so of other roles as well."""
    names = _roles(system, bearers)
    if any(roles_in(literal) for literal in where):
        return say("so it is for {roles}, the roles exchanged", roles=names)
    return say("so it is for {roles}, under the same conditions", roles=names)


def told_of(inquiry: Inquiry, bearers: Iterable[int]) -> str:
    """Of which roles it is told, where others are told apart."""
    return say("this is told of {roles}", roles=_roles(inquiry.system, bearers))


def _roles(system: NormSystem, bearers: Iterable[int]) -> str:
    return listed([f"`{system.situation.roles[bearer]}`" for bearer in bearers])


def _of_these_clauses(inquiry: Inquiry, clash: ConflictSet) -> list[ConflictSet]:
    alike = inquiry.clashes_of(clash.takes_part)
    return [c for c in alike if (c.norms, c.classes) == (clash.norms, clash.classes)]


def _is_same_clash(inquiry: Inquiry, one: ConflictSet, other: ConflictSet) -> bool:
    if one is other:
        return True
    if one.bearer == other.bearer:
        return False
    first, second = (next(g for g in inquiry.grounds if g.bearer == c.bearer) for c in (one, other))
    if _seen_by(second.bearer, first, _asked(first, one)) == _seen_by(second.bearer, second, _asked(second, other)):
        return True
    exact = one.exact and other.exact
    return exact and _is_same_place(inquiry, first, one.formula, second, other.formula)


def _asked(about: Ground, clash: ConflictSet) -> tuple[Formula, ...]:
    demands = [about.norm(norm).demand for norm in clash.norms]
    return (*relevant(world_of(about), demands), *demands)


def _seen_by(bearer: int, about: Ground, asked: Iterable[Formula]) -> frozenset[Hashable]:
    """What is asked of one bearer, with what ties the situations, as another one would say it of itself."""
    parts, rest = list(asked), list(about.possible)
    known = {v for part in parts for v in variables(part)}
    while linked := [part for part in rest if not known.isdisjoint(variables(part))]:
        parts += linked
        rest = [part for part in rest if part not in linked]
        known.update(v for part in linked for v in variables(part))
    roles = len(about.system.situation.roles)
    return frozenset(_in_any_order(rotate(part, bearer - about.bearer, roles)) for part in parts)


def _in_any_order(formula: Formula) -> Hashable:
    """The same for formulas that differ only in the order in which they say things."""
    match formula:
        case Not(operand):
            return Not, _in_any_order(operand)
        case And(parts) | Or(parts):
            return type(formula), frozenset(map(_in_any_order, parts))
        case _:
            return formula


def _is_same_place(inquiry: Inquiry, one: Ground, here: Formula, other: Ground, there: Formula) -> bool:
    """Whether two conditions say the same, each seen from its own bearer; what has no answer is told apart."""
    turned = rotate(here, other.bearer - one.bearer, len(one.system.situation.roles))
    question = "do the conditions differ in more than who takes which role"
    with asking(question=question, found="it is told of each role", none="it is told once"):
        ways = ((turned, negation(there)), (there, negation(turned)))
        return all(isinstance(inquiry.ask(other, *way), Unsat) for way in ways)
