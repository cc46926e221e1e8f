"""What no clause forbids, and what nobody who complies can do all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

from cbm.compliance.consistency import Unkeepable, unkept
from cbm.compliance.unavailable_options import advice_adds, readings_of, shown
from cbm.compliance.unwritten_bans import (
    AskedConduct,
    AskedOf,
    UnwrittenBan,
    alone_at_fault,
    brought_into_play,
    conduct_asked_about,
    is_of_messages,
    never_kept,
    own_conditions,
    unwritten_bans,
)
from cbm.core.expressions import Does, Formula, NormId
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import variables
from cbm.core.variables import Origin
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.exclusion import ExclusionSearch, LeastExclusion
from cbm.search.extent import Cube
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import ReadingCubes, beyond
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, mark, say, say_count
from cbm.wording.clause_names import clause_names, content_label, names_of, reference, unverified, written_reference
from cbm.wording.condition_words import act_words, literal_words
from cbm.wording.findings.attestations import shown_question
from cbm.wording.findings.each_role import RoleFinding, once
from cbm.wording.findings.exclusion_words import axioms_told
from cbm.wording.findings.shut_conditions import shut_conditions
from cbm.wording.findings.ways_out import is_left
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.times.opening_hours import Served, served
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.UNWRITTEN_PROHIBITION,
    Severity.WARNING,
    mark("conduct that no clause forbids, and that nobody who complies can choose"),
    mark("""\
Duties on who does an act may clash: "who launches must call; who launches in fog must not call". Nobody may launch in
fog then, and no clause says so. There is no conflict, for one complies by not launching. It is told where one can
comply, where no clause by itself leaves no room for the act, and where several clauses together do: each smallest set
of them in which a clause is brought into play by the act, with the conditions under which it is so. A clause by itself
is told where it asks for a message that may come too late: who does the act cannot be sure to comply.

The same is asked of results and of other conduct that brings a clause into play ("when the separation is under 500 m …
must call"), and of conduct that brings two clauses into play which speak of the same: "who launches must call; who jams
must not call", so nobody may do both. A clause by itself is told, too, where it can be kept nowhere that conduct brings
it into play, with the axioms by which that is so; not where another clause says that this is forbidden.

It is a note where advice takes part. Whether the prohibition is meant or not: write it down, or let one of the clauses
yield. The prohibition is written instead of a clause that can be kept nowhere: beside it the clause is of no use.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.use_active_sonar must call
clause 2 a submarine when own.use_active_sonar and restricted_visibility must not call
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.use_active_sonar must call
clause 2 a submarine when own.use_active_sonar and restricted_visibility must not call in place of 1
""",
)


def pieces(inquiry: Inquiry) -> list[AskedConduct]:
    """The conduct that brings duties into play."""
    return list(dict.fromkeys(conduct for about in inquiry.advised for conduct in conduct_asked_about(about)))


def check(inquiry: Inquiry, among: Sequence[AskedConduct]) -> Iterator[Finding]:
    for conduct in among:
        views = zip(inquiry.strict, inquiry.advised, strict=True)
        concerned = [pair for pair in views if conduct in conduct_asked_about(pair[1])]
        yield from once(inquiry, (one for pair in concerned for one in _of_conduct(inquiry, conduct, *pair)))


def _of_conduct(inquiry: Inquiry, conduct: AskedConduct, strict: Ground, advised: Ground) -> Iterator[RoleFinding]:
    """What the duties forbid together; with advice, on the readings of open terms on which the duties alone do not."""
    elsewhere: tuple[Formula, ...] | None = ()
    put: tuple[AskedOf, ...] = ()
    left: Undecided | Literal[False] = False
    more = advice_adds(strict, advised)
    for view, severity in ((strict, RULE.severity), (advised, Severity.NOTE)):
        if view is advised and elsewhere is not None and not more:
            if not conduct.if_unshown:
                subject = partial(_question, inquiry, conduct, view)
                of_advice = AskedOf(conduct, view.bearer, advised=True, beside=put if elsewhere else ())
                inquiry.record(RULE.id, subject, left, of=of_advice)
        elif elsewhere is not None:
            about = replace(view, possible=(*view.possible, *elsewhere))
            also = severity is Severity.NOTE
            put = (AskedOf(conduct, view.bearer, also, put if elsewhere else ()),)
            left, bans = _bans(inquiry, about, *put)
            found = [(ban, readings_of(ban.way)) for ban in bans]
            every = AskedOnReadings(*put) if len(found) == 1 else None
            for ban, on in found:
                finding = replace(_finding(inquiry, ban, on), severity=severity)
                finding = qualified(inquiry, finding, _advisable(view, ban, on, also), of=every)
                asked = ban.way.compliance(*ban.way.demands)
                yield RoleFinding(view, (conduct, finding.clauses), finding, ban.shut.cube, asked)
            elsewhere = beyond([on for _, on in found])


def _advisable(
    about: Ground, ban: UnwrittenBan, on: ReadingCubes | Unknown | None, advised: bool
) -> ReadingCubes | Unknown | None:
    """The readings with those outside alone that may be advised: the same clauses forbid no other conduct there."""
    if not isinstance(on, ReadingCubes) or any(term.choice is not None for term in on.terms):
        return on
    spoken = {variable for duty in ban.shut.by for variable in variables(duty.binds)}
    others = [
        conduct
        for conduct in conduct_asked_about(about)
        if conduct != ban.of and not conduct.if_unshown and spoken.intersection(variables(conduct.done(about)))
    ]

    def is_free(cube: Cube) -> bool:
        there = replace(about, possible=(*about.possible, *cube, *on.tied))
        found = (other for conduct in others for other in unwritten_bans(there, conduct, advised))
        return not any(isinstance(other, Unknown) or other.norms == ban.norms for other in found)

    with asking(
        system=about.system,
        bearer=about.bearer,
        question="do the same clauses forbid other conduct together on the readings on which they do not forbid this",
        found="such a reading is not advised",
        none="it is",
    ):
        return replace(on, outside=tuple(cube for cube in on.outside if is_free(cube)))


def _bans(inquiry: Inquiry, about: Ground, asked: AskedOf) -> tuple[Undecided | Literal[False], list[UnwrittenBan]]:
    """What of it is undecided, and what is found; records one question for the conduct."""
    conduct = asked.conduct
    question = partial(_question, inquiry, conduct, about)
    with asking(
        system=about.system,
        bearer=about.bearer,
        question="is there a situation in which one can comply, no clause alone leaves no room for the conduct, and "
        "all of them together do (beyond the sets found before)",
        found="the clauses forbid it together: the finding, if the conduct brings one of them into play",
        none="they never do",
    ):
        answered = _answers(inquiry, about, conduct, asked.advised)
    if answered is None:
        return False, []
    left, answers = answered
    unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
    left = left if unknown is None else inquiry.leave_open(question, unknown)
    own = inquiry.system.subject
    bans = [a for a in answers if isinstance(a, UnwrittenBan) and a.triggered and _concerns(a, own)]
    inquiry.record(RULE.id, question, True if bans else left, of=asked)
    return left, bans


def _answers(
    inquiry: Inquiry, about: Ground, conduct: AskedConduct, advised: bool
) -> tuple[Undecided | Literal[False], list[UnwrittenBan | Unknown]] | None:
    """What of it is undecided as clauses that are called kept are, and what is found; None where nothing is asked."""
    if conduct.if_unshown and advised != any(about.norm(n).norm.strength is Strength.SHOULD for n in conduct.norms):
        return None  # it is asked where just this is called kept
    groups = [conduct.norms] if conduct.if_unshown else [(norm,) for norm in brought_into_play(about, conduct)]
    sights = _unkept(inquiry, about.bearer, groups, advised)
    unsure = ((norms, sight) for norms, sight in sights.items() if isinstance(sight, Unknown))
    left = [_left_open(inquiry, sight, norms) for norms, sight in unsure]
    unkeepable = [norms for norms, sight in sights.items() if isinstance(sight, Unkeepable)]
    if conduct.if_unshown and not (unkeepable or left):
        return None
    at_fault = alone_at_fault(about, conduct, advised)
    alone = [norm for norm in at_fault if (norm,) in unkeepable or is_of_messages(about, norm)]
    kept_never = (never_kept(about, conduct, norm, advised) for norm in alone)
    answers = [found for found in kept_never if found is not None]
    if unkeepable or not conduct.if_unshown:
        answers += unwritten_bans(about, conduct, advised)
    return left[0] if left else False, answers


def _unkept(
    inquiry: Inquiry, bearer: int, groups: Sequence[tuple[NormId, ...]], advised: bool
) -> Mapping[tuple[NormId, ...], Unkeepable | Unknown]:
    """Those of these clauses that the bearer cannot keep where they bind, or of which nobody knows."""
    views = zip(inquiry.grounds, inquiry.advised if advised else inquiry.strict, strict=True)
    plain, standing = next(pair for pair in views if pair[0].bearer == bearer)
    return unkept(plain, standing, groups, advised)


def _left_open(inquiry: Inquiry, unknown: Unknown, norms: tuple[NormId, ...]) -> Undecided:
    """That nobody knows whether clauses can be kept; where that is told of them already, once."""
    known = next((left for left in inquiry.undecided if set(norms) <= set(left.norms)), None)
    return inquiry.leave_open(partial(shown_question, norms), unknown, *norms) if known is None else known


def _question(inquiry: Inquiry, conduct: AskedConduct, about: Ground) -> str:
    asked = mark("can who complies do what no clause forbids: {conduct}")
    return say(asked, conduct=_conduct_words(inquiry.system, conduct, about))


def _conduct_words(system: NormSystem, conduct: AskedConduct, about: Ground) -> str:
    """What is done, or else that it brings the clauses into play."""
    return _own_words(system, conduct, about) or say_count(
        "{clauses} comes into play",
        "{clauses} come into play",
        len(conduct.norms),
        clauses=clause_names(system, conduct.norms),
    )


def _own_words(system: NormSystem, conduct: AskedConduct, about: Ground) -> str:
    """`own unit uses a laser and closest distance is under 500 m`, in the words of the conditions of the clauses.

    Nothing where none of them speaks of its own conduct alone.
    """
    if conduct.act:
        return act_words(system, conduct.act, about.bearer)
    spoken = () if conduct.entire else conduct.norms
    conditions = dict.fromkeys(part for norm in spoken for part in own_conditions(about, norm))
    words = [
        act_words(system, part.act, part.role) if isinstance(part, Does) else literal_words(system, part)
        for part in conditions
    ]
    return listed(words, of="sentences")


def _axioms(system: NormSystem, ban: UnwrittenBan) -> list[Label]:
    """The axioms by which the conduct and what the duties ask for exclude each other."""
    demands = (duty.demand for duty in ban.shut.by)
    least = ExclusionSearch(ban.way.about).least((), (*ban.shut.cube, ban.of.done(ban.way.about), *demands))
    return axioms_told(system, least) if isinstance(least, LeastExclusion) else []


def _concerns(ban: UnwrittenBan, text: str) -> bool:
    return any(duty.norm.id.document == text for duty in ban.shut.by)


def _by_the_special(inquiry: Inquiry, ban: UnwrittenBan) -> tuple[str, ...]:
    """Ways out of two clauses of which one is left nothing where the other stands in its place; none of others."""
    if len(ban.shut.by) != 2:
        return ()
    one, other = ban.shut.by
    lefts = [is_left(inquiry, ban.way.about, *pair) for pair in ((one, other), (other, one))]
    if all(lefts) or not any(lefts):
        return ()
    general, special = (one, other) if lefts[0] else (other, one)
    system = inquiry.system
    instead = mark("let {special}, the more special one, stand `in place of {other}`")
    clause, written = reference(system, special.norm.id), written_reference(system, general.norm.id)
    aside = say("or say in {clause} that it does not count there", clause=reference(system, general.norm.id))
    return (say(instead, special=clause, other=written), aside)


def _finding(inquiry: Inquiry, ban: UnwrittenBan, on: ReadingCubes | Unknown | None) -> Finding:
    about, cube = ban.way.about, ban.shut.cube
    norms = tuple(duty.norm.id for duty in ban.shut.by)
    system = told_by(inquiry.system, norms)
    names = names_of(system, norms)
    message = mark("{clauses} cannot be kept where it comes into play, and so forbids this: {conduct}")
    if not _own_words(system, ban.of, about):
        message = mark("{clauses} cannot be kept where it comes into play, and so forbids all that brings it into play")
    remedies: tuple[str, ...] = (
        say("write the prohibition down instead of {clause}", clause=names[0]),
        say("or let {clause} ask for something that can be done then", clause=names[0]),
    )
    if len(norms) > 1:
        message = mark("{clauses} together forbid what neither of them forbids by itself: {conduct}")
        give_way = mark("let one of {clauses} stand `in place of` the other")
        if len(norms) > 2:
            message = mark("{clauses} together forbid what none of them forbids by itself: {conduct}")
        if len(names) > 2:
            give_way = mark("let one of {clauses} stand `in place of` the others")
        aside = say("or say in one of them that it does not count there")
        remedies = _by_the_special(inquiry, ban) or (say(give_way, clauses=listed(names)), aside)
    labels = [content_label(system, system.norms[norm], "") for norm in norms]
    words = {"clauses": clause_names(system, norms), "conduct": _conduct_words(system, ban.of, about)}
    found = Finding(
        RULE.id,
        RULE.severity,
        say(message, **words),
        labels[0],
        (*labels[1:], *_axioms(system, ban)),
        tuple(map(str, norms)),
        whenever=shut_conditions(ban.way, ban.shut, norms, on),
        extent=(tuple(literal_words(system, literal) for literal in cube),),
        known_extent=english(lambda: (tuple(literal_words(system, literal) for literal in cube),)),
        witness=example(system, shown(ban.way, ban.shut, lambda _: True), cube, Origin.DOING, Origin.RESULT),
        remedies=remedies,
        notes=unverified(system, norms),
    )
    timely = served(system, system.norms[norms[0]]) if len(norms) == 1 else None
    return found if timely is None else _by_time(found, timely, words)


def _by_time(finding: Finding, timely: Served, words: Mapping[str, str]) -> Finding:
    """The finding where it is told how long messages take, and not under which conditions that is too long."""
    told = replace(finding, remedies=timely.ways_out, notes=(*timely.notes, *finding.notes))
    if not timely.ever:
        return told
    chance = mark("{clauses} cannot be kept for certain where it comes into play, and so forbids this: {conduct}")
    return replace(told, message=say(chance, **words), whenever="", extent=(), known_extent=())
