"""Attestations to a part of the page: clause by clause the encounter in which it shows, or that none is shown."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.render.columns import visible, wrap
from cbm.render.remarks import named
from cbm.render.style import Paint, Style
from cbm.report import Attestation, Pairs, Report
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say


def green(report: Report, paint: Paint) -> Iterator[str]:
    """The lines, text by text in the order of the report, and the count of the pairs at the end."""
    if not report.attestations:
        asked = bool(report.questions)
        yield say("Nothing is shown: there is no clause.") if asked else say("Nothing is shown: no question was asked.")
        return
    for text in dict.fromkeys(attestation.text for attestation in report.attestations):
        yield paint(Style.MESSAGE, say("What encounters show of {text}:", text=visible(text)))
        for attestation in report.attestations:
            if attestation.text == text:
                yield from wrap(_line(attestation), first="  ", rest="    ")
    if report.pairs != Pairs():
        yield from wrap(_pairs(report.pairs), rest="  ")


def _line(attestation: Attestation) -> str:
    witness = attestation.witness
    if witness is None:
        return say("not shown: {statement}; {why}", statement=attestation.statement, why=attestation.reason)
    return named(attestation.statement, witness.words)


def _pairs(pairs: Pairs) -> str:
    counts = (
        (pairs.shown, mark("{count:,} can be kept together")),
        (pairs.on_some, mark("{count:,} can be kept together on some readings of open terms only")),
        (pairs.apart, mark("{count:,} never bind together")),
        (pairs.not_shown, mark("{count:,} not shown")),
    )
    told = listed([say(words, count=count) for count, words in counts if count], ",")
    return say("Pairs of clauses on one act or result without conflict: {counts}.", counts=told)
