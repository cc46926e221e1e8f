"""Law: the part of the week in which a message comes too late is where the formulas leave no way to send it in time."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.decide.engine import fix
from cbm.decide.hours import week_of
from cbm.semantics.core import FLAG, WEEK, Variable
from cbm.semantics.ground import declared_variables, ground
from cbm.semantics.substitute import Value
from cbm.smt.solve import Sat, Solver

from .timed import system_of

HOUR, MINUTE = 3600, 60
SPREAD = settings(max_examples=max(1, settings.default.max_examples // 2))  # type: ignore[union-attr]  # conftest sets it


@st.composite
def hours(draw: st.DrawFn, party: str) -> str:
    start, length = draw(st.integers(0, 23)), draw(st.sampled_from((1, 3, 10, 20)))
    days = draw(st.sampled_from(("Mon to Fri", "Mon to Sun", "Sat, Sun", "Wed", "Fri to Mon")))
    zone = draw(st.sampled_from(("UTC", "Asia/Tokyo", "Asia/Shanghai")))
    return f"  open {start:02}:30 to {(start + length) % 24:02}:30 {zone} {days} at {party}"


@st.composite
def specifications(draw: st.DrawFn) -> tuple[str, Fraction]:
    """A text with one duty through a channel, and its deadline."""
    deadline = draw(st.sampled_from((1, 5, 30, 100, 200)))
    parts = [draw(hours(party)) for party in ("A", "B") if draw(st.sampled_from((True, True, False)))]
    parts.append(f"  when closed {draw(st.sampled_from(('holds', 'refuses')))} messages")
    parts += ['  delay "waiting" 0 min to 6 h'] * draw(st.integers(0, 2))
    text = "\n".join([
        "vocabulary sea", "party A", "party B", "situation encounter", "roles own, other", "each party : party",
        "moments incident", "topic telling", "act report topic telling", "channel line between A, B", *parts,
        "draft code", "  uses sea",
        f"clause 1 every unit must report within {deadline} h after incident through line", "",
    ])  # fmt: skip
    return text, Fraction(deadline * HOUR)


@SPREAD
@given(specifications(), st.lists(st.integers(0, 7 * 24 * 4 - 1), min_size=3, max_size=8), st.integers(0, 6))
def test_where_it_is_too_late_no_way_is_left(drawn: tuple[str, Fraction], quarters: list[int], delay: int) -> None:
    text, deadline = drawn
    system = system_of(text)
    channel, about = system.channels["line"], ground(system, 0)
    (norm,) = about.norms
    week = week_of(channel, "A", "B", Fraction(delay * HOUR) * len(channel.delays), deadline)
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible, norm.demand))
    for quarter in quarters:
        place = Fraction(quarter * 15 * MINUTE + 7)  # not where something opens or closes
        late = any(span.start < place < span.end for span in week.late)
        found: dict[Variable, Value] = {
            Variable("party", 0, FLAG): "A", Variable("party", 1, FLAG): "B", Variable("incident", None, FLAG): True,
            Variable("incident at", None, FLAG): place, Variable("incident in the week", None, FLAG): place % WEEK,
        }  # fmt: skip
        found |= {channel.delay(n): Fraction(delay * HOUR) for n in range(len(channel.delays))}
        sorts = {v: v for v in declared_variables(system)}
        answer = solver.ask(*(fix(sorts[v], value) for v, value in found.items() if v in sorts))
        assert isinstance(answer, Sat) is not late, (text, place)
