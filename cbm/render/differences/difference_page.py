"""What changed between texts to the page a negotiator reads: each change with conditions, an example and both views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.outcomes.difference import DeclaredChange, Difference, Ledger, PartyBalance, TextChange
from cbm.records import replace
from cbm.render.columns import page, wrap
from cbm.render.snippet import place

_ORDER = ("tightened", "relaxed", "advice", "permissions", "exemptions", "reparation")


def render(ledger: Ledger) -> str:
    """The page: step by step and, where there are several, in all, with the ledger of each party."""
    if ledger.whole is None:
        return page(_difference(ledger.steps[0]))
    lines: list[str] = []
    for step in ledger.steps:
        lines += [*_difference(step), ""]
    lines += [f"in all, from {ledger.whole.old} to {ledger.whole.new}:", ""]
    lines += [*_difference(ledger.whole), "", *_ledger(ledger)]
    return page(lines)


def _difference(difference: Difference) -> Iterator[str]:
    yield f"{difference.old} → {difference.new}"
    yield ""
    yield from _listed("known to one of them only:", difference.only_one)
    for group in _ORDER:
        some = (change for change in difference.changes if change.group == group)
        for change in sorted(some, key=lambda change: change.place.span.start):
            yield from _change(change)
            yield ""
    yield from _declared(difference.declared)
    yield from _findings(difference)
    yield from _listed("undecided:", difference.undecided)
    yield from _listed("not compared:", difference.not_compared)
    yield from _listed("left open in these texts:", difference.left_open)
    if difference.parties:
        yield "for each party:"
        alike: dict[PartyBalance, list[str]] = {}
        for balance in difference.parties:
            alike.setdefault(replace(balance, party=""), []).append(balance.party)
        for balance, parties in alike.items():
            each = " each" if len(parties) > 1 else ""
            yield from _balance(replace(balance, party=f"{' and '.join(parties)}{each}"))
        yield ""
    yield from wrap(_verdict(difference))


def _change(change: TextChange) -> Iterator[str]:
    yield from wrap(f"{change.kind}: {change.message}", rest="  ")
    yield f" --> {place(change.place.span)}"
    more = len(change.extent) - 1
    aside = f" (and under {more} further set{'s' if more > 1 else ''} of conditions)" if more > 0 else ""
    told = "" if change.complete else "; there are more than are listed"
    yield from _noted(f"why: {change.why}")
    yield from _noted(f"whenever: {change.whenever}{aside}{told}")
    if change.witness is not None:
        yield from _noted(f"for example: {change.witness.words}")
    yield from _noted(f"in the example: before, {change.before}; after, {change.after}")
    if change.bound:
        each = len(change.bound) > 1 and change.bound == change.owed_to
        others = "the other" if each else ", ".join(change.owed_to)
        owed = f"; owed to {others}" if change.owed_to else ""
        yield from _noted(f"concerns {', '.join(change.bound)} (as {change.bearer}){owed}")


def _declared(declared: Iterable[DeclaredChange]) -> Iterator[str]:
    told = list(declared)
    if told:
        yield "declared:"
        for one in told:
            name = f" {one.name}" if one.name else ""
            yield from _noted(f"{one.what}{name}: {one.old or 'nothing'} → {one.new or 'nothing'}")
        yield ""


def _findings(difference: Difference) -> Iterator[str]:
    for words, some in (("findings gone:", difference.gone), ("findings new:", difference.found)):
        yield from _listed(words, (f"{f.severity}[{f.rule}] {f.message}" for f in some))
    if difference.same:
        are = "finding is" if difference.same == 1 else "findings are"
        yield f"{difference.same} {are} the same"
        yield ""


def _balance(balance: PartyBalance) -> Iterator[str]:
    told = (
        ("less freedom", balance.less_freedom),
        ("more freedom", balance.more_freedom),
        ("more protection", balance.more_protection),
        ("less protection", balance.less_protection),
    )
    said = [f"{words}: {', '.join(clauses)}" for words, clauses in told if clauses]
    yield from _noted(f"{balance.party}: {'; '.join(said) or 'nothing'}")


def _ledger(ledger: Ledger) -> Iterator[str]:
    """What each party gained and lost, in each step and in all."""
    parties = sorted({balance.party for one in ledger.differences for balance in one.parties})
    for party in parties:
        yield f"{party}:"
        for one in ledger.differences:
            balance = next((b for b in one.parties if b.party == party), PartyBalance(party))
            freedom = f"freedom -{len(balance.less_freedom)} +{len(balance.more_freedom)}"
            protection = f"protection +{len(balance.more_protection)} -{len(balance.less_protection)}"
            whole = " (in all)" if one is ledger.whole else ""
            yield from _noted(f"{one.old} → {one.new}{whole}: {freedom}, {protection} (clauses)")


def _verdict(difference: Difference) -> str:
    if difference.is_empty:
        return "No change in meaning."
    counts = [(group, sum(c.group == group for c in difference.changes)) for group in _ORDER]
    told = [f"{count} {group}" for group, count in counts if count]
    told += [f"{len(difference.declared)} declared"] if difference.declared else []
    told += [f"{len(difference.undecided)} undecided"] if difference.undecided else []
    told += [f"{len(difference.not_compared)} not compared"] if difference.not_compared else []
    told += [f"{len(difference.only_one)} known to one of them only"] if difference.only_one else []
    return f"Changed in meaning: {', '.join(told)}."


def _listed(heading: str, texts: Iterable[str]) -> Iterator[str]:
    told = list(texts)
    if told:
        yield heading
        for text in told:
            yield from _noted(text)
        yield ""


def _noted(text: str) -> Iterator[str]:
    yield from wrap(text, first="  = ", rest="    ")
