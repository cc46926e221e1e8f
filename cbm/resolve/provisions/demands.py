"""What a demand asks for, as conditions on what is done and brought about; its topics and its channels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.core.episodes import Channel
from cbm.core.expressions import TRUE, Does, Expr, States, Worded, conjunction, disjunction, negation
from cbm.core.norms import Recurrence
from cbm.core.variables import Addressee
from cbm.finding import RuleId
from cbm.records import replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.fallbacks import languages_of, ways_of
from cbm.resolve.faults import Fault, fault, undefined, wrong_type
from cbm.resolve.labels import Places
from cbm.resolve.names.scope import Scope
from cbm.resolve.provisions.timing import Timing, lines_of
from cbm.resolve.time.one_doing import OneDoing
from cbm.resolve.time.recurrence import recurrence_of
from cbm.resolve.zones import known_zone
from cbm.syntax import ast
from cbm.syntax.ast import Connective, Modality
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say


def demand_content(
    scope: Scope,
    places: Places,
    demand: ast.DemandNode,
    role: int,
    breached: Sequence[ast.DemandNode] = (),
    said: OneDoing | None = None,
) -> tuple[Expr, Recurrence | None]:
    """What fulfils a demand of this role; a prohibition is already negated. Of an exemption: any of what is listed.

    `breached` is what was not kept, one after the other, where this is owed instead; `said` what the clause says of the
    doings from which its times count. What recurs is told besides.
    """
    resolver = Resolver(scope, places, role, role)
    stated = [item for item in demand.items if isinstance(item, ast.ActItem)]
    if demand.stating and not stated:
        raise wrong_type(demand.span, say("`stating` belongs to an act, and this clause asks for none"))
    if demand.recipients and not stated:
        raise wrong_type(demand.recipients[0].span, say("`to` belongs to an act, and this clause asks for none"))
    timing = Timing(resolver, demand, breached, said)
    if demand.modality is Modality.PROHIBITION:
        when = timing.forbidden()
        items = (negation(_item(resolver, item, demand, role, when(item))) for item in demand.items)
        return conjunction(*items), None
    each = demand.connective is Connective.EACH and demand.modality is not Modality.EXEMPTION  # none of them need be

    def done(when: Expr) -> Expr:
        parts = [_item(resolver, item, demand, role, when) for item in demand.items]
        return conjunction(*parts) if each else disjunction(*parts)

    if timing.stretches is None:
        return timing.owed(done), None
    stretches = timing.recurring(done)
    through, meant = through_of(scope, demand), TRUE if said is None else said.meant((timing.stretches.start,))
    return conjunction(*stretches), recurrence_of(timing.stretches, demand, role, stretches, through, meant)


def _item(resolver: Resolver, item: ast.Item, demand: ast.DemandNode, role: int, when: Expr) -> Expr:
    scope = resolver.scope
    match item:
        case ast.ActItem(act):
            if act.text in scope.counters:
                message = say("`{text}` is a counter: what it counts is found, and nobody does it", text=act.text)
                raise wrong_type(act.span, message, say("make it a condition, as in `when {text} >= 1`", text=act.text))
            if act.text in scope.open_terms:
                message = say("`{text}` is an open term and no act: conditions speak of it", text=act.text)
                raise wrong_type(act.span, message, *_acts_read_in(scope, act.text))
            if act.text not in scope.acts:
                from cbm.syntax.mistakes.slip_words import PROMPTLY, vague_time  # only who errs waits for it

                remedy = [say("write `keep {text} >= …`", text=act.text)] if act.text in scope.results else []
                problem = undefined(say("act"), act.text, act.span, scope.acts, scope.readers_words("act"))
                if act.text in _OF_BOUNDS:  # `must keep separation >= 500 m or more`
                    message = say("`{text}` is no act: how far a bound goes is said by its sign", text=act.text)
                    remedy = [
                        say(
                            "write `>=` in front of the figure, or `<=`, and leave `{words}` out",
                            words=f"or {act.text}",
                        )
                    ]
                    raise fault(RuleId.UNDEFINED, act.span, message, remedies=remedy)
                if vague := PROMPTLY.search(act.span.text):  # `must immediately call`
                    message, advice = vague_time(vague[0])
                    raise fault(RuleId.UNDEFINED, act.span, message, remedies=(advice,))
                if problem.finding is not None and (more := _act_and_more(scope, act)):
                    raise Fault(replace(problem.finding, remedies=(more,)))
                if remedy and problem.finding is not None:
                    raise wrong_type(act.span, say("`{text}` is a result and not an act", text=act.text), *remedy)
                raise problem
            known = scope.acts[act.text].states
            for stated in demand.stating:
                if stated.text not in known:
                    raise _unstated(act.text, stated, known)
            languages = languages_of(scope, demand.languages)
            worded = disjunction(*map(Worded, languages)) if languages else TRUE
            told = [*map(States, (s.text for s in demand.stating)), _to_recipients(scope, act, demand)]
            return Does(act.text, role, conjunction(*told, worded, when))
        case ast.KeepItem(condition):
            _check_kept(resolver, condition)
            return resolver.condition(condition)


def _unstated(act: str, stated: ast.Name, known: Sequence[str]) -> Fault:
    """That the act states nothing that is called so; of one that states nothing at all, what to do instead."""
    item = say("item that `{act}` can state", act=act)
    if known:
        return undefined(item, stated.text, stated.span, known)
    message = say("no {what} is called `{name}`", what=item, name=stated.text)
    remedy = say("leave `stating …` out, or ask for an act that states it: of `{act}` no items are declared", act=act)
    return fault(RuleId.UNDEFINED, stated.span, message, remedies=(remedy,))


_OF_BOUNDS = ("more", "less", "fewer", "greater", "above", "below", "farther", "further", "closer")

# To what extent somebody tries, nobody can tell: whether that is owed or advised is for who drafts.
_TRYING = ("endeavour", "endeavor", "seek", "strive", "try", "attempt")
# What asks for an act, or for its absence, in words of its own.
_ENSURING, _AVOIDING = ("ensure", "guarantee", "make", "take"), ("avoid", "abstain", "desist", "cease", "stop")


def _act_and_more(scope: Scope, named: ast.Name) -> str:
    """`notify JP`, `call answer`, `either notify`: what to write where an act stands beside other words."""
    words = named.span.text.split()
    if words[0] in _TRYING and scope.acts.keys().isdisjoint(words):
        return say("write `must` and the act where it is a duty, or `should` where it is advice")
    if words[0] in _ENSURING and len(words) > 1:
        return say("write the act itself behind `must`, by its name in the vocabulary")
    if words[0] in _AVOIDING and len(words) > 1:
        return say("write `must not` and the act, by its name in the vocabulary")
    act = next((word for word in words if word in scope.acts), "")
    if not act or len(words) < 2 or "_".join(words) != named.text:
        return ""  # it is one word, or stands among others that were put elsewhere
    before, behind = words[: words.index(act)], words[words.index(act) + 1 :]
    if not before and len(behind) == 1 and behind[0] in scope.parties:
        return say("write `{act} to {party}`", act=act, party=behind[0])
    if not before and len(behind) == 1 and behind[0] in scope.roles:
        return say("write `{act}`: a clause is about the other side already", act=act)
    if not before and all(word in scope.acts[act].states for word in behind):
        return say("write `{act} stating {items}`", act=act, items=", ".join(behind))
    if before == ["either"] and not behind:
        return say("write `{act}`: `or` alone says that one of them is enough", act=act)
    if before == ["else"] and not behind:
        return say("write `otherwise must {act}`, without `or`, for what is owed in case of a breach", act=act)
    if all(word in scope.acts for word in words):
        return say("write `{acts}`, with a comma, if each of them is meant", acts=", ".join(words))
    rest = " ".join((*before, *behind))
    more = mark(
        "`{act}` is an act; say `{words}` by a condition behind `when`, or with an addition such as `stating`, "
        "`within` or `through`"
    )
    return say(more, act=act, words=rest)


def _acts_read_in(scope: Scope, term: str) -> Iterator[str]:
    """What to write instead of an open term that is read as one of several acts."""
    acts = [f"`{name}`" for name, _ in scope.open_terms[term].readings if name in scope.acts]
    if acts:
        yield say("name the acts that are meant, of {acts}", acts=listed(acts))


def _to_recipients(scope: Scope, act: ast.Name, demand: ast.DemandNode) -> Expr:
    """That the act is done to all parties that are named; of what is forbidden, or need not be, to any of them."""
    to = tuple(_recipients(scope, act, demand))
    none = demand.modality in (Modality.PROHIBITION, Modality.EXEMPTION)
    return disjunction(*to) if to and none else conjunction(*to)


def _recipients(scope: Scope, act: ast.Name, demand: ast.DemandNode) -> Iterator[Expr]:
    """That an act is done to a party, for each that is named; its channels have to reach them."""
    channels = [channel for way in ways_of(scope, demand) for channel in way]
    for name in demand.recipients:
        *_, last = name.span.text.split()
        if scope.role(last) is not None and last not in scope.parties:
            message = say("`{text}` is a role, and an act is done to a party", text=last)
            raise wrong_type(name.span, message, say("name a party, or leave `to` out"))
        if name.text not in scope.parties:
            raise undefined(say("party"), name.text, name.span, scope.parties, scope.readers_words("member"))
        for channel in channels:
            if not _reaches(scope, channel, name):
                between = say(" and ").join(channel.parties)
                message = say(
                    "`{channel}` does not reach {party}: it is a line between {between}",
                    channel=channel.name,
                    party=name.text,
                    between=between,
                )
                each = all(any(_reaches(scope, one, to) for one in channels) for to in demand.recipients)
                apart = mark("write a clause for each party, with the channels that reach it")
                raise wrong_type(name.span, message, say(apart if each else _ANOTHER))
        scope.addressed[act.text, name.text] = None
        yield States(Addressee(name.text))


_ANOTHER = mark("name another channel, or leave it out")


def _reaches(scope: Scope, channel: Channel, party: ast.Name) -> bool:
    """Whether it is a line of the party; one that names no ends is of all."""
    return not channel.parties or party.text in scope.in_turn(channel.parties)


def _check_kept(resolver: Resolver, condition: ast.Comparison | ast.Range) -> None:
    """What is kept must be a result: an attribute of the situation is found, not brought about."""
    subject = condition.left if isinstance(condition, ast.Comparison) else condition.subject
    names = [path.parts[-1] for path in _paths(subject)]
    if not any(name.text in resolver.scope.results for name in names):
        for name in names:
            if name.text in resolver.scope.attributes:
                message = say("`{text}` is found and cannot be kept: only a result can", text=name.text)
                raise wrong_type(
                    name.span, message, say("declare it as a `result`, or make it a condition with `when`")
                )
            titles = {result.name: (result.title,) for result in resolver.scope.results.values()}
            raise undefined(say("result"), name.text, name.span, resolver.scope.results, titles)
        raise wrong_type(subject.span, say("`keep` needs a result to the left of the comparison"))


def _paths(node: ast.Expression) -> Iterator[ast.Path]:
    match node:
        case ast.Path():
            yield node
        case ast.Arithmetic(_, left, right):
            yield from _paths(left)
            yield from _paths(right)
        case ast.Negative(operand):
            yield from _paths(operand)
        case _:
            pass


def through_of(scope: Scope, demand: ast.DemandNode) -> tuple[str, ...]:
    """The channels of a demand, each once, with what they fall back to."""
    return tuple(dict.fromkeys(channel.name for way in ways_of(scope, demand) for channel in way))


def zones_of(scope: Scope, demands: Sequence[ast.DemandNode]) -> tuple[str, ...]:
    """The zones in which days are counted, then those of the hours of channels that it may have to do with."""
    days: list[str] = []
    for window in (window for demand in demands for window in demand.windows):
        match window:
            case ast.NotLater(day):
                days.append(known_zone(day.zone))
            case ast.Within(ast.DaysNode() as written) | ast.AtLeast(ast.DaysNode() as written):
                days.append(known_zone(written.zone))
            case _:
                pass
    lines = (channel for demand in demands for channel in lines_of(scope, demand))
    return tuple(dict.fromkeys((*days, *(hours.zone for channel in lines for hours in channel.hours))))


def topics_of(scope: Scope, demand: ast.DemandNode) -> tuple[str, ...]:
    """The topics of what a demand is about, each once."""
    topics = []
    for item in demand.items:
        if isinstance(item, ast.ActItem):
            declared = scope.acts.get(item.act.text)
            topics.append(declared.topic if declared else None)
        else:
            topics += [scope.results[n].topic for n in _kept_names(item, scope)]
    return tuple(dict.fromkeys(t for t in topics if t is not None))


def named_by(scope: Scope, item: ast.Item) -> tuple[str, ...]:
    """The acts and results that an item is about."""
    return (item.act.text,) if isinstance(item, ast.ActItem) else tuple(_kept_names(item, scope))


def _kept_names(item: ast.KeepItem, scope: Scope) -> list[str]:
    condition = item.condition
    sides = (condition.left, condition.right) if isinstance(condition, ast.Comparison) else (condition.subject,)
    names = [path.parts[-1].text for side in sides for path in _paths(side)]
    return [name for name in names if name in scope.results]
