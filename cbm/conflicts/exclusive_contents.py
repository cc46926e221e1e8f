"""What several duties ask for at once, apart from when they bind: which contents exclude one another.

It works where conditions and conduct can be told apart: what the clauses ask for does not depend on the situation, and
an axiom that ties conduct to the situation says that some conduct is impossible under some condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from cbm.core.expressions import FALSE, TRUE, And, Flag, Formula, Not, Or, conjunction, disjunction, negation
from cbm.core.sorts import FLAG, NumberSort
from cbm.core.substitution import Value, substitute, variables
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.records import Record
from cbm.search.compiled import Holds, compiled
from cbm.search.open_questions import TOO_MANY_SETS
from cbm.search.truth_tables import smallest_clashes
from cbm.search.world import World, relevant
from cbm.smt.index import Box, Index, bits, box_of, is_box, meet
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many choices of contents are looked at; with more, what is found by then is told, and that there may be more.
PROPOSALS = 2_000


class Exclusion(Record):
    """Contents, by number, that no conduct brings about together where `where` holds.

    `alone` says where besides no part of them is impossible by itself.
    """

    contents: frozenset[int]
    where: Formula
    alone: Formula


class Terms(Record):
    """What conduct has to meet everywhere, and what it has to meet where a condition on the situation holds."""

    always: tuple[Formula, ...]
    conditional: tuple[tuple[Formula, Formula], ...]  # condition, what conduct has to meet then


def is_plain(content: Formula, condition: Formula, world: World) -> bool:
    """Whether the content speaks of conduct alone and the condition of the situation alone."""
    return world.conduct.issuperset(variables(content)) and world.conduct.isdisjoint(variables(condition))


def terms_of(world: World, contents: Sequence[Formula]) -> Terms | None:
    """What is feasible, told apart by condition; None where an axiom mixes conduct and situation in another way."""
    always: list[Formula] = []
    conditional: list[tuple[Formula, Formula]] = []
    for part in relevant(world, contents):
        if set(variables(part)) <= world.conduct:
            always.append(part)
            continue
        options = part.parts if isinstance(part, Or) else (part,)
        found = [o for o in options if world.conduct.isdisjoint(variables(o))]
        made = [o for o in options if set(variables(o)) <= world.conduct]
        if len(found) + len(made) < len(options):
            return None
        conditional.append((negation(disjunction(*found)), disjunction(*made)))
    return Terms(tuple(always), tuple(conditional))


class Exclusions(Record):
    """The smallest sets of contents that exclude one another, in order of their numbers; why more may be missing."""

    found: tuple[Exclusion, ...]
    missing: Unknown | None = None


def exclusions(world: World, contents: Sequence[Formula], terms: Terms) -> Exclusions:
    """All smallest sets of contents that exclude one another somewhere."""
    pairs = _by_values(contents, terms)
    if pairs is not None:
        return Exclusions(_everywhere(pairs))
    tied = [what for _, what in terms.conditional]
    sets, missing = _all_smallest(world.roles, [*contents, *tied], terms.always)
    if not terms.conditional:
        return Exclusions(_everywhere(sets), missing)
    if missing is not None:
        return Exclusions((), missing)  # whether a set is smallest depends on those that are missing
    where: dict[frozenset[int], list[Formula]] = {}
    for members in sets:
        met = [terms.conditional[i - len(contents)][0] for i in sorted(members) if i >= len(contents)]
        where.setdefault(frozenset(i for i in members if i < len(contents)), []).append(conjunction(*met))
    where.pop(frozenset(), None)  # nothing is feasible there, whatever is asked for
    excluding = {some: disjunction(*conditions) for some, conditions in where.items()}
    found = [_apart(some, excluding) for some in sorted(excluding, key=sorted)]
    return Exclusions(tuple(exclusion for exclusion in found if exclusion.alone != FALSE))


def _everywhere(sets: Iterable[frozenset[int]]) -> tuple[Exclusion, ...]:
    return tuple(Exclusion(some, TRUE, TRUE) for some in sorted(sets, key=sorted) if some)


def _apart(some: frozenset[int], excluding: dict[frozenset[int], Formula]) -> Exclusion:
    smaller = [excluding[frozenset(part)] for size in range(1, len(some)) for part in combinations(sorted(some), size)
               if frozenset(part) in excluding]  # fmt: skip
    return Exclusion(some, excluding[some], conjunction(excluding[some], negation(disjunction(*smaller))))


def _by_values(contents: Sequence[Formula], terms: Terms) -> list[frozenset[int]] | None:
    """Pairs only, where each content just bounds single variables: boxes have a common point if every two have."""
    if terms.conditional or not all(map(_is_box, (*contents, *terms.always))):
        return None
    allowed: Box | None = {}
    for part in terms.always:
        allowed = meet(allowed, box_of(part))
    boxes = [meet(box_of(content), allowed) for content in contents]
    alone = [frozenset((i,)) for i, box in enumerate(boxes) if box is None]
    index, open_ = Index(boxes), sum(1 << i for i, box in enumerate(boxes) if box is not None)
    apart = ((i, open_ & ~index.meeting(boxes[i]) & (-1 << i)) for i in bits(open_))
    return [*alone, *(frozenset((i, j)) for i, others in apart for j in bits(others))]


def _is_box(formula: Formula) -> bool:
    """Not of whole numbers: between two bounds that leave a gap there may be none."""
    whole = any(isinstance(v.sort, NumberSort) and v.sort.whole for v in variables(formula))
    return is_box(formula) and not whole


def _all_smallest(
    roles: tuple[str, ...], formulas: list[Formula], always: Sequence[Formula]
) -> tuple[list[frozenset[int]], Unknown | None]:
    """All smallest sets of formulas that cannot hold together with what always holds; why more may be missing.

    What only helps is done: a flag that nothing needs to be unset is set, and the other way round. What then shares no
    variable is looked at by itself: the choices that can hold multiply otherwise.
    """
    helpful = _helpful((*always, *formulas))
    wanted = [substitute(formula, helpful) for formula in formulas]
    given = [substitute(part, helpful) for part in always]
    sets: list[frozenset[int]] = []
    missing: Unknown | None = None
    for group in _sharing_variables((*wanted, *given)):
        numbers = [i for i in group if i < len(wanted)]
        if numbers:
            required = [given[i - len(wanted)] for i in group if i >= len(wanted)]
            asked = [wanted[i] for i in numbers]
            known = smallest_clashes(asked, required)
            found, why = _smallest(Solver(roles, required), asked) if known is None else (known, None)
            sets += [frozenset(numbers[i] for i in some) for some in found]
            missing = missing or why
    return sets, missing


def _helpful(formulas: Sequence[Formula]) -> dict[Variable, Value]:
    """Values of flags that keep no choice of the formulas from being true: the flags occur with one sign only."""
    helpful: dict[Variable, Value] = {}
    while True:
        signs: dict[Variable, set[bool]] = {}
        for formula in formulas:
            _note_signs(formula, signs, positive=True)
        fresh: dict[Variable, Value] = {v: next(iter(found)) for v, found in signs.items() if len(found) == 1}
        if not fresh:
            return helpful
        helpful |= fresh
        formulas = [substitute(formula, fresh) for formula in formulas]


def _note_signs(formula: Formula, signs: dict[Variable, set[bool]], *, positive: bool) -> None:
    match formula:
        case Flag(variable):
            signs.setdefault(variable, set()).add(positive)
        case Not(operand):
            _note_signs(operand, signs, positive=not positive)
        case And(parts) | Or(parts):
            for part in parts:
                _note_signs(part, signs, positive=positive)
        case _:
            return


def _sharing_variables(formulas: Sequence[Formula]) -> list[list[int]]:
    """Positions of formulas that are linked by variables, in order."""
    groups: list[tuple[list[int], set[Variable]]] = []
    for place, formula in enumerate(formulas):
        own = set(variables(formula))
        linked = [group for group in groups if own & group[1]]
        groups = [group for group in groups if group not in linked]
        groups.append((sorted((place, *(i for group in linked for i in group[0]))), own.union(*(g[1] for g in linked))))
    return sorted(places for places, _ in groups)


def _smallest(solver: Solver, formulas: list[Formula]) -> tuple[list[frozenset[int]], Unknown | None]:
    """All smallest sets of formulas that cannot hold together with what the solver requires; why more may be missing.

    A map of what is not known yet proposes sets; one that can hold is enlarged as far as possible and everything in
    it is known, one that cannot is reduced and everything around it is known.
    """
    chosen = [Flag(Auxiliary(Purpose.CHOSEN, i, FLAG)) for i in range(len(formulas))]
    plan, found = Solver((), ()), list[frozenset[int]]()
    tests = [compiled(formula) for formula in formulas]
    mentioned = list(dict.fromkeys(v for formula in formulas for v in variables(formula)))
    for _ in range(PROPOSALS):
        proposal = plan.ask()
        if not isinstance(proposal, Sat):
            return found, proposal if isinstance(proposal, Unknown) else None
        values = proposal.values([flag.variable for flag in chosen])
        members = [i for i, flag in enumerate(chosen) if values[flag.variable]]
        answer = solver.ask(*(formulas[i] for i in members))
        if isinstance(answer, Sat):
            kept = _enlarged(solver, formulas, answer, tests, mentioned)
            if isinstance(kept, Unknown):
                return found, kept
            plan.require(disjunction(*(flag for i, flag in enumerate(chosen) if i not in kept)))
        elif isinstance(answer, Unsat):
            reduced = _reduced(solver, formulas, [i for i in members if formulas[i] in answer.core])
            if isinstance(reduced, Unknown):
                return found, reduced
            found.append(frozenset(reduced))
            plan.require(negation(conjunction(*(chosen[i] for i in reduced))))
        else:
            return found, answer
    return found, Unknown(TOO_MANY_SETS)


def _enlarged(
    solver: Solver, formulas: list[Formula], answer: Sat, tests: Sequence[Holds], mentioned: list[Variable]
) -> set[int] | Unknown:
    kept = _holding(answer, tests, mentioned)
    for i in range(len(formulas)):
        if i not in kept:
            more = solver.ask(*(formulas[k] for k in sorted(kept)), formulas[i])
            if isinstance(more, Unknown):
                return more
            if isinstance(more, Sat):
                kept |= _holding(more, tests, mentioned)
    return kept


def _holding(answer: Sat, tests: Sequence[Holds], mentioned: list[Variable]) -> set[int]:
    point = answer.values(mentioned)
    return {i for i, test in enumerate(tests) if test(point)}


def _reduced(solver: Solver, formulas: list[Formula], members: list[int]) -> list[int] | Unknown:
    kept = list(members)
    for i in members:
        answer = solver.ask(*(formulas[k] for k in kept if k != i))
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Unsat):
            kept.remove(i)
    return kept
