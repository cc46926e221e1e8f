"""Cards to what every page for readers shows of them: chapters of faces, each a title and parts with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cbm.finding import Scenario
from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.training_cards import CardClause, CardDeck, CardQuotation, ClauseCard, ConflictCard, DrillEncounter

# So many other facts by which an encounter is just missed stand on a card.
_MISSES = 4
# So many sets of conditions under which a conflict is settled do; the shortest come first.
_CONDITIONS = 2


class FacePart(NamedTuple):
    """What is said under one name, each text a line."""

    name: str
    texts: tuple[str, ...]


class CardFace(NamedTuple):
    """One card. `clause` is what it is known by, `sort` what sort of clause that is ("duty" …), if any."""

    anchor: str
    clause: str
    sort: str
    title: str
    quoted: tuple[CardQuotation, ...]
    parts: tuple[FacePart, ...]
    shown: Scenario | None


class CardChapter(NamedTuple):
    """Cards of one kind under a heading, with what is said of all of them."""

    anchor: str
    heading: str
    said: tuple[str, ...]
    faces: tuple[CardFace, ...]


class CardsOutline(NamedTuple):
    title: str
    said: tuple[str, ...]
    chapters: tuple[CardChapter, ...]


def outline(deck: CardDeck) -> CardsOutline:
    """The chapters in their order; one without cards and without anything to say is left out."""
    chapters = (
        CardChapter("clauses", "Clauses", (), tuple(map(_clause, deck.made))),
        CardChapter("without", "Clauses without a card", tuple(map(_missing, deck.missing)), ()),
        CardChapter("conflicts", "Conflicts that are settled", (), tuple(_conflicts(deck))),
        CardChapter("unsettled", "Conflicts that no clause settles", tuple(map(_unsettled, deck.unsettled)), ()),
        CardChapter(
            "drills", "Drills for each clause", tuple(_each_words(deck)), tuple(_drills(deck.drills.each, "drill"))
        ),
        CardChapter(
            "pairs",
            "Drills for clauses that meet",
            tuple(_pair_words(deck)),
            tuple(_drills(deck.drills.pairs, "pair drill")),
        ),
        CardChapter("undecided", "Undecided", (*deck.undecided, *deck.drills.undecided), ()),
        CardChapter("open", "Left open", deck.left_open, ()),
    )
    told = tuple(chapter for chapter in chapters if chapter.said or chapter.faces)
    return CardsOutline(f"{deck.title or deck.text}: cards", tuple(_said(deck)), told)


def _said(deck: CardDeck) -> Iterator[str]:
    made, every = len(deck.made), len(deck.clauses)
    clauses = _count(every, "clause")
    cards = f"{_count(made, 'card')} for {clauses}" if made != every else f"a card for each of {clauses}"
    conflicts = f", and {_count(len(deck.conflicts), 'settled conflict')}" if deck.conflicts else ""
    yield f"{deck.text}: {cards}{conflicts}"
    if deck.beside:
        yield f"read with {', '.join(deck.beside)}"
    if deck.as_of:
        yield f"as of {deck.as_of}"
    if deck.given:
        yield f"given: {deck.given}"
    yield from (f"taken for granted: {assumed}" for assumed in deck.assumed)


# ---- clauses


def _clause(card: ClauseCard) -> CardFace:
    told = card.illustration
    bound = told.witness.words if told.witness is not None else ""
    parts = (
        FacePart("Who", (card.who,)),
        FacePart("When", card.when),
        FacePart("Unless", card.unless),
        FacePart("Then", (card.demand,)),
        FacePart("Otherwise", card.otherwise),
        FacePart("In place of", (", ".join(card.displaced),)),
        FacePart("For example", (bound, *_limits(card))),
        FacePart("Not if", tuple(_misses(card))),
        FacePart("Source", tuple(map(_source, card.sources))),
    )
    return CardFace(
        f"clause-{_anchor(told.clause)}", told.clause, card.kind, told.title, card.quoted, _filled(parts), told.witness
    )


def _limits(card: ClauseCard) -> Iterator[str]:
    if card.yields:
        yield "here, and wherever it binds, it yields to what prevails over it"
    if not card.illustration.complied:
        advice = " and this advice" if card.kind.startswith("advice") else ""
        yield f"not all duties{advice} can be kept where it binds"


def _misses(card: ClauseCard) -> Iterator[str]:
    """What is otherwise in the nearest encounters in which it does not bind; of the first of them, why it does not."""
    misses = card.illustration.near_misses
    if card.always:
        yield "nowhere: it does so in every such encounter"
    elif not misses:
        yield "no encounter that differs in three facts at most is one in which it does not"
    else:
        first, *others = misses
        why = first.because
        changed = "; ".join(first.changed)
        yield f"{changed} ({why})" if why and why not in changed else changed
        yield from ("; ".join(one.changed) for one in others[:_MISSES])
        if len(others) > _MISSES:
            yield f"and {len(others) - _MISSES} more"


def _source(source: ClauseSource) -> str:
    return f"{source.text} — {source.mark}" if source.mark else source.text


def _missing(card: ClauseCard) -> str:
    told = card.illustration
    title = f" “{told.title}”" if told.title else ""
    return f"{told.clause}{title}: {f'undecided, {told.undecided}' if told.undecided else told.why}"


# ---- conflicts


def _unsettled(clauses: Sequence[str]) -> str:
    if len(clauses) == 1:
        return f"{clauses[0]} cannot always be kept"
    return f"{', '.join(clauses[:-1])} and {clauses[-1]} cannot always be kept together"


def _conflicts(deck: CardDeck) -> Iterator[CardFace]:
    for number, card in enumerate(deck.conflicts, 1):
        names = [one.clause for one in (*card.prevailing, *card.yielding)]
        yield CardFace(
            f"conflict-{number}", " / ".join(names), "settled conflict", card.by, (), _conflict(card), card.witness
        )


def _conflict(card: ConflictCard) -> tuple[FacePart, ...]:
    kept = "" if card.kept else "not all duties that prevail can be kept here"
    where = card.where
    left = len(where.words) - _CONDITIONS
    more = (f"and under {_count(left, 'further set')} of conditions",) if left > 0 else ()
    if not where.complete:
        more = (*more, "there are more such conditions")
    parts = (
        FacePart("Prevails", tuple(map(_says, card.prevailing))),
        FacePart("Yields", tuple(map(_says, card.yielding))),
        FacePart("When", ("wherever they bind together",) if where.always else (*where.words[:_CONDITIONS], *more)),
        FacePart("Undecided", (where.undecided, card.undecided)),
        FacePart("For example", (card.witness.words if card.witness is not None else "", kept)),
    )
    return _filled(parts)


def _says(clause: CardClause) -> str:
    title = f" “{clause.title}”" if clause.title else ""
    return f"{clause.clause}{title}: {clause.demand}"


# ---- drills


def _each_words(deck: CardDeck) -> Iterator[str]:
    found = deck.drills
    if found.each:
        doubt = f"it is not proved that fewer do not: {found.doubt}" if found.doubt else "no fewer do"
        exercise = "exercises" if len(found.each) == 1 else "exercise"
        yield f"{_count(len(found.each), 'encounter')} {exercise} each clause with a card; {doubt}"


def _pair_words(deck: CardDeck) -> Iterator[str]:
    found = deck.drills
    if found.met:
        exercise = "exercises" if len(found.pairs) == 1 else "exercise"
        yield (
            f"{_count(len(found.pairs), 'encounter')} {exercise} each of {_count(found.met, 'pair')} of clauses that "
            "can meet in one encounter; they were found one after the other, and fewer may do"
        )
    if found.apart:
        yield f"{_count(found.apart, 'pair')} never {'meets' if found.apart == 1 else 'meet'}"


def _drills(drills: Iterable[DrillEncounter], sort: str) -> Iterator[CardFace]:
    for number, one in enumerate(drills, 1):
        kept = f"whether all duties can be kept here is undecided: {one.undecided}" if one.undecided else ""
        if not one.kept and not kept:
            kept = "not all duties can be kept here"
        bound = (f"{unit.words}: {', '.join(unit.clauses) or 'nothing'}" for unit in one.units)
        parts = (FacePart("Encounter", (one.witness.words, kept)), FacePart("Exercises", tuple(bound)))
        title = f"{sort} {number}".capitalize()
        anchor = f"{sort.replace(' ', '-')}-{number}"
        yield CardFace(anchor, title, "", "", (), _filled(parts), one.witness)


# ---- all of them


def _filled(parts: Iterable[FacePart]) -> tuple[FacePart, ...]:
    """Those that say something."""
    some = (FacePart(part.name, tuple(_signs(text) for text in part.texts if text)) for part in parts)
    return tuple(part for part in some if part.texts)


def _signs(text: str) -> str:
    """Signs of the language as they are read."""
    return text.replace(">=", "≥").replace("<=", "≤")


def _anchor(label: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in label)


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
