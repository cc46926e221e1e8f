"""Ways out of a clash, and why what a text says of precedence is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.conflicts.deadlocks import Deadlock, Duty
from cbm.conflicts.precedence import joining, settling
from cbm.core.clause_limits.channel_bans import left_free
from cbm.core.expressions import Compare, Expr, Formula, NormId, Order, conjunction, negation
from cbm.core.norms import Modality, Norm, NormSystem, Precedence, Strength, by_clause
from cbm.core.substitution import atoms_of, deeds_of, mentioned, variables
from cbm.core.units import show
from cbm.core.variables import Origin, ResultValue
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.resolve.severance import meeting
from cbm.search.extent import Cube, Extent
from cbm.search.open_readings import is_reading
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.clause_names import clause_name, is_named_with_act, names_of, reference, written_reference
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.between_units import clashes_between_units, is_settled_by
from cbm.wording.findings.clauses_gone import TakenOut, Way
from cbm.wording.findings.ranking_texts import is_left_yielding, may_yield, ranking
from cbm.wording.told_zones import told_by


def remedies(inquiry: Inquiry, about: Ground, members: list[GroundNorm], extent: Extent) -> Iterator[Way]:
    """Ways out, each one sentence, best first."""
    system = inquiry.system
    own = [n.norm.id for n in members if n.norm.id.document == system.subject]
    foreign = [n.norm.id for n in members if n.norm.id.document != system.subject]
    if not own:
        return
    if foreign:
        yields = may_yield(inquiry, about, extent, own[0], foreign[0])
        leaves = not yields or is_left_yielding(inquiry, own[0], foreign[0])
        yield from ranking(inquiry, own[0], foreign[0], yields, leaves=leaves)
        return
    if len(members) != 2:
        names = listed([clause_name(system, n) for n in own], "or")  # with the act, where a clause lists several
        yield say("make an exception to one of {clauses}, or let one stand `in place of` another", clauses=names)
        return
    yield from left_free_as_well(system, own)
    if extent.complete:  # what is not listed may lie elsewhere
        yield from _by_own_leave(inquiry, about, members, extent.cubes)
    left = [is_left(inquiry, about, *pair) for pair in (members, [*reversed(members)])]
    between = clashes_between_units(inquiry, own)
    exception = _exception(inquiry, about, members, left, extent.cubes, between)
    if not any(left) and extent.complete:
        exception = _exception_to_the_first(inquiry, about, members, extent.cubes, between)
    wholly = [] if exception is None else [exception[0]]  # of what their clauses list all is lifted
    if any(left) or exception is None:
        pairs = (members, [*reversed(members)])
        settled = [is_settled_by(inquiry, about, lower, upper.binds, between) for lower, upper in pairs]
        yield _edge(system, members, left, ["" if alone else " for both" for alone in settled])
        edges = zip(left, ((own[0], own[1]), (own[1], own[0])), strict=True)
        wholly += [lower for leaves, (lower, upper) in edges if leaves and len(_lifted(system, upper, lower)) > 1]
    if exception is not None:
        yield exception[1]
    bound = _bound(system, members)
    if bound is not None:
        yield bound
    yield from sentences_apart(system, [norm for norm in own if norm in wholly])


def left_free_as_well(system: NormSystem, norms: Collection[NormId]) -> Iterator[str]:
    """Where one clause leaves an act free through some channels alone, and the other one names others: these, too."""
    owed = [system.norms[norm] for norm in norms if system.norms[norm].modality is Modality.OBLIGATION]
    bans = [system.norms[norm] for norm in norms if left_free(system.norms[norm])]
    if len(owed) == len(bans) == 1 and len(norms) == 2:
        (ban,), free = bans, left_free(bans[0])
        barred = [name for name in owed[0].through if name not in free]
        if barred:
            yield say(
                "leave free in {clause} what goes through {channels}, too: `{words}`",
                clause=reference(system, ban.id),
                channels=listed([f"`{name}`" for name in barred]),
                words=f"except through {', '.join((*free, *barred))}",
            )


def sentences_apart(system: NormSystem, norms: Iterable[NormId]) -> Iterator[str]:
    """What it takes besides where a clause lists more acts than are meant: what is lifted of it is lifted of all."""
    for norm in norms:
        if is_named_with_act(system, norm):
            apart = mark("where the rest of {clause} is to bind all the same, give {act} a sentence of its own first")
            yield say(apart, clause=reference(system, norm), act=f"`{norm.act}`")


def giving_way(inquiry: Inquiry, found: Deadlock) -> Iterator[Way]:
    """Ways out where units keep each other from complying: what one of them is not to be asked for there."""
    system = inquiry.system
    own = [duty for duty in found.duties if duty.norm.norm.id.document == system.subject]
    excepted = _clauses_of(system, [duty for duty in own if _is_breached_elsewhere(inquiry, found, duty)])
    if excepted:
        yield say("say which unit gives way: make an exception to {clauses}", clauses=listed(excepted, "or"))
    elif own:
        taken = mark("take {clauses} out: an exception for these encounters would leave nothing of it")
        norms = tuple(duty.norm.norm.id for duty in own)
        yield TakenOut(say(taken, clauses=listed(_clauses_of(system, own), "or")), norms)
    if own and len(found.duties) == 2:
        other = next(duty for duty in found.duties if duty is not own[0])
        bound = _bound(system, [own[0].norm, other.norm])
        if bound is not None:
            yield bound


def _clauses_of(system: NormSystem, duties: Iterable[Duty]) -> list[str]:
    return [reference(system, norm) for norm in dict.fromkeys(duty.norm.norm.id for duty in duties)]


def _is_breached_elsewhere(inquiry: Inquiry, found: Deadlock, duty: Duty) -> bool:
    """Whether the duty asks for anything where the deadlock is not: an exception for that leaves the rest of it."""
    if not found.extent.complete:  # what is not listed may lie elsewhere
        return True
    world, norm = found.world, duty.norm
    with asking(
        system=inquiry.system,
        norms=(norm.norm.id,),
        question="does a duty ask for anything where the units do not keep each other from complying",
        found="an exception to it is offered as a way out",
        none="an exception would leave nothing of it",
    ):
        elsewhere = (norm.binds, negation(norm.fulfilled), negation(found.extent.formula))
        answer = Solver(world.roles, (*world.possible, *world.feasible)).decide(*elsewhere)
    if isinstance(answer, Unknown):
        clause = reference(inquiry.system, norm.norm.id)
        inquiry.leave_open(mark("does {clause} ask for anything elsewhere", clause=clause), answer, norm.norm.id)
    return not isinstance(answer, Unsat)


def remedies_of_choices(system: NormSystem, clash: ConflictSet) -> Iterator[str]:
    """A way out of all the sets that are told with the first one."""
    own = [one for one in clash.choices if one[0].document == system.subject]
    ways = [
        say("to each of {clauses}", clauses=listed(names)) if len(one) > 1 else say("to {clause}", clause=listed(names))
        for one, names in ((one, names_of(system, one)) for one in own)
    ]
    yield say("make an exception {to_clauses}", to_clauses=listed(ways, "or"))


def _by_own_leave(inquiry: Inquiry, about: Ground, members: list[GroundNorm], cubes: Sequence[Cube]) -> Iterator[str]:
    """Where the text itself leaves free what one of them says, wherever they clash: this leave in place of it."""
    system = inquiry.system
    question = mark("does a permission or an exemption hold wherever the clauses clash")
    ends = {"found": "not everywhere", "none": "it does: it is offered as a way out"}
    for n in members:
        for leave in _leaves(about).get(n.fulfilled, ()):
            norms, elsewhere = (leave.norm.id, n.norm.id), negation(leave.binds)
            throughout = all(inquiry.can(about, norms, question, *cube, elsewhere, **ends) is False for cube in cubes)
            if throughout and is_left(inquiry, about, n, leave) is True:
                yield say(
                    "let {leave}, which leaves it free there, stand `in place of {other}`",
                    leave=reference(system, leave.norm.id),
                    other=written_reference(system, n.norm.id),
                )


def _leaves(about: Ground) -> Mapping[Formula, Sequence[GroundNorm]]:
    """The clauses of the text that permit what is forbidden, or exempt from what is asked, by that."""
    known: dict[Formula, list[GroundNorm]] | None = about.worked_out.get("leaves")
    if known is None:
        known = about.worked_out["leaves"] = {}
        for n in about.norms:
            if n.norm.id.document == about.system.subject and not n.norm.demands:
                permits = n.norm.modality is Modality.PERMISSION
                known.setdefault(negation(n.fulfilled) if permits else n.fulfilled, []).append(n)
    return known


def _exception_to_the_first(
    inquiry: Inquiry, about: Ground, members: list[GroundNorm], cubes: Sequence[Cube], between: Sequence[Deadlock]
) -> tuple[NormId, str] | None:
    """Except from the first of two clauses about the same what is found wherever they clash, if something is left."""
    first, conduct = members[0], set(world_of(about).conduct)
    where = [c for c in cubes[0] if not is_reading(c) and all(c in cube for cube in cubes)]
    found = [c for c in where if conduct.isdisjoint(variables(c)) and _adds(inquiry, about, first, c)]
    if not (found and is_settled_by(inquiry, about, first, conjunction(*found), between)):
        return None
    system = told_by(about.system, [n.norm.id for n in members])
    clause, condition = reference(inquiry.system, first.norm.id), condition_words(system, found)
    return first.norm.id, say("except from {clause} the case that {condition}", clause=clause, condition=condition)


def is_left(inquiry: Inquiry, about: Ground, one: GroundNorm, other: GroundNorm) -> bool:
    """Whether anything is left of the one where the other one stands in its place: who can breach it elsewhere?

    That may be a unit in another role, to which the one speaks as well.
    """
    norms = (one.norm.id, other.norm.id)
    question = mark("is one clause more special than the other")
    ends = {"found": "the one asks for something where the other does not", "none": "the one asks for nothing else"}
    for there in (about, *(ground for ground in inquiry.grounds if ground.bearer != about.bearer)):
        left, instead = there.find(one.norm.id), there.find(other.norm.id)
        spoken = () if instead is None else (negation(_spoken(there, instead)),)
        if left is not None:
            elsewhere = (_spoken(there, left), negation(left.fulfilled), *spoken)
            if inquiry.can(there, norms, question, *elsewhere, **ends) is not False:
                return True
    return False


def _edge(system: NormSystem, members: list[GroundNorm], left: Sequence[bool], whom: Sequence[str]) -> Way:
    """The more special clause in place of the general one, where one is; else either way, if both are about more.

    `whom`: of each what is written behind it where it is lifted, if that is to be so for both units.
    """
    norms = [n.norm.id for n in members]
    a, b = (reference(system, norm) for norm in norms)
    a_written, b_written = (
        f"{written_reference(system, norm)}{for_both}" for norm, for_both in zip(norms, whom, strict=True)
    )
    if not any(left):
        words = say("take {clauses} out: neither binds where the other does not", clauses=listed([a, b], "or"))
        return TakenOut(words, tuple(norms))
    (first, second) = norms
    directions = [pair for leaves, pair in zip(left, ((first, second), (second, first)), strict=True) if leaves]
    edges = [(edge.of, edge.by) for edge in system.displacements]
    for lower, upper in (pair for pair in directions if pair in edges):  # it clashes wherever it comes into play
        words = mark("let {upper} depend on what is found, and not on what {lower} asks for; or take {clause} out")
        names = {"upper": reference(system, upper), "lower": reference(system, lower)}
        return TakenOut(say(words, clause=reference(system, upper), **names), (upper,))
    standing = {(of.clause, by.clause) for of, by in edges}
    meant = [pair for pair in directions if (pair[1].clause, pair[0].clause) not in standing] or directions[:1]
    reaching = [(lower, upper) for lower, upper in meant if lower in _lifted(system, upper, lower)]
    if not reaching:
        lower, upper = meant[0]
        apart = mark("give {act} in {clause} a sentence of its own, and let {other} stand `in place of` that as well")
        if whom[norms.index(lower)]:
            apart = mark(
                "give {act} in {clause} a sentence of its own, and let {other} stand `in place of` that as well, `for "
                "both`"
            )
        act, clause, other = f"`{lower.act}`", reference(system, lower), reference(system, upper)
        return say(apart, act=act, clause=clause, other=other)
    if left == [True, False]:
        return say("let {special}, the more special one, stand `in place of {other}`", special=b, other=a_written)
    if left == [False, True]:
        return say("let {special}, the more special one, stand `in place of {other}`", special=a, other=b_written)
    if len(reaching) == 1:
        clause, other = (b, a_written) if reaching[0][0] == first else (a, b_written)
        return say("let {clause} stand `in place of {others}`", clause=clause, others=other)
    return say(
        "let {second} stand `in place of {first_written}`, or {first} `in place of {second_written}`",
        first=a,
        second=b,
        first_written=a_written,
        second_written=b_written,
    )


def _lifted(system: NormSystem, upper: NormId, lower: NormId) -> set[NormId]:
    """What of the one clause is lifted where the other stands in its place: not all, if it lists what that is about."""
    clauses = by_clause(system.norms)
    own, named = ({norm: _about(system.norms[norm]) for norm in clauses[one.clause]} for one in (upper, lower))
    return {norm for _, norm in meeting(own, named)}


def _about(norm: Norm) -> frozenset[str]:
    """The acts and results that a clause asks for, forbids or leaves free."""
    results = {str(v.name) for atom in atoms_of(norm.content) for v in mentioned(atom) if isinstance(v, ResultValue)}
    return frozenset({deed.act for deed in deeds_of(norm.content)} | results)


def _exception(
    inquiry: Inquiry,
    about: Ground,
    members: list[GroundNorm],
    left: Sequence[bool],
    cubes: Sequence[Cube],
    between: Sequence[Deadlock],
) -> tuple[NormId, str] | None:
    """Except from one clause what the other one is about and it is not, wherever they clash, if anything is left."""
    question = mark("does a clause ask for something but for the exception")
    ends = {"found": "the exception is offered as a way out", "none": "nothing would be left of the clause"}
    pairs = zip(left, (members, [*reversed(members)]), strict=True)
    for n, other in (pair for some, pair in pairs if some):
        asked = set(variables(other.applicable))
        found = [c for c in cubes[0] if not is_reading(c) and all(c in cube for cube in cubes)]
        special = [c for c in found if set(variables(c)) <= asked and _adds(inquiry, about, n, c)]
        if not is_settled_by(inquiry, about, n, conjunction(*special), between):
            continue
        elsewhere = (n.binds, negation(n.fulfilled), negation(conjunction(*special)))
        if special and inquiry.can(about, (n.norm.id,), question, *elsewhere, **ends) is not False:
            system = told_by(about.system, [n.norm.id, other.norm.id])
            where = condition_words(system, special)
            clause = reference(system, n.norm.id)
            excepted = say("except from {clause} the case that {condition}", clause=clause, condition=where)
            return n.norm.id, excepted
    return None


def _adds(inquiry: Inquiry, about: Ground, n: GroundNorm, condition: Formula) -> bool:
    """Whether the clause asks for something where a condition of the clash does not hold."""
    question = mark("does a clause bind where a condition of the clash does not hold")
    ends = {"found": "it is part of the exception", "none": "it goes without saying"}
    elsewhere = (n.binds, negation(n.fulfilled), negation(condition))
    return inquiry.can(about, (n.norm.id,), question, *elsewhere, **ends) is True


def _spoken(about: Ground, n: GroundNorm) -> Formula:
    """What the clause is about: its condition, exceptions aside, and whichever options are taken."""
    grounder = about.grounder
    guards = (guard for guard in n.norm.guards if not _is_of_options(guard.condition))
    return conjunction(*(grounder.guard(guard, n.norm, about.bearer) for guard in guards))


def _is_of_options(condition: Expr) -> bool:
    """Whether it speaks of nothing but readings and options, which are taken once for the whole text."""
    spoken = mentioned(condition)
    return bool(spoken) and all(v.origin is Origin.READING for v in spoken)


def _bound(system: NormSystem, members: list[GroundNorm]) -> str | None:
    """Where both clauses bound one result: bring one bound up to the other, if that belongs to both."""
    bounds = [n.norm.content for n in members]
    if not all(isinstance(b, Compare) and len(b.terms) == 1 for b in bounds):
        return None
    (first, second) = bounds
    assert isinstance(first, Compare)
    assert isinstance(second, Compare)
    if first.terms[0][1] != second.terms[0][1] or members[0].norm.id.document != system.subject:
        return None
    if Order.LESS in (first.order, second.order):
        return None
    variable = first.terms[0][1]
    dimension = getattr(variable.sort, "dimension", None)
    if dimension is None:
        return None
    value = show(second.bound / second.terms[0][0], second.unit, dimension)
    return say(
        "bring the bound of {clause} to {value}, that of {other}",
        clause=clause_name(system, members[0].norm.id),
        value=value,
        other=clause_name(system, members[1].norm.id),
    )


def ways_of_advice(system: NormSystem, norms: Collection[NormId]) -> list[str]:
    """What a text can say if it means such duties to yield."""
    lower = dict.fromkeys(norm for edge in _without_effect(system, norms) for norm in norms if norm in edge.yielding)
    names = listed(names_of(system, lower))
    return [say("write `should` in {clauses}, if advice is to prevail over it", clauses=names)] if lower else []


def notes_on_lifting(system: NormSystem, norms: Sequence[NormId]) -> Iterator[TakenOut]:
    """Of a duty and of advice of the same text: that the one is lifted where the other prevails."""
    if any(norm.document != system.subject for norm in norms) or len(norms) != 2:
        return
    by_strength = {system.norms[norm].strength: norm for norm in norms}
    if len(by_strength) == 2:
        duty, advice = (reference(system, by_strength[one]) for one in (Strength.MUST, Strength.SHOULD))
        words = mark(
            "to let {advice} prevail frees from {duty} for the sake of advice: to keep {duty} as it is, take {advice} "
            "out, or say in it that it is not so where {duty} binds"
        )
        yield TakenOut(say(words, advice=advice, duty=duty), (by_strength[Strength.SHOULD],))


def notes_on_advice(system: NormSystem, norms: Collection[NormId]) -> Iterator[str]:
    """Which duties would yield by what a text says of precedence, and do not: only advice stands against them."""
    for edge in _without_effect(system, norms):
        names = names_of(system, [norm for norm in norms if norm in edge.yielding])
        yield say_count(
            "{precedence}, but a duty yields to no advice: {clauses} stands",
            "{precedence}, but a duty yields to no advice: {clauses} stand",
            len(names),
            precedence=edge.words,
            clauses=listed(names),
        )


def _without_effect(system: NormSystem, norms: Collection[NormId]) -> Iterator[Precedence]:
    settled = settling(system, norms)
    return (edge for edge in joining(system, norms) if edge not in settled)


def notes_on_allies(inquiry: Inquiry, norms: Collection[NormId]) -> Iterator[str]:
    """Which clauses would yield by what a text says of precedence, if what prevails were owed to the same."""
    for edge in settling(inquiry.system, norms):
        upper = listed(list(dict.fromkeys(norm.document for norm in norms if norm in edge.prevailing)))
        yield say(
            "{precedence}, but what {text} asks for is owed to its parties alone, and lifts nothing owed to others",
            precedence=edge.words,
            text=upper,
        )
