"""What binds whom to the page a duty officer reads: what to do and not to do, under which conditions, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from cbm.outcomes.answers import (
    Answer,
    AnswerExtent,
    AnswerPeriod,
    BearerAnswer,
    ClauseAnswer,
    FactOption,
    MarkAnswer,
)
from cbm.render.columns import page, wrap
from cbm.render.snippet import place

# So many sets of conditions are told of one thing; the JSON has all that were found.
_TOLD = 2
# So many acts are named of which nothing is said.
_NAMED = 6
_MARKS = (
    ("must", "must"),
    ("must not", "must not"),
    ("should", "should (advice)"),
    ("should not", "should not (advice)"),
    ("may", "may (expressly permitted)"),
    ("need not", "need not (expressly exempted)"),
    ("may, but cannot be used", "permitted, and of no use"),
    (
        "tied: to be left undone only with other things",
        "tied: not owed by itself, and leaving it undone alone can be a breach",
    ),
    ("tied: to be done only with other things", "tied: not barred by itself, and doing it alone can be a breach"),
    ("cannot", "cannot be done"),
)
_BINDS = "binds"


def render(answer: Answer) -> str:
    """The page: for each stretch of days and each unit, clashes first, then what is owed, then which clauses bind."""
    return page(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    title = f": {answer.title}" if answer.title != answer.text else ""
    yield from wrap(f"What binds whom under {answer.text}{title}", rest="  ")
    beside = f"read with {_listed(answer.beside)}" if answer.beside else "read by itself"
    yield from wrap(f"{beside}{f', as of {answer.as_of}' if answer.as_of else ''}", "  ", "  ")
    yield from wrap(f"given: {answer.given or 'nothing'}", "  ", "         ")
    for assumed in answer.assumed:
        yield from wrap(f"taken for granted: {assumed}", "  ", "    ")
    for period in answer.periods:
        yield from _period(period)
    if answer.left_open:
        yield ""
        yield "left open in these texts"
        for line in answer.left_open:
            yield from _noted(line)
    yield ""
    yield from wrap(_closing(answer))


def _period(period: AnswerPeriod) -> Iterator[str]:
    if period.first:
        yield ""
        yield f"From {period.first} to {period.last}" if period.first != period.last else f"On {period.first}"
    for bearer in period.bearers:
        yield ""
        yield from _bearer(bearer)


def _bearer(bearer: BearerAnswer) -> Iterator[str]:
    whose = f" of {bearer.party}" if bearer.party else ""
    same = f" (and {_listed(bearer.same_for)}, with the roles changed)" if bearer.same_for else ""
    yield f"{bearer.words}{whose}{same}".upper() if not same else f"{f'{bearer.words}{whose}'.upper()}{same}"
    if bearer.undecided:
        yield "  undecided"
        for line in bearer.undecided:
            yield from _noted(line)
    yield from _clashes(bearer)
    for mark, heading in _MARKS:
        told = [(one, m) for one in bearer.conduct for m in one.marks if m.mark == mark]
        if told:
            yield f"  {heading}"
            yield from _by_condition(((m.where, _with_clauses(m)) for _, m in told), _bulleted)
    yield from _free(bearer)
    yield from _clauses(bearer)
    if bearer.example is not None:
        rest = "else" if any(clash.breach for clash in bearer.clashes) else "of it"
        yield f"  for example, complying with all {rest}"
        yield from _noted(bearer.example.words)


def _clashes(bearer: BearerAnswer) -> Iterator[str]:
    breaches = [clash for clash in bearer.clashes if clash.breach]
    clashes = [clash for clash in bearer.clashes if not clash.breach and not clash.advice]
    advice = [clash for clash in bearer.clashes if clash.advice and not clash.breach]
    if bearer.done:
        yield from wrap(f"given of what it does: {bearer.done}", "  ", "    ")
        if not breaches:
            yield "    breaches no duty here"
    if breaches:
        yield "  what is given is itself a breach"
        yield from _by_condition(((c.where, f"of {_listed(c.clauses)}") for c in breaches), _bulleted)
    if clashes:
        yield "  duties clash; nothing below is said of encounters in which they do"
        yield from _by_condition(((c.where, _cannot_be_kept(c.clauses)) for c in clashes), _bulleted)
    if advice:
        yield "  advice that cannot be followed beside the rest"
        yield from _by_condition(((c.where, _cannot_be_kept(c.clauses)) for c in advice), _bulleted)


def _cannot_be_kept(clauses: tuple[str, ...]) -> str:
    if len(clauses) == 1:
        return f"{clauses[0]} cannot be kept"
    return f"{_listed(clauses)} cannot {'both' if len(clauses) == 2 else 'all'} be kept"


def _with_clauses(mark: MarkAnswer) -> str:
    by = "; ".join(f"{one.clause}: {one.how}" if one.how else one.clause for one in mark.by)
    beside = f"; tied to: {_listed(mark.beside)}" if mark.beside else ""
    return f"{mark.deed}{beside}{f' ({by})' if by else ''}"


def _free(bearer: BearerAnswer) -> Iterator[str]:
    free = [one.title for one in bearer.conduct if one.is_act and not one.marks]
    if free or bearer.unspoken:
        yield "  free"
    if free:
        yield from _bulleted("always", free)
    if bearer.unspoken:
        count = len(bearer.unspoken)
        named = f" (`{'`, `'.join(bearer.unspoken)}`)" if count <= _NAMED else ""
        acts = "1 further act" if count == 1 else f"{count} further acts"
        yield from _noted(f"{acts} of which no clause speaks that may bind it here{named}")


def _clauses(bearer: BearerAnswer) -> Iterator[str]:
    if not bearer.clauses and not bearer.undecided:
        yield "  no clause binds it"
    binding = [c for c in bearer.clauses if c.standing == _BINDS]
    others = [c for c in bearer.clauses if c.standing != _BINDS]
    if binding:
        yield "  these clauses bind"
        yield from _by_condition(((c.where, c) for c in binding), _with_sources)
    for standing in dict.fromkeys(c.standing for c in others):
        some = [c for c in others if c.standing == standing]
        yield f"  {standing}"
        yield from _by_condition(((c.where, _beside(c)) for c in some), _bulleted)
    if bearer.never:
        yield "  these never bind here"
        for idle in bearer.never:
            yield from wrap(f"{idle.text}: {', '.join(idle.clauses)}", "    ", "      ")


def _beside(clause: ClauseAnswer) -> str:
    by = f", {'by' if clause.standing == 'displaced' else 'to'} {_listed(clause.by)}" if clause.by else ""
    deeds = f", if it so happens that: {', or '.join(clause.conduct)}" if clause.conduct else ""
    then = f"; owed then: {'; '.join(clause.otherwise)}" if clause.otherwise else ""
    return f"{clause.clause}: {clause.demand}{by}{deeds}{then}"


def _with_sources(condition: str, clauses: Iterable[ClauseAnswer]) -> Iterator[str]:
    yield from wrap(condition, "    ", "      ")
    for one in clauses:
        title = f" “{one.title}”" if one.title else ""
        yield from wrap(f"{one.clause}{title}: {one.demand}", "      - ", "        ")
        yield f"        --> {place(one.place.span)}"
        for note in one.notes:
            yield from wrap(f"no channel serves it: {note}", "        ", "          ")
        for source in one.sources:
            mark = f" ({source.mark})" if source.mark else ""
            yield from wrap(f"{source.text}{mark}", "        source: ", "          ")


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
        return f"undecided: {where.undecided}"
    if where.always:
        return "always"
    told = [f"if {words}" for words in where.words[:_TOLD]]
    more = len(where.words) - len(told)
    rest = "" if more <= 0 else f"; or under {more} further set{'s' if more > 1 else ''} of conditions"
    beyond = "" if where.complete else "; and in more encounters than are told"
    return f"{'; or '.join(told)}{rest}{beyond}"


def _bulleted(condition: str, texts: Iterable[str]) -> Iterator[str]:
    yield from wrap(condition, "    ", "      ")
    for text in texts:
        yield from wrap(text, "      - ", "        ")


def _noted(text: str) -> Iterator[str]:
    yield from wrap(text, "    - ", "      ")


def _listed(words: Iterable[str]) -> str:
    told = list(words)
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}" if told else ""


def _closing(answer: Answer) -> str:
    if answer.exit:
        return "Something stayed undecided; it is said at its place."
    extents = [where for bearer in answer.bearers for where in bearer.extents()]
    open_ones = sum(not where.always for where in extents)
    if not open_ones:
        return "Nothing here depends on what is not given."
    certain = len(extents) - open_ones
    depends = "depends" if open_ones == 1 else "depend"
    return f"Certain: {certain}; {open_ones} {depends} on what is not given (`--interactive` asks for it)."


# ---- a dialogue


def fact_question(words: str, options: tuple[FactOption, ...], settles: int) -> str:
    """The question of a dialogue, with what can be answered."""
    lines = [*wrap(words), *(line for n, o in enumerate(options, 1) for line in wrap(o.words, f"  {n} ", "    "))]
    things = "1 open thing" if settles == 1 else f"{settles} open things"
    lines += wrap(f"It settles {things} on the average. Leave it empty: not known. A condition: also so. q: enough.")
    return page(lines).removesuffix("\n")
