"""Texts in which no clause stands: nothing is asked of them, and nobody takes that for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, Text
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.translation.saying import say


def empty_text(system: NormSystem) -> Iterator[Finding]:
    """That the text under check says nothing: it has no clause, and no word, promise or omission either."""
    text = system.texts[system.subject]
    if _has_clauses(text) or _says_anything(system, text) or text.span is None:
        return
    message = say("no clause stands in {text}, so nothing is asked about it", text=text.name)
    remedy = say('write its clauses, or until then `left out 1 because "not written yet"`')
    place, matter = Label(text.span), (text.name,)
    yield Finding(RuleId.VACUITY, Severity.WARNING, message, place, remedies=(remedy,), matter=matter)


def text_without_clauses(system: NormSystem) -> Iterator[str]:
    """That no clause stands in the text under check, where it says something else; what is left out tells it itself."""
    text = system.texts[system.subject]
    if not _has_clauses(text) and not text.omissions and _says_anything(system, text):
        yield say("no clause stands in {text}: nothing is asked of anybody by it", text=text.name)


def _says_anything(system: NormSystem, text: Text) -> bool:
    open_terms = any(term.document == text.name for term in system.open_terms)
    return bool(text.omissions or text.terms or open_terms or Negotiation(system).promises)


def _has_clauses(text: Text) -> bool:
    """Whether it has some, or is nothing that could have any."""
    return text.clauses > 0 or text.is_vocabulary
