"""Every verdict of a report as a row, and for those that are one question each the question itself.

The questions are the definitions of the rules, written from the ground formulas: no index, no blocks and no search for
minimal sets takes part. From the search comes only what it claims: which sets clash, and how each question ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from cbm.certify.claims import AllOf, AnyOf, Claim, ClosedQuestion, NotSo, SomeConduct
from cbm.certify.implied import might_imply
from cbm.certify.standing import StandingNorms, clashing, kept, standing_norms
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.conflicts.deadlocks import Deadlock
from cbm.conflicts.trigger_cycles import circling, ending
from cbm.core.expressions import Flag, Formula, NormId, negation
from cbm.core.matters import Matter, matters, name_of
from cbm.core.norms import ConductExpected, Coverage, Strength, expectations
from cbm.core.substitution import variables
from cbm.coverage.governance import SituationRegion, ungoverned
from cbm.finding import Attestation, Ending, Finding, Green, Outcome, RuleId
from cbm.ground.all_roles import ground_together
from cbm.ground.grounding import Ground, Grounder
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.journal import Verdict
from cbm.wording.attestations import ASKED_FOR, free_pairs
from cbm.wording.clause_names import clause_names
from cbm.wording.conflict_findings import rule_for
from cbm.wording.exception_findings import promised_names
from cbm.wording.phrases import role_words

SEARCHED = "the search alone asks it: `cbm export --search` writes what it asks"
OPEN = "undecided"
OF_A_CLAUSE = "can it be kept with all else"
OF_A_PAIR = "can they be kept with all else, or do they never bind together"
AS_ONE = "told as one with a set whose clauses can stand in for these"
YIELDING = "rests on which of them yields where"
ALL_UNITS = "all units together"
_FOUND = ""  # what every encounter meets needs no words
# Every verdict of these has a row of its own here; of other rules, each question of the report becomes one.
_OWN = frozenset((RuleId.IMPOSSIBLE_DUTY, RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.DEADLOCK, ASKED_FOR))


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """How one question of the report ended. `asked` None: no file carries it, and `why` says why not.

    `expected` is what the ending comes to as an answer to what is asked.
    """

    rule: str
    clauses: tuple[NormId, ...]
    bearer: str
    matter: str
    question: str
    ending: Ending
    expected: Verdict = Verdict.UNKNOWN
    asked: ClosedQuestion | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """For one bearer: what has to hold together for the answer to be yes; the situation comes first."""

    about: Ground
    claims: tuple[tuple[str, Claim], ...]


def verdicts(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """The rows of one text; `inquiry` is the one that came to the outcome."""
    yield from _world(inquiry, outcome)
    yield from _clashes(inquiry)
    yield from _deadlocks(inquiry)
    yield from _effects(inquiry, outcome)
    yield from _attested(inquiry, outcome)
    yield from _promises(inquiry, outcome)
    conduct = [*_conduct(inquiry, outcome), *_needed(inquiry, outcome)]
    yield from conduct
    carried = Counter((row.rule, row.matter) for row in conduct)
    own = _OWN | {RuleId.INCONSISTENT_VOCABULARY} if _is_consistent(outcome) else _OWN
    for question in outcome.questions:
        asked = (question.rule, question.subject)
        if question.verdict is Ending.CLEAR and carried[asked]:
            carried[asked] -= 1  # cases may expect the same
        elif question.rule not in own:
            yield VerdictRow(question.rule, (), "", "", question.subject, question.verdict, why=SEARCHED)


def stopped_verdicts(outcome: Outcome, why: str) -> Iterator[VerdictRow]:
    """The rows of a check that did not come to its end: how each question ended, and what was not asked."""
    for question in outcome.questions:
        yield VerdictRow(question.rule, (), "", "", question.subject, question.verdict, why=why)
    for finding in outcome.findings:
        if finding.rule is RuleId.UNDECIDED:
            yield VerdictRow(RuleId.UNDECIDED, (), "", "", finding.message, Ending.UNDECIDED, why=why)


# ---- the world


def _world(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Some encounter exists: W and some feasible conduct. None leaves the unit without conduct: W and none feasible."""
    rule = RuleId.INCONSISTENT_VOCABULARY
    if not _is_consistent(outcome):
        return  # its rows are those of the report
    for about in inquiry.grounds:
        some = (_Case(about, (("some conduct is possible", kept(about)),)),)
        none = (_Case(about, (("no conduct is possible", NotSo(kept(about))),)),)
        bearer = role_words(inquiry.system, about.bearer)
        yield _row(inquiry, rule, (), bearer, "", "does any encounter exist", Ending.CLEAR, some, Verdict.SAT)
        question = "does an encounter leave the unit nothing that it can do"
        yield _row(inquiry, rule, (), bearer, "", question, Ending.CLEAR, none, Verdict.UNSAT)


def _is_consistent(outcome: Outcome) -> bool:
    return all(q.verdict is Ending.CLEAR for q in outcome.questions if q.rule == RuleId.INCONSISTENT_VOCABULARY)


# ---- conflicts of one bearer


def _clashes(inquiry: Inquiry) -> Iterator[VerdictRow]:
    """M clashes: W, no conduct keeps M, and for each m some conduct keeps M without m.

    Where sets are told as one, m is a class of norms that can stand in for one another.
    """
    system = inquiry.system
    found: dict[tuple[NormId, ...], Sequence[tuple[NormId, ...]]]
    found = {clash.norms: [(norm,) for norm in clash.norms] for clash in inquiry.clashes}
    found |= {clash.takes_part: clash.choices for clash in inquiry.clashes if clash.classes}
    as_one = {frozenset(some) for clash in inquiry.clashes if len(clash.norms) <= 2 for some in product(*clash.choices)}
    for norms in dict.fromkeys((*_alone_and_in_pairs(inquiry), *found)):
        duties = [about for about in inquiry.grounds if all(map(about.find, norms))]
        rule, whom = rule_for(system, norms), _whom(inquiry, duties)
        if norms not in found and frozenset(norms) in as_one:
            yield VerdictRow(rule, norms, whom, "", AS_ONE, Ending.FOUND, why=AS_ONE)
            continue
        classes = found.get(norms, [(norm,) for norm in norms])
        cases = tuple(_Case(about, clashing(about, classes)) for about in duties)
        ended = Ending.FOUND if norms in found else Ending.UNDECIDED if _left_open(inquiry, norms) else Ending.CLEAR
        question = "is there a situation in which no conduct keeps all of them, and for each some keeps the others"
        if len(norms) == 1:
            question = "is there a situation in which no conduct keeps it, though some is possible"
        expected = Verdict.SAT if norms in found else Verdict.UNSAT
        yield _row(inquiry, rule, norms, whom, "", question, ended, cases, expected)
    for about in inquiry.grounds:
        yield _no_other(inquiry, about)


def _alone_and_in_pairs(inquiry: Inquiry) -> Iterator[tuple[NormId, ...]]:
    """The duties of the text, and the pairs of duties of which one is: those that can bind one bearer."""
    subject = inquiry.system.subject
    for about in inquiry.grounds:
        norms = [n.norm.id for n in about.demanding]
        yield from ((norm,) for norm in norms if norm.document == subject)
        yield from (pair for pair in combinations(norms, 2) if subject in (pair[0].document, pair[1].document))


def _no_other(inquiry: Inquiry, about: Ground) -> VerdictRow:
    """No further set, of any size: where each set that was found can be kept, everything can."""
    found = [clash.takes_part for clash in inquiry.clashes if clash.bearer == about.bearer]
    demands = [n.demand for n in ending(about, about.demanding)]
    claims: list[tuple[str, Claim]] = [("some conduct is possible", kept(about))]
    claims += [
        (f"{_names(norms)} can be kept there", kept(about, *(about.norm(n).demand for n in norms))) for norms in found
    ]
    claims.append(("no conduct keeps all duties", NotSo(kept(about, *demands))))
    ended = Ending.UNDECIDED if any(left.question == TOGETHER for left in inquiry.undecided) else Ending.CLEAR
    question = "is there a situation in which any other set of duties cannot be kept"
    bearer = role_words(inquiry.system, about.bearer)
    cases = (_Case(about, tuple(claims)),)
    return _row(inquiry, RuleId.CONFLICT, (), bearer, "", question, ended, cases, Verdict.UNSAT)


def _left_open(inquiry: Inquiry, norms: Iterable[NormId]) -> bool:
    """A search gave the set up, or one of its norms closes a circle of acts, so that no set with it was looked at."""
    members = set(norms)
    circles = any(
        not members.isdisjoint(
            {n.norm.id for n in about.demanding} - {n.norm.id for n in ending(about, about.demanding)}
        )
        for about in inquiry.grounds
    )
    return circles or any(left.question == TOGETHER and members <= set(left.norms) for left in inquiry.undecided)


# ---- conflicts of several bearers


def _deadlocks(inquiry: Inquiry) -> Iterator[VerdictRow]:
    """The same of the duties of all units, each with the unit that it binds."""
    system, found = inquiry.system, inquiry.deadlocks()
    everyone = units_together(inquiry)
    circles = any(left.question == TOGETHER for left in inquiry.undecided)
    for deadlock in found:
        held = tuple((duty.role, duty.norm.norm.id) for duty in deadlock.duties)
        names = tuple(dict.fromkeys(norm for _, norm in held))
        case = _Case(everyone.about, (("they clash", everyone.clash(held)),))
        question = "is there a situation in which the units cannot keep all of them, though without any one they can"
        yield _row(inquiry, RuleId.DEADLOCK, names, ALL_UNITS, "", question, Ending.FOUND, (case,), Verdict.SAT)
    claims: list[tuple[str, Claim]] = []
    for role in range(len(system.situation.roles)):
        own = [duty for duty in everyone.duties if duty[0] == role]
        claims.append((f"the {role_words(system, role)} can keep its own duties", everyone.kept(own)))
    turned = dict.fromkeys(held for deadlock in found for held in _turned(inquiry, deadlock))
    claims += [(f"{_names(norm for _, norm in held)} can be kept there", everyone.kept(held)) for held in turned]
    claims.append(("no conduct of all units keeps all duties", NotSo(everyone.kept(everyone.duties))))
    question = "is there a situation in which the units cannot keep any other set of duties, though each can its own"
    ended = Ending.UNDECIDED if circles else Ending.CLEAR
    cases = (_Case(everyone.about, tuple(claims)),)
    yield _row(inquiry, RuleId.DEADLOCK, (), ALL_UNITS, "", question, ended, cases, Verdict.UNSAT)


def _turned(inquiry: Inquiry, deadlock: Deadlock) -> Iterator[tuple[tuple[int, NormId], ...]]:
    """What is found for some units holds for all that can change places with them."""
    count = len(inquiry.system.situation.roles)
    for step in range(count if inquiry.system.situation.interchangeable else 1):
        held = dict.fromkeys((*deadlock.duties, *(duty for one in deadlock.classes for duty in one)))
        yield tuple(sorted(((duty.role + step) % count, duty.norm.norm.id) for duty in held))


@dataclass(frozen=True, slots=True)
class _Units:
    """All units at once, as if one bearer did what they do; each duty with the role that it binds."""

    about: Ground
    duties: dict[tuple[int, NormId], Formula]

    def kept(self, duties: Iterable[tuple[int, NormId]]) -> SomeConduct:
        return kept(self.about, *(self.duties[duty] for duty in duties))

    def clash(self, duties: Sequence[tuple[int, NormId]]) -> Claim:
        rests = ([other for other in duties if other != duty] for duty in duties)
        return AllOf((NotSo(self.kept(duties)), *map(self.kept, rests)))


def units_together(inquiry: Inquiry) -> _Units:
    """What is decided is conduct, whoever decides it; duties that close a circle of acts are left out."""
    together = ground_together(inquiry.system)
    duties = [(role, n) for role, group in enumerate(together.norms) for n in group if n.norm.demands]
    roles = range(len(together.norms))
    around = set(circling(inquiry.system, [(n.norm, role) for role, n in duties], roles))
    said = (*together.axioms, *(n.demand for _, n in duties))
    conduct = frozenset(v for part in said for v in variables(part) if v.origin.decided)
    possible = tuple(part for part in together.axioms if conduct.isdisjoint(variables(part)))
    feasible = tuple(part for part in together.axioms if not conduct.isdisjoint(variables(part)))
    about = replace(inquiry.grounds[0], possible=possible, feasible=feasible, conduct=conduct)
    return _Units(about, {(role, n.norm.id): n.demand for i, (role, n) in enumerate(duties) if i not in around})


# ---- single clauses


def _effects(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """A clause has an effect: W, and some conduct with which it binds and, where it demands something, is not kept."""
    system = inquiry.system
    for norm in system.norms.values():
        if norm.id.document != system.subject:
            continue
        told = [
            f for f in outcome.findings if f.rule in (RuleId.VACUITY, RuleId.UNDECIDED) and str(norm.id) in f.clauses
        ]
        views = [about for about in inquiry.grounds if about.find(norm.id)]
        if told or not views:  # its row is that of the report
            continue
        parts = [(about, about.norm(norm.id)) for about in views]
        cases = tuple(
            _Case(a, ((str(norm.id), kept(a, n.binds, *([negation(n.fulfilled)] if norm.demands else []))),))
            for a, n in parts
        )
        question = "does it ever bind and matter" if norm.demands else "does it ever bind"
        bearer = _whom(inquiry, views)
        yield _row(inquiry, RuleId.VACUITY, (norm.id,), bearer, "", question, Ending.CLEAR, cases, Verdict.SAT)


def _needed(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """No duty is implied by others: W, and some conduct that breaches it and keeps all that might imply it.

    Or it never binds where these are kept, whatever is found and done. Only where no norm ever yields, and no duty is
    implied on some readings of open terms alone.
    """
    system, rule = inquiry.system, RuleId.REDUNDANCY
    questions = [q for q in outcome.questions if q.rule == rule]
    clear = {q.subject for q in questions if q.verdict is Ending.CLEAR}
    implied = {f.clauses[0] for f in outcome.findings if f.rule == rule}
    told = [norm for norm in system.norms if str(norm) in implied]
    views = [(standing_norms(inquiry, about, a), a) for about in inquiry.grounds for a in (False, True)]
    if any(view.meanings for view, _ in views) or len(told) < sum(q.verdict is not Ending.CLEAR for q in questions):
        return  # their rows are those of the report
    order = list(system.norms)
    question = "can it be breached by who keeps the other duties that it hangs together with, if it ever binds then"
    for view, advised in views:
        about = view.ground
        for n in about.demanding:
            words = clause_names(system, (n.norm.id,))
            if (n.norm.strength is Strength.SHOULD) != advised or words not in clear or n.norm.id in told:
                continue
            before = [norm for norm in told if order.index(norm) < order.index(n.norm.id)]
            demands = might_imply(view, n.norm.id, before)
            if demands is not None:
                breached = kept(about, n.binds, negation(n.fulfilled), *demands)
                never = NotSo(_anywhere(about, n.binds, *demands))
                cases = [_Case(about, (("it is breached, and what might imply it is kept", breached),))]
                cases.append(_Case(about, (("it never binds where that is kept", never),)))
                bearer = role_words(system, about.bearer)
                yield _row(inquiry, rule, (n.norm.id,), bearer, words, question, Ending.CLEAR, cases, Verdict.SAT)


# ---- what stands behind a finding of nothing


def _attested(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Norms can be kept together: W, and some conduct with which they bind and every duty is kept.

    Of a pair it may be instead that they never bind together, whatever is found and done.
    """
    standing = {
        advised: [standing_norms(inquiry, about, advised) for about in inquiry.grounds] for advised in (False, True)
    }
    doubtful = {a.norms: a for a in outcome.attestations if not a.shown}
    for a in outcome.attestations:
        if a.kind in (Green.TOPIC, Green.NEVER):
            why = SEARCHED if a.shown else a.reason
            yield VerdictRow(ASKED_FOR, (), "", "", a.statement, _ending_of(a), why=why)
    exact = {norm.exact: norm for norm in inquiry.system.norms}
    single = [tuple(exact[name] for name in a.norms) for a in outcome.attestations if a.kind is Green.CLAUSE]
    for norms, pair in (*((some, False) for some in single), *((some, True) for some in free_pairs(inquiry))):
        advised = any(inquiry.system.norms[norm].strength is Strength.SHOULD for norm in norms)
        views = [view for view in standing[advised] if all(map(view.ground.find, norms))]
        bearer = _whom(inquiry, [view.ground for view in views])
        question = OF_A_PAIR if pair else OF_A_CLAUSE
        told = doubtful.get(tuple(norm.exact for norm in norms))
        if told is not None:
            yield VerdictRow(ASKED_FOR, norms, bearer, "", question, _ending_of(told), why=told.reason)
            continue
        if pair and any(view.yields(norm) for view in views for norm in norms):
            yield VerdictRow(ASKED_FOR, norms, bearer, "", question, Ending.CLEAR, why=YIELDING)
            continue
        cases = [_complying(view, norms, advised) for view in views]
        if pair:
            apart = AllOf(tuple(NotSo(_binding_anywhere(view.ground, norms)) for view in views))
            cases.append(_Case(views[0].ground, ((f"{_names(norms)} never bind together", apart),)))
        meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
        yield _row(
            inquiry, ASKED_FOR, norms, bearer, "", question, Ending.CLEAR, tuple(cases), Verdict.SAT, meanings
        )  # fmt: skip


def _ending_of(attestation: Attestation) -> Ending:
    if attestation.shown:
        return Ending.CLEAR
    return Ending.UNDECIDED if attestation.undecided else Ending.FOUND


def _complying(view: StandingNorms, norms: Sequence[NormId], advised: bool) -> _Case:
    owed = [n for n in view.ground.demanding if advised or n.norm.strength is Strength.MUST]
    binding = (view.ground.norm(norm).binds for norm in norms)
    words = f"{_names(norms)} {'bind' if len(norms) > 1 else 'binds'} and everything is complied with"
    return _Case(view.ground, ((words, kept(view.ground, *binding, *(n.demand for n in owed))),))


def _binding_anywhere(about: Ground, norms: Sequence[NormId]) -> SomeConduct:
    return _anywhere(about, *(about.norm(norm).binds for norm in norms))


def _anywhere(about: Ground, *formulas: Formula) -> SomeConduct:
    parts = (*about.possible, *about.feasible, *formulas)
    return SomeConduct(parts, frozenset(v for part in parts for v in variables(part)))


# ---- promises


def _promises(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """No gap: where a promise is owed some conduct brings about that a clause of the matter binds."""
    told = [f for f in outcome.findings if f.rule in (RuleId.GAP, RuleId.SEAM, RuleId.UNDECIDED)]
    views = [standing_norms(inquiry, about, advised=False) for about in inquiry.grounds]
    for promise in inquiry.system.coverage:
        if promise.document != inquiry.system.subject:
            continue
        for matter in matters(promise):
            about = [f for f in told if f.rule is not RuleId.GAP or _is_about(f, promise, matter)]
            if about:  # its row is that of the report
                continue
            cases = tuple(_broken(view.ground, ungoverned(view.ground, promise, matter)) for view in views)
            meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
            question = "is there a promised situation in which no clause of it binds, whatever the unit does"
            bearer, matter_words = _whom(inquiry, inquiry.grounds), name_of(matter)
            yield _row(
                inquiry, RuleId.GAP, (), bearer, matter_words, question, Ending.CLEAR, cases, Verdict.UNSAT, meanings
            )  # fmt: skip


def _is_about(finding: Finding, promise: Coverage, matter: Matter) -> bool:
    place = finding.primary
    return place.span == promise.span and (not place.text or name_of(matter) in promised_names(place.text))


def _broken(about: Ground, region: SituationRegion) -> _Case:
    ways = [("the promise speaks of it", kept(about, formula)) for _, formula in region.ways]
    return _Case(about, (*ways, ("no conduct brings a clause to bear", NotSo(kept(about, region.excluded)))))


# ---- expectations


def _conduct(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """`expect never φ` and `expect possible φ` hold: no episode, or some, of the case in which all comply meets φ.

    Only where no norm ever yields, and on the date of the check.
    """
    views = [standing_norms(inquiry, about, advised=False) for about in inquiry.grounds]
    together = ground_together(inquiry.system)
    owed = [(n, role) for role, group in enumerate(together.norms) for n in group if n.norm.demands]
    musts = [(n, role) for n, role in owed if n.norm.strength is Strength.MUST]
    circles = circling(inquiry.system, [(n.norm, role) for n, role in musts], range(len(together.norms)))
    if any(view.meanings for view in views) or circles:
        return  # their rows are those of the report
    grounder = Grounder(inquiry.system, tuple(range(len(together.norms))))
    told = {f.primary.span for f in outcome.findings}
    for case, expected in expectations(inquiry.system):
        if isinstance(expected, ConductExpected) and expected.span not in told and inquiry.on(case.as_of) is inquiry:
            wanted = (grounder.formula(case.situations(expected)), grounder.formula(expected.condition))
            parts = (*together.everything, *(n.demand for n, _ in musts), *wanted)
            met = SomeConduct(parts, frozenset(v for part in parts for v in variables(part)))
            case_of_all = _Case(replace(inquiry.grounds[0], possible=()), (("all comply, and it is so", met),))
            rule = RuleId.IMPOSSIBLE if expected.never else RuleId.NEVER_REACHED
            answer = Verdict.UNSAT if expected.never else Verdict.SAT
            question = "is there an episode of the case in which all comply and it is so"
            yield _row(
                inquiry, rule, (), ALL_UNITS, expected.words, question, Ending.CLEAR, (case_of_all,), answer
            )  # fmt: skip


# ---- rows


def _row(
    inquiry: Inquiry,
    rule: str,
    clauses: tuple[NormId, ...],
    bearer: str,
    matter: str,
    question: str,
    ending: Ending,
    cases: Sequence[_Case],
    expected: Verdict,
    meanings: Mapping[Flag, tuple[str, Claim]] | None = None,
) -> VerdictRow:
    """The row with what is asked: whether one of the cases is so, each in the situations of its bearer."""
    if ending is Ending.UNDECIDED:
        return VerdictRow(rule, clauses, bearer, matter, question, ending, why=OPEN)
    if len(cases) == 1:
        (case,) = cases
        claims: tuple[tuple[str, Claim], ...] = (*((_FOUND, part) for part in case.about.possible), *case.claims)
    else:
        words = " ".join(dict.fromkeys(said for case in cases for said, _ in case.claims))
        one = AnyOf(tuple(AllOf((*c.about.possible, *(claim for _, claim in c.claims))) for c in cases))
        claims = ((f"one of these is so: {words}", one),)
    asked = ClosedQuestion(inquiry.system.situation.roles, claims, meanings or {})
    return VerdictRow(rule, clauses, bearer, matter, question, ending, expected, asked)


def _whom(inquiry: Inquiry, views: Sequence[Ground]) -> str:
    return ", ".join(role_words(inquiry.system, about.bearer) for about in views)


def _names(norms: Iterable[NormId]) -> str:
    return ", ".join(dict.fromkeys(map(str, norms)))
