"""Precedence that has an effect, as a question: does some clause yield to one that does not yield itself."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.certify.claims import AllOf, Claim, NotSo
from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, row_for
from cbm.certify.standing import clashing, standing_norms
from cbm.comparison.idle_edges import AskedPrecedence
from cbm.conflicts.precedence import has_advice, settling
from cbm.core.expressions import FALSE, Flag
from cbm.core.norms import Precedence
from cbm.finding import Ending, Outcome
from cbm.inquiry import Inquiry
from cbm.smt.journal import Verdict


def yielding(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Of each edge by which something yields in a clash: W, norms clash, and what is above in the clash does not yield.

    Not where what is above is owed to some parties only, or of a text under negotiation: there it depends on more.
    """
    if any(term.choice is not None for term in inquiry.system.open_terms):
        return
    for question in outcome.questions:
        of = question.of
        if isinstance(of, AskedPrecedence) and question.verdict is Ending.CLEAR:
            above = (inquiry.system.texts[norm.document] for norm in of.edge.prevailing)
            if not all(text.is_owed_to_all for text in above):
                continue
            meanings: dict[Flag, tuple[str, Claim]] = {}
            cases = tuple(_acting(inquiry, of.edge, meanings))
            norms = tuple(n for n in inquiry.system.norms if n in of.edge.yielding | of.edge.prevailing)
            bearer = bearer_words(inquiry, {case.about.bearer: case.about for case in cases}.values())
            yield row_for(
                inquiry, question.rule, norms, bearer, "", question.subject, Ending.CLEAR, cases, Verdict.SAT, meanings
            )  # fmt: skip


def _acting(inquiry: Inquiry, edge: Precedence, meanings: dict[Flag, tuple[str, Claim]]) -> Iterator[BearerCase]:
    """Each clash in which the edge may make a clause yield, with advice and without."""
    for about in inquiry.grounds:
        for advised in (False, True):
            view = standing_norms(inquiry, about, advised)
            for clash in inquiry.clashes:
                if clash.bearer != about.bearer or (has_advice(inquiry.system, clash) and not advised):
                    continue
                if edge in settling(inquiry.system, clash.takes_part):
                    above = sorted(edge.prevailing.intersection(clash.takes_part))
                    meanings.update(view.meanings)
                    stands = NotSo(AllOf(tuple(view.flags.get(norm, FALSE) for norm in above)))
                    yield BearerCase(about, (*clashing(about, clash.choices), ("what is above does not yield", stands)))
