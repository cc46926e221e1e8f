"""Small norm systems in which a clause of the draft repeats one of the pact: alike, in other words, or changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from cbm.core.expressions import And, NormId, negation
from cbm.core.norms import Guard, Norm, NormSystem, Secondary
from cbm.core.roles import rename_roles
from cbm.records import replace
from cbm.syntax.ast import Modality, Strength
from tests.laws.systems import systems
from tests.laws.tiny import DRAFT, PACT

REPEATED, REPEATING = NormId(PACT, "original"), NormId(DRAFT, "copy")


@st.composite
def repeating(draw: st.DrawFn, interchangeable: bool = True) -> NormSystem:
    """A system with two more clauses: one of the pact, and one of the draft that repeats it more or less."""
    system = draw(systems(interchangeable))
    base = draw(st.sampled_from(list(system.norms.values())))
    others = [norm for norm in system.norms.values() if norm.bearer == base.bearer]
    original = replace(base, id=REPEATED, otherwise=draw(_secondaries(others)))
    copy = replace(original, id=REPEATING)
    for _ in range(draw(st.sampled_from((0, 1, 1, 2)))):
        change = draw(st.sampled_from(_changes(draw, others, interchangeable)))
        copy = change(copy)
    norms = {copy.id: copy, **system.norms, original.id: original}
    return replace(system, norms=dict(sorted(norms.items(), key=lambda item: item[0].document != DRAFT)))


def _secondaries(others: Sequence[Norm]) -> st.SearchStrategy[tuple[Secondary, ...]]:
    modalities = st.sampled_from((Modality.OBLIGATION, Modality.PROHIBITION))
    contents = st.sampled_from([norm.content for norm in others])
    one = st.tuples(modalities, contents).map(lambda drawn: Secondary(drawn[0], Strength.MUST, drawn[1]))
    return st.lists(one, max_size=2).map(tuple)


def _changes(draw: st.DrawFn, others: Sequence[Norm], interchangeable: bool) -> list[Callable[[Norm], Norm]]:
    """Other words for the same, and things that are said differently."""
    other = draw(st.sampled_from(others))
    same = [_guard_as_exception, _exception_as_guard, _guards_apart]
    different = [
        lambda norm: replace(norm, guards=norm.guards[1:]),
        lambda norm: replace(norm, exceptions=()),
        lambda norm: replace(norm, guards=(*norm.guards, *other.guards[:1])),
        lambda norm: replace(norm, content=other.content),
        lambda norm: replace(norm, otherwise=norm.otherwise[1:]),
        lambda norm: replace(norm, otherwise=tuple(reversed(norm.otherwise))),
        lambda norm: replace(norm, modality=other.modality, strength=other.strength),
    ]
    if not interchangeable:
        different += [_of_the_other_bearer, lambda norm: replace(norm, rotates=not norm.rotates)]
    return [*same, *different]


def _guard_as_exception(norm: Norm) -> Norm:
    excepted = tuple(Guard(negation(guard.condition)) for guard in norm.guards[:1])
    return replace(norm, guards=norm.guards[1:], exceptions=(*norm.exceptions, *excepted))


def _exception_as_guard(norm: Norm) -> Norm:
    guards = tuple(Guard(negation(exception.condition)) for exception in norm.exceptions)
    return replace(norm, guards=(*guards, *norm.guards), exceptions=())


def _guards_apart(norm: Norm) -> Norm:
    parts = [guard.condition.parts if isinstance(guard.condition, And) else (guard.condition,) for guard in norm.guards]
    return replace(norm, guards=tuple(Guard(part) for some in parts for part in reversed(some)))


def _of_the_other_bearer(norm: Norm) -> Norm:
    """The same said of the other role, as seen from the one that norms without turns are written for."""

    def turned(role: int) -> int:
        return 1 - role

    return replace(
        norm,
        bearer=1 - norm.bearer,
        rotates=False,
        guards=tuple(Guard(rename_roles(guard.condition, turned)) for guard in norm.guards),
        exceptions=tuple(Guard(rename_roles(guard.condition, turned)) for guard in norm.exceptions),
        content=rename_roles(norm.content, turned),
        otherwise=tuple(replace(s, content=rename_roles(s.content, turned)) for s in norm.otherwise),
    )
