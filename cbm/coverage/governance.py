"""Where a promise is broken: the situations it speaks of in which nothing governs a topic or an act, or advice only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from cbm.conflicts.all_conflicts import world_of
from cbm.conflicts.precedence import is_steady
from cbm.core.alternatives import on_any_reading
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.matters import Matter, SingleMatter, is_left_open, name_of, names_governed, speaks_of, where_governed
from cbm.core.norms import Coverage, Guard, Reserve, Strength
from cbm.core.roles import roles_in
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.coverage.types.axes import Divider
from cbm.coverage.types.boxes import TypeSearch, situations
from cbm.coverage.types.grid import Grid, Types
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.records import Record, replace
from cbm.search.exists_forall import Duel, Stuck, duel
from cbm.search.kept_answers import Resting, remembered, whether
from cbm.search.unanswered_situations import unanswered_in
from cbm.search.world import relevant
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

T = TypeVar("T")


class SituationRegion(Record, Resting):
    """Situations in which each of some `ways` is taken by some feasible conduct, and none brings `excluded` about.

    A way has a tag, which tells its conduct apart, and a formula, which that conduct meets. `absent` are the norms of
    which none binds there under conduct that takes the last way, as far as none of them is ever suspended; `matter` is
    what they are about, where it is promised. `told`: conditions that exclude the rest do not tell the way. `owed`: it
    lies where this holds, and what is held against it lies there, too.
    """

    about: Ground
    ways: tuple[tuple[str, Formula], ...]
    excluded: Formula
    absent: tuple[NormId, ...] = ()
    matter: Matter = ""
    told: bool = False
    owed: Formula = TRUE

    @property
    def rests_on(self) -> tuple[object, ...]:
        """What decides which situations it has; what they are told for does not."""
        return (
            *world_of(self.about).asked((*(formula for _, formula in self.ways), self.excluded, self.owed)),
            *(tag for tag, _ in self.ways),
        )

    @property
    def by_choice(self) -> bool:
        """Whether it is told by the several things that conduct may bring about, not by what none does."""
        return len(self.ways) > 1

    @property
    def holding(self) -> tuple[Formula, ...]:
        """What its situations meet, apart from what is excluded there."""
        return tuple(part for tag, formula in self.ways for part in possibly(self.about, formula, tag))

    def within(self, condition: Formula) -> SituationRegion:
        """The part of it that meets a condition on situations."""
        ways = tuple((tag, conjunction(formula, condition)) for tag, formula in self.ways)
        return replace(self, ways=ways, owed=conjunction(self.owed, condition))

    @property
    def compliance(self) -> tuple[Formula, ...]:
        """What conduct would have to make true for a situation not to belong here, where some is feasible at all."""
        return (*relevant(world_of(self.about), (self.excluded,)), self.excluded)

    def unanswered(self, *literals: Formula) -> Stuck | Unsat | Unknown:
        """A situation of the region that meets the literals too, if there is one."""
        world = world_of(self.about)
        return unanswered_in(world, (*world.situations(), *self.holding, *literals), self.compliance)

    def search(self, *literals: Formula) -> Duel:
        """A search for situations of the region that meet the literals too."""
        world = world_of(self.about)
        outer = Solver(world.roles, (*world.situations(), *self.holding, *literals))
        return duel(outer, world.roles, self.compliance, world.conduct)


def promised_in(about: Ground, promise: Coverage) -> Formula:
    """Where the promise speaks: its condition, between units of the parties of its text."""
    grounder = about.grounder
    return conjunction(grounder.formula(promise.condition), _spoken_to(about, promise))


def between_parties(about: Ground, document: str) -> Formula:
    """That the units belong to parties of the text: the unit whose duties are asked about, and another one."""
    return conjunction(*about.grounder.joined(about.system.texts[document], about.bearer))


def _spoken_to(about: Ground, said: Coverage | Reserve) -> Formula:
    """That they do, and all of which this speaks, as where a clause binds."""
    text, towards = about.system.texts[said.document], roles_in(said.condition)
    whose = said.whose if isinstance(said, Coverage) else TRUE
    return conjunction(*about.grounder.joined(text, about.bearer, towards, whose))


def owed_in(about: Ground, promise: Coverage, matter: Matter) -> Formula:
    """Where the promise has to be kept for this topic or act: not where the text is silent on purpose."""
    return conjunction(promised_in(about, promise), negation(reserved_in(about, matter)))


def reserved_in(about: Ground, matter: Matter) -> Formula:
    """Where the text is silent on the matter on purpose, by a reserve that has not ended."""
    system = about.system
    counting = (r for r in system.reserves if is_left_open(r, matter, system) and not r.has_ended(system.as_of))
    return disjunction(*(left_open_in(about, reserve) for reserve in counting))


def left_open_in(about: Ground, reserve: Reserve) -> Formula:
    """Where the reserve speaks: its condition, between units of the parties of its text."""
    grounder = about.grounder
    return conjunction(grounder.formula(reserve.condition), _spoken_to(about, reserve))


def ungoverned(about: Ground, promise: Coverage, matter: Matter) -> SituationRegion:
    """Where no clause of the topic, or on the act, binds, whatever the unit does."""
    return uncovered(about, owed_in(about, promise, matter), governing(about, matter), matter)


def advised_only(about: Ground, promise: Coverage, matter: Matter) -> SituationRegion:
    """Where some clause of it may bind, and none that is a `must`."""
    return advised(about, owed_in(about, promise, matter), governing(about, matter), matter)


def by_conduct(about: Ground, promise: Coverage, matter: Matter) -> SituationRegion | None:
    """Where it is for the unit's own conduct whether some clause of it binds; None if it is so nowhere."""
    return swayed(about, owed_in(about, promise, matter), governing(about, matter), matter)


def swayed(about: Ground, owed: Formula, norms: Sequence[GroundNorm], matter: Matter = "") -> SituationRegion | None:
    """Where it is for the unit's own conduct whether one of these norms binds; None if it is so nowhere."""
    governed = some_binds(norms)
    if about.conduct.isdisjoint(variables(governed)):
        return None
    ways = (("governed", conjunction(owed, governed)), ("escaped", conjunction(owed, negation(governed))))
    return SituationRegion(about, ways, FALSE, never_suspended(about, norms), matter, owed=owed)


def keeping(region: SituationRegion) -> SituationRegion:
    """Situations in which the promise is kept that those of the region break."""
    if not region.by_choice:
        kept = conjunction(region.owed, region.excluded)
        return SituationRegion(region.about, (("kept", kept),), FALSE, owed=region.owed)
    (_, governed), (_, escaped) = region.ways
    return SituationRegion(region.about, (("kept", governed),), escaped, owed=region.owed)


def beside(region: SituationRegion) -> tuple[SituationRegion, ...]:
    """All that is owed and does not belong to the region, in one region or two."""
    about, owed = region.about, region.owed
    if region.by_choice or region.told:
        ways = tuple(SituationRegion(about, (("promised", owed),), formula, owed=owed) for _, formula in region.ways)
        return ways if region.by_choice else (*ways, keeping(region))
    return (keeping(region),)


def governing(about: Ground, matter: Matter | SingleMatter) -> tuple[GroundNorm, ...]:
    """The clauses that govern the matter; each is said to bind where it binds, is owed and governs that."""
    known: dict[Matter | SingleMatter, tuple[GroundNorm, ...]] = about.worked_out.setdefault("governing", {})
    if matter not in known:
        known[matter] = _governing(about, matter)
    return known[matter]


def _governing(about: Ground, matter: Matter | SingleMatter) -> tuple[GroundNorm, ...]:
    found: list[GroundNorm] = []
    name = matter.name if isinstance(matter, SingleMatter) else name_of(matter)
    for n in (n for n, names in _spoken_of(about) if names is None or name in names):
        where = where_governed(n.norm, matter)
        if where == TRUE and n.owed == TRUE:
            found.append(n)
        elif where != FALSE:
            found.append(replace(n, binds=conjunction(n.binds, _governs(about, n, where), n.owed)))
    return tuple(found)


def binding_ungoverned(about: Ground, matter: Matter) -> tuple[tuple[NormId, Formula], ...]:
    """The clauses that speak of the matter and may bind without governing it, and where they do: they say only how.

    Clauses that govern it wherever they bind, as most do, are not among them, and nothing has to be asked of them.
    """
    known: dict[Matter, tuple[tuple[NormId, Formula], ...]] = about.worked_out.setdefault("binding, ungoverned", {})
    if matter not in known:
        speaking = ((n, where_governed(n.norm, matter)) for n in about.norms if speaks_of(n.norm, matter))
        found = ((n, conjunction(n.binds, n.owed, negation(_governs(about, n, where)))) for n, where in speaking)
        known[matter] = tuple((n.norm.id, formula) for n, formula in found if formula != FALSE)
    return known[matter]


def _governs(about: Ground, n: GroundNorm, where: Expr) -> Formula:
    """Where it governs a matter if it binds: `where` as its bearer sees it."""
    return about.grounder.guard(Guard(where), n.norm, about.bearer)


def _spoken_of(about: Ground) -> Sequence[tuple[GroundNorm, frozenset[str] | None]]:
    """Each norm with what it can govern, by name."""
    known: list[tuple[GroundNorm, frozenset[str] | None]] | None = about.worked_out.get("spoken of")
    if known is None:
        known = about.worked_out["spoken of"] = [(n, names_governed(n.norm)) for n in about.norms]
    return known


def uncovered(about: Ground, owed: Formula, norms: Sequence[GroundNorm], matter: Matter = "") -> SituationRegion:
    """Where a promise is owed and none of these norms binds, whatever the unit does."""
    excluded = conjunction(owed, some_binds(norms))
    return SituationRegion(about, (("promised", owed),), excluded, never_suspended(about, norms), matter, owed=owed)


def advised(about: Ground, owed: Formula, norms: Sequence[GroundNorm], matter: Matter = "") -> SituationRegion:
    """Where some of these norms may bind, and none that is a `must`."""
    strict = [n for n in norms if n.norm.strength is Strength.MUST]
    soft = some_binds(n for n in norms if n.norm.strength is Strength.SHOULD)
    ways, excluded = (("advised", conjunction(owed, soft)),), conjunction(owed, some_binds(strict))
    return SituationRegion(about, ways, excluded, never_suspended(about, strict), matter, told=True, owed=owed)


def some_binds(norms: Iterable[GroundNorm]) -> Formula:
    """Where one of these binds; clauses that differ in what they ask for alone bind whatever is taken of them."""
    return on_any_reading(n.binds for n in norms)


class CoverageUndecided(Exception):
    """A question about types of encounter was given up; the reason, in English, is told instead of an answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decided(answer: T | Unknown) -> T:
    if isinstance(answer, Unknown):
        raise CoverageUndecided(answer.reason)
    return answer


def types_of(region: SituationRegion, axes: tuple[Divider, ...], among: Types | None = None) -> Types | Unknown:
    """The types of encounter with a situation in the region; where `among` is given, complete for these only."""
    asked = (region, axes, among)
    return remembered("which types has it", asked, lambda: type_search(region, axes).under((), among), Types, Grid)


def type_search(region: SituationRegion, axes: tuple[Divider, ...], also: Iterable[Variable] = ()) -> TypeSearch:
    """The types of encounter with a situation in the region, to be asked under conditions on situations.

    The conditions may speak of the variables in `also`, too.
    """
    about = region.about
    world = world_of(about)
    if world.conduct.isdisjoint(variables(region.excluded)):
        formulas = (*world.possible, *region.holding, negation(region.excluded))
        doable = world.some_conduct("some", world.feasible)
        moved = (*formulas, *(doable if _fettered(about) else ()))
        solver = Solver(world.roles, (*formulas, *doable))
        return TypeSearch(axes, situations(solver, moved, axes, also), moved, formulas)
    search = region.search()
    necessary, wanted = (*world.possible, *region.holding), tuple(also)

    def ask(*literals: Formula) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = search.next(*literals)
        return {**search.place(wanted), **answer.values} if isinstance(answer, Stuck) else answer

    return TypeSearch(axes, ask, (), necessary)


def is_anywhere(region: SituationRegion) -> bool | Unknown:
    """Whether some situation belongs to the region, of whatever type."""
    world = world_of(region.about)
    if world.conduct.isdisjoint(variables(region.excluded)):
        formulas = (*world.situations(), *region.holding, negation(region.excluded))
        asked, solver = (world.roles, formulas), Solver(world.roles, formulas, quick=True)
        answer = whether("is there such a situation", asked, solver.ask, lambda: Solver(*asked).ask())
        solver.note(answer)
        return answer if isinstance(answer, Unknown) else isinstance(answer, Sat)
    stuck = region.search().next()
    return stuck if isinstance(stuck, Unknown) else isinstance(stuck, Stuck)


def types_with(
    about: Ground, axes: tuple[Divider, ...], condition: Formula, among: Types | None = None
) -> Types | Unknown:
    """The types with a situation in which some conduct meets the condition; `among` as above."""
    return types_of(SituationRegion(about, (("met", condition),), FALSE), axes, among)


def never_suspended(about: Ground, norms: Iterable[GroundNorm]) -> tuple[NormId, ...]:
    """Those of the norms that prevail wherever they bind."""
    return tuple(n.norm.id for n in norms if is_steady(about, about.norm(n.norm.id)))


def possibly(about: Ground, formula: Formula, tag: str) -> tuple[Formula, ...]:
    """That some feasible conduct makes the formula true."""
    if about.conduct.isdisjoint(variables(formula)):
        return (formula,)
    return world_of(about).some_conduct(tag, (*about.feasible, formula))


def _fettered(about: Ground) -> bool:
    """Whether what can be done depends on the situation, so that a moved situation may leave nothing to do."""
    return any(v not in about.conduct for part in about.feasible for v in variables(part))
