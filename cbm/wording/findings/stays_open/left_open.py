"""What texts leave open, in words for every report: terms with the range of their readings, and reserves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cbm.core.expressions import And, Does, Each, Expr, Flag, Not, Or
from cbm.core.negotiation import Negotiation
from cbm.core.norms import DocumentKind, Modality, Norm, NormSystem, OpenTerm, Reserve
from cbm.core.packages.package_boxes import members
from cbm.core.quotations import READ
from cbm.core.sorts import NumberSort
from cbm.core.substitution import mentioned
from cbm.core.variables import ClockOffset, Occurrence, Occurs
from cbm.dynamics.foresight import foreseeing, planned
from cbm.finding import RuleId
from cbm.records import replace
from cbm.resolve.clocks import monday, weeks_asked_of
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.choice_words import option_words, place_words
from cbm.wording.clause_names import clause_name, clause_names, topic_words
from cbm.wording.condition_words import literal_words, value_words
from cbm.wording.times.opening_hours import meeting_words
from cbm.wording.times.time_words import event_words

# The rules that do not say on which readings of open terms it is so.
_ON_SOME = (RuleId.DEROGATION, RuleId.TRAP, RuleId.LAST_MOMENT, RuleId.UNSERVED_FUNCTION)
_HOUR, _NOON, _DAY = Fraction(3600), Fraction(12 * 3600), Fraction(24 * 3600)
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
        yield say(
            "readings are not told apart in every rule: {on_some} are told where they are so on some reading, "
            "{on_every} where they are so on every one",
            on_some=listed(_ON_SOME),
            on_every=listed(_ON_EVERY),
        )
    leaves = Negotiation(system).leaves
    yield from (_reserve(system, reserve) for reserve in system.reserves if leaves(reserve.condition))
    yield from _not_rendered(system)
    yield from _clocks(system)
    yield from _over_midnight(system)
    yield from _meetings(system)
    yield from (line for norm in system.norms.values() for line in _recurring(system, norm))
    yield from _repeating(system)
    if not of_rules:
        return
    yield from _foreseen(system)
    yield from _undated(system)
    yield from _ended_before(system)
    yield from _unread_quotations(system)
    if system.texts[system.subject].kind is DocumentKind.DRAFT and not Negotiation(system).promises:
        yield say("{text} promises to cover nothing: no gap is looked for (see `cbm coverage`)", text=system.subject)


def _undated(system: NormSystem) -> Iterator[str]:
    """Texts that end, and lines that do or rest for a time, where no date says whether they have."""
    if system.as_of is None:
        named = dict.fromkeys(name for lines in system.lines.values() for name in lines)
        for channel in (system.channels[name] for name in named):
            if channel.until is not None:
                yield say(
                    "no date is asked about: `{channel}` is read as in operation, though it no longer is from {day} "
                    "on (on the command line: `--as-of`)",
                    channel=channel.name,
                    day=channel.until.isoformat(),
                )
            elif channel.suspended:
                day = channel.suspended[0][0]
                yield say(
                    "no date is asked about: `{channel}` is read as in operation, though it was suspended on {day} "
                    "(on the command line: `--as-of`)",
                    channel=channel.name,
                    day=day.isoformat(),
                )
        for text in system.texts.values():
            if text.until is not None:
                beside = mark(
                    "no date is asked about: {text} is read as in force, though it no longer binds from {day} on "
                    "(on the command line: `--as-of`)"
                )
                # Others of the same run may be asked about on a date of their own.
                alone = mark(
                    "{text} is asked about without a date, and read as in force, though it no longer binds from "
                    "{day} on (on the command line: `--as-of`)"
                )
                words = alone if text.name == system.subject else beside
                yield say(words, text=text.name, day=text.until.isoformat())


def _ended_before(system: NormSystem) -> Iterator[str]:
    """Texts that bind no longer when the one under check begins to: it is asked about before it does."""
    begins = system.texts[system.subject].in_force
    for text in system.texts.values():
        if begins is None or text.until is None or begins < text.until or text.name == system.subject:
            continue
        if system.as_of is None or system.as_of < text.until:  # it is told by itself that it binds no longer
            asked = mark(
                "{other} no longer binds from {until} on, and {text} comes into force on {day}: what is found of "
                "both is so on no day (ask about that day, on the command line: `--as-of {day}`)"
            )
            ends, day = text.until.isoformat(), begins.isoformat()
            yield say(asked, other=text.name, until=ends, text=system.subject, day=day)


def _choices(system: NormSystem) -> Iterator[str]:
    """What is under negotiation, and what is not said of single packages."""
    choices = tuple(choice_lines(system))
    yield from choices
    if any(len(choice.options) == 1 for choice in Negotiation(system).choices):
        yield say("brackets around all of a clause, `[clause …]`, let it be left out")
    if choices:
        yield say("where clauses are said to be kept together, they are on some package, and perhaps not on each")


def choice_lines(system: NormSystem) -> Iterator[str]:
    """What is under negotiation, a line for each choice."""
    negotiation = Negotiation(system)
    asked = negotiation.asked_for
    for number, choice in enumerate(negotiation.choices):
        taken = [choice.options[option] for option in members(asked[number])] if number in asked else choice.options
        options = listed([option_words(replace(option, words=option.all_words)) for option in taken], "or")
        words = mark("open for negotiation: {place}, {options}")
        if len(choice.options) == 1:
            words = mark("open for negotiation: {place}, {options}; nothing else is proposed, so every package has it")
        elif number in asked:
            words = mark("open for negotiation, and taken for this check: {place}, {options}")
        yield say(words, place=place_words(negotiation, number), options=options)


def _not_rendered(system: NormSystem) -> Iterator[str]:
    """Of how many provisions nothing is asked, since the rendering of the text leaves them out."""
    count = len(system.texts[system.subject].omissions)
    if count:
        yield say_count(
            "{count} provision of {text} is left out: nothing is asked of it (`cbm check --explain-green` tells which)",
            "{count} provisions of {text} are left out: nothing is asked of them "
            "(`cbm check --explain-green` tells which)",
            count,
            text=system.subject,
        )


def omissions(system: NormSystem) -> Iterator[str]:
    """What the rendering of the text leaves out of it, provision by provision, with the reason of each.

    Of the texts that it is read with, of how many provisions that is so.
    """
    for omission in system.texts[system.subject].omissions:
        place, reason = system.subject, omission.reason
        if omission.label:
            place = say("{label} of {document}", label=omission.label, document=system.subject)
        if omission.title:
            yield say("{place}, {title}: {reason}", place=place, title=omission.title, reason=reason)
        else:
            yield say("{place}: {reason}", place=place, reason=reason)
    for text in system.texts.values():
        if text.name != system.subject and text.omissions:
            yield say_count(
                "{count} provision of {text}",
                "{count} provisions of {text}",
                len(text.omissions),
                text=text.name,
            )


def _clocks(system: NormSystem) -> Iterator[str]:
    """In which weeks it is asked what clocks show, where they change."""
    zones = dict.fromkeys(v.zone for v in system.situation.attributes if isinstance(v, ClockOffset))
    if not zones:
        return
    weeks, named = weeks_asked_of(system), listed(list(zones))
    first = monday(weeks[0])
    if len(weeks) == 1:
        yield say("clocks change in {zones}: asked about the week of {monday}", zones=named, monday=first)
    else:
        yield say(
            "clocks change in {zones}: asked about each week of the year from {monday} on", zones=named, monday=first
        )


def _meetings(system: NormSystem) -> Iterator[str]:
    """Meetings that texts lean on: how often they are held, and how long what is told there is read as waiting."""
    named = {name for norm in system.norms.values() for names in norm.channels for name in names}
    for channel in (channel for name, channel in system.channels.items() if name in named):
        past = [day for day in channel.held if system.as_of is None or day <= system.as_of]
        if channel.interval is None and past:
            words = mark(
                "no interval is agreed for `{channel}`, last held on {day}: what is told there may wait for ever"
            )
            yield say(words, channel=channel.name, day=past[-1])
        elif channel.next_meeting is not None:
            yield meeting_words(channel)


def _over_midnight(system: NormSystem) -> Iterator[str]:
    """Hours that begin in the morning and end on the next one: perhaps `5:30` was written for `17:30`."""
    named = {name for norm in system.norms.values() for names in norm.channels for name in names}
    for channel in (channel for name, channel in system.channels.items() if name in named):
        for hours in channel.hours:
            for start, length in dict.fromkeys((span.start % _DAY, span.end - span.start) for span in hours.shown):
                last = start + length - _DAY
                if start < _NOON and _HOUR <= last < _NOON:
                    yield say(
                        "the hours of {channel} at {party} go over midnight: {start} to {end} on the next day, and not "
                        "to {afternoon}",
                        channel=channel.title,
                        party=hours.party,
                        start=_clock(start),
                        end=_clock(last),
                        afternoon=_clock(last + _NOON),
                    )


def _clock(seconds: Fraction) -> str:
    hours, minutes = divmod(int(seconds) // 60, 60)
    return f"{hours:02}:{minutes:02}"


def _recurring(system: NormSystem, norm: Norm) -> Iterator[str]:
    recurring = (norm.recurrence, *(step.recurrence for step in norm.otherwise))
    times = dict.fromkeys(known.times for known in recurring if known is not None)
    if times:
        yield say(
            "clause {name} recurs: only the {first_ones} times are looked at",
            name=clause_name(system, norm.id),
            first_ones=listed([say("first {number}", number=number) for number in times]),
        )


def _repeating(system: NormSystem) -> Iterator[str]:
    """Moments that may occur several times, as far as the texts speak of them."""
    repeating = [moment for moment in system.situation.moments if moment.times > 1]
    if repeating:
        norms = system.norms.values()
        said = {name for norm in norms for formula in _formulas(norm) for name in _moments(formula)}
        for moment in (moment for moment in repeating if moment.name in said):
            yield say(
                "{moment} can occur again and again: at most {number} of them are looked at",
                moment=moment.title,
                number=moment.times,
            )


def _foreseen(system: NormSystem) -> Iterator[str]:
    """The moments that who owes something before them is taken to know, though no text declares them `planned`."""
    declared = planned(system)
    for moment, norms in foreseeing(system, Modality.OBLIGATION).items():
        if moment not in declared:
            worded = {(norm.id.unworded, norm.id.act): norm.id for norm in reversed(norms)}  # one wording of each
            yield say(
                "who can be bound by {clauses} is taken to know beforehand when {moment} comes: something is due "
                "before it, and it is not declared `planned`",
                clauses=clause_names(system, reversed(worded.values())),
                moment=event_words(system, Occurrence(moment)),
            )


def _unread_quotations(system: NormSystem) -> Iterator[str]:
    """The languages of quoted texts that are held against nothing, and texts that stand for several options."""
    own = [norm for norm in system.norms.values() if norm.id.document == system.subject]
    others = dict.fromkeys(q.language for norm in own for q in norm.quotations if q.language not in READ)
    if others:
        yield say(
            "quoted texts in {languages} are not compared with their clauses: only those in {read} are",
            languages=listed(list(others)),
            read=listed(list(READ)),
        )
    negotiation = Negotiation(system)
    worded = dict.fromkeys(norm.id.unworded for norm in own if _is_read(norm) and _has_options(negotiation, norm))
    shared = [c for c in worded if len({n.quotations for n in own if n.id.unworded == c}) == 1]
    if shared:
        yield say(
            "{clauses}: the quoted text is one for all options, and is compared with all of them together; how far it "
            "binds is not compared where options differ in that (`text` can have brackets, too)",
            clauses=clause_names(system, shared),
        )


def _is_read(norm: Norm) -> bool:
    """Whether it quotes a text in a language that is read."""
    return any(quotation.language in READ for quotation in norm.quotations)


def _has_options(negotiation: Negotiation, norm: Norm) -> bool:
    """Whether its clause says one thing with one option, and another with another."""
    return bool(norm.id.wording) or any(map(negotiation.is_choice, mentioned(norm.own_content)))


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
        readings = say("read as from {low} to {high}", low=low, high=high)
    else:
        readings = say("read as {readings}", readings=listed([title for _, title in term.titles], "or"))
    if term.per_party:
        readings = say("{readings}, each party for itself", readings=readings)
    return say("open term of {text}: {term}, {readings}", text=term.document, term=term.title, readings=readings)


def reserve_words(reserve: Reserve, as_of: date | None) -> str:
    """`reserve 5.11: weapons in disputed waters, until 2030-01-01`."""
    return say("reserve {label}", label=reserve.label) + _title(reserve) + _end(reserve, as_of)


def _reserve(system: NormSystem, reserve: Reserve) -> str:
    named = say("reserve {label} of {text}", label=reserve.label, text=reserve.document)
    topics = (
        say(", on {topics}", topics=listed([topic_words(system, topic) for topic in reserve.topics]))
        if reserve.topics
        else ""
    )
    where = say(", where {condition}", condition=literal_words(system, reserve.condition))
    return f"{named}{_title(reserve)}{topics}{where}{_end(reserve, system.as_of)}"


def _title(reserve: Reserve) -> str:
    return say(": {title}", title=reserve.title) if reserve.title else ""


def _end(reserve: Reserve, as_of: date | None) -> str:
    if reserve.until is None:
        return say(", without an end")
    day = reserve.until.isoformat()
    return say(", ended on {day}", day=day) if reserve.has_ended(as_of) else say(", until {day}", day=day)
