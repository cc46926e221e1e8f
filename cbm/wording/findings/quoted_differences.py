"""Quoted texts that say something else than their clause, or than the text in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from cbm.core.norms import Modality, Norm, NormSystem, Strength, by_clause
from cbm.core.quotations import (
    READ,
    Bindingness,
    Quotation,
    QuotedClause,
    figures,
    force,
    parties,
    unmatched,
    written_figures,
)
from cbm.core.sorts import KindSort
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.translation.listing import listed
from cbm.wording.clause_names import content_label

_LANGUAGES = {"en": "English", "zh": "Chinese", "ja": "Japanese"}
_FORCES = {
    Bindingness.BINDING: "binds",
    Bindingness.ADVICE: "advises",
    Bindingness.FREEDOM: "leaves free",
}


def quoted_differences(system: NormSystem) -> Iterator[tuple[str, list[Finding]]]:
    """Each clause of the text that quotes a language that is read, by its label, with what is found in its quotes."""
    for clause in _quoting(system):
        read = [q for q in clause.quotations if q.language in READ and q.span is not None]
        if read:
            yield clause.label, [*_against_clause(system, clause, read), *_between_languages(system, clause, read)]


def _quoting(system: NormSystem) -> Iterator[QuotedClause]:
    """The clauses of the text that quote: those that ask for something or leave it free, and then all others."""
    for own in by_clause(system.norms).values():
        norm = system.norms[own[0]]
        if norm.id.document == system.subject and norm.quotations and norm.span is not None:
            yield QuotedClause(norm.id.label, norm.span, norm.quotations, _force(norm))
    yield from system.texts[system.subject].quoted


def _against_clause(system: NormSystem, clause: QuotedClause, quoted: list[Quotation]) -> Iterator[Finding]:
    source = clause.place.text
    written, name = written_figures(source), clause.label
    for quotation in quoted:
        text, language = quotation.text, _LANGUAGES[quotation.language]
        read = figures(text, quotation.language)
        for measure in dict.fromkeys(figure.measure for figure in read):
            here = [f.written for f in unmatched(read, written) if f.measure == measure]
            there = [f.written for f in unmatched(written, read) if f.measure == measure]
            if here and there:
                message = f"the {language} text of {name} says {listed(here)}, and the clause {listed(there)}"
                yield _finding(system, clause, quotation, message)
        said, meant = force(text, quotation.language), clause.force
        if said is not None and meant is not None and said is not meant:
            message = f"the {language} text of {name} {_FORCES[said]}, and the clause {_FORCES[meant]}"
            yield _finding(system, clause, quotation, message)
        titles = _titles(system, quotation.language)
        named, spoken_of = parties(text, titles), _named_in(source, titles)
        if named and spoken_of and not named <= spoken_of:
            other = listed([titles[p] for p in sorted(named - spoken_of)])
            message = f"the {language} text of {name} names {other}, and the clause does not"
            yield _finding(system, clause, quotation, message)


def _between_languages(system: NormSystem, clause: QuotedClause, quoted: list[Quotation]) -> Iterator[Finding]:
    name = clause.label
    for one, other in combinations(quoted, 2):
        pair = f"the {_LANGUAGES[one.language]} and the {_LANGUAGES[other.language]} text of {name} differ"
        first, second = figures(one.text, one.language), figures(other.text, other.language)
        apart = [f.written for f in unmatched(first, second)], [f.written for f in unmatched(second, first)]
        if any(apart):
            here, there = (listed(some) if some else "no such figure" for some in apart)
            yield _finding(system, clause, other, f"{pair}: {here} against {there}")
        forces = force(one.text, one.language), force(other.text, other.language)
        if None not in forces and forces[0] is not forces[1]:
            words = [_FORCES[f] for f in forces if f is not None]
            yield _finding(system, clause, other, f"{pair}: the one {words[0]}, the other {words[1]}")
        named = [parties(q.text, _titles(system, q.language)) for q in (one, other)]
        if named[0] != named[1]:
            titles = _titles(system, "en")
            words = [listed([titles[p] for p in sorted(some)]) or "no party" for some in named]
            yield _finding(system, clause, other, f"{pair}: they name {words[0]} and {words[1]}")


def _force(norm: Norm) -> Bindingness:
    if norm.modality in (Modality.PERMISSION, Modality.EXEMPTION):
        return Bindingness.FREEDOM
    return Bindingness.BINDING if norm.strength is Strength.MUST else Bindingness.ADVICE


def _titles(system: NormSystem, language: str) -> Mapping[str, str]:
    """The parties of the vocabulary, by name, as they are called in a language."""
    party = system.situation.party
    names = party.sort.members if party is not None and isinstance(party.sort, KindSort) else ()
    if language == "en":
        return {name: system.words.members.get(name, name) for name in names}
    return {name: system.words.translations.get(("member", name), {}).get(language, "") for name in names}


def _named_in(source: str, titles: Mapping[str, str]) -> frozenset[str]:
    """The parties whose names stand in the source of a clause, outside quotes and remarks."""
    words = set(re.findall(r"\w+", re.sub(r'"[^"]*"|#[^\n]*', " ", source)))
    return frozenset(name for name in titles if name in words)


def _finding(system: NormSystem, clause: QuotedClause, quotation: Quotation, message: str) -> Finding:
    assert quotation.span is not None
    norm = next((n for n in system.norms.values() if n.id.document == system.subject and n.span == clause.place), None)
    beside = Label(clause.place) if norm is None else content_label(system, norm, "")
    return Finding(
        RuleId.WORDING,
        Severity.WARNING,
        message,
        Label(quotation.span),
        (beside,),
        (f"{system.subject}:{clause.label}" if norm is None else str(norm.id),),
        remedies=("correct the one that is not what was agreed",),
    )
