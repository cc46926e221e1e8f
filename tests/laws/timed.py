"""Small drafts about times, written as text, and every way in which their moments and doings can lie to each other.

Only how far apart points in time are says something, so one of them can be fixed. Lengths are whole hours: what is
found goes in half hours, what is done in quarters, and so nothing that the texts can tell apart is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.core.sorts import FLAG
from cbm.core.variables import ValueAt, Variable, moment_flag, time_of_moment
from cbm.evaluate import Doing, Value, World, binding, fulfilled, possible, variables
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.ast import Document, Header, TextHeader, VocabularyHeader
from cbm.syntax.parse import parse
from cbm.wording.variable_names import variable_name

HOUR = Fraction(3600)
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
    orders = ("upon", "not before", "not after", "before", "after", "until")
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


def situations(system: NormSystem) -> Iterator[World]:
    """Each way in which what is found can lie in time, from `own`'s side, for the points that the clauses may name."""
    steps = [Fraction(n, 2) * HOUR for n in range(-8, 9)]
    for contact in (None, Fraction(0)):
        for asked in (None, *(steps if contact is not None else [Fraction(0)])):
            for far in (Fraction(0), Fraction(2000)):
                for near in (Fraction(0), Fraction(2000)):
                    values: dict[Variable, Value] = {v: _plain(v) for v in variables(system)}
                    values |= {v: x for v, x in values.items() if variable_name(v) == "party"}
                    for v in values:
                        if variable_name(v) == "party":
                            values[v] = "AB"[v.role or 0]
                        elif variable_name(v) == "distance at contact":
                            values[v] = near
                        elif isinstance(v, ValueAt):
                            values[v] = far
                    values[moment_flag("contact")] = contact is not None
                    values[time_of_moment("contact")] = contact or Fraction(0)
                    done = frozenset() if asked is None else frozenset({Doing("ask", 1, at=asked)})
                    world = World(values, done)
                    if possible(world, system):
                        yield world


def clashes(system: NormSystem, found: World) -> set[frozenset[NormId]]:
    """The smallest sets of duties that no reports keep together in this situation.

    A duty is kept by some report, a prohibition by every report for itself; so a set can be kept if for each duty in it
    there is a report that keeps it, and that the prohibitions in it allow.
    """
    norms = [n for n in system.norms.values() if n.demands and binding(n.id, 0, found, system)]
    reports = [
        Doing("report", 0, frozenset(s), Fraction(n, 4) * HOUR) for n in range(-36, 37) for s in ((), ("nature",))
    ]
    worlds = [World(found.values, found.doings | {report}) for report in reports]
    kept = {n.id: frozenset(i for i, w in enumerate(worlds) if fulfilled(n, 0, w, system)) for n in norms}
    duties = [n.id for n in norms if not fulfilled(n, 0, found, system)]
    bans = [n.id for n in norms if fulfilled(n, 0, found, system)]
    clashing: set[frozenset[NormId]] = set()
    for duty in duties:
        for size in range(len(bans) + 1):
            for some in combinations(bans, size):
                together = frozenset((duty, *some))
                if any(known <= together for known in clashing):
                    continue
                if not frozenset.intersection(kept[duty], *(kept[b] for b in some)):
                    clashing.add(together)
    return clashing


def _plain(variable: Variable) -> Value:
    return False if variable.sort == FLAG else Fraction(0)


def _name(document: Document) -> str:
    header: Header = document.header
    assert isinstance(header, TextHeader | VocabularyHeader)
    return header.name.text
