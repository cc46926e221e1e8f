"""A statement with brackets to its wordings: each is read by itself, as if nothing else stood there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from operator import itemgetter

from cbm.patterns import pattern
from cbm.records import replace
from cbm.source import Source
from cbm.syntax.ast import Node, NormClause, Paragraph, SentenceOf
from cbm.syntax.comments import without_comments
from cbm.syntax.cutting.assemble import ParsedPiece
from cbm.syntax.cutting.brackets import Bracket, Brackets, PlacedOption, content
from cbm.syntax.cutting.cut import Piece
from cbm.syntax.cutting.filled_wordings import FilledWording, filled, wordings
from cbm.syntax.mistake import Mend, Mistake, Mistaken
from cbm.syntax.mistakes.bracket_slips import bracket_slip, ranges_alone, units_twice
from cbm.syntax.statements.build import build
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tables.lalr import Token, Tree, Unexpected
from cbm.translation.saying import say

Taken = tuple[tuple[int, int], ...]
Read = Callable[[Source, str, Piece], Iterator[tuple[ParsedPiece, Mistake | None]]]
_STROKE = pattern(r"\s*/\s*\Z")
_FORCES = r"(?:must not|must|shall not|shall|should not|should|may|need not)"
_ALIKE = pattern(
    rf"(?:[0-9][0-9.,]*(?P<sign>\s*/\s*|\s+or\s+)[0-9][0-9.,]*|{_FORCES}(?P<other>\s*/\s*|\s+or\s+){_FORCES})\s*\Z"
)
_BESIDE = pattern(r"\s*\Z")
_PARTED = pattern(r"\S\s+/\s+\S")


def read_wordings(
    source: Source, text: str, piece: Piece, brackets: Brackets, read: Read
) -> Iterator[tuple[ParsedPiece, Mistake | None]]:
    """The wordings of a statement, those of the first options first; where one cannot be read, none is.

    Each mistake is told once, however many wordings have it.
    """
    inside = brackets.within(piece.start, piece.end)
    mistakes = [*_strokes(text, inside), *ranges_alone(text, inside), *units_twice(text, inside)]
    by_brackets: list[Mistake] = []  # what was done with the brackets: whatever else is wrong follows from it
    found: list[ParsedPiece] = []
    try:
        every = filled_wordings(source, text, piece, brackets)
        for wording in () if mistakes else every:
            whole = f"{text[: piece.start]}{wording.text}{text[piece.end :]}"
            for reading, mistake in read(source, whole, piece):
                if mistake is None:
                    found.append(ParsedPiece(reading.piece, reading.statement, wording.taken))
                    mistakes += _joined(source, text, piece, brackets, wording)
                elif why := _why(source, text, piece, brackets, wording):
                    by_brackets.append(why)
                else:
                    mistakes.append(mistake)
    except Mistaken as mistaken:
        mistakes.append(mistaken.mistake)
    mistakes = by_brackets or mistakes
    if not mistakes:
        yield from ((reading, None) for reading in by_sentence(found, brackets, text))
        return
    for mistake in dict.fromkeys(mistakes):
        yield ParsedPiece(piece, None), mistake


def by_sentence(found: list[ParsedPiece], brackets: Brackets, text: str) -> list[ParsedPiece]:
    """A clause of several sentences, sentence by sentence: each stands with the options that its own words depend on.

    Those behind a sentence that may be left out stand with its options as well: they are counted otherwise then. An
    option that leaves nothing has no words; that a sentence depends on it is known from its other options. Where it
    takes the last sentences with it, the one before them says that it may be taken.
    """
    read = [(one, one.statement) for one in found]
    wordings = [(one, said.sentences) for one, said in read if isinstance(said, Paragraph)]
    if len(wordings) < len(found):
        return found
    depends: dict[tuple[int, Taken], set[int]] = {}  # of each sentence, whichever of its wordings it is
    counted: list[tuple[int, Taken, ParsedPiece, NormClause]] = []
    for one, several in wordings:
        for number, sentence in enumerate(several):
            counts = tuple(t for t in one.taken if _counts(brackets.places[t[0]], text, sentence.span.start))
            counted.append((number, counts, one, sentence))
            depends.setdefault((number, counts), set()).update(_depends(one, sentence, brackets))
    apart: dict[tuple[int, Taken], ParsedPiece] = {}
    for number, counts, one, sentence in sorted(counted, key=itemgetter(0)):
        taken = tuple(t for t in one.taken if t in counts or t[0] in depends[number, counts])
        apart.setdefault((number, taken), ParsedPiece(one.piece, sentence, taken))
    pieces = list(apart.values())
    said = {number for one in pieces for number, option in one.taken if option == 0}
    silent = dict.fromkeys(n for one in found for n, option in one.taken if option == 0 and n not in said)
    return [*pieces[:-1], replace(pieces[-1], left_out=tuple(silent))] if silent else pieces


def _depends(one: ParsedPiece, sentence: NormClause, brackets: Brackets) -> Iterator[int]:
    """The brackets, by number, in which words of a sentence stand, or of those that it takes from one before it."""
    places = list(_places(sentence))
    for bracket, _ in one.taken:
        if any(_meet(brackets.places[bracket], start, end) for start, end in places):
            yield bracket


def _counts(bracket: Bracket, text: str, place: int) -> bool:
    """Whether how many sentences stand before this place may depend on what is taken."""
    return bracket.start < place and ";" in text[bracket.start : bracket.end]


def _places(part: object) -> Iterator[tuple[int, int]]:
    """Where a sentence and what it says is written, some of it perhaps in a sentence before it."""
    if isinstance(part, SentenceOf):
        return
    if isinstance(part, Node):
        yield part.span.start, part.span.end
        for name in part.__struct_fields__:
            yield from _places(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from _places(one)


def _meet(bracket: Bracket, start: int, end: int) -> bool:
    return bracket.start < end and start < bracket.end


def filled_wordings(source: Source, text: str, piece: Piece, brackets: Brackets) -> Iterator[FilledWording]:
    """The text of each wording of a statement; Mistaken where there are too many, as they are gone through."""
    return wordings(text, piece.start, piece.end, brackets, _optional(source, text, piece, brackets))


def _optional(source: Source, text: str, piece: Piece, brackets: Brackets) -> dict[int, bool]:
    """Whether each bracket with one option may be left out: whether what is left can be read without it."""
    found: dict[int, bool] = {}
    for number, bracket in enumerate(brackets.places):
        if bracket.whole or len(bracket.options) > 1 or not (piece.start <= bracket.start and bracket.end <= piece.end):
            continue
        found[number] = _can_be_read(source, text, piece, brackets, _first(brackets, bracket) | {number: 0})
    return found


def _first(brackets: Brackets, inner: Bracket) -> dict[int, int]:
    """The first option of every bracket, and of those around one the option that holds it."""
    taken: dict[int, int] = {}
    for number, bracket in enumerate(brackets.places):
        option = next((o for o in bracket.options if o.start <= inner.start and inner.end <= o.end), None)
        spoken = next((o for o in bracket.options if not o.deletes), bracket.options[0])
        taken[number] = (option or spoken).number
    return taken


def _can_be_read(source: Source, text: str, piece: Piece, brackets: Brackets, taken: dict[int, int]) -> bool:
    return _parses(source, piece, filled(text, piece.start, piece.end, brackets, taken))


def _parses(source: Source, piece: Piece, words: str) -> bool:
    try:
        build(source, piece.start, grammar().parse(words))
    except (Unexpected, Mistaken):
        return False
    return True


def _why(source: Source, text: str, piece: Piece, brackets: Brackets, wording: FilledWording) -> Mistake | None:
    """What a drafter did with the brackets that makes a wording unreadable, where that is known."""
    inside, taken = brackets.within(piece.start, piece.end), dict(wording.taken)
    for one, other in pairwise(inside):
        if not len(one.options) == len(other.options) == 1:
            continue
        number = brackets.places.index(other)
        if number not in taken or not _can_be_read(source, text, piece, brackets, taken | {number: 0}):
            continue
        if one.end <= other.start and _BESIDE.match(text[one.end : other.start]):
            first, second = (_said(text, bracket.options[0]) for bracket in (one, other))
            message = say("brackets side by side are two choices, and both cannot stand here")
            remedies = (say("for one choice write one bracket: `[{first} | {second}]`", first=first, second=second),)
            return Mistake(message, one.start, other.end, remedies=remedies)
    for number, option in wording.taken:
        bracket = brackets.places[number]
        deleting = next((o for o in bracket.options if o.number == option and o.deletes), None)
        if deleting is not None:
            start, end = content(text, deleting)
            others = [o for o in bracket.options if not o.deletes]
            taken = dict(wording.taken) | {number: others[0].number}
            try:
                grammar().parse(filled(text, piece.start, piece.end, brackets, taken))
            except Unexpected:
                continue
            message = say("`delete` leaves nothing where something has to stand")
            return Mistake(
                message, start, end, remedies=(say("write what is to stand there instead, or leave this out"),)
            )
    for number, chosen in wording.taken:
        bracket = brackets.places[number]
        said = next((o for o in bracket.options if o.number == chosen and not o.deletes), None)
        if said is not None:
            readable = partial(_readable_with, source, text, piece, brackets, wording, number, said)
            if slip := bracket_slip(text, brackets, bracket, said, readable):
                return slip
    return None


def _readable_with(
    source: Source,
    text: str,
    piece: Piece,
    brackets: Brackets,
    wording: FilledWording,
    number: int,
    option: PlacedOption,
    words: str,
) -> bool:
    """Whether a wording can be read with these words in the place of what an option says."""
    start, end = (place - piece.start for place in content(text, option))
    left = filled(text, piece.start, piece.end, brackets, dict(wording.taken) | {number: 0})
    return _parses(source, piece, f"{left[:start]}{words.ljust(end - start)}{left[end:]}")


def _said(text: str, option: PlacedOption) -> str:
    start, end = content(text, option)
    who = ", ".join(proposer.name for proposer in option.proposers)
    words = without_comments(text[start:end]).rstrip()
    return f"{who}: {words}" if who else words


def _strokes(text: str, inside: tuple[Bracket, ...]) -> Iterator[Mistake]:
    """`[a]/[b]` and `[a / b]`: a stroke parts nothing here."""
    remedy = say("write `|` between what is proposed, in one bracket")
    for one, other in pairwise(inside):
        if one.end < other.start and _STROKE.match(text[one.end : other.start]):
            yield Mistake(say("`{sign}` does not part options", sign="/"), one.end, other.start, remedies=(remedy,))
    for bracket in inside:
        for option in bracket.options:
            start, end = content(text, option)
            alike = _ALIKE.match(text, start, end) if len(bracket.options) == 1 and len(inside) > 1 else None
            if alike is not None:  # what else is wrong with the statement hides nothing of it
                start, end = alike.span("sign" if alike["sign"] else "other")
                message = say("`{sign}` does not part options", sign=text[start:end].strip())
                yield Mistake(message, start, end, remedies=(remedy,), mend=Mend(start, end, " | "))
            elif len(bracket.options) == 1 and (stroke := _PARTED.search(text, start, end)):
                yield Mistake(
                    say("`{sign}` does not part options", sign="/"),
                    stroke.start() + 1,
                    stroke.end() - 1,
                    remedies=(remedy,),
                )


def _joined(source: Source, text: str, piece: Piece, brackets: Brackets, wording: FilledWording) -> Iterator[Mistake]:
    """Options whose words are not read as one thing, because they join with the words around them (`2 * [1 + 2]`)."""
    try:
        spans = list(_spans(grammar().parse(wording.text), piece.start))
    except Unexpected:
        return  # only a part of it can be read: what is wrong with it is told by itself
    for number, taken in wording.taken:
        option = next((o for o in brackets.places[number].options if o.number == taken and not o.deletes), None)
        if option is None:
            continue
        start, end = content(text, option)
        left = without_comments(wording.text[start - piece.start : end - piece.start])
        # Without what is not taken of brackets inside.
        first, last = start + len(left) - len(left.lstrip()), end - (len(left) - len(left.rstrip()))
        if any(a < first < b < last or first < a < last < b for a, b in spans):
            readable = partial(_readable_with, source, text, piece, brackets, wording, number, option)
            message = say(
                "`{written}` is not read as one thing here: it joins with the words around it",
                written=without_comments(text[start:end]).rstrip(),
            )
            yield Mistake(
                message,
                start,
                end,
                remedies=(_apart(left, readable),),
            )


def _apart(words: str, readable: Callable[[str], bool]) -> str:
    """How what an option says becomes one thing; `readable`: whether words can be read in its place."""
    if ";" in words:
        return say("put what may be left out behind another sentence, with the `;` before it: `[; …]`")
    if readable(f"({words.strip()})"):
        return say("put it in round brackets")
    return say("take into the bracket what it joins with")


def _spans(tree: Tree, offset: int) -> Iterator[tuple[int, int]]:
    """The places of all parts of a tree, from the leaves up."""
    known: dict[int, tuple[int, int] | None] = {}
    waiting: list[tuple[Tree | Token, bool]] = [(tree, False)]
    while waiting:
        node, ready = waiting.pop()
        if isinstance(node, Token):
            known[id(node)] = (offset + node.start, offset + node.end)
        elif not ready:
            waiting.append((node, True))
            waiting.extend((part, False) for part in node.parts)
        else:
            parts = [place for part in node.parts if (place := known[id(part)]) is not None]
            known[id(node)] = (parts[0][0], parts[-1][1]) if parts else None
            if parts:
                yield parts[0][0], parts[-1][1]
