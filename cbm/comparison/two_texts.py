"""Two texts over one world: what each of them means, as formulas about the same situations and the same conduct.

The world is what the vocabularies of both allow. Each text is read with the texts beside it: these decide what is
suspended, and what is in its place. What is asked is what the two texts themselves say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from cbm.comparison.deemed_facts import FactReadings, deemings, fact_readings
from cbm.comparison.meaning import TextMeaning, standing_meaning
from cbm.comparison.severed import Severed, severed
from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, components, find_clashes, world_of
from cbm.conflicts.precedence import suspended_in
from cbm.core.cyclic_dependence import asked
from cbm.core.episodes import Act, Axiom, Situation
from cbm.core.expressions import FALSE, Expr, Formula, IsIn, NormId, Truth, Works, conjunction, negation
from cbm.core.meetings import works
from cbm.core.norms import DocumentKind, Norm, NormSystem, OpenTerm, Strength
from cbm.core.rewriting import Rewriting
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.substitution import Atom, substitute, variables
from cbm.core.variables import (
    Attribute,
    Reading,
    ResultValue,
    ValueAt,
    Variable,
    Wait,
)
from cbm.ground.grounding import Ground, GroundNorm, bearers, ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Unknown

# Stands behind the name of the earlier one of two texts, where both have the same.
EARLIER = " (old)"


@dataclass(frozen=True, slots=True)
class Incomparable(Exception):
    """Two texts that are not about the same things; `what` they call by one name and mean in two ways, if anything."""

    what: str = ""


@dataclass(frozen=True, slots=True)
class OwnText:
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

    def demand(self, norm: NormId) -> NormId:
        """The single demand as its own system knows it."""
        return next(n for n in self.system.norms if self.rewriting.norm(n) == norm)

    def clause(self, norm: NormId) -> NormId:
        """The clause of the text that a demand stands in."""
        return self.severed.clauses[self.demand(norm)]


@dataclass(frozen=True, slots=True)
class TwoTexts:
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

    def counterpart(self, norm: NormId) -> NormId | None:
        """The demand of the other text that says the same, or else the one in the place of the same label."""
        other = self.old if norm.document == self.new.name else self.new
        one = self.system.norms[norm]
        candidates = [n for n in self.system.norms.values() if n.id.document == other.name]
        alike = [n.id for n in candidates if _said(n) == _said(one)]
        placed = [n.id for n in candidates if (n.id.label, n.id.act) == (norm.label, norm.act)]
        clause = [n.id for n in candidates if self.clause(n.id).label == self.clause(norm).label]
        return next((n for n in placed if n in alike), next(iter((*alike, *placed, *clause)), None))

    def standing(self, text: OwnText, about: Ground, advised: bool) -> Ground:
        """The clauses of one of the texts alone, binding where they do and are not suspended."""
        suspended = self.suspended(text, about, advised)
        own = [n for n in about.norms if n.norm.id.document == text.name]
        read = self._reading(text, about)
        return replace(about, norms=tuple(_as_read(n, suspended.get(n.norm.id, FALSE), read) for n in own))

    def suspended(self, text: OwnText, about: Ground, advised: bool) -> Mapping[NormId, Formula]:
        """Where its clauses are suspended."""
        found = suspended_in(text.system, text.clashes, about.bearer, advised)
        return {text.rewriting.norm(n): text.rewriting.formula(where) for n, where in found.items()}

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
        read = self._reading(text, about)
        return tuple(_renamed(text.rewriting, c, read) for c in text.clashes if c.bearer == about.bearer)

    def clashing(self, text: OwnText, about: Ground, advised: bool) -> Iterator[tuple[ConflictSet, Formula]]:
        """The clashes of the own duties of a text, and where each of them happens among those that prevail."""
        read = self._reading(text, about)
        suspended = {n: read(where) for n, where in self.suspended(text, about, advised).items()}
        for clash in self.clashes(text, about):
            norms = [self.system.norms.get(n) for n in clash.takes_part]
            if all(n and n.id.document == text.name and (advised or n.strength is Strength.MUST) for n in norms):
                lifted = (negation(suspended.get(n, FALSE)) for n in clash.takes_part)
                yield clash, conjunction(clash.formula, *lifted)

    def _reading(self, text: OwnText, about: Ground) -> Callable[[Formula], Formula]:
        facts = self.facts[about.bearer]
        read = facts.old if text is self.old else facts.new
        return (lambda formula: substitute(formula, read)) if read else (lambda formula: formula)


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as it is compared: each demand by itself, counting as in force, with all clashes of every bearer."""

    severed: Severed
    clashes: tuple[ConflictSet, ...]
    undecided: tuple[Undecided, ...]


def read_text(system: NormSystem) -> ReadText:
    """What a text says is compared as if it were in force; its dates and its status are compared by themselves."""
    text = system.texts[system.subject]
    counting = replace(text, kind=DocumentKind.DRAFT, statuses=(), assumed=None)
    found = severed(replace(system, texts={**system.texts, text.name: counting}))
    return ReadText(found, *_clashes_of(found.system))


def _clashes_of(system: NormSystem) -> tuple[tuple[ConflictSet, ...], tuple[Undecided, ...]]:
    """All clashes of a system, of every bearer, and what stayed undecided."""
    found: list[ConflictSet] = []
    undecided: list[Undecided] = []
    for bearer in bearers(system):
        clashes, left = find_clashes(ground(system, bearer))
        found += clashes
        undecided += left
    return tuple(found), tuple(undecided)


def two_texts(before: ReadText, after: ReadText) -> TwoTexts:
    """Both texts over one world; Incomparable where they do not speak of the same things."""
    old, new = before.severed.system, after.severed.system
    _require_one_situation(old.situation, new.situation)
    common = _common_variables(old, new)
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

    earlier = Rewriting(partial(_in_common, common, read_as), name, read_as, partial(_works, old))
    later = Rewriting(partial(_in_common, common, lambda reading: reading), works=partial(_works, new))
    system = _of_both(earlier.system(old), later.system(new), common)
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


# ---- one system of both


def _require_one_situation(old: Situation, new: Situation) -> None:
    if old.name != new.name or old.roles != new.roles or old.interchangeable != new.interchangeable:
        raise Incomparable


def _of_both(old: NormSystem, new: NormSystem, common: _Common) -> NormSystem:
    """The clauses of both texts, with those of other texts on which it depends whether they bind."""
    displacements = (*old.displacements, *new.displacements)
    norms = {**new.norms, **old.norms}
    needed = [n for n in norms if n.document in (old.subject, new.subject)]
    known = set(needed)
    while needed:
        norm = norms[needed.pop()]
        more = {edge.by for edge in displacements if edge.of == norm.id}
        more |= {n for guard in (*norm.guards, *norm.exceptions) for n in asked(guard.condition)}
        needed += sorted(more - known)
        known |= more
    old_axioms, new_axioms = _world_axioms(old), _world_axioms(new)
    return replace(
        new,
        situation=_situation_of_both(old.situation, new.situation, common),
        acts={**old.acts, **{name: _act_of_both(old.acts.get(name), act) for name, act in new.acts.items()}},
        results={
            n: replace(r, sort=_sort(common, "result", n, r.sort)) for n, r in {**old.results, **new.results}.items()
        },
        axioms=tuple({(a.condition, a.rotates, a.dated, a.week): a for a in (*new_axioms, *old_axioms)}.values()),
        texts={**old.texts, **new.texts},
        norms={n: norm for n, norm in norms.items() if n in known},
        displacements=tuple(edge for edge in displacements if edge.of in known),
        precedences=(),
        coverage=(),
        reserves=(),
        channels={**old.channels, **new.channels},
        lines={act: _of_either(old.lines, new.lines, act) for act in (*new.lines, *old.lines)},
        languages={**old.languages, **new.languages},
        continuations=tuple({c.of: c for c in (*old.continuations, *new.continuations)}.values()),
        open_terms=tuple(_open_terms(old, new, common)),
        week=new.week if new.week == old.week else None,
    )


def _act_of_both(old: Act | None, new: Act) -> Act:
    """An act of which all is told that clauses of either text speak of."""
    if old is None:
        return new
    states, recipients = (
        (*ours, *(x for x in theirs if x not in ours))
        for ours, theirs in ((new.states, old.states), (new.recipients, old.recipients))
    )
    return replace(new, states=states, recipients=recipients)


def _of_either(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*new.get(name, ()), *old.get(name, ()))))


def _world_axioms(system: NormSystem) -> Iterator[Axiom]:
    return (axiom for axiom in system.axioms if axiom.document is None)


def _open_terms(old: NormSystem, new: NormSystem, common: _Common) -> Iterator[OpenTerm]:
    known: dict[Variable, OpenTerm] = {}
    for term in (*new.open_terms, *old.open_terms):
        sort = _sort(common, "reading", term.name, term.variable.sort)
        known.setdefault(term.variable, replace(term, variable=replace(term.variable, sort=sort)))
    yield from known.values()


def _situation_of_both(old: Situation, new: Situation, common: _Common) -> Situation:
    attributes = dict.fromkeys(_common(common, v) for v in (*new.attributes, *old.attributes))
    moments = {m.name: m for m in (*old.moments, *new.moments)}
    counters = {c.name: c for c in (*old.counters, *new.counters)}
    party = None if new.party is None else _common(common, new.party)
    assert party is None or isinstance(party, Attribute)
    return replace(
        new,
        attributes=tuple(attributes),
        moments=tuple(moments.values()),
        counters=tuple(counters.values()),
        party=party,
        placed=old.placed | new.placed,
        views=tuple(dict.fromkeys((*new.views, *old.views))),
    )


# ---- variables that both texts know


@dataclass(frozen=True, slots=True)
class _Common:
    """What the two worlds make of their variables: values that both know, and what either text's parties see apart."""

    sorts: Mapping[object, Sort]
    views: frozenset[str]


def _common_variables(old: NormSystem, new: NormSystem) -> _Common:
    """What variables may be in both worlds, as far as the two texts do not say the same of it.

    Of what one text's parties have views, the other text means the view of who is bound.
    """
    before, after = _declared(old), _declared(new)
    found: dict[object, Sort] = {}
    for key, sort in before.items():
        if key in after and after[key] != sort:
            found[key] = _meet(key, sort, after[key])
    one, other = ({v.name for v in system.situation.views} for system in (old, new))
    if one != other and not new.situation.interchangeable:
        raise Incomparable(min(one ^ other))
    return _Common(found, frozenset(one | other))


def _declared(system: NormSystem) -> dict[object, Sort]:
    found = {key: v.sort for v in system.situation.attributes if (key := _key(v)) is not None}
    found |= {("result", name): result.sort for name, result in system.results.items()}
    own = [t for t in system.open_terms if t.document == system.subject]
    return found | {("reading", term.name): term.variable.sort for term in own}


def _key(variable: Variable) -> object:
    match variable:
        case Attribute(name) | ValueAt(name):
            return ("attribute", name)
        case ResultValue(name):
            return ("result", name)
        case Reading(term):
            return ("reading", term)
        case Wait(channel, number):
            return ("wait", channel, number)
        case _:
            return None


def _meet(key: object, one: Sort, other: Sort) -> Sort:
    """What both allow."""
    name = key[1] if isinstance(key, tuple) else ""
    match one, other:
        case KindSort(), KindSort() if one.ordered == other.ordered:
            both = tuple(m for m in other.members if m in one.members)
            if both:
                return KindSort(other.name, both, other.ordered)
        case NumberSort(), NumberSort() if one.dimension is other.dimension:
            low = max((b for b in (one.low, other.low) if b is not None), default=None)
            high = min((b for b in (one.high, other.high) if b is not None), default=None)
            if low is None or high is None or low <= high:
                return NumberSort(one.dimension, low, high)
        case FlagSort(), FlagSort():
            return one
        case _:
            pass
    raise Incomparable(str(name))


def _sort(common: _Common, what: str, name: str, sort: Sort) -> Sort:
    return common.sorts.get((what, name), sort)


def _common(common: _Common, variable: Variable) -> Variable:
    if isinstance(variable, Attribute) and variable.role is None and variable.name in common.views:
        variable = replace(variable, role=0)
    sort = common.sorts.get(_key(variable))
    if sort is not None and isinstance(variable, Attribute | ValueAt | ResultValue | Reading | Wait):
        return replace(variable, sort=sort)
    return variable


def _in_common(common: _Common, read_as: Callable[[Reading], Reading], atom: Atom) -> Formula:
    """A condition over the variables of both texts."""
    changed: dict[Variable, Variable] = {}
    for variable in variables(atom):
        known = _common(common, read_as(variable) if isinstance(variable, Reading) else variable)
        if known is not variable:
            changed[variable] = known
    if not changed:
        return atom
    if isinstance(atom, IsIn):
        new = changed[atom.variable]
        assert isinstance(new.sort, KindSort)
        chosen = tuple(m for m in new.sort.members if m in atom.members)
        return IsIn(new, chosen) if chosen else FALSE
    return substitute(atom, changed)


def _works(system: NormSystem, expression: Works) -> Expr:
    return Truth(works(system.channels[expression.channel], system.as_of))
