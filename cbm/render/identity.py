"""Findings to names that last: the same defect keeps its name when texts move, and are edited elsewhere.

A name rests on the rule, the clauses and what the finding is about beside them: not on folders and files, on how a text
is set out, or on the words of a message. Where several share all of these, what they are told apart by becomes part of
all their names: their conditions; which clause it is told of and which ones beside it; the packages on which it is so.
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
    for aspect in (_conditions, _order, _packages):
        names = _told_apart(names, [digest_of(aspect(finding))[:6] for finding in found])
    seen: Counter[str] = Counter()
    for number, name in enumerate(names):
        seen[name] += 1
        names[number] = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return tuple(finding.known_id or name for finding, name in zip(found, names, strict=True))


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
