"""A norm system to its fingerprint: two systems with the same one are examined alike, wherever their texts stand.

Of places it holds their order alone. So blanks, comments and lines between statements do not count, nor does what is
quoted in a clause beyond what `wording` finds in it; what is found can be told at the new places all the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date, tzinfo
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from itertools import chain
from typing import Any, cast

from cbm.core.norms import Norm, NormSystem
from cbm.core.quotations import Quotation
from cbm.core.store import Stored
from cbm.finding import Finding
from cbm.records import Record, Struct, parts
from cbm.source import Source, Span
from cbm.wording.clause_names import wordings

Place = tuple[int, int, int]

# What is quoted from the text that a clause formalises: that something is, counts, and what it says does not.
_QUOTED = frozenset(((Quotation, "text"), (Norm, "wording")))
_PLAIN = frozenset((str, int, bool, type(None)))
_SAID_AT_ONCE = (str, int, Enum, Fraction, date, tzinfo)  # what no place is reached from


class NoFingerprint(Exception):
    """Something is of a kind, or at a place, that is not known here: it is not kept."""


class PlaceOrder(Record):
    """The sources of a system, and in each the offsets at which its spans begin and end, in order."""

    sources: tuple[Source, ...]
    offsets: tuple[tuple[int, ...], ...]

    def rank(self, span: Span) -> Place:
        """Source and ends of a place by number. NoFingerprint where an end is none of the system's."""
        for number, source in enumerate(self.sources):
            if source is span.source or source == span.source:
                return number, self._rank(number, span.start), self._rank(number, span.end)
        raise NoFingerprint(span.source.name)

    def _rank(self, number: int, offset: int) -> int:
        offsets = self.offsets[number]
        rank = bisect_left(offsets, offset)
        if rank == len(offsets) or offsets[rank] != offset:
            raise NoFingerprint(self.sources[number].name)
        return rank

    def span(self, place: Place) -> Span:
        """The place with these numbers."""
        number, start, end = place
        offsets = self.offsets[number]
        return Span(self.sources[number], offsets[start], offsets[end])


class Fingerprint(Record):
    """`digest` names what was examined and under which terms; `places` are where it is written this time.

    `quotes` are what findings add of the texts that clauses quote, clause by clause; `texts` are these, norm by norm,
    each with its clause.
    """

    digest: bytes
    places: PlaceOrder
    quotes: tuple[str, ...]
    texts: tuple[tuple[str, str], ...] = ()


def fingerprint(system: NormSystem, terms: tuple[str, ...], wording: tuple[Finding, ...]) -> Fingerprint:
    """That of a system examined under these terms, in whose quoted texts the rule `wording` finds this.

    NoFingerprint where the system holds something of a kind that is not known here.
    """
    texts = tuple((str(identity.unworded), norm.wording) for identity, norm in system.norms.items())
    first = {text: number for number, text in reversed(list(enumerate(texts)))}
    alike = tuple(first[text] for text in texts)  # which texts are the same, whatever they say
    content = (terms, system, wording, alike)
    try:
        places = _places(content)
        return Fingerprint(_Digests(places).of(content), places, wordings(system, system.norms), texts)
    except RecursionError:
        raise NoFingerprint("the system is nested too deep") from None


def _places(content: object) -> PlaceOrder:
    """All places that are reached from there."""
    offsets: dict[Source, set[int]] = {}
    met: dict[int, object] = {}  # what is met is held, so that no address is used twice
    waiting = [content]
    while waiting:
        thing = waiting.pop()
        kind = type(thing)
        if kind in _PLAIN or id(thing) in met:
            continue
        if kind is Span:
            place = cast("Span", thing)
            offsets.setdefault(place.source, set()).update((place.start, place.end))
        elif _is_whole(kind) or not isinstance(thing, _SAID_AT_ONCE):
            met[id(thing)] = thing
            waiting.extend(_parts(thing))
    return PlaceOrder(tuple(offsets), tuple(tuple(sorted(found)) for found in offsets.values()))


class _Digests:
    """What things are made of, as digests of the digests of their parts: whether parts are shared does not matter."""

    def __init__(self, places: PlaceOrder) -> None:
        self._places = places
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, thing: object) -> bytes:
        known = self._known.get(id(thing))
        if known is not None:
            return known[1]
        if _is_whole(type(thing)):
            return self._of_parts(thing)
        match thing:
            case Enum():
                return f"{type(thing).__name__}.{thing.name}".encode()
            case None | bool() | int() | str():
                return repr(thing).encode("utf-8", "surrogatepass")
            case Span():
                return f"place {self._places.rank(thing)}".encode()
            case Fraction() | date() | tzinfo():
                return f"{type(thing).__name__} {thing}".encode()
            case _:
                return self._of_parts(thing)

    def _of_parts(self, thing: object) -> bytes:
        of = self.of
        said = [  # most are plain
            repr(part).encode("utf-8", "surrogatepass") if type(part) in _PLAIN else of(part) for part in _parts(thing)
        ]
        if isinstance(thing, frozenset | set):
            said.sort()
        lengths = " ".join(map(str, map(len, said)))
        whole = b"".join((type(thing).__qualname__.encode(), b" ", lengths.encode(), b":", *said))
        found = sha256(whole).digest()
        self._known[id(thing)] = (thing, found)  # it is held, so that no address is used twice
        return found


def _parts(thing: object) -> Iterable[object]:
    """What a collection holds or a record is made of; of quoted texts, whether there is any."""
    kind = type(thing)
    read = _readers.get(kind)
    if read is not None:
        return read(thing)
    match thing:
        case tuple() | list() | frozenset() | set():
            return thing
        case Mapping():
            return chain.from_iterable(thing.items())
        case _:
            return _reader(kind)(thing)


_readers: dict[type, Callable[[Any], tuple[object, ...]]] = {}


def _is_whole(kind: type) -> bool:
    """Whether it is seen at once that such a thing is made of parts: for others it takes longer to find out."""
    return kind is tuple or kind is dict or kind in _readers


def _reader(kind: type[Any]) -> Callable[[Any], tuple[object, ...]]:
    """Reads the fields of a kind of record; NoFingerprint where it is none."""
    if kind not in _readers:
        names = _names(kind)
        quoted = frozenset(name for name in names if (kind, name) in _QUOTED)
        if quoted:
            _readers[kind] = lambda thing: tuple(
                bool(value) if name in quoted else value for name, value in zip(names, parts(thing), strict=True)
            )
        elif issubclass(kind, Struct):
            _readers[kind] = parts
        else:
            _readers[kind] = lambda thing: tuple(getattr(thing, name) for name in names)
    return _readers[kind]


def _names(kind: type[Any]) -> tuple[str, ...]:
    if issubclass(kind, Struct):
        return kind.__struct_fields__
    if issubclass(kind, Stored):
        return kind.__match_args__
    if hasattr(kind, "__dataclass_fields__"):
        from dataclasses import fields  # takes time to load

        return tuple(field.name for field in fields(kind))
    raise NoFingerprint(kind.__name__)
