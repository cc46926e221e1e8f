"""Small documents over the shipped vocabulary, drawn and written out: a draft, the accord it lives with, and cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hypothesis import strategies as st

BEARERS = (
    "every unit", "a warship", "a ship meeting an aircraft", "a patrol_aircraft meeting a warship", "an aircraft",
    "a military_aircraft meeting a naval_ship", "a warship or submarine meeting a ship", "JP", "CN",
)  # fmt: skip
CONDITIONS = (
    "calls_unanswered", "own.distress", "not other.distress", "zone is high_seas", "zone in (eez, territorial_sea)",
    "range < 1 nmi", "range from 500 m to 2 nmi", "own.bearing from 315 deg to 45 deg", "own.overtaking",
    "other.illuminate_fire_control", "own.call", "own.party is JP", "other.craft is warship or planned",
    "other.identify_itself", "own.submerged_unit",
)  # fmt: skip
DEMANDS = (
    "must keep separation >= 1,000 m", "must keep separation <= 500 m", "should keep separation >= 1 nmi",
    "must keep separation from 200 m to 800 m", "may keep separation <= 400 m", "must keep separation >= range",
    "may identify_visually", "must identify_visually",
), (
    "must hold_course", "must alter_course", "must not alter_course", "must alter_course or reduce_speed",
    "must keep speed_kept <= 20 kt", "may reduce_speed",
), (
    "must call", "must not transmit", "should answer", "must not call, answer", "need not call",
    "must identify_itself stating call_sign", "must not identify_itself stating call_sign, nationality",
)  # fmt: skip
EXPECTATIONS = (
    "expect own must hold_course", "expect other must not transmit", "expect no conflict", "expect no vacuity",
    "expect never separation < 300 m", "expect possible separation < 300 m", "expect separation >= 500 m",
    "expect conflict", "expect never own.call and other.call",
)  # fmt: skip
PROMISES = (
    "covers every type of encounter when own.craft is warship and other.craft is fighter for separation",
    "covers every type of encounter when own.naval_ship and zone is eez for communication, manoeuvre",
)

SAID = st.sampled_from(CONDITIONS)

Labels = Callable[[int], str]
Pieces = dict[str, list[str]]  # by document


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered sentence; `{2}` in it refers to clause 2. What it says of others never goes round in a circle."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Documents:
    """A draft, the accord that it lives with, and the cases about it."""

    draft: tuple[Clause, ...]
    accord: tuple[Clause, ...]
    relation: str  # of the draft to the accord: `beside` or `subject to`
    promises: tuple[str, ...]
    cases: tuple[str, ...]


@st.composite
def documents(draw: st.DrawFn) -> Documents:
    inside = draw(st.integers(2, 3))
    count = inside + draw(st.integers(1, 3))
    exceptions = draw(st.sets(st.integers(2, count), max_size=1)) - {inside + 1}
    norms = [n for n in range(1, count + 1) if n not in exceptions]
    asked = draw(st.sampled_from(DEMANDS)) + draw(st.sampled_from(DEMANDS))
    clauses = []
    for number in range(1, count + 1):
        here = [n for n in norms if (n <= inside) == (number <= inside)]
        before, after = [n for n in here if n < number], [n for n in norms if n > number]
        words = _exceptions(before) if number in exceptions else _norms(asked, before, after)
        clauses.append(Clause(number, draw(words)))
    return Documents(
        tuple(clauses[:inside]),
        tuple(clauses[inside:]),
        draw(st.sampled_from(("beside", "subject to"))),
        tuple(draw(st.lists(st.sampled_from(PROMISES), max_size=1))) if draw(st.booleans()) else (),
        tuple(draw(_cases(number)) for number in range(draw(st.sampled_from((0, 0, 1, 2))))),
    )


@st.composite
def _exceptions(draw: st.DrawFn, before: Sequence[int]) -> str:
    return f"exception to {{{draw(st.sampled_from(before))}}} when {draw(SAID)}"


@st.composite
def _norms(draw: st.DrawFn, asked: Sequence[str], before: Sequence[int], after: Sequence[int]) -> str:
    """It stands in place of one before it and prevails over it; it asks about one after it and yields to it."""
    said = [f"when {draw(SAID)}" for _ in range(draw(st.sampled_from((0, 1, 1))))]
    ways = ["", "", "unless", *["in place of", "notwithstanding", "restates"] * bool(before)]
    more = draw(st.sampled_from([*ways, *["subject to", "unless own is bound by"] * bool(after)]))
    if more == "unless":
        more = f"unless {draw(SAID)}"
    elif more:
        target = draw(st.sampled_from(after if more.startswith(("subject", "unless")) else before))
        more += f" ({{{target}}})" if more.startswith("unless") else f" {{{target}}}"
    sentence = (draw(st.sampled_from(BEARERS)), *said, draw(st.sampled_from(asked)), more)
    return "\n  ".join(part for part in sentence if part)


@st.composite
def _cases(draw: st.DrawFn, number: int) -> str:
    return f'case "case {number}"\n  given {draw(SAID)}\n  {draw(st.sampled_from(EXPECTATIONS))}'


# ---- written out


def written(of: Documents, label: Labels = str, accords: Mapping[str, Sequence[Clause]] | None = None) -> Pieces:
    """Each document in pieces, header first: the draft, each accord with its clauses, and the cases."""
    parts = {"accord": of.accord} if accords is None else accords
    owners = {clause.number: name for name, clauses in {"code": of.draft, **parts}.items() for clause in clauses}

    def said(clause: Clause) -> str:
        name = owners[clause.number]

        def referred(found: re.Match[str]) -> str:
            number = int(found[1])
            return label(number) + ("" if owners[number] == name else f" of {owners[number]}")

        return f"clause {label(clause.number)} {re.sub(r'{(.)}', referred, clause.words)}"

    head = "\n  uses encounters\n  between CN, JP"
    pieces = {
        "code": [f'draft code "A code"{head}\n  {of.relation} {", ".join(parts)}', *map(said, of.draft), *of.promises]
    }
    for name, clauses in parts.items():
        pieces[name] = [f'instrument {name} "An accord"{head}\n  adopted 2018-05-09', *map(said, clauses)]
    return pieces | ({"cases": ['cases "Cases" for code', *of.cases]} if of.cases else {})


def joined(*pieces: Sequence[str]) -> str:
    """The text of one file."""
    return "\n".join(chain.from_iterable(pieces)) + "\n"
