"""One store of records: what is made of the same parts is the same object, for as long as anybody holds it.

Equal records are one object, unless they differ in what equality leaves aside, such as the unit that an author wrote.
No answer depends on which of them is held, on what was made before, or on when it is freed.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar, NoReturn, Self, TypeVar, cast, dataclass_transform
from weakref import ref


class _Reference(ref["Stored"]):
    """Finds a record without holding it."""

    __slots__ = ("digest",)
    digest: int


# By digest. Where two threads make the same record at once, one of the two may not be found again: it is equal.
_known: dict[int, tuple[_Reference, ...]] = {}


def _forget(dead: Any, known: dict[int, tuple[_Reference, ...]] = _known) -> None:
    held = known.pop(dead.digest, ())
    others = held != (dead,) and tuple(reference for reference in held if reference is not dead)
    if others:  # as a rule no other record has the digest
        known[dead.digest] = others


class Stored:
    """A record without change: its class is `stored`, and asks `_one` for what it makes.

    What was found out about it once is kept with it (`kept`, `keep`).
    """

    __slots__ = ("__weakref__", "_digest", "_kept")
    __match_args__: ClassVar[tuple[str, ...]]
    _digest: int
    _kept: dict[Hashable, Any] | None

    @classmethod
    def _one(cls, digest: int, *values: Any) -> Self:
        """The record with these values; equal records have the same digest."""
        for reference in _known.get(digest, ()):
            found = reference()
            if isinstance(found, cls) and found.is_of(*values):
                return found
        made = object.__new__(cls)
        write = object.__setattr__
        for name, value in zip(cls.__match_args__, values, strict=True):
            write(made, name, value)
        write(made, "_digest", digest)
        write(made, "_kept", None)
        reference = _Reference(made, _forget)
        reference.digest = digest
        _known[digest] = (*_known.get(digest, ()), reference)
        return made

    def is_of(self, *values: Any) -> bool:
        """Whether it was made of these very values; what equality leaves aside counts."""
        return self._values() == values

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def _compared(self) -> tuple[Any, ...]:
        """What equality looks at."""
        return self._values()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Stored):
            return NotImplemented
        return type(self) is type(other) and self._digest == other._digest and self._compared() == other._compared()

    def __hash__(self) -> int:
        return self._digest

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({shown})"

    def __replace__(self, **changes: Any) -> Self:
        return type(self)(**dict(zip(self.__match_args__, self._values(), strict=True)) | changes)

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), self._values()

    def kept(self, question: Hashable) -> Any:
        """What was found out about it before; None if nothing."""
        return None if self._kept is None else self._kept.get(question)

    def keep(self, question: Hashable, answer: Any) -> None:
        """Keeps what is so whenever and wherever it is asked."""
        if self._kept is None:
            object.__setattr__(self, "_kept", {})
        assert self._kept is not None
        self._kept[question] = answer


_Kind = TypeVar("_Kind", bound=Stored)


def _refuse(record: Stored, name: str, *_: object) -> NoReturn:
    raise AttributeError(f"cannot change {name!r} of a {type(record).__name__}")


@dataclass_transform(frozen_default=True, eq_default=False)
def stored(kind: type[_Kind]) -> type[_Kind]:
    """The class with what its body annotates as its fields, in slots; data classes take ten times as long to define."""
    names = tuple(vars(kind)["__annotations__"])
    body = {name: value for name, value in vars(kind).items() if name not in {*names, "__dict__", "__weakref__"}}
    body |= {"__slots__": names, "__match_args__": names, "__setattr__": _refuse, "__delattr__": _refuse}
    made: Any = type(kind.__name__, kind.__bases__, body)
    return cast("type[_Kind]", made)
