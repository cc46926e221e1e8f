"""Laws: which clauses mean the same, and how a clause of the draft stands to the pact, is what enumeration says."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.checks import divergent_restatement, restatement
from cbm.core.expressions import Expr
from cbm.core.norms import Norm, NormSystem, Secondary
from cbm.core.variables import ResultValue
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.solve import sharing
from cbm.syntax.ast import Modality
from tests.laws.checked import bearers_of, is_empty
from tests.laws.dressed import dressed
from tests.laws.episodes import Conduct, Side
from tests.laws.grid import Deed, atoms, parts
from tests.laws.repeating import REPEATED, REPEATING, repeating
from tests.laws.sparing import sparingly
from tests.laws.tiny import DRAFT, NIGHT, PACT, does, may, system


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(repeating(interchangeable=draw(st.booleans())))


def sides(system: NormSystem) -> list[Side]:
    """All episodes from each bearer's side, with what is owed after a breach."""
    return [
        Side(system, role, also=[a for norm in system.norms.values() for a in _owed_later(norm, role, system)])
        for role in bearers_of(system)
    ]


def _owed_later(norm: Norm, role: int, system: NormSystem) -> Iterator[Expr]:
    for secondary in norm.otherwise:
        yield from atoms(secondary.content, role if norm.rotates else 0, system)


# ---- the same meaning


def same(sides: list[Side], one: Norm, other: Norm) -> bool:
    """Whether two clauses have one form, and in every episode the one is kept, or used, as far as the other is."""
    if any(form(a) != form(b) for a, b in zip(said(one), said(other), strict=False)):
        return False
    return all(
        kept(side, one, conduct) == kept(side, other, conduct)
        for side in sides
        for encounter in side.encounters
        for conduct in encounter.conducts
    )


def said(norm: Norm) -> tuple[Norm | Secondary, ...]:
    return (norm, *norm.otherwise)


def form(one: Norm | Secondary) -> tuple[str, str]:
    return one.modality, one.strength


def kept(side: Side, norm: Norm, conduct: Conduct) -> list[bool]:
    """For a duty how far it is kept: at once, or after one breach, after two …; for the rest whether it is used."""
    if norm.id not in side.norms:
        return [norm.demands, True, True]
    s = conduct.standing[norm.id]
    used = s.kept if norm.modality is not Modality.EXEMPTION else not s.kept
    levels = [used or not s.applicable if norm.demands else used and s.applicable]
    for secondary in norm.otherwise:
        done = side.condition(secondary.content, side.role if norm.rotates else 0)(conduct.choice)
        levels.append(levels[-1] or done)
    return levels + [True] * (3 - len(levels))


def used(norm: Norm, conduct: Conduct) -> bool:
    """Whether it applies and is kept, or made use of."""
    s = conduct.standing[norm.id]
    return s.applicable and s.kept == (norm.modality is not Modality.EXEMPTION)


# Neither is ever made use of: for whom they are written makes no difference.
NEVER_USED = system(
    may("copy", does("hold", 1), NIGHT, unless=NIGHT, bearer=1, rotates=False),
    may("original", does("hold"), NIGHT, unless=NIGHT, document=PACT, rotates=False),
    interchangeable=False,
)


@example(NEVER_USED)
@given(anywhere())
@sharing()
def test_a_restatement_diverges_where_some_episode_shows_it(system: NormSystem) -> None:
    if is_empty(system):
        return
    copy = replace(system.norms[REPEATING], restates=(REPEATED,))
    restating = replace(system, norms={**system.norms, REPEATING: copy})
    inquiry = inquire(dressed(restating))
    found = [f.clauses for f in divergent_restatement.check(inquiry)]
    alike = same(sides(system), system.norms[REPEATING], system.norms[REPEATED])
    assert found == ([] if alike else [(str(REPEATING), str(REPEATED))])


@sparingly(2)
@given(anywhere())
@sharing()
def test_what_is_repeated_is_told(system: NormSystem) -> None:
    if is_empty(system):
        return
    inquiry = inquire(dressed(system))
    found = {f.clauses[0]: f.clauses[1:] for f in restatement.check(inquiry)}
    known = sides(system)
    pairs = [(n, m) for n in of_draft(system) for m in system.norms.values() if m.id.document != DRAFT]
    expected: dict[str, tuple[str, ...]] = {}
    for n, m in pairs:
        if same(known, n, m) and at_once(known, n, m):
            expected[str(n.id)] = (*expected.get(str(n.id), ()), str(m.id))
    assert found == expected


def of_draft(system: NormSystem) -> list[Norm]:
    return [norm for norm in system.norms.values() if norm.id.document == DRAFT]


def at_once(sides: list[Side], one: Norm, other: Norm) -> bool:
    """Whether both, which speak of one act or result of one bearer, are kept, or used, in some episode."""
    return any(
        used(one, conduct) and used(other, conduct)
        for side in sides
        if {one.id, other.id} <= side.norms.keys() and spoken_of(side, one) & spoken_of(side, other)
        for encounter in side.encounters
        for conduct in encounter.conducts
    )


def spoken_of(side: Side, norm: Norm) -> set[object]:
    """The acts and results in what a norm says to this bearer."""
    said = parts(atoms(norm.content, side.role if norm.rotates else 0, side.system))
    return {part for part in said if isinstance(part, Deed | ResultValue)}
