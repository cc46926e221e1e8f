"""A norm system to its map of coverage: every matter for every bearer, exceptions, and whether parties are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cbm.comparison.mirror_image import line_with_hours
from cbm.core.matters import Matter, concerns
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem
from cbm.coverage.governance import CoverageUndecided
from cbm.coverage.reciprocity import OneSided, one_sided
from cbm.coverage.regions import PromisedMatter, classify, promised_matter
from cbm.coverage.types.axes import all_values, dividers, values_of
from cbm.coverage.types.boxes import TYPES
from cbm.coverage.types.grid import Grid
from cbm.coverage.types.thresholds import ScaledAxis
from cbm.coverage_maps.additions import additions, others_alone
from cbm.coverage_maps.cell_examples import WITHOUT_EXAMPLE, with_examples
from cbm.coverage_maps.exceptions_left import left_of
from cbm.coverage_maps.large_layers import far_layer
from cbm.coverage_maps.layers import SHOWN, blank, layer, matter_named
from cbm.coverage_maps.named import axis
from cbm.coverage_maps.witnesses import told
from cbm.coverage_maps.yardstick import Measure, declared_topics, measures, topics_of
from cbm.finding import Label
from cbm.ground.texts_in_force import in_force
from cbm.inquiry import Inquiry
from cbm.outcomes.coverage_map import Asymmetry, CoverageMap, Excepted, Layer
from cbm.outcomes.map_parts import Clause, Named
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.translation.saying import mark, say, say_count
from cbm.wording.choice_words import box_words
from cbm.wording.clause_names import clause_name, clauses_in_any_wording, reference
from cbm.wording.situation_words import situation_words

# What is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is mapped: these matters (none: those promised), for units of one party, with examples or without."""

    matters: tuple[Matter, ...] = ()
    party: str | None = None
    examples: bool = False

    def concerns(self, norm: Norm) -> bool:
        """Whether something is to be told of the clause by itself."""
        return not self.matters or any(concerns(norm, matter) for matter in self.matters)


def draw(inquiry: Inquiry, wanted: Wanted = Wanted(), progress: Progress | None = None) -> CoverageMap:
    """The map of the system's subject, read with everything that it is read with."""
    system = inquiry.system
    others = others_alone(system)
    layers = tuple(_layers(inquiry, others, wanted, progress or (lambda *_: None)))
    left = list(_excepted(inquiry, wanted))
    excepted = tuple(one for one in left if isinstance(one, Excepted))
    asymmetries, doubts = _asymmetries(inquiry, wanted)
    doubts = (
        *doubts,
        *(one for one in left if isinstance(one, str)),
        *_left_open(inquiry, wanted),
        *_unshown(layers, wanted),
    )
    axes = tuple(axis(system, divider) for divider in dividers(inquiry.grounds[0])) if inquiry.grounds else ()
    text = system.texts[system.subject]
    return CoverageMap(
        subject=Named(text.name, text.title),
        situation=Named(system.situation.name, situation_words(system)),
        beside=tuple(Named(t.name, t.title) for t in system.texts.values() if t.name != text.name),
        as_of=None if system.as_of is None else system.as_of.isoformat(),
        axes=axes,
        clauses={str(norm): _clause(system, norm) for norm in _mentioned(layers, excepted, asymmetries, system)},
        layers=layers,
        excepted=excepted,
        asymmetries=asymmetries,
        silent_topics=() if wanted.matters else tuple(_silent_topics(system)),
        notes=(*_notes(system, inquiry), *doubts),
        undecided=bool(doubts),
    )


def _layers(inquiry: Inquiry, others: Inquiry | None, wanted: Wanted, progress: Progress) -> Iterator[Layer]:
    asked = [(about, m) for about in inquiry.strict for m in measures(about, wanted.matters, wanted.party)]
    for number, (about, measure) in enumerate(asked):
        name = matter_named(inquiry.system, measure.matter)
        progress(mark("map of {matter}", matter=name.words), number, len(asked))
        field = promised_matter(
            about, measure.matter, measure.promised, measure.between, measure.promises, measure.of_party
        )
        try:
            yield _layer(inquiry, others, field, measure, wanted.examples)
        except CoverageUndecided as reason:
            yield replace(blank(field, measure.promise), undecided=say(reason.reason))


def _layer(inquiry: Inquiry, others: Inquiry | None, field: PromisedMatter, measure: Measure, examples: bool) -> Layer:
    if Grid(tuple(map(values_of, field.axes))).count > TYPES:
        return far_layer(field, measure.promise)
    terrain = classify(inquiry, field)
    found = layer(inquiry, terrain, measure.promise)
    if others is not None:
        found = replace(found, additions=additions(terrain, others))
    return with_examples(found, terrain) if examples else found


def _unshown(layers: Iterable[Layer], wanted: Wanted) -> Iterator[str]:
    """That examples are missing which were looked for: of gaps, and of cells where they are wanted; there are some."""
    missing: Counter[str] = Counter()
    for one in layers:
        gaps = [gap.witness for gap in one.gaps[:SHOWN] if one.classes]  # of far types none is looked for
        cells = [c.witness for c in one.cells if wanted.examples and c.state not in WITHOUT_EXAMPLE]
        missing[one.named.words] += [*gaps, *cells].count(None)
    for matter, count in missing.items():
        if count:
            yield say_count(
                "the search for {count:,} example on {matter} was given up",
                "the search for {count:,} examples on {matter} was given up",
                count,
                matter=matter,
            )


def _left_open(inquiry: Inquiry, wanted: Wanted) -> Iterator[str]:
    """The questions without an answer, of those about clauses on what is mapped: whether they clash, as a rule."""
    system = inquiry.system
    mapped = {m.matter for about in inquiry.strict for m in measures(about, wanted.matters, wanted.party)}
    for left in inquiry.undecided:
        if any(concerns(system.norms[norm], matter) for norm in left.norms for matter in mapped):
            clauses = clauses_in_any_wording(system, left.norms)
            yield say(_OPEN, question=left.asked(), clauses=clauses, reason=left.why())
        elif not left.norms:
            yield say("undecided: {question}: {reason}", question=left.asked(), reason=left.why())


_OPEN = mark("undecided: {question} ({clauses}): {reason}")


def _excepted(inquiry: Inquiry, wanted: Wanted) -> Iterator[Excepted | str]:
    """What exceptions leave of each clause of the text of which something is to be told."""
    own = (norm for norm in inquiry.system.norms.values() if norm.id.document == inquiry.system.subject)
    return left_of(inquiry, [norm for norm in own if norm.exceptions and wanted.concerns(norm)])


def _asymmetries(inquiry: Inquiry, wanted: Wanted) -> tuple[tuple[Asymmetry, ...], tuple[str, ...]]:
    """Clauses that bind one party only. Those that differ by the hours of a channel bind both."""
    found: list[Asymmetry] = []
    doubts: list[str] = []
    for one in one_sided(inquiry):
        if isinstance(one, Unknown):
            doubts.append(say("whether the parties are bound alike stayed undecided: {reason}", reason=say(one.reason)))
        elif wanted.concerns(norm := inquiry.system.norms[one.norm]) and not line_with_hours(inquiry.system, norm):
            found.append(_asymmetry(inquiry.system, one))
    return tuple(found), tuple(doubts)


def _asymmetry(system: NormSystem, one: OneSided) -> Asymmetry:
    bound, free = (system.words.members.get(party, party) for party in (one.bound, one.free))
    words = say(
        "{clause} binds units of {bound} where it would not bind units of {free}",
        clause=clause_name(system, one.norm),
        bound=bound,
        free=free,
    )
    witness = told(system, one.episode, (one.condition,))
    because = system.norms[one.norm].asymmetric or ""
    return Asymmetry(str(one.norm), one.bound, one.free, words, because, witness)


def _clause(system: NormSystem, identity: str) -> Clause:
    norm = next(norm for known, norm in system.norms.items() if str(known) == identity)
    place = norm.content_span or norm.span
    return Clause(
        reference=identity,
        name=reference(system, norm.id),  # all that it lists: the map is of topics
        title=norm.title,
        modality=norm.modality.value,
        strength=norm.strength.value,
        wording=norm.wording,
        place=None if place is None else Label(place),
    )


def _mentioned(
    layers: Sequence[Layer], excepted: Sequence[Excepted], asymmetries: Sequence[Asymmetry], system: NormSystem
) -> list[str]:
    """The clauses that something in the map refers to, in source order."""
    named = {clause for one in layers for cell in one.cells for clause in cell.clauses}
    named |= {r for one in layers for cell in one.cells for clash in cell.clashes for r in clash.clauses}
    named |= {one.clause for one in excepted} | {one.clause for one in asymmetries}
    return [str(norm) for norm in system.norms if str(norm) in named]


def _silent_topics(system: NormSystem) -> Iterator[Named]:
    spoken = set(topics_of(system))
    yield from (matter_named(system, topic) for topic in declared_topics(system) if topic not in spoken)


def _notes(system: NormSystem, inquiry: Inquiry) -> Iterator[str]:
    """What was done about what was asked."""
    negotiation = Negotiation(system)
    if negotiation.asked_for:
        yield say("only packages are mapped in which {options}", options=box_words(negotiation, negotiation.asked_for))
    for text in system.texts.values():
        if not in_force(text, system):
            yield say("{text} is not in force on the date asked about and governs nothing", text=text.name)
    for divider in dividers(inquiry.grounds[0]) if inquiry.grounds else ():
        name = axis(system, divider).named.name
        if len(values_of(divider)) == 1:
            why = (
                say("no clause or promise compares it with a bound")
                if isinstance(divider, ScaledAxis)
                else say("no clause or promise names one of its values")
                if len(all_values(divider)) > 1
                else say("it has one value")
            )
            words, noun = mark("`{name}` tells no {situation} apart from another: {why}"), situation_words(system)
            yield say(words, name=name, situation=noun, why=why)
    asked = {about.bearer for about in inquiry.strict}
    for role, name in enumerate(system.situation.roles):
        if role not in asked and not system.situation.interchangeable:
            yield say("no clause speaks to the {role}, so nothing is mapped for it", role=name)
    if not negotiation.promises:
        yield say("the text promises to cover nothing; it is measured against the scope of its own articles")
