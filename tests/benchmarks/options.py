"""Rows about texts under negotiation: a draft in which so much is open, over the same draft as it was before.

What is open is put into a draft that is there: in each clause one thing, as delegations have it. So both texts have
the same clauses, and the ratio says what the brackets cost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from cbm.records import Record
from tests.benchmarks.measure import Done, Outcome, Row, compare, take_medians
from tests.benchmarks.whole import Told, check_file

MOST = 40  # choices
TARGET = 2.0
# Which channel a delegation names for what is to be done.
CHANNELS = {"call": "vhf_16", "answer": "vhf_16", "announce_danger_area": "navigational_warning"}


class Bracket(Record):
    """What delegations dispute in a clause: where it stands there, and what stands there with both proposals."""

    kind: str
    where: re.Pattern[str]
    proposals: Callable[[re.Match[str]], str]

    def put_into(self, clause: str) -> str:
        return self.where.sub(self.proposals, clause, count=1)


def _figures(found: re.Match[str]) -> str:
    order, figure, unit = found.groups()
    return f"{order} [CN: {2 * int(figure.replace(',', '')):,} | JP: {figure}] {unit}"


def _bracket(kind: str, where: str, proposals: Callable[[re.Match[str]], str]) -> Bracket:
    return Bracket(kind, re.compile(where, re.MULTILINE), proposals)


MODALITY = _bracket("modality", r"^  must ", lambda _: "  [CN: should | JP: must] ")
BRACKETS = (
    _bracket("figure", r"([<>]=?) ([\d,]+) ([a-z]+)", _figures),
    _bracket("content", r"^(  \w+(?: not)? \w+)(, .+)$", lambda found: f"{found[1]} [JP: {found[2]}]"),
    _bracket("statement", r"( stating \w+)((?:, \w+)+)", lambda found: f"{found[1]} [JP: {found[2]}]"),
    _bracket("condition", r"( when .+?) (and .+)$", lambda found: f"{found[1]} [JP: {found[2]}]"),
    _bracket(
        "channel", rf"  must ({'|'.join(CHANNELS)})\b", lambda found: f"{found[0]} [CN: through {CHANNELS[found[1]]}]"
    ),
    MODALITY,
    _bracket("clause", r"\A(?s:.*)\Z", lambda found: f"[JP: {found[0]}\n| CN: delete]"),
)


def with_brackets(text: str, brackets: tuple[Bracket, ...]) -> tuple[str, Counter[str]]:
    """A draft with such brackets, in no clause more than one, and how many of each kind.

    Of those that a clause offers it gets the kind of which there are fewest so far.
    """
    counted: Counter[str] = Counter()

    def open_one(clause: re.Match[str]) -> str:
        offered = [one for one in brackets if one.where.search(clause[0])]
        if not offered or counted.total() == MOST:
            return clause[0]
        fewest = min(offered, key=lambda one: counted[one.kind])
        counted[fewest.kind] += 1
        return fewest.put_into(clause[0])

    return re.sub(r"^clause (?:.+\n?)+(?=\n|\Z)", open_one, text, flags=re.MULTILINE), counted


def many_choices(draft: Path, brackets: tuple[Bracket, ...], rounds: int, bound: float) -> Row:
    """The check of the draft with brackets over that of the draft itself."""
    text, counted = with_brackets(draft.read_text(encoding="utf-8"), brackets)
    with TemporaryDirectory() as folder:
        plain, bracketed = Path(folder) / draft.name, Path(folder) / f"brackets_in_{draft.name}"
        plain.write_text(draft.read_text(encoding="utf-8"), encoding="utf-8")
        bracketed.write_text(text, encoding="utf-8")
        one, other = take_medians(rounds, lambda: check_file(bracketed, bound), lambda: check_file(plain, bound))
    what = "of modality" if brackets == (MODALITY,) else "of all kinds"
    kinds = ", ".join(f"{number} × {kind}" for kind, number in sorted(counted.items()))
    seen = f"{kinds}; {_findings(one)} findings against {_findings(other)}"
    return compare(f"{counted.total()} choices {what} / the plain text: {draft.stem}", one, other, TARGET, seen)


def _findings(outcome: Outcome) -> str:
    told = outcome.value if isinstance(outcome, Done) else None
    return f"{told.findings:,}" if isinstance(told, Told) else "not counted"
