"""Law: what is deemed to comply with a duty is an alternative of it, where the conditions of the clause hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.ground.grounding import ground
from cbm.resolve.system import resolve
from cbm.smt.solve import Solver
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.laws.drafts import BEARERS, CONDITIONS, DEMANDS, STRAIT
from tests.laws.ground.test_grounding import agrees, point_of, within_copies
from tests.laws.resolve.test_severance import kinds
from tests.laws.sparing import sparingly
from tests.laws.systems import worlds

HEAD = 'draft code "A code"\n  uses strait\n  between CN, JP\n  proposed 2019-10-01\n  beside rules\n'
CONDUCT = ("hold_course", "turn", "call", "keep separation >= 2 m")
NOUNS = {
    "every unit": "", "a frigate": "own.craft is frigate", "JP": "own.party is JP",
    "a helicopter meeting a frigate": "own.craft is helicopter and other.craft is frigate",
}  # fmt: skip


@st.composite
def alternatives(draw: st.DrawFn) -> tuple[str, str]:
    """A draft in which some conduct is deemed to comply with clause 1 everywhere, and the same written out."""
    asked, deemed = draw(st.permutations(CONDUCT))[:2]
    modal, bearer = draw(st.sampled_from(("must", "should"))), draw(st.sampled_from(BEARERS))
    first = f"clause 1 {bearer} {modal} {asked}"
    others = []
    for number in (2, 3):
        edge = draw(st.sampled_from(("", "", "", " in place of 1")))
        others.append(f"clause {number} {draw(st.sampled_from(BEARERS))} {draw(st.sampled_from(DEMANDS))}{edge}")
    if draw(st.booleans()):
        others.append(f"covers {draw(st.sampled_from(('manoeuvre', 'distance')))} in every type of encounter")
    shorter = [first, f"clause 9 every unit is deemed to comply with 1 if it does {deemed}", *others]
    longer = [f"{first} or {deemed}", *others]
    return STRAIT + HEAD + "\n".join(shorter) + "\n", STRAIT + HEAD + "\n".join(longer) + "\n"


@given(alternatives())
@sparingly(16)
def test_it_is_found_what_is_found_of_the_alternative_written_out(forms: tuple[str, str]) -> None:
    """But for one thing: of what is deemed it is told that it is open to nobody, and of an alternative it is not."""
    deemed, written_out = forms
    assert set(kinds(deemed, aside="is deemed to comply")) == set(kinds(written_out)), deemed


@st.composite
def conditional(draw: st.DrawFn) -> tuple[NormSystem, CompleteEpisode]:
    """What is deemed under conditions (9 and 1), beside what is owed without them (11) and with them (12)."""
    asked, deemed = draw(st.permutations(CONDUCT))[:2]
    bearer, noun = draw(st.sampled_from(BEARERS)), draw(st.sampled_from(tuple(NOUNS)))
    told = draw(st.sampled_from(("", *CONDITIONS)))
    conditions = " and ".join(filter(None, (NOUNS[noun], told))) or "(night or not night)"
    when = f" when {told}" if told else ""
    lines = (
        f"clause 1 {bearer} must {asked}", f"clause 9 {noun}{when} is deemed to comply with 1 if it does {deemed}",
        f"clause 11 {bearer} must {asked} unless {conditions}",
        f"clause 12 {bearer} when {conditions} must {asked} or {deemed}",
    )  # fmt: skip
    system = understood(STRAIT + HEAD + "\n".join(lines) + "\n")
    return system, draw(worlds(system))


@given(conditional())
def test_conditions_say_where_it_is_one(drawn: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = drawn
    assert complies(system, world, "1") == (complies(system, world, "11") and complies(system, world, "12"))


@given(conditional())
@sparingly(2)
def test_ground_formulas_say_what_the_evaluator_says(drawn: tuple[NormSystem, CompleteEpisode]) -> None:
    system, world = drawn
    if not within_copies(world, system, 0):
        return
    about = ground(system, 0)
    n = about.norm(NormId("code", "1"))
    point = point_of(world, [*about.possible, *about.feasible, n.fulfilled])
    assert agrees(n.fulfilled, point, fulfilled(n.norm, 0, world, system), Solver(system.situation.roles))


def complies(system: NormSystem, world: CompleteEpisode, label: str) -> bool:
    norm = NormId("code", label)
    return not binding(norm, 0, world, system) or fulfilled(system.norms[norm], 0, world, system)


def understood(text: str) -> NormSystem:
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    system, faults = resolve({getattr(d.header, "name", d.header.span).text: d for d in file.documents}, "code")
    assert system is not None, faults
    return system


@pytest.mark.parametrize("where", ["", " when night"])
@pytest.mark.parametrize(("conduct", "promised"), [("keep separation >= 2 m", "distance"), ("turn", "acts turn")])
def test_only_where_it_is_deemed_a_matter_is_governed_by_it(where: str, conduct: str, promised: str) -> None:
    deemed = f"clause 9 every unit{where} is deemed to comply with 1 if it does {conduct}\n"
    promise = f"covers {promised} in every type of encounter when own.craft is frigate and other.craft is frigate\n"
    found = list(kinds(STRAIT + HEAD + "clause 1 every unit must call\n" + deemed + promise))
    assert any(rule == "gap" for rule, *_ in found) == bool(where)
