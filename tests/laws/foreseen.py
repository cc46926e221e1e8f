"""Drafts of which it plays a part what is known beforehand and by whom, and every way in which they can turn out.

They have channels with hours and with delays, clauses of one party alone, a planned moment, acts of the other, and bans
up to a moment. Only what is drawn tells what is known: a clause is drawn together with the moments that it counts on.

Lengths are whole hours and half hours: what is found goes in half hours, what is done in quarters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.norms import Norm
from cbm.core.sorts import FLAG, WEEK
from cbm.core.substitution import Value
from cbm.core.variables import Occurrence, Occurs, TimeOf, Variable, Wait, WeekNumber, WeekPlace
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import variables
from cbm.evaluate.what_binds import binding
from cbm.syntax.ast import Strength
from cbm.wording.variable_names import variable_name
from tests.laws.timed import HOUR, system_of

HALF, QUARTER = HOUR / 2, HOUR / 4
TEN = 34 * HOUR  # on Tuesday; all times here are counted from it, and the desk opens then
VOCABULARY = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
moments contact, silence
moments drill planned
axiom "two sides" own.party is not other.party
topic telling
act report, ask topic telling
channel line between A, B for telling operational from 2020-01-01
  delay "waiting" 0 min to 2 h
channel telex between A, B for telling operational from 2020-01-01
  delay "setting up" 30 min to 30 min
channel desk between A, B for telling operational from 2020-01-01
  open 10:00 to 11:00 UTC Mon to Sun at A
  open 10:00 to 11:00 UTC Mon to Sun at B
"""
MOMENTS, PLANNED = ("contact", "silence", "drill"), "drill"
POINTS = (*MOMENTS, "other.ask", "other.report")
LENGTHS = ("1 h", "2 h")
WAITS = (Fraction(0), 2 * HOUR)
Times = tuple[Fraction | None, ...]  # of the points in their order; None: it does not occur


@dataclass(frozen=True)
class Counted:
    """What a clause counts on: who is bound by it, and the moments up to which it asks for something, or bars it."""

    parties: str
    moments: frozenset[str]
    bars: bool


@dataclass(frozen=True)
class Draft:
    """A text with the points it speaks of, as drawn."""

    text: str
    points: tuple[str, ...]
    counted: tuple[Counted, ...] = field(default=(), repr=False)

    def known(self, party: str, *, bars: bool) -> frozenset[str]:
        """The moments that the party knows beforehand, with when they come; or of which it knows that they come."""
        some = (c.moments for c in self.counted if party in c.parties and c.bars is bars)
        return frozenset(() if bars else (PLANNED,)).union(*some)


# ---- drafts


def drafted(
    *clauses: str, counted: tuple[Counted, ...] = (), points: tuple[str, ...] = ("contact", "silence")
) -> Draft:
    """A draft with the points in time that it speaks of, and what its clauses count on."""
    numbered = [f"clause {label} {words}" for label, words in enumerate(clauses, 1)]
    text = "\n".join([f"{VOCABULARY}draft code", "  uses sea", *numbered, ""])
    return Draft(text, points, counted)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Two to four clauses that ask for reports or questions at some time, through something, or forbid them."""
    points = tuple(sorted(draw(st.permutations(POINTS))[: draw(st.integers(1, 3))], key=POINTS.index))
    binds = draw(st.sampled_from(("  between A, B", "", "", "  binding A")))
    drawn = [draw(_clauses(label, points)) for label in range(1, draw(st.integers(2, 4)) + 1)]
    lines = [f"{VOCABULARY}draft code", "  uses sea", *([binds] if binds else []), *(line for line, _ in drawn), ""]
    counted = [c for _, c in drawn]
    if "binding" in binds:
        counted = [Counted("".join(set(c.parties) & {"A"}), c.moments, c.bars) for c in counted]
    return Draft("\n".join(lines), points, tuple(counted))


@st.composite
def _clauses(draw: st.DrawFn, label: int, points: tuple[str, ...]) -> tuple[str, Counted]:
    bars = draw(st.sampled_from((False, False, True)))
    act = draw(st.sampled_from(("report", "report", "report", "ask")))
    who = draw(st.sampled_from(("every unit", "every unit", "A", "B")))
    parties = "AB" if who == "every unit" else who
    conditions = [draw(st.sampled_from(("", "", draw(_conditions(points)))))]
    if who == "every unit" and draw(st.sampled_from((False, False, False, True))):
        conditions, parties = ["own.party is B", *conditions], "B"
    when = " and ".join(filter(None, conditions))
    windows = draw(st.lists(_windows(points), min_size=1, max_size=2, unique=True))
    words = [words for words, _ in windows]
    counted = frozenset(moment for _, moment in windows if moment in MOMENTS)
    if bars and draw(st.sampled_from((False, False, True))):
        order, point = draw(st.sampled_from(("before", "after"))), draw(st.sampled_from(points))
        words += [f"except {order} {point}"]  # the ban counts on a moment, whichever side of it is left free
        counted |= {point} & set(MOMENTS)
    if act == "report":
        through = ("line", "telex", "desk", "line, telex", "desk, line")
        words += draw(st.sampled_from(((), *([f"through {one}"] for one in through))))
        if bars and not words[-1].startswith("through"):
            words += draw(st.sampled_from(((), (), ("except through line",), ("except through desk",))))
    modal = "must not" if bars else draw(st.sampled_from(("must", "must", "must", "should")))
    line = f"clause {label} {who} {f'when {when} ' * bool(when)}{modal} {act} {' '.join(words)}"
    return line, Counted(parties, counted, bars)


@st.composite
def _windows(draw: st.DrawFn, points: tuple[str, ...]) -> tuple[str, str | None]:
    """A time, with the point up to which it is."""
    length, (one, *others) = draw(st.sampled_from(LENGTHS)), draw(st.permutations(points))
    orders = (("upon", None), ("after", None), ("not before", None), ("before", one), ("not later than", one))
    order, end = draw(st.sampled_from((*orders, ("until", one))))
    kinds: list[tuple[str, str | None]] = [
        (f"within {length} after {one}", None),
        (f"within {length} before {one}", one),
    ]
    kinds += [
        (f"at least {length} after {one}", None),
        (f"at least {length} before {one}", one),
        (f"{order} {one}", end),
    ]
    kinds += [(f"from {one} until {other}", other) for other in others]
    return draw(st.sampled_from(kinds))


@st.composite
def _conditions(draw: st.DrawFn, points: tuple[str, ...]) -> str:
    one, *others = draw(st.permutations(points))
    occurs = one if one.startswith("other.") else f"{one} occurs"
    kinds = [occurs, f"not {occurs}", *(f"{one} is after {other}" for other in others)]
    return draw(st.sampled_from(kinds))


# ---- what can be done, and what is found


@dataclass(frozen=True)
class Message:
    """An act as it is begun: at once, or sent through a channel."""

    act: str
    through: str | None
    sent: Fraction

    def __hash__(self) -> int:
        return self._digest

    @cached_property
    def _digest(self) -> int:
        return hash((self.act, self.through, self.sent))

    def arrives(self, wait: Fraction) -> Fraction:
        """The desk keeps what comes in outside its hours until it opens."""
        if self.through == "desk":
            day = self.sent % (24 * HOUR)
            return self.sent if day <= HOUR else self.sent - day + 24 * HOUR
        return self.sent + {None: Fraction(0), "line": wait, "telex": HALF}[self.through]

    def doing(self, wait: Fraction) -> Doing:
        at, sent = (TEN + time for time in (self.arrives(wait), self.sent))
        return Doing(self.act, 0, at=at, through=self.through, sent=sent if self.through else Fraction(0))

    def closes(self, cut: Fraction) -> bool:
        """Whether it is with the desk at that time, which takes it later: nothing there counts as under way."""
        return self.through == "desk" and self.sent < cut <= self.arrives(Fraction(0))


Messages = frozenset[Message]


@dataclass(frozen=True)
class Found:
    """One situation, and of each message whether it would fulfil a duty that binds there, or breach a prohibition."""

    party: str
    times: Times
    wait: Fraction
    fulfilling: Mapping[NormId, Messages]
    forbidding: Mapping[NormId, Messages]

    @property
    def binding(self) -> frozenset[NormId]:
        return frozenset((*self.fulfilling, *self.forbidding))

    @cached_property
    def forbidden(self) -> Messages:
        return frozenset().union(*self.forbidding.values())

    def complied_with(self, done: Messages, later: Messages, norms: Iterable[NormId]) -> bool:
        """Whether these norms can be complied with by what was done and some of what can be done later."""
        bans = [self.forbidding[n] for n in norms if n in self.forbidding]
        allowed = later.difference(*bans)
        duties = (self.fulfilling[n] for n in norms if n in self.fulfilling)
        return not any(ban & done for ban in bans) and all(duty & done or duty & allowed for duty in duties)

    def smallest(self, done: Messages, later: Messages, norms: Iterable[NormId]) -> list[frozenset[NormId]]:
        """The smallest sets of these duties that cannot be complied with any more."""
        found: list[frozenset[NormId]] = []
        bound = sorted(self.binding.intersection(norms))
        for size in range(1, len(bound) + 1):
            for some in map(frozenset, combinations(bound, size)):
                if not any(known <= some for known in found) and not self.complied_with(done, later, some):
                    found.append(some)
        return found


class World:
    """What can be found and done under a draft, each norm asked about once where it cannot tell the difference."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.system = system_of(draft.text)
        self.norms = [n for n in self.system.norms.values() if n.strength is Strength.MUST]
        clauses = draft.text.split("\nclause ")[1:]
        self._clauses = {line.partition(" ")[0]: line for line in clauses}
        self._known: dict[object, tuple[bool, bool, Messages]] = {}
        self._plain = [(v, variable_name(v)) for v in variables(self.system)]

    def clause(self, norm: NormId) -> str:
        return self._clauses[norm.label]

    def messages(self, sendings: Iterable[Fraction]) -> Messages:
        """All that can be done at these times: through channels that some clause names."""
        ways: list[tuple[str, str | None]] = [("ask", None), ("report", None)]
        ways += [("report", name) for name in self.system.lines.get("report", ())]
        some = list(sendings)
        days = {at // (24 * HOUR) + beside for at in some for beside in (-1, 0, 1)}
        opened = (day * 24 * HOUR + n * QUARTER for day in days for n in range(5))
        desk = {*some, *opened} if ("report", "desk") in ways else set[Fraction]()
        return frozenset(
            (
                *(Message(act, through, sent) for sent in some for act, through in ways),
                *(Message("report", "desk", sent) for sent in desk),
            )
        )

    def situations(self, waits: Sequence[Fraction] = WAITS) -> Iterator[tuple[str, Times, Fraction]]:
        """Who the bearer is, when what it may find comes, and how long messages take."""
        steps = (None, -HOUR, HALF, 5 * HALF)
        times = product((None, Fraction(0)), *(steps for _ in self.draft.points[1:]))
        yield from product("AB", times, waits if "line" in self.system.lines.get("report", ()) else waits[:1])

    def found(self, party: str, times: Times, wait: Fraction, messages: Messages) -> Found:
        """The situation, with what each of these messages would be there."""
        fulfilling, forbidding = {}, {}
        for norm in self.norms:
            spoken = self.clause(norm.id)
            told = tuple(at for point, at in zip(self.draft.points, times, strict=True) if point in spoken)
            key = norm.id, party, told, wait, messages
            if key not in self._known:
                self._known[key] = self._asked(norm, self.world(party, times, wait), wait, messages)
            binds, silent, kept = self._known[key]
            if binds and silent:
                forbidding[norm.id] = messages - kept
            elif binds:
                fulfilling[norm.id] = kept
        return Found(party, times, wait, fulfilling, forbidding)

    def _asked(
        self, norm: Norm, world: CompleteEpisode, wait: Fraction, messages: Messages
    ) -> tuple[bool, bool, Messages]:
        """Whether it binds, is kept in silence, and by which messages each by itself."""
        if not binding(norm.id, 0, world, self.system):
            return False, False, frozenset()

        def keeps(*done: Message) -> bool:
            doings = world.doings.union(m.doing(wait) for m in done)
            return fulfilled(norm, 0, CompleteEpisode(world.values, doings), self.system)

        return True, keeps(), frozenset(m for m in messages if keeps(m))

    def world(self, party: str, times: Times, wait: Fraction) -> CompleteEpisode:
        parties = party + "AB".replace(party, "")
        values: dict[Variable, Value] = {}
        for v, name in self._plain:
            values[v] = parties[v.role or 0] if name == "party" else False if v.sort == FLAG else Fraction(0)
        for n in range(len(self.system.channels["line"].delays)):
            values |= {Wait("line", n, FLAG): wait, Wait("telex", n, FLAG): HALF}
        done = set[Doing]()
        for point, at in zip(self.draft.points, times, strict=True):
            if at is not None and point in MOMENTS:
                moment = Occurrence(point)
                values |= {Occurs(moment): True, TimeOf(moment): TEN + at}
                number, place = divmod(TEN + at, WEEK)
                weeks: dict[Variable, Value] = {WeekPlace(moment): place, WeekNumber(moment): Fraction(number)}
                values |= {v: weeks[v] for v, _ in self._plain if v in weeks}
            elif at is not None:
                done.add(Doing(point.removeprefix("other."), 1, at=TEN + at))
        return CompleteEpisode(values, frozenset(done))
