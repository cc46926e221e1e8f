"""Texts in which no clause stands: nothing is asked of them, and nobody takes that for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.norms import NormSystem
from cbm.translation.saying import say


def text_without_clauses(system: NormSystem) -> Iterator[str]:
    """That no clause stands in the text under check; what is left out, and promises, tell it themselves.

    A vocabulary has none, nor has a text that holds others together for its cases.
    """
    text = system.texts[system.subject]
    if not (text.clauses or text.omissions or text.is_vocabulary or system.cases or system.coverage):
        yield say("no clause stands in {text}: nothing is asked of anybody by it", text=text.name)
