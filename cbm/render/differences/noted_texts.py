"""Texts below a heading, each with `=` in front of it: what pages on two texts say at their end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.render.columns import wrap
from cbm.translation.saying import say


def noted_below(heading: str, texts: Iterable[str]) -> Iterator[str]:
    """The heading and the texts with an empty line behind them; nothing where there are none."""
    told = list(texts)
    if told:
        yield say("{heading}:", heading=heading)
        for text in told:
            yield from noted(text)
        yield ""


def noted(text: str, before: str = "  ") -> Iterator[str]:
    """One text, in as many lines as it takes."""
    yield from wrap(text, first=f"{before}= ", rest=f"{before}  ")
