"""A finding said of the readings on which it holds: of every one, or of some, with their bounds and less weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cbm.comparison.package_parts import part_by_part
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY
from cbm.core.expressions import Formula, NormId, conjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.packages.package_boxes import Box, TooManyBoxes, members
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import Readers, Reading, Variable
from cbm.finding import Dependence, Finding, PackageReach, Severity
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.extent import Cube
from cbm.search.open_readings import Openness, ReadingCubes
from cbm.smt.solve import Unknown
from cbm.translation.listing import Last, listed
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import box_words, boxes_words
from cbm.wording.condition_words import condition_words


class HeldOn(Record):
    """Where a finding holds that depends on packages and on readings of these open terms, and how it weighs there."""

    terms: tuple[OpenTerm, ...]
    cubes: tuple[Cube, ...]
    severity: Severity


def qualified(
    inquiry: Inquiry,
    finding: Finding,
    on: ReadingCubes | Unknown | None,
    *,
    of: object = None,
    elsewhere: tuple[Formula, ...] = (),
) -> Finding:
    """The finding as it holds on these readings; None: no open term plays a part, Unknown: nobody knows.

    `of`: what is noted as asked about, where it is asked whether it holds on all of them. `elsewhere`: what is so on
    the readings on which nothing graver is told, so that none of these is advised.
    """
    if on is None:
        return told_on(Negotiation(inquiry.system), finding, ALL_PACKAGES)
    if isinstance(on, Unknown):
        inquiry.leave_open(lambda: say("on which readings is it so that {finding}", finding=finding.message), on)
        return _on_some_at_least(inquiry.system, finding)
    if any(term.choice is not None for term in on.terms):
        try:
            return _on_packages(inquiry, finding, on)
        except TooManyBoxes:
            told = finding.message
            inquiry.leave_open(lambda: say("on which packages is it so that {finding}", finding=told), TOO_MANY)
            return finding
    titles = tuple(term.title for term in on.terms)
    inquiry.record(finding.rule, f"{finding.message}: on every reading", on.every, of=of)
    negotiation = Negotiation(inquiry.system)
    if on.every:
        note = say("on every reading of {terms}", terms=_named(on.terms))
        on_every = replace(finding, notes=(*finding.notes, note), readings=Dependence(titles, every=True))
        return told_on(negotiation, on_every, ALL_PACKAGES)
    on_some = Dependence(titles, every=False, words=cubes_words(inquiry.system, on.cubes))
    held = HeldOn(on.terms, on.cubes, finding.severity)
    return replace(
        finding.on_some_readings(on_some),
        severity=weakened(finding.severity),
        reach=reach_of(negotiation, ALL_PACKAGES, (), held) if negotiation.terms else None,
        held=None if negotiation.terms else held,
        remedies=(*finding.remedies, *_settled(inquiry, finding, on, elsewhere)),
    )


def _on_some_at_least(system: NormSystem, finding: Finding) -> Finding:
    """The finding where nobody knows on which readings it holds: as much weight as it has in any case, and no more."""
    if all(term.choice is not None for term in system.open_terms):
        return finding
    note = say("whether it is so on every reading of the open terms stayed undecided")
    return replace(finding, severity=weakened(finding.severity), notes=(*finding.notes, note))


def _on_packages(inquiry: Inquiry, finding: Finding, on: ReadingCubes) -> Finding:
    """The finding with the packages on which it holds; on each it weighs as much as in the text written out.

    Where open terms play a part as well, it may hold on every reading in some packages, and on some in others.
    """
    negotiation = Negotiation(inquiry.system)
    space, terms = negotiation.space, tuple(term for term in on.terms if term.choice is None)
    boxes = space.told(_boxes(negotiation, ((),) if on.every else on.cubes))
    outside = _boxes(negotiation, () if on.every else on.outside)
    surely = space.told(space.minus(boxes, outside)) if terms else boxes
    said = replace(finding, reach=reach_of(negotiation, boxes, surely))
    if not terms:
        return said
    titles = tuple(term.title for term in terms)
    if not space.minus(boxes, (*surely, *space.excluded)):
        return replace(said, readings=Dependence(titles, every=True))
    on_some = Dependence(
        titles, every=False, words=cubes_words(inquiry.system, _readings_told(negotiation, on, surely))
    )
    held = HeldOn(terms, ((),) if on.every else on.cubes, said.severity)
    said = replace(said, reach=reach_of(negotiation, boxes, surely, held))
    severity = said.severity if surely else weakened(said.severity)
    return replace(said.on_some_readings(on_some), severity=severity)


def _readings_told(negotiation: Negotiation, on: ReadingCubes, surely: Sequence[Box]) -> Iterable[Cube]:
    """What readings of terms have to be like; where it holds on every reading of some packages, these come first."""
    about_terms = [whole for whole in on.cubes if not all(map(negotiation.speaks_of_choices, whole))]
    if not surely:
        return dict.fromkeys(tuple(x for x in whole if not negotiation.speaks_of_choices(x)) for whole in about_terms)
    whatever = (tuple(parts_of(negotiation.formula((box,)))) for box in surely)
    beside = (whole for whole in about_terms if negotiation.space.minus(_boxes(negotiation, (whole,)), surely))
    return dict.fromkeys((*whatever, *beside))


def found_by_part(
    inquiry: Inquiry,
    negotiation: Negotiation,
    packages: Sequence[Box],
    ask: Callable[[Inquiry], Iterable[Finding]],
    *norms: NormId,
) -> Iterator[Finding]:
    """What is found on some of these packages, each with those on which it is; the question is about these norms."""
    try:
        for boxes, finding in part_by_part(inquiry, negotiation, packages, ask):
            yield told_on(negotiation, finding, boxes)
    except TooManyBoxes:
        inquiry.leave_open(mark("on which packages is it so"), TOO_MANY, *norms)


def told_on(negotiation: Negotiation, finding: Finding, boxes: Sequence[Box]) -> Finding:
    """A finding with the packages on which it holds; of a text without brackets as it is."""
    return replace(finding, reach=reach_of(negotiation, boxes, boxes)) if negotiation.terms else finding


def reach_of(
    negotiation: Negotiation, boxes: Sequence[Box], surely: Sequence[Box], held: HeldOn | None = None
) -> PackageReach:
    """The packages of these boxes, for a report."""
    told, certain = (tuple(_named_box(negotiation, box) for box in some) for some in (boxes, surely))
    if negotiation.space.is_everything(boxes):
        return PackageReach(every=True, boxes=((),), surely=certain, by_reading=held)
    words = boxes_words(negotiation, boxes)
    return PackageReach(every=False, boxes=told, surely=certain, words=words, by_reading=held)


def _named_box(negotiation: Negotiation, box: Box) -> tuple[tuple[str, tuple[int, ...]], ...]:
    choices = negotiation.choices
    return tuple(
        (negotiation.name(number), tuple(choices[number].options[option].number for option in members(options)))
        for number, options in sorted(box.items())
    )


def _boxes(negotiation: Negotiation, cubes: Iterable[Cube]) -> tuple[Box, ...]:
    """What cubes say of choices, whatever they say of open terms."""
    about = (conjunction(*(x for x in cube if negotiation.speaks_of_choices(x))) for cube in cubes)
    return tuple(box for condition in about for box in negotiation.boxes(condition))


class Met(Record):
    """A finding that was looked for: which one it is, and on which readings it is there (None: on all)."""

    words: str
    on: ReadingCubes | Unknown | None


class Missed(Record):
    """An expectation is not met: on these readings (None: on all)."""

    on: ReadingCubes | Unknown | None


def missing(about: Ground, case: tuple[Formula, ...], met: list[Met], absent: bool) -> Missed | None:
    """Whether, of the readings that the case allows, there are some without what was expected (or its absence).

    Findings are about encounters between parties of the text, and so are the readings that count.
    """
    concerned = dict.fromkeys(t for one in met if isinstance(one.on, ReadingCubes) for t in one.on.terms)
    if not met or any(one.on is None for one in met):
        return Missed(None) if bool(met) == absent else None
    terms = Openness(about.system, tuple(t for t in about.system.open_terms if t in concerned))
    between = about.grounder.joined(about.system.texts[about.system.subject], about.bearer)
    allowed = (*about.possible, *about.feasible, *between, *case)
    found = terms.joined(one.on for one in met if one.on is not None)
    if isinstance(found, Unknown) or (found.every and not absent):
        return Missed(found) if isinstance(found, Unknown) else None
    left = found if absent else terms.where(*allowed, negation(found.formula))
    if isinstance(left, ReadingCubes) and not left.cubes:
        return None
    return Missed(terms.among(left, *allowed))


def weakened(severity: Severity) -> Severity:
    """The weight of what may be or not be, according to how a term is read."""
    return Severity.WARNING if severity is Severity.ERROR else severity


def on_some(words: str) -> str:
    """How the first line of a finding says on which readings it holds."""
    return say("on some readings: if {words}", words=words)


def cubes_words(system: NormSystem, cubes: Iterable[Cube]) -> str:
    """`safe distance is over 300 m`; several conditions joined by `or if`."""
    negotiation = Negotiation(system)
    several = _joined_by_party(system, cubes, "or")
    return say(", or if ").join(_cube_words(negotiation, cube) for cube in several)


def _cube_words(negotiation: Negotiation, cube: Cube) -> str:
    """What is taken of what is open in the text, and how terms are read."""
    taken = [literal for literal in cube if negotiation.speaks_of_choices(literal)]
    read = tuple(literal for literal in cube if literal not in taken)
    words = [box_words(negotiation, box) for box in negotiation.boxes(conjunction(*taken))] if taken else []
    if read or not taken:
        words.append(condition_words(negotiation.system, _at_once(negotiation.system, read)))
    return listed(words, of="sentences")


def _at_once(system: NormSystem, cube: Cube) -> Cube:
    """What a cube says of several parties alike, said once: `as CN and JP read it`."""
    return tuple(literal for (literal,) in _joined_by_party(system, ((literal,) for literal in cube), "and"))


def _joined_by_party(system: NormSystem, cubes: Iterable[Cube], word: Last) -> list[Cube]:
    """Cubes about the reading of one party alone, those that differ only in the party joined by the word."""
    told: list[Cube] = []
    parties: dict[Cube, list[str | Readers]] = {}
    for cube in cubes:
        mentioned = {v for literal in cube for v in variables(literal)}
        only = next(iter(mentioned)) if len(mentioned) == 1 else None
        party = only.party if isinstance(only, Reading) else None
        plain = cube if party is None else _read_by(None, cube)
        told += [plain] if plain not in parties else []
        parties.setdefault(plain, []).extend([] if party is None else [party])
    return [_read_by(_readers(system, parties[cube], word), cube) if parties[cube] else cube for cube in told]


def _readers(system: NormSystem, parties: list[str | Readers], word: Last) -> str | Readers:
    """Several parties as one who reads; who stands alone may have been joined before."""
    if len(parties) == 1:
        return parties[0]
    known = system.situation.parties
    if len(parties) == len(known) > 2:
        return Readers(say("any party") if word == "or" else say("every party"), plural=False)
    named = [party.words if isinstance(party, Readers) else party for party in parties]
    return Readers(listed(sorted(named, key=known.index), word), plural=word == "and")


def _read_by(who: str | Readers | None, cube: Cube) -> Cube:
    """The same said of the reading of others; of no one where nobody is named."""
    known = {v for literal in cube for v in variables(literal)}
    new: dict[Variable, Variable] = {v: replace(v, party=who) for v in known if isinstance(v, Reading)}
    return tuple(substitute(literal, new) for literal in cube)


def _settled(inquiry: Inquiry, finding: Finding, on: ReadingCubes, elsewhere: tuple[Formula, ...]) -> Iterable[str]:
    """The way out that lies in the terms: to say in the text, or to agree, what is meant by them."""
    system, better = inquiry.system, on.outside
    if elsewhere:
        found = [(cube, Openness(system, on.terms).where(*cube, *elsewhere)) for cube in better]
        better = tuple(cube for cube, there in found if isinstance(there, Unknown) or there.every or there.cubes)
    if better and (finding.remedies or finding.severity is not Severity.NOTE):
        negotiation, several = Negotiation(system), _joined_by_party(system, better, "or")
        words = say(", or that ").join(_cube_words(negotiation, cube) for cube in several)
        inside = all(term.document == system.subject for term in on.terms)
        yield _to_settle(words, inside=inside, besides=bool(finding.remedies))


def _to_settle(words: str, *, inside: bool, besides: bool) -> str:
    """The advice: `inside` the text, `besides` other advice."""
    match inside, besides:
        case True, True:
            return say("or say in the text that {words}", words=words)
        case True, False:
            return say("say in the text that {words}", words=words)
        case False, True:
            return say("or agree that {words}", words=words)
        case _:
            return say("agree that {words}", words=words)


def _named(terms: tuple[OpenTerm, ...]) -> str:
    return say(" and ").join(f"`{term.title}`" for term in terms)
