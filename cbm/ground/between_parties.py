"""Between which units a text holds, as ground formulas: by their parties, and by the roles of whom a clause speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from cbm.core.alternatives import either
from cbm.core.episodes import Channel
from cbm.core.expressions import FALSE, TRUE, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.norms import Norm, NormSystem, Text
from cbm.core.viewpoints import seen
from cbm.ground.members import apart, meant, members


def connects(system: NormSystem, channel: Channel) -> Formula:
    """That the units belong to different ends of the channel, or to none that is named."""
    party = system.situation.party
    if party is None or not channel.parties:
        return TRUE
    roles = [seen(party, role) for role in range(len(system.situation.roles))]
    ends = meant(system, channel.parties)
    return conjunction(*(IsIn(role, ends) if ends else FALSE for role in roles))


class BetweenParties:
    """Where the clauses of a text bind a unit, are owed by it, and are promised to it, by the parties that meet."""

    def __init__(self, system: NormSystem) -> None:
        self._system, self._roles = system, len(system.situation.roles)
        self._known: dict[tuple[str, int, tuple[int, ...]], Formula] = {}

    def concerned(self, text: Text, role: int, towards: Iterable[int] = ()) -> Formula:
        """Where a clause of the text that speaks of these other roles binds this one: between parties, or always."""
        between = self._between(text, role, towards)
        return either(between, self._is_of(role, self._bound(text))) if text.binding else between

    def _bound(self, text: Text) -> tuple[str, ...]:
        """Those that the text binds whomever they meet, as long as they are parties."""
        return tuple(one for one in meant(self._system, text.binding) if one in members(text, self._system))

    def somebody(self, text: Text) -> Formula:
        """Where a clause of the text could bind some unit."""
        return disjunction(*(self.concerned(text, role) for role in range(self._roles)))

    def owed(self, norm: Norm, role: int) -> Formula:
        """Where the norm, if it binds this role, is owed to whom it meets."""
        text = self._system.texts[norm.id.document]
        return TRUE if text.is_owed_to_all else self._between(text, role, self.towards(norm, role))

    def lifts(self, upper: tuple[Norm, int], lower: tuple[Norm, int]) -> Formula:
        """Where a norm of one role can lift one of another, or of the same: what is owed is lifted by what is owed."""
        return disjunction(self.owed(*upper), negation(self.owed(*lower)))

    def joined(
        self,
        text: Text,
        bearer: int | None = None,
        towards: Iterable[int] = (),
        narrowed: Callable[[int], Formula] | None = None,
    ) -> list[Formula]:
        """Between whom the text makes promises to this unit, or to some.

        The parties of both roles have joined it. Of more, a promise is live where a clause of the text is that speaks
        of the roles `towards` which it does; `narrowed` says of a role that it is of the parties that the promise is
        narrowed to. What binds its bearer towards all, it promises to all.
        """
        if self._system.situation.party is None or (text.parties is None and narrowed is None):
            return []
        bearers = range(self._roles) if bearer is None else (bearer,)
        if self._roles > 2:
            return [disjunction(*(self._promising(text, one, frozenset(towards), narrowed) for one in bearers))]
        parties = members(text, self._system)
        all_of_them = [self._is_of(role, parties) for role in range(self._roles)]
        all_of_them += [apart(text, self._system, *pair) for pair in combinations(range(self._roles), 2)]
        if not text.towards_all:
            return all_of_them
        return [disjunction(conjunction(*all_of_them), *(self._is_of(role, self._bound(text)) for role in bearers))]

    def _promising(
        self, text: Text, bearer: int, towards: frozenset[int], narrowed: Callable[[int], Formula] | None
    ) -> Formula:
        """Between the bearer and the units that are spoken of, or one other."""
        spoken_of = sorted(towards - {bearer})
        met = [spoken_of] if spoken_of else [[other] for other in range(self._roles) if other != bearer]
        ways: list[Formula] = []
        for others in met:
            between = self._between(text, bearer, others)
            either_way = either(between, self._is_of(bearer, self._bound(text))) if text.towards_all else between
            ways.append(conjunction(either_way, *(() if narrowed is None else map(narrowed, (bearer, *others)))))
        return disjunction(*ways)

    def towards(self, norm: Norm, role: int) -> tuple[int, ...]:
        """The other roles that the norm speaks of where it binds this one."""
        step = role if norm.rotates else 0
        return tuple((other + step) % self._roles for other in norm.towards)

    def _between(self, text: Text, role: int, towards: Iterable[int]) -> Formula:
        """The role and all these other ones, or at least one, belong to parties; a further unit makes no difference."""
        key = (text.name, role, tuple(towards))
        if key not in self._known:
            self._known[key] = self._between_parties(text, *key[1:])
        return self._known[key]

    def _between_parties(self, text: Text, role: int, towards: tuple[int, ...]) -> Formula:
        if self._system.situation.party is None or text.parties is None:
            return TRUE
        parties = members(text, self._system)
        spoken_of = sorted({role, *towards})
        if len(spoken_of) > 1 or self._roles <= 2:
            together = spoken_of if len(spoken_of) > 1 else range(self._roles)
            owing = (apart(text, self._system, role, one) for one in together if one != role)
            return conjunction(*(self._is_of(one, parties) for one in together), *owing)
        others = (one for one in range(self._roles) if one != role)
        met = (conjunction(self._is_of(one, parties), apart(text, self._system, role, one)) for one in others)
        return conjunction(self._is_of(role, parties), disjunction(*met))

    def _is_of(self, role: int, parties: tuple[str, ...]) -> Formula:
        party = self._system.situation.party
        assert party is not None, "who is bound by party has one"
        return IsIn(seen(party, role), parties) if parties else FALSE
