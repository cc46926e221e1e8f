"""What one unit may do and another one's duties leave no room for, in words."""

from __future__ import annotations

from functools import partial

from cbm.compliance.attainable_ranges import Narrowed, stated_unit
from cbm.compliance.ranges_beside_others import RangeAcross
from cbm.compliance.ranges_on_readings import RangeReach
from cbm.conflicts.deadlocks import Deadlock, Duty
from cbm.core.clause_limits.permission_limits import limit_of
from cbm.core.expressions import TRUE, Formula, negation
from cbm.core.norms import Modality, NormSystem, Strength
from cbm.core.variables import decision_of
from cbm.core.viewpoints import seen as seen_as
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.search.exists_forall import fix
from cbm.search.open_readings import ReadingCubes, readings_of_clash
from cbm.search.replay import Episode, joint_episode
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import english, in_english, mark, say
from cbm.wording.clause_names import (
    clause_names,
    content_label,
    names_of,
    reference,
    told_for_all,
    unverified,
    written_reference,
)
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.findings.clashes.unit_duties import duty_label, duty_names, shown_cube, told_extent
from cbm.wording.findings.ranking_texts import with_the_rest
from cbm.wording.phrases import range_words, role_after_article
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by


def blocked_across(inquiry: Inquiry, found: Deadlock) -> Finding:
    """What is told of a permission put to use and duties, some of them another unit's, that leave no room for it."""
    system, norms = inquiry.system, found.takes_part
    demands = tuple(duty.norm.demand for duty in found.duties)
    on = readings_of_clash(system, found.world, demands, found.extent)
    read = on.condition if isinstance(on, ReadingCubes) else TRUE
    use, owed = _parted(found)
    cube = shown_cube(found, read)
    said = {
        "clause": clause_names(system, (use.norm.norm.id,)),
        "unit": role_after_article(system, use.role),
        "duties": listed(duty_names(system, owed)),
    }
    never = mark("what {clause} allows the {unit} can never be used in compliance with {duties}")
    sometimes = mark("what {clause} allows the {unit} cannot be used in some encounters in compliance with {duties}")
    allows = mark("{clause} allows the {unit} this")
    others = told_for_all(duty_names(system, one) for one in found.classes) if found.classes else ""
    finding = Finding(
        RuleId.BLOCKED_PERMISSION,
        _severity(system, owed),
        say(never if _is_never_used(inquiry, found, use, owed, read) else sometimes, **said),
        content_label(system, use.norm.norm, allows, unit=role_after_article(system, use.role)),
        tuple(duty_label(system, duty) for duty in owed),
        tuple(map(str, norms)),
        whenever=condition_words(told_by(system, norms), cube),
        extent=told_extent(system, found)(),
        known_extent=english(told_extent(system, found)),
        witness=example(system, _unused(system, found, use, (*cube, read)), cube),
        remedies=_ways_out(system, use, owed),
        notes=(*((others,) if others else ()), *unverified(system, norms)),
    )
    return qualified(inquiry, finding, on)


def narrowed_across(inquiry: Inquiry, across: RangeAcross, cut: Narrowed, reach: RangeReach) -> Finding:
    """What is told of a permission of whose range duties, some of them another unit's, leave a part."""
    system, use, closed = inquiry.system, across.use, reach.any_value or cut.shut
    owed = across.duties(closed)
    norms = tuple(dict.fromkeys(duty.norm.norm.id for duty in (use, *owed)))
    message, ways, notes = _left_of_range(inquiry, across, cut, reach, owed)
    allows = mark("{clause} allows the {unit} this")
    cube, words = closed.cube, told_by(system, norms)

    def extent() -> tuple[tuple[str, ...], ...]:
        return (tuple(literal_words(words, literal) for literal in cube),)

    finding = Finding(
        RuleId.BLOCKED_PERMISSION,
        _severity(system, owed),
        message,
        content_label(system, use.norm.norm, allows, unit=role_after_article(system, use.role)),
        tuple(duty_label(system, duty) for duty in owed),
        tuple(map(str, norms)),
        whenever=condition_words(words, cube),
        extent=extent(),
        known_extent=english(extent),
        witness=example(system, _used_beside(system, across, cut), cut.shut.cube),
        remedies=ways,
        notes=(*notes, *unverified(system, norms)),
        matter=(decision_of(cut.result).name, "beside other units"),
    )
    return qualified(inquiry, finding, reach.on)


def _left_of_range(
    inquiry: Inquiry, across: RangeAcross, cut: Narrowed, reach: RangeReach, owed: tuple[Duty, ...]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The message, the ways out and the notes: where each figure may leave other values, those of the example."""
    system, use = inquiry.system, across.use
    unit = stated_unit(use.norm, cut.result) or system.words.units.get(seen_as(cut.result, 0))
    allowed, usable = (range_words(values, cut.result, unit) for values in (cut.allowed, cut.usable))
    said = {
        "clause": clause_names(system, (use.norm.norm.id,)),
        "unit": role_after_article(system, use.role),
        "duties": listed(duty_names(system, owed)),
    }
    elsewhere = say("whether it is so under other conditions too was not asked")
    if reach.any_value is not None:
        some = mark("not every value that {clause} allows the {unit} can be used in compliance with {duties}")
        shown = say("in the example only {usable} can be used of {allowed}", usable=usable, allowed=allowed)
        return say(some, **said), _ways_out(system, use, owed), (shown, elsewhere)
    ways, never = _lifting(system, use, owed), _is_never_wider(inquiry, across, cut, reach)
    only = mark(
        "of {allowed}, which {clause} allows the {unit}, only {usable} can be used in some encounters in "
        "compliance with {duties}"
    )
    if never:
        only = mark(
            "of {allowed}, which {clause} allows the {unit}, only {usable} can be used in compliance with {duties}"
        )
    less = mark("or allow {usable} there, and no more") if ways else mark("allow {usable} there, and no more")
    message = say(only, allowed=allowed, usable=usable, **said)
    return message, (*ways, say(less, usable=usable)), () if never else (elsewhere,)


def _used_beside(system: NormSystem, across: RangeAcross, cut: Narrowed) -> Episode:
    """An encounter in which all units comply and it is used; with another value some unit breaches a duty there."""
    use, world = across.use, cut.way.world
    shutting = across.duties(cut.shut)
    here = tuple(fix(v, value) for v, value in cut.shut.situation.items())

    def used(seen: CompleteEpisode) -> bool:
        norm = use.norm.norm
        return binding(norm.id, use.role, seen, system) and fulfilled(norm, use.role, seen, system)

    def kept(duty: Duty, seen: CompleteEpisode) -> bool:
        norm = duty.norm.norm
        return not binding(norm.id, duty.role, seen, system) or fulfilled(norm, duty.role, seen, system)

    def complied(seen: CompleteEpisode) -> bool:
        return used(seen) and all(map(partial(kept, seen=seen), across.owed))

    def breached(seen: CompleteEpisode) -> bool:
        return used(seen) and not all(map(partial(kept, seen=seen), shutting))

    axioms = (*world.possible, *world.feasible)
    demands = (duty.norm.demand for duty in across.owed)
    with asking(
        system=system,
        norms=(use.norm.norm.id, *(duty.norm.norm.id for duty in shutting)),
        question="is there an encounter in which all units comply and it is used, and one in which it is used with "
        "another value",
    ):
        told = joint_episode(system, axioms, (*here, *cut.way.given, *demands), complied)
        there = tuple(fix(v, value) for v, value in told.values.items() if v not in world.conduct)
        joint_episode(system, axioms, (*there, *cut.way.given, *cut.way.wanted), breached)
    return told


def _parted(found: Deadlock) -> tuple[Duty, tuple[Duty, ...]]:
    """The permission, and the duties."""
    (use,) = (duty for duty in found.duties if duty.norm.norm.modality is Modality.PERMISSION)
    return use, tuple(duty for duty in found.duties if duty is not use)


def _severity(system: NormSystem, owed: tuple[Duty, ...]) -> Severity:
    advised = any(system.norms[duty.norm.norm.id].strength is Strength.SHOULD for duty in owed)
    return Severity.NOTE if advised else Severity.WARNING


def _is_never_used(inquiry: Inquiry, found: Deadlock, use: Duty, owed: tuple[Duty, ...], read: Formula) -> bool:
    """Whether these duties leave no room for it in any encounter in which it binds."""
    return _is_never_so(inquiry, found.world, use, owed, (read,))


def _is_never_wider(inquiry: Inquiry, across: RangeAcross, cut: Narrowed, reach: RangeReach) -> bool:
    """Whether no other values than those that are told are left of it in any encounter in which it binds."""
    read = (reach.on.condition,) if isinstance(reach.on, ReadingCubes) else ()
    asked = (*read, *cut.way.wanted)
    return _is_never_so(inquiry, cut.way.world, across.use, across.duties(cut.shut), asked)


def _is_never_so(
    inquiry: Inquiry, world: World, use: Duty, owed: tuple[Duty, ...], further: tuple[Formula, ...]
) -> bool:
    with asking(
        system=inquiry.system,
        norms=(use.norm.norm.id, *(duty.norm.norm.id for duty in owed)),
        question="can it ever be used so while these duties are kept",
        found="it can",
        none="it never can",
    ):
        asked = (*further, use.norm.binds, use.norm.kept, *(duty.norm.demand for duty in owed))
        answer = Solver(world.roles, (*world.possible, *world.feasible)).decide(*asked)
    if isinstance(answer, Unknown):
        clause = reference(inquiry.system, use.norm.norm.id)
        inquiry.leave_open(mark("can what {clause} allows ever be used", clause=clause), answer, use.norm.norm.id)
    return isinstance(answer, Unsat)


def _unused(system: NormSystem, found: Deadlock, use: Duty, told: tuple[Formula, ...]) -> Episode:
    """An encounter in which the clause applies, the duties are kept, and what it allows is not done."""
    owed = [duty for duty in found.duties if duty is not use]

    def kept(duty: Duty, seen: CompleteEpisode) -> bool:
        norm = duty.norm.norm
        return not binding(norm.id, duty.role, seen, system) or fulfilled(norm, duty.role, seen, system)

    def is_so(seen: CompleteEpisode) -> bool:
        norm = use.norm.norm
        applies = binding(norm.id, use.role, seen, system) and not fulfilled(norm, use.role, seen, system)
        return applies and all(map(partial(kept, seen=seen), owed))

    asked = (*told, use.norm.binds, negation(use.norm.fulfilled), *(duty.norm.demand for duty in owed))
    return joint_episode(system, (*found.world.possible, *found.world.feasible), asked, is_so)


def _ways_out(system: NormSystem, use: Duty, owed: tuple[Duty, ...]) -> tuple[str, ...]:
    """To lift the duties for both units, if the text itself says them; or to narrow the one or the others."""
    lifting = _lifting(system, use, owed)
    narrower = mark("say with `when` in {clause} that it is not so where {duties} binds")
    if lifting:
        narrower = mark("or say with `when` in {clause} that it is not so where {duties} binds")
    return (*lifting, say(narrower, clause=reference(system, use.norm.norm.id), duties=_named(system, owed)))


def _lifting(system: NormSystem, use: Duty, owed: tuple[Duty, ...]) -> tuple[str, ...]:
    """To have the duties not bind where it is to be used; nothing where another text says one of them."""
    clause, norms = reference(system, use.norm.norm.id), [duty.norm.norm.id for duty in owed]
    if any(norm.document != system.subject for norm in norms):
        return ()
    lifted = in_english(lambda: ", ".join(dict.fromkeys(written_reference(system, norm) for norm in norms)))
    excepted = mark("or make an exception to {duties} where {clause} is to be used")
    beyond = [duty.norm.norm for duty in owed if limit_of(use.norm.norm, duty.norm.norm) is not None]
    standing = say("let {clause} stand `in place of {others}`", clause=clause, others=f"{lifted} for both")
    return (
        with_the_rest(standing, beyond),
        say(excepted, clause=clause, duties=_named(system, owed)),
    )


def _named(system: NormSystem, owed: tuple[Duty, ...]) -> str:
    return listed(names_of(system, [duty.norm.norm.id for duty in owed]), "or")
