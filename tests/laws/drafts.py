"""Small drafts as text, drawn clause by clause over one small vocabulary, perhaps beside an instrument."""

from __future__ import annotations

from hypothesis import strategies as st

STRAIT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft "kind of unit" = frigate | helicopter
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
shared
  night "it is night" : flag
  range "range" : length from 0 m to 2 m
axiom "two sides" own.party is not other.party
types by own.craft, other.craft
topic manoeuvre
topic distance
act hold_course, turn, call topic manoeuvre
result separation "closest distance" : length from 0 m to 3 m topic distance
never hold_course with turn
instrument rules "Rules of the road"
  uses strait
  rank treaty in force 1977-07-15
clause 1 a helicopter meeting a frigate must keep separation >= 2 m
clause 2 a frigate when range < 1 m must hold_course
clause 3 a helicopter should call
"""
BEARERS = ("every unit", "a frigate", "a helicopter meeting a frigate", "JP", "a frigate meeting a frigate")
CONDITIONS = ("night", "not night", "range < 1 m", "range >= 2 m", "own.craft is frigate", "other.craft is frigate")
DEMANDS = (
    "must hold_course", "must turn", "must not turn", "should hold_course", "must call", "must not call",
    "should not call", "must call or turn", "may turn", "may call", "must keep separation >= 2 m",
    "must keep separation <= 1 m", "must keep separation < 2 m", "should keep separation >= 1 m",
    "may keep separation from 1 m to 2 m",
)  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> str:
    """A file with the vocabulary, an instrument, one draft of a few clauses, and perhaps a promise and cases."""
    count = draw(st.integers(2, 4))
    beside = draw(st.booleans())
    lines = ['draft code "A code"', "  uses strait", "  between CN, JP"]
    lines += ["  proposed 2019-10-01", "  beside rules"] if beside else []
    on_lines = draw(st.booleans())
    for number in range(1, count + 1):
        others = [str(n) for n in range(1, count + 1) if n != number]
        lines.append(draw(_clauses(number, others, on_lines)))
    if draw(st.integers(0, 3)) == 0:
        target, condition = draw(st.integers(1, count)), draw(st.sampled_from(CONDITIONS))
        lines.append(f"clause {count + 1} exception to {target} when {condition}")
    if draw(st.booleans()):
        when = draw(st.sampled_from(["", *(f" when {condition}" for condition in CONDITIONS)]))
        topic = draw(st.sampled_from(("manoeuvre", "distance")))
        lines.append(f"covers {topic} in every type of encounter{when}")
    if draw(st.integers(0, 2)) == 0:
        lines += draw(_cases(count))
    return STRAIT + "\n".join(lines) + "\n"


@st.composite
def _clauses(draw: st.DrawFn, number: int, others: list[str], on_lines: bool) -> str:
    """One clause, which may name others."""
    condition = draw(st.sampled_from(["", *(f" when {condition}" for condition in CONDITIONS)]))
    parts = [f"clause {number} {draw(st.sampled_from(BEARERS))}{condition}", draw(st.sampled_from(DEMANDS))]
    match draw(st.integers(0, 9)):
        case 0:
            parts.append(f"unless {draw(st.sampled_from(CONDITIONS))}")
        case 1:
            parts.append(f"in place of {draw(st.sampled_from(others))}")
        case 2:
            parts.append(f"subject to {draw(st.sampled_from(others))}")
        case 3:
            parts.append(f"in place of {draw(st.sampled_from(others))} for both")
        case _:
            pass
    return ("\n  " if on_lines else " ").join(parts)


@st.composite
def _cases(draw: st.DrawFn, count: int) -> list[str]:
    """A few expectations, which may hold or not."""
    label, other = draw(st.integers(1, count)), draw(st.integers(1, count))
    condition = draw(st.sampled_from(CONDITIONS))
    expected = [
        f"expect conflict {label}, {other}",
        f"expect no conflict {label}, {other}",
        "expect no gap",
        f"expect own is bound by ({label})",
        f"expect own is not bound by ({label})",
        f"expect own {draw(st.sampled_from(DEMANDS))}",
        f"expect own {draw(st.sampled_from(DEMANDS))} by {label}",
        f"expect never own is bound by ({label}, {other})",
        f"expect possible {condition}",
        f"expect redundancy {label}",
        f"expect deadlock {label}, {other}",
    ]
    some = draw(st.lists(st.sampled_from(expected), min_size=1, max_size=3, unique=True))
    return ['cases "Cases"', 'case "one"', f"  given {condition}", *some]
