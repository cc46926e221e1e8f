"""Brackets and tracked changes to how the language spells what is open: `[CN: 500 m | JP: 1,000 m]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cbm.papers.paper import TrackedChange, TrackedKind, WordPiece
from cbm.records import Record
from cbm.translation.saying import say

Delegations = Callable[[str], str]  # the author of a change to the name of a party; empty where nobody knows

_OTHER_SIGNS = str.maketrans("［］｛｝｜：〔〕【】", "[]{}|:[][]")
_NAME = r"[^\W\d]\w*"
_HEAD = re.compile(rf'\s*(?:{_NAME}(?:\s*[,/]\s*{_NAME})*(?:\s*"[^"\n]*")?|"[^"\n]*")\s*:')
_BETWEEN = re.compile(r"\s*(?:/|or|或|又は|または)?\s*")
_FIGURE = re.compile(r"\s*[0-9]")
_EMPTY = re.compile(r"\s*(?:[Xx]|_+|…+|\.{2,}|-+)?\s*")
_CLOCK = re.compile(r"[0-9]:[0-9]")


class OpenWords(Record):
    """What is open in a paragraph, as the language has it, or what is to be said of it."""

    spelled: str = ""
    remark: str = ""


def proposal_head(author: str, delegations: Delegations) -> str:
    """Who proposes, as it stands in front of an option: `JP`, or the name of somebody whose party nobody knows."""
    party = delegations(author)
    name = " ".join(author.split()).replace('"', "'")
    return party or f'"{name or say("nobody named")}"'


def spelled(pieces: Sequence[WordPiece], delegations: Delegations) -> str:
    """The words with each tracked change as a bracket: `[1,000 m | JP: 500 m]` where JP puts one for the other."""
    return "".join(_spelled(list(pieces), 0, delegations))


def _spelled(pieces: list[WordPiece], depth: int, delegations: Delegations) -> Iterator[str]:
    """`depth`: in how many changes all of the pieces are."""
    place = 0
    while place < len(pieces):
        change = _change(pieces[place], depth)
        end = _end(pieces, place, depth)
        said = "" if change is None else "".join(_spelled(pieces[place:end], depth + 1, delegations))
        if change is None:
            yield pieces[place].text
        elif not said.strip():
            yield said
        elif change.kind is TrackedKind.INSERTED:
            yield _bracket(f"{proposal_head(change.author, delegations)}: {said.strip()}", said)
        else:
            head, instead = proposal_head(change.author, delegations), "delete"
            following = _change(pieces[end], depth) if end < len(pieces) else None
            if following == TrackedChange(TrackedKind.INSERTED, change.author):
                start, end = end, _end(pieces, end, depth)
                added = "".join(_spelled(pieces[start:end], depth + 1, delegations))
                instead = added.strip() or instead
            yield _bracket(f"{said.strip()} | {head}: {instead}", said)
        place = end if change is not None else place + 1


def _change(piece: WordPiece, depth: int) -> TrackedChange | None:
    return piece.changes[depth] if len(piece.changes) > depth else None


def _end(pieces: list[WordPiece], start: int, depth: int) -> int:
    """Where the change that begins here ends."""
    change, end = _change(pieces[start], depth), start
    while end < len(pieces) and _change(pieces[end], depth) == change:
        end += 1
    return end


def _bracket(inside: str, said: str) -> str:
    """In brackets, with the blanks around it that it had."""
    before = said[: len(said) - len(said.lstrip())]
    after = said[len(said.rstrip()) :]
    return f"{before}[{inside}]{after}"


def open_words(words: str, parties: Iterable[tuple[str, str]] = ()) -> Iterator[OpenWords]:
    """Each open place of a paragraph as the language has it; `parties` are titles with the names to write for them."""
    plain = " ".join(words.translate(_OTHER_SIGNS).split())
    found, unclosed = _outermost(plain)
    if unclosed:
        remark = say("a bracket opens or closes in another paragraph: several clauses stand below `option …:`")
        yield OpenWords(remark=remark)
    known = tuple(parties)
    while found:
        group = [found.pop(0)]
        while (
            found
            and _BETWEEN.fullmatch(plain, group[-1][1], found[0][0])
            and not _has_options(plain, group[-1], found[0])
        ):
            group.append(found.pop(0))
        inside = [_options(plain[start + 1 : end - 1], known) for start, end in group]
        yield from _open(inside, is_parted="/" in plain[group[0][1] : group[-1][0]])


def _has_options(words: str, *brackets: tuple[int, int]) -> bool:
    """Whether one of the brackets says by itself what may stand in it."""
    return any(len(list(_split(words[start + 1 : end - 1], "|"))) > 1 for start, end in brackets)


def _open(inside: list[str], is_parted: bool) -> Iterator[OpenWords]:
    if len(inside) == 1 and _EMPTY.fullmatch(inside[0]):
        yield OpenWords("[__]", say("write the range in which the figure will lie: `[__ from 1 nmi to 5 nmi]`"))
    elif len(inside) == 1:
        yield OpenWords(f"[{inside[0]}]")
    elif is_parted or all(map(_HEAD.match, inside)) or all(map(_FIGURE.match, inside)):
        yield OpenWords(f"[{' | '.join(inside)}]")
    else:
        as_one = f"[{' | '.join(inside)}]"
        yield OpenWords(
            " ".join(f"[{one}]" for one in inside), say("or, if one of them is to stand: {words}", words=as_one)
        )


def _options(inside: str, parties: Sequence[tuple[str, str]]) -> str:
    """What stands in a bracket, with `|` between its options and the names of parties in front of them."""
    parts = [_with_party(part.strip(), parties) for part in _split(inside, "|")]
    if len(parts) == 1 and not _HEAD.match(parts[0]) and re.fullmatch(r"[\w’' -]+(?:/[\w’' -]+)+", parts[0]):
        return " | ".join(part.strip() for part in parts[0].split("/"))
    return " | ".join(parts)


def _with_party(option: str, parties: Sequence[tuple[str, str]]) -> str:
    """`Japan: x` and `CN/KR: x` as `JP: x` and `CN, KR: x`."""
    head, colon, rest = option.partition(":")
    if not colon or _CLOCK.search(option[len(head) - 1 : len(head) + 2]):
        return option
    names = [name.strip() for name in re.split(r"[,/、，]", head)]
    known = {title.lower(): name for title, name in parties}
    return f"{', '.join(known.get(name.lower(), name) for name in names)}: {rest.strip()}"


def _split(words: str, sign: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, one in enumerate(words):
        depth += {"[": 1, "]": -1}.get(one, 0)
        if one == sign and not depth:
            yield words[start:place]
            start = place + 1
    yield words[start:]


def _outermost(words: str) -> tuple[list[tuple[int, int]], bool]:
    """The brackets that stand in no other one, and whether some bracket has no end or no beginning."""
    found, opened, is_broken = [], list[int](), False
    for place, sign in enumerate(words):
        if sign == "[":
            opened.append(place)
        elif sign == "]" and opened:
            start = opened.pop()
            if not opened:
                found.append((start, place + 1))
        elif sign == "]":
            is_broken = True
    return found, is_broken or bool(opened)
