"""An inquiry about a changed text that asks again only what the change touches.

It holds for changes of norms and of what stands between them. What changes the encounters there are, or what can be
done in them, is no amendment in this sense: everything would have to be asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from cbm.decide.clashes import Clash, GivenUp
from cbm.decide.deadlocks import Held, deadlocked
from cbm.decide.inquiry import Inquiry
from cbm.decide.refind import refind, refind_narrowed
from cbm.semantics.core import NormId, NormSystem, negation
from cbm.semantics.ground import Ground, GroundNorm, bearers, ground
from cbm.smt.solve import Unsat


@dataclass(slots=True)
class Amendment:
    """Two inquiries. `changed` are the norms that differ as they stand by themselves, those that came or went included.

    `touched` are these and the norms that differ where precedence counts. `narrowed`: the changed ones are old
    norms that ask for what they asked for, and bind nowhere else than they did; `relaxed`: nor does any norm prevail
    anywhere else.
    """

    before: Inquiry
    after: Inquiry
    changed: frozenset[NormId]
    touched: frozenset[NormId]
    narrowed: bool
    relaxed: bool
    _deadlocked: tuple[Held, ...] | None = None
    _dated: dict[date, Amendment | None] = field(default_factory=dict)

    def deadlocked(self) -> tuple[Held, ...]:
        """The sets of duties of several units that clash now and in which a changed norm takes part."""
        if self._deadlocked is None:
            self._deadlocked, given_up = deadlocked(self.after.system, self.changed)
            self.after.given_up += given_up
        return self._deadlocked

    def on(self, day: date | None) -> Amendment | None:
        """The same on another date; None if it is no mere amendment there."""
        earlier = self.before.on(day)
        if day is None or earlier is self.before:
            return self
        if day not in self._dated:
            self._dated[day] = amendment(earlier, replace(self.after.system, as_of=day))
        return self._dated[day]


def amendment(before: Inquiry, system: NormSystem) -> Amendment | None:
    """None if the change is no mere amendment."""
    if bearers(before.system) != bearers(system) or before.system.axioms != system.axioms:
        return None
    grounds = tuple(ground(system, bearer) for bearer in bearers(system))
    pairs = list(zip(before.grounds, grounds, strict=True))
    if any(old.possible != new.possible or old.feasible != new.feasible for old, new in pairs):
        return None
    changed = frozenset(n for old, new in pairs for n in _differing(old, new))
    narrowed = all(_narrowed(before, old, new, changed) for old, new in pairs)
    refound = [found for _, new in pairs for found in _refound(before, new, changed, narrowed)]
    after = before.about(system, grounds, (found for found in refound if isinstance(found, Clash)))
    after.given_up += (found for found in refound if isinstance(found, GivenUp))
    views = [*zip(before.strict, after.strict, strict=True), *zip(before.advised, after.advised, strict=True)]
    touched = changed | frozenset(n for old, new in views for n in _differing(old, new))
    relaxed = narrowed and all(_narrowed(before, old, new, touched) for old, new in views)
    return Amendment(before, after, changed, touched, narrowed, relaxed)


def _refound(before: Inquiry, about: Ground, changed: frozenset[NormId], narrowed: bool) -> Iterator[Clash | GivenUp]:
    earlier = [clash for clash in before.clashes if clash.bearer == about.bearer]
    if narrowed:
        return refind_narrowed(about, earlier, changed, before.ask)
    return refind(about, earlier, changed)


def _differing(old: Ground, new: Ground) -> Iterator[NormId]:
    earlier, later = ({n.norm.id: n for n in view.norms} for view in (old, new))
    for identity in dict.fromkeys((*earlier, *later)):
        if earlier.get(identity) != later.get(identity):
            yield identity


def _narrowed(inquiry: Inquiry, old: Ground, new: Ground, changed: Collection[NormId]) -> bool:
    for identity in changed:
        was, now = old.find(identity), new.find(identity)
        if was is None and now is None:
            continue  # speaks to other bearers
        if was is None or now is None or not _asks_the_same(was, now):
            return False
        if was.binds != now.binds and not isinstance(inquiry.ask(old, now.binds, negation(was.binds)), Unsat):
            return False
    return True


def _asks_the_same(was: GroundNorm, now: GroundNorm) -> bool:
    same_words = (was.norm.modality, was.norm.strength) == (now.norm.modality, now.norm.strength)
    return same_words and was.fulfilled == now.fulfilled
