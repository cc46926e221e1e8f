"""Laws: whether all units can comply is decided by the demands that are looked at for it, and by no others."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import assume, given

from cbm.compliance.joint import Joint
from cbm.core.dependence.cyclic_dependence import find_cycles
from cbm.core.expressions import Expr, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.roles import rotate
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.solve import Answer, Sat, Unsat
from tests.laws.checked import is_empty
from tests.laws.compliance.test_consistency import HANDMADE
from tests.laws.dressed import dressed
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere
from tests.laws.tiny import NIGHT, SEPARATION, at_least, at_most, axiom, distress, does, must, must_not, system

# In the first ones duties on one act decide what is asked about another one.
TIED = {
    "two units that are at a loss by a result that they share": system(
        must("1", at_least(SEPARATION, 1), NIGHT, bearer=0, rotates=False),
        must("2", at_most(SEPARATION, 0), NIGHT, bearer=1, rotates=False),
        must("3", does("hold")),
        interchangeable=False,
    ),
    "a clash by an act that nobody asks about": system(
        must("1", does("hold"), NIGHT), must_not("2", does("hold"), NIGHT, distress(0)), must("3", does("turn"))
    ),
    "an axiom ties one act to the other": system(
        must("1", does("hold"), NIGHT),
        must_not("2", does("turn"), distress(0)),
        axioms=[axiom(disjunction(negation(does("hold")), does("turn")))],
    ),
    "two units of which an axiom lets only one do so": system(
        must("1", does("hold"), NIGHT),
        must("2", does("turn")),
        axioms=[axiom(disjunction(negation(does("hold")), negation(does("hold", 1))))],
    ),
    "two that have nothing to do with each other": system(must("1", does("hold"), NIGHT), must("2", does("turn"))),
}


def asked_of(of: NormSystem) -> Iterator[tuple[Expr, ...]]:
    """What every norm asks for, done and left undone by either unit, at night and by day."""
    for norm in of.norms.values():
        for role in (0, 1):
            content = rotate(norm.content, role, 2)
            yield from ((content, NIGHT), (negation(content), NIGHT), (content, negation(NIGHT)))


def compare(of: NormSystem) -> set[tuple[type[Answer], bool]]:
    """How all that is asked ends, and whether fewer demands than all were looked at for it."""
    together = inquire(dressed(of)).together()
    whole: Joint = replace(together, demands=tuple(replace(d, apart=None) for d in together.demands))
    ends = set[tuple[type[Answer], bool]]()
    for said in asked_of(of):
        wanted = [together.formula(one) for one in said]
        answer = type(together.compliant(*wanted))
        assert answer is type(whole.compliant(*wanted)), said
        ends.add((answer, len(together.deciding(*wanted)) < len(together.demands)))
    return ends


def test_what_decides_decides_as_everything_does() -> None:
    ends = {end for of in (*TIED.values(), *HANDMADE.values()) for end in compare(of)}
    assert ends >= {(Sat, True), (Unsat, True), (Sat, False), (Unsat, False)}


@sparingly(4)
@given(anywhere())
def test_so_it_does_in_systems_that_nobody_made(of: NormSystem) -> None:
    assume(not is_empty(of) and not any(find_cycles(dressed(of))))
    compare(of)
