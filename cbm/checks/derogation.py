"""Clauses that allow what an agreement forbids, or ask for less than it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.comparison.clause_pairs.derogations import Derogation, derogation, falls_short_elsewhere, takes_back_openly
from cbm.comparison.clause_pairs.provisions import Neighbours
from cbm.conflicts.precedence import joining
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, Precedence, Strength
from cbm.core.variables import Origin
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.smt.solve import Unknown
from cbm.translation.saying import english, mark, ordering, say
from cbm.wording.axiom_words import bounds_words
from cbm.wording.clause_names import clause_name, clause_names, content_label, reference, unverified, wordings
from cbm.wording.condition_words import among_others, condition_words, literal_words
from cbm.wording.findings.clashes.opposed_clauses import opposed, says, standing
from cbm.wording.findings.clauses_gone import Way, with_ways
from cbm.wording.findings.ranking_texts import ranking, standing_instead
from cbm.wording.reading_words import found_by_part
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.DEROGATION,
    Severity.WARNING,
    mark("a clause that takes back what an agreement asks for"),
    mark("""\
A clause derogates from a duty of another text that the code lives with, in encounters in which both bind, in one of
two ways. It allows (`may`, `need not`) what leaves no way to keep the duty: any one of several acts, or any value in
a range. Or it is a duty that asks for less: whoever keeps the other duty keeps it too, and whoever keeps all duties of
the code may still breach the other one.

Only clauses about the same act or result are compared, and of a duty to do several things only those that the clause
speaks of as well. A clause asks for no less where it asks for nothing, as a ban `within 1 h after incident` does where
there was none; nor does a deadline from an incident ask for less than one from a drill. The finding is a note where
the other duty is mere advice (`should`), and where the clause is openly `notwithstanding` it, which lifts it only
where the two conflict. Nothing is taken back, and nothing told, by a clause that is `subject to` the duty, that stands
openly `in place of` it, or that says that it `restates` it (see divergent-restatement).
"""),
    failing="""\
instrument rules "Rules agreed before"
  uses encounters
clause 1 a helicopter meeting a warship must keep separation >= 1,000 m
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
clause 1 an aircraft meeting a ship must keep separation >= 500 m
""",
    passing="""\
instrument rules "Rules agreed before"
  uses encounters
clause 1 a helicopter meeting a warship must keep separation >= 1,000 m
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
clause 1 an aircraft meeting a ship must keep separation >= 1,000 m
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Each clause of the text with each duty of all others."""
    system, negotiation = inquiry.system, Negotiation(inquiry.system)
    foreign = [norm for norm in system.norms.values() if norm.id.document != system.subject and norm.demands]
    neighbours = Neighbours(inquiry.grounds, foreign)
    for norm in system.norms.values():
        if norm.id.document == system.subject and foreign:
            known, found = len(inquiry.undecided), list[Finding]()
            for other in neighbours.of(norm):
                if not takes_back_openly(system, norm, other):
                    both = negotiation.boxes_of((norm, other))
                    told = partial(_compared, norm=norm, other=other)
                    found += found_by_part(inquiry, negotiation, both, told, norm.id, other.id)
            left = next(iter(inquiry.undecided[known:]), False)
            inquiry.record(RULE.id, partial(clause_names, system, (norm.id,)), True if found else left)
            yield from found


def _compared(inquiry: Inquiry, norm: Norm, other: Norm) -> Iterator[Finding]:
    answer = derogation(inquiry, norm, other)
    if isinstance(answer, Unknown):
        inquiry.leave_open(mark("does the one derogate from the other"), answer, norm.id, other.id)
    elif answer is not None:
        yield _finding(inquiry, norm, other, answer)


def _finding(inquiry: Inquiry, norm: Norm, other: Norm, found: Derogation) -> Finding:
    system, norms = inquiry.system, (norm.id, other.id)
    stated = joining(system, norms)
    grave = not stated and other.strength is Strength.MUST
    foreign = clause_name(system, other.id)
    more = say("ask in {clause} for as much as {other} does", clause=reference(system, norm.id), other=foreign)
    if stated:
        ways: tuple[Way, ...] = (standing_instead(inquiry, *norms),)
    else:
        yielding = ranking(inquiry, *norms, clashing=False, further=norm.demands)
        ways = (*((more,) if norm.demands else ()), *yielding)
    finding = Finding(
        RULE.id,
        RULE.severity if grave else Severity.NOTE,
        say(_message(norm, other), clause=clause_names(system, (norm.id,)), other=foreign),
        content_label(system, norm, says(norm) if norm.demands else mark("{clause} allows this")),
        (content_label(system, other, says(other)),),
        tuple(map(str, norms)),
        whenever=_whenever(inquiry, found),
        extent=(tuple(literal_words(system, literal) for literal in found.cube),),
        known_extent=english(lambda: (tuple(literal_words(system, literal) for literal in found.cube),)),
        witness=example(system, found.shown, found.told, Origin.RESULT, Origin.DOING),
        notes=(*_without_effect(stated, foreign), *wordings(system, norms), *unverified(system, norms)),
        background=tuple(standing(system, norms)),
        opposed=opposed(system, norms),
        figures=bounds_words(system, (norm.content, other.content)),
        known_figures=ordering(lambda: bounds_words(system, (norm.content, other.content))),
    )
    return with_ways(finding, ways)


def _whenever(inquiry: Inquiry, found: Derogation) -> str:
    words = condition_words(inquiry.system, found.cube)
    if not falls_short_elsewhere(inquiry, found):
        return words
    return among_others(words)


def _without_effect(stated: Sequence[Precedence], foreign: str) -> Iterator[str]:
    """What the texts say of precedence lifts nothing here: both can be kept, and both bind."""
    if stated:
        words = mark("{precedence} only where they conflict, and here they do not: {other} binds all the same")
        yield say(words, precedence=stated[0].words, other=foreign)


def _message(norm: Norm, other: Norm) -> str:
    """`clause 3 allows what 2 of rules forbids`, `clause 4 demands less than 2 of rules`."""
    advised, advice = norm.strength is Strength.SHOULD, other.strength is Strength.SHOULD
    match norm.modality:
        case Modality.PERMISSION if advice:
            return mark("{clause} allows what {other} advises against")
        case Modality.PERMISSION:
            return mark("{clause} allows what {other} forbids")
        case Modality.EXEMPTION if advice:
            return mark("{clause} dispenses with what {other} advises")
        case Modality.EXEMPTION:
            return mark("{clause} dispenses with what {other} demands")
        case _ if not advice:
            if advised:
                return mark("{clause} only advises where {other} demands")
            return mark("{clause} demands less than {other}")
        case _ if advised:
            return mark("{clause} advises less than {other} advises")
        case _:
            return mark("{clause} demands less than {other} advises")
