"""The table of the instruments that come with cbm: what each file says of itself, and how its clauses were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cbm.source import Source
from cbm.syntax.ast import (
    DateKind,
    DeemingClause,
    DocumentKind,
    ExceptionClause,
    LeftOut,
    Mark,
    NormClause,
    PartyTo,
    Statement,
    TextHeader,
)
from cbm.syntax.parse import parse
from cbm.wording.answers.provision_words import WEAKEST, weakest
from tests.pages.sentences import LEFT_OUT, NOT_OPERATIVE, TIED, ledgers

SPECS = Path(__file__).parents[2] / "specs"


@dataclass(frozen=True)
class Instrument:
    """One instrument: its header, its clauses by the weakest mark of their sources, and what it leaves out."""

    path: Path
    header: TextHeader
    marks: tuple[Mark, ...]
    left_out: tuple[LeftOut, ...]

    def day(self, kind: DateKind) -> date | None:
        return next((dated.value for dated in self.header.dates if dated.kind is kind), None)


def instruments() -> tuple[Instrument, ...]:
    """All of them, by the day from which they count; first those that have none."""
    found = [i for path in sorted(SPECS.rglob("*.cbm")) for i in _instruments_of(path)]
    return tuple(sorted(found, key=lambda i: (i.day(DateKind.ADOPTED) or date.min, i.header.name.text)))


def table() -> str:
    """A row for each, and a line of what they add up to."""
    rows = [
        "| instrument | status | parties | dates | clauses | sentences | left out |",
        "|---|---|---|---|---|---|---|",
    ]
    known = instruments()
    rows += [_row(instrument) for instrument in known]
    marks = Counter(mark for instrument in known for mark in instrument.marks)
    shares = ", ".join(f"{marks[mark]:,} {mark}" for mark in reversed(WEAKEST))
    total = f"{len(known)} instruments in {len({i.path for i in known})} files, {marks.total():,} clauses: {shares}."
    fates = Counter(fate for known in ledgers() for _, fate in known.fates())
    known_of_them = f"{fates.total()} sentences are known of them: {fates[TIED]} are rendered by clauses,"
    rest = f"{fates[LEFT_OUT]} are left out, and {fates[NOT_OPERATIVE]} are not operative."
    return "\n".join([*rows, "", total, f"{known_of_them} {rest}"])


def _instruments_of(path: Path) -> Iterator[Instrument]:
    file, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
    for document in file.documents:
        if isinstance(document.header, TextHeader) and document.header.kind is DocumentKind.INSTRUMENT:
            marks = tuple(mark for statement in document.statements for mark in _mark(statement))
            left_out = tuple(statement for statement in document.statements if isinstance(statement, LeftOut))
            yield Instrument(path, document.header, marks, left_out)


def _mark(statement: Statement) -> Iterator[Mark]:
    if isinstance(statement, NormClause | ExceptionClause | DeemingClause):
        mark = weakest(statement.citations)
        assert mark is not None, f"{statement.label} does not say how it was read"
        yield mark


def _row(instrument: Instrument) -> str:
    header = instrument.header
    dates = (f"{dated.kind} {dated.value}" for dated in header.dates)
    marks = Counter(instrument.marks)
    read = ", ".join(f"{marks[mark]} {mark}" for mark in reversed(WEAKEST) if marks[mark])
    cells = (
        f"`{header.name.text}` {header.titles[0].text}",
        str(header.rank or ""),
        _parties(header),
        ", ".join(dates) or "none found",
        read or "none",
        _sentences(header.name.text),
        "; ".join(map(_left_out, instrument.left_out)) or "nothing",
    )
    return f"| {' | '.join(cells)} |"


def _sentences(text: str) -> str:
    """How many of the sentences that are known are rendered; several texts of one list are told with the first."""
    ledger = next(known for known in ledgers() if text in known.texts)
    return ledger.share() if ledger.texts[0] == text else f"with `{ledger.texts[0]}`"


def _parties(header: TextHeader) -> str:
    """Those between whom it binds, or whom it binds whomever they meet; without either it is open to all."""
    bound = ", ".join(name.text for name in header.binding)
    whomever = f"{bound}, whomever they meet" if bound else "all"
    return ", ".join(map(_party, header.between)) or whomever


def _party(party: PartyTo) -> str:
    words = [party.name.text]
    words += [f"in place of {party.succeeds.text}"] if party.succeeds else []
    words += [f"{word} {day}" for word, day in (("from", party.since), ("until", party.until)) if day]
    return " ".join(words)


def _left_out(statement: LeftOut) -> str:
    title = statement.titles[0].text[:1].lower() + statement.titles[0].text[1:] if statement.titles else ""
    return f"{statement.label} {title}".strip() if statement.label else title
