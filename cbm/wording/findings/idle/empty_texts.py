"""Texts in which no clause stands: nothing is asked of them, and nobody takes that for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, Text
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.translation.saying import say


def empty_text(system: NormSystem) -> Iterator[Finding]:
    """That the text under check says nothing, and no case asks anything of it: it has no clause, word or promise."""
    text = system.texts[system.subject]
    if _is_asked_about(system, text) or _says_anything(system, text) or text.span is None:
        return
    message = say("no clause stands in {text}, so nothing is asked about it", text=text.name)
    remedy = say('write its clauses, or until then `left out 1 because "not written yet"`')
    place, matter = Label(text.span), (text.name,)
    yield Finding(RuleId.VACUITY, Severity.WARNING, message, place, remedies=(remedy,), matter=matter)


def text_without_clauses(system: NormSystem) -> Iterator[str]:
    """That no clause stands in the text under check, where it says something else; what is left out tells it itself."""
    text = system.texts[system.subject]
    if not _is_asked_about(system, text) and not text.omissions and _says_anything(system, text):
        yield say("no clause stands in {text}: nothing is asked of anybody by it", text=text.name)


def _says_anything(system: NormSystem, text: Text) -> bool:
    open_terms = any(term.document == text.name for term in system.open_terms)
    return bool(text.omissions or text.terms or open_terms or Negotiation(system).promises)


def _is_asked_about(system: NormSystem, text: Text) -> bool:
    """Whether it has clauses, or cases as one has that holds others together; or is nothing that could have any."""
    return text.clauses > 0 or bool(system.cases) or text.is_vocabulary
