"""Quoted texts that say something else than their clause, or than the text in another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations

from cbm.core.expressions import TRUE
from cbm.core.norms import Modality, Norm, NormSystem, Strength, by_clause
from cbm.core.quotations import (
    READ,
    Bindingness,
    Quotation,
    QuotedClause,
    QuotedFigure,
    figures,
    forbids,
    force,
    names_act,
    parties,
    unmatched,
    written_figures,
)
from cbm.core.sorts import KindSort
from cbm.core.substitution import deeds_of
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.members import members
from cbm.process.budget import require_going_on
from cbm.records import Record
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import content_label

_LANGUAGES = {"en": mark("English"), "zh": mark("Chinese"), "ja": mark("Japanese")}
_FORCES = {
    Bindingness.BINDING: mark("binds"),
    Bindingness.ADVICE: mark("advises"),
    Bindingness.FREEDOM: mark("leaves free"),
}
_FORCES_OF_SEVERAL = {
    Bindingness.BINDING: mark("bind"),
    Bindingness.ADVICE: mark("advise"),
    Bindingness.FREEDOM: mark("leave free"),
}


class SaidInQuote(Record):
    """What a quoted text says, as far as it can be compared with its clause or with a text in another language.

    `of_its_acts`: whether it forbids them, or asks for them, and calls one of them by its name.
    """

    figures: Sequence[QuotedFigure]
    force: Bindingness | None
    forbids: bool | None
    of_its_acts: bool
    parties: frozenset[str]


class QuoteView(Record):
    """All that is looked at in a quoted text, whatever else it says.

    `titles` are those of the parties, and `acts` what the acts of its clause are called, in its language.
    """

    language: str
    titles: Mapping[str, str]
    acts: tuple[str, ...]

    def said(self, text: str) -> SaidInQuote:
        """What is seen of a text."""
        language = self.language
        forbidden = forbids(text, language)
        return SaidInQuote(
            figures=figures(text, language),
            force=force(text, language),
            forbids=forbidden,
            of_its_acts=forbidden is not None and any(names_act(text, language, called) for called in self.acts),
            parties=parties(text, self.titles),
        )


# A quoted text of a clause, and what it says.
_Read = tuple[Quotation, SaidInQuote]


def quoted_differences(system: NormSystem) -> Iterator[tuple[str, list[Finding]]]:
    """Each clause of the text that quotes a language that is read, by its label, with what is found in its quotes."""
    for clause, viewed in _viewed(system):
        read = [(quotation, view.said(quotation.text)) for quotation, view in viewed]
        yield clause.label, [*_against_clause(system, clause, read), *_between_languages(system, clause, read)]


def quotes_looked_at(system: NormSystem) -> Iterator[tuple[Quotation, QuoteView]]:
    """Each quoted text in which differences are looked for, and what is seen of it: they rest on nothing else of it."""
    for _, viewed in _viewed(system):
        yield from viewed


def _viewed(system: NormSystem) -> Iterator[tuple[QuotedClause, list[tuple[Quotation, QuoteView]]]]:
    titles = {language: _titles(system, language) for language in READ}
    for clause in _quoting(system):
        viewed = [
            (q, QuoteView(q.language, titles[q.language], tuple(called.get(q.language, "") for called in clause.acts)))
            for q in clause.quotations
            if q.language in READ and q.span is not None
        ]
        if viewed:
            yield clause, viewed


def _quoting(system: NormSystem) -> Iterator[QuotedClause]:
    """The clauses of the text that quote: those that ask for something or leave it free, and then all others.

    Sentences that share what they quote are one clause.
    """
    together: dict[tuple[Quotation, ...], list[Norm]] = {}
    for own in by_clause(system.norms).values():
        norm = system.norms[own[0]]
        if norm.id.document == system.subject and norm.quotations and norm.span is not None:
            together.setdefault(norm.quotations, []).append(norm)
    for quotations, norms in together.items():
        first, *others = norms
        assert first.span is not None, "asked above"
        forces = {_force(norm) for norm in norms}
        label, place = first.id.label, first.span
        if others:  # what quotes the same words at the same place
            label, place = system.texts[system.subject].whole_label(first.id.label), place.to(others[-1].span or place)
        force_of_all = forces.pop() if len(forces) == 1 else None
        yield QuotedClause(label, place, quotations, force_of_all, _bans(norms), tuple(_called(system, norms)))
    yield from system.texts[system.subject].quoted


class _Departure(Record):
    """What a quoted text says that its clause does not; several texts that say the `same` are told together, by `told`.

    `here` is what the text says, in its own words, and `words` are what else is told. `about` is what is compared.
    """

    quotation: Quotation
    about: tuple[str, ...]
    told: Callable[..., str]
    same: Hashable
    here: tuple[str, ...] = ()
    words: Mapping[str, str] = {}


def _against_clause(system: NormSystem, clause: QuotedClause, quoted: Sequence[_Read]) -> Iterator[Finding]:
    together: dict[Hashable, list[_Departure]] = {}
    for quotation, said in quoted:
        for one in _departures(system, clause, quotation, said):
            together.setdefault((one.told, one.same), []).append(one)
    for departures in together.values():
        first = departures[0]
        message = first.told(
            len(departures),
            language=listed([say(_LANGUAGES[one.quotation.language]) for one in departures]),
            clause=clause.label,
            here=listed(list(dict.fromkeys(words for one in departures for words in one.here))),
            **first.words,
        )
        yield _finding(system, clause, first.about, message, *(one.quotation for one in departures))


def _departures(
    system: NormSystem, clause: QuotedClause, quotation: Quotation, said: SaidInQuote
) -> Iterator[_Departure]:
    source = clause.place.text
    written, read = written_figures(source), said.figures
    for measure in dict.fromkeys(figure.measure for figure in read):
        here = [f for f in unmatched(read, written) if f.measure == measure]
        there = tuple(f.written for f in unmatched(written, read) if f.measure == measure)
        if here and there:
            same = measure, frozenset(f.value for f in here), there
            yield _Departure(
                quotation,
                ("figures", measure),
                _says_another,
                same,
                tuple(f.written for f in here),
                {"there": listed(there)},
            )
    if said.force is not None and clause.force is not None and said.force is not clause.force:
        words = {
            "binds": say(_FORCES[said.force]),
            "bind": say(_FORCES_OF_SEVERAL[said.force]),
            "advises": say(_FORCES[clause.force]),
        }
        yield _Departure(quotation, ("force",), _binds_otherwise, said.force, words=words)
    # Where it calls an act of its clause by its name.
    if clause.bans is not None and said.of_its_acts and said.forbids is not clause.bans:
        yield _Departure(quotation, ("bans",), _forbids if said.forbids else _asks, said.forbids)
    titles = _titles(system, quotation.language)
    spoken_of = _named_in(source, titles)
    known = spoken_of or _parties_of(system)  # a clause that names nobody speaks of all parties
    if known is not None and not said.parties <= known:
        named = sorted(said.parties - known)
        yield _Departure(quotation, ("parties",), _names_others, tuple(named), tuple(titles[party] for party in named))


def _parties_of(system: NormSystem) -> frozenset[str] | None:
    """The parties to the text, by the names in it and by those that they have by now; None: it is open to all."""
    text = system.texts[system.subject]
    return None if text.parties is None else text.parties.union(members(text, system))


def _says_another(count: int, **words: str) -> str:
    return say_count(
        "the {language} text of {clause} says {here}, and the clause {there}",
        "the {language} texts of {clause} say {here}, and the clause {there}",
        count,
        **words,
    )


def _binds_otherwise(count: int, **words: str) -> str:
    return say_count(
        "the {language} text of {clause} {binds}, and the clause {advises}",
        "the {language} texts of {clause} {bind}, and the clause {advises}",
        count,
        **words,
    )


def _forbids(count: int, **words: str) -> str:
    return say_count(
        "the {language} text of {clause} forbids what the clause asks for",
        "the {language} texts of {clause} forbid what the clause asks for",
        count,
        **words,
    )


def _asks(count: int, **words: str) -> str:
    return say_count(
        "the {language} text of {clause} asks for what the clause forbids",
        "the {language} texts of {clause} ask for what the clause forbids",
        count,
        **words,
    )


def _names_others(count: int, **words: str) -> str:
    return say_count(
        "the {language} text of {clause} names {here}, and the clause does not",
        "the {language} texts of {clause} name {here}, and the clause does not",
        count,
        **words,
    )


def _between_languages(system: NormSystem, clause: QuotedClause, quoted: Sequence[_Read]) -> Iterator[Finding]:
    name = clause.label
    for (one, this), (other, that) in combinations(quoted, 2):
        require_going_on()  # a clause may have hundreds of texts
        pair = say(
            "the {language} and the {other} text of {clause} differ",
            language=say(_LANGUAGES[one.language]),
            other=say(_LANGUAGES[other.language]),
            clause=name,
        )
        languages = (one.language, other.language)
        first, second = this.figures, that.figures
        apart = [f.written for f in unmatched(first, second)], [f.written for f in unmatched(second, first)]
        if any(apart):
            here, there = (listed(some) if some else say("no such figure") for some in apart)
            message = say("{they_differ}: {here} against {there}", they_differ=pair, here=here, there=there)
            yield _finding(system, clause, ("figures", *languages), message, other)
        forces = this.force, that.force
        if None not in forces and forces[0] is not forces[1]:
            words = [say(_FORCES[f]) for f in forces if f is not None]
            message = say(
                "{they_differ}: the one {binds}, the other {advises}",
                they_differ=pair,
                binds=words[0],
                advises=words[1],
            )
            yield _finding(system, clause, ("force", *languages), message, other)
        bans = this.forbids, that.forbids
        if None not in bans and bans[0] is not bans[1]:
            banning, asking = (one, other) if bans[0] else (other, one)
            message = say(
                "{they_differ}: the {language} one forbids what the {other} one asks for",
                they_differ=pair,
                language=say(_LANGUAGES[banning.language]),
                other=say(_LANGUAGES[asking.language]),
            )
            yield _finding(system, clause, ("bans", *languages), message, other)
        named = this.parties, that.parties
        if named[0] != named[1]:
            titles = system.words.members
            words = [listed([titles.get(p, p) for p in sorted(some)]) or say("no party") for some in named]
            message = say(
                "{they_differ}: they name {here} and {there}", they_differ=pair, here=words[0], there=words[1]
            )
            yield _finding(system, clause, ("parties", *languages), message, other)


def _bans(norms: Sequence[Norm]) -> bool | None:
    """Whether they all forbid acts, whenever and however they are done, or all ask for acts."""
    modalities = {norm.modality for norm in norms}
    if len(modalities) != 1 or any(_is_of_some_doings(norm) for norm in norms):
        return None
    return {Modality.PROHIBITION: True, Modality.OBLIGATION: False}.get(modalities.pop())


def _is_of_some_doings(norm: Norm) -> bool:
    """Whether it forbids some doings of an act only: a text may ask for the others."""
    return norm.modality is Modality.PROHIBITION and any(deed.manner != TRUE for deed in deeds_of(norm.content))


def _called(system: NormSystem, norms: Sequence[Norm]) -> Iterator[Mapping[str, str]]:
    """The acts that they speak of, as they are called in each language."""
    for name in dict.fromkeys(deed.act for norm in norms for deed in deeds_of(norm.own_content)):
        translated = system.words.translations.get(("act", name), {})
        yield {**translated, "en": system.acts[name].title}


def _force(norm: Norm) -> Bindingness:
    if norm.modality in (Modality.PERMISSION, Modality.EXEMPTION):
        return Bindingness.FREEDOM
    return Bindingness.BINDING if norm.strength is Strength.MUST else Bindingness.ADVICE


def _titles(system: NormSystem, language: str) -> Mapping[str, str]:
    """The parties of the vocabulary, by name, as they are called in a language."""
    party = system.situation.party
    names = party.sort.members if party is not None and isinstance(party.sort, KindSort) else ()
    if language == "en":
        return {name: system.words.own_titles.get(("member", name), name) for name in names}
    return {name: system.words.translations.get(("member", name), {}).get(language, "") for name in names}


def _named_in(source: str, titles: Mapping[str, str]) -> frozenset[str]:
    """The parties whose names stand in the source of a clause, outside quotes and remarks."""
    words = set(re.findall(r"\w+", re.sub(r'"[^"]*"|#[^\n]*', " ", source)))
    return frozenset(name for name in titles if name in words)


def _finding(
    system: NormSystem, clause: QuotedClause, about: tuple[str, ...], message: str, *quotations: Quotation
) -> Finding:
    """At these texts; `about` tells it apart from others of the clause."""
    places = [quotation.span for quotation in quotations if quotation.span is not None]
    norm = next((n for n in system.norms.values() if n.id.document == system.subject and n.span == clause.place), None)
    beside = Label(clause.place) if norm is None else content_label(system, norm, "")
    return Finding(
        RuleId.WORDING,
        Severity.WARNING,
        message,
        Label(places[0]),
        (beside, *map(Label, places[1:])),
        (f"{system.subject}:{clause.label}" if norm is None else str(norm.id),),
        remedies=(say("correct the one that is not what was agreed"),),
        matter=about,
    )
