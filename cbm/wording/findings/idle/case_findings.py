"""Cases and expectations in which nothing can fail, as findings: nothing is expected, or of no encounter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cbm.core.expressions import TRUE, Expr, Formula, conjunction
from cbm.core.matters import promised
from cbm.core.norms import Case, FindingExpected
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.search.open_questions import opposite
from cbm.translation.saying import mark, say
from cbm.wording.findings.exclusion_words import all_of_this, among_its_parties, because, with_reasons


def idle_cases(inquiry: Inquiry) -> Iterator[Finding]:
    """At most one a case, or one for each finding that is not expected where there could be none."""
    for case in inquiry.system.cases:
        found = _without_encounter(inquiry, case)
        if found is not None:
            yield found
        elif not case.expected:
            yield _without_expectation(case)
        else:
            for expected in case.expected:
                if isinstance(expected, FindingExpected) and expected.absent:
                    yield from _about_nothing(inquiry.on(case.as_of), case, expected)


def _without_expectation(case: Case) -> Finding:
    message = say("nothing is expected in `{case}`, so nothing is asked about it", case=case.title)
    return _finding(case, message, say("say with `expect` what has to come of it, or take it out"))


def _about_nothing(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    """That it is asked about no encounter of the case, or about nothing that is promised."""
    if expected.rule is RuleId.GAP and not promised(inquiry.system, expected.topics):
        message = say(
            "`{expectation}` holds whatever the text says: it promises nothing there", expectation=expected.words
        )
        yield _idle(case, expected, message, say("promise it with `covers`, or take this line out"))
        return
    if expected.condition == TRUE:
        return
    question = partial(say, mark("is `{expectation}` about an encounter"), expectation=expected.words)
    given = conjunction(case.situations(expected), expected.condition)
    impossible = _impossible(inquiry, expected.words, question, given)
    if impossible is not None:
        message = say("`{expectation}` is about no encounter", expectation=expected.words)
        found = _idle(case, expected, message, say("correct its `when`, or what is given"))
        yield with_reasons(found, because(inquiry.grounds[0], (impossible,)), all_of_this)


def _idle(case: Case, expected: FindingExpected, message: str, remedy: str) -> Finding:
    assert expected.span is not None
    place, matter = Label(expected.span), (case.title, expected.words)
    return Finding(RuleId.VACUITY, Severity.WARNING, message, place, remedies=(remedy,), matter=matter)


def _without_encounter(inquiry: Inquiry, case: Case) -> Finding | None:
    """That what is given cannot be, or cannot be between the parties whose units the case is about."""
    dated, subject = inquiry.on(case.as_of), inquiry.system.subject
    question = partial(say, mark("does the case `{case}` describe an encounter"), case=case.title)
    asked = (f"case `{case.title}`", question)
    for whose in dict.fromkeys(expected.whose for expected in case.expected) or (TRUE,):
        impossible = _impossible(dated, *asked, conjunction(case.given, whose))
        if impossible is None:
            continue
        if whose == TRUE or _impossible(dated, *asked, case.given) is not None:
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


def _impossible(inquiry: Inquiry, subject: str, question: Callable[[], str], given: Expr) -> Formula | None:
    """What is given, if it describes no encounter."""
    about = inquiry.grounds[0]
    formula = about.grounder.formula(given)
    possible = inquiry.can(about, (), question, formula, found="it does", none="it describes none: the finding")
    of = Posed(partial(_describing, given), bearer=about.bearer, clears=True)
    inquiry.record(RuleId.VACUITY, subject, opposite(possible), of=of)
    return formula if possible is False else None


def _describing(given: Expr, about: Ground, _: Ground) -> Iterator[Sought]:
    yield Sought((about.grounder.formula(given),))


def _finding(case: Case, message: str, remedy: str) -> Finding:
    assert case.span is not None
    place, matter = Label(case.span), (case.title,)
    return Finding(RuleId.VACUITY, Severity.WARNING, message, place, remedies=(remedy,), matter=matter)
