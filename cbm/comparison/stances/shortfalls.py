"""In what a duty of a draft is weaker than a demand of its model: the parts of the demand that have to give way.

Parts of the demand are taken from the duty of the draft, as few as it takes until whoever complies with the draft keeps
what is left. These are what the draft is weaker in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import combinations

from cbm.core.expressions import (
    And,
    Does,
    Each,
    Expr,
    Formula,
    Not,
    Or,
    States,
    Through,
    Worded,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import Norm, Strength
from cbm.core.roles import rotate
from cbm.core.substitution import atoms_of, deeds_of, mentioned, parts_of
from cbm.core.variables import AtHand, ResultValue, SentAt, TimeOf, Variable, Wait
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground


class Shortfall(StrEnum):
    """What a draft can be weaker in."""

    STRENGTH = "strength"  # it advises
    BOUND = "bound"  # the value that is to be kept
    TIME = "time"
    CHANNEL = "channel"
    LANGUAGE = "language"
    STATEMENT = "statement"  # what is to be stated
    CIRCUMSTANCE = "circumstance"  # how else it is to be done
    CONDITION = "condition"  # it binds in fewer situations, or where less is done
    BEARER = "bearer"  # it binds somebody else
    CONTENT = "content"  # what is asked for, as a whole
    REPARATION = "reparation"  # what is owed after a breach: it is kept, and who breaches it owes less


# Parts of the manner in which an act is to be done, or not.
_OF_MANNER = (Shortfall.TIME, Shortfall.CHANNEL, Shortfall.LANGUAGE, Shortfall.STATEMENT, Shortfall.CIRCUMSTANCE)

# Whether no conduct that complies with the draft, with its advice or without, meets a formula.
Excludes = Callable[[bool, Formula], bool]


def shortfalls(about: Ground, m: GroundNorm, n: GroundNorm, excludes: Excludes) -> tuple[Shortfall, ...]:
    """The fewest parts of the demand m that, taken from the duty n, leave what the draft keeps; none if none do."""
    for some in _choices(m, n):
        left = _weakened(m.norm, n.norm, some)
        if left is None:
            continue
        binds = conjunction(m.binds, n.binds) if Shortfall.CONDITION in some else m.binds
        view, roles = about.bearer if m.norm.rotates else 0, len(about.system.situation.roles)
        kept = about.grounder.formula(rotate(left, view, roles))
        if excludes(Shortfall.STRENGTH in some, conjunction(binds, negation(kept))):
            return some
    return ()


def _choices(m: GroundNorm, n: GroundNorm) -> Iterator[tuple[Shortfall, ...]]:
    """Parts in which the two differ, fewer ones first; the content as a whole last of all."""
    apart: list[Shortfall] = []
    if n.norm.strength is Strength.SHOULD and m.norm.strength is Strength.MUST:
        apart.append(Shortfall.STRENGTH)
    conditional = [Shortfall.CONDITION] if n.binds != m.binds else []
    bounded = [v for v in mentioned(m.norm.content) if isinstance(v, ResultValue)]
    if bounded:
        apart.append(Shortfall.BOUND)
    else:
        ours, theirs = _manner_of(m.norm), _manner_of(n.norm)
        if ours is not None and theirs is not None:
            apart += [aspect for aspect in _OF_MANNER if _of(ours, aspect) != _of(theirs, aspect)]
            if Shortfall.TIME not in apart and ours != theirs:
                apart.append(Shortfall.TIME)
    for rest in ([*apart, *conditional], [*apart, *conditional, Shortfall.CONTENT]):
        for size in range(1, len(rest) + 1):
            for some in combinations(rest, size):
                if (Shortfall.CONTENT in rest) == (Shortfall.CONTENT in some):
                    yield some


def _weakened(m: Norm, n: Norm, some: Iterable[Shortfall]) -> Expr | None:
    """What is left of the demand when these parts are those of the duty; None where they have no such parts."""
    taken = set(some)
    if taken & {Shortfall.CONTENT, Shortfall.BOUND}:
        return disjunction(m.content, n.content) if m.content != n.content else n.content
    if taken.isdisjoint(_OF_MANNER):
        return m.content
    ours, theirs = _manner_of(m), _manner_of(n)
    if ours is None or theirs is None:
        return None
    manner = conjunction(
        *(part for part in parts_of(ours) if _aspect(part) not in taken),
        *(part for part in parts_of(theirs) if _aspect(part) in taken),
    )
    return _with_manner(n.content if Shortfall.TIME in taken else m.content, manner)


def _manner_of(norm: Norm) -> Expr | None:
    """The manner of the only act that the norm asks for or forbids; None where there are several."""
    found = list(deeds_of(norm.content))
    return found[0].manner if len(found) == 1 else None


def _with_manner(content: Expr, manner: Expr) -> Expr:
    match content:
        case Does(act, role):
            return Does(act, role, manner)
        case Not(operand):
            return negation(_with_manner(operand, manner))
        case Each(act, role, body):
            return Each(act, role, _with_manner(body, manner))
        case And(parts):
            return conjunction(*(_with_manner(part, manner) for part in parts))
        case Or(parts):
            return disjunction(*(_with_manner(part, manner) for part in parts))
        case _:
            return content


def _of(manner: Expr, aspect: Shortfall) -> set[Expr]:
    return {part for part in parts_of(manner) if _aspect(part) is aspect}


def _aspect(part: Expr) -> Shortfall:
    """What a part of a manner says."""
    atoms = list(atoms_of(part))
    told = list(mentioned(part))
    if any(isinstance(atom, States) for atom in atoms):
        return Shortfall.STATEMENT
    if any(isinstance(atom, Through) for atom in atoms) or _is_transmission(told):
        return Shortfall.CHANNEL
    if any(isinstance(atom, Worded) for atom in atoms):
        return Shortfall.LANGUAGE
    timed = any(isinstance(v, TimeOf | SentAt) for v in told) or any(isinstance(atom, Each) for atom in atoms)
    return Shortfall.TIME if timed else Shortfall.CIRCUMSTANCE


def _is_transmission(told: Iterable[Variable]) -> bool:
    """Whether it says how long a message is under way."""
    listed = list(told)
    sent = any(isinstance(v, SentAt) for v in listed)
    done = any(isinstance(v, TimeOf) and isinstance(v.event, AtHand) for v in listed)
    return (sent and done) or any(isinstance(v, Wait) for v in listed)
