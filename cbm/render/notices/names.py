"""Names that last for what is told of two texts: they rest on its kind and on labels, and on no words of a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cbm.records import replace
from cbm.render.identity import digest_of
from cbm.render.notices.notice import Notice


def with_names(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices under names made of what stands for their names so far; those alike are numbered."""
    seen: Counter[str] = Counter()
    found: list[Notice] = []
    for notice in notices:
        name = digest_of((notice.rule, notice.name, *notice.clauses))
        seen[name] += 1
        found.append(replace(notice, name=name if seen[name] == 1 else f"{name}-{seen[name]}"))
    return tuple(found)
