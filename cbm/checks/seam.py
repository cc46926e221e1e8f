"""Boundaries that clauses leave out: a bound written as `under` here and as `over` there, or once in feet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import product

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.core.expressions import NormId, conjunction
from cbm.core.matters import name_of
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.core.variables import TimeOf
from cbm.coverage.boundaries import Boundary, Side
from cbm.coverage.by_reading import readings_in
from cbm.coverage.gap_witness import Broken, broken_in
from cbm.coverage.governance import between_parties, binding_ungoverned, is_anywhere
from cbm.coverage.seams import AskedMeeting, AskedSeam, Seam, asked_of, found_on, left_out, met_at, topics
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.extent import Cube
from cbm.search.implicants import true_at
from cbm.search.open_questions import Undecided, some
from cbm.search.open_readings import ReadingCubes, beyond
from cbm.search.widening import attained
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, in_english, mark, say
from cbm.wording.clause_names import clause_name, clause_names, content_label, names_of, reference, unverified
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.conditions_unknown import with_conditions_unknown
from cbm.wording.findings.clashes.conflict_findings import clash_finding
from cbm.wording.findings.clashes.opposed_clauses import clash_message
from cbm.wording.findings.saying_how import saying_how
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.SEAM,
    Severity.ERROR,
    mark("a threshold at which clauses leave a gap, or clash, and nowhere beside it"),
    mark("""\
Two clauses share a quantity between them, one up to a bound and the other from there on, and the bound itself belongs
to neither: "under 1,000 m" and "over 1,000 m", or 1,000 m here and 3,281 ft there. Where an act or a topic is governed
just below and just above in otherwise the same encounter, and by no clause at the bound, or between two bounds
that differ by no more than 2 % or one count, this is told as a seam, whether or not the text promises to cover
it. Clauses that cannot be complied with together only at such a bound, because both claim it, are a seam as well.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship when range < 3 nmi must call
clause 2 a warship meeting a warship when range > 3 nmi must call
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship when range < 3 nmi must call
clause 2 a warship meeting a warship when range >= 3 nmi must call
""",
)

# A clash by position; or, towards a bearer by position, the acts and results of a topic, and the topic as a whole
# (None: those of no topic).
Piece = int | tuple[int, str | None]


def pieces(inquiry: Inquiry) -> list[Piece]:
    clashing = [i for i, clash in enumerate(inquiry.clashes) if met_at(inquiry, clash)]
    return [*clashing, *product(range(len(inquiry.strict)), topics(inquiry.system))]


def check(inquiry: Inquiry, among: Sequence[Piece]) -> Iterator[Finding]:
    for piece in among:
        if isinstance(piece, int):
            clash = inquiry.clashes[piece]
            if boundary := met_at(inquiry, clash):  # else that it is met there was given up meanwhile, and is left open
                yield _clash(inquiry, clash, boundary)
            continue
        bearer, topic = piece
        told: dict[tuple[str, Boundary], list[ReadingCubes | Unknown | None]] = {}
        left: list[Undecided] = []
        for name, seam, undecided in found_on(inquiry.strict[bearer], topic):
            if undecided is not None:
                left.append(inquiry.leave_open(partial(left_out, name), undecided))
                continue
            known = told.setdefault((name, seam.boundary), [])
            fresh = _where_not_told(seam, known)
            if isinstance(fresh, Unknown):
                left.append(inquiry.leave_open(partial(left_out, name), fresh))
            elif fresh is not None:
                on = _readings(fresh, name)
                of = None if known else AskedOnReadings(AskedSeam(name, seam.boundary, seam.advised, bearer))
                finding = _finding(inquiry, name, fresh, on, of)
                yield replace(finding, matter=(*finding.matter, "advised only")) if known else finding
                known.append(on)
        inquiry.record(RULE.id, asked_of(topic), some((bool(told), *left)))


def _where_not_told(seam: Seam, told: Sequence[ReadingCubes | Unknown | None]) -> Seam | Unknown | None:
    """The seam on the readings and packages on which nothing is told of its bound; None if there are none.

    Elsewhere a part of what it leaves out is advised on: the same bound is to be mended.
    """
    if not told:
        return seam
    elsewhere = beyond(told)
    if elsewhere is None:
        return None
    fresh = replace(seam, region=seam.region.within(conjunction(*elsewhere)), seen=None)
    there = is_anywhere(fresh.region)
    return there if isinstance(there, Unknown) else fresh if there else None


def _readings(seam: Seam, name: str) -> ReadingCubes | Unknown | None:
    with _asking(seam, name):
        return readings_in(seam.region)


def _asking(seam: Seam, name: str) -> AbstractContextManager[None]:
    about = seam.region.about
    ends = ("it is the example that is shown", "there is none, which would be an error of cbm: one was found before")
    question = in_english(partial(left_out, name))
    return asking(system=about.system, bearer=about.bearer, question=question, found=ends[0], none=ends[1])


def _clash(inquiry: Inquiry, clash: ConflictSet, boundary: Boundary) -> Finding:
    """Clauses that both claim a bound, and cannot be complied with together there."""
    system = inquiry.system
    where = condition_words(system, boundary.inside)
    message = say(
        "{clash}, only where {conditions}: a bound that each of them claims",
        clash=clash_message(system, clash),
        conditions=where,
    )
    asked = partial(_at_a_bound, system, clash)
    inquiry.record(RULE.id, asked, found=True, of=AskedMeeting(clash.norms, clash.bearer, boundary.inside))
    remedy = say(_LEAVING[_is_of_times(boundary)], clauses=listed(names_of(system, clash.norms)))
    return clash_finding(
        inquiry, clash, RULE, lambda finding: replace(finding, message=message, remedies=(remedy, *finding.remedies))
    )


# By whether it is said how far times are apart: how a bound is written otherwise.
_LEAVING = {
    False: mark(
        "leave the bound to one of {clauses}: `>` for `>=`, or `<` for `<=`, or `over` or `under` in `from … to …`"
    ),
    True: mark("leave the bound to one of {clauses}: `more than` for `at least`, or `less than` for `at most`"),
}
_REACHING = {
    False: mark(
        "let {clauses} reach to the bound: `>=` for `>`, `<=` for `<`, or no `over` or `under` in `from … to …`"
    ),
    True: mark("let {clauses} reach to the bound: `at least` for `more than`, `at most` for `less than`"),
}
_ONE_REACHING = {
    False: mark(
        "let one of the clauses reach to the bound: `>=` for `>`, `<=` for `<`, "
        "or no `over` or `under` in `from … to …`"
    ),
    True: mark("let one of the clauses reach to the bound: `at least` for `more than`, `at most` for `less than`"),
}


def _is_of_times(boundary: Boundary) -> bool:
    return any(isinstance(variable, TimeOf) for _, variable in boundary.terms)


def _at_a_bound(system: NormSystem, clash: ConflictSet) -> str:
    return f"do {clause_names(system, clash.norms)} clash at a bound only"


# Of one quantity, and of how far two of them are apart.
_LEFT = {
    True: mark("`{name}` is governed just below and just above, and by no clause where {conditions}"),
    False: mark("`{name}` is governed just on the one side and just on the other, and by no clause where {conditions}"),
}
_ADVISED = {
    True: mark("`{name}` is governed just below and just above, and only advised on where {conditions}"),
    False: mark(
        "`{name}` is governed just on the one side and just on the other, and only advised on where {conditions}"
    ),
}
_GOVERNS = {
    True: (mark("{clause} governs it just below"), mark("{clause} governs it just above")),
    False: (mark("{clause} governs it just on the one side"), mark("{clause} governs it just on the other")),
}


def _finding(
    inquiry: Inquiry, name: str, seam: Seam, on: ReadingCubes | Unknown | None, of: AskedOnReadings | None
) -> Finding:
    system = inquiry.system
    with _asking(seam, name):
        found = broken_in(seam.region, (), seam.seen)
        further = _governed_beside(seam, found) if isinstance(found, Broken) else found
    given_up = next((left for left in (found, further) if isinstance(left, Unknown)), None)
    shown = found if isinstance(found, Broken) else None
    cube = (*(shown.cube if shown else ()), *(further if isinstance(further, tuple) else ()))
    rest = [part for part in cube if not seam.boundary.bounds(part)]
    below, above = (_bound_there(seam, side, shown) for side in (-1, 1))
    labels = [_label(inquiry, seam, n, side) for side, n in ((-1, below), (1, above)) if n is not None]
    labels = labels or [content_label(system, seam.norms[0].norm, "")]
    norms = tuple(dict.fromkeys(n.norm.id for n in (below, above) if n is not None))
    left = (_ADVISED if seam.advised else _LEFT)[len(seam.boundary.terms) == 1]

    def where() -> str:
        return condition_words(system, seam.boundary.inside)

    finding = Finding(
        RULE.id,
        Severity.WARNING if seam.advised else RULE.severity,
        say(left, name=name, conditions=where()),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        whenever=condition_words(system, (*seam.boundary.inside, *rest)) if rest else "",
        extent=(tuple(literal_words(system, part) for part in (*seam.boundary.inside, *rest)),),
        known_extent=english(lambda: (tuple(literal_words(system, part) for part in (*seam.boundary.inside, *rest)),)),
        witness=example(system, shown.shown, (*seam.boundary.inside, *cube)) if shown else None,
        remedies=tuple(_remedies(system, seam, below, above)),
        notes=(*_notes(inquiry, name, seam), *unverified(system, norms)),
        matter=(system.subject, name, in_english(where)),
    )
    if given_up is not None:
        finding = with_conditions_unknown(inquiry, finding, given_up, *norms)
    return qualified(inquiry, finding, on, of=of)


def _governed_beside(seam: Seam, found: Broken) -> Cube | Unknown:
    """What it takes besides to be governed just beside the bound, as far as that is for the situation to say."""
    beside, about = conjunction(seam.below, seam.above), seam.region.about
    if seam.told is None or not found.shown.values.keys() >= set(variables(beside)):
        return ()
    assumed = (*found.cube, *seam.boundary.inside, between_parties(about, about.system.subject))
    return attained(world_of(about), [("beside", beside)], found.shown.values, *assumed)


def _notes(inquiry: Inquiry, name: str, seam: Seam) -> Iterator[str]:
    """Which clauses bind at the boundary, and govern it not: they say only how or when it is done."""
    about, matter = seam.region.about, seam.region.matter
    if seam.advised or name_of(matter) != name:
        return
    how: list[NormId] = []
    question = "does this clause bind at the bound, though it says only how or when"
    with asking(system=about.system, bearer=about.bearer, question=question, found="it is named", none="it is not"):
        for norm, only_so in binding_ungoverned(about, matter):
            if is_anywhere(seam.region.within(only_so)) is True:
                how.append(norm)
    if how:
        yield saying_how(inquiry.system, how)


def _bound_there(seam: Seam, side: Side, found: Broken | None) -> GroundNorm | None:
    """A clause that governs just beside the boundary, those of the text under check before others."""
    if found is None:
        return None
    subject, values = seam.region.about.system.subject, found.shown.values
    for n in sorted(seam.norms, key=lambda n: n.norm.id.document != subject):
        there = seam.boundary.beside(n.binds, side)
        if values.keys() >= set(variables(there)) and true_at(there, values):
            return n
    return None


def _label(inquiry: Inquiry, seam: Seam, n: GroundNorm, side: Side) -> Label:
    """The place where the clause draws its bound."""
    system, about = inquiry.system, seam.region.about
    message = _GOVERNS[len(seam.boundary.terms) == 1][side > 0]
    view = Grounder(system, (about.bearer,))
    for guard in (*n.norm.guards, *n.norm.exceptions):
        if guard.span is not None and seam.boundary.cut_by(view.guard(guard, n.norm, about.bearer)):
            return Label(guard.span, say(message, clause=clause_name(system, n.norm.id)))
    return content_label(system, n.norm, message)


def _remedies(system: NormSystem, seam: Seam, below: GroundNorm | None, above: GroundNorm | None) -> Iterator[str]:
    norms = [n.norm.id for n in (below, above) if n is not None]
    own = [reference(system, norm) for norm in norms if norm.document == system.subject]
    who = listed(list(dict.fromkeys(own)), "or")
    if seam.boundary.is_point:
        yield say((_REACHING if who else _ONE_REACHING)[_is_of_times(seam.boundary)], clauses=who)
    else:
        yield (
            say("let {clauses} reach to the bound of the other: one number, in one unit, for both", clauses=who)
            if who
            else say("let one of the clauses reach to the bound of the other: one number, in one unit, for both")
        )
