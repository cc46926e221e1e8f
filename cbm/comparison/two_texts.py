"""Two texts over one world: what each of them means, as formulas about the same situations and the same conduct.

The world is what the vocabularies of both allow. Each text is read with the texts beside it: these decide what is
suspended, and what is in its place. What is asked is what the two texts themselves say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, TypeVar

from cbm.comparison.common_stretches import UNEQUAL
from cbm.comparison.common_world import common_variables, in_common, world_of_both
from cbm.comparison.deemed_facts import FactReadings, deemings, fact_readings
from cbm.comparison.meaning import TextMeaning, standing_meaning
from cbm.comparison.same_clauses import Demand, found_by_meaning
from cbm.comparison.same_places import EARLIER, found_by_title, in_places_of
from cbm.comparison.severed import Severed, severed
from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, components, find_clashes, world_of
from cbm.conflicts.precedence import minimal_extent, suspended_in
from cbm.core.calendar.meetings import works
from cbm.core.episodes import Situation
from cbm.core.expressions import FALSE, Expr, Formula, NormId, Truth, Works, conjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import DocumentKind, Norm, NormSystem, Strength, Text
from cbm.core.packages.choices import NegotiatedChoice
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.core.rewriting import Rewriting
from cbm.core.substitution import substitute, variables
from cbm.core.variables import Reading
from cbm.finding import Misuse
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, bearers, ground
from cbm.inquiry import Inquiry
from cbm.process.budget import SHORT, broken_off
from cbm.records import Itself, Record, replace
from cbm.search.exists_forall import Learnt
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Unknown
from cbm.translation.saying import say

Found = TypeVar("Found")


class Incomparable(Exception):
    """Two texts that are not about the same things; `what` they call by one name and mean in two ways, if anything."""

    def __init__(self, what: str = "") -> None:
        super().__init__(what)
        self.what = what


class OwnText(Record):
    """One of the two texts: its system as it is read, with its clashes, and what its clauses are called in both."""

    severed: Severed
    clashes: tuple[ConflictSet, ...]
    undecided: tuple[Undecided, ...]
    rewriting: Rewriting

    @property
    def system(self) -> NormSystem:
        return self.severed.system

    @property
    def name(self) -> str:
        """The name of the text in the system of both."""
        return self.rewriting.text(self.system.subject)

    @property
    def choices(self) -> tuple[NegotiatedChoice, ...]:
        """What is open in the text itself."""
        own = (term for term in self.system.open_terms if term.document == self.system.subject)
        return tuple(term.choice for term in own if term.choice is not None)

    def demand(self, norm: NormId) -> NormId:
        """The single demand as its own system knows it."""
        return next(n for n in self.system.norms if self.rewriting.norm(n) == norm)

    def clause(self, norm: NormId) -> NormId:
        """The clause of the text that a demand stands in."""
        return self.severed.clauses[self.demand(norm)]


class TwoTexts(Record, dict=True):  # with room for what is worked out once
    """The system of both texts, and each of them by itself."""

    inquiry: Inquiry
    old: OwnText
    new: OwnText
    facts: Mapping[int, FactReadings]  # by bearer: how each text reads what one of them deems

    @property
    def system(self) -> NormSystem:
        return self.inquiry.system

    def clause(self, norm: NormId) -> NormId:
        """The clause that a single demand of either text stands in, as its own text knows it."""
        return (self.new if norm.document == self.new.name else self.old).clause(norm)

    def _whole_label(self, norm: NormId) -> str:
        """The label of the clause that a demand stands in, also where that has several sentences."""
        return self.text_of(norm).whole_label(self.clause(norm).label)

    def text_of(self, norm: NormId) -> Text:
        """The text in which a demand of either stands, as its own system knows it."""
        own = self.new if norm.document == self.new.name else self.old
        return own.system.texts[own.system.subject]

    def counterpart(self, norm: NormId) -> NormId | None:
        """The demand of the other text that says the same, or else one under the same title, one that is nearly the
        same under another label, or one of the same label.
        """
        other = self.old if norm.document == self.new.name else self.new
        one = self.system.norms[norm]
        candidates = [n for n in self.system.norms.values() if n.id.document == other.name]
        alike = [n.id for n in candidates if _said(n) == _said(one)]
        placed = [n.id for n in candidates if (n.id.label, n.id.act) == (norm.label, norm.act)]
        own = self.clause(norm)
        clause = [n.id for n in candidates if self.clause(n.id).label == own.label]
        whole = self._whole_label(norm)
        beside = [n for n in candidates if self._whole_label(n.id) == whole]  # in another sentence of it
        clause += [n.id for n in beside if not set(n.topics).isdisjoint(one.topics)]
        said = [_said(n) for n in self.system.norms.values() if n.id.document == norm.document]
        parted = [n for n in candidates if whole != own.label or self._whole_label(n.id) != self.clause(n.id).label]
        moved = {n.id for n in parted if _said(n) in said}  # one of several sentences, in either text
        anew = self._found_by_meaning(norm.document)
        here = norm.label, norm.act
        moved |= {n.id for n in candidates if anew.get((n.id.label, n.id.act), here) != here}
        near = [n for n in candidates if anew.get((n.id.label, n.id.act)) == here]
        near.sort(key=lambda n: -_likeness(n, one))
        # a sentence that is counted anew is none of the others, nor a clause whose title is elsewhere now
        known = self._found_by_title(norm.document)
        away = {n.id for n in candidates if known.get(self._whole_label(n.id), whole) != whole}
        titled = [n.id for n in candidates if known.get(self._whole_label(n.id)) == whole != self._whole_label(n.id)]
        titled = [n for n in titled if not set(self.system.norms[n].topics).isdisjoint(one.topics)]
        titled.sort(key=lambda n: -_likeness(self.system.norms[n], one))
        wordings = [n for n in candidates if n.id.unworded.label == norm.unworded.label]
        wordings.sort(key=lambda n: -_likeness(n, one))
        others = (n for n in (*(n.id for n in wordings), *placed, *clause) if n not in moved | away)
        return next(
            (n for n in placed if n in alike), next(iter((*alike, *titled, *(n.id for n in near), *others)), None)
        )

    def _found_by_title(self, document: str) -> Mapping[str, str]:
        """The labels that clauses of the other text have in this one, where their titles tell."""
        there, here = (self.old, self.new) if document == self.new.name else (self.new, self.old)
        return found_by_title(there.severed, here.severed)

    def _found_by_meaning(self, document: str) -> Mapping[Demand, Demand]:
        """The demands of the other text that this one has under another label."""
        if document == self.new.name:
            return self._labelled_anew
        return {new: old for old, new in self._labelled_anew.items()}

    @cached_property
    def _labelled_anew(self) -> Mapping[Demand, Demand]:
        return found_by_meaning(self.old.severed, self.new.severed)

    def standing(self, text: OwnText, about: Ground, advised: bool) -> Ground:
        """The clauses of one of the texts alone, binding where they do and are not suspended."""
        return self._once(
            ("standing", text.name, Itself(about), advised), partial(self._standing, text, about, advised)
        )

    def _standing(self, text: OwnText, about: Ground, advised: bool) -> Ground:
        suspended = self.suspended(text, about, advised)
        own = [n for n in about.norms if n.norm.id.document == text.name]
        read = self._reading(text, about)
        return replace(about, norms=tuple(_as_read(n, suspended.get(n.norm.id, FALSE), read) for n in own))

    def suspended(self, text: OwnText, about: Ground, advised: bool) -> Mapping[NormId, Formula]:
        """Where its clauses are suspended."""

        def find() -> Mapping[NormId, Formula]:
            found = suspended_in(text.system, text.clashes, about.bearer, advised)
            return {text.rewriting.norm(n): text.rewriting.formula(where) for n, where in found.items()}

        return self._once(("suspended", text.name, about.bearer, advised), find)

    def meaning(self, text: OwnText, about: Ground, advised: bool, among: Collection[NormId]) -> TextMeaning | Unknown:
        """What one of the texts means, as far as these clauses go."""
        if (doubt := self.doubt(text, among)) is not None:
            return doubt
        standing = self.standing(text, about, advised)
        own = tuple(n for n in standing.norms if n.norm.id in among)
        read = self._reading(text, about)
        suspended = {n: read(where) for n, where in self.suspended(text, about, advised).items()}
        return standing_meaning(replace(standing, norms=own), self.clashes(text, about), suspended, advised)

    def doubt(self, text: OwnText, among: Collection[NormId]) -> Unknown | None:
        """Why it is not known where these clauses of a text clash, if it is not."""
        named = text.rewriting.norm
        doubts = (u for u in text.undecided if u.question == TOGETHER and set(among).intersection(map(named, u.norms)))
        return next((Unknown(one.reason) for one in doubts), None)

    def clashes(self, text: OwnText, about: Ground) -> tuple[ConflictSet, ...]:
        """The clashes of one of the texts, for this bearer, in the words of both."""

        def find() -> tuple[ConflictSet, ...]:
            read = self._reading(text, about)
            return tuple(_renamed(text.rewriting, c, read) for c in text.clashes if c.bearer == about.bearer)

        return self._once(("clashes", text.name, about.bearer), find)

    def clashing(self, text: OwnText, about: Ground, advised: bool) -> tuple[tuple[ConflictSet, Formula], ...]:
        """The clashes of the own duties of a text, and where each of them happens among those that prevail."""
        find = partial(self._clashing, text, about, advised)
        return self._once(("clashing", text.name, about.bearer, advised), lambda: tuple(find()))

    def _clashing(self, text: OwnText, about: Ground, advised: bool) -> Iterator[tuple[ConflictSet, Formula]]:
        read = self._reading(text, about)
        suspended = {n: read(where) for n, where in self.suspended(text, about, advised).items()}
        theirs = self.clashes(text, about)
        for clash in theirs:
            norms = [self.system.norms.get(n) for n in clash.takes_part]
            if all(n and n.id.document == text.name and (advised or n.strength is Strength.MUST) for n in norms):
                lifted = (negation(suspended.get(n, FALSE)) for n in clash.takes_part)
                yield clash, conjunction(minimal_extent(clash, theirs), *lifted)

    def _once(self, asked: tuple[object, ...], find: Callable[[], Found]) -> Found:
        """What was worked out before is told again: formulas are the same ones then, and a solver knows them."""
        known: dict[tuple[object, ...], Found] = self._worked_out
        if asked not in known:
            known[asked] = find()
        return known[asked]

    @cached_property
    def learnt(self) -> Learnt:
        """What is known of conduct in this world by now."""
        return Learnt()

    @cached_property
    def _worked_out(self) -> dict[tuple[object, ...], Any]:
        return {}

    def _reading(self, text: OwnText, about: Ground) -> Callable[[Formula], Formula]:
        facts = self.facts[about.bearer]
        read = facts.old if text is self.old else facts.new
        return (lambda formula: substitute(formula, read)) if read else (lambda formula: formula)


class ReadText(Record):
    """A text as it is compared: each demand by itself, counting as in force, with all clashes of every bearer."""

    severed: Severed
    clashes: tuple[ConflictSet, ...]
    undecided: tuple[Undecided, ...]


@broken_off(SHORT)
def read_text(system: NormSystem, unequal: Collection[NormId] = ()) -> ReadText:
    """What a text says is compared as if it were in force; its dates and its status are compared by themselves.

    Of the clauses that are `unequal` it is not known: they are not looked at over the same time in the other text.
    """
    found = as_written(system)
    clashes, undecided = _clashes_of(found.system)
    apart = tuple(part for part, norm in found.clauses.items() if norm in unequal)
    return ReadText(found, clashes, (*undecided, *([Undecided(TOGETHER, UNEQUAL, apart)] if apart else ())))


def read_renamed(known: ReadText, image: NormSystem, anew: Rewriting, unequal: Collection[NormId]) -> ReadText:
    """A text that says of other parties what a known one says: where all that it is asked of is the same but for that,
    so is where its clauses clash.
    """
    found = as_written(image)
    grounds = ((ground(text, bearer) for text in (known.severed.system, found.system)) for bearer in bearers(image))
    if not all(_is_renamed(anew, *both) for both in grounds):
        return read_text(image, unequal)
    clashes = tuple(_renamed(anew, clash, lambda formula: formula) for clash in known.clashes)
    return ReadText(found, clashes, known.undecided)


def _is_renamed(anew: Rewriting, before: Ground, after: Ground) -> bool:
    """Whether all formulas of the one, rewritten, are those of the other."""

    def said(about: Ground, said_so: Callable[[Formula], Formula]) -> tuple[object, ...]:
        norms = [(n.norm.id, *map(said_so, (n.binds, n.fulfilled, n.kept))) for n in about.norms]
        world = (frozenset(map(said_so, some)) for some in (about.possible, about.feasible))
        return (norms, *world, about.conduct)

    return said(before, anew.formula) == said(after, lambda formula: formula)


def as_written(system: NormSystem) -> Severed:
    """The demands of a text that counts as if it were in force."""
    text = system.texts[system.subject]
    counting = replace(text, kind=DocumentKind.DRAFT, statuses=(), assumed=None)
    return severed(replace(system, texts={**system.texts, text.name: counting}))


def _clashes_of(system: NormSystem) -> tuple[tuple[ConflictSet, ...], tuple[Undecided, ...]]:
    """All clashes of a system, of every bearer, and what stayed undecided."""
    found: list[ConflictSet] = []
    undecided: list[Undecided] = []
    for bearer in bearers(system):
        clashes, left = find_clashes(ground(system, bearer))
        found += clashes
        undecided += left
    return tuple(found), tuple(undecided)


@broken_off(SHORT)
def two_texts(before: ReadText, after: ReadText) -> TwoTexts:
    """Both texts over one world; Incomparable where they do not speak of the same things."""
    before = _in_places_of(before, after)
    old, new = before.severed.system, after.severed.system
    _require_one_situation(old.situation, new.situation)
    common = common_variables(old, new)
    if common.clashing:
        raise Incomparable(common.clashing[0])
    terms = {term.name: term for term in new.open_terms if term.document == new.subject}

    def name(text: str) -> str:
        return text + EARLIER if text in new.texts else text

    def read_as(reading: Reading) -> Reading:
        """An open term of the old text that the new one has as well is read alike in both."""
        known = terms.get(reading.term)
        if reading.document != old.subject:
            return reading
        alike = known is not None and known.per_party == (reading.role is not None)
        return replace(reading, document=new.subject if alike else name(old.subject))

    earlier = Rewriting(partial(in_common, common, read_as), name, read_as, partial(_works, old))
    later = Rewriting(partial(in_common, common, lambda reading: reading), works=partial(_works, new))
    system = world_of_both(earlier.system(old), later.system(new), common)
    _require_a_meaning(system)
    grounds: list[Ground] = []
    facts: dict[int, FactReadings] = {}
    for about in (ground(system, bearer) for bearer in bearers(system)):
        deemed = (deemings(one, about.grounder) for one in (earlier.system(old), later.system(new)))
        read = facts[about.bearer] = fact_readings(about, *deemed)
        conduct = about.conduct.union(read.old.values(), read.new.values())  # which of them are free, facts decide
        possible = tuple(part for part in read.tied if conduct.isdisjoint(variables(part)))
        feasible = tuple(part for part in read.tied if part not in possible)
        grounds.append(
            replace(
                about,
                possible=(*about.possible, *possible),
                feasible=(*about.feasible, *feasible),
                conduct=conduct,
            )
        )
    first = OwnText(before.severed, before.clashes, before.undecided, earlier)
    second = OwnText(after.severed, after.clashes, after.undecided, later)
    return TwoTexts(Inquiry(system, tuple(grounds)), first, second, facts)


def _in_places_of(before: ReadText, after: ReadText) -> ReadText:
    """The older text with the choices, options and figures of the newer one, where they are the same."""
    known = in_places_of(before.severed, after.severed)
    if known is None:
        return before
    system = known.system(before.severed.system)
    clashes = tuple(_renamed(known, clash, lambda formula: formula) for clash in before.clashes)
    return replace(before, severed=replace(before.severed, system=system), clashes=clashes)


def _require_a_meaning(system: NormSystem) -> None:
    """Misuse where clauses go round in a circle whatever is taken, in one text or in the other."""
    with suppress(TooManyBoxes):
        if system.open_cycles and Negotiation(system).space.is_everything(()):
            raise Misuse(
                say("whatever is taken, clauses go round in a circle in one of the texts: settle some choices first")
            )


def hanging_together(both: TwoTexts, about: Ground, changed: Iterable[NormId]) -> frozenset[NormId]:
    """The clauses of both texts that share conduct with a changed one, directly or through one another."""
    own = [n for n in about.norms if n.norm.id.document in (both.old.name, both.new.name)]
    near = set(changed)
    groups = [frozenset(n.norm.id for n in group) for group in components(world_of(about), own)]
    near.update(*(group for group in groups if near & group))
    return frozenset(near)


# ---- one text of the two


def _said(norm: Norm) -> tuple[object, ...]:
    """What a clause says, whatever it is called."""
    guards, exceptions = ([guard.condition for guard in some] for some in (norm.guards, norm.exceptions))
    return norm.modality, norm.strength, norm.bearer, norm.rotates, norm.content, guards, exceptions


def _likeness(norm: Norm, other: Norm) -> int:
    """How much of what two clauses say is the same: of several wordings the nearest one is what the other was."""
    guards, theirs = ({guard.condition for guard in one.guards} for one in (norm, other))
    same = (one == another for one, another in zip(_said(norm), _said(other), strict=True))
    return sum(same) - len(guards ^ theirs)


def _as_read(n: GroundNorm, suspended: Formula, read: Callable[[Formula], Formula]) -> GroundNorm:
    """A clause where it is not suspended, over the facts as its text reads them."""
    return replace(
        n,
        applicable=read(n.applicable),
        live=read(n.live),
        binds=read(conjunction(n.binds, negation(suspended))),
        fulfilled=read(n.fulfilled),
        kept=read(n.kept),
        otherwise=tuple(map(read, n.otherwise)),
    )


def _renamed(rewriting: Rewriting, clash: ConflictSet, read: Callable[[Formula], Formula]) -> ConflictSet:
    """A clash in the words of both texts."""
    extent = clash.extent
    cubes = tuple(tuple(read(rewriting.formula(literal)) for literal in cube) for cube in extent.cubes)
    region = None if extent.region is None else read(rewriting.formula(extent.region))
    there = replace(extent, cubes=cubes, region=region)
    anywhere = None if clash.anywhere is None else read(rewriting.formula(clash.anywhere))
    classes = tuple(tuple(map(rewriting.norm, one)) for one in clash.classes)
    return replace(
        clash, norms=tuple(map(rewriting.norm, clash.norms)), extent=there, classes=classes, anywhere=anywhere
    )


def _require_one_situation(old: Situation, new: Situation) -> None:
    if old.name != new.name or old.roles != new.roles or old.interchangeable != new.interchangeable:
        raise Incomparable


def _works(system: NormSystem, expression: Works) -> Expr:
    return Truth(works(system.channels[expression.channel], system.as_of))
