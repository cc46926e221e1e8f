"""What clauses have to do with channels, in words: what these take, what they lack, and when another one stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cbm.core.episodes import Channel
from cbm.core.expressions import And, Does, Each, Expr, NormId, Not, Or, Worded
from cbm.core.meetings import due_on
from cbm.core.norms import Needs, NormSystem
from cbm.syntax.ast import MeetingInterval
from cbm.translation.listing import listed
from cbm.translation.saying import say_count


def line_notes(system: NormSystem, norms: Iterable[NormId]) -> Iterator[str]:
    """Of each channel that they name: its languages, where the clauses speak of any; and what it falls back to."""
    owed = [system.norms[norm] for norm in norms]
    asked = (norm.needs.languages or (not norm.through and _speaks_of_languages(norm.content)) for norm in owed)
    spoken_of = any(asked)
    for channel in (system.channels[name] for name in dict.fromkeys(name for norm in owed for name in norm.through)):
        if channel.languages and spoken_of:
            languages = listed([system.languages[name] for name in channel.languages], "or")
            yield f"`{channel.name}` takes messages in {languages}"
        others = [name for name in channel.fallback if any(name in norm.needs.standing_in for norm in owed)]
        if others:
            names = listed([f"`{name}`" for name in others], "or")
            where = f"`{channel.name}` does not serve, or no message through it could be in time"
            yield f"{names} may be used only where {where}"


def lacking(system: NormSystem, channel: Channel, topics: tuple[str, ...], needs: Needs) -> Iterator[str]:
    """What it lacks to serve a duty on these topics at all, in words."""
    if channel.operational is None:
        yield _not_installed(channel, system.as_of)
    elif not channel.works(system.as_of):
        ended = system.as_of is not None and channel.until is not None and system.as_of >= channel.until
        pause = None if system.as_of is None else channel.suspension(system.as_of)
        if ended:
            yield f"was suspended on {channel.until}"
        elif pause is None:
            known = channel.agreed is not None and (system.as_of is None or channel.agreed <= system.as_of)
            agreed = f"agreed since {channel.agreed}, and " if known else ""
            yield f"is {agreed}operational from {channel.operational} only"
        else:
            yield f"is suspended from {pause[0]} {f'to {pause[1]}' if pause[1] else 'on, without an end'}"
    elif system.as_of is not None and (due := due_on(channel, system.as_of)) is not None and due < system.as_of:
        yield _overdue(channel, due, system.as_of)
    missing = [topic for topic in topics if topic not in channel.topics]
    if missing:
        yield f"is not agreed for {listed(missing)}"
    yield from _asked_besides(system, channel, needs)


def _not_installed(channel: Channel, as_of: date | None) -> str:
    """What is agreed and not there is another matter than what nobody agreed on."""
    if channel.agreed is None:
        return "was neither agreed nor put into operation"
    if as_of is not None and as_of < channel.agreed:
        return f"is agreed from {channel.agreed} only, and was never put into operation"
    return f"is agreed since {channel.agreed}, and was never put into operation"


def _asked_besides(system: NormSystem, channel: Channel, needs: Needs) -> Iterator[str]:
    """The level and the language that it lacks."""
    if not needs.level_suits(channel):
        runs = f"runs on the level `{channel.level}`" if channel.level else "is declared for no level"
        yield f"{runs}, and not {'on' if channel.level else 'for'} `{needs.levels[0]}`{or_above(needs)}"
    if not needs.language_suits(channel):
        wanted, taken = ([system.languages[name] for name in names] for names in (needs.languages, channel.languages))
        yield f"takes messages in {listed(taken, 'or')}, and not in {listed(wanted, 'or')}"


def or_above(needs: Needs) -> str:
    """That a higher level does as well."""
    return " or above" if len(needs.levels) > 1 else ""


def _overdue(channel: Channel, due: date, as_of: date) -> str:
    """How long a meeting that is due has not been held, in words."""
    assert channel.interval is not None, "only what is to be held once in some time is due"
    last = max((day for day in channel.held if day <= as_of), default=None)
    before = f"was last held on {last}" if last else f"was never held since {channel.operational}"
    late = (as_of - due).days
    agreed = f"though it is to be held {_how_often(channel.interval)}"
    return f"{before}, {agreed}: due by {due}, {late:,} day{'' if late == 1 else 's'} overdue on {as_of}"


def _how_often(interval: MeetingInterval) -> str:
    match interval.unit:
        case "day":
            return say_count("once every day", "once every {count} days", interval.count)
        case "week":
            return say_count("once every week", "once every {count} weeks", interval.count)
        case "month":
            return say_count("once every month", "once every {count} months", interval.count)
        case _:
            return say_count("once every year", "once every {count} years", interval.count)


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
