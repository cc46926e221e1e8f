"""What a promise of coverage is about, and which clauses govern it: those of a topic, or those that settle an act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from cbm.core.expressions import TRUE, And, Does, Expr, Not, Or
from cbm.core.norms import Coverage, Modality, Norm, NormSystem, Reserve


@dataclass(frozen=True, slots=True)
class Settled:
    """An act of which it is asked whether it is obliged, prohibited or expressly left open."""

    act: str


# A topic is told by its name.
Matter = str | Settled


def matters(promise: Coverage) -> tuple[Matter, ...]:
    """Everything that is promised, in order."""
    return (*promise.topics, *map(Settled, promise.acts))


def name_of(matter: Matter) -> str:
    return matter.act if isinstance(matter, Settled) else matter


def is_left_open(reserve: Reserve, matter: Matter, system: NormSystem) -> bool:
    """Whether the reserve is about the matter; who is silent on a topic is silent on the acts declared with it."""
    topic = system.acts[matter.act].topic if isinstance(matter, Settled) else matter
    return not reserve.topics or topic in reserve.topics


def concerns(norm: Norm, matter: Matter) -> bool:
    """Whether the matter is governed where the norm binds."""
    if not isinstance(matter, Settled):
        return matter in norm.topics
    match norm.modality:
        case Modality.OBLIGATION:
            return _asks(norm.content, matter.act, norm.bearer)
        case Modality.PROHIBITION:
            return _forbids(norm.content, matter.act, norm.bearer)
        case Modality.PERMISSION | Modality.EXEMPTION:
            return _mentions(norm.content, matter.act, norm.bearer)
        case _:
            assert_never(norm.modality)


def _asks(content: Expr, act: str, bearer: int) -> bool:
    """Whether nobody fulfils the content who does not do the act in some way."""
    match content:
        case Does(done, role):
            return (done, role) == (act, bearer)
        case And(parts):
            return any(_asks(part, act, bearer) for part in parts)
        case Or(parts):
            return all(_asks(part, act, bearer) for part in parts)
        case _:
            return False


def _forbids(content: Expr, act: str, bearer: int) -> bool:
    """Whether nobody fulfils the content who does the act, in whatever way."""
    match content:
        case Not(Does(done, role, manner)):
            return (done, role, manner) == (act, bearer, TRUE)
        case And(parts):
            return any(_forbids(part, act, bearer) for part in parts)
        case Or(parts):
            return all(_forbids(part, act, bearer) for part in parts)
        case _:
            return False


def _mentions(content: Expr, act: str, bearer: int) -> bool:
    match content:
        case Does(done, role):
            return (done, role) == (act, bearer)
        case Not(operand):
            return _mentions(operand, act, bearer)
        case And(parts) | Or(parts):
            return any(_mentions(part, act, bearer) for part in parts)
        case _:
            return False
