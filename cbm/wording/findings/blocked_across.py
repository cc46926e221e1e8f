"""What one unit may do and another one's duties leave no room for, in words."""

from __future__ import annotations

from functools import partial

from cbm.conflicts.deadlocks import Deadlock, Duty
from cbm.core.expressions import TRUE, Formula, negation
from cbm.core.norms import Modality, NormSystem, Strength
from cbm.evaluate import CompleteEpisode, binding, fulfilled
from cbm.finding import Finding, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.search.open_readings import ReadingCubes, readings_of_clash
from cbm.search.replay import Episode, joint_episode
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
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.unit_duties import duty_label, duty_names, shown_cube, told_extent
from cbm.wording.phrases import role_words
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
        "unit": role_words(system, use.role),
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
        content_label(system, use.norm.norm, allows, unit=role_words(system, use.role)),
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


def _parted(found: Deadlock) -> tuple[Duty, tuple[Duty, ...]]:
    """The permission, and the duties."""
    (use,) = (duty for duty in found.duties if duty.norm.norm.modality is Modality.PERMISSION)
    return use, tuple(duty for duty in found.duties if duty is not use)


def _severity(system: NormSystem, owed: tuple[Duty, ...]) -> Severity:
    advised = any(system.norms[duty.norm.norm.id].strength is Strength.SHOULD for duty in owed)
    return Severity.NOTE if advised else Severity.WARNING


def _is_never_used(inquiry: Inquiry, found: Deadlock, use: Duty, owed: tuple[Duty, ...], read: Formula) -> bool:
    """Whether these duties leave no room for it in any encounter in which it binds."""
    world = found.world
    demands = (duty.norm.demand for duty in owed)
    with asking(
        system=inquiry.system,
        norms=found.takes_part,
        question="can it ever be used while these duties are kept",
        found="it can",
        none="it never can",
    ):
        asked = (read, use.norm.binds, use.norm.kept, *demands)
        answer = Solver(world.roles, (*world.possible, *world.feasible)).decide(*asked)
    if isinstance(answer, Unknown):
        inquiry.leave_open(mark("can what {clause} allows ever be used"), answer, use.norm.norm.id)
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
    clause, norms = reference(system, use.norm.norm.id), [duty.norm.norm.id for duty in owed]
    duties = listed(names_of(system, norms), "or")
    lifted = in_english(lambda: ", ".join(dict.fromkeys(written_reference(system, norm) for norm in norms)))
    narrow = mark("say with `when` in {clause} that it is not so where {duties} binds")
    if any(norm.document != system.subject for norm in norms):
        return (say(narrow, clause=clause, duties=duties),)
    return (
        say("let {clause} stand `in place of {others}`", clause=clause, others=f"{lifted} for both"),
        say("or make an exception to {duties} where {clause} is to be used", clause=clause, duties=duties),
        say("or say with `when` in {clause} that it is not so where {duties} binds", clause=clause, duties=duties),
    )
