"""What binds whom to the page a duty officer reads: what to do and not to do, under which conditions, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from cbm.outcomes.answers import (
    Answer,
    AnswerExtent,
    AnswerPeriod,
    BearerAnswer,
    ClauseAnswer,
    DeadlockAnswer,
    FactOption,
    MarkAnswer,
)
from cbm.render.clause_titles import source_words, titled
from cbm.render.columns import page, wrap
from cbm.render.remarks import named
from cbm.render.snippet import place
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say, say_count

# So many sets of conditions are told of one thing; the JSON has all that were found.
_TOLD = 2
# So many acts are named of which nothing is said.
_NAMED = 6
_MARKS = (
    ("must", mark("must")),
    ("must not", mark("must not")),
    ("must not, in some ways", mark("must not, in this way")),
    ("should", mark("should (advice)")),
    ("should not", mark("should not (advice)")),
    ("should not, in some ways", mark("should not, in this way (advice)")),
    ("may", mark("may (expressly permitted)")),
    ("need not", mark("need not (expressly exempted)")),
    ("may, but cannot be used", mark("permitted, and of no use")),
    (
        "tied: to be left undone only with other things",
        mark("tied: not owed by itself, and leaving it undone alone can be a breach"),
    ),
    (
        "tied: to be done only with other things",
        mark("tied: not barred by itself, and doing it alone can be a breach"),
    ),
    ("cannot", mark("cannot be done")),
)
# How clauses stand that do not simply bind.
_STANDINGS = {
    "binds by own conduct": mark("binds by own conduct"),
    "displaced": mark("displaced"),
    "yields": mark("yields"),
    "breached by what is given": mark("breached by what is given"),
}
_BINDS = "binds"


def render(answer: Answer) -> str:
    """The page: for each stretch of days and each unit, clashes first, then what is owed, then which clauses bind."""
    return page(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    heading = say("What binds whom under {text}", text=answer.text)
    yield from wrap(named(heading, answer.title) if answer.title != answer.text else heading, rest="  ")
    beside = say("read with {texts}", texts=listed(answer.beside)) if answer.beside else say("read by itself")
    date = [say("as of {date}", date=answer.as_of)] if answer.as_of else []
    yield from wrap(listed([beside, *date], ",", "sentences"), "  ", "  ")
    yield from wrap(say("given: {conditions}", conditions=answer.given or say("nothing")), "  ", "         ")
    if answer.taken:
        yield from wrap(say("only in packages in which {options}", options=answer.taken), "  ", "    ")
    for assumed in answer.assumed:
        yield from wrap(say("taken for granted: {assumed}", assumed=assumed), "  ", "    ")
    for period in answer.periods:
        yield from _period(period)
    if answer.left_open:
        yield ""
        yield say("left open in these texts")
        for line in answer.left_open:
            yield from _noted(line)
    yield ""
    yield from wrap(_closing(answer))


def _period(period: AnswerPeriod) -> Iterator[str]:
    if period.first:
        yield ""
        if period.first != period.last:
            yield say("From {first} to {last}", first=period.first, last=period.last)
        else:
            yield say("On {date}", date=period.first)
    if period.deadlocks or period.undecided:
        yield ""
        yield from _all_units(period)
    for bearer in period.bearers:
        yield ""
        yield from _bearer(bearer)


def _all_units(period: AnswerPeriod) -> Iterator[str]:
    """What the units cannot do together, though each of them is told below what it must do by itself."""
    alike = any(bearer.same_for for bearer in period.bearers)
    yield say("ALL UNITS TOGETHER (and the same with the roles changed)") if alike else say("ALL UNITS TOGETHER")
    if period.undecided:
        yield "  " + say("undecided")
        for line in period.undecided:
            yield from _noted(line)
    kinds = (
        (mark("duties of several units that cannot all be kept, though each unit can keep its own"), False, False),
        (mark("advice and duties of several units that cannot all be followed"), True, False),
        (mark("duties of several units that cannot all be kept, settled by precedence"), None, True),
    )
    for heading, advice, settled in kinds:
        told = [d for d in period.deadlocks if bool(d.settled_by) is settled and advice in (None, d.advice)]
        if told:
            yield "  " + say(heading)
            yield from _by_condition(((one.where, _held_apart(one)) for one in told), _bulleted)


def _held_apart(one: DeadlockAnswer) -> str:
    words = listed([say("{clause} ({unit})", clause=duty.clause, unit=duty.unit) for duty in one.duties])
    return row((words, *one.settled_by, *one.notes))


def _bearer(bearer: BearerAnswer) -> Iterator[str]:
    who = say("{unit} of {party}", unit=bearer.words, party=bearer.party) if bearer.party else bearer.words
    same = mark("{unit} (and {others}, with the roles changed)")
    yield say(same, unit=who.upper(), others=listed(bearer.same_for)) if bearer.same_for else who.upper()
    if bearer.undecided:
        yield "  " + say("undecided")
        for line in bearer.undecided:
            yield from _noted(line)
    yield from _clashes(bearer)
    for kind, heading in _MARKS:
        told = [(one, m) for one in bearer.conduct for m in one.marks if m.mark == kind]
        if told:
            yield "  " + say(heading)
            yield from _by_condition(((m.where, _with_clauses(m)) for _, m in told), _bulleted)
    yield from _free(bearer)
    yield from _clauses(bearer)
    if bearer.example is not None:
        breached = any(clash.breach for clash in bearer.clashes)
        of_it, of_the_rest = mark("for example, complying with all of it"), mark("for example, complying with all else")
        yield "  " + say(of_the_rest if breached else of_it)
        yield from _noted(bearer.example.words)


def _clashes(bearer: BearerAnswer) -> Iterator[str]:
    breaches = [clash for clash in bearer.clashes if clash.breach]
    clashes = [clash for clash in bearer.clashes if not clash.breach and not clash.advice]
    advice = [clash for clash in bearer.clashes if clash.advice and not clash.breach]
    if bearer.done:
        yield from wrap(say("given of what it does: {conduct}", conduct=bearer.done), "  ", "    ")
        if not breaches:
            yield "    " + say("breaches no duty here")
    if breaches:
        yield "  " + say("what is given is itself a breach")
        yield from _by_condition(
            ((c.where, say("of {clauses}", clauses=listed(c.clauses))) for c in breaches), _bulleted
        )
    if clashes:
        yield "  " + say("duties clash; nothing below is said of encounters in which they do")
        yield from _by_condition(((c.where, _cannot_be_kept(c.clauses)) for c in clashes), _bulleted)
    if advice:
        yield "  " + say("advice that cannot be followed beside the rest")
        yield from _by_condition(((c.where, _cannot_be_kept(c.clauses)) for c in advice), _bulleted)


def _cannot_be_kept(clauses: tuple[str, ...]) -> str:
    if len(clauses) == 1:
        return say("{clause} cannot be kept", clause=clauses[0])
    if len(clauses) == 2:
        return say("{clauses} cannot both be kept", clauses=listed(clauses))
    return say("{clauses} cannot all be kept", clauses=listed(clauses))


def _with_clauses(marked: MarkAnswer) -> str:
    deed = marked.deed
    if marked.beside:
        deed = say("{deed}; tied to: {others}", deed=deed, others=listed(marked.beside))
    by = row(named(one.clause, one.how) if one.how else one.clause for one in marked.by)
    return say("{deed} ({clauses})", deed=deed, clauses=by) if by else deed


def _free(bearer: BearerAnswer) -> Iterator[str]:
    free = [one.title for one in bearer.conduct if one.is_act and not one.marks]
    if free or bearer.unspoken:
        yield "  " + say("free")
    if free:
        yield from _bulleted(say("always"), free)
    if bearer.unspoken:
        count = len(bearer.unspoken)
        acts = say_count(
            "{count} further act of which no clause speaks that may bind it here",
            "{count} further acts of which no clause speaks that may bind it here",
            count,
        )
        names = listed([f"`{name}`" for name in bearer.unspoken], ",")
        yield from _noted(say("{acts} ({names})", acts=acts, names=names) if count <= _NAMED else acts)


def _clauses(bearer: BearerAnswer) -> Iterator[str]:
    if not bearer.clauses and not bearer.undecided:
        yield "  " + say("no clause binds it")
    binding = [c for c in bearer.clauses if c.standing == _BINDS]
    others = [c for c in bearer.clauses if c.standing != _BINDS]
    if binding:
        yield "  " + say("these clauses bind")
        yield from _by_condition(((c.where, c) for c in binding), _with_sources)
    for standing in dict.fromkeys(c.standing for c in others):
        some = [c for c in others if c.standing == standing]
        yield "  " + say(_STANDINGS[standing])
        yield from _by_condition(((c.where, _beside(c)) for c in some), _bulleted)
    if bearer.never:
        yield "  " + say("these never bind here")
        for idle in bearer.never:
            yield from wrap(named(idle.text, listed(idle.clauses, ",")), "    ", "      ")


def _beside(clause: ClauseAnswer) -> str:
    told = named(clause.clause, clause.demand)
    if clause.by:
        by = mark("{clause}, by {others}") if clause.standing == "displaced" else mark("{clause}, to {others}")
        told = say(by, clause=told, others=listed(clause.by))
    ways = (
        (mark("{clause}; what can bring it into play: {conduct}"), clause.swayed.brings_in),
        (mark("{clause}; what can keep it out of play: {conduct}"), clause.swayed.keeps_out),
        (mark("{clause}; it hangs on this: {conduct}"), clause.swayed.either),
    )
    for words, deeds in ways:
        if deeds:
            told = say(words, clause=told, conduct=_either(deeds))
    if clause.otherwise:
        told = say("{clause}; owed then: {duties}", clause=told, duties=row(clause.otherwise))
    for deemed in _deemed(clause):
        told = say("{clause}; {besides}", clause=told, besides=deemed)
    return told


def _either(deeds: Sequence[str]) -> str:
    told = deeds[0]
    for deed in deeds[1:]:
        told = say("{before}, or {after}", before=told, after=deed)
    return told


def _deemed(clause: ClauseAnswer) -> Iterator[str]:
    """What else complies with it, and where, unless that is wherever it stands so."""
    for one in clause.substitutes:
        if one.where == clause.where:
            yield say("deemed to comply by clause {clause}: {conduct}", clause=one.clause, conduct=one.conduct)
        else:
            words = mark("deemed to comply by clause {clause}, {condition}: {conduct}")
            yield say(words, clause=one.clause, condition=_condition(one.where), conduct=one.conduct)


def _with_sources(condition: str, clauses: Iterable[ClauseAnswer]) -> Iterator[str]:
    yield from wrap(condition, "    ", "      ")
    for one in clauses:
        yield from wrap(named(titled(one.clause, one.title), one.demand), "      - ", "        ")
        yield f"        --> {place(one.place.span)}"
        if one.otherwise:
            owed = say("owed if it is breached: {duties}", duties=row(one.otherwise))
            yield from wrap(owed, "        ", "          ")
        for deemed in _deemed(one):
            yield from wrap(deemed, "        ", "          ")
        for note in one.notes:
            yield from wrap(say("no channel serves it: {why}", why=note), "        ", "          ")
        for source in one.sources:
            yield from wrap(say("source: {source}", source=source_words(source)), "        ", "          ")


_Told = TypeVar("_Told")


def _by_condition(
    told: Iterable[tuple[AnswerExtent, _Told]], lines: Callable[[str, list[_Told]], Iterator[str]]
) -> Iterator[str]:
    """What is so always first, then what is so under the same conditions together, shorter conditions first."""
    groups: dict[AnswerExtent, list[_Told]] = {}
    for where, one in told:
        groups.setdefault(where, []).append(one)
    for where, some in sorted(groups.items(), key=lambda pair: _length(pair[0])):
        yield from lines(_condition(where), some)


def _length(where: AnswerExtent) -> tuple[bool, int, int]:
    return not where.always, len(where.cubes), sum(len(cube) for cube in where.cubes)


def _condition(where: AnswerExtent) -> str:
    if where.undecided:
        return say("undecided: {why}", why=where.undecided)
    if where.always:
        return say("always")
    several = [say("if {condition}", condition=words) for words in where.words[:_TOLD]]
    told = several[0] if several else ""
    for one in several[1:]:
        told = say("{before}; or {after}", before=told, after=one)
    if (more := len(where.words) - len(several)) > 0:
        told = say_count(
            "{conditions}; or under {count} further set of conditions",
            "{conditions}; or under {count} further sets of conditions",
            more,
            conditions=told,
        )
    return told if where.complete else say("{conditions}; and in more encounters than are told", conditions=told)


def _bulleted(condition: str, texts: Iterable[str]) -> Iterator[str]:
    yield from wrap(condition, "    ", "      ")
    for text in texts:
        yield from wrap(text, "      - ", "        ")


def _noted(text: str) -> Iterator[str]:
    yield from wrap(text, "    - ", "      ")


def _closing(answer: Answer) -> str:
    if answer.exit:
        return say("Something stayed undecided; it is said at its place.")
    extents = [where for period in answer.periods for where in period.extents()]
    open_ones = sum(not where.always for where in extents)
    if not open_ones:
        return say("Nothing here depends on what is not given.")
    return say_count(
        "Certain: {certain}; {count} depends on what is not given (`--interactive` asks for it).",
        "Certain: {certain}; {count} depend on what is not given (`--interactive` asks for it).",
        open_ones,
        certain=len(extents) - open_ones,
    )


# ---- a dialogue


def fact_question(words: str, options: tuple[FactOption, ...], settles: int) -> str:
    """The question of a dialogue, with what can be answered."""
    lines = [*wrap(words), *(line for n, o in enumerate(options, 1) for line in wrap(o.words, f"  {n} ", "    "))]
    lines += wrap(
        say_count(
            "It settles {count} open thing on the average. Answer with a number, or with a condition that holds."
            " Empty: not known. q: enough.",
            "It settles {count} open things on the average. Answer with a number, or with a condition that holds."
            " Empty: not known. q: enough.",
            settles,
        )
    )
    return page(lines).removesuffix("\n")
