"""What a clause allows or exempts from, and other duties of the same unit leave no room for, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.compliance.unavailable_options import Shut
from cbm.core.expressions import NormId
from cbm.core.norms import Modality, Needs, NormSystem
from cbm.dynamics.message_fares import carries
from cbm.finding import Finding, RuleId, Scenario, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.search.extent import Cube
from cbm.search.fewer_cubes import fewer
from cbm.translation.listing import listed
from cbm.translation.saying import english, mark, say, say_as
from cbm.wording.clause_names import clause_names, content_label, names_of, reference, written_reference
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.findings.clauses_gone import TakenOut
from cbm.wording.findings.ranking_texts import frees_more, with_the_rest
from cbm.wording.findings.stays_open.third_parties import third_party_names
from cbm.wording.findings.ways_out import is_left
from cbm.wording.told_zones import told_by


def allows(n: GroundNorm) -> bool:
    """Whether the clause is a permission; an exemption otherwise."""
    return n.norm.modality is Modality.PERMISSION


def no_use_words(system: NormSystem, n: GroundNorm, closed: Shut, always: bool) -> str:
    """That nobody who complies can use it: ever, or in some encounters."""
    if allows(n):
        by = who_can_use(system, closed)
        never, sometimes = (
            mark("what {clause} allows can never be used by {who}"),
            mark("what {clause} allows cannot be used in some encounters by {who}"),
        )
    else:
        by = _doer(system, closed)
        never, sometimes = (
            mark("what {clause} exempts from has to be done all the same by {who}"),
            mark("what {clause} exempts from has to be done in some encounters by {who}"),
        )
    return say(never if always else sometimes, clause=clause_names(system, (n.norm.id,)), who=by)


def who_can_use(system: NormSystem, closed: Shut) -> str:
    """Who cannot use it."""
    names = names_of(system, [d.norm.id for d in closed.by])
    if names:
        return say_as("who can use it", "who complies with {clauses}", clauses=listed(names))
    return say_as("who can use it", "anybody")


def _doer(system: NormSystem, closed: Shut) -> str:
    """Who has to do it."""
    names = names_of(system, [d.norm.id for d in closed.by])
    if names:
        return say_as("who has to do it", "who complies with {clauses}", clauses=listed(names))
    return say_as("who has to do it", "anybody")


def _one_of_each(system: NormSystem, sets: Iterable[Shut]) -> list[str]:
    """Of each set of duties that leave no way one, as the clause would name them; one of several sets does for all."""
    chosen = dict[str, None]()
    for one in sets:
        names = [written_reference(system, d.norm.id) for d in one.by]
        if names and chosen.keys().isdisjoint(names):
            chosen[names[0]] = None
    return list(chosen)


def notes_on_further(system: NormSystem, n: GroundNorm, closed: Shut, sets: Sequence[Shut]) -> Iterator[str]:
    """That more is in its way than the duties that are told; another wording of one of these is no more."""
    told = set(names_of(system, [d.norm.id for d in closed.by]))
    named = (names_of(system, [d.norm.id for d in one.by]) for one in sets)
    names = list(dict.fromkeys(name for names in named if not told.issuperset(names) for name in names))
    if names:
        further = mark("it cannot be used by who complies with {clauses} either, there or elsewhere")
        if not allows(n):
            further = mark("who complies with {clauses} has to do it too, there or elsewhere")
        yield say(further, clauses=listed(names))
    if closed.by and not all(one.by for one in sets):
        whatever = mark("in some encounters nobody could use it, whatever else binds")
        yield say(whatever if allows(n) else mark("in some encounters anybody has to do it, whatever else binds"))


def standing_in_place(inquiry: Inquiry, about: Ground, n: GroundNorm, *sets: Shut) -> tuple[str, ...]:
    """The clause in place of one duty of each set that is in its way, and of which of them nothing is left then.

    A permission bars nothing: where it stands in place of what bars more than it allows, the rest is to be barred. What
    the text itself forbids is left to bind, and says what is free.
    """
    system, clause = inquiry.system, reference(inquiry.system, n.norm.id)
    chosen = _one_of_each(system, sets)
    above = ", ".join(chosen)
    duties = {d.norm.id: d for one in sets for d in one.by if written_reference(system, d.norm.id) in chosen}
    emptied = [norm for norm, duty in duties.items() if not is_left(inquiry, about, duty, n)]
    if not above:
        return _in_time(system, n)
    if _binds_others(inquiry, n, frozenset(duties)):
        above += " for both"
    owed = [norm for norm in duties if third_party_names(system, norm.document)]
    if owed:
        agreed = mark("have {parties} agree, to whom {owed} is owed too, and let {clause} stand `in place of {others}`")
        to = third_party_names(system, *(norm.document for norm in owed))
        return (say(agreed, parties=to, owed=listed(names_of(system, owed)), clause=clause, others=above),)
    beyond = [duty for duty in duties.values() if frees_more(inquiry, about, n, duty)]
    rest = [duty.norm for duty in beyond]
    if len(beyond) == len(duties) and all(_is_own_ban(system, duty) for duty in beyond):
        names = listed(names_of(system, list(duties)))
        return (say("say in {clauses} with `unless` or `except` what {clause} allows", clauses=names, clause=clause),)
    if not emptied:
        return (with_the_rest(say("let {clause} stand `in place of {others}`", clause=clause, others=above), rest),)
    nothing = mark("let {clause} stand `in place of {others}`, and nothing is left of {emptied}")
    if len(emptied) == len(duties):
        nothing = mark("let {clause} stand `in place of {others}`, of which nothing is left then")
    narrower = mark("or say with `when` in {clause} where it is to be so, and let it stand in their place there")
    of = clause_names(system, emptied)
    lifting = say(nothing, clause=clause, others=above, emptied=of)
    return with_the_rest(lifting, rest), with_the_rest(say(narrower, clause=clause), rest)


def _in_time(system: NormSystem, n: GroundNorm) -> tuple[str, ...]:
    """What helps where nothing but the one channel that a permission names is in the way: it falls back to no other."""
    channels = [system.channels[name] for name in n.norm.through]
    if not allows(n) or len(channels) != 1 or carries(system, channels[0], n.norm.content):
        return ()
    way = mark("give it more time, or name beside `{channel}` a channel that carries messages in time")
    return (say(way, channel=channels[0].name),)


def where_it_serves(system: NormSystem, n: GroundNorm) -> tuple[str, ...]:
    """What helps where in some encounters nobody can use it, whatever else binds."""
    if n.norm.through or n.norm.needs != Needs():
        return _in_time(system, n)
    return (say("say with `when` in {clause} where it can be used", clause=reference(system, n.norm.id)),)


def ways_to_use(inquiry: Inquiry, about: Ground, n: GroundNorm, sets: Sequence[Shut]) -> tuple[str, ...]:
    """What the text under check can say of a permission of another text that its duties leave no use of."""
    system = inquiry.system
    in_the_way = {d.norm.id: d for one in sets for d in one.by if d.norm.id.document == system.subject}
    duties = {norm: in_the_way[norm] for norm in system.norms if norm in in_the_way}  # as the text is read
    own, clause = listed(names_of(system, list(duties))), reference(system, n.norm.id)
    above = written_reference(system, n.norm.id)
    if not all(is_left(inquiry, about, duty, n) for duty in duties.values()):
        return (say("let {clause} stand `in place of {others}`", clause=own, others=above),)
    return (
        say("say in {clauses} with `unless` or `except` what {clause} allows", clauses=own, clause=clause),
        say("or let {clauses} stand openly `in place of {others}`", clauses=own, others=above),
    )


def _is_own_ban(system: NormSystem, duty: GroundNorm) -> bool:
    """Whether the text under check forbids it, and so can say there what is free."""
    return duty.norm.modality is Modality.PROHIBITION and duty.norm.id.document == system.subject


def taken_out(system: NormSystem, n: GroundNorm, further: bool) -> TakenOut:
    """That a clause goes which can never be used; `further`: other ways out were told before."""
    way = (
        mark("or take {clause} out: nobody who complies could use it")
        if further
        else mark("take {clause} out: nobody who complies could use it")
    )
    return TakenOut(say(way, clause=reference(system, n.norm.id)), (n.norm.id,))


def _binds_others(inquiry: Inquiry, n: GroundNorm, duties: frozenset[NormId]) -> bool:
    """Whether some of these duties, as they bind the other unit too, leave no use of the clause."""
    across = inquiry.blocked_uses()
    sets = (frozenset(one.takes_part) for one in (*across.found, *across.besides))
    return any(n.norm.id in one and one <= duties | {n.norm.id} for one in sets)


def blocked_alone(
    system: NormSystem,
    n: GroundNorm,
    closed: Shut,
    message: str,
    witness: Scenario,
    where: Sequence[Cube],
    in_part: bool = False,
) -> Finding:
    """A finding about the clause, with the duties that are in its way; without remedies and notes.

    It is placed in the text under check: at the clause, or else at the first duty that is in its way.
    """
    takes = mark("{clause} leaves no room for it") if allows(n) else mark("{clause} asks for it")
    if in_part:
        takes = mark("{clause} leaves no room for the rest")
    words, cubes = told_by(system, [n.norm.id, *(d.norm.id for d in closed.by)]), fewer(where)

    def extent() -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(literal_words(words, literal) for literal in cube) for cube in cubes)

    clause = content_label(system, n.norm, _says(n))
    places = {d.norm.id: content_label(system, d.norm, takes) for d in closed.by}
    first = next((norm for norm in (n.norm.id, *places) if norm.document == system.subject), n.norm.id)
    placed = (
        {first: clause, **places} if first == n.norm.id else {first: places.pop(first), n.norm.id: clause, **places}
    )
    return Finding(
        RuleId.BLOCKED_PERMISSION,
        Severity.WARNING,
        message,
        placed.pop(first),
        tuple(placed.values()),
        (str(n.norm.id), *(str(d.norm.id) for d in closed.by)),
        whenever=condition_words(words, cubes[0]),
        extent=extent(),
        known_extent=english(extent),
        witness=witness,
    )


def _says(n: GroundNorm) -> str:
    return mark("{clause} allows this") if allows(n) else mark("{clause} exempts from this")
