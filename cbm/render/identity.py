"""Findings to names that last: the same defect keeps its name when texts move, and are edited elsewhere.

A name rests on the rule, the clauses and what the finding is about beside them: not on folders and files, on how a text
is set out, or on the words of a message. Where several share all of these, what they are told apart by becomes part of
all their names: their conditions; which clause it is told of and which ones beside it; the packages on which it is so.
So one that comes to share them gives a longer name to the one that was there: a name is made of one report, which does
not tell which of them was there before. Who has both reports knows a finding again by its whole name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cbm.finding import Finding


def identities(findings: Iterable[Finding]) -> tuple[str, ...]:
    """One name per finding, in their order; those that nothing but their place tells apart are numbered.

    A finding that was read from a page keeps the name that it has there: a page does not hold all that names rest on.
    """
    found = tuple(findings)
    names = list(map(_digest, found))
    for aspect in _ASPECTS:
        names = _told_apart(names, [_short(aspect(finding)) for finding in found])
    return _numbered(found, names)


def whole_identities(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The same with all that might tell a finding apart from others, whether there are any or not.

    So it does not change when others come or go, and does where its conditions or packages change.
    """
    found = tuple(findings)
    return _numbered(found, ["-".join((_digest(one), *(_short(aspect(one)) for aspect in _ASPECTS))) for one in found])


def _numbered(found: Sequence[Finding], names: Iterable[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    numbered = []
    for finding, name in zip(found, names, strict=True):
        seen[name] += 1
        numbered.append(finding.known_id or (name if seen[name] == 1 else f"{name}-{seen[name]}"))
    return tuple(numbered)


def _short(parts: Iterable[str]) -> str:
    return digest_of(parts)[:6]


def _told_apart(names: Sequence[str], aspects: Sequence[str]) -> list[str]:
    """The names, with the aspect of each where findings of one name differ in it."""
    several: dict[str, set[str]] = {}
    for name, aspect in zip(names, aspects, strict=True):
        several.setdefault(name, set()).add(aspect)
    named = zip(names, aspects, strict=True)
    return [name if len(several[name]) == 1 else f"{name}-{aspect}" for name, aspect in named]


def _order(finding: Finding) -> Sequence[str]:
    """Its clauses, as they are told."""
    return finding.clauses


def _packages(finding: Finding) -> list[str]:
    """On which packages of a text under negotiation it is so, in whichever order these are told."""
    boxes = finding.reach.boxes if finding.reach else ()
    return sorted(repr(sorted(box)) for box in boxes)


def _conditions(finding: Finding) -> list[str]:
    """When it is so, in whichever order and language that is said, and which figures go against each other."""
    cubes, figures = finding.known_extent or finding.extent, finding.known_figures or finding.figures
    return [*sorted(" & ".join(sorted(cube)) for cube in cubes), *figures.split()]


# What findings of one rule, the same clauses and the same matter are told apart by, one after the other.
_ASPECTS = (_conditions, _order, _packages)


def _digest(finding: Finding) -> str:
    parts = [finding.rule, *sorted(finding.clauses), *(" ".join(part.split()) for part in finding.matter)]
    if not finding.clauses and not finding.matter:
        # The words at the place tell which one is meant, however they are set out.
        parts += finding.primary.span.text.split()
    return digest_of(parts)


def digest_of(parts: Iterable[str]) -> str:
    from hashlib import sha256  # loads a library of its own; most pages that find nothing need none

    material = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(material.encode("utf-8", "surrogatepass")).hexdigest()[:16]
