"""What is said of a name that is not known: the nearest one that is, or all of them."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

KNOWN = mark("known are {names}")  # where no name that is known comes near
ONE_OF = mark("it is one of {names}")


def nearest_name(name: str, known: Iterable[str], otherwise: str) -> str:
    """The advice to write the nearest name; where none is near, what else is said of those that are `known`."""
    from difflib import get_close_matches

    among = list(known)
    near = get_close_matches(name, among, n=1)
    if near:
        return say("did you mean `{near}`?", near=near[0])
    return say(otherwise, names=listed([f"`{one}`" for one in among], ","))
