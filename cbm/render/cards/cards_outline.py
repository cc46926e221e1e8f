"""Cards to what every page for readers shows of them: chapters of faces, each a title and parts with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cbm.finding import Scenario
from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.training_cards import CardClause, CardDeck, CardQuotation, ClauseCard, ConflictCard, DrillEncounter
from cbm.render.clause_titles import counted_clauses, titled
from cbm.render.remarks import named
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say, say_as, say_count

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
        CardChapter("clauses", say("Clauses"), (), tuple(map(_clause, deck.made))),
        CardChapter("without", say("Clauses without a card"), tuple(map(_missing, deck.missing)), ()),
        CardChapter("conflicts", say("Conflicts that are settled"), (), tuple(_conflicts(deck))),
        CardChapter("unsettled", say("Conflicts that no clause settles"), tuple(map(_unsettled, deck.unsettled)), ()),
        CardChapter(
            "drills",
            say("Drills for each clause"),
            tuple(_each_words(deck)),
            tuple(_drills(deck.drills.each, "drill", mark("Drill {number}"))),
        ),
        CardChapter(
            "pairs",
            say("Drills for clauses that meet"),
            tuple(_pair_words(deck)),
            tuple(_drills(deck.drills.pairs, "pair-drill", mark("Pair drill {number}"))),
        ),
        CardChapter("undecided", say("Undecided"), (*deck.undecided, *deck.drills.undecided), ()),
        CardChapter("open", say("Left open"), deck.left_open, ()),
    )
    told = tuple(chapter for chapter in chapters if chapter.said or chapter.faces)
    return CardsOutline(say("{text}: cards", text=deck.title or deck.text), tuple(_said(deck)), told)


def _said(deck: CardDeck) -> Iterator[str]:
    made, every = len(deck.made), len(deck.clauses)
    clauses = counted_clauses(every, deck.whole)
    if made != every:
        cards = say_count("{count:,} card for {clauses}", "{count:,} cards for {clauses}", made, clauses=clauses)
    else:
        cards = say("a card for each of {clauses}", clauses=clauses)
    if deck.conflicts:
        cards = say_count(
            "{cards}, and {count:,} settled conflict",
            "{cards}, and {count:,} settled conflicts",
            len(deck.conflicts),
            cards=cards,
        )
    yield named(deck.text, cards)
    if deck.beside:
        yield say("read with {texts}", texts=listed(deck.beside, ","))
    if deck.as_of:
        yield say("as of {date}", date=deck.as_of)
    if deck.given:
        yield say("given: {conditions}", conditions=deck.given)
    yield from (say("taken for granted: {assumed}", assumed=assumed) for assumed in deck.assumed)


# ---- clauses


def _clause(card: ClauseCard) -> CardFace:
    told = card.illustration
    bound = told.witness.words if told.witness is not None else ""
    parts = (
        FacePart(say("Who"), (card.who,)),
        FacePart(say_as("card", "When"), card.when),
        FacePart(say_as("card", "Unless"), card.unless),
        FacePart(say_as("card", "Then"), (card.demand,)),
        FacePart(say_as("card", "Otherwise"), card.otherwise),
        FacePart(say("In place of"), (listed(card.displaced, ","),)),
        FacePart(say("For example"), (bound, *_limits(card))),
        FacePart(say("Not if"), tuple(_misses(card))),
        FacePart(say("Source"), tuple(map(_source, card.sources))),
    )
    return CardFace(
        anchor=f"clause-{_anchor(told.clause)}",
        clause=told.clause,
        sort=say(card.kind),
        title=told.title,
        quoted=card.quoted,
        parts=_filled(parts),
        shown=told.witness,
    )


def _limits(card: ClauseCard) -> Iterator[str]:
    if card.yields:
        yield say("here, and wherever it binds, it yields to what prevails over it")
    if not card.illustration.complied:
        if card.advice:
            yield say("not all duties and this advice can be kept where it binds")
        else:
            yield say("not all duties can be kept where it binds")


def _misses(card: ClauseCard) -> Iterator[str]:
    """What is otherwise in the nearest encounters in which it does not bind; of the first of them, why it does not."""
    misses, undecided = card.illustration.near_misses, card.illustration.undecided
    if card.always:
        yield say("nowhere: it does so in every such encounter")
    elif misses:
        first, *others = misses
        why, changed = first.because, row(first.changed)
        yield say("{facts} ({why})", facts=changed, why=why) if why and why not in changed else changed
        yield from (row(one.changed) for one in others[:_MISSES])
        if len(others) > _MISSES:
            yield say("and {count} more", count=len(others) - _MISSES)
    elif not undecided:
        yield say("no encounter that differs in three facts at most is one in which it does not")
    if undecided:
        left = mark("where else is undecided: {why}") if misses else mark("undecided: {why}")
        yield say(left, why=undecided)


def _source(source: ClauseSource) -> str:
    return say("{source} — {mark}", source=source.text, mark=say(source.mark)) if source.mark else source.text


def _missing(card: ClauseCard) -> str:
    told = card.illustration
    why = say("undecided, {why}", why=told.undecided) if told.undecided else told.why
    return named(titled(told.clause, told.title), why)


# ---- conflicts


def _unsettled(clauses: Sequence[str]) -> str:
    if len(clauses) == 1:
        return say("{clause} cannot always be kept", clause=clauses[0])
    return say("{clauses} cannot always be kept together", clauses=listed(clauses))


def _conflicts(deck: CardDeck) -> Iterator[CardFace]:
    for number, card in enumerate(deck.conflicts, 1):
        names = [one.clause for one in (*card.prevailing, *card.yielding)]
        yield CardFace(
            anchor=f"conflict-{number}",
            clause=" / ".join(names),
            sort=say("settled conflict"),
            title=card.by,
            quoted=(),
            parts=_conflict(card),
            shown=card.witness,
        )


def _conflict(card: ConflictCard) -> tuple[FacePart, ...]:
    kept = "" if card.kept else say("not all duties that prevail can be kept here")
    where = card.where
    left = len(where.words) - _CONDITIONS
    more: tuple[str, ...] = ()
    if left > 0:
        more = (
            say_count(
                "and under {count:,} further set of conditions", "and under {count:,} further sets of conditions", left
            ),
        )
    if not where.complete:
        more = (*more, say("there are more such conditions"))
    parts = (
        FacePart(say("Prevails"), tuple(map(_says, card.prevailing))),
        FacePart(say("Yields"), tuple(map(_says, card.yielding))),
        FacePart(
            say_as("card", "When"),
            (say("wherever they bind together"),) if where.always else (*where.words[:_CONDITIONS], *more),
        ),
        FacePart(say("Undecided"), (where.undecided, card.undecided)),
        FacePart(say("For example"), (card.witness.words if card.witness is not None else "", kept)),
    )
    return _filled(parts)


def _says(clause: CardClause) -> str:
    return named(titled(clause.clause, clause.title), clause.demand)


# ---- drills


def _each_words(deck: CardDeck) -> Iterator[str]:
    found = deck.drills
    if found.each:
        told = say_count(
            "{count:,} encounter exercises each clause with a card",
            "{count:,} encounters exercise each clause with a card",
            len(found.each),
        )
        unproved = mark("it is not proved that fewer do not: {why}")
        yield row([told, say(unproved, why=found.doubt) if found.doubt else say("no fewer do")])


def _pair_words(deck: CardDeck) -> Iterator[str]:
    found = deck.drills
    if found.met:
        pairs = say_count("{count:,} pair", "{count:,} pairs", found.met)
        yield say_count(
            "{count:,} encounter exercises each of {pairs} of clauses that can meet in one encounter; they were found"
            " one after the other, and fewer may do",
            "{count:,} encounters exercise each of {pairs} of clauses that can meet in one encounter; they were found"
            " one after the other, and fewer may do",
            len(found.pairs),
            pairs=pairs,
        )
    if found.apart:
        yield say_count("{count:,} pair never meets", "{count:,} pairs never meet", found.apart)


def _drills(drills: Iterable[DrillEncounter], anchor: str, title: str) -> Iterator[CardFace]:
    undecided = mark("whether all duties can be kept here is undecided: {why}")
    for number, one in enumerate(drills, 1):
        kept = say(undecided, why=one.undecided) if one.undecided else ""
        if not one.kept and not kept:
            kept = say("not all duties can be kept here")
        bound = (named(unit.words, listed(unit.clauses, ",") or say("nothing")) for unit in one.units)
        parts = (FacePart(say("Encounter"), (one.witness.words, kept)), FacePart(say("Exercises"), tuple(bound)))
        called = say(title, number=number)
        yield CardFace(
            anchor=f"{anchor}-{number}",
            clause=called,
            sort="",
            title="",
            quoted=(),
            parts=_filled(parts),
            shown=one.witness,
        )


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
