"""What terms say as it is written: how large that is with the terms they are made of, and which are read first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from cbm.records import Record, parts
from cbm.syntax import ast

# Terms inside terms grow without measure. What is larger is refused, or what builds on so many operations.
_LARGEST, _DEEPEST = 10_000, 200


class ActPoint(Record):
    """When a role does an act, each time it does."""

    act: str
    role: int


class Definition(Record):
    """What a plain term says, and the doings that it speaks of: as a single condition, and wherever it does."""

    written: ast.Expression
    by_one: tuple[ActPoint, ...]
    anywhere: tuple[ActPoint, ...]


class TermExtent(Record):
    """How many parts something has, and how many stand inside one another."""

    size: int
    depth: int

    @property
    def is_too_large(self) -> bool:
        return self.size > _LARGEST or self.depth > _DEEPEST


_SMALLEST = TermExtent(1, 1)


def written_out(part: object, known: Callable[[ast.Name, ast.Name | None], TermExtent | None]) -> TermExtent:
    """The extent of what is written; `known` is that of a term, of another text where that is named as well."""
    named = _named(part)
    if named is not None:
        return known(*named) or _SMALLEST
    inner = [written_out(each, known) for each in _inside(part)]
    own = 1 if isinstance(part, ast.Node) else 0
    return TermExtent(own + sum(each.size for each in inner), own + max((each.depth for each in inner), default=0))


def in_order(first: str, pending: Callable[[str], object | None]) -> Iterator[str]:
    """The terms that one is made of, and itself, each after those that it is made of; those in a circle are left out.

    `pending` gives the declaration of a term, or None where it is no term or is resolved already.
    """
    waiting, done, circle = {first: _waiting_for(first, pending)}, set[str](), False
    while waiting:
        name, made_of = next(reversed(waiting.items()))
        inner = next(made_of, None)
        if inner is None:
            del waiting[name]
            done.add(name)
            if not circle:
                yield name
        elif inner in waiting:
            circle = True  # whatever waits leads into it
        elif inner not in done:
            waiting[inner] = _waiting_for(inner, pending)


def _waiting_for(name: str, pending: Callable[[str], object | None]) -> Iterator[str]:
    return (inner for inner in dict.fromkeys(_names_in(pending(name))) if pending(inner) is not None)


def _names_in(part: object) -> Iterator[str]:
    named = _named(part)
    if named is not None:
        if named[1] is None:
            yield named[0].text
        return
    for each in _inside(part):
        yield from _names_in(each)


def _named(part: object) -> tuple[ast.Name, ast.Name | None] | None:
    """The name that may be that of a term, and the text that it is said to be of."""
    match part:
        case ast.Path(names, document):
            return names[-1], document
        case ast.IsA(_, noun):
            return noun, None
        case _:
            return None


def _inside(part: object) -> Iterator[object]:
    inside: Collection[object] = part if isinstance(part, tuple) else parts(part) if isinstance(part, ast.Node) else ()
    return (each for each in inside if isinstance(each, ast.Node | tuple) and not isinstance(each, ast.Name))
