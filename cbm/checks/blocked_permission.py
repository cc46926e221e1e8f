"""Permissions and exemptions that compliance leaves no way to use: ever, in some encounters, or in full."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial

from cbm.compliance.attainable_ranges import Narrowed, claimed, narrowed
from cbm.compliance.ranges_beside_others import AskedRangeAcross, asked_ranges, range_across
from cbm.compliance.ranges_on_readings import RangeReach, reach_of_range
from cbm.compliance.unavailable_options import (
    AskedUse,
    OptionQuestion,
    Shut,
    advice_adds,
    duties_of,
    owed_besides,
    readings_of,
    readings_shut_by,
    shut,
    standing_against,
)
from cbm.conflicts.deadlocks import AskedAcross
from cbm.core.expressions import Formula, NormId, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.variables import Variable, decision_of
from cbm.core.viewpoints import seen
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import ReadingCubes, beyond, either
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name, clause_names, names_of
from cbm.wording.condition_words import variable_words
from cbm.wording.findings.blocked.blocked_across import blocked_across, narrowed_across
from cbm.wording.findings.blocked.blocked_alone import (
    allows,
)
from cbm.wording.findings.blocked.told_uses import (
    CAN_BE_USED,
    NoUse,
    asking_about_use,
    narrowed_alone,
    question_of_values,
    without_use,
)
from cbm.wording.findings.each_role import RoleFinding, once
from cbm.wording.reading_words import qualified

RULE = Rule(
    RuleId.BLOCKED_PERMISSION,
    Severity.WARNING,
    mark("a permission or an exemption that nobody who complies can use"),
    mark("""\
What a clause allows with `may` must remain possible for whoever complies with everything that binds it. The
permission is blocked where compliance is possible and every way of complying leaves it unused: in every encounter in
which the clause applies, or in some. It is blocked, too, where all units can comply, and one cannot use it as long as
the unit that it meets does: then the duties of both are told. A `may` on a result claims every value of its range: it
is narrowed where some of these values can be used by whoever complies and others, which could be brought about,
cannot; so it is, where all units can comply, by what the unit that is met has to do. An exemption (`need not`) is
blocked where whoever complies has to do what the clause exempts from, because another clause that still binds asks for
it. Neither takes a duty away, and neither prevails over one: the clause has to stand `in place of` the duty. Of one
clause the first of these is told, with the other duties that are in its way there or elsewhere; what only advice
(`should`) blocks is a note. What another text allows is asked about as well. Where the duties of all other texts leave
a use of it and those of the text under check do not, it is told at one of the latter, which can also stand openly `in
place of` the permission. That is asked of the unit's own duties alone, not of those of the unit that it meets. It is
not told of duties that are `subject to` the other text as a whole, nor that a text asks for what another one only
exempts from.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
  in place of 1
""",
)


Cut = Narrowed | Unknown | None


class _FoundAlone(Record):
    """What was found of a unit's use of a clause, and what is so on the readings on which nothing of it is.

    `elsewhere` None: some of it is so on every reading.
    """

    found: tuple[AskedUse, ...]
    elsewhere: tuple[Formula, ...] | None


_NOTHING = _FoundAlone((), ())


Piece = NormId | int | None


def pieces(inquiry: Inquiry) -> list[Piece]:
    """The permissions and exemptions of the text, and the permissions of texts beside it that its duties have to do
    with; then, by position, those that duties of other units leave no room for, and None for there being no other, if
    any has to do with such duties.
    """
    norms = (n.norm for strict in inquiry.strict for n in strict.norms)
    own = dict.fromkeys(n.id for n in norms if not n.demands and n.id.document == inquiry.system.subject)
    beside = dict.fromkeys(norm for view in inquiry.advised for norm in _given_beside(view))
    across = inquiry.blocked_uses()
    if across.everyone is None:
        return [*own, *beside]
    return [*own, *beside, *range(len(across.found)), None]


def _given_beside(view: Ground) -> Iterator[NormId]:
    """The permissions of other texts that share conduct with some duty of the text under check."""
    duties = duties_of(view, advised=True)
    subject = view.system.subject
    for n in view.norms:
        if allows(n) and n.norm.id.document != subject:
            near = _use(view, n, standing_against(view, n, duties)).near.duties
            if any(duty.norm.id.document == subject for duty in near):
                yield n.norm.id


def check(inquiry: Inquiry, among: Sequence[Piece]) -> Iterator[Finding]:
    for norm in among:
        if norm is None:
            rest = "every other permission beside the duties of other units"
            inquiry.record(RULE.id, rest, inquiry.open_sets(RULE.id), of=AskedAcross(None))
            continue
        if isinstance(norm, int):
            found = inquiry.blocked_uses().found[norm]
            inquiry.record(
                RULE.id, partial(_with_others, inquiry.system, found.takes_part), found=True, of=AskedAcross(norm)
            )
            yield blocked_across(inquiry, found)
            continue
        known: dict[int, _FoundAlone] = {}
        yield from once(inquiry, _alone(inquiry, norm, known))
        if everyone := inquiry.blocked_uses().everyone:
            for asked in asked_ranges(everyone, inquiry.grounds[0], norm):
                yield from _narrowed_by_others(inquiry, asked, known.get(asked.bearer, _NOTHING))


def _with_others(system: NormSystem, norms: Sequence[NormId]) -> str:
    return say("{clauses}, as they bind several units", clauses=listed(names_of(system, norms)))


def _alone(inquiry: Inquiry, norm: NormId, known: dict[int, _FoundAlone]) -> Iterator[RoleFinding]:
    """What is wrong with the clause by each unit's own duties; what is `known` of it then is kept, by role."""
    for strict, advised in zip(inquiry.strict, inquiry.advised, strict=True):
        if strict.find(norm) is not None:
            known[strict.bearer] = yield from _first(inquiry, norm, strict, advised)


def _first(
    inquiry: Inquiry, norm: NormId, strict: Ground, advised: Ground
) -> Generator[RoleFinding, None, _FoundAlone]:
    """The gravest thing that is wrong with the clause: blocked, narrowed, or one of these for the sake of advice.

    Each is told of the readings of open terms on which nothing graver is so already.
    """
    elsewhere: tuple[Formula, ...] = ()
    beside: tuple[AskedUse, ...] = ()
    known, more = len(inquiry.undecided), advice_adds(strict, advised)
    for view, severity in ((strict, RULE.severity), (advised, Severity.NOTE)):
        if view is advised and not more and len(inquiry.undecided) == known:
            _record_none(inquiry, view.norm(norm), view, beside)  # with advice nothing more is asked for
            break
        for find in (_blocked, _narrowed):
            about = replace(view, possible=(*view.possible, *elsewhere)) if elsewhere else view
            n = about.norm(norm)
            duties = standing_against(about, n, duties_of(about, severity is Severity.NOTE))
            asked = AskedUse(norm, None, about.bearer, severity is Severity.NOTE, beside)
            found = list(find(inquiry, n, about, duties, asked))
            for one in found:
                weighed = replace(one.finding, severity=severity)
                told = qualified(inquiry, weighed, one.on, of=AskedOnReadings(one.asked), elsewhere=elsewhere)
                yield RoleFinding(view, (norm, one.of), told, one.shut.cube, one.way.compliance(*one.way.demands))
            beside = tuple(dict.fromkeys((*beside, *(one.asked for one in found))))
            further = beyond([one.on for one in found])
            if further is None:
                return _FoundAlone(beside, None)
            elsewhere = (*elsewhere, *further)
    return _FoundAlone(beside, elsewhere)


def _use(about: Ground, n: GroundNorm, duties: tuple[GroundNorm, ...]) -> OptionQuestion:
    """Doing what the clause allows, or leaving what need not be."""
    wanted = n.fulfilled if allows(n) else negation(n.fulfilled)
    return OptionQuestion(about, (n.binds,), (wanted,), duties, others=owed_besides(about, n, duties))


_MOST_RANGES = 12  # of one result, or sets of duties, that are looked for where packages leave different ones
_MORE_RANGES = Unknown(mark("more different ranges are left than are looked for"))
_MORE_DUTIES = Unknown(mark("more different clauses block it than are looked for"))


def _blocked(
    inquiry: Inquiry, n: GroundNorm, about: Ground, duties: tuple[GroundNorm, ...], asked: AskedUse
) -> Iterator[NoUse]:
    """Some compliant conduct while the clause binds, and none that makes use of it: told with the duties that do it.

    Of a text under negotiation these may be others on other packages: each are told with theirs.
    """
    way = _use(about, n, duties)
    found, none = "it is blocked there: the finding", "it can always be made use of"
    with asking_about_use(way, n, CAN_BE_USED, found=found, none=none):
        closed = shut(way)
    if not _recorded(inquiry, n, mark("can what {clause} leaves open always be used"), closed, asked):
        return
    for turn in range(_MOST_RANGES):
        if isinstance(closed, Unknown):
            inquiry.leave_open(mark("which other clauses block it"), closed, n.norm.id)
        if not isinstance(closed, Shut):
            return
        on = readings_of(way)
        alone = readings_shut_by(way, closed, on)
        if isinstance(alone, Unknown) or (alone is not on and turn == _MOST_RANGES - 1):
            left = alone if isinstance(alone, Unknown) else _MORE_DUTIES
            inquiry.leave_open(mark("which other clauses block it"), left, n.norm.id)
            alone = on
        there = way
        if alone is not on and isinstance(alone, ReadingCubes):
            there = _on_these(way, alone.condition)
        yield without_use(inquiry, n, there, closed, asked, alone)
        further = beyond([alone])
        if alone is on or further is None:
            return
        way = _on_these(way, *further)
        with asking_about_use(way, n, CAN_BE_USED, found=found, none="the packages told are all"):
            closed = shut(way)


def _on_these(way: OptionQuestion, *readings: Formula) -> OptionQuestion:
    """The same question of these readings of what is open."""
    return replace(way, about=replace(way.about, possible=(*way.about.possible, *readings)))


def _narrowed(
    inquiry: Inquiry, n: GroundNorm, about: Ground, duties: tuple[GroundNorm, ...], asked: AskedUse
) -> Iterator[NoUse]:
    """For each result of which a permission states a range: values that nobody who complies can use, beside others."""
    for result in claimed(about, n) if allows(n) else ():
        of_result = replace(asked, result=result)
        way = OptionQuestion(about, (n.binds, n.fulfilled), (), duties, others=owed_besides(about, n, duties))

        def narrowed_on(further: Sequence[Formula], way: OptionQuestion = way, result: Variable = result) -> Cut:
            return narrowed(_on_these(way, *further), result)

        for cut, reach in _ranges(inquiry, n, way, of_result, narrowed_on):
            finding = replace(narrowed_alone(inquiry, n, cut, reach), matter=(decision_of(result).name,))
            yield NoUse(finding, of_result, seen(result, 0), cut.way, reach.any_value or cut.shut, reach.on)


def _narrowed_by_others(inquiry: Inquiry, asked: AskedRangeAcross, alone: _FoundAlone) -> Iterator[Finding]:
    """Values that nobody can use while the unit that is met complies too, with the musts; or else with the advice.

    Beside advice it is asked on the readings of open terms on which nothing else is told of the clause.
    """
    everyone = inquiry.blocked_uses().everyone
    assert everyone is not None, "there are permissions and duties of several units"
    base = replace(inquiry.grounds[0], clashing=inquiry.clashing_across())
    across = range_across(everyone, base, asked)
    found = _ranges(inquiry, across.use.norm, across.way, asked, partial(across.narrowed, asked.result))
    for cut, reach in found:
        yield narrowed_across(inquiry, across, cut, reach)
    further = beyond([reach.on for _, reach in found])
    if further is None or alone.elsewhere is None:
        return
    of = replace(asked, advised=True, beside=(*alone.found, *([asked] if found else [])))
    across = range_across(everyone, base, of)
    if all(duty.norm.norm.strength is Strength.MUST for duty in across.owed):
        return  # with advice nothing more is asked for
    elsewhere = (*alone.elsewhere, *further)

    def narrowed_on(readings: Sequence[Formula]) -> Cut:
        return across.narrowed(asked.result, (*elsewhere, *readings))

    for cut, reach in _ranges(inquiry, across.use.norm, across.way, of, narrowed_on):
        yield narrowed_across(inquiry, across, cut, reach)


def _ranges(
    inquiry: Inquiry,
    n: GroundNorm,
    way: OptionQuestion,
    asked: AskedUse | AskedRangeAcross,
    narrowed_on: Callable[[Sequence[Formula]], Cut],
) -> list[tuple[Narrowed, RangeReach]]:
    """What is left of the range on some readings, what on others, and so on; none where all of it is left.

    The same values that are left in another situation are told once, of the readings of both.
    """
    assert asked.result is not None
    question = question_of_values(inquiry.system, asked.result)
    found, none = "it is narrowed there: the finding", "every value can be used wherever any can"
    ranges: dict[object, tuple[Narrowed, RangeReach]] = {}
    elsewhere: tuple[Formula, ...] = ()
    for turn in range(_MOST_RANGES + 1):
        with asking_about_use(way, n, question, found=found, none=none):
            cut = narrowed_on(elsewhere)
        if turn == _MOST_RANGES and isinstance(cut, Narrowed):
            cut = _MORE_RANGES
        if turn == 0:
            _recorded(inquiry, n, mark("can every value be used that {clause} allows"), cut, asked)
        elif isinstance(cut, Unknown):
            inquiry.leave_open(mark("which other values can be used on other readings"), cut, n.norm.id)
        if not isinstance(cut, Narrowed):
            break
        read = "these readings are told", "on no further reading"
        with asking_about_use(way, n, "on which readings are just these values left", found=read[0], none=read[1]):
            reach = reach_of_range(cut, several=turn < _MOST_RANGES - 1)
        alike = (reach.any_value is None, cut.allowed, cut.usable, tuple(d.norm.id for d in cut.shut.by))
        first, known = ranges.get(alike, (cut, reach))
        ranges[alike] = first, replace(known, on=either(inquiry.system, known.on, reach.on))
        further = beyond([reach.on])
        if further is None:
            break
        elsewhere = (*elsewhere, *further)
    return list(ranges.values())


def _record_none(inquiry: Inquiry, n: GroundNorm, about: Ground, beside: tuple[AskedUse, ...]) -> None:
    """That what has been asked of the duties is so with advice as well, of which there is none."""
    for result in (None, *(claimed(about, n) if allows(n) else ())):
        _recorded(inquiry, n, "", None, AskedUse(n.norm.id, result, about.bearer, advised=True, beside=beside))


def _recorded(inquiry: Inquiry, n: GroundNorm, question: str, found: object, of: AskedUse | AskedRangeAcross) -> bool:
    """Records a question about `{clause}`, or values of a result, with its verdict; whether something was found."""
    system = inquiry.system

    def subject() -> str:
        clause = clause_names(system, (n.norm.id,))
        if of.result is None:
            return clause
        subject = f"{clause}: every value of {variable_words(system, of.result)}"
        return subject if isinstance(of, AskedUse) else f"{subject} beside the duties of other units"

    told: bool | Undecided = found is not None
    if isinstance(found, Unknown):
        told = inquiry.leave_open(lambda: say(question, clause=clause_name(system, n.norm.id)), found, n.norm.id)
    inquiry.record(RULE.id, subject, told, of=of)
    return told is True
