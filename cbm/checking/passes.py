"""The passes over one system in their order: world, checks, expectations, attestations, what stays open.

The only place that runs checks, for whoever wants to know what is found: a check, a change that is tried, a map.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial

from cbm.checking.check_shares import attribute, give_up, in_shares, leave_unasked
from cbm.checking.selection import EVERY_RULE, Selection
from cbm.checks import (
    cycle,
    dead_option,
    expectation,
    inconsistent_vocabulary,
    no_clean_package,
    no_workable_reading,
    undecided,
    undefined,
    unserved_function,
)
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.finding import Finding, RuleId
from cbm.inquiry import Inquiry, inquire
from cbm.negotiation.outlook import Outlook
from cbm.negotiation.wordings_merged import merged_attestations, merged_findings
from cbm.process.budget import SHORT, RunStopped, broken_off, current_budget
from cbm.records import replace
from cbm.report import Ending, Outcome, Pairs, Question
from cbm.search.open_questions import Undecided
from cbm.search.parallel import ALONE, Crew
from cbm.smt.journal import asking
from cbm.smt.solve import sharing
from cbm.translation.saying import mark
from cbm.wording.acts_together import told_once
from cbm.wording.clause_names import quoted
from cbm.wording.findings.attestations import Attested, Showing
from cbm.wording.findings.idle.empty_texts import text_without_clauses
from cbm.wording.findings.stays_open.left_open import left_open, omissions
from cbm.wording.findings.stays_open.one_sentence import exceptions_of_one_sentence
from cbm.wording.findings.stays_open.text_limits import crossed_limits
from cbm.wording.findings.stays_open.third_parties import consents_not_asked
from cbm.wording.findings.stays_open.unheard_texts import unheard_texts
from cbm.wording.phrases import phrases_in
from cbm.wording.status_words import as_treaty

Tell = Callable[[Finding], object]
_BARRED = 30  # a run that was stopped looks at packages where ties bar no more boxes of them


def examine(
    system: NormSystem,
    selection: Selection = EVERY_RULE,
    crew: Crew = ALONE,
    *,
    showing: bool = True,
    tell: Tell | None = None,
) -> Outcome:
    """All that is found in one system of what is selected, and what stands behind the answers that find nothing.

    `showing`: whether that is looked for; who asks only what is found need not wait for it. `tell` hears of each
    finding as it comes; in the end it may be told in other words, or together with others.
    """
    with asking(system=system), sharing():
        inquiry = open_in_time(system, selection, crew)
        if isinstance(inquiry, Outcome):
            return inquiry
        return examine_inquiry(inquiry, selection, showing=showing, tell=tell)


@broken_off()
def examine_inquiry(
    inquiry: Inquiry, selection: Selection = EVERY_RULE, *, showing: bool = True, tell: Tell | None = None
) -> Outcome:
    """The same of an open inquiry, which knows afterwards what was found on the way."""
    try:
        return _examined(inquiry, selection, tell, showing=showing)
    except RunStopped as why:  # between the steps that tell what is known by then
        return _unasked(inquiry.system, selection, str(why))


def _examined(inquiry: Inquiry, selection: Selection, tell: Tell | None, *, showing: bool) -> Outcome:
    system, rules = inquiry.system, selection.asked(inquiry.system)
    found = _unless_stopped(inquiry, RuleId.INCONSISTENT_VOCABULARY, world)
    found += cycle.check(inquiry)
    found += undefined.check(inquiry)
    shown = Showing(inquiry, rules)
    for finding in in_shares(inquiry, rules, shown.begin if showing else None):
        found.append(finding)
        if tell is not None:
            tell(finding)
    found = inconsistent_vocabulary.with_worlds_unknown(inquiry, found)
    if not Negotiation(system).terms:  # of packages it is told when they are known
        found = told_once(system, found)
    found += _unless_stopped(
        inquiry, RuleId.NO_WORKABLE_READING, lambda inquiry: [*no_workable_reading.check(inquiry, found)]
    )
    found += _unless_stopped(
        inquiry, RuleId.EXPECTATION, lambda inquiry: unmet(inquiry, rules, _of_packages(inquiry, found))
    )
    attested = _attested(inquiry, found, shown) if showing else Attested((), Pairs())
    unheard = (*text_without_clauses(system), *_unheard(inquiry))
    found += left_undecided(inquiry)
    found += unmet(inquiry, rules, _of_packages(inquiry, found), of_undecided=True)
    found = _of_packages(inquiry, found)
    return Outcome(
        findings=tuple(found),
        questions=tuple(inquiry.questions),
        clauses=system.texts[system.subject].clauses,
        as_of=system.as_of,
        attestations=merged_attestations(system, attested.attestations),
        pairs=attested.pairs,
        background=(
            *(*left_open(system), *exceptions_of_one_sentence(system), *crossed_limits(system), *as_treaty(system)),
            *(*unheard, *consents_not_asked(system)),
        ),
        unheard=unheard,
        omissions=tuple(omissions(system)),
        title=system.texts[system.subject].title,
        quoted=quoted(system, found),
        phrases=phrases_in(system, found),
    )


def _of_packages(inquiry: Inquiry, found: Sequence[Finding]) -> list[Finding]:
    """What is found, told of clauses; and, of a text under negotiation, what that means for its packages."""
    negotiation = Negotiation(inquiry.system)
    if not negotiation.terms:
        return list(found)
    findings = list(found)
    if current_budget().stopped and len(negotiation.space.excluded) > _BARRED:
        return [*findings, undecided.of_packages(inquiry)]
    try:
        findings = merged_findings(inquiry.system, found)
        outlook = Outlook(negotiation.with_cycles, tuple(findings))
        return [*findings, *no_clean_package.check(outlook), *dead_option.check(outlook)]
    except TooManyBoxes:
        return [*findings, undecided.of_packages(inquiry)]


def _unless_stopped(inquiry: Inquiry, rule: RuleId, step: Callable[[Inquiry], list[Finding]]) -> list[Finding]:
    try:
        return step(inquiry)
    except RunStopped as why:
        leave_unasked(inquiry, rule, str(why))
        return []


def _attested(inquiry: Inquiry, found: Sequence[Finding], shown: Showing) -> Attested:
    """What stands behind the answers; nothing is shown by a run that was stopped."""
    why = current_budget().stopped
    if not why:
        try:
            return shown.attested(found)
        except RunStopped as stopped:
            why = str(stopped)
    inquiry.undecided.append(Undecided(mark("which encounters show what nothing is found in"), why))
    return Attested((), Pairs())


def _unheard(inquiry: Inquiry) -> tuple[str, ...]:
    """The texts that bind nobody; a run that was stopped does not ask for them."""
    why = current_budget().stopped
    if not why:
        try:
            return tuple(unheard_texts(inquiry))
        except RunStopped as stopped:
            why = str(stopped)
    inquiry.undecided.append(Undecided(mark("which texts bind nobody"), why))
    return ()


@broken_off(SHORT)
def open_inquiry(system: NormSystem, crew: Crew = ALONE) -> Inquiry | Outcome:
    """What can be asked of a system; that nothing can be, where its axioms leave no encounter at all."""
    empty = inconsistent_vocabulary.emptiness(system)
    if isinstance(empty, Undecided) or not empty:
        inquiry = inquire(system, crew=crew)
        inquiry.undecided += [empty] if isinstance(empty, Undecided) else []
        return inquiry
    asked = Question(RuleId.INCONSISTENT_VOCABULARY, "does any encounter exist", Ending.FOUND, text=system.subject)
    return Outcome(empty, (asked,), system.texts[system.subject].clauses, system.as_of)


def open_in_time(system: NormSystem, selection: Selection = EVERY_RULE, crew: Crew = ALONE) -> Inquiry | Outcome:
    """The same; of a run that is stopped before anything can be asked, that nothing was."""
    try:
        with broken_off():
            return open_inquiry(system, crew)
    except RunStopped as why:
        return _unasked(system, selection, str(why))


def _unasked(system: NormSystem, selection: Selection, why: str) -> Outcome:
    """That nothing was asked of a system."""
    inquiry, rules = Inquiry(system, ()), selection.asked(system)
    for rule in sorted(rules, key=list(RuleId).index):
        give_up(inquiry, rule, why)
    expectation.leave_all_open(inquiry, rules, why, compared=True)
    found, asked = tuple(left_undecided(inquiry)), tuple(inquiry.questions)
    return Outcome(found, asked, system.texts[system.subject].clauses, system.as_of)


def world(inquiry: Inquiry) -> list[Finding]:
    """Encounters that the axioms leave without conduct, and those that they leave out by contradicting each other."""
    known = len(inquiry.undecided)
    with asking(rule=RuleId.INCONSISTENT_VOCABULARY):
        found = list(inconsistent_vocabulary.check(inquiry))
    attribute(inquiry, known, RuleId.INCONSISTENT_VOCABULARY)
    return found


def unmet(
    inquiry: Inquiry, rules: Collection[RuleId], found: Sequence[Finding], *, of_undecided: bool = False
) -> list[Finding]:
    """What cases expect to be found in the text as a whole and is not, or the other way round.

    What they expect to stay undecided is compared last, when everything else was asked.
    """
    if RuleId.EXPECTATION not in rules:
        return []
    compared = frozenset(rule for rule in RuleId if (rule is RuleId.UNDECIDED) is of_undecided)
    return list(expectation.compare_findings(inquiry, compared, found, partial(_on_date, inquiry)))


def left_undecided(inquiry: Inquiry) -> list[Finding]:
    """The questions that have no answer; to be told last."""
    return list(undecided.check(inquiry))


def _on_date(inquiry: Inquiry, rule: RuleId, day: date) -> list[Finding] | None:
    """What a rule finds on another date, of those whose answer depends on it without another text in force."""
    if rule is not RuleId.UNSERVED_FUNCTION:
        return None
    dated = inquiry.on(day)  # where the same texts are in force, the same can be asked
    return list(unserved_function.check(replace(dated, system=replace(dated.system, as_of=day))))
