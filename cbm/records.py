"""What data is made of: records that are never changed, small to make, to compare and to load.

Classes come from msgspec, which writes no source for them: a data class takes fifty times as long to define.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, dataclass_transform

from msgspec import Struct as Struct
from msgspec import field as field
from msgspec import structs
from msgspec.structs import force_setattr as force_setattr  # in `__post_init__` alone

if TYPE_CHECKING:
    # The same call, and mypy knows which fields there are.
    from dataclasses import replace as replace
else:

    def replace(thing, /, **changes):
        """The same with other values in some fields."""
        if isinstance(thing, Struct):
            return structs.replace(thing, **changes)
        if (changed := getattr(thing, "__replace__", None)) is not None:
            return changed(**changes)
        from dataclasses import replace

        return replace(thing, **changes)


Thing = TypeVar("Thing")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True):
    """Data that is never changed; two are equal where they are of one class and all their fields are equal."""


class Placed(Record, eq=False):
    """A record with fields that help its reader only: `ASIDE` are those that play no part in equality."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"span"})

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        content = _content(type(self))
        return bool(content(self) == content(other))

    def __ne__(self, other: object) -> bool:  # that of `Struct` asks all fields
        return not self == other

    def __hash__(self) -> int:
        return hash(_content(type(self))(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _counting(type(self)))
        return f"{type(self).__name__}({shown})"


# So many systems are remembered: several checks ask about the same one, and about it on other dates in turn.
LATEST = 4


class Itself(Generic[Thing]):
    """A thing as a key: it is the same as itself alone, whatever others are made of."""

    __slots__ = ("thing",)

    def __init__(self, thing: Thing) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)


def parts(record: Struct) -> tuple[object, ...]:
    """What a record is made of, in order."""
    return structs.astuple(record)


def _counting(kind: type[Placed]) -> list[str]:
    return [name for name in kind.__struct_fields__ if name not in kind.ASIDE]


@cache
def _content(kind: type[Placed]) -> Callable[[Placed], Any]:
    """Reads the fields that count, all at once."""
    names = _counting(kind)
    return attrgetter(*names) if names else _nothing


def _nothing(_: Placed) -> None:
    return None
