"""Attestations to a part of the page: clause by clause the encounter in which it shows, or that none is shown."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Attestation, Pairs, Report
from cbm.render.columns import visible, wrap
from cbm.render.style import Paint, Style


def green(report: Report, paint: Paint) -> Iterator[str]:
    """The lines, text by text in the order of the report, and the count of the pairs at the end."""
    if not report.attestations:
        yield "Nothing is shown: " + ("there is no clause." if report.questions else "no question was asked.")
        return
    for text in dict.fromkeys(attestation.text for attestation in report.attestations):
        yield paint(Style.MESSAGE, f"What encounters show of {visible(text)}:")
        for attestation in report.attestations:
            if attestation.text == text:
                yield from wrap(_line(attestation), first="  ", rest="    ")
    if report.pairs != Pairs():
        yield from wrap(_pairs(report.pairs), rest="  ")


def _line(attestation: Attestation) -> str:
    witness = attestation.witness
    if witness is None:
        return f"not shown: {attestation.statement}; {attestation.reason}"
    return f"{attestation.statement}: {witness.words}"


def _pairs(pairs: Pairs) -> str:
    counts = (
        (pairs.shown, "can be kept together"),
        (pairs.on_some, "can be kept together on some readings of open terms only"),
        (pairs.apart, "never bind together"),
        (pairs.not_shown, "not shown"),
    )
    told = ", ".join(f"{count:,} {words}" for count, words in counts if count)
    return f"Pairs of clauses on one act or result without conflict: {told}."
