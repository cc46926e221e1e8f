"""What checks asked of bearers, asked again by definition: of all conduct, with what yields told by what it means.

Of a text under negotiation it is asked of each package, or of any, as the verdict has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from cbm.certify.claims import Claim, NotSo, anywhere
from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, ended_key, row_for
from cbm.certify.standing import StandingNorms, hanging_together, happening, kept, standing_norms
from cbm.certify.verdict_kinds.on_readings import Incident, failing_on_some, happening_on_some
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import Formula, NormId
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings, Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Question
from cbm.smt.journal import Verdict


class AskedAgain:
    """The questions of one text, with the norms of each bearer as they stand, made once."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._known: dict[tuple[date | None, int | None, bool], list[StandingNorms]] = {}

    def on_every_reading(self, question: Question) -> VerdictRow | None:
        """Whether something that was posed is so on each reading; None where nothing was."""
        of = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if not isinstance(of, Posed) or question.verdict is Ending.UNDECIDED or of.clears:
            return None
        case = failing_on_some(self._incidents(of), self._beside(of))
        answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
        bearer = bearer_words(self._inquiry, (case.about,))
        return row_for(
            self._inquiry,
            question.rule,
            clauses=of.norms,
            bearer=bearer,
            question=question.subject,
            ending=question.verdict,
            cases=(case,),
            expected=answer,
        )

    def row(self, question: Question, norms: Collection[NormId] = ()) -> VerdictRow | None:
        """The row of a question that was posed; None where it was not, or concerns nobody.

        With `norms` it is asked of these clauses alone, of all that it was posed of.
        """
        posed = question.of
        if not isinstance(posed, Posed):
            return None
        inquiry, views, incidents = self._inquiry.on(posed.day), self._views(posed), self._incidents(posed, norms)
        if not incidents:
            return None
        cases = [one.case for one in incidents]
        if beside := self._beside(posed):
            cases = [happening_on_some(incidents, beside)]
        answer = Verdict.UNSAT if (question.verdict is Ending.CLEAR) != posed.clears else Verdict.SAT
        choices = frozenset(term.variable for term in inquiry.system.open_terms if term.choice is not None)
        if choices and posed.clears and answer is Verdict.SAT:
            cases, answer = [nowhere_on_some(views, cases, posed.packages, choices)], Verdict.UNSAT
        meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
        bearer = bearer_words(inquiry, {one.case.about.bearer: one.case.about for one in incidents}.values())
        return row_for(
            inquiry,
            question.rule,
            clauses=tuple(norm for norm in posed.norms if not norms or norm in norms),
            bearer=bearer,
            question=question.subject,
            ending=question.verdict,
            cases=cases,
            expected=answer,
            meanings=meanings,
            carries=ended_key(question.rule, posed.norms, question.verdict, posed.day),
        )

    def _views(self, posed: Posed) -> list[StandingNorms]:
        inquiry, key = self._inquiry.on(posed.day), (posed.day, posed.bearer, posed.advised)
        if key not in self._known:
            concerned = (about for about in inquiry.grounds if posed.bearer in (None, about.bearer))
            self._known[key] = [standing_norms(inquiry, about, posed.advised) for about in concerned]
        return self._known[key]

    def _incidents(self, posed: Posed, norms: Collection[NormId] = ()) -> list[Incident]:
        put = ((view, sought) for view in self._views(posed) for sought in posed.put(view.plain, view.ground))
        chosen = ((view, sought) for view, sought in put if not norms or sought.about in norms)
        return [Incident(view, _case(view, sought, posed)) for view, sought in chosen]

    def _beside(self, posed: Posed) -> list[Incident]:
        return [incident for one in posed.beside for incident in self._incidents(one)]


def _case(view: StandingNorms, sought: Sought, posed: Posed) -> BearerCase:
    about = view.ground
    return BearerCase(replace(about, possible=(*about.possible, *posed.packages)), tuple(_claims(about, sought)))


def _claims(about: Ground, sought: Sought) -> Iterator[tuple[str, Claim]]:
    """Of duties whose acts call for one another without end it is not asked whether they can be kept at all."""
    demands = [n.demand for n in sought.duties]
    if sought.wanted is None:
        yield "it is so of some conduct", kept(about, *sought.given, *demands)
    else:
        yield "one can do so", kept(about, *sought.given, *(n.demand for n in ending(about, sought.duties)))
        asked = (*sought.given, *sought.wanted)
        near = (n.demand for n in hanging_together(about, *asked) if n in sought.duties)
        yield "and not as it is asked for", NotSo(kept(about, *asked, *near))


def nowhere_on_some(
    views: Sequence[StandingNorms],
    cases: Sequence[BearerCase],
    packages: Sequence[Formula],
    choices: frozenset[Variable],
) -> BearerCase:
    """A package, one of these, comes first; some encounter is possible on it, and in none it is so."""
    about = views[0].ground
    of_packages = (part for part in about.possible if choices.issuperset(variables(part)))
    possible = happening(about, {}, but=choices)
    nowhere = [
        NotSo(anywhere(view.meanings, *case.about.possible, *(claim for _, claim in case.claims), but=choices))
        for case in cases
        for view in views
        if view.ground.bearer == case.about.bearer
    ]
    claims: list[tuple[str, Claim]] = [("some encounter is possible", possible)]
    claims += [("it is so in none", claim) for claim in nowhere]
    return BearerCase(replace(about, possible=(*of_packages, *packages)), tuple(claims))
