"""Clauses that clash because the one channel that is left to them takes too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.clause_limits.channel_bans import bars_channel, bars_unnamed, limits_channels, speaks_of_act
from cbm.core.episodes import Channel
from cbm.core.expressions import NormId
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.coverage.seams import met_at
from cbm.finding import Finding, Rule
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.translation.saying import mark, ordering, say
from cbm.wording.channel_use import lacking
from cbm.wording.clause_names import clause_names
from cbm.wording.findings.clashes.clash_rules import concerns_subject
from cbm.wording.findings.clashes.conflict_findings import clash_finding, clash_in_brief, readings_of
from cbm.wording.findings.each_role import first_alike
from cbm.wording.findings.ways_out import left_free_as_well
from cbm.wording.findings.wordings_alike import are_same_clauses, depends_on_choices, told_as_one
from cbm.wording.reading_words import qualified
from cbm.wording.times.opening_hours import Served, served

_NAMED = {
    "found": "a channel that is named besides has to be left free by it, too",
    "none": "it is not named beside the finding",
}


def clash_in_time(inquiry: Inquiry, clash: ConflictSet, rule: Rule) -> Finding:
    """The finding for clauses that clash; where one sets the time and others leave one channel, what that one takes.

    Where an earlier clash says the same of other wordings of these clauses, it tells nothing else.
    """
    if _is_shown_with_another(inquiry, clash, rule):
        return qualified(inquiry, _in_brief(inquiry, clash, rule), readings_of(inquiry, clash))
    retold = _in_time(inquiry, clash)
    if retold is None:
        return clash_finding(inquiry, clash, rule)
    return clash_finding(inquiry, clash, rule, retold, conditions_follow=True)


def _is_shown_with_another(inquiry: Inquiry, clash: ConflictSet, rule: Rule) -> bool:
    """Whether an earlier clash says the same of other wordings of these clauses: both will be told as one."""
    alike = [other for other in _earlier(inquiry, clash) if _is_plain(inquiry, other)]
    if not alike or not _is_plain(inquiry, clash):
        return False
    brief = _in_brief(inquiry, clash, rule)
    shown = [o for o in alike if told_as_one(inquiry.system, _in_brief(inquiry, o, rule), brief)]
    shown = [o for o in shown if concerns_subject(inquiry, o) and first_alike(inquiry, o) is o]
    several = (clash, *(o for o in shown if met_at(inquiry, o) is None))
    return len(several) > 1 and all(depends_on_choices(readings_of(inquiry, one)) for one in several[:2])


def _earlier(inquiry: Inquiry, clash: ConflictSet) -> Iterator[ConflictSet]:
    """The clashes before this one that are of other wordings of its clauses, and of its bearer."""
    if not any(norm.wording for norm in clash.norms):
        return
    for other in inquiry.clashes_in_wordings(clash.norms):
        if other is clash:
            return
        if other.bearer == clash.bearer and are_same_clauses(clash.norms, other.norms):
            yield other


def _is_plain(inquiry: Inquiry, clash: ConflictSet) -> bool:
    """Whether nothing more is to be asked of it than when these clauses clash: of several, and it is known."""
    several = len(clash.norms) > 1 and not clash.classes
    return several and clash.extent.exact and not inquiry.settled_by(clash.norms)


def _in_brief(inquiry: Inquiry, clash: ConflictSet, rule: Rule) -> Finding:
    retold, finding = _in_time(inquiry, clash), clash_in_brief(inquiry, clash, rule)
    return finding if retold is None else retold(finding)


def _in_time(inquiry: Inquiry, clash: ConflictSet) -> Callable[[Finding], Finding] | None:
    """How it is told by what one channel takes, if it is."""
    timely = _late_through(inquiry, clash)
    if timely is None or inquiry.settled_by(clash.norms):
        return None
    named = partial(clause_names, inquiry.system, clash.norms)
    first = tuple(left_free_as_well(inquiry.system, clash.norms))
    return partial(_told_by_time, names=named, timely=timely, first=first)


def _late_through(inquiry: Inquiry, clash: ConflictSet) -> Served | None:
    """How a duty fares through the one channel that is left to it, by itself or by bans that clash with it for that."""
    system = inquiry.system
    norms = [system.norms[identity] for identity in clash.norms]
    owed = [norm for norm in norms if norm.modality is Modality.OBLIGATION]
    if len(owed) != 1:
        return None
    acts = [act for act in system.lines if speaks_of_act(owed[0].content, act)]
    others = [norm for norm in norms if norm is not owed[0]]
    if not all(limits_channels(other, acts) for other in others):
        return None
    named = owed[0].through or tuple(dict.fromkeys(name for act in acts for name in system.lines[act]))
    left = [name for name in named if not any(bars_channel(other, acts, name) for other in others)]
    if owed[0].needs.levels:
        left = [name for name in left if _is_in_reach(system, owed[0], system.channels[name])]
    serving = [name for name in named if not any(lacking(system, system.channels[name], owed[0].topics, owed[0].needs))]
    if serving and left and not set(serving).intersection(left):
        return None  # what does not serve is not used while another one does: none is left
    serving = [name for name in left if name in serving]
    left_by = [other.id for other in others]
    fewer = owed[0].needs.levels or len(serving) < len(left)
    barred_by = [] if others else _barring(inquiry, clash, owed[0], acts)
    return served(system, owed[0], (serving or left) if others or fewer else None, left_by, barred_by)


def _barring(inquiry: Inquiry, clash: ConflictSet, owed: Norm, acts: Sequence[str]) -> list[NormId]:
    """The bans that leave the duty no channel besides those that it names, where both bind."""
    about = next(one for one in inquiry.grounds if one.bearer == clash.bearer)
    duty, asked = about.norm(owed.id), mark("does a ban that leaves no other channel bind together with the duty")
    bans = [n for n in about.demanding if bars_unnamed(n.norm, acts)]
    both = {n.norm.id: inquiry.can(about, (owed.id, n.norm.id), asked, duty.binds, n.binds, **_NAMED) for n in bans}
    return [identity for identity, bind in both.items() if bind is True]


def _is_in_reach(system: NormSystem, norm: Norm, channel: Channel) -> bool:
    """Whether the channel runs on a level that the duty asks for, between parties of its text."""
    parties = system.texts[norm.id.document].parties
    ends = set(channel.parties)
    return norm.needs.level_suits(channel) and (parties is None or not ends or len(ends & parties) > 1)


def _told_by_time(finding: Finding, names: Callable[[], str], timely: Served, first: tuple[str, ...]) -> Finding:
    """The finding where it is told how long messages take, and not under which conditions that is too long.

    `first`: ways out that are told before those of time.
    """
    return replace(
        finding,
        message=say(timely.how, clauses=names()),
        order=ordering(lambda: say(timely.how, clauses=names())),
        opposed=(),
        whenever="",
        extent=(),
        known_extent=(),
        remedies=(*first, *timely.ways_out),
        notes=(*timely.notes, *finding.notes),
    )
