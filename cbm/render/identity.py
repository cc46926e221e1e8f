"""Findings to names that last: the same defect keeps its name when texts move, and are edited elsewhere.

A name rests on the rule, the clauses and what the finding is about beside them: not on folders and files, on how a text
is set out, or on the words of a message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from cbm.finding import Finding


def identities(findings: Iterable[Finding]) -> tuple[str, ...]:
    """One name per finding, in their order; those that nothing but their place tells apart are numbered."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for finding in findings:
        name = _digest(finding)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(names)


def _digest(finding: Finding) -> str:
    parts = [finding.rule, *sorted(finding.clauses), *(" ".join(part.split()) for part in finding.matter)]
    if not finding.clauses and not finding.matter:
        # The words at the place tell which one is meant, however they are set out.
        parts += finding.primary.span.text.split()
    material = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(material.encode("utf-8", "surrogatepass")).hexdigest()[:16]
