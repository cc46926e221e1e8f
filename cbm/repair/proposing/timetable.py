"""Proposals for what cannot be done in time: more of it, another channel, or a prohibition that sets in later."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from cbm.core.episodes import Channel
from cbm.core.expressions import NormId
from cbm.core.norms import Norm, NormSystem, Secondary
from cbm.core.units import UNITS
from cbm.dynamics.message_fares import carries, time_needed
from cbm.repair.editable_text import Proposal, Sheet, put_in
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.syntax.ast import Modality
from cbm.translation.saying import say


def in_time(sheet: Sheet, identity: NormId) -> Iterator[Proposal]:
    """As much time as the channel of a duty can need, or another channel beside it."""
    norm, demand = sheet.system.norms[identity], sheet.clause(identity).demand
    needed = time_needed(sheet.system, norm)
    for window in demand.windows if needed is not None else ():
        match window:
            case ast.Within(ast.QuantityNode(value, str() as unit) as length, True, ast.Path()) | ast.AtLeast(
                ast.QuantityNode(value, str() as unit) as length, False, _
            ):
                whole = ceil(needed / UNITS[unit].factor) if needed is not None else 0
                if whole > value:
                    written = f"{whole:,} {unit}"
                    words = say(
                        "give {clause} the time that its channel can take: {time}",
                        clause=sheet.called(identity),
                        time=written,
                    )
                    yield Proposal(words, (Edit(length.span, written),))
            case _:
                pass
    yield from also_through(sheet, identity, demand.span)


def also_through(sheet: Sheet, identity: NormId, place: Span) -> Iterator[Proposal]:
    """Each other channel that serves it in time, beside those that are named; `place` is what is asked for there."""
    norm, clause = sheet.system.norms[identity], sheet.clause(identity)
    steps: list[tuple[ast.DemandNode, Norm | Secondary]] = [(clause.demand, norm)]
    steps += zip(clause.otherwise, norm.otherwise, strict=True)
    for demand, owed in steps:
        if demand.span == place and demand.through:
            named = [name.text for name in demand.through]
            for channel in _serving(sheet.system, owed):
                if channel.name not in named:
                    written = ", ".join((*named, channel.name))
                    words = say(
                        "let it go through `{channel}` as well: `through {channels}`",
                        channel=channel.name,
                        channels=written,
                    )
                    yield Proposal(words, (put_in(demand.through[-1].span, f", {channel.name}"),))


def _serving(system: NormSystem, owed: Norm | Secondary) -> Iterator[Channel]:
    for channel in system.channels.values():
        agreed = channel.works(system.as_of) and set(owed.topics) <= set(channel.topics)
        if agreed and carries(system, channel, owed.content):
            yield channel


def setting_in_later(sheet: Sheet, duty: NormId, ban: NormId) -> Iterator[Proposal]:
    """The prohibition begins when the time of the duty is over, both counted from one point."""
    asked, forbidden = sheet.clause(duty).demand, sheet.clause(ban).demand
    if asked.modality is not Modality.OBLIGATION or forbidden.modality is not Modality.PROHIBITION:
        return
    for window in asked.windows:
        for longer in forbidden.windows:
            match window, longer:
                case (
                    ast.Within(ast.QuantityNode() as length, after, ast.Path() as point),
                    ast.Within(ast.QuantityNode(), same, ast.Path() as counted),
                ) if after == same and point.span.text == counted.span.text:
                    side = "after" if after else "before"
                    written = f"at least {length.span.text} {side} {point.span.text}"
                    words = say(
                        "let {ban} forbid only what is not within the time of {duty}: `{written}`",
                        ban=sheet.called(ban),
                        duty=sheet.called(duty),
                        written=written,
                    )
                    yield Proposal(words, (put_in(longer.span, f" {written}"),))
                case _:
                    pass
