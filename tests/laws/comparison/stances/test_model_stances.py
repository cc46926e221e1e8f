"""Laws: a draft stands to each demand of its model, in each situation, as the definition says when it is tried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.comparison.severed import severed
from cbm.comparison.stances.model_stances import DemandStance, NeverBinding, stances
from cbm.comparison.stances.stance_regions import Stance
from cbm.comparison.stances.stance_witness import stance_episode
from cbm.comparison.stances.unmatched_demands import Unmatched, unmatched
from cbm.comparison.two_texts import TwoTexts, read_text, two_texts
from cbm.core.dependence.norm_edges import asked
from cbm.core.expressions import FALSE, Formula, IsIn, NormId, disjunction, negation
from cbm.core.matters import subjects
from cbm.core.norms import Modality, Norm, NormSystem, Strength, Text
from cbm.core.variables import ResultValue
from cbm.records import replace
from cbm.search.implicants import true_at
from cbm.smt.solve import sharing
from tests.laws.checked import bearers_of, is_empty
from tests.laws.comparison.test_differences import revised
from tests.laws.dressed import dressed
from tests.laws.enumerate import Norms, Outcome, duties, outcomes, smallest_unkept
from tests.laws.episodes import Encounter, Side
from tests.laws.grid import Part, atoms, parts
from tests.laws.ground.test_grounding import point_of
from tests.laws.sparing import sparingly
from tests.laws.standings import counted
from tests.laws.systems import systems
from tests.laws.tiny import (
    DRAFT,
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    attribute,
    axiom,
    distress,
    does,
    may,
    must,
    must_not,
    need_not,
    of_party,
    system,
)

# ---- what enumeration says


@dataclass(frozen=True)  # with room for what is worked out once
class Tried:
    """One bearer of a draft and of its model, in one situation, and everything that can be done in it."""

    model: Side
    draft: Side
    there: Encounter
    before: dict[bool, Sequence[Outcome]]  # the outcomes by the model, and by the draft, without advice and with it
    after: dict[bool, Sequence[Outcome]]

    def stance(self, m: Norm) -> Stance | None:
        """The first of the definition that holds; None where the demand cannot bind between parties of the draft."""
        advised = m.demands and m.strength is Strength.SHOULD  # what permits or exempts is no advice
        before, after = self.before[advised], self.after[advised]
        if not self.concerns or not any(m.id in one.standing for one in before):
            return None
        near = self.near(m, advised)
        complies = [not one.breached & near for one in after]
        if not any(complies) or self.cannot_be_kept(m, advised):
            return Stance.NO_VERDICT
        return self.of_duty(m, complies) if m.demands else self.of_permission(m, complies)

    def of_duty(self, m: Norm, complies: Sequence[bool]) -> Stance:
        advised = m.strength is Strength.SHOULD
        before = self.before[advised]
        bound = [m.id in one.standing for one in before]
        breached = [b and not one.conduct.standing[m.id].kept for b, one in zip(bound, before, strict=True)]
        if not any(c and b for c, b in zip(complies, breached, strict=True)):
            return Stance.KEPT
        if not any(c and b and not d for c, b, d in zip(complies, bound, breached, strict=True)):
            return Stance.CONTRADICTED
        alike = [n for n in self.own if subjects(n) & subjects(m)]
        seen = self.after[True]
        if any(b and used(n, one) for n in alike if not n.demands for b, one in zip(breached, seen, strict=True)):
            return Stance.PERMITS_BREACH
        if not advised:
            near = self.near(m, True)
            follows = [not one.breached & near for one in self.after[True]]
            if any(follows) and not any(f and b for f, b in zip(follows, breached, strict=True)):
                return Stance.ONLY_ADVISED
        asks = any(n.id in one.standing for n in alike if n.demands for one in seen)
        return Stance.WEAKER if asks else Stance.MISSING

    def of_permission(self, m: Norm, complies: Sequence[bool]) -> Stance:
        before, after = self.before[False], self.after[True]
        uses = [used(m, one) for one in before]
        same = [n for n in self.own if n.modality is m.modality]
        covered = all(any(used(n, one) for n in same) for use, one in zip(uses, after, strict=True) if use)
        owed = self.near_of_model(m)
        ways = [self.way(m, one) for one in before]
        left = {w for w, use, one in zip(ways, uses, before, strict=True) if use and not one.breached & owed}
        now = {w for w, use, c in zip(ways, uses, complies, strict=True) if use and c}
        if covered and left <= now:
            return Stance.KEPT
        return Stance.NOT_GRANTED if now else Stance.CONTRADICTED

    def way(self, m: Norm, one: Outcome) -> tuple[object, ...]:
        """How it is made use of: by the values of the results that are claimed."""
        if m.modality is not Modality.PERMISSION:
            return ()
        spoken = parts(atoms(m.content, self.model.role if m.rotates else 0, self.model.system))
        claimed = [n for n, part in enumerate(self.model.parts) if part in spoken and isinstance(part, ResultValue)]
        return tuple(one.conduct.choice[n] for n in claimed)

    @property
    def own(self) -> list[Norm]:
        return [n for n in self.draft.norms.values() if n.id.document == DRAFT]

    @cached_property
    def concerns(self) -> bool:
        """Whether the units of all roles are of parties of the draft, or of who continues one."""
        text = self.draft.system.texts[DRAFT]
        party = self.draft.system.situation.party
        if text.parties is None or party is None:
            return True
        later = {one.party for one in self.draft.system.continuations if one.of in text.parties}
        roles = range(len(self.draft.system.situation.roles))
        return all(self.there.world.values[replace(party, role=role)] in text.parties | later for role in roles)

    def cannot_be_kept(self, m: Norm, advised: bool) -> bool:
        """Whether it stands in a clash of the model; of what is no duty, whether there is one that concerns it."""
        owed = [n for n in duties(self.model, advised) if n.document == DRAFT and n in self.near_of_model(m, advised)]
        ways = frozenset(frozenset(owed) - one.breached for one in self.before[advised])
        return any(m.id in clash or not m.demands for clash in smallest_unkept(tuple(owed), ways))

    def near(self, m: Norm, advised: bool) -> Norms:
        owed = [n for n in duties(self.draft, advised) if n.document == DRAFT]
        return linked(self.model.conduct_of(m.id), {n: self.draft.conduct_of(n) for n in owed}, self.draft)

    def near_of_model(self, m: Norm, advised: bool = False) -> Norms:
        owed = [n for n in duties(self.model, advised) if n.document == DRAFT]
        return linked(self.model.conduct_of(m.id), {n: self.model.conduct_of(n) for n in owed}, self.model)


def used(n: Norm, one: Outcome) -> bool:
    """Whether a permission or an exemption stands and is made use of."""
    return n.id in one.standing and one.conduct.standing[n.id].kept != (n.modality is Modality.EXEMPTION)


def linked(about: frozenset[Part], spoken: dict[NormId, frozenset[Part]], side: Side) -> Norms:
    """The duties that share conduct with it, directly or through others and axioms."""
    known, groups = set(about), [*spoken.values(), *side.tied_conduct()]
    while more := [group for group in groups if group & known and not group <= known]:
        known.update(*more)
    return frozenset(n for n, some in spoken.items() if some & known)


def tried(model: NormSystem, draft: NormSystem) -> Iterator[Tried]:
    """Every situation of every bearer, each text read as if it were in force."""
    old, new = severed(counted(model)).system, severed(counted(draft)).system
    for role in bearers_of(new):
        other = Side(old, role)
        one = Side(new, role, also=other.atoms)
        other = Side(old, role, also=one.atoms)
        seen = {a: (outcomes(other, a), outcomes(one, a)) for a in (False, True)}
        start = 0
        for there in one.encounters:
            end = start + len(there.conducts)
            yield Tried(
                other,
                one,
                there,
                {a: before[start:end] for a, (before, _) in seen.items()},
                {a: after[start:end] for a, (_, after) in seen.items()},
            )
            start = end


# ---- what is found


def compared(model: NormSystem, draft: NormSystem) -> TwoTexts:
    return two_texts(read_text(dressed(model)), read_text(dressed(draft)))


def found(both: TwoTexts) -> list[DemandStance | NeverBinding]:
    with sharing():
        listed = [one for told in stances(both) for one in told]
    assert all(isinstance(one, DemandStance | NeverBinding) for one in listed)
    return [one for one in listed if isinstance(one, DemandStance | NeverBinding)]


def there(region: Formula, one: Tried) -> bool:
    return true_at(region, point_of(one.there.world, [region]))


def told(model: NormSystem, draft: NormSystem) -> set[str]:
    both = compared(model, draft)
    return {
        f"{one.demand.label} {one.stance.value if isinstance(one, DemandStance) else 'nothing'}" for one in found(both)
    }


# ---- the laws


@st.composite
def pairs(draw: st.DrawFn) -> tuple[NormSystem, NormSystem]:
    """A model, and a draft with some of its clauses changed, left out, or turned to the contrary."""
    model, draft = draw(revised())
    for norm in [n for n in draft.norms.values() if n.id.document == DRAFT]:
        how = draw(st.sampled_from(("stays", "stays", "left out", "permits", "exempts", "forbids")))
        if how == "left out" and not any(norm.id in _named(other) for other in draft.norms.values()):
            norms = {n: other for n, other in draft.norms.items() if n != norm.id}
            draft = _without(replace(draft, norms=norms), norm.id)
        elif how != "stays" and norm.demands and not norm.otherwise:
            draft = replace(draft, norms={**draft.norms, norm.id: _instead(norm, how)})
    return model, draft


def _named(norm: Norm) -> Norms:
    """The clauses of which it asks whether they bind."""
    return frozenset(n for guard in (*norm.guards, *norm.exceptions) for n in asked(guard.condition))


def _without(of: NormSystem, gone: NormId) -> NormSystem:
    return replace(
        of,
        displacements=tuple(edge for edge in of.displacements if gone not in (edge.by, edge.of)),
        precedences=tuple(
            replace(edge, yielding=edge.yielding - {gone}, prevailing=edge.prevailing - {gone})
            for edge in of.precedences
        ),
        cases=(),
    )


def _instead(norm: Norm, how: str) -> Norm:
    """What it bars is permitted, what it asks for is left free; or what it asks for is barred."""
    bars = norm.modality is Modality.PROHIBITION
    content = negation(norm.content) if bars else norm.content
    if how == "forbids":
        modality = Modality.OBLIGATION if bars else Modality.PROHIBITION
        return replace(norm, modality=modality, content=content if bars else negation(content))
    return replace(norm, modality=Modality.PERMISSION if how == "permits" else Modality.EXEMPTION, content=content)


@given(pairs())
@sparingly(3)
def test_each_situation_has_the_stance_that_enumeration_gives_it(pair: tuple[NormSystem, NormSystem]) -> None:
    model, draft = pair
    if is_empty(model):
        return
    both = compared(model, draft)
    listed = [one for one in found(both) if isinstance(one, DemandStance) and not one.outside]
    for one in tried(model, draft):
        for m in [n for n in one.model.norms.values() if n.id.document == DRAFT]:
            own = [s for s in listed if both.old.demand(s.demand) == m.id and s.about.bearer == one.model.role]
            here = [s.stance for s in own if there(s.region, one)]
            expected = one.stance(m)
            assert here == ([] if expected is None else [expected]), (str(m.id), here, expected)


@given(systems())
@sparingly(4)
def test_a_text_is_kept_by_itself_or_there_is_no_verdict(of: NormSystem) -> None:
    if not is_empty(of):
        own = [one for one in found(compared(of, of)) if isinstance(one, DemandStance) and not one.outside]
        assert {one.stance for one in own} <= {Stance.KEPT, Stance.NO_VERDICT}
        for one in tried(of, of):
            bound = [n for n in one.own if one.stance(n) is not None]
            told_there = [s for s in own if s.about.bearer == one.draft.role and there(s.region, one)]
            assert len(told_there) >= len(bound)


@given(pairs(), st.data())
@sparingly(8)
def test_a_further_duty_loses_nothing_that_is_kept(pair: tuple[NormSystem, NormSystem], data: st.DataObject) -> None:
    """But to no verdict; where clauses yield in clashes, a further clash may lift another duty."""
    model, draft = (replace(one, precedences=()) for one in pair)
    own = [n for n in draft.norms.values() if n.demands]
    if is_empty(model) or not own:
        return
    alike = data.draw(st.sampled_from(own))
    new = NormId(DRAFT, "9")
    further = replace(_instead(alike, "forbids") if data.draw(st.booleans()) else alike, id=new, otherwise=())
    more = replace(draft, norms={new: further, **draft.norms}, cases=())
    before, after = (found(compared(model, one)) for one in (draft, more))
    kept = [s for s in before if isinstance(s, DemandStance) and s.stance is Stance.KEPT]
    then = [s for s in after if isinstance(s, DemandStance)]
    for one in tried(model, more):
        for was in kept:
            duty = was.about.system.norms[was.demand].demands
            if duty and was.about.bearer == one.model.role and there(was.region, one):
                told_of_it = [s for s in then if (s.demand, s.about.bearer) == (was.demand, was.about.bearer)]
                now = [s.stance for s in told_of_it if there(s.region, one)]
                assert now in ([Stance.KEPT], [Stance.NO_VERDICT])


@given(pairs())
@sparingly(4)
def test_every_stance_is_seen_by_the_evaluator(pair: tuple[NormSystem, NormSystem]) -> None:
    model, draft = pair
    if not is_empty(model):
        both = compared(model, draft)
        for one in found(both):
            if isinstance(one, DemandStance):
                shown = [stance_episode(both, one)]
                shown += [stance_episode(both, one, further=True)] if one.beyond != FALSE else []
                assert all(episode.world for episode in shown)


# ---- by hand


TURN, HOLD, REPORT = does("turn"), does("hold"), does("report")
CASES = {
    "the same": ({"1 kept"}, [must("1", TURN, NIGHT)], [must("2", TURN, NIGHT)]),
    "more than is asked for": ({"1 kept"}, [must("1", at_least(SEPARATION, 1))], [must("1", at_least(SEPARATION, 2))]),
    "advice that is a duty": ({"1 kept"}, [must("1", TURN, strength=Strength.SHOULD)], [must("1", TURN)]),
    "a duty that is advice": ({"1 only-advised"}, [must("1", TURN)], [must("1", TURN, strength=Strength.SHOULD)]),
    "a ban on what is asked for": ({"1 contradicted"}, [must("1", TURN)], [must_not("1", TURN)]),
    "a ban on what is owed for an act": (
        {"1 contradicted"},
        [must("1", HOLD, TURN)],
        [must_not("1", HOLD), must("2", TURN)],
    ),
    "a ban on the act itself": ({"1 kept"}, [must("1", HOLD, TURN)], [must_not("1", TURN)]),
    "a permission of what is forbidden": ({"1 permits-breach"}, [must_not("1", TURN)], [may("1", TURN)]),
    "a permission that a ban leaves no room for": (
        {"1 kept"},
        [must_not("1", TURN)],
        [may("1", TURN), must_not("2", TURN)],
    ),
    "an exemption from what is asked for": ({"1 permits-breach"}, [must("1", TURN)], [need_not("1", TURN)]),
    "a permission of something else": ({"1 missing"}, [must("1", TURN)], [may("1", HOLD)]),
    "a permission of what is asked for": ({"1 missing"}, [must("1", TURN)], [may("1", TURN)]),
    "less than is asked for": (
        {"1 weaker"},
        [must("1", at_least(SEPARATION, 2))],
        [must("1", at_least(SEPARATION, 1))],
    ),
    "less of what is stated": ({"1 weaker"}, [must("1", does("report", 0, "nature"))], [must("1", REPORT)]),
    "by night alone": ({"1 kept", "1 missing"}, [must("1", TURN)], [must("1", TURN, NIGHT)]),
    "nothing": ({"1 missing"}, [must("1", TURN)], []),
    "duties that clash": ({"1 no-verdict"}, [must("1", TURN)], [must("1", TURN), must_not("2", TURN)]),
    "duties that clash in another matter": (
        {"1 kept"},
        [must("1", TURN)],
        [must("1", TURN), must("2", HOLD), must_not("3", HOLD)],
    ),
    "a model that clashes": (
        {"1 no-verdict", "2 no-verdict", "3 missing"},
        [must("1", TURN), must_not("2", TURN), must("3", HOLD)],
        [],
    ),
    "a permission that is given": ({"1 kept"}, [may("1", TURN)], [may("1", TURN)]),
    "a permission that is given for less": (
        {"1 not-granted"},
        [may("1", at_most(SEPARATION, 2))],
        [may("1", at_most(SEPARATION, 1))],
    ),
    "a permission that is narrowed by a duty": (
        {"1 not-granted"},
        [may("1", at_most(SEPARATION, 2))],
        [may("1", at_most(SEPARATION, 2)), must("2", at_least(SEPARATION, 1))],
    ),
    "a permission that is not given": ({"1 not-granted"}, [may("1", TURN)], []),
    "a permission of what is forbidden now": ({"1 contradicted"}, [may("1", TURN)], [must_not("1", TURN)]),
    "a demand that never binds": ({"1 nothing"}, [must("1", TURN, NIGHT, unless=NIGHT)], [must("1", TURN)]),
}


@pytest.mark.parametrize(("expected", "model", "draft"), CASES.values(), ids=CASES)
def test_stances_by_hand(expected: set[str], model: list[Norm], draft: list[Norm]) -> None:
    assert told(system(*model), system(*draft)) == expected
    both = compared(system(*model), system(*draft))
    assert all(stance_episode(both, one).world for one in found(both) if isinstance(one, DemandStance))


def test_what_cannot_be_kept_at_all_clashes_with_nothing_further() -> None:
    axioms = [axiom(disjunction(negation(HOLD), IsIn(attribute("craft", 0), ("ship",))))]
    model = system(must_not("1", HOLD), must("2", HOLD), axioms=axioms)
    draft = system(must_not("1", HOLD), axioms=axioms)
    assert told(model, draft) == {"1 kept", "1 no-verdict", "2 no-verdict"}  # a plane cannot hold, and a ship can


@pytest.mark.parametrize(
    ("able", "expected"),
    [
        (HOLD, {"1 kept", "1 missing"}),  # a plane holds in any case
        (negation(HOLD), {"1 contradicted", "1 missing"}),  # a plane that turns cannot hold
    ],
)
def test_a_draft_that_says_nothing_leaves_what_nobody_can_breach_or_keep(able: Formula, expected: set[str]) -> None:
    axioms = [axiom(disjunction(able, IsIn(attribute("craft", 0), ("ship",))))]
    assert told(system(must("1", HOLD, TURN), axioms=axioms), system(axioms=axioms)) == expected


def test_what_goes_further_is_marked_beside_any_stance() -> None:
    model = system(must("1", does("report", 0, "nature"), strength=Strength.SHOULD), must("2", at_least(SEPARATION, 1)))
    draft = system(must("1", REPORT), must("2", at_least(SEPARATION, 2)))
    first, second = (one for one in found(compared(model, draft)) if isinstance(one, DemandStance))
    assert (first.stance, first.further) == (Stance.WEAKER, ())
    assert (second.stance, [n.label for n in second.further]) == (Stance.KEPT, ["2"])


def test_a_permission_of_something_else_grants_no_part_of_it() -> None:
    model = system(may("1", at_most(SEPARATION, 2)))
    nothing, part = (
        next(one for one in found(compared(model, system(*some))) if isinstance(one, DemandStance))
        for some in ([may("1", TURN)], [may("1", TURN), may("2", at_most(SEPARATION, 1))])
    )
    assert (nothing.stance, nothing.by) == (Stance.NOT_GRANTED, ())
    assert [n.label for n in part.by] == ["2"]


def test_advice_that_the_draft_makes_a_duty_is_told() -> None:
    [one] = found(compared(system(must("1", TURN, strength=Strength.SHOULD)), system(must("1", TURN))))
    assert isinstance(one, DemandStance)
    assert one.as_duty


def parties(of: NormSystem, *names: str) -> NormSystem:
    text: Text = replace(of.texts[DRAFT], parties=frozenset(names))
    return replace(of, texts={**of.texts, DRAFT: text})


def test_what_binds_no_party_of_the_draft_is_missing() -> None:
    model = parties(system(must("1", TURN), must("2", HOLD, of_party(0, "C"))), "A", "B", "C")
    draft = parties(system(must("1", TURN), must("2", HOLD)), "A", "B")
    first, second = (one for one in found(compared(model, draft)) if isinstance(one, DemandStance))
    assert (first.stance, first.everywhere) == (Stance.KEPT, True)
    assert (second.stance, second.outside) == (Stance.MISSING, True)


def test_what_no_clause_of_the_model_is_about() -> None:
    model = system(must("1", TURN, NIGHT), may("2", HOLD))
    draft = system(must("1", TURN, distress(0)), must("2", HOLD), must("3", REPORT))
    assert {n.demand.label for n in unmatched(compared(model, draft)) if isinstance(n, Unmatched)} == {"2", "3"}
