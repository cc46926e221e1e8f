"""What clauses have to do with channels, in words: what these take, what they lack, and when another one stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cbm.core.calendar.meetings import due_on, how_often
from cbm.core.episodes import Channel
from cbm.core.expressions import And, Does, Each, Expr, NormId, Not, Or, Worded
from cbm.core.norms import Needs, Norm, NormSystem, Substitute
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_count
from cbm.translation.speech import spoken


def line_notes(system: NormSystem, norms: Iterable[NormId]) -> Iterator[str]:
    """Of each channel that they name: its languages, where the clauses speak of any; and what it falls back to.

    Where other conduct is deemed to comply, also what it lacks to serve.
    """
    owed = [system.norms[norm] for norm in norms]
    asked = (norm.needs.languages or (not norm.through and _speaks_of_languages(norm.content)) for norm in owed)
    spoken_of = any(asked)
    for channel in (system.channels[name] for name in dict.fromkeys(name for norm in owed for name in norm.through)):
        if channel.languages and spoken_of:
            languages = listed([system.languages[name] for name in channel.languages], "or")
            yield say("`{channel}` takes messages in {languages}", channel=channel.name, languages=languages)
        others = [name for name in channel.fallback if any(name in norm.needs.standing_in for norm in owed)]
        if others:
            names = listed([f"`{name}`" for name in others], "or")
            yield say(
                "{others} may be used only where `{channel}` does not serve, or no message through it could be in time",
                others=names,
                channel=channel.name,
            )
    for way in (way for norm in owed if norm.substitutes for way in _ways(norm)):
        for channel in (system.channels[name] for name in way.through):
            lacks = list(lacking(system, channel, way.topics, way.needs))
            if lacks:  # it is no way to comply, where there is another one
                yield say("`{channel}` {is_so}", channel=channel.name, is_so=listed(lacks, of="sentences"))


def _ways(norm: Norm) -> Iterator[Norm | Substitute]:
    """All that complies with it: what it asks for itself, and what is deemed to comply."""
    yield norm
    yield from norm.substitutes


def lacking(system: NormSystem, channel: Channel, topics: tuple[str, ...], needs: Needs) -> Iterator[str]:
    """What it lacks to serve a duty on these topics at all, in words."""
    if channel.operational is None:
        yield _not_installed(channel, system.as_of)
    elif not channel.works(system.as_of):
        if ended := out_of_use(system, channel):
            yield ended
        elif channel.agreed is not None and (system.as_of is None or channel.agreed <= system.as_of):
            yield say(
                "is agreed since {agreed}, and operational from {day} only",
                agreed=channel.agreed,
                day=channel.operational,
            )
        else:
            yield say("is operational from {day} only", day=channel.operational)
    elif system.as_of is not None and (due := due_on(channel, system.as_of)) is not None and due < system.as_of:
        yield _overdue(channel, due, system.as_of)
    missing = [topic for topic in topics if topic not in channel.topics]
    if missing:
        if spoken() != "en":
            missing = [system.words.topics.get(topic, topic) for topic in missing]
        yield say("is not agreed for {topics}", topics=listed(missing))
    yield from _asked_besides(system, channel, needs)


def between_only(channel: Channel) -> str:
    """Between whom it runs, as what keeps it from serving others."""
    return say("is a line between {parties} only", parties=listed(list(channel.parties)))


def out_of_use(system: NormSystem, channel: Channel) -> str:
    """Why it works no more on the date asked about, in words; nothing where it works, or is yet to."""
    as_of = system.as_of
    if as_of is None or channel.works(as_of):
        return ""
    if channel.until is not None and as_of >= channel.until:
        return say("is no longer in operation from {day} on", day=channel.until)
    pause = channel.suspension(as_of)
    if pause is None:
        return ""
    if pause[1]:
        return say("is suspended from {first} to {last}", first=pause[0], last=pause[1])
    return say("is suspended from {first} on, without an end", first=pause[0])


def _not_installed(channel: Channel, as_of: date | None) -> str:
    """What is agreed and not there is another matter than what nobody agreed on."""
    if channel.agreed is None:
        return say("was neither agreed nor put into operation")
    if as_of is not None and as_of < channel.agreed:
        return say("is agreed from {day} only, and was never put into operation", day=channel.agreed)
    return say("is agreed since {day}, and was never put into operation", day=channel.agreed)


def _asked_besides(system: NormSystem, channel: Channel, needs: Needs) -> Iterator[str]:
    """The level and the language that it lacks."""
    if not needs.level_suits(channel):
        level = level_words(needs)
        if channel.level:
            yield say("runs on the level `{own}`, and not on {level}", own=channel.level, level=level)
        else:
            yield say("is declared for no level, and not for {level}", level=level)
    if not needs.language_suits(channel):
        wanted, taken = ([system.languages[name] for name in names] for names in (needs.languages, channel.languages))
        yield say(
            "takes messages in {languages}, and not in {wanted}",
            languages=listed(taken, "or"),
            wanted=listed(wanted, "or"),
        )


def level_words(needs: Needs) -> str:
    """The level that is asked for, and whether a higher one does as well."""
    level = needs.levels[0]
    return say("`{level}` or above", level=level) if len(needs.levels) > 1 else f"`{level}`"


def _overdue(channel: Channel, due: date, as_of: date) -> str:
    """How long a meeting that is due has not been held, in words."""
    assert channel.interval is not None, "only what is to be held once in some time is due"
    last = max((day for day in channel.held if day <= as_of), default=None)
    late = (as_of - due).days
    overdue = say_count("{count:,} day overdue on {day}", "{count:,} days overdue on {day}", late, day=as_of)
    often = how_often(channel.interval)
    if last:
        return say(
            "was last held on {last}, though it is to be held {how_often}: due by {due}, {overdue}",
            last=last,
            how_often=often,
            due=due,
            overdue=overdue,
        )
    return say(
        "was never held since {start}, though it is to be held {how_often}: due by {due}, {overdue}",
        start=channel.operational,
        how_often=often,
        due=due,
        overdue=overdue,
    )


def _speaks_of_languages(content: Expr) -> bool:
    match content:
        case Worded():
            return True
        case Not(part) | Does(_, _, part) | Each(_, _, part):
            return _speaks_of_languages(part)
        case And(parts) | Or(parts):
            return any(map(_speaks_of_languages, parts))
        case _:
            return False
