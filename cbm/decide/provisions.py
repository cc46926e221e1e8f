"""Two provisions side by side: whether they say the same, or how they differ and in which encounter.

Their wording is compared: parties, dates and what stands in place of what are left aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from cbm.decide.inquiry import Inquiry
from cbm.semantics.core import (
    FALSE,
    TRUE,
    Expr,
    Modality,
    Norm,
    Secondary,
    Strength,
    Truth,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.evaluate import World, applicable, fulfilled, holds
from cbm.semantics.ground import Ground, Grounder, GroundNorm
from cbm.semantics.rotate import rotate
from cbm.smt.solve import Sat, Unknown

# What is asked of two provisions, for the export.
DIFFER = "is there an encounter in which one of the two is kept, or made use of, and the other is not"


class Way(Enum):
    """In what two provisions differ."""

    FORM = auto()  # modality or strength, of what is said or of what follows a breach
    BEARER = auto()  # one of them never speaks to the bearer
    CONTENT = auto()  # one is kept, or made use of, and the other is not
    BREACH = auto()  # what is owed when both are breached


@dataclass(frozen=True, slots=True)
class Unlike:
    """How two provisions differ; for all but the form, the bearer and the formula of the encounters that show it."""

    way: Way
    about: Ground | None = None
    formula: Expr = FALSE


def unlike(inquiry: Inquiry, one: Norm, other: Norm) -> Unlike | Unknown | None:
    """The first difference between two provisions, towards whichever bearer; None if they mean the same."""
    if any(_form(a) != _form(b) for a, b in zip(_said(one), _said(other), strict=False)):
        return Unlike(Way.FORM)
    for about in inquiry.grounds:
        here = about.find(one.id), about.find(other.id)
        stages = zip_longest(_claims(about, here[0], one), _claims(about, here[1], other), fillvalue=TRUE)
        for stage, (first, second) in enumerate(stages):
            differ = disjunction(conjunction(first, negation(second)), conjunction(negation(first), second))
            answer = inquiry.ask(about, differ) if differ != FALSE else None
            if isinstance(answer, Unknown):
                return answer
            if isinstance(answer, Sat):
                way = Way.BREACH if stage else Way.BEARER if None in here else Way.CONTENT
                return Unlike(way, about, differ)
    return None


def seen_unlike(about: Ground, one: Norm, other: Norm, seen: World) -> bool:
    """Whether the evaluator sees a difference between the two in an episode."""
    return any(
        first != second
        for first, second in zip_longest(_seen(about, one, seen), _seen(about, other, seen), fillvalue=True)
    )


def use(norm: Norm, content: Expr) -> Expr:
    """What makes use of a permission, or of an exemption; of a duty, what keeps it."""
    return negation(content) if norm.modality is Modality.EXEMPTION else content


def _said(norm: Norm) -> tuple[Norm | Secondary, ...]:
    return (norm, *norm.otherwise)


def _form(said: Norm | Secondary) -> tuple[Modality, Strength]:
    return said.modality, said.strength


def _claims(about: Ground, n: GroundNorm | None, norm: Norm) -> Sequence[Expr]:
    """That a duty is kept where it applies, or that a permission applies and is made use of.

    Then, for each thing owed after a breach, that it is done at the latest.
    """
    if n is None:
        return (Truth(norm.demands),)
    done = use(norm, n.fulfilled)
    claims = [disjunction(negation(n.applicable), done) if norm.demands else conjunction(n.applicable, done)]
    grounder, view = Grounder(about.system, (about.bearer,)), about.bearer if norm.rotates else 0
    for secondary in norm.otherwise:
        content = grounder.formula(rotate(secondary.content, view, len(about.system.situation.roles)))
        claims.append(disjunction(claims[-1], content))
    return claims


def _seen(about: Ground, norm: Norm, seen: World) -> Sequence[bool]:
    """The same claims as the evaluator sees them in one episode."""
    system, bearer = about.system, about.bearer
    if not norm.rotates and norm.bearer != bearer:
        return (norm.demands,)
    applies, done = applicable(norm, bearer, seen, system), fulfilled(norm, bearer, seen, system)
    if norm.modality is Modality.EXEMPTION:
        done = not done
    claims = [not applies or done if norm.demands else applies and done]
    for secondary in norm.otherwise:
        claims.append(claims[-1] or holds(secondary.content, seen, system, bearer if norm.rotates else 0))
    return claims
