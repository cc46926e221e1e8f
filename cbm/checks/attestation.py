"""What stands behind the answers that find nothing: for each an encounter in which it can be seen, or "not shown"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbm.checks.naming import clause_name, clause_names, listed
from cbm.checks.scenarios import example
from cbm.decide.attest import Apart, Blocked, Gallery, Shown, Sight, best, gallery, touching
from cbm.decide.clashes import TOGETHER, GivenUp
from cbm.decide.coverage import promised_in
from cbm.decide.crew import shares_of
from cbm.decide.implicant import implicant
from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import Episode
from cbm.finding import Attestation, Finding, Green, Pairs, Scenario, Severity
from cbm.semantics.core import Case, ConductExpected, Coverage, Expr, NormId, Origin, Strength, conjunction
from cbm.smt.solve import Unknown

# Questions of this kind belong to no finding: they ask for what is to be seen where nothing was found.
ASKED_FOR = "attestation"
# So many clauses, and so many pairs of them, are shown at a time.
CLAUSES, PAIRS = 64, 512


@dataclass(frozen=True, slots=True)
class Attested:
    """What is shown of one text, clause by clause first, and the count of its pairs of clauses."""

    attestations: tuple[Attestation, ...]
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class _Galleries:
    """The encounters of every bearer, for the `must`s alone and with the advice added."""

    strict: tuple[Gallery, ...]
    advised: tuple[Gallery, ...]

    def of(self, inquiry: Inquiry, *norms: NormId) -> tuple[Gallery, ...]:
        advice = any(inquiry.system.norms[norm].strength is Strength.SHOULD for norm in norms)
        return self.advised if advice else self.strict


def attest(inquiry: Inquiry, found: Sequence[Finding]) -> Attested:
    """To be asked when everything else is: what was found is not fine, and nothing is shown for it."""
    subject, touched = inquiry.system.subject, _free_pairs(inquiry)
    pairs, doubtful = Pairs(), list[Attestation]()
    for counted, some in inquiry.each(_pairs, shares_of(touched, PAIRS)):
        pairs = Pairs.total((pairs, counted))
        doubtful += some
    norms = [norm for norm in inquiry.system.norms if norm.document == subject]
    clauses = [told for share in inquiry.each(_clauses, shares_of(norms, CLAUSES)) for told in share]
    topics = _topics(inquiry, found)
    return Attested((*clauses, *doubtful, *topics, *_nevers(inquiry, found)), pairs)


def _galleries(inquiry: Inquiry) -> _Galleries:
    return _Galleries(
        tuple(gallery(*pair, advised=False) for pair in zip(inquiry.grounds, inquiry.strict, strict=True)),
        tuple(gallery(*pair, advised=True) for pair in zip(inquiry.grounds, inquiry.advised, strict=True)),
    )


# ---- clauses


def _clauses(inquiry: Inquiry, norms: Sequence[NormId]) -> list[Attestation]:
    """Each clause: binding, and kept with everything else; a permission, while everything is kept."""
    system, galleries = inquiry.system, _galleries(inquiry)
    found: list[Attestation] = []
    for norm in norms:
        statement = f"{norm.label} {'can be kept' if system.norms[norm].demands else 'can come into play'}"
        sight = best([g.show((norm,)) for g in galleries.of(inquiry, norm)])
        reason = _reason(inquiry, (norm,), sight)
        witness = _told(inquiry, sight, norm) if isinstance(sight, Shown) else None
        inquiry.record(ASKED_FOR, statement, _verdict(sight))
        found.append(Attestation(Green.CLAUSE, system.subject, statement, (str(norm),), witness, reason))
    return found


def _told(inquiry: Inquiry, shown: Shown, norm: NormId, *also: Expr) -> Scenario:
    """The encounter by the conditions of the norm (and those added) alone."""
    conditions = implicant(conjunction(shown.about.norm(norm).live, *also), shown.episode.values)
    return example(inquiry.system, shown.episode, conditions, Origin.RESULT, Origin.DOING)


def _reason(inquiry: Inquiry, norms: tuple[NormId, ...], sight: Sight) -> str:
    """Why nothing is shown of norms that should bind (together) somewhere; what was given up is noted."""
    names = [clause_name(inquiry.system, norm) for norm in norms]
    they, bind = ("it", "binds") if len(norms) == 1 else ("they", "bind together")
    match sight:
        case Shown():
            return ""
        case Apart(suspended):
            return f"{they} {bind} in no encounter{' without yielding to other clauses' if suspended else ''}"
        case Blocked(duties):
            others = [clause_name(inquiry.system, duty) for duty in duties]
            if others == names and len(names) == 1:
                return "it cannot be complied with in any encounter in which it binds"
            how = "cannot be complied with" if len(others) == 1 else "cannot all be complied with"
            return f"wherever {they} {bind}, {clause_names(inquiry.system, duties)} {how}"
        case Unknown(reason):
            question = f"is there an encounter in which {they} {bind} and all is complied with"
            inquiry.given_up.append(GivenUp(0, norms, question, reason))
            return f"undecided: {reason}"


def _verdict(sight: Sight) -> bool | None:
    """As a question is recorded: something is amiss (nothing is shown), clear (shown), or undecided."""
    return None if isinstance(sight, Unknown) else not isinstance(sight, Shown)


# ---- pairs


def _free_pairs(inquiry: Inquiry) -> list[tuple[NormId, NormId]]:
    """The pairs of duties about one act or result that are called free of conflict."""
    touched = dict.fromkeys(pair for about in inquiry.strict for pair in touching(inquiry.system, about))
    in_doubt = [frozenset(given_up.norms) for given_up in inquiry.given_up if given_up.question == TOGETHER]
    in_conflict = {frozenset(clash.norms) for clash in inquiry.clashes if len(clash.norms) == 2}
    free = (pair for pair in touched if frozenset(pair) not in in_conflict)
    return [pair for pair in free if not any(open_set.issuperset(pair) for open_set in in_doubt)]


def _pairs(inquiry: Inquiry, pairs: Sequence[tuple[NormId, NormId]]) -> tuple[Pairs, list[Attestation]]:
    """The pairs counted, and those that are not shown."""
    system, galleries = inquiry.system, _galleries(inquiry)
    shown = apart = 0
    doubtful: list[Attestation] = []
    for pair in pairs:
        sight = best([g.show(pair) for g in galleries.of(inquiry, *pair)])
        statement = f"{listed([clause_name(system, norm) for norm in pair])} can be kept together"
        inquiry.record(ASKED_FOR, statement, False if isinstance(sight, Apart) else _verdict(sight))
        shown += isinstance(sight, Shown)
        apart += isinstance(sight, Apart)
        if not isinstance(sight, Shown | Apart):
            reason = _reason(inquiry, pair, sight)
            doubtful.append(Attestation(Green.PAIR, system.subject, statement, tuple(map(str, pair)), reason=reason))
    return Pairs(shown, apart, len(doubtful)), doubtful


# ---- promises and expectations


def _topics(inquiry: Inquiry, found: Sequence[Finding]) -> Iterator[Attestation]:
    """Each topic promised in which no gap was found: a clause that governs it, in an encounter of the promise."""
    undecided = any(question.rule == "gap" and question.verdict == "undecided" for question in inquiry.questions)
    if undecided or not inquiry.system.coverage:
        return  # not known to be free of gaps, and told as undecided; or nothing is promised
    galleries = _galleries(inquiry)
    gaps = [f.primary for f in found if f.rule == "gap"]
    for promise in inquiry.system.coverage:
        for topic in promise.topics:
            if not any(gap.span == promise.span and gap.text in ("", f"promises {topic}") for gap in gaps):
                yield _topic(inquiry, galleries, promise, topic)


def _topic(inquiry: Inquiry, galleries: _Galleries, promise: Coverage, topic: str) -> Attestation:
    sights: list[Sight] = []
    for g in galleries.strict:
        promised = promised_in(g.about, promise)
        for n in g.about.norms:
            if topic in n.norm.topics and n.norm.strength is Strength.MUST:
                sights.append(sight := g.show((n.norm.id,), promised))
                if isinstance(sight, Shown):
                    statement = f"`{topic}` is governed as promised, for instance by {_name(inquiry, n.norm.id)}"
                    inquiry.record(ASKED_FOR, statement, found=False)
                    witness = _told(inquiry, sight, n.norm.id, promised)
                    return Attestation(Green.TOPIC, inquiry.system.subject, statement, (str(n.norm.id),), witness)
    statement = f"`{topic}` is governed as promised while everything is complied with"
    return _unseen(inquiry, Green.TOPIC, statement, best(sights), "its clauses come into play in no such encounter")


def _nevers(inquiry: Inquiry, found: Sequence[Finding]) -> Iterator[Attestation]:
    """Each `expect never` that holds: an encounter that the axioms alone allow, so that the text excludes it."""
    failed = {f.primary.span for f in found if f.rule == "impossible" and f.severity is Severity.ERROR}
    undecided = {q.subject for q in inquiry.questions if q.rule == "impossible" and q.verdict == "undecided"}
    for case in inquiry.system.cases:
        for expected in case.expected:
            holds = expected.span not in failed and expected.words not in undecided
            if isinstance(expected, ConductExpected) and expected.never and holds:
                yield _never(inquiry, case, expected)


def _never(inquiry: Inquiry, case: Case, expected: ConductExpected) -> Attestation:
    statement = f"`{expected.words.removeprefix('expect never ')}` could happen if it were not for the text"
    together = inquiry.on(case.as_of).together()
    allowed = together.allowed(case.given, expected.condition)
    if not isinstance(allowed, Episode):
        sight = allowed if isinstance(allowed, Unknown) else Apart()
        return _unseen(inquiry, Green.NEVER, statement, sight, "the axioms alone exclude it")
    inquiry.record(ASKED_FOR, statement, found=False)
    wanted = (together.formula(case.given), together.formula(expected.condition))
    witness = example(inquiry.system, allowed, wanted, Origin.RESULT, Origin.DOING)
    return Attestation(Green.NEVER, inquiry.system.subject, statement, witness=witness)


def _unseen(inquiry: Inquiry, kind: Green, statement: str, sight: Sight, otherwise: str) -> Attestation:
    """What is said where nothing is to be seen; what was given up is noted."""
    inquiry.record(ASKED_FOR, statement, _verdict(sight))
    if isinstance(sight, Unknown):
        inquiry.given_up.append(GivenUp(0, (), f"is there an encounter to show that {statement}", sight.reason))
        otherwise = f"undecided: {sight.reason}"
    return Attestation(kind, inquiry.system.subject, statement, reason=otherwise)


def _name(inquiry: Inquiry, norm: NormId) -> str:
    return clause_name(inquiry.system, norm)
