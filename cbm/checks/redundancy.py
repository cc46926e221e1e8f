"""Clauses that ask nothing which the others do not already ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial

from cbm.comparison.clause_pairs.alike_packages import AlikeOnPackages, alike_on_packages
from cbm.comparison.clause_pairs.derogations import Derogation, derogation
from cbm.comparison.clause_pairs.provisions import Alike, alike
from cbm.comparison.deletion import (
    AskedDeletion,
    is_asked_about,
    is_broken_without,
    means_the_same_without,
    moves_others,
)
from cbm.comparison.package_parts import part_by_part
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY
from cbm.conflicts.all_conflicts import components, world_of
from cbm.conflicts.precedence import joining
from cbm.conflicts.trigger_cycles import UNENDING, ending
from cbm.core.expressions import TRUE, Formula, NormId, conjunction, disjunction, negation
from cbm.core.matters import Matter, concerns, matters, name_of
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, NormSystem, Strength
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.process.budget import RunStopped, Work, charged_to
from cbm.records import Record, replace
from cbm.search.open_questions import Undecided, opposite
from cbm.search.open_readings import Openness, ReadingCubes, openness
from cbm.search.replay import episode
from cbm.smt.index import keep_apart
from cbm.smt.journal import asking, is_kept
from cbm.smt.solve import Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, mark, say, say_count
from cbm.wording.clause_names import (
    clause_name,
    clause_names,
    content_label,
    names_in_any_wording,
    names_of,
    unverified,
)
from cbm.wording.findings.clauses_gone import Way, taken_out, with_ways
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.REDUNDANCY,
    Severity.WARNING,
    mark("a clause that the others imply"),
    mark("""\
Wherever the clause binds, whoever complies with the other clauses of at least the same strength complies with it too;
and there is an encounter in which it binds while all those are kept. The smallest set of clauses that implies it is
named; where one does, it subsumes the clause. A text is read in its own order: a clause found redundant is not used
against a later one. A clause is implied, but not deletable, where the text would mean something else without it: it
stands in place of another one, or clauses yield where they clash with it, or what implies it cannot always be
kept. So is one that asks for something `otherwise`, one that a condition asks about (`is bound by`), and one without
which a promise is not kept, since what implies it is about something else. So is one that is implied only by what
nobody can keep: "who launches must keep away" forbids the launch where one cannot do both, and is to be mended first.
Where it depends on how an open term is read, it is told on which readings it is so.
Clauses that say that they restate another are left out: they mean to repeat it. So are those that repeat one provision
of an agreement or ask for less than it, which is told as such (see restatement and derogation).
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a ship must keep separation >= 1,000 m
clause 2 a helicopter meeting a warship must keep separation >= 500 m
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a ship must keep separation >= 1,000 m
clause 2 a helicopter meeting a warship must keep separation >= 1,500 m
""",
)


# What follows where it can be breached while the others are kept, and where it cannot.
_TELLING = 10_000_000  # steps for a clause that was found to be implied, where all other work is spent
_NEEDED = "it can be breached while they are kept: they do not imply it"
_IMPLIED = "it cannot be breached while they are kept: they imply it (the finding, if it ever binds then)"


class _Implied(Record):
    """The norms that imply another one, a smallest choice, on some readings of open terms (None: none plays a part).

    None of them: it can never be breached there. `there` is what an encounter on one of these readings meets.
    """

    core: list[GroundNorm]
    on: ReadingCubes | None
    about: Ground
    n: GroundNorm
    others: list[GroundNorm]
    there: tuple[Formula, ...] = ()

    def implied_before(self, inquiry: Inquiry, norm: Norm) -> _Implied | None:
        """Whether those imply it too that stand before one of the others."""
        numbers = [other.norm.id for other in self.others]
        before = self.others[: numbers.index(norm.id)] if norm.id in numbers else self.others
        return _implying(inquiry, self.about, self.n, before, noted=False)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Musts are asked about among the musts alone, with what prevails among these; advice among everything.

    Where it is too much work to ask of all, what was found by then is told nevertheless, and each for little work.
    """
    implied: list[dict[NormId, _Implied]] = []
    stopped: RunStopped | None = None
    try:
        for pair in zip(inquiry.strict, inquiry.advised, strict=True):
            implied.append({})
            _implied(inquiry, *pair, implied[-1])
    except RunStopped as why:
        stopped = why
    for norm in inquiry.system.norms.values():
        views = [of_bearer[norm.id] for of_bearer in implied if norm.id in of_bearer]
        about = [g for g in inquiry.strict if g.find(norm.id) is not None]
        if norm.id.document != inquiry.system.subject or norm.restates or not views or len(views) < len(about):
            continue
        told: list[Finding] = []
        try:
            with nullcontext() if stopped is None else charged_to(Work(_TELLING)):
                told.extend(_told(inquiry, about[0], norm, views))
        except RunStopped as why:
            inquiry.leave_open(mark("is it implied by the others"), Unknown(str(why)), norm.id)
        yield from told
    if stopped is not None:
        raise stopped


def _told(
    inquiry: Inquiry, about: Ground, norm: Norm, views: Sequence[_Implied], *within: Formula
) -> Iterator[Finding]:
    """What is told of a clause that others imply; where another rule tells of the first of them, the earlier ones are
    looked at.
    """
    on, core = _on_all(inquiry, norm, views), views[0].core
    if not core or (on is not None and not on.cubes):
        return
    elsewhere = _told_elsewhere(inquiry, norm, core[0].norm) if len(core) == 1 else ()
    if isinstance(elsewhere, Unknown):  # it asks for nothing more in any case
        inquiry.leave_open(mark("does the one repeat the other"), elsewhere, norm.id, core[0].norm.id)
        elsewhere = ()
    others = Negotiation(inquiry.system).formula(elsewhere)
    here = (*within, *((negation(others),) if elsewhere else ()))
    told = _on_these(inquiry, on, *here)
    if isinstance(told, Unknown):  # perhaps there are none
        inquiry.leave_open(partial(_on_which, inquiry.system, norm), told, norm.id)
    elif not isinstance(told, ReadingCubes) or told.cubes:
        shown = replace(views[0], there=(*views[0].there, *here))
        yield qualified(
            inquiry, _finding(inquiry, about, about.norm(norm.id), shown), told, of=AskedOnReadings(norm.id)
        )
    if Negotiation(inquiry.system).terms and elsewhere:
        again = [view.implied_before(inquiry, core[0].norm) for view in views]
        known = [one for one in again if one is not None]
        if len(known) == len(views):
            yield from _told(inquiry, about, norm, known, *within, *((others,) if others != TRUE else ()))


def _on_which(system: NormSystem, norm: Norm) -> str:
    """What is asked of a clause that others imply somewhere."""
    return say("on which readings do the others imply {clause}", clause=clause_name(system, norm.id))


def _on_these(inquiry: Inquiry, on: ReadingCubes | None, *formulas: Formula) -> ReadingCubes | Unknown | None:
    """Of these readings those of which the formulas are so, which speak of what is taken."""
    if not formulas:
        return on
    asked = (*formulas, *(() if on is None else (on.formula,)))
    terms = openness(inquiry.system, asked)
    return ReadingCubes((), (), every=False) if terms is None else terms.where(*asked)


def _on_all(inquiry: Inquiry, norm: Norm, views: Sequence[_Implied]) -> ReadingCubes | None:
    """The readings on which it is implied whoever is bound."""
    several = [view.on for view in views if view.on is not None]
    if len(several) < 2:
        return next(iter(several), None)
    terms = Openness(inquiry.system, several[0].terms)
    on = terms.where(*(one.formula for one in several))
    if isinstance(on, Unknown):
        inquiry.leave_open(partial(_on_which, inquiry.system, norm), on, norm.id)
        return replace(several[0], cubes=())
    return on


def _implied(inquiry: Inquiry, strict: Ground, advised: Ground, found: dict[NormId, _Implied]) -> None:
    """Adds the duties of one bearer that others imply, in source order, with those that do."""
    beside = {id(about): _beside(about) for about in (strict, advised)}
    for position, norm in enumerate(strict.norms):
        about = strict if norm.norm.strength is Strength.MUST else advised
        n = about.norms[position]
        if n.norm.demands and not n.norm.restates:
            others = [o for o in beside[id(about)][n.norm.id] if o is not n and _may_imply(inquiry.system, o, n)]
            others = [o for o in others if not keep_apart((n.binds, o.binds))]  # these bind nowhere together
            implied = _implying(inquiry, about, n, _left(others, found))
            if implied is not None:
                found[n.norm.id] = implied


def _beside(about: Ground) -> dict[NormId, list[GroundNorm]]:
    """For each duty those that it shares conduct with, itself among them: no other can have a part in implying it."""
    return {n.norm.id: group for group in components(world_of(about), about.demanding) for n in group}


def _left(others: Iterable[GroundNorm], found: Mapping[NormId, _Implied]) -> list[GroundNorm]:
    """Those that imply something on some reading: what is redundant itself implies nothing there."""
    kept = []
    for other in others:
        known = found.get(other.norm.id)
        if known is None:
            kept.append(other)
        elif known.on is not None and not known.on.every:
            kept.append(replace(other, binds=conjunction(other.binds, negation(known.on.formula))))
    return kept


def _implying(
    inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm], *, noted: bool = True
) -> _Implied | None:
    """A smallest set of the others that implies it, and on which readings; None if on none."""
    identity = (n.norm.id,)
    terms = openness(inquiry.system, (n.binds, n.fulfilled, *(f for o in others for f in (o.binds, o.fulfilled))))
    read = () if terms is None else terms.everything
    implied, on = _is_implied(inquiry, about, n, others, terms)
    if noted:
        inquiry.record(RULE.id, lambda: clause_names(inquiry.system, identity), implied)
    if implied is not True:
        return None
    there = () if on is None else (on.formula,)

    def suffice(fewer: Sequence[GroundNorm]) -> bool:
        question, breach = mark("is it implied by fewer"), (n.binds, negation(n.fulfilled))
        put = (*breach, *there, *read)
        return inquiry.can_keep(about, fewer, identity, question, *put, found=_NEEDED, none=_IMPLIED) is False

    kept = _fewest(others, suffice)
    if (
        on is not None
        and on.every
        and openness(inquiry.system, (f for o in (n, *kept) for f in (o.binds, o.fulfilled))) is None
    ):
        on = None  # other clauses speak of open terms
    return _Implied(kept, on, about, n, others, (*read, *there))


def _is_implied(
    inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm], terms: Openness | None
) -> tuple[bool | Undecided, ReadingCubes | None]:
    """Whether all of the others imply it; and on which readings, where it is known and something they say is open."""
    identity, read = (n.norm.id,), () if terms is None else terms.everything

    def can(question: Sayable, *formulas: Formula, found: str, none: str) -> bool | Undecided:
        return inquiry.can_keep(about, others, identity, question, *formulas, *read, found=found, none=none)

    breached: bool | Undecided = terms is not None and _is_needed_on_some(inquiry, about, n, others, terms)
    breach = (n.binds, negation(n.fulfilled))
    breached = breached or can(mark("is it implied by the others"), *breach, found=_NEEDED, none=_IMPLIED)
    if terms is not None and not isinstance(breached, Undecided):
        where = _readings(inquiry, about, n, others, terms, breached)
        if isinstance(where, Unknown):
            return inquiry.leave_open(mark("on which readings is it implied by the others"), where, *identity), None
        return bool(where.cubes), where
    implied = opposite(breached)
    if implied is True:
        implied = can(
            mark("does it bind while they are kept"), n.binds, found="it does", none="it never does: no finding"
        )
    return implied, None


def _fewest(others: Sequence[GroundNorm], suffice: Callable[[Sequence[GroundNorm]], bool]) -> list[GroundNorm]:
    """Of norms that suffice a smallest set that does: each is left out, from the last one on, where the rest does.

    The last one that is needed is found by halves: norms that suffice still do with others beside them.
    """
    rest, kept = list(others), list[GroundNorm]()
    while rest:
        enough = bisect_left(range(len(rest)), 1, key=lambda first: int(suffice([*rest[:first], *kept])))
        if not enough:
            break
        kept.insert(0, rest[enough - 1])
        rest = rest[: enough - 1]
    return kept


def _readings(
    inquiry: Inquiry, about: Ground, n: GroundNorm, others: list[GroundNorm], terms: Openness, breached: bool
) -> ReadingCubes | Unknown:
    """The readings on which it cannot be breached by who keeps the others, and binds while they are kept."""
    if breached and len(ending(about, others)) < len(others):
        return Unknown(UNENDING)
    demands = (*(o.demand for o in others), n.binds)
    with asking(system=inquiry.system, bearer=about.bearer, norms=(n.norm.id,)):
        needed = _needed_on(about, n, others, terms) if breached else None
        if isinstance(needed, Unknown):
            return needed
        if needed is not None and (
            needed.every or _hold_only_on(inquiry, about, (*demands, *terms.everything), needed)
        ):
            return replace(needed, cubes=(), every=False)
        bound = terms.where(*about.possible, *about.feasible, *demands)
        if isinstance(bound, Unknown) or needed is None:
            return bound
        return terms.where(bound.formula, negation(needed.formula))


def _needed_on(about: Ground, n: GroundNorm, others: Sequence[GroundNorm], terms: Openness) -> ReadingCubes | Unknown:
    """The readings on which it can be breached by who keeps the others."""
    demands = (*(o.demand for o in others), n.binds)
    return terms.where(*about.possible, *about.feasible, *demands, negation(n.fulfilled))


def _is_needed_on_some(
    inquiry: Inquiry, about: Ground, n: GroundNorm, others: Sequence[GroundNorm], terms: Openness
) -> bool:
    """Whether that is so on some of them, which is asked anyway; else nothing is known."""
    if is_kept():  # who takes notes wants to see the question itself
        return False
    with asking(system=inquiry.system, bearer=about.bearer, norms=(n.norm.id,)):
        needed = _needed_on(about, n, others, terms)
    return isinstance(needed, ReadingCubes) and bool(needed.cubes)


def _hold_only_on(inquiry: Inquiry, about: Ground, demands: Sequence[Formula], readings: ReadingCubes) -> bool:
    """Whether these demands are met on no other readings: sooner asked than on which they are."""
    question = "does it bind while they are kept, on a reading on which it cannot be breached"
    with asking(question=question, found="it is asked on which readings", none=_NEEDED):
        return isinstance(inquiry.ask(about, *demands, negation(readings.formula)), Unsat)


def _told_elsewhere(inquiry: Inquiry, norm: Norm, of: Norm) -> tuple[Box, ...] | Unknown:
    """The packages on which it only repeats a provision of another text, or takes some of it back.

    That is the same, seen from there.
    """
    if of.id.document == norm.id.document:
        return ()
    negotiation = Negotiation(inquiry.system)
    if not negotiation.terms:
        derogates, repeats = _derogates(inquiry, norm, of), alike(inquiry, norm, of)
        if derogates is True or isinstance(repeats, Alike):
            return ALL_PACKAGES
        return next((answer for answer in (derogates, repeats) if isinstance(answer, Unknown)), ())
    same = alike_on_packages(inquiry, negotiation, norm, of)
    both = negotiation.boxes_of((norm, of))
    try:
        asked = list(part_by_part(inquiry, negotiation, both, lambda part: (_derogates(part, norm, of),)))
        unknown = next((answer for answer in (same, *(one for _, one in asked)) if isinstance(answer, Unknown)), None)
        if unknown is not None:
            return unknown
        found = [box for boxes, derogates in asked if derogates is True for box in boxes]
        return negotiation.space.told((*found, *(same.packages if isinstance(same, AlikeOnPackages) else ())))
    except TooManyBoxes:
        return TOO_MANY


def _derogates(inquiry: Inquiry, norm: Norm, of: Norm) -> bool | Unknown:
    if joining(inquiry.system, (norm.id, of.id)):
        return False
    found = derogation(inquiry, norm, of)
    return found if isinstance(found, Unknown) else isinstance(found, Derogation)


def _may_imply(system: NormSystem, other: GroundNorm, n: GroundNorm) -> bool:
    """At least as strong, owed to the same or to all, and no mere restatement of it."""
    here, there = n.norm.id.document, other.norm.id.document
    if n.norm.id in other.norm.restates or not (here == there or system.texts[there].is_owed_to_all):
        return False
    return other.norm.strength is Strength.MUST or n.norm.strength is Strength.SHOULD


def _finding(inquiry: Inquiry, about: Ground, n: GroundNorm, implied: _Implied) -> Finding:
    system, core = inquiry.system, implied.core
    others = names_in_any_wording(system, [o.norm.id for o in core])
    names = listed(others)
    name = clause_names(system, (n.norm.id,))
    in_part = implied.on is not None and not implied.on.every
    needed = [] if in_part else list(_needed(inquiry, about, n, core))
    notes = [*([say("{clause} subsumes it", clause=names)] if len(others) == 1 else []), *needed]
    identity, bearer = n.norm.id, about.bearer
    there = (n.binds, *implied.there, *(o.demand for o in core))
    shown = episode(about, there, lambda seen: binding(identity, bearer, seen, system))
    finding = Finding(
        RULE.id,
        RULE.severity,
        say_count(
            "{clause} asks for nothing that {others} does not already ask",
            "{clause} asks for nothing that {others} do not already ask",
            len(others),
            clause=name,
            others=names,
        ),
        content_label(system, n.norm, mark("{clause} adds nothing")),
        tuple(_places(system, core)),
        tuple(str(o.norm.id) for o in (n, *core)),
        witness=example(system, shown, [n.live]),
        notes=(*notes, *unverified(system, [n.norm.id, *(o.norm.id for o in core)])),
    )
    return with_ways(finding, () if needed or in_part else _ways_out(system, n.norm, core))


def _ways_out(system: NormSystem, norm: Norm, core: Sequence[GroundNorm]) -> Iterator[Way]:
    yield taken_out(system, (norm.id,), mark("take {clause} out, or make it say what it adds"))
    if norm.modality is Modality.PROHIBITION and len({o.norm.id.unworded for o in core}) > 1:
        yield say("or leave it: it writes down what they forbid only together (see unwritten-prohibition)")


def _places(system: NormSystem, core: Iterable[GroundNorm]) -> Iterator[Label]:
    """Where these clauses ask for it, each once: of its wordings the longest, called as all of them are."""
    asking: dict[NormId, list[Norm]] = {}
    for n in core:
        asking.setdefault(n.norm.id.unworded, []).append(n.norm)
    for norms in asking.values():
        name = listed(names_in_any_wording(system, [norm.id for norm in norms]))
        places = [content_label(system, norm).span for norm in norms]
        longest = max(places, key=lambda span: span.end - span.start)
        yield Label(longest, say("{clause} already asks for it", clause=name))


def _needed(inquiry: Inquiry, about: Ground, n: GroundNorm, core: list[GroundNorm]) -> Iterator[str]:
    """Why the text would not mean the same without a clause that others imply, or not once these are mended."""
    system, norm = inquiry.system, n.norm
    clashing = [o.norm.id for o in core if inquiry.clashes_with((o.norm.id,))]
    if norm.otherwise:
        yield say("implied, but not deletable: it also says what is owed otherwise")
    if is_asked_about(system, norm.id):
        yield say("implied, but not deletable: a condition asks whether it binds")
    elif moves_others(inquiry, norm.id) or clashing:
        yield from _moving(inquiry, norm, clashing)
    else:
        yield from _breached_with(inquiry, about, n, core)
        yield from _governing(inquiry, norm)


def _breached_with(inquiry: Inquiry, about: Ground, n: GroundNorm, core: list[GroundNorm]) -> Iterator[str]:
    """That what implies a clause binds nobody but who breaches the clause, and cannot be kept then."""
    question = mark("does what implies the clause ever bind who keeps the clause")
    found = "it does: it asks for the clause by what it says"
    none = "it never does: it implies the clause only because it cannot be kept, and that is said"
    asked = (n.binds, n.fulfilled, disjunction(*(other.binds for other in core)))
    binds = inquiry.can(about, (n.norm.id,), question, *asked, found=found, none=none)
    if binds is not True:
        names = names_in_any_wording(inquiry.system, [other.norm.id for other in core])
        why = say_count(
            "{clauses} implies it only because nobody can keep {clauses} once it has come into play; mend that first",
            "{clauses} imply it only because nobody can keep these once they have come into play; mend that first",
            len(names),
            clauses=listed(names),
        )
        yield _not_deletable(why, known=binds is False)


def _governing(inquiry: Inquiry, norm: Norm) -> Iterator[str]:
    """That a promise is kept by it alone: what implies it is about something else."""
    system = inquiry.system
    promised = dict.fromkeys(matter for promise in system.coverage for matter in matters(promise))
    for matter in (one for one in promised if concerns(norm, one)):
        question = partial(_is_kept_question, system, norm.id, matter)
        broken = is_broken_without(inquiry, norm.id, matter)
        known = inquiry.leave_open(question, broken, norm.id) if isinstance(broken, Unknown) else broken
        inquiry.record(RULE.id, question, known)
        if broken is not False:
            why = say("without it a promise on `{topic}` is not kept", topic=name_of(matter))
            yield _not_deletable(why, known=broken is True)


def _is_kept_question(system: NormSystem, norm: NormId, matter: Matter) -> str:
    asked = mark("is what is promised on `{topic}` kept without {clause}")
    return say(asked, topic=name_of(matter), clause=clause_name(system, norm))


def _not_deletable(why: str, *, known: bool) -> str:
    if known:
        return say("implied, but not deletable: {why}", why=why)
    return say("implied, but not known to be deletable: {why}", why=why)


def _moving(inquiry: Inquiry, norm: Norm, clashing: list[NormId]) -> Iterator[str]:
    """Whether what binds or yields with it and without makes a difference."""
    system = inquiry.system
    displaced = [edge.of for edge in system.displacements if edge.by == norm.id]
    same = means_the_same_without(inquiry, norm.id)

    def question() -> str:
        asked = mark("can {clause} be taken out without a change of what is asked for")
        return say(asked, clause=clause_name(system, norm.id))

    changed = inquiry.leave_open(question, same, norm.id) if isinstance(same, Unknown) else not same
    inquiry.record(RULE.id, question, changed, of=AskedDeletion(norm.id))
    if same is not True:
        if displaced:
            why = say("it also stands in place of {clauses}", clauses=listed(names_of(system, displaced)))
        elif moves_others(inquiry, norm.id):
            why = say("where others clash with it, one yields")
        else:
            names = listed(names_of(system, clashing))
            why = say("{clauses} cannot always be kept, and where that is so, it still counts", clauses=names)
        yield _not_deletable(why, known=same is False)
