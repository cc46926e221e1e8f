"""Cases: expectations about the text that do not hold, each with an encounter in which they fail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain, product

from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY
from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, world_of
from cbm.conflicts.precedence import is_steady, minimal_extent
from cbm.core.expressions import (
    FALSE,
    TRUE,
    Binds,
    Expr,
    Formula,
    NormId,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.matters import name_of, promised
from cbm.core.negotiation import Negotiation
from cbm.core.norms import (
    WITH_EXTENT,
    Case,
    ConditionExpected,
    ConductExpected,
    DutyExpected,
    Expected,
    FindingExpected,
    NormSystem,
    expectations,
)
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.variables import Origin
from cbm.coverage.by_reading import readings_in
from cbm.coverage.governance import SituationRegion, ungoverned
from cbm.evaluate.what_binds import binding, holds
from cbm.finding import Finding, Label, Rule, RuleId, Scenario, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.negotiation.reaches import boxes_in
from cbm.records import Record, replace
from cbm.search.exists_forall import Stuck
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import ReadingCubes, all_open, openness
from cbm.search.replay import episode
from cbm.search.unanswered_situations import clashing
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_names, clauses_in_any_wording, in_case, names_of
from cbm.wording.condition_words import literal_words
from cbm.wording.findings.clashes.clash_rules import rule_of
from cbm.wording.findings.stays_open.unheard_texts import with_force_on
from cbm.wording.findings.unmet_duties import (
    advising_clause,
    as_worded,
    in_part_expected,
    left_unsaid,
    saying_less,
    says_so,
    what_binds,
)
from cbm.wording.phrases import role_words
from cbm.wording.reading_words import Met, Missed, missing, qualified, told_on, weakened
from cbm.wording.reasons import failing, why_not
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.EXPECTATION,
    Severity.ERROR,
    mark("an expectation that does not hold"),
    mark("""\
A case describes encounters with `given` and says what it expects there: that a unit is bound in some way (by certain
clauses), that a condition holds, that a finding appears or does not. An expectation of a duty or a condition must
hold in every encounter of the case; an expected finding must reach at least one of them; an expected absence none.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
cases "Who may aim"
case "a helicopter near a warship"
  given own.craft is helicopter and own.party is JP and other.party is CN
  expect own must not aim_weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
cases "Who may aim"
case "a warship near a warship"
  given own.craft is warship and own.party is JP and other.party is CN
  expect own must not aim_weapons by 1
""",
)


_TOLD = 5  # clauses that do not bind a unit, before the rest of them is counted
_FOUND, _NONE = "the expectation fails there: the finding", "the expectation holds in every encounter of the case"


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for case in inquiry.system.cases:
        dated = inquiry.on(case.as_of)
        for expected in case.expected:
            for failed in _not_met(dated, case, expected):
                yield with_force_on(inquiry.system, case.as_of, failed)


def _not_met(inquiry: Inquiry, case: Case, expected: Expected) -> Iterator[Finding]:
    match expected:
        case DutyExpected():
            yield from _duty(inquiry, case, expected)
        case ConditionExpected():
            yield from _condition(inquiry, case, expected)
        case FindingExpected(rule=RuleId.CONFLICT | RuleId.AGREEMENT_CONFLICT | RuleId.IMPOSSIBLE_DUTY):
            yield from _clash(inquiry, case, expected)
        case FindingExpected(rule=RuleId.GAP):
            yield from _gap(inquiry, case, expected)
        case FindingExpected():
            pass  # the other findings are compared when all checks have run
        case ConductExpected():
            pass  # asked by the rules `impossible` and `never-reached`


def compare_findings(
    inquiry: Inquiry,
    rules: Collection[RuleId],
    found: Sequence[Finding],
    on_date: Callable[[RuleId, date], Sequence[Finding] | None],
) -> Iterator[Finding]:
    """Expectations of findings of these rules that have no extent of their own: present or absent in the whole text.

    `on_date` gives what a rule finds on another date; None where the date makes no difference to it.
    """
    negotiation = Negotiation(inquiry.system)
    for case, expected in expectations(inquiry.system):
        if not isinstance(expected, FindingExpected) or expected.rule in WITH_EXTENT or expected.rule not in rules:
            continue
        if expected.rule is RuleId.UNUSED:
            _leave_open(inquiry, expected, Unknown(mark("it is asked of all texts that are checked together")))
            continue
        wanted = [set(map(str, clause)) for clause in expected.clauses]
        then = None if case.as_of is None else on_date(expected.rule, case.as_of)
        about = [f for f in (found if then is None else then) if f.rule is expected.rule]
        met = [f for f in about if not any(clause.isdisjoint(f.clauses) for clause in wanted)]
        left = [left for left in inquiry.undecided if left.is_about(expected.rule, expected.clauses)]
        try:
            missing_on = _packages_missing(negotiation, met, absent=expected.absent)
        except TooManyBoxes:
            _leave_open(inquiry, expected, TOO_MANY)
            continue
        if left and (not met or (missing_on and not expected.absent)):
            _leave_open(inquiry, expected, left[0])
            continue
        missed = Missed(None) if missing_on else None
        dependent = [f for f in met if f.readings is not None and not f.readings.every]
        there = [say("there is one “{message}”", message=f.message) for f in met]
        for failed in _verdict(inquiry, case, expected, there, missed):
            only = bool(met) and len(dependent) == len(met)  # what is there on some readings is missed on some
            told = replace(failed, severity=weakened(failed.severity)) if only and expected.absent else failed
            yield told_on(negotiation, told, missing_on)


def _packages_missing(negotiation: Negotiation, met: Sequence[Finding], *, absent: bool) -> tuple[Box, ...]:
    """The packages on which none of these findings holds; `absent`: on which one does. All, where nothing is open."""
    if not negotiation.terms:
        return ALL_PACKAGES if bool(met) == absent else ()
    space = negotiation.space
    there = [box for f in met for box in (ALL_PACKAGES if f.reach is None else boxes_in(negotiation, f.reach))]
    if absent:
        return space.told(there)
    return space.told(space.minus(ALL_PACKAGES, (*there, *space.excluded)))


def leave_all_open(inquiry: Inquiry, rules: Collection[RuleId], why: str, *, compared: bool = False) -> None:
    """Notes of each expectation of which nothing is known yet that nobody knows whether it is met, and why.

    `compared`: of those too that `compare_findings` compares.
    """
    known = {question.at for question in inquiry.questions}
    for _, expected in expectations(inquiry.system):
        if isinstance(expected, FindingExpected) and expected.rule not in WITH_EXTENT and not compared:
            continue
        rule = RULE.id
        if isinstance(expected, ConductExpected):
            rule = RuleId.IMPOSSIBLE if expected.never else RuleId.NEVER_REACHED
        if rule in rules and expected.span not in known:
            left = inquiry.leave_open(_holds(expected), Unknown(why), at=expected.span)
            inquiry.record(rule, expected.words, left, at=expected.span)


def _duty(inquiry: Inquiry, case: Case, expected: DutyExpected) -> Iterator[Finding]:
    """Fails in an encounter of the case in which no matching clause binds the role."""
    answers = [_one_duty(inquiry, case, expected, content) for content in expected.contents]
    gravest = sorted(answers, key=lambda one: (not isinstance(one[0], Sat), not isinstance(one[0], Unknown)))
    answer, finding = gravest[0]
    _record(inquiry, expected, answer)
    if finding is not None:
        yield finding


def _one_duty(inquiry: Inquiry, case: Case, expected: DutyExpected, wanted: Expr) -> tuple[Answer, Finding | None]:
    """Whether there is such an encounter, for one of the things that are expected to be owed."""
    about = inquiry.view_of(expected.role)
    view = about.grounder
    content = view.formula(wanted)
    asked = [(n, says_so(inquiry, about, n, expected, content)) for n in about.norms]
    saying = [(n, where) for n, where in asked if not isinstance(where, Unknown)]
    matching = [n for n, where in saying if where != FALSE]
    given, tied = view.formula(case.situations(expected)), all_open(about.system).tied
    unbound = negation(disjunction(*(conjunction(n.binds, where) for n, where in saying if where != FALSE)))
    with asking(norms=[n.norm.id for n in matching], question=_fails(expected), found=_FOUND, none=_NONE):
        answer = inquiry.ask(about, given, unbound, *tied)
    if isinstance(answer, Sat):  # perhaps a clause says so of which that is not known
        answer = next((where for _, where in asked if isinstance(where, Unknown)), answer)
    if not isinstance(answer, Sat):
        return answer, None
    matching = [n for n, where in saying if _binds_somewhere(inquiry, about, n, where)]
    instead = _said_instead(inquiry, about, expected, wanted, given, matching)
    steady = [n.norm.id for n, where in saying if where == TRUE and is_steady(about, n)]
    shown = episode(
        about,
        (given, unbound, *tied),
        lambda seen: (
            holds(case.situations(expected), seen, about.system)
            and not any(binding(norm, about.bearer, seen, about.system) for norm in steady)
        ),
    )
    worded = as_worded(about, matching, shown)
    reasons = [r for n in worded if (r := why_not(n.norm, about.bearer, shown.world, about.system)) is not None]
    told = [given, *(view.formula(part) for reason in reasons for part in reason.about), *(w for _, w in saying)]
    failed = _failed(case, expected, example(inquiry.system, shown, told), instead.why)
    notes = (*dict.fromkeys(reason.words for reason in reasons), *what_binds(about, shown))
    with asking(norms=[n.norm.id for n in matching]):
        on = _failing_on(about, given, unbound)
        remedies = tuple(left_unsaid(inquiry, about, given, unbound, worded))
    failed = replace(failed, notes=notes, remedies=(*failed.remedies, *remedies, *instead.remedies))
    return answer, qualified(inquiry, failed, on, of=AskedOnReadings(expected))


class _SaidInstead(Record):
    """What clauses say in place of what is expected, in words, with what can be done about just that."""

    why: str
    remedies: tuple[str, ...] = ()


def _said_instead(
    inquiry: Inquiry,
    about: Ground,
    expected: DutyExpected,
    wanted: Expr,
    given: Formula,
    matching: Sequence[GroundNorm],
) -> _SaidInstead:
    """Elsewhere the same, as the `matching` clauses do; or else the same as advice, or less than that; or nothing."""
    system = inquiry.system
    if matching:
        names = clauses_in_any_wording(system, [n.norm.id for n in matching])
        return _SaidInstead(say("only {clauses} could bind it so, and not here", clauses=names))
    if advising := advising_clause(inquiry, about, expected, about.grounder.formula(wanted), given):
        way = say("write `should` in what is expected, or `must` in {clauses}", clauses=advising)
        return _SaidInstead(say("{clauses} only advises it", clauses=advising), (way,))
    if less := saying_less(inquiry, about, expected, wanted, given):
        asked_for = mark("less than that is asked for by {clauses}")
        left_free = mark("less than that is left free by {clauses}")
        why = say(asked_for if expected.is_owed else left_free, clauses=clauses_in_any_wording(system, less))
        return _SaidInstead(why, tuple(in_part_expected(system, expected, wanted)))
    return _SaidInstead(say("no clause says so"))


def _failing_on(about: Ground, given: Formula, failing: Formula) -> ReadingCubes | Unknown | None:
    """The readings, of those the case allows, on which it fails; None: no open term plays a part."""
    terms = openness(about.system, (given, failing))
    if terms is None:
        return None
    allowed = (*about.possible, *about.feasible, given)
    with asking(system=about.system, bearer=about.bearer):
        return terms.among(terms.where(*allowed, failing), *allowed)


def _binds_somewhere(inquiry: Inquiry, about: Ground, n: GroundNorm, where: Formula) -> bool:
    """Whether it binds in some encounter, as far as is known, on readings on which it says what is expected."""
    if where == FALSE:
        return False
    with asking(norms=[n.norm.id], question="does it bind anywhere", found="it is named", none="it is not named"):
        return not isinstance(inquiry.ask_of_any(about, n.binds, where), Unsat)


def _condition(inquiry: Inquiry, case: Case, expected: ConditionExpected) -> Iterator[Finding]:
    about = inquiry.strict[0]
    view = about.grounder
    given, wanted = view.formula(case.situations(expected)), view.formula(expected.condition)
    with asking(norms=(), question=_fails(expected), found=_FOUND, none=_NONE):
        answer = inquiry.ask(about, given, negation(wanted))
    _record(inquiry, expected, answer)
    if isinstance(answer, Sat):
        shown = episode(
            about,
            (given, negation(wanted)),
            lambda seen: (
                holds(case.situations(expected), seen, about.system)
                and not holds(expected.condition, seen, about.system)
            ),
        )
        denied = [negation(part) for part in failing(expected.condition, shown.world, about.system)]
        unbound, others = _unbound(denied)
        many = sum(map(len, unbound.values())) > _TOLD
        telling = [given, *map(view.formula, others)] if many else [given, wanted]
        told = example(inquiry.system, shown, telling, Origin.RESULT)
        not_so = listed(list(_what_is_so(about.system, unbound, others)), of="sentences")
        failed = _failed(case, expected, told, say("in this encounter {condition}", condition=not_so))
        on = _failing_on(about, given, negation(wanted))
        yield qualified(inquiry, failed, on, of=AskedOnReadings(expected))


def _unbound(conditions: Iterable[Expr]) -> tuple[dict[int, list[NormId]], list[Expr]]:
    """The clauses of which it is said that they do not bind a unit, by its role, and all else that is said."""
    unbound: dict[int, list[NormId]] = {}
    others: list[Expr] = []
    for condition in conditions:
        denied = condition.operand if isinstance(condition, Not) else None
        parts = denied.parts if isinstance(denied, Or) else (denied,)
        bound = [part for part in parts if isinstance(part, Binds)]
        if len(bound) < len(parts):
            others.append(condition)
            continue
        for one in bound:
            unbound.setdefault(one.role, []).append(one.norm)
    return unbound, others


def _what_is_so(system: NormSystem, unbound: Mapping[int, Sequence[NormId]], others: Iterable[Expr]) -> Iterator[str]:
    """Each condition in words; clauses that bind no unit are told together, and many of them are counted."""
    for role, norms in unbound.items():
        unit, names = role_words(system, role), names_of(system, norms)
        more = len(names) - _TOLD
        if len(names) == 1:
            yield say("{clause} does not bind {unit}", clause=names[0], unit=unit)
        elif len(names) == 2:
            first, second = names
            yield say("neither {first} nor {second} binds {unit}", first=first, second=second, unit=unit)
        elif more <= 0:
            yield say("none of {clauses} binds {unit}", clauses=listed(names), unit=unit)
        else:
            first = say(", ").join(names[:_TOLD])
            yield say("none of {clauses} and {count} more clauses binds {unit}", clauses=first, count=more, unit=unit)
    for condition in others:
        yield literal_words(system, condition)


_REACHES = mark("does the clash reach the case")
_ENDS = {"found": "it does", "none": "it does not"}


def _clash(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    """Compares with the clashes found, as far as they reach into the case; settled ones are no conflict left."""
    met: list[Met] = []
    for clash in inquiry.clashes:
        if _concerns(inquiry, clash, expected):
            about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
            here = _in_case(about, case, expected)
            found = _reaching(inquiry, about, clash, expected, here)
            if isinstance(found, Unknown):
                _note(inquiry, expected, inquiry.leave_open(_REACHES, found, *clash.norms))
                return
            if found is not None:
                met.append(found)
    left = next((left for left in inquiry.undecided if _may_clash(left, expected)), None)
    if left is not None and not met:
        _leave_open(inquiry, expected, left)
    else:
        for failed in _compared(inquiry, case, expected, met):
            yield (
                failed
                if met or expected.absent
                else replace(failed, notes=(*failed.notes, *_beside(inquiry, case, expected)))
            )


def _beside(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[str]:
    """What else is found in the case of some of the clauses that were expected to clash."""
    wanted = set(chain(*expected.clauses))
    for clash in inquiry.clashes:
        rule = rule_of(inquiry, clash)
        if rule != expected.rule and {norm.unworded for norm in clash.norms} <= wanted:
            about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
            if isinstance(_reaching(inquiry, about, clash, expected, _in_case(about, case, expected)), Met):
                yield say(
                    "there is `{rule}` of {clauses}", rule=rule, clauses=clause_names(inquiry.system, clash.norms)
                )


def _may_clash(left: Undecided, expected: FindingExpected) -> bool:
    """Whether it was not found out if clauses clash that are expected to, or not to."""
    return left.question == TOGETHER and left.is_about(RuleId.CONFLICT, expected.clauses)


def _reaching(
    inquiry: Inquiry, about: Ground, clash: ConflictSet, expected: FindingExpected, here: tuple[Formula, ...]
) -> Met | Unknown | None:
    """The clash, as far as it happens there; where that is not told in full the clauses are looked at again."""
    parts = (c for c in inquiry.clashes if c is clash or clash.includes(c))
    known = all(part.exact for part in parts)
    norms = (_chosen(clash, expected) if expected.clauses else None) or clash.norms
    binding = (about.norm(norm).binds for norm in norms if expected.clauses and clash.classes)
    world, where = world_of(about), (*here, minimal_extent(clash, inquiry.clashes), *binding)
    again = clashing(world, tuple(about.norm(norm).demand for norm in norms), *here)
    with asking(system=about.system, bearer=about.bearer, norms=norms, question=_REACHES, **_ENDS):
        answer = inquiry.ask(about, *where) if known else again.find()
    if isinstance(answer, Unknown):
        return answer
    if isinstance(answer, Unsat):
        return None
    terms = openness(about.system, where)
    if terms is None:
        on = None
    elif known:
        on = terms.where(*about.possible, *about.feasible, *where)
    else:
        on = terms.where_unanswered(world, (*world.situations(), *again.holding), again.compliance)
    return Met(say("there is one of {clauses}", clauses=clause_names(inquiry.system, norms)), on)


def _in_case(about: Ground, case: Case, expected: FindingExpected) -> tuple[Formula, Formula]:
    view = about.grounder
    return view.formula(case.situations(expected)), view.formula(expected.condition)


def _concerns(inquiry: Inquiry, clash: ConflictSet, expected: FindingExpected) -> bool:
    if rule_of(inquiry, clash) != expected.rule:
        return False
    if expected.clauses:
        same = _chosen(clash, expected) is not None
    else:
        same = any(norm.document == inquiry.system.subject for norm in clash.norms)
    return same and not (expected.absent and inquiry.settled_by(clash.norms))


def _chosen(clash: ConflictSet, expected: FindingExpected) -> tuple[NormId, ...] | None:
    """Of the sets that are told with the clash, that of the clauses expected."""
    wanted = set(chain(*expected.clauses))
    among = ([norm for norm in one if norm.unworded in wanted] for one in clash.choices)
    return next(filter(expected.is_of, product(*among)), None)


def _gap(inquiry: Inquiry, case: Case, expected: FindingExpected) -> Iterator[Finding]:
    met: list[Met] = []
    unknown: Unknown | None = None
    for about in inquiry.strict:
        given = conjunction(*_in_case(about, case, expected))
        for promise, matter in promised(inquiry.system, expected.topics):
            region = ungoverned(about, promise, matter)
            there = _open_in(region, given)
            if isinstance(there, Unknown):
                unknown = there
            elif there:
                words = say("there is one for {matter}", matter=name_of(matter))
                met.append(Met(words, readings_in(region, given)))
    if unknown is not None and not met:
        _leave_open(inquiry, expected, unknown)
    else:
        yield from _compared(inquiry, case, expected, met)


def _open_in(region: SituationRegion, given: Formula) -> bool | Unknown:
    about = region.about
    question = f"is there an encounter of the case in which {name_of(region.matter)} is promised and not governed"
    found, none = "the gap reaches the case", "it does not"
    with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
        answer = region.unanswered(given)
    return answer if isinstance(answer, Unknown) else isinstance(answer, Stuck)


def _fails(expected: DutyExpected | ConditionExpected) -> str:
    return f"is there an encounter of the case in which this fails: {expected.words}"


def _compared(inquiry: Inquiry, case: Case, expected: FindingExpected, met: list[Met]) -> Iterator[Finding]:
    about = inquiry.grounds[0]
    with asking(system=inquiry.system, bearer=about.bearer, norms=()):
        missed = missing(about, _in_case(about, case, expected), met, expected.absent)
    if missed is not None and isinstance(missed.on, Unknown):
        question = partial(say, mark("does `{expectation}` hold on every reading"), expectation=expected.words)
        _note(inquiry, expected, inquiry.leave_open(question, missed.on, at=expected.span))
        return
    for failed in _verdict(inquiry, case, expected, [one.words for one in met], missed):
        on = None if missed is None else missed.on
        yield qualified(inquiry, failed, on, of=AskedOnReadings(expected))


def _leave_open(inquiry: Inquiry, expected: Expected, because: Unknown | Undecided) -> None:
    """Notes that nobody knows whether it is so, for something that it rests on is not known."""
    unknown = Unknown(because.reason)
    left = inquiry.leave_open(_holds(expected), unknown, at=expected.span)
    _note(inquiry, expected, left)


def _verdict(
    inquiry: Inquiry, case: Case, expected: FindingExpected, met: list[str], missed: Missed | None
) -> Iterator[Finding]:
    """`met` says of each finding of the kind that was expected (not) to be there that it is, and which one."""
    _note(inquiry, expected, missed is not None)
    if missed is not None:
        there = met[0] if met and expected.absent else say("there is none")
        if expected.absent and len(met) > 1:
            there = say("{finding}, and {number} more", finding=there, number=len(met) - 1)
        yield _failed(case, expected, None, there)


def _record(inquiry: Inquiry, expected: DutyExpected | ConditionExpected, answer: Answer) -> None:
    if isinstance(answer, Unknown):
        _note(inquiry, expected, inquiry.leave_open(_holds(expected), answer, at=expected.span))
    else:
        _note(inquiry, expected, isinstance(answer, Sat))


def _holds(expected: Expected) -> Callable[[], str]:
    """The question whether it does."""
    return partial(say, mark("does `{expectation}` hold"), expectation=expected.words)


def _note(inquiry: Inquiry, expected: Expected, missed: bool | Undecided) -> None:
    inquiry.record(RULE.id, expected.words, missed, at=expected.span)


def _failed(case: Case, expected: Expected, shown: Scenario | None, why: str) -> Finding:
    assert expected.span is not None
    message = say("the text does not meet `{expectation}`", expectation=expected.words)
    place, matter = Label(expected.span, why), (case.title, expected.words)
    return Finding(RULE.id, RULE.severity, message, place, in_case(case), witness=shown, matter=matter)
