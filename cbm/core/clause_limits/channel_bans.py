"""What bans leave of the ways in which an act can be done: by the channel that it goes through."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cbm.core.expressions import (
    FALSE,
    And,
    Does,
    Each,
    Expr,
    Not,
    Or,
    Through,
    Truth,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.norms import Modality, Norm
from cbm.core.substitution import parts_of


def limits_channels(norm: Norm, acts: Collection[str]) -> bool:
    """Whether the clause bars some of these acts by the channel that they are done through."""
    return any(_speaks_of_channels(done.manner) for done in _barred(norm, acts))


def bars_channel(norm: Norm, acts: Collection[str], channel: str) -> bool:
    """Whether the clause bars one of these acts, be it for a time, because it goes through this channel."""
    limited = (done.manner for done in _barred(norm, acts) if _speaks_of_channels(done.manner))
    return any(_through(manner, channel) != FALSE for manner in limited)


def bars_unnamed(norm: Norm, acts: Collection[str]) -> bool:
    """Whether the clause bars one of these acts through whatever channel it does not name."""
    return bars_channel(norm, acts, "")


def left_free(norm: Norm) -> tuple[str, ...]:
    """The channels through which alone the clause leaves free what it forbids; none where it says something else."""
    match norm.content:
        case Not(Does(manner=manner)) if norm.modality is Modality.PROHIBITION:
            several = parts_of(manner)
            named = [
                part.operand.channel for part in several if isinstance(part, Not) and isinstance(part.operand, Through)
            ]
            return tuple(named) if len(named) == len(several) else ()
        case _:
            return ()


def speaks_of_act(content: Expr, act: str) -> bool:
    """Whether a duty asks for the act, alone or as one of several."""
    match content:
        case Does(done):
            return done == act
        case Each(_, _, body):
            return speaks_of_act(body, act)
        case And(parts) | Or(parts):
            return any(speaks_of_act(part, act) for part in parts)
        case _:
            return False


def _barred(norm: Norm, acts: Collection[str]) -> Iterator[Does]:
    for part in parts_of(norm.content) if norm.modality is Modality.PROHIBITION else ():
        if isinstance(part, Not) and isinstance(part.operand, Does) and part.operand.act in acts:
            yield part.operand


def _speaks_of_channels(manner: Expr) -> bool:
    match manner:
        case Through():
            return True
        case Not(part) | Each(_, _, part):
            return _speaks_of_channels(part)
        case And(parts) | Or(parts):
            return any(map(_speaks_of_channels, parts))
        case _:
            return False


def _through(manner: Expr, channel: str) -> Expr:
    """What is left of the manner for a doing through the channel."""
    match manner:
        case Through(name):
            return Truth(name == channel)
        case Not(part):
            return negation(_through(part, channel))
        case Each(act, role, body):
            inside = _through(body, channel)
            return inside if isinstance(inside, Truth) else Each(act, role, inside)
        case And(parts):
            return conjunction(*(_through(part, channel) for part in parts))
        case Or(parts):
            return disjunction(*(_through(part, channel) for part in parts))
        case _:
            return manner
