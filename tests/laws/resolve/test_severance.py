"""Law: a clause that lists `a, b` means what two clauses mean, one with each: the same is found, under one label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.finding import RuleId
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.laws.drafts import BEARERS, CONDITIONS, DEMANDS, STRAIT
from tests.laws.sparing import sparingly

Told = tuple[str, ...]
LISTS = (
    ("must", "hold_course", "call"),
    ("must", "turn", "keep separation >= 2 m"),
    ("must not", "turn", "call"),
    ("must not", "hold_course", "turn"),
    ("should", "call", "keep separation <= 1 m"),
    ("should not", "turn", "call"),
    ("may", "hold_course", "turn"),
    ("may", "call", "keep separation from 1 m to 2 m"),
    ("need not", "hold_course", "call"),
)  # fmt: skip


@st.composite
def listings(draw: st.DrawFn) -> tuple[str, str]:
    """A draft in which a clause lists two things, and the same with two clauses in its place."""
    modal, first, second = draw(st.sampled_from(LISTS))
    bearer, condition = draw(st.sampled_from(BEARERS)), draw(st.sampled_from(CONDITIONS))
    start = draw(st.sampled_from((bearer, f"{bearer} when {condition}")))
    lines = {"listed": [f"clause 1 {start} {modal} {first}, {second}"]}
    lines["severed"] = [f"clause 11 {start} {modal} {first}", f"clause 12 {start} {modal} {second}"]
    for number in (2, 3):
        bearer, demand = draw(st.sampled_from(BEARERS)), draw(st.sampled_from(DEMANDS))
        edge = draw(st.sampled_from(("", "", "", "in place of 1", "in place of 1 for both")))
        for form, written in lines.items():
            named = edge if form == "listed" else edge.replace("1", met(demand, first, second), 1)
            written.append(f"clause {number} {bearer} {demand} {named}".rstrip())
    if draw(st.booleans()):
        when = draw(st.sampled_from(CONDITIONS))
        lines["listed"].append(f"clause 4 exception to 1 when {when}")
        lines["severed"].append(f"clause 4 exception to 11, 12 when {when}")
    if draw(st.booleans()):
        promise = f"covers {draw(st.sampled_from(('manoeuvre', 'distance')))} in every type of encounter"
        lines["listed"].append(promise)
        lines["severed"].append(promise)
    head = 'draft code "A code"\n  uses strait\n  between CN, JP\n  proposed 2019-10-01\n  beside rules\n'
    listed, severed = (STRAIT + head + "\n".join(lines[form]) + "\n" for form in ("listed", "severed"))
    return listed, severed


def met(demand: str, first: str, second: str) -> str:
    """Of the two, those that a demand meets: what speaks of the same act or result; both where neither does."""
    words = set(re.findall(r"\w+", demand)) & {"hold_course", "turn", "call", "separation"}
    sharing = [label for label, one in (("11", first), ("12", second)) if words & set(re.findall(r"\w+", one))]
    return ", ".join(sharing or ("11", "12"))


@given(listings())
@sparingly(4)
def test_what_is_listed_is_as_many_clauses(forms: tuple[str, str]) -> None:
    listed, severed = forms
    assert set(kinds(listed)) == set(kinds(severed)), listed


def test_a_listing_is_written_as_it_should_be() -> None:
    assert met("must call or turn", "turn", "keep separation >= 2 m") == "11"
    assert met("must hold_course", "turn", "call") == "11, 12"


def kinds(text: str, aside: str = "") -> Iterator[Told]:
    """Rule, gravity and clauses of what is found; what nobody can do of one clause is a clash of two that list it.

    What is found at lines with the words `aside` is left out.
    """
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    system, faults = resolve(documents, "code")
    assert system is not None, faults
    for finding in examine(system, showing=False).findings:
        place = finding.primary.span
        if aside and aside in place.source.line(place.begin[0]):
            continue
        clauses = sorted({re.sub(r"^code:1[12]$", "code:1", clause) for clause in finding.clauses})
        rule = RuleId.CONFLICT if finding.rule is RuleId.IMPOSSIBLE_DUTY else finding.rule
        words = () if clauses else (finding.message,)
        yield (rule, finding.severity, *words, *clauses)
