"""What a piece of data is made of, whichever way its class is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from cbm.core.store import Stored
from cbm.records import replace


def field_names(thing: object) -> tuple[str, ...]:
    """The fields of a record or of a data class in their order; none of anything else."""
    if isinstance(thing, Struct):
        return thing.__struct_fields__
    if isinstance(thing, Stored):
        return thing.__match_args__
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return tuple(field.name for field in dataclasses.fields(thing))
    return ()


def changed_throughout(thing: Any, change: Callable[[Any], Any]) -> Any:
    """The same with every field changed."""
    return replace(thing, **{name: change(getattr(thing, name)) for name in field_names(thing)})
