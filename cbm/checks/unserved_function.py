"""Clauses that need a channel which does not serve: not yet, not for this, or not between these parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from cbm.compliance.unavailable_options import OptionQuestion, Shut, shown, shut, shut_with
from cbm.core.clause_limits.channel_bans import limits_channels
from cbm.core.episodes import Channel
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, IsIn, NormId, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Guard, Modality, Needs, Norm, NormSystem, Secondary, Strength, Substitute
from cbm.core.viewpoints import seen
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, Label, Rule, RuleId, Scenario, Severity
from cbm.ground.between_parties import connects
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, touched
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.replay import episode
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.channel_use import between_only, lacking, level_words, out_of_use
from cbm.wording.clause_names import (
    clause_name,
    clause_names,
    content_label,
    otherwise_name,
    substitute_labels,
    unverified,
)
from cbm.wording.reading_words import found_by_part
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.UNSERVED_FUNCTION,
    Severity.WARNING,
    mark("a duty or a permission through a channel that does not serve it"),
    mark("""\
A clause asks for something through a channel, in the first place or after a breach (`otherwise`), or allows it (`may`),
and on the date asked about none of the channels that it names, and none that these fall back to, is operational, agreed
for this (`for`, by the topics of the act), on the level (`at level ministry or above`), for the language (`worded in
english`) and between these parties. Its deadlines are asked about as if the channel served; whether hours, delays and
answers of the other side leave a way to meet them is told under `impossible-duty`.

A meeting is a channel that says how often it is agreed to be held, and when it was: `meets once every year`,
`held 2018-12-27`. It does not serve while it is overdue, counted from the last time before the date asked about, or
from when it became operational: `every year` means in the next calendar year, `every 12 months` by the same day of it.
No channel serves while it is `suspended from 2022-08-05 to 2024-11-06`; on the last of these days it works again.

Several channels (`through A, B`) stand in for each other, without an order. What a channel `falls back to` is used
where the channel does not serve, and where no message through it could be in time; after a breach, an order is a ladder
of `otherwise`. Use that needs the other side's consent waits for it: `prior consent agree_to_talk`, an act of the other
side, or a delay that may be without end.
"""),
    failing="""\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident
topic notices
act report topic notices
channel line between CN, JP for notices operational from 2023-03-31

draft code "A code"
  uses lines
  between CN, JP
  proposed 2019-10-01
clause 1 every unit must report within 24 h after incident through line
""",
    passing="""\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident
topic notices
act report topic notices
channel line between CN, JP for notices operational from 2018-06-08

draft code "A code"
  uses lines
  between CN, JP
  proposed 2019-10-01
clause 1 every unit must report within 24 h after incident through line
""",
)


class _Duty(Record):
    """What a clause asks for or allows, first (step None) or after a breach, or deems to comply, through channels."""

    norm: Norm
    step: int | None
    owed: Norm | Secondary | Substitute
    place: Label

    @property
    def matter(self) -> tuple[str, ...]:
        """What it is of the clause, where it is not what that asks for first."""
        if isinstance(self.owed, Substitute):
            return ("deemed", self.owed.label)
        return () if self.step is None else ("otherwise", str(self.step + 1))

    def name(self, system: NormSystem) -> str:
        if isinstance(self.owed, Substitute):
            return clause_names(system, (NormId(self.norm.id.document, self.owed.label),))
        name = clause_names(system, (self.norm.id,))
        if self.step is None:
            return name
        return say("{otherwise} of {clause}", otherwise=otherwise_name(self.norm, self.step), clause=name)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    negotiation, told = Negotiation(inquiry.system), set[object]()
    for norm in inquiry.system.norms.values():
        about = next((about for about in inquiry.strict if about.find(norm.id) is not None), None)
        if about is None or not (norm.demands or norm.modality is Modality.PERMISSION):
            continue
        stands = negotiation.boxes_of((norm,))
        own = _duties(inquiry.system, norm) if norm.id.document == inquiry.system.subject else ()
        asked = (partial(_of_duty, about=about, duty=duty) for duty in own)
        for finding in chain.from_iterable(found_by_part(inquiry, negotiation, stands, one, norm.id) for one in asked):
            known = (finding.message, finding.primary, finding.reach)  # one clause may name several duties
            if known not in told:
                told.add(known)
                yield finding
        yield from found_by_part(inquiry, negotiation, stands, partial(_left_without, about=about, norm=norm), norm.id)


def _duties(system: NormSystem, norm: Norm) -> Iterator[_Duty]:
    if _needs_a_channel(norm) and norm.modality is Modality.OBLIGATION:
        yield _Duty(norm, None, norm, content_label(system, norm, mark("{clause} asks for this")))
    if _needs_a_channel(norm) and norm.modality is Modality.PERMISSION:
        yield _Duty(norm, None, norm, content_label(system, norm, mark("{clause} allows this")))
    for step, owed in enumerate(norm.otherwise):
        if _needs_a_channel(owed):
            assert owed.span is not None, "what is owed otherwise carries its place"
            asks = say("{clause} asks for this otherwise", clause=clause_name(system, norm.id))
            yield _Duty(norm, step, owed, Label(owed.span, asks))
    for deemed, place in zip(norm.substitutes, substitute_labels(system, norm), strict=True):
        if _needs_a_channel(deemed):
            yield _Duty(norm, None, deemed, place)


def _left_without(inquiry: Inquiry, about: Ground, norm: Norm) -> Iterator[Finding]:
    """Where other clauses leave a duty only channels that do not serve it."""
    system, duty = inquiry.system, about.norm(norm.id)
    acts = _said_through_channels(about, norm)
    if not acts:
        return
    way = _serving(inquiry.here(about), norm, acts)
    names = [norm.id, *(n.norm.id for n in way.duties if n is not duty)]
    if len(names) == 1 or system.subject not in {name.document for name in names}:
        return
    found = _shut_alike(inquiry, way)
    if norm.modality is Modality.PERMISSION and isinstance(found, Shut):
        whatever = shut(replace(way, wanted=(duty.fulfilled,)))
        if isinstance(whatever, Shut):
            return  # they leave no use of it whatever serves: see blocked-permission
        found = found if whatever is None else whatever

    def asked() -> str:
        return f"{clause_names(system, (norm.id,))} beside {clause_names(system, names[1:])}"

    if isinstance(found, Unknown):
        question = mark("is there an encounter in which they leave it no channel that serves")
        inquiry.record(RULE.id, asked, inquiry.leave_open(question, found, *names))
        return
    of = Posed(partial(_nothing_left, norm.id), tuple(names), about.bearer)
    inquiry.record(RULE.id, asked, found is not None, of=of)
    if found is not None and any(n is not duty for n in found.by):
        yield _left_finding(inquiry, about, duty, way, found, acts)


def _said_through_channels(about: Ground, norm: Norm) -> list[str]:
    """The acts through channels that the clause asks for, if it is a duty, or allows."""
    owed = norm.modality is Modality.OBLIGATION and norm.strength is Strength.MUST
    if not (owed or norm.modality is Modality.PERMISSION):
        return []
    acted = {decided.name for decided in touched(about.norm(norm.id).fulfilled)}
    return [act for act in about.system.lines if act in acted]


def _serving(about: Ground, norm: Norm, acts: Sequence[str]) -> OptionQuestion:
    """Keeping the duty, or using the permission, through channels that serve it, beside what bars channels."""
    duty = about.norm(norm.id)
    bans = (n for n in about.demanding if n.norm.strength is Strength.MUST and limits_channels(n.norm, acts))
    ways = _complying_ways(about, duty, acts)
    if norm.modality is Modality.PERMISSION:
        return OptionQuestion(about, (duty.binds,), (duty.fulfilled, *ways), tuple(bans))
    return OptionQuestion(about, (duty.binds,), ways, (duty, *bans))


def _nothing_left(norm: NormId, _: Ground, upheld: Ground) -> Iterator[Sought]:
    duty = upheld.norm(norm).norm
    way = _serving(upheld, duty, _said_through_channels(upheld, duty))
    yield Sought(way.given, way.duties, way.wanted)


def _shut_alike(inquiry: Inquiry, way: OptionQuestion) -> Shut | Unknown | None:
    """Where it is shut, by duties that shut it on each of the packages at hand."""
    found = shut(way)
    if isinstance(found, Shut):
        return inquiry.alike(partial(shut_with, replace(way, duties=found.by))) or found
    return found


def _complying_ways(about: Ground, duty: GroundNorm, acts: Sequence[str]) -> tuple[Formula, ...]:
    """The duty is complied with through channels that serve, each way of it measured by what is asked of that way."""
    norm = duty.norm
    if not norm.substitutes:
        return tuple(_served(about, norm.needs, acts))
    own = _complying_way(about, norm, norm.own_content, norm.needs, acts)
    others = (
        _complying_way(about, norm, conjunction(deemed.condition, deemed.content), deemed.needs, acts)
        for deemed in norm.substitutes
    )
    return (disjunction(own, *others),)


def _complying_way(about: Ground, norm: Norm, content: Expr, needs: Needs, acts: Sequence[str]) -> Formula:
    """This is done, its acts through channels that serve it."""
    done = about.grounder.guard(Guard(content), norm, about.bearer)
    own = {decided.name for decided in touched(done)}
    return conjunction(done, *_served(about, needs, [act for act in acts if act in own]))


def _served(about: Ground, needs: Needs, acts: Iterable[str]) -> Iterator[Formula]:
    """These acts are done through channels that serve them, or through none."""
    system = about.system
    for act in acts:
        for channel in (system.channels[name] for name in system.lines[act]):
            lacks = any(lacking(system, channel, _topics(system, act), needs))
            serves = FALSE if lacks else connects(system, channel)
            for done in about.grounder.doings(act, about.bearer)[0]:
                yield disjunction(negation(IsIn(done.through(system.channels), (channel.name,))), serves)


def _topics(system: NormSystem, act: str) -> tuple[str, ...]:
    topic = system.acts[act].topic
    return () if topic is None else (topic,)


def _left_finding(
    inquiry: Inquiry, about: Ground, duty: GroundNorm, way: OptionQuestion, found: Shut, acts: Iterable[str]
) -> Finding:
    system, norm = inquiry.system, duty.norm
    bans = [n.norm for n in found.by if n is not duty]
    names = [ban.id for ban in bans]
    witness = shown(way, found, lambda seen: _bound(inquiry, about, norm, seen))
    message, undated = _left_words(system, norm.id, names, _why_unserved(system, norm.needs, acts))
    return Finding(
        RULE.id,
        RULE.severity,
        message,
        content_label(system, norm, mark("{clause} asks for this") if norm.demands else mark("{clause} allows this")),
        tuple(content_label(system, ban, mark("{clause} leaves no other way")) for ban in bans),
        clauses=tuple(map(str, (norm.id, *names))),
        undated=undated,
        witness=example(system, witness, (duty.live, *found.cube)),
        remedies=(
            say(
                "let {clauses} leave a channel that serves it as well",
                clauses=listed([clause_name(system, ban) for ban in names]),
            ),
            *_agreeing(system, (system.channels[name] for act in acts for name in system.lines[act])),
        ),
        notes=unverified(system, [norm.id, *names]),
    )


def _another(system: NormSystem, owed: Norm | Secondary | Substitute) -> Iterator[str]:
    """That another channel is named; where none serves on the level that is asked for, another level, if one helps."""
    on_any_level = replace(owed.needs, levels=())
    lines = [c for c in system.channels.values() if not any(lacking(system, c, owed.topics, on_any_level))]
    levels = [c.level for c in lines if c.level]
    if not owed.needs.levels or any(map(owed.needs.level_suits, lines)):
        yield say("name a channel that serves it besides: `through A, B`, or `falls back to B` in its declaration")
    elif levels:
        yield say("name no channel, and a level on which one serves it: `at level {level}`", level=levels[0])


def _agreeing(system: NormSystem, channels: Iterable[Channel]) -> tuple[str, ...]:
    """That the use of a channel may be agreed on: of no use where each is out of use."""
    known = list(channels)
    if known and all(out_of_use(system, channel) for channel in known):
        return ()
    return (say("or agree on this use of the channel"),)


def _meeting_them(inquiry: Inquiry, about: Ground, norm: Norm, unserved: Formula) -> Iterator[str]:
    """That what goes to a party, by a line that reaches it, is asked for where that is met; no other line would do."""
    system = inquiry.system
    party, others = system.situation.party, [n for n in range(len(system.situation.roles)) if n != about.bearer]
    if len(norm.recipients) != 1 or party is None or len(others) != 1:
        return
    met, to = IsIn(seen(party, others[0]), norm.recipients), norm.recipients[0]
    question, ends = mark("is it so where it is met to whom this goes"), {"found": "no way out", "none": "a way out"}
    if inquiry.can(about, (norm.id,), question, unserved, met, **ends) is False:
        condition = f"{system.situation.roles[others[0]]}.{party.name} is {to}"
        yield say("let it bind only where it is met to whom this goes: `when {condition}`", condition=condition)


def _joining(lines: Sequence[Channel]) -> tuple[str, ...]:
    """That those who are at no end of a line, which serves its parties, may join it."""
    names = listed([f"`{line.name}`" for line in lines], "or")
    return (say("or agree with those who are no parties to it that they join {lines}", lines=names),)


def _left_words(system: NormSystem, clause: NormId, bans: Sequence[NormId], why: str) -> tuple[str, str]:
    """That the bans leave the clause no channel, on the day asked about if there is one; and the same without it."""
    told = {"others": clause_names(system, bans), "clause": clause_names(system, (clause,)), "why": why}
    undated = say_count(
        "{others} leaves {clause} no channel that serves it: {why}",
        "{others} leave {clause} no channel that serves it: {why}",
        len(bans),
        **told,
    )
    if system.as_of is None:
        return undated, undated
    on_day = say_count(
        "{others} leaves {clause} no channel that serves it on {day}: {why}",
        "{others} leave {clause} no channel that serves it on {day}: {why}",
        len(bans),
        day=system.as_of,
        **told,
    )
    return on_day, undated


def _why_unserved(system: NormSystem, needs: Needs, acts: Iterable[str]) -> str:
    """Why no channel of the acts serves what it has to, in words."""
    why: list[str] = []
    for act in acts:
        for channel in (system.channels[name] for name in system.lines[act]):
            lacks = list(lacking(system, channel, _topics(system, act), needs))
            only = [between_only(channel)] if channel.parties else []
            why.append(_said(channel, lacks or only) if lacks or only else "")
    return listed([words for words in dict.fromkeys(why) if words], of="sentences")


def _said(channel: Channel, of_it: Sequence[str]) -> str:
    """What is said of a channel: that it is suspended, that it is not agreed for something."""
    return say("`{channel}` {is_so}", channel=channel.name, is_so=listed(of_it, of="sentences"))


def _needs_a_channel(owed: Norm | Secondary | Substitute) -> bool:
    return bool(owed.through or owed.needs.levels)


def _of_duty(inquiry: Inquiry, about: Ground, duty: _Duty) -> Iterator[Finding]:
    system, norm = inquiry.system, duty.norm
    channels = [system.channels[name] for name in duty.owed.through]
    serving = [channel for channel in channels if not any(lacking(system, channel, duty.owed.topics, duty.owed.needs))]
    unserved = _unserved(about, norm.id, serving, duty.owed)
    question = mark("is there an encounter in which it binds and no channel that it names serves it")
    found = inquiry.can(
        about, (norm.id,), question, unserved, found="the finding", none="some channel always serves it"
    )
    of = Posed(partial(_binding_unserved, norm.id, [c.name for c in serving], duty.owed), (norm.id,), about.bearer)
    inquiry.record(RULE.id, lambda: duty.name(system), found, of=of)
    if found is True:
        shown = episode(inquiry.here(about), (unserved,), lambda seen: _bound(inquiry, about, norm, seen))
        witness = example(system, shown, [about.norm(norm.id).live])
        ways = _meeting_them(inquiry, about, norm, unserved) if serving else ()
        yield _finding(inquiry, duty, channels, serving, witness, tuple(ways))


def _unserved(about: Ground, norm: NormId, serving: Iterable[Channel], owed: Norm | Secondary | Substitute) -> Formula:
    """It binds, none of these channels connects the units, and nothing else is deemed to comply in the first place."""
    n = about.norm(norm)
    unconnected = conjunction(n.binds, *(negation(connects(about.system, c)) for c in serving))
    match owed:
        case Norm():
            return conjunction(unconnected, *map(negation, _complied_with_otherwise(about, n)))
        case Substitute(condition=condition):
            return conjunction(unconnected, about.grounder.guard(Guard(condition), n.norm, about.bearer))
        case Secondary():
            return unconnected


def _complied_with_otherwise(about: Ground, n: GroundNorm) -> Iterator[Formula]:
    """Where other conduct is deemed to comply with the duty, through a channel that serves or through none."""
    system = about.system
    for deemed in n.norm.substitutes:
        channels = (system.channels[name] for name in deemed.through)
        serving = (c for c in channels if not any(lacking(system, c, deemed.topics, deemed.needs)))
        reached = disjunction(*(connects(system, c) for c in serving)) if _needs_a_channel(deemed) else TRUE
        yield conjunction(about.grounder.guard(Guard(deemed.condition), n.norm, about.bearer), reached)


def _binding_unserved(
    norm: NormId, serving: Iterable[str], owed: Norm | Secondary | Substitute, _: Ground, upheld: Ground
) -> Iterator[Sought]:
    """What lacks on the day for a channel to serve it is no question for a solver."""
    channels = (upheld.system.channels[name] for name in serving)
    yield Sought((_unserved(upheld, norm, channels, owed),))


def _bound(inquiry: Inquiry, about: Ground, norm: Norm, seen: CompleteEpisode) -> bool:
    return binding(norm.id, about.bearer, seen, inquiry.system)


def _finding(
    inquiry: Inquiry,
    duty: _Duty,
    channels: list[Channel],
    serving: list[Channel],
    witness: Scenario,
    ways: tuple[str, ...],
) -> Finding:
    system = inquiry.system
    topics, needs = duty.owed.topics, duty.owed.needs
    why = [_said(c, list(lacking(system, c, topics, needs))) for c in channels if c not in serving]
    why += [_said(c, [between_only(c)]) for c in serving]
    if not channels:
        why = [say("no channel runs on the level {level}", level=level_words(duty.owed.needs))]
    told = {"duty": duty.name(system), "why": listed(why, of="sentences")}
    message = undated = say("{duty} needs a channel that does not serve it: {why}", **told)
    if system.as_of is not None:
        message = say("{duty} needs a channel that does not serve it on {day}: {why}", day=system.as_of, **told)
    return Finding(
        RULE.id,
        RULE.severity,
        message,
        duty.place,
        clauses=(str(duty.norm.id),),
        matter=duty.matter,
        undated=undated,
        witness=witness,
        remedies=ways
        or (*_another(system, duty.owed), *(_joining(serving) if serving else _agreeing(system, channels))),
        notes=unverified(system, [duty.norm.id]),
    )
