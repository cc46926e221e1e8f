"""Silence on purpose that has ended, that stands twice, or that is none because clauses govern what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY, packages_asked
from cbm.core.expressions import Formula, NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Reserve
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.substitution import parts_of
from cbm.coverage.governance import left_open_in
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import holds
from cbm.finding import Finding, Label, Rule, RuleId, Scenario, Severity
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.open_questions import Undecided, some
from cbm.search.replay import episode
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clause_names, content_label
from cbm.wording.condition_words import condition_words
from cbm.wording.reading_words import told_on
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.RESERVE,
    Severity.WARNING,
    mark("a reserve that has ended, overlaps another one, or is none"),
    mark("""\
A `reserve` says where the text is silent on purpose: such an encounter is no gap, and it is not covered either. A
reserve counts until its date; from then on it is told as ended, and what it left open counts again as what it is. Two
reserves for one encounter and topic are told, since it is not said which of them ends the silence. Clauses that
govern what a reserve leaves open are listed in a note: the text is not silent there.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
  proposed 2031-03-01
clause 1 a warship must not aim_weapons
reserve 2 "the disputed islands" for weapons when own.disputed_waters until 2030-01-01
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
  proposed 2031-03-01
clause 1 a warship when not own.disputed_waters must not aim_weapons
reserve 2 "the disputed islands" for weapons when own.disputed_waters until 2035-01-01
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    as_of = inquiry.system.as_of
    counting = [reserve for reserve in inquiry.system.reserves if not reserve.has_ended(as_of)]
    for reserve in inquiry.system.reserves:
        inquiry.record(RULE.id, f"has reserve {reserve.label} ended", reserve.has_ended(as_of), of_words=True)
        if reserve.has_ended(as_of):
            yield _on_packages(inquiry, _ended(reserve), left_open_in(inquiry.grounds[0], reserve))
    for one, other in combinations(counting, 2):
        if _topics(one, other) is not None:
            yield from _overlapping(inquiry, one, other)
    for reserve in counting:
        yield from _governed(inquiry, reserve)


def _ended(reserve: Reserve) -> Finding:
    assert reserve.until is not None
    message = say(
        "{reserve} ended on {day}, and what it left open counts again", reserve=_name(reserve), day=reserve.until
    )
    remedies = (say("let it run on with a later date, or take it out and govern what it left open"),)
    return Finding(RULE.id, RULE.severity, message, _place(reserve), remedies=remedies)


def _overlapping(inquiry: Inquiry, one: Reserve, other: Reserve) -> Iterator[Finding]:
    about = inquiry.grounds[0]
    both = (left_open_in(about, one), left_open_in(about, other))

    def question() -> str:
        asked = mark("is there an encounter that {reserve} and {other} both leave open")
        return say(asked, reserve=_name(one), other=_name(other))

    found = inquiry.can(about, (), question, *both, found="they overlap: the finding", none="they do not overlap")
    inquiry.record(RULE.id, question, found, of=(one, other))
    if found is True:
        topics = _topics(one, other)
        names = {"reserve": _name(one), "other": _name(other)}
        message = say("{reserve} and {other} leave the same encounters open", **names)
        if topics:
            on_topics = mark("{reserve} and {other} leave the same encounters open on {topics}")
            message = say(on_topics, topics=listed(topics), **names)
        overlap = Finding(
            RULE.id,
            RULE.severity,
            message,
            _place(one, _until(one)),
            (_place(other, _until(other)),),
            whenever=condition_words(inquiry.system, (part for formula in both for part in parts_of(formula))),
            witness=_shown(about, both, one, other),
            remedies=(say("say in one reserve what both say, or take the case of one out of the other"),),
        )
        yield _on_packages(inquiry, overlap, *both)


def _on_packages(inquiry: Inquiry, finding: Finding, *formulas: Formula) -> Finding:
    """The finding with the packages on which this can be so."""
    negotiation = Negotiation(inquiry.system)
    packages = _packages(inquiry, negotiation, inquiry.grounds[0], formulas)
    if isinstance(packages, Unknown):
        inquiry.leave_open(lambda: say("on which packages is it so that {finding}", finding=finding.message), packages)
        return finding
    return told_on(negotiation, finding, packages)


def _packages(
    inquiry: Inquiry, negotiation: Negotiation, about: Ground, formulas: Sequence[Formula]
) -> Sequence[Box] | Unknown:
    """The packages on which what is known to be possible is so."""
    return packages_asked(inquiry, negotiation, about, formulas) if negotiation.terms else ALL_PACKAGES


def _governed(inquiry: Inquiry, reserve: Reserve) -> Iterator[Finding]:
    """The clauses of the text on its topics that bind in an encounter that it leaves open."""
    negotiation = Negotiation(inquiry.system)
    governing: dict[NormId, list[_Governing]] = {}

    def question() -> str:
        return say("does it bind in an encounter that {reserve} leaves open", reserve=_name(reserve))

    ends = {"found": "it is listed: the finding", "none": "it governs nothing that is left open"}
    answers: list[bool | Undecided] = []
    for about in inquiry.strict:
        where = left_open_in(about, reserve)
        for n in about.norms:
            if n.norm.id.document == inquiry.system.subject and any(map(reserve.concerns, n.norm.topics)):
                answers.append(inquiry.can(about, (n.norm.id,), question, where, n.binds, **ends))
                if answers[-1] is True:
                    packages = _packages(inquiry, negotiation, about, (where, n.binds))
                    if isinstance(packages, Unknown):
                        answers[-1] = inquiry.leave_open(question, packages, n.norm.id)
                        continue
                    governing.setdefault(n.norm.id, []).append(_Governing(about, (where, n.binds), packages))
    inquiry.record(RULE.id, f"do clauses govern what reserve {reserve.label} leaves open", some(answers), of=(reserve,))
    try:
        together = list(_together(negotiation, governing))
    except TooManyBoxes:
        inquiry.leave_open(question, TOO_MANY, *governing)
        return
    for norms, several, packages in together:
        shown = _shown_on(inquiry, negotiation, reserve, several, packages)
        yield told_on(negotiation, _listed(inquiry, reserve, norms, shown), packages)


def _together(
    negotiation: Negotiation, governing: Mapping[NormId, Sequence[_Governing]]
) -> Iterator[tuple[list[NormId], list[_Governing], tuple[Box, ...]]]:
    """Clauses that govern on the same packages, in whichever wording, and these; a text without brackets has one.

    Each clause is named by the first of its wordings.
    """
    clauses: dict[NormId, tuple[NormId, list[_Governing]]] = {}
    for norm, several in governing.items():
        clauses.setdefault(replace(norm, wording=0), (norm, []))[1].extend(several)
    groups: dict[tuple[object, ...], tuple[list[NormId], list[_Governing], tuple[Box, ...]]] = {}
    for first, several in clauses.values():
        boxes = negotiation.space.told(box for one in several for box in one.packages)
        norms, all_of_them, _ = groups.setdefault(tuple(tuple(sorted(box.items())) for box in boxes), ([], [], boxes))
        norms.append(first)
        all_of_them.extend(several)
    return iter(groups.values())


class _Governing(Record):
    """For whom a clause governs what is left open, that it does, and on which packages."""

    about: Ground
    formulas: tuple[Formula, ...]
    packages: Sequence[Box]


def _shown_on(
    inquiry: Inquiry, negotiation: Negotiation, reserve: Reserve, several: Sequence[_Governing], packages: Sequence[Box]
) -> Scenario | None:
    """An encounter in which it does, on some of the packages."""
    on_these = negotiation.formula(packages)
    for one in several:
        formulas = (*one.formulas, on_these)
        with asking(
            question="does it bind there in these packages", found="the example is taken there", none="it does not"
        ):
            answer = inquiry.ask(one.about, *formulas)
        if isinstance(answer, Sat):
            return _shown(one.about, formulas, reserve)
    return None


def _listed(inquiry: Inquiry, reserve: Reserve, norms: Sequence[NormId], shown: Scenario | None) -> Finding:
    system = inquiry.system
    return Finding(
        RULE.id,
        Severity.NOTE,
        say_count(
            "{clauses} governs encounters that {reserve} leaves open",
            "{clauses} govern encounters that {reserve} leaves open",
            len({norm.unworded for norm in norms}),
            clauses=clause_names(system, norms),
            reserve=_name(reserve),
        ),
        _place(reserve),
        tuple(content_label(system, system.norms[norm], mark("{clause} binds there")) for norm in norms),
        tuple(map(str, norms)),
        witness=shown,
        matter=(reserve.label,),
    )


def _shown(about: Ground, formulas: tuple[Formula, ...], *reserves: Reserve) -> Scenario:
    def left_open(seen: CompleteEpisode) -> bool:
        return all(holds(reserve.condition, seen, about.system) for reserve in reserves)

    return example(about.system, episode(about, formulas, left_open), formulas)


def _topics(one: Reserve, other: Reserve) -> tuple[str, ...] | None:
    """The topics that both leave open, none if that is all of them; None if they have nothing in common."""
    if not one.topics or not other.topics:
        return one.topics or other.topics
    return tuple(topic for topic in one.topics if topic in other.topics) or None


def _name(reserve: Reserve) -> str:
    return say("reserve {label}", label=reserve.label)


def _until(reserve: Reserve) -> str:
    return say("has no end") if reserve.until is None else say("ends on {day}", day=reserve.until)


def _place(reserve: Reserve, text: str = "") -> Label:
    assert reserve.span is not None, "reserves of a text carry their place"
    return Label(reserve.span, text)
