"""Answers by what their questions rest on: asked in a context of their own, and told again where they were kept.

An answer is found by a function of data alone, with solvers that know nothing of other questions. So it is the same
whether it is found now or was found in an earlier run, and whatever else is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache, partial
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from cbm.core import expressions, sorts
from cbm.core import variables as of_variables
from cbm.core.store import Stored
from cbm.process.budget import Work, charged_to, current_budget, current_work, free_of_charge
from cbm.records import Record, Struct
from cbm.smt.journal import is_kept
from cbm.smt.solve import Answer, Sat, Unknown, Unsat, apart, sharing

T = TypeVar("T")

# So much work nobody does: what is asked without bounds is charged to it, to know what it takes.
_BOUNDLESS = 1 << 62
# What is found quickly is taken to take so many steps, whoever finds it.
_QUICK = 50_000
_SIZE = 20  # bytes of a digest
# What questions are put together from, beside tuples and lists.
_PUT_TOGETHER = frozenset((str, frozenset, dict))


class AnswerStore(Protocol):
    """Bytes by key, from run to run; nothing where it does not know better."""

    def get(self, key: bytes) -> bytes | None: ...

    def put(self, key: bytes, content: bytes) -> None: ...


class Resting:
    """What says itself what a question about it rests on."""

    __slots__ = ()

    @property
    def rests_on(self) -> tuple[object, ...]:
        raise NotImplementedError


# What a share of the work begins within in another process.
Elsewhere = Callable[[], AbstractContextManager[None]]


class NotKept(Exception):
    """Something is of a kind that is not known here: its question is asked each time."""


class _Keeping:
    """A store, what all answers in it rest on beside their questions, and digests of this run."""

    def __init__(self, store: AnswerStore, terms: tuple[str, ...], elsewhere: Elsewhere | None) -> None:
        self.store, self.digests, self.elsewhere = store, _BasisDigests(), elsewhere
        self.terms = self.digests.of(terms)

    def key(self, question: str, rests_on: tuple[object, ...]) -> bytes:
        """Under which the answer is kept."""
        return self.digests.of_question((question, self.terms, str(current_budget().steps), rests_on))


_keeping: ContextVar[_Keeping | None] = ContextVar("_keeping", default=None)


@contextmanager
def answers_kept(
    store: AnswerStore | None, terms: tuple[str, ...], elsewhere: Elsewhere | None = None
) -> Iterator[None]:
    """What is asked within is looked up there first, under these terms; None: nothing is looked up or kept.

    `elsewhere` does the same in another process, and can be sent there.
    """
    token = _keeping.set(None if store is None else _Keeping(store, terms, elsewhere))
    try:
        yield
    finally:
        _keeping.reset(token)


@contextmanager
def answers_remembered() -> Iterator[None]:
    """What is asked within is told again within, unless it is kept anyway."""
    if are_kept():
        yield
        return
    with answers_kept(_Memory(), ()):
        yield


class _Memory:
    """What was answered in this process; as few answers are asked for again, most are never written."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes | None] = {}
        self._unwritten: dict[bytes, Callable[[], bytes | None]] = {}

    def get(self, key: bytes) -> bytes | None:
        write = self._unwritten.pop(key, None)
        if write is not None:
            self._known[key] = write()
        return self._known.get(key)

    def put(self, key: bytes, content: bytes) -> None:
        self._known[key] = content

    def put_unwritten(self, key: bytes, write: Callable[[], bytes | None]) -> None:
        """Puts what is written when it is first asked for."""
        self._unwritten[key] = write


def kept_elsewhere() -> Elsewhere:
    """What other processes begin within that do a part of the work, so that their answers are kept as those here."""
    keeping = _keeping.get()
    return nullcontext if keeping is None or keeping.elsewhere is None else keeping.elsewhere


def are_kept() -> bool:
    """Whether what is asked here is looked up and kept."""
    return _keeping.get() is not None


def remembered(
    question: str, rests_on: tuple[object, ...], find: Callable[[], T], *kinds: type, given: tuple[object, ...] = ()
) -> T:
    """What is found, asked in a context of its own or told as it was; it rests on the question and on this alone.

    `kinds` are the records that an answer is made of, beside formulas; what is `given` may be part of it as it is.
    """
    keeping = _keeping.get()
    if keeping is None or is_kept():  # who takes notes wants to see each question
        with sharing():
            return find()
    try:
        key = keeping.key(question, rests_on)
    except (NotKept, RecursionError):
        with sharing():
            return find()
    work = current_work()
    content = None if current_budget().stopped else keeping.store.get(key)
    kept = None if content is None else _read(content, _named(kinds), given)
    if kept is not None and (
        work is None or kept.cost <= work.left
    ):  # else how far it comes is for the question to say
        if work is not None:
            work.left -= kept.cost
        return kept.answer  # type: ignore[no-any-return]  # it is of the kind that was written
    charged = Work(_BOUNDLESS if work is None else work.left)
    before = charged.left
    with charged_to(charged), sharing():
        found = find()
    if not current_budget().stopped:
        _put(keeping.store, key, partial(_written, before - charged.left, found, _named(kinds), given))
    return found


def _put(store: AnswerStore, key: bytes, write: Callable[[], bytes]) -> None:
    """Has the store keep what is written, unless something in it is of a kind that is not known."""

    def written() -> bytes | None:
        with suppress(NotKept, RecursionError):
            return write()
        return None

    if isinstance(store, _Memory):
        store.put_unwritten(key, written)
    elif (content := written()) is not None:
        store.put(key, content)


def whether(
    question: str,
    rests_on: tuple[object, ...],
    quickly: Callable[[], Answer],
    afresh: Callable[[], Answer],
) -> Answer:
    """Whether there is such a case, and nothing about it; told as it was, or asked as quickly as may be.

    There is one right answer, so it does not matter who finds it. Where it is not found `quickly`, by somebody who was
    asked other questions before, one is asked who knows nothing of these: nobody else says that there is no answer.
    """
    keeping, key = _looked_up(question, rests_on)
    content = None if keeping is None or key is None else keeping.store.get(key)
    work = current_work()
    if work is not None:
        work.require()
        work.left -= _QUICK
    if content in _VERDICTS:
        return _VERDICTS[content]
    with free_of_charge():
        answer = quickly()
    if isinstance(answer, Unknown):
        if not current_budget().stopped:
            with apart():
                answer = afresh()
    elif keeping is not None and key is not None:  # what was asked afresh is asked again, and takes its own work
        keeping.store.put(key, b"sat" if isinstance(answer, Sat) else b"unsat")
    return Sat() if isinstance(answer, Sat) else answer


def example(question: str, rests_on: tuple[object, ...], quickly: Callable[[], T | None], *kinds: type) -> T | None:
    """What shows something and is not told itself: as it was, or found as quickly as may be; None if it is not found.

    Any is as good as another, so it does not matter who finds it. It takes no work.
    """
    keeping, key = _looked_up(question, rests_on)
    content = None if keeping is None or key is None else keeping.store.get(key)
    kept = None if content is None else _read(content, _named(kinds), ())
    if kept is not None:
        return kept.answer  # type: ignore[no-any-return]  # it is of the kind that was written
    with free_of_charge():
        found = quickly()
    if found is not None and keeping is not None and key is not None and not current_budget().stopped:
        _put(keeping.store, key, partial(_written, 0, found, _named(kinds), ()))
    return found


def _looked_up(question: str, rests_on: tuple[object, ...]) -> tuple[_Keeping | None, bytes | None]:
    """Who keeps the answer, and under which key; None where nobody does, or a run that is over asks."""
    keeping = None if is_kept() or current_budget().stopped else _keeping.get()
    if keeping is not None:
        with suppress(NotKept, RecursionError):
            return keeping, keeping.key(question, rests_on)
    return keeping, None


_VERDICTS: Mapping[bytes | None, Answer] = {b"sat": Sat(), b"unsat": Unsat()}


# ---- what a question rests on


class _BasisDigests:
    """Digests of data, each thing looked at once; what was looked at is held, so that no address is used twice.

    What is put together for one question is not held: nobody asks for it again, and there are many questions.
    """

    def __init__(self) -> None:
        from hashlib import blake2b  # loads a library of its own, for those who keep answers

        self._digest = blake2b
        self._known: dict[int, tuple[object, bytes]] = {}
        self._records: dict[type, tuple[bytes, Callable[[Any], Iterable[object]]]] = {tuple: (b"tuple ", iter)}

    def of(self, thing: object) -> bytes:
        known, of = self._known, self.of
        met = known.get(id(thing))
        if met is not None:
            return met[1]
        record = self._records.get(type(thing))
        if record is None:
            content = self._content(thing)
        else:  # most things are of kinds that were met before, and so are their parts
            name, parts = record
            digests = [met[1] if (met := known.get(id(one))) is not None else of(one) for one in parts(thing)]
            content = name + b"".join(digests)
        found = self._digest(content, digest_size=_SIZE).digest()
        known[id(thing)] = (thing, found)
        return found

    def of_question(self, thing: Any) -> bytes:
        """The same of lists and words made for one question; what they list is held."""
        known, of = self._known, self.of_question
        met = known.get(id(thing))
        if met is not None:
            return met[1]
        kind = type(thing)
        if kind is tuple or kind is list:  # most of what is listed was looked at before
            digests = [met[1] if (met := known.get(id(one))) is not None else of(one) for one in thing]
            content = b"tuple " + b"".join(digests)
        elif kind in _PUT_TOGETHER:
            content = self._content(thing)
        else:
            return self.of(thing)
        return self._digest(content, digest_size=_SIZE).digest()

    def _all(self, things: Iterable[object]) -> bytes:
        """Of each in turn."""
        return b"".join(map(self.of, things))

    def _content(self, thing: Any) -> bytes:
        match thing:
            case None | bool():
                return repr(thing).encode()
            case str():
                return b"str " + thing.encode("utf-8", "surrogatepass")
            case bytes():
                return b"bytes " + thing
            case Enum():
                return f"{type(thing).__name__}.{thing.name}".encode()
            case int():
                return b"int " + thing.to_bytes(thing.bit_length() // 8 + 1, "big", signed=True)
            case Fraction():
                return f"Fraction {thing}".encode()
            case tuple() | list():
                return b"tuple " + self._all(thing)
            case frozenset() | set():
                return b"set " + b"".join(sorted(map(self.of, thing)))
            case Mapping():
                return b"map " + self._all(chain.from_iterable(thing.items()))
            case Resting():
                return type(thing).__qualname__.encode() + b" " + self.of(thing.rests_on)
            case _:
                name, parts = type(thing).__qualname__.encode() + b" ", _reader(type(thing))
                self._records[type(thing)] = name, parts
                return name + self._all(parts(thing))


def _reader(kind: type) -> Callable[[Any], Iterable[object]]:
    """Reads all fields of a record at once; NotKept where it is none."""
    names = _fields(kind)
    return attrgetter(*names) if len(names) > 1 else lambda thing: [getattr(thing, name) for name in names]


_known_fields: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a record; NotKept where it is none."""
    if kind not in _known_fields:
        if issubclass(kind, Struct):
            _known_fields[kind] = kind.__struct_fields__
        elif issubclass(kind, Stored):
            _known_fields[kind] = kind.__match_args__
        elif hasattr(kind, "__dataclass_fields__"):
            from dataclasses import fields  # takes time to load

            data_class: Any = kind
            _known_fields[kind] = tuple(one.name for one in fields(data_class))
        else:
            raise NotKept(kind.__name__)
    return _known_fields[kind]


# ---- an answer as bytes, and back


def _records(*modules: Any) -> dict[str, type]:
    return {
        name: kind
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Struct | Stored | Enum)
    }


_ALWAYS: Mapping[str, type] = {**_records(expressions, of_variables, sorts), Unknown.__name__: Unknown}
_TUPLE, _LIST, _SET, _MAP, _FRACTION, _NUMBER, _GIVEN = "()", "[]", "{,}", "{}", "/", "#", "given"
_PLAIN = 1 << 60  # numbers below are written as they are


@cache
def _named(kinds: tuple[type, ...]) -> Mapping[str, type]:
    return {**_ALWAYS, **{kind.__name__: kind for kind in kinds}}


def _written(cost: int, answer: object, kinds: Mapping[str, type], given: tuple[object, ...]) -> bytes:
    """Everything that is no plain text or number stands in a list of its own, after what it is made of."""
    writing = _Writing(kinds, given)
    whole = writing.write(answer)
    return encode([cost, writing.table, whole])


class _Writing:
    """What is written of an answer so far."""

    def __init__(self, kinds: Mapping[str, type], given: tuple[object, ...]) -> None:
        self.table: list[list[object]] = []
        self._kinds = kinds
        self._given = {id(thing): number for number, thing in enumerate(given)}
        self._places: dict[int, int] = {}
        self._held: list[object] = []

    def write(self, thing: Any) -> object:
        if thing is None or (isinstance(thing, bool | str) and not isinstance(thing, Enum)):
            return thing
        if isinstance(thing, int) and -_PLAIN < thing < _PLAIN:
            return thing
        if id(thing) in self._places:
            return [self._places[id(thing)]]
        if id(thing) in self._given:
            return self._place(thing, _GIVEN, [self._given[id(thing)]])
        match thing:
            case int():
                return self._place(thing, _NUMBER, [f"{thing:x}"])
            case Fraction():
                return self._place(thing, _FRACTION, [str(thing)])
            case tuple():
                return self._place(thing, _TUPLE, [self.write(part) for part in thing])
            case list():
                return self._place(thing, _LIST, [self.write(part) for part in thing])
            case frozenset():
                return self._place(thing, _SET, [self.write(part) for part in thing])
            case Mapping():
                return self._place(thing, _MAP, [self.write(part) for pair in thing.items() for part in pair])
            case _:
                name = type(thing).__name__
                if self._kinds.get(name) is not type(thing):
                    raise NotKept(name)
                if isinstance(thing, Enum):
                    return self._place(thing, name, [thing.value])
                return self._place(thing, name, [self.write(getattr(thing, field)) for field in _fields(type(thing))])

    def _place(self, thing: object, kind: str, parts: list[object]) -> list[int]:
        self.table.append([kind, *parts])
        self._held.append(thing)
        self._places[id(thing)] = len(self.table) - 1
        return [len(self.table) - 1]


@lru_cache(maxsize=4096)
def _fraction(written: str) -> Fraction:
    return Fraction(written)


def _as_map(several: list[Any]) -> dict[Any, Any]:
    return dict(zip(several[::2], several[1::2], strict=True))


_COLLECTED: Mapping[str, Callable[[list[Any]], object]] = {
    _TUPLE: tuple,
    _LIST: list,
    _SET: frozenset,
    _MAP: _as_map,
    _FRACTION: lambda parts: _fraction(parts[0]),
    _NUMBER: lambda parts: int(parts[0], 16),
}


class _Kept(Record):
    """An answer, and what it took to find it."""

    cost: int
    answer: Any


def _read(content: bytes, kinds: Mapping[str, type], given: tuple[object, ...]) -> _Kept | None:
    """None where these bytes are no answer."""
    made: list[Any] = []
    collected = _COLLECTED
    try:
        cost, table, whole = decode(content)
        for kind, *parts in table:
            read = [made[part[0]] if type(part) is list else part for part in parts]
            record = kinds.get(kind)
            if record is not None:
                made.append(record(*read))
            elif kind == _GIVEN:
                made.append(given[read[0]])
            else:
                made.append(collected[kind](read))
        return _Kept(int(cost), made[whole[0]] if type(whole) is list else whole)
    except (MsgspecError, TypeError, ValueError, KeyError, IndexError, AttributeError):
        return None
