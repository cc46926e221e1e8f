"""Who is meant: units whose party is not given are taken to be of parties of the text, and that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from cbm.core.expressions import FALSE, Expr, IsIn, conjunction, disjunction
from cbm.core.norms import NormSystem
from cbm.core.substitution import mentioned
from cbm.core.viewpoints import seen
from cbm.finding import Misuse
from cbm.ground.members import existing, members
from cbm.resolve.faults import suggestion
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.phrases import member_words, role_words


def parties_assumed(system: NormSystem, given: Expr, party: str | None) -> tuple[tuple[str, ...], tuple[Expr, ...]]:
    """Units whose party is not given are taken to be of parties of the text; that in words, and as conditions.

    Of more than two units two are: a third one switches no clause off, whose ever it is.
    """
    own, text = system.situation.party, system.texts[system.subject]
    if party is not None and (own is None or party not in system.situation.parties):
        known = say("known are {names}", names=say(", ").join(system.situation.parties))
        near = suggestion(party, system.situation.parties) or (known,)
        raise Misuse(say("no party is called `{party}`; {advice}", party=party, advice=near[0]))
    if own is None or text.parties is None or text.binding:
        return (), ()
    there = members(text, system)
    told = {v.role for v in mentioned(given) if system.situation.tells_party(v)}
    free = [role for role in range(len(system.situation.roles)) if role not in told]
    if not free:
        return (), ()
    names = listed([member_words(system, member) for member in there], "or")
    count = len(system.situation.roles)
    if count > 2 and not set(there).issuperset(system.situation.parties):
        return _two_assumed(system, [] if len(told) > 1 else [*combinations(range(count), 2)], there, names)
    units = listed([role_words(system, role) for role in free])
    words = mark("{units} is of {parties}") if len(free) == 1 else mark("{units} are each of {parties}")
    assumed = say(words, units=units, parties=names)
    return (assumed,), tuple(IsIn(seen(own, role), there) if there else FALSE for role in free)


def _two_assumed(
    system: NormSystem, pairs: Sequence[tuple[int, int]], there: tuple[str, ...], names: str
) -> tuple[tuple[str, ...], tuple[Expr, ...]]:
    """That the two units of one of these pairs are of parties."""
    own = system.situation.party
    if not pairs or own is None:
        return (), ()
    units = listed([role_words(system, role) for role in range(len(system.situation.roles))])
    words = say("two of {units} are each of {parties}", units=units, parties=names)
    met = (conjunction(*(IsIn(seen(own, role), there) if there else FALSE for role in pair)) for pair in pairs)
    return (words,), (disjunction(*met),)


def assumed_in_words(periods: Iterable[tuple[str, str, NormSystem]], given: Expr, party: str | None) -> Iterator[str]:
    """What is taken for granted, with the days on which it is where that is not the same on all."""
    stretches: list[tuple[tuple[str, ...], str, str]] = []
    for first, last, of in periods:
        words, _ = parties_assumed(of, given, party)
        begun = stretches.pop()[1] if stretches and stretches[-1][0] == words else first
        stretches.append((words, begun, last))
    for words, first, last in stretches:
        for one in words:
            dated = say("{assumed} (from {first} to {last})", assumed=one, first=first, last=last)
            yield one if len(stretches) == 1 else dated


def require_presence(system: NormSystem, party: str) -> None:
    """Misuse, with the other name, where the party asked for is not there on the date."""
    if party in existing(system):
        return
    known = next(c for c in system.continuations if party in (c.party, c.of))
    raise Misuse(
        say(
            "there is no `{party}` on {date}: {successor} continues {predecessor} from {day} on",
            party=party,
            date=system.as_of,
            successor=known.party,
            predecessor=known.of,
            day=known.since,
        )
    )


def some_unit_of(system: NormSystem, party: str) -> Expr:
    own = system.situation.party
    assert own is not None, "whose unit it is is asked"
    roles = range(len(system.situation.roles))
    return disjunction(*(IsIn(seen(own, role), (party,)) for role in roles))
