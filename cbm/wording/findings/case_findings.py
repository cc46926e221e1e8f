"""Cases in which nothing can fail, as findings: nothing is expected there, or no encounter is described."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cbm.core.expressions import TRUE, Expr, Formula, conjunction
from cbm.core.norms import Case
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.search.open_questions import opposite
from cbm.translation.saying import say
from cbm.wording.findings.exclusion_words import all_of_this, among_its_parties, because, with_reasons


def idle_cases(inquiry: Inquiry) -> Iterator[Finding]:
    """At most one a case."""
    for case in inquiry.system.cases:
        found = _without_encounter(inquiry, case)
        if found is not None:
            yield found
        elif not case.expected:
            yield _without_expectation(case)


def _without_expectation(case: Case) -> Finding:
    message = say("nothing is expected in `{case}`, so nothing is asked about it", case=case.title)
    return _finding(case, message, say("say with `expect` what has to come of it, or take it out"))


def _without_encounter(inquiry: Inquiry, case: Case) -> Finding | None:
    """That what is given cannot be, or cannot be between the parties whose units the case is about."""
    dated, subject = inquiry.on(case.as_of), inquiry.system.subject
    for whose in dict.fromkeys(expected.whose for expected in case.expected) or (TRUE,):
        impossible = _impossible(dated, case, conjunction(case.given, whose))
        if impossible is None:
            continue
        if whose == TRUE or _impossible(dated, case, case.given) is not None:
            message = say("what is given in the case `{case}` happens in no encounter", case=case.title)
            remedy, told = say("correct what is given: the axioms of the vocabulary exclude it"), all_of_this
        else:
            message = say(
                "what is given in the case `{case}` happens in no encounter between parties to {text}",
                case=case.title,
                text=subject,
            )
            remedy = say("name whose units they are: where a case does not, they are of parties to the text")
            told = among_its_parties
        return with_reasons(_finding(case, message, remedy), because(dated.grounds[0], (impossible,)), told)
    return None


def _impossible(inquiry: Inquiry, case: Case, given: Expr) -> Formula | None:
    """What is given, if it describes no encounter."""
    about = inquiry.grounds[0]
    formula = about.grounder.formula(given)

    def question() -> str:
        return say("does the case `{case}` describe an encounter", case=case.title)

    possible = inquiry.can(about, (), question, formula, found="it does", none="it describes none: the finding")
    of = Posed(partial(_describing, given), bearer=about.bearer, clears=True)
    inquiry.record(RuleId.VACUITY, f"case `{case.title}`", opposite(possible), of=of)
    return formula if possible is False else None


def _describing(given: Expr, about: Ground, _: Ground) -> Iterator[Sought]:
    yield Sought((about.grounder.formula(given),))


def _finding(case: Case, message: str, remedy: str) -> Finding:
    assert case.span is not None
    place, matter = Label(case.span), (case.title,)
    return Finding(RuleId.VACUITY, Severity.WARNING, message, place, remedies=(remedy,), matter=matter)
