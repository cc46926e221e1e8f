"""Clauses that claim to restate another and mean something else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cbm.comparison.clause_pairs.departures import Departure, departures
from cbm.comparison.clause_pairs.provisions import Provision, Unlike, seen_unlike, unlike
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, by_clause
from cbm.core.variables import Origin
from cbm.finding import Finding, Label, Rule, RuleId, Scenario, Severity
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_readings import ReadingCubes, openness
from cbm.search.replay import episode
from cbm.smt.solve import Unknown
from cbm.translation.saying import english, mark, say
from cbm.wording.clause_names import content_label, reference, restating
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.conditions_unknown import not_known_in_full
from cbm.wording.findings.departure_words import departure_words
from cbm.wording.reading_words import qualified, told_on
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.DIVERGENT_RESTATEMENT,
    Severity.ERROR,
    mark("a clause that restates another one wrongly"),
    mark("""\
A clause says that it `restates` another, of this text or of an instrument; yet in some encounter one of the two
applies and the other does not, or they ask for different things, or they differ in strength or modality, in the unit
they bind, or in what is owed after a breach (`otherwise`). Parties, dates and what stands in place of what are left
aside: the wording is compared.

The finding says where the clause asks for less than what it restates and where for more (allows, exempts from), and by
which of the words: a condition of one of them that is not met there, an exception, or what they ask for. Of conditions
no more is told than it takes.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a fighter meeting a warship must keep separation >= 1 nmi
clause 2 a fighter meeting a warship must keep separation >= 1,850 m
  restates 1
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a fighter meeting a warship must keep separation >= 1 nmi
clause 2 a fighter meeting a warship must keep separation >= 1,852 m
  restates 1
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    yield from _unmatched(inquiry)
    norms = inquiry.system.norms
    for clause, own in by_clause(norms).items():
        restated = norms[own[0]].restates if clause.document == inquiry.system.subject else ()
        for others in by_clause(restated).values():
            yield from _compare(inquiry, [norms[norm] for norm in own], [norms[norm] for norm in others])


def _unmatched(inquiry: Inquiry) -> Iterator[Finding]:
    """Clauses without a counterpart, where one text claims to restate another as a whole."""
    system = inquiry.system
    head = system.texts[system.subject]
    if head.restates is None or head.span is None:
        return
    labels = {
        name: [n.label for n in by_clause(system.norms) if n.document == name] for name in (head.name, head.restates)
    }
    for has, lacks in ((head.name, head.restates), (head.restates, head.name)):
        for label in (known for known in labels[has] if known not in labels[lacks]):
            message = say(
                "clause {clause} of {document} has no counterpart in {other}, though the one restates the other",
                clause=label,
                document=has,
                other=lacks,
            )
            inquiry.record(RULE.id, f"counterpart of {label}", found=True, of_words=True)
            yield Finding(RULE.id, RULE.severity, message, Label(head.span), clauses=(f"{has}:{label}",))


def _compare(inquiry: Inquiry, own: Provision, of: Provision) -> Iterator[Finding]:
    norms = tuple(norm.id for norm in (*own, *of))

    names = partial(restating, inquiry.system, norms[0], of[0].id)
    difference = unlike(inquiry, own, of)
    if isinstance(difference, Unknown):
        inquiry.record(RULE.id, names, inquiry.leave_open(mark("do they mean the same"), difference, *norms))
        return
    inquiry.record(RULE.id, names, difference is not None, of=None if difference is None else difference.way)
    if difference is None:
        return
    finding = _finding(inquiry, own, of, difference)
    if difference.about is None:  # of their form, wherever both stand
        negotiation = Negotiation(inquiry.system)
        boxes = negotiation.boxes_of((own[0], of[0]))
        yield told_on(negotiation, finding, negotiation.space.told(boxes))
    else:
        yield qualified(inquiry, finding, _readings(inquiry.system, difference))


def _readings(system: NormSystem, difference: Unlike) -> ReadingCubes | Unknown | None:
    """The readings of open terms on which they differ somewhere; None where none plays a part."""
    about, terms = difference.about, openness(system, difference.formulas)
    if about is None or terms is None:
        return None
    return terms.where(*about.possible, *about.feasible, *difference.formulas)


def _finding(inquiry: Inquiry, own: Provision, of: Provision, difference: Unlike) -> Finding:
    system, norm, restated = inquiry.system, own[0], replace(of[0], id=of[0].id.clause)
    name, other = reference(system, norm.id), reference(system, restated.id)
    found = list(departures(inquiry, own, of, difference))
    known = [one for one in found if isinstance(one, Departure)]
    left = [one for one in found if isinstance(one, Unknown)]
    if not all(one.complete for one in known):
        left.append(Unknown(mark("its conditions are too many to be listed in full; more were left out")))
    for unknown in left:
        inquiry.leave_open(mark("where do they differ"), unknown, *(n.id for n in (*own, *of)))
    notes = (not_known_in_full(),) if left else ()
    words = told_by(system, [n.id for n in (*own, *of)])
    told = departure_words(words, own, of, difference, known)
    cubes = list(dict.fromkeys(cube for one in known for cube in one.cubes))
    return Finding(
        RULE.id, RULE.severity,
        say("{clause} says that it restates {other}, and means something else", clause=name, other=other),
        content_label(system, norm, ""), (content_label(system, restated, mark("{clause} is restated")), *told.labels),
        (str(norm.id), str(restated.id)),
        whenever=condition_words(words, cubes[0]) if cubes else "",
        extent=tuple(tuple(literal_words(words, literal) for literal in cube) for cube in cubes),
        known_extent=english(lambda: tuple(tuple(literal_words(words, literal) for literal in cube) for cube in cubes)),
        witness=_shown(system, own, of, difference), notes=(*told.notes, *notes),
        remedies=(say("word both alike, or take `restates` out"),),
    )  # fmt: skip


def _shown(system: NormSystem, own: Provision, of: Provision, difference: Unlike) -> Scenario | None:
    about, formulas = difference.about, difference.formulas
    if about is None:
        return None
    shown = episode(about, formulas, lambda seen: seen_unlike(about, own, of, seen))
    return example(system, shown, formulas, Origin.RESULT, Origin.DOING)
