"""An inquiry about a changed text that asks again only what the change touches.

It holds for changes of norms and of what stands between them. What changes the encounters there are, or what can be
done in them, is no amendment in this sense: everything would have to be asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from cbm.decide.clashes import Clash, GivenUp
from cbm.decide.deadlocks import Held, deadlocked
from cbm.decide.inquiry import Inquiry
from cbm.decide.refind import refind
from cbm.semantics.core import NormId, NormSystem, negation
from cbm.semantics.ground import Ground, GroundNorm, bearers, ground
from cbm.smt.solve import Unsat


@dataclass(slots=True)
class Amendment:
    """Two inquiries. `changed` are the norms that differ as they stand by themselves, those that came or went included.

    `widened` are those of them that ask for something else than they did, or bind where they did not. `touched` are
    the changed ones and the norms that differ where precedence counts; `relaxed`: none of them prevails where it did
    not, and none is widened.
    """

    before: Inquiry
    after: Inquiry
    changed: frozenset[NormId]
    widened: frozenset[NormId]
    touched: frozenset[NormId]
    relaxed: bool
    _deadlocked: dict[frozenset[NormId], tuple[Held, ...]] = field(default_factory=dict)
    _dated: dict[date, Amendment | None] = field(default_factory=dict)

    def deadlocked(self, among: frozenset[NormId]) -> tuple[Held, ...]:
        """The sets of duties of several units that clash now and in which one of these norms takes part."""
        if among not in self._deadlocked:
            self._deadlocked[among], given_up = deadlocked(self.after.system, among)
            self.after.given_up += given_up
        return self._deadlocked[among]

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
    widened = frozenset(n for old, new in pairs for n in changed if not _is_narrower(before, old, new, n))
    refound = [found for _, new in pairs for found in refind(new, before.clashes, changed, widened, before.ask)]
    after = before.about(system, grounds, (found for found in refound if isinstance(found, Clash)))
    after.given_up += (found for found in refound if isinstance(found, GivenUp))
    views = [*zip(before.strict, after.strict, strict=True), *zip(before.advised, after.advised, strict=True)]
    touched = changed | frozenset(n for old, new in views for n in _differing(old, new))
    relaxed = all(_is_narrower(before, old, new, n) for old, new in views for n in touched)
    return Amendment(before, after, changed, widened, touched, relaxed)


def _differing(old: Ground, new: Ground) -> Iterator[NormId]:
    earlier, later = ({n.norm.id: n for n in view.norms} for view in (old, new))
    for identity in dict.fromkeys((*earlier, *later)):
        if earlier.get(identity) != later.get(identity):
            yield identity


def _is_narrower(inquiry: Inquiry, old: Ground, new: Ground, norm: NormId) -> bool:
    """Whether the norm asks for what it asked for, and binds nowhere where it did not; one that is gone does."""
    was, now = old.find(norm), new.find(norm)
    if now is None:
        return True
    if was is None or not _asks_the_same(was, now):
        return False
    return was.binds == now.binds or isinstance(inquiry.ask(old, now.binds, negation(was.binds)), Unsat)


def _asks_the_same(was: GroundNorm, now: GroundNorm) -> bool:
    same_words = (was.norm.modality, was.norm.strength) == (now.norm.modality, now.norm.strength)
    return same_words and was.fulfilled == now.fulfilled
