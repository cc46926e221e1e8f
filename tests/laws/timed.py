"""Small drafts about times, written as text, and every way in which their moments and doings can lie to each other.

Only how far apart points in time are says something, so one of them can be fixed. Lengths are whole hours: what is
found goes in half hours, what is done in quarters, and so nothing that the texts can tell apart is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from cbm.core.expressions import And, Does, Each, Expr, NormId, Not, Or, States
from cbm.core.norms import Norm, NormSystem
from cbm.core.sorts import FLAG
from cbm.core.substitution import mentioned
from cbm.core.variables import Occurrence, ValueAt, Variable, moment_flag, time_of_moment
from cbm.core.written import stated
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import possible, variables
from cbm.evaluate.what_binds import binding
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.ast import Document, Header, TextHeader, VocabularyHeader
from cbm.syntax.parse import parse
from cbm.wording.variable_names import variable_name

HOUR = Fraction(3600)
CONTACT = Occurrence("contact")
VOCABULARY = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
shared
  distance : length from 0 km to 2 km over time
moments contact, alarm
axiom "two sides" own.party is not other.party
topic telling
act report stating nature topic telling
act ask topic telling
"""
POINTS = ("contact", "alarm", "other.ask")
CHAINED = "own.report"  # where a report calls for a question
LENGTHS = ("1 h", "2 h", "3 h")


@st.composite
def drafts(draw: st.DrawFn, points: tuple[str, ...] = ("contact", "other.ask")) -> str:
    """A draft of two to four clauses that ask for reports at some time, or forbid them."""
    clauses = [draw(_clauses(label, points)) for label in range(1, draw(st.integers(2, 4)) + 1)]
    return "\n".join([f"{VOCABULARY}draft code", "  uses sea", *clauses, ""])


@st.composite
def _clauses(draw: st.DrawFn, label: int, points: tuple[str, ...]) -> str:
    if CHAINED in points and draw(st.sampled_from((False, False, True))):
        return (
            f"clause {label} every unit {draw(st.sampled_from(('must', 'must not')))} ask {draw(windows((CHAINED,)))}"
        )
    points = tuple(point for point in points if point != CHAINED)
    modal = draw(st.sampled_from(("must", "must", "must not", "must not", "should")))
    timed = draw(st.lists(windows(points), min_size=1, max_size=2, unique=True))
    rest = [] if modal == "must not" or draw(st.booleans()) else ["stating nature"]
    if modal == "must not":
        rest += draw(st.lists(exceptions(points), max_size=1))
    condition = draw(st.sampled_from(("", "", f"when {draw(conditions(points))} ")))
    return f"clause {label} every unit {condition}{modal} report {' '.join([*timed, *rest])}"


@st.composite
def windows(draw: st.DrawFn, points: tuple[str, ...]) -> str:
    length, (one, *others) = draw(st.sampled_from(LENGTHS)), draw(st.permutations(points))
    orders = ("upon", "not before", "not later than", "before", "after", "until")
    kinds = [f"within {length} {order} {one}" for order in ("after", "before")]
    kinds += [f"at least {length} {order} {one}" for order in ("after", "before")]
    kinds += [draw(st.sampled_from([f"{order} {one}" for order in orders]))]
    kinds += [f"from {one} until {other}" for other in others]
    return draw(st.sampled_from(kinds))


@st.composite
def exceptions(draw: st.DrawFn, points: tuple[str, ...]) -> str:
    point = draw(st.sampled_from(points))
    kinds = (f"except after {point}", f"except before {point}", "except while distance at own.report >= 1 km")
    return draw(st.sampled_from(kinds))


@st.composite
def conditions(draw: st.DrawFn, points: tuple[str, ...]) -> str:
    one, other = draw(st.permutations(points))[:2]
    far = draw(st.sampled_from(("less than", "at most", "at least", "more than")))
    kinds = [f"{one} is {far} {draw(st.sampled_from(LENGTHS))} before {other}", f"{one} is after {other}"]
    kinds += [f"not {kinds[1]}", "distance at contact >= 1 km", "distance at other.ask < 1 km"]
    return draw(st.sampled_from([*kinds, "contact occurs", "not contact occurs", "other.ask"]))


def system_of(text: str) -> NormSystem:
    file, findings = parse(Source("code.cbm", text))
    assert findings == (), findings
    library = {_name(document): document for document in file.documents}
    system, faults = resolve(library, "code")
    assert system is not None, (text, faults)
    return system


def situations(system: NormSystem, far_from_contact: bool = False) -> Iterator[CompleteEpisode]:
    """Each way in which what is found can lie in time, from `own`'s side, for the points that the clauses may name.

    What the texts do not speak of keeps one value; `far_from_contact`: but not how far the units are apart at contact.
    """
    steps = [Fraction(n, 2) * HOUR for n in range(-13, 14)]  # farther apart than two lengths together
    spoken = [part for expression in stated(system) for part in _parts(expression)]
    distances = {v for part in spoken for v in mentioned(part) if isinstance(v, ValueAt)}
    asks = any(isinstance(part, Does | Each) and (part.act, part.role) == ("ask", 1) for part in spoken)
    at_contact = {v for v in distances if v.at == CONTACT}
    nearer = (Fraction(0), Fraction(2000)) if far_from_contact or at_contact else (Fraction(0),)
    farther = (Fraction(0), Fraction(2000)) if distances - at_contact else (Fraction(0),)
    for contact in (None, Fraction(0)):
        for asked in (None, *(() if not asks else steps if contact is not None else [Fraction(0)])):
            for far in farther:
                for near in nearer:
                    values: dict[Variable, Value] = {v: _plain(v) for v in variables(system)}
                    for v in values:
                        if variable_name(v) == "party":
                            values[v] = "AB"[v.role or 0]
                        elif isinstance(v, ValueAt):
                            values[v] = near if v.at == CONTACT else far
                    values[moment_flag("contact")] = contact is not None
                    values[time_of_moment("contact")] = contact or Fraction(0)
                    done = frozenset() if asked is None else frozenset({Doing("ask", 1, at=asked)})
                    world = CompleteEpisode(values, done)
                    if possible(world, system):
                        yield world


def _parts(expression: Expr) -> Iterator[Expr]:
    """The expression and all expressions in it."""
    yield expression
    match expression:
        case Not(inner) | Does(_, _, inner) | Each(_, _, inner):
            yield from _parts(inner)
        case And(several) | Or(several):
            for part in several:
                yield from _parts(part)
        case _:
            pass


# How a norm that binds is kept: whether without a report, and by which reports.
Ways = Mapping[NormId, tuple[bool, frozenset[int]]]


def all_clashes(
    system: NormSystem, worlds: Iterable[CompleteEpisode]
) -> Iterator[tuple[CompleteEpisode, set[frozenset[NormId]]]]:
    """For each of these situations the smallest sets of duties that no reports keep together in it."""
    return ((world, _clashing(ways)) for world, ways in ways_of_keeping(system, worlds))


def reports_in(system: NormSystem) -> list[Doing]:
    """All reports that are tried, by number."""
    spoken = (part for n in system.norms.values() for part in _parts(n.content))
    stating = any(isinstance(part, States) for part in spoken)
    return [
        Doing("report", 0, frozenset(states), Fraction(n, 4) * HOUR)
        for n in range(-40, 41)
        for states in ((), *((("nature",),) if stating else ()))
    ]


def ways_of_keeping(system: NormSystem, worlds: Iterable[CompleteEpisode]) -> Iterator[tuple[CompleteEpisode, Ways]]:
    """For each of these situations the norms that demand something there, and how each is kept.

    A duty is kept by some report, a prohibition by every report for itself; so a set can be kept if for each duty in it
    there is a report that keeps it, and that the prohibitions in it allow.
    """
    spoken = {n.id: list(_parts(n.content)) for n in system.norms.values()}
    reports = reports_in(system)
    about = {name: dict.fromkeys(v for part in parts for v in mentioned(part)) for name, parts in spoken.items()}
    hears = {name for name, parts in spoken.items() if any(isinstance(p, Does | Each) and p.role == 1 for p in parts)}
    known: dict[object, tuple[bool, frozenset[int]]] = {}

    def told_apart(norm: Norm, found: CompleteEpisode) -> object:
        """What of a situation the norm may depend on."""
        if norm.recurrence is not None or any(v not in found.values for v in about[norm.id] if isinstance(v, ValueAt)):
            return tuple(found.values.items()), found.doings
        return tuple(found.values.get(v) for v in about[norm.id]), found.doings if norm.id in hears else None

    def kept(norm: Norm, found: CompleteEpisode) -> tuple[bool, frozenset[int]]:
        """Whether it is kept without a report, and by which one it is."""
        key = norm.id, told_apart(norm, found)
        if key not in known:
            others = (CompleteEpisode(found.values, found.doings | {report}) for report in reports)
            by = frozenset(number for number, world in enumerate(others) if fulfilled(norm, 0, world, system))
            known[key] = fulfilled(norm, 0, found, system), by
        return known[key]

    for world in worlds:
        binds = [n for n in system.norms.values() if n.demands and binding(n.id, 0, world, system)]
        yield world, {n.id: kept(n, world) for n in binds}


def _clashing(kept: Ways) -> set[frozenset[NormId]]:
    """Of the norms that bind: duties are not kept without a report, prohibitions are."""
    bans = [name for name, (silent, _) in kept.items() if silent]
    clashing: set[frozenset[NormId]] = set()
    for duty in (name for name, (silent, _) in kept.items() if not silent):
        for size in range(len(bans) + 1):
            for some in combinations(bans, size):
                together = frozenset((duty, *some))
                if any(known <= together for known in clashing):
                    continue
                if not frozenset.intersection(kept[duty][1], *(kept[ban][1] for ban in some)):
                    clashing.add(together)
    return clashing


def _plain(variable: Variable) -> Value:
    return False if variable.sort == FLAG else Fraction(0)


def _name(document: Document) -> str:
    header: Header = document.header
    return header.name.text if isinstance(header, TextHeader | VocabularyHeader) else "cases"
