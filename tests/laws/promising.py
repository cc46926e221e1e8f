"""Small norm systems that promise something or expect it, and what enumeration says of their promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from cbm.core.episodes import Axis, PlainAxis
from cbm.core.expressions import TRUE, IsIn, conjunction, negation
from cbm.core.matters import Matter, matters
from cbm.core.norms import Case, ConductExpected, Coverage, NormSystem
from cbm.core.roles import rotate
from cbm.core.sorts import FlagSort, KindSort
from cbm.core.variables import Variable
from cbm.core.viewpoints import with_roles
from cbm.coverage.governance import SituationRegion, advised_only, by_conduct, ungoverned
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.inquiry import Inquiry, inquire
from cbm.records import replace
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed
from tests.laws.episodes import Side
from tests.laws.promises import Cover, Type, coverage
from tests.laws.systems import anywhere, systems

Row = dict[Cover, tuple[CompleteEpisode, ...]]
Rows = dict[Type, Row]


@st.composite
def promising(draw: st.DrawFn) -> NormSystem:
    """A system with a promise, sometimes for some conduct only, and with axes."""
    system = draw(anywhere())
    kinds = tuple(v for v in system.situation.attributes if isinstance(v.sort, KindSort | FlagSort))
    axes: tuple[Axis, ...] = system.situation.axes or tuple(v for v in kinds[:2] if isinstance(v, PlainAxis))
    topics = tuple(dict.fromkeys(t for n in system.norms.values() for t in n.topics))
    acts = draw(st.sampled_from([(), tuple(system.acts)]))
    promises = system.coverage or (Coverage(system.subject, TRUE, topics, acts=acts),)
    norms = [norm for norm in system.norms.values() if norm.rotates or norm.bearer == 0]
    some = draw(st.sampled_from([TRUE, TRUE, *(g.condition for n in norms for g in (*n.guards, *n.exceptions))]))
    promises = tuple(replace(promise, condition=conjunction(promise.condition, some)) for promise in promises)
    return replace(system, situation=replace(system.situation, axes=axes), coverage=promises)


@st.composite
def expecting(draw: st.DrawFn) -> NormSystem:
    """A system that also expects that the other unit never (or possibly) leaves a norm unfulfilled."""
    system = draw(systems())
    norm = draw(st.sampled_from(list(system.norms.values())))
    unfulfilled = negation(rotate(norm.content, 1, len(system.situation.roles)))
    expected = (ConductExpected(True, unfulfilled, "never"), ConductExpected(False, unfulfilled, "possible"))
    return replace(system, cases=(*system.cases, Case("added", None, TRUE, expected)))


# ---- promises kept and broken


@dataclass(frozen=True, slots=True)
class Promised:
    """A system that promises something, and for each bearer how it is governed, by promise, matter and type."""

    system: NormSystem
    inquiry: Inquiry
    tables: Mapping[int, Mapping[tuple[int, Matter, Type], Row]]

    def regions(self) -> Iterator[tuple[SituationRegion | None, Cover, Rows]]:
        """Where a promise is broken for a topic or act, in each way; with the situations, by how they are governed."""
        for about in self.inquiry.strict:
            for number, promise in enumerate(self.system.coverage):
                for matter in matters(promise):
                    rows = self.rows(about.bearer, number, matter)
                    yield ungoverned(about, promise, matter), Cover.GAP, rows
                    yield advised_only(about, promise, matter), Cover.ADVISED, rows
                    yield by_conduct(about, promise, matter), Cover.BY_CONDUCT, rows

    def rows(self, bearer: int, number: int, matter: Matter) -> Rows:
        """The types of one promise and one of its matters."""
        return {cell: row for (n, m, cell), row in self.tables[bearer].items() if (n, m) == (number, matter)}

    def axes(self, bearer: int) -> tuple[Variable, ...]:
        """What tells types apart, as the bearer sees it."""
        step = bearer if self.system.situation.interchangeable else 0
        roles = len(self.system.situation.roles)
        known = (axis for axis in self.system.situation.axes if isinstance(axis, Variable))
        return tuple(with_roles(axis, lambda role: (role + step) % roles) for axis in known)


def promised(system: NormSystem) -> Promised | None:
    """None where no encounter can occur, or nothing is promised."""
    system = between_its_parties(system)
    if is_empty(system) or not system.coverage:
        return None
    inquiry = inquire(dressed(system))
    tables = {about.bearer: coverage(Side(system, about.bearer)) for about in inquiry.strict}
    return Promised(system, inquiry, tables)


def between_its_parties(system: NormSystem) -> NormSystem:
    """A promise speaks of units of the parties of its text; here that is written out in its condition."""
    party = system.situation.party
    promises = []
    for promise in system.coverage:
        parties = system.texts[promise.document].parties
        joined = []
        if parties is not None and party is not None:
            members = tuple(m for m in system.situation.parties if m in parties)
            joined = [IsIn(replace(party, role=role), members) for role in range(len(system.situation.roles))]
        promises.append(replace(promise, condition=conjunction(promise.condition, *joined)))
    return replace(system, coverage=tuple(promises))


def named(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
