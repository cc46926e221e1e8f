"""Duties of both units that cannot be kept together, although each unit can keep its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, world_of
from cbm.conflicts.deadlocks import Deadlock, Duty
from cbm.core.expressions import TRUE, Formula, NormId, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_readings import Openness, ReadingCubes, readings_of_clash
from cbm.search.replay import Episode, Episodes
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, mark, say
from cbm.wording.clause_names import names_of, told_for_all, unverified, wordings
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.clashes.unit_duties import duty_label, duty_names, shown_cube, told_extent
from cbm.wording.findings.clauses_gone import with_ways
from cbm.wording.findings.ways_out import giving_way, notes_on_advice
from cbm.wording.findings.wordings_alike import are_same_clauses, depends_on_choices, told_as_one
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.DEADLOCK,
    Severity.ERROR,
    mark("duties of both units that cannot be kept together"),
    mark("""\
In some encounter each unit can keep its own duties, but not both units theirs: what the one has to bring about the
other has to prevent. Every smallest set of such duties is reported once, however the units change places. Where the
same clauses also clash for one unit alone, that finding comes first and says so in a note; the deadlock is told when
the clash is gone.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship when calls_unanswered must keep separation <= 500 m
clause 2 a warship meeting an aircraft must keep separation >= 1,000 m
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship when calls_unanswered must keep separation <= 500 m
clause 2 a warship meeting an aircraft when not calls_unanswered must keep separation >= 1,000 m
""",
)


def pieces(inquiry: Inquiry) -> list[int | None]:
    """The positions of what was found, and None for there being no other."""
    return [*range(len(inquiry.deadlocks())), None]


def check(inquiry: Inquiry, among: Sequence[int | None]) -> Iterator[Finding]:
    system = inquiry.system
    for piece in among:
        if piece is None:
            inquiry.record(RULE.id, "every other set of duties of several units", inquiry.open_sets(RULE.id))
            continue
        found = inquiry.deadlocks()[piece]
        norms, on, elsewhere = found.takes_part, _readings(inquiry, found), tuple[Formula, ...]()
        if clashes := [clash for clash in inquiry.clashes_of(norms) if set(norms).issubset(clash.takes_part)]:
            # Told with the clash that these duties already are for one unit, on the readings on which they are.
            on, elsewhere = _beyond(inquiry, on, clashes)
            if on is None:
                continue
            if isinstance(on, Unknown):
                given_up = inquiry.leave_open(TOGETHER, on, *norms)
                inquiry.record(RULE.id, partial(_clauses, system, norms), given_up)
                continue
        elif (left := inquiry.clash_left_open(norms)) is not None:  # then perhaps no unit can comply by itself
            inquiry.record(RULE.id, partial(_clauses, system, norms), left)
            continue
        if _is_inside(system, norms) or not inquiry.settled_by(norms):
            held = dict.fromkeys(duty.norm.norm.id for duty in found.duties)
            inquiry.record(RULE.id, partial(_clauses, system, held), found=True)
            in_brief = depends_on_choices(on) and _is_told_with_another(inquiry, piece)
            said = _in_brief(inquiry, found) if in_brief else _finding(inquiry, found, on)
            said = qualified(inquiry, said, on, elsewhere=elsewhere)
            settled = inquiry.settled_by(norms)
            yield said.prevailed(settled[0].words) if settled else said


def _readings(inquiry: Inquiry, found: Deadlock) -> ReadingCubes | Unknown | None:
    demands = tuple(duty.norm.demand for duty in found.duties)
    return readings_of_clash(inquiry.system, found.world, demands, found.extent)


def _is_told_with_another(inquiry: Inquiry, piece: int) -> bool:
    """Whether an earlier deadlock says the same of other wordings of these clauses, and shows it."""
    found, *earlier = (inquiry.deadlocks()[position] for position in (piece, *range(piece)))
    norms = found.takes_part
    if found.classes or inquiry.settled_by(norms) or not any(norm.wording for norm in norms):
        return False
    told = (o for o in earlier if not o.classes and not inquiry.clashes_of(o.takes_part))
    alike = [o for o in told if are_same_clauses(norms, o.takes_part) and not inquiry.settled_by(o.takes_part)]
    brief = _in_brief(inquiry, found) if alike else None
    return brief is not None and any(
        told_as_one(inquiry.system, _in_brief(inquiry, other), brief) and depends_on_choices(_readings(inquiry, other))
        for other in alike
    )


def _is_inside(system: NormSystem, norms: Iterable[NormId]) -> bool:
    return any(norm.document == system.subject for norm in norms)


def _beyond(
    inquiry: Inquiry, on: ReadingCubes | Unknown | None, clashes: Iterable[ConflictSet]
) -> tuple[ReadingCubes | Unknown | None, tuple[Formula, ...]]:
    """The readings on which none of the clashes happens, None if there is none; and what is so on these alone."""
    if isinstance(on, Unknown):
        return on, ()
    concerned, left, elsewhere = on.terms if on else (), on.formula if on else TRUE, tuple[Formula, ...]()
    for clash in clashes:
        about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
        demands = tuple(about.norm(norm).demand for norm in clash.norms)
        clashing = readings_of_clash(inquiry.system, world_of(about), demands, clash.extent)
        if not isinstance(clashing, ReadingCubes):
            return clashing, ()
        concerned = (*concerned, *clashing.terms)
        elsewhere = (*elsewhere, negation(clashing.formula))
    terms = tuple(term for term in inquiry.system.open_terms if term in concerned)
    rest = Openness(inquiry.system, terms).where(left, *elsewhere)
    return (None if isinstance(rest, ReadingCubes) and not rest.cubes else rest), elsewhere


def _in_brief(inquiry: Inquiry, found: Deadlock) -> Finding:
    """What is said of which duties, and where; nothing is shown."""
    system = inquiry.system
    norms = found.takes_part
    slight = inquiry.settled_by(norms) or not _is_inside(system, norms)
    advised = any(system.norms[norm].strength is Strength.SHOULD for norm in norms)
    names = duty_names(system, found.duties)
    labels = [duty_label(system, duty) for duty in found.duties]
    return Finding(
        RULE.id,
        Severity.NOTE if slight else Severity.WARNING if advised else RULE.severity,
        say("{duties} cannot be complied with together, though each unit can comply by itself", duties=listed(names)),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
    )


def _finding(inquiry: Inquiry, found: Deadlock, on: ReadingCubes | Unknown | None) -> Finding:
    system = inquiry.system
    norms = found.takes_part
    for_all = [told_for_all(duty_names(system, one) for one in found.classes)] if found.classes else []
    read = on.condition if isinstance(on, ReadingCubes) else TRUE
    cube = shown_cube(found, read)
    ways = () if inquiry.settled_by(norms) else giving_way(inquiry, found)
    return replace(
        with_ways(_in_brief(inquiry, found), ways),
        whenever=condition_words(told_by(system, norms), cube),
        extent=told_extent(system, found)(),
        known_extent=english(told_extent(system, found)),
        witness=example(system, _episode(inquiry, found, (*cube, read)), cube),
        notes=(*for_all, *notes_on_advice(system, norms), *wordings(system, norms), *unverified(system, norms)),
        follows=_cause(inquiry, found),
    )


def _cause(inquiry: Inquiry, found: Deadlock) -> tuple[str, ...]:
    """The clauses that clash for one unit already, among those that bind it here, by what another one does.

    None where the units clash only.
    """
    for role in dict.fromkeys(duty.role for duty in found.duties):
        bound = {duty.norm.norm.id for duty in found.duties if duty.role == role}
        for clash in inquiry.clashes_with(bound):
            settled = inquiry.settled_by(clash.norms)
            if bound.issuperset(clash.norms) and not settled and _is_brought_about(inquiry, clash):
                return tuple(map(str, clash.takes_part))
    return ()


def _is_brought_about(inquiry: Inquiry, clash: ConflictSet) -> bool:
    """Whether clauses that clash for one unit speak of what another one does."""
    about = next(ground for ground in inquiry.grounds if ground.bearer == clash.bearer)
    spoken = (v for norm in clash.norms for v in variables(about.norm(norm).demand) if v.origin.decided)
    return any(v.role not in (None, clash.bearer) for v in spoken)


def _clauses(system: NormSystem, norms: Iterable[NormId]) -> str:
    return listed(names_of(system, norms))


def _episode(inquiry: Inquiry, found: Deadlock, told: tuple[Formula, ...]) -> Episode:
    """An encounter in which all but the last of the duties are kept; each other one can be left out as well."""
    system, world = inquiry.system, found.world

    def only_breach(broken: Duty, seen: CompleteEpisode) -> bool:
        return all(_kept(inquiry, duty, seen) == (duty is not broken) for duty in found.duties)

    episodes = Episodes(system, (*world.possible, *world.feasible, *told))
    for broken in found.duties[:-1]:
        episodes.confirm(_demands_but(found, broken), partial(only_breach, broken))
    last = found.duties[-1]
    return episodes.find(_demands_but(found, last), partial(only_breach, last))


def _demands_but(found: Deadlock, broken: Duty) -> tuple[Formula, ...]:
    return tuple(duty.norm.demand for duty in found.duties if duty is not broken)


def _kept(inquiry: Inquiry, duty: Duty, seen: CompleteEpisode) -> bool:
    norm = duty.norm.norm
    owed = binding(norm.id, duty.role, seen, inquiry.system)
    return not owed or fulfilled(norm, duty.role, seen, inquiry.system)
