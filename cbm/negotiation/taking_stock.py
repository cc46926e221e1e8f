"""From the findings of a text under negotiation to where the negotiation stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import TypeAlias

from cbm.core.expressions import Formula
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.choices import CHAIR
from cbm.core.packages.package_boxes import Box, Taking, TooManyBoxes, members
from cbm.finding import Finding, Misuse, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.negotiation.best_for_all import best_for_all, spoken_of, wants_of
from cbm.negotiation.options_compared import choice_standings, compare_options, place_of, what_is_not_known
from cbm.negotiation.outlook import ChoiceGroup, Outlook, parties_that_propose
from cbm.negotiation.private_view import PrivateView
from cbm.negotiation.reading_flaws import reading_flaws, workable_readings
from cbm.outcomes.state_of_play import (
    BestForAll,
    CleanBox,
    Delegation,
    GroupStanding,
    Incompatible,
    LackingReference,
    Obstacle,
    PrivateStanding,
    Settling,
    StateOfPlay,
    TiedOptions,
    WorkableBox,
)
from cbm.records import replace
from cbm.report import Outcome
from cbm.resolve.labels import full_label
from cbm.syntax import ast
from cbm.translation.saying import mark, say, say_as
from cbm.wording.choice_words import option_words, place_words, taking_words
from cbm.wording.findings.stays_open.left_open import choice_lines
from cbm.wording.reading_words import cubes_words
from cbm.wording.variable_names import variable_name

# An example of a finding on one of these packages; nothing where none is known.
ShownOn: TypeAlias = Callable[[Finding, Formula], str]

_MOST_ASKED = 60  # of the parts of a group's ways: of the others it is not told on which readings they are clean
_MOST_PARTS = 12  # of one way, that are told apart by the readings on which they are clean


def state_of_play(
    document: ast.Document,
    outlook: Outlook,
    outcome: Outcome,
    inquiry: Inquiry | None = None,
    shown_on: ShownOn | None = None,
    private: PrivateView | None = None,
) -> StateOfPlay:
    """Where the negotiation of a document stands; Misuse where too much hangs together.

    Without the `inquiry` nothing is asked of what the options come to in the whole text.
    """
    try:
        return _state(document, outlook, outcome, inquiry, shown_on, private)
    except TooManyBoxes:
        raise Misuse(
            say(
                "too many choices hang together to tell all ways to settle them: "
                "fix some of them (on the command line: `--take`)"
            )
        ) from None


def outlook_of(system: NormSystem, outcome: Outcome) -> Outlook:
    """What the findings mean for packages; Misuse where nothing is to be chosen."""
    return Outlook(negotiation_of(system), outcome.findings)


def negotiation_of(system: NormSystem) -> Negotiation:
    """The choices of a text; Misuse where it has none, which is known before anything is examined."""
    negotiation = Negotiation(system).with_cycles
    if not negotiation.choices:
        words = mark("{text} has no options in square brackets: nothing in it is to be chosen")
        raise Misuse(say(words, text=system.subject))
    return negotiation


def _state(
    document: ast.Document,
    outlook: Outlook,
    outcome: Outcome,
    inquiry: Inquiry | None,
    shown_on: ShownOn | None,
    private: PrivateView | None,
) -> StateOfPlay:
    negotiation, system = outlook.negotiation, outlook.negotiation.system
    text = system.texts[system.subject]
    compared = compare_options(inquiry, outlook)
    open_questions = tuple(f.message for f in outcome.findings if f.rule is RuleId.UNDECIDED)
    undecided = (*open_questions, *what_is_not_known(negotiation, compared))
    told = frozenset(choice_lines(system))  # option by option
    gaps = [f for f in outcome.findings if f.rule is RuleId.GAP and f.severity is Severity.ERROR]
    best, unspoken = _best(outlook, private)
    return StateOfPlay(
        text=system.subject,
        title=text.title,
        as_of=None if outcome.as_of is None else outcome.as_of.isoformat(),
        choices=tuple(choice_standings(outlook, compared)),
        packages=outlook.packages,
        clean=outlook.clean_packages,
        workable=outlook.open_packages - outlook.clean_packages,
        by_reading_everywhere=outlook.depends_everywhere,
        agreed=tuple(_agreed(document)),
        everywhere=tuple(_reason(f) for f in outlook.everywhere),
        incompatible=tuple(_incompatible(outlook, shown_on)),
        groups=tuple(_group(outlook, group) for group in outlook.groups),
        delegations=tuple(_delegation(outlook, who) for who in parties_that_propose(negotiation)),
        settling=_settling(outlook),
        opened=tuple(_with_packages(f) for f in gaps if f.reach is not None and not f.reach.every),
        by_reading=tuple(_reason(f) for f in outlook.by_reading),
        undecided=undecided,
        notes=tuple(note for note in outcome.background if note not in told),
        best_for_all=best,
        unspoken=unspoken,
        private=None if private is None else _private(outlook, private),
        lacking=tuple(_lacking(outcome.findings)),
        ties=tuple(_ties(system)),
        clean_at_most=bool(outlook.open_questions),
    )


def _lacking(findings: Iterable[Finding]) -> Iterator[LackingReference]:
    """The references to what some packages lack, in the order of the text."""
    found = ((f, f.reach) for f in findings if f.rule is RuleId.UNDEFINED)
    for finding, reach in ((f, reach) for f, reach in found if reach is not None):
        words = "" if reach.every else reach.words
        yield LackingReference(finding.message, words, place_of(finding.primary.span), finding.remedies)


def _agreed(document: ast.Document) -> Iterator[str]:
    """The clauses in which nothing is open, duties or not."""
    article = ""
    for number, statement in enumerate(document.statements):
        if isinstance(statement, ast.ArticleHeading):
            article = statement.label
        elif isinstance(statement, ast.Clause) and not document.stands_with(number):
            yield full_label(article, statement.label)


def _ties(system: NormSystem) -> Iterator[TiedOptions]:
    """What is tied in the text, as it is written there; not what was settled for this question."""
    for tie in system.ties:
        if tie.span is not None:
            yield TiedOptions(tie.words, place_of(tie.span))


def _incompatible(outlook: Outlook, shown_on: ShownOn | None) -> Iterator[Incompatible]:
    """The smallest first, and then in the order of the text."""
    negotiation = outlook.negotiation
    found = ((options, group) for group in outlook.groups for options in group.incompatible)
    for options, group in sorted(found, key=lambda one: (len(one[0]), one[0])):
        said = tuple(_option(negotiation, taking) for taking in options)
        proposers = dict.fromkeys(who for taking in options for who in _proposed(negotiation, taking))
        reasons = list(group.reasons(options))
        yield Incompatible(
            said,
            tuple(proposers),
            tuple(_clash(negotiation, options, f, shown_on) for f in reasons),
            any(f.readings is not None and not f.readings.every for f in reasons),
        )


def _clash(negotiation: Negotiation, options: Sequence[Taking], finding: Finding, shown_on: ShownOn | None) -> Obstacle:
    """A finding that these options make, with an example that takes them."""
    if _is_shown_with(negotiation, options, finding):
        return _reason(finding)
    packages = negotiation.formula([{choice: 1 << option for choice, option in options}])
    example = "" if shown_on is None else shown_on(finding, packages)
    return replace(_reason(finding, shown=False), example=example)


def _is_shown_with(negotiation: Negotiation, options: Iterable[Taking], finding: Finding) -> bool:
    """Whether the example of a finding takes no other options of these choices: it may be one of another package."""
    taken = {
        variable_name(negotiation.terms[choice].variable): negotiation.choices[choice].options[option].member
        for choice, option in options
    }
    facts = () if finding.witness is None else finding.witness.facts
    return all(fact.value == taken.get(fact.name, fact.value) for fact in facts)


def _group(outlook: Outlook, group: ChoiceGroup) -> GroupStanding:
    negotiation, space = outlook.negotiation, outlook.negotiation.space
    clean = space.count(group.clean, group.choices)
    return GroupStanding(
        tuple(place_words(negotiation, choice) for choice in group.choices),
        space.count(group.existing, group.choices),
        clean,
        tuple(CleanBox(tuple(_ways(negotiation, box))) for box in group.clean),
        space.count(group.open, group.choices) - clean,
        tuple(_workable(outlook, group)),
        group.is_settled,
    )


def _workable(outlook: Outlook, group: ChoiceGroup) -> Iterator[WorkableBox]:
    """The ways that are clean on some readings of open terms, each with these; what is so on the same ones at once."""
    negotiation = outlook.negotiation
    named = {finding for flaw in group.by_reading for finding in flaw.findings}
    known = list(reading_flaws(outlook.findings))
    terms = {term for flaw in known if flaw.finding in named for term in flaw.held.terms}
    flaws = [flaw for flaw in known if not terms.isdisjoint(flaw.held.terms) and _is_of(flaw.finding, named)]
    parts: dict[str, list[Box]] = {}
    apart = dict.fromkeys(_part(box) for whole in group.workable for box in _parts(group, whole))
    for number, part in enumerate(apart):
        box = dict(part)
        on = workable_readings(negotiation, flaws, box) if number < _MOST_ASKED else None
        words = "" if on is None or on.every else cubes_words(negotiation.system, on.cubes)
        parts.setdefault(words, []).append(box)
    for words, boxes in parts.items():
        for way in negotiation.space.union(boxes):
            yield WorkableBox(tuple(_ways(negotiation, way)), words)


def _is_of(finding: Finding, named: Collection[Finding]) -> bool:
    """Whether it is one of these, or on every package: no choice settles that, and it rules out readings as well."""
    return finding in named or (finding.reach is not None and finding.reach.every)


def _part(box: Box) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(box.items()))


def _parts(group: ChoiceGroup, box: Box) -> Iterator[Box]:
    """A box, by the options on which it depends what is wrong on which readings; whole where these are too many."""
    space = group.negotiation.space
    cut = sorted({choice for flaw in group.by_reading for bad in flaw.boxes for choice in bad})
    options = [members(box.get(choice, space.whole(choice))) for choice in cut]
    if prod(map(len, options)) > _MOST_PARTS:
        yield box
        return
    for taken in product(*options):
        yield {**box, **{choice: 1 << option for choice, option in zip(cut, taken, strict=True)}}


def _ways(negotiation: Negotiation, box: Box) -> Iterator[str]:
    for choice, options in sorted(box.items()):
        known = negotiation.choices[choice]
        taken = [known.options[option] for option in members(options)]
        yield taking_words(known, place_words(negotiation, choice), taken)


def _best(outlook: Outlook, private: PrivateView | None) -> tuple[tuple[BestForAll, ...], tuple[str, ...]]:
    """What is best for all, and on which choices not all have spoken: those stay open."""
    negotiation, space = outlook.negotiation, outlook.negotiation.space
    delegations = [who for who in parties_that_propose(negotiation) if who != CHAIR]
    own = {} if private is None else {private.delegation: private.wished}
    wants = wants_of(negotiation, delegations, own)
    groups = [(group.choices, group.clean) for group in outlook.groups]
    told = tuple(
        BestForAll(
            tuple(place_words(negotiation, choice) for choice in found.choices),
            space.count(found.clean, found.choices),
            space.count(found.best, found.choices),
            tuple(CleanBox(tuple(_ways(negotiation, box))) for box in found.best),
        )
        for found in (best_for_all(space, groups, wants) if outlook.has_clean else ())
    )
    spoken = spoken_of(space, wants)
    silent = (place_words(negotiation, c) for c in range(len(space.sizes)) if c not in spoken)
    return told, tuple(silent) if told else ()


def _private(outlook: Outlook, private: PrivateView) -> PrivateStanding:
    """With what the delegation expects counted among what makes packages unclean."""
    negotiation = outlook.negotiation
    narrower = Outlook(negotiation, (*outlook.findings, *private.missed))
    everywhere = sum(f.reach is None or f.reach.every for f in private.missed)
    touched = {choice for group in narrower.groups for flaw in group.flaws
               if not set(private.missed).isdisjoint(flaw.findings)
               for choice in group.choices}  # fmt: skip
    return PrivateStanding(
        delegation=private.delegation,
        expected=private.expected,
        missed_everywhere=everywhere,
        missed_on_some=len(private.missed) - everywhere,
        by_reading=private.by_reading,
        undecided=private.undecided,
        wishes=len(private.wished),
        clean=0 if everywhere else narrower.clean_packages,
        groups=tuple(_group(narrower, group) for group in narrower.groups if touched.intersection(group.choices)),
        sets=_sets(narrower, private.delegation, private.wished),
    )


def _sets(outlook: Outlook, who: str, wished: frozenset[Taking]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(_told(outlook.negotiation, kept) for _, kept in outlook.together(who, wished))


def _told(negotiation: Negotiation, together: Iterable[Iterable[Taking]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_option(negotiation, taking) for taking in kept) for kept in together)


def _delegation(outlook: Outlook, who: str) -> Delegation:
    negotiation = outlook.negotiation
    proposals = sum(who in option.proposers for choice in negotiation.choices for option in choice.options)
    together = list(outlook.together(who))
    nowhere = dict.fromkeys(
        choice
        for group, kept in together
        if not any(kept)
        for choice in group.choices
        if any(who in option.proposers for option in negotiation.choices[choice].options)
    )
    sets = tuple(_told(negotiation, kept) for _, kept in together if any(kept))
    own = (taking for taking in outlook.workable_only if _proposes(negotiation, who, taking))
    depending = dict.fromkeys(choice for choice, _ in own)
    lost, open_ = (tuple(place_words(negotiation, choice) for choice in some) for some in (sorted(nowhere), depending))
    return Delegation(who, proposals, sets, lost, open_)


def _proposes(negotiation: Negotiation, who: str, taking: Taking) -> bool:
    choice, option = taking
    return who in negotiation.choices[choice].options[option].proposers


def _settling(outlook: Outlook) -> Settling | None:
    """The option with which most of what is wrong with some packages is gone, of those that a clean package holds.

    Where none is clean it is of those that a workable one holds.
    """
    space, negotiation = outlook.negotiation.space, outlook.negotiation
    best: tuple[int, Taking] | None = None
    for group in outlook.groups:
        for choice in group.choices:
            for option in range(space.sizes[choice]):
                box = {choice: 1 << option}
                gone = sum(all(space.meets(box, bad) is None for bad in flaw.boxes) for flaw in outlook.flaws)
                stays = group.is_clean(choice, option) if outlook.has_clean else not group.is_dead(choice, option)
                if gone and stays and (best is None or gone > best[0]):
                    best = (gone, (choice, option))
    if best is None:
        return None
    return Settling(_option(negotiation, best[1]), best[0], len(outlook.flaws))


def _option(negotiation: Negotiation, taking: Taking) -> str:
    """`JP's “1,000 m” in 3.1`."""
    choice, option = taking
    known = negotiation.choices[choice]
    place, taken = place_words(negotiation, choice), known.options[option]
    if taken.out:
        return say_as("left out", "{place} {option}", place=place, option=option_words(taken))
    if known.titled:
        return say("{option} for {place}", option=option_words(taken), place=place)
    return say("{option} in {place}", option=option_words(taken), place=place)


def _proposed(negotiation: Negotiation, taking: Taking) -> tuple[str, ...]:
    return negotiation.choices[taking[0]].options[taking[1]].proposers


def _reason(finding: Finding, *, shown: bool = True) -> Obstacle:
    """What is wrong, without the packages on which it is; with an example, if that is to be `shown`."""
    return replace(_with_packages(finding, shown=shown), message=finding.on_any_package)


def _with_packages(finding: Finding, *, shown: bool = True) -> Obstacle:
    example = finding.witness.words if shown and finding.witness is not None else ""
    return Obstacle(finding.rule, finding.message, finding.clauses, place_of(finding.primary.span), example)
