"""Laws: two vocabularies differ exactly where trying every encounter shows it, whatever their terms are called."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cbm.comparison.vocabularies.definitions import OpenShift, ShiftedMeaning, shifts
from cbm.comparison.vocabularies.two_vocabularies import DefinedWord, ReadVocabulary, read_vocabulary, two_vocabularies
from cbm.core.expressions import conjunction
from cbm.core.substitution import Value
from cbm.core.variables import Attribute
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.evaluate.possible_episodes import possible, variables
from cbm.evaluate.what_binds import holds
from cbm.files import read_given
from cbm.outcomes.difference import Difference
from cbm.questions.diffing_vocabularies import vocabulary_difference
from cbm.resolve.quantities.divergence import parting
from cbm.resolve.system import resolve_vocabulary, vocabulary_scope
from tests.laws.sparing import sparingly

HEAD = """\
vocabulary small "Small"
kind sky = clear | grey
situation encounter
roles own, other
each
  hurt : flag
shared
  fog : flag
  sky : sky
  depth : count from 0 to 1
act call, turn topic talk
"""
ATOMS = ("own.hurt", "other.hurt", "fog", "sky is clear", "depth >= 1")


# ---- small vocabularies, statement by statement


@st.composite
def conditions(draw: st.DrawFn, *also: str) -> str:
    one, other = (draw(st.sampled_from((*ATOMS, *also))) for _ in range(2))
    form = draw(st.sampled_from(("{0}", "not ({0})", "({0} and {1})", "({0} or {1})", "(not ({0}) and {1})")))
    return form.format(one, other)


@st.composite
def definitions(draw: st.DrawFn, number: int) -> str:
    """A term that may build on those before it."""
    condition = draw(conditions(*(f"own.t{n}" for n in range(number))))
    if draw(st.booleans()) and number == 2:
        one, other = draw(st.permutations(("1", "depth", "2")))[:2]
        return f"term q is {one} when {condition}, {other} otherwise"
    return f"term t{number} means {condition}"


@st.composite
def demands(draw: st.DrawFn) -> str:
    condition, other = draw(conditions()), draw(conditions())
    act = draw(st.sampled_from(("call", "turn")))
    return draw(
        st.sampled_from((f"axiom {condition} implies {other}", f"{act} requires {condition}", "never call with turn"))
    )


@st.composite
def revised(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The statements of a vocabulary, and the same with some of them changed, gone or new."""
    old = [draw(definitions(number)) for number in range(3)] + draw(st.lists(demands(), max_size=2))
    new = list(old)
    for place in range(3):
        if draw(st.integers(0, 2)) == 0:
            new[place] = draw(definitions(place))
    new = [*new[:3], *(one for one in new[3:] if draw(st.booleans())), *draw(st.lists(demands(), max_size=1))]
    return tuple(old), tuple(new)


@cache
def read(statements: tuple[str, ...]) -> ReadVocabulary:
    documents = read_given(HEAD + "\n".join(statements), "small.cbm").documents
    known, faults = vocabulary_scope(documents, "small")
    system, _ = resolve_vocabulary(documents, "small")
    assert known is not None, faults
    return read_vocabulary("small", known[0], system, known[1])


# ---- what enumeration says


def worlds(of: ReadVocabulary) -> Iterator[CompleteEpisode]:
    """Every encounter, whatever the axioms say of it."""
    assert of.system is not None
    free = [v for v in variables(of.system) if isinstance(v, Attribute)]
    values: dict[str, tuple[Value, ...]] = {
        "hurt": (False, True),
        "fog": (False, True),
        "sky": ("clear", "grey"),
        "depth": (Fraction(0), Fraction(1)),
    }
    deeds = [Doing(act, role, frozenset()) for act in ("call", "turn") for role in (0, 1)]
    for chosen in product(*(values[v.name] for v in free)):
        for number in range(2 ** len(deeds)):
            done = frozenset(deed for place, deed in enumerate(deeds) if number >> place & 1)
            yield CompleteEpisode(dict(zip(free, chosen, strict=True)), done)


def expected(old: ReadVocabulary, new: ReadVocabulary) -> set[tuple[str, str]]:
    """What is said of terms that both have, and of all axioms together."""
    assert old.system is not None
    assert new.system is not None
    found: set[tuple[str, str]] = set()
    for world in worlds(new):
        before, after = possible(world, old.system), possible(world, new.system)
        if before and not after:
            found.add(("excluded", ""))
        if after and not before:
            found.add(("allowed", ""))
        for name in old.scope.terms.keys() & new.scope.terms.keys() if before and after else ():
            found.update((kind, name) for kind in parted(old, new, name, world))
    return found


def parted(old: ReadVocabulary, new: ReadVocabulary, name: str, world: CompleteEpisode) -> Iterator[str]:
    assert old.system is not None
    one, other = old.scope.terms[name], new.scope.terms[name]
    if one.condition is not None and other.condition is not None:
        once, now = (holds(condition, world, old.system) for condition in (one.condition, other.condition))
        if once != now:
            yield "wider" if now else "narrower"
    elif (apart := parting(one, other)) is not None and holds(apart, world, old.system):
        yield "other-value"


# ---- what is found


def found(old: ReadVocabulary, new: ReadVocabulary) -> list[ShiftedMeaning]:
    told = list(shifts(two_vocabularies(old, new)))
    assert not any(isinstance(one, OpenShift) for one in told)
    return [one for one in told if isinstance(one, ShiftedMeaning)]


def said(shift: ShiftedMeaning) -> tuple[str, str]:
    return shift.kind.value, shift.said.name if isinstance(shift.said, DefinedWord) else ""


def difference(old: tuple[str, ...], new: tuple[str, ...]) -> Difference:
    """With an example of each change, which the evaluator confirms."""
    return vocabulary_difference(read(old), read(new))


# ---- laws


@given(revised())
@sparingly(6)
def test_vocabularies_differ_where_enumeration_sees_it(pair: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    old, new = map(read, pair)
    assert {said(shift) for shift in found(old, new)} == expected(old, new)


@given(revised())
@sparingly(8)
def test_the_conditions_told_are_all_where_it_is_so(pair: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    old, new = map(read, pair)
    both = two_vocabularies(old, new)
    system = both.under((*both.old.axioms, *both.new.axioms))
    for shift in found(old, new):
        if isinstance(shift.said, DefinedWord):
            for world in worlds(new):
                told = any(holds(conjunction(*cube), world, system) for cube in shift.cubes)
                assert not possible(world, system) or told == holds(shift.shown, world, system)


@given(revised())
@sparingly(8)
def test_back_is_the_mirror_of_forth(pair: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    mirrored = {"wider": "narrower", "narrower": "wider", "excluded": "allowed", "allowed": "excluded"}
    forth, back = difference(*pair), difference(*reversed(pair))
    turned = sorted((mirrored.get(d.kind, d.kind), d.name) for d in back.definitions)
    assert sorted((d.kind, d.name) for d in forth.definitions) == turned
    assert [(d.what, d.name, d.new, d.old) for d in back.declared] == unordered(forth, back)
    assert forth.is_empty == back.is_empty


def unordered(forth: Difference, back: Difference) -> list[tuple[str, str, str, str]]:
    """What is declared, in the order of the other direction."""
    told = {(d.what, d.name): (d.what, d.name, d.old, d.new) for d in forth.declared}
    return [told[d.what, d.name] for d in back.declared] if len(told) == len(back.declared) else list(told.values())


@given(revised())
@sparingly(10)
def test_a_vocabulary_does_not_differ_from_itself(pair: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert all(compared_apart(side, side) for side in pair)


@given(revised(), st.randoms(use_true_random=False))
@sparingly(8)
def test_order_and_names_of_terms_mean_nothing(pair: tuple[tuple[str, ...], tuple[str, ...]], dice: Random) -> None:
    old, _ = pair
    renamed = [one.replace("t0", "first").replace("t1", "second") for one in old]
    dice.shuffle(renamed)
    assert compared_apart(old, tuple(renamed))


def compared_apart(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether nothing differs; where axioms leave no encounter that is all that is told."""
    told = difference(old, new)
    impossible = told.not_compared == ("what terms say: no encounter is possible in both",)
    return told.is_empty or (impossible and not (told.definitions or told.declared or told.undecided))


def test_parted_by_hand() -> None:
    old = read(("term t0 means fog", "term q is 1 when fog, 2 otherwise", "axiom sky is clear implies fog"))
    new = read(("term t0 means own.hurt", "term q is 1 when fog, depth otherwise", "axiom fog implies sky is clear"))
    by_hand = {("excluded", ""), ("allowed", ""), ("wider", "t0"), ("narrower", "t0"), ("other-value", "q")}
    assert expected(old, new) == by_hand
    assert {said(shift) for shift in found(old, new)} == by_hand
