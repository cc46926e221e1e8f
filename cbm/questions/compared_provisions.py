"""What is found of a draft beside a model, to what is told of each provision, and of what the draft adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cbm.comparison.possible_packages import TOO_MANY, in_common, parted
from cbm.comparison.stances.model_stances import DemandStance, NotKnown, stances
from cbm.comparison.stances.shortfalls import Shortfall
from cbm.comparison.stances.stance_regions import Stance
from cbm.comparison.two_texts import ReadText, TwoTexts
from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.finding import Misuse
from cbm.outcomes.model_comparison import (
    KINDS,
    AddedProvision,
    ModelArticle,
    ModelProvision,
    PackageStanding,
    ProvisionStance,
)
from cbm.process.budget import RunStopped
from cbm.resolve.names.titles import title_of
from cbm.search.parallel import Watch
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import say
from cbm.wording.answers.stance_words import act_words, force_words, stance_words
from cbm.wording.clause_names import content_label
from cbm.wording.reading_words import reach_of

# A demand of the draft on a matter that a model says nothing of beside it, and on which packages.
Lacking = Mapping[NormId, tuple[Box, ...]]


def provisions(both: TwoTexts, watch: Watch | None = None) -> Iterator[tuple[Span, ModelProvision]]:
    """Each clause of the model, with where it begins; told as soon as it is known, so that it is told in any case."""
    negotiation = Negotiation(both.system)
    for told in stances(both, watch):
        first = both.system.norms[told[0].demand]
        label = both.clause(first.id).label
        sentence = both.text_of(first.id).sentences.get(label)
        assert first.span is not None, "norms of a text carry their place"
        demands = list(dict.fromkeys(one.demand for one in told))
        known = [one for one in told if isinstance(one, DemandStance)]
        unknown = [say(one.reason) for one in told if isinstance(one, NotKnown)]
        try:
            standings = tuple(_standings(negotiation, known))
        except TooManyBoxes:
            standings = ()
            unknown.append(say(TOO_MANY.reason))
        kinds: tuple[ProvisionStance, ...] = ()
        try:
            kinds = tuple(_stances(both, known, [both.system.norms[n] for n in demands]))
        except RunStopped as why:  # before there were examples
            unknown.append(say(str(why)))
        yield (
            first.span,
            ModelProvision(
                label=label,
                title=first.title,
                force=force_words(first),
                place=content_label(both.system, first, ""),
                stances=kinds,
                undecided=tuple(dict.fromkeys(unknown)),
                standings=standings,
                sentence_of=None if sentence is None else sentence.clause,
            ),
        )


def _stances(both: TwoTexts, known: Sequence[DemandStance], demands: Sequence[Norm]) -> Iterator[ProvisionStance]:
    """Stances of one kind, on the same packages, together where their first conditions are the same.

    What is kept is told all together.
    """
    groups: dict[tuple[object, ...], list[DemandStance]] = {}
    for one in known:
        where = () if one.stance is Stance.KEPT else (one.cubes[0], one.outside, bool(one.by))
        packages = tuple(tuple(sorted(box.items())) for box in one.packages)
        owes_less = Shortfall.REPARATION in one.in_what
        groups.setdefault((one.stance, owes_less, packages, *where), []).append(one)
    order = [Stance(kind) for kind in KINDS]
    for some in sorted(groups.values(), key=lambda some: order.index(some[0].stance)):
        about = dict.fromkeys(one.demand for one in some)
        acts = dict.fromkeys(act_words(both.system.norms[n], demands) for n in about)
        yield stance_words(both, some, [] if len(about) == len(demands) else [act for act in acts if act])


def _standings(negotiation: Negotiation, known: Sequence[DemandStance]) -> Iterator[PackageStanding]:
    """Of a draft under negotiation: which kinds of stances there are on which packages."""
    if not negotiation.terms:
        return
    where: dict[Stance, list[Box]] = {}
    for one in known:
        where.setdefault(one.stance, []).extend(one.packages)
    for kinds, packages in parted(negotiation, where):
        order = sorted((kind.value for kind in kinds), key=KINDS.index)
        yield PackageStanding(reach_of(negotiation, packages, packages), tuple(order))


def articles(document: ast.Document, found: Iterable[tuple[Span, ModelProvision]]) -> Iterator[ModelArticle]:
    headings = [s for s in document.statements if isinstance(s, ast.ArticleHeading)]
    articles: dict[str, list[ModelProvision]] = {}
    for span, provision in found:
        above = [heading for heading in headings if heading.span.start <= span.start]
        articles.setdefault(_heading(above[-1]) if above else "", []).append(provision)
    for heading, provisions in articles.items():
        yield ModelArticle(heading, tuple(provisions))


def _heading(heading: ast.ArticleHeading) -> str:
    """`article 3 "Safe separation"`."""
    title = title_of(heading.titles, heading.titles[0].text) if heading.titles else ""
    match bool(heading.label), bool(title):
        case True, True:
            return say('article {label} "{title}"', label=heading.label, title=title)
        case True, False:
            return say("article {label}", label=heading.label)
        case False, True:
            return say('article "{title}"', title=title)
        case _:
            return say("article")


def added(own: ReadText, several: Sequence[Lacking]) -> Iterator[AddedProvision]:
    """The clauses of the draft in which demands stand that all models lack, in order.

    Misuse where too many choices hang together.
    """
    negotiation = Negotiation(own.severed.system)
    lacking = frozenset.intersection(*(frozenset(one) for one in several))
    try:
        where = {norm: in_common(negotiation, [one[norm] for one in several]) for norm in lacking}
        yield from _added(own, negotiation, where)
    except TooManyBoxes:
        words = say(
            "too many choices hang together to tell what the draft adds: "
            "fix some of them (on the command line: `--take`)"
        )
        raise Misuse(words) from None


def _added(own: ReadText, negotiation: Negotiation, where: Lacking) -> Iterator[AddedProvision]:
    system = own.severed.system
    clauses: dict[NormId, list[Norm]] = {}
    for norm, clause in own.severed.clauses.items():
        if norm.document == system.subject:
            clauses.setdefault(clause.clause, []).append(system.norms[norm])
    told: dict[tuple[str, str, str, tuple[str, ...]], tuple[Norm, list[Box]]] = {}
    for clause, demands in clauses.items():
        known = {norm.id: where[norm.id] for norm in demands if norm.id in where}
        for some, packages in parted(negotiation, known):
            if some:
                first = system.norms[some[0]]
                acts = (
                    () if len(some) == len(demands) else tuple(act_words(system.norms[norm], demands) for norm in some)
                )
                key = clause.label, first.title, force_words(first), acts
                told.setdefault(key, (first, []))[1].extend(packages)
    for key, (first, boxes) in told.items():
        reach = (
            reach_of(negotiation, packages := negotiation.space.told(boxes), packages) if negotiation.terms else None
        )
        yield AddedProvision(*key, content_label(system, first, ""), reach)
