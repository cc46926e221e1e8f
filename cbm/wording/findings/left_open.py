"""What texts leave open, in words for every report: terms with the range of their readings, and reserves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cbm.core.expressions import And, Does, Each, Expr, Flag, Not, Or
from cbm.core.negotiation import Negotiation
from cbm.core.norms import DocumentKind, Norm, NormSystem, OpenTerm, Reserve
from cbm.core.quotations import READ
from cbm.core.sorts import NumberSort
from cbm.core.variables import ClockOffset, Occurrence, Occurs
from cbm.finding import RuleId
from cbm.resolve.clocks import monday, weeks_asked_of
from cbm.translation.listing import listed
from cbm.wording.choice_words import option_words, place_words
from cbm.wording.clause_names import clause_name
from cbm.wording.condition_words import literal_words, value_words

# The rules that do not say on which readings of open terms it is so.
_ON_SOME = (RuleId.DEROGATION, RuleId.TRAP, RuleId.LAST_MOMENT, RuleId.UNSERVED_FUNCTION)
_ON_EVERY = (RuleId.RESTATEMENT, RuleId.VACUITY)


def left_open(system: NormSystem, *, of_rules: bool = True) -> Iterator[str]:
    """The open terms of the text and of those it is read with, and its reserves, each in one line.

    Of what recurs, and of moments that do, it is told that only their first times are looked at. `of_rules`: it is
    told as well what the rules of a check say nothing of; of a draft that promises to cover nothing, that no gap is
    looked for.
    """
    terms = [term for term in system.open_terms if term.choice is None]
    yield from (_term(system, term) for term in terms)
    if of_rules:
        yield from _choices(system)
    if terms and of_rules:
        yield (
            f"readings are not told apart in every rule: {listed(_ON_SOME)} are told where they are so on some "
            f"reading, {listed(_ON_EVERY)} where they are so on every one"
        )
    yield from (_reserve(system, reserve) for reserve in system.reserves)
    yield from _clocks(system)
    yield from _meetings(system)
    yield from (line for norm in system.norms.values() for line in _recurring(system, norm))
    yield from _repeating(system)
    if not of_rules:
        return
    yield from _undated(system)
    yield from _unread_quotations(system)
    if system.texts[system.subject].kind is DocumentKind.DRAFT and not system.coverage:
        yield f"{system.subject} promises to cover nothing: no gap is looked for (see `cbm coverage`)"


def _undated(system: NormSystem) -> Iterator[str]:
    """Texts that end, and lines that do or rest for a time, where no date says whether they have."""
    if system.as_of is None:
        named = dict.fromkeys(name for lines in system.lines.values() for name in lines)
        for channel in (system.channels[name] for name in named):
            if channel.until is not None or channel.suspended:
                day = channel.until or channel.suspended[0][0]
                ended = f"`{channel.name}` is read as in operation, though it was suspended on {day.isoformat()}"
                yield f"no date is asked about: {ended} (see `--as-of`)"
        for text in system.texts.values():
            if text.until is not None:
                ended = f"{text.name} is read as in force, though it binds until {text.until.isoformat()} only"
                yield f"no date is asked about: {ended} (see `--as-of`)"


def _choices(system: NormSystem) -> Iterator[str]:
    """What is under negotiation, and which rules say nothing of single packages."""
    choices = tuple(choice_lines(system))
    yield from choices
    if choices:
        yield (
            f"packages are not told apart in every rule: {listed((*_ON_SOME, *_ON_EVERY))} look at each clause as it "
            "is worded, among all that may be taken elsewhere; what is shown to be keepable is so on some package"
        )


def choice_lines(system: NormSystem) -> Iterator[str]:
    """What is under negotiation, a line for each choice."""
    negotiation = Negotiation(system)
    for number, choice in enumerate(negotiation.choices):
        options = listed([option_words(option) for option in choice.options], "or")
        yield f"open for negotiation: {place_words(negotiation, number)}, {options}"


def omissions(system: NormSystem) -> Iterator[str]:
    """What the rendering of the text leaves out of it, provision by provision, with the reason of each."""
    for omission in system.texts[system.subject].omissions:
        named = f"{omission.label} of {system.subject}" if omission.label else system.subject
        yield f"{named}, {omission.title}: {omission.reason}" if omission.title else f"{named}: {omission.reason}"


def _clocks(system: NormSystem) -> Iterator[str]:
    """In which weeks it is asked what clocks show, where they change."""
    zones = dict.fromkeys(v.zone for v in system.situation.attributes if isinstance(v, ClockOffset))
    if not zones:
        return
    weeks = weeks_asked_of(system)
    asked = (
        f"the week of {monday(weeks[0])}" if len(weeks) == 1 else f"each week of the year from {monday(weeks[0])} on"
    )
    yield f"clocks change in {listed(list(zones))}: asked about {asked}"


def _meetings(system: NormSystem) -> Iterator[str]:
    """Meetings that texts lean on, and for which it is not agreed how often they are held."""
    named = {name for norm in system.norms.values() for names in norm.channels for name in names}
    for channel in (channel for name, channel in system.channels.items() if name in named):
        if channel.held and channel.interval is None:
            past = [day for day in channel.held if system.as_of is None or day <= system.as_of]
            last = f"last held on {past[-1]}" if past else "not held yet"
            yield f"no interval is agreed for the {channel.title}: {last}"


def _recurring(system: NormSystem, norm: Norm) -> Iterator[str]:
    recurring = (norm.recurrence, *(step.recurrence for step in norm.otherwise))
    times = dict.fromkeys(known.times for known in recurring if known is not None)
    if times:
        first = listed([f"first {number}" for number in times])
        yield f"clause {clause_name(system, norm.id)} recurs: only the {first} times are looked at"


def _repeating(system: NormSystem) -> Iterator[str]:
    """Moments that may occur several times, as far as the texts speak of them."""
    repeating = [moment for moment in system.situation.moments if moment.times > 1]
    if repeating:
        norms = system.norms.values()
        said = {name for norm in norms for formula in _formulas(norm) for name in _moments(formula)}
        for moment in (moment for moment in repeating if moment.name in said):
            yield f"{moment.title} can occur again and again: at most {moment.times} of them are looked at"


def _unread_quotations(system: NormSystem) -> Iterator[str]:
    """The languages of quoted texts that are held against nothing."""
    own = (norm for norm in system.norms.values() if norm.id.document == system.subject)
    others = dict.fromkeys(q.language for norm in own for q in norm.quotations if q.language not in READ)
    if others:
        known = f"only those in {listed(list(READ))} are"
        yield f"quoted texts in {listed(list(others))} are not compared with their clauses: {known}"


def _formulas(norm: Norm) -> Iterator[Expr]:
    yield norm.content
    yield from (guard.condition for guard in (*norm.guards, *norm.exceptions))
    yield from (step.content for step in norm.otherwise)


def _moments(formula: Expr) -> Iterator[str]:
    """The moments of which it speaks: whatever is said of one, it is said that it occurs."""
    match formula:
        case Flag(Occurs(Occurrence(moment))):
            yield moment
        case Not(part) | Does(_, _, part) | Each(_, _, part):
            yield from _moments(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _moments(part)
        case _:
            return


def _term(system: NormSystem, term: OpenTerm) -> str:
    sort = term.variable.sort
    if isinstance(sort, NumberSort) and sort.low is not None and sort.high is not None:
        low, high = (value_words(system, term.variable, end) for end in (sort.low, sort.high))
        readings = f"read as from {low} to {high}"
    else:
        readings = f"read as {listed([title for _, title in term.titles], 'or')}"
    apart = ", each party for itself" if term.per_party else ""
    return f"open term of {term.document}: {term.title}, {readings}{apart}"


def reserve_words(reserve: Reserve, as_of: date | None) -> str:
    """`reserve 5.11: weapons in disputed waters, until 2030-01-01`."""
    return f"reserve {reserve.label}{_title(reserve)}{_end(reserve, as_of)}"


def _reserve(system: NormSystem, reserve: Reserve) -> str:
    topics = f", on {listed(reserve.topics)}" if reserve.topics else ""
    where = f", where {literal_words(system, reserve.condition)}"
    named = f"reserve {reserve.label} of {reserve.document}{_title(reserve)}"
    return f"{named}{topics}{where}{_end(reserve, system.as_of)}"


def _title(reserve: Reserve) -> str:
    return f": {reserve.title}" if reserve.title else ""


def _end(reserve: Reserve, as_of: date | None) -> str:
    if reserve.until is None:
        return ", without an end"
    return f", {'ended on' if reserve.has_ended(as_of) else 'until'} {reserve.until.isoformat()}"
