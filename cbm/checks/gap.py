"""Types of encounter in which a promised topic or act is governed by nothing, by advice only, or as the unit acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from itertools import product

from cbm.core.expressions import TRUE, Expr
from cbm.core.matters import Matter, Settled, matters, name_of
from cbm.core.norms import Coverage
from cbm.core.substitution import parts_of, variables
from cbm.core.variables import Origin
from cbm.coverage.by_reading import group_by_reading
from cbm.coverage.gap_witness import Broken, broken_in, conditions_beyond
from cbm.coverage.governance import (
    SituationRegion,
    advised_only,
    by_conduct,
    keeping,
    parties_of,
    promised_in,
    types_of,
    types_with,
    ungoverned,
)
from cbm.coverage.seams import seamless
from cbm.coverage.types.axes import dividers, literal, values_of
from cbm.coverage.types.boxes import Box, boxes
from cbm.coverage.types.grid import Types
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.extent import Cube
from cbm.search.open_readings import ReadingCubes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.wording.clause_names import listed
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.GAP,
    Severity.ERROR,
    "a promised type of encounter that nothing governs",
    """\
The text promises, with `covers`, that a topic is governed in every encounter (of a kind), or with `covers acts` that
an act is obliged, prohibited or expressly left open. A gap is an encounter in which no clause of that topic, or on
that act, binds the unit, whatever it does; a `may` or `need not` is a clause of its topic too, since the text does not
pass over what it leaves free. Gaps are reported as boxes: all combinations of the named kinds
of unit and places. A box is governed nowhere, or in part, with the conditions of one part that is not. Two things
are a warning: that only `should` clauses bind, so that the topic is only advised on; and, where there is no gap in the
same types of encounter, that the unit's own conduct decides whether any clause binds. A promise about encounters that
cannot happen is reported too.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a ship must not aim_weapons
clause 2 a military_aircraft must not aim_weapons
covers every type of encounter for weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a ship must not aim_weapons
clause 2 an aircraft must not aim_weapons
covers every type of encounter for weapons
""",
)


class Kind(Enum):
    """How a promise is broken: what a topic is in words, as asked and as told, what an act is, and what is lacking."""

    GAP = ("governed", "governed by no clause", "obliged, prohibited or left open by no clause", "")
    ADVISED = ("more than advised on", "only advised on", "only advised on", " that binds")
    BY_CONDUCT = (
        "governed whatever the unit does",
        "governed or not by what the unit does",
        "obliged, prohibited or left open, or none of these, by what the unit does",
        " that binds whatever the unit does",
    )

    @property
    def severity(self) -> Severity:
        return RULE.severity if self is Kind.GAP else Severity.WARNING


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A box of types of encounter in which a promise is broken."""

    promise: Coverage
    kind: Kind
    region: SituationRegion
    box: Box

    @property
    def conditions(self) -> tuple[Expr, ...]:
        """What the box says of the encounter."""
        return _inside(self.region, self.box)


def pieces(inquiry: Inquiry) -> list[tuple[int, int]]:
    """Each promise towards each bearer, by position."""
    return list(product(range(len(inquiry.strict)), range(len(inquiry.system.coverage))))


def check(inquiry: Inquiry, among: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    return (finding for finding, _ in told(inquiry, among))


def told(inquiry: Inquiry, among: Sequence[tuple[int, int]]) -> Iterator[tuple[Finding, BrokenPromise | None]]:
    """The findings, each with what it tells; None where a promise speaks of nothing."""
    real: _Real = {}
    for bearer, promise in among:
        yield from _of_promise(inquiry, inquiry.strict[bearer], inquiry.system.coverage[promise], real)


# For a bearer and the parties of a promise: the types of encounter that can happen between them.
_Real = dict[tuple[int, Expr], Types | Unknown]


def _of_promise(
    inquiry: Inquiry, about: Ground, promise: Coverage, real: _Real
) -> Iterator[tuple[Finding, BrokenPromise | None]]:
    assert promise.span is not None
    promised = promised_in(about, promise)
    question, ends = "does a promise speak of any encounter", {"found": "it does", "none": "it does not: the finding"}
    if inquiry.can(about, (), question, promised, **ends) is False:
        covered = listed([*map(name_of, matters(promise))])
        message = f"the promise to cover {covered} speaks of no encounter that can happen"
        yield Finding(RULE.id, RULE.severity, message, Label(promise.span), remedies=("correct its condition",)), None
        return
    axes = dividers(about)
    between = parties_of(about, promise)
    key = (about.bearer, between)
    if key not in real:
        question = "is there an encounter of the type given below, between units of parties to the text"
        found, none = "the type is real", "it happens nowhere: it may be told as part of any box"
        with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
            real[key] = types_with(about, axes, between)
    for matter in matters(promise):
        yield from _of_matter(inquiry, _beside_seams(about, promise, matter), promise, real[key])


def regions(about: Ground, promise: Coverage, matter: Matter) -> Iterator[tuple[Kind, SituationRegion]]:
    """Where the promise is broken for the topic or act, in each way in which it may be."""
    yield Kind.GAP, ungoverned(about, promise, matter)
    yield Kind.ADVISED, advised_only(about, promise, matter)
    swayed = by_conduct(about, promise, matter)
    if swayed is not None:
        yield Kind.BY_CONDUCT, swayed


def _beside_seams(about: Ground, promise: Coverage, matter: Matter) -> Iterator[tuple[Kind, SituationRegion]]:
    """The same without what is told as a seam."""
    for kind, region in regions(about, promise, matter):
        yield kind, region if kind is Kind.BY_CONDUCT else seamless(region)


def _of_matter(
    inquiry: Inquiry, broken_in: Iterator[tuple[Kind, SituationRegion]], promise: Coverage, real: Types | Unknown
) -> Iterator[tuple[Finding, BrokenPromise]]:
    gaps: tuple[_Part, ...] = ()
    for kind, region in broken_in:
        question = f"is {name_of(region.matter)} {kind.value[0]} in every promised encounter"
        broken = _broken(region, question)
        if isinstance(broken, Unknown) or isinstance(real, Unknown):
            unknown = next(r for r in (broken, real) if isinstance(r, Unknown))
            inquiry.record(RULE.id, question, inquiry.leave_open(question, unknown))
            continue
        parts = tuple(_parts(inquiry, region, question, broken, gaps if kind is Kind.BY_CONDUCT else ()))
        inquiry.record(RULE.id, question, bool(parts))
        gaps = parts if kind is Kind.GAP else gaps
        for part in parts:
            for finding, box in _of_part(inquiry, part, question, real):
                named = _about_matter(finding, promise, region.matter, kind)
                yield qualified(inquiry, named, part.on), BrokenPromise(promise, kind, part.region, box)


@dataclass(frozen=True, slots=True)
class _Part:
    """Types of encounter of a region, with the readings of open terms on which all of them are so."""

    region: SituationRegion
    types: Types
    on: ReadingCubes | Unknown | None


def _broken(region: SituationRegion, question: str, among: Types | None = None) -> Types | Unknown:
    with _asking(region, question, broken=True):
        return types_of(region, dividers(region.about), among)


def _parts(
    inquiry: Inquiry, region: SituationRegion, question: str, broken: Types, told: tuple[_Part, ...]
) -> Iterator[_Part]:
    """The types that are broken by their readings, without those told before on the readings told."""
    axes, fresh = dividers(region.about), broken
    for part in told:
        fresh -= part.types
    regions = [(region, fresh)]
    for part in told:
        if isinstance(part.on, ReadingCubes) and not part.on.every:
            elsewhere = region.within(part.on.elsewhere)
            again = _broken(elsewhere, question, part.types & broken)
            if isinstance(again, Unknown):
                inquiry.leave_open(question, again)
            else:
                regions.append((elsewhere, again & part.types))
    for within, types in regions:
        if types:
            yield from (_Part(within, group, on) for group, on in group_by_reading(within, axes, types))


def _of_part(inquiry: Inquiry, part: _Part, question: str, real: Types) -> Iterator[tuple[Finding, Box]]:
    """One finding a box, without its topic or act: the boxes that are open altogether, then those open in part.

    Of types of which that is not known only the part that is shown is told.
    """
    axes, impossible = dividers(part.region.about), real.grid.everything - real
    with _asking(part.region, question, broken=False):
        kept = keeping(part.region).within(part.on.condition if isinstance(part.on, ReadingCubes) else TRUE)
        governed = types_of(kept, axes, among=part.types)
    partly = part.types if isinstance(governed, Unknown) else governed & part.types
    for whole, some in ((True, part.types - partly), (False, partly)):
        for box in boxes(axes, some, impossible):
            yield _finding(inquiry, part.region, box, whole), box


def _asking(region: SituationRegion, question: str, broken: bool) -> AbstractContextManager[None]:
    verb = "breaks" if broken else "keeps"
    return asking(
        system=region.about.system,
        bearer=region.about.bearer,
        question=f"is there an encounter of the type given below that {verb} the promise ({question})",
        found="the type is part of a gap" if broken else "the type is no gap, or one in part only",
        none="the type is part of no gap" if broken else "if the type is part of a gap, then altogether",
    )


def _finding(inquiry: Inquiry, region: SituationRegion, box: Box, whole: bool) -> Finding:
    system = inquiry.system
    axes, inside = dividers(region.about), _inside(region, box)
    found = _example(region, box)
    cube, escape = ((), ()) if found is None else (found.cube, found.escape)
    named = {v for axis in axes for v in variables(literal(axis, values_of(axis)[:1]))}
    further, complete = _further(region, inside, cube) if found is not None and not whole else ((), True)
    rest, *others = (
        [part for part in some if not set(variables(part)) <= named] for some in ((() if whole else cube), *further)
    )
    escaping = listed(list(dict.fromkeys(literal_words(system, part) for part in escape)))
    told = (Origin.DOING, Origin.RESULT) if escape else ()
    where = condition_words(system, inside) if inside else f"every type of {system.situation.name}"
    whom = "" if system.situation.interchangeable else f" for `{system.situation.roles[region.about.bearer]}`"
    more = "" if complete else " (there may be more sets of conditions than are listed)"
    span = system.texts[system.subject].span
    assert span is not None
    return Finding(
        RULE.id,
        RULE.severity,
        f"{whom}{'' if whole else ', in part'}: {where}",
        Label(span),
        whenever=condition_words(system, (*inside, *rest)) + more if rest else "",  # else the message says it
        extent=tuple(tuple(literal_words(system, part) for part in (*inside, *some)) for some in (rest, *others)),
        witness=None if found is None else example(system, found.shown, (*cube, *escape), *told),
        notes=(f"no clause governs it if {escaping}",) if escape else (),
    )


def _further(region: SituationRegion, inside: tuple[Expr, ...], cube: Cube) -> tuple[tuple[Cube, ...], bool]:
    """Under what else it is so in the box, and whether that is all."""
    with _asking(region, "under conditions beside those told before", broken=True):
        return conditions_beyond(region, inside, cube)


def _inside(region: SituationRegion, box: Box) -> tuple[Expr, ...]:
    sides = zip(dividers(region.about), box.sides, strict=True)
    told = (literal(axis, side) for axis, side in sides if len(side) < len(values_of(axis)))
    return tuple(part for condition in told for part in parts_of(condition))


def _about_matter(finding: Finding, promise: Coverage, matter: Matter, kind: Kind) -> Finding:
    """The finding said of its topic or act, at the promise that is broken."""
    assert promise.span is not None
    name, (_, topic_is, act_is, lacking) = name_of(matter), kind.value
    return replace(
        finding,
        severity=kind.severity,
        message=f"`{name}` is {act_is if isinstance(matter, Settled) else topic_is}{finding.message}",
        primary=Label(promise.span, f"promises {name}"),
        remedies=(
            f"add a clause on {name} for it{lacking}",
            "or leave it out of the promise: `covers every type of … when …`",
        ),
    )


def _example(region: SituationRegion, box: Box) -> Broken | None:
    """An encounter of the first type of the box."""
    cell = zip(dividers(region.about), box.types.first, strict=True)
    with _asking(region, "shown as an example", broken=True):
        return broken_in(region, tuple(literal(axis, (value,)) for axis, value in cell))
