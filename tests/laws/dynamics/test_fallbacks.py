"""Laws about the ways of messages: what channels fall back to, what the other end has to do, and in which language."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.norms import NormSystem
from cbm.core.sorts import FLAG, WEEK
from cbm.core.variables import ActInstance, Attribute, Occurrence, Variable, WeekPlace, moment_flag, time_of_moment
from cbm.dynamics.message_times import week_of
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import possible, variables
from cbm.ground.declared_variables import declared_variables
from cbm.ground.grounding import Ground, ground
from cbm.search.exists_forall import fix
from cbm.smt.solve import Sat, Solver
from cbm.wording.variable_names import variable_name
from tests.laws.dynamics.test_message_times import MINUTE, hours
from tests.laws.sparing import sparingly
from tests.laws.timed import HOUR, system_of

FEWER = sparingly(8)
SEA = ["vocabulary sea", "party A", "party B", "situation encounter", "roles own, other", "each party : party",
       "moments incident", "topic telling", "act report topic telling"]  # fmt: skip
SERVING = "between A, B for telling operational from 2020-01-01"


def text_of(*lines: str, clauses: tuple[str, ...]) -> str:
    numbered = [f"clause {number} every unit {words}" for number, words in enumerate(clauses, 1)]
    return "\n".join([*SEA, *lines, "draft code", "  uses sea", "  proposed 2024-01-01", *numbered, ""])


def solver_of(about: Ground) -> Solver:
    required = (*about.possible, *about.feasible, *(norm.demand for norm in about.norms))
    return Solver(about.system.situation.roles, required)


# ---- what a channel falls back to


@st.composite
def falling_back(draw: st.DrawFn) -> tuple[str, Fraction, bool]:
    """A line with hours and delays, one behind it that is always there; one of the two may not be used: the first?"""
    deadline = draw(st.sampled_from((1, 5, 30, 100)))
    parts = [draw(hours(party)) for party in ("A", "B") if draw(st.sampled_from((True, True, False)))]
    parts = [part.replace("Europe/Vienna", "Asia/Tokyo").replace("America/New_York", "UTC") for part in parts]
    parts.append(f"  when closed {draw(st.sampled_from(('holds', 'refuses')))} messages")
    parts += ['  delay "waiting" 0 min to 6 h'] * draw(st.integers(0, 2))
    first = draw(st.booleans())
    text = text_of(
        f"channel line {SERVING}", *parts, "  falls back to spare", f"channel spare {SERVING}",
        clauses=(
            f"must report within {deadline} h after incident through line",
            f"must not report through {'line' if first else 'spare'}",
        ),
    )  # fmt: skip
    return text, deadline * HOUR, first


@FEWER
@given(falling_back(), st.lists(st.integers(0, 7 * 24 * 4 - 1), min_size=2, max_size=5), st.integers(0, 6))
def test_what_a_channel_falls_back_to_is_used_where_it_is_too_late(
    specification: tuple[str, Fraction, bool], quarters: list[int], delay: int
) -> None:
    """Without the first channel it can be done where that is too late by itself, without the other one elsewhere."""
    text, deadline, first = specification
    system = system_of(text)
    channel, about = system.channels["line"], ground(system, 0)
    week = week_of(channel, "A", "B", delay * HOUR * len(channel.delays), deadline, 0)
    solver = solver_of(about)
    drawn = [Fraction(quarter * 15 * MINUTE + 7) for quarter in quarters]  # not where something opens or closes
    beside = [edge + step for span in week.late[:2] for edge in (span.start, span.end) for step in (-7, 7)]
    for place in (*drawn, *(edge for edge in beside if 0 <= edge < WEEK)):
        late = any(span.start < place < span.end for span in week.late)
        found: dict[Variable, Value] = {
            Attribute("party", 0, FLAG): "A", Attribute("party", 1, FLAG): "B", moment_flag("incident"): True,
            time_of_moment("incident"): place, WeekPlace(Occurrence("incident")): place,
        }  # fmt: skip
        found |= {channel.delay(n): delay * HOUR for n in range(len(channel.delays))}
        sorts = {v: v for v in declared_variables(system)}
        answer = solver.ask(*(fix(sorts[v], value) for v, value in found.items() if v in sorts))
        assert isinstance(answer, Sat) is (late if first else not late), (text, place)


# ---- what the other end has to do

When = Fraction | None
TIMES = st.one_of(st.none(), st.integers(-6, 12).map(lambda n: n * HOUR / 2))


@given(st.integers(0, 4), st.booleans(), st.booleans(), TIMES, TIMES, st.integers(0, 6), st.integers(0, 8))
@example(1, True, True, Fraction(0), HOUR / 2, 1, 0)  # acknowledged as soon as it comes in
@example(2, True, False, HOUR, None, 2, 2)  # consent comes so late that it is just in time
@example(1, False, True, None, -HOUR, 0, 0)  # what was confirmed before is not confirmed by that
def test_messages_wait_for_the_other_end(
    hours_left: int, consents: bool, confirms: bool, consent: When, confirmation: When, delay: int, sent: int
) -> None:
    """The duty can be kept where sending it as soon as it may be brings it in, or has it confirmed, in time."""
    parts = ["  prior consent agree"] * consents + ["  acknowledged by confirm"] * confirms
    text = text_of(
        "act agree, confirm topic consent", f"channel line {SERVING}", '  delay "waiting" 0 min to 3 h', *parts,
        clauses=(f"must report within {hours_left} h after incident through line",),
    )  # fmt: skip
    system = system_of(text)
    about = ground(system, 0)
    wait, deadline = delay * HOUR / 2, hours_left * HOUR

    def keeps(start: Fraction) -> Fraction | None:
        """When the message counts that is sent then; None: never, or it may not be sent then."""
        if consents and (consent is None or consent > start):
            return None
        if not confirms:
            return start + wait
        return confirmation if confirmation is not None and confirmation >= start + wait else None

    earliest = max(Fraction(0), consent or Fraction(0)) if consents else Fraction(0)
    done = keeps(earliest)
    others = [("agree", consent), ("confirm", confirmation)]
    facts = _values(system, wait) | _doings(others)
    sorts = {v: v for v in declared_variables(system)}
    fixed = [fix(sorts.get(v, v), value) for v, value in facts.items()]
    assert isinstance(solver_of(about).ask(*fixed), Sat) is (done is not None and 0 <= done <= deadline), text

    # the evaluator, of the message that is sent at one time and done at that
    start = sent * HOUR / 2
    counted = keeps(start)
    heard = frozenset(Doing(act, 1, at=at) for act, at in others if at is not None)
    for at in {start + wait, confirmation or start, counted or start}:
        message = Doing("report", 0, frozenset(), at, "line", start)
        world = CompleteEpisode(_values(system, wait), heard | {message})
        assert possible(world, system) is (at == start + wait or (confirms and at > start + wait))
        (norm,) = system.norms.values()
        assert fulfilled(norm, 0, world, system) is (counted == at and at <= deadline), (text, start, at)


def _values(system: NormSystem, wait: Fraction) -> dict[Variable, Value]:
    known: dict[str, Value] = {"incident": True, "incident at": Fraction(0), "line delay 1": wait}
    return {v: known.get(variable_name(v), "AB"[v.role or 0]) for v in variables(system)}


def _doings(others: list[tuple[str, When]]) -> dict[Variable, Value]:
    facts: dict[Variable, Value] = {}
    for act, at in others:
        done = ActInstance(act, 1)
        facts[done.performed] = at is not None
        if at is not None:
            facts[done.at] = at
    return facts


# ---- languages

LANGUAGES = ("english", "chinese", "japanese")
SOME = st.lists(st.sampled_from(LANGUAGES), unique=True)


@given(SOME, SOME, SOME, SOME)
def test_a_message_is_in_one_language_that_its_channel_takes(
    spoken: list[str], wanted: list[str], forbidden: list[str], allowed: list[str]
) -> None:
    """Where a channel takes none of those asked for, that is told by itself, and the channel counts as if it did."""

    def worded(words: str, names: list[str]) -> str:
        return f"{words} {', '.join(names)}" if names else ""

    clauses = [f"must report through line {worded('worded in', wanted)}"]
    clauses += [f"must not report {worded('worded in', forbidden)}"] if forbidden else []
    clauses += [f"must not report {worded('except worded in', allowed)}"] if allowed else []
    text = text_of(
        *(f"language {name}" for name in LANGUAGES), f"channel line {SERVING} {worded('languages', spoken)}",
        clauses=tuple(clauses),
    )  # fmt: skip
    about = ground(system_of(text), 0)
    taken = set(spoken) if spoken and (not wanted or set(spoken) & set(wanted)) else {*LANGUAGES, "no language"}
    ways = taken & set(wanted or {*LANGUAGES, "no language"}) - set(forbidden)
    ways &= set(allowed or {*LANGUAGES, "no language"})
    assert isinstance(solver_of(about).ask(), Sat) is bool(ways), text
