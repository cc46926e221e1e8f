"""A change of the text tried out in memory: read, understood, and asked everything that is asked of any text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from cbm.checking.check_shares import OF_CASES, in_turn
from cbm.checking.passes import left_undecided
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.norms import FindingExpected, NormSystem, expectations
from cbm.finding import Finding, RuleId, Severity
from cbm.inquiry import Inquiry, inquire
from cbm.process.budget import RunStopped, current_budget
from cbm.records import replace
from cbm.repair.covered import newly_open, newly_uneven, still_excepted, still_open
from cbm.repair.finding_matters import Clashing, Goal, Open, OpenByException
from cbm.repair.following import following
from cbm.repair.footing import REST, SHOWN_BY, FindingCounts, Footing, key_of, not_shown, of_cases
from cbm.repair.touched_clauses import LOCAL, Group, is_local, part_of, topics_of, touched_clauses
from cbm.resolve.system import resolve
from cbm.source import Edit, Source, edited, overlapping
from cbm.syntax import ast
from cbm.syntax.amend import amended
from cbm.wording.findings.clashes.clash_rules import severity_of
from cbm.wording.findings.each_role import bearers_alike

Documents = Mapping[str, ast.Document]
NOTHING: Group = frozenset()  # is touched
# What rests on more than clauses that share conduct, at least in part.
ELSEWHERE = (REST - LOCAL) | {RuleId.VACUITY}


def tried(
    footing: Footing, documents: Documents, edits: Sequence[Edit], goals: Sequence[Goal]
) -> tuple[Edit, ...] | None:
    """The edits, with those of cases that follow; None if they do not settle all goals, or bring something else.

    `documents` are the texts that are edited: those of the footing, or what they have become. Where the run is told to
    stop, nothing is known to settle anything.
    """
    try:
        found = None if current_budget().stopped else _tried(footing, documents, edits, goals)
    except RunStopped:
        return None
    return None if current_budget().stopped else found


def _tried(
    footing: Footing, documents: Documents, edits: Sequence[Edit], goals: Sequence[Goal]
) -> tuple[Edit, ...] | None:
    system = understood(footing, documents, edits)
    if system is None:
        return None
    after = inquire(system)
    if not _binds_same_roles(footing.inquiry, after):
        return None  # what is found of a role cannot be held against anything
    if _clashes_more(footing, after) or not all(_is_settled(footing, after, goal) for goal in goals):
        return None
    touched = touched_clauses(footing.inquiry, after)
    topics = None if touched is None else topics_of(footing.inquiry.system, system, touched)
    if newly_open(footing.inquiry, after) or newly_uneven(footing.inquiry, after, topics):
        return None  # asked first, since it takes less than the rest
    found = _found(footing, after, goals, touched)
    if found is None:
        return None
    asked = _of_findings(after) if touched == NOTHING else after
    follow = following(after, goals, _newly_failing(footing, asked, found))
    if not follow:
        return tuple(edits) if follow is not None and _is_decided(footing, after) else None
    system = understood(footing, documents, (*edits, *follow))
    if system is None:
        return None
    final = replace(after, system=system)  # they differ in cases alone: what else is expected is as it was
    settled = not _newly_failing(footing, _of_findings(final), found) and _is_decided(footing, final)
    return (*edits, *follow) if settled else None


def left_of(footing: Footing, documents: Documents, goals: Sequence[Goal]) -> list[Goal]:
    """The goals that what the documents have become does not settle."""
    system = understood(footing, documents)
    if system is None:
        return list(goals)
    after = inquire(system)
    keys = {key_of(finding) for finding in in_turn(after, REST) if finding.severity.weight}
    return [g for g in goals if not _is_settled(footing, after, g) or key_of(g.finding) in keys]


def understood(footing: Footing, documents: Documents, edits: Sequence[Edit] = ()) -> NormSystem | None:
    """What the documents mean after the edits; None if they may not be made, or if the texts are faulty then."""
    if not all(edit.span.source.name in footing.editable for edit in edits):
        return None
    changed = changed_documents(documents, edits)
    if changed is None:
        return None
    before = footing.inquiry.system
    system, faults = resolve(changed, before.subject, before.week)  # as it was asked about
    return None if faults else system


def changed_documents(documents: Documents, edits: Sequence[Edit]) -> Documents | None:
    """The documents after the edits; None if one of them can no longer be read. Names must stay what they were."""
    if overlapping(edits):
        return None
    result = dict(documents)
    for source in dict.fromkeys(edit.span.source for edit in edits):
        names = [name for name, document in documents.items() if document.span.source == source]
        found = amended([documents[name] for name in names], Source(source.name, edited(source, edits)))
        if found is None or len(found) != len(names):
            return None
        result.update(zip(names, found, strict=True))
    return result


def _binds_same_roles(before: Inquiry, after: Inquiry) -> bool:
    return [about.bearer for about in before.grounds] == [about.bearer for about in after.grounds]


def _clashes_more(footing: Footing, after: Inquiry) -> bool:
    """Whether clauses clash that did not; the first thing known of a text."""
    known = _clashing(footing.inquiry)
    return not all(any(_is_among(one, other) for other in known) for one in _clashing(after))


def _clashing(inquiry: Inquiry) -> list[tuple[ConflictSet, Severity]]:
    """Clauses that clash for a bearer, as far as that is more than a note."""
    told = ((c, severity_of(inquiry, c.norms)) for c in inquiry.clashes)
    return [(clash, severity) for clash, severity in told if severity is not Severity.NOTE]


def _is_among(one: tuple[ConflictSet, Severity], other: tuple[ConflictSet, Severity]) -> bool:
    """Whether the one clash is told with the other, and is no graver."""
    (clash, severity), (wide, most) = one, other
    same = clash.bearer == wide.bearer and len(clash.norms) == len(wide.norms)
    return same and set(clash.takes_part) <= set(wide.takes_part) and severity in (Severity.WARNING, most)


def _is_told_with(one: ConflictSet, clash: ConflictSet) -> bool:
    """Whether the one is a clash of the clauses of the other, or of some that can stand in for them."""
    same = len({norm.clause for norm in one.norms}) == len({norm.clause for norm in clash.norms})
    clauses = {norm.clause for norm in clash.takes_part}
    return same and clauses.issuperset(norm.clause for norm in one.takes_part)


def _is_settled(footing: Footing, after: Inquiry, goal: Goal) -> bool:
    """Whether it is gone, as far as that is known before anything else is asked."""
    match goal.matter:
        case Clashing(clash):
            bearers = bearers_alike(footing.inquiry, clash)
            return not any(one.bearer in bearers and _is_told_with(one, clash) for one, _ in _clashing(after))
        case Open(opening):
            return not still_open(footing.inquiry, after, opening)
        case OpenByException(opening):
            return not still_excepted(footing.inquiry, after, opening)
        case _:
            return True


def _found(footing: Footing, after: Inquiry, goals: Sequence[Goal], touched: Group | None) -> list[Finding] | None:
    """What is found after the change, clashes, gaps and cases aside; None if it is a goal, or brings something else.

    Where the clauses that it can touch bring nothing else as a text of their own, the text does not either. What they
    bring may go with what else the text says, a deadlock aside, in which no other clauses have a part.
    """
    first = goals[-1].finding.rule
    part = part_of(footing, after, touched)
    if part is not None:
        local = _not_new(footing, chain(part.others, in_turn(part.inquiry, LOCAL, first, is_local)), goals)
        if isinstance(local, Finding):
            if local.rule is RuleId.DEADLOCK:
                return None
        elif _is_shown(footing, part.inquiry, local) and not left_undecided(part.inquiry):
            found = _not_new(footing, chain(local, in_turn(after, ELSEWHERE, first, part.leaves)), goals)
            if isinstance(found, Finding):
                return None
            return found if touched == NOTHING or _is_shown(footing, after, found, OF_CASES) else None
    found = _not_new(footing, in_turn(after, REST, first), goals)
    return found if isinstance(found, list) and _is_shown(footing, after, found) else None


def _not_new(footing: Footing, findings: Iterable[Finding], goals: Sequence[Goal]) -> list[Finding] | Finding:
    """The findings; or the first of them that is a goal, or was not found before."""
    unwanted = {key_of(goal.finding) for goal in goals}
    tally, found = FindingCounts(), list[Finding]()
    for finding in findings:
        keys = tally.add(finding)
        if keys and (key_of(finding) in unwanted or any(tally.counts[key] > footing.known[key] for key in keys)):
            return finding
        found.append(finding)
    return found


def _is_shown(footing: Footing, after: Inquiry, found: list[Finding], rules: Collection[RuleId] = SHOWN_BY) -> bool:
    """Whether everything is still shown that was, as far as these rules serve."""
    return footing.doubtful.issuperset(not_shown(after, found, rules))


def _newly_failing(footing: Footing, after: Inquiry, found: list[Finding]) -> list[Finding]:
    """Expectations that fail and did not."""
    known = [e.span for case, e in expectations(after.system) if (case.title, e.words) in footing.failed]
    return [finding for finding in of_cases(after, found) if finding.primary.span not in known]


def _of_findings(inquiry: Inquiry) -> Inquiry:
    """The same with cases that expect findings alone: what else they expect rests on clauses and on nothing else."""
    system = inquiry.system
    cases = (
        replace(case, expected=tuple(e for e in case.expected if isinstance(e, FindingExpected)))
        for case in system.cases
    )
    return replace(inquiry, system=replace(system, cases=tuple(cases)))


def _is_decided(footing: Footing, after: Inquiry) -> bool:
    tally = FindingCounts()
    return all(tally.counts[key] <= footing.known[key] for f in left_undecided(after) for key in tally.add(f))
