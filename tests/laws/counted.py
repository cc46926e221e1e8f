"""Small drafts about counts, with coefficients: sums of what is found on either side of what is decided."""

from __future__ import annotations

from hypothesis import strategies as st

HEAD = """\
vocabulary fleet
party A
party B
situation encounter
roles own, other
each
  party : party
  crew : count from 0 to 2
shared
  boats : count from 0 to 3
axiom "two sides" own.party is not other.party
topic keeping
result guards : count from 0 to 3 topic keeping
result patrols : count from 0 to 2 topic keeping

draft code
  uses fleet
"""
FOUND = ("boats", "own.crew", "other.crew")
ORDERS = (">=", "<=", ">", "<", "=")


@st.composite
def counted(draw: st.DrawFn) -> str:
    """A draft of two to four clauses that set bounds on counts by sums of others."""
    clauses = [draw(_clauses(label)) for label in range(1, draw(st.integers(2, 4)) + 1)]
    return "\n".join((HEAD.rstrip(), *clauses, ""))


@st.composite
def _clauses(draw: st.DrawFn, label: int) -> str:
    when = f"when {draw(_comparisons(FOUND))} " if draw(st.booleans()) else ""
    modal = draw(st.sampled_from(("must", "must", "must", "must not", "should")))
    edge = ""
    if label > 1 and draw(st.sampled_from((False, False, True))):
        edge = f"\n  {draw(st.sampled_from(('in place of', 'subject to')))} {draw(st.integers(1, label - 1))}"
    return f"clause {label} every unit {when}{modal} keep {draw(_bounds())}{edge}"


@st.composite
def _bounds(draw: st.DrawFn) -> str:
    """A result against a sum of what is found, or of the other result."""
    result, *rest = draw(st.permutations(("guards", "patrols", *FOUND)).filter(lambda p: p[0] in ("guards", "patrols")))
    return f"{result} {draw(st.sampled_from(ORDERS))} {draw(_sums(rest[:2]))}"


@st.composite
def _comparisons(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    one, *rest = draw(st.permutations(names))
    return f"{one} {draw(st.sampled_from(ORDERS))} {draw(_sums(rest[:1]))}"


@st.composite
def _sums(draw: st.DrawFn, names: list[str]) -> str:
    """`2 * boats - own.crew + 1`, or a number."""
    said = str(draw(st.integers(0, 3)))
    for name in draw(st.lists(st.sampled_from(names), max_size=2, unique=True)):
        said += f" {draw(st.sampled_from('+-'))} {draw(st.sampled_from(('', '2 * ', '3 * ')))}{name}"
    return said
