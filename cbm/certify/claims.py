"""What a verdict comes to, as one closed claim; and the claim as an SMT-LIB 2 script that stands by itself.

A claim says of a situation which conduct there is in it, with quantifiers: no search has taken them out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cbm.core.expressions import Flag, Formula
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.smt.encode import Encoder
from cbm.smt.journal import Verdict
from cbm.smt.script import LOGIC, comment


@dataclass(frozen=True, slots=True)
class SomeConduct:
    """There are values of the `chosen` variables with which all parts hold."""

    parts: tuple[Claim, ...]
    chosen: frozenset[Variable]


@dataclass(frozen=True, slots=True)
class NotSo:
    claim: Claim


@dataclass(frozen=True, slots=True)
class AllOf:
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    claims: tuple[Claim, ...]


Claim: TypeAlias = "Formula | SomeConduct | NotSo | AllOf | AnyOf"
# What flags stand for, with words for it.
Meanings: TypeAlias = Mapping[Flag, tuple[str, Claim]]


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """Can all claims hold in one situation? Each claim has words; flags in `meanings` stand for claims of their own."""

    roles: tuple[str, ...]
    claims: tuple[tuple[str, Claim], ...]
    meanings: Meanings


def free_variables(claim: Claim) -> Iterator[Variable]:
    """What a claim says of the situation, in order of occurrence; what conduct chooses is left out."""
    match claim:
        case SomeConduct(parts, chosen):
            yield from (v for part in parts for v in free_variables(part) if v not in chosen)
        case NotSo(inner):
            yield from free_variables(inner)
        case AllOf(claims) | AnyOf(claims):
            for one in claims:
                yield from free_variables(one)
        case _:
            yield from variables(claim)


def script(question: ClosedQuestion, expected: Verdict) -> str:
    """Declarations, what flags stand for, and the claims; `expected` is the answer that the report comes to."""
    encoder = Encoder(question.roles)
    claims = [*definitions(question.meanings, (claim for _, claim in question.claims)), *question.claims]
    asserted: list[str] = []
    kinds: list[str] = []
    for words, claim in claims:
        asserted += [*filter(None, [comment(words)]), f"(assert {_written(encoder, kinds, claim)})"]
    declared = [part for _, claim in claims for part in free_variables(claim)]
    constants = encoder.declarations(dict.fromkeys(declared))
    return "\n".join(
        [
            "(set-info :smt-lib-version 2.6)",
            f"(set-logic {LOGIC})",
            f"(set-info :status {expected})",
            *kinds,
            *([constants] if constants else []),
            *asserted,
            "(check-sat)\n",
        ]
    )


def definitions(meanings: Meanings, claims: Iterable[Claim]) -> Sequence[tuple[str, Claim]]:
    """What the flags mean that the claims speak of, and those that these speak of in turn, each as a claim."""
    known: dict[Flag, tuple[str, Claim]] = {}
    left = list(claims)
    while left:
        for variable in free_variables(left.pop()):
            flag = Flag(variable)
            if flag in meanings and flag not in known:
                known[flag] = meanings[flag]
                left.append(known[flag][1])
    return [(words, _means(flag, claim)) for flag, (words, claim) in meanings.items() if flag in known]


def anywhere(meanings: Meanings, *parts: Claim, but: Collection[Variable] = ()) -> SomeConduct:
    """All this is so of something, whatever else is so: with all that it speaks of chosen `but` for these variables."""
    whole = (*(claim for _, claim in definitions(meanings, parts)), *parts)
    return SomeConduct(whole, frozenset(v for part in whole for v in free_variables(part) if v not in but))


def _means(flag: Flag, claim: Claim) -> Claim:
    """The flag is set exactly where the claim holds."""
    return AllOf((AnyOf((NotSo(flag), claim)), AnyOf((flag, NotSo(claim)))))


def _written(encoder: Encoder, kinds: list[str], claim: Claim) -> str:
    def several(word: str, claims: Iterable[Claim], none: str) -> str:
        parts = [_written(encoder, kinds, one) for one in claims]
        return f"({word} {' '.join(parts)})" if len(parts) > 1 else parts[0] if parts else none

    match claim:
        case SomeConduct(parts, chosen):
            bound = dict.fromkeys(v for part in parts for v in free_variables(part) if v in chosen)
            said = several("and", parts, "true")
            commands, binding = encoder.bound(bound)
            kinds += [commands] if commands else []
            return f"(exists {binding} {said})" if bound else said
        case NotSo(inner):
            return f"(not {_written(encoder, kinds, inner)})"
        case AllOf(claims):
            return several("and", claims, "true")
        case AnyOf(claims):
            return several("or", claims, "false")
        case _:
            return encoder.formula(claim)
