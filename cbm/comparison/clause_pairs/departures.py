"""Where a provision departs from another one that it claims to restate, each way, and which of the words make it so."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.comparison.attainment import Attainment, outside
from cbm.comparison.clause_pairs.provisions import DifferenceKind, Provision, Unlike, at_home, claims, stand_together
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import Guard, Norm
from cbm.core.substitution import conjuncts
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record
from cbm.search.exclusion import ExclusionSearch, LeastExclusion
from cbm.search.extent import CUBES, Cube
from cbm.search.fewer_cubes import fewer
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat


class Absence(Record):
    """That one of the two does not apply in an encounter: conditions of it that are not met there, exceptions that are.

    Without conditions and exceptions it never speaks to the bearer. Nothing of this can be left out, nor of the axioms.
    """

    norm: NormId
    conditions: tuple[Formula, ...] = ()
    exceptions: tuple[Guard, ...] = ()
    exclusion: LeastExclusion | None = None


class Departure(Record):
    """Where, for the bearer of `about`, one of the two is kept, or made use of, and the other one is not.

    `own`: it is the one that claims to restate. Of the form, where both apply. `because` None: both do, and what they
    say differs. Each of the `cubes` suffices; `complete`: it is so nowhere else. `shows` holds of what shows it.
    `breaches`: so many things that were owed before were not done.
    """

    about: Ground
    own: bool
    shows: Formula
    cubes: tuple[Cube, ...]
    complete: bool
    because: Absence | None = None
    breaches: int = 0


def departures(inquiry: Inquiry, own: Provision, of: Provision, difference: Unlike) -> Iterator[Departure | Unknown]:
    """All ways in which the one departs from the other, for each bearer; those for one reason together."""
    standing = stand_together(inquiry.system, own, of)
    for about in inquiry.grounds:
        if difference.way is DifferenceKind.FORM:
            both = [conjunction(*(n.applicable for n in about.norms if n.norm in side)) for side in (own, of)]
            yield from _of_form(
                inquiry, about, own, of, *(conjunction(standing, f(*both)) for f in (conjunction, disjunction))
            )
            continue
        for stage, (first, second) in enumerate(claims(about, own, of)):
            ways = conjunction(standing, first, negation(second)), conjunction(standing, negation(first), second)
            answer = Unsat() if disjunction(*ways) == FALSE else _asked(inquiry, about, own, of, *ways)
            if isinstance(answer, Unknown):
                yield answer
            if not isinstance(answer, Sat):
                continue
            home = at_home(inquiry, about, disjunction(*ways))[1:]
            for is_own, way in zip((True, False), ways, strict=True):
                shows = conjunction(way, *home)
                yield from _with_reasons(inquiry, about, (own, of), is_own, shows, stage)
            break


def _asked(inquiry: Inquiry, about: Ground, own: Provision, of: Provision, *ways: Formula) -> Answer:
    norms, question = tuple(n.id for n in (*own, *of)), "do they differ for this bearer"
    with asking(norms=norms, question=question, found="they do, and it is told where", none="they do not"):
        return inquiry.ask(about, disjunction(*ways))


def _of_form(
    inquiry: Inquiry, about: Ground, own: Provision, of: Provision, both: Formula, either: Formula
) -> Iterator[Departure | Unknown]:
    """Where both apply, or else one of the two."""
    for shows in (both, either):
        answer = Unsat() if shows == FALSE else _asked(inquiry, about, own, of, shows)
        if isinstance(answer, Unknown):
            yield answer
        if isinstance(answer, Sat):
            found = _cubes(about, conjunction(*at_home(inquiry, about, shows)))
            if isinstance(found, Unknown):
                yield found
            else:
                cubes, complete = found
                yield Departure(about, own=True, shows=shows, cubes=cubes, complete=complete)
            return


def _with_reasons(
    inquiry: Inquiry,
    about: Ground,
    sides: tuple[Provision, Provision],
    is_own: bool,
    shows: Formula,
    breaches: int,
) -> Iterator[Departure | Unknown]:
    found = _cubes(about, shows) if shows != FALSE else ((), True)
    if isinstance(found, Unknown):
        yield found
        return
    cubes, complete = found
    demands = sides[0][0].demands
    absent = sides[0] if is_own is demands else sides[1]
    search = ExclusionSearch(about)
    by_reason: dict[Absence | None, list[Cube]] = {}
    for cube in cubes:
        reason = None if breaches else _absence(inquiry, about, search, absent[0], cube, shows)
        by_reason.setdefault(reason, []).append(cube)
    for reason, some in by_reason.items():
        yield Departure(
            about=about,
            own=is_own,
            shows=shows,
            cubes=tuple(some),
            complete=complete,
            because=reason,
            breaches=breaches,
        )


def _cubes(about: Ground, shows: Formula) -> tuple[tuple[Cube, ...], bool] | Unknown:
    """Sets of conditions under which some conduct shows it, and whether it is so nowhere else."""
    where = Attainment(world_of(about), shows)
    cubes: list[Cube] = []
    while len(cubes) < CUBES:
        cube = where.next(*map(outside, cubes))
        if cube is None:
            return fewer(cubes), True
        if isinstance(cube, Unknown):
            return (fewer(cubes), False) if cubes else cube
        cubes.append(cube)
    return fewer(cubes), False


def _absence(
    inquiry: Inquiry, about: Ground, search: ExclusionSearch, norm: Norm, there: Cube, shows: Formula
) -> Absence | None:
    """Why the norm does not apply there; None where it can."""
    n = about.find(norm.id)
    if n is None:
        return Absence(norm.id)
    question, none = "does it apply where the two differ", "its conditions do, and it is told which"
    with asking(norms=(norm.id,), question=question, found="what it says differs", none=none):
        if not isinstance(inquiry.ask(about, n.applicable, *there, shows), Unsat):
            return None
    grounder, bearer = about.grounder, about.bearer
    met = [part for guard in norm.guards for part in conjuncts(grounder.guard(guard, norm, bearer))]
    free = {negation(grounder.guard(e, norm, bearer)): e for e in norm.exceptions}
    least = search.least((*met, *free), there) or search.least((*met, *free), (*there, shows))
    if not isinstance(least, LeastExclusion):
        return None
    conditions = tuple(part for part in least.conditions if part not in free)
    return Absence(norm.id, conditions, tuple(e for part, e in free.items() if part in least.conditions), least)
