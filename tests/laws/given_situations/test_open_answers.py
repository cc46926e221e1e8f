"""Law: what is told of a text with brackets on a package is what is told of the text of that package, written out."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import conjunction
from cbm.core.negotiation import Negotiation
from cbm.given_situations.claim_extents import ClaimExtent
from cbm.given_situations.conduct_marks import ConductMark, marks
from cbm.given_situations.given_world import GivenWorld, given_ground, given_world
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import bracketed, document, packages
from tests.laws.sparing import sparingly

Marked = tuple[str, int | None, ConductMark]
_MOST_PACKAGES = 4


@st.composite
def situations(draw: st.DrawFn) -> str:
    """What is the case for both units, in full."""
    crafts = [f"{who}.craft is {draw(st.sampled_from(('ship', 'plane')))}" for who in ("own", "other")]
    flags = [f"{draw(st.sampled_from(('', 'not ')))}{flag}" for flag in ("own.alert", "other.alert", "fog")]
    return " and ".join(["own.party is A and other.party is B", *crafts, *flags])


@sparingly(7)
@given(bracketed(), situations())
def test_acts_are_marked_on_a_package_as_in_its_text(text: str, situation: str) -> None:
    draft = document(text)
    whole = _asked(text, situation)
    if not isinstance(whole, GivenWorld):
        return
    told = [m for m in marks(whole) if m.decision.is_act]
    assume(all(isinstance(m.where, ClaimExtent) and m.where.complete for m in told))
    negotiation = Negotiation(whole.system)
    every = list(packages(draft))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        alone = _asked(with_taken(text, draft, taken), situation)
        if not isinstance(alone, GivenWorld):
            continue
        if alone.clashes or alone.advice_clashes:  # of such encounters nothing is told but that
            assert whole.clashes or whole.advice_clashes
            continue
        numbers = [[o.number for o in choice.options].index(taken[n]) for n, choice in enumerate(negotiation.choices)]
        here: set[Marked] = set()
        for one in told:
            assert isinstance(one.where, ClaimExtent)
            boxes = (box for cube in one.where.cubes for box in negotiation.boxes(conjunction(*cube)))
            if any(all(options >> numbers[choice] & 1 for choice, options in box.items()) for box in boxes):
                here.add((one.decision.name, one.decision.role, one.mark))
        there = {(m.decision.name, m.decision.role, m.mark) for m in marks(alone) if m.decision.is_act}
        assert here == there, taken


def _asked(text: str, situation: str) -> object:
    """The bearer's world in the situation; undecided where it cannot be told what yields."""
    file, mistakes = parse(Source("text.cbm", f'{text}\ncases "one" for text\ncase "one"\n  given {situation}\n'))
    assert [mistake.message for mistake in mistakes] == []
    library = dict(zip(("small", "text", "cases"), file.documents, strict=True))
    system, _ = resolve(library, "text")
    assume(system is not None)  # clauses in place of each other in a circle
    assert system is not None
    return given_world(*given_ground(system, 0, system.cases[-1].given))
