"""Clauses that repeat a provision of an agreement and do not say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from cbm.comparison.clause_pairs.alike_packages import AlikeOnPackages, alike_on_packages
from cbm.comparison.clause_pairs.provisions import Alike, Neighbours, seen_used
from cbm.comparison.possible_packages import TOO_MANY, parted
from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem, by_clause
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.core.variables import Origin
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.search.open_questions import Undecided
from cbm.search.replay import episode
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_names, content_label, names_of, reference, unverified, written_reference
from cbm.wording.findings.clauses_gone import TakenOut, with_ways
from cbm.wording.reading_words import told_on
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.RESTATEMENT,
    Severity.NOTE,
    mark("a clause that repeats an agreement without saying so"),
    mark("""\
A clause means the same as a provision of another text that the code lives with, in the same form (`must`, `should`,
`may` …): whoever keeps, or makes use of, the one does so with the other. Later readers will ask whether something else
was meant, and a change of the agreement leaves the copy behind. A clause that says which provision it `restates` is
compared with it (see divergent-restatement) and not told here. Parties, dates and what stands in place of what are left
aside. All provisions that a clause repeats are told at once.
"""),
    failing="""\
instrument rules "Rules agreed before"
  uses encounters
clause 1 a ship meeting a ship when own.doubt is about_intentions must sound_danger_signal
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
clause 1 a ship meeting a ship when own.doubt is about_intentions must sound_danger_signal
""",
    passing="""\
instrument rules "Rules agreed before"
  uses encounters
clause 1 a ship meeting a ship when own.doubt is about_intentions must sound_danger_signal
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
clause 1 a ship meeting a ship when own.doubt is about_intentions must sound_danger_signal
  restates 1 of rules
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Each clause of the text with the provisions of all others; one finding for each clause that repeats some."""
    system = inquiry.system
    negotiation = Negotiation(system)
    foreign = [norm for norm in system.norms.values() if norm.id.document != system.subject]
    neighbours = Neighbours(inquiry.grounds, foreign)
    answered: dict[NormId, dict[NormId, AlikeOnPackages]] = {}
    for norm in system.norms.values():
        if norm.id.document == system.subject and not norm.restates and foreign:
            answers = [(other, _compared(inquiry, negotiation, norm, other)) for other in neighbours.of(norm)]
            repeated = {other.id: answer for other, answer in answers if isinstance(answer, AlikeOnPackages)}
            left = next((answer for _, answer in answers if isinstance(answer, Undecided)), False)
            inquiry.record(RULE.id, partial(clause_names, system, (norm.id,)), True if repeated else left)
            answered[norm.id] = repeated
    whole = _whole(system, answered)
    for norm_id, repeated in answered.items():
        yield from _told(inquiry, negotiation, system.norms[norm_id], repeated, whole)


def _whole(
    system: NormSystem, answered: Mapping[NormId, Mapping[NormId, AlikeOnPackages]]
) -> frozenset[tuple[NormId, NormId]]:
    """The clauses, each with one that it repeats as a whole: every act that one of them lists is listed by both."""
    grouped = by_clause(system.norms)
    met = {(own.clause, other.clause) for own, repeated in answered.items() for other in repeated}
    return frozenset(
        (own, of)
        for own, of in met
        if all(any(other.clause == of for other in answered[norm]) for norm in grouped[own])
        and {other for norm in grouped[own] for other in answered[norm]} >= set(grouped[of])
    )


def _compared(
    inquiry: Inquiry, negotiation: Negotiation, norm: Norm, other: Norm
) -> AlikeOnPackages | Undecided | None:
    answer = alike_on_packages(inquiry, negotiation, norm, other)
    if isinstance(answer, Unknown):
        return inquiry.leave_open(mark("does the one repeat the other"), answer, norm.id, other.id)
    return answer


def _told(
    inquiry: Inquiry,
    negotiation: Negotiation,
    norm: Norm,
    repeated: Mapping[NormId, AlikeOnPackages],
    whole: frozenset[tuple[NormId, NormId]],
) -> Iterator[Finding]:
    """What a clause repeats, all at once; of a text under negotiation, with the packages on which it does."""
    try:
        parts = parted(negotiation, {other: answer.packages for other, answer in repeated.items()})
    except TooManyBoxes:
        inquiry.leave_open(mark("does the one repeat the other"), TOO_MANY, norm.id, *repeated)
        return
    for others, packages in parts:
        if others:
            several = [inquiry.system.norms[other] for other in others]
            shown = repeated[others[0]].shown(inquiry, negotiation, packages)
            found = _finding(inquiry.system, norm, several, shown, whole)
            yield told_on(negotiation, found, packages)


def _finding(
    system: NormSystem, norm: Norm, repeated: list[Norm], first: Alike, whole: frozenset[tuple[NormId, NormId]]
) -> Finding:
    names = names_of(system, [other.id for other in repeated])
    norms = (norm, *repeated)
    shown = episode(first.about, first.formulas, lambda seen: all(seen_used(first.about, n, seen) for n in norms[:2]))
    finding = Finding(
        RULE.id,
        RULE.severity,
        say(
            "{clause} repeats {others} without saying so",
            clause=clause_names(system, (norm.id,)),
            others=listed(names),
        ),
        content_label(system, norm, mark("{clause} says the same")),
        tuple(content_label(system, other, mark("{clause} says it already")) for other in repeated),
        tuple(str(n.id) for n in norms),
        witness=example(system, shown, first.formulas, Origin.RESULT, Origin.DOING),
        notes=unverified(system, [n.id for n in norms]),
    )
    return with_ways(finding, (TakenOut(_way(system, norm.id, [other.id for other in repeated], whole), (norm.id,)),))


def _way(system: NormSystem, norm: NormId, repeated: list[NormId], whole: frozenset[tuple[NormId, NormId]]) -> str:
    """To say that it is a repetition, as far as `restates` can, which compares whole clauses; or to leave it out."""
    grouped = by_clause(system.norms)
    own = reference(system, norm)
    alike = [other for other in repeated if (norm.clause, other.clause) in whole]
    if alike:
        provisions = ", ".join(dict.fromkeys(written_reference(system, other) for other in alike))
        if norm.label in system.texts[norm.document].sentences:
            return say(
                "write `restates {provisions}` in {clause}, or leave the sentence out",
                provisions=provisions,
                clause=own,
            )
        return say(
            "write `restates {provisions}` in {clause}, or leave the clause out", provisions=provisions, clause=own
        )
    if len(grouped[norm.clause]) == 1:
        return say("leave {clause} out", clause=own)
    apart = [other for other in repeated if len(grouped[other.clause]) == 1]
    if apart:
        return say(
            "leave `{act}` out of {clause}, or give it a clause of its own, with `restates {provisions}`",
            act=norm.act,
            clause=own,
            provisions=", ".join(dict.fromkeys(written_reference(system, other) for other in apart)),
        )
    return say("leave `{act}` out of {clause}", act=norm.act, clause=own)
