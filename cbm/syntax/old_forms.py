"""What is written as it was once: where it stands, how it is written today, and the changes that write it so.

Whatever way it is written, it is read as the same tree. `cbm fmt` makes the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cbm.patterns import pattern
from cbm.records import Record
from cbm.source import Edit, Source, Span, edited
from cbm.syntax.ast import Modality, TimeOrder
from cbm.syntax.cutting.bracket_signs import find_brackets
from cbm.syntax.cutting.brackets import Brackets
from cbm.syntax.cutting.cut import Piece, cut
from cbm.syntax.cutting.fenced_blocks import statements_in
from cbm.syntax.cutting.filled_wordings import without_whole
from cbm.syntax.mistake import Mistaken
from cbm.syntax.parse import without_mark
from cbm.syntax.statements.demand_rules import MODALS, ORDERS, excepts_all, meant_order
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tables.lalr import Token, Tree, Unexpected
from cbm.syntax.wordings import filled_wordings

# What may be an old form: a text without any of these is not read again.
_SIGNS = pattern(r"(?<!\w)(?:except|shall|covers\s+every|reserve|until|before|not\s+after|not\s+later)(?!\w)")
_MODAL = {
    Modality.OBLIGATION: "must",
    Modality.PROHIBITION: "must not",
    Modality.PERMISSION: "may",
    Modality.EXEMPTION: "need not",
}
_ASIDE = pattern(r'"[^"\n]*"|(#)')


class OldForm(Record):
    """A form that is no longer written: `old` and `new` say for readers which one, and what stands for it today."""

    old: str
    new: str
    span: Span
    edits: tuple[Edit, ...]


class _Change(Record):
    """The same in a statement that is read by itself: its places are offsets there."""

    old: str
    new: str
    start: int
    end: int
    edits: tuple[tuple[int, int, str], ...]


def old_forms(source: Source) -> tuple[OldForm, ...]:
    """All of a source, in order of place.

    None of a statement with a mistake, and none in square brackets: these are the words of a delegation.
    """
    if not _SIGNS.search(source.text):
        return ()
    text = without_mark(source.text)
    ranges = statements_in(source.name, text).ranges
    brackets = find_brackets(text, ranges)
    text = without_whole(text, brackets)
    pieces = (piece for start, end in ranges for piece in cut(text, start, end))
    return tuple(
        OldForm(
            change.old,
            change.new,
            Span(source, piece.start + change.start, piece.start + change.end),
            tuple(Edit(Span(source, piece.start + a, piece.start + b), words) for a, b, words in change.edits),
        )
        for piece in pieces
        if piece.opening and _SIGNS.search(text, piece.start, piece.end) and not any(brackets.around(piece.start))
        for change in _changes_in(source, text, piece, brackets)
    )


def as_today(source: Source) -> str:
    """The text of a source with every old form as it is written today; comments stay."""
    return edited(source, [edit for form in old_forms(source) for edit in form.edits])


def _changes_in(source: Source, text: str, piece: Piece, brackets: Brackets) -> list[_Change]:
    """Those of a statement outside its brackets, where they are the same in each of its wordings."""
    inside, statement = brackets.within(piece.start, piece.end), text[piece.start : piece.end]
    try:
        wordings = [one.text for one in filled_wordings(source, text, piece, brackets)] if inside else [statement]
        found = [set(_changes(statement, grammar().parse(wording))) for wording in wordings]
    except (Unexpected, Mistaken):
        return []  # what is wrong with it is told where the text is read
    places = [(bracket.start - piece.start, bracket.end - piece.start) for bracket in inside]
    return sorted((one for one in set.intersection(*found) if not _touches(one, places)), key=_place)


def _touches(change: _Change, places: Iterable[tuple[int, int]]) -> bool:
    return any(begin < end and start < finish for begin, finish, _ in change.edits for start, end in places)


def _place(change: _Change) -> tuple[int, int]:
    return change.start, change.end


def _changes(text: str, tree: Tree) -> Iterator[_Change]:
    """The old forms of a statement with this text, of which the tree is one wording."""
    waiting: list[Tree | Token] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tree):
            if rewritten := _REWRITTEN.get(node.rule):
                yield rewritten(text, node.parts)
            if node.rule in ("norm_clause", "sentence"):
                yield from _times(text, node.parts)
            waiting.extend(node.parts)
        elif node.kind == "MODAL" and node.text.startswith("shall"):
            end = node.start + len("shall")
            yield _Change("shall", "must", node.start, end, ((node.start, end, "must"),))


def _exception(_: str, parts: Sequence[Tree | Token]) -> _Change:
    word = parts[0]
    assert isinstance(word, Token)
    return _Change("except when …", "unless …", word.start, word.end, ((word.start, word.end, "unless"),))


def _times(text: str, parts: Sequence[Tree | Token]) -> Iterator[_Change]:
    """Of orders of time that say the same after one modal, those that are no longer written."""
    demand: Tree | None = None
    for part in parts:
        if not isinstance(part, Tree):
            continue
        if part.rule in ("demand", "otherwise"):
            demand = part if part.rule == "demand" else next(one for one in part.parts if isinstance(one, Tree))
        elif demand is not None and part.rule in ("window_at", "time_exception"):
            yield from _time(text, demand, part)


def _time(text: str, demand: Tree, time: Tree) -> Iterator[_Change]:
    modality = MODALS[_written(_tokens(demand)[:1])][0]
    point = time.parts[-1]
    assert isinstance(point, Tree)
    words = [part for part in time.parts if isinstance(part, Token)]
    written, start, end = _written(words), words[0].start, words[-1].end
    if time.rule == "window_at":
        today = meant_order(modality, ORDERS[written]).value
    else:
        items = sum(isinstance(part, Tree) for part in demand.parts)
        parts = sum(word.kind in ("NAME", "PHRASE") for word in _tokens(point))
        until = written == "except after" and modality is Modality.PROHIBITION and excepts_all(items, parts)
        today = TimeOrder.UNTIL.value if until else written
    if today != written:
        apart = text[start:end].split() != written.split()  # a comment stands between them
        edits = ((words[0].start, words[0].end, today), (words[1].start, end, "")) if apart else ((start, end, today),)
        modal = _MODAL[modality]
        yield _Change(f"{modal} … {written} …", f"{modal} … {today} …", start, end, edits)


def _written(words: Sequence[Token]) -> str:
    """Words of the language with single blanks between them."""
    return " ".join(part for word in words for part in word.text.split())


def _promise(text: str, parts: Sequence[Tree | Token]) -> _Change:
    """What is promised comes first, then where, then when."""
    covers, topics = parts[0], _topics(parts)
    assert isinstance(covers, Token)
    names, gone = _moved(text, topics)
    edits = ((covers.end, covers.end, f" {names} in"), *gone)
    old, new = "covers every type of … for TOPICS", "covers TOPICS in every type of …"
    return _Change(old, new, covers.start, _end(parts[1]), edits)


def _reserve(text: str, parts: Sequence[Tree | Token]) -> _Change:
    condition = next(part for part in parts if isinstance(part, Tree) and part.rule == "condition")
    when = _tokens(condition)[0].start
    names, gone = _moved(text, _topics(parts))
    old, new = "reserve … when … for TOPICS", "reserve … for TOPICS when …"
    return _Change(old, new, when, when + len("when"), ((when, when, f"for {names} "), *gone))


def _topics(parts: Sequence[Tree | Token]) -> Tree:
    """Of a promise or a reserve: `for weapons, separation`."""
    return next(part for part in parts if isinstance(part, Tree) and part.rule == "concerning")


def _moved(text: str, topics: Tree) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The names that go elsewhere, and the changes that leave nothing of them here but their comments."""
    words = _tokens(topics)
    names = ", ".join(word.text for word in words[1:] if word.kind != "COMMA")
    start, end = words[0].start, words[-1].end
    if any(found[1] for found in _ASIDE.finditer(text, start, end)):
        return names, tuple((word.start, word.end, "") for word in words)
    begins, ends = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    ends = len(text) if ends < 0 else ends
    if text[begins:start].strip():
        return names, ((len(text[:start].rstrip(" \t")), end, ""),)
    rest = len(text[end:ends]) - len(text[end:ends].lstrip(" \t"))
    alone = end + rest == ends and ends < len(text)
    return names, ((begins, ends + 1, "") if alone else (start, end + rest, ""),)


def _tokens(tree: Tree) -> list[Token]:
    """The words of a part, in order."""
    words: list[Token] = []
    waiting: list[Tree | Token] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Token):
            words.append(node)
        else:
            waiting.extend(reversed(node.parts))
    return words


def _end(node: Tree | Token) -> int:
    return node.end if isinstance(node, Token) else _tokens(node)[-1].end


_REWRITTEN: Mapping[str, Callable[[str, Sequence[Tree | Token]], _Change]] = {
    "exception_as_before": _exception,
    "promise_as_before": _promise,
    "reserve_as_before": _reserve,
}
