"""Clauses that have nothing to do with each other: which of them a change of the text can touch, asked about alone.

What some rules find rests on clauses that speak of the same acts and results. So a change is asked about, as far as
these rules go, in the clauses that it can touch and no others; but only of a text in which the same is found of the
clauses of each group alone as of all clauses together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from cbm.checking.check_shares import in_turn
from cbm.core.expressions import Binds, NormId
from cbm.core.matters import subjects
from cbm.core.norms import Norm, NormSystem
from cbm.core.substitution import atoms_of
from cbm.coverage.seams import topics
from cbm.finding import Finding, RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, touched
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.repair.footing import FindingCounts, Footing, Key, not_shown
from cbm.report import Green

# Rules of which a finding rests on clauses that share conduct with each other.
LOCAL = frozenset(
    (
        RuleId.TRAP,
        RuleId.LAST_MOMENT,
        RuleId.DEADLOCK,
        RuleId.BLOCKED_PERMISSION,
        RuleId.UNWRITTEN_PROHIBITION,
        RuleId.REDUNDANCY,
        RuleId.DEROGATION,
        RuleId.VACUITY,
    )
)
# What is shown of clauses, and not of what cases expect.
SHOWN = frozenset((Green.CLAUSE, Green.PAIR))

Group = frozenset[NormId]


@dataclass(frozen=True, slots=True)
class TouchedPart:
    """The clauses that a change can touch, as a text of their own, and what is found of all others as it was before.

    `topics` are those on which it is so as well: none of the clauses has to do with them. `same_terms`: so it is of
    terms that mean another thing in another text.
    """

    inquiry: Inquiry
    others: tuple[Finding, ...]
    topics: frozenset[str | None]
    same_terms: bool

    def leaves(self, rule: RuleId, piece: object) -> bool:
        """Whether a piece of a check is still to be asked about in the whole text."""
        if rule is RuleId.DIVERGENT_TERM:
            return not self.same_terms
        return not is_local(rule, piece) and not _is_on_topic(self.topics, rule, piece)


def is_local(rule: RuleId, piece: object) -> bool:
    """Whether what is found there rests on clauses that share conduct: not what is said beside clauses."""
    return rule in LOCAL and not (rule is RuleId.VACUITY and piece is None)


def _is_on_topic(topics: Collection[str | None], rule: RuleId, piece: object) -> bool:
    """Whether it is about boundaries that the clauses on one of the topics leave out."""
    return rule is RuleId.SEAM and isinstance(piece, tuple) and piece[1] in topics


def part_of(footing: Footing, after: Inquiry, clauses: Group | None) -> TouchedPart | None:
    """What a change can touch, where these clauses are it; None where that is too much of the text, or not known."""
    if clauses is None or 2 * len(clauses) > len(after.system.norms) or not _is_apart(footing):
        return None
    names = set(map(str, clauses))
    others = [finding for finding in footing.found_in(is_local) if names.isdisjoint(finding.clauses)]
    elsewhere = frozenset(topics(after.system)) - topics_of(footing.inquiry.system, after.system, clauses)
    others += footing.found_in(partial(_is_on_topic, elsewhere))
    same_terms = _compared_terms(footing.inquiry.system) == _compared_terms(after.system)
    others += footing.found_in(lambda rule, _: rule is RuleId.DIVERGENT_TERM) if same_terms else ()
    return TouchedPart(_alone(after, clauses), tuple(others), elsewhere, same_terms)


def _compared_terms(system: NormSystem) -> list[object]:
    """What each term of the text means that others use as well, here and there, and whether it is the same one."""
    here = {term.name: term for term in system.texts[system.subject].terms}
    return [
        (name, there.name, here[there.name].meaning, there.meaning, here[there.name].place == there.place)
        for name, text in system.texts.items()
        for there in text.terms
        if there.name in here
    ]


def topics_of(before: NormSystem, after: NormSystem, clauses: Group) -> frozenset[str | None]:
    """The topics with which one of the clauses has to do, as it was or as it is; None: acts and results of no topic."""
    norms = [norm for system in (before, after) for norm in map(system.norms.get, clauses) if norm is not None]
    named = {matter.name for norm in norms for matter in subjects(norm)}
    acts = {act.topic for act in after.acts.values() if act.name in named}
    results = {result.topic for result in after.results.values() if result.name in named}
    return frozenset((*acts, *results, *(topic for norm in norms for topic in norm.topics)))


def _is_apart(footing: Footing) -> bool:
    """Whether of the groups of clauses, each alone, the same is found and shown as of the text; asked once."""
    if footing.apart is None:
        known = _counts(footing.found_in(is_local))
        doubtful = {key for key in footing.doubtful if key[0] in SHOWN}
        found, unseen = Counter[Key](), set[Key]()
        for group in _joined(_groups(footing.inquiry)):
            alone = _alone(footing.inquiry, group)
            told = list(in_turn(alone, LOCAL, wanted=is_local))
            found += _counts(told)
            unseen.update(not_shown(alone, told))
        footing.apart = found == known and unseen == doubtful
    return footing.apart


def _counts(findings: Iterable[Finding]) -> Counter[Key]:
    tally = FindingCounts()
    for finding in findings:
        tally.add(finding)
    return tally.counts


def _alone(inquiry: Inquiry, clauses: Collection[NormId]) -> Inquiry:
    """The same, of these clauses and what is said between them; nothing is expected of them."""
    system = inquiry.system
    return inquiry.among(
        clauses,
        replace(
            system,
            norms={name: norm for name, norm in system.norms.items() if name in clauses},
            displacements=tuple(edge for edge in system.displacements if {edge.by, edge.of} <= set(clauses)),
            precedences=tuple(
                edge for edge in system.precedences if not (edge.yielding | edge.prevailing).isdisjoint(clauses)
            ),
            cases=(),
        ),
    )


def touched_clauses(before: Inquiry, after: Inquiry) -> Group | None:
    """The clauses that changed, with all that they have to do with; None where more than clauses changed.

    Promises and cases do not count: where no clause is touched, what is found of clauses alone stays as it was.
    """
    if not _is_of_one_world(before, after):
        return None
    changed: set[NormId] = set()
    for one, other in zip(_views(before), _views(after), strict=True):
        known, now = _by_name(one), _by_name(other)
        changed |= {name for name in known.keys() | now.keys() if known.get(name) != now.get(name)}
    for displaced in set(before.system.displacements) ^ set(after.system.displacements):
        changed |= {displaced.by, displaced.of}
    for edge in set(before.system.precedences) ^ set(after.system.precedences):
        changed |= edge.yielding | edge.prevailing
    groups = _joined((*_groups(before), *_groups(after))) if changed else ()
    return frozenset(name for group in groups if not changed.isdisjoint(group) for name in group)


def _is_of_one_world(before: Inquiry, after: Inquiry) -> bool:
    """Whether nothing but clauses, promises and cases differs."""
    return _aside(before.system) == _aside(after.system) and all(
        (one.possible, one.feasible, one.conduct) == (other.possible, other.feasible, other.conduct)
        for one, other in zip(_views(before), _views(after), strict=True)
    )


def _aside(system: NormSystem) -> NormSystem:
    """The system without its clauses, promises and cases, what is between them, their quoted words, and the terms that
    they use: these are compared with those of other texts, and no clause means anything else for it.
    """
    texts = {name: replace(text, clauses=0, quoted=(), terms=()) for name, text in system.texts.items()}
    return replace(system, norms={}, displacements=(), precedences=(), coverage=(), cases=(), texts=texts)


def _views(inquiry: Inquiry) -> tuple[Ground, ...]:
    return (*inquiry.grounds, *inquiry.strict, *inquiry.advised)


def _by_name(about: Ground) -> Mapping[NormId, GroundNorm]:
    """The clauses without their quoted words: a change moves all that stands below it."""
    return {n.norm.id: replace(n, norm=_unquoted(n.norm)) for n in about.norms}


def _unquoted(norm: Norm) -> Norm:
    return replace(norm, title="", wording="", quotations=(), citations=())


def _groups(inquiry: Inquiry) -> Iterator[Group]:
    """Clauses that have to do with each other directly; some of them stand in several groups."""
    speaking: dict[str, set[NormId]] = {}
    for about in inquiry.grounds:
        for n in about.norms:
            for name in _conduct(n) or {str(n.norm.id)}:
                speaking.setdefault(name, set()).add(n.norm.id)
        for part in about.feasible:
            tied = {one.name for one in touched(part)}
            yield frozenset(norm for name in tied for norm in speaking.get(name, ()))
    yield from map(frozenset, speaking.values())
    yield from (frozenset((edge.by, edge.of)) for edge in inquiry.system.displacements)
    yield from (frozenset((norm.id, *_asked_about(norm))) for norm in inquiry.system.norms.values())


def _asked_about(norm: Norm) -> Iterator[NormId]:
    """The clauses of which its conditions ask whether they bind."""
    conditions = (part.condition for part in (*norm.guards, *norm.exceptions))
    steps = (step.content for step in norm.otherwise)
    for expression in (*conditions, norm.content, *steps):
        yield from (atom.norm for atom in atoms_of(expression) if isinstance(atom, Binds))


def _conduct(n: GroundNorm) -> set[str]:
    """The acts and results that a clause speaks of, whoever's they are."""
    return {one.name for formula in (n.binds, n.fulfilled, *n.otherwise) for one in touched(formula)}


def _joined(groups: Iterable[Group]) -> list[Group]:
    """Groups with no clause in common."""
    joined: list[Group] = []
    for group in groups:
        meeting = [other for other in joined if not group.isdisjoint(other)]
        joined = [other for other in joined if group.isdisjoint(other)]
        joined += [group.union(*meeting)] if group else []
    return joined
