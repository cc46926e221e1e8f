"""Findings to names that last: the same defect keeps its name when lines move around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from cbm.finding import Finding

_LINE_NUMBER = re.compile(r"(?<=\.cbm):\d+(?::\d+)?|(?<=\bline )\d+")


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
    parts = [finding.rule, _LINE_NUMBER.sub("", finding.message), *finding.clauses]
    if not finding.clauses:
        # Without a clause the words at the place tell which one is meant.
        parts += [finding.primary.span.source.name, finding.primary.span.text]
    material = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(material.encode("utf-8", "surrogatepass")).hexdigest()[:16]
